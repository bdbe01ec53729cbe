//! Pipelines: asks, measures on their way and in force, tasks and reforms.

use crate::day::Span;
use crate::num::{ONE, clamp32, ratio};
use crate::scenario::model::{AskIx, Lane, ReformIx, Rules};

use super::effect::{When, launch_moves};
use super::items::{GONE, Measure, NOT_DRAWN, Prediction, Shelved};
use super::ledger::{Cause, Ended, Factor, Note, Origin, Sink};
use super::state::{Known, Situation};

/// Asks made this turn: their effects, and whether they get out.
pub(super) fn asks<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let now = s.asks_now;
    for (n, ask) in rules.asks.iter().enumerate() {
        if now & (1 << n) == 0 {
            continue;
        }
        let ix = AskIx::at(n);
        let origin = Origin::Decision { turn: s.turn, index: s.ask_origin[n] };
        sink.note(s.turn, Note::Asked(ix));
        s.move_all(rules, &ask.moves, Cause::Ask(ix), origin, sink);
        s.perform(rules, &ask.also, Cause::Ask(ix), origin, ask.site, sink);
        if let Some((chance, event)) = ask.leaks {
            let chance = (u64::from(chance) << 32) / 100;
            if s.luck().yes(ask.site, 0, chance) {
                sink.note(s.turn, Note::Leaked { ask: ix, event });
                s.chain(event, Span { least: 0, most: 0 }, origin, ask.site, 1);
            }
        }
    }
    s.asks_now = 0;
}

/// Measures: taken back, launched when due, in force, run out.
pub(super) fn measures<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    keep_what_events_did(s);
    let tomorrow = s.tomorrow(rules);
    withdrawals(rules, s, sink);
    for n in 0..s.measures.len() {
        let m = s.measures[n];
        // One due as the next turn opens takes effect in that turn, and meets its windows.
        if m.in_force() || m.due >= tomorrow {
            continue;
        }
        if waits(rules, s, &m) {
            sink.note(s.turn, Note::Waits { instrument: m.instrument, target: m.target });
            continue;
        }
        if m.revises {
            s.revise(rules, n, sink);
        } else {
            s.launch(rules, n, sink);
        }
    }
    in_force(rules, s, tomorrow, sink);
    s.measures.retain(|m| m.due != GONE);
    s.drop_terms_of_nothing(sink);
    mixing(rules, s, sink);
    let turn = usize::from(s.turn);
    for (left, ins) in s.effect_left.iter_mut().zip(&rules.instruments) {
        if ins.recovers.half_life > 0 && *left < 1 << 16 {
            let missing = u64::from((1 << 16) - *left);
            let keep = u64::from(ins.recovers.keep[turn]);
            *left = (1 << 16) - ((missing * keep) >> 16) as u32;
        }
    }
}

/// What took effect by an event after the counterpart's answer is still news for its next one.
fn keep_what_events_did(s: &mut Situation) {
    let mut marks = s.launched_by_event;
    s.launched_this_turn.retain(|_| {
        let keep = marks & 1 != 0;
        marks >>= 1;
        keep
    });
    s.launched_by_event = 0;
}

/// Whether a measure whose pipeline is done waits: for what its terms wait for, or because the law
/// no longer lets it be aimed there.
fn waits(rules: &Rules, s: &mut Situation, m: &Measure) -> bool {
    s.answer(rules);
    !s.gate_open(rules, m.instrument, m.target)
        || (!m.revises
            && m.proposal().values(rules).any(|(_, value)| !s.all(rules, &value.waits_for)))
}

fn withdrawals<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    for n in 0..s.measures.len() {
        let m = s.measures[n];
        if m.withdrawn && m.revises {
            s.drop_terms(n, sink);
        } else if m.withdrawn {
            let keeps_file = s.shelve_again(rules, &m);
            let (instrument, target) = (m.instrument, m.target);
            sink.note(s.turn, Note::Withdrawn { instrument, target, keeps_file });
            let moves = &rules.instruments[m.instrument].on_withdraw;
            let cause = Cause::Withdraw(m.instrument, m.target);
            s.move_all_at(rules, m.target, moves, cause, m.withdrawn_by, sink);
            s.measures[n].due = GONE;
            // What was foretold of one that took no effect is never tried.
            s.predictions.retain(|p| p.due != Prediction::WAITS || p.origin != m.origin);
        }
    }
    s.measures.retain(|m| m.due != GONE);
    s.drop_terms_of_nothing(sink);
}

impl Known {
    /// Whether the file of a cleared measure that is withdrawn now is there again: it has not taken
    /// effect, and there is room.
    pub fn keeps_file(&self, rules: &Rules, m: &Measure) -> bool {
        !m.in_force()
            && !m.revises
            && rules.instruments[m.instrument].building.is_some()
            && !self.shelf.is_full()
            && self.shelved(m.instrument, m.target).is_none()
    }
}

impl Situation {
    /// Whether the file is there again.
    fn shelve_again(&mut self, rules: &Rules, m: &Measure) -> bool {
        let keeps = self.keeps_file(rules, m);
        if keeps {
            let Measure { instrument, target, origin, .. } = *m;
            let day = self.day;
            self.shelf.push(Shelved {
                instrument,
                target,
                begun: day,
                due: day,
                ready: 100,
                origin,
            });
        }
        keeps
    }
}

