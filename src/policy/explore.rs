//! Orders what was ordered least, for coverage: every verb, subject and object in turn.

use crate::engine::options::offered;
use crate::engine::player::Dice;
use crate::engine::{Draft, Known, Order, Slot, Verb};
use crate::scenario::model::{InstrumentIx, Rules, TaskIx};

/// One order, each slot filled with what was ordered least.
pub fn draft(rules: &Rules, s: &Known, dice: &mut Dice) -> Option<Order> {
    let mut d = Draft::default();
    while let Some(slot) = d.next(rules) {
        let mut least: Vec<u8> = Vec::new();
        let mut fewest = u32::MAX;
        offered(rules, s, &d, slot, |value| {
            let times = times(s, &d, slot, value);
            if times < fewest {
                fewest = times;
                least.clear();
            }
            if times == fewest {
                least.push(value);
            }
        });
        d.set(slot, *least.get(dice.roll(least.len().checked_sub(1)?))?);
    }
    d.order(rules)
}

/// How often it was ordered so far, as far as that is counted. The end of the turn comes last.
fn times(s: &Known, d: &Draft, slot: Slot, value: u8) -> u32 {
    let instrument = || s.tally[InstrumentIx(value)].proposed.into();
    match (slot, d.verb) {
        (Slot::Verb, _) if Verb::ALL.get(usize::from(value)) == Some(&Verb::End) => u32::MAX - 1,
        (Slot::Subject, Some(Verb::Propose | Verb::Build)) => instrument(),
        (Slot::Subject, Some(Verb::Task)) => s.tasks_begun[TaskIx(value)].into(),
        (Slot::Object, Some(Verb::Propose | Verb::Build)) => {
            let ix = InstrumentIx(d.subject.unwrap_or(0));
            (s.launched_on[ix] >> value) & 1
        }
        _ => 0,
    }
}
