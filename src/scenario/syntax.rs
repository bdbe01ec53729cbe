//! Reading a content file with every mistake in it found at once.
//!
//! A file without mistakes is parsed once. Otherwise each entry of each table is parsed alone, in a
//! document of its own that repeats only the path to it; what is wrong is reported, the smallest
//! part that can be left out around it is blanked, and the entry is parsed again, until nothing
//! more is found. What remains of the file without its bad entries is then read as a whole, so that
//! the rules that need several records can still be checked. Ids of bad entries are *poisoned*:
//! they exist, and their use elsewhere is no mistake.
//!
//! Owns that search. Refuses to own the words of a report (`wording`), the scan (`recover`), and
//! any rule that needs two records at once (`resolve`).

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::de::DeserializeOwned;

use super::loc::{self, At};
use super::problem::{self, Code, LIMIT, Problem};
use super::recover::{self, Item, Node, Recovered, Value};
use super::source::Source;
use super::tokens::{Bracket, Flaw};
use super::wording;
use crate::order::Gather;

/// Most mistakes looked for in one entry.
const IN_ENTRY: usize = 20;

/// How often the file is read as a whole when entries were fine alone (it can take milliseconds).
const WHOLE: usize = 20;

/// What could be read, and what is wrong with the rest.
#[derive(Debug)]
pub struct Read<T> {
    /// The file without its bad entries; none if what is left is not a whole record.
    pub value: Option<T>,
    /// Sorted, at most a hundred.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub left_out: usize,
    pub poisoned: Poisoned,
    /// What was parsed to make `value`: the source with bad parts blanked, byte for byte as long.
    pub parsed: Cow<'static, str>,
}

impl<T: DeserializeOwned> Read<T> {
    /// The bytes of a leaf of `value`, with its quotation marks. Free if its offset is known,
    /// otherwise the text is parsed once more.
    pub fn place(&self, at: At) -> Option<Range<usize>> {
        let (start, end) = match at.offset {
            Some(offset) => (offset as usize, (offset as usize).saturating_add(at.len as usize)),
            None if at.serial == 0 => return None,
            None => {
                let span = loc::locate::<T>(&self.parsed, at.serial)?;
                (offset_in(&self.parsed, span.start), offset_in(&self.parsed, span.end))
            }
        };
        let quote = |at: usize| self.parsed.get(at..at.saturating_add(1)) == Some("\"");
        let start = if start > 0 && quote(start.saturating_sub(1)) {
            start.saturating_sub(1)
        } else {
            start
        };
        let end = if at.offset.is_some() && quote(end) { end.saturating_add(1) } else { end };
        Some(start..end.max(start))
    }
}

/// In place of an id: any of the table may exist.
const ANY: &str = "*";

/// Ids whose records could not be read, by table.
#[derive(Debug, Default, Clone)]
pub struct Poisoned {
    /// The file's brackets do not match, so any id may be missing.
    pub all: bool,
    pub tables: BTreeMap<String, BTreeSet<String>>,
}

impl Poisoned {
    /// Whether the id may exist after all.
    pub fn contains(&self, table: &str, id: &str) -> bool {
        let any = |ids: &BTreeSet<String>| ids.contains(id) || ids.contains(ANY);
        self.all || self.tables.get(table).is_some_and(any)
    }
    pub fn is_empty(&self) -> bool {
        !self.all && self.tables.is_empty()
    }
    /// Adds what another file of the same rules could not read.
    pub fn merge(&mut self, other: &Poisoned) {
        self.all |= other.all;
        for (table, ids) in &other.tables {
            self.tables.entry(table.clone()).or_default().extend(ids.iter().cloned());
        }
    }
    fn add(&mut self, table: &str, id: &str) {
        self.tables.entry(table.to_owned()).or_default().insert(id.to_owned());
    }
}

