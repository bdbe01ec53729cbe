//! What is well written and means nothing: conditions that never hold or always do, choices that
//! are no choice, amounts beyond all measure. Only the scenario's own records are looked at; all of
//! it is warned of.

#![expect(clippy::indexing_slicing, reason = "positions were resolved from these very tables")]
#![expect(clippy::arithmetic_side_effects, reason = "amounts are below a million thousandths")]

use std::collections::BTreeMap;

use super::super::loc::{At, Prose};
use super::super::model::{Choice, Condition, Effect, EventIx, From, Move, Need, Rules, Text};
use super::super::raw::{Effect as RawEffect, Text as RawText};
use super::finding::Code;
use super::laws::all_effects;
use super::merge::{Row, Table};
use super::names::Cx;
use crate::num::{Milli, ONE};

pub fn check(cx: &Cx, rules: &Rules) {
    events(cx, rules);
    endings(cx, rules);
    propositions(cx, rules);
    files(cx, rules);
    evidence(cx, rules);
    targets(cx, rules);
    outsiders(cx, rules);
    words(cx, rules);
    tests(cx, rules);
    promises(cx, rules);
    lists(cx, rules);
    flags(cx);
    sources(cx);
}

/// Why a list of conditions can never hold, if it cannot. Values and days outside their range are
/// told elsewhere.
fn never(rules: &Rules, list: &[Condition], own: Option<EventIx>) -> Option<String> {
    list.iter().find_map(|c| impossible(rules, c, own)).or_else(|| contradiction(rules, list))
}

fn points(n: Milli) -> String {
    let (whole, part) = (n / ONE, (n % ONE).abs());
    if part == 0 { whole.to_string() } else { format!("{}", f64::from(n) / 1000.0) }
}

fn impossible(rules: &Rules, c: &Condition, own: Option<EventIx>) -> Option<String> {
    match c {
        Condition::Below(i, n) if *n <= rules.indicators[*i].least => {
            let of = &rules.indicators[*i];
            let id = &of.id;
            Some(format!("`{id}` is never below {}; its least is {}", points(*n), points(of.least)))
        }
        Condition::Fired(e) | Condition::Chose(e, _) if Some(*e) == own => {
            Some("it waits for itself".to_owned())
        }
        Condition::All(list) => never(rules, list, own),
        Condition::Any(list) if !list.is_empty() => {
            let mut why = None;
            for c in list {
                why = Some(impossible(rules, c, own)?);
            }
            why
        }
        Condition::Not(c) if always(rules, c) => Some("what it excludes always holds".to_owned()),
        _ => None,
    }
}

/// Two conditions of a list that exclude each other.
fn contradiction(rules: &Rules, list: &[Condition]) -> Option<String> {
    for (n, a) in list.iter().enumerate() {
        for b in &list[..n] {
            let both = |x: &Condition, y: &Condition| match (x, y) {
                (Condition::AtLeast(i, low), Condition::Below(j, high))
                    if i == j && low >= high =>
                {
                    let id = &rules.indicators[*i].id;
                    Some(format!(
                        "`{id}` is not both at least {} and below {}",
                        points(*low),
                        points(*high)
                    ))
                }
                (Condition::From(first), Condition::Before(last)) if first >= last => Some(
                    format!("no day is both from {} on and before {}", first.long(), last.long()),
                ),
                (Condition::Chose(e, one), Condition::Chose(f, other))
                    if e == f && one != other =>
                {
                    Some("a question has one answer".to_owned())
                }
                (Condition::Fired(e), Condition::Fired(f)) if exclude(rules, *e, *f) => {
                    Some(format!(
                        "`{}` and `{}` exclude each other",
                        rules.events[*e].id, rules.events[*f].id
                    ))
                }
                (Condition::World(v), Condition::World(w)) if v != w => {
                    Some("a game has one world".to_owned())
                }
                (x, Condition::Not(y)) if *x == **y => {
                    Some("one condition is asked for and excluded".to_owned())
                }
                _ => None,
            };
            if let Some(why) = both(a, b).or_else(|| both(b, a)) {
                return Some(why);
            }
        }
    }
    None
}

