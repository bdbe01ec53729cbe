//! The other side: hidden traits, world cells, responses, and the tells that speak about them.
//!
//! A world cell is a world with one value of each trait, `world * trait_cells + trait cell`; within
//! a trait cell the last trait changes fastest.

use super::super::loc::Id;
use super::super::model::{AgencyIx, CampaignIx, Condition, Evidence, Response, Trait, limits};
use super::super::raw;
use super::campaigns::{self, Seen};
use super::cells;
use super::conditions::Reader;
use super::finding::Code;
use super::merge::Row;
use super::names::Cx;
use super::{days, later, words};
use crate::luck::Site;

/// Until when the other side is silent.
pub fn silent_until(cx: &Cx) -> Vec<Condition> {
    let raw = &cx.m.scenario.silent_until;
    if !raw.is_empty() && cx.m.responses.is_empty() && cx.m.aims.is_empty() {
        let scenario = cx.m.scenario;
        cx.report(
            Code::Contradiction,
            scenario.theatre.as_ref().unwrap_or(&scenario.id).at,
            "`silent_until` says when the other side begins to speak, and there is none",
            "take `silent_until` away, or name another theatre",
        );
    }
    cx.conditions(raw, Reader::Player)
}

pub fn traits(cx: &Cx) -> Vec<Trait> {
    let mut all = Vec::new();
    let mut seen: Vec<&str> = cx.m.worlds.iter().map(|w| w.id.as_str()).collect();
    for row in &cx.m.traits {
        cx.enter(row);
        let raw = row.raw;
        cx.sums_to_100(raw.shares.iter().map(|(_, p)| p), row.id.at, "the shares of this trait");
        for (value, _) in &raw.shares {
            if seen.contains(&value.as_str()) {
                cx.report(
                    Code::DuplicateId,
                    value.at,
                    format!("`{value}` is already a world or a value of another trait"),
                    "worlds and trait values share their names; give one another name",
                );
            }
            seen.push(value.as_str());
        }
        for (value, _) in &raw.says {
            cx.pick(raw.shares.keys(), value, "a value of this trait");
        }
        let says = |value: &Id| campaigns::words_for(cx, &raw.says, value);
        all.push(Trait {
            id: row.id.text.to_string(),
            name: cx.title(&raw.name),
            means: cx.means(&raw.means),
            values: raw
                .shares
                .iter()
                .map(|(value, p)| (value.text.to_string(), p.n.min(100), says(value)))
                .collect(),
            site: Site::of("trait", row.id.as_str()),
        });
    }
    all
}

/// World and trait values of each world cell: position 0 is the world's.
pub fn world_cells(cx: &Cx) -> Vec<Vec<usize>> {
    let sizes: Vec<usize> = std::iter::once(cx.m.worlds.len())
        .chain(cx.m.traits.iter().map(|t| t.raw.shares.len()))
        .collect();
    let cells = cells::cells(&sizes);
    if cells.is_empty() && sizes.iter().all(|s| *s > 0) {
        cx.enter_scenario();
        let message =
            format!("worlds and traits combine in more than {} ways", limits::WORLD_CELLS);
        cx.report_row(Code::TooMany, message, "drop a trait or a value");
    }
    cells
}

/// How many combinations of trait values there are.
pub fn trait_cells(cx: &Cx) -> usize {
    cx.m.traits
        .iter()
        .fold(1usize, |n, t| n.saturating_mul(t.raw.shares.len()))
        .min(limits::WORLD_CELLS)
}

pub fn world_prior(cx: &Cx, cells: &[Vec<usize>]) -> Vec<u64> {
    let weight = |cell: &Vec<usize>| {
        let world = cell.first().and_then(|w| cx.world_weights.get(*w)).copied().unwrap_or(0);
        let traits =
            cx.m.traits
                .iter()
                .zip(cell.iter().skip(1))
                .map(|(t, v)| t.raw.shares.iter().nth(*v).map_or(0, |(_, p)| u64::from(p.n)));
        traits.fold(world, u64::saturating_mul)
    };
    cells::fine(cells.iter().map(weight).collect())
}

