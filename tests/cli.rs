//! The command line is a contract: names, exit codes and JSON keys.

use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interagency"))
        .env_remove("INTERAGENCY_DATA")
        .args(args)
        .output()
        .expect("the program starts")
}

fn json(out: &Output) -> serde_json::Value {
    serde_json::from_slice(&out.stdout).expect("one JSON object on standard output")
}

fn has(value: &serde_json::Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "no key {key} in {value}");
    }
}

#[test]
fn list_as_json() {
    let out = run(&["list", "--format", "json"]);
    assert_eq!(out.status.code(), Some(0));
    has(&json(&out)["scenarios"][0], &["id", "title", "minutes", "turns", "difficulty"]);
}

#[test]
fn check_says_no_with_one_and_wrong_use_with_two() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("bad.ron");
    std::fs::write(&path, "(id: 3, nonsense: true)").expect("written");
    let out = run(&["check", "--format", "json", path.to_str().expect("UTF-8")]);
    assert_eq!(out.status.code(), Some(1));
    let value = json(&out);
    has(&value, &["files", "problems"]);
    has(&value["problems"][0], &["file", "line", "column", "severity", "code", "message", "hint"]);
    assert_eq!(run(&["check", "--format", "json"]).status.code(), Some(0));
    assert_eq!(run(&["check", "--no-such-option"]).status.code(), Some(2));
    assert_eq!(run(&["no-such-command"]).status.code(), Some(2));
}

#[test]
fn simulate_as_json_is_the_same_for_any_thread_count() {
    let with = |threads: &str| {
        let out = run(&[
            "simulate",
            "cloud-hopper",
            "--policy",
            "random",
            "--games",
            "6",
            "--threads",
            threads,
            "--format",
            "json",
        ]);
        assert_eq!(out.status.code(), Some(0));
        json(&out)
    };
    let (one, two) = (with("1"), with("2"));
    has(
        &one,
        &[
            "scenario",
            "policy",
            "games",
            "seed",
            "threads",
            "elapsed_s",
            "games_per_s",
            "turns",
            "decisions",
            "outcome",
            "lenses",
            "endings",
            "indicators",
            "instruments",
            "events",
            "worlds",
            "digest",
        ],
    );
    has(&one["outcome"], &["mean", "p10", "p50", "p90"]);
    assert_eq!(one["digest"], two["digest"]);
}

/// What `simulate` prints of random games, as it was asked for.
fn simulated(scenario: &str, more: &[&str]) -> Output {
    let base = ["simulate", scenario, "--policy", "random"];
    let out = run(&[&base, more].concat());
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    out
}

#[test]
fn what_never_came_stands_there_with_nothing_and_apart() {
    let games = ["--games", "1"];
    let value = json(&simulated(
        "tests/scenarios/example.ron",
        &[&games[..], &["--format", "json"]].concat(),
    ));
    let text = simulated("tests/scenarios/example.ron", &games).stdout;
    let text = String::from_utf8(text).expect("text");
    let (head, _) = text.split_once("\nof a game").expect("what never came stands before it");
    let keys = |v: &serde_json::Value| -> Vec<String> {
        v.as_object().expect("an object").keys().cloned().collect()
    };
    for table in ["endings", "events", "responses", "propositions", "instruments"] {
        let nothing = |id: &String| match table {
            "instruments" => value[table][id]["launched"] == 0,
            _ => value[table][id] == 0,
        };
        let none: Vec<String> = keys(&value[table]).into_iter().filter(nothing).collect();
        let never: Vec<&str> = value["never"][table]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|v| v.as_str())
            .collect();
        assert_eq!(never, none, "{table}");
        assert!(!none.is_empty(), "{table}: nothing to see");
        for id in &none {
            let listed = |text: &str| text.split([' ', ',', '\n']).any(|word| word == id.as_str());
            assert!(listed(head), "{id} of {table} is not set apart:\n{head}");
            let own_row = text.lines().any(|l| {
                let words: Vec<&str> = l.split_whitespace().collect();
                // Of an instrument the last column: that it took effect.
                let at = if table == "instruments" { 6 } else { 1 };
                words.first() == Some(&id.as_str()) && words.get(at) == Some(&"0")
            });
            assert!(own_row, "{id} of {table} has no row with 0:\n{text}");
        }
    }
}

