//! How it came out, in seven pages; every one opens further.
//!
//! ```text
//!  1 Ending  2 Outcome  3 Line  4 World  5 Other side  6 Causes  7 Critics
//!
//!  Outcome, by this scenario's assumptions          your guidance
//!   Security        ████████▌······|·······  52     ●●●●
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::num::Milli;
use crate::prose::facts::Item;
use crate::prose::review::{Debrief, LineRow};
use crate::text;

use super::super::app::App;
use super::super::facts::Facts;
use super::super::screen::Target;
use super::super::sheet::{Plan, Sheet, pad, right};
use super::super::theme::{Role, Theme};
use super::{briefing, parts};

/// Its pages, in order.
pub const PAGES: [&str; 7] = ["Ending", "Outcome", "Line", "World", "Other side", "Causes", "Critics"];

pub fn plan(app: &App, area: Rect) -> Plan<'_> {
    let (Facts::Debrief(d), Some(play)) = (&app.facts, &app.play) else { return Plan::default() };
    let mut plan = Plan::default();
    let body = super::tabs(app, area, &PAGES, play.debrief, &mut plan);
    let width = if play.debrief == 0 || play.debrief == 6 { briefing::page(body) } else { body };
    let mut s = Sheet::new(&app.theme, width.width);
    match play.debrief {
        0 => ending(&mut s, d),
        1 => outcome(&mut s, d),
        2 => lines(&mut s, d, app.size.1 >= 40),
        3 => world(&mut s, d),
        4 => other_side(&mut s, d),
        5 => causes(&mut s, d),
        _ => critics(&mut s, d),
    }
    plan.pane(width, s);
    plan
}

fn ending(s: &mut Sheet, d: &Debrief) {
    s.blank();
    s.head(&d.title.to_uppercase(), &d.scenario);
    s.blank();
    if !d.over {
        s.text(Role::Warning, 1, "! The game is not over: what is hidden stays hidden.");
        s.blank();
    }
    for p in &d.ending {
        s.text(Role::Text, 1, p);
        s.blank();
    }
    s.text(Role::Quiet, 1, &d.premise);
    for c in &d.cautions {
        s.gap();
        s.text(Role::Quiet, 1, c);
    }
    items(s, "WHAT CAME AFTER", &d.aftermath);
}

fn outcome(s: &mut Sheet, d: &Debrief) {
    s.head("SIX LENSES", "what you said mattered");
    s.text(Role::Quiet, 1, &d.guidance);
    s.gap();
    let theme = s.theme();
    let name = d.lenses.iter().map(|l| text::width(&l.name)).max().unwrap_or(10).min(28) + 1;
    let bar = s.width.saturating_sub(name + 22).min(60);
    for l in &d.lenses {
        let shown = l.scaled.unwrap_or(l.raw);
        let full = usize::try_from(i64::from(shown.clamp(0, 100_000)) * bar as i64 / 100_000).unwrap_or(0);
        let points = usize::from(l.points);
        let glyphs = theme.glyphs;
        let dots = format!("{}{}", glyphs.full.repeat(points), glyphs.hollow.repeat(4usize.saturating_sub(points)));
        s.line(vec![
            s.span(Role::Text, format!(" {}", pad(&l.name, name))),
            s.span(Role::Accent, glyphs.fill[7].repeat(full)),
            s.span(Role::Rule, glyphs.track.repeat(bar.saturating_sub(full))),
            s.span(Role::Title, right(&l.raw_text, 9)),
            s.span(if points > 0 { Role::Accent } else { Role::Quiet }, format!("   {dots}")),
        ]);
        if s.width > 100 {
            s.text(Role::Quiet, name + 1, &l.means);
        }
    }
    s.gap();
    s.text(Role::Quiet, 1, &d.premise);
    s.gap();
    s.head("HOW SURE YOU WERE", "");
    for r in &d.calibration.rows {
        s.text(Role::Text, 2, r);
    }
    s.text(Role::Quiet, 2, &d.calibration.score);
    if !d.advisers.is_empty() {
        s.gap();
        s.head("WHOSE PREDICTIONS HELD", "");
        for a in &d.advisers {
            parts::labelled(s, &a.name, 24, Role::Text, &a.text);
        }
    }
}

