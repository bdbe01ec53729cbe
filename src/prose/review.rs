//! What the debrief says, as plain data. Everything hidden is opened here and nowhere before.

use serde::Serialize;

use crate::scenario::model::{AgencyIx, IndicatorIx, LensIx, Name};
use crate::scenario::wire;

use super::facts::{AssumptionRow, Item, Likelihood};
use crate::num::Milli;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LensRow {
    pub lens: LensIx,
    pub name: String,
    pub means: String,
    /// The player's guidance, of twelve.
    pub points: u8,
    /// 0 to 100 in thousandths, on the indicators' own ranges.
    #[serde(serialize_with = "wire::decimal")]
    pub raw: Milli,
    pub raw_text: String,
}

/// One indicator over the game beside the designer's line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LineRow {
    pub indicator: IndicatorIx,
    pub name: String,
    #[serde(serialize_with = "wire::decimal")]
    pub least: Milli,
    #[serde(serialize_with = "wire::decimal")]
    pub most: Milli,
    /// True values at each opening and after the last end.
    #[serde(serialize_with = "wire::decimals")]
    pub values: Vec<Milli>,
    /// What was seen then.
    #[serde(serialize_with = "wire::decimals")]
    pub seen: Vec<Milli>,
    /// (turn, value) of the designer's line.
    #[serde(serialize_with = "wire::by_turn")]
    pub history: Vec<(usize, Milli)>,
    /// Orders of note: (turn, what).
    pub marks: Vec<(usize, String)>,
    /// "64 → 41: −23 over 14 turns".
    pub text: String,
}

impl LineRow {
    /// Least and most of a picture: all of both lines, and at least a fifth of the range.
    pub fn scale(&self) -> (Milli, Milli) {
        let all = || self.values.iter().copied().chain(self.history.iter().map(|h| h.1));
        let (low, high) = (all().min().unwrap_or(self.least), all().max().unwrap_or(self.most));
        let span = (i64::from(self.most) - i64::from(self.least)).max(5) / 5;
        if i64::from(high) - i64::from(low) >= span {
            return (low, high);
        }
        // Widened evenly, within what the value can be.
        let span = i32::try_from(span).unwrap_or(i32::MAX / 4);
        let low = low.saturating_sub((span - (high - low)) / 2).max(self.least);
        (low, low.saturating_add(span).max(high))
    }
}

