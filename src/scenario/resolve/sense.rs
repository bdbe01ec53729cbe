//! What each record says alone and two together do not: days that do not meet, a voice that is not
//! its seat, records that nothing names. Only the scenario's own records are looked at; all of it
//! is warned of.
//!
//! Conditions and amounts are `meaning`'s.

#![expect(clippy::indexing_slicing, reason = "positions were resolved from these very tables")]

use super::super::loc::At;
use super::super::model::{
    AgencyIx, Effect, Ending, Evidence, From, Instrument, LiveFile, Response, Rules, Text,
};
use super::super::raw;
use super::finding::Code;
use super::merge::{Row, Table};
use super::names::Cx;
use crate::day::Day;

pub fn check(cx: &Cx, rules: &Rules) {
    voices(cx, rules);
    days_in_words(cx, rules);
    files(cx, rules);
    opened(cx, rules);
    evidence(cx, rules);
    chains(cx, rules);
    roles(cx, rules);
    unnamed(cx, rules);
    short_lived(cx, rules);
}

/// Measures that run out within the turn in which they take effect.
fn short_lived(cx: &Cx, rules: &Rules) {
    let raw = &cx.m.scenario.calendar;
    let at = raw.every.as_ref().map(|l| l.at).or_else(|| raw.dates.first().map(|d| d.at));
    let turns = rules.turns[..rules.played()].iter().map(|t| days(t.opens, t.ends));
    let (Some(at), Some(shortest)) = (at, turns.min()) else { return };
    let short = |i: &&Instrument| i.yours && i.lasts > 0 && i64::from(i.lasts) <= shortest;
    let all: Vec<String> = rules
        .instruments
        .iter()
        .filter(short)
        .map(|i| format!("`{}` (`lasts`: {} days)", i.id, i.lasts))
        .collect();
    if !all.is_empty() {
        cx.enter_scenario();
        cx.report(
            Code::ShortLived,
            at,
            format!(
                "the shortest turn has {shortest} days, and within one take effect and run out: {}",
                all.join(", ")
            ),
            "make the turns shorter, or lay a longer `lasts` over these under `rules: (instruments: …)`",
        );
    }
}

fn own<'a, T>(
    cx: &Cx<'a>,
    rows: &'a [Row<'a, T>],
) -> impl Iterator<Item = (usize, &'a Row<'a, T>)> {
    let file = cx.m.file;
    rows.iter().enumerate().filter(move |(_, row)| row.file == file)
}

