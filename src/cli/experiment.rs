//! `experiment`: the claims of a scenario, tried out.

use std::fmt::Write as _;

use clap::Args;
use serde_json::{Value, json};

use crate::analysis::experiment::{InWorld, Refused, Sample, Verdict, margin, refused, try_out};
use crate::analysis::funnel::{Funnel, Step as StepOf};
use crate::analysis::simulate::{Plan, play_and_see};
use crate::engine::{NoLedger, Refusal, Situation, Start};
use crate::policy::Policy;
use crate::prose;
use crate::scenario::model::{Expect, Experiment, Rules, Step};

use super::{Answer, Cx, Failure, Format, ids, print, rules};

#[derive(Debug, Args)]
pub struct ExperimentArgs {
    /// A scenario's id, or a path.
    scenario: String,
    /// Experiments by id; all without.
    experiments: Vec<String>,
    /// Pairs of games in each world.
    #[arg(
        long,
        default_value_t = 300,
        value_parser = clap::value_parser!(u32).range(2..=1_000_000)
    )]
    games: u32,
    /// Seed of the first pair; pair i uses seed + i.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
    threads: u8,
    /// Sets an assumption: ID=VALUE.
    #[arg(long, value_name = "ID=VALUE")]
    assume: Vec<String>,
}

/// An experiment and what came of it.
struct Tried<'r> {
    experiment: &'r Experiment,
    worlds: Vec<InWorld>,
    /// Of the script and of the one it is held against.
    refused: [Vec<Refused>; 2],
    /// By instrument, how far what the script proposes comes in so many games.
    proposed: Vec<(usize, Funnel)>,
}

/// Games in which a script's steps are looked at for refusals, each in a world of its own draw.
const LOOKED_AT: u32 = 20;

/// Exit 1 where a claim fails.
pub fn run(cx: &Cx, args: &ExperimentArgs) -> Answer {
    let rules = rules(cx, &args.scenario, &args.assume)?;
    let known = || ids(rules.experiments.iter().map(|e| e.id.as_str()));
    if let Some(wrong) =
        args.experiments.iter().find(|id| !rules.experiments.iter().any(|e| e.id == **id))
    {
        return Err(Failure::Usage(format!("no experiment `{wrong}`; there are {}", known())));
    }
    let wanted = |e: &&Experiment| args.experiments.is_empty() || args.experiments.contains(&e.id);
    let sample = Sample { games: args.games, seed: args.seed, threads: usize::from(args.threads) };
    let few = Sample { games: args.games.min(LOOKED_AT), ..sample };
    let tried: Vec<Tried> = rules
        .experiments
        .iter()
        .filter(wanted)
        .map(|experiment| Tried {
            experiment,
            worlds: try_out(&rules, experiment, sample),
            refused: [&experiment.policy, &experiment.against]
                .map(|steps| refused(&rules, steps, few)),
            proposed: proposed(&rules, &experiment.policy, few),
        })
        .collect();
    match cx.format {
        Format::Json => print(&format!("{:#}\n", to_json(&rules, args, &tried)))?,
        Format::Text | Format::Short | Format::Csv => print(&to_text(&rules, args, &tried))?,
    }
    let fails = |t: &Tried| t.worlds.iter().any(|w| w.verdict == Verdict::Fails);
    if tried.iter().any(fails) { Err(Failure::No) } else { Ok(()) }
}

/// How far the proposals of a script come.
fn proposed(rules: &Rules, steps: &[Step], sample: Sample) -> Vec<(usize, Funnel)> {
    let Sample { games, seed, threads } = sample;
    let plan = Plan { games, seed, threads, world: None, guidance: None };
    let seen = play_and_see(rules, &Policy::Script(steps.to_vec()), &plan).seen;
    let all = seen.funnels.into_iter().enumerate();
    all.filter(|(_, f)| f.of(StepOf::Proposed) > 0).collect()
}

fn expected(e: Option<Expect>) -> &'static str {
    match e {
        Some(Expect::Lower) => "lower",
        Some(Expect::Same) => "same",
        Some(Expect::Higher) => "higher",
        None => "nothing",
    }
}

fn said(v: Verdict) -> &'static str {
    match v {
        Verdict::Holds => "holds",
        Verdict::Fails => "fails",
        Verdict::Open => "open",
        Verdict::Unasked => "unasked",
    }
}

/// Why a step of a script was refused, in words.
pub fn refused_for(rules: &Rules, why: Option<Refusal>) -> String {
    let s = Situation::setup(rules, Start::default(), &mut NoLedger);
    let Some(why) = why else { return "its turn never came".to_owned() };
    let said = prose::refusal(rules, &s, &why);
    match why {
        // What a value needs is written with it, and no figure of a day.
        Refusal::TermShut { .. } => format!("{} {}", said.what, said.unblock),
        _ => said.what,
    }
}

