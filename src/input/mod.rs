//! What a face and whatever shows it say to each other: a terminal, a page of a browser, a test.
//!
//! Owns: keys, messages, what can be drawn, and the last look at a frame. Refuses: where any of it
//! comes from. A face imports nothing nearer to the machine than this.

mod capability;
mod key;
mod message;
mod sweep;

pub use capability::{Capabilities, Colours};
pub use key::{Code, Input, Key};
pub use message::{MAX_HEIGHT, MAX_WIDTH, Msg, Panic, Signal, clamp_size};
pub use sweep::sweep;
