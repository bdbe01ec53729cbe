//! Looking ids up. Owns the tables of names, what an author is told when an id is not there, and
//! the place a finding is reported at. Refuses to own what is done with the record.
//!
//! A misspelt *use* is reported where it stands. When the nearest record is used by nothing at all,
//! its *definition* is probably the misspelt one: then only the first use is reported, and the
//! definition's place goes with it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::loc::{At, Id};
use super::super::model::{
    AgencyIx, AimIx, AskIx, AssumptionIx, CampaignIx, CodexIx, CriticIx, EventIx, EvidenceIx,
    FileIx, FlagIx, IndicatorIx, InstrumentIx, LensIx, ProfileIx, PromiseIx, PropositionIx,
    ReformIx, ResponseIx, SourceIx, TargetIx, TaskIx, TellIx, TermIx, TraitIx, Turn, VenueIx,
    WindowIx, WorldIx,
};
use super::super::problem::did_you_mean;
use super::super::syntax::Poisoned;
use super::finding::{Code, Finding, Place};
use super::merge::{LATER, Merged, OWN, Row, Table};
use crate::num::{self, Milli};
use crate::order::{Arrange, Gather};

/// An id that was not found, kept until all uses are counted.
#[derive(Debug)]
struct Miss {
    table: Table,
    id: String,
    file: usize,
    at: At,
    row: At,
}

impl Miss {
    fn place(&self) -> (usize, u32, Option<u32>) {
        (self.file, self.at.serial, self.at.offset)
    }
}

/// Most misspelt ids held against all names there are: far more than a report shows, and still
/// quick.
const COMPARED: usize = 1000;

/// Where the last of them stands, if there are more.
fn last_compared(misses: &[Miss]) -> Option<(usize, u32, Option<u32>)> {
    let mut places: Vec<_> = misses.iter().map(Miss::place).collect();
    places.arrange_by(Ord::cmp);
    places.get(COMPARED).copied()
}

/// An assumption's values, before anything that uses one is resolved.
#[derive(Debug, Clone)]
pub struct Assumed {
    /// The core's value, or the command line's.
    pub value: Milli,
    pub by_world: Vec<Milli>,
    pub overridden: bool,
}

impl Assumed {
    /// True if the worlds disagree about it.
    pub fn varies(&self) -> bool {
        self.by_world.windows(2).any(|w| w.first() != w.last())
    }

    /// Its mean over the worlds at these weights, rounded once.
    pub fn expected(&self, weights: &[u64]) -> Milli {
        let total: u64 = weights.iter().sum();
        let sum: i64 = self
            .by_world
            .iter()
            .zip(weights)
            .map(|(v, w)| i64::from(*v).saturating_mul(i64::try_from(*w).unwrap_or(0)))
            .sum();
        num::round_div(sum, i64::try_from(total.max(1)).unwrap_or(1))
    }
}

/// What one run of `resolve` carries along: the merged tables, the turns, and the findings so far.
#[derive(Debug)]
pub struct Cx<'a> {
    pub m: &'a Merged<'a>,
    /// Filled before anything that fades or happens by chance is resolved.
    /// Those that are played, and the time after them where there is any.
    pub turns: Vec<Turn>,
    pub after: usize,
    /// By assumption and world, with overrides: filled before any amount is resolved.
    pub assumed: Vec<Assumed>,
    /// Prior weights of the worlds.
    pub world_weights: Vec<u64>,
    /// What could not be read.
    poisoned: &'a Poisoned,
    /// What the scenario's records took over from below, in bytes of its text.
    taken_over: &'a [Range<usize>],
    file: Cell<usize>,
    row: Cell<At>,
    findings: RefCell<Vec<Finding>>,
    misses: RefCell<Vec<Miss>>,
    /// By table, then by position.
    uses: RefCell<Vec<Vec<u32>>>,
}

