//! The debrief: what was wanted beside what happened, and everything that was hidden. Of a game
//! that is not over it says only what was seen.

use std::fmt::Write as _;

use crate::analysis::counterfactual;
use crate::engine::NONE;
use crate::engine::evidence::world_cell;
use crate::engine::items::Measure;
use crate::engine::{Cause, Entry, Note, Order, Origin, belief, ledger, names, outcome};
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{
    About, AimIx, Audience, Critic, Ending, IndicatorIx, InstrumentIx, LensIx, Name, Rules, Sight,
    SourceIx, TargetIx,
};

use super::facts::{Item, Likelihood};
use super::review::{
    AdviserRow, CalibrationPart, CauseRow, Debrief, LensRow, LineRow, TruthRow, TurnRow,
    TurningRow, WorldPart,
};
use super::{cause, figure, front, intel, lesson, order, standing, text, words};

/// Confidences a score needs before it says anything.
const ENOUGH: usize = 20;

/// How the game ended, if it did.
pub fn ending(game: &Game) -> Option<&Ending> {
    let at = usize::from(game.situation().ending);
    game.rules().endings.get(at).filter(|_| game.is_over() && game.situation().ending != NONE)
}

/// Everything the debrief says.
pub fn debrief(game: &Game) -> Debrief {
    let (rules, s) = (game.rules(), game.situation());
    let over = game.is_over();
    let mut d = Debrief {
        over,
        scenario: rules.title.clone(),
        title: if over {
            "Debrief".to_owned()
        } else {
            format!("So far: {}", words::count(game.past().len(), "turn"))
        },
        premise: standing::PREMISE.to_owned(),
        lenses: lenses(game),
        guidance: guidance(game),
        guided: s.guided,
        lines: lines(game),
        turns: turns(game),
        calibration: calibration(game),
        advisers: advisers(game),
        ledger_note: "Every change of every value opens into its exact causes.".to_owned(),
        ..Debrief::default()
    };
    if !over {
        return d;
    }
    if let Some(e) = ending(game) {
        d.title.clone_from(&e.title);
        let so = (0..).zip(&e.lines).filter(|(n, _)| s.ending_lines & (1 << n) != 0);
        let said = std::iter::once(e.says.as_str()).chain(so.map(|(_, (_, says))| says.as_str()));
        d.ending.push(said.collect::<Vec<_>>().join(" "));
        d.ending.extend(
            e.by_world
                .get(usize::from(game.whole().hidden().world))
                .filter(|t| !t.is_empty())
                .cloned(),
        );
    }
    if rules.lesson.is_none() {
        d.ending.push(left_behind(game));
    }
    d.ending.extend(wrong(game));
    d.lesson = lesson::close(game);
    if d.lesson.is_empty() {
        d.standing = standing::standing(game).ok();
        d.turning = turning(game);
        d.luck_says = luck_says(game);
    }
    d.luck = lesson::luck(game);
    d.next = rules.lesson.as_ref().map_or_else(String::new, |l| l.next.clone());
    d.causes = causes(game);
    d.world = world(game);
    d.truths = truths(game);
    d.critics = critics(game);
    d.questions.clone_from(&rules.teaching.questions);
    d.aftermath =
        rules.teaching.aftermath.iter().map(|t| text::item(game, "afterwards", "", t)).collect();
    d.cautions.clone_from(&rules.teaching.cautions);
    if game.start().on_the_record {
        d.cautions.push(words::ON_THE_RECORD.to_owned());
    }
    d.history = history(rules);
    d
}

/// Each lens with its points and what came of it.
pub fn lenses(game: &Game) -> Vec<LensRow> {
    let (rules, s) = (game.rules(), game.situation());
    let row = |(n, l): (usize, &crate::scenario::model::Lens)| {
        let raw = outcome::raw_lens(rules, game.whole(), LensIx::at(n));
        // While the game goes on a lens would give away what is only estimated.
        let raw = if game.is_over() { raw } else { 0 };
        LensRow {
            lens: LensIx::at(n),
            name: l.name.to_string(),
            means: l.means.clone(),
            points: s.guidance[n],
            raw,
            raw_text: if game.is_over() { words::whole(raw) } else { "at the end".to_owned() },
        }
    };
    rules.lenses.iter().enumerate().map(row).collect()
}

