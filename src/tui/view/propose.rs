//! A measure being put together: what it is, whom each change moves, what it may do.
//!
//! ```text
//!  Sanctions for cyber theft · led by Treasury      costs 2 staff, 4 capital
//!  THE DRAFT                            │ WHO SAYS WHAT
//! ▸ Target   ← Huaying Haitai →         │  Treasury  objects   talks −9 …
//!   Scope      company                  │  Justice   presses   …
//!   Venue      Deputies                 │
//!   Because    —                        │
//! ──────────────────────────────────────┴─────────────────────────────────────────
//!  LAW     gave material support: administrative record 64, needs 60   open
//!  CLEARS  Deputies 34% unlikely · Principals 64% likely
//!  MAY DO  deterrence up (wide) · talks down (wide)
//!  GIVES   Beijing: a grievance before the summit
//! ```
//! Wide: three columns, nothing cut.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::engine::position::Stance;
use crate::prose::facts::{PositionRow, Propose, SlotRow};
use crate::prose::words;
use crate::text;

use super::parts;
use crate::tui::app::App;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad, right};
use crate::tui::screen::Target;
use crate::tui::theme::Role;

/// The pane of the draft's rows.
const DRAFT: usize = 1;

/// Rows from which there is room for headings.
const SHORT: u16 = 30;

pub fn layout(app: &App, area: Rect) -> PageLayout<'_> {
    let Facts::Propose(f) = &app.facts else { return PageLayout::default() };
    let mut layout = PageLayout::default();
    let mut top = Page::new(&app.theme, area.width);
    let led = if f.led_by.is_empty() { String::new() } else { format!("  {}", f.led_by) };
    let left = vec![Span::raw(" "), top.span(Role::Title, &f.title), top.span(Role::Quiet, led)];
    let cost = vec![top.span(Role::Text, &f.cost), Span::raw(" ")];
    top.split(left, cost);
    layout.pane(Rect { height: 1, ..area }, top);
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    if area.width >= 120 {
        let a = area.width * 30 / 100;
        let b = area.width * 39 / 100;
        let mut x = body.x;
        let mut draft = draft(app, f, a);
        about(&mut draft, f, usize::from(body.height));
        layout.pane(Rect { x, width: a, ..body }, draft);
        x += a;
        layout.vertical_rules.push((x, body.y, body.height));
        let mut who = Page::new(&app.theme, b);
        positions(&mut who, app, f);
        layout.pane(Rect { x: x + 1, width: b, ..body }, who);
        x += b + 1;
        layout.vertical_rules.push((x, body.y, body.height));
        let width = area.right() - x - 1;
        let high = usize::from(body.height);
        // Prices of venues give way first.
        let mut rest = column(app, f, width, true);
        if rest.rows.len() > high {
            rest = column(app, f, width, false);
        }
        let spare = high.saturating_sub(rest.rows.len());
        bargains(&mut rest, f, spare);
        layout.pane(Rect { x: x + 1, width, ..body }, rest);
        return layout;
    }
    let half = (area.width * 45 / 100).max(38);
    let left = draft(app, f, half);
    let mut who = Page::new(&app.theme, area.width - half - 1);
    positions(&mut who, app, f);
    let mut rest = Page::new(&app.theme, area.width);
    verdict(&mut rest, f);
    gates(&mut rest, f);
    clears_in_short(&mut rest, f);
    odds(&mut rest, f, if area.height < 26 { 2 } else { 4 });
    outlook(&mut rest, f, false);
    // The lower part has what the upper leaves, and seven rows at least.
    let wanted = u16::try_from(left.rows.len().max(who.rows.len())).unwrap_or(0);
    let lower = u16::try_from(rest.rows.len()).unwrap_or(u16::MAX).min(7);
    let upper = Rect {
        height: wanted.min(body.height.saturating_sub(lower + 1).max(body.height / 2)),
        ..body
    };
    layout.pane(Rect { width: half, ..upper }, left);
    layout.vertical_rules.push((upper.x + half, upper.y, upper.height));
    layout.pane(Rect { x: upper.x + half + 1, width: area.width - half - 1, ..upper }, who);
    layout.horizontal_rules.push((area.x, upper.bottom(), area.width, String::new()));
    let lower = Rect {
        y: upper.bottom() + 1,
        height: body.bottom().saturating_sub(upper.bottom() + 1),
        ..body
    };
    layout.pane(lower, rest);
    layout
}

