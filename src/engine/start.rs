//! What a game starts from besides the rules: a seed, perhaps a fixed world, and where a branch
//! begins.

use crate::luck::{Site, mix};
use crate::scenario::model::WorldIx;

/// Most branches of branches.
pub const MAX_BRANCHES: usize = 8;

/// What a game starts from besides the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Start {
    pub seed: u64,
    /// Fixes the world instead of drawing it.
    pub world: Option<WorldIx>,
    /// Of a branch, and of branches of branches: where luck is fresh.
    pub branches: Branches,
    /// No branches; nothing in the rules depends on it.
    pub on_the_record: bool,
}

/// The turns (from 0) from which on a branch goes by a seed of its own, in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Branches {
    at: [(u8, u64); MAX_BRANCHES],
    len: u8,
}

impl Branches {
    /// These, and one more that begins at `turn`; whatever began there or later is no part of it.
    /// None if there would be too many.
    #[must_use]
    pub fn with(mut self, turn: u8, seed: u64) -> Option<Branches> {
        let kept = self.list().iter().filter(|(at, _)| *at < turn).count();
        let (own, rest) = self.at.get_mut(kept..)?.split_first_mut()?;
        *own = (turn, seed);
        rest.fill((0, 0));
        self.len = u8::try_from(kept + 1).ok()?;
        Some(self)
    }

    pub fn list(&self) -> &[(u8, u64)] {
        &self.at[..usize::from(self.len)]
    }

    /// The seed of the luck with which `turn` ends, where the turn before ended with `seed`.
    #[inline]
    pub(super) fn seed_from(&self, seed: u64, turn: u8) -> u64 {
        self.list().iter().find(|(at, _)| *at == turn).map_or(seed, |(_, own)| *own)
    }
}

/// The seed of a word that a class agrees on; a number is itself. Large and small letters and spaces
/// around it do not count. None for nothing.
pub fn seed_of(word: &str) -> Option<u64> {
    let word = word.trim();
    let hashed = || mix(Site::of("word", &word.to_lowercase()).0.into());
    (!word.is_empty()).then(|| word.parse().unwrap_or_else(|_| hashed()))
}

#[cfg(test)]
mod tests {
    use super::seed_of;

    #[test]
    fn a_word_is_the_same_seed_however_it_is_typed_and_a_number_is_itself() {
        assert_eq!(seed_of(" Maple "), seed_of("maple"));
        assert_ne!(seed_of("maple"), seed_of("mable"));
        assert_eq!(seed_of("7"), Some(7));
        assert_eq!(seed_of("  "), None);
    }
}
