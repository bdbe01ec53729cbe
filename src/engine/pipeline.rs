//! Pipelines: measures on their way and in force, tasks, reforms, asks, and advisers' predictions.

use crate::num::{Milli, ONE, clamp32, ratio};
use crate::scenario::model::{CampaignIx, Good, IndicatorIx, InstrumentIx, Lane, Rules, Sight};

use super::effect::{When, launch_moves};
use super::ledger::{Cause, Factor, NO_FACTORS, Note, Origin, Sink};
use super::order::{MAX_AGENDA, NOT_DRAWN, Proposal};
use super::position::{PairStanding, RoomWeights, expected, expected_within, in_room, scores};
use super::situation::{MAX_ACTS, MAX_PREDICTIONS, Measure, Prediction, Situation};

/// Asks made this turn: their effects, and whether they get out.
pub(super) fn asks<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let now = s.asks_now;
    for (n, ask) in rules.asks.iter().enumerate() {
        if now & (1 << n) == 0 {
            continue;
        }
        let ix = crate::scenario::model::AskIx::at(n);
        let origin = Origin::Decision { turn: s.turn, index: s.ask_origin[n] };
        sink.note(s.turn, Note::Asked(ix));
        s.move_all(rules, &ask.moves, Cause::Ask(ix), origin, sink);
        s.also(rules, &ask.also, origin, ask.site, sink);
        if let Some((chance, event)) = ask.leaks {
            let chance = (u64::from(chance) << 32) / 100;
            if s.luck().yes(ask.site, 0, chance) {
                sink.note(s.turn, Note::Leaked { ask: ix, event });
                s.chain(rules, event, crate::day::Span { least: 0, most: 0 }, origin, ask.site, 1);
            }
        }
    }
    s.asks_now = 0;
}

/// Measures: taken back, launched when due, in force, run out.
pub(super) fn measures<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    keep_what_events_did(s);
    let tomorrow = s.day.saturating_add(i16::try_from(s.turn_now(rules).days).unwrap_or(i16::MAX));
    withdrawals(rules, s, sink);
    for n in 0..s.measures_len as usize {
        let m = s.measures[n];
        if m.in_force() || m.due >= tomorrow {
            continue;
        }
        if waits(rules, s, &m) {
            sink.note(s.turn, Note::Waits { instrument: m.instrument, target: m.target });
            continue;
        }
        launch(rules, s, n, sink);
    }
    in_force(rules, s, tomorrow, sink);
    compact(s);
    mixing(rules, s, sink);
    for (fresh, ins) in s.fresh.iter_mut().zip(&rules.instruments) {
        if ins.recovers.half_life > 0 && *fresh < 1 << 16 {
            let missing = u64::from((1 << 16) - *fresh);
            let keep = u64::from(ins.recovers.keep[usize::from(s.turn)]);
            *fresh = (1 << 16) - u32::try_from((missing * keep) >> 16).unwrap_or(0);
        }
    }
}

/// What took effect by an event after the counterpart's answer is still news for its next one.
fn keep_what_events_did(s: &mut Situation) {
    let mut kept = 0;
    for n in 0..s.just_len as usize {
        if s.just_late & (1 << n) != 0 {
            s.just[kept] = s.just[n];
            kept += 1;
        }
    }
    s.just_len = u8::try_from(kept).unwrap_or(0);
    s.just_late = 0;
}

/// An instrument that is not the player's takes effect because an event says so.
pub(super) fn launch_now<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    instrument: InstrumentIx,
    target: crate::scenario::model::TargetIx,
    origin: Origin,
    sink: &mut S,
) {
    let n = s.measures_len as usize;
    if n >= super::situation::MAX_MEASURES {
        return;
    }
    let draft = Proposal { instrument, target, ..Proposal::default() };
    s.put_measure(Measure::begun(&draft, s.day, s.day, origin));
    launch(rules, s, n, sink);
    if s.just_len > 0 {
        s.just_late |= 1 << (s.just_len - 1);
    }
}

fn waits(rules: &Rules, s: &Situation, m: &Measure) -> bool {
    m.proposal().values(rules).any(|(_, value)| !s.all(rules, &value.waits_for))
}

