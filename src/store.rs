//! Run files on a disk: made, appended to, listed, read.
//!
//! A line counts as kept when `append` has returned: by then it is written and synced. Only the
//! first line of a new run, which holds no turn yet, is synced with the next: nobody waits for a
//! disk to see a game begin. Lines are only ever added. The one thing taken away is an unfinished
//! last line, which was never acknowledged. A store that cannot keep anything says why once and the
//! game goes on in memory; when its place works again, or in another place, all of it is written.
//!
//! Owns the folder, the names (a counter, so that order needs no clock), locks, and what each disk
//! error is called. Refuses to own what the lines say (`record`) and where settings come from:
//! `--data-dir` and `INTERAGENCY_DATA` are handed in.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

mod preferences;

pub use preferences::Ended;

use crate::day::Day;
use crate::record::{self, Chain, Damage, Decoded, Header, Line, MOST_BYTES, Unwritable};
use crate::text;

/// Runs are kept in this folder of the data folder.
const FOLDER: &str = "runs";
const ENDING: &str = "run";
/// How often a new name is tried when another program takes it first.
const TRIES: u32 = 100;
/// How many files are read to find one that can be gone on with.
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

impl From<io::Error> for Trouble {
    fn from(e: io::Error) -> Self {
        use io::ErrorKind as K;
        #[cfg(unix)]
        if e.raw_os_error() == Some(libc::ELOOP) {
            return Trouble::Link;
        }
        match e.kind() {
            K::StorageFull | K::QuotaExceeded | K::FileTooLarge => Trouble::Full,
            K::PermissionDenied | K::ReadOnlyFilesystem => Trouble::Denied,
            K::NotFound => Trouble::Missing,
            K::WouldBlock => Trouble::InUse,
            K::IsADirectory => Trouble::NotOrdinary,
            K::AlreadyExists => Trouble::Taken,
            _ => Trouble::Other(text::for_terminal(&e.to_string())),
        }
    }
}

/// The folder of runs, or why there is none.
#[derive(Debug, Clone)]
pub struct Store {
    place: Result<PathBuf, Trouble>,
    /// The folder for runs, whether or not it could be made.
    wanted: Option<PathBuf>,
    /// Whether runs may be made and written to; if not, they are only read.
    keeps: bool,
}

/// One run in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its name: the file's, without ending.
    pub name: String,
    /// What it says; a damaged run is here too, with its damage.
    pub read: Result<Decoded, Trouble>,
}

impl Store {
    /// The runs in `data_dir`, or in the usual place of the system. Never fails: a store without a
    /// place keeps nothing.
    pub fn open(data_dir: Option<PathBuf>) -> Store {
        let wanted = runs_folder(data_dir);
        let place = wanted.clone().and_then(|dir| {
            make_folder(&dir).map_err(|e| cannot_be_made(&dir, e))?;
            Ok(dir)
        });
        Store { place, wanted: wanted.ok(), keeps: true }
    }

    /// The runs that are there, to read and to play on from without keeping anything. Nothing is
    /// made, written or locked.
    pub fn look(data_dir: Option<PathBuf>) -> Store {
        let place = runs_folder(data_dir).and_then(|dir| {
            if dir.is_dir() {
                Ok(dir)
            } else {
                Err(Trouble::NoPlace(format!("{} is not there", shown(&dir))))
            }
        });
        Store { place, wanted: None, keeps: false }
    }

    /// Where runs are kept.
    ///
    /// # Errors
    /// Why nothing is kept.
    pub fn place(&self) -> Result<&Path, &Trouble> {
        self.place.as_deref()
    }