/// Reads a file as a `T`.
pub fn read<T: DeserializeOwned>(source: &Source) -> Read<T> {
    if source.carried
        && let Cow::Borrowed(text) = source.text
        && let Some(value) = loc::parse_carried::<T>(text)
    {
        return finish(Some(value), Vec::new(), Poisoned::default(), source.text.clone());
    }
    let recovered = recover::scan(source);
    let characters = source.bad_characters(LIMIT);
    if recovered.flaws.is_empty()
        && let Ok(value) = loc::parse::<T>(&source.text)
    {
        return finish(Some(value), characters, Poisoned::default(), source.text.clone());
    }
    let mut search = Search::new(source, &recovered, root_name::<T>());
    search.problems = characters;
    search.problems.extend(recovered.flaws.iter().filter(|f| !f.hidden).map(|f| f.problem.clone()));
    let value = search.run::<T>();
    search.problems.iter_mut().for_each(|p| name_decimal_comma(source, p));
    finish(value, search.problems, search.poisoned, search.work.into())
}

/// What is found behind a comma between two digits is half of a number.
fn name_decimal_comma(source: &Source, problem: &mut Problem) {
    let at = source.offset(problem.line as usize, problem.column as usize);
    let (before, after) = source.text.split_at(at);
    let Some(whole) =
        before.strip_suffix(',').filter(|w| w.ends_with(|c: char| c.is_ascii_digit()))
    else {
        return;
    };
    let digits = |c: char| c.is_ascii_digit();
    let decimals =
        after.get(..after.find(|c| !digits(c)).unwrap_or(after.len())).unwrap_or_default();
    if decimals.is_empty() {
        return;
    }
    let whole = whole.get(whole.trim_end_matches(digits).len()..).unwrap_or_default();
    problem.code = Code::Syntax;
    "a comma stands inside a number; decimals are written with a point"
        .clone_into(&mut problem.message);
    problem.hint = format!("write {whole}.{decimals}");
}

fn finish<T>(
    value: Option<T>,
    mut problems: Vec<Problem>,
    poisoned: Poisoned,
    parsed: Cow<'static, str>,
) -> Read<T> {
    let left_out = problem::settle(&mut problems);
    Read { value, problems, left_out, poisoned, parsed }
}

fn root_name<T>() -> &'static str {
    std::any::type_name::<T>().rsplit("::").next().unwrap_or_default()
}

/// The byte offset of ron's line and column.
fn offset_in(text: &str, place: ron::error::Position) -> usize {
    let start = match place.line.checked_sub(2) {
        None => 0,
        Some(n) => {
            text.match_indices('\n').nth(n).map_or(text.len(), |(at, _)| at.saturating_add(1))
        }
    };
    let line = text.get(start..).unwrap_or_default();
    line.char_indices()
        .nth(place.col.saturating_sub(1))
        .map_or(text.len(), |(at, _)| start.saturating_add(at))
}

/// A part of the file that can be parsed alone and left out alone.
struct Unit<'s> {
    item: &'s Item,
    /// The fields that lead to it, each with the bracket it opens.
    path: Vec<(&'s Item, &'s Node)>,
    /// The table it is an entry of.
    table: Option<&'s str>,
}

/// Where an error of a unit's own document lies.
enum Place {
    /// In the file, at this offset.
    Inside(usize),
    /// On the way to the unit: the unit is not where it belongs.
    Path(Range<usize>),
    After,
}

struct Search<'s> {
    source: &'s Source,
    recovered: &'s Recovered,
    root_name: &'static str,
    /// What stands before the root's bracket in the documents made.
    written_name: &'s str,
    work: String,
    problems: Vec<Problem>,
    poisoned: Poisoned,
    /// Fields left out, each with the bracket it stood in.
    gone: Vec<(String, Range<usize>)>,
    blanked: BTreeSet<(usize, usize)>,
}

