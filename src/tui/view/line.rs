//! The line: every indicator over the game, yours beside the designer's.
//!
//! ```text
//!  Theft tempo      48 → 64: +16.3 …   │ THEFT TEMPO        ── yours  ·· the record
//! ▸ ▃▃▄▄▅▅▆▆▇▇█                        │ 70 ┤            ╭──
//!  Deterrence       10 → 5: −4.2 …     │    │      ╭─────╯
//!  …                                   │ 40 ┤──────╯
//!                                      │     ◆    ◆      what you did, by turn
//! ```
//! Narrow: the charts one below the other.

use ratatui::buffer::Buffer;
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::symbols::Marker;
use ratatui::text::Span;
use ratatui::widgets::canvas::{Canvas, Line as Stroke, Points};
use ratatui::widgets::{Block, Borders, Widget};

use crate::num::Milli;
use crate::prose::facts::Door;
use crate::prose::review::{Debrief, LineRow};
use crate::text;
use crate::tui::layout::{PageLayout, Pane};
use crate::tui::page::{Page, right};
use crate::tui::paint::{put, set};
use crate::tui::scene::{Scene, WIDE};
use crate::tui::screen::Target;
use crate::tui::theme::{Role, Theme};

pub fn layout<'a>(
    scene: &Scene<'a>,
    d: &'a Debrief,
    area: Rect,
    mut layout: PageLayout<'a>,
) -> PageLayout<'a> {
    if area.width < WIDE {
        let mut s = Page::new(scene.theme, area.width);
        let marker = s.theme().glyphs.marker;
        s.head(
            "THE LINE",
            &format!("yours and the designer's · {marker} cleared, stopped, in effect"),
        );
        for l in &d.lines {
            s.gap();
            row(&mut s, l);
            bars(&mut s, l);
        }
        afterwards(&mut s, d);
        // The first pane is the page: the row of pages is already there.
        layout.panes.insert(0, Pane { area, page: s });
        return layout;
    }
    let columns = [Length(area.width * 46 / 100), Length(1), Fill(1)];
    let [left, rule, right] = Layout::horizontal(columns).areas(area);
    let rows = [Length((area.height * 55 / 100).max(12)), Length(1), Fill(1)];
    let [picture, _, below] = Layout::vertical(rows).areas(right);
    let mut list = Page::new(scene.theme, left.width);
    list.head("THE LINE", &format!("{} cleared, stopped, in effect", scene.theme.glyphs.marker));
    for l in &d.lines {
        row(&mut list, l);
    }
    let at = if scene.cursor.pane == 0 { scene.cursor.link[0] } else { 0 };
    layout.panes.insert(0, Pane { area: left, page: list });
    layout.vertical_rule(rule);
    if let Some(l) = d.lines.get(at.min(d.lines.len().saturating_sub(1))) {
        let theme = scene.theme;
        let [_, picture, _] = Layout::horizontal([Length(1), Fill(1), Length(1)]).areas(picture);
        layout.pictures.push((picture, Box::new(move |area, buf| chart(theme, l, area, buf))));
    }
    let mut rest = Page::new(scene.theme, right.width);
    afterwards(&mut rest, d);
    layout.pane(below, rest);
    layout
}

fn row(s: &mut Page, l: &LineRow) {
    let at = s.at();
    s.entry(
        vec![Span::raw("  "), s.span(Role::Title, &l.name)],
        vec![s.span(Role::Quiet, &l.text), Span::raw(" ")],
    );
    s.link(at, Target::To(Door::Indicator(l.indicator)));
}

/// One row of heights each, and where decisions fell.
fn bars(s: &mut Page, l: &LineRow) {
    let theme = s.theme();
    let (low, high) = l.scale();
    let cell = (s.width.saturating_sub(14) / l.values.len().max(1)).clamp(1, 4);
    let glyph = |v: Milli| {
        let at = (i64::from(v) - i64::from(low)) * 7 / (i64::from(high) - i64::from(low)).max(1);
        theme.glyphs.spark[usize::try_from(at.clamp(0, 7)).unwrap_or(0)]
    };
    let yours: String = l.values.iter().map(|v| glyph(*v).repeat(cell)).collect();
    s.line(vec![
        s.span(Role::Quiet, format!("{} ", right("yours", 10))),
        s.span(Role::Accent, yours),
    ]);
    if !l.history.is_empty() {
        let record: String = (0..l.values.len())
            .map(|n| {
                l.history.iter().rev().find(|h| h.0 <= n).map_or(" ", |h| glyph(h.1)).repeat(cell)
            })
            .collect();
        s.line(vec![
            s.span(Role::Quiet, format!("{} ", right("designer’s", 10))),
            s.span(Role::Quiet, record),
        ]);
    }
    if !l.marks.is_empty() {
        let mut marks = String::new();
        for n in 0..l.values.len() {
            marks.push_str(if l.marks.iter().any(|m| m.0 == n) {
                theme.glyphs.marker
            } else {
                " "
            });
            marks.push_str(&" ".repeat(cell - 1));
        }
        s.line(vec![
            s.span(Role::Quiet, format!("{} ", right("orders", 10))),
            s.span(Role::Warning, marks),
        ]);
    }
}

