//! A scenario about something else altogether says nothing of the shipped core.
//!
//! Two harbour towns and a treaty on herring (`core: 0`) are played to the debrief; every screen of
//! the terminal face and every page of plain mode is read on the way. What must not be found is
//! taken from the shipped core and scenarios themselves: names of records, and words that have a
//! capital inside a sentence. Ordinary words of the program are left out of that list by name.

mod test_terminal;

use std::collections::BTreeSet;
use std::sync::Arc;

use interagency::engine::Start;
use interagency::engine::{Order, Refusal};
use interagency::game::Game;
use interagency::plain;
use interagency::play::{Host, Saved};
use interagency::prose;
use interagency::scenario::files;
use interagency::scenario::load;
use interagency::scenario::model::{Rules, Text};
use interagency::tui::App;
use interagency::tui::Entry;
use interagency::tui::screen::Screen;
use interagency::tui::screens::SCREENS;
use interagency::tui::shelf::Shelf;
use interagency::tui::theme::{Theme, ThemeName};
use test_terminal::{here, key, painted};

/// Names in the core of what the program itself calls so, and ordinary English: parts of its rules,
/// its closed lists, months.
const OWN: &[&str] = &[
    "administrative record",
    "april",
    "assumption",
    "capital",
    "confidence",
    "drawn for this game",
    "first day",
    "gate",
    "january",
    "judgement",
    "law",
    "lens",
    "mar",
    "march",
    "ninety days",
    "north",
    "press",
    "process",
    "promise",
    "record and simulated",
    "staff",
    "the campaign",
    "trade off guidance",
    "when",
    "window",
];

/// Words that the core is about, whether a record is named after them or not.
const ABOUT: &[&str] = &[
    "america",
    "beijing",
    "china",
    "chinese",
    "cloud hopper",
    "congress",
    "cyber",
    "deputies",
    "deterrence",
    "entity list",
    "hegemon",
    "leverage",
    "ministry",
    "president",
    "principals",
    "sanctions",
    "tariff",
    "tariffs",
    "theft",
    "treasury",
    "washington",
    "white house",
    "working group",
];

/// Text as words in lower case, a space around each.
fn plain_words(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!(" {} ", words.join(" "))
}

/// Names of the shipped records, in lower case.
fn names(r: &Rules) -> Vec<&str> {
    let mut out: Vec<&str> = vec![&r.title];
    out.extend(r.indicators.iter().flat_map(|i| [i.name.as_str(), i.short.as_str()]));
    out.extend(r.agencies.iter().flat_map(|a| [a.name.as_str(), a.short.as_str()]));
    out.extend(r.instruments.iter().flat_map(|i| [i.name.as_str(), i.short.as_str()]));
    out.extend(r.targets.iter().flat_map(|t| [t.name.as_str(), t.short.as_str()]));
    out.extend(r.venues.iter().flat_map(|v| [v.name.as_str(), v.short.as_str()]));
    out.extend(r.lenses.iter().map(|l| l.name.as_str()));
    out.extend(r.worlds.iter().map(|w| w.name.as_str()));
    out.extend(r.assumptions.iter().map(|a| a.name.as_str()));
    out.extend(r.tasks.iter().map(|t| t.name.as_str()));
    out.extend(r.asks.iter().map(|a| a.name.as_str()));
    out.extend(r.promises.iter().map(|p| p.name.as_str()));
    out.extend(r.reforms.iter().map(|p| p.name.as_str()));
    out.extend(r.traits.iter().map(|t| t.name.as_str()));
    out.extend(r.responses.iter().map(|t| t.name.as_str()));
    out.extend(r.windows.iter().map(|w| w.name.as_str()));
    out.extend(r.campaigns.iter().map(|c| c.name.as_str()));
    out.extend(r.files.iter().map(|f| f.name.as_str()));
    out.extend(r.terms.iter().map(|t| t.name.as_str()));
    out.extend(r.events.iter().map(|e| e.title.as_str()));
    out.extend(r.endings.iter().map(|e| e.title.as_str()));
    out.extend(r.codex.iter().map(|c| c.title.as_str()));
    out.extend(r.critics.iter().map(|c| c.title.as_str()));
    out.extend(r.texts.iter().map(|(_, says)| says.as_str()));
    out
}

