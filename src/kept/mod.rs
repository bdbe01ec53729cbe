//! Runs that are kept, wherever that is: a folder on a disk, the storage of a browser.
//!
//! A line counts as kept when `Run::append` has returned: by then it lies where it is certain to
//! last. Only the first line of a new run, which holds no turn yet, may be made certain with the
//! next. Lines are only ever added; the one thing taken away is an unfinished last line, which was
//! never acknowledged. Who cannot keep anything says why once, and the game goes on in memory; when
//! the place works again, or in another place, all of it is written.
//!
//! Owns what is asked of such a place (`Keeper`, `Slot`, `Beside`), what every one of them does
//! alike, the names of runs (a counter, so that order needs no clock) and why something was not
//! kept. Refuses: the place itself (`store` has the folder on a disk) and what the lines say
//! (`record`).

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

mod preferences;
mod run;

pub use preferences::Ended;
pub use run::Run;

use crate::day::Day;
use crate::order::Gather;
use crate::record::{self, Damage, Decoded, Header, Line, Unwritable};
use crate::text;

/// How many runs are read to find one that can be gone on with.
const MOST_LOOKED_AT: usize = 200;

/// Why something was not kept or not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There is no folder for runs, and why.
    NoPlace(String),
    /// The disk or the quota is full.
    Full,
    /// Not allowed, or the disk is read-only.
    Denied,
    /// The run can be read and not written.
    ReadOnly,
    /// The player asked for nothing to be kept.
    Unwanted,
    /// A file of that name is there already.
    Taken,
    NoFolder,
    /// Another instance has the run open.
    InUse,
    Missing,
    /// A link stands in its place; links are not followed.
    Link,
    /// A folder, a pipe, a device.
    NotOrdinary,
    TooLarge,
    /// A line that may not be written.
    Unwritable(Unwritable),
    /// The run is damaged and cannot be continued; its good turns can be copied.
    Damaged(Damage),
    /// Anything else, in the system's words.
    Other(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Trouble::NoPlace(why) => write!(f, "there is no folder for saved games: {why}"),
            Trouble::Full => f.write_str("the disk is full"),
            Trouble::Denied => {
                f.write_str("the place for saved games may not be written to or read")
            }
            Trouble::ReadOnly => f.write_str(
                "the file may not be written to; `--no-save` opens it and keeps nothing",
            ),
            Trouble::Unwanted => f.write_str("nothing is to be kept, as asked"),
            Trouble::Taken => f.write_str("a file of that name is there already"),
            Trouble::NoFolder => f.write_str("there is no such folder"),
            Trouble::InUse => f.write_str("the game is open in another window"),
            Trouble::Missing => f.write_str("there is no such run"),
            Trouble::Link => f.write_str("a link stands in its place, and links are not followed"),
            Trouble::NotOrdinary => f.write_str("it is not an ordinary file"),
            Trouble::TooLarge => f.write_str("it is larger than any run can be"),
            Trouble::Unwritable(Unwritable::TooManyOrders) => {
                write!(f, "a turn holds more than {} orders", record::MOST_ORDERS)
            }
            Trouble::Unwritable(Unwritable::TooLong) => {
                f.write_str("a turn is longer than a line of the run file may be")
            }
            Trouble::Unwritable(Unwritable::Encoding(why)) | Trouble::Other(why) => {
                f.write_str(&text::for_terminal(why))
            }
            Trouble::Damaged(damage) => damage.fmt(f),
        }
    }
}

/// A place that keeps runs. Never fails as a whole: one that can keep nothing says why for each run.
///
/// The methods without a body are what such a place has to do; the others are the same for all.
pub trait Keeper {
    /// Whether runs may be made and written to; if not, they are only read.
    fn keeps(&self) -> bool;

    /// Names of the runs, newest first, at most so many.
    fn names(&self, most: usize) -> Vec<String>;

    /// The name of a run given in any of the ways in which it is found here, whether or not it is
    /// there.
    fn name_of(&self, run: &str) -> Option<String>;

