//! Pages that end in an order: proposals, guidance, and the shorter ones.

use crate::engine::{Draft, Order, Slot, Verb};
use crate::game::Game;
use crate::prose::facts::{ActionRow, PromiseRow, SlotRow};
use crate::prose::{self, words};
use crate::scenario::model::{InstrumentIx, PropositionIx, TargetIx, most};

use super::page::{Act, Entry, Page, View};
use super::show;

pub(super) fn instruments(game: &Game) -> View {
    let mut v = View::default();
    v.say("Which measure? Those that are not yours or not open now say why.");
    let p = prose::propose(game, &Draft::of(Verb::Propose));
    if let Some(slot) = p.slots.first() {
        for row in &slot.values {
            let label = format!("{} ({})", row.name, row.detail);
            // Shut for want of a target, money or law, it still opens: the target's page says what each lacks.
            v.maybe(&label, row.shut.as_ref(), Act::Begin(InstrumentIx(row.value), None));
        }
    }
    v.back()
}

pub(super) fn value(game: &Game, draft: &Draft, slot: Slot) -> View {
    let mut v = View::default();
    let p = prose::propose(game, draft);
    let Some(row) = p.slots.iter().find(|s| s.slot == slot) else { return v.back() };
    v.say(format!("{}: choose {}.", p.title, words::lower_first(&row.name)));
    for value in &row.values {
        let act = match (slot, draft.subject) {
            (Slot::Object, Some(i)) => Act::Begin(InstrumentIx(i), Some(TargetIx(value.value))),
            _ => Act::Set(slot, value.value),
        };
        let detail = if value.detail.is_empty() { String::new() } else { format!(": {}", value.detail) };
        let mark = if value.chosen { " (chosen)" } else { "" };
        v.maybe(&format!("{}{mark}{detail}", value.name), value.shut.as_ref(), act);
    }
    v.back()
}

pub(super) fn proposal(game: &Game, draft: &Draft, because: &str) -> View {
    let p = prose::propose(game, draft);
    let mut v = View { lines: show::draft(&p, because), menu: Vec::new() };
    match &p.shut {
        None => v.entry("Put it on the agenda", Act::Place),
        Some(r) => v.entry("Put it on the agenda (not now)", Act::Shut(r.clone())),
    }
    for s in p.slots.iter().skip(1) {
        let page = if s.slot == Slot::Object { Page::Targets } else { Page::Value(s.slot) };
        v.go(format!("Change {}: {}", words::lower_first(&s.name), chosen(s)), page);
    }
    v.go("Another measure", Page::Instruments);
    v.go("Who says what, and why", Page::WhoSays);
    v.go("What it may do, what it hands over, what is known least", Page::Effects);
    v.go(format!("Bargain ({})", words::count(p.bargains.iter().filter(|b| b.shut.is_none()).count(), "promise")), Page::Bargain);
    v.go("Give your reason", Page::Because);
    v.back()
}

pub(super) fn chosen(s: &SlotRow) -> &str {
    if s.chosen.is_empty() { "not chosen" } else { &s.chosen }
}

pub(super) fn guidance(game: &Game, draft: &Draft) -> View {
    let mut v = View::default();
    let g = prose::guidance(game);
    v.say(format!("Trade-off guidance. {}", g.note));
    let points: [u8; most::LENSES] = draft.parts.map(|p| p.unwrap_or(0));
    let sum: u8 = points.iter().sum();
    v.say(format!("So far {sum} of 12 points."));
    if let Some(verb) = g.verb {
        let order = if verb == Verb::Guide { Order::Guide(points) } else { Order::Amend(points) };
        let shut = game.situation().validate(game.rules(), &order).err().map(|r| prose::refusal(game.rules(), game.situation(), &r));
        v.maybe(if verb == Verb::Guide { "Write it down so" } else { "Amend it so, in public" }, shut.as_ref(), Act::Give(order));
        for (n, row) in g.rows.iter().enumerate() {
            let n = u8::try_from(n).unwrap_or(0);
            v.go(format!("{}: {} points. {}", row.name, points[usize::from(n)], row.means), Page::Points(n));
        }
        v.go("Start from a profile", Page::Profiles);
    } else {
        for row in &g.rows {
            v.say(format!("{}: {} points.", row.name, row.points));
        }
    }
    v.back()
}

