//! How indices and amounts are written for programs: an index as the id of its record, an amount
//! in thousandths as the decimal it stands for.
//!
//! Owns the rules whose ids are meant while something is written. An index alone does not know
//! them, and serde hands nothing down; so they are set around the writing, for its thread.

use std::cell::RefCell;
use std::sync::Arc;

use serde::ser::{Error, Serialize, Serializer};

use super::model::{
    AgencyIx, AskIx, CampaignIx, CodexIx, EventIx, EvidenceIx, FileIx, IndicatorIx, InstrumentIx,
    LensIx, ProfileIx, PromiseIx, PropositionIx, ReformIx, Rules, TargetIx, TaskIx, TermIx,
    VenueIx, WindowIx,
};
use crate::num::Milli;

thread_local! {
    static RULES: RefCell<Option<Arc<Rules>>> = const { RefCell::new(None) };
}

/// Writes with the ids of these rules.
pub fn within<T>(rules: &Arc<Rules>, write: impl FnOnce() -> T) -> T {
    let outer = RULES.replace(Some(Arc::clone(rules)));
    let written = write();
    RULES.set(outer);
    written
}

/// The rules of the writing under way.
///
/// # Errors
/// Outside `within` no index has an id.
pub fn with<T, E: Error>(write: impl FnOnce(&Rules) -> Result<T, E>) -> Result<T, E> {
    RULES.with_borrow(|rules| match rules {
        Some(rules) => write(rules),
        None => Err(E::custom("an index is written only within its rules")),
    })
}

macro_rules! ids {
    ($($ix:ident: $table:ident),* $(,)?) => {$(
        impl Serialize for $ix {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                with(|rules| match rules.$table.get(self.i()) {
                    Some(record) => s.serialize_str(&record.id),
                    None => Err(S::Error::custom("an index without a record")),
                })
            }
        }
    )*};
}
ids!(
    AgencyIx: agencies, AskIx: asks, CampaignIx: campaigns, CodexIx: codex, EventIx: events,
    EvidenceIx: evidence, FileIx: files, IndicatorIx: indicators, InstrumentIx: instruments,
    LensIx: lenses, ProfileIx: profiles, PromiseIx: promises, PropositionIx: propositions,
    ReformIx: reforms, TargetIx: targets, TaskIx: tasks, TermIx: terms, VenueIx: venues,
    WindowIx: windows,
);

/// An amount in thousandths, as a decimal.
#[derive(Debug, Clone, Copy)]
struct Decimal(Milli);

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            s.serialize_i32(self.0 / 1000)
        } else {
            // The shortest decimal of the nearest double has the three digits it was made from.
            s.serialize_f64(f64::from(self.0) / 1000.0)
        }
    }
}

/// For `serialize_with`.
///
/// # Errors
/// The serialiser's own.
pub fn decimal<S: Serializer>(n: &Milli, s: S) -> Result<S::Ok, S::Error> {
    Decimal(*n).serialize(s)
}

/// For `serialize_with`.
///
/// # Errors
/// The serialiser's own.
pub fn decimals<S: Serializer>(list: &[Milli], s: S) -> Result<S::Ok, S::Error> {
    s.collect_seq(list.iter().map(|n| Decimal(*n)))
}

/// For `serialize_with`: values by turn.
///
/// # Errors
/// The serialiser's own.
pub fn by_turn<S: Serializer>(list: &[(usize, Milli)], s: S) -> Result<S::Ok, S::Error> {
    s.collect_seq(list.iter().map(|(turn, n)| (turn, Decimal(*n))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_to_the_thousandth() {
        let list = [0, 38_000, -1_500, 12_345, i32::MAX, 1, -999];
        let written = serde_json::to_string(&list.map(Decimal)).expect("numbers");
        assert_eq!(written, "[0,38,-1.5,12.345,2147483.647,0.001,-0.999]");
    }

    #[test]
    fn an_index_outside_its_rules_is_an_error() {
        assert!(serde_json::to_string(&AgencyIx::at(0)).is_err());
    }
}
