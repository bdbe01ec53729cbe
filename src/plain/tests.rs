use std::io::Cursor;

use super::*;
use crate::engine::Verb;
use crate::engine::situation::Start;
use crate::game::Game;
use crate::scenario::load;

fn game(seed: u64) -> Game {
    Game::new(std::sync::Arc::new(load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads")), Start { seed, world: None })
}

/// Plays the lines; what was printed, how it ended, and the game after.
fn play(mut g: Game, lines: &str) -> (String, Ended, Game) {
    let mut out = Vec::new();
    let ended = run(&mut g, &mut Cursor::new(lines.as_bytes().to_vec()), &mut out, Options { echo: true, ..Options::default() }).expect("nothing fails here");
    (String::from_utf8(out).expect("text"), ended, g)
}

#[test]
fn yes_end_is_a_whole_game_and_prints_the_debrief() {
    let (text, ended, g) = play(game(3), &"end\n".repeat(14));
    assert_eq!(ended, Ended::Over, "{text}");
    assert!(g.is_over());
    assert!(text.contains("DEBRIEF"), "{text}");
}

#[test]
fn the_end_of_the_input_keeps_the_game() {
    let (text, ended, g) = play(game(3), "guide balanced\ntasks\n");
    assert_eq!(ended, Ended::EndOfInput, "{text}");
    assert_eq!(g.turn(), 0);
}

#[test]
fn nothing_printed_could_move_a_cursor() {
    let lines = "desk\n1\nback\nfiles\n1\nback\nintel\nagencies\n1\nb\ncalendar\nhelp\ncodex\nassumptions\n\u{1b}[2J\nend\nwhy\n1\nend\nend\n";
    let (text, _, _) = play(game(9), lines);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
    assert!(text.lines().all(|l| crate::text::width(l) <= 78));
}

#[test]
fn every_verb_has_a_command_that_is_read() {
    let g = game(1);
    for (verb, word) in command::COMMANDS {
        let act = command::read(&g, word);
        assert!(!matches!(act, page::Act::Say(_)), "{verb:?}: {act:?}");
    }
    assert!(Verb::ALL.iter().all(|v| command::COMMANDS.iter().any(|(w, _)| w == v)));
}

#[test]
fn a_whole_proposal_fits_in_a_line() {
    let (text, _, g) =
        play(game(5), "propose HARDEN providers_sector reach=alerts at deputies because it is cheap\nundo\np HARDEN providers_sector at dep\norders\n");
    assert_eq!(g.orders().len(), 1, "{text}");
    assert!(text.contains("Taken back"), "{text}");
}

#[test]
fn a_measure_is_proposed_with_numbers_alone() {
    // Desk, live files, the second file, on the agenda.
    let (text, _, g) = play(game(5), "desk\n3\n2\n1\n");
    assert_eq!(g.orders().len(), 1, "{text}");
}

#[test]
fn random_lines_never_fail_and_looking_changes_nothing() {
    let words = [
        "desk", "front", "figures", "files", "inbox", "intel", "agencies", "calendar", "why", "codex", "help", "orders", "back", "tasks", "asks", "sure", "b",
        "", "undo",
    ];
    for seed in 0..6u64 {
        let mut n = seed;
        let mut lines = String::new();
        for _ in 0..250 {
            n = crate::luck::mix(n.wrapping_add(1));
            let line = if n % 3 == 0 { words[usize::try_from(n >> 8).unwrap_or(0) % words.len()].to_owned() } else { ((n >> 8) % 22).to_string() };
            lines.push_str(&line);
            lines.push('\n');
            if n % 23 == 0 {
                lines.push_str("end\n");
            }
        }
        let (_, _, played) = play(game(seed), &lines);
        // The same orders given to a bare game end in the same state: nothing else was touched.
        let mut again = game(seed);
        for past in played.past() {
            for given in &past.orders {
                again.give(given.order, "").expect("legal the first time");
            }
            again.end().expect("not over");
        }
        assert_eq!(again.opened().digest(), played.opened().digest(), "seed {seed}");
    }
}
