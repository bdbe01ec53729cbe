//! A file laid over those below it, field by field, before it is read.
//!
//! A record whose id a lower layer has takes every field it does not give from there: the text of
//! those fields is put before its closing bracket, and the whole is read like any other file. What
//! `remove` names is not taken over, so a record of that id is a whole one. What was put in is known
//! by its place and shows in no message.
//!
//! Owns that text. Refuses to own what a field means.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::problem::{Code, Problem, did_you_mean};
use super::recover::{self, Item, Node, Recovered, Value};
use super::source::Source;
use super::tokens::{Bracket, Kind};
use crate::order::{Arrange, Gather};

/// The records of the layers below, as text.
#[derive(Debug, Default, Clone)]
pub struct Below {
    /// By table and id: the fields, each with its text on one line.
    records: BTreeMap<(String, String), Vec<(String, String)>>,
}

impl Below {
    /// Of these files, a later one over those before it.
    pub fn of<'a>(sources: impl IntoIterator<Item = &'a Source>) -> Below {
        let mut below = Below::default();
        for source in sources {
            below.add(source);
        }
        below
    }

    /// Ids of all tables.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.records.keys().map(|(_, id)| id.as_str())
    }

    /// Lays one more file on top; its records are whole.
    pub fn add(&mut self, source: &Source) {
        let scanned = recover::scan(source);
        let root = scanned.root.iter();
        for (table, id, record) in root.flat_map(|root| records(source, root)) {
            let fields = record.items.iter().filter_map(|item| {
                let key = item.key.as_ref()?.text(&source.text);
                Some((key.to_owned(), on_one_line(source, &scanned, item)))
            });
            self.records.insert((table.to_owned(), id.to_owned()), fields.collect());
        }
    }
}

/// The file with what its records leave out, from below.
pub fn over(source: &Source, below: &Below) -> Source {
    Places::of(source).over(below)
}
/// Where things stand in a scenario's file: scanned once, asked often.
#[derive(Debug)]
pub struct Places<'s> {
    source: &'s Source,
    scanned: Recovered,
}

impl<'s> Places<'s> {
    pub fn of(source: &'s Source) -> Places<'s> {
        Places { source, scanned: recover::scan(source) }
    }

    /// The text of a word at the top, without quotation marks: `theatre: "china"`.
    pub fn word(&self, name: &str) -> Option<&'s str> {
        let item = field(self.source, self.scanned.root.as_ref()?, name)?;
        let value = self.source.text.get(key(item)?.end..item.range.end)?;
        Some(value.trim_start_matches([':', ' ', '\n']).trim_matches('"'))
    }

    /// The name of a field at the top.
    pub fn top(&self, name: &str) -> Option<Range<usize>> {
        key(field(self.source, self.scanned.root.as_ref()?, name)?)
    }

    /// The file with what its records leave out, from below.
    pub fn over(&self, below: &Below) -> Source {
        let source = self.source;
        let Some(root) = &self.scanned.root else { return source.clone() };
        let removed = removed(source, root);
        let rules = field(source, root, "rules").and_then(Item::node);
        let tables = if is_scenario(source, root) { rules } else { Some(root) };
        let mut put: Vec<(usize, String)> = Vec::new();
        for (table, id, record) in tables.iter().flat_map(|tables| records(source, tables)) {
            let key = (table.to_owned(), id.to_owned());
            let Some(fields) = below.records.get(&key).filter(|_| !removed.contains(&key)) else {
                continue;
            };
            let given = fields_of(source, record);
            let taken: Vec<&str> = fields
                .iter()
                .filter(|(name, _)| !given.contains(name.as_str()))
                .map(|(_, text)| text.as_str())
                .collect();
            put.extend(completed(record, &taken));
            for item in &record.items {
                let (Some(key), Some(table)) = (&item.key, item.node()) else { continue };
                let name = key.text(&source.text);
                let old = fields.iter().find(|(field, _)| field == name);
                let old = old.map(|(_, text)| entries_of(text)).unwrap_or_default();
                put.extend(table.items.iter().filter_map(|entry| {
                    let (id, own) = (entry.key.as_ref()?.text(&source.text), entry.node()?);
                    let given = fields_of(source, own);
                    let taken: Vec<&str> = (old.get(id)?.iter())
                        .filter(|(name, _)| !given.contains(name.as_str()))
                        .map(|(_, text)| text.as_str())
                        .collect();
                    completed(own, &taken)
                }));
            }
        }
        put.arrange_by_key(|(at, _)| *at);
        source.with(&put)
    }

