//! Two reading rooms: the codex, and the assumptions of the model. A list and the entry under the
//! cursor.
//!
//! ```text
//!   Entity                           │ EXECUTIVE ORDER 13694
//! ▸ EO 13694                        │ what it says
//!   Entity List                     │ sources · see also
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad, right};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::list;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    list::with_detail(scene, area, 36, |width| {
        let mut s = Page::new(scene.theme, width);
        let Facts::Codex(all) = scene.facts else { return s };
        for (n, e) in all.iter().enumerate() {
            let at = s.at();
            let end = if e.short.is_empty() || e.short == e.title {
                Vec::new()
            } else {
                vec![s.span(Role::Quiet, &e.short), Span::raw(" ")]
            };
            s.entry(vec![Span::raw("  "), s.span(Role::Text, &e.title)], end);
            s.link(at, Target::Entry(n));
        }
        s
    })
}

pub fn assumptions<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    list::with_detail(scene, area, 55, |width| {
        let mut s = Page::new(scene.theme, width);
        let Facts::Assumptions(all) = scene.facts else { return s };
        s.head("ASSUMPTIONS", "value       range");
        for (n, a) in all.iter().enumerate() {
            let at = s.at();
            let mark = if a.overridden { s.theme().glyphs.marker } else { " " };
            s.entry(
                vec![Span::raw(" "), s.span(Role::Accent, mark), s.span(Role::Text, &a.name)],
                vec![
                    s.span(Role::Title, right(&a.value, 8)),
                    s.span(Role::Quiet, format!("   {}", pad(&a.range, 14))),
                ],
            );
            s.link(at, Target::Entry(n));
        }
        s
    })
}
