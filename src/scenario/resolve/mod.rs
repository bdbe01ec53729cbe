//! From files as written to rules that cannot dangle, all mistakes at once.
//!
//! `resolve` below is the table of contents: every table of the model is filled by one line of it,
//! in an order that matters only where it says so. Refuses to own reading files and printing
//! findings.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod aims;
mod amounts;
mod assumptions;
pub mod calendar;
mod campaigns;
mod cells;
mod conditions;
mod counterpart;
mod days;
pub mod finding;
mod hash;
mod instruments;
mod later;
mod laws;
mod lesson;
mod meaning;
mod merge;
mod names;
mod people;
mod plan;
mod rulebook;
mod scripts;
mod sense;
mod story;
#[cfg(test)]
mod tests;
mod versions;
mod waits;
mod words;

pub use finding::{COMMAND_LINE, Finding, Place};
pub use laws::{CORE, NOBODY};
pub use rulebook::{FUNDED, POINTS, POINTS_A_LENS, ROLES};

use std::ops::Range;

use super::model::{Rules, Slot, limits};
use super::plan::Plan;
use super::raw;
use super::syntax::Poisoned;
use crate::num::Milli;
use merge::Merged;
use names::Cx;

/// What is to be made into rules. Positions of files in findings are those of `core`, then the
/// scenario.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The core's files in order. A scenario with `core: 0` brings its whole rulebook and reads
    /// none.
    pub core: &'a [&'a raw::Core],
    /// Where in `core` each theatre's files begin: its records lie over those before.
    pub lays: &'a [usize],
    /// The theatres there are.
    pub theatres: &'a [&'a str],
    /// What the scenario's records took over from below, in bytes of its text.
    pub taken_over: &'a [Range<usize>],
    pub scenario: &'a raw::Scenario,
    /// Assumptions set from the command line, in thousandths.
    pub assume: &'a [(String, Milli)],
    /// Records that could not be read: naming one is no further mistake.
    pub poisoned: &'a Poisoned,
    /// Whether what only an author wants to know is looked for too: every text, and what waits for
    /// what. It is all warnings.
    pub advise: bool,
}

/// The rules, unless a finding is an error; and all findings, warnings included.
#[derive(Debug)]
pub struct Resolved {
    pub rules: Option<Rules>,
    pub findings: Vec<Finding>,
}

pub fn resolve(input: Input) -> Resolved {
    let other = laws::other_core(input.scenario, input.core.len())
        .or_else(|| laws::other_theatre(input.scenario, input.core.len(), input.theatres));
    if let Some(finding) = other {
        return Resolved { rules: None, findings: vec![finding] };
    }
    let mut findings = Vec::new();
    let numbered: Vec<(usize, &raw::Core)> = if input.scenario.core.n == 0 {
        Vec::new()
    } else {
        input.core.iter().copied().enumerate().collect()
    };
    let merged =
        Merged::new(&numbered, input.lays, input.scenario, input.core.len(), &mut findings);
    let mut cx = Cx::new(&merged, input.poisoned, input.taken_over, findings);

    if !laws::counts(&cx) {
        return Resolved { rules: None, findings: cx.finish() };
    }
    // First what other tables are scaled by: time, then contested numbers by world.
    (cx.turns, cx.after) = calendar::turns(&cx);
    cx.world_weights = assumptions::world_weights(&cx);
    let (assumed, overrides) = assumptions::assumed(&cx, input.assume);
    cx.assumed = assumed;
    cx.add(overrides);

    let rules = fill(&cx);
    laws::check(&cx);
    days::check(&cx);
    // What could not be read may have been what gives the rest its meaning.
    if !cx.failed() && !cx.is_poisoned() {
        meaning::check(&cx, &rules);
        if input.advise {
            waits::check(&cx, &rules);
            sense::check(&cx, &rules);
        }
    }
    let rules = if cx.failed() { None } else { Some(Rules { plan: plan::plan(&rules), ..rules }) };
    let findings = cx.finish();
    debug_assert!(rules.is_some() || findings.iter().any(Finding::is_error));
    Resolved { rules, findings }
}

