//! Searching: one way to narrow any list, whatever screen it is on.
//!
//! A row stays if each word typed is somewhere in it, or in what it opens. Headings stay with what
//! is under them. Owns which rows those are and the line that says how many are hidden. Refuses:
//! typing (`update`).

use ratatui::text::Span;
use std::collections::BTreeMap;

use crate::prose;
use crate::prose::facts::{ActionRow, Actions, Desk, Door};
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::{PageLayout, Pane};
use crate::tui::page::{Found, Link, Page};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

/// What begins at a row.
#[derive(Clone, Copy)]
enum Begins {
    Head,
    Link(usize),
    Item,
}

/// The page with only what is searched for.
pub fn narrow<'a>(scene: &Scene<'_>, page: Page<'a>) -> Page<'a> {
    narrow_to(page, scene.search, |to| about(scene, to))
}

/// The page with only what has these words, itself or in what it is `about`.
pub fn narrow_to<'a>(page: Page<'a>, words: &str, about: impl Fn(Target) -> String) -> Page<'a> {
    if words.trim().is_empty() {
        return page;
    }
    let wanted: Vec<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut starts: BTreeMap<usize, Begins> = BTreeMap::new();
    starts.extend(page.heads.iter().map(|(row, _)| (*row, Begins::Head)));
    starts.extend(page.items.iter().map(|row| (*row, Begins::Item)));
    starts.extend(page.links.iter().enumerate().map(|(n, d)| (d.row, Begins::Link(n))));
    let mut out = Page::new(page.theme(), u16::try_from(page.width).unwrap_or(u16::MAX));
    let mut found = Found::default();
    let mut head = None;
    let ends: Vec<usize> = starts.keys().skip(1).copied().chain([page.rows.len()]).collect();
    for ((from, begins), end) in starts.into_iter().zip(ends) {
        let link = match begins {
            Begins::Head => {
                head = Some(from);
                continue;
            }
            Begins::Link(n) => page.links.get(n).copied(),
            Begins::Item => None,
        };
        let seen = words_of_rows(&page, from, end);
        let opened = link.map(|d| about(d.to).to_lowercase()).unwrap_or_default();
        if !wanted.iter().all(|w| seen.contains(w) || opened.contains(w)) {
            found.hidden += 1;
            continue;
        }
        found.shown += 1;
        if let Some(row) = head.take() {
            out.gap();
            out.heads.push((
                out.rows.len(),
                page.heads.iter().find(|h| h.0 == row).map_or_else(String::new, |h| h.1.clone()),
            ));
            out.rows.push(page.rows[row].clone());
        }
        let at = out.rows.len();
        // An empty row belongs to the heading after it.
        let last =
            (from..end).rev().find(|row| page.rows[*row].width() > 0).map_or(from, |row| row + 1);
        out.rows.extend(page.rows[from..last].iter().cloned());
        match link {
            Some(d) => {
                let rank = rank(&seen, &wanted);
                if found.best.is_none_or(|(best, _)| rank < best) {
                    found.best = Some((rank, out.links.len()));
                }
                out.links.push(Link { row: at, ..d });
            }
            None => out.items.push(at),
        }
    }
    if found.shown == 0 {
        out.text(Role::Quiet, 1, &format!("Nothing matches \"{}\".", words.trim()));
    }
    out.found = Some(found);
    out
}

/// All panes of a layout narrowed.
pub fn everywhere<'a>(scene: &Scene<'_>, mut layout: PageLayout<'a>) -> PageLayout<'a> {
    if scene.is_narrowed() {
        layout.panes = layout
            .panes
            .into_iter()
            .map(|p| Pane { area: p.area, page: narrow(scene, p.page) })
            .collect();
    }
    layout
}

/// A row that begins with the words comes before one that has them, and that before one that only
/// opens to them.
fn rank(seen: &str, wanted: &[String]) -> u8 {
    let seen = seen.trim_start_matches(|c: char| !c.is_alphanumeric());
    match wanted.first() {
        Some(first)
            if seen.starts_with(first.as_str()) && wanted.iter().all(|w| seen.contains(w)) =>
        {
            0
        }
        _ if wanted.iter().all(|w| seen.contains(w)) => 1,
        _ => 2,
    }
}

