//! The line of keys at the bottom, and the rule above it in which something may be said.
//!
//! Owns which keys are offered now, what they are called, where they stand, and which one a click
//! presses. Refuses: what the keys do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::engine::Order;
use crate::terminal::{Code, Key};
use crate::text;

use super::{find, lesson};
use crate::tui::app::App;
use crate::tui::cursor::Cursor;
use crate::tui::facts::Facts;
use crate::tui::keys::{self, Action};
use crate::tui::layout::PageLayout;
use crate::tui::page;
use crate::tui::paint;
use crate::tui::screen::{Popup, Purpose, Screen, Target};
use crate::tui::theme::Role;

/// A key in the footer.
#[derive(Debug, Clone)]
pub struct Foot {
    /// First column, of the key's name.
    pub x: u16,
    pub keys: &'static [Key],
    pub action: Action,
    /// "Enter", "1-3", the two arrows.
    pub written: String,
    pub label: String,
}

/// What the footer offers on the screen in front, as far as it has room.
pub fn footer(app: &App) -> Vec<Foot> {
    if super::too_small(app.size) {
        return Vec::new();
    }
    let layout = super::layout(app);
    let target = match super::popup(app) {
        Some((_, over)) => app.over.target(&over),
        None => app.cursor().target(&layout),
    };
    laid(app, &layout, target)
}

/// The key a click on the footer presses.
pub fn pressed(app: &App, x: u16, y: u16) -> Option<Key> {
    if y + 1 != app.size.1 {
        return None;
    }
    let wide =
        |f: &Foot| u16::try_from(text::width(&f.written) + 1 + text::width(&f.label)).unwrap_or(0);
    let foot = footer(app).into_iter().find(|f| (f.x..f.x + wide(f)).contains(&x))?;
    match foot.action {
        // The left arrow is the other direction.
        Action::Right | Action::NextTurn
            if foot.written.starts_with(app.theme.glyphs.left) && x == foot.x =>
        {
            Some(Key::plain(Code::Left))
        }
        // Behind the two arrows stands the key that jumps.
        Action::Down if usize::from(x - foot.x) > 2 && foot.written.ends_with("Tab") => {
            Some(Key::plain(Code::Tab))
        }
        // A number is pressed by its digit, or by its answer on the page.
        Action::Number => foot
            .written
            .chars()
            .nth(usize::from(x - foot.x))
            .filter(char::is_ascii_digit)
            .map(Key::char),
        _ => foot.keys.first().copied(),
    }
}

/// Keys and labels with their places.
fn laid(app: &App, layout: &PageLayout, target: Option<Target>) -> Vec<Foot> {
    let more = app.popup.is_none() && super::more_to_read(app, layout);
    let mut rows: Vec<_> = if app.astray.is_some() {
        // Nothing else is run while words go nowhere.
        keys::KEYS.iter().filter(|r| r.on == keys::On::Line && r.action == Action::Leave).collect()
    } else {
        keys::here(app.screen, app.popup.as_ref())
            .into_iter()
            .filter(|r| r.foot > 0 && offered(app, layout, r.action, target))
            .collect()
    };
    rows.sort_by_key(|r| r.foot);
    // How to leave and how to ask are never crowded out.
    let kept = |r: &keys::Row| match r.action {
        Action::Leave => 11 + usize::from(!app.search.is_empty()) * 4,
        Action::Help => 9,
        // Nor how the game goes on.
        Action::EndTurn => 13,
        _ => 0,
    };
    let mut used = 1;
    let mut out: Vec<Foot> = Vec::new();
    for (n, r) in rows.iter().enumerate() {
        let written = match r.action {
            Action::Right | Action::NextTurn if r.keys.contains(&Key::char('l')) => {
                format!("{}{}", app.theme.glyphs.left, app.theme.glyphs.right)
            }
            // The files are many rows down: the key that jumps there stands beside the arrows.
            Action::Down if app.screen == Screen::Desk && app.coach.is_none() => {
                format!("{}{} Tab", app.theme.glyphs.up, app.theme.glyphs.down)
            }
            Action::Down => format!("{}{}", app.theme.glyphs.up, app.theme.glyphs.down),
            Action::Number if app.coach.is_some() && app.popup.is_none() => lesson::keys(app),
            Action::Number => numbers(app, target).unwrap_or_else(|| keys::written(r)),
            _ => r.keys[0].to_string(),
        };
        let label = if r.action == Action::Open && more {
            "read on"
        } else {
            label(app, r.action, r.label, target)
        }
        .to_owned();
        let dot = if out.is_empty() { 0 } else { 3 };
        let wide = dot + text::width(&written) + 1 + text::width(&label);
        let keep: usize = rows[n + 1..].iter().map(|r| kept(r)).sum();
        if used + wide + keep > usize::from(app.size.0) {
            continue;
        }
        let x = u16::try_from(used + dot).unwrap_or(u16::MAX);
        used += wide;
        out.push(Foot { x, keys: r.keys, action: r.action, written, label });
    }
    out
}