    /// A new run with its first line. If it cannot be kept, the run is in memory and says why.
    pub fn new_run(&self, header: &Header) -> RunFile {
        let made = match &self.place {
            _ if !self.keeps => Err(Trouble::Unwanted),
            Ok(dir) => create_in(dir, header.seed),
            Err(why) => Err(why.clone()),
        };
        let mut run = RunFile::in_memory(self.wanted.clone());
        match made {
            Ok((path, file)) => {
                run.unsynced.clone_from(&run.folder);
                run.go_on_in(path, file);
            }
            Err(why) => run.trouble = Some(why),
        }
        run.put_first(header);
        run
    }

    /// Opens a run to go on with it: locked, read, and rid of an unfinished last line and of what
    /// an editor or the mail added to its lines. A store that keeps nothing only reads it.
    ///
    /// # Errors
    /// It is open elsewhere, damaged, or cannot be read or written.
    pub fn resume(&self, run: &str) -> Result<(RunFile, Decoded), Trouble> {
        let path = self.find(run)?;
        let mut options = OpenOptions::new();
        options.read(true);
        let mut file = if self.keeps {
            open_here(options.append(true), &path).map_err(|why| {
                let readable = matches!(why, Trouble::Denied)
                    && open_here(OpenOptions::new().read(true), &path).is_ok();
                if readable { Trouble::ReadOnly } else { why }
            })?
        } else {
            open_here(&options, &path)?
        };
        if self.keeps {
            lock(&file)?;
        }
        let raw = read_limited(&mut file)?;
        let text = record::tidy(&raw);
        let decoded = record::decode(&text);
        if let Some(damage) = &decoded.damage {
            return Err(Trouble::Damaged(damage.clone()));
        }
        let mut run = RunFile::in_memory(
            self.place.as_ref().ok().filter(|dir| path.parent() == Some(dir)).cloned(),
        );
        run.bytes = text.get(..decoded.good).unwrap_or_default().to_vec();
        if !run.bytes.ends_with(b"\n") {
            run.bytes.push(b'\n');
        }
        run.chain = decoded.chain;
        if !self.keeps {
            run.name = name_of(&path);
            run.trouble = Some(Trouble::Unwanted);
            return Ok((run, decoded));
        }
        if run.bytes == raw {
            run.go_on_in(path, file);
        } else if let Some(rest) = run.bytes.strip_prefix(raw.as_slice()) {
            file.write_all(rest)?;
            file.sync_all()?;
            run.go_on_in(path, file);
        } else if raw.starts_with(&run.bytes) {
            file.set_len(run.bytes.len() as u64)?;
            file.sync_all()?;
            run.go_on_in(path, file);
        } else {
            // The file that stood there is held as long as the run is, for its lock.
            let tidied = put_in_place(&path, &run.bytes)?;
            run.medium = Some(Box::new(file));
            run.go_on_in(path, tidied);
        }
        Ok((run, decoded))
    }

