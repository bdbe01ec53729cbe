//! What to propose: live files first, then every instrument.
//!
//! ```text
//!  LIVE FILES                          sponsor   until │ Sanctions for cyber theft
//! ▸ Sanctions, Haitai                  Justice  24 Dec │  what it is, its price
//!  EVERY INSTRUMENT                          / search  │ LAW  needs 60, has 41
//!   Sanctions            led by Treasury               │ WHO SAYS WHAT …
//! × Charges              Justice alone decides         │
//! ```
//! Narrow: the draft under the cursor stands in a strip below.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose::facts::Propose;
use crate::scenario::model::InstrumentIx;
use crate::text;

use super::{parts, propose};
use crate::tui::app::App;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::screen::Target;
use crate::tui::theme::Role;

pub fn layout(app: &App, area: Rect) -> PageLayout<'_> {
    super::with_detail(app, area, 50, |width| list(app, width))
}

fn list(app: &App, width: u16) -> Page<'_> {
    let mut s = Page::new(&app.theme, width);
    let Facts::Choose(desk, values, _) = &app.facts else { return s };
    if !desk.files.is_empty() {
        s.head("LIVE FILES", "sponsor    until");
    }
    for (n, f) in desk.files.iter().enumerate() {
        let at = s.at();
        let (sign, role) = parts::standing(
            f.on_agenda.then_some((s.theme().glyphs.full, Role::Accent)),
            f.shut.is_some(),
        );
        let until = if f.expires { format!("! {}", f.until) } else { f.until.clone() };
        let end = vec![
            s.span(Role::Quiet, pad(&f.sponsor, 9)),
            s.span(
                if f.expires { Role::Warning } else { Role::Quiet },
                crate::tui::page::right(&until, 8),
            ),
            Span::raw(" "),
        ];
        s.entry(vec![Span::raw(" "), s.span(Role::Accent, sign), s.span(role, &f.name)], end);
        s.link(at, Target::File(n));
    }
    s.gap();
    s.head("EVERY INSTRUMENT", "/ search");
    let name =
        values.iter().map(|v| text::width(&v.name)).max().unwrap_or(0).min(usize::from(width) / 2);
    for v in values {
        let at = s.at();
        let (sign, role) = parts::standing(None, v.shut.is_some());
        let words = v.shut.as_ref().map_or(v.detail.clone(), |r| r.what.clone());
        let lead = vec![
            Span::raw(" "),
            s.span(Role::Accent, sign),
            s.span(role, pad(&v.name, name)),
            Span::raw(" "),
            s.span(Role::Quiet, words),
        ];
        s.entry(lead, Vec::new());
        s.link(at, Target::Instrument(InstrumentIx(v.value)));
    }
    s
}

/// A draft in short, for the side of the list.
pub fn preview<'a>(app: &'a App, f: &Propose, width: u16) -> Page<'a> {
    let mut s = Page::new(&app.theme, width);
    s.text(Role::Title, 1, &f.title);
    s.text(Role::Text, 1, &f.means);
    // Who leads it, in which lane: where it is shut the list says why instead.
    if let Some(row) = f.slots.first() {
        s.text(Role::Quiet, 1, &row.detail);
    }
    parts::labelled(&mut s, "costs", 8, Role::Text, &f.cost);
    if let Some(shut) = &f.shut {
        parts::refused(&mut s, shut, 3);
    }
    parts::labelled(&mut s, "takes", 8, Role::Text, &f.takes);
    s.gap();
    propose::gates(&mut s, f);
    propose::clears(&mut s, f, false);
    s.gap();
    propose::positions(&mut s, app, f);
    s.gap();
    propose::outlook(&mut s, f, width < 60);
    s
}
