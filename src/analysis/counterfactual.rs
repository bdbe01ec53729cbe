//! A game that is over, played again: without one of its orders, and on other luck.
//!
//! Luck is keyed by what is decided, so the same game without one order meets the same luck in
//! everything that the order does not touch: the difference is what the order did. Owns the playing
//! again. Refuses: words; and any say in whether an order was good, which needs what was known
//! then.

use crate::engine::Start;
use crate::engine::{NoLedger, Order, Situation, outcome};
use crate::game::Game;
use crate::luck::mix;
use crate::num::Milli;
use crate::order::Arrange;
use crate::scenario::model::{IndicatorIx, LensIx, Rules};

/// Other draws of luck that a game is held against.
pub const LUCKS: usize = 200;

/// An order, and the end of the same game without it.
#[derive(Debug, Clone)]
pub struct Turning {
    /// Turn, from 0, and the order's place in it.
    pub turn: usize,
    pub order: usize,
    /// What it did for each lens, in thousandths of a raw lens point: with it less without it.
    pub lenses: Vec<Milli>,
    /// What it did for each indicator at the end, in thousandths, largest first.
    pub indicators: Vec<(IndicatorIx, Milli)>,
    /// The game would have ended otherwise.
    pub other_ending: bool,
    /// Of the guidance: points times lens points, to order them by.
    pub weight: i64,
}

/// How a game stands among games of the same orders in the same world, with the same truths, on
/// other luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Lucks {
    pub games: usize,
    /// With the same ending.
    pub same_ending: usize,
    /// That came out lower on what the guidance weighs.
    pub below: usize,
}

fn orders(game: &Game) -> Vec<Vec<Order>> {
    game.past().iter().map(|p| p.orders.iter().map(|g| g.order).collect()).collect()
}

/// Gives a turn's orders, those no longer legal left out, and ends it.
fn turn(rules: &Rules, s: &mut Situation, orders: &[Order], but: Option<usize>) {
    for (_, order) in orders.iter().enumerate().filter(|(n, _)| Some(*n) != but) {
        let _ = s.apply(rules, order, &mut NoLedger);
    }
    // Ending a turn is always legal while the game goes on.
    let _ = s.apply(rules, &Order::End, &mut NoLedger);
}

/// To the end; turns beyond those that were played are ended without an order.
fn rest(rules: &Rules, s: &mut Situation, orders: &[Vec<Order>]) {
    while !s.is_over() {
        let given = orders.get(usize::from(s.turn)).map_or(&[][..], Vec::as_slice);
        turn(rules, s, given, None);
    }
}

fn lenses(rules: &Rules, s: &Situation) -> Vec<Milli> {
    (0..rules.lenses.len()).map(|n| outcome::raw_lens(rules, s, LensIx::at(n))).collect()
}

fn weight(game: &Game, lenses: &[Milli]) -> i64 {
    lenses
        .iter()
        .zip(game.situation().guidance)
        .map(|(raw, points)| i64::from(*raw) * i64::from(points))
        .sum()
}

/// What stands elsewhere between two ends, the first less the second, largest against its range
/// first.
pub fn apart(rules: &Rules, a: &[Milli], b: &[Milli]) -> Vec<(IndicatorIx, Milli)> {
    let each = rules.indicators.iter().zip(a.iter().zip(b)).enumerate();
    let mut all: Vec<(i64, IndicatorIx, Milli)> =
        each.map(|(n, (i, (a, b)))| (i.share(a - b), IndicatorIx::at(n), a - b)).collect();
    all.retain(|(_, _, d)| *d != 0);
    all.arrange_by_key(|(share, i, _)| (std::cmp::Reverse(*share), *i));
    all.into_iter().map(|(_, i, d)| (i, d)).collect()
}

