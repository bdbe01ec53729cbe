//! Reference lines: what 30 and 75 mean on each lens.
//!
//! 30 is the mean of doing nothing, 75 the mean of that lens's own `lens:` policy, both on 400
//! fixed seeds under the resolved rules. They are computed, never written by hand; what ships
//! embedded is checked by a test.

use crate::num::{Milli, ONE};
use crate::policy::{Greedy, Policy};
use crate::scenario::model::{LensIx, Rules, limits};

use super::simulate::{Plan, play};

/// Games per line.
pub const GAMES: u32 = 400;
/// First of the fixed seeds; far from those a person or a simulation would use.
pub const SEED: u64 = 0x5eed_0000;

/// Mean raw lens scores (thousandths) of idle and of each lens's own policy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct References {
    pub low: Vec<Milli>,
    pub high: Vec<Milli>,
}

impl References {
    pub fn compute(rules: &Rules, threads: usize) -> References {
        let plan = Plan { games: GAMES, seed: SEED, threads, world: None, guidance: None };
        let mean = |policy: &Policy, n: usize| {
            let games = play(rules, policy, &plan);
            let sum: i64 = games.iter().map(|g| i64::from(g.lenses[n])).sum();
            crate::num::round_div(sum, i64::from(GAMES))
        };
        let idle = play(rules, &Policy::Idle, &plan);
        let low = (0..rules.lenses.len())
            .map(|n| {
                crate::num::round_div(
                    idle.iter().map(|g| i64::from(g.lenses[n])).sum(),
                    i64::from(GAMES),
                )
            })
            .collect();
        let high = (0..rules.lenses.len())
            .map(|n| mean(&Policy::Greedy(Greedy::lens(LensIx::at(n))), n))
            .collect();
        References { low, high }
    }

    /// The raw scores of a game on the scale, as many as there are lenses.
    pub fn lenses(&self, rules: &Rules, raw: &[Milli; limits::LENSES]) -> [f64; limits::LENSES] {
        let mut out = [0.0; limits::LENSES];
        for (n, (out, raw)) in out.iter_mut().zip(raw).enumerate().take(rules.lenses.len()) {
            *out = self.scale(rules, n, *raw);
        }
        out
    }

    /// A raw score on the scale; where a lens's own policy does no better than idle the raw score
    /// stands.
    pub fn scale(&self, rules: &Rules, lens: usize, raw: Milli) -> f64 {
        let (low, high) = (
            f64::from(self.low.get(lens).copied().unwrap_or(0)),
            f64::from(self.high.get(lens).copied().unwrap_or(100 * ONE)),
        );
        let (at_low, at_high) = (
            f64::from(rules.tuning.reference_low) / 1000.0,
            f64::from(rules.tuning.reference_high) / 1000.0,
        );
        if high - low < f64::from(ONE) {
            return f64::from(raw) / f64::from(ONE);
        }
        (at_low + (f64::from(raw) - low) / (high - low) * (at_high - at_low)).clamp(0.0, 100.0)
    }
}