/// What of the player's own stands as the game ends, and what is cleared and not yet out.
fn left_behind(game: &Game) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let yours = || s.measures.iter().filter(|m| m.is_ordered());
    let named = |m: &Measure| order::measure(rules, m.instrument, m.target);
    let standing =
        |m: &Measure| format!("{} (since {})", named(m), words::day(rules, m.effect_day()).short());
    let by_then = |m: &&Measure| words::day(rules, m.effect_day()) < rules.closes();
    let in_force = || yours().filter(|m| m.in_force());
    let stand: Vec<String> = in_force().filter(by_then).map(standing).collect();
    let later: Vec<String> = in_force().filter(|m| !by_then(m)).map(standing).collect();
    let waits: Vec<String> = yours().filter(|m| !m.in_force()).map(named).collect();
    // What has run out since was in force still.
    let over: Vec<String> = game
        .dated_notes_of(rules.last_turn())
        .filter_map(|(turn, n)| match n {
            Note::Ended { instrument, target, how: ledger::Ended::RanOut }
                if turn > rules.last_turn() && rules.instruments[instrument].yours =>
            {
                Some(order::measure(rules, instrument, target))
            }
            _ => None,
        })
        .collect();
    let mut out = match () {
        () if !stand.is_empty() => {
            format!("Of yours is in force as you leave: {}.", words::list(&stand))
        }
        () if over.is_empty() => "Nothing of yours is in force as you leave.".to_owned(),
        () => String::new(),
    };
    if !over.is_empty() {
        _ = write!(out, " It ran out when you had left: {}.", words::list(&over));
    }
    if !later.is_empty() {
        _ = write!(out, " It came into force when you had left: {}.", words::list(&later));
    }
    if !waits.is_empty() {
        _ = write!(out, " Cleared and not in effect: {}.", words::list(&waits));
    }
    if s.has_run_on(rules) {
        let end = words::runs_to(rules);
        _ = write!(
            out,
            " What you left ran on to {end}; half of each figure is where things stood then."
        );
    }
    out.trim_start().to_owned()
}

/// Measures on people or firms that, as drawn for this game, had no part in it: what no one could
/// know while it went on.
fn wrong(game: &Game) -> Vec<String> {
    let rules = game.rules();
    let one = |(t, instrument, target): (usize, InstrumentIx, TargetIx)| {
        let its = |(e, _): &(&Entry, i32)| {
            usize::from(e.turn) == t && e.cause == Cause::WrongTarget(instrument, target)
        };
        let cost = ledger::net(&game.ledger().entries).filter(its).map(|(e, came)| {
            format!("{} {}", words::inside(rules, e.indicator), words::signed(came))
        });
        let cost: Vec<String> = cost.collect();
        let cost =
            if cost.is_empty() { String::new() } else { format!(": {}", words::list(&cost)) };
        let at = rules.turns[t].ends.short();
        let truth = belied(game, target)
            .map_or_else(String::new, |t| format!(" Drawn for this game: {t}."));
        format!(
            "{} ({at}) hit the wrong party{cost}.{truth}",
            order::measure(rules, instrument, target)
        )
    };
    cause::wrong_parties(game).map(one).collect()
}

/// What was true of the target's campaign that leaves no room for the part it was said to have:
/// `who, criminals on their own account`.
fn belied(game: &Game, target: TargetIx) -> Option<String> {
    let rules = game.rules();
    let target = &rules.targets[target];
    let campaign = target.campaign?;
    let bit = 1u64 << game.whole().hidden().truth[campaign];
    let part = target.roles.iter().fold(0u64, |all, (_, mask)| all | mask);
    rules.campaigns[campaign].variables.iter().find_map(|v| {
        let value =
            v.values.iter().find(|value| value.mask & bit != 0 && value.mask & part == 0)?;
        Some(format!("{}: {}", v.asks.inside(), value.says))
    })
}

