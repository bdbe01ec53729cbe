//! Belief is calibrated by construction; this measures it, and plants the fault that would break
//! it.
//!
//! In each game one hidden variable's probability of one of its values, as the player's all-source
//! analysis has it at the end of a turn drawn for the game, is set against whether the value is
//! true. Over many games, of all the times belief says 70 %, the value is true 70 % of the time;
//! chi-squared over ten bins measures it. The planted fault forgets what silence means: items that
//! were looked for and not found count for nothing.

mod common;

use interagency::engine::Start;
use interagency::engine::{NoLedger, Player, Situation, belief, items};
use interagency::luck::{Luck, Site};
use interagency::policy::{Greedy, Policy};
use interagency::scenario::model::{AimIx, Rules, limits};

const BINS: usize = 10;

/// Per bin: games, sum of stated probability, sum of p(1-p), how often true.
#[derive(Clone, Copy, Default)]
struct Bin {
    n: f64,
    stated: f64,
    variance: f64,
    held: f64,
}

struct Run {
    exact: Vec<Bin>,
    deaf: Vec<Bin>,
    /// The same of what the other side works towards.
    aims: Vec<Bin>,
    deaf_aims: Vec<Bin>,
}

/// One random item per game: campaign, variable, value and turn keyed by the seed.
fn measure(rules: &Rules, seeds: std::ops::RangeInclusive<u64>) -> Run {
    let bins = || vec![Bin::default(); BINS];
    let mut run = Run { exact: bins(), deaf: bins(), aims: bins(), deaf_aims: bins() };
    let site = Site::of("test", "calibration");
    let policies = [Policy::Idle, Policy::Greedy(Greedy::collecting())];
    for seed in seeds {
        let luck = Luck::new(seed, 77);
        let policy = &policies[usize::from(luck.between(site, 0, 0, 1))];
        let stop = luck.between(site, 1, 1, rules.turns.len() as u16);
        let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
        for _ in 0..stop {
            if s.is_over() {
                break;
            }
            policy.turn(&mut Player::new(rules, &mut s, &mut NoLedger));
        }
        let c = usize::from(luck.between(site, 2, 0, rules.campaigns.len() as u16 - 1));
        let campaign = &rules.campaigns[c];
        let v = &campaign.variables
            [usize::from(luck.between(site, 3, 0, campaign.variables.len() as u16 - 1))];
        let value = &v.values[usize::from(luck.between(site, 4, 0, v.values.len() as u16 - 1))];
        let cells = campaign.first..campaign.first + campaign.cells;
        let p = share(&s.belief[0][cells], value.mask);
        let held = value.mask & (1 << s.hidden().truth[c]) != 0;
        put(&mut run.exact, p, held);
        put(&mut run.deaf, deaf(rules, &s, c, value.mask), held);
        let aim = AimIx::at(usize::from(luck.between(site, 5, 0, rules.aims.len() as u16 - 1)));
        let with = rules.aim_cells.iter().enumerate().filter(|(_, m)| **m & (1 << aim.0) != 0);
        let mask = with.fold(0, |mask, (n, _)| mask | 1 << n);
        let held = s.hidden().pursues(rules, aim);
        put(&mut run.aims, share(&s.aim_belief[..rules.aim_prior.len()], mask), held);
        put(&mut run.deaf_aims, share(&deaf_to_aims(rules, &s), mask), held);
    }
    run
}

fn share(weights: &[u64], mask: u64) -> f64 {
    let all: f64 = weights.iter().map(|w| *w as f64).sum();
    let part: f64 = weights
        .iter()
        .enumerate()
        .filter(|(i, _)| mask & (1 << i) != 0)
        .map(|(_, w)| *w as f64)
        .sum();
    part / all
}

