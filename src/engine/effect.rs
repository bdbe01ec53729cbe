//! What a proposal does to indicators, at launch and in force.
//!
//! `launch_moves` is the one place that says what a proposal does: the preview, the positions and
//! the launch itself all read it.

use crate::num::{Milli, ONE, clamp32, ratio};
use crate::scenario::model::{
    CampaignIx, IndicatorIx, Instrument, InstrumentIx, Move, Rules, Target, TargetIx, limits,
};

use super::ledger::{Factor, Factors, NO_FACTORS};
use super::order::Proposal;

/// What a proposal does to one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub indicator: IndicatorIx,
    pub amount: Milli,
    pub base: Milli,
    /// The slot and position it comes from, if a term brings it.
    pub term: Option<(u8, u8)>,
    /// What it was multiplied by: terms, the share of the effect, the window.
    by: [Milli; 3],
}

impl Part {
    /// What the ledger says it was multiplied by.
    pub fn factors(&self) -> Factors {
        let mut factors = NO_FACTORS;
        let said = [Factor::Terms, Factor::Share, Factor::Window];
        for (factor, (said, by)) in factors.iter_mut().zip(said.into_iter().zip(self.by)) {
            *factor = (by != ONE).then_some((said, by));
        }
        factors
    }
}

/// When a part acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    Launch,
    /// In every 30 days in force.
    Active,
}

/// The share of the usual effect that terms leave, in thousandths.
pub fn strength(rules: &Rules, p: &Proposal) -> Milli {
    let mut share: i64 = i64::from(ONE);
    for (_, value) in p.values(rules) {
        share = share * i64::from(value.strength) / 100;
    }
    clamp32(share)
}

fn scale_of(rules: &Rules, p: &Proposal, indicator: IndicatorIx) -> Milli {
    let mut share: i64 = i64::from(ONE);
    for (_, value) in p.values(rules) {
        if let Some((_, s)) = value.scales.iter().find(|(i, _)| *i == indicator) {
            share = share * i64::from(*s) / 100;
        }
    }
    clamp32(share)
}

/// How much more a measure costs the talks at this heat, in thousandths.
#[inline]
pub fn window_factor(rules: &Rules, p: &Proposal, heat: Milli) -> Milli {
    let window = i64::from(rules.instruments[p.instrument].window);
    clamp32(i64::from(ONE) + window * i64::from(heat) / 100)
}

/// Terms by slot.
pub type Terms = [u8; limits::SLOTS];

/// Whether the draft makes more of what stands with the terms `from`; of a new measure, yes.
pub fn raises(rules: &Rules, p: &Proposal, from: Option<&Terms>) -> bool {
    from.is_none_or(|from| strength(rules, p) > strength(rules, &p.with(from)))
}

/// What all parts of a proposal share.
struct Aim<'r> {
    ins: &'r Instrument,
    target: &'r Target,
    effect: Milli,
    window: Milli,
}

impl<'r> Aim<'r> {
    #[inline]
    fn of(rules: &'r Rules, p: &Proposal, effect: Milli, heat: Milli) -> Aim<'r> {
        let (ins, target) = (&rules.instruments[p.instrument], &rules.targets[p.target]);
        Aim { ins, target, effect, window: window_factor(rules, p, heat) }
    }

    #[inline]
    fn moves(&self, when: When) -> &'r [Move] {
        match when {
            When::Launch => &self.ins.on_launch,
            When::Active => &self.ins.while_active,
        }
    }

    #[inline]
    fn heat_on(&self, i: IndicatorIx) -> Milli {
        if self.ins.window_on & (1 << i.0) != 0 { self.window } else { ONE }
    }

    /// The instrument's own move, at the share that terms leave of it.
    #[inline]
    fn own(&self, m: Move, terms: Milli) -> Part {
        let hot = self.heat_on(m.indicator);
        let product = i64::from(terms) * i64::from(self.effect) / i64::from(ONE) * i64::from(hot);
        let whole = i64::from(ONE) * i64::from(ONE);
        let unscaled = product == whole;
        let amount = if unscaled { m.amount } else { ratio(i64::from(m.amount), product, whole) };
        let indicator = self.target.lands(m.indicator);
        Part { indicator, amount, base: m.amount, term: None, by: [terms, self.effect, hot] }
    }

    /// A move that a term brings, or takes away.
    #[inline]
    fn of_term(&self, i: IndicatorIx, base: Milli, term: (u8, u8)) -> Part {
        let hot = self.heat_on(i);
        let amount = ratio(i64::from(base), i64::from(hot), i64::from(ONE));
        let indicator = self.target.lands(i);
        Part { indicator, amount, base, term: Some(term), by: [ONE, ONE, hot] }
    }
}

