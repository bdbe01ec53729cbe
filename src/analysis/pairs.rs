//! Two sets of rules played by one policy on the same seeds, and what is different between them.
//!
//! Owns the list of figures, the pairing and the error of the differences. Both sides stand on the
//! reference lines of the first: a scale of the other's own would move with what was changed.
//! Memory does not grow with the number of games.

use crate::num::{Milli, ONE};
use crate::policy::Policy;
use crate::scenario::model::{Rules, limits};

use super::funnel::Step;
use super::reference::References;
use super::simulate::{BATCH, Game, Plan, Spread, fold, play, weighed};

/// Names a figure as the output of `simulate` does; outcome and probability have no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key<'r> {
    pub table: &'static str,
    pub id: &'r str,
    pub field: &'static str,
}

/// A figure that both sides have.
#[derive(Debug)]
pub struct Difference<'r> {
    pub key: Key<'r>,
    /// Means of the two sides.
    pub here: f64,
    pub there: f64,
    /// Here less there, game by game: mean and its error.
    pub change: Spread,
}

impl Difference<'_> {
    /// Whether the interval leaves out that there is no difference.
    pub fn is_beyond(&self) -> bool {
        let (low, high) = self.change.interval();
        low > 0.0 || high < 0.0
    }
}

#[derive(Debug)]
pub struct Compared<'r> {
    pub differences: Vec<Difference<'r>>,
    /// Table and id of what only one side has.
    pub only_here: Vec<(&'static str, &'r str)>,
    pub only_there: Vec<(&'static str, &'r str)>,
    /// Of all games of each side, in their order.
    pub digests: [u128; 2],
}

/// One side.
#[derive(Debug, Clone, Copy)]
pub struct Side<'r> {
    pub rules: &'r Rules,
    pub policy: &'r Policy,
    /// Games, seeds and threads are those of the first side.
    pub plan: Plan,
}

/// Plays both, batch by batch.
pub fn compare<'r>(here: Side<'r>, there: Side<'r>, references: &References) -> Compared<'r> {
    in_batches(here, there, references, BATCH)
}

fn in_batches<'r>(
    here: Side<'r>,
    there: Side<'r>,
    references: &References,
    batch: u32,
) -> Compared<'r> {
    let scale = Scale { rules: here.rules, references };
    let mut digests = [0; 2];
    let [mut left, mut right] = [Vec::new(), Vec::new()];
    let mut sums: Vec<Sum> = Vec::new();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut played = 0;
    while played < here.plan.games {
        let games = batch.min(here.plan.games - played);
        let seed = here.plan.seed.wrapping_add(u64::from(played));
        let part = |side: Side| {
            let plan = Plan { games, seed, threads: here.plan.threads, ..side.plan };
            play(side.rules, side.policy, &plan)
        };
        for (a, b) in part(here).iter().zip(&part(there)) {
            digests = [fold(digests[0], a.digest), fold(digests[1], b.digest)];
            figures(here, &scale, a, &mut left);
            figures(there, &scale, b, &mut right);
            if sums.is_empty() {
                // The figures of a side are the same in every game.
                let place = |key: &Key| right.iter().position(|(k, _)| k == key);
                let all = left.iter().enumerate();
                pairs = all.filter_map(|(n, (key, _))| Some((n, place(key)?))).collect();
                sums = vec![Sum::default(); pairs.len()];
            }
            for (sum, (a, b)) in sums.iter_mut().zip(&pairs) {
                sum.take(left[*a].1, right[*b].1);
            }
        }
        played += games;
    }
    let differences = sums.iter().zip(&pairs).map(|(sum, (a, _))| sum.difference(left[*a].0));
    Compared {
        differences: differences.collect(),
        only_here: only(&left, &right),
        only_there: only(&right, &left),
        digests,
    }
}

type Figures<'r> = Vec<(Key<'r>, f64)>;

fn only<'r>(of: &Figures<'r>, other: &Figures) -> Vec<(&'static str, &'r str)> {
    let name = |(key, _): &(Key<'r>, f64)| (key.table, key.id);
    let mut out: Vec<_> =
        of.iter().map(name).filter(|n| !other.iter().any(|(k, _)| (k.table, k.id) == *n)).collect();
    out.dedup();
    out
}

/// The lenses of either side on the first side's reference lines.
struct Scale<'a> {
    rules: &'a Rules,
    references: &'a References,
}

impl Scale<'_> {
    /// Lenses by their id; one that the first side does not have stands on its raw score.
    fn lenses(&self, rules: &Rules, game: &Game) -> Vec<f64> {
        let one = |(n, l): (usize, &crate::scenario::model::Lens)| {
            let own = self.rules.lenses.iter().position(|o| o.id == l.id);
            own.map_or_else(
                || milli(game.lenses[n]),
                |own| self.references.scale(self.rules, own, game.lenses[n]),
            )
        };
        rules.lenses.iter().enumerate().map(one).collect()
    }
}

fn milli(n: Milli) -> f64 {
    f64::from(n) / f64::from(ONE)
}

