//! What can be done, factorised by slot: the one source for screens, plain mode, policies and
//! tests.
//!
//! A draft is filled slot by slot. A value is on offer exactly when some way of filling the rest
//! makes an order that `validate` accepts, so a draft never runs into a dead end; a value that is
//! not on offer comes with the refusal that explains it.

use crate::num::Milli;
use crate::scenario::model::{
    AgencyIx, AskIx, CampaignIx, EventIx, InstrumentIx, PromiseIx, PropositionIx, ReformIx, Rules,
    TargetIx, TaskIx, VenueIx, limits,
};

use super::order::{
    LEAST_FUNDED, MAX_AGENDA, MAX_COMMITMENTS, MAX_ORDERS, MOST_POINTS, Order, POINTS, Proposal,
    Refusal, Verb,
};
use super::situation::{MAX_PROMPTS, NONE, Situation};

/// What the turn offers before any order: a function of the situation as the turn opened.
/// Conditions of instruments, terms, tasks, asks, promises, reforms and choices are read once,
/// here.
#[derive(Debug, Clone, Copy)]
pub struct Menu {
    /// Targets on the board.
    pub known: u32,
    /// Targets each instrument may aim at by law and by its needs.
    pub open: [u32; limits::INSTRUMENTS],
    /// Values of each term on offer.
    pub terms: [u8; limits::TERMS],
    /// Campaigns each task can bring something about (bit 0 for tasks that have none).
    pub tasks: [u8; limits::TASKS],
    pub asks: u32,
    pub promises: u32,
    pub reforms: u32,
    /// Choices of each prompt.
    pub choices: [u8; MAX_PROMPTS],
    /// Values as the turn opened.
    pub opened: [Milli; limits::INDICATORS],
    /// Least staff and capital each instrument costs with the terms and venues on offer.
    least: [(u8, u8); limits::INSTRUMENTS],
    /// Instruments whose least staff and least capital cannot be had together.
    mixed: u32,
    /// Instruments with a term none of whose values is on offer, or no venue.
    shut: u32,
    /// Venues open to the security side and to the economic side, as masks.
    venues: [u8; 2],
}

impl Default for Menu {
    fn default() -> Self {
        Menu {
            known: 0,
            open: [0; limits::INSTRUMENTS],
            terms: [0; limits::TERMS],
            tasks: [0; limits::TASKS],
            asks: 0,
            promises: 0,
            reforms: 0,
            choices: [0; MAX_PROMPTS],
            opened: [0; limits::INDICATORS],
            least: [(0, 0); limits::INSTRUMENTS],
            mixed: 0,
            shut: 0,
            venues: [0; 2],
        }
    }
}

