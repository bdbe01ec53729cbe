//! Evidence: what arrives, what is looked for and not found, and what both do to belief.
//!
//! Whether an item arrives depends only on public facts (a day, a task, a chance). What it says
//! depends on the truth. An item that was looked for and not seen is an observation too.

use crate::num::{Milli, ONE, ratio};
use crate::scenario::model::{
    CampaignIx, EvidenceIx, From, GateTest, InstrumentIx, Rules, TargetIx, TaskIx, TellIx,
};

use super::belief;
use super::items::{COMING, FOUND, IDLE, SILENT};
use super::ledger::{Cause, Factor, Note, Origin, Sink};
use super::state::{Known, Situation};

impl Known {
    /// The tasks that may still add to a record that the gates of this measure read.
    pub fn proving(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        target: TargetIx,
    ) -> impl Iterator<Item = (TaskIx, CampaignIx)> {
        let gates = &rules.instruments[instrument].gates;
        let audiences = gates.iter().fold(0u8, |all, g| all | 1 << g.of as u8);
        let adds = move |e: &EvidenceIx| {
            let item = &rules.evidence[*e];
            self.evidence[*e] == IDLE
                && item.reaches & audiences != 0
                && matches!(item.from, From::Task(_))
        };
        let on = rules.targets[target].campaign;
        let of = move |c: CampaignIx| {
            let brings = move |t: TaskIx| rules.tasks[t].items.get(c.i());
            let adding = move |t: &TaskIx| brings(*t).is_some_and(|items| items.iter().any(adds));
            (0..rules.tasks.len()).map(TaskIx::at).filter(adding).map(move |t| (t, c))
        };
        on.into_iter().flat_map(of)
    }

    /// Whether the proof that the law asks for this measure could still be had: whether what is left
    /// to find about the campaign, each item seen or not as would serve best, carries it for some
    /// role.
    pub fn could_prove(&self, rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> bool {
        let is_left = |e: EvidenceIx| matches!(self.evidence[e], IDLE | COMING);
        rules.gate_tests[instrument][target]
            .iter()
            .any(|g| self.comes_out(rules, *g, is_left, |has| has >= g.needs))
    }

    /// Whether what is being looked for now may take away the proof that there is: each item that
    /// falls due, or that a task under way brings next, seen or not as would serve least.
    pub fn could_lose(&self, rules: &Rules, instrument: InstrumentIx, target: TargetIx) -> bool {
        let tasks = self.active_tasks.iter();
        let next: Vec<EvidenceIx> =
            tasks.filter_map(|t| self.next_item(rules, t.task, t.campaign?)).collect();
        let is_looked_for = |e: EvidenceIx| self.evidence[e] == COMING || next.contains(&e);
        let tests = &rules.gate_tests[instrument][target];
        let holds = |g: &&GateTest| Milli::from(self.answers[g.question]) >= g.needs;
        let mut holding = tests.iter().filter(holds).peekable();
        holding.peek().is_some()
            && holding.all(|g| self.comes_out(rules, *g, is_looked_for, |has| has < g.needs))
    }

    /// Whether there is a way in which these items come out, each seen or not, so that what is then
    /// proved of the question `is` so. Of more items than can be tried, yes.
    fn comes_out(
        &self,
        rules: &Rules,
        g: GateTest,
        items: impl Fn(EvidenceIx) -> bool,
        is: impl Fn(Milli) -> bool,
    ) -> bool {
        /// Every way in which so many items may come out is tried.
        const TRIED: usize = 10;
        let q = &rules.questions[g.question];
        let reaches = |e: EvidenceIx| {
            let item = &rules.evidence[e];
            item.campaign == q.campaign && item.reaches & (1 << q.of as u8) != 0
        };
        let all = (0..rules.evidence.len()).map(EvidenceIx::at);
        let left: Vec<&[u16]> =
            all.filter(|e| reaches(*e) && items(*e)).map(|e| &*rules.evidence[e].seen).collect();
        left.len() > TRIED
            || (0..1u32 << left.len()).any(|ways| {
                let mut cells = self.cells(rules, q.of as usize, q.campaign).to_vec();
                for (n, seen) in left.iter().enumerate() {
                    belief::update(&mut cells, seen, ways & (1 << n) != 0);
                }
                is(belief::share(&cells, q.mask))
            })
    }
}

/// Items that arrive by themselves or fall due, then belief for everyone who may use them.
pub(super) fn arrivals<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    shifts(rules, s);
    let turn = s.turn_now(rules);
    let tomorrow = s.day.saturating_add(i16::try_from(turn.days).unwrap_or(i16::MAX));
    let luck = s.luck();
    for (n, draw) in rules.plan.turns[usize::from(s.turn)].arrivals.iter().enumerate() {
        let comes = match s.evidence[n] {
            // What is found about a campaign nobody has heard of is not told yet.
            IDLE => {
                let there = || {
                    let of = rules.evidence[n].campaign;
                    s.known.all(rules, &rules.campaigns[of].appears)
                };
                draw.chance != 0 && luck.yes(draw.site, 0, draw.chance) && there()
            }
            COMING => s.books.evidence_due[n] < tomorrow,
            _ => false,
        };
        if comes {
            resolve(rules, s, EvidenceIx::at(n), Origin::Drift, sink);
        }
    }
    tells(rules, s, tomorrow, sink);
}

