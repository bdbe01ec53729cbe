//! What is under way and in force, and when it may be done. The day a pipeline ends is drawn and
//! not told: what is said is the range its stages leave.

use crate::day::Day;
use crate::engine::items::{Measure, Shelved};
use crate::engine::{Note, Origin, Proposal, building_span, pipeline_span};
use crate::game::Game;
use crate::num::Milli;
use crate::scenario::model::{Condition, ReformIx, Rules, Span, TermValue, Turn};

use super::facts::{Door, GateLine, WorkRow};
use super::{order, stand, words};

/// Measures, tasks and reforms, those under way first.
pub fn work(game: &Game) -> Vec<WorkRow> {
    let (rules, s) = (game.rules(), game.situation());
    let mut out = Vec::new();
    for f in &s.shelf {
        let what = order::measure(rules, f.instrument, f.target);
        let built = f.built(s.day);
        let when = if built {
            format!("ready since {}", words::day(rules, f.due).short())
        } else {
            file_when(game, f)
        };
        let begins = words::day(rules, f.begun);
        out.push(WorkRow {
            text: format!("File: {what}"),
            when,
            begins: Some(begins),
            ends: (!built).then(|| left(game, begins, file_takes(rules, f))),
            door: Some(Door::Propose(f.instrument, f.target)),
            ..WorkRow::default()
        });
    }
    for m in s.measures.iter().filter(|m| !m.in_force()) {
        let (when, ends) = pipeline(game, m);
        out.push(row(game, m, &when, Some(words::day(rules, m.begun)), ends));
    }
    for r in &s.active_tasks {
        let t = &rules.tasks[r.task];
        let text = match r.campaign {
            Some(c) => format!("{}, on {}", t.name, rules.campaigns[c].name),
            None => t.name.clone(),
        };
        let begins = begun(game, r.origin);
        out.push(WorkRow {
            text,
            when: expected(game, begins, t.takes, rules.closes()),
            begins: Some(begins),
            ends: Some(within_game(game, left(game, begins, t.takes))),
            door: r.campaign.map(Door::Campaign),
            ..WorkRow::default()
        });
    }
    for (n, r) in rules.reforms.iter().enumerate() {
        if let Some(when) =
            reform_when(game, ReformIx::at(n)).filter(|_| !s.is_in_place(ReformIx::at(n)))
        {
            let begins = begun(game, s.reform_origin[n]);
            out.push(WorkRow {
                text: format!("Reform: {}", r.name),
                when,
                begins: Some(begins),
                ends: Some(within_game(game, left(game, begins, r.takes))),
                ..WorkRow::default()
            });
        }
    }
    for m in s.measures.iter().filter(|m| m.in_force()) {
        let since = words::day(rules, m.effect_day());
        let ends = last_day(rules, m).map(|last| (last, last));
        out.push(row(game, m, &in_force(game, m), Some(since), ends));
    }
    out
}

fn file_takes(rules: &Rules, f: &Shelved) -> Span {
    building_span(rules, f.instrument, f.ready).unwrap_or_default()
}

/// When a file under way may be ready.
pub(super) fn file_when(game: &Game, f: &Shelved) -> String {
    let rules = game.rules();
    expected(game, words::day(rules, f.begun), file_takes(rules, f), rules.closes())
}

fn row(
    game: &Game,
    m: &Measure,
    when: &str,
    begins: Option<Day>,
    ends: Option<(Day, Day)>,
) -> WorkRow {
    let when = if m.withdrawn {
        "to be withdrawn when the turn ends".to_owned()
    } else {
        match unproved(game, m) {
            Some(g) => format!("{when}; its proof stands at {}, needs {}", g.has, g.needs),
            None => when.to_owned(),
        }
    };
    let mut text = order::measure(game.rules(), m.instrument, m.target);
    if m.revises {
        text = format!("New terms: {text}");
    }
    // New terms that are under way are withdrawn before the measure they are for.
    let under_way = |o: &&Measure| o.is_of(m.instrument, m.target) && o.revises && !o.withdrawn;
    let first = m.revises || !game.situation().measures.iter().any(|o| under_way(&o));
    WorkRow {
        text,
        when,
        in_force: m.in_force(),
        begins,
        ends,
        door: Some(Door::Measure(m.instrument, m.target)),
        withdraw: (!m.withdrawn && first).then_some((m.instrument, m.target)),
        revise: game
            .situation()
            .revisable(game.rules(), m.instrument, m.target)
            .filter(|_| m.in_force())
            .map(|m| (m.instrument, m.target)),
        takes_with_it: if m.revises { String::new() } else { takes_with_it(game, m) },
    }
}

/// What the law asks and is no longer met by what is believed today; none where it is.
fn unproved(game: &Game, m: &Measure) -> Option<GateLine> {
    let gates = stand::gates(game, m.instrument, m.target);
    if gates.iter().any(|g| g.open) { None } else { gates.into_iter().next() }
}

