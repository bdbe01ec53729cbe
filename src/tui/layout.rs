//! A screen, laid out: pages in panes, thin rules between them.
//!
//! A layout is a value: the app asks it where the cursor may go, the frame paints it, a click is
//! looked up in it. Refuses: what the pages say.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::input::Key;

use super::page::Page;

/// A page in its place. `top` is the first row to be seen.
#[derive(Debug, Clone)]
pub struct Pane<'t> {
    pub area: Rect,
    pub page: Page<'t>,
}

/// A picture beside the text: it paints itself into its place.
pub type Picture<'t> = (Rect, Box<dyn Fn(Rect, &mut Buffer) + 't>);

/// A screen, laid out.
#[derive(Default)]
pub struct PageLayout<'t> {
    pub panes: Vec<Pane<'t>>,
    /// Rules of one row, each with a title in it.
    pub horizontal_rules: Vec<(Rect, String)>,
    /// Rules of one column.
    pub vertical_rules: Vec<Rect>,
    pub pictures: Vec<Picture<'t>>,
    /// Cells that press a key when they are clicked.
    pub spots: Vec<(Rect, Key)>,
    /// From this pane on, what a pane before opened stays open while the cursor is in them.
    pub beside: Option<usize>,
}

impl<'t> PageLayout<'t> {
    pub fn pane(&mut self, area: Rect, page: Page<'t>) {
        self.panes.push(Pane { area, page });
    }
    /// A rule over the first row of an area.
    pub fn horizontal_rule(&mut self, area: Rect, title: impl Into<String>) {
        self.horizontal_rules.push((Rect { height: 1, ..area }, title.into()));
    }
    /// A rule over the first column of an area.
    pub fn vertical_rule(&mut self, area: Rect) {
        self.vertical_rules.push(Rect { width: 1, ..area });
    }
    pub fn single(area: Rect, page: Page<'t>) -> Self {
        let mut layout = PageLayout::default();
        layout.pane(area, page);
        layout
    }
}

/// The furthest a pane can be scrolled.
pub fn max_top(pane: &Pane) -> usize {
    pane.page.rows.len().saturating_sub(usize::from(pane.area.height))
}
