//! Games a second by policy, best of five, on one thread and two.

use std::time::Instant;

use interagency::analysis::simulate::{Plan, play};
use interagency::policy::Policy;
use interagency::scenario::load;

fn main() {
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    for (name, games) in
        [("idle", 20_000u32), ("random", 20_000), ("history", 5_000), ("greedy", 5_000)]
    {
        let policy = Policy::parse(&rules, name).expect("a policy");
        for threads in [1, 2] {
            let mut best = f64::MAX;
            let mut decisions = 0u64;
            let mut turns = 0u64;
            for _ in 0..5 {
                let began = Instant::now();
                let all = play(
                    &rules,
                    &policy,
                    &Plan { games, seed: 1, threads, world: None, guidance: None },
                );
                best = best.min(began.elapsed().as_secs_f64());
                decisions = all.iter().map(|g| u64::from(g.decisions)).sum();
                turns = all.iter().map(|g| u64::from(g.turns)).sum();
            }
            println!(
                "{name:<8} {threads} thread(s): {:>9.0} games/s  {:>9.0} turns/s  {:>10.0} \
                 decisions/s  ({:.2} orders a turn, ends left out)",
                f64::from(games) / best,
                turns as f64 / best,
                decisions as f64 / best,
                (decisions as f64 - turns as f64) / turns as f64
            );
        }
    }
}
