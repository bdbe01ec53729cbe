//! An order being filled in, slot by slot.
//!
//! Owns the slots, their sequence and the order a full draft stands for. Refuses to own what may
//! stand in a slot: that is `options`.

use crate::scenario::model::{
    AgencyIx, AskIx, CampaignIx, EventIx, InstrumentIx, PromiseIx, PropositionIx, ReformIx, Rules,
    TargetIx, TaskIx, VenueIx, limits,
};

use super::items::NONE;
use super::order::{Order, Proposal, Verb};

/// The slots of a draft, in the order they are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Verb,
    /// Instrument, task, ask, promise, event, reform or proposition.
    Subject,
    /// Target, campaign, agency or choice.
    Object,
    /// Term slot n of a proposal, or lens n of a guidance.
    Part(u8),
    Venue,
    Number,
}

/// An order being filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Draft {
    pub verb: Option<Verb>,
    pub subject: Option<u8>,
    pub object: Option<u8>,
    pub parts: [Option<u8>; limits::LENSES],
    pub venue: Option<u8>,
    pub number: Option<u8>,
}

impl Draft {
    pub fn of(verb: Verb) -> Draft {
        Draft { verb: Some(verb), ..Draft::default() }
    }

    /// The next slot to fill, or none if the draft is an order.
    pub fn next(&self, rules: &Rules) -> Option<Slot> {
        let Some(verb) = self.verb else { return Some(Slot::Verb) };
        let parts = match verb {
            Verb::End | Verb::Forecast => return None,
            Verb::Guide | Verb::Amend => rules.lenses.len(),
            Verb::Propose => {
                let Some(subject) = self.subject else { return Some(Slot::Subject) };
                if self.object.is_none() {
                    return Some(Slot::Object);
                }
                rules.instruments[usize::from(subject)].slots.len()
            }
            Verb::Withdraw | Verb::Task | Verb::Promise | Verb::Answer | Verb::Build => {
                if self.subject.is_none() {
                    return Some(Slot::Subject);
                }
                return self.object.is_none().then_some(Slot::Object);
            }
            Verb::Ask | Verb::Reform => return self.subject.is_none().then_some(Slot::Subject),
            Verb::Confidence => {
                if self.subject.is_none() {
                    return Some(Slot::Subject);
                }
                return self.number.is_none().then_some(Slot::Number);
            }
        };
        for n in 0..parts {
            if self.parts[n].is_none() {
                return Some(Slot::Part(n as u8));
            }
        }
        (verb == Verb::Propose && self.venue.is_none()).then_some(Slot::Venue)
    }

    pub fn set(&mut self, slot: Slot, value: u8) {
        match slot {
            Slot::Verb => self.verb = Verb::ALL.get(usize::from(value)).copied(),
            Slot::Subject => self.subject = Some(value),
            Slot::Object => self.object = Some(value),
            Slot::Part(n) => self.parts[usize::from(n)] = Some(value),
            Slot::Venue => self.venue = Some(value),
            Slot::Number => self.number = Some(value),
        }
    }

    /// The order, if every slot is filled.
    pub fn order(&self, rules: &Rules) -> Option<Order> {
        if self.next(rules).is_some() {
            return None;
        }
        let points = || self.parts.map(|p| p.unwrap_or(0));
        Some(match self.verb? {
            Verb::End => Order::End,
            Verb::Forecast => Order::Forecast(Proposal::default()),
            Verb::Guide => Order::Guide(points()),
            Verb::Amend => Order::Amend(points()),
            Verb::Propose => Order::Propose(self.proposal()?),
            Verb::Build => Order::Build {
                instrument: InstrumentIx(self.subject?),
                target: TargetIx(self.object?),
            },
            Verb::Withdraw => Order::Withdraw {
                instrument: InstrumentIx(self.subject?),
                target: TargetIx(self.object?),
            },
            Verb::Task => Order::Task {
                task: TaskIx(self.subject?),
                campaign: self.object.filter(|o| *o != NONE).map(CampaignIx),
            },
            Verb::Ask => Order::Ask(AskIx(self.subject?)),
            Verb::Promise => {
                Order::Promise { promise: PromiseIx(self.subject?), to: AgencyIx(self.object?) }
            }
            Verb::Answer => Order::Answer { event: EventIx(self.subject?), choice: self.object? },
            Verb::Reform => Order::Reform(ReformIx(self.subject?)),
            Verb::Confidence => Order::Confidence {
                proposition: PropositionIx(self.subject?),
                percent: self.number?,
            },
        })
    }

    /// The proposal of a full draft (open term slots at the lead's draft).
    pub fn proposal(&self) -> Option<Proposal> {
        let mut terms = [0; limits::SLOTS];
        for (t, p) in terms.iter_mut().zip(self.parts) {
            *t = p.unwrap_or(0);
        }
        Some(Proposal {
            instrument: InstrumentIx(self.subject?),
            target: TargetIx(self.object?),
            terms,
            venue: VenueIx(self.venue?),
        })
    }
}
