//! Shapes of the screens behind the desk: propose, intelligence, agencies, calendar, why, codex.

use serde::Serialize;

use crate::day::Day;
use crate::engine::position::Stance;
use crate::engine::{Order, Proposal, Slot};
use crate::num::Milli;
use crate::scenario::model::{
    AgencyIx, CampaignIx, CodexIx, EvidenceIx, FileIx, IndicatorIx, Name, PropositionIx, VenueIx,
    WindowIx,
};
use crate::scenario::wire;

use super::desk::{Door, Due, Figure, Header, Part, PromiseRow, Refused, RoomRow, Tone, WorkRow};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ValueRow {
    /// As `Draft::set` takes it.
    #[serde(skip)]
    pub value: u8,
    pub id: String,
    pub name: String,
    /// What it is or whom it moves.
    pub detail: String,
    /// Why it is not on offer now; none if it is.
    pub shut: Option<Refused>,
    pub chosen: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SlotRow {
    #[serde(skip)]
    pub slot: Slot,
    /// "Instrument", "Target", "Scope", "Venue".
    pub name: Name,
    pub id: String,
    /// The chosen value, or the one that stands if nothing is chosen.
    pub chosen: String,
    /// The same in a word or two; empty where there is none.
    pub brief: String,
    pub detail: String,
    pub values: Vec<ValueRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct GateLine {
    /// "gave material support".
    pub role: String,
    /// "administrative record".
    pub record: String,
    /// Of 100.
    pub has: i32,
    pub needs: i32,
    pub open: bool,
    /// Percent of its usual effect that a measure has on this proof; 0 if shut, or if it goes by
    /// another role.
    pub carries: i32,
    /// The least proof, of 100, that carries all of it.
    pub all_at: i32,
    /// What would open it; empty if open.
    pub unblock: String,
    /// Open, and the evidence that is being looked for may shut it.
    pub may_shut: bool,
}

impl GateLine {
    /// "carries 79% of its effect, all from 77; what is looked for now may shut it".
    pub fn share(&self) -> String {
        let carries = match self.carries {
            0 => String::new(),
            n @ 1..100 => format!("carries {n}% of its effect, all from {}", self.all_at),
            100 => "carries all of its effect".to_owned(),
            n => format!("carries {n}% of its effect, as it stands above {}", self.all_at),
        };
        let may_shut = if self.may_shut { "what is looked for now may shut it" } else { "" };
        let parts = [carries.as_str(), may_shut];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PositionRow {
    pub agency: AgencyIx,
    pub short: String,
    pub stance: Stance,
    /// "lead", "consulted", "can veto", "".
    pub standing: &'static str,
    /// Of a hundred: that it votes no at the chosen venue. None where no votes are heard.
    pub no: Option<u8>,
    /// Of a hundred: that its no stops the draft, whatever the others say.
    pub stops: Option<u8>,
    pub reasons: Vec<String>,
    /// The same in few words, for a narrow column; those that pull against the stance left out.
    pub briefs: Vec<String>,
    /// The agency's own voice, a sentence; may be empty.
    pub voice: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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

/// One thing the odds rest on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct OddsRow {
    /// It lifts the odds; else it holds them down.
    pub lifts: bool,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EffectRow {
    pub indicator: IndicatorIx,
    pub name: String,
    pub short: String,
    pub up: bool,
    /// "slightly", "somewhat", "strongly".
    pub size: &'static str,
    /// "narrow", "wide": how far advisers differ.
    pub spread: &'static str,
    pub tone: Tone,
    /// "deterrence up somewhat (wide)".
    pub text: String,
}

/// Everything the propose screen says about a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Propose {
    pub header: Header,
    pub slots: Vec<SlotRow>,
    /// The proposal as it stands (open terms at the lead's draft), once instrument, target and
    /// venue are known.
    pub proposal: Option<Proposal>,
    /// What is ordered next: the building of its file, or the proposal itself.
    pub order: Option<Order>,
    /// Why that cannot be ordered now; none if it can.
    pub shut: Option<Refused>,
    /// That it is on this turn's agenda, so or in another form; empty if it is not.
    pub ordered: String,
    /// Of an instrument that needs a file: where that stands; else empty.
    pub file: String,
    /// Where the draft gives a measure in force new terms: since when it is, and what changes; else
    /// empty.
    pub revises: String,
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
    /// The law and the room in a sentence: "The law says no; the room would say yes, 63%".
    pub says: String,
    /// Who may stop it at the chosen venue, the likeliest first.
    pub odds: Vec<OddsRow>,
    /// "taking it to Principals (64%)": the one change that would make it likelier than not; empty
    /// where it is, or none does.
    pub lift: String,
    pub effects: Vec<EffectRow>,
    pub hands_over: Vec<(String, String)>,
    pub least_known: Vec<String>,
    pub bargains: Vec<PromiseRow>,
    /// Promises that stand and that it would break as it is: "USTR: leverage stays with the talks".
    pub breaks: Vec<String>,
    /// Where an instrument is not the player's: what may be asked instead.
    pub asks: Vec<ActionRow>,
}

/// A task, ask or reform that may be ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// "under way", "asked", "begun", where that is because it was ordered; else empty.
    pub so: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Likelihood {
    pub says: String,
    pub percent: u8,
    pub word: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct VariableRow {
    pub asks: Name,
    /// Largest first.
    pub values: Vec<Likelihood>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct EvidenceRow {
    /// None for what is seen of the other side's ways.
    pub evidence: Option<EvidenceIx>,
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

/// Something the other side may work towards.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AimRow {
    pub likely: Likelihood,
    pub means: String,
    /// What stands in its way, or that it was given up.
    pub guard: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Intelligence {
    pub header: Header,
    pub campaign: Option<CampaignIx>,
    /// All campaigns on the board, for going from one to the next.
    pub campaigns: Vec<(CampaignIx, String)>,
    pub name: String,
    pub means: String,
    pub route: String,
    /// Whether it is of record, and what is drawn of it.
    pub drawn: String,
    pub variables: Vec<VariableRow>,
    pub evidence: Vec<EvidenceRow>,
    pub tasks: Vec<ActionRow>,
    pub active_tasks: Vec<WorkRow>,
    /// What has been seen of how the other side works.
    pub tells: Vec<EvidenceRow>,
    /// What it may work towards by itself, the likeliest first.
    pub aims: Vec<AimRow>,
    pub gates: Vec<String>,
    /// Of all campaigns, question by question, what is most believed.
    pub grid: Vec<QuestionRow>,
    /// Of all targets that the law is asked about, what it has and needs.
    pub law: Vec<LawRow>,
    /// How far each world model is believed, now and a turn ago.
    pub worlds: Vec<WorldRow>,
    /// What moved that over the last turn; empty where nothing did.
    pub worlds_moved: Vec<String>,
}

/// A question, and what is most believed of each campaign.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct QuestionRow {
    pub asks: String,
    /// By campaign, in the order of `campaigns`; none where it is not asked of that one.
    pub cells: Vec<Option<Likelihood>>,
}

/// A target, and what the law has on it and needs for each instrument.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LawRow {
    pub target: String,
    pub cells: Vec<LawCell>,
}

/// The line of the law that lacks least: `74/60 open`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LawCell {
    pub instrument: String,
    /// Of 100.
    pub has: i32,
    pub needs: i32,
    pub open: bool,
}

/// A world model: nobody knows which is true.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WorldRow {
    pub now: Likelihood,
    /// Of 100, a turn ago.
    pub before: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AgencyRow {
    pub room: RoomRow,
    pub name: String,
    pub holder: String,
    pub outside: bool,
}

/// A live file and where an agency stands on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileStand {
    pub file: FileIx,
    pub name: String,
    pub stance: Stance,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AgencyPage {
    pub agency: AgencyIx,
    pub room: RoomRow,
    pub name: String,
    pub mandate: String,
    pub wants: String,
    pub fears: String,
    /// How it writes.
    pub writes: String,
    pub holder: String,
    /// "cares most: talks +4, economy +4".
    pub cares: Vec<String>,
    pub leads: Vec<String>,
    pub red_lines: Vec<String>,
    pub promises: Vec<PromiseRow>,
    /// Where it stands on each live file.
    pub stands: Vec<FileStand>,
    /// What it has said would happen, and what came of it.
    pub predictions: Vec<String>,
    /// "4 of 6 predictions held".
    pub hit_rate: String,
    pub asks: Vec<ActionRow>,
    pub voice: String,
    /// Where the relationship stands and began: "−12.0 of 100, −8.0 as you began".
    pub relation: String,
    /// What it would quote of what you did: "You kept what you promised on 3 Sep: …".
    pub quote: String,
    /// The lines that add up to the relationship, and what was said besides.
    pub memory: Vec<WhyLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WindowRow {
    pub window: WindowIx,
    pub name: String,
    pub from: String,
    pub to: String,
    pub peak: String,
    /// Its last day, short: "7 Dec".
    pub ends: String,
    /// By turn, thousandths.
    #[serde(serialize_with = "wire::decimals")]
    pub heat: Vec<Milli>,
    pub now: bool,
    /// "hot", "warm", "over".
    pub word: &'static str,
    pub source: String,
}

/// A live file on the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileEnd {
    pub file: FileIx,
    pub name: String,
    /// The measure in two words.
    pub brief: String,
    pub until: Day,
    /// "24 Dec".
    pub date: String,
    /// Before the next opening.
    pub expires: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Calendar {
    pub header: Header,
    /// Opening dates of all turns: "10 Dec".
    pub turns: Vec<String>,
    pub opens: Vec<Day>,
    pub now: usize,
    /// Live files that close, by day.
    pub files: Vec<FileEnd>,
    pub windows: Vec<WindowRow>,
    pub work: Vec<WorkRow>,
    pub coming: Vec<Due>,
    pub reforms: Vec<ActionRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WhyLine {
    pub depth: u8,
    pub amount: Part,
    pub text: String,
    /// "reply, turn 8", "event, 21 Dec", "window".
    pub tag: String,
    pub door: Option<Door>,
}

/// Why a value changed over one turn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
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

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CodexEntry {
    pub codex: CodexIx,
    pub id: String,
    pub title: String,
    pub short: String,
    pub says: String,
    pub sources: Vec<String>,
    pub see: Vec<CodexIx>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AssumptionRow {
    pub id: String,
    pub name: String,
    pub means: String,
    pub value: String,
    pub range: String,
    pub overridden: bool,
    pub why: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Topic {
    pub id: &'static str,
    pub title: &'static str,
    pub says: &'static str,
}

/// Things that may be asked for, all in one place: what the plain mode's and the desk's menus list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Actions {
    pub tasks: Vec<ActionRow>,
    pub asks: Vec<ActionRow>,
    pub reforms: Vec<ActionRow>,
    pub promises: Vec<PromiseRow>,
    pub propositions: Vec<PropositionRow>,
    pub withdrawals: Vec<WorkRow>,
}
