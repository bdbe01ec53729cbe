//! Cells: the combinations of hidden values, numbered row by row, the last variable fastest.
//!
//! Owns their numbers and masks. Refuses to own what a value means.

use super::super::model::limits;
use super::super::raw;

/// How many values each variable has.
pub fn sizes(raw: &raw::Campaign) -> Vec<usize> {
    raw.truth.iter().map(|(_, v)| v.shares.len()).collect()
}

/// All combinations, as the position of each variable's value; none if there are too many.
pub fn cells(sizes: &[usize]) -> Vec<Vec<usize>> {
    let product = sizes.iter().try_fold(1usize, |n, s| n.checked_mul(*s)).unwrap_or(usize::MAX);
    if product > limits::CELLS {
        return Vec::new();
    }
    let mut all = vec![Vec::new()];
    for size in sizes {
        all = all
            .iter()
            .flat_map(|cell| (0..*size).map(move |v| cell.iter().copied().chain([v]).collect()))
            .collect();
    }
    all
}

/// The cells in which the value is true, whichever variable it belongs to.
pub fn mask_of(raw: &raw::Campaign, value: &str) -> u64 {
    let mut mask = 0;
    for (i, (_, variable)) in raw.truth.iter().enumerate() {
        if let Some(v) = variable.shares.keys().position(|k| k == value) {
            mask |= mask_where(&cells(&sizes(raw)), i, v);
        }
    }
    mask
}

pub fn mask_where(cells: &[Vec<usize>], variable: usize, value: usize) -> u64 {
    let hit = cells.iter().enumerate().filter(|(_, cell)| cell.get(variable) == Some(&value));
    hit.fold(0, |mask, (c, _)| mask | 1 << c)
}

/// Weights brought up so that rounding in the belief is far below a thousandth: the largest near
/// 2^48.
pub fn fine(mut weights: Vec<u64>) -> Vec<u64> {
    let top = weights.iter().copied().max().unwrap_or(0);
    if top > 0 {
        let up = 48u32.saturating_sub(64u32.saturating_sub(top.leading_zeros()));
        for w in &mut weights {
            *w = w.checked_shl(up).unwrap_or(*w);
        }
    }
    weights
}
/// Whether a value that is not there may be one that a mistake of the variable itself keeps away.
pub fn in_doubt(raw: &raw::Campaign) -> bool {
    let whole = |v: &raw::Variable| {
        v.shares.len() > 1
            && v.shares.len() == v.says.len()
            && v.shares.keys().all(|k| v.says.get(k).is_some())
    };
    !raw.truth.iter().all(|(_, v)| whole(v))
}
