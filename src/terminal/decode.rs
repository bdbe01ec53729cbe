//! Bytes from a terminal become [`Input`]s.
//!
//! Owns: UTF-8, control keys, CSI and SS3 sequences, SGR and X10 mouse reports, bracketed paste,
//! and the caps that keep any flood of bytes from growing memory. Refuses: reading, clocks,
//! threads. Time comes in as "nothing more came for a while" ([`Decoder::flush`]), so the same
//! decoder serves a socket and a fuzzer.
//!
//! Laws, each a test: the same bytes give the same inputs however they are cut; no bytes make it
//! panic; after garbage it finds its feet again; what it holds is bounded.

use std::time::Duration;

use crate::input::{Code, Input, Key};

/// Longest text kept of one paste; the rest is read and dropped.
pub const PASTE_CAP: usize = 16 * 1024;
/// Longest control sequence kept; a longer one is dropped whole.
const SEQUENCE_CAP: usize = 64;
/// Longest reply (OSC, DCS …) skipped before the decoder gives up on its end.
const REPLY_CAP: usize = 4096;
/// A lone Escape is the key if nothing follows within this time.
const ESCAPE_WAIT: Duration = Duration::from_millis(40);
/// A paste whose end never comes is over after this much silence.
const PASTE_WAIT: Duration = Duration::from_millis(800);
const PASTE_END: &[u8] = b"\x1b[201~";

/// A decoder with what it has not yet understood.
#[derive(Debug, Default)]
pub struct Decoder {
    state: State,
    /// The sequence or character under way, or the paste.
    held: Vec<u8>,
    /// How much of [`PASTE_END`] the last bytes of a paste match.
    matched: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// Inside a UTF-8 character that needs so many bytes in all.
    Utf8 {
        need: u8,
        alt: bool,
    },
    Escape,
    Csi,
    /// `ESC [ [` of the Linux console.
    LinuxCsi,
    Ss3,
    /// Three bytes of an old-style mouse report.
    X10,
    /// A reply to a question nobody asked; skipped to its end.
    Reply {
        escape: bool,
        skipped: u16,
    },
    Paste,
}

impl Decoder {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes bytes as they came and hands on what they mean.
    pub fn feed(&mut self, bytes: &[u8], mut emit: impl FnMut(Input)) {
        for &byte in bytes {
            self.byte(byte, &mut emit);
        }
    }

