//! `simulate`: many games by one policy, the same of two scenarios, or one game told.
//!
//! Owns what the command line asks for. What is printed is made below, one file an answer.

mod causes;
mod csv;
mod pairs;
mod summary;
mod told;

use std::io::{IsTerminal, Write as _};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use crate::analysis::reference::References;
use crate::analysis::simulate::{Plan, first, simulate};
use crate::policy::Policy;
use crate::scenario::model::Rules;

use super::{Answer, Cx, Failure, Format, guidance, print, rules, world};

#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// A scenario's id, or a path.
    scenario: String,
    /// idle, random, explore, history, greedy, planner, only:INSTRUMENT or lens:LENS.
    #[arg(long)]
    policy: String,
    #[arg(
        long,
        default_value_t = 200,
        value_parser = clap::value_parser!(u32).range(1..=10_000_000)
    )]
    games: u32,
    /// Seed of the first game; game i uses seed + i.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
    threads: u8,
    /// Fixes the world instead of drawing it.
    #[arg(long)]
    world: Option<String>,
    /// A profile, or lens=N,…
    #[arg(long)]
    guidance: Option<String>,
    /// Sets an assumption: ID=VALUE.
    #[arg(long, value_name = "ID=VALUE")]
    assume: Vec<String>,
    /// Plays another scenario (an id, or a path) by the same policy on the same seeds, and prints
    /// each figure of both with the difference, SCENARIO less OTHER, and its 95 % interval. The
    /// other options hold for both.
    #[arg(long, value_name = "OTHER")]
    compare: Option<String>,
    /// Tells one game turn by turn: that of --seed.
    #[arg(long, conflicts_with_all = ["games", "threads", "compare"])]
    explain: bool,
}

pub fn run(cx: &Cx, args: &SimulateArgs) -> Answer {
    let (rules, policy, plan) = side(cx, args, &args.scenario)?;
    if args.explain {
        return explain(cx, args, rules, &policy, &plan);
    }
    let other = args.compare.as_deref().map(|other| side(cx, args, other)).transpose()?;
    let references = References::compute(&rules, usize::from(args.threads));
    if let Some(other) = &other {
        return pairs::run(cx, args, &(rules, policy, plan), other, &references);
    }
    let began = Instant::now();
    let s = simulate(&rules, &policy, &plan, &references, progress(began, plan.games));
    let elapsed = began.elapsed().as_secs_f64();
    let rules = Arc::new(rules);
    let causes = causes::of(&rules, &policy, &plan);
    let json = || summary::to_json(&rules, args, &s, &causes, elapsed);
    match cx.format {
        Format::Json => print(&format!("{:#}\n", json())),
        Format::Csv => print(&csv::of_summary(&json())),
        Format::Text | Format::Short => {
            print(&summary::to_text(&rules, args, &s, &causes, elapsed))
        }
    }
}

/// How far it is, on a terminal: after the first games, and then at each hundredth of them. What is
/// done in a moment says nothing.
fn progress(began: Instant, games: u32) -> impl FnMut(u32) {
    let loud = std::io::stderr().is_terminal();
    move |played| {
        let seconds = began.elapsed().as_secs_f64();
        if !loud || seconds < 1.0 {
            return;
        }
        let left = seconds / f64::from(played.max(1)) * f64::from(games - played);
        let _ = if played == games {
            write!(std::io::stderr().lock(), "\r\x1b[K")
        } else {
            write!(
                std::io::stderr().lock(),
                "\r{played} of {games} games; about {left:.0} s left \x1b[K"
            )
        };
    }
}

/// A scenario with what the other options make of it.
type Side = (Rules, Policy, Plan);

fn side(cx: &Cx, args: &SimulateArgs, scenario: &str) -> Result<Side, Failure> {
    let rules = rules(cx, scenario, &args.assume)?;
    let policy = Policy::parse(&rules, &args.policy).map_err(|e| {
        Failure::Usage(format!(
            "no policy `{}` in {scenario}; there are {}",
            e.name,
            e.known.join(", ")
        ))
    })?;
    let plan = Plan {
        games: args.games,
        seed: args.seed,
        threads: usize::from(args.threads),
        world: world(&rules, args.world.as_deref())?,
        guidance: guidance(&rules, args.guidance.as_deref())?,
    };
    if let Some(points) = plan.guidance {
        check_guidance(&rules, points)?;
    }
    Ok((rules, policy, plan))
}

fn explain(cx: &Cx, args: &SimulateArgs, rules: Rules, policy: &Policy, plan: &Plan) -> Answer {
    if cx.format == Format::Csv {
        let why = "--explain tells a game in sentences; it is written as text or json, not as csv";
        return Err(Failure::Usage(why.to_owned()));
    }
    let game = first(&Arc::new(rules), policy, plan);
    match cx.format {
        Format::Json => print(&format!("{:#}\n", told::to_json(&game, &args.policy))),
        Format::Text | Format::Short | Format::Csv => print(&told::to_text(&game, &args.policy)),
    }
}

fn check_guidance(rules: &Rules, points: [u8; crate::scenario::model::limits::LENSES]) -> Answer {
    use crate::engine::Start;
    use crate::engine::{NoLedger, Order, Situation};
    let s = Situation::setup(rules, Start::default(), &mut NoLedger);
    s.validate(rules, &Order::Guide(points)).map_err(|_| {
        Failure::Usage(
            "a guidance is twelve points over the lenses, 0 to 4 each, at least four lenses funded"
                .to_owned(),
        )
    })
}

/// To three places.
fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

/// `2 games, policy greedy, seeds 1 to 2`.
fn played(args: &SimulateArgs) -> String {
    let last = args.seed.wrapping_add(u64::from(args.games) - 1);
    format!("{} games, policy {}, seeds {} to {last}", args.games, args.policy, args.seed)
}
