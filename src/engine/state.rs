//! The state of a game: plain data of a fixed size, copied by a memory copy.
//!
//! Owns three parts and the one door through which an indicator changes. `Hidden` is what nobody in
//! the game can see. `Known` is what the player knows, and with it the books of the process that
//! nobody outside the engine reads. `Situation` is both. Whatever looks ahead (positions, odds,
//! menus, policies) receives `&Known`, from which the hidden part cannot be reached; the end of a
//! turn, the debrief and tests hold a `Situation`.

use std::ops::{Deref, DerefMut};

use crate::day::Day;
use crate::luck::Luck;
use crate::num::{Milli, ONE, clamp32, ratio, round_div};
use crate::scenario::model::{
    AimIx, CampaignIx, EvidenceIx, IndicatorIx, InstrumentIx, ReformIx, Role, Rules, Sight,
    TargetIx, TaskIx, Turn, limits,
};

use super::belief;
use super::items::{
    ActiveTask, Agenda, AimClock, AimSeen, Chain, Commitment, Heard, IDLE, Leaning,
    MAX_ACTIVE_TASKS, MAX_ACTS, MAX_AGENDA, MAX_CHAINS, MAX_COMMITMENTS, MAX_HEARD, MAX_LEANINGS,
    MAX_MEASURES, MAX_PREDICTIONS, MAX_PROMPTS, MAX_SHELF, Measure, NONE, PAST, Prediction, Prompt,
    Shelved, Tally,
};
use super::ledger::{Cause, Entry, Factors, NO_FACTORS, Origin, Sink};
use super::list::List;
use super::menu::Menu;
use super::order::Proposal;
use super::start::Branches;

/// What nobody in the game sees.
#[derive(Debug, Clone)]
pub struct Hidden {
    pub world: u8,
    /// Cell of the counterpart's traits.
    pub traits: u8,
    /// Cell of the other side's aims.
    pub aims: u8,
    /// Cell of each campaign.
    pub truth: [u8; limits::CAMPAIGNS],
    /// True values of all indicators.
    pub value: [Milli; limits::INDICATORS],
    /// Sum of the true values at the ends of the turns so far.
    pub sum: [i64; limits::INDICATORS],
}

/// The process's own books: luck and dates to come. Only the engine reads them.
#[derive(Debug, Clone)]
pub(super) struct Books {
    pub seed: u64,
    /// Seed of the luck with which this turn ends.
    pub luck: u64,
    pub branches: Branches,
    pub evidence_due: [i16; limits::EVIDENCE],
    /// Day a tell comes that an effect brings.
    pub tells_due: [i16; limits::TELLS],
    pub events_fired_on: [i16; limits::EVENTS],
    pub responded_on: [i16; limits::RESPONSES],
    /// Texts of each response that have been told, as a mask, until all have been.
    pub told: [u8; limits::RESPONSES],
    pub chains: List<Chain, MAX_CHAINS>,
    /// Where each aim is, pursued or not, and those whose last step nothing stopped, as a mask.
    pub aims: [AimClock; limits::AIMS],
    pub aims_through: u8,
    /// Campaigns and audiences whose belief moved since the answers were computed: four bits a
    /// campaign.
    pub asked_again: u32,
}

/// What the player knows of a game. Days count from its first day, turns from 0.
#[derive(Debug, Clone)]
pub struct Known {
    /// Turn being played; the number of turns when the game is over at its end.
    pub turn: u8,
    /// First day of the turn.
    pub day: i16,
    /// The ending reached, or `NONE`.
    pub ending: u8,
    /// Its further lines that held on that day, as a mask.
    pub ending_lines: u32,
    /// Orders given this turn.
    pub orders: u8,

