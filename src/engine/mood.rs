//! The mood an agency brings to a meeting: what its position does not say of its vote.
//!
//! Owns its distribution, in whole numbers: the sum of four bytes, so bell-shaped, exactly countable
//! and bounded by about 3.5 deviations. The chance of a vote and the vote itself are reckoned here,
//! from the same inequality.

use crate::luck::{Luck, Site};
use crate::num::{Milli, ratio};

/// The largest sum of four bytes.
const MOST: usize = 4 * 255;
/// The mean of the sum.
const MEAN: i64 = 510;
/// Its standard deviation, thousandths: 1000 x sqrt(4 x (256^2 - 1) / 12).
const DEVIATION: i64 = 147_801;
/// Certain, as a chance.
pub const CERTAIN: u64 = 1 << 32;

/// Of 2^32: how many ways four bytes sum to so much or more.
static AT_LEAST: [u64; MOST + 2] = at_least();

const fn at_least() -> [u64; MOST + 2] {
    // How many ways to each sum, a byte at a time.
    let mut ways = [0u64; MOST + 1];
    ways[0] = 1;
    let mut bytes = 0;
    while bytes < 4 {
        let mut next = [0u64; MOST + 1];
        // The sum of the last 256 entries, carried along.
        let mut window = 0;
        let mut n = 0;
        while n <= MOST {
            window += ways[n];
            if n >= 256 {
                window -= ways[n - 256];
            }
            next[n] = window;
            n += 1;
        }
        ways = next;
        bytes += 1;
    }
    let mut out = [0u64; MOST + 2];
    let mut n = MOST + 1;
    while n > 0 {
        n -= 1;
        out[n] = out[n + 1] + ways[n];
    }
    out
}

/// A mood as drawn: the sum of four bytes. Its size in points depends on who brings it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mood(u16);

impl Mood {
    /// Neither good nor bad.
    pub const EVEN: Mood = Mood(MEAN as u16);

    #[inline]
    pub fn draw(luck: Luck, site: Site, index: u32) -> Mood {
        Mood(luck.share(site, index).to_le_bytes().iter().map(|b| u16::from(*b)).sum())
    }

    /// In points, for somebody whose moods have this deviation (both in thousandths).
    pub fn points(self, deviation: Milli) -> Milli {
        ratio(i64::from(self.0) - MEAN, i64::from(deviation) * 1000, DEVIATION)
    }

    /// Whether it lifts a vote that stands at `leans` to the bar.
    #[inline]
    pub fn lifts(self, leans: Milli, bar: Milli, deviation: Milli) -> bool {
        usize::from(self.0) >= least_sum(leans, bar, deviation)
    }
}

/// The least sum with which a vote that stands at `leans` comes to the bar.
#[inline]
fn least_sum(leans: Milli, bar: Milli, deviation: Milli) -> usize {
    if deviation == 0 {
        return if leans < bar { MOST + 1 } else { 0 };
    }
    let missing = (i64::from(bar) - i64::from(leans)) * DEVIATION;
    let step = i64::from(deviation) * 1000;
    // Rounded up: a sum just short of it does not do.
    let least = MEAN - (-missing).div_euclid(step);
    usize::try_from(least).map_or(0, |n| n.min(MOST + 1))
}

/// The chance that a vote that stands at `leans` comes to the bar, as 2^-32.
#[inline]
pub fn chance(leans: Milli, bar: Milli, deviation: Milli) -> u64 {
    AT_LEAST[least_sum(leans, bar, deviation)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_are_all_the_ways_there_are() {
        assert_eq!((AT_LEAST[0], AT_LEAST[1], AT_LEAST[MOST]), (CERTAIN, CERTAIN - 1, 1));
        // Sums lie even on both sides of the mean.
        assert_eq!(AT_LEAST[510] + AT_LEAST[511], CERTAIN);
        assert_eq!(AT_LEAST[MOST + 1], 0);
    }

    #[test]
    fn the_chance_is_the_share_of_moods_that_lift() {
        for (leans, bar) in [(0, 0), (-2_000, -1_500), (-1_200, -2_500), (3_000, -500), (-9_000, 0)]
        {
            let mut lifted = 0u64;
            let draws = 200_000u64;
            for seed in 0..draws {
                let mood = Mood::draw(Luck::new(seed, 1), Site(7), 3);
                lifted += u64::from(mood.lifts(leans, bar, 2_000));
            }
            let expected = (chance(leans, bar, 2_000) * draws) >> 32;
            assert!(lifted.abs_diff(expected) < 900, "{leans} {bar}: {lifted} of {expected}");
        }
    }

    #[test]
    fn moods_have_the_deviation_they_are_given() {
        let squares: i64 = (0..20_000)
            .map(|n| i64::from(Mood::draw(Luck::new(n, 1), Site(1), 0).points(2_000)).pow(2))
            .sum();
        let deviation = (squares / 20_000).isqrt();
        assert!((1_960..2_040).contains(&deviation), "{deviation}");
        assert_eq!(Mood::EVEN.points(2_000), 0);
    }

    /// The sum of several even draws is all but normal: 84.1 and 97.7 of 100 within one and two
    /// deviations.
    #[test]
    fn a_vote_one_deviation_above_the_bar_is_a_yes_in_84_of_100_whatever_the_deviation() {
        for deviation in [500, 1_500, 2_000, 4_000] {
            for (times, percent) in [(-2, 2.3), (-1, 15.9), (0, 50.0), (1, 84.1), (2, 97.7)] {
                let yes = chance(times * deviation - 700, -700, deviation) as f64 / CERTAIN as f64;
                assert!((100.0 * yes - percent).abs() < 1.0, "{deviation} {times}: {yes}");
            }
        }
    }

    #[test]
    fn without_moods_the_position_alone_decides() {
        assert_eq!((chance(0, 0, 0), chance(-1, 0, 0)), (CERTAIN, 0));
    }
}
