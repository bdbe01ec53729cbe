//! Parts of a draft that several screens show: who says what, the law, what clears it, what it may
//! do.

use ratatui::text::Span;

use crate::prose::facts::{PositionRow, Propose};
use crate::prose::words;
use crate::text;
use crate::tui::page::{Page, pad, right};
use crate::tui::scene::Scene;
use crate::tui::theme::Role;

use super::parts;

/// Rows from which there is room for headings.
pub const SHORT: u16 = 30;

/// A draft in short, for the side of the list.
pub fn preview<'a>(scene: &Scene<'a>, f: &Propose, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    s.text(Role::Title, 1, &f.title);
    s.text(Role::Text, 1, &f.means);
    // Who leads it, in which lane: where it is shut the list says why instead.
    if let Some(row) = f.slots.first() {
        s.text(Role::Quiet, 1, &row.detail);
    }
    parts::labelled(&mut s, "costs", 8, Role::Text, &f.cost);
    s.text(Role::Accent, 1, &f.ordered);
    if let Some(shut) = &f.shut {
        parts::refused(&mut s, shut, 3);
    }
    parts::labelled(&mut s, "file", 8, Role::Text, &f.file);
    parts::labelled(&mut s, "stands", 8, Role::Text, &f.revises);
    parts::labelled(&mut s, "takes", 8, Role::Text, &f.takes);
    s.gap();
    gates(&mut s, f);
    clears(&mut s, f, false);
    s.gap();
    positions(&mut s, scene, f);
    s.gap();
    outlook(&mut s, f, width < 60);
    s
}

/// Everyone's stance with the reasons, and who moved since the last change.
pub fn positions(s: &mut Page, scene: &Scene<'_>, f: &Propose) {
    positions_in(s, scene, f, f.positions.len());
}

/// The same; the first `in_full` with all their reasons, where the screen is large enough for them.
pub fn positions_in(s: &mut Page, scene: &Scene<'_>, f: &Propose, in_full: usize) {
    if f.positions.is_empty() {
        return;
    }
    if scene.size.1 >= SHORT || !f.says.is_empty() && s.width < 60 {
        let votes = f.positions.iter().any(|p| p.no.is_some());
        s.head("WHO SAYS WHAT", if votes { "may vote no" } else { "" });
    }
    let large = scene.size.1 >= 40 && s.width >= 40;
    // Everybody in their own words, where nothing else has to give way for it.
    let voices = scene.size.1 >= 56 && s.width >= 60;
    let narrow = s.width < 48;
    let word_of = |p: &PositionRow| {
        let word = words::stance(p.stance);
        if narrow { word.trim_end_matches(" for").trim_start_matches("is ") } else { word }
    };
    let word = f.positions.iter().map(|p| text::width(word_of(p))).max().unwrap_or(8) + 1;
    let short = f.positions.iter().map(|p| text::width(&p.short)).max().unwrap_or(8) + 1;
    for (n, p) in f.positions.iter().enumerate() {
        let roomy = large && n < in_full;
        let moved = scene.play.and_then(|play| play.drafting.moved(p));
        let sign = match moved {
            Some(true) => s.span(Role::Good, s.theme().glyphs.up),
            Some(false) => s.span(Role::Bad, s.theme().glyphs.down),
            None => Span::raw(" "),
        };
        // The sign says what the word says: it goes first where columns are scarce.
        let stance = if narrow {
            pad(word_of(p), word)
        } else {
            format!("{} {}", pad(words::stance_sign(p.stance), 2), pad(word_of(p), word))
        };
        let spans = vec![
            Span::raw(" "),
            sign,
            s.span(Role::Text, pad(&p.short, short)),
            s.span(parts::stance(p.stance), stance),
            s.span(vote_role(p), vote(p)),
        ];
        if roomy {
            let mut words = p.reasons.join(" · ");
            if !p.standing.is_empty() {
                words = format!("({}) {words}", p.standing);
            }
            s.hanging(spans, short + word + 5 + VOTE, Role::Quiet, &words);
            if voices {
                s.text(Role::Text, short + word + 5 + VOTE, &p.voice);
            }
        } else {
            let mut spans = spans;
            let room = s.width.saturating_sub(short + word + VOTE + if narrow { 2 } else { 5 });
            // Why whoever may stop it says no is never cut: it has a line of its own.
            let first = p.reasons.first().filter(|r| text::width(r) > room);
            if let Some(first) = first.filter(|_| p.stops.is_some_and(|n| n >= 5)) {
                s.line(spans);
                s.text(Role::Quiet, 4, first);
                continue;
            }
            spans.push(s.span(Role::Quiet, in_short(p, room)));
            s.line(spans);
        }
    }
    if !f.says.is_empty() && large && in_full > 0 {
        s.gap();
        s.text(Role::Quiet, 1, &f.says);
    }
}

