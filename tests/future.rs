//! Nothing from the future: on every turn of both cases no screen carries a year that is to come,
//! and no source that was not yet published.

use std::sync::Arc;

use interagency::engine::{Order, Start};
use interagency::game::Game;
use interagency::json;
use interagency::policy::{self, Policy};
use interagency::prose;
use interagency::scenario::load;
use interagency::scenario::model::{Rules, SourceIx};
use serde_json::{Value, json};

/// Names that carry a later year on their day and were called so then, each with what it is.
const NAMES: [&str; 4] = [
    // The defense act for the fiscal year, signed in August 2018.
    "2019 defence act",
    // The industrial plan, published in 2015; and its entry of the codex.
    "Made in China 2025",
    "mic_2025",
    // The day named in the notice of 19 December 2018.
    "from 2 March 2019",
];

/// Every screen of the turn, as programs read it.
fn screens(game: &mut Game) -> Vec<Value> {
    let rules = game.shared_rules();
    let mut asks = vec![
        json!({"show": "front"}),
        json!({"show": "desk"}),
        json!({"show": "guidance"}),
        json!({"show": "actions"}),
        json!({"show": "agencies"}),
        json!({"show": "calendar"}),
        json!({"show": "figures"}),
        json!({"show": "codex"}),
        json!({"show": "assumptions"}),
        json!({"show": "intelligence"}),
    ];
    asks.extend(rules.agencies.iter().map(|a| json!({"show": {"agency": {"agency": a.id}}})));
    let board = prose::intelligence(game, None).campaigns;
    asks.extend(
        board
            .iter()
            .map(|(c, _)| json!({"show": {"intelligence": {"campaign": rules.campaigns[*c].id}}})),
    );
    let files = prose::desk(game).files;
    asks.extend(files.iter().map(|f| {
        let (i, t) = (&rules.instruments[f.instrument].id, &rules.targets[f.target].id);
        json!({"show": {"propose": {"instrument": i, "target": t}}})
    }));
    let script = asks.iter().map(Value::to_string).collect::<Vec<_>>().join("\n") + "\n";
    let mut out = Vec::new();
    json::run(game, None, &mut script.as_bytes(), &mut out).expect("asked");
    let out = String::from_utf8(out).expect("UTF-8");
    out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect()
}

/// Every text of a message.
fn texts<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
    match value {
        Value::String(s) => out.push(s),
        Value::Array(list) => list.iter().for_each(|v| texts(v, out)),
        Value::Object(map) => map.values().for_each(|v| texts(v, out)),
        _ => {}
    }
}

/// Years from 1900 on that a text names.
fn years(text: &str) -> Vec<i32> {
    let mut text = text.to_owned();
    for name in NAMES {
        text = text.replace(name, "");
    }
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse().ok())
        .filter(|y| (1900..2100).contains(y))
        .collect()
}

/// `2019-01-07` or `3 Mar 2019`.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split([' ', '-']).collect();
    parts.len() == 3 && parts.iter().all(|p| p.len() <= 4) && text.len() <= 11
}

fn later(id: &str, policy: &str) -> (Vec<String>, usize) {
    let rules: Arc<Rules> = Arc::new(load::embedded(id, &[]).expect("it loads"));
    let policy = Policy::parse(&rules, policy).expect("a policy");
    let mut game = Game::new(Arc::clone(&rules), Start { seed: 11, ..Start::default() });
    let (mut wrong, mut read) = (Vec::new(), 0);
    while !game.is_over() {
        let today = game.situation().today(&rules);
        let year: i32 = today.to_string()[..4].parse().expect("a year");
        for message in screens(&mut game) {
            let mut all = Vec::new();
            texts(&message, &mut all);
            read += all.len();
            for text in all {
                // A day alone is one of the calendar: of a turn, a window, a judgement.
                if !is_day(text) && years(text).iter().any(|y| *y > year) {
                    wrong.push(format!("turn {}: {text}", game.turn() + 1));
                }
                // What a designer weighed is outside the story, and names all it weighed.
                if text.starts_with("designer's judgement") {
                    continue;
                }
                for (n, s) in rules.sources.iter().enumerate() {
                    let unpublished =
                        prose::source(&rules, SourceIx::at(n), Some(today)).is_empty();
                    let named = text.split(|c: char| !c.is_ascii_alphanumeric());
                    if unpublished && named.into_iter().any(|w| w == s.id) {
                        wrong.push(format!("turn {}: {} in {text}", game.turn() + 1, s.id));
                    }
                }
            }
        }
        for order in policy::orders_of(&policy, &rules, game.whole()) {
            if order != Order::End {
                let _ = game.give(order, "");
            }
        }
        game.end().expect("a turn ends");
    }
    wrong.sort();
    wrong.dedup();
    (wrong, read)
}

#[test]
fn no_screen_of_a_turn_knows_a_later_year_or_a_later_source() {
    let mut read = 0;
    let mut wrong = Vec::new();
    for (id, policy) in
        [("first-day", "greedy"), ("cloud-hopper", "greedy"), ("cloud-hopper", "history")]
    {
        let (found, texts) = later(id, policy);
        wrong.extend(found.into_iter().map(|w| format!("{id}, {policy}, {w}")));
        read += texts;
    }
    assert!(wrong.is_empty(), "{} texts:\n{}", wrong.len(), wrong.join("\n"));
    assert!(read > 20_000, "{read}");
}

#[test]
fn a_year_to_come_is_found() {
    assert_eq!(years("In June 2019 Reuters named eight; TA18-276B, 2018."), [2019, 2018]);
    assert_eq!(years("section 889 of the 2019 defence act"), [0; 0]);
    assert!(is_day("2019-01-07") && is_day("3 Mar 2019") && !is_day("In March 2019"));
}
