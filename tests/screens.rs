//! Every screen of the terminal face: pictures as text, every size, and a great many keys.
//!
//! Paper stands in for the terminal. Laws: nothing panics at any size; a key never changes the game unless it is an
//! order; whatever was played replays; help names every key; one frame at most for each batch of messages.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, OnceLock};

use interagency::engine::situation::Start;
use interagency::game::Game;
use interagency::luck::mix;
use interagency::play::Host;
use interagency::prose;
use interagency::prose::facts::TitleRow;
use interagency::report::svg::to_text;
use interagency::scenario::load;
use interagency::scenario::model::Rules;
use interagency::terminal::{Capabilities, Code, Colours, Input, Key, Msg, Signal};
use interagency::tui::keys::KEYS;
use interagency::tui::screen::Screen;
use interagency::tui::theme::{Theme, ThemeName};
use interagency::tui::{App, Effect, Entry, Library, Opening, Opts, Seen, Stage, Trouble, Unfinished, run, view};
use ratatui::backend::TestBackend;
use ratatui::{Frame, Terminal};

fn rules() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    Arc::clone(RULES.get_or_init(|| Arc::new(load::embedded("cloud-hopper", &[]).expect("the scenario loads"))))
}

struct Shelf {
    left: bool,
}

impl Library for Shelf {
    fn entries(&self) -> Vec<Entry> {
        let broken =
            TitleRow { id: "mine".into(), title: "Spring".into(), problem: "spring.ron:6:29: no event has this id: drougth".into(), ..TitleRow::default() };
        vec![
            Entry { row: prose::title_row(&rules()), last: "last: The tray, 12 November".into(), ..Entry::default() },
            Entry { row: broken, own: true, problems: vec!["error[unknown-id]: no event has this id\n --> spring.ron:6:29".into()], ..Entry::default() },
        ]
    }
    fn unfinished(&self) -> Option<Unfinished> {
        self.left.then(|| Unfinished { title: "Cloud Hopper".into(), line: "turn 8 of 14 · 10 Dec 2018".into() })
    }
    fn begin(&mut self, id: &str) -> Result<Box<dyn Host>, Trouble> {
        assert_eq!(id, rules().id);
        Ok(Box::new(Game::new(rules(), start())))
    }
    fn resume(&mut self) -> Result<Box<dyn Host>, Trouble> {
        Err(Trouble { title: "The last game".into(), lines: vec!["run.ron:7: the line was changed".into()] })
    }
    fn rules(&self) -> Result<Arc<Rules>, Trouble> {
        Ok(rules())
    }
}

fn start() -> Start {
    Start { seed: 1, ..Start::default() }
}

fn here(utf8: bool) -> Capabilities {
    Capabilities {
        stdin_is_tty: true,
        stdout_is_tty: true,
        stderr_is_tty: true,
        utf8,
        colours: Colours::TwoFiftySix,
        no_color: false,
        term: None,
        dumb: false,
        size: None,
    }
}

fn app(width: u16, height: u16) -> App {
    let shelf = Shelf { left: true };
    let mut app = App::new(Theme::new(ThemeName::Default), here(true), shelf.entries(), shelf.unfinished());
    app.resize(width, height);
    app
}

/// A key as the footer writes it.
fn key(word: &str) -> Key {
    match word {
        "Enter" => Key::plain(Code::Enter),
        "Esc" => Key::plain(Code::Esc),
        "Tab" => Key::plain(Code::Tab),
        "Up" => Key::plain(Code::Up),
        "Down" => Key::plain(Code::Down),
        "Left" => Key::plain(Code::Left),
        "Right" => Key::plain(Code::Right),
        word => Key::char(word.chars().next().expect("a key")),
    }
}

fn press(app: &mut App, keys: &str) {
    for word in keys.split_whitespace() {
        let effect = app.update(&Input::Key(key(word)));
        carry_out(app, effect);
    }
}

