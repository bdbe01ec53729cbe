//! What moved each value in the first games of a simulation, by cause.
//!
//! Owns how many games are told and how many causes are worth a line. Refuses to own the words of a
//! cause.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::analysis::simulate::{Plan, first};
use crate::policy::Policy;
use crate::prose;
use crate::scenario::model::Rules;

use super::round;

/// Games whose ledgers are read: of a policy that looks ahead few.
const GAMES: u32 = 20;
const GAMES_AHEAD: u32 = 2;
/// Causes told of a value, and from how much a game on.
const TOLD: usize = 4;
const LEAST: f64 = 0.5;

/// By indicator its largest causes, in points a game, the largest first.
pub struct Causes {
    games: u32,
    by_indicator: BTreeMap<String, Vec<(String, f64)>>,
}

pub fn of(rules: &Arc<Rules>, policy: &Policy, plan: &Plan) -> Causes {
    let most = if matches!(policy, Policy::Planner(_)) { GAMES_AHEAD } else { GAMES };
    let games = plan.games.min(most);
    let mut sums: BTreeMap<(String, String), f64> = BTreeMap::new();
    for n in 0..games {
        let game = first(rules, policy, &Plan { seed: plan.seed.wrapping_add(n.into()), ..*plan });
        for entry in &game.ledger().entries {
            let key = (rules.indicators[entry.indicator].id.clone(), prose::cause(rules, entry));
            *sums.entry(key).or_default() += f64::from(entry.delta) / 1000.0 / f64::from(games);
        }
    }
    let mut by_indicator: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for ((indicator, cause), points) in sums {
        if points.abs() >= LEAST {
            by_indicator.entry(indicator).or_default().push((cause, points));
        }
    }
    for causes in by_indicator.values_mut() {
        causes.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
        causes.truncate(TOLD);
    }
    Causes { games, by_indicator }
}

impl Causes {
    pub fn to_json(&self) -> Value {
        let one =
            |(cause, points): &(String, f64)| json!({ "cause": cause, "points": round(*points) });
        let all = self.by_indicator.iter();
        let all = all.map(|(id, list)| (id.clone(), list.iter().map(one).collect()));
        Value::Object(all.collect::<Map<_, _>>())
    }

    pub fn to_text(&self, out: &mut String) {
        let _ =
            writeln!(out, "\nwhat moved each value (points a game, of the first {})", self.games);
        for (id, list) in &self.by_indicator {
            let mut lead = id.as_str();
            for (cause, points) in list {
                let _ = writeln!(out, "  {lead:<18} {points:+6.1}  {cause}");
                lead = "";
            }
        }
    }
}
