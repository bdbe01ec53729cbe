//! A killed game loses no turn whose result was shown.
#![cfg(unix)]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use interagency::record;

fn play(data: &Path, args: &[&str]) -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_interagency"));
    c.args(["play", "--plain", "--data-dir"]).arg(data).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    c
}

fn the_run(data: &Path) -> Option<PathBuf> {
    let mut all: Vec<PathBuf> =
        std::fs::read_dir(data.join("runs")).ok()?.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "run")).collect();
    all.sort();
    all.into_iter().next()
}

fn turns_in(path: &Path) -> usize {
    std::fs::read_to_string(path).map_or(0, |t| t.lines().filter(|l| l.starts_with("Turn(")).count())
}

/// Kills after so many bytes of output, or as soon as the file holds so many turns; then holds the file against
/// what had been printed.
fn one(seed: u64, bytes: usize, turns: Option<usize>) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut child = play(dir.path(), &["cloud-hopper", "--seed", &seed.to_string()]).spawn().expect("started");
    let mut input = child.stdin.take().expect("piped");
    let mut output = child.stdout.take().expect("piped");
    input.write_all("task\nend\n".repeat(13).as_bytes()).expect("fed");
    let reader = if let Some(turns) = turns {
        // Somebody must read, or the full pipe stops the game first.
        let mut output = output;
        let reader = std::thread::spawn(move || {
            let mut all = Vec::new();
            output.read_to_end(&mut all).expect("read");
            all
        });
        while the_run(dir.path()).is_none_or(|p| turns_in(&p) < turns) {
            if child.try_wait().expect("asked").is_some() {
                break;
            }
        }
        reader
    } else {
        let mut seen = Vec::new();
        let mut block = [0; 256];
        while seen.len() < bytes {
            let n = output.read(&mut block).expect("read");
            if n == 0 {
                break;
            }
            seen.extend_from_slice(&block[..n]);
        }
        child.kill().expect("killed");
        std::thread::spawn(move || {
            let mut all = seen;
            // What was in the pipe had been printed.
            output.read_to_end(&mut all).expect("read");
            all
        })
    };
    child.kill().expect("killed");
    child.wait().expect("gone");
    let seen = reader.join().expect("read");
    drop(input);
    let text = String::from_utf8_lossy(&seen).into_owned();
    let shown = (2..=14).filter(|n| text.contains(&format!("turn {n} of 14"))).max().map_or(0, |n| n - 1);
    let path = the_run(dir.path()).expect("a run file");
    let decoded = record::decode(&std::fs::read(&path).expect("read"));
    assert!(decoded.damage.is_none(), "seed {seed}: {:?}", decoded.damage);
    assert!(decoded.turns.len() >= shown, "seed {seed}: {shown} turns shown, {} kept", decoded.turns.len());
    let mut next = play(dir.path(), &["--continue"]).spawn().expect("started");
    drop(next.stdin.take());
    let mut out = String::new();
    next.stdout.take().expect("piped").read_to_string(&mut out).expect("read");
    assert_eq!(next.wait().expect("ended").code(), Some(0), "seed {seed}");
    assert!(out.contains(&format!("turn {} of 14", decoded.turns.len() + 1)), "seed {seed}: {out}");
}

#[test]
fn killed_at_any_byte_of_output() {
    for n in 0..8_u64 {
        one(n + 1, 500 + (n * 2477 % 17_000) as usize, None);
    }
}

#[test]
fn killed_between_the_record_and_its_result() {
    for n in 0..6_usize {
        one(n as u64 + 20, 0, Some(n * 2 + 1));
    }
}

#[test]
#[ignore = "two hundred kills: `just kills`"]
fn killed_two_hundred_times() {
    for n in 0..100_u64 {
        one(n, 300 + (n * 2477 % 20_000) as usize, None);
        one(n + 1000, 0, Some((n % 12) as usize + 1));
    }
    println!("200 kills, 100 of them as soon as the turn was written: nothing shown was lost");
}
