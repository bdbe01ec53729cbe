//! What is wrong with a file: one record for each thing, and the three ways of printing them.
//!
//! Owns the codes with their explanations (`interagency help CODE`), the order and the limit of a
//! report, and its rendering as text with an excerpt, as one line each, and as JSON. A problem
//! carries its own excerpt, so it outlives the text it came from. Refuses to own finding problems
//! (`syntax`, `resolve`), reading files (`source`), and printing: it returns strings.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use crate::order::Arrange;
use crate::text;

/// Most problems shown in one report; the rest are counted.
pub const LIMIT: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be played.
    Error,
    /// It can, but probably not as meant.
    Warning,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One table for the codes: variant, stable name, one paragraph.
macro_rules! codes {
    ($($variant:ident $name:literal $says:literal)*) => {
        /// What kind of problem it is. Names are a promise: scripts and class notes quote them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $says] $variant,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// Kebab-case, as printed in brackets.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// One paragraph for `interagency help CODE`.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $says,)* }
            }
        }
    };
}

codes! {
    CannotRead "cannot-read"
        "The file could not be opened or read: it is missing, is not yours to read, or is not an \
         ordinary file. Folders, pipes, devices and sockets are refused, because reading one could \
         wait for ever."
    TooLarge "too-large"
        "The file is larger than one mebibyte. The longest scenario anyone has written is a tenth \
         of that; a file this size is either not a scenario or would not be read by a person."
    NotUtf8 "not-utf8"
        "The file is not UTF-8 text. The place named is the first byte that cannot be read. Save \
         the file as UTF-8 in your editor; in older Windows editors the setting is called \
         encoding."
    BadCharacter "bad-character"
        "The text holds a character that must not reach a screen: a control character, one that \
         changes the direction of text, one that is invisible, or one of private use. They can \
         hide or forge what a reader sees, so they are refused both written out and as an escape \
         such as \\u{1b}. Most come in by copying from a web page; type the words again."
    Extension "extension"
        "The file begins with #![enable(...)]. The format is the same for every file: nothing is \
         switched on or off from within one. Delete the line."
    Syntax "syntax"
        "The text cannot be read at this place: something stands here that does not belong to the \
         format. The first line says what was expected. Look also at the end of the line before: a \
         comma, a bracket or a quotation mark missing there is noticed only here."
    UnclosedText "unclosed-text"
        "A quotation mark opens a text and none closes it, or one stands inside the text. A text \
         may run over several lines, so the missing mark is noticed only later. A quotation mark \
         inside a text is written \\\"."
    UnclosedBracket "unclosed-bracket"
        "A bracket is opened and never closed, or is closed by one of another kind. Records stand \
         in ( ), maps from id to something in { }, lists in [ ]. The place named is where it was \
         opened."
    StrayBracket "stray-bracket"
        "A bracket closes something that was not open. One too many, or the one before it closed \
         too much."
    WrongBracket "wrong-bracket"
        "The right thing in the wrong brackets. Records stand in ( ) with plain field names, maps \
         in { } with quoted ids, lists in [ ]."
    UnclosedComment "unclosed-comment"
        "A comment begun with /* is never closed with */. A comment to the end of the line, // so, \
         needs no end."
    MissingComma "missing-comma"
        "Two things follow each other without a comma between them. A comma after the last one is \
         allowed, so the easy habit is to end every line with one."
    MissingColon "missing-colon"
        "A field name or an id is followed by its value with a colon between: name: \"Sanctions\", \
         or \"talks\": 5."
    QuotedField "quoted-field"
        "A field of a record is written with quotation marks, as in JSON. Field names are plain: \
         name: \"Sanctions\". Only ids in a table have quotation marks: { \"talks\": 5 }."
    UnquotedId "unquoted-id"
        "A key of a table is written without quotation marks. Ids are quoted wherever they stand: { \
         \"talks\": 5 }. Only field names of a record are plain."
    UnknownField "unknown-field"
        "The record has no field of this name. Misspelt fields are refused, never skipped, so that \
         nothing you wrote is silently without effect."
    UnknownWord "unknown-word"
        "One of a fixed set of words was expected here, such as Up, Down or Neither, and this is \
         none of them. The message lists them."
    MissingField "missing-field"
        "A field this record cannot do without is not there. The place named is the end of the \
         record."
    DuplicateField "duplicate-field"
        "A field is written twice in the same record. One of the two would be ignored, so both are \
         shown."
    DuplicateId "duplicate-id"
        "An id stands twice in the same table. One of the two records would be ignored, so both \
         are shown. Give one of them another id."
    WrongType "wrong-type"
        "The value is of another kind than expected: a text where a number belongs, a number where \
         a text belongs, a record where a list belongs."
    NotWhole "not-whole" "A whole number belongs here and the number has decimals."
    BadValue "bad-value"
        "The value is of the right kind but not one that can stand here: out of its range, not a \
         day of the calendar, not an id, not a length of time. The message says what is allowed."
    BareWord "bare-word"
        "A word of the printed scale is written without quotation marks. An amount is a number or \
         a quoted word: \"+small\", \"-large\"."
    SomeWritten "some-written"
        "Some(...) is written around a value. A field that may be left out takes its value \
         directly, or is left out."
    BadEscape "bad-escape"
        "A backslash in a text begins an escape, and this is none. Known are \\n \\t \\\\ \\\" \\' \
         and \\u{2014}. A backslash itself is written \\\\."
    TooDeep "too-deep"
        "Brackets stand inside brackets more than sixty deep. No record needs that; conditions can \
         be split by flags or events."
    TrailingText "trailing-text"
        "Something stands after the end of the file's one record. Most often a bracket closed the \
         record too early."
    UnknownId "unknown-id"
        "An id is used that no record in this scenario or its core has. Ids are compared letter by \
         letter. If one is close, the message names it."
    WrongTable "wrong-table"
        "The id exists, but in another table than the one meant here: an agency where an \
         instrument belongs, for example."
    OutOfRange "out-of-range"
        "A number that is well written stands outside what its record allows, such as a start \
         below an indicator's least value."
    BadSum "bad-sum" "Shares that must add up to 100, or points that must add up to twelve, do not."
    TooMany "too-many"
        "There are more records, choices or conditions here than can be shown to a player or \
         computed in bounded time. The message gives the limit."
    TooLong "too-long" "A text is longer than the place it is shown in."
    EmptyText "empty-text"
        "A text that a player reads is empty. Write a sentence, or leave the field out where that \
         is allowed."
    Calendar "calendar"
        "The calendar cannot be played: fewer than 3 or more than 30 turns, dates out of order, or \
         both ways of writing it at once."
    OutsideCalendar "outside-calendar"
        "A day lies outside the scenario's calendar, so what is dated there never happens."
    Cycle "cycle"
        "Events set each other off in a ring. Each of them happens once unless it rests, so the \
         game goes on; but what follows from the last may not be what you meant. The message names \
         the ring."
    NeverHappens "never-happens"
        "Nothing can ever bring this about: no day, no condition that can hold, no record that \
         sets it off."
    NamedPerson "named-person"
        "A simulated text names a person after a title. Real persons do and say only what is of \
         record; what is made up is signed by an institution and speaks of offices: the Secretary, \
         the ministry."
    CannotHold "cannot-hold"
        "Conditions that can never hold together or at all: a value past the end of its range, a \
         day outside the calendar, an event that waits for itself, two conditions that exclude each \
         other, evidence dated before its campaign appears."
    AlwaysHolds "always-holds"
        "Conditions that hold whatever happens where something should be able to fail: an early \
         ending, a proposition, a test, what an instrument or a task needs, a role of a target."
    NoEffect "no-effect"
        "An answer that moves nothing and that nothing follows. A player who gives it learns that \
         answers do not matter."
    SameChoice "same-choice"
        "Two answers of one question cost and do exactly the same, so there is no choice."
    TooDear "too-dear"
        "A price that nobody can ever pay: more than the whole range of the staff or the capital."
    LargeAmount "large-amount"
        "One step moves an indicator by more than a sixth of its range. Most steps of the shipped cases \
         are below a tenth of it; a digit too many is the usual reason."
    ShortLived "short-lived"
        "A measure of the player's lasts no longer than a turn: it takes effect and runs out before \
         anybody can act on it, and what its end costs comes each time."
    Behind "behind-another"
        "An ending that never comes, because another stands before it and asks for no more than it \
         does. Endings are tried in the order in which they are written."
    NotUsed "not-used"
        "Something is declared and never used. It does no harm; it may be a misspelling elsewhere."
    OtherVoice "other-voice"
        "What one seat does or brings is signed by another. Either the name is wrong or the text \
         was put in another's place."
    DayInWords "day-in-words"
        "A day named in the words of a text is no day, is not of the weekday it is said to be, or is \
         told as past before it has come; or a briefing has the opening's day and another year, or an \
         ending that is not early opens with another day than the last."
    Replaces "replaces"
        "A record laid over one of a layer below takes over each field it does not give, and a \
         field that it gives is whole: a table under it replaces the whole table. Here that drops \
         entries and adds none. Write the entries you want to keep as well; `interagency show ID` \
         prints them."
    NoDefault "no-default"
        "A choice has no default, or more than one. Every prompt has exactly one answer that \
         stands if the player says nothing."
    NameTaken "name-taken"
        "The file or the id in it has the name of a scenario that is carried in the program. By \
         that name the carried one is opened; this file is opened by its path, or from the title \
         page. Give it an id and a name of its own to be rid of the doubt."
    RecordRule "record-rule"
        "A text breaks the rule on record and simulation. Quotation marks and people's names stand \
         only in Record texts with a source; a Simulated text is signed by an institution and \
         names the recorded position it follows, if a source holds one."
    SourceLater "source-later"
        "A text may be read on a day when its source was not yet published. A source is shown on \
         each day as the part that was out by then, so there would be nothing to show."
    RecordByChance "record-by-chance"
        "A Record says what happened, and what happened is not under dice. An event with a Record \
         text has a day or a certain condition; only what was made of it is drawn, and that is \
         Simulated."
    RealGuilt "real-guilt"
        "A hidden truth attaches conduct to a real person or firm beyond what its record tag says. \
         Only invented entities may be drawn as guilty or as wrong targets."
    Unsteady "unsteady"
        "A text assumes a level, a relationship, a belief or a day. Texts are chosen while a turn \
         ends and read on the page after it, and these may have moved in between. A text assumes \
         what was done; the rest belongs into the `when` of its event."
    HiddenInPublic "hidden-in-public"
        "A hidden fact (a drawn truth, the world) decides something the player is shown a preview \
         of, which would give it away. Only evidence, campaigns and responses may read hidden \
         facts. So would a step of the other side that nobody sees and that moves what is seen \
         exactly."
    MissingRole "missing-role"
        "The core does not say which indicator, agency or venue plays a part the rules need."
    LuckCollision "luck-collision"
        "Two ids draw the same luck by an accident of their names. Rename one of them."
    CoreVersion "core-version"
        "The scenario was written for another version of the core than this program has."
    OtherTheatre "other-theatre"
        "Several names that the file uses stand in another theatre and in none of the layers it \
         lies on. Most likely `theatre` names the wrong one. Each name is not told by itself: \
         with the right theatre all of them are there."
    NoTheatre "no-theatre"
        "A scenario on the core says who the other side is: `theatre: \"china\"` lays the seats, \
         responses, aims and words of that side over the core. `theatre: \"none\"` says on purpose \
         that nobody answers. A scenario with `core: 0` brings everything and names none."
    RemovedId "removed-id"
        "The scenario or its theatre takes a record away that another record still needs. Remove \
         that one too, or lay your own over it under rules."
    Contradiction "contradiction"
        "Two things are given that exclude each other, such as a day and the word that only other \
         records set the event off. One of them would be ignored."
    BadProduct "bad-product"
        "A product stands for two other indicators multiplied, each a share of 100. It has no \
         start, drift, noise or moves of its own, its factors are no products, and a factor \
         belongs to one product only."
    OneVariable "one-variable"
        "Evidence speaks about exactly one hidden variable and says how often it is seen under \
         each of its values; shares that depend on an earlier variable depend on one only."
    NoGate "no-gate"
        "An instrument asks for proof of a role, and a target it may be aimed at by its kind has \
         none of the roles it asks about. No proof can open that gate, so the instrument is never \
         legal there."
    WorldVaried "world-varied"
        "A number that differs from world to world acts where the player could read it off \
         exactly, and with it the hidden world. Such numbers may act only through flows, on \
         indicators that are estimated or hidden, and on nothing else."
    BadAssumption "bad-assumption"
        "An assumption set on the command line does not exist or lies outside its range. \
         interagency help assumptions lists them."
    Wordy "wordy"
        "A text is longer than readers of a screen like to read. It is shown whole all the same."
    TestFails "test-fails" "One of the scenario's own tests does not hold."
    HistoryRefused "history-refused"
        "An order of the scenario's history is refused by the rules on its date in most of the games \
         that `check --deep` plays. It is skipped and counted."
    NeverMet "never-met"
        "No player met this in the games that `check --deep` plays: an event that never happened, an \
         ending that never came, an answer that was never given, a file that was never brought. The \
         message names the conditions that held at no end of a turn. If it is meant, say so under \
         `accepted`."
    NeverLaunched "never-launched"
        "An instrument that no player of `check --deep` ever brought into effect. The message says \
         how far it came: whether the law let it be aimed, whether it was proposed, who turned it \
         down, or whether the game ended before it was ready."
    ClaimFails "claim-fails"
        "An experiment of the scenario does not do what it claims. `interagency experiment` shows \
         the figures, world by world."
    OneWayWins "one-way-wins"
        "Doing nothing, or one instrument alone, comes out no lower than a player who weighs \
         everything, or one ending comes in four games of five, however they are played: there is \
         little to decide. Look at what the lenses count, what things cost, and what the ending asks."
    OneAnswer "one-answer"
        "A question that players who weigh answers all answer alike, whatever they are after: to gain \
         most, or to serve one lens alone. The other answers cost more than they bring. Let each serve \
         somebody, or let the event come without a question."
    SameWords "same-words"
        "The other side answers again and again in the same words. Texts of an answer are told in \
         turn, so give it more of them, or let it rest (`rests`) for some weeks."
    AtItsLimit "at-its-limit"
        "A value stands at its least or its most when games end, so what moves it further does \
         nothing. Let it start elsewhere (`starts`), move it less, or move it back."
    EmptyPage "empty-page"
        "A front page in the middle of the game that asks nothing and on which next to nothing is new. \
         Let something happen there, or make fewer and longer turns."
    Reading "reading"
        "`check --deep` counts what there is to read on each page and reckons how long a game takes: \
         200 words a minute, 20 seconds for each decision. A page says much more than readers like, \
         or `minutes` is far from what it takes. If it is meant, say so under `accepted`."
    NothingToAccept "nothing-to-accept"
        "`accepted` answers a finding that `check --deep` does not have. Take the line away."
}