/// Here the number is the number of points.
pub(super) fn points(game: &Game, lens: u8) -> View {
    let mut v = View::default();
    let g = prose::guidance(game);
    if let Some(row) = g.rows.get(usize::from(lens)) {
        v.say(format!("{}. {} How many points, 0 to 4?", row.name, row.means));
    }
    v.menu = (0..=4u8).map(|n| Entry { key: u32::from(n), label: words::count(usize::from(n), "point"), act: Act::Points(lens, n) }).collect();
    v
}

pub(super) fn profiles(game: &Game) -> View {
    let mut v = View::default();
    v.say("Profiles to start from; each may be changed.");
    let g = prose::guidance(game);
    for p in &g.profiles {
        let mut points = [0; most::LENSES];
        for (to, from) in points.iter_mut().zip(&p.points) {
            *to = *from;
        }
        let list: Vec<String> = g.rows.iter().zip(&p.points).filter(|(_, n)| **n > 0).map(|(r, n)| format!("{} {n}", words::lower_first(&r.short))).collect();
        v.entry(format!("{}: {}. {}", p.name, list.join(", "), p.says), Act::Profile(points));
    }
    v.back()
}

pub(super) fn other(game: &Game) -> View {
    let a = prose::actions(game);
    let mut v = View::default();
    v.say(show::header(&prose::header(game)));
    let open = |list: &[ActionRow]| list.iter().filter(|r| r.shut.is_none()).count();
    v.go(format!("Task collection or investigation ({} open)", open(&a.tasks)), Page::Tasks);
    v.go(format!("Ask an agency ({} open)", open(&a.asks)), Page::Asks);
    v.go(format!("Promise ({} open)", a.promises.iter().filter(|p| p.shut.is_none()).count()), Page::Promises);
    v.go(format!("Work on the office ({} open)", open(&a.reforms)), Page::Reforms);
    v.go("The guidance", Page::Guidance);
    v.go(format!("Say how sure you are ({} open)", a.propositions.iter().filter(|p| p.shut.is_none()).count()), Page::Confidence);
    v.go(format!("Withdraw a measure ({})", a.withdrawals.len()), Page::Withdraw);
    v.back()
}

pub(super) fn actions(list: &[ActionRow], title: &str) -> View {
    let mut v = View::default();
    v.say(title);
    for a in list {
        v.maybe(&show::action(a), a.shut.as_ref(), Act::Give(a.order));
    }
    v.back()
}

pub(super) fn promises(list: &[PromiseRow], title: &str, none: &str) -> View {
    let mut v = View::default();
    v.say(if list.is_empty() { none } else { title });
    for p in list {
        let label = format!("{}, to {}: {} It {}", p.name, p.to, p.says, p.note);
        v.maybe(&label, p.shut.as_ref(), Act::Give(Order::Promise { promise: p.promise, to: p.agency }));
    }
    v.back()
}

pub(super) fn withdraw(game: &Game) -> View {
    let mut v = View::default();
    let list = prose::actions(game).withdrawals;
    v.say(if list.is_empty() { "Nothing is under way or in force." } else { "What is under way or in force. A number withdraws it." });
    for w in list {
        if let Some((instrument, target)) = w.withdraw {
            v.entry(show::work(&w), Act::Give(Order::Withdraw { instrument, target }));
        }
    }
    v.back()
}

pub(super) fn confidence(game: &Game) -> View {
    let mut v = View::default();
    v.say("Say how sure you are of something that will be settled. It changes nothing in play.");
    for p in prose::actions(game).propositions {
        let stated = if p.stated > 0 { format!(" You said {}%, {}.", p.stated, p.word) } else { String::new() };
        let judged = if p.judged.is_empty() { String::new() } else { " Settled.".to_owned() };
        v.maybe(&format!("{} By {}.{stated}{judged}", p.says, p.by), p.shut.as_ref(), Act::Go(Page::Sure(p.proposition)));
    }
    v.back()
}

pub(super) fn sure(game: &Game, p: PropositionIx) -> View {
    let says = game.rules().propositions.get(p.i()).map_or("", |p| p.says.as_str());
    View { lines: vec![says.to_owned(), "How sure are you, from 1 to 99 of 100? Or: back.".to_owned()], menu: Vec::new() }
}
