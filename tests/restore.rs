//! However the program ends, the terminal is as it was and the game is kept. The program itself, in
//! a real pseudo-terminal.
//!
//! The matrix: {quit key, Ctrl-C, TERM, INT, QUIT, HUP, stop and go on, hang-up, hang-up with HUP
//! ignored, a closed pipe, panic, panic in the middle of a frame, panic of a worker, panic while
//! panicking} from {title, desk, propose}; after each {line settings, alternate screen, cursor,
//! mouse, bracketed paste, keyboard flags, attributes, and whatever else was switched} are those of
//! an untouched terminal, and the run file replays.
//!
//! Here each cell once; `just restore` does each a hundred times at random moments. The panics are
//! asked for by keys that only a program with debug assertions has (`cli/fault.rs`); without them
//! those cells are left out.
#![cfg(unix)]

mod pty;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use interagency::luck::mix;
use interagency::scenario::load;
use interagency::{record, saved_game};
use portable_pty::{Child, ExitStatus};
use pty::{Pty, kill, program};
use tempfile::TempDir;

/// A program that is asked to end does so in a second; a machine under load gets more in the
/// ordinary tests.
const PROMPT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 1 });
/// Processor time a program may use after its terminal is gone, in ticks of a hundredth of a
/// second.
const TICKS: u64 = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Title,
    Desk,
    Propose,
}

const PLACES: [From; 3] = [From::Title, From::Desk, From::Propose];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    QuitKey,
    CtrlC,
    Signal(&'static str, &'static str),
    Stop(&'static str),
    HangUp,
    HangUpIgnored,
    Panic,
    PanicInAFrame,
    PanicOfAWorker,
    PanicTwice,
}

const TERM: Way = Way::Signal("TERM", "Terminated");
const INT: Way = Way::Signal("INT", "Interrupt");
const QUIT: Way = Way::Signal("QUIT", "Quit");
const HUP: Way = Way::Signal("HUP", "Hangup");

const WAYS: [Way; 14] = [
    Way::QuitKey,
    Way::CtrlC,
    TERM,
    INT,
    QUIT,
    HUP,
    Way::Stop("signal"),
    Way::Stop("key"),
    Way::HangUp,
    Way::HangUpIgnored,
    Way::Panic,
    Way::PanicInAFrame,
    Way::PanicOfAWorker,
    Way::PanicTwice,
];

impl Way {
    const fn is_a_panic(self) -> bool {
        matches!(self, Way::Panic | Way::PanicInAFrame | Way::PanicOfAWorker | Way::PanicTwice)
    }
    /// The key that does harm.
    const fn harm(self) -> &'static [u8] {
        match self {
            Way::Panic => b"\x1b[15~",
            Way::PanicInAFrame => b"\x1b[17~",
            Way::PanicOfAWorker => b"\x1b[18~",
            _ => b"\x1b[19~",
        }
    }
}

/// From the briefing to the desk of the second turn, with a task ordered.
const TO_DESK: &[u8] = b"\r\r\r\r\r\re\rdt\r\rd";
/// From there to a draft.
const TO_PROPOSE: &[u8] = b"p\x1b[B\r";

/// A data folder; on the title page, one with a game in it that was left.
fn data(from: From) -> TempDir {
    static LEFT: OnceLock<Vec<u8>> = OnceLock::new();
    let dir = tempfile::tempdir().expect("a folder");
    if from == From::Title {
        let left = LEFT.get_or_init(|| {
            let dir = tempfile::tempdir().expect("a folder");
            let mut child = Command::new(program())
                .args(["play", "cloud-hopper", "--plain", "--seed", "5", "--data-dir"])
                .arg(dir.path())
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()
                .expect("the program starts");
            std::io::Write::write_all(
                &mut child.stdin.take().expect("piped"),
                b"end\ntasks\n1\n1\n",
            )
            .expect("fed");
            assert!(child.wait().expect("ended").success());
            let run = runs(dir.path()).pop().expect("a run");
            std::fs::read(run).expect("read")
        });
        std::fs::create_dir(dir.path().join("runs")).expect("made");
        std::fs::write(dir.path().join("runs/000001-0005.run"), left).expect("written");
    }
    dir
}

fn runs(data: &Path) -> Vec<std::path::PathBuf> {
    let dir = std::fs::read_dir(data.join("runs"));
    dir.map(|d| {
        d.flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "run"))
            .collect()
    })
    .unwrap_or_default()
}

