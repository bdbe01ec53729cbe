//! Pages that only look: nothing on them changes the game.

use crate::game::Game;
use crate::order::Arrange;
use crate::prose::facts::CodexEntry;
use crate::prose::{self, words};
use crate::scenario::model::{AgencyIx, CampaignIx, CodexIx, IndicatorIx};

use super::view::{Act, Page, Reading, View};
use super::{read, show};

/// Why a figure stands where it stands, as of now.
pub(super) fn of(game: &Game, i: IndicatorIx) -> Page {
    Page::Why(i, game.past().len() + usize::from(!game.is_over() && prose::moved_now(game, i)))
}

pub(super) fn look(game: &Game) -> View {
    let mut v = View::titled("Look something up. Looking changes nothing.");
    v.go("Intelligence", Page::Intel(None));
    v.go("Agencies", Page::Agencies);
    v.go("Calendar, and what is under way", Page::Calendar);
    v.go("Why a figure moved", Page::Whys);
    v.go("What you have ordered, this turn and before", Page::Orders);
    if !game.is_over() {
        v.go("The debrief so far", Page::Debrief);
    }
    let entries = prose::codex(game.rules(), prose::codex_until(game)).len();
    v.go(format!("Codex: {entries} entries"), Page::Codex);
    v.go("Assumptions", Page::Assumptions);
    v.go("Help", Page::Help);
    v.back()
}

pub(super) fn intel(game: &Game, c: Option<CampaignIx>) -> View {
    let i = prose::intelligence(game, c);
    if i.campaign.is_none() {
        return View::titled("Intelligence. No campaign is on the board.").back();
    }
    let mut v = View { lines: show::intelligence(&i), menu: Vec::new() };
    read::menu(&mut v, game, Reading::Intel(i.campaign));
    for t in &i.tasks {
        v.perhaps(&show::action(t), t.shut.is_none(), Page::Doing(t.order));
    }
    for (other, name) in i.campaigns.iter().filter(|(other, _)| Some(*other) != i.campaign) {
        v.go(format!("Another campaign: {name}"), Page::Intel(Some(*other)));
    }
    v.back()
}

pub(super) fn agencies(game: &Game) -> View {
    let mut v = View::titled("Agencies: the room, then those outside it.");
    for a in prose::agencies(game) {
        v.go(show::agency_row(&a), Page::Agency(a.room.agency));
    }
    v.back()
}

pub(super) fn agency(game: &Game, a: AgencyIx) -> View {
    let p = prose::agency(game, a);
    let mut v = View::titled(words::stop(&format!(
        "{}, {}{}",
        p.name,
        words::relation_word(p.room.relation),
        show::aside(&p.room)
    )));
    if !p.holder.is_empty() {
        v.say(words::stop(&p.holder));
    }
    v.say(p.mandate.clone());
    if !p.quote.is_empty() {
        v.say(p.quote.clone());
    }
    read::menu(&mut v, game, Reading::Agency(a));
    for k in &p.asks {
        v.perhaps(&show::action(k), k.shut.is_none(), Page::Doing(k.order));
    }
    for p in &p.promises {
        v.perhaps(&show::promise(p), p.shut.is_none(), Page::Pledge(p.promise, p.agency));
    }
    v.back()
}

pub(super) fn calendar(game: &Game) -> View {
    let c = prose::calendar(game);
    let mut v = View::titled(show::header("Calendar", &c.header));
    v.go("Read the whole calendar", Page::Whole(Reading::Calendar));
    read::menu(&mut v, game, Reading::Calendar);
    v.back()
}

pub(super) fn whys(game: &Game) -> View {
    let mut v = View::titled("Why did which figure move?");
    if game.is_over() {
        for l in prose::debrief(game).lines {
            v.go(format!("{}: {}", l.name, l.text), of(game, l.indicator));
        }
        return v.back();
    }
    let mut list = prose::figures(game);
    list.arrange_by_key(|f| !f.marked);
    for f in list {
        v.go(show::figure_in_short(&f), of(game, f.indicator));
    }
    v.back()
}

