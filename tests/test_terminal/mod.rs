//! The face without a terminal: an app, keys by name, paper to paint on, and a tour of every
//! screen.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::{Arc, OnceLock};

use interagency::engine::{Order, Start};
use interagency::game::Game;
use interagency::input::{Capabilities, Code, Colours, Input, Key};
use interagency::luck::mix;
use interagency::play::Host;
use interagency::policy::{Greedy, Policy, orders_of};
use interagency::prose;
use interagency::prose::facts::TitleRow;
use interagency::prose::review::Comparison;
use interagency::scenario::load;
use interagency::scenario::model::Rules;
use interagency::tui::theme::{Theme, ThemeName};
use interagency::tui::{App, Entry, Library, PastGame, Request, Trouble, Unfinished};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

pub mod picture;

pub use picture::to_text;

pub fn rules() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    Arc::clone(
        RULES.get_or_init(|| {
            Arc::new(load::embedded("cloud-hopper", &[]).expect("the scenario loads"))
        }),
    )
}

pub struct Shelf {
    pub left: bool,
}

impl Library for Shelf {
    fn entries(&self) -> Vec<Entry> {
        let broken = TitleRow {
            id: "mine".into(),
            title: "Spring".into(),
            problem: "spring.ron:6:29: no event has this id: drougth".into(),
            ..TitleRow::default()
        };
        vec![
            Entry {
                row: prose::title_row(&rules()),
                last: "last: The tray, 12 November".into(),
                ..Entry::default()
            },
            Entry {
                row: broken,
                own: true,
                problems: vec![
                    "error[unknown-id]: no event has this id\n --> spring.ron:6:29".into(),
                ],
                ..Entry::default()
            },
        ]
    }
    fn unfinished(&self) -> (Option<Unfinished>, usize) {
        (
            self.left.then(|| Unfinished {
                title: "Cloud Hopper".into(),
                line: "turn 8 of 14 · 10 Dec 2018".into(),
                over: false,
            }),
            0,
        )
    }
    fn begin(&mut self, id: &str, _: Option<u64>) -> Result<Box<dyn Host>, Trouble> {
        assert_eq!(id, rules().id);
        Ok(Box::new(Game::new(rules(), start())))
    }
    fn resume(&mut self) -> Result<Box<dyn Host>, Trouble> {
        Err(Trouble {
            title: "The last game".into(),
            lines: vec!["run.ron:7: the line was changed".into()],
        })
    }
    fn past(&self) -> Vec<PastGame> {
        let game = |n: u32, when: &str, line: &str, trouble: &str| PastGame {
            name: format!("{n:06}-3fa9"),
            title: "Cloud Hopper".into(),
            when: when.into(),
            line: line.into(),
            turns: trouble.is_empty().then_some(7),
            over: line.starts_with("ended"),
            standing: None,
            trouble: trouble.into(),
        };
        vec![
            game(4, "14 Nov 2026", "turn 8 of 14", ""),
            game(3, "12 Nov 2026", "ended: The tray", ""),
            game(2, "9 Nov 2026", "ended: A list and two names, a branch", ""),
            game(1, "2 Nov 2026", "", "line 7 was changed"),
        ]
    }
    fn open(&mut self, _name: &str) -> Result<Box<dyn Host>, Trouble> {
        self.begin(&rules().id.clone(), None)
    }
    fn weigh(&self, _name: &str) -> String {
        "44 of 100 by your priorities; on the same draw nothing ordered comes to 38 and a careful \
         player to 46. By this scenario's assumptions, in one world of several; nobody knows which \
         is true."
            .to_owned()
    }
    fn compare(&self, name: &str, other: &str) -> Result<Comparison, Trouble> {
        Ok(compared(name, other))
    }
    fn rules(&self) -> Result<Arc<Rules>, Trouble> {
        Ok(rules())
    }
}

