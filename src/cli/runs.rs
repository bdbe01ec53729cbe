//! What replay, compare and script runs share: a run by path or by name.

use std::path::{Path, PathBuf};

use crate::kept::{Keeper, Trouble};
use crate::record::Decoded;
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
