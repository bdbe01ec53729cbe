//! Why a draft has the odds it has, and the one change that would lift them: the parts of the
//! engine's own chance, in words. Owns which parts are worth saying. Refuses: reckoning the chance
//! anew.

use crate::engine::authority_of;
use crate::engine::odds::{Odds, VENUE_SLOT, chance, odds, would_lift};
use crate::engine::position::{RoomWeights, Stance, in_room, position};
use crate::engine::{Known, Order, Proposal};
use crate::game::Game;
use crate::scenario::model::{AgencyIx, VenueIx};

use super::facts::OddsRow;
use super::{cause, stand, words};

/// Parts smaller than this, in thousandths of log odds, are left out: at even odds it is three in a
/// hundred.
const WORTH_SAYING: i64 = 150;

/// Points of a hundred by which the odds of a file must have moved within a turn for that to be
/// news.
const NEWS: i32 = 10;

/// What carries the draft and what holds it down, weightiest first; before that, what moved it
/// since last turn.
pub fn rows(game: &Game, room: &RoomWeights, p: &Proposal) -> Vec<OddsRow> {
    let (rules, s) = (game.rules(), game.situation());
    let o = odds(rules, s, room, p);
    let venue = &rules.venues[p.venue];
    if o.stopped {
        let who = words::list(&holders(game, room, p, |stance| stance == Stance::Blocks));
        return vec![OddsRow {
            lifts: false,
            text: format!("a red line of {who}, which {} heeds", venue.name),
        }];
    }
    let ins = &rules.instruments[p.instrument];
    let lead = position(rules, s, room, p, ins.lead).stance;
    let authority = authority_of(rules, p.instrument);
    let mut parts = [
        (
            o.lead,
            format!("{}, which leads, {}", rules.agencies[ins.lead].short, words::stance(lead)),
        ),
        (o.room, format!("the room leans {} it", if o.room > 0 { "for" } else { "against" })),
        (
            o.authority,
            format!(
                "your {}: {}",
                words::inside(rules, authority),
                words::value(&rules.indicators[authority], s.value[authority])
            ),
        ),
        (o.veto, veto(game, room, p)),
        (o.venue, overrides(&o, &venue.name)),
    ];
    parts.sort_by_key(|(size, _)| std::cmp::Reverse(size.abs()));
    let stand = parts
        .into_iter()
        .filter(|(size, _)| size.abs() >= WORTH_SAYING)
        .map(|(size, text)| OddsRow { lifts: size > 0, text });
    moved(game, room, p, &o).into_iter().chain(stand).collect()
}

/// Why a file that lay there last turn is not as likely as it was: the part of the odds that moved
/// most.
fn moved(game: &Game, room: &RoomWeights, p: &Proposal, now: &Odds) -> Option<OddsRow> {
    let (rules, s) = (game.rules(), game.situation());
    let then = game.before()?;
    then.live_file(rules, p.instrument, p.target)?;
    let then_room = RoomWeights::new(rules, then);
    let before = odds(rules, then, &then_room, p);
    let (was, is) = (
        stand::percent(chance(rules, then, &then_room, p)),
        stand::percent(chance(rules, s, room, p)),
    );
    let change = i32::from(is) - i32::from(was);
    if change.abs() < NEWS {
        return None;
    }
    let lifts = change > 0;
    let toward = |d: i64| (d > 0) == lifts && d != 0;
    let parts = [
        now.lead - before.lead,
        now.room - before.room,
        now.authority - before.authority,
        now.veto - before.veto,
    ];
    let most = (0..parts.len()).filter(|n| toward(parts[*n])).max_by_key(|n| parts[*n].abs());
    let ins = &rules.instruments[p.instrument];
    let why = match most {
        // One that is stopped now has been told so.
        _ if before.stopped => "a red line no longer holds".to_owned(),
        Some(0) => likes(game, ins.lead, lifts),
        Some(1) => {
            let at = |room: &RoomWeights, s: &Known, a| position(rules, s, room, p, a).score;
            let step =
                |a: &AgencyIx| i64::from(at(room, s, *a)) - i64::from(at(&then_room, then, *a));
            let most = in_room(rules).filter(|a| toward(step(a))).max_by_key(|a| step(a).abs());
            most.map_or_else(|| "the room sees it otherwise".to_owned(), |a| likes(game, a, lifts))
        }
        Some(2) => format!(
            "your {} {}",
            words::inside(rules, authority_of(rules, p.instrument)),
            if lifts { "rose" } else { "fell" }
        ),
        Some(_) => {
            if lifts { "a veto is lifted" } else { "somebody with a veto objects now" }.to_owned()
        }
        None => "several things, none large".to_owned(),
    };
    Some(OddsRow { lifts, text: format!("{was}% a turn ago: {why}") })
}

fn likes(game: &Game, a: AgencyIx, more: bool) -> String {
    format!("{} likes it {}", game.rules().agencies[a].short, if more { "more" } else { "less" })
}

fn veto(game: &Game, room: &RoomWeights, p: &Proposal) -> String {
    let who = holders(game, room, p, |stance| stance >= Stance::Objects);
    let heeds = game.rules().venues[p.venue].heeds_veto;
    let how = if heeds < 50 { "is heard but mostly overridden" } else { "is heeded" };
    format!("the veto of {} {how} here", words::list(&who))
}

fn overrides(o: &Odds, venue: &str) -> String {
    if o.venue > 0 {
        format!("{venue} can override")
    } else {
        format!("{venue} can override nobody")
    }
}

/// Those whose word can stop the measure and who stand so.
fn holders(
    game: &Game,
    room: &RoomWeights,
    p: &Proposal,
    is: impl Fn(Stance) -> bool,
) -> Vec<String> {
    let (rules, s) = (game.rules(), game.situation());
    let ins = &rules.instruments[p.instrument];
    let both = std::iter::once(ins.lead).chain(ins.veto.iter().copied().filter(|a| *a != ins.lead));
    both.filter(|a: &AgencyIx| is(position(rules, s, room, p, *a).stance))
        .map(|a| rules.agencies[a].short.clone())
        .collect()
}

/// The draft with the cheapest single change that would make it likelier than not, and what
/// changes; none where it is so already or no one change does it. Of a draft that may be proposed
/// now, only a change that may be made now counts.
pub fn lifted(game: &Game, room: &RoomWeights, p: &Proposal) -> Option<(Proposal, u8, u8)> {
    let (rules, s) = (game.rules(), game.situation());
    let legal = |p: &Proposal| s.validate(rules, &Order::Propose(*p)).is_ok();
    let now = legal(p);
    let (slot, value) = would_lift(rules, s, room, p, |there| !now || legal(there))?;
    let mut there = *p;
    if slot == VENUE_SLOT {
        there.venue = VenueIx(value);
    } else {
        there.terms[usize::from(slot)] = value;
    }
    Some((there, slot, value))
}

/// That change in words, with what it would come to; empty where there is none.
pub fn lift(game: &Game, room: &RoomWeights, p: &Proposal) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let Some((there, slot, value)) = lifted(game, room, p) else { return String::new() };
    let percent = stand::percent(chance(rules, s, room, &there));
    format!("{} ({percent}%)", cause::mend(rules, p, slot, value))
}
