//! Everything that changes in a game: plain data of a fixed size, copied by a memcpy.
//!
//! Owns the state, the setup of a game, the one door through which an indicator changes (`shift`),
//! and the digest. Arrays have the sizes of `model::most`; lists are an array and a length.

use crate::day::Day;
use crate::luck::{Luck, Race, Site, mix};
use crate::num::{Milli, clamp32, ratio};
use crate::scenario::model::{
    AgencyIx, CampaignIx, EventIx, IndicatorIx, InstrumentIx, PromiseIx, Role, Rules, Sight,
    TargetIx, TaskIx, Turn, WorldIx, limits,
};

use super::ledger::{Cause, Entry, Factors, NO_FACTORS, Origin, Sink};
use super::order::{MAX_ACTIVE_TASKS, MAX_AGENDA, MAX_COMMITMENTS, Proposal};
use super::{belief, options::Menu};

/// "None" in a byte.
pub const NONE: u8 = u8::MAX;
pub const MAX_MEASURES: usize = 24;
pub const MAX_PROMPTS: usize = 10;
pub const MAX_CHAINS: usize = 12;
pub const MAX_PREDICTIONS: usize = 24;
pub const MAX_LEANINGS: usize = 24;
pub const MAX_ACTS: usize = 16;
/// A branch of a branch of … so often.
pub const MAX_BRANCHES: usize = 8;
const PAST: i16 = i16::MIN / 2;

/// A proposal of this turn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Agenda {
    pub proposal: Proposal,
    /// Capital paid.
    pub capital: u8,
    /// The order's number this turn.
    pub index: u8,
}

/// A cleared measure: in its pipeline or in force.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Measure {
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    pub terms: [u8; limits::SLOTS],
    /// Day the pipeline is done, from the first day of the game.
    pub due: i16,
    /// Day it took effect; `i16::MAX` while in the pipeline.
    pub since: i16,
    /// Day its pipeline began.
    pub begun: i16,
    /// Force left, 2^-16.
    pub force: u32,
    /// Share of the usual effect, thousandths: repeats, target and wrong target.
    pub effect: Milli,
    pub withdrawn: bool,
    pub origin: Origin,
    pub withdrawn_by: Origin,
}

impl std::hash::Hash for Origin {
    fn hash<H: std::hash::Hasher>(&self, h: &mut H) {
        let n: u32 = match self {
            Origin::Decision { turn, index } => 1 << 16 | u32::from(*turn) << 8 | u32::from(*index),
            Origin::Event { turn, event } => 2 << 16 | u32::from(*turn) << 8 | u32::from(event.0),
            Origin::Response { turn, response } => {
                3 << 16 | u32::from(*turn) << 8 | u32::from(response.0)
            }
            Origin::Campaign(c) => 4 << 16 | u32::from(c.0),
            Origin::Draw => 5 << 16,
            Origin::Drift => 6 << 16,
        };
        h.write_u32(n);
    }
}

