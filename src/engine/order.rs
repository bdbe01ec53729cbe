//! Orders and refusals: the closed list of what the player can do and of why not.
//!
//! Owns `validate` (is this order legal now, and if not, why) and the two halves of `apply` that
//! concern orders. Everything an order does at once is visible and certain: it draws no luck and
//! shows nothing hidden.

use serde::Serialize;

use crate::num::{Milli, ONE, ratio};
use crate::scenario::model::{
    AgencyIx, AskIx, CampaignIx, EventIx, IndicatorIx, InstrumentIx, LensIx, PromiseIx,
    PropositionIx, ReformIx, Role, Rules, TargetIx, TaskIx, TermIx, TermValue, VenueIx, limits,
};
use crate::scenario::wire;

use super::ledger::{Cause, Note, Origin, Sink};
use super::situation::{ActiveTask, Agenda, Commitment, NONE, Situation};

pub const MAX_ORDERS: u8 = 64;
pub const MAX_AGENDA: usize = 6;
pub const MAX_COMMITMENTS: usize = 8;
pub const MAX_ACTIVE_TASKS: usize = 10;

/// A draft measure: instrument, target, terms by slot (positions in the slot's values), venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Proposal {
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    pub terms: [u8; limits::SLOTS],
    pub venue: VenueIx,
}

impl Proposal {
    /// Its terms: by slot, the position taken and the value that stands there.
    #[inline]
    pub fn values<'r>(
        &self,
        rules: &'r Rules,
    ) -> impl Iterator<Item = (u8, &'r TermValue)> + use<'r> {
        let slots = &rules.instruments[self.instrument].slots;
        slots.iter().zip(self.terms).map(|(slot, at)| {
            (at, &rules.terms[slot.term].values[usize::from(slot.values[usize::from(at)])])
        })
    }
}

/// The closed, append-only set of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    Guide([u8; limits::LENSES]),
    Amend([u8; limits::LENSES]),
    Propose(Proposal),
    Withdraw { instrument: InstrumentIx, target: TargetIx },
    Task { task: TaskIx, campaign: Option<CampaignIx> },
    Ask(AskIx),
    Promise { promise: PromiseIx, to: AgencyIx },
    Answer { event: EventIx, choice: u8 },
    Reform(ReformIx),
    Confidence { proposition: PropositionIx, percent: u8 },
    Forecast(Proposal),
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Verb {
    Guide,
    Amend,
    Propose,
    Withdraw,
    Task,
    Ask,
    Promise,
    Answer,
    Reform,
    Confidence,
    Forecast,
    End,
}

impl Verb {
    pub const ALL: [Verb; 12] = [
        Verb::Guide,
        Verb::Amend,
        Verb::Propose,
        Verb::Withdraw,
        Verb::Task,
        Verb::Ask,
        Verb::Promise,
        Verb::Answer,
        Verb::Reform,
        Verb::Confidence,
        Verb::Forecast,
        Verb::End,
    ];
}

impl Order {
    pub fn verb(&self) -> Verb {
        match self {
            Order::Guide(_) => Verb::Guide,
            Order::Amend(_) => Verb::Amend,
            Order::Propose(_) => Verb::Propose,
            Order::Withdraw { .. } => Verb::Withdraw,
            Order::Task { .. } => Verb::Task,
            Order::Ask(_) => Verb::Ask,
            Order::Promise { .. } => Verb::Promise,
            Order::Answer { .. } => Verb::Answer,
            Order::Reform(_) => Verb::Reform,
            Order::Confidence { .. } => Verb::Confidence,
            Order::Forecast(_) => Verb::Forecast,
            Order::End => Verb::End,
        }
    }
}

