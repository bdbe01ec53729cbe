//! The rulebook a scenario is played by: the core's files read as one, under those of its theatre,
//! less what the theatre and the scenario remove, with the scenario's own records added or put in
//! place of those below. Fields that a record takes over from below are in it already (`layers`).
//!
//! Owns which record counts and where it stands. Refuses to own what records mean.

use std::collections::BTreeMap;

use super::super::loc::{Decimal, Entries, Id, Prose};
use super::super::problem::did_you_mean;
use super::super::raw;
use super::finding::{Code, Finding, Place};
use super::later;
use crate::order::Gather;

macro_rules! kinds {
    ($($name:ident = $article:literal $noun:literal in $field:literal;)*) => {
        /// Every kind of thing that has ids of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Table { $($name),* }
        impl Table {
            pub const ALL: &'static [Table] = &[$(Table::$name),*];
            /// The field it stands in.
            pub const fn name(self) -> &'static str { match self { $(Table::$name => $field),* } }
            pub const fn noun(self) -> &'static str { match self { $(Table::$name => $noun),* } }
            pub const fn article(self) -> &'static str {
                match self { $(Table::$name => concat!($article, " ", $noun)),* }
            }
        }
    };
}
kinds! {
    Role = "a" "role" in "roles";
    Word = "a" "word of the scale" in "scale";
    Tuning = "a" "tuning key" in "tuning";
    Text = "a" "text" in "texts";
    Indicator = "an" "indicator" in "indicators";
    Flow = "a" "flow" in "flows";
    Assumption = "an" "assumption" in "assumptions";
    World = "a" "world" in "worlds";
    Lens = "a" "lens" in "lenses";
    Profile = "a" "profile" in "profiles";
    Agency = "an" "agency" in "agencies";
    Term = "a" "term" in "terms";
    Venue = "a" "venue" in "venues";
    Instrument = "an" "instrument" in "instruments";
    Task = "a" "task" in "tasks";
    Ask = "an" "ask" in "asks";
    Promise = "a" "promise" in "promises";
    Reform = "a" "reform" in "reforms";
    Trait = "a" "trait" in "traits";
    Response = "a" "response" in "responses";
    Tell = "a" "tell" in "tells";
    Aim = "an" "aim" in "aims";
    Voice = "a" "voice" in "voices";
    Codex = "a" "codex entry" in "codex";
    Critic = "a" "critic" in "critics";
    Source = "a" "source" in "sources";
    Window = "a" "window" in "windows";
    Principal = "a" "principal" in "principals";
    Campaign = "a" "campaign" in "campaigns";
    Target = "a" "target" in "targets";
    File = "a" "live file" in "live_files";
    Event = "an" "event" in "events";
    Proposition = "a" "proposition" in "propositions";
    Ending = "an" "ending" in "endings";
    Experiment = "an" "experiment" in "experiments";
    Test = "a" "test" in "tests";
    Flag = "a" "flag" in "flags";
}

/// A record, its id and the file it stands in.
#[derive(Debug)]
pub struct Row<'a, T> {
    pub file: usize,
    pub id: &'a Id,
    pub raw: &'a T,
}
impl<T> Clone for Row<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Row<'_, T> {}

/// Ids of one table: position and place of the definition.
pub type Ids<'a> = BTreeMap<&'a str, (usize, Place)>;

