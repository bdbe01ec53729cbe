//! What a player reads, over many games: every page in words, looked through for faults of form.
//! What a sentence means is for readers; what can be seen by its form is seen here.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use interagency::day::Day;
use interagency::engine::Start;
use interagency::engine::{Note, Order};
use interagency::game::Game;
use interagency::policy::{self, Policy};
use interagency::prose::{self, facts, words};
use interagency::scenario::load;
use interagency::scenario::model::{
    AgencyIx, CampaignIx, Condition, Kind, Name, Role, Rules, Text, WorldIx,
};

/// Columns a title has on a narrow screen.
const TITLE: usize = 44;

/// A page of a game: when it is read, what it is, everything it says.
struct Page {
    day: Option<Day>,
    game: String,
    text: String,
}

/// Everything the faces are given to lay out, as it is written there.
fn pages(game: &Game, name: &str) -> Vec<Page> {
    let rules = game.rules();
    let day = (!game.is_over()).then(|| game.situation().today(rules));
    let mut texts = vec![
        format!("{:?}", prose::front_page(game)),
        format!("{:?}", prose::desk(game)),
        format!("{:?}", prose::calendar(game)),
        format!("{:?}", prose::agencies(game)),
        format!("{:?}", prose::actions(game)),
        format!("{:?}", prose::codex(rules, prose::codex_until(game))),
        format!("{:?}", prose::debrief(game)),
    ];
    texts.extend(
        (0..rules.campaigns.len())
            .map(|c| format!("{:?}", prose::intelligence(game, Some(CampaignIx::at(c))))),
    );
    texts.extend(
        (0..rules.agencies.len()).map(|a| format!("{:?}", prose::agency(game, AgencyIx::at(a)))),
    );
    texts.extend(
        prose::figures(game)
            .iter()
            .map(|f| format!("{:?}", prose::why(game, f.indicator, game.turn()))),
    );
    for file in prose::desk(game).files {
        let draft = prose::begin_draft(game, file.instrument, file.target);
        texts.push(format!("{:?}", prose::propose(game, &draft)));
    }
    texts
        .into_iter()
        .map(|text| Page { day, game: name.to_owned(), text: text.replace("\\\"", "”") })
        .collect()
}

/// Plays a game by a policy and hands every opening to `look`.
fn play(
    rules: &Arc<Rules>,
    policy: &Policy,
    seed: u64,
    world: Option<u8>,
    mut look: impl FnMut(&Game),
) {
    let mut game =
        Game::new(Arc::clone(rules), Start { seed, world: world.map(WorldIx), ..Start::default() });
    loop {
        look(&game);
        if game.is_over() {
            return;
        }
        for order in policy::orders_of(policy, rules, game.whole()) {
            if order != Order::End {
                let _ = game.give(order, "it is time");
            }
        }
        game.end().expect("the turn ends");
    }
}

/// Games of every kind: the record's own, an idle one, one for a lens, one that takes what looks
/// best, random ones.
fn games(mut look: impl FnMut(&Game, &str)) {
    for title in load::titles() {
        let rules = Arc::new(load::embedded(title.id, &[]).expect("it loads"));
        let policies = [
            "history",
            "idle",
            "greedy",
            "lens:security",
            "random",
            "random",
            "random",
            "random",
            "random",
            "random",
            "random",
            "random",
        ];
        for (seed, name) in policies.iter().enumerate() {
            let policy = Policy::parse(&rules, name).expect("every rulebook has it");
            let world = u8::try_from(seed % rules.worlds.len().max(1)).ok();
            play(&rules, &policy, seed as u64 + 1, world, |g| {
                look(g, &format!("{}, {name}, seed {}", title.id, seed + 1));
            });
        }
    }
}

/// Marks and words that meet where a part of a sentence is missing or stands twice.
const FAULTS: &[&str] = &[
    " ,",
    " .",
    "..",
    ".:",
    "?:",
    "?.",
    ": :",
    "as yet. a ",
    "nobody objects most",
    "(simulated)",
];

/// Verbs in the form that goes with one thing.
const OF_ONE: &[&str] = &["is", "has", "does", "needs", "goes", "begins", "takes", "wants"];

