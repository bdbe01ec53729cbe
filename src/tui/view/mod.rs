//! The screens: each file lays one out as a plan; here is what surrounds them all.
//!
//! ```text
//!  Cloud Hopper · Desk      10 Dec 2018 · turn 8 of 14     staff ●●○  capital 11     where and when
//! ───────────────────────────────────────────────────────────────────────────────
//!                                    the screen
//! ── On the agenda: … ───────────────────────────────────────────────────────────   what was just done
//!  Enter open · p propose · … · Esc back · ? help                                   what can be pressed here
//! ```
//! Owns that frame, and which file lays out which screen. Refuses: changing anything.

mod act;
mod agencies;
mod briefing;
mod calendar;
mod choose;
mod codex;
mod debrief;
mod desk;
mod detail;
mod find;
mod foot;
mod front;
mod guidance;
mod help;
mod intel;
mod lesson;
mod line;
mod parts;
mod past;
mod popup;
mod problem;
mod propose;
mod title;
mod why;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::text;

use super::app::App;
use super::facts::Facts;
use super::screen::{Screen, Target};
use super::sheet::{self, Place, Plan, Sheet};
use super::theme::Role;

pub use act::PAGES as ACT_PAGES;
pub use debrief::PAGES as DEBRIEF_PAGES;
pub use find::best;
pub use foot::{Foot, footer as foot, pressed};
pub use help::{Word, words_here};
pub use lesson::leads_back;
pub use why::LIST as WHY_LIST;

/// Columns from which there is room for a second thing beside the first.
pub const WIDE: u16 = 104;

/// Columns from which the desk opens what is under the cursor beside it.
const DESK_OPENS: u16 = 120;

/// Whether the desk shows a memo in full without a box.
pub fn opens_beside(size: (u16, u16)) -> bool {
    size.0 >= DESK_OPENS
}

/// Below this nothing can be laid out.
pub const LEAST: (u16, u16) = (60, 18);

pub fn too_small(size: (u16, u16)) -> bool {
    size.0 < LEAST.0 || size.1 < LEAST.1
}

/// Where screens are laid out: all but two lines above and two below.
fn body(app: &App) -> Rect {
    Rect { x: 0, y: 2, width: app.size.0, height: app.size.1.saturating_sub(4) }
}

/// The screen in front, laid out.
pub fn plan(app: &App) -> Plan<'_> {
    if too_small(app.size) {
        return Plan::default();
    }
    let area = body(app);
    if let Some((above, strip)) = lesson::strip(app, area) {
        let mut plan = screen(app, above);
        plan.level.push((area.x, above.bottom(), area.width, "LESSON".to_owned()));
        plan.pane(
            Rect { y: above.bottom() + 1, height: area.bottom() - above.bottom() - 1, ..area },
            strip,
        );
        return plan;
    }
    screen(app, area)
}

fn screen(app: &App, area: Rect) -> Plan<'_> {
    match app.screen {
        Screen::Title => title::plan(app, area),
        Screen::Briefing => briefing::plan(app, area),
        Screen::Front => front::plan(app, area),
        Screen::Guidance => guidance::plan(app, area),
        Screen::Desk if app.coach.is_some() => lesson::desk(app, area),
        Screen::Desk => desk::plan(app, area),
        Screen::Choose => choose::plan(app, area),
        Screen::Propose => propose::plan(app, area),
        Screen::Act => act::plan(app, area),
        Screen::Intel if area.width < WIDE => find::everywhere(app, intel::plan(app, area)),
        Screen::Intel => intel::plan(app, area),
        Screen::Agencies => agencies::plan(app, area),
        Screen::Calendar => find::everywhere(app, calendar::plan(app, area)),
        Screen::Why => why::plan(app, area),
        Screen::Debrief => debrief::plan(app, area),
        Screen::Codex => codex::plan(app, area),
        Screen::Assumptions => codex::assumptions(app, area),
        Screen::Help => find::everywhere(app, help::plan(app, area)),
        Screen::Problem => problem::plan(app, area),
        Screen::Past => past::plan(app, area),
    }
}

/// The popup in front, where it lies and its plan.
pub fn popup(app: &App) -> Option<(Rect, Plan<'_>)> {
    // A search is typed in the line above the footer, and narrows the list in sight.
    if too_small(app.size) || app.searching() {
        return None;
    }
    popup::plan(app)
}

