//! The title page.
//!
//! ```text
//!            I N T E R A G E N C Y
//!            You own no instrument. You own the process.
//!
//!            CONTINUE
//!          ▸  Cloud Hopper            turn 8 of 14 · 10 Dec 2018
//!             Past games              read a debrief again, or go on
//!            PLAY
//!             Cloud Hopper            60 minutes · 14 turns · standard
//!             what it is about                       last: a list and two names
//!            LEARN · READ · OPTIONS
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::tui::cursor::Cursor;
use crate::tui::layout::PageLayout;
use crate::tui::library::Entry;
use crate::tui::page::{Page, pad};
use crate::tui::scene::Scene;
use crate::tui::screen::{Screen, Target};
use crate::tui::theme::Role;

/// Widest the list gets: a title page is not a spreadsheet.
const WIDEST: u16 = 84;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let width = area.width.min(WIDEST);
    let x = area.x + (area.width - width) / 2;
    let mut top = Page::new(scene.theme, width);
    let full = scene.size.1 >= 26;
    if full {
        top.blank();
    }
    let name: String = "INTERAGENCY".chars().flat_map(|c| [c, ' ']).collect();
    top.line(vec![Span::raw("   "), top.span(Role::Title, name.trim_end())]);
    top.line(vec![
        Span::raw("   "),
        top.span(Role::Rule, scene.theme.glyphs.horizontal.repeat(21)),
    ]);
    top.line(vec![
        Span::raw("   "),
        top.span(Role::Quiet, "You own no instrument. You own the process."),
    ]);
    let high = u16::try_from(top.rows.len()).unwrap_or(4);
    let list = list(scene, width);
    let rows = u16::try_from(list.rows.len()).unwrap_or(u16::MAX);
    // On a tall screen the page stands a little above the middle.
    let slack = scene.size.1.saturating_sub(2 + high + 1 + rows.min(scene.size.1));
    let y = slack / 3;
    let top_area = Rect { x, y, width, height: high };
    let below = y + high + 1;
    let mut layout = PageLayout::default();
    layout.pane(Rect { x, y: below, width, height: scene.size.1.saturating_sub(2 + below) }, list);
    layout.pane(top_area, top);
    layout
}

