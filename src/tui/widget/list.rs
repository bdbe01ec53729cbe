//! A list with a cursor.
//!
//! Owns: drawing the rows in view, and the arithmetic of scrolling. Refuses: holding the selection; the screen does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::{cells, put, put_line, row};
use crate::tui::theme::{Role, Theme};

/// Columns before a row's text: the cursor and a space.
const GUTTER: u16 = 2;

/// The offset nearest to the present one that keeps `selected` in view and no empty rows at the end.
#[must_use]
pub fn offset_for(selected: usize, len: usize, height: u16, offset: usize) -> usize {
    let height = usize::from(height);
    if height == 0 {
        return 0;
    }
    let selected = selected.min(len.saturating_sub(1));
    let lowest = (selected + 1).saturating_sub(height);
    offset.clamp(lowest, selected.max(lowest)).min(len.saturating_sub(height))
}

/// The row of a list drawn at `area` that lies under this cell.
#[must_use]
pub fn row_at(area: Rect, offset: usize, len: usize, x: u16, y: u16) -> Option<usize> {
    let n = usize::from(y.checked_sub(area.y)?).checked_add(offset)?;
    (area.contains((x, y).into()) && n < len).then_some(n)
}

/// Rows, of which one may be selected.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    pub rows: &'a [Line<'a>],
    pub selected: Option<usize>,
    /// Rows left out at the top.
    pub offset: usize,
    /// Whether keys go here: then the whole row is marked, else only the cursor shows.
    pub focused: bool,
    pub theme: &'a Theme,
}

impl Widget for &List<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let glyphs = self.theme.glyphs;
        for (n, (i, line)) in self.rows.iter().enumerate().skip(self.offset).take(usize::from(area.height)).enumerate() {
            let at = row(area, cells(n));
            put_line(buf, at, at.x.saturating_add(GUTTER), at.y, line, glyphs.ellipsis);
            if self.selected == Some(i) {
                // In a row that is marked whole the cursor has the row's colour: two would be two marks.
                let role = if self.focused { Role::Text } else { Role::Accent };
                put(buf, at, at.x, at.y, glyphs.cursor, self.theme.style(role));
                if self.focused {
                    buf.set_style(at.intersection(buf.area), self.theme.style(Role::Selected));
                }
            }
        }
        if area.width <= GUTTER || area.height == 0 {
            return;
        }
        let (quiet, edge) = (self.theme.style(Role::Quiet), area.right().saturating_sub(1));
        if self.offset > 0 {
            put(buf, area, edge, area.y, glyphs.up, quiet);
        }
        if self.rows.len().saturating_sub(self.offset) > usize::from(area.height) {
            put(buf, area, edge, area.bottom().saturating_sub(1), glyphs.down, quiet);
        }
    }
}

impl Widget for List<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::svg::to_text;
    use proptest::prelude::*;

    #[test]
    fn the_cursor_stands_before_the_selected_row_and_arrows_say_where_there_is_more() {
        let theme = Theme::default();
        let rows: Vec<Line<'_>> = ["Justice", "Treasury", "Ottawa", "NCSC", "Commerce"].into_iter().map(Line::from).collect();
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 3));
        List { rows: &rows, selected: Some(2), offset: 1, focused: true, theme: &theme }.render(buf.area, &mut buf);
        assert_eq!(to_text(&buf), "  Treasur▲\n▸ Ottawa\n  NCSC   ▼\n");
        assert_eq!(buf[(9, 1)].modifier, theme.style(Role::Selected).add_modifier, "the whole row is marked");
    }

    #[test]
    fn a_click_finds_its_row() {
        let area = Rect::new(5, 2, 10, 3);
        assert_eq!(row_at(area, 4, 6, 5, 3), Some(5));
        assert_eq!(row_at(area, 4, 6, 5, 4), None, "below the last row");
        assert_eq!(row_at(area, 0, 6, 4, 3), None);
        assert_eq!(row_at(area, 0, 6, 5, 1), None);
        assert_eq!(row_at(area, usize::MAX, 6, 5, 3), None);
    }

    proptest! {
        #[test]
        fn the_selected_row_is_always_in_view_and_the_end_is_not_empty(selected in 0usize..50, len in 1usize..50, height in 1u16..20, offset in 0usize..100) {
            let offset = offset_for(selected, len, height, offset);
            let (selected, height) = (selected.min(len - 1), usize::from(height));
            prop_assert!((offset..offset + height).contains(&selected));
            prop_assert!(offset == 0 || offset + height <= len);
        }

        #[test]
        fn scrolling_moves_only_when_it_must(len in 1usize..50, height in 1u16..20, offset in 0usize..50) {
            let offset = offset_for(offset, len, height, offset);
            for seen in offset..(offset + usize::from(height)).min(len) {
                prop_assert_eq!(offset_for(seen, len, height, offset), offset);
            }
        }
    }
}
