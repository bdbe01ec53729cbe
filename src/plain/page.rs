//! The pages: a few sentences, then a numbered menu. Detail stands behind an entry, never before it.

use crate::engine::{Draft, Order, Slot, Verb};
use crate::game::Game;
use crate::prose::facts::{Coach, Prompt, Refused};
use crate::prose::{self, words};
use crate::scenario::model::{AgencyIx, CampaignIx, CodexIx, EventIx, IndicatorIx, InstrumentIx, PropositionIx, TargetIx, most};

use super::{give, look, show};

/// Where the player is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Front,
    Desk,
    /// The whole desk, where a lesson has one of its own.
    Office,
    Figures,
    Rest,
    Files,
    Inbox,
    Answer(EventIx),
    Instruments,
    Targets,
    Draft,
    Value(Slot),
    WhoSays,
    Effects,
    Bargain,
    Because,
    Guidance,
    Points(u8),
    Profiles,
    Other,
    Tasks,
    Asks,
    Reforms,
    Promises,
    Withdraw,
    Confidence,
    Sure(PropositionIx),
    Look,
    Intel(Option<CampaignIx>),
    Evidence(Option<CampaignIx>),
    Law(Option<CampaignIx>),
    Agencies,
    Agency(AgencyIx),
    Calendar,
    Whys,
    Why(IndicatorIx, usize),
    Orders,
    Codex,
    Entry(CodexIx),
    Help,
    Topic(usize),
    Assumptions,
}

/// What a line brings about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Again,
    Say(String),
    Shut(Refused),
    Go(Page),
    Back,
    Begin(InstrumentIx, Option<TargetIx>),
    Set(Slot, u8),
    Reason(String),
    Place,
    Points(u8, u8),
    Profile([u8; most::LENSES]),
    Give(Order),
    GiveBecause(Order, String),
    Undo,
    End,
    /// A step of the lesson, by its position.
    Step(usize),
    Leave,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: u32,
    pub label: String,
    pub act: Act,
}

/// A page as printed.
#[derive(Debug, Default)]
pub struct View {
    pub lines: Vec<String>,
    pub menu: Vec<Entry>,
}

impl View {
    pub(super) fn say(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }
    pub(super) fn entry(&mut self, label: impl Into<String>, act: Act) {
        let key = u32::try_from(self.menu.len()).unwrap_or(u32::MAX) + 1;
        self.menu.push(Entry { key, label: label.into(), act });
    }
    pub(super) fn go(&mut self, label: impl Into<String>, page: Page) {
        self.entry(label, Act::Go(page));
    }
    /// An entry that may be shut: it stays in its place and says why.
    pub(super) fn maybe(&mut self, label: &str, shut: Option<&Refused>, act: Act) {
        match shut {
            None => self.entry(label, act),
            Some(r) => self.entry(format!("{} {}", words::stop(label), show::refused(r)), Act::Shut(r.clone())),
        }
    }
    pub(super) fn back(mut self) -> View {
        self.entry("Back", Act::Back);
        self
    }
}

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
        (Page::Front, Some(_)) if prose::front_page(game).asks.iter().any(|p| !p.answered) => return question(game),
        (Page::Desk, Some(coach)) => return lesson(game, coach),
        _ => {}
    }
    match page {
        Page::Front => front(game),
        Page::Desk | Page::Office => desk(game),
        Page::Figures => figures(game),
        Page::Rest => rest(game),
        Page::Law(c) => look::law(game, c),
        Page::Files => files(game),
        Page::Inbox => inbox(game),
        Page::Answer(e) => answer(game, e),
        Page::Instruments => give::instruments(game),
        Page::Targets => give::value(game, draft, Slot::Object),
        Page::Draft => give::proposal(game, draft, because),
        Page::Value(slot) => give::value(game, draft, slot),
        Page::WhoSays => View { lines: show::positions(&prose::propose(game, draft)), menu: Vec::new() }.back(),
        Page::Effects => View { lines: show::effects(&prose::propose(game, draft)), menu: Vec::new() }.back(),
        Page::Bargain => {
            let p = prose::propose(game, draft);
            give::promises(&p.bargains, "Promises that would move somebody who is not yet for it:", "Nothing you could promise would help here.")
        }
        Page::Because => View { lines: vec!["Your reason, in a sentence. It has no effect; the debrief quotes it.".to_owned()], menu: Vec::new() },
        Page::Guidance => give::guidance(game, draft),
        Page::Points(lens) => give::points(game, lens),
        Page::Profiles => give::profiles(game),
        Page::Other => give::other(game),
        Page::Tasks => give::actions(&prose::actions(game).tasks, "Tasks: collection and investigation."),
        Page::Asks => give::actions(&prose::actions(game).asks, "What you may ask of an agency."),
        Page::Reforms => give::actions(&prose::actions(game).reforms, "Work on the office itself."),
        Page::Promises => give::promises(&prose::actions(game).promises, "Promises. Each moves one agency and binds you.", "There is nothing to promise."),
        Page::Withdraw => give::withdraw(game),
        Page::Confidence => give::confidence(game),
        Page::Sure(p) => give::sure(game, p),
        Page::Look => look::look(game),
        Page::Intel(c) => look::intel(game, c),
        Page::Evidence(c) => look::evidence(game, c),
        Page::Agencies => look::agencies(game),
        Page::Agency(a) => look::agency(game, a),
        Page::Calendar => look::calendar(game),
        Page::Whys => look::whys(game),
        Page::Why(i, turn) => look::why(game, i, turn),
        Page::Orders => look::orders(game),
        Page::Codex => look::codex(game),
        Page::Entry(e) => look::entry(game, e),
        Page::Help => look::help(),
        Page::Topic(n) => look::topic(n),
        Page::Assumptions => look::assumptions(game),
    }
}

