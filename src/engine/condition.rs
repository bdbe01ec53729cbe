//! Reading conditions: a small closed tree over the situation. Total, pure, bounded by its own
//! size.
//!
//! Two readers share one function. `Known::all` reads what the player knows: estimates as they are
//! seen, and no hidden truth. `Situation::all` reads everything. `check` refuses conditions on
//! hidden things where a preview reads them, and where they choose words: words are chosen by what
//! is known, so that they tell no more.

use crate::num::{Milli, ONE, byte};
use crate::scenario::model::{
    AgencyIx, Condition, IndicatorIx, InstrumentIx, Lane, Rules, Telling, Version, limits,
};

use super::belief;
use super::items::NONE;
use super::state::{Hidden, Known, Situation};

impl Situation {
    /// True if all hold.
    #[inline]
    pub fn all(&self, rules: &Rules, conditions: &[Condition]) -> bool {
        conditions.iter().all(|c| self.known.reads(rules, c, Some(&self.hidden)))
    }

    /// What a condition holds against its bound, now, in thousandths of what is written; none where
    /// it has no bound.
    pub fn amount(&self, rules: &Rules, condition: &Condition) -> Option<Milli> {
        match condition {
            Condition::AtLeast(i, _) | Condition::Below(i, _) => Some(self.hidden.value[*i]),
            Condition::Relation(a, _) => Some(self.known.relation[*a]),
            Condition::Believed(c, mask, _) => {
                // Written in per cent.
                Some(belief::share(self.known.cells(rules, 0, *c), *mask) * 100)
            }
            Condition::ActsAtLeast(lane, _) => Some(Milli::from(self.known.acts(*lane)) * ONE),
            _ => None,
        }
    }
}

impl Known {
    /// True if all hold, as far as is known.
    #[inline]
    pub fn all(&self, rules: &Rules, conditions: &[Condition]) -> bool {
        conditions.iter().all(|c| self.reads(rules, c, None))
    }

    /// Whether it is known to everyone that they hold for good, or can hold no more.
    pub fn is_settled(&self, rules: &Rules, conditions: &[Condition]) -> bool {
        let holds = |c: &Condition| self.reads(rules, c, None);
        let so = |c: &Condition| c.holds_for_good() && holds(c);
        let never = |c: &Condition| match c {
            Condition::Not(c) => so(c),
            Condition::Before(_) => !holds(c),
            _ => false,
        };
        conditions.iter().all(so) || conditions.iter().any(never)
    }

    /// The version in which it can be told now.
    pub fn version(&self, rules: &Rules, telling: &Telling) -> Option<u8> {
        let fits = |v: &Version| self.all(rules, &v.assumes);
        telling.versions.iter().position(fits).map(byte)
    }

