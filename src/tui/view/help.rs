//! What can be pressed where you came from, what can be pressed anywhere, and how things work.
//!
//! ```text
//!  ON THE DESK                          │ HOW IT WORKS
//!  p          propose: puts a …         │ ▸ The shape of a turn
//!  EVERYWHERE                           │   …
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose;
use crate::text;

use super::super::app::App;
use super::super::keys::{self, KEYS, On};
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, pad};
use super::super::theme::Role;

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    let mut plan = Plan::default();
    if area.width >= super::WIDE {
        let left = area.width * 60 / 100;
        let mut s = Sheet::new(&app.theme, left);
        table(app, &mut s);
        let rest = area.width - left - 1;
        let mut t = Sheet::new(&app.theme, rest);
        topics(&mut t);
        plan.pane(Rect { x: area.x + left + 1, width: rest, ..area }, t);
        plan.upright.push((area.x + left, area.y, area.height));
        plan.pane(Rect { width: left, ..area }, s);
    } else {
        let mut s = Sheet::new(&app.theme, area.width);
        topics(&mut s);
        s.gap();
        table(app, &mut s);
        plan.pane(area, s);
    }
    plan
}

fn topics(s: &mut Sheet) {
    if prose::TOPICS.is_empty() {
        return;
    }
    s.head("HOW IT WORKS", "Enter opens");
    for (n, t) in prose::TOPICS.iter().enumerate() {
        let at = s.at();
        s.line(vec![Span::raw("  "), s.span(Role::Text, t.title)]);
        s.door(at, Target::Topic(n));
    }
}

/// The rows of the table of keys, by where they hold: nearest first. Every row of the table is on this page.
fn table(app: &App, s: &mut Sheet) {
    let from = app.asked_from;
    let mut groups = vec![(On::Screen(from), format!("ON THIS SCREEN: {}", from.name().to_uppercase()))];
    if from.in_game() {
        groups.push((On::Game, "IN A GAME".to_owned()));
    }
    groups.push((On::Anywhere, "EVERYWHERE".to_owned()));
    groups.push((On::Popup, "IN A BOX OVER THE SCREEN".to_owned()));
    groups.push((On::Line, "WHILE TYPING".to_owned()));
    if !from.in_game() {
        groups.push((On::Game, "IN A GAME".to_owned()));
    }
    for screen in super::super::screen::Screen::ALL {
        if screen != from {
            groups.push((On::Screen(screen), screen.name().to_uppercase()));
        }
    }
    for (on, title) in groups {
        let rows: Vec<_> = KEYS.iter().filter(|r| r.on == on).collect();
        if rows.is_empty() {
            continue;
        }
        s.gap();
        s.head(&title, "");
        for r in rows {
            let lead = vec![s.span(Role::Accent, format!("  {} ", pad(&keys::written(r), 14)))];
            let label = if r.label.is_empty() || text::width(r.label) > 14 { String::new() } else { r.label.to_owned() };
            let mut lead = lead;
            lead.push(s.span(Role::Title, pad(&label, 15)));
            s.hanging(lead, 32, Role::Text, r.help);
        }
    }
}