impl Code {
    /// Whether what it warns of keeps something from happening that a test may look for.
    pub fn breaks_tests(self) -> bool {
        matches!(
            self,
            Code::OutsideCalendar | Code::TooDear | Code::CannotHold | Code::NeverHappens
        )
    }

    /// The code with this name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|c| c.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A few lines of a source with a range marked in them, safe to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    pub line: u32,
    pub column: u32,
    /// The first line begins before the excerpt does.
    pub cut: bool,
    /// From `line` on.
    pub text: String,
    /// Bytes of `text` that are marked.
    pub marked: Range<usize>,
    /// What to write beside the mark; may be empty.
    pub label: String,
}

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// As the user named it; cleaned when printed.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// One past the last character, if it ends on the same line; otherwise the end of that line.
    pub end_column: u32,
    pub severity: Severity,
    pub code: Code,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do about it; may be empty.
    pub hint: String,
    pub excerpt: Option<Box<Excerpt>>,
    /// The other place, where two places disagree.
    pub other: Option<Box<Excerpt>>,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn of_file(file: &str, code: Code, message: impl Into<String>) -> Problem {
        Problem {
            file: file.to_owned(),
            line: 1,
            column: 1,
            end_column: 1,
            severity: Severity::Error,
            code,
            message: message.into(),
            hint: String::new(),
            excerpt: None,
            other: None,
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = hint.into();
        self
    }

    #[must_use]
    pub fn warning(mut self) -> Problem {
        self.severity = Severity::Warning;
        self
    }

    /// What to write beside the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Problem {
        if let Some(excerpt) = &mut self.excerpt {
            excerpt.label = label.into();
        }
        self
    }

    #[must_use]
    pub fn and_at(mut self, other: Excerpt) -> Problem {
        self.other = Some(Box::new(other));
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts by place, drops repetitions and all beyond [`LIMIT`]; returns how many were left out.
pub fn settle(problems: &mut Vec<Problem>) -> usize {
    problems.arrange_by(|a, b| {
        (&a.file, a.line, a.column, a.severity, a.code, &a.message)
            .cmp(&(&b.file, b.line, b.column, b.severity, b.code, &b.message))
    });
    problems.dedup_by(|a, b| {
        (&a.file, a.line, a.column, a.code, &a.message)
            == (&b.file, b.line, b.column, b.code, &b.message)
    });
    one_place_once(problems);
    one_name_once(problems);
    let over = problems.len().saturating_sub(LIMIT);
    problems.truncate(LIMIT);
    over
}

/// What follows from another: a value that is none for the sake of a character in it, and further
/// bounds that one number breaks.
fn one_place_once(problems: &mut Vec<Problem>) {
    let strange: Vec<(String, u32)> = (problems.iter())
        .filter(|p| p.code == Code::BadCharacter)
        .map(|p| (p.file.clone(), p.line))
        .collect();
    problems.retain(|p| {
        p.code != Code::BadValue || !strange.iter().any(|(f, l)| *f == p.file && *l == p.line)
    });
    problems.dedup_by(|a, b| {
        a.code == Code::OutOfRange
            && (&a.file, a.line, a.column, a.code) == (&b.file, b.line, b.column, b.code)
    });
}

/// A name that is not there is one mistake however often it is used: the first use tells the lines
/// of the others.
fn one_name_once(problems: &mut Vec<Problem>) {
    let mut first: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut others: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    let mut kept = Vec::with_capacity(problems.len());
    for p in problems.drain(..) {
        let of_a_name = matches!(p.code, Code::UnknownId | Code::WrongTable | Code::RemovedId);
        if of_a_name && p.line > 0 {
            let key = (p.file.clone(), format!("{}{}", p.code, p.message));
            if let Some(at) = first.get(&key) {
                others.entry(*at).or_default().push(p.line);
                continue;
            }
            first.insert(key, kept.len());
        }
        kept.push(p);
    }
    for (at, mut lines) in others {
        lines.dedup();
        let Some(p) = kept.get_mut(at) else { continue };
        lines.retain(|line| *line != p.line);
        let Some(last) = lines.last() else { continue };
        let words = match lines.len() {
            1 => format!("so in line {last} too"),
            n @ 2..=LINES_TOLD => {
                let all: Vec<String> = lines.iter().take(n - 1).map(u32::to_string).collect();
                format!("so in lines {} and {last} too", all.join(", "))
            }
            n => format!("so in {n} more lines, the last of them {last}"),
        };
        let hint = std::mem::take(&mut p.hint);
        p.hint = match hint.strip_suffix('?') {
            _ if hint.is_empty() => words,
            Some(asked) => format!("{asked}? S{}", words.trim_start_matches('s')),
            None => format!("{hint}; {words}"),
        };
    }
    *problems = kept;
}

/// Most lines named of those in which a mistake is repeated.
const LINES_TOLD: usize = 6;

/// For people: each problem with its lines of the file. `colour` adds terminal styles.
pub fn text(problems: &[Problem], colour: bool, columns: usize) -> String {
    let renderer =
        if colour { Renderer::styled() } else { Renderer::plain() }.term_width(columns.max(40));
    let mut out = String::new();
    for problem in problems {
        out.push_str(renderer.render(&[group(problem)]).trim_end());
        out.push_str("\n\n");
    }
    out
}

fn group(problem: &Problem) -> Group<'_> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let file = text::for_terminal(&problem.file);
    let mut group = Group::with_title(
        level.primary_title(text::for_terminal(&problem.message)).id(problem.code.name()),
    );
    match &problem.excerpt {
        Some(excerpt) => group = add(group, &file, excerpt, AnnotationKind::Primary),
        None => group = group.element(Origin::path(file.clone())),
    }
    if let Some(other) = &problem.other {
        group = add(group, &file, other, AnnotationKind::Context);
    }
    if !problem.hint.is_empty() {
        group = group.element(Level::HELP.message(text::for_terminal(&problem.hint)));
    }
    group
}

