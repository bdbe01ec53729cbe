use std::io::Cursor;

use super::*;
use crate::engine::Start;
use crate::engine::Verb;
use crate::game::Game;
use crate::scenario::load;

fn game(seed: u64) -> Game {
    Game::new(
        std::sync::Arc::new(
            load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads"),
        ),
        Start { seed, ..Start::default() },
    )
}

/// Plays the lines; what was printed, how it ended, and the game after.
fn play(mut g: Game, lines: &str) -> (String, Ended, Game) {
    let mut out = Vec::new();
    let ended = run(
        &mut g,
        &mut Cursor::new(lines.as_bytes().to_vec()),
        &mut out,
        Options { echo: true, ..Options::default() },
    )
    .expect("nothing fails here");
    (String::from_utf8(out).expect("text"), ended, g)
}

#[test]
fn yes_end_is_a_whole_game_and_prints_the_debrief() {
    let (text, ended, g) = play(game(3), &"end\n".repeat(14));
    assert_eq!(ended, Ended::Over, "{text}");
    assert!(g.is_over());
    assert!(
        text.contains("Debrief: Cloud Hopper") && text.contains("Turn 14, 4 Mar 2019."),
        "{text}"
    );
}

#[test]
fn the_end_of_the_input_keeps_the_game() {
    let (text, ended, g) = play(game(3), "guide balanced\ntasks\n");
    assert_eq!(ended, Ended::EndOfInput, "{text}");
    assert_eq!(g.turn(), 0);
}

/// What is left of a line that is too long is no line of its own, wherever the limit falls in it.
#[test]
fn a_line_that_is_too_long_is_dropped_whole() {
    for filler in [LONGEST - 4, LONGEST - 3, LONGEST, LONGEST + 1, 2 * LONGEST, 70_000] {
        for tail in ["end", " end", "3", "quit"] {
            let line = format!("{}{tail}\nfigures\n", "x".repeat(filler));
            let (text, ended, g) = play(game(3), &line);
            assert_eq!((ended, g.turn()), (Ended::EndOfInput, 0), "{filler} and {tail}");
            let long = filler + tail.len() > LONGEST;
            assert_eq!(
                text.contains("is longer than 4096 characters"),
                long,
                "{filler} and {tail}"
            );
            assert!(
                text.contains("How things stand."),
                "the next line is taken: {filler} and {tail}"
            );
        }
    }
    let (_, ended, g) = play(game(3), &"x".repeat(LONGEST + 9));
    assert_eq!((ended, g.turn()), (Ended::EndOfInput, 0), "and without a newline at the end");
}

#[test]
fn nothing_printed_could_move_a_cursor() {
    let lines = "desk\n1\nback\nfiles\n1\nback\nintel\nagencies\n1\nb\ncalendar\nhelp\ncodex\n\
                 assumptions\n\u{1b}[2J\nend\nwhy\n1\nend\nend\n";
    let (text, _, _) = play(game(9), lines);
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
    assert!(text.lines().all(|l| crate::text::width(l) <= 78));
}

#[test]
fn every_verb_has_a_command_that_is_read() {
    let g = game(1);
    for (verb, word) in command::COMMANDS {
        let act = command::read(&g, word);
        assert!(!matches!(act, view::Act::Say(_)), "{verb:?}: {act:?}");
    }
    assert!(Verb::ALL.iter().all(|v| command::COMMANDS.iter().any(|(w, _)| w == v)));
}

#[test]
fn a_whole_proposal_fits_in_a_line() {
    let (text, _, g) = play(
        game(5),
        "propose HARDEN providers_sector reach=alerts at deputies because it is cheap\nundo\np HARDEN providers_sector at dep\norders\n",
    );
    assert_eq!(g.orders().len(), 1, "{text}");
    assert!(text.contains("Taken back"), "{text}");
}

#[test]
fn a_measure_is_proposed_with_numbers_alone() {
    // Desk, live files, the second file, its draft, on the agenda.
    let (text, _, g) = play(game(5), "desk\n3\n2\n1\n1\n");
    assert_eq!(g.orders().len(), 1, "{text}");
}

