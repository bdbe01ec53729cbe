//! The first minute: somebody who has never played begins with Enter and goes on with 1 to 3.
//!
//! Paper stands in for the terminal. Measured: keys and words from the start of the program to the
//! first visible result. Words are counted on the screens as painted, everything included: header,
//! footer, labels.

#[path = "test_terminal/picture.rs"]
#[expect(dead_code, reason = "only the text of a frame is read here")]
mod picture;

use std::sync::Arc;

use interagency::engine::Start;
use interagency::game::Game;
use interagency::input::{Capabilities, Code, Colours, Input, Key};
use interagency::prose;
use interagency::prose::facts::TitleRow;
use interagency::scenario::load;
use interagency::scenario::model::{Difficulty, Rules};
use interagency::tui::screen::Screen;
use interagency::tui::shelf::Shelf;
use interagency::tui::theme::{Theme, ThemeName};
use interagency::tui::{App, Entry, Request, Unfinished};
use picture::{page_of_album, to_text};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (140, 45)];

/// Most keys and words from the start of the program to the first visible result.
const KEYS: usize = 6;
const WORDS: usize = 160;

fn here() -> Capabilities {
    Capabilities {
        stdin_is_tty: true,
        stdout_is_tty: true,
        stderr_is_tty: true,
        utf8: true,
        locale: None,
        colours: Colours::TwoFiftySix,
        no_color: false,
        term: None,
        dumb: false,
        size: None,
    }
}

fn entries() -> Vec<Entry> {
    let row = |t: &load::Title| TitleRow {
        id: t.id.into(),
        title: t.title.into(),
        summary: t.summary.into(),
        measure: format!("{} minutes · {} turns · {}", t.minutes, t.turns, t.difficulty.name()),
        problem: String::new(),
    };
    load::titles()
        .iter()
        .map(|t| Entry {
            row: row(t),
            lesson: t.difficulty == Difficulty::Learning,
            ..Entry::default()
        })
        .collect()
}

/// The program as it starts where nothing was ever played.
struct Player {
    app: App,
    seed: u64,
    keys: usize,
    read: Vec<String>,
}

impl Player {
    fn new(size: (u16, u16), seed: u64) -> Player {
        let shelf = Shelf { entries: entries(), is_new: true, ..Shelf::default() };
        let mut app = App::new(Theme::new(ThemeName::Default), here(), shelf, true);
        app.resize(size.0, size.1);
        Player { app, seed, keys: 0, read: Vec::new() }
    }

    fn screen(&self) -> String {
        let mut terminal =
            Terminal::new(TestBackend::new(self.app.size().0, self.app.size().1)).expect("paper");
        terminal.draw(|frame| self.app.render(frame)).expect("painted");
        to_text(terminal.backend().buffer())
    }

    /// Reads the screen, then presses: Enter, or a number from 1 to 5. Nothing else is pressed in
    /// this file, unless `other` says so.
    fn press(&mut self, word: &str) {
        self.read.push(self.screen());
        assert!(
            matches!(word, "Enter" | "1" | "2" | "3" | "4" | "5"),
            "{word} is not among the keys of a first day"
        );
        self.other(word);
    }

    /// Enter until the page has been read to its end and left.
    fn on(&mut self) {
        let before = self.app.screen();
        for _ in 0..20 {
            self.press("Enter");
            if self.app.screen() != before {
                return;
            }
        }
        panic!("Enter does not leave\n{}", self.screen());
    }

