//! Values as lengths: a history, a level against a threshold, an estimate with its band.
//!
//! Owns: [`Sparkline`], [`Bar`], [`Meter`]. Refuses: printing the number beside it; a figure is never alone, but its words are
//! the screen's.
//!
//! Positions are fractions of the width, 0 to 1. What is no number counts as nothing, what lies outside as the nearer end.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::{cells, put};
use crate::tui::theme::{Role, Theme};

/// Where `value` lies between `low` and `high`, as a fraction; a half where there is no between.
#[must_use]
pub fn fraction(value: f64, low: f64, high: f64) -> f64 {
    let span = high - low;
    if !value.is_finite() || !span.is_finite() || span <= 0.0 {
        return 0.5;
    }
    ((value - low) / span).clamp(0.0, 1.0)
}

/// Anything as a fraction; not a number is nothing.
fn unit(x: f64) -> f64 {
    if x.is_nan() { 0.0 } else { x.clamp(0.0, 1.0) }
}

/// The step 0..=`steps` this fraction rounds to.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of a small count, clamped to it")]
fn step(x: f64, steps: usize) -> usize {
    ((unit(x) * f64::from(cells(steps))).round() as usize).min(steps)
}

/// A history in one row, latest at the right end of what is drawn; the oldest are left out first.
#[derive(Debug, Clone, Copy)]
pub struct Sparkline<'a> {
    pub values: &'a [f64],
    /// The value at the foot of the line.
    pub low: f64,
    /// The value at its top.
    pub high: f64,
    pub role: Role,
    pub theme: &'a Theme,
}

impl Widget for &Sparkline<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let levels = &self.theme.glyphs.spark;
        let first = self.values.len().saturating_sub(usize::from(area.width));
        for (n, &value) in self.values.iter().skip(first).enumerate() {
            // A gap in the record is a gap in the line.
            let glyph = if value.is_finite() { levels[step(fraction(value, self.low, self.high), levels.len() - 1)] } else { " " };
            put(buf, area, area.x.saturating_add(cells(n)), area.y, glyph, self.theme.style(self.role));
        }
    }
}

impl Widget for Sparkline<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

/// A level, filled from the left, with an optional threshold across it.
#[derive(Debug, Clone, Copy)]
pub struct Bar<'a> {
    pub at: f64,
    pub tick: Option<f64>,
    pub role: Role,
    /// Draw the empty rest too.
    pub track: bool,
    pub theme: &'a Theme,
}

impl Widget for &Bar<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let glyphs = self.theme.glyphs;
        let width = usize::from(area.width);
        let parts = glyphs.fill.len();
        // Something is never drawn as nothing.
        let filled = step(self.at, width * parts).max(usize::from(unit(self.at) > 0.0));
        for n in 0..width {
            let here = filled.saturating_sub(n * parts).min(parts);
            let (glyph, role) = match here {
                0 if self.track => (glyphs.track, Role::Quiet),
                0 => (" ", Role::Text),
                eighths => (glyphs.fill[eighths - 1], self.role),
            };
            put(buf, area, area.x.saturating_add(cells(n)), area.y, glyph, self.theme.style(role));
        }
        if let Some(tick) = self.tick.filter(|tick| !tick.is_nan())
            && width > 0
        {
            put(buf, area, area.x.saturating_add(cells(step(tick, width - 1))), area.y, glyphs.tick, self.theme.style(Role::Text));
        }
    }
}

impl Widget for Bar<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

/// An estimate: a track, the band it lies in, and the best guess if there is one.
#[derive(Debug, Clone, Copy)]
pub struct Meter<'a> {
    pub low: f64,
    pub high: f64,
    pub at: Option<f64>,
    pub role: Role,
    pub theme: &'a Theme,
}

impl Widget for &Meter<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let glyphs = self.theme.glyphs;
        let Some(last) = usize::from(area.width).checked_sub(1) else { return };
        let (a, b) = (step(self.low, last), step(self.high, last));
        let (low, high) = (a.min(b), a.max(b));
        for n in 0..=last {
            let (glyph, role) = if (low..=high).contains(&n) { (glyphs.band, self.role) } else { (glyphs.track, Role::Quiet) };
            put(buf, area, area.x.saturating_add(cells(n)), area.y, glyph, self.theme.style(role));
        }
        if let Some(at) = self.at.filter(|at| !at.is_nan()) {
            put(buf, area, area.x.saturating_add(cells(step(at, last))), area.y, glyphs.point, self.theme.style(self.role));
        }
    }
}

impl Widget for Meter<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::svg::to_text;
    use crate::tui::theme::ASCII;

    fn drawn(width: u16, widget: impl Widget) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, 1));
        widget.render(buf.area, &mut buf);
        to_text(&buf).trim_end_matches('\n').to_owned()
    }

    #[test]
    fn a_sparkline_shows_the_latest_values_and_gaps_as_gaps() {
        let theme = Theme::default();
        let line = |values: &[f64], width| drawn(width, Sparkline { values, low: 0.0, high: 100.0, role: Role::Text, theme: &theme });
        assert_eq!(line(&[0.0, 15.0, 30.0, 45.0, 60.0, 72.0, 86.0, 100.0], 8), "▁▂▃▄▅▆▇█");
        assert_eq!(line(&[0.0, 0.0, 100.0, 100.0], 2), "██");
        assert_eq!(line(&[50.0, f64::NAN, 500.0, -500.0], 8), "▅ █▁");
        assert_eq!(line(&[], 8), "");
    }

    #[test]
    fn a_flat_range_is_a_line_in_the_middle() {
        let theme = Theme::default().with_glyphs(&ASCII);
        assert_eq!(drawn(5, Sparkline { values: &[7.0; 3], low: 7.0, high: 7.0, role: Role::Text, theme: &theme }), "===");
    }

    #[test]
    fn a_bar_fills_in_eighths_and_carries_its_threshold() {
        let theme = Theme::default();
        let bar = |at, tick| drawn(8, Bar { at, tick, role: Role::Good, track: true, theme: &theme });
        assert_eq!(bar(0.5, None), "████····");
        assert_eq!(bar(0.55, None), "████▍···");
        assert_eq!(bar(0.25, Some(0.6)), "██··│···");
        assert_eq!(bar(1.0, Some(0.6)), "████│███");
        assert_eq!(bar(0.0001, None), "▏·······", "something is never drawn as nothing");
        assert_eq!(bar(0.0, None), "········");
        assert_eq!(bar(f64::NAN, Some(f64::NAN)), "········");
        assert_eq!(bar(f64::INFINITY, Some(-3.0)), "│███████");
    }

    #[test]
    fn a_meter_shows_band_and_guess() {
        let theme = Theme::default();
        let meter = |low, high, at| drawn(11, Meter { low, high, at, role: Role::Text, theme: &theme });
        assert_eq!(meter(0.3, 0.7, Some(0.5)), "···░░●░░···");
        assert_eq!(meter(0.7, 0.3, None), "···░░░░░···", "a band given backwards is the same band");
        assert_eq!(meter(0.0, f64::INFINITY, Some(f64::NAN)), "░░░░░░░░░░░");
    }

    #[test]
    fn fractions_of_nonsense_lie_in_the_middle() {
        assert!((fraction(5.0, 0.0, 10.0) - 0.5).abs() < f64::EPSILON);
        for (value, low, high) in [(f64::NAN, 0.0, 1.0), (1.0, 5.0, 5.0), (1.0, 5.0, 0.0), (1.0, f64::MIN, f64::MAX)] {
            assert!((fraction(value, low, high) - 0.5).abs() < f64::EPSILON);
        }
    }
}
