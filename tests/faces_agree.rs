//! Each fact of a screen stands in both faces.
//!
//! A fact is a text or a figure of the structs a screen is made from (`every` takes them apart,
//! field by field). In the terminal it is looked for on a very large screen, in what the rows under
//! the cursor open, and in the pages a key turns. In plain mode it is looked for on the page of
//! that name and in what the entries of its menu open. Nothing is ordered on the way: the plain
//! face is given a host that refuses. Spaces, line breaks, case and the punctuation at the edge of
//! a word do not count; signs count, in plain mode as the words they are said with.

mod common;
mod fact_inventory;
mod test_terminal;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use fact_inventory::{Every, Face, Fact, LEFT_OUT, stands, words};
use interagency::engine::Start;
use interagency::engine::{Order, Refusal};
use interagency::game::Game;
use interagency::input::Input;
use interagency::plain::{self, spoken};
use interagency::play::{Host, Saved};
use interagency::policy::{Greedy, Policy, orders_of};
use interagency::prose;
use interagency::prose::facts::Relation;
use interagency::scenario::load;
use interagency::scenario::model::{AgencyIx, InstrumentIx, TargetIx, WorldIx};
use interagency::tui::facts::Facts;
use interagency::tui::play::Explained;
use interagency::tui::screen::{Popup, Screen, Target};
use interagency::tui::screens::row;
use interagency::tui::shelf::Shelf;
use interagency::tui::theme::{Theme, ThemeName};
use interagency::tui::{App, Request};
use test_terminal::{here, key, painted};

/// What a face says: rows or lines, and the panes or pages they are in.
#[derive(Default)]
struct Said {
    units: Vec<Vec<String>>,
    /// The first rows, which name the page, and all of it.
    pages: Vec<(Vec<String>, Vec<String>)>,
}

impl Said {
    fn page(&mut self, rows: &[String], heads: usize) {
        let rows: Vec<Vec<String>> = rows.iter().map(|r| words(r)).collect();
        let all = rows.concat();
        let head = rows.iter().filter(|r| !r.is_empty()).take(heads).flatten().cloned().collect();
        if !self.pages.iter().any(|(_, p)| *p == all) {
            self.pages.push((head, all));
            self.units.extend(rows);
        }
    }
    /// Whether one of these stands there, in a row or on a page of one of those.
    fn says(&self, of: &[Vec<String>], says: &[Vec<String>], near: bool) -> bool {
        let any = |list: &[Vec<String>], at: &[String]| list.iter().any(|w| stands(at, w));
        // A sentence is known by itself; a word or a number only beside what it is said of.
        if of.is_empty() || says.iter().any(|s| s.len() > 5) {
            return self
                .pages
                .iter()
                .any(|(_, page)| any(says, page) || says.iter().any(|s| beside(page, s)));
        }
        let close = |at: usize| {
            any(of, &self.units[at])
                && any(says, &self.units[at..self.units.len().min(at + 14)].concat())
        };
        (near && (0..self.units.len()).any(close))
            || self.units.iter().any(|u| any(of, u) && any(says, u))
            || self.pages.iter().any(|(head, page)| any(of, head) && any(says, page))
    }
}

/// The same where two texts stand in columns beside each other: in order, with what stands between.
fn beside(at: &[String], words: &[String]) -> bool {
    const BETWEEN: usize = 40;
    if words.len() <= 5 {
        return false;
    }
    // Every place at which the words so far may end: the other text may have the same words.
    let first = (0..at.len()).filter(|n| at[*n] == words[0]).collect::<BTreeSet<usize>>();
    let ends = words[1..].iter().fold(first, |ends, w| {
        let next = ends.iter().flat_map(|last| last + 1..at.len().min(last + 1 + BETWEEN));
        next.filter(|n| at[*n] == *w).collect()
    });
    !ends.is_empty()
}

