//! The pages: where this is, a few sentences, a numbered menu. Detail stands behind an entry, never
//! before it.
//!
//! A page that is long on the screen (front page, debrief, calendar, an agency) is here a menu of
//! its parts, each of which reads out and leads to the next; one entry reads the whole. 0 is Back
//! wherever there is a way back, so that no number has to be looked for to get out.

use std::fmt::Write as _;

use crate::engine::{Draft, Order, Slot, Verb};
use crate::game::Game;
use crate::prose::facts::{Coach, Prompt};
use crate::prose::{self, words};
use crate::scenario::model::{EventIx, FileIx};

use super::read::{self, onward};
use super::view::{Act, Page, Reading, View};
use super::{give, look, show};

/// The draft from which guidance is edited: what stands now.
pub fn guidance_draft(game: &Game) -> Draft {
    let g = prose::guidance(game);
    let mut d = Draft::of(g.verb.unwrap_or(Verb::Guide));
    for (part, row) in d.parts.iter_mut().zip(&g.rows) {
        *part = Some(row.points);
    }
    d
}

pub fn view(game: &Game, draft: &Draft, because: &str, coach: Option<&Coach>, page: Page) -> View {
    match (page, coach) {
        (Page::Front, Some(_)) if prose::front_page(game).asks.iter().any(|p| !p.answered) => {
            return question(game);
        }
        (Page::Desk, Some(coach)) => return lesson(game, coach),
        _ => {}
    }
    match page {
        Page::Front => front(game),
        Page::Desk | Page::Office => desk(game),
        Page::Figures => figures(game),
        Page::Rest => rest(game),
        Page::Files => files(game),
        Page::File(f) => file(game, f),
        Page::Inbox => inbox(game),
        Page::Answer(e) => answer(game, e),
        Page::Paper(e) => paper(game, e),
        Page::Instruments => give::instruments(game),
        Page::Targets => give::value(game, draft, Slot::Object),
        Page::Draft => give::proposal(game, draft, because),
        Page::Value(slot) => give::value(game, draft, slot),
        Page::WhoSays => {
            View { lines: show::positions(&prose::propose(game, draft)), menu: Vec::new() }.back()
        }
        Page::Effects => {
            View { lines: show::effects(&prose::propose(game, draft)), menu: Vec::new() }.back()
        }
        Page::Bargain => {
            let p = prose::propose(game, draft);
            give::promises(
                &p.bargains,
                "Promises that would move somebody who is not yet for it.",
                "Nothing you could promise would help here.",
            )
        }
        Page::Because => View::titled(
            "Your reason, in a sentence. It has no effect; the debrief quotes it. Type it and \
             press Enter.",
        )
        .back(),
        Page::Guidance => give::guidance(game, draft),
        Page::Points(lens) => give::points(game, lens),
        Page::Profiles => give::profiles(game),
        Page::Other => give::other(game),
        Page::Tasks => {
            give::actions(&prose::actions(game).tasks, "Tasks: collection and investigation.")
        }
        Page::Asks => give::actions(&prose::actions(game).asks, "What you may ask of an agency."),
        Page::Reforms => give::actions(&prose::actions(game).reforms, "Work on the office itself."),
        Page::Promises => give::promises(
            &prose::actions(game).promises,
            "Promises. Each moves one agency and binds you.",
            "There is nothing to promise.",
        ),
        Page::Doing(order) => give::doing(game, order),
        Page::Pledge(p, to) => give::pledge(game, p, to),
        Page::Withdraw => give::withdraw(game),
        Page::Confidence => give::confidence(game),
        Page::Sure(p) => give::sure(game, p),
        Page::Look => look::look(game),
        Page::Intel(c) => look::intel(game, c),
        Page::Agencies => look::agencies(game),
        Page::Agency(a) => look::agency(game, a),
        Page::Calendar => look::calendar(game),
        Page::Debrief => debrief(game),
        Page::Part(what, n) => read::part(game, what, n),
        Page::Whole(what) => read::whole(game, what),
        Page::Whys => look::whys(game),
        Page::Why(i, turn) => look::why(game, i, turn),
        Page::Orders => look::orders(game),
        Page::Codex => look::codex(game),
        Page::Letter(c) => look::letter(game, c),
        Page::Entry(e) => look::entry(game, e),
        Page::Help => look::help(),
        Page::Topic(n) => look::topic(game, n),
        Page::Assumptions => look::assumptions(game),
        Page::Assumption(n) => look::assumption(game, n),
    }
}

