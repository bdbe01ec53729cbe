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
use crate::prose::facts::FrontPage;
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
    /// Games that were read.
    pub games: usize,
    /// By turn: in how many of them its page asked nothing and told nothing.
    pub empty: Vec<usize>,
}

/// Whether nobody asks, answers, acts or finds anything on it.
fn is_empty(page: &FrontPage) -> bool {
    page.asks.is_empty()
        && page.cards.is_empty()
        && page.results.is_empty()
        && page.items.is_empty()
        && page.counterpart.is_none()
        && page.found.is_empty()
        && page.opened_files.is_empty()
}

pub fn read(rules: &Arc<Rules>) -> Reading {
    let mut out = Reading { empty: vec![0; rules.played()], ..Reading::default() };
    let mut seconds = Vec::new();
    for (name, games) in [("greedy", 4), ("history", 2), ("random", 4)] {
        let Ok(policy) = Policy::parse(rules, name) else { continue };
        for seed in 1..=games {
            let mut words = count(&Value::from(rules.briefing.says()));
            let decisions = pages::play(rules, &policy, seed, |game| {
                let page = prose::front_page(game);
                out.empty[game.turn()] += usize::from(game.turn() > 0 && is_empty(&page));
                let facts = wire::within(rules, || serde_json::to_value(page));
                let Ok(facts) = facts else { return };
                words += count(&facts);
                let asked = facts.pointer("/asks/0").map_or(0, |question| {
                    let first = ["/headline", "/briefing"].iter().filter_map(|p| facts.pointer(p));
                    first.map(count).sum::<usize>() + count(question)
                });
                out.longest = out.longest.max((asked, game.turn() + 1, name, seed));
            });
            out.games += 1;
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