impl Menu {
    pub(super) fn new(rules: &Rules, s: &Situation) -> Menu {
        let plan = &rules.plan;
        let mut m = Menu {
            opened: s.value,
            known: plan.known,
            terms: plan.terms,
            asks: plan.asks,
            promises: plan.promises,
            reforms: plan.reforms,
            ..Menu::default()
        };
        let mut campaigns = plan.campaigns;
        for (n, c) in rules.campaigns.iter().enumerate() {
            if campaigns & (1 << n) == 0 && s.all(rules, &c.appears) {
                campaigns |= 1 << n;
            }
        }
        for ix in &plan.known_if {
            let t = &rules.targets[*ix];
            if t.campaign.is_none_or(|c| campaigns & (1 << c.0) != 0) && s.all(rules, &t.appears) {
                m.known |= 1 << ix.0;
            }
        }
        for (ix, v) in &plan.terms_if {
            if s.all(rules, &rules.terms[*ix].values[usize::from(*v)].needs) {
                m.terms[*ix] |= 1 << v;
            }
        }
        m.venues = [false, true].map(|economic| s.venues_open(rules, economic));
        for (n, ins) in rules.instruments.iter().enumerate().filter(|(_, ins)| ins.yours) {
            m.aims(rules, s, n);
            // Prices go by what is on offer, and most turns open on the same terms and venues as
            // the last.
            if (m.terms, m.venues) != (s.menu.terms, s.menu.venues) {
                m.cheapest(
                    rules,
                    InstrumentIx::at(n),
                    m.venues[usize::from(rules.agencies[ins.lead].economic)],
                );
            }
        }
        if (m.terms, m.venues) == (s.menu.terms, s.menu.venues) {
            (m.least, m.mixed, m.shut) = (s.menu.least, s.menu.mixed, s.menu.shut);
        }
        for (n, t) in rules.tasks.iter().enumerate() {
            if s.unmet(rules, &t.needs).is_some() {
                continue;
            }
            if t.on_campaign {
                for c in 0..rules.campaigns.len() {
                    if campaigns & (1 << c) != 0
                        && s.next_item(rules, TaskIx::at(n), CampaignIx::at(c)).is_some()
                    {
                        m.tasks[n] |= 1 << c;
                    }
                }
            } else {
                m.tasks[n] = 1;
            }
        }
        for (n, a) in rules.asks.iter().enumerate() {
            m.asks |= u32::from(!a.needs.is_empty() && s.unmet(rules, &a.needs).is_none()) << n;
        }
        for (n, p) in rules.promises.iter().enumerate() {
            m.promises |= u32::from(!p.needs.is_empty() && s.unmet(rules, &p.needs).is_none()) << n;
        }
        for (n, r) in rules.reforms.iter().enumerate() {
            m.reforms |= u32::from(!r.needs.is_empty() && s.unmet(rules, &r.needs).is_none()) << n;
        }
        for (n, p) in s.prompts().iter().enumerate() {
            let event = &rules.events[p.event];
            for (c, choice) in event.choices.iter().enumerate() {
                if s.unmet(rules, &choice.needs).is_none() {
                    m.choices[n] |= 1 << c;
                }
            }
        }
        m
    }

    /// What an instrument may aim at.
    fn aims(&mut self, rules: &Rules, s: &Situation, n: usize) {
        let (ins, plan) = (&rules.instruments[n], &rules.plan.instruments[n]);
        if s.unmet(rules, &ins.needs).is_some() {
            return;
        }
        let aims = ins.targets & self.known;
        let mut open = aims & plan.free;
        let mut tested = aims & plan.tested;
        while tested != 0 {
            let t = tested.trailing_zeros() as usize;
            tested &= tested - 1;
            open |= u32::from(s.gate_open(rules, InstrumentIx::at(n), TargetIx::at(t))) << t;
        }
        self.open[n] = open;
    }

    /// Least prices by instrument; whether one way of filling the slots has both.
    fn cheapest(&mut self, rules: &Rules, ix: InstrumentIx, open: u8) {
        let ins = &rules.instruments[ix];
        let mut staff = ins.staff;
        let mut capital = ins.capital;
        for slot in &ins.slots {
            let term = &rules.terms[slot.term];
            let offered = self.terms[slot.term];
            let on_offer = slot.values.iter().filter(|v| offered & (1 << **v) != 0).map(|v| {
                (term.values[usize::from(*v)].staff, term.values[usize::from(*v)].capital)
            });
            let Some((a, b)) = self.least_of(ix, on_offer) else { return };
            staff = staff.saturating_add(a);
            capital = capital.saturating_add(b);
        }
        let venues = (0..rules.venues.len())
            .filter(|v| open & (1 << v) != 0)
            .map(|v| (rules.venues[v].staff, rules.venues[v].capital));
        let Some((a, b)) = self.least_of(ix, venues) else { return };
        self.least[ix] = (staff.saturating_add(a), capital.saturating_add(b));
    }

    fn least_of(
        &mut self,
        ix: InstrumentIx,
        prices: impl Iterator<Item = (u8, u8)> + Clone,
    ) -> Option<(u8, u8)> {
        let staff = prices.clone().map(|p| p.0).min();
        let capital = prices.clone().map(|p| p.1).min();
        if let (Some(a), Some(b)) = (staff, capital) {
            if !prices.clone().any(|p| p == (a, b)) {
                self.mixed |= 1 << ix.0;
            }
            Some((a, b))
        } else {
            self.shut |= 1 << ix.0;
            None
        }
    }
}