    fn other(&mut self, word: &str) {
        let key = match word {
            "Enter" => Key::plain(Code::Enter),
            "Esc" => Key::plain(Code::Esc),
            word => Key::char(word.chars().next().expect("a key")),
        };
        self.keys += 1;
        match self.app.update(&Input::Key(key)) {
            Some(Request::Begin(id, _)) => {
                let rules: Arc<Rules> = Arc::new(load::embedded(&id, &[]).expect("it loads"));
                self.app.open_game(Box::new(Game::new(
                    rules,
                    Start { seed: self.seed, ..Start::default() },
                )));
            }
            Some(Request::Relist) => self.app.relist(
                entries(),
                Some(Unfinished {
                    title: "First day".into(),
                    line: "turn 1 of 3".into(),
                    over: false,
                }),
                0,
            ),
            Some(
                Request::Read(_)
                | Request::Resume
                | Request::Past
                | Request::Open(_)
                | Request::Branch(..)
                | Request::Compare(..)
                | Request::Planner
                | Request::Mouse(_)
                | Request::Theme(_)
                | Request::Redraw
                | Request::Suspend
                | Request::Quit,
            )
            | None => {}
        }
    }

    fn game(&self) -> &Game {
        self.app.play().expect("a game").game()
    }

    fn words(&self) -> usize {
        self.read.iter().map(|s| words(s)).sum()
    }
}

/// Runs of letters and digits. The name of the program is set in spaced letters and is one word; so
/// is nothing else.
fn words(screen: &str) -> usize {
    let name: String = "INTERAGENCY".chars().flat_map(|c| [c, ' ']).collect();
    screen
        .replace(name.trim_end(), "INTERAGENCY")
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .count()
}

#[test]
fn the_first_result_is_seen_within_six_keys_and_a_hundred_and_sixty_words() {
    for size in SIZES {
        for answer in ["1", "2", "3"] {
            let mut p = Player::new(size, 1);
            p.press("Enter");
            assert_eq!(p.app.screen(), Screen::Front, "the first page is one page, and asks");
            p.press(answer);
            let seen = p.screen();
            assert!(seen.contains("helped") && seen.contains("annoyed"), "two replies:\n{seen}");
            let moved = prose::answered(p.game())
                .into_iter()
                .flat_map(|a| a.moved)
                .next()
                .expect("a value moved");
            let before = prose::words::amount(&moved.figure, moved.before);
            let line = format!("{}  {before} → {}", moved.figure.name, moved.figure.value);
            assert!(
                seen.contains(&line) && seen.contains(&moved.figure.word) && seen.contains("Cause"),
                "{line}:\n{seen}"
            );
            println!("{}x{} answer {answer}: {} keys, {} words", size.0, size.1, p.keys, p.words());
            assert!(p.keys <= KEYS, "{} keys", p.keys);
            assert!(p.words() <= WORDS, "{} words at {size:?}:\n{}", p.words(), p.read.join("\n"));
        }
    }
}

/// The steps in front are numbered, and Enter takes the first: nothing else is needed to the end.
#[test]
fn three_turns_are_played_to_the_end_with_enter_alone() {
    for size in SIZES {
        for seed in 1..=12 {
            let mut p = Player::new(size, seed);
            while !p.app.play().is_some_and(|play| play.game().is_over()) {
                assert!(p.keys < 60, "seed {seed} at {size:?} goes nowhere:\n{}", p.screen());
                // A draft the law will not have, a page that only tells: 1 goes back to the desk,
                // as it says there.
                let back = matches!(p.app.screen(), Screen::Propose | Screen::Why)
                    && p.screen().contains("Back to the desk")
                    && !ready(&p);
                p.press(if back { "1" } else { "Enter" });
            }
            assert_eq!(p.game().past().len(), 3);
            p.on();
            assert_eq!(p.app.screen(), Screen::Debrief);
            println!("{size:?} seed {seed}: {} keys", p.keys);
        }
    }
}

/// The draft in front may go on the agenda.
fn ready(p: &Player) -> bool {
    matches!(&p.app.facts(), interagency::tui::facts::Facts::Propose(f) if f.shut.is_none())
}

/// To the desk of the second week with this answer, everything done on the way.
fn second_week(answer: &str, seed: u64) -> Player {
    let mut p = Player::new((80, 24), seed);
    // The vendors, a file, why, back, the end of the week: a step keeps its number.
    for key in ["Enter", answer, "Enter", "1", "2", "3", "1", "4"] {
        p.press(key);
    }
    assert_eq!((p.game().turn(), p.app.screen()), (1, Screen::Front), "{}", p.screen());
    p.on();
    p
}

