//! Text from outside, made harmless; and the measuring and cutting of text by what a terminal
//! shows.
//!
//! Owns the one list of characters that never reach a screen, a report or a file name on a
//! terminal, the type (`Clean`) that only this module can make, and cutting and wrapping by display
//! width. Refuses to own escaping for a format (HTML, CSV, JSON): each writer does its own.
//!
//! Terminal libraries filter control characters in some paths and not in others, and let bidi
//! overrides, zero-width characters and piles of combining marks through in most. So it is done
//! once, where text comes in, and again wherever something unforeseen (a path, an error) is
//! printed.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::fmt;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands where a refused character stood.
pub const REPLACED: char = '\u{FFFD}';

/// Combining marks (and whatever else joins a cell) kept after a base character.
pub const MARKS: usize = 4;

/// Text with nothing in it that could move a cursor, reorder a line or hide.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Clean(String);

impl Clean {
    pub fn as_str(&self) -> &str {
        &self.0
    }
    pub fn into_string(self) -> String {
        self.0
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.pad(&self.0)
    }
}
impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
impl std::ops::Deref for Clean {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}
impl PartialEq<str> for Clean {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}
impl PartialEq<&str> for Clean {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// How much text a place can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// At most so many graphemes (what a reader calls a character); the last is then an ellipsis.
    pub graphemes: usize,
    /// Whether newlines stay; if not they are spaces.
    pub lines: bool,
}

impl Limits {
    /// A word or two in a column.
    pub const SHORT: Limits = Limits { graphemes: 24, lines: false };
    /// A title or a name.
    pub const NAME: Limits = Limits { graphemes: 120, lines: false };
    /// A sentence typed by the player, or one line of a message.
    pub const NOTE: Limits = Limits { graphemes: 280, lines: false };
    /// Running text of the content.
    pub const PROSE: Limits = Limits { graphemes: 8000, lines: true };
}

/// The first thing in a text that may not be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bad {
    /// Byte offset of the character.
    pub offset: usize,
    pub character: char,
    /// What kind of thing it is, in words: "a control character".
    pub what: &'static str,
}

impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} (U+{:04X})", self.what, u32::from(self.character))
    }
}

/// What is wrong with a character, if anything. Newline and tab are right.
pub fn fault(c: char) -> Option<&'static str> {
    if c == '\n' || c == '\t' || (' '..='~').contains(&c) {
        return None;
    }
    let n = u32::from(c);
    Some(match n {
        0x00..=0x1F | 0x7F..=0x9F => "a control character",
        0x061C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069 => {
            "a character that changes the direction of text"
        }
        0x2028 | 0x2029 => "a line or paragraph separator",
        0x180B..=0x180D | 0x180F | 0xFE00..=0xFE0F | 0xE0100..=0xE01EF => "a variation selector",
        0xE0000..=0xE0FFF => "a tag character",
        // Everything else that Unicode calls default-ignorable, and invisible format controls.
        0xAD
        | 0x034F
        | 0x115F..=0x1160
        | 0x17B4..=0x17B5
        | 0x180E
        | 0x200B..=0x200D
        | 0x2060..=0x2065
        | 0x206A..=0x206F
        | 0x3164
        | 0xFEFF
        | 0xFFA0
        | 0xFFF0..=0xFFFB
        | 0x13430..=0x1345F
        | 0x1BCA0..=0x1BCA3
        | 0x1D173..=0x1D17A => "an invisible character",
        _ if (0xFDD0..=0xFDEF).contains(&n) || n & 0xFFFE == 0xFFFE => {
            "a code point that is no character"
        }
        0xE000..=0xF8FF | 0xF0000..=0x10_FFFF => "a private-use character",
        _ => return None,
    })
}

/// Whether a character has no cell of its own.
fn is_mark(c: char) -> bool {
    c.width() == Some(0)
}

/// Whether `text` may be shown as it is.
///
/// # Errors
/// The first character that may not, with its byte offset.
pub fn check(text: &str) -> Result<(), Bad> {
    for (offset, c) in text.char_indices() {
        if let Some(what) = fault(c) {
            return Err(Bad { offset, character: c, what });
        }
    }
    // Plain ASCII cannot pile up marks; most text ends here.
    if text.is_ascii() {
        return Ok(());
    }
    for (start, cluster) in text.grapheme_indices(true) {
        if let Some((at, c)) = cluster.char_indices().nth(MARKS + 1) {
            return Err(Bad {
                offset: start + at,
                character: c,
                what: "more than four marks on one character",
            });
        }
        if let Some(c) = cluster.chars().next().filter(|c| is_mark(*c)) {
            return Err(Bad {
                offset: start,
                character: c,
                what: "a combining mark with nothing to stand on",
            });
        }
    }
    Ok(())
}