    /// Records under `rules` whose id no layer below has and that nearly bear another's.
    pub fn strangers(&self, below: &Below) -> Vec<Stranger> {
        let source = self.source;
        let Some(root) = &self.scanned.root else { return Vec::new() };
        let rules = field(source, root, "rules").and_then(Item::node);
        let new = rules.iter().flat_map(|tables| records(source, tables)).filter_map(|found| {
            let (table, id, record) = found;
            let ids = below.records.keys().filter(|(t, _)| t == table).map(|(_, id)| id.as_str());
            if ids.clone().any(|known| known == id) {
                return None;
            }
            let meant = did_you_mean(id, ids)?.to_owned();
            let line = |at: usize| source.line_column(at).0;
            let lines = line(record.open)..line(record.close).saturating_add(1);
            Some(Stranger { lines, id: id.to_owned(), meant })
        });
        new.collect()
    }

    /// Tables under a field of a record that is laid over another, which drop entries of the table
    /// they replace and add none: each as a warning.
    pub fn replaced(&self, below: &Below) -> Vec<Problem> {
        let source = self.source;
        let Some(root) = &self.scanned.root else { return Vec::new() };
        let removed = removed(source, root);
        let rules = field(source, root, "rules").and_then(Item::node);
        let mut out = Vec::new();
        for (table, id, record) in rules.iter().flat_map(|tables| records(source, tables)) {
            let key = (table.to_owned(), id.to_owned());
            let Some(fields) = below.records.get(&key).filter(|_| !removed.contains(&key)) else {
                continue;
            };
            for item in &record.items {
                let (Some(key), Some(node)) = (&item.key, item.node()) else { continue };
                let name = key.text(&source.text);
                let old = fields.iter().find(|(field, _)| field == name);
                let old = old.map(|(_, text)| keys_of(text)).unwrap_or_default();
                let keys: BTreeSet<&str> = node
                    .items
                    .iter()
                    .filter_map(|i| Some(i.key.as_ref()?.text(&source.text)))
                    .gather();
                let dropped: Vec<&str> =
                    old.iter().map(String::as_str).filter(|k| !keys.contains(k)).collect();
                let adds = keys.iter().any(|k| !old.iter().any(|o| o == k));
                if node.bracket != Bracket::Curly || keys.is_empty() || dropped.is_empty() || adds {
                    continue;
                }
                let message = format!(
                    "`{name}` of `{id}` replaces the whole table below: {} {} dropped",
                    dropped.join(", "),
                    if dropped.len() == 1 { "is" } else { "are" }
                );
                let has_records =
                    fields.iter().any(|(f, t)| f == name && !entries_of(t).is_empty());
                let hint = if has_records {
                    format!(
                        "write `\"{}\": ()` for what is to stay as it is below; a record there \
                         takes what it does not give from the one of its id",
                        dropped.first().copied().unwrap_or_default()
                    )
                } else {
                    format!(
                        "write them too (`interagency show {id}` prints them), or set each to 0 if \
                         they are meant to go"
                    )
                };
                let problem = source.problem(key.range.clone(), Code::Replaces, message);
                out.push(problem.hint(hint).warning());
            }
        }
        out
    }

    fn record(&self, table: &str, id: &str) -> Option<&Item> {
        record_of(self.source, self.scanned.root.as_ref()?, table, id)
    }

    fn field(&self, table: &str, id: &str, name: &str) -> Option<&Item> {
        field(self.source, self.record(table, id)?.node()?, name)
    }

