//! Disks that work, fill up, fail, and are shared.

use std::sync::{Arc, Mutex};

use std::cell::Cell;
use std::rc::Rc;

use super::*;
use crate::kept::Run;
use crate::record::{Digest, Draft, FORMAT, Header, Line, Turn, Unwritable};
use crate::scenario::named::Named;

fn header(seed: u64) -> Header {
    Header {
        format: FORMAT,
        rules: "0.1.0".to_owned(),
        scenario: "tutorial".to_owned(),
        seed,
        title: "First week".to_owned(),
        ..Header::default()
    }
}

fn turn(n: u32) -> Line {
    Line::Turn(Turn { n, orders: vec![Named::End], digest: Digest(u128::from(n)) })
}

fn store() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Some(dir.path().join("data")));
    (dir, store)
}

fn file_of(store: &Store, name: &str) -> PathBuf {
    path_of(store.place().unwrap(), name)
}

/// Other tests start programs, and between fork and exec those hold every lock of ours.
fn resume(store: &Store, run: &str) -> Result<(Run, Decoded), Trouble> {
    for _ in 0..200 {
        match store.resume(run) {
            Err(Trouble::InUse) => std::thread::sleep(std::time::Duration::from_millis(5)),
            other => return other,
        }
    }
    store.resume(run)
}

#[test]
fn what_is_appended_is_on_the_disk_and_can_be_gone_on_with() {
    let (_dir, store) = store();
    let mut run = store.new_run(&header(7));
    assert_eq!((run.name(), run.trouble()), ("000001-0007", None));
    run.append(&turn(1)).unwrap();
    run.append(&Line::Draft(Draft { orders: vec![Named::End] })).unwrap();
    let name = run.name().to_owned();
    assert_eq!(std::fs::read(file_of(&store, &name)).unwrap(), run.bytes());
    drop(run);

    let (mut run, decoded) = resume(&store, &name).unwrap();
    assert_eq!((decoded.turns.len(), decoded.draft.is_some()), (1, true));
    run.append(&turn(2)).unwrap();
    drop(run);
    let decoded = store.read("1").unwrap();
    assert_eq!((decoded.turns.len(), decoded.damage), (2, None));
    assert_eq!(store.read(&file_of(&store, &name).to_string_lossy()).unwrap().turns.len(), 2);
}

#[test]
fn a_second_instance_is_told_and_may_still_read() {
    let (_dir, store) = store();
    let mut run = store.new_run(&header(1));
    assert_eq!(store.resume("1").unwrap_err(), Trouble::InUse);
    assert!(store.read("1").is_ok());
    run.append(&turn(1)).unwrap();
    drop(run);
    assert!(resume(&store, "1").is_ok(), "the lock goes with its holder");
}

#[test]
fn an_unfinished_last_line_is_dropped_at_every_cut_and_the_run_goes_on() {
    let (_dir, store) = store();
    let mut run = store.new_run(&header(1));
    for n in 1..=3 {
        run.append(&turn(n)).unwrap();
    }
    let whole = run.bytes().to_vec();
    drop(run);
    let first = whole.iter().position(|b| *b == b'\n').unwrap() + 1;
    for cut in first..=whole.len() {
        std::fs::write(file_of(&store, "000001-0001"), &whole[..cut]).unwrap();
        let (mut run, decoded) = resume(&store, "1").unwrap();
        let next = u32::try_from(decoded.turns.len()).unwrap() + 1;
        run.append(&turn(next)).unwrap();
        drop(run);
        let again = store.read("1").unwrap();
        assert_eq!(
            (again.turns.len(), again.torn, again.damage),
            (next as usize, false, None),
            "cut at {cut}"
        );
    }
}

