//! A game that is over between its marks: what others make of the same draw, and where it stands
//! among the games of a careful player on other draws.
//!
//! One figure weighs a game: the mean of the raw lens scores by the points of its guidance. Owns
//! that figure, for this game and for those beside it. Refuses: words, and any use of the figure
//! without its marks.

use std::sync::{Arc, Mutex, PoisonError};

use crate::engine::ledger::{Ledger, Note, Told};
use crate::engine::{NoLedger, Situation, Start, outcome};
use crate::game::Game;
use crate::num::{Milli, round_div};
use crate::policy::{Greedy, Planner, Policy};
use crate::scenario::model::{InstrumentIx, LensIx, Rules, TargetIx, WorldIx, limits};

use super::parts;

/// Games of a careful player on other draws.
pub const REDRAWS: u32 = 200;
/// First of their seeds; far from those a person, a simulation or the reference lines use.
const SEED: u64 = 0x0dd5_0000;

type Points = [u8; limits::LENSES];

/// How a game came out, by the points of this game's guidance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// 0 to 100, in thousandths.
    pub outcome: Milli,
    /// Which ending, or `NONE`.
    pub ending: u8,
    /// True values, in thousandths.
    pub value: [Milli; limits::INDICATORS],
}

/// A measure that took effect, in this turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Launch {
    pub turn: u8,
    pub instrument: InstrumentIx,
    pub target: TargetIx,
}

/// Who plays the draw besides the player.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// Nothing is ordered.
    Idle,
    /// What looks best at the moment is.
    Careful,
    /// Looks ahead; takes seconds.
    Planner,
}

/// Where a game stands among those of a careful player on other draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub games: usize,
    /// That came out lower.
    pub below: usize,
    /// Eight of ten lie between these.
    pub low: Milli,
    pub high: Milli,
}

/// The mean of the lenses' raw scores by their points.
pub fn outcome(rules: &Rules, points: Points, raw: impl Fn(usize) -> Milli) -> Milli {
    let each = || (0..rules.lenses.len()).map(|n| (i64::from(points[n]), i64::from(raw(n))));
    let all: i64 = each().map(|(p, _)| p).sum();
    round_div(each().map(|(p, raw)| p * raw).sum(), all.max(1))
}

fn end_of(rules: &Rules, points: Points, s: &Situation) -> End {
    End {
        outcome: outcome(rules, points, |n| outcome::raw_lens(rules, s, LensIx::at(n))),
        ending: s.ending,
        value: s.hidden().value,
    }
}

/// This game's own.
pub fn own(game: &Game) -> End {
    end_of(game.rules(), game.situation().guidance, game.whole())
}

/// What another makes of the same draw, with the guidance that stood at the end of this game, and
/// the measures that took effect there, in their order.
pub fn other(game: &Game, who: Other) -> (End, Vec<Launch>) {
    let (rules, points) = (game.rules(), game.situation().guidance);
    let policy = match who {
        Other::Idle => Policy::Idle,
        Other::Careful => Policy::Greedy(Greedy::guided()),
        Other::Planner => Policy::Planner(Planner::default()),
    };
    let mut s = Situation::setup(rules, game.start(), &mut NoLedger);
    let mut ledger = Ledger::default();
    policy.game(rules, &mut s, written(game), &mut Told(&mut ledger));
    let launched = |(turn, note): &(u8, Note)| match *note {
        Note::Launched { instrument, target, .. } => {
            Some(Launch { turn: *turn, instrument, target })
        }
        _ => None,
    };
    (end_of(rules, points, &s), ledger.notes.iter().filter_map(launched).collect())
}

/// The guidance to begin with, which is the one that stood at the end: what others are weighed by
/// they play for, too. None where none was ever written.
fn written(game: &Game) -> Option<Points> {
    let s = game.situation();
    (s.guided || s.amended).then_some(s.guidance)
}

/// Where a game of this guidance that comes to so much stands among those of a careful player on
/// other draws.
pub fn place(game: &Game, here: Milli) -> Place {
    let all = careful(game);
    let at = |tenth: usize| all[(all.len() - 1) * tenth / 10];
    Place {
        games: all.len(),
        below: all.iter().filter(|o| **o < here).count(),
        low: at(1),
        high: at(9),
    }
}

/// What the games of a careful player depend on: the rules by their hash, the guidance if one was
/// written, the world if it is fixed.
type Key = (u64, Option<Points>, Option<WorldIx>);

/// Most sets of games that are remembered.
const REMEMBERED: usize = 16;

/// Their outcomes in rising order. Made once for all games that share what they depend on: the
/// debrief is made more than once, and so are lists of past games.
fn careful(game: &Game) -> Arc<[Milli]> {
    static MADE: Mutex<Vec<(Key, Arc<[Milli]>)>> = Mutex::new(Vec::new());
    let (rules, guidance, world) = (game.rules(), written(game), game.start().world);
    let key = (rules.hash, guidance, world);
    // Held while they are made: who asks for the same meanwhile waits for these.
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, all)) = made.iter().find(|(k, _)| *k == key) {
        return Arc::clone(all);
    }
    // By itself and not by `simulate`, which counts much that nobody asks for here.
    let policy = Policy::Greedy(Greedy::guided());
    let mut all: Vec<Milli> = vec![0; REDRAWS as usize];
    parts::work(&mut all, 2, |n, end| {
        let start = Start { seed: SEED + n as u64, world, ..Start::default() };
        let mut s = Situation::setup(rules, start, &mut NoLedger);
        policy.game(rules, &mut s, guidance, &mut NoLedger);
        *end = end_of(rules, s.guidance, &s).outcome;
    });
    all.sort_unstable();
    let all: Arc<[Milli]> = all.into();
    if made.len() == REMEMBERED {
        made.remove(0);
    }
    made.push((key, Arc::clone(&all)));
    all
}

