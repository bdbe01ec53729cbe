//! A meeting: who votes, whose no stops a draft, and the chance that nobody stops it.
//!
//! Every agency in the room votes: its vote is its position and a mood nobody knows beforehand. The
//! venue says below which vote each seat stops the draft, and which of these it may overrule. In
//! the President's room the President alone votes. `Meeting::chance` is exact: the propose screen
//! shows it, policies and advice use it, and the same seats with drawn moods settle the meeting
//! when the turn ends.

use crate::num::{Milli, ONE, byte, clamp32, ratio};
use crate::scenario::model::{AgencyIx, Decider, InstrumentIx, Rules, Venue, VenueIx, limits};

use super::mood::{self, CERTAIN, Mood};
use super::order::Proposal;
use super::position::{Expected, PairStanding, RoomWeights, expected, in_room, scores};
use super::state::Known;

/// Half, as 2^-16.
pub(super) const HALF: u32 = 1 << 15;
/// The change of venue, as a slot in `Note::Returned`.
pub const VENUE_SLOT: u8 = limits::SLOTS as u8;
/// In place of a slot in `Note::Returned`: no change lifts it, and luck alone was against it.
pub const AS_IT_STANDS: u8 = VENUE_SLOT + 1;

/// What an agency is to a draft; the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Lead,
    Veto,
    Consulted,
    Other,
}

impl Standing {
    pub fn of(rules: &Rules, instrument: InstrumentIx, agency: AgencyIx) -> Standing {
        let ins = &rules.instruments[instrument];
        match () {
            () if agency == ins.lead => Standing::Lead,
            () if ins.veto.contains(&agency) => Standing::Veto,
            () if ins.consults.contains(&agency) => Standing::Consulted,
            () => Standing::Other,
        }
    }

    /// The deviation of the moods of whoever has it.
    pub fn mood(self, rules: &Rules) -> Milli {
        match self {
            Standing::Other => rules.tuning.mood_others,
            Standing::Lead | Standing::Veto | Standing::Consulted => rules.tuning.mood,
        }
    }
}

/// One voice at a meeting. Votes and bars are position points, thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// None: the President.
    pub agency: Option<AgencyIx>,
    pub standing: Standing,
    /// The vote without the mood.
    pub leans: Milli,
    /// A vote below this is a no.
    pub bar: Milli,
    /// A no below this stops the draft by itself; the bar, where the venue overrules nobody here.
    pub floor: Milli,
    /// The deviation of its moods.
    pub moods: Milli,
    /// A red line: it votes no, and nothing at this table overrules it.
    pub red: bool,
}

impl Seat {
    const NOBODY: Seat = Seat {
        agency: None,
        standing: Standing::Other,
        leans: 0,
        bar: 0,
        floor: 0,
        moods: 0,
        red: false,
    };

    /// The chance that it votes no, as 2^-32.
    #[inline]
    pub fn no(&self) -> u64 {
        if self.red { CERTAIN } else { CERTAIN - mood::chance(self.leans, self.bar, self.moods) }
    }

    /// The chance that its vote stops the draft, whatever the others say, as 2^-32.
    #[inline]
    pub fn stops(&self) -> u64 {
        if self.red { CERTAIN } else { CERTAIN - mood::chance(self.leans, self.floor, self.moods) }
    }

    fn voted(&self, mood: Mood) -> Vote {
        match () {
            () if self.red => Vote::Stops,
            () if mood.lifts(self.leans, self.bar, self.moods) => Vote::Yes,
            () if mood.lifts(self.leans, self.floor, self.moods) => Vote::No,
            () => Vote::Stops,
        }
    }
}

/// How a seat voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vote {
    Yes,
    /// A no that the meeting may pass over.
    No,
    Stops,
}

/// The moods of a meeting, by agency and last the President's: the same whatever the terms and the
/// venue are.
pub(super) type Moods = [Mood; limits::AGENCIES + 1];

