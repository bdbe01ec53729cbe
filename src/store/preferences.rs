//! Three small files beside the runs: what the player set, how games ended, and which files the
//! scenarios of runs were read from.
//!
//! All are for comfort. They are read up to a bound and line by line, what is not understood is
//! passed over, and if one cannot be written nothing is said: no game depends on them.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::text::{Limits, clean};

use super::{Store, open_here};

const SETTINGS: &str = "settings";
const ENDINGS: &str = "endings";
const ORIGINS: &str = "origins";
/// Most that is read of any.
const MOST: u64 = 64 * 1024;
/// Most notes on runs that are kept in a file: the newest.
const KEPT: usize = 300;

/// How a game ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The run's name.
    pub run: String,
    pub scenario: String,
    /// The ending's title.
    pub ending: String,
}

impl Store {
    /// What the player set, by name.
    pub fn settings(&self) -> BTreeMap<String, String> {
        let Ok(dir) = &self.place else { return BTreeMap::new() };
        let words = beside(dir, SETTINGS).map(|path| read(&path)).unwrap_or_default();
        words
            .lines()
            .take(100)
            .filter_map(|l| l.split_once('='))
            .map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned()))
            .collect()
    }

    /// Keeps one setting.
    pub fn set(&self, name: &str, value: &str) {
        let mut all = self.settings();
        all.insert(name.to_owned(), value.to_owned());
        let words: Vec<String> = all.iter().map(|(k, v)| format!("{k} = {v}\n")).collect();
        if let (Ok(dir), true) = (&self.place, self.keeps) {
            write(dir, SETTINGS, &words.concat());
        }
    }

    /// How games ended, oldest first.
    pub fn endings(&self) -> Vec<Ended> {
        self.place.as_deref().map(endings).unwrap_or_default()
    }

    /// The files that the scenarios of runs were read from, by run, where it was noted.
    pub fn origins(&self) -> BTreeMap<String, PathBuf> {
        let all = self.place.as_deref().map(origins).unwrap_or_default();
        all.into_iter().map(|(run, path)| (run, path.into())).collect()
    }

    /// The file that the scenario of a run was read from, if it was noted; the run given in any of
    /// the ways in which it is found.
    pub fn origin(&self, run: &str) -> Option<PathBuf> {
        let path = self.find(run).ok()?;
        self.origins().remove(path.file_stem()?.to_str()?)
    }
}

/// Notes where the scenario of a run came from. A path that is no single line of text is not noted.
pub(super) fn note_origin(dir: &Path, run: &str, scenario: &Path) {
    let Some(path) = scenario.to_str().filter(|p| !p.contains(['\t', '\n', '\r'])) else { return };
    let mut all = origins(dir);
    let new = (run.to_owned(), path.to_owned());
    if all.contains(&new) {
        return;
    }
    all.push(new);
    let from = all.len().saturating_sub(KEPT);
    let words: Vec<String> =
        all.iter().skip(from).map(|(run, path)| format!("{run}\t{path}\n")).collect();
    write(dir, ORIGINS, &words.concat());
}

fn origins(dir: &Path) -> Vec<(String, String)> {
    let words = beside(dir, ORIGINS).map(|path| read(&path)).unwrap_or_default();
    words
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(run, path)| (run.to_owned(), path.to_owned()))
        .collect()
}

/// Notes how the run ended, once.
pub(super) fn note(dir: &Path, ended: Ended) {
    let mut all = endings(dir);
    if all.iter().any(|e| e.run == ended.run) {
        return;
    }
    all.push(ended);
    let from = all.len().saturating_sub(KEPT);
    let words: Vec<String> = all
        .iter()
        .skip(from)
        .map(|e| format!("{}\t{}\t{}\n", e.run, one_line(&e.scenario), one_line(&e.ending)))
        .collect();
    write(dir, ENDINGS, &words.concat());
}

fn endings(dir: &Path) -> Vec<Ended> {
    let words = beside(dir, ENDINGS).map(|path| read(&path)).unwrap_or_default();
    let line = |l: &str| {
        let mut parts = l.split('\t');
        Some(Ended {
            run: parts.next()?.to_owned(),
            scenario: parts.next()?.to_owned(),
            ending: parts.next().map(|e| clean(e, Limits::NOTE).into_string())?,
        })
    };
    words.lines().filter_map(line).collect()
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn beside(runs: &Path, name: &str) -> Option<std::path::PathBuf> {
    runs.parent().map(|dir| dir.join(name))
}

fn read(path: &Path) -> String {
    let mut bytes = Vec::new();
    if let Ok(file) = open_here(OpenOptions::new().read(true), path) {
        let _ = file.take(MOST).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Written beside and put in place at once: a reader sees the old file or the new one.
fn write(runs: &Path, name: &str, words: &str) {
    let (Some(path), Some(next)) = (beside(runs, name), beside(runs, &format!("{name}.new")))
    else {
        return;
    };
    let _ = std::fs::remove_file(&next);
    let put = super::new_file(&next)
        .and_then(|mut file| file.write_all(words.as_bytes()))
        .and_then(|()| std::fs::rename(&next, &path));
    if put.is_err() {
        let _ = std::fs::remove_file(&next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::open(Some(dir.path().to_owned()));
        (dir, store)
    }

    #[test]
    fn what_is_set_is_there_the_next_time() {
        let (_dir, store) = store();
        store.set("theme", "mono");
        store.set("mouse", "off");
        store.set("theme", "default");
        assert_eq!(store.settings().get("theme").map(String::as_str), Some("default"));
        assert_eq!(store.settings().get("mouse").map(String::as_str), Some("off"));
        Store::look(None).set("theme", "mono");
    }

    #[test]
    fn an_ending_is_noted_once_and_only_the_newest_are_kept() {
        let (_dir, store) = store();
        let dir = store.place().expect("a place").to_owned();
        for n in 0..KEPT + 5 {
            let ended = Ended {
                run: format!("{n:06}-0000"),
                scenario: "spring".into(),
                ending: "The tray\nof papers".into(),
            };
            note(&dir, ended.clone());
            note(&dir, ended);
        }
        let all = store.endings();
        assert_eq!(all.len(), KEPT);
        assert_eq!(all[KEPT - 1].run, format!("{:06}-0000", KEPT + 4));
        assert_eq!(all[0].ending, "The tray of papers");
    }

    #[test]
    fn files_full_of_nonsense_are_passed_over() {
        let (dir, store) = store();
        std::fs::write(dir.path().join(SETTINGS), [0xff_u8; 200]).expect("written");
        std::fs::write(dir.path().join(ENDINGS), "one\ntwo\tparts\n\u{1b}[2J\t\u{1b}\t\u{1b}[2J\n")
            .expect("written");
        assert!(store.settings().is_empty());
        assert!(store.endings().iter().all(|e| !e.ending.contains('\u{1b}')));
    }
}
