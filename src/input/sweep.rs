//! The last look at a frame before it is drawn.
//!
//! Owns: the form of a cell that may reach a terminal, and the plain-ASCII spelling of a frame
//! where the locale has nothing else. Refuses: the list of forbidden characters (`text` has it).
//! Content is cleaned when it is loaded; this is the net below.

use ratatui::buffer::{Buffer, Cell};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text;

/// Longest cell in bytes: a letter and its four marks fit with room to spare.
const CELL_BYTES: usize = 32;

/// Makes every cell of the frame fit to be drawn. With `ascii` every cell becomes one ASCII
/// character.
pub fn sweep(frame: &mut Buffer, ascii: bool) {
    let width = usize::from(frame.area.width).max(1);
    for row in frame.content.chunks_mut(width) {
        for (x, cell) in row.iter_mut().enumerate() {
            sweep_cell(cell, x + 1 == width, ascii);
        }
    }
}

fn sweep_cell(cell: &mut Cell, last: bool, ascii: bool) {
    let symbol = cell.symbol();
    if symbol.len() == 1 && matches!(symbol.as_bytes(), [0x20..=0x7e]) {
        return;
    }
    let fit = is_fit(symbol, last);
    if ascii {
        let plain = if fit { symbol.chars().next().map_or('?', to_ascii) } else { '?' };
        cell.set_char(plain);
    } else if !fit {
        cell.set_char('\u{fffd}');
    }
}

fn is_fit(symbol: &str, last: bool) -> bool {
    let mut chars = symbol.chars();
    let Some(first) = chars.next() else {
        // An empty cell stands for the second half of a wide one.
        return true;
    };
    let marks = chars.filter(|c| c.width() == Some(0)).count();
    let width = symbol.width();
    symbol.len() <= CELL_BYTES
        && marks <= text::MARKS
        && first.width().is_some_and(|w| w > 0)
        // A wide character in the last column would wrap or be cut, as the terminal likes.
        && (width == 1 || width == 2 && !last)
        && !symbol.chars().any(is_forbidden)
}

/// Line breaks and tabs are allowed in a text, but not in a cell.
fn is_forbidden(c: char) -> bool {
    c.is_control() || text::fault(c).is_some()
}

/// The nearest ASCII character. Those that the interface itself draws keep their meaning; letters
/// lose their accents.
fn to_ascii(c: char) -> char {
    match c {
        ' '..='~' => c,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        '─' | '━' | '═' | '–' | '—' | '−' | '‐' | '‑' | '╌' | '┄' => '-',
        '│' | '┃' | '║' | '╎' | '┆' => '|',
        '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{256c}' | '╭' | '╮' | '╯' | '╰' => '+',
        '‘' | '’' | '‚' | '′' => '\'',
        '“' | '”' | '„' | '″' => '"',
        '…' => '.',
        '·' | '•' | '∙' => '*',
        '▸' | '►' | '▶' | '→' | '›' | '»' | '≥' => '>',
        '◂' | '◄' | '◀' | '←' | '‹' | '«' | '≤' => '<',
        '▲' | '▴' | '↑' => '^',
        '▼' | '▾' | '↓' => 'v',
        '░' | '▒' | '▓' => ':',
        '▁' | '▂' => '_',
        '▃' | '▄' | '▅' => '=',
        '▌' | '▋' | '▊' | '▉' | '█' | '▆' | '▇' | '●' | '◆' | '■' => '#',
        '✗' | '✘' | '×' => 'x',
        '≈' => '~',
        'À'..='Å' => 'A',
        'Ç' => 'C',
        'È'..='Ë' => 'E',
        'Ì'..='Ï' => 'I',
        'Ñ' => 'N',
        'Ò'..='Ö' | 'Ø' => 'O',
        'Ù'..='Ü' => 'U',
        'Ý' => 'Y',
        'ß' => 's',
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' | '○' | '◇' | '□' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' | '✓' | '✔' => 'y',
        _ => '?',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    fn swept(symbol: &str, last: bool, ascii: bool) -> String {
        let mut cell = Cell::default();
        cell.set_symbol(symbol);
        sweep_cell(&mut cell, last, ascii);
        cell.symbol().to_owned()
    }

    #[test]
    fn every_code_point_is_either_drawn_as_it_is_or_replaced_and_what_is_drawn_is_harmless() {
        for c in '\0'..=char::MAX {
            let (text, wide) = (c.to_string(), c.width() == Some(2));
            let out = swept(&text, false, false);
            if out == text {
                assert!(!is_forbidden(c), "U+{:04X}", u32::from(c));
                assert_eq!(out.width(), if wide { 2 } else { 1 }, "U+{:04X}", u32::from(c));
            } else {
                assert_eq!(out, "\u{fffd}");
            }
            let plain = swept(&text, false, true);
            assert!(
                matches!(plain.as_bytes(), [0x20..=0x7e]),
                "U+{:04X} -> {plain:?}",
                u32::from(c)
            );
        }
    }

    #[test]
    fn the_dangerous_ones_are_replaced() {
        for bad in [
            "\u{1b}[2J",
            "\u{7}",
            "\u{9b}31m",
            "a\u{202e}",
            "a\u{2066}",
            "a\u{200b}",
            "\u{feff}",
            "a\u{ad}",
            "\u{2028}",
            "\u{e0041}",
            "\u{301}",
            "a\r",
            "\t",
            "ab\u{200d}",
            "\u{3164}",
            "\u{e000}",
        ] {
            assert_eq!(swept(bad, false, false), "\u{fffd}", "{bad:?}");
        }
        assert_eq!(
            swept(&format!("a{}", "\u{301}".repeat(5)), false, false),
            "\u{fffd}",
            "a tower of marks"
        );
        assert_eq!(swept("你", true, false), "\u{fffd}", "a wide character in the last column");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        for good in ["a", " ", "é", "e\u{301}", "你", "─", "▸", "█", "√", ""] {
            assert_eq!(swept(good, false, false), good);
        }
    }

    #[test]
    fn a_frame_in_ascii_keeps_its_layout() {
        let mut frame = Buffer::with_lines(["─│▸ naïve “x” −3 你b"]);
        sweep(&mut frame, true);
        assert_eq!(frame, Buffer::with_lines(["-|> naive \"x\" -3 ? b"]));
    }

    #[test]
    fn an_empty_frame_is_no_trouble() {
        sweep(&mut Buffer::empty(Rect::ZERO), false);
    }
}
