//! The shape of a content file: its words, texts, brackets and entries, found even where it is
//! broken.
//!
//! ron stops at the first error. To report all of them the reader must know where each entry begins
//! and ends without understanding it. Owns the tolerant scan: tokens, the tree of brackets and
//! their items, and the mistakes that are plain from these alone (an unclosed text or bracket, a
//! missing comma, names in the wrong quotation marks), each with a repair of the same length where
//! there is one. Refuses to own what a field means: it knows no record.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::ops::Range;

use super::problem::{Code, Problem};
use super::source::Source;
use super::tokens::{self, Bracket, FLAWS, Flaw, Kind, Token, Tokens};

/// Deepest nesting followed; ron itself stops a little beyond.
const DEEPEST: usize = 60;

#[derive(Debug)]
pub struct Recovered {
    pub tokens: Vec<Token>,
    /// What the file holds: one node if it is well formed.
    pub root: Option<Node>,
    pub flaws: Vec<Flaw>,
    /// The source with repairable mistakes put right, byte for byte as long.
    pub repaired: String,
    /// Brackets or texts do not close, though a guess was made where they should.
    pub broken: bool,
    /// Brackets do not match even so: entries may begin and end elsewhere.
    pub unbalanced: bool,
    /// There are more flaws than were noted.
    pub overflow: bool,
}

/// A bracket and what it holds.
#[derive(Debug)]
pub struct Node {
    pub bracket: Bracket,
    /// The word before it: `Record` in `Record(...)`.
    pub name: Option<Range<usize>>,
    pub open: usize,
    /// The closing bracket, or where the node was taken to end.
    pub close: usize,
    /// Whether a bracket stands at `close`.
    pub closed: bool,
    pub items: Vec<Item>,
}

/// One thing in a bracket, with its key if it has one.
#[derive(Debug)]
pub struct Item {
    /// From the key (or the value) to the value's end.
    pub range: Range<usize>,
    /// One past the comma that follows, or the end of `range`.
    pub with_comma: usize,
    pub key: Option<Key>,
    pub value: Value,
}

#[derive(Debug, Clone)]
pub struct Key {
    pub range: Range<usize>,
    pub quoted: bool,
}

#[derive(Debug)]
pub enum Value {
    /// A number, a text or a word.
    Leaf,
    Node(Box<Node>),
    Missing,
}

impl Item {
    pub fn node(&self) -> Option<&Node> {
        match &self.value {
            Value::Node(node) => Some(node),
            Value::Leaf | Value::Missing => None,
        }
    }
}

impl Key {
    /// The key's words, without quotation marks.
    pub fn text<'s>(&self, source: &'s str) -> &'s str {
        tokens::unquoted(source.get(self.range.clone()).unwrap_or_default())
    }
}

impl Recovered {
    /// The token that covers the offset, or the next one after it.
    pub fn token_at(&self, offset: usize) -> Option<Token> {
        self.tokens.get(self.tokens.partition_point(|t| t.end <= offset)).copied()
    }
    /// The last token that ends at or before the offset.
    pub fn token_before(&self, offset: usize) -> Option<Token> {
        self.tokens.get(self.tokens.partition_point(|t| t.end <= offset).checked_sub(1)?).copied()
    }
}

const BRACKETS: [Code; 4] =
    [Code::UnclosedBracket, Code::StrayBracket, Code::TrailingText, Code::TooDeep];

