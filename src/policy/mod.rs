//! Policies: players that need only `options` and `validate`, and see only what a player sees.
//!
//! Owns idle, random, history, scripted steps and the greedy family. A policy plays one turn at a
//! time and ends it. Refuses to look at anything hidden.

mod greedy;
mod random;

use crate::engine::{Order, Sink, Situation, names};
use crate::find_id;
use crate::scenario::model::{Rules, Step, limits};

pub use greedy::Greedy;
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
    /// Dated orders from a script.
    Script(Vec<Step>),
}

/// What a policy did over a game.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Orders given, ends of turns included.
    pub decisions: u32,
    /// Orders of a script that were refused.
    pub refused: u32,
}

/// A name that is no policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchPolicy {
    pub name: String,
    /// What there is.
    pub known: Vec<String>,
}

impl Policy {
    /// Reads `idle`, `random`, `history`, `greedy`, `only:INSTRUMENT` or `lens:LENS`.
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
        let mut all: Vec<String> =
            ["idle", "random", "history", "greedy"].map(str::to_owned).to_vec();
        all.extend(rules.instruments.iter().map(|i| format!("only:{}", i.id)));
        all.extend(rules.lenses.iter().map(|l| format!("lens:{}", l.id)));
        all
    }

    /// Plays one turn, its end included.
    pub fn turn<S: Sink>(&self, rules: &Rules, s: &mut Situation, count: &mut Count, sink: &mut S) {
        match self {
            Policy::Idle => {}
            Policy::Random => random::turn(rules, s, count, sink),
            Policy::History => script(rules, s, &rules.history, count, sink),
            Policy::Script(steps) => script(rules, s, steps, count, sink),
            Policy::Greedy(g) => g.turn(rules, s, count, sink),
        }
        give(rules, s, Order::End, count, sink);
    }

    /// Plays a game to its end. Guidance, if given, is the first order.
    pub fn game<S: Sink>(
        &self,
        rules: &Rules,
        s: &mut Situation,
        guidance: Option<[u8; limits::LENSES]>,
        sink: &mut S,
    ) -> Count {
        let mut count = Count::default();
        if let Some(points) = guidance {
            give(rules, s, Order::Guide(points), &mut count, sink);
        }
        while !s.is_over() {
            self.turn(rules, s, &mut count, sink);
        }
        count
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
    let mut copy = s.clone();
    let mut tape = Tape::default();
    policy.turn(rules, &mut copy, &mut Count::default(), &mut tape);
    tape.orders
}

fn give<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    order: Order,
    count: &mut Count,
    sink: &mut S,
) -> bool {
    let ok = s.apply(rules, &order, sink).is_ok();
    if ok {
        count.decisions += 1;
    } else {
        count.refused += 1;
    }
    ok
}

fn script<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    steps: &[Step],
    count: &mut Count,
    sink: &mut S,
) {
    let turn = s.turn;
    for step in steps.iter().filter(|step| step.turn == turn) {
        match names::resolve(rules, &step.order) {
            Ok(Order::End) => {}
            Ok(order) => {
                give(rules, s, order, count, sink);
            }
            Err(_) => count.refused += 1,
        }
    }
}
