//! Laws over the whole: how many of each there may be, names of luck, rings of events, things
//! nothing ever reaches. Everything here reads finished tables; nothing here changes them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::loc::{At, Id};
use super::super::model::limits;
use super::super::problem::did_you_mean;
use super::super::raw::{self, Effect, From};
use super::finding::{Code, Finding, Place};
use super::merge::{Row, Table};
use super::names::Cx;
use crate::luck::Site;
use crate::order::Gather;

/// The version of the core this program carries; 0 is a scenario that brings its whole rulebook.
pub const CORE: u32 = 1;

pub fn check(cx: &Cx) {
    sites(cx);
    rings(cx);
    // What could not be read may have been what used it.
    if !cx.is_poisoned() {
        unused(cx);
    }
}

/// A scenario for another core: then nothing else about it can be said.
pub fn other_core(scenario: &raw::Scenario, file: usize) -> Option<Finding> {
    let wanted = scenario.core;
    let (message, hint) = match wanted.n {
        0 | CORE => return None,
        n if n > CORE => (
            format!("this scenario needs core {n}; this program has core {CORE}"),
            "get a newer version of the program",
        ),
        n => (
            format!("this scenario was written for core {n}; this program has core {CORE}"),
            "set `core` to the newer one and mend what `check` then reports",
        ),
    };
    Some(Finding {
        file,
        at: wanted.at,
        row: scenario.id.at,
        code: Code::CoreVersion,
        message,
        hint: hint.to_owned(),
        near: None,
    })
}

/// The word for a scenario in which nobody answers.
pub const NOBODY: &str = "none";

/// A theatre that is not named, or not there: without it every name of its records would dangle.
pub fn other_theatre(scenario: &raw::Scenario, file: usize, theatres: &[&str]) -> Option<Finding> {
    let known = || {
        let named = theatres.iter().map(|t| format!("`{t}`")).collect::<Vec<_>>();
        format!("{} or `{NOBODY}`", named.join(", "))
    };
    let (code, at, message, hint) = match (&scenario.theatre, scenario.core.n) {
        (None, 0) => return None,
        (Some(named), n) if n > 0 && (theatres.contains(&named.as_str()) || *named == *NOBODY) => {
            return None;
        }
        (Some(named), 0) => (
            Code::Contradiction,
            named.at,
            "a scenario with `core: 0` brings its whole rulebook and has no theatre".to_owned(),
            "take `theatre` away".to_owned(),
        ),
        (Some(named), _) => (
            Code::UnknownId,
            named.at,
            format!("there is no theatre `{named}`"),
            match did_you_mean(&named.text, theatres.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "theatres are {}; with `none` you write the other side yourself (`interagency help \
                     authoring country`)",
                    known()
                ),
            },
        ),
        (None, _) => (
            Code::NoTheatre,
            scenario.core.at,
            "the scenario does not say who the other side is".to_owned(),
            format!("write `theatre: \"NAME\",` after `core`; it is {}", known()),
        ),
    };
    Some(Finding { file, at, row: scenario.id.at, code, message, hint, near: None })
}

