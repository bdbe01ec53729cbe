//! The front page: what asks, what became of what was ordered, what moved, what else happened, what
//! is due.

use crate::engine::ledger::Ended;
use crate::engine::position::{RoomWeights, Stance, in_room, position};
use crate::engine::{Note, Order, Proposal};
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{
    AgencyIx, Effect, EventKind, Evidence, FileIx, InstrumentIx, Rules, TargetIx, Text, Window,
};

use super::facts::{CALENDAR, Card, Door, Figure, FrontPage, Item, MindRow, Reply};
use super::{card, cause, desk, figure, lesson, order, reasons, stand, text, words};

/// Changes shown at most.
const CHANGES: usize = 6;
/// A value that is not judged by itself is told from so many points on.
const BEHIND: i32 = 2000;
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
    // What came in the weeks after the last turn says so.
    let (news_of_turn, news_after) = split(&news);
    let both = |of: &dyn Fn(&[Note]) -> Vec<Item>| {
        let mut all = of(news_of_turn);
        all.extend(of(news_after).into_iter().map(in_the_weeks_after));
        all
    };
    let each = |of: fn(&Game, Note) -> Option<Item>| {
        both(&|news| news.iter().filter_map(|n| of(game, *n)).collect())
    };
    let mut acts = each(counterpart);
    acts.extend(each(act));
    let counterpart = (!acts.is_empty()).then(|| acts.remove(0));
    acts.extend(each(found));
    let due = desk::coming(game).into_iter().filter(|d| d.on < today.plus(AHEAD)).collect();
    let titles = |pick: fn(&Note) -> Option<FileIx>| {
        news.iter().filter_map(pick).map(|f| rules.files[f].name.to_string()).collect()
    };
    let (cards, mut results) = yours(game, &news);
    let shut = shut_behind(game);
    let headline = match (game.turn(), shut.first()) {
        (0, _) => rules.title.clone(),
        (_, shut) => headline(game, news_of_turn, shut),
    };
    results.splice(..0, shut);
    FrontPage {
        scenario: header.scenario,
        turn: if game.is_over() { "the last page".to_owned() } else { header.turn },
        dates: words::dates(from, if game.is_over() { today.plus(-1) } else { today }),
        after: after(game, news_after),
        headline,
        briefing: (game.turn() == 0)
            .then(|| text::item(game, "briefing", &rules.title, &rules.briefing)),
        asks: desk::prompts(game),
        answered: lesson::answered(game),
        replies: replies(game, &news, &cards),
        changes: changes(game, cards.len() + results.len().min(3)),
        cards,
        results,
        foretold: foretold(game, &news),
        items: both(&|news| events(game, news)),
        counterpart,
        found: each_once(acts),
        minds: minds(game, &news),
        opened_files: if game.turn() == 0 { Vec::new() } else { opened(rules, &news) },
        closed_files: titles(|n| if let Note::FileClosed(f) = n { Some(*f) } else { None }),
        due,
        // A lesson asks for one thing at a time; the guidance is there for who opens it.
        wants_guidance: game.turn() == 0 && !s.guided && !game.is_over() && rules.lesson.is_none(),
    }
}

/// What was told of the turn, and what of the weeks after the last.
fn split(news: &[Note]) -> (&[Note], &[Note]) {
    let at = news.iter().position(|n| *n == Note::After).unwrap_or(news.len());
    news.split_at(at)
}

/// Of what is told by its title.
fn in_the_weeks_after(item: Item) -> Item {
    Item { title: format!("{}, in the weeks after", item.title), ..item }
}

/// That what was left ran on after the last turn, and to which day.
fn after(game: &Game, news_after: &[Note]) -> String {
    let rules = game.rules();
    if news_after.is_empty() {
        return String::new();
    }
    format!(
        "Your time ended on {}. What you left ran on to {} with nobody in your chair, and your \
         marks count where things stood then.",
        words::date(rules.closes().plus(-1)),
        words::runs_to(rules)
    )
}