macro_rules! finders {
    ($($find:ident / $soft:ident: $table:ident => $ix:ident;)*) => {
        impl Cx<'_> {
            $(
            /// The record with this id; a finding if there is none.
            pub fn $find(&self, id: &Id) -> Option<$ix> {
                self.find(Table::$table, id).map($ix::at)
            }
            /// The same, but silent where the core names a record the scenario removed.
            pub fn $soft(&self, id: &Id) -> Option<$ix> {
                self.soft(Table::$table, id).map($ix::at)
            }
            )*
        }
    };
}
finders! {
    indicator / indicator_soft: Indicator => IndicatorIx;
    assumption / assumption_soft: Assumption => AssumptionIx;
    world / world_soft: World => WorldIx;
    lens / lens_soft: Lens => LensIx;
    profile / profile_soft: Profile => ProfileIx;
    agency / agency_soft: Agency => AgencyIx;
    term / term_soft: Term => TermIx;
    venue / venue_soft: Venue => VenueIx;
    instrument / instrument_soft: Instrument => InstrumentIx;
    task / task_soft: Task => TaskIx;
    ask / ask_soft: Ask => AskIx;
    promise / promise_soft: Promise => PromiseIx;
    reform / reform_soft: Reform => ReformIx;
    trait_ / trait_soft: Trait => TraitIx;
    response / response_soft: Response => ResponseIx;
    tell / tell_soft: Tell => TellIx;
    aim / aim_soft: Aim => AimIx;
    codex / codex_soft: Codex => CodexIx;
    critic / critic_soft: Critic => CriticIx;
    source / source_soft: Source => SourceIx;
    window / window_soft: Window => WindowIx;
    campaign / campaign_soft: Campaign => CampaignIx;
    target / target_soft: Target => TargetIx;
    file / file_soft: File => FileIx;
    event / event_soft: Event => EventIx;
    proposition / proposition_soft: Proposition => PropositionIx;
    flag / flag_soft: Flag => FlagIx;
}

impl<'a> Cx<'a> {
    pub fn new(
        m: &'a Merged<'a>,
        poisoned: &'a Poisoned,
        taken_over: &'a [Range<usize>],
        findings: Vec<Finding>,
    ) -> Self {
        Cx {
            m,
            turns: Vec::new(),
            after: 0,
            assumed: Vec::new(),
            world_weights: Vec::new(),
            poisoned,
            taken_over,
            file: Cell::new(m.file),
            row: Cell::new(At::default()),
            findings: RefCell::new(findings),
            misses: RefCell::default(),
            uses: RefCell::new(vec![Vec::new(); Table::ALL.len()]),
        }
    }

    /// From now on findings belong to this record.
    pub fn enter<T>(&self, row: &Row<'_, T>) {
        self.file.set(row.file);
        self.row.set(row.id.at);
    }

    /// From now on findings belong to the scenario's file, outside any record.
    pub fn enter_scenario(&self) {
        self.file.set(self.m.file);
        self.row.set(self.m.scenario.id.at);
    }

    /// Whether the record at hand stands in the scenario's own file.
    pub fn in_scenario(&self) -> bool {
        self.file.get() == self.m.file
    }

    /// Reports at a leaf; a leaf that stands in no file (a default) is reported at its record.
    pub fn report(&self, code: Code, at: At, message: impl Into<String>, hint: impl Into<String>) {
        self.push(code, at, message.into(), hint.into(), None);
    }

    /// Reports at a leaf with another place that belongs to it.
    pub fn report_near(
        &self,
        code: Code,
        at: At,
        message: impl Into<String>,
        hint: impl Into<String>,
        near: Place,
    ) {
        self.push(code, at, message.into(), hint.into(), Some(near));
    }

    /// Reports at the record that is being resolved.
    pub fn report_row(&self, code: Code, message: impl Into<String>, hint: impl Into<String>) {
        self.push(code, self.row.get(), message.into(), hint.into(), None);
    }

    fn push(&self, code: Code, at: At, message: String, hint: String, near: Option<Place>) {
        let at = if at.serial == 0 && at.offset.is_none() { self.row.get() } else { at };
        self.findings.borrow_mut().push(Finding {
            file: self.file.get(),
            at,
            row: self.row.get(),
            code,
            message,
            hint,
            near,
        });
    }

    /// True if some record of the table could not be read: then absence means nothing.
    pub fn incomplete(&self, table: Table) -> bool {
        self.poisoned.all
            || self.poisoned.tables.get(table.name()).is_some_and(|ids| !ids.is_empty())
    }

    /// True if anything could not be read.
    pub fn is_poisoned(&self) -> bool {
        !self.poisoned.is_empty()
    }

    /// True for an id the scenario took away and nobody put back.
    pub fn is_removed(&self, table: Table, id: &Id) -> bool {
        self.m.removed.contains_key(&(table, id.as_str())) && !self.has(table, &id.text)
    }

    /// Whether it stands in a field that the scenario's record took over from below.
    fn is_taken_over(&self, at: At) -> bool {
        at.offset.is_some_and(|o| self.taken_over.iter().any(|r| r.contains(&(o as usize))))
    }

