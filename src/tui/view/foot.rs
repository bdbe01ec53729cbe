//! The line of keys at the bottom, and the rule above it in which something may be said.
//!
//! Owns which keys are offered now, what they are called, where they stand, and which one a click
//! presses. Refuses: what the keys do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::engine::Order;
use crate::input::{Code, Key};
use crate::order::Arrange;
use crate::prose::review::Debrief;
use crate::text;
use crate::tui::cursor::Cursor;
use crate::tui::facts::Facts;
use crate::tui::keys::{self, Action};
use crate::tui::layout::PageLayout;
use crate::tui::page;
use crate::tui::paint;
use crate::tui::play::Play;
use crate::tui::scene::Scene;
use crate::tui::screen::{HOW_SURE, Popup, Purpose, Screen, Target};
use crate::tui::screens;
use crate::tui::theme::Role;

use super::{act, debrief, find, lesson};

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

/// The key a click on the footer presses; `left` is how the left arrow is written.
pub fn pressed(foot: &[Foot], left: &str, x: u16) -> Option<Key> {
    let wide =
        |f: &Foot| u16::try_from(text::width(&f.written) + 1 + text::width(&f.label)).unwrap_or(0);
    let foot = foot.iter().find(|f| (f.x..f.x + wide(f)).contains(&x))?;
    match foot.action {
        // The left arrow is the other direction.
        Action::Right | Action::NextTurn if foot.written.starts_with(left) && x == foot.x => {
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

/// Keys and labels with their places, as far as they have room.
pub fn offered_keys(scene: &Scene<'_>, layout: &PageLayout, target: Option<Target>) -> Vec<Foot> {
    let more = !scene.overlay.is_open() && screens::has_more_to_read(scene, layout);
    let levels = keys::levels(scene.screen, screens::row(scene.screen).is_in_game(), scene.popup());
    let mut rows: Vec<_> = if scene.overlay.stray().is_some() {
        // Nothing else is run while words go nowhere.
        keys::KEYS.iter().filter(|r| r.on == keys::On::Line && r.action == Action::Leave).collect()
    } else {
        keys::here(&levels)
            .into_iter()
            .filter(|r| r.foot > 0 && offered(scene, layout, r.action, target))
            .collect()
    };
    rows.arrange_by_key(|r| r.foot);
    // How to leave and how to ask are never crowded out.
    let kept = |r: &keys::Row| match r.action {
        Action::Leave => 11 + usize::from(!scene.search.is_empty()) * 4,
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
                format!("{}{}", scene.theme.glyphs.left, scene.theme.glyphs.right)
            }
            // The files are many rows down: the key that jumps there stands beside the arrows.
            Action::Down if scene.screen == Screen::Desk && scene.coach.is_none() => {
                format!("{}{} Tab", scene.theme.glyphs.up, scene.theme.glyphs.down)
            }
            Action::Down => format!("{}{}", scene.theme.glyphs.up, scene.theme.glyphs.down),
            Action::Number if scene.coach.is_some() && !scene.overlay.is_open() => {
                lesson::keys(scene)
            }
            Action::Number => numbers(scene, target).unwrap_or_else(|| keys::written(r)),
            _ => r.keys[0].to_string(),
        };
        let label = if r.action == Action::Open && more {
            "read on"
        } else {
            label(scene, r.action, r.label, target)
        }
        .to_owned();
        let dot = if out.is_empty() { 0 } else { 3 };
        let wide = dot + text::width(&written) + 1 + text::width(&label);
        let keep: usize = rows[n + 1..].iter().map(|r| kept(r)).sum();
        if used + wide + keep > usize::from(scene.size.0) {
            continue;
        }
        let x = u16::try_from(used + dot).unwrap_or(u16::MAX);
        used += wide;
        out.push(Foot { x, keys: r.keys, action: r.action, written, label });
    }
    out
}

/// "1-3", where only so many numbers mean something.
fn numbers(scene: &Scene<'_>, target: Option<Target>) -> Option<String> {
    let prompt = |d: &crate::prose::facts::Desk, n: usize| {
        d.inbox
            .get(n)
            .and_then(|r| r.prompt)
            .and_then(|p| d.prompts.get(p))
            .map(|p| p.choices.len())
    };
    let most = match (scene.popup(), scene.facts) {
        (None, Facts::Front(f)) => f.asks.iter().find(|a| !a.answered).map(|a| a.choices.len()),
        (None, Facts::Guidance(g)) => Some(g.profiles.len()),
        (None, Facts::Debrief(_)) => Some(debrief::PAGES.len()),
        (None, Facts::Act(_)) => Some(act::PAGES.len()),
        (None, Facts::Desk(d)) => match target {
            Some(Target::Memo(n)) => prompt(d, n),
            _ => None,
        },
        (Some(Popup::Detail(Target::Memo(n))), Facts::Desk(d)) => prompt(d, *n),
        (Some(Popup::Detail(Target::Question(n))), Facts::Front(f)) => {
            f.asks.get(*n).map(|a| a.choices.len())
        }
        (Some(Popup::Sure(..)), _) => Some(HOW_SURE.len()),
        _ => None,
    }?;
    Some(if most > 1 { format!("1-{}", most.min(9)) } else { "1".to_owned() })
}

/// The rule with what is said or searched in it, and the keys.
pub fn paint(
    area: Rect,
    buf: &mut Buffer,
    scene: &Scene<'_>,
    layout: &PageLayout,
    target: Option<Target>,
) {
    let t = scene.theme;
    let y = area.bottom() - 2;
    let mut rule = PageLayout::default();
    rule.horizontal_rule(Rect { y, ..area }, "");
    rule.vertical_rules =
        layout.vertical_rules.iter().filter(|r| r.bottom() == y).copied().collect();
    paint::layout(&rule, t, &Cursor::default(), false, buf);
    let room = usize::from(area.width.saturating_sub(8));
    if let Some(said) = scene.overlay.said() {
        let words = format!(" {} {} ", t.glyphs.marker, text::cut(said, room));
        paint::set(buf, area.x + 2, y, &words, t.style(Role::Accent), area.width - 2);
    } else if let Some(spans) = find::line(scene, layout, room) {
        buf.set_line(area.x + 1, y, &page::fit(spans, room), area.width - 1);
    }
    let mut spans = vec![Span::raw(" ")];
    for (n, f) in offered_keys(scene, layout, target).into_iter().enumerate() {
        if n > 0 {
            spans.push(Span::styled(format!(" {} ", t.glyphs.dot), t.style(Role::Rule)));
        }
        spans.push(Span::styled(f.written, t.style(Role::Accent)));
        spans.push(Span::styled(format!(" {}", f.label), t.style(Role::Text)));
    }
    buf.set_line(area.x, area.bottom() - 1, &page::fit(spans, usize::from(area.width)), area.width);
}

/// What Enter does depends on what the cursor is on.
fn label<'l>(scene: &Scene<'_>, action: Action, label: &'l str, target: Option<Target>) -> &'l str {
    match (scene.popup(), action) {
        _ if scene.overlay.stray().is_some() => return "leave it",
        (Some(Popup::Sure(..)), Action::Leave) => return "leave unstated",
        (Some(Popup::Sure(..)), Action::Number) => return "25, 50 or 75%",
        (Some(Popup::Line(Purpose::Search, _)), Action::Leave) => return "clear",
        (Some(Popup::Line(Purpose::Search, _)), Action::Open) => return "keep",
        (Some(Popup::Pick(_, line)), Action::Leave) => {
            return if line.value().is_empty() { "leave it" } else { "clear" };
        }
        (Some(Popup::Line(Purpose::Because, _)), Action::Leave) => return label,
        (Some(_), Action::Leave) => return "close",
        (None, Action::Leave) if !scene.search.is_empty() => return "show all",
        _ => {}
    }
    if action == Action::Skip && scene.screen == Screen::Debrief {
        return "title page";
    }
    if action == Action::Number
        && !scene.overlay.is_open()
        && scene.screen == Screen::Desk
        && scene.coach.is_some()
    {
        return "step";
    }
    if let (Action::Compare, Some(marked), Some(Target::Past(n))) =
        (action, &scene.shelf.marked, target)
    {
        let is_marked = scene.shelf.past.get(n).is_some_and(|p| p.name == *marked);
        return if is_marked { "unmark" } else { "side by side" };
    }
    if action != Action::Open && action != Action::Submit {
        return label;
    }
    let is_shut = matches!(scene.facts, Facts::Propose(f) if f.shut.is_some());
    let is_ordered = matches!(scene.facts, Facts::Propose(f) if !f.ordered.is_empty());
    let builds = matches!(
        scene.facts,
        Facts::Propose(f) if matches!(f.order, Some(Order::Build { .. }))
    );
    match (scene.popup(), target) {
        (None, _) if scene.screen == Screen::Briefing && scene.has_back => "back",
        (None, Some(Target::Slot(_))) if is_shut => "why not",
        (None, Some(Target::Slot(_))) if is_ordered => "in its place",
        (None, Some(Target::Slot(_))) if builds => "build the file",
        (Some(Popup::Line(..)), _) => label,
        (Some(Popup::Pick(..)), _) => "take it",
        (Some(Popup::Sure(..)), _) => "state it",
        (_, Some(Target::Because)) => "write why",
        // Of a game that is over nothing is drafted any more.
        (_, Some(Target::File(_) | Target::Instrument(_))) if scene.is_over() => "look at it",
        (_, Some(Target::File(_) | Target::Instrument(_))) => "draft",
        (_, Some(Target::Answer(..))) => "give this answer",
        (_, Some(Target::Undo(_))) => "take back",
        (_, Some(Target::Give(order))) if scene.given(order).is_some() => "take back",
        (_, Some(Target::Give(order))) if scene.is_shut(order) => "why not",
        (_, Some(Target::Give(Order::Withdraw { .. }))) => "withdraw",
        (None, Some(Target::To(_))) if scene.screen == Screen::Act => "open",
        (_, Some(Target::Give(_))) => "order it",
        (None, Some(Target::Task(_))) => "on which",
        (_, Some(Target::Promise(..))) => "promise",
        (None, Some(Target::Sure(_))) => "say how sure",
        (_, Some(Target::Yes)) => "yes",
        (_, Some(Target::No)) => "no",
        (_, Some(Target::Step(_))) => "do it",
        (_, Some(Target::More)) => "show all",
        (_, Some(Target::Profile(_))) => "take it",
        (_, Some(Target::Branch(..))) => "branch",
        (Some(_), None) => "close",
        (None, None | Some(Target::NextPage)) if scene.screen == Screen::Debrief => "next page",
        (None, Some(Target::Scenario(_))) if scene.screen == Screen::Debrief => "play on",
        (None, Some(Target::Go(Screen::Title))) if scene.screen == Screen::Debrief => "title page",
        (None, Some(Target::Go(Screen::Desk))) if scene.screen == Screen::Debrief => "to the desk",
        (None, Some(_)) if scene.screen == Screen::Debrief => "open",
        (_, Some(Target::Theme(_))) => "use it",
        (_, Some(Target::Mouse | Target::Word)) => "change",
        (None, Some(Target::Go(Screen::Guidance))) if scene.screen == Screen::Front => {
            "write the guidance"
        }
        (None, Some(Target::Go(Screen::Desk))) => "to the desk",
        (None, Some(Target::Go(Screen::Debrief))) if scene.screen == Screen::Front => {
            "to the debrief"
        }
        _ => label,
    }
}

/// Whether an action makes sense now.
fn offered(scene: &Scene<'_>, layout: &PageLayout, action: Action, target: Option<Target>) -> bool {
    let over = scene.is_over();
    if let (Some(coach), None) = (scene.coach, scene.popup()) {
        // A lesson shows the keys it needs; the others are there, and help has them.
        match action {
            Action::Leave if scene.screen == Screen::Help => return true,
            Action::Number if scene.screen == Screen::Desk => {
                return coach.steps.iter().any(|s| s.key.is_some());
            }
            Action::Number if scene.screen != Screen::Front => return true,
            Action::Open
            | Action::Submit
            | Action::Right
            | Action::Down
            | Action::Skip
            | Action::Help
            | Action::Number => {}
            _ => return false,
        }
    }
    match action {
        // Where there is something to go to, for whoever has not learnt yet that the arrows do it.
        Action::Down => !scene.overlay.is_open() && screens::row(scene.screen).shows_arrows,
        Action::Skip => !scene.overlay.is_open() && scene.play.is_some_and(Play::is_lesson),
        // Help of help would be the same page.
        Action::Help => scene.screen != Screen::Help,
        Action::Search => !scene.overlay.is_open() && scene.coach.is_none(),
        // Where there is but one there is no next.
        Action::NextTurn if scene.screen == Screen::Why => {
            scene.game().is_some_and(|g| g.past().len() > 1)
        }
        Action::NextTurn if scene.screen == Screen::Intel => {
            matches!(scene.facts, Facts::Intel(f) if !f.campaigns.is_empty())
        }
        Action::Pick => matches!(target, Some(Target::Slot(_))),
        Action::Branch => match target {
            Some(Target::Past(n)) => scene.shelf.past.get(n).is_some_and(|p| p.turns.is_some()),
            _ => false,
        },
        Action::Compare => match target {
            Some(Target::Past(n)) => {
                scene.shelf.past.get(n).is_some_and(|p| p.over && p.trouble.is_empty())
            }
            _ => false,
        },
        Action::Planner => {
            let fresh = |d: &Debrief| d.standing.as_ref().is_some_and(|s| !s.has_planner());
            let first = scene.play.is_some_and(|p| p.selection.debrief_page == 0);
            first && matches!(scene.facts, Facts::Debrief(d) if fresh(d))
        }
        Action::EndTurn | Action::Propose | Action::Act | Action::Bargain | Action::Submit
            if over =>
        {
            false
        }
        Action::Debrief => over,
        Action::Number if over && scene.screen != Screen::Debrief => false,
        Action::EndTurn => matches!(scene.screen, Screen::Desk),
        Action::Right if scene.overlay.is_open() => matches!(scene.popup(), Some(Popup::Sure(..))),
        Action::Open => {
            scene.overlay.is_open()
                || matches!(scene.screen, Screen::Briefing | Screen::Debrief)
                || target.is_some()
        }
        Action::Leave => {
            scene.overlay.is_open()
                || !scene.search.is_empty()
                || !matches!(scene.screen, Screen::Title | Screen::Desk)
        }
        Action::Number => match (scene.popup(), scene.facts) {
            (None, Facts::Front(f)) => {
                // The first press for a question out of sight answers nothing yet.
                let all = |a: &crate::prose::facts::Prompt| {
                    a.choices
                        .iter()
                        .all(|c| scene.cursor.sees(layout, Target::Answer(a.event, c.choice)))
                };
                f.asks.iter().find(|a| !a.answered).is_some_and(all)
            }
            (None, Facts::Desk(d)) => {
                let Some(Target::Memo(n)) = target else { return false };
                d.inbox.get(n).is_some_and(|r| r.prompt.is_some() && !r.answered)
            }
            (None, Facts::Guidance(g)) => g.verb.is_some(),
            (Some(Popup::Detail(Target::Memo(n))), Facts::Desk(d)) => {
                d.inbox.get(*n).is_some_and(|r| r.prompt.is_some() && !r.answered)
            }
            (Some(Popup::Detail(Target::Question(n))), Facts::Front(f)) => {
                f.asks.get(*n).is_some_and(|a| !a.answered)
            }
            (None, Facts::Debrief(_)) | (Some(Popup::Sure(..)), _) => true,
            _ => false,
        },
        Action::Right if scene.screen == Screen::Propose => matches!(target, Some(Target::Slot(_))),
        Action::Right if scene.screen == Screen::Guidance => {
            matches!(scene.facts, Facts::Guidance(g) if g.verb.is_some())
        }
        _ => true,
    }
}
