//! What can be proposed: terms, venues, instruments, and the proof their gates ask for.

use super::super::loc::{Entries, Id};
use super::super::model::{
    Building, Decider, Effect, Gate, GateTest, Instrument, Overrules, Question, QuestionIx, Slot,
    Stage, Target, Term, TermIx, TermValue, Venue, Why, limits,
};
use super::super::raw;
use super::conditions::{Reader, per_mille};
use super::finding::Code;
use super::merge::{Row, Table};
use super::names::Cx;
use super::{calendar, campaigns, words};
use crate::luck::Site;
use crate::num::{Milli, ONE, byte};

pub fn terms(cx: &Cx) -> Vec<Term> {
    let mut all = Vec::new();
    for row in &cx.m.terms {
        cx.enter(row);
        if row.raw.values.is_empty() {
            cx.report_row(Code::MissingField, "this term has no values", "give it at least one");
        }
        let values = row.raw.values.iter().map(|(id, raw)| term_value(cx, id, raw)).collect();
        let (id, name) = (row.id.text.to_string(), cx.name(&row.raw.name));
        all.push(Term { id, name, once: row.raw.once, values });
    }
    all
}

fn term_value(cx: &Cx, id: &Id, raw: &raw::TermValue) -> TermValue {
    TermValue {
        id: id.text.to_string(),
        name: cx.name(&raw.name),
        moves: cx.moves(&raw.moves),
        strength: raw.strength.n,
        scales: raw.scales.iter().filter_map(|(i, p)| Some((cx.indicator_soft(i)?, p.n))).collect(),
        moves_agencies: raw
            .moves_agencies
            .iter()
            .filter_map(|(a, d)| {
                Some((cx.agency_soft(a)?, cx.within(d, -20, 20, "the move of a position")))
            })
            .collect(),
        staff: cx.staff(&raw.staff),
        capital: cx.capital(&raw.capital),
        adds: calendar::span(raw.adds.as_ref()),
        waits_for: cx.conditions(&raw.waits_for, Reader::Player),
        likely: cx.share(&raw.likely, "the likelihood"),
        needs: cx.needs(&raw.needs),
    }
}

/// Bars and a decider exclude each other; a venue without either would let everything pass.
fn bars(cx: &Cx, raw: &raw::Venue) -> [Milli; 4] {
    let Some(bars) = &raw.stops else {
        if raw.decides.is_none() {
            cx.report_row(
                Code::MissingField,
                "nobody can stop anything at this venue",
                "give it `stops`, or `decides` where one person decides alone",
            );
        }
        return [0; 4];
    };
    if let Some(d) = &raw.decides {
        cx.report(
            Code::OutOfRange,
            d.bar.at,
            "this venue has both `stops` and `decides`; whoever decides alone needs no votes",
            "keep one of the two",
        );
    }
    let bar = |d, what| cx.within(d, -20, 20, what);
    [
        bar(&bars.lead, "the bar for the lead"),
        bar(&bars.veto, "the bar for a holder of the veto"),
        bar(&bars.consulted, "the bar for those consulted"),
        bar(&bars.others, "the bar for the others"),
    ]
}

fn overrules(cx: &Cx, raw: &raw::Overrules) -> Overrules {
    if !raw.consulted && !raw.others {
        cx.report(
            Code::MissingField,
            raw.most.at,
            "it may overrule nobody: neither `consulted` nor `others` is true",
            "say whom, or leave `overrules` out",
        );
    }
    Overrules {
        most: byte(
            cx.count(&raw.most, 1, limits::AGENCIES as u32, "how many it overrules") as usize
        ),
        consulted: raw.consulted,
        others: raw.others,
        reach: cx.within(&raw.reach, 0, 1, "the reach for a point of authority"),
        relation: cx.within(&raw.relation, -50, 0, "what overruling does to the relationship"),
        authority: cx.within(&raw.authority, -20, 0, "what overruling does to authority"),
    }
}