    /// A new run with the good lines of another: what can be saved of a damaged one.
    pub fn copy_of(&self, decoded: &Decoded) -> Option<RunFile> {
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

    /// Reads a run by name, by number, or from a path.
    ///
    /// # Errors
    /// It cannot be read. A damaged run can: its damage is in the answer.
    pub fn read(&self, run: &str) -> Result<Decoded, Trouble> {
        read_path(&self.find(run)?)
    }

    /// The file of a run given by name (`000012-3fa9`), number (`12`) or path.
    ///
    /// # Errors
    /// There is none.
    pub fn find(&self, run: &str) -> Result<PathBuf, Trouble> {
        let place = self.place.as_ref();
        if is_name(run) {
            return place.map(|dir| path_of(dir, run)).map_err(Clone::clone);
        }
        if let (Ok(dir), Ok(number)) = (place, run.parse::<u32>()) {
            let found = self.names(usize::MAX).into_iter().find(|n| counter(n) == Some(number));
            return found.map(|n| path_of(dir, &n)).ok_or(Trouble::Missing);
        }
        Ok(PathBuf::from(run))
    }

    /// The newest runs, damaged ones included, newest first. Only the files listed are read.
    pub fn runs(&self, most: usize) -> Vec<Listed> {
        let Ok(dir) = &self.place else { return Vec::new() };
        self.names(most)
            .into_iter()
            .map(|name| Listed { read: read_path(&path_of(dir, &name)), name })
            .collect()
    }

    /// The day the run's file was last written, by its date on the disk.
    pub fn day_of(&self, run: &str) -> Option<Day> {
        let written = self
            .find(run)
            .ok()
            .and_then(|path| std::fs::symlink_metadata(path).ok())?
            .modified()
            .ok()?;
        let seconds = written.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
        i32::try_from(seconds / 86_400).ok().map(Day)
    }

    /// The newest run that can be read and is not damaged, and how many newer files are not.
    pub fn newest(&self) -> (Option<(String, Decoded)>, usize) {
        let good =
            |l: &Listed| l.read.as_ref().is_ok_and(|d| d.damage.is_none() && d.header.is_some());
        let mut runs = self.runs(1);
        // More files are read only where the newest tells nothing.
        if runs.iter().any(|l| !good(l)) {
            runs = self.runs(MOST_LOOKED_AT);
        }
        let unread = runs.iter().take_while(|l| !good(l)).count();
        let run = runs.into_iter().nth(unread).and_then(|l| Some((l.name, l.read.ok()?)));
        (run, unread)
    }

    /// Whether there is no run at all.
    pub fn is_empty(&self) -> bool {
        self.names(1).is_empty()
    }

    /// Whether another instance has the run open.
    pub fn in_use(&self, run: &str) -> bool {
        self.find(run)
            .and_then(|path| open_here(OpenOptions::new().read(true), &path))
            .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }

    /// Names, newest first. Holds no more than `most` at a time, however many files there are.
    fn names(&self, most: usize) -> Vec<String> {
        self.place.as_ref().map_or_else(|_| Vec::new(), |dir| names_in(dir, most))
    }
}

/// Names of the runs in a folder, newest first.
fn names_in(dir: &Path, most: usize) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut newest: BTreeSet<(u32, String)> = BTreeSet::new();
    for entry in entries.flatten() {
        let file = entry.file_name();
        let Some(name) =
            file.to_str().and_then(|f| f.strip_suffix(ENDING)).and_then(|f| f.strip_suffix('.'))
        else {
            continue;
        };
        let Some(number) = counter(name) else { continue };
        newest.insert((number, name.to_owned()));
        if newest.len() > most {
            newest.pop_first();
        }
    }
    newest.into_iter().rev().map(|(_, name)| name).collect()
}

/// A new file in the folder of runs, under the next free name, locked.
fn create_in(dir: &Path, seed: u64) -> Result<(PathBuf, File), Trouble> {
    let newest = names_in(dir, 1).first().and_then(|n| counter(n)).unwrap_or(0);
    for n in 1..=TRIES {
        let path = path_of(dir, &format!("{:06}-{:04x}", newest.saturating_add(n), fold(seed)));
        match new_file(&path) {
            Ok(file) => {
                lock(&file)?;
                return Ok((path, file));
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e.into()),
        }
    }
    Err(Trouble::Other("no free name for a run was found".to_owned()))
}

/// Puts the whole of a run in the place of what stands there: all of it or none. The new file is
/// locked before it has the name.
fn put_in_place(path: &Path, bytes: &[u8]) -> Result<File, Trouble> {
    let next = path.with_extension(format!("{ENDING}.{}.new", std::process::id()));
    let mut file = new_file(&next)?;
    let written = lock(&file).and_then(|()| {
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(std::fs::rename(&next, path)?)
    });
    match written {
        Ok(()) => {
            sync_folder(path.parent().unwrap_or(path));
            Ok(file)
        }
        Err(why) => {
            let _ = std::fs::remove_file(&next);
            Err(why)
        }
    }
}