    /// How long to wait for more bytes before [`flush`](Self::flush) should be called; `None` when
    /// nothing is under way.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Paste => Some(PASTE_WAIT),
            State::Utf8 { .. }
            | State::Escape
            | State::Csi
            | State::LinuxCsi
            | State::Ss3
            | State::X10
            | State::Reply { .. } => Some(ESCAPE_WAIT),
        }
    }

    /// Nothing more came in time: what is under way is taken for what it looks like.
    pub fn flush(&mut self, mut emit: impl FnMut(Input)) {
        match self.state {
            State::Escape => emit(Key::plain(Code::Esc).into()),
            // `ESC [` and then silence is Alt and a bracket.
            State::Csi if self.held.is_empty() => emit(alt('[')),
            State::Ss3 => emit(alt('O')),
            State::Reply { skipped: 0, .. } => {
                if let Some(&opener) = self.held.first() {
                    emit(alt(char::from(opener)));
                }
            }
            State::Paste => self.end_paste(&mut emit),
            State::Ground
            | State::Utf8 { .. }
            | State::Csi
            | State::LinuxCsi
            | State::X10
            | State::Reply { .. } => {}
        }
        self.reset();
    }

    fn reset(&mut self) {
        self.state = State::Ground;
        self.held.clear();
        self.matched = 0;
    }

    fn byte(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        match self.state {
            State::Ground => self.ground(byte, false, emit),
            State::Utf8 { need, alt } => self.utf8(byte, need, alt, emit),
            State::Escape => self.escape(byte, emit),
            State::Csi => self.csi(byte, emit),
            State::LinuxCsi => {
                self.reset();
                if let b'A'..=b'E' = byte {
                    emit(Key::plain(Code::F(byte - b'A' + 1)).into());
                }
            }
            State::Ss3 => self.ss3(byte, emit),
            State::X10 => self.x10(byte, emit),
            State::Reply { escape, skipped } => self.reply(byte, escape, skipped),
            State::Paste => self.paste(byte, emit),
        }
    }

    fn ground(&mut self, byte: u8, alt: bool, emit: &mut impl FnMut(Input)) {
        self.reset();
        let key = match byte {
            0x1b => {
                self.state = State::Escape;
                return;
            }
            b'\r' | b'\n' => Key::plain(Code::Enter),
            b'\t' => Key::plain(Code::Tab),
            0x7f | 0x08 => Key::plain(Code::Backspace),
            0x00 => Key::ctrl(' '),
            0x01..=0x1a => Key::ctrl(char::from(byte - 1 + b'a')),
            0x1c..=0x1f => Key::ctrl(char::from(byte - 0x1c + b'\\')),
            0x20..=0x7e => Key::char(char::from(byte)),
            0xc2..=0xf4 => {
                let need = match byte {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    _ => 4,
                };
                self.held.push(byte);
                self.state = State::Utf8 { need, alt };
                return;
            }
            // A stray continuation byte, or a byte no UTF-8 text contains.
            0x80..=0xc1 | 0xf5..=0xff => return,
        };
        emit(Key { alt, ..key }.into());
    }

    fn utf8(&mut self, byte: u8, need: u8, alt: bool, emit: &mut impl FnMut(Input)) {
        if byte & 0xc0 != 0x80 {
            return self.ground(byte, false, emit);
        }
        self.held.push(byte);
        if self.held.len() < usize::from(need) {
            return;
        }
        let typed = std::str::from_utf8(&self.held).ok().and_then(|s| s.chars().next());
        self.reset();
        if let Some(c) = typed.filter(|c| !c.is_control()) {
            emit(Key { alt, ..Key::char(c) }.into());
        }
    }

    fn escape(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        self.held.clear();
        match byte {
            b'[' => self.state = State::Csi,
            b'O' => self.state = State::Ss3,
            b']' | b'P' | b'_' | b'^' | b'X' => {
                self.held.push(byte);
                self.state = State::Reply { escape: false, skipped: 0 };
            }
            // Escape twice: the first was the key.
            0x1b => emit(Key::plain(Code::Esc).into()),
            _ => self.ground(byte, true, emit),
        }
    }

    fn csi(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        match byte {
            b'[' if self.held.is_empty() => self.state = State::LinuxCsi,
            b'M' if self.held.is_empty() => self.state = State::X10,
            0x20..=0x3f => {
                // Past the cap the sequence is only skipped; its final byte then finds it too long.
                if self.held.len() <= SEQUENCE_CAP {
                    self.held.push(byte);
                }
            }
            0x40..=0x7e => {
                let params = std::mem::take(&mut self.held);
                self.reset();
                if params.len() > SEQUENCE_CAP {
                    return;
                }
                if params == b"200" && byte == b'~' {
                    self.state = State::Paste;
                } else if let Some(input) = csi_input(&params, byte) {
                    emit(input);
                }
            }
            // A control character or a foreign byte breaks the sequence off and counts for itself.
            _ => self.ground(byte, false, emit),
        }
    }

    fn ss3(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        self.reset();
        let code = match byte {
            b'A' => Code::Up,
            b'B' => Code::Down,
            b'C' => Code::Right,
            b'D' => Code::Left,
            b'H' => Code::Home,
            b'F' => Code::End,
            b'M' => Code::Enter,
            b'P'..=b'S' => Code::F(byte - b'P' + 1),
            0x00..=0x1f | 0x7f..=0xff => return self.ground(byte, false, emit),
            _ => return,
        };
        emit(Key::plain(code).into());
    }

    fn x10(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        self.held.push(byte);
        if let [button, x, y] = self.held[..] {
            self.reset();
            let cell = |v: u8| u16::from(v.saturating_sub(33));
            if let Some(input) = mouse(u32::from(button.saturating_sub(32)), cell(x), cell(y), true)
            {
                emit(input);
            }
        }
    }

    fn reply(&mut self, byte: u8, escape: bool, skipped: u16) {
        let over = byte == 0x07 || (escape && byte == b'\\') || usize::from(skipped) >= REPLY_CAP;
        if over {
            self.reset();
        } else {
            self.state = State::Reply { escape: byte == 0x1b, skipped: skipped + 1 };
        }
    }

    fn paste(&mut self, byte: u8, emit: &mut impl FnMut(Input)) {
        // The end mark has no prefix that is also its inner part, so falling back to "starts anew
        // or not" is exact.
        if PASTE_END.get(self.matched) == Some(&byte) {
            self.matched += 1;
            if self.matched == PASTE_END.len() {
                self.end_paste(emit);
                self.reset();
            }
            return;
        }
        let broken_off = &PASTE_END[..self.matched];
        if self.held.len() < PASTE_CAP {
            self.held.extend_from_slice(broken_off);
        }
        self.matched = usize::from(byte == PASTE_END[0]);
        if self.matched == 0 && self.held.len() < PASTE_CAP {
            self.held.push(byte);
        }
    }

    fn end_paste(&mut self, emit: &mut impl FnMut(Input)) {
        self.held.truncate(PASTE_CAP);
        let text = String::from_utf8_lossy(&self.held).replace("\r\n", "\n").replace('\r', "\n");
        let text: String =
            text.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()).collect();
        if !text.is_empty() {
            emit(Input::Paste(text));
        }
    }
}

