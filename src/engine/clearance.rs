//! Clearance: each proposal on the agenda is heard; it is cleared, returned with the change that
//! would have passed this meeting, or blocked.

use crate::luck::Luck;
use crate::scenario::model::{AgencyIx, InstrumentIx, Rules, Span, Stage, limits};

use super::condition::authority_of;
use super::effect::Terms;
use super::items::{Heard, MAX_AGENDA, Measure, NOT_DRAWN};
use super::ledger::{Cause, Note, Origin, Sink};
use super::mood::Mood;
use super::odds::{AS_IT_STANDS, HALF, Meeting, Moods, Outcome, Standing, cheapest_change};
use super::order::Proposal;
use super::position::{PairStanding, RoomWeights, expected};
use super::prediction;
use super::state::Situation;
use super::validate::refund;

/// What was decided of one proposal before anything changed.
#[derive(Debug, Clone, Copy, Default)]
struct Verdict {
    /// As 2^-16: what the propose screen showed.
    chance: u32,
    outcome: Outcome,
    mend: Option<(u8, u8)>,
    heard: Heard,
}

/// First phase of a turn's end: every proposal on the agenda is heard. Meetings see what stands as
/// the turn is ended: answers and asks of the same turn reach the agencies after them.
pub(super) fn resolve<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    if s.agenda.is_empty() {
        return;
    }
    let room = RoomWeights::new(rules, s);
    // All meetings open at once: no proposal's outcome moves another's.
    let agenda = s.agenda;
    s.agenda.clear();
    let luck = s.luck();
    let mut verdicts = [Verdict::default(); MAX_AGENDA];
    for (v, a) in verdicts.iter_mut().zip(&agenda) {
        *v = hear(rules, s, &room, luck, &a.proposal);
    }
    for (a, v) in agenda.iter().zip(verdicts) {
        let p = a.proposal;
        let ins = &rules.instruments[p.instrument];
        let origin = Origin::Decision { turn: s.turn, index: a.index };
        let authority = authority_of(rules, p.instrument);
        let tally = &mut s.tally[p.instrument];
        tally.proposed = tally.proposed.saturating_add(1);
        s.heard.retain(|h| h.instrument != p.instrument || h.target != p.target);
        if v.outcome.cleared {
            let tally = &mut s.tally[p.instrument];
            tally.cleared = tally.cleared.saturating_add(1);
            let (chance, Outcome { came_round, overruled, .. }) = (v.chance, v.outcome);
            let revises = s.standing(rules, p.instrument, p.target).is_some();
            let note = Note::Cleared { proposal: p, chance, revises, came_round, overruled };
            sink.note(s.turn, note);
            let wins = rules.tuning.cleared_authority;
            s.shift(rules, authority, wins, Cause::ClearedWins(p.instrument), origin, sink);
            overrule(rules, s, &p, overruled, origin, sink);
            let cause = Cause::OnClear(p.instrument, p.target);
            s.move_all_at(rules, p.target, &ins.on_clear, cause, origin, sink);
            begin(rules, s, &p, origin);
            prediction::predict(rules, s, &room, &p, origin, sink);
            continue;
        }
        if s.heard.is_full() {
            s.heard.remove(0);
        }
        s.heard.push(v.heard);
        let tally = &mut s.tally[p.instrument];
        let (chance, first, stopped_by) = (v.chance, v.outcome.first, v.outcome.stopped_by);
        tally.stopped_by |= stopped_by;
        if let Some((slot, value)) = v.mend {
            tally.returned = tally.returned.saturating_add(1);
            sink.note(
                s.turn,
                Note::Returned { proposal: p, chance, slot, value, first, stopped_by },
            );
        } else {
            tally.blocked = tally.blocked.saturating_add(1);
            sink.note(s.turn, Note::Blocked { proposal: p, chance, first, stopped_by });
        }
        let back = refund(rules, a.capital);
        s.shift(rules, rules.roles.capital, back, Cause::Refund(p.instrument), origin, sink);
        let costs = rules.tuning.refusal_authority;
        s.shift(rules, authority, costs, Cause::RefusalCosts(p.instrument), origin, sink);
    }
}