/// Turning points on page one.
const TURNING: usize = 3;
/// A lens that stands elsewhere by less is not worth a word: thousandths of a lens point.
const TELLING: i32 = 500;

fn turning(game: &Game) -> Vec<TurningRow> {
    let rules = game.rules();
    let row = |t: &counterfactual::Turning| {
        let given = &game.past()[t.turn].orders[t.order];
        let what = order::named(rules, &given.order);
        TurningRow {
            turn: t.turn,
            when: format!(
                "turn {}, {}",
                t.turn + 1,
                rules.turns[t.turn.min(rules.last_turn())].opens.short()
            ),
            what: if given.because.is_empty() {
                what
            } else {
                Name::new(format!("{}, because {}", what.inside(), given.because))
            },
            without: without(game, t),
            served: t.weight > 0,
        }
    };
    counterfactual::turning_points(game, TURNING).iter().map(row).collect()
}

/// `security −3, economy +1; theft tempo 64 instead of 58`.
fn without(game: &Game, t: &counterfactual::Turning) -> String {
    let rules = game.rules();
    let mut lenses: Vec<(usize, i32)> =
        t.lenses.iter().map(|l| -l).enumerate().filter(|(_, l)| l.abs() >= TELLING).collect();
    lenses.arrange_by_key(|(n, l)| (std::cmp::Reverse(l.abs()), *n));
    let mut parts: Vec<String> = Vec::new();
    if !lenses.is_empty() {
        let list: Vec<String> = lenses
            .iter()
            .take(3)
            .map(|(n, l)| format!("{} {}", rules.lenses[*n].name.inside(), words::signed(*l)))
            .collect();
        parts.push(list.join(", "));
    }
    for (i, d) in standing::telling(rules, &t.indicators) {
        let (indicator, here) = (&rules.indicators[i], game.whole().hidden().value[i]);
        let [there, here] = [here - d, here].map(|v| words::value(indicator, v));
        if there != here {
            parts.push(format!("{} {there} instead of {here}", words::inside(rules, i)));
        }
    }
    if t.other_ending > 0 {
        parts.push(format!("another ending in {} of {}", t.other_ending, t.draws));
    }
    if parts.is_empty() {
        return "little would stand elsewhere".to_owned();
    }
    format!("on average over {} draws of luck, {}", t.draws, parts.join("; "))
}

/// Whether the ending rests on the orders or on the luck they met.
fn luck_says(game: &Game) -> String {
    let l = counterfactual::other_luck(game);
    if l.games == 0 {
        return String::new();
    }
    let word = if l.same_ending * 3 >= l.games * 2 { "Stable" } else { "Fragile" };
    let by = if game.situation().guided {
        "On what you said mattered"
    } else {
        "On the points that stood"
    };
    let among = |n: usize| words::among(n, l.games);
    format!(
        "{word}: the same orders on {} other draws of luck, in the same world with the same \
         truths, end this way in {}. {by}, {} of all these draws came out worse than here.",
        l.games,
        among(l.same_ending),
        among(l.below)
    )
}

/// The guidance in a sentence.
pub fn guidance(game: &Game) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let mut list: Vec<(u8, &str)> = rules
        .lenses
        .iter()
        .zip(s.guidance)
        .map(|(l, p)| (p, l.name.inside()))
        .filter(|(p, _)| *p > 0)
        .collect();
    list.arrange_by_key(|(p, _)| std::cmp::Reverse(*p));
    let parts: Vec<String> = list.iter().map(|(p, name)| format!("{name} {p}")).collect();
    let how = match (s.guided, s.amended) {
        (_, true) => "as amended in public",
        (true, false) => "as you wrote it",
        (false, false) if rules.lesson.is_some() => "a lesson asks for no guidance, so these stood",
        (false, false) => "you wrote no guidance, so these stood",
    };
    format!("Of twelve points: {}; {how}.", words::list(&parts))
}

