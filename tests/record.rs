//! A run as text for its scenario: put into a copy of the file it is read, and it is the same game.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use interagency::analysis;
use interagency::engine::{NoLedger, Order, Situation, Start};
use interagency::kept::Keeper;
use interagency::play::Host;
use interagency::policy::{self, Policy};
use interagency::saved_game::SavedGame;
use interagency::scenario::load::{self, Checked, ScenarioRef};
use interagency::scenario::model::Rules;
use interagency::scenario::problem;
use interagency::scenario::source::Source;
use interagency::store::Store;

fn record(data: &Path, args: &[&str]) -> Output {
    let mut c = Command::new(env!("CARGO_BIN_EXE_interagency"));
    c.env_remove("INTERAGENCY_DATA").arg("--data-dir").arg(data).arg("record").args(args);
    c.output().expect("the program starts")
}

fn text(data: &Path, args: &[&str]) -> String {
    let out = record(data, args);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("UTF-8")
}

/// A game of a policy, at most so many turns of it, kept.
fn played(
    data: &Path,
    rules: &Arc<Rules>,
    policy: &Policy,
    start: Start,
    turns: usize,
) -> SavedGame {
    let store = Store::open(Some(data.to_owned()));
    let mut kept = SavedGame::begin(&store, Arc::clone(rules), start, &BTreeMap::new());
    while !kept.game().is_over() && kept.game().turn() < turns {
        for order in policy::orders_of(policy, rules, kept.game().whole()) {
            let why = "so that \"they\" hear\\it’s said";
            let because = if matches!(order, Order::Propose(_)) { why } else { "" };
            kept.give(order, because).expect("it was legal for the policy");
        }
    }
    kept
}

/// The scenario's own text with `more` in its tests, and with `history` for its history.
fn copy(id: &str, more: &str, history: &str) -> Source {
    let own =
        load::scenario_source(&ScenarioRef::Id(id.to_owned()), &load::Carried).expect("it ships");
    let (before, rest) = own.text.split_once("\n  history: [").expect("it has a history");
    let (_, after) = rest.split_once("\n  ],").expect("which ends");
    let all = format!("{before}\n{history}{after}").replacen(
        "\n  tests: {\n",
        &format!("\n  tests: {{\n{more}"),
        1,
    );
    Source::embedded("copy.ron", &all)
}

#[test]
fn a_run_put_into_its_scenario_is_read_there_and_is_the_same_game() {
    for (id, policies) in [
        ("first-day", ["idle", "random", "greedy"].as_slice()),
        ("cloud-hopper", ["random", "greedy", "history", "lens:security"].as_slice()),
    ] {
        let rules = Arc::new(load::embedded(id, &[]).expect("it ships"));
        for (n, name) in policies.iter().enumerate() {
            let dir = tempfile::tempdir().expect("a folder");
            let policy = Policy::parse(&rules, name).expect("a policy");
            let seed = 11 + n as u64;
            let world = rules.worlds.iter().position(|w| w.share > 0).filter(|_| n == 1);
            let world = world.map(interagency::scenario::model::WorldIx::at);
            let start = Start { seed, world, ..Start::default() };
            let kept = played(dir.path(), &rules, &policy, start, usize::MAX);
            let digest = kept.game().whole().digest();
            let ending = rules.endings[usize::from(kept.game().situation().ending)].title.clone();
            let orders: usize = kept.game().past().iter().map(|p| p.orders.len()).sum();
            drop(kept);

            let test = text(dir.path(), &["1", "--as", "test"]);
            let history = text(dir.path(), &["1", "--as", "history"]);
            assert!(test.contains(&ending), "{test}");
            let copy = copy(id, &test, &history);
            let checked = Checked::of(&copy, &[]);
            let wrong: Vec<_> =
                checked.problems.into_iter().filter(problem::Problem::is_error).collect();
            assert!(wrong.is_empty(), "{}", problem::text(&wrong, false, 100));
            let laid = checked.rules.expect("no errors");
            assert_eq!(analysis::tests::run(&laid), [], "{id} {name}");
            let made = laid.tests.iter().find(|t| t.id == "run_1").expect("pasted");
            assert_eq!((made.seed, made.world), (seed, world));
            assert!(!made.holds.is_empty(), "{test}");
            assert_eq!(made.orders.len(), orders);

            // As the history, on the same luck.
            assert_eq!(laid.history.len(), orders);
            let mut s = Situation::setup(&laid, start, &mut NoLedger);
            let count = Policy::History.game(&laid, &mut s, None, &mut NoLedger);
            assert_eq!((count.refused, s.digest()), (0, digest), "{id} {name}");
        }
    }
}

#[test]
fn a_test_notices_that_the_game_goes_another_way() {
    let dir = tempfile::tempdir().expect("a folder");
    let rules = common::cloud_hopper();
    let greedy = Policy::parse(&rules, "greedy").expect("a policy");
    drop(played(dir.path(), &rules, &greedy, Start { seed: 5, ..Start::default() }, usize::MAX));
    let test = text(dir.path(), &["1", "--as", "test"]);
    assert!(test.contains("LaunchedOn("), "{test}");
    let first = test.lines().find(|l| l.contains(", order: ")).expect("an order").to_owned();
    for (what, with) in [(first.as_str(), ""), ("seed: 5,", "seed: 6,")] {
        let other = test.replacen(what, with, 1);
        let source = copy("cloud-hopper", &other, "history: [\n],");
        let laid = Checked::of(&source, &[]).rules.expect("it is read");
        assert!(!analysis::tests::run(&laid).is_empty(), "{what} made no difference");
    }
}

#[test]
fn what_a_run_has_and_a_script_cannot_say_is_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let rules = common::cloud_hopper();
    let greedy = Policy::parse(&rules, "greedy").expect("a policy");
    let mut kept = played(dir.path(), &rules, &greedy, Start { seed: 5, ..Start::default() }, 3);
    let next = policy::orders_of(&greedy, &rules, kept.game().whole());
    kept.give(next[0], "").expect("legal");
    drop(kept);
    for form in ["history", "test"] {
        let said = text(dir.path(), &["1", "--as", form]);
        assert!(said.contains("// Left out: 1 order of turn 4, which was not ended."), "{said}");
    }
    let store = Store::open(Some(dir.path().to_owned()));
    let decoded = store.read("1").expect("it is there");
    let branch = SavedGame::branch(&store, "1", &decoded, &rules, 2, 77).expect("a branch");
    let name = branch.name().to_owned();
    drop(branch);
    let refused = record(dir.path(), &[&name, "--as", "test"]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("is a branch, with luck of its own from turn 2"), "{said}");
    assert_eq!(record(dir.path(), &[&name, "--as", "history"]).status.code(), Some(0));
}