/// Reads a run file at any path, such as one handed in.
///
/// # Errors
/// It cannot be read at all.
pub fn read_path(path: &Path) -> Result<Decoded, Trouble> {
    let mut file = open_here(OpenOptions::new().read(true), path)?;
    Ok(record::decode(&read_limited(&mut file)?))
}

/// A run that is being played.
pub struct RunFile {
    name: String,
    /// Its file, if it has one.
    path: Option<PathBuf>,
    /// The whole file as it should be, so that it can be put elsewhere if its own place fails.
    bytes: Vec<u8>,
    chain: Chain,
    /// How much of `bytes` is written and, but for the first line, on the disk for certain.
    kept: usize,
    /// Held, for its lock, after it has failed too.
    medium: Option<Box<dyn Medium>>,
    /// A file that was replaced, held for its lock.
    replaced: Option<Box<dyn Medium>>,
    /// Why nothing is kept any more.
    trouble: Option<Trouble>,
    /// The folder of runs, if it is one of them or is to be.
    folder: Option<PathBuf>,
    /// The folder in which the file's name is new and not yet certain to last.
    unsynced: Option<PathBuf>,
}

impl fmt::Debug for RunFile {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("RunFile")
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .field("kept", &self.kept)
            .field("trouble", &self.trouble())
            .finish_non_exhaustive()
    }
}

impl RunFile {
    fn in_memory(folder: Option<PathBuf>) -> RunFile {
        RunFile {
            name: "unsaved".to_owned(),
            path: None,
            bytes: Vec::new(),
            chain: Chain::default(),
            kept: 0,
            medium: None,
            replaced: None,
            trouble: None,
            folder,
            unsynced: None,
        }
    }

    /// The first line. What goes wrong is remembered; a file without a first line is no run.
    fn put_first(&mut self, header: &Header) {
        if self.put(&Line::Run(header.clone()), false).is_err()
            && let (Some(path), Some(_)) = (self.path.take(), self.medium.take())
        {
            let _ = std::fs::remove_file(path);
        }
    }

