//! What help was asked about: the screen it was asked from, and the words that stood there.
//!
//! Owns which words of a screen are explained. Refuses: laying them out.

use crate::order::Arrange;
use crate::prose;
use crate::scenario::model::{CodexIx, Rules};

use crate::day::Day;

use super::keys::On;

/// Most terms of the codex on a page of help: what a screen says first is what it is about.
const MOST_TERMS: usize = 16;

#[derive(Debug, Default)]
pub struct Asked {
    /// Groups of the table of keys with their titles, those of the screen itself first.
    pub groups: Vec<(On, String)>,
    pub words: Vec<Word>,
}

/// A word of the screen that help was asked from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub word: String,
    pub says: String,
    pub more: More,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    Nothing,
    Entry(CodexIx),
    Topic(usize),
}

/// The words of a screen that says all this, as far as help knows them: heads first, then terms of
/// the codex in the order they stand there.
pub fn words(said: &str, rules: Option<&Rules>, until: Option<Day>, terms: bool) -> Vec<Word> {
    let entries = rules.map(|r| prose::codex(r, until)).unwrap_or_default();
    let more = |id: &str| {
        let entry = entries.iter().find(|e| e.id == id).map(|e| More::Entry(e.codex));
        entry
            .or_else(|| prose::TOPICS.iter().position(|t| t.id == id).map(More::Topic))
            .unwrap_or(More::Nothing)
    };
    let mut out: Vec<(usize, Word)> = Vec::new();
    for h in prose::HEADS {
        // A word within a longer one that is there too is not said of it.
        let Some(at) = prose::stands_in(said, h.word) else { continue };
        if !prose::HEADS.iter().any(|o| {
            o.word.len() > h.word.len()
                && o.word.contains(h.word)
                && only_within(said, h.word, o.word)
        }) {
            out.push((
                at,
                Word { word: h.word.to_owned(), says: h.says.to_owned(), more: more(h.more) },
            ));
        }
    }
    out.arrange_by_key(|(at, _)| *at);
    if terms {
        let low = said.to_lowercase();
        let mut terms: Vec<(usize, Word)> = Vec::new();
        for e in &entries {
            let title = e.title.to_lowercase();
            let at = [title.clone(), format!("{title}s")]
                .iter()
                .find_map(|w| prose::stands_in(&low, w))
                .or_else(|| prose::stands_in(said, &e.short));
            if let Some(at) = at {
                terms.push((
                    at,
                    Word {
                        word: e.title.clone(),
                        says: prose::first_sentence(&e.says).to_owned(),
                        more: More::Entry(e.codex),
                    },
                ));
            }
        }
        terms.arrange_by_key(|(at, _)| *at);
        out.extend(terms.into_iter().take(MOST_TERMS));
    }
    out.into_iter().map(|(_, word)| word).collect()
}

/// Whether each mention of a word is a part of the longer one.
fn only_within(said: &str, word: &str, longer: &str) -> bool {
    prose::stands_in(&said.replace(longer, ""), word).is_none()
}
