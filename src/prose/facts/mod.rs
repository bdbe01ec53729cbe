//! What each screen says, as plain data: finished words beside the numbers that a picture needs,
//! and typed indices to go on from. Owns shapes only. A face lays these out and adds no fact of its
//! own.

mod office;

pub use office::*;

use crate::day::Day;
use crate::engine::{Order, Verb};
use crate::num::Milli;
use crate::scenario::model::{
    AgencyIx, CampaignIx, CodexIx, EventIx, FileIx, IndicatorIx, InstrumentIx, LensIx, ProfileIx,
    PropositionIx, TargetIx, WindowIx,
};

/// Where a line leads when it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    Indicator(IndicatorIx),
    Event(EventIx),
    Agency(AgencyIx),
    Campaign(CampaignIx),
    File(FileIx),
    Propose(InstrumentIx, TargetIx),
    Measure(InstrumentIx, TargetIx),
    Window(WindowIx),
    Codex(CodexIx),
    /// An order of this turn: its number.
    Order(usize),
    Guidance,
    /// The page on what the player stated.
    Confidence,
}

/// Whether a change is one to be glad of. Never the only carrier of that: signs and words say it
/// too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    Good,
    Bad,
    #[default]
    Plain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trend {
    Rising,
    Falling,
    #[default]
    Level,
}

/// A refusal in words: what is in the way, and what would open it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refused {
    pub what: String,
    /// Empty where nothing would.
    pub unblock: String,
}

/// A figure as it may be seen: never a number alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    pub indicator: IndicatorIx,
    pub name: String,
    pub short: String,
    /// "38", "~61", "~$24bn".
    pub value: String,
    pub estimated: bool,
    /// The sight, in thousandths, and the ends of its range for a picture.
    pub at: Milli,
    pub least: Milli,
    pub most: Milli,
    /// The band of an estimate; equal to `at` where it is exact.
    pub low: Milli,
    pub high: Milli,
    /// "57 to 65"; empty where exact.
    pub range: String,
    /// Sights at each opening so far, this one last.
    pub history: Vec<Milli>,
    /// Since the opening before.
    pub delta: Milli,
    /// "+4", "−1", "0".
    pub change: String,
    pub trend: Trend,
    /// Of the change.
    pub tone: Tone,
    /// The word of its band.
    pub word: String,
    /// One line on what it measures.
    pub means: String,
    /// On the desk itself; the others are a key away.
    pub ranked: bool,
    /// First on the desk this turn.
    pub is_new: bool,
    /// The change is more than the estimate's own uncertainty (always, where exact and not 0).
    pub marked: bool,
}

/// A scenario on the title page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TitleRow {
    pub id: String,
    pub title: String,
    pub summary: String,
    /// "60 minutes · 14 turns · standard".
    pub measure: String,
    /// First problem of a scenario that does not load; empty where it does.
    pub problem: String,
}

/// A text with its standing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    pub kind: &'static str,
    pub title: String,
    pub body: String,
    /// "record · reported · S6", "simulated · Treasury, after S5"; empty for the game's own
    /// reports.
    pub label: String,
    pub record: bool,
    pub door: Option<Door>,
}

impl Item {
    /// What a window of the calendar did is nobody's doing: it stands with the dates.
    pub fn is_of_calendar(&self) -> bool {
        self.kind == CALENDAR
    }
}

/// The kind of what a window of the calendar did.
pub const CALENDAR: &str = "calendar";

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reply {
    pub agency: AgencyIx,
    pub who: String,
    pub says: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub on: Day,
    /// "20 Dec".
    pub date: String,
    pub what: String,
    pub door: Option<Door>,
}

/// The page a turn opens with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrontPage {
    pub scenario: String,
    /// "turn 8 of 14"
    pub turn: String,
    /// "10 Dec 2018" or "27 Nov to 10 Dec 2018".
    pub dates: String,
    pub headline: String,
    /// The scenario's opening text, on the first page only.
    pub briefing: Option<Item>,
    pub items: Vec<Item>,
    /// What became of the player's own proposals, tasks, promises.
    pub results: Vec<Item>,
    /// Agencies in one line each.
    pub replies: Vec<Reply>,
    /// What the other side said.
    pub counterpart: Option<Item>,
    /// What intelligence came in.
    pub found: Vec<Item>,
    /// Largest first.
    pub changes: Vec<Figure>,
    pub opened_files: Vec<String>,
    pub closed_files: Vec<String>,
    pub due: Vec<Due>,
    /// Events that wait for an answer.
    pub asks: Vec<Prompt>,
    /// Answers of this turn that took effect at once.
    pub answered: Vec<Answered>,
    /// True if the player has yet to write the guidance.
    pub wants_guidance: bool,
}

