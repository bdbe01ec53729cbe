//! The pages: a few sentences, then a numbered menu. Detail stands behind an entry, never before it.

use crate::engine::{Draft, Order, Slot, Verb};
use crate::game::Game;
use crate::prose::facts::{ActionRow, PromiseRow, Refused, SlotRow};
use crate::prose::{self, words};
use crate::scenario::model::{AgencyIx, CampaignIx, CodexIx, EventIx, IndicatorIx, InstrumentIx, PropositionIx, TargetIx, most};

use super::show;

/// Where the player is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Front,
    Desk,
    Figures,
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
    fn say(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }
    fn entry(&mut self, label: impl Into<String>, act: Act) {
        let key = u32::try_from(self.menu.len()).unwrap_or(u32::MAX) + 1;
        self.menu.push(Entry { key, label: label.into(), act });
    }
    fn go(&mut self, label: impl Into<String>, page: Page) {
        self.entry(label, Act::Go(page));
    }
    /// An entry that may be shut: it stays in its place and says why.
    fn maybe(&mut self, label: &str, shut: Option<&Refused>, act: Act) {
        match shut {
            None => self.entry(label, act),
            Some(r) => self.entry(format!("{label}. {}", show::refused(r)), Act::Shut(r.clone())),
        }
    }
    fn back(mut self) -> View {
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

pub fn view(game: &Game, draft: &Draft, because: &str, page: Page) -> View {
    match page {
        Page::Front => front(game),
        Page::Desk => desk(game),
        Page::Figures => figures(game),
        Page::Files => files(game),
        Page::Inbox => inbox(game),
        Page::Answer(e) => answer(game, e),
        Page::Instruments => instruments(game),
        Page::Targets => value(game, draft, Slot::Object),
        Page::Draft => proposal(game, draft, because),
        Page::Value(slot) => value(game, draft, slot),
        Page::WhoSays => View { lines: show::positions(&prose::propose(game, draft)), menu: Vec::new() }.back(),
        Page::Effects => View { lines: show::effects(&prose::propose(game, draft)), menu: Vec::new() }.back(),
        Page::Bargain => {
            let p = prose::propose(game, draft);
            promises(&p.bargains, "Promises that would move somebody who is not yet for it:", "Nothing you could promise would help here.")
        }
        Page::Because => View { lines: vec!["Your reason, in a sentence. It has no effect; the debrief quotes it.".to_owned()], menu: Vec::new() },
        Page::Guidance => guidance(game, draft),
        Page::Points(lens) => points(game, lens),
        Page::Profiles => profiles(game),
        Page::Other => other(game),
        Page::Tasks => actions(&prose::actions(game).tasks, "Tasks: collection and investigation."),
        Page::Asks => actions(&prose::actions(game).asks, "What you may ask of an agency."),
        Page::Reforms => actions(&prose::actions(game).reforms, "Work on the office itself."),
        Page::Promises => promises(&prose::actions(game).promises, "Promises. Each moves one agency and binds you.", "There is nothing to promise."),
        Page::Withdraw => withdraw(game),
        Page::Confidence => confidence(game),
        Page::Sure(p) => sure(game, p),
        Page::Look => look(game),
        Page::Intel(c) => intel(game, c),
        Page::Evidence(c) => evidence(game, c),
        Page::Agencies => agencies(game),
        Page::Agency(a) => agency(game, a),
        Page::Calendar => calendar(game),
        Page::Whys => whys(game),
        Page::Why(i, turn) => why(game, i, turn),
        Page::Orders => orders(game),
        Page::Codex => codex(game),
        Page::Entry(e) => entry(game, e),
        Page::Help => help(),
        Page::Topic(n) => topic(n),
        Page::Assumptions => assumptions(game),
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
    for f in prose::figures(game) {
        v.go(show::figure(&f), Page::Why(f.indicator, game.turn()));
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
            format!("{new}{}. {} Sponsor {}; {until}; {}. {}", f.name, f.says, f.sponsor, f.cost, words::upper_first(&f.standing)),
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
        match row.prompt {
            Some(_) => {
                v.go(format!("{}: {}{}", row.from, row.title, if row.answered { " (answered)" } else { " (waits for an answer)" }), Page::Answer(row.event))
            }
            None => {
                v.say("");
                v.say(format!("From {}.", row.from));
                v.lines.extend(show::item(&row.item));
            }
        }
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
    for c in &p.choices {
        let cost = if c.cost == "free" { String::new() } else { format!(" ({})", c.cost) };
        let mark = match (c.chosen, c.default) {
            (true, _) => " This is your answer.",
            (_, true) => " This stands if nobody answers.",
            _ => "",
        };
        v.maybe(&format!("{}{cost}{mark}", c.say), c.shut.as_ref(), Act::Give(Order::Answer { event, choice: c.choice }));
    }
    v.back()
}

fn instruments(game: &Game) -> View {
    let mut v = View::default();
    v.say("Which measure? Those that are not yours or not open now say why.");
    let p = prose::propose(game, &Draft::of(Verb::Propose));
    if let Some(slot) = p.slots.first() {
        for row in &slot.values {
            let label = format!("{} ({})", row.name, row.detail);
            // Shut for want of a target, money or law, it still opens: the target's page says what each lacks.
            v.maybe(&label, row.shut.as_ref(), Act::Begin(InstrumentIx(row.value), None));
        }
    }
    v.back()
}

fn value(game: &Game, draft: &Draft, slot: Slot) -> View {
    let mut v = View::default();
    let p = prose::propose(game, draft);
    let Some(row) = p.slots.iter().find(|s| s.slot == slot) else { return v.back() };
    v.say(format!("{}: choose {}.", p.title, words::lower_first(&row.name)));
    for value in &row.values {
        let act = match (slot, draft.subject) {
            (Slot::Object, Some(i)) => Act::Begin(InstrumentIx(i), Some(TargetIx(value.value))),
            _ => Act::Set(slot, value.value),
        };
        let detail = if value.detail.is_empty() { String::new() } else { format!(": {}", value.detail) };
        let mark = if value.chosen { " (chosen)" } else { "" };
        v.maybe(&format!("{}{mark}{detail}", value.name), value.shut.as_ref(), act);
    }
    v.back()
}

fn proposal(game: &Game, draft: &Draft, because: &str) -> View {
    let p = prose::propose(game, draft);
    let mut v = View { lines: show::draft(&p, because), menu: Vec::new() };
    v.maybe("Put it on the agenda", p.shut.as_ref(), Act::Place);
    for s in p.slots.iter().skip(1) {
        let page = if s.slot == Slot::Object { Page::Targets } else { Page::Value(s.slot) };
        v.go(format!("Change {}: {}", words::lower_first(&s.name), chosen(s)), page);
    }
    v.go("Another measure", Page::Instruments);
    v.go("Who says what, and why", Page::WhoSays);
    v.go("What it may do, what it hands over, what is known least", Page::Effects);
    v.go(format!("Bargain ({})", words::count(p.bargains.iter().filter(|b| b.shut.is_none()).count(), "promise")), Page::Bargain);
    v.go("Give your reason", Page::Because);
    v.back()
}

fn chosen(s: &SlotRow) -> &str {
    if s.chosen.is_empty() { "not chosen" } else { &s.chosen }
}

fn guidance(game: &Game, draft: &Draft) -> View {
    let mut v = View::default();
    let g = prose::guidance(game);
    v.say(format!("Trade-off guidance. {}", g.note));
    let points: [u8; most::LENSES] = draft.parts.map(|p| p.unwrap_or(0));
    let sum: u8 = points.iter().sum();
    v.say(format!("So far {sum} of 12 points."));
    if let Some(verb) = g.verb {
        let order = if verb == Verb::Guide { Order::Guide(points) } else { Order::Amend(points) };
        let shut = game.situation().validate(game.rules(), &order).err().map(|r| prose::refusal(game.rules(), game.situation(), &r));
        v.maybe(if verb == Verb::Guide { "Write it down so" } else { "Amend it so, in public" }, shut.as_ref(), Act::Give(order));
        for (n, row) in g.rows.iter().enumerate() {
            let n = u8::try_from(n).unwrap_or(0);
            v.go(format!("{}: {} points. {}", row.name, points[usize::from(n)], row.means), Page::Points(n));
        }
        v.go("Start from a profile", Page::Profiles);
    } else {
        for row in &g.rows {
            v.say(format!("{}: {} points.", row.name, row.points));
        }
    }
    v.back()
}

/// Here the number is the number of points.
fn points(game: &Game, lens: u8) -> View {
    let mut v = View::default();
    let g = prose::guidance(game);
    if let Some(row) = g.rows.get(usize::from(lens)) {
        v.say(format!("{}. {} How many points, 0 to 4?", row.name, row.means));
    }
    v.menu = (0..=4u8).map(|n| Entry { key: u32::from(n), label: words::count(usize::from(n), "point"), act: Act::Points(lens, n) }).collect();
    v
}

fn profiles(game: &Game) -> View {
    let mut v = View::default();
    v.say("Profiles to start from; each may be changed.");
    let g = prose::guidance(game);
    for p in &g.profiles {
        let mut points = [0; most::LENSES];
        for (to, from) in points.iter_mut().zip(&p.points) {
            *to = *from;
        }
        let list: Vec<String> = g.rows.iter().zip(&p.points).filter(|(_, n)| **n > 0).map(|(r, n)| format!("{} {n}", words::lower_first(&r.short))).collect();
        v.entry(format!("{}: {}. {}", p.name, list.join(", "), p.says), Act::Profile(points));
    }
    v.back()
}

fn other(game: &Game) -> View {
    let a = prose::actions(game);
    let mut v = View::default();
    v.say(show::header(&prose::header(game)));
    let open = |list: &[ActionRow]| list.iter().filter(|r| r.shut.is_none()).count();
    v.go(format!("Task collection or investigation ({} open)", open(&a.tasks)), Page::Tasks);
    v.go(format!("Ask an agency ({} open)", open(&a.asks)), Page::Asks);
    v.go(format!("Promise ({} open)", a.promises.iter().filter(|p| p.shut.is_none()).count()), Page::Promises);
    v.go(format!("Work on the office ({} open)", open(&a.reforms)), Page::Reforms);
    v.go("The guidance", Page::Guidance);
    v.go(format!("Say how sure you are ({} open)", a.propositions.iter().filter(|p| p.shut.is_none()).count()), Page::Confidence);
    v.go(format!("Withdraw a measure ({})", a.withdrawals.len()), Page::Withdraw);
    v.back()
}

fn actions(list: &[ActionRow], title: &str) -> View {
    let mut v = View::default();
    v.say(title);
    for a in list {
        v.maybe(&show::action(a), a.shut.as_ref(), Act::Give(a.order));
    }
    v.back()
}

fn promises(list: &[PromiseRow], title: &str, none: &str) -> View {
    let mut v = View::default();
    v.say(if list.is_empty() { none } else { title });
    for p in list {
        let label = format!("{}, to {}: {} It {}", p.name, p.to, p.says, p.note);
        v.maybe(&label, p.shut.as_ref(), Act::Give(Order::Promise { promise: p.promise, to: p.agency }));
    }
    v.back()
}

fn withdraw(game: &Game) -> View {
    let mut v = View::default();
    let list = prose::actions(game).withdrawals;
    v.say(if list.is_empty() { "Nothing is under way or in force." } else { "What is under way or in force. A number withdraws it." });
    for w in list {
        if let Some((instrument, target)) = w.withdraw {
            v.entry(show::work(&w), Act::Give(Order::Withdraw { instrument, target }));
        }
    }
    v.back()
}

fn confidence(game: &Game) -> View {
    let mut v = View::default();
    v.say("Say how sure you are of something that will be settled. It changes nothing in play.");
    for p in prose::actions(game).propositions {
        let stated = if p.stated > 0 { format!(" You said {}%, {}.", p.stated, p.word) } else { String::new() };
        let judged = if p.judged.is_empty() { String::new() } else { " Settled.".to_owned() };
        v.maybe(&format!("{} By {}.{stated}{judged}", p.says, p.by), p.shut.as_ref(), Act::Go(Page::Sure(p.proposition)));
    }
    v.back()
}

fn sure(game: &Game, p: PropositionIx) -> View {
    let says = game.rules().propositions.get(p.i()).map_or("", |p| p.says.as_str());
    View { lines: vec![says.to_owned(), "How sure are you, from 1 to 99 of 100? Or: back.".to_owned()], menu: Vec::new() }
}

fn look(game: &Game) -> View {
    let mut v = View::default();
    v.say("Look something up. Looking changes nothing.");
    v.go("Intelligence", Page::Intel(None));
    v.go("Agencies", Page::Agencies);
    v.go("Calendar, and what is under way", Page::Calendar);
    v.go("Why a figure moved", Page::Whys);
    v.go("What you have ordered, this turn and before", Page::Orders);
    v.go(format!("Codex ({})", words::count(prose::codex(game.rules(), !game.is_over()).len(), "entry").replace("entrys", "entries")), Page::Codex);
    v.go("Assumptions", Page::Assumptions);
    v.go("Help", Page::Help);
    v.back()
}

fn intel(game: &Game, c: Option<CampaignIx>) -> View {
    let i = prose::intelligence(game, c);
    let mut v = View::default();
    if i.campaign.is_none() {
        v.say("No campaign is on the board.");
        return v.back();
    }
    v.lines = show::intelligence(&i);
    v.go(format!("The evidence ({})", words::count(i.evidence.len(), "item")), Page::Evidence(i.campaign));
    for t in &i.tasks {
        v.maybe(&show::action(t), t.shut.as_ref(), Act::Give(t.order));
    }
    for (other, name) in i.campaigns.iter().filter(|(other, _)| Some(*other) != i.campaign) {
        v.go(format!("Another campaign: {name}"), Page::Intel(Some(*other)));
    }
    v.back()
}

fn evidence(game: &Game, c: Option<CampaignIx>) -> View {
    let i = prose::intelligence(game, c);
    let mut v = View::default();
    v.say(format!("Evidence on {}, latest first.", i.name));
    v.lines.extend(i.evidence.iter().map(show::evidence));
    if !i.tells.is_empty() {
        v.say("What was seen of the other side:");
        v.lines.extend(i.tells.iter().map(show::evidence));
    }
    v.back()
}

fn agencies(game: &Game) -> View {
    let mut v = View::default();
    v.say("The room, then those outside it.");
    for a in prose::agencies(game) {
        let outside = if a.outside { ", outside" } else { "" };
        let note = if a.room.note.is_empty() { String::new() } else { format!(", {}", a.room.note) };
        v.go(format!("{} ({}{outside}): {}{note}", a.room.short, a.name, a.room.word), Page::Agency(a.room.agency));
    }
    v.back()
}

fn agency(game: &Game, a: AgencyIx) -> View {
    let p = prose::agency(game, a);
    let mut v = View::default();
    v.say(format!("{}: {}. {}", p.name, p.room.word, p.mandate));
    for (what, text) in [("Office", &p.holder), ("Wants", &p.wants), ("Fears", &p.fears), ("Says", &p.voice)] {
        if !text.is_empty() {
            v.say(format!("{what}: {text}"));
        }
    }
    if !p.cares.is_empty() {
        v.say(format!("Minds most: {}.", p.cares.join(", ")));
    }
    if !p.leads.is_empty() {
        v.say(format!("Leads: {}.", p.leads.join(", ")));
    }
    v.lines.extend(p.red_lines.iter().map(|r| format!("Red line, {r}")));
    v.say(format!("{}.", words::upper_first(&p.hit_rate)));
    v.lines.extend(p.predictions.iter().cloned());
    for a in &p.asks {
        v.maybe(&format!("Ask: {}", show::action(a)), a.shut.as_ref(), Act::Give(a.order));
    }
    for p in &p.promises {
        let label = format!("Promise: {}. {} It {}", p.name, p.says, p.note);
        v.maybe(&label, p.shut.as_ref(), Act::Give(Order::Promise { promise: p.promise, to: p.agency }));
    }
    v.back()
}

fn calendar(game: &Game) -> View {
    let c = prose::calendar(game);
    let mut v = View::default();
    v.say(show::header(&c.header));
    for w in &c.windows {
        v.say(format!("Window: {}, {} to {}, height {}: {}.", w.name, w.from, w.to, w.peak, w.word));
    }
    v.lines.extend(c.coming.iter().map(show::due));
    v.say(if c.work.is_empty() { "Nothing is under way or in force." } else { "Under way and in force:" });
    v.lines.extend(c.work.iter().map(show::work));
    v.back()
}

fn whys(game: &Game) -> View {
    let mut v = View::default();
    v.say("Why did which figure move?");
    let mut list = prose::figures(game);
    list.sort_by_key(|f| !f.marked);
    for f in list {
        v.go(
            format!("{}: {}{}, {}", f.name, f.value, if f.change == "0" { String::new() } else { format!(", {}", f.change) }, f.word),
            Page::Why(f.indicator, game.turn()),
        );
    }
    v.back()
}

fn why(game: &Game, i: IndicatorIx, turn: usize) -> View {
    let mut v = View { lines: show::why(&prose::why(game, i, turn)), menu: Vec::new() };
    if turn > 1 {
        v.go("The turn before", Page::Why(i, turn - 1));
    }
    v.back()
}

fn orders(game: &Game) -> View {
    let mut v = View::default();
    let rows = prose::desk(game).agenda;
    v.say(if rows.is_empty() { "Nothing is ordered this turn." } else { "Ordered this turn:" });
    for row in &rows {
        let detail = if row.detail.is_empty() { String::new() } else { format!(" {}", row.detail) };
        let because = if row.because.is_empty() { String::new() } else { format!(" Because {}", row.because) };
        v.say(format!("{}.{detail}{because}", row.text));
    }
    for t in prose::debrief(game).turns.iter().filter(|t| !t.orders.is_empty()) {
        v.say(format!("Turn {}, {}:", t.turn + 1, t.date));
        v.lines.extend(t.orders.iter().map(|o| format!("  {o}.")));
    }
    if !rows.is_empty() {
        v.entry("Take back the last order", Act::Undo);
    }
    v.back()
}

fn codex(game: &Game) -> View {
    let mut v = View::default();
    v.say("Codex. A number opens an entry; codex and a word finds one.");
    for e in prose::codex(game.rules(), !game.is_over()) {
        v.go(e.title, Page::Entry(e.codex));
    }
    v.back()
}

fn entry(game: &Game, ix: CodexIx) -> View {
    let mut v = View::default();
    let list = prose::codex(game.rules(), !game.is_over());
    let Some(e) = list.iter().find(|e| e.codex == ix) else { return v.back() };
    v.say(if e.short.is_empty() { format!("{}.", e.title) } else { format!("{} ({}).", e.title, e.short) });
    v.say(e.says.clone());
    v.lines.extend(e.sources.iter().map(|s| format!("Source {s}")));
    for see in &e.see {
        if let Some(other) = list.iter().find(|o| o.codex == *see) {
            v.go(format!("See: {}", other.title), Page::Entry(*see));
        }
    }
    v.back()
}

fn help() -> View {
    let mut v = View::default();
    v.say(super::command::USAGE);
    for (n, t) in prose::TOPICS.iter().enumerate() {
        v.go(t.title, Page::Topic(n));
    }
    v.back()
}

fn topic(n: usize) -> View {
    let mut v = View::default();
    if let Some(t) = prose::TOPICS.get(n) {
        v.say(format!("{}.", t.title));
        v.say(t.says);
    }
    v.back()
}

fn assumptions(game: &Game) -> View {
    let mut v = View::default();
    v.say("What the numbers rest on. The game draws a world within these ranges and does not tell which.");
    for a in prose::assumptions(game.rules()) {
        let set = if a.overridden { ", set for this game" } else { "" };
        v.say(format!("{}: {} ({}{set}). {} Rests on: {}", a.name, a.value, a.range, a.means, a.why));
    }
    v.back()
}
