//! Events: dated ones in their turn, chained ones when due, conditional ones by chance and weight,
//! and what the player answered.

use crate::day::Day;
use crate::luck::Race;
use crate::scenario::model::{EventIx, Rules, limits};

use super::items::{NONE, Prompt};
use super::ledger::{Cause, Note, Origin, Sink};
use super::state::Situation;

/// Answers take effect; an event nobody answered takes its default.
pub(super) fn answers<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let prompts = s.prompts;
    s.prompts.clear();
    for p in &prompts {
        let event = &rules.events[p.event];
        let by_player = p.choice != NONE;
        let choice = if by_player { p.choice } else { event.default };
        let origin = if by_player {
            Origin::Decision { turn: s.turn, index: p.index }
        } else {
            Origin::Event { turn: s.turn, event: p.event }
        };
        sink.note(s.turn, Note::Chose { event: p.event, choice, by_player });
        s.choice_made[p.event] = choice;
        let Some(c) = event.choices.get(usize::from(choice)) else { continue };
        s.move_all(rules, &c.moves, Cause::Choice(p.event, choice), origin, sink);
        s.perform(rules, &c.also, Cause::Choice(p.event, choice), origin, event.site, sink);
    }
}

/// What is dated on the first day or before has happened when the game opens.
pub(super) fn dated_before<S: Sink>(rules: &Rules, s: &mut Situation, until: Day, sink: &mut S) {
    for (n, e) in rules.events.iter().enumerate() {
        if e.on.is_some_and(|on| on <= until) && s.all(rules, &e.when) {
            fire(rules, s, EventIx::at(n), None, sink);
        }
    }
}

/// Events dated in the turn.
pub(super) fn dated<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    for ix in &rules.plan.turns[usize::from(s.turn)].dated {
        if s.events_fired[*ix] == 0 && s.all(rules, &rules.events[*ix].when) {
            fire(rules, s, *ix, None, sink);
        }
    }
}

pub(super) fn chained<S: Sink>(rules: &Rules, s: &mut Situation, tomorrow: i16, sink: &mut S) {
    // Only what stood in the queue when the phase began: an event set off here comes next turn at
    // the earliest.
    let queue = s.books.chains;
    s.books.chains.clear();
    for c in &queue {
        let e = &rules.events[c.event];
        if c.due >= tomorrow {
            s.books.chains.push(*c);
        } else if rules.may_come(c.event, s.turn.into())
            && (s.events_fired[c.event] == 0 || e.rests > 0)
            && s.all(rules, &e.when)
        {
            fire(rules, s, c.event, Some(c.origin), sink);
        }
    }
}

/// Conditional events: each that could happen draws its chance; the heaviest few happen.
pub(super) fn conditional<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let luck = s.luck();
    let mut ready = [0u64; limits::EVENTS.div_ceil(64)];
    let mut any = false;
    for (ix, draw) in &rules.plan.turns[usize::from(s.turn)].chances {
        let (n, e) = (ix.i(), &rules.events[*ix]);
        // What may not come again is not drawn for: no other draw depends on it.
        let again = s.events_fired[n] == 0
            || (e.rests > 0
                && i32::from(s.day) - i32::from(s.books.events_fired_on[n]) >= i32::from(e.rests));
        if again
            && luck.yes(draw.site, 0, draw.chance)
            && s.all(rules, &e.when)
            && s.version(rules, &e.text).is_some()
        {
            ready[n / 64] |= 1 << (n % 64);
            any = true;
        }
    }
    if !any {
        return;
    }
    let most = rules.tuning.events_a_turn / crate::num::ONE;
    for _ in 0..most {
        let mut race = Race::default();
        for (word, bits) in ready.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                let n = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                race.enter(luck, rules.events[n].site, 1, rules.events[n].weight, n as u32);
            }
        }
        let Some(n) = race.winner() else { break };
        let n = n as usize;
        ready[n / 64] &= !(1 << (n % 64));
        fire(rules, s, EventIx::at(n), None, sink);
    }
}

/// The event happens: what it does at once, and a question for the next turn if it has choices. One
/// that cannot be told, because what its words assume does not hold, does not happen.
fn fire<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    ix: EventIx,
    because: Option<Origin>,
    sink: &mut S,
) {
    let e = &rules.events[ix];
    let Some(version) = s.version(rules, &e.text) else { return };
    s.events_fired[ix] = s.events_fired[ix].saturating_add(1);
    s.books.events_fired_on[ix] = s.day;
    sink.note(s.turn, Note::Fired { event: ix, version });
    let origin = because.unwrap_or(Origin::Event { turn: s.turn, event: ix });
    s.move_all(rules, &e.moves, Cause::Event(ix), origin, sink);
    s.perform(rules, &e.also, Cause::Event(ix), origin, e.site, sink);
    if e.choices.is_empty() {
        return;
    }
    if s.prompts.push(Prompt { event: ix, choice: NONE, index: 0 }) {
        return;
    }
    if let Some(c) = e.choices.get(usize::from(e.default)) {
        // No room on the desk for another question: the default stands at once.
        s.choice_made[ix] = e.default;
        let cause = Cause::Choice(ix, e.default);
        s.move_all(rules, &c.moves, cause, origin, sink);
        s.perform(rules, &c.also, cause, origin, e.site, sink);
    }
}
