//! Figures as they may be seen: the value, or this turn's estimate with its range; hidden ones
//! never.

use crate::engine::Note;
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{Condition, IndicatorIx, Rules, Sight};

use super::facts::{Figure, Range, Tone, Trend};
use super::words;

/// Whether the indicator stands on the desk now: seen at all, and its time has come.
pub fn on_desk(game: &Game, i: IndicatorIx) -> bool {
    let (rules, s) = (game.rules(), game.situation());
    let indicator = &rules.indicators[i];
    let currency = i == rules.roles.staff || i == rules.roles.capital;
    !currency
        && is_chosen(rules, i)
        && indicator.sight != Sight::Hidden
        && s.all(rules, &indicator.appears)
}

/// Whether the scenario has it on its desk: one that lists none has all.
pub fn is_chosen(rules: &Rules, i: IndicatorIx) -> bool {
    rules.desk.is_empty() || rules.desk.contains(&i)
}

/// Its place on the desk; the scenario's own list comes before the indicators' ranks.
pub fn rank(rules: &Rules, i: IndicatorIx) -> Option<u32> {
    if rules.desk.is_empty() {
        return rules.indicators[i].rank;
    }
    rules.desk.iter().position(|d| *d == i).and_then(|n| u32::try_from(n).ok())
}

/// The sight at an opening (the last one if there are fewer).
pub fn sight_at(game: &Game, i: IndicatorIx, turn: usize) -> i32 {
    let line = game.line();
    line.get(turn).or(line.last()).map_or(0, |snap| snap.seen[i])
}

/// Half-width of the band around an estimate at the opening of `turn`; 0 where it is exact. The
/// change since the opening before is off by about as much: an estimate stands on the one before.
pub fn half_band_at(game: &Game, i: IndicatorIx, turn: usize) -> i32 {
    let line = game.line();
    let doubt = if turn >= game.turn() {
        game.situation().doubt[i]
    } else {
        line.get(turn).map_or(0, |snap| snap.doubt[i])
    };
    crate::engine::band(doubt)
}

/// One indicator as it may be seen; none while it is hidden or not yet on the desk.
pub fn figure(game: &Game, i: IndicatorIx) -> Option<Figure> {
    on_desk(game, i).then(|| at(game, i, game.turn()))
}

/// The figure as it stood at the opening of `turn`.
pub fn at(game: &Game, i: IndicatorIx, turn: usize) -> Figure {
    let rules = game.rules();
    let indicator = &rules.indicators[i];
    // Within the turn in play an exact value moves with the orders given (capital, process).
    let sight =
        if turn >= game.turn() { game.situation().value[i] } else { sight_at(game, i, turn) };
    let half = half_band_at(game, i, turn);
    let estimated = matches!(indicator.sight, Sight::Estimated(_));
    let range = Range {
        low: (sight - half).max(indicator.least),
        high: (sight + half).min(indicator.most),
    };
    // In the first turn only what was done at once can have moved it.
    let delta = sight - sight_at(game, i, turn.saturating_sub(1));
    // Of what only adds up the news is its pace.
    // The last page has the weeks after in it, and is longer than the one before.
    let longer = turn == game.turn() && game.situation().has_run_on(game.rules());
    let pace = (indicator.adds_up && turn > 1 && !longer)
        .then(|| sight_at(game, i, turn - 1) - sight_at(game, i, turn - 2));
    let news = pace.map_or(delta, |before| delta - before);
    let mut history: Vec<i32> =
        game.line().iter().take(turn + 1).map(|snap| snap.seen[i]).collect();
    if let Some(last) = history.last_mut().filter(|_| turn == game.turn()) {
        *last = sight;
    }
    Figure {
        indicator: i,
        name: indicator.name.to_string(),
        short: indicator.short.to_string(),
        value: format!("{}{}", if estimated { "~" } else { "" }, words::value(indicator, sight)),
        estimated,
        at: sight,
        least: indicator.least,
        most: indicator.most,
        unit: indicator.unit.clone(),
        range: estimated.then_some(range),
        history,
        delta,
        trend: words::trend(indicator, delta),
        tone: if words::trend(indicator, news) == Trend::Level {
            Tone::Plain
        } else {
            words::tone(indicator, news)
        },
        word: match pace {
            None => words::band(indicator, sight),
            Some(before) if news * 5 > before.abs() => "faster",
            Some(before) if news * 5 < -before.abs() => "slower",
            Some(_) => "as fast",
        }
        .to_owned(),
        means: indicator.means.clone(),
        ranked: rank(rules, i).is_some(),
        is_new: turn == game.turn() && is_new(game, i),
        // Before the first turn has ended only an answer moves what is seen exactly.
        marked: (turn > usize::from(indicator.adds_up) || !estimated)
            && news.abs() >= 500
            && news.abs() > half,
    }
}

/// It was not on the desk as the turn before opened.
fn is_new(game: &Game, i: IndicatorIx) -> bool {
    let rules = game.rules();
    if game.turn() == 0 || rules.indicators[i].appears.is_empty() {
        return false;
    }
    // Conditions of appearance read public facts; the situation a turn ago is not kept, so what can
    // be read of its day is: the first opening at which a dated condition holds, or an event of the
    // last turn.
    rules.indicators[i].appears.iter().any(|c| newly(game, c))
}

/// What the player does is told where it is done, and levels are not news in themselves.
fn newly(game: &Game, c: &Condition) -> bool {
    let last = game.turn() - 1;
    let told = |want: &dyn Fn(Note) -> bool| game.notes_of(last).any(want);
    if let Condition::All(list) | Condition::Any(list) = c {
        list.iter().any(|c| newly(game, c))
    } else if let Condition::From(day) = c {
        let rules = game.rules();
        let before = rules.turns[last.min(rules.last_turn())].opens;
        *day > before && *day <= game.situation().today(rules)
    } else if let Condition::Fired(e) = c {
        told(&|n| matches!(n, Note::Fired { event, .. } if event == *e))
    } else if let Condition::Launched(i) = c {
        told(&|n| matches!(n, Note::Launched { instrument, .. } if instrument == *i))
    } else if let Condition::Found(e) = c {
        told(&|n| n == Note::Found(*e))
    } else {
        false
    }
}

/// Those on the desk, in its order: ranked ones first.
pub fn figures(game: &Game) -> Vec<Figure> {
    let rules = game.rules();
    let mut list: Vec<IndicatorIx> =
        (0..rules.indicators.len()).map(IndicatorIx::at).filter(|i| on_desk(game, *i)).collect();
    list.arrange_by_key(|i| (rank(rules, *i).unwrap_or(u32::MAX), i.0));
    list.into_iter().map(|i| at(game, i, game.turn())).collect()
}