    /// The table and the id of the record at hand.
    fn record(&self) -> Option<(Table, &str)> {
        let (file, row) = (self.file.get(), self.row.get());
        let here = |at: &At| at.serial == row.serial && at.offset == row.offset;
        self.m.ids.iter().find_map(|(table, ids)| {
            let mut ids = ids.iter();
            let (id, _) = ids.find(|(_, (_, p))| p.file == file && here(&p.at))?;
            Some((*table, *id))
        })
    }

    fn has(&self, table: Table, id: &str) -> bool {
        self.m.ids.get(&table).is_some_and(|ids| ids.contains_key(id))
    }

    pub fn soft(&self, table: Table, id: &Id) -> Option<usize> {
        let ours = self.in_scenario() && !self.is_taken_over(id.at);
        if !ours && self.is_removed(table, id) { None } else { self.find(table, id) }
    }

    pub fn find(&self, table: Table, id: &Id) -> Option<usize> {
        if let Some((i, _)) = self.m.ids.get(&table).and_then(|ids| ids.get(id.as_str())) {
            self.count_use(table, *i);
            return Some(*i);
        }
        if self.poisoned.contains(table.name(), &id.text) {
            return None;
        }
        if self.is_removed(table, id) {
            let removed = self.m.removed.get(&(table, id.as_str()));
            let by = match removed {
                Some(&OWN) => "this scenario",
                Some(&LATER) => "the calendar, which ends before its sources were out,",
                _ => "the theatre",
            };
            let what = format!("{by} removes {} `{id}`", table.noun());
            // The author's own line, where the record that needs it lies in a layer below.
            let lists = self.m.scenario.remove.iter().filter(|(name, _)| name.text == table.name());
            let mut listed = lists.flat_map(|(_, ids)| ids).filter(|own| own.text == id.text);
            let own = listed.next().filter(|_| !self.in_scenario());
            let (needs, hint) = match self.record() {
                Some((of, at)) if !self.in_scenario() => (
                    format!("{} `{at}` still needs it", of.noun()),
                    format!(
                        "remove that too, `remove: {{\"{}\": [\"{at}\"]}}`, or lay your own over it \
                         under `rules`",
                        of.name()
                    ),
                ),
                _ => (
                    "it is still needed here".to_owned(),
                    match removed {
                        Some(&OWN) => "take it off `remove`, or name another here",
                        Some(&LATER) => "name another here, or lay your own over it under `rules`",
                        _ => "name another here, or take another theatre",
                    }
                    .to_owned(),
                ),
            };
            let message = format!("{what}, and {needs}");
            match own {
                Some(own) => self.findings.borrow_mut().push(Finding {
                    file: self.m.file,
                    at: own.at,
                    row: own.at,
                    code: Code::RemovedId,
                    message,
                    hint,
                    near: None,
                }),
                None => self.report(Code::RemovedId, id.at, message, hint),
            }
            return None;
        }
        self.misses.borrow_mut().push(Miss {
            table,
            id: id.text.to_string(),
            file: self.file.get(),
            at: if id.at.serial == 0 { self.row.get() } else { id.at },
            row: self.row.get(),
        });
        None
    }

    fn count_use(&self, table: Table, i: usize) {
        let mut uses = self.uses.borrow_mut();
        let Some(of_table) = uses.get_mut(table as usize) else { return };
        if of_table.len() <= i {
            of_table.resize(i.saturating_add(1), 0);
        }
        if let Some(count) = of_table.get_mut(i) {
            *count = count.saturating_add(1);
        }
    }

    /// How often something names the record.
    pub fn uses(&self, table: Table, i: usize) -> u32 {
        self.uses
            .borrow()
            .get(table as usize)
            .and_then(|of_table| of_table.get(i))
            .copied()
            .unwrap_or(0)
    }

