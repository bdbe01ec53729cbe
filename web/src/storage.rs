//! Runs, small texts and scenario files in the browser's storage for this page.
//!
//! Owns where they lie and what is said when they cannot. A run is one entry, its lines as in a run
//! file; each line is stored before the result of its turn is shown. Two pages on one run: whoever
//! finds the entry other than it left it adds nothing, and says so.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use interagency::day::Day;
use interagency::kept::{Beside, Keeper, Slot, Trouble, counter, is_name, name_after};
use interagency::order::Arrange;
use interagency::scenario::load::{Carried, Own};
use interagency::scenario::problem::Problem;
use interagency::scenario::source::Source;

use crate::machine;

const RUNS: &str = "interagency/run/";
const DAYS: &str = "interagency/day/";
const TEXTS: &str = "interagency/text/";
const FILES: &str = "interagency/file/";

fn put(entry: &str, value: &str) -> Result<(), Trouble> {
    match machine::put(entry, value) {
        None => Ok(()),
        Some(why) if why == "full" => {
            Err(Trouble::Other("the browser's storage for this page is full".to_owned()))
        }
        Some(_) => Err(Trouble::NoPlace("the browser stores nothing for this page".to_owned())),
    }
}

/// A run as it is stored.
pub fn run(name: &str) -> Option<String> {
    machine::get(&format!("{RUNS}{name}"))
}

fn put_run(name: &str, text: &str) -> Result<(), Trouble> {
    put(&format!("{RUNS}{name}"), text)?;
    // For comfort: the list of games shows it.
    let _ = put(&format!("{DAYS}{name}"), &machine::today().to_string());
    Ok(())
}

fn text(bytes: &[u8]) -> Result<&str, Trouble> {
    std::str::from_utf8(bytes).map_err(|_| Trouble::Other("it is not UTF-8".to_owned()))
}

fn runs() -> Vec<String> {
    let mut all: Vec<String> = machine::names()
        .iter()
        .filter_map(|n| n.strip_prefix(RUNS))
        .filter(|n| is_name(n))
        .map(str::to_owned)
        .collect();
    all.arrange_by(|a, b| counter(b).cmp(&counter(a)).then_with(|| b.cmp(a)));
    all
}

/// Stores a run under the next free name.
pub fn take_in(seed: u64, bytes: &[u8]) -> Result<String, Trouble> {
    let newest = runs().first().and_then(|n| counter(n)).unwrap_or(0);
    let name = name_after(newest, 1, seed);
    put_run(&name, text(bytes)?)?;
    Ok(name)
}

/// Stores a scenario file of the player's.
pub fn keep_file(name: &str, text: &str) -> Result<(), Trouble> {
    put(&format!("{FILES}{name}"), text)
}

/// The keeper; all of its copies name the same current run.
#[derive(Clone, Default)]
pub struct Places(Rc<RefCell<String>>);

impl Places {
    /// The run that was begun or opened last; empty if it lies nowhere.
    pub fn current(&self) -> String {
        self.0.borrow().clone()
    }

    fn lies(&self, name: &str, length: usize) -> Entry {
        name.clone_into(&mut self.0.borrow_mut());
        Entry { name: name.to_owned(), length, current: self.0.clone() }
    }
}

impl Keeper for Places {
    fn keeps(&self) -> bool {
        true
    }
    fn names(&self, most: usize) -> Vec<String> {
        let mut all = runs();
        all.truncate(most);
        all
    }
    fn name_of(&self, run: &str) -> Option<String> {
        is_name(run).then(|| run.to_owned())
    }
    fn bytes(&self, name: &str) -> Result<Vec<u8>, Trouble> {
        run(name).map(String::into_bytes).ok_or(Trouble::Missing)
    }
    fn day_of(&self, run: &str) -> Option<Day> {
        machine::get(&format!("{DAYS}{run}"))?.parse().ok().map(Day)
    }
    fn slot(&self) -> Box<dyn Slot> {
        Box::new(self.lies("", 0))
    }
    fn hold(&self, run: &str) -> Result<(Box<dyn Slot>, Vec<u8>), Trouble> {
        let bytes = self.bytes(run)?;
        Ok((Box::new(self.lies(run, bytes.len())), bytes))
    }
    fn beside(&self) -> Option<&dyn Beside> {
        Some(&Texts)
    }
}

/// Where one run lies.
struct Entry {
    /// Empty while it lies nowhere.
    name: String,
    /// How long it was when it was last written or read here.
    length: usize,
    current: Rc<RefCell<String>>,
}

impl Entry {
    fn stored(&self) -> Result<String, Trouble> {
        match run(&self.name) {
            Some(text) if text.len() == self.length => Ok(text),
            Some(_) => Err(Trouble::InUse),
            None => Err(Trouble::Missing),
        }
    }

    fn store(&mut self, text: &str) -> Result<(), Trouble> {
        put_run(&self.name, text)?;
        self.length = text.len();
        Ok(())
    }
}

impl Slot for Entry {
    fn name(&self) -> &str {
        &self.name
    }
    fn path(&self) -> Option<&Path> {
        (!self.name.is_empty()).then(|| Path::new(&self.name))
    }
    fn begin(&mut self, seed: u64, bytes: &[u8]) -> Result<(), Trouble> {
        let name = take_in(seed, bytes)?;
        name.clone_into(&mut self.current.borrow_mut());
        self.name = name;
        self.length = bytes.len();
        Ok(())
    }
    fn append(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        if self.name.is_empty() {
            return Err(Trouble::NoPlace("the run was handed out as a file".to_owned()));
        }
        let all = self.stored()? + text(bytes)?;
        self.store(&all)
    }
    fn anew(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        if !self.name.is_empty() && !matches!(self.stored(), Err(Trouble::InUse)) {
            return self.store(text(bytes)?);
        }
        let seed = interagency::record::decode(bytes).header.map_or(0, |h| h.seed);
        self.begin(seed, bytes)
    }
    fn put_right(&mut self, _: &[u8], bytes: &[u8]) -> Result<(), Trouble> {
        self.store(text(bytes)?)
    }
    /// Another place is a file that the reader is handed.
    fn move_to(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        machine::hand(&name, text(bytes)?);
        self.name.clear();
        self.current.borrow_mut().clear();
        Ok(())
    }
    fn beside(&self) -> Option<&dyn Beside> {
        Some(&Texts)
    }
}

struct Texts;

impl Beside for Texts {
    fn get(&self, name: &str) -> String {
        machine::get(&format!("{TEXTS}{name}")).unwrap_or_default()
    }
    fn put(&self, name: &str, words: &str) {
        let _ = machine::put(&format!("{TEXTS}{name}"), words);
    }
}

/// Scenario files that the player dropped on the page.
pub struct Files;

impl Own for Files {
    fn list(&self) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> =
            machine::names().iter().filter_map(|n| n.strip_prefix(FILES)).map(Into::into).collect();
        all.arrange_by(std::cmp::Ord::cmp);
        all
    }
    fn has(&self, path: &Path) -> bool {
        machine::get(&format!("{FILES}{}", path.to_string_lossy())).is_some()
    }
    fn absolute(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
    fn read(&self, path: &Path) -> Result<Source, Problem> {
        let name = path.to_string_lossy();
        match machine::get(&format!("{FILES}{name}")) {
            Some(text) => Source::from_bytes(&name, text.into_bytes()),
            None => Carried.read(path),
        }
    }
}
