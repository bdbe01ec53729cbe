use std::io::Cursor;

use super::*;
use crate::engine::Verb;
use crate::engine::situation::Start;
use crate::game::Game;
use crate::scenario::load;

fn game(seed: u64) -> Game {
    Game::new(std::sync::Arc::new(load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads")), Start { seed, ..Start::default() })
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

/// Every page that numbers alone lead to, and what they bring about.
fn reachable(g: &Game) -> Vec<page::Act> {
    use page::{Act, Page};
    let mut queue = vec![(Page::Front, Draft::default())];
    let mut seen: Vec<(Page, Draft)> = Vec::new();
    let mut acts = Vec::new();
    while let Some((at, draft)) = queue.pop() {
        if seen.contains(&(at, draft)) {
            continue;
        }
        seen.push((at, draft));
        let draft = if at == Page::Guidance { page::guidance_draft(g) } else { draft };
        for entry in page::view(g, &draft, "", None, at).menu {
            match &entry.act {
                Act::Go(page) => queue.push((*page, draft)),
                Act::Begin(i, Some(t)) => queue.push((Page::Draft, prose::begin_draft(g, *i, *t))),
                Act::Begin(i, None) => queue.push((Page::Targets, Draft { subject: Some(i.0), ..Draft::of(Verb::Propose) })),
                _ => {}
            }
            if let Page::Draft = at {
                if entry.act == Act::Place {
                    acts.extend(draft.order(g.rules()).map(Act::Give));
                }
            }
            acts.push(entry.act);
        }
    }
    acts
}

#[test]
fn whatever_may_be_ordered_is_reached_by_numbers_alone() {
    use crate::engine::options::options;
    use page::{Act, Page};
    for turns in [0usize, 2, 6] {
        let mut g = game(4);
        for _ in 0..turns {
            let _ = g.give(command_order(&g, "propose HARDEN providers_sector at deputies"), "");
            g.end().expect("not over");
        }
        let acts = reachable(&g);
        let rules = g.shared_rules();
        let mut wanted = 0;
        // Everything legal but the terms of proposals and the points of guidance, which have pages of their own.
        for verb in Verb::ALL {
            let mut drafts = vec![Draft::of(verb)];
            while let Some(d) = drafts.pop() {
                match d.next(&rules) {
                    Some(slot @ (crate::engine::Slot::Subject | crate::engine::Slot::Object)) => options(&rules, g.situation(), &d, slot, |v, r| {
                        if r.is_ok() {
                            let mut next = d;
                            next.set(slot, v);
                            drafts.push(next);
                        }
                    }),
                    Some(_) if verb == Verb::Propose => {
                        let (i, t) = (d.subject.expect("filled"), d.object.expect("filled"));
                        let begun = acts.iter().any(|a| matches!(a, Act::Begin(x, Some(y)) if x.0 == i && y.0 == t));
                        assert!(begun, "turn {turns}: {} on {}", rules.instruments[usize::from(i)].id, rules.targets[usize::from(t)].id);
                        wanted += 1;
                    }
                    Some(_) if verb == Verb::Confidence => {
                        let p = crate::scenario::model::PropositionIx(d.subject.expect("filled"));
                        assert!(acts.contains(&Act::Go(Page::Sure(p))));
                        wanted += 1;
                    }
                    Some(_) => {}
                    None => {
                        let Some(order) = d.order(&rules).filter(|o| g.situation().validate(&rules, o).is_ok()) else { continue };
                        let act = if order == Order::End { Act::End } else { Act::Give(order) };
                        assert!(acts.contains(&act), "turn {turns}: {}", prose::order(&rules, &order));
                        wanted += 1;
                    }
                }
            }
        }
        assert!(wanted > 30, "{wanted}");
        assert!(acts.iter().any(|a| matches!(a, Act::Give(Order::Guide(_) | Order::Amend(_)))));
        assert!(acts.contains(&Act::Leave));
    }
}

fn command_order(g: &Game, line: &str) -> Order {
    match command::read(g, line) {
        page::Act::GiveBecause(order, _) | page::Act::Give(order) => order,
        other => panic!("{line}: {other:?}"),
    }
}
