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

use crate::scenario::model::InstrumentIx;
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad, right};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{list, parts};

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    list::with_detail(scene, area, 50, |width| page(scene, width))
}

fn page<'a>(scene: &Scene<'a>, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let Facts::Choose(facts) = scene.facts else { return s };
    let (desk, values) = (&facts.desk, &facts.instruments);
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
            s.span(if f.expires { Role::Warning } else { Role::Quiet }, right(&until, 8)),
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
