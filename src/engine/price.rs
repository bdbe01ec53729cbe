//! What the parts of a proposal cost at least.
//!
//! Owns prices of terms before a draft is whole: the least staff and the least capital of what is
//! still open. `validate::price` owns the price of a whole proposal.

use crate::scenario::model::{InstrumentIx, Rules, limits};

/// Staff and capital.
pub type Price = (u8, u8);

/// The least of some prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    pub staff: u16,
    pub capital: u16,
    /// Whether one choice has the least of both.
    pub together: bool,
}

/// The least of these prices. None of none.
#[inline]
pub fn least(prices: impl Iterator<Item = Price>) -> Option<Least> {
    prices.fold(None, |least, price| {
        let price = (u16::from(price.0), u16::from(price.1));
        let Some(Least { staff: a, capital: b, together }) = least else {
            return Some(Least { staff: price.0, capital: price.1, together: true });
        };
        let together = (together && price.0 >= a && price.1 >= b) || (price.0 <= a && price.1 <= b);
        Some(Least { staff: a.min(price.0), capital: b.min(price.1), together })
    })
}

/// The least of all term slots of the instrument: of what is chosen, then of what is on offer.
///
/// # Errors
/// The first slot of which no value is on offer.
pub fn of_terms(
    rules: &Rules,
    on_offer: &[u8; limits::TERMS],
    ix: InstrumentIx,
    chosen: &[u8],
) -> Result<Least, u8> {
    let mut sum = Least { staff: 0, capital: 0, together: true };
    for n in 0..rules.instruments[ix].slots.len() {
        let of_slot = least(of_slot(rules, on_offer, ix, n, chosen)).ok_or(n as u8)?;
        sum.staff += of_slot.staff;
        sum.capital += of_slot.capital;
        sum.together &= of_slot.together;
    }
    Ok(sum)
}

/// Prices of what may stand in a term slot: of what is chosen, or of every value on offer.
pub fn of_slot<'a>(
    rules: &'a Rules,
    on_offer: &'a [u8; limits::TERMS],
    ix: InstrumentIx,
    n: usize,
    chosen: &'a [u8],
) -> impl Iterator<Item = Price> {
    let slot = &rules.instruments[ix].slots[n];
    let values = &rules.terms[slot.term].values;
    let on_offer = on_offer[slot.term];
    let picked = chosen.get(n).map(|at| usize::from(*at));
    let open = move |(at, v): &(usize, &u8)| {
        picked.map_or(on_offer & (1 << **v) != 0, |picked| picked == *at)
    };
    let price =
        |(_, v): (usize, &u8)| (values[usize::from(*v)].staff, values[usize::from(*v)].capital);
    slot.values.iter().enumerate().filter(open).map(price)
}
