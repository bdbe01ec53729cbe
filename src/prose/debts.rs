//! Promises beside what is drafted and what is cleared: which of them would be broken.
//!
//! Owns the look ahead to the turn in which a measure takes effect. Refuses: offering a promise,
//! which the pages do.

use crate::day::Day;
use crate::engine::items::Measure;
use crate::engine::{Known, Proposal};
use crate::game::Game;
use crate::num::byte;
use crate::scenario::model::{PromiseIx, Rules};

use super::{order, work};

/// Whether a promise is broken as things stand then.
pub(super) fn is_broken(rules: &Rules, then: Option<&Known>, promise: PromiseIx) -> bool {
    then.is_some_and(|s| s.all(rules, &rules.promises[promise].broken_if))
}

/// What was cleared and would break the promise if it were made now.
pub(super) fn broken_by(game: &Game, promise: PromiseIx) -> Option<String> {
    let rules = game.rules();
    let breaks = |m: &&Measure| {
        let then = work::soonest(game, m).and_then(|day| in_effect(game, &m.proposal(), day));
        is_broken(rules, then.as_ref(), promise)
    };
    let mut cleared = game.situation().measures.iter();
    let found = cleared.find(|m| m.is_ordered() && !m.in_force() && !m.withdrawn && breaks(m))?;
    Some(order::measure(rules, found.instrument, found.target))
}

/// Things as they are, but in the turn in which the draft takes effect if it does so on that day;
/// none where that is after the game.
pub(super) fn in_effect(game: &Game, p: &Proposal, day: Day) -> Option<Known> {
    let turn = game.rules().turns.iter().position(|t| day < t.ends)?;
    let mut then = game.situation().clone();
    then.turn = byte(turn);
    then.launched_this_turn.clear();
    then.launched_this_turn.push(*p);
    Some(then)
}
