//! The front page: what happened since the last one, what became of what was ordered, what is due.

use crate::engine::position::{RoomWeights, Stance, position};
use crate::engine::{Note, Order, Proposal};
use crate::game::Game;
use crate::scenario::model::{
    AgencyIx, EventKind, Evidence, FileIx, InstrumentIx, Rules, TargetIx, Text,
};

use super::facts::{CALENDAR, Door, FrontPage, Item, Reply};
use super::{cause, desk, figure, lesson, order, stand, text, words};

/// Changes shown at most.
const CHANGES: usize = 6;
/// Agencies that reply at most.
const REPLIES: usize = 4;
/// Days ahead that count as due.
const AHEAD: i32 = 21;

/// The page the turn opens with.
pub fn front_page(game: &Game) -> FrontPage {
    let (rules, s) = (game.rules(), game.situation());
    let header = stand::header(game);
    let news = stand::news(game);
    let today = s.today(rules);
    let from = match game.turn() {
        0 => today,
        n => rules.turns[(n - 1).min(rules.last_turn())].opens.plus(1),
    };
    let mut acts: Vec<Item> = news.iter().filter_map(|n| act(rules, *n)).collect();
    let counterpart = news
        .iter()
        .find_map(|n| counterpart(game, *n))
        .or_else(|| (!acts.is_empty()).then(|| acts.remove(0)));
    acts.extend(news.iter().filter_map(|n| found(rules, *n)));
    let due = desk::coming(game).into_iter().filter(|d| d.on < today.plus(AHEAD)).collect();
    let titles = |pick: fn(&Note) -> Option<FileIx>| {
        news.iter().filter_map(pick).map(|f| rules.files[f].name.to_string()).collect()
    };
    FrontPage {
        scenario: header.scenario,
        turn: header.turn,
        dates: words::dates(from, today),
        headline: if game.turn() == 0 { rules.title.clone() } else { headline(rules, &news) },
        briefing: (game.turn() == 0)
            .then(|| text::item(rules, "briefing", &rules.title, &rules.briefing)),
        items: events(game, &news),
        results: news.iter().filter_map(|n| result(game, *n)).collect(),
        replies: replies(game, &news),
        counterpart,
        found: each_once(acts),
        changes: changes(game),
        opened_files: if game.turn() == 0 {
            Vec::new()
        } else {
            titles(|n| if let Note::FileOpened(f) = n { Some(*f) } else { None })
        },
        closed_files: titles(|n| if let Note::FileClosed(f) = n { Some(*f) } else { None }),
        due,
        asks: desk::prompts(game),
        answered: lesson::answered(game),
        // A lesson asks for one thing at a time; the guidance is there for who opens it.
        wants_guidance: game.turn() == 0 && !s.guided && !game.is_over() && rules.lesson.is_none(),
    }
}

/// The player's own measure taking effect makes the headline; else the first piece of news. News
/// that asks for an answer goes before other news: what the page speaks of should stand at its
/// head.
fn headline(rules: &Rules, news: &[Note]) -> String {
    let launched = news.iter().find_map(|n| match n {
        Note::Launched { instrument, target, .. } if rules.instruments[*instrument].yours => {
            Some(cause::does(rules, *instrument, *target, "takes effect", "take effect"))
        }
        _ => None,
    });
    let event = |kind: Option<EventKind>, asks: bool| {
        news.iter().find_map(|n| match n {
            Note::Fired { event: e, .. }
                if kind.is_none_or(|k| rules.events[*e].kind == k)
                    && (!asks || !rules.events[*e].choices.is_empty()) =>
            {
                Some(rules.events[*e].title.clone())
            }
            _ => None,
        })
    };
    launched
        .or_else(|| event(Some(EventKind::News), true))
        .or_else(|| event(Some(EventKind::News), false))
        .or_else(|| event(None, false))
        .unwrap_or_else(|| "Nothing that made the papers".to_owned())
}

/// Events that ask for nothing; those that do stand under what waits for an answer.
fn events(game: &Game, news: &[Note]) -> Vec<Item> {
    let (rules, s) = (game.rules(), game.situation());
    let told = news
        .iter()
        .filter_map(|n| if let Note::Fired { event, .. } = n { Some(*event) } else { None })
        .filter(|e| !s.prompts.iter().any(|p| p.event == *e));
    let mut items: Vec<(bool, Item)> =
        told.map(|e| (rules.events[e].kind != EventKind::News, text::event(game, e))).collect();
    items.sort_by_key(|(later, _)| *later);
    items.into_iter().map(|(_, i)| i).collect()
}

