//! Stable sorting of short lists, compiled once, and collecting into sets and maps without a sort.
//!
//! The standard library's sort is compiled anew for each type of element, some four kilobytes each,
//! and collecting into a tree sorts first; a browser loads every one. Refuses: what is sorted in the
//! course of a turn, where time counts.

use std::cmp::Ordering;

/// Sorts what lies where: equal elements keep their order.
pub trait Arrange<T> {
    fn arrange_by(&mut self, cmp: impl FnMut(&T, &T) -> Ordering);

    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange_by(|a, b| key(a).cmp(&key(b)));
    }
}

impl<T> Arrange<T> for [T] {
    fn arrange_by(&mut self, mut cmp: impl FnMut(&T, &T) -> Ordering) {
        let mut at: Vec<usize> = (0..self.len()).collect();
        sorted(&mut at, &mut |a, b| cmp(&self[a], &self[b]));
        // `at[n]` is where the element of place `n` lay; what was there may have been moved since.
        for n in 0..at.len() {
            let mut from = at[n];
            while from < n {
                from = at[from];
            }
            self.swap(n, from);
        }
    }
}

/// Collects one by one.
pub trait Gather: Iterator + Sized {
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

fn sorted(at: &mut [usize], cmp: &mut dyn FnMut(usize, usize) -> Ordering) {
    at.sort_by(|a, b| cmp(*a, *b));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Arrange;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(list: Vec<(u8, u16)>) {
            let (mut here, mut there) = (list.clone(), list);
            here.arrange_by_key(|(key, _)| *key % 8);
            there.sort_by_key(|(key, _)| *key % 8);
            prop_assert_eq!(here, there);
        }
    }
}
