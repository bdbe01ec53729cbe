//! Debug = release = one thread = two threads = saved and reloaded at each turn.
//!
//! Prints one digest per policy, computed three ways, and fails if they differ. Run it in both
//! profiles and compare what it prints (`just same` does). How long each part took goes to standard
//! error.
//!
//! "Reloaded" is what the program does: the turn's line is added to the run file, and the game is
//! thrown away; then the file as it stands (its bytes, in memory: the disk is `tests/kill.rs`'s) is
//! decoded, its checks included, and played again from its named orders, each turn's digest held
//! against the record. So it is done before every turn of every game.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use interagency::analysis::simulate::{Plan, play};
use interagency::engine::Order;
use interagency::engine::Start;
use interagency::game::Game;
use interagency::policy::{Policy, orders_of};
use interagency::record::{Chain, Digest, Line, Turn, decode, encode};
use interagency::saved_game;
use interagency::scenario::load;
use interagency::scenario::model::Rules;

const THREADS: u32 = 2;

fn main() {
    let games: u32 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2000);
    let rules = Arc::new(load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads"));
    let mut whole = [0.0; 2];
    for name in Policy::names(&rules) {
        let began = Instant::now();
        let policy = Policy::parse(&rules, &name).expect("a policy of these rules");
        let plan = Plan { games, seed: 1, threads: 1, world: None, guidance: None };
        let one = play(&rules, &policy, &plan);
        let two = play(&rules, &policy, &Plan { threads: 2, ..plan });
        let mut all: u128 = 0;
        for (n, (a, b)) in one.iter().zip(&two).enumerate() {
            assert_eq!(a.digest, b.digest, "{name}: game {n} differs between one thread and two");
            all = (all.rotate_left(41) ^ a.digest)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15_d6e8_feb8_6659_fd93);
        }
        let straight = began.elapsed().as_secs_f64();
        std::thread::scope(|scope| {
            for part in 0..THREADS {
                let (rules, policy, one, name) = (&rules, &policy, &one, &name);
                scope.spawn(move || {
                    for n in (part..games).step_by(THREADS as usize) {
                        let digest = reloaded(rules, policy, 1 + u64::from(n));
                        assert_eq!(
                            digest, one[n as usize].digest,
                            "{name}: game {n} differs after reloading"
                        );
                    }
                });
            }
        });
        let reloading = began.elapsed().as_secs_f64() - straight;
        whole[0] += straight;
        whole[1] += reloading;
        eprintln!(
            "{name:<16} {straight:6.1} s straight on 1 and 2 threads, {reloading:6.1} s reloaded"
        );
        println!(
            "{name:<16} {all:032x}  {games} games on 1 and 2 threads, and each saved and reloaded \
             at each turn"
        );
    }
    eprintln!(
        "{:<16} {:6.1} s straight on 1 and 2 threads, {:6.1} s reloaded",
        "all", whole[0], whole[1]
    );
}

/// Plays a game that is loaded anew from its run file before every turn; gives the digest of its
/// end.
fn reloaded(rules: &Arc<Rules>, policy: &Policy, seed: u64) -> u128 {
    let start = Start { seed, ..Start::default() };
    let mut chain = Chain::default();
    let mut file =
        encode(&mut chain, &Line::Run(saved_game::header(rules, start, &BTreeMap::new())))
            .expect("a line");
    let mut game = load_run(rules, &file);
    while !game.is_over() {
        for order in orders_of(policy, rules, game.whole()) {
            if order != Order::End {
                game.give(order, "").expect("the policy's orders are legal");
            }
        }
        let digest = Digest(game.end().expect("not over").digest);
        let n = game.past().len();
        let turn = Turn {
            n: u32::try_from(n).expect("few turns"),
            orders: game.named_past(n - 1),
            digest,
        };
        file += &encode(&mut chain, &Line::Turn(turn)).expect("a line");
        game = load_run(rules, &file);
    }
    game.whole().digest()
}

fn load_run(rules: &Arc<Rules>, file: &str) -> Game {
    let decoded = decode(file.as_bytes());
    assert_eq!((&decoded.damage, decoded.torn), (&None, false));
    saved_game::replay(rules, &decoded).expect("the run replays")
}
