//! A frame as rows of runs of equal style, and which rows are others than before.
//!
//! Each changed row is its number and its runs, set apart by U+001D between rows, U+001E between
//! the parts of a row and U+001F inside a run: how it looks, then its text. No cell holds these:
//! `sweep` has seen to it.

use std::fmt::Write;

use interagency::input::sweep;
use interagency::tui::Face;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

pub struct Canvas {
    terminal: Option<Terminal<TestBackend>>,
    rows: Vec<String>,
}

impl Canvas {
    pub fn new(size: (u16, u16)) -> Canvas {
        Canvas { terminal: Terminal::new(TestBackend::new(size.0, size.1)).ok(), rows: Vec::new() }
    }

    pub fn resize(&mut self, size: (u16, u16)) {
        *self = Canvas::new(size);
    }

    pub fn forget(&mut self) {
        self.rows.clear();
    }

    pub fn paint(&mut self, face: &Face) -> String {
        let Some(terminal) = &mut self.terminal else { return String::new() };
        let Ok(frame) = terminal.draw(|frame| {
            face.paint(frame);
            sweep(frame.buffer_mut(), false);
        });
        let area = frame.area;
        self.rows.resize(usize::from(area.height), String::new());
        let mut out = String::new();
        for (y, old) in (0..area.height).zip(&mut self.rows) {
            let new = row(frame.buffer, area, y);
            if *old != new {
                let between = if out.is_empty() { "" } else { "\u{1d}" };
                let _ = write!(out, "{between}{y}{new}");
                *old = new;
            }
        }
        out
    }
}

fn row(buffer: &Buffer, area: Rect, y: u16) -> String {
    let mut out = String::new();
    let mut before: Option<String> = None;
    for x in 0..area.width {
        let Some(cell) = buffer.cell((x, y)) else { continue };
        let look = look(cell);
        if before.as_ref() != Some(&look) {
            let _ = write!(out, "\u{1e}{look}\u{1f}");
            before = Some(look);
        }
        out.push_str(cell.symbol());
    }
    out
}

/// Words: `f` and `b` with a colour, and a letter for each of bold, dim, italic, underlined,
/// reversed.
fn look(cell: &Cell) -> String {
    let mut words = Vec::new();
    words.extend(colour(cell.fg).map(|c| format!("f{c}")));
    words.extend(colour(cell.bg).map(|c| format!("b{c}")));
    for (modifier, word) in [
        (Modifier::BOLD, "B"),
        (Modifier::DIM, "D"),
        (Modifier::ITALIC, "I"),
        (Modifier::UNDERLINED, "U"),
        (Modifier::REVERSED, "R"),
    ] {
        if cell.modifier.contains(modifier) {
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

/// A number of the palette of 256, or `#rrggbb`.
fn colour(c: Color) -> Option<String> {
    Some(match c {
        Color::Reset => return None,
        Color::Black => "0".to_owned(),
        Color::Red => "1".to_owned(),
        Color::Green => "2".to_owned(),
        Color::Yellow => "3".to_owned(),
        Color::Blue => "4".to_owned(),
        Color::Magenta => "5".to_owned(),
        Color::Cyan => "6".to_owned(),
        Color::Gray => "7".to_owned(),
        Color::DarkGray => "8".to_owned(),
        Color::LightRed => "9".to_owned(),
        Color::LightGreen => "10".to_owned(),
        Color::LightYellow => "11".to_owned(),
        Color::LightBlue => "12".to_owned(),
        Color::LightMagenta => "13".to_owned(),
        Color::LightCyan => "14".to_owned(),
        Color::White => "15".to_owned(),
        Color::Indexed(n) => n.to_string(),
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
    })
}
