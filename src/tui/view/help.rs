//! What can be pressed where you came from, what the words there mean, how things work, and every
//! other key.
//!
//! ```text
//!  ON THIS SCREEN: DESK                 │ WORDS ON THIS SCREEN
//!  p          propose: puts a …         │ ▸ LIVE FILES   papers that …
//!  EVERYWHERE                           │ HOW IT WORKS
//!  …                                    │   The shape of a turn
//! ```
//! The words are found in what the screen says: heads of lists, and terms of the codex.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose;
use crate::prose::facts::Door;
use crate::scenario::model::CodexIx;
use crate::text;

use crate::tui::app::App;
use crate::tui::keys::{self, KEYS, On};
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::screen::{Screen, Target};
use crate::tui::theme::Role;

/// Most terms of the codex on a page of help: what a screen says first is what it is about.
const MOST_TERMS: usize = 16;

/// A word of the screen that help was asked from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub word: String,
    pub says: String,
    more: More,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum More {
    Nothing,
    Entry(CodexIx),
    Topic(usize),
}

pub fn layout(app: &App, area: Rect) -> PageLayout<'_> {
    let mut layout = PageLayout::default();
    let from = app.asked_from;
    if area.width >= super::WIDE {
        let left = area.width / 2;
        let mut s = Page::new(&app.theme, left);
        group(&mut s, On::Screen(from), &format!("ON THIS SCREEN: {}", from.name().to_uppercase()));
        others(from, &mut s);
        let rest = area.width - left - 1;
        let mut t = Page::new(&app.theme, rest);
        words(app, &mut t);
        topics(&mut t);
        layout.pane(Rect { x: area.x + left + 1, width: rest, ..area }, t);
        layout.vertical_rules.push((area.x + left, area.y, area.height));
        layout.pane(Rect { width: left, ..area }, s);
    } else {
        let mut s = Page::new(&app.theme, area.width);
        group(&mut s, On::Screen(from), &format!("ON THIS SCREEN: {}", from.name().to_uppercase()));
        words(app, &mut s);
        topics(&mut s);
        others(from, &mut s);
        layout.pane(area, s);
    }
    layout
}

/// The words of the screen in front, as far as help knows them: heads first, then terms in the
/// order they stand there.
pub fn words_here(app: &App) -> Vec<Word> {
    let said = said(app);
    let rules = app.play.as_ref().map(|p| p.host.game().rules()).or(app.reading.as_deref());
    let until = match &app.play {
        Some(p) => prose::codex_until(p.host.game()),
        None => rules.and_then(|r| r.turns.first().map(|t| t.opens)),
    };
    let entries = rules.map(|r| prose::codex(r, until)).unwrap_or_default();
    let more = |id: &str| {
        let entry = entries.iter().find(|e| e.id == id).map(|e| More::Entry(e.codex));
        entry
            .or_else(|| prose::TOPICS.iter().position(|t| t.id == id).map(More::Topic))
            .unwrap_or(More::Nothing)
    };
    let mut out: Vec<(usize, Word)> = Vec::new();
    for h in prose::HEADS {
        // A word within a longer one that is there too is not said of it.
        let Some(at) = prose::stands_in(&said, h.word) else { continue };
        if !prose::HEADS.iter().any(|o| {
            o.word.len() > h.word.len()
                && o.word.contains(h.word)
                && only_within(&said, h.word, o.word)
        }) {
            out.push((
                at,
                Word { word: h.word.to_owned(), says: h.says.to_owned(), more: more(h.more) },
            ));
        }
    }
    out.sort_by_key(|(at, _)| *at);
    // The codex itself says every word there is.
    if app.screen != Screen::Codex {
        let low = said.to_lowercase();
        let mut terms: Vec<(usize, Word)> = Vec::new();
        for e in &entries {
            let title = e.title.to_lowercase();
            let at = [title.clone(), format!("{title}s")]
                .iter()
                .find_map(|w| prose::stands_in(&low, w))
                .or_else(|| prose::stands_in(&said, &e.short));
            if let Some(at) = at {
                terms.push((
                    at,
                    Word {
                        word: e.title.clone(),
                        says: prose::first_sentence(&e.says).to_owned(),
                        more: More::Entry(e.codex),
                    },
                ));
            }
        }
        terms.sort_by_key(|(at, _)| *at);
        out.extend(terms.into_iter().take(MOST_TERMS));
    }
    out.into_iter().map(|(_, word)| word).collect()
}

