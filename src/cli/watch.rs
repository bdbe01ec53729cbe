//! `play --watch`: a game whose scenario is being written.
//!
//! Owns looking at the file, and playing the game again when it has changed: the same seed and the
//! same orders, to the same turn. Such a game is not kept: its orders belong to rules that are gone
//! by tomorrow.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::engine::{Order, Refusal, Start};
use crate::game::Game;
use crate::num::Milli;
use crate::play::{Change, Host, Saved};
use crate::prose;
use crate::scenario::files;
use crate::scenario::problem;

use super::{Failure, unloaded, world};

/// How often a screen has the file looked at.
pub const EVERY: Duration = Duration::from_millis(200);

/// By what a change of the file is known: when it was written, and its length.
type Stamp = (SystemTime, u64);

pub struct Watched {
    game: Game,
    path: PathBuf,
    assume: Vec<(String, Milli)>,
    world: Option<String>,
    stamp: Option<Stamp>,
    notice: Option<String>,
}

impl Watched {
    /// A new game of the scenario in this file.
    ///
    /// # Errors
    /// It cannot be played, or has no such world.
    pub fn begin(
        path: PathBuf,
        assume: Vec<(String, Milli)>,
        seed: u64,
        fixed: Option<String>,
    ) -> Result<Watched, Failure> {
        let stamp = stamp(&path);
        let rules = Arc::new(files::load(&path, &assume).map_err(unloaded)?);
        let start = Start { seed, world: world(&rules, fixed.as_deref())?, ..Start::default() };
        let notice = Some(format!(
            "This game is not being saved: {} is watched. When it changes, the game is played \
             again to the same turn.",
            path.to_string_lossy()
        ));
        Ok(Watched { game: Game::new(rules, start), path, assume, world: fixed, stamp, notice })
    }

    /// # Errors
    /// What `check` says of the file.
    fn again(&mut self) -> Result<Vec<String>, Vec<String>> {
        let rules = Arc::new(files::load(&self.path, &self.assume).map_err(|problems| {
            problem::text(&problems, false, 100).lines().map(str::to_owned).collect::<Vec<_>>()
        })?);
        let Ok(world) = world(&rules, self.world.as_deref()) else {
            return Err(vec!["The world of --world is gone from it.".to_owned()]);
        };
        let start = Start { world, ..self.game.start() };
        let (game, lost) = self.game.again(rules, start);
        let words = |(turn, order): &(usize, Order)| {
            format!("turn {}: {}", turn + 1, prose::order(self.game.rules(), order))
        };
        let lost = lost.iter().map(words).collect();
        self.game = game;
        Ok(lost)
    }
}

/// None while the file is not there: an editor may be putting another in its place.
fn stamp(path: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

impl Host for Watched {
    fn look(&mut self) -> Option<Change> {
        let now = stamp(&self.path)?;
        if self.stamp.replace(now) == Some(now) {
            return None;
        }
        Some(match self.again() {
            Ok(lost) => Change::Again(lost),
            Err(lines) => Change::Broken(lines),
        })
    }
    fn game(&self) -> &Game {
        &self.game
    }
    fn give(&mut self, order: Order, because: &str) -> Result<(), Refusal> {
        self.game.give(order, because)
    }
    fn undo(&mut self) -> bool {
        self.game.undo()
    }
    fn end(&mut self) -> Result<(), Refusal> {
        self.game.end().map(|_| ())
    }
    fn draft(&mut self) {}
    fn notice(&mut self) -> Option<String> {
        self.notice.take()
    }
    fn saved(&self) -> Saved {
        Saved::ByWish
    }
    fn save(&mut self, _: Option<&Path>) -> Result<String, String> {
        Err("its scenario is watched; play it without --watch to save it".to_owned())
    }
}
