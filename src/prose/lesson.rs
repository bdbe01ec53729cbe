//! A scenario that teaches: the coach's words and steps of the turn, what an answer did at once,
//! and what the debrief says of it all. Everything comes from the scenario; nothing here knows
//! which one it is.

use crate::engine::{Note, Order, names};
use crate::game::Game;
use crate::scenario::model::{CoachStep, Does, EventIx};

use super::facts::{Card, Coach, StepDoes, StepRow};
use super::{card, words};

/// Steps that have a number.
pub const KEYS: usize = 9;

/// Whether a coach stands beside the player.
pub fn teaches(game: &Game) -> bool {
    game.rules().lesson.is_some() && !game.is_over()
}

/// What the coach says of this turn. `seen` are steps taken by looking: their positions in the
/// turn's list.
pub fn coach(game: &Game, seen: &[usize]) -> Option<Coach> {
    let rules = game.rules();
    if game.is_over() {
        return None;
    }
    let turn = rules.lesson.as_ref()?.turns.get(game.turn())?;
    let mut steps: Vec<StepRow> = Vec::new();
    // Where the group of steps in hand began: those that stand for each other.
    let mut from = 0;
    let mut number = 0;
    for (n, step) in turn.steps.iter().enumerate() {
        let Some(does) = does(game, step) else { continue };
        if !step.instead {
            from = steps.len();
        }
        if !game.situation().all(rules, &step.when) {
            continue;
        }
        // A step keeps its number, whatever is done before it.
        let key = number;
        number += 1;
        let several = step.instead || turn.steps.get(n + 1).is_some_and(|s| s.instead);
        let done = done(game, &does, seen.contains(&n) && !several);
        let taken = steps[from..].iter().any(|s| s.done);
        if done {
            steps.truncate(from);
        }
        // Of several ways to end the turn the first that is offered will do.
        let ends = does == StepDoes::EndTurn && steps.iter().any(|s| s.does == StepDoes::EndTurn);
        if done || !taken && !ends {
            steps.push(StepRow {
                n,
                key: (!done && key < KEYS).then_some(key),
                say: step.say.clone(),
                then: step.then.clone(),
                done,
                does,
            });
        }
    }
    Some(Coach { says: turn.says.clone(), steps })
}

fn does(game: &Game, step: &CoachStep) -> Option<StepDoes> {
    Some(match &step.does {
        Does::Order(named) => StepDoes::Order(names::resolve(game.rules(), named).ok()?),
        Does::Draft(file) => StepDoes::Draft(*file),
        Does::Why(i) => StepDoes::Why(*i),
        Does::Sure(p) => StepDoes::Sure(*p),
        Does::EndTurn => StepDoes::EndTurn,
    })
}

fn done(game: &Game, does: &StepDoes, seen: bool) -> bool {
    match does {
        StepDoes::Order(order) => game.orders().iter().any(|g| g.order == *order),
        StepDoes::Draft(file) => {
            let f = &game.rules().files[*file];
            seen || game
                .situation()
                .agenda
                .iter()
                .any(|a| a.proposal.instrument == f.instrument && a.proposal.target == f.target)
        }
        StepDoes::Sure(p) => game.situation().confidence[*p] > 0,
        StepDoes::Why(_) => seen,
        StepDoes::EndTurn => false,
    }
}

/// Answers given this turn that took effect at once: what each agency says to it, and what moved.
pub fn answered(game: &Game) -> Vec<Card> {
    if game.is_over() {
        return Vec::new();
    }
    let rules = game.rules();
    let now = game.notes_of(game.turn());
    now.filter_map(|n| match n {
        Note::Chose { event, choice, by_player: true } if rules.events[event].at_once => {
            Some(card::of_answer(game, event, choice, game.turn()))
        }
        _ => None,
    })
    .collect()
}

/// The lesson's lines of the debrief: those that hold.
pub(super) fn close(game: &Game) -> Vec<String> {
    let rules = game.rules();
    let Some(lesson) = &rules.lesson else { return Vec::new() };
    lesson
        .close
        .iter()
        .filter(|(when, _)| game.whole().all(rules, when))
        .map(|(_, says)| says.clone())
        .collect()
}

/// What would stand elsewhere had the first question been answered otherwise.
pub(super) fn luck(game: &Game) -> Vec<String> {
    game.rules()
        .lesson
        .as_ref()
        .and_then(|l| l.compare)
        .map_or_else(Vec::new, |event| other_answers(game, event))
}

/// The same game with the other answers to one event: same luck, same orders after it, those no
/// longer legal left out.
fn other_answers(game: &Game, event: EventIx) -> Vec<String> {
    let rules = game.rules();
    let chosen = game.situation().choice_made[event];
    let mut out = Vec::new();
    for (n, c) in
        rules.events[event].choices.iter().enumerate().filter(|(n, _)| *n != usize::from(chosen))
    {
        let choice = u8::try_from(n).unwrap_or(0);
        let mut again = Game::new(game.shared_rules(), game.start());
        for (turn, past) in game.past().iter().enumerate() {
            let asked = again.situation().prompts.iter().any(|p| p.event == event);
            if asked {
                // It is asked now or it never was: then this game cannot be compared.
                let _ = again.give(Order::Answer { event, choice }, "");
            }
            for given in &past.orders {
                if !matches!(given.order, Order::Answer { event: e, .. } if e == event) {
                    let _ = again.give(given.order, "");
                }
            }
            if again.end().is_err() || turn + 1 == rules.played() {
                break;
            }
        }
        let differs: Vec<String> = rules
            .desk
            .iter()
            .filter_map(|i| {
                let (indicator, here, there) = (
                    &rules.indicators[*i],
                    game.whole().hidden().value[*i],
                    again.whole().hidden().value[*i],
                );
                let far = (here - there).abs() >= 500
                    && words::value(indicator, here) != words::value(indicator, there);
                far.then(|| {
                    format!(
                        "{} {} instead of {}",
                        indicator.name.inside(),
                        words::value(indicator, there),
                        words::value(indicator, here)
                    )
                })
            })
            .collect();
        let what = if differs.is_empty() {
            "nothing on the desk would stand elsewhere".to_owned()
        } else {
            words::list(&differs)
        };
        out.push(format!("{}: {what}.", c.say.trim_end_matches('.')));
    }
    out
}