fn front(game: &Game) -> View {
    let f = prose::front_page(game);
    let mut v = View { lines: show::front(&f), menu: Vec::new() };
    for p in f.asks.iter().filter(|p| !p.answered) {
        v.go(format!("Waits for an answer: {}: {}", p.from, p.item.title), Page::Answer(p.event));
    }
    if f.wants_guidance {
        v.go("Write the guidance: what may give way to what", Page::Guidance);
    }
    v.go("To the desk", Page::Desk);
    if !f.changes.is_empty() {
        v.go("Why something changed", Page::Whys);
    }
    v
}

/// The page a turn of a lesson opens with while it asks something: that and nothing else.
fn question(game: &Game) -> View {
    let f = prose::front_page(game);
    let mut v = View { lines: show::opening(&f), menu: Vec::new() };
    if let Some(p) = f.asks.iter().find(|p| !p.answered) {
        v.lines.extend(show::item(&p.item));
        choices(&mut v, p);
    }
    v.entry("Skip the lesson; it is kept", Act::Leave);
    v
}

/// The desk of a lesson: how things stand, the coach, the steps that are left.
fn lesson(game: &Game, coach: &Coach) -> View {
    let mut v = View::default();
    v.say(show::header(&prose::header(game)));
    v.lines.extend(prose::figures(game).iter().map(show::figure_in_short));
    v.say("");
    v.say(coach.says.clone());
    let done: Vec<&str> = coach.steps.iter().filter(|s| s.done).map(|s| s.say.trim_end_matches(['.', '?'])).collect();
    if !done.is_empty() {
        v.say(format!("Done: {}.", words::list(&done)));
    }
    for s in coach.steps.iter().filter(|s| !s.done) {
        v.entry(s.say.clone(), Act::Step(s.n));
    }
    v.go("Everything else on the desk", Page::Office);
    v.entry("Skip the lesson; it is kept", Act::Leave);
    v
}

