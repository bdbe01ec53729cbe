//! Greedy, in closed form: no rollouts, no look at anything hidden.
//!
//! Each step takes the order with the highest first-order change of the guidance total at four
//! turns times its chance to clear, with the flows at the scenario's prior over worlds. Slots are
//! filled one at a time: instrument and target, then each term, then the venue. When a better
//! measure waits behind the law, it tasks collection for it. `only:` and `lens:` are the same
//! player with fewer instruments or one lens.

use crate::engine::items::{MAX_MEASURES, Shelved};
use crate::engine::odds::{Meeting, VENUE_SLOT, meeting, would_lift};
use crate::engine::options::{instrument_offered, offered, verb_open};
use crate::engine::order::Proposal;
use crate::engine::position::{
    PairStanding, RoomWeights, Weights, expected, guidance_weights, open_flows, spread_over, worth,
};
use crate::engine::{Draft, Known, Order, Player, Sink, Slot, Verb, building_span};
use crate::num::{Milli, ONE, byte, clamp32};
use crate::scenario::model::{
    AskIx, CampaignIx, InstrumentIx, LensIx, Move, ReformIx, Rules, TargetIx, TaskIx, VenueIx,
    limits,
};

/// Who the greedy player is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Greedy {
    only: Option<InstrumentIx>,
    lens: Option<LensIx>,
    /// Tasks collection whenever it can: for tests of what evidence teaches.
    collects: bool,
    /// Sees what was built through: works on the proof while the law is shut, and launches once
    /// the room is likelier to clear it than not.
    sees_through: bool,
}

/// What does not change while a turn is played: the room, the weights, and the worth of each pair's
/// first draft.
struct TurnCache {
    room: RoomWeights,
    w: Weights,
    /// By instrument and target, as they are asked for: worth, and worth times the chance to clear.
    worth: [[Option<Milli>; limits::TARGETS]; limits::INSTRUMENTS],
    value: [[Option<Milli>; limits::TARGETS]; limits::INSTRUMENTS],
    /// What a file is worth: its proposal in the likeliest room, less a quarter.
    file: [[Option<Milli>; limits::TARGETS]; limits::INSTRUMENTS],
    /// First drafts of new terms, one for each measure in force at most.
    revised: [Option<Proposal>; MAX_MEASURES],
    /// The last draft that was filled, and its value.
    filled: Option<(Proposal, Milli)>,
}

impl TurnCache {
    fn new(rules: &Rules, s: &Known, w: Weights) -> TurnCache {
        let empty = [[None; limits::TARGETS]; limits::INSTRUMENTS];
        let room = RoomWeights::new(rules, s);
        TurnCache {
            room,
            w,
            worth: empty,
            value: empty,
            file: empty,
            revised: [None; MAX_MEASURES],
            filled: None,
        }
    }
    /// What a draft of the pair begins with: the lead's; where a measure of it is in force, that one
    /// with the one change that is worth most.
    fn first(&mut self, rules: &Rules, s: &Known, ix: InstrumentIx, target: TargetIx) -> Proposal {
        let draft = draft_of(rules, s, ix, target);
        let Some(m) = s.standing(rules, ix, target) else { return draft };
        if let Some(first) = self.revised.iter().flatten().find(|p| p.aims(ix, target)) {
            return *first;
        }
        let first = best_change(rules, s, &self.w, &self.room, &draft.with(&m.terms));
        if let Some(free) = self.revised.iter_mut().find(|p| p.is_none()) {
            *free = Some(first);
        }
        first
    }
    fn worth(&mut self, rules: &Rules, s: &Known, ix: InstrumentIx, target: TargetIx) -> Milli {
        if let Some(known) = self.worth[ix][target] {
            return known;
        }
        let p = self.first(rules, s, ix, target);
        let worth = worth(&self.w, &expected(rules, s, &p, self.room.heat));
        *self.worth[ix][target].insert(worth)
    }
    fn value(&mut self, rules: &Rules, s: &Known, ix: InstrumentIx, target: TargetIx) -> Milli {
        if let Some(known) = self.value[ix][target] {
            return known;
        }
        let p = self.first(rules, s, ix, target);
        let pair = PairStanding::new(rules, s, ix, target);
        let e = expected(rules, s, &p, self.room.heat);
        let there = Meeting::of(rules, s, &self.room, &pair, &e, &p);
        *self.value[ix][target].insert(at_chance(worth(&self.w, &e), &there))
    }
    fn file(&mut self, rules: &Rules, s: &Known, ix: InstrumentIx, target: TargetIx) -> Milli {
        if let Some(known) = self.file[ix][target] {
            return known;
        }
        let gain = self.worth(rules, s, ix, target);
        let draft = draft_of(rules, s, ix, target);
        let e = expected(rules, s, &draft, self.room.heat);
        let pair = PairStanding::new(rules, s, ix, target);
        let there = |venue| {
            let mut p = draft;
            p.venue = venue;
            at_chance(gain, &Meeting::of(rules, s, &self.room, &pair, &e, &p))
        };
        let sits = |v: &VenueIx| s.authority(rules, ix) >= rules.venues[*v].needs_authority;
        let venues = (0..rules.venues.len()).map(VenueIx::at).filter(sits);
        let v = venues.map(there).max().unwrap_or(0) / 4 * 3;
        *self.file[ix][target].insert(v)
    }
}

