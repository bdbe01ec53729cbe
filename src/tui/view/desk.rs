//! The desk: how things stand, what is on it, what is on the agenda, who is in the room.
//!
//! ```text
//!  HOW THINGS STAND                     │ ON YOUR DESK                      4 new
//!   Theft tempo  ~61 ▂▃▄▅▆▆  +4 high    │ !! Justice  asks: allies on our date?
//!   …                                   │ AGENDA
//!  LIVE FILES                      until│  1 Joint statement, Deputies
//! ▸ Sanctions, Haitai     Justice 24 Dec│ COMING UP
//! ─ THE ROOM ───────────────────────────┴────────────────────────────────────────
//!  Treasury − wary   Justice + with you   …
//! ```
//! Wide: a third column opens what is under the cursor.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose::facts::{Desk, Door};
use crate::text;

use super::super::app::App;
use super::super::facts::Facts;
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, pad};
use super::super::theme::Role;
use super::{detail, parts};

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    let Facts::Desk(d) = &app.facts else { return Plan::default() };
    let mut plan = Plan::default();
    let wide = super::opens_beside((area.width, area.height));
    let room = room(app, d, area.width);
    let room_high = u16::try_from(room.rows.len()).unwrap_or(2).min(area.height / 4);
    let upper = Rect { height: area.height.saturating_sub(room_high + 1), ..area };
    let left = if wide { area.width * 39 / 100 } else { area.width / 2 + 2 };
    let middle = if wide { area.width * 29 / 100 } else { area.width - left - 1 };

    let stand = stand(app, d, left);
    let files = files(app, d, left);
    let stand_high = u16::try_from(stand.rows.len()).unwrap_or(0);
    let files_high = u16::try_from(files.rows.len()).unwrap_or(0);
    // Figures give way first, but never below six.
    let stand_high = stand_high.min(upper.height.saturating_sub(files_high + 1).max(7)).min(upper.height);
    plan.pane(Rect { width: left, height: stand_high, ..upper }, stand);
    let y = upper.y + stand_high + 1;
    plan.pane(Rect { width: left, y, height: upper.bottom().saturating_sub(y), ..upper }, files);
    plan.upright.push((area.x + left, upper.y, upper.height));

    let x = area.x + left + 1;
    let mut y = upper.y;
    let inbox = inbox(app, d, middle);
    let agenda = agenda(app, d, middle);
    let coming = coming(app, d, middle);
    let sizes = share(upper.height, [inbox.rows.len(), agenda.rows.len(), coming.rows.len()]);
    for (sheet, high) in [inbox, agenda, coming].into_iter().zip(sizes) {
        if high > 0 {
            plan.pane(Rect { x, y, width: middle, height: high }, sheet);
            y += high + 1;
        }
    }
    if wide {
        let x = x + middle;
        plan.upright.push((x, upper.y, upper.height));
        let right = Rect { x: x + 1, y: upper.y, width: area.right() - x - 1, height: upper.height };
        if let Some(sheet) = app.place().target(&plan).and_then(|t| detail::sheet(app, t, right.width)) {
            plan.pane(right, sheet);
        }
    }
    plan.level.push((area.x, upper.bottom(), area.width, "THE ROOM".to_owned()));
    plan.pane(Rect { y: upper.bottom() + 1, height: room_high, ..area }, room);
    plan
}

/// Rows for three parts one above the other, an empty row between them: what the first leaves, the next takes.
fn share(height: u16, wants: [usize; 3]) -> [u16; 3] {
    let wants = wants.map(|w| u16::try_from(w).unwrap_or(u16::MAX));
    let gaps = u16::try_from(wants.iter().filter(|w| **w > 0).count()).unwrap_or(0).saturating_sub(1);
    let mut left = height.saturating_sub(gaps);
    let mut out = [0; 3];
    for n in 0..3 {
        // Each later part keeps up to four rows.
        let kept: u16 = wants[n + 1..].iter().map(|w| (*w).min(4)).sum();
        out[n] = wants[n].min(left.saturating_sub(kept).max(left.min(3)));
        left = left.saturating_sub(out[n]);
    }
    out
}

fn stand<'a>(app: &'a App, d: &Desk, width: u16) -> Sheet<'a> {
    let mut s = Sheet::new(&app.theme, width);
    s.head("HOW THINGS STAND", "");
    let name = if width > 46 { 21 } else { 11 };
    let sparks = if width < 38 { 0 } else { usize::from(width).saturating_sub(name + 26).clamp(5, 14) };
    for f in &d.figures {
        let at = s.at();
        parts::figure(&mut s, f, name, sparks);
        s.door(at, Target::To(Door::Indicator(f.indicator)));
    }
    s
}

fn files<'a>(app: &'a App, d: &Desk, width: u16) -> Sheet<'a> {
    let mut s = Sheet::new(&app.theme, width);
    s.head("LIVE FILES", if d.files.is_empty() { "" } else { "until" });
    if d.files.is_empty() {
        s.text(Role::Quiet, 2, "None. p proposes anything.");
    }
    for (n, f) in d.files.iter().enumerate() {
        let at = s.at();
        let (sign, role) = if f.on_agenda {
            (s.theme().glyphs.full, Role::Accent)
        } else if f.shut.is_some() {
            ("×", Role::Quiet)
        } else if f.is_new {
            (s.theme().glyphs.marker, Role::Text)
        } else {
            (" ", Role::Text)
        };
        let until = s.span(if f.expires { Role::Warning } else { Role::Quiet }, format!(" {}{} ", if f.expires { "! " } else { "" }, f.until));
        let mut end = vec![until];
        if width >= 48 {
            end.insert(0, s.span(Role::Quiet, format!(" {}", pad(&f.sponsor, 8))));
        }
        s.split(vec![Span::raw(" "), s.span(Role::Accent, sign), s.span(role, &f.name)], end);
        s.door(at, Target::File(n));
    }
    s
}

