//! Texts in versions, each with what it assumes. Refuses to own the texts themselves: that is
//! `words`.

use super::super::model::{Telling, Version, limits};
use super::super::raw;
use super::conditions::Reader;
use super::finding::Code;
use super::names::Cx;
use super::words::{assumed, at};

impl Cx<'_> {
    /// A text of which the engine tells the version that fits.
    pub fn telling(&self, raw: &raw::Text, most_words: usize, what: &str) -> Telling {
        let one = std::slice::from_ref(raw);
        let list = if let raw::Text::First(list) = raw { list.as_slice() } else { one };
        let versions = self.versions(list, most_words, what);
        if list.is_empty() {
            self.report_row(Code::MissingField, format!("{what} has no version"), "write one");
        }
        let always = |t: &raw::Text| !matches!(t, raw::Text::First(_)) && assumed(t).is_empty();
        let never = list.split_last().and_then(|(_, before)| {
            before.iter().position(always).and_then(|n| list.get(n.saturating_add(1)))
        });
        if let Some(never) = never {
            self.report(
                Code::NeverHappens,
                at(never),
                format!(
                    "a version of {what} before this one assumes nothing, so this is never told"
                ),
                "put the one that always fits last",
            );
        }
        if versions.is_empty() {
            let text = Cx::no_text();
            return Telling { versions: vec![Version { assumes: Vec::new(), text }] };
        }
        Telling { versions }
    }

    /// Texts with what each assumes.
    pub fn versions<'t>(
        &self,
        list: impl IntoIterator<Item = &'t raw::Text>,
        most_words: usize,
        what: &str,
    ) -> Vec<Version> {
        let list: Vec<&raw::Text> = list.into_iter().collect();
        if let Some(over) = list.get(limits::VERSIONS) {
            self.report(
                Code::TooMany,
                at(over),
                format!("{what} has {} versions; at most {} fit", list.len(), limits::VERSIONS),
                "",
            );
        }
        let one = |raw: &raw::Text| {
            let assumes = self.conditions(assumed(raw), Reader::Words);
            Some(Version { assumes, text: self.one_text(raw, most_words, what)? })
        };
        list.into_iter().filter_map(one).collect()
    }
}