/// The slots of a draft, in the order they are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Verb,
    /// Instrument, task, ask, promise, event, reform or proposition.
    Subject,
    /// Target, campaign, agency or choice.
    Object,
    /// Term slot n of a proposal, or lens n of a guidance.
    Part(u8),
    Venue,
    Number,
}

/// An order being filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Draft {
    pub verb: Option<Verb>,
    pub subject: Option<u8>,
    pub object: Option<u8>,
    pub parts: [Option<u8>; limits::LENSES],
    pub venue: Option<u8>,
    pub number: Option<u8>,
}

impl Draft {
    pub fn of(verb: Verb) -> Draft {
        Draft { verb: Some(verb), ..Draft::default() }
    }

    /// The next slot to fill, or none if the draft is an order.
    pub fn next(&self, rules: &Rules) -> Option<Slot> {
        let Some(verb) = self.verb else { return Some(Slot::Verb) };
        let parts = match verb {
            Verb::End | Verb::Forecast => return None,
            Verb::Guide | Verb::Amend => rules.lenses.len(),
            Verb::Propose => {
                let Some(subject) = self.subject else { return Some(Slot::Subject) };
                if self.object.is_none() {
                    return Some(Slot::Object);
                }
                rules.instruments[usize::from(subject)].slots.len()
            }
            Verb::Withdraw | Verb::Task | Verb::Promise | Verb::Answer => {
                if self.subject.is_none() {
                    return Some(Slot::Subject);
                }
                return self.object.is_none().then_some(Slot::Object);
            }
            Verb::Ask | Verb::Reform => return self.subject.is_none().then_some(Slot::Subject),
            Verb::Confidence => {
                if self.subject.is_none() {
                    return Some(Slot::Subject);
                }
                return self.number.is_none().then_some(Slot::Number);
            }
        };
        for n in 0..parts {
            if self.parts[n].is_none() {
                return Some(Slot::Part(u8::try_from(n).unwrap_or(0)));
            }
        }
        (verb == Verb::Propose && self.venue.is_none()).then_some(Slot::Venue)
    }

    pub fn set(&mut self, slot: Slot, value: u8) {
        match slot {
            Slot::Verb => self.verb = Verb::ALL.get(usize::from(value)).copied(),
            Slot::Subject => self.subject = Some(value),
            Slot::Object => self.object = Some(value),
            Slot::Part(n) => self.parts[usize::from(n)] = Some(value),
            Slot::Venue => self.venue = Some(value),
            Slot::Number => self.number = Some(value),
        }
    }

    /// The order, if every slot is filled.
    pub fn order(&self, rules: &Rules) -> Option<Order> {
        if self.next(rules).is_some() {
            return None;
        }
        let points = || self.parts.map(|p| p.unwrap_or(0));
        Some(match self.verb? {
            Verb::End => Order::End,
            Verb::Forecast => Order::Forecast(Proposal::default()),
            Verb::Guide => Order::Guide(points()),
            Verb::Amend => Order::Amend(points()),
            Verb::Propose => Order::Propose(self.proposal()?),
            Verb::Withdraw => Order::Withdraw {
                instrument: InstrumentIx(self.subject?),
                target: TargetIx(self.object?),
            },
            Verb::Task => Order::Task {
                task: TaskIx(self.subject?),
                campaign: self.object.filter(|o| *o != NONE).map(CampaignIx),
            },
            Verb::Ask => Order::Ask(AskIx(self.subject?)),
            Verb::Promise => {
                Order::Promise { promise: PromiseIx(self.subject?), to: AgencyIx(self.object?) }
            }
            Verb::Answer => Order::Answer { event: EventIx(self.subject?), choice: self.object? },
            Verb::Reform => Order::Reform(ReformIx(self.subject?)),
            Verb::Confidence => Order::Confidence {
                proposition: PropositionIx(self.subject?),
                percent: self.number?,
            },
        })
    }

