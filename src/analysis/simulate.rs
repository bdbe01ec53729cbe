//! Many games by one policy, on one or more threads, with the same answer on any number of them.
//!
//! Game i uses seed S + i. Each game leaves a small record of whole numbers in its own place. They
//! are played in batches, and the statistics take each batch in game order: so the thread count
//! cannot show, and memory does not grow with the number of games (but for one number a game).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::player::Count;
use crate::engine::{Order, Situation, Start, belief, outcome};
use crate::game;
use crate::num::{Milli, ONE};
use crate::policy::{Policy, orders_of};
use crate::scenario::model::{LensIx, Rules, WorldIx, limits};

use super::funnel::{self, Funnel, Listener, Seen, Steps};
use super::parts;
use super::reference::References;
use super::standing;

/// What to play.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub games: u32,
    pub seed: u64,
    pub threads: usize,
    pub world: Option<WorldIx>,
    pub guidance: Option<[u8; limits::LENSES]>,
}

impl Plan {
    fn start(&self, seed: u64) -> Start {
        Start { seed, world: self.world, ..Start::default() }
    }
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
    pub steps: [Steps; limits::INSTRUMENTS],
    /// Propositions that held, as a mask.
    pub held: u32,
    /// Probability the player's evidence gives the true world, and the truth of each campaign
    /// variable, thousandths.
    pub world_share: Milli,
}

impl Game {
    /// Whether the event at this place of the table came.
    pub fn has_fired(&self, event: usize) -> bool {
        self.fired[event / 64] & (1 << (event % 64)) != 0
    }
}

/// What was played.
#[derive(Debug)]
pub struct Played {
    /// In game order.
    pub games: Vec<Game>,
    /// Of all of them together.
    pub seen: Seen,
}

/// Plays the games; the result stands in game order.
pub fn play(rules: &Rules, policy: &Policy, plan: &Plan) -> Vec<Game> {
    play_and_see(rules, policy, plan).games
}

/// Plays the games, and counts over all of them.
pub fn play_and_see(rules: &Rules, policy: &Policy, plan: &Plan) -> Played {
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
        steps: [Steps::default(); limits::INSTRUMENTS],
        held: 0,
        world_share: 0,
    };
    let mut games = vec![empty; plan.games as usize];
    let part = games.len().div_ceil(plan.threads.max(1)).max(1);
    let mut chunks: Vec<(&mut [Game], Seen)> =
        games.chunks_mut(part).map(|games| (games, Seen::none(rules))).collect();
    parts::work(&mut chunks, plan.threads, |n, (games, seen)| {
        let first = plan.seed.wrapping_add((n * part) as u64);
        let mut listener = Listener::new(rules);
        for (i, game) in games.iter_mut().enumerate() {
            let seed = first.wrapping_add(i as u64);
            *game = one(rules, policy, seed, plan, &mut listener);
        }
        *seen = listener.seen();
    });
    let mut seen = Seen::none(rules);
    for (_, more) in &chunks {
        seen.add(more);
    }
    Played { games, seen }
}

fn one(rules: &Rules, policy: &Policy, seed: u64, plan: &Plan, listener: &mut Listener) -> Game {
    let mut s = Situation::setup(rules, plan.start(seed), listener);
    let count = policy.game(rules, &mut s, plan.guidance, listener);
    let game = record(rules, &s, count);
    listener.close(&game.steps);
    game
}

