//! The planner: it looks ahead by imagining.
//!
//! Each turn it starts from greedy's orders and tries changes of them, one at a time: an order more,
//! an order less, another answer. Each plan is played out in games drawn from what the player
//! believes, with greedy playing on to the end and seeing through what was built, all plans on the
//! same draws and the same luck. A plan takes the place of greedy's only where it is better by more
//! than one standard error of the difference. It is handed what a policy is handed, so it knows what
//! a player knows.

use crate::engine::imagine::{imagine, roll};
use crate::engine::outcome::raw_lens;
use crate::engine::position::RoomWeights;
use crate::engine::{Known, NoLedger, Order, Player, Sink, Situation};
use crate::luck::mix;
use crate::num::ONE;
use crate::order::Arrange;
use crate::scenario::model::{
    AskIx, CampaignIx, InstrumentIx, LensIx, PromiseIx, ReformIx, Rules, TargetIx, TaskIx, limits,
};

use super::greedy::{Greedy, launches};
use super::tape;

/// Who the planner is.
#[derive(Debug, Clone, Copy)]
pub struct Planner {
    promises: bool,
    collects: bool,
}

impl Default for Planner {
    fn default() -> Planner {
        Planner { promises: true, collects: true }
    }
}

/// Imagined games in which a plan that is still in the running is played.
const IMAGININGS: usize = 64;
/// Imagined games in which every plan is played first; after them only the best go on.
const FIRST: usize = 8;
/// How many go on.
const FINALISTS: usize = 4;
/// From which chance to clear (2^-16) a launch is worth a thought.
const LAUNCH_AT: u32 = 1 << 14;
/// How often a better plan is changed further in a turn.
const ROUNDS: usize = 2;

type Plan = Vec<Order>;

impl Planner {
    /// Without promises: for measuring what they are worth.
    pub fn without_promises() -> Planner {
        Planner { promises: false, ..Planner::default() }
    }

    /// Without collection: for measuring what it is worth.
    pub fn without_collection() -> Planner {
        Planner { collects: false, ..Planner::default() }
    }

    pub fn turn<S: Sink>(self, player: &mut Player<S>) {
        let rules = player.rules();
        let known = player.look();
        let games: Vec<Situation> =
            (0..IMAGININGS).map(|n| imagine(rules, known, seed(known, n))).collect();
        let mut plan = self.allowed(greedy_plan(rules, &games[0]));
        let mut scores: Vec<i64> = games.iter().map(|g| play_out(rules, g, &plan)).collect();
        for _ in 0..ROUNDS {
            let tries = self.changes(rules, &games[0], &plan);
            let Some((better, gains)) = best_of(rules, &games, &scores, tries) else { break };
            plan = better;
            scores.iter_mut().zip(gains).for_each(|(s, gain)| *s += gain);
        }
        for order in plan {
            player.give(order);
        }
    }

    /// Greedy's plan of the turn, and every plan that differs from it in one thing. Greedy sees the
    /// same in every imagined game, so any will do.
    pub fn near(self, rules: &Rules, imagined: &Situation) -> Vec<Vec<Order>> {
        let plan = self.allowed(greedy_plan(rules, imagined));
        let mut all = self.changes(rules, imagined, &plan);
        all.insert(0, plan);
        all
    }

    fn allowed(self, mut plan: Plan) -> Plan {
        plan.retain(|o| {
            (self.promises || !matches!(o, Order::Promise { .. }))
                && (self.collects || !matches!(o, Order::Task { .. }))
        });
        plan
    }

    /// Plans that differ from this one in one thing.
    fn changes(self, rules: &Rules, imagined: &Situation, plan: &Plan) -> Vec<Plan> {
        let known = imagined.known();
        let mut out: Vec<Plan> = Vec::new();
        // One order less.
        for n in 0..plan.len() {
            let mut less = plan.clone();
            less.remove(n);
            out.push(less);
        }
        // Nothing but answers.
        let is_answer = |o: &Order| matches!(o, Order::Answer { .. });
        out.push(plan.iter().copied().filter(is_answer).collect());
        // Another answer, and below an order more, come first: what can no longer be paid for then
        // falls away.
        for p in &known.prompts {
            for choice in 0..rules.events[p.event].choices.len() as u8 {
                let order = Order::Answer { event: p.event, choice };
                if plan.contains(&order) || known.validate(rules, &order).is_err() {
                    continue;
                }
                let is_other =
                    |o: &&Order| !matches!(o, Order::Answer { event, .. } if *event == p.event);
                let rest = plan.iter().filter(is_other).copied();
                out.push(std::iter::once(order).chain(rest).collect());
            }
        }
        // One order more.
        for order in self.allowed(Planner::more(rules, known)) {
            if !plan.contains(&order) && known.validate(rules, &order).is_ok() {
                let mut with = vec![order];
                with.extend(plan);
                out.push(with);
            }
        }
        if self.promises {
            out.extend(bargains(rules, imagined).into_iter().map(|mut with| {
                with.extend(plan);
                with
            }));
        }
        out.dedup();
        out.retain(|p| p != plan);
        out
    }

