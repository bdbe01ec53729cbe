//! What a run file says: one line for each thing that was decided, each sealed.
//!
//! A line is a RON value, ` // `, and sixteen hexadecimal digits: a check over every byte of the
//! file before it. The check finds accidents (a bad disk, an editor, a line lost in the mail) and
//! names the turn; it is no signature, since whoever has the program can make it. A grade is given
//! by playing the orders again, never by trusting the file.
//!
//! Owns the lines, their order, their limits, encoding and decoding, all without touching a disk.
//! Refuses to own files (`store`) and the meaning of an order (`engine`).

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::scenario::loc::{Prose, ron_options};
use crate::scenario::named::Named;
use crate::text::{self, Limits};

/// The format this program writes.
pub const FORMAT: u32 = 1;
/// Largest run file, in bytes.
pub const MOST_BYTES: usize = 8 << 20;
/// Longest line, in bytes: sixty-four orders, each with as long a reason as can be typed.
pub const MOST_LINE: usize = 512 << 10;
pub const MOST_ORDERS: usize = 64;
pub const MOST_TURNS: usize = 400;
/// Most labels, assumptions and drafts: enough for anything but an attack.
const MOST_OTHER: usize = 1000;

/// What stands between a line and its check.
const SEAM: &str = " // ";
const DIGITS: usize = 16;

/// One line of a run file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Line {
    /// The first line, and only the first.
    Run(Header),
    Turn(Turn),
    /// What was on the agenda of the turn under way when the player left.
    Draft(Draft),
    /// The player's or the teacher's name for the run from here on.
    Label(String),
}

/// Everything a game is made from, besides the orders.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    pub format: u32,
    /// The version of the rules (of this program) that played it.
    pub rules: String,
    /// The scenario's id.
    pub scenario: String,
    /// Hash of the resolved rules.
    pub hash: String,
    pub seed: u64,
    /// The world, if it was chosen and not drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub world: Option<String>,
    /// No branches: what was decided stands.
    #[serde(default, skip_serializing_if = "is_false")]
    pub on_the_record: bool,
    /// Contested numbers set by hand, in thousandths.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub assumptions: BTreeMap<String, i32>,
    /// Where this run left its parent, if it is a branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch: Option<Branch>,
    /// Where the parents had left theirs, as far as it still counts, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branched: Vec<Branch>,
    /// The scenario's title, for lists: the scenario itself may not be at hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
fn is_false(b: &bool) -> bool {
    !b
}

/// Where a branch left its parent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The parent's run name.
    pub of: String,
    /// The first turn with orders of its own.
    pub turn: u32,
    /// Luck from that turn on.
    pub seed: u64,
}

/// A turn that was ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// From 1, without gaps.
    pub n: u32,
    #[serde(deserialize_with = "few_orders")]
    pub orders: Vec<Named>,
    /// Digest of the state after the turn.
    pub digest: Digest,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    #[serde(deserialize_with = "few_orders")]
    pub orders: Vec<Named>,
}

/// 128 bits of a state, written as 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Digest(pub u128);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}
impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        let read = u128::from_str_radix(&text, 16).ok().map(Digest);
        // Only the one way of writing it.
        read.filter(|d| d.to_string() == text)
            .ok_or_else(|| de::Error::custom("a digest is 32 hexadecimal digits"))
    }
}

/// Reads at most sixty-four orders, so that a hostile line costs no more memory than an honest one.
fn few_orders<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<Named>, D::Error> {
    struct V;
    impl<'de> Visitor<'de> for V {
        type Value = Vec<Named>;
        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a list of orders")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<Named>, A::Error> {
            let mut all = Vec::new();
            while let Some(order) = seq.next_element()? {
                if all.len() >= MOST_ORDERS {
                    return Err(de::Error::custom(TOO_MANY_ORDERS));
                }
                all.push(order);
            }
            Ok(all)
        }
    }
    d.deserialize_seq(V)
}

const TOO_MANY_ORDERS: &str = "more than 64 orders in a turn";

/// The running check.
///
/// Bytes are taken in words of eight, little end first, the last filled with zeros; after each line
/// its length. Each step is a bijection of the state (the finaliser of `SplitMix64`), so two files
/// that differ within one word always differ in the check, and any others do but for one in 2^64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain(u64);

