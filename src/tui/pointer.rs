//! The mouse: a click selects and a second opens, the wheel scrolls what is under it.
//!
//! Owns what lies under a cell. Refuses: what the key does that a click on the footer presses.

use super::app::{App, Request};
use super::cursor;
use super::keys::Action;
use super::screen::Target;
use super::view;

impl App {
    /// A click selects, a click on what is selected opens; on the footer it presses the key, on a
    /// page's name it goes there.
    pub(super) fn click(&mut self, x: u16, y: u16) -> Option<Request> {
        self.said = None;
        if self.astray.take().is_some() {
            return None;
        }
        if let Some(key) = view::pressed(self, x, y) {
            return self.key(key);
        }
        if self.searching() {
            // The list is taken in hand, narrowed as it is.
            self.popup = None;
        }
        if self.popup.is_some() {
            let hit = view::popup(self)
                .map(|(area, layout)| (area.contains((x, y).into()), self.over.hit(&layout, x, y)));
            match hit {
                Some((_, Some((n, Some(d))))) => {
                    let same = self.over.pane == n && self.over.link.get(n) == Some(&d);
                    if n < 8 {
                        self.over.pane = n;
                        self.over.link[n] = d;
                    }
                    return if same { self.open() } else { None };
                }
                Some((false, _)) => return self.leave(),
                _ => return None,
            }
        }
        let page = view::layout(self)
            .spots
            .iter()
            .find(|(area, _)| area.contains((x, y).into()))
            .map(|(_, n)| *n);
        if let Some(n) = page {
            return self.number(n);
        }
        let before = self.cursor();
        let mut cursor = before;
        let layout = view::layout(self);
        let Some((n, Some(d))) = cursor.hit(&layout, x, y) else { return None };
        let same = cursor.pane == n && cursor.link.get(n) == Some(&d);
        if n < 8 {
            cursor.enter(&layout, n);
            cursor.link[n] = d;
            cursor.show(&layout);
        }
        drop(layout);
        self.take_cursor(before, cursor);
        if !same {
            return None;
        }
        match self.target() {
            // A row of the draft opens its values: nothing goes on the agenda by a click too many.
            Some(Target::Slot(_)) => self.act(Action::Pick, 0),
            Some(Target::Lens(_)) => None,
            _ => self.act(Action::Open, 0),
        }
    }

    pub(super) fn scroll(&mut self, x: u16, y: u16, lines: i16) {
        if self.popup.is_some() && !self.searching() {
            let mut over = self.over;
            if let Some((_, layout)) = view::popup(self) {
                if let Some((n, _)) = over.hit(&layout, x, y) {
                    cursor::wheel(&mut over, &layout, n, lines);
                }
            }
            self.over = over;
            return;
        }
        let mut cursor = self.cursor();
        {
            let layout = view::layout(self);
            if let Some((n, _)) = cursor.hit(&layout, x, y) {
                cursor::wheel(&mut cursor, &layout, n, lines);
            }
        }
        self.set_cursor(cursor);
    }
}
