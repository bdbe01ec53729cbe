//! What advisers foretell of a cleared measure, and how it is held against what happened.

use crate::num::{Milli, ONE, clamp32, round_div};
use crate::scenario::model::{Good, IndicatorIx, Rules, Sight};

use super::items::Prediction;
use super::ledger::{Note, Origin, Sink};
use super::order::Proposal;
use super::position::{PairStanding, RoomWeights, expected, expected_within, in_room, scores};
use super::state::Situation;

/// Two advisers say what a cleared measure will do once it takes effect: its lead, and whoever
/// likes it least.
pub(super) fn predict<S: Sink>(
    rules: &Rules,
    s: &mut Situation,
    room: &RoomWeights,
    p: &Proposal,
    origin: Origin,
    sink: &mut S,
) {
    let days = i64::from(rules.tuning.prediction_days / ONE);
    let (e, soon) =
        (expected(rules, s, p, room.heat), expected_within(rules, s, p, room.heat, days));
    let lead = rules.instruments[p.instrument].lead;
    let mut worst = (Milli::MAX, lead);
    let scores = scores(rules, room, &PairStanding::new(rules, s, p.instrument, p.target), &e, p);
    for a in in_room(rules).filter(|a| *a != lead) {
        if scores[a] < worst.0 {
            worst = (scores[a], a);
        }
    }
    for (agency, for_it) in [(lead, true), (worst.1, false)] {
        if agency == lead && !for_it {
            continue;
        }
        // What it cares about most, in the direction of its case, among what everyone can read off.
        let mut best: Option<(i64, IndicatorIx, i64)> = None;
        for (i, _) in soon.parts() {
            let indicator = &rules.indicators[*i];
            if indicator.sight != Sight::Exactly || indicator.good == Good::Neither {
                continue;
            }
            let total: i64 =
                soon.parts().iter().filter(|(j, _)| j == i).map(|(_, n)| i64::from(*n)).sum();
            let worth = total * i64::from(room.weights[agency][*i]) * if for_it { 1 } else { -1 };
            if total != 0 && best.is_none_or(|(w, _, _)| worth > w) {
                best = Some((worth, *i, total));
            }
        }
        let Some((_, indicator, total)) = best else { continue };
        let change = total * i64::from(rules.agencies[agency].predicts) / 100;
        let half = (change.abs() * i64::from(rules.tuning.prediction_width) / i64::from(ONE))
            .max(i64::from(rules.tuning.prediction_least));
        let (low, high) = (clamp32(change - half), clamp32(change + half));
        let (instrument, target) = (p.instrument, p.target);
        let foretold = Prediction {
            agency,
            indicator,
            instrument,
            target,
            origin,
            moved: 0,
            low,
            high,
            due: Prediction::WAITS,
            made: s.turn,
        };
        if s.predictions.push(foretold) {
            sink.note(s.turn, Note::Predicted { agency, indicator, instrument, target, low, high });
        }
    }
}

/// An amount to the precision at which it is told: a tenth, and a whole point from twenty on. A
/// prediction is judged by what was said.
fn as_told(n: Milli) -> Milli {
    let step = if n.unsigned_abs() >= 20_000 { ONE } else { ONE / 10 };
    round_div(i64::from(n), i64::from(step)).saturating_mul(step)
}

/// Predictions that have come due are held against what happened.
pub(super) fn check<S: Sink>(s: &mut Situation, tomorrow: i16, sink: &mut S) {
    let turn = s.turn;
    let known = &mut s.known;
    known.predictions.retain(|p| {
        if p.due >= tomorrow {
            return true;
        }
        let Prediction { agency, indicator, instrument, target, low, high, moved, .. } = *p;
        let hit = (as_told(low)..=as_told(high)).contains(&as_told(moved));
        known.checks[agency] = known.checks[agency].saturating_add(1);
        known.hits[agency] = known.hits[agency].saturating_add(u8::from(hit));
        let note = Note::Checked { agency, indicator, instrument, target, low, high, moved, hit };
        sink.note(turn, note);
        false
    });
}