fn lines(s: &mut Sheet, d: &Debrief, tall: bool) {
    s.head("THE LINE", "yours, and the record's where there is one");
    let theme = s.theme();
    let turns = d.lines.iter().map(|l| l.values.len()).max().unwrap_or(1).max(1);
    let columns = s.width.saturating_sub(30).max(10);
    let cell = (columns / turns).clamp(1, 4);
    for l in &d.lines {
        s.gap();
        let at = s.at();
        s.split(vec![Span::raw("  "), s.span(Role::Title, &l.name)], vec![s.span(Role::Quiet, &l.text), Span::raw(" ")]);
        s.door(at, Target::To(crate::prose::facts::Door::Indicator(l.indicator)));
        let rows = if tall { 3 } else { 1 };
        chart(s, theme, l, cell, rows);
    }
    let marks: Vec<&(usize, String)> = d.lines.first().map_or_else(Vec::new, |l| l.marks.iter().collect());
    if !marks.is_empty() {
        s.gap();
        s.head("YOUR DECISIONS", "");
        for (turn, what) in marks {
            let lead = vec![s.span(Role::Accent, format!("  {} turn {:<3}", theme.glyphs.marker, turn + 1))];
            s.hanging(lead, 13, Role::Text, what);
        }
    }
    if !d.history.is_empty() {
        s.gap();
        s.head("WHAT WAS DONE THEN, ON THE RECORD", "");
        for h in &d.history {
            s.text(Role::Text, 2, h);
        }
    }
}

/// A value over the turns as a column chart of `rows` rows; below it the record's line and where decisions fell.
fn chart(s: &mut Sheet, theme: &Theme, l: &LineRow, cell: usize, rows: usize) {
    let all = l.values.iter().copied().chain(l.history.iter().map(|h| h.1));
    let (mut low, mut high) = (all.clone().min().unwrap_or(l.least), all.max().unwrap_or(l.most));
    let span = (l.most - l.least).max(1) / 5;
    if high - low < span {
        low = (low - span / 2).max(l.least);
        high = low + span;
    }
    let levels = (rows * 8) as i64;
    let height = |v: Milli| (i64::from(v) - i64::from(low)) * (levels - 1) / i64::from((high - low).max(1));
    for row in (0..rows).rev() {
        let mut bars = String::new();
        for v in &l.values {
            let at = height(*v) - (row as i64) * 8;
            let glyph = if at < 0 { " " } else { theme.glyphs.spark[usize::try_from(at.min(7)).unwrap_or(0)] };
            bars.push_str(&glyph.repeat(cell));
        }
        let label = if row + 1 == rows {
            scale(high)
        } else if row == 0 {
            scale(low)
        } else {
            String::new()
        };
        let lead = if rows == 1 { right("yours", 9) } else { right(&label, 9) };
        s.line(vec![s.span(Role::Quiet, format!("{lead} ")), s.span(Role::Accent, bars)]);
    }
    if !l.history.is_empty() {
        let mut bars = String::new();
        for n in 0..l.values.len() {
            let at = l.history.iter().rev().find(|h| h.0 <= n).map(|h| (i64::from(h.1) - i64::from(low)) * 7 / i64::from((high - low).max(1)));
            let glyph = at.map_or(" ", |at| theme.glyphs.spark[usize::try_from(at.clamp(0, 7)).unwrap_or(0)]);
            bars.push_str(&glyph.repeat(cell));
        }
        s.line(vec![s.span(Role::Quiet, format!("{} ", right("record", 9))), s.span(Role::Quiet, bars)]);
    }
    if !l.marks.is_empty() {
        let mut row = String::new();
        for n in 0..l.values.len() {
            let mark = l.marks.iter().any(|m| m.0 == n);
            row.push_str(if mark { theme.glyphs.marker } else { " " });
            row.push_str(&" ".repeat(cell - 1));
        }
        s.line(vec![s.span(Role::Quiet, format!("{} ", right("you acted", 9))), s.span(Role::Warning, row)]);
    }
}

fn scale(v: Milli) -> String {
    format!("{}", (v + 500) / 1000)
}

