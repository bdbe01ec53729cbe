//! Refusals in words.
use super::facts::Refused;
use crate::engine::{Refusal, Situation};
use crate::scenario::model::Rules;
pub fn refusal(_rules: &Rules, _s: &Situation, _r: &Refusal) -> Refused { Refused::default() }