fn carry_out(app: &mut App, effect: Option<Effect>) {
    let mut shelf = Shelf { left: true };
    match effect {
        Some(Effect::Begin(id)) => app.begun(shelf.begin(&id).unwrap_or_else(|_| panic!("begins"))),
        Some(Effect::Resume) => app.failed(shelf.resume().err().expect("does not resume")),
        Some(Effect::Read(screen)) => app.read(rules(), screen),
        Some(Effect::Relist) => app.relist(shelf.entries(), shelf.unfinished()),
        Some(Effect::Theme(_) | Effect::Redraw | Effect::Suspend | Effect::Quit) | None => {}
    }
}

fn painted(app: &App) -> String {
    let mut terminal = Terminal::new(TestBackend::new(app.size.0, app.size.1)).expect("paper");
    terminal.draw(|frame| view::render(frame, app)).expect("painted");
    to_text(terminal.backend().buffer())
}

/// To the desk of the first turn: the scenario, the briefing, the front page, the guidance signed.
const DESK: &str = "Down Enter Enter Enter Enter";
/// A turn ended whatever is left undone, and its front page left for the desk.
const TURN: &str = " e Enter d";

/// Screens by name and the keys that lead there.
fn tour() -> Vec<(&'static str, String)> {
    let desk = |more: &str| format!("{DESK} {more}");
    let later = |more: &str| format!("{DESK} p Down Enter Enter t Enter Esc{TURN}{TURN}{TURN} {more}");
    let over = |more: &str| format!("{DESK} p Down Enter Enter{} r{more}", TURN.repeat(14));
    vec![
        ("title", String::new()),
        ("options", "Up Up Up Down Down Down Down Down Down Enter".into()),
        ("problem", "Down Down Enter".into()),
        ("not-resumed", "Enter".into()),
        ("codex", "x".into()),
        ("assumptions", "m".into()),
        ("help", "?".into()),
        ("briefing", "Down Enter".into()),
        ("first-front", "Down Enter Enter".into()),
        ("guidance", "Down Enter Enter Enter".into()),
        ("guidance-short", "Down Enter Enter Enter Left Down".into()),
        ("desk", desk("")),
        ("choose", desk("p")),
        ("choose-search", desk("p / a l l i")),
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
        ("debrief-ending", over(" 1")),
        ("debrief-outcome", over(" 2")),
        ("debrief-line", over(" 3")),
        ("debrief-world", over(" 4")),
        ("debrief-other-side", over(" 5")),
        ("debrief-causes", over(" 6")),
        ("debrief-critics", over(" 7")),
    ]
}

#[test]
fn every_screen_has_its_picture() {
    for (width, height) in [(80, 24), (140, 45)] {
        for (name, keys) in tour() {
            let mut app = app(width, height);
            press(&mut app, &keys);
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), painted(&app));
        }
    }
}

/// `cargo test --test screens -- --ignored` writes every screen as a picture, for eyes and for the README.
#[test]
#[ignore = "writes files"]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("screens");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (width, height) in [(80, 24), (140, 45)] {
        for (name, keys) in tour() {
            let mut app = app(width, height);
            press(&mut app, &keys);
            let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("paper");
            terminal.draw(|frame| view::render(frame, &app)).expect("painted");
            let svg = interagency::report::svg::to_svg(terminal.backend().buffer(), &interagency::report::svg::Palette::DARK, name);
            std::fs::write(folder.join(format!("{name}-{width}x{height}.svg")), svg).expect("written");
        }
    }
    println!("{}", folder.display());
}

#[test]
fn the_tour_sees_every_screen() {
    let mut seen: Vec<Screen> = Vec::new();
    for (_, keys) in tour() {
        let mut app = app(80, 24);
        press(&mut app, &keys);
        seen.push(app.screen);
    }
    for screen in Screen::ALL {
        assert!(seen.contains(&screen), "no picture of {screen:?}");
    }
}

