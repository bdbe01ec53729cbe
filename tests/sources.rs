//! docs/sources.md: every text of the record with its source, the source's day and how it stood on
//! its own day; every simulated text that follows a recorded position; every source with its days.
//! `UPDATE_GOLDEN=1` writes it anew.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use interagency::prose::words;
use interagency::scenario::load;
use interagency::scenario::model::{Rules, SourceIx, Text};

/// A text, where it stands and on which day it may be read first, as far as its record says.
struct Told<'r> {
    place: String,
    day: String,
    text: &'r Text,
}

fn every(rules: &Rules) -> Vec<Told<'_>> {
    let mut out = Vec::new();
    let mut add = |place: String, day: Option<interagency::day::Day>, text| {
        out.push(Told { place, day: day.map_or_else(String::new, |d| d.to_string()), text });
    };
    let first = rules.turns.first().map(|t| t.opens);
    add("briefing".to_owned(), first, &rules.briefing);
    for e in &rules.events {
        for v in &e.text.versions {
            add(format!("event {}", e.id), e.on, &v.text);
        }
        for c in &e.choices {
            for text in c.then.iter().chain(&c.replies) {
                add(format!("answer {}.{}", e.id, c.id), e.on, text);
            }
        }
    }
    for e in &rules.evidence {
        let campaign = &rules.campaigns[e.campaign].id;
        add(format!("evidence {campaign}.{}", e.id), None, &e.text);
    }
    for t in &rules.tells {
        add(format!("tell {}", t.id), None, &t.text);
    }
    for r in &rules.responses {
        for v in &r.texts {
            add(format!("response {}", r.id), None, &v.text);
        }
    }
    for a in &rules.aims {
        for step in &a.steps {
            for text in std::iter::once(&step.sign).chain(&step.act) {
                add(format!("aim {}.{}", a.id, step.id), None, text);
            }
        }
    }
    for text in &rules.teaching.aftermath {
        add("aftermath".to_owned(), None, text);
    }
    out
}

/// `S6 (2018-12-11; 2018-12-20)`.
fn named(rules: &Rules, s: SourceIx) -> String {
    let s = &rules.sources[s];
    let days: Vec<String> = s.parts.iter().filter_map(|p| p.date).map(|d| d.to_string()).collect();
    if days.is_empty() { s.id.clone() } else { format!("{} ({})", s.id, days.join("; ")) }
}

fn table(rules: &Rules) -> String {
    let mut out = format!("## {}\n\n", rules.title);
    out += "| where | day | status | source, and when it was out | text |\n|---|---|---|---|---|\n";
    let mut follows = String::new();
    let mut invented = 0;
    for t in every(rules) {
        let says = t.text.says().replace('\n', " ");
        match t.text {
            Text::Record { source, also, status, .. } => {
                let ids: Vec<String> =
                    std::iter::once(source).chain(also).map(|s| named(rules, *s)).collect();
                let status = words::status(*status);
                let _ = writeln!(
                    out,
                    "| {} | {} | {status} | {} | {says} |",
                    t.place,
                    t.day,
                    ids.join(", ")
                );
            }
            Text::Simulated { by, follows: Some(s), .. } => {
                let by = &rules.agencies[*by].short;
                let _ = writeln!(follows, "| {} | {by} | {} |", t.place, named(rules, *s));
            }
            Text::Simulated { .. } => invented += 1,
        }
    }
    let _ = write!(
        out,
        "\nSimulated texts that follow a recorded position; {invented} more follow none.\n\n\
         | where | signed by | follows |\n|---|---|---|\n{follows}"
    );
    let mut history = String::new();
    for step in &rules.history {
        let source = step.source.map_or_else(|| "the designer’s".to_owned(), |s| named(rules, s));
        let _ = writeln!(history, "| {} | {source} | {} |", step.on, step.note);
    }
    if !history.is_empty() {
        out += "\nThe record’s own course, as orders.\n\n| day | source | what of it is recorded |\n\
                |---|---|---|\n";
        out += &history;
    }
    out
}

fn document() -> String {
    let mut out = String::from(
        "# Sources\n\nWritten by `UPDATE_GOLDEN=1 cargo test --test sources` from the scenarios, and \
         held against them by every test run. A day beside a source is when that part of it was \
         out; a source without a day is a text that was always there. A part named by its month \
         counts as out on the last day of it.\n\n",
    );
    let shipped: Vec<Rules> =
        load::titles().iter().map(|t| load::embedded(t.id, &[]).expect("it loads")).collect();
    for rules in &shipped {
        out += &table(rules);
        out += "\n";
    }
    out += "## Every source\n\n| | out | what it is |\n|---|---|---|\n";
    let mut seen = BTreeSet::new();
    for rules in &shipped {
        for s in rules.sources.iter().filter(|s| seen.insert(s.id.clone())) {
            for p in &s.parts {
                let day = p.date.map_or_else(String::new, |d| d.to_string());
                let _ = writeln!(out, "| {} | {day} | {} |", s.id, p.says);
            }
            if !s.says.is_empty() {
                let _ = writeln!(out, "| {} | | *{}* |", s.id, s.says);
            }
        }
    }
    out
}

#[test]
fn the_document_of_sources_is_that_of_the_scenarios() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sources.md");
    let wanted = document();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &wanted).expect("docs/sources.md can be written");
    }
    let found = std::fs::read_to_string(&path).expect("docs/sources.md can be read");
    assert!(
        found.replace("\r\n", "\n") == wanted,
        "docs/sources.md is not what the scenarios say; UPDATE_GOLDEN=1 cargo test --test sources \
         writes it anew"
    );
    assert!(wanted.lines().filter(|l| l.starts_with("| event ")).count() > 40, "texts were found");
}

/// A text of the record names a source of which something is known, and an order of history that
/// claims a source has one.
#[test]
fn every_text_of_the_record_has_a_source_with_a_day() {
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        let mut undated = Vec::new();
        for t in every(&rules) {
            if let Text::Record { source, .. } = t.text {
                let s = &rules.sources[*source];
                if s.parts.iter().all(|p| p.date.is_none()) {
                    undated.push(format!("{}: {}", t.place, s.id));
                }
            }
        }
        assert!(undated.is_empty(), "{}: {}", title.id, undated.join(", "));
    }
}