/// Facts that a face does not say.
fn missing(every: &Every, said: &Said, face: Face) -> Vec<Fact> {
    let ready = |list: &[String]| -> Vec<Vec<String>> {
        let mut out: Vec<Vec<String>> = list
            .iter()
            .map(|t| if face == Face::Plain { words(&spoken(t)) } else { words(t) })
            .collect();
        // A sign that stands alone is all there is of it.
        for (w, t) in out.iter_mut().zip(list) {
            if w.is_empty() {
                w.push(t.trim().to_lowercase());
            }
        }
        out
    };
    every
        .facts
        .iter()
        .filter(|f| !said.says(&ready(&f.of), &ready(&f.says), f.near))
        .cloned()
        .collect()
}

/// Refuses whatever would change the game.
struct Deaf<'a>(&'a mut dyn Host);

impl Host for Deaf<'_> {
    fn game(&self) -> &Game {
        self.0.game()
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

/// Pages that come of these lines, one a line that leads to one: its lines as they are said.
fn heard(host: &mut dyn Host, script: &[String]) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let options = plain::Options { width: 0, echo: true, ascii: false, spell: false };
    let lines = script.join("\n") + "\n";
    plain::run(&mut Deaf(host), &mut lines.as_bytes(), &mut out, options).expect("said");
    let text = String::from_utf8(out).expect("text");
    // What follows a prompt and the line that was typed at it is what the line brought about.
    let mut pages = vec![Vec::new()];
    for line in text.lines() {
        if line.starts_with("> ") {
            pages.push(Vec::new());
        } else if let Some(page) = pages.last_mut() {
            page.push(line.to_owned());
        }
    }
    pages
}

/// Entries of a page's menu that lead nowhere else than further into it.
fn entries(page: &[String]) -> Vec<String> {
    const ELSEWHERE: [&str; 9] = [
        "Back",
        "To the d",
        "Another ",
        "Look something up",
        "Everything else",
        "End the turn",
        "Leave",
        "Why something changed",
        "Front page",
    ];
    page.iter()
        .filter_map(|l| l.split_once(". "))
        .filter(|(n, label)| {
            n.parse::<u32>().is_ok() && !ELSEWHERE.iter().any(|e| label.starts_with(e))
        })
        .map(|(n, _)| n.to_owned())
        .collect()
}

/// The page of a command and what its menu opens, so many menus deep.
fn listen(host: &mut dyn Host, said: &mut Said, command: &str, depth: usize) {
    let mut front: Vec<Vec<String>> = vec![vec![command.to_owned()]];
    for level in 0..=depth {
        let script: Vec<String> = front.iter().flatten().cloned().collect();
        let pages = heard(host, &script);
        let mut at = 0;
        let mut next = Vec::new();
        for path in &front {
            at += path.len();
            let Some(page) = pages.get(at) else { continue };
            said.page(page, 2);
            // Parts read one after the other are pages of their own.
            for part in page.split(String::is_empty).filter(|p| p.len() < page.len()) {
                said.page(part, 2);
            }
            if level < depth {
                next.extend(entries(page).into_iter().map(|n| [path.clone(), vec![n]].concat()));
            }
        }
        front = next;
    }
}

/// The rows of a laid out screen, pane by pane, and as doors.
fn look(said: &mut Said, plan: &interagency::tui::layout::PageLayout) {
    for pane in &plan.panes {
        let rows: Vec<String> = pane.page.rows.iter().map(ToString::to_string).collect();
        said.page(&rows, 3);
        for d in &pane.page.links {
            let unit = rows[d.row..(d.row + d.rows).min(rows.len())]
                .iter()
                .flat_map(|r| words(r))
                .collect();
            said.units.push(unit);
        }
    }
}

/// The screen in front, under the cursor at each of its doors, and what they open.
fn watch(app: &mut App, said: &mut Said) {
    let top: Vec<String> = painted(app).lines().take(1).map(str::to_owned).collect();
    said.page(&top, 1);
    // As it opens, before the cursor has moved: on some screens what is shown follows it.
    look(said, &app.layout());
    let panes = app.layout().panes.len();
    let mut met: Vec<Target> = Vec::new();
    for n in 0..panes.max(1) {
        // To that pane, and down its doors.
        for _ in 0..panes {
            if app.cursor().pane != n
                && app.screen() != Screen::Why
                && app.screen() != Screen::Intel
            {
                press(app, "Tab");
            }
        }
        app.update(&Input::Key(interagency::input::Key::plain(interagency::input::Code::Home)));
        let doors = app.layout().panes.get(n).map_or(0, |p| p.page.links.len());
        for _ in 0..=doors {
            look(said, &app.layout());
            if let Some(target) = app.target().filter(|t| !met.contains(t)) {
                met.push(target);
                open(app, said, target);
            }
            press(app, "Down");
        }
    }
}

