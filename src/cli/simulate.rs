//! `simulate`: many games by one policy.

use std::time::Instant;

use clap::Args;
use serde_json::{Map, Value, json};

use crate::analysis::reference::References;
use crate::analysis::simulate::{Plan, Spread, Summary, simulate};
use crate::policy::Policy;

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
}

pub fn run(cx: &Cx, args: &SimulateArgs) -> Answer {
    let rules = rules(cx, &args.scenario, &args.assume)?;
    let policy = Policy::parse(&rules, &args.policy).map_err(|e| {
        Failure::Usage(format!("no policy `{}`; there are {}", e.name, e.known.join(", ")))
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
    let references = References::compute(&rules, usize::from(args.threads));
    let began = Instant::now();
    let s = simulate(&rules, &policy, &plan, &references);
    let elapsed = began.elapsed().as_secs_f64();
    match cx.format {
        Format::Json => print(&format!("{:#}\n", to_json(&rules.id, args, &s, elapsed))),
        Format::Text | Format::Short => print(&to_text(&rules.title, args, &s, elapsed)),
    }
}

fn check_guidance(
    rules: &crate::scenario::model::Rules,
    points: [u8; crate::scenario::model::limits::LENSES],
) -> Answer {
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

fn spread(s: &Spread) -> Value {
    json!({ "mean": round(s.mean), "p10": round(s.p10), "p50": round(s.p50), "p90": round(s.p90) })
}

fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

fn to_json(id: &str, args: &SimulateArgs, s: &Summary, elapsed: f64) -> Value {
    let spreads = |all: &std::collections::BTreeMap<String, Spread>| {
        Value::Object(all.iter().map(|(k, v)| (k.clone(), spread(v))).collect::<Map<_, _>>())
    };
    let instruments: Map<String, Value> = s
        .instruments
        .iter()
        .map(|(k, v)| {
            let counts = json!({
                "proposed": v[0],
                "cleared": v[1],
                "returned": v[2],
                "blocked": v[3],
                "launched": v[4],
            });
            (k.clone(), counts)
        })
        .collect();
    json!({
        "scenario": id,
        "policy": args.policy,
        "games": s.games,
        "seed": args.seed,
        "threads": args.threads,
        "elapsed_s": round(elapsed),
        "games_per_s": (f64::from(s.games) / elapsed.max(1e-9)).round(),
        "turns": s.turns,
        "decisions": s.decisions,
        "refused": s.refused,
        "outcome": {
            "mean": round(s.outcome.mean),
            "p10": round(s.outcome.p10),
            "p50": round(s.outcome.p50),
            "p90": round(s.outcome.p90),
        },
        "lenses": spreads(&s.lenses),
        "endings": s.endings,
        "indicators": spreads(&s.indicators),
        "instruments": instruments,
        "events": s.events,
        "responses": s.responses,
        "propositions": s.propositions,
        "worlds": s.worlds,
        "digest": format!("{:032x}", s.digest),
    })
}

fn to_text(title: &str, args: &SimulateArgs, s: &Summary, elapsed: f64) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{title}: {} games, policy {}, seeds {} to {}",
        s.games,
        args.policy,
        args.seed,
        args.seed.wrapping_add(u64::from(s.games) - 1)
    );
    let _ = writeln!(
        out,
        "{:.2} s, {:.0} games/s, {} turns, {} decisions ({} refused)",
        elapsed,
        f64::from(s.games) / elapsed.max(1e-9),
        s.turns,
        s.decisions,
        s.refused
    );
    let _ = writeln!(
        out,
        "outcome (guidance-weighted, for policies only) {:.1} +- {:.1}   p10 {:.1}  p50 {:.1}  p90 \
         {:.1}",
        s.outcome.mean,
        1.96 * s.outcome.error,
        s.outcome.p10,
        s.outcome.p50,
        s.outcome.p90
    );
    let _ =
        writeln!(out, "probability given to the true world at the end {:.2}", s.world_share.mean);
    let _ = writeln!(out, "\nlenses               mean   p10   p50   p90");
    for (id, l) in &s.lenses {
        let _ =
            writeln!(out, "  {id:<18} {:5.1} {:5.1} {:5.1} {:5.1}", l.mean, l.p10, l.p50, l.p90);
    }
    let _ = writeln!(out, "\nindicators           mean   p10   p50   p90");
    for (id, l) in &s.indicators {
        let _ =
            writeln!(out, "  {id:<18} {:5.1} {:5.1} {:5.1} {:5.1}", l.mean, l.p10, l.p50, l.p90);
    }
    let per = |n: u64| n as f64 / f64::from(s.games);
    let _ = writeln!(out, "\ninstruments (a game) proposed cleared returned blocked launched");
    for (id, v) in &s.instruments {
        let _ = writeln!(
            out,
            "  {id:<18} {:8.2} {:7.2} {:8.2} {:7.2} {:8.2}",
            per(v[0]),
            per(v[1]),
            per(v[2]),
            per(v[3]),
            per(v[4])
        );
    }
    for (name, table) in [
        ("endings", &s.endings),
        ("worlds", &s.worlds),
        ("propositions", &s.propositions),
        ("responses", &s.responses),
        ("events", &s.events),
    ] {
        let _ = writeln!(out, "\n{name} (share of games)");
        for (id, n) in table {
            let _ = writeln!(out, "  {id:<28} {:5.2}", f64::from(*n) / f64::from(s.games));
        }
    }
    let _ = writeln!(out, "\ndigest {:032x}", s.digest);
    out
}
