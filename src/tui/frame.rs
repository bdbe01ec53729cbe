//! What surrounds every screen.
//!
//! ```text
//!  Cloud Hopper · Desk   10 Dec 2018 · turn 8 of 14   staff ●●○  capital 11   where and when
//! ────────────────────────────────────────────────────────────────────────
//!                               the screen
//! ── On the agenda: … ────────────────────────────────────────────────────   what was just done
//!  Enter open · p propose · … · Esc back · ? help                            what can be pressed
//! ```
//! Owns painting all of a frame. Refuses: what the screens say.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::text;

use super::cursor::Cursor;
use super::layout::PageLayout;
use super::page;
use super::paint;
use super::scene::{LEAST, Scene, WIDE, too_small};
use super::screen::Screen;
use super::screens;
use super::theme::{Role, Theme};
use super::view::{foot, popup};

/// Paints everything.
pub fn render(frame: &mut Frame<'_>, scene: &Scene<'_>) {
    let area = frame.area();
    let buf = frame.buffer_mut();
    if let Some(style) = background(scene.theme) {
        buf.set_style(area, style);
    }
    if too_small((area.width, area.height)) || too_small(scene.size) {
        small_card(area, buf, scene.theme);
        return;
    }
    // Laid out once for everything that is painted of it.
    let layout = screens::layout(scene);
    let over = popup_layout(scene);
    let target = match &over {
        Some((_, over)) => scene.overlay.cursor().target(over),
        None => scene.cursor.target(&layout),
    };
    header(area, buf, scene, &layout);
    foot::paint(area, buf, scene, &layout, target);
    let lit = !scene.overlay.is_open() || scene.is_searching();
    paint::layout(&layout, scene.theme, &scene.cursor, lit, buf);
    if let Some((rect, over)) = over {
        popup::frame(rect, buf, scene, background(scene.theme));
        paint::layout(&over, scene.theme, &scene.overlay.cursor(), true, buf);
        popup::caret(rect, buf, scene);
    }
}

/// The popup in front, where it lies and its layout.
pub fn popup_layout<'a>(scene: &Scene<'a>) -> Option<(Rect, PageLayout<'a>)> {
    // A search is typed in the line above the footer, and narrows the list in sight.
    if too_small(scene.size) || scene.is_searching() {
        return None;
    }
    popup::layout(scene)
}

/// What the footer offers, as far as it has room.
pub fn footer(scene: &Scene<'_>) -> Vec<foot::Foot> {
    if too_small(scene.size) {
        return Vec::new();
    }
    let layout = screens::layout(scene);
    let target = match popup_layout(scene) {
        Some((_, over)) => scene.overlay.cursor().target(&over),
        None => scene.cursor.target(&layout),
    };
    foot::offered_keys(scene, &layout, target)
}

/// All that the screen and its popup say, in sight or not.
pub fn all_words(scene: &Scene<'_>) -> String {
    let mut out = String::new();
    if scene.play.is_some() && !scene.header.over {
        out.push_str("staff\ncapital\n");
    }
    let layouts = [Some(screens::layout(scene)), popup_layout(scene).map(|(_, layout)| layout)];
    for layout in layouts.iter().flatten() {
        for (_, title) in &layout.horizontal_rules {
            out.push_str(title);
            out.push('\n');
        }
        for line in layout.panes.iter().flat_map(|p| &p.page.rows) {
            for span in &line.spans {
                out.push_str(&span.content);
            }
            out.push('\n');
        }
    }
    out
}

/// Themes that bring their own ground colour it everywhere.
fn background(theme: &Theme) -> Option<Style> {
    let text = theme.style(Role::Text);
    text.bg.map(|_| text)
}

fn header(area: Rect, buf: &mut Buffer, scene: &Scene<'_>, below: &PageLayout<'_>) {
    let t = scene.theme;
    let title = screens::row(scene.screen).title;
    let span = |role: Role, words: &str| Span::styled(words.to_owned(), t.style(role));
    let h = scene.header;
    let mut left = vec![span(Role::Text, " ")];
    let mut right = Vec::new();
    if scene.play.is_some() {
        let unsaved = scene.unsaved().is_some();
        let roomy = area.width >= WIDE;
        // Where there is little room the mark stands in the place of the title.
        if !unsaved || roomy {
            left.push(span(Role::Title, &format!("{}  ", h.scenario)));
        }
        let named = left.len();
        left.push(span(Role::Quiet, title));
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
        let plain = scene.coach.is_some() && scene.screen == Screen::Front && h.n == 1;
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
            if !h.income_text.is_empty() {
                right.push(span(Role::Quiet, &format!(" {}", h.income_text)));
            }
        }
        // Which screen it is goes before which scenario: that is known.
        let wide = |all: &[Span]| all.iter().map(Span::width).sum::<usize>();
        if wide(&left) + wide(&right) + 2 > usize::from(area.width) {
            left.drain(1..named);
        }
    } else if scene.screen != Screen::Title {
        left.push(span(Role::Title, title));
    }
    right.push(span(Role::Text, " "));
    let line = page::between(left, right, usize::from(area.width));
    buf.set_line(area.x, area.y, &line, area.width);
    if scene.screen != Screen::Title || scene.play.is_some() {
        let mut rule = PageLayout::default();
        rule.horizontal_rule(Rect { y: area.y + 1, ..area }, "");
        let top = |r: &&Rect| r.y == area.y + 2;
        rule.vertical_rules = below.vertical_rules.iter().filter(top).copied().collect();
        paint::layout(&rule, t, &Cursor::default(), false, buf);
    }
}

/// Said where nothing else fits.
fn small_card(area: Rect, buf: &mut Buffer, theme: &Theme) {
    let lines = [
        "Interagency".to_owned(),
        format!("needs {} x {}", LEAST.0, LEAST.1),
        format!("here: {} x {}", area.width, area.height),
        "q quit".to_owned(),
    ];
    let top = area.height.saturating_sub(4) / 2;
    for (n, line) in (0_u16..).zip(&lines) {
        let wide = u16::try_from(text::width(line)).unwrap_or(0).min(area.width);
        let role = if n == 0 { Role::Title } else { Role::Text };
        if top + n < area.height {
            let x = area.x + (area.width - wide) / 2;
            let words = text::cut(line, usize::from(area.width));
            paint::set(buf, x, area.y + top + n, &words, theme.style(role), area.width);
        }
    }
}
