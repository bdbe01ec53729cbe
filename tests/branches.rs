//! Branches of runs, and branches of branches: luck of the parent up to the branch, luck of its own
//! from there on.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use interagency::engine::Order;
use interagency::engine::player::Dice;
use interagency::engine::start::{Branches, MAX_BRANCHES, Start};
use interagency::game::Game;
use interagency::kept::Keeper;
use interagency::luck::Luck;
use interagency::play::Host;
use interagency::policy::random_draft;
use interagency::record::{Decoded, Header};
use interagency::saved_game::{Misfit, SavedGame, replay};
use interagency::store::Store;

/// Plays on to turn `until` (from 1) with random orders, the same ones for the same situation.
fn play_on(kept: &mut SavedGame, until: usize) {
    while kept.game().turn() + 1 < until && !kept.game().is_over() {
        let rules = kept.game().shared_rules();
        let mut dice = Dice::new(Luck::new(99, kept.game().situation().turn));
        for _ in 0..3 {
            match random_draft(&rules, kept.game().situation(), &mut dice) {
                Some(order) if order != Order::End => {
                    kept.give(order, "").expect("a draft is legal");
                }
                _ => break,
            }
        }
        kept.end().expect("not over");
    }
}

fn read(store: &Store, run: &str) -> Decoded {
    let decoded = store.read(run).expect("it can be read");
    assert_eq!(decoded.damage, None);
    decoded
}

fn header(decoded: &Decoded) -> &Header {
    decoded.header.as_ref().expect("a first line")
}

/// Turn and seed of each branch point, in order.
fn points(h: &Header) -> Vec<(u32, u64)> {
    h.branched.iter().chain(&h.branch).map(|b| (b.turn, b.seed)).collect()
}

/// What every turn opened with.
fn line(game: &Game) -> Vec<(Vec<i32>, Vec<i32>)> {
    game.line().iter().map(|s| (s.value.clone(), s.seen.clone())).collect()
}

/// A branch of `of` at `turn`, played on to turn 14 and read back; its game replayed from its file.
fn branch(store: &Store, of: &str, turn: u32, seed: u64) -> (String, Decoded, Game) {
    let rules = common::cloud_hopper();
    let mut kept =
        SavedGame::branch(store, of, &read(store, of), &rules, turn, seed).expect("a branch");
    play_on(&mut kept, 14);
    let name = kept.name().to_owned();
    let decoded = read(store, &name);
    assert_eq!(decoded.turns.len(), 13);
    assert_eq!(header(&decoded).branch.as_ref().map(|b| b.of.as_str()), Some(of));
    let again = replay(&rules, &decoded).expect("the branch replays");
    assert_eq!(again.whole().digest(), kept.game().whole().digest());
    assert_eq!(line(&again), line(kept.game()));
    (name, decoded, again)
}

/// A whole run with one branch at turn 5, in a store.
fn with_a_branch(store: &Store) -> (String, Game, String, Game) {
    let rules = common::cloud_hopper();
    let mut kept = SavedGame::begin(
        store,
        Arc::clone(&rules),
        Start { seed: 7, ..Start::default() },
        &BTreeMap::new(),
    );
    play_on(&mut kept, 14);
    let root = kept.name().to_owned();
    let (five, _, branched) = branch(store, &root, 5, 501);
    let first = replay(&rules, &read(store, &root)).expect("the run replays");
    (root, first, five, branched)
}

/// Openings the two have in common, before the first that differs.
fn common_openings(a: &Game, b: &Game) -> usize {
    line(a).iter().zip(&line(b)).take_while(|(x, y)| x == y).count()
}

#[test]
fn a_branch_keeps_the_luck_before_it_and_has_its_own_after() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(Some(dir.path().to_owned()));
    let (_, first, _, branched) = with_a_branch(&store);
    assert_eq!(
        common_openings(&first, &branched),
        5,
        "the openings of turns 1 to 5 are the parent's, that of turn 6 is not"
    );
    assert_eq!(
        first.whole().hidden().truth,
        branched.whole().hidden().truth,
        "what is hidden stays"
    );
}

#[test]
fn a_branch_of_a_branch_keeps_both_points_and_replays_exactly() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(Some(dir.path().to_owned()));
    let (_, first, five, branched) = with_a_branch(&store);
    let (eight, decoded, later) = branch(&store, &five, 8, 801);
    assert_eq!(points(header(&decoded)), [(5, 501), (8, 801)]);
    assert_eq!(
        common_openings(&branched, &later),
        8,
        "up to turn 8 it is its parent's game, then no more"
    );
    assert_eq!(common_openings(&first, &later), 5);

    // Before the parent's own point, nothing of the parent's is left but the root.
    let (_, decoded, earlier) = branch(&store, &five, 3, 301);
    assert_eq!(points(header(&decoded)), [(3, 301)]);
    assert_eq!(common_openings(&first, &earlier), 3);
    // At the same turn, the new luck stands in place of the old.
    let (_, decoded, instead) = branch(&store, &eight, 8, 802);
    assert_eq!(points(header(&decoded)), [(5, 501), (8, 802)]);
    assert_eq!(common_openings(&later, &instead), 8);
    // Between the two: the later point is gone.
    let (_, decoded, between) = branch(&store, &eight, 6, 601);
    assert_eq!(points(header(&decoded)), [(5, 501), (6, 601)]);
    assert_eq!(common_openings(&later, &between), 6);
}