fn alt(c: char) -> Input {
    Key { alt: true, ..Key::char(c) }.into()
}

/// What a complete `ESC [ params final` says, if it is something a player did.
fn csi_input(params: &[u8], last: u8) -> Option<Input> {
    if let Some(report) = params.strip_prefix(b"<") {
        let [button, x, y] = numbers(report)[..] else { return None };
        let cell = |v: u32| u16::try_from(v.saturating_sub(1)).unwrap_or(u16::MAX);
        return mouse(button, cell(x), cell(y), last == b'M');
    }
    if params.first().is_some_and(|b| matches!(b, b'?' | b'>' | b'=')) {
        return None;
    }
    let numbers = numbers(params);
    let first = numbers.first().copied().unwrap_or(0);
    let held = numbers.get(1).copied().unwrap_or(1).saturating_sub(1);
    let key = |code| {
        Some(Key { code, shift: held & 1 != 0, alt: held & 2 != 0, ctrl: held & 4 != 0 }.into())
    };
    match last {
        b'A' => key(Code::Up),
        b'B' => key(Code::Down),
        b'C' => key(Code::Right),
        b'D' => key(Code::Left),
        b'H' => key(Code::Home),
        b'F' => key(Code::End),
        b'Z' => Some(Key::plain(Code::BackTab).into()),
        b'P'..=b'S' => key(Code::F(last - b'P' + 1)),
        b'~' => match first {
            1 | 7 => key(Code::Home),
            4 | 8 => key(Code::End),
            2 => key(Code::Insert),
            3 => key(Code::Delete),
            5 => key(Code::PageUp),
            6 => key(Code::PageDown),
            11..=15 => key(Code::F(u8::try_from(first - 10).ok()?)),
            17..=21 => key(Code::F(u8::try_from(first - 11).ok()?)),
            23 | 24 => key(Code::F(u8::try_from(first - 12).ok()?)),
            _ => None,
        },
        // Terminals that report every key by number, whether asked to or not.
        b'u' => match first {
            13 => key(Code::Enter),
            27 => key(Code::Esc),
            9 if held & 1 != 0 => Some(Key::plain(Code::BackTab).into()),
            9 => key(Code::Tab),
            127 | 8 => key(Code::Backspace),
            _ => {
                let c = char::from_u32(first).filter(|c| !c.is_control())?;
                Some(
                    Key {
                        code: Code::Char(c),
                        shift: false,
                        alt: held & 2 != 0,
                        ctrl: held & 4 != 0,
                    }
                    .into(),
                )
            }
        },
        _ => None,
    }
}