fn in_force<S: Sink>(rules: &Rules, s: &mut Situation, tomorrow: i16, sink: &mut S) {
    let days = i64::from(s.turn_now(rules).days);
    let heat = s.turn_now(rules).hottest;
    let is_last = s.is_last(rules);
    for n in 0..s.measures.len() {
        let m = s.measures[n];
        if !m.in_force() || m.due == GONE {
            continue;
        }
        let ins = &rules.instruments[m.instrument];
        let force = clamp32(i64::from(m.force) * i64::from(ONE) / (1 << 16));
        // A measure that took effect this turn counts from the next.
        if m.since < s.day {
            let effect = m.effect(rules);
            launch_moves(rules, &m.proposal(), When::Active, effect, heat, |part| {
                let share = i64::from(force) * days;
                let amount = ratio(i64::from(part.amount), share, 30 * i64::from(ONE));
                // Terms, repeats and the window are among the part's own.
                let mut factors = part.factors();
                factors[3] = Some((Factor::Days, clamp32(days * 1000 / 30)));
                factors[4] = (force != ONE).then_some((Factor::Fading, force));
                s.shift_scaled(
                    rules,
                    part.indicator,
                    amount,
                    part.base,
                    factors,
                    Cause::Active(m.instrument, m.target),
                    m.origin,
                    sink,
                );
            });
            if ins.fades.half_life > 0 {
                let keep = u64::from(ins.fades.keep[usize::from(s.turn)]);
                let force = (u64::from(m.force) * keep) >> 16;
                s.measures[n].force = u32::try_from(force).expect("force only fades");
            }
        }
        // What its end costs is not escaped because the game ends before.
        let held_to = is_last && !ins.on_end.is_empty();
        let ran_out = i32::from(tomorrow) - i32::from(m.since) >= i32::from(ins.lasts);
        let over = ins.lasts > 0 && (ran_out || held_to);
        if over {
            let (instrument, target) = (m.instrument, m.target);
            sink.note(s.turn, Note::Ended { instrument, target, how: Ended::RanOut });
            let cause = Cause::End(m.instrument, m.target);
            s.move_all_at(rules, m.target, &ins.on_end, cause, m.origin, sink);
            s.measures[n].due = GONE;
        }
    }
}

/// Acts of trade and of security or law in the same sixty days feed the story that they are one.
fn mixing<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    if s.launched_this_turn.is_empty() {
        return;
    }
    let trade = s.acts(Lane::Trade);
    let other = s.acts(Lane::Security) + s.acts(Lane::Law);
    for p in &s.launched_this_turn.clone() {
        let mixes = match rules.instruments[p.instrument].lane {
            Lane::Trade => other > 0,
            Lane::Security | Lane::Law => trade > 0,
            Lane::Diplomacy | Lane::Defence | Lane::Office => false,
        };
        if mixes {
            let of_pair = |m: &&Measure| p.aims(m.instrument, m.target);
            let origin = s.measures.iter().find(of_pair).map_or(Origin::Drift, |m| m.origin);
            s.shift(rules, rules.roles.bundling, rules.tuning.mixing, Cause::Mixing, origin, sink);
        }
    }
}

/// Tasks and reforms: days are drawn at the first turn's end, results come when they are due.
pub(super) fn tasks<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let luck = s.luck();
    let due_by = s.due_by(rules);
    let day = s.day;
    for r in s.active_tasks.iter_mut().filter(|r| r.due == NOT_DRAWN) {
        let t = &rules.tasks[r.task];
        let index = r.campaign.map_or(0, |c| u32::from(c.0));
        let days = luck.between(t.site, index, t.takes.least, t.takes.most);
        r.due = day.saturating_add(i16::try_from(days).unwrap_or(i16::MAX));
    }
    let active = s.active_tasks;
    s.active_tasks.clear();
    for r in &active {
        if r.due > due_by {
            s.active_tasks.push(*r);
            continue;
        }
        let t = &rules.tasks[r.task];
        sink.note(s.turn, Note::TaskDone { task: r.task, campaign: r.campaign });
        s.tasks_done[r.task] = s.tasks_done[r.task].saturating_add(1);
        s.move_all(rules, &t.moves, Cause::Task(r.task), r.origin, sink);
        s.perform(rules, &t.also, Cause::Task(r.task), r.origin, t.site, sink);
        if let Some(c) = r.campaign
            && let Some(e) = s.next_item(rules, r.task, c)
        {
            super::evidence::resolve(rules, s, e, r.origin, sink);
        }
    }
    reforms(rules, s, due_by, sink);
}

fn reforms<S: Sink>(rules: &Rules, s: &mut Situation, due_by: i16, sink: &mut S) {
    let luck = s.luck();
    for (n, r) in rules.reforms.iter().enumerate() {
        let ix = ReformIx::at(n);
        if s.is_in_place(ix) {
            let (cause, origin) = (Cause::Reform(ix), s.reform_origin[n]);
            s.move_over_turn(rules, &r.while_active, ONE, Factor::Fading, cause, origin, sink);
            continue;
        }
        if s.reform_due[n] == NOT_DRAWN {
            let days = luck.between(r.site, 0, r.takes.least, r.takes.most);
            s.reform_due[n] = s.in_days(days).min(i16::MAX - 1);
        }
        if s.reform_due[n] != i16::MAX && s.reform_due[n] <= due_by {
            s.reform_active |= 1 << n;
            sink.note(s.turn, Note::ReformDone(ix));
            let origin = s.reform_origin[n];
            for m in r.moves.iter().filter(|m| m.indicator != rules.roles.staff) {
                s.shift(rules, m.indicator, m.amount, Cause::Reform(ix), origin, sink);
            }
            s.perform(rules, &r.also, Cause::Reform(ix), origin, r.site, sink);
        }
    }
}
