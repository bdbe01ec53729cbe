//! Figures.
use super::facts::Figure;
use crate::game::Game;
use crate::scenario::model::IndicatorIx;
/// One indicator as it may be seen; none while it is hidden or not yet on the desk.
pub fn figure(_game: &Game, _i: IndicatorIx) -> Option<Figure> { None }
/// Those on the desk, in its order.
pub fn figures(_game: &Game) -> Vec<Figure> { Vec::new() }