/// Makes any text harmless: refused characters become U+FFFD, tabs a space, the rest is cut to
/// `limits`.
pub fn clean(text: &str, limits: Limits) -> Clean {
    // Work is bounded by the limit, not by the text: a grapheme keeps at most five characters, and
    // those that are refused are shown one by one.
    let mut kept =
        String::with_capacity(text.len().min(limits.graphemes.saturating_mul(4)).saturating_add(8));
    let mut room = limits.graphemes.saturating_mul(MARKS + 2).saturating_add(64);
    let mut chars = text.chars().peekable();
    let mut whole = true;
    while let Some(c) = chars.next() {
        if room == 0 {
            whole = false;
            break;
        }
        let kept_as = match c {
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\n' if !limits.lines => ' ',
            '\t' => ' ',
            c if fault(c).is_some() => REPLACED,
            c => c,
        };
        room = room.saturating_sub(1);
        kept.push(kept_as);
    }
    if !kept.is_ascii() {
        // Dropping a character can join its neighbours; what joins is capped again.
        for _ in 0..8 {
            let capped = cap_marks(&kept);
            let settled = capped == kept;
            kept = capped;
            if settled {
                break;
            }
        }
    }
    Clean(shorten(kept, limits.graphemes, whole))
}

fn cap_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for cluster in text.graphemes(true) {
        for (i, c) in cluster.chars().take(MARKS + 1).enumerate() {
            out.push(if i == 0 && is_mark(c) && c != '\n' { REPLACED } else { c });
        }
    }
    out
}

fn shorten(text: String, most: usize, whole: bool) -> String {
    if whole && text.graphemes(true).nth(most).is_none() {
        return text;
    }
    let mut out: String = text.graphemes(true).take(most.saturating_sub(1)).collect();
    out.truncate(out.trim_end().len());
    if most > 0 {
        out.push('…');
    }
    out
}

/// A text of several lines as paragraphs: a newline is a space, an empty line begins a paragraph.
/// Paragraphs are parted by exactly one empty line (`"\n\n"`), and spaces at line ends are dropped.
pub fn fold_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut new_paragraph = false;
    for line in text.split('\n').map(str::trim) {
        if line.is_empty() {
            new_paragraph = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if new_paragraph { "\n\n" } else { " " });
        }
        new_paragraph = false;
        out.push_str(line);
    }
    out
}

/// Anything from outside that is about to be printed on one line: a path, an argument, a message.
pub fn for_terminal(text: &str) -> String {
    let one_line: String = text.chars().map(|c| if c == '\n' { REPLACED } else { c }).collect();
    clean(&one_line, Limits { graphemes: 4096, lines: false }).into_string()
}

/// As [`for_terminal`], for text of several lines; newlines stay.
pub fn for_terminal_lines(text: &str) -> String {
    clean(text, Limits { graphemes: 1 << 20, lines: true }).into_string()
}

/// The first letter large, as at the head of a line.
pub fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |a| a.to_uppercase().chain(chars).collect())
}

/// Columns a terminal needs for the text.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        text.len()
    } else {
        text.graphemes(true).map(UnicodeWidthStr::width).sum()
    }
}

/// The text in at most so many columns; what does not fit is replaced by an ellipsis.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let Some(room) = columns.checked_sub(1) else { return String::new() };
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        used += UnicodeWidthStr::width(cluster);
        if used > room {
            break;
        }
        out.push_str(cluster);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// The text in lines of at most so many columns, broken at spaces; a longer word is broken
