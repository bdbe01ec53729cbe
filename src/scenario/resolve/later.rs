//! What a theatre says after sources that the game ends before.
//!
//! A theatre is written for a stretch of years. An answer, an aim or a critic that follows a source
//! of a later year would bring that year into a case of an earlier one, so it is left out there, as
//! if the scenario had removed it; one that the scenario lays over it stays. Owns which records
//! these are.

use super::super::loc::{Entries, Id};
use super::super::raw::{self, Text};
use crate::day::Day;

/// A debrief looks back: critics may speak of so many days more. Designer's judgement.
const LOOKS_BACK: i32 = 366;

/// Names of a table and of a record of it that come too late for the game.
pub type Late<'a> = (&'static str, &'a str);

/// What a scenario of this calendar does without.
pub fn late<'a>(core: &'a [(usize, &'a raw::Core)], scenario: &raw::Scenario) -> Vec<Late<'a>> {
    let Some(end) = last_day(&scenario.calendar) else { return Vec::new() };
    let days = Published { core, scenario };
    let removes = |list: &Entries<Vec<Id>>, id: &Id| {
        list.get("aims").is_some_and(|ids| ids.iter().any(|other| other.text == id.text))
    };
    let is_removed =
        |id: &Id| removes(&scenario.remove, id) || core.iter().any(|(_, c)| removes(&c.remove, id));
    let back = end.plus(LOOKS_BACK);
    let mut late: Vec<Late<'a>> = Vec::new();
    // Aims that stay: of a single one everybody would know that it is pursued.
    let (mut stay, mut gone) = (Vec::new(), false);
    for (_, layer) in core {
        for (id, r) in &layer.responses {
            if !r.texts.is_empty() && r.texts.iter().all(|t| days.is_later(t, end)) {
                late.push(("responses", id.as_str()));
            }
        }
        for (id, aim) in &layer.aims {
            if is_removed(id) {
                continue;
            }
            let mut is_late = false;
            for (_, s) in &aim.steps {
                is_late |= days.is_later(&s.sign, end);
                is_late |= s.act.as_ref().is_some_and(|act| days.is_later(act, end));
            }
            gone |= is_late;
            if is_late {
                late.push(("aims", id.as_str()));
            } else {
                stay.push(id.as_str());
            }
        }
        for (id, c) in &layer.critics {
            if !c.sources.is_empty() && c.sources.iter().all(|s| days.of(s.as_str()) > Some(back)) {
                late.push(("critics", id.as_str()));
            }
        }
    }
    if let ([only], true, true) = (stay.as_slice(), gone, scenario.rules.aims.is_empty()) {
        late.push(("aims", *only));
    }
    late
}

/// The day on which sources were out.
struct Published<'a> {
    core: &'a [(usize, &'a raw::Core)],
    scenario: &'a raw::Scenario,
}

impl Published<'_> {
    /// None of what always was out, or is not there.
    fn of(&self, id: &str) -> Option<Day> {
        let own = self.scenario.rules.sources.get(id);
        let below = || self.core.iter().rev().find_map(|(_, c)| c.sources.get(id));
        first_out(own.or_else(below)?)
    }

    fn is_later(&self, text: &Text, end: Day) -> bool {
        is_later(text, end, &|id| self.of(id))
    }
}

/// The day on which the first part of a source was out; none if some part has no date.
pub fn first_out(source: &raw::Source) -> Option<Day> {
    let whole = source.parts.is_empty().then_some(source.date.as_ref());
    let parts = source.parts.iter().map(|p| p.date.as_ref());
    parts.chain(whole).map(|d| d.map(|d| d.day)).min().flatten()
}

/// Whether a text follows a source that was out later; `of` tells when one was.
pub fn is_later(text: &Text, end: Day, of: &dyn Fn(&str) -> Option<Day>) -> bool {
    match text {
        Text::Record(r) => of(r.source.as_str()) > Some(end),
        Text::Simulated(s) => s.follows.as_ref().is_some_and(|id| of(id.as_str()) > Some(end)),
        Text::First(list) => list.iter().all(|t| is_later(t, end, of)),
    }
}

/// The day on which the game is over, as its calendar is written.
fn last_day(c: &raw::Calendar) -> Option<Day> {
    if let Some(ends) = &c.ends {
        return Some(ends.day);
    }
    if let [.., before, last] = c.dates.as_slice() {
        return Some(last.day.plus(last.day.0.saturating_sub(before.day.0)));
    }
    let (opens, every, turns) = (c.opens.as_ref()?, c.every.as_ref()?, c.turns.as_ref()?);
    let days = u32::from(every.span.most).checked_mul(turns.n)?;
    Some(opens.day.plus(i32::try_from(days).ok()?))
}
