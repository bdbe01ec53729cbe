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
use interagency::kept::Keeper;
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

/// Whatever is in the way, every page says so, leaving asks first, and once a place works all turns
/// that were ended stand in it.
#[test]
fn a_game_that_is_not_saved_says_so_and_is_saved_by_another_try_or_elsewhere() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = no_place(dir.path());
    let play = ["play", "--plain", "cloud-hopper", "--seed", "3"];
    let out = program(&data, &play, "task\nend\ndesk\nend\nquit\nmenu\nsave\nquit\nquit\nend\n");
    let said = words(&text(&out.stdout));
    assert!(said.matches("This game is not saved.").count() >= 4, "front pages and desks: {said}");
    assert!(said.contains("Leave; the game is not saved"), "{said}");
    assert!(!said.contains("the game is kept"), "{said}");
    assert_eq!(
        said.matches("leaving loses it. The reason: ").count(),
        2,
        "asked each time: {said}"
    );
    assert!(said.contains("The game is still not saved: there is no folder"), "{said}");
    assert!(said.ends_with("This game was not saved."), "the second quit leaves: {said}");

    // Another place: all turns and the orders of the one under way.
    let rescued = dir.path().join("rescued.run");
    let script =
        format!("end\nend\nguide raise_the_price\nsave {}\nend\nquit\n", rescued.display());
    let out = program(&data, &play, &script);
    assert!(words(&text(&out.stdout)).ends_with("What could be kept is kept."), "{out:?}");
    let run = interagency::store::read_path(&rescued).expect("a run");
    assert_eq!((run.turns.len(), run.damage), (3, None));
    let name = rescued.to_str().expect("UTF-8");
    assert_eq!(program(dir.path(), &["replay", name], "").status.code(), Some(0));

    // Another try, once what was in the way is gone.
    let mut child = start(&data, &play);
    let mut input = child.stdin.take().expect("piped");
    let mut output = child.stdout.take().expect("piped");
    input.write_all(b"end\nend\n").expect("fed");
    let mut seen = Vec::new();
    let mut block = [0; 256];
    while !text(&seen).contains("turn 3 of 14") {
        let n = output.read(&mut block).expect("read");
        seen.extend_from_slice(&block[..n]);
    }
    std::fs::remove_file(dir.path().join("file")).expect("removed");
    input.write_all(b"save\nend\nquit\n").expect("fed");
    output.read_to_end(&mut seen).expect("read");
    assert_eq!(child.wait().expect("ended").code(), Some(0));
    assert!(words(&text(&seen)).contains("The game is saved, every turn of it"), "{}", text(&seen));
    assert_eq!(Store::open(Some(data)).read("1").expect("a run").turns.len(), 3);
}

/// A scenario of one's own, by every way of naming it, and what became of its file since.
#[test]
fn runs_of_ones_own_scenario_are_gone_on_with_branched_and_replayed() {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios/tiny.ron");
    let text_of = std::fs::read_to_string(tiny).expect("read");
    let own = |id: &str| text_of.replacen("id: \"tiny\"", &format!("id: \"{id}\""), 1);
    let elsewhere = tempfile::tempdir().expect("a folder");
    let goes_on = |data: &Path, what: &str, more: &[&str]| {
        for args in [
            &["play", "--plain", "--continue"][..],
            &["play", "--plain", "--resume", "1"],
            &["play", "--plain", "--resume", "1", "--at-turn", "1"],
            &["replay", "1"],
        ] {
            let out = program(data, &[args, more].concat(), "");
            assert_eq!(out.status.code(), Some(0), "{what}: {args:?}: {}", text(&out.stderr));
        }
    };
    let by_path = elsewhere.path().join("other name.ron");
    for (named, file, id, by) in [
        ("a path", by_path.clone(), "tiny", by_path.to_str().expect("UTF-8")),
        ("the id of a shipped one", by_path.clone(), "first-day", by_path.to_str().expect("UTF-8")),
        ("a name with a space", "scenarios/my case.ron".into(), "mine", "my case"),
        ("a name with accents", "scenarios/müller.RON".into(), "mine", "müller"),
        ("the id inside", "scenarios/a.ron".into(), "mine", "mine"),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        let file = dir.path().join(file);
        std::fs::create_dir_all(dir.path().join("scenarios")).expect("made");
        std::fs::write(&file, own(id)).expect("written");
        let out = program(dir.path(), &["play", "--plain", by, "--seed", "3"], "end\n");
        assert_eq!(out.status.code(), Some(0), "{named}: {}", text(&out.stderr));
        goes_on(dir.path(), named, &[]);
        // The file was renamed and put among the player's own: found by the id inside.
        let renamed = dir.path().join("scenarios/renamed.ron");
        std::fs::rename(&file, &renamed).expect("renamed");
        goes_on(dir.path(), named, &[]);
        // It is nowhere to be found: said with the way out, and no verdict on the run.
        let away = elsewhere.path().join("away.ron");
        std::fs::rename(&renamed, &away).expect("renamed");
        let out = program(dir.path(), &["replay", "1"], "");
        assert_eq!(out.status.code(), Some(2), "{named}");
        assert!(text(&out.stderr).contains("--scenario FILE"), "{named}: {}", text(&out.stderr));
        goes_on(dir.path(), named, &["--scenario", away.to_str().expect("UTF-8")]);
    }
}

