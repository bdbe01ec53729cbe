//! The turn in three sentences: what is the matter, what can be done about it, who is against it.
//!
//! Owns what is picked out of what the desk says anyway, by fixed rules and never by a script.
//! Refuses: saying what is best; the likeliest to clear is the likeliest to clear.

use crate::engine::items::Shelved;
use crate::engine::odds::largest_objection;
use crate::engine::position::{RoomWeights, Stance, position};
use crate::engine::{Order, Proposal};
use crate::game::Game;
use crate::scenario::model::Good;

use super::facts::{DeskSummary, Figure, FileRow, Prompt, Stand, Tone};
use super::{order, stand, words};

/// A change of a whole point or more is worth a word.
const TELLING: i32 = 1000;
/// So many things matter at most.
const MATTERS: usize = 3;
/// From this share of belief on, of a hundred, a world is worth a word.
const BELIEVED: u8 = 60;
/// Less likely than this is no suggestion: something has to move first.
const LIKELY_ENOUGH: u8 = 40;
/// A window of this heat presses.
const WARM: i32 = 300;

pub fn summary(
    game: &Game,
    weights: &RoomWeights,
    figures: &[Figure],
    files: &[FileRow],
    prompts: &[Prompt],
    left: &[Proposal],
) -> DeskSummary {
    if game.is_over() {
        return DeskSummary { matter: matter(game, figures), ..DeskSummary::default() };
    }
    DeskSummary {
        matter: matter(game, figures),
        can: can(game, files, prompts),
        against: minding(game, weights, files, left),
        file: likeliest(game, files).map(|f| f.file),
    }
}

/// The first figure of the desk, the one that went worst (or stands worst), and the calendar where
/// it presses.
fn matter(game: &Game, figures: &[Figure]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let ranked: Vec<&Figure> = figures.iter().filter(|f| f.ranked).collect();
    if let Some(first) = ranked.first() {
        parts.push(stands(&first.name, first));
    }
    // A change of an estimate within its own error is none to tell.
    let went = |f: &&&Figure| f.tone == Tone::Bad && f.marked && f.delta.abs() >= TELLING;
    let worst = ranked
        .iter()
        .skip(1)
        .filter(went)
        .max_by_key(|f| game.rules().indicators[f.indicator].share(f.delta));
    parts.extend(worst.map(|f| stands(words::inside(game.rules(), f.indicator), f)));
    parts.extend(presses(game));
    if parts.len() < 2 {
        let worst = ranked.iter().skip(1).max_by_key(|f| far_from_good(game, f));
        parts.extend(worst.map(|f| stands(words::inside(game.rules(), f.indicator), f)));
    }
    if parts.len() < MATTERS {
        parts.extend(likely_world(game));
    }
    words::stop(&parts.join("; "))
}

/// The world that is believed, once one is.
fn likely_world(game: &Game) -> Option<String> {
    let all = super::intel::belief_in_worlds(game.rules(), game.situation());
    let first = all.into_iter().max_by_key(|w| w.percent).filter(|w| w.percent >= BELIEVED)?;
    // Inside a sentence the article is small.
    let name = first.says.strip_prefix("The ").map(|rest| format!("the {rest}"));
    Some(format!("{}: {} ({}%)", name.unwrap_or(first.says), first.word, first.percent))
}

