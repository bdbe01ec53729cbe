//! The files as they are written: one serde twin for each record of the core and of a scenario.
//!
//! Owns the shape of the format and the words an author types. Refuses to own meaning: nothing
//! here is checked against anything else; `resolve` does that and lowers these records to `model`.
//!
//! Conventions of the format, all decided here:
//! - a map is keyed by id (`"talks"`), in file order, and a key may stand once;
//! - an *amount* is a number with at most three decimals, a quoted word of the printed scale with a
//!   sign (`"+small"`, `"-large"`), or an assumption (`"@bite"`, `"-@bite"`);
//! - `moves` is a map from indicator to amount;
//! - a list of conditions means *all of these*;
//! - dates are quoted ISO days, lengths of time are words (`"10 days"`, `"4 to 10 weeks"`, `"6
//!   months"`);
//! - shares and chances are whole numbers of a hundred.

use serde::{Deserialize, Serialize};

use super::loc::{Amount, Count, Date, Decimal, Entries, Id, Length, Percent, Prose};

/// Amounts by indicator, in file order.
pub type Moves = Entries<Amount>;

/// One file of `assets/core`: any of the rulebook's tables. The files of a core are read as one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Core {
    /// Of a theatre: records of the core that its scenarios do without, by table.
    pub remove: Entries<Vec<Id>>,
    pub roles: Entries<Id>,
    pub scale: Entries<Decimal>,
    pub tuning: Entries<Decimal>,
    pub texts: Entries<Prose>,
    pub indicators: Entries<Indicator>,
    pub flows: Entries<Flow>,
    pub assumptions: Entries<Assumption>,
    pub worlds: Entries<World>,
    pub lenses: Entries<Lens>,
    pub profiles: Entries<Profile>,
    pub agencies: Entries<Agency>,
    pub terms: Entries<Term>,
    pub venues: Entries<Venue>,
    pub instruments: Entries<Instrument>,
    pub tasks: Entries<Task>,
    pub asks: Entries<Ask>,
    pub promises: Entries<Promise>,
    pub reforms: Entries<Reform>,
    pub traits: Entries<Trait>,
    pub responses: Entries<Response>,
    /// Evidence about the world and the counterpart's traits: `seen_if` names worlds, or values of
    /// one trait.
    pub tells: Entries<Evidence>,
    /// What the other side may work towards by itself: one or two are drawn for each game.
    pub aims: Entries<Aim>,
    pub voices: Entries<Voice>,
    pub codex: Entries<Codex>,
    pub critics: Entries<Critic>,
    pub sources: Entries<Source>,
}

/// A scenario file: a whole game on top of a core.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    pub id: Id,
    /// The version of the core it builds on.
    pub core: Count,
    /// Who the other side is: the layer between the core and this file. `none` says that there is
    /// no other side; a scenario that brings its whole rulebook names none.
    pub theatre: Option<Id>,
    pub title: Prose,
    /// One line for the list of scenarios.
    pub summary: Prose,
    /// Minutes of play, stated to the player.
    pub minutes: Count,
    pub difficulty: Difficulty,
    #[serde(default)]
    pub authors: Vec<Prose>,
    #[serde(default)]
    pub licence: Prose,
    pub calendar: Calendar,
    /// The situation in a paragraph or three, read before the first front page.
    pub briefing: Text,

    /// Records added to the layers below, or laid over their record of that id field by field.
    #[serde(default)]
    pub rules: Core,
    /// Records of the layers below that this scenario does without, by table: `{"instruments":
    /// ["WTO"]}`. One that `rules` then has again is a whole one.
    #[serde(default)]
    pub remove: Entries<Vec<Id>>,
    /// Where indicators stand on the first day, where that is not the core's value.
    #[serde(default)]
    pub starts: Entries<Decimal>,
    /// How relationships with agencies stand on the first day, -100 to 100.
    #[serde(default)]
    pub relations: Entries<Decimal>,
    /// Prior shares of the worlds, of 100. Without it all worlds are alike.
    #[serde(default)]
    pub worlds: Entries<Percent>,
    /// Until these hold the other side neither answers nor goes its own way.
    #[serde(default)]
    pub silent_until: Vec<Condition>,
    /// The names of flags that events set and conditions read.
    #[serde(default)]
    pub flags: Vec<Id>,
    #[serde(default)]
    pub windows: Entries<Window>,
    /// Who holds which office when, and which way they lean.
    #[serde(default)]
    pub principals: Entries<Principal>,
    pub campaigns: Entries<Campaign>,
    pub targets: Entries<Target>,
    #[serde(default)]
    pub live_files: Entries<LiveFile>,
    pub events: Entries<Event>,
    /// Statements that can be true or false by a date: for stated confidence, history and tests.
    #[serde(default)]
    pub propositions: Entries<Proposition>,
    pub endings: Entries<Ending>,
    #[serde(default)]
    pub history: Vec<Step>,
    /// Indicator values of the record's own course, for the line in the debrief: designer's
    /// judgement.
    #[serde(default)]
    pub history_line: Entries<Entries<Decimal>>,
    #[serde(default)]
    pub experiments: Entries<Experiment>,
    #[serde(default)]
    pub tests: Entries<Test>,
    #[serde(default)]
    pub teaching: Teaching,
    /// What `check --deep` finds and the author means: by table and id, with the reason.
    #[serde(default)]
    pub accepted: Entries<Entries<Prose>>,
    /// What stands on the desk, in this order, where that is not what the indicators' own ranks
    /// say.
    #[serde(default)]
    pub desk: Vec<Id>,
    /// A coach beside the player, for a scenario that teaches the game.
    pub lesson: Option<Lesson>,
}

