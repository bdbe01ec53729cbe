//! What every screen is made of: rows of text, some of which are doors, in panes, between thin
//! rules.
//!
//! Owns laying text out by columns, where the doors are, and painting all of it. Refuses: what the
//! rows say. A plan is a value: the app asks it where the cursor may go, the frame paints it, a
//! click is looked up in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text;

use super::screen::Target;
use super::theme::{Role, Theme};

/// A row that opens: where it stands and what to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Door {
    pub row: usize,
    pub rows: usize,
    pub to: Target,
}

/// Rows of text of one width.
#[derive(Debug, Clone)]
pub struct Sheet<'t> {
    theme: &'t Theme,
    pub width: usize,
    pub rows: Vec<Line<'static>>,
    pub doors: Vec<Door>,
    /// Rows that are headings, and their words.
    pub heads: Vec<(usize, String)>,
    /// Rows where something begins that is no door and is searched like one.
    pub items: Vec<usize>,
    /// Of a list narrowed to what is searched for.
    pub found: Option<Found>,
}

/// What a search left of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    pub shown: usize,
    pub hidden: usize,
    /// The door that fits best, and how well; the smaller the better.
    pub best: Option<(u8, usize)>,
}

impl<'t> Sheet<'t> {
    pub fn new(theme: &'t Theme, width: u16) -> Self {
        Sheet {
            theme,
            width: usize::from(width),
            rows: Vec::new(),
            doors: Vec::new(),
            heads: Vec::new(),
            items: Vec::new(),
            found: None,
        }
    }

    pub fn theme(&self) -> &'t Theme {
        self.theme
    }
    pub fn span(&self, role: Role, words: impl AsRef<str>) -> Span<'static> {
        Span::styled(words.as_ref().to_owned(), self.theme.style(role))
    }
    pub fn blank(&mut self) {
        self.rows.push(Line::default());
    }
    /// One empty row, unless there is one already or nothing yet.
    pub fn gap(&mut self) {
        if self.rows.last().is_some_and(|l| l.width() > 0) {
            self.blank();
        }
    }
    pub fn line(&mut self, spans: Vec<Span<'static>>) {
        self.rows.push(fit(spans, self.width));
    }
    /// Words on the left, and what belongs to them at the right edge. The left is cut first.
    pub fn split(&mut self, left: Vec<Span<'static>>, right: Vec<Span<'static>>) {
        self.rows.push(between(left, right, self.width));
    }
    /// The same with nothing cut: the last words of the left go on in rows of their own where they
    /// do not fit beside the right.
    pub fn entry(&mut self, mut left: Vec<Span<'static>>, right: Vec<Span<'static>>) {
        let wide = |spans: &[Span]| spans.iter().map(Span::width).sum::<usize>();
        let tail = wide(&right);
        if wide(&left) + tail + usize::from(tail > 0) <= self.width {
            return self.split(left, right);
        }
        let Some(words) = left.pop() else { return self.split(left, right) };
        let indent = wide(&left);
        let room = self.width.saturating_sub(indent + tail + 1);
        if room < 12 {
            // No room for both: what stands at the end stands below, whole.
            self.hang(left, indent, words.style, &words.content);
            let end: String = right.iter().map(|s| s.content.as_ref()).collect();
            let style = right.first().map_or(words.style, |s| s.style);
            return self.hang(Vec::new(), indent + 2, style, end.trim());
        }
        let mut rows = text::wrap(&words.content, room).into_iter();
        left.push(Span::styled(rows.next().unwrap_or_default(), words.style));
        self.split(left, right);
        for row in rows {
            self.line(vec![Span::raw(" ".repeat(indent)), Span::styled(row, words.style)]);
        }
    }
    /// A heading, with a remark at the right edge.
    pub fn head(&mut self, title: &str, right: &str) {
        self.heads.push((self.rows.len(), title.to_owned()));
        let left = vec![self.span(Role::Text, " "), self.span(Role::Title, title)];
        let right = vec![self.span(Role::Quiet, right), self.span(Role::Text, " ")];
        self.split(left, right);
    }
    /// Running text, wrapped, indented.
    pub fn text(&mut self, role: Role, indent: usize, words: &str) {
        self.hanging(Vec::new(), indent, role, words);
    }
    /// A lead (a label, a date) and text that hangs beside it, at `indent` columns.
    pub fn hanging(&mut self, lead: Vec<Span<'static>>, indent: usize, role: Role, words: &str) {
        let style = self.theme.style(role);
        self.hang(lead, indent, style, words);
    }
    fn hang(&mut self, lead: Vec<Span<'static>>, indent: usize, style: Style, words: &str) {
        if words.is_empty() && lead.is_empty() {
            return;
        }
        let room = self.width.saturating_sub(indent + 1);
        for (n, part) in text::wrap(words, room.max(1)).into_iter().enumerate() {
            let mut spans = if n == 0 { lead.clone() } else { Vec::new() };
            let used: usize = spans.iter().map(Span::width).sum();
            spans.push(Span::raw(" ".repeat(indent.saturating_sub(used))));
            spans.push(Span::styled(part, style));
            self.line(spans);
        }
    }
    /// Pieces side by side with dots between, as many in a row as fit, hanging beside a lead.
    pub fn flow(
        &mut self,
        lead: Vec<Span<'static>>,
        indent: usize,
        pieces: Vec<Vec<Span<'static>>>,
    ) {
        let dot =
            Span::styled(format!(" {} ", self.theme.glyphs.dot), self.theme.style(Role::Rule));
        self.beside(lead, indent, pieces.into_iter().map(|p| (dot.clone(), p)));
    }
    /// Pieces side by side, each with what stands between it and the one before in the same row.
    pub fn beside(
        &mut self,
        lead: Vec<Span<'static>>,
        indent: usize,
        pieces: impl Iterator<Item = (Span<'static>, Vec<Span<'static>>)>,
    ) {
        let mut line = lead;
        let mut used: usize = line.iter().map(Span::width).sum();
        line.push(Span::raw(" ".repeat(indent.saturating_sub(used))));
        used = used.max(indent);
        let mut first = true;
        for (between, piece) in pieces {
            let wide: usize = piece.iter().map(Span::width).sum();
            if !first && used + between.width() + wide > self.width {
                self.line(std::mem::take(&mut line));
                line.push(Span::raw(" ".repeat(indent)));
                used = indent;
                first = true;
            }
            if !first {
                used += between.width();
                line.push(between);
            }
            first = false;
            used += wide;
            line.extend(piece);
        }
        self.line(line);
    }
    /// Makes a door of the rows since `from`.
    pub fn door(&mut self, from: usize, to: Target) {
        let rows = self.rows.len().saturating_sub(from);
        if rows > 0 {
            self.doors.push(Door { row: from, rows, to });
        }
    }
    /// Something that begins at this row and does not open.
    pub fn item(&mut self, from: usize) {
        self.items.push(from);
    }
    pub fn at(&self) -> usize {
        self.rows.len()
    }
    pub fn extend(&mut self, other: Sheet<'t>) {
        let base = self.rows.len();
        self.rows.extend(other.rows);
        self.doors.extend(other.doors.into_iter().map(|d| Door { row: d.row + base, ..d }));
        self.heads.extend(other.heads.into_iter().map(|(row, words)| (row + base, words)));
        self.items.extend(other.items.into_iter().map(|row| row + base));
    }
}

