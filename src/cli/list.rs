//! `list`: the scenarios there are.

use serde_json::json;

use crate::scenario::load;

use super::{Answer, Cx, Format, print};

pub fn run(cx: &Cx) -> Answer {
    let titles = load::TITLES;
    if cx.format == Format::Json {
        let rows: Vec<_> = titles
            .iter()
            .map(|t| json!({ "id": t.id, "title": t.title, "minutes": t.minutes, "turns": t.turns, "difficulty": t.difficulty.name(), "summary": t.summary }))
            .collect();
        return print(&format!("{:#}\n", json!({ "scenarios": rows })));
    }
    let mut out = String::new();
    for t in titles {
        out.push_str(&format!(
            "{:<16} {:<24} {:>3} min  {:>2} turns  {:<9} {}\n",
            t.id,
            t.title,
            t.minutes,
            t.turns,
            t.difficulty.name(),
            t.summary
        ));
    }
    print(&out)
}
