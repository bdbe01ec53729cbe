//! The claims of a scenario tried out: two scripts on the same luck, world by world.
//!
//! Owns the pairing, the interval and the verdict. A claim is about what is true in the game, so
//! the value that is watched is read as it is, not as it is seen.

use crate::engine::{NoLedger, Player, Refusal, Situation, Start, names};
use crate::num::ONE;
use crate::policy::Policy;
use crate::scenario::model::{Expect, Experiment, Rules, Step, WorldIx};

use super::parts;
use super::simulate::Spread;

/// Games to try a claim with.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Pairs of games in each world; pair i uses seed + i.
    pub games: u32,
    pub seed: u64,
    pub threads: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Holds,
    Fails,
    /// The interval lies across the line: more games would tell.
    Open,
    /// The scenario expects nothing there.
    Unasked,
}

/// What came of a claim in one world.
#[derive(Debug, Clone, Copy)]
pub struct InWorld {
    pub world: WorldIx,
    /// What the script changed, in the indicator's own unit, pair by pair.
    pub change: Spread,
    pub expect: Option<Expect>,
    pub verdict: Verdict,
}

impl InWorld {
    /// Ends of the interval that holds the mean in 95 of 100.
    pub fn interval(&self) -> (f64, f64) {
        self.change.interval()
    }
}

/// Plays the experiment in every world.
pub fn try_out(rules: &Rules, e: &Experiment, sample: Sample) -> Vec<InWorld> {
    let one = |n: usize| {
        let world = WorldIx::at(n);
        let change = Spread::of(changes(rules, e, world, sample));
        let expect = e.expect.get(n).copied().flatten();
        InWorld { world, change, expect, verdict: verdict(&change, expect, margin(rules, e)) }
    };
    (0..rules.worlds.len()).map(one).collect()
}

/// A change smaller than this is none: one hundredth of the indicator's range.
pub fn margin(rules: &Rules, e: &Experiment) -> f64 {
    let i = &rules.indicators[e.watch];
    f64::from(i.most - i.least) / f64::from(ONE) / 100.0
}

/// `Same` is shown by an interval inside the margin, a direction by one wholly beyond it.
fn verdict(change: &Spread, expect: Option<Expect>, margin: f64) -> Verdict {
    let (low, high) = change.interval();
    let (shown, excluded) = match expect {
        None => return Verdict::Unasked,
        Some(Expect::Lower) => (high < -margin, low > -margin),
        Some(Expect::Higher) => (low > margin, high < margin),
        Some(Expect::Same) => (low > -margin && high < margin, low > margin || high < -margin),
    };
    match (shown, excluded) {
        (true, _) => Verdict::Holds,
        (_, true) => Verdict::Fails,
        _ => Verdict::Open,
    }
}

/// What the script changed, in each pair of games.
fn changes(rules: &Rules, e: &Experiment, world: WorldIx, sample: Sample) -> Vec<f64> {
    let scripts = [Policy::Script(e.policy.clone()), Policy::Script(e.against.clone())];
    let mut out = vec![0.0; sample.games as usize];
    parts::work(&mut out, sample.threads, |i, cell| {
        let seed = sample.seed.wrapping_add(i as u64);
        let [with, without] = scripts.each_ref().map(|script| read(rules, e, world, seed, script));
        *cell = f64::from(with - without) / f64::from(ONE);
    });
    out
}

/// The indicator at the end of the turn in which it is to be read.
fn read(rules: &Rules, e: &Experiment, world: WorldIx, seed: u64, script: &Policy) -> i32 {
    let start = Start { seed, world: Some(world), ..Start::default() };
    let mut s = Situation::setup(rules, start, &mut NoLedger);
    while !s.is_over() && s.turn <= e.turn {
        script.turn(&mut Player::new(rules, &mut s, &mut NoLedger));
    }
    s.hidden().value[e.watch]
}

/// A step of a script that is carried out in no game.
#[derive(Debug, Clone, Copy)]
pub struct Refused {
    /// Its place in the script.
    pub step: usize,
    /// In the first game; none where a name is unknown.
    pub why: Option<Refusal>,
}

/// Steps that these rules refuse in every game: a claim rests on what was carried out.
pub fn refused(rules: &Rules, steps: &[Step], sample: Sample) -> Vec<Refused> {
    let each = refusals(rules, steps, sample).into_iter().enumerate();
    let never = each.filter(|(_, (games, _))| *games == sample.games);
    never.map(|(step, (_, why))| Refused { step, why }).collect()
}

/// In how many games each step is not carried out, and why in the first of them.
pub fn refusals(rules: &Rules, steps: &[Step], sample: Sample) -> Vec<(u32, Option<Refusal>)> {
    let mut why: Vec<Option<Refusal>> = vec![None; steps.len()];
    let mut left = vec![sample.games; steps.len()];
    for i in 0..sample.games {
        let start = Start { seed: sample.seed.wrapping_add(u64::from(i)), ..Start::default() };
        let mut s = Situation::setup(rules, start, &mut NoLedger);
        while !s.is_over() {
            let turn = s.turn;
            let mut sink = NoLedger;
            let mut player = Player::new(rules, &mut s, &mut sink);
            player.look();
            for (n, step) in steps.iter().enumerate().filter(|(_, step)| step.turn == turn) {
                let Ok(order) = names::resolve(rules, &step.order) else { continue };
                let shut = player.known().validate(rules, &order).err();
                left[n] -= u32::from(shut.is_none() && player.give(order));
                why[n] = why[n].or(shut);
            }
            player.end();
        }
    }
    left.into_iter().zip(why).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_asks_for_an_interval_on_one_side_of_the_margin() {
        let spread = |mean: f64, error: f64| Spread { mean, error, ..Spread::default() };
        let of = |mean, error, expect| verdict(&spread(mean, error), Some(expect), 1.0);
        assert_eq!(of(-5.0, 1.0, Expect::Lower), Verdict::Holds);
        assert_eq!(of(-5.0, 3.0, Expect::Lower), Verdict::Open);
        assert_eq!(of(-0.5, 0.1, Expect::Lower), Verdict::Fails);
        assert_eq!(of(5.0, 1.0, Expect::Lower), Verdict::Fails);
        assert_eq!(of(5.0, 1.0, Expect::Higher), Verdict::Holds);
        assert_eq!(of(0.5, 0.1, Expect::Same), Verdict::Holds);
        assert_eq!(of(0.5, 0.6, Expect::Same), Verdict::Open);
        assert_eq!(of(-3.0, 0.5, Expect::Same), Verdict::Fails);
        assert_eq!(verdict(&spread(3.0, 0.1), None, 1.0), Verdict::Unasked);
    }

    #[test]
    fn threads_do_not_show_and_the_same_script_changes_nothing() {
        let rules = crate::scenario::load::embedded("first-day", &[]).expect("it loads");
        let e = &rules.experiments[0];
        let with = |threads| {
            let sample = Sample { games: 7, seed: 3, threads };
            format!("{:?}", try_out(&rules, e, sample))
        };
        assert_eq!(with(1), with(3));
        let idle = Experiment {
            id: "idle".to_owned(),
            claim: e.claim.clone(),
            policy: e.against.clone(),
            against: e.against.clone(),
            watch: e.watch,
            turn: e.turn,
            expect: vec![Some(Expect::Same); rules.worlds.len()],
            source: None,
        };
        for r in try_out(&rules, &idle, Sample { games: 5, seed: 1, threads: 2 }) {
            assert_eq!((r.change.mean, r.change.error), (0.0, 0.0));
            assert_eq!(r.verdict, Verdict::Holds);
        }
    }
}
