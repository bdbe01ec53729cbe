//! Whether a turn is a decision: what the planner's candidates are worth in games that it imagines.
//!
//! `cargo run --release --example tensions -- [GAMES]`: greedy plays; each turn its plan and every
//! plan that differs from it in one thing are tried in imagined games, and the best eight in all of
//! them. A turn is alive where the best is 0.3 to 4 points of outcome better than the second and is
//! not the best in a quarter of the imagined games or more.
//!
//! Most plans differ from the best in a trifle, so the second is nearly as good in any game worth
//! the name. Two further figures leave the trifles out: what is at stake, the best plan against the
//! turn ended with nothing but answers, and whether it is contested, the share of imagined games in
//! which a plan is better by half a point that gives another measure, file or task.

use interagency::analysis::reference::References;
use interagency::analysis::simulate::{self, Spread};
use interagency::engine::imagine::{imagine, roll};
use interagency::engine::player::Count;
use interagency::engine::{NoLedger, Order, Player, Situation, Start};
use interagency::policy::{Greedy, Planner};
use interagency::scenario::load;
use interagency::scenario::model::Rules;

/// Imagined games for every plan, and for the best.
const FIRST: usize = 8;
const ALL: usize = 64;
const BEST: usize = 8;
/// Points of outcome from which one plan is better than another.
const MATTERS: f64 = 0.5;
/// Points by which the best plan of a living turn is better than the second.
const CLEARLY: f64 = 0.3;
/// So many turns later counts as waiting for the window.
const LATER: u8 = 2;

/// What one turn said.
#[derive(Debug, Clone, Copy, Default)]
struct Turn {
    n: u8,
    alive: bool,
    /// Points by which the best plan with a task more is better than the best with a measure more.
    know: Option<f64>,
    /// The best measure is better two turns later.
    wait: Option<bool>,
    /// The best plan is another in another world.
    probe: Option<bool>,
    /// Points that one capital more is worth.
    capital: f64,
    /// Points that the best plan is better than nothing but answers.
    stake: f64,
    /// Share of the imagined games in which a plan of other kinds is better by `MATTERS`.
    contested: f64,
    /// The same of the question of the turn of which most hangs on the answer.
    asked: f64,
    asked_contested: f64,
}

fn main() {
    let games = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10u64);
    let rules = load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads");
    let references = References::compute(&rules, 2);
    let half = games.div_ceil(2);
    let turns: Vec<Turn> = std::thread::scope(|scope| {
        let part = |from: u64, to: u64| {
            let (rules, references) = (&rules, &references);
            scope.spawn(move || (from..to).flat_map(|n| game(rules, references, n)).collect())
        };
        let parts: [std::thread::ScopedJoinHandle<Vec<Turn>>; 2] =
            [part(0, half), part(half, games)];
        parts.into_iter().flat_map(|p| p.join().expect("played")).collect()
    });
    let share = |list: Vec<bool>| {
        let yes = list.iter().filter(|b| **b).count();
        format!("{:.0} % of {}", 100.0 * yes as f64 / list.len().max(1) as f64, list.len())
    };
    let over = |of: &dyn Fn(&Turn) -> Option<bool>, when: &dyn Fn(u8) -> bool| {
        share(turns.iter().filter(|t| when(t.n)).filter_map(of).collect())
    };
    let last = turns.iter().map(|t| t.n).max().unwrap_or(0);
    let always = |_: u8| true;
    println!("{games} games, {} turns", turns.len());
    println!("alive: {}", over(&|t| Some(t.alive), &always));
    println!("1. waiting two turns is better: {}", over(&|t| t.wait, &always));
    // Where both are worth next to nothing, one is the better by a trifle.
    for (when, turns) in
        [("first five", 0..5), ("last three", (last + 1).saturating_sub(3)..u8::MAX)]
    {
        let by = |points: f64| over(&|t| t.know.map(|k| k > points), &|n| turns.contains(&n));
        println!(
            "2. a task beats a measure, {when} turns: {}, by {CLEARLY} points or more {}",
            by(0.0),
            by(CLEARLY)
        );
    }
    let capital = Spread::of(turns.iter().map(|t| t.capital).collect());
    println!("4. one capital more is worth {:.2} points (se {:.2})", capital.mean, capital.error);
    println!(
        "5. the best plan is another in another world, first half: {}",
        over(&|t| t.probe, &|n| n < last / 2)
    );
    println!(
        "at stake and contested: {}",
        over(&|t| Some(t.stake >= 1.0 && t.contested >= 0.25), &always)
    );
    println!("turn, points at stake, contested, alive:");
    for n in 0..=last {
        let of: Vec<&Turn> = turns.iter().filter(|t| t.n == n).collect();
        let mean = |f: &dyn Fn(&Turn) -> f64| {
            of.iter().map(|t| f(t)).sum::<f64>() / of.len().max(1) as f64
        };
        println!(
            "{:>4} {:>6.2} {:>5.0} % {:>6.2} {:>5.0} % {:>5.0} %",
            n + 1,
            mean(&|t| t.stake),
            100.0 * mean(&|t| t.contested),
            mean(&|t| t.asked),
            100.0 * mean(&|t| t.asked_contested),
            100.0 * mean(&|t| f64::from(u8::from(t.alive))),
        );
    }
}

