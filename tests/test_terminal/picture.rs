//! A drawn frame as text or as a picture, for tests and for the pictures of the README.
//!
//! Owns: turning a buffer of cells into lines of text or an SVG. Refuses: drawing the frame, files.
//!
//! The picture depends on no font's exact widths: every run of text is stretched to the cells it
//! stands for.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Width of a cell, in the picture's units.
const CELL_WIDTH: u32 = 9;
/// Height of a cell.
const CELL_HEIGHT: u32 = 20;
/// From the top of a cell to the line the letters stand on.
const BASELINE: u32 = 15;
const MARGIN: u32 = 12;

/// Where the frame leaves the colours to the terminal, the picture is of a dark one.
const FOREGROUND: u32 = 0x00d4_d4d4;
const BACKGROUND: u32 = 0x0018_1a1f;
/// The sixteen ANSI colours, as 0xRRGGBB.
const ANSI: [u32; 16] = [
    0x0028_2c34,
    0x00e0_6c75,
    0x0098_c379,
    0x00e5_c07b,
    0x0061_afef,
    0x00c6_78dd,
    0x0056_b6c2,
    0x00ab_b2bf,
    0x005c_6370,
    0x00f0_7c85,
    0x00a8_d389,
    0x00f5_d08b,
    0x0071_bfff,
    0x00d6_88ed,
    0x0066_c6d2,
    0x00ff_ffff,
];

fn rgb(colour: Color, default: u32) -> u32 {
    let ansi = |n: usize| ANSI[n];
    match colour {
        Color::Reset => default,
        Color::Black => ansi(0),
        Color::Red => ansi(1),
        Color::Green => ansi(2),
        Color::Yellow => ansi(3),
        Color::Blue => ansi(4),
        Color::Magenta => ansi(5),
        Color::Cyan => ansi(6),
        Color::Gray => ansi(7),
        Color::DarkGray => ansi(8),
        Color::LightRed => ansi(9),
        Color::LightGreen => ansi(10),
        Color::LightYellow => ansi(11),
        Color::LightBlue => ansi(12),
        Color::LightMagenta => ansi(13),
        Color::LightCyan => ansi(14),
        Color::White => ansi(15),
        Color::Rgb(r, g, b) => u32::from_be_bytes([0, r, g, b]),
        Color::Indexed(n @ 0..=15) => ansi(usize::from(n)),
        Color::Indexed(n @ 16..=231) => {
            let level = |v: u8| if v == 0 { 0 } else { v * 40 + 55 };
            let n = n - 16;
            u32::from_be_bytes([0, level(n / 36), level(n / 6 % 6), level(n % 6)])
        }
        Color::Indexed(n @ 232..=255) => {
            let grey = (n - 232) * 10 + 8;
            u32::from_be_bytes([0, grey, grey, grey])
        }
    }
}
/// How a cell looks, all said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    foreground: u32,
    background: u32,
    /// Those that are drawn; reversing and hiding are already in the colours.
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let (mut foreground, mut background) = (rgb(cell.fg, FOREGROUND), rgb(cell.bg, BACKGROUND));
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut foreground, &mut background);
        }
        if cell.modifier.contains(Modifier::HIDDEN) {
            foreground = background;
        }
        Self {
            foreground,
            background,
            modifier: cell.modifier.difference(Modifier::REVERSED.union(Modifier::HIDDEN)),
        }
    }

    /// Whether there is a line through or under the cell, spaces included.
    fn is_lined(self) -> bool {
        self.modifier.intersects(Modifier::UNDERLINED.union(Modifier::CROSSED_OUT))
    }
}

/// A stretch of one row in one look.
struct Run {
    look: Look,
    x: u32,
    cells: u32,
    text: String,
}

/// The frame's characters, a line per row, without the spaces at the ends of lines.
#[must_use]
pub fn to_text(frame: &Buffer) -> String {
    let mut text = String::new();
    for y in frame.area.top()..frame.area.bottom() {
        let start = text.len();
        for (symbol, _) in row(frame, y) {
            text.push_str(symbol);
        }
        let end = start + text[start..].trim_end_matches(' ').len();
        text.truncate(end);
        text.push('\n');
    }
    text
}

/// A picture for a text of many: under its name, without the rows of the header, which repeat, and
/// without empty rows, unless it is `whole`.
#[must_use]
pub fn page_of_album(name: &str, picture: &str, whole: bool) -> String {
    let mut page = format!("== {name}\n");
    for (n, row) in picture.lines().enumerate() {
        let header = n == 0 || row.chars().all(|c| c == '─');
        if whole || !header && !row.is_empty() {
            page.push_str(row);
            page.push('\n');
        }
    }
    page
}