/// What stands in the way, what it may do, who hears of it: a column of its own.
fn column<'a>(app: &'a App, f: &Propose, width: u16, priced: bool) -> Page<'a> {
    let mut s = Page::new(&app.theme, width);
    verdict(&mut s, f);
    gates(&mut s, f);
    s.gap();
    clears(&mut s, f, priced);
    odds(&mut s, f, usize::MAX);
    s.gap();
    outlook(&mut s, f, priced);
    s
}

fn draft<'a>(app: &'a App, f: &Propose, width: u16) -> Page<'a> {
    let mut s = Page::new(&app.theme, width);
    let theme = s.theme();
    let longest = |words: &dyn Fn(&SlotRow) -> usize| f.slots.iter().map(words).max().unwrap_or(0);
    let label = longest(&|r| text::width(&r.name) + 3).clamp(10, 26);
    // Names give way to what is chosen.
    let narrow =
        width < 44 || label + 6 + longest(&|r| text::width(&r.chosen)) > usize::from(width);
    let label = if narrow { 13 } else { label };
    let name = |row: &SlotRow| if narrow { short(&row.id, &row.name) } else { row.name.clone() };
    // The draft is the second pane; its links are its rows in order.
    let cursor = app.cursor();
    let on = (cursor.pane == DRAFT).then(|| cursor.link[DRAFT]);
    if app.size.1 >= SHORT {
        s.head("THE DRAFT", "");
    }
    for (n, row) in f.slots.iter().enumerate() {
        let at = s.at();
        let chosen = row.values.iter().find(|v| v.chosen);
        let shut = chosen.and_then(|v| v.shut.as_ref());
        let role = if shut.is_some() { Role::Warning } else { Role::Text };
        let sign = if shut.is_some() { "!" } else { " " };
        let here = on == Some(n) && row.values.len() > 1;
        let mut spans = vec![
            s.span(Role::Quiet, format!("  {}", pad(&name(row), label - 3))),
            s.span(Role::Warning, sign),
        ];
        let room = usize::from(width).saturating_sub(label + if here { 4 } else { 0 });
        let value = if text::width(&row.chosen) > room && !row.brief.is_empty() {
            text::cut(&row.brief, room)
        } else {
            text::cut(&row.chosen, room)
        };
        if here {
            spans.push(
                s.span(Role::Text, format!("{} {value} {}", theme.glyphs.left, theme.glyphs.right)),
            );
        } else {
            spans.push(s.span(role, value));
        }
        s.line(spans);
        s.link(at, Target::Slot(n));
    }
    let because = app.play.as_ref().map_or("", |p| p.because.as_str());
    let at = s.at();
    let room = usize::from(width).saturating_sub(label);
    let words = match ["(your reason, quoted in the debrief)", "(your reason; y)"]
        .into_iter()
        .find(|w| text::width(w) <= room)
    {
        Some(hint) if because.is_empty() => hint,
        _ => because,
    };
    s.line(vec![
        s.span(Role::Quiet, format!("  {}", pad("Because", label - 2))),
        s.span(if because.is_empty() { Role::Quiet } else { Role::Text }, text::cut(words, room)),
    ]);
    s.link(at, Target::Because);
    // What the value under the cursor is, and whom it moves.
    if let Some(row) = on.and_then(|n| f.slots.get(n)) {
        let chosen = row.values.iter().find(|v| v.chosen);
        let detail = chosen.map_or(row.detail.as_str(), |v| {
            if v.detail.is_empty() { row.detail.as_str() } else { v.detail.as_str() }
        });
        if app.size.1 < SHORT {
            parts::briefly(&mut s, vec![Span::raw("  ")], 2, Role::Quiet, detail, 2);
            return s;
        }
        s.gap();
        s.text(Role::Quiet, 2, detail);
        if let Some(shut) = chosen.and_then(|v| v.shut.as_ref()) {
            parts::refused(&mut s, shut, 4);
        }
        if width >= 44 && app.size.1 >= 40 {
            s.gap();
            for v in &row.values {
                let mark = if v.chosen {
                    theme.glyphs.marker
                } else if v.shut.is_some() {
                    "×"
                } else {
                    " "
                };
                s.line(vec![
                    s.span(Role::Accent, format!("  {mark} ")),
                    s.span(if v.shut.is_some() { Role::Quiet } else { Role::Text }, &v.name),
                ]);
            }
        }
    }
    s
}