/// What can be said about a world cell: the world first, then each trait.
fn hidden<'c>(cx: &'c Cx) -> Vec<(&'c str, Vec<&'c str>)> {
    let worlds = ("the world", cx.m.worlds.iter().map(|w| w.id.as_str()).collect());
    std::iter::once(worlds)
        .chain(cx.m.traits.iter().map(|t| (t.id.as_str(), t.raw.shares.keys().collect())))
        .collect()
}

pub fn tells(cx: &Cx, cells: &[Vec<usize>]) -> Vec<Evidence> {
    let variables = hidden(cx);
    let mut all = Vec::new();
    for row in &cx.m.tells {
        cx.enter(row);
        let of = "a world or a value of a trait";
        let seen = Seen { variables: &variables, cells, of, doubt: false };
        all.push(campaigns::item(
            cx,
            row.id,
            row.raw,
            CampaignIx(0),
            &seen,
            Site::of("tell", row.id.as_str()),
        ));
    }
    all
}

/// A seat of the other side, which is no agency in the room.
pub fn outside(cx: &Cx, seat: &Id, why: &str) -> Option<AgencyIx> {
    if cx.m.agencies.iter().any(|a| a.id == seat && !a.raw.outside) {
        cx.report(
            Code::Contradiction,
            seat.at,
            format!("`{seat}` sits in the room; {why}"),
            "name an agency with `outside: true`",
        );
    }
    cx.agency(seat)
}

pub fn responses(cx: &Cx, cells: &[Vec<usize>]) -> Vec<Response> {
    cx.m.responses.iter().filter_map(|row| response(cx, row, cells)).collect()
}

fn response(cx: &Cx, row: &Row<raw::Response>, cells: &[Vec<usize>]) -> Option<Response> {
    cx.enter(row);
    let raw = row.raw;
    let seat = outside(cx, &raw.seat, "a response comes from outside it");
    if raw.texts.is_empty() {
        cx.report_row(Code::MissingField, "this response has no text", "give at least one");
    }
    // Of a layer below, what follows a source of a later day is not said in this game.
    let end = cx.played().last().map(|t| t.ends).filter(|_| row.file != cx.m.file);
    let said = |t: &&raw::Text| {
        end.is_none_or(|end| !later::is_later(t, end, &|id| days::published(cx, id)))
    };
    Some(Response {
        id: row.id.text.to_string(),
        name: cx.name(&raw.name),
        visible: raw.visible,
        when: cx.conditions(&raw.when, Reader::Player),
        weight: cx.count(&raw.weight, 1, 1000, "the weight"),
        more_if: raw
            .more_if
            .iter()
            .map(|f| (cx.conditions(&f.when, Reader::Player), f.times.n))
            .collect(),
        table: table(cx, raw, cells),
        moves: cx.moves(&raw.moves),
        also: cx.also(&raw.also),
        rests: raw.rests.as_ref().map_or(0, |l| cx.days(l, "the rest")),
        answers_an_act: raw.answers_an_act,
        texts: cx.versions(raw.texts.iter().filter(said), words::WORDS_OF_AN_EVENT, "the response"),
        meant: cx.words(&raw.meant, words::PARAGRAPH, "what it was for"),
        site: Site::of("response", row.id.as_str()),
        seat: seat?,
    })
}

/// The product of the factors that apply in each world cell, in hundredths.
fn table(cx: &Cx, raw: &raw::Response, cells: &[Vec<usize>]) -> Vec<u32> {
    let variables = hidden(cx);
    let mut factors: Vec<(usize, usize, u64)> = Vec::new();
    for (name, p) in &raw.by {
        let place = variables.iter().enumerate().find_map(|(i, (_, values))| {
            values.iter().position(|v| *v == name.text).map(|v| (i, v))
        });
        match place {
            Some((i, v)) => factors.push((i, v, u64::from(p.n))),
            None => {
                cx.pick(
                    variables.iter().flat_map(|(_, values)| values.iter().copied()),
                    name,
                    "a world or a value of a trait",
                );
            }
        }
    }
    let product = |cell: &Vec<usize>| {
        let hit = factors.iter().filter(|(i, v, _)| cell.get(*i) == Some(v));
        // Ten-thousandths on the way, so that several small factors keep their sense.
        let value = hit.fold(10_000u64, |n, (_, _, f)| n.saturating_mul(*f) / 100);
        u32::try_from((value.saturating_add(50) / 100).clamp(1, 10_000)).unwrap_or(10_000)
    };
    cells.iter().map(product).collect()
}
