//! Orders by name and back: the run file and the scenario's history speak names, the engine
//! indices.

use serde::{Serialize, Serializer};

use crate::find_id;
use crate::num::byte;
use crate::scenario::loc::{Count, Entries, Id, Percent, Prose};
use crate::scenario::model::{Rules, limits};
use crate::scenario::named::{self, Named};
use crate::scenario::wire;

use super::order::{Order, Proposal};

/// A name these rules do not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// What kind of thing was looked for: "instrument", "target".
    pub kind: &'static str,
    pub name: String,
}

fn unknown(kind: &'static str, id: &Id) -> UnknownName {
    UnknownName { kind, name: id.text.to_string() }
}

/// By name, where orders stand among data for programs.
impl Serialize for Order {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        wire::with(|rules| name(rules, self, "").serialize(s))
    }
}

impl Serialize for Proposal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        wire::with(|rules| name_proposal(rules, self, "").serialize(s))
    }
}

/// The order a name stands for.
///
/// # Errors
/// The first name that these rules do not have.
pub fn resolve(rules: &Rules, n: &Named) -> Result<Order, UnknownName> {
    Ok(match n {
        Named::Guide(points) => Order::Guide(lens_points(rules, points)?),
        Named::Amend(points) => Order::Amend(lens_points(rules, points)?),
        Named::Propose(p) => Order::Propose(proposal(rules, p)?),
        Named::Forecast(p) => Order::Forecast(proposal(rules, p)?),
        Named::Withdraw { instrument, target } => Order::Withdraw {
            instrument: find_id!(rules.instruments, instrument.text, InstrumentIx)
                .ok_or_else(|| unknown("instrument", instrument))?,
            target: find_id!(rules.targets, target.text, TargetIx)
                .ok_or_else(|| unknown("target", target))?,
        },
        Named::Task { task, on } => Order::Task {
            task: find_id!(rules.tasks, task.text, TaskIx).ok_or_else(|| unknown("task", task))?,
            campaign: match on {
                Some(c) => Some(
                    find_id!(rules.campaigns, c.text, CampaignIx)
                        .ok_or_else(|| unknown("campaign", c))?,
                ),
                None => None,
            },
        },
        Named::Ask(ask) => {
            Order::Ask(find_id!(rules.asks, ask.text, AskIx).ok_or_else(|| unknown("ask", ask))?)
        }
        Named::Promise { promise, to } => Order::Promise {
            promise: find_id!(rules.promises, promise.text, PromiseIx)
                .ok_or_else(|| unknown("promise", promise))?,
            to: find_id!(rules.agencies, to.text, AgencyIx).ok_or_else(|| unknown("agency", to))?,
        },
        Named::Answer { event, choice } => {
            let ix = find_id!(rules.events, event.text, EventIx)
                .ok_or_else(|| unknown("event", event))?;
            let c = rules.events[ix]
                .choices
                .iter()
                .position(|c| c.id == choice.text)
                .ok_or_else(|| unknown("choice", choice))?;
            Order::Answer { event: ix, choice: byte(c) }
        }
        Named::Reform(r) => Order::Reform(
            find_id!(rules.reforms, r.text, ReformIx).ok_or_else(|| unknown("reform", r))?,
        ),
        Named::Confidence { proposition, percent } => Order::Confidence {
            proposition: find_id!(rules.propositions, proposition.text, PropositionIx)
                .ok_or_else(|| unknown("proposition", proposition))?,
            percent: u8::try_from(percent.n).unwrap_or(u8::MAX),
        },
        Named::Build { instrument, target } => Order::Build {
            instrument: find_id!(rules.instruments, instrument.text, InstrumentIx)
                .ok_or_else(|| unknown("instrument", instrument))?,
            target: find_id!(rules.targets, target.text, TargetIx)
                .ok_or_else(|| unknown("target", target))?,
        },
        Named::End => Order::End,
    })
}

fn lens_points(
    rules: &Rules,
    points: &Entries<Count>,
) -> Result<[u8; limits::LENSES], UnknownName> {
    let mut out = [0; limits::LENSES];
    for (id, n) in points {
        let lens =
            rules.lenses.iter().position(|l| l.id == id.text).ok_or_else(|| unknown("lens", id))?;
        out[lens] = u8::try_from(n.n).unwrap_or(u8::MAX);
    }
    Ok(out)
}

