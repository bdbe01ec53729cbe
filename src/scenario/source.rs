//! A content file as text, with every place in it nameable.
//!
//! Owns the limits of a text (1 MiB, UTF-8), the removal of a byte-order mark and
//! of carriage returns, the search for characters that must not be shown, and the arithmetic
//! between byte offsets and line and column. Refuses to own what the text means.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::problem::{Code, Excerpt, Problem, Severity};
use crate::text;

/// Largest content file, in bytes.
pub const MOST: usize = 1 << 20;

/// Most lines of a range shown in an excerpt.
const EXCERPT_LINES: usize = 6;
/// Most bytes of a line shown on either side of the mark.
const EXCERPT_SIDE: usize = 240;

/// A file's text, without byte-order mark and carriage returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// As the user named it. Not cleaned: everything that prints it cleans it.
    pub name: String,
    pub text: Cow<'static, str>,
    /// Byte offset of each line's first character; found when somebody asks for a place.
    lines: OnceLock<Vec<usize>>,
    /// Carried in the program, where tests have looked for every mistake of writing already.
    pub(super) carried: bool,
    /// What nobody wrote here: fields taken over from a layer below, in `text`. None holds a line
    /// end.
    pub(super) inserted: Vec<Range<usize>>,
}

impl Source {
    /// A text that is already in memory.
    pub fn embedded(name: &str, text: &str) -> Source {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        // A file with no other line ends was written by something that ends lines so.
        let text: String = match (text.contains('\r'), text.contains('\n')) {
            (false, _) => text.to_owned(),
            (true, true) => text.replace("\r\n", "\n"),
            (true, false) => text.replace('\r', "\n"),
        };
        Source {
            name: name.to_owned(),
            text: text.into(),
            lines: OnceLock::new(),
            carried: false,
            inserted: Vec::new(),
        }
    }

    /// A text carried in the program, that need not be searched for mistakes of writing each time
    /// it is read, nor copied: a test sees to it that it has nothing to take out.
    pub fn carried(name: &str, text: &'static str) -> Source {
        Source { carried: true, text: text.into(), ..Source::embedded(name, "") }
    }

    /// The same with these texts put in, each before its offset, in rising order.
    #[must_use]
    pub fn with(&self, put: &[(usize, String)]) -> Source {
        if put.is_empty() {
            return self.clone();
        }
        let (mut text, mut inserted) = (String::new(), Vec::new());
        let mut from = 0;
        for (at, more) in put {
            text.push_str(self.text.get(from..*at).unwrap_or_default());
            let start = text.len();
            text.push_str(more);
            inserted.push(start..text.len());
            from = *at;
        }
        text.push_str(self.text.get(from..).unwrap_or_default());
        Source { text: text.into(), inserted, ..Source::embedded(&self.name, "") }
    }