impl Measure {
    /// A measure at the beginning of its pipeline.
    pub fn begun(p: &Proposal, day: i16, due: i16, origin: Origin) -> Measure {
        Measure {
            instrument: p.instrument,
            target: p.target,
            terms: p.terms,
            due,
            since: i16::MAX,
            begun: day,
            force: 1 << 16,
            effect: crate::num::ONE,
            withdrawn: false,
            origin,
            withdrawn_by: Origin::Drift,
        }
    }
    #[inline]
    pub fn in_force(&self) -> bool {
        self.since != i16::MAX
    }
    /// The day it took effect, of one in force. `since`, from which its time is counted, is the
    /// first day of that turn.
    pub fn effect_day(&self) -> i16 {
        self.since.max(self.due)
    }
    pub fn proposal(&self) -> Proposal {
        Proposal {
            instrument: self.instrument,
            target: self.target,
            terms: self.terms,
            venue: crate::scenario::model::VenueIx(0),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ActiveTask {
    pub task: TaskIx,
    pub campaign: Option<CampaignIx>,
    pub due: i16,
    pub origin: Origin,
}

/// A promise that stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Commitment {
    pub promise: PromiseIx,
    pub to: AgencyIx,
    /// Day from which it is kept.
    pub until: i16,
    pub origin: Origin,
}

/// An event waiting for an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Prompt {
    pub event: EventIx,
    pub choice: u8,
    pub index: u8,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Chain {
    pub event: EventIx,
    pub due: i16,
    pub origin: Origin,
}

/// What an adviser said a measure would move, in so many days from the day it takes effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Prediction {
    pub agency: AgencyIx,
    pub indicator: IndicatorIx,
    pub instrument: InstrumentIx,
    pub target: TargetIx,
    /// The order it goes back to.
    pub origin: Origin,
    /// What the ledger has put down to that order since the measure took effect.
    pub moved: Milli,
    pub low: Milli,
    pub high: Milli,
    /// Day it is held against what happened; `Prediction::WAITS` until the measure takes effect.
    pub due: i16,
    pub made: u8,
}

impl Prediction {
    pub const WAITS: i16 = i16::MAX;
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Tally {
    pub proposed: u8,
    pub cleared: u8,
    pub returned: u8,
    pub blocked: u8,
    pub launched: u8,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Leaning {
    pub agency: AgencyIx,
    pub instrument: InstrumentIx,
    pub points: Milli,
}

/// The state of a game. See `setup` for the first one.
#[derive(Debug, Clone)]
pub struct Situation {
    pub seed: u64,
    /// Turns from which on luck goes by another seed.
    pub branches: Branches,
    /// Turn being played, from 0; the number of turns when the game is over at its end.
    pub turn: u8,
    /// First day of the turn, from the first day of the game.
    pub day: i16,
    /// The ending reached, or `NONE`.
    pub ending: u8,
    /// Orders given this turn.
    pub orders: u8,

    // Hidden: drawn at the setup.
    pub world: u8,
    pub traits: u8,
    pub truth: [u8; limits::CAMPAIGNS],

    pub value: [Milli; limits::INDICATORS],
    /// What the player sees: the estimate of this turn for estimated indicators.
    pub seen: [Milli; limits::INDICATORS],
    /// Values and sights as the turn before opened.
    pub before: [Milli; limits::INDICATORS],
    /// Sum of the values at the ends of the turns so far.
    pub sum: [i64; limits::INDICATORS],

    pub relation: [Milli; limits::AGENCIES],
    pub busy_until: [i16; limits::AGENCIES],
    pub leanings: [Leaning; MAX_LEANINGS],
    pub leanings_len: u8,

    pub guidance: [u8; limits::LENSES],
    pub guided: bool,
    pub amended: bool,

    pub agenda: [Agenda; MAX_AGENDA],
    pub agenda_len: u8,
    pub measures: [Measure; MAX_MEASURES],
    pub measures_len: u8,
    /// Effect left after repeats, 2^-16, by instrument.
    pub fresh: [u32; limits::INSTRUMENTS],
    pub tally: [Tally; limits::INSTRUMENTS],
    /// Targets it took effect against, as a mask.
    pub launched_on: [u32; limits::INSTRUMENTS],
    pub just: [Proposal; MAX_AGENDA],
    pub just_len: u8,
    /// Those of `just` that an event set off, as a mask.
    pub just_late: u8,
    /// Lane and day of recent acts, oldest overwritten.
    pub acts: [(u8, i16); MAX_ACTS],
    pub acts_at: u8,

    pub active_tasks: [ActiveTask; MAX_ACTIVE_TASKS],
    pub active_tasks_len: u8,
    pub tasks_begun: [u8; limits::TASKS],
    pub tasks_done: [u8; limits::TASKS],
    pub asked: [u8; limits::ASKS],
    pub asks_now: u32,
    pub ask_origin: [u8; limits::ASKS],
    pub commitments: [Commitment; MAX_COMMITMENTS],
    pub commitments_len: u8,
    pub promised: u32,
    pub kept: u32,
    pub broke: u32,
    /// Day a reform is done; `i16::MAX`: not begun; after completion the day stays.
    pub reform_due: [i16; limits::REFORMS],
    pub reform_origin: [Origin; limits::REFORMS],
    pub reform_active: u32,

    /// Weights of the cells of all campaigns, by audience.
    pub belief: [[u64; limits::ALL_CELLS]; 4],
    pub world_belief: [u64; limits::WORLD_CELLS],
    pub evidence: [u8; limits::EVIDENCE],
    pub evidence_due: [i16; limits::EVIDENCE],
    pub tells: [u8; limits::TELLS],
    /// Answers to the rules' questions, thousandths.
    pub answers: [i16; limits::QUESTIONS],
    /// Activity of the campaigns, thousandths.
    pub activity: [Milli; limits::CAMPAIGNS],

    pub flags: u64,
    pub fired: [u8; limits::EVENTS],
    pub fired_day: [i16; limits::EVENTS],
    pub chose: [u8; limits::EVENTS],
    pub prompts: [Prompt; MAX_PROMPTS],
    pub prompts_len: u8,
    pub chains: [Chain; MAX_CHAINS],
    pub chains_len: u8,
    pub files_open: u32,
    /// Files that have been open, so that they do not open twice.
    pub files_done: u32,
    pub files_ready: [u8; limits::FILES],

    pub responded: u32,
    pub just_responded: u8,
    pub response_day: [i16; limits::RESPONSES],

    pub predictions: [Prediction; MAX_PREDICTIONS],
    pub predictions_len: u8,
    pub hits: [u8; limits::AGENCIES],
    pub checks: [u8; limits::AGENCIES],
    /// Stated confidence of 100 by proposition; 0: none.
    pub stated: [u8; limits::PROPOSITIONS],
    /// 0 open, 1 held, 2 did not hold.
    pub judged: [u8; limits::PROPOSITIONS],
    pub ever: u32,

    /// What is on offer this turn: a function of the rest, made when the turn opens.
    pub menu: Menu,
}

/// What a game starts from besides the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Start {
    pub seed: u64,
    /// Fixes the world instead of drawing it.
    pub world: Option<WorldIx>,
    /// Of a branch, and of branches of branches: where luck is fresh.
    pub branches: Branches,
    /// No branches; nothing in the rules depends on it.
    pub on_the_record: bool,
}

/// The turns (from 0) from which on a branch goes by a seed of its own, in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Branches {
    at: [(u8, u64); MAX_BRANCHES],
    len: u8,
}

impl Branches {
    /// These, and one more that begins at `turn`; whatever began there or later is no part of it.
    /// None if there would be too many.
    #[must_use]
    pub fn with(mut self, turn: u8, seed: u64) -> Option<Branches> {
        let kept = self.list().iter().filter(|(at, _)| *at < turn).count();
        let (own, rest) = self.at.get_mut(kept..)?.split_first_mut()?;
        *own = (turn, seed);
        rest.fill((0, 0));
        self.len = u8::try_from(kept + 1).ok()?;
        Some(self)
    }

