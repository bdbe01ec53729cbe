//! `list`: the scenarios there are, the player's own among them.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::scenario::load::{self, Own};
use crate::scenario::{files, problem};
use crate::text::for_terminal;

use super::{Answer, Cx, Format, print};

pub fn run(cx: &Cx) -> Answer {
    let folder = cx.own();
    let own = folder.list();
    if cx.format == Format::Json {
        let shipped = load::titles().iter().map(|t| {
            json!({
                "id": t.id,
                "title": t.title,
                "minutes": t.minutes,
                "turns": t.turns,
                "difficulty": t.difficulty.name(),
                "summary": t.summary,
            })
        });
        let rows: Vec<Value> =
            shipped.chain(own.iter().map(|path| own_as_json(&folder, path))).collect();
        return print(&format!("{:#}\n", json!({ "scenarios": rows })));
    }
    let mut out = String::new();
    for t in load::titles() {
        _ = writeln!(
            out,
            "{:<16} {:<24} {:>3} min  {:>2} turns  {:<9} {}",
            t.id,
            t.title,
            t.minutes,
            t.turns,
            t.difficulty.name(),
            t.summary
        );
    }
    for path in &own {
        out.push_str(&own_in_words(&folder, path));
    }
    print(&out)
}

/// A scenario of the player's own is opened by its path, which no other has.
fn own_in_words(own: &dyn Own, path: &Path) -> String {
    let shown = for_terminal(&path.to_string_lossy());
    match files::load(path, &[]) {
        Ok(r) => {
            let taken = load::name_taken(own, path, &r.id)
                .map(|words| format!("                 ! {words}\n"))
                .unwrap_or_default();
            format!(
                "{:<16} {:<24} {:>3} min  {:>2} turns  {:<9} {}\n                 your own: \
                 {shown}\n{taken}",
                r.id,
                r.title,
                r.minutes,
                r.played(),
                r.difficulty.name(),
                r.summary
            )
        }
        Err(_) => format!("! does not load: {shown}; `interagency check` says why\n"),
    }
}

fn own_as_json(own: &dyn Own, path: &Path) -> Value {
    let file = path.to_string_lossy();
    match files::load(path, &[]) {
        Ok(r) => {
            json!({
                "id": r.id,
                "title": r.title,
                "minutes": r.minutes,
                "turns": r.played(),
                "difficulty": r.difficulty.name(),
                "summary": r.summary,
                "file": file,
                "name_taken": load::name_taken(own, path, &r.id).is_some(),
            })
        }
        Err(problems) => json!({ "file": file, "problem": problem::short(&problems) }),
    }
}