/// Scans the whole text.
pub fn scan(source: &Source) -> Recovered {
    let lexed = tokens::read(source);
    let mut reader = Reader::new(source, &lexed, false);
    let mut root = reader.file();
    if reader.unbalanced {
        // Only now look at indentation: in a file whose brackets match it means nothing.
        let mut again = Reader::new(source, &lexed, true);
        root = again.file();
        again.unbalanced = true;
        // Inside a bracket that is not closed, names and ids stand where they were not meant to.
        let sure = again
            .flaws
            .iter()
            .filter(|f| BRACKETS.contains(&f.problem.code))
            .map(|f| f.at)
            .min()
            .unwrap_or(0);
        again.flaws.retain(|f| f.at <= sure || BRACKETS.contains(&f.problem.code));
        reader = again;
    }
    let overflow = reader.overflow || lexed.overflow;
    let Reader { mut flaws, mut repairs, unbalanced, .. } = reader;
    let broken_text = lexed
        .flaws
        .iter()
        .filter(|f| matches!(f.problem.code, Code::UnclosedText | Code::UnclosedComment))
        .map(|f| f.at)
        .min();
    if let Some(text) = broken_text
        && unbalanced
    {
        // A text that does not close unsettles the brackets after it; only the cause is worth
        // reading.
        for flaw in &mut flaws {
            flaw.hidden = flaw.at >= text
                || flaw.problem.code == Code::UnclosedBracket && flaw.problem.other.is_none();
        }
    }
    if lexed.overflow {
        // The rest was not read: what it would have closed is not open.
        for flaw in &mut flaws {
            flaw.hidden |=
                flaw.problem.code == Code::UnclosedBracket && flaw.problem.other.is_none();
        }
    }
    let Tokens { tokens, flaws: first, blanked, .. } = lexed;
    flaws.extend(first);
    repairs.extend(blanked);
    let mut bytes = source.text.clone().into_owned().into_bytes();
    for (range, byte) in repairs {
        for b in bytes.get_mut(range).unwrap_or_default() {
            // Blanking keeps the lines; a comma may take a newline's place, since only offsets
            // count.
            if *b != b'\n' || byte != b' ' {
                *b = byte;
            }
        }
    }
    // Whole characters are replaced by ASCII, so this does not fail; if it did, nothing is
    // repaired.
    let repaired = String::from_utf8(bytes).unwrap_or_else(|_| source.text.clone().into_owned());
    Recovered {
        tokens,
        root,
        flaws,
        repaired,
        broken: unbalanced || broken_text.is_some(),
        unbalanced,
        overflow,
    }
}

struct Open {
    bracket: Bracket,
    at: usize,
    /// Column and quotation of the keyed items that begin a line.
    lead: Option<(u32, bool)>,
}

struct Reader<'a> {
    source: &'a Source,
    lexed: &'a Tokens,
    tokens: &'a [Token],
    next: usize,
    stack: Vec<Open>,
    by_indent: bool,
    /// Close everything deeper than this many brackets.
    unwind: Option<usize>,
    /// How many more brackets of each kind close than open.
    surplus: [i64; 3],
    flaws: Vec<Flaw>,
    repairs: Vec<(Range<usize>, u8)>,
    unbalanced: bool,
    overflow: bool,
}