    /// A record's id.
    pub fn id(&self, table: &str, id: &str) -> Option<Range<usize>> {
        key(self.record(table, id)?)
    }

    /// The name of a field of a record.
    pub fn name(&self, table: &str, id: &str, name: &str) -> Option<Range<usize>> {
        key(self.field(table, id, name)?)
    }

    /// The id of an entry of a table within a record: an answer of an event, say.
    pub fn inner(&self, table: &str, id: &str, inner: &str, entry: &str) -> Option<Range<usize>> {
        key(field(self.source, self.field(table, id, inner)?.node()?, entry)?)
    }

    /// An item of a list of a record: its second condition, say.
    pub fn item(&self, table: &str, id: &str, list: &str, at: usize) -> Option<Range<usize>> {
        let items = &self.field(table, id, list)?.node()?.items;
        items.get(at).map(|i| i.range.clone())
    }

    /// An item of a list of the record that stands there: the second condition of a day of a test.
    pub fn within(&self, record: Range<usize>, list: &str, at: usize) -> Option<Range<usize>> {
        fn there<'n>(node: &'n Node, record: &Range<usize>) -> Option<&'n Node> {
            let inner = node
                .items
                .iter()
                .find(|i| i.range.start <= record.start && record.end <= i.range.end)?;
            if inner.range == *record { inner.node() } else { there(inner.node()?, record) }
        }
        let record = there(self.scanned.root.as_ref()?, &record)?;
        let items = &field(self.source, record, list)?.node()?.items;
        items.get(at).map(|i| i.range.clone())
    }

    /// The items of a list of a record, as they are written: its conditions, say.
    pub fn items(&self, table: &str, id: &str, list: &str) -> Vec<&'s str> {
        let node = self.field(table, id, list).and_then(Item::node);
        let items = node.into_iter().flat_map(|n| &n.items);
        items.filter_map(|i| self.source.text.get(i.range.clone())).collect()
    }

    /// An item of a list at the top of the file: of its history, say.
    pub fn step(&self, list: &str, at: usize) -> Option<Range<usize>> {
        let items = &field(self.source, self.scanned.root.as_ref()?, list)?.node()?.items;
        items.get(at).map(|i| i.range.clone())
    }
}

/// A record of a new id that may have been meant to lie over an old one.
#[derive(Debug)]
pub struct Stranger {
    pub lines: Range<u32>,
    id: String,
    meant: String,
}

impl Stranger {
    /// What to do where such a record is not whole.
    pub fn hint(&self) -> String {
        let Stranger { id, meant, .. } = self;
        format!(
            "no layer below has `{id}`, so it must be whole; to lay it over `{meant}`, write that id"
        )
    }
}

/// The names of the fields that a record gives.
fn fields_of<'s>(source: &'s Source, record: &Node) -> BTreeSet<&'s str> {
    record.items.iter().filter_map(|i| Some(i.key.as_ref()?.text(&source.text))).gather()
}

/// These fields before the closing bracket of a record: where, and what is put there.
fn completed(record: &Node, fields: &[&str]) -> Option<(usize, String)> {
    if fields.is_empty() || !record.closed {
        return None;
    }
    let open = record.items.last().is_some_and(|i| i.with_comma == i.range.end);
    Some((record.close, format!("{}{}", if open { ", " } else { "" }, fields.join(", "))))
}

/// The records of a field that is a table of them, with their fields:
/// `values: {"now": (name: "at once")}`.
fn entries_of(field: &str) -> BTreeMap<String, Vec<(String, String)>> {
    let Some((_, table)) = field.split_once(": ").filter(|(_, t)| t.starts_with('{')) else {
        return BTreeMap::new();
    };
    let source = Source::embedded("", table);
    let scanned = recover::scan(&source);
    let record = |item: &Item| {
        let own = item.node().filter(|n| n.bracket == Bracket::Round && n.name.is_none())?;
        let fields = own.items.iter().filter_map(|field| {
            let name = field.key.as_ref()?.text(&source.text).to_owned();
            Some((name, source.text.get(field.range.clone())?.to_owned()))
        });
        Some((item.key.as_ref()?.text(&source.text).to_owned(), fields.collect()))
    };
    scanned.root.iter().flat_map(|node| &node.items).filter_map(record).gather()
}