fn withdrawals<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    for n in 0..s.measures_len as usize {
        let m = s.measures[n];
        if m.withdrawn {
            sink.note(s.turn, Note::Withdrawn { instrument: m.instrument, target: m.target });
            let moves = &rules.instruments[m.instrument].on_withdraw;
            s.move_all(rules, moves, Cause::Withdraw(m.instrument, m.target), m.withdrawn_by, sink);
            s.measures[n].due = GONE;
            // What was foretold of one that took no effect is never tried.
            keep_predictions(s, |_, p| p.due != Prediction::WAITS || p.origin != m.origin);
        }
    }
    compact(s);
}

/// Marks a measure for removal by `compact`.
const GONE: i16 = i16::MIN;

fn compact(s: &mut Situation) {
    let len = s.measures_len as usize;
    let mut kept = 0;
    for n in 0..len {
        if s.measures[n].due != GONE {
            s.measures[kept] = s.measures[n];
            kept += 1;
        }
    }
    s.measures_len = u8::try_from(kept).unwrap_or(0);
}

fn launch<S: Sink>(rules: &Rules, s: &mut Situation, n: usize, sink: &mut S) {
    let m = s.measures[n];
    let p = m.proposal();
    let ins = &rules.instruments[m.instrument];
    let target = &rules.targets[m.target];
    let origin = m.origin;
    let (wrong, espionage) = judged(rules, s, &m);
    let mut effect = s.effect_share(rules, m.instrument, m.target);
    if wrong {
        effect = ratio(i64::from(effect), i64::from(rules.tuning.wrong_effect), i64::from(ONE));
    }
    sink.note(s.turn, Note::Launched { instrument: m.instrument, target: m.target, wrong });
    count_predictions(rules, s, &m);
    let heat = s.turn_now(rules).hottest;
    launch_moves(rules, &p, When::Launch, effect, heat, |part| {
        let cause = match part.term {
            Some((slot, at)) => Cause::Term(m.instrument, slot, at),
            None => Cause::Launch(m.instrument, m.target),
        };
        s.shift_scaled(
            rules,
            part.indicator,
            part.amount,
            part.base,
            part.factors,
            cause,
            origin,
            sink,
        );
    });
    let t = rules.tuning;
    if wrong {
        for (i, amount) in [
            (rules.roles.legitimacy, t.wrong_legitimacy),
            (rules.roles.allies, t.wrong_allies),
            (rules.roles.law, t.wrong_law),
        ] {
            s.shift(rules, i, amount, Cause::WrongTarget(m.instrument, m.target), origin, sink);
        }
    } else if espionage {
        for (i, amount) in [
            (rules.roles.legitimacy, t.espionage_legitimacy),
            (rules.roles.allies, t.espionage_allies),
        ] {
            s.shift(rules, i, amount, Cause::Espionage(m.instrument, m.target), origin, sink);
        }
    }
    if !wrong && ins.disrupts > 0 {
        if let Some(c) = target.campaign {
            s.disrupt(c.i(), ins.disrupts);
        }
    }
    let m = &mut s.measures[n];
    m.since = s.day;
    m.effect = effect;
    let i = m.instrument.i();
    s.fresh[i] =
        u32::try_from(u64::from(s.fresh[i]) * u64::from(ins.repeats_at) / 100).unwrap_or(0);
    s.tally[i].launched = s.tally[i].launched.saturating_add(1);
    s.launched_on[i] |= 1 << p.target.0;
    if (s.just_len as usize) < MAX_AGENDA {
        s.just[s.just_len as usize] = p;
        s.just_len += 1;
    }
    if ins.lane != Lane::Office {
        let at = usize::from(s.acts_at) % MAX_ACTS;
        s.acts[at] = (ins.lane as u8, s.day);
        s.acts_at = s.acts_at.wrapping_add(1) % MAX_ACTS as u8;
    }
    for f in &ins.fulfils {
        for k in 0..s.measures_len as usize {
            let other = s.measures[k];
            if other.instrument == *f && other.target == p.target && other.in_force() {
                sink.note(
                    s.turn,
                    Note::Ended { instrument: other.instrument, target: other.target },
                );
                s.measures[k].due = GONE;
            }
        }
    }
    s.also(rules, &ins.also_on_launch, origin, ins.stage_site, sink);
}

