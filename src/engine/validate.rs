//! Whether an order is legal now, and if not, why.
//!
//! Owns the guards, in a fixed order. They read what the player knows and the menu of the turn;
//! nothing here changes anything or draws luck.

use crate::num::{Milli, ONE, byte, ratio};
use crate::scenario::model::{
    CampaignIx, EventIx, IndicatorIx, InstrumentIx, LensIx, Rules, TargetIx, TaskIx, VenueIx,
    limits,
};

use super::condition::authority_of;
use super::items::{MAX_ACTIVE_TASKS, MAX_AGENDA, MAX_COMMITMENTS, MAX_ORDERS, MAX_SHELF, NONE};
use super::menu::MET;
use super::order::{Order, Proposal, Verb};
use super::refusal::Refusal;
use super::state::Known;

/// Guidance: twelve points, 0 to 4 a lens, at least four funded.
pub const POINTS: u8 = 12;
pub const MOST_POINTS: u8 = 4;
pub const LEAST_FUNDED: u8 = 4;

impl Known {
    /// Whether the order is legal now.
    ///
    /// # Errors
    /// A refusal from the closed list.
    pub fn validate(&self, rules: &Rules, order: &Order) -> Result<(), Refusal> {
        self.may_order(rules, order.verb())?;
        match order {
            Order::Guide(points) | Order::Amend(points) => check_points(rules, *points),
            Order::Propose(p) => self.validate_proposal(rules, p),
            Order::Build { instrument, target } => {
                self.validate_building(rules, *instrument, *target)
            }
            Order::Forecast(_) | Order::End => Ok(()),
            Order::Withdraw { instrument, target } => {
                let stands =
                    |m: &&super::items::Measure| m.is_of(*instrument, *target) && !m.withdrawn;
                let refusal =
                    Refusal::NothingToWithdraw { instrument: *instrument, target: *target };
                self.measures.iter().find(stands).map(|_| ()).ok_or(refusal)
            }
            Order::Task { task, campaign } => self.validate_task(rules, *task, *campaign),
            Order::Ask(ask) => {
                let a = rules.asks.get(ask.i()).ok_or(Refusal::Unknown(Verb::Ask))?;
                if self.asked[*ask] >= a.times {
                    return Err(Refusal::AskSpent { ask: *ask });
                }
                met(self.menu().asks[*ask], |need| Refusal::AskNeeds { ask: *ask, need })?;
                self.afford(rules, a.staff.into(), a.capital.into())
            }
            Order::Promise { promise, to } => {
                let p = rules.promises.get(promise.i()).ok_or(Refusal::Unknown(Verb::Promise))?;
                let promise = *promise;
                if !p.to.contains(to) {
                    return Err(Refusal::PromiseNotTo { promise, agency: *to });
                }
                if self.commitments.iter().any(|d| d.promise == promise) {
                    return Err(Refusal::PromiseStands { promise });
                }
                if self.commitments.is_full() {
                    return Err(Refusal::TooManyPromises { most: MAX_COMMITMENTS as u8 });
                }
                let need = self.menu().promises[promise];
                met(need, |need| Refusal::PromiseNeeds { promise, need })
            }
            Order::Answer { event, choice } => self.validate_answer(rules, *event, *choice),
            Order::Reform(reform) => {
                let reform = *reform;
                let r = rules.reforms.get(reform.i()).ok_or(Refusal::Unknown(Verb::Reform))?;
                if self.reform_due[reform] != i16::MAX {
                    return Err(Refusal::ReformDone { reform });
                }
                let need = self.menu().reforms[reform];
                met(need, |need| Refusal::ReformNeeds { reform, need })?;
                self.afford(rules, r.staff.into(), r.capital.into())
            }
            Order::Confidence { proposition, percent } => {
                let p = rules
                    .propositions
                    .get(proposition.i())
                    .ok_or(Refusal::Unknown(Verb::Confidence))?;
                if !(1..=99).contains(percent) {
                    return Err(Refusal::ConfidenceRange { percent: *percent });
                }
                let open = p.stated
                    && self.judged[*proposition] == 0
                    && self.turn <= p.turn
                    && !self.is_settled(rules, &p.when);
                let refusal = Refusal::PropositionShut { proposition: *proposition };
                if open { Ok(()) } else { Err(refusal) }
            }
        }
    }

