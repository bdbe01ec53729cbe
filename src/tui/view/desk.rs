//! The desk: how things stand, what is on it, what is on the agenda, who is in the room.
//!
//! ```text
//!  HOW THINGS STAND                     │ ON YOUR DESK                      4 new
//!   Theft tempo  ~61 ▂▃▄▅▆▆  +4 high    │ !! Justice  asks: allies on our date?
//!   …                                   │ AGENDA
//!  LIVE FILES                      until│  1 Joint statement, Deputies
//! ▸ Sanctions, Haitai     Justice 24 Dec│ COMING UP
//! ─ THE ROOM ───────────────────────────┴────────────────────────────────────────
//!  Treasury − wary   Justice + with you   …
//! ```
//! Wide: a third column opens what is under the cursor.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::prose::facts::{Desk, Door, Figure};
use crate::text;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::{Scene, opens_beside};
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{detail, parts, room};

pub fn layout<'a>(scene: &Scene<'a>, d: &Desk, area: Rect) -> PageLayout<'a> {
    let mut layout = PageLayout::default();
    let wide = opens_beside((area.width, area.height));
    let (glance, area) = under_glance(scene, d, area, &mut layout);
    let room_high = room::most_rows(scene, d, area.width).min(area.height / 4);
    let rows = [Fill(1), Length(1), Length(room_high)];
    let [upper, room_rule, room_area] = Layout::vertical(rows).areas(area);
    let columns = if wide {
        let (left, middle) = (area.width * 39 / 100, area.width * 29 / 100);
        [Length(left), Length(1), Length(middle), Length(1), Fill(1)]
    } else {
        let left = (area.width / 2 + 5).clamp(37, 45).max(area.width * 46 / 100);
        [Length(left), Length(1), Fill(1), Length(0), Length(0)]
    };
    let [left, rule, middle, open_rule, open] = Layout::horizontal(columns).areas(upper);

    if upper.height < SCARCE {
        values_and_orders(scene, d, left, &mut layout);
        layout.vertical_rule(rule);
        papers_and_files(scene, d, middle, &mut layout);
    } else {
        values_and_files(scene, d, left, wide, &mut layout);
        layout.vertical_rule(rule);
        papers(scene, d, middle, wide, &mut layout);
    }

    // Where the cursor is in the room or in what is open, what it came from stays open.
    layout.beside = Some(layout.panes.len());
    let target = scene.cursor.opener(layout.panes.len()).target(&layout);
    // On a file the room says where it stands on the file; elsewhere, how it stands with you.
    let on = match target {
        Some(Target::File(n)) => d.files.get(n),
        _ => None,
    };
    let title = on.map_or_else(
        || "THE ROOM".to_owned(),
        |f| {
            format!(
                "THE ROOM on {}",
                text::cut(&f.measure, usize::from(left.width).saturating_sub(20))
            )
        },
    );
    layout.horizontal_rule(room_rule, title);
    layout.pane(room_area, room::page(scene, d, on, area.width));
    if wide {
        layout.vertical_rule(open_rule);
        if let Some(mut page) = target.and_then(|t| detail::page(scene, t, open.width)) {
            also(&mut page, d, target, usize::from(open.height));
            layout.pane(open, page);
        }
    }
    if let Some((area, page)) = glance {
        layout.pane(area, page);
    }
    layout
}

/// Below so many rows every value is in sight and the files stand beside them, under what asks.
const SCARCE: u16 = 22;

/// Where rows are scarce: every value that is judged by itself, and what is ordered in what is
/// left.
fn values_and_orders<'a>(scene: &Scene<'a>, d: &Desk, area: Rect, layout: &mut PageLayout<'a>) {
    let ranked: Vec<&Figure> = d.figures.iter().filter(|f| f.ranked).collect();
    let stand = stand(scene, &ranked, &[], area.width, 0);
    let high = u16::try_from(stand.rows.len()).unwrap_or(u16::MAX).min(area.height);
    let rows = [Length(high), Length(u16::from(area.height > high)), Fill(1)];
    let [values, _, orders] = Layout::vertical(rows).areas(area);
    layout.pane(values, stand);
    if orders.height > 1 {
        layout.pane(orders, agenda(scene, d, area.width));
    }
}