    /// The file holds `bytes` and takes what follows.
    fn go_on_in(&mut self, path: PathBuf, file: File) {
        self.name = name_of(&path);
        self.path = Some(path);
        self.kept = self.bytes.len();
        self.replaced = self.medium.replace(Box::new(file));
        self.trouble = None;
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The run's file, if it has one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The folder of runs, if this run is kept there: where notes on it stand.
    fn noted_in(&self) -> Option<&Path> {
        self.folder.as_deref().filter(|_| self.trouble.is_none())
    }

    /// Notes beside the runs how this one ended; nothing depends on it.
    pub fn ended(&self, scenario: &str, ending: &str) {
        if let Some(dir) = self.noted_in() {
            preferences::note(
                dir,
                Ended {
                    run: self.name.clone(),
                    scenario: scenario.to_owned(),
                    ending: ending.to_owned(),
                },
            );
        }
    }

    /// Notes beside the runs which file the scenario of this one was read from.
    pub fn came_from(&self, scenario: &Path) {
        if let Some(dir) = self.noted_in() {
            preferences::note_origin(dir, &self.name, scenario);
        }
    }

    /// Why nothing is kept any more, if so.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// The run as a file, kept or not.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Writes a line and waits until it is on the disk.
    ///
    /// # Errors
    /// The line is not kept. It is still part of `bytes` unless it may not be written at all. After
    /// a disk error nothing more is tried in this place: a sync that failed once proves nothing
    /// later.
    pub fn append(&mut self, line: &Line) -> Result<(), Trouble> {
        self.put(line, true)
    }

    /// Writes a line, and if asked waits until it and all before it are on the disk.
    fn put(&mut self, line: &Line, sync: bool) -> Result<(), Trouble> {
        let mut chain = self.chain;
        let text = record::encode(&mut chain, line).map_err(Trouble::Unwritable)?;
        if self.bytes.len().saturating_add(text.len()) > MOST_BYTES {
            return Err(Trouble::TooLarge);
        }
        self.chain = chain;
        self.bytes.extend_from_slice(text.as_bytes());
        if let Some(why) = &self.trouble {
            return Err(why.clone());
        }
        let Some(medium) = &mut self.medium else { return Err(Trouble::Unwanted) };
        match medium.write(text.as_bytes()).and_then(|()| if sync { medium.sync() } else { Ok(()) })
        {
            Ok(()) => {
                self.kept = self.bytes.len();
                if sync && let Some(dir) = self.unsynced.take() {
                    sync_folder(&dir);
                }
                Ok(())
            }
            Err(e) => {
                // Half a line would be dropped as torn anyway; a whole one that was not synced
                // would come back after it was said to be lost. Either way no harm if this fails
                // too.
                let _ = medium.cut(self.kept as u64);
                let why = Trouble::from(e);
                self.trouble = Some(why.clone());
                Err(why)
            }
        }
    }

    /// Tries again to save the whole run in its own place. A file is never repaired, since a sync
    /// that failed proves nothing later: a new one takes its name.
    ///
    /// # Errors
    /// It is still not kept, and why.
    pub fn try_again(&mut self) -> Result<(), Trouble> {
        match self.trouble.clone() {
            None => return Ok(()),
            Some(Trouble::Unwanted) => return Err(Trouble::Unwanted),
            Some(_) => {}
        }
        let own = self.path.clone().filter(|path| self.began_as(path));
        let tried = match (own, &self.folder) {
            (Some(path), _) => put_in_place(&path, &self.bytes).map(|file| (path, file)),
            (None, Some(dir)) => self.put_into(&dir.clone()),
            (None, None) => return self.trouble.clone().map_or(Ok(()), Err),
        };
        match tried {
            Ok((path, file)) => {
                self.go_on_in(path, file);
                Ok(())
            }
            Err(why) => {
                self.trouble = Some(why.clone());
                Err(why)
            }
        }
    }

    /// Whether what has that name is the beginning of this run, or nothing.
    fn began_as(&self, path: &Path) -> bool {
        match open_here(OpenOptions::new().read(true), path) {
            Ok(mut file) => read_limited(&mut file).is_ok_and(|b| self.bytes.starts_with(&b)),
            Err(why) => why == Trouble::Missing && path.parent().is_some_and(Path::is_dir),
        }
    }

    /// A new file in the folder of runs, which may have to be made.
    fn put_into(&self, dir: &Path) -> Result<(PathBuf, File), Trouble> {
        make_folder(dir).map_err(|e| cannot_be_made(dir, e))?;
        let seed = record::decode(&self.bytes).header.map_or(0, |h| h.seed);
        let (path, mut file) = create_in(dir, seed)?;
        let written = file.write_all(&self.bytes).and_then(|()| file.sync_all());
        match written {
            Ok(()) => {
                sync_folder(dir);
                Ok((path, file))
            }
            Err(e) => {
                let _ = std::fs::remove_file(&path);
                Err(e.into())
            }
        }
    }

    /// Puts the whole run into a new file, for instance on another disk, and goes on there. A
    /// folder takes it under its own name.
    ///
    /// # Errors
    /// The new file exists already or cannot be written; the run stays as it was.
    pub fn move_to(&mut self, path: &Path) -> Result<(), Trouble> {
        let path = if path.is_dir() { path_of(path, &self.name) } else { path.to_owned() };
        let mut file = new_file(&path).map_err(|e| match Trouble::from(e) {
            Trouble::Missing => Trouble::NoFolder,
            why => why,
        })?;
        let written = lock(&file).and_then(|()| {
            file.write_all(&self.bytes)?;
            Ok(file.sync_all()?)
        });
        if let Err(why) = written {
            let _ = std::fs::remove_file(&path);
            return Err(why);
        }
        self.go_on_in(path, file);
        self.folder = None;
        self.unsynced = None;
        Ok(())
    }
}

/// What a run is written to: a file, or in tests a disk that fails.
trait Medium: Send {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    fn sync(&mut self) -> io::Result<()>;
    fn cut(&mut self, len: u64) -> io::Result<()>;
}

impl Medium for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.set_len(len)
    }
}