#[test]
fn runs_are_listed_newest_first_with_the_damaged_ones() {
    let (_dir, store) = store();
    assert!(store.is_empty());
    for seed in 1..=3 {
        let mut run = store.new_run(&header(seed));
        run.append(&turn(1)).unwrap();
    }
    let second = file_of(&store, "000002-0002");
    let mut bytes = std::fs::read(&second).unwrap();
    let at = bytes.len() - 40;
    bytes[at] ^= 1;
    std::fs::write(&second, &bytes).unwrap();
    std::fs::write(store.place().unwrap().join("notes.txt"), "x").unwrap();
    std::fs::write(store.place().unwrap().join("000009-zzzz.run"), "x").unwrap();
    std::fs::create_dir(file_of(&store, "000005-0000")).unwrap();
    let runs = store.runs(10);
    let names: Vec<_> = runs.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(names, ["000005-0000", "000003-0003", "000002-0002", "000001-0001"]);
    assert_eq!(runs[0].read.as_ref().unwrap_err(), &Trouble::NotOrdinary);
    assert_eq!(
        runs[2].read.as_ref().unwrap().damage.as_ref().map(|d| (d.line, d.turn)),
        Some((2, 1))
    );
    assert_eq!(store.runs(2).len(), 2);
    assert_eq!(
        store.new_run(&header(4)).name(),
        "000006-0004",
        "a new run is the newest, and damage stops nothing"
    );
    let Err(Trouble::Damaged(damage)) = store.resume("2") else {
        panic!("a damaged run is not gone on with")
    };
    assert_eq!(damage.turn, 1);
}

#[test]
fn the_good_turns_of_a_damaged_run_can_be_copied() {
    let (_dir, store) = store();
    let mut run = store.new_run(&header(1));
    for line in [turn(1), Line::Label("ours".to_owned()), turn(2), turn(3)] {
        run.append(&line).unwrap();
    }
    let mut bytes = run.bytes().to_vec();
    drop(run);
    let at = bytes.len() - 30;
    bytes[at] = b'#';
    std::fs::write(file_of(&store, "000001-0001"), &bytes).unwrap();
    let copy = store.copy_of(&store.read("1").unwrap()).unwrap();
    assert_eq!(copy.trouble(), None);
    let read = record::decode(copy.bytes());
    assert_eq!(
        (read.turns.len(), read.labels, read.damage),
        (2, vec![(1, "ours".to_owned())], None)
    );
}

#[test]
fn a_store_without_a_place_says_why_and_the_game_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    for store in [Store::open(Some(file)), Store::open(Some(PathBuf::from("/dev/null")))] {
        assert!(matches!(store.place(), Err(Trouble::NoPlace(_))));
        assert!(store.runs(9).is_empty() && store.is_empty());
        let mut run = store.new_run(&header(1));
        assert!(matches!(run.trouble(), Some(Trouble::NoPlace(_))));
        assert!(matches!(run.append(&turn(1)), Err(Trouble::NoPlace(_))));
        assert_eq!(record::decode(run.bytes()).turns.len(), 1, "the run is whole in memory");
        assert!(matches!(store.read("000001-0001"), Err(Trouble::NoPlace(_))));
    }
}

#[test]
fn a_run_that_lost_its_place_can_be_put_elsewhere() {
    let (dir, _) = store();
    let mut run = Store::look(None).new_run(&header(1));
    assert_eq!(run.append(&turn(1)), Err(Trouble::Unwanted));
    assert_eq!(run.try_again(), Err(Trouble::Unwanted), "what was not asked for is not kept");
    let path = dir.path().join("rescued.run");
    run.move_to(&path).unwrap();
    run.append(&turn(2)).unwrap();
    assert_eq!(read_path(&path).unwrap().turns.len(), 2);
    assert_eq!(run.move_to(&path), Err(Trouble::Taken), "nothing is written over");
    assert_eq!(run.move_to(&dir.path().join("no/such")), Err(Trouble::NoFolder));
    let folder = dir.path().join("stick");
    std::fs::create_dir(&folder).unwrap();
    run.move_to(&folder).unwrap();
    assert_eq!(run.path(), Some(&*folder.join("rescued.run")), "a folder takes it by its name");
}