/// The symbols of a row and the cells they stand in; the second half of a wide one is passed over.
fn row(frame: &Buffer, y: u16) -> impl Iterator<Item = (&str, &Cell)> {
    let mut skip = 0;
    (frame.area.left()..frame.area.right()).filter_map(move |x| {
        let cell = frame.cell((x, y))?;
        if skip > 0 {
            skip -= 1;
            return None;
        }
        let symbol = if cell.symbol().is_empty() { " " } else { cell.symbol() };
        skip = symbol.width().saturating_sub(1);
        Some((symbol, cell))
    })
}

fn runs(frame: &Buffer, y: u16) -> Vec<Run> {
    let (mut runs, mut x) = (Vec::<Run>::new(), 0);
    for (symbol, cell) in row(frame, y) {
        let look = Look::of(cell);
        let cells = u32::try_from(symbol.width().max(1)).unwrap_or(1);
        match runs.last_mut() {
            Some(run) if run.look == look => {
                run.text.push_str(symbol);
                run.cells += cells;
            }
            _ => runs.push(Run { look, x, cells, text: symbol.to_owned() }),
        }
        x += cells;
    }
    runs
}

/// The frame as a picture. `title` is what a reader who cannot see it is told.
#[must_use]
pub fn to_svg(frame: &Buffer, title: &str) -> String {
    let width = u32::from(frame.area.width) * CELL_WIDTH + 2 * MARGIN;
    let height = u32::from(frame.area.height) * CELL_HEIGHT + 2 * MARGIN;
    let mut svg = String::new();
    // Writing to a string cannot fail.
    let _ = write_svg(&mut svg, frame, title, width, height);
    svg
}

fn write_svg(
    svg: &mut String,
    frame: &Buffer,
    title: &str,
    width: u32,
    height: u32,
) -> std::fmt::Result {
    let family = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
    writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">"#
    )?;
    writeln!(svg, "<title>{}</title>", escaped(title))?;
    writeln!(
        svg,
        r##"<rect width="{width}" height="{height}" rx="8" fill="#{BACKGROUND:06x}"/>"##
    )?;
    writeln!(svg, r#"<g font-family="{family}" font-size="15" xml:space="preserve">"#)?;
    for (n, y) in (0_u32..).zip(frame.area.top()..frame.area.bottom()) {
        let top = MARGIN + n * CELL_HEIGHT;
        for Run { look, x, cells, text } in runs(frame, y) {
            let (left, wide) = (MARGIN + x * CELL_WIDTH, cells * CELL_WIDTH);
            if look.background != BACKGROUND {
                writeln!(
                    svg,
                    r##"<rect x="{left}" y="{top}" width="{wide}" height="{CELL_HEIGHT}" fill="#{:06x}"/>"##,
                    look.background
                )?;
            }
            let lined = look.is_lined();
            if text.trim_matches(' ').is_empty() && !lined {
                continue;
            }
            // Spaces at the ends need not be drawn, unless there is a line through them.
            let (before, text) = if lined {
                (0, text.as_str())
            } else {
                (text.len() - text.trim_start_matches(' ').len(), text.trim_matches(' '))
            };
            let left = left + u32::try_from(before).unwrap_or(0) * CELL_WIDTH;
            let wide = u32::try_from(text.width()).unwrap_or(cells) * CELL_WIDTH;
            write!(
                svg,
                r##"<text x="{left}" y="{}" textLength="{wide}" lengthAdjust="spacingAndGlyphs" fill="#{:06x}""##,
                top + BASELINE,
                look.foreground
            )?;
            for (modifier, attribute) in [
                (Modifier::BOLD, r#" font-weight="bold""#),
                (Modifier::ITALIC, r#" font-style="italic""#),
                (Modifier::DIM, r#" opacity="0.62""#),
            ] {
                if look.modifier.contains(modifier) {
                    svg.push_str(attribute);
                }
            }
            if lined {
                let line = if look.modifier.contains(Modifier::UNDERLINED) {
                    "underline"
                } else {
                    "line-through"
                };
                write!(svg, r#" text-decoration="{line}""#)?;
            }
            writeln!(svg, ">{}</text>", escaped(text))?;
        }
    }
    svg.push_str("</g>\n</svg>\n");
    Ok(())
}

/// Text as XML: the five special characters spelled out, what XML cannot hold replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
