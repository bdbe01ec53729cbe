//! From bytes to rules: the content carried in the program, and a user's own.
//!
//! Owns which text is meant, the list of titles, and the places (line and column) of what
//! `resolve` finds. Refuses to own rules, the printing of problems, and where a user keeps
//! what is their own (`files` has a disk).

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::Deserialize;

use super::layers::{self, Below, Places, Stranger};
use super::model::{Difficulty, Rules};
use super::problem::{self, Code, Problem};
use super::raw;
use super::resolve::{self, Finding, Place};
use super::source::Source;
use super::syntax::{self, Read};
use crate::num::Milli;

/// Names and texts of files in the package.
macro_rules! embedded {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$((concat!($folder, "/", $name), include_str!(concat!("../../", $folder, "/", $name)))),*]
    };
}

/// The files of the core, in the order in which their records count.
pub const CORE: &[(&str, &str)] = embedded!("assets/core":
    "rulebook.ron", "tuning.ron", "indicators.ron", "worlds.ron", "agencies.ron", "instruments.ron",
    "codex.ron", "sources.ron",
);

/// Files by name, with their texts.
pub type Texts = &'static [(&'static str, &'static str)];

/// A layer between the core and a scenario: who the other side is.
#[derive(Debug, Clone, Copy)]
pub struct Theatre {
    pub name: &'static str,
    /// The theatre it lies on in its turn; one that lies on the core has none.
    pub on: Option<&'static str>,
    pub files: Texts,
}

pub const THEATRES: &[Theatre] = &[
    Theatre {
        name: "china",
        on: None,
        files: embedded!("assets/theatres/china":
            "words.ron", "seats.ron", "answers.ron", "codex.ron", "critics.ron", "sources.ron",
        ),
    },
    Theatre {
        name: "north_korea",
        on: None,
        files: embedded!("assets/theatres/north_korea": "north_korea.ron"),
    },
    Theatre { name: "russia", on: None, files: embedded!("assets/theatres/russia": "russia.ron") },
    Theatre {
        name: "ransom",
        on: Some("russia"),
        files: embedded!("assets/theatres/ransom": "ransom.ron"),
    },
];

/// What a problem names in the place of a file when the command line is at fault.
pub const COMMAND_LINE: &str = "command line";

/// The scenarios carried in the program.
pub const SCENARIOS: &[(&str, &str)] = embedded!("scenarios": "first-day.ron", "cloud-hopper.ron");

/// A line of the list of scenarios, read from their first lines alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    pub id: &'static str,
    pub title: &'static str,
    pub minutes: u32,
    pub turns: usize,
    pub difficulty: Difficulty,
    pub summary: &'static str,
}

/// What stands in a scenario before its briefing.
#[derive(Deserialize)]
#[serde(rename = "Scenario")]
struct Head {
    id: &'static str,
    title: &'static str,
    minutes: u32,
    difficulty: Difficulty,
    summary: &'static str,
    calendar: raw::Calendar,
}

fn head(text: &str) -> Option<Title> {
    let (head, _) = text.split_once("\n  briefing:")?;
    let head: &'static str = Box::leak(format!("{head})").into_boxed_str());
    let h: Head = super::loc::ron_options().from_str(head).ok()?;
    let turns = h.calendar.turns.map_or(h.calendar.dates.len(), |n| n.n as usize);
    Some(Title {
        id: h.id,
        title: h.title,
        minutes: h.minutes,
        turns,
        difficulty: h.difficulty,
        summary: h.summary,
    })
}

/// Which scenario is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScenarioRef {
    /// One carried in the program, or a file of that name in the user's folder.
    Id(String),
    Path(PathBuf),
}

impl ScenarioRef {
    /// As a person writes it: an id, or a path, which has a separator or an ending.
    pub fn parse(text: &str) -> ScenarioRef {
        let path = Path::new(text);
        if text.contains(['/', '\\']) || path.extension().is_some() {
            ScenarioRef::Path(path.to_owned())
        } else {
            ScenarioRef::Id(text.to_owned())
        }
    }
}

/// Scenarios that are not carried in the program, by path: files on a disk, or what another place
/// calls one.
pub trait Own {
    /// The user's own, sorted.
    fn list(&self) -> Vec<PathBuf>;
    fn has(&self, path: &Path) -> bool;
    /// The path by which it is found from anywhere.
    fn absolute(&self, path: &Path) -> PathBuf;
    /// # Errors
    /// It is not there or cannot be read.
    fn read(&self, path: &Path) -> Result<Source, Problem>;
}

