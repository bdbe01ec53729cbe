//! Debug = release = one thread = two threads = saved and reloaded at each turn.
//!
//! Prints one digest per policy, computed three ways, and fails if they differ. Run it in both profiles and
//! compare what it prints (`just same` does).

use std::sync::Arc;

use interagency::analysis::simulate::{Plan, play};
use interagency::engine::Order;
use interagency::engine::situation::Start;
use interagency::game::Game;
use interagency::policy::{Policy, orders_of};
use interagency::scenario::load;

fn main() {
    let games: u32 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2000);
    let rules = Arc::new(load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads"));
    for name in Policy::names(&rules) {
        let policy = Policy::parse(&rules, &name).expect("a policy of these rules");
        let plan = Plan { games, seed: 1, threads: 1, world: None, guidance: None };
        let one = play(&rules, &policy, &plan);
        let two = play(&rules, &policy, &Plan { threads: 2, ..plan });
        let mut all: u128 = 0;
        for (n, (a, b)) in one.iter().zip(&two).enumerate() {
            assert_eq!(a.digest, b.digest, "{name}: game {n} differs between one thread and two");
            all = (all.rotate_left(41) ^ a.digest).wrapping_mul(0x9e37_79b9_7f4a_7c15_d6e8_feb8_6659_fd93);
        }
        // Reloading at each turn: the game so far is replayed from its named orders before every turn.
        let reloaded = games.min(200);
        for n in 0..reloaded {
            let start = Start { seed: 1 + u64::from(n), ..Start::default() };
            let mut game = Game::new(Arc::clone(&rules), start);
            let mut kept = Vec::new();
            while !game.is_over() {
                for order in orders_of(&policy, &rules, game.situation()) {
                    if order != Order::End {
                        game.give(order, "").expect("the policy's orders are legal");
                    }
                }
                let named = game.named_orders();
                let digest = game.end().expect("not over").digest;
                kept.push((named, digest));
                game = Game::replay(Arc::clone(&rules), start, kept.iter().map(|(o, d)| (o.as_slice(), Some(*d)))).expect("replays");
            }
            assert_eq!(game.situation().digest(), one[n as usize].digest, "{name}: game {n} differs after reloading");
        }
        println!("{name:<16} {all:032x}  {games} games on 1 and 2 threads, {reloaded} reloaded at each turn");
    }
}