/// Holds the meeting about one proposal.
fn hear(rules: &Rules, s: &Situation, room: &RoomWeights, luck: Luck, p: &Proposal) -> Verdict {
    let pair = PairStanding::new(rules, s, p.instrument, p.target);
    let e = expected(rules, s, p, room.heat);
    let there = Meeting::of(rules, s, room, &pair, &e, p);
    let moods = moods(rules, luck, p);
    let mut v =
        Verdict { chance: there.chance(), outcome: there.held(&moods), ..Verdict::default() };
    if v.outcome.cleared {
        return v;
    }
    v.heard = remembered(rules, &pair, p, &moods);
    v.mend = cheapest_change(rules, s, room, p, |other, _| other.held(&moods).cleared);
    if v.mend.is_none() {
        // The next meeting about the draft, were nothing else to change.
        let next = PairStanding::after(rules, s, p.instrument, p.target, Some(&v.heard.moods));
        let likely = Meeting::of(rules, s, room, &next, &e, p).chance() >= HALF;
        v.mend = likely.then_some((AS_IT_STANDS, 0));
    }
    v
}

/// The moods of the meeting about the pair: drawn for each agency, whatever terms and venue are.
fn moods(rules: &Rules, luck: Luck, p: &Proposal) -> Moods {
    let site = rules.instruments[p.instrument].clear_site;
    let mut moods = [Mood::EVEN; limits::AGENCIES + 1];
    let mut draw = |who: usize| {
        moods[who] = Mood::draw(luck, site, u32::from(p.target.0) << 8 | who as u32);
    };
    (0..rules.agencies.len()).for_each(&mut draw);
    draw(limits::AGENCIES);
    moods
}

/// What the next meeting about the pair begins with: this one's moods with what was left in them of
/// the one before.
fn remembered(rules: &Rules, before: &PairStanding, p: &Proposal, moods: &Moods) -> Heard {
    let mut heard =
        Heard { instrument: p.instrument, target: p.target, moods: [0; limits::AGENCIES + 1] };
    for (who, (out, mood)) in heard.moods.iter_mut().zip(moods).enumerate() {
        let (deviation, left) = if who == limits::AGENCIES {
            (rules.tuning.mood, before.president)
        } else if who < rules.agencies.len() {
            let a = AgencyIx::at(who);
            (Standing::of(rules, p.instrument, a).mood(rules), before.left[a])
        } else {
            continue;
        };
        let points = mood.points(deviation) + left;
        *out = points.clamp(i16::MIN.into(), i16::MAX.into()) as i16;
    }
    heard
}

/// What it costs to have overruled somebody.
fn overrule<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    p: &Proposal,
    whom: u32,
    origin: Origin,
    sink: &mut S,
) {
    let venue = &rules.venues[p.venue];
    let authority = authority_of(rules, p.instrument);
    for a in (0..rules.agencies.len()).map(AgencyIx::at).filter(|a| whom & (1 << a.0) != 0) {
        sink.note(s.turn, Note::Overruled { proposal: *p, agency: a });
        s.relate(a, venue.overrules.relation, Cause::Overruling(a), origin, sink);
        let costs = venue.overrules.authority;
        s.shift(rules, authority, costs, Cause::Overruling(a), origin, sink);
    }
}

/// Days of work in the stages, shortened by what is `ready` of 100. `days` takes the number of a
/// stage and its range.
fn work(stages: &[Stage], ready: u8, mut days: impl FnMut(u32, Span) -> i64) -> i64 {
    let work: i64 = stages.iter().enumerate().map(|(n, s)| days(n as u32, s.takes)).sum();
    work * (100 - i64::from(ready.min(100))) / 100
}

