//! Words: folding, lengths, and law 10 (record or simulated). Refuses to own which characters may
//! be shown at all: `source` refuses the others before anything is parsed.

use super::super::loc::{At, Prose};
use super::super::model::{Name, Text, Why};
use super::super::raw;
use super::finding::Code;
use super::names::Cx;
use crate::text;

/// Longest texts by place, in characters. The first three are columns of the screen.
pub const COLUMN: usize = 11;
pub const SHORT: usize = 24;
/// What an agency has on its mind: a part of a line.
pub const SPELL: usize = 60;
pub const NAME: usize = 90;
pub const LINE: usize = 300;
pub const PARAGRAPH: usize = 1500;
pub const PAGE: usize = 8000;

/// Longest texts readers like, in words.
pub const WORDS_OF_AN_EVENT: usize = 120;
pub const WORDS_OF_A_CHOICE: usize = 24;

impl Cx<'_> {
    /// A text that must be there, of at most `most` characters.
    pub fn words(&self, prose: &Prose, most: usize, what: &str) -> String {
        let folded = self.words_or_none(prose, most, what);
        if folded.is_empty() {
            self.report(Code::EmptyText, prose.at, format!("{what} is empty"), "write it");
        }
        folded
    }

    /// A text that may be empty.
    pub fn words_or_none(&self, prose: &Prose, most: usize, what: &str) -> String {
        let folded = text::fold_paragraphs(&prose.text);
        let count = folded.chars().count();
        if count > most {
            self.report(
                Code::TooLong,
                prose.at,
                format!("{what} has {count} characters; there is room for {most}"),
                "say it shorter",
            );
        }
        folded
    }

    /// A name that is shown as it is written.
    pub fn title(&self, prose: &Prose) -> String {
        self.words(prose, NAME, "the name")
    }

    /// A name that is used inside sentences too.
    pub fn name(&self, prose: &Prose) -> Name {
        Name::new(self.title(prose))
    }

    pub fn short(&self, prose: &Prose) -> String {
        self.words(prose, SHORT, "the short name")
    }

    pub fn means(&self, prose: &Prose) -> String {
        self.words(prose, PARAGRAPH, "the meaning")
    }

    pub fn word_list(&self, list: &[Prose], most: usize, what: &str) -> Vec<String> {
        list.iter().map(|p| self.words(p, most, what)).collect()
    }

    /// Warns of a text of more than `most` words.
    pub fn brief(&self, prose: &Prose, most: usize, what: &str) {
        // A word ends in a space or at the end, and every space begins with one of these bytes.
        let spaces =
            prose.text.bytes().filter(|b| matches!(b, 0..=b' ' | 0xC2 | 0xE1..=0xE3)).count();
        if spaces < most {
            return;
        }
        let count = prose.text.split_whitespace().count();
        if count > most {
            self.report(
                Code::Wordy,
                prose.at,
                format!("{what} has {count} words; readers like at most {most}"),
                "say it shorter",
            );
        }
    }

    /// Refuses quotation marks: only a record quotes.
    pub fn no_quotes(&self, prose: &Prose, what: &str) {
        if let Some(mark) = quotation_mark(&prose.text) {
            let hint = "put it without quotation marks, or make it a Record text with its source";
            self.report(
                Code::RecordRule,
                prose.at,
                format!("{what} has a quotation mark ({mark}); only a Record text may quote"),
                hint,
            );
        }
    }

    /// A text that stands by itself: it assumes nothing.
    pub fn text(&self, raw: &raw::Text, most_words: usize, what: &str) -> Option<Text> {
        let alone = match raw {
            raw::Text::Record(r) => r.assumes.is_empty(),
            raw::Text::Simulated(s) => s.assumes.is_empty(),
            raw::Text::First(_) => false,
        };
        if !alone {
            self.report(
                Code::Contradiction,
                at(raw),
                format!("{what} has versions or assumes something, and is told in any case"),
                "only the text of an event and the texts of a response are chosen as they are told",
            );
        }
        self.one_text(raw, most_words, what)
    }

    /// One text, whatever it assumes.
    pub fn one_text(&self, raw: &raw::Text, most_words: usize, what: &str) -> Option<Text> {
        match raw {
            raw::Text::First(list) => {
                self.report(
                    Code::Contradiction,
                    at(raw),
                    "versions stand inside a version",
                    "write them in one list, each with what it assumes",
                );
                list.first().and_then(|t| self.one_text(t, most_words, what))
            }
            raw::Text::Record(r) => {
                let says = self.words(&r.says, PAGE, what);
                self.brief(&r.says, most_words, what);
                let also = r.also.iter().filter_map(|id| self.source_soft(id)).collect();
                Some(Text::Record { source: self.source(&r.source)?, also, status: r.status, says })
            }
            raw::Text::Simulated(s) => {
                let says = self.words(&s.says, PAGE, what);
                self.brief(&s.says, most_words, what);
                self.no_quotes(&s.says, what);
                let follows = s.follows.as_ref().map(|id| self.source(id));
                let by = self.agency(&s.by)?;
                let follows = if let Some(source) = follows { Some(source?) } else { None };
                Some(Text::Simulated { by, follows, says })
            }
        }
    }

    pub fn why(&self, raw: &raw::Why) -> Option<Why> {
        match raw {
            raw::Why::Judgement(p) => Some(Why::Judgement(self.words(p, PARAGRAPH, "the reason"))),
            raw::Why::Source(id) => self.source(id).map(Why::Source),
        }
    }

    /// A text for a record that could not be resolved: it stands in until the findings are
    /// reported.
    pub fn no_text() -> Text {
        Text::Simulated { by: super::super::model::AgencyIx(0), follows: None, says: String::new() }
    }
}

/// What a text assumes, as it is written.
pub fn assumed(raw: &raw::Text) -> &[raw::Condition] {
    match raw {
        raw::Text::Record(r) => &r.assumes,
        raw::Text::Simulated(s) => &s.assumes,
        raw::Text::First(_) => &[],
    }
}

/// Where a text stands: at its words.
pub fn at(raw: &raw::Text) -> At {
    match raw {
        raw::Text::Record(r) => r.says.at,
        raw::Text::Simulated(s) => s.says.at,
        raw::Text::First(list) => list.first().map_or_else(At::default, at),
    }
}

/// The first quotation mark, if any. An apostrophe is none: it follows a letter or stands before a
/// digit.
pub fn quotation_mark(text: &str) -> Option<char> {
    // Most texts have nothing that could be one.
    if !text.bytes().any(|b| matches!(b, b'"' | b'\'') || !b.is_ascii()) {
        return None;
    }
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let always = matches!(
            c,
            '"' | '“'
                | '”'
                | '„'
                | '‟'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '‘'
                | '‚'
                | '‛'
                | '「'
                | '」'
                | '『'
                | '』'
                | '〝'
                | '〞'
                | '＂'
        );
        let opens = matches!(c, '\'' | '’')
            && !before.is_alphanumeric()
            && before != '.'
            && chars.peek().is_some_and(|next| next.is_alphabetic());
        if always || opens {
            return Some(c);
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        for fine in [
            "China’s firms' losses",
            "the U.S.'s own",
            "the ’90s and the '90s",
            "it's",
            "five o'clock",
            "firms’ word",
        ] {
            assert_eq!(quotation_mark(fine), None, "{fine}");
        }
        for bad in
            ["he said \"no\"", "a ‘threat’", "a 'threat'", "(’no’)", "«non»", "„nein“", "“no”"]
        {
            assert!(quotation_mark(bad).is_some(), "{bad}");
        }
    }
}
