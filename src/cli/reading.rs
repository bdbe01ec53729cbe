//! `check --deep`, what there is to read: a page that says too much before it asks, and a time of
//! play that is not the one stated.
//!
//! Pages are counted as the screens have them, whatever the terminal. The estimate takes 200 words
//! a minute and 20 seconds for each decision, of which an order or an answer is one.

use std::sync::Arc;

use serde_json::Value;

use crate::analysis::pages;
use crate::policy::Policy;
use crate::prose;
use crate::scenario::model::Rules;
use crate::scenario::wire;

/// Words that may stand before the first answer of a page.
pub const WORDS: usize = 180;
/// Words read in a minute, and seconds for a decision.
const A_MINUTE: usize = 200;
const A_DECISION: usize = 20;

/// What was read in some games.
#[derive(Debug, Default)]
pub struct Reading {
    /// The page with most words before its first answer: how many, its turn, whose game and its seed.
    pub longest: (usize, usize, &'static str, u64),
    /// Minutes of a game, the mean of all.
    pub minutes: usize,
}

pub fn read(rules: &Arc<Rules>) -> Reading {
    let mut out = Reading::default();
    let mut seconds = Vec::new();
    for (name, games) in [("greedy", 4), ("history", 2), ("random", 4)] {
        let Ok(policy) = Policy::parse(rules, name) else { continue };
        for seed in 1..=games {
            let mut words = count(&Value::from(rules.briefing.says()));
            let decisions = pages::play(rules, &policy, seed, |game| {
                let facts = wire::within(rules, || serde_json::to_value(prose::front_page(game)));
                let Ok(facts) = facts else { return };
                words += count(&facts);
                let asked = facts.pointer("/asks/0").map_or(0, |question| {
                    let first = ["/headline", "/briefing"].iter().filter_map(|p| facts.pointer(p));
                    first.map(count).sum::<usize>() + count(question)
                });
                out.longest = out.longest.max((asked, game.turn() + 1, name, seed));
            });
            seconds.push(words * 60 / A_MINUTE + decisions * A_DECISION);
        }
    }
    out.minutes = seconds.iter().sum::<usize>() / seconds.len().max(1) / 60;
    out
}

/// Words of the sentences among facts; ids and single words are none.
fn count(facts: &Value) -> usize {
    match facts {
        Value::String(text) if text.contains(' ') => text.split_whitespace().count(),
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}
