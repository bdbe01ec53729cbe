//! A program in a real pseudo-terminal, and what the terminal on the other side looks like.
//!
//! Owns: spawning, typing, signalling, waiting with a generous limit, and reading the modes.
//! Refuses: judging them. Nothing here sleeps for a fixed time and hopes; every wait is for
//! something to be seen.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fmt;
use std::fs::File;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{
    Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};

/// Nothing a test waits for takes nearly so long; a machine under load may be slow.
const LIMIT: Duration = Duration::from_mins(1);

pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    /// Held so that the terminal outlives the program and can be looked at afterwards.
    slave: Box<dyn SlavePty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    reader: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
    parser: vt100::Parser,
    before: Modes,
    /// All output, for the message of a failing test.
    transcript: Vec<u8>,
}

/// The state of a terminal that a program must put back.
#[derive(Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate mode of the terminal")]
pub struct Modes {
    pub termios: String,
    pub alternate_screen: bool,
    pub cursor_hidden: bool,
    pub mouse: bool,
    pub bracketed_paste: bool,
    pub attributes: bool,
    /// Every mode that was switched by an escape sequence and not switched back, whatever it is.
    pub left_on: Vec<String>,
}

impl fmt::Debug for Modes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            termios,
            alternate_screen,
            cursor_hidden,
            mouse,
            bracketed_paste,
            attributes,
            left_on,
        } = self;
        write!(
            f,
            "alternate screen {alternate_screen}, cursor hidden {cursor_hidden}, mouse {mouse}, "
        )?;
        write!(
            f,
            "paste {bracketed_paste}, attributes {attributes}, left on {left_on:?}, {termios}"
        )
    }
}

/// The program itself.
pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_interagency")
}