fn add<'a>(group: Group<'a>, file: &str, excerpt: &'a Excerpt, kind: AnnotationKind) -> Group<'a> {
    let mark = kind.span(excerpt.marked.clone());
    let mark = if excerpt.label.is_empty() {
        mark
    } else {
        mark.label(text::for_terminal(&excerpt.label))
    };
    let snippet = Snippet::source(excerpt.text.as_str())
        .line_start(excerpt.line as usize)
        .fold(false)
        .annotation(mark);
    if excerpt.cut {
        // The renderer would count columns from the cut.
        group
            .element(
                Origin::path(file.to_owned())
                    .line(excerpt.line as usize)
                    .char_column(excerpt.column as usize),
            )
            .element(snippet)
    } else {
        group.element(snippet.path(file.to_owned()))
    }
}

/// For editors: `file:line:column: error[code]: message`, one line each, with the hint in brackets.
pub fn short(problems: &[Problem]) -> String {
    let mut out = String::new();
    for p in problems {
        let (file, message) = (text::for_terminal(&p.file), text::for_terminal(&p.message));
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "{file}:{}:{}: {}[{}]: {message}",
            p.line,
            p.column,
            p.severity.name(),
            p.code
        );
        if !p.hint.is_empty() {
            let _ = write!(out, " ({})", text::for_terminal(&p.hint));
        }
        out.push('\n');
    }
    out
}

