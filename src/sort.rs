//! Sorting short lists in little code.
//!
//! The library's stable sort is made for long lists and is six kilobytes of program for each type
//! it is used with; a list of a screen has ten or twenty rows. Owns that. Refuses: lists that
//! content or a disk can make long.

/// Sorts by a key, equal ones as they were. Each step costs the rows it passes: for lists of a
/// screen.
pub fn by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at - 1]) > key(&list[at]) {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_sorts_as_the_library_does() {
        for seed in 0..200_u64 {
            let mut ours: Vec<(u64, u64)> =
                (0..seed % 17).map(|n| (crate::luck::mix(seed * 31 + n) % 5, n)).collect();
            let mut theirs = ours.clone();
            super::by_key(&mut ours, |(k, _)| *k);
            theirs.sort_by_key(|(k, _)| *k);
            assert_eq!(ours, theirs);
        }
    }
}