    /// A run as it lies there.
    ///
    /// # Errors
    /// It cannot be read at all.
    fn bytes(&self, run: &str) -> Result<Vec<u8>, Trouble>;

    /// The day on which the run was last written, if it is known.
    fn day_of(&self, run: &str) -> Option<Day>;

    /// Where a new run is going to lie; nothing is made yet.
    fn slot(&self) -> Box<dyn Slot>;

    /// Where a run lies, and its bytes: held against others from here on, if this place keeps.
    ///
    /// # Errors
    /// It is open elsewhere, or cannot be read or written.
    fn hold(&self, run: &str) -> Result<(Box<dyn Slot>, Vec<u8>), Trouble>;

    /// The small texts beside the runs, if there is where.
    fn beside(&self) -> Option<&dyn Beside>;

    /// A new run with its first line. If it cannot be kept, the run is in memory and says why.
    fn new_run(&self, header: &Header) -> Run {
        Run::begin(self.slot(), self.keeps(), header)
    }

    /// Opens a run to go on with it: held, read, and rid of an unfinished last line and of what an
    /// editor or the mail added to its lines. A place that keeps nothing only reads it.
    ///
    /// # Errors
    /// It is open elsewhere, damaged, or cannot be read or written.
    fn resume(&self, run: &str) -> Result<(Run, Decoded), Trouble> {
        let (slot, raw) = self.hold(run)?;
        Run::resume(slot, self.keeps(), &raw)
    }

    /// A new run with the good lines of another: what can be saved of a damaged one.
    fn copy_of(&self, decoded: &Decoded) -> Option<Run> {
        let mut run = self.new_run(decoded.header.as_ref()?);
        let mut labels = decoded.labels.iter().peekable();
        for ended in 0..=decoded.turns.len() {
            while let Some((_, label)) = labels.next_if(|(at, _)| *at as usize <= ended) {
                let _ = run.append(&Line::Label(label.clone()));
            }
            if let Some(turn) = decoded.turns.get(ended) {
                let _ = run.append(&Line::Turn(turn.clone()));
            }
        }
        Some(run)
    }

    /// Reads a run.
    ///
    /// # Errors
    /// It cannot be read. A damaged run can: its damage is in the answer.
    fn read(&self, run: &str) -> Result<Decoded, Trouble> {
        Ok(record::decode(&self.bytes(run)?))
    }

    /// The newest runs, damaged ones included, newest first. Only those listed are read.
    fn runs(&self, most: usize) -> Vec<Listed> {
        let names = self.names(most).into_iter();
        names.map(|name| Listed { read: self.read(&name), name }).collect()
    }

    /// The newest run that can be read and is not damaged, and how many newer ones are not.
    fn newest(&self) -> (Option<(String, Decoded)>, usize) {
        let good =
            |l: &Listed| l.read.as_ref().is_ok_and(|d| d.damage.is_none() && d.header.is_some());
        let mut runs = self.runs(1);
        // More are read only where the newest tells nothing.
        if runs.iter().any(|l| !good(l)) {
            runs = self.runs(MOST_LOOKED_AT);
        }
        let unread = runs.iter().take_while(|l| !good(l)).count();
        let run = runs.into_iter().nth(unread).and_then(|l| Some((l.name, l.read.ok()?)));
        (run, unread)
    }

    /// Whether there is no run at all.
    fn is_empty(&self) -> bool {
        self.names(1).is_empty()
    }

    /// What the player set, by name.
    fn settings(&self) -> BTreeMap<String, String> {
        self.beside().map(preferences::settings).unwrap_or_default()
    }

    /// Keeps one setting.
    fn set(&self, name: &str, value: &str) {
        if let (Some(beside), true) = (self.beside(), self.keeps()) {
            preferences::set(beside, name, value);
        }
    }

    /// How games ended, oldest first.
    fn endings(&self) -> Vec<Ended> {
        self.beside().map(preferences::endings).unwrap_or_default()
    }

