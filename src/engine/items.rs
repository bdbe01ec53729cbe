//! What stands in a game, one record each: proposals, measures, tasks, commitments, questions,
//! predictions.
//!
//! Owns the records' shapes. Days count from the first day of the game. Refuses to own what happens
//! to them: that is the rules' work.

use crate::num::{Milli, ONE, byte, ratio};
use crate::scenario::model::{
    AgencyIx, CampaignIx, EventIx, IndicatorIx, InstrumentIx, PromiseIx, Rules, TargetIx, TaskIx,
    VenueIx, limits,
};

use super::ledger::Origin;
use super::order::Proposal;

/// "None" in a byte.
pub const NONE: u8 = u8::MAX;
/// A day long before the first.
pub(super) const PAST: i16 = i16::MIN / 2;
/// The due day of a measure that is over: it is taken off the list in the same phase.
pub(super) const GONE: i16 = i16::MIN;
/// A due day that is drawn when the turn ends: orders draw no luck.
pub const NOT_DRAWN: i16 = i16::MIN;

pub const MAX_ORDERS: u8 = 64;
pub const MAX_AGENDA: usize = 6;
pub const MAX_COMMITMENTS: usize = 8;
pub const MAX_ACTIVE_TASKS: usize = 10;
pub const MAX_MEASURES: usize = 24;
pub const MAX_SHELF: usize = 6;
pub const MAX_PROMPTS: usize = 10;
pub const MAX_CHAINS: usize = 12;
pub const MAX_PREDICTIONS: usize = 24;
pub const MAX_LEANINGS: usize = 24;
pub const MAX_HEARD: usize = 8;
pub const MAX_ACTS: usize = 16;

/// A proposal of this turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Agenda {
    pub proposal: Proposal,
    /// Capital paid.
    pub capital: u8,
    /// The order's number this turn.
    pub index: u8,
}

/// A file the office has had built: under way, or ready to be proposed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Shelved {
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    /// Day its building began.
    pub begun: i16,
    /// Day it is built; `NOT_DRAWN` until the turn of its order ends.
    pub due: i16,
    /// Of 100: what was ready of it when the building began.
    pub ready: u8,
    pub origin: Origin,
}

impl Shelved {
    #[inline]
    pub fn is_of(&self, instrument: InstrumentIx, target: TargetIx) -> bool {
        self.instrument == instrument && self.target == target
    }
    /// Whether it lies ready on the first day of a turn; one that is due by that morning does.
    #[inline]
    pub fn built(&self, day: i16) -> bool {
        self.due != NOT_DRAWN && self.due <= day
    }
}

/// A cleared measure: in its pipeline or in force.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Measure {
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    pub terms: [u8; limits::SLOTS],
    /// Day the pipeline is done, from the first day of the game.
    pub due: i16,
    /// Day it took effect; `i16::MAX` while in the pipeline.
    pub since: i16,
    /// Day its pipeline began.
    pub begun: i16,
    /// How much of it a live file had done then, of 100.
    pub ready: u8,
    /// Force left, 2^-16.
    pub force: u32,
    /// Share of the usual effect, thousandths: repeats, target and proof, as it took effect.
    pub share: Milli,
    /// It hits somebody who had no part in it.
    pub wrong: bool,
    /// New terms for the measure of the pair that is in force.
    pub revises: bool,
    pub withdrawn: bool,
    pub origin: Origin,
    pub withdrawn_by: Origin,
}