/// A game of the careful player, and a branch of it in which one thing less was done and its luck
/// is another.
fn compared(name: &str, other: &str) -> Comparison {
    static GAMES: OnceLock<[Game; 2]> = OnceLock::new();
    let [a, b] = GAMES.get_or_init(|| {
        let branches = start().branches.with(3, 99).expect("room for a branch");
        [start(), Start { branches, ..start() }].map(|start| {
            let mut game = Game::new(rules(), start);
            while !game.is_over() {
                let orders =
                    orders_of(&Policy::Greedy(Greedy::guided()), game.rules(), game.whole());
                let most = if start.branches.list().is_empty() { usize::MAX } else { 2 };
                for order in orders.iter().filter(|o| **o != Order::End).take(most) {
                    game.give(*order, "").expect("a policy's orders are legal");
                }
                game.end().expect("it goes on");
            }
            game
        })
    });
    prose::compare((name, a), (other, b)).expect("both are over")
}

pub fn start() -> Start {
    Start { seed: 1, ..Start::default() }
}

pub fn here(utf8: bool) -> Capabilities {
    Capabilities {
        stdin_is_tty: true,
        stdout_is_tty: true,
        stderr_is_tty: true,
        utf8,
        locale: None,
        colours: Colours::TwoFiftySix,
        no_color: false,
        term: None,
        dumb: false,
        size: None,
    }
}

pub fn app(width: u16, height: u16) -> App {
    let shelf = Shelf { left: true };
    let mut kept = interagency::tui::shelf::Shelf::default();
    kept.relist(shelf.entries(), shelf.unfinished().0, 0);
    let mut app = App::new(Theme::new(ThemeName::Default), here(true), kept, true);
    app.resize(width, height);
    app
}

/// A key as the footer writes it.
pub fn key(word: &str) -> Key {
    match word {
        "Enter" => Key::plain(Code::Enter),
        "Esc" => Key::plain(Code::Esc),
        "Tab" => Key::plain(Code::Tab),
        "Up" => Key::plain(Code::Up),
        "Down" => Key::plain(Code::Down),
        "Left" => Key::plain(Code::Left),
        "Right" => Key::plain(Code::Right),
        "Home" => Key::plain(Code::Home),
        "End" => Key::plain(Code::End),
        "PgUp" => Key::plain(Code::PageUp),
        "PgDn" => Key::plain(Code::PageDown),
        "Backspace" => Key::plain(Code::Backspace),
        "Space" => Key::char(' '),
        "^d" => Key::ctrl('d'),
        "^u" => Key::ctrl('u'),
        word => Key::char(word.chars().next().expect("a key")),
    }
}

pub fn press(app: &mut App, keys: &str) {
    for word in keys.split_whitespace() {
        // `On` is Enter until the page has been read to its end and left.
        let (word, before) =
            if word == "On" { ("Enter", Some(app.screen())) } else { (word, None) };
        for _ in 0..40 {
            let effect = app.update(&Input::Key(key(word)));
            carry_out(app, effect);
            if let Some(name) = app.unweighed() {
                let standing = Shelf { left: true }.weigh(&name);
                app.weighed(&name, standing);
            }
            if before != Some(app.screen()) {
                break;
            }
        }
    }
}

pub fn carry_out(app: &mut App, effect: Option<Request>) {
    let mut shelf = Shelf { left: true };
    match effect {
        Some(Request::Begin(id, seed)) => {
            app.open_game(shelf.begin(&id, seed).unwrap_or_else(|_| panic!("begins")));
        }
        Some(Request::Resume) => app.show_trouble(shelf.resume().err().expect("does not resume")),
        Some(Request::Read(screen)) => app.show_rules(rules(), screen),
        Some(Request::Relist) => app.relist(shelf.entries(), shelf.unfinished().0, 0),
        Some(Request::Past) => app.show_past(shelf.past()),
        Some(Request::Branch(name, turn)) => {
            app.open_game(shelf.branch(&name, turn).unwrap_or_else(|_| panic!("branches")));
        }
        Some(Request::Compare(name, other)) => {
            app.show_compared(shelf.compare(&name, &other).unwrap_or_else(|_| panic!("compared")));
        }
        Some(Request::Open(name)) => {
            app.open_game(shelf.open(&name).unwrap_or_else(|_| panic!("opens")));
        }
        // The planner takes too long here; tests/tui_keys.rs has it play a short game.
        Some(
            Request::Planner
            | Request::Theme(_)
            | Request::Mouse(_)
            | Request::Redraw
            | Request::Suspend
            | Request::Quit,
        )
        | None => {}
    }
}

