//! Small pieces every screen is made of.
//!
//! Owns: drawing text, bars, lists, tables, rules and boxes into a buffer. Refuses: state, input, formatting numbers, deciding
//! what is said.
//!
//! Laws, tested for all of them at once: nothing is drawn outside the area given, at any size from 0 x 0 and at any place, even
//! partly off the buffer; no value (not a number, infinite, out of range) panics; what does not fit is cut with an ellipsis,
//! never in the middle of a character.

mod chrome;
mod gauge;
mod list;
mod table;
mod text;
mod timeline;

pub use chrome::{Footer, Header, Popup, Toast, boxed, centred, columns, divider, rule};
pub use gauge::{Bar, Meter, Sparkline, fraction};
pub use list::{List, offset_for, row_at};
pub use table::{Align, Column, Table, Width};
pub use text::{Prose, cut, width, wrap};
pub use timeline::{Mark, Timeline};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use unicode_segmentation::UnicodeSegmentation;

/// Draws `text` from (x, y) to the right, as far as `area` goes, and returns the column after it. What was there leaves nothing
/// behind but its background.
pub fn put(buf: &mut Buffer, area: Rect, x: u16, y: u16, text: &str, style: Style) -> u16 {
    let area = area.intersection(buf.area);
    if y < area.top() || y >= area.bottom() || x < area.left() || x >= area.right() {
        return x;
    }
    let style = Style { fg: Some(style.fg.unwrap_or_default()), sub_modifier: Modifier::all().difference(style.add_modifier), ..style };
    buf.set_stringn(x, y, text, usize::from(area.right() - x), style).0
}

/// Draws a styled line in the row `y` of `area` from column `x`, cut with `ellipsis` where the area ends. Returns the column
/// after it.
pub fn put_line(buf: &mut Buffer, area: Rect, x: u16, y: u16, line: &Line<'_>, ellipsis: &str) -> u16 {
    let room = usize::from(area.right().saturating_sub(x));
    let fits = line.spans.iter().map(|span| width(&span.content)).sum::<usize>() <= room;
    let mut left = if fits { room } else { room.saturating_sub(width(ellipsis)) };
    let (mut x, mut last) = (x, line.style);
    'spans: for span in &line.spans {
        let style = line.style.patch(span.style);
        for grapheme in span.content.graphemes(true) {
            let wide = width(grapheme);
            if wide > left {
                break 'spans;
            }
            left -= wide;
            last = style;
            x = put(buf, area, x, y, grapheme, style);
        }
    }
    if fits { x } else { put(buf, area, x, y, ellipsis, last) }
}

/// Row `n` of an area; empty beyond its end.
fn row(area: Rect, n: u16) -> Rect {
    if n < area.height { Rect { y: area.y.saturating_add(n), height: 1, ..area } } else { Rect { height: 0, ..area } }
}

