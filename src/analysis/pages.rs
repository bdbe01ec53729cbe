//! Games by a policy that costs little, shown a page at a time.

use std::sync::Arc;

use crate::engine::{Order, Start};
use crate::game::Game;
use crate::policy::{Policy, orders_of};
use crate::scenario::model::Rules;

/// Plays a game, hands out each of its openings, and tells how many orders were given.
pub fn play(rules: &Arc<Rules>, policy: &Policy, seed: u64, mut page: impl FnMut(&Game)) -> usize {
    let mut game = Game::new(Arc::clone(rules), Start { seed, ..Start::default() });
    let mut given = 0;
    while !game.is_over() {
        page(&game);
        for order in orders_of(policy, rules, game.whole()) {
            if order != Order::End && game.give(order, "").is_ok() {
                given += 1;
            }
        }
        if game.end().is_err() {
            break;
        }
    }
    given
}
