//! Orders written in advance: history, experiments and tests. Checks that every order names things
//! that are there; whether it is legal on its day is the engine's to say.

use super::super::loc::{Date, Entries, Id};
use super::super::model::{Experiment, IndicatorIx, InstrumentIx, Slot, Step, Test};
use super::super::named::{Named, Proposal};
use super::super::raw;
use super::conditions::Reader;
use super::finding::Code;
use super::names::Cx;
use super::{rulebook, story, words};
use crate::num::Milli;
use crate::order::Arrange;

pub fn history(cx: &Cx, slots: &[Vec<Slot>]) -> Vec<Step> {
    cx.enter_scenario();
    steps(cx, &cx.m.scenario.history, slots)
}

fn steps(cx: &Cx, raw: &[raw::Step], slots: &[Vec<Slot>]) -> Vec<Step> {
    raw.iter().filter_map(|s| step(cx, s, slots)).collect()
}

fn step(cx: &Cx, raw: &raw::Step, slots: &[Vec<Slot>]) -> Option<Step> {
    order(cx, &raw.order, slots);
    let source = raw.source.as_ref().and_then(|id| cx.source(id));
    let note = cx.words_or_none(&raw.note, words::LINE, "the note");
    if cx.turns.first().is_some_and(|t| raw.on.day < t.opens) {
        cx.report(
            Code::OutsideCalendar,
            raw.on.at,
            "this day lies before the calendar; the order would act in the first turn",
            "give it the opening day",
        );
    }
    Some(Step {
        on: raw.on.day,
        turn: turn_within(cx, &raw.on, "this order would act")?,
        source,
        note,
        order: raw.order.clone(),
    })
}

/// The turn that contains the day; a finding if the game is over by then.
fn turn_within(cx: &Cx, date: &Date, what: &str) -> Option<u8> {
    let turn = cx.turn_of(date.day);
    if turn.is_none() && !cx.turns.is_empty() {
        cx.report(
            Code::Calendar,
            date.at,
            format!("{what} on {}, after the game ends", date.day),
            format!(
                "the last day of the calendar is {}",
                cx.played().last().map_or(date.day, |t| t.ends.plus(-1))
            ),
        );
    }
    turn
}

pub fn order(cx: &Cx, order: &Named, slots: &[Vec<Slot>]) {
    match order {
        Named::Guide(points) | Named::Amend(points) => {
            if let Some((first, _)) = points.iter().next() {
                rulebook::guidance(cx, points, first);
            }
        }
        Named::Propose(p) | Named::Forecast(p) => proposal(cx, p, slots),
        Named::Withdraw { instrument, target } => {
            cx.instrument(instrument);
            cx.target(target);
        }
        Named::Task { task, on } => {
            let aimed =
                cx.task(task).and_then(|t| cx.m.tasks.get(t.i())).map(|row| row.raw.on_campaign);
            match (on, aimed) {
                (Some(on), Some(false)) => cx.report(
                    Code::Contradiction,
                    on.at,
                    format!("the task `{task}` is not aimed at a campaign"),
                    "leave `on` out",
                ),
                (None, Some(true)) => cx.report(
                    Code::MissingField,
                    task.at,
                    format!("the task `{task}` is aimed at a campaign"),
                    "say which with `on`",
                ),
                _ => {}
            }
            if let Some(on) = on {
                cx.campaign(on);
            }
        }
        Named::Ask(id) => {
            cx.ask(id);
        }
        Named::Promise { promise, to } => {
            let row = cx.promise(promise).and_then(|p| cx.m.promises.get(p.i()));
            cx.agency(to);
            if let Some(row) = row
                && !row.raw.to.contains(to)
            {
                cx.report(
                    Code::Contradiction,
                    to.at,
                    format!("the promise `{promise}` is not made to `{to}`"),
                    "",
                );
            }
        }
        Named::Answer { event, choice } => {
            if let Some(row) = cx.event(event).and_then(|e| cx.m.events.get(e.i())) {
                cx.pick(row.raw.choices.keys(), choice, &format!("a choice of event `{event}`"));
            }
        }
        Named::Reform(id) => {
            cx.reform(id);
        }
        Named::Confidence { proposition, percent } => {
            cx.proposition(proposition);
            cx.share(percent, "the confidence");
        }
        Named::Build { instrument, target } => {
            let ix = cx.instrument(instrument);
            aimed(cx, ix.map(InstrumentIx::i), instrument, target);
            let row = ix.and_then(|i| cx.m.instruments.get(i.i()));
            if row.is_some_and(|row| row.raw.building.is_none()) {
                cx.report(
                    Code::Contradiction,
                    instrument.at,
                    format!("`{instrument}` needs no file, so there is nothing to build"),
                    "propose it at once",
                );
            }
        }
        Named::End => {}
    }
}

fn proposal(cx: &Cx, p: &Proposal, slots: &[Vec<Slot>]) {
    let instrument = cx.instrument(&p.instrument);
    aimed(cx, instrument.map(InstrumentIx::i), &p.instrument, &p.target);
    cx.venue(&p.venue);
    cx.words_or_none(&p.because, words::LINE, "the reason");
    let Some(instrument) = instrument else { return };
    story::draft(
        cx,
        instrument.i(),
        &p.terms,
        slots.get(instrument.i()).map_or(&[], Vec::as_slice),
    );
}