#[test]
fn every_screen_fits_every_size() {
    let mut sizes = vec![(1, 1), (2, 3), (7, 1), (1, 60), (200, 1), (59, 18), (60, 17), (400, 200)];
    for width in [60, 61, 72, 79, 80, 81, 99, 103, 104, 105, 119, 120, 121, 140, 200] {
        for height in [18, 19, 21, 23, 24, 29, 30, 31, 39, 40, 45, 60] {
            sizes.push((width, height));
        }
    }
    for (name, keys) in tour() {
        let mut app = app(80, 24);
        press(&mut app, &keys);
        for (width, height) in &sizes {
            app.resize(*width, *height);
            let text = painted(&app);
            assert_eq!(text.lines().count(), usize::from(*height), "{name}");
            for line in text.lines() {
                assert!(interagency::text::width(line) <= usize::from(*width), "{name} at {width}x{height}: {line}");
            }
        }
    }
}

#[test]
fn a_small_screen_says_what_it_needs() {
    assert!(painted(&app(40, 10)).contains("needs 60 x 18"));
}

#[test]
fn every_screen_can_be_left_with_esc_and_ends_where_it_began() {
    for (name, keys) in tour() {
        let mut app = app(80, 24);
        press(&mut app, &keys);
        for _ in 0..12 {
            press(&mut app, "Esc");
            // The box that asks whether to leave is closed by Esc, so it is answered.
            if painted(&app).contains("Leave the game?") {
                press(&mut app, "Enter");
            }
        }
        assert_eq!(app.screen, Screen::Title, "{name}");
    }
}

#[test]
fn help_names_every_key() {
    let mut app = app(140, 200);
    press(&mut app, "?");
    let page: String = painted(&app).split_whitespace().collect::<Vec<_>>().join(" ");
    for row in KEYS {
        let start: String = row.help.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        assert!(page.contains(&start), "{:?}: {}", row.action, row.help);
    }
}

/// Words of luck for keys, not for the game.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        usize::try_from(mix(self.0) % n as u64).expect("small")
    }
}

fn random_input(dice: &mut Dice, size: (u16, u16)) -> Input {
    const KEYS: [&str; 20] = ["Enter", "Enter", "Enter", "Down", "Down", "Up", "Left", "Right", "Tab", "Esc", "p", "t", "i", "a", "e", "u", "b", "1", "2", "/"];
    match dice.roll(12) {
        0 => Input::Click { x: dice.roll(usize::from(size.0)) as u16, y: dice.roll(usize::from(size.1)) as u16 },
        1 => Input::Scroll { x: dice.roll(usize::from(size.0)) as u16, y: dice.roll(usize::from(size.1)) as u16, lines: dice.roll(7) as i16 - 3 },
        2 => Input::Key(Key::char(char::from(b'a' + dice.roll(26) as u8))),
        3 if dice.roll(6) == 0 => Input::Paste("because \u{1b}[2J of \u{202e} the date\n".into()),
        _ => Input::Key(key(KEYS[dice.roll(KEYS.len())])),
    }
}

#[test]
fn random_keys_never_panic_and_what_was_played_replays() {
    let mut turns = 0;
    for seed in 0..24_u64 {
        let mut dice = Dice(seed);
        let size = [(80, 24), (140, 45), (60, 18), (104, 30)][dice.roll(4)];
        let mut app = app(size.0, size.1);
        app.begun(Box::new(Game::new(rules(), start())));
        for n in 0..400 {
            let input = random_input(&mut dice, app.size);
            let effect = app.update(&input);
            if matches!(effect, Some(Effect::Relist)) {
                break;
            }
            carry_out(&mut app, effect);
            if n % 8 == 0 {
                painted(&app);
            }
        }
        let Some(play) = &app.play else { continue };
        let game = play.host.game();
        let past: Vec<_> = (0..game.past().len()).map(|t| (game.named_past(t), game.past()[t].digest)).collect();
        turns += past.len();
        let again = Game::replay(rules(), game.start(), past.iter().map(|(orders, digest)| (orders.as_slice(), Some(*digest))));
        assert!(again.is_ok(), "seed {seed} at {size:?}: {:?}", again.err());
    }
    assert!(turns > 20, "the keys went nowhere: {turns} turns");
}

