//! A 128-bit digest of everything in a game that matters, the same on every machine.
//!
//! Owns the order in which the state is folded. Run files hold digests, so a change of the order is
//! a new version of the rules.

use std::hash::{Hash, Hasher};

use crate::luck::mix;

use super::items::NONE;
use super::state::Situation;

impl Situation {
    pub fn digest(&self) -> u128 {
        let mut h = Fold::default();
        let (s, hidden, books) = (&self.known, &self.hidden, &self.known.books);
        let mut branches = books.branches.list().iter();
        let (turn, seed) = branches.next().copied().unwrap_or((NONE, 0));
        (books.seed, turn, seed).hash(&mut h);
        for further in branches {
            further.hash(&mut h);
        }
        (
            s.turn,
            s.day,
            s.ending,
            s.ending_lines,
            s.orders,
            hidden.world,
            hidden.traits,
            hidden.truth,
        )
            .hash(&mut h);
        (hidden.value, s.opened, s.before, hidden.sum, s.doubt).hash(&mut h);
        (s.relation, s.busy_until, s.spell, s.spell_until, s.leanings).hash(&mut h);
        (s.guidance, s.guided, s.amended).hash(&mut h);
        (s.agenda, s.heard, s.measures, s.shelf).hash(&mut h);
        (s.effect_left, s.tally, s.launched_on).hash(&mut h);
        (s.launched_this_turn, s.launched_by_event, s.acts, s.acts_at).hash(&mut h);
        (s.active_tasks, s.tasks_begun, s.tasks_done, s.asked, s.asks_now, s.ask_origin)
            .hash(&mut h);
        (s.commitments, s.promised, s.kept, s.broke).hash(&mut h);
        (s.reform_due, s.reform_origin, s.reform_active).hash(&mut h);
        (
            s.belief,
            s.world_belief,
            s.evidence,
            books.evidence_due,
            s.tells,
            books.tells_due,
            s.activity,
        )
            .hash(&mut h);
        (hidden.aims, books.aims, books.aims_through, s.aim_belief, s.aims, s.halted).hash(&mut h);
        (s.flags, s.events_fired, books.events_fired_on, s.choice_made).hash(&mut h);
        (s.prompts, books.chains).hash(&mut h);
        (s.files_open, s.files_done, s.files_ready).hash(&mut h);
        (s.responded, s.just_responded, books.responded_on, books.told).hash(&mut h);
        (s.predictions, s.hits, s.checks).hash(&mut h);
        (s.confidence, s.judged, s.ever).hash(&mut h);
        h.finish128()
    }
}

/// Folds whole numbers into 128 bits, little-endian on every machine.
#[derive(Default)]
struct Fold {
    a: u64,
    b: u64,
}

impl Fold {
    fn word(&mut self, w: u64) {
        self.a = (self.a ^ w).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        self.b =
            (self.b.rotate_left(23) ^ w).wrapping_mul(0xd6e8_feb8_6659_fd93).wrapping_add(self.a);
    }
    fn finish128(self) -> u128 {
        let a = mix(self.a ^ self.b.rotate_left(32));
        let b = mix(self.b.wrapping_add(a));
        u128::from(a) << 64 | u128::from(b)
    }
}

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        self.a ^ self.b
    }
    fn write(&mut self, bytes: &[u8]) {
        // Slices of integers arrive as memory; only byte arrays come here on every machine the same
        // way.
        for chunk in bytes.chunks(8) {
            let mut word = [0u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.word(u64::from(n));
    }
    fn write_u16(&mut self, n: u16) {
        self.word(u64::from(n));
    }
    fn write_u32(&mut self, n: u32) {
        self.word(u64::from(n));
    }
    fn write_u64(&mut self, n: u64) {
        self.word(n);
    }
    fn write_usize(&mut self, n: usize) {
        self.word(n as u64);
    }
    fn write_isize(&mut self, n: isize) {
        self.word((n as i64).cast_unsigned());
    }
}