#[test]
fn random_lines_never_fail_and_looking_changes_nothing() {
    let words = [
        "desk", "front", "figures", "files", "inbox", "intel", "agencies", "calendar", "why",
        "codex", "help", "orders", "back", "tasks", "asks", "sure", "b", "", "undo",
    ];
    for seed in 0..6u64 {
        let mut n = seed;
        let mut lines = String::new();
        for _ in 0..250 {
            n = crate::luck::mix(n.wrapping_add(1));
            let line = if n % 3 == 0 {
                words[usize::try_from(n >> 8).unwrap_or(0) % words.len()].to_owned()
            } else {
                ((n >> 8) % 22).to_string()
            };
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
        assert_eq!(again.whole().digest(), played.whole().digest(), "seed {seed}");
    }
}

/// What every page that numbers alone lead to brings about.
fn reachable(g: &Game) -> Vec<view::Act> {
    pages(g).1
}

/// Every page that numbers alone lead to, and what they bring about.
fn pages(g: &Game) -> (Vec<(view::Page, view::View)>, Vec<view::Act>) {
    use view::{Act, Page};
    let mut queue = vec![(Page::Front, Draft::default())];
    let mut seen: Vec<(Page, Draft)> = Vec::new();
    let mut views = Vec::new();
    let mut acts = Vec::new();
    while let Some((at, draft)) = queue.pop() {
        if seen.contains(&(at, draft)) {
            continue;
        }
        seen.push((at, draft));
        let draft = if at == Page::Guidance { page::guidance_draft(g) } else { draft };
        let view = page::view(g, &draft, "", None, at);
        let menu = view.menu.clone();
        views.push((at, view));
        for entry in menu {
            match &entry.act {
                Act::Go(page) => queue.push((*page, draft)),
                Act::Begin(i, Some(t)) => queue.push((Page::Draft, prose::begin_draft(g, *i, *t))),
                Act::Begin(i, None) => queue.push((
                    Page::Targets,
                    Draft { subject: Some(i.0), ..Draft::of(Verb::Propose) },
                )),
                _ => {}
            }
            if let Page::Draft = at
                && entry.act == Act::Place
            {
                acts.extend(draft.order(g.rules()).map(Act::Give));
            }
            acts.push(entry.act);
        }
    }
    (views, acts)
}

/// A first turn, a turn with measures under way and things ordered, a game that is over, a lesson.
fn moments() -> Vec<Game> {
    let orders = "guide raise_the_price\npropose HARDEN providers_sector at deputies because it is \
                  cheap\ntask signals cloud_hopper\npromise promise_date treasury\nsure 1\n60\n";
    let later = format!("{orders}end\nend\nask justice_notice\nend\nend\ntask signals contrail\n");
    let over = format!("{orders}{}", "end\n".repeat(14));
    let lesson = Game::new(
        std::sync::Arc::new(load::embedded("first-day", &[]).expect("loads")),
        Start { seed: 1, ..Start::default() },
    );
    vec![game(4), play(game(4), &later).2, play(game(4), &over).2, lesson]
}

#[test]
fn no_line_has_ornaments() {
    for g in moments() {
        for (at, view) in pages(&g).0 {
            for line in view.lines.iter().chain(view.menu.iter().map(|e| &e.label)) {
                let said = spoken(line);
                let form = at == view::Page::Help;
                let odd = |c: char| {
                    !(c.is_alphanumeric()
                        || " .,;:?!'\"’‘“”()%-–/$&\n".contains(c)
                        || form && c == '=')
                };
                assert!(
                    !said.contains(odd),
                    "{at:?}: {:?} in {said}",
                    said.chars().find(|c| odd(*c))
                );
                assert!(!said.contains("  ") && said == said.trim(), "{at:?}: {said:?}");
                assert!(!said.contains(".. ") && !said.ends_with(".."), "{at:?}: {said:?}");
                // Nothing is said by where it stands.
                let own = ["(see above", "see below", "on the left", "on the right", "the column"];
                assert!(!own.iter().any(|w| said.contains(w)), "{at:?}: {said}");
            }
        }
    }
}

/// Pages that are text which was asked for: of these the menu may come last.
fn is_read(page: view::Page) -> bool {
    use view::Page;
    match page {
        Page::Part(..)
        | Page::Whole(_)
        | Page::Entry(_)
        | Page::Topic(_)
        | Page::Assumption(_)
        | Page::Help
        | Page::WhoSays
        | Page::Effects
        | Page::Why(..)
        | Page::Orders
        | Page::Answer(_)
        | Page::Paper(_)
        | Page::File(_)
        | Page::Draft
        | Page::Debrief
        // What stands cannot be changed any more: its points are all there is to it.
        | Page::Guidance => true,
        Page::Front
        | Page::Desk
        | Page::Office
        | Page::Figures
        | Page::Rest
        | Page::Files
        | Page::Inbox
        | Page::Instruments
        | Page::Targets
        | Page::Value(_)
        | Page::Bargain
        | Page::Because
        | Page::Points(_)
        | Page::Profiles
        | Page::Other
        | Page::Tasks
        | Page::Asks
        | Page::Reforms
        | Page::Promises
        | Page::Doing(_)
        | Page::Pledge(..)
        | Page::Withdraw
        | Page::Confidence
        | Page::Sure(_)
        | Page::Look
        | Page::Intel(_)
        | Page::Agencies
        | Page::Agency(_)
        | Page::Calendar
        | Page::Whys
        | Page::Codex
        | Page::Letter(_)
        | Page::Assumptions => false,
    }
}

#[test]
fn the_menu_comes_before_detail() {
    for g in moments() {
        for (at, view) in pages(&g).0 {
            let words: usize = view.lines.iter().map(|l| l.split_whitespace().count()).sum();
            let most = if is_read(at) {
                usize::MAX
            } else if at == view::Page::Front && crate::prose::teaches(&g) {
                // A lesson's page is read as it is.
                240
            } else if matches!(at, view::Page::Intel(_)) {
                160
            } else {
                90
            };
            assert!(words <= most, "{at:?}: {words} words before its menu: {:?}", view.lines);
            let first = view.lines.first().expect("a page says what it is");
            assert!(first.ends_with(['.', '?', '!']) || first.ends_with(".)"), "{at:?}: {first}");
            assert!(
                view.lines
                    .iter()
                    .all(|l| l.ends_with(['.', '?', '!', ':', '"', '’', '”', ')']) || l.is_empty()),
                "{at:?}: {:?}",
                view.lines
            );
            // A number always leads somewhere, and none is used twice.
            let mut keys: Vec<u32> = view.menu.iter().map(|e| e.key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), view.menu.len(), "{at:?}");
            assert!(view.menu.iter().all(|e| !e.label.trim().is_empty()));
        }
    }
}