/// Every run in the folder is whole and replays. Turns and orders of the turn under way of the last
/// one.
fn kept(data: &Path) -> Option<(usize, usize)> {
    let rules = {
        static RULES: OnceLock<std::sync::Arc<interagency::scenario::model::Rules>> =
            OnceLock::new();
        RULES.get_or_init(|| {
            std::sync::Arc::new(load::embedded("cloud-hopper", &[]).expect("loads"))
        })
    };
    let mut last = None;
    for path in runs(data) {
        let bytes = std::fs::read(&path).expect("read");
        let decoded = record::decode(&bytes);
        // Killed before the first line was written: nothing was acknowledged.
        assert!(decoded.damage.is_none() || !bytes.contains(&b'\n'), "{:?}", decoded.damage);
        if decoded.header.is_some() {
            let game = saved_game::replay(rules, &decoded);
            assert!(game.is_ok(), "{:?}", game.err());
        }
        last = Some((decoded.turns.len(), decoded.draft.map_or(0, |d| d.len())));
    }
    last
}

fn arguments(from: From, data: &Path) -> Vec<String> {
    let mut args = vec!["--data-dir".to_owned(), data.display().to_string()];
    if from != From::Title {
        args.extend(["play", "cloud-hopper", "--seed", "7"].map(str::to_owned));
    }
    args
}

/// The program, started for this way out, directly or under a shell.
fn start(way: Way, from: From, data: &Path) -> Pty {
    let args = arguments(from, data);
    let environment = [("INTERAGENCY_FAULTS", "10000")];
    let line = format!("{} {}", program(), args.join(" "));
    match way {
        Way::Stop(_) => {
            let script =
                format!("set -m; {line}; echo == stopped $?; read line; fg; echo == ended $?");
            Pty::spawn("/bin/sh", &["-c", &script], &environment)
        }
        Way::HangUpIgnored => {
            Pty::spawn("/bin/sh", &["-c", &format!("trap '' HUP; exec {line}")], &environment)
        }
        _ => Pty::spawn(
            program(),
            &args.iter().map(String::as_str).collect::<Vec<_>>(),
            &environment,
        ),
    }
}

/// Goes there, and sees that the terminal is taken.
fn go(pty: &mut Pty, from: From) {
    match from {
        From::Title => pty.until("I N T E R A G E N C Y"),
        From::Desk | From::Propose => {
            pty.type_in(TO_DESK);
            pty.until_screen("the desk of the second turn", |s| {
                s.contents().contains("HOW THINGS STAND") && s.contents().contains("turn 2 of")
            });
            pty.until("●○");
            if from == From::Propose {
                pty.type_in(TO_PROPOSE);
                pty.until("WHO SAYS WHAT");
            }
        }
    }
    assert_taken(pty);
}

fn assert_taken(pty: &Pty) {
    let modes = pty.modes();
    assert!(
        modes.alternate_screen && modes.cursor_hidden && modes.mouse && modes.bracketed_paste,
        "{modes:?}"
    );
    assert_ne!(pty.termios(), pty.termios_before(), "raw mode changes the line settings");
}

fn died_by(status: &ExitStatus) -> Option<&str> {
    status.signal()
}

