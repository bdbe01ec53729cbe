//! Where the cursor is on a screen, and how it moves: within a pane from link to link, between
//! panes by where they lie.
//!
//! Owns the arithmetic only. Refuses: what is opened.

use ratatui::layout::Rect;

use super::keys::Action;
use super::layout::{PageLayout, Pane, max_top};
use super::screen::Target;

/// Where the cursor is on a screen, and how far its panes are scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    pub pane: usize,
    pub link: [usize; PANES],
    pub top: [usize; PANES],
    /// The pane the cursor was in before it went to one that stands beside it; what is opened there
    /// is opened from here.
    pub from: usize,
}

impl Cursor {
    /// On the last pane, where the way on stands.
    pub fn on_way_on(layout: &PageLayout) -> Cursor {
        Cursor { pane: layout.panes.len().saturating_sub(1), ..Cursor::default() }
    }
    /// On the first row that leads there, if there is one.
    pub fn on(layout: &PageLayout, to: Target) -> Option<Cursor> {
        layout.panes.iter().take(PANES).enumerate().find_map(|(n, pane)| {
            let mut cursor = Cursor { pane: n, ..Cursor::default() };
            cursor.link[n] = pane.page.links.iter().position(|l| l.to == to)?;
            Some(cursor)
        })
    }
    pub fn top(&self, n: usize, pane: &Pane) -> usize {
        self.top.get(n).copied().unwrap_or(0).min(max_top(pane))
    }
    /// The target under the cursor, if the cursor can be seen.
    pub fn target(&self, layout: &PageLayout) -> Option<Target> {
        let pane = layout.panes.get(self.pane)?;
        let link = pane.page.links.get(*self.link.get(self.pane)?)?;
        let top = self.top(self.pane, pane);
        (top..top + usize::from(pane.area.height)).contains(&link.row).then_some(link.to)
    }
    /// Goes to a pane; where that stands beside, the one that is left is kept in mind.
    pub fn enter(&mut self, layout: &PageLayout, n: usize) {
        if layout.beside.is_some_and(|b| n >= b && self.pane < b) {
            self.from = self.pane;
        }
        self.pane = n;
    }
    /// The same place with the cursor where it opens something, seen from a pane that stands
    /// beside.
    #[must_use]
    pub fn opener(&self, beside: usize) -> Cursor {
        Cursor { pane: if self.pane >= beside { self.from } else { self.pane }, ..*self }
    }
    /// Puts the cursor where there is something, as near as may be.
    pub fn settle(&mut self, layout: &PageLayout) {
        if layout.panes.get(self.pane).is_none_or(|p| p.page.links.is_empty()) {
            let from = self.from;
            let back = layout
                .beside
                .filter(|_| layout.panes.get(from).is_some_and(|p| !p.page.links.is_empty()))
                .map(|_| from);
            if let Some(n) = back
                .or_else(|| layout.panes.iter().take(PANES).position(|p| !p.page.links.is_empty()))
            {
                self.pane = n;
            } else {
                self.pane = 0;
            }
        }
        for (n, pane) in layout.panes.iter().take(PANES).enumerate() {
            self.link[n] = self.link[n].min(pane.page.links.len().saturating_sub(1));
            self.top[n] = self.top[n].min(max_top(pane));
        }
    }
    /// Whether a row that leads there is in sight, and whole.
    pub fn sees(&self, layout: &PageLayout, to: Target) -> bool {
        layout.panes.iter().enumerate().any(|(n, pane)| {
            let top = self.top(n, pane);
            let rows = top..top + usize::from(pane.area.height);
            pane.page.links.iter().any(|d| {
                d.to == to && rows.contains(&d.row) && rows.contains(&(d.row + d.rows - 1))
            })
        })
    }
    /// Whether anything of these panes is still below what is in sight.
    pub fn has_unread(&self, panes: &[Pane]) -> bool {
        panes.iter().take(PANES).enumerate().any(|(n, p)| self.top(n, p) < max_top(p))
    }
    /// Scrolls its pane so that the link under the cursor can be seen.
    pub fn show(&mut self, layout: &PageLayout) {
        let n = self.pane;
        let Some(pane) = layout.panes.get(n).filter(|_| n < PANES) else { return };
        let Some(d) = pane.page.links.get(self.link[n]) else { return };
        let high = usize::from(pane.area.height).max(1);
        if self.link[n] == 0 && d.row + d.rows <= high {
            // What stands above the first link belongs to it.
            self.top[n] = 0;
        } else if d.row < self.top[n] {
            self.top[n] = d.row;
        } else if d.row + d.rows > self.top[n] + high {
            self.top[n] = (d.row + d.rows).saturating_sub(high).min(d.row);
        }
    }
    /// The pane a cell is in, and its link there, if any.
    pub fn hit(&self, layout: &PageLayout, x: u16, y: u16) -> Option<(usize, Option<usize>)> {
        let n = layout.panes.iter().position(|p| p.area.contains((x, y).into()))?;
        let pane = &layout.panes[n];
        let row = usize::from(y - pane.area.y) + self.top(n, pane);
        let link = pane.page.links.iter().position(|d| (d.row..d.row + d.rows).contains(&row));
        Some((n, link))
    }
}