/// The indicators that count for a lens or stand on the desk, with decisions marked.
fn lines(game: &Game) -> Vec<LineRow> {
    let rules = game.rules();
    let over = game.is_over();
    let mut out: Vec<(u32, LineRow)> = Vec::new();
    for (n, i) in rules.indicators.iter().enumerate() {
        let ix = IndicatorIx::at(n);
        let rank = figure::rank(rules, ix);
        let counts = rank.is_some()
            || rules.desk.is_empty()
                && rules.lenses.iter().any(|l| l.weighs.iter().any(|(w, _)| *w == ix));
        if !counts || (!over && i.sight == Sight::Hidden) {
            continue;
        }
        let seen: Vec<i32> = game.line().iter().map(|s| s.seen[n]).collect();
        let values =
            if over { game.line().iter().map(|s| s.value[n]).collect() } else { seen.clone() };
        let (first, last) =
            (values.first().copied().unwrap_or(0), values.last().copied().unwrap_or(0));
        let history =
            rules.history_line.iter().find(|(h, _)| *h == ix).map_or_else(Vec::new, |(_, l)| {
                l.iter().map(|(t, v)| (usize::from(*t), *v)).collect()
            });
        let about = if !over && i.sight != Sight::Exactly { "~" } else { "" };
        let span = if game.situation().has_run_on(rules) {
            format!("by {}", words::runs_to(rules))
        } else {
            format!("over {}", words::count(game.past().len(), "turn"))
        };
        let text = format!(
            "{about}{} → {about}{}: {} {span}, {}",
            words::value(i, first),
            words::value(i, last),
            words::signed(last - first),
            words::band(i, last)
        );
        let row = LineRow {
            indicator: ix,
            name: i.name.to_string(),
            least: i.least,
            most: i.most,
            values,
            seen,
            history,
            marks: marks(game),
            text,
        };
        out.push((rank.unwrap_or(u32::MAX), row));
    }
    out.arrange_by_key(|(rank, r)| (*rank, r.indicator));
    out.into_iter().map(|(_, r)| r).collect()
}

/// Turns (from 0) in which something became of what the player had ordered.
fn marks(game: &Game) -> Vec<(usize, String)> {
    let rules = game.rules();
    let told = |n: Note| {
        Some(match n {
            Note::Cleared { proposal: p, revises, .. } => {
                let what = if revises { "new terms cleared" } else { "cleared" };
                format!("{} {what}", order::measure(rules, p.instrument, p.target))
            }
            Note::Returned { proposal: p, .. } | Note::Blocked { proposal: p, .. } => {
                format!("{} stopped", order::measure(rules, p.instrument, p.target))
            }
            Note::Launched { instrument, target, .. } if rules.instruments[instrument].yours => {
                cause::does(rules, instrument, target, "takes effect", "take effect")
            }
            Note::Revised { instrument, target } => {
                cause::does(rules, instrument, target, "has its new terms", "have their new terms")
            }
            Note::ReformDone(r) => format!("{} in place", rules.reforms[r].name),
            Note::PromiseBroken { promise, to } => format!(
                "promise to {} broken: {}",
                rules.agencies[to].short,
                rules.promises[promise].name.inside()
            ),
            _ => return None,
        })
    };
    let of = |t| game.notes_of(t).filter_map(told).map(move |what| (t, what));
    (0..game.past().len()).flat_map(of).collect()
}