/// A cause over the whole game, exactly.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CauseRow {
    pub indicator: IndicatorIx,
    /// The indicator's name, whether or not it stands on the desk.
    pub name: String,
    #[serde(serialize_with = "wire::decimal")]
    pub amount: Milli,
    pub amount_text: String,
    pub text: String,
    /// The decision, event or draw it goes back to.
    pub origin: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TurnRow {
    pub turn: usize,
    pub date: String,
    /// The player's orders, each in words with its reason.
    pub orders: Vec<String>,
    /// What came of them.
    pub results: Vec<String>,
    /// What happened besides.
    pub events: Vec<String>,
    /// The other side: what it did, seen or not, and what it meant.
    pub response: String,
    pub seen: bool,
    pub meant: String,
    /// Belief in each world after the turn.
    pub worlds: Vec<Likelihood>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TruthRow {
    pub campaign: String,
    pub asks: Name,
    /// What was true, "drawn for this game".
    pub truth: String,
    /// What the player's belief in it was at the end.
    pub believed: Likelihood,
    /// What the record says of the campaign, with its status; on its first question only.
    pub record: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct WorldPart {
    pub name: String,
    pub means: String,
    pub tells: Vec<String>,
    /// Belief at the end, each world.
    pub belief: Vec<Likelihood>,
    /// The counterpart's traits as drawn.
    pub traits: Vec<(String, String)>,
    /// What was there to be seen.
    pub evidence: Vec<Item>,
    pub fixed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CalibrationPart {
    /// Each stated confidence and what came of it.
    pub rows: Vec<String>,
    /// Brier score, shown from twenty on; else what is missing.
    pub score: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AdviserRow {
    pub agency: AgencyIx,
    pub name: String,
    pub hits: u8,
    pub checks: u8,
    pub text: String,
}

/// An order without which the game would have ended otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TurningRow {
    pub turn: usize,
    /// "turn 3, 1 Oct".
    pub when: String,
    /// The order, with the player's reason.
    pub what: Name,
    /// What would stand elsewhere without it, on average over draws of luck.
    pub without: String,
    /// On the whole it served what the guidance says.
    pub served: bool,
}

/// What another makes of the same draw.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct MarkRow {
    /// "Nothing ordered".
    pub who: String,
    /// By the points of this game's guidance, 0 to 100 in thousandths.
    #[serde(serialize_with = "wire::decimal")]
    pub outcome: Milli,
    pub outcome_text: String,
    /// How it ends.
    pub ending: String,
    /// The measures that took effect there, each with the opening of its turn; empty where none
    /// did.
    pub did: String,
}

/// The game among those of a careful player on other draws.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PlaceRow {
    pub games: usize,
    /// Those that come out lower.
    pub below: usize,
    /// Eight of ten lie between these.
    #[serde(serialize_with = "wire::decimal")]
    pub low: Milli,
    #[serde(serialize_with = "wire::decimal")]
    pub high: Milli,
    pub text: String,
}

impl Standing {
    /// Whether a player who looks ahead is among the marks.
    pub fn has_planner(&self) -> bool {
        self.marks.len() > UNASKED
    }
}

/// Marks that stand there unasked.
const UNASKED: usize = 2;

/// The game by its own guidance. No face shows the figure without the marks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Standing {
    /// The mean of the lenses' raw scores by the points of the guidance, 0 to 100 in thousandths.
    #[serde(serialize_with = "wire::decimal")]
    pub outcome: Milli,
    pub outcome_text: String,
    /// "by your priorities"; "by the points that stood" where no guidance was written.
    pub by: String,
    /// The same draw: nothing ordered, a careful player, and a player who looks ahead once that was
    /// asked for.
    pub marks: Vec<MarkRow>,
    pub place: PlaceRow,
    /// "Against the same draw with nothing ordered: theft tempo −9 and allies +21."
    pub yours: String,
    /// The figure and the marks in one sentence.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Debrief {
    /// False: the game is not over, and what is hidden stays hidden.
    pub over: bool,
    pub scenario: String,
    pub title: String,
    pub ending: Vec<String>,
    /// What a lesson says of it, a line each.
    pub lesson: Vec<String>,
    /// The lesson played again with the other answers.
    pub luck: Vec<String>,
    /// What comes after the lesson.
    pub next: String,
    /// "By this scenario's assumptions …"
    pub premise: String,
    pub lenses: Vec<LensRow>,
    pub guidance: String,
    /// The player wrote the guidance; else a profile stood in for it.
    pub guided: bool,
    /// The game by its guidance, between its marks; none while it goes on, and of a lesson.
    pub standing: Option<Standing>,
    /// Three at most, the one that made the most difference first.
    pub turning: Vec<TurningRow>,
    /// What the same orders come to on other luck: "stable: …" or "fragile: …".
    pub luck_says: String,
    pub lines: Vec<LineRow>,
    pub causes: Vec<CauseRow>,
    pub turns: Vec<TurnRow>,
    pub world: WorldPart,
    pub truths: Vec<TruthRow>,
    pub calibration: CalibrationPart,
    pub advisers: Vec<AdviserRow>,
    pub critics: Vec<Item>,
    pub questions: Vec<String>,
    pub aftermath: Vec<Item>,
    pub cautions: Vec<String>,
    /// The record's own course, with dates and sources.
    pub history: Vec<String>,
    /// Everything that moved one indicator, by turn, exactly: opened on demand.
    pub ledger_note: String,
}

/// Which game a debrief is of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Played {
    /// The scenario's id.
    pub scenario: String,
    pub seed: u64,
    /// That were ended.
    pub turns: usize,
    pub of: usize,
    pub from: String,
    /// The day of the end; while the game goes on, the day it stands on.
    pub until: String,
    /// Turns (from 0) from whose opening the luck is another, each with its seed.
    pub branches: Vec<(usize, u64)>,
    /// Those set for this game.
    pub assumptions: Vec<AssumptionRow>,
    pub on_the_record: bool,
}

/// One thing of two games.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PairRow {
    pub name: String,
    pub left: String,
    pub right: String,
}

/// A turn in which two games ordered otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PairTurn {
    /// From 0.
    pub turn: usize,
    /// "1 Oct".
    pub date: String,
    /// Orders in words, each with its reason; a line where there were none.
    pub left: Vec<String>,
    pub right: Vec<String>,
}

/// One of two games.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SideRow {
    /// The name of its run.
    pub run: String,
    pub ending: String,
    pub guidance: String,
    /// Between the marks of its own draw; none of a lesson.
    pub standing: Option<Standing>,
}

/// Two games of one scenario that are over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Comparison {
    pub scenario: String,
    /// "The same draw: …", "Not the same draw: …".
    pub draw: String,
    /// "By this scenario's assumptions …"
    pub premise: String,
    /// Two.
    pub sides: Vec<SideRow>,
    /// Raw scores, of 100.
    pub lenses: Vec<PairRow>,
    /// Values of the desk at the end.
    pub values: Vec<PairRow>,
    /// In which turns they ordered the same.
    pub alike: String,
    pub turns: Vec<PairTurn>,
}
