//! The thread that listens: to the keyboard, to signals, and for the moment the terminal is gone.
//!
//! Owns: sleeping until something happens (while nothing does it never wakes), noticing a hang-up
//! itself, throwing a flood away where the app is slower than it, and ending the process when the
//! app does not. Refuses: meaning.
//!
//! Why a poll of our own? The drawing library's reader turns round and round inside one call once
//! the terminal has hung up, and cannot be told to stop.

use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::decode::Decoder;
use crate::input::{Input, Key, Msg, Signal};

use super::note::Note;
use super::restore;
use super::signal::{Caught, Signals, die_by};
use super::sys::{self, Want};

/// Most inputs waiting for the app. What comes beyond it nobody typed, and it is thrown away, but
/// for the way out: left in the system's own buffer it would stand between the player and the way
/// out.
const QUEUE: usize = 8192;
/// A second ending signal this long after the first is a person losing patience, not a log-out
/// sending several at once.
const AGAIN: Duration = Duration::from_secs(1);

/// What the reader and the session share.
#[derive(Default)]
struct Shared {
    stop: AtomicBool,
    /// Inputs sent and not yet taken.
    queued: AtomicUsize,
}

/// The session's hold on its reader.
pub struct Handle {
    shared: Arc<Shared>,
    wake: UnixStream,
    /// `None` when it may be caught in a read that waits: then it ends with the process.
    thread: Option<JoinHandle<()>>,
}

impl Handle {
    /// Tells the reader that so many inputs have been taken.
    pub fn taken(&self, inputs: usize) {
        self.shared.queued.fetch_sub(inputs, Ordering::SeqCst);
    }

    /// Ends the reader and waits for it, if it is sure to come.
    pub fn stop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        self.nudge();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    fn nudge(&self) {
        // A full pipe means that it is being woken already.
        let _ = (&self.wake).write(&[0]);
    }
}

/// Starts listening.
pub fn start(
    signals: &'static Signals,
    out: Sender<Note>,
    grace: Duration,
    way_out: Option<Key>,
) -> io::Result<Handle> {
    let never_waits = sys::input_that_never_waits();
    let can_be_joined = never_waits.is_some();
    let input = never_waits.map_or_else(sys::input, Ok)?;
    let (wake, woken) = UnixStream::pair()?;
    wake.set_nonblocking(true)?;
    woken.set_nonblocking(true)?;
    let shared = Arc::new(Shared::default());
    let reader = Reader {
        input: Some(input),
        signals,
        woken,
        shared: Arc::clone(&shared),
        out,
        grace,
        way_out,
        decoder: Decoder::new(),
        silence_at: None,
        ending: None,
    };
    let thread =
        thread::Builder::new().name("terminal input".into()).spawn(move || reader.run())?;
    Ok(Handle { shared, wake, thread: Some(thread).filter(|_| can_be_joined) })
}

struct Reader {
    /// `None` once it has hung up.
    input: Option<sys::Input>,
    signals: &'static Signals,
    woken: UnixStream,
    shared: Arc<Shared>,
    out: Sender<Note>,
    grace: Duration,
    way_out: Option<Key>,
    decoder: Decoder,
    /// When what the decoder holds is taken for what it looks like.
    silence_at: Option<Instant>,
    ending: Option<Ending>,
}

/// What asks the session to end.
#[derive(Clone, Copy)]
struct Ending {
    signal: Signal,
    since: Instant,
}

fn pass_on(out: &Sender<Note>, shared: &Shared, way_out: Option<Key>, input: Input) {
    // A few places are kept for the way out.
    let places =
        QUEUE + if matches!(input, Input::Key(key) if Some(key) == way_out) { 16 } else { 0 };
    if shared.queued.load(Ordering::SeqCst) < places {
        shared.queued.fetch_add(1, Ordering::SeqCst);
        let _ = out.send(Note::Msg(Msg::Input(input)));
    }
}

impl Reader {
    fn run(mut self) {
        loop {
            let limit = [self.silence_at, self.ending.map(|ending| ending.since + self.grace)]
                .into_iter()
                .flatten()
                .min()
                .map(|at| at.saturating_duration_since(Instant::now()));
            let what = [
                self.input.as_ref().map(|input| (input.as_fd(), Want::Read)),
                Some((self.signals.fd(), Want::Read)),
                Some((self.woken.as_fd(), Want::Read)),
            ];
            let Ok([keyboard, signals, woken]) = sys::wait(what, limit) else {
                // Out of memory for a handful of descriptors, or they are not ours any more:
                // nothing left to listen to.
                self.hang_up();
                return;
            };
            if woken.now {
                let mut bytes = [0; 64];
                while matches!(self.woken.read(&mut bytes), Ok(n) if n > 0) {}
            }
            if self.shared.stop.load(Ordering::SeqCst) {
                return;
            }
            if signals.now {
                self.on_signals();
            }
            if keyboard.now {
                self.read();
            }
            if keyboard.gone {
                self.hang_up();
            }
            self.on_time();
        }
    }

    fn read(&mut self) {
        let Some(input) = &mut self.input else { return };
        let mut bytes = [0; 1024];
        match input.read(&mut bytes) {
            Ok(0) => self.hang_up(),
            Ok(n) => {
                let (out, shared, way_out) = (&self.out, &self.shared, self.way_out);
                self.decoder.feed(&bytes[..n], |input| pass_on(out, shared, way_out, input));
                self.silence_at = self.decoder.patience().map(|wait| Instant::now() + wait);
            }
            Err(e)
                if matches!(e.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock) => {}
            // EIO is how a terminal says that it is gone; any other error is no better.
            Err(_) => self.hang_up(),
        }
    }

    fn hang_up(&mut self) {
        if self.input.take().is_some() {
            let _ = self.out.send(Note::Msg(Msg::HangUp));
            self.ending.get_or_insert(Ending { signal: Signal::Hup, since: Instant::now() });
        }
    }

    fn on_signals(&mut self) {
        for caught in self.signals.take() {
            let note = match caught {
                Caught::End(signal) => {
                    let now = Instant::now();
                    if self.ending.is_some_and(|ending| ending.since + AGAIN <= now) {
                        // Asked, and asked again a while later: no more patience.
                        Self::force(signal);
                    }
                    self.ending.get_or_insert(Ending { signal, since: now });
                    Note::Msg(Msg::Signal(signal))
                }
                Caught::Stop => Note::Stop,
                Caught::Continue => Note::Continued,
                Caught::Resize => Note::Resized,
            };
            let _ = self.out.send(note);
        }
    }

    fn on_time(&mut self) {
        let now = Instant::now();
        if self.silence_at.is_some_and(|at| at <= now) {
            self.silence_at = None;
            let (out, shared, way_out) = (&self.out, &self.shared, self.way_out);
            self.decoder.flush(|input| pass_on(out, shared, way_out, input));
        }
        if let Some(ending) = self.ending
            && ending.since + self.grace <= now
        {
            Self::force(ending.signal);
        }
    }

    /// The app was asked to end and did not, or is stuck writing to a terminal that takes nothing:
    /// end without it.
    fn force(signal: Signal) -> ! {
        restore::force_back();
        die_by(signal)
    }
}