    /// What is known of each indicator now: the value, this turn's estimate, or (hidden) what
    /// analysts reckon from where it started.
    pub value: [Milli; limits::INDICATORS],
    /// The same as this turn opened.
    pub opened: [Milli; limits::INDICATORS],
    /// The same as the turn before opened.
    pub before: [Milli; limits::INDICATORS],
    /// Sum of what was seen at the ends of the turns so far.
    pub sum: [i64; limits::INDICATORS],
    /// Standard error of each estimate; 0 of what is exact or hidden.
    pub doubt: [Milli; limits::INDICATORS],
    /// What public causes have done since the turn opened to what is estimated.
    pub(super) foretold: [Milli; limits::INDICATORS],

    pub relation: [Milli; limits::AGENCIES],
    pub busy_until: [i16; limits::AGENCIES],
    /// What each agency has on its own mind: the position of the spell in its list, or `NONE`; and
    /// the day on which that is over.
    pub spell: [u8; limits::AGENCIES],
    pub spell_until: [i16; limits::AGENCIES],
    pub leanings: List<Leaning, MAX_LEANINGS>,

    pub guidance: [u8; limits::LENSES],
    pub guided: bool,
    pub amended: bool,

    pub agenda: List<Agenda, MAX_AGENDA>,
    /// Meetings that stopped a draft, by pair, the oldest first.
    pub heard: List<Heard, MAX_HEARD>,
    pub measures: List<Measure, MAX_MEASURES>,
    /// Files the office has had built and not used yet.
    pub shelf: List<Shelved, MAX_SHELF>,
    /// Effect left after repeats, 2^-16, by instrument.
    pub effect_left: [u32; limits::INSTRUMENTS],
    pub tally: [Tally; limits::INSTRUMENTS],
    /// Targets it took effect against, as a mask.
    pub launched_on: [u32; limits::INSTRUMENTS],
    pub launched_this_turn: List<Proposal, MAX_AGENDA>,
    /// Those of `launched_this_turn` that an event set off, as a mask.
    pub launched_by_event: u8,
    /// Lane and day of recent acts, oldest overwritten.
    pub acts: [(u8, i16); MAX_ACTS],
    pub acts_at: u8,

    pub active_tasks: List<ActiveTask, MAX_ACTIVE_TASKS>,
    pub tasks_begun: [u8; limits::TASKS],
    pub tasks_done: [u8; limits::TASKS],
    pub asked: [u8; limits::ASKS],
    pub asks_now: u32,
    pub ask_origin: [u8; limits::ASKS],
    pub commitments: List<Commitment, MAX_COMMITMENTS>,
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
    pub tells: [u8; limits::TELLS],
    /// Weights of the cells of the other side's aims, what was seen of each, and those given up, as
    /// a mask.
    pub aim_belief: [u64; limits::AIM_CELLS],
    pub aims: [AimSeen; limits::AIMS],
    pub halted: u8,
    /// Answers to the rules' questions as the turn opened, thousandths.
    pub answers: [i16; limits::QUESTIONS],
    /// Activity of the campaigns, thousandths.
    pub activity: [Milli; limits::CAMPAIGNS],

    pub flags: u64,
    pub events_fired: [u8; limits::EVENTS],
    pub choice_made: [u8; limits::EVENTS],
    pub prompts: List<Prompt, MAX_PROMPTS>,
    pub files_open: u32,
    /// Files that have been open, so that they do not open twice.
    pub files_done: u32,
    pub files_ready: [u8; limits::FILES],

    pub responded: u32,
    pub just_responded: u8,

    pub predictions: List<Prediction, MAX_PREDICTIONS>,
    pub hits: [u8; limits::AGENCIES],
    pub checks: [u8; limits::AGENCIES],
    /// Stated confidence of 100 by proposition; 0: none.
    pub confidence: [u8; limits::PROPOSITIONS],
    /// 0 open, 1 held, 2 did not hold.
    pub judged: [u8; limits::PROPOSITIONS],
    pub ever: u32,

    /// What the turn offered as it opened, once somebody has asked (see `Known::menu`).
    pub(super) menu: Option<Menu>,
    pub(super) books: Books,
}