    /// The proposal of a full draft (open term slots at the lead's draft).
    pub fn proposal(&self) -> Option<Proposal> {
        let mut terms = [0; limits::SLOTS];
        for (t, p) in terms.iter_mut().zip(self.parts) {
            *t = p.unwrap_or(0);
        }
        Some(Proposal {
            instrument: InstrumentIx(self.subject?),
            target: TargetIx(self.object?),
            terms,
            venue: VenueIx(self.venue?),
        })
    }
}

/// Gives every value of the slot with whether it is on offer now.
pub fn options(
    rules: &Rules,
    s: &Situation,
    draft: &Draft,
    slot: Slot,
    give: impl FnMut(u8, Result<(), Refusal>),
) {
    options_for::<true>(rules, s, draft, slot, give);
}

/// Gives the values of the slot that are on offer now: `options` for those who do not ask why not.
pub fn offered(rules: &Rules, s: &Situation, draft: &Draft, slot: Slot, mut give: impl FnMut(u8)) {
    options_for::<false>(rules, s, draft, slot, |value, open| {
        if open.is_ok() {
            give(value);
        }
    });
}

fn options_for<const WHY: bool>(
    rules: &Rules,
    s: &Situation,
    draft: &Draft,
    slot: Slot,
    mut give: impl FnMut(u8, Result<(), Refusal>),
) {
    match slot {
        Slot::Verb => {
            for (n, verb) in Verb::ALL.iter().enumerate() {
                give(n as u8, verb_open_for::<WHY>(rules, s, *verb));
            }
        }
        Slot::Subject => subjects::<WHY>(rules, s, draft, &mut |n, r| {
            give(n, r);
            true
        }),
        Slot::Object => objects::<WHY>(rules, s, draft, give),
        Slot::Part(n) => match draft.verb {
            Some(Verb::Guide | Verb::Amend) => points(rules, draft, n, give),
            _ => term_values(rules, s, draft, n, give),
        },
        Slot::Venue => {
            let Some(subject) = draft.subject else { return };
            let ix = InstrumentIx(subject);
            for n in 0..rules.venues.len() {
                let venue = VenueIx::at(n);
                let open = s.validate_venue(rules, ix, venue).and_then(|()| {
                    let mut d = *draft;
                    d.venue = Some(venue.0);
                    let Some(p) = d.proposal() else { return Ok(()) };
                    let (staff, capital) = super::order::price(rules, &p);
                    s.afford(rules, staff, capital)
                });
                give(venue.0, open);
            }
        }
        Slot::Number => {
            for n in 1..=99 {
                give(n, Ok(()));
            }
        }
    }
}

/// Whether any order with this verb is legal now; if not, why (the first reason met).
pub fn verb_open(rules: &Rules, s: &Situation, verb: Verb) -> Result<(), Refusal> {
    verb_open_for::<true>(rules, s, verb)
}

/// The same for those who do not ask why not.
pub fn verb_offered(rules: &Rules, s: &Situation, verb: Verb) -> bool {
    verb_open_for::<false>(rules, s, verb).is_ok()
}

fn verb_open_for<const WHY: bool>(rules: &Rules, s: &Situation, verb: Verb) -> Result<(), Refusal> {
    if s.is_over() {
        return Err(Refusal::Over);
    }
    if verb == Verb::End {
        return Ok(());
    }
    if s.orders >= MAX_ORDERS {
        return Err(Refusal::TooManyOrders { most: MAX_ORDERS });
    }
    match verb {
        Verb::Guide if s.guided => Err(Refusal::GuidanceDone),
        Verb::Guide if s.turn != 0 => Err(Refusal::GuidanceLate),
        Verb::Amend if s.turn == 0 => Err(Refusal::AmendEarly),
        Verb::Amend if s.amended => Err(Refusal::AmendDone),
        Verb::Guide | Verb::Amend | Verb::End => Ok(()),
        Verb::Forecast => Err(Refusal::ForecastOff),
        Verb::Propose
        | Verb::Withdraw
        | Verb::Task
        | Verb::Ask
        | Verb::Promise
        | Verb::Answer
        | Verb::Reform
        | Verb::Confidence => {
            let mut first = Err(Refusal::Unknown(verb));
            let mut told = false;
            subjects::<WHY>(rules, s, &Draft::of(verb), &mut |_, r: Result<(), Refusal>| {
                if r.is_ok() || !told {
                    first = r;
                    told = true;
                }
                first.is_err()
            });
            first
        }
    }
}

