//! What a player's outcome hangs on: the world, the other hidden truths, and dice.
//!
//! `cargo run --release --example luck -- [POLICY] [TRUTHS] [DICE]`: in each world so many draws of
//! the other truths, each with so many draws of the luck of its turns. Shares of the variance, by
//! components of a nested design.

use interagency::analysis::reference::References;
use interagency::analysis::simulate;
use interagency::engine::{NoLedger, Situation, Start};
use interagency::luck::mix;
use interagency::policy::Policy;
use interagency::scenario::load;
use interagency::scenario::model::WorldIx;

fn main() {
    let arg = |n: usize| std::env::args().nth(n);
    let number = |n: usize, or: u64| arg(n).and_then(|n| n.parse().ok()).unwrap_or(or);
    let (truths, dice) = (number(2, 40), number(3, 20));
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    let name = arg(1).unwrap_or_else(|| "greedy".to_owned());
    let policy = Policy::parse(&rules, &name).expect("a policy");
    let references = References::compute(&rules, 2);
    let play = |world: usize, seed: u64, n: u64| {
        let branches = Start::default().branches.with(0, mix(seed << 16 | n)).expect("a branch");
        let start = Start { seed, world: Some(WorldIx::at(world)), branches, ..Start::default() };
        let mut s = Situation::setup(&rules, start, &mut NoLedger);
        let count = policy.game(&rules, &mut s, None, &mut NoLedger);
        let game = simulate::record(&rules, &s, count);
        simulate::total(&rules, &references, &game, &game.guidance)
    };
    let worlds = rules.worlds.len();
    // By world the means of its draws of truths, and the variance of the dice within them.
    let mut means: Vec<Vec<f64>> = Vec::new();
    let mut within = Vec::new();
    for world in 0..worlds {
        let of = |t: u64| {
            let list: Vec<f64> = (0..dice).map(|n| play(world, 0x1_0000 + t, n)).collect();
            (mean(&list), variance(&list))
        };
        let (m, v): (Vec<f64>, Vec<f64>) = (0..truths).map(of).unzip();
        within.push(mean(&v));
        means.push(m);
    }
    let dice_part = mean(&within);
    let by_truths = mean(&means.iter().map(|m| variance(m)).collect::<Vec<_>>());
    let truth_part = (by_truths - dice_part / dice as f64).max(0.0);
    let by_world: Vec<f64> = means.iter().map(|m| mean(m)).collect();
    let world_part = (variance(&by_world) - by_truths / truths as f64).max(0.0);
    // Worlds are all there are, so the variance among them is that of the whole.
    let world_part = world_part * (worlds as f64 - 1.0) / worlds as f64;
    let all = world_part + truth_part + dice_part;
    let share = |part: f64| 100.0 * part / all;
    println!(
        "{name}, {worlds} worlds x {truths} truths x {dice} dice: world {:.0} %, other truths {:.0} %, dice {:.0} %; standard deviation {:.1}; means by world {}",
        share(world_part),
        share(truth_part),
        share(dice_part),
        all.sqrt(),
        by_world.iter().map(|m| format!("{m:.1}")).collect::<Vec<_>>().join(", ")
    );
}

fn mean(list: &[f64]) -> f64 {
    list.iter().sum::<f64>() / (list.len() as f64).max(1.0)
}

/// Of a sample.
fn variance(list: &[f64]) -> f64 {
    let m = mean(list);
    list.iter().map(|x| (x - m).powi(2)).sum::<f64>() / (list.len() as f64 - 1.0).max(1.0)
}