fn list<'a>(scene: &Scene<'a>, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let name = 30;
    let row = |s: &mut Page, title: &str, words: &str, role: Role, target: Target| {
        let at = s.at();
        s.line(vec![Span::raw("   "), s.span(Role::Text, pad(title, name)), s.span(role, words)]);
        s.link(at, target);
    };
    let heading = |s: &mut Page, words: &str| {
        s.gap();
        s.line(vec![Span::raw("   "), s.span(Role::Quiet, words)]);
    };
    let lessons: Vec<usize> =
        (0..scene.shelf.entries.len()).filter(|n| scene.shelf.entries[*n].lesson).collect();
    if scene.shelf.is_new {
        // Somebody who has never played is asked one thing.
        s.gap();
        for n in lessons {
            let e = &scene.shelf.entries[n];
            row(&mut s, &e.row.title, &begin_here(e), Role::Text, Target::Scenario(n));
        }
        row(&mut s, "All scenarios", "codex, options, help", Role::Quiet, Target::More);
        row(&mut s, "Quit", "", Role::Quiet, Target::Quit);
        return s;
    }
    if let Some(u) = &scene.shelf.unfinished {
        heading(&mut s, if u.over { "THE LAST GAME" } else { "CONTINUE" });
        let words = if u.over { format!("read the debrief · {}", u.line) } else { u.line.clone() };
        row(&mut s, &u.title, &words, Role::Text, Target::Continue);
    }
    if scene.shelf.has_kept || scene.shelf.unfinished.is_some() {
        let (words, role) = match scene.shelf.unread {
            0 => ("read a debrief again, or go on", Role::Quiet),
            1 => ("! the newest could not be read", Role::Warning),
            _ => ("! the newest ones could not be read", Role::Warning),
        };
        row(&mut s, "Past games", words, role, Target::Go(Screen::Past));
    }
    if !lessons.is_empty() {
        heading(&mut s, "LEARN");
    }
    for n in lessons {
        let e = &scene.shelf.entries[n];
        let words = if e.last.is_empty() {
            begin_here(e)
        } else {
            format!("{} · {}", e.row.measure, e.last)
        };
        row(&mut s, &e.row.title, &words, Role::Text, Target::Scenario(n));
    }
    heading(&mut s, "PLAY");
    if scene.shelf.entries.iter().all(|e| e.lesson) {
        s.text(Role::Quiet, 3, "No scenario was found.");
    }
    for (n, e) in scene.shelf.entries.iter().enumerate().filter(|(_, e)| !e.lesson) {
        let at = s.at();
        let own = if e.own { " · your own" } else { "" };
        if e.row.problem.is_empty() {
            s.line(vec![
                Span::raw("   "),
                s.span(Role::Title, pad(&e.row.title, name)),
                s.span(Role::Text, format!("{}{own}", e.row.measure)),
            ]);
            super::parts::briefly(
                &mut s,
                Vec::new(),
                3,
                Role::Quiet,
                &e.row.summary,
                if scene.size.1 >= 30 { 4 } else { 2 },
            );
            if !e.taken.is_empty() {
                s.text(Role::Warning, 3, &format!("! {}", e.taken));
            }
            if !e.last.is_empty() {
                s.line(vec![Span::raw("   "), s.span(Role::Accent, &e.last)]);
            }
        } else {
            s.line(vec![
                Span::raw("   "),
                s.span(Role::Text, pad(&e.row.title, name)),
                s.span(Role::Warning, format!("! does not load{own}")),
            ]);
            s.line(vec![Span::raw("   "), s.span(Role::Quiet, &e.row.problem)]);
        }
        s.link(at, Target::Scenario(n));
    }
    if scene.size.1 >= 26 {
        heading(&mut s, "READ");
    } else {
        s.gap();
    }
    row(
        &mut s,
        "Codex",
        "words, institutions and cases, with sources",
        Role::Quiet,
        Target::Go(Screen::Codex),
    );
    row(
        &mut s,
        "Assumptions",
        "the contested numbers and their ranges",
        Role::Quiet,
        Target::Go(Screen::Assumptions),
    );
    row(
        &mut s,
        "How to play",
        "keys and the shape of a turn",
        Role::Quiet,
        Target::Go(Screen::Help),
    );
    if scene.size.1 >= 26 {
        s.gap();
    }
    let mouse = if scene.mouse { "mouse on" } else { "mouse off" };
    let word = match scene.shelf.word.as_str() {
        "" => ", a word for a class".to_owned(),
        word => format!(", the class word is {word}"),
    };
    row(
        &mut s,
        "Options",
        &format!("{}, {mouse}{word}", scene.theme.name().as_str()),
        Role::Quiet,
        Target::Options,
    );
    row(&mut s, "Quit", "", Role::Quiet, Target::Quit);
    s
}

/// "10 minutes · start here".
fn begin_here(e: &Entry) -> String {
    format!("{} · start here", e.row.measure.split(" · ").next().unwrap_or_default())
}

/// The game that was left; on a first run the lesson.
pub fn first(scene: &Scene<'_>, layout: &PageLayout<'_>) -> Cursor {
    let shelf = scene.shelf;
    let played = shelf.goes_on || shelf.entries.iter().any(|e| !e.last.is_empty());
    let wanted = if shelf.unfinished.as_ref().is_some_and(|u| !u.over) && !shelf.goes_on {
        Some(Target::Continue)
    } else if played {
        shelf.entries.iter().position(|e| !e.lesson).map(Target::Scenario)
    } else {
        let lesson = shelf.entries.iter().position(|e| e.lesson);
        lesson.or(if shelf.entries.is_empty() { None } else { Some(0) }).map(Target::Scenario)
    };
    wanted.and_then(|to| Cursor::on(layout, to)).unwrap_or_default()
}
