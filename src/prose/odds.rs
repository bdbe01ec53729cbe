//! Why a draft has the odds it has, and the one change that would lift them: the seats of the
//! engine's own meeting, in words. Owns which of them are worth saying. Refuses: reckoning a chance
//! anew.

use crate::engine::odds::{Meeting, Seat, Standing, VENUE_SLOT, chance, meeting, would_lift};
use crate::engine::position::{Reason, RoomWeights, expected, reasons as reasons_of};
use crate::engine::{Order, Proposal};
use crate::game::Game;
use crate::num::Milli;
use crate::order::Arrange;
use crate::scenario::model::{AgencyIx, VenueIx};

use super::facts::OddsRow;
use super::{cause, reasons, stand, words};

/// Risks below this, of a hundred, are left out.
const WORTH_SAYING: u8 = 5;

/// Points of a hundred by which the odds of a file must have moved within a turn for that to be
/// news.
const NEWS: i32 = 10;

/// Of a hundred, from 2^-32.
fn percent(chance: u64) -> u8 {
    stand::percent(u32::try_from(chance >> 16).unwrap_or(u32::MAX))
}

/// `32% no`; of a no that may be passed over, how often it stops the draft.
fn stops(seat: &Seat) -> String {
    let (no, stops) = (percent(seat.no()), percent(seat.stops()));
    if no == stops { format!("{no}% no") } else { format!("stops it in {stops}%") }
}

/// Who may stop the draft, the likeliest first; before that, what moved the odds since last turn.
pub fn rows(game: &Game, room: &RoomWeights, p: &Proposal, there: &Meeting) -> Vec<OddsRow> {
    let rules = game.rules();
    let mut out: Vec<OddsRow> = moved(game, room, p, there).into_iter().collect();
    let risks = risks(there);
    for (n, seat) in risks.iter().enumerate() {
        let who = seat_words(game, seat);
        let text = match (seat.red, n) {
            (true, _) => format!("{who} stops it: a red line"),
            (false, _) if percent(seat.stops()) >= 99 => format!("{who} stops it"),
            (false, 0) => format!("{who} is the weakest link: {}", stops(seat)),
            (false, _) => format!("{}: {}", who.trim_end_matches(','), stops(seat)),
        };
        out.push(OddsRow { lifts: false, text });
    }
    let heard: Vec<&Seat> = there
        .seats()
        .iter()
        .filter(|seat| percent(seat.stops()) < WORTH_SAYING && percent(seat.no()) >= WORTH_SAYING)
        .collect();
    if !heard.is_empty() {
        let names: Vec<&str> =
            heard.iter().filter_map(|s| s.agency).map(|a| name(game, a)).collect();
        let venue = words::venue(&rules.venues[p.venue].name);
        let text = match (there.most_overruled(), names.len()) {
            (1, 2..) => format!("of {} one may be passed over at {venue}", words::list(&names)),
            (1, _) => format!("{} may be passed over at {venue}", words::list(&names)),
            _ => format!("{} may be overruled at {venue}", words::list(&names)),
        };
        out.push(OddsRow { lifts: names.len() <= there.most_overruled(), text });
    }
    if risks.is_empty() && heard.is_empty() {
        let text = if rules.venues[p.venue].decides.is_some() {
            "the President is for it".to_owned()
        } else {
            "nobody in the room is likely to stop it".to_owned()
        };
        out.push(OddsRow { lifts: true, text });
    }
    out
}

/// Those with a risk worth saying of stopping it by themselves, the largest first.
fn risks(there: &Meeting) -> Vec<Seat> {
    let mut risks: Vec<Seat> =
        there.seats().iter().copied().filter(|s| percent(s.stops()) >= WORTH_SAYING).collect();
    risks.arrange_by_key(|s| (std::cmp::Reverse(s.stops()), s.standing));
    risks
}

fn name(game: &Game, a: AgencyIx) -> &str {
    &game.rules().agencies[a].short
}

/// `Treasury, which leads,`; `the President, who decides alone,`.
fn seat_words(game: &Game, seat: &Seat) -> String {
    let Some(a) = seat.agency else { return "the President, who decides alone,".to_owned() };
    let name = name(game, a);
    match seat.standing {
        Standing::Lead => format!("{name}, which leads,"),
        Standing::Veto => format!("{name}, which can veto,"),
        Standing::Consulted | Standing::Other => name.to_owned(),
    }
}