pub(super) fn why(game: &Game, i: IndicatorIx, turn: usize) -> View {
    let why = if game.is_over() { prose::why_open } else { prose::why };
    let mut v = View { lines: show::why(&why(game, i, turn)), menu: Vec::new() };
    if turn > 1 {
        v.go("The turn before", Page::Why(i, turn - 1));
    }
    if turn < game.past().len() {
        v.go("The turn after", Page::Why(i, turn + 1));
    }
    v.back()
}

pub(super) fn orders(game: &Game) -> View {
    let rows = prose::desk(game).agenda;
    let mut v = View::titled(if rows.is_empty() {
        "Nothing is ordered this turn."
    } else {
        "Ordered this turn."
    });
    v.lines.extend(rows.iter().map(show::ordered));
    for t in prose::debrief(game).turns.iter().filter(|t| !t.orders.is_empty()) {
        v.say(format!("Turn {}, {}:", t.turn + 1, t.date));
        v.lines.extend(t.orders.iter().map(|o| words::stop(o)));
    }
    if let Some(last) = rows.last() {
        v.entry(format!("Take back the last order: {}", last.text), Act::Undo);
    }
    v.back()
}

fn initial(e: &CodexEntry) -> char {
    e.title.chars().next().map_or('?', |c| c.to_ascii_uppercase())
}

/// By letter: a hundred titles are too many to wait through.
pub(super) fn codex(game: &Game) -> View {
    let mut v = View::titled(
        "Codex, by first letter. To find an entry at once, type codex and a word of it.",
    );
    let list = prose::codex(game.rules(), prose::codex_until(game));
    let mut letters: Vec<(char, usize)> = Vec::new();
    for c in list.iter().map(initial) {
        match letters.last_mut() {
            Some((last, n)) if *last == c => *n += 1,
            _ => letters.push((c, 1)),
        }
    }
    for (c, n) in letters {
        let one = list.iter().find(|e| initial(e) == c).filter(|_| n == 1);
        match one {
            Some(e) => v.go(e.title.clone(), Page::Entry(e.codex)),
            None => v.go(format!("{c}: {n} entries"), Page::Letter(c)),
        }
    }
    v.back()
}

pub(super) fn letter(game: &Game, c: char) -> View {
    let mut v = View::titled(format!("Codex, {c}."));
    for e in
        prose::codex(game.rules(), prose::codex_until(game)).into_iter().filter(|e| initial(e) == c)
    {
        v.go(e.title, Page::Entry(e.codex));
    }
    v.back()
}

pub(super) fn entry(game: &Game, ix: CodexIx) -> View {
    let list = prose::codex(game.rules(), prose::codex_until(game));
    let Some(e) = list.iter().find(|e| e.codex == ix) else {
        return View::titled("The codex has no such entry.").back();
    };
    let mut v = View { lines: show::entry(e), menu: Vec::new() };
    for see in &e.see {
        if let Some(other) = list.iter().find(|o| o.codex == *see) {
            v.go(format!("See also: {}", other.title), Page::Entry(*see));
        }
    }
    v.back()
}

pub(super) fn help() -> View {
    let mut v = View::titled("Help.");
    v.say(super::command::USAGE);
    for (n, t) in prose::TOPICS.iter().enumerate() {
        v.go(t.title, Page::Topic(n));
    }
    v.back()
}

pub(super) fn topic(game: &Game, n: usize) -> View {
    let Some(t) = prose::TOPICS.get(n) else {
        return View::titled("There is no such topic.").back();
    };
    let mut v = View::titled(format!("{}.", t.title));
    v.say(t.says_by(Some(game.rules())));
    v.back()
}

pub(super) fn assumptions(game: &Game) -> View {
    let mut v = View::titled(
        "Assumptions: what the numbers rest on. The game draws a world within these ranges and \
         does not tell which.",
    );
    for (n, a) in prose::assumptions(game.rules(), prose::codex_until(game)).into_iter().enumerate()
    {
        v.go(show::assumption_row(&a), Page::Assumption(n));
    }
    v.back()
}

pub(super) fn assumption(game: &Game, n: usize) -> View {
    let list = prose::assumptions(game.rules(), prose::codex_until(game));
    let Some(a) = list.get(n) else { return View::titled("There is no such assumption.").back() };
    View { lines: show::assumption(a), menu: Vec::new() }.back()
}