    /// Whether the last third of the game has begun: by then it is known what came of it, and points
    /// that are given to that are no guidance.
    pub fn is_late_to_amend(&self, rules: &Rules) -> bool {
        usize::from(self.turn) * 3 >= rules.played() * 2
    }

    /// The guards that need no more than the kind of order.
    pub(super) fn may_order(&self, rules: &Rules, verb: Verb) -> Result<(), Refusal> {
        if self.is_over() {
            return Err(Refusal::Over);
        }
        if verb != Verb::End && self.orders >= MAX_ORDERS {
            return Err(Refusal::TooManyOrders { most: MAX_ORDERS });
        }
        match verb {
            Verb::Guide if self.guided => Err(Refusal::GuidanceDone),
            Verb::Guide if self.turn != 0 => Err(Refusal::GuidanceLate),
            Verb::Amend if self.turn == 0 => Err(Refusal::AmendEarly),
            Verb::Amend if self.amended => Err(Refusal::AmendDone),
            Verb::Amend if self.is_late_to_amend(rules) => Err(Refusal::AmendLate),
            Verb::Forecast => Err(Refusal::ForecastOff),
            Verb::Guide
            | Verb::Amend
            | Verb::Propose
            | Verb::Withdraw
            | Verb::Task
            | Verb::Ask
            | Verb::Promise
            | Verb::Answer
            | Verb::Reform
            | Verb::Confidence
            | Verb::Build
            | Verb::End => Ok(()),
        }
    }

    fn validate_proposal(&self, rules: &Rules, p: &Proposal) -> Result<(), Refusal> {
        let (instrument, target) = (p.instrument, p.target);
        let ins = rules.instruments.get(instrument.i()).ok_or(Refusal::Unknown(Verb::Propose))?;
        if target.i() >= rules.targets.len() || p.venue.i() >= rules.venues.len() {
            return Err(Refusal::Unknown(Verb::Propose));
        }
        self.validate_launch(rules, instrument, target)?;
        self.validate_room()?;
        let of = self.standing(rules, instrument, target);
        for (n, at) in p.terms.iter().enumerate() {
            if n < ins.slots.len() || *at != 0 {
                self.term(rules, instrument, of, n, *at)?;
            }
        }
        if of.is_some_and(|m| m.terms == p.terms) {
            return Err(Refusal::SameTerms { instrument, target });
        }
        self.validate_venue(rules, instrument, p.venue)?;
        let (staff, capital) = self.price(rules, p);
        self.afford(rules, staff, capital)
    }

    /// Whether the agenda has room.
    pub(super) fn validate_room(&self) -> Result<(), Refusal> {
        let full = Refusal::AgendaFull { most: MAX_AGENDA as u8 };
        if self.agenda.is_full() { Err(full) } else { Ok(()) }
    }

