//! A measure being put together: what it is, whom each change moves, what it may do.
//!
//! ```text
//!  Sanctions for cyber theft · led by Treasury      costs 2 staff, 4 capital
//!  THE DRAFT                            │ WHO SAYS WHAT
//! ▸ Target   ← Huaying Haitai →         │  Treasury  objects   talks −9 …
//!   Scope      company                  │  Justice   presses   …
//!   Venue      Deputies                 │
//!   Because    —                        │
//! ──────────────────────────────────────┴─────────────────────────────────────────
//!  LAW     gave material support: administrative record 64, needs 60   open
//!  CLEARS  Deputies 34% unlikely · Principals 64% likely
//!  MAY DO  deterrence up (wide) · talks down (wide)
//!  HANDS   Beijing: a grievance before the summit
//! ```
//! Wide: three columns, nothing cut.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::engine::position::Stance;
use crate::prose::facts::{PositionRow, Propose};
use crate::text;

use super::super::app::App;
use super::super::facts::Facts;
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, pad, right};
use super::super::theme::Role;
use super::parts;

/// The pane of the draft's rows.
const DRAFT: usize = 1;

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    let Facts::Propose(f) = &app.facts else { return Plan::default() };
    let mut plan = Plan::default();
    let mut top = Sheet::new(&app.theme, area.width);
    let led = if f.led_by.is_empty() { String::new() } else { format!("  {}", f.led_by) };
    let left = vec![Span::raw(" "), top.span(Role::Title, &f.title), top.span(Role::Quiet, led)];
    let cost = vec![top.span(Role::Text, &f.cost), Span::raw(" ")];
    top.split(left, cost);
    plan.pane(Rect { height: 1, ..area }, top);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if area.width >= 120 {
        let a = area.width * 34 / 100;
        let b = area.width * 34 / 100;
        let mut x = body.x;
        let draft = draft(app, f, a);
        plan.pane(Rect { x, width: a, ..body }, draft);
        x += a;
        plan.upright.push((x, body.y, body.height));
        let mut who = Sheet::new(&app.theme, b);
        positions(&mut who, app, f);
        plan.pane(Rect { x: x + 1, width: b, ..body }, who);
        x += b + 1;
        plan.upright.push((x, body.y, body.height));
        let width = area.right() - x - 1;
        let mut rest = Sheet::new(&app.theme, width);
        verdict(&mut rest, f);
        gates(&mut rest, f);
        rest.gap();
        clears(&mut rest, f);
        rest.gap();
        outlook(&mut rest, f);
        plan.pane(Rect { x: x + 1, width, ..body }, rest);
        return plan;
    }
    let half = area.width / 2;
    let left = draft(app, f, half);
    let mut who = Sheet::new(&app.theme, area.width - half - 1);
    positions(&mut who, app, f);
    let wanted = u16::try_from(left.rows.len().max(who.rows.len())).unwrap_or(0);
    let upper = Rect { height: wanted.min(body.height.saturating_sub(7).max(body.height / 2)), ..body };
    plan.pane(Rect { width: half, ..upper }, left);
    plan.upright.push((upper.x + half, upper.y, upper.height));
    plan.pane(Rect { x: upper.x + half + 1, width: area.width - half - 1, ..upper }, who);
    plan.level.push((area.x, upper.bottom(), area.width, String::new()));
    let lower = Rect { y: upper.bottom() + 1, height: body.bottom().saturating_sub(upper.bottom() + 1), ..body };
    let mut rest = Sheet::new(&app.theme, area.width);
    verdict(&mut rest, f);
    gates(&mut rest, f);
    clears(&mut rest, f);
    outlook(&mut rest, f);
    plan.pane(lower, rest);
    plan
}

fn draft<'a>(app: &'a App, f: &Propose, width: u16) -> Sheet<'a> {
    let mut s = Sheet::new(&app.theme, width);
    let theme = s.theme();
    let label = 12;
    let room = usize::from(width).saturating_sub(label + 6);
    // The draft is the second pane; its doors are its rows in order.
    let place = app.place();
    let on = (place.pane == DRAFT).then(|| place.door[DRAFT]);
    s.head("THE DRAFT", "");
    for (n, row) in f.slots.iter().enumerate() {
        let at = s.at();
        let chosen = row.values.iter().find(|v| v.chosen);
        let shut = chosen.and_then(|v| v.shut.as_ref());
        let role = if shut.is_some() { Role::Warning } else { Role::Text };
        let sign = if shut.is_some() { "!" } else { " " };
        let here = on == Some(n) && row.values.len() > 1;
        let value = text::cut(&row.chosen, room);
        let mut spans = vec![s.span(Role::Quiet, format!("  {}", pad(&row.name, label - 2))), s.span(Role::Warning, sign)];
        if here {
            spans.push(s.span(Role::Text, format!("{} {value} {}", theme.glyphs.left, theme.glyphs.right)));
        } else {
            spans.push(s.span(role, format!("  {value}")));
        }
        s.line(spans);
        s.door(at, Target::Slot(n));
    }
    let because = app.play.as_ref().map_or("", |p| p.because.as_str());
    let at = s.at();
    let words = if because.is_empty() { "(your reason, quoted in the debrief)" } else { because };
    s.line(vec![
        s.span(Role::Quiet, format!("  {}", pad("Because", label - 2))),
        s.span(if because.is_empty() { Role::Quiet } else { Role::Text }, format!("   {words}")),
    ]);
    s.door(at, Target::Because);
    // What the value under the cursor is, and whom it moves.
    if let Some(row) = on.and_then(|n| f.slots.get(n)) {
        s.gap();
        let chosen = row.values.iter().find(|v| v.chosen);
        let detail = chosen.map_or(row.detail.as_str(), |v| if v.detail.is_empty() { row.detail.as_str() } else { v.detail.as_str() });
        s.text(Role::Quiet, 2, detail);
        if let Some(shut) = chosen.and_then(|v| v.shut.as_ref()) {
            parts::refused(&mut s, shut, 4);
        }
        if width >= 44 && app.size.1 >= 40 {
            s.gap();
            for v in &row.values {
                let mark = if v.chosen {
                    theme.glyphs.marker
                } else if v.shut.is_some() {
                    "×"
                } else {
                    " "
                };
                s.line(vec![s.span(Role::Accent, format!("  {mark} ")), s.span(if v.shut.is_some() { Role::Quiet } else { Role::Text }, &v.name)]);
            }
        }
    }
    s
}

