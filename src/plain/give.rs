//! Pages that end in an order: proposals, guidance, and the shorter ones.

use std::fmt::Write as _;

use crate::engine::{Draft, Order, Slot, Verb};
use crate::game::Game;
use crate::prose::facts::{ActionRow, PromiseRow, SlotRow};
use crate::prose::{self, words};
use crate::scenario::model::{AgencyIx, InstrumentIx, PromiseIx, PropositionIx, TargetIx, limits};

use super::show;
use super::view::{Act, Entry, Page, View};

pub(super) fn instruments(game: &Game) -> View {
    let mut v =
        View::titled("Propose which instrument? Those that are not yours or not open now say why.");
    let p = prose::propose(game, &Draft::of(Verb::Propose));
    if let Some(slot) = p.slots.first() {
        for row in &slot.values {
            let label = if row.detail.is_empty() {
                row.name.clone()
            } else {
                format!("{}: {}", row.name, row.detail)
            };
            // Shut for want of a target, money or law, it still opens: the target's page says what
            // each lacks.
            v.maybe(&label, row.shut.as_ref(), Act::Begin(InstrumentIx(row.value), None));
        }
    }
    v.back()
}

pub(super) fn value(game: &Game, draft: &Draft, slot: Slot) -> View {
    let p = prose::propose(game, draft);
    let Some(row) = p.slots.iter().find(|s| s.slot == slot) else {
        return View::titled("There is nothing to choose.").back();
    };
    let mut v = View::titled(format!("{}: choose {}.", p.title, row.name.inside()));
    for value in &row.values {
        let act = match (slot, draft.subject) {
            (Slot::Object, Some(i)) => Act::Begin(InstrumentIx(i), Some(TargetIx(value.value))),
            _ => Act::Set(slot, value.value),
        };
        let mut label = value.name.clone();
        if value.chosen {
            label.push_str(", chosen");
        }
        if !value.detail.is_empty() {
            _ = write!(label, ": {}", value.detail.trim_end_matches('.'));
        }
        if let (Slot::Venue, Some(venue)) =
            (slot, p.venues.iter().find(|v| v.venue.0 == value.value))
        {
            _ = write!(
                label,
                ". Costs {} in all; to clear there is {}, {}%",
                venue.cost, venue.word, venue.percent
            );
        }
        v.maybe(&label, value.shut.as_ref(), act);
    }
    v.back()
}

/// A measure that is not the player's leaves one thing to do: ask those whose it is.
fn instead(v: &mut View, asks: &[ActionRow]) {
    for a in asks {
        v.perhaps(
            &format!("Ask instead: {}", show::action(a)),
            a.shut.is_none(),
            Page::Doing(a.order),
        );
    }
}

pub(super) fn proposal(game: &Game, draft: &Draft, because: &str) -> View {
    let p = prose::propose(game, draft);
    let mut v = View { lines: show::draft(&p, because), menu: Vec::new() };
    let what = match p.order {
        Some(Order::Build { .. }) => "Have its file built",
        _ if p.ordered.is_empty() => "Put it on the agenda",
        _ => "Put it on the agenda in the place of the one there",
    };
    match (&p.shut, p.order) {
        (None, Some(build @ Order::Build { .. })) => v.entry(what, Act::Give(build)),
        (None, _) => v.entry(what, Act::Place),
        (Some(r), _) => v.entry(format!("{what}. Not now"), Act::Shut(r.clone())),
    }
    instead(&mut v, &p.asks);
    for s in p.slots.iter().skip(1) {
        let page = if s.slot == Slot::Object { Page::Targets } else { Page::Value(s.slot) };
        v.go(format!("Change {}: {}", s.name.inside(), chosen(s)), page);
    }
    v.go("Another instrument", Page::Instruments);
    v.go("Who says what, and why", Page::WhoSays);
    v.go("What it may do, what it hands over, what is known least", Page::Effects);
    v.go(
        format!(
            "Bargain: {}",
            words::count(p.bargains.iter().filter(|b| b.shut.is_none()).count(), "promise")
        ),
        Page::Bargain,
    );
    v.go(
        if because.is_empty() { "Give your reason" } else { "Give another reason" },
        Page::Because,
    );
    v.back()
}

