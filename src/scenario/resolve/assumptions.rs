//! Contested numbers: assumptions, the worlds that set them, and what the command line says
//! instead.

use super::super::loc::At;
use super::super::model::{self, Assumption, World};
use super::amounts::show;
use super::finding::{COMMAND_LINE, Code, Finding};
use super::merge::Table;
use super::names::{Assumed, Cx};
use crate::num::Milli;

/// All assumptions by world, with overrides.
pub fn assumed(cx: &Cx, overrides: &[(String, Milli)]) -> (Vec<Assumed>, Vec<Finding>) {
    let mut all: Vec<Assumed> = Vec::new();
    for row in &cx.m.assumptions {
        let by_world =
            cx.m.worlds
                .iter()
                .map(|w| w.raw.sets.get(row.id.as_str()).map_or(row.raw.value.milli, |d| d.milli))
                .collect();
        all.push(Assumed { value: row.raw.value.milli, by_world, overridden: false });
    }
    let mut wrong = Vec::new();
    for (id, value) in overrides {
        let mut refuse = |message: String, hint: String| {
            wrong.push(Finding {
                file: COMMAND_LINE,
                at: At::default(),
                row: At::default(),
                code: Code::BadAssumption,
                message,
                hint,
                near: None,
            });
        };
        let found = cx.m.assumptions.iter().zip(&mut all).find(|(row, _)| row.id.text == *id);
        let Some((row, assumed)) = found else {
            let names = cx.m.assumptions.iter().map(|r| r.id.as_str());
            let near = super::super::problem::did_you_mean(id, names)
                .map_or(String::new(), |near| format!("did you mean `{near}`?"));
            refuse(format!("there is no assumption `{id}`"), near);
            continue;
        };
        let (least, most) = (row.raw.least.milli, row.raw.most.milli);
        if *value < least || *value > most {
            refuse(
                format!(
                    "the assumption `{id}` runs from {} to {}; {} is outside",
                    show(least),
                    show(most),
                    show(*value)
                ),
                String::new(),
            );
            continue;
        }
        assumed.value = *value;
        assumed.by_world.fill(*value);
        assumed.overridden = true;
    }
    (all, wrong)
}

/// Prior weights of the worlds: the scenario's shares, or all alike.
pub fn world_weights(cx: &Cx) -> Vec<u64> {
    cx.enter_scenario();
    let shares = &cx.m.scenario.worlds;
    for (id, share) in shares {
        cx.world(id);
        cx.share(share, "the share of a world");
    }
    let weights: Vec<u64> = match shares.iter().next() {
        None => cx.m.worlds.iter().map(|_| 1).collect(),
        Some((first, _)) => {
            if !cx.incomplete(Table::World) {
                cx.sums_to_100(shares.iter().map(|(_, p)| p), first.at, "the shares of the worlds");
            }
            cx.m.worlds
                .iter()
                .map(|row| shares.get(row.id.as_str()).map_or(0, |p| u64::from(p.n)))
                .collect()
        }
    };
    if cx.m.worlds.is_empty() && !cx.incomplete(Table::World) {
        cx.report_row(
            Code::MissingRole,
            "the rulebook has no worlds",
            "give at least one under `worlds`",
        );
    }
    weights
}

pub fn assumptions(cx: &Cx) -> Vec<Assumption> {
    let mut all = Vec::new();
    for (row, assumed) in cx.m.assumptions.iter().zip(&cx.assumed) {
        cx.enter(row);
        let raw = row.raw;
        if raw.least.milli > raw.most.milli {
            cx.report(
                Code::OutOfRange,
                raw.least.at,
                format!(
                    "the range runs from {} down to {}",
                    show(raw.least.milli),
                    show(raw.most.milli)
                ),
                "swap the two",
            );
        }
        if raw.value.milli < raw.least.milli || raw.value.milli > raw.most.milli {
            let message = format!(
                "the value {} lies outside its range {} to {}",
                show(raw.value.milli),
                show(raw.least.milli),
                show(raw.most.milli)
            );
            cx.report(
                Code::OutOfRange,
                raw.value.at,
                message,
                "widen the range or change the value",
            );
        }
        all.push(Assumption {
            id: row.id.text.to_string(),
            name: cx.title(&raw.name),
            means: cx.means(&raw.means),
            value: assumed.value,
            least: raw.least.milli,
            most: raw.most.milli,
            by_world: assumed.by_world.clone(),
            overridden: assumed.overridden,
            why: cx.why(&raw.why).unwrap_or(model::Why::Judgement(String::new())),
        });
    }
    all
}

pub fn worlds(cx: &Cx) -> Vec<World> {
    let total: u64 = cx.world_weights.iter().sum();
    let mut all = Vec::new();
    for (i, row) in cx.m.worlds.iter().enumerate() {
        cx.enter(row);
        let raw = row.raw;
        for (id, value) in &raw.sets {
            let Some(rule) = cx.assumption_soft(id).and_then(|ix| cx.m.assumptions.get(ix.i()))
            else {
                continue;
            };
            if value.milli < rule.raw.least.milli || value.milli > rule.raw.most.milli {
                let message = format!(
                    "`{id}` is {} here, outside its range {} to {}",
                    show(value.milli),
                    show(rule.raw.least.milli),
                    show(rule.raw.most.milli)
                );
                cx.report(Code::OutOfRange, value.at, message, "");
            }
        }
        let weight = cx.world_weights.get(i).copied().unwrap_or(0);
        let share = weight
            .saturating_mul(200)
            .saturating_add(total)
            .checked_div(total.saturating_mul(2))
            .unwrap_or(0);
        all.push(World {
            id: row.id.text.to_string(),
            name: cx.title(&raw.name),
            means: cx.means(&raw.means),
            share: u32::try_from(share).unwrap_or(100),
            tells: cx.word_list(&raw.tells, super::words::LINE, "the tell"),
            critics: raw.critics.iter().filter_map(|id| cx.critic_soft(id)).collect(),
        });
    }
    all
}
