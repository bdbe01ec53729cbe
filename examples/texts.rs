//! What is told in many games of all policies: texts on whose page something they assume did not
//! hold, versions that were never told, events that never happened, endings and lines nobody read.
//!
//! `cargo run --example texts -- [GAMES]`

use std::collections::BTreeMap;

use interagency::analysis::texts::Told;
use interagency::policy::Policy;
use interagency::scenario::load;
use interagency::scenario::model::Rules;

fn main() {
    let games: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(500);
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("a shipped scenario loads");
        report(&rules, &played(&rules, games));
    }
}

/// The games, shared out among the policies, on two threads.
fn played(rules: &Rules, games: u64) -> Told {
    let policies: Vec<Policy> = Policy::names(rules)
        .iter()
        .map(|name| Policy::parse(rules, name).expect("it is one of the names"))
        .collect();
    let half = |from: u64| {
        let mut told = Told::nothing(rules);
        for n in (from..games).step_by(2) {
            let at = usize::try_from(n % policies.len() as u64).expect("policies are few");
            // The profiles take turns, so that each policy meets each of them.
            let profile = usize::try_from(n / policies.len() as u64).expect("games are counted");
            let points = rules.profiles[profile % rules.profiles.len()].points;
            told.game(rules, &policies[at], n + 1, Some(points));
        }
        told
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        let mut told = half(0);
        told.add(other.join().expect("the other half is played"));
        told
    })
}

fn report(rules: &Rules, told: &Told) {
    let versions: usize = rules.events.iter().map(|e| e.text.versions.len()).sum();
    let assume = |list: &[interagency::scenario::model::Version]| {
        list.iter().filter(|v| !v.assumes.is_empty()).count()
    };
    let assuming: usize = rules.events.iter().map(|e| assume(&e.text.versions)).sum();
    println!("## {}: {} games, {} texts told\n", rules.title, told.games, told.texts);
    println!(
        "{} events in {versions} versions, {assuming} of them with an assumption; {} responses.\n",
        rules.events.len(),
        rules.responses.len()
    );
    let mut untrue: BTreeMap<(&str, usize), (u64, u64, u8)> = BTreeMap::new();
    for u in &told.untrue {
        let row = untrue.entry((&u.what, u.version)).or_insert((0, u.seed, u.turn));
        row.0 += 1;
    }
    println!("Told though something it assumes did not hold: {}", told.untrue.len());
    for ((what, version), (times, seed, turn)) in untrue {
        println!("  {what}, version {version}: {times} times, first in game {seed}, turn {turn}");
    }
    let never = rules.events.iter().zip(&told.events).filter(|(_, n)| n.iter().sum::<u64>() == 0);
    list("Events that never happened", never.map(|(e, _)| e.id.clone()));
    let unread = rules.events.iter().zip(&told.events).flat_map(|(e, n)| {
        let some = n.iter().sum::<u64>() > 0;
        let zero = n.iter().enumerate().filter(move |(_, n)| some && **n == 0);
        zero.map(|(v, _)| format!("{} {}", e.id, v + 1))
    });
    list("Versions that were never true when their event happened", unread);
    let silent = rules.responses.iter().zip(&told.responses).flat_map(|(r, n)| {
        let zero = n.iter().enumerate().filter(|(_, n)| **n == 0);
        zero.map(|(v, _)| format!("{} {}", r.id, v + 1))
    });
    list("Texts of the other side that were never told", silent);
    let endings = rules.endings.iter().zip(&told.endings);
    list(
        "Endings nobody reached",
        endings.clone().filter(|(_, n)| n.0 == 0).map(|(e, _)| e.id.clone()),
    );
    let lines = endings.filter(|(_, n)| n.0 > 0).flat_map(|(e, n)| {
        let zero = n.1.iter().enumerate().filter(|(_, n)| **n == 0);
        zero.map(|(l, _)| format!("{} {}", e.id, l + 1))
    });
    list("Lines of endings that never held", lines);
    println!();
}

fn list(what: &str, all: impl Iterator<Item = String>) {
    let all: Vec<String> = all.collect();
    let none = if all.is_empty() { "none".to_owned() } else { all.join(", ") };
    println!("{what}: {none}");
}
