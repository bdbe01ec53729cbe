//! `check --deep`: what playing finds, as problems with their places.

use std::io::{IsTerminal, Write as _};
use std::sync::Arc;

use crate::analysis::deep::{Deep, Found, HISTORY, SEED, Unmet, look};
use crate::analysis::funnel::{Funnel, Step};
use crate::prose;
use crate::scenario::layers::Places;
use crate::scenario::model::{InstrumentIx, Rules};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::source::Source;

use super::experiment::refused_for;
use super::reading::{self, Reading};

/// What was found, less what the author accepts; and a sentence on what was played.
pub fn problems(rules: &Arc<Rules>, source: &Source) -> (Vec<Problem>, String) {
    let loud = std::io::stderr().is_terminal();
    let deep = look(rules, 2, |percent| {
        if loud {
            let _ = write!(std::io::stderr().lock(), "\rplaying {}: {percent} % ", rules.id);
        }
    });
    if loud {
        let _ = write!(std::io::stderr().lock(), "\r\x1b[K");
    }
    let places = Places::of(source);
    let reading = reading::read(rules);
    let mut out = Vec::new();
    let mut used = vec![false; rules.accepted.len()];
    let mut answered = |table: &str, id: &str| {
        let at = rules.accepted.iter().position(|(t, i)| t == table && i == id);
        at.map(|n| used[n] = true).is_some()
    };
    for (id, problem) in long_to_read(rules, source, &places, &reading) {
        if !answered("reading", id) {
            out.push(problem);
        }
    }
    for (n, games) in reading.empty.iter().enumerate().filter(|(_, n)| **n * 2 > reading.games) {
        let id = format!("turn_{}", n + 1);
        if !answered("pages", &id) {
            let message = format!(
                "the front page of turn {} ({}) asks nothing and tells nothing in {games} of {} \
                 games that were read",
                n + 1,
                rules.turns[n].opens,
                reading.games
            );
            let hint = format!(
                "let something happen there, or make fewer turns; if it is meant, \
                 `accepted: {{ \"pages\": {{ \"{id}\": \"why\" }} }}`"
            );
            let at = places.top("calendar");
            out.push(placed(source, at, Code::EmptyPage, message).hint(hint));
        }
    }
    let mut silent = 0;
    for found in &deep.found {
        let (table, id) = named(rules, found);
        // What a layer below can answer it need not answer in every case.
        if matches!(found, Found::ResponseNeverGiven { .. }) && places.id(&table, &id).is_none() {
            silent += 1;
            continue;
        }
        if !answered(&table, &id) {
            out.push(told(rules, source, &places, &deep, found));
        }
    }
    for ((table, id), _) in rules.accepted.iter().zip(used).filter(|(_, used)| !used) {
        let at = places.name("accepted", table, id).or_else(|| places.id("accepted", table));
        let message = format!("nothing was found of `{id}` in {table}, which `accepted` answers");
        out.push(placed(source, at, Code::NothingToAccept, message).hint("take the line away"));
    }
    let (words, turn, policy, seed) = reading.longest;
    let mut said = format!(
        "played {} games by {} policies (seeds from {:#x}); to read and play takes some {} minutes, \
         at most {words} words stand before a first answer (turn {turn}, {policy}, seed {seed})",
        deep.games, deep.policies, SEED, reading.minutes
    );
    if silent > 0 {
        _ = std::fmt::Write::write_fmt(
            &mut said,
            format_args!("; {silent} of the theatre's answers were never given"),
        );
    }
    let proven = deep.proven.iter().map(|(target, instruments)| {
        let with = |i: &InstrumentIx| rules.instruments[*i].id.as_str();
        let ids: Vec<&str> = instruments.iter().map(with).collect();
        format!("`{}` ({})", rules.targets[*target].id, prose::words::list(&ids))
    });
    let proven: Vec<String> = proven.collect();
    if !proven.is_empty() {
        said.push_str("; proof suffices on the first day, before anything is found, for ");
        said.push_str(&prose::words::list(&proven));
    }
    let shut: Vec<String> = deep
        .shut
        .iter()
        .map(|(i, t, percent)| {
            let (i, t) = (&rules.instruments[*i].id, &rules.targets[*t].id);
            format!("{i} on `{t}` ({percent} %)")
        })
        .collect();
    if !shut.is_empty() {
        said.push_str(
            "; in half of the games of those who act, or more, proof never suffices for ",
        );
        said.push_str(&prose::words::list(&shut));
    }
    let bare: Vec<String> =
        deep.bare.iter().map(|(turn, percent)| format!("{} ({percent} %)", turn + 1)).collect();
    if !bare.is_empty() {
        said.push_str(
            "; in half of these games or more nothing can be proposed or built as they open, turns ",
        );
        said.push_str(&prose::words::list(&bare));
    }
    let settled = deep.settled.iter().map(|(event, choice)| {
        let e = &rules.events[*event];
        format!("`{}` ({})", e.id, e.choices[*choice].id)
    });
    let settled: Vec<String> = settled.collect();
    if !settled.is_empty() {
        said.push_str(
            "; players who weigh give one answer only, and cannot weigh what another brings, to ",
        );
        said.push_str(&prose::words::list(&settled));
    }
    (out, said)
}

