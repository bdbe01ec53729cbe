//! Faults on purpose, so that tests can see what the program they are about does when it fails.
//!
//! Only in programs built with debug assertions, never in a release, and only when
//! `INTERAGENCY_FAULTS` is set: its value is how many milliseconds the program has to end after it
//! was asked to. Then keys that mean nothing else do harm: F5 panics · F6 panics in the middle of a
//! frame · F7 panics on a worker's thread · F8 panics, and again while unwinding · F9 hears nothing
//! from now on · F10 paints without end.
//!
//! Owns doing harm. Refuses: repairing any of it.

use std::io;
use std::time::Duration;

use ratatui::Frame;
use ratatui::style::Style;

use crate::input::{Code, Input, Msg};
use crate::terminal::{Options, Session};
use crate::tui::Stage;

fn grace() -> Option<Duration> {
    Some(Duration::from_millis(std::env::var("INTERAGENCY_FAULTS").ok()?.parse().ok()?))
}

/// The same options with the grace a test asks for.
pub fn options(options: Options) -> Options {
    Options { grace: grace().unwrap_or(options.grace), ..options }
}

/// The terminal, with keys that do harm.
pub struct Faulty<'s> {
    session: &'s mut Session,
    armed: bool,
    deaf: bool,
    in_a_frame: bool,
}

struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        assert!(!std::thread::panicking(), "the second panic that was asked for");
    }
}

impl<'s> Faulty<'s> {
    pub fn over(session: &'s mut Session) -> Faulty<'s> {
        Faulty { session, armed: grace().is_some(), deaf: false, in_a_frame: false }
    }

    fn harm(&mut self, key: u8) {
        match key {
            5 => panic!("a panic that was asked for"),
            6 => self.in_a_frame = true,
            7 => {
                _ = std::thread::Builder::new()
                    .name("forecast".to_owned())
                    .spawn(|| panic!("a panic of a worker that was asked for"));
            }
            8 => {
                let _bomb = Bomb;
                panic!("the first panic that was asked for");
            }
            9 => self.deaf = true,
            10 => self.flood(),
            _ => {}
        }
    }

    /// Paints different frames for as long as somebody takes them.
    fn flood(&mut self) {
        for letter in ["a", "b"].iter().cycle() {
            let painted = self.session.draw(|frame| {
                for y in 0..frame.area().height {
                    let line = letter.repeat(usize::from(frame.area().width));
                    frame.buffer_mut().set_string(0, y, line, Style::new());
                }
            });
            if painted.is_err() {
                return;
            }
        }
    }
}

impl Stage for Faulty<'_> {
    fn size(&self) -> (u16, u16) {
        self.session.size()
    }
    fn wait(&mut self) -> Vec<Msg> {
        loop {
            let msgs = self.session.wait();
            if !self.armed {
                return msgs;
            }
            for msg in &msgs {
                if let Msg::Input(Input::Key(key)) = msg
                    && let Code::F(n) = key.code
                {
                    self.harm(n);
                }
            }
            if !self.deaf {
                return msgs;
            }
        }
    }
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()> {
        let in_a_frame = self.in_a_frame;
        self.session.draw(|frame| {
            paint(frame);
            assert!(!in_a_frame, "a panic in the middle of a frame that was asked for");
        })
    }
    fn repaint(&mut self) {
        Stage::repaint(self.session);
    }
    fn suspend(&mut self) -> Msg {
        self.session.suspend()
    }
    fn mouse(&mut self, on: bool) {
        self.session.mouse(on);
    }
}
