//! How long `check` takes and how much memory: the shipped scenario, and files up to 1 MiB made to
//! be hard on it.
//!
//! Spawns the program next to this example (`just check-speed` builds it) and prints the time on
//! the clock and on the processor (best of three) and the kernel's peak of resident memory (most of
//! three). Goals: 50 ms for the shipped scenario, 200 ms and 64 MB for any file. They are judged by
//! the processor's time, since the program has one thread and the clock of a busy machine tells of
//! its other work. Panics if a goal is missed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use interagency::luck::mix;
use interagency::scenario::load::SCENARIOS;

/// The largest file that is read.
const MOST: usize = 1 << 20;
const EXAMPLE: &str = include_str!("../tests/scenarios/example.ron");

/// Time in seconds on the clock and on the processor, peak memory in bytes, exit code.
struct Cost {
    seconds: f64,
    busy: f64,
    peak: u64,
    code: i32,
}

#[cfg(unix)]
#[expect(unsafe_code, reason = "the standard library waits without asking what the process used")]
#[expect(clippy::zombie_processes, reason = "it is waited for by its number")]
fn run(program: &Path, arguments: &[&str]) -> Cost {
    let began = Instant::now();
    let child = Command::new(program)
        .arg("check")
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let pid = libc::pid_t::try_from(child.id()).expect("a process id");
    let mut status = 0;
    // SAFETY: both are written by the call and are plain numbers; zero is a value of them.
    let used = unsafe {
        let mut used: libc::rusage = std::mem::zeroed();
        assert_eq!(libc::wait4(pid, &raw mut status, 0, &raw mut used), pid);
        used
    };
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    let code =
        if libc::WIFEXITED(status) { libc::WEXITSTATUS(status) } else { -libc::WTERMSIG(status) };
    let seconds = began.elapsed().as_secs_f64();
    let busy = [used.ru_utime, used.ru_stime]
        .iter()
        .map(|t| t.tv_sec as f64 + t.tv_usec as f64 / 1e6)
        .sum();
    Cost { seconds, busy, peak: u64::try_from(used.ru_maxrss).unwrap_or(0) * unit, code }
}

/// Where the kernel is not asked, only the time is measured.
#[cfg(not(unix))]
fn run(program: &Path, arguments: &[&str]) -> Cost {
    let began = Instant::now();
    let status = Command::new(program)
        .arg("check")
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("started");
    let seconds = began.elapsed().as_secs_f64();
    Cost { seconds, busy: seconds, peak: 0, code: status.code().unwrap_or(-1) }
}

