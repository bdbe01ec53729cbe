//! What is known, how surely, and what could still be found: a page over all campaigns, and one for
//! each.
//!
//! ```text
//!  WHAT IS MOST BELIEVED     Cloud Hopper          Contrail
//!   Who                      contractors, likely   …
//!  WHERE THE LAW STANDS      Sanctions    Entity List
//!   Haitai                   74/60 open   36/45
//!  WHICH WORLD THIS IS
//!   The leverage world       ███│···  42% unlikely
//! ```
//! Of a campaign every question with all its answers, the evidence, what could be found. Wide: what
//! the row under the cursor says, in full, on the right.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose::facts::{Door, EvidenceRow, Intelligence, Likelihood};
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::{Scene, WIDE};
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{find, list, parts};

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let Facts::Intel(f) = scene.facts else { return PageLayout::default() };
    if !scene.play.is_some_and(|p| p.selection.on_campaign) {
        return find::everywhere(scene, PageLayout::single(area, overview(scene, f, area.width)));
    }
    if area.width >= WIDE {
        return list::with_detail(scene, area, 60, |width| page(scene, f, width));
    }
    find::everywhere(scene, PageLayout::single(area, page(scene, f, area.width)))
}

/// Columns of a table over all campaigns: the first, and each of the others.
fn table(width: u16, first: usize, others: usize) -> usize {
    (usize::from(width).saturating_sub(first + 2) / others.max(1)).clamp(9, 60)
}

/// All campaigns beside each other, the law, and the worlds.
fn overview<'a>(scene: &Scene<'a>, f: &Intelligence, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    if !f.worlds.is_empty() {
        worlds(&mut s, f);
        s.gap();
    }
    if f.campaigns.is_empty() {
        s.blank();
        s.text(Role::Quiet, 1, "No campaign is on the board yet.");
    } else {
        believed(&mut s, f, width);
        if !f.law.is_empty() {
            s.gap();
            law(&mut s, f, width);
        }
    }
    s
}

/// Questions down, campaigns across; a cell is what is most believed, and how likely it is.
fn believed(s: &mut Page, f: &Intelligence, width: u16) {
    let first = f.grid.iter().map(|r| text::width(&r.asks) + 2).max().unwrap_or(8).clamp(8, 14);
    let column = table(width, first, f.campaigns.len());
    s.head("WHAT IS MOST BELIEVED", "Enter opens a campaign");
    if f.campaigns.len() > 1 {
        let mut heads = vec![Span::raw(" ".repeat(first + 2))];
        for (_, name) in &f.campaigns {
            heads.push(s.span(Role::Quiet, format!("{} ", pad(name, column - 1))));
        }
        s.line(heads);
    }
    for r in &f.grid {
        let lines = |role: Role, words: &str| {
            text::wrap(words, column - 1).into_iter().map(move |line| (role, line))
        };
        let cell = |l: &Option<Likelihood>| match l {
            Some(l) => lines(Role::Text, &l.says)
                .chain(lines(Role::Accent, &format!("{}% {}", l.percent, l.word)))
                .collect(),
            None => vec![(Role::Text, "–".to_owned())],
        };
        let cells: Vec<Vec<(Role, String)>> = r.cells.iter().map(cell).collect();
        let rows = cells.iter().map(Vec::len).max().unwrap_or(1);
        let asks = text::wrap(&r.asks, first - 1);
        for n in 0..rows.max(asks.len()) {
            let lead = asks.get(n).map_or("", String::as_str);
            let mut spans = vec![s.span(Role::Quiet, format!("  {}", pad(lead, first)))];
            for cell in &cells {
                let (role, words) =
                    cell.get(n).map_or((Role::Text, ""), |(role, line)| (*role, line.as_str()));
                spans.push(s.span(role, format!("{} ", pad(words, column - 1))));
            }
            s.line(spans);
        }
    }
    for (c, name) in &f.campaigns {
        let at = s.at();
        let words = format!("{name}: evidence, tasks, what it is enough for");
        s.line(vec![Span::raw("  "), s.span(Role::Accent, words)]);
        s.link(at, Target::To(Door::Campaign(*c)));
    }
}

/// Targets down, instruments across: `74/60 open`, `36/60`, `–`.
fn law(s: &mut Page, f: &Intelligence, width: u16) {
    let mut instruments: Vec<&str> = Vec::new();
    for c in f.law.iter().flat_map(|r| &r.cells) {
        if !instruments.contains(&c.instrument.as_str()) {
            instruments.push(&c.instrument);
        }
    }
    let first = f.law.iter().map(|r| text::width(&r.target)).max().unwrap_or(8).clamp(8, 24) + 1;
    let column = table(width, first, instruments.len());
    s.head("WHERE THE LAW STANDS", "has/needs, of 100");
    let mut heads = vec![Span::raw(" ".repeat(first + 2))];
    for name in &instruments {
        heads.push(s.span(Role::Quiet, format!("{} ", pad(name, column - 1))));
    }
    s.line(heads);
    for r in &f.law {
        let mut spans = vec![s.span(Role::Text, format!("  {}", pad(&r.target, first)))];
        for name in &instruments {
            let cell = r.cells.iter().find(|c| c.instrument == *name);
            let (role, words) = match cell {
                Some(c) if c.open => (Role::Good, format!("{}/{} open", c.has, c.needs)),
                Some(c) => (Role::Text, format!("{}/{}", c.has, c.needs)),
                None => (Role::Quiet, "–".to_owned()),
            };
            spans.push(s.span(role, format!("{} ", pad(&words, column - 1))));
        }
        s.line(spans);
    }
}

