//! The mouse: a click selects and a second opens, in a box one click takes, and the wheel scrolls
//! what is under it.
//!
//! Owns what lies under a cell. Refuses: what the key does that a click on the footer presses.

use ratatui::layout::Rect;

use crate::input::Key;
use crate::tui::cursor::{self, Cursor, PANES};
use crate::tui::keys::Action;
use crate::tui::layout::PageLayout;
use crate::tui::paint;
use crate::tui::screen::Target;
use crate::tui::theme::Theme;
use crate::tui::view::foot;

use super::{App, Request};

/// The key that stands under a cell.
fn spot(layout: &PageLayout, x: u16, y: u16) -> Option<Key> {
    layout.spots.iter().find(|(area, _)| area.contains((x, y).into())).map(|(_, key)| *key)
}

/// The pane of which a cell counts the rows out of sight, and how far a click there turns it.
fn turned(
    layout: &PageLayout,
    theme: &Theme,
    cursor: &Cursor,
    x: u16,
    y: u16,
) -> Option<(usize, i16)> {
    layout.panes.iter().enumerate().find_map(|(n, pane)| {
        let marks = paint::hidden(pane.area, pane.page.rows.len(), theme, cursor.top(n, pane));
        let on = |mark: &Option<(Rect, String)>| {
            mark.as_ref().is_some_and(|(area, _)| area.contains((x, y).into()))
        };
        let page = i16::try_from(pane.area.height.saturating_sub(1).max(1)).unwrap_or(1);
        match &marks {
            [up, _] if on(up) => Some((n, -page)),
            [_, down] if on(down) => Some((n, page)),
            _ => None,
        }
    })
}

impl App {
    /// A click selects, a click on what is selected opens; on the footer, and on a
    /// key that a screen shows, it presses the key.
    pub(super) fn click(&mut self, x: u16, y: u16) -> Option<Request> {
        self.overlay.hush();
        if self.overlay.end_stray() {
            return None;
        }
        if y + 1 == self.size.1 {
            let left = self.theme.glyphs.left;
            if let Some(key) = foot::pressed(&self.footer(), left, x) {
                return self.press(key);
            }
        }
        if self.overlay.is_searching() {
            // The list is taken in hand, narrowed as it is.
            self.overlay.close();
        }
        if self.overlay.is_open() {
            return self.click_popup(x, y);
        }
        let key = spot(&self.layout(), x, y);
        if let Some(key) = key {
            return self.press(key);
        }
        let before = self.cursor();
        let mut cursor = before;
        let layout = self.layout();
        if let Some((n, lines)) = turned(&layout, &self.theme, &before, x, y) {
            cursor::scroll(&mut cursor, &layout, n, lines);
            drop(layout);
            self.take_cursor(before, cursor);
            return None;
        }
        let (n, Some(link)) = cursor.hit(&layout, x, y)? else { return None };
        let is_same = cursor.pane == n && cursor.link.get(n) == Some(&link);
        if n < PANES {
            cursor.enter(&layout, n);
            cursor.link[n] = link;
            cursor.show(&layout);
        }
        drop(layout);
        self.take_cursor(before, cursor);
        if !is_same {
            return None;
        }
        match self.target() {
            // A row of the draft opens its values: nothing goes on the agenda by a click too many.
            Some(Target::Slot(_)) => self.act(Action::Pick, 0),
            Some(Target::Lens(_)) => None,
            _ => self.act(Action::Open, 0),
        }
    }

    fn click_popup(&mut self, x: u16, y: u16) -> Option<Request> {
        let mut cursor = self.overlay.cursor();
        let (area, layout) = self.popup_layout()?;
        let is_inside = area.contains((x, y).into());
        if let Some((n, lines)) = turned(&layout, &self.theme, &cursor, x, y) {
            cursor::scroll(&mut cursor, &layout, n, lines);
            drop(layout);
            self.overlay.set_cursor(cursor);
            return None;
        }
        let (hit, key) = (cursor.hit(&layout, x, y), spot(&layout, x, y));
        drop(layout);
        if let Some(key) = key {
            return self.press(key);
        }
        match hit {
            Some((n, Some(link))) => {
                // A row of a box is there to be chosen: one click does.
                if n >= PANES {
                    return None;
                }
                cursor.pane = n;
                cursor.link[n] = link;
                self.overlay.set_cursor(cursor);
                self.open()
            }
            _ if !is_inside => self.leave_front(),
            _ => None,
        }
    }

    pub(super) fn scroll(&mut self, x: u16, y: u16, lines: i16) {
        if self.overlay.is_open() && !self.overlay.is_searching() {
            let mut cursor = self.overlay.cursor();
            if let Some((_, layout)) = self.popup_layout()
                && let Some((n, _)) = cursor.hit(&layout, x, y)
            {
                cursor::scroll(&mut cursor, &layout, n, lines);
            }
            self.overlay.set_cursor(cursor);
            return;
        }
        self.move_cursor(|cursor, layout| {
            if let Some((n, _)) = cursor.hit(layout, x, y) {
                cursor::scroll(cursor, layout, n, lines);
            }
        });
    }
}