/// Turn by turn: what was ordered, what came of it, what happened besides.
pub fn turns(game: &Game) -> Vec<TurnRow> {
    let rules = game.rules();
    let over = game.is_over();
    // Belief turn by turn is not kept in the record: it is played again.
    let mut again = over.then(|| Game::new(game.shared_rules(), game.start()));
    let mut out = Vec::new();
    for (t, past) in game.past().iter().enumerate() {
        let mut row = TurnRow {
            turn: t,
            date: words::date(rules.turns[t.min(rules.last_turn())].opens),
            orders: front::orders_of(game, t),
            results: game
                .notes_of(t)
                .filter(is_result)
                .filter_map(|n| cause::note(game, n))
                .collect(),
            events: game
                .notes_of(t)
                .filter_map(|n| {
                    if let Note::Fired { event, .. } = n {
                        return Some(rules.events[event].title.clone());
                    }
                    let of_aims = matches!(n, Note::Acted(..) | Note::Step { .. });
                    if of_aims { cause::note(game, n) } else { None }
                })
                .collect(),
            ..TurnRow::default()
        };
        for (turn, n) in game.dated_notes_of(t) {
            let Note::Responded { response, .. } = n else { continue };
            let r = &rules.responses[response];
            // Here there is room for the whole name, and the answer is what it does.
            let said =
                || format!("{} {}", without_place(&rules.agencies[r.seat].name), r.name.inside());
            if turn > t {
                row.results.push(format!("In the weeks after: {}.", said()));
                continue;
            }
            row.seen = r.visible;
            if r.visible || over {
                row.response = said();
            }
            if over {
                row.meant.clone_from(&r.meant);
            }
        }
        if over {
            let hit =
                cause::wrong_parties(game).filter(|(at, ..)| (*at).min(rules.last_turn()) == t);
            row.results.extend(hit.map(|(_, instrument, target)| {
                format!("{} hit the wrong party.", order::measure(rules, instrument, target))
            }));
        }
        if let Some(g) = &mut again {
            for given in &past.orders {
                // They were legal when they were given.
                let _ = g.give(given.order, "");
            }
            if g.end().is_ok() {
                row.worlds = intel::belief_in_worlds(rules, g.situation());
            }
        }
        out.push(row);
    }
    out
}

/// `Ministry of Foreign Affairs` of `Ministry of Foreign Affairs, Beijing`.
fn without_place(name: &str) -> &str {
    name.split_once(", ").map_or(name, |(name, _)| name)
}

fn is_result(n: &Note) -> bool {
    match n {
        Note::Cleared { .. }
        | Note::Returned { .. }
        | Note::Blocked { .. }
        | Note::Overruled { .. }
        | Note::Launched { .. }
        | Note::Revised { .. }
        | Note::Ended { .. }
        | Note::Withdrawn { .. }
        | Note::Leaked { .. }
        | Note::PromiseKept { .. }
        | Note::PromiseBroken { .. }
        | Note::ReformDone(_)
        | Note::Halted(_)
        | Note::Guided(_)
        | Note::After
        | Note::Ending(_) => true,
        Note::Fired { .. }
        | Note::Minds { .. }
        | Note::Built { .. }
        | Note::Waits { .. }
        | Note::Chose { .. }
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
        | Note::TaskDone { .. }
        | Note::Asked(_)
        | Note::FileOpened(_)
        | Note::FileClosed(_)
        | Note::WindowOpened(_)
        | Note::WindowClosed(_)
        | Note::Predicted { .. }
        | Note::Checked { .. }
        | Note::Judged { .. }
        | Note::Related { .. } => false,
    }
}

/// Causes that are nobody's: they explain every game alike.
fn ordinary(c: Cause) -> bool {
    matches!(
        c,
        Cause::Drift
            | Cause::Settle
            | Cause::Noise
            | Cause::Price(_)
            | Cause::Refund(_)
            | Cause::Income
            | Cause::StaffDay
            | Cause::Product(_)
    )
}