/// Where the cursor stands when a screen is first seen.
pub fn first(app: &App, plan: &Plan) -> (usize, [usize; 8]) {
    let mut door = [0; 8];
    if let (Screen::Desk, Some(coach)) = (app.screen, &app.coach) {
        let wanted = coach.steps.iter().find(|s| !s.done).map(|s| Target::Step(s.n));
        return at(plan, wanted).unwrap_or((0, door));
    }
    if let (Screen::Front, Some(_), Facts::Front(f)) = (app.screen, &app.coach, &app.facts) {
        let wanted = f
            .asks
            .iter()
            .find(|a| !a.answered)
            .and_then(|a| a.choices.first().map(|c| Target::Answer(a.event, c.choice)));
        if let Some(place) = at(plan, wanted) {
            return place;
        }
    }
    if app.screen == Screen::Desk {
        if let Facts::Desk(d) = &app.facts {
            let wanted = match d.inbox.iter().position(|r| r.prompt.is_some() && !r.answered) {
                Some(n) => Some(Target::Memo(n)),
                // What the three sentences say can be done.
                None if !d.files.is_empty() => Some(Target::File(
                    d.files.iter().position(|f| Some(f.file) == d.summary.file).unwrap_or(0),
                )),
                None => None,
            };
            for (n, pane) in plan.panes.iter().take(8).enumerate() {
                if let Some(d) = pane.sheet.doors.iter().position(|d| Some(d.to) == wanted) {
                    door[n] = d;
                    return (n, door);
                }
            }
        }
    }
    if app.screen == Screen::Title {
        return (0, title::first(app, plan));
    }
    if app.screen == Screen::Why {
        return (0, why::first(app, plan));
    }
    if matches!(app.screen, Screen::Front | Screen::Debrief) {
        // The way on is the last pane: the page is read from its top, and Enter goes on.
        return (plan.panes.len().saturating_sub(1), door);
    }
    (0, door)
}

/// The pane and door that lead to a target.
fn at(plan: &Plan, wanted: Option<Target>) -> Option<(usize, [usize; 8])> {
    let mut door = [0; 8];
    plan.panes.iter().take(8).enumerate().find_map(|(n, pane)| {
        door[n] = pane.sheet.doors.iter().position(|d| Some(d.to) == wanted)?;
        Some((n, door))
    })
}

/// Whether Enter would leave a page that has not been read to its end.
pub fn more_to_read(app: &App, plan: &Plan) -> bool {
    let reads = match app.screen {
        Screen::Briefing => true,
        // Only from the way on: on a question or a door Enter does what stands there.
        Screen::Front | Screen::Debrief => app.place().pane + 1 == plan.panes.len(),
        _ => false,
    };
    reads && app.place().unread(&plan.panes)
}

/// Whether the game opens with a page of its own.
pub fn has_briefing(app: &App) -> bool {
    matches!(&app.facts, Facts::Front(f) if f.briefing.as_ref().is_some_and(|b| !b.body.is_empty()))
}

/// Whether there is a list to be searched in front.
pub fn searchable(app: &App) -> bool {
    app.popup.is_none()
        && match app.screen {
            Screen::Title
            | Screen::Briefing
            | Screen::Front
            | Screen::Guidance
            | Screen::Debrief
            | Screen::Problem => false,
            // The desk has the list of measures searched; a draft the values of its row.
            Screen::Desk | Screen::Propose => true,
            Screen::Choose | Screen::Act | Screen::Intel | Screen::Agencies | Screen::Calendar => {
                true
            }
            Screen::Why | Screen::Codex | Screen::Assumptions | Screen::Help | Screen::Past => true,
        }
}

/// Pages by name, the one in front lit: the first row of a screen that has several.
fn tabs<'a>(app: &'a App, area: Rect, pages: &[&str], at: usize, plan: &mut Plan<'a>) -> Rect {
    let mut tabs = Sheet::new(&app.theme, area.width);
    let mut spans = vec![Span::raw(" ")];
    let mut x = area.x + 1;
    for (n, name) in pages.iter().enumerate() {
        let words = format!(" {} {name} ", n + 1);
        let wide = u16::try_from(text::width(&words)).unwrap_or(0);
        plan.spots.push((Rect { x, y: area.y, width: wide, height: 1 }, n));
        x += wide;
        spans.push(tabs.span(if n == at { Role::Selected } else { Role::Quiet }, words));
    }
    tabs.line(spans);
    plan.pane(Rect { height: 1, ..area }, tabs);
    plan.level.push((area.x, area.y + 1, area.width, String::new()));
    Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }
}

/// A list with the thing under the cursor opened: beside it where there is room, below it where
/// there is not.
fn with_detail<'a>(
    app: &'a App,
    area: Rect,
    share: u16,
    list: impl FnOnce(u16) -> Sheet<'a>,
) -> Plan<'a> {
    let mut plan = Plan::default();
    let opened = |sheet: &Sheet| {
        let place = app.place();
        let at = if place.pane == 0 {
            place.door[0]
        } else {
            place.door[0].min(sheet.doors.len().saturating_sub(1))
        };
        sheet.doors.get(at).map(|d| d.to)
    };
    if area.width >= WIDE {
        let left = area.width * share / 100;
        let sheet = find::narrow(app, list(left));
        let target = opened(&sheet);
        plan.pane(Rect { width: left, ..area }, sheet);
        plan.upright.push((area.x + left, area.y, area.height));
        let right = Rect { x: area.x + left + 1, width: area.width - left - 1, ..area };
        if let Some(sheet) = target.and_then(|t| detail::sheet(app, t, right.width)) {
            plan.pane(right, sheet);
        }
    } else {
        let strip = (area.height / 3).clamp(5, 9);
        let sheet = find::narrow(app, list(area.width));
        let target = opened(&sheet);
        plan.pane(Rect { height: area.height - strip - 1, ..area }, sheet);
        plan.level.push((area.x, area.bottom() - strip - 1, area.width, String::new()));
        let below = Rect { y: area.bottom() - strip, height: strip, ..area };
        if let Some(mut sheet) = target.and_then(|t| detail::sheet(app, t, below.width)) {
            sheet.doors.clear();
            plan.pane(below, sheet);
        }
    }
    plan
}

