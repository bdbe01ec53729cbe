//! What is typed: into a line, into a search, into nothing.
//!
//! Owns the lines and what becomes of their words. `?` on the game in play means: without a game
//! nothing happens.

use tui_input::{Input as TypedLine, InputRequest};

use crate::input::{Code, Key};
use crate::scenario::model::limits;
use crate::text::{Limits, clean};
use crate::tui::facts::Facts;
use crate::tui::keys::Action;
use crate::tui::screen::{Popup, Purpose, Screen, Target};
use crate::tui::screens;
use crate::tui::theme::ThemeName;

use super::{App, Request};

/// Characters a typed line holds; more are not taken.
const LONGEST_LINE: usize = limits::SLOTS * 45;

impl App {
    /// After `/` where nothing can be searched letters run nothing; Enter, Esc and Backspace end
    /// that, other keys do what they do. True if the key was taken for that.
    pub(super) fn take_stray(&mut self, key: Key) -> bool {
        let Some(typed) = self.overlay.stray_mut() else { return false };
        match key.code {
            Code::Char(c) if !key.ctrl && !key.alt => {
                if typed.chars().count() < LONGEST_LINE {
                    typed.push(c);
                }
                return true;
            }
            Code::Backspace if typed.pop().is_some() => return true,
            _ => _ = self.overlay.end_stray(),
        }
        matches!(key.code, Code::Enter | Code::Esc | Code::Backspace)
    }

    /// Types a search into the list in front; on the desk, of the measures.
    pub(super) fn search_list(&mut self) {
        if self.overlay.is_open() || !screens::row(self.screen()).is_searchable {
            self.overlay.begin_stray();
            return;
        }
        if self.screen() == Screen::Desk {
            self.visit(Screen::Choose);
        }
        let line = TypedLine::new(self.history.search().to_owned());
        self.open_popup(Popup::Line(Purpose::Search, line));
    }

    /// The values of the row under the cursor as a list, the chosen one under the cursor.
    pub(super) fn open_pick(&mut self) -> Option<Request> {
        match self.target() {
            Some(Target::Slot(row)) => {
                let chosen = match &self.facts {
                    Facts::Propose(f) => {
                        f.slots.get(row).and_then(|s| s.values.iter().position(|v| v.chosen))
                    }
                    _ => None,
                };
                self.open_popup_at(Popup::Pick(row, TypedLine::default()), chosen.unwrap_or(0));
                None
            }
            Some(Target::Because) => self.act(Action::Because, 0),
            _ => {
                self.overlay.begin_stray();
                None
            }
        }
    }

    /// A line was typed to its end.
    pub(super) fn take_line(&mut self, purpose: Purpose, words: String) -> Option<Request> {
        self.overlay.close();
        match purpose {
            Purpose::Because => {
                let words = clean(&words, Limits::NOTE).into_string();
                self.play.as_mut()?.drafting.set_because(words);
                self.refresh();
                // The reason is written: Enter is for the agenda again.
                if self.target() == Some(Target::Because)
                    && let Facts::Propose(f) = &self.facts
                {
                    self.move_to(Target::Slot(f.slots.len().saturating_sub(1)));
                }
            }
            Purpose::Search => self.history.set_search(words),
            Purpose::Place if words.trim().is_empty() => {}
            Purpose::Place => _ = self.save(Some(words.trim())),
            Purpose::Word => {
                self.shelf.word = clean(words.trim(), Limits::NOTE).into_string();
                // On the row it was typed for, which follows the themes.
                self.open_popup_at(Popup::Options, ThemeName::ALL.len());
            }
        }
        self.refresh();
        None
    }

    /// A key that types into the line.
    pub(super) fn type_key(&mut self, key: Key) {
        let (purpose, line) = match self.overlay.popup_mut() {
            Some(Popup::Line(purpose, line)) => (Some(*purpose), line),
            Some(Popup::Pick(_, line)) => (None, line),
            _ => return,
        };
        let request = match key.code {
            Code::Backspace => InputRequest::DeletePrevChar,
            Code::Delete => InputRequest::DeleteNextChar,
            Code::Left => InputRequest::GoToPrevChar,
            Code::Right => InputRequest::GoToNextChar,
            Code::Home => InputRequest::GoToStart,
            Code::End => InputRequest::GoToEnd,
            Code::Char('u') if key.ctrl => InputRequest::DeleteLine,
            Code::Char('w') if key.ctrl => InputRequest::DeletePrevWord,
            Code::Char(c)
                if !key.ctrl && !key.alt && line.value().chars().count() < LONGEST_LINE =>
            {
                InputRequest::InsertChar(c)
            }
            _ => return,
        };
        line.handle(request);
        let words = line.value().to_owned();
        match purpose {
            Some(Purpose::Search) => {
                self.history.set_search(words);
                self.refresh();
                self.move_to_best_match();
                self.show_under_cursor();
            }
            Some(Purpose::Because | Purpose::Place | Purpose::Word) => {}
            // The list is another one: its first row is the nearest.
            None => {
                self.overlay.rewind();
                self.settle_popup();
            }
        }
    }
}