/// A window that is warm; else files that close this turn.
fn presses(game: &Game) -> Vec<String> {
    let rules = game.rules();
    let Some(turn) = rules.turns.get(game.turn()).filter(|_| !game.is_over()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let hottest = turn
        .heat
        .iter()
        .enumerate()
        .filter(|(n, h)| **h >= WARM && rules.windows.get(*n).is_some())
        .max_by_key(|(_, h)| **h);
    if let Some((n, heat)) = hottest {
        out.push(format!(
            "the calendar is {}: {}",
            words::heat(*heat),
            rules.windows[n].name.inside()
        ));
    }
    let ending =
        stand::open_files(game).filter(|(_, f)| f.until.is_some_and(|d| d < turn.ends)).count();
    if ending > 0 && out.is_empty() {
        out.push(format!(
            "{} this turn",
            if ending == 1 { "a file closes".to_owned() } else { format!("{ending} files close") }
        ));
    }
    out
}

/// `Theft tempo ~54, high, up 2`.
fn stands(name: &str, f: &Figure) -> String {
    let moved = if f.marked && f.delta.abs() >= TELLING {
        format!(", {}", words::change_said(f, f.delta))
    } else {
        String::new()
    };
    format!("{name} {}, {}{moved}", f.value, f.word)
}

fn far_from_good(game: &Game, f: &Figure) -> i64 {
    let indicator = &game.rules().indicators[f.indicator];
    match indicator.good {
        Good::Up => indicator.share(f.most - f.at),
        Good::Down => indicator.share(f.at - f.least),
        Good::Neither => -1,
    }
}

/// Questions first; then the file that is likeliest to clear, at its price.
fn can(game: &Game, files: &[FileRow], prompts: &[Prompt]) -> String {
    let mut parts = Vec::new();
    let open = prompts.iter().filter(|p| !p.answered).count();
    if open > 0 {
        parts.push(format!("Answer {}", words::count(open, "question")));
    }
    let agenda = game.situation().agenda.len();
    if agenda > 0 {
        parts.push(format!("{} on the agenda", words::count(agenda, "proposal")));
    }
    let (rules, s) = (game.rules(), game.situation());
    // What was built on the player's own order and is not used yet.
    let used = |f: &Shelved| s.agenda.iter().any(|a| a.proposal.aims(f.instrument, f.target));
    let lawful = |f: &Shelved| s.gate_open(rules, f.instrument, f.target);
    let own = s.shelf.iter().filter(|f| f.built(s.day) && !used(f) && lawful(f));
    let own: Vec<String> = own.map(|f| order::measure(rules, f.instrument, f.target)).collect();
    match own.as_slice() {
        [] => {}
        [file] => parts.push(format!("your file is ready: {file}")),
        several => {
            parts.push(format!("{} of yours are ready", words::count(several.len(), "file")));
        }
    }
    if s.value[rules.roles.staff] <= 0 {
        parts.push("no staff is left: what costs none, or the end of the turn".to_owned());
    } else if let Some(f) = likeliest(game, files) {
        let who = [against(&f.stances), doubts(&f.stances)]
            .into_iter()
            .find(|t| !t.is_empty())
            .unwrap_or_else(|| "nobody objects".to_owned());
        parts.push(format!("{}: {} ({}), {who}", named(files, f), f.standing, f.cost));
    } else {
        // What nobody would let through needs a promise, a term, or proof first.
        let ready = !own.is_empty() || files.iter().any(|f| f.shut.is_none() && !f.on_agenda);
        let stands = s
            .measures
            .iter()
            .any(|m| m.in_force() && s.revisable(rules, m.instrument, m.target).is_some());
        let why = match (ready, stands) {
            (true, _) => "no file is likely to clear as it lies; move somebody, or set a task",
            (false, true) => {
                "no file is ready; propose anything, new terms for what is in force too, or set a task"
            }
            (false, false) => "no file is ready; propose anything, or set a task",
        };
        parts.push(why.to_owned());
    }
    words::stop(&words::upper_first(&parts.join("; ")))
}

/// What a file is a draft of; where two are of one measure, with its own title.
fn named(files: &[FileRow], f: &FileRow) -> String {
    if files.iter().filter(|other| other.measure == f.measure).count() > 1 {
        format!("{} ({})", f.measure, f.name)
    } else {
        f.measure.clone()
    }
}

fn likeliest<'f>(game: &Game, files: &'f [FileRow]) -> Option<&'f FileRow> {
    let late = |f: &FileRow| super::propose::is_too_late_to_build(game, f.instrument, f.target);
    files
        .iter()
        .filter(|f| !late(f))
        .filter(|f| f.shut.is_none() && !f.on_agenda && f.percent >= LIKELY_ENOUGH)
        .max_by_key(|f| f.percent)
}

