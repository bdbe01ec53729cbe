//! Resolved content: plain data the engine runs on. No id here can dangle, no number is out of
//! range.
//!
//! Owns the shape after `resolve`. Every cross reference is a typed index, every amount is in
//! thousandths, every decay and chance is a table by turn. Words ride along in the same records;
//! the engine never reads them and the rules hash leaves them out.

use serde::{Serialize, Serializer};

pub use crate::day::{Day, Span};
use crate::luck::Site;
use crate::num::Milli;

pub use super::raw::{
    About, Audience, Difficulty, EventKind, Expect, Good, Kind, Lane, Role, Status,
};

pub use super::index::*;

/// Everything a game is played by.
#[derive(Debug)]
pub struct Rules {
    pub id: String,
    pub core: u32,
    pub title: String,
    pub summary: String,
    pub minutes: u32,
    pub difficulty: Difficulty,
    pub authors: Vec<String>,
    pub licence: String,
    pub briefing: Text,
    /// 64-bit hash of everything but words.
    pub hash: u64,

    /// Those that are played, and the weeks after them where the calendar has any (`after`).
    pub turns: Vec<Turn>,
    /// So many of the last of `turns` are not played: no order, no event, no noise; what was left
    /// runs on.
    pub after: usize,
    pub roles: Roles,
    pub tuning: Tuning,
    pub scale: Vec<(String, Milli)>,
    /// By key of `TEXTS`; a face has words of its own for those that are not given.
    pub texts: Vec<(String, String)>,
    pub indicators: Vec<Indicator>,
    pub flows: Vec<Flow>,
    pub assumptions: Vec<Assumption>,
    pub worlds: Vec<World>,
    pub lenses: Vec<Lens>,
    pub profiles: Vec<Profile>,
    pub default_profile: ProfileIx,
    pub agencies: Vec<Agency>,
    pub terms: Vec<Term>,
    pub venues: Vec<Venue>,
    pub instruments: Vec<Instrument>,
    pub tasks: Vec<Task>,
    pub asks: Vec<Ask>,
    pub promises: Vec<Promise>,
    pub reforms: Vec<Reform>,
    pub traits: Vec<Trait>,
    /// Combinations of trait values, the last trait fastest; a world cell is `world * trait_cells +
    /// trait cell`.
    pub trait_cells: usize,
    /// Prior weights of the world cells.
    pub world_prior: Vec<u64>,
    pub responses: Vec<Response>,
    /// Evidence about the world and the counterpart (its campaign is none of `campaigns`).
    pub tells: Vec<Evidence>,
    /// What the other side may work towards.
    pub aims: Vec<Aim>,
    /// The aims of each cell, as a mask: one of them, or two.
    pub aim_cells: Vec<u8>,
    pub aim_prior: Vec<u64>,
    pub codex: Vec<Codex>,
    pub critics: Vec<Critic>,
    pub sources: Vec<Source>,

    pub flags: Vec<String>,
    pub windows: Vec<Window>,
    pub principals: Vec<Principal>,
    /// `principal_at[turn][agency]`: position in `principals`.
    pub principal_at: Vec<Vec<Option<u8>>>,
    pub campaigns: Vec<Campaign>,
    pub evidence: Vec<Evidence>,
    pub targets: Vec<Target>,
    /// Distinct probabilities that gates ask for.
    pub questions: Vec<Question>,
    /// `gate_tests[instrument][target]`: any one that holds opens it; empty: no gate.
    pub gate_tests: Vec<Vec<Vec<GateTest>>>,
    pub files: Vec<LiveFile>,
    pub events: Vec<Event>,
    pub propositions: Vec<Proposition>,
    pub endings: Vec<Ending>,
    /// Until these hold the other side neither answers nor goes its own way.
    pub silent_until: Vec<Condition>,
    pub history: Vec<Step>,
    /// Indicator -> (turn, value) of the designer's line.
    pub history_line: Vec<(IndicatorIx, Vec<(u8, Milli)>)>,
    pub experiments: Vec<Experiment>,
    pub tests: Vec<Test>,
    pub teaching: Teaching,
    /// What is found by play and meant: table and id.
    pub accepted: Vec<(String, String)>,
    /// What stands on the desk, in order; empty: what has a rank, by rank.
    pub desk: Vec<IndicatorIx>,
    pub lesson: Option<Lesson>,

    /// Made from all of the above.
    pub plan: super::plan::Plan,
}

/// See `raw::Lesson`.
#[derive(Debug)]
pub struct Lesson {
    /// By turn.
    pub turns: Vec<Coach>,
    pub close: Vec<(Vec<Condition>, String)>,
    pub compare: Option<EventIx>,
    pub next: String,
}

#[derive(Debug)]
pub struct Coach {
    pub says: String,
    pub steps: Vec<CoachStep>,
}

#[derive(Debug)]
pub struct CoachStep {
    pub say: String,
    pub when: Vec<Condition>,
    pub does: Does,
    pub instead: bool,
    pub then: String,
}

/// See `raw::Does`.
#[derive(Debug, Clone, PartialEq)]
pub enum Does {
    Order(super::named::Named),
    Draft(FileIx),
    Why(IndicatorIx),
    Sure(PropositionIx),
    EndTurn,
}

