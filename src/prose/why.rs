//! Why a value changed over a turn: the player's view, and the open one of the debrief.
//!
//! What is seen exactly is explained exactly, and what the player cannot know of it is one line of
//! its own. What is estimated gets a range for the whole, directions for the causes that are
//! public, and nothing taken from the ledger that a hidden coefficient or the truth has touched.

use crate::engine::{Cause, Entry, Origin, ledger};
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{CampaignIx, Indicator, IndicatorIx, Rules, Sight};

use super::facts::{Door, Part, Why, WhyLine};
use super::{actions, cause, figure, words};

const UNEXPLAINED: &str = "not explained by what you know";

/// Whether orders of the turn in play have moved it already: then `why` may be asked for the
/// opening to come.
pub fn moved_now(game: &Game, i: IndicatorIx) -> bool {
    !game.is_over() && game.entries_of(game.turn()).iter().any(|e| e.indicator == i)
}

/// Over the turn that ended with opening `turn` (from 0; the setup for 0), or so far in the turn in
/// play: what the player may know.
pub fn why(game: &Game, i: IndicatorIx, turn: usize) -> Why {
    let rules = game.rules();
    let indicator = &rules.indicators[i];
    let mut w = frame(game, i, turn);
    match indicator.sight {
        Sight::Exactly => exactly(game, i, turn, &mut w),
        Sight::Estimated(_) => estimated(game, i, turn, &mut w),
        Sight::Hidden => w.note.push_str("Nobody can see this while the game goes on."),
    }
    w
}

fn entries(game: &Game, turn: usize) -> &[Entry] {
    if turn == 0 { game.entries_of_setup() } else { game.entries_of(turn - 1) }
}

fn frame(game: &Game, i: IndicatorIx, turn: usize) -> Why {
    let rules = game.rules();
    let indicator = &rules.indicators[i];
    let hidden = indicator.sight == Sight::Hidden && !game.is_over();
    let at = figure::at(game, i, turn);
    let title = if hidden {
        indicator.name.to_string()
    } else if turn == 0 {
        format!("{} {} as you began", indicator.name, at.value)
    } else if turn > game.turn() {
        let before = figure::sight_at(game, i, game.turn());
        format!(
            "{} {} → {} so far this turn: {}",
            indicator.name,
            words::value(indicator, before),
            at.value,
            words::change_by(&at, at.at - before)
        )
    } else if indicator.sight == Sight::Exactly {
        // To the tenth, as the causes are: whole figures and their difference do not always add up.
        let before = figure::sight_at(game, i, turn - 1);
        let (was, is) =
            (words::value_exact(indicator, before), words::value_exact(indicator, at.at));
        format!(
            "{} {was} → {is} over turn {turn}: {}",
            indicator.name,
            words::exact(at.at - before)
        )
    } else {
        let before = figure::at(game, i, turn - 1);
        format!(
            "{} {} → {} over turn {turn}: {}",
            indicator.name,
            before.value,
            at.value,
            words::change_by(&at, at.delta)
        )
    };
    Why {
        indicator: i,
        turn,
        title,
        means: indicator.means.clone(),
        figure: if hidden { super::facts::Figure::default() } else { at },
        ..Why::default()
    }
}

/// What a line says in play, whose it is and where it leads; none if it may not be told.
struct Told {
    text: String,
    tag: String,
    door: Option<Door>,
    under: Option<String>,
}

