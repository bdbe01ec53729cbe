//! What can be done, factorised by slot: the one source for faces, policies and tests.
//!
//! A draft is filled slot by slot. A value is on offer exactly when some way of filling the rest
//! makes an order that `validate` accepts, so a draft never runs into a dead end. A value that is
//! not on offer comes with the refusal that explains it.

use crate::scenario::model::{
    AskIx, CampaignIx, EventIx, InstrumentIx, PromiseIx, PropositionIx, ReformIx, Rules, TargetIx,
    TaskIx, Venue, VenueIx, limits,
};

use super::draft::{Draft, Slot};
use super::items::NONE;
use super::order::{Order, Verb};
use super::price::{self, Price};
use super::refusal::Refusal;
use super::state::Known;
use super::validate::{LEAST_FUNDED, MOST_POINTS, POINTS};

/// Gives every value of the slot with whether it is on offer now.
pub fn options(
    rules: &Rules,
    s: &Known,
    draft: &Draft,
    slot: Slot,
    mut give: impl FnMut(u8, Result<(), Refusal>),
) {
    match (slot, draft.verb) {
        (Slot::Verb, _) => {
            for (n, verb) in Verb::ALL.iter().enumerate() {
                give(n as u8, verb_open(rules, s, *verb));
            }
        }
        (Slot::Subject, Some(verb)) => {
            for n in subjects(rules, s, verb) {
                give(n, subject_open(rules, s, verb, n));
            }
        }
        (Slot::Object, Some(verb)) => {
            if let Some(subject) = draft.subject {
                objects(rules, s, verb, subject, &mut give);
            }
        }
        (Slot::Part(n), Some(Verb::Guide | Verb::Amend)) => points(rules, draft, n, &mut give),
        (Slot::Part(n), Some(_)) => term_values(rules, s, draft, n, &mut give),
        (Slot::Venue, Some(_)) => venues(rules, s, draft, &mut give),
        (Slot::Number, Some(_)) => (1..=99).for_each(|n| give(n, Ok(()))),
        (Slot::Subject | Slot::Object | Slot::Part(_) | Slot::Venue | Slot::Number, None) => {}
    }
}

/// Gives the values of the slot that are on offer now.
pub fn offered(rules: &Rules, s: &Known, draft: &Draft, slot: Slot, mut give: impl FnMut(u8)) {
    if let (Slot::Subject, Some(verb)) = (slot, draft.verb) {
        subjects(rules, s, verb).filter(|n| subject_offered(rules, s, verb, *n)).for_each(give);
        return;
    }
    options(rules, s, draft, slot, |value, open| {
        if open.is_ok() {
            give(value);
        }
    });
}

/// Whether any order with this verb is legal now; if not, why (the first reason met).
///
/// # Errors
/// The refusal of the first subject.
pub fn verb_open(rules: &Rules, s: &Known, verb: Verb) -> Result<(), Refusal> {
    s.may_order(rules, verb)?;
    if some_subject_offered(rules, s, verb) {
        return Ok(());
    }
    let first = subjects(rules, s, verb).next().ok_or(Refusal::Unknown(verb))?;
    subject_open(rules, s, verb, first)
}

/// Whether any order with this verb is legal now.
pub fn verb_offered(rules: &Rules, s: &Known, verb: Verb) -> bool {
    s.may_order(rules, verb).is_ok() && some_subject_offered(rules, s, verb)
}

/// Whether some order with this verb is legal now, as far as its subject goes.
#[inline]
fn some_subject_offered(rules: &Rules, s: &Known, verb: Verb) -> bool {
    matches!(verb, Verb::Guide | Verb::Amend | Verb::End)
        || subjects(rules, s, verb).any(|n| subject_offered(rules, s, verb, n))
}

/// Everything an order with this verb can be about.
fn subjects(rules: &Rules, s: &Known, verb: Verb) -> impl Iterator<Item = u8> {
    let count = match verb {
        Verb::Propose | Verb::Build => rules.instruments.len(),
        Verb::Withdraw => s.measures.len(),
        Verb::Task => rules.tasks.len(),
        Verb::Ask => rules.asks.len(),
        Verb::Promise => rules.promises.len(),
        Verb::Answer => s.prompts.len(),
        Verb::Reform => rules.reforms.len(),
        Verb::Confidence => rules.propositions.len(),
        Verb::Guide | Verb::Amend | Verb::Forecast | Verb::End => 0,
    };
    (0..count).filter_map(move |n| match verb {
        Verb::Withdraw => {
            let of = |m: &super::items::Measure| (!m.withdrawn).then_some(m.instrument.0);
            let instrument = of(&s.measures[n])?;
            let first = s.measures.iter().position(|m| of(m) == Some(instrument));
            (first == Some(n)).then_some(instrument)
        }
        Verb::Answer => Some(s.prompts[n].event.0),
        _ => Some(n as u8),
    })
}