/// For programs: `{files, problems: [{file, line, column, severity, code, message, hint}]}`.
pub fn as_json(files: &[String], problems: &[Problem]) -> Value {
    let all: Vec<Value> = problems
        .iter()
        .map(|p| {
            json!({
                "file": text::for_terminal(&p.file),
                "line": p.line,
                "column": p.column,
                "severity": p.severity.name(),
                "code": p.code.name(),
                "message": text::for_terminal(&p.message),
                "hint": text::for_terminal(&p.hint),
            })
        })
        .collect();
    let files: Vec<String> = files.iter().map(|f| text::for_terminal(f)).collect();
    json!({ "files": files, "problems": all })
}

/// "2 problems in spring.ron", or what else there is to say at the end of a report.
pub fn summary(problems: &[Problem], left_out: usize) -> String {
    let errors = problems.iter().filter(|p| p.is_error()).count();
    let warnings = problems.len().saturating_sub(errors);
    let count =
        |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(count(errors, "error"));
    }
    if warnings > 0 {
        parts.push(count(warnings, "warning"));
    }
    if parts.is_empty() {
        parts.push("no problems".to_owned());
    }
    let mut out = parts.join(", ");
    if left_out > 0 {
        let _ = write!(out, ", and {left_out} more not shown");
    }
    out
}

