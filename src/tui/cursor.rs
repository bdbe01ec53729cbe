//! Moving the cursor over a plan: within a pane from door to door, between panes by where they lie.
//!
//! Owns the arithmetic only. Refuses: what is opened.

use ratatui::layout::Rect;

use super::keys::Action;
use super::sheet::{Pane, Place, Plan, most_top};

/// How far a step scrolls where there is no door near.
const STEP: usize = 2;

/// Moves; true if anything moved.
pub fn step(place: &mut Place, plan: &Plan, action: Action) -> bool {
    let before = *place;
    if place.pane >= plan.panes.len().min(8) {
        return false;
    }
    match action {
        Action::Down => down(place, plan),
        Action::Up => up(place, plan),
        Action::Left | Action::Right => {
            if let Some(n) = beside(plan, place, action == Action::Right) {
                let y = row_on_screen(place, plan);
                enter(place, plan, n, y);
            }
        }
        Action::NextPane | Action::PrevPane => cycle(place, plan, action == Action::NextPane),
        Action::PageDown | Action::PageUp => page(place, plan, action == Action::PageDown, false),
        Action::HalfDown | Action::HalfUp => page(place, plan, action == Action::HalfDown, true),
        Action::First => {
            place.door[place.pane] = 0;
            place.top[place.pane] = 0;
        }
        Action::Last => {
            let pane = &plan.panes[place.pane];
            place.door[place.pane] = pane.sheet.doors.len().saturating_sub(1);
            place.top[place.pane] = most_top(pane);
        }
        _ => return false,
    }
    if *place == before {
        // Nothing that way: what can be scrolled is, as a reader expects.
        let longest =
            plan.panes.iter().take(8).enumerate().max_by_key(|(_, p)| most_top(p)).map(|(n, _)| n);
        if let Some(n) = longest {
            let page = i16::try_from(plan.panes[n].area.height.saturating_sub(1)).unwrap_or(1);
            let lines = match action {
                Action::Down => STEP as i16,
                Action::Up => -(STEP as i16),
                Action::PageDown => page,
                Action::PageUp => -page,
                Action::HalfDown => page / 2,
                Action::HalfUp => -page / 2,
                Action::Last => i16::MAX,
                Action::First => i16::MIN,
                _ => 0,
            };
            wheel(place, plan, n, lines);
        }
    }
    *place != before
}

/// Scrolls the pane under a cell.
pub fn wheel(place: &mut Place, plan: &Plan, n: usize, lines: i16) {
    let Some(pane) = plan.panes.get(n).filter(|_| n < 8) else { return };
    let top = place.top(n, pane);
    place.top[n] = if lines < 0 {
        top.saturating_sub(usize::from(lines.unsigned_abs()))
    } else {
        top.saturating_add(usize::from(lines.unsigned_abs()))
    };
    place.top[n] = place.top[n].min(most_top(pane));
}

fn visible(place: &Place, plan: &Plan, n: usize, row: usize) -> bool {
    let pane = &plan.panes[n];
    let top = place.top(n, pane);
    (top..top + usize::from(pane.area.height)).contains(&row)
}

fn down(place: &mut Place, plan: &Plan) {
    let n = place.pane;
    let pane = &plan.panes[n];
    let doors = &pane.sheet.doors;
    let end = place.top(n, pane) + usize::from(pane.area.height);
    let here = place.door[n];
    match doors.get(here) {
        // The cursor was left behind by scrolling: it comes back to the first door in view.
        Some(d) if !visible(place, plan, n, d.row) => {
            match doors.iter().position(|d| visible(place, plan, n, d.row)) {
                Some(first) => place.door[n] = first,
                None => place.top[n] = (place.top(n, pane) + STEP).min(most_top(pane)),
            }
        }
        _ => match doors.get(here + 1) {
            Some(next) if next.row < end + STEP + 1 => {
                place.door[n] = here + 1;
                place.show(plan);
            }
            _ if place.top(n, pane) < most_top(pane) => {
                place.top[n] = (place.top(n, pane) + STEP).min(most_top(pane));
            }
            _ => {
                if let Some(below) = stacked(plan, n, true) {
                    place.enter(plan, below);
                    place.door[below] = 0;
                    place.show(plan);
                }
            }
        },
    }
}

fn up(place: &mut Place, plan: &Plan) {
    let n = place.pane;
    let pane = &plan.panes[n];
    let doors = &pane.sheet.doors;
    let top = place.top(n, pane);
    let here = place.door[n];
    match doors.get(here) {
        Some(d) if !visible(place, plan, n, d.row) && top > 0 => {
            match doors.iter().rposition(|d| visible(place, plan, n, d.row)) {
                Some(last) => place.door[n] = last,
                None => place.top[n] = top.saturating_sub(STEP),
            }
        }
        Some(_) if here > 0 && doors[here - 1].row + STEP + 1 > top => {
            place.door[n] = here - 1;
            place.show(plan);
        }
        _ if top > 0 => place.top[n] = top.saturating_sub(STEP),
        _ => {
            if let Some(above) = stacked(plan, n, false) {
                place.enter(plan, above);
                // The nearest one in sight: a page that is being read does not jump to its end.
                let doors = &plan.panes[above].sheet.doors;
                let near = doors.iter().rposition(|d| visible(place, plan, above, d.row));
                place.door[above] = near.unwrap_or(doors.len().saturating_sub(1));
                place.show(plan);
            }
        }
    }
}