/// A name for several things in front of a verb in the form for one.
fn disagreements(rules: &Rules) -> Vec<String> {
    let names = rules.instruments.iter().flat_map(|i| [&i.name, &i.short]);
    names
        .chain(rules.campaigns.iter().map(|c| &c.name))
        .filter(|name| name.ends_with('s') && !name.ends_with("ss"))
        .flat_map(|name| OF_ONE.iter().map(move |verb| format!("{name} {verb} ")))
        .collect()
}

/// Nouns that are counted somewhere.
const COUNTED: &[&str] = &[
    "prediction",
    "turn",
    "order",
    "paper",
    "file",
    "item",
    "promise",
    "figure",
    "matter",
    "confidence",
    "week",
    "day",
    "month",
    "point",
    "task",
    "proposal",
];

fn faults(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        FAULTS.iter().filter(|f| text.contains(**f)).map(|f| (*f).to_owned()).collect();
    for noun in COUNTED {
        let plural = format!("1 {noun}s");
        found.extend(
            text.match_indices(&plural)
                .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_ascii_digit() || c == '.'))
                .map(|(_, m)| m.to_owned()),
        );
    }
    // "expected between 5 Nov and 5 Nov"; "Ask Justice: Ask Justice".
    for part in text.split("between ").skip(1) {
        let mut ends = part.splitn(2, " and ");
        if let (Some(a), Some(b)) = (ends.next(), ends.next())
            && a.len() < 12
            && b.starts_with(a)
            && !b[a.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '.')
        {
            found.push(format!("between {a} and {a}"));
        }
    }
    for (at, _) in text.match_indices(": ") {
        let before = text[..at].rsplit(['"', '.', ':', ';']).next().unwrap_or("").trim();
        if before.contains(' ')
            && before.starts_with(char::is_uppercase)
            && text[at + 2..].starts_with(before)
        {
            found.push(format!("{before}: {before}"));
        }
    }
    found
}

#[test]
fn nothing_that_is_read_has_a_fault_of_form() {
    let mut bad: BTreeMap<String, String> = BTreeMap::new();
    games(|game, name| {
        for page in pages(game, name) {
            let wrong = disagreements(game.rules()).into_iter().filter(|d| page.text.contains(d));
            for f in faults(&page.text).into_iter().chain(wrong) {
                let at = page.text.find(f.as_str()).unwrap_or(0);
                let around: String = page.text[..at]
                    .chars()
                    .rev()
                    .take(80)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .chain(page.text[at..].chars().take(80))
                    .collect();
                bad.entry(f).or_insert(format!("{} turn {}: {around}", page.game, game.turn() + 1));
            }
        }
    });
    assert!(bad.is_empty(), "{bad:#?}");
}

/// What has no name before its day: events, office holders, windows. (Entries of the codex are
/// held to their days below: what one is about may have been known for long.)
fn known_from(rules: &Rules) -> Vec<(&str, Day)> {
    let mut all: Vec<(&str, Day)> = Vec::new();
    all.extend(rules.events.iter().filter_map(|e| Some((e.title.as_str(), e.on?))));
    all.extend(rules.windows.iter().filter_map(|w| Some((w.name.as_str(), w.known?))));
    all.extend(rules.principals.iter().map(|p| (p.who.as_str(), p.from)));
    // What the briefing announces is known, and so is who holds an office again.
    all.retain(|(name, _)| !rules.briefing.says().contains(name));
    let first = |name: &str| all.iter().filter(|(n, _)| *n == name).map(|(_, d)| *d).min();
    all.iter().filter(|(name, day)| first(name) == Some(*day)).copied().collect()
}

