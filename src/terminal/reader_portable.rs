//! The thread that listens, where there is no Unix below: the terminal library's events, in our own
//! words.
//!
//! Owns: the mapping from its events to [`Input`]. Refuses: signals and hang-ups, which do not come
//! that way there.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use ratatui::crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEventKind,
};

use crate::input::{Code, Input, Key, Msg};

use super::note::Note;

/// The session's hold on its reader. The library's read cannot be interrupted: the thread ends with
/// the process.
pub struct Handle;

impl Handle {
    #[expect(clippy::unused_self, reason = "the same face as the other reader")]
    pub fn taken(&self, _inputs: usize) {}

    #[expect(
        clippy::unused_self,
        clippy::needless_pass_by_ref_mut,
        reason = "the same face as the other reader"
    )]
    pub fn stop(&mut self) {}
}

pub fn start(out: Sender<Note>) -> io::Result<Handle> {
    thread::Builder::new().name("terminal input".into()).spawn(move || {
        loop {
            let note = match event::read() {
                Ok(Event::Resize(..)) => Some(Note::Resized),
                Ok(event) => input(event).map(|input| Note::Msg(Msg::Input(input))),
                Err(_) => Some(Note::Msg(Msg::HangUp)),
            };
            let over = matches!(note, Some(Note::Msg(Msg::HangUp)));
            if note.is_some_and(|note| out.send(note).is_err()) || over {
                return;
            }
        }
    })?;
    Ok(Handle)
}

fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.is_press() || key.is_repeat() => Some(Input::Key(pressed(key)?)),
        Event::Mouse(mouse) => {
            let (x, y) = (mouse.column, mouse.row);
            match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Some(Input::Click { x, y }),
                MouseEventKind::ScrollUp => Some(Input::Scroll { x, y, lines: -1 }),
                MouseEventKind::ScrollDown => Some(Input::Scroll { x, y, lines: 1 }),
                _ => None,
            }
        }
        Event::Paste(text) => Some(Input::Paste(
            text.replace("\r\n", "\n")
                .replace('\r', "\n")
                .chars()
                .filter(|&c| c == '\n' || c == '\t' || !c.is_control())
                .take(16 * 1024)
                .collect(),
        )),
        _ => None,
    }
}

fn pressed(event: KeyEvent) -> Option<Key> {
    let code = match event.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    let held = |modifier| event.modifiers.contains(modifier);
    let shift = held(KeyModifiers::SHIFT) && !matches!(code, Code::Char(_) | Code::BackTab);
    Some(Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT), shift })
}