/// How a meeting went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    pub cleared: bool,
    /// Agencies whose no stopped it, as a mask.
    pub stopped_by: u32,
    /// The one of these furthest below its bar; none where the President decided or it cleared.
    pub first: Option<AgencyIx>,
    /// Agencies that were overruled, as a mask, where it cleared.
    pub overruled: u32,
    /// Those whose no was likelier than their yes and who said yes, as a mask; the President's bit
    /// is behind those of agencies.
    pub came_round: u32,
}

/// A draft put to a venue: who votes there, and which votes stop it.
#[derive(Debug, Clone, Copy)]
pub struct Meeting {
    seats: [Seat; limits::AGENCIES],
    len: usize,
    /// At most so many may be overruled.
    most: usize,
}

impl Meeting {
    pub fn of(
        rules: &Rules,
        s: &Known,
        room: &RoomWeights,
        pair: &PairStanding,
        e: &Expected,
        p: &Proposal,
    ) -> Meeting {
        let venue = &rules.venues[p.venue];
        let mut meeting = Meeting { seats: [Seat::NOBODY; limits::AGENCIES], len: 0, most: 0 };
        if let Some(d) = &venue.decides {
            meeting.seats[0] = president(rules, s, room, pair, e, d);
            meeting.len = 1;
            return meeting;
        }
        let all = scores(rules, room, pair, e, p);
        let reach = reach(rules, s, p.instrument, venue);
        meeting.most = venue.overrules.most.into();
        for a in in_room(rules) {
            let standing = Standing::of(rules, p.instrument, a);
            let bar = venue.stops[standing as usize];
            let moods = standing.mood(rules);
            let floor = if venue.overrules.may(standing as usize) { bar - reach } else { bar };
            let red = pair.red & (1 << a.0) != 0;
            meeting.seats[meeting.len] =
                Seat { agency: Some(a), standing, leans: all[a], bar, floor, moods, red };
            meeting.len += 1;
        }
        meeting
    }

    pub fn seats(&self) -> &[Seat] {
        &self.seats[..self.len]
    }

    /// How many may be overruled.
    pub fn most_overruled(&self) -> usize {
        self.most
    }

    /// The chance that nobody who can stops it, as 2^-16.
    pub fn chance(&self) -> u32 {
        // By how many have been overruled so far.
        let mut by_overruled = [0u64; limits::AGENCIES + 1];
        by_overruled[0] = CERTAIN;
        let most = self.most.min(self.len);
        for seat in self.seats() {
            let no = seat.no();
            let stops = if seat.floor == seat.bar { no } else { seat.stops() };
            let (yes, passed_over) = (CERTAIN - no, no - stops);
            for n in (0..=most).rev() {
                let with = if n > 0 { times(by_overruled[n - 1], passed_over) } else { 0 };
                by_overruled[n] = times(by_overruled[n], yes) + with;
            }
        }
        let chance: u64 = by_overruled[..=most].iter().sum();
        (chance.min(CERTAIN) >> 16) as u32
    }

    /// How the meeting goes with these moods.
    pub(super) fn held(&self, moods: &Moods) -> Outcome {
        let mut out = Outcome::default();
        let (mut noes, mut stops, mut passed) = (0u32, 0u32, true);
        let mut lowest: Option<(i64, AgencyIx)> = None;
        let mut count = 0;
        for seat in self.seats() {
            let who = seat.agency.map_or(limits::AGENCIES, AgencyIx::i);
            let mood = moods[who];
            let vote = seat.voted(mood);
            if vote == Vote::Yes && seat.no() > CERTAIN / 2 {
                out.came_round |= 1 << who;
            }
            let Some(a) = seat.agency else {
                passed = vote == Vote::Yes;
                continue;
            };
            match vote {
                Vote::Yes => continue,
                Vote::No => {
                    noes |= 1 << a.0;
                    count += 1;
                }
                Vote::Stops => stops |= 1 << a.0,
            }
            // Those who stop it by themselves come before those who were too many.
            let first = if vote == Vote::Stops { 0 } else { i64::from(i32::MAX) };
            let short = if seat.red {
                i64::from(i32::MIN)
            } else {
                i64::from(seat.leans) + i64::from(mood.points(seat.moods)) - i64::from(seat.bar)
            };
            if lowest.is_none_or(|(least, _)| first + short < least) {
                lowest = Some((first + short, a));
            }
        }
        let too_many = count > self.most;
        out.cleared = passed && stops == 0 && !too_many;
        if out.cleared {
            out.overruled = noes;
        } else {
            out.stopped_by = if stops != 0 { stops } else { noes };
            out.first = lowest.map(|(_, a)| a);
        }
        out
    }
}

