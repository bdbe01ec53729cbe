//! The screens: each file lays one out as a layout; here is what surrounds them all.
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
use super::cursor::Cursor;
use super::facts::Facts;
use super::layout::PageLayout;
use super::page::{self, Page};
use super::paint;
use super::screen::{Screen, Target};
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
pub fn layout(app: &App) -> PageLayout<'_> {
    if too_small(app.size) {
        return PageLayout::default();
    }
    let area = body(app);
    if let Some((above, strip)) = lesson::strip(app, area) {
        let mut layout = screen(app, above);
        layout.horizontal_rules.push((area.x, above.bottom(), area.width, "LESSON".to_owned()));
        layout.pane(
            Rect { y: above.bottom() + 1, height: area.bottom() - above.bottom() - 1, ..area },
            strip,
        );
        return layout;
    }
    screen(app, area)
}

fn screen(app: &App, area: Rect) -> PageLayout<'_> {
    match app.screen {
        Screen::Title => title::layout(app, area),
        Screen::Briefing => briefing::layout(app, area),
        Screen::Front => front::layout(app, area),
        Screen::Guidance => guidance::layout(app, area),
        Screen::Desk if app.coach.is_some() => lesson::desk(app, area),
        Screen::Desk => desk::layout(app, area),
        Screen::Choose => choose::layout(app, area),
        Screen::Propose => propose::layout(app, area),
        Screen::Act => act::layout(app, area),
        Screen::Intel if area.width < WIDE => find::everywhere(app, intel::layout(app, area)),
        Screen::Intel => intel::layout(app, area),
        Screen::Agencies => agencies::layout(app, area),
        Screen::Calendar => find::everywhere(app, calendar::layout(app, area)),
        Screen::Why => why::layout(app, area),
        Screen::Debrief => debrief::layout(app, area),
        Screen::Codex => codex::layout(app, area),
        Screen::Assumptions => codex::assumptions(app, area),
        Screen::Help => find::everywhere(app, help::layout(app, area)),
        Screen::Problem => problem::layout(app, area),
        Screen::Past => past::layout(app, area),
    }
}

/// The popup in front, where it lies and its layout.
pub fn popup(app: &App) -> Option<(Rect, PageLayout<'_>)> {
    // A search is typed in the line above the footer, and narrows the list in sight.
    if too_small(app.size) || app.searching() {
        return None;
    }
    popup::layout(app)
}

/// Where the cursor stands when a screen is first seen.
pub fn first(app: &App, layout: &PageLayout) -> (usize, [usize; 8]) {
    let mut link = [0; 8];
    if let (Screen::Desk, Some(coach)) = (app.screen, &app.coach) {
        let wanted = coach.steps.iter().find(|s| !s.done).map(|s| Target::Step(s.n));
        return at(layout, wanted).unwrap_or((0, link));
    }
    if let (Screen::Front, Some(_), Facts::Front(f)) = (app.screen, &app.coach, &app.facts) {
        let wanted = f
            .asks
            .iter()
            .find(|a| !a.answered)
            .and_then(|a| a.choices.first().map(|c| Target::Answer(a.event, c.choice)));
        if let Some(cursor) = at(layout, wanted) {
            return cursor;
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
            for (n, pane) in layout.panes.iter().take(8).enumerate() {
                if let Some(d) = pane.page.links.iter().position(|d| Some(d.to) == wanted) {
                    link[n] = d;
                    return (n, link);
                }
            }
        }
    }
    if app.screen == Screen::Title {
        return (0, title::first(app, layout));
    }
    if app.screen == Screen::Why {
        return (0, why::first(app, layout));
    }
    if matches!(app.screen, Screen::Front | Screen::Debrief) {
        // The way on is the last pane: the page is read from its top, and Enter goes on.
        return (layout.panes.len().saturating_sub(1), link);
    }
    (0, link)
}

/// The pane and link that lead to a target.
fn at(layout: &PageLayout, wanted: Option<Target>) -> Option<(usize, [usize; 8])> {
    let mut link = [0; 8];
    layout.panes.iter().take(8).enumerate().find_map(|(n, pane)| {
        link[n] = pane.page.links.iter().position(|d| Some(d.to) == wanted)?;
        Some((n, link))
    })
}

