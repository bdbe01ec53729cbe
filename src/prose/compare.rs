//! Two games of one scenario that are over, side by side.
//!
//! Owns which facts stand beside each other, and whether both met the same draw. Refuses: games
//! that go on, where what is hidden stays hidden, and to say which of the two is better.

use crate::analysis::standing as weighed;
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::IndicatorIx;

use super::review::{Comparison, PairRow, PairTurn, SideRow};
use super::{debrief, figure, front, standing, words};

/// Two games, each by the name of its run.
///
/// # Errors
/// Why they cannot stand side by side.
pub fn compare(a: (&str, &Game), b: (&str, &Game)) -> Result<Comparison, String> {
    for (run, game) in [a, b] {
        if !game.is_over() {
            return Err(format!("{run} is not over: what is hidden in it stays hidden."));
        }
    }
    let (left, right) = (a.1, b.1);
    let rules = left.rules();
    if rules.id != right.rules().id {
        return Err(format!(
            "{} is a game of {}, {} one of {}: only games of one scenario stand side by side.",
            a.0,
            rules.title,
            b.0,
            right.rules().title
        ));
    }
    let (lenses, others) = (debrief::lenses(left), debrief::lenses(right));
    let lenses = lenses.into_iter().map(|l| {
        let other = others.iter().find(|o| o.name == l.name);
        PairRow {
            name: l.name,
            left: l.raw_text,
            right: other.map_or_else(String::new, |o| o.raw_text.clone()),
        }
    });
    let turns = left.past().len().max(right.past().len());
    let apart: Vec<PairTurn> = (0..turns)
        .filter_map(|t| {
            let (a, b) = (ordered(left, t), ordered(right, t));
            let opens = rules.turns[t.min(rules.last_turn())].opens;
            (a != b).then(|| PairTurn { turn: t, date: opens.short(), left: a, right: b })
        })
        .collect();
    Ok(Comparison {
        scenario: rules.title.clone(),
        draw: draw(left, right),
        premise: standing::PREMISE.to_owned(),
        sides: vec![side(a), side(b)],
        lenses: lenses.collect(),
        values: values(left, right),
        alike: alike(turns, apart.len()),
        turns: apart,
    })
}

fn side((run, game): (&str, &Game)) -> SideRow {
    SideRow {
        run: run.to_owned(),
        ending: debrief::ending(game).map_or_else(String::new, |e| e.title.clone()),
        guidance: debrief::guidance(game),
        standing: standing::standing(game).ok(),
    }
}

/// Whether the two met the same truths and the same luck.
fn draw(a: &Game, b: &Game) -> String {
    let (first, second) = (a.start(), b.start());
    if a.rules().hash != b.rules().hash {
        return "Not the same rules: an assumption or the scenario's file was another.".to_owned();
    }
    if first.seed != second.seed {
        return "Not the same draw: truths and luck were drawn apart.".to_owned();
    }
    if first.world != second.world {
        return "Not the same draw: the seed is the same, but a world was fixed.".to_owned();
    }
    let (one, two) = (first.branches, second.branches);
    let same = one.list().iter().zip(two.list()).take_while(|(a, b)| a == b).count();
    let next = [one, two].iter().filter_map(|b| b.list().get(same).map(|(turn, _)| *turn)).min();
    match next {
        None => "The same draw: the same truths and the same luck.".to_owned(),
        Some(turn) => format!(
            "The same draw until the opening of turn {}; other luck from there on.",
            turn + 1
        ),
    }
}

/// The values of the desk as they stood at the end, exactly.
fn values(a: &Game, b: &Game) -> Vec<PairRow> {
    let (rules, other) = (a.rules(), b.rules());
    let (here, there) = (weighed::own(a).value, weighed::own(b).value);
    let mut rows: Vec<(u32, PairRow)> = Vec::new();
    for (n, i) in rules.indicators.iter().enumerate() {
        let Some(rank) = figure::rank(rules, IndicatorIx::at(n)) else { continue };
        let right = other.indicators.iter().position(|o| o.id == i.id);
        let row = PairRow {
            name: i.name.to_string(),
            left: words::value(i, here[n]),
            right: right.map_or_else(String::new, |n| words::value(&other.indicators[n], there[n])),
        };
        rows.push((rank, row));
    }
    rows.arrange_by_key(|(rank, _)| *rank);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// What was ordered in a turn, in words.
fn ordered(game: &Game, turn: usize) -> Vec<String> {
    if turn >= game.past().len() {
        return vec!["The game was over.".to_owned()];
    }
    let orders = front::orders_of(game, turn);
    if orders.is_empty() { vec!["Nothing was ordered.".to_owned()] } else { orders }
}

fn alike(turns: usize, apart: usize) -> String {
    match (apart, turns - apart) {
        (0, _) => "In every turn both ordered the same.".to_owned(),
        (_, 0) => "In no turn did both order the same.".to_owned(),
        (_, n) => format!("In {} both ordered the same.", words::count(n, "turn")),
    }
}
