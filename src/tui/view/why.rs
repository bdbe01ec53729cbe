//! Why a value moved over one turn.
//!
//! ```text
//!  Talks 64 → 58 over turn 7: −6        ▃▄▅▅▆▆▅   │ VALUES
//! ▸ −5  Beijing answers the charges     reply      │  Talks 58 −6
//!       └ your decision of turn 7                  │  …
//!  −6  exactly                                     │
//! ```

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};
use ratatui::text::Span;

use crate::prose::facts::{self, Door, Figure};
use crate::prose::words;
use crate::tui::cursor::Cursor;
use crate::tui::facts::{Facts, Why};
use crate::tui::layout::PageLayout;
use crate::tui::page::{Page, right};
use crate::tui::scene::Scene;
use crate::tui::screen::Target;
use crate::tui::theme::Role;

use super::{find, parts};

/// Columns from which all values stand beside the page.
const BESIDE: u16 = 96;
/// Columns from which what each value measures stands beside those.
const MEASURED: u16 = 180;
/// The pane of all values, where there is room for it.
pub const LIST: usize = 1;
const VALUES: &str = "ALL VALUES";

pub fn layout<'a>(scene: &Scene<'a>, area: Rect) -> PageLayout<'a> {
    let Facts::Why(facts) = scene.facts else { return PageLayout::default() };
    let columns = match area.width {
        0..BESIDE => [Fill(1), Length(0), Length(0), Length(0), Length(0)],
        BESIDE..120 => [Length(area.width * 60 / 100), Length(1), Fill(1), Length(0), Length(0)],
        120..MEASURED => [Length(area.width / 2), Length(1), Fill(1), Length(0), Length(0)],
        MEASURED.. => {
            let (page, list) = (area.width * 42 / 100, area.width * 34 / 100);
            [Length(page), Length(1), Length(list), Length(1), Fill(1)]
        }
    };
    let [page_area, rule, list_area, second_rule, rest] = Layout::horizontal(columns).areas(area);
    let mut layout = PageLayout::default();
    layout.pane(page_area, page(scene, facts, page_area.width, area));
    if area.width < BESIDE {
        return layout;
    }
    layout.vertical_rule(rule);
    let mut s = Page::new(scene.theme, list_area.width);
    s.head(VALUES, "Tab next");
    values(&mut s, &facts.figures);
    layout.pane(list_area, find::narrow(scene, s));
    if area.width >= MEASURED {
        layout.vertical_rule(second_rule);
        let mut s = Page::new(scene.theme, rest.width);
        parts::measured(&mut s, &facts.figures, usize::from(rest.height));
        layout.pane(rest, s);
    }
    layout
}

/// The value that is explained and its causes, narrowed to what is searched for.
fn page<'a>(scene: &Scene<'a>, facts: &Why, width: u16, area: Rect) -> Page<'a> {
    let Why { why: w, figures, before } = facts;
    let mut page = title(scene, w, width);
    let mut list = Page::new(scene.theme, width);
    causes(&mut list, &w.lines);
    let searched = scene.is_searching() || scene.is_narrowed();
    if !searched {
        total(&mut list, w);
    }
    // While it is searched, a sum under some of the causes would be none of theirs.
    if area.height >= 24 {
        earlier(&mut list, before);
    }
    if !searched {
        page.extend(list);
        return page;
    }
    if area.width < BESIDE {
        // All values are looked through, though there is no room for them beside.
        list.gap();
        list.head(VALUES, "");
        values(&mut list, figures);
    }
    let list = find::narrow(scene, list);
    page.found = list.found;
    // Beside the values what matches nothing says nothing: they may.
    if area.width < BESIDE || list.found.is_some_and(|f| f.shown > 0) {
        page.extend(list);
    }
    page
}

fn values(s: &mut Page, figures: &[Figure]) {
    let width = u16::try_from(s.width).unwrap_or(u16::MAX);
    let name = if width < 46 { 11 } else { 20 };
    let sparks = parts::sparks(width, name);
    for f in figures {
        let at = s.at();
        parts::figure(s, f, false, name, sparks);
        s.link(at, Target::To(Door::Indicator(f.indicator)));
    }
}