/// Words that another signs than the seat that gives them.
fn voices(cx: &Cx, rules: &Rules) {
    let id = |a: AgencyIx| rules.agencies[a].id.as_str();
    for (n, row) in own(cx, &cx.m.responses) {
        let Some(Response { seat, texts, .. }) = rules.responses.get(n) else { continue };
        let other = texts.iter().filter_map(|v| v.text.by()).find(|by| by != seat);
        if let Some(by) = other {
            cx.enter(row);
            cx.report_row(
                Code::OtherVoice,
                format!(
                    "the response `{}` is given by `{}` and its text is signed by `{}`",
                    row.id,
                    id(*seat),
                    id(by)
                ),
                "let the seat sign what it says, or name the other as `seat`",
            );
        }
    }
    for (n, row) in own(cx, &cx.m.events) {
        let Some(event) = rules.events.get(n) else { continue };
        let Some(from) = event.from else { continue };
        let signs: Vec<_> = event.text.texts().filter_map(Text::by).collect();
        if let Some(by) = signs.iter().find(|by| **by != from)
            && !signs.contains(&from)
        {
            cx.enter(row);
            cx.report_row(
                Code::OtherVoice,
                format!(
                    "the event `{}` comes from `{}` and its text is signed by `{}`",
                    row.id,
                    id(from),
                    id(*by)
                ),
                "let one of the two be the other; a text that was put in the wrong place shows so",
            );
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A day that a text names: its words, the day, the weekday before it.
struct Said {
    words: String,
    day: Result<Day, ()>,
    /// Whether a year stands with it.
    dated: bool,
    weekday: Option<usize>,
    /// The words of its sentence.
    sentence: String,
}

/// Days in words: `5 March 2015`, `March 5, 2015`, `5 March` of the year at hand.
fn days_said(text: &str, year: i32) -> Vec<Said> {
    let mut out = Vec::new();
    for sentence in text.split(['.', ';', '?', '!', '\n']) {
        let words: Vec<&str> = sentence
            .split_whitespace()
            .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
            .collect();
        for (n, word) in words.iter().enumerate() {
            let Some(month) = MONTHS.iter().position(|m| m == word) else { continue };
            let number = |at: Option<usize>| -> Option<u32> {
                let word = words.get(at?)?;
                word.parse().ok().filter(|d| (1..=39).contains(d) && word.len() < 3)
            };
            let before = number(n.checked_sub(1));
            let after = number(Some(n.saturating_add(1)));
            let (day, first, next) = match (before, after) {
                (Some(d), _) => (d, n.saturating_sub(1), n.saturating_add(1)),
                (None, Some(d)) => (d, n, n.saturating_add(2)),
                (None, None) => continue,
            };
            let written: Option<i32> =
                words.get(next).and_then(|y| y.parse().ok()).filter(|y| (1900..2100).contains(y));
            let weekday = first.checked_sub(1).and_then(|at| words.get(at));
            let weekday = weekday.and_then(|w| WEEKDAYS.iter().position(|d| d == w));
            let month = u32::try_from(month).unwrap_or(0).saturating_add(1);
            let of = Day::from_civil(written.unwrap_or(year), month, day).ok_or(());
            let to = if written.is_some() { next } else { next.saturating_sub(1) };
            out.push(Said {
                words: words.get(first..=to).unwrap_or_default().join(" "),
                day: of,
                dated: written.is_some(),
                weekday,
                sentence: format!(" {} ", words.join(" ")),
            });
        }
    }
    out
}

/// What tells that a sentence speaks of what is to come.
const AHEAD: [&str; 25] = [
    "will",
    "would",
    "shall",
    "may",
    "might",
    "until",
    "till",
    "by",
    "before",
    "due",
    "deadline",
    "expire",
    "expires",
    "if",
    "next",
    "planned",
    "plans",
    "plan",
    "ahead",
    "takes",
    "effective",
    "begins",
    "ends",
    "opens",
    "meets",
];

/// A day that is none, or another weekday than the words say.
fn day_is_one(cx: &Cx, what: &str, said: &Said, sure: bool) {
    let Ok(day) = said.day else {
        cx.report_row(
            Code::DayInWords,
            format!("{what} names a day that is not: {}", said.words),
            "look at the month",
        );
        return;
    };
    let is = day.weekday();
    if let Some(named) = said.weekday.filter(|named| *named != is && (said.dated || sure)) {
        cx.report_row(
            Code::DayInWords,
            format!("{what} calls {} a {}; it is a {}", said.words, WEEKDAYS[named], WEEKDAYS[is]),
            "one of the two is wrong",
        );
    }
}

/// The same in texts without a day of their own.
fn days_elsewhere(cx: &Cx, rules: &Rules) {
    let (first, last) = (rules.turns[0].opens, rules.closes());
    let (year, sure) = (first.civil().0, first.civil().0 == last.civil().0);
    let look = |what: &str, says: &str| {
        for said in days_said(says, year) {
            day_is_one(cx, what, &said, sure);
        }
    };
    cx.enter_scenario();
    look("the briefing", rules.briefing.says());
    let opening = |day: &Day| {
        let (of, is) = (day.civil(), first.civil());
        of.0 != is.0 && (of.1, of.2) == (is.1, is.2)
    };
    for said in days_said(rules.briefing.says(), year).iter().filter(|s| s.dated) {
        if let Ok(day) = said.day
            && opening(&day)
        {
            let at = match &cx.m.scenario.briefing {
                raw::Text::Simulated(text) => text.by.at,
                raw::Text::Record(text) => text.source.at,
                raw::Text::First(_) => At::default(),
            };
            cx.report(
                Code::DayInWords,
                at,
                format!(
                    "the briefing is of {}; the calendar opens on {}",
                    said.words,
                    first.long()
                ),
                "one of the two has the wrong year",
            );
        }
    }
    rules.teaching.aftermath.iter().for_each(|t| look("the aftermath", t.says()));
    ends_elsewhere(cx, rules, year, last);
    for (n, row) in own(cx, &cx.m.endings) {
        let Some(e) = rules.endings.get(n) else { continue };
        cx.enter(row);
        let lines = e.lines.iter().map(|(_, says)| says);
        std::iter::once(&e.says)
            .chain(lines)
            .for_each(|says| look(&format!("the ending `{}`", row.id), says));
    }
    for (n, row) in own(cx, &cx.m.live_files) {
        let Some(f) = rules.files.get(n) else { continue };
        cx.enter(row);
        look(&format!("the file `{}`", row.id), &f.says);
    }
    for (_, row) in own(cx, &cx.m.campaigns) {
        cx.enter(row);
        for e in rules.evidence.iter().filter(|e| *rules.campaigns[e.campaign].id == *row.id.text) {
            let what = format!("the evidence `{}`", e.id);
            look(&what, e.text.says());
            e.silence.iter().for_each(|says| look(&what, says));
        }
    }
    for (n, row) in own(cx, &cx.m.events) {
        let Some(event) = rules.events.get(n) else { continue };
        cx.enter(row);
        let what = format!("what follows an answer to `{}`", row.id);
        let then = event.choices.iter().flat_map(|c| c.then.iter().chain(&c.replies));
        then.for_each(|t| look(&what, t.says()));
    }
}

/// An ending that opens with a date is dated: the day on which the game ends, unless it ends early.
/// Where several agree on another, it is one mistake.
fn ends_elsewhere(cx: &Cx, rules: &Rules, year: i32, last: Day) {
    let dated = |e: &Ending| {
        let first = days_said(&e.says, year).into_iter().next()?;
        let day = first.day.ok().filter(|_| first.dated && e.says.starts_with(&first.words))?;
        let ends = [last.plus(-1), last, last.plus(1)].contains(&day);
        (!e.early && !ends).then_some((day, first.words))
    };
    let wrong: Vec<Option<(Day, String)>> = rules.endings.iter().map(dated).collect();
    for (n, row) in own(cx, &cx.m.endings) {
        let Some(Some((day, words))) = wrong.get(n) else { continue };
        let so = |other: &&(Day, String)| other.0 == *day;
        if wrong.iter().take(n).flatten().any(|other| so(&other)) {
            continue;
        }
        let more = match wrong.iter().flatten().filter(so).count() {
            1 => String::new(),
            n => format!("; {n} endings say so"),
        };
        cx.enter(row);
        cx.report_row(
            Code::DayInWords,
            format!("the ending `{}` is dated {words}; the game ends on {}", row.id, last.long()),
            format!("change its date, or the calendar{more}"),
        );
    }
}

/// Days in the words of texts: such as there are none, of another weekday, or told before they are.
fn days_in_words(cx: &Cx, rules: &Rules) {
    days_elsewhere(cx, rules);
    for (n, row) in own(cx, &cx.m.events) {
        let Some(event) = rules.events.get(n) else { continue };
        cx.enter(row);
        let (opens, last) = (rules.turns[0].opens, rules.closes());
        let year = event.on.unwrap_or(opens).civil().0;
        for text in event.text.texts() {
            for said in days_said(text.says(), year) {
                day_is_one(cx, &format!("the text of `{}`", row.id), &said, event.on.is_some());
                let Said { words, day: Ok(day), dated, sentence, .. } = said else { continue };
                // Without a year, as it is read: this year's day, unless that is long past.
                let ahead = || AHEAD.iter().any(|w| sentence.contains(&format!(" {w} ")));
                let told = event.on.filter(|on| day > *on && (dated || day <= last));
                if let (Some(on), Text::Record { .. }) = (told, text)
                    && !ahead()
                {
                    cx.report_row(
                        Code::DayInWords,
                        format!(
                            "the record `{}` is of {}, and tells as past what is of {words}",
                            row.id,
                            on.long()
                        ),
                        "change the day of the event or the one in its words",
                    );
                }
            }
        }
    }
}

/// Whether two files may lie on the desk on one day.
fn together(a: &LiveFile, b: &LiveFile) -> bool {
    let apart = |x: &LiveFile, y: &LiveFile| x.until.zip(y.from).is_some_and(|(u, f)| u < f);
    !apart(a, b) && !apart(b, a)
}

/// Two files of one measure against one target at a time.
fn files(cx: &Cx, rules: &Rules) {
    for (n, row) in own(cx, &cx.m.live_files) {
        let Some(file) = rules.files.get(n) else { continue };
        cx.enter(row);
        let same = |other: &&LiveFile| {
            (other.instrument, other.target) == (file.instrument, file.target)
                && !other.closed
                && !file.closed
                && other.when.is_empty()
                && file.when.is_empty()
                && together(other, file)
        };
        if let Some(other) = rules.files.get(..n).and_then(|before| before.iter().find(same)) {
            cx.report_row(
                Code::SameChoice,
                format!(
                    "the files `{}` and `{}` bring one measure against one target at a time",
                    other.id, row.id
                ),
                "make one of them, aim one elsewhere, or let their days follow each other",
            );
        }
    }
}

/// Files that something opens when they are over.
fn opened(cx: &Cx, rules: &Rules) {
    for (n, row) in own(cx, &cx.m.events) {
        let Some(event) = rules.events.get(n) else { continue };
        let Some(on) = event.on else { continue };
        let answers = event.choices.iter().flat_map(|c| &c.also);
        for effect in event.also.iter().chain(answers) {
            if let Effect::OpenFile(f) = effect
                && let Some(until) = rules.files[*f].until.filter(|until| *until <= on)
            {
                cx.enter(row);
                cx.report_row(
                    Code::NoEffect,
                    format!(
                        "the event `{}` of {} opens the file `{}`, which is there until {}",
                        row.id,
                        on.long(),
                        rules.files[*f].id,
                        until.long()
                    ),
                    "let the file stay longer, or open it sooner",
                );
            }
        }
    }
}

/// Days from one to another.
fn days(from: Day, to: Day) -> i64 {
    i64::from(to.0).saturating_sub(i64::from(from.0))
}

/// Evidence that its task cannot bring in before the game is over.
fn evidence(cx: &Cx, rules: &Rules) {
    let (opens, ends) = (rules.turns[0].opens, rules.closes());
    for (_, row) in own(cx, &cx.m.campaigns) {
        cx.enter(row);
        for e in rules.evidence.iter().filter(|e| *rules.campaigns[e.campaign].id == *row.id.text) {
            let raw = row.raw.evidence.get(&e.id);
            says_little(cx, e, raw.and_then(|raw| raw.silence.as_ref()).map(|s| s.at));
            if e.from == From::Passing(0) {
                cx.report_row(
                    Code::NeverHappens,
                    format!("the evidence `{}` turns up with a chance of 0", e.id),
                    "give `Passing` a chance from 1 to 100",
                );
            }
            let From::Task(task) = e.from else { continue };
            let (does, by) = (&rules.tasks[task], e.text.by());
            if let Some(by) = by.filter(|by| *by != does.by && !rules.agencies[*by].outside) {
                cx.report_row(
                    Code::OtherVoice,
                    format!(
                        "the evidence `{}` is brought in by `{}` ({}) and signed by `{}`",
                        e.id, does.id, rules.agencies[does.by].id, rules.agencies[by].id
                    ),
                    "let whoever does the task sign what it found",
                );
            }
            let takes = i64::from(rules.tasks[task].takes.least.max(e.takes.least));
            if takes > days(opens, ends) {
                cx.report_row(
                    Code::NeverHappens,
                    format!(
                        "the evidence `{}` takes {takes} days and the game has {}",
                        e.id,
                        days(opens, ends)
                    ),
                    "let it take less, or let the game be longer",
                );
            }
        }
    }
}

/// Least distance, of a hundred, between the values under which something is seen.
const DISTANCE: u32 = 10;

/// Evidence that is as good as equally likely under every value, or whose silence says the same.
fn says_little(cx: &Cx, e: &Evidence, silence: Option<At>) {
    let least = e.by_value.iter().min().copied().unwrap_or(0);
    let most = e.by_value.iter().max().copied().unwrap_or(0);
    let apart = most.saturating_sub(least);
    if apart > 0 && apart < DISTANCE {
        cx.report_row(
            Code::NoEffect,
            format!(
                "the evidence `{}` is seen {least} to {most} times of a hundred under every value: \
                 it says next to nothing",
                e.id
            ),
            "let it be seen more often where it is true, or less where it is not",
        );
    }
    let spoken = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if e.silence.as_ref().is_some_and(|silence| spoken(silence) == spoken(e.text.says())) {
        cx.report(
            Code::SameChoice,
            silence.unwrap_or_default(),
            format!("the evidence `{}` says the same whether it is found or not", e.id),
            "write under `silence` what is said when nothing is found",
        );
    }
}

/// Events that come of a dated one, too late to be read.
fn chains(cx: &Cx, rules: &Rules) {
    let ends = rules.closes();
    for (n, row) in own(cx, &cx.m.events) {
        let Some(event) = rules.events.get(n) else { continue };
        let on = event.on.unwrap_or(rules.turns[0].opens);
        let answers = event.choices.iter().flat_map(|c| &c.also);
        for effect in event.also.iter().chain(answers) {
            if let Effect::Chain(next, after) = effect
                && on <= ends
                && i64::from(after.least) > days(on, ends)
            {
                cx.enter(row);
                cx.report_row(
                    Code::NeverHappens,
                    format!(
                        "`{}` sets off `{}` {} days later, and the game is over by then",
                        row.id, rules.events[*next].id, after.least
                    ),
                    "let it follow sooner",
                );
            }
        }
    }
}

/// Roles of a target that no measure asks about.
fn roles(cx: &Cx, rules: &Rules) {
    for (n, row) in own(cx, &cx.m.targets) {
        let Some(target) = rules.targets.get(n) else { continue };
        let asked = |role| {
            rules.instruments.iter().enumerate().any(|(i, _)| {
                rules
                    .gate_tests
                    .get(i)
                    .and_then(|t| t.get(n))
                    .is_some_and(|tests| tests.iter().any(|t| t.role == role))
            })
        };
        let twin = rules.targets.get(..n).and_then(|before| {
            before.iter().find(|t| {
                !t.roles.is_empty()
                    && (t.kind, t.campaign, &t.roles)
                        == (target.kind, target.campaign, &target.roles)
                    && t.record.is_empty()
                    && target.record.is_empty()
            })
        });
        if let Some(twin) = twin {
            cx.enter(row);
            cx.report_row(
                Code::SameChoice,
                format!("`{}` is lawful under the very values that `{}` is", row.id, twin.id),
                "name the values of its own under `is`",
            );
        }
        for (role, _) in target.roles.iter().filter(|(role, _)| !asked(*role)) {
            cx.enter(row);
            cx.report_row(
                Code::NotUsed,
                format!("no measure that may be aimed at `{}` asks whether it is {role:?}", row.id),
                "take the role away, or give the target another `kind`",
            );
        }
    }
}

/// Records of the scenario's own that nothing names.
fn unnamed(cx: &Cx, rules: &Rules) {
    let unused = |table: Table, i: usize| cx.uses(table, i) == 0;
    for (_, row) in own(cx, &cx.m.terms).filter(|(n, _)| unused(Table::Term, *n)) {
        cx.enter(row);
        let message = format!("no instrument offers the term `{}`", row.id);
        cx.report_row(Code::NotUsed, message, "name it in the `slots` of an instrument");
    }
    for (n, row) in own(cx, &cx.m.agencies).filter(|(n, _)| unused(Table::Agency, *n)) {
        if rules.agencies.get(n).is_some_and(|a| a.outside) {
            cx.enter(row);
            let message = format!("`{}` sits abroad and nothing lets it speak", row.id);
            cx.report_row(Code::NotUsed, message, "give it a response or a text to sign");
        }
    }
    for (_, row) in own(cx, &cx.m.campaigns) {
        let aimed = |t: &&Row<super::super::raw::Target>| {
            t.raw.campaign.as_ref().is_some_and(|c| *c.text == *row.id.text)
        };
        if !cx.m.targets.iter().any(|t| aimed(&t)) {
            cx.enter(row);
            let message = format!("no target is about the campaign `{}`", row.id);
            cx.report_row(
                Code::NotUsed,
                message,
                "name it as `campaign` of a target, so that what is shown allows something",
            );
        }
    }
}
