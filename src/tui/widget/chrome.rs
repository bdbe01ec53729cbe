//! What surrounds a screen: the line on top, the keys below, rules, columns, boxes.
//!
//! Owns: their layout, and for the footer where each key may be clicked. Refuses: which keys there are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::text::Prose;
use super::{cells, cut, put, row, width};
use crate::tui::theme::{Role, Theme};

/// Where and when you are: three texts, at the left, in the middle and at the right. The left one is cut first; the middle one is
/// left out where it would touch.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    pub left: &'a str,
    pub middle: &'a str,
    pub right: &'a str,
    pub theme: &'a Theme,
}

impl Widget for &Header<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let inner = Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), ..area };
        let style = |role| self.theme.style(role);
        let ellipsis = self.theme.glyphs.ellipsis;
        let right = cut(self.right, usize::from(inner.width), ellipsis);
        let right_at = inner.right().saturating_sub(cells(width(&right)));
        let room = usize::from(right_at.saturating_sub(inner.x).saturating_sub(u16::from(!right.is_empty())));
        let left = cut(self.left, room, ellipsis);
        let left_end = put(buf, inner, inner.x, inner.y, &left, style(Role::Title));
        put(buf, inner, right_at, inner.y, &right, style(Role::Text));
        let middle = cells(width(self.middle));
        // In the middle of the line if it can be, else in the middle of the gap.
        let centre = inner.x.saturating_add(inner.width.saturating_sub(middle) / 2);
        let fits = |x: u16| x >= left_end.saturating_add(2) && x.saturating_add(middle).saturating_add(2) <= right_at;
        let gap = left_end.saturating_add(right_at.saturating_sub(left_end).saturating_sub(middle) / 2);
        if let Some(x) = [centre, gap].into_iter().find(|&x| fits(x)) {
            put(buf, inner, x, inner.y, self.middle, style(Role::Text));
        }
    }
}

impl Widget for Header<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

/// What can be pressed here: key and word. Items that do not fit are left out from the right, except the last, which is where
/// help stands.
#[derive(Debug, Clone, Copy)]
pub struct Footer<'a> {
    pub items: &'a [(&'a str, &'a str)],
    pub theme: &'a Theme,
}

impl Footer<'_> {
    /// The items that fit and the cells each takes: where it is drawn, and where a click means it.
    #[must_use]
    pub fn places(&self, area: Rect) -> Vec<(usize, Rect)> {
        let wide = |(key, word): &(&str, &str)| cells(width(key) + usize::from(!word.is_empty()) + width(word));
        let Some((last, others)) = self.items.split_last() else { return Vec::new() };
        let end = area.right().saturating_sub(1);
        let (mut places, mut x) = (Vec::new(), area.x.saturating_add(1));
        let kept = wide(last).saturating_add(3);
        for (n, item) in others.iter().enumerate() {
            let wide = wide(item);
            if x.saturating_add(wide).saturating_add(kept) > end {
                break;
            }
            places.push((n, Rect { x, y: area.y, width: wide, height: 1 }));
            x = x.saturating_add(wide).saturating_add(3);
        }
        if x.saturating_add(wide(last)) <= end && area.height > 0 {
            places.push((others.len(), Rect { x, y: area.y, width: wide(last), height: 1 }));
        }
        places
    }
}

impl Widget for &Footer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let quiet = self.theme.style(Role::Quiet);
        for (n, (item, place)) in self.places(area).into_iter().enumerate() {
            let (key, word) = self.items[item];
            if n > 0 {
                put(buf, area, place.x.saturating_sub(2), area.y, self.theme.glyphs.dot, quiet);
            }
            let x = put(buf, area, place.x, area.y, key, self.theme.style(Role::Title));
            put(buf, area, x.saturating_add(1), area.y, word, quiet);
        }
    }
}

impl Widget for Footer<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

/// A thin line across the first row of the area, with a title set into it if there is one.
pub fn rule(buf: &mut Buffer, area: Rect, title: Option<&str>, theme: &Theme) {
    let style = theme.style(Role::Rule);
    for n in 0..area.width {
        put(buf, area, area.x.saturating_add(n), area.y, theme.glyphs.horizontal, style);
    }
    if let Some(title) = title {
        let room = usize::from(area.width.saturating_sub(4));
        let title = cut(title, room, theme.glyphs.ellipsis);
        if !title.is_empty() {
            put(buf, area, area.x.saturating_add(1), area.y, &format!(" {title} "), theme.style(Role::Title));
        }
    }
}

