//! Which screen is in front, the way back, and where each screen was left.
//!
//! Owns these, and what lists are searched for. Refuses: what a screen shows.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::screen::Screen;

#[derive(Debug)]
pub struct History {
    screen: Screen,
    back: Vec<Screen>,
    cursors: BTreeMap<Screen, Cursor>,
    /// What lists are narrowed to.
    search: String,
}

impl Default for History {
    fn default() -> History {
        History {
            screen: Screen::Title,
            back: Vec::new(),
            cursors: BTreeMap::new(),
            search: String::new(),
        }
    }
}

impl History {
    pub fn screen(&self) -> Screen {
        self.screen
    }
    pub fn has_back(&self) -> bool {
        !self.back.is_empty()
    }
    pub fn search(&self) -> &str {
        &self.search
    }

    /// The cursor of the screen in front.
    pub fn cursor(&self) -> Cursor {
        self.cursors.get(&self.screen).copied().unwrap_or_default()
    }
    pub fn set_cursor(&mut self, cursor: Cursor) {
        self.cursors.insert(self.screen, cursor);
    }
    /// Whether the screen in front has not been seen since it was forgotten.
    pub fn is_first_sight(&self) -> bool {
        !self.cursors.contains_key(&self.screen)
    }
    /// The screen will be seen from its beginning, as a page that is turned over, with nothing
    /// searched for.
    pub fn forget(&mut self, screen: Screen) {
        self.cursors.remove(&screen);
        if screen == self.screen {
            self.search.clear();
        }
    }

    /// Forgets every screen and the way back.
    pub fn clear(&mut self) {
        self.cursors.clear();
        self.back.clear();
        self.search.clear();
    }

    /// Puts a screen in front. What was searched for was looked for on the page that is left.
    pub fn turn_to(&mut self, screen: Screen) {
        if screen != self.screen {
            self.search.clear();
        }
        self.screen = screen;
    }
    /// Puts a screen in front with a way back to this one; from the desk all ways begin.
    pub fn visit(&mut self, screen: Screen) {
        if screen == Screen::Desk {
            self.back.clear();
        } else if screen != self.screen {
            self.back.retain(|s| *s != screen);
            self.back.push(self.screen);
        }
        self.turn_to(screen);
    }
    /// Goes back; false when there is nothing to go back to.
    pub fn go_back(&mut self) -> bool {
        let Some(screen) = self.back.pop() else { return false };
        self.turn_to(screen);
        true
    }
    pub fn forget_way_back(&mut self) {
        self.back.clear();
    }

    pub fn set_search(&mut self, words: String) {
        self.search = words;
    }
    /// Shows whole lists again; true if they were narrowed.
    pub fn clear_search(&mut self) -> bool {
        let narrowed = !self.search.is_empty();
        self.search.clear();
        narrowed
    }
}