#[test]
fn csv_has_a_row_for_every_figure_of_the_object() {
    let with = |format: &str| simulated("first-day", &["--games", "7", "--format", format]).stdout;
    let (csv, object) = (with("csv"), with("json"));
    let csv = String::from_utf8(csv).expect("text");
    let object: serde_json::Value = serde_json::from_slice(&object).expect("an object");
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("table,id,field,value"));
    // The words of a cause may have commas, and then quotation marks.
    let (said, rows): (Vec<&str>, Vec<&str>) = lines.partition(|l| l.contains(".cause,"));
    let rows: Vec<Vec<&str>> = rows.iter().map(|l| l.split(',').collect()).collect();
    assert!(rows.iter().all(|r| r.len() == 4), "no other cell has a comma:\n{csv}");
    for line in &said {
        let words = line.splitn(4, ',').nth(3).expect("the words");
        let quoted = words.len() > 1 && words.starts_with('"') && words.ends_with('"');
        assert!(quoted || !words.contains([',', '"']), "{line}");
    }
    assert!(!said.is_empty(), "something moved a value:\n{csv}");
    let cell = |key: [&str; 3]| {
        let row = rows.iter().find(|r| r[..3] == key).unwrap_or_else(|| panic!("{key:?}:\n{csv}"));
        row[3].to_owned()
    };
    assert_eq!(cell(["games", "", ""]), "7");
    assert_eq!(cell(["outcome", "", "p50"]), object["outcome"]["p50"].to_string());
    for (table, field) in [("events", "games"), ("endings", "games"), ("lenses", "p90")] {
        for (id, value) in object[table].as_object().expect("a table") {
            let value = if field == "games" { value } else { &value[field] };
            assert_eq!(cell([table, id, field]), value.to_string());
        }
    }
    for (id, turns) in object["events_by_turn"].as_object().expect("a table") {
        assert_eq!(cell(["events_by_turn", id, "3"]), turns[2].to_string());
    }
}

#[test]
fn a_scenario_compared_with_itself_differs_in_nothing_and_a_changed_number_shows() {
    let with = |more: &[&str]| {
        let base = ["--games", "8", "--format", "json", "--compare"];
        json(&simulated("first-day", &[&base[..], more].concat()))
    };
    let same = with(&["first-day"]);
    assert_eq!(same["digest"], same["other_digest"]);
    let all = same["differences"].as_array().expect("a list");
    assert!(all.len() > 50, "{}", all.len());
    for d in all {
        for key in ["difference", "low", "high"] {
            assert_eq!(d[key].as_f64(), Some(0.0), "{d}");
        }
        assert!(d["beyond"] == false && d["here"] == d["there"], "{d}");
    }
    assert_eq!(same["only_here"], serde_json::json!([]));
    let other = with(&["cloud-hopper", "--threads", "2"]);
    assert_ne!(other["digest"], other["other_digest"]);
    let all = other["differences"].as_array().expect("a list");
    let turns = all.iter().find(|d| d["id"] == "turns").expect("a figure");
    assert_eq!((turns["difference"].as_f64(), &turns["beyond"]), (Some(-11.0), &true.into()));
    let only = other["only_there"].as_array().expect("a list");
    assert!(only.contains(&serde_json::json!({ "table": "events", "id": "two_canadians" })));
}

#[test]
fn one_game_is_told_turn_by_turn_in_text_and_as_an_object() {
    let with =
        |more: &[&str]| simulated("first-day", &[&["--explain", "--seed", "4"], more].concat());
    let value = json(&with(&["--format", "json"]));
    let turns = value["turns"].as_array().expect("a list");
    assert_eq!(turns.len(), 3);
    let text = String::from_utf8(with(&[]).stdout).expect("text");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let told = |v: &serde_json::Value| {
        let says = v.as_str().expect("a text").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(&says), "{says}\n{text}");
    };
    for t in turns {
        for list in ["orders", "results", "events", "moved"] {
            t[list].as_array().expect("a list").iter().for_each(told);
        }
        told(&t["response"]);
    }
    assert!(turns.iter().any(|t| t["moved"] != serde_json::json!([])), "{value}");
    assert_eq!(text, String::from_utf8(with(&[]).stdout).expect("text"));
}