/// A page that says too much, and minutes that are not those stated.
fn long_to_read(
    rules: &Rules,
    source: &Source,
    places: &Places,
    reading: &Reading,
) -> Vec<(&'static str, Problem)> {
    let mut out = Vec::new();
    let (words, turn, policy, seed) = reading.longest;
    if words > reading::WORDS {
        let message = format!(
            "{words} words stand before the first answer of turn {turn} in the game that {policy} \
             plays with seed {seed}; readers like {} or fewer",
            reading::WORDS
        );
        let hint = format!(
            "see `interagency play {} --seed {seed} --at-turn {turn}`; say less; if it is meant, `accepted: {{ \"reading\": {{ \"page\": \"why\" }} }}`",
            source.name
        );
        let at = places.top("events");
        out.push(("page", placed(source, at, Code::Reading, message).hint(hint)));
    }
    let (stated, takes) = (rules.minutes as usize, reading.minutes);
    if stated * 2 < takes || stated > takes * 3 {
        let message = format!(
            "`minutes` says {stated}; to read 200 words a minute and take 20 seconds for each \
             decision takes some {takes}"
        );
        let hint = format!(
            "write `minutes: {takes}`; if it is meant, `accepted: {{ \"reading\": {{ \"minutes\": \
             \"why\" }} }}`"
        );
        let at = places.top("minutes");
        out.push(("minutes", placed(source, at, Code::Reading, message).hint(hint)));
    }
    out
}

/// Under which table and id a finding is accepted.
fn named(rules: &Rules, found: &Found) -> (String, String) {
    let (table, id) = match found {
        Found::EventNeverHappens { event, .. } => ("events", rules.events[*event].id.clone()),
        Found::EndingNeverComes { ending, .. } | Found::EndingNearlyAlways { ending, .. } => {
            ("endings", rules.endings[*ending].id.clone())
        }
        Found::ResponseNeverGiven { response } => {
            ("responses", rules.responses[*response].id.clone())
        }
        Found::InstrumentNeverLaunched { instrument, .. } | Found::OneWins { instrument, .. } => {
            ("instruments", rules.instruments[*instrument].id.clone())
        }
        Found::HistoryRefused { step, .. } => ("history", format!("step_{}", step + 1)),
        Found::AnswerNeverGiven { event, choice } => {
            let e = &rules.events[*event];
            ("answers", format!("{}_{}", e.id, e.choices[*choice].id))
        }
        Found::PropositionOneWay { proposition, .. } => {
            ("propositions", rules.propositions[*proposition].id.clone())
        }
        Found::ClaimFails { experiment, .. } => {
            ("experiments", rules.experiments[*experiment].id.clone())
        }
        Found::FileNeverBrought { file } => ("live_files", rules.files[*file].id.clone()),
        Found::OneAnswer { event, .. } => ("questions", rules.events[*event].id.clone()),
        Found::SameWords { response, .. } => ("words", rules.responses[*response].id.clone()),
        Found::AtItsLimit { indicator, .. } => ("limits", rules.indicators[*indicator].id.clone()),
        Found::IdleWins { .. } => ("policies", "idle".to_owned()),
    };
    (table.to_owned(), id)
}