impl Default for Chain {
    fn default() -> Self {
        Chain(0x1a7e_2a9e_9c70_0001)
    }
}

impl Chain {
    fn word(&mut self, word: u64) {
        let mut z = (self.0 ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        self.0 = z ^ (z >> 31);
    }

    /// Takes in a line (without its check) and gives the check that follows it. What was taken in
    /// before is in the state, and with it every earlier check.
    fn line(&mut self, bytes: &[u8]) -> String {
        for chunk in bytes.chunks(8) {
            let mut word = [0_u8; 8];
            for (to, from) in word.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.word(u64::from_le_bytes(word));
        }
        self.word(bytes.len() as u64);
        format!("{:016x}", self.0)
    }
}

/// Why a line was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwritable {
    TooManyOrders,
    TooLong,
    /// Not one of ours: the serialiser refused.
    Encoding(String),
}

/// The line as it stands in the file, with its check and newline; `chain` moves on only if it is
/// made.
///
/// # Errors
/// More orders or text than a line may hold.
pub fn encode(chain: &mut Chain, line: &Line) -> Result<String, Unwritable> {
    let mut line = line.clone();
    harmless(&mut line);
    let orders = match &line {
        Line::Turn(turn) => turn.orders.len(),
        Line::Draft(draft) => draft.orders.len(),
        Line::Run(_) | Line::Label(_) => 0,
    };
    if orders > MOST_ORDERS {
        return Err(Unwritable::TooManyOrders);
    }
    let mut text =
        ron_options().to_string(&line).map_err(|e| Unwritable::Encoding(e.to_string()))?;
    if text.len().saturating_add(SEAM.len() + DIGITS + 1) > MOST_LINE {
        return Err(Unwritable::TooLong);
    }
    if text.contains('\n') {
        return Err(Unwritable::Encoding("a line must not hold a newline".to_owned()));
    }
    let check = chain.line(text.as_bytes());
    text.push_str(SEAM);
    text.push_str(&check);
    text.push('\n');
    Ok(text)
}

/// Texts of a line come from people; what is written and what is read is clean.
fn harmless(line: &mut Line) {
    let note = |s: &mut String, limits: Limits| *s = text::clean(s, limits).into_string();
    match line {
        Line::Run(header) => {
            for word in
                [&mut header.rules, &mut header.scenario, &mut header.hash, &mut header.title]
            {
                note(word, Limits::NAME);
            }
            if let Some(world) = &mut header.world {
                note(world, Limits::NAME);
            }
            header.branched.truncate(MOST_OTHER);
            for branch in header.branched.iter_mut().chain(&mut header.branch) {
                note(&mut branch.of, Limits::NAME);
            }
            header.assumptions = std::mem::take(&mut header.assumptions)
                .into_iter()
                .take(MOST_OTHER)
                .map(|(mut k, v)| {
                    note(&mut k, Limits::NAME);
                    (k, v)
                })
                .collect();
        }
        Line::Turn(turn) => turn.orders.iter_mut().for_each(harmless_order),
        Line::Draft(draft) => draft.orders.iter_mut().for_each(harmless_order),
        Line::Label(label) => note(label, Limits::NOTE),
    }
}

fn harmless_order(order: &mut Named) {
    match order {
        Named::Propose(proposal) | Named::Forecast(proposal) => {
            if text::check(&proposal.because.text).is_err()
                || proposal.because.text.contains('\n')
                || proposal.because.text.len() > Limits::NOTE.graphemes
            {
                proposal.because = Prose::plain(&text::clean(&proposal.because.text, Limits::NOTE));
            }
        }
        // The rest are ids and numbers, which their types keep within bounds.
        Named::Guide(_)
        | Named::Amend(_)
        | Named::Withdraw { .. }
        | Named::Build { .. }
        | Named::Task { .. }
        | Named::Ask(_)
        | Named::Promise { .. }
        | Named::Answer { .. }
        | Named::Reform(_)
        | Named::Confidence { .. }
        | Named::End => {}
    }
}