fn decider(cx: &Cx, raw: &raw::Decider) -> Decider {
    let cares = raw
        .cares
        .iter()
        .filter_map(|(id, d)| Some((cx.indicator_soft(id)?, cx.within(d, -5, 5, "the weight"))));
    Decider {
        bar: cx.within(&raw.bar, -20, 20, "the bar"),
        starts: cx.within(&raw.starts, -20, 20, "where the vote starts"),
        confidence: cx.within(&raw.confidence, 0, 1, "the points for a point of confidence"),
        cares: cares.collect(),
        minds_windows: raw.minds_windows.n,
    }
}

pub fn venues(cx: &Cx) -> Vec<Venue> {
    let mut all = Vec::new();
    for row in &cx.m.venues {
        cx.enter(row);
        let raw = row.raw;
        all.push(Venue {
            id: row.id.text.to_string(),
            name: cx.name(&raw.name),
            short: cx.short(&raw.short),
            means: cx.means(&raw.means),
            staff: cx.staff(&raw.staff),
            capital: cx.capital(&raw.capital),
            needs_authority: cx.within(&raw.needs_authority, 0, 100, "the authority needed"),
            stops: bars(cx, raw),
            overrules: raw.overrules.as_ref().map_or(Overrules::default(), |o| overrules(cx, o)),
            decides: raw.decides.as_ref().map(|d| decider(cx, d)),
        });
    }
    if all.is_empty() && !cx.incomplete(Table::Venue) {
        cx.enter_scenario();
        cx.report_row(
            Code::MissingRole,
            "the rulebook has no venues",
            "give at least one under `venues`",
        );
    }
    all
}

pub fn instruments(cx: &Cx) -> Vec<Instrument> {
    cx.m.instruments.iter().filter_map(|row| instrument(cx, row)).collect()
}

fn instrument(cx: &Cx, row: &Row<raw::Instrument>) -> Option<Instrument> {
    cx.enter(row);
    let (raw, id) = (row.raw, row.id.as_str());
    let agencies = |list: &[Id], what: &str| {
        list.iter()
            .filter_map(|id| {
                let ix = cx.agency_soft(id)?;
                in_the_room(cx, id, what);
                Some(ix)
            })
            .collect()
    };
    let lead = cx.agency(&raw.lead);
    in_the_room(cx, &raw.lead, "leads this instrument");
    let gates: Vec<Gate> = raw
        .gates
        .iter()
        .map(|g| Gate {
            role: g.role,
            needs: per_mille(cx.share(&g.needs, "the probability a gate needs")),
            of: g.of,
            for_gain: g.for_gain,
        })
        .collect();
    if raw.yours && raw.targets.is_empty() {
        cx.report_row(
            Code::MissingField,
            "this instrument can be aimed at nothing",
            "name at least one kind in `targets`",
        );
    }
    if raw.hands_over.is_empty() {
        cx.report_row(
            Code::MissingField,
            "`hands_over` is empty",
            "every tool gives somebody something; say what",
        );
    }
    for (recipient, says) in &raw.hands_over {
        cx.words(says, words::LINE, &format!("what it hands to `{recipient}`"));
    }
    Some(Instrument {
        id: id.to_owned(),
        name: cx.title(&raw.name),
        short: cx.short(&raw.short),
        plural: raw.plural,
        means: cx.means(&raw.means),
        consults: agencies(&raw.consults, "is consulted"),
        veto: agencies(&raw.veto, "has a veto"),
        lane: raw.lane,
        yours: raw.yours,
        kinds: raw.targets.clone(),
        targets: targets_of(cx, &raw.targets),
        slots: slots(cx, &raw.terms),
        gates,
        needs: cx.needs(&raw.needs),
        staff: cx.staff(&raw.staff),
        capital: cx.capital(&raw.capital),
        building: raw.building.as_ref().and_then(|b| building(cx, raw, b)),
        stages: stages(cx, &raw.stages),
        on_clear: cx.moves(&raw.on_clear),
        on_launch: cx.moves(&raw.on_launch),
        also_on_launch: no_launches(cx, &raw.also_on_launch),
        while_active: cx.moves(&raw.while_active),
        lasts: raw.lasts.as_ref().map_or(0, |l| cx.days(l, "how long it lasts")),
        fades: cx.decay(raw.fades.as_ref(), "the half-life"),
        on_end: cx.moves(&raw.on_end),
        on_withdraw: cx.moves(&raw.on_withdraw),
        disrupts: cx.share(&raw.disrupts, "the share it cuts"),
        punishes: raw.punishes,
        fulfils: raw.fulfils.iter().filter_map(|id| cx.instrument_soft(id)).collect(),
        repeats_at: cx.share(&raw.repeats_at, "what each repeat leaves"),
        recovers: cx.decay(raw.recovers_in.as_ref(), "the half-life"),
        unlimited: raw.unlimited,
        window: raw.window.n,
        window_on: window_on(cx, raw),
        hands_over: raw
            .hands_over
            .iter()
            .map(|(k, v)| (k.text.to_string(), crate::text::fold_paragraphs(&v.text)))
            .collect(),
        why: cx.why(&raw.why).unwrap_or(Why::Judgement(String::new())),
        clear_site: Site::of("clear", id),
        stage_site: Site::of("stage", id),
        build_site: Site::of("build", id),
        lead: lead?,
    })
}

