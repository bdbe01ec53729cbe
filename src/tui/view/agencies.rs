//! Who is in the room, and one of them opened.
//!
//! ```text
//!  IN THE ROOM                          │ DEPARTMENT OF THE TREASURY
//! ▸ Treasury   − wary    Secretary …    │ wants … fears …
//!   Justice    + with you               │ cares most · leads · red lines
//!  OUTSIDE                              │ owed · predictions · asks
//! ```

use ratatui::layout::Rect;

use super::super::app::App;
use super::super::facts::Facts;
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, pad};
use super::super::theme::Role;

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    super::with_detail(app, area, 42, |width| list(app, width))
}

fn list(app: &App, width: u16) -> Sheet<'_> {
    let mut s = Sheet::new(&app.theme, width);
    let Facts::Agencies(rows, _) = &app.facts else { return s };
    for outside in [false, true] {
        let mut any = false;
        for r in rows.iter().filter(|r| r.outside == outside) {
            if !any {
                s.gap();
                s.head(if outside { "OUTSIDE THE ROOM" } else { "IN THE ROOM" }, "");
                any = true;
            }
            let at = s.at();
            let note = if r.room.note.is_empty() {
                r.holder.clone()
            } else {
                format!("{} · {}", r.room.note, r.holder)
            };
            let lead = vec![
                s.span(Role::Text, format!("  {} ", pad(&r.room.short, 11))),
                s.span(
                    super::parts::sign(r.room.sign),
                    format!("{} {} ", r.room.sign, pad(&r.room.word, 12)),
                ),
                s.span(Role::Quiet, note),
            ];
            s.entry(lead, Vec::new());
            s.door(at, Target::Agency(r.room.agency));
        }
    }
    s
}