#[test]
fn what_simulate_or_another_command_cannot_do_is_refused() {
    let base = ["simulate", "first-day", "--policy", "idle"];
    for (more, why) in [
        (&["--explain", "--format", "csv"][..], "csv"),
        (&["--explain", "--games", "3"], "--games"),
        (&["--explain", "--compare", "first-day"], "--compare"),
        (&["--compare", "first-day", "--games", "1"], "two games"),
        (&["--compare", "no-such"], "no-such"),
    ] {
        let out = run(&[&base, more].concat());
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && said.contains(why), "{more:?}: {said}");
        assert!(out.stdout.is_empty(), "{more:?}");
    }
    for args in [&["list"][..], &["check"], &["doctor"], &["ids"], &[]] {
        let out = run(&[args, &["--format", "csv"]].concat());
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(2) && said.contains("csv"), "{args:?}: {said}");
    }
}

#[test]
fn what_is_unknown_is_named() {
    let out = run(&["simulate", "cloud-hopper", "--policy", "no-such"]);
    assert_eq!(out.status.code(), Some(2));
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("no-such") && said.contains("idle"), "{said}");
    let out = run(&["help", "no-such-topic"]);
    assert_eq!(out.status.code(), Some(2));
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("no-such-topic"), "{said}");
}

/// `doctor` with nothing of this machine in it but what is given.
fn doctor(data: &std::path::Path, environment: &[(&str, &str)], args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_interagency"));
    for name in ["LC_ALL", "LC_CTYPE", "LANG", "TERM", "COLORTERM", "NO_COLOR", "INTERAGENCY_DATA"]
    {
        command.env_remove(name);
    }
    let input = std::process::Stdio::null();
    command
        .envs(environment.iter().copied())
        .arg("doctor")
        .arg("--data-dir")
        .arg(data)
        .args(args)
        .stdin(input)
        .output()
        .expect("the program starts")
}

fn checks(out: &Output) -> std::collections::BTreeMap<String, (String, String, String)> {
    let value = json(out);
    has(&value, &["ok", "terminal", "data", "checks"]);
    has(
        &value["terminal"],
        &["term", "input", "output", "screens", "columns", "rows", "colours", "no_color", "utf8"],
    );
    let text = |v: &serde_json::Value| v.as_str().expect("a text").to_owned();
    let one = |c: &serde_json::Value| {
        (text(&c["name"]), (text(&c["state"]), text(&c["says"]), text(&c["do"])))
    };
    value["checks"].as_array().expect("a list").iter().map(one).collect()
}