/// What to do in each turn, in numbered steps, and what is said of it at the end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Turn by turn, from the first.
    pub turns: Vec<Coach>,
    /// Lines of the debrief: each whose conditions hold at the end.
    #[serde(default)]
    pub close: Vec<CloseLine>,
    /// The event whose other answers the debrief plays again with the same luck.
    pub compare: Option<Id>,
    /// What comes next, said last.
    #[serde(default)]
    pub next: Prose,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coach {
    pub says: Prose,
    pub steps: Vec<CoachStep>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoachStep {
    /// What the desk calls it.
    pub say: Prose,
    #[serde(default)]
    pub when: Vec<Condition>,
    pub does: Does,
    /// One of several: it and the step before it stand for each other.
    #[serde(default)]
    pub instead: bool,
    /// What is said once it has been taken.
    #[serde(default)]
    pub then: Prose,
}

#[derive(Debug, Deserialize)]
pub enum Does {
    /// Gives this order.
    Order(super::named::Named),
    /// Opens the draft of a live file.
    Draft(Id),
    /// Opens why a value moved.
    Why(Id),
    /// Asks how sure the player is of a proposition.
    Sure(Id),
    /// Ends the turn.
    EndTurn,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseLine {
    #[serde(default)]
    pub when: Vec<Condition>,
    pub says: Prose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Difficulty {
    Learning,
    Standard,
    Hard,
}

impl Difficulty {
    /// As lists print it.
    pub fn name(self) -> &'static str {
        match self {
            Difficulty::Learning => "learning",
            Difficulty::Standard => "standard",
            Difficulty::Hard => "hard",
        }
    }
}

/// Either `opens` with `every` and `turns`, or a list of opening `dates` with `ends`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Calendar {
    pub opens: Option<Date>,
    pub every: Option<Length>,
    pub turns: Option<Count>,
    pub dates: Vec<Date>,
    /// The day the last turn ends; without it the last turn is as long as the one before.
    pub ends: Option<Date>,
    /// For so long what was left runs on after the last turn. The ending is of the last turn, the
    /// score of the end of this.
    pub after: Option<Length>,
}

/// Something that varies and is watched. Values run from `least` to `most`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    pub name: Prose,
    /// One or two words, at most eleven letters, for narrow columns.
    pub short: Prose,
    /// What it is, in a sentence or two.
    pub means: Prose,
    #[serde(default = "points")]
    pub unit: Prose,
    #[serde(default)]
    pub least: Decimal,
    #[serde(default = "hundred")]
    pub most: Decimal,
    pub start: Decimal,
    pub good: Good,
    pub seen: Seen,
    /// Words for bands, from the lowest: each with the value it reaches up to; the last is open.
    /// `["slight": 20, ...]` is written as a map from word to upper end.
    pub words: Entries<Decimal>,
    /// Change in every 30 days when nothing happens.
    pub drift: Option<Amount>,
    /// What the value is drawn back to, and how fast: the half-life of the distance.
    pub settles: Option<Settles>,
    /// Keyed noise: standard deviation over 30 days, in the indicator's unit.
    pub noise: Option<Decimal>,
    /// It only adds up, as a loss does: what is news of it is its pace.
    #[serde(default)]
    pub adds_up: bool,
    /// Product of two others, each as a share of 100: `product: ["credibility", "exclusion"]`.
    #[serde(default)]
    pub product: Vec<Id>,
    /// When it first stands on the desk; without it, from the start.
    #[serde(default)]
    pub appears: Vec<Condition>,
    /// Rank on the desk, from 1; without it, it is shown only in the longer list.
    pub rank: Option<Count>,
    pub why: Why,
}

fn points() -> Prose {
    Prose::plain("points")
}
fn hundred() -> Decimal {
    Decimal::whole(100)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settles {
    pub to: Decimal,
    pub half_life: Length,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Good {
    Up,
    Down,
    /// Neither way is good in itself.
    Neither,
}

#[derive(Debug, Deserialize)]
pub enum Seen {
    /// The player sees the value.
    Exactly,
    /// The player sees an estimate: standard deviation of its error, in the indicator's unit.
    Estimated(Decimal),
    /// Not shown in play.
    Hidden,
}

/// One indicator pushing another, all the time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flow {
    pub from: Id,
    pub to: Id,
    /// Only what stands above this counts ...
    pub above: Option<Decimal>,
    /// ... or only what is missing below this (the shortfall counts as a positive number).
    pub below: Option<Decimal>,
    /// Change of `to` in every 30 days for each point that counts.
    pub rate: Amount,
    /// What to call it when it explains a change: "theft that goes on costs industry".
    pub says: Prose,
    pub why: Why,
}

/// A contested coefficient.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    pub name: Prose,
    /// What the number is, with its unit.
    pub means: Prose,
    pub value: Decimal,
    pub least: Decimal,
    pub most: Decimal,
    pub why: Why,
}

/// A named set of values for the assumptions; one is drawn for each game and stays hidden.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    pub name: Prose,
    pub means: Prose,
    pub sets: Entries<Decimal>,
    /// What a careful player could have noticed.
    pub tells: Vec<Prose>,
    /// The critics whose argument is strongest here.
    #[serde(default)]
    pub critics: Vec<Id>,
}

