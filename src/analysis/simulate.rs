//! Many games by one policy, on one or more threads, with the same answer on any number of them.
//!
//! Game i uses seed S + i. Each game leaves a small record of whole numbers in its own place;
//! statistics are made afterwards in game order, so the thread count cannot show.

use std::collections::BTreeMap;

use crate::engine::Start;
use crate::engine::player::Count;
use crate::engine::{NoLedger, Situation, outcome};
use crate::num::{Milli, ONE};
use crate::policy::Policy;
use crate::scenario::model::{LensIx, Rules, WorldIx, limits};

use super::reference::References;

/// What to play.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub games: u32,
    pub seed: u64,
    pub threads: usize,
    pub world: Option<WorldIx>,
    pub guidance: Option<[u8; limits::LENSES]>,
}

/// What one game left.
#[derive(Debug, Clone, Copy)]
pub struct Game {
    pub digest: u128,
    pub world: u8,
    pub turns: u8,
    pub ending: u8,
    pub decisions: u32,
    pub refused: u32,
    pub guidance: [u8; limits::LENSES],
    pub lenses: [Milli; limits::LENSES],
    pub value: [Milli; limits::INDICATORS],
    /// Bits by response and counts by event.
    pub responded: u32,
    pub fired: [u64; limits::EVENTS.div_ceil(64)],
    pub tally: [crate::engine::items::Tally; limits::INSTRUMENTS],
    /// Propositions that held, as a mask.
    pub held: u32,
    /// Probability the player's evidence gives the true world, and the truth of each campaign
    /// variable, thousandths.
    pub world_share: Milli,
}

/// Plays the games; the result stands in game order.
pub fn play(rules: &Rules, policy: &Policy, plan: &Plan) -> Vec<Game> {
    let empty = Game {
        digest: 0,
        world: 0,
        turns: 0,
        ending: 0,
        decisions: 0,
        refused: 0,
        guidance: [0; limits::LENSES],
        lenses: [0; limits::LENSES],
        value: [0; limits::INDICATORS],
        responded: 0,
        fired: [0; limits::EVENTS.div_ceil(64)],
        tally: [crate::engine::items::Tally::default(); limits::INSTRUMENTS],
        held: 0,
        world_share: 0,
    };
    let mut games = vec![empty; plan.games as usize];
    let threads = plan.threads.max(1);
    let part = games.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for (n, chunk) in games.chunks_mut(part).enumerate() {
            let first = plan.seed.wrapping_add((n * part) as u64);
            scope.spawn(move || {
                for (i, game) in chunk.iter_mut().enumerate() {
                    *game = one(rules, policy, first.wrapping_add(i as u64), plan);
                }
            });
        }
    });
    games
}

fn one(rules: &Rules, policy: &Policy, seed: u64, plan: &Plan) -> Game {
    let mut s = Situation::setup(
        rules,
        Start { seed, world: plan.world, ..Start::default() },
        &mut NoLedger,
    );
    let count = policy.game(rules, &mut s, plan.guidance, &mut NoLedger);
    record(rules, &s, count)
}

/// The record of a finished game.
pub fn record(rules: &Rules, s: &Situation, count: Count) -> Game {
    let mut lenses = [0; limits::LENSES];
    for (n, l) in lenses.iter_mut().enumerate().take(rules.lenses.len()) {
        *l = outcome::raw_lens(rules, s, LensIx::at(n));
    }
    let mut fired = [0u64; limits::EVENTS.div_ceil(64)];
    for (n, f) in s.events_fired.iter().enumerate() {
        if *f > 0 {
            fired[n / 64] |= 1 << (n % 64);
        }
    }
    let mut held = 0;
    for (n, j) in s.judged.iter().enumerate() {
        held |= u32::from(*j == 1) << n;
    }
    let cells = rules.trait_cells.max(1);
    let mask = ((1u64 << cells) - 1) << (usize::from(s.hidden().world) * cells);
    let world_share =
        crate::engine::belief::share(&s.world_belief[..rules.world_prior.len()], mask);
    Game {
        digest: s.digest(),
        world: s.hidden().world,
        turns: s.turn,
        ending: s.ending,
        decisions: count.decisions,
        refused: count.refused,
        guidance: s.guidance,
        lenses,
        value: s.hidden().value,
        responded: s.responded,
        fired,
        tally: s.tally,
        held,
        world_share,
    }
}

/// Mean and spread of a set of numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spread {
    pub mean: f64,
    pub p10: f64,
    pub p50: f64,
    pub p90: f64,
    /// Standard error of the mean.
    pub error: f64,
}