/// How far each world is believed, with where that stood a turn ago, and what moved it.
fn worlds(s: &mut Page, f: &Intelligence) {
    const CELLS: usize = 16;
    s.head("WHICH WORLD THIS IS", "nobody knows");
    let name = f.worlds.iter().map(|w| text::width(&w.now.says)).max().unwrap_or(12);
    let at = |percent: u8| usize::from(percent) * CELLS / 100;
    for w in &f.worlds {
        let [open, close, _, full, before] = s.theme().glyphs.gauge;
        let mut spans = vec![
            s.span(Role::Text, format!("  {} ", pad(&w.now.says, name))),
            s.span(Role::Rule, open),
        ];
        for n in 0..CELLS {
            spans.push(match () {
                () if n < at(w.now.percent) => s.span(Role::Accent, full),
                () if n == at(w.before) && w.before != w.now.percent => s.span(Role::Quiet, before),
                () => s.span(Role::Rule, s.theme().glyphs.track),
            });
        }
        let change = if w.before == w.now.percent {
            String::new()
        } else {
            format!(", {}% a turn ago", w.before)
        };
        spans.extend([
            s.span(Role::Rule, close),
            s.span(Role::Title, format!("{:>4}%", w.now.percent)),
            s.span(Role::Text, format!(" {}{change}", w.now.word)),
        ]);
        s.line(spans);
    }
    for (n, moved) in f.worlds_moved.iter().enumerate() {
        parts::labelled(s, if n == 0 { "  moved by" } else { "" }, 12, Role::Text, moved);
    }
}

fn page<'a>(scene: &Scene<'a>, f: &Intelligence, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    if f.campaign.is_none() {
        s.blank();
        s.text(Role::Quiet, 1, "No campaign is on the board yet.");
    } else {
        let at = f.campaigns.iter().position(|(c, _)| Some(*c) == f.campaign).unwrap_or(0) + 1;
        let more = format!("{at} of {}  Tab next", f.campaigns.len());
        s.head(&f.name.to_uppercase(), &more);
        s.text(Role::Quiet, 1, &f.means);
        s.text(Role::Quiet, 1, &f.route);
        s.text(Role::Quiet, 1, &f.drawn);
    }
    for v in &f.variables {
        s.line(vec![Span::raw(" "), s.span(Role::Title, &*v.asks)]);
        for l in &v.values {
            parts::likelihood(&mut s, l, "", 3);
        }
    }
    evidence(&mut s, "EVIDENCE", &f.evidence, 0);
    if !f.active_tasks.is_empty() {
        s.gap();
        s.head("UNDER WAY", "");
        for w in &f.active_tasks {
            s.entry(
                vec![Span::raw("  "), s.span(Role::Text, &w.text)],
                vec![s.span(Role::Quiet, &w.when), Span::raw(" ")],
            );
        }
    }
    if !f.tasks.is_empty() {
        s.gap();
        s.head("WHAT COULD BE FOUND", "costs");
        let cost = parts::costs(&f.tasks);
        for t in &f.tasks {
            parts::action(&mut s, t, cost);
        }
    }
    evidence(&mut s, "HOW THE OTHER SIDE WORKS", &f.tells, f.evidence.len());
    if !f.aims.is_empty() {
        s.gap();
        s.head("WHAT IT MAY WORK TOWARDS", "");
        for a in &f.aims {
            parts::likelihood(&mut s, &a.likely, "", 3);
            s.text(Role::Quiet, 5, &a.means);
            s.text(Role::Quiet, 5, &a.guard);
        }
    }
    if !f.gates.is_empty() {
        s.gap();
        s.head("WHAT IT IS ENOUGH FOR", "");
        for g in &f.gates {
            s.text(Role::Text, 2, g);
        }
    }
    s.gap();
    s.text(
        Role::Quiet,
        1,
        "Likelihood words as in ICD 203: likely is 55 to 80 of 100. How sure you are yourself: s.",
    );
    s
}

fn evidence(s: &mut Page, title: &str, rows: &[EvidenceRow], base: usize) {
    if rows.is_empty() {
        return;
    }
    s.gap();
    s.head(title, "");
    for (n, e) in rows.iter().enumerate() {
        let at = s.at();
        let sign = if e.is_new { s.theme().glyphs.marker } else { " " };
        let role = if e.silent { Role::Quiet } else { Role::Text };
        // Two rows each: what it is, and what it is good for.
        let date = text::width(&e.date).max(9) + 2;
        let lead = vec![
            Span::raw(" "),
            s.span(Role::Accent, sign),
            s.span(Role::Quiet, pad(&e.date, date)),
        ];
        parts::briefly(s, lead, date + 2, role, &e.body, 1);
        let burns = if e.burns { " · ! using it ends the access" } else { "" };
        let worth = [("usable in ", &e.uses), ("speaks ", &e.speaks)];
        let worth: Vec<String> =
            worth.iter().filter(|(_, w)| !w.is_empty()).map(|(l, w)| format!("{l}{w}")).collect();
        parts::briefly(
            s,
            Vec::new(),
            date + 2,
            Role::Quiet,
            &format!("{}{burns}", worth.join(" · ")),
            2,
        );
        s.link(at, Target::Evidence(base + n));
    }
}