/// anywhere. A newline begins a new line, so `"\n\n"` leaves an empty one. There is always at least
/// one line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        let mut used = 0;
        for word in paragraph.split(' ').filter(|w| !w.is_empty()) {
            let wide = width(word);
            if used > 0 && used + 1 + wide <= columns {
                line.push(' ');
                line.push_str(word);
                used += 1 + wide;
                continue;
            }
            if used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            for cluster in word.graphemes(true) {
                let wide = UnicodeWidthStr::width(cluster);
                if used + wide > columns && used > 0 {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                if wide > columns {
                    line.push(REPLACED);
                    used += 1;
                } else {
                    line.push_str(cluster);
                    used += wide;
                }
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: Limits = Limits { graphemes: 1 << 20, lines: true };

    fn forbidden(c: char) -> bool {
        let n = u32::from(c);
        // Written from the requirement, not from `fault`, so that one can catch the other.
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(n, 0x202A..=0x202E | 0x2066..=0x2069 | 0x200B..=0x200F | 0x061C | 0x2060)
            || matches!(n, 0xFEFF | 0xAD | 0x2028 | 0x2029)
            || (0xE0000..=0xE0FFF).contains(&n)
            || (0xFE00..=0xFE0F).contains(&n)
            || (0xE000..=0xF8FF).contains(&n)
            || n >= 0xF0000
            || n & 0xFFFE == 0xFFFE
            || (0xFDD0..=0xFDEF).contains(&n)
    }

    #[test]
    fn no_code_point_that_could_act_on_a_terminal_comes_out() {
        let mut seen = 0;
        for c in '\0'..=char::MAX {
            seen += 1;
            let text = format!("a{c}b");
            let out = clean(&text, ALL);
            assert!(
                !out.chars().any(|c| forbidden(c) || c == '\t'),
                "U+{:04X} came out in {:?}",
                u32::from(c),
                out
            );
            assert!(
                out.starts_with('a') && out.ends_with('b'),
                "U+{:04X} took its neighbours with it",
                u32::from(c)
            );
            assert_eq!(
                check(&text).is_ok(),
                out == text.replace('\t', " ").as_str(),
                "U+{:04X}: shown as it is exactly when nothing is wrong with it",
                u32::from(c)
            );
            assert!(fault(c).is_some() || !forbidden(c), "U+{:04X}", u32::from(c));
            if forbidden(c) {
                assert!(
                    out.contains(REPLACED),
                    "U+{:04X} must be seen to have been there",
                    u32::from(c)
                );
            }
            assert!(check(&out).is_ok(), "U+{:04X}", u32::from(c));
            assert!(!for_terminal(&text).contains('\n'));
        }
        assert_eq!(seen, 1_112_064);
    }

    #[test]
    fn escape_sequences_are_left_without_their_escape() {
        assert_eq!(
            clean("a\x1b[2Jb\u{9b}31m\u{7}\tc", Limits::NOTE),
            "a\u{FFFD}[2Jb\u{FFFD}31m\u{FFFD} c"
        );
        assert_eq!(for_terminal("one\ntwo\u{202e}"), "one\u{FFFD}two\u{FFFD}");
        assert_eq!(clean("one\r\ntwo\rx", ALL), "one\ntwo\u{FFFD}x");
        assert_eq!(clean("one\ntwo", Limits::NAME), "one two");
    }

    #[test]
    fn at_most_four_marks_stay_on_a_character() {
        let pile = format!("x{}y", "\u{301}".repeat(10_000));
        assert_eq!(clean(&pile, ALL).as_str(), format!("x{}y", "\u{301}".repeat(4)));
        assert_eq!(check(&pile).unwrap_err().offset, 1 + 4 * 2);
        assert!(check("e\u{301}\u{302}\u{303}\u{304}").is_ok());
        assert_eq!(clean("\u{301}a", ALL), "\u{FFFD}a");
        assert_eq!(clean("a\n\u{301}b", ALL), "a\n\u{FFFD}b");
    }

    #[test]
    fn a_long_text_is_cut_between_graphemes() {
        let limits = Limits { graphemes: 4, lines: false };
        assert_eq!(clean("abcd", limits), "abcd");
        assert_eq!(clean("abcde", limits), "abc…");
        assert_eq!(clean("abe\u{301}\u{301}de", limits), "abe\u{301}\u{301}…");
        assert_eq!(clean("ab cd", Limits { graphemes: 0, lines: false }), "");
        let huge = "x".repeat(5_000_000);
        assert_eq!(clean(&huge, Limits::NAME).graphemes(true).count(), 120);
        let marks = format!("x{}", "\u{301}".repeat(1_000_000));
        assert!(clean(&marks, Limits::NAME).len() < 200);
    }

    #[test]
    fn a_newline_is_a_space_and_an_empty_line_a_paragraph() {
        assert_eq!(
            fold_paragraphs("  one\n   two  \n\n\n \n three\nfour\n"),
            "one two\n\nthree four"
        );
        assert_eq!(fold_paragraphs(""), "");
        assert_eq!(fold_paragraphs("\n\n"), "");
        assert_eq!(fold_paragraphs("one line"), "one line");
    }

    #[test]
    fn cutting_and_wrapping_count_columns() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("日本", 4), "日本");
        assert_eq!(cut("ab cd", 4), "ab…");
        assert_eq!(cut("abc", 0), "");
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one\n\ntwo", 7), ["one", "", "two"]);
        assert_eq!(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrap("", 7), [""]);
        assert_eq!(wrap("日", 1), ["\u{FFFD}"]);
    }

    fn nasty() -> impl Strategy<Value = String> {
        let marks = prop::sample::select(vec![
            '\u{301}', '\u{0903}', '\u{1160}', '\u{11A8}', '\u{1100}', '\u{94D}', '\u{915}',
            '\u{600}', '🇫', '👍', '🏽', '\u{200D}', '\n', 'é', '日',
        ]);
        prop::collection::vec(prop_oneof![3 => marks, 1 => any::<char>(), 1 => Just(' ')], 0..60)
            .prop_map(|v| v.into_iter().collect())
    }

    proptest! {
        #[test]
        fn clean_text_is_checked_text_and_cleaning_it_again_changes_nothing(text in nasty()) {
            let once = clean(&text, ALL);
            prop_assert_eq!(check(&once), Ok(()));
            prop_assert_eq!(&clean(&once, ALL), &once);
            for cluster in once.graphemes(true) {
                prop_assert!(cluster.len() <= 32, "{} bytes in a cell", cluster.len());
            }
        }

        #[test]
        fn a_cut_or_wrapped_text_fits(text in nasty(), columns in 0_usize..30) {
            let clean = clean(&text, ALL);
            prop_assert!(width(&cut(&clean.replace('\n', " "), columns)) <= columns);
            for line in wrap(&clean, columns) {
                prop_assert!(width(&line) <= columns.max(1), "{line:?}");
            }
        }

        #[test]
        fn wrapping_loses_no_letter(text in "[a-z ]{0,80}", columns in 1_usize..20) {
            let letters = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&wrap(&text, columns).concat()), letters(&text));
        }
    }
}
