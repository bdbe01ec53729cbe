//! How it came out, in seven pages; every one opens further.
//!
//! ```text
//!  1 Ending  2 Outcome  3 Line  4 World  5 Other side  6 Causes  7 Critics
//!
//!  Outcome, by this scenario's assumptions          your guidance
//!   Security        ████████▌······|·······  52     ●●●●
//! ```

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::prose::facts::Item;
use crate::prose::review::Debrief;
use crate::text;
use crate::tui::facts::Facts;
use crate::tui::layout::PageLayout;
use crate::tui::library::Entry;
use crate::tui::page::{Page, pad, right};
use crate::tui::scene::Scene;
use crate::tui::screen::{Screen, Target};
use crate::tui::theme::Role;

use super::{briefing, line, list, parts};

/// Its pages, in order.
pub const PAGES: [&str; 7] =
    ["Ending", "Outcome", "Line", "World", "Other side", "Causes", "Critics"];

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let (Facts::Debrief(d), Some(play)) = (scene.facts, scene.play) else {
        return PageLayout::default();
    };
    let at = play.selection.debrief_page;
    let mut layout = PageLayout::default();
    // The way on is in sight on every page, and where the cursor starts.
    let [area, on_area] = Layout::vertical([Fill(1), Length(1)]).areas(area);
    let body = list::tabs(scene, area, &PAGES, at, &mut layout);
    if at == 2 {
        let mut layout = line::layout(scene, d, body, layout);
        layout.pane(on_area, way_on(scene, &layout, d.over, area.width, at));
        return layout;
    }
    let width = if at == 0 || at == 6 { briefing::page(body) } else { body };
    let mut s = Page::new(scene.theme, width.width);
    match at {
        0 => ending(&mut s, d),
        1 => outcome(&mut s, d),
        3 => world(&mut s, d),
        4 => other_side(&mut s, d),
        5 => causes(&mut s, d),
        _ => critics(&mut s, d),
    }
    layout.pane(width, s);
    layout.pane(on_area, way_on(scene, &layout, d.over, area.width, at));
    layout
}

/// What Enter does from the row below the page: it reads on, then turns over, and after the last
/// page there is a way out.
fn way_on<'a>(
    scene: &Scene<'a>,
    layout: &PageLayout,
    over: bool,
    width: u16,
    at: usize,
) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let (words, target) = match PAGES.get(at + 1) {
        Some(name) => (format!("Next page, {name}"), Target::NextPage),
        None if !over => ("Back to the desk".to_owned(), Target::Go(Screen::Desk)),
        None => match scene.play.filter(|p| p.is_lesson()).and(scene.shelf.after_lesson()) {
            Some((n, e)) => (format!("Play {}", named(e)), Target::Scenario(n)),
            None => ("To the title page".to_owned(), Target::Go(Screen::Title)),
        },
    };
    let g = s.theme().glyphs;
    let words = if scene.cursor.has_unread(&layout.panes) {
        format!("Read on {}", g.down)
    } else {
        format!("{words} {}", g.right)
    };
    s.line(vec![Span::raw("  "), s.span(Role::Accent, words)]);
    s.link(0, target);
    s
}

/// "Cloud Hopper (14 turns)".
fn named(e: &Entry) -> String {
    match e.row.measure.split(" · ").find(|m| m.ends_with("turns")) {
        Some(turns) => format!("{} ({turns})", e.row.title),
        None => e.row.title.clone(),
    }
}

