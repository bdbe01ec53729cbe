//! Content never crashes the engine (law 9): a scenario spoilt in some way is refused with a
//! reason, or it can be played to its end.

use std::sync::Arc;

use interagency::analysis::texts::Told;
use interagency::engine::Player;
use interagency::engine::Start;
use interagency::engine::{NoLedger, Situation};
use interagency::game::Game;
use interagency::policy::Policy;
use interagency::prose;
use interagency::prose::facts::StepDoes;
use interagency::scenario::load::{self, Checked};
use interagency::scenario::model::{AgencyIx, Event, InstrumentIx, Rules, TargetIx};
use interagency::scenario::source::Source;

const TINY: &str = include_str!("scenarios/tiny.ron");

/// Whether it was accepted; if so it has been played.
fn survives(text: &str) -> bool {
    let checked = Checked::with_core(&[], &Source::embedded("spoilt.ron", text), &[]);
    let Some(rules) = checked.rules else {
        assert!(
            checked.problems.iter().any(interagency::scenario::problem::Problem::is_error),
            "refused without a reason"
        );
        return false;
    };
    play(&rules, &Policy::Random, 1);
    play(&rules, &Policy::History, 2);
    play(&rules, &Policy::parse(&rules, "greedy").expect("every rulebook has it"), 3);
    true
}

fn play(rules: &Rules, policy: &Policy, seed: u64) {
    let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
    let mut turns = 0;
    while !s.is_over() {
        policy.turn(&mut Player::new(rules, &mut s, &mut NoLedger));
        turns += 1;
        assert!(turns <= rules.turns.len(), "the game does not end");
    }
}

/// Runs every change of the text and says which one it was that broke something.
fn each(changes: impl Iterator<Item = String>) -> (usize, usize) {
    let (mut played, mut refused) = (0, 0);
    for text in changes {
        let Ok(accepted) = std::panic::catch_unwind(|| survives(&text)) else {
            panic!("this breaks the game:\n{}", difference(&text))
        };
        if accepted {
            played += 1;
        } else {
            refused += 1;
        }
    }
    (played, refused)
}

fn difference(text: &str) -> String {
    let (mut old, mut new) = (TINY.lines().peekable(), text.lines().peekable());
    while old.peek().is_some() && old.peek() == new.peek() {
        old.next();
        new.next();
    }
    format!("- {}\n+ {}", old.next().unwrap_or_default(), new.next().unwrap_or_default())
}

/// Byte ranges of the numbers in the text, outside quotation marks and comments.
fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut all = Vec::new();
    let mut quoted = false;
    let mut start = None;
    let bytes = text.as_bytes();
    let body = text.find("Scenario(").expect("it is a scenario");
    for (i, b) in bytes.iter().enumerate().skip(body) {
        if *b == b'"' && bytes[i - 1] != b'\\' {
            quoted = !quoted;
        }
        let digit = b.is_ascii_digit() || *b == b'.' || *b == b'-';
        match (digit && !quoted, start) {
            (true, None) if !bytes[i - 1].is_ascii_alphanumeric() && bytes[i - 1] != b'_' => {
                start = Some(i);
            }
            (false, Some(from)) => {
                all.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    all
}

/// Byte ranges of what stands between quotation marks.
fn texts(text: &str) -> Vec<std::ops::Range<usize>> {
    let marks: Vec<usize> =
        text.match_indices('"').map(|(i, _)| i).filter(|i| &text[i - 1..*i] != "\\").collect();
    marks.chunks(2).map(|pair| pair[0] + 1..pair[1]).collect()
}

fn with(text: &str, range: &std::ops::Range<usize>, new: &str) -> String {
    format!("{}{new}{}", &text[..range.start], &text[range.end..])
}

#[test]
fn any_number_may_be_the_least_or_the_greatest_there_is() {
    let all = numbers(TINY);
    let extremes = ["0", "1", "-1", "100", "1000", "-1000000", "1000000", "100000", "0.001"];
    let (played, refused) =
        each(all.iter().flat_map(|range| extremes.iter().map(move |n| with(TINY, range, n))));
    assert!(played > 300 && refused > 300, "{played} played, {refused} refused");
}

#[test]
fn any_quoted_word_may_be_another() {
    let all = texts(TINY);
    let words = [
        "theft",
        "treasury",
        "SANC",
        "it_got_out",
        "intrusion",
        "w_hard",
        "x",
        "",
        "2018-12-03",
        "10 years",
        "3650 days",
        "0 days",
        "+large",
        "-@bite",
    ];
    let some = all.iter().enumerate().flat_map(|(i, range)| {
        [words[i % words.len()], words[(i * 5 + 3) % words.len()]].map(|w| with(TINY, range, w))
    });
    let (played, refused) = each(some);
    assert!(played > 100 && refused > 300, "{played} played, {refused} refused");
}

#[test]
fn any_line_may_be_missing_or_stand_twice() {
    let lines: Vec<&str> = TINY.lines().collect();
    let without = (0..lines.len()).map(|i| {
        lines
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, l)| *l)
            .collect::<Vec<_>>()
            .join("\n")
    });
    let twice = (0..lines.len()).map(|i| {
        lines
            .iter()
            .enumerate()
            .flat_map(|(j, l)| std::iter::repeat_n(*l, 1 + usize::from(i == j)))
            .collect::<Vec<_>>()
            .join("\n")
    });
    let (played, refused) = each(without.chain(twice));
    assert!(played > 20 && refused > 100, "{played} played, {refused} refused");
}