    pub fn list(&self) -> &[(u8, u64)] {
        &self.at[..usize::from(self.len)]
    }

    /// The seed of the luck with which `turn` ends, in a game that began with `first`.
    #[inline]
    fn seed(&self, first: u64, turn: u8) -> u64 {
        self.list().iter().rev().find(|(at, _)| *at <= turn).map_or(first, |(_, seed)| *seed)
    }
}

impl Situation {
    /// The first day: hidden truths drawn, indicators at their starts, the first front page's
    /// events happened.
    pub fn setup<S: Sink>(rules: &Rules, start: Start, sink: &mut S) -> Situation {
        let mut s = Situation {
            seed: start.seed,
            branches: start.branches,
            turn: 0,
            day: 0,
            ending: NONE,
            orders: 0,
            world: 0,
            traits: 0,
            truth: [0; limits::CAMPAIGNS],
            value: [0; limits::INDICATORS],
            seen: [0; limits::INDICATORS],
            before: [0; limits::INDICATORS],
            sum: [0; limits::INDICATORS],
            relation: [0; limits::AGENCIES],
            busy_until: [PAST; limits::AGENCIES],
            leanings: [Leaning::default(); MAX_LEANINGS],
            leanings_len: 0,
            guidance: rules
                .profiles
                .get(rules.default_profile.i())
                .map_or([0; limits::LENSES], |p| p.points),
            guided: false,
            amended: false,
            agenda: [Agenda::default(); MAX_AGENDA],
            agenda_len: 0,
            measures: [Measure::default(); MAX_MEASURES],
            measures_len: 0,
            fresh: [1 << 16; limits::INSTRUMENTS],
            tally: [Tally::default(); limits::INSTRUMENTS],
            launched_on: [0; limits::INSTRUMENTS],
            just: [Proposal::default(); MAX_AGENDA],
            just_len: 0,
            just_late: 0,
            acts: [(NONE, PAST); MAX_ACTS],
            acts_at: 0,
            active_tasks: [ActiveTask::default(); MAX_ACTIVE_TASKS],
            active_tasks_len: 0,
            tasks_begun: [0; limits::TASKS],
            tasks_done: [0; limits::TASKS],
            asked: [0; limits::ASKS],
            asks_now: 0,
            ask_origin: [0; limits::ASKS],
            commitments: [Commitment::default(); MAX_COMMITMENTS],
            commitments_len: 0,
            promised: 0,
            kept: 0,
            broke: 0,
            reform_due: [i16::MAX; limits::REFORMS],
            reform_origin: [Origin::Drift; limits::REFORMS],
            reform_active: 0,
            belief: [[0; limits::ALL_CELLS]; 4],
            world_belief: [0; limits::WORLD_CELLS],
            evidence: [0; limits::EVIDENCE],
            evidence_due: [i16::MAX; limits::EVIDENCE],
            tells: [0; limits::TELLS],
            answers: [0; limits::QUESTIONS],
            activity: [1000; limits::CAMPAIGNS],
            flags: 0,
            fired: [0; limits::EVENTS],
            fired_day: [PAST; limits::EVENTS],
            chose: [NONE; limits::EVENTS],
            prompts: [Prompt::default(); MAX_PROMPTS],
            prompts_len: 0,
            chains: [Chain::default(); MAX_CHAINS],
            chains_len: 0,
            files_open: 0,
            files_done: 0,
            files_ready: [0; limits::FILES],
            responded: 0,
            just_responded: NONE,
            response_day: [PAST; limits::RESPONSES],
            predictions: [Prediction::default(); MAX_PREDICTIONS],
            predictions_len: 0,
            hits: [0; limits::AGENCIES],
            checks: [0; limits::AGENCIES],
            stated: [0; limits::PROPOSITIONS],
            judged: [0; limits::PROPOSITIONS],
            ever: 0,
            menu: Menu::default(),
        };
        for (i, indicator) in rules.indicators.iter().enumerate() {
            s.value[i] = indicator.start;
            s.seen[i] = indicator.start;
        }
        s.settle_products(rules);
        for (i, agency) in rules.agencies.iter().enumerate() {
            s.relation[i] = agency.relation;
        }
        for (i, file) in rules.files.iter().enumerate() {
            s.files_ready[i] = u8::try_from(file.ready).unwrap_or(100);
        }
        s.draw_truths(rules, start.world);
        s.before = s.seen;
        super::turn::open_first(rules, &mut s, sink);
        s
    }