/// A way of scoring: weighted indicators, each turned so that more is better.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lens {
    pub name: Prose,
    pub short: Prose,
    pub means: Prose,
    pub weighs: Entries<Decimal>,
}

/// A ready guidance the player may start from: points by lens, twelve in all.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub name: Prose,
    pub says: Prose,
    pub points: Entries<Count>,
    /// The one that stands if the player writes none. Exactly one profile has it.
    #[serde(default)]
    pub default: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    pub name: Prose,
    /// At most eleven letters.
    pub short: Prose,
    pub mandate: Prose,
    /// What it wants and what it fears, in its own voice.
    pub wants: Prose,
    pub fears: Prose,
    /// How it writes: length, habits, what it never says. For whoever writes its lines.
    pub writes: Option<Prose>,
    /// Weights on indicators, -5 to 5: what it counts as good for itself.
    pub cares: Entries<Decimal>,
    /// Standing leanings for or against an instrument, as position points.
    #[serde(default)]
    pub leans: Entries<Decimal>,
    /// Things it will not accept: while all conditions hold, it blocks that instrument.
    #[serde(default)]
    pub red_lines: Vec<RedLine>,
    /// What it has on its own mind for some weeks, one at a time: drawn, and seen by the player.
    #[serde(default)]
    pub spells: Vec<Spell>,
    /// How much more windows weigh with it: 120 means 1 + 1.2 x heat on what it fears for the
    /// talks.
    #[serde(default)]
    pub minds_windows: Percent,
    /// What it takes the assumptions to be, where it differs from the core's value.
    #[serde(default)]
    pub believes: Entries<Decimal>,
    /// How its predictions lean, in hundredths: 150 means it sees half again too much.
    #[serde(default = "even")]
    pub predicts: Percent,
    /// It belongs to the economic side of the house: what it leads goes by that side's authority.
    #[serde(default)]
    pub economic: bool,
    /// Not in the room (a foreign or outside body with a voice but no vote).
    #[serde(default)]
    pub outside: bool,
}

fn even() -> Percent {
    Percent::plain(100)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedLine {
    pub instrument: Id,
    pub when: Vec<Condition>,
    pub says: Prose,
}

/// Some weeks in which an agency has something of its own on its mind, whatever is proposed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spell {
    /// Of the agency, without its name: "a trial has taken its lawyers".
    pub says: Prose,
    /// Position points on every draft it hears meanwhile, -5 to 5.
    pub points: Decimal,
    pub lasts: Length,
}

/// A term a proposal can carry. The first value an instrument lists is the lead's draft.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub name: Prose,
    /// It belongs to the day a measure takes effect: of one in force it cannot be changed, and new
    /// terms do not wait for it.
    #[serde(default)]
    pub once: bool,
    pub values: Entries<TermValue>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermValue {
    pub name: Prose,
    /// Added to the instrument's effects at launch.
    #[serde(default)]
    pub moves: Moves,
    /// Scales the instrument's own effects at launch and while in force, in hundredths.
    #[serde(default = "even")]
    pub strength: Percent,
    /// Scales only what the instrument does to the indicators named, in hundredths.
    #[serde(default)]
    pub scales: Entries<Percent>,
    /// How positions move, as position points.
    #[serde(default)]
    pub moves_agencies: Entries<Decimal>,
    #[serde(default)]
    pub staff: Count,
    #[serde(default)]
    pub capital: Count,
    /// Lengthens the pipeline.
    pub adds: Option<Length>,
    /// Waits for this before it launches (a date or a trigger).
    #[serde(default)]
    pub waits_for: Vec<Condition>,
    /// How likely those who judge a draft take it to be that what it waits for ever comes, of 100.
    #[serde(default = "even")]
    pub likely: Percent,
    /// Only on offer while these hold.
    #[serde(default)]
    pub needs: Vec<Need>,
}

/// A level of meeting. File order is from low to high.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    pub name: Prose,
    pub short: Prose,
    pub staff: Count,
    pub capital: Count,
    /// Least authority needed to convene it.
    #[serde(default)]
    pub needs_authority: Decimal,
    /// Below which vote each seat stops a draft.
    #[serde(default)]
    pub stops: Option<Bars>,
    /// Whose no it may overrule.
    #[serde(default)]
    pub overrules: Option<Overrules>,
    /// The President decides here, alone; in place of `stops`.
    #[serde(default)]
    pub decides: Option<Decider>,
    pub means: Prose,
}

/// The least votes that do not stop a draft, in position points.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bars {
    pub lead: Decimal,
    pub veto: Decimal,
    pub consulted: Decimal,
    pub others: Decimal,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overrules {
    /// At most so many of them.
    pub most: Count,
    #[serde(default)]
    pub consulted: bool,
    #[serde(default)]
    pub others: bool,
    /// How far below its bar a vote may be, in position points for each point of authority.
    pub reach: Decimal,
    /// What each one overruled costs.
    #[serde(default)]
    pub relation: Decimal,
    #[serde(default)]
    pub authority: Decimal,
}

/// How the President votes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decider {
    pub bar: Decimal,
    pub starts: Decimal,
    pub confidence: Decimal,
    pub cares: Entries<Decimal>,
    #[serde(default)]
    pub minds_windows: Percent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Lane {
    Security,
    Law,
    Trade,
    Diplomacy,
    Defence,
    Office,
}

