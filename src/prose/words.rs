//! Words for single things: numbers, dates, bands, likelihoods, stances. The same everywhere.

use crate::day::Day;
use crate::engine::Known;
use crate::engine::position::Stance;
use crate::num::{Milli, ONE, round_div};
use crate::scenario::model::{
    Audience, Good, Indicator, IndicatorIx, Kind, Lane, Name, OnRecord, Role, Rules, Sight, Span,
    Status, Target,
};

use super::facts::{Figure, Moved, Part, Reaction, Relation, Tone, Trend};
pub use crate::text::upper_first;

/// Minus as it is set in text.
pub const MINUS: &str = "−";

/// Said of a run that takes no branches.
pub const ON_THE_RECORD: &str = "Played on the record: it takes no branches, and nothing goes back \
                                 behind a turn that has ended.";

/// A number with at most one decimal: `38`, `38.5`, `−2.5`. Whole from 20 on.
pub fn number(n: Milli) -> String {
    let tenths = if n.unsigned_abs() >= 20_000 {
        round_div(i64::from(n), 1000) * 10
    } else {
        round_div(i64::from(n), 100)
    };
    let size = tenths.unsigned_abs();
    let sign = if tenths < 0 { MINUS } else { "" };
    if size.is_multiple_of(10) {
        format!("{sign}{}", size / 10)
    } else {
        format!("{sign}{}.{}", size / 10, size % 10)
    }
}

/// A change, its sign always shown: `+4`, `−1.5`, `0`.
pub fn signed(n: Milli) -> String {
    let text = number(n);
    if text == "0" || text.starts_with(MINUS) { text } else { format!("+{text}") }
}

/// With one decimal and a sign always, for sums that must add up: `+0.3`, `−6.0`.
pub fn exact(n: Milli) -> String {
    let plus = if round_div(i64::from(n), 100) > 0 { "+" } else { "" };
    format!("{plus}{}", tenths(n))
}

/// With one decimal: `0.3`, `−6.0`.
pub fn tenths(n: Milli) -> String {
    let tenths = round_div(i64::from(n), 100);
    let size = tenths.unsigned_abs();
    let sign = if tenths < 0 { MINUS } else { "" };
    format!("{sign}{}.{}", size / 10, size % 10)
}

/// A value of the indicator with its unit: `38`, `$24bn`, `3 staff`.
pub fn value(i: &Indicator, n: Milli) -> String {
    i.unit.of(&whole(n))
}

/// A value to the tenth with its unit, where it stands beside sums that must add up.
pub fn value_exact(i: &Indicator, n: Milli) -> String {
    i.unit.of(&tenths(n))
}

/// A value as it is shown: whole.
pub fn whole(n: Milli) -> String {
    let n = round_div(i64::from(n), i64::from(ONE));
    if n < 0 { format!("{MINUS}{}", n.unsigned_abs()) } else { n.to_string() }
}

/// What there is to spend, rounded down: what is short by a little does not read as enough.
pub fn spendable(n: Milli) -> String {
    number(n.div_euclid(100) * 100)
}

/// So many of them: `none`, `12`, `all`.
pub fn among(n: usize, all: usize) -> String {
    match n {
        0 => "none".to_owned(),
        n if n >= all => "all".to_owned(),
        n => n.to_string(),
    }
}

/// A change of the indicator in whole points with its unit, its sign always shown: `+4`, `−$16bn`.
pub fn change_of(i: &Indicator, n: Milli) -> String {
    format!("{}{}", sign(n), i.unit.of(&whole(n.abs())))
}

/// A value of the figure: `38`, `$24bn`.
pub fn amount(f: &Figure, n: Milli) -> String {
    f.unit.of(&whole(n))
}

/// Whether the figure can have changed yet: before the first turn has ended only an order moves it.
pub fn can_have_changed(f: &Figure) -> bool {
    f.history.len() > 1 || f.delta != 0
}

/// The size of a change to whole points; a small one keeps a decimal, and none is rounded up to a
/// point that the values do not show.
fn size_of(delta: Milli) -> String {
    let size = delta.abs();
    if size < ONE { number(size.min(LESS_THAN_A_POINT)) } else { whole(size) }
}

