//! The program and its run files: a second instance, no place to keep anything, and what the
//! debrief says of a run.

mod common;
#[cfg(unix)]
mod pty;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use interagency::engine::ledger::{Cause, Origin};
use interagency::prose;
use interagency::saved_game;
use interagency::store::Store;

fn start(data: &Path, args: &[&str]) -> Child {
    let mut c = Command::new(env!("CARGO_BIN_EXE_interagency"));
    c.env_remove("INTERAGENCY_DATA").arg("--data-dir").arg(data).args(args);
    c.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started")
}

fn program(data: &Path, args: &[&str], script: &str) -> Output {
    let mut child = start(data, args);
    // A program that has ended reads no more.
    let _ = child.stdin.take().expect("piped").write_all(script.as_bytes());
    child.wait_with_output().expect("ended")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Lines are broken where the terminal is narrow; words are the same.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_second_instance_on_the_same_run_is_told_so() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut first = start(dir.path(), &["play", "--plain", "cloud-hopper", "--seed", "3"]);
    let mut input = first.stdin.take().expect("piped");
    let mut output = first.stdout.take().expect("piped");
    input.write_all(b"end\n").expect("fed");
    let mut seen = Vec::new();
    let mut block = [0; 256];
    while !text(&seen).contains("turn 2 of 14") {
        let n = output.read(&mut block).expect("read");
        assert!(n > 0, "{}", text(&seen));
        seen.extend_from_slice(&block[..n]);
    }
    for args in [["play", "--plain", "--continue", ""], ["play", "--plain", "--resume", "1"]] {
        let args: Vec<&str> = args.into_iter().filter(|a| !a.is_empty()).collect();
        let second = program(dir.path(), &args, "end\n");
        assert_eq!(second.status.code(), Some(2), "{args:?}");
        assert_eq!(
            text(&second.stderr),
            if args.len() == 3 {
                "interagency: 000001-0003: the game is open in another window\n"
            } else {
                "interagency: 1: the game is open in another window\n"
            }
        );
        assert!(second.stdout.is_empty(), "{}", text(&second.stdout));
    }
    // Reading it is allowed, and so is a branch, which is a run of its own.
    assert_eq!(program(dir.path(), &["replay", "1"], "").status.code(), Some(0));
    assert_eq!(
        program(dir.path(), &["play", "--plain", "--resume", "1", "--at-turn", "1"], "end\n")
            .status
            .code(),
        Some(0)
    );
    drop(input);
    let rest = std::thread::spawn(move || {
        let _ = output.read_to_end(&mut Vec::new());
    });
    assert_eq!(first.wait().expect("ended").code(), Some(0));
    rest.join().expect("read");
    // Closed, it can be played on.
    assert_eq!(
        program(dir.path(), &["play", "--plain", "--resume", "1"], "end\n").status.code(),
        Some(0)
    );
    assert_eq!(Store::open(Some(dir.path().to_owned())).read("1").expect("a run").turns.len(), 2);
}

/// A folder below an ordinary file: nobody, root included, can make it.
fn no_place(dir: &Path) -> std::path::PathBuf {
    let file = dir.join("file");
    std::fs::write(&file, "not a folder").expect("written");
    file.join("data")
}

#[test]
fn without_a_place_to_write_the_game_goes_on_and_says_so_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = program(
        &no_place(dir.path()),
        &["play", "--plain", "cloud-hopper", "--seed", "3"],
        "task\nend\nend\nend\n",
    );
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let said = words(&text(&out.stdout));
    assert!(said.contains("turn 4 of 14"), "it is played: {said}");
    assert_eq!(said.matches("This game is not being saved").count(), 1, "{said}");
    assert_eq!(said.matches("Note:").count(), 1, "{said}");
    let out = program(&no_place(dir.path()), &["play", "--plain", "--continue"], "");
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("there is no run to go on with"), "{}", text(&out.stderr));
}

#[test]
fn asked_to_keep_nothing_it_says_so_once() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = program(
        dir.path(),
        &["play", "--plain", "cloud-hopper", "--seed", "3", "--no-save"],
        "end\nend\nend\nend\nend\n",
    );
    assert_eq!(out.status.code(), Some(0));
    let said = words(&text(&out.stdout));
    assert!(said.contains("turn 6 of 14"), "{said}");
    assert_eq!(said.matches("Note:").count(), 1, "{said}");
    assert!(!dir.path().join("runs").exists(), "and nothing is made");
}

#[cfg(unix)]
#[test]
fn without_a_place_to_write_the_screens_say_so_too() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = no_place(dir.path());
    let data = data.to_str().expect("UTF-8");
    let mut pty = pty::Pty::spawn(
        env!("CARGO_BIN_EXE_interagency"),
        &["--data-dir", data, "play", "cloud-hopper", "--seed", "3"],
        &[],
    );
    pty.until("This game is not being saved");
    pty.type_in(b"\r");
    pty.until_screen("the notice is closed and the game goes on", |s| {
        !s.contents().contains("not being saved")
    });
}

/// The debrief's causes are sums of the ledger, and the ledger's sums are all that changed.
#[test]
fn the_causes_of_an_idle_game_are_sums_of_its_ledger() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = program(
        dir.path(),
        &["play", "--plain", "cloud-hopper", "--seed", "5"],
        &"end\n".repeat(14),
    );
    assert_eq!(out.status.code(), Some(0));
    let said = words(&text(&out.stdout));
    let rules = common::cloud_hopper();
    let decoded = Store::open(Some(dir.path().to_owned())).read("1").expect("a run");
    let game = saved_game::replay(&rules, &decoded).expect("the run replays");
    assert!(game.is_over() && game.past().iter().all(|p| p.orders.is_empty()), "an idle game");

    // Sums by indicator, cause and origin; and by indicator alone.
    let mut sums: Vec<((u8, Cause, Origin), i32)> = Vec::new();
    let mut total: BTreeMap<u8, i32> = BTreeMap::new();
    for e in &game.ledger().entries {
        *total.entry(e.indicator.0).or_default() += e.delta;
        let key = (e.indicator.0, e.cause, e.origin);
        match sums.iter_mut().find(|(k, _)| *k == key) {
            Some((_, sum)) => *sum += e.delta,
            None => sums.push((key, e.delta)),
        }
    }
    for (n, i) in rules.indicators.iter().enumerate().filter(|(_, i)| i.product.is_none()) {
        let changed = total.get(&(n as u8)).copied().unwrap_or(0);
        assert_eq!(
            i.start + changed,
            game.situation().value[n],
            "{}: what the ledger says is what changed",
            i.id
        );
    }
    let causes = prose::debrief(&game).causes;
    assert_eq!(causes.len(), 3, "an idle game has no causes of the player's own: {causes:#?}");
    for row in &causes {
        let fits = sums
            .iter()
            .filter(|((i, _, origin), sum)| {
                *i == row.indicator.0
                    && *sum == row.amount
                    && !matches!(origin, Origin::Decision { .. })
            })
            .count();
        assert!(fits >= 1, "no cause in the ledger sums to {row:?}");
        let mut printed = words(&interagency::plain::spoken(&row.text));
        printed[..1].make_ascii_uppercase();
        assert!(said.contains(&printed), "{printed:?} stands in the debrief: {said}");
    }
}
