//! Makes the menu of a turn from what is known as it opens.
//!
//! Owns when it is made: once, when somebody first looks or the first order is given, and never for
//! a turn at which nobody looks. Every condition a menu reads is read before the turn's first
//! order.

use crate::scenario::model::{
    CampaignIx, InstrumentIx, Need, Rules, TargetIx, TaskIx, TermIx, limits,
};

use super::menu::{MET, Menu};
use super::price::{self, Least};
use super::state::{Known, Situation};

impl Situation {
    /// Makes the turn's menu, if it is not made yet, and gives what is known. Needs are read as
    /// they truly stand: what is on offer is itself seen.
    pub fn look(&mut self, rules: &Rules) -> &Known {
        if self.known.menu.is_none() {
            self.known.answer(rules);
            self.known.menu = Some(make(rules, self));
        }
        &self.known
    }
}

impl Known {
    /// What the turn offered as it opened; until somebody has looked, nothing.
    #[inline]
    pub(super) fn menu(&self) -> &Menu {
        self.menu.as_ref().unwrap_or(&Menu::SHUT)
    }

    /// Targets on the board this turn, as a mask.
    pub fn targets_known(&self) -> u32 {
        self.menu().known
    }

    /// Targets that law and needs let the instrument aim at this turn, as a mask.
    pub fn targets_open(&self, instrument: InstrumentIx) -> u32 {
        self.menu().open[instrument]
    }

    /// Whether every need of the instrument is met this turn.
    pub fn needs_met(&self, instrument: InstrumentIx) -> bool {
        self.menu().instruments[instrument] == MET
    }

    /// Whether a term's value is on offer this turn.
    pub fn term_open(&self, term: TermIx, value: u8) -> bool {
        self.terms_on_offer()[term] & (1 << value) != 0
    }

    /// Values of each term on offer this turn, as masks.
    pub(super) fn terms_on_offer(&self) -> &[u8; limits::TERMS] {
        &self.menu().terms
    }

    /// The least price of the instrument's terms this turn, or the slot of which nothing is on
    /// offer. None before somebody has looked, and of an instrument that is not the player's.
    pub(super) fn terms_least(&self, instrument: InstrumentIx) -> Option<Result<Least, u8>> {
        self.menu().prices[instrument]
    }
}

fn make(rules: &Rules, s: &Situation) -> Menu {
    let plan = &rules.plan;
    let mut m = Menu { known: plan.known, terms: plan.terms, ..Menu::SHUT };
    let need = |needs: &[Need]| {
        let unmet = needs.iter().position(|n| !s.all(rules, &n.when));
        unmet.map_or(MET, |n| u8::try_from(n).expect("needs are few"))
    };
    let mut campaigns = plan.campaigns;
    for (n, c) in rules.campaigns.iter().enumerate() {
        if campaigns & (1 << n) == 0 && s.all(rules, &c.appears) {
            campaigns |= 1 << n;
        }
    }
    for ix in &plan.known_if {
        let t = &rules.targets[*ix];
        let there = t.campaign.is_none_or(|c| campaigns & (1 << c.0) != 0);
        if there && s.all(rules, &t.appears) {
            m.known |= 1 << ix.0;
        }
    }
    for (ix, v) in &plan.terms_if {
        if need(&rules.terms[*ix].values[usize::from(*v)].needs) == MET {
            m.terms[*ix] |= 1 << v;
        }
    }
    for (n, ins) in rules.instruments.iter().enumerate().filter(|(_, ins)| ins.yours) {
        m.instruments[n] = need(&ins.needs);
        m.prices[n] = Some(price::of_terms(rules, &m.terms, InstrumentIx::at(n), &[]));
        if m.instruments[n] == MET {
            m.open[n] = aims(rules, s, InstrumentIx::at(n), m.known);
        }
    }
    for (n, t) in rules.tasks.iter().enumerate() {
        m.tasks[n] = need(&t.needs);
        m.task_on[n] = if t.on_campaign { findable(rules, s, TaskIx::at(n), campaigns) } else { 1 };
    }
    for (n, a) in rules.asks.iter().enumerate() {
        m.asks[n] = need(&a.needs);
    }
    for (n, p) in rules.promises.iter().enumerate() {
        m.promises[n] = need(&p.needs);
    }
    for (n, r) in rules.reforms.iter().enumerate() {
        m.reforms[n] = need(&r.needs);
    }
    for (row, p) in m.choices.iter_mut().zip(&s.prompts) {
        for (cell, choice) in row.iter_mut().zip(&rules.events[p.event].choices) {
            *cell = need(&choice.needs);
        }
    }
    m
}

/// Targets the instrument may aim at by law.
fn aims(rules: &Rules, s: &Known, ix: InstrumentIx, known: u32) -> u32 {
    let plan = &rules.plan.instruments[ix];
    let aims = rules.instruments[ix].targets & known;
    let mut open = aims & plan.free;
    let mut tested = aims & plan.tested;
    while tested != 0 {
        let t = TargetIx::at(tested.trailing_zeros() as usize);
        tested &= tested - 1;
        open |= u32::from(s.gate_open(rules, ix, t)) << t.0;
    }
    open
}

/// Campaigns about which the task can still find something, as a mask.
fn findable(rules: &Rules, s: &Known, task: TaskIx, campaigns: u8) -> u8 {
    const { assert!(limits::CAMPAIGNS <= 8) }
    (0..rules.campaigns.len())
        .filter(|c| campaigns & (1 << c) != 0)
        .filter(|c| s.next_item(rules, task, CampaignIx::at(*c)).is_some())
        .fold(0, |mask, c| mask | 1 << c)
}