fn front(game: &Game) -> View {
    // A lesson's is short and leads straight on.
    if prose::teaches(game) {
        return read::whole(game, Reading::Front);
    }
    let f = prose::front_page(game);
    let mut v = View { lines: show::opening(&f), menu: Vec::new() };
    v.go("Read the whole page", Page::Whole(Reading::Front));
    onward(&mut v, game, &f);
    read::menu(&mut v, game, Reading::Front);
    v
}

/// The page a turn of a lesson opens with while it asks something: that and nothing else.
fn question(game: &Game) -> View {
    let f = prose::front_page(game);
    let mut v = View { lines: show::opening(&f), menu: Vec::new() };
    if let Some(b) = &f.briefing {
        v.say(b.body.clone());
        v.say(show::label(&b.label));
    }
    if let Some(p) = f.asks.iter().find(|p| !p.answered) {
        v.lines.extend(show::paper(&p.from, &p.item));
        choices(&mut v, p);
    }
    v.entry("Leave; the game is kept", Act::Leave);
    v
}

/// The desk of a lesson: how things stand, the coach, the steps that are left.
fn lesson(game: &Game, coach: &Coach) -> View {
    let mut v = View::titled(show::header("Desk", &prose::header(game)));
    v.lines.extend(prose::figures(game).iter().map(show::figure_in_short));
    let done: Vec<&str> =
        coach.steps.iter().filter(|s| s.done).map(|s| s.say.trim_end_matches(['.', '?'])).collect();
    if done.is_empty() {
        v.say(coach.says.clone());
    } else {
        v.say(format!("Done: {}.", done.join("; ")));
    }
    for s in coach.steps.iter().filter(|s| !s.done) {
        v.entry(s.say.clone(), Act::Step(s.n));
    }
    v.go("Everything else on the desk", Page::Office);
    v.entry("Leave; the game is kept", Act::Leave);
    v
}

fn desk(game: &Game) -> View {
    let d = prose::desk(game);
    let mut v = View::titled(show::header("Desk", &d.header));
    let waiting = d.prompts.iter().filter(|p| !p.answered).count();
    if waiting > 0 {
        v.say(format!(
            "{} for an answer.",
            if waiting == 1 {
                "1 matter waits".to_owned()
            } else {
                format!("{waiting} matters wait")
            }
        ));
    }
    for (what, says) in [
        ("The matter", &d.summary.matter),
        ("You can", &d.summary.can),
        ("Who minds", &d.summary.against),
    ] {
        if !says.is_empty() {
            v.say(format!("{what}: {says}"));
        }
    }
    v.go(format!("How things stand: {}", words::count(d.figures.len(), "figure")), Page::Figures);
    v.go(
        format!("Inbox: {}, {waiting} to answer", words::count(d.inbox.len(), "paper")),
        Page::Inbox,
    );
    v.go(format!("Live files: {}", d.files.len()), Page::Files);
    v.go("Propose any measure", Page::Instruments);
    v.go(
        "Other orders: tasks, asks, promises, reforms, guidance, confidence, withdrawal",
        Page::Other,
    );
    v.go("Look something up: intelligence, agencies, calendar, why, codex, help", Page::Look);
    v.go(
        format!("What you have ordered this turn: {}", words::count(d.agenda.len(), "order")),
        Page::Orders,
    );
    if let Some(last) = d.agenda.last() {
        v.entry(format!("Take back the last order: {}", last.text), Act::Undo);
    }
    v.go("Front page again", Page::Front);
    v.entry("End the turn", Act::End);
    v.entry("Leave; the game is kept", Act::Leave);
    v
}

fn figures(game: &Game) -> View {
    let mut v =
        View::titled("How things stand. A number opens what a figure measures and what moved it.");
    let list = prose::figures(game);
    let most = list.iter().filter(|f| f.ranked).count();
    for f in list.iter().filter(|f| f.ranked || most == 0) {
        v.go(show::figure(f), look::of(game, f.indicator));
    }
    if most > 0 && most < list.len() {
        v.go(format!("The other {}", words::count(list.len() - most, "figure")), Page::Rest);
    }
    v.back()
}

fn rest(game: &Game) -> View {
    let mut v = View::titled("The rest of how things stand.");
    for f in prose::figures(game).iter().filter(|f| !f.ranked) {
        v.go(show::figure(f), look::of(game, f.indicator));
    }
    v.back()
}

