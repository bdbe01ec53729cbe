//! The shelf the title page reads from: scenarios that ship, the player's own, and the game that was left.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::situation::Start;
use crate::kept::Kept;
use crate::play::Host;
use crate::prose::facts::TitleRow;
use crate::scenario::load::{self, ScenarioRef};
use crate::scenario::model::{Difficulty, Rules};
use crate::scenario::problem;
use crate::store::Store;
use crate::tui::{Entry, Library, Trouble, Unfinished};

use super::play::new_seed;
use super::runs;

pub struct Shelf {
    store: Store,
    folder: Option<PathBuf>,
}

impl Shelf {
    pub fn new(store: Store, folder: Option<PathBuf>) -> Shelf {
        Shelf { store, folder }
    }

    fn load(&self, which: &ScenarioRef, assume: &[(String, i32)]) -> Result<Arc<Rules>, Trouble> {
        load::load(which, self.folder.as_deref(), assume).map(Arc::new).map_err(|problems| Trouble {
            title: "This scenario cannot be played".to_owned(),
            lines: problem::short(&problems).lines().map(str::to_owned).collect(),
        })
    }

    /// The player's own files, by name; each with its problems.
    fn own(&self) -> Vec<Entry> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .map(|dir| dir.filter_map(Result::ok).map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "ron")).take(100).collect())
            .unwrap_or_default();
        files.sort();
        files.iter().map(|f| own_entry(f)).collect()
    }
}

fn own_entry(path: &Path) -> Entry {
    let id = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    match load::path(path, &[]) {
        Ok(rules) => Entry { row: row(&id, &rules.title, &rules.summary, rules.minutes, rules.turns.len(), rules.difficulty), own: true, ..Entry::default() },
        Err(problems) => {
            let lines: Vec<String> = problem::short(&problems).lines().map(str::to_owned).collect();
            let problem = lines.first().cloned().unwrap_or_default();
            Entry { row: TitleRow { id: id.clone(), title: id, problem, ..TitleRow::default() }, own: true, problems: lines, ..Entry::default() }
        }
    }
}

fn row(id: &str, title: &str, summary: &str, minutes: u32, turns: usize, difficulty: Difficulty) -> TitleRow {
    let level = difficulty.name();
    TitleRow {
        id: id.to_owned(),
        title: title.to_owned(),
        summary: summary.to_owned(),
        measure: format!("{minutes} minutes · {turns} turns · {level}"),
        problem: String::new(),
    }
}

impl Library for Shelf {
    fn entries(&self) -> Vec<Entry> {
        let shipped = load::TITLES.iter().map(|t| Entry {
            row: row(t.id, t.title, t.summary, t.minutes, t.turns, t.difficulty),
            lesson: t.difficulty == Difficulty::Learning,
            ..Entry::default()
        });
        shipped.chain(self.own()).collect()
    }

    fn unfinished(&self) -> Option<Unfinished> {
        let latest = self.store.latest()?;
        let decoded = latest.read.ok().filter(|d| d.damage.is_none())?;
        let header = decoded.header.as_ref()?;
        let title = load::TITLES.iter().find(|t| t.id == header.scenario);
        let turns = title.map_or(0, |t| t.turns);
        if turns > 0 && decoded.turns.len() >= turns {
            return None;
        }
        let line = if turns > 0 { format!("turn {} of {turns}", decoded.turns.len() + 1) } else { format!("turn {}", decoded.turns.len() + 1) };
        Some(Unfinished { title: decoded.shown_title().to_owned(), line })
    }

    fn fresh(&self) -> bool {
        self.store.latest().is_none()
    }

    fn begin(&mut self, id: &str) -> Result<Box<dyn Host>, Trouble> {
        let rules = self.load(&ScenarioRef::Id(id.to_owned()), &[])?;
        let start = Start { seed: new_seed(), ..Start::default() };
        Ok(Box::new(Kept::begin(&self.store, rules, start, &BTreeMap::new())))
    }

    fn resume(&mut self) -> Result<Box<dyn Host>, Trouble> {
        let trouble = |line: String| Trouble { title: "The game that was left cannot be opened".to_owned(), lines: vec![line] };
        let latest = self.store.latest().ok_or_else(|| trouble("There is none.".to_owned()))?;
        let (run, decoded) = self.store.resume(&latest.name).map_err(|t| trouble(t.to_string()))?;
        let header = decoded.header.clone().ok_or_else(|| trouble("The file does not begin as a run does.".to_owned()))?;
        let assume: Vec<(String, i32)> = header.assumptions.into_iter().collect();
        let rules = self.load(&ScenarioRef::Id(header.scenario), &assume)?;
        let kept = Kept::resume(run, &decoded, &rules).map_err(|m| trouble(runs::misfit(&m)))?;
        Ok(Box::new(kept))
    }

    fn rules(&self) -> Result<Arc<Rules>, Trouble> {
        // A lesson leaves most of the rulebook out.
        let id = load::TITLES.iter().find(|t| t.difficulty != Difficulty::Learning).map_or("", |t| t.id);
        self.load(&ScenarioRef::Id(id.to_owned()), &[])
    }
}