/// A thin line down the first column of the area.
pub fn divider(buf: &mut Buffer, area: Rect, theme: &Theme) {
    for n in 0..area.height {
        put(buf, area, area.x, area.y.saturating_add(n), theme.glyphs.vertical, theme.style(Role::Rule));
    }
}

/// Two columns and the one between them for a [`divider`]: the left `left` wide, a space on either side of the divider.
///
/// ```text
/// left……… │ right……
/// ```
#[must_use]
pub fn columns(area: Rect, left: u16) -> [Rect; 3] {
    let left = left.min(area.width);
    let between = area.x.saturating_add(left).saturating_add(1).min(area.right());
    let right = between.saturating_add(2).min(area.right());
    [
        Rect { width: left, ..area },
        Rect { x: between, width: u16::from(between < area.right()), ..area },
        Rect { x: right, width: area.right().saturating_sub(right), ..area },
    ]
}

/// A rectangle of at most this size in the middle of the area.
#[must_use]
pub fn centred(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x.saturating_add((area.width - width) / 2), y: area.y.saturating_add((area.height - height) / 2), width, height }
}

/// Clears the area, draws a box around it, and returns what is inside.
pub fn boxed(buf: &mut Buffer, area: Rect, title: &str, theme: &Theme) -> Rect {
    Clear.render(area.intersection(buf.area), buf);
    // The background of the text fills the box, where the theme has one.
    buf.set_style(area.intersection(buf.area), theme.style(Role::Text));
    let inner = Rect { x: area.x.saturating_add(2), y: area.y.saturating_add(1), width: area.width.saturating_sub(4), height: area.height.saturating_sub(2) };
    if area.width < 2 || area.height < 2 {
        return Rect { width: 0, height: 0, ..area };
    }
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    let style = theme.style(Role::Rule);
    rule(buf, row(area, 0), Some(title).filter(|t| !t.is_empty()), theme);
    rule(buf, row(area, area.height - 1), None, theme);
    divider(buf, area, theme);
    divider(buf, Rect { x: right, width: 1, ..area }, theme);
    let [top_left, top_right, bottom_right, bottom_left] = theme.glyphs.corners;
    for (x, y, corner) in [(area.x, area.y, top_left), (right, area.y, top_right), (right, bottom, bottom_right), (area.x, bottom, bottom_left)] {
        put(buf, area, x, y, corner, style);
    }
    inner
}

/// A box with text over whatever is below it, and a hint in its lower edge. It takes the whole area: see [`centred`] and
/// [`Popup::height`].
#[derive(Debug, Clone, Copy)]
pub struct Popup<'a> {
    pub title: &'a str,
    pub paragraphs: &'a [(Role, &'a str)],
    pub scroll: usize,
    /// What closes it.
    pub hint: &'a str,
    pub theme: &'a Theme,
}

impl Popup<'_> {
    /// Rows it takes at this width to show all its text.
    #[must_use]
    pub fn height(&self, width: u16) -> u16 {
        cells(self.prose().height(width.saturating_sub(4))).saturating_add(2)
    }

    const fn prose(&self) -> Prose<'_> {
        Prose { paragraphs: self.paragraphs, scroll: self.scroll, theme: self.theme }
    }
}

impl Widget for &Popup<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let inner = boxed(buf, area, self.title, self.theme);
        self.prose().render(inner, buf);
        let hint = cut(self.hint, usize::from(area.width.saturating_sub(6)), self.theme.glyphs.ellipsis);
        if !hint.is_empty() && area.height >= 2 {
            let wide = cells(width(&hint));
            let x = area.right().saturating_sub(wide.saturating_add(4));
            put(buf, area, x, area.bottom().saturating_sub(1), &format!(" {hint} "), self.theme.style(Role::Quiet));
        }
    }
}

impl Widget for Popup<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

/// One line of news at the right of the last row of the area, with the sign of its role.
#[derive(Debug, Clone, Copy)]
pub struct Toast<'a> {
    pub text: &'a str,
    pub role: Role,
    pub theme: &'a Theme,
}

