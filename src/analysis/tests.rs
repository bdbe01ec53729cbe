//! A scenario's own tests: orders and assertions, played on the engine.

use crate::engine::Start;
use crate::engine::{NoLedger, Player, Situation};
use crate::policy::Policy;
use crate::scenario::model::{Rules, Test};

/// An assertion that does not hold, or is never asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The test's id.
    pub test: String,
    /// The assertion's place in its list.
    pub hold: usize,
    /// Of its conditions the first that does not hold.
    pub condition: Option<usize>,
    pub says: String,
}

/// Plays every test.
pub fn run(rules: &Rules) -> Vec<Failed> {
    rules.tests.iter().flat_map(|test| play(rules, test)).collect()
}

/// Plays one test, of the scenario or made for it.
pub fn play(rules: &Rules, test: &Test) -> Vec<Failed> {
    let mut failed = Vec::new();
    let mut s = Situation::setup(
        rules,
        Start { seed: test.seed, world: test.world, ..Start::default() },
        &mut NoLedger,
    );
    let policy = Policy::Script(test.orders.clone());
    let (mut played, mut refused) = (0, 0);
    let mut fail = |hold: usize, condition: Option<usize>, what: String| {
        failed.push(Failed {
            test: test.id.clone(),
            hold,
            condition,
            says: format!("test `{}` ({}): {what} (seed {})", test.id, test.says, test.seed),
        });
    };
    while !s.is_over() {
        let turn = s.turn;
        let mut sink = NoLedger;
        let mut player = Player::new(rules, &mut s, &mut sink);
        policy.turn(&mut player);
        refused += player.count.refused;
        played = turn;
        for (n, (_, when)) in test.holds.iter().enumerate().filter(|(_, (t, _))| *t == turn) {
            let wrong = when.iter().position(|c| !s.all(rules, std::slice::from_ref(c)));
            if let Some(at) = wrong {
                let what = format!(
                    "condition {} of assertion {} does not hold at the end of turn {}",
                    at + 1,
                    n + 1,
                    turn + 1
                );
                fail(n, Some(at), what);
            }
        }
    }
    // A test rests on its orders.
    if refused > 0 {
        failed.clear();
        let orders = if refused == 1 { "one of its orders is" } else { "some of its orders are" };
        let says = format!(
            "test `{}` ({}): {orders} refused, so it tests nothing (seed {})",
            test.id, test.says, test.seed
        );
        return vec![Failed { test: test.id.clone(), hold: 0, condition: None, says }];
    }
    // An assertion that is never asked has not held.
    for (n, (t, _)) in test.holds.iter().enumerate().filter(|(_, (t, _))| *t > played) {
        let what = format!(
            "assertion {} is never asked: the game was over at the end of turn {}, before turn {}",
            n + 1,
            played + 1,
            t + 1
        );
        fail(n, None, what);
    }
    failed
}