/// Ids within a byte, and the engine's own bounds. False where something would have a position that
/// no byte holds.
pub fn counts(cx: &Cx) -> bool {
    fn over<T>(cx: &Cx, table: Table, rows: &[Row<T>], limit: usize) {
        if let Some(row) = rows.get(limit) {
            cx.enter(row);
            cx.report_row(
                Code::TooMany,
                format!(
                    "{} is {} number {}; at most {limit} fit",
                    row.id,
                    table.article(),
                    limit.saturating_add(1)
                ),
                "remove some",
            );
        }
    }
    const BYTE: usize = 255;
    let m = cx.m;
    over(cx, Table::Indicator, &m.indicators, limits::INDICATORS);
    over(cx, Table::Flow, &m.flows, limits::FLOWS);
    over(cx, Table::Assumption, &m.assumptions, BYTE);
    over(cx, Table::World, &m.worlds, limits::WORLDS);
    over(cx, Table::Lens, &m.lenses, limits::LENSES);
    over(cx, Table::Profile, &m.profiles, BYTE);
    over(cx, Table::Agency, &m.agencies, limits::AGENCIES);
    over(cx, Table::Term, &m.terms, limits::TERMS);
    over(cx, Table::Venue, &m.venues, limits::VENUES);
    over(cx, Table::Instrument, &m.instruments, limits::INSTRUMENTS);
    over(cx, Table::Task, &m.tasks, limits::TASKS);
    over(cx, Table::Ask, &m.asks, limits::ASKS);
    over(cx, Table::Promise, &m.promises, limits::PROMISES);
    over(cx, Table::Reform, &m.reforms, limits::REFORMS);
    over(cx, Table::Response, &m.responses, limits::RESPONSES);
    over(cx, Table::Tell, &m.tells, limits::TELLS);
    over(cx, Table::Aim, &m.aims, limits::AIMS);
    over(cx, Table::Codex, &m.codex, BYTE);
    over(cx, Table::Critic, &m.critics, BYTE);
    over(cx, Table::Source, &m.sources, BYTE);
    over(cx, Table::Window, &m.windows, limits::WINDOWS);
    over(cx, Table::Principal, &m.principals, BYTE);
    over(cx, Table::Campaign, &m.campaigns, limits::CAMPAIGNS);
    over(cx, Table::Target, &m.targets, limits::TARGETS);
    over(cx, Table::File, &m.live_files, limits::FILES);
    over(cx, Table::Event, &m.events, limits::EVENTS);
    over(cx, Table::Proposition, &m.propositions, limits::PROPOSITIONS);
    over(cx, Table::Ending, &m.endings, limits::ENDINGS);
    over(cx, Table::Experiment, &m.experiments, BYTE);
    // Each is a game that `check` plays.
    over(cx, Table::Test, &m.tests, BYTE);
    for row in &m.terms {
        cx.enter(row);
        within(cx, row.raw.values.len(), limits::TERM_VALUES, "values");
    }
    for row in &m.instruments {
        cx.enter(row);
        within(cx, row.raw.terms.len(), limits::SLOTS, "terms");
        within(cx, row.raw.stages.len(), 8, "stages");
        let building = row.raw.building.as_ref().map_or(0, |b| b.stages.len());
        within(cx, building, 8, "stages of building");
    }
    for row in &m.endings {
        cx.enter(row);
        within(cx, row.raw.lines.len(), limits::ENDING_LINES, "lines of an ending");
    }
    for row in &m.aims {
        cx.enter(row);
        within(cx, row.raw.steps.len(), limits::AIM_STEPS, "steps");
    }
    for row in &m.tests {
        cx.enter(row);
        within(cx, row.raw.orders.len(), 64 * limits::TURNS, "orders");
    }
    cx.enter_scenario();
    within(cx, m.scenario.flags.len(), limits::FLAGS, "flags");
    let evidence = m.campaigns.iter().map(|c| c.raw.evidence.len()).sum();
    within(cx, evidence, limits::EVIDENCE, "items of evidence");
    let mut seen = BTreeSet::new();
    for flag in &m.scenario.flags {
        if !seen.insert(flag.as_str()) {
            cx.report(
                Code::DuplicateId,
                flag.at,
                format!("the flag `{flag}` is declared twice"),
                "",
            );
        }
    }
    m.ids.values().map(BTreeMap::len).chain([evidence]).all(|n| n <= 256)
}

fn within(cx: &Cx, count: usize, limit: usize, what: &str) {
    if count > limit {
        cx.report_row(Code::TooMany, format!("{count} {what}; at most {limit} fit"), "");
    }
}

/// Every place luck is asked for must have a name of its own.
fn sites(cx: &Cx) {
    let mut seen: BTreeMap<Site, (String, Place)> = BTreeMap::new();
    let mut add = |file: usize, id: &Id, kind: &str, name: &str| {
        let full = format!("{kind}/{name}");
        let place = Place { file, at: id.at };
        match seen.get(&Site::of(kind, name)) {
            Some((other, first)) if *other != full => {
                Some((format!("`{full}` and `{other}` draw the same luck"), *first))
            }
            _ => {
                seen.insert(Site::of(kind, name), (full, place));
                None
            }
        }
    };
    let mut clashes: Vec<(usize, At, String, Place)> = Vec::new();
    let mut table = |rows: Vec<(usize, &Id)>, kinds: &[&str]| {
        for (file, id) in rows {
            for kind in kinds {
                if let Some((message, first)) = add(file, id, kind, id.as_str()) {
                    clashes.push((file, id.at, message, first));
                }
            }
        }
    };
    let m = cx.m;
    table(ids(&m.indicators), &["noise", "sight"]);
    table(ids(&m.agencies), &["agency"]);
    table(ids(&m.instruments), &["clear", "stage", "build"]);
    table(ids(&m.tasks), &["task"]);
    table(ids(&m.asks), &["ask"]);
    table(ids(&m.reforms), &["reform"]);
    table(ids(&m.traits), &["trait"]);
    table(ids(&m.responses), &["response"]);
    table(ids(&m.tells), &["tell"]);
    table(ids(&m.campaigns), &["shift"]);
    table(ids(&m.events), &["event", "choice"]);
    for row in &m.campaigns {
        let inner = |kind: &'static str, entries: Vec<&'_ Id>| {
            entries.into_iter().map(move |id| (kind, id.clone())).collect::<Vec<_>>()
        };
        let mut all = inner("truth", row.raw.truth.iter().map(|(id, _)| id).collect());
        all.extend(inner("evidence", row.raw.evidence.iter().map(|(id, _)| id).collect()));
        for (kind, id) in all {
            if let Some((message, first)) = add(row.file, &id, kind, &format!("{}.{id}", row.id)) {
                clashes.push((row.file, id.at, message, first));
            }
        }
    }
    for row in &m.aims {
        for (id, _) in &row.raw.steps {
            if let Some((message, first)) = add(row.file, id, "aim", &format!("{}.{id}", row.id)) {
                clashes.push((row.file, id.at, message, first));
            }
        }
    }
    for (file, at, message, first) in clashes {
        let id = Id { text: String::new().into(), at };
        cx.enter(&Row { file, id: &id, raw: &() });
        cx.report_near(Code::LuckCollision, at, message, "rename one of the two", first);
    }
}