fn files(game: &Game) -> View {
    let list = prose::desk(game).files;
    let mut v = View::titled(if list.is_empty() {
        "There are no live files."
    } else {
        "Live files: work others have begun."
    });
    for f in list {
        v.go(show::file(&f), Page::File(f.file));
    }
    v.back()
}

fn file(game: &Game, file: FileIx) -> View {
    let d = prose::desk(game);
    let Some(f) = d.files.iter().find(|f| f.file == file) else {
        return View::titled("That file is closed.").back();
    };
    let mut v = View::titled(words::stop(&show::file(f)));
    v.say(format!("{} Simulated.", f.says));
    v.say(format!("{}. Costs {}.", words::upper_first(f.standing.trim_end_matches('.')), f.cost));
    if let Some(r) = &f.shut {
        v.say(show::refused(r));
    }
    // Whoever says no more than yes is not worth a breath.
    let stands: Vec<String> = f.stances.iter().map(show::stand).collect();
    v.say(format!("As it lies: {}.", stands.join(", ")));
    v.entry("Open a draft of it", Act::Begin(f.instrument, Some(f.target)));
    v.back()
}

fn inbox(game: &Game) -> View {
    let d = prose::desk(game);
    let mut v = View::titled(if d.inbox.is_empty() { "The inbox is empty." } else { "Inbox." });
    for row in &d.inbox {
        let (state, page) = match (row.prompt.is_some(), row.answered) {
            (true, true) => (": answered", Page::Answer(row.event)),
            (true, false) => (": waits for an answer", Page::Answer(row.event)),
            (false, _) => ("", Page::Paper(row.event)),
        };
        v.go(format!("From {}: {}{state}", row.from, row.title), page);
    }
    v.back()
}

fn paper(game: &Game, event: EventIx) -> View {
    let d = prose::desk(game);
    let Some(row) = d.inbox.iter().find(|r| r.event == event) else {
        return View::titled("That is no longer on the desk.").back();
    };
    View { lines: show::paper(&row.from, &row.item), menu: Vec::new() }.back()
}

fn answer(game: &Game, event: EventIx) -> View {
    let Some(p) = prose::desk(game).prompts.into_iter().find(|p| p.event == event) else {
        return View::titled("That is no longer on the desk.").back();
    };
    let mut v = View { lines: show::paper(&p.from, &p.item), menu: Vec::new() };
    choices(&mut v, &p);
    v.back()
}

fn choices(v: &mut View, p: &Prompt) {
    for c in &p.choices {
        let cost = if c.cost == "free" { String::new() } else { format!(" Costs {}.", c.cost) };
        let mut stirs = String::new();
        let all = [("raises", &c.raises), ("lowers", &c.lowers)];
        for (how, who) in all.into_iter().chain([("warms", &c.warms), ("cools", &c.cools)]) {
            if !who.is_empty() && !p.answered {
                _ = write!(stirs, " It {how} {}.", words::list(who));
            }
        }
        if !c.bet.is_empty() && !p.answered {
            _ = write!(stirs, " It is {}.", c.bet);
        }
        let mark = match (c.chosen, c.default) {
            (true, _) => " This is your answer.",
            (_, true) if !p.answered => " This stands if nobody answers.",
            _ => "",
        };
        v.maybe(
            &format!("{}{cost}{stirs}{mark}", words::stop(&c.say)),
            c.shut.as_ref(),
            Act::Give(Order::Answer { event: p.event, choice: c.choice }),
        );
    }
}

/// How it came out, first; what opens from it as a menu.
fn debrief(game: &Game) -> View {
    let d = prose::debrief(game);
    let mut v =
        View::titled(format!("Debrief: {}. {}.", d.scenario, d.title.trim_end_matches('.')));
    if !d.over {
        v.say("The game is not over: what is hidden stays hidden.");
    }
    v.lines.extend(d.ending.iter().cloned());
    if !d.ending.is_empty() {
        v.lines.push("The ending is simulated.".to_owned());
    }
    v.lines.extend(d.standing.iter().map(|s| s.yours.clone()));
    v.lines.extend(d.lesson.iter().cloned());
    v.lines.extend(Some(d.next.clone()).filter(|n| !n.is_empty()));
    v.go("Read the whole debrief", Page::Whole(Reading::Debrief));
    read::menu(&mut v, game, Reading::Debrief);
    v.go(words::stop(&d.ledger_note), Page::Whys);
    v.go("Look something up: intelligence, agencies, calendar, codex, help", Page::Look);
    if d.over {
        v.entry("Leave; the game is kept", Act::Leave);
        v
    } else {
        v.back()
    }
}