/// Items dated on or before the first day are known when the game opens.
pub(super) fn known_at_start<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let opens = rules.turns[0].opens;
    for (n, e) in rules.evidence.iter().enumerate() {
        if matches!(e.from, From::On(day) if day <= opens) {
            resolve(rules, s, EvidenceIx::at(n), Origin::Drift, sink);
        }
    }
}

/// Whether the item is seen is drawn; belief before each audience it reaches takes it, or its
/// silence, in.
pub(super) fn resolve<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    ix: EvidenceIx,
    origin: Origin,
    sink: &mut S,
) {
    let e = &rules.evidence[ix];
    let c = &rules.campaigns[e.campaign];
    let chance = e.seen[usize::from(s.hidden.truth[e.campaign])];
    let seen = s.luck().yes(e.site, 2, (u64::from(chance) << 32) / 1000);
    for (audience, weights) in s.belief.iter_mut().enumerate() {
        if e.reaches & (1 << audience) != 0 {
            belief::update(&mut weights[c.first..c.first + c.cells], &e.seen, seen);
        }
    }
    s.ask_again(e.campaign, e.reaches);
    s.evidence[ix] = if seen { FOUND } else { SILENT };
    if seen {
        sink.note(s.turn, Note::Found(ix));
        s.move_all(rules, &e.moves, Cause::Evidence(ix), origin, sink);
    } else {
        sink.note(s.turn, Note::Silence(ix));
    }
}

/// Evidence about the world and the counterpart.
fn tells<S: Sink>(rules: &Rules, s: &mut Situation, tomorrow: i16, sink: &mut S) {
    let luck = s.luck();
    let cell = world_cell(rules, s);
    for (n, draw) in rules.plan.turns[usize::from(s.turn)].tells.iter().enumerate() {
        let e = &rules.tells[n];
        let comes = match (s.tells[n], e.from) {
            (IDLE, From::Task(t)) => s.tasks_done[t] > 0,
            (IDLE, _) => draw.chance != 0 && luck.yes(draw.site, 0, draw.chance),
            (COMING, _) => s.books.tells_due[n] < tomorrow,
            _ => false,
        };
        if comes {
            let seen = luck.yes(e.site, 2, (u64::from(e.seen[cell]) << 32) / 1000);
            belief::update(&mut s.world_belief[..rules.world_prior.len()], &e.seen, seen);
            s.tells[n] = if seen { FOUND } else { SILENT };
            let ix = TellIx::at(n);
            sink.note(s.turn, if seen { Note::TellFound(ix) } else { Note::TellSilence(ix) });
            if seen {
                s.move_all(rules, &e.moves, Cause::Tell(ix), Origin::Drift, sink);
            }
        }
    }
}

/// The world cell that is true.
pub fn world_cell(rules: &Rules, s: &Situation) -> usize {
    usize::from(s.hidden.world) * rules.trait_cells.max(1) + usize::from(s.hidden.traits)
}

/// Hidden types that change: the truth moves by a draw, belief by the matrix.
fn shifts(rules: &Rules, s: &mut Situation) {
    let luck = s.luck();
    for (n, steps) in &rules.plan.turns[usize::from(s.turn)].shifts {
        let c = &rules.campaigns[*n];
        let drawn = luck.share(c.shift_site, 0) >> 16;
        let mut sum = 0;
        for step in steps.iter().filter(|step| step.from == s.hidden.truth[*n]) {
            sum += step.share;
            if drawn < sum {
                s.hidden.truth[*n] = step.to;
                break;
            }
        }
        for weights in &mut s.belief {
            belief::shift(&mut weights[c.first..c.first + c.cells], steps);
        }
        s.ask_again(CampaignIx::at(*n), u8::MAX);
    }
}

/// Campaigns go on: what each does, at its activity, and its way back after a disruption.
pub(super) fn campaigns<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    for (n, c) in rules.campaigns.iter().enumerate() {
        let ix = CampaignIx::at(n);
        let foretold = s.known.foretold;
        s.move_over_turn(
            rules,
            &c.does,
            s.activity[n],
            Factor::Activity,
            Cause::Campaign(ix),
            Origin::Campaign(ix),
            sink,
        );
        // What nobody knows of yet, analysts do not reckon in.
        if !s.known.all(rules, &c.appears) {
            s.known.foretold = foretold;
        }
        if c.recovers.half_life > 0 {
            let missing = i64::from(ONE - s.activity[n]);
            let keep = i64::from(c.recovers.keep[usize::from(s.turn)]);
            s.activity[n] = ONE - ratio(missing, keep, 1 << 16);
        }
    }
}
