//! The documents say what is so: every example of the format can be read, the complete one can be
//! played, and everything an author can write stands in the reference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use interagency::analysis;
use interagency::engine::Start;
use interagency::engine::{NoLedger, Situation};
use interagency::policy::Policy;
use interagency::scenario::files;
use interagency::scenario::load::{self, Checked};
use interagency::scenario::model::{Rules, limits};
use interagency::scenario::problem::{self, Code};
use interagency::scenario::source::Source;
use interagency::scenario::{raw, syntax};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
        .replace("\r\n", "\n")
}

/// A fenced block: what stands after the fence's mark, its first line, its text.
struct Block {
    info: String,
    line: usize,
    text: String,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut all = Vec::new();
    let mut open: Option<Block> = None;
    for (n, line) in document.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open =
                    Some(Block { info: info.trim().to_owned(), line: n + 2, text: String::new() });
            }
            (Some(_), Some(_)) => all.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block of code is not closed");
    all
}

fn format() -> String {
    read("docs/FORMAT.md")
}

const EXAMPLE: &str = "tests/scenarios/example.ron";

fn example() -> Rules {
    files::load(&root().join(EXAMPLE), &[])
        .unwrap_or_else(|problems| panic!("{}", problem::text(&problems, false, 100)))
}

#[test]
fn the_complete_example_of_the_format_is_the_file() {
    let text = read(EXAMPLE);
    let complete: Vec<Block> =
        blocks(&format()).into_iter().filter(|b| b.info == "ron scenario").collect();
    assert!(
        complete.iter().any(|b| b.text == text),
        "no block marked `ron scenario` in docs/FORMAT.md is {EXAMPLE}, letter by letter"
    );
}

#[test]
fn every_complete_example_can_be_played() {
    for block in blocks(&format()).iter().filter(|b| b.info == "ron scenario") {
        let name = format!("docs/FORMAT.md, block at line {}", block.line);
        let checked = Checked::of(&Source::embedded(&name, &block.text), &[]);
        let own: Vec<_> =
            checked.problems.into_iter().filter(|p| p.file == name || p.is_error()).collect();
        assert!(own.is_empty(), "{}", problem::text(&own, false, 100));
        assert!(checked.rules.is_some());
    }
}

/// The walk-through plants a mistake and shows what `check` says of it.
#[test]
fn the_message_of_the_walk_through_is_the_one_that_is_printed() {
    let document = format();
    let slip =
        document.lines().find(|l| l.contains("presidnet")).expect("the walk-through has its slip");
    let meant = slip.replace(", \"presidnet\": -1", "");
    let text = read(EXAMPLE);
    assert_eq!(
        text.lines().filter(|l| *l == meant).count(),
        1,
        "the line the slip is made in stands in {EXAMPLE}: {meant}"
    );
    let checked = Checked::of(&Source::embedded("my-case.ron", &text.replace(&meant, slip)), &[]);
    let lines: Vec<String> = problem::text(&checked.problems, false, 100)
        .lines()
        .map(|l| l.trim_end().to_owned())
        .collect();
    let shown = lines.join("\n");
    assert!(document.contains(shown.trim_end()), "docs/FORMAT.md does not show\n{shown}");
}

/// Fields of a scenario, as the reference shows them: the rest of the file is made up around them.
#[test]
fn every_fragment_of_the_reference_is_well_written() {
    let needed = [
        ("id", "\"a\""),
        ("core", "1"),
        ("title", "\"A\""),
        ("summary", "\"A\""),
        ("minutes", "10"),
        ("difficulty", "Learning"),
        ("calendar", "(opens: \"2018-09-03\", every: \"2 weeks\", turns: 5)"),
        ("briefing", "Simulated(by: \"odni\", follows: \"S13\", says: \"A\")"),
        ("campaigns", "{}"),
        ("targets", "{}"),
        ("events", "{}"),
        ("endings", "{}"),
    ];
    let mut read = 0;
    let guide = blocks(&self::read("docs/AUTHORING.md"));
    for block in blocks(&format()).iter().chain(&guide).filter(|b| b.info == "ron part") {
        read += 1;
        let mut text = format!("Scenario(\n{}", block.text);
        for (field, value) in needed {
            if !block.text.lines().any(|l| l.starts_with(&format!("{field}:"))) {
                _ = writeln!(text, "{field}: {value},");
            }
        }
        text.push(')');
        let name = format!("FORMAT.md or AUTHORING.md, block at line {}", block.line);
        let found = syntax::read::<raw::Scenario>(&load::laid_over(
            "none",
            &Source::embedded(&name, &text),
        ));
        assert!(found.problems.is_empty(), "{}", problem::text(&found.problems, false, 100));
        assert!(found.value.is_some(), "{name}");
    }
    assert!(read >= 20, "{read} fragments marked `ron part`");
}

#[test]
fn the_example_can_be_played_to_its_end_and_its_own_tests_hold() {
    let rules = example();
    for policy in
        [Policy::Idle, Policy::Random, Policy::parse(&rules, "greedy").expect("greedy is a policy")]
    {
        for seed in 1..=20 {
            let mut s = Situation::setup(&rules, Start { seed, ..Start::default() }, &mut NoLedger);
            policy.game(&rules, &mut s, None, &mut NoLedger);
            assert!(s.is_over(), "seed {seed}");
        }
    }
    assert!(!rules.tests.is_empty());
    assert_eq!(analysis::tests::run(&rules), Vec::new());
}