/// Beside them: what asks for an answer, the files, what is under way.
fn papers_and_files<'a>(scene: &Scene<'a>, d: &Desk, area: Rect, layout: &mut PageLayout<'a>) {
    let inbox = inbox(scene, d, area.width);
    let files = files(scene, d, area.width, 0);
    let coming = coming(scene, d, area.width);
    let asked = d.inbox.iter().any(|r| r.prompt.is_some() && !r.answered);
    let sizes = share(area.height, [inbox.rows.len(), files.rows.len(), coming.rows.len()], asked);
    let mut y = area.y;
    for (page, height) in [inbox, files, coming].into_iter().zip(sizes) {
        if height > 0 {
            layout.pane(Rect { y, height, ..area }, page);
            y += height + 1;
        }
    }
}

/// The left column: how things stand, over the live files.
fn values_and_files<'a>(
    scene: &Scene<'a>,
    d: &Desk,
    area: Rect,
    wide: bool,
    layout: &mut PageLayout<'a>,
) {
    // Files have the rows they need for a line each; figures the rest, but for what tells more of
    // each file.
    let (ranked, behind) = d.figures.iter().partition::<Vec<&Figure>, _>(|f| f.ranked);
    let files_least = d.files.len().max(1) + 1;
    let high = usize::from(area.height);
    let more = high.saturating_sub(ranked.len() + 1 + files_least + 1) / d.files.len().max(1);
    let mut more = more.min(if wide { 4 } else { 2 });
    let mut files = self::files(scene, d, area.width, more);
    while more > 0 && files.rows.len() + ranked.len() + 2 > high {
        more -= 1;
        files = self::files(scene, d, area.width, more);
    }
    let spare = high.saturating_sub(ranked.len() + 1 + files.rows.len() + 1);
    let stand = stand(scene, &ranked, &behind, area.width, spare);
    let files_high = u16::try_from(files.rows.len()).unwrap_or(0);
    // Figures give way first, but never below five, or four where rows are scarcest; what is hidden
    // above and below is counted in the row between.
    let least = if area.height < 12 { 5 } else { 6 };
    let stand_high = u16::try_from(stand.rows.len())
        .unwrap_or(0)
        .min(area.height.saturating_sub(files_high + 1).max(least))
        .min(area.height);
    let rows = [Length(stand_high), Length(1), Fill(1)];
    let [stand_area, _, files_area] = Layout::vertical(rows).areas(area);
    layout.pane(stand_area, stand);
    layout.pane(files_area, files);
}

/// The middle column: what asks for an answer, what is ordered, what is coming.
fn papers<'a>(scene: &Scene<'a>, d: &Desk, area: Rect, wide: bool, layout: &mut PageLayout<'a>) {
    let inbox = inbox(scene, d, area.width);
    let agenda = agenda(scene, d, area.width);
    let mut coming = coming(scene, d, area.width);
    if wide {
        let spare = usize::from(area.height)
            .saturating_sub(inbox.rows.len() + agenda.rows.len() + coming.rows.len() + 3);
        if spare > 6 {
            coming.gap();
            parts::measured(&mut coming, &d.figures, spare);
        }
    }
    let asked = d.inbox.iter().any(|r| r.prompt.is_some() && !r.answered);
    let sizes = share(area.height, [inbox.rows.len(), agenda.rows.len(), coming.rows.len()], asked);
    let mut y = area.y;
    for (page, height) in [inbox, agenda, coming].into_iter().zip(sizes) {
        if height > 0 {
            layout.pane(Rect { y, height, ..area }, page);
            y += height + 1;
        }
    }
}

