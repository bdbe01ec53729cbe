//! Lessons: a coach's steps, turn by turn, and what is said at the end.

use super::super::model::{self, Slot, limits};
use super::super::raw;
use super::conditions::Reader;
use super::finding::Code;
use super::names::Cx;
use super::{scripts, words};

pub fn lesson(cx: &Cx, slots: &[Vec<Slot>]) -> Option<model::Lesson> {
    cx.enter_scenario();
    let raw = cx.m.scenario.lesson.as_ref()?;
    if raw.turns.len() != cx.played().len() && !cx.turns.is_empty() {
        cx.report_row(
            Code::Contradiction,
            format!(
                "the lesson has {} turns and the calendar {}",
                raw.turns.len(),
                cx.played().len()
            ),
            "give each turn its steps",
        );
    }
    let turns = raw.turns.iter().map(|t| coach(cx, t, slots)).collect();
    let close = raw
        .close
        .iter()
        .map(|l| {
            (
                cx.conditions(&l.when, Reader::Engine),
                cx.words(&l.says, words::LINE, "a line of the debrief"),
            )
        })
        .collect();
    Some(model::Lesson {
        turns,
        close,
        compare: raw.compare.as_ref().and_then(|e| cx.event(e)),
        next: cx.words_or_none(&raw.next, words::LINE, "what comes next"),
    })
}

fn coach(cx: &Cx, raw: &raw::Coach, slots: &[Vec<Slot>]) -> model::Coach {
    if raw.steps.len() > limits::STEPS {
        cx.report(
            Code::TooMany,
            raw.says.at,
            format!("{} steps; at most {} fit", raw.steps.len(), limits::STEPS),
            "",
        );
    }
    if !raw.steps.last().is_some_and(|s| s.when.is_empty() && matches!(s.does, raw::Does::EndTurn))
    {
        cx.report(
            Code::MissingField,
            raw.says.at,
            "the steps of this turn do not end it",
            "let the last step be `EndTurn`, without `when`",
        );
    }
    let steps = raw.steps.iter().filter_map(|s| {
        let (say, then) = (
            cx.words(&s.say, words::LINE, "a step"),
            cx.words_or_none(&s.then, words::LINE, "what is said after a step"),
        );
        cx.brief(&s.say, words::WORDS_OF_A_CHOICE, "a step");
        cx.no_quotes(&s.then, "what is said after a step");
        let when = cx.conditions(&s.when, Reader::Player);
        let does = match &s.does {
            raw::Does::Order(order) => {
                scripts::order(cx, order, slots);
                model::Does::Order(order.clone())
            }
            raw::Does::Draft(file) => model::Does::Draft(cx.file(file)?),
            raw::Does::Why(indicator) => model::Does::Why(cx.indicator(indicator)?),
            raw::Does::Sure(proposition) => model::Does::Sure(cx.proposition(proposition)?),
            raw::Does::EndTurn => model::Does::EndTurn,
        };
        Some(model::CoachStep { say, when, does, instead: s.instead, then })
    });
    let steps = steps.collect();
    cx.no_quotes(&raw.says, "what the coach says");
    model::Coach { says: cx.words(&raw.says, words::LINE, "what the coach says"), steps }
}
