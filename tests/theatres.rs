//! A theatre is whole, and the core names no rival.
//!
//! The case that `new` writes is laid over each theatre and over none: it checks, it plays, and
//! outside China's own theatre no word of China stands in anything that can be read.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use interagency::engine::{NoLedger, Situation, Start};
use interagency::policy::Policy;
use interagency::scenario::load::{self, Checked};
use interagency::scenario::model::{Rules, Text};
use interagency::scenario::problem;
use interagency::scenario::source::Source;

/// Words that belong to China's theatre and to the cases on it.
const CHINA: &[&str] = &[
    "china",
    "chinese",
    "beijing",
    "huawei",
    "haitai",
    "mofcom",
    "apt1",
    "apt10",
    "cloud hopper",
    "state security",
    "jinhua",
    "shenzhen",
    "xinhua",
    "hong kong",
    "taiwan",
    "zte",
];

fn theatres() -> Vec<&'static str> {
    load::THEATRES.iter().map(|t| t.name).chain(["none"]).collect()
}

/// The case that the program writes, on this theatre.
fn case(theatre: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("my-case");
    let out = Command::new(env!("CARGO_BIN_EXE_interagency"))
        .args(["new".as_ref(), path.as_os_str(), "--theatre".as_ref(), theatre.as_ref()])
        .output()
        .expect("the program runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
    std::fs::read_to_string(path.with_extension("ron")).expect("the file is there")
}

fn rules(theatre: &str) -> Rules {
    let checked = Checked::of(&Source::embedded("my-case.ron", &case(theatre)), &[]);
    assert!(
        checked.problems.is_empty(),
        "{theatre}: {}",
        problem::text(&checked.problems, false, 100)
    );
    checked.rules.expect("it makes rules")
}

/// Whether a word of the list stands in the text as a word.
fn china_in(text: &str) -> Option<&'static str> {
    let lower: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    let lower = format!(" {} ", lower.split_whitespace().collect::<Vec<_>>().join(" "));
    CHINA.iter().find(|w| lower.contains(&format!(" {w} "))).copied()
}

#[test]
fn the_first_case_checks_and_plays_on_every_theatre() {
    for theatre in theatres() {
        let rules = rules(theatre);
        assert_eq!(rules.responses.is_empty(), theatre == "none", "{theatre}");
        for name in ["idle", "random", "greedy"] {
            let policy = Policy::parse(&rules, name).expect("a policy");
            let mut answers = 0;
            for seed in 1..=40 {
                let start = Start { seed, ..Start::default() };
                let mut s = Situation::setup(&rules, start, &mut NoLedger);
                policy.game(&rules, &mut s, None, &mut NoLedger);
                assert!(s.is_over(), "{theatre} {name} {seed}");
                answers |= s.responded;
            }
            assert!(
                theatre == "none" || answers.count_ones() >= 3,
                "{theatre} {name}: {answers:b}"
            );
        }
    }
}

/// Everything a record says is in how the rules print themselves: more than any screen shows.
/// The same case a few years later.
fn in_2021(theatre: &str) -> Rules {
    let text = case(theatre).replace("2018", "2021").replace("2019", "2022");
    let checked = Checked::of(&Source::embedded("my-case.ron", &text), &[]);
    checked.rules.unwrap_or_else(|| panic!("{}", problem::text(&checked.problems, false, 100)))
}

#[test]
fn a_theatre_says_nothing_that_follows_a_source_of_a_later_year() {
    let last = |rules: &Rules| rules.turns.last().expect("a turn").ends;
    for theatre in theatres() {
        let rules = rules(theatre);
        let end = last(&rules);
        for (id, text) in said(&rules) {
            let (Text::Record { source, .. } | Text::Simulated { follows: Some(source), .. }) =
                text
            else {
                continue;
            };
            let out = rules.sources[*source].out_by(Some(end)).next();
            assert!(out.is_some(), "{theatre}, {id}: {}", text.says());
        }
    }
    // What is left out of 2018 is there in 2021.
    let (early, late) = (rules("russia"), in_2021("russia"));
    let has = |rules: &Rules, aim: &str| rules.aims.iter().any(|a| a.id == aim);
    assert!(!has(&early, "clean_slate") && has(&late, "clean_slate"));
    assert!(said(&early).len() < said(&late).len());
    assert!(early.critics.len() < late.critics.len());
}

/// What the other side says: texts of its answers, signs and acts of its aims.
fn said(rules: &Rules) -> Vec<(String, &Text)> {
    let answers =
        rules.responses.iter().flat_map(|r| r.texts.iter().map(move |v| (r.id.clone(), &v.text)));
    let steps = rules.aims.iter().flat_map(|a| a.steps.iter().map(move |s| (a, s)));
    let signs = steps.flat_map(|(a, s)| {
        let id = format!("{}, {}", a.id, s.id);
        std::iter::once(&s.sign).chain(&s.act).map(move |t| (id.clone(), t))
    });
    answers.chain(signs).collect()
}

#[test]
fn no_word_of_china_stands_outside_its_theatre() {
    for theatre in theatres().into_iter().filter(|t| *t != "china") {
        let r = rules(theatre);
        let mut said = Vec::new();
        macro_rules! read {
            ($($table:ident),*) => {$(
                for record in &r.$table {
                    let text = format!("{record:?}");
                    if let Some(word) = china_in(&text) {
                        let head: String = text.chars().take(90).collect();
                        said.push(format!("{}: {word} in {head}", stringify!($table)));
                    }
                }
            )*};
        }
        read!(
            texts,
            indicators,
            flows,
            assumptions,
            worlds,
            lenses,
            profiles,
            agencies,
            terms,
            venues,
            instruments,
            tasks,
            asks,
            promises,
            reforms,
            traits,
            responses,
            tells,
            aims,
            codex,
            critics,
            windows,
            principals,
            campaigns,
            evidence,
            targets,
            files,
            events,
            propositions,
            endings
        );
        // Sources that a codex entry or a critic names are shown with it.
        let named = r
            .codex
            .iter()
            .flat_map(|c| &c.sources)
            .chain(r.critics.iter().flat_map(|c| &c.sources));
        for s in named {
            let text = format!("{:?}", r.sources[*s]);
            if let Some(word) = china_in(&text) {
                said.push(format!("a source: {word} in {text}"));
            }
        }
        said.sort();
        said.dedup();
        let mut list = String::new();
        for line in &said {
            _ = writeln!(list, "{line}");
        }
        assert!(said.is_empty(), "on the theatre {theatre}:\n{list}");
    }
}

#[test]
fn the_word_list_finds_what_it_should() {
    assert_eq!(china_in("growth in China, and"), Some("china"));
    assert_eq!(china_in("a machine"), None);
    let r = rules("china");
    assert!(r.responses.iter().any(|x| china_in(&format!("{x:?}")).is_some()));
}
