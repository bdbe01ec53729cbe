//! A session: from taking the terminal to giving it back.
//!
//! Owns: waiting on the one queue of messages, drawing at most so often, stopping and going on
//! (Ctrl-Z). Refuses: what the messages mean and when to end; it only makes sure that however it
//! ends, the terminal is as it was.
//!
//! ```no_run
//! # use interagency::input::{Input, Key, Msg};
//! # use interagency::terminal::{Options, Session};
//! # fn main() -> std::io::Result<()> {
//! let mut session = Session::enter(Options::default())?;
//! 'play: loop {
//!     session.draw(|_frame| { /* paint */ })?;
//!     for msg in session.wait() {
//!         match msg {
//!             Msg::Input(Input::Key(key)) if key == Key::char('q') => break 'play,
//!             Msg::Signal(_) | Msg::HangUp => break 'play, // save first
//!             _ => {}
//!         }
//!     }
//! }
//! session.finish(); // back to the shell, or dead by the signal that came
//! # Ok(())
//! # }
//! ```

use std::cell::Cell;
use std::collections::VecDeque;
use std::io::{self, BufWriter};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
#[cfg(unix)]
use std::thread;
use std::time::{Duration, Instant};

use ratatui::layout::Size;
use ratatui::{Frame, Terminal};

use crate::input::{Key, Msg, Signal, clamp_size, sweep};

use super::capability::capabilities;
use super::note::{Note, coalesce, shorten};
use super::reader;
use super::restore::{self, Taken};
use super::screen::{Screen, Tty};
use super::signal::die_by;
use super::sys;

/// Shortest time between two frames while messages keep coming. The first message after a pause is
/// shown at once.
const FRAME: Duration = Duration::from_millis(33);
/// Most messages handed over at once: as many as are worked off well within the time of a frame or
/// two.
const BATCH: usize = 128;

/// How a session is to be.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Ask for mouse presses and the wheel. It costs the player plain text selection.
    pub mouse: bool,
    /// Whether, and after how long, it is told that nothing happened. Without, an idle session
    /// sleeps.
    pub idle: Option<Duration>,
    /// The locale has no UTF-8: every cell is spelled in ASCII.
    pub ascii: bool,
    /// How long the app may take to end after it was asked to by a signal or a hang-up; then it is
    /// ended.
    pub grace: Duration,
    /// The key by which a person gets out of anything. Behind more keys than a person types it does
    /// not wait its turn: what stands before it is left out.
    pub way_out: Option<Key>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mouse: false,
            idle: None,
            ascii: false,
            grace: Duration::from_secs(10),
            way_out: Some(Key::ctrl('c')),
        }
    }
}

/// Only one session can hold the terminal.
static HELD: AtomicBool = AtomicBool::new(false);

/// The terminal in our hands. It belongs to the thread that entered: a panic there ends it, a panic
/// elsewhere is a message.
pub struct Session {
    terminal: Terminal<Screen<BufWriter<Tty>>>,
    size: Rc<Cell<Size>>,
    inbox: Receiver<Note>,
    /// What came and was not handed over yet.
    backlog: VecDeque<Note>,
    outbox: Sender<Note>,
    reader: reader::Handle,
    taken: Arc<Taken>,
    #[cfg(unix)]
    signals: &'static super::signal::Signals,
    options: Options,
    drawn_at: Option<Instant>,
    ending: Option<Signal>,
    left: bool,
}

