//! Dates: turns along a line, and under it windows by their heat, files until they close, work
//! until it may be done.
//!
//! ```text
//!  TURN 4 OF 14              1     3     5     7
//!                            3 Sep       1 Oct
//!  The summit                ······▁▁▂▂▅▅██▃▃▁▁  hot, 7 Dec
//!  A file                    ───────────◆······  11 Nov
//!  FBI's picture             ─────????·········  by 14 Jan
//!  WHAT IS UNDER WAY, IN WORDS                │ COMING UP
//! ```
//! Narrow: what is due first, then the rest, in one column.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::day::Day;
use crate::num::ONE;
use crate::prose::facts::{Calendar, Door};
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::{Scene, WIDE};
use crate::tui::screen::Target;
use crate::tui::theme::{Role, Theme};

use super::find;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let Facts::Calendar(c) = scene.facts else { return PageLayout::default() };
    let mut layout = PageLayout::default();
    let mut top = Page::new(scene.theme, area.width);
    timeline(&mut top, c);
    if area.width < WIDE {
        top.gap();
        coming(&mut top, c);
        top.gap();
        under_way(&mut top, c);
        layout.pane(area, top);
        return find::everywhere(scene, layout);
    }
    let high = u16::try_from(top.rows.len()).unwrap_or(0).min(area.height * 2 / 3);
    let rows = [Length(high), Length(1), Fill(1)];
    let [line, rule, below] = Layout::vertical(rows).areas(area);
    let columns = [Length(area.width / 2), Length(1), Fill(1)];
    let [left, middle, right] = Layout::horizontal(columns).areas(below);
    let mut work = Page::new(scene.theme, left.width);
    under_way(&mut work, c);
    let mut due = Page::new(scene.theme, right.width);
    coming(&mut due, c);
    layout.pane(line, top);
    layout.horizontal_rule(rule, "");
    layout.pane(left, work);
    layout.vertical_rule(middle);
    layout.pane(right, due);
    find::everywhere(scene, layout)
}

/// Where things stand on the line of turns: columns for names, for each turn, and for words behind
/// it.
struct Line<'c> {
    c: &'c Calendar,
    name: usize,
    cell: usize,
    tail: usize,
}

impl Line<'_> {
    /// The turn a day lies in; the number of turns for one after the last.
    fn turn(&self, day: Day) -> usize {
        self.c.opens.iter().rposition(|d| *d <= day).unwrap_or(0)
    }
    /// A row: its sign and name, its cells painted by turn, its words.
    fn row(
        &self,
        s: &mut Page,
        sign: &str,
        role: Role,
        name: &str,
        cell: impl Fn(usize) -> (Role, String),
        tail: &str,
    ) {
        let mut spans = vec![s.span(role, format!(" {}{} ", pad(sign, 1), pad(name, self.name)))];
        for n in 0..self.c.turns.len() {
            let (role, words) = cell(n);
            spans.push(s.span(role, words));
        }
        spans.push(s.span(Role::Quiet, format!(" {}", text::cut(tail, self.tail))));
        s.line(spans);
    }
}

/// Turns from left to right; under them windows by their heat, files until they close, work until
/// it may be done.
fn timeline(s: &mut Page, c: &Calendar) {
    let n = c.turns.len().max(1);
    let names = c
        .windows
        .iter()
        .map(|w| &w.name)
        .chain(c.files.iter().map(|f| &f.name))
        .chain(c.work.iter().map(|w| &w.text));
    let longest = names.map(|w| text::width(w)).max().unwrap_or(0);
    let tail = if s.width < 100 { 12 } else { 18 };
    let names = longest.clamp(12, (s.width * 2 / 5).max(12));
    let cell = (s.width.saturating_sub(names + tail + 4) / n).clamp(1, 8);
    let line = Line {
        c,
        name: longest.min(s.width.saturating_sub(cell * n + tail + 4)).max(8),
        cell,
        tail,
    };
    head(s, &line);
    if !c.windows.is_empty() {
        s.head("WINDOWS", "");
    }
    let theme = s.theme();
    for w in &c.windows {
        let at = s.at();
        let (sign, role) = if w.now { ("!", Role::Warning) } else { (" ", Role::Text) };
        let paint = |t: usize| match w.heat.get(t).copied().unwrap_or(0) {
            ..=0 => (Role::Rule, theme.glyphs.track.repeat(cell)),
            v => (
                role,
                theme.glyphs.spark[usize::try_from((v * 7 / ONE).clamp(0, 7)).unwrap_or(0)]
                    .repeat(cell),
            ),
        };
        line.row(s, sign, role, &w.name, paint, &format!("{}, {}", w.word, w.ends));
        if s.width >= 120 {
            s.text(Role::Quiet, 3, &format!("{} to {}, at its height {}", w.from, w.to, w.peak));
            s.text(Role::Quiet, 3, &w.source);
        }
        s.link(at, Target::To(Door::Window(w.window)));
    }
    if !c.files.is_empty() {
        s.head("FILES CLOSE", "");
    }
    for f in &c.files {
        let at = s.at();
        let (sign, role) = if f.expires { ("!", Role::Warning) } else { (" ", Role::Text) };
        let until = line.turn(f.until);
        let name = if text::width(&f.name) > line.name { &f.brief } else { &f.name };
        line.row(s, sign, role, name, |t| span(theme, cell, (t, c.now), until, until), &f.date);
        s.link(at, Target::To(Door::File(f.file)));
    }
    if !c.work.is_empty() {
        s.head("UNDER WAY AND IN FORCE", "? it may be done");
    }
    for (n, w) in c.work.iter().enumerate() {
        let at = s.at();
        let from = w.begins.map_or(c.now, |d| line.turn(d));
        let (first, last) =
            w.ends.map_or((c.turns.len(), c.turns.len()), |(a, b)| (line.turn(a), line.turn(b)));
        let until = match w.ends {
            Some((_, b)) if w.in_force => format!("to {}", b.short()),
            Some((_, b)) => format!("by {}", b.short()),
            None => "open".to_owned(),
        };
        let sign = if w.in_force { theme.glyphs.full } else { " " };
        line.row(
            s,
            sign,
            Role::Text,
            &w.text,
            |t| span(theme, cell, (t, from), first, last),
            &until,
        );
        s.link(at, Target::Work(n));
    }
}

