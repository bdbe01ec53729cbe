//! Why a draft has the odds it has, and the one change that would lift them: the parts of the engine's own chance,
//! in words. Owns which parts are worth saying. Refuses: reckoning the chance anew.

use crate::engine::Proposal;
use crate::engine::clearance::{Odds, VENUE_SLOT, chance, odds, would_lift};
use crate::engine::condition::authority_of;
use crate::engine::position::{Room, Stance, position};
use crate::game::Game;
use crate::scenario::model::{AgencyIx, VenueIx};

use super::facts::OddsRow;
use super::{cause, words};

/// Parts smaller than this, in thousandths of log odds, are left out: at even odds it is three in a hundred.
const WORTH_SAYING: i64 = 150;

/// What carries the draft and what holds it down, weightiest first.
pub fn rows(game: &Game, room: &Room, p: &Proposal) -> Vec<OddsRow> {
    let (rules, s) = (game.rules(), game.situation());
    let o = odds(rules, s, room, p);
    let venue = &rules.venues[p.venue.i()];
    if o.stopped {
        let who = words::list(&holders(game, room, p, |stance| stance == Stance::Blocks));
        return vec![OddsRow { lifts: false, text: format!("a red line of {who}, which {} heeds", venue.name) }];
    }
    let ins = &rules.instruments[p.instrument.i()];
    let lead = position(rules, s, room, p, ins.lead).stance;
    let authority = authority_of(rules, p.instrument);
    let mut parts = [
        (o.lead, format!("{}, which leads, {}", rules.agencies[ins.lead.i()].short, words::stance(lead))),
        (o.room, format!("the room leans {} it", if o.room > 0 { "for" } else { "against" })),
        (o.authority, format!("your {}: {}", words::lower(rules, authority), words::value(&rules.indicators[authority.i()], s.value[authority.i()]))),
        (o.veto, veto(game, room, p)),
        (o.venue, overrides(&o, &venue.name)),
    ];
    crate::sort::by_key(&mut parts, |(size, _)| std::cmp::Reverse(size.abs()));
    parts.into_iter().filter(|(size, _)| size.abs() >= WORTH_SAYING).map(|(size, text)| OddsRow { lifts: size > 0, text }).collect()
}

fn veto(game: &Game, room: &Room, p: &Proposal) -> String {
    let who = holders(game, room, p, |stance| stance >= Stance::Objects);
    let heeds = game.rules().venues[p.venue.i()].heeds_veto;
    let how = if heeds < 50 { "is heard but mostly overridden" } else { "is heeded" };
    format!("the veto of {} {how} here", words::list(&who))
}

fn overrides(o: &Odds, venue: &str) -> String {
    if o.venue > 0 { format!("{venue} can override") } else { format!("{venue} settles only what nobody minds") }
}

/// Those whose word can stop the measure and who stand so.
fn holders(game: &Game, room: &Room, p: &Proposal, is: impl Fn(Stance) -> bool) -> Vec<String> {
    let (rules, s) = (game.rules(), game.situation());
    let ins = &rules.instruments[p.instrument.i()];
    let both = std::iter::once(ins.lead).chain(ins.veto.iter().copied().filter(|a| *a != ins.lead));
    both.filter(|a: &AgencyIx| is(position(rules, s, room, p, *a).stance)).map(|a| rules.agencies[a.i()].short.clone()).collect()
}

/// The cheapest single change that would make it likelier than not, with what it would come to; empty where it is so
/// already or no one change does it.
pub fn lift(game: &Game, room: &Room, p: &Proposal) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let Some((slot, value)) = would_lift(rules, s, room, p) else { return String::new() };
    let mut there = *p;
    if slot == VENUE_SLOT {
        there.venue = VenueIx(value);
    } else {
        there.terms[usize::from(slot)] = value;
    }
    let percent = super::propose::percent(chance(rules, s, room, &there));
    format!("{} ({percent}%)", cause::mend(rules, p, slot, value))
}
