//! The runs that were kept, newest first: read the debrief of one that is over, go on with one that
//! is not; below them how the one under the cursor stands between its marks.
//!
//! ```text
//!  PAST GAMES                                                          12
//! ▸ Cloud Hopper      12 Nov 2026   ended: A list and two names
//!   Cloud Hopper       9 Nov 2026   turn 5 of 14
//! ```

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad, right};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::find;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let mut s = Page::new(scene.theme, area.width);
    s.head("PAST GAMES", &scene.shelf.past.len().to_string());
    if scene.shelf.past.is_empty() {
        s.text(Role::Quiet, 2, "No game is kept yet.");
    }
    let name = (usize::from(area.width) / 3).min(34);
    for (n, p) in scene.shelf.past.iter().enumerate() {
        let at = s.at();
        let (sign, role) =
            if p.trouble.is_empty() { (" ", Role::Text) } else { ("!", Role::Warning) };
        let words = if p.trouble.is_empty() { &p.line } else { &p.trouble };
        let is_marked = scene.shelf.marked.as_ref() == Some(&p.name);
        let words = if is_marked { format!("marked, {words}") } else { words.clone() };
        s.split(
            vec![
                Span::raw(" "),
                s.span(Role::Warning, sign),
                s.span(Role::Title, pad(&p.title, name)),
                s.span(Role::Quiet, format!(" {}   ", right(&p.when, 11))),
                s.span(role, words),
            ],
            vec![s.span(Role::Quiet, &p.name), Span::raw(" ")],
        );
        s.link(at, Target::Past(n));
    }
    let [list, rule, strip] = Layout::vertical([Fill(1), Length(1), Length(STRIP)]).areas(area);
    let page = find::narrow(scene, s);
    let under = page.links.get(scene.cursor.link[0]).map(|l| l.to);
    let mut layout = PageLayout::single(list, page);
    layout.horizontal_rule(rule, "");
    layout.pane(strip, about(scene, strip.width, under));
    layout
}

/// Rows of the strip below the list.
const STRIP: u16 = 5;

/// What there is to say of the run under the cursor, and of the one that is marked.
fn about<'a>(scene: &Scene<'a>, width: u16, under: Option<Target>) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let Some(Target::Past(n)) = under else { return s };
    let Some(game) = scene.shelf.past.get(n) else { return s };
    if !game.trouble.is_empty() {
        s.text(Role::Warning, 1, &game.trouble);
    } else if !game.over {
        s.text(Role::Quiet, 1, "It is not over: Enter goes on with it.");
    } else {
        s.text(Role::Title, 1, &crate::prose::words::upper_first(&game.line));
        s.text(Role::Text, 1, game.standing.as_deref().unwrap_or_default());
    }
    s
}
