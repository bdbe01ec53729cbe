//! The room.
use super::facts::{AgencyPage, AgencyRow};
use crate::game::Game;
use crate::scenario::model::AgencyIx;
/// Everyone in the room, then everyone outside it who is heard.
pub fn agencies(_game: &Game) -> Vec<AgencyRow> { Vec::new() }
/// One agency, opened.
pub fn agency(_game: &Game, _agency: AgencyIx) -> AgencyPage { AgencyPage::default() }