/// What a run file was found to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decoded {
    /// None only with `damage`.
    pub header: Option<Header>,
    pub turns: Vec<Turn>,
    /// Orders of the turn after the last, if the player left in the middle of it.
    pub draft: Option<Vec<Named>>,
    /// Each with the number of turns that had ended when it was given.
    pub labels: Vec<(u32, String)>,
    /// The last line was not finished and is left out: its turn was never shown as ended.
    pub torn: bool,
    /// The first line that is wrong; nothing from there on is used.
    pub damage: Option<Damage>,
    /// How many bytes of the tidied text, from the beginning, are whole good lines.
    pub good: usize,
    /// The check up to there.
    pub chain: Chain,
}

impl Decoded {
    /// The run's name for people: the last label, or the scenario's title.
    pub fn shown_title(&self) -> &str {
        let title = self.header.as_ref().map_or("", |h| {
            if h.title.is_empty() { h.scenario.as_str() } else { h.title.as_str() }
        });
        self.labels.last().map_or(title, |(_, label)| label.as_str())
    }
}

/// The first bad line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// From 1.
    pub line: usize,
    /// The turn whose record it is or follows; 0 for the first line.
    pub turn: usize,
    pub why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The check does not fit: the line, or something before it, was changed. Something has also
    /// converted the lines of the file, if `converted`.
    Changed {
        converted: bool,
    },
    /// The check fits and the line is none of ours, in ron's words.
    NotALine(String),
    /// A good line where it cannot stand: a turn out of order, a second first line.
    OutOfPlace,
    /// Written in a format that this program does not read.
    OtherFormat {
        format: u32,
    },
    /// UTF-16, as some editors save.
    Utf16,
    NoHeader,
    TooManyTurns,
    TooManyOrders,
    TooLarge,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.why {
            Why::Changed { converted } => write!(
                f,
                "line {} (turn {}) was changed after it was written{}",
                self.line,
                self.turn,
                if *converted { "; the line ends of the file were converted too" } else { "" }
            ),
            Why::NotALine(why) => write!(
                f,
                "line {} (turn {}) cannot be read: {}",
                self.line,
                self.turn,
                text::for_terminal(why)
            ),
            Why::OutOfPlace => {
                write!(f, "line {} (turn {}) stands in the wrong place", self.line, self.turn)
            }
            Why::OtherFormat { format } => write!(
                f,
                "the run is in format {format}{}; this version reads format {FORMAT}",
                if *format > FORMAT { ", of a newer version" } else { "" }
            ),
            Why::Utf16 => write!(f, "the file is UTF-16; save it as UTF-8"),
            Why::NoHeader => write!(f, "the file does not begin as a run does"),
            Why::TooManyTurns => write!(f, "line {}: more than {MOST_TURNS} turns", self.line),
            Why::TooManyOrders => {
                write!(f, "line {} (turn {}): more than {MOST_ORDERS} orders", self.line, self.turn)
            }
            Why::TooLarge => {
                write!(f, "line {}: the file or the line is larger than any run can be", self.line)
            }
        }
    }
}

/// The text of a run file without what editors, version control and mail put into it: a byte-order
/// mark, carriage returns, empty lines, spaces at the ends of lines. None of them is part of what
/// the checks are over. A last line without its newline is left as it is.
pub fn tidy(bytes: &[u8]) -> Cow<'_, [u8]> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut tidied = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|b| matches!(b, b'\n' | b'\r')) {
        let words = line.trim_ascii_end();
        if words.is_empty() {
            continue;
        }
        if line.ends_with(b"\n") || line.ends_with(b"\r") {
            tidied.extend_from_slice(words);
            tidied.push(b'\n');
        } else {
            tidied.extend_from_slice(line);
        }
    }
    if tidied == bytes { Cow::Borrowed(bytes) } else { Cow::Owned(tidied) }
}