fn stages(cx: &Cx, raw: &[raw::Stage]) -> Vec<Stage> {
    let stage = |s: &raw::Stage| Stage {
        name: cx.words(&s.name, words::NAME, "the stage"),
        takes: s.takes.span,
    };
    raw.iter().map(stage).collect()
}

fn building(cx: &Cx, of: &raw::Instrument, raw: &raw::Building) -> Option<Building> {
    if raw.stages.is_empty() {
        cx.report_row(
            Code::MissingField,
            "`building` has no stages, so nothing would be built",
            "give it at least one, or leave `building` out",
        );
        return None;
    }
    if !of.yours {
        cx.report_row(
            Code::Contradiction,
            "this instrument is not the player's, so nobody can order its file",
            "leave `building` out: its stages belong in `stages`",
        );
    }
    Some(Building {
        staff: cx.staff(&raw.staff),
        capital: cx.capital(&raw.capital),
        stages: stages(cx, &raw.stages),
    })
}

/// What a launch also does; a launch sets off no other, so that nothing can go round in a ring.
fn no_launches(cx: &Cx, list: &[raw::Effect]) -> Vec<Effect> {
    for a in list {
        if let raw::Effect::Launch(id, _) = a {
            cx.report(
                Code::Contradiction,
                id.at,
                "`also_on_launch` may not launch another instrument",
                "let an event do it: Chain an event that has the Launch",
            );
        }
    }
    cx.also(list)
}

/// The talks, and what else the instrument says its windows scale.
fn window_on(cx: &Cx, raw: &raw::Instrument) -> u64 {
    let talks =
        cx.m.roles
            .iter()
            .find(|row| row.id == "talks")
            .and_then(|row| cx.indicator(row.raw))
            .map_or(0, |i| 1u64 << i.0);
    raw.window_on.iter().filter_map(|id| cx.indicator(id)).fold(talks, |mask, i| mask | 1 << i.0)
}

fn in_the_room(cx: &Cx, id: &Id, what: &str) {
    if cx.m.agencies.iter().any(|row| row.id == id && row.raw.outside) {
        cx.report(
            Code::Contradiction,
            id.at,
            format!("`{id}` {what}, but it is outside the room"),
            "name an agency with a seat",
        );
    }
}

/// Targets of these kinds as a mask.
fn targets_of(cx: &Cx, kinds: &[raw::Kind]) -> u32 {
    let hit =
        cx.m.targets.iter().enumerate().take(32).filter(|(_, row)| kinds.contains(&row.raw.kind));
    hit.fold(0, |mask, (i, _)| mask | 1 << i)
}

fn slots(cx: &Cx, raw: &Entries<Vec<Id>>) -> Vec<Slot> {
    let mut all = Vec::new();
    for (id, offered) in raw {
        let Some(term) = cx.term_soft(id) else { continue };
        let Some(row) = cx.m.terms.get(term.i()) else { continue };
        if offered.is_empty() {
            cx.report(
                Code::MissingField,
                id.at,
                format!("no value of `{id}` is on offer"),
                "list at least one, the lead's draft first",
            );
        }
        let mut values: Vec<u8> = Vec::new();
        for value in offered {
            let Some(i) = cx
                .pick(row.raw.values.keys(), value, &format!("a value of term `{id}`"))
                .and_then(|i| u8::try_from(i).ok())
            else {
                continue;
            };
            if values.contains(&i) {
                cx.report(Code::DuplicateId, value.at, format!("`{value}` is offered twice"), "");
            }
            values.push(i);
        }
        all.push(Slot { term: TermIx::at(term.i()), values });
    }
    all
}