/// Gives the subjects of a verb until `give` has seen enough.
fn subjects<const WHY: bool>(
    rules: &Rules,
    s: &Situation,
    draft: &Draft,
    give: &mut impl FnMut(u8, Result<(), Refusal>) -> bool,
) {
    match draft.verb {
        Some(Verb::Propose) => {
            for n in 0..rules.instruments.len() {
                let ix = InstrumentIx::at(n);
                if !give(ix.0, instrument_open_for::<WHY>(rules, s, ix)) {
                    return;
                }
            }
        }
        Some(Verb::Withdraw) => {
            let mut seen = 0u32;
            for m in s.measures().iter().filter(|m| !m.withdrawn) {
                if seen & (1 << m.instrument.0) == 0 {
                    seen |= 1 << m.instrument.0;
                    if !give(m.instrument.0, Ok(())) {
                        return;
                    }
                }
            }
        }
        Some(Verb::Task) => {
            for (n, t) in
                rules.tasks.iter().enumerate().filter(|(n, _)| WHY || s.menu.tasks[*n] != 0)
            {
                let ix = TaskIx::at(n);
                if !t.on_campaign {
                    if !give(ix.0, s.validate_task::<WHY>(rules, ix, None)) {
                        return;
                    }
                    continue;
                }
                let mut result = Err(Refusal::TaskSpent { task: ix });
                for c in 0..rules.campaigns.len() {
                    let r = s.validate_task::<WHY>(rules, ix, Some(CampaignIx::at(c)));
                    if r.is_ok() || c == 0 {
                        result = r;
                    }
                    if r.is_ok() {
                        break;
                    }
                }
                if !give(ix.0, result) {
                    return;
                }
            }
        }
        Some(Verb::Ask) => {
            for n in (0..rules.asks.len()).filter(|n| WHY || s.menu.asks & (1 << n) != 0) {
                if !give(n as u8, s.validate_for::<WHY>(rules, &Order::Ask(AskIx::at(n)))) {
                    return;
                }
            }
        }
        Some(Verb::Promise) => {
            for (n, p) in rules
                .promises
                .iter()
                .enumerate()
                .filter(|(n, _)| WHY || s.menu.promises & (1 << n) != 0)
            {
                let ix = PromiseIx::at(n);
                let r = match p.to.first() {
                    Some(to) => {
                        s.validate_for::<WHY>(rules, &Order::Promise { promise: ix, to: *to })
                    }
                    None => Err(Refusal::TooManyPromises { most: MAX_COMMITMENTS as u8 }),
                };
                if !give(ix.0, r) {
                    return;
                }
            }
        }
        Some(Verb::Answer) => {
            for p in s.prompts() {
                let any = (0..rules.events[p.event].choices.len()).map(|c| {
                    s.validate_for::<WHY>(rules, &Order::Answer { event: p.event, choice: c as u8 })
                });
                let mut result = Err(Refusal::NotAsked { event: p.event });
                for r in any {
                    result = r;
                    if r.is_ok() {
                        break;
                    }
                }
                if !give(p.event.0, result) {
                    return;
                }
            }
        }
        Some(Verb::Reform) => {
            for n in (0..rules.reforms.len()).filter(|n| WHY || s.menu.reforms & (1 << n) != 0) {
                if !give(n as u8, s.validate_for::<WHY>(rules, &Order::Reform(ReformIx::at(n)))) {
                    return;
                }
            }
        }
        Some(Verb::Confidence) => {
            for n in (0..rules.propositions.len())
                .filter(|n| WHY || (s.judged[*n] == 0 && rules.propositions[*n].stated))
            {
                if !give(
                    n as u8,
                    s.validate_for::<WHY>(
                        rules,
                        &Order::Confidence { proposition: PropositionIx::at(n), percent: 50 },
                    ),
                ) {
                    return;
                }
            }
        }
        Some(Verb::Guide | Verb::Amend | Verb::Forecast | Verb::End) | None => {}
    }
}

