//! However a session ends, the terminal is as it was. In a real pseudo-terminal.
//!
//! The matrix: {quit, TERM, INT, QUIT, HUP, stop and go on, panic, panic while painting, double panic, a worker's panic, hang-up,
//! a deaf app, a stuck terminal} x {line settings, alternate screen, cursor, mouse, bracketed paste, attributes}.
#![cfg(unix)]

mod pty;

use std::thread;
use std::time::{Duration, Instant};

use portable_pty::ExitStatus;
use pty::{Pty, kill, probe};

/// The probe with everything on, ready for keys.
fn ready() -> Pty {
    let mut pty = Pty::spawn(probe(), &["mouse"], &[]);
    pty.until("[ready]");
    let modes = pty.modes();
    assert!(modes.alternate_screen && modes.cursor_hidden && modes.mouse && modes.bracketed_paste, "{modes:?}");
    assert_ne!(pty.termios(), pty.termios_before(), "raw mode changes the line settings");
    pty
}

fn died_by(status: &ExitStatus) -> Option<&str> {
    status.signal()
}

fn ends_by_signal(name: &str, reported: &str) {
    let mut pty = ready();
    kill(name, pty.child_id());
    let status = pty.wait();
    assert_eq!(died_by(&status), Some(reported), "{status:?}");
    pty.until("left in order");
    pty.assert_restored();
}

fn ends_by_panic(key: &[u8], message: &str) {
    let mut pty = ready();
    pty.type_in(key);
    let status = pty.wait();
    assert_eq!((status.exit_code(), died_by(&status)), (101, None), "{status:?}");
    pty.assert_restored();
    assert!(pty.screen().contents().contains(message), "the message stands on the player's own screen\n{}", pty.report());
    assert!(!pty.screen().contents().contains("count"), "nothing of the frame does\n{}", pty.report());
}

#[test]
fn quitting_restores_everything_and_exits_with_zero() {
    let mut pty = ready();
    pty.type_in(b"q");
    let status = pty.wait();
    assert!(status.success(), "{status:?}");
    pty.until("left in order");
    pty.assert_restored();
}

#[test]
fn sigterm_restores_everything_and_the_process_dies_by_it() {
    ends_by_signal("TERM", "Terminated");
}

#[test]
fn sigint_restores_everything_and_the_process_dies_by_it() {
    ends_by_signal("INT", "Interrupt");
}

#[test]
fn sigquit_restores_everything_and_the_process_dies_by_it() {
    ends_by_signal("QUIT", "Quit");
}

#[test]
fn sighup_restores_everything_and_the_process_dies_by_it() {
    ends_by_signal("HUP", "Hangup");
}

#[test]
fn a_panic_restores_everything_and_its_message_is_readable() {
    ends_by_panic(b"p", "the probe was asked to panic");
}

#[test]
fn a_panic_in_the_middle_of_a_frame_leaves_nothing_of_the_frame() {
    ends_by_panic(b"d", "in the middle of a frame");
}

#[test]
fn a_panic_during_a_panic_still_restores_everything() {
    let mut pty = ready();
    pty.type_in(b"x");
    let status = pty.wait();
    assert!(!status.success(), "{status:?}");
    pty.assert_restored();
    let output = String::from_utf8_lossy(pty.transcript());
    assert!(output.contains("first panic") && output.contains("second panic"), "{output:?}");
}

#[test]
fn a_panic_of_a_worker_is_a_message_and_the_session_lives_on() {
    let mut pty = ready();
    pty.type_in(b"w");
    pty.until("worker forecast: a worker was asked to panic");
    let modes = pty.modes();
    assert!(modes.alternate_screen && modes.cursor_hidden && modes.mouse && modes.bracketed_paste, "{modes:?}");
    pty.type_in(b"k");
    pty.until("count 1 [k]");
    pty.type_in(b"q");
    assert!(pty.wait().success());
    pty.assert_restored();
    let output = String::from_utf8_lossy(pty.transcript()).into_owned();
    assert!(!output.contains("panicked at"), "the default report never reached the screen: {output:?}");
}

/// A shell with job control that runs the probe, waits for a line, brings the probe back, and says how both ended.
fn under_a_shell() -> Pty {
    let script = format!("set -m; {} mouse; echo stopped $?; read line; fg; echo ended $?", probe().display());
    let mut pty = Pty::spawn("/bin/sh", &["-c", &script], &[]);
    pty.until("[ready]");
    pty
}