/// Less than this is not worth an order (thousandths of a guidance point).
const FLOOR: Milli = 20;

impl Greedy {
    pub fn guided() -> Greedy {
        Greedy::default()
    }
    pub fn only(instrument: InstrumentIx) -> Greedy {
        Greedy { only: Some(instrument), ..Greedy::default() }
    }
    pub fn lens(lens: LensIx) -> Greedy {
        Greedy { lens: Some(lens), ..Greedy::default() }
    }
    pub fn collecting() -> Greedy {
        Greedy { collects: true, ..Greedy::default() }
    }

    /// How the planner's plans go on: what was built is seen through.
    pub fn seeing_through() -> Greedy {
        Greedy { sees_through: true, ..Greedy::default() }
    }

    pub fn turn<S: Sink>(&self, player: &mut Player<S>) {
        let rules = player.rules();
        if self.lens.is_some() && player.known().turn == 0 && !player.known().guided {
            self.guide(player);
        }
        let s = player.look();
        let w = self.weights(rules, s);
        let mut cache = TurnCache::new(rules, s, w);
        answer(player, &w);
        if self.collects {
            while collect(player, None) {}
        }
        if self.sees_through {
            for p in launches(rules, player.known(), &cache.room, 1 << 15) {
                player.give(Order::Propose(p));
            }
            let shut =
                |f: &&Shelved| player.known().targets_open(f.instrument) & (1 << f.target.0) == 0;
            let files: Vec<Shelved> = player.known().shelf.iter().filter(shut).copied().collect();
            for f in files {
                let ways: Vec<_> = player.known().proving(rules, f.instrument, f.target).collect();
                let task = |(task, c)| Order::Task { task, campaign: Some(c) };
                ways.into_iter().map(task).find(|o| player.give(*o));
            }
        }
        loop {
            let s = player.known();
            let proposal = self.best_proposal(rules, s, &mut cache);
            let build = self.best_build(rules, s, &mut cache);
            let other = if self.only.is_none() { best_other(rules, s, &w) } else { None };
            let other = [build, other].into_iter().flatten().max_by_key(|o| o.1);
            let (worth_p, worth_o) = (proposal.map_or(0, |p| p.1), other.map_or(0, |o| o.1));
            if worth_p.max(worth_o) < FLOOR {
                break;
            }
            let order = if worth_p >= worth_o {
                proposal.map(|p| Order::Propose(p.0))
            } else {
                other.map(|o| o.0)
            };
            if !order.is_some_and(|order| player.give(order)) {
                break;
            }
        }
        // What is left of the staff goes to the gate that hides the best measure.
        while let Some(campaign) = self.best_gate(rules, player.known(), &mut cache) {
            if !collect(player, Some(campaign)) {
                break;
            }
        }
    }

    /// All points the rules allow on the lens, the rest spread.
    fn guide<S: Sink>(self, player: &mut Player<S>) {
        let Some(lens) = self.lens else { return };
        let mut points = [0u8; limits::LENSES];
        points[lens] = 4;
        let mut left = 8;
        while left > 0 {
            for (n, p) in points.iter_mut().enumerate().take(player.rules().lenses.len()) {
                if n != lens.i() && left > 0 && *p < 4 {
                    *p += 1;
                    left -= 1;
                }
            }
        }
        player.give(Order::Guide(points));
    }

    /// What a point of each indicator is worth to this player over four turns.
    fn weights(self, rules: &Rules, s: &Known) -> Weights {
        let mut w = match self.lens {
            None => guidance_weights(rules, s),
            Some(lens) => {
                let mut alone = s.guidance;
                alone = alone.map(|_| 0);
                alone[lens] = 12;
                crate::engine::position::weights_for(rules, &alone)
            }
        };
        let days = i64::from(s.turn_now(rules).days) * 4;
        spread_over(rules, s, &mut w, open_flows(rules, s), days, |f| rules.flows[f].rate_expected);
        w
    }