/// The room and the law in one sentence: `The law says no; the room would say yes, 63%.`
pub fn says(game: &Game, there: &Meeting, law_shut: bool, built: bool) -> String {
    let percent = stand::percent(there.chance());
    match (law_shut, built, percent >= 50) {
        (true, _, true) => {
            return format!("The law says no; the room would say yes, {percent}%");
        }
        (true, _, false) => {
            return format!("The law says no, and so would the room: {percent}% to clear");
        }
        (false, false, true) => {
            return format!("No file to decide on; the room would say yes today, {percent}%");
        }
        (false, false, false) => {
            return format!("No file to decide on; nor would the room clear it today: {percent}%");
        }
        (false, true, _) => {}
    }
    let who = match risks(there).first() {
        None => "nobody is likely to stop it".to_owned(),
        Some(seat) => match seat.agency {
            None => "the President decides alone".to_owned(),
            Some(a) => format!("{} is the weakest link", name(game, a)),
        },
    };
    format!("{percent}% to clear: {who}")
}

/// What an agency's vote may be at the chosen venue: of a hundred, that it is a no, and that this
/// no stops the draft whatever the others say. None where the venue hears no votes.
pub fn vote(there: &Meeting, a: AgencyIx) -> Option<(u8, u8)> {
    let seat = there.seats().iter().find(|s| s.agency == Some(a))?;
    Some((percent(seat.no()), percent(seat.stops())))
}

/// Why a file that lay there last turn is not as likely as it was: the seat that moved most.
fn moved(game: &Game, room: &RoomWeights, p: &Proposal, now: &Meeting) -> Option<OddsRow> {
    let (rules, s) = (game.rules(), game.situation());
    // As it stood when the last turn was ended: what was shown last, your own orders counted.
    let then = game.met()?;
    then.live_file(rules, p.instrument, p.target)?;
    let then_room = RoomWeights::new(rules, then);
    let before = meeting(rules, then, &then_room, p);
    let (was, is) = (stand::percent(before.chance()), stand::percent(now.chance()));
    let change = i32::from(is) - i32::from(was);
    if change.abs() < NEWS {
        return None;
    }
    let lifts = change > 0;
    let risk = |m: &Meeting, a: Option<AgencyIx>| {
        let seat = m.seats().iter().find(|s| s.agency == a);
        seat.map_or(0, |s| i64::try_from(s.stops()).unwrap_or(0))
    };
    let most = now
        .seats()
        .iter()
        .map(|seat| (seat.agency, risk(&before, seat.agency) - risk(now, seat.agency)))
        .filter(|(_, step)| (*step > 0) == lifts && *step != 0)
        .max_by_key(|(_, step)| step.abs());
    let why = match most {
        None => "several things, none large".to_owned(),
        Some((None, _)) => {
            format!("the President likes it {}", if lifts { "more" } else { "less" })
        }
        Some((Some(a), _)) => {
            let all = |s, room: &RoomWeights| {
                reasons_of(rules, s, room, &expected(rules, s, p, room.heat), p, a)
            };
            let (then, now) = (all(then, &then_room), all(s, room));
            let sum = |list: &[(Reason, Milli)]| list.iter().map(|(_, n)| *n).sum::<Milli>();
            // A bar may have moved with authority, and not the position.
            match (sum(&now) - sum(&then)).signum() {
                0 => "your authority at the table".to_owned(),
                n => {
                    let likes = if n > 0 { "more" } else { "less" };
                    let because = largest(&then, &now, n)
                        .and_then(|(reason, is_for, is_gone)| {
                            let words = reasons::as_cause(game, p, a, reason, is_for)?;
                            Some(format!(": {}{words}", if is_gone { "no longer " } else { "" }))
                        })
                        .unwrap_or_default();
                    format!("{} likes it {likes}{because}", name(game, a))
                }
            }
        }
    };
    Some(OddsRow { lifts, text: format!("{was}% as last turn ended; {why}") })
}

/// The reason that moved most the way the whole moved, whether it speaks for the draft, and whether
/// it is there no longer.
fn largest(
    then: &[(Reason, Milli)],
    now: &[(Reason, Milli)],
    way: Milli,
) -> Option<(Reason, bool, bool)> {
    let is_same = |a: &Reason, b: &Reason| match (a, b) {
        (Reason::Expects(a, _), Reason::Expects(b, _)) => a == b,
        (a, b) => a == b,
    };
    let points = |list: &[(Reason, Milli)], of: &Reason| -> Milli {
        list.iter().filter(|(r, _)| is_same(r, of)).map(|(_, n)| *n).sum()
    };
    let gone = then.iter().filter(|(r, _)| !now.iter().any(|(other, _)| is_same(r, other)));
    let all = now.iter().chain(gone);
    let step = |(r, _): &&(Reason, Milli)| (points(now, r) - points(then, r)) * way;
    let (reason, _) = all.max_by_key(step).filter(|best| step(best) > 0)?;
    let is_gone = !now.iter().any(|(r, _)| is_same(r, reason));
    let stands = if is_gone { points(then, reason) } else { points(now, reason) };
    Some((*reason, stands > 0, is_gone))
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
