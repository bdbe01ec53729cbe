//! Changed cells as the fewest bytes that any terminal understands.
//!
//! Owns: cursor movements, colours and attributes on the wire. Refuses: which cells changed (the
//! drawing library says), and what they show.
//!
//! The library's own writer spends 8 bytes to step over one unchanged letter, 14 for one of the
//! sixteen colours and 20 to end a frame. Over a slow line, and there are such lines, a moved
//! cursor is then a visible wait.

use std::io::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How glyphs look from here on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    line: Color,
    modifier: Modifier,
}

const PLAIN: Look =
    Look { fg: Color::Reset, bg: Color::Reset, line: Color::Reset, modifier: Modifier::empty() };

/// Attributes that show on a blank as well.
const ON_BLANKS: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

impl Look {
    const fn of(cell: &Cell) -> Look {
        Look { fg: cell.fg, bg: cell.bg, line: cell.underline_color, modifier: cell.modifier }
    }

    /// Whether a blank in this look is the same as in the other.
    fn is_as_blank_as(self, other: Look) -> bool {
        self.bg == other.bg && !self.modifier.union(other.modifier).intersects(ON_BLANKS)
    }
}

/// What stands on the terminal as far as it is known: letters of one byte, each in its look. To
/// write one again takes fewer bytes than to step over it.
#[derive(Debug, Default)]
pub struct Shown {
    width: u16,
    height: u16,
    cells: Vec<Option<(u8, Look)>>,
}

/// To step over so many takes more bytes than to write them.
const SHORT: u16 = 3;

impl Shown {
    /// Nothing is known any more.
    pub fn forget(&mut self) {
        self.cells.clear();
    }

    /// The whole screen was cleared.
    pub fn blank(&mut self) {
        self.cells.fill(Some((b' ', PLAIN)));
    }

    /// Makes room for a screen of this size; of another size than before nothing is known.
    pub fn fit(&mut self, width: u16, height: u16) {
        let cells = usize::from(width) * usize::from(height);
        if (self.width, self.height) != (width, height) || self.cells.len() != cells {
            (self.width, self.height) = (width, height);
            self.cells.clear();
            self.cells.resize(cells, None);
        }
    }

    fn place(&self, x: u16, y: u16) -> Option<usize> {
        (x < self.width && y < self.height)
            .then(|| usize::from(y) * usize::from(self.width) + usize::from(x))
    }

    fn note(&mut self, x: u16, y: u16, symbol: &str, look: Look) {
        let known = if let [letter @ b' '..=b'~'] = symbol.as_bytes() {
            Some((*letter, look))
        } else {
            None
        };
        // A glyph of two columns covers the next as well.
        let also = if known.is_none() { x.checked_add(1) } else { None };
        for (x, known) in [(Some(x), known), (also, None)] {
            if let Some(cell) = x.and_then(|x| self.place(x, y)).and_then(|n| self.cells.get_mut(n))
            {
                *cell = known;
            }
        }
    }

    /// Letters from one column to before another, where they are few and look the same written in
    /// this look.
    fn letters(&self, from: u16, to: u16, y: u16, look: Look) -> Option<impl Iterator<Item = u8>> {
        if to - from > SHORT {
            return None;
        }
        let cells = self.cells.get(self.place(from, y)?..=self.place(to - 1, y)?)?;
        let same = |(letter, its): &(u8, Look)| {
            *its == look || *letter == b' ' && its.is_as_blank_as(look)
        };
        cells
            .iter()
            .all(|c| c.as_ref().is_some_and(same))
            .then(|| cells.iter().flatten().map(|(letter, _)| *letter))
    }
}

/// Writes a frame's changed cells, in the order of rows and columns, into `out`, and notes them in
/// `shown`. A frame begins and ends in the plain look, the cursor anywhere.
pub fn paint<'a>(
    out: &mut Vec<u8>,
    shown: &mut Shown,
    cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
) {
    let mut look = PLAIN;
    // Where the terminal's cursor is, and whether by its own count: terminals disagree about the
    // width of some glyphs.
    let mut at: Option<(u16, u16)> = None;
    let mut sure = true;
    for (x, y, cell) in cells {
        let symbol = cell.symbol();
        let wanted = Look::of(cell);
        let changes =
            |look: Look| look != wanted && !(symbol == " " && look.is_as_blank_as(wanted));
        match at {
            Some(here) if here == (x, y) => {}
            Some((column, row)) if sure && row == y && column < x => {
                if let Some(letters) = shown.letters(column, x, y, look) {
                    out.extend(letters);
                } else if let Some(letters) =
                    shown.letters(column, x, y, wanted).filter(|_| changes(look))
                {
                    change(out, look, wanted);
                    look = wanted;
                    out.extend(letters);
                } else {
                    forward(out, x - column);
                }
            }
            _ => {
                move_to(out, x, y);
                sure = true;
            }
        }
        if changes(look) {
            change(out, look, wanted);
            look = wanted;
        }
        out.extend_from_slice(symbol.as_bytes());
        shown.note(x, y, symbol, look);
        sure &= symbol.len() == 1;
        at = x.checked_add(1).map(|next| (next, y));
    }
    if look != PLAIN {
        change(out, look, PLAIN);
    }
}

