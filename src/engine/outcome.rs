//! Outcome: lenses, propositions and endings. Scores are several; none is the total.

use crate::num::{Milli, ONE, byte, clamp32, round_div};
use crate::scenario::model::{EndingIx, Good, IndicatorIx, LensIx, PropositionIx, Rules};

use super::items::NONE;
use super::ledger::{Note, Sink};
use super::state::Situation;

/// +1 where more is better, −1 where less is, 0 where neither.
#[inline]
pub fn direction(rules: &Rules, i: IndicatorIx) -> i64 {
    match rules.indicators[i].good {
        Good::Up => 1,
        Good::Down => -1,
        Good::Neither => 0,
    }
}

/// Lens points per point of the indicator, in thousandths: 100 over its range.
#[inline]
pub fn stretch(rules: &Rules, i: IndicatorIx) -> i64 {
    let indicator = &rules.indicators[i];
    100 * i64::from(ONE) * i64::from(ONE) / i64::from(indicator.most - indicator.least).max(1)
}

/// A value turned so that 0 is worst and 100 best, in thousandths.
pub fn oriented(rules: &Rules, i: IndicatorIx, value: Milli) -> Milli {
    let indicator = &rules.indicators[i];
    let range = i64::from(indicator.most - indicator.least).max(1);
    let share = round_div(i64::from(value - indicator.least) * 100 * i64::from(ONE), range);
    match indicator.good {
        Good::Up | Good::Neither => share,
        Good::Down => 100 * ONE - share,
    }
}

/// The raw score of a lens, 0 to 100 in thousandths: half where things stand, half their mean over
/// the turns.
pub fn raw_lens(rules: &Rules, s: &Situation, lens: LensIx) -> Milli {
    let l = &rules.lenses[lens];
    let turns = i64::from(s.turns_ended(rules)).max(1);
    let mut sum = 0i64;
    for (i, weight) in &l.weighs {
        let mean = clamp32(if s.turns_ended(rules) == 0 {
            i64::from(s.hidden.value[*i])
        } else {
            s.hidden.sum[*i] / turns
        });
        let both = i64::from(oriented(rules, *i, s.hidden.value[*i]))
            + i64::from(oriented(rules, *i, mean));
        sum += both * i64::from(*weight);
    }
    round_div(sum, 2 * l.total.max(1))
}

impl Situation {
    /// Turns that were played to their end.
    pub fn turns_ended(&self, rules: &Rules) -> u8 {
        self.turn.min(byte(rules.played()))
    }
}

/// Propositions whose day is over are judged once.
pub(super) fn judge<S: Sink>(rules: &Rules, s: &mut Situation, last: bool, sink: &mut S) {
    for (n, p) in rules.propositions.iter().enumerate() {
        if s.judged[n] != 0 {
            continue;
        }
        let due = s.turn >= p.turn || last;
        if !due && !p.ever {
            continue;
        }
        let holds = s.all(rules, &p.when);
        if holds && p.ever {
            s.ever |= 1 << n;
        }
        if due || holds {
            let held = if p.ever { s.ever & (1 << n) != 0 } else { holds };
            s.judged[n] = if held { 1 } else { 2 };
            sink.note(s.turn, Note::Judged { proposition: PropositionIx::at(n), held });
        }
    }
}

/// The ending reached, if any: early ones in any turn, the others after the last.
pub(super) fn ending<S: Sink>(rules: &Rules, s: &mut Situation, last: bool, sink: &mut S) {
    for (n, e) in rules.endings.iter().enumerate() {
        if (last || e.early) && s.ending == NONE && s.all(rules, &e.when) {
            s.ending = byte(n);
            let held = e.lines.iter().map(|(when, _)| s.all(rules, when));
            s.ending_lines = held.enumerate().fold(0, |m, (n, held)| m | u32::from(held) << n);
            sink.note(s.turn, Note::Ending(EndingIx::at(n)));
        }
    }
}