/// And on to the desk of the third, both kinds of no mended.
fn third_week(answer: &str, seed: u64) -> Player {
    let mut p = second_week(answer, seed);
    // The draft, back, London, the promise, how sure: likely; the end of the week; on to the desk.
    for key in ["1", "1", "2", "3", "4", "3", "5"] {
        p.press(key);
    }
    p.on();
    assert_eq!((p.game().turn(), p.app.screen()), (2, Screen::Desk), "{}", p.screen());
    p
}

#[test]
fn the_second_week_meets_two_kinds_of_no_and_mends_both() {
    let mut p = second_week("1", 1);
    p.press("1");
    assert_eq!(p.app.screen(), Screen::Propose);
    let seen = p.screen();
    assert!(seen.contains("needs 60") && seen.contains("State"), "{seen}");
    assert!(seen.contains("objects"), "State objects while the dialogue is new:\n{seen}");
    assert!(!ready(&p), "the law is shut");
    let p = third_week("1", 1);
    let s = p.game().situation();
    assert!(s.confidence.contains(&75), "a confidence was stated");
    let news = prose::front_page(p.game());
    assert!(news.results.iter().any(|r| r.kind == "promise kept"), "{:?}", news.results);
    assert!(news.results.iter().any(|r| r.kind == "judged"), "{:?}", news.results);
    assert!(!news.found.is_empty(), "London's pages are on the front page");
}

#[test]
fn the_third_week_offers_the_deputies_an_allied_text_or_waiting() {
    // London's pages come in most games, not in all: these are seeds in which they do.
    let open = |answer: &str| {
        (1..40)
            .map(|seed| third_week(answer, seed))
            .find(|p| prose::front_page(p.game()).found.iter().any(|f| f.kind == "evidence"))
    };
    let mut now = open("1").expect("the gate opens");
    now.press("1");
    assert!(ready(&now), "the law is open:\n{}", now.screen());
    assert!(
        now.screen().contains("State") && now.screen().contains("objects"),
        "State has found the next date:\n{}",
        now.screen()
    );
    for key in ["Enter", "4"] {
        now.press(key);
    }
    assert!(now.game().is_over());
    let mut text = open("2").expect("the gate opens");
    for key in ["2", "Enter", "4"] {
        text.press(key);
    }
    assert!(text.game().is_over());
    let mut wait = open("3").expect("the gate opens");
    wait.press("3");
    assert!(wait.game().is_over());
    for p in [&mut now, &mut text, &mut wait] {
        p.on();
        let d = prose::debrief(p.game());
        let weeks = d.lesson.iter().filter(|l| l.starts_with("Week ")).count();
        assert_eq!(weeks, 3, "{:?}", d.lesson);
        assert_eq!(d.luck.len(), 2, "{:?}", d.luck);
        let seen = p.screen();
        assert!(
            seen.contains("15 May 2018") && seen.contains("sixteen weeks"),
            "the closing fact is in sight:\n{seen}"
        );
    }
}

#[test]
fn one_key_leaves_the_lesson_for_the_next_scenario() {
    let mut p = Player::new((80, 24), 1);
    p.press("Enter");
    for (keys, screen) in [("", Screen::Front), ("1 Enter", Screen::Desk), ("1 2 3", Screen::Why)] {
        for key in keys.split_whitespace() {
            p.press(key);
        }
        assert_eq!(p.app.screen(), screen);
        assert!(p.screen().contains("skip the lesson"), "{}", p.screen());
    }
    p.other("s");
    assert_eq!(p.app.screen(), Screen::Title);
    p.other("Enter");
    assert_eq!(p.game().rules().id, "cloud-hopper");
}

/// The guidance comes after the first front page, from profiles that may be changed; a lesson does
/// not ask.
#[test]
fn the_guidance_is_asked_for_after_the_first_front_page() {
    let mut p = Player::new((80, 24), 1);
    p.press("Enter");
    p.other("s");
    let mut order = Vec::new();
    for _ in 0..5 {
        p.other("Enter");
        order.push(p.app.screen());
    }
    let at = |screen| order.iter().position(|s| *s == screen);
    assert!(
        at(Screen::Front) < at(Screen::Guidance) && at(Screen::Guidance) < at(Screen::Desk),
        "{order:?}"
    );
    assert_eq!(prose::guidance(p.game()).profiles.len(), 3);
}