// Writing to a vector cannot fail.
macro_rules! put {
    ($out:expr, $($what:tt)*) => {{ let _ = write!($out, $($what)*); }};
}

fn forward(out: &mut Vec<u8>, by: u16) {
    if by == 1 { put!(out, "\x1b[C") } else { put!(out, "\x1b[{by}C") }
}

fn move_to(out: &mut Vec<u8>, x: u16, y: u16) {
    // From 1, on the wire.
    let (column, row) = (u32::from(x) + 1, u32::from(y) + 1);
    if column == 1 { put!(out, "\x1b[{row}H") } else { put!(out, "\x1b[{row};{column}H") }
}

/// The shorter of what is different and everything anew.
fn change(out: &mut Vec<u8>, from: Look, to: Look) {
    if to == PLAIN {
        out.extend_from_slice(b"\x1b[m");
        return;
    }
    let (mut different, mut anew) = (Vec::with_capacity(32), Vec::with_capacity(32));
    differences(&mut different, from, to);
    anew.push(b'0');
    differences(&mut anew, PLAIN, to);
    out.extend_from_slice(b"\x1b[");
    out.extend_from_slice(if different.len() <= anew.len() { &different } else { &anew });
    out.push(b'm');
}

/// Attributes with what turns each on and off. Bold and faint go off together.
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

fn differences(out: &mut Vec<u8>, from: Look, to: Look) {
    let next = |out: &mut Vec<u8>| {
        if !out.is_empty() {
            out.push(b';');
        }
    };
    let mut kept = from.modifier;
    for (attribute, _, off) in ATTRIBUTES {
        if kept.contains(attribute) && !to.modifier.contains(attribute) {
            next(out);
            put!(out, "{off}");
            for (other, _, same) in ATTRIBUTES {
                if same == off {
                    kept.remove(other);
                }
            }
        }
    }
    for (attribute, on, _) in ATTRIBUTES {
        if to.modifier.contains(attribute) && !kept.contains(attribute) {
            next(out);
            put!(out, "{on}");
        }
    }
    for (was, is, base) in [(from.fg, to.fg, 30), (from.bg, to.bg, 40)] {
        if was != is {
            next(out);
            colour(out, is, base);
        }
    }
    if from.line != to.line {
        next(out);
        line_colour(out, to.line);
    }
}

/// A foreground (base 30) or background (base 40).
fn colour(out: &mut Vec<u8>, colour: Color, base: u8) {
    match index(colour) {
        Some(n @ 0..=7) => put!(out, "{}", base + n),
        Some(n @ 8..=15) => put!(out, "{}", base + 60 + n - 8),
        Some(n) => put!(out, "{};5;{n}", base + 8),
        None => match colour {
            Color::Rgb(r, g, b) => put!(out, "{};2;{r};{g};{b}", base + 8),
            _ => put!(out, "{}", base + 9),
        },
    }
}

fn line_colour(out: &mut Vec<u8>, colour: Color) {
    match (index(colour), colour) {
        (Some(n), _) => put!(out, "58;5;{n}"),
        (None, Color::Rgb(r, g, b)) => put!(out, "58;2;{r};{g};{b}"),
        (None, _) => put!(out, "59"),
    }
}

