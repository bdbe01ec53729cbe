//! Shapes of the front page, the desk and what stands on them.

use serde::ser::{Error, SerializeMap};
use serde::{Serialize, Serializer};

use crate::day::Day;
use crate::engine::position::Stance;
use crate::engine::{Order, Refusal, Verb};
use crate::num::Milli;
use crate::scenario::model::{
    AgencyIx, CampaignIx, CodexIx, EventIx, FileIx, IndicatorIx, InstrumentIx, LensIx, Name,
    ProfileIx, PromiseIx, PropositionIx, TargetIx, Unit, WindowIx,
};
use crate::scenario::wire;

/// Where a line leads when it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Good,
    Bad,
    #[default]
    Plain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    Rising,
    Falling,
    #[default]
    Level,
}

/// How an agency stands towards the player, from the worst to the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    Against,
    Wary,
    #[default]
    Correct,
    Friendly,
    With,
}

/// How an agency took an answer or a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    Helped,
    #[default]
    Noted,
    Annoyed,
    /// It stopped a proposal.
    Stopped,
}

/// How much of a change a cause made, as far as it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A line that only explains the one above it.
    #[default]
    None,
    Exact(#[serde(serialize_with = "wire::decimal")] Milli),
    /// Only the direction may be told, and where it is known the size in a word ("slightly").
    Way {
        up: bool,
        size: &'static str,
    },
    Unknown,
}

/// The band an estimated value lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Range {
    #[serde(serialize_with = "wire::decimal")]
    pub low: Milli,
    #[serde(serialize_with = "wire::decimal")]
    pub high: Milli,
}

/// A refusal with its words: what is in the way, and what would open it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refused {
    pub refusal: Refusal,
    pub what: String,
    /// Empty where nothing would.
    pub unblock: String,
}

impl Serialize for Refused {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let refusal = serde_json::to_value(self.refusal).map_err(S::Error::custom)?;
        let (code, of) = match refusal {
            serde_json::Value::Object(map) => map.into_iter().next().unwrap_or_default(),
            code => (code.as_str().unwrap_or_default().to_owned(), serde_json::Value::Null),
        };
        let mut map = s.serialize_map(Some(4))?;
        map.serialize_entry("code", &code)?;
        map.serialize_entry("of", &of)?;
        map.serialize_entry("what", &self.what)?;
        map.serialize_entry("unblock", &self.unblock)?;
        map.end()
    }
}

/// A figure as it may be seen: never a number alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, not a hidden enum")]
pub struct Figure {
    pub indicator: IndicatorIx,
    pub name: String,
    pub short: String,
    /// "38", "~61", "~$24bn".
    pub value: String,
    pub estimated: bool,
    /// The sight and the ends of its scale.
    #[serde(serialize_with = "wire::decimal")]
    pub at: Milli,
    #[serde(serialize_with = "wire::decimal")]
    pub least: Milli,
    #[serde(serialize_with = "wire::decimal")]
    pub most: Milli,
    pub unit: Unit,
    /// None where the value is seen exactly.
    pub range: Option<Range>,
    /// Sights at each opening so far, this one last.
    #[serde(serialize_with = "wire::decimals")]
    pub history: Vec<Milli>,
    /// Since the opening before, in `unit`.
    #[serde(serialize_with = "wire::decimal")]
    pub delta: Milli,
    pub trend: Trend,
    /// Of the change.
    pub tone: Tone,
    /// The word of its band; of what only adds up, how its pace compares with the turn before.
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reply {
    pub agency: AgencyIx,
    pub who: String,
    pub says: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    pub on: Day,
    /// "20 Dec".
    pub date: String,
    pub what: String,
    pub door: Option<Door>,
}

/// The page a turn opens with, in the order in which it is read: what asks, what became of the
/// player's own, what moved, what else happened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FrontPage {
    pub scenario: String,
    /// "turn 8 of 14"; "the last page" once the game is over.
    pub turn: String,
    /// "10 Dec 2018" or "27 Nov to 10 Dec 2018".
    pub dates: String,
    /// On the last page, where the calendar has weeks after the last turn: that they are told too.
    pub after: String,
    pub headline: String,
    /// The scenario's opening text, on the first page only.
    pub briefing: Option<Item>,
    /// Events that wait for an answer.
    pub asks: Vec<Prompt>,
    /// Answers of this turn that took effect at once.
    pub answered: Vec<Card>,
    /// What the largest of the player's own did over the turn that ended, and each answer.
    pub cards: Vec<Card>,
    /// What became of the player's other proposals, tasks, promises, the largest first.
    pub results: Vec<Item>,
    /// What advisers foretold and what came of it: a line, and each in its text.
    pub foretold: Option<Item>,
    /// By more than an estimate's own error, largest first.
    pub changes: Vec<Figure>,
    /// The record's news and the rest of what happened, by title.
    pub items: Vec<Item>,
    /// What the other side said.
    pub counterpart: Option<Item>,
    /// What intelligence came in.
    pub found: Vec<Item>,
    /// Agencies in one line each.
    pub replies: Vec<Reply>,
    /// What agencies have newly on their own minds.
    pub minds: Vec<MindRow>,
    pub opened_files: Vec<String>,
    pub closed_files: Vec<String>,
    pub due: Vec<Due>,
    /// True if the player has yet to write the guidance.
    pub wants_guidance: bool,
}