/// A question left for the end of the turn is not lost: its default stands, and the desk says that
/// it waits.
#[test]
fn an_answer_at_once_can_be_taken_back_and_given_again() {
    let mut p = Player::new((80, 24), 1);
    p.press("Enter");
    let before = p.game().whole().digest();
    p.press("1");
    let warned = p.game().whole().digest();
    p.other("u");
    assert_eq!(p.game().whole().digest(), before);
    p.press("1");
    assert_eq!(p.game().whole().digest(), warned);
}

/// The whole lesson as it is walked, every screen once it has changed: the title of somebody new to
/// the last page.
#[test]
fn every_screen_of_a_lesson_has_its_picture() {
    let mut p = Player::new((80, 24), 1);
    let keys = [
        "Enter", "1", "Enter", "1", "2", "3", "1", "4", "On", "1", "1", "2", "3", "4", "3", "5",
        "On", "1", "Enter", "4", "On",
    ];
    let mut album = page_of_album("title", &p.screen(), true);
    for (n, key) in keys.into_iter().enumerate() {
        if key == "On" {
            p.on();
        } else {
            p.press(key);
        }
        album += &page_of_album(&format!("{}: {key}", n + 1), &p.screen(), false);
    }
    assert_eq!(p.app.screen(), Screen::Debrief, "{}", p.screen());
    insta::assert_snapshot!("lesson", album);
}

/// Nothing on a page is passed over by the key the footer shows.
#[test]
fn a_page_of_a_lesson_is_read_to_its_end_before_enter_leaves_it() {
    for size in [(60, 18), (80, 24), (140, 45)] {
        let mut p = third_week("1", 1);
        p.press("3");
        p.on();
        assert_eq!(p.app.screen(), Screen::Debrief);
        p = Player::new(size, 1);
        let mut left = 0;
        while !p.app.play().is_some_and(|play| play.game().is_over()) {
            let (before, screen) = (p.app.screen(), p.screen());
            let back = matches!(p.app.screen(), Screen::Propose | Screen::Why) && !ready(&p);
            p.press(if back { "1" } else { "Enter" });
            if before == Screen::Front && p.app.screen() != before {
                assert!(!screen.contains('▼'), "left unread at {size:?}:\n{screen}");
                left += 1;
            }
        }
        assert_eq!(left, 3);
        // What the last week brought.
        p.on();
        for page in 0..7 {
            let mut screen = p.screen();
            while p.app.play().is_some_and(|play| play.selection.debrief_page == page) {
                screen = p.screen();
                let foot = match (screen.contains('▼'), page) {
                    (true, _) => "Enter read on",
                    (false, 6) => "Enter play on",
                    (false, _) => "Enter next page",
                };
                assert!(screen.contains(foot), "{screen}");
                p.press("Enter");
            }
            assert!(!screen.contains('▼'), "page {page} left unread at {size:?}:\n{screen}");
        }
    }
}

#[test]
fn the_row_of_the_reason_says_what_enter_does_on_it() {
    let mut p = third_week("1", 1);
    p.press("1");
    if !ready(&p) {
        p = (2..40)
            .map(|seed| third_week("1", seed))
            .find_map(|mut p| {
                p.press("1");
                ready(&p).then_some(p)
            })
            .expect("the gate opens");
    }
    assert!(
        p.screen().contains("Enter  On the agenda") && p.screen().contains("Enter on the agenda"),
        "{}",
        p.screen()
    );
    for _ in 0..5 {
        p.other("j");
    }
    let seen = p.screen();
    assert!(
        seen.contains("Enter  Write why")
            && seen.contains("Enter write why")
            && !seen.contains("On the agenda"),
        "{seen}"
    );
}

