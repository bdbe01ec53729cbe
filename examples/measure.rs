//! What the model teaches and how games differ: posterior of the world by turn, what collection
//! lifts, how far two games with the same orders overlap, and the checkpoints of the record by
//! policy and world.

use std::collections::{BTreeMap, BTreeSet};

use interagency::engine::Player;
use interagency::engine::Start;
use interagency::engine::{Cause, Entry, NoLedger, Note, Sink, Situation, band, belief};
use interagency::policy::{Greedy, Policy};
use interagency::scenario::load;
use interagency::scenario::model::{AgencyIx, EventIx, Rules};

fn main() {
    let games: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2000);
    let only = std::env::args().nth(2);
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    if only.as_deref() == Some("estimates") {
        return estimates(&rules, games);
    }
    if only.as_deref() == Some("predictions") {
        return predictions(&rules, games);
    }
    learning(&rules, games);
    collection(&rules, games);
    overlap(&rules, 200);
    checkpoints(&rules, games);
    objections(&rules, games);
    predictions(&rules, games);
    estimates(&rules, games);
}

/// How often bands around estimates hold the truth, and whether a launch that moves an estimated
/// value by eight or more is seen on the next two front pages.
fn estimates(rules: &Rules, games: u64) {
    println!("\n## Estimates: share of bands that hold the truth, mean error, mean half-width\n");
    let policies = ["idle", "random", "greedy", "history", "lens:security"]
        .map(|name| Policy::parse(rules, name).expect("a policy"));
    // By indicator: turns, inside, sum of errors, sum of half-widths.
    let mut rows = vec![(0u32, 0u32, 0f64, 0f64); rules.indicators.len()];
    // Games in which the truth was on one and the same side of the band in half the turns or more.
    let mut one_sided = vec![0u32; rules.indicators.len()];
    let (mut large, mut shown) = (0u32, 0u32);
    for seed in 1..=games {
        let policy = &policies[seed as usize % policies.len()];
        let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
        let mut seen: Vec<Vec<(i32, i32)>> = Vec::new();
        let mut moved: Vec<(usize, usize, i32)> = Vec::new();
        let mut sides = vec![[0usize; 2]; rules.indicators.len()];
        loop {
            seen.push((0..rules.indicators.len()).map(|n| (s.value[n], s.doubt[n])).collect());
            for (n, row) in rows.iter_mut().enumerate().filter(|(n, _)| s.doubt[*n] > 0) {
                let half = band(s.doubt[n]);
                let off = s.value[n] - s.hidden().value[n];
                row.0 += 1;
                row.1 += u32::from(off.abs() <= half);
                if off.abs() > half {
                    sides[n][usize::from(off > 0)] += 1;
                }
                row.2 += f64::from(off) / 1000.0;
                row.3 += f64::from(half) / 1000.0;
            }
            if s.is_over() {
                break;
            }
            let mut sink = Launches::default();
            policy.turn(&mut Player::new(rules, &mut s, &mut sink));
            let turn = seen.len() - 1;
            for (n, sum) in sink.by {
                if s.doubt[n] > 0 && sum.abs() >= 8_000 {
                    moved.push((turn, n, sum));
                }
            }
        }
        for (sum, [below, above]) in one_sided.iter_mut().zip(&sides) {
            *sum += u32::from(2 * below.max(above) >= seen.len());
        }
        for (turn, n, sum) in moved {
            let Some(next) = seen.get(turn + 1..turn + 3) else { continue };
            large += 1;
            let was = seen[turn][n].0;
            let seen_it = |(value, doubt): (i32, i32)| {
                let step = value - was;
                step.signum() == sum.signum() && step.abs() > band(doubt)
            };
            shown += u32::from(next.iter().all(|row| seen_it(row[n])));
        }
    }
    let (mut all, mut inside) = (0, 0);
    let lists = rules.indicators.iter().zip(&rows).zip(one_sided);
    for ((i, (n, held, off, half)), sided) in lists.filter(|((_, r), _)| r.0 > 0) {
        let turns = f64::from(*n);
        println!(
            "{:<18} {:.1} %   error {:+.2}   half-width {:.1}   off to one side for half a game \
             in {:.1} %",
            i.id,
            100.0 * f64::from(*held) / turns,
            off / turns,
            half / turns,
            100.0 * f64::from(sided) / games as f64
        );
        all += n;
        inside += held;
    }
    println!("all {:.1} % of {all} bands", 100.0 * f64::from(inside) / f64::from(all));
    println!(
        "launches that moved an estimated value by 8 or more: {large}, shown on the next two front \
         pages in {:.0} %",
        100.0 * f64::from(shown) / f64::from(large.max(1))
    );
}