/// A whole game. It reads as what is known of it; the hidden part is asked for by name.
#[derive(Debug, Clone)]
pub struct Situation {
    pub(super) hidden: Hidden,
    pub(super) known: Known,
}

impl Deref for Situation {
    type Target = Known;
    #[inline]
    fn deref(&self) -> &Known {
        &self.known
    }
}

impl DerefMut for Situation {
    #[inline]
    fn deref_mut(&mut self) -> &mut Known {
        &mut self.known
    }
}

impl Hidden {
    /// Whether the other side works towards it.
    pub fn pursues(&self, rules: &Rules, aim: AimIx) -> bool {
        rules.aim_cells.get(usize::from(self.aims)).is_some_and(|mask| mask & (1 << aim.0) != 0)
    }
}

impl Known {
    /// Before the first day: nothing has happened yet.
    pub(super) fn empty(rules: &Rules) -> Known {
        let profile = rules.profiles.get(rules.default_profile.i());
        Known {
            turn: 0,
            day: 0,
            ending: NONE,
            ending_lines: 0,
            orders: 0,
            value: [0; limits::INDICATORS],
            opened: [0; limits::INDICATORS],
            before: [0; limits::INDICATORS],
            sum: [0; limits::INDICATORS],
            doubt: [0; limits::INDICATORS],
            foretold: [0; limits::INDICATORS],
            relation: [0; limits::AGENCIES],
            busy_until: [PAST; limits::AGENCIES],
            spell: [NONE; limits::AGENCIES],
            spell_until: [PAST; limits::AGENCIES],
            leanings: List::default(),
            guidance: profile.map_or([0; limits::LENSES], |p| p.points),
            guided: false,
            amended: false,
            agenda: List::default(),
            heard: List::default(),
            measures: List::default(),
            shelf: List::default(),
            effect_left: [1 << 16; limits::INSTRUMENTS],
            tally: [Tally::default(); limits::INSTRUMENTS],
            launched_on: [0; limits::INSTRUMENTS],
            launched_this_turn: List::default(),
            launched_by_event: 0,
            acts: [(NONE, PAST); MAX_ACTS],
            acts_at: 0,
            active_tasks: List::default(),
            tasks_begun: [0; limits::TASKS],
            tasks_done: [0; limits::TASKS],
            asked: [0; limits::ASKS],
            asks_now: 0,
            ask_origin: [0; limits::ASKS],
            commitments: List::default(),
            promised: 0,
            kept: 0,
            broke: 0,
            reform_due: [i16::MAX; limits::REFORMS],
            reform_origin: [Origin::Drift; limits::REFORMS],
            reform_active: 0,
            belief: [[0; limits::ALL_CELLS]; 4],
            world_belief: [0; limits::WORLD_CELLS],
            evidence: [0; limits::EVIDENCE],
            tells: [0; limits::TELLS],
            aim_belief: [0; limits::AIM_CELLS],
            aims: [AimSeen::default(); limits::AIMS],
            halted: 0,
            answers: [0; limits::QUESTIONS],
            activity: [1000; limits::CAMPAIGNS],
            flags: 0,
            events_fired: [0; limits::EVENTS],
            choice_made: [NONE; limits::EVENTS],
            prompts: List::default(),
            files_open: 0,
            files_done: 0,
            files_ready: [0; limits::FILES],
            responded: 0,
            just_responded: NONE,
            predictions: List::default(),
            hits: [0; limits::AGENCIES],
            checks: [0; limits::AGENCIES],
            confidence: [0; limits::PROPOSITIONS],
            judged: [0; limits::PROPOSITIONS],
            ever: 0,
            menu: None,
            books: Books {
                seed: 0,
                luck: 0,
                branches: Branches::default(),
                evidence_due: [i16::MAX; limits::EVIDENCE],
                tells_due: [i16::MAX; limits::TELLS],
                events_fired_on: [PAST; limits::EVENTS],
                responded_on: [PAST; limits::RESPONSES],
                told: [0; limits::RESPONSES],
                chains: List::default(),
                aims: [AimClock::default(); limits::AIMS],
                aims_through: 0,
                asked_again: u32::MAX,
            },
        }
    }