#[inline]
fn times(a: u64, b: u64) -> u64 {
    ((u128::from(a) * u128::from(b)) >> 32) as u64
}

/// How far below its bar a vote may be and still be overruled: the office's authority makes it.
fn reach(rules: &Rules, s: &Known, instrument: InstrumentIx, venue: &Venue) -> Milli {
    let authority = i64::from(s.authority(rules, instrument).max(0));
    ratio(authority, i64::from(venue.overrules.reach), i64::from(ONE))
}

/// The President's own vote: how the office is thought of, and what is expected of what a President
/// minds.
fn president(
    rules: &Rules,
    s: &Known,
    room: &RoomWeights,
    pair: &PairStanding,
    e: &Expected,
    d: &Decider,
) -> Seat {
    let confidence = i64::from(s.value[rules.roles.president]) - 50 * i64::from(ONE);
    let mut sum = 0;
    for (i, amount) in e.parts() {
        let cares = d.cares.iter().find(|(of, _)| of == i).map_or(0, |(_, n)| i64::from(*n));
        let windows = if *i == rules.roles.talks {
            100_000 + i64::from(d.minds_windows) * i64::from(room.heat)
        } else {
            100_000
        };
        sum += cares * i64::from(*amount) * windows / 100_000;
    }
    let effects = ratio(sum, 1, i64::from(rules.tuning.position_scale));
    let leans = i64::from(d.starts)
        + confidence * i64::from(d.confidence) / i64::from(ONE)
        + i64::from(effects)
        + i64::from(pair.president);
    Seat {
        agency: None,
        standing: Standing::Lead,
        leans: clamp32(leans),
        bar: d.bar,
        floor: d.bar,
        moods: rules.tuning.mood,
        red: false,
    }
}

/// The chance that the draft clears its venue, as 2^-16.
pub fn chance(rules: &Rules, s: &Known, room: &RoomWeights, p: &Proposal) -> u32 {
    meeting(rules, s, room, p).chance()
}

/// The meeting a draft would come before.
pub fn meeting(rules: &Rules, s: &Known, room: &RoomWeights, p: &Proposal) -> Meeting {
    Meeting::of(
        rules,
        s,
        room,
        &PairStanding::new(rules, s, p.instrument, p.target),
        &expected(rules, s, p, room.heat),
        p,
    )
}

/// The single change that would lift the chance to one half or more, cheapest first: (slot,
/// position), the slot `VENUE_SLOT` for the venue. None where the chance is there already, or no
/// change does it that `may` be made.
pub fn would_lift(
    rules: &Rules,
    s: &Known,
    room: &RoomWeights,
    p: &Proposal,
    may: impl Fn(&Proposal) -> bool,
) -> Option<(u8, u8)> {
    if meeting(rules, s, room, p).chance() >= HALF {
        return None;
    }
    cheapest_change(rules, s, room, p, |there, draft| there.chance() >= HALF && may(draft))
}

/// A single change of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    slot: u8,
    value: u8,
    /// What it costs more than the draft.
    extra: u32,
}