macro_rules! tables {
    (
        core { $($field:ident: $ty:ty => $table:ident),* $(,)? }
        scenario { $($own:ident: $own_ty:ty => $own_table:ident),* $(,)? }
    ) => {
        /// Every table after merging, in the order that gives records their positions.
        #[derive(Debug)]
        pub struct Merged<'a> {
            pub scenario: &'a raw::Scenario,
            /// Position of the scenario's file.
            pub file: usize,
            $(pub $field: Vec<Row<'a, $ty>>,)*
            $(pub $own: Vec<Row<'a, $own_ty>>,)*
            /// Positions by table and id.
            pub ids: BTreeMap<Table, Ids<'a>>,
            /// What a theatre or the scenario took away, and by which layer.
            pub removed: BTreeMap<(Table, &'a str), usize>,
        }

        /// Names of the core's tables, as `remove` writes them.
        pub const TABLES: &[(&str, Table)] = &[$((stringify!($field), Table::$table)),*];

        impl<'a> Merged<'a> {
            pub fn new(
                core: &'a [(usize, &'a raw::Core)],
                // Where each theatre's files begin.
                lays: &[usize],
                scenario: &'a raw::Scenario,
                file: usize,
                findings: &mut Vec<Finding>,
            ) -> Self {
                let mut removed = removals(core, lays, scenario, file, findings);
                for (name, id) in later::late(core, scenario) {
                    let table = TABLES.iter().find(|(n, _)| *n == name).map(|(_, table)| *table);
                    table.map(|table| removed.entry((table, id)).or_insert(LATER));
                }
                let mut ids: BTreeMap<Table, Ids<'a>> = BTreeMap::new();
                $(let $field = one_table(
                    Table::$table,
                    core.iter().map(|(f, c)| (*f, &c.$field)),
                    lays,
                    (file, &scenario.rules.$field),
                    &removed,
                    findings,
                );
                ids.insert(Table::$table, positions(&$field));)*
                $(let $own: Vec<Row<'a, $own_ty>> =
                    scenario.$own.iter().map(|(id, raw)| Row { file, id, raw }).collect();
                ids.insert(Table::$own_table, positions(&$own));)*
                let of_name = |(name, list): &'a (Id, Vec<Id>)| {
                    let tables = TABLES.iter().filter(|(n, _)| *n == name.text);
                    tables.flat_map(|(_, t)| list.iter().map(|id| (*t, id)))
                };
                for (table, id) in scenario.remove.iter().flat_map(of_name) {
                    let known = match table {
                        $(Table::$table => {
                            core.iter().any(|(_, c)| c.$field.get(&id.text).is_some())
                        })*
                        _ => true,
                    };
                    if !known {
                        findings.push(Finding {
                            file,
                            at: id.at,
                            row: id.at,
                            code: Code::UnknownId,
                            message: format!(
                                "`{id}` is to be removed, but no layer below has such {}",
                                table.article()
                            ),
                            hint: match elsewhere(&ids, table, &id.text) {
                                Some(of) => format!(
                                    "`{id}` is {}; write it under `{}`",
                                    of.article(),
                                    of.name()
                                ),
                                None => "take it off the list, or correct the id".to_owned(),
                            },
                            near: None,
                        });
                    }
                }
                let flags = scenario.flags.iter().enumerate();
                let flags = flags.map(|(i, id)| (id.as_str(), (i, Place { file, at: id.at })));
                ids.insert(Table::Flag, flags.gather());
                Merged { scenario, file, $($field,)* $($own,)* ids, removed }
            }
        }
    };
}
tables! {
    core {
        roles: Id => Role,
        scale: Decimal => Word,
        tuning: Decimal => Tuning,
        texts: Prose => Text,
        indicators: raw::Indicator => Indicator,
        flows: raw::Flow => Flow,
        assumptions: raw::Assumption => Assumption,
        worlds: raw::World => World,
        lenses: raw::Lens => Lens,
        profiles: raw::Profile => Profile,
        agencies: raw::Agency => Agency,
        terms: raw::Term => Term,
        venues: raw::Venue => Venue,
        instruments: raw::Instrument => Instrument,
        tasks: raw::Task => Task,
        asks: raw::Ask => Ask,
        promises: raw::Promise => Promise,
        reforms: raw::Reform => Reform,
        traits: raw::Trait => Trait,
        responses: raw::Response => Response,
        tells: raw::Evidence => Tell,
        aims: raw::Aim => Aim,
        voices: raw::Voice => Voice,
        codex: raw::Codex => Codex,
        critics: raw::Critic => Critic,
        sources: raw::Source => Source,
    }
    scenario {
        windows: raw::Window => Window,
        principals: raw::Principal => Principal,
        campaigns: raw::Campaign => Campaign,
        targets: raw::Target => Target,
        live_files: raw::LiveFile => File,
        events: raw::Event => Event,
        propositions: raw::Proposition => Proposition,
        endings: raw::Ending => Ending,
        experiments: raw::Experiment => Experiment,
        tests: raw::Test => Test,
    }
}