    /// Position of `id` among names that belong to one record, such as the values of a term.
    pub fn pick<'n>(
        &self,
        names: impl Iterator<Item = &'n str> + Clone,
        id: &Id,
        what: &str,
    ) -> Option<usize> {
        if let Some(i) = names.clone().position(|n| n == id.text) {
            return Some(i);
        }
        let hint = match did_you_mean(&id.text, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => one_of(names),
        };
        self.report(Code::UnknownId, id.at, format!("`{id}` is not {what}"), hint);
        None
    }

    /// All findings, in the order of files and places.
    pub fn finish(self) -> Vec<Finding> {
        let misses = self.misses.take();
        let mut said: BTreeSet<(Table, String)> = BTreeSet::new();
        let last = last_compared(&misses);
        for miss in &misses {
            let empty = BTreeMap::new();
            let ids = self.m.ids.get(&miss.table).unwrap_or(&empty);
            let compared = last.is_none_or(|last| miss.place() <= last);
            let near = if compared { did_you_mean(&miss.id, ids.keys().copied()) } else { None };
            let near = near.and_then(|near| ids.get(near).map(|(i, place)| (near, *i, *place)));
            let elsewhere = Table::ALL.iter().find(|t| self.has(**t, &miss.id));
            let own = |place: &Place| place.file == self.m.file;
            let misspelt_definition = elsewhere.is_none()
                && near.is_some_and(|(_, i, place)| own(&place) && self.uses(miss.table, i) == 0);
            if misspelt_definition && !said.insert((miss.table, miss.id.clone())) {
                continue;
            }
            let code = if elsewhere.is_some() { Code::WrongTable } else { Code::UnknownId };
            let message = match elsewhere {
                Some(other) => format!(
                    "`{}` is {}; {} is expected here",
                    miss.id,
                    other.article(),
                    miss.table.article()
                ),
                None if miss.table == Table::Flag => {
                    format!("the flag `{}` is not declared", miss.id)
                }
                None => format!("there is no {} `{}`", miss.table.noun(), miss.id),
            };
            let hint = match near {
                Some((near, _, _)) if misspelt_definition => format!(
                    "did you mean `{near}`? Nothing uses that one, so perhaps its definition is \
                     misspelt"
                ),
                Some((near, _, _)) => format!("did you mean `{near}`?"),
                None if miss.table == Table::Flag && elsewhere == Some(&Table::Event) => format!(
                    "whether the event happened is asked by `Fired(\"{}\")`; a flag stands in the \
                     scenario's `flags` and has a name of its own",
                    miss.id
                ),
                None if miss.table == Table::Flag => "add it to the scenario's `flags`".to_owned(),
                None if compared => one_of(ids.keys().copied()),
                None => String::new(),
            };
            let near = near.filter(|_| misspelt_definition).map(|(_, _, place)| place);
            self.findings.borrow_mut().push(Finding {
                file: miss.file,
                at: miss.at,
                row: miss.row,
                code,
                message,
                hint,
                near,
            });
        }
        let mut all = self.findings.into_inner();
        follow_from_errors(&mut all, misses.iter().map(|m| (m.file, m.row)));
        all.arrange_by_key(|f| (f.file, f.at.serial, f.at.offset, f.code));
        all
    }

    /// Adds findings made elsewhere.
    pub fn add(&self, more: Vec<Finding>) {
        self.findings.borrow_mut().extend(more);
    }

    /// True if something already found is an error.
    pub fn failed(&self) -> bool {
        !self.misses.borrow().is_empty() || self.findings.borrow().iter().any(Finding::is_error)
    }

    /// Position of an item of evidence in the list over all campaigns.
    pub fn evidence(&self, campaign: &Id, item: &Id) -> Option<EvidenceIx> {
        let c = self.campaign_soft(campaign)?;
        let before: usize =
            self.m.campaigns.iter().take(c.i()).map(|row| row.raw.evidence.len()).sum();
        let row = self.m.campaigns.get(c.i())?;
        let names = row.raw.evidence.iter().map(|(k, _)| k.as_str());
        let i = self.pick(names, item, &format!("an item of evidence of campaign `{campaign}`"))?;
        Some(EvidenceIx::at(before.saturating_add(i)))
    }
}

/// Takes out what a record is warned of while it is in error: it may follow from that.
fn follow_from_errors(all: &mut Vec<Finding>, misses: impl Iterator<Item = (usize, At)>) {
    let row = |f: &Finding| (f.file, f.row.serial, f.row.offset);
    let mut failed: BTreeSet<_> = all.iter().filter(|f| f.is_error()).map(row).gather();
    failed.extend(misses.map(|(file, at)| (file, at.serial, at.offset)));
    // A name that nothing uses, because its uses are misspelt.
    let at = |p: Place| (p.file, p.at.serial, p.at.offset);
    let meant: BTreeSet<_> =
        all.iter().filter(|f| f.is_error()).filter_map(|f| f.near).map(at).gather();
    all.retain(|f| {
        let here = at(Place { file: f.file, at: f.at });
        f.is_error() || !failed.contains(&row(f)) && !meant.contains(&here)
    });
}

fn one_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.len() {
        0 => "there are none".to_owned(),
        1..=12 => format!("expected one of {}", names.join(", ")),
        n => format!(
            "expected one of {} and {} more",
            names.iter().take(8).copied().collect::<Vec<_>>().join(", "),
            n.saturating_sub(8)
        ),
    }
}
