//! Content files on a disk: one read by its path, and the folder of a player's own.
//!
//! Owns reading safely (ordinary files, up to the limit of a text, never waiting) and what each
//! error of a disk is called. Refuses to own what a text means (`source`), and which file is meant
//! (`load`).

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::load::{self, Own, ScenarioRef};
use super::model::Rules;
use super::problem::{Code, Problem};
use super::source::{MOST, Source};
use crate::num::Milli;
use crate::text;

/// Most files of a folder that are looked at.
const MOST_OWN: usize = 200;

/// The player's own scenarios in a folder, if there is one; files by path are read besides.
#[derive(Debug, Clone, Default)]
pub struct Folder(pub Option<PathBuf>);

impl Own for Folder {
    fn list(&self) -> Vec<PathBuf> {
        let Some(Ok(entries)) = self.0.as_ref().map(std::fs::read_dir) else { return Vec::new() };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| entry.ok().map(|e| e.path()))
            .filter(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("ron")))
            .collect();
        files.sort();
        files.truncate(MOST_OWN);
        files
    }

    fn has(&self, path: &Path) -> bool {
        path.exists()
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
    }

    fn read(&self, path: &Path) -> Result<Source, Problem> {
        read(path)
    }
}

/// A scenario in a file.
///
/// # Errors
/// As `load::load`.
pub fn load(path: &Path, assume: &[(String, Milli)]) -> Result<Rules, Vec<Problem>> {
    load::load(&ScenarioRef::Path(path.to_owned()), &Folder::default(), assume)
}

/// Reads a file once, into memory.
///
/// # Errors
/// A problem of the file as a whole, or the place of the first byte that is not UTF-8.
pub fn read(path: &Path) -> Result<Source, Problem> {
    let name = path.to_string_lossy().into_owned();
    let bytes = read_limited(path).map_err(|why| match why {
        Unread::Io(e) => Problem::of_file(
            &name,
            Code::CannotRead,
            format!("the file cannot be read: {}", in_words(&e)),
        ),
        Unread::NotOrdinary(what) => Problem::of_file(
            &name,
            Code::CannotRead,
            format!("this is {what}, not an ordinary file"),
        ),
        Unread::TooLarge => {
            Problem::of_file(&name, Code::TooLarge, "the file is larger than 1 MiB")
                .hint("a scenario of an hour is about 60 kB")
        }
    })?;
    Source::from_bytes(&name, bytes)
}

enum Unread {
    Io(std::io::Error),
    NotOrdinary(&'static str),
    TooLarge,
}

fn read_limited(path: &Path) -> Result<Vec<u8>, Unread> {
    // Looked at first, because opening a device can have effects; and again once open, because the
    // name may have come to mean something else meanwhile.
    ordinary(&std::fs::metadata(path).map_err(Unread::Io)?)?;
    let file = open(path).map_err(Unread::Io)?;
    ordinary(&file.metadata().map_err(Unread::Io)?)?;
    let mut bytes = Vec::new();
    file.take(MOST as u64 + 1).read_to_end(&mut bytes).map_err(Unread::Io)?;
    if bytes.len() > MOST { Err(Unread::TooLarge) } else { Ok(bytes) }
}

/// Opens for reading without ever waiting (a pipe with no writer would).
fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    options.open(path)
}

fn ordinary(found: &std::fs::Metadata) -> Result<(), Unread> {
    if found.is_dir() {
        return Err(Unread::NotOrdinary("a folder"));
    }
    if !found.is_file() {
        return Err(Unread::NotOrdinary("a pipe, a device or a socket"));
    }
    if found.len() > MOST as u64 { Err(Unread::TooLarge) } else { Ok(()) }
}

/// An operating system error in words, without its number.
fn in_words(e: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    #[cfg(unix)]
    if e.raw_os_error() == Some(libc::ELOOP) {
        return "its links lead in a circle".to_owned();
    }
    match e.kind() {
        K::NotFound => "there is no such file".to_owned(),
        K::PermissionDenied => "you may not read it".to_owned(),
        _ => text::for_terminal(&e.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.ron");
        std::fs::write(&path, bytes).unwrap();
        (dir, path)
    }

    #[test]
    fn a_file_one_byte_too_large_is_refused_and_one_at_the_limit_is_not() {
        let (_dir, path) = file(&vec![b' '; MOST]);
        assert!(read(&path).is_ok());
        let (_dir, path) = file(&vec![b' '; MOST + 1]);
        assert_eq!(read(&path).unwrap_err().code, Code::TooLarge);
    }

    #[test]
    fn what_is_not_an_ordinary_file_is_refused_at_once() {
        let (dir, path) = file(b"");
        assert!(read(dir.path()).unwrap_err().message.contains("a folder"));
        assert!(read(&dir.path().join("none")).unwrap_err().message.contains("no such file"));
        assert!(read(&path).is_ok(), "an empty file is for the parser to refuse");
        #[cfg(unix)]
        {
            assert_eq!(read(Path::new("/dev/zero")).unwrap_err().code, Code::CannotRead);
            let round = dir.path().join("round");
            std::os::unix::fs::symlink(&round, &round).unwrap();
            assert!(read(&round).unwrap_err().message.contains("circle"));
            let pipe = dir.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            assert!(read(&pipe).unwrap_err().message.contains("a pipe"));
        }
    }
}