/// Who is against what is on the agenda; where nothing is, against the file that has most against
/// it.
fn minding(game: &Game, weights: &RoomWeights, files: &[FileRow], left: &[Proposal]) -> String {
    let mut parts = Vec::new();
    for a in game.orders() {
        if let Order::Propose(p) = a.order {
            let name = order::measure(game.rules(), p.instrument, p.target);
            let all = stand::stances(game, weights, &p);
            let who = match doubts(&all) {
                _ if all.iter().any(|s| weight(s) > 0) => objections(game, weights, &p, &all),
                none if none.is_empty() => "nobody objects".to_owned(),
                doubts => doubts,
            };
            parts.push(format!("{name}: {who}"));
        }
    }
    if parts.is_empty() {
        let counted = files.iter().map(|f| (f.stances.iter().map(weight).sum::<usize>(), f));
        match counted.max_by_key(|(against, _)| *against) {
            Some((0, _)) => parts.push("Nobody objects to what lies here".to_owned()),
            Some((_, f)) => {
                let terms = game.rules().files[f.file].terms;
                let p = super::propose::as_it_lies(game, left, (f.instrument, f.target), terms);
                let who = objections(game, weights, &p, &f.stances);
                let left = if p.terms == terms { "" } else { ", as you left it" };
                parts.push(format!("{}{left}: {who}", named(files, f)));
            }
            None => {}
        }
    }
    words::stop(&words::upper_first(&parts.join("; ")))
}

/// `Treasury and NEC object (Treasury: talks −7.6)`: who is against it, and what whoever is most so
/// has against it, the name left out where there is no other.
fn objections(game: &Game, weights: &RoomWeights, p: &Proposal, all: &[Stand]) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let who = against(all);
    let most = largest_objection(rules, s, weights, p);
    let name = &rules.agencies[most].short;
    let others = all.iter().any(|other| weight(other) > 0 && other.agency != most);
    let pos = position(rules, s, weights, p, most);
    match super::reasons::in_short(game, p, &pos, pos.is_against()).first() {
        None => who,
        Some(reason) if others => format!("{who} ({name}: {reason})"),
        Some(reason) => format!("{who} ({reason})"),
    }
}

/// How much somebody's stance weighs against a draft.
fn weight(s: &Stand) -> usize {
    match s.stance {
        Stance::Blocks => 2,
        Stance::Objects => 1,
        Stance::Reserves | Stance::Concurs | Stance::Supports | Stance::Presses => 0,
    }
}

/// The names of those who stand so.
fn who_stands(all: &[Stand], stance: Stance) -> Vec<&str> {
    all.iter().filter(|s| s.stance == stance).map(|s| s.short.as_str()).collect()
}

/// `Treasury and USTR have doubts`; empty where nobody has.
fn doubts(all: &[Stand]) -> String {
    let who = who_stands(all, Stance::Reserves);
    match who.len() {
        0 => String::new(),
        1 => format!("{} has doubts", who[0]),
        2 => format!("{} have doubts", words::list(&who)),
        n => format!("{n} have doubts"),
    }
}

/// `Treasury blocks, State and NEC object`; empty where nobody does.
fn against(all: &[Stand]) -> String {
    let said = [(Stance::Blocks, "block"), (Stance::Objects, "object")].map(|(stance, plural)| {
        let who = who_stands(all, stance);
        match who.len() {
            0 => String::new(),
            1 => format!("{} {}", who[0], words::stance(stance)),
            _ => format!("{} {plural}", words::list(&who)),
        }
    });
    said.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(", ")
}
