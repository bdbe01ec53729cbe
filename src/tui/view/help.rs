//! What can be pressed where you came from, what the words there mean, how things work, and every
//! other key.
//!
//! ```text
//!  ON THIS SCREEN: DESK                 │ WORDS ON THIS SCREEN
//!  p          propose: puts a …         │ ▸ LIVE FILES   papers that …
//!  EVERYWHERE                           │ HOW IT WORKS
//!  …                                    │   The shape of a turn
//! ```

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::prose;
use crate::prose::facts::Door;
use crate::text;
use crate::tui::help::More;
use crate::tui::keys::{self, KEYS, On};
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::{Scene, WIDE};
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::find;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let mut layout = PageLayout::default();
    let groups = &scene.help.groups;
    let here = |s: &mut Page| {
        if let Some((on, title)) = groups.first() {
            group(s, *on, title);
        }
    };
    if area.width >= WIDE {
        let columns = [Length(area.width / 2), Length(1), Fill(1)];
        let [left, rule, right] = Layout::horizontal(columns).areas(area);
        let mut s = Page::new(scene.theme, left.width);
        here(&mut s);
        others(groups, &mut s);
        let mut t = Page::new(scene.theme, right.width);
        words(scene, &mut t);
        topics(&mut t);
        layout.pane(right, t);
        layout.vertical_rule(rule);
        layout.pane(left, s);
    } else {
        let mut s = Page::new(scene.theme, area.width);
        here(&mut s);
        words(scene, &mut s);
        topics(&mut s);
        others(groups, &mut s);
        layout.pane(area, s);
    }
    find::everywhere(scene, layout)
}

fn words(scene: &Scene<'_>, s: &mut Page) {
    if scene.help.words.is_empty() {
        return;
    }
    s.gap();
    s.head("WORDS ON THIS SCREEN", "Enter opens");
    for w in &scene.help.words {
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

/// The other groups of the table of keys. Every row of the table is on this page.
fn others(groups: &[(On, String)], s: &mut Page) {
    for (on, title) in groups.iter().skip(1) {
        group(s, *on, title);
    }
    s.gap();
    s.head("MOUSE", "");
    s.text(
        Role::Text,
        2,
        "A click selects, a click on what is selected opens it; in a box one click takes. The wheel \
         scrolls what is under it. Keys, names of pages and counts of hidden rows can be clicked. \
         Shift and the mouse mark text; Options turns the mouse off. Options also takes a word for a \
         class: whoever begins a game with the same word meets the same draw.",
    );
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
