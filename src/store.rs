//! Run files on a disk: the folder of runs as a `Keeper`.
//!
//! An acknowledged line is written and synced. Only the first line of a new run, which holds no
//! turn yet, is synced with the next: nobody waits for a disk to see a game begin.
//!
//! Owns the folder, its files, their locks, and what each disk error is called. Refuses to own what
//! every place that keeps runs does alike (`kept`), what the lines say (`record`) and where
//! settings come from: `--data-dir` and `INTERAGENCY_DATA` are handed in.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::day::Day;
use crate::kept::{Beside, Keeper, Slot, Trouble, counter, is_name, name_after};
use crate::record::{self, Decoded, MOST_BYTES};
use crate::text;

/// Runs are kept in this folder of the data folder.
const FOLDER: &str = "runs";
const ENDING: &str = "run";
/// How often a new name is tried when another program takes it first.
const TRIES: u32 = 100;
/// Most that is read of a small file beside the runs.
const MOST_BESIDE: u64 = 64 * 1024;

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
    place: Result<Folder, Trouble>,
    /// The folder for runs, whether or not it could be made.
    wanted: Option<Folder>,
    /// Whether runs may be made and written to; if not, they are only read.
    keeps: bool,
}

/// The folder of runs; the small files lie beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Folder(PathBuf);

impl Store {
    /// The runs in `data_dir`, or in the usual place of the system. Never fails: a store without a
    /// place keeps nothing.
    pub fn open(data_dir: Option<PathBuf>) -> Store {
        let wanted = runs_folder(data_dir);
        let place = wanted.clone().and_then(|dir| {
            make_folder(&dir.0).map_err(|e| cannot_be_made(&dir.0, e))?;
            Ok(dir)
        });
        Store { place, wanted: wanted.ok(), keeps: true }
    }

    /// The runs that are there, to read and to play on from without keeping anything. Nothing is
    /// made, written or locked.
    pub fn look(data_dir: Option<PathBuf>) -> Store {
        let place = runs_folder(data_dir).and_then(|dir| {
            if dir.0.is_dir() {
                Ok(dir)
            } else {
                Err(Trouble::NoPlace(format!("{} is not there", shown(&dir.0))))
            }
        });
        Store { place, wanted: None, keeps: false }
    }

    /// Where runs are kept.
    ///
    /// # Errors
    /// Why nothing is kept.
    pub fn place(&self) -> Result<&Path, &Trouble> {
        self.place.as_ref().map(|dir| dir.0.as_path())
    }

    /// The file of a run given by name (`000012-3fa9`), number (`12`) or path.
    ///
    /// # Errors
    /// There is none.
    pub fn find(&self, run: &str) -> Result<PathBuf, Trouble> {
        if is_name(run) {
            return self.place().map(|dir| path_of(dir, run)).map_err(Clone::clone);
        }
        if let (Ok(dir), Ok(number)) = (self.place(), run.parse::<u32>()) {
            let found = self.names(usize::MAX).into_iter().find(|n| counter(n) == Some(number));
            return found.map(|n| path_of(dir, &n)).ok_or(Trouble::Missing);
        }
        Ok(PathBuf::from(run))
    }

    /// Whether another instance has the run open.
    pub fn in_use(&self, run: &str) -> bool {
        self.find(run)
            .and_then(|path| open_here(OpenOptions::new().read(true), &path))
            .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
    }
}

impl Keeper for Store {
    fn keeps(&self) -> bool {
        self.keeps
    }

    /// Holds no more than `most` names at a time, however many files there are.
    fn names(&self, most: usize) -> Vec<String> {
        self.place().map_or_else(|_| Vec::new(), |dir| names_in(dir, most))
    }

    fn name_of(&self, run: &str) -> Option<String> {
        Some(file_stem(&self.find(run).ok()?)).filter(|name| !name.is_empty())
    }

    fn bytes(&self, run: &str) -> Result<Vec<u8>, Trouble> {
        bytes_at(&self.find(run)?)
    }

    /// By its date on the disk.
    fn day_of(&self, run: &str) -> Option<Day> {
        let written = self
            .find(run)
            .ok()
            .and_then(|path| std::fs::symlink_metadata(path).ok())?
            .modified()
            .ok()?;
        let seconds = written.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
        i32::try_from(seconds / 86_400).ok().map(Day)
    }

