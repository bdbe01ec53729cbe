//! From which day a text may be read, and whether its sources were out by then.
//!
//! Owns the earliest day of an event, an item of evidence and a version, as far as their records
//! say it. Refuses to guess: what hangs on play counts from the first day of the game. A `Record`
//! whose source is out later is wrong, and so is one that comes by chance, since what happened is
//! not under dice.

use std::cell::RefCell;

use crate::day::Day;

use super::super::loc::{At, Id};
use super::super::model::Turn;
use super::super::raw::{self, Condition, Effect, From, Text};
use super::finding::Code;
use super::later;
use super::laws::all_effects;
use super::merge::Row;
use super::names::Cx;

/// Earliest days, each event looked at once: a ring of events gets nobody an earlier day than the
/// first of the game.
struct Days<'c, 'm> {
    cx: &'c Cx<'m>,
    first: Day,
    /// By event; none while it has not been looked at.
    of: RefCell<Vec<Option<Day>>>,
}

pub fn check(cx: &Cx) {
    let Some(first) = cx.turns.first().map(|t| t.opens) else { return };
    let days = Days { cx, first, of: RefCell::new(vec![None; cx.m.events.len()]) };
    cx.enter_scenario();
    days.told(&cx.m.scenario.briefing, None);
    for (n, row) in cx.m.events.iter().enumerate() {
        cx.enter(row);
        days.event(n, row.raw);
    }
    for row in &cx.m.campaigns {
        cx.enter(row);
        for (_, e) in &row.raw.evidence {
            let drawn = e.seen_if.iter().any(|(_, share)| share.n < 100);
            days.drawn(&e.text, days.comes(&e.from), drawn);
        }
    }
    for row in &cx.m.tells {
        cx.enter(row);
        days.drawn(&row.raw.text, days.comes(&row.raw.from), true);
    }
    for row in &cx.m.aims {
        cx.enter(row);
        for text in row.raw.steps.iter().flat_map(|(_, s)| std::iter::once(&s.sign).chain(&s.act)) {
            days.drawn(text, first, true);
        }
    }
    for row in &cx.m.responses {
        cx.enter(row);
        let day = days.earliest(&row.raw.when, first);
        for text in &row.raw.texts {
            days.drawn(text, day, true);
        }
    }
}

impl Days<'_, '_> {
    fn event(&self, n: usize, raw: &raw::Event) {
        let day = self.of_event(n);
        let drawn = raw.on.is_none() && !raw.chained && raw.chance.n < 100;
        self.drawn(&raw.text, day, drawn);
        for (_, c) in &raw.choices {
            for text in c.then.iter().chain(&c.replies) {
                self.told(text, Some(day));
            }
        }
    }

    /// Looks at every version of a text from the earliest day on which it may happen; without a day
    /// it is read before the first turn.
    fn told(&self, text: &Text, day: Option<Day>) {
        match text {
            Text::First(list) => list.iter().for_each(|t| self.told(t, day)),
            Text::Record(r) => {
                let happens = |d| read_on(self.cx, self.earliest(&r.assumes, d));
                out_by(self.cx, &r.source, day.map_or(self.first, happens));
            }
            // Whose position it follows is named from the day on which that was out.
            Text::Simulated(_) => {}
        }
    }

    /// A text that comes on a day, or by chance from that day on: a record that does is no record,
    /// whenever it was out.
    fn drawn(&self, text: &Text, day: Day, drawn: bool) {
        match record(text).filter(|_| drawn) {
            Some(at) => self.cx.report(
                Code::RecordByChance,
                at,
                "this is a Record and comes by chance",
                "give its event a day or a certain `when`; what is drawn is Simulated",
            ),
            None => self.told(text, Some(day)),
        }
    }

    fn comes(&self, from: &From) -> Day {
        match from {
            From::On(date) => date.day.max(self.first),
            From::Task(_) | From::Passing(_) | From::Brought => self.first,
        }
    }