#[test]
fn stopping_restores_everything_and_going_on_paints_everything_anew_at_the_new_size() {
    for stop in ["signal", "key"] {
        let mut pty = under_a_shell();
        if stop == "signal" {
            kill("TSTP", pty.foreground());
        } else {
            pty.type_in(b"z");
        }
        pty.until("stopped");
        pty.assert_restored();
        pty.resize(60, 20);
        pty.type_in(b"\n");
        pty.until("60x20");
        let modes = pty.modes();
        assert!(modes.alternate_screen && modes.cursor_hidden && modes.mouse && modes.bracketed_paste, "{modes:?}");
        assert_ne!(pty.termios(), pty.termios_before());
        pty.type_in(b"q");
        pty.until("ended 0");
        assert!(pty.wait().success());
        pty.assert_restored();
    }
}

#[test]
fn a_stopped_session_that_is_asked_to_end_dies_without_touching_the_shells_terminal() {
    let mut pty = under_a_shell();
    let probe = pty.foreground();
    kill("TSTP", probe);
    pty.until("stopped");
    pty.assert_restored();
    // As a shell's own `kill %1` does it.
    kill("TERM", probe);
    kill("CONT", probe);
    let deadline = Instant::now() + Duration::from_mins(1);
    while is_running(probe) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(2));
    }
    assert!(!is_running(probe), "{}", pty.report());
    pty.assert_restored();
    pty.type_in(b"\n");
    pty.wait();
    pty.assert_restored();
}

/// Neither dead nor a zombie waiting for its shell.
fn is_running(pid: u32) -> bool {
    let state = match std::fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => stat.rsplit_once(')').map(|(_, rest)| rest.trim().to_owned()).unwrap_or_default(),
        Err(_) if std::path::Path::new("/proc/self/stat").exists() => String::new(),
        Err(_) => {
            let output = std::process::Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().expect("ps runs");
            String::from_utf8_lossy(&output.stdout).trim().to_owned()
        }
    };
    !state.is_empty() && !state.starts_with('Z')
}

#[test]
fn stopped_without_being_asked_it_puts_its_modes_on_again_when_it_goes_on() {
    let mut pty = ready();
    kill("STOP", pty.child_id());
    pty.write_as_a_neighbour("\x1b[?25h\x1b[?2004l\x1b[2Jsomebody else was here");
    pty.until("somebody else was here");
    kill("CONT", pty.child_id());
    pty.until("[redrawn]");
    pty.until_screen("an empty rest of the screen", |screen| !screen.contents().contains("somebody"));
    let modes = pty.modes();
    assert!(modes.alternate_screen && modes.cursor_hidden && modes.bracketed_paste, "{modes:?}");
    pty.type_in(b"q");
    assert!(pty.wait().success());
    pty.assert_restored();
}

#[test]
fn without_job_control_ctrl_z_does_not_freeze_the_process() {
    // The probe leads its own session: nobody could ever wake it.
    let mut pty = ready();
    pty.type_in(b"z");
    pty.until("[back]");
    pty.type_in(b"q");
    assert!(pty.wait().success());
    pty.assert_restored();
}

#[test]
fn a_resize_is_noticed_and_an_absurd_one_is_clamped() {
    let mut pty = ready();
    pty.resize(100, 30);
    pty.until("100x30");
    pty.resize(65535, 2);
    pty.until("400x2");
    pty.resize(7, 1);
    pty.until_screen("a frame cut at seven columns", |screen| screen.contents().trim_end() == "count 0");
    pty.resize(80, 24);
    pty.until("80x24");
    pty.type_in(b"q");
    assert!(pty.wait().success());
    pty.assert_restored();
}

#[test]
fn a_paste_flood_is_capped_and_keys_live_on() {
    let mut pty = ready();
    pty.type_in(b"\x1b[200~");
    for _ in 0..256 {
        pty.type_in(&[b'x'; 4096]);
    }
    pty.type_in(b"\x1b[201~");
    pty.until("count 1 [pasted 16384]");
    // And one that never ends.
    pty.type_in(b"\x1b[200~abc");
    pty.until("count 2 [pasted 3]");
    pty.type_in(b"q");
    assert!(pty.wait().success());
    pty.assert_restored();
}

#[test]
fn a_mouse_flood_does_not_hide_the_quit_key() {
    let mut pty = ready();
    for _ in 0..2000 {
        pty.type_in(b"\x1b[<65;10;10M\x1b[<0;10;10M\x1b[<0;10;10m");
    }
    pty.type_in(b"q");
    assert!(pty.wait().success());
    pty.assert_restored();
}

#[test]
fn an_app_that_does_not_listen_is_ended_after_its_grace_and_the_terminal_is_restored() {
    let mut pty = Pty::spawn(probe(), &["mouse"], &[("PROBE_GRACE_MS", "200")]);
    pty.until("[ready]");
    pty.type_in(b"i");
    pty.until("[i]");
    kill("TERM", pty.child_id());
    let status = pty.wait();
    assert_eq!(died_by(&status), Some("Terminated"), "{status:?}");
    pty.assert_restored();
}

