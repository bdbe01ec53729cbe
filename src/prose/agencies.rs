//! The room: who they are, what they want, what is owed both ways, how often they were right.

use crate::engine::position::{RoomWeights, Stance, principal};
use crate::engine::{Note, Proposal};
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{AgencyIx, AskIx, IndicatorIx, PromiseIx, Sight};

use super::facts::{AgencyPage, AgencyRow, FileStand, Relation};
use super::{actions, cause, desk, memory, stand, words};

/// Everyone in the room, then everyone outside it who is heard.
pub fn agencies(game: &Game) -> Vec<AgencyRow> {
    let rules = game.rules();
    let row = |n: usize| {
        let a = AgencyIx::at(n);
        AgencyRow {
            room: desk::room_row(game, a),
            name: rules.agencies[n].name.clone(),
            holder: holder(game, a),
            outside: rules.agencies[n].outside,
        }
    };
    let mut rows: Vec<AgencyRow> = (0..rules.agencies.len()).map(row).collect();
    rows.arrange_by_key(|r| r.outside);
    rows
}

fn holder(game: &Game, a: AgencyIx) -> String {
    let rules = game.rules();
    let day = game.situation().turn_now(rules).opens;
    match principal(rules, game.situation(), a) {
        Some(n) => rules.principals[n].who.clone(),
        None if rules.principals.iter().any(|p| p.agency == a && p.from <= day) => {
            "the office is vacant".to_owned()
        }
        None => String::new(),
    }
}

/// What an agency minds most, largest first; what nobody can see is left out.
fn cares(game: &Game, a: AgencyIx) -> Vec<String> {
    let rules = game.rules();
    let mut list: Vec<(i32, IndicatorIx)> =
        rules.agencies[a].cares.iter().enumerate().map(|(n, w)| (*w, IndicatorIx::at(n))).collect();
    list.retain(|(w, i)| *w != 0 && rules.indicators[*i].sight != Sight::Hidden);
    list.arrange_by_key(|(w, i)| (std::cmp::Reverse(w.abs()), *i));
    list.into_iter()
        .take(6)
        .map(|(w, i)| format!("{} {}", words::inside(rules, i), if w > 0 { "up" } else { "down" }))
        .collect()
}

/// One agency, opened.
pub fn agency(game: &Game, a: AgencyIx) -> AgencyPage {
    let (rules, s) = (game.rules(), game.situation());
    let page = &rules.agencies[a];
    let promises =
        (0..rules.promises.len()).map(PromiseIx::at).filter(|p| rules.promises[*p].to.contains(&a));
    let hit_rate = if s.checks[a] == 0 {
        "no prediction of theirs has come due".to_owned()
    } else {
        held(game, a)
    };
    AgencyPage {
        agency: a,
        room: desk::room_row(game, a),
        name: page.name.clone(),
        mandate: page.mandate.clone(),
        wants: page.wants.clone(),
        fears: page.fears.clone(),
        writes: page.writes.clone(),
        holder: holder(game, a),
        cares: cares(game, a),
        leads: rules.instruments.iter().filter(|i| i.lead == a).map(|i| i.name.clone()).collect(),
        red_lines: page.red_lines.iter().map(|r| red_line(game, r)).collect(),
        promises: promises.map(|p| actions::promise(game, p, a)).collect(),
        stands: stands(game, a),
        predictions: predictions(game, a),
        hit_rate,
        asks: (0..rules.asks.len())
            .map(AskIx::at)
            .filter(|k| rules.asks[*k].of == a)
            .map(|k| actions::ask(game, k))
            .collect(),
        voice: voice(game, a),
        relation: memory::stands(game, a),
        quote: memory::quotes(game, a),
        memory: memory::lines(game, a),
    }
}

/// Where one of the room stands on each live file.
fn stands(game: &Game, a: AgencyIx) -> Vec<FileStand> {
    let (rules, s) = (game.rules(), game.situation());
    if game.is_over() {
        return Vec::new();
    }
    let room = RoomWeights::new(rules, s);
    stand::open_files(game)
        .filter_map(|(file, f)| {
            let p = Proposal::of_file(f);
            let all = stand::stances(game, &room, &p);
            let stance = all.iter().find(|s| s.agency == a)?.stance;
            Some(FileStand { file, name: f.name.to_string(), stance })
        })
        .collect()
}

/// Predictions made and checked so far, latest first.
fn predictions(game: &Game, a: AgencyIx) -> Vec<String> {
    let mut out = Vec::new();
    for t in 0..game.past().len() {
        for (turn, n) in game.dated_notes_of(t) {
            let about = matches!(
                n,
                Note::Predicted { agency, .. } | Note::Checked { agency, .. } if agency == a
            );
            if let Some(text) = about.then(|| cause::note(game, n)).flatten() {
                out.push(format!("{}: {text}", game.rules().turns[turn].ends.short()));
            }
        }
    }
    out.reverse();
    out
}

/// How often what it foretold came, and whether it foretells too much or too little.
pub fn held(game: &Game, a: AgencyIx) -> String {
    let s = game.situation();
    let (hits, checks) = (s.hits[a], s.checks[a]);
    let (mut foretold, mut came) = (0i64, 0i64);
    for n in (0..game.past().len()).flat_map(|t| game.notes_of(t)) {
        if let Note::Checked { agency, low, high, moved, .. } = n
            && agency == a
        {
            let middle = i64::midpoint(i64::from(low), i64::from(high));
            foretold += middle.abs();
            came += i64::from(moved) * middle.signum();
        }
    }
    let lean = match came * 100 / foretold.max(1) {
        ..=0 => "none of what they foretold came".to_owned(),
        n @ 1..=89 => format!("on the whole {n}% of what they foretold came"),
        90..=110 => "on the whole as much came as they foretold".to_owned(),
        _ => "on the whole more came than they foretold".to_owned(),
    };
    format!("{hits} of {} held; {lean}", words::count(usize::from(checks), "prediction"))
}

/// What it would say at its red line, and whether that is where things stand.
fn red_line(game: &Game, r: &crate::scenario::model::RedLine) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let when =
        if s.all(rules, &r.when) { "says so now" } else { "would say, should it come to that" };
    format!("{}, {when}: {}", rules.instruments[r.instrument].short, r.says)
}

/// How it sounds when it has nothing to say for or against.
fn voice(game: &Game, a: AgencyIx) -> String {
    let (stance, of) = match words::relation(game.situation().relation[a]) {
        Relation::With | Relation::Friendly => (Stance::Supports, "a paper it supports"),
        Relation::Correct => (Stance::Concurs, "a paper it is content with"),
        Relation::Wary | Relation::Against => (Stance::Reserves, "a paper it has doubts about"),
    };
    let line = stand::voice(game, a, stance);
    if line.is_empty() { line } else { format!("Of {of}: {line}") }
}
