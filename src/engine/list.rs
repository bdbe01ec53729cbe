//! A list of bounded length, kept inside plain data: copied with it, never allocated.
//!
//! Owns the type. The bound is a table size of `limits` or a constant of the rules; `push` says
//! whether there was room, and callers that have checked may ignore it.

use std::hash::{Hash, Hasher};
use std::ops::{Deref, DerefMut};

/// At most `N` items, in order. Equality and hash cover the items in use and nothing else.
#[derive(Debug, Clone, Copy)]
pub struct List<T, const N: usize> {
    items: [T; N],
    len: usize,
}

impl<T: Copy + Default, const N: usize> Default for List<T, N> {
    fn default() -> Self {
        List { items: [T::default(); N], len: 0 }
    }
}

impl<T: Copy, const N: usize> List<T, N> {
    pub fn is_full(&self) -> bool {
        self.len == N
    }

    /// Adds an item at the end. False, and nothing added, if the list is full.
    pub fn push(&mut self, item: T) -> bool {
        let room = self.len < N;
        if room {
            self.items[self.len] = item;
            self.len += 1;
        }
        room
    }

    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Removes the item at `at`; those behind it move up.
    pub fn remove(&mut self, at: usize) {
        self.items[at..self.len].rotate_left(1);
        self.len -= 1;
    }

    /// Keeps the items of which `keep` says so, in order.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        let mut kept = 0;
        for n in 0..self.len {
            let item = self.items[n];
            if keep(&item) {
                self.items[kept] = item;
                kept += 1;
            }
        }
        self.len = kept;
    }
}

impl<T, const N: usize> Deref for List<T, N> {
    type Target = [T];
    #[inline]
    fn deref(&self) -> &[T] {
        &self.items[..self.len]
    }
}

impl<T, const N: usize> DerefMut for List<T, N> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items[..self.len]
    }
}

impl<'a, T, const N: usize> IntoIterator for &'a List<T, N> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: PartialEq, const N: usize> PartialEq for List<T, N> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Eq, const N: usize> Eq for List<T, N> {}

impl<T: Hash, const N: usize> Hash for List<T, N> {
    fn hash<H: Hasher>(&self, h: &mut H) {
        (**self).hash(h);
    }
}
