//! Where an agency stands on a draft, and why: computed, never scripted.
//!
//! A position is a weighted sum of what the agency expects the draft to do over about ninety days.
//! Expected change is first order: the draft's declared effects, carried once through the flows at
//! the rates the agency itself believes. All of it is a linear form of the draft's effects, so the
//! weights (`RoomWeights`) are made once a turn and each draft costs a short dot product. Nothing
//! here reads a hidden value.

use serde::Serialize;

use crate::num::{Milli, ONE, byte, clamp32, ratio};
use crate::scenario::model::{
    AgencyIx, IndicatorIx, InstrumentIx, PromiseIx, Rules, TargetIx, limits,
};

use super::effect::{Terms, When, launch_moves, raises, revision_moves};
use super::items::Measure;
use super::order::Proposal;
use super::state::Known;

/// The six stances, from for to against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    Presses,
    Supports,
    Concurs,
    Reserves,
    Objects,
    Blocks,
}

impl Stance {
    pub const ALL: [Stance; 6] = [
        Stance::Presses,
        Stance::Supports,
        Stance::Concurs,
        Stance::Reserves,
        Stance::Objects,
        Stance::Blocks,
    ];
}

/// Horizon of an expectation, in days.
const HORIZON: i64 = 90;
/// Effects a draft can have; more are left out of positions (check keeps instruments far below).
pub const MAX_PARTS: usize = 40;

/// What a draft is expected to do to each indicator: a sparse list.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    pub list: [(IndicatorIx, Milli); MAX_PARTS],
    pub len: usize,
}

impl Expected {
    const NOTHING: Expected = Expected { list: [(IndicatorIx(0), 0); MAX_PARTS], len: 0 };

    #[inline]
    pub fn parts(&self) -> &[(IndicatorIx, Milli)] {
        &self.list[..self.len]
    }
    #[inline]
    fn add(&mut self, i: IndicatorIx, amount: Milli) {
        if amount != 0 && self.len < MAX_PARTS {
            self.list[self.len] = (i, amount);
            self.len += 1;
        }
    }
    /// What the ledger will put down to it within so many days of the day it takes effect.
    #[inline]
    fn add_moves(
        &mut self,
        rules: &Rules,
        s: &Known,
        p: &Proposal,
        heat: Milli,
        likely: i64,
        horizon: i64,
    ) {
        let ins = &rules.instruments[p.instrument];
        let effect = ratio(i64::from(s.effect_share(rules, p.instrument, p.target)), likely, 100);
        launch_moves(rules, p, When::Launch, effect, heat, |part| {
            self.add(part.indicator, part.amount);
        });
        if !ins.while_active.is_empty() {
            let days = days_of(ins.lasts, horizon);
            launch_moves(rules, p, When::Active, effect, heat, |part| {
                self.add(part.indicator, ratio(i64::from(part.amount), days, 30));
            });
        }
    }
    /// The same of new terms for a measure in force: what it does at once, and over so many days.
    fn add_revision(
        &mut self,
        rules: &Rules,
        p: &Proposal,
        m: &Measure,
        heat: Milli,
        horizon: i64,
    ) {
        revision_moves(rules, p, &m.terms, When::Launch, m.share, heat, |part| {
            self.add(part.indicator, part.amount);
        });
        let days = days_of(rules.instruments[p.instrument].lasts, horizon);
        revision_moves(rules, p, &m.terms, When::Active, m.share, heat, |part| {
            self.add(part.indicator, ratio(i64::from(part.amount), days, 30));
        });
    }
    /// What the campaign it disrupts no longer does over the horizon.
    #[inline]
    fn add_disruption(&mut self, rules: &Rules, s: &Known, p: &Proposal, likely: i64) {
        let disrupts = i64::from(rules.instruments[p.instrument].disrupts);
        if disrupts == 0 {
            return;
        }
        if let Some(c) = rules.targets[p.target].campaign {
            // Half of the cut is still there on average over the horizon: designer's judgement.
            for m in &rules.campaigns[c].does {
                let cut =
                    -i64::from(m.amount) * i64::from(s.activity[c]) * disrupts * HORIZON * likely
                        / 600_000;
                self.add(m.indicator, clamp32(cut / i64::from(ONE)));
            }
        }
    }
}