/// The first day of the turn in which an order was given.
fn begun(game: &Game, origin: Origin) -> Day {
    match origin {
        Origin::Decision { turn, .. } => {
            game.rules().turns[usize::from(turn).min(game.rules().last_turn())].opens
        }
        Origin::Event { .. }
        | Origin::Response { .. }
        | Origin::Aim { .. }
        | Origin::Campaign(_)
        | Origin::Draw
        | Origin::Drift => game.situation().today(game.rules()),
    }
}

/// What is left of a range of lengths of some work, seen from today: its first and its last day.
/// What was due by today is done.
fn left(game: &Game, begun: Day, takes: Span) -> (Day, Day) {
    let today = game.situation().today(game.rules());
    left_from(today.plus(i32::from(begun < today)), begun, takes)
}

/// The same with the first day that there may be.
fn left_from(soonest: Day, begun: Day, takes: Span) -> (Day, Day) {
    let first = begun.plus(i32::from(takes.least)).max(soonest);
    (first, begun.plus(i32::from(takes.most)).max(first))
}

/// The day after the last.
fn end_of_game(game: &Game) -> Day {
    let rules = game.rules();
    rules.ends()
}

/// Days as far as the game goes.
fn within_game(game: &Game, (first, last): (Day, Day)) -> (Day, Day) {
    let end = end_of_game(game).plus(-1);
    (first.min(end), last.min(end))
}

/// `expected between 3 Dec and 14 Jan`: what is left of the range, seen from today. No day after
/// `end` is named: the game's last, or that of the last turn for what serves only a player.
fn expected(game: &Game, begun: Day, takes: Span, end: Day) -> String {
    let left = left(game, begun, takes);
    // Due as the next turn opens, it is there with its page.
    let turn = game.situation().turn_now(game.rules()).ends;
    let by_then = if left.1 == turn { (left.0.min(turn.plus(-1)), turn.plus(-1)) } else { left };
    match between(game, by_then, end) {
        Some(when) => format!("expected {when}"),
        None => late(game, left.0, "done", end),
    }
}

/// `this turn`, `between 3 Dec and 14 Jan`; none where the range reaches `end`.
fn between(game: &Game, (first, last): (Day, Day), end: Day) -> Option<String> {
    let turn = game.situation().turn_now(game.rules()).ends;
    match () {
        () if game.is_over() || last >= end => None,
        () if last < turn => Some("this turn".to_owned()),
        () if last == first => Some(format!("on {}", first.short())),
        () => Some(format!("between {} and {}", first.short(), last.short())),
    }
}

/// What is over with that day: the game, or the turns in which a player can use what comes.
pub(super) fn over_with(game: &Game, end: Day) -> &'static str {
    if end < end_of_game(game) { "your last turn" } else { "the game" }
}

/// That it may come too late, with the first day on which it may come.
fn late(game: &Game, first: Day, what: &str, end: Day) -> String {
    if game.is_over() {
        return "under way as the game ended".to_owned();
    }
    let over = over_with(game, end);
    if first >= end {
        return format!("not {what} before {over} ends");
    }
    let from = if first > game.situation().today(game.rules()) {
        format!("expected from {} on; ", first.short())
    } else {
        String::new()
    };
    format!("{from}may not be {what} before {over} ends")
}

pub fn reform_when(game: &Game, r: ReformIx) -> Option<String> {
    let (rules, s) = (game.rules(), game.situation());
    if s.is_in_place(r) {
        return Some("in place".to_owned());
    }
    (s.reform_due[r] != i16::MAX).then(|| {
        expected(game, begun(game, s.reform_origin[r]), rules.reforms[r].takes, rules.ends())
    })
}

/// The first day on which what was cleared may take effect, as far as the calendar is known.
pub(super) fn soonest(game: &Game, m: &Measure) -> Option<Day> {
    pipeline(game, m).1.map(|(first, _)| first)
}