/// Measured by a process of its own that is small: a child begins with its parent's peak.
fn measured(program: &Path, arguments: &[&str]) -> Cost {
    let own = std::env::current_exe().expect("an example knows its own path");
    let out =
        Command::new(own).arg("--run").arg(program).args(arguments).output().expect("started");
    let text = String::from_utf8(out.stdout).expect("four numbers");
    let mut parts = text.split_whitespace();
    let mut next = || parts.next().expect("four numbers").to_owned();
    let (seconds, busy) = (next().parse().expect("seconds"), next().parse().expect("seconds"));
    Cost {
        seconds,
        busy,
        peak: next().parse().expect("bytes"),
        code: next().parse().expect("a code"),
    }
}

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let [run_one, program, rest @ ..] = asked.as_slice()
        && run_one == "--run"
    {
        let cost = run(Path::new(program), &rest.iter().map(String::as_str).collect::<Vec<_>>());
        println!("{} {} {} {}", cost.seconds, cost.busy, cost.peak, cost.code);
        return;
    }
    let here = std::env::current_exe().expect("an example knows its own path");
    let program: PathBuf = here
        .parent()
        .and_then(Path::parent)
        .expect("it lies in examples")
        .join(format!("interagency{}", std::env::consts::EXE_SUFFIX));
    assert!(program.exists(), "{} is not built", program.display());
    let dir = tempfile::tempdir().expect("a folder");
    let mut missed = Vec::new();
    let mut measure = |name: &str, arguments: &[&str], goal: f64| {
        let all: Vec<Cost> = (0..3).map(|_| measured(&program, arguments)).collect();
        let best = |time: fn(&Cost) -> f64| all.iter().map(time).fold(f64::MAX, f64::min) * 1000.0;
        let (ms, busy) = (best(|c| c.seconds), best(|c| c.busy));
        let mb = all.iter().map(|c| c.peak).max().unwrap_or(0) as f64 / 1e6;
        let code = all[0].code;
        let fine = busy <= goal && mb <= 64.0 && (0..=1).contains(&code);
        println!(
            "{name:<46} {ms:7.1} ms on the clock {busy:7.1} ms busy {mb:6.1} MB  exit {code}  {}",
            if fine { "" } else { "MISSED" }
        );
        if !fine {
            missed.push(name.to_owned());
        }
    };
    measure("the shipped scenarios", &[], 50.0);
    for (name, bytes) in cases() {
        assert!(bytes.len() <= MOST, "{name}: {} bytes", bytes.len());
        let path = dir.path().join("case.ron");
        std::fs::write(&path, &bytes).expect("written");
        drop(bytes);
        measure(name, &[path.to_str().expect("UTF-8")], 200.0);
    }
    assert!(missed.is_empty(), "goals missed: {missed:?}");
}

/// As much of `n`, `n + 1`, … as fits between the two.
fn filled(before: &str, after: &str, entry: impl Fn(usize, &mut String)) -> Vec<u8> {
    let mut text = before.to_owned();
    for n in 0.. {
        let end = text.len();
        entry(n, &mut text);
        if text.len() + after.len() > MOST {
            text.truncate(end);
            break;
        }
    }
    text += after;
    text.into_bytes()
}

/// The example scenario with more in front of one of its tables.
fn example_with(table: &str, entry: impl Fn(usize, &mut String)) -> Vec<u8> {
    let at = EXAMPLE.find(table).expect("the table") + table.len();
    filled(&EXAMPLE[..at], &EXAMPLE[at..], entry)
}

fn many(n: usize, entry: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |all, n| all + &entry(n))
}

