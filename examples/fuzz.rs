//! The reader of content under mistakes that nobody makes: `cargo run --release --example fuzz --
//! RUNS SEED`.
//!
//! Each run takes a text of the tests or a part of one, changes it a few times (letters, words,
//! lines, brackets, pieces of other texts), and hands it to the scan, the layers, the reader or the
//! whole check. A panic ends it with the text; the slowest run and the most memory are printed.
//! Every run is known by its seed and number.

use std::hint::black_box;
use std::time::{Duration, Instant};

use interagency::luck::mix;
use interagency::scenario::layers::{Below, Places, entries, over};
use interagency::scenario::load::Checked;
use interagency::scenario::problem;
use interagency::scenario::source::Source;

const TEXTS: [&str; 5] = [
    include_str!("../tests/scenarios/tiny.ron"),
    include_str!("../tests/scenarios/harbours.ron"),
    include_str!("../tests/scenarios/example.ron"),
    include_str!("../tests/bad_scenarios/no_mistake.ron"),
    include_str!("../scenarios/first-day.ron"),
];

const PIECES: [&str; 40] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "//",
    "/*",
    "*/",
    "'",
    "#![enable(x)]",
    "r#\"",
    "Some(",
    "None",
    "-1",
    "1e9",
    "99999999999999999999",
    "0.0000001",
    "60%",
    "“",
    "”",
    "\u{202e}",
    "\0",
    "\r",
    "\u{feff}",
    "All([",
    "Any([])",
    "Not(",
    "First([",
    "True(\"x\", \"y\")",
    "core: 0",
    "theatre: \"none\"",
    "\"id\": (",
    "remove: {\"events\": [\"a\"]}",
    "rules: (",
    "@bite",
];

/// Numbers from one seed.
struct Luck(u64);

impl Luck {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap_or(0)
    }
}

/// The nearest place between two characters.
fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn span(luck: &mut Luck, text: &str, most: usize) -> std::ops::Range<usize> {
    let from = boundary(text, luck.below(text.len() + 1));
    from..boundary(text, from + luck.below(most))
}

fn change(luck: &mut Luck, text: &mut String) {
    match luck.below(8) {
        0 => {
            let at = span(luck, text, 40);
            text.replace_range(at, "");
        }
        1 => {
            let at = boundary(text, luck.below(text.len() + 1));
            text.insert_str(at, PIECES[luck.below(PIECES.len())]);
        }
        2 => {
            let at = span(luck, text, 4);
            text.replace_range(at, PIECES[luck.below(PIECES.len())]);
        }
        3 => {
            let piece = text[span(luck, text, 200)].to_owned();
            let at = boundary(text, luck.below(text.len() + 1));
            text.insert_str(at, &piece);
        }
        4 => {
            let other = TEXTS[luck.below(TEXTS.len())];
            let piece = &other[span(luck, other, 300)];
            let at = span(luck, text, 100);
            text.replace_range(at, piece);
        }
        5 => {
            let mut lines: Vec<&str> = text.lines().collect();
            let (a, b) = (luck.below(lines.len()), luck.below(lines.len()));
            if !lines.is_empty() {
                lines.swap(a, b);
            }
            *text = lines.join("\n");
        }
        6 => {
            let c = char::from_u32(u32::try_from(luck.next() % 0x3000).unwrap_or(65));
            let at = boundary(text, luck.below(text.len() + 1));
            text.insert(at, c.unwrap_or('x'));
        }
        _ => {
            let at = span(luck, text, text.len().max(1));
            text.replace_range(at, "");
        }
    }
}

/// What is handed over, and how deep it goes: 0 a piece to the scan and the layers, 1 a small file
/// to the whole check, 2 one on the core.
fn input(luck: &mut Luck) -> (usize, String) {
    let deep = match luck.below(4000) {
        0 => 2,
        1..=40 => 1,
        _ => 0,
    };
    let mut text = match deep {
        0 => {
            let whole = TEXTS[luck.below(TEXTS.len())];
            let piece = &whole[span(luck, whole, 600)];
            if luck.below(2) == 0 { format!("Scenario({piece})") } else { piece.to_owned() }
        }
        1 => TEXTS[0].to_owned(),
        _ => TEXTS[2 + luck.below(3)].to_owned(),
    };
    for _ in 0..=luck.below(4) {
        change(luck, &mut text);
    }
    (deep, text)
}

fn run(deep: usize, text: &str) {
    let source = Source::embedded("fuzz.ron", text);
    if deep > 0 {
        let checked = Checked::of(&source, &[]);
        black_box(
            problem::short(&checked.problems).len()
                + problem::text(&checked.problems, false, 80).len(),
        );
        return;
    }
    let places = Places::of(&source);
    black_box((
        places.word("theatre").map(str::len),
        places.id("events", "a"),
        places.step("history", 0),
    ));
    let below = Below::of([&source]);
    black_box(over(&source, &below).text.len() + entries(&source).len());
    black_box(
        interagency::scenario::syntax::read::<interagency::scenario::raw::Scenario>(&source)
            .problems
            .len(),
    );
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.unwrap_or(" unknown here").trim().to_owned()
}

fn main() {
    let number =
        |n: usize, or: u64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    let (runs, seed) = (number(1, 100_000), number(2, 1));
    std::panic::set_hook(Box::new(|_| {}));
    let mut slowest = (Duration::ZERO, 0);
    let mut counts = [0u64; 3];
    for n in 0..runs {
        let (deep, text) = input(&mut Luck(mix(seed ^ mix(n))));
        counts[deep] += 1;
        let began = Instant::now();
        if std::panic::catch_unwind(|| run(deep, &text)).is_err() {
            println!("seed {seed}, run {n} panics on:\n{text}");
            std::process::exit(1);
        }
        slowest = slowest.max((began.elapsed(), n));
    }
    println!(
        "{runs} runs (seed {seed}): {} pieces, {} small files, {} on the core; the slowest {:.1} ms \
         (run {}), at most {} of memory",
        counts[0],
        counts[1],
        counts[2],
        slowest.0.as_secs_f64() * 1000.0,
        slowest.1,
        peak()
    );
}
