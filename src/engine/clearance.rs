//! Clearance: whether a proposal passes its venue, and if not, what would have.
//!
//! `chance` is the one function that says how likely a draft is to clear; the propose screen shows it and the
//! end of the turn draws against it.

use crate::num::{Milli, ONE, clamp32, logistic, ratio};
use crate::scenario::model::{AgencyIx, Rules, VenueIx, most};

use super::condition::authority_of;
use super::ledger::{Cause, Note, Sink};
use super::order::{Proposal, price, refund};
use super::position::{Expected, Room, Stance, expected, red_line, score, stance};
use super::situation::{Agenda, Measure, Situation};
use super::{Origin, pipeline};

/// Half, as 2^-16.
const HALF: u32 = 1 << 15;
/// The change of venue, as a slot in `Note::Returned`.
pub const VENUE_SLOT: u8 = most::SLOTS as u8;

/// The chance that the draft clears its venue, as 2^-16.
pub fn chance(rules: &Rules, s: &Situation, room: &Room, p: &Proposal) -> u32 {
    let e = expected(rules, s, p, room.heat);
    chance_of(rules, s, room, &e, p)
}

pub(crate) fn chance_of(rules: &Rules, s: &Situation, room: &Room, e: &Expected, p: &Proposal) -> u32 {
    let ins = &rules.instruments[p.instrument.i()];
    let venue = &rules.venues[p.venue.i()];
    let t = &rules.tuning;
    let mut sum: i64 = 0;
    let mut n: i64 = 0;
    let mut lead: i64 = 0;
    let mut veto: i64 = 0;
    for (a, agency) in rules.agencies.iter().enumerate() {
        if agency.outside {
            continue;
        }
        let a = AgencyIx::at(a);
        let points = score(rules, s, room, e, p, a);
        // Those consulted count twice.
        let weight = if a == ins.lead || ins.consults.contains(&a) { 2 } else { 1 };
        sum += i64::from(points.clamp(-10 * ONE, 10 * ONE)) * weight;
        n += weight;
        if a == ins.lead {
            lead = i64::from(points.clamp(-12 * ONE, 12 * ONE));
        }
        let blocks = red_line(rules, s, p, a).is_some();
        if blocks && venue.heeds_veto > 0 && (a == ins.lead || ins.veto.contains(&a)) {
            return 0;
        }
        if ins.veto.contains(&a) {
            match stance(rules, points) {
                Stance::Blocks => veto += 2 * i64::from(t.odds_veto),
                Stance::Objects => veto += i64::from(t.odds_veto),
                Stance::Presses | Stance::Supports | Stance::Concurs | Stance::Reserves => {}
            }
        }
    }
    let mean = if n == 0 { 0 } else { sum / n };
    let authority = i64::from(s.value[authority_of(rules, p.instrument).i()]) - 50 * i64::from(ONE);
    let one = i64::from(ONE);
    let logit = i64::from(t.odds_base)
        + (lead + i64::from(venue.lifts)) * i64::from(t.odds_lead) / one
        + mean * i64::from(t.odds_room) / one
        + authority * i64::from(t.odds_authority) / one
        - veto * i64::from(venue.heeds_veto) / 100;
    logistic(clamp32(logit))
}

/// The cheapest single change that lifts the chance to one half or more: (slot, position); the slot
/// `VENUE_SLOT` means the venue. Only changes that may be proposed are named.
pub fn mend(rules: &Rules, s: &Situation, room: &Room, p: &Proposal) -> Option<(u8, u8)> {
    let mut best: Option<(u32, u8, u8)> = None;
    let (staff, capital) = price(rules, p);
    let now = staff * 3 + capital;
    let mut consider = |draft: Proposal, slot: u8, value: u8| {
        if chance(rules, s, room, &draft) >= HALF {
            let (staff, capital) = price(rules, &draft);
            let extra = (staff * 3 + capital).saturating_sub(now);
            if best.is_none_or(|(cost, _, _)| extra < cost) {
                best = Some((extra, slot, value));
            }
        }
    };
    let ins = &rules.instruments[p.instrument.i()];
    for (n, slot) in ins.slots.iter().enumerate() {
        for at in 0..slot.values.len() {
            let (n8, at8) = (u8::try_from(n).unwrap_or(0), u8::try_from(at).unwrap_or(0));
            if at8 != p.terms[n] && s.menu.terms[slot.term.i()] & (1 << slot.values[at]) != 0 {
                let mut draft = *p;
                draft.terms[n] = at8;
                consider(draft, n8, at8);
            }
        }
    }
    for v in 0..rules.venues.len() {
        let venue = VenueIx::at(v);
        if venue != p.venue && s.validate_venue(rules, p.instrument, venue).is_ok() {
            consider(Proposal { venue, ..*p }, VENUE_SLOT, venue.0);
        }
    }
    best.map(|(_, slot, value)| (slot, value))
}