/// The cheapest single change with which the meeting does what is asked: (slot, position); the slot
/// `VENUE_SLOT` means the venue. Only changes that may be proposed are named.
pub(super) fn cheapest_change(
    rules: &Rules,
    s: &Known,
    room: &RoomWeights,
    p: &Proposal,
    does: impl Fn(&Meeting, &Proposal) -> bool,
) -> Option<(u8, u8)> {
    let mut changes = [Change { slot: 0, value: 0, extra: u32::MAX };
        limits::SLOTS * limits::TERM_VALUES + limits::VENUES];
    let len = changes_of(rules, s, p, &mut changes);
    let pair = PairStanding::new(rules, s, p.instrument, p.target);
    let as_it_is = expected(rules, s, p, room.heat);
    // Cheapest first, of equals the first slot: the first that does it is the answer.
    for _ in 0..len {
        let (at, change) =
            changes[..len].iter().copied().enumerate().min_by_key(|(_, c)| c.extra)?;
        changes[at].extra = u32::MAX;
        let mut draft = *p;
        let there = if change.slot == VENUE_SLOT {
            draft.venue = VenueIx(change.value);
            Meeting::of(rules, s, room, &pair, &as_it_is, &draft)
        } else {
            draft.terms[usize::from(change.slot)] = change.value;
            let e = expected(rules, s, &draft, room.heat);
            Meeting::of(rules, s, room, &pair, &e, &draft)
        };
        if does(&there, &draft) {
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
    let of = s.standing(rules, p.instrument, p.target);
    for (n, slot) in ins.slots.iter().enumerate() {
        let values = &rules.terms[slot.term].values;
        let price = |at: u8| match of {
            Some(m) if m.terms[n] == at => (0, 0),
            _ => {
                let value = &values[usize::from(slot.values[usize::from(at)])];
                (value.staff, value.capital)
            }
        };
        for at in (0..slot.values.len()).map(byte) {
            let mut other = *p;
            other.terms[n] = at;
            let back = of.is_some_and(|m| m.terms == other.terms);
            if at != p.terms[n] && !back && s.term(rules, p.instrument, of, n, at).is_ok() {
                add(byte(n), at, price(p.terms[n]), price(at));
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
    let pair = PairStanding::new(rules, s, p.instrument, p.target);
    let all = scores(rules, room, &pair, &expected(rules, s, p, room.heat), p);
    in_room(rules).min_by_key(|a| all[*a]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seat(agency: usize, leans: Milli, bar: Milli, floor: Milli, red: bool) -> Seat {
        let agency = Some(AgencyIx::at(agency));
        Seat { agency, standing: Standing::Other, leans, bar, floor, moods: 0, red }
    }

    /// The meeting of these seats with even moods.
    fn held(list: &[Seat], most: usize) -> Outcome {
        let mut meeting =
            Meeting { seats: [Seat::NOBODY; limits::AGENCIES], len: list.len(), most };
        meeting.seats[..list.len()].copy_from_slice(list);
        let outcome = meeting.held(&[Mood::EVEN; limits::AGENCIES + 1]);
        // Without moods the chance is no chance.
        assert_eq!(meeting.chance() == 1 << 16, outcome.cleared);
        outcome
    }

    #[test]
    fn the_culprit_is_the_one_furthest_below_its_bar_of_those_who_stop_it() {
        let (far, near) = (-5_000, -1_000);
        // Both stop it by themselves: the further one, whatever the order.
        let stop = |n, leans| seat(n, leans, 0, 0, false);
        for list in [[stop(0, far), stop(1, near)], [stop(1, near), stop(0, far)]] {
            let out = held(&list, 0);
            assert_eq!((out.cleared, out.stopped_by, out.first), (false, 3, Some(AgencyIx::at(0))));
        }
        // Nearer to its bar, but it stops by itself; the other is one of too many.
        let many = |n, leans| seat(n, leans, 0, -20_000, false);
        let out = held(&[many(0, far), stop(1, near), many(2, far)], 1);
        assert_eq!((out.stopped_by, out.first), (2, Some(AgencyIx::at(1))));
        // Too many, and nobody by itself: the furthest of them.
        let out = held(&[many(0, near), many(1, far)], 1);
        assert_eq!((out.stopped_by, out.first), (3, Some(AgencyIx::at(1))));
        // A red line is further than anything.
        let out = held(&[stop(0, far), seat(1, 9_000, 0, 0, true)], 0);
        assert_eq!((out.stopped_by, out.first), (3, Some(AgencyIx::at(1))));
        // As many as may be are passed over.
        let out = held(&[many(0, near), many(1, 4_000)], 1);
        assert_eq!((out.cleared, out.overruled, out.first), (true, 1, None));
    }
}
