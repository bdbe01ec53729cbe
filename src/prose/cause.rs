//! Ledger lines and notes in words.
use crate::engine::{Entry, Note, Origin};
use crate::game::Game;
/// What changed a value, in words, everything opened.
pub fn cause(_game: &Game, _entry: &Entry) -> String { String::new() }
/// What a note says in play; none where it says something hidden.
pub fn note(_game: &Game, _turn: usize, _note: Note) -> Option<String> { None }
/// What a cause goes back to.
pub fn origin(_game: &Game, _origin: Origin) -> String { String::new() }