/// Whether each of two events happens only where the other has not.
fn exclude(rules: &Rules, a: EventIx, b: EventIx) -> bool {
    let asks = |e: EventIx, other| {
        let not = |c: &Condition| matches!(c, Condition::Not(c) if **c == Condition::Fired(other));
        rules.events[e].when.iter().any(not)
    };
    asks(a, b) && asks(b, a)
}

/// Whether a condition holds whatever happens.
fn always(rules: &Rules, c: &Condition) -> bool {
    match c {
        Condition::AtLeast(i, n) => *n <= rules.indicators[*i].least,
        Condition::Below(i, n) => *n > rules.indicators[*i].most,
        Condition::From(day) => *day <= rules.turns[0].opens,
        Condition::Before(day) => *day > rules.closes(),
        Condition::All(list) => list.iter().all(|c| always(rules, c)),
        Condition::Any(list) => {
            let excluded = |c: &Condition| match c {
                Condition::Not(c) => list.contains(c),
                Condition::AtLeast(i, low) => list.iter().any(
                    |other| matches!(other, Condition::Below(j, high) if i == j && high >= low),
                ),
                _ => false,
            };
            list.iter().any(|c| always(rules, c) || excluded(c))
        }
        Condition::Not(c) => impossible(rules, c, None).is_some(),
        _ => false,
    }
}

fn cannot(cx: &Cx, what: &str, why: &str) {
    cx.report_row(
        Code::CannotHold,
        format!("the conditions of {what} can never hold: {why}"),
        "change one of them, or take the record out",
    );
}

fn events(cx: &Cx, rules: &Rules) {
    for (n, (row, event)) in cx.m.events.iter().zip(&*rules.events).enumerate() {
        cx.enter(row);
        let what = format!("the event `{}`", row.id);
        if let Some(why) = never(rules, &event.when, Some(EventIx::at(n))) {
            cannot(cx, &what, &why);
        }
        if event.chance == 0 && event.turn.is_none() && !event.chained {
            cx.report_row(
                Code::NeverHappens,
                format!("{what} has `chance: 0` and no day, so it never happens"),
                "give it a chance from 1 to 100, or leave `chance` out for one at once",
            );
        }
        large(cx, rules, &what, &event.moves);
        for ((id, _), choice) in row.raw.choices.iter().zip(&event.choices) {
            let what = format!("the answer `{id}`");
            if let Some(why) = dear(rules, choice) {
                cx.report(
                    Code::TooDear,
                    id.at,
                    format!("nobody can pay for {what}: {why}"),
                    "lower the price",
                );
            }
            large(cx, rules, &what, &choice.moves);
            let empty = choice.moves.is_empty() && choice.also.is_empty();
            if empty
                && choice.then.is_none()
                && choice.replies.is_empty()
                && event.choices.len() > 1
            {
                cx.report(
                    Code::NoEffect,
                    id.at,
                    format!("{what} does nothing and nothing follows it"),
                    "let it move something, even a little, or say in `then` what comes of it",
                );
            }
        }
        for ((id, _), choice) in row.raw.choices.iter().zip(&event.choices) {
            // What it needs is asked while the event stands: both must hold.
            let needs = choice.needs.iter().flat_map(|n| &n.when);
            let both: Vec<Condition> = needs.chain(&event.when).cloned().collect();
            for need in choice.needs.iter().filter(|n| n.when.iter().all(|c| always(rules, c))) {
                cx.report(
                    Code::AlwaysHolds,
                    id.at,
                    format!("the answer `{id}` needs what always holds: {}", need.says),
                    "ask for something that can be missing, or take the need away",
                );
            }
            if never(rules, &event.when, None).is_none()
                && let Some(why) = never(rules, &both, None)
            {
                cx.report(
                    Code::CannotHold,
                    id.at,
                    format!("nobody can give the answer `{id}`: {why}"),
                    "change what it needs, or when the question is asked",
                );
            }
        }
        for version in &event.text.versions {
            if let Some(why) = never(rules, &version.assumes, None) {
                cannot(cx, &format!("a version of {what}"), &why);
            }
        }
        let asked_last = event.turn == u8::try_from(rules.last_turn()).ok();
        if asked_last && !event.choices.is_empty() {
            cx.report_row(
                Code::NeverHappens,
                format!("{what} asks on the last page, where nobody can answer"),
                "date it a turn earlier, or take its answers away",
            );
        }
        same(cx, row.raw.choices.iter().map(|(id, _)| id), &event.choices);
    }
}

