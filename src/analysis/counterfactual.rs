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
use crate::num::{Milli, clamp32};
use crate::order::Arrange;
use crate::scenario::model::{IndicatorIx, LensIx, Rules};

/// Other draws of luck that a game is held against.
pub const LUCKS: usize = 200;
/// Draws of luck over which the difference of one order is taken, that of the game among them.
pub const DRAWS: usize = 16;

/// An order, and the end of the same game without it.
#[derive(Debug, Clone)]
pub struct Turning {
    /// Turn, from 0, and the order's place in it.
    pub turn: usize,
    pub order: usize,
    /// What it did for each lens on average, in thousandths of a raw lens point: with it less
    /// without it.
    pub lenses: Vec<Milli>,
    /// What it did for each indicator at the end, in thousandths, largest first.
    pub indicators: Vec<(IndicatorIx, Milli)>,
    /// Of so many draws the game ended otherwise in so many.
    pub other_ending: usize,
    pub draws: usize,
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
/// largest first: on average over the luck it met and other draws, with the same truths. On one luck
/// alone any order may lead past a fork that it has nothing to do with. Left out is what lies within
/// two standard errors.
pub fn turning_points(game: &Game, most: usize) -> Vec<Turning> {
    let rules = game.rules();
    let orders = orders(game);
    let mut opened: Vec<Situation> = std::iter::once(game.start())
        .chain(other_starts(game))
        .take(DRAWS)
        .map(|start| Situation::setup(rules, start, &mut NoLedger))
        .collect();
    let mut with = opened.clone();
    for s in &mut with {
        rest(rules, s, &orders);
    }
    let mut out = Vec::new();
    for (t, given) in orders.iter().enumerate() {
        for (n, _) in given.iter().enumerate().filter(|(_, o)| decides(o)) {
            let mut without = opened.clone();
            for s in &mut without {
                turn(rules, s, given, Some(n));
                rest(rules, s, &orders);
            }
            let differs = |(a, b): (&Situation, &Situation)| -> Vec<Milli> {
                let both = lenses(rules, a).into_iter().zip(lenses(rules, b));
                both.map(|(a, b)| a - b).collect()
            };
            let each: Vec<Vec<Milli>> = with.iter().zip(&without).map(differs).collect();
            let weights: Vec<i64> = each.iter().map(|l| weight(game, l)).collect();
            if within_chance(&weights) {
                continue;
            }
            let lenses = mean(each.iter().map(Vec::as_slice));
            let [a, b] =
                [&with, &without].map(|all| mean(all.iter().map(|s| s.hidden().value.as_slice())));
            let other = with.iter().zip(&without).filter(|(a, b)| a.ending != b.ending);
            out.push(Turning {
                turn: t,
                order: n,
                weight: weight(game, &lenses),
                lenses,
                indicators: apart(rules, &a, &b),
                other_ending: other.count(),
                draws: with.len(),
            });
        }
        for s in &mut opened {
            turn(rules, s, given, None);
        }
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

/// The mean of each column, rounded towards nothing.
fn mean<'a>(rows: impl Iterator<Item = &'a [Milli]>) -> Vec<Milli> {
    let (mut sums, mut count): (Vec<i64>, i64) = (Vec::new(), 0);
    for row in rows {
        sums.resize(row.len(), 0);
        sums.iter_mut().zip(row).for_each(|(sum, n)| *sum += i64::from(*n));
        count += 1;
    }
    sums.into_iter().map(|sum| clamp32(sum / count.max(1))).collect()
}

/// Whether their mean lies within two standard errors of nothing; a single one never does, unless it
/// is nothing.
fn within_chance(list: &[i64]) -> bool {
    let n = i128::try_from(list.len()).unwrap_or(i128::MAX);
    let sum: i128 = list.iter().map(|w| i128::from(*w)).sum();
    let squares: i128 = list.iter().map(|w| i128::from(*w) * i128::from(*w)).sum();
    // mean² · n · (n − 1) <= 4 (squares − n · mean²), all times n.
    sum == 0 || (n > 1 && sum * sum * (n - 1) <= 4 * (squares * n - sum * sum))
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

/// The same game on other luck from the first turn on, as many as are asked for.
fn other_starts(game: &Game) -> impl Iterator<Item = Start> {
    let start = game.start();
    (1u64..).map_while(move |n| {
        let branches = start.branches.with(0, mix(start.seed ^ n))?;
        Some(Start { branches, ..start })
    })
}

/// The same orders on other luck from the first turn on; what was drawn at the setup stays.
pub fn other_luck(game: &Game) -> Lucks {
    let rules = game.rules();
    let orders = orders(game);
    let here = weight(game, &lenses(rules, game.whole()));
    let mut out = Lucks::default();
    for start in other_starts(game).take(LUCKS) {
        let mut s = Situation::setup(rules, start, &mut NoLedger);
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
    fn what_lies_within_two_errors_is_chance() {
        // Mean 10, deviation 11.5 of four: an error of 5.8.
        assert!(within_chance(&[20, 0, 20, 0]));
        assert!(!within_chance(&[20, 10, 20, 10]));
        assert!(!within_chance(&[-20, -10, -20, -10]));
        assert!(within_chance(&[5, -5]) && within_chance(&[0]) && !within_chance(&[3]));
        assert_eq!(mean([&[1, 2][..], &[3, -4]].into_iter()), [2, -1]);
    }

    #[test]
    fn turning_points_are_few_ordered_and_make_a_difference() {
        let game = played(7);
        let points = turning_points(&game, 3);
        assert!(!points.is_empty() && points.len() <= 3);
        assert!(points.iter().all(|p| p.draws == DRAWS && p.other_ending <= DRAWS));
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