#[derive(Debug, Clone)]
pub struct Turn {
    pub opens: Day,
    /// First day of the next turn.
    pub ends: Day,
    pub days: u16,
    /// `chance[p]`: p of a hundred per 30 days, over this turn, as 2^-32.
    pub chance: Vec<u64>,
    /// Heat of each window on its hottest day in `[opens, ends)`, and the hottest of all, in
    /// thousandths.
    pub heat: Vec<Milli>,
    pub hottest: Milli,
    /// The same of the next turn, of windows that are on the calendar as this one opens.
    pub foreseen: Milli,
    /// The hottest of this turn and all later ones, of windows that are on the calendar as this one
    /// opens.
    pub ahead: Milli,
}

/// What the engine must know by role, never by name.
#[derive(Debug, Clone, Copy, Default)]
pub struct Roles {
    pub staff: IndicatorIx,
    pub capital: IndicatorIx,
    pub president: IndicatorIx,
    pub authority_security: IndicatorIx,
    pub authority_economy: IndicatorIx,
    pub bundling: IndicatorIx,
    pub talks: IndicatorIx,
    pub legitimacy: IndicatorIx,
    pub allies: IndicatorIx,
    pub law: IndicatorIx,
    pub process: IndicatorIx,
}

/// Keys of `texts`: help topics told in a rulebook's own words, what is always least known of a
/// draft, and what a tell about the other side is asked for.
pub const TEXTS: &[&str] = &["start", "clearance", "windows", "world", "least_known", "motive"];

macro_rules! tuning {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// Numbers of the engine's own formulas, in thousandths. All are given by the core's
        /// `tuning`.
        #[derive(Debug, Clone, Copy, Default)]
        pub struct Tuning { $($(#[$doc])* pub $name: Milli),* }
        impl Tuning {
            /// Every key `tuning` must give.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($name)),*];
            /// The field of that key.
            pub fn field(&mut self, key: &str) -> Option<&mut Milli> {
                match key { $(stringify!($name) => Some(&mut self.$name),)* _ => None }
            }
            /// All values in the order of `KEYS`.
            pub fn values(&self) -> Vec<Milli> { vec![$(self.$name),*] }
        }
    };
}
tuning!(
    /// Staff on hand at the opening of each turn.
    staff_a_turn,
    /// Capital gained in 30 days for each point of the President's confidence.
    income,
    /// Share of the capital price that comes back after a refusal (thousandths).
    refund,
    /// Authority lost by a refusal, in the lane's authority.
    refusal_authority,
    /// Authority gained when something is cleared.
    cleared_authority,
    /// Bundling added when acts of trade and of security or law fall in the same 60 days, per act.
    mixing,
    /// A wrong target: moves on legitimacy, allies and law, and the share of the effect left
    /// (thousandths).
    wrong_legitimacy, wrong_allies, wrong_law, wrong_effect,
    /// Punishing accepted espionage: moves on legitimacy and allies.
    espionage_legitimacy, espionage_allies,
    /// Least position points for each stance; below the last it blocks.
    presses_at, supports_at, concurs_at, reserves_at, objects_at,
    /// Divides the sum of cares x expected change.
    position_scale,
    /// Position points per 100 of relationship.
    relation_points,
    /// Half-life of a relationship's distance from where it began (thousandths of a day); 0: none.
    relation_half_life,
    /// Position points per point of guidance-weighted gain.
    guidance_points,
    /// Position points lost while an agency is busy.
    busy_points,
    /// Share of the spells of an agency in which it has something of its own on its mind
    /// (thousandths); the rest are quiet.
    spells_often,
    /// Share of its effect that a measure has on proof that just meets the law, and on complete
    /// proof (thousandths).
    proof_least, proof_full,
    /// Standard deviation of the mood that a vote adds to a position, in position points: of those
    /// who lead, are consulted or hold a veto, and of the others.
    mood, mood_others,
    /// Share of a meeting's mood that is left at the next one about the same pair (thousandths).
    mood_lasts,
    /// What analysts may be off by in 30 days besides what they know of: points.
    estimate_doubt,
    /// A promise broken: authority lost, both sides.
    broken_authority,
    /// Amending the guidance in public: process lost.
    amend_process,
    /// Width of a prediction's band, as a share of the predicted change (thousandths), and its
    /// least half-width.
    prediction_width, prediction_least,
    /// Days from a measure's effect until what was foretold of it is checked (thousandths of a
    /// day).
    prediction_days,
    /// At most so many conditional events a turn (thousandths).
    events_a_turn,
    /// Reference points of the lens scale.
    reference_low, reference_high,
);

/// How a value of an indicator is written: what stands before and after the number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Unit {
    pub before: String,
    pub after: String,
}

impl Unit {
    pub fn of(&self, number: &str) -> String {
        format!("{}{number}{}", self.before, self.after)
    }
}

/// A name in its two places. It reads as a `str` as it heads a line, its first letter large.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Name {
    heading: String,
    inside: String,
}

impl Name {
    /// From its form inside a sentence, which is how content is written.
    pub fn new(inside: impl Into<String>) -> Name {
        let inside = inside.into();
        Name { heading: crate::text::upper_first(&inside), inside }
    }
    /// As it heads a line: `Theft tempo`.
    pub fn as_str(&self) -> &str {
        &self.heading
    }
    /// As it stands inside a sentence: `theft tempo`, `US economy`.
    pub fn inside(&self) -> &str {
        &self.inside
    }
}

