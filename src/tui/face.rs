//! The face, for whoever has a loop: opened, told one message, painted.
//!
//! Owns what a message does to the app and to the library it reads from. Refuses: the loop, waiting
//! for messages and what is painted on. What only they can do is asked of them as an `Ask`.

use ratatui::Frame;

use crate::input::{Capabilities, Msg};
use crate::play::Host;

use super::app::{App, Request};
use super::library::{Library, Trouble};
use super::shelf::Shelf;
use super::theme::{Theme, ThemeName};

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

/// Why playing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The player left.
    Quit,
    /// The terminal or the system ended it; the game in hand was kept.
    Ended,
}

/// What a message asks of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Paint a frame, which says that this takes a while; then `Face::plan`.
    Plan,
    /// Ask for the mouse, or leave it alone.
    Mouse(bool),
    /// Forget what is on the screen, and tell the size if it is another.
    Repaint,
    /// Back to the shell.
    Suspend,
    End(Seen),
}

/// The face and where its games come from.
pub struct Face<'l> {
    app: App,
    library: &'l mut dyn Library,
}

impl Face<'_> {
    pub fn open(opts: Opts, size: (u16, u16), library: &mut dyn Library) -> Face<'_> {
        let theme = Theme::choose(opts.theme, &opts.here);
        let mut app = App::new(theme, opts.here, Shelf::of(library), opts.mouse);
        app.resize(size.0, size.1);
        match opts.opening {
            Opening::Title => {}
            Opening::Game(host) => app.open_game(host),
            Opening::Trouble(trouble) => app.show_trouble(trouble),
        }
        Face { app, library }
    }

    /// The size that frames are laid out for.
    pub fn size(&self) -> (u16, u16) {
        self.app.size()
    }

    /// Looks up what the next frame shows and no message asked for. Called once before a frame, and
    /// not for each message: it can take some milliseconds.
    pub fn look_up(&mut self) {
        let Face { app, library } = self;
        if let Some(name) = app.unweighed() {
            let standing = library.weigh(&name);
            app.weighed(&name, standing);
        }
    }

    /// A frame of another size stays as it is: a message that tells the size is on its way.
    pub fn paint(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        if (area.width, area.height) == self.size() {
            self.app.render(frame);
        }
    }

    /// Deals with one message.
    pub fn take(&mut self, msg: Msg) -> Option<Ask> {
        match msg {
            Msg::Input(input) => {
                let request = self.app.update(&input)?;
                self.carry_out(request)
            }
            Msg::Resize(width, height) => {
                self.app.resize(width, height);
                None
            }
            Msg::Signal(_) | Msg::HangUp => {
                self.app.keep_orders();
                Some(Ask::End(Seen::Ended))
            }
            Msg::Idle => {
                self.app.look();
                None
            }
            Msg::WorkerPanic(panic) => {
                self.app.tell("Something failed beside the game", vec![panic.message]);
                None
            }
        }
    }

    /// The game in hand, for what no screen shows.
    pub fn host(&mut self) -> Option<&mut dyn Host> {
        self.app.host()
    }

    /// Hands the game in hand over to another face.
    pub fn hand_over(&mut self) -> Option<Box<dyn Host>> {
        self.app.hand_over()
    }

    /// Goes on with a game that was opened elsewhere, or says why it could not be.
    pub fn open_game(&mut self, game: Result<Box<dyn Host>, Trouble>) {
        opened(&mut self.app, game);
    }

    /// Lets a player who looks ahead play the draw of the game in hand: some seconds.
    pub fn plan(&mut self) {
        self.app.plan();
    }

    fn carry_out(&mut self, request: Request) -> Option<Ask> {
        let Face { app, library } = self;
        match request {
            Request::Begin(id, seed) => opened(app, library.begin(&id, seed)),
            Request::Resume => opened(app, library.resume()),
            Request::Past => app.show_past(library.past()),
            Request::Open(name) => opened(app, library.open(&name)),
            Request::Branch(name, turn) => opened(app, library.branch(&name, turn)),
            Request::Compare(name, other) => match library.compare(&name, &other) {
                Ok(compared) => app.show_compared(compared),
                Err(trouble) => app.tell(&trouble.title, trouble.lines),
            },
            Request::Planner => {
                app.say_planning();
                return Some(Ask::Plan);
            }
            Request::Mouse(on) => {
                library.keep_mouse(on);
                return Some(Ask::Mouse(on));
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
            Request::Redraw => return Some(Ask::Repaint),
            Request::Suspend => return Some(Ask::Suspend),
            Request::Quit => return Some(Ask::End(Seen::Quit)),
        }
        None
    }
}

fn opened(app: &mut App, game: Result<Box<dyn Host>, Trouble>) {
    match game {
        Ok(host) => app.open_game(host),
        Err(trouble) => app.show_trouble(trouble),
    }
}