#[test]
fn doctor_says_what_works_and_what_to_do_about_the_rest() {
    let dir = tempfile::tempdir().expect("a folder");
    let well = [("LANG", "C.UTF-8"), ("TERM", "xterm-256color")];
    let out = doctor(dir.path(), &well, &["--format", "json"]);
    assert_eq!(out.status.code(), Some(0));
    let all = checks(&out);
    assert_eq!(all["locale"].0, "fine");
    assert_eq!(
        all["colours"],
        (
            "fine".into(),
            "256 colours; the usual theme uses the terminal's own sixteen".into(),
            String::new()
        )
    );
    assert!(
        all["data"].0 == "fine" && all["data"].1.contains(dir.path().to_str().expect("UTF-8")),
        "{all:?}"
    );
    assert_eq!(all["runs"].1, "no games yet");
    // Through pipes there are no screens; that is a note and no problem.
    assert_eq!(all["terminal"].0, "note");
    let poor = doctor(
        dir.path(),
        &[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8"), ("TERM", "dumb"), ("NO_COLOR", "1")],
        &["--format", "json"],
    );
    assert_eq!(poor.status.code(), Some(0));
    let all = checks(&poor);
    for name in ["locale", "colours", "terminal"] {
        assert!(all[name].0 == "note" && !all[name].2.is_empty(), "{name}: {:?}", all[name]);
    }
    assert!(all["locale"].1.starts_with("LC_ALL=C, "), "{all:?}");
    let words = String::from_utf8(doctor(dir.path(), &well, &[]).stdout).expect("text");
    assert!(
        words.contains("ok data ") && words.ends_with("what has a - could be better.\n"),
        "{words}"
    );
    // Twice the same, and nothing left behind.
    assert_eq!(String::from_utf8(doctor(dir.path(), &well, &[]).stdout).expect("text"), words);
    assert_eq!(std::fs::read_dir(dir.path().join("runs")).expect("made").count(), 0);
}

#[test]
fn doctor_names_damaged_games_and_a_folder_that_cannot_be_written_to_and_says_no() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut play = Command::new(env!("CARGO_BIN_EXE_interagency"))
        .args(["play", "cloud-hopper", "--plain", "--seed", "1", "--data-dir"])
        .arg(dir.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    std::io::Write::write_all(&mut play.stdin.take().expect("piped"), b"end\nend\n").expect("fed");
    assert!(play.wait().expect("ended").success());
    let runs = dir.path().join("runs");
    let all = checks(&doctor(dir.path(), &[], &["--format", "json"]));
    assert_eq!(all["runs"].1, "1 game, none damaged");
    let path = std::fs::read_dir(&runs).expect("runs").flatten().next().expect("one").path();
    let name = path.file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
    let text = std::fs::read_to_string(&path)
        .expect("read")
        .replacen("Turn(n: 1", "Turn(n: 3", 1)
        .replacen("Turn(n:1", "Turn(n:3", 1);
    std::fs::write(&path, text).expect("written");
    let out = doctor(dir.path(), &[], &["--format", "json"]);
    assert_eq!(out.status.code(), Some(1));
    let all = checks(&out);
    assert!(
        all["runs"].0 == "problem" && all["runs"].1.contains(&name) && !all["runs"].2.is_empty(),
        "{all:?}"
    );
    let short =
        String::from_utf8(doctor(dir.path(), &[], &["--format", "short"]).stdout).expect("text");
    assert!(short.lines().any(|l| l.starts_with("runs: problem: 1 game, 1 damaged: ")), "{short}");
    // A file where the folder should be.
    let out = doctor(&path, &[], &["--format", "json"]);
    assert_eq!(out.status.code(), Some(1));
    assert_eq!(checks(&out)["data"].0, "problem");
}

/// Things that are no runs and are called like one: looked at without waiting, and not called
/// damaged.
#[cfg(unix)]
#[test]
fn doctor_does_not_wait_for_what_is_no_file_and_calls_it_what_it_is() {
    let dir = tempfile::tempdir().expect("a folder");
    let runs = dir.path().join("runs");
    std::fs::create_dir(&runs).expect("made");
    let pipe = runs.join("000001-0000.run");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("made").success());
    std::os::unix::fs::symlink(&pipe, runs.join("000002-0000.run")).expect("linked");
    std::fs::write(runs.join("000003-0000.run"), "Run(format:9)\n").expect("written");
    let all = checks(&doctor(dir.path(), &[], &["--format", "json"]));
    let (state, says, _) = &all["runs"];
    assert!(state == "problem" && says.contains("3 that cannot be read"), "{says}");
    assert!(!says.contains("damaged"), "{says}");
}

/// What was typed, and what files are called, is printed harmless.
#[test]
fn no_name_or_argument_reaches_the_terminal_raw() {
    let dir = tempfile::tempdir().expect("a folder");
    let bad = "b\u{1b}[31m\u{9b}2J\u{202e}\nno problems\n.ron";
    let path = dir.path().join(bad);
    let path = path.to_str().expect("UTF-8");
    std::fs::write(path, "(").expect("written");
    let option = format!("--{bad}");
    for args in [
        &["check", path][..],
        &["check", path, "--format", "short"],
        &["play", path],
        &["replay", path],
        &["simulate", path, "--policy", bad],
        &["simulate", "first-day", "--policy", bad],
        &["help", bad],
        &["play", &option],
        &[bad],
        &["list", "--format", bad],
    ] {
        let out = run(args);
        for bytes in [&out.stdout, &out.stderr] {
            let said = String::from_utf8_lossy(bytes);
            let raw = said.chars().any(|c| c != '\n' && c.is_control() || c == '\u{202e}');
            assert!(!raw, "{args:?}: {said:?}");
            assert!(!said.lines().any(|l| l == "no problems"), "{args:?}: {said:?}");
        }
    }
}

