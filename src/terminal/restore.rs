//! Taking the terminal and, above all, giving it back.
//!
//! Owns: the terminal's modes while a session lives; the one global record of how it was; the panic
//! hook. Refuses: frames, input, deciding when to leave.
//!
//! The record is written before the first mode is changed. Giving back happens once, whoever is
//! first (return, drop, panic, the reader's last resort), never panics, never waits for a lock held
//! across a write, and after it nothing more of a frame reaches the screen.

use std::io::{self, Write};
use std::panic::{self, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};

use crate::input::Panic;

use super::sys;

/// A screen of our own; the shell's stays as it is below.
const TAKE_SCREEN: &str = "\x1b[?1049h";
/// No cursor, pastes marked as such.
const TAKE: &str = "\x1b[?25l\x1b[?2004h";
/// Presses and the wheel only, in the encoding without limits: fewer reports than the all-motion
/// mode, hence no flood.
const TAKE_MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
const GIVE_MOUSE: &str = "\x1b[?1006l\x1b[?1000l";
/// The same in reverse, with colours and attributes reset.
const GIVE: &str = "\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l";

/// How the terminal was, and what we did to it.
pub struct Taken {
    before: sys::Modes,
    input: sys::Input,
    output: sys::Output,
    mouse: AtomicBool,
}

/// True from just before the first mode is changed until they are given back.
static LIVE: AtomicBool = AtomicBool::new(false);
static RECORD: Mutex<Option<Arc<Taken>>> = Mutex::new(None);
static OWNER: Mutex<Option<ThreadId>> = Mutex::new(None);
type Report = Arc<dyn Fn(Panic) + Send + Sync>;
static REPORT: Mutex<Option<Report>> = Mutex::new(None);
static HOOK: Once = Once::new();

/// The value of a lock whose holder may have panicked: every value under these locks is whole at
/// all times.
fn locked<T: Clone>(lock: &Mutex<Option<T>>) -> Option<T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn put<T>(lock: &Mutex<Option<T>>, value: Option<T>) {
    *lock.lock().unwrap_or_else(PoisonError::into_inner) = value;
}

/// Whether the terminal is ours now.
pub fn is_live() -> bool {
    LIVE.load(Ordering::SeqCst)
}

/// Makes this thread the one whose panic ends the session, and `report` the way other threads'
/// panics are told.
pub fn adopt(report: impl Fn(Panic) + Send + Sync + 'static) {
    put(&OWNER, Some(thread::current().id()));
    put(&REPORT, Some(Arc::new(report)));
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| on_panic(info, &*before)));
    });
}

/// Undoes [`adopt`].
pub fn disown() {
    put(&OWNER, None);
    put(&REPORT, None);
}

fn on_panic(info: &PanicHookInfo<'_>, before: &(dyn Fn(&PanicHookInfo<'_>) + Send + Sync)) {
    let owner = locked(&OWNER);
    let worker = owner.is_some_and(|id| id != thread::current().id());
    if is_live() && worker {
        if let Some(report) = locked(&REPORT) {
            report(Panic::of(info));
        }
        return;
    }
    if owner.is_some() && !worker {
        give_back();
    }
    before(info);
}

impl Panic {
    fn of(info: &PanicHookInfo<'_>) -> Self {
        Self {
            thread: thread::current().name().unwrap_or("unnamed").to_owned(),
            message: info.payload_as_str().unwrap_or("panic without a message").to_owned(),
            place: info.location().map(ToString::to_string).unwrap_or_default(),
        }
    }
}

/// Takes the terminal: records how it is, then changes it. On failure it is given back.
pub fn take(input: sys::Input, output: sys::Output, mouse: bool) -> io::Result<Arc<Taken>> {
    let taken = Arc::new(Taken {
        before: sys::Modes::of(&input)?,
        input,
        output,
        mouse: AtomicBool::new(mouse),
    });
    put(&RECORD, Some(Arc::clone(&taken)));
    LIVE.store(true, Ordering::SeqCst);
    apply(&taken, TAKE_SCREEN).inspect_err(|_| give_back())?;
    Ok(taken)
}

/// Takes the terminal again after somebody else had it. What it is like now is how it will be given
/// back, unless it was never given back: then our own modes may still be on, and the old record
/// holds.
pub fn retake(taken: &Arc<Taken>) -> io::Result<Arc<Taken>> {
    if is_live() {
        // Not the screen: taking it twice would forget where the shell's cursor was.
        apply(taken, "")?;
        return Ok(Arc::clone(taken));
    }
    take(sys::input()?, sys::output()?, taken.mouse.load(Ordering::SeqCst))
}

fn apply(taken: &Taken, screen: &str) -> io::Result<()> {
    taken.before.raw().apply(&taken.input)?;
    let mouse = if taken.mouse.load(Ordering::SeqCst) { TAKE_MOUSE } else { "" };
    let mut out = &taken.output;
    out.write_all([screen, TAKE, mouse].concat().as_bytes())?;
    out.flush()
}

/// Gives the terminal back as it was. The first caller does it, later ones find it done.
pub fn give_back() {
    if LIVE.swap(false, Ordering::SeqCst)
        && let Some(taken) = locked(&RECORD)
    {
        taken.give(|bytes| (&taken.output).write_all(bytes));
    }
}

/// The last resort, from another thread than the one that should have left: does it again whatever
/// was begun, and waits for nothing, not even for a terminal that takes no more output.
#[cfg(unix)]
pub fn force_back() {
    use std::os::unix::fs::OpenOptionsExt;
    LIVE.store(false, Ordering::SeqCst);
    if let Some(taken) = locked(&RECORD) {
        taken.give(|bytes| {
            // Opened anew so that not-waiting is a property of this description alone, not of the
            // shell's too.
            let mut tty = std::fs::File::options()
                .write(true)
                .custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY)
                .open("/dev/tty")?;
            tty.write_all(bytes)
        });
    }
}

impl Taken {
    /// Asks for the mouse, or leaves it to the terminal. While the terminal is somebody else's it
    /// is only remembered.
    pub fn set_mouse(&self, on: bool) -> io::Result<()> {
        // Remembered first when it is asked for, last when it is given: at worst it is given back
        // twice.
        if on {
            self.mouse.store(true, Ordering::SeqCst);
        }
        if is_live() {
            let mut out = &self.output;
            out.write_all(if on { TAKE_MOUSE } else { GIVE_MOUSE }.as_bytes())?;
            out.flush()?;
        }
        self.mouse.store(on, Ordering::SeqCst);
        Ok(())
    }

    /// Whether this process is in the foreground of its terminal.
    #[cfg(unix)]
    pub fn is_ours(&self) -> bool {
        sys::in_foreground(&self.input)
    }

    /// Modes first: setting them never waits, writing may. Errors have nobody to go to: the
    /// terminal may be gone.
    fn give(&self, write: impl FnOnce(&[u8]) -> io::Result<()>) {
        sys::unstoppable(|| {
            let _ = self.before.apply(&self.input);
            let taken_mouse = self.mouse.load(Ordering::SeqCst);
            let mouse = if taken_mouse { GIVE_MOUSE } else { "" };
            let _ = write([mouse, GIVE].concat().as_bytes());
            if taken_mouse {
                // Reports already on their way would be typed into the shell.
                sys::discard_input(&self.input);
            }
        });
    }
}