/// The player's own measure taking effect makes the headline, or the law shutting behind one; else
/// the first piece of news; else what a meeting said. News that asks for an answer goes before
/// other news: what the page speaks of should stand at its head.
fn headline(game: &Game, news: &[Note], shut: Option<&Item>) -> String {
    let rules = game.rules();
    let launched = news.iter().filter(|n| !by_others(game, n)).find_map(|n| match n {
        Note::Launched { instrument, target, .. } => {
            Some(cause::does(rules, *instrument, *target, "takes effect", "take effect"))
        }
        Note::Revised { instrument, target } => Some(cause::does(
            rules,
            *instrument,
            *target,
            "has its new terms",
            "have their new terms",
        )),
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
    let heard = || {
        news.iter().find_map(|n| match n {
            Note::Cleared { proposal: p, revises: true, .. } => {
                let what = order::measure(rules, p.instrument, p.target);
                Some(format!("New terms are cleared: {what}"))
            }
            Note::Cleared { proposal: p, .. } => {
                Some(cause::does(rules, p.instrument, p.target, "is cleared", "are cleared"))
            }
            Note::Returned { proposal: p, .. } | Note::Blocked { proposal: p, .. } => {
                Some(cause::does(rules, p.instrument, p.target, "is stopped", "are stopped"))
            }
            _ => None,
        })
    };
    launched
        .or_else(|| shut.map(|item| format!("Proof falls short: {}", item.title)))
        .or_else(|| event(Some(EventKind::News), true))
        .or_else(|| event(Some(EventKind::News), false))
        .or_else(|| event(None, false))
        .or_else(heard)
        .unwrap_or_else(|| "Nothing that made the papers".to_owned())
}

/// Measures on their way and built files that the law let pass a turn ago and does not now.
fn shut_behind(game: &Game) -> Vec<Item> {
    let (rules, s) = (game.rules(), game.situation());
    let Some(then) = game.before() else { return Vec::new() };
    let pending = s.measures.iter().filter(|m| !m.in_force());
    let waits = "Until it is proved again the measure waits.";
    let pending =
        pending.map(|m| (m.instrument, m.target, waits, Door::Measure(m.instrument, m.target)));
    let no_room = "Until it is proved again no room can clear it.";
    let shelf = s.shelf.iter();
    let shelf =
        shelf.map(|f| (f.instrument, f.target, no_room, Door::Propose(f.instrument, f.target)));
    let shut = |(i, t, then_what, door)| {
        if !then.gate_open(rules, i, t) || s.gate_open(rules, i, t) {
            return None;
        }
        let gate = stand::gates(game, i, t).into_iter().next()?;
        let body = format!(
            "Since last turn evidence has moved against it: proof that {} {} stands at {} of 100, and \
             the law asks {}. {then_what} {}",
            rules.targets[t].name, gate.role, gate.has, gate.needs, gate.unblock
        );
        let title = order::measure(rules, i, t);
        Some(Item { kind: "the law", title, body, door: Some(door), ..Item::default() })
    };
    pending.chain(shelf).filter_map(shut).collect()
}

/// Events that ask for nothing; those that do stand under what waits for an answer.
fn events(game: &Game, news: &[Note]) -> Vec<Item> {
    let (rules, s) = (game.rules(), game.situation());
    let told = news
        .iter()
        .filter_map(|n| if let Note::Fired { event, .. } = n { Some(*event) } else { None })
        .filter(|e| game.is_over() || !s.prompts.iter().any(|p| p.event == *e));
    let mut items: Vec<(bool, Item)> =
        told.map(|e| (rules.events[e].kind != EventKind::News, text::event(game, e))).collect();
    items.arrange_by_key(|(later, _)| *later);
    // What others put into effect is news, and nothing of the player's.
    let others = news.iter().filter(|n| by_others(game, n)).filter_map(|n| result(game, *n));
    others.chain(items.into_iter().map(|(_, i)| i)).collect()
}

/// A measure that took effect and that no order of the player's had brought.
fn by_others(game: &Game, note: &Note) -> bool {
    let Note::Launched { instrument, target, .. } = note else { return false };
    let mut all = game.situation().measures.iter();
    let measure = all.find(|m| (m.instrument, m.target) == (*instrument, *target));
    // One that is gone again was the player's if the instrument is.
    measure.map_or(!game.rules().instruments[*instrument].yours, |m| !m.is_ordered())
}

/// What became of what the player ordered: cards for the largest and for the answers, and the rest,
/// the largest first.
fn yours(game: &Game, news: &[Note]) -> (Vec<Card>, Vec<Item>) {
    let rules = game.rules();
    let turn = game.turn().saturating_sub(1);
    let mut largest: Option<((u8, i64), Note)> = None;
    let mut rest: Vec<((u8, i64), Note, Item)> = Vec::new();
    let mut answers = Vec::new();
    let of_turn = split(news).0.len();
    for (n, note) in news.iter().copied().enumerate() {
        if let Note::Chose { event, choice, by_player: true } = note {
            // What took effect at once has been told.
            if !rules.events[event].at_once {
                answers.push(card::of_answer(game, event, choice, turn));
            }
            continue;
        }
        if by_others(game, &note) {
            continue;
        }
        let Some(mut item) = result(game, note) else { continue };
        if let Note::Ended { instrument, how: Ended::Over | Ended::Dropped, .. } = note
            && let Some(why) = ended_by(rules, news, instrument)
        {
            item.body = format!("{} It follows from: {why}.", item.body);
        }
        if n >= of_turn {
            item.body = format!("In the weeks after: {}", item.body);
        }
        let rank = rank(game, note, turn);
        if rank.0 >= CARDED && largest.is_none_or(|(most, _)| rank > most) {
            largest = Some((rank, note));
        }
        rest.push((rank, note, item));
    }
    let mut cards = Vec::new();
    if let Some((_, note)) = largest
        && let Some(at) = rest.iter().position(|(_, n, _)| *n == note)
    {
        let (_, _, mut item) = rest.remove(at);
        // What was cleared and took effect in one turn is one story.
        if let Note::Launched { instrument, target, .. } = note {
            let of = |n: &Note| {
                matches!(n, Note::Cleared { proposal: p, .. }
                    if (p.instrument, p.target) == (instrument, target))
            };
            if let Some(at) = rest.iter().position(|(_, n, _)| of(n)) {
                let (_, _, cleared) = rest.remove(at);
                item.body = format!("{} {}", cleared.body, item.body);
            }
        }
        if let Some(whole) = card::refusal(game, note) {
            item.body = whole;
        }
        cards.push(card::of_measure(game, item, note));
    }
    cards.extend(answers);
    rest.arrange_by_key(|(rank, ..)| std::cmp::Reverse(*rank));
    (cards, rest.into_iter().map(|(_, _, item)| item).collect())
}

/// The event of these that ends measures of the instrument, by itself or with its answer.
fn ended_by<'r>(rules: &'r Rules, news: &[Note], instrument: InstrumentIx) -> Option<&'r str> {
    let ends =
        |also: &[Effect]| also.iter().any(|e| matches!(e, Effect::End(i) if *i == instrument));
    news.iter().find_map(|n| {
        let (event, also) = match n {
            Note::Fired { event, .. } => (event, &rules.events[*event].also),
            Note::Chose { event, choice, .. } => {
                (event, &rules.events[*event].choices.get(usize::from(*choice))?.also)
            }
            _ => return None,
        };
        ends(also).then(|| rules.events[*event].title.as_str())
    })
}