/// Everyone's stance with the reasons, and who moved since the last change.
pub fn positions(s: &mut Sheet, app: &App, f: &Propose) {
    if f.positions.is_empty() {
        return;
    }
    s.head("WHO SAYS WHAT", "");
    let roomy = app.size.1 >= 40 && s.width >= 40;
    for p in &f.positions {
        let moved = moved(app, p);
        let first = p.reasons.first().map_or("", String::as_str);
        let sign = match moved {
            Some(true) => s.span(Role::Good, s.theme().glyphs.up),
            Some(false) => s.span(Role::Bad, s.theme().glyphs.down),
            None => Span::raw(" "),
        };
        let spans =
            vec![Span::raw(" "), sign, s.span(Role::Text, pad(&p.short, 9)), s.span(parts::stance(p.stance), format!("{} {}", p.sign, pad(p.word, 11)))];
        if roomy {
            let mut words = p.reasons.join(" · ");
            if !p.standing.is_empty() {
                words = format!("({}) {words}", p.standing);
            }
            s.hanging(spans, 25, Role::Quiet, &words);
        } else {
            let mut spans = spans;
            let room = s.width.saturating_sub(25);
            spans.push(s.span(Role::Quiet, text::cut(first, room)));
            s.line(spans);
        }
    }
    if !f.largest.is_empty() && roomy {
        s.gap();
        s.text(Role::Quiet, 1, &f.largest);
    }
}

/// Whether an agency came closer with the last change, went off, or stayed.
fn moved(app: &App, p: &PositionRow) -> Option<bool> {
    let before: Stance = app.play.as_ref()?.stood.iter().find(|(a, _)| *a == p.agency)?.1;
    (before != p.stance).then_some(p.stance < before)
}

/// Whether it can go on the agenda as it stands.
fn verdict(s: &mut Sheet, f: &Propose) {
    if let Some(shut) = &f.shut {
        parts::refused(s, shut, 3);
        for a in &f.asks {
            parts::labelled(s, "  ask", 9, Role::Text, &a.name);
        }
    }
}

pub fn gates(s: &mut Sheet, f: &Propose) {
    for (n, g) in f.gates.iter().enumerate() {
        let lead = if n == 0 { "LAW" } else { "" };
        let open = if g.open { s.span(Role::Good, "+ open ") } else { s.span(Role::Warning, "! shut ") };
        let left = vec![
            s.span(Role::Quiet, format!(" {}", pad(lead, 8))),
            s.span(Role::Text, format!("{} ", g.role)),
            s.span(Role::Quiet, format!("{} ", g.record)),
            s.span(Role::Title, g.has.to_string()),
            s.span(Role::Quiet, format!(", needs {}", g.needs)),
        ];
        s.split(left, vec![open]);
        if !g.open && n + 1 == f.gates.len().min(1) {
            s.text(Role::Text, 9, &g.unblock);
        }
    }
}

pub fn clears(s: &mut Sheet, f: &Propose) {
    let narrow = s.width < 60;
    for (n, v) in f.venues.iter().enumerate() {
        let lead = if n == 0 { "CLEARS" } else { "" };
        let mark = if v.chosen { s.theme().glyphs.marker } else { " " };
        let role = if v.shut.is_some() { Role::Quiet } else { Role::Text };
        let words = match &v.shut {
            Some(r) => r.what.clone(),
            None => v.cost.clone(),
        };
        s.line(vec![
            s.span(Role::Quiet, format!(" {}", pad(lead, 7))),
            s.span(Role::Accent, mark),
            s.span(role, pad(if narrow { &v.short } else { &v.name }, 15)),
            s.span(if v.chosen { Role::Title } else { role }, right(&format!("{}%", v.percent), 5)),
            s.span(role, format!(" {} ", pad(v.word, if narrow { 13 } else { 18 }))),
            s.span(Role::Quiet, words),
        ]);
    }
}

/// What it may do, what it gives away, what is least known.
pub fn outlook(s: &mut Sheet, f: &Propose) {
    let effects: Vec<&str> = f.effects.iter().map(|e| e.text.as_str()).collect();
    parts::labelled(s, "MAY DO", 9, Role::Text, &effects.join(" · "));
    for (n, (who, what)) in f.hands_over.iter().enumerate() {
        parts::labelled(s, if n == 0 { "HANDS" } else { "" }, 9, Role::Text, &format!("{who}: {what}"));
    }
    parts::labelled(s, "TAKES", 9, Role::Text, &f.takes);
    parts::labelled(s, "UNSURE", 9, Role::Quiet, &f.least_known.join(" · "));
}