#[test]
fn a_ninth_branch_point_is_refused_and_said_why() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(Some(dir.path().to_owned()));
    let rules = common::cloud_hopper();
    let (root, ..) = with_a_branch(&store);
    let mut of = root;
    for turn in 2..2 + u32::try_from(MAX_BRANCHES).expect("a few") {
        of = branch(&store, &of, turn, u64::from(turn)).0;
    }
    let full = read(&store, &of);
    assert_eq!(points(header(&full)).len(), MAX_BRANCHES);
    let refused = SavedGame::branch(&store, &of, &full, &rules, 12, 12).map(|_| ());
    assert_eq!(refused, Err(Misfit::TooManyBranches { most: MAX_BRANCHES }));
    assert!(
        SavedGame::branch(&store, &of, &full, &rules, 4, 12).is_ok(),
        "from an earlier turn there is room again"
    );
}

/// A first line as programs wrote it before a branch could have a branch.
#[test]
fn a_run_file_with_one_branch_point_reads_as_before() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(Some(dir.path().to_owned()));
    let (_, _, five, _) = with_a_branch(&store);
    let text = std::fs::read_to_string(store.find(&five).expect("a path")).expect("a file");
    let head = text.lines().next().expect("a first line");
    assert!(head.contains("seed:7,branch:(of:\"000001-0007\",turn:5,seed:501),title:"), "{head}");
    assert!(!head.contains("branched"), "{head}");
}

#[test]
fn branch_points_that_do_not_follow_one_another_are_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = Store::open(Some(dir.path().to_owned()));
    let (_, _, five, _) = with_a_branch(&store);
    let rules = common::cloud_hopper();
    let mut decoded = read(&store, &five);
    let own = header(&decoded).branch.clone().expect("a branch");
    for (n, turns) in [vec![6], vec![5], vec![3, 2], vec![1; 300]].into_iter().enumerate() {
        let h = decoded.header.as_mut().expect("a first line");
        h.branched = turns
            .into_iter()
            .map(|turn| interagency::record::Branch { turn, ..own.clone() })
            .collect();
        assert_eq!(replay(&rules, &decoded).map(|_| ()), Err(Misfit::BranchPoints), "case {n}");
    }
}

#[test]
fn branch_points_are_kept_in_order() {
    let all = Branches::default().with(4, 1).and_then(|b| b.with(9, 2)).expect("room");
    assert_eq!(all.list(), [(4, 1), (9, 2)]);
    assert_eq!(all.with(6, 3).expect("room").list(), [(4, 1), (6, 3)]);
    assert_eq!(
        all.with(0, 3),
        Branches::default().with(0, 3),
        "nothing of what is dropped is left behind"
    );
}

// ---- on the program ----

fn program(data: &Path, args: &[&str], script: &str) -> Output {
    use std::io::Write;
    let mut c = Command::new(env!("CARGO_BIN_EXE_interagency"));
    let mut child = c
        .arg("--data-dir")
        .arg(data)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    // A program that has ended reads no more.
    let _ = child.stdin.take().expect("piped").write_all(script.as_bytes());
    child.wait_with_output().expect("ended")
}

#[test]
fn resuming_at_a_turn_makes_a_marked_branch_that_replays() {
    let dir = tempfile::tempdir().expect("a folder");
    let play = |args: &[&str], ends: usize| {
        let out =
            program(dir.path(), &[&["play", "--plain"], args].concat(), &"end\n".repeat(ends));
        assert_eq!(
            out.status.code(),
            Some(0),
            "{args:?}: {}",
            String::from_utf8_lossy(&out.stderr)
        );
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    play(&["cloud-hopper", "--seed", "7"], 9);
    let said = play(&["--resume", "1", "--at-turn", "5"], 5);
    assert!(
        said.contains("turn 5 of 14") && said.contains("turn 10 of 14"),
        "it begins at the opening of turn 5: {said}"
    );
    play(&["--resume", "2", "--at-turn", "8"], 3);
    let store = Store::open(Some(dir.path().to_owned()));
    let (root, branch, second) = (read(&store, "1"), read(&store, "2"), read(&store, "3"));
    assert_eq!((root.turns.len(), branch.turns.len(), second.turns.len()), (9, 9, 10));
    assert_eq!(points(header(&root)), []);
    let of = |d: &Decoded| header(d).branch.as_ref().map(|b| (b.of.clone(), b.turn));
    assert_eq!(of(&branch), Some(("000001-0007".to_owned(), 5)));
    assert_eq!(of(&second), Some(("000002-0007".to_owned(), 8)));
    assert_eq!(points(header(&second)).iter().map(|p| p.0).collect::<Vec<_>>(), [5, 8]);
    for run in ["1", "2", "3"] {
        let out = program(dir.path(), &["replay", run, "--format", "json"], "");
        assert_eq!(out.status.code(), Some(0), "{run}: {}", String::from_utf8_lossy(&out.stdout));
    }
    let out = program(dir.path(), &["play", "--plain", "--resume", "1", "--at-turn", "11"], "");
    assert_eq!(out.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&out.stderr).contains("the run has 9 turns, so 1 to 10 will do")
    );
}
