//! The words of a content file: texts, brackets, commas, and where each stands.
//!
//! Owns cutting the text into tokens without ever failing, the mistakes that show at this level (a
//! text or comment that does not close, an escape that smuggles in what may not be written, an
//! extension header), and where a text that does not close was probably meant to end. Refuses to
//! own how the tokens fit together (`recover`).

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::ops::Range;

use super::problem::{Code, Problem};
use super::source::Source;
use crate::text;

/// Most flaws noted at one level; beyond them nothing more is looked for.
pub const FLAWS: usize = 200;

/// Most tokens in a file. The longest core has a fifth of that; it bounds the memory of the tree.
pub const TOKENS: usize = 250_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bracket {
    Round,
    Square,
    Curly,
}

impl Bracket {
    pub fn opening(self) -> char {
        match self {
            Bracket::Round => '(',
            Bracket::Square => '[',
            Bracket::Curly => '{',
        }
    }
    pub fn closing(self) -> char {
        match self {
            Bracket::Round => ')',
            Bracket::Square => ']',
            Bracket::Curly => '}',
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a number; anything of letters, digits, `_ . + - #`.
    Word,
    /// In quotation marks, which are part of the token.
    Text,
    Char,
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

/// A mistake of writing.
#[derive(Debug)]
pub struct Flaw {
    pub at: usize,
    pub problem: Problem,
    /// The repaired text can be parsed at this place.
    pub repaired: bool,
    /// It follows from another and is not worth reading.
    pub hidden: bool,
}

#[derive(Debug, Default)]
pub struct Tokens {
    pub tokens: Vec<Token>,
    pub flaws: Vec<Flaw>,
    /// What to overwrite in the repaired text, and with what.
    pub blanked: Vec<(Range<usize>, u8)>,
    /// Reading stopped before the end.
    pub overflow: bool,
}

/// A few words of the file, fit to stand in a message.
pub fn shown(words: &str) -> String {
    text::clean(words, text::Limits { graphemes: 48, lines: false }).into_string()
}

/// Cuts the whole text into tokens.
pub fn read(source: &Source) -> Tokens {
    let mut lexer = Lexer { source, text: &source.text, at: 0, lexed: Tokens::default() };
    while lexer.at < lexer.text.len() {
        if lexer.lexed.tokens.len() >= TOKENS {
            let at = lexer.at;
            lexer.flaw(
                false,
                at..at,
                Code::TooMany,
                format!("the file holds more than {TOKENS} words, marks and brackets"),
                "",
            );
            lexer.lexed.overflow = true;
        }
        if lexer.lexed.overflow || lexer.lexed.flaws.len() >= FLAWS {
            lexer.lexed.overflow = true;
            break;
        }
        lexer.token();
    }
    lexer.lexed
}

struct Lexer<'a> {
    source: &'a Source,
    text: &'a str,
    at: usize,
    lexed: Tokens,
}

/// Quotation marks of type, which the format does not know.
fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '″')
}

/// Whether a word stands in quotation marks, be they straight.
pub fn is_quoted(text: &str) -> bool {
    text.starts_with(|c| c == '"' || is_curly(c))
}

