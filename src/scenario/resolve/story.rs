//! What a scenario tells: live files, events, propositions, endings, teaching notes; and the codex,
//! critics and sources.

use super::super::loc::{Date, Entries, Id, Prose};
use super::super::model::{
    self, Choice, Codex, Critic, Ending, Event, LiveFile, Proposition, Slot, Source, SourcePart,
    Teaching, limits,
};
use super::super::raw;
use super::conditions::Reader;
use super::finding::Code;
use super::merge::{Row, Table};
use super::names::Cx;
use super::words;
use crate::luck::Site;
use crate::num::byte;

pub fn files(cx: &Cx, slots: &[Vec<Slot>]) -> Vec<LiveFile> {
    cx.m.live_files.iter().filter_map(|row| live_file(cx, row, slots)).collect()
}

fn live_file(cx: &Cx, row: &Row<raw::LiveFile>, slots: &[Vec<Slot>]) -> Option<LiveFile> {
    cx.enter(row);
    let raw = row.raw;
    let (instrument, target, sponsor) =
        (cx.instrument(&raw.propose), cx.target(&raw.target), cx.agency(&raw.sponsor));
    if let (Some(i), Some(t)) = (
        instrument.and_then(|i| cx.m.instruments.get(i.i())),
        target.and_then(|t| cx.m.targets.get(t.i())),
    ) {
        if !i.raw.targets.contains(&t.raw.kind) {
            cx.report(
                Code::Contradiction,
                raw.target.at,
                format!("`{}` cannot be aimed at {:?}, which `{}` is", i.id, t.raw.kind, t.id),
                "",
            );
        }
        if !i.raw.yours {
            cx.report(
                Code::Contradiction,
                raw.propose.at,
                format!("`{}` is not the player's to propose", i.id),
                "only its asks are",
            );
        }
    }
    if let (Some(date), Some(last)) = (&raw.from, cx.played().last())
        && date.day >= last.ends
    {
        cx.report(Code::OutsideCalendar, date.at, "this file opens after the game ends", "");
    }
    if let (Some(date), Some(first)) = (&raw.until, cx.turns.first())
        && date.day <= first.opens
    {
        cx.report(Code::OutsideCalendar, date.at, "this file closes before the game begins", "");
    }
    if let (Some(from), Some(until)) = (&raw.from, &raw.until)
        && from.day >= until.day
    {
        cx.report(Code::Contradiction, until.at, "this file closes before it opens", "");
    }
    let mut terms = [0u8; limits::SLOTS];
    if let Some(ix) = instrument {
        for (slot, position) in
            draft(cx, ix.i(), &raw.terms, slots.get(ix.i()).map_or(&[], Vec::as_slice))
        {
            if let Some(t) = terms.get_mut(slot) {
                *t = position;
            }
        }
    }
    Some(LiveFile {
        id: row.id.text.to_string(),
        name: cx.name(&raw.name),
        says: cx.words(&raw.says, words::LINE, "why it is on the desk"),
        ready: cx.share(&raw.ready, "how much of the pipeline is done"),
        terms,
        from: raw.from.map(|d| d.day),
        until: raw.until.map(|d| d.day),
        when: cx.conditions(&raw.when, Reader::Player),
        closed: raw.closed,
        pushes: cx.within(&raw.pushes, -20, 20, "what the sponsor adds"),
        instrument: instrument?,
        target: target?,
        sponsor: sponsor?,
    })
}

/// Slots and positions of the terms named, checked against what the instrument offers.
pub fn draft(cx: &Cx, instrument: usize, terms: &Entries<Id>, slots: &[Slot]) -> Vec<(usize, u8)> {
    let Some(row) = cx.m.instruments.get(instrument) else { return Vec::new() };
    let mut all = Vec::new();
    for (term, value) in terms {
        let what = format!("a term of instrument `{}`", row.id);
        let Some(slot) = cx.pick(row.raw.terms.keys(), term, &what) else { continue };
        let offered = row.raw.terms.iter().nth(slot).map_or(&[][..], |(_, v)| v.as_slice());
        let what = format!("a value `{}` offers of `{term}`", row.id);
        let Some(position) = cx.pick(offered.iter().map(Id::as_str), value, &what) else {
            continue;
        };
        if slot < slots.len()
            && let Ok(position) = u8::try_from(position)
        {
            all.push((slot, position));
        }
    }
    all
}

