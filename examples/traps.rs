//! The trap table: every policy on paired seeds, four guidances, by world, with 95 % intervals.

use interagency::analysis::reference::References;
use interagency::analysis::simulate::{Game, Plan, Spread, play, total};
use interagency::policy::Policy;
use interagency::scenario::load;
use interagency::scenario::model::{Rules, WorldIx, limits};

fn main() {
    let games: u32 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2000);
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    let references = References::compute(&rules, 2);
    let guidances = guidances(&rules);
    println!("## Lens means by policy, balanced guidance, {games} paired seeds from 1\n");
    print!("{:<18}", "policy");
    for l in &rules.lenses {
        print!("{:>14}", l.id);
    }
    println!("{:>10}", "raw gap");
    let names = Policy::names(&rules);
    let mut all = Vec::new();
    for name in &names {
        let games = run(&rules, name, games, None, Some(guidances[0].1));
        print!("{name:<18}");
        for n in 0..rules.lenses.len() {
            let s = Spread::of(games.iter().map(|g| f64::from(g.lenses[n]) / 1000.0).collect());
            print!("{:>14}", format!("{:.1}±{:.1}", s.mean, 1.96 * s.error));
        }
        println!();
        all.push(games);
    }
    print!("{:<18}", "swing");
    for n in 0..rules.lenses.len() {
        let means: Vec<f64> = all
            .iter()
            .map(|g| Spread::of(g.iter().map(|g| f64::from(g.lenses[n]) / 1000.0).collect()).mean)
            .collect();
        let swing = means.iter().copied().fold(f64::MIN, f64::max)
            - means.iter().copied().fold(f64::MAX, f64::min);
        print!("{swing:>14.1}");
    }
    println!("\n");
    for (name, points) in &guidances {
        println!("## Outcome on the reference scale, guidance {name}\n");
        println!(
            "{:<18}{:>14}{:>20}{:>14}{:>14}{:>14}",
            "policy", "mean", "greedy minus it", "w1", "w2", "w3"
        );
        let greedy = run(&rules, "greedy", games, None, Some(*points));
        for policy in &names {
            let played = run(&rules, policy, games, None, Some(*points));
            let s =
                Spread::of(played.iter().map(|g| total(&rules, &references, g, points)).collect());
            let d = Spread::of(
                greedy
                    .iter()
                    .zip(&played)
                    .map(|(a, b)| {
                        total(&rules, &references, a, points)
                            - total(&rules, &references, b, points)
                    })
                    .collect(),
            );
            print!(
                "{policy:<18}{:>14}{:>20}",
                format!("{:.1}±{:.1}", s.mean, 1.96 * s.error),
                format!("{:+.1}±{:.1}", d.mean, 1.96 * d.error)
            );
            for w in 0..rules.worlds.len() {
                let here: Vec<&Game> =
                    played.iter().filter(|g| usize::from(g.world) == w).collect();
                let s = Spread::of(
                    here.iter().map(|g| total(&rules, &references, g, points)).collect(),
                );
                print!("{:>14}", format!("{:.1}±{:.1}", s.mean, 1.96 * s.error));
            }
            println!();
        }
        println!();
    }
}

fn run(
    rules: &Rules,
    policy: &str,
    games: u32,
    world: Option<WorldIx>,
    guidance: Option<[u8; limits::LENSES]>,
) -> Vec<Game> {
    // A lens policy declares its own guidance.
    let guidance = if policy.starts_with("lens:") { None } else { guidance };
    let policy = Policy::parse(rules, policy).expect("a policy of these rules");
    play(rules, &policy, &Plan { games, seed: 1, threads: 2, world, guidance })
}

/// Balanced and three lopsided ones.
fn guidances(rules: &Rules) -> Vec<(&'static str, [u8; limits::LENSES])> {
    let n = rules.lenses.len();
    let mut all = Vec::new();
    for (name, first) in [
        ("even", [2, 2, 2, 2, 2, 2]),
        ("security first", [4, 1, 3, 1, 1, 2]),
        ("economy first", [1, 4, 2, 1, 2, 2]),
        ("law and allies first", [1, 1, 4, 2, 4, 0]),
    ] {
        let mut points = [0; limits::LENSES];
        points[..n.min(6)].copy_from_slice(&first[..n.min(6)]);
        all.push((name, points));
    }
    all
}