/// Whether some proposal with this instrument is legal now; if not, the reason nearest to being
/// mended.
pub fn instrument_open(rules: &Rules, s: &Situation, ix: InstrumentIx) -> Result<(), Refusal> {
    instrument_open_for::<true>(rules, s, ix)
}

/// The same for those who do not ask why not.
pub fn instrument_offered(rules: &Rules, s: &Situation, ix: InstrumentIx) -> bool {
    instrument_open_for::<false>(rules, s, ix).is_ok()
}

fn instrument_open_for<const WHY: bool>(
    rules: &Rules,
    s: &Situation,
    ix: InstrumentIx,
) -> Result<(), Refusal> {
    let ins = &rules.instruments[ix];
    if !ins.yours {
        return Err(Refusal::NotYours { instrument: ix });
    }
    if s.agenda_len as usize >= MAX_AGENDA {
        return Err(Refusal::AgendaFull { most: MAX_AGENDA as u8 });
    }
    let mut aim = Err(Refusal::Unknown(Verb::Propose));
    if !WHY && (s.menu.open[ix] == 0 || affordable(rules, s, ix, &[]).is_err()) {
        return aim;
    }
    if free_targets(s, ix, ins.unlimited) != 0 {
        aim = Ok(());
    } else if WHY {
        for t in 0..rules.targets.len() {
            if let Err(r) = s.validate_aim::<WHY>(rules, ix, TargetIx::at(t)) {
                let better = match (&aim, &r) {
                    (
                        Err(Refusal::Gate { needs: n0, has: h0, .. }),
                        Refusal::Gate { needs, has, .. },
                    ) => has - needs > h0 - n0,
                    (
                        Err(
                            Refusal::Unknown(_)
                            | Refusal::WrongKind { .. }
                            | Refusal::NotYetKnown { .. },
                        ),
                        _,
                    ) => true,
                    _ => false,
                };
                if better {
                    aim = Err(r);
                }
            }
        }
    }
    aim?;
    if WHY { affordable(rules, s, ix, &[]) } else { Ok(()) }
}

fn free_targets(s: &Situation, ix: InstrumentIx, unlimited: bool) -> u32 {
    let mut mask = s.menu.open[ix];
    for a in s.agenda() {
        if a.proposal.instrument == ix {
            mask &= !(1 << a.proposal.target.0);
        }
    }
    if !unlimited {
        for m in s.measures() {
            if m.instrument == ix {
                mask &= !(1 << m.target.0);
            }
        }
    }
    mask
}

/// Whether some way of filling the slots after `chosen` can be paid for.
fn affordable(
    rules: &Rules,
    s: &Situation,
    ix: InstrumentIx,
    chosen: &[u8],
) -> Result<(), Refusal> {
    let ins = &rules.instruments[ix];
    let bit = 1u32 << ix.0;
    if s.menu.shut & bit != 0 {
        return shut_because(rules, s, ix);
    }
    if chosen.is_empty() && s.menu.mixed & bit == 0 {
        let (staff, capital) = s.menu.least[ix];
        return s.afford(rules, u32::from(staff), u32::from(capital));
    }
    if s.menu.mixed & bit == 0 {
        let (staff, capital) = least_from(rules, s, ix, chosen);
        return s.afford(rules, staff, capital);
    }
    // Pareto frontier of (staff, capital) over the slots that are still open.
    let mut front = Front::new(u32::from(ins.staff), u32::from(ins.capital));
    for (n, slot) in ins.slots.iter().enumerate() {
        let term = &rules.terms[slot.term];
        let mut next = Front::default();
        for (at, v) in slot.values.iter().enumerate() {
            let picked = match chosen.get(n) {
                Some(c) => usize::from(*c) == at,
                None => s.menu.terms[slot.term] & (1 << v) != 0,
            };
            if picked {
                let value = &term.values[usize::from(*v)];
                next.merge(&front, u32::from(value.staff), u32::from(value.capital));
            }
        }
        front = next;
    }
    let mut full = Front::default();
    for n in 0..rules.venues.len() {
        if s.validate_venue(rules, ix, VenueIx::at(n)).is_ok() {
            full.merge(
                &front,
                u32::from(rules.venues[n].staff),
                u32::from(rules.venues[n].capital),
            );
        }
    }
    let mut result = Err(Refusal::Unknown(Verb::Propose));
    for (staff, capital) in &full.points[..full.len] {
        result = s.afford(rules, *staff, *capital);
        if result.is_ok() {
            break;
        }
    }
    result
}

