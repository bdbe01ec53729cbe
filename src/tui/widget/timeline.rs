//! Days along a line.
//!
//! Owns: placing marks and as many of their labels as fit. Refuses: writing dates; a label comes as text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{cells, cut, put, row, width};
use crate::tui::theme::{Role, Theme};

/// Something on a day.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    pub day: i32,
    pub label: &'a str,
    pub role: Role,
}

/// A stretch of days with marks on it. The first row is the line itself, the rows below hold labels, each under its mark, in the
/// first row where it does not touch another; what fits nowhere is left out, later marks first.
///
/// ```text
/// ──◆────▼───◆──────────◆───
///   charges  90 days    summit
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Timeline<'a> {
    pub from: i32,
    pub to: i32,
    pub now: i32,
    pub marks: &'a [Mark<'a>],
    pub theme: &'a Theme,
}

impl Timeline<'_> {
    fn column(&self, day: i32, width: u16) -> u16 {
        let span = i64::from(self.to) - i64::from(self.from);
        let last = i64::from(width) - 1;
        if span <= 0 || last <= 0 {
            return 0;
        }
        let past = (i64::from(day) - i64::from(self.from)).clamp(0, span);
        u16::try_from(past * last / span).unwrap_or(0)
    }

    fn is_on_it(&self, day: i32) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

impl Widget for &Timeline<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let (glyphs, style) = (self.theme.glyphs, |role| self.theme.style(role));
        let now = self.column(self.now, area.width);
        for n in 0..area.width {
            let role = if n <= now { Role::Text } else { Role::Rule };
            put(buf, area, area.x.saturating_add(n), area.y, glyphs.horizontal, style(role));
        }
        let mut marks: Vec<&Mark<'_>> = self.marks.iter().filter(|mark| self.is_on_it(mark.day)).collect();
        marks.sort_by_key(|mark| mark.day);
        for mark in &marks {
            put(buf, area, area.x.saturating_add(self.column(mark.day, area.width)), area.y, glyphs.marker, style(mark.role));
        }
        if self.is_on_it(self.now) {
            put(buf, area, area.x.saturating_add(now), area.y, glyphs.today, style(Role::Title));
        }
        // For each row below the line, the first column still free.
        let mut free = vec![0_u16; usize::from(area.height.saturating_sub(1).min(8))];
        for mark in marks {
            let label = cut(mark.label, usize::from(area.width), glyphs.ellipsis);
            let wide = cells(width(&label));
            let start = self.column(mark.day, area.width).min(area.width.saturating_sub(wide));
            let Some(n) = free.iter().position(|&free| free <= start) else { continue };
            free[n] = start.saturating_add(wide).saturating_add(1);
            let line = row(area, cells(n + 1));
            put(buf, line, line.x.saturating_add(start), line.y, &label, style(mark.role));
        }
    }
}

impl Widget for Timeline<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::svg::to_text;

    fn drawn(width: u16, height: u16, marks: &[Mark<'_>], now: i32) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        let theme = Theme::default();
        Timeline { from: 0, to: 20, now, marks, theme: &theme }.render(buf.area, &mut buf);
        to_text(&buf)
    }

    fn mark(day: i32, label: &str) -> Mark<'_> {
        Mark { day, label, role: Role::Text }
    }

    #[test]
    fn marks_stand_on_their_days_and_labels_below_them() {
        let marks = [mark(20, "summit"), mark(2, "charges"), mark(12, "90 days")];
        assert_eq!(drawn(21, 3, &marks, 7), "──◆────▼────◆───────◆\n  charges   90 days\n               summit\n");
    }

    #[test]
    fn labels_that_fit_nowhere_are_left_out_and_days_beyond_the_ends_too() {
        let marks = [mark(2, "first"), mark(3, "second"), mark(99, "never")];
        assert_eq!(drawn(21, 2, &marks, 99), "──◆◆─────────────────\n  first\n");
    }
}
