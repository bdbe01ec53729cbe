//! The rules of the game: pure, deterministic, in whole numbers.
//!
//! `Situation` is everything that changes; `Rules` is everything that does not. `Situation::apply`
//! is the only door: an order either changes the situation or is refused and changes nothing. The
//! engine knows no path, no clock, no thread, no text and no float.

#![deny(clippy::float_arithmetic)]

// Data: lists, orders and refusals, the ledger, what stands in a game, its state.
pub mod draft;
pub mod items;
pub mod ledger;
mod list;
mod menu;
mod mood;
pub mod order;
mod price;
pub mod refusal;
pub mod start;
pub mod state;
// Reading the state: belief, conditions, what is on offer, what is legal.
pub mod belief;
mod condition;
mod estimate;
mod opening;
pub mod options;
mod revise;
pub mod validate;
// What a proposal does, who stands where on it, and the odds.
pub mod effect;
pub mod odds;
pub mod position;
pub mod spell;
// The phases of a turn's end.
mod act;
mod aim;
mod clearance;
mod commitment;
pub mod counterpart;
pub mod event;
pub mod evidence;
pub mod outcome;
mod pipeline;
mod prediction;
mod turn;
// The doors: a new game, an order, a digest; orders by name; what may look ahead.
mod apply;
mod digest;
pub mod imagine;
pub mod names;
pub mod player;
mod setup;

pub use clearance::{building_span, pipeline_span};
pub use condition::authority_of;
pub use draft::{Draft, Slot};
pub use items::NONE;
pub use items::{Measure, Prompt};
pub use ledger::{Cause, Entry, NoLedger, Note, Origin, Sink};
pub use order::{Order, Proposal, Verb};
pub use player::Player;
pub use refusal::Refusal;
pub use start::{Start, seed_of};
pub use state::{Hidden, Known, Situation};
pub use turn::band;