fn ending(s: &mut Page, d: &Debrief) {
    s.blank();
    let marked = if d.over { " · simulated" } else { "" };
    s.head(&d.title.to_uppercase(), &format!("{}{marked}", d.scenario));
    s.blank();
    if !d.over {
        s.text(Role::Warning, 1, "! The game is not over: what is hidden stays hidden.");
        s.blank();
    }
    for p in &d.ending {
        s.text(Role::Text, 1, p);
        s.blank();
    }
    for line in &d.lesson {
        let lead =
            vec![Span::raw(" "), s.span(Role::Accent, format!("{} ", s.theme().glyphs.marker))];
        s.hanging(lead, 3, Role::Text, line);
    }
    if !d.lesson.is_empty() {
        // What a lesson ends with is in sight without a key.
        if let Some(first) = d.aftermath.first() {
            s.gap();
            s.text(Role::Text, 1, &first.body);
            s.text(Role::Quiet, 1, &first.label);
        }
        s.text(Role::Title, 1, &d.next);
        if !d.luck.is_empty() {
            s.gap();
            s.head("THE SAME LUCK, THE OTHER ANSWER", "");
            for line in &d.luck {
                let lead = vec![Span::raw("   ")];
                s.hanging(lead, 3, Role::Text, line);
            }
        }
        items(s, "WHAT ELSE CAME AFTER", d.aftermath.get(1..).unwrap_or_default());
        s.gap();
    }
    if d.lesson.is_empty() {
        if let Some(st) = &d.standing {
            s.text(Role::Text, 1, &st.yours);
            s.blank();
        }
        priorities(s, d);
        standing(s, d);
        turning(s, d);
        if !d.questions.is_empty() {
            s.gap();
            s.head("TO ARGUE ABOUT", "");
            for (n, q) in d.questions.iter().take(3).enumerate() {
                let lead = vec![s.span(Role::Accent, format!("  {} ", n + 1))];
                s.hanging(lead, 4, Role::Text, q);
            }
        }
        s.gap();
    }
    s.text(Role::Quiet, 1, &d.premise);
    for c in &d.cautions {
        s.gap();
        s.text(Role::Quiet, 1, c);
    }
    if d.lesson.is_empty() {
        items(s, "WHAT CAME AFTER", &d.aftermath);
    }
}

/// What was wanted beside what happened.
fn priorities(s: &mut Page, d: &Debrief) {
    if !d.over {
        return;
    }
    s.head(
        if d.guided {
            "WHAT YOU WANTED, BESIDE WHAT HAPPENED"
        } else {
            "THE POINTS THAT STOOD, BESIDE WHAT HAPPENED"
        },
        "of 100",
    );
    lens_rows(s, d, false);
}

/// The axis of the figures begins and ends at a multiple of this: thousandths.
const TENS: i32 = 10_000;

/// The figure of the whole game, and what others make of the same draw: all in one colour, for none
/// of it is praise.
fn standing(s: &mut Page, d: &Debrief) {
    let Some(st) = &d.standing else { return };
    s.gap();
    let own = ("This game", st.outcome, &st.outcome_text, &d.title, "");
    let marks = st
        .marks
        .iter()
        .map(|m| (m.who.as_str(), m.outcome, &m.outcome_text, &m.ending, m.did.as_str()));
    let rows: Vec<_> = std::iter::once(own).chain(marks).collect();
    let name = rows.iter().map(|r| text::width(r.0)).max().unwrap_or(0) + 2;
    let bar = (s.width / 4).clamp(12, 40);
    // Points on an axis of their own: a good game stands a few points above nothing of a hundred,
    // and those few are what a game can make.
    let all = rows.iter().map(|r| r.1.clamp(0, 10 * TENS));
    let least = (all.clone().min().unwrap_or(0) / TENS * TENS).min(9 * TENS);
    let most = ((all.max().unwrap_or(0) + TENS - 1) / TENS * TENS).max(least + TENS);
    let axis = format!("{}, {} to {} of 100", st.by, least / 1000, most / 1000);
    s.head("BESIDE OTHERS ON THE SAME DRAW", &axis);
    for (n, (who, outcome, figure, ends, did)) in rows.into_iter().enumerate() {
        let along = usize::try_from(outcome.clamp(least, most) - least).unwrap_or(0);
        let at = along * (bar - 1) / usize::try_from(most - least).unwrap_or(1);
        let role = if n == 0 { Role::Title } else { Role::Text };
        let glyphs = s.theme().glyphs;
        let lead = vec![
            s.span(role, format!(" {}", pad(who, name))),
            s.span(Role::Rule, glyphs.track.repeat(at)),
            s.span(Role::Accent, glyphs.fill[7]),
            s.span(Role::Rule, glyphs.track.repeat(bar - at - 1)),
            s.span(Role::Title, right(figure, 4)),
            Span::raw("  "),
        ];
        s.hanging(lead, name + bar + 7, Role::Quiet, ends);
        if !did.is_empty() {
            s.text(Role::Quiet, 3, did);
        }
    }
    s.text(Role::Text, 1, &st.place.text);
    if !st.has_planner() {
        s.text(Role::Quiet, 1, "f lets a player who looks ahead play the same draw: some seconds.");
    }
}

