//! What an author is told: one file for each mistake, and the whole message beside it.
//!
//! A file says in its first comments on which line its one mistake is to be reported; one whose
//! mistake is only warned of says that too. `UPDATE_GOLDEN=1` writes the messages anew: read every
//! difference as somebody who made the mistake would.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use interagency::scenario::files;
use interagency::scenario::load::Checked;
use interagency::scenario::problem::{self, Problem, Severity};
use interagency::scenario::source::Source;
use regex::Regex;

const COLUMNS: usize = 100;
const NO_MISTAKE: &str = "no_mistake";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad_scenarios")
}

/// Names without ending, and texts, in the order of the alphabet.
fn files() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "ron"))
        .map(|path| {
            (
                path.file_stem().expect("it has a name").to_string_lossy().into_owned(),
                std::fs::read_to_string(&path).expect("it is text"),
            )
        })
        .collect();
    all.sort();
    all
}

fn problems(name: &str, text: &str) -> Vec<Problem> {
    Checked::of(&Source::embedded(&format!("{name}.ron"), text), &[]).problems
}

/// What stands behind a word in the comments at the top.
fn said<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    text.lines()
        .take_while(|l| l.starts_with("//"))
        .find_map(|l| l.trim_start_matches(['/', ' ']).strip_prefix(word))
        .map(str::trim)
}

/// Both texts, a line of each in turn where they differ.
fn difference(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    let mut out = String::new();
    for i in 0..old.len().max(new.len()) {
        match (old.get(i), new.get(i)) {
            (Some(a), Some(b)) if a == b => writeln!(out, "  {a}"),
            (a, b) => {
                let line = |sign: char, l: Option<&&str>| {
                    l.map_or(String::new(), |l| format!("{sign} {l}\n"))
                };
                write!(out, "{}{}", line('-', a), line('+', b))
            }
        }
        .expect("a text can be written to");
    }
    out
}

/// The lines of the file without a mistake that stand where this one differs.
fn right(text: &str, without: &str) -> String {
    let own: Vec<&str> = text.lines().skip_while(|l| l.starts_with("//")).collect();
    let whole: Vec<&str> = without.lines().skip_while(|l| l.starts_with("//")).collect();
    let same = |a: &&(&&str, &&str)| a.0 == a.1;
    let first = own.iter().zip(&whole).take_while(|(a, b)| a == b).count();
    let rest = own[first..].iter().rev().zip(whole[first..].iter().rev());
    let last = rest.collect::<Vec<_>>().iter().take_while(same).count();
    let (wrong, right) = (&own[first..own.len() - last], &whole[first..whole.len() - last]);
    let lines: Vec<&str> = if wrong.len() == right.len() {
        wrong.iter().zip(right).filter(|(a, b)| a != b).map(|(_, b)| *b).collect()
    } else {
        right.to_vec()
    };
    if lines.is_empty() {
        return match wrong.len() {
            1 => "\nRight: without that line.\n".to_owned(),
            n => format!("\nRight: without the {n} lines there.\n"),
        };
    }
    format!("\nRight:\n\n{}\n", lines.join("\n"))
}

#[test]
fn every_mistake_is_told_in_the_words_written_beside_it() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = String::new();
    let files = files();
    let (_, without) = files.iter().find(|(name, _)| name == NO_MISTAKE).expect("it is there");
    for (name, text) in files.iter().filter(|(name, _)| name != NO_MISTAKE) {
        let mut found = problem::text(&problems(name, text), false, COLUMNS).trim_end().to_owned();
        let _ = write!(found, "\n{}", right(text, without));
        let path = folder().join(format!("{name}.expected"));
        if update {
            std::fs::write(&path, &found).expect("the message can be written");
            continue;
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if expected != found {
            let _ = writeln!(wrong, "{name}:\n{}", difference(&expected, &found));
        }
    }
    assert!(wrong.is_empty(), "the messages differ (UPDATE_GOLDEN=1 writes them anew):\n\n{wrong}");
}