/// A word without its quotation marks.
pub fn unquoted(text: &str) -> &str {
    text.trim_matches(|c| c == '"' || is_curly(c))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '-')
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind, len: usize) {
        let start = self.at;
        self.at = self.at.saturating_add(len.max(1)).min(self.text.len());
        self.lexed.tokens.push(Token { kind, start, end: self.at });
    }

    fn flaw(
        &mut self,
        repaired: bool,
        range: Range<usize>,
        code: Code,
        message: String,
        hint: &str,
    ) {
        let problem = self.source.problem(range.clone(), code, message).hint(hint);
        self.lexed.flaws.push(Flaw { at: range.start, problem, repaired, hidden: false });
    }

    fn token(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        match c {
            ' ' | '\t' | '\n' | '\r' => {
                self.at =
                    self.at
                        .saturating_add(rest.len().saturating_sub(
                            rest.trim_start_matches([' ', '\t', '\n', '\r']).len(),
                        ));
            }
            '/' if rest.starts_with("//") => {
                self.at = self.at.saturating_add(rest.find('\n').unwrap_or(rest.len()));
            }
            '/' if rest.starts_with("/*") => self.block_comment(rest),
            '(' => self.push(Kind::Open(Bracket::Round), 1),
            ')' => self.push(Kind::Close(Bracket::Round), 1),
            '[' => self.push(Kind::Open(Bracket::Square), 1),
            ']' => self.push(Kind::Close(Bracket::Square), 1),
            '{' => self.push(Kind::Open(Bracket::Curly), 1),
            '}' => self.push(Kind::Close(Bracket::Curly), 1),
            ',' => self.push(Kind::Comma, 1),
            ':' => self.push(Kind::Colon, 1),
            '"' => self.quoted(0),
            c if is_curly(c) => self.curly(rest),
            '%' if self.follows_number() => self.percent(),
            '#' if rest.starts_with("#!") => self.extension(rest),
            '\'' => match (char_literal(rest), single_quoted(rest)) {
                (Some(len), _) => self.push(Kind::Char, len),
                (None, Some(len)) => self.single(len),
                (None, None) => self.push(Kind::Other, 1),
            },
            ';' => self.semicolon(),
            '–' | '−' | '—' if rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) => {
                self.minus(rest, c.len_utf8());
            }
            '/' if rest.starts_with("/ ") => self.slash(rest),
            c if c.is_whitespace() => self.space(c),
            c if is_word(c) => self.word(rest),
            c => self.push(Kind::Other, c.len_utf8()),
        }
    }

    /// A text in the quotation marks that a word processor sets: up to their end on this line.
    fn curly(&mut self, rest: &str) {
        let start = self.at;
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let line = rest.split('\n').next().unwrap_or(rest);
        let end = line
            .char_indices()
            .skip(1)
            .find(|(_, c)| is_curly(*c) || *c == '"')
            .map(|(n, c)| (n, n.saturating_add(c.len_utf8())));
        let len = end.map_or_else(|| line.find([',', ')']).unwrap_or(line.len()), |(_, to)| to);
        self.flaw(
            end.is_some(),
            start..start.saturating_add(first),
            Code::BadCharacter,
            "a text stands in straight quotation marks".to_owned(),
            "write \" at both ends; an editor for plain text does not bend them",
        );
        if let Some((mark, to)) = end {
            // As long as it was: the marks take more than one byte each.
            let open = start.saturating_add(first.saturating_sub(1));
            let (mark, to) = (start.saturating_add(mark), start.saturating_add(to));
            self.lexed.blanked.push((start..open, b' '));
            self.lexed.blanked.push((open..open.saturating_add(1), b'"'));
            self.lexed.blanked.push((mark..mark.saturating_add(1), b'"'));
            self.lexed.blanked.push((mark.saturating_add(1)..to, b' '));
        }
        self.push(Kind::Text, len);
    }

    /// A text in single quotation marks.
    fn single(&mut self, len: usize) {
        let (start, end) = (self.at, self.at.saturating_add(len));
        self.mend(
            start..start.saturating_add(1),
            "a text stands in double quotation marks",
            "write \" in place of ' at both ends",
        );
        self.lexed.blanked.push((start..start.saturating_add(1), b'"'));
        self.lexed.blanked.push((end.saturating_sub(1)..end, b'"'));
        self.push(Kind::Text, len);
    }

    fn semicolon(&mut self) {
        let at = self.at..self.at.saturating_add(1);
        self.mend(at.clone(), "items end with a comma", "write `,` in place of `;`");
        self.lexed.blanked.push((at, b','));
        self.push(Kind::Comma, 1);
    }

    /// A dash before a number.
    fn minus(&mut self, rest: &str, dash: usize) {
        let end = self.at.saturating_add(dash);
        let digits = rest.get(dash..).unwrap_or_default();
        let len = dash.saturating_add(digits.find(|c| !is_word(c)).unwrap_or(digits.len()));
        self.mend(self.at..end, "a dash is no minus", "write `-`");
        self.lexed.blanked.push((self.at..end.saturating_sub(1), b' '));
        self.lexed.blanked.push((end.saturating_sub(1)..end, b'-'));
        self.push(Kind::Word, len);
    }

    /// A remark begun with one slash.
    fn slash(&mut self, rest: &str) {
        let end = self.at.saturating_add(rest.find('\n').unwrap_or(rest.len()));
        let at = self.at..self.at.saturating_add(1);
        self.mend(at, "a remark begins with two slashes", "write `//`");
        self.lexed.blanked.push((self.at..end, b' '));
        self.at = end;
    }

    /// A space that no keyboard has: it looks like one and is another.
    fn space(&mut self, c: char) {
        let at = self.at..self.at.saturating_add(c.len_utf8());
        let what =
            format!("this looks like a space and is another character (U+{:04X})", u32::from(c));
        self.mend(
            at.clone(),
            &what,
            "delete it and type a space; it comes from a web page or a word processor",
        );
        self.lexed.blanked.push((at.clone(), b' '));
        self.at = at.end;
    }

    /// Notes a mistake that is put right for the rest of the reading.
    fn mend(&mut self, at: Range<usize>, message: &str, hint: &str) {
        self.flaw(true, at, Code::Syntax, message.to_owned(), hint);
    }

    fn follows_number(&self) -> bool {
        let last = self.lexed.tokens.last().filter(|t| t.end == self.at && t.kind == Kind::Word);
        let text = last.and_then(|t| self.text.get(t.start..t.end));
        text.is_some_and(|t| t.parse::<f64>().is_ok())
    }

    /// `60%`: a share is a number alone.
    fn percent(&mut self) {
        let range = self.at..self.at.saturating_add(1);
        self.flaw(
            true,
            range.clone(),
            Code::BadValue,
            "a share of a hundred is written as a number alone".to_owned(),
            "delete the `%`",
        );
        self.lexed.blanked.push((range.clone(), b' '));
        self.at = range.end;
    }

    fn word(&mut self, rest: &str) {
        // r"...", r#"..."#, b"...", br#"..."#
        let prefix = rest.len().saturating_sub(rest.trim_start_matches(['r', 'b']).len());
        if (1..=2).contains(&prefix) {
            let after = rest.get(prefix..).unwrap_or_default();
            let hashes = after.len().saturating_sub(after.trim_start_matches('#').len());
            let raw = rest.get(..prefix).is_some_and(|p| p.contains('r'));
            if after.get(hashes..).is_some_and(|a| a.starts_with('"')) && (raw || hashes == 0) {
                if raw {
                    return self.raw(prefix, hashes);
                }
                return self.quoted(prefix);
            }
            if raw && hashes > 0 {
                // r#name
                let name = after.get(hashes..).unwrap_or_default();
                let len = name.find(|c| !is_word(c)).unwrap_or(name.len());
                return self.push(Kind::Word, prefix.saturating_add(hashes).saturating_add(len));
            }
        }
        self.push(Kind::Word, rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
    }

    fn raw(&mut self, prefix: usize, hashes: usize) {
        let rest = self.rest();
        let from = prefix.saturating_add(hashes).saturating_add(1);
        let end = format!("\"{}", "#".repeat(hashes));
        if let Some(n) = rest.get(from..).and_then(|r| r.find(&end)) {
            self.push(Kind::Text, from.saturating_add(n).saturating_add(end.len()));
        } else {
            let at = self.at;
            self.flaw(
                false,
                at..at.saturating_add(from),
                Code::UnclosedText,
                "this text is never closed".to_owned(),
                &format!("it ends with {end}"),
            );
            self.push(Kind::Text, rest.len());
        }
    }

    /// A text in quotation marks that begins `prefix` bytes on.
    fn quoted(&mut self, prefix: usize) {
        let start = self.at;
        if prefix == 0
            && self
                .lexed
                .tokens
                .last()
                .is_some_and(|t| t.end == start && matches!(t.kind, Kind::Word | Kind::Other))
        {
            // A mark right behind a word ends a text. That it never began is the mistake.
            self.flaw(
                false,
                start..start.saturating_add(1),
                Code::UnclosedText,
                "a text ends here that has no beginning".to_owned(),
                "a quotation mark is missing where it begins",
            );
            self.at = start.saturating_add(1);
            return;
        }
        let rest = self.rest();
        let from = prefix.saturating_add(1);
        let mut escaped = false;
        let mut end = None;
        for (n, c) in rest.char_indices().skip_while(|(n, _)| *n < from) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    end = Some(n.saturating_add(1));
                    break;
                }
                _ => {}
            }
        }
        let body = end.map_or(rest, |e| rest.get(..e).unwrap_or(rest));
        // A text is followed by a comma, a colon or a bracket. If a word or a further quotation
        // mark touches it, or a word follows a text of several lines, its last mark was meant to
        // open.
        let next = end.and_then(|e| rest.get(e..)).unwrap_or_default();
        let touched = next.starts_with(|c: char| c == '"' || is_word(c));
        let many = body.contains('\n');
        let followed = many
            && next
                .split('\n')
                .next()
                .unwrap_or_default()
                .trim_start_matches([' ', '\t'])
                .starts_with(|c: char| c == '"' || is_word(c));
        match end {
            Some(len) if !touched && !followed => {
                self.escapes(start.saturating_add(prefix), start.saturating_add(len));
                self.push(Kind::Text, len);
            }
            Some(_) if !many => self.mark_inside(rest, next),
            _ => self.unclosed(rest, body),
        }
    }

    /// A quotation mark within a text of one line.
    fn mark_inside(&mut self, rest: &str, next: &str) {
        let start = self.at;
        let inner = rest.len().saturating_sub(next.len());
        let body = rest.get(1..inner.saturating_sub(1)).unwrap_or_default();
        if body.trim_end().ends_with([':', ',', '(', '[', '{']) {
            // The mark was meant to open the next text; this one ends before its colon or comma.
            self.flaw(
                false,
                start..start.saturating_add(1),
                Code::UnclosedText,
                "the text that begins here is never closed".to_owned(),
                "a quotation mark is missing at its end",
            );
            let key = body
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
                .filter(|n| *n > 0 && body.get(*n..).is_some_and(|b| b.starts_with(':')));
            // `…, on: `: what stands before the last comma is the text.
            let next = body.trim_end().strip_suffix(':').and_then(|b| b.rsplit_once(','));
            let next = next.filter(|(_, word)| word.trim_start().chars().all(is_word));
            let before = next.map(|(text, _)| text.len());
            let len = key.or(before).or_else(|| body.find([',', ')'])).unwrap_or(body.len());
            return self.push(Kind::Text, len.saturating_add(1));
        }
        let line = rest.split('\n').next().unwrap_or(rest);
        let ends_item = |n: usize| {
            line.get(n.saturating_add(1)..).is_some_and(|after| {
                after.trim_start().is_empty()
                    || after.trim_start().starts_with([',', ')', ']', '}'])
            })
        };
        let last =
            line.match_indices('"').map(|(n, _)| n).filter(|n| *n >= inner && ends_item(*n)).min();
        let hint = "write \\\" for a quotation mark inside a text; one may also be missing or one \
                    too many";
        let mark = start.saturating_add(inner.saturating_sub(1));
        self.flaw(
            false,
            mark..mark.saturating_add(1),
            Code::UnclosedText,
            "the text ends at this quotation mark and goes on behind it".to_owned(),
            hint,
        );
        let begins = self.source.excerpt(start..start.saturating_add(1), "it begins here");
        if let Some(flaw) = self.lexed.flaws.last_mut() {
            flaw.problem.other = Some(Box::new(begins));
        }
        let len = last
            .map_or_else(|| line.find([',', ')']).unwrap_or(line.len()), |n| n.saturating_add(1));
        self.push(Kind::Text, len);
    }

    /// A text whose end is missing: it is taken to end before the next line that begins an item.
    fn unclosed(&mut self, rest: &str, body: &str) {
        let start = self.at;
        self.flaw(
            false,
            start..start.saturating_add(1),
            Code::UnclosedText,
            "the text that begins here is never closed".to_owned(),
            "a quotation mark is missing at its end",
        );
        let mut end = body.len();
        let mut at = 0_usize;
        for (n, line) in rest.split_inclusive('\n').enumerate() {
            if n > 0 && begins_item(line) {
                end = at;
                break;
            }
            at = at.saturating_add(line.len());
            if at >= body.len() {
                break;
            }
        }
        // Leave a comma or a closing bracket at the end of the line to the brackets around.
        let taken = rest.get(..end).unwrap_or_default();
        let line = taken.trim_end();
        let kept = line.trim_end_matches([',', ')', ']', '}']).len().max(1);
        self.push(Kind::Text, kept);
    }

    fn block_comment(&mut self, rest: &str) {
        let mut depth = 0_usize;
        let mut at = 0_usize;
        while at < rest.len() {
            let here = rest.get(at..).unwrap_or_default();
            if here.starts_with("/*") {
                depth = depth.saturating_add(1);
                at = at.saturating_add(2);
            } else if here.starts_with("*/") {
                depth = depth.saturating_sub(1);
                at = at.saturating_add(2);
                if depth == 0 {
                    break;
                }
            } else {
                at = at.saturating_add(here.chars().next().map_or(1, char::len_utf8));
            }
        }
        if depth > 0 {
            let start = self.at;
            self.flaw(
                false,
                start..start.saturating_add(2),
                Code::UnclosedComment,
                "the comment that begins here is never closed".to_owned(),
                "end it with */, or begin each of its lines with //",
            );
        }
        self.at = self.at.saturating_add(at);
    }

    fn extension(&mut self, rest: &str) {
        let end = rest
            .find(']')
            .map_or_else(|| rest.find('\n').unwrap_or(rest.len()), |n| n.saturating_add(1));
        let range = self.at..self.at.saturating_add(end);
        self.flaw(
            true,
            range.clone(),
            Code::Extension,
            "a file may not switch extensions on".to_owned(),
            "delete this; the format is the same for every file",
        );
        self.lexed.blanked.push((range.clone(), b' '));
        self.at = range.end;
    }

    /// Looks through the escapes of a text for what may not be shown and for what is no escape.
    fn escapes(&mut self, start: usize, end: usize) {
        let text = self.text;
        let mut at = start;
        while let Some(n) = text.get(at..end).and_then(|t| t.find('\\')) {
            let slash = at.saturating_add(n);
            let rest = text.get(slash.saturating_add(1)..end).unwrap_or_default();
            let (len, decoded) = match rest.chars().next() {
                Some('n' | 't' | '\\' | '"' | '\'' | '\n') => (1, Ok(None)),
                Some('r') => (1, Ok(Some('\r'))),
                Some('0') => (1, Ok(Some('\0'))),
                Some('x') => bytes_escape(rest),
                Some('u') => unicode_escape(rest),
                Some(c) => {
                    (c.len_utf8(), Err(format!("`\\{}` is no escape", shown(&c.to_string()))))
                }
                None => (0, Err("a backslash alone".to_owned())),
            };
            let range = slash..slash.saturating_add(1).saturating_add(len).min(end);
            match decoded {
                Err(message) => self.flaw(
                    false,
                    range.clone(),
                    Code::BadEscape,
                    message,
                    "known are \\n \\t \\\\ \\\" \\' and \\u{2014}; a backslash itself is written \
                     \\\\",
                ),
                Ok(Some(c)) => {
                    if let Some(what) = text::fault(c) {
                        let bad = text::Bad { offset: slash, character: c, what };
                        self.flaw(
                            true,
                            range.clone(),
                            Code::BadCharacter,
                            format!("this escape writes {bad}"),
                            "delete it",
                        );
                    }
                }
                Ok(None) => {}
            }
            at = range.end.max(slash.saturating_add(1));
        }
    }
}