/// A count of cells or rows as a coordinate; more than any screen has is the most there is.
fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::{Role, Theme};
    use ratatui::style::Color;
    use ratatui::widgets::Widget;

    const TEXT: &str = "A paragraph of naïve 你好 text, with averyveryverylongwordthatfitsnowhere in it.\n\nAnd a second one.";

    /// Draws `paint` at many places and sizes and sees that nothing else changed.
    fn confined(name: &str, paint: &dyn Fn(&mut Buffer, Rect)) {
        let outer = Rect::new(3, 2, 30, 8);
        for (width, height) in (0..=24).flat_map(|w| [0, 1, 2, 3, 6].map(|h| (w, h))) {
            for (x, y) in [(3, 2), (10, 4), (32, 9), (0, 0), (40, 40)] {
                let area = Rect::new(x, y, width, height);
                let mut buf = Buffer::filled(outer, ratatui::buffer::Cell::new("%"));
                paint(&mut buf, area);
                for py in outer.top()..outer.bottom() {
                    for px in outer.left()..outer.right() {
                        let inside = area.contains((px, py).into());
                        assert!(inside || buf[(px, py)].symbol() == "%", "{name} drew at {px},{py} outside {area}");
                    }
                }
            }
        }
    }

    #[test]
    fn nothing_is_ever_drawn_outside_the_area_whatever_the_size_and_the_values() {
        let theme = Theme::default();
        let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 0.0, 0.5, 1.0, 2.0, 1e308, f64::MIN_POSITIVE];
        let marks: Vec<Mark<'_>> =
            [i32::MIN, -5, 0, 3, 50, i32::MAX].iter().map(|&day| Mark { day, label: "a day with a 你好 label", role: Role::Accent }).collect();
        let lines: Vec<Line<'_>> = TEXT.split(' ').map(Line::from).collect();
        let rows: Vec<Vec<Line<'_>>> = lines.iter().map(|line| vec![line.clone(), Line::from("12"), Line::from("−3")]).collect();
        let columns = [Column::flex("name"), Column::right("value", 7), Column::right("", 3)];
        for &a in &odd {
            confined("sparkline", &|buf, area| Sparkline { values: &odd, low: a, high: 1.0, role: Role::Good, theme: &theme }.render(area, buf));
            for &b in &odd {
                confined("bar", &|buf, area| Bar { at: a, tick: Some(b), role: Role::Bad, track: true, theme: &theme }.render(area, buf));
                confined("meter", &|buf, area| Meter { low: a, high: b, at: Some(a), role: Role::Bad, theme: &theme }.render(area, buf));
            }
        }
        for (from, to) in [(0, 100), (0, 0), (100, 0), (i32::MIN, i32::MAX)] {
            confined("timeline", &|buf, area| Timeline { from, to, now: 20, marks: &marks, theme: &theme }.render(area, buf));
        }
        for scroll in [0, 1, 1000, usize::MAX] {
            confined("prose", &|buf, area| Prose { paragraphs: &[(Role::Title, "Title"), (Role::Text, TEXT)], scroll, theme: &theme }.render(area, buf));
        }
        for selected in [None, Some(0), Some(3), Some(usize::MAX)] {
            for offset in [0, 3, usize::MAX] {
                confined("list", &|buf, area| List { rows: &lines, selected, offset, focused: true, theme: &theme }.render(area, buf));
                confined("table", &|buf, area| Table { columns: &columns, rows: &rows, selected, offset, theme: &theme }.render(area, buf));
            }
        }
        let items = [("Enter", "open"), ("你", "好"), ("?", "help")];
        confined("footer", &|buf, area| Footer { items: &items, theme: &theme }.render(area, buf));
        confined("header", &|buf, area| Header { left: "Cloud Hopper", middle: "10 Dec 2018", right: "capital 11", theme: &theme }.render(area, buf));
        confined("rule", &|buf, area| rule(buf, area, Some("a title"), &theme));
        confined("divider", &|buf, area| divider(buf, area, &theme));
        confined("popup", &|buf, area| Popup { title: "Title", paragraphs: &[(Role::Text, TEXT)], scroll: 0, hint: "Esc", theme: &theme }.render(area, buf));
        confined("toast", &|buf, area| Toast { text: TEXT, role: Role::Loud, theme: &theme }.render(area, buf));
        confined("line", &|buf, area| {
            put_line(buf, area, area.x, area.y, &Line::from(TEXT), "…");
        });
    }

    #[test]
    fn what_is_drawn_over_something_does_not_take_on_its_look() {
        let area = Rect::new(0, 0, 3, 1);
        let mut buf = Buffer::empty(area);
        buf.set_style(area, Style::new().red().on_blue().bold().dim());
        put(&mut buf, area, 1, 0, "x", Style::new().italic());
        let cell = &buf[(1, 0)];
        assert_eq!((cell.fg, cell.bg, cell.modifier), (Color::Reset, Color::Blue, Modifier::ITALIC));
    }

    #[test]
    fn a_styled_line_is_cut_with_an_ellipsis_in_the_style_it_was_cut_in() {
        let area = Rect::new(0, 0, 6, 1);
        let mut buf = Buffer::empty(area);
        let red = Style::new().red();
        put_line(&mut buf, area, 0, 0, &Line::from_iter([ratatui::text::Span::raw("ab"), ratatui::text::Span::styled("你好吗", red)]), "…");
        assert_eq!(crate::report::svg::to_text(&buf), "ab你…\n");
        assert_eq!(buf[(4, 0)].fg, Color::Red);
    }
}
