//! What a theatre says after sources that the game ends before.
//!
//! A theatre is written for a stretch of years. An answer, an aim or a critic that follows a source
//! of a later year would bring that year into a case of an earlier one, so it is left out there, as
//! if the scenario had removed it; one that the scenario lays over it stays. Owns which records
//! these are.

use super::super::loc::Id;
use super::super::raw::{self, Text};

use crate::day::Day;

/// A debrief looks back: critics may speak of so many days more. Designer's judgement.
const LOOKS_BACK: i32 = 366;

/// Names of a table and of a record of it that come too late for the game.
pub type Late<'a> = (&'static str, &'a str);

pub fn late<'a>(core: &'a [(usize, &'a raw::Core)], scenario: &raw::Scenario) -> Vec<Late<'a>> {
    let Some(end) = last_day(&scenario.calendar) else { return Vec::new() };
    let days = Published { core, scenario };
    let mut late: Vec<Late<'a>> = Vec::new();
    for (id, r) in core.iter().flat_map(|(_, c)| &c.responses) {
        if !r.texts.is_empty() && r.texts.iter().all(|t| days.is_later(t, end)) {
            late.push(("responses", id.as_str()));
        }
    }
    let is_late = |aim: &raw::Aim| {
        let mut texts =
            aim.steps.iter().flat_map(|(_, s)| s.act.iter().chain(std::iter::once(&s.sign)));
        texts.any(|t| days.is_later(t, end))
    };
    let lists = core.iter().map(|(_, c)| &c.remove).chain([&scenario.remove]);
    let removed: Vec<&str> = lists
        .flatten()
        .filter(|(table, _)| table.text == *"aims")
        .flat_map(|(_, ids)| ids.iter().map(Id::as_str))
        .collect();
    let (gone, stay): (Vec<_>, Vec<_>) = core
        .iter()
        .flat_map(|(_, c)| &c.aims)
        .filter(|(id, _)| !removed.contains(&id.as_str()))
        .partition(|(_, aim)| is_late(aim));
    late.extend(gone.iter().map(|(id, _)| ("aims", id.as_str())));
    // Of a single one everybody would know that it is pursued.
    if let ([(id, _)], true, true) =
        (stay.as_slice(), !gone.is_empty(), scenario.rules.aims.is_empty())
    {
        late.push(("aims", id.as_str()));
    }
    let back = end.plus(LOOKS_BACK);
    for (id, c) in core.iter().flat_map(|(_, c)| &c.critics) {
        if !c.sources.is_empty() && c.sources.iter().all(|s| days.of(s.as_str()) > Some(back)) {
            late.push(("critics", id.as_str()));
        }
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