    /// The same for good: one that is carried is read the short way again.
    pub(super) fn keep(self) -> Source {
        let text: &'static str = match self.text {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => Box::leak(text.into_boxed_str()),
        };
        Source { text: text.into(), carried: true, ..self }
    }

    /// Whether nobody wrote what stands there.
    pub fn is_inserted(&self, offset: usize) -> bool {
        self.inserted.iter().any(|r| r.contains(&offset))
    }

    /// The column in the file as it was written, for one in the text that is read.
    pub fn written_column(&self, line: u32, column: u32) -> u32 {
        let Some(range) = self.line_range(line as usize).filter(|_| !self.inserted.is_empty())
        else {
            return column;
        };
        let before = self.offset(line as usize, column as usize);
        let text = self.text.get(range.start..before).unwrap_or_default();
        let more = text
            .char_indices()
            .filter(|(at, _)| self.is_inserted(at.saturating_add(range.start)))
            .count();
        column.saturating_sub(small(more))
    }

    /// A problem of this text, placed in the file as it was written.
    pub fn as_written(&self, mut problem: Problem) -> Problem {
        if self.inserted.is_empty() || problem.file != self.name {
            return problem;
        }
        problem.column = self.written_column(problem.line, problem.column);
        problem.end_column = self.written_column(problem.line, problem.end_column);
        for excerpt in [&mut problem.excerpt, &mut problem.other].into_iter().flatten() {
            excerpt.column = self.written_column(excerpt.line, excerpt.column);
        }
        problem
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            std::iter::once(0)
                .chain(self.text.match_indices('\n').map(|(at, _)| at.saturating_add(1)))
                .collect()
        })
    }

    /// Decodes the bytes of a file.
    ///
    /// # Errors
    /// Too many bytes, or the place of the first that is not UTF-8.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<Source, Problem> {
        if bytes.len() > MOST {
            return Err(Problem::of_file(name, Code::TooLarge, "the file is larger than 1 MiB"));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::embedded(name, &text)),
            Err(e) => {
                let good = e.utf8_error().valid_up_to();
                let byte = e.as_bytes().get(good).copied().unwrap_or(0);
                // What stands before the bad byte is good text, and its end is the place.
                let before = Source::embedded(
                    name,
                    &String::from_utf8_lossy(e.as_bytes().get(..good).unwrap_or_default()),
                );
                let end = before.text.len();
                let hint = match e.as_bytes() {
                    [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "the file is UTF-16; save it as UTF-8",
                    _ => "save the file as UTF-8 in your editor",
                };
                Err(before
                    .problem(
                        end..end,
                        Code::NotUtf8,
                        format!("this byte (0x{byte:02X}) is not UTF-8 text"),
                    )
                    .hint(hint))
            }
        }
    }

    /// Line and column, both from 1, the column in characters. An offset inside a character or
    /// beyond the end counts as the nearest one before.
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        let offset = self.floor(offset);
        let line = self.lines().partition_point(|start| *start <= offset).max(1);
        let start = self.lines().get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.text.get(start..offset).map_or(0, |t| t.chars().count());
        (small(line), small(column.saturating_add(1)))
    }

    /// The byte offset of a line and column; beyond the end of a line it is the line's end.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let Some(range) = self.line_range(line) else { return self.text.len() };
        let text = self.text.get(range.clone()).unwrap_or_default();
        text.char_indices()
            .nth(column.saturating_sub(1))
            .map_or(range.end, |(at, _)| range.start.saturating_add(at))
    }

    /// The bytes of a line (from 1), without its newline.
    pub fn line_range(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.lines().get(line.checked_sub(1)?)?;
        let end = self.lines().get(line).map_or(self.text.len(), |next| next.saturating_sub(1));
        Some(start..end)
    }

    /// A problem at a place of this text, with its excerpt.
    pub fn problem(&self, range: Range<usize>, code: Code, message: impl Into<String>) -> Problem {
        let excerpt = self.excerpt(range.clone(), "");
        let (end_line, end_column) = self.line_column(range.end.max(range.start));
        let end_column = if end_line == excerpt.line {
            end_column.max(excerpt.column)
        } else {
            self.line_range(excerpt.line as usize)
                .map_or(excerpt.column, |r| self.line_column(r.end).1)
        };
        Problem {
            file: self.name.clone(),
            line: excerpt.line,
            column: excerpt.column,
            end_column,
            severity: Severity::Error,
            code,
            message: message.into(),
            hint: String::new(),
            excerpt: Some(Box::new(excerpt)),
            other: None,
        }
    }

    /// The lines of a range with the range marked, harmless and of bounded size.
    pub fn excerpt(&self, range: Range<usize>, label: &str) -> Excerpt {
        let start = self.floor(range.start);
        let (line, column) = self.line_column(start);
        let first = self.line_range(line as usize).unwrap_or(0..0);
        let (last_line, _) = self.line_column(range.end.max(start));
        let last = if (last_line as usize).saturating_sub(line as usize) >= EXCERPT_LINES {
            first.clone()
        } else {
            self.line_range(last_line as usize).unwrap_or(first.clone())
        };
        let end = self.floor(range.end).clamp(start, last.end.max(start));
        // A very long line is shown only around the mark.
        let side = EXCERPT_SIDE.saturating_add(self.inserted_on(&(first.start..last.end)));
        let from = self.floor(first.start.max(start.saturating_sub(side)));
        let to = self.floor(last.end.min(end.min(start.saturating_add(side)).saturating_add(side)));
        let mut text = String::new();
        let (mut marked_start, mut marked_end) = (None, None);
        let mut marks = 0;
        for (at, c) in self.text.get(from..to.max(from)).unwrap_or_default().char_indices() {
            let at = at.saturating_add(from);
            if self.is_inserted(at) {
                continue;
            }
            if at >= start && marked_start.is_none() {
                marked_start = Some(text.len());
            }
            if at >= end && marked_end.is_none() {
                marked_end = Some(text.len());
            }
            marks =
                if unicode_width::UnicodeWidthChar::width(c) == Some(0) { marks + 1 } else { 0 };
            if marks <= text::MARKS {
                text.push(if text::fault(c).is_some() { text::REPLACED } else { c });
            }
        }
        let marked_start = marked_start.unwrap_or(text.len());
        let marked_end = marked_end.unwrap_or(text.len()).max(marked_start);
        Excerpt {
            line,
            column,
            cut: from > first.start,
            text,
            marked: marked_start..marked_end,
            label: label.to_owned(),
        }
    }

    /// How many bytes of the range nobody wrote.
    fn inserted_on(&self, range: &Range<usize>) -> usize {
        let within = self.inserted.iter().filter(|r| r.start < range.end && r.end > range.start);
        within.map(ExactSizeIterator::len).sum()
    }

    /// Every character of the text that must not reach a screen, wherever it stands, at most
    /// `most`.
    pub fn bad_characters(&self, most: usize) -> Vec<Problem> {
        let mut all = Vec::new();
        for (at, c) in self.text.char_indices() {
            if all.len() >= most {
                break;
            }
            if let Some(what) = text::fault(c) {
                let bad = text::Bad { offset: at, character: c, what };
                all.push(
                    self.problem(
                        at..at.saturating_add(c.len_utf8()),
                        Code::BadCharacter,
                        format!("{bad} stands here"),
                    )
                    .hint("delete it; it often comes with text copied from elsewhere"),
                );
            }
        }
        all
    }

    /// The nearest character boundary at or before.
    fn floor(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset)
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_byte_order_mark_and_carriage_returns_are_taken_off() {
        let bytes = b"\xEF\xBB\xBF(a: 1,\r\n b: 2)\r\n".to_vec();
        let source = Source::from_bytes("a", bytes).unwrap();
        assert_eq!(source.text, "(a: 1,\n b: 2)\n");
        assert_eq!(source.line_column(8), (2, 2));
        assert!(source.bad_characters(9).is_empty());
        assert_eq!(Source::embedded("a", "one\rtwo").text, "one\ntwo");
        assert_eq!(Source::embedded("a", "one\rtwo\n").bad_characters(9).len(), 1);
    }

    #[test]
    fn the_first_byte_that_is_not_utf8_is_named_by_line_and_column() {
        let bytes = b"(a: 1,\n b\xC3\xA9: \xFF 2)\n".to_vec();
        let p = Source::from_bytes("a", bytes).unwrap_err();
        assert_eq!((p.line, p.column, p.code), (2, 6, Code::NotUtf8));
        assert!(p.message.contains("0xFF"), "{}", p.message);
        let utf16: Vec<u8> = "\u{feff}(a: 1)".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(Source::from_bytes("x", utf16).unwrap_err().hint.contains("UTF-16"));
    }

    #[test]
    fn a_character_that_hides_or_reorders_is_reported_where_it_stands() {
        let source =
            Source::embedded("a.ron", "(a: 1,\n \"\u{e9}\u{202e}x\": 2, // \u{200b}\n\u{0}");
        let found: Vec<_> = source.bad_characters(100).iter().map(|p| (p.line, p.column)).collect();
        assert_eq!(found, [(2, 4), (2, 15), (3, 1)]);
        assert_eq!(source.bad_characters(1).len(), 1);
    }

    #[test]
    fn an_excerpt_is_small_however_long_the_line_or_the_range() {
        let source = Source::embedded("a", &"é".repeat(400_000));
        let excerpt = source.excerpt(300_000..300_010, "");
        assert!(excerpt.text.len() < 1000);
        assert_eq!(excerpt.text.get(excerpt.marked.clone()), Some("ééééé"));
        assert_eq!(excerpt.column, 150_001);
        let tall = Source::embedded("a", &"x\n".repeat(1000));
        let excerpt = tall.excerpt(10..1500, "");
        assert_eq!((excerpt.line, excerpt.text.lines().count()), (6, 1));
    }

    proptest! {
        #[test]
        fn line_and_column_lead_back_to_the_same_offset(
            text in "[a\né日 ]{0,60}",
            at in 0_usize..80,
        ) {
            let source = Source::embedded("a", &text);
            let at = source.floor(at.min(text.len()));
            let (line, column) = source.line_column(at);
            prop_assert_eq!(source.offset(line as usize, column as usize), at);
        }

        #[test]
        fn any_bytes_are_read_or_refused_with_a_place_and_any_range_can_be_shown(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            a in 0_usize..220,
            b in 0_usize..220,
        ) {
            match Source::from_bytes("a", bytes) {
                Ok(source) => {
                    let p = source.problem(a..b, Code::Syntax, "x");
                    prop_assert!(p.line >= 1 && p.column >= 1 && p.end_column >= p.column);
                    let shown = super::super::problem::text(&[p], false, 80);
                    prop_assert_eq!(text::check(&shown), Ok(()));
                }
                Err(p) => prop_assert!(p.line >= 1),
            }
        }
    }
}