pub fn events(cx: &Cx) -> Vec<Event> {
    cx.m.events.iter().map(|row| event(cx, row)).collect()
}

fn event(cx: &Cx, row: &Row<raw::Event>) -> Event {
    cx.enter(row);
    let (raw, id) = (row.raw, row.id.as_str());
    if raw.chained
        && let Some(on) = &raw.on
    {
        cx.report(
            Code::Contradiction,
            on.at,
            "this event has a day and is `chained`, so that only other records set it off",
            "leave one of the two out",
        );
    }
    if let Some(on) = &raw.on {
        cx.in_calendar(on.day, on.at, "this event is dated");
    }
    let choices: Vec<Choice> = raw.choices.iter().map(|(id, c)| choice(cx, id, c)).collect();
    if choices.len() > limits::CHOICES {
        cx.report_row(
            Code::TooMany,
            format!("{} choices; at most {} fit", choices.len(), limits::CHOICES),
            "",
        );
    }
    let default = default_choice(cx, raw);
    if raw.at_once {
        at_once(cx, row);
    }
    Event {
        id: id.to_owned(),
        kind: raw.kind,
        title: cx.words(&raw.title, words::NAME, "the title"),
        from: raw.from.as_ref().and_then(|a| cx.agency(a)),
        on: raw.on.map(|d| d.day),
        turn: raw.on.and_then(|d| cx.turn_at_whose_end(d.day)),
        when: cx.conditions(&raw.when, Reader::Engine),
        chance: cx.share(&raw.chance, "the chance in 30 days"),
        weight: cx.count(&raw.weight, 1, 1000, "the weight"),
        rests: raw.rests.as_ref().map_or(0, |l| cx.days(l, "the rest")),
        chained: raw.chained,
        text: cx.telling(&raw.text, words::WORDS_OF_AN_EVENT, "the text"),
        moves: cx.moves(&raw.moves),
        also: cx.also(&raw.also),
        choices,
        default,
        at_once: raw.at_once,
        site: Site::of("event", id),
    }
}

/// An order within a turn is certain and draws no luck, so an answer that takes effect at once may
/// not either.
fn at_once(cx: &Cx, row: &Row<raw::Event>) {
    if row.raw.choices.is_empty() {
        cx.report_row(
            Code::Contradiction,
            "this event is `at_once` and asks nothing",
            "leave `at_once` out",
        );
    }
    let plain = |a: &raw::Effect| match a {
        raw::Effect::SetFlag(_)
        | raw::Effect::ClearFlag(_)
        | raw::Effect::Relation(..)
        | raw::Effect::Lean(..)
        | raw::Effect::Busy(..) => true,
        raw::Effect::Chain(..)
        | raw::Effect::Evidence(..)
        | raw::Effect::Tell(_)
        | raw::Effect::OpenFile(_)
        | raw::Effect::CloseFile(_)
        | raw::Effect::Ready(..)
        | raw::Effect::Refresh(..)
        | raw::Effect::Disrupt(..)
        | raw::Effect::End(_)
        | raw::Effect::Launch(..)
        | raw::Effect::Halt(_)
        | raw::Effect::Guidance(_) => false,
    };
    for (id, c) in &row.raw.choices {
        if !c.also.iter().all(plain) {
            let hint = "besides `moves` an answer at once may set flags, move relationships and leanings, and keep \
                        an agency busy; leave `at_once` out for more";
            cx.report(
                Code::Contradiction,
                id.at,
                format!("the choice `{id}` does something that waits for the end of the turn"),
                hint,
            );
        }
    }
}