/// Ends the program this way and holds what is left against what must be. How long it took to end.
fn end(way: Way, from: From, mut pty: Pty, settled: bool) -> Duration {
    let begun = Instant::now();
    match way {
        Way::QuitKey => {
            if from != From::Title {
                pty.type_in(b"q\r");
                if settled {
                    pty.until("I N T E R A G E N C Y");
                }
            }
            pty.type_in(b"q");
            let status = pty.wait();
            assert!(status.success(), "{status:?}\n{}", pty.report());
        }
        Way::CtrlC => {
            pty.type_in(b"\x03");
            let status = pty.wait();
            // Before the terminal is taken, Ctrl-C is the signal it always was.
            assert!(
                status.success() || !settled && died_by(&status) == Some("Interrupt"),
                "{status:?}\n{}",
                pty.report()
            );
        }
        Way::Signal(name, reported) => {
            kill(name, pty.child_id());
            let status = pty.wait();
            assert_eq!(died_by(&status), Some(reported), "{status:?}\n{}", pty.report());
        }
        Way::Stop(how) => return stop_and_go_on(how, pty, from, settled),
        Way::HangUp | Way::HangUpIgnored => {
            let pid = pty.child_id();
            let before = ticks(pid);
            let mut child = pty.hang_up();
            let after = at_its_end(pid);
            let took = begun.elapsed();
            if let (Some(before), Some(after)) = (before, after) {
                assert!(
                    after.saturating_sub(before) <= TICKS,
                    "{way:?} {from:?}: {} ticks of processor time after the hang-up",
                    after - before
                );
            }
            // Before it listens for it, an ignored hang-up is found out by the first read or write.
            let status = reaped(&mut *child);
            assert!(
                died_by(&status) == Some("Hangup") || !settled && !status.success(),
                "{status:?}"
            );
            return took;
        }
        Way::Panic | Way::PanicInAFrame => {
            pty.type_in(way.harm());
            let status = pty.wait();
            assert_eq!(
                (status.exit_code(), died_by(&status)),
                (101, None),
                "{status:?}\n{}",
                pty.report()
            );
            pty.assert_restored();
            let screen = pty.screen().contents();
            assert!(
                screen.contains("that was asked for"),
                "the message stands on the player's own screen\n{}",
                pty.report()
            );
            assert!(
                !screen.contains("HOW THINGS") && !screen.contains("INTERAGENCY"),
                "nothing of the frame does\n{}",
                pty.report()
            );
        }
        Way::PanicTwice => {
            pty.type_in(way.harm());
            let status = pty.wait();
            assert!(!status.success(), "{status:?}");
            pty.assert_restored();
            let output = String::from_utf8_lossy(pty.transcript());
            assert!(
                output.contains("the first panic") && output.contains("the second panic"),
                "{output:?}"
            );
        }
        Way::PanicOfAWorker => {
            pty.type_in(way.harm());
            pty.until("a panic of a worker");
            assert_taken(&pty);
            // The session lives on: the box is closed, and the way out is in order.
            pty.type_in(b"\x03");
            assert!(pty.wait().success());
            let output = String::from_utf8_lossy(pty.transcript()).into_owned();
            assert!(
                !output.contains("panicked at"),
                "the default report never reached the screen: {output:?}"
            );
        }
    }
    let took = begun.elapsed();
    pty.assert_restored();
    took
}

fn stop_and_go_on(how: &str, mut pty: Pty, from: From, settled: bool) -> Duration {
    let begun = Instant::now();
    if how == "signal" {
        kill("TSTP", pty.foreground());
    } else {
        pty.type_in(b"\x1a");
    }
    pty.until("== stopped");
    let took = begun.elapsed();
    pty.assert_restored();
    pty.resize(100, 30);
    pty.type_in(b"\n");
    let shown = match from {
        // Random keys may have opened any page; the help page alone does not name itself at its
        // foot.
        _ if !settled => "help|Esc",
        From::Title => "I N T E R A G E N C Y",
        From::Desk => "HOW THINGS STAND",
        From::Propose => "WHO SAYS WHAT",
    };
    pty.until_screen("all of it anew at the new size", |s| {
        shown.split('|').any(|w| s.contents().contains(w)) && s.contents().lines().count() == 30
    });
    assert_taken(&pty);
    pty.type_in(b"\x03");
    pty.until("== ended 0");
    assert!(pty.wait().success());
    pty.assert_restored();
    took
}

/// One cell of the matrix.
fn cell(way: Way, from: From) {
    if way.is_a_panic() && !cfg!(debug_assertions) {
        return;
    }
    let data = data(from);
    let mut pty = start(way, from, data.path());
    go(&mut pty, from);
    let took = end(way, from, pty, true);
    assert!(took < PROMPT, "{way:?} from {from:?} took {took:?}");
    // A panic while panicking ends the process before anything more can be written.
    let draft = usize::from(way != Way::PanicTwice || from == From::Title);
    assert_eq!(
        kept(data.path()),
        Some((1, draft)),
        "{way:?} from {from:?}: one turn ended, one task ordered"
    );
}

fn everywhere(way: Way) {
    for from in PLACES {
        cell(way, from);
    }
}

#[test]
fn the_quit_key_restores_everything_and_keeps_the_game() {
    everywhere(Way::QuitKey);
    everywhere(Way::CtrlC);
}

#[test]
fn sigterm_and_sigint_restore_everything_and_the_process_dies_by_them() {
    everywhere(TERM);
    everywhere(INT);
}

#[test]
fn sigquit_and_sighup_restore_everything_and_the_process_dies_by_them() {
    everywhere(QUIT);
    everywhere(HUP);
}