/// Whether a line looks like the first of an item: a key and a colon, or a closing bracket.
fn begins_item(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with([')', ']', '}']) {
        return true;
    }
    let key = line.trim_start_matches('"');
    let len = key
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(key.len());
    len > 0
        && key.get(len..).is_some_and(|after| {
            after.trim_start_matches('"').trim_start_matches(' ').starts_with(':')
        })
}

/// `'x'` or `'\n'`: its length, if it is one.
fn char_literal(rest: &str) -> Option<usize> {
    let inner = rest.get(1..)?;
    let mut chars = inner.char_indices();
    let (_, first) = chars.next()?;
    if first == '\\' {
        let end = inner.get(2..)?.find('\'').filter(|n| *n < 12)?;
        return Some(end.saturating_add(4));
    }
    let (n, quote) = chars.next()?;
    (quote == '\'').then(|| n.saturating_add(2))
}

/// A text in single quotation marks on one line: its length, if there is one. Looks no further than
/// the next of them.
fn single_quoted(rest: &str) -> Option<usize> {
    let body = rest.get(1..)?;
    let end =
        body.find(['\'', '\n']).filter(|n| body.get(*n..).is_some_and(|b| b.starts_with('\'')))?;
    let after = body.get(end.saturating_add(1)..)?.trim_start_matches([' ', '\t', '\r']);
    let ends = after.is_empty() || after.starts_with(['\n', ',', ':', ')', ']', '}']);
    (ends && !body.get(..end)?.contains('"')).then_some(end.saturating_add(2))
}