#[test]
fn a_way_back_is_always_0() {
    for g in moments() {
        for (at, view) in pages(&g).0 {
            let back = view.menu.iter().find(|e| e.act == view::Act::Back);
            assert!(back.is_none_or(|e| e.key == 0), "{at:?}");
        }
    }
}

#[test]
fn help_knows_every_word_that_a_page_is_written_with() {
    let g = &moments()[1];
    let rules = g.rules();
    let mut words: Vec<String> = Vec::new();
    let commands = command::USAGE.lines().find_map(|l| l.strip_prefix("Words: ")).expect("words");
    words.extend(
        commands
            .trim_end_matches('.')
            .split(", ")
            .filter(|w| !matches!(*w, "why" | "help" | "guidance" | "promises" | "confidence"))
            .map(str::to_owned),
    );
    words.extend(prose::TOPICS.iter().map(|t| t.id.to_owned()));
    for f in prose::figures(g) {
        words.extend([f.name, f.short, f.word]);
    }
    words.extend(
        prose::agencies(g)
            .into_iter()
            .flat_map(|a| [a.name, a.room.short, words::relation_word(a.room.relation).to_owned()]),
    );
    words.extend(rules.instruments.iter().flat_map(|i| [i.name.clone(), i.short.clone()]));
    words.extend(rules.venues.iter().map(|v| v.name.to_string()));
    words.extend(rules.lenses.iter().map(|l| l.name.to_string()));
    words.extend(rules.terms.iter().map(|t| t.name.to_string()));
    words.extend(rules.sources.iter().map(|s| s.id.clone()));
    words.extend(prose::calendar(g).windows.iter().map(|w| w.word.to_owned()));
    words.extend((0..=100).map(|p| words::likelihood(p).to_owned()));
    words.extend(prose::intelligence(g, None).campaigns.into_iter().map(|(_, name)| name));
    words.extend(
        [
            "staff",
            "capital",
            "authority",
            "gate",
            "venue",
            "agenda",
            "sponsor",
            "file",
            "window",
            "turn",
            "objects",
            "presses",
        ]
        .map(str::to_owned),
    );
    let says = |line: &str| match command::read(g, line) {
        view::Act::Say(s) => s,
        _ => String::new(),
    };
    let is_unknown = |w: &&String| says(&format!("help {w}")).contains("Nothing is said of");
    let unknown: Vec<&String> = words.iter().filter(is_unknown).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    // Why of a figure is its ledger, of an agency its page; of anything else that is known, what it
    // is.
    for f in prose::figures(g) {
        for name in [&f.name, &f.short] {
            let why = command::read(g, &format!("why {name}"));
            let is_its_own =
                matches!(why, view::Act::Go(view::Page::Why(i, _)) if i == f.indicator);
            assert!(is_its_own, "{name}");
        }
    }
    let treasury = command::read(g, "why Treasury");
    assert!(matches!(
        treasury,
        view::Act::Go(view::Page::Agency(crate::scenario::model::AgencyIx(0)))
    ));
    assert!(matches!(command::read(g, "why gate"), view::Act::Go(_)));
}

