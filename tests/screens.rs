//! Every screen of the terminal face: pictures as text, and every size.
//!
//! Paper stands in for the terminal. Laws: nothing panics at any size and nothing is drawn outside
//! it; a key never changes the game unless it is an order; help names every key; one frame at most
//! for each batch of messages.

mod test_terminal;

use std::collections::VecDeque;
use std::io;

use interagency::input::{Input, Msg, Signal};
use interagency::tui::keys::KEYS;
use interagency::tui::screen::Screen;
use interagency::tui::screens::SCREENS;
use interagency::tui::theme::{Theme, ThemeName};
use interagency::tui::{App, Opening, Opts, Seen, Stage, run};
use ratatui::backend::TestBackend;
use ratatui::{Frame, Terminal};
use test_terminal::picture::{page_of_album, to_svg};
use test_terminal::{DESK, Dice, Shelf, app, here, key, painted, press, to_text, tour};

/// Screens that are laid out otherwise where there is room: panes side by side, columns, a third
/// pane. The others are on a wide terminal what they are on a narrow one.
const WIDE: [&str; 16] = [
    "title",
    "past-games",
    "compare",
    "guidance",
    "choose",
    "pick-target",
    "propose",
    "tasks",
    "intelligence",
    "agencies",
    "calendar",
    "front",
    "later-desk",
    "memo",
    "why",
    "debrief-line",
];

#[test]
fn every_screen_has_its_picture() {
    insta::assert_snapshot!("narrow", album((80, 24), |_| true));
}

#[test]
fn screens_laid_out_otherwise_on_a_wide_terminal_have_their_pictures() {
    insta::assert_snapshot!("wide", album((140, 45), |name| WIDE.contains(&name)));
}

/// Pictures of one size as one text: what changes on several screens is one difference to look at.
/// The header stands on each, and is shown on the desk alone.
fn album((width, height): (u16, u16), shown: impl Fn(&str) -> bool) -> String {
    let mut out = String::new();
    for (name, keys) in tour().into_iter().filter(|(name, _)| shown(name)) {
        let mut app = app(width, height);
        press(&mut app, &keys);
        out += &page_of_album(name, &painted(&app), name == "later-desk");
    }
    out
}

/// `cargo test --test screens -- --ignored` writes every screen as a picture, for eyes and for the
/// README.
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
            terminal.draw(|frame| app.render(frame)).expect("painted");
            let svg = to_svg(terminal.backend().buffer(), name);
            std::fs::write(folder.join(format!("{name}-{width}x{height}.svg")), svg)
                .expect("written");
        }
    }
    // The desk in each theme, and without UTF-8.
    let desk = tour()
        .into_iter()
        .find(|(n, _)| *n == "later-desk")
        .map(|(_, keys)| keys)
        .expect("a stop of the tour");
    for (name, utf8) in
        ThemeName::ALL.map(|n| (n, true)).into_iter().chain([(ThemeName::Default, false)])
    {
        let mut app = app(100, 30);
        app.theme = Theme::choose(Some(name), &here(utf8));
        press(&mut app, &desk);
        let mut terminal = Terminal::new(TestBackend::new(100, 30)).expect("paper");
        terminal.draw(|frame| app.render(frame)).expect("painted");
        let svg = to_svg(terminal.backend().buffer(), name.as_str());
        std::fs::write(
            folder.join(format!("theme-{name}{}.svg", if utf8 { "" } else { "-ascii" })),
            svg,
        )
        .expect("written");
    }
    println!("{}", folder.display());
}

#[test]
fn the_tour_sees_every_screen() {
    let mut seen: Vec<Screen> = Vec::new();
    for (_, keys) in tour() {
        let mut app = app(80, 24);
        press(&mut app, &keys);
        seen.push(app.screen());
    }
    for screen in SCREENS.iter().map(|r| r.screen) {
        assert!(seen.contains(&screen), "no picture of {screen:?}");
    }
}