/// Two answers that do the same for the same price.
fn same<'a>(cx: &Cx, ids: impl Iterator<Item = &'a super::super::loc::Id>, choices: &[Choice]) {
    let mut seen: BTreeMap<String, &super::super::loc::Id> = BTreeMap::new();
    for (id, c) in ids.zip(choices) {
        if c.moves.is_empty() && c.also.is_empty() {
            continue;
        }
        let does = format!("{:?} {:?} {} {} {:?}", c.moves, c.also, c.staff, c.capital, c.needs);
        if let Some(first) = seen.get(&does) {
            cx.report(
                Code::SameChoice,
                id.at,
                format!("the answer `{id}` costs and does exactly what `{first}` does"),
                "let them differ in what they move, or make one answer of them",
            );
        }
        seen.entry(does).or_insert(id);
    }
}

fn dear(rules: &Rules, c: &Choice) -> Option<String> {
    let capital = &rules.indicators[rules.roles.capital];
    let staff = &rules.indicators[rules.roles.staff];
    let over = |price: u8, most: Milli| i32::from(price) * ONE > most;
    match () {
        () if over(c.capital, capital.most) => Some(format!(
            "it costs {} capital, and nobody has more than {}",
            c.capital,
            points(capital.most)
        )),
        () if over(c.staff, staff.most) => Some(format!(
            "it costs {} staff, and nobody has more than {}",
            c.staff,
            points(staff.most)
        )),
        () => None,
    }
}

/// Of an indicator's range, one part in so many is a large step.
const LARGE: i64 = 6;

/// A single step of more than a sixth of an indicator's range.
fn large(cx: &Cx, rules: &Rules, what: &str, moves: &[Move]) {
    for m in moves {
        let i = &rules.indicators[m.indicator];
        let range = i64::from(i.most) - i64::from(i.least);
        if i64::from(m.amount).abs() * LARGE > range {
            cx.report_row(
                Code::LargeAmount,
                format!(
                    "{what} moves `{}` by {}, more than a sixth of its range",
                    i.id,
                    points(m.amount)
                ),
                "is a digit too many? Most steps are below a tenth of the range",
            );
        }
    }
}

fn endings(cx: &Cx, rules: &Rules) {
    for (n, (row, ending)) in cx.m.endings.iter().zip(&*rules.endings).enumerate() {
        cx.enter(row);
        let what = format!("the ending `{}`", row.id);
        if let Some(why) = never(rules, &ending.when, None) {
            cannot(cx, &what, &why);
            continue;
        }
        if ending.early && ending.when.iter().all(|c| always(rules, c)) {
            cx.report_row(
                Code::AlwaysHolds,
                format!(
                    "{what} is early and always holds: every game is over after its first turn"
                ),
                "give it a condition, or take `early` away",
            );
        }
        let holds = |c: &Condition| at_first(rules, c);
        if ending.early
            && ending.when.iter().all(holds)
            && !ending.when.iter().all(|c| always(rules, c))
        {
            cx.report_row(
                Code::AlwaysHolds,
                format!(
                    "{what} is early and holds on the first day: most games end after one turn"
                ),
                "look at the starts, or ask for more",
            );
        }
        for (when, _) in &ending.lines {
            if let Some(why) = never(rules, when, None) {
                cannot(cx, &format!("a line of {what}"), &why);
            }
        }
        // One before it that asks for less comes in its place.
        let before = rules.endings[..n].iter().find(|first| {
            // One that asks for nothing is told of itself.
            let asks = !first.when.is_empty();
            asks && (first.early || !ending.early)
                && first.when.iter().all(|c| ending.when.contains(c))
        });
        if let Some(first) = before {
            cx.report_row(
                Code::Behind,
                format!("{what} never comes: whenever it could, `{}` comes first", first.id),
                "put it before that one, or let it ask for something else",
            );
        }
    }
}