/// Nothing but what is carried in the program.
pub struct Carried;

impl Own for Carried {
    fn list(&self) -> Vec<PathBuf> {
        Vec::new()
    }
    fn has(&self, _: &Path) -> bool {
        false
    }
    fn absolute(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
    fn read(&self, path: &Path) -> Result<Source, Problem> {
        let name = path.to_string_lossy();
        Err(Problem::of_file(&name, Code::CannotRead, "there is no such file"))
    }
}

/// The scenarios carried in the program, in the order in which they are offered.
pub fn titles() -> &'static [Title] {
    static TITLES: OnceLock<Vec<Title>> = OnceLock::new();
    TITLES.get_or_init(|| SCENARIOS.iter().filter_map(|(_, text)| head(text)).collect())
}

/// The rules of a scenario, looked for also among a user's own.
///
/// # Errors
/// Everything that is wrong with it, sorted; warnings only if there are errors too.
pub fn load(
    which: &ScenarioRef,
    own: &dyn Own,
    assume: &[(String, Milli)],
) -> Result<Rules, Vec<Problem>> {
    let checked = if let Some((name, text)) = carried(which) {
        Checked::on(carried_layers(name, text), assume, false)
    } else {
        let source = scenario_source(which, own).map_err(|p| vec![p])?;
        Checked::on(&Layers::under(&carried_core(), &source), assume, false)
    };
    checked.rules.ok_or(checked.problems)
}

/// A scenario carried in the program, by id.
///
/// # Errors
/// As `load`.
pub fn embedded(id: &str, assume: &[(String, Milli)]) -> Result<Rules, Vec<Problem>> {
    load(&ScenarioRef::Id(id.to_owned()), &Carried, assume)
}

/// A user's own files that go by this id: the one named after it, then those that have it inside.
pub fn own_by_id(own: &dyn Own, id: &str) -> Vec<PathBuf> {
    let files = own.list();
    let named = |path: &PathBuf| path.file_stem().is_some_and(|stem| stem == id);
    let mut all: Vec<PathBuf> = files.iter().filter(|path| named(path)).cloned().collect();
    let inside = |path: &PathBuf| id_in(own, path).is_some_and(|inner| inner == id);
    all.extend(files.into_iter().filter(|path| !named(path) && inside(path)));
    all
}

/// The id that a scenario file gives itself, if it can be read.
fn id_in(own: &dyn Own, path: &Path) -> Option<String> {
    let source = own.read(path).ok()?;
    Some(syntax::read::<raw::Scenario>(&source).value?.id.text.into_owned())
}

/// The file that a scenario is read from; none if it is carried in the program or is not there.
pub fn file_of(which: &ScenarioRef, own: &dyn Own) -> Option<PathBuf> {
    match which {
        ScenarioRef::Path(path) => Some(path.clone()),
        ScenarioRef::Id(_) if carried(which).is_some() => None,
        ScenarioRef::Id(id) => own_by_id(own, id).into_iter().next(),
    }
}

/// What is to be said of a file that is named, or names itself, as a scenario carried in the
/// program does: by that name the carried one is opened.
pub fn name_taken(own: &dyn Own, path: &Path, id: &str) -> Option<String> {
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let name = [id, stem].into_iter().find(|name| titles().iter().any(|t| t.id == *name))?;
    let (_, text) = carried(&ScenarioRef::Id(name.to_owned()))?;
    let same = own.read(path).is_ok_and(|source| source.text == *text);
    (!same).then(|| {
        format!(
            "`{name}` is a scenario carried in the program: by that name it is opened, and this \
             file by its path"
        )
    })
}

/// The scenario of this id that is carried in the program.
fn carried(which: &ScenarioRef) -> Option<&'static (&'static str, &'static str)> {
    let ScenarioRef::Id(id) = which else { return None };
    SCENARIOS
        .iter()
        .find(|(name, _)| Path::new(name).file_stem().is_some_and(|stem| stem == id.as_str()))
}

