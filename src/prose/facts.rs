//! What each screen says, as plain data: finished words beside the numbers that a picture needs, and typed
//! indices to go on from. Owns shapes only. A face lays these out and adds no fact of its own.

use crate::day::Day;
use crate::engine::position::Stance;
use crate::engine::{Order, Proposal, Slot, Verb};
use crate::num::Milli;
use crate::scenario::model::{
    AgencyIx, CampaignIx, CodexIx, EventIx, EvidenceIx, FileIx, IndicatorIx, InstrumentIx, LensIx, ProfileIx, PromiseIx, PropositionIx, TargetIx, VenueIx,
    WindowIx,
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

/// Whether a change is one to be glad of. Never the only carrier of that: signs and words say it too.
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
    /// "record · reported · S6", "simulated · Treasury, after S5"; empty for the game's own reports.
    pub label: String,
    pub record: bool,
    pub door: Option<Door>,
}

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
    /// True if the player has yet to write the guidance.
    pub wants_guidance: bool,
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
    /// Price of the lead's draft at the cheapest venue: "2 staff, 3 capital".
    pub cost: String,
    /// "may be proposed", or what is in the way.
    pub standing: String,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
    pub on_agenda: bool,
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
    pub door: Option<Door>,
    /// The order that would end it.
    pub withdraw: Option<(InstrumentIx, TargetIx)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RoomRow {
    pub agency: AgencyIx,
    pub short: String,
    /// '+', '~' or '−'.
    pub sign: &'static str,
    /// "with you", "wary".
    pub word: String,
    /// "", "busy until 3 Jan".
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Desk {
    pub header: Header,
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

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ValueRow {
    /// As `Draft::set` takes it.
    pub value: u8,
    pub id: String,
    pub name: String,
    /// What it is or whom it moves.
    pub detail: String,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
    pub chosen: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotRow {
    pub slot: Slot,
    /// "Instrument", "Target", "Scope", "Venue".
    pub name: String,
    pub id: String,
    /// The chosen value, or the one that stands if nothing is chosen.
    pub chosen: String,
    pub detail: String,
    pub values: Vec<ValueRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GateLine {
    /// "gave material support".
    pub role: String,
    /// "administrative record".
    pub record: String,
    /// Of 100.
    pub has: i32,
    pub needs: i32,
    pub open: bool,
    /// What would open it; empty if open.
    pub unblock: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionRow {
    pub agency: AgencyIx,
    pub short: String,
    pub stance: Stance,
    pub word: &'static str,
    pub sign: &'static str,
    /// "lead", "consulted", "can veto", "".
    pub standing: &'static str,
    pub reasons: Vec<String>,
    /// The agency's own voice, a sentence; may be empty.
    pub voice: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VenueRow {
    pub venue: VenueIx,
    pub name: String,
    pub short: String,
    pub percent: u8,
    /// "likely".
    pub word: &'static str,
    pub cost: String,
    pub chosen: bool,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EffectRow {
    pub indicator: IndicatorIx,
    pub name: String,
    pub up: bool,
    /// "slightly", "somewhat", "strongly".
    pub size: &'static str,
    /// "narrow", "wide": how far advisers differ.
    pub spread: &'static str,
    pub tone: Tone,
    /// "deterrence up somewhat (wide)".
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
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

/// Everything the propose screen says about a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Propose {
    pub header: Header,
    pub slots: Vec<SlotRow>,
    /// The proposal as it stands (open terms at the lead's draft), once instrument, target and venue are known.
    pub proposal: Option<Proposal>,
    /// Ready to be put on the agenda, or why not.
    pub shut: Option<Refused>,
    pub title: String,
    pub means: String,
    pub led_by: String,
    pub target_means: String,
    pub cost: String,
    /// "9 to 30 weeks until it takes effect".
    pub takes: String,
    pub gates: Vec<GateLine>,
    pub positions: Vec<PositionRow>,
    pub venues: Vec<VenueRow>,
    /// "Treasury objects most".
    pub largest: String,
    pub effects: Vec<EffectRow>,
    pub hands_over: Vec<(String, String)>,
    pub least_known: Vec<String>,
    pub bargains: Vec<PromiseRow>,
    /// Where an instrument is not the player's: what may be asked instead.
    pub asks: Vec<ActionRow>,
}

/// A task, ask or reform that may be ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    pub order: Order,
    pub id: String,
    pub name: String,
    pub means: String,
    /// Who does it.
    pub by: String,
    pub cost: String,
    pub takes: String,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Likelihood {
    pub says: String,
    pub percent: u8,
    pub word: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VariableRow {
    pub asks: String,
    /// Largest first.
    pub values: Vec<Likelihood>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EvidenceRow {
    pub evidence: EvidenceIx,
    /// "3 Oct", "known at the start".
    pub date: String,
    pub body: String,
    pub label: String,
    /// "court, public".
    pub uses: String,
    /// "strongly for: contractor".
    pub speaks: String,
    pub burns: bool,
    /// Looked for and not found.
    pub silent: bool,
    pub is_new: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Intelligence {
    pub header: Header,
    pub campaign: Option<CampaignIx>,
    /// All campaigns on the board, for going from one to the next.
    pub campaigns: Vec<(CampaignIx, String)>,
    pub name: String,
    pub means: String,
    pub route: String,
    pub variables: Vec<VariableRow>,
    pub evidence: Vec<EvidenceRow>,
    pub tasks: Vec<ActionRow>,
    pub running: Vec<WorkRow>,
    /// What has been seen of how the other side works.
    pub tells: Vec<EvidenceRow>,
    pub gates: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgencyRow {
    pub room: RoomRow,
    pub name: String,
    pub holder: String,
    pub outside: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgencyPage {
    pub agency: AgencyIx,
    pub room: RoomRow,
    pub name: String,
    pub mandate: String,
    pub wants: String,
    pub fears: String,
    pub holder: String,
    /// "cares most: talks +4, economy +4".
    pub cares: Vec<String>,
    pub leads: Vec<String>,
    pub red_lines: Vec<String>,
    pub promises: Vec<PromiseRow>,
    /// What it has said would happen, and what came of it.
    pub predictions: Vec<String>,
    /// "4 of 6 predictions held".
    pub hit_rate: String,
    pub asks: Vec<ActionRow>,
    pub voice: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowRow {
    pub window: WindowIx,
    pub name: String,
    pub from: String,
    pub to: String,
    pub peak: String,
    /// By turn, thousandths.
    pub heat: Vec<Milli>,
    pub now: bool,
    /// "hot", "warm", "over".
    pub word: &'static str,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    pub header: Header,
    /// Opening dates of all turns: "10 Dec".
    pub turns: Vec<String>,
    pub now: usize,
    pub windows: Vec<WindowRow>,
    pub work: Vec<WorkRow>,
    pub coming: Vec<Due>,
    pub reforms: Vec<ActionRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhyLine {
    pub depth: u8,
    /// "−5", "up, slightly"; empty on lines that only explain.
    pub amount: String,
    /// Where it may be shown exactly.
    pub exact: Option<Milli>,
    pub text: String,
    /// "reply, turn 8", "event, 21 Dec", "window".
    pub tag: String,
    pub door: Option<Door>,
}

/// Why a value changed over one turn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Why {
    pub indicator: IndicatorIx,
    /// From 0.
    pub turn: usize,
    /// "Talks 64 → 58 over turn 7: −6".
    pub title: String,
    pub means: String,
    pub lines: Vec<WhyLine>,
    /// "−6 exactly" or "between +1 and +5".
    pub total: String,
    pub note: String,
    pub figure: Figure,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PropositionRow {
    pub proposition: PropositionIx,
    pub id: String,
    pub says: String,
    pub by: String,
    /// Stated so far, of 100; 0: none.
    pub stated: u8,
    pub word: &'static str,
    /// "held", "did not hold", "".
    pub judged: &'static str,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodexEntry {
    pub codex: CodexIx,
    pub id: String,
    pub title: String,
    pub short: String,
    pub says: String,
    pub sources: Vec<String>,
    pub see: Vec<CodexIx>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AssumptionRow {
    pub id: String,
    pub name: String,
    pub means: String,
    pub value: String,
    pub range: String,
    pub overridden: bool,
    pub why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    pub id: &'static str,
    pub title: &'static str,
    pub says: &'static str,
}

/// Things that may be asked for, all in one place: what the plain mode's and the desk's menus list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actions {
    pub tasks: Vec<ActionRow>,
    pub asks: Vec<ActionRow>,
    pub reforms: Vec<ActionRow>,
    pub promises: Vec<PromiseRow>,
    pub propositions: Vec<PropositionRow>,
    pub withdrawals: Vec<WorkRow>,
}
