//! `ids`: every name a scenario may use, with what it is and which layer has it.

use std::fmt::Write as _;

use clap::Args;
use serde_json::json;

use crate::scenario::catalogue::{self, Named};
use crate::scenario::load;
use crate::scenario::problem::did_you_mean;
use crate::text::{self, for_terminal};

use super::{Answer, Cx, Failure, Format, names_of, print};

#[derive(Debug, Args)]
pub struct IdsArgs {
    /// Only what has this in its table, its id, its name or its meaning.
    word: Option<String>,
    /// The other side whose names are meant.
    #[arg(long)]
    theatre: Option<String>,
    /// A scenario file, for what it adds; its own theatre is meant.
    #[arg(long, value_name = "FILE")]
    of: Option<String>,
}

/// Longest meaning in a line.
const MEANS: usize = 110;

pub fn run(cx: &Cx, args: &IdsArgs) -> Answer {
    let (theatre, own) = names_of(cx, args.theatre.as_deref(), args.of.as_deref())?;
    let all = catalogue::all(&theatre, own.as_ref());
    let wanted = args.word.as_ref().map(|w| w.to_lowercase());
    let fits = |n: &&Named| {
        wanted.as_ref().is_none_or(|w| {
            [&n.table, &n.id, &n.name, &n.means].iter().any(|t| t.to_lowercase().contains(w))
        })
    };
    let found: Vec<&Named> = all.iter().filter(fits).collect();
    if let (true, Some(word)) = (found.is_empty(), &args.word) {
        let near = did_you_mean(word, all.iter().map(|n| n.id.as_str()));
        let hint = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        return Err(Failure::Usage(format!("nothing is called `{word}`, or has it{hint}")));
    }
    if cx.format == Format::Json {
        return print(&format!("{:#}\n", json!({ "theatre": theatre, "ids": found })));
    }
    let mut out = String::new();
    if args.theatre.is_none() && args.of.is_none() {
        let others = super::ids(load::theatres().filter(|t| *t != theatre));
        _ = writeln!(
            out,
            "Names of the core and of the theatre {theatre}. For another: --theatre, with {others}."
        );
    }
    out.push_str(&in_words(&found));
    print(&out)
}

/// Table by table, in the order in which they are written.
fn in_words(found: &[&Named]) -> String {
    let mut out = String::new();
    let wide = found.iter().map(|n| text::width(&n.id)).max().unwrap_or(0).min(26);
    let mut tables: Vec<&str> = Vec::new();
    for n in found {
        if !tables.contains(&n.table.as_str()) {
            tables.push(&n.table);
        }
    }
    for table in tables {
        _ = writeln!(out, "{}", for_terminal(table));
        for n in found.iter().filter(|n| n.table == table) {
            let parts: Vec<&str> = [&n.name, &n.means]
                .into_iter()
                .map(String::as_str)
                .filter(|t| !t.is_empty())
                .collect();
            let said = parts.join(": ");
            let said = text::clean(&said, text::Limits { graphemes: MEANS, lines: false });
            _ = writeln!(
                out,
                "  {:<wide$}  {:<7} {}",
                for_terminal(&n.id),
                for_terminal(&n.layer),
                said.into_string()
            );
        }
    }
    out
}