/// A scenario's text, wherever it is kept.
///
/// # Errors
/// It is nowhere, or cannot be read.
pub fn scenario_source(which: &ScenarioRef, own: &dyn Own) -> Result<Source, Problem> {
    match which {
        ScenarioRef::Path(path) => own.read(path),
        ScenarioRef::Id(id) => {
            if let Some((name, text)) = carried(which) {
                return Ok(Source::embedded(name, text));
            }
            match file_of(which, own) {
                Some(path) => own.read(&path),
                None => Err(no_such_scenario(id, own)),
            }
        }
    }
}

/// That there is no scenario of this id, and which there are.
pub fn no_such_scenario(id: &str, own: &dyn Own) -> Problem {
    let files = own.list();
    let carried = |name: &str| titles().iter().any(|t| t.id == name);
    let names = files.iter().filter_map(|path| path.file_stem()?.to_str()).filter(|n| !carried(n));
    let known: Vec<&str> = titles().iter().map(|t| t.id).chain(names).collect();
    let hint = match problem::did_you_mean(id, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are {}; a file is named by its path", known.join(", ")),
    };
    Problem::of_file(id, Code::CannotRead, format!("there is no scenario `{id}`")).hint(hint)
}

/// An assumption as the command line sets it: `bite=0.45`.
///
/// # Errors
/// A sentence for the player.
pub fn parse_assumption(text: &str) -> Result<(String, Milli), String> {
    let wrong = || {
        format!("expected ID=NUMBER with at most three decimals, such as bite=0.45, got {text:?}")
    };
    let (id, number) = text.split_once('=').ok_or_else(wrong)?;
    let (negative, digits) = number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let number = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if id.is_empty()
        || whole.is_empty()
        || whole.len() > 6
        || part.len() > 3
        || !number(whole)
        || !number(part)
    {
        return Err(wrong());
    }
    let thousandths = format!("{whole}{part:0<3}").parse::<Milli>().map_err(|_| wrong())?;
    Ok((id.to_owned(), if negative { thousandths.saturating_neg() } else { thousandths }))
}

/// A scenario laid over its theatre and the core, as they are read.
#[derive(Debug)]
struct Layers {
    /// The core's files and then each theatre's.
    below: Vec<Source>,
    /// Where each theatre's begin.
    lays: Vec<usize>,
    scenario: Source,
    strangers: Vec<Stranger>,
    /// What was found of how it lies over them.
    laid: Vec<Problem>,
}

impl Layers {
    fn under(core: &[Source], scenario: &Source) -> Layers {
        let mut below = core.to_vec();
        let places = Places::of(scenario);
        if places.word("core") == Some("0") {
            return Layers {
                below,
                lays: Vec::new(),
                scenario: scenario.clone(),
                strangers: Vec::new(),
                laid: Vec::new(),
            };
        }
        let named = places.word("theatre").unwrap_or_default();
        let over = if core.iter().all(|s| s.carried) && !core.is_empty() {
            Cow::Borrowed(carried_theatre(named))
        } else {
            Cow::Owned(Over::of(core, named))
        };
        let lays = over.lays.iter().map(|at| core.len().saturating_add(*at)).collect();
        let records = &over.records;
        below.extend(over.files.iter().cloned());
        let scenario = places.over(records);
        let strangers = places.strangers(records);
        let laid = places.replaced(records);
        Layers { below, lays, scenario, strangers, laid }
    }
}

/// The files of the core and of the theatres over it, each with the name of its layer.
pub fn layers_of(theatre: &str) -> Vec<(&'static str, Source)> {
    let names = chain(theatre).into_iter().flat_map(|t| t.files.iter().map(|_| t.name));
    let theatres = names.zip(carried_theatre(theatre).files.iter().cloned());
    carried_core().into_iter().map(|file| ("core", file)).chain(theatres).collect()
}

/// A scenario's text with what its records take over from a theatre and the core.
pub fn laid_over(theatre: &str, scenario: &Source) -> Source {
    layers::over(scenario, &carried_theatre(theatre).records)
}

/// The theatres there are, and the word for none.
pub fn theatres() -> impl Iterator<Item = &'static str> {
    THEATRES.iter().map(|t| t.name).chain([resolve::NOBODY])
}