/// Whether it is a level that the first day has already.
fn at_first(rules: &Rules, c: &Condition) -> bool {
    match c {
        Condition::AtLeast(i, n) => rules.indicators[*i].start >= *n,
        Condition::Below(i, n) => rules.indicators[*i].start < *n,
        Condition::Any(list) => list.iter().any(|c| at_first(rules, c)),
        Condition::All(list) => list.iter().all(|c| at_first(rules, c)),
        _ => false,
    }
}

fn propositions(cx: &Cx, rules: &Rules) {
    for (row, p) in cx.m.propositions.iter().zip(&*rules.propositions) {
        cx.enter(row);
        let what = format!("the proposition `{}`", row.id);
        if let Some(why) = never(rules, &p.when, None) {
            cannot(cx, &what, &why);
        } else if p.when.iter().all(|c| always(rules, c)) {
            cx.report_row(
                Code::AlwaysHolds,
                format!("{what} is always true, so nobody can be wrong about it"),
                "give it a condition that can fail",
            );
        }
    }
}

fn files(cx: &Cx, rules: &Rules) {
    for (row, file) in cx.m.live_files.iter().zip(&*rules.files) {
        cx.enter(row);
        if let Some(why) = never(rules, &file.when, None) {
            cannot(cx, &format!("the file `{}`", row.id), &why);
        }
    }
}

fn promises(cx: &Cx, rules: &Rules) {
    let own = cx.m.promises.iter().zip(&*rules.promises);
    for (row, p) in own.filter(|(row, _)| row.file == cx.m.file) {
        cx.enter(row);
        if let Some(why) = never(rules, &p.broken_if, None) {
            cannot(cx, &format!("breaking the promise `{}`", row.id), &why);
        }
    }
}

/// Conditions of the scenario's other records.
fn lists(cx: &Cx, rules: &Rules) {
    fn of<'r, T>(
        cx: &Cx,
        rules: &Rules,
        rows: &[Row<'r, T>],
        what: &str,
        lists: impl Fn(usize) -> Vec<&'r [Condition]>,
    ) {
        for (n, row) in rows.iter().enumerate().filter(|(_, row)| row.file == cx.m.file) {
            cx.enter(row);
            if let Some(why) = lists(n).into_iter().find_map(|list| never(rules, list, None)) {
                cannot(cx, &format!("{what} `{}`", row.id), &why);
            }
        }
    }
    cx.enter_scenario();
    if let Some(why) = never(rules, &rules.silent_until, None) {
        cannot(cx, "`silent_until`", &why);
    }
    for (row, campaign) in cx.m.campaigns.iter().zip(&*rules.campaigns) {
        cx.enter(row);
        large(cx, rules, &format!("in 30 days the campaign `{}`", row.id), &campaign.does);
    }
    of(cx, rules, &cx.m.campaigns, "the campaign", |n| vec![&*rules.campaigns[n].appears]);
    of(cx, rules, &cx.m.targets, "the target", |n| vec![&*rules.targets[n].appears]);
    of(cx, rules, &cx.m.responses, "the response", |n| {
        let r = &rules.responses[n];
        std::iter::once(&*r.when).chain(r.more_if.iter().map(|(when, _)| &**when)).collect()
    });
    of(cx, rules, &cx.m.critics, "the critic", |n| vec![&*rules.critics[n].when]);
    of(cx, rules, &cx.m.tests, "a day of the test", |n| {
        rules.tests[n].holds.iter().map(|(_, when)| &**when).collect()
    });
    of(cx, rules, &cx.m.tasks, "the task", |n| needs_of(&rules.tasks[n].needs));
    of(cx, rules, &cx.m.asks, "the ask", |n| needs_of(&rules.asks[n].needs));
    of(cx, rules, &cx.m.instruments, "the instrument", |n| needs_of(&rules.instruments[n].needs));
}

