//! What an agency remembers of the office: each line that moved the relationship, summed from where
//! it began, and the one it would quote.

use crate::engine::{Cause, Note, Order, Origin};
use crate::game::Game;
use crate::num::{Milli, ONE};
use crate::order::Arrange;
use crate::scenario::model::{AgencyIx, Rules};

use super::facts::{Part, WhyLine};
use super::{cause, order, why, words};

/// Something that moved the relationship, or that was said and moved nothing.
struct Memory {
    turn: u8,
    amount: Milli,
    cause: Cause,
    /// A sentence without its stop, the day in it where there is one.
    text: String,
    /// The same in fewer words, as it would be quoted; none for what nobody would quote.
    quote: Option<String>,
}

/// Everything remembered, the oldest first; what only time did comes last.
fn memories(game: &Game, a: AgencyIx) -> Vec<Memory> {
    let rules = game.rules();
    let mut out: Vec<Memory> = Vec::new();
    for (turn, note) in game.ledger().notes.iter().copied() {
        let (amount, cause, origin) = if let Note::Related { agency, delta, cause, origin } = note
            && agency == a
        {
            (delta, cause, origin)
        } else if let Note::Asked(k) = note
            && rules.asks[k].of == a
        {
            // What it was asked is remembered, whether or not it minded.
            (0, Cause::Ask(k), Origin::Drift)
        } else {
            continue;
        };
        let (text, quote) = told(game, turn, cause, origin);
        let memory = Memory { turn, amount, cause, text, quote };
        match out.iter_mut().find(|m| m.text == memory.text) {
            Some(known) => known.amount += memory.amount,
            None => out.push(memory),
        }
    }
    for c in game.situation().commitments.iter().filter(|c| c.to == a) {
        let Origin::Decision { turn, .. } = c.origin else { continue };
        let name = rules.promises[c.promise].name.inside();
        let until = words::day(rules, c.until).short();
        let text =
            format!("you promised on {}: {name}; it binds you until {until}", day(rules, turn));
        out.push(Memory { turn, amount: 0, cause: Cause::Kept(c.promise), text, quote: None });
    }
    out.arrange_by_key(|m| (m.cause == Cause::Settle, m.turn));
    out
}

/// The first day of a turn: `3 Sep`.
fn day(rules: &Rules, turn: u8) -> String {
    rules.turns[usize::from(turn)].opens.short()
}

/// The order a cause goes back to, if it goes back to one.
fn decided(game: &Game, origin: Origin) -> Option<&Order> {
    let Origin::Decision { turn, index } = origin else { return None };
    cause::decision(game, turn, index)
}

/// The day on which the order was given that a cause goes back to; of anything else, the turn's.
fn day_of(rules: &Rules, turn: u8, origin: Origin) -> String {
    if let Origin::Decision { turn, .. } = origin { day(rules, turn) } else { day(rules, turn) }
}

/// A line in words, and as it would be quoted.
fn told(game: &Game, turn: u8, c: Cause, origin: Origin) -> (String, Option<String>) {
    let rules = game.rules();
    let on = day_of(rules, turn, origin);
    let order = decided(game, origin);
    let text = match c {
        Cause::Kept(p) => {
            format!("you kept what you promised on {on}: {}", rules.promises[p].name.inside())
        }
        Cause::Broken(p) => {
            format!("you broke what you promised on {on}: {}", rules.promises[p].name.inside())
        }
        Cause::Ask(k) => format!("you asked on {on}: {}", rules.asks[k].name.inside()),
        Cause::Overruling(_) => {
            let about = if let Some(Order::Propose(p)) = order {
                format!(" on {}", order::measure(rules, p.instrument, p.target))
            } else {
                String::new()
            };
            format!("you overruled it{about} ({on})")
        }
        Cause::Choice(e, n) => {
            let event = &rules.events[e];
            let said = event.choices.get(usize::from(n)).map_or("", |c| c.say.as_str());
            let said = words::headed(&event.title, said);
            let (text, quote) = if order.is_some() {
                (
                    format!("what you answered on {on}. {said}"),
                    format!("what you answered on {on} to “{}”", event.title),
                )
            } else {
                (
                    format!("you left it unanswered on {on}. {said}"),
                    format!("you left “{}” unanswered on {on}", event.title),
                )
            };
            return (text, Some(quote));
        }
        Cause::Response(r) if !rules.responses[r].visible && !game.is_over() => {
            return ("not explained by what you know".to_owned(), None);
        }
        Cause::Settle => {
            return ("time passes, and it goes back towards where it began".to_owned(), None);
        }
        Cause::Clamp => return (cause::of(rules, c), None),
        other => format!("{} ({on})", cause::of(rules, other)),
    };
    (text.clone(), Some(text))
}

/// Where the relationship stands and began: `−12.0 of 100, −8.0 as you began`.
pub fn stands(game: &Game, a: AgencyIx) -> String {
    let began = game.rules().agencies[a].relation;
    let now = game.situation().relation[a];
    if now == began {
        format!("{} of 100, as you began", words::exact(now))
    } else {
        format!("{} of 100, {} as you began", words::exact(now), words::exact(began))
    }
}

/// What moved the relationship most to this side and still does, as the agency would say it.
pub fn quote(game: &Game, a: AgencyIx, is_for: bool) -> Option<String> {
    let heaviest = memories(game, a)
        .into_iter()
        .filter(|m| m.quote.is_some() && (m.amount > 0) == is_for && m.amount.abs() >= ONE)
        .max_by_key(|m| (m.amount.abs(), m.turn))?;
    heaviest.quote
}

/// What it would quote now: of the side to which the relationship has moved since the beginning.
pub fn quotes(game: &Game, a: AgencyIx) -> String {
    let moved = game.situation().relation[a] - game.rules().agencies[a].relation;
    quote(game, a, moved >= 0).map_or_else(String::new, |q| words::upper_first(&words::stop(&q)))
}

/// The lines that add up to the relationship as it stands.
pub fn lines(game: &Game, a: AgencyIx) -> Vec<WhyLine> {
    let rules = game.rules();
    let began = rules.agencies[a].relation;
    let first = WhyLine {
        amount: Part::Exact(began),
        text: "as you began".to_owned(),
        ..WhyLine::default()
    };
    let line = |m: Memory| {
        if m.amount == 0 {
            return WhyLine { text: m.text, ..WhyLine::default() };
        }
        let (tag, door) = why::tag(rules, m.cause, m.turn);
        let amount = Part::Exact(m.amount);
        WhyLine { depth: 0, amount, text: m.text, tag, door }
    };
    let rest = memories(game, a);
    // Where nothing has happened, where it stands is all there is to say.
    if rest.is_empty() {
        return Vec::new();
    }
    std::iter::once(first).filter(|_| began != 0).chain(rest.into_iter().map(line)).collect()
}
