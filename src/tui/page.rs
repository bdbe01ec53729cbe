//! What every screen is made of: rows of text, some of which are links.
//!
//! Owns laying text out by columns, and where the links are. Refuses: what the rows say, where a
//! page lies, painting.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text;

use super::screen::Target;
use super::theme::{Role, Theme};

/// A row that opens: where it stands and what to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    pub row: usize,
    pub rows: usize,
    pub to: Target,
}

/// Rows of text of one width.
#[derive(Debug, Clone)]
pub struct Page<'t> {
    theme: &'t Theme,
    pub width: usize,
    pub rows: Vec<Line<'static>>,
    pub links: Vec<Link>,
    /// Rows that are headings, and their words.
    pub heads: Vec<(usize, String)>,
    /// Rows where something begins that is no link and is searched like one.
    pub items: Vec<usize>,
    /// Of a list narrowed to what is searched for.
    pub found: Option<Found>,
}

/// What a search left of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    pub shown: usize,
    pub hidden: usize,
    /// The link that fits best, and how well; the smaller the better.
    pub best: Option<(u8, usize)>,
}

impl<'t> Page<'t> {
    pub fn new(theme: &'t Theme, width: u16) -> Self {
        Page {
            theme,
            width: usize::from(width),
            rows: Vec::new(),
            links: Vec::new(),
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
    fn hang(&mut self, mut lead: Vec<Span<'static>>, indent: usize, style: Style, words: &str) {
        if words.is_empty() && lead.is_empty() {
            return;
        }
        let room = self.width.saturating_sub(indent + 1);
        for part in text::wrap(words, room.max(1)) {
            let mut spans = std::mem::take(&mut lead);
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
    /// Makes a link of the rows since `from`.
    pub fn link(&mut self, from: usize, to: Target) {
        let rows = self.rows.len().saturating_sub(from);
        if rows > 0 {
            self.links.push(Link { row: from, rows, to });
        }
    }
    /// Makes a link of one row alone, whatever stands below it.
    pub fn link_row(&mut self, row: usize, to: Target) {
        self.links.push(Link { row, rows: 1, to });
    }
    /// Something that begins at this row and does not open.
    pub fn item(&mut self, from: usize) {
        self.items.push(from);
    }
    pub fn at(&self) -> usize {
        self.rows.len()
    }
    pub fn extend(&mut self, other: Page<'t>) {
        let base = self.rows.len();
        self.rows.extend(other.rows);
        self.links.extend(other.links.into_iter().map(|d| Link { row: d.row + base, ..d }));
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
