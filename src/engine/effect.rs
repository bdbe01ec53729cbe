//! Effects: moves of indicators and everything else a record can do, and what a measure does at
//! launch.
//!
//! `launch_moves` is the one place that says what a proposal does: the preview, the positions and
//! the launch itself all read it.

use crate::luck::Site;
use crate::num::{Milli, ONE, clamp32, ratio, round_div};
use crate::scenario::model::{Effect, IndicatorIx, Move, Rules, Span};

use super::ledger::{Cause, Factor, Factors, NO_FACTORS, Note, Origin, Sink};
use super::order::Proposal;
use super::situation::{Chain, Leaning, MAX_CHAINS, MAX_LEANINGS, Situation};

/// What a proposal does to one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub indicator: IndicatorIx,
    pub amount: Milli,
    pub base: Milli,
    pub factors: Factors,
    /// The slot and position it comes from, if a term brings it.
    pub term: Option<(u8, u8)>,
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
    let ins = &rules.instruments[p.instrument];
    let strength = strength(rules, p);
    let moves = match when {
        When::Launch => &ins.on_launch,
        When::Active => &ins.while_active,
    };
    let window = window_factor(rules, p, heat);
    let scaled = p.values(rules).any(|(_, v)| !v.scales.is_empty());
    for m in moves {
        let scale = if scaled { scale_of(rules, p, m.indicator) } else { ONE };
        let terms = clamp32(i64::from(strength) * i64::from(scale) / i64::from(ONE));
        let hot = if ins.window_on & (1 << m.indicator.0) != 0 { window } else { ONE };
        let product = i64::from(terms) * i64::from(effect) / i64::from(ONE) * i64::from(hot);
        let amount = ratio(i64::from(m.amount), product, i64::from(ONE) * i64::from(ONE));
        let mut factors = NO_FACTORS;
        factors[0] = (terms != ONE).then_some((Factor::Terms, terms));
        factors[1] = (effect != ONE).then_some((Factor::Repeats, effect));
        factors[2] = (hot != ONE).then_some((Factor::Window, hot));
        part(Part { indicator: m.indicator, amount, base: m.amount, factors, term: None });
    }
    if when == When::Launch {
        for (n, (at, value)) in p.values(rules).enumerate() {
            for m in &value.moves {
                let hot = if ins.window_on & (1 << m.indicator.0) != 0 { window } else { ONE };
                let amount = ratio(i64::from(m.amount), i64::from(hot), i64::from(ONE));
                let mut factors = NO_FACTORS;
                factors[0] = (hot != ONE).then_some((Factor::Window, hot));
                part(Part {
                    indicator: m.indicator,
                    amount,
                    base: m.amount,
                    factors,
                    term: Some((u8::try_from(n).unwrap_or(0), at)),
                });
            }
        }
    }
}

impl Situation {
    /// One-off moves.
    pub(super) fn move_all<S: Sink>(
        &mut self,
        rules: &Rules,
        moves: &[Move],
        cause: Cause,
        origin: Origin,
        sink: &mut S,
    ) {
        for m in moves {
            self.shift(rules, m.indicator, m.amount, cause, origin, sink);
        }
    }

    /// Moves given per 30 days, over this turn, scaled by `share` (thousandths) under the name
    /// `factor`.
    pub(super) fn move_over_turn<S: Sink>(
        &mut self,
        rules: &Rules,
        moves: &[Move],
        share: Milli,
        factor: Factor,
        cause: Cause,
        origin: Origin,
        sink: &mut S,
    ) {
        let days = i64::from(self.turn_now(rules).days);
        for m in moves {
            let amount =
                round_div(i64::from(m.amount) * days * i64::from(share), 30 * i64::from(ONE));
            let mut factors = NO_FACTORS;
            factors[0] = Some((Factor::Days, clamp32(days * 1000 / 30)));
            factors[1] = (share != ONE).then_some((factor, share));
            self.shift_scaled(rules, m.indicator, amount, m.amount, factors, cause, origin, sink);
        }
    }