/// Paints everything.
pub fn render(frame: &mut Frame<'_>, app: &App) {
    let area = frame.area();
    let buf = frame.buffer_mut();
    if let Some(style) = background(app) {
        buf.set_style(area, style);
    }
    if too_small((area.width, area.height)) || too_small(app.size) {
        small_card(area, buf, app);
        return;
    }
    // Laid out once for everything that is painted of it.
    let plan = plan(app);
    let over = popup(app);
    let target = match &over {
        Some((_, over)) => app.over.target(over),
        None => app.place().target(&plan),
    };
    header(area, buf, app, &plan);
    foot::paint(area, buf, app, &plan, target);
    sheet::paint(&plan, &app.theme, &app.place(), app.popup.is_none() || app.searching(), buf);
    if let Some((rect, over)) = over {
        popup::frame(rect, buf, app);
        sheet::paint(&over, &app.theme, &app.over, true, buf);
        popup::caret(rect, buf, app);
    }
}

/// Themes that bring their own ground colour it everywhere.
fn background(app: &App) -> Option<ratatui::style::Style> {
    let text = app.theme.style(Role::Text);
    text.bg.map(|_| text)
}

fn header(area: Rect, buf: &mut Buffer, app: &App, below: &Plan) {
    let t = &app.theme;
    let span = |role: Role, words: &str| Span::styled(words.to_owned(), t.style(role));
    let h = &app.header;
    let mut left = vec![span(Role::Text, " ")];
    let mut right = Vec::new();
    if app.play.is_some() {
        left.push(span(Role::Title, &h.scenario));
        left.push(span(Role::Quiet, &format!("  {}", app.screen.name())));
        let mut when = format!("{} {} {}", h.date, t.glyphs.dot, h.turn);
        if h.over {
            "over".clone_into(&mut when);
        }
        right.push(span(Role::Text, &when));
        // Nothing to count on the first page of a lesson.
        let plain = app.coach.is_some() && app.screen == Screen::Front && h.n == 1;
        if !h.over && !plain {
            let g = t.glyphs;
            let most = usize::try_from(h.staff_most.max(h.staff)).unwrap_or(0);
            let have = usize::try_from(h.staff).unwrap_or(0).min(most);
            right.push(span(Role::Quiet, "  staff "));
            let dots = if most <= 6 {
                format!("{}{}", g.full.repeat(have), g.hollow.repeat(most - have))
            } else {
                h.staff.to_string()
            };
            right.push(span(if have > 0 { Role::Accent } else { Role::Quiet }, &dots));
            right.push(span(Role::Quiet, "  capital "));
            let capital = if h.capital_text.is_empty() {
                h.capital.to_string()
            } else {
                h.capital_text.clone()
            };
            right.push(span(Role::Text, &capital));
        }
    } else if app.screen != Screen::Title {
        left.push(span(Role::Title, app.screen.name()));
    }
    right.push(span(Role::Text, " "));
    let line = sheet::between(left, right, usize::from(area.width));
    buf.set_line(area.x, area.y, &line, area.width);
    if app.screen != Screen::Title || app.play.is_some() {
        let mut plan = Plan::default();
        plan.level.push((area.x, area.y + 1, area.width, String::new()));
        plan.upright = below.upright.iter().filter(|u| u.1 == area.y + 2).copied().collect();
        sheet::paint(&plan, t, &Place::default(), false, buf);
    }
}

/// Said where nothing else fits.
fn small_card(area: Rect, buf: &mut Buffer, app: &App) {
    let lines = [
        "Interagency".to_owned(),
        format!("needs {} x {}", LEAST.0, LEAST.1),
        format!("here: {} x {}", area.width, area.height),
        "q quit".to_owned(),
    ];
    let top = area.height.saturating_sub(4) / 2;
    for (n, line) in lines.iter().enumerate() {
        let n = u16::try_from(n).unwrap_or(0);
        let wide = u16::try_from(text::width(line)).unwrap_or(0).min(area.width);
        let role = if n == 0 { Role::Title } else { Role::Text };
        if top + n < area.height {
            sheet::set(
                buf,
                area.x + (area.width - wide) / 2,
                area.y + top + n,
                &text::cut(line, usize::from(area.width)),
                app.theme.style(role),
                area.width,
            );
        }
    }
}