/// So many days of a horizon as something stands that lasts so long; 0: to the end.
fn days_of(lasts: u16, horizon: i64) -> i64 {
    if lasts == 0 { horizon } else { i64::from(lasts).min(horizon) }
}

/// Percent, of a draft that waits for something, that it will come.
fn likely(rules: &Rules, p: &Proposal) -> i64 {
    p.values(rules).fold(100, |share, (_, v)| share * i64::from(v.likely) / 100)
}

/// Weights on indicators.
pub type Weights = [i32; limits::INDICATORS];

/// Everyone's weights for this turn, made once and used for every draft.
#[derive(Debug, Clone)]
pub struct RoomWeights {
    /// By agency; only those in the room are filled.
    pub weights: [Weights; limits::AGENCIES],
    /// The player's guidance as weights (thousandths of guidance points).
    pub guidance: Weights,
    pub heat: Milli,
}

impl RoomWeights {
    pub fn new(rules: &Rules, s: &Known) -> RoomWeights {
        // The room feels a window that is known one turn ahead.
        let turn = s.turn_now(rules);
        let heat = turn.hottest.max(turn.foreseen);
        let mut room = RoomWeights {
            weights: [[0; limits::INDICATORS]; limits::AGENCIES],
            guidance: guidance_weights(rules, s),
            heat,
        };
        let open = open_flows(rules, s);
        for a in in_room(rules) {
            let agency = &rules.agencies[a];
            let w = &mut room.weights[a];
            w[..agency.cares.len()].copy_from_slice(&agency.cares);
            if let Some(p) = principal(rules, s, a) {
                for (i, extra) in &rules.principals[p].cares {
                    w[*i] = (w[*i] + extra).clamp(-10 * ONE, 10 * ONE);
                }
            }
            let t = rules.roles.talks.i();
            w[t] = clamp32(
                i64::from(w[t])
                    + i64::from(w[t]) * i64::from(agency.minds_windows) * i64::from(heat) / 100_000,
            );
            let believes = &rules.plan.believed[a];
            spread(rules, s, w, open, |f| believes[f]);
        }
        room
    }
}

/// Flows that push now, as far as the player can see: a mask.
pub fn open_flows(rules: &Rules, s: &Known) -> u64 {
    let mut mask = 0;
    for (n, f) in rules.flows.iter().enumerate() {
        let v = s.value[f.from];
        if (v > f.threshold) == f.above && v != f.threshold {
            mask |= 1 << n;
        }
    }
    mask
}

/// Carries weights backwards through flows and products over the horizon of an expectation.
pub fn spread(rules: &Rules, s: &Known, w: &mut Weights, open: u64, rate: impl Fn(usize) -> Milli) {
    spread_over(rules, s, w, open, HORIZON, rate);
}

/// The same over so many days: what a change of `from` is worth because of `to`.
pub fn spread_over(
    rules: &Rules,
    s: &Known,
    w: &mut Weights,
    open: u64,
    days: i64,
    rate: impl Fn(usize) -> Milli,
) {
    // From the last flow to the first, so that what a later one adds to a weight is carried on by
    // those before it.
    let mut left = open;
    while left != 0 {
        let n = 63 - left.leading_zeros() as usize;
        left &= !(1 << n);
        let f = &rules.flows[n];
        let to = i64::from(w[f.to]);
        if to == 0 {
            continue;
        }
        let sign = if f.above { 1 } else { -1 };
        let gain = to * i64::from(rate(n)) * days * sign / (30 * i64::from(ONE));
        w[f.from] = clamp32(i64::from(w[f.from]) + gain);
        distribute(rules, s, w, f.from, gain);
    }
    for p in &rules.plan.products {
        // What was cared about the product itself, before any flow added to it.
        let own = i64::from(w[*p]);
        if own != 0 {
            distribute_own(rules, s, w, *p, own);
        }
    }
}

