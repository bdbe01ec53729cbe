//! The game in a page of a browser: what the page's script may ask, and what it is told.
//!
//! Owns the one game in hand and which face it is on. Refuses: the elements of the page, keys as
//! the browser calls them and storage itself; `page/machine.js` and `page/page.js` have those.

mod machine;
mod paint;
mod storage;

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;

use interagency::analysis::simulate;
use interagency::engine::{NoLedger, Situation, Start, seed_of};
use interagency::input::{Capabilities, Code, Colours, Input, Key, Msg, Signal, clamp_size};
use interagency::library::{Asked, Shelf};
use interagency::play::Host;
use interagency::policy::Policy;
use interagency::scenario::load::{self, Checked};
use interagency::scenario::problem;
use interagency::scenario::source::Source;
use interagency::tui::theme::ThemeName;
use interagency::tui::{Ask, Face, Library, Opening, Opts, Seen, Trouble};
use interagency::{document, plain, record};
use wasm_bindgen::prelude::*;

use storage::{Files, Places};

/// Columns of what the compiler says.
const COLUMNS: usize = 100;

/// Lines that a face has written and the page has not fetched.
#[derive(Clone, Default)]
struct Said(Rc<RefCell<Vec<u8>>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Said {
    fn fetch(&self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut *self.0.borrow_mut())).into_owned()
    }
}

#[wasm_bindgen]
pub struct Edition {
    face: Face<'static>,
    plain: Option<plain::Face<'static, Box<dyn Host>>>,
    said: Said,
    canvas: paint::Canvas,
    places: Places,
    shelf: Shelf,
}

fn shelf(places: &Places) -> Shelf {
    Shelf::new(Box::new(places.clone()), Box::new(Files), machine::seed)
}

#[wasm_bindgen]
impl Edition {
    /// Opens the title page at this size. `contrast`: the reader asks for more of it.
    #[wasm_bindgen(constructor)]
    pub fn new(width: u16, height: u16, contrast: bool) -> Edition {
        let places = Places::default();
        let kept = interagency::kept::Keeper::settings(&places);
        let chosen = kept.get("theme").and_then(|t| t.parse::<ThemeName>().ok());
        let here = Capabilities {
            stdin_is_tty: true,
            stdout_is_tty: true,
            stderr_is_tty: true,
            utf8: true,
            locale: None,
            colours: Colours::True,
            no_color: false,
            term: None,
            dumb: false,
            size: Some((width, height)),
        };
        let opts = Opts {
            theme: chosen.or(contrast.then_some(ThemeName::HighContrast)),
            here,
            mouse: kept.get("mouse").is_none_or(|m| m != "off"),
            opening: Opening::Title,
        };
        let size = clamp_size(width, height);
        // The page has one face for as long as it is there.
        let library: &'static mut Shelf = Box::leak(Box::new(shelf(&places)));
        Edition {
            face: Face::open(opts, size, library),
            plain: None,
            said: Said::default(),
            canvas: paint::Canvas::new(size),
            shelf: shelf(&places),
            places,
        }
    }

    /// The rows that changed since the last frame, as `paint` writes them.
    pub fn frame(&mut self) -> String {
        self.face.look_up();
        self.canvas.paint(&self.face)
    }

    /// All rows anew with the next frame.
    pub fn forget(&mut self) {
        self.canvas.forget();
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        let size = clamp_size(width, height);
        self.canvas.resize(size);
        self.face.take(Msg::Resize(size.0, size.1));
    }

    /// A key by the name a browser gives it. What it asks of the page: `plan`, `leave` or nothing.
    pub fn key(&mut self, name: &str, ctrl: bool, alt: bool, shift: bool) -> String {
        match key(name, ctrl, alt, shift) {
            Some(key) => self.tell(Msg::Input(Input::Key(key))),
            None => String::new(),
        }
    }

    pub fn click(&mut self, x: u16, y: u16) -> String {
        self.tell(Msg::Input(Input::Click { x, y }))
    }

    pub fn scroll(&mut self, x: u16, y: u16, lines: i16) -> String {
        self.tell(Msg::Input(Input::Scroll { x, y, lines }))
    }