impl<'s> Search<'s> {
    fn new(source: &'s Source, recovered: &'s Recovered, root_name: &'static str) -> Self {
        let (problems, gone, blanked) = (Vec::new(), Vec::new(), BTreeSet::new());
        Search {
            source,
            recovered,
            root_name,
            written_name: "",
            work: recovered.repaired.clone(),
            problems,
            poisoned: Poisoned::default(),
            gone,
            blanked,
        }
    }

    fn run<T: DeserializeOwned>(&mut self) -> Option<T> {
        let Some(root) = &self.recovered.root else {
            self.no_record();
            return None;
        };
        self.poisoned.all = self.recovered.broken || self.recovered.overflow;
        if self.recovered.overflow {
            return None;
        }
        if root.bracket != Bracket::Round {
            let at = root.open..root.open.saturating_add(1);
            self.problems.push(
                self.source
                    .problem(at, Code::WrongBracket, "the file's one record stands in ( )")
                    .hint(format!("begin with `{}(` and end with `)`", self.root_name)),
            );
            return None;
        }
        self.check_name(root);
        let mut units = Vec::new();
        collect(&self.source.text, root, &mut Vec::new(), &mut units);
        // After a text or the record itself ends in the wrong place, nothing that follows is sure.
        let doubtful = [Code::UnclosedText, Code::UnclosedComment, Code::TrailingText];
        let unsure = |f: &&Flaw| {
            self.recovered.unbalanced && !f.repaired && doubtful.contains(&f.problem.code)
        };
        let sure =
            self.recovered.flaws.iter().filter(unsure).map(|f| f.at).min().unwrap_or(usize::MAX);
        let mut bad_paths: BTreeSet<usize> = BTreeSet::new();
        for unit in &units {
            if self.problems.len() >= LIMIT.saturating_mul(2) {
                return None;
            }
            let flaws: Vec<&Flaw> = self
                .recovered
                .flaws
                .iter()
                .filter(|f| !f.repaired && covers(unit.item, f.at))
                .collect();
            let known_bad = unit.path.iter().any(|(i, _)| bad_paths.contains(&i.range.start));
            let mut bad = known_bad || !flaws.is_empty();
            if !known_bad && unit.item.range.end <= sure {
                bad |= self.examine::<T>(unit, &flaws, &mut bad_paths);
            }
            // One of two with one id may have been meant by another name.
            let twice = flaws.iter().any(|f| f.problem.code == Code::DuplicateId);
            if bad {
                if let Some(table) = unit.table.filter(|_| twice) {
                    self.poisoned.add(table, ANY);
                }
                self.leave_out(unit);
            }
        }
        if self.recovered.broken { None } else { self.whole(&units) }
    }

    fn no_record(&mut self) {
        let hint = format!("a file begins with `{}(` and ends with `)`", self.root_name);
        match self.recovered.tokens.first() {
            None => self.problems.push(
                Problem::of_file(&self.source.name, Code::Syntax, "the file is empty").hint(hint),
            ),
            Some(t) if self.problems.is_empty() => {
                self.problems.push(
                    self.source
                        .problem(
                            t.start..t.end,
                            Code::Syntax,
                            "the file does not begin with a record",
                        )
                        .hint(hint),
                );
            }
            Some(_) => {}
        }
    }

    fn check_name(&mut self, root: &Node) {
        let Some(range) = root.name.clone() else { return };
        let name = self.source.text.get(range.clone()).unwrap_or_default();
        if name == self.root_name {
            self.written_name = name;
            return;
        }
        let message = format!(
            "this file is read as a `{}`, and calls itself `{}`",
            self.root_name,
            super::tokens::shown(name)
        );
        self.problems.push(
            self.source
                .problem(range.clone(), Code::UnknownWord, message)
                .hint(format!("begin with `{}(`", self.root_name)),
        );
        self.blank(range);
    }