fn cases() -> Vec<(&'static str, Vec<u8>)> {
    let shipped = SCENARIOS[0].1;
    let words = |letters: usize| "Six words of no great weight. ".repeat(letters / 30);
    // Everything a scenario may have of the longest texts, and nothing wrong.
    let long = words(7900);
    let codex = many(110, |n| {
        format!("\"entry_{n}\": (title: \"Entry {n}\", says: \"{long}\", sources: [\"S1\"]),\n")
    });
    let event = words(400);
    let events = many(150, |n| {
        format!(
            "\"further_{n}\": (kind: News, title: \"Further {n}\", when: [Any([AtLeast(\"talks\", \
             {}), Not(Fired(\"russia_listed\"))]), Not(Flag(\"case_lent\"))], chance: 5, text: \
             Simulated(by: \"odni\", follows: \"S13\", says: \"{event}\"), moves: {{ \"talks\": \
             0.1 }}),\n",
            1 + n % 90
        )
    });
    let valid = EXAMPLE.replacen(
        "  events: {\n",
        &format!("  rules: ( codex: {{ {codex} }} ),\n  events: {{\n{events}"),
        1,
    );
    let mut comments = shipped.to_owned();
    while comments.len() + 40 < MOST {
        comments += "// a comment of forty letters, no more\n";
    }
    let mut all = vec![
        ("valid: long codex, 150 events more", valid.into_bytes()),
        ("valid: the shipped one, then comments", comments.into_bytes()),
        (
            "valid: as many tests as may be",
            example_with("  tests: {\n", |n, t| {
                if n < 255 - 2 {
                    _ = writeln!(
                        t,
                        "\"t{n}\": (says: \"x\", holds: [(on: \"2018-05-13\", when: \
                         [AtLeast(\"talks\", 1)])]),"
                    );
                } else {
                    t.push_str("// nothing more\n");
                }
            }),
        ),
        (
            "valid: 1,900 orders in a test",
            example_with("      orders: [", |n, t| {
                t.push_str(if n >= 1900 {
                    "\n"
                } else {
                    "(on: \"2018-04-02\", order: Task(task: \"fbi_case\", on: \"seeds\")),\n"
                });
            }),
        ),
        (
            "mistakes: a wrong field in every event",
            example_with("  events: {\n", |n, t| {
                _ = writeln!(t, "\"e{n}\": (kind: News, title: \"T\", txt: 3, nonsense: [1]),");
            }),
        ),
        (
            "mistakes: unknown ids in every event",
            example_with("  events: {\n", |n, t| {
                _ = writeln!(
                    t,
                    "\"e{n}\": (kind: News, title: \"T\", text: Simulated(by: \"od{n}i\", follows: \
                     \"S99{n}\", says: \"x\"), moves: {{ \"tolks{n}\": 1, \"pressur{n}\": 2 }}),"
                );
            }),
        ),
        (
            "mistakes: unknown ids in 150 events",
            example_with("  events: {\n", |n, t| {
                if n < 150 {
                    let moves = many(38, |m| format!("\"tolks_{n}_{m}\": 1, "));
                    let when = many(120, |m| format!("Fired(\"findings_publishd_{m}\"), "));
                    _ = writeln!(
                        t,
                        "\"e{n}\": (kind: News, title: \"T\", when: [{when}], text: Simulated(by: \
                         \"odn\", follows: \"S99\", says: \"x\"), moves: {{ {moves} }}),"
                    );
                } else {
                    t.push_str("// nothing more\n");
                }
            }),
        ),
        (
            "mistakes: an amount that is a text, everywhere",
            example_with("  starts: {", |n, t| _ = write!(t, "\"talks{n}\": \"no{n}\", ")),
        ),
        (
            "mistakes: one id 40,000 times",
            example_with("  starts: {", |_, t| t.push_str("\"talks\": 45, ")),
        ),
        (
            "mistakes: a colon missing in every event",
            example_with("  events: {\n", |n, t| {
                _ = writeln!(t, "\"e{n}\": (kind News, title: \"T\", on: \"2018-03-22\"),");
            }),
        ),
        (
            "mistakes: brackets that do not match",
            example_with("  events: {\n", |n, t| {
                _ = writeln!(t, "\"e{n}\": (kind: News, title: \"T\", also: [(}}),");
            }),
        ),
        ("tiny: flags", example_with("  flags: [", |n, t| _ = write!(t, "\"f{n}\","))),
        ("tiny: empty events", example_with("  events: {\n", |n, t| _ = write!(t, "\"e{n}\":(),"))),
        (
            "tiny: empty records of the rulebook",
            example_with("  difficulty: Learning,\n  ", |n, t| {
                t.push_str(if n == 0 {
                    "rules:(sources:{},tuning:{\"x\":1},scale:{\"x\":1}),"
                } else {
                    "rules:(),"
                });
            }),
        ),
        (
            "tiny: conditions",
            example_with("      when: [Not(Flag(\"case_lent\")), ", |_, t| {
                t.push_str("Not(Flag(\"case_lent\")),");
            }),
        ),
        (
            "tiny: unknown fields",
            example_with("  difficulty: Learning,\n  ", |n, t| _ = write!(t, "f{n}:1,")),
        ),
        ("tiny: numbers", filled("Scenario(authors:[", "])", |_, t| t.push_str("1,"))),
        ("tiny: commas", filled("Scenario(", ")", |_, t| t.push(','))),
        ("tiny: new lines", filled("", "", |_, t| t.push('\n'))),
        ("tiny: quotation marks", filled("", "", |_, t| t.push('"'))),
        ("tiny: mistakes, one a line", filled("", "", |_, t| t.push_str("a b\n"))),
    ];
    for (name, open) in [
        ("[", "["),
        ("(", "("),
        ("{", "{"),
        ("a:(", "a:("),
        ("All([", "All(["),
        ("Some(", "Some("),
        ("/*", "/*"),
        ("r#", "r#"),
    ] {
        let name = match name {
            "[" => "deep: [",
            "(" => "deep: (",
            "{" => "deep: {",
            "a:(" => "deep: a:(",
            "All([" => "deep: All([ from the start",
            "Some(" => "deep: Some(",
            "/*" => "deep: comments",
            _ => "deep: r#",
        };
        all.push((name, filled("", "", |_, t| t.push_str(open))));
    }
    all.push(("deep: All([ in a condition, closed", {
        let at = EXAMPLE.find("Not(Flag(\"case_lent\")), AtLeast").expect("a condition");
        let depth = (MOST - EXAMPLE.len()) / 8;
        format!(
            "{}{}{}, {}",
            &EXAMPLE[..at],
            "All([".repeat(depth),
            "])".repeat(depth),
            &EXAMPLE[at..]
        )
        .into_bytes()
    }));
    let giant = "x".repeat(MOST - EXAMPLE.len() - 100);
    all.push((
        "one text of 1 MiB",
        EXAMPLE.replacen("title: \"Seed Stock\"", &format!("title: \"{giant}\""), 1).into_bytes(),
    ));
    all.push((
        "one id of 1 MiB",
        EXAMPLE.replacen("\"case_lent\"", &format!("\"{giant}\""), 1).into_bytes(),
    ));
    all.push((
        "one unknown id of 1 MiB",
        EXAMPLE.replacen("AtLeast(\"industry\"", &format!("AtLeast(\"{giant}\""), 1).into_bytes(),
    ));
    all.push((
        "one text that is not closed",
        EXAMPLE
            .replacen(
                "title: \"Seed Stock\"",
                &format!("title: \"{}", giant.replace('x', "y ")[..giant.len()].to_owned()),
                1,
            )
            .into_bytes(),
    ));
    all.push((
        "one number of 1 MiB",
        EXAMPLE
            .replacen("minutes: 25", &format!("minutes: {}", giant.replace('x', "7")), 1)
            .into_bytes(),
    ));
    all.push((
        "one name of 1 MiB",
        EXAMPLE.replacen("minutes: 25", &format!("{giant}: 25"), 1).into_bytes(),
    ));
    for (name, mark) in [
        ("single quotation marks", "'\\"),
        ("bent quotation marks", "“a"),
        ("comparisons", "\"a\" >= 3, "),
        ("brackets that close too much", "[]]"),
        ("texts not closed", "x: \"y, on: \"z\",\n"),
    ] {
        all.push((name, mark.repeat(MOST / mark.len()).into_bytes()));
    }
    let mut seed = 7;
    let mut next = || {
        seed += 1;
        mix(seed)
    };
    all.push(("random bytes", (0..MOST).map(|_| next() as u8).collect()));
    all.push(("random letters", (0..MOST).map(|_| b' ' + (next() % 95) as u8).collect()));
    let tokens = [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"a\"",
        "1",
        "id",
        "events",
        "All",
        "Not",
        " ",
        "\n",
        "when:",
        "\"talks\"",
        "AtLeast",
    ];
    all.push((
        "random words of the format",
        filled("Scenario(", "", |n, t| {
            t.push_str(tokens[(mix(n as u64) % tokens.len() as u64) as usize]);
        }),
    ));
    let mut slips = shipped.as_bytes().to_vec();
    for at in (50..slips.len())
        .step_by(200)
        .filter(|at| SCENARIOS[0].1.as_bytes()[*at].is_ascii_alphanumeric())
    {
        slips[at] = b'a' + (mix(at as u64) % 26) as u8;
    }
    all.push(("the shipped one, a slip every 200 letters", slips));
    all
}