fn world(s: &mut Sheet, d: &Debrief) {
    let w = &d.world;
    s.head("THE WORLD", if w.fixed { "fixed for this game" } else { "drawn for this game; nobody knows which is true" });
    s.text(Role::Title, 1, &w.name);
    s.text(Role::Text, 1, &w.means);
    if !w.belief.is_empty() {
        s.gap();
        s.head("WHAT COULD BE BELIEVED OF IT AT THE END", "");
        for l in &w.belief {
            parts::likelihood(s, l, "", 2);
        }
    }
    for t in &w.tells {
        s.text(Role::Quiet, 2, t);
    }
    if !w.traits.is_empty() {
        s.gap();
        s.head("THE OTHER SIDE'S HAND", "");
        for (name, value) in &w.traits {
            parts::labelled(s, &format!(" {name}"), 26, Role::Text, value);
        }
    }
    if !d.truths.is_empty() {
        s.gap();
        s.head("WHAT WAS TRUE", "drawn for this game");
        for t in &d.truths {
            let lead = vec![s.span(Role::Quiet, format!("  {}: {} ", t.campaign, t.asks))];
            let indent = lead[0].width().min(s.width / 2);
            s.hanging(lead, indent, Role::Text, &t.truth);
            s.text(Role::Quiet, 4, &format!("you held it {}% {}", t.believed.percent, t.believed.word));
            s.text(Role::Quiet, 4, &t.record);
        }
    }
    items(s, "WHAT THERE WAS TO SEE", &w.evidence);
}

fn other_side(s: &mut Sheet, d: &Debrief) {
    s.head("TURN BY TURN, BOTH SIDES OPEN", "");
    let arrow = s.theme().glyphs.right;
    for t in &d.turns {
        s.gap();
        let lead = vec![s.span(Role::Title, format!(" {:>2}  {}", t.turn + 1, t.date))];
        s.line(lead);
        for o in &t.orders {
            let lead = vec![s.span(Role::Accent, "     you   ")];
            s.hanging(lead, 11, Role::Text, o);
        }
        for r in &t.results {
            s.text(Role::Quiet, 11, &format!("{arrow} {r}"));
        }
        if !t.response.is_empty() {
            let lead = vec![s.span(Role::Warning, "     they  ")];
            let unseen = if t.seen { "" } else { " (you did not see it)" };
            s.hanging(lead, 11, Role::Text, &format!("{}{unseen}", t.response));
            s.text(Role::Quiet, 11, &t.meant);
        }
        if let Some(top) = t.worlds.iter().max_by_key(|w| w.percent) {
            s.text(Role::Quiet, 11, &format!("then most believed: {} {}%", top.says, top.percent));
        }
    }
}

fn causes(s: &mut Sheet, d: &Debrief) {
    s.head("WHAT MOVED WHAT, EXACTLY", "largest first");
    let name = 22;
    for c in &d.causes {
        let indicator = d.lines.iter().find(|l| l.indicator == c.indicator).map_or("", |l| l.name.as_str());
        let at = s.at();
        let lead = vec![s.span(Role::Text, format!("  {}", pad(indicator, name))), s.span(Role::Title, right(&c.amount_text, 7)), Span::raw("  ")];
        // The amount and the name stand in columns of their own here.
        let text = c.text.split_once(&format!("{}: ", c.amount_text)).map_or(c.text.as_str(), |t| t.1);
        s.hanging(lead, name + 11, Role::Text, text);
        s.text(Role::Quiet, name + 11, &c.origin);
        s.doors.push(super::super::sheet::Door { row: at, rows: 1, to: Target::To(crate::prose::facts::Door::Indicator(c.indicator)) });
    }
    s.gap();
    s.text(Role::Quiet, 1, &d.ledger_note);
}

fn critics(s: &mut Sheet, d: &Debrief) {
    items(s, "WHAT CRITICS WOULD SAY", &d.critics);
    if !d.questions.is_empty() {
        s.gap();
        s.head("TO ARGUE ABOUT", "");
        for (n, q) in d.questions.iter().enumerate() {
            let lead = vec![s.span(Role::Accent, format!("  {} ", n + 1))];
            s.hanging(lead, 4, Role::Text, q);
        }
    }
}

fn items(s: &mut Sheet, title: &str, list: &[Item]) {
    if list.is_empty() {
        return;
    }
    s.gap();
    s.head(title, "");
    for i in list {
        s.gap();
        s.text(Role::Title, 2, &i.title);
        s.text(Role::Text, 2, &i.body);
        s.text(Role::Quiet, 2, &i.label);
    }
}
