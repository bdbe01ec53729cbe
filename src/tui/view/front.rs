//! The page a turn opens with.
//!
//! ```text
//!  FIVE GOVERNMENTS, TWO NAMES                      │ !! A question
//!                                                   │  1 …  2 …
//!  WHAT BECAME OF YOURS                             │ WHAT MOVED
//!                                                   │  Talks      58 −6 alive
//!  Item in two or three lines. record · S6          │ WHAT AGENCIES SAY
//!                                                   │ COMING UP
//! ▸ On to the desk
//! ```
//! Narrow: one column in the same order, changes before the agencies.

use std::fmt::Write as _;

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::prose::facts::{Door, FrontPage, Item};
use crate::prose::words;
use crate::tui::cursor::Cursor;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::{Scene, WIDE};
use crate::tui::screen::{Screen, Target};
use crate::tui::theme::Role;

use super::parts;

/// Columns at the right edge where the row below a page counts what is out of sight.
const COUNTED: usize = 8;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let Facts::Front(f) = scene.facts else { return PageLayout::default() };
    let mut layout = PageLayout::default();
    // In a lesson what asks has the page to itself, and so has the answer.
    if scene.coach.is_some() && f.asks.iter().any(|a| !a.answered) {
        let area = super::briefing::page(area);
        let mut s = Page::new(scene.theme, area.width);
        // The line above says which scenario it is, and when.
        if f.briefing.is_none() {
            headline(&mut s, f);
        }
        opening(&mut s, scene, f);
        stories(&mut s, f);
        questions(&mut s, f);
        layout.pane(area, s);
        return layout;
    }
    // The way on is always in sight, and where the cursor starts: Enter is the obvious next thing.
    let [area, below] = Layout::vertical([Fill(1), Length(1)]).areas(area);
    if scene.coach.is_some() && !f.answered.is_empty() {
        let page = super::briefing::page(area);
        let mut s = Page::new(scene.theme, page.width);
        answered(&mut s, f);
        // It stands close under what it follows.
        let y = page.y + u16::try_from(s.rows.len() + 1).unwrap_or(u16::MAX).min(page.height);
        layout.pane(Rect { height: y - page.y, ..page }, s);
        let on = way_on(scene, f, page.width, &layout);
        layout.pane(Rect { y, height: 1, ..page }, on);
        return layout;
    }
    if area.width >= WIDE {
        let columns = [Length(area.width * 58 / 100), Length(1), Fill(1)];
        let [left, rule, right] = Layout::horizontal(columns).areas(area);
        let mut news = Page::new(scene.theme, left.width);
        headline(&mut news, f);
        opening(&mut news, scene, f);
        results(&mut news, f);
        stories(&mut news, f);
        // What asks for an answer is in sight from the start.
        let mut side = Page::new(scene.theme, right.width);
        questions(&mut side, f);
        changes(&mut side, f, 14);
        replies(&mut side, f);
        files(&mut side, f);
        coming(&mut side, f);
        layout.pane(left, news);
        layout.vertical_rule(rule);
        layout.pane(right, side);
    } else {
        layout.pane(area, one_column(scene, f, area.width));
    }
    let on = way_on(scene, f, below.width, &layout);
    layout.pane(below, on);
    layout
}

fn one_column<'a>(scene: &Scene<'a>, f: &FrontPage, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    if scene.coach.is_some() {
        // What is there to be read comes first, and close together.
        for item in f.items.iter().chain(&f.counterpart).chain(&f.found) {
            brief(&mut s, item);
        }
        results(&mut s, f);
    } else {
        headline(&mut s, f);
        opening(&mut s, scene, f);
        results(&mut s, f);
        stories(&mut s, f);
    }
    questions(&mut s, f);
    changes(&mut s, f, 18);
    replies(&mut s, f);
    files(&mut s, f);
    coming(&mut s, f);
    s
}

/// The way on: the page is read from its top, and Enter goes on. In a lesson what asks comes first.
pub fn first(scene: &Scene<'_>, layout: &PageLayout<'_>) -> Cursor {
    let asked = match (scene.coach, scene.facts) {
        (Some(_), Facts::Front(f)) => f.asks.iter().find(|a| !a.answered),
        _ => None,
    };
    let answer = asked.and_then(|a| a.choices.first().map(|c| Target::Answer(a.event, c.choice)));
    answer.and_then(|to| Cursor::on(layout, to)).unwrap_or_else(|| Cursor::on_way_on(layout))
}

fn headline(s: &mut Page, f: &FrontPage) {
    s.text(Role::Title, 1, &f.headline);
    let dates =
        if f.dates.is_empty() { String::new() } else { format!("{} · {}", f.dates, f.turn) };
    s.text(Role::Quiet, 1, &dates);
}

