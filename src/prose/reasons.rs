//! Why an agency stands where it stands, in words: in a sentence and in a word or two.

use crate::engine::Proposal;
use crate::engine::position::{Position, Reason};
use crate::game::Game;
use crate::num::Milli;
use crate::order::Arrange;
use crate::scenario::model::{AgencyIx, IndicatorIx, Rules, Term, TermValue};

use super::facts::Relation;
use super::{memory, words};

/// Reasons smaller than this are left out: thousandths of a point.
const TELLING: Milli = 50;
/// So many are told.
const TOLD: usize = 3;

/// The reasons worth telling on that side: a red line, then the largest against the draft or for it.
/// What is on an agency's own mind comes last: it says nothing of the draft.
fn picked(pos: &Position, against: bool) -> Vec<(Reason, Milli)> {
    let is_line = |r: &Reason| matches!(r, Reason::RedLine(_));
    let mut all = pos.reasons.clone();
    all.retain(|(r, points)| is_line(r) || points.abs() >= TELLING);
    let points = |n: Milli| if against { n } else { -n };
    all.arrange_by_key(|(r, n)| (!is_line(r), points(*n)));
    all.truncate(TOLD);
    all.arrange_by_key(|(r, _)| matches!(r, Reason::Spell(_) | Reason::Busy));
    all
}

/// Reasons in words, those `against` the draft or for it first; those that pull the other way say
/// so.
pub(super) fn in_full(game: &Game, p: &Proposal, pos: &Position, against: bool) -> Vec<String> {
    let given = picked(pos, against).into_iter();
    given
        .filter_map(|(reason, points)| {
            let text = reason_words(game, p, pos.agency, reason, points > 0)?;
            let pulls_back = (points > 0) == against && !matches!(reason, Reason::RedLine(_));
            Some(match reason {
                _ if pulls_back => format!("though {text}"),
                Reason::Spell(_) => format!("besides, {text}"),
                _ => text,
            })
        })
        .collect()
}

/// The reasons that speak `against` the draft, or for it, each in a word or two.
pub(super) fn in_short(game: &Game, p: &Proposal, pos: &Position, against: bool) -> Vec<String> {
    let given = picked(pos, against).into_iter();
    given
        .filter(|(reason, points)| (*points > 0) != against || matches!(reason, Reason::RedLine(_)))
        .filter_map(|(reason, points)| brief(game, p, pos.agency, reason, points > 0))
        .collect()
}

/// The term of a slot and its value at a position.
fn term<'r>(rules: &'r Rules, p: &Proposal, slot: u8, at: u8) -> Option<(&'r Term, &'r TermValue)> {
    let slot = rules.instruments[p.instrument].slots.get(usize::from(slot))?;
    let term = &rules.terms[slot.term];
    Some((term, term.values.get(usize::from(*slot.values.get(usize::from(at))?))?))
}

/// Whether a relationship is no more than neutral: then no agency trusts or distrusts.
fn is_neutral(game: &Game, a: AgencyIx) -> bool {
    words::relation(game.situation().relation[a]) == Relation::Correct
}

/// What is on the agency's mind.
fn spell(rules: &Rules, agency: AgencyIx, n: u8) -> &str {
    rules.agencies[agency].spells.get(usize::from(n)).map_or("", |s| s.says.as_str())
}

/// " (until 14 Dec)".
fn until(game: &Game, day: i16) -> String {
    format!(" (until {})", words::day(game.rules(), day).short())
}

fn brief(
    game: &Game,
    p: &Proposal,
    agency: AgencyIx,
    reason: Reason,
    is_for: bool,
) -> Option<String> {
    let rules = game.rules();
    Some(match reason {
        Reason::Expects(i, amount) => return words::expects(rules, i, amount),
        Reason::Leans => if is_for { "likes the tool" } else { "dislikes the tool" }.to_owned(),
        Reason::Principal(_) => "its head’s own view".to_owned(),
        Reason::Moved => "what has happened".to_owned(),
        Reason::Relation => match (is_neutral(game, agency), is_for) {
            (true, true) => "is used to you",
            (true, false) => "is cool to you",
            (false, true) => "trusts you",
            (false, false) => "distrusts you",
        }
        .to_owned(),
        Reason::Promise(_) => "your promise".to_owned(),
        Reason::Guidance => "your guidance".to_owned(),
        Reason::Term(slot, at) => {
            let (term, value) = term(rules, p, slot, at)?;
            format!("{}: {}", term.id.replace('_', " "), value.name.inside())
        }
        Reason::LastMeeting => {
            if is_for { "warmer from last time" } else { "sore from last time" }.to_owned()
        }
        Reason::Sponsor => "its own file".to_owned(),
        Reason::Minds(n) => rules.targets[p.target].minds.get(usize::from(n))?.says.clone(),
        Reason::Busy => "is busy".to_owned(),
        Reason::Spell(n) => spell(rules, agency, n).to_owned(),
        Reason::RedLine(_) => "a red line".to_owned(),
    })
}

