//! Texts with their standing: record with source and status, or simulated with who signs it and
//! what it follows.

use crate::game::Game;
use crate::scenario::model::{Difficulty, EventIx, EventKind, Rules, SourceIx, Text};

use super::facts::{Door, Item, TitleRow};
use super::words;

/// `record · reported · S6` or `simulated · Treasury, after S5`.
pub fn label(rules: &Rules, text: &Text) -> String {
    let id = |s: &SourceIx| rules.sources.get(s.i()).map_or("?", |s| s.id.as_str());
    match text {
        Text::Record { source, also, status, .. } => {
            let ids: Vec<&str> = std::iter::once(source).chain(also).map(id).collect();
            format!("record · {} · {}", words::status(*status), ids.join(", "))
        }
        Text::Simulated { by, follows, .. } => {
            format!("simulated · {}, after {}", rules.agencies[*by].short, id(follows))
        }
    }
}

/// The standing of what is said where nothing was found: never of the record, signed by whoever
/// looked.
pub fn silence(rules: &Rules, text: &Text) -> String {
    format!(
        "simulated · {}",
        text.by().map_or("your staff", |by| rules.agencies[by].short.as_str())
    )
}

/// A text of the content as an item of a page.
pub fn item(rules: &Rules, kind: &'static str, title: &str, text: &Text) -> Item {
    Item {
        kind,
        title: title.to_owned(),
        body: text.says().to_owned(),
        label: label(rules, text),
        record: matches!(text, Text::Record { .. }),
        door: None,
    }
}

/// What an event says: another text from the second time on, if it has one.
fn of_event(game: &Game, e: EventIx) -> &Text {
    let event = &game.rules().events[e];
    let first = game.situation().events_fired[e] < 2;
    event.again.as_ref().filter(|_| !first).unwrap_or(&event.text)
}

/// An event as it is told, with the way to it.
pub fn event(game: &Game, e: EventIx) -> Item {
    let event = &game.rules().events[e];
    Item {
        door: Some(Door::Event(e)),
        ..item(game.rules(), event_kind(event.kind), &event.title, of_event(game, e))
    }
}

/// A source in full: `S6: … (11 Dec 2018)`.
pub fn source(rules: &Rules, s: SourceIx) -> String {
    let Some(s) = rules.sources.get(s.i()) else { return String::new() };
    match s.date {
        Some(d) => format!("{}: {} ({})", s.id, s.says, words::date(d)),
        None => format!("{}: {}", s.id, s.says),
    }
}

pub fn event_kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::News => "news",
        EventKind::Memo => "memo",
        EventKind::Cable => "from abroad",
        EventKind::Hill => "the Hill",
        EventKind::Market => "markets",
        EventKind::Office => "the office",
    }
}

pub fn difficulty(d: Difficulty) -> &'static str {
    match d {
        Difficulty::Learning => "to learn",
        Difficulty::Standard => "standard",
        Difficulty::Hard => "hard",
    }
}

/// A loaded scenario's row of the title page.
pub fn title_row(rules: &Rules) -> TitleRow {
    TitleRow {
        id: rules.id.clone(),
        title: rules.title.clone(),
        summary: rules.summary.clone(),
        measure: format!(
            "{} minutes · {} · {}",
            rules.minutes,
            words::count(rules.turns.len(), "turn"),
            difficulty(rules.difficulty)
        ),
        problem: String::new(),
    }
}
