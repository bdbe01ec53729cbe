//! A game being played: rules, situation, what was ordered, and the whole ledger.
//!
//! Owns undo (within the turn: pop and rebuild from the turn's start), the list of turns that a run
//! file keeps, and replay. Refuses to own files (`store`) and words (`prose`).

use std::sync::Arc;

use crate::engine::Start;
use crate::engine::ledger::{Ledger, Told};
use crate::engine::names::{self, UnknownName};
use crate::engine::{Entry, Known, Note, Order, Proposal, Refusal, Situation, Verb};
use crate::scenario::model::{InstrumentIx, Rules, TargetIx};
use crate::scenario::named::Named;

/// An order with the player's own reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub order: Order,
    pub because: String,
}

/// A turn that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its orders, `End` left out.
    pub orders: Vec<Given>,
    /// Digest of the situation after its end.
    pub digest: u128,
}

/// Where the ledger stood when a turn opened.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    entries: usize,
    notes: usize,
}

#[derive(Debug, Clone)]
pub struct Game {
    rules: Arc<Rules>,
    start: Start,
    situation: Situation,
    /// As the turn opened, before its orders.
    opened: Situation,
    /// As the turn before opened.
    before: Option<Box<Situation>>,
    /// As the turn before was ended: what its meetings were held on.
    met: Option<Box<Situation>>,
    orders: Vec<Given>,
    past: Vec<Past>,
    ledger: Ledger,
    /// By turn from 0: where the ledger stood at its opening; the setup's lines stand before the
    /// first.
    marks: Vec<Mark>,
    /// Values and sights at each opening, the first included.
    line: Vec<Snapshot>,
}

/// What stood where at an opening.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub value: Vec<i32>,
    pub seen: Vec<i32>,
    /// The standard error of what was seen.
    pub doubt: Vec<i32>,
}

/// Why a record does not replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Divergence {
    /// Turn (from 1) in which a name is unknown to these rules.
    Name { turn: usize, name: UnknownName },
    /// Turn and order (both from 1) that these rules refuse.
    Refused { turn: usize, order: usize, refusal: Refusal },
    /// Turn (from 1) whose state differs from the one recorded.
    Digest { turn: usize },
    /// More turns than the game has.
    TooLong { turn: usize },
}

impl Game {
    pub fn new(rules: Arc<Rules>, start: Start) -> Game {
        let mut ledger = Ledger::default();
        let mut situation = Situation::setup(&rules, start, &mut Told(&mut ledger));
        situation.look(&rules);
        let mut game = Game {
            rules,
            start,
            opened: situation.clone(),
            before: None,
            met: None,
            situation,
            orders: Vec::new(),
            past: Vec::new(),
            ledger,
            marks: Vec::new(),
            line: Vec::new(),
        };
        game.mark();
        game
    }