/// Whatever stood in the way: once it is gone, another try has all of the game in its own place.
#[test]
fn another_try_saves_every_turn_of_the_run_in_its_own_place() {
    let (dir, store) = store();
    let whole = |name: &str| {
        let read = store.read(name).unwrap();
        assert_eq!((read.torn, read.damage), (false, None));
        read.turns.len()
    };
    // The disk failed in the middle of a line, and is still in use by this run.
    let is_full = Rc::new(Cell::new(false));
    let file = RunFile::nowhere(store.place.clone().ok(), None);
    let slot = Rigged { file, is_full: Rc::clone(&is_full) };
    let mut run = Run::begin(Box::new(slot), true, &header(1));
    run.append(&turn(1)).unwrap();
    let path = file_of(&store, "000001-0001");
    let half = run.bytes().len() + 20;
    is_full.set(true);
    for n in 2..=4 {
        assert_eq!(run.append(&turn(n)), Err(Trouble::Full));
    }
    is_full.set(false);
    std::fs::write(&path, &run.bytes()[..half]).unwrap();
    run.try_again().unwrap();
    assert_eq!((run.trouble(), run.name(), whole("1")), (None, "000001-0001", 4));
    run.append(&turn(5)).unwrap();
    assert_eq!(whole("1"), 5);
    assert_eq!(store.resume("1").unwrap_err(), Trouble::InUse, "it has its lock again");
    // Somebody put another file there meanwhile: it is left alone, and the run takes a new name.
    is_full.set(true);
    assert_eq!(run.append(&turn(6)), Err(Trouble::Full));
    is_full.set(false);
    std::fs::write(&path, "not this run").unwrap();
    run.try_again().unwrap();
    assert_eq!((run.name(), whole("2")), ("000002-0001", 6));
    assert_eq!(std::fs::read(&path).unwrap(), b"not this run");
    // The folder of runs could not be made, and now it can.
    let data = dir.path().join("later");
    std::fs::write(&data, "a file in its place").unwrap();
    let mut run = Store::open(Some(data.clone())).new_run(&header(7));
    assert!(run.append(&turn(1)).is_err() && run.try_again().is_err());
    std::fs::remove_file(&data).unwrap();
    run.try_again().unwrap();
    run.append(&turn(2)).unwrap();
    assert_eq!(run.name(), "000001-0007");
    assert_eq!(Store::open(Some(data)).read("1").unwrap().turns.len(), 2);
    assert_eq!(
        std::fs::read_dir(store.place().unwrap()).unwrap().count(),
        2,
        "nothing else is left behind"
    );
}

#[test]
fn a_run_that_was_converted_on_the_way_is_put_right_and_gone_on_with() {
    let (_dir, store) = store();
    let mut run = store.new_run(&header(1));
    run.append(&turn(1)).unwrap();
    let text = String::from_utf8(run.bytes().to_vec()).unwrap();
    drop(run);
    let path = file_of(&store, "000001-0001");
    for converted in [
        format!("\u{feff}{}", text.replace('\n', "\r\n")),
        text.trim_end().to_owned(),
        format!("\n{text} \n"),
    ] {
        std::fs::write(&path, &converted).unwrap();
        assert_eq!(Store::look(None).resume(&path.to_string_lossy()).unwrap().1.turns.len(), 1);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), converted, "looking changes nothing");
        let (mut run, _) = resume(&store, "1").unwrap();
        assert_eq!(store.resume("1").unwrap_err(), Trouble::InUse);
        run.append(&turn(2)).unwrap();
        let now = std::fs::read_to_string(&path).unwrap();
        assert!(now.starts_with(&text) && store.read("1").unwrap().turns.len() == 2, "{now}");
    }
}

#[test]
fn a_run_whose_first_line_cannot_be_written_leaves_no_file() {
    let (_dir, store) = store();
    let path = file_of(&store, "000001-0000");
    let mut file = RunFile::nowhere(store.place.clone().ok(), None);
    file.go_on_in(path.clone(), Box::new(new_file(&path).unwrap()), 0);
    let full = Faulty {
        platter: Arc::default(),
        fails_at: 1,
        for_ever: true,
        kind: io::ErrorKind::StorageFull,
    };
    file.medium = Some(Box::new(full));
    assert_eq!(file.put_first(b"a first line\n"), Err(Trouble::Full));
    assert!(!path.exists() && store.is_empty());
}

