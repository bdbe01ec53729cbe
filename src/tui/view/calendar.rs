//! Dates: turns along a line, windows and their heat, what is under way, what is due.
//!
//! ```text
//!  TURNS   10 Sep · 24 Sep · ▼ 8 Oct · 22 Oct …
//!  WINDOWS
//!   Summit in Buenos Aires   20 Nov to 7 Dec   ▁▁▂▅█▃▁  hot, peak 1 Dec
//!  UNDER WAY                               │ COMING UP
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose::facts::{Calendar, Door, WindowRow};
use crate::text;

use super::super::app::App;
use super::super::facts::Facts;
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, pad};
use super::super::theme::{Role, Theme};

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    let Facts::Calendar(c) = &app.facts else { return Plan::default() };
    let mut plan = Plan::default();
    let mut top = Sheet::new(&app.theme, area.width);
    turns(&mut top, c);
    windows(&mut top, c);
    let wide = area.width >= super::WIDE;
    let mut work = Sheet::new(&app.theme, if wide { area.width / 2 } else { area.width });
    under_way(&mut work, c);
    let mut due = Sheet::new(&app.theme, if wide { area.width - area.width / 2 - 1 } else { area.width });
    coming(&mut due, c);
    if wide {
        let high = u16::try_from(top.rows.len()).unwrap_or(0).min(area.height * 2 / 3);
        plan.pane(Rect { height: high, ..area }, top);
        plan.level.push((area.x, area.y + high, area.width, String::new()));
        let below = Rect { y: area.y + high + 1, height: area.height.saturating_sub(high + 1), ..area };
        let half = area.width / 2;
        plan.pane(Rect { width: half, ..below }, work);
        plan.upright.push((area.x + half, below.y, below.height));
        plan.pane(Rect { x: area.x + half + 1, width: area.width - half - 1, ..below }, due);
    } else {
        top.gap();
        top.extend(due);
        top.gap();
        top.extend(work);
        plan.pane(area, top);
    }
    plan
}

fn turns(s: &mut Sheet, c: &Calendar) {
    s.head("TURNS", &format!("{} of {}", c.now + 1, c.turns.len()));
    let theme = s.theme();
    let cell = c.turns.iter().map(|t| text::width(t)).max().unwrap_or(6) + 2;
    let per_row = (s.width.saturating_sub(2) / cell).max(1);
    for (row, chunk) in c.turns.chunks(per_row).enumerate() {
        let mut spans = vec![Span::raw(" ")];
        for (n, t) in chunk.iter().enumerate() {
            let n = row * per_row + n;
            let (mark, role) = match n.cmp(&c.now) {
                std::cmp::Ordering::Less => (" ", Role::Quiet),
                std::cmp::Ordering::Equal => (theme.glyphs.cursor, Role::Accent),
                std::cmp::Ordering::Greater => (" ", Role::Text),
            };
            spans.push(s.span(role, format!("{mark}{}", pad(t, cell - 1))));
        }
        s.line(spans);
    }
}

fn windows(s: &mut Sheet, c: &Calendar) {
    if c.windows.is_empty() {
        return;
    }
    s.gap();
    s.head("WINDOWS", "heat by turn");
    let theme = s.theme();
    let name = s.width.saturating_sub(c.turns.len() + 37).clamp(14, 50);
    for w in &c.windows {
        let at = s.at();
        let role = if w.now { Role::Warning } else { Role::Text };
        let sign = if w.now { "!" } else { " " };
        s.split(
            vec![s.span(role, format!(" {sign}{} ", pad(&w.name, name))), s.span(Role::Quiet, dates(w, s.width))],
            vec![s.span(Role::Quiet, format!("{} ", w.word)), s.span(role, heat(theme, &w.heat)), Span::raw(" ")],
        );
        if !w.source.is_empty() && s.width >= 120 {
            s.text(Role::Quiet, 3, &w.source);
        }
        s.door(at, Target::To(Door::Window(w.window)));
    }
}

/// From when to when; with room, when it is at its height.
fn dates(w: &WindowRow, width: usize) -> String {
    if width < 120 || w.peak == w.from { format!("{} to {}", w.from, w.to) } else { format!("{} to {}, at its height {}", w.from, w.to, w.peak) }
}

/// Heat by turn on its own fixed scale, 0 to 100.
fn heat(theme: &Theme, values: &[i32]) -> String {
    values.iter().map(|v| if *v <= 0 { theme.glyphs.track } else { theme.glyphs.spark[usize::try_from((v * 7 / 100_000).clamp(0, 7)).unwrap_or(0)] }).collect()
}

fn under_way(s: &mut Sheet, c: &Calendar) {
    s.head("UNDER WAY AND IN FORCE", "");
    if c.work.is_empty() {
        s.text(Role::Quiet, 2, "Nothing yet.");
    }
    for (n, w) in c.work.iter().enumerate() {
        let at = s.at();
        s.split(vec![Span::raw("  "), s.span(Role::Text, &w.text)], vec![s.span(Role::Quiet, text::cut(&w.when, s.width / 2)), Span::raw(" ")]);
        s.door(at, Target::Work(n));
    }
    if !c.reforms.is_empty() {
        s.gap();
        s.head("REFORMS", "");
        for r in &c.reforms {
            s.split(vec![Span::raw("  "), s.span(Role::Text, &r.name)], vec![s.span(Role::Quiet, &r.takes), Span::raw(" ")]);
        }
    }
}

fn coming(s: &mut Sheet, c: &Calendar) {
    s.head("COMING UP", "");
    for d in &c.coming {
        let at = s.at();
        let lead = vec![s.span(Role::Quiet, format!("  {} ", pad(&d.date, 8)))];
        s.hanging(lead, 11, Role::Text, &d.what);
        if let Some(door) = d.door {
            s.door(at, Target::To(door));
        }
    }
}