/// Most panes of a screen that the cursor can be in.
pub const PANES: usize = 8;

/// How far a step scrolls where there is no link near.
const STEP: usize = 2;

/// Moves; true if anything moved.
pub fn step(cursor: &mut Cursor, layout: &PageLayout, action: Action) -> bool {
    let before = *cursor;
    if cursor.pane >= layout.panes.len().min(PANES) {
        return false;
    }
    match action {
        Action::Down => down(cursor, layout),
        Action::Up => up(cursor, layout),
        Action::Left | Action::Right => {
            if let Some(n) = beside(layout, cursor, action == Action::Right) {
                let y = row_on_screen(cursor, layout);
                enter(cursor, layout, n, y);
            }
        }
        Action::NextPane | Action::PrevPane => cycle(cursor, layout, action == Action::NextPane),
        Action::PageDown | Action::PageUp => {
            page(cursor, layout, action == Action::PageDown, false);
        }
        Action::HalfDown | Action::HalfUp => page(cursor, layout, action == Action::HalfDown, true),
        Action::First => {
            cursor.link[cursor.pane] = 0;
            cursor.top[cursor.pane] = 0;
        }
        Action::Last => {
            let pane = &layout.panes[cursor.pane];
            cursor.link[cursor.pane] = pane.page.links.len().saturating_sub(1);
            cursor.top[cursor.pane] = max_top(pane);
        }
        _ => return false,
    }
    if *cursor == before {
        // Nothing that way: what can be scrolled is, as a reader expects.
        let longest = layout
            .panes
            .iter()
            .take(PANES)
            .enumerate()
            .max_by_key(|(_, p)| max_top(p))
            .map(|(n, _)| n);
        if let Some(n) = longest {
            let page = i16::try_from(layout.panes[n].area.height.saturating_sub(1)).unwrap_or(1);
            let step = i16::try_from(STEP).unwrap_or(1);
            let lines = match action {
                Action::Down => step,
                Action::Up => -step,
                Action::PageDown => page,
                Action::PageUp => -page,
                Action::HalfDown => page / 2,
                Action::HalfUp => -page / 2,
                Action::Last => i16::MAX,
                Action::First => i16::MIN,
                _ => 0,
            };
            scroll(cursor, layout, n, lines);
        }
    }
    *cursor != before
}

/// Scrolls the pane under a cell.
pub fn scroll(cursor: &mut Cursor, layout: &PageLayout, n: usize, lines: i16) {
    let Some(pane) = layout.panes.get(n).filter(|_| n < PANES) else { return };
    let top = cursor.top(n, pane);
    cursor.top[n] = if lines < 0 {
        top.saturating_sub(usize::from(lines.unsigned_abs()))
    } else {
        top.saturating_add(usize::from(lines.unsigned_abs()))
    };
    cursor.top[n] = cursor.top[n].min(max_top(pane));
}