/// A theatre and those it lies on, the lowest first; without one none.
fn chain(theatre: &str) -> Vec<&'static Theatre> {
    let mut all = Vec::new();
    let mut next = Some(theatre);
    while let Some(found) = next.and_then(|name| THEATRES.iter().find(|t| t.name == name)) {
        // A theatre lies on one that stands before it: the list is shorter each time.
        all.insert(0, found);
        next = found.on;
    }
    all
}

/// The core carried in the program.
fn carried_core() -> Vec<Source> {
    CORE.iter().map(|(name, text)| Source::carried(name, text)).collect()
}

/// The theatre that a scenario names; empty where it names none.
pub fn theatre_of(scenario: &Source) -> String {
    Places::of(scenario).word("theatre").unwrap_or_default().to_owned()
}

/// The files of a theatre and of those below it, laid over the core.
#[derive(Debug, Clone, Default)]
struct Over {
    files: Vec<Source>,
    /// Where each theatre's begin.
    lays: Vec<usize>,
    /// The records of all of them and the core.
    records: Below,
}

impl Over {
    fn of(core: &[Source], theatre: &str) -> Over {
        let mut over = Over { records: Below::of(core), ..Over::default() };
        for theatre in chain(theatre) {
            over.lays.push(over.files.len());
            for (name, text) in theatre.files {
                let laid = layers::over(&Source::carried(name, text), &over.records);
                over.records.add(&laid);
                over.files.push(laid);
            }
        }
        over
    }
}

/// The same of a theatre carried in the program over the core carried in it: made once.
fn carried_theatre(theatre: &str) -> &'static Over {
    type Made = BTreeMap<&'static str, &'static Over>;
    static MADE: Mutex<Made> = Mutex::new(BTreeMap::new());
    let name = chain(theatre).last().map_or(resolve::NOBODY, |t| t.name);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.entry(name).or_insert_with(|| {
        let over = Over::of(&carried_core(), name);
        Box::leak(Box::new(Over {
            files: over.files.into_iter().map(Source::keep).collect(),
            ..over
        }))
    })
}

/// The layers of a scenario carried in the program: made once.
fn carried_layers(name: &'static str, text: &'static str) -> &'static Layers {
    static MADE: Mutex<BTreeMap<&'static str, &'static Layers>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    made.entry(name).or_insert_with(|| {
        let core = carried_core();
        let laid = Layers::under(&core, &Source::carried(name, text));
        Box::leak(Box::new(Layers { scenario: laid.scenario.keep(), ..laid }))
    })
}

/// A scenario read, resolved and reported on.
#[derive(Debug)]
pub struct Checked {
    pub rules: Option<Rules>,
    /// Sorted by file and place.
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub left_out: usize,
}

impl Checked {
    /// On the core carried in the program.
    pub fn of(scenario: &Source, assume: &[(String, Milli)]) -> Checked {
        let core = carried_core();
        Checked::with_core(&core, scenario, assume)
    }

    /// On any core.
    pub fn with_core(core: &[Source], scenario: &Source, assume: &[(String, Milli)]) -> Checked {
        Checked::on(&Layers::under(core, scenario), assume, true)
    }