/// Everything an author can write: fields of records, words of closed lists.
fn vocabulary(source: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let mut record: Option<String> = None;
    let mut closed = false;
    for line in source.lines() {
        if let Some(rest) =
            line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))
        {
            closed = line.contains("pub enum ");
            record = line.ends_with('{').then(|| rest.trim_end_matches([' ', '{']).to_owned());
        } else if line.starts_with('}') {
            record = None;
        } else if let Some(record) = &record {
            let word = line.trim().trim_start_matches("pub ");
            let name: String =
                word.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let after = word.get(name.len()..).unwrap_or_default();
            let field = !closed && line.starts_with("    pub ") && after.starts_with(':');
            let variant = closed
                && line.starts_with("    ")
                && !line.starts_with("     ")
                && name.starts_with(|c: char| c.is_ascii_uppercase())
                && after.starts_with([',', '(', ' ']);
            if field || variant {
                all.push((record.clone(), name));
            }
        }
    }
    all
}

#[test]
fn every_word_an_author_can_write_stands_in_the_reference() {
    let document = format();
    let mut words = vocabulary(&read("src/scenario/raw.rs"));
    words.extend(
        vocabulary(&read("src/scenario/named.rs"))
            .into_iter()
            .filter(|(record, _)| record == "Named" || record == "Proposal"),
    );
    assert!(words.len() > 250, "{} words found", words.len());
    let missing: Vec<String> = words
        .iter()
        .filter(|(_, w)| {
            !document.contains(&format!("`{w}`")) && !document.contains(&format!("`{w}("))
        })
        .map(|(r, w)| format!("{r}: {w}"))
        .collect();
    assert!(missing.is_empty(), "docs/FORMAT.md does not explain\n{}", missing.join("\n"));
}

#[test]
fn the_limits_of_the_reference_are_those_of_the_program() {
    let document = format();
    let limits = [
        ("turns", limits::TURNS),
        ("indicators", limits::INDICATORS),
        ("flows", limits::FLOWS),
        ("worlds", limits::WORLDS),
        ("lenses", limits::LENSES),
        ("agencies", limits::AGENCIES),
        ("terms", limits::TERMS),
        ("values of a term", limits::TERM_VALUES),
        ("terms of an instrument", limits::SLOTS),
        ("venues", limits::VENUES),
        ("instruments", limits::INSTRUMENTS),
        ("tasks", limits::TASKS),
        ("asks", limits::ASKS),
        ("promises", limits::PROMISES),
        ("reforms", limits::REFORMS),
        ("responses", limits::RESPONSES),
        ("campaigns", limits::CAMPAIGNS),
        ("combinations of one campaign's values", limits::CELLS),
        ("combinations of all campaigns together", limits::ALL_CELLS),
        ("combinations of worlds and traits", limits::WORLD_CELLS),
        ("aims", limits::AIMS),
        ("steps of an aim", limits::AIM_STEPS),
        ("items of evidence, all campaigns together", limits::EVIDENCE),
        ("targets", limits::TARGETS),
        ("live files", limits::FILES),
        ("events", limits::EVENTS),
        ("choices of an event", limits::CHOICES),
        ("versions of a text", limits::VERSIONS),
        ("flags", limits::FLAGS),
        ("propositions", limits::PROPOSITIONS),
        ("windows", limits::WINDOWS),
        ("different questions gates ask", limits::QUESTIONS),
        ("endings", limits::ENDINGS),
        ("levels of a condition", limits::DEPTH),
    ];
    let missing: Vec<String> = limits
        .iter()
        .map(|(what, n)| format!("| {what} | {n} |"))
        .filter(|row| !document.contains(row))
        .collect();
    assert!(missing.is_empty(), "docs/FORMAT.md has no row\n{}", missing.join("\n"));
}

/// Codes are named in brackets in the documents, as `check` prints them.
#[test]
fn codes_named_in_the_documents_are_codes_of_the_program() {
    for path in ["docs/FORMAT.md", "CONTRIBUTING.md"] {
        for line in read(path).lines() {
            for mark in ["error[", "warning["] {
                for (at, _) in line.match_indices(mark) {
                    let rest = &line[at + mark.len()..];
                    let name = &rest[..rest.find(']').unwrap_or(0)];
                    let plain = !name.is_empty()
                        && name
                            .chars()
                            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
                    assert!(
                        !plain || Code::named(name).is_some(),
                        "{path}: there is no code `{name}`"
                    );
                }
            }
        }
    }
}

/// Links within the documents lead somewhere.
#[test]
fn links_between_the_documents_lead_to_files() {
    for path in ["docs/FORMAT.md", "docs/architecture.md", "docs/decisions.md", "CONTRIBUTING.md"] {
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        let text = read(path);
        for (at, _) in text.match_indices("](") {
            let rest = &text[at + 2..];
            let link = &rest[..rest.find(')').unwrap_or(0)];
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty() && !link.starts_with("http") {
                assert!(root().join(folder).join(file).exists(), "{path}: {link}");
            }
        }
    }
}

/// The list of scenarios and of theatres in the README is that of the program.
#[test]
fn the_readme_lists_what_ships() {
    let readme = read("README.md");
    for title in load::titles() {
        let row = readme.lines().find(|l| l.starts_with(&format!("| `{}` |", title.id)));
        let length = format!("| {} minutes, {} turns |", title.minutes, title.turns);
        assert!(row.is_some_and(|r| r.ends_with(&length)), "{}: {row:?}, not {length}", title.id);
    }
    for theatre in load::theatres() {
        assert!(readme.contains(&format!("`{theatre}`")), "the README does not name {theatre}");
    }
}