/// Words with a capital inside a sentence that never stand without one.
fn proper(r: &Rules) -> BTreeSet<String> {
    let mut texts: Vec<&str> =
        r.events.iter().flat_map(|e| e.text.texts()).map(Text::says).collect();
    texts.extend(r.evidence.iter().chain(&r.tells).map(|e| e.text.says()));
    texts.extend(r.codex.iter().map(|c| c.says.as_str()));
    texts.extend(r.critics.iter().map(|c| c.says.as_str()));
    texts.extend(r.agencies.iter().flat_map(|a| [&*a.mandate, &*a.wants, &*a.fears]));
    texts.extend(r.indicators.iter().map(|i| i.means.as_str()));
    let (mut high, mut low) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        let words: Vec<&str> = text.split_whitespace().collect();
        for pair in words.windows(2) {
            let word: String = pair[1].chars().take_while(|c| c.is_alphabetic()).collect();
            if pair[0].ends_with(char::is_alphanumeric) && word.chars().count() > 2 {
                let list = if word.starts_with(char::is_uppercase) { &mut high } else { &mut low };
                list.insert(word.to_lowercase());
            }
        }
    }
    high.difference(&low).cloned().collect()
}

/// What must not be said elsewhere.
fn forbidden() -> BTreeSet<String> {
    let mut out: BTreeSet<String> = ABOUT.iter().map(|w| plain_words(w)).collect();
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        out.extend(names(&rules).into_iter().map(plain_words));
        out.extend(proper(&rules).iter().map(|w| plain_words(w)));
    }
    for own in OWN {
        assert!(out.remove(&plain_words(own)), "{own} is in no shipped name");
    }
    out
}

/// Lines that name something of the shipped core, with what they name.
fn strays<'l>(said: &'l BTreeSet<String>, forbidden: &BTreeSet<String>) -> Vec<(&'l str, String)> {
    let mut out = Vec::new();
    for line in said {
        let words = plain_words(line);
        out.extend(
            forbidden.iter().filter(|f| words.contains(*f)).map(|f| (line.as_str(), f.clone())),
        );
    }
    out
}

fn harbours() -> Arc<Rules> {
    let path = std::path::Path::new("tests/scenarios/harbours.ron");
    Arc::new(files::load(path, &[]).unwrap_or_else(|p| panic!("{p:#?}")))
}

/// Refuses whatever would change the game.
struct Deaf(Game);

impl Host for Deaf {
    fn game(&self) -> &Game {
        &self.0
    }
    fn give(&mut self, _: Order, _: &str) -> Result<(), Refusal> {
        Err(Refusal::Over)
    }
    fn undo(&mut self) -> bool {
        false
    }
    fn end(&mut self) -> Result<(), Refusal> {
        Err(Refusal::Over)
    }
    fn draft(&mut self) {}
    fn notice(&mut self) -> Option<String> {
        None
    }
    fn saved(&self) -> Saved {
        Saved::Yes
    }
    fn save(&mut self, _: Option<&std::path::Path>) -> Result<String, String> {
        Err("no file".to_owned())
    }
}

const ORDERS: [&str; 9] = [
    "guide sea_first",
    "propose MARK skippers at board_room because it is cheap",
    "propose FINE pell read_out=pulpit at moot",
    "task watch night_boats",
    "promise no_fine aldwick",
    "ask scales_soon",
    "sure treaty_holds 70",
    "end",
    "end",
];

fn hear(host: &mut dyn Host, lines: &[String]) -> String {
    let mut out = Vec::new();
    let options = plain::Options { width: 0, echo: true, ascii: false, spell: false };
    plain::run(host, &mut (lines.join("\n") + "\n").as_bytes(), &mut out, options).expect("said");
    String::from_utf8(out).expect("text")
}

fn played(rules: &Arc<Rules>, lines: &[&str], said: &mut BTreeSet<String>) -> Game {
    let mut game = Game::new(Arc::clone(rules), Start { seed: 3, ..Start::default() });
    let lines: Vec<String> = lines.iter().map(|l| (*l).to_owned()).collect();
    said.extend(hear(&mut game, &lines).lines().map(str::to_owned));
    game
}

/// Every page that a word leads to, and what the entries of its menu open, two menus deep.
fn listen(game: Game, said: &mut BTreeSet<String>) -> Game {
    let rules = game.shared_rules();
    let mut words: Vec<String> = [
        "front",
        "desk",
        "figures",
        "files",
        "inbox",
        "orders",
        "calendar",
        "agencies",
        "promises",
        "guidance",
        "propose",
        "tasks",
        "asks",
        "reforms",
        "confidence",
        "withdraw",
        "codex",
        "assumptions",
        "debrief",
        "intel",
        "help",
    ]
    .map(str::to_owned)
    .to_vec();
    words.extend(prose::TOPICS.iter().map(|t| format!("help {}", t.id)));
    words.extend(rules.indicators.iter().map(|i| format!("why {}", i.id)));
    words.extend(
        rules
            .instruments
            .iter()
            .flat_map(|i| rules.targets.iter().map(|t| format!("propose {} {}", i.id, t.id))),
    );
    let mut deaf = Deaf(game);
    for word in words {
        let mut paths = vec![vec![word]];
        for depth in 0..3 {
            let mut next = Vec::new();
            for path in paths {
                let text = hear(&mut deaf, &path);
                // What came of the last line typed.
                let page: Vec<&str> =
                    text.lines().rev().skip(1).take_while(|l| !l.starts_with("> ")).collect();
                said.extend(text.lines().map(str::to_owned));
                let entries =
                    page.iter().filter_map(|l| l.split_once(". ")).filter(|(n, label)| {
                        n.parse::<u32>().is_ok()
                            && !label.starts_with("Back")
                            && !label.starts_with("To the d")
                    });
                if depth < 2 {
                    next.extend(
                        entries.take(12).map(|(n, _)| [path.clone(), vec![n.to_owned()]].concat()),
                    );
                }
            }
            paths = next;
        }
    }
    deaf.0
}