/// The least an instrument costs with these first terms, where the least staff and the least
/// capital go together.
fn least_from(rules: &Rules, s: &Situation, ix: InstrumentIx, chosen: &[u8]) -> (u32, u32) {
    let ins = &rules.instruments[ix];
    let (mut staff, mut capital) = (u32::from(ins.staff), u32::from(ins.capital));
    let mut add = |prices: &mut dyn Iterator<Item = (u8, u8)>| {
        let (a, b) = prices.fold((u8::MAX, u8::MAX), |(a, b), p| (a.min(p.0), b.min(p.1)));
        staff += u32::from(a);
        capital += u32::from(b);
    };
    for (n, slot) in ins.slots.iter().enumerate() {
        let term = &rules.terms[slot.term];
        let price =
            |v: u8| (term.values[usize::from(v)].staff, term.values[usize::from(v)].capital);
        match chosen.get(n) {
            Some(at) => add(&mut std::iter::once(price(slot.values[usize::from(*at)]))),
            None => add(&mut slot
                .values
                .iter()
                .filter(|v| s.menu.terms[slot.term] & (1 << **v) != 0)
                .map(|v| price(*v))),
        }
    }
    let open = s.venues_open(rules, rules.agencies[ins.lead].economic);
    add(&mut rules
        .venues
        .iter()
        .enumerate()
        .filter(|(n, _)| open & (1 << n) != 0)
        .map(|(_, v)| (v.staff, v.capital)));
    (staff, capital)
}

fn shut_because(rules: &Rules, s: &Situation, ix: InstrumentIx) -> Result<(), Refusal> {
    for slot in &rules.instruments[ix].slots {
        if slot.values.iter().all(|v| s.menu.terms[slot.term] & (1 << v) == 0) {
            return Err(Refusal::TermShut {
                term: slot.term,
                value: slot.values.first().copied().unwrap_or(0),
            });
        }
    }
    s.validate_venue(rules, ix, VenueIx(0))
}

/// A handful of prices none of which is at least as dear as another in both currencies.
#[derive(Default)]
struct Front {
    points: [(u32, u32); 16],
    len: usize,
}

impl Front {
    fn new(staff: u32, capital: u32) -> Front {
        let mut f = Front::default();
        f.push(staff, capital);
        f
    }
    fn merge(&mut self, from: &Front, staff: u32, capital: u32) {
        for (a, b) in &from.points[..from.len] {
            self.push(a + staff, b + capital);
        }
    }
    fn push(&mut self, staff: u32, capital: u32) {
        if self.points[..self.len].iter().any(|(a, b)| *a <= staff && *b <= capital) {
            return;
        }
        let mut kept = 0;
        for n in 0..self.len {
            let (a, b) = self.points[n];
            if !(staff <= a && capital <= b) {
                self.points[kept] = (a, b);
                kept += 1;
            }
        }
        self.len = kept;
        if self.len < self.points.len() {
            self.points[self.len] = (staff, capital);
            self.len += 1;
        }
    }
}