fn inbox<'a>(app: &'a App, d: &Desk, width: u16) -> Sheet<'a> {
    let mut s = Sheet::new(&app.theme, width);
    let open = d.inbox.iter().filter(|r| r.prompt.is_some() && !r.answered).count();
    s.head("ON YOUR DESK", &if open > 0 { format!("{open} to answer") } else { String::new() });
    if d.inbox.is_empty() {
        s.text(Role::Quiet, 2, "Nothing waits for an answer.");
    }
    for (n, r) in d.inbox.iter().enumerate() {
        let at = s.at();
        let (sign, role) = match (r.prompt.is_some(), r.answered) {
            (true, false) => ("!!", Role::Loud),
            (true, true) => ("ok", Role::Quiet),
            (false, _) => ("  ", Role::Text),
        };
        s.line(vec![
            Span::raw(" "),
            s.span(role, sign),
            s.span(Role::Quiet, format!(" {} ", pad(&r.from, 9))),
            s.span(if role == Role::Loud { Role::Title } else { Role::Text }, &r.title),
        ]);
        s.door(at, Target::Memo(n));
    }
    s
}

fn agenda<'a>(app: &'a App, d: &Desk, width: u16) -> Sheet<'a> {
    let mut s = Sheet::new(&app.theme, width);
    s.head("THIS TURN", if d.agenda.is_empty() { "" } else { "u undo" });
    if d.agenda.is_empty() {
        s.text(Role::Quiet, 2, "Nothing ordered yet.");
    }
    for (n, r) in d.agenda.iter().enumerate() {
        let at = s.at();
        s.line(vec![Span::raw(" "), s.span(Role::Accent, format!("{} ", n + 1)), s.span(Role::Text, &r.text)]);
        if !r.detail.is_empty() {
            s.line(vec![Span::raw("   "), s.span(Role::Quiet, &r.detail)]);
        }
        s.door(at, Target::Order(r.order));
    }
    s
}

fn coming<'a>(app: &'a App, d: &Desk, width: u16) -> Sheet<'a> {
    let mut s = Sheet::new(&app.theme, width);
    if !d.work.is_empty() {
        s.head("UNDER WAY", "");
        for (n, w) in d.work.iter().enumerate() {
            let at = s.at();
            // Beside each other where both fit; else when it comes stands below what it is.
            if text::width(&w.text) + text::width(&w.when) + 4 <= usize::from(width) {
                s.split(vec![Span::raw("  "), s.span(Role::Text, &w.text)], vec![s.span(Role::Quiet, &w.when), Span::raw(" ")]);
            } else {
                s.line(vec![Span::raw("  "), s.span(Role::Text, &w.text)]);
                s.line(vec![Span::raw("    "), s.span(Role::Quiet, &w.when)]);
            }
            s.door(at, Target::Work(n));
        }
        s.gap();
    }
    // When a file ends stands with the file.
    let coming: Vec<_> = d.coming.iter().filter(|c| !matches!(c.door, Some(Door::File(_)))).collect();
    if !coming.is_empty() {
        s.head("COMING UP", "");
        for c in coming {
            let lead = vec![Span::raw("  "), s.span(Role::Quiet, pad(&c.date, 7))];
            parts::briefly(&mut s, lead, 10, Role::Text, &c.what, if app.size.1 >= 40 { 2 } else { 1 });
        }
    }
    for p in &d.promises {
        if p.given {
            s.line(vec![Span::raw("  "), s.span(Role::Warning, "owed "), s.span(Role::Text, format!("{}: {}", p.to, p.name))]);
        }
    }
    s
}

/// Everyone in as few rows as fit.
pub fn room<'a>(app: &'a App, d: &Desk, width: u16) -> Sheet<'a> {
    let mut s = Sheet::new(&app.theme, width);
    let short = d.room.iter().map(|r| text::width(&r.short)).max().unwrap_or(8);
    let word = d.room.iter().map(|r| text::width(&r.word)).max().unwrap_or(8).min(16);
    let cell = short + word + 5;
    let fit = (usize::from(width).saturating_sub(1) / cell.max(1)).max(1);
    let per_row = d.room.len().div_ceil(d.room.len().div_ceil(fit).max(1)).max(1);
    let cell = (usize::from(width).saturating_sub(1) / per_row).min(cell + 6);
    for chunk in d.room.chunks(per_row) {
        let mut spans = vec![Span::raw(" ")];
        for r in chunk {
            let role = match r.sign {
                "+" => Role::Good,
                "−" | "-" => Role::Bad,
                _ => Role::Quiet,
            };
            spans.push(s.span(Role::Text, format!("{} ", pad(&r.short, short))));
            spans.push(s.span(role, format!("{} ", r.sign)));
            spans.push(s.span(Role::Quiet, pad(&r.word, cell.saturating_sub(short + 3))));
        }
        s.line(spans);
    }
    s
}