/// Whether a punishing measure hits a wrong (invented) target, and whether what it punishes is
/// accepted espionage.
fn judged(rules: &Rules, s: &Situation, m: &Measure) -> (bool, bool) {
    let target = &rules.targets[m.target];
    let Some(c) = target.campaign else { return (false, false) };
    if !rules.instruments[m.instrument].punishes {
        return (false, false);
    }
    let bit = 1u64 << s.truth[c];
    // Only what is invented can be wrong: an entity of record stands at its tag (law 11).
    let wrong = target.record.is_none()
        && !target.roles.is_empty()
        && target.roles.iter().all(|(_, mask)| mask & bit == 0);
    let espionage = rules.campaigns[c].espionage & bit != 0;
    (wrong, espionage)
}

fn in_force<S: Sink>(rules: &Rules, s: &mut Situation, tomorrow: i16, sink: &mut S) {
    let days = i64::from(s.turn_now(rules).days);
    let heat = s.turn_now(rules).hottest;
    for n in 0..s.measures_len as usize {
        let m = s.measures[n];
        if !m.in_force() || m.due == GONE {
            continue;
        }
        let ins = &rules.instruments[m.instrument];
        let force = clamp32(i64::from(m.force) * i64::from(ONE) / (1 << 16));
        // A measure that took effect this turn counts from the next.
        if m.since < s.day {
            launch_moves(rules, &m.proposal(), When::Active, m.effect, heat, |part| {
                let share = i64::from(force) * days;
                let amount = ratio(i64::from(part.amount), share, 30 * i64::from(ONE));
                let mut factors = NO_FACTORS;
                factors[0] = Some((Factor::Days, clamp32(days * 1000 / 30)));
                factors[1] = (force != ONE).then_some((Factor::Fading, force));
                factors[2] = (m.effect != ONE).then_some((Factor::Repeats, m.effect));
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
                s.measures[n].force = u32::try_from((u64::from(m.force) * keep) >> 16).unwrap_or(0);
            }
        }
        let over =
            ins.lasts > 0 && i32::from(tomorrow) - i32::from(m.since) >= i32::from(ins.lasts);
        if over {
            sink.note(s.turn, Note::Ended { instrument: m.instrument, target: m.target });
            s.move_all(rules, &ins.on_end, Cause::End(m.instrument, m.target), m.origin, sink);
            s.measures[n].due = GONE;
        }
    }
}

/// Acts of trade and of security or law in the same sixty days feed the story that they are one.
fn mixing<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    if s.just_len == 0 {
        return;
    }
    let trade = s.acts(Lane::Trade);
    let other = s.acts(Lane::Security) + s.acts(Lane::Law);
    for n in 0..s.just_len as usize {
        let p = s.just[n];
        let mixes = match rules.instruments[p.instrument].lane {
            Lane::Trade => other > 0,
            Lane::Security | Lane::Law => trade > 0,
            Lane::Diplomacy | Lane::Defence | Lane::Office => false,
        };
        if mixes {
            let origin = s
                .measures()
                .iter()
                .find(|m| m.instrument == p.instrument && m.target == p.target)
                .map_or(Origin::Drift, |m| m.origin);
            s.shift(rules, rules.roles.bundling, rules.tuning.mixing, Cause::Mixing, origin, sink);
        }
    }
}

impl Situation {
    /// Ends everything in force of one instrument (an event may do that).
    pub(super) fn end_all<S: Sink>(
        &mut self,
        rules: &Rules,
        instrument: InstrumentIx,
        sink: &mut S,
    ) {
        for n in 0..self.measures_len as usize {
            let m = self.measures[n];
            if m.instrument == instrument && m.in_force() {
                sink.note(self.turn, Note::Ended { instrument, target: m.target });
                self.move_all(
                    rules,
                    &rules.instruments[instrument].on_end,
                    Cause::End(instrument, m.target),
                    m.origin,
                    sink,
                );
                self.measures[n].due = GONE;
            }
        }
        compact(self);
    }
}