/// The orders that made the most difference, and what the luck had to do with it.
fn turning(s: &mut Page, d: &Debrief) {
    if !d.turning.is_empty() {
        s.gap();
        let g = s.theme().glyphs;
        s.head(
            "TURNING POINTS",
            &format!(
                "{} for, {} against {}",
                g.up,
                g.down,
                if d.guided { "what you wanted" } else { "the points that stood" }
            ),
        );
        for t in &d.turning {
            let (sign, role) = if t.served {
                (s.theme().glyphs.up, Role::Good)
            } else {
                (s.theme().glyphs.down, Role::Bad)
            };
            let lead = vec![Span::raw("  "), s.span(role, sign), Span::raw(" ")];
            s.hanging(
                lead,
                4,
                Role::Text,
                &format!("{}: {}", crate::prose::words::upper_first(&t.when), t.what),
            );
            s.text(Role::Quiet, 4, &format!("Without it, {}.", t.without));
        }
    }
    if !d.luck_says.is_empty() {
        s.gap();
        s.text(Role::Text, 1, &d.luck_says);
    }
}

fn outcome(s: &mut Page, d: &Debrief) {
    s.head("LENSES", if d.guided { "what you said mattered" } else { "the points that stood" });
    s.text(Role::Quiet, 1, &d.guidance);
    s.gap();
    lens_rows(s, d, s.width > 100);
    s.gap();
    s.text(Role::Quiet, 1, &d.premise);
    s.gap();
    s.head("HOW SURE YOU WERE", "");
    for r in &d.calibration.rows {
        s.text(Role::Text, 2, r);
    }
    s.text(Role::Quiet, 2, &d.calibration.score);
    if !d.advisers.is_empty() {
        s.gap();
        s.head("WHOSE PREDICTIONS HELD", "");
        for a in &d.advisers {
            parts::labelled(s, &a.name, 24, Role::Text, &a.text);
        }
    }
}

/// A bar for each lens beside the points it was given.
fn lens_rows(s: &mut Page, d: &Debrief, told: bool) {
    let theme = s.theme();
    let name = d.lenses.iter().map(|l| text::width(&l.name)).max().unwrap_or(10).min(28) + 1;
    let bar = s.width.saturating_sub(name + 24).min(60);
    for l in &d.lenses {
        let shown = l.raw;
        let full = usize::try_from(shown.clamp(0, 100_000)).unwrap_or(0) * bar / 100_000;
        let points = usize::from(l.points);
        let glyphs = theme.glyphs;
        let dots = format!(
            "{}{}",
            glyphs.full.repeat(points),
            glyphs.hollow.repeat(4usize.saturating_sub(points))
        );
        s.line(vec![
            s.span(Role::Text, format!(" {}", pad(&l.name, name))),
            s.span(Role::Accent, glyphs.fill[7].repeat(full)),
            s.span(Role::Rule, glyphs.track.repeat(bar.saturating_sub(full))),
            s.span(Role::Title, right(&l.raw_text, 11)),
            s.span(if points > 0 { Role::Accent } else { Role::Quiet }, format!("   {dots}")),
        ]);
        if told {
            s.text(Role::Quiet, name + 1, &l.means);
        }
    }
}

fn world(s: &mut Page, d: &Debrief) {
    let w = &d.world;
    s.head(
        "THE WORLD",
        if w.fixed {
            "fixed for this game"
        } else {
            "drawn for this game; nobody knows which is true"
        },
    );
    s.text(Role::Title, 1, &w.name);
    s.text(Role::Text, 1, &w.means);
    if !w.belief.is_empty() {
        s.gap();
        s.head("WHAT COULD BE BELIEVED OF IT AT THE END", "");
        for l in &w.belief {
            parts::likelihood(s, l, "", 2);
        }
    }
    if !w.tells.is_empty() {
        s.gap();
        s.head("HOW SUCH A WORLD SHOWS ITSELF", "where what it answers to is done");
    }
    for t in &w.tells {
        s.text(Role::Quiet, 2, t);
    }
    if !w.traits.is_empty() {
        s.gap();
        s.head("THE OTHER SIDE'S HAND", "");
        for (name, value) in &w.traits {
            parts::labelled(s, &format!(" {name}"), 28, Role::Text, value);
        }
    }
    if !d.truths.is_empty() {
        s.gap();
        s.head("WHAT WAS TRUE", "drawn for this game");
        for t in &d.truths {
            let lead = vec![s.span(Role::Quiet, format!("  {}: {} ", t.campaign, t.asks))];
            let indent = lead[0].width().min(s.width / 2);
            s.hanging(lead, indent, Role::Text, &t.truth);
            s.text(
                Role::Quiet,
                4,
                &format!("what you had made it {}% {}", t.believed.percent, t.believed.word),
            );
            s.text(Role::Quiet, 4, &t.record);
        }
    }
    items(s, "WHAT THERE WAS TO SEE", &w.evidence);
}