/// Flow gains on a product go on to its factors at once.
fn distribute(rules: &Rules, s: &Known, w: &mut Weights, p: IndicatorIx, gain: i64) {
    if let Some((a, b)) = rules.indicators[p].product {
        let (va, vb) = (i64::from(s.value[a]), i64::from(s.value[b]));
        w[a] = clamp32(i64::from(w[a]) + gain * vb / 100_000);
        w[b] = clamp32(i64::from(w[b]) + gain * va / 100_000);
        w[p] = clamp32(i64::from(w[p]) - gain);
    }
}

fn distribute_own(rules: &Rules, s: &Known, w: &mut Weights, p: IndicatorIx, own: i64) {
    if let Some((a, b)) = rules.indicators[p].product {
        let (va, vb) = (i64::from(s.value[a]), i64::from(s.value[b]));
        w[a] = clamp32(i64::from(w[a]) + own * vb / 100_000);
        w[b] = clamp32(i64::from(w[b]) + own * va / 100_000);
    }
}

/// The office holder of an agency now: position in `rules.principals`.
pub fn principal(rules: &Rules, s: &Known, agency: AgencyIx) -> Option<usize> {
    let turn = usize::from(s.turn).min(rules.turns.len() - 1);
    rules
        .principal_at
        .get(turn)
        .and_then(|row| row.get(agency.i()).copied().flatten())
        .map(usize::from)
}

/// The guidance as weights on indicators: how much one point of the indicator adds to the player's
/// own total, in thousandths of a lens point times guidance points.
pub fn guidance_weights(rules: &Rules, s: &Known) -> Weights {
    weights_for(rules, &s.guidance)
}

/// The same for any points.
pub fn weights_for(rules: &Rules, guidance: &[u8; limits::LENSES]) -> Weights {
    let mut w = [0i64; limits::INDICATORS];
    for (n, lens) in rules.lenses.iter().enumerate() {
        let points = i64::from(guidance[n]);
        if points == 0 {
            continue;
        }
        for (i, weight) in &lens.weighs {
            w[*i] +=
                super::outcome::direction(rules, *i) * points * i64::from(*weight) * i64::from(ONE)
                    / lens.total.max(1)
                    * super::outcome::stretch(rules, *i)
                    / i64::from(ONE);
        }
    }
    w.map(clamp32)
}

/// What the draft is expected to do over the horizon, at this heat.
pub fn expected(rules: &Rules, s: &Known, p: &Proposal, heat: Milli) -> Expected {
    let mut e = Expected::NOTHING;
    for m in &rules.instruments[p.instrument].on_clear {
        e.add(rules.targets[p.target].lands(m.indicator), m.amount);
    }
    // New terms wait for nothing, and what the measure breaks into was broken into as it took effect.
    if let Some(m) = s.standing(rules, p.instrument, p.target) {
        e.add_revision(rules, p, m, heat, HORIZON);
        return e;
    }
    let likely = likely(rules, p);
    e.add_moves(rules, s, p, heat, likely, HORIZON);
    e.add_disruption(rules, s, p, likely);
    e
}

/// What the ledger will put down to a draft, should it take effect, in so many days from then. What
/// a measure with new terms does in force is put down to the order that brought it.
pub fn expected_within(rules: &Rules, s: &Known, p: &Proposal, heat: Milli, days: i64) -> Expected {
    let mut e = Expected::NOTHING;
    match s.standing(rules, p.instrument, p.target) {
        Some(m) => e.add_revision(rules, p, m, heat, 0),
        None => e.add_moves(rules, s, p, heat, 100, days),
    }
    e
}

