//! The only door into a game: an order is carried out, or refused and nothing changes.
//!
//! Owns what an order does at once. All of it is visible and certain: an order draws no luck and
//! shows nothing hidden.

use crate::num::ONE;
use crate::scenario::model::{EventIx, Rules};

use super::items::{ActiveTask, Agenda, Commitment, NOT_DRAWN, Shelved};
use super::ledger::{Cause, Note, Origin, Sink};
use super::order::{Order, Verb};
use super::refusal::Refusal;
use super::state::Situation;

impl Situation {
    /// Carries out the order, or refuses it and changes nothing.
    ///
    /// # Errors
    /// A refusal from the closed list.
    pub fn apply<S: Sink>(
        &mut self,
        rules: &Rules,
        order: &Order,
        sink: &mut S,
    ) -> Result<(), Refusal> {
        if matches!(order, Order::End) {
            self.validate(rules, order)?;
            sink.order(order);
            super::turn::end(rules, self, sink);
            return Ok(());
        }
        self.look(rules);
        self.validate(rules, order)?;
        sink.order(order);
        self.carry_out(rules, order, sink);
        self.orders += 1;
        Ok(())
    }

    fn carry_out<S: Sink>(&mut self, rules: &Rules, order: &Order, sink: &mut S) {
        let origin = self.decision();
        let index = self.orders;
        let verb = order.verb();
        match order {
            Order::Guide(points) => {
                self.guidance = *points;
                self.guided = true;
            }
            Order::Amend(points) => {
                self.guidance = *points;
                self.amended = true;
                self.shift(
                    rules,
                    rules.roles.process,
                    rules.tuning.amend_process,
                    Cause::Amend,
                    origin,
                    sink,
                );
            }
            Order::Propose(p) => {
                let (staff, capital) = self.price(rules, p);
                self.pay(rules, staff, capital, verb, sink);
                let capital = u8::try_from(capital).unwrap_or(u8::MAX);
                self.agenda.push(Agenda { proposal: *p, capital, index });
            }
            Order::Build { instrument, target } => {
                let (instrument, target) = (*instrument, *target);
                if let Some(b) = &rules.instruments[instrument].building {
                    self.pay(rules, b.staff.into(), b.capital.into(), verb, sink);
                }
                let ready = self.ready_by_others(rules, instrument, target);
                let begun = self.day;
                let file = Shelved { instrument, target, begun, due: NOT_DRAWN, ready, origin };
                self.shelf.push(file);
            }
            Order::Withdraw { instrument, target } => {
                let of_pair =
                    |m: &&mut super::items::Measure| m.is_of(*instrument, *target) && !m.withdrawn;
                // New terms that are under way are withdrawn before the measure they are for.
                if let Some(m) = self.measures.iter_mut().rev().find(of_pair) {
                    m.withdrawn = true;
                    m.withdrawn_by = origin;
                }
            }
            Order::Task { task, campaign } => {
                let t = &rules.tasks[*task];
                self.pay(rules, u32::from(t.staff), u32::from(t.capital), verb, sink);
                let due = NOT_DRAWN;
                self.active_tasks.push(ActiveTask {
                    task: *task,
                    campaign: *campaign,
                    due,
                    origin,
                });
                self.tasks_begun[*task] = self.tasks_begun[*task].saturating_add(1);
            }
            Order::Ask(ask) => {
                let a = &rules.asks[*ask];
                self.pay(rules, u32::from(a.staff), u32::from(a.capital), verb, sink);
                self.asked[*ask] += 1;
                self.asks_now |= 1 << ask.0;
                self.ask_origin[*ask] = index;
            }
            Order::Promise { promise, to } => {
                let p = &rules.promises[*promise];
                let until = self.in_days(p.lasts);
                self.commitments.push(Commitment { promise: *promise, to: *to, until, origin });
                self.promised |= 1 << promise.0;
            }
            Order::Answer { event, choice } => {
                let c = &rules.events[*event].choices[usize::from(*choice)];
                self.pay(rules, u32::from(c.staff), u32::from(c.capital), verb, sink);
                if rules.events[*event].at_once {
                    self.answer_now(rules, *event, *choice, origin, sink);
                } else if let Some(p) = self.prompts.iter_mut().find(|p| p.event == *event) {
                    p.choice = *choice;
                    p.index = index;
                }
            }
            Order::Reform(reform) => {
                let r = &rules.reforms[*reform];
                self.pay(rules, u32::from(r.staff), u32::from(r.capital), verb, sink);
                self.reform_due[*reform] = NOT_DRAWN;
                self.reform_origin[*reform] = origin;
            }
            Order::Confidence { proposition, percent } => {
                self.confidence[*proposition] = *percent;
            }
            Order::Forecast(_) | Order::End => {}
        }
    }

    /// An answer that is itself the act: it takes effect now, and the question leaves the desk.
    /// `check` lets such an answer do only what is certain, so that an order still draws no luck.
    fn answer_now<S: Sink>(
        &mut self,
        rules: &Rules,
        event: EventIx,
        choice: u8,
        origin: Origin,
        sink: &mut S,
    ) {
        let e = &rules.events[event];
        let Some(n) = self.prompts.iter().position(|p| p.event == event) else { return };
        let Some(c) = e.choices.get(usize::from(choice)) else { return };
        sink.note(self.turn, Note::Chose { event, choice, by_player: true });
        self.choice_made[event] = choice;
        let cause = Cause::Choice(event, choice);
        self.move_all(rules, &c.moves, cause, origin, sink);
        self.perform(rules, &c.also, cause, origin, e.site, sink);
        self.prompts.remove(n);
        if let Some(menu) = &mut self.known.menu {
            menu.choices[n..].rotate_left(1);
        }
    }

    fn decision(&self) -> Origin {
        Origin::Decision { turn: self.turn, index: self.orders }
    }

    fn pay<S: Sink>(&mut self, rules: &Rules, staff: u32, capital: u32, verb: Verb, sink: &mut S) {
        let origin = self.decision();
        for (resource, n) in [(rules.roles.staff, staff), (rules.roles.capital, capital)] {
            if n > 0 {
                let amount = -i32::try_from(n).unwrap_or(0).saturating_mul(ONE);
                self.shift(rules, resource, amount, Cause::Price(verb), origin, sink);
            }
        }
    }
}
