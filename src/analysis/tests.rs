//! A scenario's own tests: orders and assertions, played on the engine.

use crate::engine::Start;
use crate::engine::{NoLedger, Player, Situation};
use crate::policy::Policy;
use crate::scenario::model::Rules;

/// Plays every test; gives a sentence for each assertion that does not hold.
pub fn run(rules: &Rules) -> Vec<String> {
    let mut failed = Vec::new();
    for test in &rules.tests {
        let mut s = Situation::setup(
            rules,
            Start { seed: test.seed, world: test.world, ..Start::default() },
            &mut NoLedger,
        );
        let policy = Policy::Script(test.orders.clone());
        while !s.is_over() {
            let turn = s.turn;
            policy.turn(&mut Player::new(rules, &mut s, &mut NoLedger));
            for (n, (_, when)) in test.holds.iter().enumerate().filter(|(_, (t, _))| *t == turn) {
                if !s.all(rules, when) {
                    failed.push(format!(
                        "test `{}` ({}): assertion {} does not hold at the end of turn {} (seed {})",
                        test.id,
                        test.says,
                        n + 1,
                        turn + 1,
                        test.seed
                    ));
                }
            }
        }
    }
    failed
}