#[test]
fn files_that_cannot_be_read_are_passed_over_and_counted() {
    let (_dir, store) = store();
    assert_eq!(store.newest(), (None, 0));
    let mut run = store.new_run(&header(1));
    run.append(&turn(1)).unwrap();
    std::fs::write(file_of(&store, "000002-0000"), "").unwrap();
    std::fs::create_dir(file_of(&store, "000003-0000")).unwrap();
    let (newest, unread) = store.newest();
    assert_eq!((newest.unwrap().0.as_str(), unread), ("000001-0001", 2));
}

#[test]
fn what_is_no_ordinary_small_file_is_refused() {
    let (dir, store) = store();
    drop(store.new_run(&header(1)));
    assert_eq!(store.read("9").unwrap_err(), Trouble::Missing);
    assert_eq!(store.read(&dir.path().to_string_lossy()).unwrap_err(), Trouble::NotOrdinary);
    let big = dir.path().join("big.run");
    File::create(&big).unwrap().set_len(MOST_BYTES as u64 + 1).unwrap();
    assert_eq!(read_path(&big).unwrap_err(), Trouble::TooLarge);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, symlink};
        let mode = std::fs::metadata(file_of(&store, "000001-0001")).unwrap().mode();
        assert_eq!(mode & 0o777 & !0o600, 0, "no one else reads it");
        let link = file_of(&store, "000002-0002");
        symlink(file_of(&store, "000001-0001"), &link).unwrap();
        assert_eq!(store.read("2").unwrap_err(), Trouble::Link);
        assert_eq!(store.resume("2").unwrap_err(), Trouble::Link);
        let target = dir.path().join("target");
        symlink(&target, file_of(&store, "000003-0005")).unwrap();
        assert_eq!(store.new_run(&header(5)).name(), "000004-0005");
        assert!(!target.exists(), "a dangling link is not written through");
        assert_eq!(read_path(Path::new("/dev/zero")).unwrap_err(), Trouble::NotOrdinary);
        let pipe = dir.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(read_path(&pipe).unwrap_err(), Trouble::NotOrdinary);
    }
}

#[test]
fn a_line_that_may_not_be_written_leaves_the_run_as_it_was() {
    let (_dir, store) = store();
    let mut run = store.new_run(&header(1));
    let before = run.bytes().to_vec();
    let line = Line::Turn(Turn { n: 1, orders: vec![Named::End; 65], digest: Digest(0) });
    assert_eq!(run.append(&line), Err(Trouble::Unwritable(Unwritable::TooManyOrders)));
    assert_eq!((run.bytes(), run.trouble()), (before.as_slice(), None));
    run.append(&turn(1)).unwrap();
    assert_eq!(record::decode(run.bytes()).damage, None);
}

#[derive(Default)]
struct Platter {
    bytes: Vec<u8>,
    synced: usize,
    calls: usize,
    syncs_failed: usize,
    syncs_after_failure: usize,
}

/// A disk whose n-th call fails, with half of what was to be written on it.
struct Faulty {
    platter: Arc<Mutex<Platter>>,
    fails_at: usize,
    for_ever: bool,
    kind: io::ErrorKind,
}

impl Faulty {
    fn fails(&self, platter: &mut Platter) -> bool {
        platter.calls += 1;
        platter.calls == self.fails_at || self.for_ever && platter.calls > self.fails_at
    }
}

