//! Why an order is refused: a closed list, with the numbers that would unblock it.

use serde::Serialize;

use crate::num::Milli;
use crate::scenario::model::{
    AgencyIx, AskIx, EventIx, IndicatorIx, InstrumentIx, LensIx, PromiseIx, PropositionIx,
    ReformIx, Role, TargetIx, TaskIx, TermIx, VenueIx,
};
use crate::scenario::wire;

use super::order::Verb;

/// Why an order is refused, with the numbers that would unblock it. Closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The game is over.
    #[default]
    Over,
    TooManyOrders {
        most: u8,
    },
    /// An index that names nothing in these rules.
    Unknown(Verb),
    CannotAfford {
        resource: IndicatorIx,
        #[serde(serialize_with = "wire::decimal")]
        need: Milli,
        #[serde(serialize_with = "wire::decimal")]
        have: Milli,
    },
    AgendaFull {
        most: u8,
    },
    AlreadyOnAgenda {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    /// The same measure is under way or in force.
    AlreadyStanding {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    /// Nobody has built the file, or it is being built.
    NotBuilt {
        instrument: InstrumentIx,
        target: TargetIx,
        begun: bool,
    },
    /// A file for the pair lies ready or is being built.
    FileStands {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    /// The instrument needs no file.
    NothingToBuild {
        instrument: InstrumentIx,
    },
    ShelfFull {
        most: u8,
    },
    /// Its lead has a red line here and builds nothing.
    LeadRefuses {
        instrument: InstrumentIx,
    },
    /// Its lead decides by itself; you may only ask.
    NotYours {
        instrument: InstrumentIx,
    },
    WrongKind {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    /// The target is not on the board yet.
    NotYetKnown {
        target: TargetIx,
    },
    /// A condition of the instrument: position in its `needs`.
    Needs {
        instrument: InstrumentIx,
        need: u8,
    },
    /// The law: the easiest role, what it needs and what there is (thousandths).
    Gate {
        instrument: InstrumentIx,
        target: TargetIx,
        role: Role,
        #[serde(serialize_with = "wire::decimal")]
        needs: Milli,
        #[serde(serialize_with = "wire::decimal")]
        has: Milli,
    },
    TermNotOffered {
        instrument: InstrumentIx,
        slot: u8,
    },
    /// The value of the term is not on offer now.
    TermShut {
        term: TermIx,
        value: u8,
    },
    /// It was settled on the day the measure took effect.
    TermSettled {
        term: TermIx,
    },
    /// The measure in force has these terms already.
    SameTerms {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    VenueShut {
        venue: VenueIx,
        /// Which authority it asks for.
        authority: IndicatorIx,
        #[serde(serialize_with = "wire::decimal")]
        need: Milli,
        #[serde(serialize_with = "wire::decimal")]
        have: Milli,
    },
    NothingToWithdraw {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    TaskNeeds {
        task: TaskIx,
        need: u8,
    },
    TaskRunning {
        task: TaskIx,
    },
    /// Nothing more to be found that way.
    TaskSpent {
        task: TaskIx,
    },
    TaskTarget {
        task: TaskIx,
    },
    TooManyTasks {
        most: u8,
    },
    AskNeeds {
        ask: AskIx,
        need: u8,
    },
    AskSpent {
        ask: AskIx,
    },
    PromiseNotTo {
        promise: PromiseIx,
        agency: AgencyIx,
    },
    PromiseNeeds {
        promise: PromiseIx,
        need: u8,
    },
    PromiseStands {
        promise: PromiseIx,
    },
    TooManyPromises {
        most: u8,
    },
    NotAsked {
        event: EventIx,
    },
    NoSuchChoice {
        event: EventIx,
    },
    ChoiceNeeds {
        event: EventIx,
        choice: u8,
        need: u8,
    },
    AlreadyAnswered {
        event: EventIx,
    },
    ReformNeeds {
        reform: ReformIx,
        need: u8,
    },
    ReformDone {
        reform: ReformIx,
    },
    GuidanceDone,
    GuidanceLate,
    GuidanceSum {
        sum: u8,
    },
    GuidanceHigh {
        lens: LensIx,
    },
    GuidanceThin {
        funded: u8,
    },
    AmendEarly,
    AmendDone,
    AmendLate,
    ConfidenceRange {
        percent: u8,
    },
    PropositionShut {
        proposition: PropositionIx,
    },
    /// Full forecasts are not part of this version of the rules.
    ForecastOff,
}