#[test]
fn a_run_on_the_record_takes_no_branches_and_says_so() {
    let dir = tempfile::tempdir().expect("a folder");
    let play = |args: &[&str], script: &str| {
        program(dir.path(), &[&["play", "--plain"], args].concat(), script)
    };
    let fourteen = "end\n".repeat(14);
    let out = play(&["cloud-hopper", "--seed", "3", "--on-the-record"], "desk\nend\nend\n");
    assert!(text(&out.stdout).contains("Desk. Cloud Hopper, on the record, turn 1"), "{out:?}");
    let first = std::fs::read_to_string(dir.path().join("runs/000001-0003.run")).expect("a run");
    assert!(first.lines().next().is_some_and(|l| l.contains("on_the_record:true")), "{first}");
    for run in
        ["1", "000001-0003", dir.path().join("runs/000001-0003.run").to_str().expect("UTF-8")]
    {
        let out = play(&["--resume", run, "--at-turn", "2"], "");
        assert_eq!(out.status.code(), Some(2), "{run}");
        assert!(text(&out.stderr).contains("on the record"), "{}", text(&out.stderr));
    }
    // Going on is no way back, and the flag stays; the debrief and the replay say it.
    let out = play(&["--continue"], &fourteen);
    assert!(words(&text(&out.stdout)).contains("Played on the record"), "{}", text(&out.stdout));
    let replay =
        |more: &[&str]| text(&program(dir.path(), &[&["replay", "1"], more].concat(), "").stdout);
    assert_eq!(replay(&[]), "14 turns replay exactly (on the record)\n");
    assert!(replay(&["--format", "json"]).contains("\"on_the_record\": true"));
    // An ordinary run has nothing of it in its first line.
    play(&["cloud-hopper", "--seed", "4"], "end\n");
    let plain = std::fs::read_to_string(dir.path().join("runs/000002-0004.run")).expect("a run");
    assert!(!plain.contains("record"), "{plain}");
}

#[test]
fn asked_to_keep_nothing_a_run_is_found_and_left_as_it_is() {
    let dir = tempfile::tempdir().expect("a folder");
    program(
        dir.path(),
        &["play", "--plain", "cloud-hopper", "--seed", "3"],
        "end\nguide raise_the_price\n",
    );
    let file = dir.path().join("runs/000001-0003.run");
    let mut bytes = std::fs::read(&file).expect("a run");
    bytes.extend_from_slice(b"Turn(n:2,ord");
    std::fs::write(&file, &bytes).expect("written");
    let name = file.to_str().expect("UTF-8");
    for args in [
        &["--continue"][..],
        &["--resume", "1"],
        &["--resume", name],
        &["--resume", "1", "--at-turn", "1"],
    ] {
        let args = [&["play", "--plain", "--no-save"], args].concat();
        let out = program(dir.path(), &args, "end\nend\n");
        assert_eq!(out.status.code(), Some(0), "{args:?}: {}", text(&out.stderr));
        assert!(text(&out.stdout).contains("This game is not saved."), "{args:?}");
        assert_eq!(std::fs::read(&file).expect("a run"), bytes, "{args:?}");
    }
    let kept = std::fs::read_dir(dir.path().join("runs")).expect("runs").count();
    assert_eq!(kept, 1, "and no branch was kept");
}

