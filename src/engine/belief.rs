//! Exact Bayes over a handful of cells.
//!
//! A belief is a list of weights, one for each combination of hidden values. Seeing an item
//! multiplies each weight by the chance of seeing it there; *not* seeing it where it was looked for
//! multiplies by the chance of that. Chances are per mille, 1 to 999, so nothing ever becomes
//! impossible or certain.

use crate::num::Milli;
use crate::scenario::model::{Rules, limits};
use crate::scenario::plan::Step;

/// Weights stay below this; relative error over forty items is under 1e-9.
const TOP_BITS: u32 = 50;

/// Takes an item (`seen`) or its silence into account.
#[inline]
pub fn update(weights: &mut [u64], chances: &[u16], seen: bool) {
    let mut most = 0;
    for (w, c) in weights.iter_mut().zip(chances) {
        let c = u64::from(if seen { *c } else { 1000 - *c });
        // Below 2^50 x 1000.
        *w = w.wrapping_mul(c);
        most |= *w;
    }
    let shift = (u64::BITS - most.leading_zeros()).saturating_sub(TOP_BITS);
    if shift > 0 {
        for w in weights {
            *w = (*w >> shift).max(1);
        }
    }
}

/// Probability of the cells in `mask`, in thousandths.
#[inline]
pub fn share(weights: &[u64], mask: u64) -> Milli {
    share_of(weights, mask, total(weights))
}

/// The world cells of a world, as a mask.
pub fn of_world(rules: &Rules, world: usize) -> u64 {
    let traits = rules.trait_cells.max(1);
    (0..traits).fold(0, |mask, t| mask | 1 << (world * traits + t))
}

/// What `share_of` divides by.
#[inline]
pub fn total(weights: &[u64]) -> u64 {
    // Weights after the shift are below 2^44 and there are at most 64: sums below 2^50.
    weights.iter().fold(0, |all: u64, w| all.wrapping_add(w >> 6))
}

/// `share` where the total is known: several questions about one campaign ask for it once.
#[inline]
pub fn share_of(weights: &[u64], mask: u64, total: u64) -> Milli {
    if total == 0 {
        return 0;
    }
    let mut part: u64 = 0;
    let mut bits = mask;
    while bits != 0 {
        let Some(w) = weights.get(bits.trailing_zeros() as usize) else { break };
        part = part.wrapping_add(w >> 6);
        bits &= bits - 1;
    }
    // Below 2^50 x 1000.
    Milli::try_from((part * 1000 + total / 2) / total).unwrap_or(0)
}

/// Moves weight between cells.
pub fn shift(weights: &mut [u64], steps: &[Step]) {
    let mut next = [0u64; limits::CELLS];
    for step in steps {
        next[usize::from(step.to)] +=
            (weights[usize::from(step.from)] >> 16).max(1) * u64::from(step.share);
    }
    for (w, n) in weights.iter_mut().zip(next) {
        *w = n.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_posterior_agrees_with_floating_point_bayes() {
        let mut weights = [400_000u64, 350_000, 250_000].map(|w| w << 16);
        let mut exact = [0.4f64, 0.35, 0.25];
        let items: [([u16; 3], bool); 6] = [
            ([780, 150, 100], true),
            ([700, 300, 50], false),
            ([999, 1, 500], true),
            ([400, 600, 900], false),
            ([610, 200, 330], true),
            ([50, 60, 70], false),
        ];
        for round in 0..40 {
            let (chances, seen) = items[round % items.len()];
            update(&mut weights, &chances, seen);
            for (e, c) in exact.iter_mut().zip(chances) {
                let p = f64::from(c) / 1000.0;
                *e *= if seen { p } else { 1.0 - p };
            }
            let total: f64 = exact.iter().sum();
            for e in &mut exact {
                *e /= total;
            }
            for (i, e) in exact.iter().enumerate() {
                let got = f64::from(share(&weights, 1 << i)) / 1000.0;
                assert!((got - e).abs() < 6e-4, "round {round}, cell {i}: {got} {e}");
            }
        }
    }

    #[test]
    fn nothing_becomes_impossible() {
        let mut weights = [1u64 << 40; 64];
        let mut chances = [1u16; 64];
        chances[3] = 999;
        for _ in 0..200 {
            update(&mut weights, &chances, true);
        }
        assert!(weights.iter().all(|w| *w >= 1));
        assert_eq!(share(&weights, u64::MAX), 1000);
    }
}