/// What Enter on it opens, where that is a look and no order.
fn open(app: &mut App, said: &mut Said, target: Target) {
    let popup = match target {
        Target::Memo(_)
        | Target::Order(_)
        | Target::Evidence(_)
        | Target::Story(_)
        | Target::Foretold
        | Target::Reply(_)
        | Target::Question(_)
        | Target::Task(_)
        | Target::Agency(_)
        | Target::Work(_)
        | Target::Entry(_)
        | Target::Topic(_) => Popup::Detail(target),
        Target::Sure(p) => Popup::Sure(p, 50),
        _ => return,
    };
    over(app, said, popup);
}

fn over(app: &mut App, said: &mut Said, popup: Popup) {
    app.open_popup(popup);
    if let Some((_, plan)) = app.popup_layout() {
        look(said, &plan);
    }
    app.close_popup();
}

fn press(app: &mut App, keys: &str) {
    for word in keys.split_whitespace() {
        let _ = app.update(&Input::Key(key(word)));
    }
}

fn scenario(id: &str) -> Arc<interagency::scenario::model::Rules> {
    Arc::new(load::embedded(id, &[]).expect("the scenario loads"))
}

/// A game after these lines of plain mode.
fn played(id: &str, seed: u64, lines: &[&str]) -> Game {
    let mut game = Game::new(scenario(id), Start { seed, ..Start::default() });
    let mut out = Vec::new();
    let script = lines.join("\n") + "\n";
    plain::run(
        &mut game,
        &mut script.as_bytes(),
        &mut out,
        plain::Options { width: 0, ..plain::Options::default() },
    )
    .expect("played");
    game
}

fn app(game: Game) -> App {
    let mut app = App::new(Theme::new(ThemeName::Default), here(true), Shelf::default(), true);
    app.resize(400, 200);
    app.open_game(Box::new(game));
    app
}

/// What is said of a screen by one face or the other, beside its facts.
struct Scene {
    name: String,
    every: Every,
    terminal: Said,
    plain: Said,
}

fn host(app: &mut App) -> &mut dyn Host {
    app.play_mut().expect("a game").host()
}

fn scene(app: &mut App, name: String, keys: &[&str], commands: &[(String, usize)]) -> Scene {
    let every = match (app.facts(), app.coach()) {
        (Facts::Desk(d), Some(coach)) => fact_inventory::lesson(d, coach),
        (Facts::Front(f), Some(_)) if !f.asks.is_empty() || !f.answered.is_empty() => {
            fact_inventory::question(f)
        }
        (facts, _) => fact_inventory::of(facts),
    };
    let mut terminal = Said::default();
    watch(app, &mut terminal);
    for k in keys {
        press(app, k);
        watch(app, &mut terminal);
    }
    let mut plain = Said::default();
    for (command, depth) in commands {
        listen(host(app), &mut plain, command, *depth);
    }
    Scene { name, every, terminal, plain }
}

fn commands(list: &[(&str, usize)]) -> Vec<(String, usize)> {
    list.iter().map(|(c, d)| ((*c).to_owned(), *d)).collect()
}

/// The screen a key leads to, turned by more keys.
fn at(app: &mut App, moment: &str, key: &str, keys: &[&str], list: &[(&str, usize)]) -> Scene {
    press(app, key);
    let name = format!("{moment}, {}", row(app.screen()).title);
    scene(app, name, keys, &commands(list))
}

const DESK: [(&str, usize); 8] = [
    ("desk", 0),
    ("figures", 2),
    ("files", 1),
    ("inbox", 1),
    ("orders", 0),
    ("calendar", 1),
    ("agencies", 0),
    ("promises", 1),
];
const ACTS: [(&str, usize); 6] = [
    ("tasks", 1),
    ("asks", 1),
    ("reforms", 1),
    ("promises", 1),
    ("confidence", 1),
    ("withdraw", 0),
];
const PAGES: [&str; 6] = ["2", "3", "4", "5", "6", "7"];