/// The text in exactly so many columns, from the left.
pub fn pad(words: &str, columns: usize) -> String {
    let mut cut = text::cut(words, columns);
    let used = text::width(&cut);
    cut.extend(std::iter::repeat_n(' ', columns.saturating_sub(used)));
    cut
}

/// The text in exactly so many columns, at the right edge.
pub fn right(words: &str, columns: usize) -> String {
    let cut = text::cut(words, columns);
    let used = text::width(&cut);
    format!("{}{cut}", " ".repeat(columns.saturating_sub(used)))
}

/// The spans in at most so many columns.
pub fn fit(spans: Vec<Span<'static>>, width: usize) -> Line<'static> {
    let mut used = 0;
    let mut out = Vec::with_capacity(spans.len());
    for s in spans {
        let wide = text::width(&s.content);
        if used + wide <= width {
            used += wide;
            out.push(s);
        } else {
            out.push(Span::styled(text::cut(&s.content, width - used), s.style));
            break;
        }
    }
    Line::from(out)
}

/// Left and right in one line of exactly `width` columns.
pub fn between(left: Vec<Span<'static>>, right: Vec<Span<'static>>, width: usize) -> Line<'static> {
    let right = fit(right, width);
    let tail = right.width();
    let mut line = fit(left, width.saturating_sub(tail + usize::from(tail > 0)));
    let gap = width.saturating_sub(line.width() + tail);
    line.spans.push(Span::raw(" ".repeat(gap)));
    line.spans.extend(right.spans);
    line
}

/// A sheet in its place. `top` is the first row to be seen.
#[derive(Debug, Clone)]
pub struct Pane<'t> {
    pub area: Rect,
    pub sheet: Sheet<'t>,
}

/// A picture beside the text: it paints itself into its place.
pub type Picture<'t> = (Rect, Box<dyn Fn(Rect, &mut Buffer) + 't>);

/// A screen, laid out.
#[derive(Default)]
pub struct Plan<'t> {
    pub panes: Vec<Pane<'t>>,
    /// Level rules: left, y, width, and a title in it.
    pub level: Vec<(u16, u16, u16, String)>,
    /// Upright rules: x, top, height.
    pub upright: Vec<(u16, u16, u16)>,
    pub pictures: Vec<Picture<'t>>,
    /// Cells that lead to a page of the screen when they are clicked, by its number.
    pub spots: Vec<(Rect, usize)>,
    /// From this pane on, what a pane before opened stays open while the cursor is in them.
    pub beside: Option<usize>,
}

