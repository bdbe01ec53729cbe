//! `help TOPIC` and `help CODE`.

use std::fmt::Write as _;

use clap::CommandFactory;

use crate::scenario::problem::Code;
use crate::text::for_terminal;

use super::examples::EXAMPLES;
use super::{Answer, Args, Failure, print};

/// The parts of a page whose headings have the word, with what stands under them; without one the
/// headings there are.
fn parts(page: &str, word: &str) -> Answer {
    let depth =
        |line: &str| line.starts_with('#').then(|| line.chars().take_while(|c| *c == '#').count());
    let word = word.to_lowercase();
    let (mut out, mut inside, mut fenced) = (String::new(), None, false);
    let mut heads = Vec::new();
    // Where no heading has it: rows of tables that are about it, under their headings.
    let mut rows = String::new();
    let mut told = 0;
    for line in page.lines() {
        fenced ^= line.starts_with("```");
        if let Some(depth) = depth(line).filter(|_| !fenced) {
            heads.push(line.trim_start_matches(['#', ' ']));
            if inside.is_none_or(|of| depth <= of) {
                inside = line.to_lowercase().contains(&word).then_some(depth);
            }
        }
        if inside.is_some() {
            out.push_str(line);
            out.push('\n');
        }
        let first = line.strip_prefix("| ").and_then(|row| row.split(" | ").next());
        if first.is_some_and(|cell| cell.to_lowercase().contains(&format!("`{word}"))) {
            if told < heads.len() {
                if let Some(head) = heads.last() {
                    let _ = write!(rows, "\n## {head}\n\n");
                }
                told = heads.len();
            }
            rows.push_str(line);
            rows.push('\n');
        }
    }
    if out.is_empty() && !rows.is_empty() {
        return print(rows.trim_start());
    }
    if out.is_empty() {
        return Err(Failure::Usage(format!(
            "no heading has `{}`; headings are {}",
            for_terminal(&word),
            heads.join(", ")
        )));
    }
    print(&out)
}

/// Pages of the documentation, carried in the program.
const PAGES: &[(&str, &str)] = &[
    ("authoring", include_str!("../../docs/AUTHORING.md")),
    ("format", include_str!("../../docs/FORMAT.md")),
    ("json", include_str!("../../docs/json.md")),
];

pub fn run(topic: Option<&str>, part: Option<&str>) -> Answer {
    let Some(topic) = topic else {
        return print(&format!(
            "{}\nTopics: `authoring`, a first case in 45 minutes; `format`, everything a scenario file \
             may hold; `json`, how another program plays; the codes that `check` prints, such as \
             `unknown-id`; and every subcommand.\n",
            Args::command().render_long_help()
        ));
    };
    for (name, text) in PAGES {
        if *name == topic {
            return match part {
                None => print(text),
                Some(word) => parts(text, word),
            };
        }
    }
    if let Some(code) = Code::named(topic) {
        let example = EXAMPLES.iter().find(|(name, _)| *name == code.name());
        let example =
            example.map_or_else(String::new, |(_, message)| format!("\nFor example:\n\n{message}"));
        return print(&format!("{}\n\n{}\n{example}", code.name(), code.explanation()));
    }
    let mut command = Args::command();
    command.build();
    if let Some(sub) = command.find_subcommand_mut(topic) {
        print(&format!("{}\n", sub.render_long_help()))
    } else {
        let codes: Vec<&str> = Code::ALL.iter().map(|c| c.name()).collect();
        Err(Failure::Usage(format!(
            "no help on `{}`; topics are authoring, format, json, the subcommands and the codes {}",
            for_terminal(topic),
            codes.join(", ")
        )))
    }
}
