//! What the other side may work towards: which combinations can be drawn, how likely each is, and
//! how often the signs and acts of a step are seen in each.
//!
//! A cell is one aim, or two: a first one drawn by weight, and in half of all games a second. A step
//! that nobody sees may move only what nobody sees exactly, so that the ledger does not give it
//! away.

use super::super::loc::Id;
use super::super::model::{Aim, AimIx, AimStep, limits};
use super::super::raw;
use super::cells::fine;
use super::conditions::Reader;
use super::finding::Code;
use super::merge::Row;
use super::names::Cx;
use super::{counterpart, words};
use crate::luck::Site;
use crate::num::byte;

/// The aims of each cell as a mask: first each alone, then each pair.
pub fn cells(cx: &Cx) -> Vec<u8> {
    let all = cx.m.aims.len().min(limits::AIMS);
    let one = |n: usize| 1u8.checked_shl(u32::from(byte(n))).unwrap_or(0);
    let pairs = (0..all).flat_map(|a| (a.saturating_add(1)..all).map(move |b| one(a) | one(b)));
    (0..all).map(one).chain(pairs).collect()
}

/// How likely each cell is. The second is drawn by weight among those the first leaves.
pub fn prior(cx: &Cx, cells: &[u8]) -> Vec<u64> {
    let weights: Vec<u64> = cx.m.aims.iter().map(|row| u64::from(row.raw.weight.n)).collect();
    let total: u64 = weights.iter().fold(0, |sum, w| sum.saturating_add(*w));
    // Of a million.
    let share = |part: u64, of: u64| part.saturating_mul(1_000_000).checked_div(of).unwrap_or(0);
    let weight = |mask: &u8| {
        let here = weights.iter().enumerate().filter(|(n, _)| has(*mask, *n)).map(|(_, w)| *w);
        match *here.collect::<Vec<u64>>().as_slice() {
            [a] => share(a, total).saturating_mul(1_000_000),
            [a, b] => {
                let then = |first: u64, second: u64| {
                    let left = total.saturating_sub(first);
                    share(first, total).saturating_mul(share(second, left))
                };
                then(a, b).saturating_add(then(b, a))
            }
            _ => 0,
        }
    };
    fine(cells.iter().map(weight).collect())
}

fn has(mask: u8, aim: usize) -> bool {
    mask.checked_shr(u32::from(byte(aim))).is_some_and(|m| m & 1 != 0)
}

pub fn aims(cx: &Cx, cells: &[u8]) -> Vec<Aim> {
    if let [only] = cx.m.aims.as_slice() {
        cx.enter(only);
        cx.report_row(
            Code::Contradiction,
            format!("`{}` is the only aim, so everybody would know that it is pursued", only.id),
            "give two or more, or none",
        );
    }
    let all = cx.m.aims.iter().enumerate();
    all.filter_map(|(n, row)| aim(cx, row, AimIx::at(n), cells)).collect()
}

fn aim(cx: &Cx, row: &Row<raw::Aim>, ix: AimIx, cells: &[u8]) -> Option<Aim> {
    cx.enter(row);
    let raw = row.raw;
    let seat = counterpart::outside(cx, &raw.seat, "an aim is somebody's outside it");
    if raw.steps.is_empty() {
        cx.report_row(Code::MissingField, "this aim has no steps", "give at least one");
    }
    Some(Aim {
        id: row.id.text.to_string(),
        name: cx.name(&raw.name),
        means: cx.means(&raw.means),
        weight: cx.count(&raw.weight, 1, 1000, "the weight"),
        guard: cx.words(&raw.guard, words::LINE, "what stands in its way"),
        steps: raw.steps.iter().map(|(id, s)| step(cx, row, ix, id, s, cells)).collect(),
        meant: cx.words(&raw.meant, words::PARAGRAPH, "what it was for"),
        won: cx.words(&raw.won, words::PARAGRAPH, "what was won"),
        seat: seat?,
    })
}

fn step(
    cx: &Cx,
    row: &Row<raw::Aim>,
    aim: AimIx,
    id: &Id,
    raw: &raw::AimStep,
    cells: &[u8],
) -> AimStep {
    let seen = cx.share(&raw.seen, "how often the sign is seen");
    let otherwise = cx.share(&raw.otherwise, "how often the sign is seen otherwise");
    if seen <= otherwise {
        cx.report(
            Code::OutOfRange,
            raw.seen.at,
            "this sign is not seen more often where the aim is pursued",
            "let `seen` be larger than `otherwise`",
        );
    }
    let anyway = cx.share(&raw.anyway, "how often the act comes anyway");
    if raw.act.is_none() {
        unseen(cx, id, raw);
    }
    if let Some(p) = &raw.silence {
        cx.words(p, words::PARAGRAPH, "what is said when no sign is seen");
        cx.no_quotes(p, "what is said when no sign is seen");
    }
    // A chance by cell: never nothing, never certain.
    let by_cell = |pursued: u32, if_not: u32| -> Vec<u16> {
        let chance = |mask: &u8| {
            let percent = if has(*mask, aim.i()) { pursued } else { if_not };
            u16::try_from(percent.saturating_mul(10).clamp(1, 999)).unwrap_or(999)
        };
        cells.iter().map(chance).collect()
    };
    AimStep {
        id: id.text.to_string(),
        name: cx.name(&raw.name),
        takes: raw.takes.span,
        seen: by_cell(seen, otherwise),
        sign: cx.text(&raw.sign, words::WORDS_OF_AN_EVENT, "the sign").unwrap_or_else(Cx::no_text),
        silence: raw.silence.as_ref().map(|p| crate::text::fold_paragraphs(&p.text)),
        act: raw.act.as_ref().and_then(|t| cx.text(t, words::WORDS_OF_AN_EVENT, "the act")),
        comes: by_cell(100, anyway),
        moves: cx.moves(&raw.moves),
        also: cx.also(&raw.also),
        slowed_if: cx.conditions(&raw.slowed_if, Reader::Player),
        hastened_if: cx.conditions(&raw.hastened_if, Reader::Player),
        stopped_if: cx.conditions(&raw.stopped_if, Reader::Player),
        site: Site::of("aim", &format!("{}.{id}", row.id)),
    }
}

/// A step without an act: what it does must not show.
fn unseen(cx: &Cx, id: &Id, step: &raw::AimStep) {
    for (indicator, amount) in &step.moves {
        let row = cx.indicator_soft(indicator).and_then(|i| cx.indicator_row(i));
        if row.is_some_and(|row| matches!(row.seen, raw::Seen::Exactly)) {
            cx.report(
                Code::HiddenInPublic,
                amount.at,
                format!("nobody sees this step, and it moves `{indicator}`, which is seen exactly"),
                "give the step an `act`, or let it move what is estimated or hidden",
            );
        }
    }
    if !step.also.is_empty() || step.anyway.n > 0 {
        cx.report(
            Code::HiddenInPublic,
            id.at,
            "nobody sees this step, so it may do nothing but move values",
            "give the step an `act`, or leave `also` and `anyway` out",
        );
    }
}
