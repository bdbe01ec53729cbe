//! Time: turns with their chances, windows with their heat, who holds which office when.

use super::super::loc::{At, Length};
use super::super::model::{IndicatorIx, InstrumentIx, Principal, Turn, Window, limits};
use super::super::raw;
use super::conditions::per_mille;
use super::finding::Code;
use super::names::Cx;
use super::words;
use crate::day::Day;
use crate::num::{self, Milli};

/// Fewest turns a game can have.
pub const FEWEST_TURNS: usize = 3;

/// Longest turn, in days: a whole game then stays within the engine's count of days.
pub const LONGEST_TURN: u16 = 366;

/// The turns, as far as the calendar can be read, and how many of the last are not played.
pub fn turns(cx: &Cx) -> (Vec<Turn>, usize) {
    cx.enter_scenario();
    let raw = &cx.m.scenario.calendar;
    let Some((mut opens, mut ends, at)) = opening_days(cx, raw) else { return (Vec::new(), 0) };
    if opens.len() < FEWEST_TURNS || opens.len() > limits::TURNS {
        let message = format!(
            "the calendar has {} turns; expected {FEWEST_TURNS} to {}",
            opens.len(),
            limits::TURNS
        );
        cx.report(Code::Calendar, at, message, "");
    }
    opens.truncate(limits::TURNS);
    let played = opens.len();
    if let Some(after) = &raw.after {
        // In steps of the last turn's length, so that nothing is reckoned in one leap.
        let last = opens.last().map_or(1, |opens| ends.0.saturating_sub(opens.0)).max(1);
        let over = ends.plus(i32::from(cx.days(after, "the time after the last turn")));
        while ends < over && opens.len() < played.saturating_add(limits::AFTER) {
            opens.push(ends);
            ends = ends.plus(last).min(over);
        }
        if ends < over {
            let most = i64::from(last).saturating_mul(i64::try_from(limits::AFTER).unwrap_or(0));
            let message = format!(
                "the time after the last turn is too long; at turns of {last} days it is {most} at most"
            );
            cx.report(Code::OutOfRange, after.at, message, "make it shorter");
        }
    }
    let unplayed = opens.len().saturating_sub(played);
    let mut all = Vec::new();
    let closings = opens.iter().skip(1).copied().chain([ends]);
    for (opens, ends) in opens.iter().copied().zip(closings) {
        let days = u16::try_from(ends.0.saturating_sub(opens.0)).unwrap_or(0);
        if !(1..=LONGEST_TURN).contains(&days) {
            let message = format!(
                "the turn that opens on {opens} and ends on {ends} is not 1 to {LONGEST_TURN} days \
                 long"
            );
            cx.report(Code::Calendar, at, message, "opening days come one after the other");
        }
        let days = days.clamp(1, LONGEST_TURN);
        let chance = (0..=100).map(|p| num::chance(p, days)).collect();
        all.push(Turn {
            opens,
            ends,
            days,
            chance,
            heat: Vec::new(),
            hottest: 0,
            foreseen: 0,
            ahead: 0,
        });
    }
    (all, unplayed)
}

fn opening_days(cx: &Cx, raw: &raw::Calendar) -> Option<(Vec<Day>, Day, At)> {
    match (&raw.opens, &raw.every, &raw.turns, raw.dates.first()) {
        (Some(opens), Some(every), Some(turns), None) => {
            if let Some(ends) = &raw.ends {
                cx.report(
                    Code::Contradiction,
                    ends.at,
                    "`ends` goes with a list of `dates`; here `every` and `turns` say when it ends",
                    "leave `ends` out",
                );
            }
            let days = i32::from(cx.days(every, "the length of a turn"));
            let n = i32::try_from(turns.n.min(200)).unwrap_or(0);
            let day = |k: i32| opens.day.plus(days.saturating_mul(k));
            Some(((0..n).map(day).collect(), day(n), turns.at))
        }
        (None, None, None, Some(first)) => {
            let opens: Vec<Day> = raw.dates.iter().map(|d| d.day).collect();
            let length = match opens.as_slice() {
                [.., a, b] => b.0.saturating_sub(a.0),
                _ => 0,
            };
            let ends = raw
                .ends
                .map_or_else(|| opens.last().copied().unwrap_or_default().plus(length), |d| d.day);
            Some((opens, ends, first.at))
        }
        _ => {
            let message =
                "the calendar is neither `opens` with `every` and `turns` nor a list of `dates`";
            cx.report_row(
                Code::Calendar,
                message,
                "write (opens: \"2018-09-03\", every: \"2 weeks\", turns: 14), or (dates: [...], \
                 ends: ...)",
            );
            None
        }
    }
}

