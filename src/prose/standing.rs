//! How a game that is over stands by its own guidance: the figure, and the marks without which no
//! face shows it.
//!
//! Owns the sentences. Refuses: a grade, and a figure alone. A lesson is not weighed: it has an end
//! of its own (`lesson`).

use crate::analysis::counterfactual::apart;
use crate::analysis::standing::{self as weighed, End, Launch, Other};
use crate::game::Game;
use crate::num::Milli;
use crate::scenario::model::{IndicatorIx, Rules};

use super::review::{MarkRow, PlaceRow, Standing};
use super::{figure, order, words};

/// What every outcome is said under.
pub const PREMISE: &str =
    "By this scenario's assumptions, in one world of several; nobody knows which is true.";
/// Values named in a sentence.
const NAMED: usize = 3;
/// A value that stands elsewhere by less of its range is not worth a word: thousandths of a
/// percent.
const TELLING: i64 = 1000;

/// How the game stands, its marks beside it.
///
/// # Errors
/// Why it has none: it goes on, or is a lesson.
pub fn standing(game: &Game) -> Result<Standing, &'static str> {
    beside(game, false)
}

/// The same with what a player who looks ahead makes of the draw: that takes seconds, and is done
/// only where somebody asks for it.
///
/// # Errors
/// Why the game has no marks.
pub fn standing_with_planner(game: &Game) -> Result<Standing, &'static str> {
    beside(game, true)
}

fn beside(game: &Game, asked: bool) -> Result<Standing, &'static str> {
    let Ends { own, idle, careful, launched } = ends(game)?;
    let planner = asked.then(|| weighed::other(game, Other::Planner));
    let place = weighed::place(game, own.outcome);
    let mut marks = vec![
        mark(game, "Nothing ordered", &idle, &[]),
        mark(game, "A careful player", &careful, &launched),
    ];
    let ahead = |(end, launched): &(End, Vec<Launch>)| {
        mark(game, "A player who looks ahead", end, launched)
    };
    marks.extend(planner.as_ref().map(ahead));
    let planner = planner.map(|(end, _)| end);
    Ok(Standing {
        outcome: own.outcome,
        outcome_text: words::whole(own.outcome),
        by: by(game).to_owned(),
        marks,
        place: PlaceRow {
            games: place.games,
            below: place.below,
            low: place.low,
            high: place.high,
            text: format!(
                "A careful player on {} other draws comes out between {} and {} in eight of ten; \
                 this game is above {} of them.",
                place.games,
                words::whole(place.low),
                words::whole(place.high),
                words::among(place.below, place.games)
            ),
        },
        yours: yours(game, &own, &idle),
        text: sentence(game, &own, &idle, &careful, planner.as_ref()),
    })
}

/// Why a game has no marks; none where it has.
pub fn not_weighed(game: &Game) -> Option<&'static str> {
    if !game.is_over() {
        return Some("The game is not over: its draw is played by others when it is.");
    }
    game.rules().lesson.as_ref().map(|_| "A lesson is not held against games of others.")
}

/// The figure with its marks in one sentence and what it is said under, or why there is none: for a
/// list of games.
pub fn in_short(game: &Game) -> String {
    match ends(game) {
        Ok(Ends { own, idle, careful, .. }) => {
            format!("{} {PREMISE}", sentence(game, &own, &idle, &careful, None))
        }
        Err(why) => why.to_owned(),
    }
}

/// This game's end, and those of the same draw with nothing ordered and by a careful player.
struct Ends {
    own: End,
    idle: End,
    careful: End,
    /// What took effect for the careful player.
    launched: Vec<Launch>,
}

fn ends(game: &Game) -> Result<Ends, &'static str> {
    if let Some(why) = not_weighed(game) {
        return Err(why);
    }
    let (idle, _) = weighed::other(game, Other::Idle);
    let (careful, launched) = weighed::other(game, Other::Careful);
    Ok(Ends { own: weighed::own(game), idle, careful, launched })
}

fn by(game: &Game) -> &'static str {
    if game.situation().guided { "by your priorities" } else { "by the points that stood" }
}