/// The largest size that is written with a decimal.
const LESS_THAN_A_POINT: Milli = 900;

/// A change that ends where the figure stands, as it is shown: the whole values before and after
/// differ by it; one that shows in neither keeps its decimal.
fn shown(f: &Figure, delta: Milli) -> Milli {
    let step = round_whole(f.at) - round_whole(f.at - delta);
    if step == 0 { delta } else { step }
}

/// A change in the figure's unit, its sign shown: `+4`, `−$16bn`; empty while nothing can have
/// changed.
pub fn change(f: &Figure) -> String {
    if can_have_changed(f) { change_by(f, f.delta) } else { String::new() }
}

/// The same for any change of the figure.
pub fn change_by(f: &Figure, delta: Milli) -> String {
    let delta = shown(f, delta);
    match size_of(delta) {
        size if size == "0" => size,
        size => format!("{}{}", sign(delta), f.unit.of(&size)),
    }
}

/// A figure's change in a narrow column, where what follows the value is left out: `+4`, `+$16`.
pub fn change_in_short(f: &Figure) -> String {
    match size_in_short(f) {
        Some(size) => format!("{}{size}", sign(shown(f, f.delta))),
        None if can_have_changed(f) => "0".to_owned(),
        None => String::new(),
    }
}

/// How large that change is, whichever way: `4`, `$16`; none where nothing is seen to have changed.
pub fn size_in_short(f: &Figure) -> Option<String> {
    let size = size_of(shown(f, f.delta));
    (can_have_changed(f) && size != "0").then(|| format!("{}{size}", f.unit.before))
}

/// A change in words, for a listener: `up 4`, `down $16bn`, `unchanged`.
pub fn change_said(f: &Figure, delta: Milli) -> String {
    let delta = shown(f, delta);
    match size_of(delta) {
        size if size == "0" => "unchanged".to_owned(),
        size => format!("{} {}", way(delta > 0), f.unit.of(&size)),
    }
}

fn sign(n: Milli) -> &'static str {
    if n < 0 { MINUS } else { "+" }
}

/// `57 to 65`; empty where the value is seen exactly.
pub fn range_of(f: &Figure) -> String {
    f.range.map_or_else(String::new, |r| {
        let (low, high) = (f.unit.of(&whole(r.low)), f.unit.of(&whole(r.high)));
        if low == high { format!("about {low}") } else { format!("{low} to {high}") }
    })
}

/// `between 57 and 65`, the same inside a sentence.
pub fn range_in_full(f: &Figure) -> String {
    f.range.map_or_else(String::new, |r| {
        let (low, high) = (f.unit.of(&whole(r.low)), f.unit.of(&whole(r.high)));
        if low == high { format!("about {low}") } else { format!("between {low} and {high}") }
    })
}

/// The word of the band a value falls in, as it is shown: the same figure never has two words.
pub fn band(i: &Indicator, n: Milli) -> &str {
    let n = round_div(i64::from(n), i64::from(ONE)) * ONE;
    i.words
        .iter()
        .find(|(_, end)| n < *end)
        .or_else(|| i.words.last())
        .map_or("", |(word, _)| word.as_str())
}

pub fn trend(i: &Indicator, delta: Milli) -> Trend {
    let least = (i.most - i.least) / 400;
    match delta {
        d if d > least => Trend::Rising,
        d if d < -least => Trend::Falling,
        _ => Trend::Level,
    }
}

pub fn trend_word(t: Trend) -> &'static str {
    match t {
        Trend::Rising => "rising",
        Trend::Falling => "falling",
        Trend::Level => "level",
    }
}

/// Whether a change of the indicator is one to be glad of.
pub fn tone(i: &Indicator, delta: Milli) -> Tone {
    match (i.good, delta.signum()) {
        (Good::Up, 1) | (Good::Down, -1) => Tone::Good,
        (Good::Up, -1) | (Good::Down, 1) => Tone::Bad,
        (Good::Up | Good::Down | Good::Neither, _) => Tone::Plain,
    }
}

