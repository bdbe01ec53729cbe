//! Standard input for a face without a screen: lines are read as they come, and a signal that asks
//! the process to end ends the reading.
//!
//! Owns that one wait. Refuses: acting on the signal; the caller puts the game down first and then
//! dies by it. Where there are no signals it is standard input.

use std::io::{self, Read};

use crate::input::Signal;

/// Standard input. Its owner asks `ending` after an error.
pub struct Lines(Source);

impl Lines {
    /// Catches the next signal that asks the process to end; one after it ends the process as
    /// usual, should putting the game down take too long.
    pub fn open() -> Lines {
        Lines(Source::new())
    }

    /// The signal that ended the reading.
    pub fn ending(&self) -> Option<Signal> {
        self.0.ending()
    }
}

impl Read for Lines {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.0.read(bytes)
    }
}

#[cfg(unix)]
use unix::Source;

#[cfg(unix)]
mod unix {
    use std::io::{self, Read};
    use std::os::fd::AsFd;

    use crate::input::Signal;
    use crate::terminal::signal::{Caught, Signals};
    use crate::terminal::sys::{self, Want};

    pub struct Source {
        /// None where standard input is closed.
        input: Option<sys::Input>,
        signals: Option<&'static Signals>,
    }

    impl Source {
        pub fn new() -> Source {
            let signals = Signals::get().ok();
            if let Some(signals) = signals {
                signals.attend_once();
            }
            Source { input: sys::input().ok(), signals }
        }

        pub fn ending(&self) -> Option<Signal> {
            self.signals.and_then(Signals::ending)
        }

        pub fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            let Some(input) = &mut self.input else { return Ok(0) };
            loop {
                if self.signals.is_some_and(|s| s.ending().is_some()) {
                    return Err(io::Error::other("the process was asked to end"));
                }
                let signal = self.signals.map(|s| (s.fd(), Want::Read));
                let [ready, _] = sys::wait([Some((input.as_fd(), Want::Read)), signal], None)?;
                let stopped = self.signals.is_some_and(|s| s.take().any(|c| c == Caught::Stop));
                if stopped {
                    sys::stop_self();
                } else if ready.now || ready.gone {
                    match input.read(bytes) {
                        Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                        read => return read,
                    }
                }
            }
        }
    }
}

#[cfg(not(unix))]
struct Source;

#[cfg(not(unix))]
impl Source {
    fn new() -> Source {
        Source
    }
    fn ending(&self) -> Option<Signal> {
        None
    }
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        io::stdin().read(bytes)
    }
}
