//! Uniform over what is legal, slot by slot: verb, then what it is about, then each term.

use crate::engine::options::{instrument_offered, offered, verb_offered};
use crate::engine::{Draft, Order, Sink, Situation, Slot, Verb};
use crate::luck::{Luck, Site};
use crate::scenario::model::{InstrumentIx, Rules};

use super::{Count, give};

const SITE: Site = Site::of("policy", "random");

pub fn turn<S: Sink>(rules: &Rules, s: &mut Situation, count: &mut Count, sink: &mut S) {
    let luck = Luck::new(s.seed, s.turn + 1);
    let mut draws = 0;
    while !s.is_over() {
        let Some(order) = draft(rules, s, luck, &mut draws) else { return };
        if order == Order::End || !give(rules, s, order, count, sink) {
            return;
        }
    }
}

/// One order, filled at random. A draft can always be finished (that is a law of `options`).
pub fn draft(rules: &Rules, s: &Situation, luck: Luck, draws: &mut u32) -> Option<Order> {
    let mut d = Draft::default();
    while let Some(slot) = d.next(rules) {
        let value = pick(rules, s, &d, slot, luck, draws)?;
        d.set(slot, value);
    }
    d.order(rules)
}

/// Draws tried before every value is looked at.
const TRIES: u32 = 200;

fn pick(
    rules: &Rules,
    s: &Situation,
    d: &Draft,
    slot: Slot,
    luck: Luck,
    draws: &mut u32,
) -> Option<u8> {
    // Drawing among all and drawing again until one is on offer is as uniform as drawing among
    // those on offer, and asks about two or three of them instead of all.
    let (all, on_offer): (usize, &dyn Fn(u8) -> bool) = match (slot, d.verb) {
        (Slot::Verb, _) => {
            (Verb::ALL.len(), &|n| verb_offered(rules, s, Verb::ALL[usize::from(n)]))
        }
        (Slot::Subject, Some(Verb::Propose)) => {
            (rules.instruments.len(), &|n| instrument_offered(rules, s, InstrumentIx(n)))
        }
        _ => (0, &|_| false),
    };
    if let Some(last) = u16::try_from(all).ok().and_then(|n| n.checked_sub(1)) {
        for _ in 0..TRIES {
            *draws += 1;
            let value = u8::try_from(luck.between(SITE, *draws, 0, last)).unwrap_or(0);
            if on_offer(value) {
                return Some(value);
            }
        }
    }
    let mut open = [0u8; 256];
    let mut n = 0u16;
    offered(rules, s, d, slot, |value| {
        open[usize::from(n)] = value;
        n += 1;
    });
    if n == 0 {
        return None;
    }
    *draws += 1;
    Some(open[usize::from(luck.between(SITE, *draws, 0, n - 1))])
}
