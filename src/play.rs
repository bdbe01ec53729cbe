//! The one door through which a face plays: a terminal screen and numbered prompts hold the same
//! trait.
//!
//! Owns the trait. Whoever keeps a run file implements it by appending the turn before its result
//! can be seen; a bare `Game` implements it by keeping nothing.

use std::path::Path;

use crate::engine::{Order, Proposal, Refusal};
use crate::game::Game;

/// Whether what is played is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// Nothing is lost by leaving.
    Yes,
    /// Leaving loses the game: nothing could be written, and why.
    No(String),
    /// Leaving loses the game, as the player asked.
    ByWish,
}

impl Saved {
    /// What a face says before the game is lost; none if leaving loses nothing.
    pub fn warning(&self) -> Option<String> {
        match self {
            Saved::Yes => None,
            Saved::No(why) => {
                Some(format!("This game is not saved; leaving loses it. The reason: {why}."))
            }
            Saved::ByWish => {
                Some("This game is not saved, as you asked; leaving loses it.".to_owned())
            }
        }
    }
}

/// What came of the scenario's file since it was last looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The game was played again under the new rules; the orders that do not hold there, in words.
    Again(Vec<String>),
    /// It cannot be played: what `check` says, line by line. The game is as it was.
    Broken(Vec<String>),
}

/// A game as a face may use it.
pub trait Host {
    /// Looks at the scenario's file, where it is watched. Indices that were read before are void
    /// when the game was played again.
    fn look(&mut self) -> Option<Change> {
        None
    }
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
    /// Whether the game as it stands is kept.
    fn saved(&self) -> Saved;
    /// Tries anew to save all of the game: in its own place, or in a new file or a folder
    /// elsewhere. Gives the file.
    ///
    /// # Errors
    /// Why it is still not saved, in words.
    fn save(&mut self, elsewhere: Option<&Path>) -> Result<String, String>;
}

/// Puts a proposal on the agenda, in the place of the one about the same pair if there is one.
/// Returns the orders that rested on that one and are gone with it.
///
/// # Errors
/// The refusal; nothing has changed then.
pub fn place(host: &mut dyn Host, p: Proposal, because: &str) -> Result<Vec<Order>, Refusal> {
    let order = Order::Propose(p);
    let Some((n, _)) = host.game().ordered(p.instrument, p.target) else {
        return host.give(order, because).map(|()| Vec::new());
    };
    let given = host.game().orders().to_vec();
    while host.game().orders().len() > n && host.undo() {}
    let result = host.give(order, because);
    if result.is_err() {
        // It was legal in this place a moment ago.
        let _ = host.give(given[n].order, &given[n].because);
    }
    let mut lost = Vec::new();
    for g in &given[n + 1..] {
        if host.give(g.order, &g.because).is_err() {
            lost.push(g.order);
        }
    }
    result.map(|()| lost)
}

/// A game without a file. It belongs to whoever made it and outlives the face, so leaving the face
/// loses nothing: it counts as saved.
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
    fn saved(&self) -> Saved {
        Saved::Yes
    }
    fn save(&mut self, _: Option<&Path>) -> Result<String, String> {
        Err("this game has no file".to_owned())
    }
}
