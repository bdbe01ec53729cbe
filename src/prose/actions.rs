//! What may be ordered besides proposals.
use super::facts::Actions;
use crate::game::Game;
/// Tasks, asks, reforms, promises, confidences and withdrawals, with what is in the way of each.
pub fn actions(_game: &Game) -> Actions { Actions::default() }