/// What launches moved, by indicator.
#[derive(Default)]
struct Launches {
    by: BTreeMap<usize, i32>,
}

impl Sink for Launches {
    fn entry(&mut self, e: Entry) -> u32 {
        if matches!(e.cause, Cause::Launch(..)) {
            *self.by.entry(e.indicator.i()).or_default() += e.delta;
        }
        0
    }
    fn note(&mut self, _: u8, _: Note) {}
}

fn learning(rules: &Rules, games: u64) {
    println!("## Probability given to the true world, mean, by turn\n");
    for name in ["idle", "greedy", "random", "history"] {
        let policy = Policy::parse(rules, name).expect("a policy");
        let turns = rules.turns.len();
        let mut sums = vec![0.0; turns + 1];
        let mut jumps = 0u64;
        for seed in 1..=games {
            let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
            let mut t = 0;
            sums[0] += truth(rules, &s);
            let mut before = truth(rules, &s);
            while !s.is_over() {
                policy.turn(&mut Player::new(rules, &mut s, &mut NoLedger));
                t += 1;
                let p = truth(rules, &s);
                sums[t] += p;
                jumps += u64::from(before < 0.6 && p > 0.85);
                before = p;
            }
        }
        let row: Vec<String> = sums.iter().map(|x| format!("{:.2}", x / games as f64)).collect();
        println!(
            "{name:<8} {}   third {} two thirds {}   single jumps from <.60 to >.85: {:.4} a game",
            row.join(" "),
            row[turns / 3],
            row[turns * 2 / 3],
            jumps as f64 / games as f64
        );
    }
    println!();
}

fn truth(rules: &Rules, s: &Situation) -> f64 {
    let cells = rules.trait_cells.max(1);
    let mask = ((1u64 << cells) - 1) << (usize::from(s.hidden().world) * cells);
    f64::from(belief::share(&s.world_belief[..rules.world_prior.len()], mask)) / 1000.0
}

fn collection(rules: &Rules, games: u64) {
    println!(
        "## Mean probability of the truth at the end, by campaign variable (all-source): idle, \
         collecting, lift\n"
    );
    let run = |policy: &Policy| {
        let mut sums: Vec<Vec<f64>> =
            rules.campaigns.iter().map(|c| vec![0.0; c.variables.len()]).collect();
        for seed in 1..=games {
            let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
            policy.game(rules, &mut s, None, &mut NoLedger);
            for (n, c) in rules.campaigns.iter().enumerate() {
                for (v, variable) in c.variables.iter().enumerate() {
                    let bit = 1u64 << s.hidden().truth[n];
                    let mask =
                        variable.values.iter().find(|x| x.mask & bit != 0).map_or(0, |x| x.mask);
                    sums[n][v] +=
                        f64::from(belief::share(&s.belief[0][c.first..c.first + c.cells], mask))
                            / 1000.0;
                }
            }
        }
        sums
    };
    let prior = {
        let mut sums: Vec<Vec<f64>> =
            rules.campaigns.iter().map(|c| vec![0.0; c.variables.len()]).collect();
        for seed in 1..=games {
            let s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
            for (n, c) in rules.campaigns.iter().enumerate() {
                for (v, variable) in c.variables.iter().enumerate() {
                    let bit = 1u64 << s.hidden().truth[n];
                    let mask =
                        variable.values.iter().find(|x| x.mask & bit != 0).map_or(0, |x| x.mask);
                    sums[n][v] += f64::from(belief::share(&c.prior, mask)) / 1000.0;
                }
            }
        }
        sums
    };
    let idle = run(&Policy::Idle);
    let collecting = run(&Policy::Greedy(Greedy::collecting()));
    for (n, c) in rules.campaigns.iter().enumerate() {
        for (v, variable) in c.variables.iter().enumerate() {
            let (p, a, b) = (
                prior[n][v] / games as f64,
                idle[n][v] / games as f64,
                collecting[n][v] / games as f64,
            );
            println!(
                "{:<10} {:<14} prior {p:.2}  idle {a:.2}  collecting {b:.2}  lift over the prior \
                 {:+.2}, over idle {:+.2}",
                c.id,
                variable.id,
                b - p,
                b - a
            );
        }
    }
    println!();
}

