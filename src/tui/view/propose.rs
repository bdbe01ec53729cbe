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

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::prose::facts::{Propose, SlotRow};
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::draft::{SHORT, clears, gates, outlook, positions, positions_in, shut_venues};
use super::parts;

/// The pane of the draft's rows.
const DRAFT: usize = 1;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let Facts::Propose(f) = scene.facts else { return PageLayout::default() };
    let mut layout = PageLayout::default();
    let [top_area, body] = Layout::vertical([Length(1), Fill(1)]).areas(area);
    let mut top = Page::new(scene.theme, area.width);
    let led = if f.led_by.is_empty() { String::new() } else { format!("  {}", f.led_by) };
    let left = vec![Span::raw(" "), top.span(Role::Title, &f.title), top.span(Role::Quiet, led)];
    // Beside the name: at the edge stands what is hidden above the column below.
    let cost = vec![top.span(Role::Text, format!("  {}", f.cost))];
    top.line([left, cost].concat());
    layout.pane(top_area, top);
    if area.width >= 120 {
        three_columns(scene, f, body, &mut layout);
    } else {
        two_over_one(scene, f, body, area.height < 26, &mut layout);
    }
    layout
}

/// The draft, who says what, and the rest, side by side.
fn three_columns<'a>(scene: &Scene<'a>, f: &Propose, area: Rect, layout: &mut PageLayout<'a>) {
    let (draft_wide, who_wide) = (area.width * 30 / 100, area.width * 39 / 100);
    let columns = [Length(draft_wide), Length(1), Length(who_wide), Length(1), Fill(1)];
    let [left, rule, middle, second_rule, right] = Layout::horizontal(columns).areas(area);
    let high = usize::from(area.height);
    let mut draft = draft(scene, f, left.width);
    about(&mut draft, f, high);
    layout.pane(left, draft);
    layout.vertical_rule(rule);
    // Everybody before everything that somebody says; the weakest links say most.
    let seated = |in_full| {
        let mut who = Page::new(scene.theme, middle.width);
        positions_in(&mut who, scene, f, in_full);
        who
    };
    let fits = (1..=f.positions.len()).rev().map(seated).find(|who| who.rows.len() <= high);
    layout.pane(middle, fits.unwrap_or_else(|| seated(0)));
    layout.vertical_rule(second_rule);
    // Prices of venues give way first.
    let mut rest = column(scene, f, right.width, true);
    if rest.rows.len() > high {
        rest = column(scene, f, right.width, false);
    }
    let spare = high.saturating_sub(rest.rows.len());
    bargains(&mut rest, f, spare);
    layout.pane(right, rest);
}

/// The draft beside who says what, over the rest.
fn two_over_one<'a>(
    scene: &Scene<'a>,
    f: &Propose,
    area: Rect,
    short: bool,
    layout: &mut PageLayout<'a>,
) {
    let columns = [Length((area.width * 45 / 100).max(38)), Length(1), Fill(1)];
    let [left, _, right] = Layout::horizontal(columns).areas(area);
    let draft = draft(scene, f, left.width);
    let mut who = Page::new(scene.theme, right.width);
    positions(&mut who, scene, f);
    let mut rest = Page::new(scene.theme, area.width);
    verdict(&mut rest, f);
    gates(&mut rest, f);
    parts::labelled(&mut rest, "FILE", 9, Role::Text, &f.file);
    parts::labelled(&mut rest, "STANDS", 9, Role::Text, &f.revises);
    clears_in_short(&mut rest, f, if short { 1 } else { 3 });
    odds(&mut rest, f, if short { 2 } else { 4 });
    outlook(&mut rest, f, false);
    // The lower part has what the upper leaves, and seven rows at least.
    let wanted = u16::try_from(draft.rows.len().max(who.rows.len())).unwrap_or(0);
    let lower = u16::try_from(rest.rows.len()).unwrap_or(u16::MAX).min(7);
    let high = wanted.min(area.height.saturating_sub(lower + 1).max(area.height / 2));
    let [upper, rule, lower] = Layout::vertical([Length(high), Length(1), Fill(1)]).areas(area);
    let [left, middle, right] = Layout::horizontal(columns).areas(upper);
    layout.pane(left, draft);
    layout.vertical_rule(middle);
    layout.pane(right, who);
    layout.horizontal_rule(rule, "");
    layout.pane(lower, rest);
}

