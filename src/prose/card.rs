//! Cards: what became of one act of the player's, who was helped, who was annoyed, what moved.
//!
//! Owns the shape that an answer, a decision of a meeting and a measure in force have in common.
//! Refuses: which of them a page shows.

use crate::engine::odds::AS_IT_STANDS;
use crate::engine::odds::meeting;
use crate::engine::position::{Position, RoomWeights, Stance, position};
use crate::engine::{Cause, Entry, Known, Note, Order, Origin, Proposal};
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{
    AgencyIx, Choice, Effect, EventIx, IndicatorIx, InstrumentIx, TargetIx, Text,
};

use super::facts::{AnswerReply, Card, Door, Item, Moved, Reaction};
use super::{cause, figure, order, stand, text, why, words};

/// Values a card names at most.
const MOVED: usize = 4;

/// An answer: what it said, what is told of it, and what it did over `turn` (from 0).
pub(super) fn of_answer(game: &Game, event: EventIx, choice: u8, turn: usize) -> Card {
    let rules = game.rules();
    let e = &rules.events[event];
    let Some(c) = e.choices.get(usize::from(choice)) else { return Card::default() };
    // What took effect at once has been told as its page opened.
    let then = c.then.as_ref().filter(|_| !e.at_once);
    Card {
        item: Item {
            kind: "answered",
            title: e.title.clone(),
            body: then.map_or_else(String::new, |t| t.says().to_owned()),
            label: then.map_or_else(String::new, |t| text::label(game, t)),
            record: matches!(then, Some(Text::Record { .. })),
            door: Some(Door::Event(event)),
        },
        say: c.say.clone(),
        replies: replies(game, c),
        moved: moved(game, turn, |x| x.cause == Cause::Choice(event, choice)),
    }
}

/// What agencies say to an answer, and what it did to the relationship; those of whom only that is
/// written after those who speak.
fn replies(game: &Game, c: &Choice) -> Vec<AnswerReply> {
    let effect = |agency: AgencyIx| {
        c.also.iter().find_map(|a| match a {
            Effect::Relation(who, n) if *who == agency => Some(*n),
            _ => None,
        })
    };
    let reaction = |n: i32| match n {
        1.. => Reaction::Helped,
        0 => Reaction::Noted,
        _ => Reaction::Annoyed,
    };
    let spoken = c.replies.iter().filter_map(|t| {
        let agency = t.by()?;
        let reaction = reaction(effect(agency).unwrap_or(0));
        let says = t.says().to_owned();
        Some(reply(game, agency, reaction, says, text::label(game, t)))
    });
    let mut out: Vec<AnswerReply> = spoken.collect();
    for a in &c.also {
        if let Effect::Relation(who, n) = a
            && *n != 0
            && !out.iter().any(|r| r.agency == *who)
        {
            out.push(reply(game, *who, reaction(*n), String::new(), String::new()));
        }
    }
    out
}

fn reply(game: &Game, a: AgencyIx, reaction: Reaction, says: String, label: String) -> AnswerReply {
    AnswerReply { agency: a, who: game.rules().agencies[a].short.clone(), reaction, says, label }
}

/// What moved over a turn by these causes, as far as the player may know it, the largest first.
fn moved(game: &Game, turn: usize, of: impl Fn(&Entry) -> bool) -> Vec<Moved> {
    let rules = game.rules();
    let mut ixs: Vec<IndicatorIx> = Vec::new();
    for e in game.entries_of(turn).iter().filter(|e| of(e)) {
        if !ixs.contains(&e.indicator) {
            ixs.push(e.indicator);
        }
    }
    let mut out: Vec<(i64, Moved)> = Vec::new();
    for i in ixs {
        let (Some(f), Some((part, points))) =
            (figure::figure(game, i), why::share(game, i, turn + 1, &of))
        else {
            continue;
        };
        let indicator = &rules.indicators[i];
        let before = figure::sight_at(game, i, turn);
        out.push((
            indicator.share(points),
            Moved {
                before,
                word_before: words::band(indicator, before).to_owned(),
                part,
                delta: f.at - before,
                tone: words::tone(indicator, points),
                figure: f,
            },
        ));
    }
    out.arrange_by_key(|(size, m)| (std::cmp::Reverse(*size), m.figure.indicator));
    out.truncate(MOVED);
    out.into_iter().map(|(_, m)| m).collect()
}

/// Whether a line of the ledger is of a measure or of the meeting about it. Terms and meetings name
/// the instrument alone; which of its measures it was, the order says that they go back to.
fn is_of(game: &Game, e: &Entry, i: InstrumentIx, t: TargetIx) -> bool {
    if let Some(pair) = e.cause.measure() {
        return pair == (i, t);
    }
    let (Cause::Term(a, ..) | Cause::ClearedWins(a) | Cause::RefusalCosts(a) | Cause::Refund(a)) =
        e.cause
    else {
        return false;
    };
    let order = match e.origin {
        Origin::Decision { turn, index } => cause::decision(game, turn, index),
        _ => None,
    };
    a == i && !matches!(order, Some(Order::Propose(p)) if !p.aims(i, t))
}