/// Every table of the model.
fn fill(cx: &Cx) -> Rules {
    let mut turns = cx.turns.clone();
    let windows = calendar::windows(cx, &mut turns);
    let principals = calendar::principals(cx);
    let agencies = people::agencies(cx);
    let instruments = instruments::instruments(cx);
    let slots: Vec<Vec<Slot>> = slots_by_row(cx, &instruments);
    let targets = campaigns::targets(cx);
    let (questions, gate_tests) = instruments::gates(cx, &targets);
    if questions.len() > limits::QUESTIONS {
        cx.enter_scenario();
        cx.report_row(
            finding::Code::TooMany,
            format!(
                "gates ask {} different questions; at most {} fit",
                questions.len(),
                limits::QUESTIONS
            ),
            "let targets share roles",
        );
    }
    let world_cells = counterpart::world_cells(cx);
    let aim_cells = aims::cells(cx);
    let (profiles, default_profile) = rulebook::profiles(cx);
    let s = cx.m.scenario;
    cx.enter_scenario();
    let mut rules = Rules {
        id: s.id.text.to_string(),
        core: s.core.n,
        title: cx.words(&s.title, words::NAME, "the title"),
        summary: cx.words(&s.summary, words::LINE, "the summary"),
        minutes: cx.count(&s.minutes, 1, 600, "the minutes of play"),
        difficulty: s.difficulty,
        authors: cx.word_list(&s.authors, words::NAME, "an author"),
        licence: cx.words_or_none(&s.licence, words::NAME, "the licence"),
        briefing: cx.text(&s.briefing, 300, "the briefing").unwrap_or_else(Cx::no_text),
        hash: 0,
        principal_at: calendar::principal_at(&turns, &principals, agencies.len()),
        turns,
        after: cx.after,
        roles: rulebook::roles(cx),
        tuning: rulebook::tuning(cx),
        scale: rulebook::scale(cx),
        texts: rulebook::texts(cx),
        indicators: rulebook::indicators(cx),
        flows: rulebook::flows(cx),
        assumptions: assumptions::assumptions(cx),
        worlds: assumptions::worlds(cx),
        lenses: rulebook::lenses(cx),
        profiles,
        default_profile,
        agencies,
        terms: instruments::terms(cx),
        venues: instruments::venues(cx),
        instruments,
        tasks: people::tasks(cx),
        asks: people::asks(cx),
        promises: people::promises(cx),
        reforms: people::reforms(cx),
        traits: counterpart::traits(cx),
        trait_cells: counterpart::trait_cells(cx),
        world_prior: counterpart::world_prior(cx, &world_cells),
        responses: counterpart::responses(cx, &world_cells),
        tells: counterpart::tells(cx, &world_cells),
        aims: aims::aims(cx, &aim_cells),
        aim_prior: aims::prior(cx, &aim_cells),
        aim_cells,
        codex: story::codex(cx),
        critics: story::critics(cx),
        sources: story::sources(cx),
        flags: s.flags.iter().map(|id| id.text.to_string()).collect(),
        windows,
        principals,
        campaigns: campaigns::campaigns(cx),
        evidence: campaigns::evidence(cx),
        targets,
        questions,
        gate_tests,
        files: story::files(cx, &slots),
        events: story::events(cx),
        propositions: story::propositions(cx),
        endings: story::endings(cx),
        silent_until: counterpart::silent_until(cx),
        history: scripts::history(cx, &slots),
        history_line: scripts::history_line(cx),
        experiments: scripts::experiments(cx, &slots),
        tests: scripts::tests(cx, &slots),
        teaching: story::teaching(cx),
        accepted: story::accepted(cx),
        desk: story::desk(cx),
        lesson: lesson::lesson(cx, &slots),
        plan: Plan::default(),
    };
    cx.enter_scenario();
    for (id, _) in &s.starts {
        cx.indicator(id);
    }
    rules.hash = hash::of(&rules);
    rules
}

/// Slots by position in the merged table, also where an instrument could not be resolved.
fn slots_by_row(cx: &Cx, instruments: &[super::model::Instrument]) -> Vec<Vec<Slot>> {
    let slots = |id: &str| {
        instruments.iter().find(|i| i.id == id).map(|i| {
            i.slots.iter().map(|s| Slot { term: s.term, values: s.values.clone() }).collect()
        })
    };
    cx.m.instruments.iter().map(|row| slots(row.id.as_str()).unwrap_or_default()).collect()
}
