//! The loop: messages in, at most one frame out for each batch of them.
//!
//! Owns carrying out the app's effects. Refuses: the tty; a `Stage` is handed in, so that tests
//! play on one of paper. It sleeps in `wait` until something happens: no clock of its own, no idle
//! frames.

use std::io;

use ratatui::Frame;

use crate::input::{Capabilities, Msg};
use crate::play::Host;
use crate::terminal::Session;

use super::app::{App, Request};
use super::library::{Library, Trouble};
use super::shelf::Shelf;
use super::theme::{Theme, ThemeName};

/// What the loop runs on: the terminal, or a stand-in.
pub trait Stage {
    fn size(&self) -> (u16, u16);
    /// Sleeps until something happened; at least one message.
    fn wait(&mut self) -> Vec<Msg>;
    /// # Errors
    /// When there is nothing to paint on any more.
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()>;
    /// Forgets what is on the screen, so that the next frame paints all of it.
    fn repaint(&mut self);
    /// Back to the shell, and return when it lets us.
    fn suspend(&mut self) -> Msg;
    /// Asks for the mouse, or leaves it to the terminal.
    fn mouse(&mut self, _on: bool) {}
}

impl Stage for Session {
    fn size(&self) -> (u16, u16) {
        Session::size(self)
    }
    fn wait(&mut self) -> Vec<Msg> {
        Session::wait(self)
    }
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()> {
        Session::draw(self, |frame| paint(frame))
    }
    fn repaint(&mut self) {
        Session::repaint(self);
    }
    fn suspend(&mut self) -> Msg {
        Session::suspend(self)
    }
    fn mouse(&mut self, on: bool) {
        Session::mouse(self, on);
    }
}

/// What to open first.
#[derive(Default)]
pub enum Opening {
    #[default]
    Title,
    /// A game already opened: from `play SCENARIO`, `--continue` or `--resume`.
    Game(Box<dyn Host>),
    /// What could not be opened.
    Trouble(Trouble),
}

/// How to play.
pub struct Opts {
    pub theme: Option<ThemeName>,
    pub here: Capabilities,
    /// Whether the mouse was asked for.
    pub mouse: bool,
    pub opening: Opening,
}

/// Why the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The player left.
    Quit,
    /// The terminal or the system ended it; the game in hand was kept.
    Ended,
}

/// Plays until the player leaves.
///
/// # Errors
/// When the terminal cannot be painted on.
pub fn run(stage: &mut dyn Stage, opts: Opts, library: &mut dyn Library) -> io::Result<Seen> {
    let theme = Theme::choose(opts.theme, &opts.here);
    let mut app = App::new(theme, opts.here, Shelf::of(library), opts.mouse);
    let (width, height) = stage.size();
    app.resize(width, height);
    match opts.opening {
        Opening::Title => {}
        Opening::Game(host) => app.open_game(host),
        Opening::Trouble(trouble) => app.show_trouble(trouble),
    }
    loop {
        if let Some(name) = app.unweighed() {
            let standing = library.weigh(&name);
            app.weighed(&name, standing);
        }
        draw(&app, stage)?;
        for msg in stage.wait() {
            if let Some(seen) = take(&mut app, stage, library, msg) {
                return Ok(seen);
            }
        }
    }
}

fn draw(app: &App, stage: &mut dyn Stage) -> io::Result<()> {
    stage.draw(&mut |frame| {
        let area = frame.area();
        if (area.width, area.height) == app.size() {
            app.render(frame);
        }
    })
}

/// Deals with one message.
fn take(app: &mut App, stage: &mut dyn Stage, library: &mut dyn Library, msg: Msg) -> Option<Seen> {
    match msg {
        Msg::Input(input) => {
            let effect = app.update(&input)?;
            carry_out(app, stage, library, effect)
        }
        Msg::Resize(width, height) => {
            app.resize(width, height);
            None
        }
        Msg::Signal(_) | Msg::HangUp => {
            app.keep_orders();
            Some(Seen::Ended)
        }
        Msg::WorkerPanic(panic) => {
            app.tell("Something failed beside the game", vec![panic.message]);
            None
        }
    }
}

fn carry_out(
    app: &mut App,
    stage: &mut dyn Stage,
    library: &mut dyn Library,
    effect: Request,
) -> Option<Seen> {
    match effect {
        Request::Begin(id) => match library.begin(&id) {
            Ok(host) => app.open_game(host),
            Err(trouble) => app.show_trouble(trouble),
        },
        Request::Resume => match library.resume() {
            Ok(host) => app.open_game(host),
            Err(trouble) => app.show_trouble(trouble),
        },
        Request::Past => app.show_past(library.past()),
        Request::Open(name) => match library.open(&name) {
            Ok(host) => app.open_game(host),
            Err(trouble) => app.show_trouble(trouble),
        },
        Request::Branch(name, turn) => match library.branch(&name, turn) {
            Ok(host) => app.open_game(host),
            Err(trouble) => app.show_trouble(trouble),
        },
        Request::Compare(name, other) => match library.compare(&name, &other) {
            Ok(compared) => app.show_compared(compared),
            Err(trouble) => app.tell(&trouble.title, trouble.lines),
        },
        Request::Planner => {
            app.say_planning();
            // What cannot be painted now cannot be painted after it either, and ends the loop then.
            let _ = draw(app, stage);
            app.plan();
        }
        Request::Mouse(on) => {
            stage.mouse(on);
            library.keep_mouse(on);
        }
        Request::Read(screen) => match library.rules() {
            Ok(rules) => app.show_rules(rules, screen),
            Err(trouble) => app.show_trouble(trouble),
        },
        Request::Relist => {
            let (unfinished, unread) = library.unfinished();
            app.relist(library.entries(), unfinished, unread);
        }
        Request::Theme(name) => library.keep_theme(name),
        Request::Redraw => {
            stage.repaint();
            let (width, height) = stage.size();
            if (width, height) != app.size() {
                app.resize(width, height);
            }
        }
        Request::Suspend => {
            let msg = stage.suspend();
            return take(app, stage, library, msg);
        }
        Request::Quit => return Some(Seen::Quit),
    }
    None
}
