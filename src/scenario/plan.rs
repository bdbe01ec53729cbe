//! What follows from the rules alone and every turn of every game would work out again: which
//! conditions are empty, what is dated in which turn, which transitions are not nothing. Made once
//! at load; no choice is made here, and everything it says can be read off the tables it was made
//! from.

use crate::luck::Site;
use crate::num::Milli;

use super::model::{Condition, EventIx, IndicatorIx, Rules, TargetIx, TermIx, Turn, limits};

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

impl Plan {
    pub fn of(rules: &Rules) -> Plan {
        let mut p = Plan {
            turns: rules.turns.iter().enumerate().map(|(n, t)| turn(rules, n, t)).collect(),
            ..Plan::default()
        };
        for (n, c) in rules.campaigns.iter().enumerate() {
            p.campaigns |= u8::from(c.appears.is_empty()) << n;
        }
        for (n, t) in rules.targets.iter().enumerate() {
            let campaign: &[Condition] = t.campaign.map_or(&[], |c| &rules.campaigns[c].appears);
            if t.appears.is_empty() && campaign.is_empty() {
                p.known |= 1 << n;
            } else {
                p.known_if.push(TargetIx::at(n));
            }
        }
        for (n, t) in rules.terms.iter().enumerate() {
            for (v, value) in t.values.iter().enumerate() {
                if value.needs.is_empty() {
                    p.terms[n] |= 1 << v;
                } else {
                    p.terms_if.push((TermIx::at(n), u8::try_from(v).unwrap_or(0)));
                }
            }
        }
        p.asks = mask(rules.asks.iter().map(|a| a.needs.is_empty()));
        p.promises = mask(rules.promises.iter().map(|a| a.needs.is_empty()));
        p.reforms = mask(rules.reforms.iter().map(|a| a.needs.is_empty()));
        p.believed = (0..rules.agencies.len())
            .map(|a| {
                rules.flows.iter().map(|f| f.rate_believed.get(a).copied().unwrap_or(0)).collect()
            })
            .collect();
        p.products = (0..rules.indicators.len())
            .map(IndicatorIx::at)
            .filter(|i| rules.indicators[*i].product.is_some())
            .collect();
        p.instruments = (0..rules.instruments.len()).map(|n| instrument(rules, n)).collect();
        p
    }
}

fn mask(bits: impl Iterator<Item = bool>) -> u32 {
    bits.enumerate().fold(0, |m, (n, b)| m | u32::from(b) << n)
}

fn turn(rules: &Rules, n: usize, t: &Turn) -> TurnPlan {
    use super::model::From;
    let comes = |from: &From| match from {
        From::On(day) if *day > t.opens && *day <= t.ends => Draw::CERTAIN,
        From::Passing(percent) => t.chance[(*percent).min(100) as usize],
        From::On(_) | From::Task(_) | From::Brought => 0,
    };
    let mut plan = TurnPlan::default();
    for (e, event) in rules.events.iter().enumerate() {
        match event.on {
            Some(on) if on > t.opens && on <= t.ends => plan.dated.push(EventIx::at(e)),
            None if !event.chained && event.chance > 0 => {
                let chance = t.chance[event.chance.min(100) as usize];
                plan.chances.push((EventIx::at(e), Draw { site: event.site, chance }));
            }
            _ => {}
        }
    }
    plan.arrivals =
        rules.evidence.iter().map(|e| Draw { site: e.site, chance: comes(&e.from) }).collect();
    plan.tells =
        rules.tells.iter().map(|e| Draw { site: e.site, chance: comes(&e.from) }).collect();
    for (c, campaign) in rules.campaigns.iter().enumerate() {
        let Some(matrix) = campaign.shift.get(n).filter(|m| !m.is_empty()) else { continue };
        let steps =
            matrix.iter().enumerate().filter(|(_, share)| **share != 0).map(|(at, share)| Step {
                from: u8::try_from(at / campaign.cells).unwrap_or(0),
                to: u8::try_from(at % campaign.cells).unwrap_or(0),
                share: *share,
            });
        plan.shifts.push((c, steps.collect()));
    }
    plan
}

fn instrument(rules: &Rules, n: usize) -> InstrumentPlan {
    let ins = &rules.instruments[n];
    let mut p = InstrumentPlan::default();
    for (t, tests) in rules.gate_tests[n].iter().enumerate() {
        if !tests.is_empty() {
            p.tested |= 1 << t;
        } else if ins.gates.is_empty() {
            p.free |= 1 << t;
        }
    }
    p
}