fn told(game: &Game, e: &Entry) -> Option<Told> {
    let rules = game.rules();
    let campaign = |c: CampaignIx| actions::on_board(game, c);
    let sight = |i: IndicatorIx| rules.indicators[i].sight;
    let text = match e.cause {
        Cause::Noise | Cause::Aim(..) => return None,
        Cause::Flow(f) if sight(rules.flows[f].from) == Sight::Hidden => return None,
        Cause::Product(i) if sight(i) == Sight::Hidden => return None,
        Cause::Response(r) if !rules.responses[r].visible => return None,
        Cause::Campaign(c) if !campaign(c) => return None,
        // How a measure was received is part of what it did; whether it hit the right party is not
        // told.
        Cause::WrongTarget(i, t) | Cause::Espionage(i, t) => {
            cause::cause(rules, &Entry { cause: Cause::Launch(i, t), ..*e })
        }
        Cause::Drift
        | Cause::Settle
        | Cause::Flow(_)
        | Cause::Product(_)
        | Cause::Clamp
        | Cause::Price(_)
        | Cause::Refund(_)
        | Cause::Income
        | Cause::StaffDay
        | Cause::ClearedWins(_)
        | Cause::RefusalCosts(_)
        | Cause::Overruling(_)
        | Cause::OnClear(..)
        | Cause::Launch(..)
        | Cause::Term(..)
        | Cause::Active(..)
        | Cause::End(..)
        | Cause::Withdraw(..)
        | Cause::Mixing
        | Cause::Task(_)
        | Cause::Ask(_)
        | Cause::Kept(_)
        | Cause::Broken(_)
        | Cause::Reform(_)
        | Cause::Event(_)
        | Cause::Choice(..)
        | Cause::Response(_)
        | Cause::Act(..)
        | Cause::Campaign(_)
        | Cause::Evidence(_)
        | Cause::Tell(_)
        | Cause::Amend => cause::cause(rules, e),
    };
    let (tag, door) = tag(rules, e.cause, e.turn);
    let under = match e.origin {
        Origin::Decision { .. } => Some(cause::origin(game, e.origin)),
        Origin::Event { event, .. } if e.cause != Cause::Event(event) => {
            Some(cause::origin(game, e.origin))
        }
        Origin::Response { .. } | Origin::Aim { .. }
            if matches!(e.cause, Cause::Response(_) | Cause::Act(..)) =>
        {
            Some("reasons that you cannot see; the debrief will show them".to_owned())
        }
        Origin::Response { response, .. } if rules.responses[response].visible => {
            Some(cause::origin(game, e.origin))
        }
        Origin::Event { .. }
        | Origin::Response { .. }
        | Origin::Aim { .. }
        | Origin::Campaign(_)
        | Origin::Draw
        | Origin::Drift => None,
    };
    Some(Told { text, tag, door, under })
}

/// A word for the kind of cause, and where it leads.
pub(super) fn tag(rules: &Rules, cause: Cause, turn: u8) -> (String, Option<Door>) {
    let when = words::turn(rules, turn);
    if let Some((i, t)) = cause.measure() {
        return ("measure".to_owned(), Some(Door::Measure(i, t)));
    }
    match cause {
        Cause::Event(ix) | Cause::Choice(ix, _) => {
            (format!("event, {when}"), Some(Door::Event(ix)))
        }
        Cause::Response(_) => (format!("answer, {when}"), None),
        Cause::Act(..) | Cause::Aim(..) => (format!("its own step, {when}"), None),
        Cause::Flow(f) => ("spillover".to_owned(), Some(Door::Indicator(rules.flows[f].from))),
        Cause::Product(i) => ("goes with it".to_owned(), Some(Door::Indicator(i))),
        Cause::Campaign(c) => ("campaign".to_owned(), Some(Door::Campaign(c))),
        Cause::Evidence(x) => {
            ("evidence".to_owned(), Some(Door::Campaign(rules.evidence[x].campaign)))
        }
        Cause::Term(..) => ("term".to_owned(), None),
        Cause::Kept(_) | Cause::Broken(_) => ("promise".to_owned(), None),
        Cause::Task(_) | Cause::Ask(_) | Cause::Reform(_) | Cause::Amend => {
            ("your office".to_owned(), None)
        }
        Cause::ClearedWins(_)
        | Cause::RefusalCosts(_)
        | Cause::Overruling(_)
        | Cause::Refund(_)
        | Cause::Price(_)
        | Cause::Mixing => ("the room".to_owned(), None),
        Cause::Tell(_) => ("evidence".to_owned(), None),
        _ => ("course of things".to_owned(), None),
    }
}