/// What kind of thing can be aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Kind {
    /// An intrusion campaign as a whole.
    Campaign,
    /// A company that works for a service or unit.
    FrontCompany,
    /// A company that may have received what was taken.
    Firm,
    /// Named natural persons of the record, as a group.
    Persons,
    /// A government.
    Government,
    /// A sector at home: service providers, chip makers.
    Sector,
    /// An intelligence service.
    Service,
    /// An organ of state that is no service: a ministry, a bureau, a fund.
    Organ,
    /// A criminal group: a gang, a crew, a market.
    Group,
}

/// Roles under EO 13694 that a target can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Role {
    /// Did it or directed it.
    Did,
    /// Knowingly received or used what was taken.
    KnowinglyUsed,
    /// Gave material support.
    Supported,
    /// Is owned or controlled by a listed party.
    Owned,
}

/// Who an item of evidence can be used before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Audience {
    AllSource,
    AdminRecord,
    Court,
    Public,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    pub role: Role,
    /// Least probability before that audience, of 100.
    pub needs: Percent,
    pub of: Audience,
    /// The law asks for a purpose too: what is accepted espionage (`espionage` of the campaign)
    /// does not count as proof.
    #[serde(default)]
    pub for_gain: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a field that an author writes")]
pub struct Instrument {
    pub name: Prose,
    pub short: Prose,
    /// The short name stands for several, so that what it does is said in the plural.
    #[serde(default)]
    pub plural: bool,
    pub means: Prose,
    pub lead: Id,
    /// Formally consulted or concurring.
    #[serde(default)]
    pub consults: Vec<Id>,
    /// Who can stop it in practice.
    #[serde(default)]
    pub veto: Vec<Id>,
    pub lane: Lane,
    /// False: not yours to propose; only its asks are open to you.
    #[serde(default = "yes")]
    pub yours: bool,
    pub targets: Vec<Kind>,
    /// Term id -> the values on offer, the lead's draft first.
    #[serde(default)]
    pub terms: Entries<Vec<Id>>,
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// Must hold for it to be proposed at all, with the words for what is missing.
    #[serde(default)]
    pub needs: Vec<Need>,
    #[serde(default)]
    pub staff: Count,
    #[serde(default)]
    pub capital: Count,
    /// The file that must be built before it can be proposed. None: it can be proposed at once.
    pub building: Option<Building>,
    /// The pipeline once it is cleared: stages one after the other. None: it takes effect at once.
    #[serde(default)]
    pub stages: Vec<Stage>,
    /// When it is cleared and work begins.
    #[serde(default)]
    pub on_clear: Moves,
    /// When it takes effect.
    #[serde(default)]
    pub on_launch: Moves,
    #[serde(default)]
    pub also_on_launch: Vec<Effect>,
    /// In every 30 days while in force.
    #[serde(default)]
    pub while_active: Moves,
    /// How long it stays in force; without it, to the end.
    pub lasts: Option<Length>,
    /// Half-life of its force.
    pub fades: Option<Length>,
    /// When it runs out.
    #[serde(default)]
    pub on_end: Moves,
    /// When the player takes it back.
    #[serde(default)]
    pub on_withdraw: Moves,
    /// Cuts the activity of the target's campaign by this share when the target is right ...
    #[serde(default)]
    pub disrupts: Percent,
    /// It punishes: a wrong target or a campaign of accepted espionage costs what `roles` say.
    #[serde(default)]
    pub punishes: bool,
    /// Launching it ends these against the same target without their `on_end`: a threat made good.
    #[serde(default)]
    pub fulfils: Vec<Id>,
    /// Each earlier use leaves this share of the effect ...
    #[serde(default = "even")]
    pub repeats_at: Percent,
    /// ... until it has recovered: half-life.
    pub recovers_in: Option<Length>,
    /// At most this many against the same target at a time. Most are 1.
    #[serde(default)]
    pub unlimited: bool,
    /// How much a window's heat adds to what it does to the talks, in hundredths ...
    #[serde(default)]
    pub window: Percent,
    /// ... and to these indicators as well: a threat is worth most before a summit.
    #[serde(default)]
    pub window_on: Vec<Id>,
    /// What it gives away, by recipient: shown before you commit.
    pub hands_over: Entries<Prose>,
    pub why: Why,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    pub when: Vec<Condition>,
    /// What would open it, as the player reads it: "a summit window".
    pub says: Prose,
}

/// The work of the lead's staff before anything is decided.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Building {
    #[serde(default)]
    pub staff: Count,
    #[serde(default)]
    pub capital: Count,
    /// One after the other.
    pub stages: Vec<Stage>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub name: Prose,
    pub takes: Length,
}

/// Collection, investigation or upkeep: costs staff, takes time, brings in evidence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    pub name: Prose,
    pub by: Id,
    pub means: Prose,
    pub staff: Count,
    #[serde(default)]
    pub capital: Count,
    pub takes: Length,
    /// Aimed at a campaign (brings in its next open evidence item `from` this task) or at none.
    #[serde(default = "yes")]
    pub on_campaign: bool,
    #[serde(default)]
    pub moves: Moves,
    /// When it is done.
    #[serde(default)]
    pub also: Vec<Effect>,
    #[serde(default)]
    pub needs: Vec<Need>,
    /// How often it can be run in a game, if limited.
    pub times: Option<Count>,
}