impl Spread {
    pub fn of(mut n: Vec<f64>) -> Spread {
        if n.is_empty() {
            return Spread::default();
        }
        n.sort_by(f64::total_cmp);
        let len = n.len() as f64;
        let mean = n.iter().sum::<f64>() / len;
        let variance =
            n.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (len - 1.0).max(1.0);
        let at = |share: f64| n[(((len - 1.0) * share).round() as usize).min(n.len() - 1)];
        Spread { mean, p10: at(0.1), p50: at(0.5), p90: at(0.9), error: (variance / len).sqrt() }
    }
}

/// The guidance-weighted outcome of a game on the reference scale: for policies and bars only.
pub fn total(
    rules: &Rules,
    references: &References,
    game: &Game,
    guidance: &[u8; limits::LENSES],
) -> f64 {
    let mut sum = 0.0;
    let mut points = 0.0;
    for n in 0..rules.lenses.len() {
        let p = f64::from(guidance[n]);
        sum += p * references.scale(rules, n, game.lenses[n]);
        points += p;
    }
    if points > 0.0 { sum / points } else { 0.0 }
}

/// The statistics of a simulation, keyed by id.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    pub games: u32,
    pub turns: u64,
    pub decisions: u64,
    pub refused: u64,
    pub outcome: Spread,
    pub lenses: BTreeMap<String, Spread>,
    pub endings: BTreeMap<String, u32>,
    pub indicators: BTreeMap<String, Spread>,
    /// proposed, cleared, returned, blocked, launched.
    pub instruments: BTreeMap<String, [u64; 5]>,
    pub events: BTreeMap<String, u32>,
    pub responses: BTreeMap<String, u32>,
    pub propositions: BTreeMap<String, u32>,
    pub worlds: BTreeMap<String, u32>,
    pub world_share: Spread,
    pub digest: u128,
}

pub fn summary(
    rules: &Rules,
    references: &References,
    games: &[Game],
    guidance: Option<[u8; limits::LENSES]>,
) -> Summary {
    let milli = |n: Milli| f64::from(n) / f64::from(ONE);
    let mut out =
        Summary { games: u32::try_from(games.len()).unwrap_or(u32::MAX), ..Summary::default() };
    for g in games {
        out.turns += u64::from(g.turns);
        out.decisions += u64::from(g.decisions);
        out.refused += u64::from(g.refused);
        out.digest = fold(out.digest, g.digest);
        if let Some(e) = rules.endings.get(usize::from(g.ending)) {
            *out.endings.entry(e.id.clone()).or_default() += 1;
        }
        if let Some(w) = rules.worlds.get(usize::from(g.world)) {
            *out.worlds.entry(w.id.clone()).or_default() += 1;
        }
        for (n, e) in rules.events.iter().enumerate() {
            let fired = g.fired[n / 64] & (1 << (n % 64)) != 0;
            *out.events.entry(e.id.clone()).or_default() += u32::from(fired);
        }
        for (n, r) in rules.responses.iter().enumerate() {
            *out.responses.entry(r.id.clone()).or_default() +=
                u32::from(g.responded & (1 << n) != 0);
        }
        for (n, p) in rules.propositions.iter().enumerate() {
            *out.propositions.entry(p.id.clone()).or_default() += u32::from(g.held & (1 << n) != 0);
        }
        for (n, i) in rules.instruments.iter().enumerate() {
            let t = g.tally[n];
            let row = out.instruments.entry(i.id.clone()).or_default();
            for (cell, by) in
                row.iter_mut().zip([t.proposed, t.cleared, t.returned, t.blocked, t.launched])
            {
                *cell += u64::from(by);
            }
        }
    }
    out.outcome = Spread::of(
        games
            .iter()
            .map(|g| total(rules, references, g, &guidance.unwrap_or(g.guidance)))
            .collect(),
    );
    for (n, l) in rules.lenses.iter().enumerate() {
        let scaled = games.iter().map(|g| references.scale(rules, n, g.lenses[n])).collect();
        out.lenses.insert(l.id.clone(), Spread::of(scaled));
    }
    for (n, i) in rules.indicators.iter().enumerate() {
        out.indicators
            .insert(i.id.clone(), Spread::of(games.iter().map(|g| milli(g.value[n])).collect()));
    }
    out.world_share = Spread::of(games.iter().map(|g| milli(g.world_share)).collect());
    out
}

/// Folds digests in game order.
fn fold(all: u128, one: u128) -> u128 {
    (all.rotate_left(41) ^ one).wrapping_mul(0x9e37_79b9_7f4a_7c15_d6e8_feb8_6659_fd93)
}