/// The choice that stands if the player says nothing: it must be open to a player with nothing.
fn default_choice(cx: &Cx, raw: &raw::Event) -> u8 {
    let Some(named) = &raw.default else {
        if !raw.choices.is_empty() {
            cx.report_row(
                Code::NoDefault,
                "this event has choices and no `default`",
                "name the choice that stands if the player says nothing",
            );
        }
        return 0;
    };
    if raw.choices.is_empty() {
        cx.report(
            Code::Contradiction,
            named.at,
            "`default` names a choice and the event has none",
            "leave it out",
        );
        return 0;
    }
    let Some(i) = cx.pick(raw.choices.keys(), named, "a choice of this event") else {
        return 0;
    };
    if let Some((_, c)) = raw.choices.iter().nth(i)
        && (c.staff.n > 0 || c.capital.n > 0 || !c.needs.is_empty())
    {
        let hint = "let the default cost nothing and need nothing, or name another";
        cx.report(
            Code::NoDefault,
            named.at,
            format!(
                "the default `{named}` has a price or a need, so it may not be open to everybody"
            ),
            hint,
        );
    }
    byte(i)
}

fn choice(cx: &Cx, id: &Id, raw: &raw::Choice) -> Choice {
    cx.brief(&raw.say, words::WORDS_OF_A_CHOICE, "a choice");
    if raw.replies.len() > limits::REPLIES {
        cx.report(
            Code::TooMany,
            id.at,
            format!("{} replies; at most {} fit side by side", raw.replies.len(), limits::REPLIES),
            "",
        );
    }
    Choice {
        id: id.text.to_string(),
        say: cx.words(&raw.say, words::LINE, "a choice"),
        staff: cx.staff(&raw.staff),
        capital: cx.capital(&raw.capital),
        needs: cx.needs(&raw.needs),
        moves: cx.moves(&raw.moves),
        also: cx.also(&raw.also),
        then: raw.then.as_ref().and_then(|t| cx.text(t, words::WORDS_OF_AN_EVENT, "what follows")),
        replies: raw
            .replies
            .iter()
            .filter_map(|t| cx.text(t, words::WORDS_OF_AN_EVENT, "a reply"))
            .collect(),
    }
}

/// What stands on the desk, where the scenario says so.
pub fn desk(cx: &Cx) -> Vec<model::IndicatorIx> {
    cx.enter_scenario();
    let list = &cx.m.scenario.desk;
    if list.len() > limits::DESK {
        cx.report_row(
            Code::TooMany,
            format!("{} values on the desk; at most {} fit", list.len(), limits::DESK),
            "",
        );
    }
    let mut out = Vec::new();
    for id in list {
        let Some(i) = cx.indicator(id) else { continue };
        let row = cx.m.indicators.get(i.i());
        let hidden = row.is_some_and(|r| matches!(r.raw.seen, raw::Seen::Hidden));
        if hidden || out.contains(&i) {
            let (what, hint) = if hidden {
                ("is hidden: nobody sees it", "name one that is seen, or change `seen`")
            } else {
                ("stands on the desk already", "take one of the two away")
            };
            cx.report(Code::Contradiction, id.at, format!("`{id}` {what}"), hint);
        }
        out.push(i);
    }
    out
}

pub fn propositions(cx: &Cx) -> Vec<Proposition> {
    let last = byte(cx.played().len().saturating_sub(1));
    let mut all = Vec::new();
    for row in &cx.m.propositions {
        cx.enter(row);
        let raw = row.raw;
        if raw.when.is_empty() {
            cx.report_row(
                Code::MissingField,
                "this proposition says nothing that could be true or false",
                "give it `when`",
            );
        }
        if let Some(by) = &raw.by {
            cx.in_calendar(by.day, by.at, "this proposition is judged on");
        }
        all.push(Proposition {
            id: row.id.text.to_string(),
            says: cx.words(&raw.says, words::LINE, "the proposition"),
            when: cx.conditions(&raw.when, Reader::Engine),
            turn: raw.by.as_ref().and_then(|d| cx.turn_of(d.day)).unwrap_or(last),
            by: raw.by.map(|d| d.day),
            ever: raw.ever,
            stated: raw.stated,
            checkpoint: raw.checkpoint,
        });
    }
    all
}