    /// Everything a record does besides moving indicators. `site` and `index` key the draws.
    pub(super) fn also<S: Sink>(
        &mut self,
        rules: &Rules,
        list: &[Effect],
        origin: Origin,
        site: Site,
        sink: &mut S,
    ) {
        for (n, a) in list.iter().enumerate() {
            match a {
                Effect::SetFlag(f) => self.flags |= 1 << f.0,
                Effect::ClearFlag(f) => self.flags &= !(1 << f.0),
                Effect::Relation(agency, amount) => self.relate(*agency, *amount),
                Effect::Lean(agency, instrument, points) => {
                    self.lean(Leaning {
                        agency: *agency,
                        instrument: *instrument,
                        points: *points,
                    });
                }
                Effect::Chain(event, span) => {
                    let index = 0x100 + u32::try_from(n).unwrap_or(0);
                    self.chain(rules, *event, *span, origin, site, index);
                }
                Effect::Evidence(e) => {
                    if self.evidence[*e] == super::evidence::IDLE {
                        self.evidence[*e] = super::evidence::COMING;
                        let takes = rules.evidence[*e].takes;
                        let days = self.luck().between(
                            rules.evidence[*e].site,
                            1,
                            takes.least,
                            takes.most,
                        );
                        self.evidence_due[*e] =
                            self.day.saturating_add(i16::try_from(days).unwrap_or(i16::MAX));
                    }
                }
                Effect::OpenFile(f) => {
                    if self.files_open & (1 << f.0) == 0 {
                        self.files_open |= 1 << f.0;
                        self.files_done |= 1 << f.0;
                        sink.note(self.turn, Note::FileOpened(*f));
                    }
                }
                Effect::CloseFile(f) => {
                    if self.files_open & (1 << f.0) != 0 {
                        self.files_open &= !(1 << f.0);
                        sink.note(self.turn, Note::FileClosed(*f));
                    }
                    self.files_done |= 1 << f.0;
                }
                Effect::Ready(f, by) => {
                    let ready = u32::from(self.files_ready[*f]).saturating_add(*by).min(100);
                    self.files_ready[*f] = u8::try_from(ready).unwrap_or(100);
                }
                Effect::Busy(agency, days) => {
                    let until = self.day.saturating_add(i16::try_from(*days).unwrap_or(i16::MAX));
                    self.busy_until[*agency] = self.busy_until[*agency].max(until);
                }
                Effect::Refresh(instrument, percent) => {
                    let n = self.measures_len as usize;
                    for m in self.measures[..n]
                        .iter_mut()
                        .filter(|m| m.instrument == *instrument && m.in_force())
                    {
                        m.force = (m.force + (1 << 16) / 100 * *percent).min(1 << 16);
                    }
                }
                Effect::Disrupt(campaign, percent) => self.disrupt(campaign.i(), *percent),
                Effect::End(instrument) => self.end_all(rules, *instrument, sink),
                Effect::Launch(instrument, target) => {
                    super::pipeline::launch_now(rules, self, *instrument, *target, origin, sink);
                }
            }
        }
    }

    pub(super) fn relate(&mut self, agency: crate::scenario::model::AgencyIx, amount: Milli) {
        let r = &mut self.relation[agency];
        *r = (*r + amount).clamp(-100 * ONE, 100 * ONE);
    }

    fn lean(&mut self, l: Leaning) {
        let n = self.leanings_len as usize;
        if let Some(old) = self.leanings[..n]
            .iter_mut()
            .find(|o| o.agency == l.agency && o.instrument == l.instrument)
        {
            old.points = (old.points + l.points).clamp(-20 * ONE, 20 * ONE);
        } else if n < MAX_LEANINGS {
            self.leanings[n] = l;
            self.leanings_len += 1;
        }
    }

    pub(super) fn chain(
        &mut self,
        _rules: &Rules,
        event: crate::scenario::model::EventIx,
        span: Span,
        origin: Origin,
        site: Site,
        index: u32,
    ) {
        let n = self.chains_len as usize;
        if n < MAX_CHAINS {
            let days = self.luck().between(site, index, span.least, span.most);
            self.chains[n] = Chain {
                event,
                due: self.day.saturating_add(i16::try_from(days).unwrap_or(i16::MAX)),
                origin,
            };
            self.chains_len += 1;
        }
    }

    pub(super) fn disrupt(&mut self, campaign: usize, percent: u32) {
        let a = &mut self.activity[campaign];
        *a = ratio(i64::from(*a), 100 - i64::from(percent.min(100)), 100);
    }
}
