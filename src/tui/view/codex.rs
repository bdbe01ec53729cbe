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

use super::super::app::App;
use super::super::facts::Facts;
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, pad, right};
use super::super::theme::Role;

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    super::with_detail(app, area, 36, |width| {
        let mut s = Sheet::new(&app.theme, width);
        let Facts::Codex(all) = &app.facts else { return s };
        for (n, e) in all.iter().enumerate() {
            let at = s.at();
            let end = if e.short.is_empty() || e.short == e.title {
                Vec::new()
            } else {
                vec![s.span(Role::Quiet, &e.short), Span::raw(" ")]
            };
            s.entry(vec![Span::raw("  "), s.span(Role::Text, &e.title)], end);
            s.door(at, Target::Entry(n));
        }
        s
    })
}

pub fn assumptions(app: &App, area: Rect) -> Plan<'_> {
    super::with_detail(app, area, 55, |width| {
        let mut s = Sheet::new(&app.theme, width);
        let Facts::Assumptions(all) = &app.facts else { return s };
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
            s.door(at, Target::Entry(n));
        }
        s
    })
}