fn placed(
    source: &Source,
    at: Option<std::ops::Range<usize>>,
    code: Code,
    message: String,
) -> Problem {
    let problem = match at {
        Some(at) => source.problem(at, code, message),
        None => Problem::of_file(&source.name, code, message),
    };
    source.as_written(problem).warning()
}

fn told(rules: &Rules, source: &Source, places: &Places, deep: &Deep, found: &Found) -> Problem {
    let (table, id) = named(rules, found);
    let accept = format!(
        "mend what keeps it so; if it is meant, `accepted: {{ \"{table}\": {{ \"{id}\": \"why\" }} }}`"
    );
    let here = || places.id(&table, &id);
    let why_not = |unmet: &Unmet| {
        let place = |n: usize| places.item(&table, &id, "when", n);
        let words = |n: usize| {
            place(n).and_then(|at| source.text.get(at)).unwrap_or("a condition").to_owned()
        };
        match *unmet {
            Unmet::Never { condition, nearest } => {
                let near = nearest.map_or_else(String::new, |n| {
                    format!("; the nearest it came is {}", prose::words::tenths(n))
                });
                (format!(": {} held at no end of a turn{near}", words(condition)), place(condition))
            }
            Unmet::Apart(a, b) => {
                (format!(": {} and {} held at no end of a turn both", words(a), words(b)), place(b))
            }
            Unmet::NotThese if places.items(&table, &id, "when").is_empty() => {
                let before = table == "endings";
                let why =
                    if before { "another always came before it" } else { "nothing led to it" };
                (format!(": {why}"), None)
            }
            Unmet::NotThese => (
                ": any two of its conditions held at some time, and never all at once when it was \
                 asked for"
                    .to_owned(),
                None,
            ),
        }
    };
    let games = deep.games;
    match found {
        Found::EventNeverHappens { unmet, .. } => {
            let (why, at) = why_not(unmet);
            let message = format!("`{id}` happened in none of {games} games{why}");
            placed(source, at.or_else(here), Code::NeverMet, message).hint(accept)
        }
        Found::EndingNeverComes { unmet, .. } => {
            let (why, at) = why_not(unmet);
            let message = format!("the ending `{id}` came in none of {games} games{why}");
            placed(source, at.or_else(here), Code::NeverMet, message).hint(accept)
        }
        Found::EndingNearlyAlways { percent, .. } => {
            let message = format!(
                "the ending `{id}` comes in {percent} of 100 games, however they are played"
            );
            placed(source, here(), Code::OneWayWins, message).hint(accept)
        }
        Found::ResponseNeverGiven { .. } => {
            let message = format!("the answer `{id}` was given in none of {games} games");
            placed(source, here(), Code::NeverMet, message).hint(accept)
        }
        Found::InstrumentNeverLaunched { instrument, funnel, lawful } => {
            let message = format!(
                "`{id}` took effect in none of {games} games: {}",
                died(rules, *instrument, funnel, *lawful)
            );
            placed(source, here(), Code::NeverLaunched, message).hint(accept)
        }
        Found::HistoryRefused { step, why, games } => {
            let why = refused_for(rules, *why);
            let message = format!("this order is refused in {games} of {HISTORY} games: {why}");
            let at = places.step("history", *step);
            placed(source, at, Code::HistoryRefused, message).hint(accept)
        }
        Found::AnswerNeverGiven { event, choice } => {
            let e = &rules.events[*event];
            let (event, choice) = (&e.id, &e.choices[*choice].id);
            let at = places.inner("events", event, "choices", choice);
            let message =
                format!("the answer `{choice}` to `{event}` was given in none of {games} games");
            placed(source, at, Code::NeverMet, message).hint(accept)
        }
        Found::PropositionOneWay { always, .. } => {
            let how = if *always { "true in every one" } else { "true in none" };
            let message =
                format!("`{id}` was {how} of {games} games: nobody can be wrong about it");
            placed(source, here(), Code::NeverMet, message).hint(accept)
        }
        Found::ClaimFails { refused, experiment, worlds } => {
            let why = refused.map_or_else(String::new, |(step, why)| {
                let on = rules.experiments[*experiment].policy[step].on.long();
                let why = refused_for(rules, why);
                format!("; its step of {on} is carried out in no game: {why}")
            });
            let worlds: Vec<&str> = worlds.iter().map(|w| rules.worlds[*w].id.as_str()).collect();
            let message =
                format!("the claim of `{id}` fails in {}{why}", prose::words::list(&worlds));
            let hint = format!("see `interagency experiment {} {id}`", source.name);
            placed(source, here(), Code::ClaimFails, message).hint(hint)
        }
        Found::FileNeverBrought { .. } => {
            let message = format!("the file `{id}` was brought in none of {games} games");
            placed(source, here(), Code::NeverMet, message).hint(accept)
        }
        Found::OneAnswer { event, choice, times } => {
            let choice = &rules.events[*event].choices[*choice].id;
            let at = places.id("events", &id);
            let message = format!(
                "players who weigh their answers were asked `{id}` {times} times, and all said \
                 `{choice}`, whichever lens they served"
            );
            placed(source, at, Code::OneAnswer, message).hint(accept)
        }
        Found::SameWords { times, policy, .. } => {
            let at = places.id("responses", &id);
            let message = format!(
                "the other side answers `{id}` in the same words {times:.1} times in a game of \
                 {policy}"
            );
            placed(source, at, Code::SameWords, message).hint(accept)
        }
        Found::AtItsLimit { indicator, most, percent } => {
            let at = places.id("indicators", &id).or_else(|| places.id("starts", &id));
            let i = &rules.indicators[*indicator];
            let (limit, which) = if *most { (i.most, "most") } else { (i.least, "least") };
            let message = format!(
                "`{id}` stands at its {which}, {}, at the end of {percent} of 100 games",
                prose::words::value_exact(i, limit)
            );
            placed(source, at, Code::AtItsLimit, message).hint(accept)
        }
        Found::IdleWins { idle, greedy } => {
            let message = format!(
                "doing nothing comes to {idle:.1} of 100, doing what looks best to {greedy:.1}"
            );
            placed(source, None, Code::OneWayWins, message).hint(accept)
        }
        Found::OneWins { alone, greedy, .. } => {
            let message = format!(
                "`{id}` alone comes to {alone:.1} of 100, everything together to {greedy:.1}"
            );
            placed(source, here(), Code::OneWayWins, message).hint(accept)
        }
    }
}

/// How far an instrument came.
fn died(rules: &Rules, instrument: InstrumentIx, f: &Funnel, lawful: u32) -> String {
    let i = &rules.instruments[instrument];
    let [proposed, cleared, ready] =
        [Step::Proposed, Step::Cleared, Step::Ready].map(|step| f.of(step));
    if lawful == 0 {
        return "the law let it be aimed at nothing in any turn".to_owned();
    }
    if proposed == 0 {
        return if i.building.is_some() {
            "it was never proposed: no file of it was built, or none in time".to_owned()
        } else {
            "it was never proposed".to_owned()
        };
    }
    if cleared == 0 {
        let who = f.stoppers().map(|a| rules.agencies[a].short.as_str());
        let who: Vec<&str> = who.chain((f.president() > 0).then_some("the President")).collect();
        return format!(
            "proposed {proposed} times and cleared never; turned down by {}",
            prose::words::list(&who)
        );
    }
    if ready > 0 {
        return format!(
            "cleared {cleared} times of {proposed}, ready {ready} times, and waiting for its date, \
             its trigger or the law when the game was over"
        );
    }
    format!("cleared {cleared} times of {proposed}, and never ready before the game was over")
}