#[inline]
fn dot(w: &Weights, e: &Expected) -> i64 {
    let mut sum = 0;
    for (i, amount) in e.parts() {
        sum += i64::from(w[*i]) * i64::from(*amount);
    }
    sum
}

/// What a weights-holder makes of a draft: thousandths of (weight x point).
#[inline]
pub fn worth(w: &Weights, e: &Expected) -> Milli {
    clamp32(dot(w, e) / i64::from(ONE))
}

/// Scores by agency, in position points (thousandths); of those outside the room, 0.
pub type Scores = [Milli; limits::AGENCIES];

/// What everyone thinks of an instrument against a target, whatever its terms and venue: made once
/// for a pair and used for every draft of it.
#[derive(Debug, Clone, Copy)]
pub struct PairStanding {
    standing: Scores,
    /// What everyone thinks of more of it: part of the standing, unless new terms bring no more.
    leans: Scores,
    /// The terms of the measure in force to which a draft gives new ones.
    from: Option<Terms>,
    /// What the last meeting left of everyone's mood, which is in `standing` too, and of the
    /// President's.
    pub left: Scores,
    pub president: Milli,
    /// Those with a red line here, as a mask.
    pub red: u32,
}

impl PairStanding {
    pub fn new(
        rules: &Rules,
        s: &Known,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> PairStanding {
        let moods = s.last_moods(instrument, target);
        PairStanding::after(rules, s, instrument, target, moods)
    }

    /// The same after a meeting with these moods.
    pub(super) fn after(
        rules: &Rules,
        s: &Known,
        instrument: InstrumentIx,
        target: TargetIx,
        moods: Option<&[i16; limits::AGENCIES + 1]>,
    ) -> PairStanding {
        let mut pair = PairStanding {
            standing: [0; limits::AGENCIES],
            leans: [0; limits::AGENCIES],
            from: s.standing(rules, instrument, target).map(|m| m.terms),
            left: [0; limits::AGENCIES],
            president: left_of(rules, moods, limits::AGENCIES),
            red: 0,
        };
        for a in in_room(rules) {
            pair.left[a] = left_of(rules, moods, a.i());
            pair.red |= u32::from(s.red_line(rules, instrument, a).is_some()) << a.0;
        }
        let (mut rest, mut more) = (pair.left.map(i64::from), [0; limits::AGENCIES]);
        standing_of_pair(rules, s, (instrument, target), |agency, reason, points| {
            let sums = if reason.is_of_more() { &mut more } else { &mut rest };
            sums[agency] += i64::from(points);
        });
        (pair.standing, pair.leans) = (rest.map(clamp32), more.map(clamp32));
        pair
    }
}

/// What is left of a mood of the last meeting about the pair.
fn left_of(rules: &Rules, moods: Option<&[i16; limits::AGENCIES + 1]>, who: usize) -> Milli {
    moods
        .map_or(0, |m| ratio(i64::from(m[who]), i64::from(rules.tuning.mood_lasts), i64::from(ONE)))
}

/// The agencies in the room.
pub fn in_room(rules: &Rules) -> impl Iterator<Item = AgencyIx> {
    rules.agencies.iter().enumerate().filter(|(_, a)| !a.outside).map(|(n, _)| AgencyIx::at(n))
}

/// Everyone's score for one draft.
pub fn scores(
    rules: &Rules,
    room: &RoomWeights,
    pair: &PairStanding,
    e: &Expected,
    p: &Proposal,
) -> Scores {
    let mut out = pair.standing;
    let guided = guidance_of_draft(rules, room, e);
    terms_of_draft(rules, p, pair.from.as_ref(), |agency, _, _, points| {
        out[agency] = clamp32(i64::from(out[agency]) + i64::from(points));
    });
    let more = raises(rules, p, pair.from.as_ref());
    for a in in_room(rules) {
        let effects = ratio(dot(&room.weights[a], e), 1, i64::from(rules.tuning.position_scale));
        let leans = if more { i64::from(pair.leans[a]) } else { 0 };
        out[a] = clamp32(i64::from(out[a]) + leans + i64::from(effects) + i64::from(guided));
    }
    out
}

/// Why an agency stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It expects this indicator to change by so much.
    Expects(IndicatorIx, Milli),
    /// Its standing leaning on the instrument.
    Leans,
    /// The office holder's.
    Principal(u8),
    /// Something that happened moved it.
    Moved,
    Relation,
    Promise(PromiseIx),
    Guidance,
    /// A term: slot and position.
    Term(u8, u8),
    /// What is left of its mood at the last meeting about this, which stopped it.
    LastMeeting,
    /// It sponsors the live file.
    Sponsor,
    /// It minds that the target is named: position in the target's list.
    Minds(u8),
    Busy,
    /// What is on its own mind: position in the agency's list of spells.
    Spell(u8),
    /// A red line: position in the agency's list.
    RedLine(u8),
}

