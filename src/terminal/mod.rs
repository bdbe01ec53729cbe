//! The terminal: the only module that touches the tty, and the only one that may contain `unsafe`.
//!
//! Owns: the terminal's modes and their restoration on every way out (return, panic, signal, stop,
//! hang-up), the bytes that come in, the frames that go out, and what the machine says about
//! itself. Refuses: what a key means, what a screen shows, colours, saving. It hands the messages
//! of `input` to one receiver and draws what a closure paints.
//!
//! ```text
//!   tty ──────────► reader ──► decode ──► Input ┐
//!   signals ────────► ┘                         ├─► one queue ─► Session::wait ─► the app
//!   panics of other threads ────────────────────┘                                    │
//!   tty ◄── sweep ◄── Session::draw ◄────────────────────────────────────────────────┘
//! ```
//!
//! Why not the stock set-up of the drawing library? After SIGTERM, SIGHUP or SIGINT it leaves the
//! tty raw; a panic on a worker's thread tears the screen down under a living app; and its event
//! reader spins on a core, for ever, once the terminal has hung up. So bytes are read and decoded
//! here; the library draws.

mod capability;
mod decode;
mod lines;
mod note;
#[cfg(unix)]
mod reader;
#[cfg(not(unix))]
#[path = "reader_portable.rs"]
mod reader;
mod restore;
mod screen;
mod session;
mod signal;
#[cfg(unix)]
mod sys;
#[cfg(not(unix))]
#[path = "sys_portable.rs"]
mod sys;

pub use capability::capabilities;
pub use decode::Decoder;
pub use lines::Lines;
pub use screen::Screen;
pub use session::{Options, Session};
pub use signal::die_by;
