//! A small program that holds a terminal session, for the tests of restoration.
//!
//! It draws a counter and the last message. Keys: `q` quit · `p` panic here · `d` panic while painting · `w` panic on a worker · `x` panic whose
//! payload panics when dropped · `z` suspend · `i` ignore every message from now on · `f` paint without end · anything else counts.
//! Argument `mouse` asks for the mouse.

use std::io::{self, Write};
use std::time::Duration;

use interagency::terminal::{Input, Key, Msg, Options, Session};
use ratatui::style::Style;

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(!std::thread::panicking(), "second panic");
    }
}

/// Paints different frames for as long as somebody takes them.
fn flood(session: &mut Session) -> io::Result<()> {
    for letter in ["a", "b"].iter().cycle() {
        session.draw(|frame| {
            for y in 0..frame.area().height {
                let line = letter.repeat(usize::from(frame.area().width));
                frame.buffer_mut().set_string(0, y, line, Style::new());
            }
        })?;
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let mouse = std::env::args().any(|a| a == "mouse");
    let grace = Duration::from_millis(std::env::var("PROBE_GRACE_MS").ok().and_then(|v| v.parse().ok()).unwrap_or(10_000));
    let mut session: Session = Session::enter(Options { mouse, grace, ..Options::default() })?;
    let (mut count, mut deaf, mut panic_in_paint, mut last) = (0, false, false, String::from("ready"));
    'play: loop {
        let (width, height) = session.size();
        session.draw(|frame| {
            let line = format!("count {count} [{last}] {width}x{height}");
            let area = frame.area();
            frame.buffer_mut().set_stringn(0, 0, line, usize::from(area.width), Style::new().red().bold());
            assert!(!panic_in_paint, "in the middle of a frame");
        })?;
        for msg in session.wait() {
            match msg {
                _ if deaf => {}
                Msg::Input(Input::Key(key)) => {
                    last = key.to_string();
                    match key.typed() {
                        Some('q') => break 'play,
                        Some('p') => panic!("the probe was asked to panic"),
                        Some('d') => panic_in_paint = true,
                        Some('x') => {
                            let _bomb = Bomb;
                            panic!("first panic");
                        }
                        Some('w') => session.spawn("forecast", || panic!("a worker was asked to panic"))?,
                        Some('z') => {
                            let _ = session.suspend();
                            last = "back".into();
                        }
                        Some('i') => deaf = true,
                        Some('f') => flood(&mut session)?,
                        _ if key == Key::ctrl('c') => break 'play,
                        _ => count += 1,
                    }
                }
                Msg::Input(input) => {
                    count += 1;
                    last = match input {
                        Input::Paste(text) => format!("pasted {}", text.len()),
                        other => format!("{other:?}"),
                    };
                }
                Msg::WorkerPanic(panic) => last = format!("worker {}: {}", panic.thread, panic.message),
                Msg::Signal(_) | Msg::HangUp => break 'play,
                Msg::Resize(..) | Msg::Worker(()) | Msg::Tick => last = "redrawn".into(),
            }
        }
    }
    session.leave();
    // Not println!: after a hang-up there is nobody to print to, and that is no reason to panic.
    let _ = writeln!(io::stdout(), "left in order");
    session.finish();
    Ok(())
}