/// When it may take effect, in words and in days.
fn pipeline(game: &Game, m: &Measure) -> (String, Option<(Day, Day)>) {
    let (rules, p) = (game.rules(), m.proposal());
    let today = game.situation().today(rules);
    let told = Note::Waits { instrument: m.instrument, target: m.target };
    let waiting = game.turn() > 0 && game.notes_of(game.turn() - 1).any(|n| n == told);
    let ready = if waiting {
        (today, today)
    } else {
        let standing = game.situation().standing(rules, p.instrument, p.target);
        let from = standing.filter(|_| m.revises).map(|m| &m.terms);
        let takes = pipeline_span(rules, &p, from, m.ready);
        left_from(today, words::day(rules, m.begun), takes)
    };
    let shut = unproved(game, m).map(|_| ready.0);
    let game_ends = end_of_game(game);
    let Some(from) = waits_from(game, &p, ready.0).or(shut) else {
        let stage = stage_now(game, m);
        let when = match between(game, ready, game_ends) {
            Some(when) => format!("expected {when}"),
            None => late(game, ready.0, "done", game_ends),
        };
        let when = if stage.is_empty() { when } else { format!("{stage}; {when}") };
        return (when, Some(within_game(game, ready)));
    };
    let what = waits_now(game, m, ready.0);
    let ready_when = match (waiting, between(game, ready, game_ends)) {
        (true, _) => "ready; waits".to_owned(),
        (false, Some(when)) => format!("ready {when}, then waits"),
        (false, None) => late(game, ready.0, "ready", game_ends) + ", then waits",
    };
    // For how long it waits for anything but the calendar nobody can say.
    let dated = p.values(rules).any(|(_, v)| cool_from(game, v, ready.0).is_some());
    let end = if game.is_over() || dated { "" } else { "; perhaps not before the game ends" };
    let ends = within_game(game, (from, game_ends));
    (format!("{ready_when}: {what}{end}"), Some(ends))
}

/// What follows the end of the last turn.
pub fn last_turn(game: &Game) -> String {
    let rules = game.rules();
    if rules.after == 0 {
        return "This is the last turn. The debrief follows.".to_owned();
    }
    let end = words::runs_to(rules);
    format!("This is the last turn. What you leave runs on to {end}; then comes the debrief.")
}

/// What goes with a measure that is withdrawn.
fn takes_with_it(game: &Game, m: &Measure) -> String {
    let rules = game.rules();
    let ins = &rules.instruments[m.instrument];
    let moves = ins.on_withdraw.iter();
    let moves = moves.filter_map(|m| words::expects(rules, m.indicator, m.amount));
    let keeps = game.situation().keeps_file(rules, m);
    let file = ins.building.iter().filter(|_| !keeps).map(|_| "its file".to_owned());
    let parts: Vec<String> = file.chain(moves).collect();
    let goes = (!parts.is_empty()).then(|| format!("goes with it: {}", parts.join(", ")));
    let stays = keeps.then(|| "its file stays built".to_owned());
    goes.into_iter().chain(stays).collect::<Vec<_>>().join("; ")
}

/// What a measure that is ready on that day waits for: the law, where it is shut again, and
/// its terms.
pub fn waits_now(game: &Game, m: &Measure, ready: Day) -> String {
    let terms = waits(game, &m.proposal(), ready);
    let terms = (!terms.is_empty()).then_some(terms);
    let law = unproved(game, m).map(|_| "the law, to let it pass".to_owned());
    let all: Vec<String> = law.into_iter().chain(terms).collect();
    // It may have been let in again since it was told to wait.
    if all.is_empty() { "the end of this turn".to_owned() } else { all.join("; ") }
}

/// What a ready measure waits for, by its terms' names, and from which day on; empty where its
/// terms wait for nothing.
pub fn waits(game: &Game, p: &Proposal, ready: Day) -> String {
    let rules = game.rules();
    if game.situation().standing(rules, p.instrument, p.target).is_some() {
        return String::new();
    }
    let name = |v: &TermValue| {
        let name = v.name.inside();
        match cool_from(game, v, ready) {
            None => name.to_owned(),
            Some(day) if day >= end_of_game(game) => format!("{name}, for which no turn is left"),
            // What waits for the whole calendar ahead waits for what is not on it yet.
            Some(day) if waits_for_all_ahead(v) => {
                format!(
                    "{name}, not before {}; a new date puts it off, perhaps past the end",
                    day.short()
                )
            }
            Some(day) => format!("{name}, not before {}", day.short()),
        }
    };
    let all: Vec<String> =
        p.values(rules).map(|(_, v)| v).filter(|v| !v.waits_for.is_empty()).map(name).collect();
    all.join("; ")
}

/// Whether it waits until no hot window is ahead: a new one puts it off.
fn waits_for_all_ahead(v: &TermValue) -> bool {
    let ahead =
        |c: &Condition| matches!(c, Condition::Not(c) if matches!(**c, Condition::HeatAhead(_)));
    v.waits_for.iter().any(ahead)
}

/// The first day on which a draft can take effect, its file built and its terms waited for, as far
/// as the calendar is known.
pub(super) fn first_effect(game: &Game, p: &Proposal) -> Day {
    let (rules, s) = (game.rules(), game.situation());
    let today = s.today(rules);
    let ready = s.ready_by_others(rules, p.instrument, p.target);
    let brought = match s.shelved(p.instrument, p.target) {
        _ if s.has_file(rules, p.instrument, p.target) => today,
        Some(f) => left(game, words::day(rules, f.begun), file_takes(rules, f)).0,
        None => building_span(rules, p.instrument, ready)
            .map_or(today, |b| today.plus(i32::from(b.least))),
    };
    let soon = brought.plus(i32::from(once_cleared(game, p).1.least));
    waits_from(game, p, soon).unwrap_or(soon)
}