#[test]
fn a_rulebook_may_be_nearly_empty() {
    let tables: Vec<String> = [
        "agencies",
        "terms",
        "instruments",
        "tasks",
        "asks",
        "promises",
        "reforms",
        "traits",
        "responses",
        "tells",
        "voices",
        "critics",
        "flows",
    ]
    .map(str::to_owned)
    .to_vec();
    let text = tables.iter().fold(TINY.to_owned(), |text, table| {
        emptied(&text, &format!("    {table}: {{"), "\n    },\n")
    });
    let text = [
        "windows",
        "principals",
        "campaigns",
        "targets",
        "live_files",
        "events",
        "propositions",
        "experiments",
        "tests",
    ]
    .iter()
    .fold(text, |text, table| emptied(&text, &format!("  {table}: {{"), "\n  },\n"));
    let text = emptied(&text, "  history: [", "\n  ],\n");
    let text = text
        .replace(
            "Simulated(by: \"treasury\", follows: \"S1\", says: \"Files",
            "Record(source: \"S1\", status: Reported, says: \"Files",
        )
        .replace("  relations: { \"treasury\": 10 },\n", "");
    let text = text
        .replace(", True(\"intrusion\", \"service\")", "")
        .replace("flags: [\"asked_twice\"]", "flags: []")
        .replace(", lines: [(when: [Flag(\"asked_twice\")], says: \"You were asked twice.\")]", "");
    let checked = Checked::with_core(&[], &Source::embedded("empty.ron", &text), &[]);
    assert!(
        checked.rules.is_some(),
        "{}",
        interagency::scenario::problem::short(&checked.problems)
    );
    assert!(survives(&text));
}

/// The text with everything between `open` and `close` gone.
fn emptied(text: &str, open: &str, close: &str) -> String {
    let from = text.find(open).unwrap_or_else(|| panic!("no {open}")) + open.len();
    let to = from + text[from..].find(close).expect("the table ends");
    with(text, &(from..to), "")
}

const FIRST_DAY: &str = include_str!("../scenarios/first-day.ron");