/// Each turn's required reading: the front page and the coach.
#[test]
fn no_page_of_the_lesson_is_long() {
    for seed in 1..=6 {
        let mut p = third_week("1", seed);
        p.press("3");
        for (n, screen) in p.read.iter().enumerate() {
            assert!(
                words(screen) <= 260,
                "screen {n} of seed {seed} has {} words:\n{screen}",
                words(screen)
            );
        }
    }
}

/// Every screen of a lesson, at every size, from the smallest there is.
#[test]
fn every_screen_of_a_lesson_fits_every_size() {
    for answer in ["1", "2", "3"] {
        let mut p = Player::new((80, 24), 3);
        for key in [
            "Enter", answer, "Enter", "1", "2", "1", "3", "Enter", "1", "Enter", "1", "2", "3",
            "4", "3", "5", "Enter", "1", "Enter", "1", "4", "Enter", "Enter",
        ] {
            for size in [
                (1, 1),
                (59, 17),
                (60, 18),
                (72, 19),
                (80, 24),
                (100, 30),
                (104, 30),
                (119, 40),
                (140, 45),
                (200, 60),
            ] {
                p.app.resize(size.0, size.1);
                for line in p.screen().lines() {
                    assert!(
                        interagency::text::width(line) <= usize::from(size.0),
                        "{size:?}: {line}"
                    );
                }
            }
            p.app.resize(80, 24);
            p.press(key);
        }
    }
}

#[test]
fn one_goes_back_to_the_desk_from_a_box_too() {
    let mut p = Player::new((80, 24), 1);
    for key in ["Enter", "1", "Enter"] {
        p.press(key);
    }
    p.other("w");
    assert_eq!(p.app.screen(), Screen::Why, "{}", p.screen());
    p.press("Enter");
    assert!(
        p.app.overlay().popup().is_some() && p.screen().contains("Back to the desk"),
        "{}",
        p.screen()
    );
    p.press("1");
    assert_eq!(
        (p.app.screen(), p.app.overlay().popup().is_none()),
        (Screen::Desk, true),
        "{}",
        p.screen()
    );
}

#[test]
fn after_the_lesson_enter_plays_on_with_a_scenario_that_is_named() {
    let mut p = Player::new((80, 24), 1);
    while !p.app.play().is_some_and(|play| play.game().is_over()) {
        let back = matches!(p.app.screen(), Screen::Propose | Screen::Why)
            && p.screen().contains("Back to the desk")
            && !ready(&p);
        p.press(if back { "1" } else { "Enter" });
    }
    p.on();
    for _ in 0..60 {
        if p.screen().contains("▸ Play ") {
            break;
        }
        p.press("Enter");
        assert_eq!(p.app.screen(), Screen::Debrief, "{}", p.screen());
    }
    let seen = p.screen();
    assert!(
        seen.contains("▸ Play Cloud Hopper (14 turns)") && seen.contains("Enter play on"),
        "{seen}"
    );
    p.press("Enter");
    assert_eq!(
        (p.game().rules().id.as_str(), p.app.screen()),
        ("cloud-hopper", Screen::Briefing),
        "{}",
        p.screen()
    );
}

#[test]
fn the_way_back_to_the_desk_can_be_clicked() {
    for size in SIZES {
        let mut p = Player::new(size, 1);
        p.press("Enter");
        p.press("1");
        p.on();
        for _ in 0..10 {
            p.press("Enter");
            if p.app.screen() == Screen::Why {
                break;
            }
        }
        let screen = p.screen();
        let found = screen.lines().enumerate().find_map(|(y, l)| Some((y, l.find("Back to")?)));
        let (y, before) = found.unwrap_or_else(|| panic!("no way back on\n{screen}"));
        let line = screen.lines().nth(y).expect("the line");
        let x = line[..before].chars().count();
        let [x, y] = [x, y].map(|n| u16::try_from(n).expect("a cell"));
        let _ = p.app.update(&Input::Click { x, y });
        assert_eq!(p.app.screen(), Screen::Desk, "at {size:?}");
    }
}
