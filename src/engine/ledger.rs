//! The ledger: every change of every indicator and of every relationship, with what caused it and
//! what that goes back to.
//!
//! Owns the closed list of causes and of things worth telling. Rules return these data; words are
//! made in `prose`. A sink that keeps nothing (`NoLedger`) compiles to nothing.

use crate::num::Milli;
use crate::scenario::model::{
    AgencyIx, AimIx, AskIx, CampaignIx, EndingIx, EventIx, EvidenceIx, FileIx, FlowIx, IndicatorIx,
    InstrumentIx, ProfileIx, PromiseIx, PropositionIx, ReformIx, ResponseIx, TargetIx, TaskIx,
    TellIx, WindowIx,
};

use super::order::{Proposal, Verb};

/// What a change goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    /// The player's order number `index` (from 0) of turn `turn` (from 0).
    Decision {
        turn: u8,
        index: u8,
    },
    Event {
        turn: u8,
        event: EventIx,
    },
    Response {
        turn: u8,
        response: ResponseIx,
    },
    /// A step of the other side's own.
    Aim {
        turn: u8,
        aim: AimIx,
    },
    Campaign(CampaignIx),
    /// Keyed noise.
    Draw,
    /// Drifts, flows and income of the model itself.
    #[default]
    Drift,
}

impl std::hash::Hash for Origin {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        let n: u32 = match self {
            Origin::Decision { turn, index } => 1 << 16 | u32::from(*turn) << 8 | u32::from(*index),
            Origin::Event { turn, event } => 2 << 16 | u32::from(*turn) << 8 | u32::from(event.0),
            Origin::Response { turn, response } => {
                3 << 16 | u32::from(*turn) << 8 | u32::from(response.0)
            }
            Origin::Campaign(c) => 4 << 16 | u32::from(c.0),
            Origin::Draw => 5 << 16,
            Origin::Drift => 6 << 16,
            Origin::Aim { turn, aim } => 7 << 16 | u32::from(*turn) << 8 | u32::from(aim.0),
        };
        h.write_u32(n);
    }
}

/// Why an indicator changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Drift,
    Settle,
    Noise,
    Flow(FlowIx),
    /// A factor moved, so the product did.
    Product(IndicatorIx),
    /// The end of the range cut a change short.
    Clamp,
    /// What an order cost.
    Price(Verb),
    Refund(InstrumentIx),
    Income,
    StaffDay,
    ClearedWins(InstrumentIx),
    RefusalCosts(InstrumentIx),
    /// An agency was overruled.
    Overruling(AgencyIx),
    OnClear(InstrumentIx, TargetIx),
    Launch(InstrumentIx, TargetIx),
    /// A term's own effect at launch: instrument, slot, position.
    Term(InstrumentIx, u8, u8),
    Active(InstrumentIx, TargetIx),
    End(InstrumentIx, TargetIx),
    Withdraw(InstrumentIx, TargetIx),
    WrongTarget(InstrumentIx, TargetIx),
    Espionage(InstrumentIx, TargetIx),
    Mixing,
    Task(TaskIx),
    Ask(AskIx),
    Kept(PromiseIx),
    Broken(PromiseIx),
    Reform(ReformIx),
    Event(EventIx),
    Choice(EventIx, u8),
    Response(ResponseIx),
    /// The end of a step of the other side's own, aim and step: one that everybody sees, and one
    /// that nobody does.
    Act(AimIx, u8),
    Aim(AimIx, u8),
    Campaign(CampaignIx),
    Evidence(EvidenceIx),
    Tell(TellIx),
    Amend,
}

impl Cause {
    /// The measure whose doing it is: instrument and target.
    pub fn measure(self) -> Option<(InstrumentIx, TargetIx)> {
        match self {
            Cause::OnClear(i, t)
            | Cause::Launch(i, t)
            | Cause::Active(i, t)
            | Cause::End(i, t)
            | Cause::Withdraw(i, t)
            | Cause::WrongTarget(i, t)
            | Cause::Espionage(i, t) => Some((i, t)),
            _ => None,
        }
    }