/// Every screen of a game at this moment.
fn scenes(moment: &str, game: Game) -> Vec<Scene> {
    let mut app = app(game);
    let app = &mut app;
    let over = host(app).game().is_over();
    let mut out = Vec::new();
    // What a game opens with is a page of its own on the screen.
    let mut briefing = Said::default();
    if host(app).game().turn() == 0 {
        press(app, "b");
        watch(app, &mut briefing);
        press(app, "d");
    }
    let mut front = at(app, moment, "n", &[], &[("front", 1)]);
    front.terminal.units.extend(briefing.units);
    front.terminal.pages.extend(briefing.pages);
    out.push(front);
    out.push(at(app, moment, "g", &[], &[("guidance", 2)]));
    if !over {
        out.push(at(app, moment, "d", &[], &DESK));
        out.push(at(app, moment, "p", &[], &[("propose", 0), ("files", 1)]));
        out.push(at(app, moment, "t", &PAGES[..5], &ACTS));
    }
    out.push(at(app, moment, "a", &[], &[("agencies", 2)]));
    out.push(at(app, moment, "c", &[], &[("calendar", 1)]));
    out.push(at(app, moment, "x", &[], &[("codex", 2)]));
    out.push(at(app, moment, "Esc m", &[], &[("assumptions", 1)]));
    out.push(at(app, moment, "Esc r", &PAGES, &[("debrief", 1)]));
    intelligence(app, moment, &mut out);
    whys(app, moment, &mut out);
    if !over {
        drafts(app, moment, &mut out);
    }
    out
}

fn intelligence(app: &mut App, moment: &str, out: &mut Vec<Scene>) {
    let campaigns = prose::intelligence(host(app).game(), None).campaigns;
    for (n, (c, name)) in campaigns.into_iter().enumerate() {
        app.play_mut().expect("a game").selection.campaign = Some(c);
        press(app, "i");
        app.resize(400, 200);
        let id = app.play().expect("a game").game().rules().campaigns[c].id.clone();
        out.push(scene(
            app,
            format!("{moment}, intelligence on {name}"),
            &vec!["Tab"; n + 1],
            &[(format!("intel {id}"), 1)],
        ));
    }
}

fn whys(app: &mut App, moment: &str, out: &mut Vec<Scene>) {
    let turns = host(app).game().past().len();
    for f in prose::figures(host(app).game()).into_iter().take(12) {
        press(app, "w");
        let id = host(app).game().rules().indicators[f.indicator].id.clone();
        let explained = &mut app.play_mut().expect("a game").selection.explained;
        *explained = Explained { indicator: f.indicator, turn: turns };
        app.resize(400, 200);
        let all = [("figures".to_owned(), 2)];
        let list: Vec<(String, usize)> = if turns == 0 {
            all.into_iter().chain([(format!("why {id}"), 0)]).collect()
        } else {
            (1..=turns).map(|t| (format!("why {id} {t}"), 0)).chain(all).collect()
        };
        let mut scene = scene(app, format!("{moment}, why {id}"), &[], &list);
        // Each turn of it, as the arrows turn to it; the cursor in the list explains other values.
        for turn in 1..=turns {
            let explained = &mut app.play_mut().expect("a game").selection.explained;
            *explained = Explained { indicator: f.indicator, turn };
            app.resize(400, 200);
            watch(app, &mut scene.terminal);
        }
        out.push(scene);
    }
}