fn visible(cursor: &Cursor, layout: &PageLayout, n: usize, row: usize) -> bool {
    let pane = &layout.panes[n];
    let top = cursor.top(n, pane);
    (top..top + usize::from(pane.area.height)).contains(&row)
}

fn down(cursor: &mut Cursor, layout: &PageLayout) {
    let n = cursor.pane;
    let pane = &layout.panes[n];
    let links = &pane.page.links;
    let end = cursor.top(n, pane) + usize::from(pane.area.height);
    let here = cursor.link[n];
    match links.get(here) {
        // The cursor was left behind by scrolling: it comes back to the first link in view.
        Some(d) if !visible(cursor, layout, n, d.row) => {
            match links.iter().position(|d| visible(cursor, layout, n, d.row)) {
                Some(first) => cursor.link[n] = first,
                None => cursor.top[n] = (cursor.top(n, pane) + STEP).min(max_top(pane)),
            }
        }
        _ => match links.get(here + 1) {
            Some(next) if next.row < end + STEP + 1 => {
                cursor.link[n] = here + 1;
                cursor.show(layout);
            }
            _ if cursor.top(n, pane) < max_top(pane) => {
                cursor.top[n] = (cursor.top(n, pane) + STEP).min(max_top(pane));
            }
            _ => {
                if let Some(below) = stacked(layout, n, true) {
                    cursor.enter(layout, below);
                    cursor.link[below] = 0;
                    cursor.show(layout);
                }
            }
        },
    }
}

fn up(cursor: &mut Cursor, layout: &PageLayout) {
    let n = cursor.pane;
    let pane = &layout.panes[n];
    let links = &pane.page.links;
    let top = cursor.top(n, pane);
    let here = cursor.link[n];
    match links.get(here) {
        Some(d) if !visible(cursor, layout, n, d.row) && top > 0 => {
            match links.iter().rposition(|d| visible(cursor, layout, n, d.row)) {
                Some(last) => cursor.link[n] = last,
                None => cursor.top[n] = top.saturating_sub(STEP),
            }
        }
        Some(_) if here > 0 && links[here - 1].row + STEP + 1 > top => {
            cursor.link[n] = here - 1;
            cursor.show(layout);
        }
        _ if top > 0 => cursor.top[n] = top.saturating_sub(STEP),
        _ => {
            if let Some(above) = stacked(layout, n, false) {
                cursor.enter(layout, above);
                // The nearest one in sight: a page that is being read does not jump to its end.
                let links = &layout.panes[above].page.links;
                let near = links.iter().rposition(|d| visible(cursor, layout, above, d.row));
                cursor.link[above] = near.unwrap_or(links.len().saturating_sub(1));
                cursor.show(layout);
            }
        }
    }
}

fn page(cursor: &mut Cursor, layout: &PageLayout, down: bool, half: bool) {
    let n = cursor.pane;
    let pane = &layout.panes[n];
    let page_of =
        |p: &Pane| (usize::from(p.area.height).saturating_sub(1) / if half { 2 } else { 1 }).max(1);
    // Where its own pane is whole in sight, the key is for what is not, and the cursor stays.
    if !half && max_top(pane) == 0 && layout.panes.iter().take(PANES).any(|p| max_top(p) > 0) {
        for (n, p) in layout.panes.iter().take(PANES).enumerate() {
            let lines = i16::try_from(page_of(p)).unwrap_or(i16::MAX);
            scroll(cursor, layout, n, if down { lines } else { -lines });
        }
        return;
    }
    let high = page_of(pane);
    let top = cursor.top(n, pane);
    let here =
        pane.page.links.get(cursor.link[n]).filter(|d| half && visible(cursor, layout, n, d.row));
    if let Some(here) = here {
        // Half a page takes the cursor along, so that it stays under the eye.
        let row = if down { here.row + high } else { here.row.saturating_sub(high) };
        let at = cursor.link[n];
        let near = pane
            .page
            .links
            .iter()
            .enumerate()
            .filter(|(d, _)| if down { *d > at } else { *d < at })
            .min_by_key(|(_, d)| d.row.abs_diff(row));
        if let Some((d, _)) = near {
            cursor.link[n] = d;
            cursor.show(layout);
            return;
        }
    }
    let wanted = if down { (top + high).min(max_top(pane)) } else { top.saturating_sub(high) };
    let links = &pane.page.links;
    cursor.top[n] = wanted;
    if wanted == top {
        cursor.link[n] = if down { links.len().saturating_sub(1) } else { 0 };
    } else if let Some(d) = links.iter().position(|d| d.row >= wanted && d.row < wanted + high + 1)
    {
        cursor.link[n] = d;
        // A row of two lines is not cut at the edge.
        if links[d].row + links[d].rows > wanted + usize::from(pane.area.height) {
            cursor.show(layout);
        }
    }
}

