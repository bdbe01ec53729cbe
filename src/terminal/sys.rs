//! The system calls the standard library does not have, each behind a safe function.
//!
//! Owns: every line of `unsafe` in this package. Refuses: state, decisions, allocation beyond a
//! small array.

#![expect(
    unsafe_code,
    reason = "terminal modes, poll and signal dispositions exist only as C calls"
)]

use std::ffi::{CStr, OsStr};
use std::fs::File;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

/// Where bytes come from.
pub type Input = File;
/// Where frames go.
pub type Output = File;

/// Standard input, without the library's buffer: what is not read stays for whoever comes after us.
pub fn input() -> io::Result<Input> {
    Ok(File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

/// The terminal of standard input opened once more, such that reading it never waits; not-waiting
/// is then a property of this description alone and not of the shell's too. `None` where it cannot
/// be opened, as after a change of user.
///
/// Polling before reading is not enough: what made it readable may be gone by then, when the modes
/// change or the input is thrown away on another thread, and a read would wait for the next line.
pub fn input_that_never_waits() -> Option<Input> {
    let mut name = [0_u8; 256];
    // SAFETY: the buffer is as long as said; ttyname_r ends what it writes with a zero when it
    // returns 0.
    let found =
        unsafe { libc::ttyname_r(libc::STDIN_FILENO, name.as_mut_ptr().cast(), name.len()) };
    let own = (found == 0)
        .then(|| CStr::from_bytes_until_nul(&name).ok())
        .flatten()
        .map(|name| Path::new(OsStr::from_bytes(name.to_bytes())));
    // The controlling terminal under its general name can be opened by whoever it belongs to; but
    // not every system can poll it.
    let general = cfg!(target_os = "linux").then(|| Path::new("/dev/tty"));
    let open = |path: &Path| {
        File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path).ok()
    };
    [own, general].into_iter().flatten().find_map(open)
}

/// Standard output, without the library's lock: a thread that panics while it writes must not hold
/// up the restoration.
pub fn output() -> io::Result<Output> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// Columns and rows of standard output.
pub fn stdout_size() -> Option<(u16, u16)> {
    window_size(io::stdout())
}

/// Sleeps until the descriptor takes bytes again.
pub fn wait_writable(output: &Output) -> io::Result<()> {
    wait([Some((output.as_fd(), Want::Write))], None).map(|_| ())
}

/// The line discipline's settings, as read from a terminal.
#[derive(Clone, Copy)]
pub struct Modes(libc::termios);

impl Modes {
    pub fn of(tty: &Input) -> io::Result<Self> {
        let mut modes = MaybeUninit::<libc::termios>::uninit();
        // SAFETY: the file is open for the borrow; tcgetattr fills the whole struct when it returns
        // 0.
        unsafe {
            check(libc::tcgetattr(tty.as_raw_fd(), modes.as_mut_ptr()))?;
            Ok(Self(modes.assume_init()))
        }
    }

    /// These settings with every key delivered as it is pressed and nothing echoed.
    pub fn raw(mut self) -> Self {
        // SAFETY: a plain change of fields in a struct we own.
        unsafe { libc::cfmakeraw(&raw mut self.0) };
        self
    }

    /// Sets them at once. Never waits for output to drain, so a stuck terminal cannot hold us.
    pub fn apply(&self, tty: &Input) -> io::Result<()> {
        // SAFETY: the file is open for the borrow and the struct is fully initialised.
        retry(|| unsafe { libc::tcsetattr(tty.as_raw_fd(), libc::TCSANOW, &raw const self.0) })
    }
}

/// Columns and rows, if the descriptor is a terminal that knows them.
pub fn window_size(tty: impl AsFd) -> Option<(u16, u16)> {
    let mut size = libc::winsize { ws_row: 0, ws_col: 0, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: TIOCGWINSZ writes one winsize through the pointer.
    let done = unsafe { libc::ioctl(tty.as_fd().as_raw_fd(), libc::TIOCGWINSZ, &raw mut size) };
    (done == 0).then_some((size.ws_col, size.ws_row))
}

/// What [`wait`] found on one descriptor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ready {
    pub now: bool,
    /// The other end has hung up, or the descriptor is broken.
    pub gone: bool,
}

/// What to wait for on one descriptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    Read,
    Write,
}