    /// Finds what is wrong in one unit; whether there was anything.
    fn examine<T: DeserializeOwned>(
        &mut self,
        unit: &Unit,
        flaws: &[&Flaw],
        bad_paths: &mut BTreeSet<usize>,
    ) -> bool {
        for flaw in flaws {
            if !self.remove_around(unit.item, flaw.at) {
                return true;
            }
        }
        let mut bad = false;
        for _ in 0..IN_ENTRY {
            let Some((error, start, end)) = self.alone::<T>(unit) else { return bad };
            bad = true;
            let found = match start {
                Place::Path(range) => {
                    if let Some((field, _)) =
                        unit.path.iter().rev().find(|(i, _)| covers(i, range.start))
                    {
                        bad_paths.insert(field.range.start);
                        self.poison_near(&error, unit);
                        if let Some(key) = &field.key {
                            self.poisoned.add(key.text(&self.source.text), ANY);
                        }
                        if let ron::Error::NoSuchStructField { expected, found, .. } = &error
                            && let Some(meant) =
                                problem::did_you_mean(found, expected.iter().copied())
                        {
                            self.gone.push((meant.to_owned(), 0..self.source.text.len()));
                        }
                        if let Some(key) = &field.key {
                            self.gone.push((
                                key.text(&self.source.text).to_owned(),
                                0..self.source.text.len(),
                            ));
                        }
                        self.blank(field.range.start..field.with_comma);
                    }
                    let found = self.word(&error, range.start, range.end, unit);
                    if !self.is_said(&found) {
                        self.problems.push(found);
                    }
                    return true;
                }
                Place::Inside(start) => self.word(
                    &error,
                    start,
                    if let Place::Inside(end) = end { end } else { start },
                    unit,
                ),
                Place::After => self.word(
                    &error,
                    unit.item.range.end.saturating_sub(1),
                    unit.item.range.end,
                    unit,
                ),
            };
            let at = self.source.offset(found.line as usize, found.column as usize);
            if !self.follows_from_blanking(&error, at) && !self.is_said(&found) {
                self.in_its_place(&error, unit.item, at);
                self.problems.push(found);
            }
            // A misspelt field is not also missing.
            if let ron::Error::NoSuchStructField { expected, found, .. } = &error
                && let Some(meant) = problem::did_you_mean(found, expected.iter().copied())
            {
                let within = innermost(unit.item, at)
                    .map_or(0..self.source.text.len(), |n| n.open..n.close.saturating_add(1));
                self.gone.push((meant.to_owned(), within));
            }
            let name = self
                .recovered
                .token_at(at)
                .filter(|_| matches!(error, ron::Error::ExpectedDifferentStructName { .. }));
            if let Some(name) = name {
                self.blank(name.start..name.end);
            } else if !self.remove_around(unit.item, at) {
                return true;
            }
        }
        bad
    }

    /// Whether the scan has already found something at this very place.
    fn is_said(&self, found: &Problem) -> bool {
        let here = |p: &Problem| (p.line, p.column) == (found.line, found.column);
        let other = |p: &Problem| p.code != found.code || found.code == Code::WrongBracket;
        self.problems.iter().any(|p| here(p) && p.is_error() && other(p))
    }

    /// Where a map was meant, its keys are not wrong besides.
    fn in_its_place(&mut self, error: &ron::Error, unit: &Item, at: usize) {
        if !matches!(error, ron::Error::ExpectedMap) {
            return;
        }
        let Some(node) = node_at(unit, at) else { return };
        let keys: BTreeSet<usize> =
            node.items.iter().filter_map(|i| i.key.as_ref()).map(|k| k.range.start).gather();
        let source = self.source;
        self.problems.retain(|p| {
            let of_keys = matches!(p.code, Code::QuotedField | Code::WrongBracket);
            !of_keys || !keys.contains(&source.offset(p.line as usize, p.column as usize))
        });
    }

    fn word(&self, error: &ron::Error, start: usize, end: usize, unit: &Unit) -> Problem {
        wording::explain(self.source, self.recovered, error, start..end, Some(unit.item))
    }

