//! Why a value changed.
use super::facts::Why;
use crate::game::Game;
use crate::scenario::model::IndicatorIx;
/// Over the turn that ended last before opening `turn` (from 0): what the player may know.
pub fn why(_game: &Game, _i: IndicatorIx, _turn: usize) -> Why { Why::default() }
/// The same with everything opened, for the debrief.
pub fn why_open(_game: &Game, _i: IndicatorIx, _turn: usize) -> Why { Why::default() }
