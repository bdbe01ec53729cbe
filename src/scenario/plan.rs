//! What follows from the rules alone and every turn of every game would work out again: which
//! conditions are empty, what is dated in which turn, which transitions are not nothing. Made once
//! at load by `resolve`; no choice is made in it, and everything it says can be read off the tables
//! it was made from.

use crate::luck::Site;
use crate::num::Milli;

use super::index::{EventIx, IndicatorIx, TargetIx, TermIx, limits};

/// A transition of a hidden type that has a chance.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub from: u8,
    pub to: u8,
    /// 2^-16.
    pub share: u32,
}

/// A draw made in every turn for as long as its subject has not happened.
#[derive(Debug, Clone, Copy)]
pub struct Draw {
    pub site: Site,
    /// 2^-32 over the turn; 0: cannot come this turn; more than a whole: comes without a draw.
    pub chance: u64,
}

impl Draw {
    /// Comes without a draw.
    pub const CERTAIN: u64 = u64::MAX;
}

#[derive(Debug, Clone, Default)]
pub struct TurnPlan {
    /// Events dated in the turn.
    pub dated: Vec<EventIx>,
    /// Events that may happen by chance and condition, with the chance over this turn.
    pub chances: Vec<(EventIx, Draw)>,
    /// By item of evidence.
    pub arrivals: Vec<Draw>,
    /// By tell; those a task brings have no draw.
    pub tells: Vec<Draw>,
    /// By campaign with hidden types that shift: its transitions, by `from`.
    pub shifts: Vec<(usize, Vec<Step>)>,
}

#[derive(Debug, Clone, Default)]
pub struct InstrumentPlan {
    /// Targets that pass the law without a test.
    pub free: u32,
    /// Targets that have tests.
    pub tested: u32,
}

#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub turns: Vec<TurnPlan>,
    pub instruments: Vec<InstrumentPlan>,
    /// By agency and flow: the rate it believes in.
    pub believed: Vec<Vec<Milli>>,
    /// By turn: what is left of a relationship's distance from its start, 2^-16.
    pub relations: Vec<u32>,
    /// Indicators that are products of others.
    pub products: Vec<IndicatorIx>,
    /// Targets that stand on the board whatever happens, and those with a condition.
    pub known: u32,
    pub known_if: Vec<TargetIx>,
    /// Campaigns that show whatever happens.
    pub campaigns: u8,
    /// Term values on offer whatever happens, and those with a condition.
    pub terms: [u8; limits::TERMS],
    pub terms_if: Vec<(TermIx, u8)>,
    /// Asks, promises and reforms without needs.
    pub asks: u32,
    pub promises: u32,
    pub reforms: u32,
}