fn exactly(game: &Game, i: IndicatorIx, turn: usize, w: &mut Why) {
    let mut known: Vec<(Told, i32)> = Vec::new();
    let mut rest = 0;
    let mut total = 0;
    for e in entries(game, turn).iter().filter(|e| e.indicator == i) {
        total += e.delta;
        let Some(t) = told(game, e) else {
            rest += e.delta;
            continue;
        };
        match known.iter_mut().find(|(k, _)| k.text == t.text && k.under == t.under) {
            Some((_, sum)) => *sum += e.delta,
            None => known.push((t, e.delta)),
        }
    }
    known.arrange_by_key(|(_, n)| std::cmp::Reverse(n.abs()));
    let mut shown = 0;
    let (known, small): (Vec<_>, Vec<_>) = known.into_iter().partition(|(_, n)| tenths(*n) != 0);
    for (t, n) in known {
        shown += tenths(n);
        push(w, Part::Exact(n), t);
    }
    if rest != 0 {
        shown += tenths(rest);
        w.lines.push(WhyLine {
            amount: Part::Exact(rest),
            text: UNEXPLAINED.to_owned(),
            ..WhyLine::default()
        });
    }
    let rounding = tenths(total) - shown;
    if rounding != 0 {
        let text = if small.is_empty() {
            "rounding of the lines above"
        } else {
            "causes of less than a tenth, and rounding"
        };
        w.lines.push(WhyLine {
            amount: Part::Exact(rounding),
            text: text.to_owned(),
            ..WhyLine::default()
        });
    }
    w.total = format!("{} exactly", words::exact(total));
    if w.lines.is_empty() {
        w.note.push_str("Nothing moved it.");
    }
}

/// What some lines did to a value over the turn that ended with opening `turn`, as far as the player
/// may know it: exactly, or for an estimate by its direction, with its points to order by. None
/// where nothing may be told or nothing shows.
pub(super) fn share(
    game: &Game,
    i: IndicatorIx,
    turn: usize,
    of: impl Fn(&Entry) -> bool,
) -> Option<(Part, i32)> {
    let indicator = &game.rules().indicators[i];
    let lines = ledger::net(entries(game, turn)).filter(|(e, _)| e.indicator == i && of(e));
    match indicator.sight {
        Sight::Hidden => None,
        Sight::Exactly => {
            let sum = lines.filter(|(e, _)| told(game, e).is_some()).map(|(_, n)| n).sum();
            (tenths(sum) != 0).then_some((Part::Exact(sum), sum))
        }
        Sight::Estimated(_) => {
            let roots = lines.filter_map(|(e, _)| public_root(game, e));
            let sum = roots.filter(|e| told(game, e).is_some()).map(|e| e.base).sum();
            (sum != 0).then(|| (direction(indicator, sum), sum))
        }
    }
}

fn tenths(n: i32) -> i32 {
    crate::num::round_div(i64::from(n), 100) * 100
}

fn push(w: &mut Why, amount: Part, t: Told) {
    w.lines.push(WhyLine { depth: 0, amount, text: t.text, tag: t.tag, door: t.door });
    if let Some(under) = t.under.filter(|u| !u.is_empty()) {
        w.lines.push(WhyLine { depth: 1, text: under, ..WhyLine::default() });
    }
}

fn estimated(game: &Game, i: IndicatorIx, turn: usize, w: &mut Why) {
    let rules = game.rules();
    let indicator = &rules.indicators[i];
    let doubt = super::figure::half_band_at(game, i, turn);
    w.note = format!(
        "An estimate: four times in five the value is {}.",
        words::range_in_full(&w.figure)
    );
    if turn == 0 {
        w.total.push_str("an estimate");
        return;
    }
    let delta = w.figure.delta;
    w.total = words::between(delta - doubt, delta + doubt);
    // Directions of what the ledger has from public causes.
    let mut known: Vec<(Told, i32)> = Vec::new();
    for e in entries(game, turn).iter().filter(|e| e.indicator == i) {
        let Some(root) = public_root(game, e) else { continue };
        let Some(t) = told(game, &root) else { continue };
        // A factor's change tells the direction of the product's, not its size.
        let amount = if root.indicator == i { root.base } else { root.base.signum() };
        match known.iter_mut().find(|(k, _)| k.text == t.text && k.under == t.under) {
            Some((_, sum)) => *sum += amount,
            None => known.push((t, amount)),
        }
    }
    known.arrange_by_key(|(_, n)| std::cmp::Reverse(n.abs()));
    for (t, n) in known.into_iter().filter(|(_, n)| *n != 0) {
        push(w, direction(indicator, n), t);
    }
    let mut course: Vec<(String, i32, Option<Door>)> = Vec::new();
    if indicator.drift != 0 {
        course.push(("the ordinary course of things".to_owned(), indicator.drift.signum(), None));
    }
    if let Some((to, _)) = &indicator.settles {
        let before = figure::sight_at(game, i, turn - 1);
        course.push(("settling back to its usual level".to_owned(), (to - before).signum(), None));
    }
    for f in
        rules.flows.iter().filter(|f| f.to == i && rules.indicators[f.from].sight != Sight::Hidden)
    {
        let v = figure::sight_at(game, f.from, turn - 1);
        if v != f.threshold && (v > f.threshold) == f.above {
            course.push((f.says.clone(), f.rate_expected.signum(), Some(Door::Indicator(f.from))));
        }
    }
    for (text, sign, door) in course.into_iter().filter(|(_, sign, _)| *sign != 0) {
        w.lines.push(WhyLine {
            amount: Part::Way { up: sign > 0, size: "" },
            text,
            tag: "course of things".to_owned(),
            door,
            ..WhyLine::default()
        });
    }
    let with_it =
        w.lines.iter().any(|l| matches!(l.amount, Part::Way { up, .. } if up == (delta > 0)));
    let what = if delta == 0 || with_it {
        "how much each did, and the estimate's own error"
    } else {
        "the estimate's own error, or what you cannot see"
    };
    w.lines.push(WhyLine {
        amount: Part::Unknown,
        text: format!("{UNEXPLAINED}: {what}"),
        ..WhyLine::default()
    });
}