/// What the cursor is on first: what asks for an answer, else what the three sentences say can be
/// done.
pub fn first(d: &Desk) -> Option<Target> {
    if let Some(n) = d.inbox.iter().position(|r| r.prompt.is_some() && !r.answered) {
        return Some(Target::Memo(n));
    }
    let told = d.files.iter().position(|f| Some(f.file) == d.summary.file);
    (!d.files.is_empty()).then(|| Target::File(told.unwrap_or(0)))
}

/// The turn in three sentences over everything else, and what is left of the area below them.
fn under_glance<'a>(
    scene: &Scene<'a>,
    d: &Desk,
    area: Rect,
    layout: &mut PageLayout<'a>,
) -> (Option<(Rect, Page<'a>)>, Rect) {
    let g = &d.summary;
    if area.height < 17 || g.matter.is_empty() {
        return (None, area);
    }
    let mut s = Page::new(scene.theme, area.width);
    // A row each; more only where rows are plenty.
    let rows = if area.height < 30 { 1 } else { 2 };
    for (label, words) in [("MATTER", &g.matter), ("YOU CAN", &g.can), ("WHO MINDS", &g.against)] {
        if !words.is_empty() {
            let lead = vec![s.span(Role::Title, format!(" {}", pad(label, 10)))];
            let room = s.width.saturating_sub(12) * rows;
            parts::briefly(&mut s, lead, 11, Role::Text, &whole_clauses(words, room), rows);
        }
    }
    let high = u16::try_from(s.rows.len()).unwrap_or(3);
    let rows = [Length(high), Length(1), Fill(1)];
    let [glance, rule, below] = Layout::vertical(rows).areas(area);
    layout.horizontal_rule(rule, "");
    (Some((glance, s)), below)
}

/// The sentence, or where it is too long its first clauses, as many as there is room for whole.
fn whole_clauses(words: &str, room: usize) -> String {
    if text::width(words) <= room {
        return words.to_owned();
    }
    let ends = ["; ", ", ", ": ", " ("].into_iter().flat_map(|end| words.match_indices(end));
    // None within brackets.
    let whole = |part: &&str| part.matches('(').count() == part.matches(')').count();
    let fits = ends.map(|(at, _)| &words[..at]).filter(whole);
    let fits = fits.filter(|part| text::width(part) < room);
    fits.max_by_key(|part| part.len()).map_or_else(|| words.to_owned(), |part| format!("{part}."))
}

/// Under what is open, the other papers on the desk, as far as there is room for them whole.
fn also(s: &mut Page, d: &Desk, open: Option<Target>, rows: usize) {
    for (n, r) in d.inbox.iter().enumerate().filter(|(n, _)| open != Some(Target::Memo(*n))) {
        let mut paper = Page::new(s.theme(), u16::try_from(s.width).unwrap_or(u16::MAX));
        paper.blank();
        paper.line(vec![
            Span::raw(" "),
            paper.span(Role::Rule, s.theme().glyphs.horizontal.repeat(s.width.saturating_sub(2))),
        ]);
        paper.text(Role::Quiet, 1, &r.from);
        let at = paper.at();
        paper.text(Role::Text, 1, &r.title);
        paper.link(at, Target::Memo(n));
        paper.gap();
        paper.text(Role::Quiet, 1, &r.item.body);
        paper.text(Role::Quiet, 1, &r.item.label);
        if s.at() + paper.at() <= rows {
            s.extend(paper);
        }
    }
}

/// Rows for three parts one above the other, an empty row between them: what the first leaves, the
/// next takes. Where something asks for an answer, the rest keeps less.
fn share(height: u16, wants: [usize; 3], asked: bool) -> [u16; 3] {
    let wants = wants.map(|w| u16::try_from(w).unwrap_or(u16::MAX));
    let gaps =
        u16::try_from(wants.iter().filter(|w| **w > 0).count()).unwrap_or(0).saturating_sub(1);
    let mut left = height.saturating_sub(gaps);
    let mut out = [0; 3];
    for n in 0..3 {
        // Each later part keeps some rows.
        let kept: u16 = wants[n + 1..].iter().map(|w| (*w).min(if asked { 2 } else { 4 })).sum();
        out[n] = wants[n].min(left.saturating_sub(kept).max(left.min(3)));
        left = left.saturating_sub(out[n]);
    }
    out
}

/// Rows a line of a list may take before it is cut.
fn rows(scene: &Scene<'_>) -> usize {
    if scene.size.1 < 40 { 2 } else { 4 }
}

/// A line of a list.
fn item(
    s: &mut Page,
    scene: &Scene<'_>,
    lead: Vec<Span<'static>>,
    indent: usize,
    role: Role,
    words: &str,
) {
    parts::briefly(s, lead, indent, role, &words.replace("  ", " · "), rows(scene));
}

/// Those with a rank first; of those behind them as many as there are rows for.
fn stand<'a>(
    scene: &Scene<'a>,
    ranked: &[&Figure],
    behind: &[&Figure],
    width: u16,
    spare: usize,
) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    s.head("HOW THINGS STAND", "");
    let name = if width >= 62 { 21 } else { 11 };
    let sparks = parts::sparks(width, name);
    for f in ranked {
        figure(&mut s, scene, f, name, sparks);
    }
    let room = spare.saturating_sub(2);
    // Always in the same order, so that each is found where it was.
    let shown: Vec<&&Figure> = behind.iter().take(room).collect();
    if room > 0 && !shown.is_empty() {
        s.gap();
        s.head(
            "BEHIND THEM",
            &if shown.len() < behind.len() {
                format!("{} more: w", behind.len() - shown.len())
            } else {
                String::new()
            },
        );
        for f in shown {
            figure(&mut s, scene, f, name, sparks);
        }
    }
    s
}