/// Paints every screen of the tour at these sizes and sees that the frame is filled and not left.
fn fits(
    sizes: &(impl IntoIterator<Item = (u16, u16)> + Clone),
    stops: &[(&'static str, String)],
) -> usize {
    let mut frames = 0;
    for (name, keys) in stops {
        let mut app = app(80, 24);
        press(&mut app, keys);
        for (width, height) in sizes.clone() {
            app.resize(width, height);
            let text = painted(&app);
            frames += 1;
            assert_eq!(text.lines().count(), usize::from(height), "{name} at {width}x{height}");
            for line in text.lines() {
                assert!(
                    interagency::text::width(line) <= usize::from(width),
                    "{name} at {width}x{height}: {line}"
                );
            }
        }
    }
    frames
}

/// The sizes at which something begins or ends, and those beyond what is ever drawn.
const EDGES: [(u16, u16); 24] = [
    (1, 1),
    (2, 3),
    (7, 1),
    (1, 60),
    (200, 1),
    (59, 18),
    (60, 17),
    (60, 18),
    (61, 19),
    (79, 24),
    (80, 23),
    (80, 24),
    (100, 30),
    (103, 30),
    (104, 30),
    (119, 40),
    (120, 40),
    (140, 45),
    (200, 18),
    (60, 60),
    (200, 60),
    (400, 18),
    (60, 200),
    (400, 200),
];

#[test]
fn every_screen_fits_the_sizes_at_which_something_changes() {
    fits(&EDGES, &tour());
    for (width, height) in [(401, 24), (80, 201), (u16::MAX, u16::MAX)] {
        let (width, height) = interagency::input::clamp_size(width, height);
        assert!(width <= 400 && height <= 200, "{width}x{height}");
    }
}

#[test]
fn every_screen_fits_two_hundred_other_sizes() {
    let mut dice = Dice(2018);
    for stop in tour() {
        // Five or six for each screen, in all more than two hundred; other ones for each.
        let sizes: Vec<(u16, u16)> =
            (0..6).map(|_| (dice.roll(200) as u16 + 1, dice.roll(60) as u16 + 1)).collect();
        fits(&sizes, &[stop]);
    }
}

#[test]
#[ignore = "half a million frames: `just sizes`"]
fn every_screen_fits_every_size_up_to_two_hundred_by_sixty() {
    let stops = tour();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let frames = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get) {
            scope.spawn(|| {
                while let Some(stop) =
                    stops.get(next.fetch_add(1, std::sync::atomic::Ordering::SeqCst))
                {
                    let all = (1..=60).flat_map(|h| (1..=200).map(move |w| (w, h)));
                    let beyond = [(201, 61), (399, 199), (400, 200), (400, 18), (60, 200)];
                    let n = fits(&all, std::slice::from_ref(stop))
                        + fits(&beyond, std::slice::from_ref(stop));
                    frames.fetch_add(n, std::sync::atomic::Ordering::SeqCst);
                }
            });
        }
    });
    println!(
        "{} screens, {} frames: nothing panics, nothing leaves the frame",
        stops.len(),
        frames.into_inner()
    );
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
            // The box that asks whether to leave is closed by Esc, so it is answered; after Esc the
            // cursor is on staying.
            if painted(&app).contains("Leave the game?") {
                press(&mut app, "Up Enter");
            }
        }
        assert_eq!(app.screen(), Screen::Title, "{name}");
    }
}

#[test]
fn without_utf_8_every_screen_is_ascii_and_says_the_same() {
    for (name, keys) in tour() {
        let mut app = app(100, 30);
        press(&mut app, &keys);
        let with = painted(&app);
        app.theme = Theme::choose(None, &here(false));
        // As the terminal does with each frame before it is drawn.
        let mut terminal = Terminal::new(TestBackend::new(100, 30)).expect("paper");
        terminal.draw(|frame| app.render(frame)).expect("painted");
        let mut frame = terminal.backend().buffer().clone();
        interagency::input::sweep(&mut frame, true);
        let without = to_text(&frame);
        assert!(without.is_ascii(), "{name}: {:?}", without.chars().find(|c| !c.is_ascii()));
        // Letters and figures stand where they stood; only what has no ASCII differs.
        for (a, b) in with.lines().zip(without.lines()) {
            let words = |line: &str| {
                line.split(|c: char| !c.is_ascii_alphanumeric())
                    .filter(|w| !w.is_empty())
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            };
            assert!(words(a).iter().all(|w| b.contains(w.as_str())), "{name}:\n{a}\n{b}");
        }
    }
}

