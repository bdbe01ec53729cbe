//! The plan of a game: what its finished tables say of every turn alike.

#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a plan is made of finished rules: no index dangles, every table is bounded"
)]

use super::super::model::{Condition, EventIx, From, IndicatorIx, Rules, TargetIx, TermIx, Turn};
use super::super::plan::{Draw, InstrumentPlan, Plan, Step, TurnPlan};
use crate::num::{ONE, byte, keep};

pub fn plan(rules: &Rules) -> Plan {
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
                p.terms_if.push((TermIx::at(n), byte(v)));
            }
        }
    }
    p.asks = mask(rules.asks.iter().map(|a| a.needs.is_empty()));
    p.promises = mask(rules.promises.iter().map(|a| a.needs.is_empty()));
    p.reforms = mask(rules.reforms.iter().map(|a| a.needs.is_empty()));
    p.believed = (0..rules.agencies.len())
        .map(|a| rules.flows.iter().map(|f| f.rate_believed.get(a).copied().unwrap_or(0)).collect())
        .collect();
    let half_life = u16::try_from(rules.tuning.relation_half_life / ONE).unwrap_or(0);
    let left = |t: &Turn| if half_life == 0 { 1 << 16 } else { keep(t.days, half_life) };
    p.relations = rules.turns.iter().map(left).collect();
    p.products = (0..rules.indicators.len())
        .map(IndicatorIx::at)
        .filter(|i| rules.indicators[*i].product.is_some())
        .collect();
    p.instruments = (0..rules.instruments.len()).map(|n| instrument(rules, n)).collect();
    p
}

fn mask(bits: impl Iterator<Item = bool>) -> u32 {
    bits.enumerate().fold(0, |m, (n, b)| m | u32::from(b) << n)
}

fn turn(rules: &Rules, n: usize, t: &Turn) -> TurnPlan {
    // Nothing comes or changes by itself when the last turn has been played.
    let is_played = n < rules.played();
    let comes = |from: &From| match from {
        _ if !is_played => 0,
        From::On(day) if *day > t.opens && *day <= t.ends => Draw::CERTAIN,
        From::Passing(percent) => t.chance[(*percent).min(100) as usize],
        From::On(_) | From::Task(_) | From::Brought => 0,
    };
    let mut plan = TurnPlan::default();
    for (e, event) in rules.events.iter().enumerate() {
        match event.on {
            _ if !rules.may_come(EventIx::at(e), n) => {}
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
    for (c, campaign) in rules.campaigns.iter().enumerate().filter(|_| is_played) {
        let Some(matrix) = campaign.shift.get(n).filter(|m| !m.is_empty()) else { continue };
        let steps =
            matrix.iter().enumerate().filter(|(_, share)| **share != 0).map(|(at, share)| Step {
                from: byte(at / campaign.cells),
                to: byte(at % campaign.cells),
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
