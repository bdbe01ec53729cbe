//! What replay, compare, record and debrief share: a run by path or by name, and its game.

use std::path::{Path, PathBuf};

use crate::game::Game;
use crate::kept::{Keeper, Trouble};
use crate::library::{self, Sources};
use crate::record::Decoded;
use crate::saved_game;
use crate::store::{self, Store};

use super::{Cx, Failure};

/// A run by path or by name, and where its scenario came from, if that was noted.
///
/// # Errors
/// There is none, or none that can be read.
pub fn read(cx: &Cx, run: &str) -> Result<(Decoded, Option<PathBuf>), Failure> {
    let wrong = |t: Trouble| Failure::Usage(format!("{run}: {t}"));
    let path = Path::new(run);
    if path.exists() && (run.contains(['/', '\\']) || path.is_file()) {
        return Ok((store::read_path(path).map_err(wrong)?, None));
    }
    let store = Store::look(cx.data_dir.clone());
    Ok((store.read(run).map_err(wrong)?, store.origin(run)))
}

/// The game of a whole run, played again, with its record and the file of its scenario, if that does
/// not ship.
///
/// # Errors
/// It cannot be read, is damaged, or does not fit its scenario.
pub fn game(
    cx: &Cx,
    run: &str,
    scenario: Option<&str>,
) -> Result<(Game, Decoded, Option<PathBuf>), Failure> {
    let (decoded, origin) = read(cx, run)?;
    if let Some(damage) = &decoded.damage {
        return Err(Failure::Usage(format!("{run}: damaged: {damage}")));
    }
    let own = cx.own();
    let sources = Sources { given: scenario, origin, own: &own };
    let (rules, file) = library::rules_for(&decoded, &sources).map_err(Failure::Unusable)?;
    let game = saved_game::replay(&rules, &decoded)
        .map_err(|m| Failure::Usage(format!("{run}: {}", library::misfit(&m))))?;
    Ok((game, decoded, file))
}