#[test]
fn stopping_restores_everything_and_going_on_paints_everything_anew_at_the_new_size() {
    everywhere(Way::Stop("signal"));
    everywhere(Way::Stop("key"));
}

#[test]
fn a_hang_up_ends_the_program_without_spinning_even_when_the_signal_is_ignored() {
    everywhere(Way::HangUp);
    everywhere(Way::HangUpIgnored);
}

#[test]
fn a_panic_restores_everything_and_its_message_is_readable_and_the_orders_of_the_turn_are_kept() {
    everywhere(Way::Panic);
    everywhere(Way::PanicInAFrame);
}

#[test]
fn a_panic_during_a_panic_still_restores_everything() {
    everywhere(Way::PanicTwice);
}

#[test]
fn a_panic_of_a_worker_is_a_message_and_the_session_lives_on() {
    everywhere(Way::PanicOfAWorker);
}

/// What a closed pipe can be: the plain face, since screens are drawn on nothing but a terminal.
#[test]
fn a_closed_pipe_ends_the_program_in_order_without_a_byte_of_escape_and_the_game_is_kept() {
    // (what was typed, bytes read before the pipe is closed)
    let cells: [(&str, &[u8], usize); 3] = [
        ("", b"", 1),
        ("play cloud-hopper --seed 7 --plain", b"end\ntasks\n1\n1\ndesk\n", 8_000),
        ("play cloud-hopper --seed 7 --plain", b"end\ntasks\n1\n1\npropose\n1\n", 9_000),
    ];
    for (what, typed, bytes) in cells {
        let data = tempfile::tempdir().expect("a folder");
        let script = format!(
            "({} --data-dir {} {what}; echo ended $? >&2) | head -c {bytes} >/dev/null; echo gone",
            program(),
            data.path().display()
        );
        let mut pty = Pty::spawn("/bin/sh", &["-c", &script], &[]);
        pty.type_in(typed);
        // A pipe holds a good deal: more is asked for until it is found to be closed.
        let deadline = Instant::now() + Duration::from_mins(1);
        while !pty.has_ended() && Instant::now() < deadline {
            let _ = pty.try_type_in(b"help\n");
            thread::sleep(Duration::from_millis(20));
        }
        assert!(pty.wait().success());
        pty.assert_restored();
        // Echoes of what was typed may have pushed it off the screen.
        assert!(
            String::from_utf8_lossy(pty.transcript()).contains("ended 0\r\n"),
            "{}",
            pty.report()
        );
        assert!(!pty.transcript().contains(&0x1b), "{}", pty.report());
        if !typed.is_empty() {
            let (turns, draft) = kept(data.path()).expect("a run");
            assert!(turns == 1 && draft >= 1, "{turns} turns and {draft} orders kept");
        }
    }
}

/// Neither dead nor a zombie waiting for its shell.
fn is_running(pid: u32) -> bool {
    let state = match std::fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => {
            stat.rsplit_once(')').map(|(_, rest)| rest.trim().to_owned()).unwrap_or_default()
        }
        Err(_) if Path::new("/proc/self/stat").exists() => String::new(),
        Err(_) => {
            let output = Command::new("ps")
                .args(["-o", "stat=", "-p", &pid.to_string()])
                .output()
                .expect("ps runs");
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        }
    };
    !state.is_empty() && !state.starts_with('Z')
}

#[test]
fn a_stopped_session_that_is_asked_to_end_dies_without_touching_the_shells_terminal() {
    let data = data(From::Desk);
    let mut pty = start(Way::Stop("signal"), From::Desk, data.path());
    go(&mut pty, From::Desk);
    let pid = pty.foreground();
    kill("TSTP", pid);
    pty.until("== stopped");
    pty.assert_restored();
    // As a shell's own `kill %1` does it.
    kill("TERM", pid);
    kill("CONT", pid);
    let deadline = Instant::now() + Duration::from_mins(1);
    while is_running(pid) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(2));
    }
    assert!(!is_running(pid), "{}", pty.report());
    pty.assert_restored();
    pty.type_in(b"\n");
    pty.wait();
    pty.assert_restored();
    assert_eq!(kept(data.path()), Some((1, 1)));
}

/// The program at the desk of the second turn.
fn at_the_desk(data: &Path) -> Pty {
    let mut pty = start(Way::CtrlC, From::Desk, data);
    go(&mut pty, From::Desk);
    pty
}