fn mark(game: &Game, who: &str, end: &End, launched: &[Launch]) -> MarkRow {
    MarkRow {
        who: who.to_owned(),
        outcome: end.outcome,
        outcome_text: words::whole(end.outcome),
        ending: ending(game, end),
        did: did(game.rules(), launched),
    }
}

/// Measures of a mark that are named.
const TOLD: usize = 7;

/// `In force: Notice to providers · APT10 (from 1 Oct), …`; nothing where nothing took effect.
fn did(rules: &Rules, launched: &[Launch]) -> String {
    let yours = launched.iter().filter(|l| rules.instruments[l.instrument].yours);
    let told = yours.map(|l| {
        let from = rules.turns[usize::from(l.turn)].opens;
        format!("{} ({})", order::measure(rules, l.instrument, l.target), words::date(from))
    });
    let mut told: Vec<String> = told.collect();
    if told.is_empty() {
        return String::new();
    }
    let more = told.len().saturating_sub(TOLD);
    if more > 1 {
        told.truncate(TOLD);
        told.push(format!("{more} more"));
    }
    format!("Took effect in the turn of: {}.", told.join(", "))
}

fn ending(game: &Game, end: &End) -> String {
    let endings = &game.rules().endings;
    endings.get(usize::from(end.ending)).map_or_else(String::new, |e| e.title.clone())
}

/// `43 of 100 by your priorities; on the same draw nothing ordered comes to 38, a careful player
/// to 45.`
fn sentence(game: &Game, own: &End, idle: &End, careful: &End, planner: Option<&End>) -> String {
    let marks = [
        format!("nothing ordered comes to {}", words::whole(idle.outcome)),
        format!("a careful player to {}", words::whole(careful.outcome)),
    ];
    let (made, between) = (own.outcome - idle.outcome, careful.outcome - idle.outcome);
    let share = match () {
        () if between < WORTH_SHARING => String::new(),
        () if made <= 0 => {
            format!(
                " Of the {} points between these two this game made none.",
                words::tenths(between)
            )
        }
        () if made > between => format!(
            " This game made {}, more than the {} points between these two.",
            words::tenths(made),
            words::tenths(between)
        ),
        () => format!(
            " Of the {} points between these two this game made {}.",
            words::tenths(between),
            words::tenths(made)
        ),
    };
    let ahead =
        planner.map(|p| format!(" A player who looks ahead comes to {}.", words::whole(p.outcome)));
    format!(
        "{} of 100 {}; on the same draw {}.{share}{}",
        words::whole(own.outcome),
        by(game),
        words::list(&marks),
        ahead.unwrap_or_default()
    )
}

/// Fewer points than this between the marks are not shared out.
const WORTH_SHARING: Milli = 2000;

/// Of what stands elsewhere the values of the desk that are worth a word, the largest first.
pub fn telling(
    rules: &Rules,
    apart: &[(IndicatorIx, Milli)],
) -> impl Iterator<Item = (IndicatorIx, Milli)> {
    let tells = |(i, d): &(IndicatorIx, Milli)| {
        figure::rank(rules, *i).is_some() && rules.indicators[*i].share(*d) >= TELLING
    };
    apart.iter().copied().filter(tells).take(NAMED)
}

/// What the orders did: the values of the desk that stand elsewhere than with nothing ordered.
fn yours(game: &Game, own: &End, idle: &End) -> String {
    let rules = game.rules();
    let apart: Vec<String> = telling(rules, &apart(rules, &own.value, &idle.value))
        .map(|(i, d)| {
            format!("{} {}", words::inside(rules, i), words::change_of(&rules.indicators[i], d))
        })
        .collect();
    let values =
        if apart.is_empty() { "little stands elsewhere".to_owned() } else { words::list(&apart) };
    let otherwise = if own.ending == idle.ending {
        String::new()
    } else {
        format!(" It would have ended: {}", words::stop(&ending(game, idle)))
    };
    format!("Against the same draw with nothing ordered: {values}.{otherwise}")
}