impl Reason {
    /// Whether it is about having the measure, or more of it.
    fn is_of_more(self) -> bool {
        matches!(self, Reason::Leans | Reason::Principal(_) | Reason::Moved | Reason::Minds(_))
    }
}

/// Everything in the positions of the room that neither terms nor venue change.
fn standing_of_pair(
    rules: &Rules,
    s: &Known,
    (instrument, target): (InstrumentIx, TargetIx),
    mut give: impl FnMut(AgencyIx, Reason, Milli),
) {
    let sits = |a: AgencyIx| !rules.agencies[a].outside;
    for a in in_room(rules) {
        give(a, Reason::Leans, rules.agencies[a].leans[instrument]);
        if let Some(n) = principal(rules, s, a) {
            let leans = &rules.principals[n].leans;
            let points = leans.iter().find(|(i, _)| *i == instrument).map_or(0, |(_, l)| *l);
            give(a, Reason::Principal(byte(n)), points);
        }
    }
    for l in s.leanings.iter().filter(|l| l.instrument == instrument && sits(l.agency)) {
        give(l.agency, Reason::Moved, l.points);
    }
    for a in in_room(rules) {
        let points = i64::from(rules.tuning.relation_points);
        let points = ratio(i64::from(s.relation[a]), points, 100 * i64::from(ONE));
        give(a, Reason::Relation, points);
    }
    for d in s.commitments.iter().filter(|d| sits(d.to)) {
        let promise = &rules.promises[d.promise];
        if promise.carries(instrument) {
            give(d.to, Reason::Promise(d.promise), promise.gains);
        }
    }
    if let Some(f) = s.live_file(rules, instrument, target).map(|f| &rules.files[f])
        && sits(f.sponsor)
    {
        give(f.sponsor, Reason::Sponsor, f.pushes);
    }
    for (n, m) in rules.targets[target].minds.iter().enumerate() {
        if sits(m.agency) && s.all(rules, &m.when) {
            give(m.agency, Reason::Minds(byte(n)), m.points);
        }
    }
    for a in in_room(rules) {
        if s.busy_until[a] > s.day {
            give(a, Reason::Busy, -rules.tuning.busy_points);
        }
        if let Some((n, spell)) = s.spell_of(rules, a) {
            give(a, Reason::Spell(n), spell.points);
        }
    }
}

/// What the draft is worth to everyone because it serves the President's guidance.
#[inline]
fn guidance_of_draft(rules: &Rules, room: &RoomWeights, e: &Expected) -> Milli {
    let gain = clamp32(dot(&room.guidance, e) / (12 * i64::from(ONE)));
    ratio(i64::from(gain), i64::from(rules.tuning.guidance_points), i64::from(ONE))
        .clamp(-3 * ONE, 3 * ONE)
}