impl std::ops::Deref for Name {
    type Target = str;
    fn deref(&self) -> &str {
        &self.heading
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.heading)
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.pad(&self.heading)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub indicator: IndicatorIx,
    pub amount: Milli,
}
pub type Moves = Box<[Move]>;

/// A half-life by turn: what is left after the turn, as 2^-16.
#[derive(Debug, Clone, Default)]
pub struct Decay {
    /// 0: never fades.
    pub half_life: u16,
    pub keep: Box<[u32]>,
}

impl Indicator {
    /// A change against the range, its sign left out, in thousandths of a percent.
    pub fn share(&self, change: Milli) -> i64 {
        i64::from(change.abs()) * 100_000 / i64::from(self.most - self.least).max(1)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    Exactly,
    /// Standard deviation of the estimate's error.
    Estimated(Milli),
    Hidden,
}

#[derive(Debug)]
pub struct Indicator {
    pub id: String,
    pub name: Name,
    pub short: Name,
    pub means: String,
    pub unit: Unit,
    pub least: Milli,
    pub most: Milli,
    pub start: Milli,
    pub good: Good,
    pub sight: Sight,
    /// Bands from the lowest: (word, upper end); the last end is `most`.
    pub words: Vec<(String, Milli)>,
    /// Per 30 days.
    pub drift: Milli,
    pub settles: Option<(Milli, Decay)>,
    /// Standard deviation over 30 days.
    pub noise: Milli,
    /// Standard deviation over each turn (scaled by the square root of time), by turn.
    pub noise_by_turn: Vec<Milli>,
    /// It only adds up: screens tell its pace. No rule reads it.
    pub adds_up: bool,
    pub product: Option<(IndicatorIx, IndicatorIx)>,
    /// The product this one is a factor of.
    pub factor_of: Option<IndicatorIx>,
    pub appears: Vec<Condition>,
    pub rank: Option<u32>,
    pub noise_site: Site,
    pub sight_site: Site,
    pub why: Why,
}

#[derive(Debug)]
pub struct Flow {
    pub id: String,
    pub from: IndicatorIx,
    pub to: IndicatorIx,
    pub threshold: Milli,
    /// True: counts what is above the threshold; false: what is missing below it.
    pub above: bool,
    /// Change of `to` in 30 days for each point, in thousandths, by world.
    pub rate: [Milli; limits::WORLDS],
    /// The same at the scenario's prior over worlds.
    pub rate_expected: Milli,
    /// The same as each agency believes it.
    pub rate_believed: Vec<Milli>,
    pub assumption: Option<AssumptionIx>,
    pub says: String,
    pub why: Why,
}

#[derive(Debug)]
pub struct Assumption {
    pub id: String,
    pub name: String,
    pub means: String,
    pub value: Milli,
    pub least: Milli,
    pub most: Milli,
    /// By world.
    pub by_world: Vec<Milli>,
    /// Set from the command line for this game.
    pub overridden: bool,
    pub why: Why,
}

#[derive(Debug)]
pub struct World {
    pub id: String,
    pub name: String,
    pub means: String,
    /// Prior share of 100.
    pub share: u32,
    pub tells: Vec<String>,
    pub critics: Vec<CriticIx>,
}

#[derive(Debug)]
pub struct Lens {
    pub id: String,
    pub name: Name,
    pub short: Name,
    pub means: String,
    /// Weights (thousandths); the sign of good is already in the indicator.
    pub weighs: Vec<(IndicatorIx, Milli)>,
    pub total: i64,
}

#[derive(Debug)]
pub struct Profile {
    pub id: String,
    pub name: String,
    pub says: String,
    pub points: [u8; limits::LENSES],
}

#[derive(Debug)]
pub struct Agency {
    pub id: String,
    pub name: String,
    pub short: String,
    pub mandate: String,
    pub wants: String,
    /// How it writes; empty where nobody said.
    pub writes: String,
    pub fears: String,
    /// By indicator, thousandths.
    pub cares: Vec<Milli>,
    /// Position points by instrument.
    pub leans: Vec<Milli>,
    pub red_lines: Vec<RedLine>,
    pub spells: Vec<Spell>,
    pub minds_windows: u32,
    /// By assumption: what it believes (the core's value where it has no view).
    pub believes: Vec<Milli>,
    pub predicts: u32,
    pub economic: bool,
    pub outside: bool,
    /// Relationship on the first day, -100 to 100 in thousandths.
    pub relation: Milli,
    pub voice: Voice,
    pub site: Site,
    pub spell_site: Site,
}

/// Something of its own that an agency has on its mind for some weeks.
#[derive(Debug)]
pub struct Spell {
    pub says: String,
    pub points: Milli,
    pub lasts: Span,
}

#[derive(Debug, Default)]
pub struct Voice {
    /// By stance, from presses to blocks.
    pub stances: [Vec<String>; 6],
    /// To drafts of one instrument, by stance; an empty list leaves what is said to any.
    pub of: Vec<(InstrumentIx, [Vec<String>; 6])>,
    pub kept: Vec<String>,
    pub broken: Vec<String>,
}

#[derive(Debug)]
pub struct RedLine {
    pub instrument: InstrumentIx,
    pub when: Vec<Condition>,
    pub says: String,
}

#[derive(Debug)]
pub struct Term {
    pub id: String,
    pub name: Name,
    /// It belongs to the day a measure takes effect: new terms of one in force keep it.
    pub once: bool,
    pub values: Vec<TermValue>,
}

#[derive(Debug)]
pub struct TermValue {
    pub id: String,
    pub name: Name,
    pub moves: Moves,
    /// In hundredths.
    pub strength: u32,
    pub scales: Vec<(IndicatorIx, u32)>,
    /// Position points by agency.
    pub moves_agencies: Vec<(AgencyIx, Milli)>,
    pub staff: u8,
    pub capital: u8,
    pub adds: Span,
    pub waits_for: Vec<Condition>,
    /// What those who judge a draft take the chance to be that it ever takes effect, of 100.
    pub likely: u32,
    pub needs: Vec<Need>,
}

#[derive(Debug)]
pub struct Venue {
    pub id: String,
    pub name: Name,
    pub short: String,
    pub means: String,
    pub staff: u8,
    pub capital: u8,
    pub needs_authority: Milli,
    /// The least vote that does not stop a draft, in position points: of the lead, of a holder of
    /// the veto, of those consulted, of the others.
    pub stops: [Milli; 4],
    pub overrules: Overrules,
    /// The President decides here, alone.
    pub decides: Option<Decider>,
}

/// Whose no a venue may overrule, and what it costs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overrules {
    /// At most so many; 0: nobody's.
    pub most: u8,
    pub consulted: bool,
    pub others: bool,
    /// How far below its bar a vote may be, in position points for each point of authority.
    pub reach: Milli,
    /// What each one overruled costs: relationship with it, and authority.
    pub relation: Milli,
    pub authority: Milli,
}

