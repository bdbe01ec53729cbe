//! Why a value moved over one turn.
//!
//! ```text
//!  Talks 64 → 58 over turn 7: −6        ▃▄▅▅▆▆▅   │ VALUES
//! ▸ −5  Beijing answers the charges     reply      │  Talks 58 −6
//!       └ your decision of turn 7                  │  …
//!  −6  exactly                                     │
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose::facts::{Door, Why};

use super::super::app::App;
use super::super::facts::Facts;
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, right};
use super::super::theme::Role;
use super::parts;

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    let Facts::Why(w, figures) = &app.facts else { return Plan::default() };
    let mut plan = Plan::default();
    let wide = area.width >= super::WIDE;
    let width = if wide { area.width * 60 / 100 } else { area.width };
    plan.pane(Rect { width, ..area }, page(app, w, width));
    if wide {
        plan.upright.push((area.x + width, area.y, area.height));
        let rest = Rect { x: area.x + width + 1, width: area.width - width - 1, ..area };
        let mut s = Sheet::new(&app.theme, rest.width);
        s.head("ALL VALUES", "Tab next");
        let sparks = usize::from(rest.width).saturating_sub(45).clamp(5, 14);
        for f in figures {
            let at = s.at();
            parts::figure(&mut s, f, 20, sparks);
            s.door(at, Target::To(Door::Indicator(f.indicator)));
        }
        plan.pane(rest, s);
    }
    plan
}

fn page<'a>(app: &'a App, w: &Why, width: u16) -> Sheet<'a> {
    let mut s = Sheet::new(&app.theme, width);
    let theme = s.theme();
    s.blank();
    let f = &w.figure;
    let trend = parts::spark(theme, &f.history, f.history.len().min(20), f.least, f.most);
    let title = vec![Span::raw(" "), s.span(Role::Title, &w.title)];
    let tail = vec![s.span(Role::Quiet, trend), s.span(Role::Text, format!(" {} ", f.word))];
    s.split(title, tail);
    s.text(Role::Quiet, 1, &w.means);
    if !f.range.is_empty() {
        s.text(Role::Quiet, 1, &format!("estimated: {}", f.range));
    }
    s.blank();
    for l in &w.lines {
        let at = s.at();
        let role = Role::Text;
        let tag = if l.tag.is_empty() { Vec::new() } else { vec![s.span(Role::Quiet, &l.tag), Span::raw(" ")] };
        if l.depth == 0 {
            let amount = right(&l.amount, 6.max(crate::text::width(&l.amount)).min(18));
            let indent = crate::text::width(&amount) + 3;
            let room = s.width.saturating_sub(indent + 2 + tag.iter().map(Span::width).sum::<usize>());
            let mut parts = crate::text::wrap(&l.text, room.max(20)).into_iter();
            let first = parts.next().unwrap_or_default();
            s.split(vec![Span::raw(" "), s.span(Role::Title, amount), Span::raw("  "), s.span(role, first)], tag);
            for part in parts {
                s.line(vec![Span::raw(" ".repeat(indent)), s.span(role, part)]);
            }
        } else {
            let indent = 8 + usize::from(l.depth) * 2;
            let lead = vec![Span::raw(" ".repeat(indent - 2)), s.span(Role::Rule, format!("{} ", theme.glyphs.branch))];
            s.hanging(lead, indent, Role::Quiet, format!("{} {}", l.amount, l.text).trim());
        }
        if let Some(door) = l.door {
            s.door(at, Target::To(door));
        }
    }
    s.line(vec![Span::raw("  "), s.span(Role::Rule, theme.glyphs.horizontal.repeat(6))]);
    s.line(vec![Span::raw("  "), s.span(Role::Title, &w.total)]);
    if !w.note.is_empty() {
        s.blank();
        s.text(Role::Quiet, 1, &w.note);
    }
    s
}