/// From this rank on what became of an order has a card of its own.
const CARDED: u8 = 7;

/// How large a thing is among what became of the player's orders: its kind, then what it moved.
fn rank(game: &Game, note: Note, turn: usize) -> (u8, i64) {
    let of = |i: InstrumentIx, t: TargetIx| card::weight(game, i, t, turn);
    match note {
        Note::Launched { instrument, target, .. } | Note::Revised { instrument, target } => {
            (9, of(instrument, target))
        }
        Note::Returned { proposal: p, .. } | Note::Blocked { proposal: p, .. } => {
            (8, of(p.instrument, p.target))
        }
        Note::Cleared { proposal: p, .. } => (7, of(p.instrument, p.target)),
        Note::ReformDone(_)
        | Note::Halted(_)
        | Note::Guided(_)
        | Note::PromiseBroken { .. }
        | Note::Leaked { .. } => (6, 0),
        Note::Judged { .. } | Note::Overruled { .. } | Note::Built { .. } | Note::Waits { .. } => {
            (5, 0)
        }
        Note::Ended { .. } | Note::Withdrawn { .. } | Note::PromiseKept { .. } => (4, 0),
        Note::TaskDone { .. } | Note::Asked(_) => (3, 0),
        _ => (0, 0),
    }
}

/// What agencies in the room have newly on their own minds; on the second page, which is the first
/// that is not the briefing, all they have.
fn minds(game: &Game, news: &[Note]) -> Vec<MindRow> {
    let (rules, s) = (game.rules(), game.situation());
    let is_new =
        |a: AgencyIx| news.iter().any(|n| matches!(n, Note::Minds { agency, .. } if *agency == a));
    let row = |a: AgencyIx| {
        let (_, spell) = s.spell_of(rules, a)?;
        Some(MindRow {
            agency: a,
            short: rules.agencies[a].short.clone(),
            readier: spell.points > 0,
            says: spell.says.clone(),
            until: words::day(rules, s.spell_until[a]).short(),
        })
    };
    in_room(rules).filter(|a| game.turn() == 1 || is_new(*a)).filter_map(row).collect()
}