#[cfg(test)]
mod tests {
    use super::super::counterfactual::apart;
    use super::*;
    use crate::engine::{Order, Start};
    use crate::policy::orders_of;
    use crate::scenario::load;

    fn begun(seed: u64, guidance: Option<Points>) -> Game {
        let rules = Arc::new(load::embedded("cloud-hopper", &[]).expect("the scenario loads"));
        let mut game = Game::new(rules, Start { seed, ..Start::default() });
        if let Some(points) = guidance {
            game.give(Order::Guide(points), "").expect("it can be written");
        }
        game
    }

    /// The game played on to its end.
    fn ended(mut game: Game, policy: &Policy) -> Game {
        while !game.is_over() {
            for order in orders_of(policy, game.rules(), game.whole()) {
                game.give(order, "").expect("a policy's orders are legal");
            }
        }
        game
    }

    fn guidances() -> [Option<Points>; 2] {
        let rules = load::embedded("cloud-hopper", &[]).expect("the scenario loads");
        let last = rules.profiles.last().expect("a profile").points;
        [None, Some(last)]
    }

    #[test]
    fn a_game_without_an_order_is_its_own_lower_mark() {
        for guidance in guidances() {
            let game = ended(begun(7, guidance), &Policy::Idle);
            let (end, launched) = other(&game, Other::Idle);
            assert_eq!(own(&game), end);
            assert!(launched.is_empty(), "{launched:?}");
        }
    }

    #[test]
    fn a_careful_game_is_its_own_mark_and_stands_above_idling_where_it_differs() {
        for guidance in guidances() {
            let game = ended(begun(7, guidance), &Policy::Greedy(Greedy::guided()));
            let (own, (idle, _)) = (own(&game), other(&game, Other::Idle));
            let (careful, launched) = other(&game, Other::Careful);
            assert_eq!(own, careful);
            let here = game.ledger().notes.iter().filter_map(|(turn, n)| match *n {
                Note::Launched { instrument, target, .. } => {
                    Some(Launch { turn: *turn, instrument, target })
                }
                _ => None,
            });
            assert_eq!(here.collect::<Vec<_>>(), launched);
            assert!(launched.len() > 1);
            assert!(own.outcome > idle.outcome, "{} {}", own.outcome, idle.outcome);
            let rules = game.rules();
            let elsewhere = apart(rules, &own.value, &idle.value);
            assert!(elsewhere.len() > 3);
            let shares: Vec<i64> =
                elsewhere.iter().map(|(i, d)| rules.indicators[*i].share(*d)).collect();
            assert!(shares.is_sorted_by(|a, b| a >= b), "{shares:?}");
            assert!(apart(rules, &own.value, &own.value).is_empty());
        }
    }

    #[test]
    fn marks_play_for_the_points_by_which_they_are_weighed() {
        let [_, Some(points)] = guidances() else { panic!("a guidance") };
        let mut game = begun(7, None);
        while !game.is_over() {
            if game.turn() == 8 {
                game.give(Order::Amend(points), "").expect("it can be amended");
            }
            game.end().expect("a turn ends");
        }
        let careful = Policy::Greedy(Greedy::guided());
        assert_eq!(other(&game, Other::Careful).0, own(&ended(begun(7, Some(points)), &careful)));
    }

    #[test]
    fn the_marks_of_a_branch_are_of_its_own_draw() {
        let first = ended(begun(7, None), &Policy::Idle);
        let branches = first.start().branches.with(4, 99).expect("room for a branch");
        let start = Start { branches, ..first.start() };
        let branch = ended(Game::new(first.shared_rules(), start), &Policy::Idle);
        assert_eq!(own(&branch), other(&branch, Other::Idle).0);
        assert_ne!(own(&branch), own(&first));
    }

    #[test]
    fn the_outcome_is_the_mean_by_the_points_and_its_place_is_counted() {
        let game = ended(begun(7, None), &Policy::Greedy(Greedy::guided()));
        let (rules, points) = (game.rules(), game.situation().guidance);
        let raw = |n: usize| outcome::raw_lens(rules, game.whole(), LensIx::at(n));
        let (low, high) = (0..rules.lenses.len())
            .filter(|n| points[*n] > 0)
            .map(raw)
            .fold((Milli::MAX, Milli::MIN), |(low, high), raw| (low.min(raw), high.max(raw)));
        assert!((low..=high).contains(&own(&game).outcome));
        let place = place(&game, own(&game).outcome);
        assert_eq!(place.games, REDRAWS as usize);
        assert!(place.low < place.high && place.below <= place.games);
        let all = careful(&game);
        assert!(all.is_sorted());
        let between = all.iter().filter(|o| (place.low..=place.high).contains(o)).count();
        assert!((150..=180).contains(&between), "{between} of 200 lie in eight of ten");
        // Made once, and the same for whoever asks.
        assert!(Arc::ptr_eq(&all, &careful(&game)));
    }
}
