//! Columns and rows.
//!
//! Owns: sharing out the width, aligning, cutting. Refuses: formatting what is in a cell, sorting.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::{cells, put, put_line, row, width};
use crate::tui::theme::{Role, Theme};

/// Spaces between columns.
const GAP: u16 = 2;
/// The cursor and a space, where a row is selected.
const GUTTER: u16 = 2;
/// Narrower than this a flexible column is not worth drawing beside others.
const LEAST: u16 = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    /// For numbers.
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    Fixed(u16),
    /// A share of what the fixed ones leave.
    Flex,
}

#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    pub title: &'a str,
    pub width: Width,
    pub align: Align,
}

impl<'a> Column<'a> {
    /// Text that takes the room there is.
    #[must_use]
    pub const fn flex(title: &'a str) -> Self {
        Self { title, width: Width::Flex, align: Align::Left }
    }

    #[must_use]
    pub const fn left(title: &'a str, width: u16) -> Self {
        Self { title, width: Width::Fixed(width), align: Align::Left }
    }

    /// Numbers, right-aligned.
    #[must_use]
    pub const fn right(title: &'a str, width: u16) -> Self {
        Self { title, width: Width::Fixed(width), align: Align::Right }
    }
}

/// A heading row, if any column has a title, and rows below it. Columns that do not fit are left out from the right.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    pub columns: &'a [Column<'a>],
    pub rows: &'a [Vec<Line<'a>>],
    pub selected: Option<usize>,
    /// Rows left out at the top.
    pub offset: usize,
    pub theme: &'a Theme,
}

impl Table<'_> {
    /// Rows of the area that are headings, not data.
    #[must_use]
    pub fn heading(&self) -> u16 {
        u16::from(self.columns.iter().any(|column| !column.title.is_empty()))
    }

    /// Start and width of each column that fits.
    fn places(&self, area: Rect) -> Vec<(u16, u16)> {
        let gutter = if self.selected.is_some() { GUTTER } else { 0 };
        let room = area.width.saturating_sub(gutter);
        let least = |column: &Column<'_>| match column.width {
            Width::Fixed(width) => width,
            Width::Flex => LEAST,
        };
        let mut count = self.columns.len();
        let needs = |count: usize| {
            let columns: u16 = self.columns[..count].iter().map(least).fold(0, u16::saturating_add);
            columns.saturating_add(GAP.saturating_mul(cells(count.saturating_sub(1))))
        };
        while count > 1 && needs(count) > room {
            count -= 1;
        }
        let flexible = self.columns[..count].iter().filter(|column| column.width == Width::Flex).count();
        let mut rest = room.saturating_sub(needs(count));
        let mut shares = cells(flexible);
        let (mut places, mut x) = (Vec::with_capacity(count), area.x.saturating_add(gutter));
        for column in &self.columns[..count] {
            let mut width = least(column);
            if column.width == Width::Flex {
                let share = rest / shares.max(1);
                (rest, shares) = (rest - share, shares.saturating_sub(1));
                width = width.saturating_add(share);
            }
            let width = width.min(area.right().saturating_sub(x));
            places.push((x, width));
            x = x.saturating_add(width).saturating_add(GAP);
        }
        places
    }
}

impl Widget for &Table<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let (places, ellipsis) = (self.places(area), self.theme.glyphs.ellipsis);
        let fill = |buf: &mut Buffer, at: Rect, n: usize, line: &Line<'_>| {
            let (Some(&(x, wide)), Some(column)) = (places.get(n), self.columns.get(n)) else { return };
            let own = Rect { x, width: wide, ..at };
            let text: usize = line.spans.iter().map(|span| width(&span.content)).sum();
            let indent = match column.align {
                Align::Left => 0,
                Align::Right => wide.saturating_sub(cells(text)),
            };
            put_line(buf, own, x.saturating_add(indent), at.y, line, ellipsis);
        };
        let heading = self.heading();
        if heading > 0 && area.height > 0 {
            for (n, column) in self.columns.iter().enumerate() {
                fill(buf, row(area, 0), n, &Line::styled(column.title, self.theme.style(Role::Quiet)));
            }
        }
        let height = usize::from(area.height.saturating_sub(heading));
        for (n, (i, cols)) in self.rows.iter().enumerate().skip(self.offset).take(height).enumerate() {
            let at = row(area, cells(n).saturating_add(heading));
            for (n, line) in cols.iter().enumerate() {
                fill(buf, at, n, line);
            }
            if self.selected == Some(i) {
                put(buf, at, at.x, at.y, self.theme.glyphs.cursor, self.theme.style(Role::Text));
                buf.set_style(at.intersection(buf.area), self.theme.style(Role::Selected));
            }
        }
    }
}

impl Widget for Table<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::svg::to_text;

    fn drawn(width: u16, selected: Option<usize>) -> String {
        let theme = Theme::default();
        let columns = [Column::flex("indicator"), Column::right("now", 5), Column::right("change", 6)];
        let rows = [("Deterrence", "27", "−1"), ("US economy", "~55", "−2")].map(|(a, b, c)| vec![Line::from(a), Line::from(b), Line::from(c)]);
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 3));
        Table { columns: &columns, rows: &rows, selected, offset: 0, theme: &theme }.render(buf.area, &mut buf);
        to_text(&buf)
    }

    #[test]
    fn numbers_stand_under_each_other_and_text_takes_the_rest() {
        assert_eq!(drawn(30, None), "indicator          now  change\nDeterrence          27      −1\nUS economy         ~55      −2\n");
    }

    #[test]
    fn a_selected_row_has_the_cursor() {
        assert_eq!(drawn(30, Some(1)), "  indicator        now  change\n  Deterrence        27      −1\n▸ US economy       ~55      −2\n");
    }

    #[test]
    fn columns_that_do_not_fit_are_left_out_from_the_right() {
        assert_eq!(drawn(16, None), "indicator    now\nDeterren…     27\nUS econo…    ~55\n");
        assert_eq!(drawn(8, None), "indicat…\nDeterre…\nUS econ…\n");
    }
}
