//! A new game as it is asked for in words, on a command line or in a link.

use crate::num::Milli;
use crate::scenario::load;
use crate::scenario::model::{Rules, WorldIx, limits};

/// What a new game starts from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    pub scenario: String,
    pub seed: Option<u64>,
    pub world: Option<String>,
    pub guidance: Option<String>,
    /// Each as `ID=NUMBER`.
    pub assume: Vec<String>,
    pub on_the_record: bool,
}

/// Assumptions, each as `ID=NUMBER`.
///
/// # Errors
/// What is wrong with the first that is.
pub fn assumptions(settings: &[String]) -> Result<Vec<(String, Milli)>, String> {
    settings.iter().map(|s| load::parse_assumption(s)).collect()
}

/// A world by its id.
///
/// # Errors
/// There is none.
pub fn world(rules: &Rules, id: Option<&str>) -> Result<Option<WorldIx>, String> {
    let Some(id) = id else { return Ok(None) };
    match rules.worlds.iter().position(|w| w.id == id) {
        Some(n) => Ok(Some(WorldIx::at(n))),
        None => Err(format!(
            "no world `{id}`; there are {}",
            ids(rules.worlds.iter().map(|w| w.id.as_str()))
        )),
    }
}

/// A guidance by profile or as `lens=N,…`.
///
/// # Errors
/// It is neither.
pub fn guidance(rules: &Rules, text: Option<&str>) -> Result<Option<[u8; limits::LENSES]>, String> {
    let Some(text) = text else { return Ok(None) };
    if let Some(p) = rules.profiles.iter().find(|p| p.id == text) {
        return Ok(Some(p.points));
    }
    let mut points = [0u8; limits::LENSES];
    for part in text.split(',') {
        let wrong = || {
            format!(
                "--guidance takes a profile ({}) or lens=N,… with lenses {}; got `{part}`",
                ids(rules.profiles.iter().map(|p| p.id.as_str())),
                ids(rules.lenses.iter().map(|l| l.id.as_str()))
            )
        };
        let (lens, n) = part.split_once('=').ok_or_else(wrong)?;
        let at = rules.lenses.iter().position(|l| l.id == lens.trim()).ok_or_else(wrong)?;
        points[at] = n.trim().parse().map_err(|_| wrong())?;
    }
    Ok(Some(points))
}

fn ids<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join(", ")
}