pub fn tone_word(t: Tone) -> &'static str {
    match t {
        Tone::Good => "better",
        Tone::Bad => "worse",
        Tone::Plain => "",
    }
}

/// What a change of an estimate lies between: `between −1 and +5`.
pub fn between(low: Milli, high: Milli) -> String {
    let (a, b) = (signed(round_whole(low)), signed(round_whole(high)));
    if a == b { format!("about {a}") } else { format!("between {a} and {b}") }
}

pub fn round_whole(n: Milli) -> Milli {
    round_div(i64::from(n), i64::from(ONE)) * ONE
}

/// Percent of thousandths, kept within 1 and 99 unless it is neither.
pub fn percent(share: Milli) -> u8 {
    let p = match share {
        ..=0 => 0,
        1000.. => 100,
        n => round_div(i64::from(n), 10).clamp(1, 99),
    };
    u8::try_from(p).unwrap_or(100)
}

/// Percent of a belief: nothing ever becomes impossible or certain.
pub fn belief(share: Milli) -> u8 {
    percent(share).clamp(1, 99)
}

/// The words of ICD 203 for a likelihood.
pub fn likelihood(percent: u8) -> &'static str {
    match percent {
        0 => "no chance",
        1..5 => "almost no chance",
        5..20 => "very unlikely",
        20..45 => "unlikely",
        45..55 => "roughly even chance",
        55..80 => "likely",
        80..95 => "very likely",
        95..100 => "almost certain",
        _ => "certain",
    }
}

pub fn stance(s: Stance) -> &'static str {
    match s {
        Stance::Presses => "presses for",
        Stance::Supports => "supports",
        Stance::Concurs => "is content",
        Stance::Reserves => "has doubts",
        Stance::Objects => "objects",
        Stance::Blocks => "blocks",
    }
}

/// Where somebody stood when a thing was decided: `objected to Sanctions`.
pub fn stood_on(s: Stance, what: &str) -> String {
    let stood = match s {
        Stance::Presses => "pressed for",
        Stance::Supports => "supported",
        Stance::Concurs => "was content with",
        Stance::Reserves => "had doubts about",
        Stance::Objects => "objected to",
        Stance::Blocks => "blocked",
    };
    format!("{stood} {what}")
}

/// The same of what was just named.
pub fn stood(s: Stance) -> &'static str {
    match s {
        Stance::Presses => "pressed for it",
        Stance::Supports => "supported it",
        Stance::Concurs => "was content",
        Stance::Reserves => "had doubts",
        Stance::Objects => "objected",
        Stance::Blocks => "blocked it",
    }
}

/// The sign beside a stance, for a narrow column.
pub fn stance_sign(s: Stance) -> &'static str {
    match s {
        Stance::Presses => "++",
        Stance::Supports => "+",
        Stance::Concurs => "=",
        Stance::Reserves => MINUS,
        Stance::Objects => "−−",
        Stance::Blocks => "×",
    }
}

/// What has to be shown of a target. A campaign does nothing itself: what is asked is who stands
/// behind it.
pub fn role(r: Role, of: Kind) -> &'static str {
    match r {
        Role::Did if of == Kind::Campaign => "can be attributed",
        Role::Did => "did or directed it",
        Role::KnowinglyUsed => "knowingly received or used it",
        Role::Supported => "gave material support",
        Role::Owned => "is owned by a listed party",
    }
}

/// The same as the law asks for it: two laws may ask for one role, and one of them for a purpose too.
pub fn role_asked(r: Role, of: Kind, for_gain: bool) -> String {
    format!("{}{}", role(r, of), if for_gain { ", for commercial gain" } else { "" })
}

pub fn audience(a: Audience) -> &'static str {
    match a {
        Audience::AllSource => "all sources",
        Audience::AdminRecord => "administrative record",
        Audience::Court => "court",
        Audience::Public => "public",
    }
}