/// 1 is an answer, "no"; whatever is not there or does not fit the command line is 2.
#[test]
fn what_is_not_there_or_does_not_fit_is_wrong_use() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().to_str().expect("UTF-8");
    let broken = dir.path().join("broken.ron");
    std::fs::write(&broken, "Scenario(").expect("written");
    let broken = broken.to_str().expect("UTF-8");
    let idle = ["--policy", "idle", "--games", "1"];
    for (args, code) in [
        (&["play", "nosuch"][..], 2),
        (&["play", "nosuch.ron"], 2),
        (&["play", "first-day", "--assume", "nope=1"], 2),
        (&["play", "first-day", "--world", "nope"], 2),
        (&["play", broken], 1),
        (&["simulate", "nosuch", idle[0], idle[1]], 2),
        (&["simulate", "nosuch.ron", idle[0], idle[1]], 2),
        (&["simulate", "first-day", idle[0], idle[1], "--assume", "nope=1"], 2),
        (&["simulate", broken, idle[0], idle[1]], 1),
        (&["replay", "nosuch"], 2),
        (&["replay", broken], 1),
        // What belongs to a new game is not dropped where there is none.
        (&["play", "--continue", "--seed", "3"], 2),
        (&["play", "--resume", "1", "--world", "nope"], 2),
        (&["play", "--resume", "1", "--assume", "bite=1"], 2),
        (&["play", "--continue", "--guidance", "nope"], 2),
        (&["play", "--continue", "--on-the-record"], 2),
        (&["play", "--seed", "3"], 2),
        (&["play", "--scenario", "x.ron"], 2),
    ] {
        let out = run(&[args, &["--data-dir", data]].concat());
        assert_eq!(out.status.code(), Some(code), "{args:?}");
        assert!(out.stdout.is_empty() != out.stderr.is_empty(), "{args:?} says why");
    }
}

