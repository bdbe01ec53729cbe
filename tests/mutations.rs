//! Slips of the pen in a scenario of full length: whatever one letter, number or mark is wrong, the
//! author is told where, and what was probably meant.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use interagency::luck::mix;
use interagency::scenario::load::Checked;
use interagency::scenario::problem::{self, Problem};
use interagency::scenario::source::Source;

const TEXT: &str = include_str!("../scenarios/cloud-hopper.ron");

/// How many slips of each kind; two hundred together.
const NAMES: usize = 50;
const NUMBERS: usize = 25;
const MARKS: usize = 25;

/// Fields whose value is for reading, though it may look like an id.
const PROSE: &[&str] = &[
    "id", "title", "name", "short", "means", "says", "who", "asks", "say", "summary", "licence",
    "meant", "silence", "shifts", "why",
];

/// Fields that hold definitions: the keys of a map, or the words of a list.
const DEFINES: &[&str] = &["flags", "shares", "words", "values", "scale"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Field,
    Variant,
    Use,
    Number,
    Mark,
}

#[derive(Debug, Clone)]
struct Place {
    kind: Kind,
    range: Range<usize>,
}

/// Numbers from one seed, always the same.
struct Luck(u64);

impl Luck {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        usize::try_from(mix(self.0) % n as u64).expect("it is small")
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '.' || c == '-'
}

/// Every name, number and mark of the text, outside comments and prose.
fn places(text: &str) -> Vec<Place> {
    let mut all = Vec::new();
    // The field or id each open bracket stands behind, and the one that waits for its value.
    let mut open: Vec<String> = Vec::new();
    let mut key = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut len = c.len_utf8();
        if rest.starts_with("//") {
            len = rest.find('\n').unwrap_or(rest.len());
        } else if c == '"' {
            let body = &rest[1..];
            let mut escaped = false;
            let end = body.find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            let end = end.expect("the text ends");
            len = end + 2;
            let inner = &body[..end];
            let after = body[end + 1..].trim_start();
            let holder = open.last().map_or("", String::as_str);
            let field = if key.is_empty() { holder } else { key.as_str() };
            let plain = !inner.is_empty()
                && inner.starts_with(|c: char| c.is_ascii_alphabetic())
                && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let is_key = after.starts_with(':');
            let defined =
                is_key && after[1..].trim_start().starts_with('(') || DEFINES.contains(&holder);
            if plain && !defined && (is_key || !(PROSE.contains(&field) || PROSE.contains(&holder)))
            {
                all.push(Place { kind: Kind::Use, range: at + 1..at + 1 + end });
            }
            all.push(Place { kind: Kind::Mark, range: at..at + 1 });
            all.push(Place { kind: Kind::Mark, range: at + len - 1..at + len });
            if is_key {
                inner.clone_into(&mut key);
            }
        } else if "([{".contains(c) {
            all.push(Place { kind: Kind::Mark, range: at..at + 1 });
            // What stands in a record of its own has only its own fields.
            open.push(if c == '(' { String::new() } else { key.clone() });
            key.clear();
        } else if ")]}".contains(c) {
            all.push(Place { kind: Kind::Mark, range: at..at + 1 });
            open.pop();
            key.clear();
        } else if c == ',' {
            key.clear();
        } else if c.is_ascii_digit() || c == '-' {
            len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            all.push(Place { kind: Kind::Number, range: at..at + len });
        } else if is_word(c) {
            len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let word = &rest[..len];
            let field = rest[len..].trim_start().starts_with(':');
            if field {
                word.clone_into(&mut key);
            }
            if field {
                all.push(Place { kind: Kind::Field, range: at..at + len });
            } else if c.is_ascii_uppercase() && word != "Scenario" {
                all.push(Place { kind: Kind::Variant, range: at..at + len });
            }
        }
        at += len;
    }
    all
}

/// The word with one letter dropped, doubled, swapped with the next, or changed.
fn slip(word: &str, luck: &mut Luck) -> String {
    loop {
        let mut letters: Vec<char> = word.chars().collect();
        let at = luck.below(letters.len());
        match luck.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 if at + 1 < letters.len() => letters.swap(at, at + 1),
            2 => continue,
            _ => {
                let alphabet = if letters[at].is_ascii_uppercase() { b'A' } else { b'a' };
                letters[at] =
                    char::from(alphabet + u8::try_from(luck.below(26)).expect("it is small"));
            }
        }
        let slipped: String = letters.into_iter().collect();
        if slipped != word {
            return slipped;
        }
    }
}

fn with(range: &Range<usize>, new: &str) -> String {
    format!("{}{new}{}", &TEXT[..range.start], &TEXT[range.end..])
}

fn line_of(at: usize) -> u32 {
    u32::try_from(TEXT[..at].matches('\n').count() + 1).expect("the file is short")
}