/// An answer that took effect when it was given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    pub title: String,
    pub say: String,
    /// Side by side.
    pub replies: Vec<AnswerReply>,
    pub moved: Vec<Moved>,
    pub door: Option<Door>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerReply {
    pub agency: AgencyIx,
    pub who: String,
    /// '+', '=' or '−': what the answer did to the relationship.
    pub sign: &'static str,
    /// "helped", "annoyed".
    pub word: &'static str,
    pub says: String,
    pub label: String,
}

/// A value that an answer moved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moved {
    pub figure: Figure,
    pub before: String,
    pub word_before: String,
    pub change: String,
    pub tone: Tone,
}

/// What a coach says of the turn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coach {
    /// What the turn opens with; empty once a step is taken.
    pub says: String,
    pub steps: Vec<StepRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRow {
    /// Position in the turn's list.
    pub n: usize,
    /// Number key, from 0; none if it is done or further down.
    pub key: Option<usize>,
    pub say: String,
    /// Said once it has been taken.
    pub then: String,
    pub done: bool,
    pub does: StepDoes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepDoes {
    Order(Order),
    Draft(FileIx),
    Why(IndicatorIx),
    Sure(PropositionIx),
    EndTurn,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GuidanceRow {
    pub lens: LensIx,
    pub id: String,
    pub name: String,
    pub short: String,
    pub means: String,
    pub points: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProfileRow {
    pub profile: ProfileIx,
    pub id: String,
    pub name: String,
    pub says: String,
    pub points: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guidance {
    pub rows: Vec<GuidanceRow>,
    pub profiles: Vec<ProfileRow>,
    pub total: u8,
    pub written: bool,
    pub amended: bool,
    /// `Guide` in turn 1, `Amend` later; none when neither is open.
    pub verb: Option<Verb>,
    /// Why not, or what it costs.
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    pub scenario: String,
    /// "10 Dec 2018".
    pub date: String,
    /// "turn 8 of 14".
    pub turn: String,
    pub n: usize,
    pub of: usize,
    pub staff: i32,
    pub staff_most: i32,
    pub capital: i32,
    pub capital_text: String,
    pub over: bool,
    /// The run takes no branches.
    pub on_the_record: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileRow {
    pub file: FileIx,
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    pub name: String,
    pub says: String,
    pub sponsor: String,
    /// "24 Dec", "open".
    pub until: String,
    /// Ends before or with the next opening.
    pub expires: bool,
    pub is_new: bool,
    /// Price of its draft at the venue it would be opened with: "2 staff, 3 capital".
    pub cost: String,
    /// The odds there.
    pub percent: u8,
    /// "64% at Principals", or what is in the way.
    pub standing: String,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
    pub on_agenda: bool,
    /// Where each agency of `Desk::room`, in its order, stands on the draft as it lies: sign and
    /// word.
    pub stances: Vec<(&'static str, &'static str)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChoiceRow {
    pub choice: u8,
    pub id: String,
    pub say: String,
    pub cost: String,
    pub default: bool,
    pub chosen: bool,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
}

/// Something that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    pub event: EventIx,
    pub id: String,
    pub from: String,
    pub item: Item,
    pub choices: Vec<ChoiceRow>,
    pub answered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InboxRow {
    pub event: EventIx,
    pub from: String,
    pub title: String,
    /// Index into `prompts` where it asks for something.
    pub prompt: Option<usize>,
    pub answered: bool,
    pub item: Item,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgendaRow {
    /// Position among this turn's orders.
    pub order: usize,
    pub text: String,
    /// Who is for and against, or empty: "Justice + Treasury −".
    pub detail: String,
    pub because: String,
}

/// Something under way or in force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkRow {
    pub text: String,
    /// "due between 3 Dec and 14 Jan", "in force since 20 Dec", "waits for its date".
    pub when: String,
    /// It has taken effect.
    pub in_force: bool,
    /// The day it began, and the first and the last day on which it may end; none where that is
    /// open.
    pub begins: Option<Day>,
    pub ends: Option<(Day, Day)>,
    pub door: Option<Door>,
    /// The order that would end it.
    pub withdraw: Option<(InstrumentIx, TargetIx)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoomRow {
    pub agency: AgencyIx,
    pub short: String,
    /// '+', '=' or '−'.
    pub sign: &'static str,
    /// "with you", "wary".
    pub word: String,
    /// "", "busy until 3 Jan".
    pub note: String,
}

/// The turn in three sentences: what is the matter, what can be done, who is against it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeskSummary {
    pub matter: String,
    pub can: String,
    pub against: String,
    /// The file `can` speaks of.
    pub file: Option<FileIx>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Desk {
    pub header: Header,
    pub summary: DeskSummary,
    pub figures: Vec<Figure>,
    pub files: Vec<FileRow>,
    pub inbox: Vec<InboxRow>,
    pub prompts: Vec<Prompt>,
    pub agenda: Vec<AgendaRow>,
    pub work: Vec<WorkRow>,
    pub coming: Vec<Due>,
    pub room: Vec<RoomRow>,
    pub promises: Vec<PromiseRow>,
}