    fn slot(&self) -> Box<dyn Slot> {
        Box::new(RunFile::nowhere(self.wanted.clone(), self.place.clone().err()))
    }

    fn hold(&self, run: &str) -> Result<(Box<dyn Slot>, Vec<u8>), Trouble> {
        let path = self.find(run)?;
        let folder = self.place.as_ref().ok().filter(|dir| path.parent() == Some(&dir.0));
        let mut held = RunFile::nowhere(folder.cloned(), None);
        let mut options = OpenOptions::new();
        options.read(true);
        if !self.keeps {
            held.name = file_stem(&path);
            let raw = read_limited(&mut open_here(&options, &path)?)?;
            return Ok((Box::new(held), raw));
        }
        let mut file = open_here(options.append(true), &path).map_err(|why| {
            let readable = matches!(why, Trouble::Denied)
                && open_here(OpenOptions::new().read(true), &path).is_ok();
            if readable { Trouble::ReadOnly } else { why }
        })?;
        lock(&file)?;
        let raw = read_limited(&mut file)?;
        held.go_on_in(path, Box::new(file), raw.len());
        Ok((Box::new(held), raw))
    }

    fn beside(&self) -> Option<&dyn Beside> {
        self.place.as_ref().ok().map(|dir| dir as &dyn Beside)
    }
}

impl Folder {
    fn beside(&self, name: &str) -> Option<PathBuf> {
        self.0.parent().map(|dir| dir.join(name))
    }
}

