//! The front page.
use super::facts::FrontPage;
use crate::game::Game;
pub fn front_page(_game: &Game) -> FrontPage { FrontPage::default() }