fn objects<const WHY: bool>(
    rules: &Rules,
    s: &Situation,
    draft: &Draft,
    mut give: impl FnMut(u8, Result<(), Refusal>),
) {
    let Some(subject) = draft.subject else { return };
    match draft.verb {
        Some(Verb::Propose) => {
            let ix = InstrumentIx(subject);
            let price = affordable(rules, s, ix, &[]);
            if !WHY {
                let mut free = if price.is_ok() && (s.agenda_len as usize) < MAX_AGENDA {
                    free_targets(s, ix, rules.instruments[ix].unlimited)
                } else {
                    0
                };
                while free != 0 {
                    give(free.trailing_zeros() as u8, Ok(()));
                    free &= free - 1;
                }
                return;
            }
            for t in 0..rules.targets.len() {
                let target = TargetIx::at(t);
                let full = if s.agenda_len as usize >= MAX_AGENDA {
                    Err(Refusal::AgendaFull { most: MAX_AGENDA as u8 })
                } else {
                    Ok(())
                };
                give(target.0, s.validate_aim::<WHY>(rules, ix, target).and(full).and(price));
            }
        }
        Some(Verb::Withdraw) => {
            for m in s.measures().iter().filter(|m| !m.withdrawn && m.instrument.0 == subject) {
                give(m.target.0, Ok(()));
            }
        }
        Some(Verb::Task) => {
            let ix = TaskIx(subject);
            if rules.tasks[ix].on_campaign {
                for c in 0..rules.campaigns.len() {
                    give(c as u8, s.validate_task::<WHY>(rules, ix, Some(CampaignIx::at(c))));
                }
            } else {
                give(NONE, s.validate_task::<WHY>(rules, ix, None));
            }
        }
        Some(Verb::Promise) => {
            let promise = PromiseIx(subject);
            for to in &rules.promises[promise].to {
                give(to.0, s.validate_for::<WHY>(rules, &Order::Promise { promise, to: *to }));
            }
        }
        Some(Verb::Answer) => {
            let event = EventIx(subject);
            for c in 0..rules.events[event].choices.len() {
                give(
                    c as u8,
                    s.validate_for::<WHY>(rules, &Order::Answer { event, choice: c as u8 }),
                );
            }
        }
        Some(
            Verb::Guide
            | Verb::Amend
            | Verb::Ask
            | Verb::Reform
            | Verb::Confidence
            | Verb::Forecast
            | Verb::End,
        )
        | None => {}
    }
}

fn term_values(
    rules: &Rules,
    s: &Situation,
    draft: &Draft,
    n: u8,
    mut give: impl FnMut(u8, Result<(), Refusal>),
) {
    let Some(subject) = draft.subject else { return };
    let ix = InstrumentIx(subject);
    let Some(slot) = rules.instruments[ix].slots.get(usize::from(n)) else { return };
    let mut chosen = [0u8; limits::SLOTS];
    for (c, p) in chosen.iter_mut().zip(draft.parts) {
        *c = p.unwrap_or(0);
    }
    for (at, v) in slot.values.iter().enumerate() {
        let r = if s.menu.terms[slot.term] & (1 << v) == 0 {
            Err(Refusal::TermShut { term: slot.term, value: *v })
        } else {
            chosen[usize::from(n)] = at as u8;
            affordable(rules, s, ix, &chosen[..=usize::from(n)])
        };
        give(at as u8, r);
    }
}

/// Points of one lens such that the rest can still make a valid guidance.
fn points(rules: &Rules, draft: &Draft, n: u8, mut give: impl FnMut(u8, Result<(), Refusal>)) {
    let n = usize::from(n);
    let spent: u8 = draft.parts[..n].iter().map(|p| p.unwrap_or(0)).sum();
    let funded = draft.parts[..n].iter().filter(|p| p.unwrap_or(0) > 0).count();
    let rest = rules.lenses.len() - n - 1;
    for points in 0..=MOST_POINTS {
        let sum = spent + points;
        let funded = funded + usize::from(points > 0);
        let missing = usize::from(LEAST_FUNDED).saturating_sub(funded);
        let left = POINTS.saturating_sub(sum);
        let fits = sum <= POINTS
            && missing <= rest
            && usize::from(left) >= missing
            && usize::from(left) <= rest * usize::from(MOST_POINTS);
        give(points, if fits { Ok(()) } else { Err(Refusal::GuidanceSum { sum }) });
    }
}