    /// A field reported missing because it was left out itself.
    fn follows_from_blanking(&self, error: &ron::Error, at: usize) -> bool {
        match error {
            ron::Error::MissingStructField { field, .. } => self
                .gone
                .iter()
                .any(|(name, within)| name == field && within.start <= at && at <= within.end),
            _ => false,
        }
    }

    /// Parses the unit in a document of its own: the error, and where it begins and ends.
    fn alone<T: DeserializeOwned>(&self, unit: &Unit) -> Option<(ron::Error, Place, Place)> {
        let text = &self.source.text;
        let mut document = format!("{}(", self.written_name);
        let mut steps = Vec::new();
        for (field, node) in &unit.path {
            steps.push((
                document.len(),
                field.key.as_ref().map_or(field.range.clone(), |k| k.range.clone()),
            ));
            document.push_str(field.key.as_ref().map_or("", |k| k.text(text)));
            document.push(':');
            steps.push((document.len(), node.open..node.open.saturating_add(1)));
            document.push(node.bracket.opening());
        }
        let before = document.len();
        document.push_str(self.work.get(unit.item.range.clone()).unwrap_or_default());
        let after = document.len();
        for (_, node) in unit.path.iter().rev() {
            document.push(node.bracket.closing());
        }
        document.push(')');
        let error = loc::parse::<T>(&document).err()?;
        let place = |position| {
            let at = offset_in(&document, position);
            if at >= before {
                return if at < after {
                    Place::Inside(unit.item.range.start.saturating_add(at.saturating_sub(before)))
                } else {
                    Place::After
                };
            }
            let step = steps
                .iter()
                .rev()
                .find(|(from, _)| *from <= at)
                .map_or(unit.item.range.clone(), |(_, range)| range.clone());
            Place::Path(step)
        };
        let (start, end) = (place(error.span.start), place(error.span.end));
        if let ron::Error::MissingStructField { outer, .. } = &error.code
            && matches!(start, Place::After)
            && (outer.as_deref() == Some(self.root_name) || unit.path.len() > 1)
        {
            // The unit was read; the rest of the file was only left out.
            return None;
        }
        Some((error.code, start, end))
    }

    /// Ids in a table whose name is misspelt are probably those of the table that was meant.
    fn poison_near(&mut self, error: &ron::Error, unit: &Unit) {
        let Some((_, node)) = unit.path.last() else { return };
        if let ron::Error::NoSuchStructField { expected, found, .. } = error
            && let Some(meant) = problem::did_you_mean(found, expected.iter().copied())
        {
            for key in node.items.iter().filter_map(|i| i.key.as_ref()) {
                self.poisoned.add(meant, key.text(&self.source.text));
            }
        }
    }

    /// Blanks the smallest part around the place that its record can do without; false if there is
    /// none.
    fn remove_around(&mut self, unit: &Item, at: usize) -> bool {
        let mut best: Option<(&Item, &Node)> = None;
        let mut here = unit.node();
        while let Some(node) = here {
            let Some(item) = node.items.iter().find(|i| covers(i, at)) else { break };
            let removable = node.bracket != Bracket::Round || item.key.is_some();
            if removable && !self.blanked.contains(&(item.range.start, item.with_comma)) {
                best = Some((item, node));
            }
            here = item.node();
        }
        let Some((item, node)) = best else { return false };
        if let Some(key) = &item.key {
            self.gone.push((
                key.text(&self.source.text).to_owned(),
                node.open..node.close.saturating_add(1),
            ));
        }
        self.blanked.insert((item.range.start, item.with_comma));
        self.blank(item.range.start..item.with_comma);
        true
    }

