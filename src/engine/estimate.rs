//! What analysts make of values nobody sees exactly: an estimate with a memory.
//!
//! Owns the filter, in whole numbers. An estimate is last turn's, moved by what is known to have
//! happened and by the course analysts reckon with, and corrected by a noisy new look in proportion
//! to how far each is to be trusted. A product is computed from the estimates of its factors.
//! Refuses to read anything hidden but the look itself.

use crate::luck::Luck;
use crate::num::{Milli, ONE, clamp32, ratio, round_div};
use crate::scenario::model::{Flow, IndicatorIx, Rules, Sight, limits};

use super::belief;
use super::state::{Known, Situation};

/// What analysts allow for in a value they do not see at all: six points, the designer's judgement.
const UNSEEN: i64 = 6_000;

/// The chance of each world as the player knows it, in thousandths.
type Worlds = [i64; limits::WORLDS];

/// What analysts see of each estimated value as the turn opens. The first look is all there is at
/// the start.
pub(super) fn look(rules: &Rules, s: &mut Situation, luck: Luck, first: bool) {
    let course = if first { Course::default() } else { Course::of(rules, s) };
    for (n, i) in rules.indicators.iter().enumerate() {
        if i.product.is_some() {
            continue;
        }
        let ix = IndicatorIx::at(n);
        let deviation = match i.sight {
            Sight::Exactly => continue,
            // Of what nobody sees there is only the course.
            Sight::Hidden => {
                let moved = i64::from(s.known.foretold[n]) + course.moves[n];
                let reckoned = clamp32(i64::from(s.known.value[n]) + moved);
                s.known.value[ix] = reckoned.clamp(i.least, i.most);
                continue;
            }
            Sight::Estimated(deviation) => deviation,
        };
        let seen = s.hidden.value[n] + luck.noise(i.sight_site, 0, deviation);
        let (estimate, doubt) = if first {
            (i64::from(seen), i64::from(deviation))
        } else {
            let moved = i64::from(s.known.foretold[n]) + course.moves[n];
            let expected =
                (i64::from(s.known.value[n]) + moved).clamp(i64::from(i.least), i64::from(i.most));
            let spread = i128::from(square(s.known.doubt[n].into()) + course.spread[n]);
            let noise = i128::from(square(deviation.into()));
            let all = (spread + noise).max(1);
            let off = i128::from(i64::from(seen) - expected);
            // Both are at most what they are a share of.
            let share = |n: i128| i64::try_from(n / all).unwrap_or(i64::MAX);
            (expected + share(off * spread), share(spread * noise).isqrt())
        };
        s.known.value[ix] = clamp32(estimate).clamp(i.least, i.most);
        s.known.doubt[ix] = clamp32(doubt);
    }
    s.known.foretold = [0; limits::INDICATORS];
    for p in &rules.plan.products {
        product(rules, &mut s.known, *p);
    }
}

/// A product from what is seen of its factors, with the error that theirs make.
fn product(rules: &Rules, s: &mut Known, p: IndicatorIx) {
    let i = &rules.indicators[p];
    let (Sight::Estimated(_), Some((a, b))) = (i.sight, i.product) else { return };
    let of = |x: IndicatorIx| (i64::from(s.value[x]), i64::from(s.doubt[x]));
    let ((va, da), (vb, db)) = (of(a), of(b));
    s.value[p] = ratio(va, vb, 100_000).clamp(i.least, i.most);
    let (left, right) = (va * db / 100_000, vb * da / 100_000);
    s.doubt[p] = clamp32((square(left) + square(right)).isqrt());
}

/// What analysts reckon with over the turn that ended: drift, settling, and flows from what they
/// saw, at the rates of each world by its chance. And how far this may be off, as a variance.
#[derive(Debug)]
struct Course {
    moves: [i64; limits::INDICATORS],
    spread: [i64; limits::INDICATORS],
}

impl Default for Course {
    fn default() -> Course {
        Course { moves: [0; limits::INDICATORS], spread: [0; limits::INDICATORS] }
    }
}

impl Course {
    fn of(rules: &Rules, s: &Known) -> Course {
        let mut course = Course::default();
        let turn = usize::from(s.turn.saturating_sub(1));
        let days = i64::from(rules.turns[turn].days);
        let doubt = i64::from(rules.tuning.estimate_doubt) * days / 30;
        let worlds = worlds(rules, s);
        for (n, i) in rules.indicators.iter().enumerate() {
            if i.sight == Sight::Exactly {
                continue;
            }
            course.moves[n] = part(i64::from(i.drift) * days, 30);
            if let Some((to, decay)) = &i.settles {
                let gone = i64::from(1 << 16) - i64::from(decay.keep[turn]);
                let step = ratio(i64::from(*to) - i64::from(s.value[n]), gone, 1 << 16);
                course.moves[n] += i64::from(step);
            }
            let noise = if i.noise > 0 { i64::from(i.noise_by_turn[turn]) } else { 0 };
            course.spread[n] = square(noise) + square(doubt);
        }
        for f in &rules.flows {
            if rules.indicators[f.to].sight == Sight::Exactly {
                continue;
            }
            let over = i64::from(s.value[f.from]) - i64::from(f.threshold);
            let counts = if f.above { over } else { -over };
            if counts > 0 {
                let step = |rate: Milli| part(counts * i64::from(rate) * days, 30 * i64::from(ONE));
                let (rate, rate_doubt) = rate(f, &worlds);
                let doubt = step(rate_doubt);
                let from = match rules.indicators[f.from].sight {
                    Sight::Hidden => UNSEEN,
                    Sight::Exactly | Sight::Estimated(_) => i64::from(s.doubt[f.from]),
                };
                let unseen = part(from * i64::from(rate) * days, 30 * i64::from(ONE));
                course.spread[f.to.i()] += square(unseen);
                course.moves[f.to.i()] += step(rate);
                course.spread[f.to.i()] += square(doubt);
            }
        }
        course
    }
}

fn worlds(rules: &Rules, s: &Known) -> Worlds {
    let cells = &s.world_belief[..rules.world_prior.len()];
    let total = belief::total(cells);
    let mut worlds = [0; limits::WORLDS];
    for (n, chance) in worlds.iter_mut().enumerate().take(rules.worlds.len()) {
        *chance = i64::from(belief::share_of(cells, belief::of_world(rules, n), total));
    }
    worlds
}

/// A flow's rate as it is to be expected, and its standard deviation.
fn rate(f: &Flow, worlds: &Worlds) -> (Milli, Milli) {
    if f.assumption.is_none() {
        // The same in every world.
        return (f.rate[0], 0);
    }
    let rates = || worlds.iter().zip(f.rate).map(|(chance, r)| (chance, i64::from(r)));
    let all = worlds.iter().sum::<i64>().max(1);
    let mean = rates().map(|(chance, r)| chance * r).sum::<i64>() / all;
    let spread = rates().map(|(chance, r)| chance * square(r - mean)).sum::<i64>() / all;
    (clamp32(mean), clamp32(spread.isqrt()))
}

/// Rounded as every amount is.
fn part(n: i64, by: i64) -> i64 {
    i64::from(round_div(n, by))
}

/// A variance, of what is at most a thousand points.
fn square(n: i64) -> i64 {
    let n = n.clamp(-1_000_000, 1_000_000);
    n * n
}
