//! Three small texts beside the runs: what the player set, how games ended, and which files the
//! scenarios of runs were read from.
//!
//! All are for comfort. They are read line by line, what is not understood is passed over, and if
//! one cannot be written nothing is said: no game depends on them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::order::Gather;
use crate::text::{Limits, clean};

use super::Beside;

const SETTINGS: &str = "settings";
const ENDINGS: &str = "endings";
const ORIGINS: &str = "origins";
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

/// What the player set, by name.
pub fn settings(beside: &dyn Beside) -> BTreeMap<String, String> {
    let pairs = beside.get(SETTINGS);
    pairs
        .lines()
        .take(100)
        .filter_map(|l| l.split_once('='))
        .map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned()))
        .gather()
}

/// Keeps one setting.
pub fn set(beside: &dyn Beside, name: &str, value: &str) {
    let mut all = settings(beside);
    all.insert(name.to_owned(), value.to_owned());
    let words: Vec<String> = all.iter().map(|(k, v)| format!("{k} = {v}\n")).collect();
    beside.put(SETTINGS, &words.concat());
}

/// Notes where the scenario of a run came from. A path that is no single line of text is not noted.
pub fn note_origin(beside: &dyn Beside, run: &str, scenario: &Path) {
    let Some(path) = scenario.to_str().filter(|p| !p.contains(['\t', '\n', '\r'])) else { return };
    let mut all = origins(beside);
    let new = (run.to_owned(), path.to_owned());
    if all.contains(&new) {
        return;
    }
    all.push(new);
    let from = all.len().saturating_sub(KEPT);
    let words: Vec<String> =
        all.iter().skip(from).map(|(run, path)| format!("{run}\t{path}\n")).collect();
    beside.put(ORIGINS, &words.concat());
}

/// The files that the scenarios of runs were read from, by run.
pub fn origins(beside: &dyn Beside) -> Vec<(String, String)> {
    let pairs = beside.get(ORIGINS);
    pairs
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(run, path)| (run.to_owned(), path.to_owned()))
        .collect()
}

/// Notes how the run ended, once.
pub fn note(beside: &dyn Beside, ended: Ended) {
    let mut all = endings(beside);
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
    beside.put(ENDINGS, &words.concat());
}

/// How games ended, oldest first.
pub fn endings(beside: &dyn Beside) -> Vec<Ended> {
    let words = beside.get(ENDINGS);
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

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Texts by name, in memory.
    #[derive(Default)]
    struct Notes(RefCell<BTreeMap<String, String>>);

    impl Beside for Notes {
        fn get(&self, name: &str) -> String {
            self.0.borrow().get(name).cloned().unwrap_or_default()
        }
        fn put(&self, name: &str, words: &str) {
            self.0.borrow_mut().insert(name.to_owned(), words.to_owned());
        }
    }

    #[test]
    fn what_is_set_is_there_the_next_time() {
        let notes = Notes::default();
        set(&notes, "theme", "mono");
        set(&notes, "mouse", "off");
        set(&notes, "theme", "default");
        assert_eq!(settings(&notes).get("theme").map(String::as_str), Some("default"));
        assert_eq!(settings(&notes).get("mouse").map(String::as_str), Some("off"));
    }

    #[test]
    fn an_ending_is_noted_once_and_only_the_newest_are_kept() {
        let notes = Notes::default();
        for n in 0..KEPT + 5 {
            let ended = Ended {
                run: format!("{n:06}-0000"),
                scenario: "spring".into(),
                ending: "The tray\nof papers".into(),
            };
            note(&notes, ended.clone());
            note(&notes, ended);
        }
        let all = endings(&notes);
        assert_eq!(all.len(), KEPT);
        assert_eq!(all[KEPT - 1].run, format!("{:06}-0000", KEPT + 4));
        assert_eq!(all[0].ending, "The tray of papers");
    }

    #[test]
    fn texts_full_of_nonsense_are_passed_over() {
        let notes = Notes::default();
        notes.put(SETTINGS, &"\u{fffd}".repeat(200));
        notes.put(ENDINGS, "one\ntwo\tparts\n\u{1b}[2J\t\u{1b}\t\u{1b}[2J\n");
        assert!(settings(&notes).is_empty());
        assert!(endings(&notes).iter().all(|e| !e.ending.contains('\u{1b}')));
    }
}
