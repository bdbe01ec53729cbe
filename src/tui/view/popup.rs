//! The one box that may lie over a screen.
//!
//! ```text
//! ╭ Ends the turn ─────────────────╮
//! │ 2 staff are left, for nothing  │
//! │ ▸ End the turn                 │
//! │   Not yet                      │
//! ╰────────────────────────────────╯
//! ```

use ratatui::buffer::Buffer;
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::{Clear, Widget};

use crate::input::{Code, Key};
use crate::play::Saved;
use crate::prose::words::ON_THE_RECORD;
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::paint::{put, set};
use crate::tui::scene::Scene;
use crate::tui::screen::{HOW_SURE, Popup, Purpose, Target};
use crate::tui::theme::{Role, ThemeName};

use super::{detail, find, parts};

/// Where it lies, and what is in it.
pub fn layout<'a>(scene: &Scene<'a>) -> Option<(Rect, PageLayout<'a>)> {
    let popup = scene.popup()?;
    let (width, height) = scene.size;
    if let Popup::Line(..) = popup {
        let rect = Rect { x: 0, y: height.saturating_sub(5), width, height: 3 };
        let inner = inner(rect);
        let mut s = Page::new(scene.theme, inner.width);
        s.blank();
        return Some((rect, PageLayout::single(inner, s)));
    }
    if let Popup::Pick(row, line) = popup {
        return Some(pick(scene, *row, line.value()));
    }
    let wide = match popup {
        Popup::Detail(_) | Popup::Told(..) | Popup::Bargain => 76,
        Popup::Sure(..) => 70,
        Popup::EndTurn | Popup::Leave | Popup::Options | Popup::Branch(_) => 56,
        Popup::Line(..) | Popup::Pick(..) => width,
    }
    .min(width.saturating_sub(2));
    let mut spots = Vec::new();
    let s = content(scene, popup, wide.saturating_sub(2), &mut spots);
    let rows = u16::try_from(s.rows.len()).unwrap_or(u16::MAX);
    let high = rows.saturating_add(2).min(height.saturating_sub(3));
    let rect = Rect {
        x: (width - wide) / 2,
        y: (height.saturating_sub(high)) / 2,
        width: wide,
        height: high,
    };
    let inside = inner(rect);
    let mut layout = PageLayout::single(inside, s);
    for (row, x, width, key) in spots.into_iter().filter(|(row, ..)| *row < inside.height) {
        let cells = Rect { x: inside.x + x, y: inside.y + row, width, height: 1 };
        layout.spots.push((cells, key));
    }
    Some((rect, layout))
}

/// Rows under a list of values that say the one under the cursor in full.
const fn in_full(height: u16) -> u16 {
    if height < 30 { 4 } else { 9 }
}

/// The values of a row of the draft: what is typed, the list, and the value under the cursor in
/// full.
fn pick<'a>(scene: &Scene<'a>, row: usize, words: &str) -> (Rect, PageLayout<'a>) {
    let (width, height) = scene.size;
    let wide = 76.min(width.saturating_sub(2));
    let room = wide.saturating_sub(2);
    let mut list = Page::new(scene.theme, room);
    let Facts::Propose(f) = scene.facts else { return (Rect::default(), PageLayout::default()) };
    let values = f.slots.get(row).map_or(&[][..], |s| &s.values);
    let name = values
        .iter()
        .map(|v| text::width(&v.name))
        .max()
        .unwrap_or(10)
        .clamp(10, usize::from(room) * 3 / 5);
    for v in values {
        let at = list.at();
        let (sign, role) = parts::standing(
            v.chosen.then_some((list.theme().glyphs.marker, Role::Accent)),
            v.shut.is_some(),
        );
        let why = v.shut.as_ref().map_or(v.detail.as_str(), |r| r.what.as_str());
        let spans = vec![
            Span::raw(" "),
            list.span(Role::Accent, sign),
            list.span(role, format!(" {}  ", pad(&v.name, name))),
            list.span(Role::Quiet, text::cut(why, usize::from(room).saturating_sub(name + 6))),
        ];
        list.line(spans);
        list.link(at, Target::Value(v.value));
    }
    // As large as the whole list is, so that nothing moves while it is narrowed.
    let all = u16::try_from(list.rows.len()).unwrap_or(u16::MAX);
    let list = find::narrow_to(list, words, |to| {
        let named = values.iter().find(|v| to == Target::Value(v.value));
        named.map_or_else(String::new, |v| [v.name.as_str(), &v.id, &v.detail].join(" "))
    });
    let full_rows = in_full(height);
    let high = all.saturating_add(full_rows + 4).min(height.saturating_sub(3));
    let rect = Rect {
        x: (width - wide) / 2,
        y: (height.saturating_sub(high)) / 2,
        width: wide,
        height: high,
    };
    let area = inner(rect);
    let mut full = Page::new(scene.theme, room);
    let under = list
        .links
        .get(scene.overlay.cursor().link[0])
        .and_then(|d| values.iter().find(|v| Target::Value(v.value) == d.to));
    if let Some(v) = under {
        full.text(Role::Text, 1, &v.detail);
        if let Some(shut) = &v.shut {
            parts::refused(&mut full, shut, 3);
        }
    }
    let mut typed = Page::new(scene.theme, room);
    let count = match list.found {
        Some(found) => format!("{} of {} ", found.shown, found.shown + found.hidden),
        None if words.is_empty() => "type to narrow, arrows to choose ".to_owned(),
        None => String::new(),
    };
    let left = vec![
        Span::raw(" "),
        typed.span(Role::Accent, format!("/ {words}")),
        typed.span(Role::Selected, " "),
    ];
    let right = vec![typed.span(Role::Quiet, count)];
    typed.split(left, right);
    let rows = [Length(1), Fill(1), Length(1), Length(full_rows)];
    let [line, list_area, rule, below] = Layout::vertical(rows).areas(area);
    let mut layout = PageLayout::default();
    layout.pane(list_area, list);
    layout.pane(line, typed);
    layout.horizontal_rule(rule, "");
    layout.pane(below, full);
    (rect, layout)
}