    pub fn paste(&mut self, text: &str) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let fit = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
        self.tell(Msg::Input(Input::Paste(text.chars().filter(fit).take(4096).collect())))
    }

    fn tell(&mut self, msg: Msg) -> String {
        let asks = self.face.take(msg);
        // A browser may end without a word: orders are put down as they are given.
        if let Some(host) = self.face.host() {
            host.draft();
        }
        match asks {
            Some(Ask::Plan) => "plan",
            Some(Ask::Repaint) => {
                self.canvas.forget();
                ""
            }
            Some(Ask::End(Seen::Quit | Seen::Ended)) => "leave",
            Some(Ask::Mouse(_) | Ask::Suspend) | None => "",
        }
        .to_owned()
    }

    /// What takes some seconds, after a frame that says so.
    pub fn plan(&mut self) {
        self.face.plan();
    }

    /// Puts the orders of the turn down: the page may be gone in a moment.
    pub fn keep(&mut self) {
        match &mut self.plain {
            Some(plain) => plain.host().draft(),
            None => _ = self.face.take(Msg::Signal(Signal::Hup)),
        }
    }

    fn host(&mut self) -> Option<&mut dyn Host> {
        match &mut self.plain {
            Some(plain) => Some(plain.host()),
            None => self.face.host(),
        }
    }

    pub fn in_hand(&mut self) -> bool {
        self.host().is_some()
    }

    /// Whether the game in hand has come to its end.
    pub fn over(&mut self) -> bool {
        self.host().is_some_and(|h| h.game().is_over())
    }

    /// The name of the run in hand, if there is one and it lies here.
    pub fn run(&mut self) -> Option<String> {
        self.host()?;
        Some(self.places.current()).filter(|n| !n.is_empty())
    }

    /// What is to be said before the page is left; empty when nothing is lost by it.
    pub fn unsaved(&mut self) -> String {
        self.host().and_then(|h| h.saved().warning()).unwrap_or_default()
    }

    /// Hands the run in hand to the player as a file.
    pub fn download(&mut self) -> String {
        let kept = self.unsaved().is_empty();
        let name = self.run();
        let Some(host) = self.host() else { return "There is no game in hand.".to_owned() };
        if let (true, Some(name)) = (kept, name) {
            host.draft();
            let called = called(host);
            return match storage::run(&name) {
                Some(text) => {
                    machine::hand(&format!("{called}.run"), &text);
                    String::new()
                }
                None => "The run is not where it was kept.".to_owned(),
            };
        }
        // What lies nowhere is moved to a file of the player's.
        host.save(Some(Path::new("interagency.run"))).err().unwrap_or_default()
    }

    /// Hands the debrief of the game in hand to the player, as a page to be printed. A page that
    /// this one opened would be held to its policy, which allows no style of its own.
    pub fn debrief(&mut self) -> String {
        let Some(host) = self.host() else { return "There is no game in hand.".to_owned() };
        let page = document::html(&document::debrief(host.game()));
        machine::hand(&format!("{}-debrief.html", called(host)), &page);
        String::new()
    }

    /// Takes in a run file and opens it; what is wrong with it otherwise.
    pub fn upload(&mut self, bytes: &[u8]) -> String {
        let decoded = record::decode(&record::tidy(bytes));
        let Some(header) = decoded.header.as_ref() else {
            return "This is no run file of Interagency.".to_owned();
        };
        if let Some(damage) = &decoded.damage {
            return format!("The run file is damaged: {damage}.");
        }
        match storage::take_in(header.seed, bytes) {
            Ok(name) => self.open(&name),
            Err(why) => format!("It cannot be kept here: {why}."),
        }
    }

    /// Opens a kept run.
    pub fn open(&mut self, name: &str) -> String {
        let game = self.shelf.open(name);
        self.put(game)
    }

    /// Opens the game of a link: its query without the question mark, each part decoded already and
    /// in pairs.
    pub fn link(&mut self, pairs: Vec<String>, again: bool) -> String {
        let mut asked = Asked::default();
        for pair in pairs.chunks_exact(2) {
            let value = pair[1].clone();
            match pair[0].as_str() {
                "scenario" => asked.scenario = value,
                "seed" => match seed_of(&value) {
                    Some(seed) => asked.seed = Some(seed),
                    None => return "The link's seed is neither a number nor a word.".to_owned(),
                },
                "world" => asked.world = Some(value),
                "guidance" => asked.guidance = Some(value),
                "assume" => asked.assume.push(value),
                "record" => asked.on_the_record = value == "1",
                other => return format!("The link asks for {other:?}, which is not understood."),
            }
        }
        if asked.scenario.is_empty() {
            return "The link names no scenario.".to_owned();
        }
        let game = self.shelf.start(&asked, again);
        self.put(game)
    }

    fn put(&mut self, game: Result<Box<dyn Host>, Trouble>) -> String {
        if let Err(trouble) = game {
            return format!("{}: {}", trouble.title, trouble.lines.join(" "));
        }
        if self.plain.is_some() {
            drop(self.hand_over());
            self.face.open_game(game);
            self.to_plain();
        } else {
            // The one before puts its orders down first.
            drop(self.face.hand_over());
            self.face.open_game(game);
        }
        String::new()
    }

    /// Checks a scenario file as `check` does: what it says, and whether it can be played.
    pub fn check(&mut self, name: &str, bytes: Vec<u8>) -> Verdict {
        let source = match Source::from_bytes(name, bytes) {
            Ok(source) => source,
            Err(problem) => {
                return Verdict { text: problem::text(&[problem], false, COLUMNS), plays: false };
            }
        };
        let checked = Checked::of(&source, &[]);
        let plays = checked.rules.is_some();
        let mut text = problem::text(&checked.problems, false, COLUMNS);
        text.push_str(&problem::summary(&checked.problems, checked.left_out));
        if plays && let Err(why) = storage::keep_file(name, &source.text) {
            text.push_str(&format!("\nIt is not kept in this browser: {why}."));
        }
        Verdict { text, plays }
    }

    /// Begins a new game of a scenario, by its id or the name of a file.
    pub fn begin(&mut self, id: &str) -> String {
        let game = self.shelf.begin(id, None);
        self.put(game)
    }

    /// What can be begun: id, title, summary and length of each.
    pub fn scenarios(&self) -> Vec<String> {
        let rows = self.shelf.entries().into_iter().map(|e| e.row);
        rows.filter(|r| r.problem.is_empty())
            .flat_map(|r| [r.id, r.title, r.summary, r.measure])
            .collect()
    }

    /// The game in hand goes over to the plain face; what that says first.
    pub fn to_plain(&mut self) -> Option<String> {
        let host = self.face.hand_over()?;
        let options = plain::Options { width: 0, ..plain::Options::default() };
        let mut plain = plain::Face::open(host, Box::new(self.said.clone()), options);
        let _ = plain.begin().and_then(|()| plain.news());
        self.plain = Some(plain);
        Some(self.said.fetch())
    }

    fn hand_over(&mut self) -> Option<Box<dyn Host>> {
        self.plain.take().map(plain::Face::close)
    }

    /// A line for the plain face; what it says. The game is over or left when there is none in hand
    /// any more.
    pub fn line(&mut self, text: &str) -> String {
        let Some(plain) = &mut self.plain else { return String::new() };
        let ended = plain.take(text);
        plain.host().draft();
        if matches!(ended, Ok(None)) {
            let _ = plain.news();
        } else {
            drop(self.hand_over());
        }
        self.said.fetch()
    }

    /// The game in hand goes back to the screens.
    pub fn to_screens(&mut self) {
        if let Some(host) = self.hand_over() {
            self.face.open_game(Ok(host));
        }
        self.canvas.forget();
    }

    pub fn theme(&self) -> String {
        interagency::kept::Keeper::settings(&self.places).remove("theme").unwrap_or_default()
    }
}

