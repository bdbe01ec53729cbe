//! Orders: the closed, append-only set of what the player can do.

use serde::Serialize;

use crate::scenario::model::{
    AgencyIx, AskIx, CampaignIx, EventIx, InstrumentIx, LiveFile, PromiseIx, PropositionIx,
    ReformIx, Rules, TargetIx, TaskIx, TermValue, VenueIx, limits,
};

/// A draft measure: instrument, target, terms by slot (positions in the slot's values), venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Proposal {
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    pub terms: [u8; limits::SLOTS],
    pub venue: VenueIx,
}

impl Proposal {
    /// The draft of a file as it lies, for whoever asks where one stands: venues move nobody.
    pub fn of_file(f: &LiveFile) -> Proposal {
        Proposal { instrument: f.instrument, target: f.target, terms: f.terms, venue: VenueIx(0) }
    }

    /// The same with other terms.
    #[inline]
    #[must_use]
    pub fn with(&self, terms: &[u8; limits::SLOTS]) -> Proposal {
        Proposal { terms: *terms, ..*self }
    }

    #[inline]
    pub fn aims(&self, instrument: InstrumentIx, target: TargetIx) -> bool {
        self.instrument == instrument && self.target == target
    }

    /// Its terms: by slot, the position taken and the value that stands there.
    #[inline]
    pub fn values<'r>(
        &self,
        rules: &'r Rules,
    ) -> impl Iterator<Item = (u8, &'r TermValue)> + use<'r> {
        let slots = &rules.instruments[self.instrument].slots;
        slots.iter().zip(self.terms).map(|(slot, at)| {
            (at, &rules.terms[slot.term].values[usize::from(slot.values[usize::from(at)])])
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    Guide([u8; limits::LENSES]),
    Amend([u8; limits::LENSES]),
    Propose(Proposal),
    Withdraw {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    Task {
        task: TaskIx,
        campaign: Option<CampaignIx>,
    },
    Ask(AskIx),
    Promise {
        promise: PromiseIx,
        to: AgencyIx,
    },
    Answer {
        event: EventIx,
        choice: u8,
    },
    Reform(ReformIx),
    Confidence {
        proposition: PropositionIx,
        percent: u8,
    },
    Forecast(Proposal),
    End,
    /// Has the lead build the file without which the instrument cannot be proposed at the target.
    Build {
        instrument: InstrumentIx,
        target: TargetIx,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Verb {
    Guide,
    Amend,
    Propose,
    Withdraw,
    Task,
    Ask,
    Promise,
    Answer,
    Reform,
    Confidence,
    Forecast,
    End,
    Build,
}

impl Verb {
    pub const ALL: [Verb; 13] = [
        Verb::Guide,
        Verb::Amend,
        Verb::Propose,
        Verb::Withdraw,
        Verb::Task,
        Verb::Ask,
        Verb::Promise,
        Verb::Answer,
        Verb::Reform,
        Verb::Confidence,
        Verb::Forecast,
        Verb::End,
        Verb::Build,
    ];
}

impl Order {
    pub fn verb(&self) -> Verb {
        match self {
            Order::Guide(_) => Verb::Guide,
            Order::Amend(_) => Verb::Amend,
            Order::Propose(_) => Verb::Propose,
            Order::Withdraw { .. } => Verb::Withdraw,
            Order::Task { .. } => Verb::Task,
            Order::Ask(_) => Verb::Ask,
            Order::Promise { .. } => Verb::Promise,
            Order::Answer { .. } => Verb::Answer,
            Order::Reform(_) => Verb::Reform,
            Order::Confidence { .. } => Verb::Confidence,
            Order::Forecast(_) => Verb::Forecast,
            Order::End => Verb::End,
            Order::Build { .. } => Verb::Build,
        }
    }
}