/// The planted fault: only what was found counts.
fn deaf(rules: &Rules, s: &Situation, c: usize, mask: u64) -> f64 {
    let campaign = &rules.campaigns[c];
    let mut weights = [0u64; limits::CELLS];
    weights[..campaign.cells].copy_from_slice(&campaign.prior);
    for (n, e) in rules.evidence.iter().enumerate() {
        if e.campaign.i() == c && s.evidence[n] == items::FOUND {
            belief::update(&mut weights[..campaign.cells], &e.seen, true);
        }
    }
    share(&weights[..campaign.cells], mask)
}

/// The same fault in belief about the aims: signs that were not seen and acts that did not come count
/// for nothing.
fn deaf_to_aims(rules: &Rules, s: &Situation) -> Vec<u64> {
    let mut weights = rules.aim_prior.clone();
    for (n, aim) in rules.aims.iter().enumerate() {
        for (k, step) in aim.steps.iter().enumerate() {
            for (mask, chances) in [(s.aims[n].signs, &step.seen), (s.aims[n].acts, &step.comes)] {
                if mask & (1 << k) != 0 {
                    belief::update(&mut weights, chances, true);
                }
            }
        }
    }
    weights
}

fn put(bins: &mut [Bin], p: f64, held: bool) {
    #[expect(clippy::cast_sign_loss, reason = "a probability is not negative")]
    let bin = &mut bins[((p * BINS as f64) as usize).min(BINS - 1)];
    bin.n += 1.0;
    bin.stated += p;
    bin.variance += p * (1.0 - p);
    bin.held += f64::from(u8::from(held));
}

/// Chi-squared over the bins that hold enough games, with that many degrees of freedom.
fn chi_squared(bins: &[Bin]) -> (f64, f64) {
    let mut sum = 0.0;
    let mut degrees = 0.0;
    for b in bins.iter().filter(|b| b.variance > 5.0) {
        sum += (b.held - b.stated) * (b.held - b.stated) / b.variance;
        degrees += 1.0;
    }
    (sum, degrees)
}

fn report(name: &str, bins: &[Bin]) -> (f64, f64, f64) {
    let (sum, degrees) = chi_squared(bins);
    let p = common::tail(sum, degrees);
    println!("{name}: chi-squared {sum:.1} on {degrees} bins, p = {p:.2e}");
    for (n, b) in bins.iter().enumerate().filter(|(_, b)| b.n > 0.0) {
        println!(
            "  said {:.3}  true {:.3}  ({} games, bin {n})",
            b.stated / b.n,
            b.held / b.n,
            b.n
        );
    }
    (sum, degrees, p)
}

#[test]
fn belief_is_calibrated_and_a_deaf_one_is_not() {
    let rules = common::cloud_hopper();
    let run = measure(&rules, 1..=12_000);
    let (_, _, p) = report("exact", &run.exact);
    assert!(p > 0.001, "belief is not calibrated: p = {p:e}");
    let (_, _, p) = report("deaf to silence", &run.deaf);
    assert!(p < 1e-6, "the planted fault is not caught: p = {p:e}");
    let (_, _, p) = report("aims", &run.aims);
    assert!(p > 0.001, "belief about the aims is not calibrated: p = {p:e}");
    let (_, _, p) = report("aims, deaf to silence", &run.deaf_aims);
    assert!(p < 1e-6, "the planted fault is not caught: p = {p:e}");
}

#[test]
#[ignore = "100,000 games: run by `just calibration`"]
fn belief_is_calibrated_over_a_hundred_thousand_games() {
    let rules = common::cloud_hopper();
    let run = measure(&rules, 1..=100_000);
    let (_, _, p) = report("exact", &run.exact);
    assert!(p > 0.001, "belief is not calibrated: p = {p:e}");
    let (_, _, p) = report("deaf to silence", &run.deaf);
    assert!(p < 1e-6, "the planted fault is not caught: p = {p:e}");
    let (_, _, p) = report("aims", &run.aims);
    assert!(p > 0.001, "belief about the aims is not calibrated: p = {p:e}");
    let (_, _, p) = report("aims, deaf to silence", &run.deaf_aims);
    assert!(p < 1e-6, "the planted fault is not caught: p = {p:e}");
}