/// Whether the cursor is on the row below the draft's own: the reason in a sentence.
pub fn on_because(app: &App, f: &Propose) -> bool {
    let cursor = app.cursor();
    cursor.pane == DRAFT && cursor.link[DRAFT] == f.slots.len()
}

/// What the measure and its target are, where there is room under the draft.
fn about(s: &mut Page, f: &Propose, rows: usize) {
    for words in [&f.means, &f.target_means] {
        if !words.is_empty()
            && s.at() + 1 + text::wrap(words, s.width.saturating_sub(3).max(1)).len() <= rows
        {
            s.gap();
            s.text(Role::Quiet, 2, words);
        }
    }
}

/// Promises that would move somebody, as many as have room.
fn bargains(s: &mut Page, f: &Propose, rows: usize) {
    let from = s.at();
    if f.bargains.is_empty() || rows < 5 {
        return;
    }
    s.gap();
    s.head("BARGAINS", "b");
    for p in &f.bargains {
        let words = format!("{}: {}", p.to, p.name);
        let high = text::wrap(&words, s.width.saturating_sub(3).max(1)).len()
            + text::wrap(&p.note, s.width.saturating_sub(5).max(1)).len();
        if s.at() - from + high > rows {
            break;
        }
        s.text(Role::Text, 2, &words);
        s.text(Role::Quiet, 4, &p.note);
    }
}