/// Something the player may ask of an agency about an instrument that is not the player's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    pub name: Prose,
    pub of: Id,
    pub about: Option<Id>,
    pub means: Prose,
    #[serde(default)]
    pub staff: Count,
    #[serde(default)]
    pub capital: Count,
    /// How often in a game.
    #[serde(default = "once")]
    pub times: Count,
    #[serde(default)]
    pub needs: Vec<Need>,
    #[serde(default)]
    pub moves: Moves,
    #[serde(default)]
    pub also: Vec<Effect>,
    /// It may get out: chance of 100, and the event that follows.
    pub leaks: Option<Leak>,
    /// Carried out, it tells what of the files that lie open the agency would not sign, and why.
    #[serde(default)]
    pub hears: bool,
    pub why: Why,
}

fn once() -> Count {
    Count::plain(1)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leak {
    pub chance: Percent,
    pub event: Id,
}

/// A bargain: support now, paid by an obligation that binds for a time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Promise {
    pub name: Prose,
    pub to: Vec<Id>,
    /// What the player binds themself to, in a sentence.
    pub says: Prose,
    /// The instruments on which the agency's position moves; none: on all.
    #[serde(default)]
    pub about: Vec<Id>,
    /// Position points gained while it stands.
    pub gains: Decimal,
    pub lasts: Length,
    /// It is broken when all of these hold while it stands.
    pub broken_if: Vec<Condition>,
    #[serde(default)]
    pub on_keep: Moves,
    #[serde(default)]
    pub on_break: Moves,
    /// Change of the relationship when kept and when broken.
    pub keeps: Decimal,
    pub breaks: Decimal,
    #[serde(default)]
    pub needs: Vec<Need>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reform {
    pub name: Prose,
    pub means: Prose,
    pub staff: Count,
    pub capital: Count,
    pub takes: Length,
    #[serde(default)]
    pub needs: Vec<Need>,
    #[serde(default)]
    pub moves: Moves,
    #[serde(default)]
    pub while_active: Moves,
    #[serde(default)]
    pub also: Vec<Effect>,
    pub why: Why,
}

/// A hidden trait of the counterpart: values with prior shares of 100.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trait {
    pub name: Prose,
    pub means: Prose,
    pub shares: Entries<Percent>,
    /// Words for the values in the debrief.
    pub says: Entries<Prose>,
}

/// One thing the counterpart can do.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    pub name: Prose,
    /// The seat that carries it out: an agency marked `outside`.
    pub seat: Id,
    /// Whether the player sees it. What is not seen counts as silence.
    #[serde(default = "yes")]
    pub visible: bool,
    /// It can be chosen only while these hold (public facts).
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Base weight, 1 to 1000.
    pub weight: Count,
    /// Public facts that make it likelier or less likely: factors in hundredths.
    #[serde(default)]
    pub more_if: Vec<Factor>,
    /// Factors in hundredths by world and by trait value: hidden from the player.
    #[serde(default)]
    pub by: Entries<Percent>,
    #[serde(default)]
    pub moves: Moves,
    #[serde(default)]
    pub also: Vec<Effect>,
    /// Not again for this long.
    pub rests: Option<Length>,
    /// It answers an act: chosen only in a turn with a public act by the player's government.
    #[serde(default)]
    pub answers_an_act: bool,
    /// One or more texts; one is drawn.
    pub texts: Vec<Text>,
    /// What it was for, opened in the debrief.
    pub meant: Prose,
}

/// Something the other side may work towards, step by step, whatever is done to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aim {
    pub name: Prose,
    pub means: Prose,
    /// The seat that works towards it: an agency marked `outside`.
    pub seat: Id,
    /// How likely it is drawn, against the others: 1 to 1000.
    pub weight: Count,
    /// What stands in its way, told to the player.
    pub guard: Prose,
    /// One after the other.
    pub steps: Entries<AimStep>,
    /// What it was for, and what was won where its last step was carried through: the debrief.
    pub meant: Prose,
    pub won: Prose,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AimStep {
    pub name: Prose,
    pub takes: Length,
    /// Half way there may be a sign: times in 100 that it is seen if the aim is pursued, and if it
    /// is not.
    pub seen: Percent,
    pub otherwise: Percent,
    pub sign: Text,
    /// What is said when no sign is seen.
    pub silence: Option<Prose>,
    /// At the end: what everybody sees. Without it nobody sees the step.
    pub act: Option<Text>,
    /// Times in 100 that the same act comes for other reasons, where the aim is not pursued.
    #[serde(default)]
    pub anyway: Percent,
    #[serde(default)]
    pub moves: Moves,
    #[serde(default)]
    pub also: Vec<Effect>,
    /// Public facts: while all hold the step stands still, or goes twice as fast; if all hold at its
    /// end it comes to nothing.
    #[serde(default)]
    pub slowed_if: Vec<Condition>,
    #[serde(default)]
    pub hastened_if: Vec<Condition>,
    #[serde(default)]
    pub stopped_if: Vec<Condition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    pub when: Vec<Condition>,
    pub times: Percent,
}

/// How an agency writes one-line replies, by stance or occasion.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Voice {
    pub presses: Vec<Prose>,
    pub supports: Vec<Prose>,
    pub concurs: Vec<Prose>,
    pub reserves: Vec<Prose>,
    pub objects: Vec<Prose>,
    pub blocks: Vec<Prose>,
    pub promise_kept: Vec<Prose>,
    pub promise_broken: Vec<Prose>,
    /// By instrument, in place of those above.
    pub of: Entries<Lines>,
}