/// Windows; their heat goes into the turns. A turn's heat is that of its hottest day.
pub fn windows(cx: &Cx, turns: &mut [Turn]) -> Vec<Window> {
    let mut all = Vec::new();
    for row in &cx.m.windows {
        cx.enter(row);
        let raw = row.raw;
        let (heat, floor) = (cx.share(&raw.heat, "the heat"), cx.share(&raw.floor, "the floor"));
        if floor > heat {
            cx.report(
                Code::OutOfRange,
                raw.floor.at,
                format!("the floor {floor} is hotter than the peak {heat}"),
                "",
            );
        }
        if raw.from.day > raw.to.day {
            let message =
                format!("the window ends on {}, before it begins on {}", raw.to.day, raw.from.day);
            cx.report(
                Code::Calendar,
                raw.to.at,
                message,
                "`from`, `peak` and `to` are in this order",
            );
        } else if raw.from.day > raw.peak.day || raw.peak.day > raw.to.day {
            let message = format!(
                "the peak {} does not lie between {} and {}",
                raw.peak.day, raw.from.day, raw.to.day
            );
            cx.report(Code::Calendar, raw.peak.at, message, "");
        }
        if let Some(known) = raw.known.as_ref().filter(|known| known.day > raw.to.day) {
            cx.report(
                Code::NeverHappens,
                known.at,
                format!("the window is known on {}, when it is over", known.day),
                "`known` is the day from which it stands on the calendar",
            );
        }
        if let (Some(first), Some(last)) = (turns.first(), turns.last())
            && (raw.to.day < first.opens || raw.from.day >= last.ends)
        {
            cx.report(
                Code::OutsideCalendar,
                raw.from.at,
                "this window is never open during the game",
                "",
            );
        }
        let window = Window {
            id: row.id.text.to_string(),
            name: cx.name(&raw.name),
            from: raw.from.day,
            to: raw.to.day,
            peak: raw.peak.day,
            heat: per_mille(heat),
            floor: per_mille(floor.min(heat)),
            known: raw.known.as_ref().map(|d| d.day),
            source: raw.source.as_ref().and_then(|id| cx.source(id)),
        };
        // From the last turn to the first: how hot it is in the turns after, and in the next.
        let (mut later, mut next) = (0, 0);
        for turn in turns.iter_mut().rev() {
            let heat = hottest_day(&window, turn.opens, turn.ends);
            turn.heat.push(heat);
            turn.hottest = turn.hottest.max(heat);
            later = later.max(heat);
            if window.known.unwrap_or(window.from) <= turn.opens {
                turn.foreseen = turn.foreseen.max(next);
                turn.ahead = turn.ahead.max(later);
            }
            // A window nobody announced is seen in the turn in which it begins.
            turn.ahead = turn.ahead.max(heat);
            next = heat;
        }
        all.push(window);
    }
    all
}

/// The window's heat on its hottest day in `[opens, ends)`; 0 if it is closed on all of them.
fn hottest_day(w: &Window, opens: Day, ends: Day) -> Milli {
    let (first, last) = (opens.max(w.from), ends.plus(-1).min(w.to));
    if first > last { 0 } else { heat_on(w, w.peak.clamp(first, last)) }
}

/// Heat on a day, in thousandths: a straight line from the floor up to the peak and down again.
pub fn heat_on(w: &Window, day: Day) -> Milli {
    if day < w.from || day > w.to {
        return 0;
    }
    let days = |from: Day, to: Day| i64::from(to.0).saturating_sub(i64::from(from.0));
    let (end, span) = if day <= w.peak {
        (days(w.from, day), days(w.from, w.peak))
    } else {
        (days(day, w.to), days(w.peak, w.to))
    };
    if span <= 0 {
        return w.heat;
    }
    w.floor.saturating_add(num::ratio(i64::from(w.heat.saturating_sub(w.floor)), end, span))
}

pub fn principals(cx: &Cx) -> Vec<Principal> {
    let mut all: Vec<Principal> = Vec::new();
    for row in &cx.m.principals {
        cx.enter(row);
        let raw = row.raw;
        let Some(agency) = cx.agency(&raw.agency) else { continue };
        if cx.played().last().is_some_and(|last| raw.from.day >= last.ends) {
            cx.report(
                Code::OutsideCalendar,
                raw.from.at,
                "this person takes office after the game ends",
                "",
            );
        }
        if all.iter().any(|p| p.agency == agency && p.from == raw.from.day) {
            cx.report(
                Code::Contradiction,
                raw.from.at,
                format!("`{}` already has a principal from that day", raw.agency),
                "",
            );
        }
        if let Some(until) = raw.until.filter(|until| until.day < raw.from.day) {
            cx.report(
                Code::Contradiction,
                until.at,
                "this person leaves the office before taking it",
                "exchange the two days",
            );
        }
        let leans: Vec<(InstrumentIx, Milli)> = raw
            .leans
            .iter()
            .filter_map(|(id, d)| {
                Some((cx.instrument_soft(id)?, cx.within(d, -20, 20, "the lean")))
            })
            .collect();
        let cares: Vec<(IndicatorIx, Milli)> = raw
            .cares
            .iter()
            .filter_map(|(id, d)| Some((cx.indicator_soft(id)?, cx.within(d, -5, 5, "the weight"))))
            .collect();
        all.push(Principal {
            id: row.id.text.to_string(),
            agency,
            who: cx.words(&raw.who, words::NAME, "the office"),
            from: raw.from.day,
            until: raw.until.map(|until| until.day),
            source: raw.source.as_ref().and_then(|id| cx.source(id)),
            leans,
            cares,
        });
    }
    all
}