/// How long a draft takes once it is cleared, and how much of that is done, of 100: what others have
/// ready counts there only where no file is built.
pub(super) fn once_cleared(game: &Game, p: &Proposal) -> (u8, Span) {
    let (rules, s) = (game.rules(), game.situation());
    let has_files = rules.instruments[p.instrument].building.is_some();
    let ready = if has_files { 0 } else { s.ready_by_others(rules, p.instrument, p.target) };
    let from = s.standing(rules, p.instrument, p.target).map(|m| &m.terms);
    (ready, pipeline_span(rules, p, from, ready))
}

/// The first day on which what its terms wait for may have come, as far as the calendar is known;
/// none where they wait for nothing.
/// The day before which what was cleared cannot take effect, as far as the calendar is known: where
/// it waits for one that is to come.
pub(super) fn held_until(game: &Game, m: &Measure) -> Option<Day> {
    let today = game.situation().today(game.rules());
    waits_from(game, &m.proposal(), today).filter(|day| *day > today && !m.in_force())
}

fn waits_from(game: &Game, p: &Proposal, ready: Day) -> Option<Day> {
    // New terms wait for nothing: the measure has waited.
    game.situation().standing(game.rules(), p.instrument, p.target).is_none().then_some(())?;
    let waiting = p.values(game.rules()).map(|(_, v)| v).filter(|v| !v.waits_for.is_empty());
    let from = |v: &TermValue| cool_from(game, v, ready).map_or(ready, |day| day.max(ready));
    waiting.map(from).max()
}

/// Where a term waits for the calendar to cool: the opening of the first turn at which it has, as
/// far as the windows are known; where no turn is left, the day after the game.
fn cool_from(game: &Game, v: &TermValue, ready: Day) -> Option<Day> {
    let rules = game.rules();
    // As hot as the windows make it that are on the calendar today.
    let heat = |t: &Turn| {
        let known = rules.windows.iter().zip(&t.heat).filter(|(w, _)| stand::in_view(game, w));
        known.map(|(_, heat)| *heat).max().unwrap_or(0)
    };
    let ahead = || rules.turns.iter().skip(game.turn()).filter(|t| t.ends > ready);
    // Only the calendar is known beforehand.
    let (n, to_the_end): (Milli, bool) = v.waits_for.iter().find_map(|c| match c {
        Condition::Not(c) => match **c {
            Condition::HeatAtLeast(n) => Some((n, false)),
            Condition::HeatAhead(n) => Some((n, true)),
            _ => None,
        },
        _ => None,
    })?;
    let hot = |t: &&Turn| heat(t) >= n;
    let turn = if to_the_end {
        let after = ahead().filter(hot).map(|t| t.ends).max();
        ahead().find(|t| after.is_none_or(|day| t.opens >= day))
    } else {
        ahead().find(|t| !hot(t))
    };
    Some(turn.map_or_else(|| end_of_game(game), |t| t.opens))
}

/// The stage it is most probably in: by the middle of each stage's range.
fn stage_now(game: &Game, m: &Measure) -> String {
    let ins = &game.rules().instruments[m.instrument];
    if ins.stages.len() < 2 {
        return String::new();
    }
    let gone = i32::from(game.situation().day) - i32::from(m.begun);
    let mut end = 0;
    for st in &ins.stages {
        end += i32::midpoint(i32::from(st.takes.least), i32::from(st.takes.most));
        if gone < end {
            return st.name.clone();
        }
    }
    ins.stages.last().map_or_else(String::new, |st| st.name.clone())
}

/// The day on which a measure in force has run out; none where it stands to the end. One whose end
/// costs something is over with the game at the latest.
pub(super) fn last_day(rules: &Rules, m: &Measure) -> Option<Day> {
    let ins = &rules.instruments[m.instrument];
    let day = words::day(rules, m.since).plus(i32::from(ins.lasts));
    let end = rules.ends();
    let held_to = !ins.on_end.is_empty() && day > end;
    (ins.lasts > 0).then_some(if held_to { end } else { day })
}

fn in_force(game: &Game, m: &Measure) -> String {
    let rules = game.rules();
    let ins = &rules.instruments[m.instrument];
    let since = words::day(rules, m.effect_day());
    let until = last_day(rules, m)
        .map_or_else(String::new, |last| format!(" until about {}", last.short()));
    let left = m.force / 656;
    let fading = if ins.fades.half_life > 0 && left < 95 {
        format!("; its edge has worn to {left}%")
    } else {
        String::new()
    };
    format!("in force since {}{until}{fading}", since.short())
}
