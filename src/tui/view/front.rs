//! The page a turn opens with: what asks first, then what became of the player's own, what moved,
//! and the rest folded to its titles.
//!
//! ```text
//!  FIVE GOVERNMENTS, TWO NAMES                   │ THE NEWS           │ The story the
//!  !! Commerce: A question                       │  Two men charged   │ cursor is on, in
//!   1 …  2 …                                     │  Beijing replies   │ full
//!  WHAT BECAME OF YOURS                          │ WHAT AGENCIES SAY  │
//!  ◆ The largest, who was helped, what moved     │ COMING UP          │
//!  WHAT MOVED                                    │                    │
//! ▸ On to the desk
//! ```
//! Narrow: one column in the same order, and Enter opens a title.

use std::fmt::Write as _;

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::prose::facts::{Card, Door, Figure, FrontPage, Item, Moved, Prompt, Reply};
use crate::prose::words;
use crate::tui::cursor::Cursor;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::{Scene, WIDE, opens_beside};
use crate::tui::screen::{Screen, Target};
use crate::tui::theme::Role;

use super::{detail, parts};

/// Columns at the right edge where the row below a page counts what is out of sight.
const COUNTED: usize = 8;

/// The pane with the titles, where there are columns.
const TITLES: usize = 1;

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
        for p in &f.asks {
            question(&mut s, f, p, !p.answered);
        }
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
        columns(scene, f, area, &mut layout);
    } else {
        layout.pane(area, one_column(scene, f, area.width));
    }
    let on = way_on(scene, f, below.width, &layout);
    layout.pane(below, on);
    layout
}

/// The lead of the page on the left, the rest by title beside it, and where there is room what a
/// title opens.
fn columns<'a>(scene: &Scene<'a>, f: &FrontPage, area: Rect, layout: &mut PageLayout<'a>) {
    let opens = opens_beside((area.width, area.height)) && scene.coach.is_none();
    let sizes = if opens {
        [
            Length(area.width * 46 / 100),
            Length(1),
            Length(area.width * 24 / 100),
            Length(1),
            Fill(1),
        ]
    } else {
        [Length(area.width * 58 / 100), Length(1), Fill(1), Length(0), Length(0)]
    };
    let [left, rule, middle, open_rule, open] = Layout::horizontal(sizes).areas(area);
    let mut rest = Page::new(scene.theme, middle.width);
    if scene.coach.is_some() {
        stories(&mut rest, f);
    } else {
        titles(&mut rest, f);
    }
    replies(&mut rest, f, usize::MAX);
    minds(&mut rest, f);
    files(&mut rest, f);
    coming(&mut rest, f);
    // With nothing beside it the lead has the page to itself.
    let left = if rest.rows.is_empty() { super::briefing::page(area) } else { left };
    let mut lead = Page::new(scene.theme, left.width);
    headline(&mut lead, f);
    opening(&mut lead, scene, f);
    questions(&mut lead, f);
    yours(&mut lead, f);
    changes(&mut lead, f, 18);
    layout.pane(left, lead);
    if rest.rows.is_empty() {
        return;
    }
    layout.vertical_rule(rule);
    let target = rest.links.get(scene.cursor.link[TITLES]).map(|l| l.to);
    layout.pane(middle, rest);
    if opens {
        layout.vertical_rule(open_rule);
        if let Some(mut page) = target.and_then(|to| detail::page(scene, to, open.width)) {
            also(&mut page, f, target, usize::from(open.height));
            layout.pane(open, page);
        }
    }
}

/// Under what is open the other stories, as far as there is room for them whole.
fn also(s: &mut Page, f: &FrontPage, open: Option<Target>, rows: usize) {
    for (_, item) in f.stories().enumerate().filter(|(n, _)| open != Some(Target::Story(*n))) {
        let mut one = Page::new(s.theme(), u16::try_from(s.width).unwrap_or(u16::MAX));
        one.blank();
        one.text(Role::Quiet, 1, &item.title);
        one.text(Role::Quiet, 1, &item.body);
        one.text(Role::Quiet, 1, &item.label);
        if s.at() + one.at() <= rows {
            s.extend(one);
        }
    }
}

fn one_column<'a>(scene: &Scene<'a>, f: &FrontPage, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    if scene.coach.is_some() {
        // What is there to be read comes first, and close together.
        for item in f.stories() {
            brief(&mut s, item);
        }
        yours(&mut s, f);
        changes(&mut s, f, 18);
        replies(&mut s, f, usize::MAX);
    } else {
        headline(&mut s, f);
        opening(&mut s, scene, f);
        questions(&mut s, f);
        yours(&mut s, f);
        changes(&mut s, f, 18);
        titles(&mut s, f);
        replies(&mut s, f, 1);
    }
    minds(&mut s, f);
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
    s.text(Role::Text, 1, &f.after);
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
        for m in a.moved.iter().filter(|m| !m.figure.estimated) {
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
            s.text(Role::Text, 3, &format!("{}. Cause: your answer.", words::went(m)));
        }
        let by_direction: Vec<&Moved> = a.moved.iter().filter(|m| m.figure.estimated).collect();
        moved(s, &by_direction, &[]);
    }
}

