//! What many games came to, as one object and in words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::analysis::funnel::{Funnel, Step, Stops};
use crate::analysis::simulate::{Spread, Summary};
use crate::scenario::model::{AgencyIx, Rules};
use crate::text::wrap;

use super::causes::Causes;
use super::{SimulateArgs, played, round};

/// No agency's id: it has a space.
const PRESIDENT: &str = "the President";
/// Columns of the text.
const WIDTH: usize = 100;
/// From no game to every game.
const SCALE: &[u8] = b" .:-=+*#%@";

fn spread(s: &Spread) -> Value {
    json!({ "mean": round(s.mean), "p10": round(s.p10), "p50": round(s.p50), "p90": round(s.p90) })
}

/// Who turned it down and how often, in the order of the table.
fn stops(rules: &Rules, s: &Stops) -> Vec<(String, u64)> {
    let of = |(a, n): (AgencyIx, u64)| (rules.agencies[a].id.clone(), n);
    let president = (s.president > 0).then(|| (PRESIDENT.to_owned(), s.president));
    s.agencies().map(of).chain(president).collect()
}

fn funnel(rules: &Rules, f: &Funnel) -> Value {
    let mut out: Map<String, Value> =
        Step::ALL.into_iter().map(|step| (step.name().to_owned(), f.of(step).into())).collect();
    for (name, who) in [("returned_by", &f.returned_by), ("blocked_by", &f.blocked_by)] {
        let who = stops(rules, who).into_iter().map(|(id, n)| (id, n.into()));
        out.insert(name.to_owned(), Value::Object(who.collect()));
    }
    Value::Object(out)
}

fn none(all: &BTreeMap<String, u32>) -> Vec<&str> {
    all.iter().filter(|(_, n)| **n == 0).map(|(id, _)| id.as_str()).collect()
}

/// By table: what came in no game. Of instruments: what took effect in none.
fn never(s: &Summary) -> Vec<(&'static str, Vec<&str>)> {
    let idle = s.instruments.iter().filter(|(_, f)| f.of(Step::Launched) == 0);
    vec![
        ("endings", none(&s.endings)),
        ("events", none(&s.events)),
        ("responses", none(&s.responses)),
        ("propositions", none(&s.propositions)),
        ("instruments", idle.map(|(id, _)| id.as_str()).collect()),
    ]
}

pub fn to_json(
    rules: &Rules,
    args: &SimulateArgs,
    s: &Summary,
    causes: &Causes,
    elapsed: f64,
) -> Value {
    let spreads = |all: &BTreeMap<String, Spread>| {
        Value::Object(all.iter().map(|(k, v)| (k.clone(), spread(v))).collect::<Map<_, _>>())
    };
    let instruments = s.instruments.iter().map(|(id, f)| (id.clone(), funnel(rules, f)));
    let [turns, decisions, refused] = &s.a_game;
    json!({
        "scenario": rules.id,
        "policy": args.policy,
        "games": s.games,
        "seed": args.seed,
        "threads": args.threads,
        "elapsed_s": round(elapsed),
        "games_per_s": (f64::from(s.games) / elapsed.max(1e-9)).round(),
        "turns": s.turns,
        "decisions": s.decisions,
        "refused": s.refused,
        "a_game": {
            "turns": spread(turns),
            "decisions": spread(decisions),
            "refused": spread(refused),
        },
        "outcome": spread(&s.outcome),
        "debrief": spread(&s.debrief),
        "world_share": spread(&s.world_share),
        "lenses": spreads(&s.lenses),
        "endings": s.endings,
        "indicators": spreads(&s.indicators),
        "causes": causes.to_json(),
        "instruments": Value::Object(instruments.collect()),
        "events": s.events,
        "events_by_turn": s.events_by_turn,
        "answers": answers_json(s),
        "responses": s.responses,
        "propositions": s.propositions,
        "worlds": s.worlds,
        "never": never(s).into_iter().collect::<BTreeMap<_, _>>(),
        "digest": format!("{:032x}", s.digest),
    })
}

pub fn to_text(
    rules: &Rules,
    args: &SimulateArgs,
    s: &Summary,
    causes: &Causes,
    elapsed: f64,
) -> String {
    let mut out = format!("{}: {}\n", rules.title, played(args));
    let _ = writeln!(
        out,
        "{:.2} s, {:.0} games/s, {} turns, {} decisions ({} refused)",
        elapsed,
        f64::from(s.games) / elapsed.max(1e-9),
        s.turns,
        s.decisions,
        s.refused
    );
    let _ = writeln!(
        out,
        "outcome on the reference lines (30: doing nothing) {:.1} +- {:.1}   p10 {:.1}  p50 {:.1}  p90 \
         {:.1}",
        s.outcome.mean,
        1.96 * s.outcome.error,
        s.outcome.p10,
        s.outcome.p50,
        s.outcome.p90
    );
    let d = &s.debrief;
    let _ = writeln!(
        out,
        "as the debrief counts it, of 100 {:.1} +- {:.1}   p10 {:.1}  p50 {:.1}  p90 {:.1}",
        d.mean,
        1.96 * d.error,
        d.p10,
        d.p50,
        d.p90
    );
    let w = &s.world_share;
    let _ = writeln!(
        out,
        "probability given to the true world at the end {:.2}   p10 {:.2}  p50 {:.2}  p90 {:.2}",
        w.mean, w.p10, w.p50, w.p90
    );
    set_apart(&mut out, s);
    let a_game = ["turns", "decisions", "refused"].into_iter().zip(&s.a_game);
    spreads(&mut out, "of a game", a_game);
    spreads(&mut out, "lenses", s.lenses.iter().map(|(id, l)| (id.as_str(), l)));
    spreads(&mut out, "indicators", s.indicators.iter().map(|(id, l)| (id.as_str(), l)));
    causes.to_text(&mut out);
    instruments(&mut out, rules, s);
    for (name, table) in [
        ("endings", &s.endings),
        ("worlds", &s.worlds),
        ("propositions", &s.propositions),
        ("responses", &s.responses),
    ] {
        let _ = writeln!(out, "\n{name} (share of games)");
        for (id, n) in table {
            let _ = writeln!(out, "  {id:<28} {}", share(*n, s.games));
        }
    }
    answers(&mut out, s);
    events(&mut out, s);
    let _ = writeln!(out, "\ndigest {:032x}", s.digest);
    out
}