/// Why an order is refused, with the numbers that would unblock it. Closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The game is over.
    #[default]
    Over,
    TooManyOrders {
        most: u8,
    },
    /// An index that names nothing in these rules.
    Unknown(Verb),
    CannotAfford {
        resource: IndicatorIx,
        #[serde(serialize_with = "wire::decimal")]
        need: Milli,
        #[serde(serialize_with = "wire::decimal")]
        have: Milli,
    },
    AgendaFull {
        most: u8,
    },
    AlreadyOnAgenda {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    /// The same measure is under way or in force.
    AlreadyStanding {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    /// Its lead decides by itself; you may only ask.
    NotYours {
        instrument: InstrumentIx,
    },
    WrongKind {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    /// The target is not on the board yet.
    NotYetKnown {
        target: TargetIx,
    },
    /// A condition of the instrument: position in its `needs`.
    Needs {
        instrument: InstrumentIx,
        need: u8,
    },
    /// The law: the easiest role, what it needs and what there is (thousandths).
    Gate {
        instrument: InstrumentIx,
        target: TargetIx,
        role: Role,
        #[serde(serialize_with = "wire::decimal")]
        needs: Milli,
        #[serde(serialize_with = "wire::decimal")]
        has: Milli,
    },
    TermNotOffered {
        instrument: InstrumentIx,
        slot: u8,
    },
    /// The value of the term is not on offer now.
    TermShut {
        term: TermIx,
        value: u8,
    },
    VenueShut {
        venue: VenueIx,
        #[serde(serialize_with = "wire::decimal")]
        need: Milli,
        #[serde(serialize_with = "wire::decimal")]
        have: Milli,
    },
    NothingToWithdraw {
        instrument: InstrumentIx,
        target: TargetIx,
    },
    TaskNeeds {
        task: TaskIx,
        need: u8,
    },
    TaskRunning {
        task: TaskIx,
    },
    /// Nothing more to be found that way.
    TaskSpent {
        task: TaskIx,
    },
    TaskTarget {
        task: TaskIx,
    },
    TooManyTasks {
        most: u8,
    },
    AskNeeds {
        ask: AskIx,
        need: u8,
    },
    AskSpent {
        ask: AskIx,
    },
    PromiseNotTo {
        promise: PromiseIx,
        agency: AgencyIx,
    },
    PromiseNeeds {
        promise: PromiseIx,
        need: u8,
    },
    PromiseStands {
        promise: PromiseIx,
    },
    TooManyPromises {
        most: u8,
    },
    NotAsked {
        event: EventIx,
    },
    NoSuchChoice {
        event: EventIx,
    },
    ChoiceNeeds {
        event: EventIx,
        choice: u8,
        need: u8,
    },
    AlreadyAnswered {
        event: EventIx,
    },
    ReformNeeds {
        reform: ReformIx,
        need: u8,
    },
    ReformDone {
        reform: ReformIx,
    },
    GuidanceDone,
    GuidanceLate,
    GuidanceSum {
        sum: u8,
    },
    GuidanceHigh {
        lens: LensIx,
    },
    GuidanceThin {
        funded: u8,
    },
    AmendEarly,
    AmendDone,
    ConfidenceRange {
        percent: u8,
    },
    PropositionShut {
        proposition: PropositionIx,
    },
    /// Full forecasts are not part of this version of the rules.
    ForecastOff,
}

/// Guidance: twelve points, 0 to 4 a lens, at least four funded.
pub const POINTS: u8 = 12;
pub const MOST_POINTS: u8 = 4;
pub const LEAST_FUNDED: u8 = 4;

impl Situation {
    /// The only door: carries out the order, or refuses it and changes nothing.
    ///
    /// # Errors
    /// A refusal from the closed list.
    pub fn apply<S: Sink>(
        &mut self,
        rules: &Rules,
        order: &Order,
        sink: &mut S,
    ) -> Result<(), Refusal> {
        self.validate(rules, order)?;
        sink.order(order);
        if matches!(order, Order::End) {
            super::turn::end(rules, self, sink);
            return Ok(());
        }
        self.carry_out(rules, order, sink);
        self.orders += 1;
        Ok(())
    }

    /// Whether the order is legal now. Reads only what the player may know.
    ///
    /// # Errors
    /// A refusal from the closed list.
    pub fn validate(&self, rules: &Rules, order: &Order) -> Result<(), Refusal> {
        self.validate_for::<true>(rules, order)
    }

    /// `validate`; without `WHY` the refusal is some refusal, not the one that explains.
    pub(super) fn validate_for<const WHY: bool>(
        &self,
        rules: &Rules,
        order: &Order,
    ) -> Result<(), Refusal> {
        if self.is_over() {
            return Err(Refusal::Over);
        }
        if matches!(order, Order::End) {
            return Ok(());
        }
        if self.orders >= MAX_ORDERS {
            return Err(Refusal::TooManyOrders { most: MAX_ORDERS });
        }
        match order {
            Order::Guide(points) => {
                if self.guided {
                    return Err(Refusal::GuidanceDone);
                }
                if self.turn != 0 {
                    return Err(Refusal::GuidanceLate);
                }
                check_points(rules, points)
            }
            Order::Amend(points) => {
                if self.turn == 0 {
                    return Err(Refusal::AmendEarly);
                }
                if self.amended {
                    return Err(Refusal::AmendDone);
                }
                check_points(rules, points)
            }
            Order::Propose(p) => self.validate_proposal::<WHY>(rules, p),
            Order::Forecast(_) => Err(Refusal::ForecastOff),
            Order::Withdraw { instrument, target } => {
                let stands = self
                    .measures()
                    .iter()
                    .any(|m| m.instrument == *instrument && m.target == *target && !m.withdrawn);
                if stands {
                    Ok(())
                } else {
                    Err(Refusal::NothingToWithdraw { instrument: *instrument, target: *target })
                }
            }
            Order::Task { task, campaign } => self.validate_task::<WHY>(rules, *task, *campaign),
            Order::Ask(ask) => {
                let a = rules.asks.get(ask.i()).ok_or(Refusal::Unknown(Verb::Ask))?;
                if self.asked[*ask] >= a.times {
                    return Err(Refusal::AskSpent { ask: *ask });
                }
                if self.menu.asks & (1 << ask.0) == 0 {
                    return Err(Refusal::AskNeeds {
                        ask: *ask,
                        need: self.first_unmet::<WHY>(rules, &a.needs),
                    });
                }
                self.afford(rules, u32::from(a.staff), u32::from(a.capital))
            }
            Order::Promise { promise, to } => {
                let p = rules.promises.get(promise.i()).ok_or(Refusal::Unknown(Verb::Promise))?;
                if !p.to.contains(to) {
                    return Err(Refusal::PromiseNotTo { promise: *promise, agency: *to });
                }
                if self.commitments().iter().any(|d| d.promise == *promise) {
                    return Err(Refusal::PromiseStands { promise: *promise });
                }
                if self.commitments_len as usize >= MAX_COMMITMENTS {
                    return Err(Refusal::TooManyPromises { most: MAX_COMMITMENTS as u8 });
                }
                if self.menu.promises & (1 << promise.0) == 0 {
                    return Err(Refusal::PromiseNeeds {
                        promise: *promise,
                        need: self.first_unmet::<WHY>(rules, &p.needs),
                    });
                }
                Ok(())
            }
            Order::Answer { event, choice } => {
                let prompt = self
                    .prompts()
                    .iter()
                    .position(|p| p.event == *event)
                    .ok_or(Refusal::NotAsked { event: *event })?;
                if self.prompts[prompt].choice != NONE {
                    return Err(Refusal::AlreadyAnswered { event: *event });
                }
                let c = rules.events[*event]
                    .choices
                    .get(usize::from(*choice))
                    .ok_or(Refusal::NoSuchChoice { event: *event })?;
                if self.menu.choices[prompt] & (1 << choice) == 0 {
                    return Err(Refusal::ChoiceNeeds {
                        event: *event,
                        choice: *choice,
                        need: self.first_unmet::<WHY>(rules, &c.needs),
                    });
                }
                self.afford(rules, u32::from(c.staff), u32::from(c.capital))
            }
            Order::Reform(reform) => {
                let r = rules.reforms.get(reform.i()).ok_or(Refusal::Unknown(Verb::Reform))?;
                if self.reform_due[*reform] != i16::MAX {
                    return Err(Refusal::ReformDone { reform: *reform });
                }
                if self.menu.reforms & (1 << reform.0) == 0 {
                    return Err(Refusal::ReformNeeds {
                        reform: *reform,
                        need: self.first_unmet::<WHY>(rules, &r.needs),
                    });
                }
                self.afford(rules, u32::from(r.staff), u32::from(r.capital))
            }
            Order::Confidence { proposition, percent } => {
                let p = rules
                    .propositions
                    .get(proposition.i())
                    .ok_or(Refusal::Unknown(Verb::Confidence))?;
                if !(1..=99).contains(percent) {
                    return Err(Refusal::ConfidenceRange { percent: *percent });
                }
                let open = p.stated && self.judged[*proposition] == 0 && self.turn <= p.turn;
                if open {
                    Ok(())
                } else {
                    Err(Refusal::PropositionShut { proposition: *proposition })
                }
            }
            Order::End => Ok(()),
        }
    }

    fn validate_proposal<const WHY: bool>(
        &self,
        rules: &Rules,
        p: &Proposal,
    ) -> Result<(), Refusal> {
        let (instrument, target) = (p.instrument, p.target);
        let ins = rules.instruments.get(instrument.i()).ok_or(Refusal::Unknown(Verb::Propose))?;
        if target.i() >= rules.targets.len() || p.venue.i() >= rules.venues.len() {
            return Err(Refusal::Unknown(Verb::Propose));
        }
        self.validate_aim::<WHY>(rules, instrument, target)?;
        if self.agenda_len as usize >= MAX_AGENDA {
            return Err(Refusal::AgendaFull { most: MAX_AGENDA as u8 });
        }
        for (slot, at) in p.terms.iter().enumerate() {
            match ins.slots.get(slot) {
                Some(s) => {
                    let value = *s
                        .values
                        .get(usize::from(*at))
                        .ok_or(Refusal::TermNotOffered { instrument, slot: slot as u8 })?;
                    if self.menu.terms[s.term] & (1 << value) == 0 {
                        return Err(Refusal::TermShut { term: s.term, value });
                    }
                }
                None if *at != 0 => {
                    return Err(Refusal::TermNotOffered { instrument, slot: slot as u8 });
                }
                None => {}
            }
        }
        self.validate_venue(rules, instrument, p.venue)?;
        let (staff, capital) = price(rules, p);
        self.afford(rules, staff, capital)
    }

    /// Instrument and target alone: everything that terms and venue do not change.
    pub(super) fn validate_aim<const WHY: bool>(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Result<(), Refusal> {
        let ins = &rules.instruments[instrument];
        if !ins.yours {
            return Err(Refusal::NotYours { instrument });
        }
        if ins.targets & (1 << target.0) == 0 {
            return Err(Refusal::WrongKind { instrument, target });
        }
        if self.menu.known & (1 << target.0) == 0 {
            return Err(Refusal::NotYetKnown { target });
        }
        if self.menu.open[instrument] & (1 << target.0) == 0 {
            if !WHY {
                return Err(Refusal::Needs { instrument, need: 0 });
            }
            if let Some(need) = self.unmet(rules, &ins.needs) {
                return Err(Refusal::Needs { instrument, need });
            }
            if let Some((role, needs, has)) = self.easiest_role(rules, instrument, target) {
                return Err(Refusal::Gate { instrument, target, role, needs, has });
            }
        }
        if self
            .agenda()
            .iter()
            .any(|a| a.proposal.instrument == instrument && a.proposal.target == target)
        {
            return Err(Refusal::AlreadyOnAgenda { instrument, target });
        }
        if !ins.unlimited
            && self.measures().iter().any(|m| m.instrument == instrument && m.target == target)
        {
            return Err(Refusal::AlreadyStanding { instrument, target });
        }
        Ok(())
    }

    pub(super) fn validate_venue(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        venue: VenueIx,
    ) -> Result<(), Refusal> {
        let need = rules.venues[venue].needs_authority;
        let have = self.authority(rules, instrument);
        if have < need { Err(Refusal::VenueShut { venue, need, have }) } else { Ok(()) }
    }

    /// Venues whose authority the coordinator has on that side: a mask.
    pub(super) fn venues_open(&self, rules: &Rules, economic: bool) -> u8 {
        let have = self.value[super::condition::authority_on(rules, economic)];
        rules
            .venues
            .iter()
            .enumerate()
            .fold(0, |m, (n, v)| m | u8::from(have >= v.needs_authority) << n)
    }

    pub(super) fn validate_task<const WHY: bool>(
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
        if self.active_tasks().iter().any(|r| r.task == task && r.campaign == campaign) {
            return Err(Refusal::TaskRunning { task });
        }
        if self.active_tasks_len as usize >= MAX_ACTIVE_TASKS {
            return Err(Refusal::TooManyTasks { most: MAX_ACTIVE_TASKS as u8 });
        }
        if t.times != 0 && self.tasks_begun[task] >= t.times {
            return Err(Refusal::TaskSpent { task });
        }
        if self.menu.tasks[task] & (1 << bit) == 0 {
            if WHY && let Some(need) = self.unmet(rules, &t.needs) {
                return Err(Refusal::TaskNeeds { task, need });
            }
            return Err(Refusal::TaskSpent { task });
        }
        self.afford(rules, u32::from(t.staff), u32::from(t.capital))
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
                let (staff, capital) = price(rules, p);
                self.pay(rules, staff, capital, verb, sink);
                self.agenda[self.agenda_len as usize] = Agenda {
                    proposal: *p,
                    capital: u8::try_from(capital).unwrap_or(u8::MAX),
                    index,
                };
                self.agenda_len += 1;
            }
            Order::Withdraw { instrument, target } => {
                let n = self.measures_len as usize;
                if let Some(m) = self.measures[..n]
                    .iter_mut()
                    .find(|m| m.instrument == *instrument && m.target == *target && !m.withdrawn)
                {
                    m.withdrawn = true;
                    m.withdrawn_by = origin;
                }
            }
            Order::Task { task, campaign } => {
                let t = &rules.tasks[*task];
                self.pay(rules, u32::from(t.staff), u32::from(t.capital), verb, sink);
                self.active_tasks[self.active_tasks_len as usize] =
                    ActiveTask { task: *task, campaign: *campaign, due: NOT_DRAWN, origin };
                self.active_tasks_len += 1;
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
                let until = self.day.saturating_add(i16::try_from(p.lasts).unwrap_or(i16::MAX));
                self.commitments[self.commitments_len as usize] =
                    Commitment { promise: *promise, to: *to, until, origin };
                self.commitments_len += 1;
                self.promised |= 1 << promise.0;
            }
            Order::Answer { event, choice } => {
                let c = &rules.events[*event].choices[usize::from(*choice)];
                self.pay(rules, u32::from(c.staff), u32::from(c.capital), verb, sink);
                let n = self.prompts_len as usize;
                if rules.events[*event].at_once {
                    self.answer_now(rules, *event, *choice, origin, sink);
                } else if let Some(p) = self.prompts[..n].iter_mut().find(|p| p.event == *event) {
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
                self.stated[*proposition] = *percent;
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
        let len = self.prompts_len as usize;
        let Some(n) = self.prompts[..len].iter().position(|p| p.event == event) else { return };
        let Some(c) = e.choices.get(usize::from(choice)) else { return };
        sink.note(self.turn, Note::Chose { event, choice, by_player: true });
        self.chose[event] = choice;
        self.move_all(rules, &c.moves, Cause::Choice(event, choice), origin, sink);
        self.also(rules, &c.also, origin, e.site, sink);
        self.prompts[n..len].rotate_left(1);
        self.menu.choices[n..len].rotate_left(1);
        self.prompts_len -= 1;
    }

    pub(super) fn decision(&self) -> Origin {
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

/// A due day that is drawn when the turn ends: orders draw no luck.
pub const NOT_DRAWN: i16 = i16::MIN;

fn check_points(rules: &Rules, points: &[u8; limits::LENSES]) -> Result<(), Refusal> {
    let lenses = rules.lenses.len();
    if let Some(lens) = points.iter().position(|p| *p > MOST_POINTS) {
        return Err(Refusal::GuidanceHigh { lens: LensIx::at(lens) });
    }
    let sum: u8 = points.iter().sum();
    if sum != POINTS || points[lenses..].iter().any(|p| *p > 0) {
        return Err(Refusal::GuidanceSum { sum: points[..lenses].iter().sum() });
    }
    let funded = u8::try_from(points.iter().filter(|p| **p > 0).count()).unwrap_or(0);
    if funded < LEAST_FUNDED {
        return Err(Refusal::GuidanceThin { funded });
    }
    Ok(())
}

/// What a proposal costs: staff and capital, venue and terms included.
pub fn price(rules: &Rules, p: &Proposal) -> (u32, u32) {
    let ins = &rules.instruments[p.instrument];
    let venue = &rules.venues[p.venue];
    let mut staff = u32::from(ins.staff) + u32::from(venue.staff);
    let mut capital = u32::from(ins.capital) + u32::from(venue.capital);
    for (_, value) in p.values(rules) {
        staff += u32::from(value.staff);
        capital += u32::from(value.capital);
    }
    (staff, capital)
}

/// The part of the capital price that comes back after a refusal, in thousandths.
pub fn refund(rules: &Rules, capital: u8) -> Milli {
    ratio(i64::from(capital) * i64::from(ONE), i64::from(rules.tuning.refund), i64::from(ONE))
}