/// What is found; a crash is told with the change that led to it.
fn checked(text: &str, change: &str) -> Vec<Problem> {
    let found =
        std::panic::catch_unwind(|| Checked::of(&Source::embedded("cloud-hopper.ron", text), &[]));
    let Ok(found) = found else { panic!("this change makes the check crash: {change}") };
    assert_eq!(
        found.rules.is_none(),
        found.problems.iter().any(Problem::is_error),
        "refused if and only if there is an error: {change}"
    );
    found.problems
}

fn suggestion(problem: &Problem) -> Option<&str> {
    problem.hint.split_once("did you mean `")?.1.split_once('`').map(|(name, _)| name)
}

/// Some of the places of one kind, none of them twice.
fn some(kind: Kind, least: usize, count: usize, luck: &mut Luck) -> Vec<Place> {
    let mut all: Vec<Place> =
        places(TEXT).into_iter().filter(|p| p.kind == kind && p.range.len() >= least).collect();
    assert!(all.len() >= count, "only {} places of kind {kind:?}", all.len());
    (0..count).map(|_| all.swap_remove(luck.below(all.len()))).collect()
}

/// Every plain or quoted word of the scenario and of the layers below: a slip that gives another of them
/// may well be meant.
fn words() -> BTreeSet<&'static str> {
    let core = interagency::scenario::load::CORE.iter().map(|(_, text)| *text);
    let theatres = interagency::scenario::load::THEATRES.iter().flat_map(|t| t.files);
    core.chain(theatres.map(|(_, text)| *text))
        .chain([TEXT])
        .flat_map(|text| text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')))
        .collect()
}

#[test]
fn a_name_with_one_wrong_letter_is_reported_on_its_line_with_the_right_one() {
    let mut luck = Luck(2018);
    let known = words();
    let (mut slips, mut right, mut possible) = (0_usize, 0_usize, 0_usize);
    let (mut lost, mut misses) = (String::new(), String::new());
    for kind in [Kind::Field, Kind::Variant, Kind::Use] {
        for place in some(kind, 4, NAMES, &mut luck) {
            let name = &TEXT[place.range.clone()];
            let mut wrong = slip(name, &mut luck);
            while known.contains(wrong.as_str()) {
                wrong = slip(name, &mut luck);
            }
            let line = line_of(place.range.start);
            let change = format!("line {line}: {kind:?} {name} -> {wrong}");
            let problems = checked(&with(&place.range, &wrong), &change);
            slips += 1;
            let here: Vec<&Problem> =
                problems.iter().filter(|p| p.line == line && p.is_error()).collect();
            if here.is_empty() {
                let _ = writeln!(lost, "{change}\n{}", problem::short(&problems));
                continue;
            }
            possible += 1;
            if here.first().and_then(|p| suggestion(p)) == Some(name) {
                right += 1;
            } else {
                let _ = writeln!(misses, "{change:<60} {}", problem::short(&problems).trim_end());
            }
        }
    }
    assert_eq!(slips, 3 * NAMES);
    println!("{right} of {possible} reported slips were put right\n{misses}");
    assert!(lost.is_empty(), "not reported on their line:\n{lost}");
    assert!(
        right * 100 >= possible * 95,
        "{right} of {possible} were put right; missed:\n{misses}"
    );
}

#[test]
fn a_number_out_of_range_is_refused_on_its_line() {
    let mut luck = Luck(2019);
    let mut lost = String::new();
    for place in some(Kind::Number, 1, NUMBERS, &mut luck) {
        let new = ["999999999", "-999999999", "1000000.5", "99999999999999999999"][luck.below(4)];
        let line = line_of(place.range.start);
        let change = format!("line {line}: {} -> {new}", &TEXT[place.range.clone()]);
        let problems = checked(&with(&place.range, new), &change);
        if !problems.iter().any(|p| p.line == line && p.is_error()) {
            let _ = writeln!(lost, "{change}\n{}", problem::short(&problems));
        }
    }
    assert!(lost.is_empty(), "not reported on their line:\n{lost}");
}

#[test]
fn a_lost_bracket_or_quotation_mark_is_refused_with_a_reason() {
    let mut luck = Luck(2020);
    let mut poor = String::new();
    for place in some(Kind::Mark, 1, MARKS, &mut luck) {
        let line = line_of(place.range.start);
        let change = format!(
            "line {line}: {} lost in {}",
            &TEXT[place.range.clone()],
            TEXT.lines().nth(line as usize - 1).unwrap_or_default().trim()
        );
        let problems = checked(&with(&place.range, ""), &change);
        if !problems.iter().any(Problem::is_error) {
            let _ = writeln!(poor, "{change}\n{}", problem::short(&problems));
        }
    }
    assert!(poor.is_empty(), "not refused:\n{poor}");
}
