//! What can be done, slot by slot: the engine's own options, by name.
//!
//! A draft is an object of slots and names: `{"verb": "Task", "task": "signals"}`. Owns the names
//! of the slots. Refuses: saying what is legal.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::engine::NONE;
use crate::engine::options::options;
use crate::engine::{Draft, Order, Refusal, Slot, Verb};
use crate::game::Game;
use crate::prose;
use crate::prose::facts::Refused;
use crate::scenario::model::{
    AgencyIx, AskIx, CampaignIx, EventIx, InstrumentIx, PromiseIx, PropositionIx, ReformIx, Rules,
    TargetIx, TaskIx, VenueIx,
};

use super::Fault;

/// For which draft, and for which of its slots: the next one, if none is named.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    #[serde(default)]
    draft: Map<String, Value>,
    #[serde(default)]
    slot: Option<String>,
}

/// The values of a slot, or the order that the draft is.
#[derive(Debug, Serialize)]
pub struct Offer {
    /// None if every slot is filled.
    slot: Option<String>,
    values: Vec<Choice>,
    /// The whole draft as an order.
    order: Option<Order>,
    /// What is in the way of that order; none if it may be given.
    refused: Option<Refused>,
}

#[derive(Debug, Serialize)]
struct Choice {
    value: Value,
    ok: bool,
    refused: Option<Refused>,
}

/// What may stand in the slot, with what is in the way of each.
pub fn offer(game: &Game, asked: &Asked) -> Result<Offer, Fault> {
    let (rules, s) = (game.rules(), game.situation());
    let draft = draft(game, &asked.draft)?;
    let slot = match &asked.slot {
        None => draft.next(rules),
        Some(name) => Some(
            slots(rules, &draft)
                .into_iter()
                .find(|slot| slot_name(rules, &draft, *slot) == *name)
                .ok_or_else(|| no_slot(rules, &draft, name))?,
        ),
    };
    let refused = |r: Result<(), Refusal>| r.err().map(|r| prose::refusal(rules, s, &r));
    let order = draft.order(rules);
    let mut offer = Offer {
        slot: slot.map(|slot| slot_name(rules, &draft, slot).to_owned()),
        values: Vec::new(),
        refused: order.and_then(|o| refused(s.validate(rules, &o))),
        order,
    };
    for (value, result) in slot.map_or_else(Vec::new, |slot| values(game, &draft, slot)) {
        let refused = refused(result);
        offer.values.push(Choice { value, ok: refused.is_none(), refused });
    }
    Ok(offer)
}

/// The draft that these slots make.
pub fn draft(game: &Game, given: &Map<String, Value>) -> Result<Draft, Fault> {
    fill(game, Draft::default(), given)
}

/// Puts what is given into its slots, the first ones first: they decide which others there are.
pub fn fill(game: &Game, mut draft: Draft, given: &Map<String, Value>) -> Result<Draft, Fault> {
    let rules = game.rules();
    let mut taken = 0;
    let mut n = 0;
    while let Some(slot) = slots(rules, &draft).get(n).copied() {
        n += 1;
        let name = slot_name(rules, &draft, slot);
        let Some(wanted) = given.get(name) else { continue };
        let value = find(game, &draft, slot, wanted).ok_or_else(|| {
            Fault::new(
                "unknown_name",
                format!("there is no {name} {wanted}"),
                "`options` lists the names that fit a slot",
            )
        })?;
        draft.set(slot, value);
        taken += 1;
    }
    if taken == given.len() {
        return Ok(draft);
    }
    let named = |name: &str| {
        slots(rules, &draft).into_iter().any(|slot| slot_name(rules, &draft, slot) == name)
    };
    let stranger = given.keys().find(|k| !named(k)).map_or("", String::as_str);
    Err(no_slot(rules, &draft, stranger))
}

fn no_slot(rules: &Rules, draft: &Draft, name: &str) -> Fault {
    let all: Vec<&str> =
        slots(rules, draft).into_iter().map(|slot| slot_name(rules, draft, slot)).collect();
    Fault::new(
        "unknown_slot",
        format!("the draft has no slot `{name}`"),
        format!("so far it has: {}", all.join(", ")),
    )
}

/// The slots a draft has so far, in the order they are filled.
fn slots(rules: &Rules, draft: &Draft) -> Vec<Slot> {
    let mut out = vec![Slot::Verb];
    let Some(verb) = draft.verb else { return out };
    let parts = match verb {
        Verb::End | Verb::Forecast => return out,
        Verb::Guide | Verb::Amend => rules.lenses.len(),
        Verb::Ask | Verb::Reform => {
            out.push(Slot::Subject);
            0
        }
        Verb::Confidence => {
            out.extend([Slot::Subject, Slot::Number]);
            0
        }
        Verb::Propose
        | Verb::Build
        | Verb::Withdraw
        | Verb::Task
        | Verb::Promise
        | Verb::Answer => {
            out.push(Slot::Subject);
            let Some(subject) = draft.subject else { return out };
            out.push(Slot::Object);
            match rules.instruments.get(usize::from(subject)) {
                Some(ins) if verb == Verb::Propose => ins.slots.len(),
                _ => 0,
            }
        }
    };
    out.extend((0..parts).filter_map(|n| u8::try_from(n).ok()).map(Slot::Part));
    out.extend((verb == Verb::Propose).then_some(Slot::Venue));
    out
}