type Escape = (usize, Result<Option<char>, String>);

/// `x41`, or up to four of them in a row that make one character.
fn bytes_escape(rest: &str) -> Escape {
    let mut bytes = Vec::new();
    let mut at = 0_usize;
    while bytes.len() < 4 {
        let Some(byte) = rest
            .get(at.saturating_add(1)..at.saturating_add(3))
            .and_then(|h| u8::from_str_radix(h, 16).ok())
        else {
            break;
        };
        bytes.push(byte);
        at = at.saturating_add(3);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            return (at, Ok(text.chars().next()));
        }
        if !rest.get(at..).is_some_and(|r| r.starts_with("\\x")) {
            break;
        }
        at = at.saturating_add(1);
    }
    (at.max(1), Err("this byte escape writes no character".to_owned()))
}

/// `u{2014}`.
fn unicode_escape(rest: &str) -> Escape {
    let digits = rest.strip_prefix("u{").and_then(|r| r.split_once('}')).map(|(d, _)| d);
    match digits.and_then(|d| {
        u32::from_str_radix(d, 16).ok().and_then(char::from_u32).map(|c| (d.len(), c))
    }) {
        Some((len, c)) => (len.saturating_add(3), Ok(Some(c))),
        None => (1, Err("this escape names no character".to_owned())),
    }
}
