//! Everything that may be ordered besides proposals.
//!
//! ```text
//!  1 Tasks  2 Asks  3 Promises  4 Reforms  5 How sure  6 Withdraw
//! ──────────────────────────────────────────────────────────┬──────────────────
//! ▸ Ask the FBI for a case    2 to 4 weeks   –      1 staff │ what it is,
//!   Signals collection        under way      ×      1 staff │ why it is shut
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::engine::Order;
use crate::order::Arrange;
use crate::prose::facts::{ActionRow, Actions, PromiseRow};
use crate::prose::words;
use crate::scenario::model::{CampaignIx, TaskIx};
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{list, parts};

/// Its pages, in order.
pub const PAGES: [&str; 6] = ["Tasks", "Asks", "Promises", "Reforms", "How sure", "In force"];

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
        0 => tasks(&mut s, scene, &a.tasks),
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

/// Tasks down, campaigns across; a cell is how long it takes, or what runs.
fn tasks(s: &mut Page, scene: &Scene<'_>, all: &[ActionRow]) {
    let Some(rules) = scene.rules() else { return };
    let of = |r: &ActionRow| match r.order {
        Order::Task { task, campaign } => Some((task, campaign)),
        _ => None,
    };
    let mut campaigns: Vec<CampaignIx> = Vec::new();
    let mut list: Vec<TaskIx> = Vec::new();
    for (task, campaign) in all.iter().filter_map(of) {
        if !list.contains(&task) {
            list.push(task);
        }
        campaigns.extend(campaign.filter(|c| !campaigns.contains(c)));
    }
    campaigns.arrange_by_key(|c| *c);
    s.head("COLLECTION AND INVESTIGATION", "costs");
    let cost = all.iter().map(|r| text::width(&r.cost)).max().unwrap_or(7);
    let name = list.iter().map(|t| text::width(&rules.tasks[*t].name)).max().unwrap_or(10);
    let column = 12;
    let name = name.min(s.width.saturating_sub(campaigns.len() * column + cost + 6)).max(12);
    if campaigns.len() > 1 {
        let names: Vec<Vec<String>> =
            campaigns.iter().map(|c| text::wrap(&rules.campaigns[*c].name, column - 1)).collect();
        for n in 0..names.iter().map(Vec::len).max().unwrap_or(0) {
            let mut heads = vec![Span::raw(" ".repeat(name + 3))];
            for lines in &names {
                let words = pad(lines.get(n).map_or("", String::as_str), column - 1);
                heads.push(s.span(Role::Quiet, format!("{words} ")));
            }
            s.line(heads);
        }
    }
    for task in list {
        let mine: Vec<&ActionRow> =
            all.iter().filter(|r| of(r).is_some_and(|(t, _)| t == task)).collect();
        let at = s.at();
        let shut = mine.iter().all(|r| r.shut.is_some());
        let role = if shut { Role::Quiet } else { Role::Text };
        let lead = text::wrap(&rules.tasks[task].name, name);
        let mut spans = vec![
            Span::raw("  "),
            s.span(role, format!("{} ", pad(lead.first().map_or("", |l| l), name))),
        ];
        for c in &campaigns {
            let cell = mine.iter().find(|r| of(r).is_some_and(|(_, on)| on == Some(*c)));
            let (role, words) = match cell {
                None => (Role::Quiet, "–".to_owned()),
                Some(r) if !r.so.is_empty() => (Role::Accent, r.so.to_owned()),
                Some(r) if r.shut.is_some() => (Role::Quiet, "×".to_owned()),
                Some(_) => (Role::Text, words::span_in_short(rules.tasks[task].takes)),
            };
            spans.push(s.span(role, format!("{} ", pad(&words, column - 1))));
        }
        if let [only] = mine.as_slice()
            && campaigns.is_empty()
        {
            spans.push(s.span(Role::Text, &only.takes));
        }
        let price = mine.first().map_or("", |r| r.cost.as_str());
        s.split(spans, vec![s.span(Role::Quiet, price), Span::raw(" ")]);
        for line in lead.iter().skip(1) {
            s.line(vec![Span::raw("  "), s.span(role, line)]);
        }
        let to = match mine.as_slice() {
            [only] => Target::Give(only.order),
            _ => Target::Task(task),
        };
        s.link(at, to);
    }
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
        if let Some(door) = w.door {
            let at = s.at();
            s.entry(
                vec![Span::raw("  "), s.span(Role::Text, &w.text)],
                vec![s.span(Role::Quiet, &w.when), Span::raw(" ")],
            );
            s.text(Role::Quiet, 4, &w.takes_with_it);
            s.link(at, Target::To(door));
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