/// What became of something ordered.
fn result(game: &Game, note: Note) -> Option<Item> {
    let rules = game.rules();
    let at = |i: InstrumentIx, t: TargetIx| Some(Door::Measure(i, t));
    let again = |p: Proposal| Some(Door::Propose(p.instrument, p.target));
    let (kind, title, door) = match note {
        Note::Cleared { proposal, .. } => (
            "cleared",
            order::measure(rules, proposal.instrument, proposal.target),
            at(proposal.instrument, proposal.target),
        ),
        Note::Returned { proposal, .. } => (
            "returned",
            order::measure(rules, proposal.instrument, proposal.target),
            again(proposal),
        ),
        Note::Blocked { proposal, .. } => (
            "blocked",
            order::measure(rules, proposal.instrument, proposal.target),
            again(proposal),
        ),
        Note::Overruled { agency, .. } => {
            ("overruled", rules.agencies[agency].short.clone(), Some(Door::Agency(agency)))
        }
        Note::Launched { instrument, target, .. } => {
            ("in force", order::measure(rules, instrument, target), at(instrument, target))
        }
        Note::Waits { instrument, target } => {
            ("waits", order::measure(rules, instrument, target), at(instrument, target))
        }
        Note::Ended { instrument, target } => {
            ("ended", order::measure(rules, instrument, target), None)
        }
        Note::Withdrawn { instrument, target } => {
            ("withdrawn", order::measure(rules, instrument, target), None)
        }
        Note::TaskDone { task, campaign } => {
            ("task", rules.tasks[task].name.clone(), campaign.map(Door::Campaign))
        }
        Note::Asked(a) => {
            ("asked", rules.asks[a].name.to_string(), Some(Door::Agency(rules.asks[a].of)))
        }
        Note::Leaked { ask, .. } => {
            ("leak", rules.asks[ask].name.to_string(), Some(Door::Agency(rules.asks[ask].of)))
        }
        Note::PromiseKept { promise, to } => {
            ("promise kept", rules.promises[promise].name.to_string(), Some(Door::Agency(to)))
        }
        Note::PromiseBroken { promise, to } => {
            ("promise broken", rules.promises[promise].name.to_string(), Some(Door::Agency(to)))
        }
        Note::Halted(a) => ("given up", rules.aims[a].name.to_string(), None),
        Note::ReformDone(r) => ("reform", rules.reforms[r].name.clone(), None),
        Note::Predicted { agency, .. } => {
            ("prediction", rules.agencies[agency].short.clone(), Some(Door::Agency(agency)))
        }
        Note::Checked { agency, .. } => {
            ("prediction checked", rules.agencies[agency].short.clone(), Some(Door::Agency(agency)))
        }
        Note::Judged { .. } => {
            ("judged", "What you were sure of".to_owned(), Some(Door::Confidence))
        }
        // What took effect at once has been told.
        Note::Chose { event, by_player: true, .. } if rules.events[event].at_once => return None,
        Note::Chose { event, choice, .. } => {
            return Some(answered(rules, event, choice, cause::note(game, note)?));
        }
        Note::WindowOpened(_) | Note::WindowClosed(_) if game.turn() == 0 => return None,
        // What lies ahead stands among what is due, with its day; what nobody could know of yet
        // stands nowhere.
        Note::WindowOpened(w)
            if !stand::in_view(game, &rules.windows[w]) || ahead(game, rules.windows[w].from) =>
        {
            return None;
        }
        Note::WindowOpened(w) | Note::WindowClosed(w) => {
            (CALENDAR, rules.windows[w].name.to_string(), Some(Door::Window(w)))
        }
        Note::Ending(_) => ("the end", cause::note(game, note)?, None),
        Note::Fired { .. }
        | Note::Responded { .. }
        | Note::Found(_)
        | Note::Silence(_)
        | Note::TellFound(_)
        | Note::TellSilence(_)
        | Note::SignSeen(..)
        | Note::SignSilence(..)
        | Note::Acted(..)
        | Note::NotActed(..)
        | Note::Step { .. }
        | Note::FileOpened(_)
        | Note::FileClosed(_)
        | Note::Related { .. } => return None,
    };
    Some(Item {
        kind,
        title,
        body: cause::note(game, note)?,
        label: String::new(),
        record: false,
        door,
    })
}