    /// The files that the scenarios of runs were read from, by run, where it was noted.
    fn origins(&self) -> BTreeMap<String, PathBuf> {
        let all = self.beside().map(preferences::origins).unwrap_or_default();
        all.into_iter().map(|(run, path)| (run, path.into())).gather()
    }

    /// The file that the scenario of a run was read from, if it was noted; the run given in any of
    /// the ways in which it is found.
    fn origin(&self, run: &str) -> Option<PathBuf> {
        self.origins().remove(&self.name_of(run)?)
    }
}

/// Where one run lies, or is to lie.
pub trait Slot {
    /// The run's name; it changes if its own is taken when it is put down anew.
    fn name(&self) -> &str;

    /// Where it lies, as a person would look for it; none if it lies nowhere.
    fn path(&self) -> Option<&Path>;

    /// Makes a new run of these bytes under the next free name, and holds it. They need not be
    /// certain to last before the first `append` has returned.
    ///
    /// # Errors
    /// It is not there; nothing is left of it.
    fn begin(&mut self, seed: u64, bytes: &[u8]) -> Result<(), Trouble>;

    /// Adds bytes at the end and waits until these and all before them are certain to last.
    ///
    /// # Errors
    /// They are not kept, and are taken away again as far as that goes. Nothing more is added then:
    /// what failed once proves nothing later.
    fn append(&mut self, bytes: &[u8]) -> Result<(), Trouble>;

    /// Puts all of the run where it belongs, or none of it; under a new name if something else has
    /// come to stand there.
    ///
    /// # Errors
    /// It is still not kept, and why.
    fn anew(&mut self, bytes: &[u8]) -> Result<(), Trouble>;

    /// What stood there when the run was held is put right.
    ///
    /// # Errors
    /// It is as it was.
    fn put_right(&mut self, stood: &[u8], bytes: &[u8]) -> Result<(), Trouble>;

    /// Puts all of the run into a new file elsewhere, for instance on another disk, and goes on
    /// there. A folder takes it under its own name.
    ///
    /// # Errors
    /// Something is there already or it cannot be written; the run stays as it was.
    fn move_to(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Trouble>;

    /// The small texts beside the runs, if this one lies among them.
    fn beside(&self) -> Option<&dyn Beside>;
}

/// Small texts beside the runs, by name. They are for comfort: what cannot be read is empty, and
/// what cannot be written is not, without a word.
pub trait Beside {
    fn get(&self, name: &str) -> String;
    /// The whole text in place of the old one: a reader sees the one or the other.
    fn put(&self, name: &str, words: &str);
}

/// One run in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// What it is opened by.
    pub name: String,
    /// What it says; a damaged run is here too, with its damage.
    pub read: Result<Decoded, Trouble>,
}

/// The name of a run that begins after these: `000012-3fa9`.
pub fn name_after(newest: u32, n: u32, seed: u64) -> String {
    format!("{:06}-{:04x}", newest.saturating_add(n), fold(seed))
}

/// Six digits or more, a hyphen, four of the seed.
pub fn is_name(name: &str) -> bool {
    name.split_once('-').is_some_and(|(n, tag)| {
        (6..=9).contains(&n.len())
            && n.bytes().all(|b| b.is_ascii_digit())
            && tag.len() == 4
            && tag.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

/// The number a run's name begins with.
pub fn counter(name: &str) -> Option<u32> {
    is_name(name).then(|| name.split_once('-')?.0.parse().ok())?
}

/// Four digits that tell runs apart at a glance; the counter makes them different.
fn fold(seed: u64) -> u16 {
    seed.to_le_bytes().chunks_exact(2).fold(0, |all, pair| {
        all ^ pair.iter().rev().fold(0_u16, |n, byte| n << 8 | u16::from(*byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_runs_are_numbers_and_nothing_that_leads_elsewhere() {
        for good in ["000001-0000", "123456789-ffff"] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "1-0000",
            "000001-000",
            "000001-00000",
            "../../etc",
            "000001-FFFF",
            "00000é-0000",
            "-0000",
            "",
            "0000000001-0000",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