impl<'a> Reader<'a> {
    fn new(source: &'a Source, lexed: &'a Tokens, by_indent: bool) -> Self {
        let count = |kind: Kind| {
            i64::try_from(lexed.tokens.iter().filter(|t| t.kind == kind).count())
                .unwrap_or(i64::MAX)
        };
        let surplus = [Bracket::Round, Bracket::Square, Bracket::Curly]
            .map(|b| count(Kind::Close(b)).saturating_sub(count(Kind::Open(b))));
        let (flaws, repairs) = (Vec::new(), Vec::new());
        Reader {
            source,
            lexed,
            tokens: &lexed.tokens,
            next: 0,
            stack: Vec::new(),
            by_indent,
            unwind: None,
            surplus,
            flaws,
            repairs,
            unbalanced: false,
            overflow: false,
        }
    }

    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.next).copied()
    }
    fn after(&self, n: usize) -> Option<Token> {
        self.tokens.get(self.next.saturating_add(n)).copied()
    }
    fn step(&mut self) {
        self.next = self.next.saturating_add(1);
    }
    fn text(&self, range: Range<usize>) -> &'a str {
        self.source.text.get(range).unwrap_or_default()
    }
    /// Notes a flaw. A problem costs its line, so none is made once there are more than can be
    /// shown.
    fn flaw(&mut self, repaired: bool, at: usize, problem: impl FnOnce(&Source) -> Problem) {
        if self.flaws.len() < FLAWS {
            self.flaws.push(Flaw { at, problem: problem(self.source), repaired, hidden: false });
        } else {
            self.overflow = true;
        }
    }

    fn file(&mut self) -> Option<Node> {
        let name = self.peek().filter(|t| t.kind == Kind::Word).map(|t| t.start..t.end);
        if name.is_some() {
            self.step();
        }
        let open = self.peek()?;
        let Kind::Open(bracket) = open.kind else { return None };
        self.step();
        let node = self.node(bracket, open.start, name);
        if let Some(extra) = self.peek() {
            // Anything closed too early leaves the rest of the file behind it.
            let stray = matches!(extra.kind, Kind::Close(_));
            let code = if stray { Code::StrayBracket } else { Code::TrailingText };
            let message = if stray {
                "this bracket closes nothing"
            } else {
                "this stands after the end of the file's record"
            };
            let close = node.close..node.close.saturating_add(1);
            self.flaw(false, extra.start, |s| {
                s.problem(extra.start..extra.end, code, message)
                    .hint("a bracket further up may close the record too early")
                    .and_at(s.excerpt(close, "the record ends here"))
            });
            self.unbalanced = true;
        }
        Some(node)
    }

    /// Reads items up to the closing bracket. The opening one has been read.
    fn node(&mut self, bracket: Bracket, open: usize, name: Option<Range<usize>>) -> Node {
        self.stack.push(Open { bracket, at: open, lead: None });
        let mut items: Vec<Item> = Vec::new();
        let mut bent = false;
        let (close, closed) = loop {
            let Some(token) = self.peek() else {
                self.unclosed(open, None);
                break (self.source.text.len(), false);
            };
            if let Some(depth) = self.unwind {
                if depth < self.stack.len() {
                    break (token.start, false);
                }
                self.unwind = None;
            }
            match token.kind {
                // The last bracket of all may be followed by more, if one too many stood before.
                Kind::Close(closing)
                    if closing == bracket
                        && !(self.by_indent
                            && self.stack.len() == 1
                            && self.after(1).is_some()
                            && self.one_too_many(closing)) =>
                {
                    self.step();
                    break (token.start, true);
                }
                Kind::Close(closing) => {
                    self.unbalanced = true;
                    let outer = self.stack.iter().rev().skip(1).any(|o| o.bracket == closing);
                    if self.by_indent && self.another_kind(bracket, closing, open, token) {
                        self.step();
                        self.wrong_closing(bracket, closing, open, token);
                        bent = true;
                        break (token.start, true);
                    }
                    // Of this kind none is open, and the one at hand is closed further on.
                    let stray = !outer && self.over(bracket) >= 0;
                    if closing == bracket
                        || (outer && self.by_indent || stray) && self.one_too_many(closing)
                    {
                        self.step();
                        let message = format!("this `{}` is one too many", closing.closing());
                        self.flaw(false, token.start, |s| {
                            s.problem(token.start..token.end, Code::StrayBracket, message)
                                .hint("delete it, or look for one missing before it")
                        });
                        continue;
                    }
                    if outer {
                        self.unclosed(open, Some(token));
                        break (token.start, false);
                    }
                    self.step();
                    self.wrong_closing(bracket, closing, open, token);
                    break (token.start, true);
                }
                Kind::Comma => {
                    self.step();
                    self.repairs.push((token.start..token.end, b' '));
                    self.flaw(true, token.start, |s| {
                        s.problem(
                            token.start..token.end,
                            Code::Syntax,
                            "a comma with nothing before it",
                        )
                        .hint("delete it")
                    });
                }
                Kind::Word
                | Kind::Text
                | Kind::Char
                | Kind::Open(_)
                | Kind::Colon
                | Kind::Other => {
                    if self.belongs_further_out(token) {
                        continue;
                    }
                    let item = self.item(bracket);
                    items.push(item);
                }
            }
        };
        self.stack.pop();
        let node = Node { bracket, name, open, close, closed, items };
        // Which of its two brackets is right says what its keys should be.
        if !bent {
            self.judge(&node);
        }
        node
    }

    /// By indentation: whether this item lines up with those of an outer bracket and not of this
    /// one.
    fn belongs_further_out(&mut self, token: Token) -> bool {
        let keyed = matches!(token.kind, Kind::Word | Kind::Text)
            && self.after(1).is_some_and(|t| t.kind == Kind::Colon);
        let before = self.next.checked_sub(1).and_then(|n| self.tokens.get(n)).map_or(0, |t| t.end);
        if !self.by_indent || !keyed || !self.text(before..token.start).contains('\n') {
            return false;
        }
        let found = (self.source.line_column(token.start).1, token.kind == Kind::Text);
        let depth = self.stack.len();
        if self.stack.last().is_some_and(|o| o.lead != Some(found)) {
            let outer = self
                .stack
                .iter()
                .rposition(|o| o.lead == Some(found))
                .filter(|n| n.saturating_add(1) < depth);
            if let Some(n) = outer {
                self.unwind = Some(n.saturating_add(1));
                if let Some(inner) = self.stack.last().map(|o| o.at) {
                    self.unclosed(inner, Some(token));
                }
                return true;
            }
        }
        if let Some(top) = self.stack.last_mut() {
            top.lead.get_or_insert(found);
        }
        false
    }

    fn wrong_closing(&mut self, bracket: Bracket, closing: Bracket, open: usize, token: Token) {
        let message =
            format!("`{}` cannot close what `{}` opened", closing.closing(), bracket.opening());
        let hint = format!(
            "write `{}` here, or `{}` where it is opened",
            bracket.closing(),
            closing.opening()
        );
        self.flaw(false, token.start, |s| {
            s.problem(token.start..token.end, Code::UnclosedBracket, message)
                .and_at(s.excerpt(open..open.saturating_add(1), "opened here"))
                .hint(hint)
        });
    }

    /// Whether this bracket closes the one at hand in another kind: there is one too many of it and
    /// one too few of the other, and its line is as far in as the line that opens.
    fn another_kind(
        &mut self,
        bracket: Bracket,
        closing: Bracket,
        open: usize,
        token: Token,
    ) -> bool {
        let n = |b: Bracket| self.over(b);
        let level = |at: usize| {
            let line = self.text(0..at).rfind('\n').map_or(0, |n| n.saturating_add(1));
            let rest = self.text(line..self.source.text.len());
            rest.len().saturating_sub(rest.trim_start_matches(' ').len())
        };
        let is = closing != bracket
            && n(closing) > 0
            && n(bracket) < 0
            && level(open) == level(token.start);
        if is {
            for (b, by) in [(closing, -1), (bracket, 1)] {
                if let Some(n) = self.surplus.get_mut(b as usize) {
                    *n = n.saturating_add(by);
                }
            }
        }
        is
    }

    /// How many more brackets of this kind close than open.
    fn over(&self, bracket: Bracket) -> i64 {
        self.surplus.get(bracket as usize).copied().unwrap_or(0)
    }

    /// Whether the file has more closing brackets of this kind than opening ones; each is used up
    /// once.
    fn one_too_many(&mut self, closing: Bracket) -> bool {
        let Some(n) = self.surplus.get_mut(closing as usize) else { return false };
        let over = *n > 0;
        *n = n.saturating_sub(i64::from(over));
        over
    }

    fn unclosed(&mut self, open: usize, seen: Option<Token>) {
        self.unbalanced = true;
        if self.unwind.is_some_and(|depth| depth.saturating_add(1) < self.stack.len())
            && self.flaws.last().is_some_and(|f| f.at == open)
        {
            return;
        }
        let bracket = self.text(open..open.saturating_add(1));
        let closing = match bracket {
            "(" => ")",
            "[" => "]",
            _ => "}",
        };
        self.flaw(false, open, |s| {
            let problem = s.problem(
                open..open.saturating_add(1),
                Code::UnclosedBracket,
                format!("`{bracket}` is never closed"),
            );
            match seen {
                Some(token) => problem
                    .hint(format!(
                        "a `{closing}` is missing before `{}` in line {}",
                        tokens::shown(s.text.get(token.start..token.end).unwrap_or_default()),
                        s.line_column(token.start).0
                    ))
                    .and_at(s.excerpt(token.start..token.end, "still open here")),
                None => {
                    problem.hint(format!("a `{closing}` is missing before the end of the file"))
                }
            }
        });
    }

    /// Whether a name is followed by a sign of comparison, as other languages write it.
    fn compares(&mut self, start: usize, end: usize) -> bool {
        let named = tokens::is_quoted(self.text(start..end));
        let sign = self.peek().filter(|t| t.kind == Kind::Other);
        named && sign.is_some_and(|t| self.text(t.start..t.end).starts_with(['<', '>']))
    }

    /// `"talks" >= 38`, said once and left out.
    fn comparison(&mut self, name: Range<usize>) -> Item {
        let mut end = name.end;
        let below = self.peek().is_some_and(|t| self.text(t.start..t.end).starts_with('<'));
        let mut number = String::new();
        while let Some(token) =
            self.peek().filter(|t| !matches!(t.kind, Kind::Comma | Kind::Close(_)))
        {
            self.step();
            end = token.end;
            if token.kind == Kind::Word {
                tokens::shown(self.text(token.start..token.end)).clone_into(&mut number);
            }
        }
        let how = if below { "Below" } else { "AtLeast" };
        let hint = format!("write {how}({}, {number})", tokens::shown(self.text(name.clone())));
        self.flaw(false, name.start, |s| {
            s.problem(name.start..end, Code::Syntax, "a comparison is written as a word").hint(hint)
        });
        Item { key: None, range: name.start..end, with_comma: end, value: Value::Missing }
    }

    fn item(&mut self, bracket: Bracket) -> Item {
        let start = self.peek().map_or(self.source.text.len(), |t| t.start);
        let (mut end, mut value) = self.value();
        let mut key = None;
        if bracket == Bracket::Square && self.compares(start, end) {
            return self.comparison(start..end);
        }
        match self.peek() {
            Some(token)
                if token.kind == Kind::Colon || self.text(token.start..token.end) == "=" =>
            {
                self.step();
                if token.kind != Kind::Colon {
                    self.repairs.push((token.start..token.end, b':'));
                    self.flaw(true, token.start, |s| {
                        s.problem(
                            token.start..token.end,
                            Code::MissingColon,
                            "`=` stands where a colon belongs",
                        )
                        .hint("write `:`")
                    });
                }
                let quoted = tokens::is_quoted(self.text(start..end));
                key = Some(Key { range: start..end, quoted });
                if self.peek().is_none_or(|t| matches!(t.kind, Kind::Comma | Kind::Close(_))) {
                    let name = self.text(start..end).trim_matches('"').to_owned();
                    let message = format!("`{}` has no value", tokens::shown(&name));
                    self.flaw(false, start, |s| {
                        s.problem(start..token.end, Code::Syntax, message)
                            .hint("write the value after the colon, or delete the field")
                    });
                    (end, value) = (token.end, Value::Missing);
                } else if let Some(first) = self.opening_missing() {
                    let open = first.start;
                    let bracket =
                        if first.kind == Kind::Text { Bracket::Curly } else { Bracket::Round };
                    let what = tokens::shown(self.text(start..end).trim_matches('"'));
                    // Noted at the key, since the whole item is in doubt.
                    self.flaw(false, start, |s| {
                        let problem = s.problem(
                            open..first.end,
                            Code::WrongBracket,
                            format!("`{what}` has no opening bracket"),
                        );
                        problem.hint(format!("write `{}` before this", bracket.opening()))
                    });
                    (end, value) = self.deeper(bracket, open, None);
                } else {
                    (end, value) = self.value();
                }
            }
            // `name "x"` in a record, `"talks" 5` in a map.
            Some(token) if starts_value(token) && self.wants_key(bracket, start, end, token) => {
                let quoted = tokens::is_quoted(self.text(start..end));
                key = Some(Key { range: start..end, quoted });
                let message = format!(
                    "a colon is missing after `{}`",
                    tokens::shown(self.text(start..end).trim_matches('"'))
                );
                let repaired = self.put(end, b':');
                self.flaw(repaired, end, |s| {
                    s.problem(start..end, Code::MissingColon, message)
                        .hint("write `:` between a name and its value")
                });
                (end, value) = self.value();
            }
            _ => {}
        }
        if let Some(first) = self.runs_on(end) {
            end = self.words(first);
            value = Value::Missing;
        }
        let mut with_comma = end;
        match self.peek() {
            Some(token) if token.kind == Kind::Comma => {
                self.step();
                with_comma = token.end;
            }
            Some(token) if starts_value(token) => {
                let repaired = self.put(end, b',');
                let last = self.text(0..end).char_indices().next_back().map_or(end, |(at, _)| at);
                self.flaw(repaired, end, |s| {
                    s.problem(last..end, Code::MissingComma, "a comma is missing after this")
                        .hint("end every item with a comma; one after the last is allowed")
                });
                if repaired {
                    with_comma = end.saturating_add(1);
                }
            }
            _ => {}
        }
        Item { range: start..end, with_comma, key, value }
    }

    /// After a key: a further key where its value should be, whose bracket was forgotten.
    fn opening_missing(&self) -> Option<Token> {
        let first = self.peek().filter(|t| matches!(t.kind, Kind::Word | Kind::Text))?;
        self.after(1).filter(|t| t.kind == Kind::Colon)?;
        Some(first)
    }

    /// Where the bare word just read begins, if others follow it: a text without its quotation
    /// marks.
    fn runs_on(&self, end: usize) -> Option<usize> {
        let word = self
            .next
            .checked_sub(1)
            .and_then(|n| self.tokens.get(n))
            .filter(|t| t.kind == Kind::Word && t.end == end)?;
        let next = self.peek().filter(|t| matches!(t.kind, Kind::Word | Kind::Other))?;
        let same_line = !self.text(end..next.start).contains('\n');
        let field = self
            .after(1)
            .is_some_and(|t| t.kind == Kind::Colon || self.text(t.start..t.end) == "=");
        (same_line && !field).then_some(word.start)
    }

    /// Takes in the bare words up to the end of the item or of the line, and gives their end.
    fn words(&mut self, start: usize) -> usize {
        let mut end = start;
        while let Some(token) = self.peek() {
            if matches!(token.kind, Kind::Comma | Kind::Close(_) | Kind::Text)
                || self.text(end..token.start).contains('\n')
            {
                break;
            }
            end = token.end;
            self.step();
        }
        // If their end has a quotation mark, that was reported.
        let reported = self.lexed.flaws.iter().any(|f| start <= f.at && f.at <= end);
        self.flaw(false, start, |s| {
            s.problem(start..end, Code::BareWord, "these words stand without quotation marks")
                .hint("put the whole text in quotation marks")
        });
        if let Some(flaw) = self.flaws.last_mut().filter(|f| f.at == start) {
            flaw.hidden = reported;
        }
        end
    }

    /// Puts a character into the white space at `at`, if there is any.
    fn put(&mut self, at: usize, byte: u8) -> bool {
        let free = self.text(at..at.saturating_add(1)).starts_with([' ', '\t', '\n']);
        if free {
            self.repairs.push((at..at.saturating_add(1), byte));
        }
        free
    }

    /// Whether the last value read was meant as a key: its like are keys here, and a value follows
    /// on the same line.
    fn wants_key(&self, bracket: Bracket, start: usize, end: usize, token: Token) -> bool {
        let word = self.text(start..end);
        let same_line = !self.text(end..token.start).contains('\n');
        let single = self.tokens.get(self.next.saturating_sub(1)).is_some_and(|t| t.start == start);
        let then_ends = matches!(token.kind, Kind::Open(_))
            || self
                .after(1)
                .is_none_or(|t| matches!(t.kind, Kind::Comma | Kind::Close(_) | Kind::Open(_)));
        let fits = match bracket {
            Bracket::Round => word.starts_with(|c: char| c.is_ascii_lowercase()),
            Bracket::Curly => word.starts_with('"'),
            Bracket::Square => false,
        };
        same_line && single && then_ends && fits
    }

    /// Reads a value and returns where it ends.
    fn value(&mut self) -> (usize, Value) {
        let Some(token) = self.peek() else { return (self.source.text.len(), Value::Missing) };
        self.step();
        match token.kind {
            Kind::Word => match self.peek() {
                Some(open) if open.kind == Kind::Open(Bracket::Round) => {
                    self.step();
                    if self.text(token.start..token.end) == "Some" {
                        return self.some(token, open);
                    }
                    self.deeper(Bracket::Round, open.start, Some(token.start..token.end))
                }
                _ => (token.end, Value::Leaf),
            },
            Kind::Open(bracket) => self.deeper(bracket, token.start, None),
            Kind::Text | Kind::Char => (token.end, Value::Leaf),
            Kind::Close(_) | Kind::Comma | Kind::Colon | Kind::Other => {
                let message = format!(
                    "`{}` does not belong here",
                    tokens::shown(self.text(token.start..token.end))
                );
                self.flaw(false, token.start, |s| {
                    s.problem(token.start..token.end, Code::Syntax, message)
                });
                (token.end, Value::Missing)
            }
        }
    }

    /// `Some(x)`, which the format has no need of: read as `x`.
    fn some(&mut self, word: Token, open: Token) -> (usize, Value) {
        let (end, value) = self.deeper(Bracket::Round, open.start, Some(word.start..word.end));
        let single = matches!(&value, Value::Node(node) if node.items.len() == 1 && node.closed);
        if single {
            self.repairs.push((word.start..open.end, b' '));
            self.repairs.push((end.saturating_sub(1)..end, b' '));
            if let Value::Node(node) = &value
                && let Some(item) = node.items.first()
            {
                // A comma inside would now stand outside.
                self.repairs.push((item.range.end..item.with_comma, b' '));
            }
        }
        self.flaw(single, word.start, |s| {
            s.problem(
                word.start..word.end,
                Code::SomeWritten,
                "`Some(...)` is not part of the format",
            )
            .hint("write the value alone, without `Some( )`")
        });
        (end, value)
    }

    fn deeper(
        &mut self,
        bracket: Bracket,
        open: usize,
        name: Option<Range<usize>>,
    ) -> (usize, Value) {
        if self.stack.len() < DEEPEST {
            let node = self.node(bracket, open, name);
            // Without a bracket of its own it ends with its last token.
            let last = self.tokens.get(self.next.saturating_sub(1)).map_or(node.close, |t| t.end);
            let end = if node.closed { node.close.saturating_add(1) } else { last.min(node.close) };
            return (end, Value::Node(Box::new(node)));
        }
        self.flaw(false, open, |s| {
            s.problem(
                open..open.saturating_add(1),
                Code::TooDeep,
                format!("brackets stand more than {DEEPEST} deep here"),
            )
        });
        let mut depth = 1_usize;
        let mut end = open.saturating_add(1);
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Open(_) => depth = depth.saturating_add(1),
                Kind::Close(_) => depth = depth.saturating_sub(1),
                Kind::Word | Kind::Text | Kind::Char | Kind::Comma | Kind::Colon | Kind::Other => {}
            }
            end = token.end;
            self.step();
            if depth == 0 {
                break;
            }
        }
        (end, Value::Leaf)
    }

    /// What is wrong with a bracket as a whole: keys of the wrong kind, keys that stand twice.
    fn judge(&mut self, node: &Node) {
        let keys: Vec<&Key> = node.items.iter().filter_map(|i| i.key.as_ref()).collect();
        let mut seen: std::collections::BTreeMap<&str, Range<usize>> =
            std::collections::BTreeMap::new();
        for key in &keys {
            let name = key.text(&self.source.text);
            if let Some(first) = seen.get(name) {
                let (code, what) = if key.quoted {
                    (Code::DuplicateId, "the id")
                } else {
                    (Code::DuplicateField, "the field")
                };
                let hint =
                    if key.quoted { "give one of them another id" } else { "delete one of them" };
                self.flaw(false, key.range.start, |s| {
                    let problem = s
                        .problem(
                            key.range.clone(),
                            code,
                            format!("{what} `{}` stands twice", tokens::shown(name)),
                        )
                        .label("again here");
                    problem.and_at(s.excerpt(first.clone(), "first here")).hint(hint)
                });
            } else {
                seen.insert(name, key.range.clone());
            }
        }
        let wrong: Vec<Range<usize>> = keys
            .iter()
            .filter(|k| k.quoted != (node.bracket == Bracket::Curly))
            .map(|k| k.range.clone())
            .collect();
        let Some(first) = wrong.first().cloned() else { return };
        let all = wrong.len() == keys.len();
        match node.bracket {
            Bracket::Round => {
                for range in wrong {
                    let name = tokens::shown(self.text(range.clone()).trim_matches('"'));
                    let hint = if all && keys.len() > 1 {
                        format!("write `{name}:`; or, if these are ids, put them in {{ }}")
                    } else {
                        format!("write `{name}:`")
                    };
                    self.repairs.push((range.start..range.start.saturating_add(1), b' '));
                    self.repairs.push((range.end.saturating_sub(1)..range.end, b' '));
                    self.flaw(true, range.start, |s| {
                        s.problem(
                            range.clone(),
                            Code::QuotedField,
                            format!("the field name `{name}` stands in quotation marks"),
                        )
                        .hint(hint)
                    });
                }
            }
            Bracket::Curly if all => {
                let open = node.open..node.open.saturating_add(1);
                let close = node.close..node.close.saturating_add(1);
                let whole = node.closed && self.text(close.clone()) == "}";
                if whole {
                    self.repairs.push((open.clone(), b'('));
                    self.repairs.push((close, b')'));
                }
                self.flaw(whole, open.start, |s| {
                    let problem = s
                        .problem(open.clone(), Code::WrongBracket, "plain names stand in { }")
                        .label("opened here");
                    problem.and_at(s.excerpt(first, "a field name")).hint(
                        "if they are ids, put each in quotation marks; if they are fields, write \
                             `(` here and `)` at its end",
                    )
                });
            }
            Bracket::Curly | Bracket::Square => {
                for range in wrong {
                    let name = tokens::shown(self.text(range.clone()));
                    let (code, message) = match node.bracket {
                        Bracket::Square => (Code::WrongBracket, "a list has no names or ids"),
                        Bracket::Round | Bracket::Curly => {
                            (Code::UnquotedId, "this id has no quotation marks")
                        }
                    };
                    let hint = if code == Code::UnquotedId {
                        format!("write \"{name}\"")
                    } else {
                        "a record stands in ( ), a table in { }".to_owned()
                    };
                    self.flaw(false, range.start, |s| {
                        s.problem(range.clone(), code, message).hint(hint)
                    });
                }
            }
        }
    }
}

fn starts_value(token: Token) -> bool {
    match token.kind {
        Kind::Word | Kind::Text | Kind::Char | Kind::Open(_) => true,
        Kind::Close(_) | Kind::Comma | Kind::Colon | Kind::Other => false,
    }
}