pub(super) fn chosen(s: &SlotRow) -> &str {
    if s.chosen.is_empty() { "not chosen" } else { &s.chosen }
}

pub(super) fn guidance(game: &Game, draft: &Draft) -> View {
    let g = prose::guidance(game);
    let mut v = View::titled(format!("Trade-off guidance. {}", g.note));
    let points: [u8; limits::LENSES] = draft.parts.map(|p| p.unwrap_or(0));
    let sum: u8 = points.iter().sum();
    if let Some(verb) = g.verb {
        v.say(format!("So far {sum} of 12 points."));
        let order = if verb == Verb::Guide { Order::Guide(points) } else { Order::Amend(points) };
        let shut = game
            .situation()
            .validate(game.rules(), &order)
            .err()
            .map(|r| prose::refusal(game.rules(), game.situation(), &r));
        if verb == Verb::Amend && points == game.situation().guidance {
            v.entry(
                "Amend it so, in public: nothing is changed yet",
                Act::Say("Nothing is changed: the guidance stands as it is.".to_owned()),
            );
        } else {
            v.maybe(
                if verb == Verb::Guide { "Write it down so" } else { "Amend it so, in public" },
                shut.as_ref(),
                Act::Give(order),
            );
        }
        for (n, row) in g.rows.iter().enumerate() {
            let n = u8::try_from(n).unwrap_or(0);
            v.go(
                format!(
                    "{}: {}. {}",
                    row.name,
                    words::count(usize::from(points[usize::from(n)]), "point"),
                    row.means
                ),
                Page::Points(n),
            );
        }
        v.go("Start from a profile", Page::Profiles);
    } else {
        for row in &g.rows {
            v.say(format!(
                "{}: {}. {}",
                row.name,
                words::count(usize::from(row.points), "point"),
                row.means
            ));
        }
    }
    v.back()
}

/// Here the number is the number of points.
pub(super) fn points(game: &Game, lens: u8) -> View {
    let g = prose::guidance(game);
    let Some(row) = g.rows.get(usize::from(lens)) else {
        return View::titled("There is nothing to give points to.").back();
    };
    let mut v = View::titled(format!("{}. {} How many points, 0 to 4?", row.name, row.means));
    v.menu = (0..=4u8)
        .map(|n| Entry {
            key: u32::from(n),
            label: words::count(usize::from(n), "point"),
            act: Act::Points(lens, n),
        })
        .collect();
    v
}

pub(super) fn profiles(game: &Game) -> View {
    let mut v = View::titled("Profiles to start from; each may be changed.");
    let g = prose::guidance(game);
    for p in &g.profiles {
        let mut points = [0; limits::LENSES];
        for (to, from) in points.iter_mut().zip(&p.points) {
            *to = *from;
        }
        let list: Vec<String> = g
            .rows
            .iter()
            .zip(&p.points)
            .filter(|(_, n)| **n > 0)
            .map(|(r, n)| format!("{} {n}", r.short.inside()))
            .collect();
        v.entry(format!("{}: {}. {}", p.name, list.join(", "), p.says), Act::Profile(points));
    }
    v.back()
}

pub(super) fn other(game: &Game) -> View {
    let a = prose::actions(game);
    let mut v = View::titled(show::header("Other orders", &prose::header(game)));
    let open = |list: &[ActionRow]| list.iter().filter(|r| r.shut.is_none()).count();
    v.go(format!("Task collection or investigation: {} open", open(&a.tasks)), Page::Tasks);
    v.go(format!("Ask an agency: {} open", open(&a.asks)), Page::Asks);
    v.go(
        format!("Promise: {} open", a.promises.iter().filter(|p| p.shut.is_none()).count()),
        Page::Promises,
    );
    v.go(format!("Work on the office: {} open", open(&a.reforms)), Page::Reforms);
    v.go("The guidance", Page::Guidance);
    v.go(
        format!(
            "Say how sure you are: {} open",
            a.propositions.iter().filter(|p| p.shut.is_none()).count()
        ),
        Page::Confidence,
    );
    v.go(
        format!("New terms for a measure, or its withdrawal: {} stand", a.withdrawals.len()),
        Page::Withdraw,
    );
    v.back()
}