impl Measure {
    /// A measure at the beginning of its pipeline.
    pub fn begun(p: &Proposal, day: i16, due: i16, origin: Origin) -> Measure {
        Measure {
            instrument: p.instrument,
            target: p.target,
            terms: p.terms,
            due,
            since: i16::MAX,
            begun: day,
            ready: 0,
            force: 1 << 16,
            share: ONE,
            wrong: false,
            revises: false,
            withdrawn: false,
            origin,
            withdrawn_by: Origin::Drift,
        }
    }
    #[inline]
    pub fn is_of(&self, instrument: InstrumentIx, target: TargetIx) -> bool {
        self.instrument == instrument && self.target == target
    }
    #[inline]
    pub fn in_force(&self) -> bool {
        self.since != i16::MAX
    }
    /// In force, and not ended in this phase.
    #[inline]
    pub fn stands(&self) -> bool {
        self.in_force() && self.due != GONE
    }
    /// The day it took effect, of one in force. `since`, from which its time is counted, is the
    /// first day of that turn.
    pub fn effect_day(&self) -> i16 {
        self.since.max(self.due)
    }
    /// The share of the usual effect that it has, thousandths.
    pub fn effect(&self, rules: &Rules) -> Milli {
        let wrong = if self.wrong { rules.tuning.wrong_effect } else { ONE };
        ratio(i64::from(self.share), i64::from(wrong), i64::from(ONE))
    }
    /// Whether an order of the player's brought it, and no event.
    pub fn is_ordered(&self) -> bool {
        matches!(self.origin, Origin::Decision { .. })
    }
    pub fn proposal(&self) -> Proposal {
        Proposal {
            instrument: self.instrument,
            target: self.target,
            terms: self.terms,
            venue: VenueIx(0),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ActiveTask {
    pub task: TaskIx,
    pub campaign: Option<CampaignIx>,
    pub due: i16,
    pub origin: Origin,
}

/// A promise that stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Commitment {
    pub promise: PromiseIx,
    pub to: AgencyIx,
    /// Day from which it is kept.
    pub until: i16,
    pub origin: Origin,
}

/// An event waiting for an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Prompt {
    pub event: EventIx,
    pub choice: u8,
    pub index: u8,
}

/// How far an aim is on its own calendar, whether or not it is pursued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AimClock {
    /// Step under way; past the last when the aim is through.
    pub step: u8,
    /// Its sign has been looked for.
    pub looked: bool,
    /// Days on which its sign may be seen and it ends; `NOT_DRAWN` before it begins.
    pub sign: i16,
    pub due: i16,
}

impl Default for AimClock {
    fn default() -> AimClock {
        AimClock { step: 0, looked: false, sign: NOT_DRAWN, due: NOT_DRAWN }
    }
}

/// What was seen of an aim: masks by step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct AimSeen {
    pub signs: u8,
    pub silent: u8,
    pub acts: u8,
    /// Acts that were due and did not come.
    pub missed: u8,
}

impl AimSeen {
    /// Signs and acts seen.
    pub fn noticed(self) -> u8 {
        byte((self.signs.count_ones() + self.acts.count_ones()) as usize)
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Chain {
    pub event: EventIx,
    pub due: i16,
    pub origin: Origin,
}

/// What an adviser said a measure would move, in so many days from the day it takes effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Prediction {
    pub agency: AgencyIx,
    pub indicator: IndicatorIx,
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    /// The order it goes back to.
    pub origin: Origin,
    /// What the ledger has put down to that order since the measure took effect.
    pub moved: Milli,
    pub low: Milli,
    pub high: Milli,
    /// Day it is held against what happened; `Prediction::WAITS` until the measure takes effect.
    pub due: i16,
    pub made: u8,
}

impl Prediction {
    pub const WAITS: i16 = i16::MAX;
}

/// A meeting that stopped a draft: what is left of its moods goes into the next one about the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Heard {
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    /// Position points (thousandths), by agency and last the President's.
    pub moods: [i16; limits::AGENCIES + 1],
}

impl Default for Heard {
    fn default() -> Heard {
        Heard {
            instrument: InstrumentIx::default(),
            target: TargetIx::default(),
            moods: [0; limits::AGENCIES + 1],
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Tally {
    pub proposed: u8,
    pub cleared: u8,
    pub returned: u8,
    pub blocked: u8,
    pub launched: u8,
    /// Agencies whose vote turned one down, as a mask.
    pub stopped_by: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Leaning {
    pub agency: AgencyIx,
    pub instrument: InstrumentIx,
    pub points: Milli,
}

/// States of an item of evidence: not looked for, on its way, seen, looked for and not seen.
pub const IDLE: u8 = 0;
pub const COMING: u8 = 1;
pub const FOUND: u8 = 2;
pub const SILENT: u8 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_due_by_the_morning_lies_ready() {
        let file = |due| Shelved { due, ..Shelved::default() };
        assert!(!file(10).built(9) && file(10).built(10) && file(10).built(11));
        assert!(!file(NOT_DRAWN).built(i16::MAX));
    }
}