/// Both lines over the turns, large.
fn chart(theme: &Theme, l: &LineRow, area: Rect, buf: &mut Buffer) {
    if area.width < 20 || area.height < 8 {
        return;
    }
    let (low, high) = l.scale();
    let (low, high) = (f64::from(low), f64::from(high));
    set(
        buf,
        area.x,
        area.y,
        &text::cut(&l.name, usize::from(area.width)),
        theme.style(Role::Title),
        area.width,
    );
    let legend = [
        (Role::Accent, theme.glyphs.horizontal, "yours"),
        (Role::Quiet, theme.glyphs.dot, "designer's"),
    ];
    let mut x = area.right().saturating_sub(24);
    for (role, sign, words) in legend.into_iter().take(if l.history.is_empty() { 1 } else { 2 }) {
        set(buf, x, area.y, sign, theme.style(role), 2);
        set(buf, x + 2, area.y, words, theme.style(Role::Quiet), 14);
        x += 9;
    }
    let frame =
        Rect { x: area.x + 6, y: area.y + 1, width: area.width - 6, height: area.height - 4 };
    let lines =
        |points: Vec<(f64, f64)>| points.windows(2).map(|w| (w[0], w[1])).collect::<Vec<_>>();
    let yours =
        lines(l.values.iter().enumerate().map(|(n, v)| (n as f64, f64::from(*v))).collect());
    // The record stands in single points, so that the two can be told apart without colour.
    let record: Vec<(f64, f64)> =
        l.history.iter().map(|(n, v)| (*n as f64, f64::from(*v))).collect();
    let colour = |role: Role| theme.style(role).fg.unwrap_or(ratatui::style::Color::Reset);
    let last = (l.values.len().max(2) - 1) as f64;
    Canvas::default()
        .block(
            Block::new()
                .borders(Borders::LEFT | Borders::BOTTOM)
                .border_style(theme.style(Role::Rule)),
        )
        .marker(if theme.glyphs.is_utf8() { Marker::Braille } else { Marker::Dot })
        .x_bounds([0.0, last])
        .y_bounds([low, high])
        .paint(|ctx| {
            ctx.draw(&Points { coords: &record, color: colour(Role::Quiet) });
            ctx.layer();
            for (a, b) in &yours {
                ctx.draw(&Stroke {
                    x1: a.0,
                    y1: a.1,
                    x2: b.0,
                    y2: b.1,
                    color: colour(Role::Accent),
                });
            }
        })
        .render(frame, buf);
    let quiet = theme.style(Role::Quiet);
    for (y, v) in [
        (frame.y, high),
        (frame.y + (frame.height - 1) / 2, f64::midpoint(high, low)),
        (frame.bottom().saturating_sub(2), low),
    ] {
        set(buf, area.x, y, &right(&format!("{:.0}", v / 1000.0), 5), quiet, 5);
    }
    // Where decisions fell, and the turns under them.
    let wide = f64::from(frame.width.saturating_sub(2));
    #[expect(clippy::cast_sign_loss, reason = "a column is not negative")]
    let column = |turn: usize| frame.x + 1 + ((turn as f64 / last) * wide).round() as u16;
    for (turn, _) in &l.marks {
        put(
            buf,
            column(*turn).min(frame.right() - 1),
            frame.bottom(),
            theme.glyphs.marker,
            theme.style(Role::Warning),
        );
    }
    set(buf, area.x, frame.bottom(), "acted", quiet, 5);
    set(buf, area.x, frame.bottom() + 1, " turn", quiet, 5);
    for turn in
        (0..l.values.len().saturating_sub(1)).step_by(if l.values.len() > 16 { 4 } else { 2 })
    {
        set(buf, column(turn), frame.bottom() + 1, &(turn + 1).to_string(), quiet, 3);
    }
}

/// What was decided when, here and on the record.
fn afterwards(s: &mut Page, d: &Debrief) {
    let marks: Vec<&(usize, String)> =
        d.lines.first().map_or_else(Vec::new, |l| l.marks.iter().collect());
    if !marks.is_empty() {
        s.gap();
        s.head("WHAT CAME OF YOUR ORDERS", "");
        for (turn, what) in marks {
            let lead = vec![
                s.span(Role::Warning, format!("  {} ", s.theme().glyphs.marker)),
                s.span(Role::Quiet, format!("turn {:<3}", turn + 1)),
            ];
            s.hanging(lead, 13, Role::Text, what);
        }
    }
    if !d.history.is_empty() {
        s.gap();
        s.head("THE RECORD, IN ORDERS OF THIS GAME", "");
        for h in &d.history {
            s.text(Role::Text, 2, h);
        }
    }
}