/// The closest of `known` to a misspelt word, if one is close enough to be meant.
pub fn did_you_mean<'k>(found: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let lower = found.to_lowercase();
    let letters = lower.chars().count();
    let allowed = (found.chars().count().saturating_add(1) / 3).clamp(1, 4);
    known
        .into_iter()
        .filter(|k| *k != found)
        .map(|k| (k.to_lowercase(), k))
        // No closer than their lengths: most words, and one as long as a file, need no comparing.
        .filter(|(l, _)| l.chars().count().abs_diff(letters) <= allowed)
        .map(|(l, k)| (strsim::damerau_levenshtein(&lower, &l), k))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, k)| (*distance, k.len().abs_diff(found.len())))
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::super::source::Source;
    use super::*;

    fn spring() -> Source {
        Source::embedded("spring.ron", "(\n  title: \"Spring\",\n  next: \"drougth\", // typo\n)\n")
    }

    fn one() -> Problem {
        let source = spring();
        let at = source.text.find("drougth").unwrap();
        source
            .problem(at..at + 7, Code::UnknownId, "unknown event id `drougth`")
            .label("no event has this id")
            .hint("did you mean `drought`?")
    }

    #[test]
    fn codes_have_distinct_kebab_names_and_a_paragraph_each() {
        let names: std::collections::BTreeSet<_> = Code::ALL.iter().map(|c| c.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(
                code.name()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{code}"
            );
            assert!(code.explanation().len() > 40 && code.explanation().ends_with('.'), "{code}");
            assert_eq!(Code::named(code.name()), Some(*code));
        }
    }

    #[test]
    fn a_problem_prints_with_its_line_a_mark_and_help() {
        insta::assert_snapshot!(text(&[one()], false, 80), @r#"
        error[unknown-id]: unknown event id `drougth`
         --> spring.ron:3:10
          |
        3 |   next: "drougth", // typo
          |          ^^^^^^^ no event has this id
          |
          = help: did you mean `drought`?
        "#);
    }

    #[test]
    fn two_places_that_disagree_are_both_shown() {
        let source = Source::embedded("a.ron", "{\n\"a\": 1,\n\n\n\n\"a\": 2,\n}");
        let second = source
            .problem(13..16, Code::DuplicateId, "the id `a` stands twice")
            .and_at(source.excerpt(2..5, "first here"));
        insta::assert_snapshot!(text(&[second], false, 80), @r#"
        error[duplicate-id]: the id `a` stands twice
         --> a.ron:6:1
          |
        6 | "a": 2,
          | ^^^
          |
         ::: a.ron:2:1
          |
        2 | "a": 1,
          | --- first here
        "#);
    }

    #[test]
    fn the_short_form_is_one_line_an_editor_can_read() {
        assert_eq!(
            short(&[one()]),
            "spring.ron:3:10: error[unknown-id]: unknown event id `drougth` (did you mean \
             `drought`?)\n"
        );
    }

    #[test]
    fn json_has_the_promised_keys_in_order() {
        let value = as_json(&["spring.ron".to_owned()], &[one().warning()]);
        assert_eq!(
            value.to_string(),
            r#"{"files":["spring.ron"],"problems":[{"file":"spring.ron","line":3,"column":10,"severity":"warning","code":"unknown-id","message":"unknown event id `drougth`","hint":"did you mean `drought`?"}]}"#
        );
    }

    #[test]
    fn nothing_from_outside_reaches_the_terminal_as_a_command() {
        let source = Source::embedded(
            "a\x1b]0;owned\x07\u{202e}\n.ron",
            "x: \"\x1b[2J\u{202e}\u{200b}\u{e0041}\u{9b}\", y: 1\n",
        );
        let p = source
            .problem(3..10, Code::BadCharacter, "a \x1b[31m message\nwith lines")
            .hint("\u{9b}1m")
            .label("\x1b[0m")
            .and_at(source.excerpt(0..12, "\u{2066}"));
        let mut shown = text(std::slice::from_ref(&p), false, 80);
        shown.push_str(&short(std::slice::from_ref(&p)));
        shown.push_str(
            &as_json(std::slice::from_ref(&p.file), std::slice::from_ref(&p)).to_string(),
        );
        assert_eq!(text::check(&shown), Ok(()), "{shown:?}");
        assert_eq!(short(&[p]).lines().count(), 1);
    }

    #[test]
    fn a_report_is_sorted_without_repetitions_and_stops_at_a_hundred() {
        let source = Source::embedded("a.ron", &"x\n".repeat(300));
        let mut all: Vec<_> = (0..250_usize)
            .rev()
            .map(|n| source.problem(2 * n..2 * n + 1, Code::Syntax, "x"))
            .collect();
        all.push(all[0].clone());
        assert_eq!(settle(&mut all), 150);
        assert_eq!(all.len(), LIMIT);
        assert!(all.windows(2).all(|w| w[0].line < w[1].line));
        assert_eq!(summary(&all, 150), "100 errors, and 150 more not shown");
        assert_eq!(summary(&[], 0), "no problems");
    }

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        assert_eq!(did_you_mean("csot", ["id", "cost", "effects"]), Some("cost"));
        assert_eq!(did_you_mean("Alwayz", ["Never", "Always"]), Some("Always"));
        assert_eq!(did_you_mean("TALKS", ["talks"]), Some("talks"));
        assert_eq!(did_you_mean("xyz", ["talks", "allies"]), None);
        assert_eq!(did_you_mean("id", ["at", "by"]), None);
    }
}