fn figure(s: &mut Page, scene: &Scene<'_>, f: &Figure, name: usize, sparks: usize) {
    let at = s.at();
    parts::figure(s, f, scene.play.is_some_and(|p| p.selection.is_unseen(f)), name, sparks);
    s.link(at, Target::To(Door::Indicator(f.indicator)));
}

/// `more`: rows each file may have beyond its first.
fn files<'a>(scene: &Scene<'a>, d: &Desk, width: u16, more: usize) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    s.head("LIVE FILES", if d.files.is_empty() { "" } else { "until" });
    if d.files.is_empty() {
        s.text(Role::Quiet, 2, "None. p proposes anything.");
    }
    for (n, f) in d.files.iter().enumerate() {
        let at = s.at();
        let (sign, role) = if f.on_agenda {
            (s.theme().glyphs.full, Role::Accent)
        } else if f.shut.is_some() {
            ("×", Role::Quiet)
        } else if f.is_new {
            (s.theme().glyphs.marker, Role::Text)
        } else {
            (" ", Role::Text)
        };
        let until = s.span(
            if f.expires { Role::Warning } else { Role::Quiet },
            format!(" {}{} ", if f.expires { "! " } else { "" }, f.until),
        );
        let mut end = vec![until];
        if width >= 48 {
            end.insert(0, s.span(Role::Quiet, format!(" {}", pad(&f.sponsor, 8))));
        }
        // The measure first, as it is called everywhere; the paper's own title where it fits.
        let tail: usize = end.iter().map(Span::width).sum();
        let title = format!(", {}", f.name);
        let fits = text::width(&f.measure) + text::width(&title) + tail + 4 <= usize::from(width);
        let mut lead = vec![Span::raw(" "), s.span(Role::Accent, sign), s.span(role, &f.measure)];
        if fits {
            lead.push(s.span(Role::Quiet, &title));
        }
        s.split(lead, end);
        if !fits && more > 0 {
            s.text(Role::Quiet, 4, &f.name);
        }
        let said = text::wrap(&f.says, usize::from(width).saturating_sub(5).max(1));
        if more > said.len() {
            s.text(Role::Quiet, 4, &f.says);
        }
        let standing = format!(
            "{}{}{}",
            f.cost,
            if f.cost.is_empty() || f.standing.is_empty() { "" } else { "; " },
            f.standing
        );
        if more > 0 && !standing.is_empty() && text::width(&standing) + 5 <= usize::from(width) {
            s.text(Role::Quiet, 4, &standing);
        }
        s.link(at, Target::File(n));
    }
    s
}