fn key(item: &Item) -> Option<Range<usize>> {
    item.key.as_ref().map(|k| k.range.clone())
}

fn record_of<'n>(source: &Source, root: &'n Node, table: &str, id: &str) -> Option<&'n Item> {
    let rules = field(source, root, "rules").and_then(Item::node);
    let tables = [Some(root), rules].into_iter().flatten();
    let mut found = tables.filter_map(|t| field(source, field(source, t, table)?.node()?, id));
    found.next()
}

/// One thing with an id, as it is written.
#[derive(Debug)]
pub struct Entry {
    pub table: String,
    pub id: String,
    /// Of a record.
    pub fields: Vec<Field>,
    /// Of what is no record: its words, or the number.
    pub leaf: String,
}

/// A field of a record, on one line.
#[derive(Debug)]
pub struct Field {
    pub key: String,
    text: String,
}

impl Field {
    /// As it is written, on one line.
    pub fn written(&self) -> &str {
        &self.text
    }

    /// Its words, if it holds a text.
    pub fn words(&self) -> String {
        if self.text.starts_with('"') { unquoted(&self.text) } else { String::new() }
    }

    /// The words of the first `says` in it.
    pub fn first_words(&self) -> String {
        self.text.split_once("says: ").map_or_else(String::new, |(_, rest)| unquoted(rest))
    }

    /// Ids in it, each with its name or its words.
    pub fn inner(&self) -> Vec<(String, String)> {
        let source = Source::embedded("", &self.text);
        let scanned = recover::scan(&source);
        let Some(node) = scanned.root.as_ref().filter(|n| n.bracket == Bracket::Curly) else {
            return Vec::new();
        };
        let words = |item: &Item| match &item.value {
            Value::Node(record) => field(&source, record, "name").map(|f| value_of(&source, f)),
            Value::Leaf => Some(value_of(&source, item)),
            Value::Missing => None,
        };
        let of = |item: &Item| {
            let key = item.key.as_ref()?.text(&source.text);
            Some((key.to_owned(), words(item).map(|w| unquoted(&w)).unwrap_or_default()))
        };
        node.items.iter().filter_map(of).collect()
    }
}

/// The text of a quoted word that begins here; of anything else all of it.
fn unquoted(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"') else { return text.to_owned() };
    let mut out = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('n') => out.push(' '),
                Some(other) => out.push(other),
                None => break,
            },
            other => out.push(other),
        }
    }
    out
}

/// The ids of a field that is a table: `cares: {"talks": 3}`.
fn keys_of(field: &str) -> Vec<String> {
    let Some((_, table)) = field.split_once(": ") else { return Vec::new() };
    let source = Source::embedded("", table);
    let scanned = recover::scan(&source);
    let node = scanned.root.as_ref().filter(|n| n.bracket == Bracket::Curly);
    let items = node.into_iter().flat_map(|n| &n.items);
    items.filter_map(|i| Some(i.key.as_ref()?.text(&source.text).to_owned())).collect()
}

/// What stands after the key of an item.
fn value_of(source: &Source, item: &Item) -> String {
    let from = item.key.as_ref().map_or(item.range.start, |k| k.range.end);
    let text = source.text.get(from..item.range.end).unwrap_or_default();
    text.trim_start_matches([':', ' ', '\n']).to_owned()
}