/// What a plan does beside answering, whoever it is done to and on whatever terms.
fn kinds(plan: &[Order]) -> Vec<String> {
    let mut kinds: Vec<String> = plan
        .iter()
        .filter_map(|o| match o {
            Order::Propose(p) => Some(format!("propose {}", p.instrument.0)),
            Order::Build { instrument, .. } => Some(format!("build {}", instrument.0)),
            Order::Task { task, .. } => Some(format!("task {}", task.0)),
            Order::Promise { promise, .. } => Some(format!("promise {}", promise.0)),
            Order::Ask(ask) => Some(format!("ask {}", ask.0)),
            Order::Reform(reform) => Some(format!("reform {}", reform.0)),
            Order::Withdraw { instrument, .. } => Some(format!("withdraw {}", instrument.0)),
            _ => None,
        })
        .collect();
    kinds.sort();
    kinds
}

fn game(rules: &Rules, references: &References, n: u64) -> Vec<Turn> {
    let mut s =
        Situation::setup(rules, Start { seed: 6_000 + n, ..Start::default() }, &mut NoLedger);
    let mut out = Vec::new();
    while !s.is_over() {
        let mut sink = NoLedger;
        Player::new(rules, &mut s, &mut sink).look();
        out.push(turn(rules, references, &s));
        let mut player = Player::new(rules, &mut s, &mut sink);
        Greedy::guided().turn(&mut player);
        player.end();
    }
    out
}

