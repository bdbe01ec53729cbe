//! The law of memory: once warm, playing a game with the ledger off allocates nothing.

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};

use interagency::engine::Start;
use interagency::engine::{NoLedger, Situation};
use interagency::policy::Policy;

static CALLS: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// The system's allocator, counting.
struct Counting;

#[expect(unsafe_code, reason = "an allocator is unsafe by its trait; this one hands everything on")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(layout.size() as u64, Ordering::Relaxed);
        // SAFETY: the caller's promise is handed on.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(at, layout) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        CALLS.fetch_add(1, Ordering::Relaxed);
        BYTES.fetch_add(size as u64, Ordering::Relaxed);
        // SAFETY: as above.
        unsafe { System.realloc(at, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn counts() -> (u64, u64) {
    (CALLS.load(Ordering::Relaxed), BYTES.load(Ordering::Relaxed))
}

// One test and no other in this binary: another thread's allocations would be counted too.
#[test]
fn playing_a_game_allocates_nothing() {
    let rules = common::cloud_hopper();
    let policies = ["idle", "random", "greedy", "lens:security", "only:SANC"]
        .map(|name| (name, Policy::parse(&rules, name).expect("a policy")));
    let before = counts();
    drop(black_box(Box::new(7_u64)));
    assert_eq!(counts().0, before.0 + 1, "allocations are counted");
    for (name, policy) in &policies {
        let game = |seed| {
            let mut s = Situation::setup(&rules, Start { seed, ..Start::default() }, &mut NoLedger);
            policy.game(&rules, &mut s, None, &mut NoLedger);
            black_box(s.digest());
        };
        // The warm-up.
        game(1);
        let before = counts();
        for seed in 2..=200 {
            game(seed);
        }
        let after = counts();
        assert_eq!(
            (after.0 - before.0, after.1 - before.1),
            (0, 0),
            "{name}: allocations and bytes in 199 games"
        );
    }
}
