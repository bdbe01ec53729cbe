//! Dates hold: the day on which a measure takes effect lies in every range that was shown for it,
//! and a range only narrows.

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

use interagency::day::Day;
use interagency::engine::{Order, Start};
use interagency::game::Game;
use interagency::policy::{self, Policy};
use interagency::prose;
use interagency::prose::facts::{Door, WorkRow};

const GAMES: u64 = 100;

/// A range that was shown, and in which words.
#[derive(Clone)]
struct Shown {
    turn: usize,
    range: (Day, Day),
    words: String,
}

/// Measures of the calendar, without pairs of which there are several at once.
fn measures(game: &Game) -> BTreeMap<String, WorkRow> {
    let mut out: BTreeMap<String, WorkRow> = BTreeMap::new();
    let mut twice = Vec::new();
    for row in prose::calendar(game).work {
        let Some(door @ Door::Measure(..)) = row.door else { continue };
        let key = format!("{door:?}");
        if out.insert(key.clone(), row).is_some() {
            twice.push(key);
        }
    }
    out.retain(|key, _| !twice.contains(key));
    out
}

fn played(policy: &str, seed: u64) -> (usize, usize) {
    let rules = common::cloud_hopper();
    let policy = Policy::parse(&rules, policy).expect("a policy");
    let mut game = Game::new(Arc::clone(&rules), Start { seed, ..Start::default() });
    let mut shown: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
    let (mut ranges, mut effects) = (0, 0);
    let last_day = rules.ends().plus(-1);
    loop {
        let now = measures(&game);
        // What was withdrawn or has run out begins anew.
        shown.retain(|key, _| now.contains_key(key));
        for (key, row) in now {
            let told = |s: &[Shown]| {
                s.iter()
                    .map(|s| format!("  turn {}: {}", s.turn + 1, s.words))
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            let context = format!("{}, seed {seed}, turn {}", row.text, game.turn() + 1);
            // The law may shut behind a decision; from then on it says so.
            if row.when.contains("the law, to let it pass") {
                shown.remove(&key);
                continue;
            }
            if row.in_force {
                let day = row.begins.expect("a day");
                for s in shown.remove(&key).unwrap_or_default() {
                    assert!(
                        s.range.0 <= day && day <= s.range.1,
                        "{context}: took effect on {}, told {}",
                        day.short(),
                        s.words
                    );
                    effects += 1;
                }
                continue;
            }
            let range = row.ends.expect("a range");
            let before = shown.entry(key).or_default();
            assert!(range.0 <= range.1, "{context}: {}", row.when);
            if let Some(last) = before.last() {
                assert!(
                    last.range.0 <= range.0 && range.1 <= last.range.1,
                    "{context}: wider, {}\n{}",
                    row.when,
                    told(before)
                );
            }
            // What may come too late says so.
            if range.1 == last_day && !game.is_over() {
                assert!(
                    row.when.contains("before the game ends")
                        || row.when.contains("past the end")
                        || row.when.contains("this turn")
                        || row.when.contains(&last_day.short()),
                    "{context}: {}",
                    row.when
                );
            }
            if game.is_over() {
                for s in before.iter() {
                    assert_eq!(
                        s.range.1,
                        last_day,
                        "{context}: never took effect\n{}",
                        told(before)
                    );
                }
            }
            before.push(Shown { turn: game.turn(), range, words: row.when });
            ranges += 1;
        }
        if game.is_over() {
            return (ranges, effects);
        }
        for order in policy::orders_of(&policy, &rules, game.whole()) {
            if order != Order::End {
                let _ = game.give(order, "");
            }
        }
        game.end().expect("a turn ends");
    }
}

#[test]
fn the_day_of_effect_lies_in_every_range_that_was_shown_and_ranges_only_narrow() {
    let (mut ranges, mut effects) = (0, 0);
    for seed in 1..=GAMES {
        for policy in ["random", "greedy"] {
            let (r, e) = played(policy, seed);
            ranges += r;
            effects += e;
        }
    }
    assert!(ranges > 800 && effects > 300, "{ranges} ranges, {effects} kept");
}

/// A package that was three quarters done is told by what is left of it, whatever other file there
/// is on the same company.
#[test]
fn what_a_file_had_done_counts_in_the_date_that_is_told() {
    let rules = common::cloud_hopper();
    let policy = Policy::parse(&rules, "greedy").expect("a policy");
    let mut told = 0;
    for seed in 1..=20 {
        let mut game = Game::new(Arc::clone(&rules), Start { seed, ..Start::default() });
        while !game.is_over() {
            for order in policy::orders_of(&policy, &rules, game.whole()) {
                if order != Order::End {
                    let _ = game.give(order, "");
                }
            }
            game.end().expect("a turn ends");
            let s = game.situation();
            for m in s.measures.iter().filter(|m| !m.in_force() && m.ready > 0 && !m.revises) {
                let span = interagency::engine::pipeline_span(&rules, &m.proposal(), None, m.ready);
                let begun = rules.turns[0].opens.plus(i32::from(m.begun));
                let row = prose::calendar(&game)
                    .work
                    .into_iter()
                    .find(|w| w.door == Some(Door::Measure(m.instrument, m.target)))
                    .expect("on the calendar");
                let (_, last) = row.ends.expect("a range");
                assert!(
                    last <= begun.plus(i32::from(span.most)).max(s.today(&rules))
                        || row.when.contains("waits"),
                    "{}",
                    row.when
                );
                told += 1;
            }
        }
    }
    assert!(told > 5, "{told}");
}