/// What each costs and how long it takes; what it is stands behind its number, once for each, not
/// in every line.
pub(super) fn actions(list: &[ActionRow], title: &str) -> View {
    let mut v = View::titled(if list.is_empty() {
        format!("{title} There is none.")
    } else {
        title.to_owned()
    });
    for a in list {
        v.perhaps(&show::action(a), a.shut.is_none(), Page::Doing(a.order));
    }
    v.back()
}

/// One of them, wherever it was found.
pub(super) fn doing(game: &Game, order: Order) -> View {
    let a = prose::actions(game);
    let Some(row) = a.tasks.into_iter().chain(a.asks).chain(a.reforms).find(|r| r.order == order)
    else {
        return View::titled("That cannot be ordered any more.").back();
    };
    let mut v = View::titled(words::stop(&show::action(&row)));
    v.say(row.means.clone());
    v.maybe("Order it", row.shut.as_ref(), Act::Give(order));
    v.back()
}

pub(super) fn promises(list: &[PromiseRow], title: &str, none: &str) -> View {
    let mut v = View::titled(if list.is_empty() { none } else { title });
    for p in list {
        v.perhaps(&show::promise(p), p.shut.is_none(), Page::Pledge(p.promise, p.agency));
    }
    v.back()
}

pub(super) fn pledge(game: &Game, promise: PromiseIx, to: AgencyIx) -> View {
    let list = prose::actions(game).promises;
    let Some(p) = list.iter().find(|p| p.promise == promise && p.agency == to) else {
        return View::titled("That cannot be promised.").back();
    };
    let mut v = View::titled(words::stop(&show::promise(p)));
    v.say(p.says.clone());
    v.say(words::stop(&format!("It {}", p.note)));
    v.maybe("Promise it", p.shut.as_ref(), Act::Give(Order::Promise { promise, to }));
    v.back()
}

pub(super) fn withdraw(game: &Game) -> View {
    let list = prose::actions(game).withdrawals;
    let mut v = View::titled(if list.is_empty() {
        "Nothing could be withdrawn."
    } else {
        "Under way and in force. A number withdraws a measure, or begins a draft of new terms."
    });
    for w in list {
        if let Some((instrument, target)) = w.withdraw {
            let row = format!("Withdraw {}", show::work(&w));
            let row = match w.takes_with_it.as_str() {
                "" => row,
                with => words::stop(&format!("{}; {with}", row.trim_end_matches('.'))),
            };
            v.entry(row, Act::Give(Order::Withdraw { instrument, target }));
        }
        if let Some((instrument, target)) = w.revise {
            v.entry(format!("New terms for {}", w.text), Act::Begin(instrument, Some(target)));
        }
    }
    v.back()
}

pub(super) fn confidence(game: &Game) -> View {
    let mut v = View::titled(
        "Say how sure you are of something that will be settled. It changes nothing in play.",
    );
    for p in prose::actions(game).propositions {
        let stated = if p.stated > 0 {
            format!(" You said {}%, {}.", p.stated, p.word)
        } else {
            String::new()
        };
        let judged = if p.judged.is_empty() {
            String::new()
        } else {
            format!(" {}.", words::upper_first(p.judged))
        };
        v.maybe(
            &format!("{} By {}.{stated}{judged}", p.says, p.by),
            p.shut.as_ref(),
            Act::Go(Page::Sure(p.proposition)),
        );
    }
    v.back()
}

pub(super) fn sure(game: &Game, p: PropositionIx) -> View {
    let list = prose::actions(game).propositions;
    let Some(row) = list.iter().find(|r| r.proposition == p) else {
        return View::titled("Nobody will settle that.").back();
    };
    let mut v = View::titled(format!("How sure are you? {} By {}.", row.says, row.by));
    if row.stated > 0 {
        v.say(format!("You said {}%, {}.", row.stated, row.word));
    }
    v.say("Type a number from 1 to 99, of 100. 50 says you do not know.");
    v.back()
}