/// The distinct probabilities gates ask for, and which of them opens each instrument on each
/// target. A target without any role that is asked about has a gate that never opens: no proof
/// could.
pub fn gates(cx: &Cx, targets: &[Target]) -> (Vec<Question>, Vec<Vec<Vec<GateTest>>>) {
    let mut questions: Vec<Question> = Vec::new();
    let mut tests = Vec::new();
    let mut shut: Vec<Shut> = targets.iter().map(|_| Shut::default()).collect();
    for row in &cx.m.instruments {
        let by_target = targets
            .iter()
            .zip(&mut shut)
            .map(|(target, shut)| gate(cx, row, target, &mut questions, shut))
            .collect();
        tests.push(by_target);
    }
    for (place, shut) in cx.m.targets.iter().zip(shut) {
        never_open(cx, place, &shut);
    }
    (questions, tests)
}

/// What can never be aimed at a target: the instruments, and the roles they ask about.
#[derive(Default)]
struct Shut {
    instruments: Vec<String>,
    roles: Vec<String>,
}

fn never_open(cx: &Cx, place: &Row<raw::Target>, shut: &Shut) {
    let Some((last, first)) = shut.instruments.split_last() else { return };
    let (who, they, ask) = if first.is_empty() {
        (format!("`{last}`"), "it", "asks")
    } else {
        (format!("`{}` and `{last}`", first.join("`, `")), "they", "ask")
    };
    cx.enter(place);
    cx.report_row(
        Code::NoGate,
        format!(
            "{who} {ask} for proof of {}, and this target has no such role, so {they} can never be \
             aimed here",
            shut.roles.join(" or ")
        ),
        "give the target one of these under `roles`, with its campaign, unless that is meant",
    );
}

fn gate(
    cx: &Cx,
    row: &Row<raw::Instrument>,
    target: &Target,
    questions: &mut Vec<Question>,
    shut: &mut Shut,
) -> Vec<GateTest> {
    let mut open: Vec<GateTest> = Vec::new();
    let Some(first) = row.raw.gates.first().filter(|_| row.raw.targets.contains(&target.kind))
    else {
        return open;
    };
    let mut ask = |question: Question| {
        let known = questions.iter().position(|q| *q == question);
        QuestionIx::at(known.unwrap_or_else(|| {
            questions.push(question);
            // More than fit are refused when all are known.
            questions.len().saturating_sub(1).min(super::super::index::limits::QUESTIONS)
        }))
    };
    for gate in &row.raw.gates {
        let Some(campaign) = target.campaign else { continue };
        for (_, mask) in target.roles.iter().filter(|(role, _)| *role == gate.role) {
            let apart = if gate.for_gain { campaigns::espionage(cx, campaign) } else { 0 };
            let question = ask(Question { campaign, of: gate.of, mask: mask & !apart });
            open.push(GateTest {
                for_gain: gate.for_gain,
                role: gate.role,
                needs: per_mille(gate.needs.n.min(100)),
                question,
            });
        }
    }
    if open.is_empty() {
        let question =
            ask(Question { campaign: target.campaign.unwrap_or_default(), of: first.of, mask: 0 });
        open.push(GateTest { role: first.role, needs: ONE, question, for_gain: first.for_gain });
        // A campaign that could not be read may have been what the proof is about.
        let unread = cx.incomplete(Table::Campaign);
        if row.raw.yours && !unread {
            shut.instruments.push(row.id.text.to_string());
            for role in row.raw.gates.iter().map(|g| format!("{:?}", g.role)) {
                if !shut.roles.contains(&role) {
                    shut.roles.push(role);
                }
            }
        }
        if cx.m.campaigns.is_empty() && !unread {
            cx.enter(row);
            cx.report_row(
                Code::MissingField,
                "gates ask for proof, and the scenario has no campaign to prove anything about",
                "",
            );
        }
    }
    open
}