fn press(app: &mut App, keys: &str) {
    for word in keys.split_whitespace() {
        let _ = app.update(&interagency::input::Input::Key(key(word)));
    }
}

/// Every screen of the terminal face, each of its rows under the cursor, and what Enter opens.
fn look(game: Game, said: &mut BTreeSet<String>, screens: &mut BTreeSet<Screen>) {
    const WAYS: [&str; 33] = [
        "n",
        "g",
        "d",
        "p",
        "p Enter",
        "p Enter b",
        "p Enter Down Enter",
        "p Enter y",
        "p Down Enter",
        "p Down Enter Enter",
        "t",
        "t 2",
        "t 3",
        "t 4",
        "t 5",
        "t 6",
        "i",
        "a",
        "a Down Enter",
        "c",
        "x",
        "m",
        "w",
        "w Left",
        "r",
        "r 2",
        "r 3",
        "r 4",
        "r 5",
        "r 6",
        "r 7",
        "e",
        "q",
    ];
    let row = prose::title_row(game.rules());
    let shelf = Shelf { entries: vec![Entry { row, ..Entry::default() }], ..Shelf::default() };
    let mut app = App::new(Theme::new(ThemeName::Default), here(true), shelf, true);
    app.resize(200, 60);
    let mut see = |app: &App| {
        screens.insert(app.screen());
        said.extend(painted(app).lines().map(str::to_owned));
    };
    see(&app);
    app.open_game(Box::new(Deaf(game)));
    see(&app);
    for keys in WAYS {
        let go = |app: &mut App| {
            press(app, "Esc Esc Esc d");
            press(app, keys);
        };
        go(&mut app);
        see(&app);
        press(&mut app, "?");
        see(&app);
        go(&mut app);
        for step in 0..18 {
            press(&mut app, if step % 6 == 5 { "Tab" } else { "Down" });
            see(&app);
            let at = app.screen();
            press(&mut app, "Enter");
            see(&app);
            press(&mut app, "Esc");
            if app.screen() != at {
                go(&mut app);
            }
        }
    }
}

#[test]
fn no_word_of_the_shipped_core_is_said_of_two_harbours() {
    let rules = harbours();
    let (mut said, mut screens) = (BTreeSet::new(), BTreeSet::new());
    for lines in [&ORDERS[..0], &ORDERS[..7], &ORDERS, &[&ORDERS[..], &["end"; 4]].concat()] {
        let game = played(&rules, lines, &mut said);
        let game = listen(game, &mut said);
        look(game, &mut said, &mut screens);
    }
    let over = played(&rules, &[&ORDERS[..], &["end"; 4]].concat(), &mut said);
    assert!(over.is_over());
    // Three are not of this game: a scenario that does not load, and games that were kept.
    let elsewhere = [Screen::Problem, Screen::Past, Screen::Compare];
    for screen in SCREENS.iter().map(|r| r.screen) {
        assert!(
            screens.contains(&screen) || elsewhere.contains(&screen),
            "{screen:?} was not seen"
        );
    }
    let forbidden = forbidden();
    let found = strays(&said, &forbidden);
    let list: Vec<String> = found.iter().map(|(line, f)| format!("{f:?} in {line}")).collect();
    assert!(found.is_empty(), "{} of {}:\n{}", found.len(), said.len(), list.join("\n"));
    // What was read is the game: its own names are all there.
    for own in
        ["Lead marks for nets", "Night Boats", "The treaty", "kr 2", "Temper of the north quay"]
    {
        assert!(said.iter().any(|l| l.contains(own)), "{own} was not read");
    }
}

#[test]
fn a_word_of_the_core_would_be_found() {
    let forbidden = forbidden();
    for line in
        ["Pressure on Beijing", "what the Treasury says", "theft tempo ~40", "Huaying Haitai"]
    {
        let said = BTreeSet::from([format!("│ {line} │")]);
        assert!(!strays(&said, &forbidden).is_empty(), "{line}");
    }
}