/// Those who speak in columns side by side, the others in a row.
fn beside(s: &mut Page, a: &Card) {
    let speak: Vec<_> = a.replies.iter().filter(|r| !r.says.is_empty()).collect();
    let n = speak.len().max(1);
    let room = s.width.saturating_sub(3) / n;
    let columns: Vec<Vec<(Role, String)>> = speak
        .iter()
        .map(|r| {
            let (sign, word, role) = parts::reaction(r.reaction);
            let mut rows = vec![(role, format!("{} {sign} {word}", r.who))];
            rows.extend(
                crate::text::wrap(&r.says, room.saturating_sub(3))
                    .into_iter()
                    .map(|l| (Role::Text, l)),
            );
            if !r.label.is_empty() {
                rows.extend(
                    crate::text::wrap(&r.label, room.saturating_sub(3))
                        .into_iter()
                        .map(|l| (Role::Quiet, l)),
                );
            }
            rows
        })
        .collect();
    for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        let mut spans = vec![Span::raw("   ")];
        for c in &columns {
            let (role, words) = c.get(row).cloned().unwrap_or((Role::Text, String::new()));
            spans.push(s.span(role, pad(&words, room)));
        }
        s.line(spans);
    }
    let silent = a.replies.iter().filter(|r| r.says.is_empty());
    let pieces: Vec<_> = silent
        .map(|r| {
            let (sign, word, role) = parts::reaction(r.reaction);
            vec![s.span(role, format!("{} {sign} {word}", r.who))]
        })
        .collect();
    if !pieces.is_empty() {
        s.flow(vec![Span::raw("   ")], 3, pieces);
    }
}

/// What a card moved, side by side: how much it did, and where the value stands now unless the page
/// tells it among what moved.
fn moved(s: &mut Page, all: &[&Moved], told: &[Figure]) {
    if all.is_empty() {
        return;
    }
    let pieces = all
        .iter()
        .map(|m| {
            let mut spans = vec![
                s.span(Role::Text, format!("{} ", m.figure.name)),
                s.span(parts::tone(m.tone), words::part(m.part)),
            ];
            if told.iter().all(|f| f.indicator != m.figure.indicator) {
                let stands = format!(" ({} {})", m.figure.value, m.figure.word);
                spans.push(s.span(Role::Quiet, stands));
            }
            spans
        })
        .collect();
    s.flow(vec![Span::raw("   ")], 3, pieces);
}