fn quits(mut pty: Pty) {
    pty.type_in(b"\x03");
    let status = pty.wait();
    assert!(status.success(), "{status:?}\n{}", pty.report());
    pty.assert_restored();
}

#[test]
fn stopped_without_being_asked_it_puts_its_modes_on_again_when_it_goes_on() {
    let data = data(From::Desk);
    let mut pty = at_the_desk(data.path());
    kill("STOP", pty.child_id());
    pty.write_as_a_neighbour("\x1b[?25h\x1b[?2004l\x1b[2Jsomebody else was here");
    pty.until("somebody else was here");
    kill("CONT", pty.child_id());
    pty.until("HOW THINGS STAND");
    pty.until_screen("an empty rest of the screen", |screen| {
        !screen.contents().contains("somebody")
    });
    assert_taken(&pty);
    quits(pty);
}

#[test]
fn without_job_control_ctrl_z_does_not_freeze_the_process_and_ctrl_l_paints_everything_anew() {
    let data = data(From::Desk);
    let mut pty = at_the_desk(data.path());
    // It leads its own session: nobody could ever wake it.
    pty.type_in(b"\x1a");
    pty.type_in(b"i");
    pty.until("MOST BELIEVED");
    pty.write_as_a_neighbour("\x1b[2J\x1b[Hsomebody wrote over it");
    pty.until("somebody wrote over it");
    pty.type_in(b"\x0c");
    pty.until_screen("the page without the scribble", |s| {
        s.contents().contains("MOST BELIEVED") && !s.contents().contains("somebody")
    });
    quits(pty);
}

#[test]
fn a_resize_is_noticed_and_an_absurd_one_is_clamped() {
    let data = data(From::Desk);
    let mut pty = at_the_desk(data.path());
    pty.resize(100, 30);
    pty.until_screen("thirty rows", |s| s.contents().lines().count() == 30);
    pty.resize(65535, 10);
    pty.until("here: 400 x 10");
    pty.resize(7, 1);
    pty.until_screen("a card cut at seven columns", |s| {
        s.contents().trim_end().chars().count() <= 7
    });
    pty.resize(80, 24);
    pty.until("HOW THINGS STAND");
    quits(pty);
}

#[test]
fn a_window_made_smaller_and_large_again_at_once_is_painted_whole() {
    let data = data(From::Desk);
    let mut pty = at_the_desk(data.path());
    // What the screen is when it is whole: after one such change that was seen, and with all the
    // time it wants. What it has scrolled to in the small window it keeps in the large one.
    pty.until("? help");
    pty.resize(60, 10);
    pty.until("here: 60 x 10");
    pty.resize(80, 24);
    pty.until("? help");
    pty.read_until_quiet(Duration::from_secs(1));
    let whole = pty.text();
    for _ in 0..20 {
        pty.resize(60, 10);
        pty.resize(80, 24);
        pty.until_screen("all that was there", |s| pty::text(s) == whole);
    }
    quits(pty);
}

#[test]
fn a_paste_flood_is_capped_and_keys_live_on() {
    let data = data(From::Propose);
    let mut pty = at_the_desk(data.path());
    pty.type_in(TO_PROPOSE);
    pty.until("WHO SAYS WHAT");
    // One that never ends.
    pty.type_in(b"y\x1b[200~abcdef");
    pty.until("abcdef");
    pty.type_in(b"\x1b[200~");
    for _ in 0..256 {
        pty.type_in(&[b'x'; 4096]);
    }
    pty.type_in(b"\x1b[201~\r");
    pty.until("xxxxxxxx");
    quits(pty);
    assert_eq!(kept(data.path()), Some((1, 1)));
}

#[test]
fn a_mouse_flood_does_not_hide_the_quit_key() {
    let data = data(From::Desk);
    let mut pty = at_the_desk(data.path());
    for _ in 0..2000 {
        pty.type_in(b"\x1b[<65;10;10M\x1b[<0;60;1M\x1b[<0;60;1m");
    }
    quits(pty);
}

#[test]
fn an_app_that_does_not_listen_is_ended_after_its_grace_and_the_terminal_is_restored() {
    if !cfg!(debug_assertions) {
        return;
    }
    let data = data(From::Title);
    let mut pty = Pty::spawn(
        program(),
        &["--data-dir", &data.path().display().to_string()],
        &[("INTERAGENCY_FAULTS", "200")],
    );
    pty.until("I N T E R A G E N C Y");
    pty.type_in(b"\x1b[20~");
    // Deaf from now on: this would have been the way out.
    pty.type_in(b"\x03");
    thread::sleep(Duration::from_millis(50));
    kill("TERM", pty.child_id());
    let status = pty.wait();
    assert_eq!(died_by(&status), Some("Terminated"), "{status:?}");
    pty.assert_restored();
}