/// Who holds each agency's office when a turn opens: the last to take it by then, unless the office
/// has been left.
pub fn principal_at(
    turns: &[Turn],
    principals: &[Principal],
    agencies: usize,
) -> Vec<Vec<Option<u8>>> {
    let holder = |turn: &Turn, agency: usize| {
        let held = principals
            .iter()
            .enumerate()
            .filter(|(_, p)| p.agency.i() == agency && p.from <= turn.opens);
        let last = held.max_by_key(|(_, p)| p.from);
        let there = last.filter(|(_, p)| p.until.is_none_or(|until| turn.opens <= until));
        there.and_then(|(i, _)| u8::try_from(i).ok())
    };
    turns.iter().map(|turn| (0..agencies).map(|a| holder(turn, a)).collect()).collect()
}

impl Cx<'_> {
    /// The turns that are played.
    pub fn played(&self) -> &[Turn] {
        let n = self.turns.len().saturating_sub(self.after);
        self.turns.get(..n).unwrap_or_default()
    }

    /// Warns of a day on which nothing can come of it.
    pub fn in_calendar(&self, day: Day, at: At, what: &str) {
        let (Some(first), Some(last)) = (self.played().first(), self.played().last()) else {
            return;
        };
        // The core serves scenarios of other years.
        if self.in_scenario() && (day < first.opens || day > last.ends) {
            let message =
                format!("{what} {day}, outside the calendar ({} to {})", first.opens, last.ends);
            self.report(Code::OutsideCalendar, at, message, "");
        }
    }

    /// The turn whose days `[opens, ends)` contain the day; earlier days belong to the first.
    pub fn turn_of(&self, day: Day) -> Option<u8> {
        let i = self.played().iter().position(|t| day < t.ends)?;
        u8::try_from(i).ok()
    }

    /// The turn at whose end something dated `day` happens: a front page shows what is dated after
    /// the last opening up to and including its own day, so the span is `(opens, ends]`.
    pub fn turn_at_whose_end(&self, day: Day) -> Option<u8> {
        let i = self.played().iter().position(|t| day <= t.ends)?;
        u8::try_from(i).ok()
    }

    /// The deviation over each turn of noise with this deviation over 30 days; none in the time
    /// after the last, to which nobody can answer.
    pub fn noise_by_turn(&self, noise: Milli) -> Vec<Milli> {
        let square = u128::from(noise.unsigned_abs()).pow(2);
        let of = |t: &Turn| {
            // sqrt(n² · days / 30), rounded: half of the root of four times that.
            let four = square.saturating_mul(4).saturating_mul(u128::from(t.days)) / 30;
            let twice = num::isqrt(four);
            i32::try_from(twice.div_ceil(2)).unwrap_or(i32::MAX)
        };
        self.played().iter().map(of).chain((0..self.after).map(|_| 0)).collect()
    }
}

/// A length that may be a span, as it is.
pub fn span(l: Option<&Length>) -> crate::day::Span {
    l.map(|l| l.span).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_rises_to_the_peak_and_falls_again() {
        let d = |s: &str| Day::parse(s).unwrap();
        let w = Window {
            id: String::new(),
            name: super::super::super::model::Name::default(),
            from: d("2018-12-01"),
            to: d("2018-12-31"),
            peak: d("2018-12-21"),
            heat: 800,
            floor: 200,
            known: None,
            source: None,
        };
        let on = |s: &str| heat_on(&w, d(s));
        assert_eq!(
            [
                on("2018-11-30"),
                on("2018-12-01"),
                on("2018-12-11"),
                on("2018-12-21"),
                on("2018-12-26"),
                on("2018-12-31"),
                on("2019-01-01")
            ],
            [0, 200, 500, 800, 500, 200, 0]
        );
        // A turn that only touches the end of the window feels it.
        assert_eq!(hottest_day(&w, d("2018-12-26"), d("2019-01-09")), 500);
        assert_eq!(hottest_day(&w, d("2018-12-12"), d("2018-12-26")), 800);
        assert_eq!(hottest_day(&w, d("2018-11-17"), d("2018-12-01")), 0);
    }
}