fn reason_words(
    game: &Game,
    p: &Proposal,
    agency: AgencyIx,
    reason: Reason,
    is_for: bool,
) -> Option<String> {
    let rules = game.rules();
    let side = if is_for { "for" } else { "against" };
    Some(match reason {
        Reason::Expects(i, amount) => return expects(game, p, i, amount),
        Reason::Leans => {
            if is_for { "likes this tool" } else { "does not like this tool" }.to_owned()
        }
        Reason::Principal(n) => match rules.principals.get(usize::from(n)) {
            // The name, without what stands behind it.
            Some(p) => {
                format!("{} leans {side} it", p.who.split([',', ';']).next().unwrap_or(&p.who))
            }
            None => format!("whoever holds the office leans {side} it"),
        },
        Reason::Moved => format!("what has happened since moved it {side} this"),
        Reason::Relation => {
            let says = match (is_neutral(game, agency), is_for) {
                (true, true) => "is used to your office",
                (true, false) => "is a little cool to your office",
                (false, true) => "works well with you",
                (false, false) => "does not trust your office",
            };
            match memory::quote(game, agency, is_for) {
                Some(why) => format!("{says}: {why}"),
                None => says.to_owned(),
            }
        }
        Reason::Promise(n) => {
            format!("your promise: {}", rules.promises[n].name.inside())
        }
        Reason::Guidance => format!("your guidance speaks {side} it"),
        Reason::Term(slot, at) => {
            let (term, value) = term(rules, p, slot, at)?;
            format!("{}: {}", term.name.inside(), value.name.inside())
        }
        Reason::LastMeeting => format!("the mood of the last meeting about it is still {side} it"),
        Reason::Sponsor => "sponsors the file".to_owned(),
        Reason::Minds(n) => rules.targets[p.target].minds.get(usize::from(n))?.says.clone(),
        Reason::Busy => {
            format!("has its hands full{}", until(game, game.situation().busy_until[agency]))
        }
        Reason::Spell(n) => {
            let over = until(game, game.situation().spell_until[agency]);
            format!("{}{over}", spell(rules, agency, n))
        }
        Reason::RedLine(n) => format!(
            "red line: {}",
            rules.agencies[agency].red_lines.get(usize::from(n)).map_or("", |r| r.says.as_str())
        ),
    })
}

/// The same as a cause of what changed: with the window that makes it large.
pub(super) fn as_cause(
    game: &Game,
    p: &Proposal,
    agency: AgencyIx,
    reason: Reason,
    is_for: bool,
) -> Option<String> {
    match reason {
        Reason::Expects(i, amount) => expects(game, p, i, amount),
        Reason::Spell(n) => Some(format!("on its own mind: {}", spell(game.rules(), agency, n))),
        Reason::Busy => Some("on its own mind: its hands are full".to_owned()),
        _ => brief(game, p, agency, reason, is_for),
    }
}

/// What an agency expects of one indicator, with the window that makes it large.
fn expects(game: &Game, p: &Proposal, i: IndicatorIx, amount: i32) -> Option<String> {
    let (rules, s) = (game.rules(), game.situation());
    let what = words::expects(rules, i, amount)?;
    let ins = &rules.instruments[p.instrument];
    let heat = s.turn_now(rules).hottest;
    let hot = ins.window > 0 && heat > 0 && ins.window_on & (1 << i.0) != 0;
    let window = rules
        .windows
        .iter()
        .enumerate()
        .filter(|(n, _)| s.turn_now(rules).heat.get(*n).is_some_and(|h| *h == heat))
        .map(|(_, w)| w.name.inside())
        .next();
    Some(match window {
        Some(w) if hot => format!("{what} (window: {w})"),
        _ => what,
    })
}
