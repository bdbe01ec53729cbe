//! Clearance: each proposal on the agenda is cleared, returned with the change that would have
//! passed, or blocked.

use crate::num::{ONE, ratio};
use crate::scenario::model::{AgencyIx, Rules, Span};

use super::condition::authority_of;
use super::items::{MAX_AGENDA, Measure};
use super::ledger::{Cause, Note, Origin, Sink};
use super::odds::{AS_IT_STANDS, HALF, cheapest_fix, heard};
use super::order::Proposal;
use super::position::RoomWeights;
use super::prediction;
use super::state::Situation;
use super::validate::refund;

/// What was decided of one proposal before anything changed.
#[derive(Debug, Clone, Copy, Default)]
struct Verdict {
    chance: u32,
    cleared: bool,
    mend: Option<(u8, u8)>,
    largest: AgencyIx,
}

/// First phase of a turn's end: every proposal on the agenda is cleared, returned or blocked.
pub(super) fn resolve<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    if s.agenda.is_empty() {
        return;
    }
    let room = RoomWeights::new(rules, s);
    // Chances are those of the moment the meetings open: no proposal's outcome moves another's.
    let agenda = s.agenda;
    s.agenda.clear();
    let luck = s.luck();
    let mut verdicts = [Verdict::default(); MAX_AGENDA];
    for (v, a) in verdicts.iter_mut().zip(&agenda) {
        let p = &a.proposal;
        let hearing = heard(rules, s, &room, p);
        v.chance = hearing.chance(rules, s, p);
        let site = rules.instruments[p.instrument].clear_site;
        v.cleared = luck.share(site, u32::from(p.target.0)) >> 16 < v.chance;
        if !v.cleared {
            // What was likelier than not needs no change to come back.
            v.mend = cheapest_fix(rules, s, &room, &hearing, p, |_| true)
                .or((v.chance >= HALF).then_some((AS_IT_STANDS, 0)));
            v.largest = hearing.largest_objection(rules);
        }
    }
    for (a, v) in agenda.iter().zip(verdicts) {
        let p = a.proposal;
        let ins = &rules.instruments[p.instrument];
        let origin = Origin::Decision { turn: s.turn, index: a.index };
        let authority = authority_of(rules, p.instrument);
        let chance = ratio(i64::from(v.chance), i64::from(ONE), 1 << 16);
        let tally = &mut s.tally[p.instrument];
        tally.proposed = tally.proposed.saturating_add(1);
        if v.cleared {
            tally.cleared = tally.cleared.saturating_add(1);
            sink.note(s.turn, Note::Cleared { proposal: p, chance });
            let wins = rules.tuning.cleared_authority;
            s.shift(rules, authority, wins, Cause::ClearedWins(p.instrument), origin, sink);
            s.move_all(rules, &ins.on_clear, Cause::OnClear(p.instrument, p.target), origin, sink);
            begin(rules, s, &p, origin);
            prediction::predict(rules, s, &room, &p, origin, sink);
            continue;
        }
        if let Some((slot, value)) = v.mend {
            tally.returned = tally.returned.saturating_add(1);
            sink.note(
                s.turn,
                Note::Returned { proposal: p, chance, slot, value, largest: v.largest },
            );
        } else {
            tally.blocked = tally.blocked.saturating_add(1);
            sink.note(s.turn, Note::Blocked { proposal: p, chance, largest: v.largest });
        }
        let back = refund(rules, a.capital);
        s.shift(rules, rules.roles.capital, back, Cause::Refund(p.instrument), origin, sink);
        let costs = rules.tuning.refusal_authority;
        s.shift(rules, authority, costs, Cause::RefusalCosts(p.instrument), origin, sink);
    }
}

/// Puts a cleared proposal into its pipeline. A live file's work already done counts.
/// Days a proposal is in its pipeline: its stages, shortened by what is `ready` of 100 in a file,
/// and what its terms add. `days` takes a key of its own and the range for each part.
fn length(rules: &Rules, p: &Proposal, ready: u8, mut days: impl FnMut(u32, Span) -> i64) -> i64 {
    let stages = rules.instruments[p.instrument].stages.iter().enumerate();
    let work: i64 = stages.map(|(n, stage)| days(n as u32, stage.takes)).sum();
    let terms = p.values(rules).enumerate();
    let adds: i64 = terms.map(|(n, (_, value))| days(0x40 + n as u32, value.adds)).sum();
    work * (100 - i64::from(ready.min(100))) / 100 + adds
}

/// The shortest and the longest a proposal can be in its pipeline, with a file `ready` of 100
/// behind it.
pub fn pipeline_span(rules: &Rules, p: &Proposal, ready: u8) -> Span {
    let days = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
    Span {
        least: days(length(rules, p, ready, |_, takes| i64::from(takes.least))),
        most: days(length(rules, p, ready, |_, takes| i64::from(takes.most))),
    }
}

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
    let days = length(rules, p, ready, |key, takes| {
        let index = u32::from(p.target.0) << 8 | key;
        i64::from(luck.between(site, index, takes.least, takes.most))
    });
    let due = i16::try_from(i64::from(s.day) + days).unwrap_or(i16::MAX - 1);
    let day = s.day;
    s.measures.push(Measure::begun(p, day, due, origin));
}