/// New files, and who brings each; what they say is on the desk.
fn opened(rules: &Rules, news: &[Note]) -> Vec<String> {
    let opened = news.iter().filter_map(|n| match n {
        Note::FileOpened(f) => Some(&rules.files[*f]),
        _ => None,
    });
    opened.map(|f| format!("{} ({})", f.name, rules.agencies[f.sponsor].short)).collect()
}

/// What advisers foretold and what came of it, counted in a line; each in the text.
fn foretold(game: &Game, news: &[Note]) -> Option<Item> {
    let (mut fresh, mut right, mut wrong) = (0, 0, 0);
    let mut told = Vec::new();
    for n in news {
        match n {
            Note::Predicted { .. } => fresh += 1,
            Note::Checked { hit: true, .. } => right += 1,
            Note::Checked { hit: false, .. } => wrong += 1,
            _ => continue,
        }
        told.extend(cause::note(game, *n));
    }
    if told.is_empty() {
        return None;
    }
    let parts: Vec<String> = [(right, "right"), (wrong, "wrong"), (fresh, "new")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    Some(Item {
        kind: "foretold",
        title: format!("Advisers’ predictions: {}", words::list(&parts)),
        body: told.join("\n\n"),
        ..Item::default()
    })
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
        Note::Built { instrument, target } => (
            "file ready",
            order::measure(rules, instrument, target),
            Some(Door::Propose(instrument, target)),
        ),
        Note::Launched { instrument, target, .. } => {
            ("in force", order::measure(rules, instrument, target), at(instrument, target))
        }
        Note::Revised { instrument, target } => {
            ("new terms", order::measure(rules, instrument, target), at(instrument, target))
        }
        // That it still waits is no news; the calendar says so every day.
        Note::Waits { .. }
            if game.turn().checked_sub(2).is_some_and(|t| game.notes_of(t).any(|n| n == note))
                && !new_on_the_calendar(game) =>
        {
            return None;
        }
        Note::Waits { instrument, target } => {
            ("waits", order::measure(rules, instrument, target), at(instrument, target))
        }
        Note::Ended { instrument, target, .. } => {
            ("ended", order::measure(rules, instrument, target), None)
        }
        Note::Withdrawn { instrument, target, .. } => {
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
        Note::Guided(p) => ("guidance", rules.profiles[p.i()].name.clone(), None),
        Note::ReformDone(r) => ("reform", rules.reforms[r].name.clone(), None),
        Note::Judged { .. } => {
            ("judged", "What you were sure of".to_owned(), Some(Door::Confidence))
        }
        Note::Chose { event, choice, by_player: false } => {
            return Some(answered(game, event, choice, cause::note(game, note)?));
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
        // What the player answered has a card.
        Note::Chose { by_player: true, .. }
        | Note::Fired { .. }
        | Note::Responded { .. }
        | Note::Found(_)
        | Note::Silence(_)
        | Note::TellFound(_)
        | Note::TellSilence(_)
        | Note::SignSeen(..)
        | Note::SignSilence(..)
        | Note::Acted(..)
        | Note::Minds { .. }
        | Note::NotActed(..)
        | Note::Step { .. }
        | Note::FileOpened(_)
        | Note::FileClosed(_)
        | Note::Related { .. }
        | Note::Predicted { .. }
        | Note::Checked { .. }
        | Note::After
        // The debrief begins with it.
        | Note::Ending(_) => return None,
    };
    let mut body = card::refusal_in_short(game, note).or_else(|| cause::note(game, note))?;
    if let Note::Asked(a) = note
        && rules.asks[a].hears
    {
        body.push(' ');
        body.push_str(&heard(game, rules.asks[a].of));
    }
    Some(Item { kind, title, body, label: String::new(), record: false, door })
}

/// Whether a window has come into view since the last opening: what waits for the calendar has
/// another day then.
fn new_on_the_calendar(game: &Game) -> bool {
    let then = game.turn().checked_sub(1).and_then(|t| game.rules().turns.get(t));
    let is_new = |w: &Window| {
        stand::in_view(game, w) && then.is_some_and(|turn| !stand::in_view_in(turn, w))
    };
    game.rules().windows.iter().any(is_new)
}

/// What an agency would not sign of what lies open, and why, the worst first.
fn heard(game: &Game, of: AgencyIx) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let room = RoomWeights::new(rules, s);
    let mut list: Vec<(i32, String)> = stand::open_files(game)
        .filter_map(|(_, f)| {
            let p = Proposal::of_file(f);
            let pos = position(rules, s, &room, &p, of);
            let why = reasons::in_short(game, &p, &pos, pos.is_against()).into_iter().next()?;
            let file = order::measure(rules, f.instrument, f.target);
            (pos.stance >= Stance::Reserves).then(|| (pos.score, format!("{file} ({why})")))
        })
        .collect();
    list.arrange_by_key(|(score, file)| (*score, file.clone()));
    let who = &rules.agencies[of].short;
    let files: Vec<String> = list.into_iter().map(|(_, file)| file).collect();
    match files.as_slice() {
        [] => format!("Of what lies open there is nothing that {who} would not sign as it lies."),
        all => format!("As they lie, {who} would not sign {}.", words::list(all)),
    }
}

/// Whether the day is still to come and near enough to be due.
fn ahead(game: &Game, day: crate::day::Day) -> bool {
    let today = game.situation().today(game.rules());
    day >= today && day < today.plus(AHEAD)
}

fn answered(game: &Game, event: crate::scenario::model::EventIx, choice: u8, said: String) -> Item {
    let e = &game.rules().events[event];
    let then = e.choices.get(usize::from(choice)).and_then(|c| c.then.as_ref());
    let (body, label, record) = match then {
        Some(t) => (
            format!("{said} {}", t.says()),
            text::label(game, t),
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
    Some(text::item(game, "the other side", &title, &said.text))
}

/// What the other side does by itself.
fn act(game: &Game, note: Note) -> Option<Item> {
    let rules = game.rules();
    let Note::Acted(a, n) = note else { return None };
    let step = rules.aims[a].steps.get(usize::from(n))?;
    let title = cause::step_of(rules, a, n);
    Some(text::item(game, "the other side", &title, step.act.as_ref()?))
}

fn found(game: &Game, note: Note) -> Option<Item> {
    let rules = game.rules();
    if let Note::Found(e) = note {
        let item = &rules.evidence[e];
        return Some(Item {
            door: Some(Door::Campaign(item.campaign)),
            ..text::item(game, "evidence", &speaks_to(rules, item), &item.text)
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
        return Some(text::item(game, "a sign", &format!("What may be coming ({by})"), sign));
    }
    if let Note::TellFound(t) = note {
        let tell = &rules.tells[t].text;
        return Some(text::item(game, "the other side", &pattern(rules, tell), tell));
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
    let titles: Vec<String> = items.iter().map(|i| i.title.clone()).collect();
    for n in 1..items.len() {
        let before = titles[..n].iter().filter(|t| **t == titles[n]).count();
        if before > 0 {
            let more =
                ["another item", "a third item"].get(before - 1).copied().unwrap_or("one more");
            items[n].title = format!("{}, {more}", items[n].title);
        }
    }
    items
}

/// What changed: what is on the desk before what is not, largest against its own range first. Those
/// of an estimate only beyond its own error. The more there is to tell of the player's own, the
/// fewer: every value is a key away.
fn changes(game: &Game, cards: usize) -> Vec<Figure> {
    let mut list: Vec<_> = figure::figures(game)
        .into_iter()
        .filter(|f| game.turn() > 0 && f.marked && (f.ranked || f.delta.abs() >= BEHIND))
        .collect();
    let share = |f: &Figure| game.rules().indicators[f.indicator].share(f.delta);
    list.arrange_by_key(|f| (!f.ranked, std::cmp::Reverse(share(f)), f.indicator));
    list.truncate(CHANGES - cards.saturating_sub(1).min(CHANGES - 1));
    list
}

/// Agencies in a line each: on promises kept and broken, and on what was decided and has no card.
fn replies(game: &Game, news: &[Note], cards: &[Card]) -> Vec<Reply> {
    let rules = game.rules();
    let mut out: Vec<Reply> = Vec::new();
    let mut add = |a: AgencyIx, says: String| {
        let heard = cards.iter().flat_map(|c| &c.replies).any(|r| r.agency == a && r.says == says);
        if !says.is_empty() && !heard && out.len() < REPLIES && !out.iter().any(|r| r.agency == a) {
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
        let (Note::Cleared { proposal, .. }
        | Note::Returned { proposal, .. }
        | Note::Blocked { proposal, .. }) = n
        else {
            continue;
        };
        let of = Some(Door::Measure(proposal.instrument, proposal.target));
        let again = Some(Door::Propose(proposal.instrument, proposal.target));
        if cards.iter().any(|c| c.item.door == of || c.item.door == again) {
            continue;
        }
        let first = match n {
            Note::Returned { first, .. } | Note::Blocked { first, .. } => *first,
            _ => None,
        };
        for a in first.into_iter().chain([rules.instruments[proposal.instrument].lead]) {
            if let Some(says) = card::stood_reply(game, *n, a) {
                add(a, says);
            }
        }
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
