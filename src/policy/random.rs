//! Uniform over what is legal, slot by slot: verb, then what it is about, then each term.

use crate::engine::options::{instrument_offered, offered, verb_offered};
use crate::engine::player::Dice;
use crate::engine::{Draft, Known, Order, Slot, Verb};
use crate::scenario::model::{InstrumentIx, Rules};

/// One order, filled at random. A draft can always be finished (that is a law of `options`).
pub fn draft(rules: &Rules, s: &Known, dice: &mut Dice) -> Option<Order> {
    let mut d = Draft::default();
    while let Some(slot) = d.next(rules) {
        d.set(slot, pick(rules, s, &d, slot, dice)?);
    }
    d.order(rules)
}

/// Draws tried before every value is looked at.
const TRIES: u32 = 200;

fn pick(rules: &Rules, s: &Known, d: &Draft, slot: Slot, dice: &mut Dice) -> Option<u8> {
    // Drawing among all and drawing again until one is on offer is as uniform as drawing among
    // those on offer, and asks about two or three of them instead of all.
    let all = match (slot, d.verb) {
        (Slot::Verb, _) => Verb::ALL.len(),
        (Slot::Subject, Some(Verb::Propose)) => rules.instruments.len(),
        _ => 0,
    };
    if let Some(last) = all.checked_sub(1) {
        for _ in 0..TRIES {
            let value = dice.roll(last) as u8;
            if on_offer(rules, s, slot, value) {
                return Some(value);
            }
        }
    }
    let mut open = [0u8; 256];
    let mut n = 0;
    offered(rules, s, d, slot, |value| {
        open[n] = value;
        n += 1;
    });
    Some(open[dice.roll(n.checked_sub(1)?)])
}

fn on_offer(rules: &Rules, s: &Known, slot: Slot, value: u8) -> bool {
    if slot == Slot::Verb {
        verb_offered(rules, s, Verb::ALL[usize::from(value)])
    } else {
        instrument_offered(rules, s, InstrumentIx(value))
    }
}
