//! How likely a proposal is to pass its venue, why, and what would lift the chance.
//!
//! `chance` is the one function that says so: the propose screen shows it, policies and advice use
//! it, and the end of the turn draws against it.

use crate::num::{ONE, byte, clamp32, logistic};
use crate::scenario::model::{AgencyIx, Rules, VenueIx, limits};

use super::order::Proposal;
use super::position::{
    Expected, PairStanding, RoomWeights, Scores, Stance, expected, in_room, scores, stance,
};
use super::state::Known;

/// Half, as 2^-16.
pub(super) const HALF: u32 = 1 << 15;
/// The change of venue, as a slot in `Note::Returned`.
pub const VENUE_SLOT: u8 = limits::SLOTS as u8;
/// In place of a slot in `Note::Returned`: no change lifts it, and luck alone was against it.
pub const AS_IT_STANDS: u8 = VENUE_SLOT + 1;

/// The chance that the draft clears its venue, as 2^-16.
pub fn chance(rules: &Rules, s: &Known, room: &RoomWeights, p: &Proposal) -> u32 {
    chance_of(
        rules,
        s,
        room,
        &PairStanding::new(rules, s, p.instrument, p.target),
        &expected(rules, s, p, room.heat),
        p,
    )
}

/// The same where the pair has been looked at before.
pub fn chance_of(
    rules: &Rules,
    s: &Known,
    room: &RoomWeights,
    pair: &PairStanding,
    e: &Expected,
    p: &Proposal,
) -> u32 {
    Hearing::of(rules, room, pair, e, p).chance(rules, s, p)
}

/// What a chance is made of: thousandths of log odds, which are added up and go through the
/// logistic curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odds {
    /// A red line of the lead or of a holder of the veto, which this venue heeds: there is no
    /// chance.
    pub stopped: bool,
    /// The same for every draft.
    pub base: i64,
    /// Where the lead stands.
    pub lead: i64,
    /// What the venue overrides, or leaves to those below it.
    pub venue: i64,
    /// Where the room stands on average; those consulted count twice.
    pub room: i64,
    /// The player's authority on the lead's side, above or below 50.
    pub authority: i64,
    /// Holders of the veto who are against it, as far as the venue heeds them; never above 0.
    pub veto: i64,
}

impl Odds {
    fn sum(&self) -> i64 {
        self.base + self.lead + self.venue + self.room + self.authority + self.veto
    }
}

/// The parts of `chance`, for whoever explains it.
pub fn odds(rules: &Rules, s: &Known, room: &RoomWeights, p: &Proposal) -> Odds {
    heard(rules, s, room, p).odds(rules, s, p)
}

pub(super) fn heard(rules: &Rules, s: &Known, room: &RoomWeights, p: &Proposal) -> Hearing {
    Hearing::of(
        rules,
        room,
        &PairStanding::new(rules, s, p.instrument, p.target),
        &expected(rules, s, p, room.heat),
        p,
    )
}

/// The single change that would lift the chance to one half or more, cheapest first, as a refusal
/// would name it: (slot, position), the slot `VENUE_SLOT` for the venue. None where the chance is
/// there already, or no change does it that `may` be made.
pub fn would_lift(
    rules: &Rules,
    s: &Known,
    room: &RoomWeights,
    p: &Proposal,
    may: impl Fn(&Proposal) -> bool,
) -> Option<(u8, u8)> {
    let hearing = heard(rules, s, room, p);
    let there = hearing.chance(rules, s, p) >= HALF;
    if there { None } else { cheapest_fix(rules, s, room, &hearing, p, may) }
}

/// A draft as the room sees it, before any venue.
pub(super) struct Hearing {
    scores: Scores,
    lead: i64,
    mean: i64,
    /// Weight of the vetoes among the scores.
    veto: i64,
    /// Someone whose word a venue may heed has a red line.
    red: bool,
}

impl Hearing {
    fn of(
        rules: &Rules,
        room: &RoomWeights,
        pair: &PairStanding,
        e: &Expected,
        p: &Proposal,
    ) -> Hearing {
        let ins = &rules.instruments[p.instrument];
        let scores = scores(rules, room, pair, e, p);
        let (mut sum, mut n, mut veto, mut red) = (0i64, 0i64, 0i64, false);
        for a in in_room(rules) {
            let points = scores[a];
            // Those consulted count twice.
            let weight = if a == ins.lead || ins.consults.contains(&a) { 2 } else { 1 };
            sum += i64::from(points.clamp(-10 * ONE, 10 * ONE)) * weight;
            n += weight;
            let vetoes = ins.veto.contains(&a);
            red |= pair.red & (1 << a.0) != 0 && (a == ins.lead || vetoes);
            if vetoes {
                match stance(rules, points) {
                    Stance::Blocks => veto += 2 * i64::from(rules.tuning.odds_veto),
                    Stance::Objects => veto += i64::from(rules.tuning.odds_veto),
                    Stance::Presses | Stance::Supports | Stance::Concurs | Stance::Reserves => {}
                }
            }
        }
        let lead = i64::from(scores[ins.lead].clamp(-12 * ONE, 12 * ONE));
        Hearing { scores, lead, mean: if n == 0 { 0 } else { sum / n }, veto, red }
    }

