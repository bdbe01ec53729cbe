//! Those in the room and what can be asked of them: agencies and voices, tasks, asks, promises,
//! reforms.

use super::super::loc::Prose;
use super::super::model::{
    Agency, Ask, EvidenceIx, Promise, RedLine, Reform, Spell, Task, Voice, Why, limits,
};
use super::super::raw;
use super::conditions::Reader;
use super::finding::Code;
use super::names::Cx;
use super::words;
use crate::luck::Site;
use crate::num::Milli;

pub fn agencies(cx: &Cx) -> Vec<Agency> {
    let voices: Vec<Voice> = cx.m.agencies.iter().map(|row| voice(cx, row.id.as_str())).collect();
    for row in &cx.m.voices {
        cx.enter(row);
        cx.agency_soft(row.id);
    }
    let mut all = Vec::new();
    for (row, voice) in cx.m.agencies.iter().zip(voices) {
        cx.enter(row);
        let raw = row.raw;
        let red_lines = raw.red_lines.iter().filter_map(|line| {
            let says = cx.words(&line.says, words::LINE, "the red line");
            if line.when.is_empty() {
                cx.report(
                    Code::MissingField,
                    line.says.at,
                    "this red line has no condition, so it would always block",
                    "give it one, or a lean of -10",
                );
            }
            let when = cx.conditions(&line.when, Reader::Player);
            Some(RedLine { instrument: cx.instrument_soft(&line.instrument)?, when, says })
        });
        let red_lines = red_lines.collect();
        let spells = raw.spells.iter().map(|spell| {
            cx.no_quotes(&spell.says, "what an agency has on its mind");
            Spell {
                says: cx.words(&spell.says, words::SPELL, "what an agency has on its mind"),
                points: cx.within(&spell.points, -5, 5, "the points"),
                lasts: spell.lasts.span,
            }
        });
        let spells: Vec<Spell> = spells.collect();
        if let Some(beyond) = raw.spells.get(limits::SPELLS) {
            cx.report(
                Code::TooMany,
                beyond.says.at,
                format!("{} spells; at most {} fit", spells.len(), limits::SPELLS),
                "drop some",
            );
        }
        for (id, value) in &raw.believes {
            let Some(rule) = cx.assumption_soft(id).and_then(|ix| cx.m.assumptions.get(ix.i()))
            else {
                continue;
            };
            if value.milli < rule.raw.least.milli || value.milli > rule.raw.most.milli {
                let (least, most) = (
                    super::amounts::show(rule.raw.least.milli),
                    super::amounts::show(rule.raw.most.milli),
                );
                cx.report(
                    Code::OutOfRange,
                    value.at,
                    format!(
                        "it believes `{id}` to be {}, outside its range {least} to {most}",
                        super::amounts::show(value.milli)
                    ),
                    "",
                );
            }
        }
        let believes =
            cx.m.assumptions.iter().zip(&cx.assumed).map(|(a, assumed)| {
                raw.believes.get(a.id.as_str()).map_or(assumed.value, |d| d.milli)
            });
        all.push(Agency {
            id: row.id.text.to_string(),
            name: cx.title(&raw.name),
            short: cx.words(&raw.short, words::COLUMN, "the short name"),
            mandate: cx.words(&raw.mandate, words::PARAGRAPH, "the mandate"),
            wants: cx.words(&raw.wants, words::PARAGRAPH, "what it wants"),
            fears: cx.words(&raw.fears, words::PARAGRAPH, "what it fears"),
            writes: raw
                .writes
                .as_ref()
                .map_or_else(String::new, |w| cx.words(w, words::PARAGRAPH, "how it writes")),
            cares: by_row(
                cx.m.indicators.len(),
                raw.cares.iter().filter_map(|(id, d)| {
                    Some((cx.indicator_soft(id)?.i(), cx.within(d, -5, 5, "the weight")))
                }),
            ),
            leans: by_row(
                cx.m.instruments.len(),
                raw.leans.iter().filter_map(|(id, d)| {
                    Some((cx.instrument_soft(id)?.i(), cx.within(d, -20, 20, "the lean")))
                }),
            ),
            red_lines,
            spells,
            minds_windows: raw.minds_windows.n,
            believes: believes.collect(),
            predicts: raw.predicts.n,
            economic: raw.economic,
            outside: raw.outside,
            relation: cx
                .m
                .scenario
                .relations
                .get(row.id.as_str())
                .map_or(0, |d| d.milli.clamp(-100_000, 100_000)),
            voice,
            site: Site::of("agency", row.id.as_str()),
            spell_site: Site::of("spell", row.id.as_str()),
        });
    }
    cx.enter_scenario();
    for (id, d) in &cx.m.scenario.relations {
        cx.agency(id);
        cx.within(d, -100, 100, "the relationship");
    }
    all
}

/// A dense table from sparse entries.
fn by_row(len: usize, entries: impl Iterator<Item = (usize, Milli)>) -> Vec<Milli> {
    let mut all = vec![0; len];
    for (i, value) in entries {
        if let Some(slot) = all.get_mut(i) {
            *slot = value;
        }
    }
    all
}