fn inner(rect: Rect) -> Rect {
    Rect {
        x: rect.x + 1,
        y: rect.y + 1,
        width: rect.width.saturating_sub(2),
        height: rect.height.saturating_sub(2),
    }
}

/// Cells of a page that press a key: row, column, how many.
type Spot = (u16, u16, u16, Key);

fn content<'a>(scene: &Scene<'a>, popup: &Popup, width: u16, spots: &mut Vec<Spot>) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    match popup {
        Popup::Detail(target) => {
            if let Some(opened) = detail::page(scene, *target, width) {
                return opened;
            }
            s.text(Role::Quiet, 1, "There is nothing more to say about it.");
        }
        Popup::Bargain => {
            if let Facts::Propose(f) = scene.facts {
                if f.bargains.is_empty() {
                    s.text(Role::Quiet, 1, "No promise that can be given now would move anyone on this draft. What is promised \
                         to one agency is not promised to another beside it.");
                }
                for p in &f.bargains {
                    let at = s.at();
                    let role = if p.given || p.shut.is_some() { Role::Quiet } else { Role::Text };
                    let sign = if p.given { s.theme().glyphs.full } else { " " };
                    s.split(
                        vec![s.span(Role::Accent, sign), Span::raw(" "), s.span(role, &p.name)],
                        vec![s.span(Role::Quiet, format!("to {} ", p.to))],
                    );
                    s.text(Role::Quiet, 4, &p.says);
                    s.text(Role::Quiet, 4, &p.note);
                    if let Some(shut) = &p.shut {
                        parts::refused(&mut s, shut, 6);
                    }
                    s.link_row(at, Target::Promise(p.promise, p.agency));
                    s.gap();
                }
            }
        }
        Popup::Line(..) | Popup::Pick(..) => {}
        Popup::Sure(p, percent) => sure(scene, &mut s, *p, *percent, spots),
        Popup::EndTurn => {
            let (open, staff) = (scene.open_questions(), scene.header.staff);
            if open > 0 {
                let words = if open == 1 {
                    "One question has no answer; what is marked stands.".to_owned()
                } else {
                    format!("{open} questions have no answer; what is marked stands.")
                };
                s.text(Role::Warning, 1, &format!("! {words}"));
            }
            if staff > 0 {
                s.text(Role::Text, 1, &format!("{staff} staff not used. They do not keep."));
            }
            if scene.lacks_guidance() {
                s.text(
                    Role::Warning,
                    1,
                    "! You have written no guidance; without it every lens counts alike. It can \
                     still be written: g.",
                );
            }
            if scene.is_last_turn() {
                let says = scene.game().map_or_else(String::new, crate::prose::last_turn);
                s.text(Role::Text, 1, &says);
            }
            s.blank();
            yes_no(&mut s, "End the turn", "Not yet");
        }
        Popup::Leave if let Some(warning) = scene.unsaved() => {
            s.text(Role::Warning, 1, &format!("! {warning}"));
            s.blank();
            let by_wish = scene.play.is_some_and(|p| p.saved() == Saved::ByWish);
            rows(&mut s, &[("Stay", Target::No)]);
            if !by_wish {
                rows(&mut s, &[("Try again to save it", Target::Save)]);
            }
            rows(
                &mut s,
                &[
                    ("Save it in another place", Target::SaveElsewhere),
                    ("Leave and lose it", Target::Yes),
                ],
            );
        }
        Popup::Leave => {
            s.text(Role::Text, 1, "The orders of this turn too: it goes on from here.");
            if scene.header.on_the_record {
                s.text(Role::Quiet, 1, ON_THE_RECORD);
            }
            s.blank();
            yes_no(&mut s, "Leave for the title page", "Stay");
        }
        Popup::Options => {
            s.head("THEME", "");
            for name in ThemeName::ALL {
                let at = s.at();
                let mark = if scene.theme.name() == name { s.theme().glyphs.marker } else { " " };
                s.line(vec![
                    Span::raw("  "),
                    s.span(Role::Accent, mark),
                    s.span(Role::Text, format!(" {}", pad(name.as_str(), 16))),
                ]);
                s.link(at, Target::Theme(name));
            }
            s.gap();
            s.line(vec![
                Span::raw("    "),
                s.span(Role::Good, "+ good  "),
                s.span(Role::Bad, "− bad  "),
                s.span(Role::Warning, "! soon  "),
                s.span(Role::Loud, "!! now  "),
                s.span(Role::Quiet, "quiet"),
            ]);
            s.gap();
            s.head("A WORD FOR A CLASS", "");
            let at = s.at();
            let word = match scene.shelf.word.as_str() {
                "" => "none: each new game is drawn for itself".to_owned(),
                word => format!("{word}: a new game is the same for all who have it"),
            };
            s.line(vec![Span::raw("    "), s.span(Role::Text, word)]);
            s.link(at, Target::Word);
            s.gap();
            s.head("MOUSE", "");
            let at = s.at();
            let on = if scene.mouse {
                "on: clicks and the wheel work here"
            } else {
                "off: left to the terminal"
            };
            s.line(vec![Span::raw("    "), s.span(Role::Text, on)]);
            s.link(at, Target::Mouse);
            s.text(
                Role::Quiet,
                4,
                "With the mouse on, Shift and the mouse mark text as the terminal does.",
            );
        }
        Popup::Branch(n) => {
            s.text(Role::Quiet, 1, "The turns before are as they were played; luck is fresh.");
            s.blank();
            let played = scene.shelf.past.get(*n).and_then(|p| p.turns).unwrap_or(0);
            for turn in 1..=played.max(1) {
                let at = s.at();
                s.line(vec![Span::raw("  "), s.span(Role::Text, format!("Turn {turn}"))]);
                s.link(at, Target::Branch(*n, turn));
            }
        }
        Popup::Told(_, lines) => {
            for line in lines {
                s.text(Role::Text, 1, line);
            }
        }
    }
    s
}

