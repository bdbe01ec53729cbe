//! Imagined games: their hidden part is drawn from what the player knows, and from nothing else.

mod common;

use std::cmp::Ordering;

use interagency::engine::imagine::{imagine, roll};
use interagency::engine::{NoLedger, Player, Situation, Start};
use interagency::luck::{Luck, Site};
use interagency::policy::Policy;
use interagency::scenario::model::{CampaignIx, Rules, Sight};

const STATES: u64 = 20_000;
/// Bins by the probability that two draws from the same belief agree.
const BINS: usize = 20;

/// One hidden thing of one state: who agrees with whom.
#[derive(Clone, Copy, Default)]
struct Bin {
    n: f64,
    expected: f64,
    variance: f64,
    agreed: f64,
}

/// Truth and imagination are two draws from one belief: they agree as often as two such draws do.
/// Where what is imagined knows more of the truth than the belief says, they agree more often.
fn chi_squared(rules: &Rules, leaks: impl Fn(u64) -> bool) -> (f64, f64) {
    let mut bins = [Bin::default(); BINS];
    let policies = [Policy::Idle, Policy::Random];
    for seed in 1..=STATES {
        let s = state(rules, &policies, seed);
        let dream = imagine(rules, s.known(), seed ^ 0x5eed);
        let luck = Luck::new(seed, 200);
        let site = Site::of("test", "imagine");
        // One of: the cell of a campaign; the cell of world and traits; the cell of the aims.
        let which = usize::from(luck.between(site, 0, 0, rules.campaigns.len() as u16 + 1));
        let (weights, truth, mut imagined) = match which.cmp(&rules.campaigns.len()) {
            Ordering::Less => {
                let of = |s: &Situation| usize::from(s.hidden().truth[which]);
                (s.cells(rules, 0, CampaignIx::at(which)), of(&s), of(&dream))
            }
            Ordering::Equal => {
                let of = |s: &Situation| {
                    usize::from(s.hidden().world) * rules.trait_cells.max(1)
                        + usize::from(s.hidden().traits)
                };
                (&s.world_belief[..rules.world_prior.len()], of(&s), of(&dream))
            }
            Ordering::Greater => {
                let of = |s: &Situation| usize::from(s.hidden().aims);
                (&s.aim_belief[..rules.aim_prior.len()], of(&s), of(&dream))
            }
        };
        if leaks(seed) {
            imagined = truth;
        }
        let all: f64 = weights.iter().map(|w| *w as f64).sum();
        let same: f64 = weights.iter().map(|w| (*w as f64 / all) * (*w as f64 / all)).sum();
        #[expect(clippy::cast_sign_loss, reason = "a probability is not negative")]
        let bin = &mut bins[((same * BINS as f64) as usize).min(BINS - 1)];
        bin.n += 1.0;
        bin.expected += same;
        bin.variance += same * (1.0 - same);
        bin.agreed += f64::from(u8::from(imagined == truth));
    }
    let used = bins.iter().filter(|b| b.variance > 10.0);
    let sum = used.clone().map(|b| (b.agreed - b.expected).powi(2) / b.variance).sum();
    (sum, used.count() as f64)
}

/// A state reached by play: by one of the policies, stopped at some turn.
fn state(rules: &Rules, policies: &[Policy], seed: u64) -> Situation {
    let luck = Luck::new(seed, 201);
    let site = Site::of("test", "stop");
    let policy = &policies[usize::from(luck.between(site, 0, 0, policies.len() as u16 - 1))];
    let stop = luck.between(site, 1, 0, rules.turns.len() as u16 - 1);
    let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
    while !s.is_over() && u16::from(s.turn) < stop {
        policy.turn(&mut Player::new(rules, &mut s, &mut NoLedger));
    }
    s
}

#[test]
fn imagined_truths_are_calibrated_and_a_leak_of_the_truth_is_caught() {
    let rules = common::cloud_hopper();
    let (sum, degrees) = chi_squared(&rules, |_| false);
    let p = common::tail(sum, degrees);
    assert!(degrees >= 5.0 && p > 0.001, "chi-squared {sum:.1} on {degrees} bins, p {p:.5}");
    // The planted fault: in one state of ten what is imagined is the truth.
    let (sum, degrees) = chi_squared(&rules, |seed| seed % 10 == 0);
    let p = common::tail(sum, degrees);
    assert!(p < 0.001, "the leak is not seen: chi-squared {sum:.1} on {degrees} bins, p {p:.5}");
}

/// What is imagined depends on what is known and on nothing hidden.
#[test]
fn the_hidden_part_does_not_show_in_what_is_imagined() {
    let rules = common::cloud_hopper();
    for seed in 1..=300 {
        let s = state(&rules, &[Policy::Random], seed);
        let mut other = s.clone();
        let hidden = other.hidden_mut();
        hidden.world = (hidden.world + 1) % rules.worlds.len() as u8;
        hidden.truth = hidden.truth.map(|t| t ^ 1);
        hidden.aims = (hidden.aims + 1) % rules.aim_cells.len() as u8;
        for (n, i) in rules.indicators.iter().enumerate() {
            if i.sight != Sight::Exactly {
                hidden.value[n] = i.least;
            }
        }
        hidden.sum = hidden.sum.map(|n| n + 1);
        let [mut a, mut b] = [&s, &other].map(|s| imagine(&rules, s.known(), seed));
        assert_eq!(a.digest(), b.digest(), "seed {seed}");
        for dream in [&mut a, &mut b] {
            roll(&rules, dream, u8::MAX, |player| {
                player.look();
            });
        }
        assert!(a.is_over() && a.digest() == b.digest(), "seed {seed}");
    }
}

/// Estimates are kept, and the values drawn for them lie around them as the errors of estimates do.
#[test]
fn values_are_drawn_around_what_is_seen() {
    let rules = common::cloud_hopper();
    let (mut inside, mut all) = (0u32, 0u32);
    for seed in 1..=2000 {
        let s = state(&rules, &[Policy::Idle], seed);
        let dream = imagine(&rules, s.known(), seed);
        assert_eq!(dream.value, s.value, "what is seen is as it was");
        for (n, i) in rules.indicators.iter().enumerate() {
            match i.sight {
                Sight::Exactly => assert_eq!(dream.hidden().value[n], s.hidden().value[n]),
                Sight::Estimated(_) if i.product.is_none() => {
                    all += 1;
                    let error = (dream.hidden().value[n] - s.value[n]).abs();
                    inside += u32::from(error <= interagency::engine::band(s.doubt[n]));
                }
                Sight::Estimated(_) | Sight::Hidden => {}
            }
        }
    }
    let share = f64::from(inside) / f64::from(all);
    assert!((0.77..0.87).contains(&share), "{share} of {all} lie inside the band of four in five");
}
