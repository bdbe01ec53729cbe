//! A seat at the desk: sees what a player knows and gives orders, and cannot see more.
//!
//! Owns the wall between policies and the hidden part of a game: the situation is private here, and
//! a policy is handed nothing else. Whoever plays without looking at the hidden part plays through
//! this.

use crate::luck::{Luck, Site};
use crate::scenario::model::Rules;

use super::ledger::Sink;
use super::order::Order;
use super::state::{Known, Situation};

/// What was done through a seat.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count {
    /// Orders given, ends of turns included.
    pub decisions: u32,
    /// Orders that were refused.
    pub refused: u32,
}

#[derive(Debug)]
pub struct Player<'a, S> {
    rules: &'a Rules,
    situation: &'a mut Situation,
    sink: &'a mut S,
    pub count: Count,
}

impl<'a, S: Sink> Player<'a, S> {
    pub fn new(rules: &'a Rules, situation: &'a mut Situation, sink: &'a mut S) -> Self {
        Player { rules, situation, sink, count: Count::default() }
    }

    pub fn rules(&self) -> &'a Rules {
        self.rules
    }

    pub fn known(&self) -> &Known {
        self.situation.known()
    }

    /// What is known, with what this turn offers.
    pub fn look(&mut self) -> &Known {
        self.situation.look(self.rules)
    }

    /// Gives an order. False, and nothing changed, if it is refused.
    pub fn give(&mut self, order: Order) -> bool {
        let given = self.situation.apply(self.rules, &order, self.sink).is_ok();
        if given {
            self.count.decisions += 1;
        } else {
            self.count.refused += 1;
        }
        given
    }

    /// Dice of the player's own for this turn: the same for the same game and turn.
    pub fn dice(&self) -> Dice {
        Dice::new(Luck::new(self.situation.books.seed, self.situation.turn + 1))
    }

    /// Ends the turn.
    pub fn end(&mut self) {
        self.give(Order::End);
    }
}

/// Draws of a player's own: they stand apart from the game's luck and say nothing of it.
#[derive(Debug, Clone, Copy)]
pub struct Dice {
    luck: Luck,
    rolled: u32,
}

impl Dice {
    const SITE: Site = Site::of("policy", "random");

    pub fn new(luck: Luck) -> Dice {
        Dice { luck, rolled: 0 }
    }

    /// A whole number from 0 to `last`.
    ///
    /// # Panics
    /// If `last` does not fit sixteen bits.
    pub fn roll(&mut self, last: usize) -> usize {
        self.rolled += 1;
        let last = u16::try_from(last).expect("dice have few sides");
        usize::from(self.luck.between(Dice::SITE, self.rolled, 0, last))
    }
}
