//! Interagency, a turn-based simulation of one job: the White House cybersecurity coordinator.
//!
//! The modules stand in floor order: each uses only its own floor or those above it in this list.

// Floor 0: numbers, days, luck, clean text.
pub mod day;
pub mod text;
// Floor 1: content, from bytes to resolved rules.
pub mod scenario;
// Floor 3: a run as lines of text, and those lines on a disk (the only writing there is).
pub mod record;
pub mod store;