#[test]
fn a_stuck_terminal_does_not_keep_the_process_alive_and_its_line_settings_are_restored() {
    if !cfg!(debug_assertions) {
        return;
    }
    let data = data(From::Title);
    let mut pty = Pty::spawn(
        program(),
        &["--data-dir", &data.path().display().to_string()],
        &[("INTERAGENCY_FAULTS", "200")],
    );
    pty.until("I N T E R A G E N C Y");
    pty.stop_reading();
    pty.type_in(b"\x1b[21~");
    kill("TERM", pty.child_id());
    let status = pty.wait();
    assert_eq!(died_by(&status), Some("Terminated"), "{status:?}");
    assert_eq!(pty.termios(), pty.termios_before());
}

fn reaped(child: &mut dyn Child) -> ExitStatus {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            return status;
        }
        if Instant::now() > deadline {
            child.kill().expect("the program can be killed");
            panic!("the program outlived its terminal");
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// The state of a process and the processor time it has used, in ticks; `None` where the system
/// does not tell.
fn stat(pid: u32) -> Option<(String, u64)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some((
        (*fields.first()?).to_owned(),
        fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?,
    ))
}

fn ticks(pid: u32) -> Option<u64> {
    Some(stat(pid)?.1)
}

/// Waits for the process to be a zombie and returns the processor time it used in all.
fn at_its_end(pid: u32) -> Option<u64> {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let (state, ticks) = stat(pid)?;
        if state == "Z" || Instant::now() > deadline {
            return Some(ticks);
        }
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn an_idle_session_never_wakes() {
    let data = data(From::Desk);
    let pty = at_the_desk(data.path());
    let pid = pty.child_id();
    let Some(settled) = switches_once_settled(pid) else {
        // Not every system tells how often a process was woken.
        return;
    };
    thread::sleep(Duration::from_millis(500));
    assert_eq!(switches(pid), Some(settled), "something woke it");
    quits(pty);
}

/// How often the threads of a process have gone to sleep.
fn switches(pid: u32) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).ok()? {
        let status = std::fs::read_to_string(task.ok()?.path().join("status")).ok()?;
        lines.push(status.lines().find(|l| l.starts_with("voluntary_ctxt_switches"))?.to_owned());
    }
    lines.sort();
    Some(lines)
}

fn switches_once_settled(pid: u32) -> Option<Vec<String>> {
    let mut last = switches(pid)?;
    for _ in 0..200 {
        thread::sleep(Duration::from_millis(50));
        let now = switches(pid)?;
        if now == last {
            return Some(now);
        }
        last = now;
    }
    panic!("the session never goes to sleep");
}

#[test]
fn without_a_terminal_nothing_is_written_but_text() {
    let data = data(From::Desk);
    let output = Command::new(program())
        .args(["play", "cloud-hopper", "--data-dir"])
        .arg(data.path())
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    assert!(output.status.success());
    assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{output:?}");
}

#[test]
fn a_signal_at_any_moment_from_start_to_end_leaves_the_terminal_as_it_was() {
    for n in 0..24_u64 {
        let data = data(From::Desk);
        let mut pty = start(Way::CtrlC, From::Desk, data.path());
        pty.type_in(TO_DESK);
        // From before the program has begun to after it has drawn; the exact moment is the
        // scheduler's.
        thread::sleep(Duration::from_micros(n * n * 150));
        let signal = ["TERM", "INT", "HUP", "QUIT"][usize::try_from(n % 4).unwrap_or(0)];
        kill(signal, pty.child_id());
        let status = pty.wait();
        assert!(died_by(&status).is_some(), "{status:?}");
        pty.assert_restored();
        kept(data.path());
    }
}