pub fn lane(l: Lane) -> &'static str {
    match l {
        Lane::Security => "security",
        Lane::Law => "law",
        Lane::Trade => "trade",
        Lane::Diplomacy => "diplomacy",
        Lane::Defence => "defence",
        Lane::Office => "the office",
    }
}

/// What a target is, and what the record says of it on a day.
pub fn target(rules: &Rules, t: &Target, day: Day) -> String {
    match t.on_record(day) {
        // What changes has to be read; what does not is in its own words.
        Some(r) if t.record.len() > 1 => format!("{} On record: {}.", t.means, tag(rules, r)),
        _ => t.means.clone(),
    }
}

/// What the record says of a target, with its status, its source and its day.
pub fn tag(rules: &Rules, r: &OnRecord) -> String {
    let source = rules.sources.get(r.source.i()).map_or("?", |s| s.id.as_str());
    let from = r.from.map_or_else(String::new, |day| format!(" from {}", day.long()));
    format!("{} ({}{from}, {source})", r.says, status(r.status))
}

pub fn kind(k: Kind) -> &'static str {
    match k {
        Kind::Campaign => "a campaign",
        Kind::FrontCompany => "a front company",
        Kind::Firm => "a firm",
        Kind::Persons => "persons",
        Kind::Government => "a government",
        Kind::Sector => "a sector",
        Kind::Service => "an intelligence service",
        Kind::Organ => "an organ of state",
        Kind::Group => "a criminal group",
    }
}

pub fn status(s: Status) -> &'static str {
    match s {
        Status::Stated => "stated",
        Status::Published => "published",
        Status::Enacted => "enacted",
        Status::Reported => "reported",
        Status::Alleged => "alleged",
        Status::Admitted => "admitted",
        Status::Settled => "settled",
        Status::Convicted => "convicted",
        Status::Acquitted => "acquitted",
        Status::Disputed => "disputed",
    }
}

/// `2 staff, 3 capital`; `free`.
pub fn cost(staff: u32, capital: u32) -> String {
    match (staff, capital) {
        (0, 0) => "free".to_owned(),
        (s, 0) => format!("{s} staff"),
        (0, c) => format!("{c} capital"),
        (s, c) => format!("{s} staff, {c} capital"),
    }
}

/// A length of time in its own unit: the least and the most, the unit and its sign.
fn in_units(s: Span) -> (u32, u32, &'static str, &'static str) {
    let (a, b) = (u32::from(s.least), u32::from(s.most));
    let (unit, name, sign) = if b < 21 {
        (1, "day", "d")
    } else if b < 200 {
        (7, "week", "wk")
    } else {
        (30, "month", "mo")
    };
    ((a + unit / 2) / unit, (b + unit / 2) / unit, name, sign)
}

/// A length of time in a narrow column: `4-10 wk`.
pub fn span_in_short(s: Span) -> String {
    match in_units(s) {
        (_, 0, ..) => "at once".to_owned(),
        (x, y, _, sign) if x == y => format!("{y} {sign}"),
        (x, y, _, sign) => format!("{x}-{y} {sign}"),
    }
}

/// A length of time: `9 days`, `4 to 10 weeks`, `about 2 to 7 months`.
pub fn span(s: Span) -> String {
    if s.most == 0 {
        return "at once".to_owned();
    }
    let (x, y, name, _) = in_units(s);
    let plural = |n: u32| if n == 1 { "" } else { "s" };
    if x == y { format!("{y} {name}{}", plural(y)) } else { format!("{x} to {y} {name}s") }
}

/// `10 Dec 2018`.
pub fn date(d: Day) -> String {
    d.long()
}

/// `27 Nov to 10 Dec 2018`.
pub fn dates(from: Day, to: Day) -> String {
    if from >= to {
        return to.long();
    }
    let ((y0, m0, d0), (y1, m1, _)) = (from.civil(), to.civil());
    match (y0 == y1, m0 == m1) {
        (true, true) => format!("{d0} to {}", to.long()),
        (true, false) => format!("{} to {}", from.short(), to.long()),
        _ => format!("{} to {}", from.long(), to.long()),
    }
}