/// What never came, where an author sees it at once.
fn set_apart(out: &mut String, s: &Summary) {
    let _ = writeln!(out, "\nnever, in {} games (instruments: without effect)", s.games);
    for (table, ids) in never(s) {
        let ids = if ids.is_empty() { "-".to_owned() } else { ids.join(", ") };
        let mut lead = table;
        for line in wrap(&ids, WIDTH - 16) {
            let _ = writeln!(out, "  {lead:<13} {line}");
            lead = "";
        }
    }
}

fn spreads<'a>(out: &mut String, name: &str, all: impl Iterator<Item = (&'a str, &'a Spread)>) {
    let _ = writeln!(out, "\n{name:<20} mean   p10   p50   p90");
    for (id, l) in all {
        let _ =
            writeln!(out, "  {id:<18} {:5.1} {:5.1} {:5.1} {:5.1}", l.mean, l.p10, l.p50, l.p90);
    }
}

fn instruments(out: &mut String, rules: &Rules, s: &Summary) {
    let per = |n: u64| match n {
        0 => "0".to_owned(),
        n => format!("{:.2}", n as f64 / f64::from(s.games)),
    };
    let heads = Step::ALL.map(|step| format!(" {:>8}", step.name()));
    let _ = writeln!(out, "\n{:<20}{}", "instruments (a game)", heads.concat());
    for (id, f) in &s.instruments {
        let cells = Step::ALL.map(|step| format!(" {:>8}", per(f.of(step))));
        let _ = writeln!(out, "  {id:<18}{}", cells.concat());
        for (what, who) in [("returned", &f.returned_by), ("blocked", &f.blocked_by)] {
            let mut who = stops(rules, who);
            if who.is_empty() {
                continue;
            }
            who.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            let who: Vec<String> =
                who.into_iter().map(|(id, n)| format!("{id}={}", per(n))).collect();
            let mut lead = format!("{what} by");
            for line in wrap(&who.join(", "), WIDTH - 18) {
                let _ = writeln!(out, "    {lead:<12}  {line}");
                lead.clear();
            }
        }
    }
}

/// Nothing is told from next to nothing.
fn share(n: u32, games: u32) -> String {
    match n {
        0 => "    0".to_owned(),
        n => format!("{:5.2}", f64::from(n) / f64::from(games)),
    }
}

fn answers_json(s: &Summary) -> Value {
    let of = |list: &[(String, u32)]| {
        Value::Object(list.iter().map(|(id, n)| (id.clone(), (*n).into())).collect())
    };
    Value::Object(s.answers.iter().map(|(id, list)| (id.clone(), of(list))).collect())
}

/// Each question with what it was answered, of the times it was asked and answered.
fn answers(out: &mut String, s: &Summary) {
    let _ = writeln!(out, "\nanswers (of the times they were asked for)");
    for (id, list) in &s.answers {
        let asked: u32 = list.iter().map(|(_, n)| n).sum();
        let of = |(id, n): &(String, u32)| format!("{id} {}", share(*n, asked).trim_start());
        let said = match asked {
            0 => "never asked".to_owned(),
            _ => list.iter().map(of).collect::<Vec<_>>().join("  "),
        };
        let mut lead = id.as_str();
        for line in wrap(&said, WIDTH - 31) {
            let _ = writeln!(out, "  {lead:<28} {line}");
            lead = "";
        }
    }
}

/// Each event with its share of games, and turn by turn.
fn events(out: &mut String, s: &Summary) {
    let turns = s.events_by_turn.values().next().map_or(0, Vec::len);
    let ruler: String = (1..=turns).map(|t| char::from(b'0' + (t % 10) as u8)).collect();
    let scale = String::from_utf8_lossy(SCALE);
    let _ = writeln!(
        out,
        "\nevents (share of games; then turn by turn, from none to all: |{scale}|)\n{:36} {ruler}",
        ""
    );
    for (id, n) in &s.events {
        let by_turn = s.events_by_turn.get(id).map_or(&[][..], Vec::as_slice);
        let heat: String = by_turn.iter().map(|n| heat(*n, s.games)).collect();
        let _ = writeln!(out, "  {id:<28} {} |{heat}|", share(*n, s.games));
    }
}

/// What came at all is never blank, and only what came in every game has the last sign.
fn heat(n: u32, games: u32) -> char {
    let most = SCALE.len() as u64 - 1;
    let between = 1 + u64::from(n) * (most - 1) / u64::from(games.max(1));
    char::from(SCALE[if n == 0 { 0 } else { between as usize }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_blank_and_everything_is_the_last_sign() {
        assert_eq!([0, 1, 500, 999, 1000].map(|n| heat(n, 1000)), [' ', '.', '+', '%', '@']);
        assert_eq!([0, 1].map(|n| heat(n, 1)), [' ', '@']);
    }

    #[test]
    fn no_share_looks_like_nothing_but_nothing() {
        assert_eq!([0, 1, 1000].map(|n| share(n, 1000)), ["    0", " 0.00", " 1.00"]);
    }
}