/// "1-3", where only so many numbers mean something.
fn numbers(app: &App, target: Option<Target>) -> Option<String> {
    let prompt = |d: &crate::prose::facts::Desk, n: usize| {
        d.inbox
            .get(n)
            .and_then(|r| r.prompt)
            .and_then(|p| d.prompts.get(p))
            .map(|p| p.choices.len())
    };
    let most = match (&app.popup, &app.facts) {
        (None, Facts::Front(f)) => f.asks.iter().find(|a| !a.answered).map(|a| a.choices.len()),
        (None, Facts::Guidance(g)) => Some(g.profiles.len()),
        (None, Facts::Debrief(_)) => Some(super::DEBRIEF_PAGES.len()),
        (None, Facts::Act(_)) => Some(super::ACT_PAGES.len()),
        (None, Facts::Desk(d)) => match target {
            Some(Target::Memo(n)) => prompt(d, n),
            _ => None,
        },
        (Some(Popup::Detail(Target::Memo(n))), Facts::Desk(d)) => prompt(d, *n),
        (Some(Popup::Sure(..)), _) => Some(crate::tui::update::HOW_SURE.len()),
        _ => None,
    }?;
    Some(if most > 1 { format!("1-{}", most.min(9)) } else { "1".to_owned() })
}

/// The rule with what is said or searched in it, and the keys.
pub fn paint(area: Rect, buf: &mut Buffer, app: &App, layout: &PageLayout, target: Option<Target>) {
    let t = &app.theme;
    let y = area.bottom() - 2;
    let mut rule = PageLayout::default();
    rule.horizontal_rules.push((area.x, y, area.width, String::new()));
    rule.vertical_rules =
        layout.vertical_rules.iter().filter(|(_, top, high)| top + high == y).copied().collect();
    paint::layout(&rule, t, &Cursor::default(), false, buf);
    let room = usize::from(area.width.saturating_sub(8));
    if let Some(said) = &app.said {
        let words = format!(" {} {} ", t.glyphs.marker, text::cut(said, room));
        paint::set(buf, area.x + 2, y, &words, t.style(Role::Accent), area.width - 2);
    } else if let Some(spans) = find::line(app, layout, room) {
        buf.set_line(area.x + 1, y, &page::fit(spans, room), area.width - 1);
    }
    let mut spans = vec![Span::raw(" ")];
    for (n, f) in laid(app, layout, target).into_iter().enumerate() {
        if n > 0 {
            spans.push(Span::styled(format!(" {} ", t.glyphs.dot), t.style(Role::Rule)));
        }
        spans.push(Span::styled(f.written, t.style(Role::Accent)));
        spans.push(Span::styled(format!(" {}", f.label), t.style(Role::Text)));
    }
    buf.set_line(area.x, area.bottom() - 1, &page::fit(spans, usize::from(area.width)), area.width);
}

/// What Enter does depends on what the cursor is on.
fn label<'l>(app: &App, action: Action, label: &'l str, target: Option<Target>) -> &'l str {
    match (&app.popup, action) {
        _ if app.astray.is_some() => return "leave it",
        (Some(Popup::Sure(..)), Action::Leave) => return "leave unstated",
        (Some(Popup::Sure(..)), Action::Number) => return "25, 50 or 75%",
        (Some(Popup::Line(Purpose::Search, _)), Action::Leave) => return "clear",
        (Some(Popup::Line(Purpose::Search, _)), Action::Open) => return "keep",
        (Some(Popup::Pick(_, line)), Action::Leave) => {
            return if line.value().is_empty() { "leave it" } else { "clear" };
        }
        (Some(Popup::Line(Purpose::Because, _)), Action::Leave) => return label,
        (Some(_), Action::Leave) => return "close",
        (None, Action::Leave) if !app.search.is_empty() => return "show all",
        _ => {}
    }
    if action == Action::Skip && app.screen == Screen::Debrief {
        return "title page";
    }
    if action == Action::Number
        && app.popup.is_none()
        && app.screen == Screen::Desk
        && app.coach.is_some()
    {
        return "step";
    }
    if action != Action::Open && action != Action::Submit {
        return label;
    }
    match (&app.popup, target) {
        (None, _) if app.screen == Screen::Briefing && !app.back.is_empty() => "back",
        (None, Some(Target::Slot(_))) if matches!(&app.facts, Facts::Propose(f) if f.shut.is_some()) => {
            "why not"
        }
        (Some(Popup::Line(..)), _) => label,
        (Some(Popup::Pick(..)), _) => "take it",
        (Some(Popup::Sure(..)), _) => "state it",
        (_, Some(Target::Because)) => "write why",
        // Of a game that is over nothing is drafted any more.
        (_, Some(Target::File(_) | Target::Instrument(_))) if app.is_over() => "look at it",
        (_, Some(Target::File(_) | Target::Instrument(_))) => "draft",
        (_, Some(Target::Answer(..))) => "give this answer",
        (_, Some(Target::Undo(_))) => "take back",
        (_, Some(Target::Give(order))) if app.ordered(order).is_some() => "take back",
        (_, Some(Target::Give(order))) if app.shut(order) => "why not",
        (_, Some(Target::Give(Order::Withdraw { .. }))) => "withdraw",
        (_, Some(Target::Give(_))) => "order it",
        (_, Some(Target::Promise(..))) => "promise",
        (_, Some(Target::Yes)) => "yes",
        (_, Some(Target::No)) => "no",
        (_, Some(Target::Step(_))) => "do it",
        (_, Some(Target::More)) => "show all",
        (_, Some(Target::Profile(_))) => "take it",
        (Some(_), None) => "close",
        (None, None | Some(Target::NextPage)) if app.screen == Screen::Debrief => "next page",
        (None, Some(Target::Scenario(_))) if app.screen == Screen::Debrief => "play on",
        (None, Some(Target::Go(Screen::Title))) if app.screen == Screen::Debrief => "title page",
        (None, Some(Target::Go(Screen::Desk))) if app.screen == Screen::Debrief => "to the desk",
        (None, Some(_)) if app.screen == Screen::Debrief => "open",
        (_, Some(Target::Theme(_))) => "use it",
        (_, Some(Target::Mouse)) => "change",
        (None, Some(Target::Go(Screen::Guidance))) if app.screen == Screen::Front => {
            "write the guidance"
        }
        (None, Some(Target::Go(Screen::Desk))) => "to the desk",
        _ => label,
    }
}