#[test]
fn a_stuck_terminal_does_not_keep_the_process_alive_and_its_line_settings_are_restored() {
    let mut pty = Pty::spawn(probe(), &["mouse"], &[("PROBE_GRACE_MS", "200")]);
    pty.until("[ready]");
    pty.stop_reading();
    pty.type_in(b"f");
    kill("TERM", pty.child_id());
    let status = pty.wait();
    assert_eq!(died_by(&status), Some("Terminated"), "{status:?}");
    assert_eq!(pty.termios(), pty.termios_before());
}

#[test]
fn a_hang_up_ends_the_process() {
    let mut child = ready().hang_up();
    assert_eq!(died_by(&reaped(&mut *child)), Some("Hangup"));
}

#[test]
fn a_hang_up_ends_the_process_without_spinning_even_when_the_signal_is_ignored() {
    let script = format!("trap '' HUP; exec {} mouse", probe().display());
    let mut pty = Pty::spawn("/bin/sh", &["-c", &script], &[]);
    pty.until("[ready]");
    let mut child = pty.hang_up();
    let pid = child.process_id().expect("an id");
    let status = ended_but_not_reaped(pid);
    if let Some(ticks) = status {
        // A hundred ticks are a second; a spinning reader takes all it can get.
        assert!(ticks < 50, "{ticks} ticks of processor time");
    }
    assert_eq!(died_by(&reaped(&mut *child)), Some("Hangup"));
}

fn reaped(child: &mut dyn portable_pty::Child) -> ExitStatus {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            return status;
        }
        if Instant::now() > deadline {
            child.kill().expect("the program can be killed");
            panic!("the program outlived its terminal");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Waits for the process to be a zombie and returns the processor time it used in all, in ticks; `None` where the system does not tell.
fn ended_but_not_reaped(pid: u32) -> Option<u64> {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        if fields.first() == Some(&"Z") || Instant::now() > deadline {
            return Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn an_idle_session_never_wakes() {
    let mut pty = ready();
    let pid = pty.child_id();
    let Some(settled) = switches_once_settled(pid) else {
        // Not every system tells how often a process was woken.
        return;
    };
    thread::sleep(Duration::from_millis(500));
    assert_eq!(switches(pid), Some(settled), "something woke it");
    pty.type_in(b"q");
    assert!(pty.wait().success());
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
fn without_a_terminal_nothing_is_written_but_the_error() {
    let output = std::process::Command::new(probe()).env("TERM", "xterm").stdin(std::process::Stdio::null()).output().expect("the probe runs");
    assert!(!output.status.success());
    assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b), "{output:?}");
}

#[test]
fn a_signal_at_any_moment_from_start_to_end_leaves_the_terminal_as_it_was() {
    let probe = probe();
    for n in 0..40_u64 {
        let mut pty = Pty::spawn(probe.clone(), &["mouse"], &[]);
        pty.type_in(b"abc");
        if n % 2 == 1 {
            pty.type_in(b"q");
        }
        // From before the program has begun to after it has drawn; the exact moment is the scheduler's.
        thread::sleep(Duration::from_micros(n * 250));
        let signal = ["TERM", "INT", "HUP", "QUIT"][usize::try_from(n / 2 % 4).unwrap_or(0)];
        // It may have quit by itself already.
        let _ = std::process::Command::new("kill").args(["-s", signal, &pty.child_id().to_string()]).output();
        let status = pty.wait();
        assert!(status.success() == (died_by(&status).is_none()), "{status:?}");
        pty.assert_restored();
    }
}

#[test]
fn no_color_in_the_environment_does_not_take_bold_with_it() {
    let mut pty = Pty::spawn(probe(), &[], &[("NO_COLOR", "1")]);
    pty.until("[ready]");
    let cell = pty.screen().cell(0, 0).expect("a cell");
    assert!(cell.bold(), "the library's own handling writes a full reset");
    assert_ne!(cell.fgcolor(), vt100::Color::Default, "colour or not is the theme's decision, not the writer's");
    pty.type_in(b"q");
    assert!(pty.wait().success());
    pty.assert_restored();
}

#[test]
fn a_dumb_terminal_is_refused_before_anything_is_changed() {
    let mut pty = Pty::spawn(probe(), &[], &[("TERM", "dumb")]);
    assert!(!pty.wait().success());
    pty.assert_restored();
    assert!(!pty.transcript().contains(&0x1b), "{}", pty.report());
}
