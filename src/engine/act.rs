//! What records do to a game: moves of indicators, every other effect, and measures taking effect.
//!
//! Owns `perform`, the one reader of a record's effects, and `launch`. They stand together because
//! an effect may launch and a launch has effects.

use crate::luck::Site;
use crate::num::{Milli, ONE, clamp32, ratio, round_div};
use crate::scenario::model::{
    AgencyIx, CampaignIx, Effect, EventIx, IndicatorIx, InstrumentIx, Lane, Move, Rules, Span,
    TargetIx,
};

use super::effect::{
    Misses, Part, Terms, When, espionage_moves, launch_moves, raises, revision_moves, wrong_moves,
};
use super::items::{COMING, Chain, GONE, IDLE, Leaning, MAX_ACTS, Measure, Prediction};
use super::ledger::{Cause, Ended, Factor, NO_FACTORS, Note, Origin, Sink};
use super::order::Proposal;
use super::state::Situation;

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

    /// What an instrument does beside its launch, at its target.
    pub(super) fn move_all_at<S: Sink>(
        &mut self,
        rules: &Rules,
        target: TargetIx,
        moves: &[Move],
        cause: Cause,
        origin: Origin,
        sink: &mut S,
    ) {
        for m in moves {
            let lands = rules.targets[target].lands(m.indicator);
            self.shift(rules, lands, m.amount, cause, origin, sink);
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

    /// Everything a record does besides moving indicators. `site` keys the draws.
    pub(super) fn perform<S: Sink>(
        &mut self,
        rules: &Rules,
        list: &[Effect],
        cause: Cause,
        origin: Origin,
        site: Site,
        sink: &mut S,
    ) {
        for (n, a) in list.iter().enumerate() {
            match a {
                Effect::SetFlag(f) => self.flags |= 1 << f.0,
                Effect::ClearFlag(f) => self.flags &= !(1 << f.0),
                Effect::Relation(agency, amount) => {
                    self.relate(*agency, *amount, cause, origin, sink);
                }
                Effect::Lean(agency, instrument, points) => {
                    self.lean(Leaning {
                        agency: *agency,
                        instrument: *instrument,
                        points: *points,
                    });
                }
                Effect::Chain(event, span) => {
                    self.chain(*event, *span, origin, site, 0x100 + n as u32);
                }
                Effect::Evidence(e) => {
                    if self.evidence[*e] == IDLE {
                        self.evidence[*e] = COMING;
                        let (site, takes) = (rules.evidence[*e].site, rules.evidence[*e].takes);
                        let days = self.luck().between(site, 1, takes.least, takes.most);
                        self.books.evidence_due[*e] = self.in_days(days);
                    }
                }
                Effect::Tell(t) => {
                    if self.tells[*t] == IDLE {
                        self.tells[*t] = COMING;
                        let (site, takes) = (rules.tells[*t].site, rules.tells[*t].takes);
                        let days = self.luck().between(site, 1, takes.least, takes.most);
                        self.books.tells_due[*t] = self.in_days(days);
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
                    let until = self.in_days(*days);
                    self.busy_until[*agency] = self.busy_until[*agency].max(until);
                }
                Effect::Refresh(instrument, percent) => {
                    let of = |m: &&mut Measure| m.instrument == *instrument && m.in_force();
                    for m in self.measures.iter_mut().filter(of) {
                        m.force = (m.force + (1 << 16) / 100 * *percent).min(1 << 16);
                    }
                }
                Effect::Disrupt(campaign, percent) => self.disrupt(*campaign, *percent),
                Effect::End(instrument) => self.end_all(rules, *instrument, sink),
                Effect::Launch(instrument, target) => {
                    self.launch_now(rules, *instrument, *target, origin, sink);
                }
                Effect::Guidance(profile) => {
                    self.guidance = rules.profiles[profile.i()].points;
                    self.amended = false;
                    sink.note(self.turn, Note::Guided(*profile));
                }
                Effect::Halt(aim) => {
                    let bit = 1 << aim.0;
                    if self.halted & bit == 0 {
                        self.halted |= bit;
                        sink.note(self.turn, Note::Halted(*aim));
                    }
                }
            }
        }
    }

    /// The one door through which a relationship changes.
    pub(super) fn relate<S: Sink>(
        &mut self,
        agency: AgencyIx,
        delta: Milli,
        cause: Cause,
        origin: Origin,
        sink: &mut S,
    ) {
        if delta == 0 {
            return;
        }
        let wanted = self.relation[agency] + delta;
        let new = wanted.clamp(-100 * ONE, 100 * ONE);
        self.relation[agency] = new;
        sink.note(self.turn, Note::Related { agency, delta, cause, origin });
        if new != wanted {
            let (delta, cause) = (new - wanted, Cause::Clamp);
            sink.note(self.turn, Note::Related { agency, delta, cause, origin });
        }
    }

    fn lean(&mut self, l: Leaning) {
        let of_pair = |o: &&mut Leaning| o.agency == l.agency && o.instrument == l.instrument;
        if let Some(old) = self.leanings.iter_mut().find(of_pair) {
            old.points = (old.points + l.points).clamp(-20 * ONE, 20 * ONE);
        } else {
            self.leanings.push(l);
        }
    }

    /// Puts an event into the queue. Without room for another it does not come.
    pub(super) fn chain(
        &mut self,
        event: EventIx,
        span: Span,
        origin: Origin,
        site: Site,
        index: u32,
    ) {
        let days = self.luck().between(site, index, span.least, span.most);
        let due = self.in_days(days);
        self.books.chains.push(Chain { event, due, origin });
    }

    fn disrupt(&mut self, campaign: CampaignIx, percent: u32) {
        let a = &mut self.activity[campaign];
        *a = ratio(i64::from(*a), 100 - i64::from(percent.min(100)), 100);
    }

    /// An instrument that is not the player's takes effect because an event says so.
    fn launch_now<S: Sink>(
        &mut self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
        origin: Origin,
        sink: &mut S,
    ) {
        let draft = Proposal { instrument, target, ..Proposal::default() };
        let day = self.day;
        if self.measures.push(Measure::begun(&draft, day, day, origin)) {
            let n = self.measures.len() - 1;
            self.launch(rules, n, sink);
            if let Some(last) = self.launched_this_turn.len().checked_sub(1) {
                self.launched_by_event |= 1 << last;
            }
        }
    }

    /// The measure at `n` takes effect.
    pub(super) fn launch<S: Sink>(&mut self, rules: &Rules, n: usize, sink: &mut S) {
        let s = self;
        let m = s.measures[n];
        let p = m.proposal();
        let ins = &rules.instruments[m.instrument];
        let target = &rules.targets[m.target];
        let origin = m.origin;
        let (wrong, espionage) = s.judged(rules, &m);
        s.answer(rules);
        let share = s.effect_share(rules, m.instrument, m.target);
        (s.measures[n].share, s.measures[n].wrong) = (share, wrong);
        let effect = s.measures[n].effect(rules);
        sink.note(s.turn, Note::Launched { instrument: m.instrument, target: m.target, wrong });
        s.count_predictions_of(rules, &m);
        s.moved(rules, &p, None, (effect, wrong), origin, sink);
        if wrong {
            for (i, amount) in wrong_moves(rules) {
                s.shift(rules, i, amount, Cause::WrongTarget(m.instrument, m.target), origin, sink);
            }
        } else if let Some(espionage) = espionage {
            for (i, amount) in espionage {
                s.shift(rules, i, amount, Cause::Espionage(m.instrument, m.target), origin, sink);
            }
        }
        if !wrong
            && ins.disrupts > 0
            && let Some(c) = target.campaign
        {
            s.disrupt(c, ins.disrupts);
        }
        s.measures[n].since = s.day;
        let i = m.instrument;
        let left = u64::from(s.effect_left[i]) * u64::from(ins.repeats_at) / 100;
        s.effect_left[i] = u32::try_from(left).unwrap_or(u32::MAX);
        s.tally[i].launched = s.tally[i].launched.saturating_add(1);
        s.launched_on[i] |= 1 << p.target.0;
        s.acted(rules, p);
        for f in &ins.fulfils {
            for k in 0..s.measures.len() {
                let other = s.measures[k];
                if other.instrument == *f && other.target == p.target && other.in_force() {
                    let (instrument, target) = (other.instrument, other.target);
                    sink.note(s.turn, Note::Ended { instrument, target, how: Ended::MadeGood(i) });
                    s.measures[k].due = GONE;
                }
            }
        }
        let cause = Cause::Launch(m.instrument, m.target);
        s.perform(rules, &ins.also_on_launch, cause, origin, ins.stage_site, sink);
    }

    /// The new terms at `n` take effect: the measure in force goes on with them. What they add to it
    /// or take from it comes at once; that it stands was answered, proved wrong and made good before.
    pub(super) fn revise<S: Sink>(&mut self, rules: &Rules, n: usize, sink: &mut S) {
        let m = self.measures[n];
        // What ended it in this phase ends these too, as the phase is over.
        let stands = |o: &Measure| o.is_of(m.instrument, m.target) && o.stands();
        let Some(at) = self.measures.iter().position(stands) else { return };
        let standing = self.measures[at];
        sink.note(self.turn, Note::Revised { instrument: m.instrument, target: m.target });
        self.count_predictions_of(rules, &m);
        let how = (standing.effect(rules), standing.wrong);
        self.moved(rules, &m.proposal(), Some(&standing.terms), how, m.origin, sink);
        self.measures[at].terms = m.terms;
        self.measures[n].due = GONE;
        if raises(rules, &m.proposal(), Some(&standing.terms)) {
            self.acted(rules, m.proposal());
        }
    }

    /// What a measure does as it takes effect, or its new terms do; `wrong`: it hits somebody who had
    /// no part in it.
    fn moved<S: Sink>(
        &mut self,
        rules: &Rules,
        p: &Proposal,
        from: Option<&Terms>,
        (effect, wrong): (Milli, bool),
        origin: Origin,
        sink: &mut S,
    ) {
        let heat = self.turn_now(rules).hottest;
        let mut move_it = |part: Part| {
            let cause = match part.term {
                Some((slot, at)) => Cause::Term(p.instrument, slot, at),
                None => Cause::Launch(p.instrument, p.target),
            };
            let (i, amount) = (part.indicator, part.amount);
            self.shift_scaled(rules, i, amount, part.base, part.factors(), cause, origin, sink);
            if wrong {
                // Nobody knows yet that it was wrong: analysts reckon with all of it.
                let least = i64::from(rules.tuning.wrong_effect.max(1));
                let all = ratio(i64::from(amount), i64::from(ONE), least);
                self.known.foretold[i] = self.known.foretold[i].saturating_add(all - amount);
            }
        };
        match from {
            None => launch_moves(rules, p, When::Launch, effect, heat, &mut move_it),
            Some(from) => {
                revision_moves(rules, p, from, When::Launch, effect, heat, &mut move_it);
            }
        }
    }

    /// Something was done that the other side sees and answers.
    fn acted(&mut self, rules: &Rules, p: Proposal) {
        self.launched_this_turn.push(p);
        let lane = rules.instruments[p.instrument].lane;
        if lane != Lane::Office {
            let at = usize::from(self.acts_at) % MAX_ACTS;
            self.acts[at] = (lane as u8, self.day);
            self.acts_at = self.acts_at.wrapping_add(1) % MAX_ACTS as u8;
        }
    }

    /// The new terms at `n` come to nothing.
    pub(super) fn drop_terms<S: Sink>(&mut self, n: usize, sink: &mut S) {
        let m = self.measures[n];
        let (instrument, target) = (m.instrument, m.target);
        sink.note(self.turn, Note::Ended { instrument, target, how: Ended::AsItStood });
        self.measures[n].due = GONE;
        self.predictions.retain(|p| p.due != Prediction::WAITS || p.origin != m.origin);
    }

    /// New terms come to nothing where the measure is gone that they were for.
    pub(super) fn drop_terms_of_nothing<S: Sink>(&mut self, sink: &mut S) {
        for n in 0..self.measures.len() {
            let m = self.measures[n];
            let stands = |o: &Measure| o.is_of(m.instrument, m.target) && o.stands();
            if m.revises && m.due != GONE && !self.measures.iter().any(stands) {
                self.drop_terms(n, sink);
            }
        }
        self.measures.retain(|m| m.due != GONE);
    }

    /// Whether a punishing measure hits a wrong (invented) target, and what it costs if what it
    /// punishes is accepted espionage.
    fn judged(&self, rules: &Rules, m: &Measure) -> (bool, Option<[(IndicatorIx, Milli); 2]>) {
        let Some(misses) = Misses::of(rules, m.instrument, m.target) else { return (false, None) };
        let bit = 1u64 << self.hidden.truth[misses.campaign];
        let espionage = misses.espionage & bit != 0;
        (misses.wrong & bit != 0, espionage.then(|| espionage_moves(rules, misses.campaign)))
    }

    /// What was foretold of a measure that takes effect counts from here.
    fn count_predictions_of(&mut self, rules: &Rules, m: &Measure) {
        let days = u16::try_from(rules.tuning.prediction_days / ONE).unwrap_or(u16::MAX);
        let due = self.in_days(days).min(Prediction::WAITS - 1);
        for p in self.predictions.iter_mut() {
            if p.due == Prediction::WAITS && p.origin == m.origin {
                p.due = due;
            }
        }
    }

    /// Ends everything in force of one instrument (an event may do that).
    fn end_all<S: Sink>(&mut self, rules: &Rules, instrument: InstrumentIx, sink: &mut S) {
        let on_end = &rules.instruments[instrument].on_end;
        for n in 0..self.measures.len() {
            let m = self.measures[n];
            // New terms go with the measure they are for.
            if m.instrument != instrument || m.revises {
                continue;
            }
            let how = if m.in_force() { Ended::Over } else { Ended::Dropped };
            sink.note(self.turn, Note::Ended { instrument, target: m.target, how });
            if m.in_force() {
                let cause = Cause::End(instrument, m.target);
                self.move_all_at(rules, m.target, on_end, cause, m.origin, sink);
            }
            self.measures[n].due = GONE;
        }
        self.measures.retain(|m| m.due != GONE);
        self.drop_terms_of_nothing(sink);
    }
}