fn other_side(s: &mut Page, d: &Debrief) {
    s.head("TURN BY TURN, BOTH SIDES OPEN", "");
    let arrow = s.theme().glyphs.right;
    for t in &d.turns {
        s.gap();
        let lead = vec![s.span(Role::Title, format!(" {:>2}  {}", t.turn + 1, t.date))];
        s.line(lead);
        for o in &t.orders {
            let lead = vec![s.span(Role::Accent, "     you   ")];
            s.hanging(lead, 11, Role::Text, o);
        }
        for r in &t.results {
            s.text(Role::Quiet, 11, &format!("{arrow} {r}"));
        }
        if !t.events.is_empty() {
            s.text(Role::Quiet, 11, &format!("meanwhile: {}", t.events.join("; ")));
        }
        if !t.response.is_empty() {
            let lead = vec![s.span(Role::Warning, "     they  ")];
            let unseen = if t.seen { "" } else { " (you did not see it)" };
            s.hanging(lead, 11, Role::Text, &format!("{}{unseen}", t.response));
            s.text(Role::Quiet, 11, &t.meant);
        }
        if s.width >= 100 && !t.worlds.is_empty() {
            let all: Vec<String> =
                t.worlds.iter().map(|w| format!("{} {}% {}", w.says, w.percent, w.word)).collect();
            s.text(Role::Quiet, 11, &format!("then believed: {}", all.join(" · ")));
        } else if let Some(top) = t
            .worlds
            .iter()
            .max_by_key(|w| w.percent)
            .filter(|top| t.worlds.iter().filter(|w| w.percent == top.percent).count() == 1)
        {
            s.text(Role::Quiet, 11, &format!("then most believed: {} {}%", top.says, top.percent));
        }
    }
}

fn causes(s: &mut Page, d: &Debrief) {
    s.head("WHAT MOVED WHAT, EXACTLY", "what the guidance weighs most first");
    let name =
        d.causes.iter().map(|c| crate::text::width(&c.name)).max().unwrap_or(22).min(s.width / 3);
    for c in &d.causes {
        let at = s.at();
        let lead = vec![
            s.span(Role::Text, format!("  {}", pad(&c.name, name))),
            s.span(Role::Title, right(&c.amount_text, 7)),
            Span::raw("  "),
        ];
        // The amount and the name stand in columns of their own here.
        let text =
            c.text.split_once(&format!("{}: ", c.amount_text)).map_or(c.text.as_str(), |t| t.1);
        s.hanging(lead, name + 11, Role::Text, text);
        s.text(Role::Quiet, name + 11, &c.origin);
        s.link_row(at, Target::To(crate::prose::facts::Door::Indicator(c.indicator)));
    }
    s.gap();
    s.text(Role::Quiet, 1, &d.ledger_note);
}

fn critics(s: &mut Page, d: &Debrief) {
    items(s, "WHAT CRITICS WOULD SAY", &d.critics);
    if !d.questions.is_empty() {
        s.gap();
        s.head("TO ARGUE ABOUT", "");
        for (n, q) in d.questions.iter().enumerate() {
            let lead = vec![s.span(Role::Accent, format!("  {} ", n + 1))];
            s.hanging(lead, 4, Role::Text, q);
        }
    }
}

fn items(s: &mut Page, title: &str, list: &[Item]) {
    if list.is_empty() {
        return;
    }
    s.gap();
    s.head(title, "");
    for i in list {
        s.gap();
        s.text(Role::Title, 2, &i.title);
        s.text(Role::Text, 2, &i.body);
        s.text(Role::Quiet, 2, &i.label);
    }
}