fn proposal(rules: &Rules, p: &named::Proposal) -> Result<Proposal, UnknownName> {
    let instrument = find_id!(rules.instruments, p.instrument.text, InstrumentIx)
        .ok_or_else(|| unknown("instrument", &p.instrument))?;
    let target = find_id!(rules.targets, p.target.text, TargetIx)
        .ok_or_else(|| unknown("target", &p.target))?;
    let venue =
        find_id!(rules.venues, p.venue.text, VenueIx).ok_or_else(|| unknown("venue", &p.venue))?;
    let mut terms = [0; limits::SLOTS];
    for (term, value) in &p.terms {
        let slots = &rules.instruments[instrument].slots;
        let (n, slot) = slots
            .iter()
            .enumerate()
            .find(|(_, s)| rules.terms[s.term].id == term.text)
            .ok_or_else(|| unknown("term", term))?;
        let values = &rules.terms[slot.term].values;
        let at = slot
            .values
            .iter()
            .position(|v| values[usize::from(*v)].id == value.text)
            .ok_or_else(|| unknown("term value", value))?;
        terms[n] = byte(at);
    }
    Ok(Proposal { instrument, target, terms, venue })
}

/// The order by name. Indices must come from these rules.
pub fn name(rules: &Rules, order: &Order, because: &str) -> Named {
    let points = |points: &[u8; limits::LENSES]| {
        Entries(
            rules
                .lenses
                .iter()
                .zip(points)
                .filter(|(_, p)| **p > 0)
                .map(|(l, p)| (Id::new(&l.id), Count::plain(u32::from(*p))))
                .collect(),
        )
    };
    match order {
        Order::Guide(p) => Named::Guide(points(p)),
        Order::Amend(p) => Named::Amend(points(p)),
        Order::Propose(p) => Named::Propose(name_proposal(rules, p, because)),
        Order::Forecast(p) => Named::Forecast(name_proposal(rules, p, because)),
        Order::Withdraw { instrument, target } => Named::Withdraw {
            instrument: Id::new(&rules.instruments[*instrument].id),
            target: Id::new(&rules.targets[*target].id),
        },
        Order::Task { task, campaign } => Named::Task {
            task: Id::new(&rules.tasks[*task].id),
            on: campaign.map(|c| Id::new(&rules.campaigns[c].id)),
        },
        Order::Ask(a) => Named::Ask(Id::new(&rules.asks[*a].id)),
        Order::Promise { promise, to } => Named::Promise {
            promise: Id::new(&rules.promises[*promise].id),
            to: Id::new(&rules.agencies[*to].id),
        },
        Order::Answer { event, choice } => {
            let e = &rules.events[*event];
            Named::Answer {
                event: Id::new(&e.id),
                choice: Id::new(&e.choices[usize::from(*choice)].id),
            }
        }
        Order::Reform(r) => Named::Reform(Id::new(&rules.reforms[*r].id)),
        Order::Confidence { proposition, percent } => Named::Confidence {
            proposition: Id::new(&rules.propositions[*proposition].id),
            percent: Percent::plain(u32::from(*percent)),
        },
        Order::Build { instrument, target } => Named::Build {
            instrument: Id::new(&rules.instruments[*instrument].id),
            target: Id::new(&rules.targets[*target].id),
        },
        Order::End => Named::End,
    }
}

/// The proposal by name; terms at the lead's draft are left out.
pub fn name_proposal(rules: &Rules, p: &Proposal, because: &str) -> named::Proposal {
    let ins = &rules.instruments[p.instrument];
    let terms = ins
        .slots
        .iter()
        .zip(p.terms)
        .filter(|(_, at)| *at != 0)
        .map(|(slot, at)| {
            let term = &rules.terms[slot.term];
            (Id::new(&term.id), Id::new(&term.values[usize::from(slot.values[usize::from(at)])].id))
        })
        .collect();
    named::Proposal {
        instrument: Id::new(&ins.id),
        target: Id::new(&rules.targets[p.target].id),
        terms: Entries(terms),
        venue: Id::new(&rules.venues[p.venue].id),
        because: Prose::plain(because),
    }
}