fn yes_no(s: &mut Page, yes: &str, no: &str) {
    rows(s, &[(yes, Target::Yes), (no, Target::No)]);
}

fn rows(s: &mut Page, rows: &[(&str, Target)]) {
    for &(words, target) in rows {
        let at = s.at();
        s.line(vec![Span::raw("  "), s.span(Role::Text, words)]);
        s.link(at, target);
    }
}

fn sure(
    scene: &Scene<'_>,
    s: &mut Page,
    p: crate::scenario::model::PropositionIx,
    percent: u8,
    spots: &mut Vec<Spot>,
) {
    let says = match (scene.facts, scene.game()) {
        (Facts::Act(a), _) => a
            .propositions
            .iter()
            .find(|r| r.proposition == p)
            .map(|r| (r.says.clone(), r.by.clone())),
        (_, Some(game)) => {
            game.rules().propositions.get(p.i()).map(|r| (r.says.clone(), String::new()))
        }
        _ => None,
    };
    if let Some((says, by)) = says {
        s.text(Role::Text, 1, &says);
        s.text(Role::Quiet, 1, &by);
    }
    s.blank();
    let glyphs = s.theme().glyphs;
    let room = s.width.saturating_sub(22).min(40);
    let full = usize::from(percent) * room / 100;
    let row = |s: &Page| u16::try_from(s.rows.len()).unwrap_or(u16::MAX);
    let bar = u16::try_from(room).unwrap_or(0);
    spots.push((row(s), 1, 3, Key::plain(Code::Left)));
    // The bar too states one of the three: the one its part is nearest to.
    let third = bar / 3;
    for (digit, part) in ('1'..).zip(0..3) {
        spots.push((row(s), 4 + part * third, third, Key::char(digit)));
    }
    spots.push((row(s), bar + 4, 3, Key::plain(Code::Right)));
    s.line(vec![
        s.span(Role::Quiet, format!("  {} ", glyphs.left)),
        s.span(Role::Accent, glyphs.fill[7].repeat(full)),
        s.span(Role::Rule, glyphs.track.repeat(room - full)),
        s.span(Role::Quiet, format!(" {} ", glyphs.right)),
        s.span(Role::Title, format!("{percent}%")),
    ]);
    s.blank();
    let keys: Vec<String> =
        HOW_SURE.iter().enumerate().map(|(n, p)| format!("{} {p}%", n + 1)).collect();
    let mut x = 1;
    for (digit, words) in ('1'..).zip(&keys) {
        let wide = u16::try_from(text::width(words)).unwrap_or(0);
        spots.push((row(s), x, wide, Key::char(digit)));
        x += wide + 3;
    }
    s.line(vec![
        Span::raw(" "),
        s.span(Role::Accent, keys.join(&format!(" {} ", glyphs.dot))),
        s.span(Role::Quiet, "  states it; or arrows and Enter."),
    ]);
    s.text(Role::Quiet, 1, "Scored in the debrief against what happens. 50 says you do not know.");
}