/// A lesson with a line missing or doubled is refused with a reason, or can be played with its
/// coach.
#[test]
fn a_spoilt_lesson_is_refused_or_played() {
    let lines: Vec<&str> = FIRST_DAY.lines().collect();
    let from = lines.iter().position(|l| l.starts_with("  lesson: (")).expect("it has a lesson");
    let asks = lines.iter().position(|l| l.contains("\"warn_whom\": (")).expect("it asks");
    let spoilt = (asks..asks + 34).chain(from..lines.len()).flat_map(|n| {
        let without: Vec<&str> =
            lines.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, l)| *l).collect();
        let twice: Vec<&str> = lines
            .iter()
            .enumerate()
            .flat_map(|(m, l)| std::iter::repeat_n(*l, 1 + usize::from(m == n)))
            .collect();
        [without.join("\n"), twice.join("\n")]
    });
    let (mut played, mut refused) = (0, 0);
    for text in spoilt {
        let checked = Checked::of(&Source::embedded("spoilt.ron", &text), &[]);
        let Some(rules) = checked.rules else {
            assert!(
                checked.problems.iter().any(interagency::scenario::problem::Problem::is_error),
                "refused without a reason"
            );
            refused += 1;
            continue;
        };
        let mut game = Game::new(Arc::new(rules), Start { seed: 1, ..Start::default() });
        while !game.is_over() {
            let coach = prose::coach(&game, &[]);
            let orders = coach.iter().flat_map(|c| &c.steps).filter_map(|s| {
                if let StepDoes::Order(order) = s.does { Some(order) } else { None }
            });
            for order in orders.collect::<Vec<_>>() {
                let _ = game.give(order, "");
            }
            prose::answered(&game);
            game.end().expect("it goes on");
        }
        prose::debrief(&game);
        played += 1;
    }
    assert!(played > 20 && refused > 40, "{played} played, {refused} refused");
}

/// Whatever ships can be played to its end, and what it asserts about itself holds.
#[test]
fn every_shipped_scenario_is_played_to_its_end_and_its_own_tests_hold() {
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        for policy in [
            Policy::Idle,
            Policy::Random,
            Policy::History,
            Policy::parse(&rules, "greedy").expect("every rulebook has it"),
        ] {
            play(&rules, &policy, 1);
        }
        assert_eq!(interagency::analysis::tests::run(&rules), Vec::new(), "{}", title.id);
        assert!(
            !rules.tests.is_empty() && !rules.experiments.is_empty(),
            "{} asserts nothing of itself",
            title.id
        );
    }
}

/// Games of every policy, each read page by page.
fn told(rules: &Rules, games: u64) -> Told {
    let names = Policy::names(rules);
    let mut told = Told::nothing(rules);
    for (seed, name) in (1..=games).zip(names.iter().cycle()) {
        let policy = Policy::parse(rules, name).expect("it is one of the names");
        told.game(rules, &policy, seed, None);
    }
    told
}

/// `just texts` does it with five thousand games of each scenario.
#[test]
fn no_text_is_told_on_a_page_on_which_what_it_assumes_is_false() {
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        let told = told(&rules, 60);
        assert!(told.texts > 500, "{}: {} texts", title.id, told.texts);
        assert!(told.untrue.is_empty(), "{}: {:#?}", title.id, told.untrue);
        let assumes = |e: &Event| e.text.versions.iter().any(|v| !v.assumes.is_empty());
        let read = rules.events.iter().zip(&told.events).filter(|(e, _)| assumes(e));
        let read: u64 = read.map(|(_, n)| n.iter().sum::<u64>()).sum();
        let some = rules.events.iter().any(assumes);
        assert!(!some || read > 200, "{}: {read} texts that assume something", title.id);
    }
}

/// Words with which a text speaks of what the player did, or of what nobody has done yet.
const OF_WHAT_WAS_DONE: &[&str] = &[
    "your sanctions",
    "your list",
    "your statement",
    "your pledge",
    "your warning",
    "you asked for notice",
    "you had us",
    "you signed",
    "you named",
    "so far",
    "remain possible",
    "has been allowed",
    "no longer stands",
    "has not been made",
];

/// A guard against the easiest slips alone: what a text takes for granted no test can read.
#[test]
fn a_text_that_speaks_of_what_was_done_says_what_it_assumes() {
    let mut met = 0;
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        for e in &rules.events {
            for v in &e.text.versions {
                let says = v.text.says().to_lowercase();
                let Some(word) = OF_WHAT_WAS_DONE.iter().find(|w| says.contains(**w)) else {
                    continue;
                };
                met += 1;
                assert!(!v.assumes.is_empty(), "{}: {}: {word:?} in: {says}", title.id, e.id);
            }
        }
    }
    assert!(met > 10, "only {met} texts have such words");
}