/// Nothing that is read in play comes after the day of the page: no event, no name, no entry of the
/// codex, no window.
#[test]
fn no_page_knows_what_comes_after_its_day() {
    let mut bad: BTreeSet<String> = BTreeSet::new();
    let mut in_their_time: BTreeSet<String> = BTreeSet::new();
    games(|game, name| {
        let rules = game.rules();
        for page in pages(game, name) {
            let Some(today) = page.day else { continue };
            let text = page.text;
            for (phrase, from) in known_from(rules).into_iter().filter(|(p, _)| text.contains(p)) {
                if today >= from {
                    in_their_time.insert(phrase.to_owned());
                } else {
                    let at = text.find(phrase).unwrap_or(0);
                    let before: String = text[..at]
                        .chars()
                        .rev()
                        .take(90)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev()
                        .collect();
                    bad.insert(format!("{phrase:?} on {} ({}): {before}", today.long(), page.game));
                }
            }
        }
        if game.is_over() {
            return;
        }
        let today = game.situation().today(rules);
        let last = rules.turns.last().expect("a turn").ends.civil().0;
        let later: Vec<String> = (last + 1..last + 8).map(|year| year.to_string()).collect();
        for entry in prose::codex(rules, prose::codex_until(game)) {
            assert!(
                rules.codex[entry.codex].after.is_none_or(|d| d <= today),
                "{} on {}",
                entry.title,
                today.long()
            );
            for year in later.iter().filter(|year| entry.says.contains(year.as_str())) {
                bad.insert(format!("{year} in {} on {}", entry.title, today.long()));
            }
        }
        for w in prose::calendar(game).windows {
            let window = &rules.windows[w.window];
            assert!(window.known.is_none_or(|d| d <= today), "{} on {}", window.name, today.long());
        }
    });
    assert!(in_their_time.len() > 30, "names are met once they are known: {in_their_time:?}");
    assert!(bad.is_empty(), "{bad:#?}");
}

/// What happens a second time is not told in the same words.
#[test]
fn an_event_that_comes_again_has_words_of_its_own() {
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        for e in rules.events.iter().filter(|e| e.rests > 0) {
            let again =
                |c: &Condition| matches!(c, Condition::Fired(f) if rules.events[*f].id == e.id);
            let of_its_own = e.text.versions.iter().filter(|v| v.assumes.iter().any(again)).count();
            assert!(of_its_own > 0, "{}: {}", title.id, e.id);
        }
    }
}

/// Every item of a front page can be told from every other by its title, and is told with its
/// standing.
#[test]
fn titles_of_a_page_differ_and_every_text_has_its_standing() {
    games(|game, name| {
        let page = prose::front_page(game);
        let items: Vec<&facts::Item> =
            page.items.iter().chain(&page.found).chain(page.asks.iter().map(|p| &p.item)).collect();
        let mut titles: Vec<&str> = items.iter().map(|i| i.title.as_str()).collect();
        titles.sort_unstable();
        for pair in titles.windows(2) {
            assert_ne!(pair[0], pair[1], "{name}, turn {}", game.turn() + 1);
        }
        for i in items.iter().copied().chain(&page.counterpart) {
            let standing = i.label.split(" · ").collect::<Vec<_>>();
            match standing.as_slice() {
                ["record", status, source] => assert!(
                    !status.is_empty() && source.starts_with('S'),
                    "{name}: {}: {}",
                    i.title,
                    i.label
                ),
                ["simulated", by] => assert!(!by.is_empty(), "{name}: {}", i.title),
                _ => panic!("{name}: {:?} has no standing: {:?}", i.title, i.label),
            }
        }
        let mut under_way: Vec<String> =
            prose::desk(game).work.into_iter().map(|w| w.text).collect();
        under_way.sort_unstable();
        for pair in under_way.windows(2) {
            assert_ne!(pair[0], pair[1], "listed twice: {name}, turn {}", game.turn() + 1);
        }
    });
}

/// The other side does not say the same thing in the same words before it has said everything else
/// it has to say.
#[test]
fn the_other_side_does_not_repeat_itself() {
    for title in load::titles() {
        let rules = Arc::new(load::embedded(title.id, &[]).expect("it loads"));
        for seed in 1..=8 {
            let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
            play(&rules, &Policy::Random, seed, None, |game| {
                if let Some(i) = prose::front_page(game).counterpart.filter(|_| !game.is_over()) {
                    said.entry(i.title).or_default().push(i.body);
                }
            });
            for (what, texts) in said {
                for pair in texts.windows(2) {
                    let response = rules
                        .responses
                        .iter()
                        .find(|r| what.ends_with(r.name.inside()))
                        .expect("one of them");
                    assert!(
                        pair[0] != pair[1] || response.texts.len() == 1,
                        "{}, seed {seed}: {what}: {}",
                        title.id,
                        pair[0]
                    );
                }
            }
        }
    }
}