/// At the top, and the cursor of the list of values on the one that is explained.
pub fn first(scene: &Scene<'_>, layout: &PageLayout<'_>) -> Cursor {
    let mut cursor = Cursor::default();
    if let (Facts::Why(facts), Some(list)) = (scene.facts, layout.panes.get(LIST)) {
        let here = Target::To(Door::Indicator(facts.why.figure.indicator));
        cursor.link[LIST] = list.page.links.iter().position(|l| l.to == here).unwrap_or(0);
    }
    cursor
}

/// What moved it in the turns before, newest first, causes without what is behind them.
fn earlier(s: &mut Page, before: &[facts::Why]) {
    if before.is_empty() {
        return;
    }
    s.gap();
    s.head("EARLIER", "");
    for w in before {
        s.item(s.at());
        s.text(Role::Text, 2, &w.title);
        let wide = w
            .lines
            .iter()
            .filter(|l| l.depth == 0)
            .map(|l| crate::text::width(&words::part(l.amount)))
            .max()
            .unwrap_or(0)
            .clamp(8, 18);
        for l in w.lines.iter().filter(|l| l.depth == 0) {
            let lead =
                vec![s.span(Role::Quiet, format!("  {} ", right(&words::part(l.amount), wide)))];
            let indent = lead[0].width() + 1;
            s.hanging(lead, indent, Role::Quiet, &l.text);
        }
    }
}

/// Which value it is, and what it measures.
fn title<'a>(scene: &Scene<'a>, w: &facts::Why, width: u16) -> Page<'a> {
    let mut s = Page::new(scene.theme, width);
    let theme = s.theme();
    s.blank();
    let f = &w.figure;
    let trend = parts::spark(theme, &f.history, f.history.len().min(20), f.least, f.most);
    let title = vec![Span::raw(" "), s.span(Role::Title, &w.title)];
    let tail = vec![s.span(Role::Quiet, trend), s.span(Role::Text, format!(" {} ", f.word))];
    // The figures of the title are never cut: where its line is too short, the trend goes below.
    let wide = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    if wide(&title) + wide(&tail) < s.width {
        s.entry(title, tail);
    } else {
        s.line(title);
        s.entry(vec![Span::raw(" ")], tail);
    }
    s.text(Role::Quiet, 1, &w.means);
    if f.range.is_some() {
        s.text(Role::Quiet, 1, &format!("estimated: {}", words::range_of(f)));
    }
    s.blank();
    s
}

/// What moved it: each cause, and under it what is behind it.
pub fn causes(s: &mut Page, lines: &[facts::WhyLine]) {
    let theme = s.theme();
    for l in lines {
        let at = s.at();
        let role = Role::Text;
        let tag = if l.tag.is_empty() {
            Vec::new()
        } else {
            vec![s.span(Role::Quiet, &l.tag), Span::raw(" ")]
        };
        if l.depth == 0 {
            let amount = words::part(l.amount);
            let amount = right(&amount, 6.max(crate::text::width(&amount)).min(18));
            let indent = crate::text::width(&amount) + 3;
            let room =
                s.width.saturating_sub(indent + 2 + tag.iter().map(Span::width).sum::<usize>());
            let mut parts = crate::text::wrap(&l.text, room.max(20)).into_iter();
            let first = parts.next().unwrap_or_default();
            s.entry(
                vec![
                    Span::raw(" "),
                    s.span(Role::Title, amount),
                    Span::raw("  "),
                    s.span(role, first),
                ],
                tag,
            );
            for part in parts {
                s.line(vec![Span::raw(" ".repeat(indent)), s.span(role, part)]);
            }
        } else {
            let indent = 8 + usize::from(l.depth) * 2;
            let lead = vec![
                Span::raw(" ".repeat(indent - 2)),
                s.span(Role::Rule, format!("{} ", theme.glyphs.branch)),
            ];
            s.hanging(lead, indent, Role::Quiet, &l.text);
        }
        if let Some(door) = l.door {
            s.link(at, Target::To(door));
        } else if l.depth == 0 {
            s.item(at);
        }
    }
}

fn total(s: &mut Page, w: &facts::Why) {
    let theme = s.theme();
    s.line(vec![Span::raw("  "), s.span(Role::Rule, theme.glyphs.horizontal.repeat(6))]);
    s.line(vec![Span::raw("  "), s.span(Role::Title, &w.total)]);
    if !w.note.is_empty() {
        s.blank();
        s.text(Role::Quiet, 1, &w.note);
    }
}