    fn reads(&self, rules: &Rules, condition: &Condition, hidden: Option<&Hidden>) -> bool {
        let all = |list: &[Condition]| list.iter().all(|c| self.reads(rules, c, hidden));
        let value: &[Milli; limits::INDICATORS] = hidden.map_or(&self.value, |h| &h.value);
        let launched = &self.launched_this_turn;
        match condition {
            Condition::All(list) => all(list),
            Condition::Any(list) => list.iter().any(|c| self.reads(rules, c, hidden)),
            Condition::Not(c) => !self.reads(rules, c, hidden),
            Condition::AtLeast(i, n) => value[*i] >= *n,
            Condition::Below(i, n) => value[*i] < *n,
            Condition::Fired(e) => self.events_fired[*e] > 0,
            Condition::Chose(e, c) => self.choice_made[*e] == *c && *c != NONE,
            Condition::Flag(f) => self.flags & (1 << f.0) != 0,
            Condition::Cleared(i) => self.tally[*i].cleared > 0,
            Condition::Refused(i) => self.tally[*i].returned + self.tally[*i].blocked > 0,
            Condition::StoppedBy(i, a) => self.tally[*i].stopped_by & (1 << a.0) != 0,
            Condition::Launched(i) => self.tally[*i].launched > 0,
            Condition::LaunchedOn(i, t) => self.launched_on[*i] & (1 << t.0) != 0,
            Condition::JustLaunched(i) => launched.iter().any(|p| p.instrument == *i),
            Condition::JustLaunchedWith(i, slot, at) => {
                launched.iter().any(|p| p.instrument == *i && p.terms[usize::from(*slot)] == *at)
            }
            Condition::Active(i) => {
                self.measures.iter().any(|m| m.instrument == *i && m.in_force())
            }
            Condition::ActiveWith(i, t, slot, at) => self.measures.iter().any(|m| {
                let of_pair = m.instrument == *i && m.target == *t;
                of_pair && m.in_force() && m.terms[usize::from(*slot)] == *at
            }),
            Condition::Stands(i, t) => {
                self.measures.iter().any(|m| m.instrument == *i && m.target == *t)
            }
            Condition::Pending(i) => {
                self.measures.iter().any(|m| m.instrument == *i && !m.in_force() && !m.revises)
            }
            Condition::Built(i) => {
                self.shelf.iter().any(|f| f.instrument == *i && f.built(self.day))
            }
            Condition::InWindow(w) => self.turn_now(rules).heat.get(w.i()).is_some_and(|h| *h > 0),
            Condition::HeatAtLeast(n) => self.turn_now(rules).hottest >= *n,
            Condition::HeatAhead(n) => self.turn_now(rules).ahead >= *n,
            Condition::From(day) => self.today(rules) >= *day,
            Condition::Before(day) => self.today(rules) < *day,
            Condition::Responded(r) => self.responded & (1 << r.0) != 0,
            Condition::JustResponded(r) => self.just_responded == r.0,
            Condition::Found(e) => self.evidence[*e] == super::items::FOUND,
            Condition::Believed(c, mask, n) => belief::share(self.cells(rules, 0, *c), *mask) >= *n,
            Condition::True(c, mask) => hidden.is_some_and(|h| mask & (1 << h.truth[*c]) != 0),
            Condition::World(w) => hidden.is_some_and(|h| h.world == w.0),
            Condition::Relation(a, n) => self.relation[*a] >= *n,
            Condition::Promised(p) => self.promised & (1 << p.0) != 0,
            Condition::Broke(p) => self.broke & (1 << p.0) != 0,
            Condition::Kept(p) => self.kept & (1 << p.0) != 0,
            Condition::Reformed(r) => self.is_in_place(*r),
            Condition::Asked(a) => self.asked[*a] > 0,
            Condition::TaskDone(t) => self.tasks_done[*t] > 0,
            Condition::Guided(lens, n) => self.guidance[*lens] >= *n,
            Condition::ActsAtLeast(lane, n) => self.acts(*lane) >= *n,
            Condition::Noticed(a, n) => self.aims[*a].noticed() >= *n,
            Condition::Won(a) => {
                hidden.is_some_and(|h| h.pursues(rules, *a))
                    && self.books.aims_through & (1 << a.0) != 0
            }
        }
    }

    /// Public acts of that lane in the last 60 days.
    ///
    /// # Panics
    /// Never: no more acts are kept than a byte counts.
    pub fn acts(&self, lane: Lane) -> u8 {
        let since = self.day.saturating_sub(60);
        let n = self.acts.iter().filter(|(l, day)| *l == lane as u8 && *day >= since).count();
        u8::try_from(n).expect("acts are few")
    }

    /// The red line the instrument crosses for the agency, if any: its position in the list.
    #[inline]
    pub fn red_line(
        &self,
        rules: &Rules,
        instrument: InstrumentIx,
        agency: AgencyIx,
    ) -> Option<u8> {
        rules.agencies[agency]
            .red_lines
            .iter()
            .position(|r| r.instrument == instrument && self.all(rules, &r.when))
            .and_then(|n| u8::try_from(n).ok())
    }

    /// The authority that counts for an instrument: the side its lead belongs to.
    pub fn authority(&self, rules: &Rules, instrument: InstrumentIx) -> Milli {
        self.value[authority_of(rules, instrument)]
    }
}

/// What an agency of the economic side leads goes by the authority on that side, everything else
/// by the other.
pub fn authority_of(rules: &Rules, instrument: InstrumentIx) -> IndicatorIx {
    let lead = rules.instruments[instrument].lead;
    if rules.agencies[lead].economic {
        rules.roles.authority_economy
    } else {
        rules.roles.authority_security
    }
}
