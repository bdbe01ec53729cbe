//! What is known of a campaign, how surely, and what could still be found.
//!
//! ```text
//!  CLOUD HOPPER (APT10)            by way of service providers      1 of 2  Tab next
//!   Who        contractor for the state  71% likely        ███████
//!   What for   …
//!  EVIDENCE
//! ▸ 3 Oct   Provider alert, public.
//!           usable in court · speaks for a contractor
//!  WHAT COULD BE FOUND
//!   FBI case                            1 staff
//! ```
//! Wide: what the row under the cursor says, in full, on the right.

use ratatui::layout::Rect;
use ratatui::text::Span;

use crate::prose::facts::{EvidenceRow, Intelligence};
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, pad};
use crate::tui::scene::{Scene, WIDE};
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{find, list, parts};

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let Facts::Intel(f) = scene.facts else { return PageLayout::default() };
    if area.width >= WIDE {
        return list::with_detail(scene, area, 60, |width| page(scene, f, width));
    }
    find::everywhere(scene, PageLayout::single(area, page(scene, f, area.width)))
}

fn page<'a>(scene: &Scene<'a>, f: &Intelligence, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    if f.campaign.is_none() {
        s.blank();
        s.text(Role::Quiet, 1, "No campaign is on the board yet.");
    } else {
        let at = f.campaigns.iter().position(|(c, _)| Some(*c) == f.campaign).unwrap_or(0) + 1;
        let more = if f.campaigns.len() > 1 {
            format!("{at} of {}  Tab next", f.campaigns.len())
        } else {
            String::new()
        };
        s.head(&f.name.to_uppercase(), &more);
        s.text(Role::Quiet, 1, &f.means);
        s.text(Role::Quiet, 1, &f.route);
    }
    for v in &f.variables {
        s.line(vec![Span::raw(" "), s.span(Role::Title, &*v.asks)]);
        for l in &v.values {
            parts::likelihood(&mut s, l, "", 3);
        }
    }
    evidence(&mut s, "EVIDENCE", &f.evidence, 0);
    if !f.active_tasks.is_empty() {
        s.gap();
        s.head("UNDER WAY", "");
        for w in &f.active_tasks {
            s.entry(
                vec![Span::raw("  "), s.span(Role::Text, &w.text)],
                vec![s.span(Role::Quiet, &w.when), Span::raw(" ")],
            );
        }
    }
    if !f.tasks.is_empty() {
        s.gap();
        s.head("WHAT COULD BE FOUND", "costs");
        let cost = parts::costs(&f.tasks);
        for t in &f.tasks {
            parts::action(&mut s, t, cost);
        }
    }
    evidence(&mut s, "HOW THE OTHER SIDE WORKS", &f.tells, f.evidence.len());
    if !f.aims.is_empty() {
        s.gap();
        s.head("WHAT IT MAY WORK TOWARDS", "");
        for a in &f.aims {
            parts::likelihood(&mut s, &a.likely, "", 3);
            s.text(Role::Quiet, 5, &a.means);
            s.text(Role::Quiet, 5, &a.guard);
        }
    }
    if !f.gates.is_empty() {
        s.gap();
        s.head("WHAT IT IS ENOUGH FOR", "");
        for g in &f.gates {
            s.text(Role::Text, 2, g);
        }
    }
    s.gap();
    s.text(
        Role::Quiet,
        1,
        "Likelihood words as in ICD 203: likely is 55 to 80 of 100. How sure you are yourself: s.",
    );
    s
}

fn evidence(s: &mut Page, title: &str, rows: &[EvidenceRow], base: usize) {
    if rows.is_empty() {
        return;
    }
    s.gap();
    s.head(title, "");
    for (n, e) in rows.iter().enumerate() {
        let at = s.at();
        let sign = if e.is_new { s.theme().glyphs.marker } else { " " };
        let role = if e.silent { Role::Quiet } else { Role::Text };
        // Two rows each: what it is, and what it is good for.
        let date = text::width(&e.date).max(9) + 2;
        let lead = vec![
            Span::raw(" "),
            s.span(Role::Accent, sign),
            s.span(Role::Quiet, pad(&e.date, date)),
        ];
        parts::briefly(s, lead, date + 2, role, &e.body, 1);
        let burns = if e.burns { " · ! using it ends the access" } else { "" };
        let worth = [("usable in ", &e.uses), ("speaks ", &e.speaks)];
        let worth: Vec<String> =
            worth.iter().filter(|(_, w)| !w.is_empty()).map(|(l, w)| format!("{l}{w}")).collect();
        parts::briefly(
            s,
            Vec::new(),
            date + 2,
            Role::Quiet,
            &format!("{}{burns}", worth.join(" · ")),
            2,
        );
        s.link(at, Target::Evidence(base + n));
    }
}