impl Beside for Folder {
    fn get(&self, name: &str) -> String {
        let mut bytes = Vec::new();
        if let Some(path) = self.beside(name)
            && let Ok(file) = open_here(OpenOptions::new().read(true), &path)
        {
            let _ = file.take(MOST_BESIDE).read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Written beside and put in place at once.
    fn put(&self, name: &str, words: &str) {
        let (Some(path), Some(next)) = (self.beside(name), self.beside(&format!("{name}.new")))
        else {
            return;
        };
        let _ = std::fs::remove_file(&next);
        let put = new_file(&next)
            .and_then(|mut file| file.write_all(words.as_bytes()))
            .and_then(|()| std::fs::rename(&next, &path));
        if put.is_err() {
            let _ = std::fs::remove_file(&next);
        }
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
        let path = path_of(dir, &name_after(newest, n, seed));
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
    Ok(record::decode(&bytes_at(path)?))
}

fn bytes_at(path: &Path) -> Result<Vec<u8>, Trouble> {
    read_limited(&mut open_here(OpenOptions::new().read(true), path)?)
}

/// A run's file, or where it is going to be.
struct RunFile {
    name: String,
    path: Option<PathBuf>,
    /// How much is written and, but for the first line, on the disk for certain.
    kept: usize,
    /// Held, for its lock, after it has failed too.
    medium: Option<Box<dyn Medium>>,
    /// A file that was replaced, held for its lock.
    replaced: Option<Box<dyn Medium>>,
    /// The folder of runs, if it is one of them or is to be.
    folder: Option<Folder>,
    /// Why nothing can be kept in it, as was found last.
    trouble: Option<Trouble>,
    /// The folder in which the file's name is new and not yet certain to last.
    unsynced: Option<PathBuf>,
}

impl RunFile {
    fn nowhere(folder: Option<Folder>, trouble: Option<Trouble>) -> RunFile {
        RunFile {
            name: "unsaved".to_owned(),
            path: None,
            kept: 0,
            medium: None,
            replaced: None,
            folder,
            trouble,
            unsynced: None,
        }
    }

    /// The file holds so many bytes of the run and takes what follows.
    fn go_on_in(&mut self, path: PathBuf, file: Box<dyn Medium>, kept: usize) {
        self.name = file_stem(&path);
        self.path = Some(path);
        self.kept = kept;
        self.replaced = self.medium.replace(file);
        self.trouble = None;
    }

    /// The first line; a file without one is no run.
    fn put_first(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.put(bytes, false).inspect_err(|_| {
            self.medium = None;
            if let Some(path) = self.path.take() {
                let _ = std::fs::remove_file(path);
            }
        })
    }

    fn why_not(&self) -> Trouble {
        self.trouble.clone().unwrap_or(Trouble::Unwanted)
    }

    /// Writes, and if asked waits until it and all before it are on the disk.
    fn put(&mut self, bytes: &[u8], sync: bool) -> Result<(), Trouble> {
        let Some(medium) = &mut self.medium else { return Err(Trouble::Unwanted) };
        match medium.write(bytes).and_then(|()| if sync { medium.sync() } else { Ok(()) }) {
            Ok(()) => {
                self.kept = self.kept.saturating_add(bytes.len());
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

    /// Whether what has that name is the beginning of this run, or nothing.
    fn began_as(path: &Path, bytes: &[u8]) -> bool {
        match bytes_at(path) {
            Ok(there) => bytes.starts_with(&there),
            Err(why) => why == Trouble::Missing && path.parent().is_some_and(Path::is_dir),
        }
    }
}

/// A new file in the folder of runs, which may have to be made.
fn put_into(dir: &Path, bytes: &[u8]) -> Result<(PathBuf, File), Trouble> {
    make_folder(dir).map_err(|e| cannot_be_made(dir, e))?;
    let seed = record::decode(bytes).header.map_or(0, |h| h.seed);
    let (path, mut file) = create_in(dir, seed)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
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

impl Slot for RunFile {
    fn name(&self) -> &str {
        &self.name
    }

    fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    fn begin(&mut self, seed: u64, bytes: &[u8]) -> Result<(), Trouble> {
        let Some(Folder(dir)) = self.folder.clone().filter(|_| self.trouble.is_none()) else {
            return Err(self.why_not());
        };
        let (path, file) = create_in(&dir, seed)?;
        self.go_on_in(path, Box::new(file), 0);
        self.unsynced = Some(dir);
        self.put_first(bytes)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.put(bytes, true)
    }

    /// A file is never repaired, since a sync that failed proves nothing later: a new one takes its
    /// name.
    fn anew(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        let own = self.path.clone().filter(|path| RunFile::began_as(path, bytes));
        let (path, file) = match (own, &self.folder) {
            (Some(path), _) => put_in_place(&path, bytes).map(|file| (path, file))?,
            (None, Some(dir)) => put_into(&dir.0, bytes)?,
            (None, None) => return Err(self.why_not()),
        };
        self.go_on_in(path, Box::new(file), bytes.len());
        Ok(())
    }

    fn put_right(&mut self, stood: &[u8], bytes: &[u8]) -> Result<(), Trouble> {
        let (Some(path), Some(medium)) = (self.path.clone(), &mut self.medium) else {
            return Err(self.why_not());
        };
        if let Some(rest) = bytes.strip_prefix(stood) {
            return self.put(rest, true);
        }
        if stood.starts_with(bytes) {
            medium.cut(bytes.len() as u64)?;
            medium.sync()?;
            self.kept = bytes.len();
            return Ok(());
        }
        // The file that stood there is held as long as the run is, for its lock.
        let tidied = put_in_place(&path, bytes)?;
        self.go_on_in(path, Box::new(tidied), bytes.len());
        Ok(())
    }

    fn move_to(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
        let path = if path.is_dir() { path_of(path, &self.name) } else { path.to_owned() };
        let mut file = new_file(&path).map_err(|e| match Trouble::from(e) {
            Trouble::Missing => Trouble::NoFolder,
            why => why,
        })?;
        let written = lock(&file).and_then(|()| {
            file.write_all(bytes)?;
            Ok(file.sync_all()?)
        });
        if let Err(why) = written {
            let _ = std::fs::remove_file(&path);
            return Err(why);
        }
        self.go_on_in(path, Box::new(file), bytes.len());
        self.folder = None;
        self.unsynced = None;
        Ok(())
    }

    fn beside(&self) -> Option<&dyn Beside> {
        self.folder.as_ref().map(|dir| dir as &dyn Beside)
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

fn runs_folder(data_dir: Option<PathBuf>) -> Result<Folder, Trouble> {
    data_dir.map_or_else(usual_place, Ok).map(|dir| Folder(dir.join(FOLDER)))
}

fn shown(path: &Path) -> String {
    text::for_terminal(&path.to_string_lossy())
}

fn cannot_be_made(dir: &Path, e: io::Error) -> Trouble {
    Trouble::NoPlace(format!("{} cannot be made ({})", shown(dir), Trouble::from(e)))
}

/// A run's name: its file's, without ending.
fn file_stem(path: &Path) -> String {
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
