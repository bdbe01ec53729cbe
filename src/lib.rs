//! Interagency, a turn-based simulation of one job: the White House cybersecurity coordinator.
//!
//! The modules stand in floor order: each uses only its own floor or those above it in this list.

// Floor 0: numbers, days, luck, clean text.
pub mod day;
pub mod luck;
pub mod num;
pub mod order;
pub mod text;
// Floor 1: content, from bytes to resolved rules.
pub mod scenario;
// Floor 2: the rules of the game.
pub mod engine;
// Floor 3: a game in play; a run as lines of text; those lines kept, and kept on a disk; the door
// every face plays through.
pub mod game;
pub mod kept;
pub mod play;
pub mod record;
pub mod saved_game;
#[cfg(feature = "native")]
pub mod store;
// Floor 4: players.
pub mod policy;
// Floor 5: what many games say.
pub mod analysis;
// Floor 6: data to words.
pub mod prose;
// Floor 7: what is said between a face and what shows it; the tty and nothing else; the
// faces, and the shelf that one of them reads from; documents.
pub mod document;
pub mod input;
pub mod json;
pub mod library;
pub mod plain;
#[cfg(feature = "native")]
pub mod terminal;
pub mod tui;
// Floor 8: the command line.
#[cfg(feature = "native")]
pub mod cli;