/// Whether Enter would leave a page that has not been read to its end.
pub fn more_to_read(app: &App, layout: &PageLayout) -> bool {
    let reads = match app.screen {
        Screen::Briefing => true,
        // Only from the way on: on a question or a link Enter does what stands there.
        Screen::Front | Screen::Debrief => app.cursor().pane + 1 == layout.panes.len(),
        _ => false,
    };
    reads && app.cursor().unread(&layout.panes)
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
fn tabs<'a>(
    app: &'a App,
    area: Rect,
    pages: &[&str],
    at: usize,
    layout: &mut PageLayout<'a>,
) -> Rect {
    let mut tabs = Page::new(&app.theme, area.width);
    let mut spans = vec![Span::raw(" ")];
    let mut x = area.x + 1;
    for (n, name) in pages.iter().enumerate() {
        let words = format!(" {} {name} ", n + 1);
        let wide = u16::try_from(text::width(&words)).unwrap_or(0);
        layout.spots.push((Rect { x, y: area.y, width: wide, height: 1 }, n));
        x += wide;
        spans.push(tabs.span(if n == at { Role::Selected } else { Role::Quiet }, words));
    }
    tabs.line(spans);
    layout.pane(Rect { height: 1, ..area }, tabs);
    layout.horizontal_rules.push((area.x, area.y + 1, area.width, String::new()));
    Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }
}

/// A list with the thing under the cursor opened: beside it where there is room, below it where
/// there is not.
fn with_detail<'a>(
    app: &'a App,
    area: Rect,
    share: u16,
    list: impl FnOnce(u16) -> Page<'a>,
) -> PageLayout<'a> {
    let mut layout = PageLayout::default();
    let opened = |page: &Page| {
        let cursor = app.cursor();
        let at = if cursor.pane == 0 {
            cursor.link[0]
        } else {
            cursor.link[0].min(page.links.len().saturating_sub(1))
        };
        page.links.get(at).map(|d| d.to)
    };
    if area.width >= WIDE {
        let left = area.width * share / 100;
        let page = find::narrow(app, list(left));
        let target = opened(&page);
        layout.pane(Rect { width: left, ..area }, page);
        layout.vertical_rules.push((area.x + left, area.y, area.height));
        let right = Rect { x: area.x + left + 1, width: area.width - left - 1, ..area };
        if let Some(page) = target.and_then(|t| detail::page(app, t, right.width)) {
            layout.pane(right, page);
        }
    } else {
        let strip = (area.height / 3).clamp(5, 9);
        let page = find::narrow(app, list(area.width));
        let target = opened(&page);
        layout.pane(Rect { height: area.height - strip - 1, ..area }, page);
        layout.horizontal_rules.push((
            area.x,
            area.bottom() - strip - 1,
            area.width,
            String::new(),
        ));
        let below = Rect { y: area.bottom() - strip, height: strip, ..area };
        if let Some(mut page) = target.and_then(|t| detail::page(app, t, below.width)) {
            page.links.clear();
            layout.pane(below, page);
        }
    }
    layout
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
    let layout = layout(app);
    let over = popup(app);
    let target = match &over {
        Some((_, over)) => app.over.target(over),
        None => app.cursor().target(&layout),
    };
    header(area, buf, app, &layout);
    foot::paint(area, buf, app, &layout, target);
    paint::layout(&layout, &app.theme, &app.cursor(), app.popup.is_none() || app.searching(), buf);
    if let Some((rect, over)) = over {
        popup::frame(rect, buf, app);
        paint::layout(&over, &app.theme, &app.over, true, buf);
        popup::caret(rect, buf, app);
    }
}

/// Themes that bring their own ground colour it everywhere.
fn background(app: &App) -> Option<ratatui::style::Style> {
    let text = app.theme.style(Role::Text);
    text.bg.map(|_| text)
}

fn header(area: Rect, buf: &mut Buffer, app: &App, below: &PageLayout) {
    let t = &app.theme;
    let span = |role: Role, words: &str| Span::styled(words.to_owned(), t.style(role));
    let h = &app.header;
    let mut left = vec![span(Role::Text, " ")];
    let mut right = Vec::new();
    if app.play.is_some() {
        let unsaved = app.unsaved().is_some();
        let roomy = area.width >= WIDE;
        // Where there is little room the mark stands in the place of the title.
        if !unsaved || roomy {
            left.push(span(Role::Title, &format!("{}  ", h.scenario)));
        }
        left.push(span(Role::Quiet, app.screen.name()));
        let mut when = format!("{} {} {}", h.date, t.glyphs.dot, h.turn);
        if h.over {
            "over".clone_into(&mut when);
        }
        if unsaved {
            right.push(span(Role::Warning, "! not saved  "));
        }
        if h.on_the_record && roomy {
            right.push(span(Role::Quiet, "on the record  "));
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
    let line = page::between(left, right, usize::from(area.width));
    buf.set_line(area.x, area.y, &line, area.width);
    if app.screen != Screen::Title || app.play.is_some() {
        let mut layout = PageLayout::default();
        layout.horizontal_rules.push((area.x, area.y + 1, area.width, String::new()));
        layout.vertical_rules =
            below.vertical_rules.iter().filter(|u| u.1 == area.y + 2).copied().collect();
        paint::layout(&layout, t, &Cursor::default(), false, buf);
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
            paint::set(
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