/// Columns of a vote.
const VOTE: usize = 6;

/// `38% `: that it votes no; in brackets where that stops nothing by itself; blank under one.
fn vote(p: &PositionRow) -> String {
    let words = match (p.no, p.stops) {
        (None | Some(0), _) => String::new(),
        (Some(no), Some(0)) => format!("({no}%)"),
        (Some(no), _) => format!("{no}%"),
    };
    format!("{words:>5} ")
}

fn vote_role(p: &PositionRow) -> Role {
    match p.stops {
        Some(50..) => Role::Bad,
        Some(5..) => Role::Warning,
        _ => Role::Quiet,
    }
}

/// The largest reason as it is said in full, or as many in a word or two as fit.
fn in_short(p: &PositionRow, room: usize) -> String {
    if let Some(first) =
        p.reasons.first().filter(|r| text::width(r) <= room && p.reasons.len() == 1)
    {
        return first.clone();
    }
    let mut out = String::new();
    for b in &p.briefs {
        let with = if out.is_empty() { b.clone() } else { format!("{out} · {b}") };
        if !out.is_empty() && text::width(&with) > room {
            break;
        }
        out = with;
    }
    text::cut(&out, room)
}

pub fn gates(s: &mut Page, f: &Propose) {
    for (n, g) in f.gates.iter().enumerate() {
        let lead = if n == 0 { "LAW" } else { "" };
        let open =
            if g.open { s.span(Role::Good, "+ open ") } else { s.span(Role::Warning, "! shut ") };
        let share = g.share();
        let share = if share.is_empty() { share } else { format!("; {share}") };
        let words = format!("{}, needs {}: {} ({}){share}", g.has, g.needs, g.role, g.record);
        if s.width < text::width(&words) + 18 {
            let lead = vec![s.span(Role::Quiet, format!(" {}", pad(lead, 8))), open];
            s.hanging(lead, 16, Role::Text, &words);
            // What the verdict over all of this says already is not said again.
            let said = f.shut.as_ref().is_some_and(|r| r.unblock == g.unblock);
            if !g.open && n == 0 && s.width < 60 && !said {
                s.text(Role::Text, 9, &g.unblock);
            }
            continue;
        }
        let left = vec![
            s.span(Role::Quiet, format!(" {}", pad(lead, 8))),
            s.span(Role::Title, g.has.to_string()),
            s.span(Role::Text, format!(", needs {}: {} ", g.needs, g.role)),
            s.span(Role::Quiet, format!("({}){share}", g.record)),
        ];
        s.split(left, vec![open]);
    }
}

