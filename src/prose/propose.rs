//! The propose screen.
use super::facts::Propose;
use crate::engine::Draft;
use crate::game::Game;
pub fn propose(_game: &Game, _draft: &Draft) -> Propose { Propose::default() }