fn slot_name<'r>(rules: &'r Rules, draft: &Draft, slot: Slot) -> &'r str {
    let verb = draft.verb.unwrap_or(Verb::End);
    match (slot, verb) {
        (Slot::Verb, _) => "verb",
        (Slot::Subject, Verb::Propose | Verb::Build | Verb::Withdraw) => "instrument",
        (Slot::Subject, Verb::Task) => "task",
        (Slot::Subject, Verb::Ask) => "ask",
        (Slot::Subject, Verb::Promise) => "promise",
        (Slot::Subject, Verb::Answer) => "event",
        (Slot::Subject, Verb::Reform) => "reform",
        (Slot::Subject, _) => "proposition",
        (Slot::Object, Verb::Task) => "on",
        (Slot::Object, Verb::Promise) => "to",
        (Slot::Object, Verb::Answer) => "choice",
        (Slot::Object, _) => "target",
        (Slot::Part(n), Verb::Guide | Verb::Amend) => {
            rules.lenses.get(usize::from(n)).map_or("", |l| &l.id)
        }
        (Slot::Part(n), _) => {
            let ins = draft.subject.and_then(|i| rules.instruments.get(usize::from(i)));
            let slot = ins.and_then(|i| i.slots.get(usize::from(n)));
            slot.map_or("", |s| &rules.terms[s.term].id)
        }
        (Slot::Venue, _) => "venue",
        (Slot::Number, _) => "percent",
    }
}

/// The values of a slot as they are named. What is not on the board yet has no name.
fn values(game: &Game, draft: &Draft, slot: Slot) -> Vec<(Value, Result<(), Refusal>)> {
    let mut out = Vec::new();
    options(game.rules(), game.situation(), draft, slot, |value, result| {
        if on_the_board(game, draft, slot, value) {
            out.push((value_name(game.rules(), draft, slot, value), result));
        }
    });
    out
}

fn find(game: &Game, draft: &Draft, slot: Slot, wanted: &Value) -> Option<u8> {
    let mut found = None;
    options(game.rules(), game.situation(), draft, slot, |value, _| {
        if on_the_board(game, draft, slot, value)
            && value_name(game.rules(), draft, slot, value) == *wanted
        {
            found = Some(value);
        }
    });
    found
}

fn on_the_board(game: &Game, draft: &Draft, slot: Slot, value: u8) -> bool {
    let (rules, s) = (game.rules(), game.situation());
    match (slot, draft.verb) {
        (Slot::Object, Some(Verb::Propose | Verb::Build)) => s.targets_known() & (1 << value) != 0,
        (Slot::Object, Some(Verb::Task)) if value != NONE => {
            s.all(rules, &rules.campaigns[CampaignIx(value)].appears)
        }
        _ => true,
    }
}

fn value_name(rules: &Rules, draft: &Draft, slot: Slot, value: u8) -> Value {
    let at = usize::from(value);
    let subject = draft.subject.unwrap_or(0);
    let id: &str = match (slot, draft.verb.unwrap_or(Verb::End)) {
        (Slot::Verb, _) => {
            return Verb::ALL.get(at).map_or(Value::Null, |v| Value::from(format!("{v:?}")));
        }
        (Slot::Subject, Verb::Task) => &rules.tasks[TaskIx(value)].id,
        (Slot::Subject, Verb::Ask) => &rules.asks[AskIx(value)].id,
        (Slot::Subject, Verb::Promise) => &rules.promises[PromiseIx(value)].id,
        (Slot::Subject, Verb::Answer) => &rules.events[EventIx(value)].id,
        (Slot::Subject, Verb::Reform) => &rules.reforms[ReformIx(value)].id,
        (Slot::Subject, Verb::Confidence) => &rules.propositions[PropositionIx(value)].id,
        (Slot::Subject, _) => &rules.instruments[InstrumentIx(value)].id,
        (Slot::Object, Verb::Task) if value == NONE => return Value::Null,
        (Slot::Object, Verb::Task) => &rules.campaigns[CampaignIx(value)].id,
        (Slot::Object, Verb::Promise) => &rules.agencies[AgencyIx(value)].id,
        (Slot::Object, Verb::Answer) => &rules.events[EventIx(subject)].choices[at].id,
        (Slot::Object, _) => &rules.targets[TargetIx(value)].id,
        (Slot::Part(_), Verb::Guide | Verb::Amend) | (Slot::Number, _) => {
            return Value::from(value);
        }
        (Slot::Part(n), _) => {
            let slot = &rules.instruments[InstrumentIx(subject)].slots[usize::from(n)];
            &rules.terms[slot.term].values[usize::from(slot.values[at])].id
        }
        (Slot::Venue, _) => &rules.venues[VenueIx(value)].id,
    };
    Value::from(id)
}