#[test]
fn no_color_in_the_environment_takes_every_colour_and_leaves_weight() {
    let data = data(From::Desk);
    let args = arguments(From::Desk, data.path());
    let mut pty = Pty::spawn(
        program(),
        &args.iter().map(String::as_str).collect::<Vec<_>>(),
        &[("NO_COLOR", "1")],
    );
    pty.type_in(TO_DESK);
    pty.until("HOW THINGS STAND");
    pty.until("●○");
    let cells = || {
        (0..24)
            .flat_map(|y| (0..80).map(move |x| (y, x)))
            .filter_map(|(y, x)| pty.screen().cell(y, x))
    };
    assert!(
        cells()
            .all(|c| c.fgcolor() == vt100::Color::Default && c.bgcolor() == vt100::Color::Default),
        "{}",
        pty.report()
    );
    assert!(
        cells().any(vt100::Cell::bold),
        "the drawing library's own handling writes a full reset"
    );
    quits(pty);
}

#[test]
fn a_dumb_terminal_gets_the_plain_face_before_anything_is_changed() {
    let data = data(From::Desk);
    let args = arguments(From::Desk, data.path());
    let mut pty = Pty::spawn(
        program(),
        &args.iter().map(String::as_str).collect::<Vec<_>>(),
        &[("TERM", "dumb")],
    );
    pty.until("> ");
    pty.type_in(b"quit\n");
    assert!(pty.wait().success());
    assert!(!pty.transcript().contains(&0x1b), "{}", pty.report());
    pty.assert_restored();
}

/// Each cell a hundred times, at random moments: from before the program has begun, through keys
/// that are still being worked off, to a program at rest. On as many threads as there are cores.
#[test]
#[ignore = "several minutes: `just restore`"]
fn every_way_out_a_hundred_times_at_random_moments() {
    let times: u64 = std::env::var("TIMES").ok().and_then(|t| t.parse().ok()).unwrap_or(100);
    let jobs: Vec<(Way, From, u64)> = WAYS
        .into_iter()
        .filter(|w| cfg!(debug_assertions) || !w.is_a_panic())
        .flat_map(|w| PLACES.into_iter().flat_map(move |p| (0..times).map(move |n| (w, p, n))))
        .collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let took: Mutex<Vec<(Way, Duration)>> = Mutex::default();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get) {
            scope.spawn(|| {
                while let Some(&(way, from, n)) =
                    jobs.get(next.fetch_add(1, std::sync::atomic::Ordering::SeqCst))
                {
                    let one = random(way, from, n);
                    took.lock().expect("no cell failed").push((way, one));
                }
            });
        }
    });
    let took = took.into_inner().expect("no cell failed");
    for way in WAYS {
        let mut all: Vec<Duration> =
            took.iter().filter(|(w, _)| *w == way).map(|(_, d)| *d).collect();
        all.sort();
        if let (Some(median), Some(worst)) = (all.get(all.len() / 2), all.last()) {
            let late = all.iter().filter(|d| **d > Duration::from_secs(1)).count();
            println!(
                "{way:?}: {} times, median {median:.1?}, worst {worst:.1?}, {late} over a second",
                all.len()
            );
        }
    }
    println!("{} endings: everything restored, every run replays", took.len());
}

fn random(way: Way, from: From, n: u64) -> Duration {
    const KEYS: &[u8] = b"jkjkhl ?\r\tpticawnxmdg123u";
    let mut dice = mix(n.wrapping_mul(31) ^ mix(from as u64));
    let mut roll = |most: u64| {
        dice = mix(dice.wrapping_add(0x9e37_79b9_7f4a_7c15));
        dice % most
    };
    let data = data(from);
    let mut pty = start(way, from, data.path());
    let listening = !matches!(way, Way::Signal(..) | Way::HangUp | Way::HangUpIgnored | Way::CtrlC);
    if listening {
        // These need somebody to do it to.
        pty.until_screen("anything", |s| s.alternate_screen() && !s.contents().trim().is_empty());
    }
    if from != From::Title && (way == Way::QuitKey || roll(3) > 0) {
        pty.type_in(TO_DESK);
    }
    if way != Way::QuitKey {
        let keys: Vec<u8> = (0..roll(20))
            .map(|_| KEYS[usize::try_from(roll(KEYS.len() as u64)).unwrap_or(0)])
            .collect();
        // A title page left for a game needs its keys in order.
        pty.type_in(if from == From::Title { b"jkj?" } else { &keys });
    }
    thread::sleep(Duration::from_micros(roll(150_000)));
    let took = end(way, from, pty, false);
    // What it took is printed; other work on the machine may hold up one in a thousand.
    assert!(took < Duration::from_secs(5), "{way:?} from {from:?}, {n}: {took:?}");
    kept(data.path());
    took
}
