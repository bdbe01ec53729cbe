//! Many things worked on side by side, each in its own place of a list, so that the number of
//! threads cannot show.

use std::sync::{Mutex, PoisonError};
use std::thread;

/// Works on each thing with its number, on so many threads, this one among them. Where none can be
/// made, as in a browser, this one does it all.
pub fn work<T: Send>(list: &mut [T], threads: usize, work: impl Fn(usize, &mut T) + Sync) {
    let part = list.len().div_ceil(threads.max(1)).max(1);
    let parts = Mutex::new(list.chunks_mut(part).enumerate());
    let help = || loop {
        let next = parts.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some((n, chunk)) = next else { return };
        for (i, cell) in chunk.iter_mut().enumerate() {
            work(n * part + i, cell);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            let _ = thread::Builder::new().spawn_scoped(scope, help);
        }
        help();
    });
}
