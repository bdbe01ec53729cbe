//! Everything that may be ordered besides proposals.
//!
//! ```text
//!  TASKS                                  by          costs │ what it is,
//! ▸ Ask the FBI for a case                FBI       1 staff │ what it takes,
//!  ASKS · PROMISES · REFORMS · HOW SURE ARE YOU · WITHDRAW  │ why it is shut
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::engine::Order;
use crate::prose::facts::{ActionRow, PromiseRow};

use super::super::app::App;
use super::super::facts::Facts;
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, pad};
use super::super::theme::Role;

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    super::with_detail(app, area, 55, |width| list(app, width))
}

fn list(app: &App, width: u16) -> Sheet<'_> {
    let mut s = Sheet::new(&app.theme, width);
    let Facts::Act(a) = &app.facts else { return s };
    for (title, rows) in [("TASKS", &a.tasks), ("ASKS", &a.asks), ("REFORMS OF THE OFFICE", &a.reforms)] {
        if rows.is_empty() {
            continue;
        }
        s.gap();
        s.head(title, "");
        for r in rows {
            row(&mut s, r);
        }
        if title == "ASKS" {
            promises(&mut s, &a.promises);
        }
    }
    if !a.propositions.is_empty() {
        s.gap();
        s.head("HOW SURE ARE YOU", "of 100");
        for p in &a.propositions {
            let at = s.at();
            let said = if p.judged.is_empty() {
                if p.stated == 0 { "not stated".to_owned() } else { format!("{}% {}", p.stated, p.word) }
            } else {
                p.judged.to_owned()
            };
            let role = if p.shut.is_some() { Role::Quiet } else { Role::Text };
            s.split(vec![Span::raw("  "), s.span(role, &p.says)], vec![s.span(Role::Quiet, said), Span::raw(" ")]);
            s.door(at, Target::Sure(p.proposition));
        }
    }
    if !a.withdrawals.is_empty() {
        s.gap();
        s.head("WITHDRAW", "");
        for w in &a.withdrawals {
            if let Some((instrument, target)) = w.withdraw {
                let at = s.at();
                s.split(vec![Span::raw("  "), s.span(Role::Text, &w.text)], vec![s.span(Role::Quiet, &w.when), Span::raw(" ")]);
                s.door(at, Target::Give(Order::Withdraw { instrument, target }));
            }
        }
    }
    s
}

/// A task, an ask or a reform in one line.
pub fn row(s: &mut Sheet, r: &ActionRow) {
    let at = s.at();
    let (sign, role) = if r.shut.is_some() { ("×", Role::Quiet) } else { (" ", Role::Text) };
    let end = if r.shut.is_some() { String::new() } else { r.cost.clone() };
    let by = if s.width >= 60 && !r.by.is_empty() { format!("{} ", pad(&r.by, 9)) } else { String::new() };
    s.split(
        vec![Span::raw(" "), s.span(Role::Quiet, sign), s.span(role, &r.name)],
        vec![
            s.span(Role::Quiet, by),
            s.span(Role::Quiet, super::super::sheet::right(&end, if s.width >= 60 { 20 } else { 0 }.max(crate::text::width(&end)))),
            Span::raw(" "),
        ],
    );
    s.door(at, Target::Give(r.order));
}

/// Promises, each to whom.
pub fn promises(s: &mut Sheet, rows: &[PromiseRow]) {
    if rows.is_empty() {
        return;
    }
    s.gap();
    s.head("PROMISES", "to");
    for p in rows {
        let at = s.at();
        let (sign, role) = if p.given {
            (s.theme().glyphs.full, Role::Accent)
        } else if p.shut.is_some() {
            ("×", Role::Quiet)
        } else {
            (" ", Role::Text)
        };
        s.split(vec![Span::raw(" "), s.span(Role::Accent, sign), s.span(role, &p.name)], vec![s.span(Role::Quiet, &p.to), Span::raw(" ")]);
        s.door(at, Target::Promise(p.promise, p.agency));
    }
}
