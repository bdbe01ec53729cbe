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
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::Page;
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{list, parts};

/// Its pages, in order.
pub const PAGES: [&str; 6] = ["Tasks", "Asks", "Promises", "Reforms", "How sure", "Withdraw"];

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let (Facts::Act(a), Some(play)) = (scene.facts, scene.play) else {
        return PageLayout::default();
    };
    let at = play.selection.act_page;
    let mut over = PageLayout::default();
    let body = list::tabs(scene, area, &PAGES, at, &mut over);
    let mut layout = list::with_detail(scene, body, 55, |width| page(scene, a, at, width));
    layout.panes.extend(over.panes);
    layout.horizontal_rules.extend(over.horizontal_rules);
    layout.spots.extend(over.spots);
    layout
}

fn page<'a>(scene: &Scene<'a>, a: &Actions, tab: usize, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
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
    let cost = parts::costs(rows);
    for r in rows {
        parts::action(s, r, cost);
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

/// Promises, each to whom.
fn promises(s: &mut Page, rows: &[PromiseRow]) {
    if rows.is_empty() {
        return;
    }
    s.gap();
    s.head("PROMISES", "to");
    for p in rows {
        parts::promise(s, p);
    }
}
