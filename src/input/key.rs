//! What a person can do at a terminal, in our own words, so that no other module depends on a
//! terminal library.
//!
//! Owns: [`Input`], [`Key`], [`Code`] and how a key is written for a reader. Refuses: what any of
//! them does.

use std::fmt;

/// One thing the player did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    /// The main button went down on this cell, counted from the top left, from zero.
    Click {
        x: u16,
        y: u16,
    },
    /// The wheel turned over this cell; `lines` is positive downwards. Neighbouring turns are added
    /// up.
    Scroll {
        x: u16,
        y: u16,
        lines: i16,
    },
    /// Text pasted as one piece: line ends are `\n`, no control character but `\n` and tab, length
    /// capped.
    Paste(String),
}

/// A key press with its modifiers. Shift is not kept for characters: the character already tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 to F12.
    F(u8),
}

impl Key {
    /// The key alone.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character without Ctrl or Alt.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with Ctrl held; written in lower case.
    #[must_use]
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// The character this key types, if it types one.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl From<Key> for Input {
    fn from(key: Key) -> Self {
        Self::Key(key)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::Char(' ') => "Space",
            Self::Char(c) => return write!(f, "{c}"),
            Self::F(n) => return write!(f, "F{n}"),
            Self::Enter => "Enter",
            Self::Esc => "Esc",
            Self::Tab => "Tab",
            Self::BackTab => "Shift-Tab",
            Self::Backspace => "Backspace",
            Self::Delete => "Delete",
            Self::Insert => "Insert",
            Self::Up => "Up",
            Self::Down => "Down",
            Self::Left => "Left",
            Self::Right => "Right",
            Self::Home => "Home",
            Self::End => "End",
            Self::PageUp => "PgUp",
            Self::PageDown => "PgDn",
        };
        f.write_str(name)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        self.code.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_the_way_a_footer_prints_them() {
        let written: Vec<String> = [
            Key::char('q'),
            Key::ctrl('z'),
            Key::plain(Code::Enter),
            Key::char(' '),
            Key { code: Code::Up, ctrl: true, alt: true, shift: true },
            Key::plain(Code::F(5)),
        ]
        .iter()
        .map(ToString::to_string)
        .collect();
        assert_eq!(written, ["q", "Ctrl-z", "Enter", "Space", "Ctrl-Alt-Shift-Up", "F5"]);
    }

    #[test]
    fn only_plain_characters_type() {
        assert_eq!(Key::char('é').typed(), Some('é'));
        assert_eq!(Key::ctrl('c').typed(), None);
        assert_eq!(Key::plain(Code::Enter).typed(), None);
    }
}