fn voice(cx: &Cx, agency: &str) -> Voice {
    let Some(row) = cx.m.voices.iter().find(|row| row.id == agency) else {
        return Voice::default();
    };
    cx.enter(row);
    let v = row.raw;
    // Voices are simulated: nobody of the record said these words.
    let lines = |list: &[Prose]| {
        list.iter()
            .map(|p| {
                cx.no_quotes(p, "what an agency says");
                cx.words(p, words::LINE, "what an agency says")
            })
            .collect::<Vec<_>>()
    };
    let of = v.of.0.iter().filter_map(|(id, l)| {
        let all = [&l.presses, &l.supports, &l.concurs, &l.reserves, &l.objects, &l.blocks];
        Some((cx.instrument_soft(id)?, all.map(|list| lines(list))))
    });
    Voice {
        stances: [&v.presses, &v.supports, &v.concurs, &v.reserves, &v.objects, &v.blocks]
            .map(|list| lines(list)),
        of: of.collect(),
        kept: lines(&v.promise_kept),
        broken: lines(&v.promise_broken),
    }
}

pub fn tasks(cx: &Cx) -> Vec<Task> {
    let mut all = Vec::new();
    for (i, row) in cx.m.tasks.iter().enumerate() {
        cx.enter(row);
        let raw = row.raw;
        let name = cx.title(&raw.name);
        let Some(by) = cx.agency(&raw.by) else { continue };
        all.push(Task {
            id: row.id.text.to_string(),
            name,
            by,
            means: cx.means(&raw.means),
            staff: cx.staff(&raw.staff),
            capital: cx.capital(&raw.capital),
            takes: raw.takes.span,
            on_campaign: raw.on_campaign,
            moves: cx.moves(&raw.moves),
            also: cx.also(&raw.also),
            needs: cx.needs(&raw.needs),
            times: raw.times.as_ref().map_or(0, |c| cx.times(c)),
            items: items(cx, i),
            site: Site::of("task", row.id.as_str()),
        });
    }
    all
}

/// The evidence a task brings in, by campaign, in the order of the file.
fn items(cx: &Cx, task: usize) -> Vec<Vec<EvidenceIx>> {
    let id = cx.m.tasks.get(task).map(|row| row.id);
    let mut positions = 0..;
    let mut all = Vec::new();
    for campaign in &cx.m.campaigns {
        let mut own = Vec::new();
        for ((_, item), position) in campaign.raw.evidence.iter().zip(&mut positions) {
            if matches!(&item.from, raw::From::Task(named) if Some(named) == id) {
                own.push(EvidenceIx::at(position));
            }
        }
        all.push(own);
    }
    all
}

pub fn asks(cx: &Cx) -> Vec<Ask> {
    let mut all = Vec::new();
    for row in &cx.m.asks {
        cx.enter(row);
        let raw = row.raw;
        let name = cx.name(&raw.name);
        let about = raw.about.as_ref().and_then(|id| cx.instrument(id));
        let leaks = raw.leaks.as_ref().and_then(|leak| {
            let chance = cx.share(&leak.chance, "the chance of a leak");
            Some((chance, cx.event(&leak.event)?))
        });
        let Some(of) = cx.agency(&raw.of) else { continue };
        all.push(Ask {
            id: row.id.text.to_string(),
            name,
            of,
            about,
            means: cx.means(&raw.means),
            staff: cx.staff(&raw.staff),
            capital: cx.capital(&raw.capital),
            times: cx.times(&raw.times),
            needs: cx.needs(&raw.needs),
            moves: cx.moves(&raw.moves),
            also: cx.also(&raw.also),
            leaks,
            hears: raw.hears,
            why: cx.why(&raw.why).unwrap_or(Why::Judgement(String::new())),
            site: Site::of("ask", row.id.as_str()),
        });
    }
    all
}

pub fn promises(cx: &Cx) -> Vec<Promise> {
    let mut all = Vec::new();
    for row in &cx.m.promises {
        cx.enter(row);
        let raw = row.raw;
        if raw.to.is_empty() {
            cx.report_row(
                Code::MissingField,
                "this promise can be made to nobody",
                "name at least one agency in `to`",
            );
        }
        if raw.broken_if.is_empty() {
            cx.report_row(
                Code::MissingField,
                "this promise has no `broken_if`, so it would be broken at once",
                "say what breaks it",
            );
        }
        all.push(Promise {
            id: row.id.text.to_string(),
            name: cx.name(&raw.name),
            to: raw.to.iter().filter_map(|id| cx.agency_soft(id)).collect(),
            says: cx.words(&raw.says, words::PARAGRAPH, "the promise"),
            about: raw.about.iter().filter_map(|id| cx.instrument_soft(id)).collect(),
            gains: cx.within(&raw.gains, 0, 20, "what the promise gains"),
            lasts: cx.days(&raw.lasts, "how long it binds"),
            broken_if: cx.conditions(&raw.broken_if, Reader::Player),
            on_keep: cx.moves(&raw.on_keep),
            on_break: cx.moves(&raw.on_break),
            keeps: cx.within(&raw.keeps, -100, 100, "the change of the relationship"),
            breaks: cx.within(&raw.breaks, -100, 100, "the change of the relationship"),
            needs: cx.needs(&raw.needs),
        });
    }
    all
}

pub fn reforms(cx: &Cx) -> Vec<Reform> {
    let mut all = Vec::new();
    for row in &cx.m.reforms {
        cx.enter(row);
        let raw = row.raw;
        all.push(Reform {
            id: row.id.text.to_string(),
            name: cx.title(&raw.name),
            means: cx.means(&raw.means),
            staff: cx.staff(&raw.staff),
            capital: cx.capital(&raw.capital),
            takes: raw.takes.span,
            needs: cx.needs(&raw.needs),
            moves: cx.moves(&raw.moves),
            while_active: cx.moves(&raw.while_active),
            also: cx.also(&raw.also),
            why: cx.why(&raw.why).unwrap_or(Why::Judgement(String::new())),
            site: Site::of("reform", row.id.as_str()),
        });
    }
    all
}