pub fn painted(app: &App) -> String {
    let mut terminal = Terminal::new(TestBackend::new(app.size().0, app.size().1)).expect("paper");
    terminal.draw(|frame| app.render(frame)).expect("painted");
    to_text(terminal.backend().buffer())
}

/// To the desk of the first turn: the scenario, the briefing, the front page, the guidance signed.
pub const DESK: &str = "Down Down Enter On On Enter";
/// A turn ended whatever is left undone, and its front page left for the desk.
pub const TURN: &str = " e Up Enter d";

/// Screens by name and the keys that lead there.
pub fn tour() -> Vec<(&'static str, String)> {
    let desk = |more: &str| format!("{DESK} {more}");
    let later = |more: &str| {
        format!("{DESK} p Down Enter Enter t Enter Enter Esc{TURN}{TURN}{TURN} {more}")
    };
    let over = |more: &str| format!("{DESK} p Down Enter Enter{} r{more}", TURN.repeat(14));
    vec![
        ("title", String::new()),
        ("options", "G Up Enter".into()),
        ("problem", "Down Down Down Enter".into()),
        ("not-resumed", "Enter".into()),
        ("codex", "x".into()),
        ("assumptions", "m".into()),
        ("help", "?".into()),
        ("past-games", "Down Enter Down c".into()),
        ("compare", "Down Enter Down c Down c".into()),
        ("codex-search", "x / s a n c t".into()),
        ("briefing", "Down Down Enter".into()),
        ("first-front", "Down Down Enter On".into()),
        ("guidance", "Down Down Enter On On".into()),
        ("guidance-short", "Down Down Enter On On Left Down".into()),
        ("desk", desk("")),
        ("choose", desk("p")),
        ("choose-search", desk("p / a l l i")),
        ("choose-nothing", desk("p / z z z")),
        ("pick-target", desk("p Down Enter Up /")),
        ("pick-search", desk("p Enter Down / f i r")),
        ("desk-help", desk("?")),
        ("tasks-search", desk("t / a l l i e s Enter")),
        ("propose-shut", desk("p Enter")),
        ("propose", desk("p Down Enter Down Down Right")),
        ("propose-because", desk("p Down Enter y T h e y Space a s k e d")),
        ("bargain", desk("p Enter b")),
        ("refused", desk("p Enter Enter")),
        ("tasks", desk("t")),
        ("promises", desk("t 3")),
        ("how-sure", desk("t 5 Enter Right")),
        ("intelligence", desk("i")),
        ("agencies", desk("a Down")),
        ("agency", desk("a Down Enter")),
        ("calendar", desk("c")),
        ("leave", desk("q")),
        ("front", later("n")),
        ("later-desk", later("")),
        ("memo", later("Enter")),
        ("end-turn", later("e")),
        ("why", later("w")),
        ("over-desk", over(" d")),
        ("debrief-ending", over(" 1")),
        ("debrief-marks", over(" 1 Enter")),
        ("debrief-outcome", over(" 2")),
        ("debrief-line", over(" 3")),
        ("debrief-world", over(" 4")),
        ("debrief-other-side", over(" 5")),
        ("debrief-causes", over(" 6")),
        ("debrief-critics", over(" 7")),
    ]
}

/// Words of luck for keys, not for the game.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        usize::try_from(mix(self.0) % n.max(1) as u64).expect("small")
    }
}