impl Medium for Faulty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut platter = self.platter.lock().unwrap();
        let bad = self.fails(&mut platter);
        platter.bytes.extend_from_slice(if bad { &bytes[..bytes.len() / 2] } else { bytes });
        if bad { Err(self.kind.into()) } else { Ok(()) }
    }
    fn sync(&mut self) -> io::Result<()> {
        let mut platter = self.platter.lock().unwrap();
        platter.syncs_after_failure += usize::from(platter.syncs_failed > 0);
        if self.fails(&mut platter) {
            platter.syncs_failed += 1;
            return Err(self.kind.into());
        }
        platter.synced = platter.bytes.len();
        Ok(())
    }
    fn cut(&mut self, len: u64) -> io::Result<()> {
        let mut platter = self.platter.lock().unwrap();
        if self.fails(&mut platter) {
            return Err(self.kind.into());
        }
        platter.bytes.truncate(usize::try_from(len).unwrap());
        Ok(())
    }
}

/// A file whose medium may be there before it begins, on a disk that may be full.
struct Rigged {
    file: RunFile,
    is_full: Rc<Cell<bool>>,
}

impl Slot for Rigged {
    fn name(&self) -> &str {
        self.file.name()
    }
    fn path(&self) -> Option<&Path> {
        self.file.path()
    }
    fn begin(&mut self, seed: u64, bytes: &[u8]) -> Result<(), Trouble> {
        if self.file.medium.is_some() {
            self.file.put(bytes, false)
        } else {
            self.file.begin(seed, bytes)
        }
    }
    fn append(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        if self.is_full.get() { Err(Trouble::Full) } else { self.file.append(bytes) }
    }
    fn anew(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        self.file.anew(bytes)
    }
    fn put_right(&mut self, stood: &[u8], bytes: &[u8]) -> Result<(), Trouble> {
        self.file.put_right(stood, bytes)
    }
    fn move_to(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
        self.file.move_to(path, bytes)
    }
    fn beside(&self) -> Option<&dyn Beside> {
        self.file.beside()
    }
}

#[test]
fn whichever_call_fails_no_acknowledged_turn_is_lost_and_no_failed_sync_is_tried_again() {
    use io::ErrorKind as K;
    for kind in [
        K::StorageFull,
        K::Other,
        K::QuotaExceeded,
        K::PermissionDenied,
        K::ReadOnlyFilesystem,
        K::TimedOut,
    ] {
        for for_ever in [false, true] {
            for fails_at in 1..=16 {
                let platter = Arc::new(Mutex::new(Platter::default()));
                let medium = Faulty { platter: Arc::clone(&platter), fails_at, for_ever, kind };
                let mut file = RunFile::nowhere(None, None);
                file.medium = Some(Box::new(medium));
                let mut run =
                    Run::begin(Box::new(Rigged { file, is_full: Rc::default() }), true, &header(1));
                let mut acknowledged = 0;
                let mut failed = run.trouble().is_some();
                for line in (1..=6).map(turn) {
                    match run.append(&line) {
                        Ok(()) => {
                            assert!(!failed, "nothing is acknowledged after a failure");
                            acknowledged += 1;
                        }
                        Err(_) => failed = true,
                    }
                }
                let platter = platter.lock().unwrap();
                assert_eq!(platter.syncs_after_failure, 0);
                assert_eq!(
                    record::decode(run.bytes()).turns.len(),
                    6,
                    "the game went on in memory"
                );
                // Power fails now: anything between what was synced and what was written may be
                // there.
                let least = platter.synced.min(platter.bytes.len());
                for len in least..=platter.bytes.len() {
                    let read = record::decode(&platter.bytes[..len]);
                    assert!(
                        read.turns.len() >= acknowledged,
                        "{kind:?} at call {fails_at}: {} of {acknowledged}",
                        read.turns.len()
                    );
                    assert!(read.header.is_none() || read.damage.is_none());
                }
            }
        }
    }
}

#[test]
fn what_is_set_stands_in_a_file_beside_the_runs_and_nonsense_there_is_passed_over() {
    let (_dir, store) = store();
    store.set("theme", "mono");
    store.set("mouse", "off");
    assert_eq!(store.settings().get("theme").map(String::as_str), Some("mono"));
    Store::look(None).set("theme", "default");
    let file = store.place().unwrap().with_file_name("settings");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mouse = off\ntheme = mono\n");
    std::fs::write(&file, [0xff_u8; 200]).unwrap();
    assert!(store.settings().is_empty());
}
