//! Everything that has an id: its table, its layer and what it is, for whoever writes a scenario.
//!
//! Read off the text of the files, so that a table says here what it says there. Owns the list.
//! Refuses to own what an id means to the rules.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use serde::Serialize;

use super::layers::{self, Field};
use super::load;
use super::source::Source;

/// One thing that has an id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The field it is written under, or `values of` a term or a trait.
    pub table: String,
    pub id: String,
    /// The layer that wrote it last: `core`, a theatre, or the file's name.
    pub layer: String,
    pub name: String,
    pub means: String,
}

/// Fields that hold a name, and those that hold what a thing is, the first that is there.
const NAMES: [&str; 3] = ["name", "title", "say"];
const MEANS: [&str; 4] = ["means", "says", "mandate", "claim"];

/// Everything that a scenario on this theatre can name, and what stands in `own` besides.
pub fn all(theatre: &str, own: Option<&Source>) -> Vec<Named> {
    let mut out = Vec::new();
    for name in load::theatres() {
        // What the theatres have, each less what the next takes away.
        let mut entries: Vec<layers::Entry> = Vec::new();
        let theatres = load::layers_of(name).into_iter().filter(|(layer, _)| *layer != "core");
        for (_, source) in theatres {
            let gone = layers::removed_by(&source);
            entries.retain(|e| !gone.contains(&(e.table.clone(), e.id.clone())));
            for entry in layers::entries(&source) {
                entries.retain(|e| (&e.table, &e.id) != (&entry.table, &entry.id));
                entries.push(entry);
            }
        }
        let of = |table: &str| entries.iter().filter(|e| e.table == table).count();
        let abroad = |e: &&layers::Entry| {
            e.table == "agencies"
                && e.fields.iter().any(|f| f.key == "outside" && f.written() == "true")
        };
        let means = if name == super::resolve::NOBODY {
            "nobody answers, or those whom the file brings itself".to_owned()
        } else {
            let seats = entries.iter().filter(abroad).count();
            let (answers, aims) = (of("responses"), of("aims"));
            format!("the other side: {seats} seats abroad, {answers} answers, {aims} aims")
        };
        out.push(Named {
            table: "theatres".to_owned(),
            id: name.to_owned(),
            layer: "core".to_owned(),
            name: String::new(),
            means,
        });
    }
    // What a layer takes away is not there for those above it.
    let own = own.map(|own| (own.name.as_str(), load::laid_over(theatre, own)));
    for (layer, source) in load::layers_of(theatre).into_iter().chain(own) {
        let gone = layers::removed_by(&source);
        out.retain(|n| !gone.contains(&(n.table.clone(), n.id.clone())));
        add(&mut out, &source, layer);
    }
    out
}

fn add(out: &mut Vec<Named>, source: &Source, layer: &str) {
    for entry in layers::entries(source) {
        let text = |keys: &[&str]| -> String {
            let fields = || keys.iter().filter_map(|k| entry.fields.iter().find(|f| f.key == *k));
            fields().map(Field::words).find(|t| !t.is_empty()).unwrap_or_default()
        };
        let (name, means) = if entry.fields.is_empty() {
            (String::new(), entry.leaf.clone())
        } else {
            let parts = entry.fields.iter().find(|f| f.key == "parts").map(Field::first_words);
            let means = text(&MEANS);
            (text(&NAMES), if means.is_empty() { parts.unwrap_or_default() } else { means })
        };
        put(out, entry.table.clone(), &entry.id, layer, name, means);
        for field in entry.fields.iter().filter(|f| ["values", "says"].contains(&f.key.as_str())) {
            for (id, words) in field.inner() {
                put(out, format!("values of {}", entry.id), &id, layer, words, String::new());
            }
        }
    }
}

/// A record that is laid over another keeps its place.
fn put(out: &mut Vec<Named>, table: String, id: &str, layer: &str, name: String, means: String) {
    let new = Named { table, id: id.to_owned(), layer: layer.to_owned(), name, means };
    match out.iter_mut().find(|n| n.table == new.table && n.id == new.id) {
        Some(old) => *old = new,
        None => out.push(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_theatre_calls_a_thing_is_what_the_list_says() {
        let all = all("china", None);
        let of = |table: &str, id: &str| {
            all.iter().find(|n| n.table == table && n.id == id).unwrap_or_else(|| panic!("{id}"))
        };
        let pressure = of("indicators", "pressure");
        assert_eq!(
            (pressure.layer.as_str(), pressure.name.as_str()),
            ("china", "pressure on Beijing")
        );
        assert!(pressure.means.starts_with("Tariffs, lists"));
        assert_eq!(of("indicators", "allies").layer, "core");
        assert_eq!(of("values of talks_link", "apart").layer, "core");
        assert_eq!(of("theatres", "china").layer, "core");
        assert!(of("sources", "S60").means.contains("Chinese positions"));
        assert!(of("tuning", "mood").means.parse::<f64>().is_ok());
        for n in &all {
            assert!(!n.name.is_empty() || !n.means.is_empty() || n.table == "voices", "{n:?}");
            assert!(!n.means.contains('"'), "{n:?}");
        }
        // Nobody answers: no seat abroad, and no word of one.
        let bare = super::all("none", None);
        assert!(bare.iter().all(|n| n.layer == "core" && n.id != "mfa"));
        let own = Source::embedded(
            "my.ron",
            "Scenario(rules: (agencies: { \"state\": (name: \"Mine\") }))",
        );
        let with = super::all("china", Some(&own));
        let state = with.iter().find(|n| n.table == "agencies" && n.id == "state").expect("there");
        assert_eq!((state.layer.as_str(), state.name.as_str()), ("my.ron", "Mine"));
        assert!(!state.means.is_empty(), "the rest is from below");
    }
}