    /// Whether what it did is public, so that analysts reckon it in. What a wrong target undoes, and
    /// what acts by itself, they see by their look alone.
    pub fn is_public(self) -> bool {
        match self {
            Cause::Price(_)
            | Cause::Refund(_)
            | Cause::ClearedWins(_)
            | Cause::RefusalCosts(_)
            | Cause::Overruling(_)
            | Cause::OnClear(..)
            | Cause::Launch(..)
            | Cause::Term(..)
            | Cause::End(..)
            | Cause::Withdraw(..)
            | Cause::Mixing
            | Cause::Task(_)
            | Cause::Ask(_)
            | Cause::Kept(_)
            | Cause::Broken(_)
            | Cause::Reform(_)
            | Cause::Event(_)
            | Cause::Choice(..)
            | Cause::Act(..)
            | Cause::Campaign(_)
            | Cause::Evidence(_)
            | Cause::Amend => true,
            Cause::Drift
            | Cause::Settle
            | Cause::Noise
            | Cause::Flow(_)
            | Cause::Product(_)
            | Cause::Clamp
            | Cause::Income
            | Cause::StaffDay
            | Cause::Active(..)
            | Cause::WrongTarget(..)
            | Cause::Espionage(..)
            | Cause::Response(_)
            | Cause::Aim(..)
            | Cause::Tell(_) => false,
        }
    }
}

/// What scaled an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    Terms,
    /// What repeats, the target and the proof leave of the usual effect, and having hit the wrong
    /// party.
    Share,
    Window,
    Days,
    Fading,
    Activity,
}

/// Factors in thousandths.
pub type Factors = [Option<(Factor, Milli)>; 5];
pub const NO_FACTORS: Factors = [None; 5];

/// One line of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// From 0: the turn whose end (or whose orders) made it.
    pub turn: u8,
    pub indicator: IndicatorIx,
    pub delta: Milli,
    /// The amount before its factors.
    pub base: Milli,
    pub factors: Factors,
    pub cause: Cause,
    pub origin: Origin,
    /// The entry this one follows from, if it is one's child.
    pub parent: Option<u32>,
}

/// How a measure came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It stood as long as it was to stand.
    RanOut,
    /// What it foretold was done, with this instrument.
    MadeGood(InstrumentIx),
    /// Something that happened ended it.
    Over,
    /// The same, before it took effect.
    Dropped,
    /// New terms that do not come: dropped, or the measure is gone that they were for.
    AsItStood,
}