#[test]
fn looking_changes_nothing() {
    let mut app = app(100, 30);
    press(&mut app, DESK);
    let digest = |app: &App| app.play.as_ref().map(|p| (p.host.game().situation().digest(), p.host.game().orders().len()));
    let before = digest(&app);
    press(
        &mut app,
        "i Tab Down a Down Enter Esc c Down w Tab Left n Down x Down m ? Esc d p Down Down Down / s a n Enter Enter Right Down Right y w h y Enter b Esc Esc Esc d t 2 3 4 5 6 Esc",
    );
    assert_eq!(digest(&app), before);
}

#[test]
fn undo_takes_back_what_was_just_done_and_one_order_can_be_taken_from_the_middle() {
    let mut app = app(80, 24);
    press(&mut app, DESK);
    press(&mut app, "p Down Enter Enter t Enter Esc");
    let orders = |app: &App| app.play.as_ref().map_or(0, |p| p.host.game().orders().len());
    assert_eq!(orders(&app), 3);
    // The guidance is first, the measure second: that one goes, the task stays.
    let measure = interagency::tui::screen::Target::Order(1);
    app.popup = Some(interagency::tui::screen::Popup::Detail(measure));
    press(&mut app, "Enter");
    assert_eq!(orders(&app), 2);
    press(&mut app, "u u u u");
    assert_eq!(orders(&app), 0);
}

/// A stage of paper: batches of messages in, frames counted.
struct Paper {
    terminal: Terminal<TestBackend>,
    batches: VecDeque<Vec<Msg<()>>>,
    frames: usize,
}

impl Stage for Paper {
    fn size(&self) -> (u16, u16) {
        (80, 24)
    }
    fn wait(&mut self) -> Vec<Msg<()>> {
        self.batches.pop_front().unwrap_or_else(|| vec![Msg::Signal(Signal::Term)])
    }
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()> {
        self.frames += 1;
        self.terminal.draw(|frame| paint(frame)).map(|_| ()).map_err(io::Error::other)
    }
    fn suspend(&mut self) -> Msg<()> {
        Msg::Resize(80, 24)
    }
}

#[test]
fn a_batch_of_messages_is_one_frame_and_nothing_is_no_frame() {
    let keys = |words: &str| words.split_whitespace().map(|w| Msg::Input(Input::Key(key(w)))).collect::<Vec<_>>();
    let batches = VecDeque::from([keys("Down Enter Enter"), vec![Msg::Tick], vec![Msg::Tick], keys("Enter Enter i a c d")]);
    let mut paper = Paper { terminal: Terminal::new(TestBackend::new(80, 24)).expect("paper"), batches, frames: 0 };
    let opts = Opts { theme: None, here: here(true), opening: Opening::Title };
    let seen = run(&mut paper, opts, &mut Shelf { left: true }).expect("plays");
    assert_eq!(seen, Seen::Ended);
    assert_eq!(paper.frames, 3, "the first, and one for each batch in which something happened");
    assert!(to_text(paper.terminal.backend().buffer()).contains("HOW THINGS STAND"));
}

/// The pictures of the README are of real screens: `UPDATE_PICTURES=1 cargo test --test screens` draws them anew.
#[test]
fn the_readme_shows_real_screens() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    for (name, width, height) in [("later-desk", 100, 30), ("propose", 100, 30)] {
        let keys = tour().into_iter().find(|(n, _)| *n == name).map(|(_, keys)| keys).expect("a stop of the tour");
        let mut app = app(width, height);
        press(&mut app, &keys);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("paper");
        terminal.draw(|frame| view::render(frame, &app)).expect("painted");
        let svg = interagency::report::svg::to_svg(terminal.backend().buffer(), &interagency::report::svg::Palette::DARK, name);
        let path = folder.join(format!("{name}.svg"));
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, &svg).expect("written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(kept == svg, "docs/pictures/{name}.svg is not the screen of today; draw it anew with UPDATE_PICTURES=1 cargo test --test screens");
    }
}