    /// For each instrument and target that may be proposed now, the draft this player would bring
    /// and what it is worth times its chance to clear.
    pub fn drafts(
        self,
        rules: &Rules,
        s: &Known,
        of: impl Fn(InstrumentIx) -> bool,
    ) -> Vec<(Proposal, Milli)> {
        let mut cache = TurnCache::new(rules, s, self.weights(rules, s));
        let mut out = Vec::new();
        for ix in (0..rules.instruments.len()).map(InstrumentIx::at).filter(|ix| of(*ix)) {
            if !instrument_offered(rules, s, ix) {
                continue;
            }
            let mut d = Draft::of(Verb::Propose);
            d.subject = Some(ix.0);
            offered(rules, s, &d, Slot::Object, |t| {
                let draft = cache.first(rules, s, ix, TargetIx(t));
                out.extend(fill(rules, s, &cache, draft));
            });
        }
        out
    }

    fn best_proposal(
        self,
        rules: &Rules,
        s: &Known,
        cache: &mut TurnCache,
    ) -> Option<(Proposal, Milli)> {
        let mut best: Option<(Proposal, Milli)> = None;
        for n in 0..rules.instruments.len() {
            let ix = InstrumentIx::at(n);
            if self.only.is_some_and(|only| only != ix) || !instrument_offered(rules, s, ix) {
                continue;
            }
            let mut d = Draft::of(Verb::Propose);
            d.subject = Some(ix.0);
            let mut aim: Option<(u8, Milli)> = None;
            offered(rules, s, &d, Slot::Object, |t| {
                let v = cache.worth(rules, s, ix, TargetIx(t));
                if aim.is_none_or(|(_, old)| v > old) {
                    aim = Some((t, v));
                }
            });
            let Some((target, gain)) = aim else { continue };
            if best.is_some_and(|(_, old)| cannot_beat(gain, old)) {
                continue;
            }
            let v = cache.value(rules, s, ix, TargetIx(target));
            if best.is_none_or(|(_, old)| v > old) {
                best = Some((cache.first(rules, s, ix, TargetIx(target)), v));
            }
        }
        let draft = best?.0;
        // What was filled while there was more to spend is the best of less, if it may still be given.
        let again = cache.filled.filter(|(p, _)| p.aims(draft.instrument, draft.target));
        if let Some((p, _)) = again
            && s.validate(rules, &Order::Propose(p)).is_ok()
        {
            return again;
        }
        cache.filled = fill(rules, s, cache, draft);
        cache.filled
    }

    /// The file whose proposal would be worth most, times its chance in the likeliest room. One of
    /// each instrument at a time, and none that cannot be done before the game is over.
    fn best_build(self, rules: &Rules, s: &Known, cache: &mut TurnCache) -> Option<(Order, Milli)> {
        let days_left = rules.turns[rules.last_turn()].opens.0 - s.today(rules).0;
        let mut best: Option<(Order, Milli)> = None;
        for ix in (0..rules.instruments.len()).map(InstrumentIx::at) {
            let waits = s.shelf.iter().any(|f| f.instrument == ix);
            if waits || self.only.is_some_and(|only| only != ix) {
                continue;
            }
            for target in (0..rules.targets.len()).map(TargetIx::at) {
                let order = Order::Build { instrument: ix, target };
                let ready = s.ready_by_others(rules, ix, target);
                let Some(span) = building_span(rules, ix, ready) else { break };
                if i32::from(span.most) > days_left || s.validate(rules, &order).is_err() {
                    continue;
                }
                let gain = cache.worth(rules, s, ix, target);
                if best.is_some_and(|(_, old)| cannot_beat(gain / 4 * 3, old)) {
                    continue;
                }
                let v = cache.file(rules, s, ix, target);
                if best.is_none_or(|(_, old)| v > old) {
                    best = Some((order, v));
                }
            }
        }
        best
    }