/// What stands in the way, what it may do, who hears of it: a column of its own.
fn column<'a>(scene: &Scene<'a>, f: &Propose, width: u16, priced: bool) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    verdict(&mut s, f);
    gates(&mut s, f);
    parts::labelled(&mut s, "FILE", 9, Role::Text, &f.file);
    parts::labelled(&mut s, "STANDS", 9, Role::Text, &f.revises);
    s.gap();
    clears(&mut s, f, priced);
    odds(&mut s, f, usize::MAX);
    s.gap();
    outlook(&mut s, f, priced);
    s
}

fn draft<'a>(scene: &Scene<'a>, f: &Propose, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let theme = s.theme();
    let longest = |words: &dyn Fn(&SlotRow) -> usize| f.slots.iter().map(words).max().unwrap_or(0);
    let label = longest(&|r| text::width(&r.name) + 3).clamp(10, 26);
    // Names give way to what is chosen.
    let narrow =
        width < 44 || label + 6 + longest(&|r| text::width(&r.chosen)) > usize::from(width);
    let label = if narrow { 13 } else { label };
    let name =
        |row: &SlotRow| if narrow { short(&row.id, &row.name) } else { row.name.to_string() };
    // The draft is the second pane; its links are its rows in order.
    let cursor = scene.cursor;
    let on = (cursor.pane == DRAFT).then(|| cursor.link[DRAFT]);
    if scene.size.1 >= SHORT {
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
    let because = scene.play.map_or("", |p| p.drafting.because());
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
        if scene.size.1 < SHORT {
            parts::briefly(&mut s, vec![Span::raw("  ")], 2, Role::Quiet, detail, 2);
            return s;
        }
        s.gap();
        s.text(Role::Quiet, 2, detail);
        // What shuts the whole stands with the verdict.
        let shut = chosen.and_then(|v| v.shut.as_ref()).filter(|r| f.shut.as_ref() != Some(*r));
        if let Some(shut) = shut {
            parts::refused(&mut s, shut, 4);
        }
        if width >= 44 && scene.size.1 >= 40 {
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
pub fn on_because(scene: &Scene<'_>, f: &Propose) -> bool {
    let cursor = scene.cursor;
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

/// A slot's name where there is little room: its id as a word, `talks_link` as "Talks link".
fn short(id: &str, name: &str) -> String {
    let id = id.replace('_', " ");
    let mut letters = id.chars();
    letters
        .next()
        .map_or_else(|| name.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// Whether it can go on the agenda as it stands.
fn verdict(s: &mut Page, f: &Propose) {
    if !f.ordered.is_empty() {
        let lead = vec![s.span(Role::Accent, format!(" {} ", s.theme().glyphs.marker))];
        s.hanging(lead, 3, Role::Accent, &f.ordered);
    }
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
    broken(s, f);
}

/// Promises that it would break as it is.
fn broken(s: &mut Page, f: &Propose) {
    for promise in &f.breaks {
        let lead = vec![s.span(Role::Bad, " ! ")];
        s.hanging(lead, 3, Role::Bad, &format!("breaks a promise, to {promise}"));
    }
}

/// In one row where rows are scarce: " CLEARS ◆Deputies 34% · Principals 61%"; the word stands with
/// the odds.
fn clears_in_short(s: &mut Page, f: &Propose, rows: usize) {
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
    shut_venues(s, f, rows);
}

/// What the odds rest on and what would lift them, in so many rows at most: " ODDS unlikely: ▼
/// Treasury, which leads, objects · …".
fn odds(s: &mut Page, f: &Propose, rows: usize) {
    let Some(chosen) = f.venues.iter().find(|v| v.chosen).filter(|_| !f.odds.is_empty()) else {
        return;
    };
    let theme = s.theme();
    let pieces = |s: &Page, most: usize| {
        // No cheerful word while the law is shut.
        let shut = !f.gates.is_empty() && f.gates.iter().all(|g| !g.open);
        let mut out = vec![vec![if shut {
            s.span(Role::Quiet, format!("law shut; by the room {}", chosen.word))
        } else {
            s.span(Role::Title, chosen.word)
        }]];
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