/// Whether some order about the subject is legal now.
fn subject_offered(rules: &Rules, s: &Known, verb: Verb, n: u8) -> bool {
    if verb == Verb::Propose {
        instrument_offered(rules, s, InstrumentIx(n))
    } else {
        subject_open(rules, s, verb, n).is_ok()
    }
}

/// Whether some order about the subject is legal now; if not, why.
fn subject_open(rules: &Rules, s: &Known, verb: Verb, n: u8) -> Result<(), Refusal> {
    match verb {
        Verb::Propose => instrument_open(rules, s, InstrumentIx(n)),
        Verb::Build => {
            let ix = InstrumentIx(n);
            if rules.instruments[ix].building.is_none() {
                return Err(Refusal::NothingToBuild { instrument: ix });
            }
            nearest(rules, Verb::Build, |t| s.validate_building(rules, ix, t))
        }
        Verb::Task => {
            let task = TaskIx(n);
            if !rules.tasks[task].on_campaign {
                return s.validate_task(rules, task, None);
            }
            let on = |c: usize| s.validate_task(rules, task, Some(CampaignIx::at(c)));
            (1..rules.campaigns.len())
                .fold(on(0), |first, c| first.or_else(|why| on(c).map_err(|_| why)))
        }
        Verb::Ask => s.validate(rules, &Order::Ask(AskIx(n))),
        Verb::Promise => {
            let promise = PromiseIx(n);
            let to = rules.promises[promise].to.first().ok_or(Refusal::Unknown(verb))?;
            s.validate(rules, &Order::Promise { promise, to: *to })
        }
        Verb::Answer => {
            let event = EventIx(n);
            let answer = |choice| s.validate(rules, &Order::Answer { event, choice });
            let choices = rules.events[event].choices.len() as u8;
            let not_asked = Err(Refusal::NotAsked { event });
            (0..choices)
                .map(answer)
                .find(Result::is_ok)
                .unwrap_or_else(|| choices.checked_sub(1).map_or(not_asked, answer))
        }
        Verb::Reform => s.validate(rules, &Order::Reform(ReformIx(n))),
        Verb::Confidence => {
            let proposition = PropositionIx(n);
            s.validate(rules, &Order::Confidence { proposition, percent: 50 })
        }
        Verb::Guide | Verb::Amend | Verb::Withdraw | Verb::Forecast | Verb::End => Ok(()),
    }
}

/// Whether some proposal with this instrument is legal now.
pub fn instrument_offered(rules: &Rules, s: &Known, ix: InstrumentIx) -> bool {
    let ins = &rules.instruments[ix];
    let (fresh, revisable) = s.aims(rules, ix);
    // Terms and venue only add to the instrument's own price.
    let own = || s.afford(rules, ins.staff.into(), ins.capital.into()).is_ok();
    (fresh | revisable) != 0
        && s.validate_room().is_ok()
        && ((fresh != 0 && own() && affordable(rules, s, ix, &[]).is_ok())
            || each(revisable).any(|t| payable(rules, s, ix, t, &[]).is_ok()))
}

/// The same; if not, the reason nearest to being mended.
fn instrument_open(rules: &Rules, s: &Known, ix: InstrumentIx) -> Result<(), Refusal> {
    if !rules.instruments[ix].yours {
        return Err(Refusal::NotYours { instrument: ix });
    }
    s.validate_room()?;
    let (fresh, revisable) = s.aims(rules, ix);
    let dear = each(fresh | revisable).map(|t| payable(rules, s, ix, t, &[]));
    if let Some(pays) = dear.reduce(|first, next| first.or_else(|why| next.map_err(|_| why))) {
        return pays;
    }
    nearest(rules, Verb::Propose, |t| s.validate_launch(rules, ix, t))
}

