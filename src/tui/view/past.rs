//! The runs that were kept, newest first: read the debrief of one that is over, go on with one that
//! is not.
//!
//! ```text
//!  PAST GAMES                                                          12
//! ▸ Cloud Hopper      12 Nov 2026   ended: A list and two names
//!   Cloud Hopper       9 Nov 2026   turn 5 of 14
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad, right};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::find;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let mut s = Page::new(scene.theme, area.width);
    s.head("PAST GAMES", &scene.shelf.past.len().to_string());
    if scene.shelf.past.is_empty() {
        s.text(Role::Quiet, 2, "No game is kept yet.");
    }
    let name = (usize::from(area.width) / 3).min(34);
    for (n, p) in scene.shelf.past.iter().enumerate() {
        let at = s.at();
        let (sign, role) =
            if p.trouble.is_empty() { (" ", Role::Text) } else { ("!", Role::Warning) };
        let words = if p.trouble.is_empty() { &p.line } else { &p.trouble };
        s.split(
            vec![
                Span::raw(" "),
                s.span(Role::Warning, sign),
                s.span(Role::Title, pad(&p.title, name)),
                s.span(Role::Quiet, format!(" {}   ", right(&p.when, 11))),
                s.span(role, words),
            ],
            vec![s.span(Role::Quiet, &p.name), Span::raw(" ")],
        );
        s.link(at, Target::Past(n));
    }
    PageLayout::single(area, find::narrow(scene, s))
}