/// How much a measure moved over a turn, as shares of ranges: to put the largest first.
pub(super) fn weight(game: &Game, i: InstrumentIx, t: TargetIx, turn: usize) -> i64 {
    let rules = game.rules();
    let of = game.entries_of(turn).iter().filter(|e| is_of(game, e, i, t) && e.cause.is_public());
    of.map(|e| rules.indicators[e.indicator].share(e.base)).sum()
}

/// A card of what became of a measure over the turn that has ended.
pub(super) fn of_measure(game: &Game, item: Item, note: Note) -> Card {
    let turn = game.turn().saturating_sub(1);
    let (i, t, replies) = match note {
        Note::Launched { instrument, target, .. } | Note::Revised { instrument, target } => {
            let mut all = game.situation().measures.iter();
            let found = all.find(|m| m.instrument == instrument && m.target == target);
            let said = found.map_or_else(Vec::new, |m| taken(game, &m.proposal(), &[]));
            (instrument, target, said)
        }
        Note::Cleared { proposal: p, .. } => {
            let overruled: Vec<AgencyIx> = stand::news(game)
                .into_iter()
                .filter_map(|n| match n {
                    Note::Overruled { proposal, agency } if proposal == p => Some(agency),
                    _ => None,
                })
                .collect();
            (p.instrument, p.target, taken(game, &p, &overruled))
        }
        Note::Returned { proposal: p, first, .. } | Note::Blocked { proposal: p, first, .. } => {
            (p.instrument, p.target, refused(game, &p, first))
        }
        _ => return Card { item, ..Card::default() },
    };
    Card { item, say: String::new(), replies, moved: moved(game, turn, |e| is_of(game, e, i, t)) }
}

/// What the meetings of the last turn were held on.
fn met(game: &Game) -> &Known {
    game.met().unwrap_or_else(|| game.situation())
}

/// Where everyone in the room stood on a draft as the turn ended, the warmest first.
fn stood(game: &Game, p: &Proposal) -> Vec<(AgencyIx, Position)> {
    let (rules, s) = (game.rules(), met(game));
    let room = RoomWeights::new(rules, s);
    let mut all: Vec<(AgencyIx, Position)> = crate::engine::position::in_room(rules)
        .map(|a| (a, position(rules, s, &room, p, a)))
        .collect();
    all.arrange_by_key(|(_, pos)| std::cmp::Reverse(pos.score));
    all
}

/// Who is glad of what came to be, and who is not: the warmest and the coldest, or whoever was
/// overruled.
fn taken(game: &Game, p: &Proposal, overruled: &[AgencyIx]) -> Vec<AnswerReply> {
    let all = stood(game, p);
    let mut out = Vec::new();
    if let Some((a, pos)) = all.first().filter(|(_, pos)| pos.stance <= Stance::Supports) {
        // What has come to be is pressed for no longer.
        let says = stand::voice_on(game, *a, p.instrument, pos.stance.max(Stance::Supports));
        out.push(reply(game, *a, Reaction::Helped, says, String::new()));
    }
    let cold = all.iter().rev().find(|(a, pos)| {
        if overruled.is_empty() { pos.stance >= Stance::Reserves } else { overruled.contains(a) }
    });
    if let Some((a, pos)) = cold {
        let says = stand::voice_on(game, *a, p.instrument, pos.stance.max(Stance::Reserves));
        out.push(reply(game, *a, Reaction::Annoyed, says, String::new()));
    }
    out
}

/// Who stopped it, and who had most wanted it.
fn refused(game: &Game, p: &Proposal, first: Option<AgencyIx>) -> Vec<AnswerReply> {
    let all = stood(game, p);
    let mut out = Vec::new();
    if let Some((a, pos)) = all.iter().find(|(a, _)| Some(*a) == first) {
        let says = stand::voice_on(game, *a, p.instrument, pos.stance.max(Stance::Reserves));
        out.push(reply(game, *a, Reaction::Stopped, says, String::new()));
    }
    // Whoever only supported it has nothing to say for what is dead.
    let warm = all.first().filter(|(a, pos)| pos.stance == Stance::Presses && Some(*a) != first);
    if let Some((a, pos)) = warm {
        let says = stand::voice_on(game, *a, p.instrument, pos.stance);
        out.push(reply(game, *a, Reaction::Annoyed, says, String::new()));
    }
    out
}

/// A draft that a meeting stopped.
struct Refusal {
    proposal: Proposal,
    chance: u32,
    /// Who stopped it first (none: the President), and all who did, as a mask.
    first: Option<AgencyIx>,
    by: u32,
    /// The change that would have moved that meeting: slot and value.
    mend: Option<(u8, u8)>,
}

impl Refusal {
    fn of(note: Note) -> Option<Refusal> {
        match note {
            Note::Returned { proposal, chance, slot, value, first, stopped_by: by } => {
                Some(Refusal { proposal, chance, first, by, mend: Some((slot, value)) })
            }
            Note::Blocked { proposal, chance, first, stopped_by: by } => {
                Some(Refusal { proposal, chance, first, by, mend: None })
            }
            _ => None,
        }
    }