/// What one act did, in a few rows.
fn card(s: &mut Page, c: &Card, told: &[Figure]) {
    let at = s.at();
    let lead = vec![Span::raw(" "), s.span(Role::Accent, s.theme().glyphs.marker), Span::raw(" ")];
    if c.say.is_empty() {
        s.hanging(lead, 3, Role::Title, said(&c.item).trim());
    } else {
        s.hanging(lead, 3, Role::Title, &words::headed(&c.item.title, &c.say));
    }
    if let Some(door) = c.item.door {
        s.link_row(at, Target::To(door));
    }
    if !c.say.is_empty() {
        s.text(Role::Text, 3, &c.item.body);
    }
    s.text(Role::Quiet, 3, &c.item.label);
    beside(s, c);
    moved(s, &c.moved.iter().collect::<Vec<_>>(), told);
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

/// What else happened, by title; of what kind, and whether it is of the record.
fn titles(s: &mut Page, f: &FrontPage) {
    let wide = s.width >= 60;
    for (n, item) in f.stories().enumerate() {
        if n == 0 {
            s.gap();
            s.head("THE NEWS", "Enter opens");
        }
        let at = s.at();
        let of = if item.record { "record" } else { item.kind };
        let end = if wide { vec![s.span(Role::Quiet, of), Span::raw(" ")] } else { Vec::new() };
        s.entry(vec![Span::raw("  "), s.span(Role::Text, &item.title)], end);
        s.link(at, Target::Story(n));
    }
}

fn yours(s: &mut Page, f: &FrontPage) {
    let rest: Vec<&Item> = f.results.iter().filter(|i| !i.is_of_calendar()).collect();
    if rest.is_empty() && f.cards.is_empty() && f.foretold.is_none() {
        return;
    }
    s.gap();
    s.head("WHAT BECAME OF YOURS", "");
    for c in &f.cards {
        card(s, c, &f.changes);
    }
    for item in rest {
        result(s, item);
    }
    if let Some(item) = &f.foretold {
        let at = s.at();
        s.text(Role::Quiet, 3, &item.title);
        s.link(at, Target::Foretold);
    }
}

/// A result in words, its title before it where it does not name it.
fn said(item: &Item) -> String {
    if item.body.is_empty() {
        item.title.clone()
    } else if item.body.to_lowercase().contains(&item.title.to_lowercase()) {
        item.body.clone()
    } else {
        format!("{}: {}", item.title, item.body)
    }
}

fn result(s: &mut Page, item: &Item) {
    let at = s.at();
    let lead = vec![Span::raw(" "), s.span(Role::Accent, s.theme().glyphs.marker), Span::raw(" ")];
    s.hanging(lead, 3, Role::Text, said(item).trim());
    if let Some(door) = item.door {
        s.link(at, Target::To(door));
    }
}

/// The first question without an answer in full; the others by title, and Enter opens them.
fn questions(s: &mut Page, f: &FrontPage) {
    let live = f.asks.iter().position(|a| !a.answered);
    for (n, p) in f.asks.iter().enumerate() {
        if Some(n) == live {
            question(s, f, p, true);
            continue;
        }
        if n == 0 {
            s.gap();
        }
        let at = s.at();
        let (sign, role) = if p.answered { ("ok", Role::Quiet) } else { ("!!", Role::Loud) };
        let from = if p.from.is_empty() { String::new() } else { format!("{}: ", p.from) };
        let chosen = p.choices.iter().find(|c| c.chosen);
        let words = match chosen {
            Some(c) => words::headed(&p.item.title, &c.say),
            None => p.item.title.clone(),
        };
        let lead = vec![Span::raw(" "), s.span(role, sign), Span::raw(" ")];
        let role = if p.answered { Role::Quiet } else { Role::Title };
        s.hanging(lead, 4, role, &format!("{from}{words}"));
        s.link(at, Target::Question(n));
    }
}

/// A question in full; `live`: its answers have numbers.
fn question(s: &mut Page, f: &FrontPage, p: &Prompt, live: bool) {
    s.gap();
    let sign = if p.answered { s.span(Role::Quiet, "   ") } else { s.span(Role::Loud, " !! ") };
    let from = if p.from.is_empty() { String::new() } else { format!("{}: ", p.from) };
    s.line(vec![sign, s.span(Role::Title, format!("{from}{}", p.item.title))]);
    if !f.items.iter().any(|i| i.body == p.item.body) {
        s.text(Role::Text, 4, &p.item.body);
        s.text(Role::Quiet, 4, &p.item.label);
    }
    choices(s, p, live);
}

/// The answers to what is asked.
pub fn choices(s: &mut Page, p: &Prompt, numbered: bool) {
    for (n, c) in p.choices.iter().enumerate() {
        let at = s.at();
        let key = if numbered { format!("  {} ", n + 1) } else { "    ".to_owned() };
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
        words.push_str(&parts::stirs(s, c, p.answered));
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

fn changes(s: &mut Page, f: &FrontPage, name: usize) {
    if f.changes.is_empty() {
        return;
    }
    s.gap();
    s.head("WHAT MOVED", "w why");
    let sparks = parts::sparks(u16::try_from(s.width).unwrap_or(u16::MAX), name);
    for c in &f.changes {
        let at = s.at();
        parts::figure(s, c, false, name, sparks);
        s.link(at, Target::To(Door::Indicator(c.indicator)));
    }
}

/// Each in so many rows at most; Enter opens the whole.
fn replies(s: &mut Page, f: &FrontPage, rows: usize) {
    if f.replies.is_empty() {
        return;
    }
    s.gap();
    s.head("WHAT AGENCIES SAY", "");
    for (n, Reply { who, says, .. }) in f.replies.iter().enumerate() {
        let at = s.at();
        let lead = vec![s.span(Role::Quiet, format!(" {}", pad(who, 11)))];
        parts::briefly(s, lead, 12, Role::Text, says, rows);
        s.link(at, Target::Reply(n));
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
            s.hanging(vec![s.span(role, format!(" {sign} "))], 3, role, name);
        }
    }
}

/// `− USTR: its lawyers are at a panel in Geneva (until 1 Oct)`.
fn minds(s: &mut Page, f: &FrontPage) {
    if f.minds.is_empty() {
        return;
    }
    s.gap();
    s.head("ON THEIR OWN MINDS", "");
    for m in &f.minds {
        let (sign, role) = if m.readier { ("+", Role::Good) } else { ("−", Role::Warning) };
        let lead = vec![s.span(role, format!(" {sign} "))];
        s.hanging(lead, 3, Role::Quiet, &format!("{}: {} (until {})", m.short, m.says, m.until));
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
    let (words, target) = if scene.is_over() {
        ("On to the debrief", Target::Go(Screen::Debrief))
    } else if f.wants_guidance {
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
    let on = vec![Span::raw("  "), s.span(Role::Accent, format!("{words} {arrow}"))];
    // At the right end of every column above, its hidden rows are counted.
    if layout.panes.len() > 1 {
        let waits = s.span(Role::Warning, waits);
        s.line([on, vec![Span::raw("   "), waits]].concat());
    } else {
        s.split(on, vec![s.span(Role::Warning, waits), Span::raw(" ".repeat(COUNTED))]);
    }
    s.link(at, target);
    s
}