/// Tasks and reforms: days are drawn at the first turn's end, results come when they are due.
pub(super) fn tasks<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let luck = s.luck();
    let tomorrow = s.day.saturating_add(i16::try_from(s.turn_now(rules).days).unwrap_or(i16::MAX));
    for n in 0..s.active_tasks_len as usize {
        let r = s.active_tasks[n];
        if r.due == NOT_DRAWN {
            let t = &rules.tasks[r.task];
            let days = luck.between(
                t.site,
                r.campaign.map_or(0, |c| u32::from(c.0)),
                t.takes.least,
                t.takes.most,
            );
            s.active_tasks[n].due = s.day.saturating_add(i16::try_from(days).unwrap_or(i16::MAX));
        }
    }
    let mut kept = 0;
    let len = s.active_tasks_len as usize;
    for n in 0..len {
        let r = s.active_tasks[n];
        if r.due >= tomorrow {
            s.active_tasks[kept] = r;
            kept += 1;
            continue;
        }
        let t = &rules.tasks[r.task];
        sink.note(s.turn, Note::TaskDone { task: r.task, campaign: r.campaign });
        s.tasks_done[r.task] = s.tasks_done[r.task].saturating_add(1);
        s.move_all(rules, &t.moves, Cause::Task(r.task), r.origin, sink);
        s.also(rules, &t.also, r.origin, t.site, sink);
        if let Some(c) = r.campaign {
            if let Some(e) = s.next_item(rules, r.task, c) {
                super::evidence::resolve(rules, s, e, r.origin, sink);
            }
        }
    }
    s.active_tasks_len = u8::try_from(kept).unwrap_or(0);
    reforms(rules, s, tomorrow, sink);
}

fn reforms<S: Sink>(rules: &Rules, s: &mut Situation, tomorrow: i16, sink: &mut S) {
    let luck = s.luck();
    for (n, r) in rules.reforms.iter().enumerate() {
        let ix = crate::scenario::model::ReformIx::at(n);
        if s.reform_active & (1 << n) != 0 {
            s.move_over_turn(
                rules,
                &r.while_active,
                ONE,
                Factor::Fading,
                Cause::Reform(ix),
                s.reform_origin[n],
                sink,
            );
            continue;
        }
        if s.reform_due[n] == NOT_DRAWN {
            let days = luck.between(r.site, 0, r.takes.least, r.takes.most);
            s.reform_due[n] =
                s.day.saturating_add(i16::try_from(days).unwrap_or(i16::MAX - 1)).min(i16::MAX - 1);
        }
        if s.reform_due[n] != i16::MAX && s.reform_due[n] < tomorrow {
            s.reform_active |= 1 << n;
            sink.note(s.turn, Note::ReformDone(ix));
            let origin = s.reform_origin[n];
            for m in r.moves.iter().filter(|m| m.indicator != rules.roles.staff) {
                s.shift(rules, m.indicator, m.amount, Cause::Reform(ix), origin, sink);
            }
            s.also(rules, &r.also, origin, r.site, sink);
        }
    }
}

impl Situation {
    /// The evidence the task would bring in next on the campaign.
    pub fn next_item(
        &self,
        rules: &Rules,
        task: crate::scenario::model::TaskIx,
        campaign: CampaignIx,
    ) -> Option<crate::scenario::model::EvidenceIx> {
        rules.tasks[task]
            .items
            .get(campaign.i())?
            .iter()
            .copied()
            .find(|e| self.evidence[*e] == super::evidence::IDLE)
    }
}

/// Two advisers say what a cleared measure will do once it takes effect: its lead, and whoever
/// likes it least.
pub(super) fn predict<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    room: &RoomWeights,
    p: &Proposal,
    origin: Origin,
    sink: &mut S,
) {
    let days = i64::from(rules.tuning.prediction_days / ONE);
    let (e, soon) =
        (expected(rules, s, p, room.heat), expected_within(rules, s, p, room.heat, days));
    let lead = rules.instruments[p.instrument].lead;
    let mut worst = (Milli::MAX, lead);
    let scores = scores(rules, room, &PairStanding::new(rules, s, p.instrument, p.target), &e, p);
    for a in in_room(rules).filter(|a| *a != lead) {
        if scores[a] < worst.0 {
            worst = (scores[a], a);
        }
    }
    for (agency, for_it) in [(lead, true), (worst.1, false)] {
        if agency == lead && !for_it {
            continue;
        }
        // What it cares about most, in the direction of its case, among what everyone can read off.
        let mut best: Option<(i64, IndicatorIx, i64)> = None;
        for (i, _) in soon.parts() {
            let indicator = &rules.indicators[*i];
            if indicator.sight != Sight::Exactly || indicator.good == Good::Neither {
                continue;
            }
            let total: i64 =
                soon.parts().iter().filter(|(j, _)| j == i).map(|(_, n)| i64::from(*n)).sum();
            let worth = total * i64::from(room.weights[agency][*i]) * if for_it { 1 } else { -1 };
            if total != 0 && best.is_none_or(|(w, _, _)| worth > w) {
                best = Some((worth, *i, total));
            }
        }
        let Some((_, indicator, total)) = best else { continue };
        let change = total * i64::from(rules.agencies[agency].predicts) / 100;
        let half = (change.abs() * i64::from(rules.tuning.prediction_width) / i64::from(ONE))
            .max(i64::from(rules.tuning.prediction_least));
        let (low, high) = (clamp32(change - half), clamp32(change + half));
        if (s.predictions_len as usize) < MAX_PREDICTIONS {
            let (instrument, target) = (p.instrument, p.target);
            let due = Prediction::WAITS;
            s.predictions[s.predictions_len as usize] = Prediction {
                agency,
                indicator,
                instrument,
                target,
                origin,
                moved: 0,
                low,
                high,
                due,
                made: s.turn,
            };
            s.predictions_len += 1;
            sink.note(s.turn, Note::Predicted { agency, indicator, instrument, target, low, high });
        }
    }
}