fn needs_of(needs: &[Need]) -> Vec<&[Condition]> {
    needs.iter().map(|n| &*n.when).collect()
}

/// What a target is said to be under every value, so that no proof is ever missing.
fn targets(cx: &Cx, rules: &Rules) {
    for (row, target) in cx.m.targets.iter().zip(&*rules.targets) {
        cx.enter(row);
        let Some(c) = target.campaign else { continue };
        let first = rules.campaigns[c].variables.first();
        let all = first.iter().flat_map(|v| &v.values).fold(0, |all, v| all | v.mask);
        for (role, mask) in &target.roles {
            let test = row.raw.roles.iter().find(|t| t.role == *role);
            if all != 0 && *mask & all == all && test.is_some_and(|t| !t.is.is_empty()) {
                cx.report_row(
                    Code::AlwaysHolds,
                    format!("`{}` is {role:?} under every value: nothing has to be shown", row.id),
                    "name under `is` only the values for which it is so; if it is law already, write \
                     `is: {}`",
                );
            }
        }
    }
}

/// Moods of somebody who has no vote.
fn outsiders(cx: &Cx, rules: &Rules) {
    let outside = |a: super::super::model::AgencyIx| rules.agencies[a].outside;
    for (row, event) in cx.m.events.iter().zip(&*rules.events) {
        cx.enter(row);
        let answers = event.choices.iter().flat_map(|c| &c.also);
        for e in event.also.iter().chain(answers) {
            if let Effect::Lean(a, ..) | Effect::Busy(a, _) = e
                && outside(*a)
            {
                cx.report_row(
                    Code::NoEffect,
                    format!(
                        "the event `{}` changes how `{}` votes, and it has no vote",
                        row.id, rules.agencies[*a].id
                    ),
                    "name an agency in the room, or use `Relation`",
                );
            }
        }
    }
    for (row, agency) in cx.m.agencies.iter().zip(&*rules.agencies) {
        cx.enter(row);
        if agency.outside && !agency.spells.is_empty() {
            cx.report_row(
                Code::NoEffect,
                format!("`{}` has `spells`, and it has no vote that they could move", row.id),
                "leave them out, or give it a seat",
            );
        }
    }
    for (row, file) in cx.m.live_files.iter().zip(&*rules.files) {
        cx.enter(row);
        if outside(file.sponsor) {
            cx.report_row(
                Code::NoEffect,
                format!(
                    "the file `{}` is pushed by `{}`, which has no vote",
                    row.id, rules.agencies[file.sponsor].id
                ),
                "let an agency in the room sponsor it",
            );
        }
    }
}

