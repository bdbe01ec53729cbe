//! What the other side works towards by itself: steps on its own calendar, each with a sign that
//! may be seen on the way and an act, or an unseen effect, at its end.
//!
//! The calendar of an aim runs whether or not it is pursued, so when something is looked for says
//! nothing; whether it is seen does. Days are drawn; what slows, hastens or stops a step is read as
//! the player knows it.

use crate::scenario::model::{AimIx, AimStep, Condition, Rules};

use super::belief;
use super::items::{AimClock, NOT_DRAWN};
use super::ledger::{Cause, Note, Origin, Sink};
use super::state::Situation;

/// A turn of every aim that has not been given up; whether an act came for all to see.
pub(super) fn advance<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) -> bool {
    let acts = |s: &Situation| s.aims.iter().map(|a| a.acts.count_ones()).sum::<u32>();
    let before = acts(s);
    for (n, a) in rules.aims.iter().enumerate() {
        let clock = s.books.aims[n];
        if s.halted & (1 << n) == 0
            && let Some(step) = a.steps.get(usize::from(clock.step))
        {
            s.books.aims[n] = go_on(rules, s, AimIx::at(n), step, clock, sink);
        }
    }
    acts(s) > before
}

/// A turn of one step.
fn go_on<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    aim: AimIx,
    step: &AimStep,
    mut clock: AimClock,
    sink: &mut S,
) -> AimClock {
    if clock.due == NOT_DRAWN {
        let days = s.luck().between(step.site, 0, step.takes.least, step.takes.most);
        clock.sign = s.in_days(days / 2);
        clock.due = s.in_days(days);
    }
    let days = i16::try_from(s.turn_now(rules).days).unwrap_or(i16::MAX);
    let later = if holds(rules, s, &step.slowed_if) {
        days
    } else if holds(rules, s, &step.hastened_if) {
        -days
    } else {
        0
    };
    clock.sign = clock.sign.saturating_add(later);
    clock.due = clock.due.saturating_add(later);
    let tomorrow = s.tomorrow(rules);
    if !clock.looked && clock.sign < tomorrow {
        clock.looked = true;
        let bit = 1 << clock.step;
        if drawn(rules, s, step, 2, &step.seen) {
            s.aims[aim].signs |= bit;
            sink.note(s.turn, Note::SignSeen(aim, clock.step));
        } else {
            s.aims[aim].silent |= bit;
            sink.note(s.turn, Note::SignSilence(aim, clock.step));
        }
    }
    if clock.due >= tomorrow {
        return clock;
    }
    end(rules, s, aim, step, clock.step, sink);
    AimClock { step: clock.step + 1, ..AimClock::default() }
}

/// The end of a step: nothing, if what stands in its way holds; else its act, if it has one and it
/// comes, or what nobody sees.
fn end<S: Sink>(rules: &Rules, s: &mut Situation, aim: AimIx, step: &AimStep, n: u8, sink: &mut S) {
    let pursued = s.hidden.pursues(rules, aim);
    let stopped = holds(rules, s, &step.stopped_if);
    if !stopped && usize::from(n) + 1 == rules.aims[aim].steps.len() {
        s.books.aims_through |= 1 << aim.0;
    }
    let comes = if stopped {
        false
    } else if step.act.is_none() {
        pursued
    } else if drawn(rules, s, step, 3, &step.comes) {
        s.aims[aim].acts |= 1 << n;
        sink.note(s.turn, Note::Acted(aim, n));
        true
    } else {
        s.aims[aim].missed |= 1 << n;
        sink.note(s.turn, Note::NotActed(aim, n));
        false
    };
    if pursued {
        sink.note(s.turn, Note::Step { aim, step: n, through: comes });
    }
    if comes {
        let origin = Origin::Aim { turn: s.turn, aim };
        let seen = step.act.is_some();
        let cause = if seen { Cause::Act(aim, n) } else { Cause::Aim(aim, n) };
        s.move_all(rules, &step.moves, cause, origin, sink);
        s.perform(rules, &step.also, cause, origin, step.site, sink);
    }
}

/// Whether something is seen is drawn by the cell that is true; belief takes it, or its silence, in.
fn drawn(rules: &Rules, s: &mut Situation, step: &AimStep, index: u32, chances: &[u16]) -> bool {
    let chance = chances[usize::from(s.hidden.aims)];
    let seen = s.luck().yes(step.site, index, (u64::from(chance) << 32) / 1000);
    belief::update(&mut s.aim_belief[..rules.aim_prior.len()], chances, seen);
    seen
}

/// Whether all hold as the player knows them; an empty list never does.
fn holds(rules: &Rules, s: &Situation, conditions: &[Condition]) -> bool {
    !conditions.is_empty() && s.known().all(rules, conditions)
}