/// Everything with an id in the tables of a file: the core's, a theatre's, or a scenario's own and
/// what it has under `rules`.
pub fn entries(source: &Source) -> Vec<Entry> {
    let scanned = recover::scan(source);
    let Some(root) = &scanned.root else { return Vec::new() };
    let rules = field(source, root, "rules").and_then(Item::node);
    let rules = rules.filter(|_| is_scenario(source, root));
    let mut out = Vec::new();
    for table in rules.into_iter().chain([root]).flat_map(|tables| &tables.items) {
        let (Some(name), Some(node)) = (&table.key, table.node()) else { continue };
        if node.bracket != Bracket::Curly {
            continue;
        }
        for item in &node.items {
            let Some(key) = item.key.as_ref().filter(|k| k.quoted) else { continue };
            let record = item.node().filter(|n| n.bracket == Bracket::Round);
            let fields = record.iter().flat_map(|r| &r.items).filter_map(|f| {
                let key = f.key.as_ref()?.text(&source.text).to_owned();
                let text = on_one_line(source, &scanned, f);
                let text = text.split_once(": ").map_or("", |(_, value)| value).to_owned();
                Some(Field { key, text })
            });
            out.push(Entry {
                table: name.text(&source.text).to_owned(),
                id: key.text(&source.text).to_owned(),
                fields: fields.collect(),
                leaf: unquoted(&value_of(source, item)),
            });
        }
    }
    out
}

fn is_scenario(source: &Source, root: &Node) -> bool {
    root.name.clone().and_then(|name| source.text.get(name)) == Some("Scenario")
}

fn field<'n>(source: &Source, node: &'n Node, name: &str) -> Option<&'n Item> {
    node.items.iter().find(|i| i.key.as_ref().is_some_and(|k| k.text(&source.text) == name))
}

/// What the file does without: tables and ids.
/// What a file takes away from the layers below it, by table and id.
pub fn removed_by(source: &Source) -> BTreeSet<(String, String)> {
    recover::scan(source).root.map(|root| removed(source, &root)).unwrap_or_default()
}

fn removed(source: &Source, root: &Node) -> BTreeSet<(String, String)> {
    let Some(remove) = field(source, root, "remove").and_then(Item::node) else {
        return BTreeSet::new();
    };
    let of_table = |item: &Item| -> Option<Vec<(String, String)>> {
        let table = item.key.as_ref()?.text(&source.text).to_owned();
        let ids = item.node()?.items.iter().filter_map(|i| source.text.get(i.range.clone()));
        Some(ids.map(|id| (table.clone(), id.trim_matches('"').to_owned())).collect())
    };
    remove.items.iter().filter_map(of_table).flatten().gather()
}

/// The records that have fields, with the names of their tables and their ids.
fn records<'n>(
    source: &'n Source,
    tables: &'n Node,
) -> impl Iterator<Item = (&'n str, &'n str, &'n Node)> {
    let text = |item: &'n Item| item.key.as_ref().map(|k| k.text(&source.text));
    let tables = tables.items.iter().filter_map(move |t| Some((text(t)?, t.node()?)));
    tables.filter(|(_, t)| t.bracket == Bracket::Curly).flat_map(move |(table, node)| {
        node.items.iter().filter_map(move |item| match &item.value {
            Value::Node(record) if record.bracket == Bracket::Round && record.name.is_none() => {
                Some((table, text(item)?, &**record))
            }
            Value::Node(_) | Value::Leaf | Value::Missing => None,
        })
    })
}

