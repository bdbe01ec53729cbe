//! The same calls where there is no Unix below: the terminal library does what it can.
//!
//! Owns: the console's raw mode. Refuses: signals, job control and hang-ups, which do not exist
//! there.

use std::io;

use ratatui::crossterm::terminal;

pub type Input = io::Stdin;
pub type Output = io::Stdout;

pub fn input() -> io::Result<Input> {
    Ok(io::stdin())
}

pub fn output() -> io::Result<Output> {
    Ok(io::stdout())
}

pub fn stdout_size() -> Option<(u16, u16)> {
    terminal::size().ok()
}

pub fn wait_writable(_output: &Output) -> io::Result<()> {
    Ok(())
}

/// Raw or as it was; the library keeps what it was.
#[derive(Clone, Copy)]
pub struct Modes {
    raw: bool,
}

impl Modes {
    pub fn of(_input: &Input) -> io::Result<Self> {
        Ok(Self { raw: false })
    }

    pub fn raw(self) -> Self {
        Self { raw: true }
    }

    pub fn apply(&self, _input: &Input) -> io::Result<()> {
        #[cfg(windows)]
        let _ = ratatui::crossterm::ansi_support::supports_ansi();
        if self.raw { terminal::enable_raw_mode() } else { terminal::disable_raw_mode() }
    }
}

pub fn discard_input(_input: &Input) {}

pub fn unstoppable<R>(f: impl FnOnce() -> R) -> R {
    f()
}