/// The largest causes over the game: three that go back to decisions, three that do not. Size is
/// measured against the indicator's range, and only what counts for a funded priority is
/// considered.
fn causes(game: &Game) -> Vec<CauseRow> {
    let (rules, s) = (game.rules(), game.situation());
    let weight = |i: IndicatorIx| -> i64 {
        let funded = rules
            .lenses
            .iter()
            .zip(s.guidance)
            .filter(|(l, p)| *p > 0 && l.weighs.iter().any(|(w, _)| *w == i));
        let weight: i64 = funded
            .map(|(l, p)| {
                i64::from(p)
                    * l.weighs.iter().find(|(w, _)| *w == i).map_or(0, |(_, n)| i64::from(n.abs()))
            })
            .sum();
        weight * 1000 / i64::from(rules.indicators[i].most - rules.indicators[i].least).max(1)
    };
    let mut sums: Vec<(Entry, i64)> = Vec::new();
    for (e, came) in ledger::net(&game.ledger().entries).filter(|(e, _)| !ordinary(e.cause)) {
        match sums
            .iter_mut()
            .find(|(k, _)| k.indicator == e.indicator && k.cause == e.cause && k.origin == e.origin)
        {
            Some((_, n)) => *n += i64::from(came),
            None => sums.push((*e, i64::from(came))),
        }
    }
    sums.arrange_by_key(|(e, n)| std::cmp::Reverse(n.abs() * weight(e.indicator)));
    let row = |(e, n): &(Entry, i64)| {
        let amount = crate::num::clamp32(*n);
        let of = words::inside(rules, e.indicator);
        CauseRow {
            indicator: e.indicator,
            name: words::name(rules, e.indicator).to_owned(),
            amount,
            amount_text: words::exact(amount),
            text: format!("{of} {}: {}", words::exact(amount), cause::cause(rules, e)),
            origin: cause::origin(game, e.origin),
        }
    };
    let mine = |e: &Entry| matches!(e.origin, Origin::Decision { .. });
    let counts = |(e, n): &&(Entry, i64)| *n != 0 && weight(e.indicator) > 0;
    // Each value once on either side: what one of them did is a key away, and a value that fell
    // most is not hidden behind four causes of another.
    let largest = |yours: bool| {
        let mut told: Vec<IndicatorIx> = Vec::new();
        let of_side = sums.iter().filter(counts).filter(move |(e, _)| mine(e) == yours);
        let first = of_side.filter(move |(e, _)| {
            let is_new = !told.contains(&e.indicator);
            told.push(e.indicator);
            is_new
        });
        first.take(3).map(row).collect::<Vec<_>>()
    };
    [largest(true), largest(false)].concat()
}

fn world(game: &Game) -> WorldPart {
    let (rules, s) = (game.rules(), game.situation());
    let Some(w) = rules.worlds.get(usize::from(game.whole().hidden().world)) else {
        return WorldPart::default();
    };
    let mut rest = world_cell(rules, game.whole()) % rules.trait_cells.max(1);
    let mut traits: Vec<(String, String)> = Vec::new();
    for t in rules.traits.iter().rev() {
        let n = t.values.len().max(1);
        traits.push((
            t.name.clone(),
            t.values.get(rest % n).map_or_else(String::new, |(_, _, says)| says.clone()),
        ));
        rest /= n;
    }
    traits.reverse();
    traits.extend(aims(game));
    let mut evidence = Vec::new();
    for t in 0..game.past().len() {
        for (turn, n) in game.dated_notes_of(t) {
            let read = || words::date(rules.turns[turn].ends);
            if let Note::TellFound(k) = n {
                evidence.push(text::item(game, "seen", &read(), &rules.tells[k].text));
            } else if let Note::TellSilence(k) = n {
                let body = rules.tells[k].silence.clone().unwrap_or_else(|| {
                    format!("Looked for, and not seen: {}", rules.tells[k].text.says())
                });
                evidence.push(Item { kind: "not seen", title: read(), body, ..Item::default() });
            }
        }
    }
    WorldPart {
        name: w.name.clone(),
        means: w.means.clone(),
        tells: w.tells.clone(),
        belief: intel::belief_in_worlds(rules, s),
        traits,
        evidence,
        fixed: game.start().world.is_some(),
    }
}