#[test]
fn a_title_fits_a_narrow_screen_and_is_its_own() {
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        let events = rules.events.iter().map(|e| e.title.as_str());
        let names: Vec<&str> = events
            .chain(rules.files.iter().map(|f| &*f.name))
            .chain(rules.windows.iter().map(|w| &*w.name))
            .collect();
        for name in &names {
            assert!(
                name.chars().count() <= TITLE,
                "{}: {name:?} has {} columns, {TITLE} are there",
                title.id,
                name.chars().count()
            );
            assert!(
                name.split_whitespace().count() >= 2,
                "{}: {name:?} says nothing at a glance",
                title.id
            );
            assert!(!name.ends_with('.') && !name.contains(": "), "{}: {name:?}", title.id);
        }
        let unique: BTreeSet<&&str> = names.iter().collect();
        assert_eq!(unique.len(), names.len(), "{}: two share a name", title.id);
    }
}

/// Words that are written with a capital inside the sentences of the content, and never without.
fn proper(rules: &Rules) -> BTreeSet<String> {
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(rules.events.iter().flat_map(|e| e.text.texts()).map(Text::says));
    texts.extend(rules.evidence.iter().map(|e| e.text.says()));
    texts.extend(rules.codex.iter().map(|e| e.says.as_str()));
    texts.extend(
        rules
            .agencies
            .iter()
            .flat_map(|a| [a.mandate.as_str(), a.wants.as_str(), a.fears.as_str()]),
    );
    let (mut high, mut low) = (BTreeSet::new(), BTreeSet::new());
    for text in texts {
        let words: Vec<&str> = text.split_whitespace().collect();
        for pair in words.windows(2) {
            let inside = pair[0].ends_with(|c: char| c.is_alphanumeric() || c == ',');
            let word: String = pair[1].chars().take_while(|c| c.is_alphabetic()).collect();
            if inside && word.len() > 2 {
                if word.starts_with(char::is_uppercase) {
                    high.insert(word)
                } else {
                    low.insert(words::upper_first(&word))
                };
            }
        }
    }
    // Both a department and an ordinary word.
    high.difference(&low).filter(|w| *w != "Two").cloned().collect()
}

/// What is put inside a sentence keeps its capital where it is a name.
#[test]
fn names_keep_their_capital_inside_a_sentence() {
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        let proper = proper(&rules);
        assert!(
            ["Beijing", "Treasury", "Canada"].iter().filter(|w| proper.contains(**w)).count() >= 2,
            "{proper:?}"
        );
        let mut names: Vec<&Name> = rules.windows.iter().map(|w| &w.name).collect();
        names.extend(rules.promises.iter().map(|p| &p.name));
        names.extend(rules.asks.iter().map(|p| &p.name));
        names.extend(rules.files.iter().map(|p| &p.name));
        names.extend(rules.indicators.iter().flat_map(|p| [&p.name, &p.short]));
        names.extend(rules.lenses.iter().flat_map(|p| [&p.name, &p.short]));
        names.extend(
            rules
                .terms
                .iter()
                .flat_map(|t| std::iter::once(&t.name).chain(t.values.iter().map(|v| &v.name))),
        );
        names.extend(rules.responses.iter().map(|p| &p.name));
        names.extend(rules.venues.iter().map(|p| &p.name));
        for name in names {
            let first: String = name.chars().take_while(|c| c.is_alphabetic()).collect();
            if proper.contains(&first) {
                assert_eq!(name.inside(), name.as_str(), "{}", title.id);
            }
        }
    }
}