#[test]
fn help_names_every_key() {
    let mut app = app(140, 400);
    press(&mut app, "?");
    let page: String = painted(&app).split_whitespace().collect::<Vec<_>>().join(" ");
    for row in KEYS {
        let start: String = row.help.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        assert!(page.contains(&start), "{:?}: {}", row.action, row.help);
    }
}

#[test]
fn looking_changes_nothing() {
    let mut app = app(100, 30);
    press(&mut app, DESK);
    let digest = |app: &App| {
        app.play().as_ref().map(|p| (p.game().whole().digest(), p.game().orders().len()))
    };
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
    press(&mut app, "p Down Enter Enter t Enter Enter Esc");
    let orders = |app: &App| app.play().map_or(0, |p| p.game().orders().len());
    assert_eq!(orders(&app), 3);
    // The guidance is first, the measure second: that one goes, the task stays.
    let measure = interagency::tui::screen::Target::Order(1);
    app.open_popup(interagency::tui::screen::Popup::Detail(measure));
    // Change it stands first; what takes away is never under the cursor by itself.
    press(&mut app, "Down Enter");
    assert_eq!(orders(&app), 2);
    press(&mut app, "u u u u");
    assert_eq!(orders(&app), 0);
}

/// A stage of paper: batches of messages in, frames counted.
struct Paper {
    terminal: Terminal<TestBackend>,
    batches: VecDeque<Vec<Msg>>,
    frames: usize,
}

impl Stage for Paper {
    fn size(&self) -> (u16, u16) {
        (80, 24)
    }
    fn wait(&mut self) -> Vec<Msg> {
        self.batches.pop_front().unwrap_or_else(|| vec![Msg::Signal(Signal::Term)])
    }
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> io::Result<()> {
        self.frames += 1;
        self.terminal.draw(|frame| paint(frame)).map(|_| ()).map_err(io::Error::other)
    }
    fn repaint(&mut self) {}
    fn suspend(&mut self) -> Msg {
        Msg::Resize(80, 24)
    }
}

#[test]
fn a_batch_of_messages_is_one_frame() {
    let keys = |words: &str| {
        words.split_whitespace().map(|w| Msg::Input(Input::Key(key(w)))).collect::<Vec<_>>()
    };
    let batches = VecDeque::from([
        keys("Down Down Enter Enter"),
        keys("Enter Enter Enter Enter Enter i a c d"),
    ]);
    let mut paper = Paper {
        terminal: Terminal::new(TestBackend::new(80, 24)).expect("paper"),
        batches,
        frames: 0,
    };
    let opts = Opts { theme: None, here: here(true), mouse: true, opening: Opening::Title };
    let seen = run(&mut paper, opts, &mut Shelf { left: true }).expect("plays");
    assert_eq!(seen, Seen::Ended);
    assert_eq!(paper.frames, 3, "the first, and one for each batch");
    assert!(to_text(paper.terminal.backend().buffer()).contains("HOW THINGS STAND"));
}

/// The pictures of the README are of real screens: `UPDATE_PICTURES=1 cargo test --test screens`
/// draws them anew.
#[test]
fn the_readme_shows_real_screens() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    let shown = [
        "first-front",
        "guidance",
        "later-desk",
        "propose-shut",
        "intelligence",
        "calendar",
        "why",
        "debrief-line",
    ];
    let pages = ["README.md", "docs/tour.md"].map(|p| {
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(p)).expect(p)
    });
    for (name, width, height) in shown.map(|name| (name, 100, 30)) {
        assert!(
            pages.iter().any(|p| p.contains(&format!("pictures/{name}.svg"))),
            "{name}.svg is shown nowhere"
        );
        let keys = tour()
            .into_iter()
            .find(|(n, _)| *n == name)
            .map(|(_, keys)| keys)
            .expect("a stop of the tour");
        let mut app = app(width, height);
        press(&mut app, &keys);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("paper");
        terminal.draw(|frame| app.render(frame)).expect("painted");
        let svg = to_svg(terminal.backend().buffer(), name);
        let path = folder.join(format!("{name}.svg"));
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, &svg).expect("written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            kept == svg,
            "docs/pictures/{name}.svg is not the screen of today; draw it anew with UPDATE_PICTURES=1 cargo test --test screens"
        );
    }
}