/// The data folder, existing or not: nothing is made.
pub fn data_folder(data_dir: Option<PathBuf>) -> Option<PathBuf> {
    data_dir.map_or_else(usual_place, Ok).ok()
}

fn runs_folder(data_dir: Option<PathBuf>) -> Result<PathBuf, Trouble> {
    data_dir.map_or_else(usual_place, Ok).map(|dir| dir.join(FOLDER))
}

fn shown(path: &Path) -> String {
    text::for_terminal(&path.to_string_lossy())
}

fn cannot_be_made(dir: &Path, e: io::Error) -> Trouble {
    Trouble::NoPlace(format!("{} cannot be made ({})", shown(dir), Trouble::from(e)))
}

/// A run's name: its file's, without ending.
fn name_of(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}

fn usual_place() -> Result<PathBuf, Trouble> {
    let base = etcetera::choose_base_strategy().map_err(|_| {
        Trouble::NoPlace("your home folder is not known; name one with --data-dir".to_owned())
    })?;
    let dir = base.data_dir();
    if dir.is_absolute() {
        Ok(dir.join("interagency"))
    } else {
        Err(Trouble::NoPlace("your home folder is not known; name one with --data-dir".to_owned()))
    }
}

fn path_of(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!("{name}.{ENDING}"))
}

/// `000012-3fa9`: six digits or more, a hyphen, four of the seed.
fn is_name(name: &str) -> bool {
    name.split_once('-').is_some_and(|(n, tag)| {
        (6..=9).contains(&n.len())
            && n.bytes().all(|b| b.is_ascii_digit())
            && tag.len() == 4
            && tag.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

fn counter(name: &str) -> Option<u32> {
    is_name(name).then(|| name.split_once('-')?.0.parse().ok())?
}

/// Four digits that tell runs apart at a glance; the counter makes them different.
fn fold(seed: u64) -> u16 {
    seed.to_le_bytes().chunks_exact(2).fold(0, |all, pair| {
        all ^ pair.iter().rev().fold(0_u16, |n, byte| n << 8 | u16::from(*byte))
    })
}

fn make_folder(dir: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(dir)
}

/// A new file that only its owner reads; fails if anything, even a dangling link, has the name.
fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Opens an ordinary file without following a link or waiting for a pipe.
fn open_here(options: &OpenOptions, path: &Path) -> Result<File, Trouble> {
    if std::fs::symlink_metadata(path)?.is_symlink() {
        return Err(Trouble::Link);
    }
    #[cfg(unix)]
    let options = {
        use std::os::unix::fs::OpenOptionsExt;
        let mut options = options.clone();
        options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY);
        options
    };
    // Some devices have effects when opened, so they are told apart first.
    if !std::fs::metadata(path)?.is_file() {
        return Err(Trouble::NotOrdinary);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(Trouble::NotOrdinary) }
}

fn read_limited(file: &mut File) -> Result<Vec<u8>, Trouble> {
    if file.metadata()?.len() > MOST_BYTES as u64 {
        return Err(Trouble::TooLarge);
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MOST_BYTES { Err(Trouble::TooLarge) } else { Ok(bytes) }
}

/// Held until the file is closed, also by a kill. Where the disk knows no locks, there is none.
fn lock(file: &File) -> Result<(), Trouble> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Trouble::InUse),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// Makes the new name itself last. Not all systems can; the file's content does not depend on it.
fn sync_folder(dir: &Path) {
    if cfg!(unix) {
        let _ = File::open(dir).and_then(|d| d.sync_all());
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