/// Every figure of a game, in an order that depends on the rules alone.
fn figures<'r>(side: Side<'r>, scale: &Scale, g: &Game, out: &mut Figures<'r>) {
    let rules = side.rules;
    out.clear();
    let mut add = |table, id, field, n: f64| out.push((Key { table, id, field }, n));
    let share = |yes: bool| f64::from(u8::from(yes));
    let lenses = scale.lenses(rules, g);
    let points: [u8; limits::LENSES] = side.plan.guidance.unwrap_or(g.guidance);
    add("outcome", "", "mean", weighed(&lenses, &points));
    add("world_share", "", "mean", milli(g.world_share));
    add("a_game", "turns", "mean", f64::from(g.turns));
    add("a_game", "decisions", "mean", f64::from(g.decisions));
    add("a_game", "refused", "mean", f64::from(g.refused));
    for (l, n) in rules.lenses.iter().zip(&lenses) {
        add("lenses", &l.id, "mean", *n);
    }
    for (i, n) in rules.indicators.iter().zip(g.value) {
        add("indicators", &i.id, "mean", milli(n));
    }
    for (i, steps) in rules.instruments.iter().zip(&g.steps) {
        for (step, n) in Step::ALL.iter().zip(steps) {
            add("instruments", &i.id, step.name(), f64::from(*n));
        }
    }
    for (n, e) in rules.endings.iter().enumerate() {
        add("endings", &e.id, "share", share(usize::from(g.ending) == n));
    }
    for (n, w) in rules.worlds.iter().enumerate() {
        add("worlds", &w.id, "share", share(usize::from(g.world) == n));
    }
    for (n, p) in rules.propositions.iter().enumerate() {
        add("propositions", &p.id, "share", share(g.held & (1 << n) != 0));
    }
    for (n, r) in rules.responses.iter().enumerate() {
        add("responses", &r.id, "share", share(g.responded & (1 << n) != 0));
    }
    for (n, e) in rules.events.iter().enumerate() {
        add("events", &e.id, "share", share(g.has_fired(n)));
    }
}

/// Means, and the squares about the mean of the difference, one pair after the other (Welford).
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    pairs: f64,
    here: f64,
    there: f64,
    change: f64,
    squares: f64,
}

impl Sum {
    fn take(&mut self, here: f64, there: f64) {
        self.pairs += 1.0;
        self.here += (here - self.here) / self.pairs;
        self.there += (there - self.there) / self.pairs;
        let off = here - there - self.change;
        self.change += off / self.pairs;
        self.squares += off * (here - there - self.change);
    }

    fn difference<'r>(&self, key: Key<'r>) -> Difference<'r> {
        let variance = self.squares / (self.pairs - 1.0).max(1.0);
        let error = (variance / self.pairs).sqrt();
        let change = Spread { mean: self.change, error, ..Spread::default() };
        Difference { key, here: self.here, there: self.there, change }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(threads: usize) -> Plan {
        Plan { games: 12, seed: 5, threads, world: None, guidance: None }
    }

    #[test]
    fn a_scenario_differs_from_itself_in_nothing() {
        let rules = crate::scenario::load::embedded("first-day", &[]).expect("it loads");
        let references = References::compute(&rules, 1);
        let policy = Policy::Random;
        let side = Side { rules: &rules, policy: &policy, plan: plan(1) };
        let c = compare(side, side, &references);
        assert_eq!(c.digests[0], c.digests[1]);
        assert!(c.only_here.is_empty() && c.only_there.is_empty());
        assert!(c.differences.len() > 50, "{}", c.differences.len());
        for d in c.differences {
            assert_eq!((d.change.mean, d.change.error), (0.0, 0.0), "{:?}", d.key);
            assert!(!d.is_beyond() && d.here.to_bits() == d.there.to_bits(), "{:?}", d.key);
        }
    }

    #[test]
    fn what_was_changed_shows_and_batches_and_threads_do_not() {
        let load = |id: &str| crate::scenario::load::embedded(id, &[]).expect("it loads");
        let (rules, other) = (load("first-day"), load("cloud-hopper"));
        let references = References::compute(&rules, 1);
        let policy = Policy::Random;
        let with = |threads: usize, batch: u32| {
            let [here, there] =
                [&rules, &other].map(|rules| Side { rules, policy: &policy, plan: plan(threads) });
            in_batches(here, there, &references, batch)
        };
        let whole = format!("{:?}", with(1, 100));
        for (threads, batch) in [(2, 100), (1, 1), (3, 5)] {
            assert_eq!(format!("{:?}", with(threads, batch)), whole, "{threads}, {batch}");
        }
        let c = with(1, 100);
        let turns = c.differences.iter().find(|d| d.key.id == "turns").expect("a figure");
        assert_eq!((turns.here, turns.there, turns.change.mean), (3.0, 14.0, -11.0));
        assert!(turns.is_beyond());
        assert!(c.only_there.contains(&("events", "two_canadians")), "{:?}", c.only_there);
        let own = |id: &str| rules.events.iter().any(|e| e.id == id);
        assert!(c.only_here.iter().all(|(t, id)| *t != "events" || own(id)));
    }
}
