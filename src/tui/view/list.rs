//! A list with the thing under the cursor opened, and pages by name: how several screens are laid
//! out.
//!
//! ```text
//!  1 Tasks  2 Asks  3 Promises …
//! ──────────────────────────────────┬──────────────────
//!  the list                         │ what the row under
//! ▸ a row                           │ the cursor opens
//! ```
//! Narrow: what is opened stands in a strip below the list.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::input::Key;
use crate::text;
use crate::tui::layout::PageLayout;
use crate::tui::page::Page;
use crate::tui::scene::{Scene, WIDE};
use crate::tui::theme::Role;

use super::{detail, find};

/// A list with what its row under the cursor opens: beside it, with so much of the width for the
/// list, or below it where there is no room beside.
pub fn with_detail<'a>(
    scene: &Scene<'a>,
    area: Rect,
    percent: u16,
    list: impl FnOnce(u16) -> Page<'a>,
) -> PageLayout<'a> {
    let mut layout = PageLayout::default();
    let wide = area.width >= WIDE;
    let [list_area, rule, detail_area] = if wide {
        let columns = [Length(area.width * percent / 100), Length(1), Fill(1)];
        Layout::horizontal(columns).areas(area)
    } else {
        let rows = [Fill(1), Length(1), Length((area.height / 3).clamp(5, 9))];
        Layout::vertical(rows).areas(area)
    };
    let page = find::narrow(scene, list(list_area.width));
    let cursor = scene.cursor;
    let at = if cursor.pane == 0 {
        cursor.link[0]
    } else {
        cursor.link[0].min(page.links.len().saturating_sub(1))
    };
    let opened = page.links.get(at).and_then(|l| detail::page(scene, l.to, detail_area.width));
    layout.pane(list_area, page);
    if wide {
        layout.vertical_rule(rule);
    } else {
        layout.horizontal_rule(rule, "");
    }
    if let Some(mut page) = opened {
        if !wide {
            page.links.clear();
        }
        layout.pane(detail_area, page);
    }
    layout
}

/// Pages by name over a rule, the one in front lit; returns the area below them. A name can be
/// clicked.
pub fn tabs<'a>(
    scene: &Scene<'a>,
    area: Rect,
    pages: &[&str],
    at: usize,
    layout: &mut PageLayout<'a>,
) -> Rect {
    let [names, rule, body] = Layout::vertical([Length(1), Length(1), Fill(1)]).areas(area);
    let mut tabs = Page::new(scene.theme, area.width);
    let mut spans = vec![Span::raw(" ")];
    let mut x = area.x + 1;
    for (n, name) in pages.iter().enumerate() {
        let words = format!(" {} {name} ", n + 1);
        let width = u16::try_from(text::width(&words)).unwrap_or(0);
        // From the tenth on there is no key.
        if let Some(digit) = char::from_digit(n as u32 + 1, 10) {
            layout.spots.push((Rect { x, width, ..names }, Key::char(digit)));
        }
        x += width;
        spans.push(tabs.span(if n == at { Role::Selected } else { Role::Quiet }, words));
    }
    tabs.line(spans);
    layout.pane(names, tabs);
    layout.horizontal_rule(rule, "");
    body
}
