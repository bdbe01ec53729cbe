//! The codex and the assumptions: what the words mean, what the numbers rest on.

use crate::day::Day;
use crate::order::Arrange;
use crate::scenario::model::{CodexIx, Rules, SourceIx, Why};

use super::facts::{AssumptionRow, CodexEntry};
use super::{text, words};

/// The entries that may be shown: nothing that came after the day.
pub fn codex(rules: &Rules, until: Option<Day>) -> Vec<CodexEntry> {
    let shown = |n: &CodexIx| {
        until.is_none_or(|day| rules.codex[*n].after.is_none_or(|after| after <= day))
    };
    let entry = |n: CodexIx| {
        let e = &rules.codex[n];
        CodexEntry {
            codex: n,
            id: e.id.clone(),
            title: e.title.clone(),
            short: e.short.clone().unwrap_or_default(),
            says: e.says.clone(),
            sources: sources(rules, &e.sources, until),
            see: e.see.iter().copied().filter(shown).collect(),
        }
    };
    let mut list: Vec<CodexEntry> =
        (0..rules.codex.len()).map(CodexIx::at).filter(shown).map(entry).collect();
    list.sort_by_cached_key(|e| e.title.to_lowercase());
    list
}

/// Sources with what was out by the day; those of which nothing was are left out.
fn sources(rules: &Rules, list: &[SourceIx], until: Option<Day>) -> Vec<String> {
    let mut out: Vec<String> = list.iter().map(|s| text::source(rules, *s, until)).collect();
    out.retain(|s| !s.is_empty());
    out
}

/// The entries a word finds, best first: its own name, then a title that begins with it, then one
/// that has it, then a text that has it, then what rests on the source of that number.
pub fn find(rules: &Rules, word: &str, until: Option<Day>) -> Vec<CodexIx> {
    let word = word.trim().to_lowercase();
    if word.is_empty() {
        return Vec::new();
    }
    let rank = |e: &CodexEntry| {
        let (title, short) = (e.title.to_lowercase(), e.short.to_lowercase());
        if e.id == word || title == word || short == word {
            Some(0)
        } else if title.starts_with(&word) {
            Some(1)
        } else if title.contains(&word) || e.id.contains(&word) {
            Some(2)
        } else {
            // What rests on a source is found by the source's number.
            let rests = || {
                e.sources
                    .iter()
                    .any(|s| s.split(':').next().is_some_and(|id| id.to_lowercase() == word))
            };
            if e.says.to_lowercase().contains(&word) { Some(3) } else { rests().then_some(4) }
        }
    };
    let mut found: Vec<(i32, CodexIx)> =
        codex(rules, until).iter().filter_map(|e| rank(e).map(|r| (r, e.codex))).collect();
    found.arrange_by_key(|(r, _)| *r);
    found.into_iter().map(|(_, e)| e).collect()
}

/// What is contested, with its range and what it rests on. The values of this game's world are
/// never among it.
pub fn assumptions(rules: &Rules, until: Option<Day>) -> Vec<AssumptionRow> {
    rules
        .assumptions
        .iter()
        .map(|a| AssumptionRow {
            id: a.id.clone(),
            name: a.name.clone(),
            means: a.means.clone(),
            value: fine(a.value),
            range: format!("{} to {}", fine(a.least), fine(a.most)),
            overridden: a.overridden,
            why: match &a.why {
                Why::Judgement(says) => format!("designer's judgement: {says}"),
                Why::Source(s) => match text::source(rules, *s, until) {
                    later if later.is_empty() => "a source published later".to_owned(),
                    out => out,
                },
            },
        })
        .collect()
}

/// Coefficients are small: up to three decimals.
fn fine(n: i32) -> String {
    let size = n.unsigned_abs();
    let sign = if n < 0 { words::MINUS } else { "" };
    let text = format!("{sign}{}.{:03}", size / 1000, size % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