/// `turn 5`, by the entry of `Rules::turns` from 0; `the weeks after`, once the last has been played.
pub fn turn(rules: &Rules, turn: u8) -> String {
    if usize::from(turn) > rules.last_turn() {
        return "the weeks after".to_owned();
    }
    format!("turn {}", u32::from(turn) + 1)
}

/// `12 May 2019`: the day to which what is left runs on.
pub fn runs_to(rules: &Rules) -> String {
    date(rules.ends().plus(-1))
}

/// A day counted from the first day of the game.
pub fn day(rules: &Rules, n: i16) -> Day {
    rules.turns[0].opens.plus(i32::from(n))
}

/// How an agency stands towards the player.
pub fn relation(n: Milli) -> Relation {
    match n / ONE {
        30.. => Relation::With,
        10..30 => Relation::Friendly,
        -9..10 => Relation::Correct,
        -29..=-10 => Relation::Wary,
        _ => Relation::Against,
    }
}

pub fn relation_word(r: Relation) -> &'static str {
    match r {
        Relation::With => "with you",
        Relation::Friendly => "friendly",
        Relation::Correct => "neutral",
        Relation::Wary => "wary",
        Relation::Against => "against you",
    }
}

/// Which way an agency went of late: `warmer`, `cooler`.
pub fn warmth(t: Trend) -> &'static str {
    match t {
        Trend::Rising => "warmer",
        Trend::Falling => "cooler",
        Trend::Level => "",
    }
}

pub fn relation_sign(r: Relation) -> &'static str {
    match r {
        Relation::With | Relation::Friendly => "+",
        // Not ~, which marks an estimate.
        Relation::Correct => "=",
        Relation::Wary | Relation::Against => MINUS,
    }
}

/// How an answer or a decision was taken: sign and word.
pub fn reaction(r: Reaction) -> (&'static str, &'static str) {
    match r {
        Reaction::Helped => ("+", "helped"),
        Reaction::Noted => ("=", "noted"),
        Reaction::Annoyed => (MINUS, "annoyed"),
        Reaction::Stopped => ("×", "stopped it"),
    }
}

/// Where a value went by its word: `still high`, `from high to severe`.
pub fn went(m: &Moved) -> String {
    if m.word_before == m.figure.word {
        format!("still {}", m.figure.word)
    } else {
        format!("from {} to {}", m.word_before, m.figure.word)
    }
}

/// How much of a change a cause made: `−5.0`, `up, slightly`, `?`.
pub fn part(p: Part) -> String {
    match p {
        Part::None => String::new(),
        Part::Exact(n) => exact(n),
        Part::Way { up, size: "" } => way(up).to_owned(),
        Part::Way { up, size } => format!("{}, {size}", way(up)),
        Part::Unknown => "?".to_owned(),
    }
}

pub fn way(up: bool) -> &'static str {
    if up { "up" } else { "down" }
}

/// How hot the calendar is.
pub fn heat(n: Milli) -> &'static str {
    match n {
        0 => "closed",
        1..300 => "mild",
        300..650 => "warm",
        _ => "hot",
    }
}

/// The size of a change over the indicator's range, in words that hold for every unit.
pub fn size(i: &Indicator, n: Milli) -> &'static str {
    let share = i64::from(n.unsigned_abs()) * 1000 / i64::from(i.most - i.least).max(1);
    match share {
        0..15 => "slightly",
        15..45 => "somewhat",
        45..90 => "clearly",
        _ => "strongly",
    }
}

pub fn name(rules: &Rules, i: IndicatorIx) -> &str {
    &rules.indicators[i].name
}

/// The name as it stands inside a sentence.
pub fn inside(rules: &Rules, i: IndicatorIx) -> &str {
    rules.indicators[i].name.inside()
}

/// The text with a full stop, if nothing ends it yet.
pub fn stop(text: &str) -> String {
    let end = text.trim_end();
    let closed = end.ends_with(['.', '!', '?', '…']) || end.ends_with(".)") || end.ends_with(".”");
    if closed || end.is_empty() { end.to_owned() } else { format!("{end}.") }
}

