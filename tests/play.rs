//! Whole games in plain mode, held against their golden transcripts. `UPDATE_GOLDEN=1` writes
//! them anew.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn run(data: &Path, args: &[&str], script: &str) -> Output {
    let mut c = Command::new(env!("CARGO_BIN_EXE_interagency"));
    let mut child = c
        .arg("--data-dir")
        .arg(data)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut input = child.stdin.take().expect("piped");
    let script = script.to_owned();
    let feeder = std::thread::spawn(move || {
        // A game that is over reads no more.
        let _ = input.write_all(script.as_bytes());
    });
    let out = child.wait_with_output().expect("ended");
    feeder.join().expect("fed");
    out
}

fn text(out: &Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// The play that a script of orders makes of Cloud Hopper, in this world.
fn sanctions(data: &Path, world: &str, script: &str) -> Output {
    run(data, &["play", "cloud-hopper", "--plain", "--seed", "102", "--world", world], script)
}

fn golden_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Line by line the transcript in `tests/golden`; `UPDATE_GOLDEN=1` writes it anew.
fn held_against(name: &str, got: &str) {
    let path = golden_file(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, got).expect("written");
    }
    let want = std::fs::read_to_string(&path).expect("a golden transcript").replace("\r\n", "\n");
    for (n, (w, g)) in want.lines().zip(got.lines()).enumerate() {
        assert_eq!(w, g, "{name}: line {} differs; UPDATE_GOLDEN=1 writes it anew", n + 1);
    }
    assert_eq!(want.lines().count(), got.lines().count(), "{name}: one is longer");
}

/// Sanctions are returned, bargained for and cleared; the world, which nobody sees, is another.
fn sanctions_clear_by_a_promise(world: &str) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    let script = std::fs::read_to_string(golden_file("sanctions-script.txt")).expect("a script");
    let out = sanctions(dir.path(), world, &script);
    assert_eq!(out.status.code(), Some(0));
    let got = text(&out);
    let returned = got.find("Returned: Sanctions").expect("returned first");
    let objection: String = got[returned..].chars().take(400).collect();
    assert!(
        objection.split_whitespace().collect::<Vec<_>>().join(" ").contains("Treasury stopped it"),
        "{objection}"
    );
    assert!(got[returned..].contains("Cleared: Sanctions"), "cleared later");
    // The same luck, the same drafts and venues without the promise: the second meeting says
    // no as well.
    let unpromised: String =
        script.lines().filter(|l| !l.starts_with("promise")).flat_map(|l| [l, "\n"]).collect();
    assert_ne!(unpromised, script);
    let other = tempfile::tempdir().expect("a folder");
    let without = text(&sanctions(other.path(), world, &unpromised));
    assert!(!without.contains("Cleared: Sanctions"), "{world}: it was not the promise");
    replays_whole_and_torn_and_not_changed(dir.path());
    got
}

fn replays_whole_and_torn_and_not_changed(data: &Path) {
    let file = data.join("runs/000001-0066.run");
    let name = file.to_str().expect("UTF-8");
    let bytes = std::fs::read(&file).expect("a run");
    assert_eq!(run(data, &["replay", name], "").status.code(), Some(0));
    std::fs::write(&file, &bytes[..bytes.len() - 2]).expect("written");
    let torn = run(data, &["replay", name], "");
    assert_eq!(torn.status.code(), Some(0));
    assert!(text(&torn).contains("cut off"), "{}", text(&torn));
    let mut changed = bytes;
    let at = changed.windows(7).position(|w| w == b"Turn(n:").expect("a turn") + 7;
    changed[at] = b'9';
    std::fs::write(&file, changed).expect("written");
    let changed = run(data, &["replay", name], "");
    assert_eq!(changed.status.code(), Some(1));
    assert!(text(&changed).contains("line 2 (turn 1) was changed"), "{}", text(&changed));
}

/// The first day as somebody plays it who reads each menu and types a number.
#[test]
fn a_first_day_by_numbers() {
    let dir = tempfile::tempdir().expect("a folder");
    let script = std::fs::read_to_string(golden_file("first-day-script.txt")).expect("a script");
    assert!(script.lines().all(|l| l.parse::<u32>().is_ok()), "numbers only");
    let out = run(dir.path(), &["play", "first-day", "--plain", "--seed", "1"], &script);
    assert_eq!(out.status.code(), Some(0));
    let got = text(&out);
    // Warned, objected to, mended, put to the room, told how it came out.
    let said = got.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "State, annoyed",
        "54 of 100, needs 60",
        "State is the weakest link",
        "Kept, to State",
        "Debrief: First day",
        "The same luck, the other answer",
        "15 May 2018",
    ] {
        assert!(said.contains(words), "{words} is missing:\n{got}");
    }
    held_against("first-day.txt", &got);
}

/// What the debrief says of the world that was true.
fn world_told(transcript: &str) -> &str {
    let from = transcript.find("\nThe world.\n").expect("the page of the world") + 1;
    let to = transcript[from..].find("\nWhat was true").expect("the page after it");
    &transcript[from..from + to]
}

/// One transcript is kept whole. In the other worlds the same orders under the same luck are a
/// transcript that begins with the same pages, word for word, and comes apart where the world has
/// its say: what is hidden shows nowhere before.
#[test]
fn sanctions_in_each_world() {
    let deterrence = sanctions_clear_by_a_promise("w_deterrence");
    held_against("sanctions.txt", &deterrence);
    for (world, name) in
        [("w_structural", "The structural world."), ("w_leverage", "The leverage world.")]
    {
        let other = sanctions_clear_by_a_promise(world);
        let (first, second) = (world_told(&deterrence), world_told(&other));
        assert_ne!(first, second, "{world}: its debrief is its own");
        assert!(second.contains(name), "{second}");
        let front = |text: &str| text.find("turn 2 of 14").map(|end| text[..end].to_owned());
        assert_eq!(front(&other), front(&deterrence), "{world} shows before the first turn ends");
    }
}

#[test]
fn an_idle_game_goes_to_its_end() {
    let dir = tempfile::tempdir().expect("a folder");
    let out =
        run(dir.path(), &["play", "cloud-hopper", "--plain", "--seed", "3"], &"end\n".repeat(20));
    assert_eq!(out.status.code(), Some(0));
    let file = dir.path().join("runs/000001-0003.run");
    let kept = std::fs::read_to_string(&file).expect("a run");
    assert_eq!(kept.lines().filter(|l| l.starts_with("Turn(")).count(), 14);
    assert_eq!(
        run(dir.path(), &["replay", file.to_str().expect("UTF-8")], "").status.code(),
        Some(0)
    );
}

#[test]
fn the_end_of_input_keeps_the_game() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = run(
        dir.path(),
        &["play", "cloud-hopper", "--plain", "--seed", "3"],
        "end\nend\nend\nask justice_notice\n",
    );
    assert_eq!(out.status.code(), Some(0));
    let on = run(dir.path(), &["play", "--continue", "--plain"], "orders\n");
    assert_eq!(on.status.code(), Some(0));
    let on = text(&on);
    assert!(on.contains("turn 4 of 14"), "{on}");
    assert!(on.contains("Ask Justice for notice of unsealings"), "the draft is there again: {on}");
}
