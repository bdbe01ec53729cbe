//! What a turn offers before any order, as plain data.
//!
//! Owns the shape. `opening` makes it from what is known as the turn opens; `validate` and
//! `options` read it.

use crate::scenario::model::limits;

use super::items::MAX_PROMPTS;
use super::price::Least;

/// In place of the position of a need that is not met: every need is met.
pub const MET: u8 = u8::MAX;

/// A function of the situation as the turn opened: conditions of instruments, terms, tasks, asks,
/// promises, reforms and choices, read once. An order of the turn cannot open or shut another.
#[derive(Debug, Clone, Copy)]
pub struct Menu {
    /// Targets on the board, as a mask.
    pub known: u32,
    /// The first need of each instrument that is not met, or `MET`.
    pub instruments: [u8; limits::INSTRUMENTS],
    /// Targets each instrument may aim at by law and by its needs.
    pub open: [u32; limits::INSTRUMENTS],
    /// Values of each term on offer.
    pub terms: [u8; limits::TERMS],
    /// The least price of the terms of each instrument that may be proposed, or the slot that has
    /// none.
    pub prices: [Option<Result<Least, u8>>; limits::INSTRUMENTS],
    /// The first need of each task that is not met, or `MET`.
    pub tasks: [u8; limits::TASKS],
    /// Campaigns each task can bring something about (bit 0 for tasks that have none).
    pub task_on: [u8; limits::TASKS],
    pub asks: [u8; limits::ASKS],
    pub promises: [u8; limits::PROMISES],
    pub reforms: [u8; limits::REFORMS],
    /// By prompt and choice.
    pub choices: [[u8; limits::CHOICES]; MAX_PROMPTS],
}

impl Menu {
    /// Everything shut.
    pub(super) const SHUT: Menu = Menu {
        known: 0,
        instruments: [0; limits::INSTRUMENTS],
        open: [0; limits::INSTRUMENTS],
        terms: [0; limits::TERMS],
        prices: [None; limits::INSTRUMENTS],
        tasks: [0; limits::TASKS],
        task_on: [0; limits::TASKS],
        asks: [0; limits::ASKS],
        promises: [0; limits::PROMISES],
        reforms: [0; limits::REFORMS],
        choices: [[0; limits::CHOICES]; MAX_PROMPTS],
    };
}
