//! What a face is told.
//!
//! Owns: the messages, and which sizes of a window are believed. Refuses: the order in which they
//! come, and what a face does about them.

use super::key::Input;

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    Input(Input),
    /// The window is this large now (clamped), or must be painted anew at the same size.
    Resize(u16, u16),
    /// The process was asked to end.
    Signal(Signal),
    /// The terminal is gone.
    HangUp,
    /// Another thread panicked; the session lives on.
    WorkerPanic(Panic),
    /// Nothing happened for as long as was asked for.
    Idle,
}

/// A signal that asks the process to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signal {
    Int,
    Term,
    Hup,
    Quit,
}

/// A panic on another thread than the one that draws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panic {
    pub thread: String,
    pub message: String,
    /// `file:line:column`.
    pub place: String,
}

/// Widest frame drawn. A window's size is input from outside: 65535 x 65535 would be an abort.
pub const MAX_WIDTH: u16 = 400;
/// Tallest frame drawn.
pub const MAX_HEIGHT: u16 = 200;

/// A size that is safe to draw. A side of zero means that nobody knows: 80 x 24 then.
#[must_use]
pub const fn clamp_size(width: u16, height: u16) -> (u16, u16) {
    if width == 0 || height == 0 {
        return (80, 24);
    }
    (
        if width > MAX_WIDTH { MAX_WIDTH } else { width },
        if height > MAX_HEIGHT { MAX_HEIGHT } else { height },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_clamped_and_the_unknown_one_is_ordinary() {
        assert_eq!(clamp_size(0, 0), (80, 24));
        assert_eq!(clamp_size(0, 50), (80, 24));
        assert_eq!(clamp_size(1, 1), (1, 1));
        assert_eq!(clamp_size(u16::MAX, u16::MAX), (MAX_WIDTH, MAX_HEIGHT));
    }
}
