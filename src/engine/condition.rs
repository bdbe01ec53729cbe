//! Reading conditions: a small closed tree over the situation. Total, pure, bounded by its own
//! size.

use crate::scenario::model::{Condition, InstrumentIx, Lane, Need, Rules};

use super::belief;
use super::situation::{NONE, Situation};

impl Situation {
    /// True if all hold.
    #[inline]
    pub fn all(&self, rules: &Rules, conditions: &[Condition]) -> bool {
        conditions.iter().all(|c| self.holds(rules, c))
    }

    pub fn holds(&self, rules: &Rules, condition: &Condition) -> bool {
        match condition {
            Condition::All(list) => self.all(rules, list),
            Condition::Any(list) => list.iter().any(|c| self.holds(rules, c)),
            Condition::Not(c) => !self.holds(rules, c),
            Condition::AtLeast(i, n) => self.value[*i] >= *n,
            Condition::Below(i, n) => self.value[*i] < *n,
            Condition::Fired(e) => self.fired[*e] > 0,
            Condition::Chose(e, c) => self.chose[*e] == *c && *c != NONE,
            Condition::Flag(f) => self.flags & (1 << f.0) != 0,
            Condition::Cleared(i) => self.tally[*i].cleared > 0,
            Condition::Refused(i) => self.tally[*i].returned + self.tally[*i].blocked > 0,
            Condition::Launched(i) => self.tally[*i].launched > 0,
            Condition::LaunchedOn(i, t) => self.launched_on[*i] & (1 << t.0) != 0,
            Condition::JustLaunched(i) => self.just_launched().iter().any(|p| p.instrument == *i),
            Condition::JustLaunchedWith(i, slot, at) => self
                .just_launched()
                .iter()
                .any(|p| p.instrument == *i && p.terms[usize::from(*slot)] == *at),
            Condition::Active(i) => {
                self.measures().iter().any(|m| m.instrument == *i && m.in_force())
            }
            Condition::Pending(i) => {
                self.measures().iter().any(|m| m.instrument == *i && !m.in_force())
            }
            Condition::InWindow(w) => self.turn_now(rules).heat.get(w.i()).is_some_and(|h| *h > 0),
            Condition::HeatAtLeast(n) => self.turn_now(rules).hottest >= *n,
            Condition::From(day) => self.today(rules) >= *day,
            Condition::Before(day) => self.today(rules) < *day,
            Condition::Responded(r) => self.responded & (1 << r.0) != 0,
            Condition::JustResponded(r) => self.just_responded == r.0,
            Condition::Found(e) => self.evidence[*e] == super::evidence::FOUND,
            Condition::Believed(c, mask, n) => {
                let campaign = &rules.campaigns[*c];
                belief::share(
                    &self.belief[0][campaign.first..campaign.first + campaign.cells],
                    *mask,
                ) >= *n
            }
            Condition::True(c, mask) => mask & (1 << self.truth[*c]) != 0,
            Condition::World(w) => self.world == w.0,
            Condition::Relation(a, n) => self.relation[*a] >= *n,
            Condition::Promised(p) => self.promised & (1 << p.0) != 0,
            Condition::Broke(p) => self.broke & (1 << p.0) != 0,
            Condition::Kept(p) => self.kept & (1 << p.0) != 0,
            Condition::Reformed(r) => self.reform_active & (1 << r.0) != 0,
            Condition::Asked(a) => self.asked[*a] > 0,
            Condition::TaskDone(t) => self.tasks_done[*t] > 0,
            Condition::Guided(lens, n) => self.guidance[*lens] >= *n,
            Condition::ActsAtLeast(lane, n) => self.acts(*lane) >= *n,
        }
    }

    /// Public acts of that lane in the last 60 days.
    pub fn acts(&self, lane: Lane) -> u8 {
        let since = self.day.saturating_sub(60);
        let n = self.acts.iter().filter(|(l, day)| *l == lane as u8 && *day >= since).count();
        u8::try_from(n).unwrap_or(u8::MAX)
    }

    /// Position of the first need that is not met.
    pub fn unmet(&self, rules: &Rules, needs: &[Need]) -> Option<u8> {
        needs.iter().position(|n| !self.all(rules, &n.when)).and_then(|n| u8::try_from(n).ok())
    }

    /// As `unmet`, where the menu of the turn has already said no.
    pub(super) fn first_unmet<const WHY: bool>(&self, rules: &Rules, needs: &[Need]) -> u8 {
        if WHY { self.unmet(rules, needs).unwrap_or(0) } else { 0 }
    }

    /// The authority that counts for an instrument: the side its lane belongs to.
    pub fn authority(&self, rules: &Rules, instrument: InstrumentIx) -> crate::num::Milli {
        self.value[authority_of(rules, instrument)]
    }
}

/// What an agency of the economic side leads goes by the authority on that side, everything else by
/// the other.
pub fn authority_of(
    rules: &Rules,
    instrument: InstrumentIx,
) -> crate::scenario::model::IndicatorIx {
    let lead = rules.instruments[instrument].lead;
    authority_on(rules, rules.agencies[lead].economic)
}

pub(super) fn authority_on(rules: &Rules, economic: bool) -> crate::scenario::model::IndicatorIx {
    if economic { rules.roles.authority_economy } else { rules.roles.authority_security }
}