/// Whether the day is still to come and near enough to be due.
fn ahead(game: &Game, day: crate::day::Day) -> bool {
    let today = game.situation().today(game.rules());
    day >= today && day < today.plus(AHEAD)
}

fn answered(
    rules: &Rules,
    event: crate::scenario::model::EventIx,
    choice: u8,
    said: String,
) -> Item {
    let e = &rules.events[event];
    let then = e.choices.get(usize::from(choice)).and_then(|c| c.then.as_ref());
    let (body, label, record) = match then {
        Some(t) => (
            format!("{said} {}", t.says()),
            text::label(rules, t),
            matches!(t, crate::scenario::model::Text::Record { .. }),
        ),
        None => (said, String::new(), false),
    };
    Item {
        kind: "answered",
        title: e.title.clone(),
        body,
        label,
        record,
        door: Some(Door::Event(event)),
    }
}

fn counterpart(game: &Game, note: Note) -> Option<Item> {
    let rules = game.rules();
    let Note::Responded { response, text: n } = note else { return None };
    let r = &rules.responses[response];
    if !r.visible {
        return None;
    }
    let title = format!("{}: {}", rules.agencies[r.seat].short, r.name.inside());
    let said = r.texts.get(usize::from(n))?;
    Some(text::item(rules, "the other side", &title, &said.text))
}

/// What the other side does by itself.
fn act(rules: &Rules, note: Note) -> Option<Item> {
    let Note::Acted(a, n) = note else { return None };
    let step = rules.aims[a].steps.get(usize::from(n))?;
    let title = cause::step_of(rules, a, n);
    Some(text::item(rules, "the other side", &title, step.act.as_ref()?))
}

fn found(rules: &Rules, note: Note) -> Option<Item> {
    if let Note::Found(e) = note {
        let item = &rules.evidence[e];
        return Some(Item {
            door: Some(Door::Campaign(item.campaign)),
            ..text::item(rules, "evidence", &speaks_to(rules, item), &item.text)
        });
    }
    if let Note::Silence(e) = note {
        let item = &rules.evidence[e];
        let body = item.silence.clone().unwrap_or_else(|| "Looked for, and not found.".to_owned());
        let (title, label) = (speaks_to(rules, item), text::silence(rules, &item.text));
        return Some(Item {
            kind: "nothing found",
            title,
            body,
            label,
            record: false,
            door: Some(Door::Campaign(item.campaign)),
        });
    }
    if let Note::SignSeen(a, n) = note {
        let sign = &rules.aims[a].steps.get(usize::from(n))?.sign;
        let by = sign.by().map_or("in public", |by| rules.agencies[by].short.as_str());
        return Some(text::item(rules, "a sign", &format!("What may be coming ({by})"), sign));
    }
    if let Note::TellFound(t) = note {
        let tell = &rules.tells[t].text;
        return Some(text::item(rules, "the other side", &pattern(rules, tell), tell));
    }
    let Note::TellSilence(t) = note else { return None };
    let tell = &rules.tells[t];
    let (title, label) = (pattern(rules, &tell.text), text::silence(rules, &tell.text));
    Some(Item {
        kind: "the other side",
        title,
        body: tell.silence.clone()?,
        label,
        ..Item::default()
    })
}

/// Which question of which campaign an item speaks to, and who says so: `Cloud Hopper: for whom?
/// (London)`.
fn speaks_to(rules: &Rules, item: &Evidence) -> String {
    let campaign = &rules.campaigns[item.campaign];
    let asks = campaign.variables.get(usize::from(item.variable)).map_or("", |v| v.asks.inside());
    let by = item.text.by().map_or("in public", |by| rules.agencies[by].short.as_str());
    format!("{}: {}? ({by})", campaign.name, asks.trim_end_matches('?'))
}

