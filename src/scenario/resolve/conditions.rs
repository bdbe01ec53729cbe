//! Conditions and what records do besides moving indicators: the trees with indices in place of
//! ids.
//!
//! Owns the rule that a preview reads nothing hidden. A condition on something the scenario took
//! out of the core can never hold; an effect on it is dropped.

use super::super::loc::{At, Decimal, Id};
use super::super::model::{self, Condition, Effect, Need, limits};
use super::super::raw::{self, Seen};
use super::finding::Code;
use super::merge::Table;
use super::names::Cx;
use super::words;
use crate::num::byte;

/// Whether the player is shown, before the fact, if a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A preview: it may read only what the player can know.
    Player,
    /// What is printed: it would tell whatever it read.
    Words,
    /// The engine alone, when it happens.
    Engine,
}

impl Cx<'_> {
    pub fn conditions(&self, list: &[raw::Condition], reader: Reader) -> Vec<Condition> {
        list.iter().filter_map(|c| self.condition(c, reader, 1)).collect()
    }

    pub fn needs(&self, list: &[raw::Need]) -> Vec<Need> {
        list.iter()
            .map(|n| Need {
                when: self.conditions(&n.when, Reader::Player),
                says: self.words(&n.says, words::LINE, "what is needed"),
            })
            .collect()
    }

    fn condition(&self, c: &raw::Condition, reader: Reader, depth: usize) -> Option<Condition> {
        use raw::Condition as R;
        if depth > limits::DEPTH {
            self.report_row(
                Code::TooDeep,
                format!("a condition stands more than {} levels deep", limits::DEPTH),
                "split it with a flag that an event sets",
            );
            return None;
        }
        let each = |list: &[R]| {
            list.iter().filter_map(|c| self.condition(c, reader, depth.saturating_add(1))).collect()
        };
        if reader == Reader::Words {
            self.steady(c);
        }
        // Something the scenario removed never happens.
        let never = |found: Option<Condition>, table: Table, id: &Id| {
            found.or_else(|| self.is_removed(table, id).then(|| Condition::Any(Vec::new())))
        };
        Some(match c {
            R::All(list) => Condition::All(each(list)),
            R::Any(list) => Condition::Any(each(list)),
            R::Not(inner) => {
                Condition::Not(Box::new(self.condition(inner, reader, depth.saturating_add(1))?))
            }
            R::AtLeast(id, d) => {
                let ix = self.value_of(id, d, reader)?;
                Condition::AtLeast(ix, d.milli)
            }
            R::Below(id, d) => {
                let ix = self.value_of(id, d, reader)?;
                Condition::Below(ix, d.milli)
            }
            R::Fired(id) => Condition::Fired(self.event(id)?),
            R::Chose(event, choice) => {
                let ix = self.event(event)?;
                let names = self.m.events.get(ix.i())?.raw.choices.iter().map(|(k, _)| k.as_str());
                let i = self.pick(names, choice, &format!("a choice of event `{event}`"))?;
                Condition::Chose(ix, u8::try_from(i).ok()?)
            }
            R::Flag(id) => Condition::Flag(self.flag(id)?),
            R::Cleared(id) => {
                never(self.instrument_soft(id).map(Condition::Cleared), Table::Instrument, id)?
            }
            R::Refused(id) => {
                never(self.instrument_soft(id).map(Condition::Refused), Table::Instrument, id)?
            }
            R::StoppedBy(id, agency) => {
                let agency = self.agency(agency);
                never(
                    self.instrument_soft(id).and_then(|i| Some(Condition::StoppedBy(i, agency?))),
                    Table::Instrument,
                    id,
                )?
            }
            R::Launched(id) => {
                never(self.instrument_soft(id).map(Condition::Launched), Table::Instrument, id)?
            }
            R::LaunchedOn(id, target) => {
                let target = self.target(target);
                never(
                    self.instrument_soft(id).and_then(|i| Some(Condition::LaunchedOn(i, target?))),
                    Table::Instrument,
                    id,
                )?
            }
            R::JustLaunched(id) => {
                never(self.instrument_soft(id).map(Condition::JustLaunched), Table::Instrument, id)?
            }
            R::JustLaunchedWith(id, term, value) => {
                let with = self.offered(id, term, value);
                never(
                    with.map(|(i, slot, at)| Condition::JustLaunchedWith(i, slot, at)),
                    Table::Instrument,
                    id,
                )?
            }
            R::Active(id) => {
                never(self.instrument_soft(id).map(Condition::Active), Table::Instrument, id)?
            }
            R::ActiveWith(id, target, term, value) => {
                let target = self.target(target);
                let with = self
                    .offered(id, term, value)
                    .and_then(|(i, slot, at)| Some(Condition::ActiveWith(i, target?, slot, at)));
                never(with, Table::Instrument, id)?
            }
            R::Pending(id) => {
                never(self.instrument_soft(id).map(Condition::Pending), Table::Instrument, id)?
            }
            R::Stands(id, target) => {
                let target = self.target(target);
                never(
                    self.instrument_soft(id).and_then(|i| Some(Condition::Stands(i, target?))),
                    Table::Instrument,
                    id,
                )?
            }
            R::Built(id) => {
                never(self.instrument_soft(id).map(Condition::Built), Table::Instrument, id)?
            }
            R::InWindow(id) => Condition::InWindow(self.window(id)?),
            R::HeatAhead(p) => Condition::HeatAhead(per_mille(self.share(p, "the heat"))),
            R::HeatAtLeast(p) => Condition::HeatAtLeast(per_mille(self.share(p, "the heat"))),
            R::From(date) => {
                self.in_calendar(date.day, date.at, "this condition waits for");
                Condition::From(date.day)
            }
            R::Before(date) => {
                self.in_calendar(date.day, date.at, "this condition holds before");
                Condition::Before(date.day)
            }
            R::Responded(id) => {
                never(self.response_soft(id).map(Condition::Responded), Table::Response, id)?
            }
            R::JustResponded(id) => {
                never(self.response_soft(id).map(Condition::JustResponded), Table::Response, id)?
            }
            R::Found(campaign, item) => Condition::Found(self.evidence(campaign, item)?),
            R::Believed(campaign, value, p) => {
                let (c, mask) = self.truth(campaign, value)?;
                Condition::Believed(c, mask, per_mille(self.share(p, "the probability")))
            }
            R::True(campaign, value) => {
                self.hidden(reader, value.at, "what is true of a campaign");
                let (c, mask) = self.truth(campaign, value)?;
                Condition::True(c, mask)
            }
            R::World(id) => {
                self.hidden(reader, id.at, "the world drawn");
                never(self.world_soft(id).map(Condition::World), Table::World, id)?
            }
            R::Relation(id, d) => {
                let least = self.within(d, -100, 100, "the relationship");
                never(
                    self.agency_soft(id).map(|a| Condition::Relation(a, least)),
                    Table::Agency,
                    id,
                )?
            }
            R::Promised(id) => {
                never(self.promise_soft(id).map(Condition::Promised), Table::Promise, id)?
            }
            R::Broke(id) => never(self.promise_soft(id).map(Condition::Broke), Table::Promise, id)?,
            R::Kept(id) => never(self.promise_soft(id).map(Condition::Kept), Table::Promise, id)?,
            R::Reformed(id) => {
                never(self.reform_soft(id).map(Condition::Reformed), Table::Reform, id)?
            }
            R::Asked(id) => never(self.ask_soft(id).map(Condition::Asked), Table::Ask, id)?,
            R::TaskDone(id) => never(self.task_soft(id).map(Condition::TaskDone), Table::Task, id)?,
            R::Guided(id, n) => {
                let points =
                    u8::try_from(self.count(n, 1, 4, "the points of guidance")).unwrap_or(4);
                never(self.lens_soft(id).map(|l| Condition::Guided(l, points)), Table::Lens, id)?
            }
            R::ActsAtLeast(lane, n) => Condition::ActsAtLeast(
                *lane,
                byte(self.count(n, 1, 100, "the number of acts") as usize),
            ),
            R::Noticed(id, n) => {
                let n = byte(self.count(n, 1, 16, "the number of signs and acts") as usize);
                never(self.aim_soft(id).map(|a| Condition::Noticed(a, n)), Table::Aim, id)?
            }
            R::Won(id) => {
                self.hidden(reader, id.at, "what the other side works towards");
                never(self.aim_soft(id).map(Condition::Won), Table::Aim, id)?
            }
        })
    }

    /// What a text assumes must hold on the page it stands on: what was done, and no level or day.
    fn steady(&self, c: &raw::Condition) {
        use raw::Condition as R;
        let (at, what) = match c {
            R::AtLeast(id, _) | R::Below(id, _) => (id.at, "a level"),
            R::Relation(id, _) => (id.at, "a relationship"),
            R::Believed(id, ..) => (id.at, "a belief"),
            R::InWindow(id) => (id.at, "the calendar"),
            R::HeatAtLeast(p) | R::HeatAhead(p) => (p.at, "the calendar"),
            R::From(date) | R::Before(date) => (date.at, "the calendar"),
            R::ActsAtLeast(_, n) => (n.at, "the last sixty days"),
            R::All(_)
            | R::Any(_)
            | R::Not(_)
            | R::Fired(_)
            | R::Chose(..)
            | R::Flag(_)
            | R::Cleared(_)
            | R::Refused(_)
            | R::StoppedBy(..)
            | R::Launched(_)
            | R::LaunchedOn(..)
            | R::JustLaunched(_)
            | R::JustLaunchedWith(..)
            | R::Active(_)
            | R::ActiveWith(..)
            | R::Pending(_)
            | R::Stands(..)
            | R::Built(_)
            | R::Responded(_)
            | R::JustResponded(_)
            | R::Found(..)
            | R::True(..)
            | R::World(_)
            | R::Promised(_)
            | R::Broke(_)
            | R::Kept(_)
            | R::Reformed(_)
            | R::Asked(_)
            | R::TaskDone(_)
            | R::Noticed(..)
            | R::Won(_)
            | R::Guided(..) => return,
        };
        self.report(
            Code::Unsteady,
            at,
            format!("a text assumes {what}, which may be another by the page it stands on"),
            "put it into `when`; a text assumes what was done: Launched, Asked, Chose, Fired",
        );
    }

    /// An indicator a condition compares, at a value it can have.
    fn value_of(&self, id: &Id, d: &Decimal, reader: Reader) -> Option<model::IndicatorIx> {
        let ix = self.indicator(id)?;
        let row = self.indicator_row(ix)?;
        if d.milli < row.least.milli || d.milli > row.most.milli {
            let (least, most) =
                (super::amounts::show(row.least.milli), super::amounts::show(row.most.milli));
            self.report(
                Code::OutOfRange,
                d.at,
                format!(
                    "`{id}` runs from {least} to {most}, so it is never {}",
                    super::amounts::show(d.milli)
                ),
                "",
            );
        }
        if matches!(row.seen, Seen::Hidden) {
            self.hidden(reader, id.at, &format!("`{id}`, which is hidden"));
        }
        Some(ix)
    }

    fn hidden(&self, reader: Reader, at: At, what: &str) {
        let shown = match reader {
            Reader::Player => "the player is shown beforehand whether it holds",
            Reader::Words => "what is printed would tell whether it holds",
            Reader::Engine => return,
        };
        self.report(
            Code::HiddenInPublic,
            at,
            format!("this reads {what}, and {shown}"),
            "use what the player can know: Believed, Found, Fired or an indicator on the desk",
        );
    }

    /// An instrument, and where it offers that value of that term: slot and position.
    fn offered(&self, id: &Id, term: &Id, value: &Id) -> Option<(model::InstrumentIx, u8, u8)> {
        let ix = self.instrument_soft(id)?;
        let row = self.m.instruments.get(ix.i())?;
        let slots = row.raw.terms.iter().map(|(k, _)| k.as_str());
        let slot = self.pick(slots, term, &format!("a term of instrument `{id}`"))?;
        let offered = row.raw.terms.iter().nth(slot).map(|(_, v)| v)?;
        let position = self.pick(
            offered.iter().map(Id::as_str),
            value,
            &format!("a value `{id}` offers of `{term}`"),
        )?;
        Some((ix, u8::try_from(slot).ok()?, u8::try_from(position).ok()?))
    }

    /// A campaign and the cells in which a value of one of its variables is true.
    pub fn truth(&self, campaign: &Id, value: &Id) -> Option<(model::CampaignIx, u64)> {
        let ix = self.campaign(campaign)?;
        let raw = self.m.campaigns.get(ix.i())?.raw;
        let names = raw.truth.iter().flat_map(|(_, v)| v.shares.iter().map(|(k, _)| k.as_str()));
        if super::cells::in_doubt(raw) && !names.clone().any(|n| n == value.text) {
            return None;
        }
        self.pick(names, value, &format!("a value of campaign `{campaign}`"))?;
        Some((ix, super::cells::mask_of(raw, value.as_str())))
    }

    pub fn also(&self, list: &[raw::Effect]) -> Vec<Effect> {
        list.iter().filter_map(|a| self.one_also(a)).collect()
    }

    fn one_also(&self, a: &raw::Effect) -> Option<Effect> {
        use raw::Effect as R;
        Some(match a {
            R::SetFlag(id) => Effect::SetFlag(self.flag(id)?),
            R::ClearFlag(id) => Effect::ClearFlag(self.flag(id)?),
            R::Relation(id, d) => {
                let change = self.within(d, -100, 100, "the change of a relationship");
                Effect::Relation(self.agency_soft(id)?, change)
            }
            R::Lean(agency, instrument, d) => {
                let points = self.within(d, -20, 20, "the lean");
                let (a, i) = (self.agency_soft(agency), self.instrument_soft(instrument));
                Effect::Lean(a?, i?, points)
            }
            R::Chain(id, l) => {
                let event = self.event(id)?;
                let dated = self
                    .m
                    .events
                    .get(event.i())
                    .is_some_and(|row| row.raw.on.is_some() && !row.raw.chained);
                if dated {
                    self.report(
                        Code::Contradiction,
                        id.at,
                        format!("`{id}` has a day of its own, and a chain would tell it before"),
                        "chain an event without `on`, or take the chain away",
                    );
                }
                Effect::Chain(event, l.span)
            }
            R::Evidence(campaign, item) => Effect::Evidence(self.evidence(campaign, item)?),
            R::Tell(id) => Effect::Tell(self.tell(id)?),
            R::OpenFile(id) => Effect::OpenFile(self.file(id)?),
            R::CloseFile(id) => Effect::CloseFile(self.file(id)?),
            R::Ready(id, p) => {
                let share = self.share(p, "how much of the pipeline is done");
                Effect::Ready(self.file(id)?, share)
            }
            R::Busy(id, l) => {
                let days = self.days(l, "the time an agency is busy");
                Effect::Busy(self.agency_soft(id)?, days)
            }
            R::Refresh(id, p) => {
                let share = self.share(p, "the renewed force");
                Effect::Refresh(self.instrument_soft(id)?, share)
            }
            R::Disrupt(id, p) => {
                let share = self.share(p, "the share cut");
                Effect::Disrupt(self.campaign(id)?, share)
            }
            R::End(id) => Effect::End(self.instrument_soft(id)?),
            R::Launch(instrument, target) => {
                let (i, t) = (self.instrument_soft(instrument), self.target(target));
                Effect::Launch(i?, t?)
            }
            R::Halt(id) => Effect::Halt(self.aim_soft(id)?),
            R::Guidance(id) => Effect::Guidance(self.profile(id)?),
        })
    }
}

/// A whole number of a hundred in thousandths.
pub fn per_mille(percent: u32) -> i32 {
    i32::try_from(percent.saturating_mul(10)).unwrap_or(i32::MAX)
}