/// Columns beside a box in which what it covers could not be read.
const SCRAPS: u16 = 6;

/// The box: cleared, edged, titled.
pub fn frame(rect: Rect, buf: &mut Buffer, scene: &Scene<'_>, background: Option<Style>) {
    let rect = rect.intersection(buf.area);
    if rect.is_empty() {
        return;
    }
    // A column of air on both sides, so that the box and what it covers are not read together; where
    // but a few columns would be left of that, none.
    let air = if rect.x <= SCRAPS {
        Rect { x: buf.area.x, width: buf.area.width, ..rect }
    } else {
        Rect { x: rect.x - 1, width: rect.width + 2, ..rect }
    };
    let air = air.intersection(buf.area);
    Clear.render(air, buf);
    if let Some(style) = background {
        buf.set_style(air, style);
    }
    let g = scene.theme.glyphs;
    let edge = scene.theme.style(Role::Accent);
    for x in rect.x..rect.right() {
        put(buf, x, rect.y, g.horizontal, edge);
        put(buf, x, rect.bottom() - 1, g.horizontal, edge);
    }
    for y in rect.y..rect.bottom() {
        put(buf, rect.x, y, g.vertical, edge);
        put(buf, rect.right() - 1, y, g.vertical, edge);
    }
    for (corner, x, y) in [
        (0, rect.x, rect.y),
        (1, rect.right() - 1, rect.y),
        (2, rect.right() - 1, rect.bottom() - 1),
        (3, rect.x, rect.bottom() - 1),
    ] {
        put(buf, x, y, g.corners[corner], edge);
    }
    let title = match scene.popup() {
        Some(Popup::Detail(_)) | None => "",
        Some(Popup::Bargain) => "Bargain",
        Some(Popup::Line(Purpose::Because, _)) => "Because",
        Some(Popup::Line(Purpose::Search, _)) => "Search",
        Some(Popup::Pick(row, _)) => match scene.facts {
            Facts::Propose(f) => f.slots.get(*row).map_or("", |s| s.name.as_str()),
            _ => "",
        },
        Some(Popup::Sure(..)) => "How sure are you?",
        Some(Popup::EndTurn) => "End the turn?",
        Some(Popup::Line(Purpose::Word, _)) => "The same draw for all who type the same word",
        Some(Popup::Line(Purpose::Place, _)) => "Save where? A folder, or a new file",
        Some(Popup::Leave) if scene.unsaved().is_some() => "Leave the game? It is not saved",
        Some(Popup::Leave) => "Leave the game? It is kept",
        Some(Popup::Options) => "Options",
        Some(Popup::Branch(_)) => "Branch from the opening of which turn?",
        Some(Popup::Told(title, _)) => title,
    };
    if !title.is_empty() {
        let words = format!(" {} ", text::cut(title, usize::from(rect.width.saturating_sub(6))));
        set(
            buf,
            rect.x + 2,
            rect.y,
            &words,
            scene.theme.style(Role::Title),
            rect.width.saturating_sub(4),
        );
    }
}

/// The line being typed, with its caret; scrolled so that the caret is seen.
pub fn caret(rect: Rect, buf: &mut Buffer, scene: &Scene<'_>) {
    let Some(Popup::Line(_, line)) = scene.popup() else { return };
    let area = inner(rect).intersection(buf.area);
    if area.width < 4 || area.height == 0 {
        return;
    }
    let room = usize::from(area.width) - 3;
    let skip = line.visual_scroll(room);
    let shown: String = line
        .value()
        .chars()
        .scan(0, |w, c| {
            *w += text::width(c.encode_utf8(&mut [0; 4]));
            Some((*w, c))
        })
        .filter(|(w, _)| *w > skip)
        .map(|(_, c)| c)
        .collect();
    set(
        buf,
        area.x + 1,
        area.y,
        &text::cut(&shown, room),
        scene.theme.style(Role::Text),
        area.width - 1,
    );
    let x = area.x + 1 + u16::try_from(line.visual_cursor().saturating_sub(skip)).unwrap_or(0);
    if x < area.right() {
        buf.set_style(
            Rect { x, y: area.y, width: 1, height: 1 },
            scene.theme.style(Role::Selected),
        );
    }
}