fn drafts(app: &mut App, moment: &str, out: &mut Vec<Scene>) {
    let game = host(app).game();
    let rules = game.shared_rules();
    let files: Vec<(InstrumentIx, TargetIx)> =
        prose::desk(game).files.iter().map(|f| (f.instrument, f.target)).collect();
    // One that is not the player's own, too.
    let theirs = rules.instruments.iter().position(|i| !i.yours && i.targets != 0);
    let theirs = theirs.map(|n| {
        (InstrumentIx::at(n), TargetIx::at(rules.instruments[n].targets.trailing_zeros() as usize))
    });
    for (i, t) in files.into_iter().chain(theirs) {
        let draft = prose::begin_draft(host(app).game(), i, t);
        press(app, "p Enter");
        assert_eq!(app.screen(), Screen::Propose);
        app.play_mut().expect("a game").drafting.open(draft);
        app.resize(400, 200);
        let (instrument, target) = (&rules.instruments[i].id, &rules.targets[t].id);
        let mut s = scene(
            app,
            format!("{moment}, propose {instrument} {target}"),
            &[],
            &[(format!("propose {instrument} {target}"), 2), ("propose".to_owned(), 0)],
        );
        over(app, &mut s.terminal, Popup::Bargain);
        turn(app, &mut s.terminal);
        out.push(s);
        press(app, "Esc");
    }
}

/// Each value of each row of a draft, as the arrows turn it.
fn turn(app: &mut App, said: &mut Said) {
    let Facts::Propose(p) = app.facts() else { panic!("a draft") };
    let values: Vec<usize> = p.slots.iter().map(|s| s.values.len()).collect();
    for (n, values) in values.into_iter().enumerate() {
        for step in 0..200 {
            if app.target() == Some(Target::Slot(n)) {
                break;
            }
            press(app, if step % 40 == 39 { "Tab" } else { "Down" });
            if step % 40 == 39 {
                app.update(&Input::Key(interagency::input::Key::plain(
                    interagency::input::Code::Home,
                )));
            }
        }
        for _ in 0..if n == 0 { 0 } else { values } {
            press(app, "Right");
            look(said, &app.layout());
        }
    }
}

fn complain(scenes: &[Scene]) -> Vec<String> {
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for s in scenes {
        for (face, said) in [(Face::Terminal, &s.terminal), (Face::Plain, &s.plain)] {
            for f in missing(&s.every, said, face) {
                if LEFT_OUT
                    .iter()
                    .any(|(field, faces, _)| *field == f.field && faces.contains(&face))
                {
                    continue;
                }
                wrong
                    .entry(format!("{} is not said in {face:?}", f.field))
                    .or_default()
                    .push(format!("{}: {:?} of {:?}", s.name, f.says, f.of));
            }
        }
    }
    let tell = |(what, list): (String, Vec<String>)| {
        format!(
            "{what}, {} times, such as\n  {}",
            list.len(),
            list.iter().take(3).cloned().collect::<Vec<_>>().join("\n  ")
        )
    };
    wrong.into_iter().map(tell).collect()
}

