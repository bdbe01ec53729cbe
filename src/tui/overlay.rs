//! What lies over the screen: one popup at most, its cursor, and what is said above the footer.
//!
//! Owns opening and closing them. Refuses: what an answer in a popup does.

use super::cursor::Cursor;
use super::layout::PageLayout;
use super::screen::{Popup, Purpose};

#[derive(Debug, Default)]
pub struct Overlay {
    popup: Option<Popup>,
    cursor: Cursor,
    /// Said in the line above the footer until the next key.
    said: Option<String>,
    /// What is typed after `/` where there is nothing to search: shown, and run by nobody.
    stray: Option<String>,
}

impl Overlay {
    pub fn popup(&self) -> Option<&Popup> {
        self.popup.as_ref()
    }
    pub fn popup_mut(&mut self) -> Option<&mut Popup> {
        self.popup.as_mut()
    }
    pub fn is_open(&self) -> bool {
        self.popup.is_some()
    }
    pub fn is_searching(&self) -> bool {
        matches!(self.popup, Some(Popup::Line(Purpose::Search, _)))
    }
    /// The cursor of the popup.
    pub fn cursor(&self) -> Cursor {
        self.cursor
    }
    pub fn said(&self) -> Option<&str> {
        self.said.as_deref()
    }
    pub fn stray(&self) -> Option<&str> {
        self.stray.as_deref()
    }

    /// Lays a popup over the screen, its cursor on the first row.
    pub fn open(&mut self, popup: Popup) {
        self.open_at(popup, 0);
    }
    /// Lays a popup over the screen, its cursor on this row.
    pub fn open_at(&mut self, popup: Popup, row: usize) {
        self.popup = Some(popup);
        self.cursor = Cursor::default();
        self.cursor.link[0] = row;
    }
    /// Tells something in a box of its own.
    pub fn tell(&mut self, title: &str, lines: Vec<String>) {
        let lines = lines.into_iter().filter(|l| !l.is_empty()).collect();
        self.open(Popup::Told(title.to_owned(), lines));
    }
    pub fn close(&mut self) -> Option<Popup> {
        self.popup.take()
    }
    pub fn set_cursor(&mut self, cursor: Cursor) {
        self.cursor = cursor;
    }
    pub fn rewind(&mut self) {
        self.cursor = Cursor::default();
    }

    /// Says a sentence above the footer.
    pub fn say(&mut self, words: impl Into<String>) {
        self.said = Some(words.into());
    }
    pub fn hush(&mut self) {
        self.said = None;
    }

    /// Takes what is typed from now on for words that search nothing.
    pub fn begin_stray(&mut self) {
        self.stray = Some(String::new());
    }
    pub fn stray_mut(&mut self) -> Option<&mut String> {
        self.stray.as_mut()
    }
    /// Ends that; true if there was anything.
    pub fn end_stray(&mut self) -> bool {
        self.stray.take().is_some()
    }
}

/// A cursor that stands on something of the layout; with that in sight, but where it is a page to
/// read.
#[must_use]
pub fn settled(mut cursor: Cursor, layout: &PageLayout, is_page: bool) -> Cursor {
    cursor.settle(layout);
    if !is_page {
        cursor.show(layout);
    }
    cursor
}