/// The newest file may be none: then the game before it is gone on with, and that is said.
#[test]
fn a_newest_file_that_is_no_run_does_not_stop_going_on() {
    let dir = tempfile::tempdir().expect("a folder");
    program(dir.path(), &["play", "--plain", "cloud-hopper", "--seed", "3"], "end\n");
    let newest = dir.path().join("runs/000009-0000.run");
    for bytes in [&b""[..], b"not a run\n", b"Run(format:9)\n", &[0xff; 40]] {
        std::fs::write(&newest, bytes).expect("written");
        let out = program(dir.path(), &["play", "--plain", "--continue"], "");
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        let said = words(&text(&out.stdout));
        assert!(said.contains("turn 2 of 14") && said.contains("Passed over"), "{said}");
    }
    std::fs::remove_file(dir.path().join("runs/000001-0003.run")).expect("removed");
    let out = program(dir.path(), &["play", "--plain", "--continue"], "");
    assert_eq!(out.status.code(), Some(2));
    assert!(text(&out.stderr).contains("none can be read"), "{}", text(&out.stderr));
}

/// What was ordered is put down whichever signal ends a plain game, and the process dies by it.
#[cfg(unix)]
#[test]
fn a_signal_keeps_the_orders_of_a_plain_game() {
    use std::os::unix::process::ExitStatusExt;
    let signals = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT];
    for signal in signals.into_iter().filter(|s| !ignored_here(*s)) {
        let dir = tempfile::tempdir().expect("a folder");
        let mut child = start(dir.path(), &["play", "--plain", "cloud-hopper", "--seed", "3"]);
        let mut input = child.stdin.take().expect("piped");
        let mut output = child.stdout.take().expect("piped");
        input.write_all(b"task fbi_case\n").expect("fed");
        let mut seen = Vec::new();
        let mut block = [0; 256];
        while !text(&seen).contains("Ordered:") || !text(&seen).ends_with("> ") {
            let n = output.read(&mut block).expect("read");
            assert!(n > 0, "{}", text(&seen));
            seen.extend_from_slice(&block[..n]);
            assert!(!text(&seen).contains("Not now"), "{}", text(&seen));
        }
        let sent = Command::new("kill")
            .args([format!("-{signal}"), child.id().to_string()])
            .status()
            .expect("sent");
        assert!(sent.success());
        assert_eq!(child.wait().expect("ended").signal(), Some(signal));
        let run = Store::open(Some(dir.path().to_owned())).read("1").expect("a run");
        assert_eq!((run.turns.len(), run.damage), (0, None));
        assert_eq!(run.draft.map(|d| d.len()), Some(1), "signal {signal}");
    }
}

/// Whether these tests were started with the signal ignored, as a shell does for what runs in its
/// background: what they start ignores it too, as it should.
fn ignored_here(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|l| l.strip_prefix("SigIgn:")).map(str::trim);
    mask.and_then(|m| u64::from_str_radix(m, 16).ok()).is_some_and(|m| m >> (signal - 1) & 1 == 1)
}

/// A draft that was tampered with plays no turns that are not recorded.
#[test]
fn the_end_of_a_turn_hidden_among_orders_is_not_carried_out() {
    let rules = common::cloud_hopper();
    let end = interagency::scenario::named::Named::End;
    let mut game = interagency::game::Game::new(rules, interagency::engine::Start::default());
    assert!(game.give_named(&[end.clone(), end]).is_err());
    assert_eq!(game.turn(), 0);
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
            game.whole().hidden().value[n],
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
