//! What ron says about a mistake, said so that an author can mend it: what is wrong, what was
//! expected, what stands there, what to do.
//!
//! Owns the words and the exact place. ron's spans begin before the space in front of a value,
//! after a bare word, or on the next line; the tokens around tell where the mistake is. Refuses to
//! own finding mistakes (`syntax`).

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::ops::Range;

use ron::Error as E;

use super::problem::{Code, Problem, did_you_mean};
use super::recover::{Item, Recovered};
use super::source::Source;
use super::tokens::{Bracket, Kind, Token, shown};

/// Most names listed in a hint.
const LISTED: usize = 14;

/// The problem behind one of ron's errors at this place of the source.
pub fn explain(
    source: &Source,
    recovered: &Recovered,
    error: &E,
    at: Range<usize>,
    unit: Option<&Item>,
) -> Problem {
    Wording { source, recovered, at, unit }.problem(error)
}

struct Wording<'a> {
    source: &'a Source,
    recovered: &'a Recovered,
    at: Range<usize>,
    unit: Option<&'a Item>,
}

impl Wording<'_> {
    /// One table: an arm for each of ron's errors.
    fn problem(&self, error: &E) -> Problem {
        match error {
            E::Message(said) => self.message(said),
            E::InvalidValueForType { expected, found } if found == "a unit value" => {
                match self.before() {
                    Some(word) if word.kind == Kind::Word => {
                        self.bare(word, &format!("expected {expected}"))
                    }
                    _ => self.wrong_type(expected),
                }
            }
            E::InvalidValueForType { expected, .. } => self.wrong_type(expected),
            E::ExpectedString => match self.here() {
                Some(t) if t.kind == Kind::Word && !is_number(self.text(t)) => {
                    self.bare(t, "expected a text in quotation marks")
                }
                Some(t) if t.kind == Kind::Char => self
                    .at(t, Code::WrongType, "a text stands in double quotation marks")
                    .hint(format!("write \"{}\"", shown(self.text(t).trim_matches('\'')))),
                Some(t) if t.kind == Kind::Word => {
                    let text = shown(self.text(t));
                    self.wrong_type("a text in quotation marks").hint(match self.within() {
                        Some(name) => takes(name),
                        None if text.bytes().all(|b| b.is_ascii_digit()) => format!(
                            "write \"{text}\"; a length of time has a unit, \"{text} days\""
                        ),
                        None => format!("write \"{text}\""),
                    })
                }
                _ => self.wrong_type("a text in quotation marks"),
            },
            E::ExpectedInteger | E::ExpectedFloat => match self.here() {
                Some(t) if t.kind == Kind::Word && !is_number(self.text(t)) => {
                    self.bare(t, "expected a number")
                }
                _ => self.wrong_type("a number"),
            },
            E::ExpectedComma => self.comma(),
            E::IntegerOutOfBounds => match self.here() {
                Some(t) if self.text(t).starts_with('-') => {
                    self.at(t, Code::BadValue, "the number must not be negative")
                }
                Some(t) => self.at(t, Code::BadValue, "the number is too large"),
                None => self.other("the number is too large"),
            },
            E::ExpectedBoolean => self.wrong_type("true or false"),
            E::ExpectedUnit => self.wrong_type("nothing: ()"),
            E::ExpectedArray => {
                let problem = self.wrong_type("a list in [ ]");
                match self.here() {
                    Some(t) if matches!(t.kind, Kind::Text | Kind::Word) => {
                        let rest = self.source.text.get(t.start..).unwrap_or_default();
                        let line = rest.split('\n').next().unwrap_or_default();
                        let call = rest.get(t.end.saturating_sub(t.start)..).unwrap_or_default();
                        let whole = match line.find(')') {
                            Some(end) if call.starts_with('(') => line.get(..=end),
                            _ => None,
                        };
                        problem.hint(format!("write [{}]", shown(whole.unwrap_or(self.text(t)))))
                    }
                    _ => problem,
                }
            }
            E::ExpectedMap => self.bracket(Bracket::Curly, "a table by ids"),
            E::ExpectedNamedStructLike(_) => self.bracket(Bracket::Round, "a record"),
            E::ExpectedStructLike => match self.before() {
                Some(t) if t.kind == Kind::Word => {
                    let word = shown(self.text(t));
                    self.at(t, Code::WrongType, format!("`{word}` needs a value in ( )"))
                        .hint(format!("write {word}(...)"))
                }
                _ => self.bracket(Bracket::Round, "a record"),
            },
            E::ExpectedStructLikeEnd | E::ExpectedOptionEnd => match self.here() {
                Some(t) if t.kind != Kind::Comma => {
                    self.at(t, Code::WrongType, "one value too many stands here")
                }
                _ => self
                    .other("one value too many stands here")
                    .hint("delete what is not needed, or look for a missing bracket"),
            },
            E::ExpectedDifferentLength { expected, found } => self.length(expected, *found),
            E::ExpectedIdentifier => match self.here() {
                Some(t) if t.kind == Kind::Text => {
                    let word = shown(self.text(t).trim_matches('"'));
                    if word.contains(' ') {
                        return self
                            .at(t, Code::WrongType, "it does not say whose words these are")
                            .hint(
                                "write Simulated(by: \"an agency\", says: \"...\"), or \
                                 Record(source: \"...\", status: ..., says: \"...\")",
                            );
                    }
                    self.at(
                        t,
                        Code::WrongType,
                        "a plain word belongs here, without quotation marks",
                    )
                    .hint(format!("write {word}"))
                }
                _ => self.wrong_type("a word such as a field name"),
            },
            E::MissingStructField { field, outer } => self.missing(field, outer.as_deref()),
            E::DuplicateStructField { field, .. } => self
                .token(Code::DuplicateField, format!("the field `{field}` stands twice"))
                .hint("delete one of them"),
            E::NoSuchStructField { expected, found, outer } => {
                let of = outer
                    .as_deref()
                    .map_or(String::new(), |o| format!("{} has no such field", a_record(o)));
                self.unknown(Code::UnknownField, "field", found, expected).label(of)
            }
            E::NoSuchEnumVariant { expected, found, .. } => {
                self.unknown(Code::UnknownWord, "word", found, expected)
            }
            E::ExpectedDifferentStructName { expected, found } => {
                let problem = self.token(
                    Code::UnknownWord,
                    format!("no record called `{}` belongs here", shown(found)),
                );
                problem.hint(format!(
                    "write only `(`; a record needs no name before it (this one would be \
                     `{expected}`)"
                ))
            }
            E::InvalidEscape(_) => self
                .token(Code::BadEscape, "this text holds a backslash that begins no known escape")
                .hint("a backslash itself is written \\\\"),
            E::TrailingCharacters => self
                .token(Code::TrailingText, "this stands after the end of the file's record")
                .hint("a bracket further up may close the record too early"),
            E::ExceededRecursionLimit => self.token(Code::TooDeep, "brackets stand too deep here"),
            E::Eof | E::ExpectedArrayEnd | E::ExpectedMapEnd | E::ExpectedStringEnd => self
                .other("something is not closed here")
                .hint("look for a missing bracket or quotation mark"),
            E::ExpectedMapColon => self
                .other("expected a colon")
                .hint("a name or an id is followed by `:` and its value"),
            E::UnexpectedChar(c) => self
                .token(Code::Syntax, format!("`{}` does not belong here", shown(&c.to_string()))),
            E::InvalidIntegerDigit { .. } | E::UnderscoreAtBeginning | E::FloatUnderscore => {
                match self.here() {
                    Some(t) => self
                        .at(t, Code::BadValue, format!("`{}` is no number", shown(self.text(t))))
                        .hint("write digits, with a point before decimals"),
                    None => self.other("this is no number"),
                }
            }
            // ron may learn new errors; those that cannot arise from our types also end here.
            other => self.token(Code::Syntax, shown(&lower_first(&other.to_string()))),
        }
    }

    fn text(&self, token: Token) -> &str {
        self.source.text.get(token.start..token.end).unwrap_or_default()
    }

    /// The token the error is about: the one at the place, or the next if only space stands there.
    fn here(&self) -> Option<Token> {
        self.recovered.token_at(self.at.start)
    }

    /// The last token that ends at the place, or has begun before it.
    fn before(&self) -> Option<Token> {
        self.recovered.token_before(self.at.start)
    }

    /// A problem at a token, led by the field it stands in.
    fn at(&self, token: Token, code: Code, message: impl Into<String>) -> Problem {
        let message = message.into();
        let message = match self.field(token.start) {
            Some(field) => format!("`{}`: {message}", shown(field)),
            None => message,
        };
        self.source.problem(token.start..token.end, code, message)
    }

    fn token(&self, code: Code, message: impl Into<String>) -> Problem {
        let range = self.here().map_or(self.at.clone(), |t| t.start..t.end);
        self.source.problem(range, code, message)
    }

    fn other(&self, message: &str) -> Problem {
        self.token(Code::Syntax, message)
    }

    /// The key nearest to the place whose value it stands in.
    fn field(&self, at: usize) -> Option<&str> {
        let mut name = None;
        let mut item = self.unit;
        while let Some(here) = item {
            if let Some(key) = &here.key
                && key.range.end <= at
            {
                name = Some(key.text(&self.source.text));
            }
            item = here
                .node()
                .and_then(|n| n.items.iter().find(|i| i.range.start <= at && at < i.range.end));
        }
        name
    }

    /// "the number 12.5", "a list": what stands at a token.
    fn found(&self, token: Token) -> String {
        let text = self.text(token);
        match token.kind {
            Kind::Text => format!("the text {}", shown(text)),
            Kind::Char => format!("the character {}", shown(text)),
            Kind::Word if is_number(text) => format!("the number {}", shown(text)),
            Kind::Word => format!("the word {}", shown(text)),
            Kind::Open(Bracket::Round) => "a record in ( )".to_owned(),
            Kind::Open(Bracket::Square) => "a list in [ ]".to_owned(),
            Kind::Open(Bracket::Curly) => "a table in { }".to_owned(),
            Kind::Close(b) => format!("`{}`", b.closing()),
            Kind::Comma => "a comma".to_owned(),
            Kind::Colon => "a colon".to_owned(),
            Kind::Other => format!("`{}`", shown(text)),
        }
    }

    fn wrong_type(&self, expected: &str) -> Problem {
        match self.here() {
            Some(t) => {
                self.at(t, Code::WrongType, format!("expected {expected}, found {}", self.found(t)))
            }
            None => self.other(&format!("expected {expected}, and the file ends")),
        }
    }

    fn bare(&self, word: Token, expected: &str) -> Problem {
        let text = shown(self.text(word));
        if expected == "expected a whole number" {
            let message = format!("{expected}, found the word {text}");
            return self.at(word, Code::WrongType, message).hint("write it in digits");
        }
        self.at(
            word,
            Code::BareWord,
            format!("`{text}` stands without quotation marks; {expected}"),
        )
        .hint(format!("write \"{text}\""))
    }

    fn bracket(&self, right: Bracket, what: &str) -> Problem {
        let (open, close) = (right.opening(), right.closing());
        match self.here() {
            Some(t) => match t.kind {
                Kind::Open(wrong) if wrong != right => {
                    let problem = self.at(
                        t,
                        Code::WrongBracket,
                        format!(
                            "{what} stands in {open} {close}, not in {} {}",
                            wrong.opening(),
                            wrong.closing()
                        ),
                    );
                    problem.hint(format!("write `{open}` here and `{close}` at its end"))
                }
                _ => self.wrong_type(&format!("{what} in {open} {close}")),
            },
            None => self.wrong_type(&format!("{what} in {open} {close}")),
        }
    }

    /// A rule of a leaf type, in its own words.
    fn message(&self, said: &str) -> Problem {
        let Some(token) = self.here() else { return self.other(said) };
        if let Some(id) = said
            .strip_prefix("duplicate id `")
            .and_then(|rest| rest.split_once('`'))
            .map(|(id, _)| id)
        {
            return self
                .source
                .problem(
                    token.start..token.end,
                    Code::DuplicateId,
                    format!("the id `{}` stands twice", shown(id)),
                )
                .hint("give one of them another id");
        }
        let code = if said.starts_with("expected a whole number") && self.text(token).contains('.')
        {
            Code::NotWhole
        } else {
            Code::BadValue
        };
        let found = if said.contains("got ") || token.kind == Kind::Close(Bracket::Round) {
            String::new()
        } else {
            format!(" (found {})", self.found(token))
        };
        self.at(token, code, format!("{said}{found}"))
    }

    /// ron reads a value as far as it likes and then wants a comma.
    fn comma(&self) -> Problem {
        if let Some(number) = self.here().filter(|t| {
            t.start < self.at.start
                && t.kind == Kind::Word
                && self.text(*t).starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+')
        }) {
            let text = shown(self.text(number));
            if text.parse::<f64>().is_ok() {
                return self.at(
                    number,
                    Code::NotWhole,
                    format!("expected a whole number, found {text}"),
                );
            }
            return self.at(number, Code::BadValue, format!("`{text}` is no number"));
        }
        if let (Some(word), Some(open)) = (self.before(), self.here())
            && word.kind == Kind::Word
            && matches!(open.kind, Kind::Open(_))
            && word.end == open.start
        {
            let text = shown(self.text(word));
            return self
                .at(word, Code::WrongType, format!("`{text}` takes no value"))
                .hint(format!("write {text} alone"));
        }
        match self.before() {
            Some(t) => self.source.problem(
                t.end.saturating_sub(1)..t.end,
                Code::MissingComma,
                "expected a comma after this",
            ),
            None => self.other("expected a comma"),
        }
    }

    /// `expected` is ron's "tuple variant `Condition::AtLeast` with 2 elements".
    fn length(&self, expected: &str, found: usize) -> Problem {
        let problem = self.length_alone(expected, found);
        match self.within() {
            Some(name) => problem.hint(takes(name)),
            None => problem,
        }
    }

    fn length_alone(&self, expected: &str, found: usize) -> Problem {
        let count = expected.split_whitespace().rev().nth(1).unwrap_or("?");
        let name =
            expected.split_whitespace().find_map(|w| w.split_once("::")).map(|(_, name)| name);
        match name {
            Some(name) => self.token(
                Code::WrongType,
                format!("`{}` takes {count} values, found {found}", shown(name)),
            ),
            None => {
                self.token(Code::WrongType, format!("expected {}, found {found}", shown(expected)))
            }
        }
    }

    fn missing(&self, field: &str, outer: Option<&str>) -> Problem {
        let of = match self.record(self.at.start) {
            Some(name) => format!(" in `{}`", shown(name)),
            None => String::new(),
        };
        let problem = self.token(Code::MissingField, format!("the field `{field}` is missing{of}"));
        let problem = problem.hint(format!("add `{field}: ...` before this bracket"));
        match outer {
            Some(outer) => problem.label(format!("{} ends here without it", a_record(outer))),
            None => problem,
        }
    }

    /// The word before the bracket the place stands in, if its values have no names: `Believed`.
    fn within(&self) -> Option<&str> {
        let mut name = None;
        let mut item = self.unit;
        while let Some(node) = item.and_then(Item::node) {
            if node.items.iter().all(|i| i.key.is_none()) {
                name = node.name.clone().and_then(|n| self.source.text.get(n));
            } else {
                name = None;
            }
            let at = self.at.start;
            item = node.items.iter().find(|i| i.range.start <= at && at < i.range.end);
        }
        name
    }

    /// The key of the record that ends at the place.
    fn record(&self, at: usize) -> Option<&str> {
        let mut name = None;
        let mut item = self.unit;
        while let Some(here) = item {
            if let Some(key) = &here.key {
                name = Some(key.text(&self.source.text));
            }
            item = here
                .node()
                .and_then(|n| n.items.iter().find(|i| i.range.start <= at && at < i.range.end));
        }
        name
    }

    fn unknown(&self, code: Code, what: &str, found: &str, expected: &[&'static str]) -> Problem {
        let problem = self.token(code, format!("there is no {what} `{}` here", shown(found)));
        if let Some(near) = did_you_mean(found, expected.iter().copied()) {
            return problem.hint(format!("did you mean `{near}`?"));
        }
        if expected.is_empty() {
            return problem;
        }
        let more = expected.len().saturating_sub(LISTED);
        let mut list: Vec<String> =
            expected.iter().take(LISTED).map(|e| format!("`{e}`")).collect();
        if more > 0 {
            list.push(format!("and {more} more"));
        }
        problem.hint(format!("known here: {}", list.join(", ")))
    }
}

/// What a word with values takes.
fn takes(name: &str) -> String {
    match super::forms::form(name) {
        Some(form) => format!("it is written as in {form}"),
        None => format!("see `interagency help format {}`", shown(name)),
    }
}

/// "a term value" for `TermValue`.
fn a_record(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    let article = if words.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {words}")
}

fn is_number(word: &str) -> bool {
    let digits = word.trim_start_matches(['+', '-']);
    digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') || matches!(digits, "NaN" | "inf")
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |c| c.to_lowercase().chain(chars).collect())
}
