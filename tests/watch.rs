//! `play --watch`: a scenario that is changed, broken and mended while a game of it is open.
#![cfg(unix)]

mod pty;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use interagency::engine::{Start, names};
use interagency::game::Game;
use interagency::scenario::load::Checked;
use interagency::scenario::loc;
use interagency::scenario::model::Rules;
use interagency::scenario::named::Named;
use interagency::scenario::source::Source;

use pty::{Pty, program};

const CASE: &str = include_str!("scenarios/example.ron");

fn put(dir: &Path, text: &str) -> PathBuf {
    let path = dir.join("case.ron");
    std::fs::write(&path, text).expect("written");
    path
}

fn changed(from: &str, to: &str) -> String {
    assert!(CASE.contains(from), "{from} stands in the example");
    CASE.replace(from, to)
}

fn broken() -> String {
    changed("moves: { \"visibility\": -2,", "moves: { \"visibilty\": -2,")
}

/// A name that is not there, as `check` says it.
const SAID: &str = "error[unknown-id]: there is no indicator `visibilty`";

fn rules(text: &str) -> Arc<Rules> {
    let checked = Checked::of(&Source::embedded("case.ron", text), &[]);
    let said = interagency::scenario::problem::short(&checked.problems);
    Arc::new(checked.rules.unwrap_or_else(|| panic!("{said}")))
}

#[test]
fn a_game_is_played_again_with_the_same_orders_and_what_no_longer_holds_is_named() {
    let old = rules(CASE);
    let start = Start { seed: 3, ..Start::default() };
    let mut game = Game::new(Arc::clone(&old), start);
    let orders = |text: &str| -> Vec<Named> { loc::parse(text).expect("orders") };
    let answer = orders("[Answer(event: \"lend_us_the_case\", choice: \"lend\")]");
    let task = orders("[Task(task: \"fbi_case\", on: \"seeds\")]");
    game.give_named(&task).expect("legal");
    game.end().expect("ends");
    while !game.situation().prompts.iter().any(|p| old.events[p.event].id == "lend_us_the_case") {
        game.end().expect("ends");
    }
    game.give_named(&answer).expect("asked");
    game.end().expect("ends");

    let (same, lost) = game.again(rules(CASE), start);
    assert_eq!((same.whole().digest(), lost), (game.whole().digest(), vec![]));

    // The answer has another name now: the task is given again, the answer is not.
    let (again, lost) = game.again(rules(&CASE.replace("\"lend\"", "\"give\"")), start);
    assert_eq!(again.past().len(), game.past().len());
    assert_eq!(again.past()[0].orders, game.past()[0].orders);
    let [(turn, order)] = lost.as_slice() else { panic!("{lost:?}") };
    assert_eq!(*turn, game.past().len() - 1);
    assert_eq!(vec![names::name(&old, order, "")], answer);

    // A shorter calendar: to its end and no further.
    let short = rules(&changed("every: \"2 weeks\", turns: 5", "every: \"10 weeks\", turns: 3"));
    let (again, _) = game.again(short, start);
    assert_eq!(again.past().len(), game.past().len().min(3));
}

#[test]
fn on_the_screen_a_changed_text_is_seen_a_broken_file_is_explained_and_the_game_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = put(dir.path(), CASE);
    let data = dir.path().join("data").display().to_string();
    let path = path.display().to_string();
    let args = ["--data-dir", &data, "play", &path, "--watch", "--seed", "3"];
    let mut pty = Pty::spawn(program(), &args, &[]);
    pty.until("is watched");
    pty.type_in(b"\r");
    pty.until("Three seed breeders");
    put(dir.path(), &changed("Three seed breeders", "Four rye breeders"));
    pty.until("Four rye breeders");

    // On a later turn, with an order given.
    pty.type_in(b"\r\r\r\r\r\re\rdt\r\rd");
    pty.until_screen("turn 2", |s| {
        s.contents().contains("turn 2 of 5") && s.contents().contains("HOW THINGS STAND")
    });
    // From the file under the cursor to the one above it.
    pty.type_in(b"k\r");
    pty.until("WHO SAYS WHAT");
    pty.type_in(b"\r");
    let at_work = |s: &vt100::Screen, title: &str| {
        let all = s.contents();
        all.contains(title) && all.contains("turn 2 of 5") && all.contains("●●○")
    };
    pty.until_screen("the desk of turn 2", |s| {
        at_work(s, "Build the file: Joint text · Seed Stock")
    });
    put(dir.path(), &broken());
    pty.until("visibilty");
    pty.until("unknown-id");
    put(dir.path(), &changed("Seed Stock", "Barley Stock"));
    pty.until_screen("the same turn and order", |s| {
        at_work(s, "Build the file: Joint text · Barley Stock")
    });
    let runs = std::fs::read_dir(dir.path().join("data/runs"));
    assert!(runs.is_err() || runs.is_ok_and(|mut r| r.next().is_none()), "nothing is saved");
}

#[test]
fn in_plain_the_file_is_looked_at_when_a_line_was_typed() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = put(dir.path(), CASE);
    let mut child = Command::new(program())
        .env_remove("INTERAGENCY_DATA")
        .arg("--data-dir")
        .arg(dir.path().join("data"))
        .arg("play")
        .arg(&path)
        .args(["--plain", "--watch", "--seed", "3"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut input = child.stdin.take().expect("piped");
    let mut output = child.stdout.take().expect("piped");
    // What is said up to the next prompt.
    let mut said = || {
        let mut all = Vec::new();
        let mut byte = [0];
        while !all.ends_with(b"\n> ") && !all.ends_with(b"\n\n> ") {
            assert_eq!(output.read(&mut byte).expect("read"), 1, "{all:?}");
            all.push(byte[0]);
        }
        String::from_utf8(all).expect("UTF-8").replace('\n', " ")
    };
    let mut say = |line: &str| {
        input.write_all(line.as_bytes()).expect("fed");
        input.flush().expect("fed");
    };
    assert!(said().contains("is watched"));
    say("end\n");
    assert!(said().contains("The order is used, on Russia"));
    say("task fbi_case\n");
    assert!(said().contains("2 of 3 staff"));

    put(dir.path(), &changed("The order is used, on Russia", "The order is signed"));
    say("end\n");
    let all = said();
    for part in ["read anew", "The order is signed", "turn 2 of 5", "Nothing was done"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    put(dir.path(), &broken());
    say("\n");
    let all = said();
    assert!(all.contains(SAID) && all.contains("did you mean `visibility`?"), "{all}");
    assert!(all.contains("Until it is mended, the game is as it was"), "{all}");
    put(dir.path(), CASE);
    say("\n");
    assert!(said().contains("The order is used, on Russia"));
    say("undo\n");
    let all = said();
    assert!(all.contains("FBI"), "the order stood: {all}");
    say("quit\n");
    assert!(said().contains("not saved"));
    say("quit\n");
    drop(input);
    assert!(child.wait().expect("ended").success());

    let mut carried = Command::new(program());
    let carried = carried.args(["play", "first-day", "--watch", "--plain"]).output();
    let carried = carried.expect("it starts");
    assert_eq!(carried.status.code(), Some(2));
    let said = String::from_utf8_lossy(&carried.stderr).into_owned();
    assert!(said.contains("`first-day` is carried in the program"), "{said}");
}
