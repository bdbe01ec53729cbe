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

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::input::{Code, Key};
use crate::prose::facts::{Coach, Door, StepDoes, StepRow};
use crate::text;
use crate::tui::cursor::Cursor;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::Page;
use crate::tui::scene::{Scene, WIDE};
use crate::tui::screen::{Screen, Target};
use crate::tui::theme::Role;

use super::{desk as whole, parts, propose, room};

/// The desk: a lesson's own while it is taught, else the whole one.
pub fn desk<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let Facts::Desk(d) = scene.facts else { return PageLayout::default() };
    let Some(coach) = scene.coach else { return whole::layout(scene, d, area) };
    let mut layout = PageLayout::default();
    let who = room::page(scene, d, None, area.width);
    let room_high = u16::try_from(who.rows.len()).unwrap_or(2).min(area.height / 4);
    let rows = [Fill(1), Length(1), Length(room_high)];
    let [upper, rule, room_area] = Layout::vertical(rows).areas(area);
    let left = (area.width * 45 / 100).min(60);
    let columns = [Length(left), Length(1), Fill(1)];
    let [values, middle, now] = Layout::horizontal(columns).areas(upper);
    let mut s = Page::new(scene.theme, left);
    s.head("HOW THINGS STAND", "");
    for f in &d.figures {
        let at = s.at();
        parts::figure(&mut s, f, false, if left > 52 { 19 } else { 11 }, 0);
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
    layout.pane(values, s);
    layout.vertical_rule(middle);
    let mut s = Page::new(scene.theme, now.width);
    steps(&mut s, scene, coach);
    let spare = usize::from(now.height).saturating_sub(s.rows.len());
    if spare > 8 && scene.size.0 >= WIDE {
        s.gap();
        parts::measured(&mut s, &d.figures, spare - 1);
    }
    layout.pane(now, s);
    layout.horizontal_rule(rule, "THE ROOM");
    layout.pane(room_area, who);
    layout
}

fn steps(s: &mut Page, scene: &Scene<'_>, coach: &Coach) {
    s.head("WHAT NOW", "");
    let after = scene.coach_says();
    // What the turn opens with names its steps: it stands back once one is taken, and is silent when
    // only the end of the turn is left.
    let is_left = |s: &StepRow| !s.done && s.does != StepDoes::EndTurn;
    let (says, role) = match after {
        "" if !coach.is_under_way() => (coach.says.as_str(), Role::Text),
        "" if coach.steps.iter().any(is_left) => (coach.says.as_str(), Role::Quiet),
        _ => (after, Role::Text),
    };
    // The rows of the longest that is said this turn, so that no step moves when one is done.
    let rows = |words: &str| text::wrap(words, s.width.saturating_sub(2).max(1)).len();
    let stays = |s: &&StepRow| matches!(s.does, StepDoes::Order(_) | StepDoes::Sure(_));
    let told = coach.steps.iter().filter(stays).map(|s| rows(&s.then));
    let high = told.fold(rows(&coach.says), usize::max);
    let from = s.at();
    if !says.is_empty() {
        s.text(role, 1, says);
    }
    if scene.open_questions() > 0 {
        s.text(Role::Warning, 1, "! A question waits on the front page: n");
    }
    while !says.is_empty() && s.at() <= from + high {
        s.line(Vec::new());
    }
    s.gap();
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
pub fn keys(scene: &Scene<'_>) -> String {
    let most = match (scene.screen, scene.coach, scene.facts) {
        (Screen::Desk, Some(c), _) => {
            c.steps.iter().filter_map(|s| s.key).max().map_or(1, |key| key + 1)
        }
        (Screen::Front, _, Facts::Front(f)) => {
            f.asks.iter().find(|a| !a.answered).map_or(1, |a| a.choices.len())
        }
        _ => 1,
    };
    if most > 1 { format!("1-{most}") } else { "1".to_owned() }
}

/// What the coach says under a screen a step led to, and the way back, with the screen above it.
pub fn above_strip<'a>(
    scene: &Scene<'a>,
    area: Rect,
    screen: impl FnOnce(&Scene<'a>, Rect) -> PageLayout<'a>,
) -> PageLayout<'a> {
    let mut s = Page::new(scene.theme, area.width);
    if !scene.coach_says().is_empty() {
        s.text(Role::Text, 1, scene.coach_says());
    }
    let mut keys = vec![s.span(Role::Accent, "  1  "), s.span(Role::Title, "Back to the desk")];
    let mut before = 0;
    if let Facts::Propose(f) = scene.facts {
        // What Enter does on the row the cursor is on, as the footer says it.
        let words = match (propose::on_because(scene, f), &f.shut) {
            (true, _) => Some("Write why   "),
            (false, None) => Some("On the agenda   "),
            (false, Some(_)) => None,
        };
        if let Some(words) = words {
            keys.splice(0..0, [s.span(Role::Accent, "  Enter  "), s.span(Role::Title, words)]);
            before = u16::try_from("  Enter  ".len() + words.len()).unwrap_or(0);
        }
    }
    s.line(keys);
    let high = u16::try_from(s.rows.len()).unwrap_or(1).min(area.height / 3);
    let [above, rule, strip] = Layout::vertical([Fill(1), Length(1), Length(high)]).areas(area);
    let mut layout = screen(scene, above);
    layout.horizontal_rule(rule, "LESSON");
    // A click presses the key that stands there.
    let back = Rect {
        x: strip.x.saturating_add(before).min(strip.right()),
        y: strip.bottom().saturating_sub(1),
        width: strip.width.saturating_sub(before),
        height: 1,
    };
    layout.spots.push((back, Key::char('1')));
    if before > 0 {
        let enter = Rect { x: strip.x, width: before.min(strip.width), ..back };
        layout.spots.push((enter, Key::plain(Code::Enter)));
    }
    layout.pane(strip, s);
    layout
}

/// The cursor of the desk when it is first seen: on the step to take; without a lesson on what asks
/// for an answer, else on what the three sentences say can be done.
pub fn first(scene: &Scene<'_>, layout: &PageLayout<'_>) -> Cursor {
    let wanted = match (scene.coach, scene.facts) {
        (Some(coach), _) => coach.steps.iter().find(|s| !s.done).map(|s| Target::Step(s.n)),
        (None, Facts::Desk(d)) => whole::first(d),
        (None, _) => None,
    };
    wanted.and_then(|to| Cursor::on(layout, to)).unwrap_or_default()
}
