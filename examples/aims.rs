//! The other side's aims in figures: how often it moves first, how often each aim is drawn, carried
//! through and stopped, and how sure one could be of it.
//!
//! `cargo run --release --example aims -- [GAMES]`

use interagency::engine::ledger::Ledger;
use interagency::engine::{Note, Player, Situation, Start, belief};
use interagency::policy::Policy;
use interagency::scenario::load;
use interagency::scenario::model::{AimIx, Rules};

#[derive(Clone, Copy, Default)]
struct Row {
    drawn: f64,
    won: f64,
    stopped: f64,
    /// Sum of the belief in it at a third, at two thirds and at the end of the games that drew it,
    /// and at the end of the others.
    at: [f64; 3],
    otherwise: f64,
}

fn main() {
    let games: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(500);
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    for name in ["idle", "random", "greedy"] {
        let policy = Policy::parse(&rules, name).expect("a policy");
        one(&rules, name, &policy, games);
    }
}

fn share(rules: &Rules, s: &Situation, aim: AimIx) -> f64 {
    let with = rules.aim_cells.iter().enumerate().filter(|(_, m)| **m & (1 << aim.0) != 0);
    let mask = with.fold(0, |mask, (n, _)| mask | 1 << n);
    f64::from(belief::share(&s.aim_belief[..rules.aim_prior.len()], mask)) / 10.0
}

fn one(rules: &Rules, name: &str, policy: &Policy, games: u64) {
    let mut rows = vec![Row::default(); rules.aims.len()];
    let (mut acts, mut answers, mut signs) = (0.0, 0.0, 0.0);
    let last = rules.turns.len() as u8;
    for seed in 1..=games {
        let mut ledger = Ledger::default();
        let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut ledger);
        let mut believed = vec![[0.0; 3]; rules.aims.len()];
        while !s.is_over() {
            policy.turn(&mut Player::new(rules, &mut s, &mut ledger));
            for (at, turn) in [last / 3, last * 2 / 3, last].into_iter().enumerate() {
                if s.turn == turn || at == 2 && s.is_over() {
                    for (n, b) in believed.iter_mut().enumerate() {
                        b[at] = share(rules, &s, AimIx::at(n));
                    }
                }
            }
        }
        for (_, note) in &ledger.notes {
            match *note {
                Note::Responded { response, .. } if rules.responses[response].visible => {
                    answers += 1.0;
                }
                Note::Acted(..) => acts += 1.0,
                Note::SignSeen(..) => signs += 1.0,
                Note::Step { aim, step, through } => {
                    let r = &mut rows[aim.i()];
                    let is_last = usize::from(step) + 1 == rules.aims[aim].steps.len();
                    r.won += f64::from(u8::from(through && is_last));
                    r.stopped += f64::from(u8::from(!through));
                }
                _ => {}
            }
        }
        for (n, r) in rows.iter_mut().enumerate() {
            if s.hidden().pursues(rules, AimIx::at(n)) {
                r.drawn += 1.0;
                r.at.iter_mut().zip(believed[n]).for_each(|(sum, b)| *sum += b);
            } else {
                r.otherwise += believed[n][2];
            }
        }
    }
    let all = games as f64;
    println!("## {name}, {games} games\n");
    println!(
        "acts of its own {:.2} a game, visible answers {:.2}: it moves first in {:.0} % of what is \
         seen; signs {:.2}\n",
        acts / all,
        answers / all,
        100.0 * acts / (acts + answers),
        signs / all
    );
    println!(
        "| aim | drawn, % | won, % of those | steps stopped, of those | belief where drawn: third, \
         two thirds, end | elsewhere, end |\n|---|---|---|---|---|---|"
    );
    for (n, r) in rows.iter().enumerate() {
        println!(
            "| {} | {:.0} | {:.0} | {:.2} | {:.0}, {:.0}, {:.0} | {:.0} |",
            rules.aims[n].id,
            100.0 * r.drawn / all,
            100.0 * r.won / r.drawn,
            r.stopped / r.drawn,
            r.at[0] / r.drawn,
            r.at[1] / r.drawn,
            r.at[2] / r.drawn,
            r.otherwise / (all - r.drawn)
        );
    }
    println!();
}