    pub fn rules(&self) -> &Rules {
        &self.rules
    }
    pub fn shared_rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules)
    }
    pub fn start(&self) -> Start {
        self.start
    }
    /// What the player knows now.
    pub fn situation(&self) -> &Known {
        self.situation.known()
    }
    /// The whole game, its hidden part included: for the debrief, for playing it again, and for
    /// tests.
    pub fn whole(&self) -> &Situation {
        &self.situation
    }
    /// The situation as the turn opened, before its orders.
    pub fn opened(&self) -> &Known {
        self.opened.known()
    }
    /// The situation as the turn before opened; none in the first.
    pub fn before(&self) -> Option<&Known> {
        self.before.as_deref().map(Situation::known)
    }
    /// The situation on which the turn before was ended, its orders given: what its meetings were
    /// held on; none in the first.
    pub fn met(&self) -> Option<&Known> {
        self.met.as_deref().map(Situation::known)
    }
    /// Orders of this turn so far.
    pub fn orders(&self) -> &[Given] {
        &self.orders
    }
    pub fn past(&self) -> &[Past] {
        &self.past
    }
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }
    pub fn is_over(&self) -> bool {
        self.situation.is_over()
    }
    /// The turn in play, from 0; after the last, how many were played.
    pub fn turn(&self) -> usize {
        usize::from(self.situation.turns_ended(&self.rules))
    }

    /// Carries out an order of this turn.
    ///
    /// # Errors
    /// The refusal; nothing has changed then.
    pub fn give(&mut self, order: Order, because: &str) -> Result<(), Refusal> {
        if order == Order::End {
            return self.end().map(|_| ());
        }
        self.situation.apply(&self.rules, &order, &mut Told(&mut self.ledger))?;
        self.orders.push(Given { order, because: because.to_owned() });
        Ok(())
    }

    /// Takes the last order of this turn back. False if there is none.
    pub fn undo(&mut self) -> bool {
        if self.orders.pop().is_none() {
            return false;
        }
        let mark = self.marks.last().copied().unwrap_or_default();
        self.ledger.entries.truncate(mark.entries);
        self.ledger.notes.truncate(mark.notes);
        self.situation = self.opened.clone();
        for g in &self.orders {
            // They were legal in this order a moment ago.
            let _ = self.situation.apply(&self.rules, &g.order, &mut Told(&mut self.ledger));
        }
        true
    }

    /// The proposal about the pair among this turn's orders, and its number.
    pub fn ordered(&self, instrument: InstrumentIx, target: TargetIx) -> Option<(usize, Proposal)> {
        self.orders.iter().enumerate().find_map(|(n, g)| match g.order {
            Order::Propose(p) if p.aims(instrument, target) => Some((n, p)),
            _ => None,
        })
    }

    /// The same game with one order of this turn taken back: to look at, not to play on.
    #[must_use]
    pub fn without(&self, n: usize) -> Game {
        let mut game = self.clone();
        let rest = game.orders.split_off(n.min(game.orders.len()));
        // One more to take back, so that what is left is given again.
        game.orders.extend(rest.first().cloned());
        game.undo();
        for g in rest.into_iter().skip(1) {
            let _ = game.give(g.order, &g.because);
        }
        game
    }

    /// For the test that what is hidden shows nowhere: what lies under the facts, to be disturbed.
    #[cfg(test)]
    pub(crate) fn underneath(&mut self) -> (&mut Situation, &mut Ledger, &mut Vec<Snapshot>) {
        (&mut self.situation, &mut self.ledger, &mut self.line)
    }

    /// Ends the turn.
    ///
    /// # Errors
    /// `Refusal::Over` after the last.
    pub fn end(&mut self) -> Result<&Past, Refusal> {
        let met = Box::new(self.situation.clone());
        self.situation.apply(&self.rules, &Order::End, &mut Told(&mut self.ledger))?;
        self.met = Some(met);
        self.situation.look(&self.rules);
        let orders = std::mem::take(&mut self.orders);
        self.past.push(Past { orders, digest: self.situation.digest() });
        self.before = Some(Box::new(std::mem::replace(&mut self.opened, self.situation.clone())));
        self.mark();
        Ok(&self.past[self.past.len() - 1])
    }

    fn mark(&mut self) {
        self.marks
            .push(Mark { entries: self.ledger.entries.len(), notes: self.ledger.notes.len() });
        let n = self.rules.indicators.len();
        self.line.push(Snapshot {
            value: self.situation.hidden().value[..n].to_vec(),
            seen: self.situation.value[..n].to_vec(),
            doubt: self.situation.doubt[..n].to_vec(),
        });
    }

    /// Ledger lines between the opening of turn `turn` (from 0) and the next: its orders and its
    /// end.
    pub fn entries_of(&self, turn: usize) -> &[Entry] {
        let (a, b) = self.range(turn, |m| m.entries, self.ledger.entries.len());
        &self.ledger.entries[a..b]
    }
    /// Notes between the opening of turn `turn` and the next.
    pub fn notes_of(&self, turn: usize) -> impl Iterator<Item = Note> + '_ {
        self.dated_notes_of(turn).map(|(_, n)| n)
    }
    /// The same, each with the entry of `Rules::turns` in which it was made: what the last turn's
    /// page tells of the weeks after it has a later one.
    pub fn dated_notes_of(&self, turn: usize) -> impl Iterator<Item = (usize, Note)> + '_ {
        let (a, b) = self.range(turn, |m| m.notes, self.ledger.notes.len());
        self.ledger.notes[a..b].iter().map(|(turn, n)| (usize::from(*turn), *n))
    }
    /// Notes of the setup: what had happened when the game opened.
    pub fn notes_of_setup(&self) -> impl Iterator<Item = Note> + '_ {
        let b = self.marks.first().map_or(0, |m| m.notes);
        self.ledger.notes[..b].iter().map(|(_, n)| *n)
    }
    /// Ledger lines of the setup.
    pub fn entries_of_setup(&self) -> &[Entry] {
        &self.ledger.entries[..self.marks.first().map_or(0, |m| m.entries)]
    }

    fn range(&self, turn: usize, part: impl Fn(&Mark) -> usize, end: usize) -> (usize, usize) {
        let a = self.marks.get(turn).map_or(end, &part);
        let b = self.marks.get(turn + 1).map_or(end, &part);
        (a, b)
    }

    /// What stood where at each opening so far (and after the last end).
    pub fn line(&self) -> &[Snapshot] {
        &self.line
    }

    /// The orders of this turn by name.
    pub fn named_orders(&self) -> Vec<Named> {
        name_all(&self.rules, &self.orders)
    }
    /// The orders of a turn that has ended, by name.
    pub fn named_past(&self, turn: usize) -> Vec<Named> {
        self.past.get(turn).map_or_else(Vec::new, |p| name_all(&self.rules, &p.orders))
    }

    /// Plays recorded turns again. With digests, each turn's state is held against the record's.
    ///
    /// # Errors
    /// The first turn that differs, and how.
    pub fn replay<'a>(
        rules: Arc<Rules>,
        start: Start,
        turns: impl Iterator<Item = (&'a [Named], Option<u128>)>,
    ) -> Result<Game, Divergence> {
        let mut game = Game::new(rules, start);
        for (n, (orders, digest)) in turns.enumerate() {
            let turn = n + 1;
            if game.is_over() {
                return Err(Divergence::TooLong { turn });
            }
            game.give_named(orders).map_err(|(order, e)| match e {
                GiveError::Name(name) => Divergence::Name { turn, name },
                GiveError::Refused(refusal) => Divergence::Refused { turn, order, refusal },
            })?;
            let got = game
                .end()
                .map_err(|refusal| Divergence::Refused { turn, order: orders.len() + 1, refusal })?
                .digest;
            if digest.is_some_and(|d| d != got) {
                return Err(Divergence::Digest { turn });
            }
        }
        Ok(game)
    }

    /// The same orders under other rules, turn by turn to the same turn or to an earlier end; and
    /// those that do not hold there, each with its turn (from 0).
    pub fn again(&self, rules: Arc<Rules>, start: Start) -> (Game, Vec<(usize, Order)>) {
        let mut game = Game::new(rules, start);
        let mut lost = Vec::new();
        let turns = self.past.iter().map(|p| &p.orders).chain([&self.orders]);
        for (turn, orders) in turns.enumerate() {
            if turn > 0 && (game.is_over() || game.end().is_err()) {
                break;
            }
            for given in orders {
                let named = names::name(&self.rules, &given.order, &given.because);
                let order = names::resolve(&game.rules, &named).ok();
                if order.is_none_or(|o| game.give(o, &given.because).is_err()) {
                    lost.push((turn, given.order));
                }
            }
        }
        (game, lost)
    }

    /// Gives named orders in their sequence.
    ///
    /// # Errors
    /// The position (from 1) of the first that fails; those before it stand.
    pub fn give_named(&mut self, orders: &[Named]) -> Result<(), (usize, GiveError)> {
        for (n, named) in orders.iter().enumerate() {
            // The end of a turn is a line of its own: in a list it would play turns unrecorded.
            if *named == Named::End {
                return Err((n + 1, GiveError::Refused(Refusal::Unknown(Verb::End))));
            }
            let order =
                names::resolve(&self.rules, named).map_err(|e| (n + 1, GiveError::Name(e)))?;
            let because = match named {
                Named::Propose(p) => p.because.text.to_string(),
                _ => String::new(),
            };
            self.give(order, &because).map_err(|e| (n + 1, GiveError::Refused(e)))?;
        }
        Ok(())
    }
}

/// Why a named order was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GiveError {
    Name(UnknownName),
    Refused(Refusal),
}

fn name_all(rules: &Rules, orders: &[Given]) -> Vec<Named> {
    orders.iter().map(|g| names::name(rules, &g.order, &g.because)).collect()
}