/// Replies by stance to a draft of one instrument.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Lines {
    pub presses: Vec<Prose>,
    pub supports: Vec<Prose>,
    pub concurs: Vec<Prose>,
    pub reserves: Vec<Prose>,
    pub objects: Vec<Prose>,
    pub blocks: Vec<Prose>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codex {
    pub title: Prose,
    /// The abbreviation it spells out, if it is one.
    pub short: Option<Prose>,
    pub says: Prose,
    #[serde(default)]
    pub sources: Vec<Id>,
    #[serde(default)]
    pub see: Vec<Id>,
    /// Not shown before the debrief: it knows what came after.
    pub after: Option<Date>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Critic {
    pub title: Prose,
    pub says: Prose,
    pub sources: Vec<Id>,
    /// Shown in the debrief when these hold at the end; the first ones that hold are shown.
    #[serde(default)]
    pub when: Vec<Condition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The source; where it has parts, what is to be said of all of them.
    pub says: Option<Prose>,
    pub date: Option<Date>,
    /// Publications of several days.
    #[serde(default)]
    pub parts: Vec<SourcePart>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcePart {
    pub says: Prose,
    /// When it was out; without one it always was.
    pub date: Option<Date>,
}

/// A stretch of days in which things weigh more: a summit, a round of talks, a deadline.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub name: Prose,
    pub from: Date,
    pub to: Date,
    pub peak: Date,
    /// Heat at the peak, of 100; it rises and falls in a straight line from `floor`.
    pub heat: Percent,
    #[serde(default)]
    pub floor: Percent,
    /// Day from which the calendar shows it; without it, the turn in which it begins.
    pub known: Option<Date>,
    pub source: Option<Id>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Principal {
    pub agency: Id,
    /// Office and, where the record names them, the person.
    pub who: Prose,
    pub from: Date,
    /// The last day in office; from then until the next one takes it the office is vacant.
    #[serde(default)]
    pub until: Option<Date>,
    pub source: Option<Id>,
    /// Position points on instruments; with a sign: plus is for.
    #[serde(default)]
    pub leans: Entries<Decimal>,
    /// Changes to what the agency cares about while this person holds the office.
    #[serde(default)]
    pub cares: Entries<Decimal>,
}

/// An intrusion campaign: what is true of it is drawn once a game.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    pub name: Prose,
    /// The name stands for several.
    #[serde(default)]
    pub plural: bool,
    pub means: Prose,
    /// How it gets in and how far it reaches, in a line.
    pub route: Prose,
    /// For a campaign of record: the source that reports it. What is drawn of it is what can be
    /// shown. Without it the campaign is invented.
    #[serde(default)]
    pub record: Option<Id>,
    pub truth: Entries<Variable>,
    /// Values under which what it does is accepted espionage: punishing it is a mistake.
    #[serde(default)]
    pub espionage: Vec<Id>,
    /// What punishing it costs here, in hundredths of what the rulebook says.
    #[serde(default = "even")]
    pub espionage_costs: Percent,
    pub evidence: Entries<Evidence>,
    /// What it does in every 30 days at full activity.
    pub does: Moves,
    /// Half-life of the way back to full activity after a disruption.
    pub recovers: Length,
    /// Not on the board before this.
    #[serde(default)]
    pub appears: Vec<Condition>,
}

/// One hidden variable of a campaign.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// The question as the intelligence page asks it: "Who".
    pub asks: Prose,
    pub about: About,
    /// Prior shares of 100, by value.
    pub shares: Entries<Percent>,
    /// Shares under a value of an earlier variable: `{"criminal": {"nobody": 90, "firm_a": 10}}`.
    #[serde(default)]
    pub given: Entries<Entries<Percent>>,
    /// Words for the values: "contractor for the state".
    pub says: Entries<Prose>,
    /// How a value turns into another over 30 days, of 100: `{"state_unit": {"contractor": 5}}`.
    #[serde(default)]
    pub shifts: Entries<Entries<Percent>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum About {
    /// What was done and by whom. Never attached to an entity of record beyond its tag.
    Conduct,
    /// Whether what is on record can be proved.
    Proof,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    pub from: From,
    /// Time until it comes in once it is set going; for tasks the task's own time counts.
    pub takes: Option<Length>,
    /// Every item reaches all-source analysis; list what else it reaches.
    #[serde(default)]
    pub reaches: Vec<Audience>,
    /// How often it is seen, times in 100, under each value of ONE variable.
    pub seen_if: Entries<Percent>,
    /// What it costs to use it in public: a source burnt.
    #[serde(default)]
    pub burns: bool,
    pub text: Text,
    /// What is said when the search finds nothing.
    pub silence: Option<Prose>,
    #[serde(default)]
    pub moves: Moves,
}

#[derive(Debug, Deserialize)]
pub enum From {
    /// The next result of this task on this campaign.
    Task(Id),
    /// Comes by itself on this day.
    On(Date),
    /// Comes by itself with this chance of 100 in every 30 days.
    Passing(Percent),
    /// Only when an effect brings it (`Evidence(...)`, of a tell `Tell(...)`).
    Brought,
}

/// Something that can be aimed at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    pub name: Prose,
    pub short: Prose,
    pub means: Prose,
    pub kind: Kind,
    pub campaign: Option<Id>,
    /// For an entity of record: its tag and source. Without it the entity is invented.
    pub record: Option<OnRecord>,
    /// Which values of which variables make it so, by role. All variables named must hold.
    #[serde(default)]
    pub roles: Vec<RoleTest>,
    /// Scales what instruments do here at launch and while in force, in hundredths.
    #[serde(default = "even")]
    pub weight: Percent,
    #[serde(default)]
    pub appears: Vec<Condition>,
    /// What an instrument does to the first indicator it does to the second here.
    #[serde(default)]
    pub lands: Entries<Id>,
    /// Who minds that this target is named, while that holds.
    #[serde(default)]
    pub minds: Vec<Minds>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minds {
    pub agency: Id,
    /// Position points.
    pub points: Decimal,
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Why, as a reason: "it would tell of charges before their day".
    pub says: Prose,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnRecord {
    pub status: Status,
    pub source: Id,
    pub says: Prose,
    /// How that changes, day by day.
    #[serde(default)]
    pub then: Vec<ThenOnRecord>,
}

/// What the record says from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThenOnRecord {
    pub on: Date,
    pub status: Status,
    pub source: Id,
    pub says: Prose,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleTest {
    pub role: Role,
    /// Variable -> the values that make it so. Without any it is so whatever is drawn: it is law
    /// already.
    pub is: Entries<Vec<Id>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Status {
    Stated,
    Published,
    Enacted,
    Reported,
    Alleged,
    Admitted,
    Settled,
    Convicted,
    Acquitted,
    Disputed,
}

/// Every text says which of the two it is (law 10).
#[derive(Debug, Deserialize)]
pub enum Text {
    Record(RecordText),
    Simulated(SimulatedText),
    /// Of several, the first whose assumptions hold as it is told.
    First(Vec<Text>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordText {
    pub source: Id,
    #[serde(default)]
    pub also: Vec<Id>,
    pub status: Status,
    /// It is told only while these hold.
    #[serde(default)]
    pub assumes: Vec<Condition>,
    pub says: Prose,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SimulatedText {
    /// The institution that signs it: an agency id.
    pub by: Id,
    /// The recorded position it follows, where a source holds one: its id.
    #[serde(default)]
    pub follows: Option<Id>,
    /// It is told only while these hold.
    #[serde(default)]
    pub assumes: Vec<Condition>,
    pub says: Prose,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiveFile {
    pub name: Prose,
    /// Why it is on the desk, in a line.
    pub says: Prose,
    pub propose: Id,
    pub target: Id,
    pub sponsor: Id,
    /// How much of the pipeline is done, of 100.
    #[serde(default)]
    pub ready: Percent,
    /// The terms of the draft where they differ from the lead's usual draft.
    #[serde(default)]
    pub terms: Entries<Id>,
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// Opens when these hold (and not before `from`).
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Only `OpenFile` opens it.
    #[serde(default)]
    pub closed: bool,
    /// Position points of the sponsor while it is live.
    #[serde(default)]
    pub pushes: Decimal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum EventKind {
    News,
    Memo,
    Cable,
    Hill,
    Market,
    Office,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    pub kind: EventKind,
    /// A headline for news; what the memo is about for a memo.
    pub title: Prose,
    /// The agency it comes from, for memos and asks.
    pub from: Option<Id>,
    /// Happens in the turn that contains this day (if `when` holds then).
    pub on: Option<Date>,
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Chance in every 30 days while `when` holds, for events without a day. 100: at once.
    #[serde(default = "sure")]
    pub chance: Percent,
    /// Among events that could happen in the same turn and do not all fit, the likelier to come.
    #[serde(default = "ten")]
    pub weight: Count,
    /// It may happen again after this long; without it, once a game.
    pub rests: Option<Length>,
    /// Only other records set it off (`Chain`, leaks).
    #[serde(default)]
    pub chained: bool,
    pub text: Text,
    #[serde(default)]
    pub moves: Moves,
    #[serde(default)]
    pub also: Vec<Effect>,
    #[serde(default)]
    pub choices: Entries<Choice>,
    /// The choice that stands if the player makes none. Needed where there are choices.
    pub default: Option<Id>,
    /// The answer takes effect when it is given, not when the turn ends.
    #[serde(default)]
    pub at_once: bool,
}

fn sure() -> Percent {
    Percent::plain(100)
}
fn ten() -> Count {
    Count::plain(10)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What you do, as an instruction to yourself.
    pub say: Prose,
    #[serde(default)]
    pub staff: Count,
    #[serde(default)]
    pub capital: Count,
    #[serde(default)]
    pub needs: Vec<Need>,
    #[serde(default)]
    pub moves: Moves,
    #[serde(default)]
    pub also: Vec<Effect>,
    /// What follows, told on the next front page.
    pub then: Option<Text>,
    /// What agencies answer to it, side by side.
    #[serde(default)]
    pub replies: Vec<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposition {
    pub says: Prose,
    pub when: Vec<Condition>,
    /// Judged at the end of the turn that contains this day; without it, at the end of the game.
    pub by: Option<Date>,
    /// True once it has held at any turn's end up to then.
    #[serde(default)]
    pub ever: bool,
    /// The player may state a confidence in it.
    #[serde(default = "yes")]
    pub stated: bool,
    /// A checkpoint of the record that history's own orders do not command.
    #[serde(default)]
    pub checkpoint: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    pub title: Prose,
    pub when: Vec<Condition>,
    /// Ends the game in any turn. Otherwise it is looked at only after the last one.
    #[serde(default)]
    pub early: bool,
    pub says: Prose,
    /// Further lines: each whose conditions hold at the end.
    #[serde(default)]
    pub lines: Vec<CloseLine>,
    /// A further paragraph by world.
    #[serde(default)]
    pub by_world: Entries<Prose>,
}

/// A dated order of history, an experiment or a test.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub on: Date,
    pub source: Option<Id>,
    #[serde(default)]
    pub note: Prose,
    pub order: super::named::Named,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    pub claim: Prose,
    pub policy: Vec<Step>,
    #[serde(default)]
    pub against: Vec<Step>,
    pub watch: Id,
    pub at: Date,
    pub expect: Entries<Expect>,
    pub source: Option<Id>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Expect {
    Lower,
    Same,
    Higher,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    pub says: Prose,
    pub seed: Option<u64>,
    pub world: Option<Id>,
    #[serde(default)]
    pub orders: Vec<Step>,
    /// Must hold at the end of the turn that contains the day.
    pub holds: Vec<Assertion>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    pub on: Date,
    pub when: Vec<Condition>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Teaching {
    pub goals: Vec<Prose>,
    pub questions: Vec<Prose>,
    pub notes: Prose,
    /// What happened afterwards, told only in the debrief, with sources.
    pub aftermath: Vec<Text>,
    /// Which parts are the designer's judgement.
    pub cautions: Vec<Prose>,
}

/// Where a modelling choice comes from.
#[derive(Debug, Deserialize)]
pub enum Why {
    /// The designer's judgement, with a word of reason.
    Judgement(Prose),
    /// A source id.
    Source(Id),
}

/// A closed tree over public facts and, where marked, hidden ones. A list means all.
#[derive(Debug, Deserialize)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The true value of the indicator is at or above / below the number.
    AtLeast(Id, Decimal),
    Below(Id, Decimal),
    /// The event has happened.
    Fired(Id),
    /// That choice was made in the event.
    Chose(Id, Id),
    Flag(Id),
    /// On the agenda's outcome last turn or earlier.
    Cleared(Id),
    /// Turned down (returned or blocked) at least once.
    Refused(Id),
    /// The agency was among those whose vote turned it down, at least once: instrument, agency.
    StoppedBy(Id, Id),
    /// Took effect at least once.
    Launched(Id),
    /// Took effect against this target.
    LaunchedOn(Id, Id),
    /// Took effect in the turn just ended.
    JustLaunched(Id),
    /// Took effect with this value of this term in the turn just ended: instrument, term, value.
    JustLaunchedWith(Id, Id, Id),
    /// In force now.
    Active(Id),
    /// In force now against this target with this value of this term: instrument, target, term,
    /// value.
    ActiveWith(Id, Id, Id, Id),
    /// In the pipeline.
    Pending(Id),
    /// In the pipeline or in force against this target.
    Stands(Id, Id),
    /// A file for it, built on your order, lies ready and is not used yet.
    Built(Id),
    /// A window is open.
    InWindow(Id),
    /// Some window is open with at least this heat, of 100.
    HeatAtLeast(Percent),
    HeatAhead(Percent),
    /// The day has come / has not yet come.
    From(Date),
    Before(Date),
    Responded(Id),
    /// Answered so in the turn just ended.
    JustResponded(Id),
    /// The item was found.
    Found(Id, Id),
    /// All-source analysis gives the value at least this probability: campaign, value, of 100.
    Believed(Id, Id, Percent),
    /// HIDDEN: the value is true. Not for anything the player is shown a preview of.
    True(Id, Id),
    /// HIDDEN: the world drawn.
    World(Id),
    Relation(Id, Decimal),
    Promised(Id),
    Broke(Id),
    Kept(Id),
    Reformed(Id),
    Asked(Id),
    TaskDone(Id),
    /// The guidance gives this lens at least so many points.
    Guided(Id, Count),
    /// At least so many public acts of this lane took effect in the last 60 days.
    ActsAtLeast(Lane, Count),
    /// So many signs and acts of the aim have been seen.
    Noticed(Id, Count),
    /// HIDDEN: the aim was pursued, and its last step carried through.
    Won(Id),
}

/// What a record does besides moving indicators.
#[derive(Debug, Deserialize)]
pub enum Effect {
    SetFlag(Id),
    ClearFlag(Id),
    /// Relationship with an agency, -100 to 100.
    Relation(Id, Decimal),
    /// Position points of an agency on an instrument, from now on.
    Lean(Id, Id, Decimal),
    /// Sets off an event after a time.
    Chain(Id, Length),
    /// Brings an evidence item in (with its own draw whether it is seen).
    Evidence(Id, Id),
    /// The same of a tell: something that will show how the other side works.
    Tell(Id),
    OpenFile(Id),
    CloseFile(Id),
    /// Adds to how far a live file's pipeline is done.
    Ready(Id, Percent),
    /// Agency busy for this long: concurs less.
    Busy(Id, Length),
    /// Renews the force of what is in force, of 100.
    Refresh(Id, Percent),
    /// Cuts a campaign's activity by this share.
    Disrupt(Id, Percent),
    /// Everything in force of this instrument ends.
    End(Id),
    /// The instrument takes effect at once against the target, with the lead's draft: for
    /// instruments that are not the player's (charges, tariffs). Not allowed in `also_on_launch`.
    Launch(Id, Id),
    /// The aim is given up, whether or not it was pursued.
    Halt(Id),
    /// Other points are given: the guidance of a profile, as a new President brings it. It may be
    /// amended once more.
    Guidance(Id),
}
