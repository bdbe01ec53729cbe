//! A search for an opening that solves the case: scripts of the first turns, drawn at random and
//! crossed with each other, after which greedy plays on and sees through what was built.
//!
//! `cargo run --release --example openings -- [TRIES]`. Scripts are chosen on one set of seeds and
//! the best is reported on another, paired with greedy.

use interagency::analysis::reference::References;
use interagency::analysis::simulate::{self, Spread};
use interagency::engine::player::{Count, Dice};
use interagency::engine::{NoLedger, Order, Player, Situation, Start};
use interagency::policy::{Greedy, random_draft};
use interagency::scenario::load;
use interagency::scenario::model::Rules;

/// Turns that are scripted.
const TURNS: u8 = 4;
/// Orders tried for one turn of a script.
const A_TURN: usize = 4;
/// Games of each round, and how many scripts go on from it.
const ROUNDS: [(u64, usize); 3] = [(12, 80), (60, 12), (300, 1)];
const HELD_OUT: u64 = 1_000;

type Script = Vec<(u8, Order)>;

fn main() {
    let tries = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2_000usize);
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    let references = References::compute(&rules, 2);
    let gain = |script: &Script, seeds: std::ops::Range<u64>| -> Vec<f64> {
        let one = |seed| {
            let with = outcome(&rules, &references, seed, script);
            with - outcome(&rules, &references, seed, &Script::new())
        };
        seeds.map(one).collect()
    };
    let mut list: Vec<(f64, Script)> = Vec::new();
    for n in 0..tries {
        // The first half is drawn; the second crosses two of the best so far.
        let script = if n < tries / 2 {
            drawn(&rules, n as u64)
        } else {
            if n == tries / 2 {
                best_first(&mut list, 40);
            }
            let (a, b) = (&list[n % 40].1, &list[n / 40 % 40].1);
            let cut = (n % usize::from(TURNS)) as u8;
            let half = |s: &Script, early: bool| {
                s.iter().filter(|(t, _)| (*t <= cut) == early).copied().collect::<Vec<_>>()
            };
            [half(a, true), half(b, false)].concat()
        };
        list.push((Spread::of(gain(&script, 1..1 + ROUNDS[0].0)).mean, script));
    }
    for (n, (games, go_on)) in ROUNDS.into_iter().enumerate() {
        if n > 0 {
            for (score, script) in &mut list {
                *score = Spread::of(gain(script, 10_000..10_000 + games)).mean;
            }
        }
        best_first(&mut list, go_on);
    }
    let (score, script) = &list[0];
    let held = Spread::of(gain(script, 50_000..50_000 + HELD_OUT));
    println!("{tries} scripts of the first {TURNS} turns; greedy plays on");
    println!(
        "the best where it was chosen: {score:+.1}; on {HELD_OUT} other games {:+.1}",
        held.mean
    );
    println!("standard error {:.2}", held.error);
    for (turn, order) in script {
        println!("  turn {}: {order:?}", turn + 1);
    }
}

/// Orders as the random player gives them in a game of this seed; answers are left to greedy.
fn drawn(rules: &Rules, seed: u64) -> Script {
    let start = Start { seed: 0x0be5_0000 + seed, ..Start::default() };
    let mut s = Situation::setup(rules, start, &mut NoLedger);
    let mut out = Script::new();
    while s.turn < TURNS && !s.is_over() {
        let turn = s.turn;
        let sink = &mut NoLedger;
        let mut player = Player::new(rules, &mut s, sink);
        player.look();
        let mut dice: Dice = player.dice();
        for _ in 0..A_TURN {
            let Some(order) = random_draft(rules, player.known(), &mut dice) else { break };
            // Another guidance is another question; a stated confidence moves nothing.
            let moves = !matches!(
                order,
                Order::End
                    | Order::Answer { .. }
                    | Order::Guide(_)
                    | Order::Amend(_)
                    | Order::Confidence { .. }
            );
            if moves && player.give(order) {
                out.push((turn, order));
            }
        }
        player.end();
    }
    out
}

fn outcome(rules: &Rules, references: &References, seed: u64, script: &Script) -> f64 {
    let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
    while !s.is_over() {
        let turn = s.turn;
        let sink = &mut NoLedger;
        let mut player = Player::new(rules, &mut s, sink);
        player.look();
        for (_, order) in script.iter().filter(|(t, _)| *t == turn) {
            player.give(*order);
        }
        let plays = if script.is_empty() { Greedy::guided() } else { Greedy::seeing_through() };
        plays.turn(&mut player);
        player.end();
    }
    let game = simulate::record(rules, &s, Count::default());
    simulate::total(rules, references, &game, &game.guidance)
}

fn best_first(list: &mut Vec<(f64, Script)>, most: usize) {
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    list.truncate(most);
}