/// On the first page of a lesson the briefing stands above the question, and an answer above
/// everything.
fn opening(s: &mut Page, scene: &Scene<'_>, f: &FrontPage) {
    answered(s, f);
    if let (Some(b), Some(_)) = (&f.briefing, scene.coach) {
        s.gap();
        s.text(Role::Text, 1, &b.body);
        s.text(Role::Quiet, 1, &b.label);
    }
}

/// What an answer did at once: who says what to it, side by side, and what moved.
fn answered(s: &mut Page, f: &FrontPage) {
    for a in &f.answered {
        s.gap();
        let lead =
            vec![Span::raw(" "), s.span(Role::Accent, format!("{} ", s.theme().glyphs.marker))];
        s.hanging(lead, 3, Role::Title, &a.say);
        s.gap();
        beside(s, a);
        s.gap();
        for m in &a.moved {
            let at = s.at();
            let fig = &m.figure;
            s.line(vec![
                Span::raw(" "),
                s.span(Role::Title, format!("{}  ", fig.name)),
                s.span(
                    Role::Text,
                    format!("{} {} ", words::amount(fig, m.before), s.theme().glyphs.right),
                ),
                s.span(Role::Title, format!("{}  ", fig.value)),
                s.span(parts::tone(m.tone), words::change_by(fig, m.delta)),
            ]);
            s.link(at, Target::To(Door::Indicator(fig.indicator)));
            let said = if m.word_before == fig.word {
                format!("still {}", fig.word)
            } else {
                format!("from {} to {}", m.word_before, fig.word)
            };
            s.text(Role::Text, 3, &format!("{said}. Cause: your answer."));
        }
    }
}

fn beside(s: &mut Page, a: &crate::prose::facts::Answered) {
    let n = a.replies.len().max(1);
    let room = s.width.saturating_sub(2) / n;
    let columns: Vec<Vec<(Role, String)>> = a
        .replies
        .iter()
        .map(|r| {
            let (sign, word, role) = parts::reaction(r.reaction);
            let mut rows = vec![(role, format!("{} {sign} {word}", r.who))];
            rows.extend(
                crate::text::wrap(&r.says, room.saturating_sub(3))
                    .into_iter()
                    .map(|l| (Role::Text, l)),
            );
            rows.extend(
                crate::text::wrap(&r.label, room.saturating_sub(3))
                    .into_iter()
                    .map(|l| (Role::Quiet, l)),
            );
            rows
        })
        .collect();
    for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        let mut spans = vec![Span::raw(" ")];
        for c in &columns {
            let (role, words) = c.get(row).cloned().unwrap_or((Role::Text, String::new()));
            spans.push(s.span(role, pad(&words, room)));
        }
        s.line(spans);
    }
}

/// A story: title, body, and under it what it rests on.
pub fn story(s: &mut Page, item: &Item) {
    s.gap();
    let at = s.at();
    let lead = vec![Span::raw(" "), s.span(Role::Title, format!("{}  ", item.title))];
    if item.title.is_empty() {
        s.text(Role::Text, 1, &item.body);
    } else {
        s.line(lead);
        s.text(Role::Text, 1, &item.body);
    }
    if !item.label.is_empty() {
        s.text(Role::Quiet, 1, &item.label);
    }
    if let Some(door) = item.door {
        // Only the title line is the link: a whole story in reverse is hard to read.
        s.link_row(at, Target::To(door));
    }
}

/// The same in fewer rows: what it rests on stands at the end of its title.
fn brief(s: &mut Page, item: &Item) {
    s.gap();
    let at = s.at();
    s.split(
        vec![Span::raw(" "), s.span(Role::Title, &item.title)],
        vec![s.span(Role::Quiet, &item.label), Span::raw(" ")],
    );
    s.text(Role::Text, 1, &item.body);
    if let Some(door) = item.door {
        s.link_row(at, Target::To(door));
    }
}

fn stories(s: &mut Page, f: &FrontPage) {
    for item in f.items.iter().chain(&f.counterpart).chain(&f.found) {
        story(s, item);
    }
}

fn results(s: &mut Page, f: &FrontPage) {
    let yours: Vec<&Item> = f.results.iter().filter(|i| !i.is_of_calendar()).collect();
    if yours.is_empty() {
        return;
    }
    s.gap();
    s.head("WHAT BECAME OF YOURS", "");
    for item in yours {
        result(s, item);
    }
}

fn result(s: &mut Page, item: &Item) {
    let at = s.at();
    let lead = vec![Span::raw(" "), s.span(Role::Accent, s.theme().glyphs.marker), Span::raw(" ")];
    let words = if item.body.is_empty() {
        item.title.clone()
    } else if item.body.to_lowercase().contains(&item.title.to_lowercase()) {
        item.body.clone()
    } else {
        format!("{}: {}", item.title, item.body)
    };
    s.hanging(lead, 3, Role::Text, words.trim());
    if let Some(door) = item.door {
        s.link(at, Target::To(door));
    }
}

