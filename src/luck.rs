//! Luck is a stateless hash of what is being decided, never a stream.
//!
//! A draw is named by (seed, turn, site, index). The site is the FNV-1a hash of `kind/id`, so no
//! draw depends on file order, on the order of orders, or on any other draw: changing one decision
//! leaves all other luck as it was. Turn 0 is the setup. Owns draws, races and noise; knows no
//! rules.

use crate::num::neg_log2;

/// `SplitMix64`'s finaliser.
#[inline]
pub const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Names a place where luck is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site(pub u32);

impl Site {
    /// The site of `kind/id`.
    pub const fn of(kind: &str, id: &str) -> Site {
        let mut hash: u32 = 0x811c_9dc5;
        hash = fnv(hash, kind.as_bytes());
        hash = fnv(hash, b"/");
        Site(fnv(hash, id.as_bytes()))
    }
}

const fn fnv(mut hash: u32, bytes: &[u8]) -> u32 {
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

/// The luck of one turn of one game.
#[derive(Debug, Clone, Copy)]
pub struct Luck {
    turn: u64,
}

impl Luck {
    pub const fn new(seed: u64, turn: u8) -> Luck {
        let a = mix(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
        Luck { turn: mix(a ^ (turn as u64).wrapping_mul(0xd6e8_feb8_6659_fd93)) }
    }

    /// All 64 bits of the draw.
    #[inline]
    pub const fn bits(self, site: Site, index: u32) -> u64 {
        mix(self.turn ^ (((site.0 as u64) << 32) | index as u64))
    }

    /// The top 32 bits: a uniform share of 2^32.
    #[inline]
    pub const fn share(self, site: Site, index: u32) -> u32 {
        (self.bits(site, index) >> 32) as u32
    }

    /// A whole number from `least` to `most`, both included, by multiply-high.
    #[inline]
    pub fn between(self, site: Site, index: u32, least: u16, most: u16) -> u16 {
        let width = u64::from(most.saturating_sub(least)) + 1;
        let step = (u64::from(self.share(site, index)) * width) >> 32;
        least.saturating_add(u16::try_from(step).unwrap_or(0))
    }

    /// True with this chance (2^-32).
    #[inline]
    pub fn yes(self, site: Site, index: u32, chance: u64) -> bool {
        u64::from(self.share(site, index)) < chance
    }

    /// Noise with mean 0 and the given standard deviation (thousandths): four 16-bit shares summed,
    /// so bell-shaped and bounded by about 3.5 deviations.
    #[inline]
    pub fn noise(self, site: Site, index: u32, deviation: i32) -> i32 {
        let b = self.bits(site, index);
        let sum = (b & 0xffff) + ((b >> 16) & 0xffff) + ((b >> 32) & 0xffff) + (b >> 48);
        // sum has mean 131_070 and deviation 65_536 / sqrt(3) = 37_837
        #[expect(clippy::cast_possible_wrap, reason = "at most 2^18")]
        let centred = sum as i64 - 131_070;
        crate::num::ratio(centred, i64::from(deviation), 37_837)
    }
}

/// Picks one of many so that leaving out a candidate that was not picked changes nothing: each
/// candidate draws its own time −log2 u, divided by its weight; the shortest time wins.
#[derive(Debug, Clone, Copy, Default)]
pub struct Race {
    best: Option<(u64, u64, u32)>,
}

impl Race {
    /// Enters a candidate; weight 0 cannot win.
    #[inline]
    pub fn enter(&mut self, luck: Luck, site: Site, index: u32, weight: u32, who: u32) {
        if weight == 0 {
            return;
        }
        let time = neg_log2(luck.share(site, index));
        let better = match self.best {
            None => true,
            // a/w < b/v  <=>  a*v < b*w
            Some((other, v, _)) => time * v < other * u64::from(weight),
        };
        if better {
            self.best = Some((time, u64::from(weight), who));
        }
    }

    pub fn winner(self) -> Option<u32> {
        self.best.map(|(_, _, who)| who)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_vectors_hold() {
        assert_eq!(Luck::new(0, 0).bits(Site(0), 0), 0x33fe_8bd4_f9c5_7863);
        assert_eq!(Luck::new(1, 1).bits(Site(2), 3), 0xeeb0_7365_cee1_d5ea);
        assert_eq!(Luck::new(u64::MAX, 29).bits(Site(u32::MAX), 7), 0xa1d8_758d_575e_217d);
    }

    #[test]
    fn races_follow_the_weights_and_ignore_the_removal_of_a_loser() {
        let weights = [10u32, 30, 60];
        let mut wins = [0u32; 3];
        for seed in 0..30_000 {
            let luck = Luck::new(seed, 3);
            let mut race = Race::default();
            for (i, w) in weights.iter().enumerate() {
                race.enter(luck, Site::of("race", "x"), i as u32, *w, i as u32);
            }
            let winner = race.winner().unwrap();
            wins[winner as usize] += 1;
            let mut without = Race::default();
            for (i, w) in weights.iter().enumerate() {
                if i as u32 == winner || i != 0 {
                    without.enter(luck, Site::of("race", "x"), i as u32, *w, i as u32);
                }
            }
            if winner != 0 {
                assert_eq!(without.winner(), Some(winner));
            }
        }
        for (i, w) in weights.iter().enumerate() {
            let share = f64::from(wins[i]) / 300.0;
            assert!((share - f64::from(*w)).abs() < 1.0, "{wins:?}");
        }
    }

    #[test]
    fn noise_has_the_deviation_it_is_asked_for() {
        let mut sum = 0f64;
        let mut squares = 0f64;
        for seed in 0..40_000 {
            let n = f64::from(Luck::new(seed, 1).noise(Site::of("noise", "x"), 0, 2000));
            sum += n;
            squares += n * n;
        }
        assert!((sum / 40_000.0).abs() < 40.0);
        assert!(((squares / 40_000.0).sqrt() - 2000.0).abs() < 30.0);
    }

    #[test]
    fn whole_numbers_stay_between_their_ends_and_reach_both() {
        let mut seen = [false; 5];
        for seed in 0..500 {
            let n = Luck::new(seed, 9).between(Site::of("days", "y"), 1, 3, 7);
            seen[usize::from(n) - 3] = true;
        }
        assert_eq!(seen, [true; 5]);
    }
}
