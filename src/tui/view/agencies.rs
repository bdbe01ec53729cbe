//! Who is in the room, and one of them opened.
//!
//! ```text
//!  IN THE ROOM                          │ DEPARTMENT OF THE TREASURY
//! ▸ Treasury   − wary    Secretary …    │ wants … fears …
//!   Justice    + with you               │ cares most · leads · red lines
//!  OUTSIDE                              │ owed · predictions · asks
//! ```

use ratatui::layout::Rect;

use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{list, parts};

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    list::with_detail(scene, area, 42, |width| page(scene, width))
}

fn page<'a>(scene: &Scene<'a>, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let Facts::Agencies(all) = scene.facts else { return s };
    for outside in [false, true] {
        let mut any = false;
        for r in all.rows.iter().filter(|r| r.outside == outside) {
            if !any {
                s.gap();
                s.head(if outside { "OUTSIDE THE ROOM" } else { "IN THE ROOM" }, "");
                any = true;
            }
            let at = s.at();
            let parts = [r.room.note.as_str(), r.holder.as_str()];
            let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            let note = parts.join(" · ");
            let (sign, word, role) = parts::relation(r.room.relation);
            let lead = vec![
                s.span(Role::Text, format!("  {} ", pad(&r.room.short, 11))),
                s.span(role, pad(&format!("{sign} {word}{}", parts::warmth(&s, r.room.moved)), 15)),
                s.span(Role::Quiet, note),
            ];
            s.entry(lead, Vec::new());
            s.link(at, Target::Agency(r.room.agency));
        }
    }
    s
}