impl Widget for &Toast<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        if area.height == 0 {
            return;
        }
        let line = row(area, area.height - 1);
        let text = self.text.split('\n').next().unwrap_or_default();
        let sign = self.theme.sign(self.role);
        let text = if sign.is_empty() { format!(" {text} ") } else { format!(" {sign} {text} ") };
        let text = cut(&text, usize::from(line.width), self.theme.glyphs.ellipsis);
        let x = line.right().saturating_sub(cells(width(&text)));
        Clear.render(Rect { x, width: line.right() - x, ..line }.intersection(buf.area), buf);
        put(buf, line, x, line.y, &text, self.theme.style(self.role));
    }
}

impl Widget for Toast<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        (&self).render(area, buf);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::svg::to_text;

    fn drawn(width: u16, height: u16, paint: impl Fn(&mut Buffer, &Theme)) -> String {
        let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
        paint(&mut buf, &Theme::default());
        to_text(&buf)
    }

    #[test]
    fn the_header_says_where_when_and_with_what() {
        let header = |width| {
            drawn(width, 1, |buf, theme| {
                Header { left: "Cloud Hopper", middle: "10 Dec 2018", right: "capital 11", theme }.render(buf.area, buf);
            })
        };
        assert_eq!(header(50), " Cloud Hopper      10 Dec 2018         capital 11\n");
        assert_eq!(header(30), " Cloud Hopper      capital 11\n");
        assert_eq!(header(20), " Cloud…  capital 11\n");
    }

    #[test]
    fn the_footer_keeps_help_to_the_last_and_knows_where_a_click_lands() {
        let items = [("Enter", "open"), ("p", "propose"), ("i", "intel"), ("?", "help")];
        let footer = |width| drawn(width, 1, |buf, theme| Footer { items: &items, theme }.render(buf.area, buf));
        assert_eq!(footer(60), " Enter open · p propose · i intel · ? help\n");
        assert_eq!(footer(36), " Enter open · p propose · ? help\n");
        assert_eq!(footer(10), " ? help\n");
        assert_eq!(footer(5), "\n");
        let theme = Theme::default();
        let places = Footer { items: &items, theme: &theme }.places(Rect::new(0, 7, 36, 1));
        assert_eq!(places, [(0, Rect::new(1, 7, 10, 1)), (1, Rect::new(14, 7, 9, 1)), (3, Rect::new(26, 7, 6, 1))]);
    }

    #[test]
    fn rules_carry_titles_and_columns_leave_room_for_a_divider() {
        assert_eq!(drawn(16, 1, |buf, theme| rule(buf, buf.area, Some("THE ROOM"), theme)), "─ THE ROOM ─────\n");
        assert_eq!(columns(Rect::new(0, 0, 20, 3), 8), [Rect::new(0, 0, 8, 3), Rect::new(9, 0, 1, 3), Rect::new(11, 0, 9, 3)]);
        assert_eq!(columns(Rect::new(2, 0, 4, 1), 9), [Rect::new(2, 0, 4, 1), Rect::new(6, 0, 0, 1), Rect::new(6, 0, 0, 1)]);
    }

    #[test]
    fn a_popup_covers_what_is_below_it() {
        let picture = drawn(24, 5, |buf, theme| {
            for y in 0..5 {
                buf.set_string(0, y, "x".repeat(24), theme.style(Role::Text));
            }
            let popup = Popup { title: "Sure?", paragraphs: &[(Role::Text, "End the turn")], scroll: 0, hint: "Esc", theme };
            popup.render(centred(buf.area, 18, popup.height(18)), buf);
        });
        assert_eq!(
            picture,
            "xxxxxxxxxxxxxxxxxxxxxxxx\nxxx╭ Sure? ─────────╮xxx\nxxx│ End the turn   │xxx\nxxx╰────────── Esc ─╯xxx\nxxxxxxxxxxxxxxxxxxxxxxxx\n"
        );
    }

    #[test]
    fn a_toast_stands_at_the_lower_right() {
        assert_eq!(drawn(20, 2, |buf, theme| Toast { text: "saved", role: Role::Good, theme }.render(buf.area, buf)), "\n            + saved\n");
    }
}