/// The place in the palette; none for the terminal's own colour and for mixed ones.
const fn index(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Reset | Color::Rgb(..) => return None,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(n) => n,
    })
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use std::num::NonZero;

    use super::*;
    use proptest::prelude::*;
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    const SIZE: Rect = Rect { x: 0, y: 0, width: 24, height: 4 };

    fn ours(shown: &mut Shown, before: &Buffer, after: &Buffer) -> Vec<u8> {
        let mut out = Vec::new();
        shown.fit(after.area.width, after.area.height);
        paint(&mut out, shown, before.diff(after).into_iter());
        out
    }

    fn the_librarys(before: &Buffer, after: &Buffer) -> Vec<u8> {
        let mut out = Vec::new();
        ratatui::crossterm::style::force_color_output(true);
        CrosstermBackend::new(&mut out).draw(before.diff(after).into_iter()).unwrap();
        out
    }

    /// What stands on the screen, with all that shows of its look.
    fn seen(bytes: &[&[u8]]) -> Vec<String> {
        let mut terminal = vt100::Parser::new(
            NonZero::new(SIZE.height).unwrap(),
            NonZero::new(SIZE.width).unwrap(),
            0,
        );
        for part in bytes {
            terminal.process(part);
        }
        let cell = |y, x| {
            let c = terminal.screen().cell(y, x).unwrap();
            let blank = matches!(c.contents(), "" | " ");
            let show = (c.underline(), c.inverse(), c.bgcolor());
            let mark = if blank && !c.underline() && !c.inverse() {
                String::new()
            } else {
                format!("{:?}", (c.fgcolor(), c.bold(), c.dim(), c.italic()))
            };
            format!("{x},{y} {:?} {show:?} {mark}", if blank { " " } else { c.contents() })
        };
        (0..SIZE.height)
            .flat_map(|y| (0..SIZE.width).map(move |x| (y, x)))
            .map(|(y, x)| cell(y, x))
            .collect()
    }

    fn colours() -> impl Strategy<Value = Color> {
        prop_oneof![
            4 => Just(Color::Reset),
            4 => proptest::sample::select(&PALETTE[..]),
            1 => any::<u8>().prop_map(Color::Indexed),
            1 => any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
        ]
    }

    /// The sixteen, in their order.
    const PALETTE: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];

    fn frame() -> impl Strategy<Value = Buffer> {
        let words = prop_oneof![
            Just("   "),
            Just("word"),
            Just("two words"),
            Just("─┬─"),
            Just("é’…"),
            Just("日本"),
            Just(" ")
        ];
        let modifiers =
            prop_oneof![3 => Just(0u16), 1 => 0u16..0x200].prop_map(Modifier::from_bits_truncate);
        let piece = (0..SIZE.width, 0..SIZE.height, words, colours(), colours(), modifiers);
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| {
            let mut buffer = Buffer::empty(SIZE);
            for (x, y, text, fg, bg, mut modifier) in pieces {
                // Which of the two wins is the terminal's affair.
                if modifier.contains(Modifier::BOLD) {
                    modifier.remove(Modifier::DIM);
                }
                buffer.set_string(x, y, text, Style::reset().fg(fg).bg(bg).add_modifier(modifier));
            }
            buffer
        })
    }

    proptest! {
        #[test]
        fn every_frame_looks_as_the_library_would_draw_it_and_is_no_longer((first, second, third) in (frame(), frame(), frame())) {
            let nothing = Buffer::empty(SIZE);
            let frames = [(&nothing, &first), (&first, &second), (&second, &third)];
            let mut shown = Shown::default();
            shown.fit(SIZE.width, SIZE.height);
            shown.blank();
            let mine: Vec<Vec<u8>> = frames.iter().map(|(a, b)| ours(&mut shown, a, b)).collect();
            let theirs: Vec<Vec<u8>> = frames.iter().map(|(a, b)| the_librarys(a, b)).collect();
            let slices = |all: &[Vec<u8>], n: usize| seen(&all.iter().take(n).map(Vec::as_slice).collect::<Vec<_>>());
            for n in 1..=3 {
                let (mine, theirs) = (slices(&mine, n), slices(&theirs, n));
                let differ: Vec<_> = mine.iter().zip(&theirs).filter(|(a, b)| a != b).collect();
                prop_assert!(differ.is_empty(), "{differ:?}");
            }
            for (mine, theirs) in mine.iter().zip(&theirs) {
                prop_assert!(mine.len() <= theirs.len(), "{} bytes for {}", mine.len(), theirs.len());
            }
        }
    }

    #[test]
    fn a_letter_or_three_are_written_again_where_they_are_known() {
        let lines = |text: &str, style: Style| {
            let mut b = Buffer::empty(Rect::new(0, 0, 40, 1));
            b.set_string(0, 0, text, style);
            b
        };
        let (nothing, first, second) = (
            lines("", Style::new()),
            lines("Justice, State", Style::new()),
            lines("Treasur, Slave", Style::new()),
        );
        let mut shown = Shown::default();
        shown.fit(40, 1);
        shown.blank();
        ours(&mut shown, &nothing, &first);
        assert_eq!(
            String::from_utf8(ours(&mut shown, &first, &second)).unwrap(),
            "\u{1b}[1HTreasur, Slav"
        );
        // What is not known, or was in another look, is stepped over.
        shown.forget();
        assert_eq!(
            String::from_utf8(ours(&mut shown, &second, &first)).unwrap(),
            "\u{1b}[1HJustice\u{1b}[3Ct\u{1b}[Ct"
        );
        let (loud, louder) = (
            lines("a b c", Style::new().fg(Color::Red)),
            lines("d b e", Style::new().fg(Color::Cyan)),
        );
        ours(&mut shown, &nothing, &loud);
        let mut mixed = louder.clone();
        mixed.set_string(2, 0, "b", Style::new().fg(Color::Red));
        assert_eq!(
            String::from_utf8(ours(&mut shown, &loud, &mixed)).unwrap(),
            "\u{1b}[1H\u{1b}[36md \u{1b}[C e\u{1b}[m"
        );
    }

    #[test]
    fn a_moved_mark_is_a_few_bytes() {
        let mut before = Buffer::empty(Rect::new(0, 0, 40, 4));
        before.set_string(0, 1, "> first", Style::new().fg(Color::Cyan));
        before.set_string(0, 2, "  second", Style::new());
        let mut after = before.clone();
        after.set_string(0, 1, "  first", Style::reset());
        after.set_string(0, 2, "> second", Style::new().fg(Color::Cyan));
        assert_eq!(
            String::from_utf8(ours(&mut Shown::default(), &before, &after)).unwrap(),
            "\u{1b}[2H  first\u{1b}[3H\u{1b}[36m> second\u{1b}[m"
        );
    }
}