pub fn endings(cx: &Cx) -> Vec<Ending> {
    let count = cx.m.endings.len();
    let mut all = Vec::new();
    for (i, row) in cx.m.endings.iter().enumerate() {
        cx.enter(row);
        let raw = row.raw;
        let (always, last) = (raw.when.is_empty(), i.saturating_add(1) == count);
        if last && (!always || raw.early) && !cx.incomplete(Table::Ending) {
            let hint = if always {
                "take `early` away from it"
            } else {
                "let the last ending have `when: []` and no `early`, for every game that fits no \
                 other"
            };
            cx.report_row(
                Code::MissingField,
                "the last ending does not stand for every game",
                hint,
            );
        } else if always && raw.early {
            cx.report_row(
                Code::Contradiction,
                "this ending is early and has no condition, so the game would end at once",
                "give it `when`",
            );
        } else if always && !last {
            cx.report_row(
                Code::NeverHappens,
                "this ending holds always, so none after it is ever reached",
                "put it last",
            );
        }
        for (world, says) in &raw.by_world {
            cx.world_soft(world);
            cx.words(says, words::PARAGRAPH, "the paragraph for a world");
        }
        let by_world = cx.m.worlds.iter().map(|w| {
            raw.by_world
                .get(w.id.as_str())
                .map_or(String::new(), |p| crate::text::fold_paragraphs(&p.text))
        });
        all.push(Ending {
            id: row.id.text.to_string(),
            title: cx.words(&raw.title, words::NAME, "the title"),
            when: cx.conditions(&raw.when, Reader::Engine),
            early: raw.early,
            says: cx.words(&raw.says, words::PAGE, "the ending"),
            lines: raw
                .lines
                .iter()
                .map(|l| {
                    let when = cx.conditions(&l.when, Reader::Engine);
                    (when, cx.words(&l.says, words::PARAGRAPH, "a line of the ending"))
                })
                .collect(),
            by_world: by_world.collect(),
        });
    }
    if all.is_empty() && !cx.incomplete(Table::Ending) {
        cx.enter_scenario();
        cx.report_row(
            Code::MissingField,
            "the scenario has no ending",
            "give it at least one, without `when`",
        );
    }
    all
}

/// What `check --deep` may find and the author means.
pub fn accepted(cx: &Cx) -> Vec<(String, String)> {
    cx.enter_scenario();
    let mut out = Vec::new();
    for (table, ids) in &cx.m.scenario.accepted {
        for (id, reason) in ids {
            if reason.text.trim().is_empty() {
                cx.report(
                    Code::EmptyText,
                    id.at,
                    format!("`{id}` is accepted without a reason"),
                    "say in a sentence why it is meant",
                );
            }
            accepted_of(cx, table, id);
            out.push((table.text.to_string(), id.text.to_string()));
        }
    }
    out
}

/// What is accepted of a record names a record that is there.
fn accepted_of(cx: &Cx, table: &Id, id: &Id) {
    match table.as_str() {
        "events" | "questions" => _ = cx.event(id),
        "endings" => _ = cx.find(Table::Ending, id),
        "responses" | "words" => _ = cx.response(id),
        "instruments" => _ = cx.instrument(id),
        "propositions" => _ = cx.proposition(id),
        "live_files" => _ = cx.file(id),
        "limits" => _ = cx.indicator(id),
        "answers" => accepted_answer(cx, id),
        // Their ids are made of others, or say a kind of finding; the deep check knows them.
        _ => {}
    }
}