/// The digest of so many games of a scenario by a policy, seeds from 1, as `interagency simulate`
/// prints it; none where there is no such scenario or policy. The page does not ask: whoever doubts
/// that games here are those of the program does.
#[wasm_bindgen]
pub fn digest(scenario: &str, policy: &str, games: u32) -> Option<String> {
    let rules = load::embedded(scenario, &[]).ok()?;
    let policy = Policy::parse(&rules, policy).ok()?;
    let one = |seed| {
        let start = Start { seed, ..Start::default() };
        let mut s = Situation::setup(&rules, start, &mut NoLedger);
        policy.game(&rules, &mut s, None, &mut NoLedger);
        s.digest()
    };
    let digest = (1..=u64::from(games)).fold(0, |all, seed| simulate::fold(all, one(seed)));
    Some(format!("{digest:032x}"))
}

/// What `check` says of a file.
#[wasm_bindgen]
pub struct Verdict {
    text: String,
    plays: bool,
}

#[wasm_bindgen]
impl Verdict {
    #[wasm_bindgen(getter)]
    pub fn text(&self) -> String {
        self.text.clone()
    }
    #[wasm_bindgen(getter)]
    pub fn plays(&self) -> bool {
        self.plays
    }
}

/// What a file of this game is called: its scenario and its seed.
fn called(host: &dyn Host) -> String {
    let game = host.game();
    format!("{}-{}", game.rules().id, game.start().seed)
}

/// A key as `KeyboardEvent.key` names it.
fn key(name: &str, ctrl: bool, alt: bool, shift: bool) -> Option<Key> {
    let mut chars = name.chars();
    let code = match (chars.next(), chars.next()) {
        (Some(c), None) => return Some(Key { code: Code::Char(c), ctrl, alt, shift: false }),
        _ => match name {
            "Enter" => Code::Enter,
            "Escape" => Code::Esc,
            "Tab" if shift => Code::BackTab,
            "Tab" => Code::Tab,
            "Backspace" => Code::Backspace,
            "Delete" => Code::Delete,
            "Insert" => Code::Insert,
            "ArrowUp" => Code::Up,
            "ArrowDown" => Code::Down,
            "ArrowLeft" => Code::Left,
            "ArrowRight" => Code::Right,
            "Home" => Code::Home,
            "End" => Code::End,
            "PageUp" => Code::PageUp,
            "PageDown" => Code::PageDown,
            _ => Code::F(name.strip_prefix('F')?.parse().ok().filter(|n| (1..=12).contains(n))?),
        },
    };
    let shift = shift && code != Code::BackTab;
    Some(Key { code, ctrl, alt, shift })
}
