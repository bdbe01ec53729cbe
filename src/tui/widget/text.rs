//! Text in cells: measured, cut, wrapped, scrolled.
//!
//! Owns: [`width`], [`cut`], [`wrap`], [`Prose`]. Refuses: cleaning text; it was cleaned when it was loaded.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{cells, put};
use crate::tui::theme::{Role, Theme};

/// Columns this text takes on a terminal.
#[must_use]
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text itself if it fits into `max` columns, else its beginning and `ellipsis`.
#[must_use]
pub fn cut<'a>(text: &'a str, max: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= max {
        return Cow::Borrowed(text);
    }
    let ellipsis = if width(ellipsis) <= max { ellipsis } else { "" };
    let (end, _) = prefix(text, max - width(ellipsis));
    Cow::Owned([text[..end].trim_end(), ellipsis].concat())
}

/// The longest beginning of whole characters within `max` columns: its length in bytes, and in columns.
fn prefix(text: &str, max: usize) -> (usize, usize) {
    let (mut end, mut used) = (0, 0);
    for grapheme in text.graphemes(true) {
        let wide = grapheme.width();
        if used + wide > max {
            break;
        }
        used += wide;
        end += grapheme.len();
    }
    (end, used)
}

/// The text in lines of at most `max` columns: broken at spaces, a longer word where it must be; `\n` ends a line. Empty for no
/// columns. A character wider than `max` gets a line of its own all the same.
#[must_use]
pub fn wrap(text: &str, max: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    if max > 0 {
        for line in text.split('\n') {
            wrap_line(line.trim_end(), max, &mut lines);
        }
    }
    lines
}

fn wrap_line<'a>(line: &'a str, max: usize, lines: &mut Vec<&'a str>) {
    let mut rest = line;
    loop {
        let (end, _) = prefix(rest, max);
        if end == rest.len() {
            lines.push(rest);
            return;
        }
        let at_space = rest[end..].starts_with(' ');
        let last_space = rest[..end].rfind(' ').filter(|&at| !rest[..at].trim_start().is_empty());
        let at = match last_space {
            _ if at_space && end > 0 => end,
            Some(at) => at,
            None if end > 0 => end,
            None => rest.graphemes(true).next().map_or(rest.len(), str::len),
        };
        lines.push(rest[..at].trim_end());
        rest = rest[at..].trim_start_matches(' ');
        if rest.is_empty() {
            return;
        }
    }
}

/// Paragraphs of text, each in a role, one under the other and scrolled. Where something lies above or below what is shown, an
/// arrow in the last column says so.
#[derive(Debug, Clone, Copy)]
pub struct Prose<'a> {
    pub paragraphs: &'a [(Role, &'a str)],
    /// Lines left out at the top; more than there are shows the last screenful.
    pub scroll: usize,
    pub theme: &'a Theme,
}

impl<'a> Prose<'a> {
    /// How many lines it takes at this width.
    #[must_use]
    pub fn height(&self, width: u16) -> usize {
        self.lines(width).len()
    }

    /// The largest scroll that still fills the area.
    #[must_use]
    pub fn max_scroll(&self, area: Rect) -> usize {
        self.height(area.width).saturating_sub(usize::from(area.height))
    }

    fn lines(&self, width: u16) -> Vec<(Role, &'a str)> {
        // The last column is kept for the arrows, so that scrolling never changes how the text is broken.
        let room = usize::from(width.saturating_sub(1).max(width.min(1)));
        self.paragraphs.iter().flat_map(|&(role, text)| wrap(text, room).into_iter().map(move |line| (role, line))).collect()
    }
}

impl Widget for &Prose<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let lines = self.lines(area.width);
        let most = lines.len().saturating_sub(usize::from(area.height));
        let scroll = self.scroll.min(most);
        for (n, (role, line)) in lines.iter().skip(scroll).take(usize::from(area.height)).enumerate() {
            put(buf, area, area.x, area.y.saturating_add(cells(n)), line, self.theme.style(*role));
        }
        let quiet = self.theme.style(Role::Quiet);
        let edge = area.right().saturating_sub(1);
        if area.width < 2 {
            return;
        }
        if scroll > 0 {
            put(buf, area, edge, area.y, self.theme.glyphs.up, quiet);
        }
        if scroll < most {
            put(buf, area, edge, area.bottom().saturating_sub(1), self.theme.glyphs.down, quiet);
        }
    }
}

impl Widget for Prose<'_> {
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
    fn cutting_keeps_whole_characters_and_the_width() {
        assert_eq!(cut("Treasury", 8, "…"), "Treasury");
        assert_eq!(cut("Treasury", 7, "…"), "Treasu…");
        assert_eq!(cut("你好吗", 4, "…"), "你…");
        assert_eq!(cut("a b", 2, "…"), "a…");
        assert_eq!(cut("abc", 2, "..."), "ab");
        assert_eq!(cut("abc", 0, "…"), "");
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2, "…"), "e\u{301}…");
    }

    #[test]
    fn wrapping_breaks_at_spaces_and_long_words_where_it_must() {
        assert_eq!(wrap("the talks go on", 9), ["the talks", "go on"]);
        assert_eq!(wrap("the talks go on", 8), ["the", "talks go", "on"]);
        assert_eq!(wrap("countervailing duties", 6), ["counte", "rvaili", "ng", "duties"]);
        assert_eq!(wrap("one\n\ntwo\n", 10), ["one", "", "two", ""]);
        assert_eq!(wrap("  indented text", 10), ["  indented", "text"]);
        assert_eq!(wrap("你好吗", 3), ["你", "好", "吗"]);
        assert_eq!(wrap("你", 1), ["你"]);
        assert_eq!(wrap("anything", 0), Vec::<&str>::new());
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn prose_scrolls_and_says_where_there_is_more() {
        let theme = Theme::default();
        let draw = |scroll| {
            let mut buf = Buffer::empty(Rect::new(0, 0, 10, 3));
            let prose = Prose { paragraphs: &[(Role::Title, "Title"), (Role::Text, "one two three four five six")], scroll, theme: &theme };
            prose.render(buf.area, &mut buf);
            (to_text(&buf), prose.height(10), prose.max_scroll(buf.area))
        };
        assert_eq!(draw(0), ("Title\none two\nthree    ▼\n".into(), 5, 2));
        assert_eq!(draw(1).0, "one two  ▲\nthree\nfour five▼\n");
        assert_eq!(draw(99).0, "three    ▲\nfour five\nsix\n");
    }

    proptest! {
        #[test]
        fn wrapping_loses_nothing_but_spaces_and_exceeds_nothing(text in "[a-z你é \n]{0,80}", max in 2usize..20) {
            let lines = wrap(&text, max);
            let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(solid(&lines.concat()), solid(&text));
            prop_assert!(lines.iter().all(|line| width(line) <= max), "{:?}", lines);
        }

        #[test]
        fn what_is_cut_fits(text in "\\PC{0,40}", max in 0usize..30) {
            prop_assert!(width(&cut(&text, max, "…")) <= max);
        }
    }
}
