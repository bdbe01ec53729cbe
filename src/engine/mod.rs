//! The rules of the game: pure, deterministic, in whole numbers.
//!
//! `Situation` is everything that changes; `Rules` is everything that does not. `Situation::apply`
//! is the only door: an order either changes the situation or is refused and changes nothing. The
//! engine knows no path, no clock, no thread, no text and no float.

#![deny(clippy::float_arithmetic)]

pub mod belief;
pub mod clearance;
pub mod condition;
pub mod counterpart;
pub mod effect;
pub mod event;
pub mod evidence;
pub mod ledger;
pub mod names;
pub mod options;
pub mod order;
pub mod outcome;
pub mod pipeline;
pub mod position;
pub mod situation;
pub mod turn;

pub use ledger::{Cause, Entry, NoLedger, Note, Origin, Sink};
pub use options::{Draft, Slot};
pub use order::{Order, Proposal, Refusal, Verb};
pub use situation::Situation;