impl Overrules {
    /// Whether it may overrule a seat, by its place in `Venue::stops`.
    #[inline]
    pub fn may(&self, standing: usize) -> bool {
        self.most > 0
            && matches!((standing, self.consulted, self.others), (2, true, _) | (3, _, true))
    }
}

/// How the President votes.
#[derive(Debug)]
pub struct Decider {
    /// The least vote that does not stop a draft.
    pub bar: Milli,
    /// The vote at a confidence of 50 on something that touches nothing.
    pub starts: Milli,
    /// Position points for each point of confidence above 50.
    pub confidence: Milli,
    pub cares: Vec<(IndicatorIx, Milli)>,
    /// In hundredths: what the heat of a window adds to the weight of the talks.
    pub minds_windows: u32,
}

/// One term an instrument offers; a proposal stores a position within `values`.
#[derive(Debug)]
pub struct Slot {
    pub term: TermIx,
    /// Positions in the term's values, the lead's draft first.
    pub values: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
pub struct Gate {
    pub role: Role,
    /// Thousandths.
    pub needs: Milli,
    pub of: Audience,
    pub for_gain: bool,
}

#[derive(Debug)]
pub struct Need {
    pub when: Vec<Condition>,
    pub says: String,
}

#[derive(Debug)]
pub struct Stage {
    pub name: String,
    pub takes: Span,
}

/// What it takes to have the file of an instrument built.
#[derive(Debug)]
pub struct Building {
    pub staff: u8,
    pub capital: u8,
    pub stages: Vec<Stage>,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, not a hidden enum")]
pub struct Instrument {
    pub id: String,
    pub name: String,
    pub short: String,
    /// The short name is one of several things.
    pub plural: bool,
    pub means: String,
    pub lead: AgencyIx,
    pub consults: Vec<AgencyIx>,
    pub veto: Vec<AgencyIx>,
    pub lane: Lane,
    pub yours: bool,
    pub kinds: Vec<Kind>,
    /// Targets of those kinds, as a mask.
    pub targets: u32,
    pub slots: Vec<Slot>,
    pub gates: Vec<Gate>,
    pub needs: Vec<Need>,
    pub staff: u8,
    pub capital: u8,
    pub building: Option<Building>,
    pub stages: Vec<Stage>,
    pub on_clear: Moves,
    pub on_launch: Moves,
    pub also_on_launch: Vec<Effect>,
    pub while_active: Moves,
    /// Days; 0: to the end.
    pub lasts: u16,
    pub fades: Decay,
    pub on_end: Moves,
    pub on_withdraw: Moves,
    /// In hundredths.
    pub disrupts: u32,
    pub punishes: bool,
    pub fulfils: Vec<InstrumentIx>,
    /// In hundredths.
    pub repeats_at: u32,
    pub recovers: Decay,
    pub unlimited: bool,
    /// In hundredths: how much full heat adds.
    pub window: u32,
    /// Indicators the window scales, the talks among them: a mask.
    pub window_on: u64,
    pub hands_over: Vec<(String, String)>,
    pub why: Why,
    /// `clear/id`, `stage/id`, `build/id`.
    pub clear_site: Site,
    pub stage_site: Site,
    pub build_site: Site,
}

#[derive(Debug)]
pub struct Task {
    pub id: String,
    pub name: String,
    pub by: AgencyIx,
    pub means: String,
    pub staff: u8,
    pub capital: u8,
    pub takes: Span,
    pub on_campaign: bool,
    pub moves: Moves,
    pub also: Vec<Effect>,
    pub needs: Vec<Need>,
    /// 0: no limit.
    pub times: u8,
    /// `items[campaign]`: the evidence it brings in, in order.
    pub items: Vec<Vec<EvidenceIx>>,
    pub site: Site,
}

#[derive(Debug)]
pub struct Ask {
    pub id: String,
    pub name: Name,
    pub of: AgencyIx,
    pub about: Option<InstrumentIx>,
    pub means: String,
    pub staff: u8,
    pub capital: u8,
    pub times: u8,
    pub needs: Vec<Need>,
    pub moves: Moves,
    pub also: Vec<Effect>,
    /// Chance of 100 and the event.
    pub leaks: Option<(u32, EventIx)>,
    /// Carried out, it tells what of the open files the agency would not sign.
    pub hears: bool,
    pub why: Why,
    pub site: Site,
}

#[derive(Debug)]
pub struct Promise {
    pub id: String,
    pub name: Name,
    pub to: Vec<AgencyIx>,
    pub says: String,
    /// The instruments on which it moves positions; none: all.
    pub about: Vec<InstrumentIx>,
    /// Position points.
    pub gains: Milli,
    /// Days.
    pub lasts: u16,
    pub broken_if: Vec<Condition>,
    pub on_keep: Moves,
    pub on_break: Moves,
    /// Relationship, thousandths.
    pub keeps: Milli,
    pub breaks: Milli,
    pub needs: Vec<Need>,
}

impl Promise {
    /// Whether it moves positions on drafts of the instrument.
    #[inline]
    pub fn carries(&self, instrument: InstrumentIx) -> bool {
        self.about.is_empty() || self.about.contains(&instrument)
    }
}

#[derive(Debug)]
pub struct Reform {
    pub id: String,
    pub name: String,
    pub means: String,
    pub staff: u8,
    pub capital: u8,
    pub takes: Span,
    pub needs: Vec<Need>,
    pub moves: Moves,
    pub while_active: Moves,
    pub also: Vec<Effect>,
    pub why: Why,
    pub site: Site,
}

#[derive(Debug)]
pub struct Trait {
    pub id: String,
    pub name: String,
    pub means: String,
    /// (value id, share of 100, words).
    pub values: Vec<(String, u32, String)>,
    pub site: Site,
}

#[derive(Debug)]
pub struct Response {
    pub id: String,
    pub name: Name,
    pub seat: AgencyIx,
    pub visible: bool,
    pub when: Vec<Condition>,
    pub weight: u32,
    /// Public factors, in hundredths.
    pub more_if: Vec<(Vec<Condition>, u32)>,
    /// By world cell, in hundredths (product of the factors given), 1 to 10 000.
    pub table: Vec<u32>,
    pub moves: Moves,
    pub also: Vec<Effect>,
    /// Days; 0: may come again at once.
    pub rests: u16,
    pub answers_an_act: bool,
    /// One of those whose assumptions hold is drawn.
    pub texts: Vec<Version>,
    pub meant: String,
    pub site: Site,
}

#[derive(Debug)]
pub struct Aim {
    pub id: String,
    pub name: Name,
    pub means: String,
    pub seat: AgencyIx,
    pub weight: u32,
    pub guard: String,
    pub steps: Vec<AimStep>,
    pub meant: String,
    pub won: String,
}

#[derive(Debug)]
pub struct AimStep {
    pub id: String,
    pub name: Name,
    pub takes: Span,
    /// By cell of the aims, per mille: that its sign is seen.
    pub seen: Vec<u16>,
    pub sign: Text,
    pub silence: Option<String>,
    pub act: Option<Text>,
    /// By cell of the aims, per mille: that its act comes.
    pub comes: Vec<u16>,
    pub moves: Moves,
    pub also: Vec<Effect>,
    pub slowed_if: Vec<Condition>,
    pub hastened_if: Vec<Condition>,
    pub stopped_if: Vec<Condition>,
    pub site: Site,
}

#[derive(Debug)]
pub struct Codex {
    pub id: String,
    pub title: String,
    pub short: Option<String>,
    pub says: String,
    pub sources: Vec<SourceIx>,
    pub see: Vec<CodexIx>,
    /// Shown in play only when the scenario's last day is not before this.
    pub after: Option<Day>,
}

#[derive(Debug)]
pub struct Critic {
    pub id: String,
    pub title: String,
    pub says: String,
    pub sources: Vec<SourceIx>,
    pub when: Vec<Condition>,
}

#[derive(Debug)]
pub struct Source {
    pub id: String,
    /// What is to be said of all parts; mostly nothing.
    pub says: String,
    /// At least one.
    pub parts: Vec<SourcePart>,
}

impl Source {
    /// What of it was out by the day; all of it without one.
    pub fn out_by(&self, day: Option<Day>) -> impl Iterator<Item = &SourcePart> {
        let was_out = move |p: &&SourcePart| p.date.is_none_or(|d| day.is_none_or(|day| d <= day));
        self.parts.iter().filter(was_out)
    }
}

/// What was published on one day.
#[derive(Debug)]
pub struct SourcePart {
    pub says: String,
    /// None where it has no day, as a statute that was always there.
    pub date: Option<Day>,
}

#[derive(Debug)]
pub struct Window {
    pub id: String,
    pub name: Name,
    pub from: Day,
    pub to: Day,
    pub peak: Day,
    /// Thousandths.
    pub heat: Milli,
    pub floor: Milli,
    /// Day from which the calendar shows it; without it, the turn in which it begins.
    pub known: Option<Day>,
    pub source: Option<SourceIx>,
}

#[derive(Debug)]
pub struct Principal {
    pub id: String,
    pub agency: AgencyIx,
    pub who: String,
    pub from: Day,
    /// The last day in office.
    pub until: Option<Day>,
    pub source: Option<SourceIx>,
    pub leans: Vec<(InstrumentIx, Milli)>,
    pub cares: Vec<(IndicatorIx, Milli)>,
}

#[derive(Debug)]
pub struct Campaign {
    pub id: String,
    pub name: String,
    pub plural: bool,
    pub means: String,
    pub route: String,
    /// The source that reports it; none where it is invented.
    pub record: Option<SourceIx>,
    pub variables: Vec<Variable>,
    /// First cell in the shared pool, and how many.
    pub first: usize,
    pub cells: usize,
    /// Prior weights of the cells. Cells run row by row over the variables, the last one fastest.
    pub prior: Vec<u64>,
    /// Cells in which what it does is accepted espionage.
    pub espionage: u64,
    /// What punishing that costs, in hundredths of the rulebook's price.
    pub espionage_costs: u32,
    pub does: Moves,
    pub recovers: Decay,
    pub appears: Vec<Condition>,
    /// `shift[turn]`: transition weights `[from * cells + to]` as 2^-16, empty if nothing shifts.
    pub shift: Vec<Vec<u32>>,
    pub shift_site: Site,
}

#[derive(Debug)]
pub struct Variable {
    pub id: String,
    pub asks: Name,
    pub about: About,
    pub values: Vec<Value>,
    pub site: Site,
}

#[derive(Debug)]
pub struct Value {
    pub id: String,
    pub says: String,
    /// Prior share of 100 (before any `given`).
    pub share: u32,
    /// The cells in which it is true.
    pub mask: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    Task(TaskIx),
    On(Day),
    /// Of 100 in 30 days.
    Passing(u32),
    Brought,
}

#[derive(Debug)]
pub struct Evidence {
    pub id: String,
    /// For tells: unused.
    pub campaign: CampaignIx,
    pub from: From,
    pub takes: Span,
    /// Bit per `Audience`; all-source is always set.
    pub reaches: u8,
    /// Chance of being seen in each cell, per mille, 1 to 999.
    pub seen: Vec<u16>,
    /// The variable it speaks about (for tells: 0 the world, n the trait n-1) and by value, of 100.
    pub variable: u8,
    pub by_value: Vec<u32>,
    pub burns: bool,
    pub text: Text,
    pub silence: Option<String>,
    pub moves: Moves,
    pub site: Site,
}

#[derive(Debug)]
pub struct Target {
    pub id: String,
    pub name: String,
    pub short: String,
    pub means: String,
    pub kind: Kind,
    pub campaign: Option<CampaignIx>,
    /// For an entity of record: what it says, from which day on; the first from the beginning.
    pub record: Vec<OnRecord>,
    /// Role -> the cells in which it is true.
    pub roles: Vec<(Role, u64)>,
    /// In hundredths.
    pub weight: u32,
    pub appears: Vec<Condition>,
    /// What is done to the first is done to the second here.
    pub lands: Vec<(IndicatorIx, IndicatorIx)>,
    pub minds: Vec<Minds>,
}

/// What the record says of a target.
#[derive(Debug)]
pub struct OnRecord {
    pub from: Option<Day>,
    pub status: Status,
    pub source: SourceIx,
    pub says: String,
}

impl Target {
    /// What the record says of it on a day.
    pub fn on_record(&self, day: Day) -> Option<&OnRecord> {
        self.record.iter().rfind(|r| r.from.is_none_or(|from| from <= day))
    }
    /// The indicator that what is meant for `i` moves here.
    #[inline]
    pub fn lands(&self, i: IndicatorIx) -> IndicatorIx {
        self.lands.iter().find(|(from, _)| *from == i).map_or(i, |(_, to)| *to)
    }
}

/// An agency that minds that a target is named.
#[derive(Debug)]
pub struct Minds {
    pub agency: AgencyIx,
    /// Thousandths of position points.
    pub points: Milli,
    pub when: Vec<Condition>,
    pub says: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    pub campaign: CampaignIx,
    pub of: Audience,
    pub mask: u64,
}

#[derive(Debug, Clone, Copy)]
pub struct GateTest {
    pub role: Role,
    /// Thousandths.
    pub needs: Milli,
    pub question: QuestionIx,
    pub for_gain: bool,
}

#[derive(Debug, Clone)]
pub enum Text {
    Record { source: SourceIx, also: Vec<SourceIx>, status: Status, says: String },
    Simulated { by: AgencyIx, follows: Option<SourceIx>, says: String },
}

impl Text {
    pub fn says(&self) -> &str {
        match self {
            Text::Record { says, .. } | Text::Simulated { says, .. } => says,
        }
    }
    /// Who signs it, if it is simulated.
    pub fn by(&self) -> Option<AgencyIx> {
        match self {
            Text::Record { .. } => None,
            Text::Simulated { by, .. } => Some(*by),
        }
    }
}

/// What is told, in versions: of those whose assumptions hold as it is told, the first. None may
/// hold; then it cannot be told.
#[derive(Debug)]
pub struct Telling {
    /// At least one, at most `limits::VERSIONS`.
    pub versions: Vec<Version>,
}

#[derive(Debug)]
pub struct Version {
    pub assumes: Vec<Condition>,
    pub text: Text,
}

impl Telling {
    /// The version with this number; one that is not there is the last.
    ///
    /// # Panics
    /// Never: there is at least one.
    pub fn version(&self, n: u8) -> &Version {
        let last = self.versions.last().expect("a telling has a version");
        self.versions.get(usize::from(n)).unwrap_or(last)
    }
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        self.versions.iter().map(|v| &v.text)
    }
}

#[derive(Debug)]
pub struct LiveFile {
    pub id: String,
    pub name: Name,
    pub says: String,
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    pub sponsor: AgencyIx,
    /// Of 100.
    pub ready: u32,
    /// The draft, by slot.
    pub terms: [u8; limits::SLOTS],
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub when: Vec<Condition>,
    /// Only `OpenFile` opens it.
    pub closed: bool,
    /// Position points of the sponsor.
    pub pushes: Milli,
}

#[derive(Debug)]
pub struct Event {
    pub id: String,
    pub kind: EventKind,
    pub title: String,
    pub from: Option<AgencyIx>,
    pub on: Option<Day>,
    /// The turn at whose end it happens: `opens < on <= ends`, so that the next front page shows
    /// it. What is dated on the first opening or before has turn 0 and stands on the first front
    /// page.
    pub turn: Option<u8>,
    pub when: Vec<Condition>,
    /// Of 100 in 30 days.
    pub chance: u32,
    pub weight: u32,
    /// Days; 0: once a game.
    pub rests: u16,
    pub chained: bool,
    pub text: Telling,
    pub moves: Moves,
    pub also: Vec<Effect>,
    pub choices: Vec<Choice>,
    pub default: u8,
    /// The answer takes effect when it is given.
    pub at_once: bool,
    pub site: Site,
}

#[derive(Debug)]
pub struct Choice {
    pub id: String,
    pub say: String,
    pub staff: u8,
    pub capital: u8,
    pub needs: Vec<Need>,
    pub moves: Moves,
    pub also: Vec<Effect>,
    pub then: Option<Text>,
    pub replies: Vec<Text>,
}

#[derive(Debug)]
pub struct Proposition {
    pub id: String,
    pub says: String,
    pub when: Vec<Condition>,
    /// The turn at whose end it is judged.
    pub turn: u8,
    pub by: Option<Day>,
    pub ever: bool,
    pub stated: bool,
    pub checkpoint: bool,
}

#[derive(Debug)]
pub struct Ending {
    pub id: String,
    pub title: String,
    pub when: Vec<Condition>,
    pub early: bool,
    pub says: String,
    /// Further lines, each told where it holds at the end.
    pub lines: Vec<(Vec<Condition>, String)>,
    /// By world; empty where there is none.
    pub by_world: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub on: Day,
    /// The turn that contains the day.
    pub turn: u8,
    pub source: Option<SourceIx>,
    pub note: String,
    pub order: super::named::Named,
}

#[derive(Debug)]
pub struct Experiment {
    pub id: String,
    pub claim: String,
    pub policy: Vec<Step>,
    pub against: Vec<Step>,
    pub watch: IndicatorIx,
    /// The turn at whose end it is read.
    pub turn: u8,
    /// By world.
    pub expect: Vec<Option<Expect>>,
    pub source: Option<SourceIx>,
}

#[derive(Debug)]
pub struct Test {
    pub id: String,
    pub says: String,
    pub seed: u64,
    pub world: Option<WorldIx>,
    pub orders: Vec<Step>,
    /// (turn, conditions).
    pub holds: Vec<(u8, Vec<Condition>)>,
}

#[derive(Debug, Default)]
pub struct Teaching {
    pub goals: Vec<String>,
    pub questions: Vec<String>,
    pub notes: String,
    pub aftermath: Vec<Text>,
    pub cautions: Vec<String>,
}

#[derive(Debug, Clone)]
pub enum Why {
    Judgement(String),
    Source(SourceIx),
}

/// See `raw::Condition`; the same tree with indices.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    AtLeast(IndicatorIx, Milli),
    Below(IndicatorIx, Milli),
    Fired(EventIx),
    Chose(EventIx, u8),
    Flag(FlagIx),
    Cleared(InstrumentIx),
    Refused(InstrumentIx),
    StoppedBy(InstrumentIx, AgencyIx),
    Launched(InstrumentIx),
    LaunchedOn(InstrumentIx, TargetIx),
    JustLaunched(InstrumentIx),
    /// Instrument, slot, position in the slot's values.
    JustLaunchedWith(InstrumentIx, u8, u8),
    Active(InstrumentIx),
    /// Instrument, target, slot, position in the slot's values.
    ActiveWith(InstrumentIx, TargetIx, u8, u8),
    Pending(InstrumentIx),
    Stands(InstrumentIx, TargetIx),
    /// A file built on the player's order lies ready.
    Built(InstrumentIx),
    InWindow(WindowIx),
    /// Thousandths.
    HeatAtLeast(Milli),
    /// A window on the calendar reaches this heat in this turn or a later one.
    HeatAhead(Milli),
    From(Day),
    Before(Day),
    Responded(ResponseIx),
    JustResponded(ResponseIx),
    Found(EvidenceIx),
    /// Campaign, mask, thousandths.
    Believed(CampaignIx, u64, Milli),
    True(CampaignIx, u64),
    World(WorldIx),
    Relation(AgencyIx, Milli),
    Promised(PromiseIx),
    Broke(PromiseIx),
    Kept(PromiseIx),
    Reformed(ReformIx),
    Asked(AskIx),
    TaskDone(TaskIx),
    Guided(LensIx, u8),
    ActsAtLeast(Lane, u8),
    Noticed(AimIx, u8),
    Won(AimIx),
}

