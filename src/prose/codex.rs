//! The codex and the assumptions.
use super::facts::{AssumptionRow, CodexEntry};
use crate::scenario::model::{CodexIx, Rules};
/// The entries that may be shown now: in play, nothing after the scenario.
pub fn codex(_rules: &Rules, _in_play: bool) -> Vec<CodexEntry> { Vec::new() }
/// The entries a word finds, best first.
pub fn find(_rules: &Rules, _word: &str, _in_play: bool) -> Vec<CodexIx> { Vec::new() }
pub fn assumptions(_rules: &Rules) -> Vec<AssumptionRow> { Vec::new() }