    fn leave_out(&mut self, unit: &Unit) {
        if let (Some(table), Some(key)) = (unit.table, &unit.item.key) {
            let id = key.text(&self.source.text);
            // An id that cannot be one was meant as another.
            self.poisoned.add(table, if id.contains(' ') { ANY } else { id });
        }
        // Of a list no item is known by an id: any may have stood there.
        let list = unit.path.last().map_or(unit.item, |(field, _)| field);
        if let (None, Some(key)) = (unit.table, &list.key) {
            self.poisoned.add(key.text(&self.source.text), ANY);
        }
        if unit.path.is_empty()
            && let Some(key) = &unit.item.key
        {
            self.gone.push((key.text(&self.source.text).to_owned(), 0..self.source.text.len()));
        }
        self.blank(unit.item.range.start..unit.item.with_comma);
    }

    fn blank(&mut self, range: Range<usize>) {
        let spaces: String = self
            .work
            .get(range.clone())
            .unwrap_or_default()
            .bytes()
            .map(|b| if b == b'\n' { '\n' } else { ' ' })
            .collect();
        if spaces.len() == range.len() {
            self.work.replace_range(range, &spaces);
        }
    }

    /// Reads what is left as a whole; what shows only now is reported too.
    fn whole<T: DeserializeOwned>(&mut self, units: &[Unit]) -> Option<T> {
        for _ in 0..WHOLE {
            let error = match loc::parse::<T>(&self.work) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            let (start, end) =
                (offset_in(&self.work, error.span.start), offset_in(&self.work, error.span.end));
            let unit = units.iter().find(|u| covers(u.item, start));
            if !self.follows_from_blanking(&error.code, start) {
                self.problems.push(wording::explain(
                    self.source,
                    self.recovered,
                    &error.code,
                    start..end,
                    unit.map(|u| u.item),
                ));
            }
            let unit = unit.filter(|u| {
                self.work.get(u.item.range.clone()).is_some_and(|t| !t.trim().is_empty())
            })?;
            self.leave_out(unit);
        }
        None
    }
}

fn covers(item: &Item, at: usize) -> bool {
    item.range.start <= at && at <= item.range.end
}

/// The bracket that opens at the place.
fn node_at(unit: &Item, at: usize) -> Option<&Node> {
    let mut node = unit.node();
    while let Some(here) = node {
        if here.open == at {
            return Some(here);
        }
        node = here.items.iter().find(|i| covers(i, at)).and_then(Item::node);
    }
    None
}

/// The smallest bracket whose items include the place.
fn innermost(unit: &Item, at: usize) -> Option<&Node> {
    let mut node = unit.node();
    let mut last = None;
    while let Some(here) = node {
        let Some(item) = here.items.iter().find(|i| covers(i, at)) else { break };
        last = Some(here);
        node = item.node();
    }
    last
}

/// The entries of all tables, the items of all lists, and the fields that are neither.
fn collect<'s>(
    text: &'s str,
    node: &'s Node,
    path: &mut Vec<(&'s Item, &'s Node)>,
    units: &mut Vec<Unit<'s>>,
) {
    for item in &node.items {
        match (&item.key, &item.value) {
            (Some(key), Value::Node(inner)) if inner.name.is_none() && !inner.items.is_empty() => {
                let table = match inner.bracket {
                    Bracket::Curly => Some(key.text(text)),
                    Bracket::Square => None,
                    // A record of tables (`rules`) is looked into; any other is one unit.
                    Bracket::Round
                        if path.is_empty()
                            && inner
                                .items
                                .iter()
                                .any(|i| i.node().is_some_and(|n| n.bracket == Bracket::Curly)) =>
                    {
                        path.push((item, inner));
                        collect(text, inner, path, units);
                        path.pop();
                        continue;
                    }
                    Bracket::Round => {
                        units.push(Unit { item, path: path.clone(), table: None });
                        continue;
                    }
                };
                path.push((item, inner));
                units.extend(inner.items.iter().map(|item| Unit {
                    item,
                    path: path.clone(),
                    table,
                }));
                path.pop();
            }
            _ => units.push(Unit { item, path: path.clone(), table: None }),
        }
    }
}