/// `priced`: in a narrow column, with what each venue costs in a row of its own. Why one is shut
/// always has one.
pub fn clears(s: &mut Page, f: &Propose, priced: bool) {
    let narrow = s.width < 64;
    let full = s.width >= 76;
    // In the narrowest column the label stands above, so that no word is cut.
    let widest = f.venues.iter().map(|v| text::width(v.word)).max().unwrap_or(0);
    let above = narrow && 26 + widest > s.width;
    if above {
        s.text(Role::Quiet, 1, "CLEARS");
    }
    let lead = if above { 2 } else { 8 };
    for (n, v) in f.venues.iter().enumerate() {
        let label = if n == 0 && !above { " CLEARS" } else { "" };
        let mark = if v.chosen { s.theme().glyphs.marker } else { " " };
        let role = if v.shut.is_some() { Role::Quiet } else { Role::Text };
        let words = match &v.shut {
            // With room its price stands before why it is shut.
            Some(r) if s.width >= 100 => format!("{}. {}", v.cost, r.what),
            Some(r) => r.what.clone(),
            None => v.cost.clone(),
        };
        let likely = if narrow { v.word.to_owned() } else { format!("{} ", pad(v.word, 19)) };
        let mut spans = vec![
            s.span(Role::Quiet, pad(label, lead)),
            s.span(Role::Accent, mark),
            s.span(role, pad(if full { &v.name } else { &v.short }, if full { 21 } else { 11 })),
            s.span(
                if v.chosen { Role::Title } else { role },
                right(&format!("{}%", v.percent), if narrow { 4 } else { 5 }),
            ),
            s.span(role, format!(" {likely}")),
        ];
        if narrow {
            // The price has a row of its own, so that neither is cut.
            s.line(spans);
            if priced || v.shut.is_some() {
                s.text(Role::Quiet, lead + 3, &words);
            }
        } else {
            spans.push(s.span(Role::Quiet, words));
            s.entry(spans, Vec::new());
        }
    }
}

/// `strongly ▲ ~Credibility ▲ ~Exclusion · clearly ▼ Talks`: by size, each in a word; with ~ where
/// it is wide.
fn by_size(s: &Page, f: &Propose) -> Vec<Vec<Span<'static>>> {
    let theme = s.theme();
    let mut out: Vec<Vec<Span<'static>>> = Vec::new();
    let mut size = "";
    for e in &f.effects {
        let arrow = if e.up { theme.glyphs.up } else { theme.glyphs.down };
        let mut piece = Vec::new();
        if e.size != size {
            size = e.size;
            piece.push(s.span(Role::Quiet, format!("{size} ")));
        }
        piece.push(s.span(parts::tone(e.tone), arrow));
        piece.push(s.span(
            Role::Text,
            format!(" {}{}", if e.spread == "wide" { "~" } else { "" }, e.short),
        ));
        out.push(piece);
    }
    out
}

/// What it may do, what it gives away, what is least known.
/// `tall`: an effect a row, in full.
pub fn outlook(s: &mut Page, f: &Propose, tall: bool) {
    let theme = s.theme();
    let lead = vec![s.span(Role::Quiet, " MAY DO")];
    let pieces = by_size(s, f);
    if tall {
        for (n, e) in f.effects.iter().enumerate() {
            let label = s.span(Role::Quiet, pad(if n == 0 { " MAY DO" } else { "" }, 9));
            let arrow = if e.up { theme.glyphs.up } else { theme.glyphs.down };
            let lead = vec![label, s.span(parts::tone(e.tone), arrow)];
            let spread = if e.spread == "wide" { ", wide" } else { "" };
            s.hanging(lead, 11, Role::Text, &format!("{} {}{spread}", e.name, e.size));
        }
    } else if !pieces.is_empty() {
        s.flow(lead, 9, pieces);
    }
    for (n, (who, what)) in f.hands_over.iter().enumerate() {
        parts::labelled(
            s,
            if n == 0 { "GIVES" } else { "" },
            9,
            Role::Text,
            &format!("{who}: {what}"),
        );
    }
    if !f.hands_over.is_empty() {
        parts::labelled(s, "", 9, Role::Quiet, "simulated");
    }
    parts::labelled(s, "TAKES", 9, Role::Text, &f.takes);
    parts::labelled(s, "UNSURE", 9, Role::Quiet, &f.least_known.join(" · "));
}

/// Why venues are shut, the same reason once; in so many rows at most.
pub fn shut_venues(s: &mut Page, f: &Propose, rows: usize) {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for (v, r) in f.venues.iter().filter_map(|v| Some((v, v.shut.as_ref()?))) {
        match reasons.iter_mut().find(|(what, _)| *what == r.what) {
            Some((_, venues)) => venues.push(v.short.clone()),
            None => reasons.push((&r.what, vec![v.short.clone()])),
        }
    }
    for (what, venues) in reasons.into_iter().take(rows) {
        let lead = vec![Span::raw(" ".repeat(9)), s.span(Role::Quiet, "× ")];
        let words = format!("{}: {what}", venues.join(", "));
        parts::briefly(s, lead, 11, Role::Quiet, &words, rows);
    }
}
