//! The page a game opens with: where, when, what the office is, and nothing to decide.
//!
//! ```text
//!   CLOUD HOPPER                                  10 Sep 2018
//!
//!   running text, never wider than a book's page
//!
//!   record · reported · S6
//! ```

use ratatui::layout::Rect;

use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::Page;
use crate::tui::scene::Scene;
use crate::tui::theme::Role;

/// Columns a line of running text may have.
pub const PAGE: u16 = 78;

/// A page of running text in the middle of a wide screen.
pub fn page(area: Rect) -> Rect {
    let width = area.width.min(PAGE);
    Rect { x: area.x + (area.width - width) / 2, width, ..area }
}

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let area = page(area);
    let mut s = Page::new(scene.theme, area.width);
    if let Facts::Front(f) = scene.facts {
        s.blank();
        s.head(&f.scenario.to_uppercase(), &f.dates);
        s.blank();
        if let Some(item) = &f.briefing {
            if !item.title.is_empty() && item.title != f.scenario {
                s.text(Role::Title, 1, &item.title);
                s.blank();
            }
            s.text(Role::Text, 1, &item.body);
            s.blank();
            s.text(Role::Quiet, 1, &item.label);
        }
    }
    PageLayout::single(area, s)
}
