//! Events that wait for each other, so that none of them can be the first.
//!
//! Owns what an event needs of other events: that one has happened, that one was answered, that one
//! sets a flag or sets it off. Refuses to guess: what anything but an event may do is taken to be
//! done.

#![expect(clippy::indexing_slicing, reason = "positions were resolved from these very tables")]

use super::super::model::{Condition, Effect, Event, EventIx, Rules};
use super::super::raw::Effect as Raw;
use super::finding::Code;
use super::laws::all_effects;
use super::names::Cx;

/// The events that alone do something; none where something else may.
type Doers = Option<Vec<usize>>;

struct Waits<'r> {
    rules: &'r Rules,
    /// By flag, who sets it.
    sets: Vec<Doers>,
    /// By event, who sets it off.
    chains: Vec<Doers>,
    /// Events that can happen.
    can: Vec<bool>,
}

/// Each ring once, at its first event.
pub fn check(cx: &Cx, rules: &Rules) {
    let mut w =
        Waits { rules, sets: Vec::new(), chains: Vec::new(), can: vec![false; rules.events.len()] };
    let everywhere = all_effects(cx);
    w.sets = (0..rules.flags.len())
        .map(|n| {
            let id = rules.flags[n].as_str();
            let raw = |e: &Raw| matches!(e, Raw::SetFlag(flag) if *flag.text == *id);
            w.only(&everywhere, raw, |e| matches!(e, Effect::SetFlag(f) if f.i() == n))
        })
        .collect();
    w.chains = (0..rules.events.len())
        .map(|n| {
            let event = &rules.events[n];
            let leaks = |a: &super::super::raw::Ask| {
                a.leaks.as_ref().is_some_and(|l| *l.event.text == *event.id)
            };
            if !event.chained || cx.m.asks.iter().any(|a| leaks(a.raw)) {
                return None;
            }
            let raw = |e: &Raw| matches!(e, Raw::Chain(id, _) if *id.text == *event.id);
            w.only(&everywhere, raw, |e| matches!(e, Effect::Chain(c, _) if c.i() == n))
        })
        .collect();
    while let Some(n) = (0..w.can.len()).find(|n| !w.can[*n] && w.free(*n).is_ok()) {
        w.can[n] = true;
    }
    w.report(cx);
}

impl Waits<'_> {
    /// The events that do it, if nothing else does.
    fn only(
        &self,
        everywhere: &[&Raw],
        raw: impl Fn(&Raw) -> bool,
        does: impl Fn(&Effect) -> bool,
    ) -> Doers {
        let of = |e: &Event| {
            let answers = e.choices.iter().flat_map(|c| &c.also);
            e.also.iter().chain(answers).filter(|e| does(e)).count()
        };
        let times: Vec<usize> = self.rules.events.iter().map(of).collect();
        let all = everywhere.iter().filter(|e| raw(e)).count();
        let doers = (0..times.len()).filter(|n| times[*n] > 0);
        (all > 0 && times.iter().sum::<usize>() == all).then(|| doers.collect())
    }

    /// Whether the event can happen; otherwise one that it waits for.
    fn free(&self, n: usize) -> Result<(), EventIx> {
        self.among(&self.chains[n])?;
        self.rules.events[n].when.iter().try_for_each(|c| self.holds(c))
    }

    fn among(&self, doers: &Doers) -> Result<(), EventIx> {
        match doers.as_deref() {
            Some([first, ..]) if doers.iter().flatten().all(|n| !self.can[*n]) => {
                Err(EventIx::at(*first))
            }
            _ => Ok(()),
        }
    }

    fn holds(&self, c: &Condition) -> Result<(), EventIx> {
        match c {
            Condition::Fired(e) | Condition::Chose(e, _) if !self.can[e.i()] => Err(*e),
            Condition::Flag(f) => self.among(&self.sets[f.i()]),
            Condition::All(list) => list.iter().try_for_each(|c| self.holds(c)),
            Condition::Any(list) => {
                let first = list.first().map_or(Ok(()), |c| self.holds(c));
                if list.iter().any(|c| self.holds(c).is_ok()) { Ok(()) } else { first }
            }
            _ => Ok(()),
        }
    }

    fn report(&self, cx: &Cx) {
        let waits: Vec<Option<EventIx>> =
            (0..self.can.len()).map(|n| self.free(n).err().filter(|_| !self.can[n])).collect();
        let mut told = vec![false; waits.len()];
        for (n, row) in cx.m.events.iter().enumerate() {
            let mut ring = vec![n];
            let mut closed = false;
            while let Some(next) = ring.last().and_then(|n| waits[*n]).map(EventIx::i) {
                closed = next == n;
                if ring.contains(&next) {
                    break;
                }
                ring.push(next);
            }
            let known = !closed || ring.iter().any(|n| told[*n]);
            if closed {
                for n in &ring {
                    told[*n] = true;
                }
            }
            let Some(others) = ring.get(1..).filter(|others| !known && !others.is_empty()) else {
                continue;
            };
            let names: Vec<String> =
                others.iter().map(|n| format!("`{}`", self.rules.events[*n].id)).collect();
            cx.enter(row);
            cx.report_row(
                Code::CannotHold,
                format!(
                    "the event `{}` can never happen: it waits for {}, which waits for it",
                    row.id,
                    names.join(", which waits for ")
                ),
                "let one of them happen without the others",
            );
        }
    }
}