fn overlap(rules: &Rules, pairs: u64) {
    println!("## Same orders, other seed: Jaccard overlap, median of {pairs} pairs\n");
    for name in ["idle", "history", "greedy"] {
        let policy = Policy::parse(rules, name).expect("a policy");
        let play = |seed: u64| {
            let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
            policy.game(rules, &mut s, None, &mut NoLedger);
            let events: BTreeSet<usize> = (0..rules.events.len())
                .filter(|n| rules.events[*n].on.is_none() && s.events_fired[EventIx::at(*n)] > 0)
                .collect();
            let responses: BTreeSet<usize> =
                (0..rules.responses.len()).filter(|n| s.responded & (1 << n) != 0).collect();
            (events, responses)
        };
        let mut events = Vec::new();
        let mut responses = Vec::new();
        for n in 0..pairs {
            let (a, b) = (play(2 * n + 1), play(2 * n + 2));
            events.push(jaccard(&a.0, &b.0));
            responses.push(jaccard(&a.1, &b.1));
        }
        println!(
            "{name:<8} conditional events {:.2}   responses {:.2}",
            median(&mut events),
            median(&mut responses)
        );
    }
    println!();
}

fn jaccard(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let all = a.union(b).count();
    if all == 0 { 1.0 } else { a.intersection(b).count() as f64 / all as f64 }
}

fn median(n: &mut [f64]) -> f64 {
    n.sort_by(f64::total_cmp);
    n.get(n.len() / 2).copied().unwrap_or(0.0)
}

fn checkpoints(rules: &Rules, games: u64) {
    println!("## Checkpoints of the record: share of games, all worlds and by world\n");
    print!("{:<20}", "");
    for name in ["history", "idle", "greedy"] {
        print!("{name:>8} {:>17}", "by world");
    }
    println!();
    for (n, p) in rules.propositions.iter().enumerate().filter(|(_, p)| p.checkpoint) {
        print!("{:<20}", p.id);
        for name in ["history", "idle", "greedy"] {
            let policy = Policy::parse(rules, name).expect("a policy");
            let mut held = vec![(0u64, 0u64); rules.worlds.len()];
            for seed in 1..=games {
                let mut s =
                    Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
                policy.game(rules, &mut s, None, &mut NoLedger);
                let cell = &mut held[usize::from(s.hidden().world)];
                cell.1 += 1;
                cell.0 += u64::from(s.judged[n] == 1);
            }
            let all: (u64, u64) = held.iter().fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
            let by: Vec<String> = held
                .iter()
                .map(|(a, b)| format!("{:.2}", *a as f64 / (*b).max(1) as f64))
                .collect();
            print!("{:>8.2} {:>17}", all.0 as f64 / all.1.max(1) as f64, by.join(" "));
        }
        println!();
    }
}

/// Keeps who objected most to what was not cleared.
#[derive(Default)]
struct Refusals {
    /// Turn (from 0), instrument, agency that objected most; no agency: it cleared.
    all: Vec<(u8, usize, Option<usize>)>,
}

impl Sink for Refusals {
    fn entry(&mut self, _: Entry) -> u32 {
        0
    }
    fn note(&mut self, turn: u8, note: Note) {
        match note {
            Note::Returned { proposal, first, .. } | Note::Blocked { proposal, first, .. } => {
                let who = first.map_or(usize::MAX, AgencyIx::i);
                self.all.push((turn, proposal.instrument.i(), Some(who)));
            }
            Note::Cleared { proposal, .. } => self.all.push((turn, proposal.instrument.i(), None)),
            _ => {}
        }
    }
}