/// Whether some target is open; if none, the reason nearest to being mended.
fn nearest(
    rules: &Rules,
    verb: Verb,
    open: impl Fn(TargetIx) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let mut nearest = Refusal::Unknown(verb);
    for target in (0..rules.targets.len()).map(TargetIx::at) {
        let Err(why) = open(target) else { return Ok(()) };
        let nearer = match (&nearest, &why) {
            (Refusal::Gate { needs: n, has: h, .. }, Refusal::Gate { needs, has, .. }) => {
                has - needs > h - n
            }
            (Refusal::Gate { .. }, Refusal::NotBuilt { .. })
            | (Refusal::NotBuilt { begun: false, .. }, Refusal::NotBuilt { begun: true, .. })
            | (Refusal::Unknown(_) | Refusal::WrongKind { .. } | Refusal::NotYetKnown { .. }, _) => {
                true
            }
            _ => false,
        };
        if nearer {
            nearest = why;
        }
    }
    Err(nearest)
}

/// The targets of a mask.
fn each(mut mask: u32) -> impl Iterator<Item = TargetIx> {
    std::iter::from_fn(move || {
        let at = (mask != 0).then(|| mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(TargetIx::at(at))
    })
}

/// Whether some way of filling the slots after `chosen` can be paid for, of a draft of the pair.
fn payable(
    rules: &Rules,
    s: &Known,
    ix: InstrumentIx,
    target: TargetIx,
    chosen: &[u8],
) -> Result<(), Refusal> {
    match s.standing(rules, ix, target) {
        Some(m) => s.affordable_terms(rules, m, chosen),
        None => affordable(rules, s, ix, chosen),
    }
}

/// The same of a new measure.
fn affordable(rules: &Rules, s: &Known, ix: InstrumentIx, chosen: &[u8]) -> Result<(), Refusal> {
    let ins = &rules.instruments[ix];
    let kept = if chosen.is_empty() { s.terms_least(ix) } else { None };
    let of_terms = kept.unwrap_or_else(|| price::of_terms(rules, s.terms_on_offer(), ix, chosen));
    let terms = of_terms.map_err(|slot| {
        let slot = &ins.slots[usize::from(slot)];
        Refusal::TermShut { term: slot.term, value: slot.values.first().copied().unwrap_or(0) }
    })?;
    let Some(venue) = price::least(venue_prices(rules, s, ix)) else {
        return s.validate_venue(rules, ix, VenueIx(0));
    };
    let sum = |own: u8, terms: u16, venue: u16| u32::from(own) + u32::from(terms + venue);
    let staff = sum(ins.staff, terms.staff, venue.staff);
    let capital = sum(ins.capital, terms.capital, venue.capital);
    s.afford(rules, staff, capital)?;
    if terms.together && venue.together {
        Ok(())
    } else {
        s.afford(rules, 0, least_capital(rules, s, ix, chosen))
    }
}

/// Prices of the venues that sit for the instrument.
fn venue_prices(rules: &Rules, s: &Known, ix: InstrumentIx) -> impl Iterator<Item = Price> {
    let have = s.authority(rules, ix);
    let sits = move |v: &&Venue| have >= v.needs_authority;
    rules.venues.iter().filter(sits).map(|v| (v.staff, v.capital))
}

/// More staff than this on one proposal is not reckoned with.
const STAFF: usize = 31;

/// The least capital that goes with no more staff than there is, where values of a slot trade one
/// for the other.
fn least_capital(rules: &Rules, s: &Known, ix: InstrumentIx, chosen: &[u8]) -> u32 {
    let ins = &rules.instruments[ix];
    let (staff, _) = s.purse(rules);
    let staff = (staff as usize).min(STAFF);
    // By staff spent: the least capital that goes with it.
    let mut least = [u32::MAX; STAFF + 1];
    if usize::from(ins.staff) <= staff {
        least[usize::from(ins.staff)] = u32::from(ins.capital);
    }
    let mut add = |prices: &mut dyn Iterator<Item = Price>| {
        let mut next = [u32::MAX; STAFF + 1];
        for (a, b) in prices {
            for (to, from) in next[..=staff].iter_mut().skip(usize::from(a)).zip(&least) {
                *to = (*to).min(from.saturating_add(b.into()));
            }
        }
        least = next;
    };
    for n in 0..ins.slots.len() {
        add(&mut price::of_slot(rules, s.terms_on_offer(), ix, n, chosen));
    }
    add(&mut venue_prices(rules, s, ix));
    least.into_iter().min().unwrap_or(u32::MAX)
}

fn objects(
    rules: &Rules,
    s: &Known,
    verb: Verb,
    subject: u8,
    give: &mut impl FnMut(u8, Result<(), Refusal>),
) {
    match verb {
        Verb::Propose => {
            let ix = InstrumentIx(subject);
            let ((fresh, revisable), room) = (s.aims(rules, ix), s.validate_room());
            let price = affordable(rules, s, ix, &[]);
            for target in (0..rules.targets.len()).map(TargetIx::at) {
                let bit = 1 << target.0;
                let (aim, price) = if (fresh | revisable) & bit == 0 {
                    (s.validate_launch(rules, ix, target), price)
                } else if revisable & bit != 0 {
                    (Ok(()), payable(rules, s, ix, target, &[]))
                } else {
                    (Ok(()), price)
                };
                give(target.0, aim.and(room).and(price));
            }
        }
        Verb::Build => {
            let ix = InstrumentIx(subject);
            for target in (0..rules.targets.len()).map(TargetIx::at) {
                give(target.0, s.validate_building(rules, ix, target));
            }
        }
        Verb::Withdraw => {
            let of = |m: &&super::items::Measure| !m.withdrawn && m.instrument.0 == subject;
            let targets = s.measures.iter().filter(of).fold(0, |all, m| all | 1 << m.target.0);
            each(targets).for_each(|t| give(t.0, Ok(())));
        }
        Verb::Task => {
            let task = TaskIx(subject);
            if rules.tasks[task].on_campaign {
                for c in (0..rules.campaigns.len()).map(CampaignIx::at) {
                    give(c.0, s.validate_task(rules, task, Some(c)));
                }
            } else {
                give(NONE, s.validate_task(rules, task, None));
            }
        }
        Verb::Promise => {
            let promise = PromiseIx(subject);
            for to in rules.promises[promise].to.iter().copied() {
                give(to.0, s.validate(rules, &Order::Promise { promise, to }));
            }
        }
        Verb::Answer => {
            let event = EventIx(subject);
            for choice in 0..rules.events[event].choices.len() as u8 {
                give(choice, s.validate(rules, &Order::Answer { event, choice }));
            }
        }
        Verb::Guide
        | Verb::Amend
        | Verb::Ask
        | Verb::Reform
        | Verb::Confidence
        | Verb::Forecast
        | Verb::End => {}
    }
}

fn term_values(
    rules: &Rules,
    s: &Known,
    draft: &Draft,
    n: u8,
    give: &mut impl FnMut(u8, Result<(), Refusal>),
) {
    let Some(ix) = draft.subject.map(InstrumentIx) else { return };
    let n = usize::from(n);
    let Some(slot) = rules.instruments[ix].slots.get(n) else { return };
    let mut chosen = [0u8; limits::SLOTS];
    for (c, p) in chosen.iter_mut().zip(draft.parts) {
        *c = p.unwrap_or(0);
    }
    let target = draft.object.map(TargetIx);
    let of = target.and_then(|t| s.standing(rules, ix, t));
    for at in 0..slot.values.len() as u8 {
        let open = s.term(rules, ix, of, n, at).and_then(|()| {
            chosen[n] = at;
            match of {
                Some(m) => s.affordable_terms(rules, m, &chosen[..=n]),
                None => affordable(rules, s, ix, &chosen[..=n]),
            }
        });
        give(at, open);
    }
}

fn venues(rules: &Rules, s: &Known, draft: &Draft, give: &mut impl FnMut(u8, Result<(), Refusal>)) {
    let Some(ix) = draft.subject.map(InstrumentIx) else { return };
    for venue in (0..rules.venues.len()).map(VenueIx::at) {
        let full = Draft { venue: Some(venue.0), ..*draft };
        let open = s.validate_venue(rules, ix, venue).and_then(|()| match full.proposal() {
            Some(p) => {
                let (staff, capital) = s.price(rules, &p);
                s.afford(rules, staff, capital)
            }
            None => Ok(()),
        });
        give(venue.0, open);
    }
}

/// Points of one lens such that the rest can still make a valid guidance.
fn points(rules: &Rules, draft: &Draft, n: u8, give: &mut impl FnMut(u8, Result<(), Refusal>)) {
    let n = usize::from(n);
    let spent: u8 = draft.parts[..n].iter().map(|p| p.unwrap_or(0)).sum();
    let funded = draft.parts[..n].iter().filter(|p| p.unwrap_or(0) > 0).count();
    let rest = rules.lenses.len() - n - 1;
    for points in 0..=MOST_POINTS {
        let sum = spent + points;
        let funded = funded + usize::from(points > 0);
        let missing = usize::from(LEAST_FUNDED).saturating_sub(funded);
        let left = POINTS.saturating_sub(sum);
        let fits = sum <= POINTS
            && missing <= rest
            && usize::from(left) >= missing
            && usize::from(left) <= rest * usize::from(MOST_POINTS);
        give(points, if fits { Ok(()) } else { Err(Refusal::GuidanceSum { sum }) });
    }
}