/// The share of the instrument's own effect on each indicator that terms leave, in thousandths.
#[inline]
fn share_of_terms<'r>(rules: &'r Rules, p: &Proposal) -> impl Fn(IndicatorIx) -> Milli + use<'r> {
    let (strength, p) = (strength(rules, p), *p);
    let scaled = p.values(rules).any(|(_, v)| !v.scales.is_empty());
    move |i| {
        let scale = if scaled { scale_of(rules, &p, i) } else { ONE };
        clamp32(i64::from(strength) * i64::from(scale) / i64::from(ONE))
    }
}

/// Gives every part of what the proposal does: at launch and in force, its terms included. `effect`
/// is the share left by repeats, target and (in the resolution only) a wrong target, in
/// thousandths.
pub fn launch_moves(
    rules: &Rules,
    p: &Proposal,
    when: When,
    effect: Milli,
    heat: Milli,
    mut part: impl FnMut(Part),
) {
    let aim = Aim::of(rules, p, effect, heat);
    let share = share_of_terms(rules, p);
    for m in aim.moves(when) {
        part(aim.own(*m, share(m.indicator)));
    }
    if when == When::Launch {
        for (n, (at, value)) in p.values(rules).enumerate() {
            for m in &value.moves {
                part(aim.of_term(m.indicator, m.amount, (n as u8, at)));
            }
        }
    }
}

/// The same where the proposal gives a measure in force new terms: what it does more than the terms
/// `from`, which is what a launch with them would have done less what the one that was has done.
pub fn revision_moves(
    rules: &Rules,
    p: &Proposal,
    from: &Terms,
    when: When,
    effect: Milli,
    heat: Milli,
    mut part: impl FnMut(Part),
) {
    let old = p.with(from);
    let aim = Aim::of(rules, p, effect, heat);
    let (new, before) = (share_of_terms(rules, p), share_of_terms(rules, &old));
    for m in aim.moves(when) {
        let more = new(m.indicator) - before(m.indicator);
        if more != 0 {
            part(aim.own(*m, more));
        }
    }
    if when == When::Launch {
        let values = p.values(rules).zip(old.values(rules)).enumerate();
        for (n, ((at, value), (_, gone))) in values.filter(|(_, (new, old))| new.0 != old.0) {
            let term = (n as u8, at);
            value.moves.iter().for_each(|m| part(aim.of_term(m.indicator, m.amount, term)));
            gone.moves.iter().for_each(|m| part(aim.of_term(m.indicator, -m.amount, term)));
        }
    }
}

/// Where a measure that punishes misses: in which cells of its campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misses {
    pub campaign: CampaignIx,
    /// It hits somebody who had no part in it.
    pub wrong: u64,
    /// It punishes what every government does.
    pub espionage: u64,
}

impl Misses {
    /// None of a measure that does not punish, or on no campaign.
    pub fn of(rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> Option<Misses> {
        let t = &rules.targets[target];
        let campaign = t.campaign.filter(|_| rules.instruments[instrument].punishes)?;
        let part = t.roles.iter().fold(0, |all, (_, mask)| all | mask);
        // Only what is invented can be wrong: an entity of record stands at its tag (law 11).
        let can_be_wrong = t.record.is_empty() && !t.roles.is_empty();
        Some(Misses {
            campaign,
            wrong: if can_be_wrong { !part } else { 0 },
            espionage: rules.campaigns[campaign].espionage,
        })
    }
}

/// What a wrong target costs.
pub fn wrong_moves(rules: &Rules) -> [(IndicatorIx, Milli); 3] {
    let (roles, t) = (&rules.roles, &rules.tuning);
    [
        (roles.legitimacy, t.wrong_legitimacy),
        (roles.allies, t.wrong_allies),
        (roles.law, t.wrong_law),
    ]
}

/// What it costs to punish what a campaign does as accepted espionage.
pub fn espionage_moves(rules: &Rules, campaign: CampaignIx) -> [(IndicatorIx, Milli); 2] {
    let (roles, t) = (&rules.roles, &rules.tuning);
    let share = i64::from(rules.campaigns[campaign].espionage_costs);
    let costs = |all: Milli| ratio(i64::from(all), share, 100);
    [(roles.legitimacy, costs(t.espionage_legitimacy)), (roles.allies, costs(t.espionage_allies))]
}
