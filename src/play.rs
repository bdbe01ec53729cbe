//! The one door through which a face plays: a terminal screen and numbered prompts hold the same
//! trait.
//!
//! Owns the trait. Whoever keeps a run file implements it by appending the turn before its result
//! can be seen; a bare `Game` implements it by keeping nothing.

use crate::engine::{Order, Refusal};
use crate::game::Game;

/// A game as a face may use it.
pub trait Host {
    fn game(&self) -> &Game;
    /// Gives an order of this turn, with the player's own reason (or an empty one).
    ///
    /// # Errors
    /// The refusal; nothing has changed then.
    fn give(&mut self, order: Order, because: &str) -> Result<(), Refusal>;
    /// Takes the last order of this turn back. False if there is none.
    fn undo(&mut self) -> bool;
    /// Ends the turn: kept safe first, shown after.
    ///
    /// # Errors
    /// `Refusal::Over` after the last.
    fn end(&mut self) -> Result<(), Refusal>;
    /// Keeps the orders of an unfinished turn, on leaving.
    fn draft(&mut self);
    /// Something the player should be told once, such as that nothing can be saved.
    fn notice(&mut self) -> Option<String>;
}

/// A game that is kept nowhere: for tests and for `--no-save`.
impl Host for Game {
    fn game(&self) -> &Game {
        self
    }
    fn give(&mut self, order: Order, because: &str) -> Result<(), Refusal> {
        Game::give(self, order, because)
    }
    fn undo(&mut self) -> bool {
        Game::undo(self)
    }
    fn end(&mut self) -> Result<(), Refusal> {
        Game::end(self).map(|_| ())
    }
    fn draft(&mut self) {}
    fn notice(&mut self) -> Option<String> {
        None
    }
}
