//! Signals, made into flags and a wake-up.
//!
//! Owns: which signals are caught, and what they do while no session is running (what they always
//! did). Refuses: acting on them; the reader thread tells the app, the app leaves, the process dies
//! by the signal.

#[cfg(not(unix))]
use crate::input::Signal;

#[cfg(unix)]
pub use unix::die_by;
#[cfg(unix)]
pub(super) use unix::{Caught, Signals};

/// Ends the process with the exit status a shell reports for this signal.
#[cfg(not(unix))]
pub fn die_by(signal: Signal) -> ! {
    std::process::exit(match signal {
        Signal::Hup => 129,
        Signal::Int => 130,
        Signal::Quit => 131,
        Signal::Term => 143,
    })
}

#[cfg(unix)]
mod unix {
    use std::io::{self, Read};
    use std::os::fd::{AsFd, BorrowedFd};
    use std::os::unix::net::UnixStream;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, PoisonError};

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
    use signal_hook::{flag, low_level};

    use crate::input::Signal;
    use crate::terminal::sys;

    impl Signal {
        const ALL: [Self; 4] = [Self::Int, Self::Term, Self::Hup, Self::Quit];

        const fn number(self) -> i32 {
            match self {
                Self::Int => SIGINT,
                Self::Term => SIGTERM,
                Self::Hup => SIGHUP,
                Self::Quit => SIGQUIT,
            }
        }
    }

    /// Ends the process by this signal, as if it had never been caught.
    pub fn die_by(signal: Signal) -> ! {
        // Resets the handler, unblocks and raises; aborts should even that fail.
        let _ = low_level::emulate_default_handler(signal.number());
        std::process::abort()
    }

    /// What a signal asks of the session.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Caught {
        End(Signal),
        Stop,
        Continue,
        Resize,
    }

    /// The process's signal state; there is one, made at the first session and kept.
    pub struct Signals {
        /// Readable once a signal has come.
        woken: UnixStream,
        flags: Vec<(Caught, Arc<AtomicBool>)>,
        /// True while no session runs: then signals do what they do by default.
        at_rest: Arc<AtomicBool>,
        /// Number of the last ending signal of this session, from inside the handler; 0 for none.
        ending: Arc<AtomicUsize>,
    }

    static INSTALLED: Mutex<Option<&'static Signals>> = Mutex::new(None);

    impl Signals {
        /// Catches the signals, once for the life of the process. Those our parent ignores stay
        /// ignored.
        pub fn get() -> io::Result<&'static Self> {
            let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(signals) = *installed {
                return Ok(signals);
            }
            let signals = &*Box::leak(Box::new(Self::install()?));
            *installed = Some(signals);
            Ok(signals)
        }

        fn install() -> io::Result<Self> {
            let (woken, wake) = UnixStream::pair()?;
            woken.set_nonblocking(true)?;
            let mut signals = Self {
                woken,
                flags: Vec::new(),
                at_rest: Arc::new(AtomicBool::new(true)),
                ending: Arc::default(),
            };
            let ends = Signal::ALL.map(|s| (s.number(), Caught::End(s)));
            let others =
                [(SIGTSTP, Caught::Stop), (SIGCONT, Caught::Continue), (SIGWINCH, Caught::Resize)];
            for (number, caught) in ends.into_iter().chain(others) {
                if sys::is_ignored(number) {
                    continue;
                }
                // Actions run in this order: default behaviour if at rest, then the flags, then the
                // wake-up that makes somebody look at the flags.
                flag::register_conditional_default(number, Arc::clone(&signals.at_rest))?;
                if let (Caught::End(_), Ok(value)) = (caught, usize::try_from(number)) {
                    flag::register_usize(number, Arc::clone(&signals.ending), value)?;
                }
                let raised = Arc::new(AtomicBool::new(false));
                flag::register(number, Arc::clone(&raised))?;
                low_level::pipe::register(number, wake.try_clone()?)?;
                signals.flags.push((caught, raised));
            }
            Ok(signals)
        }

        /// A session begins: signals are messages from now on.
        pub fn attend(&self) {
            self.ending.store(0, Ordering::SeqCst);
            for (_, raised) in &self.flags {
                raised.store(false, Ordering::SeqCst);
            }
            self.at_rest.store(false, Ordering::SeqCst);
        }

        /// As `attend`, for the rest of the process, and for the first ending signal only: whoever
        /// sends a second has lost patience, and it does what it always did.
        pub fn attend_once(&self) {
            self.attend();
            for (caught, _) in &self.flags {
                if let Caught::End(signal) = caught {
                    let _ = flag::register(signal.number(), Arc::clone(&self.at_rest));
                }
            }
        }

        /// The session is over: signals do what they always did. Returns one that came too late to
        /// be a message.
        pub fn rest(&self) -> Option<Signal> {
            self.at_rest.store(true, Ordering::SeqCst);
            self.ending()
        }

        /// The ending signal of this session, if one has come. Never forgotten while the session
        /// lasts.
        pub fn ending(&self) -> Option<Signal> {
            let number = self.ending.load(Ordering::SeqCst);
            Signal::ALL.into_iter().find(|s| usize::try_from(s.number()) == Ok(number))
        }

        pub fn fd(&self) -> BorrowedFd<'_> {
            self.woken.as_fd()
        }

        /// What came since the last call.
        pub fn take(&self) -> impl Iterator<Item = Caught> {
            let mut bytes = [0; 64];
            while matches!((&self.woken).read(&mut bytes), Ok(n) if n > 0) {}
            self.flags
                .iter()
                .filter(|(_, raised)| raised.swap(false, Ordering::SeqCst))
                .map(|(caught, _)| *caught)
        }
    }
}
