//! Why something could not be opened: never a crash, always a page.
//!
//! ```text
//!  ! SPRING SCENARIO CANNOT BE OPENED
//!
//!  spring.ron:6:29: unknown event …
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::tui::layout::PageLayout;
use crate::tui::page::Page;
use crate::tui::scene::Scene;
use crate::tui::theme::Role;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let mut s = Page::new(scene.theme, area.width);
    s.blank();
    s.line(vec![
        s.span(Role::Warning, " ! "),
        s.span(Role::Title, format!("{}: this could not be opened", scene.shelf.trouble.title)),
    ]);
    s.blank();
    for line in &scene.shelf.trouble.lines {
        // Printed as it is: an excerpt's columns carry meaning.
        for part in line.lines() {
            s.line(vec![Span::raw(" "), s.span(Role::Text, part)]);
        }
    }
    PageLayout::single(area, s)
}
