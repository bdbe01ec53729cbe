//! Two games that are over, side by side.
//!
//! ```text
//!  TWO GAMES OF CLOUD HOPPER
//!                        A 000003-3fa9            B 000002-77b0
//!  It ended              The tray                 A list and two names
//!  This game             52                       44
//! ```

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose::review::{MarkRow, PairRow, Standing};
use crate::text;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::Scene;
use crate::tui::theme::Role;

/// Widest first column.
const NAMES: usize = 30;

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let c = &scene.shelf.compared;
    let mut s = Page::new(scene.theme, area.width);
    let [a, b] = c.sides.as_slice() else { return PageLayout::single(area, s) };
    s.head(&format!("TWO GAMES OF {}", c.scenario.to_uppercase()), "");
    s.text(Role::Text, 1, &c.draw);
    s.gap();
    both(&mut s, Role::Title, "", &[format!("A {}", a.run)], &[format!("B {}", b.run)]);
    row(&mut s, "It ended", &a.ending, &b.ending);
    row(&mut s, "Guidance", &a.guidance, &b.guidance);
    if let (Some(one), Some(two)) = (&a.standing, &b.standing) {
        s.gap();
        s.head("BESIDE OTHERS ON THE SAME DRAW", "of 100");
        row(&mut s, "This game", &figure(one), &figure(two));
        for (mark, other) in one.marks.iter().zip(&two.marks) {
            let told = |m: &MarkRow| {
                let ends = if m.ending.is_empty() { "" } else { ", " };
                let mut lines = vec![format!("{}{ends}{}", m.outcome_text, m.ending)];
                lines.extend((!m.did.is_empty()).then(|| m.did.clone()));
                lines
            };
            both(&mut s, Role::Text, &mark.who, &told(mark), &told(other));
        }
        row(&mut s, "On other draws", &one.place.text, &two.place.text);
        row(&mut s, "By the orders", &one.yours, &two.yours);
    }
    pairs(&mut s, "LENSES", "of 100", &c.lenses);
    pairs(&mut s, "AT THE END", "", &c.values);
    s.gap();
    s.head("ORDERS, WHERE THEY DIFFER", "");
    s.text(Role::Quiet, 1, &c.alike);
    for t in &c.turns {
        let turn = format!("Turn {}, {}", t.turn + 1, t.date);
        both(&mut s, Role::Text, &turn, &t.left, &t.right);
    }
    s.gap();
    s.text(Role::Quiet, 1, &c.premise);
    PageLayout::single(area, s)
}

/// The figure with the guidance it is by.
fn figure(s: &Standing) -> String {
    format!("{} {}", s.outcome_text, s.by)
}

fn pairs(s: &mut Page, title: &str, remark: &str, rows: &[PairRow]) {
    s.gap();
    s.head(title, remark);
    for r in rows {
        row(s, &r.name, &r.left, &r.right);
    }
}

fn row(s: &mut Page, name: &str, left: &str, right: &str) {
    both(s, Role::Text, name, &[left.to_owned()], &[right.to_owned()]);
}

/// What is said of both, each in its column and nothing of it cut.
fn both(s: &mut Page, role: Role, name: &str, left: &[String], right: &[String]) {
    let first = (s.width / 4).min(NAMES);
    let each = s.width.saturating_sub(first + 4) / 2;
    let wrapped = |lines: &[String]| -> Vec<String> {
        lines.iter().flat_map(|l| text::wrap(l, each.max(1))).collect()
    };
    let columns = [text::wrap(name, first.max(1)), wrapped(left), wrapped(right)];
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    for n in 0..rows {
        let at = |column: usize| columns[column].get(n).map_or("", String::as_str);
        s.line(vec![
            Span::raw(" "),
            s.span(Role::Quiet, pad(at(0), first)),
            Span::raw(" "),
            s.span(role, pad(at(1), each)),
            Span::raw(" "),
            s.span(role, at(2)),
        ]);
    }
}