/// The orders without which the game would have ended most differently, weighed by the guidance,
/// largest first.
pub fn turning_points(game: &Game, most: usize) -> Vec<Turning> {
    let (rules, end) = (game.rules(), game.whole());
    let orders = orders(game);
    let here = lenses(rules, end);
    let mut out = Vec::new();
    let mut opened = Situation::setup(rules, game.start(), &mut NoLedger);
    for (t, given) in orders.iter().enumerate() {
        for (n, _) in given.iter().enumerate().filter(|(_, o)| decides(o)) {
            let mut s = opened.clone();
            turn(rules, &mut s, given, Some(n));
            rest(rules, &mut s, &orders);
            let there = lenses(rules, &s);
            let lenses: Vec<Milli> = here.iter().zip(&there).map(|(a, b)| a - b).collect();
            let indicators = apart(rules, &end.hidden().value, &s.hidden().value);
            out.push(Turning {
                turn: t,
                order: n,
                weight: weight(game, &lenses),
                lenses,
                indicators,
                other_ending: s.ending != end.ending,
            });
        }
        turn(rules, &mut opened, given, None);
    }
    out.arrange_by_key(|t| (std::cmp::Reverse(t.weight.abs()), t.turn, t.order));
    out.retain(|t| t.weight != 0);
    // A file and what was launched on it make one difference: the later says it.
    out.dedup_by(|later, first| {
        let same = later.lenses == first.lenses && later.indicators == first.indicators;
        if same {
            std::mem::swap(later, first);
        }
        same
    });
    out.truncate(most);
    out
}

/// Orders that do something by themselves: a guidance judges, a confidence and a forecast say.
fn decides(order: &Order) -> bool {
    match order {
        Order::Propose(_)
        | Order::Build { .. }
        | Order::Withdraw { .. }
        | Order::Task { .. }
        | Order::Ask(_)
        | Order::Promise { .. }
        | Order::Answer { .. }
        | Order::Reform(_) => true,
        Order::Guide(_)
        | Order::Amend(_)
        | Order::Confidence { .. }
        | Order::Forecast(_)
        | Order::End => false,
    }
}

/// The same orders on other luck from the first turn on; what was drawn at the setup stays.
pub fn other_luck(game: &Game) -> Lucks {
    let rules = game.rules();
    let orders = orders(game);
    let here = weight(game, &lenses(rules, game.whole()));
    let mut out = Lucks::default();
    for n in 0..LUCKS {
        let Some(branches) = game.start().branches.with(0, mix(game.start().seed ^ (n as u64 + 1)))
        else {
            break;
        };
        let mut s = Situation::setup(rules, Start { branches, ..game.start() }, &mut NoLedger);
        rest(rules, &mut s, &orders);
        out.games += 1;
        out.same_ending += usize::from(s.ending == game.situation().ending);
        out.below += usize::from(weight(game, &lenses(rules, &s)) < here);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::policy::{Greedy, Policy, orders_of};
    use crate::scenario::load;

    /// A whole game of the greedy player's.
    fn played(seed: u64) -> Game {
        let rules = Arc::new(load::embedded("cloud-hopper", &[]).expect("the scenario loads"));
        let mut game = Game::new(Arc::clone(&rules), Start { seed, ..Start::default() });
        while !game.is_over() {
            for order in orders_of(&Policy::Greedy(Greedy::default()), &rules, game.whole()) {
                game.give(order, "").expect("a policy's orders are legal");
            }
        }
        game
    }

    #[test]
    fn a_game_played_again_with_all_its_orders_is_the_same_game() {
        let game = played(7);
        let mut s = Situation::setup(game.rules(), game.start(), &mut NoLedger);
        rest(game.rules(), &mut s, &orders(&game));
        assert_eq!(s.digest(), game.whole().digest());
    }

    #[test]
    fn turning_points_are_few_ordered_and_make_a_difference() {
        let game = played(7);
        let points = turning_points(&game, 3);
        assert_eq!(points.len(), 3);
        assert!(points.windows(2).all(|w| w[0].weight.abs() >= w[1].weight.abs()));
        assert!(points.iter().all(|p| p.lenses.iter().any(|l| *l != 0)));
    }

    #[test]
    fn what_was_drawn_stays_and_the_luck_is_another() {
        // One game may be the best or the worst of its lucks; not each of three.
        let game = played(7);
        let all = [7, 8, 9].map(|seed| other_luck(&played(seed)));
        assert!(all.iter().all(|l| l.games == LUCKS), "{all:?}");
        assert!(all.iter().any(|l| l.below > 0 && l.below < LUCKS), "{all:?}");
        let branches = game.start().branches.with(0, 99).expect("room for a branch");
        let other =
            Situation::setup(game.rules(), Start { branches, ..game.start() }, &mut NoLedger);
        assert_eq!(other.hidden().world, game.whole().hidden().world);
    }
}