    /// `advise`: with what only an author wants to know.
    fn on(layers: &Layers, assume: &[(String, Milli)], advise: bool) -> Checked {
        let Layers { below: core, lays, scenario, strangers, laid } = layers;
        let (mut own, mut read) = both(core, scenario);
        let named = theatre_of(scenario);
        if !named.is_empty() && theatres().all(|known| known != named) {
            // What its records leave out may stand in the theatre that is not there.
            own.problems.retain(|p| p.code != Code::MissingField);
        }
        let stands_alone = own.value.as_ref().is_some_and(|s| s.core.n == 0);
        let core: &[Source] = if stands_alone { &[] } else { core };
        read.truncate(core.len());
        let mut problems: Vec<Problem> = own.problems.clone();
        let mut left_out = own.left_out;
        let mut poisoned = own.poisoned.clone();
        for file in &read {
            problems.extend(file.problems.iter().cloned());
            left_out = left_out.saturating_add(file.left_out);
            poisoned.merge(&file.poisoned);
        }
        let mut rules = None;
        if let Some(value) = &own.value {
            // A core file that cannot be read at all would make every id in it dangle.
            let nothing = raw::Core::default();
            poisoned.all |= read.iter().any(|r| r.value.is_none());
            let tables: Vec<&raw::Core> =
                read.iter().map(|r| r.value.as_ref().unwrap_or(&nothing)).collect();
            let files = Files { core, read: &read, scenario, own: &own };
            let resolved = resolve::resolve(resolve::Input {
                core: &tables,
                lays,
                theatres: &THEATRES.iter().map(|t| t.name).collect::<Vec<_>>(),
                taken_over: &scenario.inserted,
                scenario: value,
                assume,
                poisoned: &poisoned,
                advise,
            });
            problems.extend(files.problems(&resolved.findings));
            rules = resolved.rules.filter(|_| !problems.iter().any(Problem::is_error));
        }
        if let Some(one) = of_another_theatre(scenario, &named, &mut problems) {
            problems.push(one);
        }
        // A bound that the scenario moved is told where it did, not where others keep to it.
        let moved = |p: &Problem| p.code == Code::OutOfRange && p.is_error();
        if problems.iter().any(|p| moved(p) && p.file == scenario.name) {
            problems.retain(|p| !moved(p) || p.file == scenario.name);
        }
        problems = problems.into_iter().map(|p| scenario.as_written(p)).collect();
        problems.extend(laid.iter().cloned());
        for stranger in strangers {
            let is = |p: &Problem| p.code == Code::MissingField && stranger.lines.contains(&p.line);
            let last = problems.iter().rposition(is);
            let mut at = 0..;
            problems.retain(|p| {
                let here = at.next();
                !is(p) || here == last
            });
            problems.iter_mut().filter(|p| is(p)).for_each(|p| p.hint = stranger.hint());
        }
        left_out = left_out.saturating_add(problem::settle(&mut problems));
        Checked { rules, problems, left_out }
    }
}

/// So many unknown names must stand in one other theatre before it is taken for the one that was
/// meant.
const OF_ANOTHER: usize = 2;

/// Names that no layer has and another theatre does are one mistake: that of the theatre.
fn of_another_theatre(
    scenario: &Source,
    named: &str,
    problems: &mut Vec<Problem>,
) -> Option<Problem> {
    let codes = [Code::UnknownId, Code::WrongTable, Code::RemovedId];
    let name = |p: &Problem| {
        if !p.is_error() || p.file != scenario.name || !codes.contains(&p.code) {
            return None;
        }
        let line = scenario.text.get(scenario.line_range(p.line as usize)?)?;
        let long = p.end_column.saturating_sub(p.column) as usize;
        let text: String =
            line.chars().skip((p.column as usize).saturating_sub(1)).take(long).collect();
        Some(text.trim_matches('"').to_owned())
    };
    if THEATRES.iter().all(|t| t.name != named) {
        return None;
    }
    let has = |theatre: &str, id: &str| carried_theatre(theatre).records.ids().any(|i| i == id);
    let strange =
        |p: &Problem| name(p).filter(|id| p.code == Code::RemovedId || !has(named, id.as_str()));
    let mut strangers: Vec<String> = Vec::new();
    for id in problems.iter().filter_map(strange) {
        if !strangers.contains(&id) {
            strangers.push(id);
        }
    }
    let mut meant = "";
    let mut found: Vec<&String> = Vec::new();
    for t in THEATRES.iter().filter(|t| t.name != named) {
        let there: Vec<&String> = strangers.iter().filter(|id| has(t.name, id.as_str())).collect();
        if there.len() > found.len() {
            (meant, found) = (t.name, there);
        }
    }
    if found.len() < OF_ANOTHER {
        return None;
    }
    let at = Places::of(scenario).top("theatre")?;
    problems.retain(|p| strange(p).is_none_or(|id| !found.contains(&&id)));
    let few: Vec<String> = found.iter().take(6).map(|id| format!("`{id}`")).collect();
    let more = found.len().saturating_sub(few.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = format!(
        "{} names used here stand in the theatre `{meant}` and not in `{named}`: {}{more}",
        found.len(),
        few.join(", ")
    );
    let hint = format!("`theatre: \"{meant}\"`, or names of `{named}` (`interagency ids`)");
    Some(scenario.problem(at, Code::OtherTheatre, message).hint(hint))
}

/// The scenario and the core, read side by side: each is about half of what opening a game takes.
/// The order in which they are done shows nowhere.
fn both(core: &[Source], scenario: &Source) -> (Read<raw::Scenario>, Vec<Read<raw::Core>>) {
    std::thread::scope(|scope| {
        let beside = std::thread::Builder::new()
            .name("scenario".to_owned())
            .spawn_scoped(scope, || syntax::read(scenario));
        let read = core.iter().map(syntax::read).collect();
        // No thread to be had, or something went wrong on it: then here.
        let own = beside
            .ok()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_else(|| syntax::read(scenario));
        (own, read)
    })
}

/// Most leaves looked for by parsing their file once more (milliseconds each for a large one).
const LOOKED_FOR: usize = 20;

/// The files a finding can be in.
struct Files<'a> {
    core: &'a [Source],
    read: &'a [Read<raw::Core>],
    scenario: &'a Source,
    own: &'a Read<raw::Scenario>,
}