    pub(super) fn chance(&self, rules: &Rules, s: &Known, p: &Proposal) -> u32 {
        let odds = self.odds(rules, s, p);
        if odds.stopped { 0 } else { logistic(clamp32(odds.sum())) }
    }

    fn odds(&self, rules: &Rules, s: &Known, p: &Proposal) -> Odds {
        let venue = &rules.venues[p.venue];
        let t = &rules.tuning;
        let authority = i64::from(s.authority(rules, p.instrument)) - 50 * i64::from(ONE);
        let one = i64::from(ONE);
        let lead = self.lead * i64::from(t.odds_lead) / one;
        // The lead and the venue are rounded together, as one number.
        let lifted = (self.lead + i64::from(venue.lifts)) * i64::from(t.odds_lead) / one;
        Odds {
            stopped: self.red && venue.heeds_veto > 0,
            base: i64::from(t.odds_base),
            lead,
            venue: lifted - lead,
            room: self.mean * i64::from(t.odds_room) / one,
            authority: authority * i64::from(t.odds_authority) / one,
            veto: -(self.veto * i64::from(venue.heeds_veto) / 100),
        }
    }

    pub(super) fn largest_objection(&self, rules: &Rules) -> AgencyIx {
        in_room(rules).min_by_key(|a| self.scores[*a]).unwrap_or_default()
    }
}

/// A single change of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    slot: u8,
    value: u8,
    /// What it costs more than the draft.
    extra: u32,
}

/// The cheapest single change that lifts the chance, to one half or more: (slot, position); the
/// slot `VENUE_SLOT` means the venue. Only changes that may be proposed are named.
pub(super) fn cheapest_fix(
    rules: &Rules,
    s: &Known,
    room: &RoomWeights,
    hearing: &Hearing,
    p: &Proposal,
    may: impl Fn(&Proposal) -> bool,
) -> Option<(u8, u8)> {
    let mut changes = [Change { slot: 0, value: 0, extra: u32::MAX };
        limits::SLOTS * limits::TERM_VALUES + limits::VENUES];
    let len = changes_of(rules, s, p, &mut changes);
    let pair = PairStanding::new(rules, s, p.instrument, p.target);
    let least = HALF.max(hearing.chance(rules, s, p).saturating_add(1));
    // Cheapest first, of equals the first slot: the first that does it is the answer.
    for _ in 0..len {
        let (at, change) =
            changes[..len].iter().copied().enumerate().min_by_key(|(_, c)| c.extra)?;
        changes[at].extra = u32::MAX;
        let mut draft = *p;
        let chance = if change.slot == VENUE_SLOT {
            draft.venue = VenueIx(change.value);
            hearing.chance(rules, s, &draft)
        } else {
            draft.terms[usize::from(change.slot)] = change.value;
            chance_of(rules, s, room, &pair, &expected(rules, s, &draft, room.heat), &draft)
        };
        if chance >= least && may(&draft) {
            return Some((change.slot, change.value));
        }
    }
    None
}

/// Every single change that may be proposed; how many there are.
fn changes_of(rules: &Rules, s: &Known, p: &Proposal, out: &mut [Change]) -> usize {
    let mut len = 0;
    let mut add = |slot: u8, value: u8, old: (u8, u8), new: (u8, u8)| {
        let cost = |(staff, capital): (u8, u8)| u32::from(staff) * 3 + u32::from(capital);
        if let Some(c) = out.get_mut(len) {
            // The rest of the price is the same, so only the part that changes counts; cheaper is
            // as good as equal.
            *c = Change { slot, value, extra: cost(new).saturating_sub(cost(old)) };
            len += 1;
        }
    };
    let ins = &rules.instruments[p.instrument];
    for (n, slot) in ins.slots.iter().enumerate() {
        let values = &rules.terms[slot.term].values;
        let price = |at: u8| {
            (
                values[usize::from(slot.values[usize::from(at)])].staff,
                values[usize::from(slot.values[usize::from(at)])].capital,
            )
        };
        for (at, v) in slot.values.iter().enumerate() {
            let (n8, at8) = (byte(n), byte(at));
            if at8 != p.terms[n] && s.term_open(slot.term, *v) {
                add(n8, at8, price(p.terms[n]), price(at8));
            }
        }
    }
    let price = |v: VenueIx| (rules.venues[v].staff, rules.venues[v].capital);
    for v in (0..rules.venues.len()).map(VenueIx::at) {
        if v != p.venue && s.validate_venue(rules, p.instrument, v).is_ok() {
            add(VENUE_SLOT, v.0, price(p.venue), price(v));
        }
    }
    len
}

/// The agency most against the draft.
pub fn largest_objection(rules: &Rules, s: &Known, room: &RoomWeights, p: &Proposal) -> AgencyIx {
    heard(rules, s, room, p).largest_objection(rules)
}