/// Titles before a name.
const TITLES: &[&str] = &[
    "Secretary",
    "President",
    "Minister",
    "Director",
    "Ambassador",
    "Chairman",
    "Senator",
    "Mr.",
    "Ms.",
    "Mrs.",
    "Dr.",
];
/// Given names that are often heard and are no other word, and family names that stand before them.
const GIVEN: &[&str] = &[
    "Aaron",
    "Adam",
    "Alejandro",
    "Alexander",
    "Alexei",
    "Amanda",
    "Andrew",
    "Angela",
    "Anthony",
    "Antony",
    "Barack",
    "Barbara",
    "Benjamin",
    "Boris",
    "Brian",
    "Carol",
    "Charles",
    "Christine",
    "Christopher",
    "Daniel",
    "David",
    "Deborah",
    "Dennis",
    "Dmitry",
    "Donald",
    "Donna",
    "Douglas",
    "Edward",
    "Elizabeth",
    "Emily",
    "Emmanuel",
    "Eric",
    "Evgeny",
    "George",
    "Gregory",
    "Henry",
    "Hillary",
    "Igor",
    "Ivan",
    "James",
    "Janet",
    "Jeffrey",
    "Jennifer",
    "Jessica",
    "John",
    "Jonathan",
    "Joseph",
    "Joshua",
    "Karen",
    "Kenneth",
    "Kevin",
    "Kim",
    "Larry",
    "Laura",
    "Linda",
    "Lisa",
    "Margaret",
    "Mary",
    "Matthew",
    "Melissa",
    "Michael",
    "Michelle",
    "Mikhail",
    "Nancy",
    "Narendra",
    "Nathan",
    "Nicholas",
    "Nikolai",
    "Patricia",
    "Patrick",
    "Paul",
    "Peter",
    "Rebecca",
    "Richard",
    "Robert",
    "Ronald",
    "Samuel",
    "Sarah",
    "Sergei",
    "Sergey",
    "Shinzo",
    "Stephanie",
    "Stephen",
    "Steven",
    "Susan",
    "Theresa",
    "Thomas",
    "Timothy",
    "Ursula",
    "Viktor",
    "Vladimir",
    "Volodymyr",
    "William",
    "Xi",
    "Yevgeny",
];
/// Words that follow a title and are no name.
const NO_NAMES: &[&str] =
    &["General", "Council", "Committee", "Policy", "Directive", "National", "For", "Of", "The"];

/// A person named in a text that nobody of record said.
fn named(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let title = pair[0].trim_start_matches(['(', '“', '"']);
        let name: String = pair[1].chars().take_while(|c| c.is_alphabetic()).collect();
        let is_name = name.len() > 2
            && name.starts_with(char::is_uppercase)
            && !name.chars().all(char::is_uppercase)
            && !NO_NAMES.contains(&name.as_str());
        (is_name && (TITLES.contains(&title) || GIVEN.contains(&title)))
            .then(|| format!("{title} {name}"))
    })
}

/// Words of the texts: persons in what is simulated, and years that are yet to come in a record.
fn words(cx: &Cx, rules: &Rules) {
    for (row, event) in cx.m.events.iter().zip(&*rules.events) {
        cx.enter(row);
        let mut places = Vec::new();
        prose_of(&row.raw.text, &mut places);
        for (_, c) in &row.raw.choices {
            places.push(&c.say);
            c.then.iter().chain(&c.replies).for_each(|t| prose_of(t, &mut places));
        }
        let place = |says: &str| places.iter().find(|p| p.text == says).map(|p| p.at);
        event.choices.iter().for_each(|c| spoken(cx, &c.id, &c.say, place(&c.say)));
        let told = event.text.texts();
        let follow = event.choices.iter().flat_map(|c| c.then.iter().chain(&c.replies));
        for text in told.chain(follow) {
            person(cx, row.id.as_str(), text, place(text.says()));
            let year = event.on.map(|d| d.civil().0);
            let later = text
                .says()
                .split(|c: char| !c.is_ascii_digit())
                .filter(|w| w.len() == 4)
                .filter_map(|w| w.parse::<i32>().ok())
                .find(|y| year.is_some_and(|year| *y > year && *y < 2100));
            if let (Text::Record { .. }, Some(later)) = (text, later) {
                cx.report_row(
                    Code::SourceLater,
                    format!("the record `{}` speaks of {later}, after its own day", row.id),
                    "tell it on its day, or in `aftermath`",
                );
            }
        }
    }
    for (row, campaign) in cx.m.campaigns.iter().zip(&*rules.campaigns) {
        cx.enter(row);
        for e in rules.evidence.iter().filter(|e| rules.campaigns[e.campaign].id == campaign.id) {
            let raw = row.raw.evidence.get(&e.id);
            person(cx, &e.id, &e.text, raw.and_then(|raw| text_at(&raw.text)));
        }
    }
    for (row, file) in cx.m.live_files.iter().zip(&*rules.files) {
        cx.enter(row);
        spoken(cx, row.id.as_str(), &file.says, Some(row.raw.says.at));
    }
    for (row, ending) in cx.m.endings.iter().zip(&*rules.endings) {
        cx.enter(row);
        spoken(cx, row.id.as_str(), &ending.says, Some(row.raw.says.at));
    }
    cx.enter_scenario();
    person(cx, "briefing", &rules.briefing, text_at(&cx.m.scenario.briefing));
}