impl Files<'_> {
    fn problems(&self, findings: &[Finding]) -> Vec<Problem> {
        let mut left = LOOKED_FOR;
        findings
            .iter()
            .take(problem::LIMIT.saturating_mul(2))
            .map(|f| self.problem(f, &mut left))
            .collect()
    }

    fn problem(&self, f: &Finding, left: &mut usize) -> Problem {
        let mut problem = match (self.source(f.file), self.range(f, left)) {
            (Some(source), Some(range)) => source.problem(range, f.code, &f.message),
            (Some(source), None) => Problem::of_file(&source.name, f.code, &f.message),
            (None, _) => Problem::of_file(COMMAND_LINE, f.code, &f.message),
        };
        let mut hint = f.hint.clone();
        if let Some((source, range)) = f.near.and_then(|near| self.place(near)) {
            if source.name == problem.file {
                problem = problem.and_at(source.excerpt(range, "this one"));
            } else {
                let (line, column) = source.line_column(range.start);
                let other = format!("{}:{line}:{column}", source.name);
                hint = if hint.is_empty() {
                    format!("see {other}")
                } else {
                    format!("{hint} (see {other})")
                };
            }
        }
        problem = problem.hint(hint);
        if f.is_error() { problem } else { problem.warning() }
    }

    fn source(&self, file: usize) -> Option<&Source> {
        match file {
            resolve::COMMAND_LINE => None,
            n => Some(self.core.get(n).unwrap_or(self.scenario)),
        }
    }

    /// The leaf's own place, or its record's where too many were looked for already.
    fn range(&self, f: &Finding, left: &mut usize) -> Option<std::ops::Range<usize>> {
        if f.at.offset.is_some() || *left > 0 {
            if f.at.offset.is_none() {
                *left = left.saturating_sub(1);
            }
            if let Some((_, range)) = self.place(Place { file: f.file, at: f.at }) {
                return Some(range);
            }
        }
        f.row
            .offset
            .and_then(|_| self.place(Place { file: f.file, at: f.row }))
            .map(|(_, range)| range)
    }

    fn place(&self, place: Place) -> Option<(&Source, std::ops::Range<usize>)> {
        let source = self.source(place.file)?;
        let range = match self.read.get(place.file) {
            Some(read) => read.place(place.at)?,
            None => self.own.place(place.at)?,
        };
        Some((source, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::files;

    fn on_disk(folder: &str) -> Vec<String> {
        let all = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        let names = all
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| Path::new(name).extension().is_some_and(|e| e == "ron"));
        let mut names: Vec<String> = names.map(|name| format!("{folder}/{name}")).collect();
        names.sort();
        names
    }

    #[test]
    fn every_content_file_is_carried_in_the_program() {
        let theatres = THEATRES.iter().map(|t| (format!("assets/theatres/{}", t.name), t.files));
        let own = [("assets/core".to_owned(), CORE), ("scenarios".to_owned(), SCENARIOS)];
        for (folder, table) in theatres.chain(own) {
            let mut carried: Vec<String> =
                table.iter().map(|(name, _)| (*name).to_owned()).collect();
            carried.sort();
            assert_eq!(
                carried,
                on_disk(&folder),
                "add the file to the table in src/scenario/load.rs"
            );
        }
        let theatres = THEATRES.iter().flat_map(|t| t.files.iter());
        for (name, text) in CORE.iter().chain(SCENARIOS).chain(theatres) {
            assert!(
                !text.contains(['\r', '\u{FEFF}']),
                "{name} is read as it stands: save it with plain line ends and no byte-order mark"
            );
        }
    }

    #[test]
    fn the_list_of_titles_says_what_the_files_say() {
        let written: Vec<Title> = SCENARIOS
            .iter()
            .map(|(name, text)| {
                let checked = Checked::of(&Source::embedded(name, text), &[]);
                let r: &'static Rules = Box::leak(Box::new(
                    checked
                        .rules
                        .unwrap_or_else(|| panic!("{}", problem::short(&checked.problems))),
                ));
                Title {
                    id: &r.id,
                    title: &r.title,
                    minutes: r.minutes,
                    turns: r.played(),
                    difficulty: r.difficulty,
                    summary: &r.summary,
                }
            })
            .collect();
        assert_eq!(written, titles());
        for ((name, _), title) in SCENARIOS.iter().zip(titles()) {
            assert_eq!(
                *name,
                format!("scenarios/{}.ron", title.id),
                "a file is named after its scenario"
            );
        }
    }

    #[test]
    fn nothing_shipped_has_a_problem() {
        for (name, text) in SCENARIOS {
            let checked = Checked::of(&Source::embedded(name, text), &[]);
            assert_eq!(problem::short(&checked.problems), "");
            // What is not searched again each time it is read gives the same rules.
            let id = ScenarioRef::Id(
                Path::new(name).file_stem().and_then(|s| s.to_str()).unwrap().to_owned(),
            );
            assert_eq!(load(&id, &Carried, &[]).unwrap().hash, checked.rules.unwrap().hash);
        }
    }

    #[test]
    fn the_core_serves_a_scenario_that_brings_no_records_of_its_own() {
        let bare = r#"Scenario(
            id: "bare", core: 1, theatre: "china", title: "Bare", summary: "Nothing of its own.", minutes: 5, difficulty: Learning,
            calendar: (opens: "2015-09-07", every: "2 weeks", turns: 3),
            briefing: Simulated(by: "treasury", follows: "S1", says: "Nothing is known."),
            campaigns: {}, targets: {}, events: {},
            endings: { "on": (title: "It goes on", when: [], says: "The work goes on.") },
        )"#;
        let checked = Checked::of(&Source::embedded("bare.ron", bare), &[]);
        let errors: Vec<Problem> = checked.problems.into_iter().filter(Problem::is_error).collect();
        assert_eq!(problem::short(&errors), "");
    }

    #[test]
    fn a_scenario_is_found_by_id_by_path_and_in_the_users_folder() {
        assert_eq!(ScenarioRef::parse("tiny"), ScenarioRef::Id("tiny".to_owned()));
        assert_eq!(ScenarioRef::parse("./tiny"), ScenarioRef::Path("./tiny".into()));
        assert_eq!(ScenarioRef::parse("tiny.ron"), ScenarioRef::Path("tiny.ron".into()));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
        let own = files::Folder(Some(folder.clone()));
        let tiny = ScenarioRef::Id("tiny".to_owned());
        assert_eq!(
            load(&tiny, &own, &[]).map(|r| r.id).map_err(|p| problem::short(&p)),
            Ok("tiny".to_owned())
        );
        assert_eq!(
            files::load(&folder.join("tiny.ron"), &[])
                .map(|r| r.id)
                .map_err(|p| problem::short(&p)),
            Ok("tiny".to_owned())
        );
        assert!(load(&tiny, &Carried, &[]).is_err());
        for outside in ["../scenarios/tiny", "..", "", "a/b", "c:tiny"] {
            assert!(load(&ScenarioRef::Id(outside.to_owned()), &own, &[]).is_err(), "{outside}");
        }
        let near = problem::short(&embedded("cloud-hoper", &[]).unwrap_err());
        assert!(near.contains("did you mean `cloud-hopper`?"), "{near}");
    }

    #[test]
    fn assumptions_are_read_exactly_or_refused() {
        let read = |text| parse_assumption(text).ok();
        assert_eq!(read("bite=0.45"), Some(("bite".to_owned(), 450)));
        assert_eq!(read("bite=-2"), Some(("bite".to_owned(), -2000)));
        assert_eq!(read("a=999999.999"), Some(("a".to_owned(), 999_999_999)));
        for bad in [
            "bite",
            "=1",
            "bite=",
            "bite=1e3",
            "bite=nan",
            "bite=0.1234",
            "bite=.5",
            "bite=+1",
            "bite=1000000",
            "bite=١",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