fn hold(scenes: &[Scene]) {
    let wrong = complain(scenes);
    let facts: usize = scenes.iter().map(|s| s.every.facts.len()).sum();
    println!("{facts} facts of {} screens", scenes.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const ORDERS: [&str; 6] = [
    "guide raise_the_price",
    "propose HARDEN providers_sector reach=alerts at deputies because it is cheap",
    "task signals cloud_hopper",
    "sure dialogue_march 60",
    "promise promise_date treasury",
    "ask justice_notice",
];

#[test]
fn in_the_first_turn() {
    hold(&scenes("first turn", played("cloud-hopper", 7, &[])));
}

#[test]
fn in_the_first_turn_with_orders_given() {
    hold(&scenes("orders given", played("cloud-hopper", 7, &ORDERS)));
}

fn later() -> Game {
    let lines: Vec<&str> = ORDERS
        .into_iter()
        .chain([
            "end",
            "end",
            "task signals contrail",
            "reform office_detailees",
            "end",
            "end",
            "inbox",
            "1",
            "1",
            "task signals personnel",
        ])
        .collect();
    played("cloud-hopper", 7, &lines)
}

#[test]
fn with_answers_given_and_measures_under_way() {
    let game = later();
    assert_eq!(game.turn(), 4);
    assert!(!prose::desk(&game).work.is_empty());
    hold(&scenes("turn 5", game));
}

#[test]
fn after_the_game_is_over() {
    let lines: Vec<&str> = ORDERS.into_iter().chain(["end"; 14]).collect();
    let game = played("cloud-hopper", 7, &lines);
    assert!(game.is_over());
    hold(&scenes("over", game));
}

#[test]
fn in_a_lesson() {
    let steps = ["1", "1", "1", "0", "1", "1", "2"];
    let mut all = Vec::new();
    for n in [0, 1, 2, 5, 7] {
        let game = played("first-day", 1, &steps[..n]);
        let mut app = app(game);
        let moment = format!("lesson, after {n}");
        press(&mut app, "n");
        all.push(scene(&mut app, format!("{moment}, front"), &[], &commands(&[("front", 1)])));
        press(&mut app, "d");
        all.push(scene(&mut app, format!("{moment}, desk"), &[], &commands(&DESK)));
    }
    hold(&all);
    let over = played("first-day", 1, &["1", "end", "end", "end"]);
    assert!(over.is_over());
    let mut app = app(over);
    press(&mut app, "r");
    hold(&[scene(
        &mut app,
        "lesson over, debrief".to_owned(),
        &PAGES,
        &commands(&[("debrief", 1)]),
    )]);
}

/// A run that was kept, over and played by a policy.
fn ended(policy: &Policy, start: Start) -> Game {
    let mut game = Game::new(scenario("cloud-hopper"), start);
    while !game.is_over() {
        for order in orders_of(policy, game.rules(), game.whole()) {
            game.give(order, "").expect("a policy's orders are legal");
        }
    }
    game
}

#[test]
fn of_two_games_side_by_side() {
    let start = Start { seed: 7, ..Start::default() };
    let careful = Policy::Greedy(Greedy::guided());
    let branches = start.branches.with(3, 99).expect("room for a branch");
    let (first, idle, branch) = (
        ended(&careful, start),
        ended(&Policy::Idle, start),
        ended(&careful, Start { branches, ..start }),
    );
    for (other, draw) in [
        (&idle, "The same draw: the same truths and the same luck."),
        (&branch, "The same draw until the opening of turn 4; "),
        (&ended(&careful, Start { seed: 8, ..start }), "Not the same draw: truths and luck "),
    ] {
        let c = prose::compare(("000001-3fa9", &first), ("000002-77b0", other)).expect("both over");
        assert!(c.draw.starts_with(draw), "{}", c.draw);
        assert!(!c.turns.is_empty() && c.turns.iter().all(|t| t.left != t.right));
        let every = fact_inventory::comparison(&c);
        let mut plain = Said::default();
        plain.page(&plain::comparison(&c), 2);
        let mut app = app(played("cloud-hopper", 7, &[]));
        app.show_compared(c);
        let mut terminal = Said::default();
        look(&mut terminal, &app.layout());
        hold(&[Scene { name: draw.to_owned(), every, terminal, plain }]);
    }
    let fixed = ended(&Policy::Idle, Start { world: Some(WorldIx::at(0)), ..start });
    let c = prose::compare(("1", &first), ("2", &fixed)).expect("both over");
    assert_eq!(c.draw, "Not the same draw: the seed is the same, but a world was fixed.");
    // The same orders on the same draw, and games that do not go together.
    let same = prose::compare(("1", &first), ("2", &first)).expect("both over");
    assert!(same.turns.is_empty(), "{same:?}");
    assert_eq!(same.alike, "In every turn both ordered the same.");
    let open = played("cloud-hopper", 7, &[]);
    let refused = prose::compare(("1", &first), ("2", &open)).expect_err("it goes on");
    assert!(refused.starts_with("2 is not over"), "{refused}");
    let lesson = played("first-day", 1, &["1", "end", "end", "end"]);
    let refused = prose::compare(("1", &first), ("2", &lesson)).expect_err("another scenario");
    assert!(refused.contains("First day"), "{refused}");
}

/// The planner plays a short game: the same figure for every face, and only when it is asked for.
#[test]
fn a_player_who_looks_ahead_plays_where_somebody_asks() {
    let open = Game::new(common::tiny(), Start { seed: 7, ..Start::default() });
    let mut over = open.clone();
    while over.end().is_ok() {}
    let asked = |game: &Game| prose::standing_with_planner(game).expect("it is over");
    let standing = asked(&over);
    assert!(
        standing.has_planner() && standing.text.contains(" A player who looks ahead comes to ")
    );
    assert!(!prose::debrief(&over).standing.expect("it is over").has_planner());

    let answer = |game: &Game| {
        let mut out = Vec::new();
        let mut game = game.clone();
        interagency::json::run(&mut game, None, &mut &b"{\"planner\": true}\n"[..], &mut out)
            .expect("answered");
        let lines: Vec<serde_json::Value> = String::from_utf8(out)
            .expect("UTF-8")
            .lines()
            .map(|l| serde_json::from_str(l).expect("JSON"))
            .collect();
        lines[2].clone()
    };
    assert_eq!(answer(&open)["error"]["code"], "not_weighed");
    assert_eq!(answer(&over)["planner"]["text"], standing.text);
    assert_eq!(answer(&over)["planner"]["marks"].as_array().map(Vec::len), Some(3));

    let script = ["planner".to_owned()];
    let said = heard(&mut open.clone(), &script).concat().join(" ");
    assert!(said.contains("The game is not over"), "{said}");
    let said = heard(&mut over.clone(), &script).concat().join(" ");
    assert!(said.contains("some seconds") && said.contains(&spoken(&standing.text)), "{said}");

    let mut app = app(over);
    let f = Input::Key(key("f"));
    assert!(app.footer().iter().any(|k| k.label == "look ahead"));
    assert_eq!(app.update(&f), Some(Request::Planner), "nothing is played before it is asked for");
    app.say_planning();
    assert!(painted(&app).contains("some seconds"), "said before it is played");
    app.plan();
    let told = painted(&app);
    assert!(words(&told).concat().contains(&words(&standing.text).concat()), "{told}");
    press(&mut app, "Esc 1");
    let page = painted(&app);
    assert!(page.contains("A player who looks ahead"), "{page}");
    assert!(!app.footer().iter().any(|k| k.label == "look ahead"));
    assert_eq!(app.update(&f), None, "once");
}

#[test]
fn a_fact_that_is_missing_is_found_out() {
    let mut app = app(played("cloud-hopper", 7, &[]));
    press(&mut app, "d");
    let Facts::Desk(desk) = app.facts() else { panic!("the desk") };
    let mut planted = desk.clone();
    planted.figures[0].value = "~77".to_owned();
    planted.room[0].relation = Relation::Against;
    planted.files[1].says = "Nobody has said this anywhere.".to_owned();
    let (first, agency, file) =
        (planted.figures[0].name.clone(), AgencyIx::at(0), planted.files[1].name.clone());
    assert_eq!(planted.room[0].agency, agency);
    let mut s = scene(
        &mut app,
        "planted".to_owned(),
        &[],
        &commands(&[("figures", 1), ("files", 1), ("agencies", 0)]),
    );
    s.every = fact_inventory::of(&Facts::Desk(planted));
    for (face, said) in [(Face::Terminal, &s.terminal), (Face::Plain, &s.plain)] {
        let missing = missing(&s.every, said, face);
        for (field, of) in [("Figure.value", &first), ("FileRow.says", &file)] {
            assert!(
                missing.iter().any(|f| f.field == field && f.of.contains(of)),
                "{face:?}: {field} of {of}"
            );
        }
        assert!(missing.iter().any(|f| f.field == "RoomRow.relation"), "{face:?}");
    }
}

#[test]
fn what_is_left_out_exists_and_has_a_reason() {
    let mut met: Vec<&str> = Vec::new();
    let mut ended = later();
    while !ended.is_over() {
        ended.end().expect("a turn ends");
    }
    // A draft is on the way; turning points only a finished game has.
    let visits: Vec<(Game, &[&str])> = vec![
        (later(), &["n", "g", "d", "p", "Enter", "t", "i", "a", "c", "w", "Esc r"]),
        (ended, &["r"]),
    ];
    for (game, keys) in visits {
        let mut app = app(game);
        for keys in keys {
            press(&mut app, keys);
            let every = fact_inventory::of(app.facts());
            met.extend(every.drawn);
            met.extend(every.facts.iter().map(|f| f.field));
        }
    }
    for (field, faces, why) in LEFT_OUT {
        assert!(!faces.is_empty() && why.len() > 10, "{field}");
        assert!(
            met.contains(field) || field.starts_with("LineRow.history"),
            "{field} is no field of anything that is shown"
        );
    }
}