impl Pty {
    pub fn spawn(program: impl Into<PathBuf>, args: &[&str], environment: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program.into());
        command.args(args);
        command.env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.env_remove("NO_COLOR");
        command.env_remove("RUST_BACKTRACE");
        command.env_remove("INTERAGENCY_DATA");
        for (name, value) in environment {
            command.env(name, value);
        }
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (send, bytes) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let reader = thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..n].to_vec()).is_err() || stopped.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        let mut pty = Self {
            before: Modes {
                termios: String::new(),
                alternate_screen: false,
                cursor_hidden: false,
                mouse: false,
                bracketed_paste: false,
                attributes: false,
                left_on: Vec::new(),
            },
            child: pair.slave.spawn_command(command).expect("the program starts"),
            master: pair.master,
            slave: pair.slave,
            writer,
            bytes,
            reader: Some(reader),
            stop,
            parser: vt100::Parser::new(nonzero(24), nonzero(80), 0),
            transcript: Vec::new(),
        };
        pty.before = pty.fresh();
        pty
    }

    /// The modes of a terminal nobody has touched.
    fn fresh(&self) -> Modes {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let untouched = native_pty_system().openpty(size).expect("a pseudo-terminal");
        Modes { termios: format!("{:?}", untouched.master.get_termios()), ..self.before.clone() }
    }

    pub fn type_in(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).expect("the terminal takes keys");
        self.writer.flush().expect("the terminal takes keys");
    }

    /// Types where nobody may be left to read it. Takes output meanwhile, so that neither side
    /// waits for the other.
    pub fn try_type_in(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        while let Ok(bytes) = self.bytes.try_recv() {
            self.take(&bytes);
        }
        self.writer.write_all(bytes).and_then(|()| self.writer.flush())
    }

    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("the program can be waited for").is_some()
    }

    /// Takes output for so long.
    pub fn read_for(&mut self, time: Duration) {
        let deadline = Instant::now() + time;
        while let Ok(bytes) =
            self.bytes.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            self.take(&bytes);
        }
    }

    /// Takes output until none has come for so long, and the program has not worked meanwhile.
    pub fn read_until_quiet(&mut self, time: Duration) {
        const LOOKS: u32 = 8;
        let deadline = Instant::now() + LIMIT;
        let mut calm = 0;
        while calm < LOOKS && Instant::now() < deadline {
            match self.bytes.recv_timeout(time / LOOKS) {
                Ok(bytes) => {
                    self.take(&bytes);
                    calm = 0;
                }
                Err(RecvTimeoutError::Timeout) if self.is_working() => calm = 0,
                Err(RecvTimeoutError::Timeout) => calm += 1,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Whether a thread of the program runs or waits for its turn. On a machine under load silence
    /// alone says nothing. Only Linux tells; elsewhere nothing is known to work.
    fn is_working(&self) -> bool {
        let Some(pid) = self.child.process_id() else { return false };
        let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return false };
        tasks.flatten().any(|task| {
            let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
            // The state follows the name, which stands in brackets and may hold any character.
            let state = stat.rsplit(')').next().and_then(|rest| rest.trim_start().chars().next());
            matches!(state, Some('R' | 'D'))
        })
    }

    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.parser.set_size(nonzero(rows), nonzero(cols));
        self.master
            .resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })
            .expect("a new size");
    }

    /// Process id of whoever has the terminal's foreground.
    pub fn foreground(&self) -> u32 {
        self.master
            .process_group_leader()
            .and_then(|pid| u32::try_from(pid).ok())
            .expect("somebody has the foreground")
    }

    pub fn child_id(&self) -> u32 {
        self.child.process_id().expect("a running program has an id")
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// What is on the screen; a cell nothing was written to is as good as a space.
    pub fn text(&self) -> String {
        text(self.screen())
    }

    /// Reads output until the screen shows this.
    pub fn until(&mut self, what: &str) {
        self.until_screen(what, |screen| screen.contents().contains(what));
    }

    pub fn until_screen(&mut self, what: &str, seen: impl Fn(&vt100::Screen) -> bool) {
        let deadline = Instant::now() + LIMIT;
        while !seen(self.parser.screen()) {
            match self.bytes.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => panic!("never saw {what:?}\n{}", self.report()),
                Err(RecvTimeoutError::Disconnected) => {
                    panic!("the terminal closed before {what:?}\n{}", self.report())
                }
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.transcript.extend_from_slice(bytes);
        self.parser.process(bytes);
    }

    /// What was on the terminal, for a failing test.
    pub fn report(&self) -> String {
        let tail = self.transcript.len().saturating_sub(2000);
        format!(
            "screen:\n{}\noutput: {:?}",
            self.screen().contents(),
            String::from_utf8_lossy(&self.transcript[tail..])
        )
    }

    pub fn transcript(&self) -> &[u8] {
        &self.transcript
    }

    pub fn termios(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }

    pub fn termios_before(&self) -> &str {
        &self.before.termios
    }

    /// The modes now.
    pub fn modes(&self) -> Modes {
        let screen = self.screen();
        Modes {
            termios: self.termios(),
            alternate_screen: screen.alternate_screen(),
            cursor_hidden: screen.hide_cursor(),
            mouse: screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None,
            bracketed_paste: screen.bracketed_paste(),
            attributes: screen.bold()
                || screen.inverse()
                || screen.dim()
                || screen.fgcolor() != vt100::Color::Default,
            left_on: left_on(&self.transcript),
        }
    }

    /// All that was written up to now has been read, and the modes are those of an untouched
    /// terminal.
    pub fn assert_restored(&mut self) {
        // A Ctrl-C that came too late for the program throws output away that is under way: then it
        // is said again.
        let deadline = Instant::now() + LIMIT;
        while !self.screen().contents().contains("=neighbour=") && Instant::now() < deadline {
            self.write_as_a_neighbour("\r\n=neighbour=\r\n");
            self.read_until_quiet(Duration::from_millis(100));
        }
        self.until("=neighbour=");
        let (now, before) = (self.modes(), self.before.clone());
        assert!(now == before, "now:    {now:?}\nbefore: {before:?}\n{}", self.report());
    }

    /// Output on the same terminal from another process.
    pub fn write_as_a_neighbour(&self, text: &str) {
        let path = self.master.tty_name().expect("a pseudo-terminal has a name");
        File::options()
            .write(true)
            .open(path)
            .and_then(|mut tty| tty.write_all(text.as_bytes()))
            .expect("the terminal takes output");
    }

    /// Waits for the program to end.
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + LIMIT;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program can be waited for") {
                return status;
            }
            if Instant::now() > deadline {
                kill("KILL", self.child_id());
                panic!("the program did not end\n{}", self.report());
            }
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Stops taking output: the terminal is stuck from now on.
    pub fn stop_reading(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        self.write_as_a_neighbour(" ");
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader ends");
        }
    }

    /// The terminal goes away under the program, as when its window is closed. What is left is the
    /// program.
    pub fn hang_up(mut self) -> Box<dyn Child + Send + Sync> {
        self.stop_reading();
        let Self { master, slave, writer, child, .. } = self;
        drop((writer, slave, master));
        child
    }
}