impl Condition {
    /// Whether it is known to all and, once it holds, holds to the end.
    pub fn holds_for_good(&self) -> bool {
        match self {
            Condition::All(list) | Condition::Any(list) => list.iter().all(Self::holds_for_good),
            Condition::Fired(_)
            | Condition::Cleared(_)
            | Condition::Refused(_)
            | Condition::StoppedBy(..)
            | Condition::Launched(_)
            | Condition::LaunchedOn(..)
            | Condition::From(_)
            | Condition::Found(_)
            | Condition::Asked(_)
            | Condition::TaskDone(_)
            | Condition::Kept(_)
            | Condition::Broke(_) => true,
            _ => false,
        }
    }

    /// Whether reading the condition tells nothing that is hidden.
    pub fn is_public(&self, rules: &Rules) -> bool {
        match self {
            Condition::All(list) | Condition::Any(list) => list.iter().all(|c| c.is_public(rules)),
            Condition::Not(c) => c.is_public(rules),
            Condition::AtLeast(i, _) | Condition::Below(i, _) => {
                rules.indicators[*i].sight == Sight::Exactly
            }
            Condition::True(..) | Condition::World(_) | Condition::Flag(_) | Condition::Won(_) => {
                false
            }
            Condition::Responded(r) | Condition::JustResponded(r) => rules.responses[*r].visible,
            Condition::Fired(_)
            | Condition::Chose(..)
            | Condition::Cleared(_)
            | Condition::Refused(_)
            | Condition::StoppedBy(..)
            | Condition::Launched(_)
            | Condition::LaunchedOn(..)
            | Condition::JustLaunched(_)
            | Condition::JustLaunchedWith(..)
            | Condition::Active(_)
            | Condition::ActiveWith(..)
            | Condition::Pending(_)
            | Condition::Stands(..)
            | Condition::Built(_)
            | Condition::InWindow(_)
            | Condition::HeatAtLeast(_)
            | Condition::HeatAhead(_)
            | Condition::From(_)
            | Condition::Before(_)
            | Condition::Found(_)
            | Condition::Believed(..)
            | Condition::Relation(..)
            | Condition::Promised(_)
            | Condition::Broke(_)
            | Condition::Kept(_)
            | Condition::Reformed(_)
            | Condition::Asked(_)
            | Condition::TaskDone(_)
            | Condition::Guided(..)
            | Condition::ActsAtLeast(..)
            | Condition::Noticed(..) => true,
        }
    }
}