    /// The campaign whose evidence keeps the best measure shut.
    fn best_gate(self, rules: &Rules, s: &Known, cache: &mut TurnCache) -> Option<CampaignIx> {
        let mut best: Option<(CampaignIx, Milli)> = None;
        for (n, ins) in rules.instruments.iter().enumerate() {
            let ix = InstrumentIx::at(n);
            if !ins.yours
                || ins.gates.is_empty()
                || self.only.is_some_and(|only| only != ix)
                || !s.needs_met(ix)
            {
                continue;
            }
            for (t, target) in rules.targets.iter().enumerate() {
                let bit = 1u32 << t;
                let Some(c) = target.campaign else { continue };
                if ins.targets & s.targets_known() & bit == 0 || s.targets_open(ix) & bit != 0 {
                    continue;
                }
                let v = cache.worth(rules, s, ix, TargetIx::at(t));
                if v > FLOOR && best.is_none_or(|(_, old)| v > old) {
                    best = Some((c, v));
                }
            }
        }
        best.map(|(c, _)| c)
    }
}

/// The draft with each term and then the venue chosen, one slot at a time, and what it is worth.
fn fill(rules: &Rules, s: &Known, cache: &TurnCache, draft: Proposal) -> Option<(Proposal, Milli)> {
    let (mut p, mut v) = (draft, 0);
    let pair = PairStanding::new(rules, s, p.instrument, p.target);
    let slots = rules.instruments[p.instrument].slots.len();
    for n in 0..=slots {
        let slot = if n < slots { Slot::Part(byte(n)) } else { Slot::Venue };
        let mut chosen: Option<(Proposal, Milli)> = None;
        let mut d = draft_from(&p, n);
        d.verb = Some(Verb::Propose);
        let mut e = expected(rules, s, &p, cache.room.heat);
        offered(rules, s, &d, slot, |at| {
            let mut q = p;
            if n < slots {
                q.terms[n] = at;
                e = expected(rules, s, &q, cache.room.heat);
            } else {
                // A venue changes nothing of what is expected.
                q.venue = VenueIx(at);
            }
            let gain = worth(&cache.w, &e);
            if chosen.is_some_and(|(_, old)| cannot_beat(gain, old)) {
                return;
            }
            let v = at_chance(gain, &Meeting::of(rules, s, &cache.room, &pair, &e, &q));
            if chosen.is_none_or(|(_, old)| v > old) {
                chosen = Some((q, v));
            }
        });
        (p, v) = chosen?;
    }
    s.validate(rules, &Order::Propose(p)).ok()?;
    Some((p, v))
}

/// For each file that lies ready, a draft that clears with at least this chance (2^-16): the lead's
/// in the lowest venue that gives it, or the lead's with the one change that lifts it to one half.
/// None that waits for a day: a file is launched, or it lies.
pub fn launches(rules: &Rules, s: &Known, room: &RoomWeights, least: u32) -> Vec<Proposal> {
    let may = |p: &Proposal| {
        s.validate(rules, &Order::Propose(*p)).is_ok()
            && p.values(rules).all(|(_, v)| v.waits_for.is_empty())
    };
    let of = |f: &Shelved| {
        let mut p = draft_of(rules, s, f.instrument, f.target);
        let mut likeliest: Option<(u32, VenueIx)> = None;
        for venue in (0..rules.venues.len()).map(VenueIx::at) {
            p.venue = venue;
            if may(&p) {
                let chance = meeting(rules, s, room, &p).chance();
                if chance >= least {
                    return Some(p);
                }
                likeliest = likeliest.max(Some((chance, venue)));
            }
        }
        p.venue = likeliest?.1;
        let (slot, value) = would_lift(rules, s, room, &p, may)?;
        if slot == VENUE_SLOT {
            p.venue = VenueIx(value);
        } else {
            p.terms[usize::from(slot)] = value;
        }
        Some(p)
    };
    s.shelf.iter().filter(|f| f.built(s.day)).filter_map(of).collect()
}

/// Answers every question with the choice worth most.
fn answer<S: Sink>(player: &mut Player<S>, w: &Weights) {
    let rules = player.rules();
    for p in &player.known().prompts.clone() {
        let event = p.event;
        let mut best: Option<(Order, Milli)> = None;
        for (n, c) in rules.events[event].choices.iter().enumerate() {
            let order = Order::Answer { event, choice: n as u8 };
            let v = moves_worth(w, &c.moves) - 60 * (i32::from(c.staff) * 3 + i32::from(c.capital));
            if player.known().validate(rules, &order).is_ok() && best.is_none_or(|(_, old)| v > old)
            {
                best = Some((order, v));
            }
        }
        if let Some((order, _)) = best {
            player.give(order);
        }
    }
}