impl<'t> Plan<'t> {
    pub fn pane(&mut self, area: Rect, sheet: Sheet<'t>) {
        self.panes.push(Pane { area, sheet });
    }
    pub fn single(area: Rect, sheet: Sheet<'t>) -> Self {
        let mut plan = Plan::default();
        plan.pane(area, sheet);
        plan
    }
    /// The pane a cell is in, and its door there, if any.
    pub fn hit(&self, place: &Place, x: u16, y: u16) -> Option<(usize, Option<usize>)> {
        let n = self.panes.iter().position(|p| p.area.contains((x, y).into()))?;
        let pane = &self.panes[n];
        let row = usize::from(y - pane.area.y) + place.top(n, pane);
        let door = pane.sheet.doors.iter().position(|d| (d.row..d.row + d.rows).contains(&row));
        Some((n, door))
    }
}

/// Where the cursor is on a screen, and how far its panes are scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    pub pane: usize,
    pub door: [usize; 8],
    pub top: [usize; 8],
    /// The pane the cursor was in before it went to one that stands beside it; what is opened there
    /// is opened from here.
    pub from: usize,
}

impl Place {
    pub fn top(&self, n: usize, pane: &Pane) -> usize {
        self.top.get(n).copied().unwrap_or(0).min(most_top(pane))
    }
    /// The target under the cursor, if the cursor can be seen.
    pub fn target(&self, plan: &Plan) -> Option<Target> {
        let pane = plan.panes.get(self.pane)?;
        let door = pane.sheet.doors.get(*self.door.get(self.pane)?)?;
        let top = self.top(self.pane, pane);
        (top..top + usize::from(pane.area.height)).contains(&door.row).then_some(door.to)
    }
    /// Goes to a pane; where that stands beside, the one that is left is kept in mind.
    pub fn enter(&mut self, plan: &Plan, n: usize) {
        if plan.beside.is_some_and(|b| n >= b && self.pane < b) {
            self.from = self.pane;
        }
        self.pane = n;
    }
    /// The same place with the cursor where it opens something, seen from a pane that stands
    /// beside.
    #[must_use]
    pub fn opener(&self, beside: usize) -> Place {
        Place { pane: if self.pane >= beside { self.from } else { self.pane }, ..*self }
    }
    /// Puts the cursor where there is something, as near as may be.
    pub fn settle(&mut self, plan: &Plan) {
        if plan.panes.get(self.pane).is_none_or(|p| p.sheet.doors.is_empty()) {
            let from = self.from;
            let back = plan
                .beside
                .filter(|_| plan.panes.get(from).is_some_and(|p| !p.sheet.doors.is_empty()))
                .map(|_| from);
            if let Some(n) =
                back.or_else(|| plan.panes.iter().take(8).position(|p| !p.sheet.doors.is_empty()))
            {
                self.pane = n;
            } else {
                self.pane = 0;
            }
        }
        for (n, pane) in plan.panes.iter().take(8).enumerate() {
            self.door[n] = self.door[n].min(pane.sheet.doors.len().saturating_sub(1));
            self.top[n] = self.top[n].min(most_top(pane));
        }
    }
    /// Whether a row that leads there is in sight, and whole.
    pub fn sees(&self, plan: &Plan, to: Target) -> bool {
        plan.panes.iter().enumerate().any(|(n, pane)| {
            let top = self.top(n, pane);
            let rows = top..top + usize::from(pane.area.height);
            pane.sheet.doors.iter().any(|d| {
                d.to == to && rows.contains(&d.row) && rows.contains(&(d.row + d.rows - 1))
            })
        })
    }
    /// Whether anything of these panes is still below what is in sight.
    pub fn unread(&self, panes: &[Pane]) -> bool {
        panes.iter().take(8).enumerate().any(|(n, p)| self.top(n, p) < most_top(p))
    }
    /// Scrolls its pane so that the door under the cursor can be seen.
    pub fn show(&mut self, plan: &Plan) {
        let n = self.pane;
        let Some(pane) = plan.panes.get(n).filter(|_| n < 8) else { return };
        let Some(d) = pane.sheet.doors.get(self.door[n]) else { return };
        let high = usize::from(pane.area.height).max(1);
        if self.door[n] == 0 && d.row + d.rows <= high {
            // What stands above the first door belongs to it.
            self.top[n] = 0;
        } else if d.row < self.top[n] {
            self.top[n] = d.row;
        } else if d.row + d.rows > self.top[n] + high {
            self.top[n] = (d.row + d.rows).saturating_sub(high).min(d.row);
        }
    }
}

