//! `--compare`: every figure of two scenarios, with the difference.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::analysis::pairs::{Compared, Difference, Side, compare};
use crate::analysis::reference::References;

use super::super::{Answer, Cx, Failure, Format, print};
use super::{SimulateArgs, csv, played, round};

pub fn run(
    cx: &Cx,
    args: &SimulateArgs,
    (rules, policy, plan): &super::Side,
    (other, other_policy, other_plan): &super::Side,
    references: &References,
) -> Answer {
    if args.games < 2 {
        let why = "--compare needs two games at least: one has no interval; give --games";
        return Err(Failure::Usage(why.to_owned()));
    }
    let here = Side { rules, policy, plan: *plan };
    let there = Side { rules: other, policy: other_policy, plan: *other_plan };
    let c = compare(here, there, references);
    match cx.format {
        Format::Json => print(&format!("{:#}\n", to_json(args, &rules.id, &other.id, &c))),
        Format::Csv => print(&to_csv(&c)),
        Format::Text | Format::Short => print(&to_text(args, [&rules.title, &other.title], &c)),
    }
}

fn to_json(args: &SimulateArgs, id: &str, other: &str, c: &Compared) -> Value {
    let one = |d: &Difference| {
        let (low, high) = d.change.interval();
        json!({
            "table": d.key.table,
            "id": d.key.id,
            "field": d.key.field,
            "here": round(d.here),
            "there": round(d.there),
            "difference": round(d.change.mean),
            "low": round(low),
            "high": round(high),
            "beyond": d.is_beyond(),
        })
    };
    let only = |list: &[(&str, &str)]| {
        list.iter().map(|(table, id)| json!({ "table": table, "id": id })).collect::<Vec<_>>()
    };
    json!({
        "scenario": id,
        "other": other,
        "policy": args.policy,
        "games": args.games,
        "seed": args.seed,
        "threads": args.threads,
        "differences": c.differences.iter().map(one).collect::<Vec<_>>(),
        "only_here": only(&c.only_here),
        "only_there": only(&c.only_there),
        "digest": format!("{:032x}", c.digests[0]),
        "other_digest": format!("{:032x}", c.digests[1]),
    })
}

/// What only one side has is a row with nothing in the columns of the other.
fn to_csv(c: &Compared) -> String {
    let head = ["table", "id", "field", "here", "there", "difference", "low", "high", "beyond"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for d in &c.differences {
        let (low, high) = d.change.interval();
        let mut row = [d.key.table, d.key.id, d.key.field].map(str::to_owned).to_vec();
        row.extend([d.here, d.there, d.change.mean, low, high].map(|x| round(x).to_string()));
        row.push(d.is_beyond().to_string());
        rows.push(row);
    }
    for (list, field) in [(&c.only_here, "only here"), (&c.only_there, "only there")] {
        for (table, id) in list {
            let mut row = [table, id, field].map(str::to_owned).to_vec();
            row.resize(head.len(), String::new());
            rows.push(row);
        }
    }
    csv::written(&rows)
}

/// Nothing is told from next to nothing.
fn signed(x: f64) -> String {
    if x == 0.0 { "0".to_owned() } else { format!("{x:+.2}") }
}

fn to_text(args: &SimulateArgs, [title, other]: [&str; 2], c: &Compared) -> String {
    let beyond = c.differences.iter().filter(|d| d.is_beyond()).count();
    let mut out = format!(
        "{title} less {other} ({}): {}, pair by pair\n\
         {beyond} of {} figures differ beyond their 95 % interval, marked *; where nothing differs, \
         about one of twenty that vary does so by chance\n",
        args.compare.as_deref().map(crate::text::for_terminal).unwrap_or_default(),
        played(args),
        c.differences.len()
    );
    let mut table = "";
    for d in &c.differences {
        if d.key.table != table && !d.key.id.is_empty() || table.is_empty() {
            let name = if d.key.id.is_empty() { "" } else { d.key.table };
            let _ = writeln!(
                out,
                "\n{name:<40} {:>8} {:>8} {:>10}   95 % interval",
                "here", "there", "difference"
            );
        }
        table = d.key.table;
        let name = if d.key.id.is_empty() { d.key.table } else { d.key.id };
        let (low, high) = d.change.interval();
        let _ = writeln!(
            out,
            "{} {name:<28} {:<9} {:>8.2} {:>8.2} {:>10}   {} to {}",
            if d.is_beyond() { '*' } else { ' ' },
            d.key.field,
            d.here,
            d.there,
            signed(d.change.mean),
            signed(low),
            signed(high)
        );
    }
    for (list, side, which) in [(&c.only_here, "here", title), (&c.only_there, "there", other)] {
        if !list.is_empty() {
            let _ = writeln!(out, "\nonly {side} ({which})");
        }
        for (table, id) in list {
            let _ = writeln!(out, "  {table:<14} {id}");
        }
    }
    let _ = writeln!(out, "\ndigests {:032x} {:032x}", c.digests[0], c.digests[1]);
    out
}
