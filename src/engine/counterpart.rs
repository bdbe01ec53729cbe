//! The counterpart: one visible or hidden answer a turn, drawn by public facts and hidden traits.
//!
//! A response's weight is its public factor (base weight and `more_if`) times a table by world and
//! traits. The player sees which visible response came, or that none did; both move the belief
//! about the world, by the same weights that drew it.

use crate::luck::Race;
use crate::num::byte;
use crate::scenario::model::{ResponseIx, Rules, limits};

use super::belief;
use super::evidence::world_cell;
use super::ledger::{Cause, Note, Origin, Sink};
use super::state::Situation;

/// Largest public factor, so that weights stay within 32 bits.
const TOP: u64 = 100_000;

/// Public factors of all responses now; 0 where it cannot be chosen.
fn public_factors(rules: &Rules, s: &Situation) -> [u32; limits::RESPONSES] {
    let mut out = [0; limits::RESPONSES];
    for (n, r) in rules.responses.iter().enumerate() {
        let resting = r.rests > 0
            && i32::from(s.day) - i32::from(s.books.responded_on[n]) < i32::from(r.rests);
        if resting
            || (r.answers_an_act && s.launched_this_turn.is_empty())
            || !s.all(rules, &r.when)
            || !r.texts.iter().any(|v| s.known.all(rules, &v.assumes))
        {
            continue;
        }
        let mut weight = u64::from(r.weight) * 10;
        for (when, times) in &r.more_if {
            if s.all(rules, when) {
                weight = (weight * u64::from(*times) / 100).clamp(1, TOP);
            }
        }
        out[n] = u32::try_from(weight).unwrap_or(0);
    }
    out
}

pub(super) fn respond<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let public = public_factors(rules, s);
    let cell = world_cell(rules, s);
    let luck = s.luck();
    let mut race = Race::default();
    for (n, r) in rules.responses.iter().enumerate() {
        // At most 100 000 x 10 000 / 100.
        let weight = u64::from(public[n]) * u64::from(r.table[cell]) / 100;
        race.enter(luck, r.site, 0, u32::try_from(weight).unwrap_or(u32::MAX), n as u32);
    }
    let Some(winner) = race.winner() else { return };
    let winner = winner as usize;
    observe(rules, s, &public, winner);
    let r = &rules.responses[winner];
    let ix = ResponseIx::at(winner);
    s.books.responded_on[winner] = s.day;
    s.just_responded = ix.0;
    s.responded |= 1 << ix.0;
    let text = words(rules, s, ix);
    sink.note(s.turn, Note::Responded { response: ix, text });
    let origin = Origin::Response { turn: s.turn, response: ix };
    s.move_all(rules, &r.moves, Cause::Response(ix), origin, sink);
    s.perform(rules, &r.also, Cause::Response(ix), origin, r.site, sink);
}

/// Which of its texts is told: one that is true now, and none again before the others have been.
fn words(rules: &Rules, s: &mut Situation, ix: ResponseIx) -> u8 {
    let r = &rules.responses[ix];
    let fit = (0..r.texts.len()).filter(|n| s.known.all(rules, &r.texts[*n].assumes));
    let fit = fit.fold(0u8, |mask, n| mask | 1 << n);
    let open = fit & !s.books.told[ix];
    let open = if open == 0 { fit } else { open };
    let among = u16::try_from(open.count_ones().max(1)).unwrap_or(1);
    let drawn = s.luck().between(r.site, 1, 0, among - 1);
    let mut left = open;
    (0..drawn).for_each(|_| left &= left - 1);
    let text = left.trailing_zeros();
    // After the last of them all but this may come again.
    let told = s.books.told[ix] | 1 << text;
    s.books.told[ix] = if fit & !told == 0 { 1 << text } else { told };
    byte(text as usize)
}

/// What the player saw (a visible response, or silence) is weighed by how likely it was in each
/// world cell.
fn observe(rules: &Rules, s: &mut Situation, public: &[u32; limits::RESPONSES], winner: usize) {
    let visible = rules.responses[winner].visible;
    let cells = rules.world_prior.len();
    let mut seen = [0u64; limits::WORLD_CELLS];
    let mut all = [0u64; limits::WORLD_CELLS];
    for (n, r) in rules.responses.iter().enumerate() {
        if public[n] == 0 {
            continue;
        }
        let counts = if visible { n == winner } else { !r.visible };
        let p = u64::from(public[n]);
        let table = &r.table[..cells];
        // At most 28 responses x 100 000 x 10 000.
        for (sum, t) in all.iter_mut().zip(table) {
            *sum = sum.wrapping_add(p.wrapping_mul(u64::from(*t)));
        }
        if counts {
            for (sum, t) in seen.iter_mut().zip(table) {
                *sum = sum.wrapping_add(p.wrapping_mul(u64::from(*t)));
            }
        }
    }
    let mut chances = [0u16; limits::WORLD_CELLS];
    for c in 0..cells {
        let share = seen[c] * 1000 / all[c].max(1);
        chances[c] = u16::try_from(share).unwrap_or(999).clamp(1, 999);
    }
    belief::update(&mut s.world_belief[..cells], &chances[..cells], true);
}