/// Something worth telling that is not a change of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The last turn has been played; what comes after this is of the weeks after it.
    After,
    /// Its chance, as 2^-16.
    Cleared {
        proposal: Proposal,
        chance: u32,
        /// New terms for a measure in force.
        revises: bool,
        /// As in `Outcome`.
        came_round: u32,
        overruled: u32,
    },
    /// Turned down, with the one change with which this meeting would have cleared it: slot (terms;
    /// `SLOTS` means venue) and position. Who stopped it: the one furthest below its bar (none: the
    /// President), and all, as a mask.
    Returned {
        proposal: Proposal,
        chance: u32,
        slot: u8,
        value: u8,
        first: Option<AgencyIx>,
        stopped_by: u32,
    },
    Blocked {
        proposal: Proposal,
        chance: u32,
        first: Option<AgencyIx>,
        stopped_by: u32,
    },
    /// It voted no, and the meeting cleared the proposal all the same.
    Overruled {
        proposal: Proposal,
        agency: AgencyIx,
    },
    /// A file is built.
    Built {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    Launched {
        instrument: InstrumentIx,
        target: TargetIx,
        wrong: bool,
    },
    /// A measure in force goes on with new terms.
    Revised {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    /// A pipeline is done but waits for its date or trigger.
    Waits {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    Ended {
        instrument: InstrumentIx,
        target: TargetIx,
        how: Ended,
    },
    Withdrawn {
        instrument: InstrumentIx,
        target: TargetIx,
        /// Its file lies built on the shelf again.
        keeps_file: bool,
    },
    /// An event, and the version of its text that was true.
    Fired {
        event: EventIx,
        version: u8,
    },
    /// The choice that stood, and whether the player made it.
    Chose {
        event: EventIx,
        choice: u8,
        by_player: bool,
    },
    Responded {
        response: ResponseIx,
        text: u8,
    },
    Found(EvidenceIx),
    Silence(EvidenceIx),
    TellFound(TellIx),
    TellSilence(TellIx),
    /// A sign of a step of the other side's own was seen, or was looked for and not seen.
    SignSeen(AimIx, u8),
    SignSilence(AimIx, u8),
    /// The act at the end of a step came, for all to see, or was due and did not come.
    Acted(AimIx, u8),
    NotActed(AimIx, u8),
    /// The end of a step of an aim that is pursued: carried through, or stopped by what stood in its
    /// way.
    Step {
        aim: AimIx,
        step: u8,
        through: bool,
    },
    /// A spell begins: position in the agency's list.
    Minds {
        agency: AgencyIx,
        spell: u8,
    },
    /// An aim was given up, pursued or not.
    Halted(AimIx),
    /// Another guidance was brought.
    Guided(ProfileIx),
    TaskDone {
        task: TaskIx,
        campaign: Option<CampaignIx>,
    },
    Asked(AskIx),
    Leaked {
        ask: AskIx,
        event: EventIx,
    },
    PromiseKept {
        promise: PromiseIx,
        to: AgencyIx,
    },
    PromiseBroken {
        promise: PromiseIx,
        to: AgencyIx,
    },
    ReformDone(ReformIx),
    FileOpened(FileIx),
    FileClosed(FileIx),
    WindowOpened(WindowIx),
    WindowClosed(WindowIx),
    /// What an adviser says a cleared measure will move, in so many days from the day it takes
    /// effect.
    Predicted {
        agency: AgencyIx,
        indicator: IndicatorIx,
        instrument: InstrumentIx,
        target: TargetIx,
        low: Milli,
        high: Milli,
    },
    /// A prediction held against what the ledger put down to the measure.
    Checked {
        agency: AgencyIx,
        indicator: IndicatorIx,
        instrument: InstrumentIx,
        target: TargetIx,
        low: Milli,
        high: Milli,
        moved: Milli,
        hit: bool,
    },
    Judged {
        proposition: PropositionIx,
        held: bool,
    },
    /// An agency's relationship with the office changed. Its lines sum to every change, as entries
    /// do; what the end of the range cuts off is a line of its own.
    Related {
        agency: AgencyIx,
        delta: Milli,
        cause: Cause,
        origin: Origin,
    },
    Ending(EndingIx),
}

/// Where ledger lines and notes go.
pub trait Sink {
    /// Keeps the line and returns its number.
    fn entry(&mut self, entry: Entry) -> u32;
    fn note(&mut self, turn: u8, note: Note);
    /// An order that was carried out.
    #[inline(always)]
    fn order(&mut self, _: &super::order::Order) {}
}

/// Hands on to another. Where a game is played once and not ten thousand times the engine is
/// compiled for this alone, whoever listens.
pub struct Told<'s>(pub &'s mut dyn Sink);

impl Sink for Told<'_> {
    fn entry(&mut self, entry: Entry) -> u32 {
        self.0.entry(entry)
    }
    fn note(&mut self, turn: u8, note: Note) {
        self.0.note(turn, note);
    }
    fn order(&mut self, order: &super::order::Order) {
        self.0.order(order);
    }
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLedger;

impl Sink for NoLedger {
    #[expect(clippy::inline_always, reason = "a sink that keeps nothing compiles to nothing")]
    #[inline(always)]
    fn entry(&mut self, _: Entry) -> u32 {
        0
    }
    #[inline(always)]
    fn note(&mut self, _: u8, _: Note) {}
}

/// Keeps everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    pub entries: Vec<Entry>,
    pub notes: Vec<(u8, Note)>,
}

impl Sink for Ledger {
    fn entry(&mut self, entry: Entry) -> u32 {
        let n = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(entry);
        n
    }
    fn note(&mut self, turn: u8, note: Note) {
        self.notes.push((turn, note));
    }
}

/// Each line with what it came to: the end of a scale cuts off what goes beyond it, in a line that
/// follows.
pub fn net(lines: &[Entry]) -> impl Iterator<Item = (&Entry, Milli)> {
    lines.iter().enumerate().filter(|(_, e)| e.cause != Cause::Clamp).map(|(n, e)| {
        let next = lines.get(n + 1).filter(|cut| cut.cause == Cause::Clamp);
        (e, e.delta + next.map_or(0, |cut| cut.delta))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

    use super::*;

    /// A table by origins is quick only where they do not fall together.
    #[test]
    fn origins_that_differ_hash_apart() {
        let turns = 0..14u8;
        let all = turns.flat_map(|turn| {
            let decided = (0..8).map(move |index| Origin::Decision { turn, index });
            let happened = (0..8).map(move |n| Origin::Event { turn, event: EventIx(n) });
            let answered = (0..8).map(move |n| Origin::Response { turn, response: ResponseIx(n) });
            let pursued = (0..8).map(move |n| Origin::Aim { turn, aim: AimIx(n) });
            decided.chain(happened).chain(answered).chain(pursued)
        });
        let all = all.chain((0..8).map(|n| Origin::Campaign(CampaignIx(n))));
        let all: Vec<Origin> = all.chain([Origin::Draw, Origin::Drift]).collect();
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let hashes: BTreeSet<u64> = all.iter().map(|o| hasher.hash_one(o)).collect();
        assert_eq!(hashes.len(), all.len());
    }
}