/// The plan's first game, with its ledger.
pub fn first(rules: &Arc<Rules>, policy: &Policy, plan: &Plan) -> game::Game {
    let mut game = game::Game::new(Arc::clone(rules), plan.start(plan.seed));
    if let Some(points) = plan.guidance {
        // As in any game of the plan: what is refused changes nothing.
        let _ = game.give(Order::Guide(points), "");
    }
    while !game.is_over() {
        for order in orders_of(policy, rules, game.whole()) {
            // They were carried out a moment ago, on the same situation.
            let _ = game.give(order, "");
        }
    }
    game
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
    let mask = belief::of_world(rules, s.hidden().world.into());
    let world_share = belief::share(&s.world_belief[..rules.world_prior.len()], mask);
    Game {
        digest: s.digest(),
        world: s.hidden().world,
        turns: s.turns_ended(rules),
        ending: s.ending,
        decisions: count.decisions,
        refused: count.refused,
        guidance: s.guidance,
        lenses,
        value: s.hidden().value,
        responded: s.responded,
        fired,
        steps: funnel::steps(rules, s),
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
    pub fn of(values: Vec<f64>) -> Spread {
        Spread::of_seen(values.into_iter().map(|x| (x, 1)).collect())
    }

    /// Of values and how often each was seen.
    fn of_seen(mut seen: Vec<(f64, u32)>) -> Spread {
        seen.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let all = || seen.iter().flat_map(|(x, n)| std::iter::repeat_n(*x, *n as usize));
        let count: usize = seen.iter().map(|(_, n)| *n as usize).sum();
        if count == 0 {
            return Spread::default();
        }
        let len = count as f64;
        let mean = all().sum::<f64>() / len;
        let variance = all().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (len - 1.0).max(1.0);
        let at = |share: f64| {
            #[expect(clippy::cast_sign_loss, reason = "a place in a list is not negative")]
            let mut left = ((len - 1.0) * share).round() as usize;
            let found = seen.iter().find(|(_, n)| {
                let here = left < *n as usize;
                left = left.saturating_sub(*n as usize);
                here
            });
            found.or(seen.last()).map_or(0.0, |(x, _)| *x)
        };
        Spread { mean, p10: at(0.1), p50: at(0.5), p90: at(0.9), error: (variance / len).sqrt() }
    }

    /// Ends of the interval that holds the mean in 95 of 100.
    pub fn interval(&self) -> (f64, f64) {
        (self.mean - 1.96 * self.error, self.mean + 1.96 * self.error)
    }

    fn of_counts(counts: &Counts, value: impl Fn(Milli) -> f64) -> Spread {
        Spread::of_seen(counts.iter().map(|(raw, n)| (value(*raw), *n)).collect())
    }
}

/// How often each value was seen.
type Counts = BTreeMap<Milli, u32>;

/// The guidance-weighted outcome of a game on the reference scale: for policies and bars only.
pub fn total(
    rules: &Rules,
    references: &References,
    game: &Game,
    guidance: &[u8; limits::LENSES],
) -> f64 {
    weighed(&references.lenses(rules, &game.lenses), guidance)
}

/// The mean of lenses by the points of a guidance.
pub fn weighed(lenses: &[f64], guidance: &[u8; limits::LENSES]) -> f64 {
    let mut sum = 0.0;
    let mut points = 0.0;
    for (lens, p) in lenses.iter().zip(guidance) {
        let p = f64::from(*p);
        sum += p * lens;
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
    /// Of a game: turns, decisions and refused orders.
    pub a_game: [Spread; 3],
    pub outcome: Spread,
    /// The same as the debrief counts it: by the lenses' own scores, of 100.
    pub debrief: Spread,
    pub lenses: BTreeMap<String, Spread>,
    pub endings: BTreeMap<String, u32>,
    pub indicators: BTreeMap<String, Spread>,
    pub instruments: BTreeMap<String, Funnel>,
    pub events: BTreeMap<String, u32>,
    /// Games by the turn at whose end the event came.
    pub events_by_turn: BTreeMap<String, Vec<u32>>,
    /// By question: how often each answer stood, in the order in which they are written.
    pub answers: BTreeMap<String, Vec<(String, u32)>>,
    pub responses: BTreeMap<String, u32>,
    pub propositions: BTreeMap<String, u32>,
    pub worlds: BTreeMap<String, u32>,
    pub world_share: Spread,
    pub digest: u128,
}

/// Most games whose records are held at a time.
pub const BATCH: u32 = 20_000;

/// What the spreads are made of, besides what is counted at once.
#[derive(Default)]
struct Sums {
    outcomes: Vec<f64>,
    debriefs: Counts,
    lenses: Vec<Counts>,
    values: Vec<Counts>,
    world_share: Counts,
    a_game: [Counts; 3],
    events: Vec<u32>,
    responses: Vec<u32>,
    propositions: Vec<u32>,
}

/// Plays the games, batch by batch, and makes their statistics. `step` is told how many have been
/// played.
pub fn simulate(
    rules: &Rules,
    policy: &Policy,
    plan: &Plan,
    references: &References,
    step: impl FnMut(u32),
) -> Summary {
    let batch = (plan.games / 100).clamp(plan.threads.max(1) as u32, BATCH);
    in_batches(rules, policy, plan, references, batch, step)
}

fn in_batches(
    rules: &Rules,
    policy: &Policy,
    plan: &Plan,
    references: &References,
    batch: u32,
    mut step: impl FnMut(u32),
) -> Summary {
    let mut out = Summary { games: plan.games, ..Summary::default() };
    // What never comes is there, with nothing.
    out.endings.extend(rules.endings.iter().map(|e| (e.id.clone(), 0)));
    out.worlds.extend(rules.worlds.iter().map(|w| (w.id.clone(), 0)));
    let mut seen = Seen::none(rules);
    let mut sums = Sums {
        lenses: vec![Counts::new(); rules.lenses.len()],
        values: vec![Counts::new(); rules.indicators.len()],
        events: vec![0; rules.events.len()],
        responses: vec![0; rules.responses.len()],
        propositions: vec![0; rules.propositions.len()],
        ..Sums::default()
    };
    let mut played = 0;
    while played < plan.games {
        let games = batch.min(plan.games - played);
        let seed = plan.seed.wrapping_add(u64::from(played));
        let part = play_and_see(rules, policy, &Plan { games, seed, ..*plan });
        seen.add(&part.seen);
        take(rules, references, &part.games, plan.guidance, &mut out, &mut sums);
        played += games;
        step(played);
    }
    for (e, times) in rules.events.iter().zip(&seen.answers) {
        let answers = e.choices.iter().zip(times).map(|(c, n)| (c.id.clone(), *n));
        if !e.choices.is_empty() {
            out.answers.insert(e.id.clone(), answers.collect());
        }
    }
    for (i, funnel) in rules.instruments.iter().zip(seen.funnels) {
        out.instruments.insert(i.id.clone(), funnel);
    }
    for (e, came) in rules.events.iter().zip(seen.came) {
        out.events_by_turn.insert(e.id.clone(), came[..rules.played()].to_vec());
    }
    let milli = |n: Milli| f64::from(n) / f64::from(ONE);
    out.outcome = Spread::of(sums.outcomes);
    out.debrief = Spread::of_counts(&sums.debriefs, milli);
    for (n, l) in rules.lenses.iter().enumerate() {
        let spread = Spread::of_counts(&sums.lenses[n], |raw| references.scale(rules, n, raw));
        out.lenses.insert(l.id.clone(), spread);
    }
    for (n, i) in rules.indicators.iter().enumerate() {
        out.indicators.insert(i.id.clone(), Spread::of_counts(&sums.values[n], milli));
    }
    let ids = rules.events.iter().map(|e| e.id.clone());
    out.events = ids.zip(sums.events).collect();
    let ids = rules.responses.iter().map(|r| r.id.clone());
    out.responses = ids.zip(sums.responses).collect();
    let ids = rules.propositions.iter().map(|p| p.id.clone());
    out.propositions = ids.zip(sums.propositions).collect();
    out.world_share = Spread::of_counts(&sums.world_share, milli);
    out.a_game = sums.a_game.each_ref().map(|counts| Spread::of_counts(counts, f64::from));
    out
}

/// Counts games in, in their order.
fn take(
    rules: &Rules,
    references: &References,
    games: &[Game],
    guidance: Option<[u8; limits::LENSES]>,
    out: &mut Summary,
    sums: &mut Sums,
) {
    for g in games {
        out.turns += u64::from(g.turns);
        out.decisions += u64::from(g.decisions);
        out.refused += u64::from(g.refused);
        out.digest = fold(out.digest, g.digest);
        let turns = Milli::from(g.turns);
        let orders = [g.decisions, g.refused].map(|n| Milli::try_from(n).unwrap_or(Milli::MAX));
        for (counts, n) in sums.a_game.iter_mut().zip([turns, orders[0], orders[1]]) {
            *counts.entry(n).or_default() += 1;
        }
        let weights = guidance.unwrap_or(g.guidance);
        sums.outcomes.push(total(rules, references, g, &weights));
        let debrief = standing::outcome(rules, weights, |n| g.lenses[n]);
        *sums.debriefs.entry(debrief).or_default() += 1;
        *sums.world_share.entry(g.world_share).or_default() += 1;
        for (counts, raw) in sums.lenses.iter_mut().zip(g.lenses) {
            *counts.entry(raw).or_default() += 1;
        }
        for (counts, raw) in sums.values.iter_mut().zip(g.value) {
            *counts.entry(raw).or_default() += 1;
        }
        if let Some(e) = rules.endings.get(usize::from(g.ending)) {
            *out.endings.entry(e.id.clone()).or_default() += 1;
        }
        if let Some(w) = rules.worlds.get(usize::from(g.world)) {
            *out.worlds.entry(w.id.clone()).or_default() += 1;
        }
        for (n, games) in sums.events.iter_mut().enumerate() {
            *games += u32::from(g.has_fired(n));
        }
        for (n, games) in sums.responses.iter_mut().enumerate() {
            *games += u32::from(g.responded & (1 << n) != 0);
        }
        for (n, games) in sums.propositions.iter_mut().enumerate() {
            *games += u32::from(g.held & (1 << n) != 0);
        }
    }
}

/// Folds digests in game order.
pub fn fold(all: u128, one: u128) -> u128 {
    (all.rotate_left(41) ^ one).wrapping_mul(0x9e37_79b9_7f4a_7c15_d6e8_feb8_6659_fd93)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_and_threads_do_not_show() {
        let rules = crate::scenario::load::embedded("first-day", &[]).expect("it loads");
        let references = References::compute(&rules, 1);
        let policy = Policy::parse(&rules, "random").expect("a policy");
        let with = |threads: usize, batch: u32| {
            let plan = Plan { games: 23, seed: 5, threads, world: None, guidance: None };
            format!("{:?}", in_batches(&rules, &policy, &plan, &references, batch, |_| {}))
        };
        let whole = with(1, 1000);
        for (threads, batch) in [(2, 1000), (1, 1), (2, 7), (3, 22), (1, 23)] {
            assert_eq!(with(threads, batch), whole, "{threads} threads, batches of {batch}");
        }
    }

    #[test]
    fn the_game_that_is_told_is_the_first_of_those_that_are_counted() {
        let rules = crate::scenario::load::embedded("cloud-hopper", &[]).expect("it loads");
        let points = rules.profiles.last().expect("a profile").points;
        let rules = Arc::new(rules);
        for name in ["random", "greedy", "history"] {
            let policy = Policy::parse(&rules, name).expect("a policy");
            for guidance in [None, Some(points)] {
                let plan = Plan { games: 1, seed: 9, threads: 1, world: None, guidance };
                let told = first(&rules, &policy, &plan);
                let counted = play(&rules, &policy, &plan)[0];
                assert_eq!(told.whole().digest(), counted.digest, "{name}");
                assert!(told.is_over());
            }
        }
    }

    #[test]
    fn a_spread_is_that_of_the_values_one_by_one() {
        let spread = Spread::of_seen(vec![(3.0, 1), (1.0, 2), (2.0, 7)]);
        let apart = Spread::of([1.0, 3.0, 1.0].into_iter().chain([2.0; 7]).collect());
        assert_eq!(format!("{spread:?}"), format!("{apart:?}"));
        assert_eq!((spread.p10, spread.p50, spread.p90, spread.mean), (1.0, 2.0, 2.0, 1.9));
    }
}