/// Switches in a stream of bytes that are not as a fresh terminal has them at its end: private
/// modes, keyboard flags of either kind, the keypad, the cursor's shape, margins, other character
/// sets. Read from the bytes, because no emulator knows them all.
pub fn left_on(bytes: &[u8]) -> Vec<String> {
    let mut on = std::collections::BTreeSet::new();
    let mut set =
        |what: String, is_on: bool| if is_on { on.insert(what) } else { on.remove(&what) };
    let mut keyboard = 0_i32;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == 0x1b) {
        rest = &rest[at + 1..];
        let Some((&first, tail)) = rest.split_first() else { break };
        match first {
            b'=' | b'>' => _ = set("keypad".into(), first == b'='),
            b'(' | b')' => {
                _ = set("character set".into(), tail.first().is_some_and(|c| *c != b'B'));
            }
            b'[' => {
                let end = tail.iter().position(|b| (0x40..=0x7e).contains(b)).unwrap_or(tail.len());
                let (params, last) = (
                    String::from_utf8_lossy(&tail[..end]).into_owned(),
                    tail.get(end).copied().unwrap_or(0),
                );
                let numbers = |text: &str| {
                    text.split(';').filter_map(|n| n.parse::<i32>().ok()).collect::<Vec<_>>()
                };
                match (params.chars().next(), last) {
                    (Some('?'), b'h' | b'l') => {
                        for mode in numbers(&params[1..]) {
                            // The cursor and wrapping are on in a fresh terminal; everything else
                            // is off.
                            let usual = matches!(mode, 7 | 25);
                            set(format!("?{mode}"), (last == b'h') != usual);
                        }
                    }
                    (Some('>'), b'u') => keyboard += 1,
                    (Some('<'), b'u') => {
                        keyboard -= numbers(&params[1..]).first().copied().unwrap_or(1);
                    }
                    (Some('='), b'u') => {
                        _ = set(
                            "keyboard flags".into(),
                            numbers(&params[1..]).first().is_some_and(|n| *n != 0),
                        );
                    }
                    (Some('>'), b'm') => {
                        _ = set(
                            "modifyOtherKeys".into(),
                            numbers(&params[1..]).get(1).is_some_and(|n| *n != 0),
                        );
                    }
                    (_, b'q') if params.ends_with(' ') => {
                        _ = set("cursor shape".into(), !matches!(params.trim(), "" | "0"));
                    }
                    (_, b'r') => _ = set("margins".into(), !params.is_empty()),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if keyboard != 0 {
        on.insert(format!("keyboard stack {keyboard}"));
    }
    on.into_iter().collect()
}

/// What is on a screen, without what is blank at the ends of its lines.
pub fn text(screen: &vt100::Screen) -> String {
    screen.contents().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

pub fn kill(signal: &str, pid: u32) {
    let status =
        Command::new("kill").args(["-s", signal, &pid.to_string()]).status().expect("kill runs");
    assert!(status.success(), "kill -s {signal} {pid}");
}

fn nonzero(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).expect("a size is not zero")
}