#[test]
fn a_variable_that_is_set_and_empty_is_as_good_as_none() {
    for args in [&["list"][..], &["check"], &["help"], &["doctor", "--data-dir", "."]] {
        let out = Command::new(env!("CARGO_BIN_EXE_interagency"))
            .env("INTERAGENCY_DATA", "")
            .env("HOME", env!("CARGO_TARGET_TMPDIR"))
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .args(args)
            .output()
            .expect("the program starts");
        assert_eq!(
            out.status.code(),
            Some(0),
            "{args:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
    }
}

/// One object and nothing else, whatever the command.
#[test]
fn output_as_json_holds_no_prose() {
    for args in [&[][..], &["play"], &["list"], &["check"]] {
        json(&run(
            &[args, &["--format", "json", "--data-dir", env!("CARGO_TARGET_TMPDIR")]].concat()
        ));
    }
}

/// The player's own scenarios stand in the list; one that has a shipped one's name says so.
#[test]
fn scenarios_of_ones_own_are_listed_and_a_name_that_is_taken_is_said() {
    let dir = tempfile::tempdir().expect("a folder");
    let own = dir.path().join("scenarios");
    std::fs::create_dir(&own).expect("made");
    let tiny = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/tiny.ron");
    for name in ["my case.RON", "first-day.ron"] {
        std::fs::copy(tiny, own.join(name)).expect("copied");
    }
    std::fs::write(own.join("broken.ron"), "(").expect("written");
    let data = dir.path().to_str().expect("UTF-8");
    let said = |args: &[&str]| {
        let out = run(&[args, &["--data-dir", data]].concat());
        String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned()
    };
    let list = said(&["list"]);
    for words in ["my case.RON", "! `first-day` is a scenario carried", "! does not load"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    let rows = json(&run(&["list", "--format", "json", "--data-dir", data]))["scenarios"].clone();
    let taken = |r: &serde_json::Value| r["name_taken"] == true;
    assert_eq!(rows.as_array().expect("rows").iter().filter(|r| taken(r)).count(), 1, "{rows}");
    let path = own.join("first-day.ron");
    let check = said(&["check", path.to_str().expect("UTF-8")]);
    assert!(check.contains("warning[name-taken]"), "{check}");
    assert!(!said(&["check"]).contains("name-taken"), "what ships has its own names");
    assert!(said(&["play", "nosuch"]).contains("my case"), "a hint knows them too");
}

#[test]
fn compare_sets_two_games_side_by_side() {
    let dir = tempfile::tempdir().expect("a folder");
    let data = dir.path().to_str().expect("UTF-8");
    let store = interagency::store::Store::open(Some(dir.path().to_owned()));
    let rules = std::sync::Arc::new(
        interagency::scenario::load::embedded("cloud-hopper", &[]).expect("it loads"),
    );
    let start = |seed| interagency::engine::Start { seed, ..interagency::engine::Start::default() };
    let begin = |seed| {
        let rules = std::sync::Arc::clone(&rules);
        interagency::saved_game::SavedGame::begin(
            &store,
            rules,
            start(seed),
            &std::collections::BTreeMap::default(),
        )
    };
    let names: Vec<String> = [7, 8]
        .map(|seed| {
            let mut game = begin(seed);
            while interagency::play::Host::end(&mut game).is_ok() {}
            game.name().to_owned()
        })
        .to_vec();
    let compare = |a: &str, b: &str, more: &[&str]| {
        run(&[&["compare", a, b, "--data-dir", data], more].concat())
    };
    let out = compare(&names[0], &names[1], &["--format", "json"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let value = json(&out);
    has(&value, &["scenario", "draw", "premise", "sides", "lenses", "values", "alike", "turns"]);
    has(&value["sides"][0], &["run", "ending", "guidance", "standing"]);
    // Nothing was ordered in either: each is its own lower mark, and never without it.
    for side in value["sides"].as_array().expect("two") {
        assert_eq!(side["standing"]["outcome"], side["standing"]["marks"][0]["outcome"]);
        assert_eq!(side["standing"]["marks"].as_array().map(Vec::len), Some(2));
    }
    let text = String::from_utf8(compare(&names[0], &names[1], &[]).stdout).expect("UTF-8");
    for words in [
        "Two games of Cloud Hopper.",
        "Not the same draw: truths and luck were drawn apart.",
        &format!("B: run {}.", names[1]),
        "In every turn both ordered the same.",
        "By this scenario's assumptions",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let open = begin(9).name().to_owned();
    let out = compare(&names[0], &open, &[]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("is not over"));
    assert_eq!(compare(&names[0], "nosuch", &[]).status.code(), Some(2));
}

#[test]
fn doctor_stands_in_the_help() {
    let help = String::from_utf8(run(&["--help"]).stdout).expect("text");
    assert!(help.contains("doctor"), "{help}");
    assert_eq!(run(&["help", "doctor"]).status.code(), Some(0));
}

/// What `--help` prints for the program and each of its commands: an option is part of the
/// contract.
#[test]
fn help_of_every_command() {
    let help = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_interagency"))
            .env_remove("INTERAGENCY_DATA")
            .env_remove("COLUMNS")
            .args(args)
            .arg("--help")
            .output()
            .expect("the program starts");
        assert_eq!(out.status.code(), Some(0), "{args:?}");
        assert!(out.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout)
            .expect("UTF-8")
            .replace("\r\n", "\n")
            .replace("interagency.exe", "interagency")
    };
    let root = help(&[]);
    let commands: Vec<String> = root
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| l.starts_with("  "))
        .filter(|l| !l.starts_with("   "))
        .filter_map(|l| l.split_whitespace().next().map(str::to_owned))
        .collect();
    assert!(commands.len() >= 6, "commands were read from the help: {root}");
    let all = commands.iter().fold(format!("$ interagency --help\n{root}"), |all, c| {
        all + &format!("\n$ interagency {c} --help\n{}", help(&[c]))
    });
    insta::assert_snapshot!("help", all);
}

/// A claim that holds, the same claim turned about, and one of a script that is never carried out.
#[test]
fn experiment_says_what_holds_what_fails_and_what_was_never_carried_out() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = std::fs::read_to_string("scenarios/first-day.ron").expect("the shipped file");
    let ours = |name: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let path = dir.path().join(name);
        std::fs::write(&path, text.replace(from, to)).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let with = |path: &str| {
        run(&["experiment", path, "--games", "5", "--threads", "2", "--format", "json"])
    };
    let holds = with("first-day");
    assert_eq!(holds.status.code(), Some(0));
    let one = &json(&holds)["experiments"][0];
    has(one, &["id", "claim", "watch", "turn", "margin", "worlds", "refused_throughout"]);
    has(&one["worlds"][0], &["world", "change", "low", "high", "expected", "verdict"]);
    assert_eq!(one["worlds"].as_array().map(Vec::len), Some(3));
    assert_eq!(one["worlds"][0]["verdict"], "holds");

    let fails = with(&ours("turned.ron", "\"w_deterrence\": Higher", "\"w_deterrence\": Lower"));
    assert_eq!(fails.status.code(), Some(1));
    assert_eq!(json(&fails)["experiments"][0]["worlds"][0]["verdict"], "fails");

    let never = ours(
        "never.ron",
        "policy: [(on: \"2017-04-03\", order: Answer(event: \"warn_whom\", choice: \"warn\"))]",
        "policy: [(on: \"2017-04-03\", order: Withdraw(instrument: \"SANC\", target: \"firm_a\"))]",
    );
    let out = json(&with(&never));
    let refused = &out["experiments"][0]["refused_throughout"]["policy"][0];
    assert_eq!(refused["step"], 1);
    assert!(refused["why"].as_str().is_some_and(|w| w.len() > 10), "{refused}");

    assert_eq!(run(&["experiment", "first-day", "no_such"]).status.code(), Some(2));
}
