//! Painting a layout into a frame.
//!
//! Owns rules with their joints, rows, the row under the cursor, and the count of rows out of
//! sight. Refuses: what is in the layout.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text;

use super::cursor::Cursor;
use super::layout::{PageLayout, Pane};
use super::theme::{Role, Theme};

/// Paints a layout. `lit`: whether the cursor is on it, not on a popup over it.
pub fn layout(layout: &PageLayout, theme: &Theme, cursor: &Cursor, lit: bool, buf: &mut Buffer) {
    let rule = theme.style(Role::Rule);
    let g = theme.glyphs;
    for r in &layout.vertical_rules {
        for y in r.y..r.bottom() {
            put(buf, r.x, y, g.vertical, rule);
        }
    }
    for (r, title) in &layout.horizontal_rules {
        for x in r.x..r.right() {
            put(buf, x, r.y, g.horizontal, rule);
        }
        for v in &layout.vertical_rules {
            let (above, below) = (v.bottom() == r.y, v.y == r.y + 1);
            if (above || below) && (r.x..r.right()).contains(&v.x) {
                // From below, from above, from both sides.
                let both =
                    above && layout.vertical_rules.iter().any(|o| o.x == v.x && o.y == r.y + 1);
                put(buf, v.x, r.y, g.joints[if both { 2 } else { usize::from(above) }], rule);
            }
        }
        if !title.is_empty() && r.width > 6 {
            let words = format!(" {} ", text::cut(title, usize::from(r.width - 5)));
            set(buf, r.x + 1, r.y, &words, theme.style(Role::Title), r.width - 2);
        }
    }
    for (n, pane) in layout.panes.iter().enumerate() {
        let here = lit && n == cursor.pane;
        paint_pane(
            pane,
            theme,
            cursor.top(n, pane),
            here.then(|| cursor.link.get(n).copied().unwrap_or(0)),
            buf,
        );
    }
    // Counts come last: they may stand in the first row of the pane below.
    for (n, pane) in layout.panes.iter().enumerate() {
        count_hidden(pane, theme, cursor.top(n, pane), buf);
    }
    for (area, picture) in &layout.pictures {
        let area = area.intersection(buf.area);
        if !area.is_empty() {
            picture(area, buf);
        }
    }
}

fn paint_pane(pane: &Pane, theme: &Theme, top: usize, link: Option<usize>, buf: &mut Buffer) {
    let area = pane.area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let high = usize::from(area.height);
    for (y, line) in pane.page.rows.iter().skip(top).take(high).enumerate() {
        let y = area.y + u16::try_from(y).unwrap_or(0);
        buf.set_line(area.x, y, line, area.width);
    }
    if let Some(d) = link.and_then(|n| pane.page.links.get(n)) {
        for row in d.row..d.row + d.rows {
            if row >= top && row - top < high {
                let y = area.y + u16::try_from(row - top).unwrap_or(0);
                // What a row's parts mean gives way to where the cursor is: a row in one look is
                // read at once.
                buf.set_style(
                    Rect { x: area.x, y, width: area.width, height: 1 },
                    Style::reset().patch(theme.style(Role::Selected)),
                );
                if row == d.row {
                    put(buf, area.x, y, theme.glyphs.cursor, theme.style(Role::Selected));
                }
            }
        }
    }
}

/// What is out of sight, counted in the row above and the row below: a rule, an edge or a gap. The
/// rows above first; each where it stands, in its words.
pub fn hidden(area: Rect, rows: usize, theme: &Theme, top: usize) -> [Option<(Rect, String)>; 2] {
    if area.width <= 12 || area.height == 0 {
        return [None, None];
    }
    let rest = rows.saturating_sub(top + usize::from(area.height));
    let mark = |sign: &str, n: usize, from_right: u16, y: u16| {
        let words = format!(" {sign}{n} ");
        let width = u16::try_from(text::width(&words)).unwrap_or(4);
        let x = area.right().saturating_sub(width + from_right);
        (Rect { x, y, width, height: 1 }, words)
    };
    [
        (top > 0 && area.y > 0).then(|| mark(theme.glyphs.up, top, 6, area.y - 1)),
        (rest > 0).then(|| mark(theme.glyphs.down, rest, 0, area.bottom())),
    ]
}

fn count_hidden(pane: &Pane, theme: &Theme, top: usize, buf: &mut Buffer) {
    let area = pane.area.intersection(buf.area);
    for (at, words) in hidden(area, pane.page.rows.len(), theme, top).into_iter().flatten() {
        set(buf, at.x, at.y, &words, theme.style(Role::Accent), at.width);
    }
}

/// One cell, if it is on the screen.
pub fn put(buf: &mut Buffer, x: u16, y: u16, glyph: &str, style: Style) {
    if let Some(cell) = buf.cell_mut((x, y)) {
        cell.set_symbol(glyph).set_style(style);
    }
}

/// Words from a cell on, within the screen.
pub fn set(buf: &mut Buffer, x: u16, y: u16, words: &str, style: Style, most: u16) {
    let area = buf.area;
    if x < area.right() && y < area.bottom() && x >= area.x && y >= area.y {
        buf.set_stringn(x, y, words, usize::from(most.min(area.right() - x)), style);
    }
}