/// What the record's own orders meet: how often each was heard and refused, and who objected most.
fn objections(rules: &Rules, games: u64) {
    println!(
        "\n## Hearings under the record's orders: turn, instrument, share of games heard, refused \
         of those, who objected most\n"
    );
    let mut heard = Refusals::default();
    for seed in 1..=games {
        let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut heard);
        Policy::History.game(rules, &mut s, None, &mut heard);
    }
    let mut table: BTreeMap<(u8, usize), BTreeMap<Option<usize>, u64>> = BTreeMap::new();
    for (turn, instrument, agency) in heard.all {
        *table.entry((turn, instrument)).or_default().entry(agency).or_default() += 1;
    }
    for ((turn, instrument), by) in table {
        let all: u64 = by.values().sum();
        let refused = all - by.get(&None).copied().unwrap_or(0);
        let who: Vec<String> = by
            .iter()
            .filter_map(|(a, n)| {
                let who = rules.agencies.get((*a)?).map_or("the President", |a| a.id.as_str());
                Some(format!("{who} {:.2}", *n as f64 / refused as f64))
            })
            .collect();
        let (all, share) = (all as f64, refused as f64 / all as f64);
        println!(
            "turn {:<3} {:<9} {:.2}  {share:.2}   {}",
            turn + 1,
            rules.instruments[instrument].id,
            all / games as f64,
            who.join(", ")
        );
    }
}

/// What the advisers foretold, held against what came.
#[derive(Default)]
struct Foretold {
    all: Vec<(usize, usize, f64, f64, bool)>,
    made: usize,
}

impl Sink for Foretold {
    fn entry(&mut self, _: Entry) -> u32 {
        0
    }
    fn note(&mut self, _: u8, note: Note) {
        match note {
            Note::Predicted { .. } => self.made += 1,
            Note::Checked { agency, indicator, low, high, moved, hit, .. } => {
                self.all.push((
                    agency.i(),
                    indicator.i(),
                    f64::from(low + high) / 2000.0,
                    f64::from(moved) / 1000.0,
                    hit,
                ));
            }
            _ => {}
        }
    }
}

/// How often each adviser's predictions hold, and how far off they are on the mean.
fn predictions(rules: &Rules, games: u64) {
    println!(
        "\n## Predictions by adviser: come due a game, held, mean foretold and mean that came \
         (points)\n"
    );
    for name in ["history", "greedy", "random"] {
        let policy = Policy::parse(rules, name).expect("a policy");
        let mut kept = Foretold::default();
        for seed in 1..=games {
            let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut kept);
            policy.game(rules, &mut s, None, &mut kept);
        }
        let share = kept.all.len() as f64 / kept.made.max(1) as f64;
        println!(
            "{name}: {:.2} made a game, {share:.2} of them come due",
            kept.made as f64 / games as f64
        );
        for (n, agency) in rules.agencies.iter().enumerate() {
            let of: Vec<_> = kept.all.iter().filter(|c| c.0 == n).collect();
            if of.is_empty() {
                continue;
            }
            let all = of.len() as f64;
            let held = of.iter().filter(|c| c.4).count() as f64 / all;
            let (foretold, came) = (
                of.iter().map(|c| c.2.abs()).sum::<f64>() / all,
                of.iter().map(|c| c.3 * c.2.signum()).sum::<f64>() / all,
            );
            let mut ratio: Vec<f64> = of.iter().map(|c| c.3 / c.2).collect();
            ratio.sort_by(f64::total_cmp);
            #[expect(clippy::cast_sign_loss, reason = "a place in a list is not negative")]
            let at = |q: f64| ratio[((ratio.len() - 1) as f64 * q) as usize];
            let quarters = format!("{:.2} {:.2} {:.2}", at(0.25), at(0.5), at(0.75));
            println!(
                "  {:<12} {:.2}   held {held:.2}   {foretold:.2} {came:+.2}   came over foretold, \
                 quartiles {quarters}",
                agency.id,
                all / games as f64
            );
        }
    }
}
