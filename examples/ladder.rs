//! The ladder: what the players reach on the same games, under each of the profiles in turn.
//!
//! `cargo run --release --example ladder -- [GAMES] [SEED]`: for each policy the mean outcome and
//! the paired difference from greedy with its standard error over so many games of each profile, and
//! of the planner what it launches, by profile and in all.

use interagency::analysis::funnel::Step;
use interagency::analysis::reference::References;
use interagency::analysis::simulate::{self, Plan, Spread};
use interagency::policy::{Planner, Policy};
use interagency::scenario::load;
use interagency::scenario::model::{Rules, limits};

fn main() {
    let number =
        |n: usize, or: u32| std::env::args().nth(n).and_then(|n| n.parse().ok()).unwrap_or(or);
    let (games, seed) = (number(1, 40), number(2, 1));
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    let references = References::compute(&rules, 2);
    let plan =
        |points| Plan { games, seed: seed.into(), threads: 2, world: None, guidance: Some(points) };
    let named = |name: &str| (name.to_owned(), Policy::parse(&rules, name).expect("a policy"));
    let mut policies: Vec<(String, Policy)> =
        ["greedy", "idle", "random", "explore", "history"].map(named).to_vec();
    policies.extend(rules.instruments.iter().map(|i| named(&format!("only:{}", i.id))));
    policies.push(named("planner"));
    let without = |name: &str, p| (name.to_owned(), Policy::Planner(p));
    policies.push(without("planner without promises", Planner::without_promises()));
    policies.push(without("planner without collection", Planner::without_collection()));
    println!("| policy | outcome | above greedy | se |\n|---|---|---|---|");
    let mut greedy: Vec<f64> = Vec::new();
    for (name, policy) in policies {
        let mut played = Vec::new();
        for profile in &rules.profiles {
            let games = simulate::play(&rules, &policy, &plan(profile.points));
            if name == "planner" {
                shares(&rules, &profile.id, &games);
            }
            played.extend(games);
        }
        let outcomes: Vec<f64> =
            played.iter().map(|g| simulate::total(&rules, &references, g, &g.guidance)).collect();
        if greedy.is_empty() {
            greedy.clone_from(&outcomes);
        }
        let gains: Vec<f64> = outcomes.iter().zip(&greedy).map(|(a, b)| a - b).collect();
        let (mean, gain) = (Spread::of(outcomes).mean, Spread::of(gains));
        println!("| {name} | {mean:.1} | {:+.1} | {:.1} |", gain.mean, gain.error);
        if name == "planner" {
            shares(&rules, "all profiles", &played);
        }
    }
}

/// What is launched, by instrument, and how many instruments that comes to.
fn shares(rules: &Rules, under: &str, games: &[simulate::Game]) {
    let mut launched = [0u32; limits::INSTRUMENTS];
    for g in games {
        for (sum, steps) in launched.iter_mut().zip(&g.steps) {
            *sum += u32::from(steps[Step::Launched as usize]);
        }
    }
    let all = f64::from(launched.iter().sum::<u32>().max(1));
    let shares = launched.map(|n| f64::from(n) / all);
    let effective = 1.0 / shares.iter().map(|s| s * s).sum::<f64>().max(f64::MIN_POSITIVE);
    let each: Vec<String> = rules
        .instruments
        .iter()
        .zip(shares)
        .filter(|(_, s)| *s > 0.0)
        .map(|(i, s)| format!("{} {:.0} %", i.id, 100.0 * s))
        .collect();
    println!("  launched under {under}: {}; effective number {effective:.1}", each.join(", "));
}
