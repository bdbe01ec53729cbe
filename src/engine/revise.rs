//! New terms for a measure in force: which of its terms may change, and what that costs.
//!
//! Owns what a draft is where a measure of its pair is in force: that measure with other terms. It
//! needs no file, pays for the venue and for what changes, and is judged by what it changes. Refuses
//! to own what new terms do: `effect` says it, and `act` does it.

use crate::scenario::model::{InstrumentIx, Rules, TargetIx, TermValue};

use super::items::Measure;
use super::order::Proposal;
use super::refusal::Refusal;
use super::state::Known;

impl Known {
    /// The measure in force that a draft of the pair gives new terms. None of an instrument of which
    /// a target may bear several.
    pub fn standing(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Option<&Measure> {
        if rules.instruments[instrument].unlimited {
            return None;
        }
        self.measures.iter().find(|m| m.is_of(instrument, target) && m.stands())
    }

    /// The same, if new terms may be proposed for it now: it stays, none are under way, and some
    /// term can be another.
    pub fn revisable(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Option<&Measure> {
        let m = self.standing(rules, instrument, target)?;
        let under_way = |o: &Measure| o.is_of(instrument, target) && !o.in_force();
        let changes = (0..rules.instruments[instrument].slots.len())
            .any(|n| self.others(rules, m, n).next().is_some());
        (!m.withdrawn && !self.measures.iter().any(under_way) && changes).then_some(m)
    }

    /// What may stand in the slot in place of what stands there.
    fn others(&self, rules: &Rules, m: &Measure, n: usize) -> impl Iterator<Item = u8> {
        let values = 0..rules.instruments[m.instrument].slots[n].values.len() as u8;
        values.filter(move |at| {
            *at != m.terms[n] && self.term(rules, m.instrument, Some(m), n, *at).is_ok()
        })
    }

    /// Whether the value may stand in the slot of a draft: of a new measure, or of new terms for
    /// one.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn term(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        of: Option<&Measure>,
        n: usize,
        at: u8,
    ) -> Result<(), Refusal> {
        let unknown = Refusal::TermNotOffered { instrument, slot: n as u8 };
        let slot = rules.instruments[instrument].slots.get(n).ok_or(unknown)?;
        let value = *slot.values.get(usize::from(at)).ok_or(unknown)?;
        match of {
            Some(m) if m.terms[n] == at => Ok(()),
            Some(_) if rules.terms[slot.term].once => Err(Refusal::TermSettled { term: slot.term }),
            _ if self.term_open(slot.term, value) => Ok(()),
            _ => Err(Refusal::TermShut { term: slot.term, value }),
        }
    }

    /// What a proposal costs: staff and capital, venue and terms included. Of new terms the venue
    /// and those that change.
    pub fn price(&self, rules: &Rules, p: &Proposal) -> (u32, u32) {
        let ins = &rules.instruments[p.instrument];
        let of = self.standing(rules, p.instrument, p.target);
        let own = if of.is_some() { (0, 0) } else { (ins.staff, ins.capital) };
        let venue = &rules.venues[p.venue];
        let mut sum = plus(plus((0, 0), own), (venue.staff, venue.capital));
        for (n, (at, value)) in p.values(rules).enumerate() {
            if of.is_none_or(|m| m.terms[n] != at) {
                sum = plus(sum, (value.staff, value.capital));
            }
        }
        sum
    }

    /// Whether some way of filling the slots after `chosen` makes new terms that can be paid for.
    ///
    /// # Errors
    /// Why there is none; of several that are too dear, of the cheapest.
    pub(super) fn affordable_terms(
        &self,
        rules: &Rules,
        m: &Measure,
        chosen: &[u8],
    ) -> Result<(), Refusal> {
        let (instrument, target) = (m.instrument, m.target);
        let slots = &rules.instruments[instrument].slots;
        let value = |n: usize, at: u8| -> &TermValue {
            &rules.terms[slots[n].term].values[usize::from(slots[n].values[usize::from(at)])]
        };
        let mut sum = (0, 0);
        let mut differs = false;
        for (n, at) in chosen.iter().enumerate().filter(|(n, at)| m.terms[*n] != **at) {
            differs = true;
            let v = value(n, *at);
            sum = plus(sum, (v.staff, v.capital));
        }
        let mut cheapest: Option<(u32, u32)> = None;
        let mut pays = |with: (u32, u32)| {
            let dear = |(staff, capital): (u32, u32)| staff * 3 + capital;
            if cheapest.is_none_or(|old| dear(with) < dear(old)) {
                cheapest = Some(with);
            }
            self.afford(rules, with.0, with.1).is_ok()
        };
        let have = self.authority(rules, instrument);
        for venue in rules.venues.iter().filter(|v| have >= v.needs_authority) {
            let with = plus(sum, (venue.staff, venue.capital));
            if differs {
                if pays(with) {
                    return Ok(());
                }
                continue;
            }
            for n in chosen.len()..slots.len() {
                for at in self.others(rules, m, n) {
                    let v = value(n, at);
                    if pays(plus(with, (v.staff, v.capital))) {
                        return Ok(());
                    }
                }
            }
        }
        let (staff, capital) = cheapest.ok_or(Refusal::SameTerms { instrument, target })?;
        self.afford(rules, staff, capital)
    }
}

fn plus(sum: (u32, u32), price: (u8, u8)) -> (u32, u32) {
    (sum.0 + u32::from(price.0), sum.1 + u32::from(price.1))
}