/// A measure takes effect: what was foretold of it counts from here.
fn count_predictions(rules: &Rules, s: &mut Situation, m: &Measure) {
    let days = i16::try_from(rules.tuning.prediction_days / ONE).unwrap_or(i16::MAX);
    for p in &mut s.predictions[..s.predictions_len as usize] {
        if p.due == Prediction::WAITS && p.origin == m.origin {
            p.due = s.day.saturating_add(days).min(Prediction::WAITS - 1);
        }
    }
}

/// Keeps those predictions of which `keep` says so.
fn keep_predictions(s: &mut Situation, mut keep: impl FnMut(&mut Situation, &Prediction) -> bool) {
    let mut kept = 0;
    for n in 0..s.predictions_len as usize {
        let p = s.predictions[n];
        if keep(s, &p) {
            s.predictions[kept] = p;
            kept += 1;
        }
    }
    s.predictions_len = u8::try_from(kept).unwrap_or(0);
}

/// Predictions that have come due are held against what happened.
pub(super) fn check_predictions<S: Sink>(s: &mut Situation, tomorrow: i16, sink: &mut S) {
    keep_predictions(s, |s, p| {
        if p.due >= tomorrow {
            return true;
        }
        let hit = (p.low..=p.high).contains(&p.moved);
        s.checks[p.agency] = s.checks[p.agency].saturating_add(1);
        s.hits[p.agency] = s.hits[p.agency].saturating_add(u8::from(hit));
        let (agency, indicator, instrument, target) =
            (p.agency, p.indicator, p.instrument, p.target);
        sink.note(
            s.turn,
            Note::Checked {
                agency,
                indicator,
                instrument,
                target,
                low: p.low,
                high: p.high,
                moved: p.moved,
                hit,
            },
        );
        false
    });
}

/// Promises: broken as soon as what they bind against happens, kept when their time is over.
pub(super) fn promises<S: Sink>(rules: &Rules, s: &mut Situation, tomorrow: i16, sink: &mut S) {
    let mut kept = 0;
    for n in 0..s.commitments_len as usize {
        let d = s.commitments[n];
        let promise = &rules.promises[d.promise];
        if s.all(rules, &promise.broken_if) {
            s.broke |= 1 << d.promise.0;
            sink.note(s.turn, Note::PromiseBroken { promise: d.promise, to: d.to });
            s.move_all(rules, &promise.on_break, Cause::Broken(d.promise), d.origin, sink);
            for i in [rules.roles.authority_security, rules.roles.authority_economy] {
                s.shift(
                    rules,
                    i,
                    rules.tuning.broken_authority,
                    Cause::Broken(d.promise),
                    d.origin,
                    sink,
                );
            }
            s.relate(d.to, promise.breaks);
        } else if d.until < tomorrow {
            s.kept |= 1 << d.promise.0;
            sink.note(s.turn, Note::PromiseKept { promise: d.promise, to: d.to });
            s.move_all(rules, &promise.on_keep, Cause::Kept(d.promise), d.origin, sink);
            s.relate(d.to, promise.keeps);
        } else {
            s.commitments[kept] = d;
            kept += 1;
        }
    }
    s.commitments_len = u8::try_from(kept).unwrap_or(0);
}