fn page(place: &mut Place, plan: &Plan, down: bool, half: bool) {
    let n = place.pane;
    let pane = &plan.panes[n];
    let high = (usize::from(pane.area.height).saturating_sub(1) / if half { 2 } else { 1 }).max(1);
    let top = place.top(n, pane);
    let here =
        pane.sheet.doors.get(place.door[n]).filter(|d| half && visible(place, plan, n, d.row));
    if let Some(here) = here {
        // Half a page takes the cursor along, so that it stays under the eye.
        let row = if down { here.row + high } else { here.row.saturating_sub(high) };
        let at = place.door[n];
        let near = pane
            .sheet
            .doors
            .iter()
            .enumerate()
            .filter(|(d, _)| if down { *d > at } else { *d < at })
            .min_by_key(|(_, d)| d.row.abs_diff(row));
        if let Some((d, _)) = near {
            place.door[n] = d;
            place.show(plan);
            return;
        }
    }
    let wanted = if down { (top + high).min(most_top(pane)) } else { top.saturating_sub(high) };
    let doors = &pane.sheet.doors;
    place.top[n] = wanted;
    if wanted == top {
        place.door[n] = if down { doors.len().saturating_sub(1) } else { 0 };
    } else if let Some(d) = doors.iter().position(|d| d.row >= wanted && d.row < wanted + high + 1)
    {
        place.door[n] = d;
        // A row of two lines is not cut at the edge.
        if doors[d].row + doors[d].rows > wanted + usize::from(pane.area.height) {
            place.show(plan);
        }
    }
}

fn cycle(place: &mut Place, plan: &Plan, forward: bool) {
    let with: Vec<usize> = plan
        .panes
        .iter()
        .take(8)
        .enumerate()
        .filter(|(_, p)| !p.sheet.doors.is_empty())
        .map(|(n, _)| n)
        .collect();
    if with.is_empty() {
        return;
    }
    // A pane that is gone, or has lost its doors, is left for the first or the last that has any.
    let next = match with.iter().position(|n| *n == place.pane) {
        Some(at) if forward => (at + 1) % with.len(),
        Some(at) => (at + with.len() - 1) % with.len(),
        None if forward => 0,
        None => with.len() - 1,
    };
    place.enter(plan, with[next]);
    place.show(plan);
}

/// The row of the screen the cursor is on.
fn row_on_screen(place: &Place, plan: &Plan) -> usize {
    let pane = &plan.panes[place.pane];
    let row = pane.sheet.doors.get(place.door[place.pane]).map_or(0, |d| d.row);
    usize::from(pane.area.y) + row.saturating_sub(place.top(place.pane, pane))
}

/// Goes into a pane at the door nearest to a row of the screen.
fn enter(place: &mut Place, plan: &Plan, n: usize, y: usize) {
    let pane = &plan.panes[n];
    let top = place.top(n, pane);
    let near = |row: usize| (usize::from(pane.area.y) + row.saturating_sub(top)).abs_diff(y);
    place.enter(plan, n);
    place.door[n] =
        pane.sheet.doors.iter().enumerate().min_by_key(|(_, d)| near(d.row)).map_or(0, |(i, _)| i);
    place.show(plan);
}

fn open_panes<'p, 't>(
    plan: &'p Plan<'t>,
    but: usize,
) -> impl Iterator<Item = (usize, &'p Pane<'t>)> {
    plan.panes
        .iter()
        .take(8)
        .enumerate()
        .filter(move |(n, p)| *n != but && !p.sheet.doors.is_empty())
}

fn overlap(a: (u16, u16), b: (u16, u16)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn stacked(plan: &Plan, n: usize, below: bool) -> Option<usize> {
    let from = plan.panes[n].area;
    let columns = |r: Rect| (r.x, r.right());
    open_panes(plan, n)
        .filter(|(_, p)| overlap(columns(p.area), columns(from)))
        .filter(|(_, p)| if below { p.area.y >= from.bottom() } else { p.area.bottom() <= from.y })
        .min_by_key(
            |(_, p)| if below { p.area.y - from.bottom() } else { from.y - p.area.bottom() },
        )
        .map(|(n, _)| n)
}

fn beside(plan: &Plan, place: &Place, right: bool) -> Option<usize> {
    let from = plan.panes[place.pane].area;
    let y = u16::try_from(row_on_screen(place, plan)).unwrap_or(from.y);
    open_panes(plan, place.pane)
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