    pub fn is_over(&self) -> bool {
        self.ending != NONE
    }

    /// Whether the weeks after the last turn are over as well: not where the game ended early.
    pub fn has_run_on(&self, rules: &Rules) -> bool {
        usize::from(self.turn) > rules.played()
    }

    /// Whether the reform is in place.
    #[inline]
    pub fn is_in_place(&self, reform: ReformIx) -> bool {
        self.reform_active & (1 << reform.0) != 0
    }

    /// Staff on hand as a turn opens: what reforms that are done add stays for good.
    pub fn staff_a_turn(&self, rules: &Rules) -> Milli {
        let all = (0..rules.reforms.len()).map(ReformIx::at);
        let moves = all.filter(|r| self.is_in_place(*r)).flat_map(|r| &rules.reforms[r].moves);
        let detailed = moves.filter(|m| m.indicator == rules.roles.staff).map(|m| m.amount);
        rules.tuning.staff_a_turn + detailed.sum::<Milli>()
    }

    /// Capital that comes as the turn ends, with the President's confidence as it is seen.
    pub fn income(&self, rules: &Rules) -> Milli {
        income(rules, self.value[rules.roles.president], self.turn_now(rules).days)
    }

    /// The turn in play; after the last, the last.
    #[inline]
    pub fn turn_now<'r>(&self, rules: &'r Rules) -> &'r Turn {
        &rules.turns[usize::from(self.turn).min(rules.turns.len() - 1)]
    }

    /// First day of the turn in play.
    #[inline]
    pub fn today(&self, rules: &Rules) -> Day {
        rules.turns[0].opens.plus(i32::from(self.day))
    }

    /// First day of the next turn.
    #[inline]
    pub(super) fn tomorrow(&self, rules: &Rules) -> i16 {
        self.in_days(self.turn_now(rules).days)
    }

    /// The last day on which work that falls due is there as this turn has ended: the day on which
    /// the next opens; in the last turn the last of the game.
    #[inline]
    pub(super) fn due_by(&self, rules: &Rules) -> i16 {
        self.tomorrow(rules) - i16::from(self.is_last(rules))
    }

    /// Whether the game is over with the end of this turn, or of the weeks after the last.
    #[inline]
    pub(super) fn is_last(&self, rules: &Rules) -> bool {
        usize::from(self.turn) + 1 >= rules.turns.len()
    }

    /// The day so many days from the first of this turn.
    #[inline]
    pub(super) fn in_days(&self, days: u16) -> i16 {
        self.day.saturating_add(i16::try_from(days).unwrap_or(i16::MAX))
    }

    /// Weights of the cells of one campaign before an audience.
    #[inline]
    pub fn cells(&self, rules: &Rules, audience: usize, campaign: CampaignIx) -> &[u64] {
        let c = &rules.campaigns[campaign];
        &self.belief[audience][c.first..c.first + c.cells]
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

    /// The share of the usual effect a measure would have now: repeats, target and proof,
    /// thousandths.
    pub fn effect_share(&self, rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> Milli {
        let left = i64::from(self.share_of_repeat(rules, instrument, target));
        let aimed = left * i64::from(rules.targets[target].weight) / 100;
        clamp32(aimed * i64::from(self.carried(rules, instrument, target)) / i64::from(ONE))
    }

    /// The share that is left of the usual effect because the instrument was used before,
    /// thousandths. Use on others is forgotten in time; use on the same target is not.
    pub fn share_of_repeat(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Milli {
        let left = i64::from(self.effect_left[instrument]) * i64::from(ONE) / (1 << 16);
        let again = self.launched_on[instrument] & (1 << target.0) != 0;
        let share = if again { rules.instruments[instrument].repeats_at.into() } else { 100 };
        clamp32(left * share / 100)
    }

    /// The share of its effect that the proof carries, thousandths: least where it just meets the
    /// law, most where it is complete. All of it where the law asks for none.
    pub fn carried(&self, rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> Milli {
        let role = self.easiest_role(rules, instrument, target);
        role.map_or(ONE, |(_, needs, has)| carried(rules, needs, has))
    }

    /// What is left of the moods of the last meeting that stopped a draft of the pair, in thousandths
    /// of a point: by agency and last the President's.
    pub fn last_moods(
        &self,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Option<&[i16; limits::AGENCIES + 1]> {
        let of = |h: &&Heard| h.instrument == instrument && h.target == target;
        self.heard.iter().find(of).map(|h| &h.moods)
    }

    /// The open live file for the pair.
    pub fn live_file(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> Option<usize> {
        let mut open = self.files_open;
        while open != 0 {
            let n = open.trailing_zeros() as usize;
            open &= open - 1;
            if rules.files.get(n).is_some_and(|f| f.instrument == instrument && f.target == target)
            {
                return Some(n);
            }
        }
        None
    }

    /// The file built or being built for the pair.
    pub fn shelved(&self, instrument: InstrumentIx, target: TargetIx) -> Option<&Shelved> {
        self.shelf.iter().find(|f| f.is_of(instrument, target))
    }

    /// Of 100: what a live file has ready of the pair's papers.
    pub fn ready_by_others(&self, rules: &Rules, i: InstrumentIx, t: TargetIx) -> u8 {
        self.live_file(rules, i, t).map_or(0, |f| self.files_ready[f].min(100))
    }

    /// Whether the papers without which the pair cannot be proposed lie ready.
    pub fn has_file(&self, rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> bool {
        rules.instruments[instrument].building.is_none()
            || self.shelved(instrument, target).is_some_and(|f| f.built(self.day))
            || self.ready_by_others(rules, instrument, target) == 100
    }

    /// The evidence the task would bring in next on the campaign.
    pub fn next_item(
        &self,
        rules: &Rules,
        task: TaskIx,
        campaign: CampaignIx,
    ) -> Option<EvidenceIx> {
        let items = rules.tasks[task].items.get(campaign.i())?;
        items.iter().copied().find(|e| self.evidence[*e] == IDLE)
    }

    /// Computes the answers to the questions that gates ask, where belief has moved since.
    pub(super) fn answer(&mut self, rules: &Rules) {
        if self.books.asked_again == 0 {
            return;
        }
        let mut totals = [[None; limits::CAMPAIGNS]; 4];
        for (n, q) in rules.questions.iter().enumerate() {
            let bit = 1 << (q.campaign.i() * 4 + q.of as usize);
            if self.books.asked_again & bit != 0 {
                let cells = self.cells(rules, q.of as usize, q.campaign);
                let total =
                    totals[q.of as usize][q.campaign].get_or_insert_with(|| belief::total(cells));
                let share = belief::share_of(cells, q.mask, *total);
                self.answers[n] = i16::try_from(share).expect("a share is at most a thousand");
            }
        }
        self.books.asked_again = 0;
    }

    /// Belief about the campaign moved before these audiences, as a mask.
    pub(super) fn ask_again(&mut self, campaign: CampaignIx, audiences: u8) {
        const { assert!(limits::CAMPAIGNS * 4 <= 32) }
        self.books.asked_again |= u32::from(audiences & 0xf) << (campaign.i() * 4);
    }

    /// What a measure moves counts for or against what was foretold of it.
    fn count_toward_predictions(&mut self, i: IndicatorIx, moved: Milli, origin: Origin) {
        for p in self.predictions.iter_mut() {
            if p.indicator == i && p.origin == origin && p.due != Prediction::WAITS {
                p.moved = p.moved.saturating_add(moved);
            }
        }
    }
}

/// The share of its effect that proof of so much carries where the law needs so much, thousandths.
pub fn carried(rules: &Rules, needs: Milli, has: Milli) -> Milli {
    let (least, most) = (rules.tuning.proof_least, rules.tuning.proof_full);
    let above = i64::from(has - needs).max(0);
    let room = i64::from(ONE - needs).max(1);
    least + clamp32(above * i64::from(most - least) / room)
}

/// Capital that so much confidence brings in so many days.
pub(super) fn income(rules: &Rules, president: Milli, days: u16) -> Milli {
    let month = i64::from(president) * i64::from(rules.tuning.income);
    round_div(month * i64::from(days), 30 * i64::from(ONE))
}

impl Situation {
    pub fn known(&self) -> &Known {
        &self.known
    }

    /// What nobody in the game sees: for the debrief, statistics of finished games, and tests.
    pub fn hidden(&self) -> &Hidden {
        &self.hidden
    }

    /// For tests: the hidden part, to be disturbed.
    #[doc(hidden)]
    pub fn hidden_mut(&mut self) -> &mut Hidden {
        &mut self.hidden
    }

    /// The same game with fresh luck from the end of this turn on.
    #[must_use]
    pub fn with_luck(mut self, seed: u64) -> Situation {
        self.known.books.luck = seed;
        self.known.books.branches = Branches::default();
        self
    }

    /// The luck of the end of this turn.
    #[inline]
    pub fn luck(&self) -> Luck {
        Luck::new(self.books.luck, self.turn + 1)
    }

    /// The one door: changes an indicator by `delta` for a cause.
    #[inline]
    pub(super) fn shift<S: Sink>(
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
    pub(super) fn shift_scaled<S: Sink>(
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
        let line = Entry {
            turn: self.turn,
            indicator: i,
            delta,
            base,
            factors,
            cause,
            origin,
            parent: None,
        };
        let old = self.hidden.value[i];
        let wanted = clamp32(i64::from(old) + i64::from(delta));
        let new = wanted.clamp(indicator.least, indicator.most);
        let number = sink.entry(line);
        let child = |indicator, delta, cause| Entry {
            indicator,
            delta,
            base: delta,
            factors: NO_FACTORS,
            cause,
            parent: Some(number),
            ..line
        };
        if new != wanted {
            let cut = clamp32(i64::from(new) - i64::from(old) - i64::from(delta));
            sink.entry(child(i, cut, Cause::Clamp));
        }
        self.put(rules, i, new);
        if cause.is_public() {
            self.known.foretold[i] = clamp32(i64::from(self.known.foretold[i]) + i64::from(delta));
        }
        if !self.predictions.is_empty() {
            self.known.count_toward_predictions(i, new - old, origin);
        }
        if let Some(p) = indicator.factor_of {
            let target = self.product(rules, p);
            let step = target - self.hidden.value[p];
            if step != 0 {
                self.put(rules, p, target);
                sink.entry(child(p, step, Cause::Product(i)));
            }
        }
    }

    /// Sets a true value; what the player sees exactly is seen at once.
    #[inline]
    pub(super) fn put(&mut self, rules: &Rules, i: IndicatorIx, value: Milli) {
        self.hidden.value[i] = value;
        if rules.indicators[i].sight == Sight::Exactly {
            self.known.value[i] = value;
        }
    }

    fn product(&self, rules: &Rules, p: IndicatorIx) -> Milli {
        let indicator = &rules.indicators[p];
        let value = &self.hidden.value;
        indicator.product.map_or(value[p], |(a, b)| {
            ratio(i64::from(value[a]), i64::from(value[b]), 100_000)
                .clamp(indicator.least, indicator.most)
        })
    }

    /// Sets every product from its factors.
    pub(super) fn settle_products(&mut self, rules: &Rules) {
        for p in &rules.plan.products {
            let value = self.product(rules, *p);
            self.put(rules, *p, value);
        }
    }
}