/// Sleeps until one of the descriptors is ready or the time is over. `None` sleeps for as long as
/// it takes. Returns nothing ready on a signal or at the end of the time.
pub fn wait<const N: usize>(
    what: [Option<(BorrowedFd<'_>, Want)>; N],
    limit: Option<Duration>,
) -> io::Result<[Ready; N]> {
    let mut fds = what.map(|entry| match entry {
        // A negative descriptor is skipped by poll.
        None => libc::pollfd { fd: -1, events: 0, revents: 0 },
        Some((fd, want)) => libc::pollfd {
            fd: fd.as_raw_fd(),
            events: match want {
                Want::Read => libc::POLLIN,
                Want::Write => libc::POLLOUT,
            },
            revents: 0,
        },
    });
    // Rounded up, so that a wait of half a millisecond is not a spin.
    let millis = limit.map_or(-1, |d| {
        libc::c_int::try_from(d.as_micros().div_ceil(1000)).unwrap_or(libc::c_int::MAX)
    });
    let count = libc::nfds_t::try_from(N).unwrap_or(0);
    // SAFETY: the pointer and the count describe the array above.
    let found = unsafe { libc::poll(fds.as_mut_ptr(), count, millis) };
    if found < 0 {
        let error = io::Error::last_os_error();
        return if error.kind() == io::ErrorKind::Interrupted {
            Ok([Ready::default(); N])
        } else {
            Err(error)
        };
    }
    Ok(fds.map(|fd| Ready {
        now: fd.revents & (libc::POLLIN | libc::POLLOUT) != 0,
        gone: fd.revents & (libc::POLLHUP | libc::POLLERR | libc::POLLNVAL) != 0,
    }))
}

/// Whether our parent asked us to ignore this signal, as `nohup` does.
pub fn is_ignored(signal: libc::c_int) -> bool {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: with a null new action sigaction only reads the current one into a struct that zeros
    // already initialise.
    unsafe {
        libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr()) == 0
            && action.assume_init().sa_sigaction == libc::SIG_IGN
    }
}

/// Stops this process as Ctrl-Z would and returns when it goes on. Where nobody could wake it (no
/// job control) the system refuses and it returns at once.
pub fn stop_self() {
    let mut ours = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: all zeros is a valid sigaction with the default handler, no flags and an empty mask;
    // the saved action is put back unchanged, and only if it was read.
    unsafe {
        let default: libc::sigaction = std::mem::zeroed();
        if libc::sigaction(libc::SIGTSTP, &raw const default, ours.as_mut_ptr()) != 0 {
            return;
        }
        libc::raise(libc::SIGTSTP);
        libc::sigaction(libc::SIGTSTP, ours.as_ptr(), std::ptr::null_mut());
    }
}

/// Whether this process may speak on the terminal now. True when there is no telling.
pub fn in_foreground(tty: &Input) -> bool {
    // SAFETY: both calls only read; the file is open for the borrow.
    let (front, us) = unsafe { (libc::tcgetpgrp(tty.as_raw_fd()), libc::getpgrp()) };
    front < 0 || front == us
}

/// Throws away what was typed or reported and not yet read.
pub fn discard_input(tty: &Input) {
    // SAFETY: the file is open for the borrow.
    unsafe { libc::tcflush(tty.as_raw_fd(), libc::TCIFLUSH) };
}

/// Runs `f` so that changing the terminal's modes from the background does not stop us: on the way
/// out they must be put back whether or not the terminal is ours at that moment.
pub fn unstoppable<R>(f: impl FnOnce() -> R) -> R {
    let mut before = MaybeUninit::<libc::sigset_t>::uninit();
    // SAFETY: the sets are initialised by sigemptyset and pthread_sigmask before they are read; the
    // old mask is restored only if it was stored.
    unsafe {
        let mut ttou = MaybeUninit::<libc::sigset_t>::uninit();
        libc::sigemptyset(ttou.as_mut_ptr());
        libc::sigaddset(ttou.as_mut_ptr(), libc::SIGTTOU);
        let blocked =
            libc::pthread_sigmask(libc::SIG_BLOCK, ttou.as_ptr(), before.as_mut_ptr()) == 0;
        let result = f();
        if blocked {
            libc::pthread_sigmask(libc::SIG_SETMASK, before.as_ptr(), std::ptr::null_mut());
        }
        result
    }
}

fn check(status: libc::c_int) -> io::Result<()> {
    if status == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

fn retry(mut call: impl FnMut() -> libc::c_int) -> io::Result<()> {
    loop {
        match check(call()) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::os::unix::net::UnixStream;

    #[test]
    fn waiting_tells_readable_from_hung_up_from_nothing() {
        let (mut ours, theirs) = UnixStream::pair().unwrap();
        let look = |stream: &UnixStream| {
            wait([Some((stream.as_fd(), Want::Read)), None], Some(Duration::ZERO)).unwrap()[0]
        };
        assert_eq!(look(&theirs), Ready::default());
        ours.write_all(b"x").unwrap();
        assert_eq!(look(&theirs), Ready { now: true, gone: false });
        drop(ours);
        assert!(look(&theirs).gone);
    }

    #[test]
    fn a_pipe_is_no_terminal() {
        let (pipe, _other) = UnixStream::pair().unwrap();
        let pipe = File::from(std::os::fd::OwnedFd::from(pipe));
        assert!(Modes::of(&pipe).is_err());
        assert_eq!(window_size(&pipe), None);
        assert!(in_foreground(&pipe), "no telling means yes");
    }
}