/// The turns by number and, where there is room, by date; the one in play is marked.
fn head(s: &mut Page, line: &Line) {
    let c = line.c;
    let role = |n: usize| match n.cmp(&c.now) {
        std::cmp::Ordering::Less => Role::Quiet,
        std::cmp::Ordering::Equal => Role::Accent,
        std::cmp::Ordering::Greater => Role::Text,
    };
    // A number every so many turns, so that none runs into the next.
    let every = 3usize.div_ceil(line.cell);
    let number = |n: usize| {
        if n.is_multiple_of(every) || n == c.now { (n + 1).to_string() } else { String::new() }
    };
    let title = format!("TURN {} OF {}", c.now + 1, c.turns.len());
    line.row(s, " ", Role::Title, &title, |n| (role(n), pad(&number(n), line.cell)), "");
    let every = c.turns.iter().map(|t| text::width(t) + 1).max().unwrap_or(7).div_ceil(line.cell);
    let mut spans = vec![Span::raw(" ".repeat(line.name + 3))];
    for n in (0..c.turns.len()).step_by(every) {
        let wide = line.cell * every.min(c.turns.len() - n);
        // A date that does not fit is left out, not cut.
        let date = if text::width(&c.turns[n]) <= wide { c.turns[n].as_str() } else { "" };
        spans.push(s.span(role(n), pad(date, wide)));
    }
    s.line(spans);
}

/// A cell of a span from a turn to another: a line while it surely lasts, question marks while it
/// may.
fn span(
    theme: &Theme,
    cell: usize,
    (t, from): (usize, usize),
    first: usize,
    last: usize,
) -> (Role, String) {
    if t < from || t > last {
        (Role::Rule, theme.glyphs.track.repeat(cell))
    } else if t < first || first == last && t < last {
        (Role::Accent, theme.glyphs.horizontal.repeat(cell))
    } else if first == last {
        (
            Role::Accent,
            format!("{}{}", theme.glyphs.horizontal.repeat(cell - 1), theme.glyphs.marker),
        )
    } else {
        (Role::Warning, "?".repeat(cell))
    }
}

fn under_way(s: &mut Page, c: &Calendar) {
    if c.work.iter().any(|w| !w.when.is_empty()) {
        s.head("WHAT IS UNDER WAY, IN WORDS", "");
        for (n, w) in c.work.iter().enumerate() {
            let at = s.at();
            s.text(Role::Text, 2, &w.text);
            s.text(Role::Quiet, 4, &w.when);
            s.link(at, Target::Work(n));
        }
    }
    if !c.reforms.is_empty() {
        s.gap();
        s.head("REFORMS", "");
        for r in &c.reforms {
            s.item(s.at());
            s.entry(
                vec![Span::raw("  "), s.span(Role::Text, &r.name)],
                vec![s.span(Role::Quiet, &r.takes), Span::raw(" ")],
            );
        }
    }
}

fn coming(s: &mut Page, c: &Calendar) {
    s.head("COMING UP", "");
    for d in &c.coming {
        let at = s.at();
        let lead = vec![s.span(Role::Quiet, format!("  {} ", pad(&d.date, 8)))];
        s.hanging(lead, 11, Role::Text, &d.what);
        match d.door {
            Some(door) => s.link(at, Target::To(door)),
            None => s.item(at),
        }
    }
}
