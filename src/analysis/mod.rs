//! What many games say: simulation, reference lines, traps, texts.
//!
//! Floats are allowed here (means, percentiles, intervals) and stay out of digests and of the
//! engine.

pub mod counterfactual;
pub mod deep;
pub mod experiment;
pub mod funnel;
pub mod pages;
pub mod pairs;
mod parts;
pub mod reference;
pub mod simulate;
pub mod standing;
pub mod tests;
pub mod texts;