#[test]
fn a_planted_contradiction_is_found() {
    // What happens makes its own words false.
    let planted = TINY
        .replace(
            "text: Simulated(by: \"homeland\", follows: \"S1\", says: \"A provider says",
            "text: Simulated(by: \"homeland\", follows: \"S1\", \
             assumes: [Not(Flag(\"asked_twice\"))], says: \"A provider says",
        )
        .replace(
            "also: [Evidence(\"intrusion\", \"leaked_list\")]",
            "also: [SetFlag(\"asked_twice\")]",
        );
    let checked = Checked::with_core(&[], &Source::embedded("planted.ron", &planted), &[]);
    let rules = checked.rules.expect("nothing is wrong with it alone");
    let found = told(&rules, 20).untrue;
    assert!(!found.is_empty());
    assert!(found.iter().all(|u| u.what == "event provider_reports" && u.version == 1));

    // A file that comes for what is under way already.
    let planted = TINY.replace(
        "ready: 50, terms: { \"talks_link\": \"linked\" }, until: \"2018-12-10\", pushes: 1",
        "terms: { \"talks_link\": \"linked\" }, when: [Stands(\"SANC\", \"firm_a\")], pushes: 1",
    );
    let planted = planted.replace("needs: 60", "needs: 1");
    let checked = Checked::with_core(&[], &Source::embedded("planted.ron", &planted), &[]);
    let rules = checked.rules.expect("nothing is wrong with it alone");
    let found = told(&rules, 40).untrue;
    assert!(!found.is_empty() && found.iter().all(|u| u.what == "file firm_package"), "{found:?}");
}

/// What the lesson teaches holds in the case: a date, a trigger and a narrower scope win the vote of
/// those who ask for them, whatever else they cost.
#[test]
fn a_date_and_a_narrower_scope_win_whoever_asks_for_them() {
    use interagency::engine::Proposal;
    use interagency::engine::position::{RoomWeights, position};
    let rules = load::embedded("cloud-hopper", &[]).expect("it loads");
    let instrument = rules.instruments.iter().position(|i| i.id == "SANC").expect("it is there");
    let target = rules.targets.iter().position(|t| t.id == "huaying_haitai").expect("it is there");
    let lead = Proposal {
        instrument: InstrumentIx::at(instrument),
        target: TargetIx::at(target),
        ..Proposal::default()
    };
    for seed in 1..=20 {
        let mut s = Situation::setup(&rules, Start { seed, ..Start::default() }, &mut NoLedger);
        let mut sink = NoLedger;
        Player::new(&rules, &mut s, &mut sink).look();
        let room = RoomWeights::new(&rules, s.known());
        let score = |term: &str, value: &str, agency: &str| {
            let mut p = lead;
            let slots = &rules.instruments[lead.instrument].slots;
            for (n, slot) in
                slots.iter().enumerate().filter(|(_, s)| rules.terms[s.term].id == term)
            {
                let named = |v: &u8| rules.terms[slot.term].values[usize::from(*v)].id == value;
                let at = slot.values.iter().position(named).expect("the value is offered");
                p.terms[n] = u8::try_from(at).expect("few values");
            }
            let a = rules.agencies.iter().position(|a| a.id == agency).expect("it is there");
            position(&rules, s.known(), &room, &p, AgencyIx::at(a)).score
        };
        for (term, value, agency) in [
            ("timing", "after_deadline", "treasury"),
            ("timing", "after_deadline", "nec"),
            ("timing", "on_trigger", "treasury"),
            ("scope", "persons", "treasury"),
        ] {
            let (with, without) = (score(term, value, agency), score("none", "", agency));
            assert!(with > without, "seed {seed}: {value} moves {agency} {without} to {with}");
        }
    }
}