/// Reads a run file. Never fails: what is wrong is part of the answer.
pub fn decode(bytes: &[u8]) -> Decoded {
    let mut out = Decoded::default();
    if bytes.len() > MOST_BYTES {
        out.damage = Some(Damage { line: 1, turn: 0, why: Why::TooLarge });
        return out;
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        out.damage = Some(Damage { line: 1, turn: 0, why: Why::Utf16 });
        return out;
    }
    let text = tidy(bytes);
    let converted = matches!(text, Cow::Owned(_));
    let mut rest = &*text;
    let mut number = 0_usize;
    while !rest.is_empty() {
        number = number.saturating_add(1);
        let end = rest.iter().position(|b| *b == b'\n');
        let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after.get(1..).unwrap_or_default();
        let line = line.trim_ascii_end();
        let mut chain = out.chain;
        match read_line(&mut chain, line).and_then(|line| take(&mut out, line)) {
            Ok(()) => {
                out.chain = chain;
                // A last line whose check fits is whole without its newline.
                let newline = usize::from(end.is_some());
                out.good = out.good.saturating_add(line.len()).saturating_add(newline);
            }
            Err(_) if end.is_none() => out.torn = true,
            Err(why) => {
                let turn = if out.header.is_some() { out.turns.len().saturating_add(1) } else { 0 };
                let why = if out.header.is_none()
                    && matches!(why, Why::Changed { .. })
                    && !line.starts_with(b"Run(")
                {
                    Why::NoHeader
                } else if matches!(why, Why::Changed { .. }) {
                    Why::Changed { converted }
                } else {
                    why
                };
                out.damage = Some(Damage { line: number, turn, why });
                break;
            }
        }
    }
    if out.header.is_none() && out.damage.is_none() {
        out.damage = Some(Damage { line: 1, turn: 0, why: Why::NoHeader });
    }
    out
}

fn read_line(chain: &mut Chain, line: &[u8]) -> Result<Line, Why> {
    if line.len() >= MOST_LINE {
        return Err(Why::TooLarge);
    }
    // Looked at before anything else: another format may seal its lines in another way.
    if let Some(format) = std::str::from_utf8(line).ok().and_then(other_format) {
        return Err(Why::OtherFormat { format });
    }
    let changed = Why::Changed { converted: false };
    let Some(end) = line.len().checked_sub(SEAM.len() + DIGITS) else { return Err(changed) };
    let (text, seal) = line.split_at(end);
    let check = chain.line(text);
    let fits = seal
        .split_at_checked(SEAM.len())
        .is_some_and(|(seam, digits)| seam == SEAM.as_bytes() && digits == check.as_bytes());
    // A fuzzer cannot guess the check, and would never get past it.
    if !fits && !cfg!(fuzzing) {
        return Err(changed);
    }
    let text = std::str::from_utf8(text).map_err(|_| Why::NotALine("not UTF-8".to_owned()))?;
    let mut line: Line = ron_options().from_str(text).map_err(|e| match &e.code {
        ron::Error::Message(said) if said == TOO_MANY_ORDERS => Why::TooManyOrders,
        _ => Why::NotALine(text::clean(&e.to_string(), Limits::NOTE).into_string()),
    })?;
    harmless(&mut line);
    Ok(line)
}

fn other_format(line: &str) -> Option<u32> {
    let digits = line.strip_prefix("Run(format:")?.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok().filter(|f| *f != FORMAT)
}

/// Puts a good line in its place.
fn take(out: &mut Decoded, line: Line) -> Result<(), Why> {
    match line {
        Line::Run(header) if out.header.is_none() => {
            if header.format != FORMAT {
                return Err(Why::OtherFormat { format: header.format });
            }
            out.header = Some(header);
        }
        Line::Run(_) => return Err(Why::OutOfPlace),
        _ if out.header.is_none() => return Err(Why::NoHeader),
        Line::Turn(turn) => {
            if out.turns.len() >= MOST_TURNS {
                return Err(Why::TooManyTurns);
            }
            if turn.n as usize != out.turns.len().saturating_add(1) {
                return Err(Why::OutOfPlace);
            }
            out.turns.push(turn);
            out.draft = None;
        }
        Line::Draft(draft) => out.draft = Some(draft.orders),
        Line::Label(label) => {
            if out.labels.len() >= MOST_OTHER {
                return Err(Why::TooLarge);
            }
            out.labels.push((u32::try_from(out.turns.len()).unwrap_or(u32::MAX), label));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
