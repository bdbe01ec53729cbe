//! Where games come from: what the face asks of whoever reads scenarios and keeps run files.
//!
//! Owns the trait and its plain data. Refuses: doing any of it.

use std::sync::Arc;

use crate::play::Host;
use crate::prose::facts::TitleRow;
use crate::prose::review::Comparison;
use crate::scenario::model::Rules;

use super::theme::ThemeName;

/// What is said below the problems of a scenario.
pub const CHECK: &str = "`interagency check` prints all of this, and says when it is right.";

/// A scenario on the title page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    pub row: TitleRow,
    /// The three-turn lesson.
    pub lesson: bool,
    /// The user's own file, as opposed to one carried in the program.
    pub own: bool,
    /// That it has the name of a scenario carried in the program; empty if not.
    pub taken: String,
    /// "last: a list and two names, 12 Nov"; empty if never played.
    pub last: String,
    /// All problems of a scenario that does not load, as printed by `check`.
    pub problems: Vec<String>,
}

/// The game played last: left in the middle, or over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unfinished {
    pub title: String,
    /// "turn 8 of 14 · 10 Dec 2018".
    pub line: String,
    /// It is over: its debrief can be read.
    pub over: bool,
}

/// A run in the list of past games.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastGame {
    /// What it is opened by.
    pub name: String,
    pub title: String,
    /// "12 Nov 2026"; empty where it is not known.
    pub when: String,
    /// "ended: A list and two names", "turn 5 of 14".
    pub line: String,
    /// Turns that have ended: a branch may begin at the opening of each, and of the next. None
    /// where it takes no branches.
    pub turns: Option<u32>,
    /// It has ended.
    pub over: bool,
    /// How it stands between its marks, in a sentence; none until that was asked for.
    pub standing: Option<String>,
    /// Why it cannot be opened; empty if it can.
    pub trouble: String,
}

/// Why something could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trouble {
    pub title: String,
    pub lines: Vec<String>,
}

/// Scenarios and kept games.
pub trait Library {
    fn entries(&self) -> Vec<Entry>;
    /// The game played last, and how many newer runs cannot be read.
    fn unfinished(&self) -> (Option<Unfinished>, usize);
    /// Whether nothing was ever played here.
    fn fresh(&self) -> bool {
        false
    }
    /// A new game; with a seed, of that draw.
    ///
    /// # Errors
    /// What is wrong with the scenario or with where games are kept.
    fn begin(&mut self, id: &str, seed: Option<u64>) -> Result<Box<dyn Host>, Trouble>;
    /// The game that was left.
    ///
    /// # Errors
    /// What is wrong with its file.
    fn resume(&mut self) -> Result<Box<dyn Host>, Trouble>;
    /// The runs that are kept, newest first. Read when asked for, not before.
    fn past(&self) -> Vec<PastGame> {
        Vec::new()
    }
    /// One of them.
    ///
    /// # Errors
    /// What is wrong with its file.
    fn open(&mut self, name: &str) -> Result<Box<dyn Host>, Trouble> {
        Err(Trouble { title: name.to_owned(), lines: vec!["There is no such run.".to_owned()] })
    }
    /// A new, marked branch of one of them, from the opening of this turn (from 1).
    ///
    /// # Errors
    /// What is wrong with its file, or that it takes no branches.
    fn branch(&mut self, name: &str, _turn: u32) -> Result<Box<dyn Host>, Trouble> {
        self.open(name)
    }
    /// How the game of one of them stands between its marks, in a sentence; or why that cannot be
    /// told. The run is played again for it.
    fn weigh(&self, _name: &str) -> String {
        String::new()
    }
    /// Two of them side by side.
    ///
    /// # Errors
    /// What is wrong with a file, or why the two do not go together.
    fn compare(&self, name: &str, _other: &str) -> Result<Comparison, Trouble> {
        Err(Trouble { title: name.to_owned(), lines: vec!["There is no such run.".to_owned()] })
    }
    /// Rules to read the codex and the assumptions of, with no game in hand.
    ///
    /// # Errors
    /// What is wrong with the content.
    fn rules(&self) -> Result<Arc<Rules>, Trouble>;
    /// Keeps the theme chosen, if there is where.
    fn keep_theme(&mut self, _theme: ThemeName) {}
    /// Keeps whether the mouse is used, if there is where.
    fn keep_mouse(&mut self, _on: bool) {}
}
