//! The rules a kept run was played by, and words for what does not fit.

use std::path::PathBuf;
use std::sync::Arc;

use crate::game::Divergence;
use crate::record::{Decoded, Header};
use crate::saved_game::{Misfit, RULES};
use crate::scenario::load::{self, Own, ScenarioRef};
use crate::scenario::model::Rules;
use crate::scenario::problem::{Code, Problem};
use crate::text::for_terminal;

/// Where the rules of a run may be found.
pub struct Sources<'a> {
    /// The file named on the command line: then nothing else is looked at.
    pub given: Option<&'a str>,
    /// The file noted when the run was begun.
    pub origin: Option<PathBuf>,
    /// The user's own scenarios.
    pub own: &'a dyn Own,
}

impl Sources<'_> {
    fn all(&self, id: &str) -> Vec<ScenarioRef> {
        if let Some(given) = self.given {
            return vec![ScenarioRef::parse(given)];
        }
        let noted = self.origin.iter().filter(|path| self.own.has(path)).cloned();
        let carried = load::titles().iter().any(|t| t.id == id);
        let own = load::own_by_id(self.own, id);
        noted
            .map(ScenarioRef::Path)
            .chain(carried.then(|| ScenarioRef::Id(id.to_owned())))
            .chain(own.into_iter().map(ScenarioRef::Path))
            .collect()
    }
}

/// The rules of the run's scenario with its assumptions, and the file they were read from, if they
/// do not ship: of several that go by its id, the one the run was played on.
///
/// # Errors
/// There is none, or none that can be read.
pub fn rules_for(
    decoded: &Decoded,
    sources: &Sources,
) -> Result<(Arc<Rules>, Option<PathBuf>), Vec<Problem>> {
    let Some(header) = &decoded.header else { return Err(Vec::new()) };
    let assume: Vec<(String, i32)> =
        header.assumptions.iter().map(|(k, v)| (k.clone(), *v)).collect();
    let mut other = None;
    let mut failed = None;
    for which in sources.all(&header.scenario) {
        match load::load(&which, sources.own, &assume) {
            Ok(rules) => {
                let fits =
                    rules.id == header.scenario && header.hash == format!("{:016x}", rules.hash);
                let found = (Arc::new(rules), load::file_of(&which, sources.own));
                if fits {
                    return Ok(found);
                }
                other.get_or_insert(found);
            }
            Err(problems) => {
                failed.get_or_insert(problems);
            }
        }
    }
    // Whatever goes by its id tells more than nothing: what does not fit is said of it.
    other.map_or_else(|| Err(failed.unwrap_or_else(|| vec![missing(header)])), Ok)
}

fn missing(header: &Header) -> Problem {
    let id = for_terminal(&header.scenario);
    Problem::of_file(
        &id,
        Code::CannotRead,
        format!(
            "the scenario of this run, `{id}`, does not ship and is not in your folder of scenarios"
        ),
    )
    .hint("name its file with --scenario FILE")
}

/// A misfit in words.
pub fn misfit(m: &Misfit) -> String {
    match m {
        Misfit::Headless => "the file does not begin as a run does".to_owned(),
        Misfit::OtherRules { wrote } => {
            format!(
                "the run was played by rules version {wrote}; this program plays version {RULES}. \
                 Use the program that wrote it."
            )
        }
        Misfit::OtherScenario { id } => {
            format!(
                "the scenario `{id}` here is not the one the run was played on: something that \
                 counts (not only words) was changed since, or it is another file of that id \
                 (--scenario FILE names one)"
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
                "the run is a branch of a branch {most} times over; begin from an earlier turn, or \
                 from the run it came from"
            )
        }
        Misfit::OnTheRecord => {
            "the run is on the record: it takes no branches, and can only be gone on with"
                .to_owned()
        }
        Misfit::BranchPoints => {
            "the first line names branch points that cannot follow one another".to_owned()
        }
        Misfit::NoSuchTurn { asked, played } => format!(
            "there is no turn {asked} to begin from; the run has {played} turns, so 1 to {} will \
             do",
            played + 1
        ),
    }
}