fn inbox<'a>(scene: &Scene<'a>, d: &Desk, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let open = d.inbox.iter().filter(|r| r.prompt.is_some() && !r.answered).count();
    s.head("ON YOUR DESK", &if open > 0 { format!("{open} to answer") } else { String::new() });
    if d.inbox.is_empty() {
        s.text(Role::Quiet, 2, "Nothing waits for an answer.");
    }
    // In a narrow column who asks stands before what is asked, so that it is never cut.
    let narrow = width < 44;
    let from = d.inbox.iter().map(|r| text::width(&r.from)).max().unwrap_or(9).clamp(9, 12);
    for (n, r) in d.inbox.iter().enumerate() {
        let at = s.at();
        let (sign, role) = match (r.prompt.is_some(), r.answered) {
            (true, false) => ("!!", Role::Loud),
            (true, true) => ("ok", Role::Quiet),
            (false, _) => ("  ", Role::Text),
        };
        let mut lead = vec![Span::raw(" "), s.span(role, sign)];
        let role = if role == Role::Loud { Role::Title } else { Role::Text };
        if narrow {
            lead.push(Span::raw(" "));
            let words = format!("{}: {}", r.from, r.title);
            parts::briefly(&mut s, lead, 4, role, &words, rows(scene));
        } else {
            lead.push(s.span(Role::Quiet, format!(" {} ", pad(&r.from, from))));
            parts::briefly(&mut s, lead, from + 5, role, &r.title, rows(scene));
        }
        s.link(at, Target::Memo(n));
    }
    s
}

fn agenda<'a>(scene: &Scene<'a>, d: &Desk, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    s.head("THIS TURN", if d.agenda.is_empty() { "" } else { "u undo" });
    if d.agenda.is_empty() {
        s.text(Role::Quiet, 2, "Nothing ordered yet.");
    }
    for (n, r) in d.agenda.iter().enumerate() {
        let at = s.at();
        let lead = vec![Span::raw(" "), s.span(Role::Accent, format!("{} ", n + 1))];
        item(&mut s, scene, lead, 3, Role::Text, &r.text);
        if !r.stances.is_empty() {
            item(&mut s, scene, Vec::new(), 3, Role::Quiet, &parts::signs(&r.stances));
        }
        s.link(at, Target::Order(r.order));
    }
    s
}

fn coming<'a>(scene: &Scene<'a>, d: &Desk, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    if !d.work.is_empty() {
        s.head("UNDER WAY", "");
        for (n, w) in d.work.iter().enumerate() {
            let at = s.at();
            // Beside each other where both fit; else when it comes stands below what it is.
            if text::width(&w.text) + text::width(&w.when) + 4 <= usize::from(width) {
                s.split(
                    vec![Span::raw("  "), s.span(Role::Text, &w.text)],
                    vec![s.span(Role::Quiet, &w.when), Span::raw(" ")],
                );
            } else {
                item(&mut s, scene, Vec::new(), 2, Role::Text, &w.text);
                item(&mut s, scene, Vec::new(), 4, Role::Quiet, &w.when);
            }
            s.link(at, Target::Work(n));
        }
        s.gap();
    }
    // When a file ends stands with the file.
    let coming: Vec<_> =
        d.coming.iter().filter(|c| !matches!(c.door, Some(Door::File(_)))).collect();
    if !coming.is_empty() {
        s.head("COMING UP", "");
        for c in coming {
            let lead = vec![Span::raw("  "), s.span(Role::Quiet, pad(&c.date, 7))];
            parts::briefly(&mut s, lead, 10, Role::Text, &c.what, rows(scene));
        }
    }
    for p in &d.promises {
        if p.given {
            s.line(vec![
                Span::raw("  "),
                s.span(Role::Warning, "owed "),
                s.span(Role::Text, format!("{}: {}", p.to, p.name)),
            ]);
        }
    }
    s
}