/// What the other side worked towards, as drawn for this game: how likely it had been, how sure one
/// could be of it, what became of each step and what it was for.
fn aims(game: &Game) -> Vec<(String, String)> {
    let (rules, s) = (game.rules(), game.situation());
    let all = (0..rules.aims.len()).map(AimIx::at);
    let told = |a: AimIx| {
        let aim = &rules.aims[a];
        let ends = |through: bool| {
            let notes = (0..game.past().len()).flat_map(|t| game.notes_of(t));
            notes.filter_map(move |n| {
                let Note::Step { aim, step, through: t } = n else { return None };
                let step = rules.aims[a].steps.get(usize::from(step))?;
                (aim == a && t == through).then(|| step.name.inside().to_owned())
            })
        };
        let (done, stopped): (Vec<_>, Vec<_>) = (ends(true).collect(), ends(false).collect());
        let last = aim.steps.last().is_some_and(|l| done.iter().any(|d| d == l.name.inside()));
        let mut says = vec![
            format!("{}.", aim.name),
            format!(
                "Drawn for this game; at first {}, at the end {} by what could be known.",
                intel::share_in_words(rules, &rules.aim_prior, a),
                intel::share_in_words(rules, &s.aim_belief[..rules.aim_prior.len()], a),
            ),
        ];
        if !done.is_empty() {
            says.push(format!("Carried through: {}.", done.join("; ")));
        }
        if !stopped.is_empty() {
            says.push(format!("Came to nothing: {}.", stopped.join("; ")));
        }
        if s.halted & (1 << a.0) != 0 {
            says.push("It was given up.".to_owned());
        } else if last {
            says.push(aim.won.clone());
        } else {
            says.push("It did not come to its end.".to_owned());
        }
        says.push(aim.meant.clone());
        ("An aim of its own".to_owned(), says.join(" "))
    };
    all.filter(|a| game.whole().hidden().pursues(rules, *a)).map(told).collect()
}

/// What was true of each campaign, drawn for this game, with the record beside it.
fn truths(game: &Game) -> Vec<TruthRow> {
    let (rules, s) = (game.rules(), game.situation());
    let mut out = Vec::new();
    for (n, c) in rules.campaigns.iter().enumerate() {
        let bit = 1u64 << game.whole().hidden().truth[n];
        let weights = &s.belief[Audience::AllSource as usize][c.first..c.first + c.cells];
        for (k, v) in c.variables.iter().enumerate() {
            let Some(value) = v.values.iter().find(|value| value.mask & bit != 0) else { continue };
            let percent = words::belief(belief::share(weights, value.mask));
            out.push(TruthRow {
                campaign: c.name.clone(),
                asks: Name::new(format!("{}?", v.asks.inside())),
                truth: format!(
                    "{} ({}drawn for this game).",
                    words::upper_first(&value.says),
                    if v.about == About::Proof { "what could be proved, as " } else { "" }
                ),
                believed: Likelihood {
                    says: value.says.clone(),
                    percent,
                    word: words::likelihood(percent),
                },
                record: if k == 0 { record(rules, n) } else { String::new() },
            });
        }
    }
    out
}

/// What the record says of the campaign's people and firms.
fn record(rules: &Rules, campaign: usize) -> String {
    let known = rules.targets.iter().filter(|t| t.campaign.is_some_and(|c| c.i() == campaign));
    let lines: Vec<String> = known
        .flat_map(|t| t.record.iter().map(|r| format!("{}: {}", t.name, words::tag(rules, r))))
        .collect();
    if lines.is_empty() {
        "No firm or person of record has a part in this.".to_owned()
    } else {
        lines.join(" ")
    }
}