impl Session {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When standard input or output is no terminal that can draw, when a session is already
    /// running, or when the system refuses; the terminal is then as it was.
    pub fn enter(options: Options) -> io::Result<Self> {
        if !capabilities().can_draw() {
            return Err(io::Error::new(
                io::ErrorKind::Unsupported,
                "standard input and output are not a terminal that can draw",
            ));
        }
        if HELD.swap(true, Ordering::SeqCst) {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "the terminal is already in use by this process",
            ));
        }
        Self::enter_held(options).inspect_err(|_| {
            restore::give_back();
            restore::disown();
            HELD.store(false, Ordering::SeqCst);
        })
    }

    fn enter_held(options: Options) -> io::Result<Self> {
        let (outbox, inbox) = mpsc::channel();
        let report = outbox.clone();
        restore::adopt(move |panic| {
            let _ = report.send(Note::Msg(Msg::WorkerPanic(panic)));
        });
        #[cfg(unix)]
        let signals = super::signal::Signals::get()?;
        let output = sys::output()?;
        #[cfg(unix)]
        signals.attend();
        let taken =
            restore::take(sys::input()?, sys::output()?, options.mouse).inspect_err(|_| rest())?;
        // Asked only now: a change before the signals were attended to would have been missed.
        let size = Rc::new(Cell::new(current_size()));
        let started = || -> io::Result<_> {
            let mut terminal = Terminal::new(Screen::new(
                BufWriter::with_capacity(1 << 16, Tty(output)),
                Rc::clone(&size),
            ))?;
            terminal.clear()?;
            #[cfg(unix)]
            let reader = reader::start(signals, outbox.clone(), options.grace, options.way_out)?;
            #[cfg(not(unix))]
            let reader = reader::start(outbox.clone())?;
            Ok((terminal, reader))
        };
        let (terminal, reader) = started().inspect_err(|_| {
            restore::give_back();
            rest();
        })?;
        Ok(Self {
            terminal,
            size,
            inbox,
            backlog: VecDeque::new(),
            outbox,
            reader,
            taken,
            #[cfg(unix)]
            signals,
            options,
            drawn_at: None,
            ending: None,
            left: false,
        })
    }

    /// Columns and rows of the next frame.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        let size = self.size.get();
        (size.width, size.height)
    }

    /// Sleeps until something happens and returns all of it, at least one message: what ends the
    /// session first, only the last size, neighbouring turns of the wheel added up.
    pub fn wait(&mut self) -> Vec<Msg> {
        loop {
            let notes = self.gather();
            let inputs = notes.iter().filter(|n| n.is_input()).count();
            self.reader.taken(inputs);
            let msgs = self.settle(notes);
            if !msgs.is_empty() {
                return coalesce(msgs);
            }
        }
    }

    fn gather(&mut self) -> Vec<Note> {
        if self.backlog.is_empty() {
            // The queue cannot close: the session holds a sender itself.
            let first = match self.options.idle {
                None => self.inbox.recv().unwrap_or(Note::Msg(Msg::HangUp)),
                Some(long) => self.inbox.recv_timeout(long).unwrap_or(Note::Msg(Msg::Idle)),
            };
            self.backlog.push_back(first);
        }
        let next_frame = self.drawn_at.map(|at| at + FRAME);
        loop {
            while let Ok(note) = self.inbox.try_recv() {
                self.backlog.push_back(note);
            }
            // Where there is enough to do, or something must not wait, no more is waited for.
            let rest = next_frame
                .map(|at| at.saturating_duration_since(Instant::now()))
                .unwrap_or_default();
            if rest.is_zero()
                || self.backlog.len() >= BATCH
                || self.backlog.iter().any(Note::is_urgent)
            {
                break;
            }
            let Ok(note) = self.inbox.recv_timeout(rest) else { break };
            self.backlog.push_back(note);
        }
        let left_out = shorten(&mut self.backlog, self.options.way_out);
        self.reader.taken(left_out);
        if self.backlog.iter().any(Note::is_urgent) {
            let (urgent, rest) = std::mem::take(&mut self.backlog)
                .into_iter()
                .partition::<Vec<_>, _>(Note::is_urgent);
            self.backlog = rest.into();
            return urgent;
        }
        self.backlog.drain(..self.backlog.len().min(BATCH)).collect()
    }

    /// Deals with what is the session's own and passes on the rest.
    fn settle(&mut self, notes: Vec<Note>) -> Vec<Msg> {
        let mut msgs = Vec::with_capacity(notes.len());
        let mut resized = false;
        for note in notes {
            match note {
                Note::Msg(msg) => {
                    match msg {
                        Msg::Signal(signal) => self.ending = self.ending.or(Some(signal)),
                        Msg::HangUp => self.ending = self.ending.or(Some(Signal::Hup)),
                        _ => {}
                    }
                    msgs.push(msg);
                }
                Note::Resized => {
                    let size = current_size();
                    self.size.set(size);
                    msgs.push(Msg::Resize(size.width, size.height));
                    resized = true;
                }
                #[cfg(unix)]
                Note::Stop => msgs.push(self.suspend()),
                // Somebody stopped us without asking and may have used the terminal since.
                #[cfg(unix)]
                Note::Continued => msgs.push(self.resume()),
            }
        }
        // Made smaller and large again at once, a window has lost what it cut off, and its size
        // does not tell.
        if resized {
            self.repaint();
        }
        msgs
    }

    /// Paints a frame: `paint` fills it, the sweep makes it harmless, what changed is written.
    ///
    /// # Errors
    /// When the terminal cannot be written to. A terminal that is gone is no error here: a
    /// [`Msg::HangUp`] follows.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let ascii = self.options.ascii;
        let drawn = self.terminal.draw(|frame| {
            paint(frame);
            sweep(frame.buffer_mut(), ascii);
        });
        self.drawn_at = Some(Instant::now());
        match drawn {
            Ok(_) => Ok(()),
            Err(e) if is_gone(&e) => {
                let _ = self.outbox.send(Note::Msg(Msg::HangUp));
                Ok(())
            }
            Err(e) => Err(e),
        }
    }

    /// Forgets what is on the screen: the next frame is painted whole. For when something else has
    /// written there.
    pub fn repaint(&mut self) {
        if let Err(e) = self.terminal.clear()
            && is_gone(&e)
        {
            let _ = self.outbox.send(Note::Msg(Msg::HangUp));
        }
    }

    /// Asks for presses and the wheel of the mouse, or leaves it to the terminal, for marking text.
    pub fn mouse(&mut self, on: bool) {
        if let Err(e) = self.taken.set_mouse(on)
            && is_gone(&e)
        {
            let _ = self.outbox.send(Note::Msg(Msg::HangUp));
        }
    }

    /// Gives the terminal back, stops the process as Ctrl-Z does elsewhere, and takes the terminal
    /// again when it goes on. Returns the message to act on: the size to paint anew, or what ended
    /// the session meanwhile.
    pub fn suspend(&mut self) -> Msg {
        restore::give_back();
        #[cfg(unix)]
        if let Some(msg) = self.sleep_in_background() {
            return msg;
        }
        self.resume()
    }

    /// Stopped until we are in the foreground again, or asked to end.
    #[cfg(unix)]
    fn sleep_in_background(&mut self) -> Option<Msg> {
        loop {
            sys::stop_self();
            let ours = self.taken.is_ours();
            // Sent on in the background: by a `kill` of the stopped job, whose signal may just now
            // be on its way through another thread, or by `bg`. Only after a moment is it the
            // latter.
            let moments = if ours { 1 } else { 50 };
            for _ in 0..moments {
                if let Some(signal) = self.signals.ending() {
                    self.ending = self.ending.or(Some(signal));
                    return Some(Msg::Signal(signal));
                }
                if !ours {
                    thread::sleep(Duration::from_millis(4));
                }
            }
            // The terminal is somebody else's: stop again, as any reader of it would.
            if ours {
                return None;
            }
        }
    }

    fn resume(&mut self) -> Msg {
        let back = restore::retake(&self.taken).and_then(|taken| {
            self.taken = taken;
            self.terminal.clear()
        });
        if back.is_err() {
            self.ending = self.ending.or(Some(Signal::Hup));
            return Msg::HangUp;
        }
        let size = current_size();
        self.size.set(size);
        Msg::Resize(size.width, size.height)
    }

    /// Gives the terminal back. Later calls, and the drop, find it done.
    pub fn leave(&mut self) {
        if self.left {
            return;
        }
        self.left = true;
        restore::give_back();
        self.reader.stop();
        #[cfg(unix)]
        {
            let late = self.signals.rest();
            self.ending = self.ending.or(late);
        }
        restore::disown();
        HELD.store(false, Ordering::SeqCst);
    }

    /// Gives the terminal back and ends the way the session was asked to: if a signal or a hang-up
    /// ended it, the process dies by that signal, as whoever sent it expects. Returns otherwise.
    pub fn finish(mut self) {
        self.leave();
        if let Some(signal) = self.ending {
            drop(self);
            die_by(signal)
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Signals do again what they always did.
fn rest() {
    #[cfg(unix)]
    if let Ok(signals) = super::signal::Signals::get() {
        signals.rest();
    }
}

fn current_size() -> Size {
    let (width, height) = sys::stdout_size().unwrap_or_default();
    let (width, height) = clamp_size(width, height);
    Size::new(width, height)
}

/// Whether writing failed because nobody is there any more.
fn is_gone(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof | io::ErrorKind::WriteZero
    ) || cfg!(unix) && matches!(error.raw_os_error(), Some(5 | 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_terminal_there_is_no_session() {
        // The test runner's own standard input may be one; then this test has nothing to say.
        if !capabilities().can_draw() {
            let refused = Session::enter(Options::default()).err().map(|e| e.kind());
            assert_eq!(refused, Some(io::ErrorKind::Unsupported));
        }
    }
}