fn desk(game: &Game) -> View {
    let d = prose::desk(game);
    let mut v = View::default();
    v.say(show::header(&d.header));
    if !d.agenda.is_empty() {
        v.say(format!("Ordered this turn: {}.", words::count(d.agenda.len(), "order")));
    }
    let waiting = d.prompts.iter().filter(|p| !p.answered).count();
    if waiting > 0 {
        v.say(format!("{} for an answer.", if waiting == 1 { "1 matter waits".to_owned() } else { format!("{waiting} matters wait") }));
    }
    v.go(format!("How things stand ({})", words::count(d.figures.len(), "figure")), Page::Figures);
    v.go(format!("Inbox ({}, {waiting} to answer)", words::count(d.inbox.len(), "paper")), Page::Inbox);
    v.go(format!("Live files ({})", d.files.len()), Page::Files);
    v.go("Propose any measure", Page::Instruments);
    v.go("Other orders: tasks, asks, promises, reforms, guidance, confidence, withdrawal", Page::Other);
    v.go("Look something up: intelligence, agencies, calendar, why, codex, help", Page::Look);
    v.go(format!("What you have ordered ({})", d.agenda.len()), Page::Orders);
    if !d.agenda.is_empty() {
        v.entry("Take back the last order", Act::Undo);
    }
    v.go("Front page again", Page::Front);
    v.entry("End the turn", Act::End);
    v.entry("Leave; the game is kept", Act::Leave);
    v
}

fn figures(game: &Game) -> View {
    let mut v = View::default();
    v.say("How things stand. A number opens what moved it.");
    let list = prose::figures(game);
    let most = list.iter().filter(|f| f.ranked).count();
    for f in list.iter().filter(|f| f.ranked || most == 0) {
        v.go(show::figure(f), Page::Why(f.indicator, game.turn()));
    }
    if most > 0 && most < list.len() {
        v.go(format!("The other {}", words::count(list.len() - most, "figure")), Page::Rest);
    }
    v.back()
}

fn rest(game: &Game) -> View {
    let mut v = View::default();
    v.say("The rest of how things stand.");
    for f in prose::figures(game).iter().filter(|f| !f.ranked) {
        v.go(show::figure(f), Page::Why(f.indicator, game.turn()));
    }
    v.back()
}

fn files(game: &Game) -> View {
    let mut v = View::default();
    v.say("Live files: work others have begun. A number opens a draft.");
    for f in prose::desk(game).files {
        let new = if f.is_new { "New: " } else { "" };
        let until = if f.until == "open" { "no date".to_owned() } else { format!("until {}{}", f.until, if f.expires { ", its last turn" } else { "" }) };
        v.entry(
            format!("{new}{}. {} Sponsor {}; {until}; {}. {}", f.name, f.says, f.sponsor, f.cost, words::stop(&words::upper_first(&f.standing))),
            Act::Begin(f.instrument, Some(f.target)),
        );
    }
    v.back()
}

fn inbox(game: &Game) -> View {
    let mut v = View::default();
    let d = prose::desk(game);
    v.say(if d.inbox.is_empty() { "The inbox is empty." } else { "Inbox." });
    for row in &d.inbox {
        if row.prompt.is_some() {
            let state = if row.answered { "answered" } else { "waits for an answer" };
            v.go(format!("{}: {} ({state})", row.from, row.title), Page::Answer(row.event));
            continue;
        }
        v.say("");
        v.say(format!("From {}.", row.from));
        v.lines.extend(show::item(&row.item));
    }
    v.back()
}

fn answer(game: &Game, event: EventIx) -> View {
    let mut v = View::default();
    let Some(p) = prose::desk(game).prompts.into_iter().find(|p| p.event == event) else {
        v.say("That is no longer on the desk.");
        return v.back();
    };
    v.lines = show::item(&p.item);
    choices(&mut v, &p);
    v.back()
}

fn choices(v: &mut View, p: &Prompt) {
    for c in &p.choices {
        let cost = if c.cost == "free" { String::new() } else { format!(" ({})", c.cost) };
        let mark = match (c.chosen, c.default) {
            (true, _) => " This is your answer.",
            (_, true) => " This stands if nobody answers.",
            _ => "",
        };
        v.maybe(&format!("{}{cost}{mark}", c.say), c.shut.as_ref(), Act::Give(Order::Answer { event: p.event, choice: c.choice }));
    }
}