fn calibration(game: &Game) -> CalibrationPart {
    let (rules, s) = (game.rules(), game.situation());
    let mut rows = Vec::new();
    let (mut n, mut squares) = (0usize, 0i64);
    for (k, p) in rules.propositions.iter().enumerate().filter(|(k, _)| s.confidence[*k] > 0) {
        let stated = s.confidence[k];
        let open = !game.is_over() && !p.when.iter().all(|c| c.is_public(rules));
        let verdict = match s.judged[k] {
            _ if open => "told at the end",
            1 => "held",
            2 => "did not hold",
            _ => "not judged yet",
        };
        rows.push(format!(
            "{stated}% ({}): {} {}.",
            words::likelihood(stated),
            p.says,
            words::upper_first(verdict)
        ));
        if !open && s.judged[k] != 0 {
            n += 1;
            let miss = i64::from(stated) - if s.judged[k] == 1 { 100 } else { 0 };
            squares += miss * miss;
        }
    }
    let score = if n >= ENOUGH {
        // Mean squared miss, 0 best, 1 worst, to three places.
        let brier = squares / (10 * i64::try_from(n).unwrap_or(1));
        format!("Brier score 0.{brier:03} over {n}: 0 is perfect, 0.250 is a coin.")
    } else {
        let judged = if n == 0 {
            "Nothing you were sure of has been judged".to_owned()
        } else {
            words::count(n, "judged confidence")
        };
        format!("{judged}; a score says something from {ENOUGH} on, over several games.")
    };
    CalibrationPart { rows, score }
}

fn advisers(game: &Game) -> Vec<AdviserRow> {
    let (rules, s) = (game.rules(), game.situation());
    let mut out: Vec<AdviserRow> = Vec::new();
    for (n, a) in rules.agencies.iter().enumerate().filter(|(n, _)| s.checks[*n] > 0) {
        let (hits, checks) = (s.hits[n], s.checks[n]);
        let agency = crate::scenario::model::AgencyIx::at(n);
        let text = super::agencies::held(game, agency);
        out.push(AdviserRow { agency, name: a.short.clone(), hits, checks, text });
    }
    out.arrange_by_key(|r| {
        std::cmp::Reverse(u32::from(r.hits) * 1000 / u32::from(r.checks.max(1)))
    });
    out
}

/// Those the world's outcome would call up, and those your course would.
pub fn called(game: &Game) -> impl Iterator<Item = &Critic> {
    let (rules, s) = (game.rules(), game.situation());
    let world = rules.worlds.get(usize::from(game.whole().hidden().world));
    let by_world = world.map_or(&[][..], |w| w.critics.as_slice());
    rules.critics.iter().enumerate().filter_map(move |(n, c)| {
        let called =
            by_world.iter().any(|k| k.i() == n) || (!c.when.is_empty() && s.all(rules, &c.when));
        called.then_some(c)
    })
}

fn critics(game: &Game) -> Vec<Item> {
    let rules = game.rules();
    let item = |c: &Critic| {
        let ids: Vec<&str> = c
            .sources
            .iter()
            .map(|s: &SourceIx| rules.sources.get(s.i()).map_or("?", |s| s.id.as_str()))
            .collect();
        let label =
            if ids.is_empty() { String::new() } else { format!("after {}", ids.join(", ")) };
        Item {
            kind: "critic",
            title: c.title.clone(),
            body: c.says.clone(),
            label,
            record: false,
            door: None,
        }
    };
    called(game).map(item).collect()
}

/// The record's own course.
fn history(rules: &Rules) -> Vec<String> {
    let mut steps: Vec<_> = rules.history.iter().collect();
    steps.arrange_by_key(|step| step.on);
    steps
        .into_iter()
        .map(|step| {
            let what = names::resolve(rules, &step.order)
                .map_or_else(|_| step.note.clone(), |o: Order| order::order(rules, &o));
            let note = if step.note.is_empty() || step.note == what {
                String::new()
            } else {
                format!(" {}", step.note)
            };
            let source = step
                .source
                .and_then(|s| rules.sources.get(s.i()))
                .map_or_else(String::new, |s| format!(" ({})", s.id));
            format!("{}: {}{note}{source}", words::date(step.on), words::stop(&what))
        })
        .collect()
}