/// Whether an action makes sense now.
fn offered(app: &App, layout: &PageLayout, action: Action, target: Option<Target>) -> bool {
    let over = app.is_over();
    if let (Some(coach), None) = (&app.coach, &app.popup) {
        // A lesson shows the keys it needs; the others are there, and help has them.
        match action {
            Action::Leave if app.screen == Screen::Help => return true,
            Action::Number if app.screen == Screen::Desk => {
                return coach.steps.iter().any(|s| s.key.is_some());
            }
            Action::Number if app.screen != Screen::Front => return true,
            Action::Open
            | Action::Submit
            | Action::Right
            | Action::Down
            | Action::Skip
            | Action::Help => {}
            Action::Number => {}
            _ => return false,
        }
    }
    match action {
        // Where there is something to go to, for whoever has not learnt yet that the arrows do it.
        Action::Down => {
            app.popup.is_none()
                && matches!(
                    app.screen,
                    Screen::Desk
                        | Screen::Propose
                        | Screen::Guidance
                        | Screen::Title
                        | Screen::Choose
                )
        }
        Action::Skip => {
            app.popup.is_none()
                && app.play.as_ref().is_some_and(|p| p.host.game().rules().lesson.is_some())
        }
        // Help of help would be the same page.
        Action::Help => app.screen != Screen::Help,
        Action::Search => app.popup.is_none() && app.coach.is_none(),
        // Where there is but one there is no next.
        Action::NextTurn if app.screen == Screen::Why => {
            app.play.as_ref().is_some_and(|p| p.host.game().past().len() > 1)
        }
        Action::NextTurn if app.screen == Screen::Intel => {
            matches!(&app.facts, Facts::Intel(f) if f.campaigns.len() > 1)
        }
        Action::Pick => matches!(target, Some(Target::Slot(_))),
        Action::EndTurn | Action::Propose | Action::Act | Action::Bargain | Action::Submit
            if over =>
        {
            false
        }
        Action::Debrief => over,
        Action::Number if over && app.screen != Screen::Debrief => false,
        Action::EndTurn => matches!(app.screen, Screen::Desk),
        Action::Right if app.popup.is_some() => matches!(app.popup, Some(Popup::Sure(..))),
        Action::Open => {
            app.popup.is_some()
                || matches!(app.screen, Screen::Briefing | Screen::Debrief)
                || target.is_some()
        }
        Action::Leave => {
            app.popup.is_some()
                || !app.search.is_empty()
                || !matches!(app.screen, Screen::Title | Screen::Desk)
        }
        Action::Number => match (&app.popup, &app.facts) {
            (None, Facts::Front(f)) => {
                // The first press for a question out of sight answers nothing yet.
                let all = |a: &crate::prose::facts::Prompt| {
                    a.choices
                        .iter()
                        .all(|c| app.cursor().sees(layout, Target::Answer(a.event, c.choice)))
                };
                f.asks.iter().find(|a| !a.answered).is_some_and(all)
            }
            (None, Facts::Desk(d)) => {
                matches!(target, Some(Target::Memo(n)) if d.inbox.get(n).is_some_and(|r| r.prompt.is_some() && !r.answered))
            }
            (None, Facts::Guidance(g)) => g.verb.is_some(),
            (None, Facts::Debrief(_)) => true,
            (Some(Popup::Detail(Target::Memo(n))), Facts::Desk(d)) => {
                d.inbox.get(*n).is_some_and(|r| r.prompt.is_some() && !r.answered)
            }
            (Some(Popup::Sure(..)), _) => true,
            _ => false,
        },
        Action::Right if app.screen == Screen::Propose => matches!(target, Some(Target::Slot(_))),
        Action::Right if app.screen == Screen::Guidance => {
            matches!(&app.facts, Facts::Guidance(g) if g.verb.is_some())
        }
        _ => true,
    }
}