/// Simulated texts quote nobody and put nothing into the mouth of a person of the record.
#[test]
fn simulated_texts_name_no_person_of_the_record() {
    const PERSONS: &[&str] = &[
        "Trump",
        "Xi",
        "Bolton",
        "Mnuchin",
        "Lighthizer",
        "Meng",
        "Kovrig",
        "Spavor",
        "Joyce",
        "Pompeo",
        "Ross",
        "Kudlow",
        "Nielsen",
        "Coats",
        "Demers",
        "Trudeau",
    ];
    for title in load::titles() {
        let rules = load::embedded(title.id, &[]).expect("it loads");
        let mut texts: Vec<&Text> = rules.events.iter().flat_map(|e| e.text.texts()).collect();
        texts.extend(rules.evidence.iter().map(|e| &e.text));
        texts.extend(rules.tells.iter().map(|t| &t.text));
        texts.extend(rules.responses.iter().flat_map(|r| &r.texts).map(|v| &v.text));
        texts.push(&rules.briefing);
        for text in texts.into_iter().filter(|t| t.by().is_some()) {
            let said: Vec<String> =
                text.says().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
            for p in PERSONS {
                assert!(!said.iter().any(|w| w == p), "{}: {p}: {}", title.id, text.says());
            }
            assert!(
                !text.says().contains(['"', '“', '”', '«', '»']),
                "{}: {}",
                title.id,
                text.says()
            );
        }
    }
}

/// Events a condition cannot hold without.
fn after(c: &Condition, out: &mut Vec<interagency::scenario::model::EventIx>) {
    match c {
        Condition::Fired(e) => out.push(*e),
        Condition::All(list) => list.iter().for_each(|c| after(c, out)),
        _ => {}
    }
}

/// A text that rests on another event comes after it, and names it itself where it can stand on the
/// same page.
#[test]
fn a_memo_about_an_event_never_precedes_it() {
    let mut checked = 0;
    games(|game, name| {
        if !game.is_over() {
            return;
        }
        let rules = game.rules();
        let mut fired: Vec<usize> = vec![usize::MAX; rules.events.len()];
        for t in 0..game.past().len() {
            for n in game.notes_of(t) {
                if let Note::Fired { event: e, .. } = n {
                    fired[e.i()] = fired[e].min(t);
                }
            }
        }
        for (n, e) in rules.events.iter().enumerate().filter(|(n, _)| fired[*n] != usize::MAX) {
            let mut needs = Vec::new();
            e.when.iter().for_each(|c| after(c, &mut needs));
            for other in needs {
                checked += 1;
                assert!(
                    fired[other] <= fired[n],
                    "{name}: {:?} before {:?}",
                    e.title,
                    rules.events[other].title
                );
            }
        }
    });
    assert!(checked > 20, "{checked}");
}

/// A refusal is made of sentences, each with its capital and its full stop, for every instrument
/// there is.
#[test]
fn refusals_are_sentences() {
    let rules = common::cloud_hopper();
    let mut seen = 0;
    for seed in 1..=4 {
        play(&rules, &Policy::Random, seed, None, |game| {
            if game.is_over() {
                return;
            }
            let actions = prose::actions(game);
            let rows = actions
                .tasks
                .iter()
                .chain(&actions.asks)
                .chain(&actions.reforms)
                .filter_map(|r| r.shut.as_ref());
            let chosen = prose::propose(
                game,
                &interagency::engine::Draft::of(interagency::engine::Verb::Propose),
            );
            let values: Vec<_> = chosen
                .slots
                .iter()
                .flat_map(|s| &s.values)
                .filter_map(|v| v.shut.as_ref())
                .collect();
            for r in
                rows.chain(actions.promises.iter().filter_map(|p| p.shut.as_ref())).chain(values)
            {
                seen += 1;
                for part in [&r.what, &r.unblock].into_iter().filter(|p| !p.is_empty()) {
                    assert!(
                        part.ends_with(['.', '!', '?'])
                            && part.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
                        "{part:?}"
                    );
                }
            }
        });
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn what_is_asked_of_a_campaign_is_who_stands_behind_it() {
    assert_ne!(words::role(Role::Did, Kind::Campaign), words::role(Role::Did, Kind::Firm));
}