    /// Instrument and target alone: everything that terms and venue do not change.
    pub(super) fn validate_aim(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Result<(), Refusal> {
        let ins = &rules.instruments[instrument];
        let bit = 1 << target.0;
        if !ins.yours {
            return Err(Refusal::NotYours { instrument });
        }
        if ins.targets & bit == 0 {
            return Err(Refusal::WrongKind { instrument, target });
        }
        let menu = self.menu();
        if menu.known & bit == 0 {
            return Err(Refusal::NotYetKnown { target });
        }
        // What stands already is in want of nothing but new terms.
        let stands = self.stands(rules, instrument, target);
        if stands && self.revisable(rules, instrument, target).is_none() {
            return Err(Refusal::AlreadyStanding { instrument, target });
        }
        met(menu.instruments[instrument], |need| Refusal::Needs { instrument, need })?;
        if menu.open[instrument] & bit == 0 {
            let role = self.easiest_role(rules, instrument, target);
            let refusal = role.map_or(Refusal::WrongKind { instrument, target }, |role| {
                let (role, needs, has) = role;
                Refusal::Gate { instrument, target, role, needs, has }
            });
            return Err(refusal);
        }
        if self.agenda.iter().any(|a| a.proposal.aims(instrument, target)) {
            return Err(Refusal::AlreadyOnAgenda { instrument, target });
        }
        Ok(())
    }

    /// The same for a proposal: the file it rests on lies ready.
    pub(super) fn validate_launch(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Result<(), Refusal> {
        self.validate_aim(rules, instrument, target)?;
        // New terms need no new file.
        if self.has_file(rules, instrument, target) || self.stands(rules, instrument, target) {
            return Ok(());
        }
        let begun = self.shelved(instrument, target).is_some();
        Err(Refusal::NotBuilt { instrument, target, begun })
    }

    /// Whether the lead can be had to build a file for the pair: the law asks the same of it as of
    /// the proposal.
    pub(super) fn validate_building(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Result<(), Refusal> {
        let ins = rules.instruments.get(instrument.i()).ok_or(Refusal::Unknown(Verb::Build))?;
        if target.i() >= rules.targets.len() {
            return Err(Refusal::Unknown(Verb::Build));
        }
        let Some(building) = &ins.building else {
            return Err(Refusal::NothingToBuild { instrument });
        };
        if self.stands(rules, instrument, target) {
            return Err(Refusal::AlreadyStanding { instrument, target });
        }
        self.validate_aim(rules, instrument, target)?;
        let ready = self.ready_by_others(rules, instrument, target) == 100;
        if ready || self.shelved(instrument, target).is_some() {
            return Err(Refusal::FileStands { instrument, target });
        }
        if self.red_line(rules, instrument, ins.lead).is_some() {
            return Err(Refusal::LeadRefuses { instrument });
        }
        if self.shelf.is_full() {
            return Err(Refusal::ShelfFull { most: MAX_SHELF as u8 });
        }
        self.afford(rules, building.staff.into(), building.capital.into())
    }

    /// Whether a measure of the pair is under way or in force, and that is in the way of another.
    fn stands(&self, rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> bool {
        let of_pair = |m: &super::items::Measure| m.is_of(instrument, target);
        !rules.instruments[instrument].unlimited && self.measures.iter().any(of_pair)
    }

    /// Targets at which the instrument may be proposed now, as masks, those that `validate_launch`
    /// accepts: at which nothing of it stands, and at which something does that may be given new
    /// terms.
    pub(super) fn aims(&self, rules: &Rules, instrument: InstrumentIx) -> (u32, u32) {
        let ins = &rules.instruments[instrument];
        let mut mask = if ins.yours { self.targets_open(instrument) } else { 0 };
        for a in self.agenda.iter().filter(|a| a.proposal.instrument == instrument) {
            mask &= !(1 << a.proposal.target.0);
        }
        let mut revisable = 0;
        for m in self.measures.iter().filter(|m| m.instrument == instrument && !ins.unlimited) {
            let bit = 1 << m.target.0;
            if mask & bit != 0 && self.revisable(rules, instrument, m.target).is_some() {
                revisable |= bit;
            }
            mask &= !bit;
        }
        if ins.building.is_some() {
            let mut left = mask;
            while left != 0 {
                let target = TargetIx::at(left.trailing_zeros() as usize);
                left &= left - 1;
                if !self.has_file(rules, instrument, target) {
                    mask &= !(1 << target.0);
                }
            }
        }
        (mask, revisable)
    }

    pub(super) fn validate_venue(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        venue: VenueIx,
    ) -> Result<(), Refusal> {
        let need = rules.venues[venue].needs_authority;
        let authority = authority_of(rules, instrument);
        let have = self.value[authority];
        let shut = Refusal::VenueShut { venue, authority, need, have };
        if have < need { Err(shut) } else { Ok(()) }
    }

    pub(super) fn validate_task(
        &self,
        rules: &Rules,
        task: TaskIx,
        campaign: Option<CampaignIx>,
    ) -> Result<(), Refusal> {
        let t = rules.tasks.get(task.i()).ok_or(Refusal::Unknown(Verb::Task))?;
        let bit = match (t.on_campaign, campaign) {
            (true, Some(c)) if c.i() < rules.campaigns.len() => c.0,
            (false, None) => 0,
            _ => return Err(Refusal::TaskTarget { task }),
        };
        if self.active_tasks.iter().any(|r| r.task == task && r.campaign == campaign) {
            return Err(Refusal::TaskRunning { task });
        }
        if self.active_tasks.is_full() {
            return Err(Refusal::TooManyTasks { most: MAX_ACTIVE_TASKS as u8 });
        }
        if t.times != 0 && self.tasks_begun[task] >= t.times {
            return Err(Refusal::TaskSpent { task });
        }
        let menu = self.menu();
        met(menu.tasks[task], |need| Refusal::TaskNeeds { task, need })?;
        if menu.task_on[task] & (1 << bit) == 0 {
            return Err(Refusal::TaskSpent { task });
        }
        self.afford(rules, t.staff.into(), t.capital.into())
    }

    fn validate_answer(&self, rules: &Rules, event: EventIx, choice: u8) -> Result<(), Refusal> {
        let at = self.prompts.iter().position(|p| p.event == event);
        let at = at.ok_or(Refusal::NotAsked { event })?;
        if self.prompts[at].choice != NONE {
            return Err(Refusal::AlreadyAnswered { event });
        }
        let c = rules.events[event].choices.get(usize::from(choice));
        let c = c.ok_or(Refusal::NoSuchChoice { event })?;
        let need = self.menu().choices[at][usize::from(choice)];
        met(need, |need| Refusal::ChoiceNeeds { event, choice, need })?;
        self.afford(rules, c.staff.into(), c.capital.into())
    }

    pub(super) fn afford(&self, rules: &Rules, staff: u32, capital: u32) -> Result<(), Refusal> {
        for (resource, need) in [(rules.roles.staff, staff), (rules.roles.capital, capital)] {
            let need = i32::try_from(need).unwrap_or(i32::MAX).saturating_mul(ONE);
            let have = self.value[resource];
            if need > have {
                return Err(Refusal::CannotAfford { resource, need, have });
            }
        }
        Ok(())
    }

    /// Staff and capital at hand, in whole ones.
    pub(super) fn purse(&self, rules: &Rules) -> (u32, u32) {
        let whole = |i: IndicatorIx| u32::try_from(self.value[i] / ONE).unwrap_or(0);
        (whole(rules.roles.staff), whole(rules.roles.capital))
    }
}

/// `need` of a menu as a guard.
fn met(need: u8, refusal: impl Fn(u8) -> Refusal) -> Result<(), Refusal> {
    if need == MET { Ok(()) } else { Err(refusal(need)) }
}

fn check_points(rules: &Rules, points: [u8; limits::LENSES]) -> Result<(), Refusal> {
    let lenses = rules.lenses.len();
    if let Some(lens) = points.iter().position(|p| *p > MOST_POINTS) {
        return Err(Refusal::GuidanceHigh { lens: LensIx::at(lens) });
    }
    let sum: u8 = points.iter().sum();
    if sum != POINTS || points[lenses..].iter().any(|p| *p > 0) {
        return Err(Refusal::GuidanceSum { sum: points[..lenses].iter().sum() });
    }
    let funded = byte(points.iter().filter(|p| **p > 0).count());
    if funded < LEAST_FUNDED {
        return Err(Refusal::GuidanceThin { funded });
    }
    Ok(())
}

/// The part of the capital price that comes back after a refusal, in thousandths.
pub fn refund(rules: &Rules, capital: u8) -> Milli {
    ratio(i64::from(capital) * i64::from(ONE), i64::from(rules.tuning.refund), i64::from(ONE))
}