    fn draw_truths(&mut self, rules: &Rules, world: Option<WorldIx>) {
        let luck = Luck::new(self.seed, 0);
        let mut race = Race::default();
        for (i, w) in rules.worlds.iter().enumerate() {
            race.enter(luck, Site::of("world", &w.id), 0, w.share, i as u32);
        }
        let drawn = world.map_or_else(|| race.winner().unwrap_or(0), |w| u32::from(w.0));
        self.world = u8::try_from(drawn).unwrap_or(0);
        let mut cell = 0;
        for t in &rules.traits {
            let mut race = Race::default();
            for (i, (_, share, _)) in t.values.iter().enumerate() {
                race.enter(luck, t.site, i as u32, *share, i as u32);
            }
            cell = cell * t.values.len() + race.winner().unwrap_or(0) as usize;
        }
        self.traits = u8::try_from(cell).unwrap_or(0);
        for (i, w) in rules.world_prior.iter().enumerate() {
            self.world_belief[i] = *w;
        }
        for (c, campaign) in rules.campaigns.iter().enumerate() {
            // A race over whole cells, keyed by the campaign's first variable: the joint prior is
            // drawn at once.
            let site = campaign.variables.first().map_or(Site(0), |v| v.site);
            let top = campaign.prior.iter().copied().max().unwrap_or(1).max(1);
            let mut race = Race::default();
            for (i, w) in campaign.prior.iter().enumerate() {
                let weight =
                    u32::try_from(u128::from(*w) * 1_000_000 / u128::from(top)).unwrap_or(0);
                race.enter(luck, site, i as u32, weight, i as u32);
            }
            self.truth[c] = u8::try_from(race.winner().unwrap_or(0)).unwrap_or(0);
            for audience in &mut self.belief {
                audience[campaign.first..campaign.first + campaign.cells]
                    .copy_from_slice(&campaign.prior);
            }
        }
        for n in 0..rules.campaigns.len() {
            self.answer(rules, CampaignIx::at(n), u8::MAX);
        }
    }