/// An answer is named by its event and its own id.
fn accepted_answer(cx: &Cx, id: &Id) {
    let names: Vec<String> = cx
        .m
        .events
        .iter()
        .flat_map(|row| row.raw.choices.iter().map(move |(c, _)| format!("{}_{c}", row.id.text)))
        .collect();
    if cx.is_poisoned() || names.contains(&id.text.to_string()) {
        return;
    }
    let near = super::super::problem::did_you_mean(&id.text, names.iter().map(String::as_str))
        .map_or(String::new(), |near| format!("did you mean `{near}`?"));
    cx.report(Code::UnknownId, id.at, format!("there is no answer `{id}`"), near);
}

pub fn teaching(cx: &Cx) -> Teaching {
    cx.enter_scenario();
    let raw = &cx.m.scenario.teaching;
    Teaching {
        goals: cx.word_list(&raw.goals, words::PARAGRAPH, "a goal"),
        questions: cx.word_list(&raw.questions, words::PARAGRAPH, "a question"),
        notes: cx.words_or_none(&raw.notes, words::PAGE, "the notes"),
        aftermath: raw
            .aftermath
            .iter()
            .filter_map(|t| cx.text(t, words::WORDS_OF_AN_EVENT, "what happened afterwards"))
            .collect(),
        cautions: cx.word_list(&raw.cautions, words::PARAGRAPH, "a caution"),
    }
}

pub fn codex(cx: &Cx) -> Vec<Codex> {
    let mut all = Vec::new();
    for row in &cx.m.codex {
        cx.enter(row);
        let raw = row.raw;
        all.push(Codex {
            id: row.id.text.to_string(),
            title: cx.words(&raw.title, words::NAME, "the title"),
            short: raw.short.as_ref().map(|p| cx.words(p, words::SHORT, "the abbreviation")),
            says: cx.words(&raw.says, words::PAGE, "the entry"),
            sources: raw.sources.iter().filter_map(|id| cx.source_soft(id)).collect(),
            see: raw.see.iter().filter_map(|id| cx.codex_soft(id)).collect(),
            after: raw.after.map(|d| d.day),
        });
    }
    all
}

pub fn critics(cx: &Cx) -> Vec<Critic> {
    let mut all = Vec::new();
    for row in &cx.m.critics {
        cx.enter(row);
        let raw = row.raw;
        all.push(Critic {
            id: row.id.text.to_string(),
            title: cx.words(&raw.title, words::NAME, "the title"),
            says: cx.words(&raw.says, words::PAGE, "the argument"),
            sources: raw.sources.iter().filter_map(|id| cx.source_soft(id)).collect(),
            when: cx.conditions(&raw.when, Reader::Engine),
        });
    }
    all
}

pub fn sources(cx: &Cx) -> Vec<Source> {
    let mut all = Vec::new();
    for row in &cx.m.sources {
        cx.enter(row);
        let raw = row.raw;
        let says = |p: &Prose| cx.words(p, words::PARAGRAPH, "the source");
        let one =
            |p: &Prose, date: Option<Date>| SourcePart { says: says(p), date: date.map(|d| d.day) };
        let mut parts: Vec<SourcePart> = raw.parts.iter().map(|p| one(&p.says, p.date)).collect();
        let remark = match (&raw.says, parts.is_empty()) {
            (Some(whole), true) => {
                parts.push(one(whole, raw.date));
                String::new()
            }
            (Some(remark), false) => says(remark),
            (None, true) => {
                cx.report_row(
                    Code::MissingField,
                    "this source says nothing",
                    "give it `says`, or `parts` with a day each",
                );
                String::new()
            }
            (None, false) => String::new(),
        };
        if let (Some(date), false) = (&raw.date, raw.parts.is_empty()) {
            cx.report(
                Code::Contradiction,
                date.at,
                "this source has parts and a date of its own",
                "date the parts",
            );
        }
        all.push(Source { id: row.id.text.to_string(), says: remark, parts });
    }
    all
}
