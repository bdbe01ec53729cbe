//! Twelve points over the lenses.
//!
//! ```text
//!  YOUR GUIDANCE                                     11 of 12 points, 1 left
//!  START FROM   1 Even-handed   2 Raise the price   3 Hold the ground
//! ▸ Security        ●●●○   3   what it covers
//!   Economy         ●●○○   2
//!  whether it can be signed, or what is missing
//! ```

use ratatui::layout::Rect;

use crate::engine::validate::{LEAST_FUNDED, MOST_POINTS, POINTS};
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::parts;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let (Facts::Guidance(g), Some(play)) = (scene.facts, scene.play) else {
        return PageLayout::default();
    };
    let area =
        Rect { width: area.width.min(110), x: area.x + area.width.saturating_sub(110) / 2, ..area };
    let mut s = Page::new(scene.theme, area.width);
    let points = &play.selection.points;
    let points = &points[..g.rows.len().min(points.len())];
    let total: u8 = points.iter().sum();
    let funded = points.iter().filter(|p| **p > 0).count();
    let open = g.verb.is_some();
    let left = i32::from(POINTS) - i32::from(total);
    if area.height > 30 {
        s.blank();
    }
    s.head("TRADE-OFF GUIDANCE", &format!("{total} of {POINTS} points"));
    // The note has the rule while it may be written, and its price or state afterwards.
    s.text(
        Role::Quiet,
        1,
        if open && !g.written {
            g.note.as_str()
        } else {
            "What this office will give up for what. Agencies quote it; the debrief holds you to \
             it."
        },
    );
    s.blank();
    let name = g.rows.iter().map(|r| text::width(&r.name)).max().unwrap_or(26).min(40);
    for (n, r) in g.rows.iter().enumerate() {
        let at = s.at();
        let p = usize::from(points.get(n).copied().unwrap_or(0));
        let glyphs = s.theme().glyphs;
        let dots = format!(
            "{}{}",
            glyphs.full.repeat(p),
            glyphs.hollow.repeat(usize::from(MOST_POINTS) - p.min(usize::from(MOST_POINTS)))
        );
        let lead = vec![
            s.span(Role::Text, format!("  {} ", pad(&r.name, name))),
            s.span(if p > 0 { Role::Accent } else { Role::Quiet }, dots),
            s.span(Role::Title, format!("  {p}  ")),
        ];
        if area.height > 30 {
            s.hanging(lead, name + 13, Role::Quiet, &r.means);
            s.blank();
        } else {
            s.line(lead);
        }
        s.link_row(at, Target::Lens(n));
    }
    s.gap();
    let verdict = if !open {
        (Role::Quiet, g.note.clone())
    } else if left > 0 {
        (
            Role::Warning,
            format!("! {left} more {} to give", if left == 1 { "point" } else { "points" }),
        )
    } else if left < 0 {
        (Role::Warning, format!("! {} too many", -left))
    } else if funded < usize::from(LEAST_FUNDED) {
        (Role::Warning, format!("! at least {LEAST_FUNDED} lenses need a point; {funded} have one"))
    } else {
        let cost = if g.written { g.note.as_str() } else { "" };
        (Role::Good, format!("+ {total} points over {funded} lenses: Enter signs it. {cost}"))
    };
    s.text(verdict.0, 1, &verdict.1);
    if open && !g.profiles.is_empty() {
        s.gap();
        s.head("OR START FROM", "");
        for (n, p) in g.profiles.iter().enumerate() {
            let at = s.at();
            let list: Vec<String> =
                p.points.iter().take(g.rows.len()).map(ToString::to_string).collect();
            let taken = p.points.iter().zip(points).all(|(a, b)| a == b);
            let mark = if taken { s.theme().glyphs.marker } else { " " };
            let lead = vec![
                s.span(Role::Accent, format!(" {mark}{} ", n + 1)),
                s.span(Role::Text, pad(&p.name, name)),
                s.span(Role::Title, format!("{}  ", list.join(" "))),
            ];
            if area.height > 30 {
                parts::briefly(&mut s, lead, name + 17, Role::Quiet, &p.says, 4);
            } else {
                s.line(lead);
            }
            s.link(at, Target::Profile(n));
        }
    }
    // Where rows are short, what the one under the cursor means stands below in full.
    let at = scene.cursor.link[0];
    let words = match g.rows.get(at) {
        Some(r) => Some(&r.means),
        None => g.profiles.get(at - g.rows.len().min(at)).map(|p| &p.says),
    };
    if let Some(words) = words.filter(|_| area.height <= 30) {
        s.gap();
        s.text(Role::Text, 1, words);
    }
    PageLayout::single(area, s)
}