    /// `Returned: Sanctions · Haitai`.
    fn head(&self, game: &Game) -> String {
        let state = if self.mend.is_some() { "Returned" } else { "Blocked" };
        let p = &self.proposal;
        format!("{state}: {}", order::measure(game.rules(), p.instrument, p.target))
    }
}

/// A refusal: who stopped it and why, who else did, and what would have moved that meeting. None for
/// any other note.
pub(super) fn refusal(game: &Game, note: Note) -> Option<String> {
    let r = Refusal::of(note)?;
    let (rules, s, p) = (game.rules(), met(game), &r.proposal);
    let room = RoomWeights::new(rules, s);
    let at = words::venue(&rules.venues[p.venue].name);
    let who = match r.first {
        None => "The President said no. ".to_owned(),
        Some(a) => {
            let pos = position(rules, s, &room, p, a);
            let off = super::odds::vote(&meeting(rules, s, &room, p), a);
            let why = match off.filter(|_| pos.stance < Stance::Reserves) {
                Some((no, _)) => {
                    format!("{}: its mood that day, {no}% likely", reason(game, &pos, p))
                }
                None => reason(game, &pos, p),
            };
            let others = others(game, a, r.by);
            format!("{} stopped it at {at}{why}. {others}", rules.agencies[a].short)
        }
    };
    let moved = match r.mend {
        Some((AS_IT_STANDS, _)) => "No one change would have moved that meeting. If nothing else \
                                    changes, the next is likelier than not to clear it as it \
                                    stands."
            .to_owned(),
        Some((slot, value)) => {
            format!("What would have moved that meeting: {}.", cause::mend(rules, p, slot, value))
        }
        None => "No one change would have moved that meeting.".to_owned(),
    };
    let before = words::it_was(stand::percent(r.chance));
    Some(format!("{}. {who}{moved} Beforehand {before}.", r.head(game)))
}

/// The same in short, where a larger thing has the card.
pub(super) fn refusal_in_short(game: &Game, note: Note) -> Option<String> {
    let r = Refusal::of(note)?;
    let rules = game.rules();
    let who = r.first.map_or_else(
        || "the President said no".to_owned(),
        |a| format!("{} stopped it", rules.agencies[a].short),
    );
    let moved = match r.mend {
        Some((slot, value)) if slot != AS_IT_STANDS => {
            format!("moved that meeting: {}", cause::mend(rules, &r.proposal, slot, value))
        }
        _ => "moved that meeting: nothing alone".to_owned(),
    };
    Some(format!("{}; {who}. What would have {moved}.", r.head(game)))
}

/// Who else stopped it; empty where nobody did.
fn others(game: &Game, first: AgencyIx, by: u32) -> String {
    let also: Vec<&str> = game
        .rules()
        .agencies
        .iter()
        .enumerate()
        .filter(|(n, _)| by & (1 << n) != 0 && *n != first.i())
        .map(|(_, a)| a.short.as_str())
        .collect();
    if also.is_empty() { String::new() } else { format!("So did {}. ", words::list(&also)) }
}

/// Why it stopped the draft, where its position says so; a vote that went against its position was
/// the mood of the day.
fn reason(game: &Game, pos: &Position, p: &Proposal) -> String {
    let minded = super::reasons::in_short(game, p, pos, true).into_iter().next();
    match (pos.is_against(), minded) {
        (true, Some(brief)) => format!(": {brief}"),
        (true, None) => String::new(),
        (false, minded) => {
            let minded = minded.map_or_else(String::new, |m| format!(" (what it minded: {m})"));
            format!(", which beforehand {}{minded}", words::stood(pos.stance))
        }
    }
}

/// How an agency stood on what was decided, in a sentence of its own: those who stopped it say so.
pub(super) fn stood_reply(game: &Game, note: Note, a: AgencyIx) -> Option<String> {
    let (p, by, cleared) = if let Note::Cleared { proposal, .. } = note {
        (proposal, 0, true)
    } else {
        let r = Refusal::of(note)?;
        (r.proposal, r.by, false)
    };
    let (rules, s) = (game.rules(), met(game));
    let stance = position(rules, s, &RoomWeights::new(rules, s), &p, a).stance;
    let what = &rules.instruments[p.instrument].short;
    if by & (1 << a.0) != 0 {
        // It has no line for a no that was not its position.
        return Some(if stance < Stance::Reserves {
            format!("stopped {what}, though it {} beforehand.", words::stood(stance))
        } else {
            format!("stopped {what}. {}", stand::voice_on(game, a, p.instrument, stance))
        });
    }
    // What was cleared is pressed for no longer.
    let speaks = if cleared { stance.max(Stance::Supports) } else { stance };
    Some(format!(
        "{}. {}",
        words::stood_on(stance, what),
        stand::voice_on(game, a, p.instrument, speaks)
    ))
}