fn words_of_rows(page: &Page, from: usize, end: usize) -> String {
    let mut out = String::new();
    for line in &page.rows[from..end] {
        for span in &line.spans {
            out.push_str(&span.content);
        }
        out.push(' ');
    }
    // Rows are wrapped and padded: words that stand beside each other are one space apart.
    out.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// What a row is about beyond what it shows.
fn about(scene: &Scene<'_>, target: Target) -> String {
    let join = |words: &[&str]| words.join(" ");
    let words = match (target, scene.facts) {
        (Target::File(n), Facts::Choose(c)) => file(&c.desk, n),
        (Target::File(n), Facts::Desk(d)) => file(d, n),
        (Target::Instrument(i), Facts::Choose(c)) => c
            .instruments
            .iter()
            .find(|v| v.value == i.0)
            .map(|v| join(&[&v.name, &v.detail, &v.id])),
        (Target::Entry(n), Facts::Codex(all)) => {
            all.get(n).map(|e| join(&[&e.title, &e.short, &e.id, &e.says]))
        }
        (Target::Entry(n), Facts::Assumptions(all)) => {
            all.get(n).map(|a| join(&[&a.name, &a.id, &a.means, &a.why]))
        }
        (Target::Agency(a), Facts::Agencies(all)) => all.page(a).map(|p| {
            let lists = [&p.cares, &p.leads, &p.red_lines].map(|l| l.join(" "));
            join(&[
                &p.name, &p.holder, &p.mandate, &p.wants, &p.fears, &lists[0], &lists[1], &lists[2],
            ])
        }),
        (Target::Give(order), Facts::Act(a)) => {
            action(a.tasks.iter().chain(&a.asks).chain(&a.reforms).find(|r| r.order == order))
        }
        (Target::Give(order), Facts::Intel(f)) => action(f.tasks.iter().find(|r| r.order == order)),
        (Target::Promise(p, to), Facts::Act(a)) => promise(a, p, to),
        (Target::Sure(p), Facts::Act(a)) => {
            a.propositions.iter().find(|r| r.proposition == p).map(|r| join(&[&r.says, &r.by]))
        }
        (Target::Evidence(n), Facts::Intel(f)) => f
            .evidence
            .iter()
            .chain(&f.tells)
            .nth(n)
            .map(|e| join(&[&e.body, &e.label, &e.uses, &e.speaks])),
        (Target::Work(n), Facts::Calendar(c)) => c.work.get(n).map(|w| join(&[&w.text, &w.when])),
        (Target::To(Door::Window(w)), Facts::Calendar(c)) => {
            c.windows.iter().find(|r| r.window == w).map(|r| join(&[&r.name, &r.source]))
        }
        (Target::To(Door::Indicator(i)), Facts::Why(w)) => w
            .figures
            .iter()
            .find(|f| f.indicator == i)
            .map(|f| join(&[&f.name, &f.short, &f.means])),
        (Target::Topic(n), _) => {
            prose::TOPICS.get(n).map(|t| join(&[t.title, t.says_by(scene.rules())]))
        }
        (Target::Past(n), _) => {
            scene.shelf.past.get(n).map(|p| join(&[&p.title, &p.line, &p.when, &p.name]))
        }
        _ => None,
    };
    words.unwrap_or_default()
}

fn file(d: &Desk, n: usize) -> Option<String> {
    let f = d.files.get(n)?;
    Some([f.name.as_str(), &f.sponsor, &f.says, &f.standing].join(" "))
}

fn action(row: Option<&ActionRow>) -> Option<String> {
    row.map(|r| [r.name.as_str(), &r.means, &r.by, &r.takes, &r.cost].join(" "))
}

fn promise(
    a: &Actions,
    promise: crate::scenario::model::PromiseIx,
    to: crate::scenario::model::AgencyIx,
) -> Option<String> {
    let row = a.promises.iter().find(|r| r.promise == promise && r.agency == to)?;
    Some([row.name.as_str(), &row.to, &row.says, &row.note].join(" "))
}

/// What a layout's lists were narrowed to, all together; none where nothing is searched.
pub fn found(layout: &PageLayout) -> Option<Found> {
    let mut all: Option<Found> = None;
    for f in layout.panes.iter().filter_map(|p| p.page.found) {
        let sum = all.get_or_insert_with(Found::default);
        sum.shown += f.shown;
        sum.hidden += f.hidden;
    }
    all
}

/// The pane and the link that fit best.
pub fn best(layout: &PageLayout) -> Option<(usize, usize)> {
    let fits =
        layout.panes.iter().take(8).enumerate().filter_map(|(n, p)| {
            p.page.found.and_then(|f| f.best).map(|(rank, link)| (rank, n, link))
        });
    fits.min().map(|(_, n, link)| (n, link))
}

/// "/ words▌  3 found, 37 hidden".
pub fn line(scene: &Scene<'_>, layout: &PageLayout, room: usize) -> Option<Vec<Span<'static>>> {
    let typing = scene.is_searching();
    if let Some(words) = scene.overlay.stray() {
        let t = scene.theme;
        let says = "nothing to search here";
        let words = text::cut(words, room.saturating_sub(text::width(says) + 8));
        return Some(vec![
            Span::raw(" "),
            Span::styled(format!("/ {words}"), t.style(Role::Accent)),
            Span::styled(" ", t.style(Role::Selected)),
            Span::styled(format!("  {says} "), t.style(Role::Text)),
        ]);
    }
    if scene.search.is_empty() && !typing {
        return None;
    }
    let t = scene.theme;
    let count = match found(layout) {
        _ if !scene.is_narrowed() => "type to narrow the list".to_owned(),
        Some(Found { shown: 0, hidden, .. }) => format!("nothing matches, {hidden} hidden"),
        Some(f) => format!("{} found, {} hidden", f.shown, f.hidden),
        None => "nothing matches".to_owned(),
    };
    let words = text::cut(scene.search, room.saturating_sub(text::width(&count) + 8));
    let caret = if typing { Span::styled(" ", t.style(Role::Selected)) } else { Span::raw("") };
    Some(vec![
        Span::raw(" "),
        Span::styled(format!("/ {words}"), t.style(Role::Accent)),
        caret,
        Span::styled(format!("  {count} "), t.style(Role::Text)),
    ])
}