/// Points that terms themselves bring: agency, slot, position, points. Of new terms, those that
/// change, less what the old ones brought.
fn terms_of_draft(
    rules: &Rules,
    p: &Proposal,
    from: Option<&Terms>,
    mut give: impl FnMut(AgencyIx, u8, u8, Milli),
) {
    for (n, (at, value)) in p.values(rules).enumerate() {
        if from.is_some_and(|from| from[n] == at) {
            continue;
        }
        for (who, points) in &value.moves_agencies {
            give(*who, byte(n), at, *points);
        }
        if let Some((_, gone)) = from.and_then(|from| p.with(from).values(rules).nth(n)) {
            for (who, points) in &gone.moves_agencies {
                give(*who, byte(n), at, -points);
            }
        }
    }
}

/// A position with its score and all it rests on, unordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    pub agency: AgencyIx,
    pub stance: Stance,
    /// Position points, thousandths.
    pub score: Milli,
    pub reasons: Vec<(Reason, Milli)>,
}

impl Position {
    /// Whether it speaks against the draft.
    pub fn is_against(&self) -> bool {
        self.stance >= Stance::Reserves
    }
}

/// The stance for a score.
pub fn stance(rules: &Rules, score: Milli) -> Stance {
    let t = &rules.tuning;
    match score {
        n if n >= t.presses_at => Stance::Presses,
        n if n >= t.supports_at => Stance::Supports,
        n if n >= t.concurs_at => Stance::Concurs,
        n if n >= t.reserves_at => Stance::Reserves,
        n if n >= t.objects_at => Stance::Objects,
        _ => Stance::Blocks,
    }
}

/// Everything that a position on a draft rests on, unordered; a red line apart. `e`: what the draft
/// is expected to do.
pub fn reasons(
    rules: &Rules,
    s: &Known,
    room: &RoomWeights,
    e: &Expected,
    p: &Proposal,
    agency: AgencyIx,
) -> Vec<(Reason, Milli)> {
    let mut reasons: Vec<(Reason, Milli)> = Vec::new();
    let w = &room.weights[agency];
    for (i, amount) in e.parts() {
        let points =
            ratio(i64::from(w[*i]) * i64::from(*amount), 1, i64::from(rules.tuning.position_scale));
        match reasons.iter_mut().find(|(r, _)| matches!(r, Reason::Expects(j, _) if j == i)) {
            Some((Reason::Expects(_, total), sum)) => {
                *total += amount;
                *sum += points;
            }
            _ => reasons.push((Reason::Expects(*i, *amount), points)),
        }
    }
    let from = s.standing(rules, p.instrument, p.target).map(|m| &m.terms);
    let more = raises(rules, p, from);
    standing_of_pair(rules, s, (p.instrument, p.target), |who, r, points| {
        if who == agency && (more || !r.is_of_more()) {
            reasons.push((r, points));
        }
    });
    let moods = s.last_moods(p.instrument, p.target);
    reasons.push((Reason::LastMeeting, left_of(rules, moods, agency.i())));
    reasons.push((Reason::Guidance, guidance_of_draft(rules, room, e)));
    terms_of_draft(rules, p, from, |who, slot, at, points| {
        if who != agency {
            return;
        }
        // What a new term brings and the old one no longer does is one reason.
        let term = Reason::Term(slot, at);
        match reasons.iter_mut().find(|(r, _)| *r == term) {
            Some((_, sum)) => *sum += points,
            None => reasons.push((term, points)),
        }
    });
    reasons
}

/// The full position, reasons included: for screens and memos.
pub fn position(
    rules: &Rules,
    s: &Known,
    room: &RoomWeights,
    p: &Proposal,
    agency: AgencyIx,
) -> Position {
    let e = expected(rules, s, p, room.heat);
    let score =
        scores(rules, room, &PairStanding::new(rules, s, p.instrument, p.target), &e, p)[agency];
    let mut reasons = reasons(rules, s, room, &e, p, agency);
    let line = s.red_line(rules, p.instrument, agency);
    let stance = if line.is_some() { Stance::Blocks } else { stance(rules, score) };
    reasons.extend(line.map(|n| (Reason::RedLine(n), score)));
    Position { agency, stance, score, reasons }
}
