//! What moved in a turn of a game that is over, and by what.
//!
//! Owns which values are worth a line, and the causes named with them. Refuses games that go on:
//! what moved in truth stays hidden there.

use crate::engine::{Cause, ledger};
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::IndicatorIx;

use super::{cause, words};

/// Values named at most.
const VALUES: usize = 6;
/// A change under this share of the range is not named: thousandths of a percent.
const WORTH: i64 = 1000;
/// Causes named with a value at most.
const CAUSES: usize = 2;

/// True values that moved most in the turn (from 0), against their own range, the largest first,
/// each with its largest causes. What the office spends and earns is left out: it moves with every
/// order.
pub fn moved(game: &Game, turn: usize) -> Vec<String> {
    let (rules, line) = (game.rules(), game.line());
    let (true, Some(before), Some(after)) = (game.is_over(), line.get(turn), line.get(turn + 1))
    else {
        return Vec::new();
    };
    let currency = [rules.roles.staff, rules.roles.capital];
    let all = (0..rules.indicators.len()).map(IndicatorIx::at).filter(|i| !currency.contains(i));
    let share = |i: IndicatorIx| rules.indicators[i].share(after.value[i] - before.value[i]);
    let mut list: Vec<IndicatorIx> = all.filter(|i| share(*i) >= WORTH).collect();
    list.arrange_by_key(|i| std::cmp::Reverse(share(*i)));
    list.truncate(VALUES);
    let one = |i: IndicatorIx| {
        let (was, is) = (before.value[i], after.value[i]);
        format!(
            "{} {} → {} ({}): {}.",
            words::name(rules, i),
            words::tenths(was),
            words::tenths(is),
            words::exact(is - was),
            causes(game, turn, i)
        )
    };
    list.into_iter().map(one).collect()
}

/// `Treasury was overruled −2.0; chance +0.4`.
fn causes(game: &Game, turn: usize, i: IndicatorIx) -> String {
    let mut sums: Vec<(Cause, i64)> = Vec::new();
    for (e, came) in ledger::net(game.entries_of(turn)).filter(|(e, _)| e.indicator == i) {
        match sums.iter_mut().find(|(cause, _)| *cause == e.cause) {
            Some((_, n)) => *n += i64::from(came),
            None => sums.push((e.cause, i64::from(came))),
        }
    }
    sums.arrange_by_key(|(_, n)| std::cmp::Reverse(n.abs()));
    sums.truncate(CAUSES);
    let one = |(c, n): (Cause, i64)| {
        format!("{} {}", cause::of(game.rules(), c), words::exact(crate::num::clamp32(n)))
    };
    sums.into_iter().map(one).collect::<Vec<_>>().join("; ")
}
