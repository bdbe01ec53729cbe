//! What play, replay and debrief share: the rules a run was played by, and words for what does not
//! fit.

use std::sync::Arc;

use crate::game::Divergence;
use crate::record::Decoded;
use crate::saved_game::Misfit;
use crate::scenario::load::{self, ScenarioRef};
use crate::scenario::model::Rules;

use super::{Cx, Failure};

/// The rules of the run's scenario with its assumptions.
pub fn rules_for(cx: &Cx, decoded: &Decoded) -> Result<Arc<Rules>, Failure> {
    let header = decoded
        .header
        .as_ref()
        .ok_or_else(|| Failure::Usage("the file does not begin as a run does".to_owned()))?;
    let assume: Vec<(String, i32)> =
        header.assumptions.iter().map(|(k, v)| (k.clone(), *v)).collect();
    load::load(&ScenarioRef::Id(header.scenario.clone()), cx.scenario_folder().as_deref(), &assume)
        .map(Arc::new)
        .map_err(Failure::Problems)
}

/// A misfit in words.
pub fn misfit(m: &Misfit) -> String {
    match m {
        Misfit::Headless => "the file does not begin as a run does".to_owned(),
        Misfit::OtherRules { wrote } => {
            format!(
                "the run was played by rules version {wrote}; this program plays version {}. Use the program that wrote it.",
                crate::saved_game::RULES
            )
        }
        Misfit::OtherScenario { id } => {
            format!(
                "the scenario `{id}` here is not the one the run was played on: something that counts (not only words) was changed since"
            )
        }
        Misfit::NoWorld { id } => {
            format!("the run fixes the world `{id}`, which the scenario does not have")
        }
        Misfit::Diverges(Divergence::Name { turn, name }) => format!(
            "turn {turn} names the {} `{}`, which the rules do not have",
            name.kind, name.name
        ),
        Misfit::Diverges(Divergence::Refused { turn, order, .. }) => {
            format!("turn {turn}: order {order} is not legal under the rules")
        }
        Misfit::Diverges(Divergence::Digest { turn }) => {
            format!("turn {turn} is the first that comes out differently from its record")
        }
        Misfit::Diverges(Divergence::TooLong { turn }) => {
            format!("turn {turn} comes after the end of the game")
        }
        Misfit::TooManyBranches { most } => {
            format!(
                "the run is a branch of a branch {most} times over; begin from an earlier turn, or from the run it came from"
            )
        }
        Misfit::BranchPoints => {
            "the first line names branch points that cannot follow one another".to_owned()
        }
        Misfit::NoSuchTurn { asked, played } => format!(
            "there is no turn {asked} to begin from; the run has {played} turns, so 1 to {} will do",
            played + 1
        ),
    }
}
