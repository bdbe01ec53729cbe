//! Everything that may be ordered besides proposals.
//!
//! ```text
//!  1 Tasks  2 Asks  3 Promises  4 Reforms  5 How sure  6 Withdraw
//! ──────────────────────────────────────────────────────────┬──────────────────
//! ▸ Ask the FBI for a case                Justice   1 staff │ what it is,
//! × Signals collection                                      │ why it is shut
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::engine::Order;
use crate::prose::facts::{ActionRow, Actions, PromiseRow};

use super::parts;
use crate::tui::app::App;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::screen::Target;
use crate::tui::theme::Role;

/// Its pages, in order.
pub const PAGES: [&str; 6] = ["Tasks", "Asks", "Promises", "Reforms", "How sure", "Withdraw"];

pub fn layout(app: &App, area: Rect) -> PageLayout<'_> {
    let (Facts::Act(a), Some(play)) = (&app.facts, &app.play) else { return PageLayout::default() };
    let mut over = PageLayout::default();
    let body = super::tabs(app, area, &PAGES, play.tab, &mut over);
    let mut layout = super::with_detail(app, body, 55, |width| page(app, a, play.tab, width));
    layout.panes.extend(over.panes);
    layout.horizontal_rules.extend(over.horizontal_rules);
    layout.spots.extend(over.spots);
    layout
}

fn page<'a>(app: &'a App, a: &Actions, tab: usize, width: u16) -> Page<'a> {
    let mut s = Page::new(&app.theme, width);
    match tab {
        0 => rows(&mut s, "COLLECTION AND INVESTIGATION", &a.tasks),
        1 => rows(&mut s, "WHAT OTHERS MAY BE ASKED", &a.asks),
        2 => promises(&mut s, &a.promises),
        3 => rows(&mut s, "THE OFFICE ITSELF", &a.reforms),
        4 => sure(&mut s, a),
        _ => withdrawals(&mut s, a),
    }
    if s.links.is_empty() {
        s.text(Role::Quiet, 2, "Nothing of the kind now.");
    }
    s
}

fn rows(s: &mut Page, title: &str, rows: &[ActionRow]) {
    s.head(title, "");
    let cost = costs(rows);
    for r in rows {
        row(s, r, cost);
    }
}

fn sure(s: &mut Page, a: &Actions) {
    s.head("HOW SURE ARE YOU THAT", "of 100");
    for p in &a.propositions {
        let at = s.at();
        let said = if p.judged.is_empty() {
            if p.stated == 0 {
                "not stated".to_owned()
            } else {
                format!("{}% {}", p.stated, p.word)
            }
        } else {
            p.judged.to_owned()
        };
        let role = if p.shut.is_some() { Role::Quiet } else { Role::Text };
        // The statement whole, beside what was said of it.
        let room = s.width.saturating_sub(20).max(20);
        for (n, line) in crate::text::wrap(&p.says, room).into_iter().enumerate() {
            let end = if n == 0 { said.as_str() } else { "" };
            s.entry(
                vec![Span::raw("  "), s.span(role, line)],
                vec![s.span(Role::Quiet, end), Span::raw(" ")],
            );
        }
        s.link(at, Target::Sure(p.proposition));
    }
}

fn withdrawals(s: &mut Page, a: &Actions) {
    s.head("UNDER WAY OR IN FORCE", "");
    for w in &a.withdrawals {
        if let Some((instrument, target)) = w.withdraw {
            let at = s.at();
            s.entry(
                vec![Span::raw("  "), s.span(Role::Text, &w.text)],
                vec![s.span(Role::Quiet, &w.when), Span::raw(" ")],
            );
            s.link(at, Target::Give(Order::Withdraw { instrument, target }));
        }
    }
}

/// Columns the longest price takes.
pub fn costs(rows: &[ActionRow]) -> usize {
    rows.iter()
        .map(|r| crate::text::width(if r.shut.is_some() { r.so } else { &r.cost }))
        .max()
        .unwrap_or(0)
}

/// A task, an ask or a reform in one line; prices have so many columns.
pub fn row(s: &mut Page, r: &ActionRow, cost: usize) {
    let at = s.at();
    let (sign, role) = parts::standing(
        (!r.so.is_empty()).then_some((s.theme().glyphs.full, Role::Text)),
        r.shut.is_some(),
    );
    let end = if r.shut.is_some() { r.so.to_owned() } else { r.cost.clone() };
    let by = if s.width >= 60 && !r.by.is_empty() {
        format!("{} ", pad(&r.by, 9))
    } else {
        String::new()
    };
    s.entry(
        vec![Span::raw(" "), s.span(Role::Quiet, sign), s.span(role, &r.name)],
        vec![
            s.span(Role::Quiet, by),
            s.span(Role::Quiet, crate::tui::page::right(&end, cost.max(crate::text::width(&end)))),
            Span::raw(" "),
        ],
    );
    s.link(at, Target::Give(r.order));
}

/// Promises, each to whom.
pub fn promises(s: &mut Page, rows: &[PromiseRow]) {
    if rows.is_empty() {
        return;
    }
    s.gap();
    s.head("PROMISES", "to");
    for p in rows {
        promise(s, p);
    }
}

/// One that may be made, or was.
pub fn promise(s: &mut Page, p: &PromiseRow) {
    let at = s.at();
    let (sign, role) =
        parts::standing(p.given.then_some((s.theme().glyphs.full, Role::Accent)), p.shut.is_some());
    s.entry(
        vec![Span::raw(" "), s.span(Role::Accent, sign), s.span(role, &p.name)],
        vec![s.span(Role::Quiet, &p.to), Span::raw(" ")],
    );
    s.link(at, Target::Promise(p.promise, p.agency));
}