/// The entry a public cause goes back to; none for what the truth or a coefficient has touched.
fn public_root(game: &Game, e: &Entry) -> Option<Entry> {
    match e.cause {
        Cause::Product(_) => {
            let parent = game.ledger().entries.get(e.parent? as usize)?;
            if matches!(parent.cause, Cause::Product(_)) { None } else { public_root(game, parent) }
        }
        Cause::Drift
        | Cause::Settle
        | Cause::Noise
        | Cause::Aim(..)
        | Cause::Flow(_)
        | Cause::Clamp
        | Cause::WrongTarget(..)
        | Cause::Espionage(..) => None,
        Cause::Price(_)
        | Cause::Refund(_)
        | Cause::Income
        | Cause::StaffDay
        | Cause::ClearedWins(_)
        | Cause::RefusalCosts(_)
        | Cause::Overruling(_)
        | Cause::OnClear(..)
        | Cause::Launch(..)
        | Cause::Term(..)
        | Cause::Active(..)
        | Cause::End(..)
        | Cause::Withdraw(..)
        | Cause::Mixing
        | Cause::Task(_)
        | Cause::Ask(_)
        | Cause::Kept(_)
        | Cause::Broken(_)
        | Cause::Reform(_)
        | Cause::Event(_)
        | Cause::Choice(..)
        | Cause::Response(_)
        | Cause::Act(..)
        | Cause::Campaign(_)
        | Cause::Evidence(_)
        | Cause::Tell(_)
        | Cause::Amend => Some(*e),
    }
}

fn direction(indicator: &Indicator, n: i32) -> Part {
    Part::Way { up: n > 0, size: if n.abs() <= 1 { "" } else { words::size(indicator, n) } }
}

/// The same with everything opened, for the debrief: every line of the ledger with its factors and
/// its origin.
pub fn why_open(game: &Game, i: IndicatorIx, turn: usize) -> Why {
    let rules = game.rules();
    let indicator = &rules.indicators[i];
    let mut w = frame(game, i, turn);
    let list = entries(game, turn);
    let line = game.line();
    let at = |t: usize| line.get(t).map_or(indicator.start, |s| s.value[i]);
    let before = if turn == 0 { indicator.start } else { at(turn - 1) };
    w.title = format!(
        "{}, as it was: {} → {}",
        indicator.name,
        words::tenths(before),
        words::tenths(at(turn))
    );
    for e in list.iter().filter(|e| e.indicator == i) {
        let (tag, door) = tag(rules, e.cause, e.turn);
        w.lines.push(WhyLine {
            depth: u8::from(e.cause == Cause::Clamp),
            amount: Part::Exact(e.delta),
            text: cause::cause(rules, e),
            tag,
            door,
        });
        for under in [cause::factors(e), cause::origin(game, e.origin)] {
            if !under.is_empty() {
                w.lines.push(WhyLine { depth: 1, text: under, ..WhyLine::default() });
            }
        }
    }
    w.total = format!("{} exactly", words::exact(at(turn) - before));
    w
}