/// Ids of a table, with the file each stands in.
fn ids<'a, T>(rows: &[Row<'a, T>]) -> Vec<(usize, &'a Id)> {
    rows.iter().map(|row| (row.file, row.id)).collect()
}

/// Events that set each other off for ever.
fn rings(cx: &Cx) {
    let edges: Vec<Vec<usize>> = cx.m.events.iter().map(|row| chained_from(cx, row.raw)).collect();
    let mut reported = BTreeSet::new();
    for start in 0..edges.len() {
        // Breadth first: the shortest way from `start` back to itself.
        let mut came: BTreeMap<usize, usize> = BTreeMap::new();
        let mut open = std::collections::VecDeque::from([start]);
        while let Some(at) = open.pop_front() {
            for next in edges.get(at).into_iter().flatten() {
                if !came.contains_key(next) {
                    came.insert(*next, at);
                    open.push_back(*next);
                }
            }
        }
        if !came.contains_key(&start) || reported.contains(&start) {
            continue;
        }
        let mut ring = vec![start];
        let mut at = start;
        while let Some(before) = came.get(&at).filter(|b| **b != start) {
            ring.push(*before);
            at = *before;
        }
        reported.extend(ring.iter().copied());
        ring.reverse();
        let names: Vec<String> = ring
            .iter()
            .filter_map(|i| cx.m.events.get(*i))
            .map(|row| format!("`{}`", row.id))
            .collect();
        if let Some(row) = cx.m.events.get(start) {
            cx.enter(row);
            let once =
                if row.raw.rests.is_none() { "; each happens once, so it stops" } else { "" };
            cx.report_row(
                Code::Cycle,
                format!("events set each other off in a ring: {}{once}", names.join(", ")),
                "break the ring unless you mean it",
            );
        }
    }
}

fn chained_from(cx: &Cx, raw: &raw::Event) -> Vec<usize> {
    let all = raw.also.iter().chain(raw.choices.iter().flat_map(|(_, c)| c.also.iter()));
    all.filter_map(|a| match a {
        Effect::Chain(id, _) => {
            cx.m.ids.get(&Table::Event).and_then(|ids| ids.get(id.as_str())).map(|(i, _)| *i)
        }
        _ => None,
    })
    .collect()
}

/// Every effect written anywhere.
pub fn all_effects<'a>(cx: &Cx<'a>) -> Vec<&'a Effect> {
    let m = cx.m;
    let mut all: Vec<&'a Effect> = Vec::new();
    all.extend(m.instruments.iter().flat_map(|r| &r.raw.also_on_launch));
    all.extend(m.tasks.iter().flat_map(|r| &r.raw.also));
    all.extend(m.asks.iter().flat_map(|r| &r.raw.also));
    all.extend(m.reforms.iter().flat_map(|r| &r.raw.also));
    all.extend(m.responses.iter().flat_map(|r| &r.raw.also));
    all.extend(m.aims.iter().flat_map(|r| r.raw.steps.iter().flat_map(|(_, s)| &s.also)));
    all.extend(
        m.events
            .iter()
            .flat_map(|r| r.raw.also.iter().chain(r.raw.choices.iter().flat_map(|(_, c)| &c.also))),
    );
    all
}