/// The table of a layer below that has the id, if not this one.
fn elsewhere(ids: &BTreeMap<Table, Ids>, not: Table, id: &str) -> Option<Table> {
    let has = |(table, all): &(&Table, &Ids)| **table != not && all.contains_key(id);
    ids.iter().find(has).map(|(table, _)| *table)
}

fn positions<'a, T>(rows: &[Row<'a, T>]) -> Ids<'a> {
    // One by one: to collect them is to sort them, in six kilobytes of program for each kind of
    // row.
    let mut ids = Ids::new();
    for (i, row) in rows.iter().enumerate() {
        ids.insert(row.id.as_str(), (i, Place { file: row.file, at: row.id.at }));
    }
    ids
}

/// The layer of the scenario's own records.
pub const OWN: usize = usize::MAX;
/// In place of a layer: what the game is over too early for.
pub const LATER: usize = usize::MAX - 1;

/// The layer of a file below: the core's is 0.
fn layer(lays: &[usize], file: usize) -> usize {
    lays.iter().filter(|from| file >= **from).count()
}

fn removals<'a>(
    core: &'a [(usize, &'a raw::Core)],
    lays: &[usize],
    scenario: &'a raw::Scenario,
    file: usize,
    findings: &mut Vec<Finding>,
) -> BTreeMap<(Table, &'a str), usize> {
    let mut removed = BTreeMap::new();
    let theatres = core.iter().map(|(f, c)| (*f, &c.remove, layer(lays, *f)));
    let all = theatres.chain([(file, &scenario.remove, OWN)]);
    for (file, by, (name, list)) in all.flat_map(|(f, r, by)| r.iter().map(move |r| (f, by, r))) {
        match TABLES.iter().find(|(n, _)| *n == name.text) {
            Some((_, table)) => removed.extend(list.iter().map(|id| ((*table, id.as_str()), by))),
            None => findings.push(Finding {
                file,
                at: name.at,
                row: name.at,
                code: Code::UnknownId,
                message: format!("there is no table `{name}` to remove from"),
                hint: match did_you_mean(&name.text, TABLES.iter().map(|(n, _)| *n)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "tables are {}",
                        TABLES.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ")
                    ),
                },
                near: None,
            }),
        }
    }
    removed
}

fn one_table<'a, T: 'a>(
    table: Table,
    core: impl Iterator<Item = (usize, &'a Entries<T>)>,
    lays: &[usize],
    own: (usize, &'a Entries<T>),
    removed: &BTreeMap<(Table, &'a str), usize>,
    findings: &mut Vec<Finding>,
) -> Vec<Row<'a, T>> {
    let mut rows: Vec<Row<'a, T>> = Vec::new();
    for (file, entries) in core {
        let here = layer(lays, file);
        for (id, raw) in entries {
            // What was taken away and then written again is a whole record in the old one's place.
            let gone = match removed.get(&(table, id.as_str())) {
                Some(&OWN) => own.1.get(&id.text).is_none(),
                Some(by) => here < *by,
                None => false,
            };
            match rows.iter_mut().find(|row| row.id == id) {
                Some(first) if layer(lays, first.file) == here => {
                    let first = Place { file: first.file, at: first.id.at };
                    findings.push(duplicate(table, id, file, first));
                }
                Some(first) => *first = Row { file, id, raw },
                None if gone => {}
                None => rows.push(Row { file, id, raw }),
            }
        }
    }
    for (id, raw) in own.1 {
        let new = Row { file: own.0, id, raw };
        match rows.iter_mut().find(|row| row.id == id) {
            Some(row) => *row = new,
            None => rows.push(new),
        }
    }
    rows
}

fn duplicate(table: Table, id: &Id, file: usize, first: Place) -> Finding {
    Finding {
        file,
        at: id.at,
        row: id.at,
        code: Code::DuplicateId,
        message: format!("`{id}` is already {} of another file of this layer", table.article()),
        hint: "give one of the two another id".to_owned(),
        near: Some(first),
    }
}