    /// Every order worth a thought: files, promises, asks, reforms, tasks, withdrawals, and for each
    /// instrument and target the draft greedy would bring.
    fn more(rules: &Rules, known: &Known) -> Plan {
        let mut all = Plan::new();
        for instrument in (0..rules.instruments.len()).map(InstrumentIx::at) {
            for target in (0..rules.targets.len()).map(TargetIx::at) {
                all.push(Order::Build { instrument, target });
            }
        }
        all.extend(promises(rules));
        all.extend((0..rules.asks.len()).map(|n| Order::Ask(AskIx::at(n))));
        all.extend((0..rules.reforms.len()).map(|n| Order::Reform(ReformIx::at(n))));
        for (n, t) in rules.tasks.iter().enumerate() {
            let task = TaskIx::at(n);
            if t.on_campaign {
                let on = |c| Order::Task { task, campaign: Some(CampaignIx::at(c)) };
                all.extend((0..rules.campaigns.len()).map(on));
            } else {
                all.push(Order::Task { task, campaign: None });
            }
        }
        for m in &known.measures {
            all.push(Order::Withdraw { instrument: m.instrument, target: m.target });
        }
        let drafts = Greedy::guided().drafts(rules, known, |_| true);
        all.extend(drafts.into_iter().map(|(p, _)| Order::Propose(p)));
        let room = RoomWeights::new(rules, known);
        all.extend(launches(rules, known, &room, LAUNCH_AT).into_iter().map(Order::Propose));
        all
    }
}

/// Every promise to everyone who takes it.
fn promises(rules: &Rules) -> impl Iterator<Item = Order> {
    rules.promises.iter().enumerate().flat_map(|(n, p)| {
        let promise = PromiseIx::at(n);
        p.to.iter().map(move |to| Order::Promise { promise, to: *to })
    })
}

/// Each promise that may be given now, together with the best draft that it is meant to carry.
fn bargains(rules: &Rules, imagined: &Situation) -> Vec<Plan> {
    let carried = |order: Order| {
        let Order::Promise { promise, .. } = order else { return None };
        let promise = &rules.promises[promise];
        let mut after = imagined.clone();
        after.look(rules);
        after.apply(rules, &order, &mut NoLedger).ok()?;
        let s = after.known();
        let drafts = Greedy::guided().drafts(rules, s, |ix| promise.carries(ix));
        let best = drafts.into_iter().max_by_key(|(_, worth)| *worth).map(|(p, _)| p);
        let ready = launches(rules, s, &RoomWeights::new(rules, s), LAUNCH_AT);
        let own = ready.into_iter().find(|p| promise.carries(p.instrument));
        Some(vec![order, Order::Propose(own.or(best)?)])
    };
    promises(rules).filter_map(carried).collect()
}

/// What greedy would order: it sees the same in every imagined game.
fn greedy_plan(rules: &Rules, imagined: &Situation) -> Plan {
    tape(rules, &mut imagined.clone(), |player| Greedy::guided().turn(player))
}

/// Of these plans the best that is better than the one with these scores by more than chance, and
/// what it gains in each game.
fn best_of(
    rules: &Rules,
    games: &[Situation],
    scores: &[i64],
    plans: Vec<Plan>,
) -> Option<(Plan, Vec<i64>)> {
    let gain = |plan: &Plan, n: usize| play_out(rules, &games[n], plan) - scores[n];
    let first = |plan: Plan| {
        let gains: Vec<i64> = (0..FIRST).map(|n| gain(&plan, n)).collect();
        (plan, gains)
    };
    let mut tried: Vec<(Plan, Vec<i64>)> = plans.into_iter().map(first).collect();
    tried.arrange_by_key(|(_, gains)| std::cmp::Reverse(gains.iter().sum::<i64>()));
    tried.truncate(FINALISTS);
    for (plan, gains) in &mut tried {
        gains.extend((FIRST..games.len()).map(|n| gain(plan, n)));
    }
    // The first games chose the finalists, so the rest alone judge them.
    tried
        .into_iter()
        .filter(|(_, gains)| beyond_one_error(&gains[FIRST..]))
        .max_by_key(|(_, gains)| gains[FIRST..].iter().sum::<i64>())
}

/// Keys of the imagined games: the same for every plan of a turn, and of no game that is played.
fn seed(known: &Known, n: usize) -> u64 {
    mix(0x706c_616e_0000_0000 | u64::from(known.turn) << 16 | n as u64)
}

/// How an imagined game ends that goes on with the plan and then with greedy, in thousandths of
/// lens points times guidance points.
fn play_out(rules: &Rules, from: &Situation, plan: &Plan) -> i64 {
    let mut s = from.clone();
    let mut sink = NoLedger;
    let mut player = Player::new(rules, &mut s, &mut sink);
    player.look();
    for order in plan {
        player.give(*order);
    }
    player.end();
    roll(rules, &mut s, u8::MAX, |player| Greedy::seeing_through().turn(player));
    let lens = |n: usize| i64::from(raw_lens(rules, &s, LensIx::at(n)));
    let points: &[u8; limits::LENSES] = &s.guidance;
    (0..rules.lenses.len()).map(|n| lens(n) * i64::from(points[n])).sum()
}

/// Whether the mean gain is above its standard error: n·mean² > variance, and it is a gain.
fn beyond_one_error(gains: &[i64]) -> bool {
    let n = i128::try_from(gains.len()).unwrap_or(i128::MAX);
    let sum: i64 = gains.iter().sum();
    // In whole lens points, so that squares fit.
    let small = |g: i64| i128::from(g) * 16 / i128::from(ONE);
    let squares: i128 = gains.iter().map(|g| small(*g) * small(*g)).sum();
    let total = small(sum);
    // mean² · n · (n − 1) > squares − n · mean², all times n.
    sum > 0 && n > 1 && total * total * (n - 1) > squares * n - total * total
}

#[cfg(test)]
mod tests {
    use super::beyond_one_error;

    #[test]
    fn a_gain_counts_beyond_its_own_error() {
        assert!(beyond_one_error(&[3_000, 3_000, 4_000, 2_000]));
        assert!(!beyond_one_error(&[-3_000, -3_000, -4_000]));
        // Mean 1, deviation 10.4 over four games: an error of 5.2.
        assert!(!beyond_one_error(&[10_000, -8_000, 10_000, -8_000]));
        assert!(!beyond_one_error(&[0, 0, 0]));
    }
}