/// The agency most against the draft.
pub fn largest_objection(rules: &Rules, s: &Situation, room: &Room, p: &Proposal) -> AgencyIx {
    let e = expected(rules, s, p, room.heat);
    let mut worst = (Milli::MAX, AgencyIx(0));
    for (a, agency) in rules.agencies.iter().enumerate() {
        if !agency.outside {
            let a = AgencyIx::at(a);
            let points = score(rules, s, room, &e, p, a);
            if points < worst.0 {
                worst = (points, a);
            }
        }
    }
    worst.1
}

/// What was decided of one proposal before anything changed.
#[derive(Debug, Clone, Copy, Default)]
struct Verdict {
    chance: u32,
    cleared: bool,
    mend: Option<(u8, u8)>,
    largest: AgencyIx,
}

/// First phase of a turn's end: every proposal on the agenda is cleared, returned or blocked.
pub(super) fn resolve<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    if s.agenda_len == 0 {
        return;
    }
    let room = Room::new(rules, s);
    // Chances are those of the moment the meetings open: no proposal's outcome moves another's.
    let agenda: [Agenda; super::order::MAX_AGENDA] = s.agenda;
    let len = s.agenda_len as usize;
    let luck = s.luck();
    let mut verdicts = [Verdict::default(); super::order::MAX_AGENDA];
    for (v, a) in verdicts.iter_mut().zip(&agenda[..len]) {
        let p = &a.proposal;
        v.chance = chance(rules, s, &room, p);
        v.cleared = luck.share(rules.instruments[p.instrument.i()].clear_site, u32::from(p.target.0)) >> 16 < v.chance;
        if !v.cleared {
            v.mend = mend(rules, s, &room, p);
            v.largest = largest_objection(rules, s, &room, p);
        }
    }
    for (a, v) in agenda[..len].iter().zip(verdicts) {
        let p = a.proposal;
        let ins = &rules.instruments[p.instrument.i()];
        let origin = Origin::Decision { turn: s.turn, index: a.index };
        let authority = authority_of(rules, p.instrument);
        let chance = ratio(i64::from(v.chance), i64::from(ONE), 1 << 16);
        let tally = &mut s.tally[p.instrument.i()];
        tally.proposed = tally.proposed.saturating_add(1);
        if v.cleared {
            tally.cleared = tally.cleared.saturating_add(1);
            sink.note(s.turn, Note::Cleared { proposal: p, chance });
            s.shift(rules, authority, rules.tuning.cleared_authority, Cause::ClearedWins(p.instrument), origin, sink);
            s.move_all(rules, &ins.on_clear, Cause::OnClear(p.instrument, p.target), origin, sink);
            begin(rules, s, &p, origin);
            pipeline::predict(rules, s, &room, &p, sink);
            continue;
        }
        if let Some((slot, value)) = v.mend {
            tally.returned = tally.returned.saturating_add(1);
            sink.note(s.turn, Note::Returned { proposal: p, chance, slot, value, largest: v.largest });
        } else {
            tally.blocked = tally.blocked.saturating_add(1);
            sink.note(s.turn, Note::Blocked { proposal: p, chance, largest: v.largest });
        }
        let back = refund(rules, a.capital);
        s.shift(rules, rules.roles.capital, back, Cause::Refund(p.instrument), origin, sink);
        s.shift(rules, authority, rules.tuning.refusal_authority, Cause::RefusalCosts(p.instrument), origin, sink);
    }
    s.agenda_len = 0;
}

/// Puts a cleared proposal into its pipeline. A live file's work already done counts.
fn begin(rules: &Rules, s: &mut Situation, p: &Proposal, origin: Origin) {
    if s.measures_len as usize >= super::situation::MAX_MEASURES {
        return;
    }
    let ins = &rules.instruments[p.instrument.i()];
    let luck = s.luck();
    let mut days: i64 = 0;
    for (n, stage) in ins.stages.iter().enumerate() {
        let index = u32::from(p.target.0) << 8 | u32::try_from(n).unwrap_or(0);
        days += i64::from(luck.between(ins.stage_site, index, stage.takes.least, stage.takes.most));
    }
    if let Some(f) = s.live_file(rules, p.instrument, p.target) {
        days = days * (100 - i64::from(s.files_ready[f].min(100))) / 100;
        s.files_open &= !(1 << f);
    }
    for (n, (slot, at)) in ins.slots.iter().zip(p.terms).enumerate() {
        let adds = rules.terms[slot.term.i()].values[usize::from(slot.values[usize::from(at)])].adds;
        let index = u32::from(p.target.0) << 8 | u32::try_from(0x40 + n).unwrap_or(0);
        days += i64::from(luck.between(ins.stage_site, index, adds.least, adds.most));
    }
    let due = i16::try_from(i64::from(s.day) + days).unwrap_or(i16::MAX - 1);
    s.put_measure(Measure::begun(p, s.day, due, origin));
}