/// See `raw::Effect`.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    SetFlag(FlagIx),
    ClearFlag(FlagIx),
    Relation(AgencyIx, Milli),
    Lean(AgencyIx, InstrumentIx, Milli),
    Chain(EventIx, Span),
    Evidence(EvidenceIx),
    Tell(TellIx),
    OpenFile(FileIx),
    CloseFile(FileIx),
    Ready(FileIx, u32),
    Busy(AgencyIx, u16),
    Refresh(InstrumentIx, u32),
    Disrupt(CampaignIx, u32),
    End(InstrumentIx),
    Launch(InstrumentIx, TargetIx),
    Halt(AimIx),
    Guidance(ProfileIx),
}

impl Rules {
    /// The turn (from 0) that contains the day; days before the first turn belong to it.
    pub fn turn_of(&self, day: Day) -> Option<usize> {
        if self.turns.first().is_some_and(|t| day < t.opens) {
            return Some(0);
        }
        self.turns.iter().position(|t| day >= t.opens && day < t.ends)
    }
    /// The rulebook's own text of that key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.texts.iter().find(|(k, _)| k == key).map(|(_, says)| says.as_str())
    }
    /// Turns that are played.
    pub fn played(&self) -> usize {
        self.turns.len().saturating_sub(self.after)
    }
    /// Whether the event may come at the end of that turn: one that asks does not at the end of the
    /// last, when nobody is left to answer.
    pub fn may_come(&self, event: EventIx, turn: usize) -> bool {
        turn < self.last_turn() || self.events[event].choices.is_empty()
    }
    /// The last turn that is played, from 0.
    pub fn last_turn(&self) -> usize {
        self.played().saturating_sub(1)
    }
    /// The day after the last one that is played.
    pub fn closes(&self) -> Day {
        self.turns.get(self.last_turn()).map_or_else(Day::default, |t| t.ends)
    }
    /// The day after the last of the game, the weeks after the last turn included.
    pub fn ends(&self) -> Day {
        self.turns.last().map_or_else(Day::default, |t| t.ends)
    }
}

/// Finds a record by id in a table whose records have an `id`.
#[macro_export]
macro_rules! find_id {
    ($table:expr, $id:expr, $ix:ident) => {
        $table.iter().position(|r| r.id == $id).map($crate::scenario::model::$ix::at)
    };
}