/// Things declared that nothing in the file ever reaches.
fn unused(cx: &Cx) {
    let effects = all_effects(cx);
    let set: BTreeSet<&str> = effects
        .iter()
        .filter_map(|a| if let Effect::SetFlag(id) = a { Some(id.as_str()) } else { None })
        .gather();
    let chained: BTreeSet<&str> = effects
        .iter()
        .filter_map(|a| if let Effect::Chain(id, _) = a { Some(id.as_str()) } else { None })
        .chain(cx.m.asks.iter().filter_map(|r| r.raw.leaks.as_ref().map(|l| l.event.as_str())))
        .gather();
    let opened: BTreeSet<&str> = effects
        .iter()
        .filter_map(|a| if let Effect::OpenFile(id) = a { Some(id.as_str()) } else { None })
        .gather();
    let brought: BTreeSet<(&str, &str)> = effects
        .iter()
        .filter_map(|a| {
            if let Effect::Evidence(c, e) = a { Some((c.as_str(), e.as_str())) } else { None }
        })
        .gather();
    let told: BTreeSet<&str> = effects
        .iter()
        .filter_map(|a| if let Effect::Tell(id) = a { Some(id.as_str()) } else { None })
        .gather();
    cx.enter_scenario();
    // More than fit have been reported as that.
    for (i, flag) in cx.m.scenario.flags.iter().enumerate().take(limits::FLAGS) {
        if cx.uses(Table::Flag, i) == 0 {
            cx.report(
                Code::NotUsed,
                flag.at,
                format!("nothing sets or reads the flag `{flag}`"),
                "take it off `flags`",
            );
        } else if !set.contains(flag.as_str()) {
            cx.report(
                Code::NeverHappens,
                flag.at,
                format!("nothing ever sets the flag `{flag}`"),
                "let an event or a choice do `SetFlag`",
            );
        }
    }
    for row in &cx.m.events {
        cx.enter(row);
        if row.raw.chained && !chained.contains(row.id.as_str()) {
            cx.report_row(
                Code::NeverHappens,
                format!("the event `{}` is `chained` and nothing sets it off", row.id),
                "let a record do `Chain`, or leave `chained` out",
            );
        }
    }
    for row in &cx.m.live_files {
        cx.enter(row);
        if row.raw.closed && !opened.contains(row.id.as_str()) {
            cx.report_row(
                Code::NeverHappens,
                format!("the file `{}` is `closed` and nothing opens it", row.id),
                "let a record do `OpenFile`, or leave `closed` out",
            );
        }
    }
    for row in &cx.m.tells {
        cx.enter(row);
        if matches!(row.raw.from, From::Brought) && !told.contains(row.id.as_str()) {
            cx.report_row(
                Code::NeverHappens,
                format!("nothing brings the tell `{}` in", row.id),
                "let a record do `Tell`, or give it another `from`",
            );
        }
    }
    for row in &cx.m.campaigns {
        cx.enter(row);
        for (id, item) in &row.raw.evidence {
            if matches!(item.from, From::Brought)
                && !brought.contains(&(row.id.as_str(), id.as_str()))
            {
                cx.report(
                    Code::NeverHappens,
                    id.at,
                    format!("nothing brings the evidence `{id}` in"),
                    "let a record do `Evidence`, or give it another `from`",
                );
            }
        }
    }
    for row in &cx.m.instruments {
        cx.enter(row);
        let aimed = cx.m.targets.iter().any(|t| row.raw.targets.contains(&t.raw.kind));
        if row.raw.yours && !aimed && row.file == cx.m.file {
            cx.report_row(
                Code::NeverHappens,
                format!("the scenario has no target that `{}` can be aimed at", row.id),
                "",
            );
        }
    }
    unused_assumptions(cx);
}

fn unused_assumptions(cx: &Cx) {
    for (i, row) in cx.m.assumptions.iter().enumerate() {
        let named =
            cx.m.worlds.iter().filter(|w| w.raw.sets.get(row.id.as_str()).is_some()).count();
        let believed =
            cx.m.agencies.iter().filter(|a| a.raw.believes.get(row.id.as_str()).is_some()).count();
        let uses = usize::try_from(cx.uses(Table::Assumption, i)).unwrap_or(usize::MAX);
        if uses <= named.saturating_add(believed) {
            cx.enter(row);
            cx.report_row(
                Code::NotUsed,
                format!("no amount uses the assumption `{}`", row.id),
                format!("write \"@{}\" where it acts, or take it out", row.id),
            );
        }
    }
}
