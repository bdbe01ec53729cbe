//! What can be opened: scenarios, kept games, and why one of them could not be.
//!
//! Owns these lists for the title page. Refuses: reading them; a `Library` does.

use crate::prose::review::Comparison;

use super::library::{Entry, Library, PastGame, Trouble, Unfinished};

#[derive(Debug, Default)]
pub struct Shelf {
    pub entries: Vec<Entry>,
    pub unfinished: Option<Unfinished>,
    /// How many runs newer than the one that is offered could not be read.
    pub unread: usize,
    /// The runs that are kept, once they were asked for.
    pub past: Vec<PastGame>,
    /// The run that another is to be set beside, by its name.
    pub marked: Option<String>,
    /// The two that were set side by side last.
    pub compared: Comparison,
    /// Whether any run is kept.
    pub has_kept: bool,
    pub trouble: Trouble,
    /// Nothing was ever played here: the title page offers the lesson and little else.
    pub is_new: bool,
    /// What a class agreed on: games that are begun with the same word meet the same draw.
    pub word: String,
    /// A lesson was left: the cursor of the title page goes to what comes next.
    pub goes_on: bool,
}

impl Shelf {
    pub fn of(library: &dyn Library) -> Shelf {
        let mut shelf = Shelf::default();
        let (unfinished, unread) = library.unfinished();
        shelf.relist(library.entries(), unfinished, unread);
        if library.fresh() {
            shelf.is_new = shelf.entries.iter().any(|e| e.lesson);
        } else {
            shelf.has_kept = true;
        }
        shelf
    }

    /// The list of scenarios, read again.
    pub fn relist(&mut self, entries: Vec<Entry>, unfinished: Option<Unfinished>, unread: usize) {
        self.has_kept |= unfinished.is_some();
        self.entries = entries;
        self.unfinished = unfinished;
        self.unread = unread;
    }

    /// After a lesson: the first scenario that is none.
    pub fn after_lesson(&self) -> Option<(usize, &Entry)> {
        self.entries.iter().enumerate().find(|(_, e)| !e.lesson && e.row.problem.is_empty())
    }
}