/// Where the words of a text stand, version by version.
fn prose_of<'r>(text: &'r RawText, out: &mut Vec<&'r Prose>) {
    match text {
        RawText::Record(r) => out.push(&r.says),
        RawText::Simulated(s) => out.push(&s.says),
        RawText::First(list) => list.iter().for_each(|t| prose_of(t, out)),
    }
}

fn text_at(text: &RawText) -> Option<At> {
    let mut all = Vec::new();
    prose_of(text, &mut all);
    all.first().map(|p| p.at)
}

fn person(cx: &Cx, id: &str, text: &Text, at: Option<At>) {
    if let Text::Simulated { says, .. } = text {
        spoken(cx, id, says, at);
    }
}

/// Without a place the record's own is told.
fn spoken(cx: &Cx, id: &str, says: &str, at: Option<At>) {
    if let Some(who) = named(says) {
        cx.report(
            Code::NamedPerson,
            at.unwrap_or_default(),
            format!("the simulated text of `{id}` names a person: {who}"),
            "words that nobody of record said are signed by an institution and speak of offices",
        );
    }
}

/// Evidence dated before its campaign can be on the board.
fn evidence(cx: &Cx, rules: &Rules) {
    let first = |list: &[Condition]| {
        list.iter().filter_map(|c| if let Condition::From(d) = c { Some(*d) } else { None }).max()
    };
    for (row, campaign) in cx.m.campaigns.iter().zip(&*rules.campaigns) {
        cx.enter(row);
        let Some(appears) = first(&campaign.appears) else { continue };
        for (id, _) in &row.raw.evidence {
            let item = rules.evidence.iter().find(|e| *e.id == *id.text);
            if let Some(From::On(day)) = item.map(|e| &e.from)
                && *day < appears
            {
                cx.report(
                    Code::CannotHold,
                    id.at,
                    format!(
                        "the evidence `{id}` is dated {}, and its campaign appears on {}",
                        day.long(),
                        appears.long()
                    ),
                    "date it later, or let the campaign appear before",
                );
            }
        }
    }
}

fn tests(cx: &Cx, rules: &Rules) {
    for (row, test) in cx.m.tests.iter().zip(&*rules.tests) {
        cx.enter(row);
        let nothing = test.holds.iter().all(|(_, when)| when.iter().all(|c| always(rules, c)));
        if nothing {
            cx.report_row(
                Code::AlwaysHolds,
                format!("the test `{}` asserts nothing that can fail", row.id),
                "write under `holds` what must be so on which day",
            );
        }
    }
}

/// Flags that are set and that nobody reads.
fn flags(cx: &Cx) {
    let mut set: BTreeMap<&str, u32> = BTreeMap::new();
    for e in all_effects(cx) {
        if let RawEffect::SetFlag(id) | RawEffect::ClearFlag(id) = e {
            *set.entry(id.as_str()).or_default() += 1;
        }
    }
    cx.enter_scenario();
    for (i, flag) in cx.m.scenario.flags.iter().enumerate() {
        let times = set.get(flag.as_str()).copied().unwrap_or(0);
        if times > 0 && cx.uses(Table::Flag, i) <= times {
            cx.report(
                Code::NotUsed,
                flag.at,
                format!("the flag `{flag}` is set and nothing reads it"),
                "let a condition ask for it, or take it out where it is set",
            );
        }
    }
}

/// Sources of the scenario's own that nothing names.
fn sources(cx: &Cx) {
    for (i, row) in cx.m.sources.iter().enumerate().filter(|(_, row)| row.file == cx.m.file) {
        if cx.uses(Table::Source, i) == 0 {
            cx.enter(row);
            cx.report_row(
                Code::NotUsed,
                format!("nothing names the source `{}`", row.id),
                "name it where it holds something, or take it out",
            );
        }
    }
}