/// What was looked for in how the other side works, and by whom.
fn pattern(rules: &Rules, tell: &Text) -> String {
    let by = tell.by().map_or("in public", |by| rules.agencies[by].short.as_str());
    format!("{} ({by})", rules.text("motive").unwrap_or("What moves the other side?"))
}

/// Titles told apart: the second of the same title on a page says that it is another.
fn each_once(mut items: Vec<Item>) -> Vec<Item> {
    for n in 1..items.len() {
        let before = items[..n].iter().filter(|i| i.title == items[n].title).count();
        if before > 0 {
            let more =
                ["another item", "a third item"].get(before - 1).copied().unwrap_or("one more");
            items[n].title = format!("{}, {more}", items[n].title);
        }
    }
    items
}

/// Changes of what is on the desk, largest against its own range first.
fn changes(game: &Game) -> Vec<super::facts::Figure> {
    let mut list: Vec<_> = figure::figures(game)
        .into_iter()
        .filter(|f| game.turn() > 0 && (f.marked || f.ranked && f.delta.abs() >= 1000))
        .collect();
    list.sort_by_key(|f| {
        (
            !f.marked,
            std::cmp::Reverse(
                i64::from(f.delta.abs()) * 100_000 / i64::from(f.most - f.least).max(1),
            ),
            f.indicator,
        )
    });
    list.truncate(CHANGES);
    list
}

/// Agencies in a line each: on promises kept and broken, on what was decided, and those who press
/// for a new file.
fn replies(game: &Game, news: &[Note]) -> Vec<Reply> {
    let (rules, s) = (game.rules(), game.situation());
    let mut out: Vec<Reply> = Vec::new();
    let mut add = |a: AgencyIx, says: String| {
        if !says.is_empty() && out.len() < REPLIES && !out.iter().any(|r| r.agency == a) {
            out.push(Reply { agency: a, who: rules.agencies[a].short.clone(), says });
        }
    };
    for n in news {
        if let Note::PromiseKept { to, .. } = n {
            add(*to, stand::pick(game, &rules.agencies[*to].voice.kept));
        } else if let Note::PromiseBroken { to, .. } = n {
            add(*to, stand::pick(game, &rules.agencies[*to].voice.broken));
        }
    }
    for n in news {
        let Note::Chose { event, choice, by_player } = n else { continue };
        let e = &rules.events[*event];
        let Some(c) = e.choices.get(usize::from(*choice)).filter(|_| !(*by_player && e.at_once))
        else {
            continue;
        };
        for r in lesson::replies(game, c) {
            add(r.agency, r.says);
        }
    }
    let room = RoomWeights::new(rules, s);
    for n in news {
        let (Note::Cleared { proposal, .. }
        | Note::Returned { proposal, .. }
        | Note::Blocked { proposal, .. }) = n
        else {
            continue;
        };
        let ins = &rules.instruments[proposal.instrument];
        let mut about = vec![ins.lead];
        if let Note::Returned { first: Some(first), .. }
        | Note::Blocked { first: Some(first), .. } = n
        {
            about.insert(0, *first);
        }
        for a in about {
            let p = position(rules, s, &room, proposal, a);
            // What was cleared is pressed for no longer.
            let speaks = if p.stance == Stance::Presses && matches!(n, Note::Cleared { .. }) {
                Stance::Supports
            } else {
                p.stance
            };
            add(
                a,
                format!(
                    "{}. {}",
                    words::stood_on(p.stance, &ins.short),
                    stand::voice(game, a, speaks)
                ),
            );
        }
    }
    // Files that are new; what has lain on the desk for weeks is on the desk.
    for f in news
        .iter()
        .filter_map(|n| if let Note::FileOpened(f) = n { Some(&rules.files[*f]) } else { None })
    {
        add(f.sponsor, format!("brings a file: {}. {}", f.name, f.says));
    }
    out
}

/// What was ordered in a turn that has ended.
pub(super) fn orders_of(game: &Game, turn: usize) -> Vec<String> {
    let rules = game.rules();
    game.past().get(turn).map_or_else(Vec::new, |p| {
        let line = |g: &crate::game::Given| {
            let text = order::order(rules, &g.order);
            if g.because.is_empty() { text } else { format!("{text}, because {}", g.because) }
        };
        p.orders.iter().filter(|g| g.order != Order::End).map(line).collect()
    })
}