    /// Adds a measure; the caller has seen that there is room.
    pub(super) fn put_measure(&mut self, m: Measure) {
        self.measures[self.measures_len as usize] = m;
        self.measures_len += 1;
    }

    pub fn is_over(&self) -> bool {
        self.ending != NONE
    }
    pub fn agenda(&self) -> &[Agenda] {
        &self.agenda[..self.agenda_len as usize]
    }
    pub fn measures(&self) -> &[Measure] {
        &self.measures[..self.measures_len as usize]
    }
    pub fn active_tasks(&self) -> &[ActiveTask] {
        &self.active_tasks[..self.active_tasks_len as usize]
    }
    pub fn commitments(&self) -> &[Commitment] {
        &self.commitments[..self.commitments_len as usize]
    }
    pub fn prompts(&self) -> &[Prompt] {
        &self.prompts[..self.prompts_len as usize]
    }
    pub fn predictions(&self) -> &[Prediction] {
        &self.predictions[..self.predictions_len as usize]
    }
    pub fn just_launched(&self) -> &[Proposal] {
        &self.just[..self.just_len as usize]
    }

    /// The turn in play; after the last, the last.
    #[inline]
    pub fn turn_now<'r>(&self, rules: &'r Rules) -> &'r Turn {
        &rules.turns[usize::from(self.turn).min(rules.last_turn())]
    }
    /// First day of the turn in play.
    #[inline]
    pub fn today(&self, rules: &Rules) -> Day {
        rules.turns[0].opens.plus(i32::from(self.day))
    }
    /// The luck of the end of this turn.
    #[inline]
    pub fn luck(&self) -> Luck {
        Luck::new(self.branches.seed(self.seed, self.turn), self.turn + 1)
    }
    /// The luck by which the turn before ended: that of what is seen as this one opens. So what was
    /// seen when a branch was opened stays seen.
    pub(super) fn luck_before(&self) -> Luck {
        Luck::new(
            self.turn.checked_sub(1).map_or(self.seed, |t| self.branches.seed(self.seed, t)),
            self.turn,
        )
    }

    /// What the player sees of an indicator: the value, this turn's estimate, or (hidden) where it
    /// started.
    #[inline]
    pub fn sight(&self, rules: &Rules, i: IndicatorIx) -> Milli {
        match rules.indicators[i].sight {
            Sight::Exactly => self.value[i],
            Sight::Estimated(_) | Sight::Hidden => self.seen[i],
        }
    }

    /// The one door: changes an indicator by `delta` for a cause.
    #[inline]
    pub fn shift<S: Sink>(
        &mut self,
        rules: &Rules,
        i: IndicatorIx,
        delta: Milli,
        cause: Cause,
        origin: Origin,
        sink: &mut S,
    ) {
        self.shift_scaled(rules, i, delta, delta, NO_FACTORS, cause, origin, sink);
    }

    /// The same with the amount before its factors, for the ledger.
    #[expect(
        clippy::too_many_arguments,
        reason = "the ledger's line, passed flat so that nothing is built when the sink is off"
    )]
    #[inline]
    pub fn shift_scaled<S: Sink>(
        &mut self,
        rules: &Rules,
        i: IndicatorIx,
        delta: Milli,
        base: Milli,
        factors: Factors,
        cause: Cause,
        origin: Origin,
        sink: &mut S,
    ) {
        if delta == 0 {
            return;
        }
        let indicator = &rules.indicators[i];
        let old = self.value[i];
        let wanted = clamp32(i64::from(old) + i64::from(delta));
        let new = wanted.clamp(indicator.least, indicator.most);
        let line = sink.entry(Entry {
            turn: self.turn,
            indicator: i,
            delta,
            base,
            factors,
            cause,
            origin,
            parent: None,
        });
        if new != wanted {
            let cut = clamp32(i64::from(new) - i64::from(old) - i64::from(delta));
            sink.entry(Entry {
                turn: self.turn,
                indicator: i,
                delta: cut,
                base: cut,
                factors: NO_FACTORS,
                cause: Cause::Clamp,
                origin,
                parent: Some(line),
            });
        }
        self.value[i] = new;
        if self.predictions_len > 0 {
            self.count_toward_predictions(i, new - old, origin);
        }
        if let Some(p) = indicator.factor_of {
            let target = self.product(rules, p);
            let step = target - self.value[p];
            if step != 0 {
                self.value[p] = target;
                sink.entry(Entry {
                    turn: self.turn,
                    indicator: p,
                    delta: step,
                    base: step,
                    factors: NO_FACTORS,
                    cause: Cause::Product(i),
                    origin,
                    parent: Some(line),
                });
            }
        }
    }

    /// What a measure moves counts for or against what was foretold of it.
    fn count_toward_predictions(&mut self, i: IndicatorIx, moved: Milli, origin: Origin) {
        for p in &mut self.predictions[..self.predictions_len as usize] {
            if p.indicator == i && p.origin == origin && p.due != Prediction::WAITS {
                p.moved = p.moved.saturating_add(moved);
            }
        }
    }

    fn product(&self, rules: &Rules, p: IndicatorIx) -> Milli {
        let indicator = &rules.indicators[p];
        match indicator.product {
            Some((a, b)) => ratio(i64::from(self.value[a]), i64::from(self.value[b]), 100_000)
                .clamp(indicator.least, indicator.most),
            None => self.value[p],
        }
    }

    fn settle_products(&mut self, rules: &Rules) {
        for (i, indicator) in rules.indicators.iter().enumerate() {
            if indicator.product.is_some() {
                self.value[i] = self.product(rules, IndicatorIx::at(i));
                self.seen[i] = self.value[i];
            }
        }
    }

    /// Recomputes the answers to the questions that gates ask of a campaign before these audiences.
    pub(super) fn answer(&mut self, rules: &Rules, campaign: CampaignIx, audiences: u8) {
        let c = &rules.campaigns[campaign];
        let mut totals = [0; 4];
        for (of, total) in
            totals.iter_mut().enumerate().filter(|(of, _)| audiences & (1 << of) != 0)
        {
            *total = belief::total(&self.belief[of][c.first..c.first + c.cells]);
        }
        for (n, q) in rules.questions.iter().enumerate() {
            if q.campaign != campaign || audiences & (1 << q.of as u8) == 0 {
                continue;
            }
            let p = belief::share_of(
                &self.belief[q.of as usize][c.first..c.first + c.cells],
                q.mask,
                totals[q.of as usize],
            );
            self.answers[n] = i16::try_from(p).unwrap_or(1000);
        }
    }

    /// The role that lacks least for this pair: role, what it needs, what there is (thousandths).
    /// None where there is no gate.
    pub fn easiest_role(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Option<(Role, Milli, Milli)> {
        rules.gate_tests[instrument][target]
            .iter()
            .map(|g| (g.role, g.needs, Milli::from(self.answers[g.question])))
            .max_by_key(|(role, needs, has)| (has - needs, std::cmp::Reverse(*role as u8)))
    }

    /// Whether the law lets the pair pass: no gate, or some role's.
    pub fn gate_open(&self, rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> bool {
        let tests = &rules.gate_tests[instrument][target];
        if tests.is_empty() {
            // A gated instrument needs a role to go by; a target without roles cannot pass its
            // gate.
            return rules.instruments[instrument].gates.is_empty();
        }
        tests.iter().any(|g| Milli::from(self.answers[g.question]) >= g.needs)
    }

    /// A 128-bit digest of everything that matters, the same on every machine.
    pub fn digest(&self) -> u128 {
        use std::hash::Hash;
        let mut h = Fold::default();
        let mut branches = self.branches.list().iter();
        let (turn, seed) = branches.next().copied().unwrap_or((NONE, 0));
        (self.seed, turn, seed).hash(&mut h);
        for further in branches {
            further.hash(&mut h);
        }
        (self.turn, self.day, self.ending, self.orders, self.world, self.traits, self.truth)
            .hash(&mut h);
        self.value.hash(&mut h);
        self.seen.hash(&mut h);
        self.before.hash(&mut h);
        self.sum.hash(&mut h);
        self.relation.hash(&mut h);
        self.busy_until.hash(&mut h);
        self.leanings[..self.leanings_len as usize].hash(&mut h);
        (self.guidance, self.guided, self.amended).hash(&mut h);
        self.agenda().hash(&mut h);
        self.measures().hash(&mut h);
        self.fresh.hash(&mut h);
        self.tally.hash(&mut h);
        self.launched_on.hash(&mut h);
        self.just_launched().hash(&mut h);
        self.just_late.hash(&mut h);
        self.acts.hash(&mut h);
        self.acts_at.hash(&mut h);
        self.active_tasks().hash(&mut h);
        (self.tasks_begun, self.tasks_done, self.asked, self.asks_now, self.ask_origin)
            .hash(&mut h);
        self.commitments().hash(&mut h);
        (self.promised, self.kept, self.broke).hash(&mut h);
        self.reform_due.hash(&mut h);
        self.reform_origin.hash(&mut h);
        self.reform_active.hash(&mut h);
        self.belief.hash(&mut h);
        self.world_belief.hash(&mut h);
        self.evidence.hash(&mut h);
        self.evidence_due.hash(&mut h);
        self.tells.hash(&mut h);
        self.activity.hash(&mut h);
        self.flags.hash(&mut h);
        self.fired.hash(&mut h);
        self.fired_day.hash(&mut h);
        self.chose.hash(&mut h);
        self.prompts().hash(&mut h);
        self.chains[..self.chains_len as usize].hash(&mut h);
        (self.files_open, self.files_done, self.files_ready).hash(&mut h);
        (self.responded, self.just_responded, self.response_day).hash(&mut h);
        self.predictions().hash(&mut h);
        (self.hits, self.checks).hash(&mut h);
        (self.stated, self.judged, self.ever).hash(&mut h);
        h.finish128()
    }
}

/// Folds whole numbers into 128 bits, little-endian on every machine.
#[derive(Default)]
struct Fold {
    a: u64,
    b: u64,
}

impl Fold {
    fn word(&mut self, w: u64) {
        self.a = (self.a ^ w).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        self.b =
            (self.b.rotate_left(23) ^ w).wrapping_mul(0xd6e8_feb8_6659_fd93).wrapping_add(self.a);
    }
    fn finish128(self) -> u128 {
        let a = mix(self.a ^ self.b.rotate_left(32));
        let b = mix(self.b.wrapping_add(a));
        u128::from(a) << 64 | u128::from(b)
    }
}

impl std::hash::Hasher for Fold {
    fn finish(&self) -> u64 {
        self.a ^ self.b
    }
    fn write(&mut self, bytes: &[u8]) {
        // Slices of integers arrive as memory; only byte arrays come here on every machine the same
        // way.
        for chunk in bytes.chunks(8) {
            let mut word = [0u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, n: u8) {
        self.word(u64::from(n));
    }
    fn write_u16(&mut self, n: u16) {
        self.word(u64::from(n));
    }
    fn write_u32(&mut self, n: u32) {
        self.word(u64::from(n));
    }
    fn write_u64(&mut self, n: u64) {
        self.word(n);
    }
    fn write_usize(&mut self, n: usize) {
        self.word(n as u64);
    }
    fn write_isize(&mut self, n: isize) {
        self.word(n as u64);
    }
}
