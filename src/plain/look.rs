//! Pages that only look: nothing on them changes the game.

use crate::engine::Order;
use crate::game::Game;
use crate::prose::{self, words};
use crate::scenario::model::{AgencyIx, CampaignIx, CodexIx, IndicatorIx};

use super::page::{Act, Page, View};
use super::show;

pub(super) fn look(game: &Game) -> View {
    let mut v = View::default();
    v.say("Look something up. Looking changes nothing.");
    v.go("Intelligence", Page::Intel(None));
    v.go("Agencies", Page::Agencies);
    v.go("Calendar, and what is under way", Page::Calendar);
    v.go("Why a figure moved", Page::Whys);
    v.go("What you have ordered, this turn and before", Page::Orders);
    v.go(format!("Codex ({})", words::count(prose::codex(game.rules(), prose::codex_until(game)).len(), "entry").replace("entrys", "entries")), Page::Codex);
    v.go("Assumptions", Page::Assumptions);
    v.go("Help", Page::Help);
    v.back()
}

pub(super) fn intel(game: &Game, c: Option<CampaignIx>) -> View {
    let i = prose::intelligence(game, c);
    let mut v = View::default();
    if i.campaign.is_none() {
        v.say("No campaign is on the board.");
        return v.back();
    }
    v.lines = show::intelligence(&i);
    v.go(format!("The evidence ({})", words::count(i.evidence.len(), "item")), Page::Evidence(i.campaign));
    v.go(format!("What the law would need ({})", words::count(i.gates.len(), "line")), Page::Law(i.campaign));
    for t in &i.tasks {
        v.maybe(&show::action(t), t.shut.as_ref(), Act::Give(t.order));
    }
    for (other, name) in i.campaigns.iter().filter(|(other, _)| Some(*other) != i.campaign) {
        v.go(format!("Another campaign: {name}"), Page::Intel(Some(*other)));
    }
    v.back()
}

pub(super) fn law(game: &Game, c: Option<CampaignIx>) -> View {
    let i = prose::intelligence(game, c);
    let mut v = View::default();
    v.say(format!("Before the law, {}.", i.name));
    v.lines.extend(i.gates.iter().map(|g| words::stop(g)));
    v.back()
}

pub(super) fn evidence(game: &Game, c: Option<CampaignIx>) -> View {
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

pub(super) fn agencies(game: &Game) -> View {
    let mut v = View::default();
    v.say("The room, then those outside it.");
    for a in prose::agencies(game) {
        let outside = if a.outside { ", outside" } else { "" };
        let note = if a.room.note.is_empty() { String::new() } else { format!(", {}", a.room.note) };
        v.go(format!("{} ({}{outside}): {}{note}", a.room.short, a.name, a.room.word), Page::Agency(a.room.agency));
    }
    v.back()
}

pub(super) fn agency(game: &Game, a: AgencyIx) -> View {
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

pub(super) fn calendar(game: &Game) -> View {
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

pub(super) fn whys(game: &Game) -> View {
    let mut v = View::default();
    v.say("Why did which figure move?");
    let mut list = prose::figures(game);
    crate::sort::by_key(&mut list, |f| !f.marked);
    for f in list {
        v.go(
            format!("{}: {}{}, {}", f.name, f.value, if f.change == "0" { String::new() } else { format!(", {}", words::change(&f)) }, f.word),
            Page::Why(f.indicator, game.turn()),
        );
    }
    v.back()
}

pub(super) fn why(game: &Game, i: IndicatorIx, turn: usize) -> View {
    let mut v = View { lines: show::why(&prose::why(game, i, turn)), menu: Vec::new() };
    if turn > 1 {
        v.go("The turn before", Page::Why(i, turn - 1));
    }
    v.back()
}

pub(super) fn orders(game: &Game) -> View {
    let mut v = View::default();
    let rows = prose::desk(game).agenda;
    v.say(if rows.is_empty() { "Nothing is ordered this turn." } else { "Ordered this turn:" });
    for row in &rows {
        let detail = if row.detail.is_empty() { String::new() } else { format!(" {}", row.detail) };
        let because = if row.because.is_empty() { String::new() } else { format!(" Because {}", row.because) };
        v.say(format!("{}{detail}{because}", words::stop(&row.text)));
    }
    for t in prose::debrief(game).turns.iter().filter(|t| !t.orders.is_empty()) {
        v.say(format!("Turn {}, {}:", t.turn + 1, t.date));
        v.lines.extend(t.orders.iter().map(|o| words::stop(&format!("  {o}"))));
    }
    if !rows.is_empty() {
        v.entry("Take back the last order", Act::Undo);
    }
    v.back()
}

pub(super) fn codex(game: &Game) -> View {
    let mut v = View::default();
    v.say("Codex. A number opens an entry; codex and a word finds one.");
    for e in prose::codex(game.rules(), prose::codex_until(game)) {
        v.go(e.title, Page::Entry(e.codex));
    }
    v.back()
}

pub(super) fn entry(game: &Game, ix: CodexIx) -> View {
    let mut v = View::default();
    let list = prose::codex(game.rules(), prose::codex_until(game));
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

pub(super) fn help() -> View {
    let mut v = View::default();
    v.say(super::command::USAGE);
    for (n, t) in prose::TOPICS.iter().enumerate() {
        v.go(t.title, Page::Topic(n));
    }
    v.back()
}

pub(super) fn topic(n: usize) -> View {
    let mut v = View::default();
    if let Some(t) = prose::TOPICS.get(n) {
        v.say(format!("{}.", t.title));
        v.say(t.says);
    }
    v.back()
}

pub(super) fn assumptions(game: &Game) -> View {
    let mut v = View::default();
    v.say("What the numbers rest on. The game draws a world within these ranges and does not tell which.");
    for a in prose::assumptions(game.rules()) {
        let set = if a.overridden { ", set for this game" } else { "" };
        v.say(format!("{}: {} ({}{set}). {} Rests on: {}", a.name, a.value, a.range, a.means, a.why));
    }
    v.back()
}
