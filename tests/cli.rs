//! The command line is a contract: names, exit codes and JSON keys.

use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interagency")).env_remove("INTERAGENCY_DATA").args(args).output().expect("the program starts")
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
        let out = run(&["simulate", "cloud-hopper", "--policy", "random", "--games", "6", "--threads", threads, "--format", "json"]);
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

/// What `--help` prints for the program and each of its commands: an option is part of the contract.
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
        String::from_utf8(out.stdout).expect("UTF-8").replace("\r\n", "\n").replace("interagency.exe", "interagency")
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
    let all = commands.iter().fold(format!("$ interagency --help\n{root}"), |all, c| all + &format!("\n$ interagency {c} --help\n{}", help(&[c])));
    insta::assert_snapshot!("help", all);
}