/// A slot's name where there is little room: its id as a word, "talks_link" as "Talks link".
fn short(id: &str, name: &str) -> String {
    let id = id.replace('_', " ");
    let mut letters = id.chars();
    letters
        .next()
        .map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// Everyone's stance with the reasons, and who moved since the last change.
pub fn positions(s: &mut Page, app: &App, f: &Propose) {
    if f.positions.is_empty() {
        return;
    }
    if app.size.1 >= SHORT || !f.largest.is_empty() && s.width < 60 {
        s.head("WHO SAYS WHAT", "");
    }
    let roomy = app.size.1 >= 40 && s.width >= 40;
    // Everybody in their own words, where nothing else has to give way for it.
    let voices = app.size.1 >= 56 && s.width >= 60;
    let narrow = s.width < 48;
    let word_of = |p: &PositionRow| {
        let word = words::stance(p.stance);
        if narrow { word.trim_end_matches(" for") } else { word }
    };
    let word = f.positions.iter().map(|p| text::width(word_of(p))).max().unwrap_or(8) + 1;
    let short = f.positions.iter().map(|p| text::width(&p.short)).max().unwrap_or(8) + 1;
    for p in &f.positions {
        let moved = moved(app, p);
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
        ];
        if roomy {
            let mut words = p.reasons.join(" · ");
            if !p.standing.is_empty() {
                words = format!("({}) {words}", p.standing);
            }
            s.hanging(spans, short + word + 5, Role::Quiet, &words);
            if voices {
                s.text(Role::Text, short + word + 5, &p.voice);
            }
        } else {
            let mut spans = spans;
            let room = s.width.saturating_sub(short + word + if narrow { 2 } else { 5 });
            spans.push(s.span(Role::Quiet, in_short(p, room)));
            s.line(spans);
        }
    }
    if !f.largest.is_empty() && roomy {
        s.gap();
        s.text(Role::Quiet, 1, &f.largest);
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

/// Whether an agency came closer with the last change, went off, or stayed.
fn moved(app: &App, p: &PositionRow) -> Option<bool> {
    let before: Stance = app.play.as_ref()?.stood.iter().find(|(a, _)| *a == p.agency)?.1;
    (before != p.stance).then_some(p.stance < before)
}

/// Whether it can go on the agenda as it stands.
fn verdict(s: &mut Page, f: &Propose) {
    if let Some(shut) = &f.shut {
        if s.width >= 60 && s.width < 120 {
            // In short; Enter tells all of it.
            let lead = vec![s.span(Role::Warning, " ! ")];
            parts::briefly(s, lead, 3, Role::Warning, &shut.what, 2);
            parts::briefly(s, Vec::new(), 3, Role::Text, &shut.unblock, 2);
        } else {
            parts::refused(s, shut, 3);
        }
        for a in &f.asks {
            parts::labelled(s, "  ask", 9, Role::Text, &a.name);
        }
    }
}

pub fn gates(s: &mut Page, f: &Propose) {
    for (n, g) in f.gates.iter().enumerate() {
        let lead = if n == 0 { "LAW" } else { "" };
        let open =
            if g.open { s.span(Role::Good, "+ open ") } else { s.span(Role::Warning, "! shut ") };
        let words = format!("{}, needs {}: {} ({})", g.has, g.needs, g.role, g.record);
        if s.width < text::width(&words) + 18 {
            let lead = vec![s.span(Role::Quiet, format!(" {}", pad(lead, 8))), open];
            s.hanging(lead, 16, Role::Text, &words);
            // Where it is shut, a wide screen says so over all of this.
            if !g.open && n == 0 && s.width < 60 {
                s.text(Role::Text, 9, &g.unblock);
            }
            continue;
        }
        let left = vec![
            s.span(Role::Quiet, format!(" {}", pad(lead, 8))),
            s.span(Role::Title, g.has.to_string()),
            s.span(Role::Text, format!(", needs {}: {} ", g.needs, g.role)),
            s.span(Role::Quiet, format!("({})", g.record)),
        ];
        s.split(left, vec![open]);
    }
}

/// In one row where rows are scarce: " CLEARS ◆Deputies 34% · Principals 61%"; the word stands with
/// the odds.
fn clears_in_short(s: &mut Page, f: &Propose) {
    let mut spans = vec![s.span(Role::Quiet, format!(" {}", pad("CLEARS", 8)))];
    for (n, v) in f.venues.iter().enumerate() {
        if n > 0 {
            spans.push(s.span(Role::Rule, format!(" {} ", s.theme().glyphs.dot)));
        }
        let role = if v.shut.is_some() { Role::Quiet } else { Role::Text };
        if v.chosen {
            spans.push(s.span(Role::Accent, s.theme().glyphs.marker));
            spans.push(s.span(Role::Title, format!("{} {}%", v.short, v.percent)));
        } else {
            let shut = if v.shut.is_some() { "×" } else { "" };
            spans.push(s.span(role, format!("{shut}{} {}%", v.short, v.percent)));
        }
    }
    if !f.venues.is_empty() {
        s.line(spans);
    }
}

/// What the odds rest on and what would lift them, in so many rows at most: " ODDS unlikely: ▼
/// Treasury, which leads, objects · …".
fn odds(s: &mut Page, f: &Propose, rows: usize) {
    let Some(chosen) = f.venues.iter().find(|v| v.chosen).filter(|_| !f.odds.is_empty()) else {
        return;
    };
    let theme = s.theme();
    let pieces = |s: &Page, most: usize| {
        let mut out = vec![vec![s.span(Role::Title, chosen.word)]];
        for o in f.odds.iter().take(most) {
            let (sign, role) = if o.lifts {
                (theme.glyphs.up, Role::Good)
            } else {
                (theme.glyphs.down, Role::Bad)
            };
            out.push(vec![s.span(role, sign), s.span(Role::Text, format!(" {}", o.text))]);
        }
        out
    };
    let lift = |s: &mut Page| {
        if !f.lift.is_empty() {
            s.hanging(
                vec![Span::raw(" ".repeat(9)), s.span(Role::Accent, "better ")],
                16,
                Role::Text,
                &f.lift,
            );
        }
    };
    if s.width < 76 {
        // A column: a row each, the words whole.
        for (n, piece) in pieces(s, f.odds.len()).into_iter().enumerate() {
            let lead = vec![s.span(Role::Quiet, pad(if n == 0 { " ODDS" } else { "" }, 9))];
            let mut words = piece.iter();
            let first = words.next().cloned().unwrap_or_default();
            let rest: String = words.map(|p| p.content.trim_start().to_owned()).collect();
            if rest.is_empty() {
                s.hanging(lead, 9, Role::Title, &first.content);
            } else {
                s.hanging([lead, vec![first]].concat(), 11, Role::Text, &rest);
            }
        }
        lift(s);
        return;
    }
    // The weightiest as far as the rows go; what would lift them always stands.
    for most in (1..=f.odds.len()).rev() {
        let mut try_it = Page::new(theme, u16::try_from(s.width).unwrap_or(u16::MAX));
        try_it.flow(vec![s.span(Role::Quiet, " ODDS")], 9, pieces(s, most));
        lift(&mut try_it);
        if try_it.rows.len() <= rows || most == 1 {
            s.extend(try_it);
            return;
        }
    }
}

/// `priced`: in a narrow column, with what each venue costs in a row of its own.
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
            if priced {
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
    parts::labelled(s, "TAKES", 9, Role::Text, &f.takes);
    parts::labelled(s, "UNSURE", 9, Role::Quiet, &f.least_known.join(" · "));
}
