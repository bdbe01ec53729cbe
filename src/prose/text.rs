//! Texts with their standing: record with source and status, or simulated with who signs it and
//! what it follows.

use crate::day::Day;
use crate::engine::Note;
use crate::game::Game;
use crate::scenario::model::{Difficulty, EventIx, EventKind, Rules, SourceIx, Text};

use super::facts::{Door, Item, TitleRow};
use super::words;

/// `record · reported · S6`, `simulated · Treasury, after S5` or `simulated · Treasury`. No source is
/// named before it was out.
pub fn label(game: &Game, text: &Text) -> String {
    let rules = game.rules();
    let was_out = |s: &&SourceIx| is_out(game, **s);
    let id = |s: &SourceIx| rules.sources.get(s.i()).map_or("?", |s| s.id.as_str());
    match text {
        Text::Record { source, also, status, .. } => {
            let also = also.iter().filter(was_out);
            let ids: Vec<&str> = std::iter::once(source).chain(also).map(id).collect();
            format!("record · {} · {}", words::status(*status), ids.join(", "))
        }
        Text::Simulated { by, follows, .. } => {
            let follows = follows.as_ref().filter(was_out);
            let after = follows.map_or_else(String::new, |s| format!(", after {}", id(s)));
            format!("simulated · {}{after}", rules.agencies[*by].short)
        }
    }
}

/// Whether anything of a source is out today.
pub fn is_out(game: &Game, s: SourceIx) -> bool {
    game.rules().sources.get(s.i()).is_some_and(|s| s.out_by(until(game)).next().is_some())
}

/// The day up to which sources and the codex may speak: the day of the turn while the game goes on,
/// none when it is over.
pub fn until(game: &Game) -> Option<Day> {
    (!game.is_over()).then(|| game.situation().today(game.rules()))
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
pub fn item(game: &Game, kind: &'static str, title: &str, text: &Text) -> Item {
    Item {
        kind,
        title: title.to_owned(),
        body: text.says().to_owned(),
        label: label(game, text),
        record: matches!(text, Text::Record { .. }),
        door: None,
    }
}

/// What an event said when it happened last.
fn of_event(game: &Game, e: EventIx) -> &Text {
    let told = |n| {
        if let Note::Fired { event, version } = n { (event == e).then_some(version) } else { None }
    };
    let in_turn = |t| game.notes_of(t).filter_map(told).last();
    let version = (0..=game.turn()).rev().find_map(in_turn);
    let version = version.or_else(|| game.notes_of_setup().filter_map(told).last());
    &game.rules().events[e].text.version(version.unwrap_or(0)).text
}

/// An event as it is told, with the way to it.
pub fn event(game: &Game, e: EventIx) -> Item {
    let event = &game.rules().events[e];
    Item {
        door: Some(Door::Event(e)),
        ..item(game, event_kind(event.kind), &event.title, of_event(game, e))
    }
}

/// A source with what of it was out by the day: `S6: Straits Times, 11 Dec 2018 (planned
/// sanctions).`. All of it without a day; empty where nothing was out.
pub fn source(rules: &Rules, s: SourceIx, until: Option<Day>) -> String {
    let Some(s) = rules.sources.get(s.i()) else { return String::new() };
    let parts: Vec<&str> = s.out_by(until).map(|p| p.says.trim_end_matches('.')).collect();
    if parts.is_empty() {
        return String::new();
    }
    let remark = if s.says.is_empty() { String::new() } else { format!(" {}", s.says) };
    format!("{}: {}.{remark}", s.id, parts.join("; "))
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
            words::count(rules.played(), "turn"),
            difficulty(rules.difficulty)
        ),
        problem: String::new(),
    }
}
