//! A lesson: the desk with few values and numbered steps, and the strip under every screen a step
//! leads to.
//!
//! ```text
//!  HOW THINGS STAND                     │ THIS WEEK
//!   Providers    41  +5 fair            │ What matters now, in two lines.
//!   …                                   │ ▸ 1  Task the vendors …
//!                                       │   2  Why did Providers move?
//!  ORDERED THIS TURN                    │   3  End the week
//! ─ THE ROOM ───────────────────────────┴──────────────────────────────
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose::facts::{Coach, Door};

use super::{desk as whole, parts, propose};
use crate::tui::app::App;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::Page;
use crate::tui::screen::{Screen, Target};
use crate::tui::theme::Role;

pub fn desk(app: &App, area: Rect) -> PageLayout<'_> {
    let (Facts::Desk(d), Some(coach)) = (&app.facts, &app.coach) else {
        return PageLayout::default();
    };
    let mut layout = PageLayout::default();
    let room = whole::room(app, d, None, area.width);
    let room_high = u16::try_from(room.rows.len()).unwrap_or(2).min(area.height / 4);
    let upper = Rect { height: area.height.saturating_sub(room_high + 1), ..area };
    let left = (area.width * 45 / 100).min(60);
    let mut s = Page::new(&app.theme, left);
    s.head("HOW THINGS STAND", "");
    for f in &d.figures {
        let at = s.at();
        let sparks = usize::from(left).saturating_sub(46).min(10);
        parts::figure(&mut s, f, false, if left > 40 { 19 } else { 11 }, sparks);
        s.link(at, Target::To(Door::Indicator(f.indicator)));
    }
    if !d.agenda.is_empty() {
        s.gap();
        s.head("ORDERED THIS TURN", "u undo");
        for r in &d.agenda {
            let lead =
                vec![Span::raw(" "), s.span(Role::Accent, s.theme().glyphs.marker), Span::raw(" ")];
            s.hanging(lead, 3, Role::Text, &r.text);
        }
    }
    for p in d.promises.iter().filter(|p| p.given) {
        let lead = vec![Span::raw(" "), s.span(Role::Warning, "! owed ")];
        s.hanging(lead, 8, Role::Text, &format!("{}: {}", p.to, p.name));
    }
    layout.pane(Rect { width: left, ..upper }, s);
    layout.vertical_rules.push((area.x + left, upper.y, upper.height));
    let rest = Rect { x: area.x + left + 1, width: area.width - left - 1, ..upper };
    let mut s = Page::new(&app.theme, rest.width);
    steps(&mut s, app, coach);
    let spare = usize::from(rest.height).saturating_sub(s.rows.len());
    if spare > 8 && app.size.0 >= super::WIDE {
        s.gap();
        parts::measured(&mut s, &d.figures, spare - 1);
    }
    layout.pane(rest, s);
    layout.horizontal_rules.push((area.x, upper.bottom(), area.width, "THE ROOM".to_owned()));
    layout.pane(Rect { y: upper.bottom() + 1, height: room_high, ..area }, room);
    layout
}

fn steps(s: &mut Page, app: &App, coach: &Coach) {
    s.head("WHAT NOW", "");
    let after = app
        .play
        .as_ref()
        .and_then(|p| p.coached.as_ref())
        .filter(|(screen, words)| *screen == Screen::Desk && !words.is_empty());
    let says = after.map_or(&coach.says, |(_, words)| words);
    if !says.is_empty() {
        s.text(Role::Text, 1, says);
    }
    if app.undone().0 > 0 {
        s.text(Role::Warning, 1, "! A question waits on the front page: n");
    }
    if !says.is_empty() || app.undone().0 > 0 {
        s.gap();
    }
    for row in &coach.steps {
        let at = s.at();
        let (lead, role) = match row.key {
            Some(key) => (vec![s.span(Role::Accent, format!("  {}  ", key + 1))], Role::Title),
            None if row.done => (vec![s.span(Role::Good, " ok  ")], Role::Quiet),
            None => (vec![Span::raw("     ")], Role::Text),
        };
        s.hanging(lead, 5, role, &row.say);
        if !row.done {
            s.link(at, Target::Step(row.n));
        }
    }
}

/// The numbers that mean something here.
pub fn keys(app: &App) -> String {
    let most = match (app.screen, &app.coach, &app.facts) {
        (Screen::Desk, Some(c), _) => c.steps.iter().filter(|s| s.key.is_some()).count(),
        (Screen::Front, _, Facts::Front(f)) => {
            f.asks.iter().find(|a| !a.answered).map_or(1, |a| a.choices.len())
        }
        _ => 1,
    };
    if most > 1 { format!("1-{most}") } else { "1".to_owned() }
}

/// Whether 1 is the way back to the desk, and says so under the screen.
pub fn leads_back(app: &App) -> bool {
    app.coach.is_some()
        && matches!(
            app.screen,
            Screen::Propose
                | Screen::Why
                | Screen::Intel
                | Screen::Agencies
                | Screen::Calendar
                | Screen::Choose
        )
}

/// What the coach says on a screen a step led to, and the way back; with what is left of the area
/// above it.
pub fn strip(app: &App, area: Rect) -> Option<(Rect, Page<'_>)> {
    if !leads_back(app) {
        return None;
    }
    let mut s = Page::new(&app.theme, area.width);
    if let Some((_, words)) = app
        .play
        .as_ref()?
        .coached
        .as_ref()
        .filter(|(screen, words)| *screen == app.screen && !words.is_empty())
    {
        s.text(Role::Text, 1, words);
    }
    let mut keys = vec![s.span(Role::Accent, "  1  "), s.span(Role::Title, "Back to the desk")];
    if let Facts::Propose(f) = &app.facts {
        // What Enter does on the row the cursor is on, as the footer says it.
        let words = match (propose::on_because(app, f), &f.shut) {
            (true, _) => Some("Write why   "),
            (false, None) => Some("On the agenda   "),
            (false, Some(_)) => None,
        };
        if let Some(words) = words {
            keys.splice(0..0, [s.span(Role::Accent, "  Enter  "), s.span(Role::Title, words)]);
        }
    }
    s.line(keys);
    let high = u16::try_from(s.rows.len()).unwrap_or(1).min(area.height / 3);
    Some((Rect { height: area.height - high - 1, ..area }, s))
}