#[test]
fn a_wrong_line_is_told_what_was_expected() {
    for line in [
        "99",
        "turnip",
        "agency",
        "agency turnip",
        "why turnip",
        "why talks 9",
        "help turnip",
        "codex turnip",
        "source S999",
        "task turnip",
        "promise",
        "promise promise_date",
        "answer",
        "withdraw HARDEN",
        "sure 1 x",
        "guide turnip",
        "guide security=x",
        "propose HARDEN providers_sector reach",
        "intel turnip",
    ] {
        let (text, _, _) = play(game(4), &format!("desk\n{line}\n"));
        let reply = text.rsplit("> ").nth(1).unwrap_or("").replace('\n', " ");
        assert!(
            reply.to_lowercase().contains("expected")
                || reply.contains("Inbox")
                || reply.contains("inbox")
                || reply.contains("Promises."),
            "{line}: {reply}"
        );
    }
}

#[test]
fn an_abbreviation_is_spelt_out_where_it_is_first_used() {
    let (text, _, _) = play(game(4), "all\nagencies\nall\n");
    let one_line = text.replace('\n', " ");
    for (short, long) in [
        ("ODNI", "Office of the Director of National Intelligence"),
        ("USTR", "Office of the United States Trade Representative"),
    ] {
        let at = one_line.find(short).expect("used");
        let spelt = [format!("{short} ({long})"), format!("{short}, {long}")];
        assert!(spelt.iter().any(|s| one_line[at..].starts_with(s)), "{}", &one_line[at..at + 80]);
        assert!(one_line.matches(&spelt[0]).count() <= 1, "once");
    }
}

#[test]
fn whatever_may_be_ordered_is_reached_by_numbers_alone() {
    use crate::engine::options::options;
    use view::{Act, Page};
    for turns in [0usize, 2, 6] {
        let mut g = game(4);
        for _ in 0..turns {
            let _ = g.give(command_order(&g, "propose HARDEN providers_sector at deputies"), "");
            g.end().expect("not over");
        }
        let acts = reachable(&g);
        let rules = g.shared_rules();
        let mut wanted = 0;
        // Everything legal but the terms of proposals and the points of guidance, which have pages
        // of their own.
        for verb in Verb::ALL {
            let mut drafts = vec![Draft::of(verb)];
            while let Some(d) = drafts.pop() {
                match d.next(&rules) {
                    Some(slot @ (crate::engine::Slot::Subject | crate::engine::Slot::Object)) => {
                        options(&rules, g.situation(), &d, slot, |v, r| {
                            if r.is_ok() {
                                let mut next = d;
                                next.set(slot, v);
                                drafts.push(next);
                            }
                        });
                    }
                    Some(_) if verb == Verb::Propose => {
                        let (i, t) = (d.subject.expect("filled"), d.object.expect("filled"));
                        let begun = acts
                            .iter()
                            .any(|a| matches!(a, Act::Begin(x, Some(y)) if x.0 == i && y.0 == t));
                        assert!(
                            begun,
                            "turn {turns}: {} on {}",
                            rules.instruments[usize::from(i)].id,
                            rules.targets[usize::from(t)].id
                        );
                        wanted += 1;
                    }
                    Some(_) if verb == Verb::Confidence => {
                        let p = crate::scenario::model::PropositionIx(d.subject.expect("filled"));
                        assert!(acts.contains(&Act::Go(Page::Sure(p))));
                        wanted += 1;
                    }
                    Some(_) => {}
                    None => {
                        let Some(order) =
                            d.order(&rules).filter(|o| g.situation().validate(&rules, o).is_ok())
                        else {
                            continue;
                        };
                        let act = if order == Order::End { Act::End } else { Act::Give(order) };
                        assert!(
                            acts.contains(&act),
                            "turn {turns}: {}",
                            prose::order(&rules, &order)
                        );
                        wanted += 1;
                    }
                }
            }
        }
        assert!(wanted > 30, "{wanted}");
        // A guidance is changed where something in it is changed.
        let guides = |a: &Act| matches!(a, Act::Give(Order::Guide(_) | Order::Amend(_)));
        assert_eq!(acts.iter().any(guides), turns == 0);
        assert!(acts.contains(&Act::Leave));
    }
}

fn command_order(g: &Game, line: &str) -> Order {
    match command::read(g, line) {
        view::Act::GiveBecause(order, _) | view::Act::Give(order) => order,
        other => panic!("{line}: {other:?}"),
    }
}