/// Each step that was refused throughout: its day, its order, and why in the first game.
fn never<'a>(
    rules: &'a Rules,
    steps: &'a [Step],
    refused: &'a [Refused],
) -> impl Iterator<Item = (String, String)> + 'a {
    refused.iter().map(move |r| {
        let step = &steps[r.step];
        (prose::words::date(step.on), refused_for(rules, r.why))
    })
}

fn to_text(rules: &Rules, args: &ExperimentArgs, tried: &[Tried]) -> String {
    let mut out = format!(
        "{}: {} pairs of games in each world, seeds {} to {}\n",
        rules.title,
        args.games,
        args.seed,
        args.seed.wrapping_add(u64::from(args.games) - 1)
    );
    if tried.is_empty() {
        out += "It has no experiments.\n";
    }
    for t in tried {
        let e = t.experiment;
        // What is read as the last turn ends is read with what the weeks after it brought.
        let is_last = usize::from(e.turn) >= rules.last_turn();
        let ends = if is_last { rules.ends() } else { rules.turns[usize::from(e.turn)].ends };
        let end = ends.plus(-1);
        let _ = write!(
            out,
            "\n{}  {}\n  {} at the end of {}, what the script changes; a change under {} is none\n",
            e.id,
            e.claim,
            rules.indicators[e.watch].name,
            prose::words::date(end),
            margin(rules, e)
        );
        for w in &t.worlds {
            let (low, high) = w.interval();
            let verdict = match w.verdict {
                Verdict::Holds | Verdict::Fails => {
                    format!("expected {}: {}", expected(w.expect), said(w.verdict))
                }
                Verdict::Open => {
                    format!("expected {}: open, more games would tell", expected(w.expect))
                }
                Verdict::Unasked => "nothing expected".to_owned(),
            };
            let _ = writeln!(
                out,
                "  {:<24} {:>+6.1}  ({:>+.1} to {:>+.1})  {verdict}",
                rules.worlds[w.world].name, w.change.mean, low, high
            );
        }
        for (instrument, f) in &t.proposed {
            let [proposed, cleared, launched] =
                [StepOf::Proposed, StepOf::Cleared, StepOf::Launched].map(|step| f.of(step));
            let _ = writeln!(
                out,
                "  {}: proposed {proposed} times in {} games, cleared {cleared}, took effect \
                 {launched}",
                rules.instruments[*instrument].id,
                args.games.min(LOOKED_AT)
            );
        }
        for (steps, refused) in [&e.policy, &e.against].into_iter().zip(&t.refused) {
            for (day, why) in never(rules, steps, refused) {
                let _ = writeln!(
                    out,
                    "  refused in all of {} games: the step of {day}. {why}",
                    args.games.min(LOOKED_AT)
                );
            }
        }
    }
    out
}

fn to_json(rules: &Rules, args: &ExperimentArgs, tried: &[Tried]) -> Value {
    let round = |x: f64| (x * 1000.0).round() / 1000.0;
    let one = |t: &Tried| {
        let e = t.experiment;
        let worlds: Vec<Value> = t
            .worlds
            .iter()
            .map(|w| {
                let (low, high) = w.interval();
                json!({
                    "world": rules.worlds[w.world].id,
                    "change": round(w.change.mean),
                    "low": round(low),
                    "high": round(high),
                    "expected": w.expect.map(|e| expected(Some(e))),
                    "verdict": said(w.verdict),
                })
            })
            .collect();
        let refused = |steps: &[Step], list: &[Refused]| -> Vec<Value> {
            let row = |(r, (_, why)): (&Refused, (String, String))| {
                let step = r.step + 1;
                json!({ "step": step, "why": why })
            };
            list.iter().zip(never(rules, steps, list)).map(row).collect()
        };
        json!({
            "id": e.id,
            "claim": e.claim,
            "watch": rules.indicators[e.watch].id,
            "turn": e.turn + 1,
            "margin": margin(rules, e),
            "worlds": worlds,
            "proposed": t.proposed.iter().map(|(instrument, f)| json!({
                "instrument": rules.instruments[*instrument].id,
                "games": args.games.min(LOOKED_AT),
                "proposed": f.of(StepOf::Proposed),
                "cleared": f.of(StepOf::Cleared),
                "launched": f.of(StepOf::Launched),
            })).collect::<Vec<_>>(),
            "refused_throughout": {
                "games": args.games.min(LOOKED_AT),
                "policy": refused(&e.policy, &t.refused[0]),
                "against": refused(&e.against, &t.refused[1]),
            },
        })
    };
    json!({
        "scenario": rules.id,
        "games": args.games,
        "seed": args.seed,
        "experiments": tried.iter().map(one).collect::<Vec<_>>(),
    })
}