impl FrontPage {
    /// What is told by its title, and opens.
    pub fn stories(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().chain(&self.counterpart).chain(&self.found)
    }
}

/// What an agency has on its own mind for some weeks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MindRow {
    pub agency: AgencyIx,
    pub short: String,
    /// Whether it makes the agency readier for whatever is proposed.
    pub readier: bool,
    pub says: String,
    /// The day on which it is over.
    pub until: String,
}

/// What one act or answer did: who was helped, who was annoyed, what moved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Card {
    /// What was asked or done, and what is told of it.
    pub item: Item,
    /// The answer in words; empty where it was none.
    pub say: String,
    /// Side by side.
    pub replies: Vec<AnswerReply>,
    /// Largest first.
    pub moved: Vec<Moved>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AnswerReply {
    pub agency: AgencyIx,
    pub who: String,
    pub reaction: Reaction,
    pub says: String,
    pub label: String,
}

/// A value that an act or an answer moved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Moved {
    pub figure: Figure,
    #[serde(serialize_with = "wire::decimal")]
    pub before: Milli,
    pub word_before: String,
    /// What this did of it, as far as it may be told.
    pub part: Part,
    /// From `before` to the figure's value, in its unit.
    #[serde(serialize_with = "wire::decimal")]
    pub delta: Milli,
    pub tone: Tone,
}

/// What a coach says of the turn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Coach {
    /// What the turn opens with. It names the first step: once one is taken it would send the
    /// player back.
    pub says: String,
    pub steps: Vec<StepRow>,
}

impl Coach {
    pub fn is_under_way(&self) -> bool {
        self.steps.iter().any(|s| s.done)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepDoes {
    Order(Order),
    Draft(FileIx),
    Why(IndicatorIx),
    Sure(PropositionIx),
    EndTurn,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GuidanceRow {
    pub lens: LensIx,
    pub id: String,
    pub name: String,
    pub short: Name,
    pub means: String,
    pub points: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ProfileRow {
    pub profile: ProfileIx,
    pub id: String,
    pub name: String,
    pub says: String,
    pub points: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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
    /// Capital that comes as this turn ends, as things stand; 0 in the last turn.
    #[serde(serialize_with = "wire::decimal")]
    pub income: Milli,
    /// "+3.4"; empty where none comes.
    pub income_text: String,
    pub over: bool,
    /// The run takes no branches.
    pub on_the_record: bool,
}

/// Where one agency stands on something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stand {
    pub agency: AgencyIx,
    pub short: String,
    pub stance: Stance,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct FileRow {
    pub file: FileIx,
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    /// What it is a draft of, as it is called everywhere: "Sanctions · Haitai".
    pub measure: String,
    /// The paper's own title.
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
    /// Where everyone in the room stands on the draft as it lies.
    pub stances: Vec<Stand>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ChoiceRow {
    #[serde(skip)]
    pub choice: u8,
    pub id: String,
    pub say: String,
    pub cost: String,
    /// Short names of those who will think better of the office for it, and worse.
    pub warms: Vec<String>,
    pub cools: Vec<String>,
    /// Of what can be seen, what it moves most: what goes up by it, and what goes down.
    pub raises: Vec<String>,
    pub lowers: Vec<String>,
    /// That what follows hangs on how the other side works, and when it is told; else empty.
    pub bet: String,
    pub default: bool,
    pub chosen: bool,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
}

/// Something that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Prompt {
    pub event: EventIx,
    pub id: String,
    pub from: String,
    pub item: Item,
    pub choices: Vec<ChoiceRow>,
    pub answered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct InboxRow {
    pub event: EventIx,
    pub from: String,
    pub title: String,
    /// Index into `prompts` where it asks for something.
    pub prompt: Option<usize>,
    pub answered: bool,
    pub item: Item,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AgendaRow {
    /// Position among this turn's orders.
    pub order: usize,
    pub text: String,
    /// Those whose word counts and those against a proposal, its friends first.
    pub stances: Vec<Stand>,
    pub because: String,
}

/// Something under way or in force.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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
    /// What may be given new terms.
    pub revise: Option<(InstrumentIx, TargetIx)>,
    /// The order that would end it.
    pub withdraw: Option<(InstrumentIx, TargetIx)>,
    /// "goes with it: talks −4.0; its file stays built": what that would take with it, and leave.
    pub takes_with_it: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct RoomRow {
    pub agency: AgencyIx,
    pub short: String,
    pub relation: Relation,
    /// Which way it has gone this turn and the last, as far as somebody did something.
    pub moved: Trend,
    /// "", "busy until 3 Jan".
    pub note: String,
}

/// The turn in three sentences: what is the matter, what can be done, who is against it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DeskSummary {
    pub matter: String,
    pub can: String,
    pub against: String,
    /// The file `can` speaks of.
    pub file: Option<FileIx>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PromiseRow {
    pub promise: PromiseIx,
    pub agency: AgencyIx,
    pub id: String,
    pub name: String,
    pub to: String,
    pub says: String,
    /// For how long, until when, what it would move.
    pub note: String,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
    /// It stands.
    pub given: bool,
}