fn cycle(cursor: &mut Cursor, layout: &PageLayout, forward: bool) {
    let with: Vec<usize> = layout
        .panes
        .iter()
        .take(PANES)
        .enumerate()
        .filter(|(_, p)| !p.page.links.is_empty())
        .map(|(n, _)| n)
        .collect();
    if with.is_empty() {
        return;
    }
    // A pane that is gone, or has lost its links, is left for the first or the last that has any.
    let next = match with.iter().position(|n| *n == cursor.pane) {
        Some(at) if forward => (at + 1) % with.len(),
        Some(at) => (at + with.len() - 1) % with.len(),
        None if forward => 0,
        None => with.len() - 1,
    };
    cursor.enter(layout, with[next]);
    cursor.show(layout);
}

/// The row of the screen the cursor is on.
fn row_on_screen(cursor: &Cursor, layout: &PageLayout) -> usize {
    let pane = &layout.panes[cursor.pane];
    let row = pane.page.links.get(cursor.link[cursor.pane]).map_or(0, |d| d.row);
    usize::from(pane.area.y) + row.saturating_sub(cursor.top(cursor.pane, pane))
}

/// Goes into a pane at the link nearest to a row of the screen.
fn enter(cursor: &mut Cursor, layout: &PageLayout, n: usize, y: usize) {
    let pane = &layout.panes[n];
    let top = cursor.top(n, pane);
    let near = |row: usize| (usize::from(pane.area.y) + row.saturating_sub(top)).abs_diff(y);
    cursor.enter(layout, n);
    cursor.link[n] =
        pane.page.links.iter().enumerate().min_by_key(|(_, d)| near(d.row)).map_or(0, |(i, _)| i);
    cursor.show(layout);
}

fn open_panes<'p, 't>(
    layout: &'p PageLayout<'t>,
    but: usize,
) -> impl Iterator<Item = (usize, &'p Pane<'t>)> {
    layout
        .panes
        .iter()
        .take(PANES)
        .enumerate()
        .filter(move |(n, p)| *n != but && !p.page.links.is_empty())
}

fn overlap(a: (u16, u16), b: (u16, u16)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn stacked(layout: &PageLayout, n: usize, below: bool) -> Option<usize> {
    let from = layout.panes[n].area;
    let columns = |r: Rect| (r.x, r.right());
    open_panes(layout, n)
        .filter(|(_, p)| overlap(columns(p.area), columns(from)))
        .filter(|(_, p)| if below { p.area.y >= from.bottom() } else { p.area.bottom() <= from.y })
        .min_by_key(
            |(_, p)| if below { p.area.y - from.bottom() } else { from.y - p.area.bottom() },
        )
        .map(|(n, _)| n)
}

fn beside(layout: &PageLayout, cursor: &Cursor, right: bool) -> Option<usize> {
    let from = layout.panes[cursor.pane].area;
    let y = u16::try_from(row_on_screen(cursor, layout)).unwrap_or(from.y);
    open_panes(layout, cursor.pane)
        .filter(|(_, p)| if right { p.area.x >= from.right() } else { p.area.right() <= from.x })
        .min_by_key(|(_, p)| {
            let across = if right { p.area.x - from.right() } else { from.x - p.area.right() };
            let down = if (p.area.y..p.area.bottom()).contains(&y) {
                0
            } else {
                p.area.y.abs_diff(y).min(p.area.bottom().abs_diff(y))
            };
            (across, down)
        })
        .map(|(n, _)| n)
}