/// A field as it is written, without comments and line ends.
fn on_one_line(source: &Source, scanned: &Recovered, item: &Item) -> String {
    let first = scanned.tokens.partition_point(|t| t.end <= item.range.start);
    let tokens = scanned.tokens.get(first..).unwrap_or_default();
    let mut out = String::new();
    for t in tokens.iter().take_while(|t| t.start < item.range.end) {
        let text = source.text.get(t.start..t.end).unwrap_or_default();
        match t.kind {
            // In a text an escape says the same.
            Kind::Text => out.push_str(&text.replace('\n', "\\n")),
            Kind::Comma | Kind::Colon => {
                out.push_str(text);
                out.push(' ');
            }
            Kind::Word | Kind::Char | Kind::Open(_) | Kind::Close(_) | Kind::Other => {
                out.push_str(text);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(text: &str) -> Below {
        Below::of([&Source::embedded("core.ron", text)])
    }

    #[test]
    fn a_record_takes_what_it_leaves_out_from_below() {
        let core = below(
            "Core(agencies: { \"state\": (name: \"State\", // a remark\n wants: \"Two\n\nparts.\",\n \
             leans: { \"SANC\": -1, \"ALLY\": 2 }) })",
        );
        let own = Source::embedded(
            "own.ron",
            "Scenario(rules: (agencies: {\n  \"state\": (name: \"Foggy Bottom\"),\n  \"new\": (a: 1),\n}))",
        );
        let laid = over(&own, &core);
        assert_eq!(
            laid.text,
            "Scenario(rules: (agencies: {\n  \"state\": (name: \"Foggy Bottom\", wants: \"Two\\n\\n\
             parts.\", leans: {\"SANC\": -1, \"ALLY\": 2}),\n  \"new\": (a: 1),\n}))"
        );
        // Shown as it was written, and placed where it was written.
        let at = laid.text.find("\"new\"").expect("it is there");
        assert_eq!(laid.excerpt(at..at + 5, "").text, "  \"new\": (a: 1),");
        let close = laid.text.find("),\n").expect("it is there");
        let excerpt = laid.excerpt(close..close + 1, "");
        assert_eq!(excerpt.text, "  \"state\": (name: \"Foggy Bottom\"),");
        assert_eq!(laid.written_column(2, laid.line_column(close).1), 33);
    }

    #[test]
    fn a_record_in_a_table_of_a_record_takes_what_it_leaves_out_too() {
        let core = below(
            "Core(terms: { \"reach\": (name: \"reach\", values: { \"alert\": (name: \"an alert\"), \
             \"order\": (name: \"an order\", staff: 1, moves: {\"law\": 1}), \"money\": (staff: 2) }) })",
        );
        let own = |values: &str| {
            let text =
                format!("Scenario(rules: (terms: {{ \"reach\": (values: {{ {values} }}) }}))");
            Source::embedded("own.ron", &text)
        };
        let values =
            "\"order\": (name: \"an order to owners\"), \"money\": (), \"new\": (staff: 3)";
        assert_eq!(
            over(&own(values), &core).text,
            "Scenario(rules: (terms: { \"reach\": (values: { \"order\": (name: \"an order to owners\", \
             staff: 1, moves: {\"law\": 1}), \"money\": (staff: 2), \"new\": (staff: 3) }, name: \
             \"reach\") }))"
        );
        // What is not named goes, and is said to.
        let warned = Places::of(&own("\"order\": ()")).replaced(&core);
        let said = warned.iter().map(|p| (p.message.as_str(), p.hint.as_str()));
        let is_told = |(what, hint): (&str, &str)| {
            what.contains("alert, money are dropped") && hint.contains("\"alert\": ()")
        };
        assert!(said.clone().any(is_told), "{:?}", said.collect::<Vec<_>>());
    }

    #[test]
    fn a_removed_record_is_not_taken_over_and_the_last_layer_counts() {
        let mut core = below("Core(agencies: { \"a\": (x: 1, y: 2,), \"b\": (x: 1) })");
        core.add(&Source::embedded("theatre.ron", "Core(agencies: { \"b\": (x: 5, z: 6) })"));
        let own = Source::embedded(
            "own.ron",
            "Scenario(remove: {\"agencies\": [\"a\"]}, rules: (agencies: { \"a\": (y: 3,), \"b\": (z: 7,) }))",
        );
        assert_eq!(
            over(&own, &core).text,
            "Scenario(remove: {\"agencies\": [\"a\"]}, rules: (agencies: { \"a\": (y: 3,), \"b\": (z: 7,x: 5) }))"
        );
        assert_eq!(Places::of(&own).word("theatre"), None);
        let named = Source::embedded("own.ron", "Scenario(id: \"x\", theatre: \"china\", core: 1)");
        assert_eq!(Places::of(&named).word("theatre"), Some("china"));
        assert_eq!(Places::of(&named).word("core"), Some("1"));
    }
}