fn turn(rules: &Rules, references: &References, s: &Situation) -> Turn {
    let known = s.known();
    let games: Vec<Situation> = (0..ALL as u64).map(|n| imagine(rules, known, 900 + n)).collect();
    let plans = Planner::default().near(rules, &games[0]);
    let value = |g: &Situation, plan: &[Order]| outcome(rules, references, g, plan, None);
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
    let mut first: Vec<(f64, usize)> = plans
        .iter()
        .enumerate()
        .map(|(n, p)| (mean(&games[..FIRST].iter().map(|g| value(g, p)).collect::<Vec<_>>()), n))
        .collect();
    first.sort_by(|a, b| b.0.total_cmp(&a.0));
    let of = |pick: fn(&Order) -> bool| {
        let base = &plans[0];
        first
            .iter()
            .map(|(_, n)| *n)
            .find(|n| plans[*n].iter().any(|o| pick(o) && !base.contains(o)))
    };
    let all = |plan: &[Order]| -> Vec<f64> { games.iter().map(|g| value(g, plan)).collect() };
    let best: Vec<Vec<f64>> = first.iter().take(BEST).map(|(_, n)| all(&plans[*n])).collect();
    let mut means: Vec<(f64, usize)> = best.iter().enumerate().map(|(n, v)| (mean(v), n)).collect();
    means.sort_by(|a, b| b.0.total_cmp(&a.0));
    let top = means[0].1;
    let ahead = means.get(1).map_or(0.0, |second| means[0].0 - second.0);
    let another =
        (0..games.len()).filter(|g| best.iter().any(|v| v[*g] > best[top][*g] + 1e-9)).count();
    let answers: Vec<Order> =
        plans[0].iter().filter(|o| matches!(o, Order::Answer { .. })).copied().collect();
    let stake = means[0].0 - mean(&all(&answers));
    let best_plan = &plans[first[top].1];
    let other: Vec<&Vec<f64>> = best
        .iter()
        .zip(&first)
        .filter(|(_, (_, n))| kinds(&plans[*n]) != kinds(best_plan))
        .map(|(v, _)| v)
        .collect();
    let beaten = |g: &usize| other.iter().any(|v| v[*g] > best[top][*g] + MATTERS);
    let contested = (0..games.len()).filter(beaten).count() as f64 / games.len() as f64;
    let is_other_answer = |plan: &&Vec<Order>| {
        plan.len() >= plans[0].len()
            && plan.iter().any(|o| matches!(o, Order::Answer { .. }) && !plans[0].contains(o))
    };
    let mut questions: Vec<(f64, f64)> = Vec::new();
    for plan in plans.iter().filter(is_other_answer) {
        let (base, v) = (all(&plans[0]), all(plan));
        let gap = (mean(&base) - mean(&v)).abs();
        let (a, b) = if mean(&base) >= mean(&v) { (&base, &v) } else { (&v, &base) };
        let loses = (0..games.len()).filter(|g| b[*g] > a[*g] + MATTERS).count();
        questions.push((gap, loses as f64 / games.len() as f64));
    }
    let asked = questions.iter().map(|q| q.0).fold(0.0, f64::max);
    let asked_contested = questions.iter().map(|q| q.1).fold(0.0, f64::max);
    let task = of(|o| matches!(o, Order::Task { .. }));
    let act = of(|o| matches!(o, Order::Propose(_) | Order::Build { .. }));
    let act_values = act.map(|n| all(&plans[n]));
    let know = task.zip(act_values.as_ref()).map(|(t, act)| mean(&all(&plans[t])) - mean(act));
    let wait = act.zip(act_values.as_ref()).and_then(|(n, now)| {
        let order = *plans[n].iter().find(|o| !plans[0].contains(o))?;
        let then =
            |g: &Situation| outcome(rules, references, g, &plans[0], Some((s.turn + LATER, order)));
        Some(mean(&games.iter().map(then).collect::<Vec<_>>()) > mean(now))
    });
    let worlds: Vec<usize> = (0..rules.worlds.len())
        .filter_map(|w| {
            let of: Vec<usize> =
                (0..games.len()).filter(|g| usize::from(games[*g].hidden().world) == w).collect();
            let there = |v: &Vec<f64>| of.iter().map(|g| v[*g]).sum::<f64>();
            let best = (0..best.len()).max_by(|a, b| there(&best[*a]).total_cmp(&there(&best[*b])));
            (of.len() >= 8).then_some(best).flatten()
        })
        .collect();
    let probe = (worlds.len() > 1).then(|| worlds.iter().any(|w| *w != worlds[0]));
    let mut richer = known.clone();
    richer.value[rules.roles.capital] += 1000;
    let rich = (0..ALL as u64).map(|n| value(&imagine(rules, &richer, 900 + n), &plans[0]));
    let capital = mean(&rich.collect::<Vec<_>>()) - mean(&all(&plans[0]));
    let differs = another as f64 / games.len() as f64;
    Turn {
        n: s.turn,
        alive: (CLEARLY..=4.0).contains(&ahead) && differs >= 0.25,
        know,
        wait,
        probe,
        capital,
        stake,
        contested,
        asked,
        asked_contested,
    }
}

/// The outcome of an imagined game that begins with a plan and goes on with greedy; with one order
/// more at a later turn.
fn outcome(
    rules: &Rules,
    references: &References,
    from: &Situation,
    plan: &[Order],
    later: Option<(u8, Order)>,
) -> f64 {
    let mut s = from.clone();
    let mut sink = NoLedger;
    let mut player = Player::new(rules, &mut s, &mut sink);
    player.look();
    for order in plan {
        player.give(*order);
    }
    player.end();
    roll(rules, &mut s, u8::MAX, |player| {
        if let Some((_, order)) = later.filter(|(turn, _)| player.known().turn == *turn) {
            player.look();
            player.give(order);
        }
        Greedy::seeing_through().turn(player);
    });
    let game = simulate::record(rules, &s, Count::default());
    simulate::total(rules, references, &game, &game.guidance)
}