fn questions(s: &mut Page, f: &FrontPage) {
    let mut numbered = false;
    for p in &f.asks {
        s.gap();
        let sign = if p.answered { s.span(Role::Quiet, "   ") } else { s.span(Role::Loud, " !! ") };
        let from = if p.from.is_empty() { String::new() } else { format!("{}: ", p.from) };
        s.line(vec![sign, s.span(Role::Title, format!("{from}{}", p.item.title))]);
        if !f.items.iter().any(|i| i.body == p.item.body) {
            s.text(Role::Text, 4, &p.item.body);
            s.text(Role::Quiet, 4, &p.item.label);
        }
        let live = !p.answered && !numbered;
        numbered |= live;
        for (n, c) in p.choices.iter().enumerate() {
            let at = s.at();
            let key = if live { format!("  {} ", n + 1) } else { "    ".to_owned() };
            let role = if c.chosen {
                Role::Accent
            } else if p.answered || c.shut.is_some() {
                Role::Quiet
            } else {
                Role::Text
            };
            let mut words = c.say.clone();
            if !matches!(c.cost.as_str(), "" | "free") {
                _ = write!(words, "  ({})", c.cost);
            }
            if c.default && !p.answered {
                words.push_str("  · stands if you say nothing");
            }
            if c.chosen {
                words = format!("{} {words}", s.theme().glyphs.marker);
            }
            let lead = vec![s.span(Role::Accent, key)];
            s.hanging(lead, 4, role, &words);
            if !p.answered {
                s.link(at, Target::Answer(p.event, c.choice));
            }
        }
    }
}

fn changes(s: &mut Page, f: &FrontPage, name: usize) {
    if f.changes.is_empty() {
        return;
    }
    s.gap();
    s.head("WHAT MOVED", "w why");
    let sparks = (s.width.saturating_sub(name + 28)).clamp(6, 14);
    for c in &f.changes {
        let at = s.at();
        parts::figure(s, c, false, name, sparks);
        s.link(at, Target::To(Door::Indicator(c.indicator)));
    }
}

fn replies(s: &mut Page, f: &FrontPage) {
    if f.replies.is_empty() {
        return;
    }
    s.gap();
    s.head("WHAT AGENCIES SAY", "");
    for r in &f.replies {
        let at = s.at();
        parts::labelled(s, &r.who, 12, Role::Text, &r.says);
        s.link(at, Target::To(Door::Agency(r.agency)));
    }
}

fn files(s: &mut Page, f: &FrontPage) {
    if f.opened_files.is_empty() && f.closed_files.is_empty() {
        return;
    }
    s.gap();
    s.head("FILES", "");
    for (sign, role, list) in
        [("+", Role::Accent, &f.opened_files), ("×", Role::Quiet, &f.closed_files)]
    {
        for name in list {
            let lead = vec![s.span(role, format!(" {sign} "))];
            s.hanging(lead, 3, role, name);
        }
    }
}

fn coming(s: &mut Page, f: &FrontPage) {
    for (n, item) in f.results.iter().filter(|i| i.is_of_calendar()).enumerate() {
        if n == 0 {
            s.gap();
            s.head("ON THE CALENDAR", "");
        }
        result(s, item);
    }
    if f.due.is_empty() {
        return;
    }
    s.gap();
    s.head("COMING UP", "");
    for d in &f.due {
        let lead = vec![s.span(Role::Quiet, format!(" {}  ", pad(&d.date, 7)))];
        s.hanging(lead, 10, Role::Text, &d.what);
    }
}

/// The row Enter goes on from: it reads on first, as the footer says.
fn way_on<'a>(scene: &Scene<'a>, f: &FrontPage, width: u16, layout: &PageLayout<'_>) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let unread = scene.cursor.has_unread(&layout.panes);
    let at = s.at();
    let open = f.asks.iter().filter(|a| !a.answered).count();
    let (words, target) = if f.wants_guidance {
        ("Write the guidance", Target::Go(Screen::Guidance))
    } else {
        ("On to the desk", Target::Go(Screen::Desk))
    };
    let (words, arrow) =
        if unread { ("Read on", s.theme().glyphs.down) } else { (words, s.theme().glyphs.right) };
    let waits = match open {
        0 => String::new(),
        1 => "1 question on this page waits for an answer".to_owned(),
        n => format!("{n} questions on this page wait for answers"),
    };
    s.split(
        vec![Span::raw("  "), s.span(Role::Accent, format!("{words} {arrow}"))],
        vec![s.span(Role::Warning, waits), Span::raw(" ".repeat(COUNTED))],
    );
    s.link(at, target);
    s
}