/// A title and what belongs to it: `The title: the text`, `The question? The answer`.
pub fn headed(title: &str, text: &str) -> String {
    if title.ends_with(['?', '!']) { format!("{title} {text}") } else { format!("{title}: {text}") }
}

/// `a, b and c`.
pub fn list<S: AsRef<str>>(parts: &[S]) -> String {
    match parts {
        [] => String::new(),
        [a] => a.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// `1 point`, `3 points`.
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// The form of a verb that goes with a name of one or of several.
pub fn agrees<'w>(plural: bool, one: &'w str, several: &'w str) -> &'w str {
    if plural { several } else { one }
}

/// A likelihood of what is past: `it was likely (59%)`, `it was a roughly even chance (48%)`.
pub fn it_was(percent: u8) -> String {
    let word = likelihood(percent);
    let word = match word.strip_suffix(" chance") {
        Some(rest) if rest.starts_with("roughly") => format!("it was a {rest} chance"),
        Some(rest) => format!("there was {rest} chance"),
        None => format!("it was {word}"),
    };
    format!("{word} ({percent}%)")
}

/// A venue inside a sentence: `the working group`, `the Deputies`.
pub fn venue(name: &Name) -> String {
    format!("the {}", name.inside())
}

/// Number of turns an opening still lies ahead, as a date.
pub fn next_opening(rules: &Rules, s: &Known) -> Day {
    s.turn_now(rules).ends
}

/// What may be said of a change of one indicator beforehand: a number where it is seen exactly, a
/// direction where it is estimated.
pub fn expects(rules: &Rules, i: IndicatorIx, amount: i32) -> Option<String> {
    let indicator = &rules.indicators[i];
    let name = indicator.short.inside();
    match indicator.sight {
        Sight::Exactly => Some(format!("{name} {}", signed(amount))),
        Sight::Estimated(_) => Some(format!("{name} {}", if amount > 0 { "up" } else { "down" })),
        Sight::Hidden => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_carry_at_most_one_decimal_and_their_sign() {
        assert_eq!(
            [number(38_000), number(3_500), number(-2_450), number(64_400), number(0)],
            ["38", "3.5", "−2.5", "64", "0"]
        );
        assert_eq!([signed(4000), signed(-1000), signed(20)], ["+4", "−1", "0"]);
        assert_eq!([exact(-6000), exact(340), exact(0)], ["−6.0", "+0.3", "0.0"]);
    }

    #[test]
    fn likelihood_words_are_those_of_icd_203() {
        let at = [1, 4, 5, 19, 20, 44, 45, 54, 55, 79, 80, 94, 95, 99].map(likelihood);
        assert_eq!(
            at,
            [
                "almost no chance",
                "almost no chance",
                "very unlikely",
                "very unlikely",
                "unlikely",
                "unlikely",
                "roughly even chance",
                "roughly even chance",
                "likely",
                "likely",
                "very likely",
                "very likely",
                "almost certain",
                "almost certain"
            ]
        );
    }

    #[test]
    fn lengths_of_time_are_read_in_days_weeks_or_months() {
        let s = |least, most| span(Span { least, most });
        assert_eq!(
            [s(0, 0), s(7, 7), s(28, 70), s(63, 210), s(1, 1)],
            ["at once", "7 days", "4 to 10 weeks", "2 to 7 months", "1 day"]
        );
    }

    #[test]
    fn lists_and_capitals_read_as_english() {
        assert_eq!(
            [list(&["a"]), list(&["a", "b"]), list(&["a", "b", "c"])],
            ["a", "a and b", "a, b and c"]
        );
        assert_eq!(
            ["theft tempo", "US economy"].map(|n| Name::new(n).to_string()),
            ["Theft tempo", "US economy"]
        );
        assert_eq!(
            [it_was(59), it_was(48), it_was(3)],
            [
                "it was likely (59%)",
                "it was a roughly even chance (48%)",
                "there was almost no chance (3%)"
            ]
        );
        assert_eq!(
            ["working group", "Deputies"].map(|n| venue(&Name::new(n))),
            ["the working group", "the Deputies"]
        );
    }
}