/// Days a proposal is in its pipeline: its stages and what its terms add, of new terms those that
/// are other than `from`. What is `ready` of 100 in
/// a file shortens the stages, unless the instrument has a file of its own to build: then it has
/// shortened that.
fn length(
    rules: &Rules,
    p: &Proposal,
    from: Option<&Terms>,
    ready: u8,
    mut days: impl FnMut(u32, Span) -> i64,
) -> i64 {
    let ins = &rules.instruments[p.instrument];
    let ready = if ins.building.is_some() { 0 } else { ready };
    let stages = work(&ins.stages, ready, &mut days);
    let changed = |(n, (at, _)): &(usize, (u8, _))| from.is_none_or(|from| from[*n] != *at);
    let terms = p.values(rules).enumerate().filter(changed);
    let adds: i64 = terms.map(|(n, (_, value))| days(0x40 + n as u32, value.adds)).sum();
    stages + adds
}

/// The shortest and the longest that a sum of lengths can be.
fn span_of(mut length: impl FnMut(&mut dyn FnMut(u32, Span) -> i64) -> i64) -> Span {
    let days = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
    Span {
        least: days(length(&mut |_, takes| takes.least.into())),
        most: days(length(&mut |_, takes| takes.most.into())),
    }
}

/// The shortest and the longest a proposal can be in its pipeline, with a file `ready` of 100
/// behind it; of new terms, for a measure with the terms `from`.
pub fn pipeline_span(rules: &Rules, p: &Proposal, from: Option<&Terms>, ready: u8) -> Span {
    span_of(|days| length(rules, p, from, ready, days))
}

/// The shortest and the longest the building of a file can take of which `ready` of 100 is there;
/// none where nothing is built.
pub fn building_span(rules: &Rules, instrument: InstrumentIx, ready: u8) -> Option<Span> {
    let building = rules.instruments[instrument].building.as_ref()?;
    Some(span_of(|days| work(&building.stages, ready, days)))
}

/// Puts a cleared proposal into its pipeline. A live file's work already done counts.
fn begin(rules: &Rules, s: &mut Situation, p: &Proposal, origin: Origin) {
    if s.measures.is_full() {
        return;
    }
    let site = rules.instruments[p.instrument].stage_site;
    let luck = s.luck();
    let mut ready = 0;
    if let Some(f) = s.live_file(rules, p.instrument, p.target) {
        ready = s.files_ready[f];
        s.files_open &= !(1 << f);
    }
    s.shelf.retain(|f| !f.is_of(p.instrument, p.target));
    let from = s.standing(rules, p.instrument, p.target).map(|m| m.terms);
    let days = length(rules, p, from.as_ref(), ready, |key, takes| {
        let index = u32::from(p.target.0) << 8 | key;
        i64::from(luck.between(site, index, takes.least, takes.most))
    });
    let due = i16::try_from(i64::from(s.day) + days).unwrap_or(i16::MAX - 1);
    let begun = Measure::begun(p, s.day, due, origin);
    s.measures.push(Measure { ready, revises: from.is_some(), ..begun });
}

/// Files under way: days are drawn at the end of the turn of the order, and a file that is built in
/// this turn is told.
pub(super) fn build<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let (turn, day, due_by, luck) = (s.turn, s.day, s.due_by(rules), s.luck());
    for f in s.shelf.iter_mut() {
        let ins = &rules.instruments[f.instrument];
        let Some(building) = &ins.building else { continue };
        if f.due == NOT_DRAWN {
            let days = work(&building.stages, f.ready, |key, takes| {
                let index = u32::from(f.target.0) << 8 | key;
                i64::from(luck.between(ins.build_site, index, takes.least, takes.most))
            });
            f.due = i16::try_from(i64::from(day) + days).unwrap_or(i16::MAX);
        }
        // One that was due by the morning was told with the turn before, unless it was begun today.
        if f.due <= due_by && (f.due > day || f.begun == day) {
            sink.note(turn, Note::Built { instrument: f.instrument, target: f.target });
        }
    }
}
