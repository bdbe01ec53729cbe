//! The desk.
use super::facts::{Desk, Guidance, Header};
use crate::game::Game;
pub fn header(_game: &Game) -> Header { Header::default() }
pub fn desk(_game: &Game) -> Desk { Desk::default() }
pub fn guidance(_game: &Game) -> Guidance { Guidance::default() }