#[test]
fn every_mistake_is_told_once_and_on_its_own_line() {
    let mut wrong = String::new();
    for (name, text) in files().iter().filter(|(name, _)| name != NO_MISTAKE) {
        let line: u32 = said(text, "line:")
            .and_then(|n| n.parse().ok())
            .unwrap_or_else(|| panic!("{name} does not say on which line its mistake is"));
        let severity = if said(text, "only a warning").is_some() {
            Severity::Warning
        } else {
            Severity::Error
        };
        let found = problems(name, text);
        if !matches!(found.as_slice(), [one] if one.line == line && one.severity == severity) {
            let _ = writeln!(
                wrong,
                "{name}: one {} on line {line}, but found:\n{}",
                severity.name(),
                problem::short(&found)
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_file_without_a_mistake_has_none() {
    let (name, text) =
        files().into_iter().find(|(name, _)| name == NO_MISTAKE).expect("it is there");
    assert_eq!(problem::short(&problems(&name, &text)), "");
}

#[test]
fn every_file_with_a_mistake_has_a_message_and_every_message_a_file() {
    let names: Vec<String> =
        files().into_iter().map(|(name, _)| name).filter(|name| name != NO_MISTAKE).collect();
    assert!(names.len() >= 30, "only {} files", names.len());
    let messages = std::fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path());
    let mut messages: Vec<String> = messages
        .filter(|path| path.extension().is_some_and(|e| e == "expected"))
        .map(|path| path.file_stem().expect("it has a name").to_string_lossy().into_owned())
        .collect();
    messages.sort();
    assert_eq!(messages, names);
}

#[test]
fn a_file_on_disk_is_told_the_same_as_its_text() {
    let path = folder().join("misspelt_field_in_a_record.ron");
    let found = files::read(&path).map_or_else(|p| vec![p], |s| Checked::of(&s, &[]).problems);
    let text = std::fs::read_to_string(&path).expect("it is text");
    let plain = |all: &[Problem]| {
        all.iter()
            .map(|p| (p.line, p.column, p.code, p.message.clone(), p.hint.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(plain(&found), plain(&problems("misspelt_field_in_a_record", &text)));
}

/// What stands in FORMAT.md after these words, up to the end of the line.
fn documented(after: &str) -> String {
    let format = include_str!("../docs/FORMAT.md");
    let at = format.split_once(after).unwrap_or_else(|| panic!("{after} stands in FORMAT.md")).1;
    at.lines().next().expect("a line").to_owned()
}

/// Vim's items as this errorformat uses them; a file is followed by `:LINE`, so it may hold colons.
fn as_regexes(errorformat: &str) -> Vec<Regex> {
    let one = |pattern: &str| {
        let mut out = "^".to_owned();
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => out.extend(chars.next()),
                '%' => out.push_str(match chars.next() {
                    Some('f') => "(?<f>.+?)",
                    Some('l') => "(?<l>[0-9]+)",
                    Some('c') => "(?<c>[0-9]+)",
                    Some('t') => "(?<t>.)",
                    Some('m') => "(?<m>.+)",
                    other => panic!("the interpreter does not know %{other:?}"),
                }),
                c => out.push_str(&regex::escape(&c.to_string())),
            }
        }
        Regex::new(&format!("{out}$")).expect("a pattern")
    };
    errorformat.split(',').map(one).collect()
}

#[test]
fn what_the_documents_tell_editors_reads_what_is_printed() {
    // As it stands in JSON.
    let written: String =
        serde_json::from_str(documented("\"regexp\": ").trim_end_matches(',')).expect("a text");
    let code = Regex::new(&written).expect("a regular expression");
    let vim = as_regexes(&documented("setlocal errorformat="));
    let mut seen = 0;
    for (name, text) in files() {
        for folder in ["", "a b: c/", "C:\\my case\\"] {
            let file = format!("{folder}{name}.ron");
            let all = problems(&format!("{folder}{name}"), &text);
            let short = problem::short(&all);
            assert_eq!(short.lines().count(), all.len(), "{file}: one line each");
            for (line, p) in short.lines().zip(&all) {
                let hint = if p.hint.is_empty() { String::new() } else { format!(" ({})", p.hint) };
                let says = format!("{}{hint}", p.message);
                let c = code.captures(line).unwrap_or_else(|| panic!("not read: {line}"));
                let groups: Vec<&str> = (1..=6).map(|n| &c[n]).collect();
                let (at, column) = (p.line.to_string(), p.column.to_string());
                let wanted = [&file, &at, &column, p.severity.name(), &p.code.to_string(), &says];
                assert_eq!(groups, wanted);
                let v = vim.iter().find_map(|v| v.captures(line));
                let v = v.unwrap_or_else(|| panic!("not read by vim: {line}"));
                assert_eq!((&v["l"], &v["c"]), (at.as_str(), column.as_str()));
                assert_eq!(v["t"], p.severity.name()[..1]);
                assert_eq!(v["m"], format!("[{}]: {says}", p.code));
                assert_eq!(v["f"], file);
                seen += 1;
            }
        }
    }
    assert!(seen > 250, "{seen}");
}

/// An ending that comes early is dated by what ends the game, not by the calendar's last day.
#[test]
fn an_early_ending_may_be_dated_before_the_last_day() {
    let (_, text) = files().into_iter().find(|(name, _)| name == NO_MISTAKE).expect("it is there");
    let dated = |early: &str| {
        let says = "says: \"The case was lent.\"";
        let new =
            text.replace(says, &format!("{early}says: \"24 March 2018. The case was lent.\""));
        assert_ne!(new, text);
        problem::short(&problems("dated", &new))
    };
    assert!(dated("").contains("day-in-words"), "{}", dated(""));
    assert_eq!(dated("early: true, "), "");
}
