//! Who is in the room, and where each stands: with the player, or on a file.

use ratatui::text::Span;

use crate::order::Arrange;
use crate::prose::facts::{Desk, FileRow, RoomRow};
use crate::prose::words;
use crate::text;
use crate::tui::page::{Page, pad};
use crate::tui::scene::Scene;
use crate::tui::theme::Role;

use super::parts;

/// Rows the room takes at most, whatever the cursor is on, so that nothing moves when it does.
pub fn most_rows(scene: &Scene<'_>, d: &Desk, width: u16) -> u16 {
    // In the grid everyone keeps their place.
    let files = if width < GRID { d.files.as_slice() } else { &[] };
    let all = std::iter::once(None).chain(files.iter().map(Some));
    all.map(|on| page(scene, d, on, width).rows.len())
        .max()
        .and_then(|n| u16::try_from(n).ok())
        .unwrap_or(2)
}

/// Columns from which everyone has a place of their own; below, the room stands by where it stands.
const GRID: u16 = 96;

/// Everyone in as few rows as fit: how each stands with the player, or on a file.
pub fn page<'a>(scene: &Scene<'a>, d: &Desk, on: Option<&FileRow>, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let stand = |n: usize| {
        if let Some(s) = on.and_then(|f| f.stances.get(n)) {
            (std::cmp::Reverse(s.stance as u8), parts::stands(s.stance))
        } else {
            let r = d.room[n].relation;
            // From against to for, as stances are.
            (std::cmp::Reverse(u8::MAX - r as u8), parts::relation(r))
        }
    };
    if width < GRID {
        by_stance(&mut s, d, on, stand);
    } else {
        grid(&mut s, d, on, |n| stand(n).1);
    }
    s
}

/// ` × blocks Treasury · −− objects State, NEC · = concurs Commerce`: those against first.
fn by_stance<R: Ord>(
    s: &mut Page,
    d: &Desk,
    on: Option<&FileRow>,
    stand: impl Fn(usize) -> (R, parts::Stands),
) {
    let mut groups: Vec<(R, parts::Stands, Vec<String>)> = Vec::new();
    for (n, r) in d.room.iter().enumerate() {
        let (rank, stands) = stand(n);
        let arrow = if on.is_some() { String::new() } else { parts::warmth(s, r.moved) };
        let who = format!("{}{arrow}", r.short);
        match groups.iter_mut().find(|g| g.0 == rank) {
            Some(g) => g.2.push(who),
            None => groups.push((rank, stands, vec![who])),
        }
    }
    groups.arrange_by(|a, b| a.0.cmp(&b.0));
    let mut pieces: Vec<(Span<'static>, Vec<Span<'static>>)> = Vec::new();
    for (_, (sign, word, role), who) in &groups {
        for (n, name) in who.iter().enumerate() {
            let mut piece = Vec::new();
            if n == 0 {
                piece.push(s.span(*role, format!("{sign} {word} ")));
            }
            let comma = if n + 1 < who.len() { "," } else { "" };
            piece.push(s.span(Role::Text, format!("{name}{comma}")));
            pieces.push((Span::raw(if n == 0 { "  " } else { " " }), piece));
        }
    }
    s.beside(Vec::new(), 1, pieces.into_iter());
}

fn grid(s: &mut Page, d: &Desk, on: Option<&FileRow>, stand: impl Fn(usize) -> parts::Stands) {
    let short = d.room.iter().map(|r| text::width(&r.short)).max().unwrap_or(8);
    // Wide enough for either, so that nothing moves when the cursor does.
    let word = |r: &RoomRow| text::width(words::relation_word(r.relation));
    let word = (d.room.iter().map(word).max().unwrap_or(8) + 2).clamp(13, 16);
    let cell = short + word + 6;
    let fit = (s.width.saturating_sub(1) / cell.max(1)).max(1);
    let per_row = d.room.len().div_ceil(d.room.len().div_ceil(fit).max(1)).max(1);
    let cell = (s.width.saturating_sub(1) / per_row).min(cell + 6);
    for (row, chunk) in d.room.chunks(per_row).enumerate() {
        let mut spans = vec![Span::raw(" ")];
        for (at, r) in chunk.iter().enumerate() {
            let (sign, word, role) = stand(row * per_row + at);
            spans.push(s.span(Role::Text, format!("{} ", pad(&r.short, short))));
            spans.push(s.span(role, format!("{} ", pad(sign, 2))));
            let arrow = if on.is_some() { String::new() } else { parts::warmth(s, r.moved) };
            let words = format!("{word}{arrow}");
            spans.push(s.span(Role::Quiet, pad(&words, cell.saturating_sub(short + 4))));
        }
        s.line(spans);
    }
    // What they have on their own minds, under it.
    let minds: Vec<Vec<Span<'static>>> = d
        .room
        .iter()
        .filter(|r| !r.note.is_empty())
        .map(|r| vec![s.span(Role::Quiet, format!("{}: {}", r.short, r.note))])
        .collect();
    if !minds.is_empty() {
        s.flow(vec![Span::raw(" ")], 1, minds);
    }
}