/// Whether each mention of a word is a part of the longer one.
fn only_within(said: &str, word: &str, longer: &str) -> bool {
    prose::stands_in(&said.replace(longer, ""), word).is_none()
}

/// All that the screen says, in sight or not.
fn said(app: &App) -> String {
    let mut out = String::new();
    if app.play.is_some() && !app.header.over {
        out.push_str("staff\ncapital\n");
    }
    let layouts = [Some(super::layout(app)), super::popup(app).map(|(_, layout)| layout)];
    for layout in layouts.iter().flatten() {
        for (.., title) in &layout.horizontal_rules {
            out.push_str(title);
            out.push('\n');
        }
        for pane in &layout.panes {
            for line in &pane.page.rows {
                for span in &line.spans {
                    out.push_str(&span.content);
                }
                out.push('\n');
            }
        }
    }
    out
}

fn words(app: &App, s: &mut Page) {
    if app.words.is_empty() {
        return;
    }
    s.gap();
    s.head("WORDS ON THIS SCREEN", "Enter opens");
    for w in &app.words {
        let at = s.at();
        let lead = vec![s.span(Role::Title, format!("  {}  ", w.word))];
        let beside = lead[0].width();
        // Hung at one column where the word is short, and under it where it is long.
        let indent = if beside <= 20 { 20 } else { 4 };
        if beside <= 20 {
            s.hanging(lead, indent, Role::Text, &w.says);
        } else {
            s.line(lead);
            s.text(Role::Text, 20.min(s.width / 3), &w.says);
        }
        match w.more {
            More::Entry(c) => s.link(at, Target::To(Door::Codex(c))),
            More::Topic(n) => s.link(at, Target::Topic(n)),
            More::Nothing => s.item(at),
        }
    }
}

fn topics(s: &mut Page) {
    if prose::TOPICS.is_empty() {
        return;
    }
    s.gap();
    s.head("HOW IT WORKS", "Enter opens");
    for (n, t) in prose::TOPICS.iter().enumerate() {
        let at = s.at();
        s.line(vec![Span::raw("  "), s.span(Role::Text, t.title)]);
        s.link(at, Target::Topic(n));
    }
}

/// The other rows of the table of keys, by where they hold: nearest first. Every row of the table
/// is on this page.
fn others(from: Screen, s: &mut Page) {
    let mut groups = Vec::new();
    if from.in_game() {
        groups.push((On::Game, "IN A GAME".to_owned()));
    }
    groups.push((On::Anywhere, "EVERYWHERE".to_owned()));
    groups.push((On::Popup, "IN A BOX OVER THE SCREEN".to_owned()));
    groups.push((On::Line, "WHILE TYPING".to_owned()));
    if !from.in_game() {
        groups.push((On::Game, "IN A GAME".to_owned()));
    }
    for screen in Screen::ALL {
        if screen != from {
            groups.push((On::Screen(screen), screen.name().to_uppercase()));
        }
    }
    for (on, title) in groups {
        group(s, on, &title);
    }
    s.gap();
    s.head("MOUSE", "");
    s.text(Role::Text, 2, "A click selects, a click on what is selected opens it. The wheel scrolls what is under it. Keys below and names of pages above can be clicked. Shift and the mouse mark text; Options turns the mouse off.");
}

fn group(s: &mut Page, on: On, title: &str) {
    let rows: Vec<_> = KEYS.iter().filter(|r| r.on == on).collect();
    if rows.is_empty() {
        return;
    }
    s.gap();
    s.head(title, "");
    for r in rows {
        let at = s.at();
        let label = if r.label.is_empty() || text::width(r.label) > 14 {
            String::new()
        } else {
            r.label.to_owned()
        };
        let lead = vec![
            s.span(Role::Accent, format!("  {} ", pad(&keys::written(r), 14))),
            s.span(Role::Title, pad(&label, 15)),
        ];
        s.hanging(lead, 32, Role::Text, r.help);
        s.item(at);
    }
}