/// Presses of the main button and turns of the wheel; everything else a mouse does is silence.
fn mouse(button: u32, x: u16, y: u16, down: bool) -> Option<Input> {
    let modifiers = 4 | 8 | 16;
    match button & !modifiers {
        0 if down => Some(Input::Click { x, y }),
        64 if down => Some(Input::Scroll { x, y, lines: -1 }),
        65 if down => Some(Input::Scroll { x, y, lines: 1 }),
        _ => None,
    }
}

/// `1;5` and the like. Sub-parameters after a colon are dropped; what is no number counts as
/// nothing.
fn numbers(params: &[u8]) -> Vec<u32> {
    params
        .split(|&b| b == b';')
        .map(|field| {
            let digits = field.split(|&b| b == b':').next().unwrap_or_default();
            std::str::from_utf8(digits).ok().and_then(|s| s.parse().ok()).unwrap_or(0)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(bytes: &[u8]) -> Vec<Input> {
        let (mut decoder, mut out) = (Decoder::new(), Vec::new());
        decoder.feed(bytes, |input| out.push(input));
        decoder.flush(|input| out.push(input));
        out
    }

    fn shown(bytes: &[u8]) -> String {
        let shown = |input: &Input| match input {
            Input::Key(key) => key.to_string(),
            Input::Click { x, y } => format!("click {x},{y}"),
            Input::Scroll { x, y, lines } => format!("scroll {x},{y} {lines:+}"),
            Input::Paste(text) => format!("paste {text:?}"),
        };
        decode(bytes).iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_kind_of_key_is_understood() {
        for (bytes, expected) in [
            (&b"aZ?"[..], "a Z ?"),
            ("é你🙂".as_bytes(), "é 你 🙂"),
            (b"\r\n\t\x7f\x08 ", "Enter Enter Tab Backspace Backspace Space"),
            (b"\x03\x1a\x00\x1c", "Ctrl-c Ctrl-z Ctrl-Space Ctrl-\\"),
            (b"\x1b[A\x1b[B\x1b[C\x1b[D\x1bOA\x1bOH", "Up Down Right Left Up Home"),
            (b"\x1b[1;5C\x1b[1;2A\x1b[1;3D", "Ctrl-Right Shift-Up Alt-Left"),
            (
                b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[2~\x1b[3~\x1b[5~\x1b[6~",
                "Home End Home End Insert Delete PgUp PgDn",
            ),
            (b"\x1bOP\x1b[15~\x1b[17~\x1b[24~\x1b[[A\x1b[[E", "F1 F5 F6 F12 F1 F5"),
            (b"\x1b[Z", "Shift-Tab"),
            (b"\x1b", "Esc"),
            (b"\x1b\x1b", "Esc Esc"),
            (b"\x1bx", "Alt-x"),
            ("\x1bé".as_bytes(), "Alt-é"),
            (b"\x1b[", "Alt-["),
            (b"\x1bO", "Alt-O"),
            (b"\x1b]", "Alt-]"),
            (b"\x1b[97u\x1b[97;5u\x1b[13u\x1b[27u\x1b[9;2u", "a Ctrl-a Enter Esc Shift-Tab"),
        ] {
            assert_eq!(shown(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn mouse_presses_and_wheels_count_and_the_rest_is_silence() {
        assert_eq!(shown(b"\x1b[<0;10;5M\x1b[<0;10;5m"), "click 9,4");
        assert_eq!(shown(b"\x1b[<64;1;1M\x1b[<65;80;24M"), "scroll 0,0 -1 scroll 79,23 +1");
        assert_eq!(shown(b"\x1b[<35;4;4M\x1b[<2;4;4M\x1b[<1;4;4M"), "", "motion, right, middle");
        assert_eq!(
            shown(b"\x1b[M !!q"),
            "click 0,0 q",
            "an old-style report does not leak its bytes as keys"
        );
        assert_eq!(shown(b"\x1b[<0;99999;0M"), "click 65535,0");
    }

    #[test]
    fn replies_and_focus_reports_are_skipped() {
        assert_eq!(shown(b"\x1b]11;rgb:00/00/00\x07a"), "a");
        assert_eq!(shown(b"\x1bP1$r0m\x1b\\b"), "b");
        assert_eq!(shown(b"\x1b[?62;4cc\x1b[Id\x1b[O"), "c d");
    }

    #[test]
    fn a_paste_is_one_piece_without_control_characters() {
        assert_eq!(
            shown(b"\x1b[200~one\r\ntwo\rq\x03\x1b[31m\x1b[201~z"),
            "paste \"one\\ntwo\\nq[31m\" z"
        );
        assert_eq!(shown(b"\x1b[200~\x1b[201~"), "", "an empty paste is nothing");
        assert_eq!(
            shown(b"\x1b[200~\x1b\x1b[201~k"),
            "k",
            "an escape before the end mark does not hide it"
        );
    }

    #[test]
    fn a_paste_that_never_ends_ends_in_silence_and_keys_live_on() {
        let (mut decoder, mut out) = (Decoder::new(), Vec::new());
        decoder.feed(b"\x1b[200~abc", |i| out.push(i));
        assert_eq!(decoder.patience(), Some(PASTE_WAIT));
        decoder.flush(|i| out.push(i));
        decoder.feed(b"q", |i| out.push(i));
        assert_eq!(out, [Input::Paste("abc".into()), Key::char('q').into()]);
        assert_eq!(decoder.patience(), None);
    }

    #[test]
    fn a_flood_does_not_grow_memory() {
        let mut decoder = Decoder::new();
        decoder.feed(b"\x1b[200~", |_| ());
        for _ in 0..1000 {
            decoder.feed(&[b'x'; 1024], |_| ());
        }
        assert!(decoder.held.len() <= PASTE_CAP + PASTE_END.len());
        let mut pasted = None;
        decoder.feed(PASTE_END, |i| pasted = Some(i));
        assert!(matches!(pasted, Some(Input::Paste(text)) if text.len() == PASTE_CAP));
        decoder.feed(b"\x1b[", |_| ());
        for _ in 0..1000 {
            decoder.feed(&[b'1'; 1024], |_| ());
        }
        assert!(decoder.held.len() <= SEQUENCE_CAP + 1);
        decoder.feed(b"A", |i| panic!("an endless sequence means nothing, got {i:?}"));
    }

    proptest! {
        #[test]
        fn the_same_bytes_mean_the_same_however_they_are_cut(
            bytes in arbitrary_bytes(),
            cuts in prop::collection::vec(0usize..64, 0..8),
        ) {
            let whole = decode(&bytes);
            let (mut decoder, mut out, mut rest) = (Decoder::new(), Vec::new(), &bytes[..]);
            for cut in cuts {
                let (head, tail) = rest.split_at(cut.min(rest.len()));
                decoder.feed(head, |i| out.push(i));
                rest = tail;
            }
            decoder.feed(rest, |i| out.push(i));
            decoder.flush(|i| out.push(i));
            prop_assert_eq!(whole, out);
        }

        #[test]
        fn after_any_garbage_and_a_pause_a_key_is_a_key(bytes in arbitrary_bytes()) {
            let (mut decoder, mut out) = (Decoder::new(), Vec::new());
            decoder.feed(&bytes, |_| ());
            decoder.flush(|_| ());
            decoder.feed(b"q", |i| out.push(i));
            prop_assert_eq!(out, vec![Key::char('q').into()]);
        }

        #[test]
        fn no_control_character_comes_out(bytes in arbitrary_bytes()) {
            for input in decode(&bytes) {
                match input {
                    Input::Key(Key { code: Code::Char(c), .. }) => prop_assert!(!c.is_control()),
                    Input::Paste(text) => {
                        let is_plain = |c: char| c == '\n' || c == '\t' || !c.is_control();
                        prop_assert!(text.chars().all(is_plain));
                    }
                    Input::Key(_) | Input::Click { .. } | Input::Scroll { .. } => {}
                }
            }
        }
    }

    /// Bytes biased towards what terminals send.
    fn arbitrary_bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            any::<u8>().prop_map(|b| vec![b]),
            Just(b"\x1b[".to_vec()),
            Just(b"\x1b[<0;3;4M".to_vec()),
            Just(b"\x1b[200~".to_vec()),
            Just(b"\x1b[201~".to_vec()),
            Just(b"\x1b]".to_vec()),
            Just(b"\x1bO".to_vec()),
            Just("né".as_bytes().to_vec()),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }
}