/// An instrument the player has, at a target it can be aimed at.
fn aimed(cx: &Cx, instrument: Option<usize>, name: &Id, at: &Id) {
    let (Some(i), Some(t)) = (
        instrument.and_then(|i| cx.m.instruments.get(i)),
        cx.target(at).and_then(|t| cx.m.targets.get(t.i())),
    ) else {
        return;
    };
    if !i.raw.targets.contains(&t.raw.kind) {
        cx.report(
            Code::Contradiction,
            at.at,
            format!("`{}` cannot be aimed at {:?}, which `{}` is", i.id, t.raw.kind, t.id),
            "",
        );
    }
    if !i.raw.yours {
        cx.report(
            Code::Contradiction,
            name.at,
            format!("`{}` is not the player's to propose", i.id),
            "only its asks are",
        );
    }
}

/// The record's own course by indicator: turns are written "t1", "t2" and so on.
pub fn history_line(cx: &Cx) -> Vec<(IndicatorIx, Vec<(u8, Milli)>)> {
    cx.enter_scenario();
    let mut all = Vec::new();
    for (id, line) in &cx.m.scenario.history_line {
        let points = points(cx, line);
        if let Some(ix) = cx.indicator(id) {
            let row = cx.indicator_row(ix);
            for (_, d) in line {
                if row.is_some_and(|r| d.milli < r.least.milli || d.milli > r.most.milli) {
                    cx.report(
                        Code::OutOfRange,
                        d.at,
                        format!("`{id}` does not reach {}", super::amounts::show(d.milli)),
                        "",
                    );
                }
            }
            all.push((ix, points));
        }
    }
    all
}

fn points(cx: &Cx, line: &Entries<super::super::loc::Decimal>) -> Vec<(u8, Milli)> {
    let turns = cx.played().len();
    let mut all = Vec::new();
    for (key, value) in line {
        let turn = key
            .text
            .strip_prefix('t')
            .and_then(|n| n.parse::<usize>().ok())
            .filter(|n| (1..=turns).contains(n))
            .and_then(|n| u8::try_from(n.saturating_sub(1)).ok());
        match turn {
            Some(turn) => all.push((turn, value.milli)),
            None if turns == 0 => {}
            None => cx.report(
                Code::UnknownId,
                key.at,
                format!("`{key}` is not a turn"),
                format!("turns are t1 to t{turns}"),
            ),
        }
    }
    all.arrange_by(Ord::cmp);
    all
}

pub fn experiments(cx: &Cx, slots: &[Vec<Slot>]) -> Vec<Experiment> {
    let mut all = Vec::new();
    for row in &cx.m.experiments {
        cx.enter(row);
        let raw = row.raw;
        for (world, _) in &raw.expect {
            cx.world(world);
        }
        if raw.expect.is_empty() {
            cx.report_row(
                Code::MissingField,
                "this experiment expects nothing",
                "say for at least one world whether `watch` is Lower, Same or Higher",
            );
        }
        let (watch, turn) =
            (cx.indicator(&raw.watch), turn_within(cx, &raw.at, "this experiment is read"));
        let (policy, against) = (steps(cx, &raw.policy, slots), steps(cx, &raw.against, slots));
        let same = |(a, b): (&Step, &Step)| a.turn == b.turn && a.order == b.order;
        let whole = policy.len() == raw.policy.len() && against.len() == raw.against.len();
        if whole && policy.len() == against.len() && policy.iter().zip(&against).all(same) {
            cx.report_row(
                Code::Contradiction,
                "both sides of this experiment give the same orders, so nothing can differ",
                "leave `against` out to hold it against doing nothing, or write another script",
            );
        }
        let first = policy.iter().chain(&against).map(|s| s.turn).min();
        if let Some(first) = first.filter(|first| turn.is_some_and(|turn| turn < *first)) {
            cx.report(
                Code::Contradiction,
                raw.at.at,
                format!(
                    "this is read in turn {}, before the first order, of turn {}",
                    turn.map_or(0, |t| u32::from(t).saturating_add(1)),
                    u32::from(first).saturating_add(1)
                ),
                "read it later: `at` is the day on which `watch` is looked at",
            );
        }
        let claim = cx.words(&raw.claim, words::LINE, "the claim");
        let source = raw.source.as_ref().and_then(|id| cx.source(id));
        let (Some(watch), Some(turn)) = (watch, turn) else { continue };
        all.push(Experiment {
            id: row.id.text.to_string(),
            claim,
            policy,
            against,
            watch,
            turn,
            expect: cx.m.worlds.iter().map(|w| raw.expect.get(w.id.as_str()).copied()).collect(),
            source,
        });
    }
    all
}

pub fn tests(cx: &Cx, slots: &[Vec<Slot>]) -> Vec<Test> {
    let mut all = Vec::new();
    for row in &cx.m.tests {
        cx.enter(row);
        let raw = row.raw;
        let holds = raw.holds.iter().filter_map(|a| {
            let when = cx.conditions(&a.when, Reader::Engine);
            if a.when.is_empty() {
                cx.report(
                    Code::MissingField,
                    a.on.at,
                    "this assertion asks for nothing: its `when` is empty",
                    "write in it what must hold on that day",
                );
            }
            Some((turn_within(cx, &a.on, "this is looked at")?, when))
        });
        let holds = holds.collect::<Vec<_>>();
        if raw.holds.is_empty() {
            cx.report_row(Code::MissingField, "this test asserts nothing", "say what `holds`");
        }
        all.push(Test {
            id: row.id.text.to_string(),
            says: cx.words(&raw.says, words::LINE, "what the test says"),
            seed: raw.seed.unwrap_or(1),
            world: raw.world.as_ref().and_then(|id| cx.world(id)),
            orders: steps(cx, &raw.orders, slots),
            holds,
        });
    }
    all
}