    fn of_event(&self, n: usize) -> Day {
        let Some(row) = self.cx.m.events.get(n) else { return self.first };
        if let Some(Some(day)) = self.of.borrow().get(n) {
            return *day;
        }
        self.keep(n, self.first);
        let e = row.raw;
        let mut day = e.on.map_or(self.first, |d| d.day.max(self.first));
        if e.chained {
            let sets = |effect: &Effect| matches!(effect, Effect::Chain(id, _) if *id == *row.id);
            let leaks =
                |a: &Row<raw::Ask>| a.raw.leaks.as_ref().is_some_and(|l| l.event == *row.id);
            if !self.cx.m.asks.iter().any(leaks) {
                day = day.max(self.setters(sets));
            }
        }
        let day = self.earliest(&e.when, day);
        self.keep(n, day);
        day
    }

    fn keep(&self, n: usize, day: Day) {
        if let Some(cell) = self.of.borrow_mut().get_mut(n) {
            *cell = Some(day);
        }
    }

    /// The earliest day on which an event does one of these effects; the first day if none does, or
    /// if something does that is no event.
    fn setters(&self, does: impl Fn(&Effect) -> bool) -> Day {
        let times = |row: &Row<raw::Event>| {
            let choices = row.raw.choices.iter().flat_map(|(_, c)| &c.also);
            row.raw.also.iter().chain(choices).filter(|e| does(e)).count()
        };
        let everywhere = all_effects(self.cx).into_iter().filter(|e| does(e)).count();
        if everywhere > self.cx.m.events.iter().map(times).sum() {
            return self.first;
        }
        let sets = |row: &Row<raw::Event>| times(row) > 0;
        let events = self.cx.m.events.iter().enumerate().filter(|(_, row)| sets(row));
        events.map(|(n, _)| self.of_event(n)).min().unwrap_or(self.first)
    }

    /// The earliest day from `day` on at which these can all hold.
    fn earliest(&self, when: &[Condition], day: Day) -> Day {
        when.iter().map(|c| self.from(c)).max().map_or(day, |d| d.max(day))
    }

    fn from(&self, c: &Condition) -> Day {
        match c {
            Condition::From(date) => date.day.max(self.first),
            Condition::All(list) => self.earliest(list, self.first),
            Condition::Any(list) => list.iter().map(|c| self.from(c)).min().unwrap_or(self.first),
            Condition::Fired(id) | Condition::Chose(id, _) => {
                let n = self.cx.m.events.iter().position(|row| *row.id == *id);
                n.map_or(self.first, |n| self.of_event(n))
            }
            Condition::Flag(id) => {
                self.setters(|e| matches!(e, Effect::SetFlag(flag) if *flag == *id))
            }
            _ => self.first,
        }
    }
}

/// The opening on which something of that day is read; the day itself before the first turn.
fn read_on(cx: &Cx, day: Day) -> Day {
    let opens = |t: &Turn| std::iter::once(t.opens).chain(std::iter::once(t.ends));
    cx.played().iter().flat_map(opens).find(|opens| *opens >= day).unwrap_or(day)
}

/// Reports a source of which nothing was out by the day.
pub fn out_by(cx: &Cx, id: &Id, day: Day) {
    let Some(out) = published(cx, id.as_str()).filter(|out| *out > day) else { return };
    cx.report(
        Code::SourceLater,
        id.at,
        format!("this may be read from {day} on, and {id} was published on {out}"),
        "date the text later (`on`, or `From` in `when`), or name a source that was out by then",
    );
}

/// The day on which the first part of a source was out; none if some part has no date.
pub fn published(cx: &Cx, id: &str) -> Option<Day> {
    later::first_out(cx.m.sources.iter().find(|s| s.id.as_str() == id)?.raw)
}

/// Where a Record stands in a text.
fn record(text: &Text) -> Option<At> {
    match text {
        Text::Record(r) => Some(r.source.at),
        Text::Simulated(_) => None,
        Text::First(list) => list.iter().find_map(record),
    }
}
