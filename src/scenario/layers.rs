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

use super::recover::{self, Item, Node, Recovered, Value};
use super::source::Source;
use super::tokens::{Bracket, Kind};

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
    let scanned = recover::scan(source);
    let Some(root) = &scanned.root else { return source.clone() };
    let removed = removed(source, root);
    let rules = field(source, root, "rules").and_then(Item::node);
    let tables = if is_scenario(source, root) { rules } else { Some(root) };
    let mut put: Vec<(usize, String)> = Vec::new();
    for (table, id, record) in tables.iter().flat_map(|tables| records(source, tables)) {
        let key = (table.to_owned(), id.to_owned());
        let Some(fields) = below.records.get(&key).filter(|_| !removed.contains(&key)) else {
            continue;
        };
        let given: BTreeSet<&str> =
            record.items.iter().filter_map(|i| Some(i.key.as_ref()?.text(&source.text))).collect();
        let taken: Vec<&str> = fields
            .iter()
            .filter(|(name, _)| !given.contains(name.as_str()))
            .map(|(_, text)| text.as_str())
            .collect();
        if taken.is_empty() || !record.closed {
            continue;
        }
        let open = record.items.last().is_some_and(|i| i.with_comma == i.range.end);
        put.push((record.close, format!("{}{}", if open { ", " } else { "" }, taken.join(", "))));
    }
    put.sort_by_key(|(at, _)| *at);
    source.with(&put)
}

/// The text of a word at the top of a scenario file, without quotation marks: `theatre: "china"`.
pub fn word_of<'s>(source: &'s Source, name: &str) -> Option<&'s str> {
    let scanned = recover::scan(source);
    let item = field(source, scanned.root.as_ref()?, name)?;
    let key = item.key.as_ref()?;
    let value = source.text.get(key.range.end..item.range.end)?;
    Some(value.trim_start_matches([':', ' ', '\n']).trim_matches('"'))
}

fn is_scenario(source: &Source, root: &Node) -> bool {
    root.name.clone().and_then(|name| source.text.get(name)) == Some("Scenario")
}

fn field<'n>(source: &Source, node: &'n Node, name: &str) -> Option<&'n Item> {
    node.items.iter().find(|i| i.key.as_ref().is_some_and(|k| k.text(&source.text) == name))
}

/// What the file does without: tables and ids.
fn removed(source: &Source, root: &Node) -> BTreeSet<(String, String)> {
    let Some(remove) = field(source, root, "remove").and_then(Item::node) else {
        return BTreeSet::new();
    };
    let of_table = |item: &Item| -> Option<Vec<(String, String)>> {
        let table = item.key.as_ref()?.text(&source.text).to_owned();
        let ids = item.node()?.items.iter().filter_map(|i| source.text.get(i.range.clone()));
        Some(ids.map(|id| (table.clone(), id.trim_matches('"').to_owned())).collect())
    };
    remove.items.iter().filter_map(of_table).flatten().collect()
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
        assert_eq!(word_of(&own, "theatre"), None);
        let named = Source::embedded("own.ron", "Scenario(id: \"x\", theatre: \"china\", core: 1)");
        assert_eq!(word_of(&named, "theatre"), Some("china"));
        assert_eq!(word_of(&named, "core"), Some("1"));
    }
}
