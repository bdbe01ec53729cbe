//! A fixed load for a profiler: POLICY GAMES.

use interagency::analysis::simulate::{Plan, play};
use interagency::policy::Policy;
use interagency::scenario::load;

fn main() {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_else(|| "random".to_owned());
    let games = args.next().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    let policy = Policy::parse(&rules, &name).expect("a policy");
    let all =
        play(&rules, &policy, &Plan { games, seed: 1, threads: 1, world: None, guidance: None });
    println!("{} games, last digest {:032x}", all.len(), all.last().map_or(0, |g| g.digest));
}