/// Starts the cheapest open task on the campaign (or on any).
fn collect<S: Sink>(player: &mut Player<S>, campaign: Option<CampaignIx>) -> bool {
    let rules = player.rules();
    let mut best: Option<(Order, u32)> = None;
    for (n, t) in rules.tasks.iter().enumerate().filter(|(_, t)| t.on_campaign) {
        for c in (0..rules.campaigns.len()).map(CampaignIx::at) {
            if campaign.is_some_and(|wanted| wanted != c) {
                continue;
            }
            let order = Order::Task { task: TaskIx::at(n), campaign: Some(c) };
            let price = u32::from(t.staff) * 3 + u32::from(t.capital);
            if player.known().validate(rules, &order).is_ok()
                && best.is_none_or(|(_, old)| price < old)
            {
                best = Some((order, price));
            }
        }
    }
    best.is_some_and(|(order, _)| player.give(order))
}

/// A measure in force with the one change of its terms that is worth most.
fn best_change(
    rules: &Rules,
    s: &Known,
    w: &Weights,
    room: &RoomWeights,
    standing: &Proposal,
) -> Proposal {
    let mut best: Option<(Proposal, Milli)> = None;
    for (n, slot) in rules.instruments[standing.instrument].slots.iter().enumerate() {
        if rules.terms[slot.term].once {
            continue;
        }
        let mut d = draft_from(standing, n);
        d.verb = Some(Verb::Propose);
        offered(rules, s, &d, Slot::Part(byte(n)), |at| {
            let mut p = *standing;
            p.terms[n] = at;
            let gain = worth(w, &expected(rules, s, &p, room.heat));
            if p != *standing && best.is_none_or(|(_, old)| gain > old) {
                best = Some((p, gain));
            }
        });
    }
    best.map_or(*standing, |(p, _)| p)
}

/// The lead's draft, or the live file's, in the cheapest venue that sits.
fn draft_of(rules: &Rules, s: &Known, instrument: InstrumentIx, target: TargetIx) -> Proposal {
    let mut terms =
        s.live_file(rules, instrument, target).map_or([0; limits::SLOTS], |f| rules.files[f].terms);
    for (n, slot) in rules.instruments[instrument].slots.iter().enumerate() {
        let offered =
            |at: u8| slot.values.get(usize::from(at)).is_some_and(|v| s.term_open(slot.term, *v));
        if !offered(terms[n]) {
            terms[n] = (0..slot.values.len())
                .find_map(|at| u8::try_from(at).ok().filter(|at| offered(*at)))
                .unwrap_or(0);
        }
    }
    Proposal {
        instrument,
        target,
        terms,
        venue: VenueIx(byte(rules.venues.len().saturating_sub(1).min(1))),
    }
}

/// The draft with its first `n` term slots set.
fn draft_from(p: &Proposal, n: usize) -> Draft {
    let mut d =
        Draft { subject: Some(p.instrument.0), object: Some(p.target.0), ..Draft::default() };
    for (part, term) in d.parts.iter_mut().zip(p.terms).take(n) {
        *part = Some(term);
    }
    d
}

/// What a draft is worth times the chance that it clears.
fn at_chance(gain: Milli, there: &Meeting) -> Milli {
    clamp32(i64::from(gain) * i64::from(there.chance()) / (1 << 16))
}

/// A chance is one at most, so a gain that is no larger than a value already found needs no
/// meeting. A loss shrinks with its chance: against a value below nothing it may still win.
fn cannot_beat(gain: Milli, old: Milli) -> bool {
    old >= 0 && gain <= old
}

fn moves_worth(w: &Weights, moves: &[Move]) -> Milli {
    let sum: i64 = moves.iter().map(|m| i64::from(w[m.indicator]) * i64::from(m.amount)).sum();
    clamp32(sum / i64::from(ONE))
}

/// The best ask or reform by its own moves.
fn best_other(rules: &Rules, s: &Known, w: &Weights) -> Option<(Order, Milli)> {
    let mut best: Option<(Order, Milli)> = None;
    let mut consider = |order: Order, v: Milli| {
        if v >= FLOOR && best.is_none_or(|(_, old)| v > old) {
            best = Some((order, v));
        }
    };
    if verb_open(rules, s, Verb::Reform).is_ok() {
        for (n, r) in rules.reforms.iter().enumerate() {
            let order = Order::Reform(ReformIx::at(n));
            if s.validate(rules, &order).is_ok() {
                consider(
                    order,
                    moves_worth(w, &r.moves) + moves_worth(w, &r.while_active).saturating_mul(2),
                );
            }
        }
    }
    for (n, a) in rules.asks.iter().enumerate() {
        let order = Order::Ask(AskIx::at(n));
        if s.validate(rules, &order).is_ok() {
            consider(order, moves_worth(w, &a.moves));
        }
    }
    best
}