/// The furthest a pane can be scrolled.
pub fn most_top(pane: &Pane) -> usize {
    pane.sheet.rows.len().saturating_sub(usize::from(pane.area.height))
}

/// Paints a plan. `lit`: whether the cursor is on it, not on a popup over it.
pub fn paint(plan: &Plan, theme: &Theme, place: &Place, lit: bool, buf: &mut Buffer) {
    let rule = theme.style(Role::Rule);
    let g = theme.glyphs;
    for (x, top, high) in &plan.upright {
        for y in *top..top.saturating_add(*high) {
            put(buf, *x, y, g.vertical, rule);
        }
    }
    for (x, y, wide, title) in &plan.level {
        for i in 0..*wide {
            put(buf, x + i, *y, g.horizontal, rule);
        }
        for (ux, top, high) in &plan.upright {
            let (above, below) = (top + high == *y, *top == y + 1);
            if (above || below) && (*x..x + wide).contains(ux) {
                // From below, from above, from both sides.
                let joint =
                    if above && plan.upright.iter().any(|(bx, bt, _)| bx == ux && *bt == y + 1) {
                        2
                    } else {
                        usize::from(above)
                    };
                put(buf, *ux, *y, g.joints[joint], rule);
            }
        }
        if !title.is_empty() && *wide > 6 {
            let words = format!(" {} ", text::cut(title, usize::from(wide - 5)));
            set(buf, x + 1, *y, &words, theme.style(Role::Title), wide - 2);
        }
    }
    for (n, pane) in plan.panes.iter().enumerate() {
        let here = lit && n == place.pane;
        paint_pane(
            pane,
            theme,
            place.top(n, pane),
            here.then(|| place.door.get(n).copied().unwrap_or(0)),
            buf,
        );
    }
    // Counts come last: they may stand in the first row of the pane below.
    for (n, pane) in plan.panes.iter().enumerate() {
        count_hidden(pane, theme, place.top(n, pane), buf);
    }
    for (area, picture) in &plan.pictures {
        let area = area.intersection(buf.area);
        if !area.is_empty() {
            picture(area, buf);
        }
    }
}

fn paint_pane(pane: &Pane, theme: &Theme, top: usize, door: Option<usize>, buf: &mut Buffer) {
    let area = pane.area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let high = usize::from(area.height);
    for (y, line) in pane.sheet.rows.iter().skip(top).take(high).enumerate() {
        let y = area.y + u16::try_from(y).unwrap_or(0);
        buf.set_line(area.x, y, line, area.width);
    }
    if let Some(d) = door.and_then(|n| pane.sheet.doors.get(n)) {
        for row in d.row..d.row + d.rows {
            if row >= top && row - top < high {
                let y = area.y + u16::try_from(row - top).unwrap_or(0);
                // What a row's parts mean gives way to where the cursor is: a row in one look is
                // read at once.
                buf.set_style(
                    Rect { x: area.x, y, width: area.width, height: 1 },
                    Style::reset().patch(theme.style(Role::Selected)),
                );
                if row == d.row {
                    put(buf, area.x, y, theme.glyphs.cursor, theme.style(Role::Selected));
                }
            }
        }
    }
}

/// What is out of sight is counted in the row above and the row below: a rule, an edge or a gap.
fn count_hidden(pane: &Pane, theme: &Theme, top: usize, buf: &mut Buffer) {
    let area = pane.area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let high = usize::from(area.height);
    let rest = pane.sheet.rows.len().saturating_sub(top + high);
    let accent = theme.style(Role::Accent);
    let count = |sign: &str, n: usize| format!(" {sign}{n} ");
    if rest > 0 && area.width > 12 {
        let words = count(theme.glyphs.down, rest);
        let wide = u16::try_from(text::width(&words)).unwrap_or(4);
        set(buf, area.right() - wide, area.bottom(), &words, accent, wide);
    }
    if top > 0 && area.y > 0 && area.width > 12 {
        let words = count(theme.glyphs.up, top);
        let wide = u16::try_from(text::width(&words)).unwrap_or(4);
        set(buf, area.right() - wide - 6, area.y - 1, &words, accent, wide);
    }
}

/// One cell, if it is on the screen.
pub fn put(buf: &mut Buffer, x: u16, y: u16, glyph: &str, style: Style) {
    if let Some(cell) = buf.cell_mut((x, y)) {
        cell.set_symbol(glyph).set_style(style);
    }
}

/// Words from a cell on, within the screen.
pub fn set(buf: &mut Buffer, x: u16, y: u16, words: &str, style: Style, most: u16) {
    let area = buf.area;
    if x < area.right() && y < area.bottom() && x >= area.x && y >= area.y {
        buf.set_stringn(x, y, words, usize::from(most.min(area.right() - x)), style);
    }
}
