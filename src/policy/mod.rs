//! Policies: players that need only `options` and `validate`, and see only what a player sees.
//!
//! Owns idle, random, history, scripted steps and the greedy family. A policy plays one turn at a
//! time and ends it. Refuses to look at anything hidden.

mod explore;
mod greedy;
mod planner;
mod random;

use crate::engine::ledger::Told;
use crate::engine::player::{Count, Dice};
use crate::engine::{Known, Order, Player, Sink, Situation, names};
use crate::find_id;
use crate::scenario::model::{Rules, Step, limits};

pub use greedy::Greedy;
pub use planner::Planner;
pub use random::draft as random_draft;

/// Who plays.
#[derive(Debug, Clone)]
pub enum Policy {
    Idle,
    /// Uniform over what is legal, slot by slot.
    Random,
    /// The scenario's dated orders; refused ones are skipped and counted.
    History,
    Greedy(Greedy),
    /// Looks ahead by imagining.
    Planner(Planner),
    /// What was done least, for coverage.
    Explore,
    /// Dated orders from a script.
    Script(Vec<Step>),
}

/// A name that is no policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchPolicy {
    pub name: String,
    /// What there is.
    pub known: Vec<String>,
}

impl Policy {
    /// Reads `idle`, `random`, `explore`, `history`, `greedy`, `planner`, `only:INSTRUMENT` or `lens:LENS`.
    ///
    /// # Errors
    /// With the names there are.
    pub fn parse(rules: &Rules, name: &str) -> Result<Policy, NoSuchPolicy> {
        let wrong = || NoSuchPolicy { name: name.to_owned(), known: Policy::names(rules) };
        Ok(match name {
            "idle" => Policy::Idle,
            "random" => Policy::Random,
            "history" => Policy::History,
            "greedy" => Policy::Greedy(Greedy::guided()),
            "planner" => Policy::Planner(Planner::default()),
            "explore" => Policy::Explore,
            _ => {
                if let Some(id) = name.strip_prefix("only:") {
                    Policy::Greedy(Greedy::only(
                        find_id!(rules.instruments, id, InstrumentIx).ok_or_else(wrong)?,
                    ))
                } else if let Some(id) = name.strip_prefix("lens:") {
                    Policy::Greedy(Greedy::lens(
                        find_id!(rules.lenses, id, LensIx).ok_or_else(wrong)?,
                    ))
                } else {
                    return Err(wrong());
                }
            }
        })
    }

    /// Every policy these rules have.
    pub fn names(rules: &Rules) -> Vec<String> {
        let mut all: Vec<String> = ["idle", "random", "explore", "history", "greedy", "planner"]
            .map(str::to_owned)
            .to_vec();
        all.extend(rules.instruments.iter().map(|i| format!("only:{}", i.id)));
        all.extend(rules.lenses.iter().map(|l| format!("lens:{}", l.id)));
        all
    }

    /// Plays one turn, its end included.
    pub fn turn<S: Sink>(&self, player: &mut Player<S>) {
        match self {
            Policy::Idle => {}
            Policy::Random => drawn(player, random::draft),
            Policy::History => script(player, &player.rules().history),
            Policy::Script(steps) => script(player, steps),
            Policy::Greedy(g) => g.turn(player),
            Policy::Planner(p) => p.turn(player),
            Policy::Explore => drawn(player, explore::draft),
        }
        player.end();
    }

    /// Plays a game to its end. Guidance, if given, is the first order.
    pub fn game<S: Sink>(
        &self,
        rules: &Rules,
        s: &mut Situation,
        guidance: Option<[u8; limits::LENSES]>,
        sink: &mut S,
    ) -> Count {
        let mut player = Player::new(rules, s, sink);
        if let Some(points) = guidance {
            player.give(Order::Guide(points));
        }
        while !player.known().is_over() {
            self.turn(&mut player);
        }
        player.count
    }
}

/// Gives orders as they are drawn, until the draw is to end the turn.
fn drawn<S: Sink>(player: &mut Player<S>, draft: fn(&Rules, &Known, &mut Dice) -> Option<Order>) {
    let rules = player.rules();
    let mut dice = player.dice();
    player.look();
    while let Some(order) = draft(rules, player.known(), &mut dice) {
        if order == Order::End || !player.give(order) {
            return;
        }
    }
}

/// Keeps the orders that were carried out.
#[derive(Debug, Default)]
struct Tape {
    orders: Vec<Order>,
}

impl Sink for Tape {
    fn entry(&mut self, _: crate::engine::Entry) -> u32 {
        0
    }
    fn note(&mut self, _: u8, _: crate::engine::Note) {}
    fn order(&mut self, order: &Order) {
        self.orders.push(*order);
    }
}

/// The orders a policy would give this turn, `End` included.
pub fn orders_of(policy: &Policy, rules: &Rules, s: &Situation) -> Vec<Order> {
    tape(rules, &mut s.clone(), |player| policy.turn(player))
}

/// The orders given by `play`.
fn tape(
    rules: &Rules,
    s: &mut Situation,
    play: impl FnOnce(&mut Player<'_, Told<'_>>),
) -> Vec<Order> {
    let mut tape = Tape::default();
    play(&mut Player::new(rules, s, &mut Told(&mut tape)));
    tape.orders
}

fn script<S: Sink>(player: &mut Player<S>, steps: &[Step]) {
    let turn = player.known().turn;
    for step in steps.iter().filter(|step| step.turn == turn) {
        match names::resolve(player.rules(), &step.order) {
            Ok(Order::End) => {}
            Ok(order) => _ = player.give(order),
            Err(_) => player.count.refused += 1,
        }
    }
}
