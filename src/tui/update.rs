//! From what the player did to what happens: input, through the table of keys, to one action.
//!
//! Owns the whole of that, but for moving about (`moves`) and the mouse (`pointer`). Pure: whatever
//! needs the outside comes back as an `Request`.

use tui_input::{Input as TypedLine, InputRequest};

use crate::scenario::model::limits;
use crate::terminal::{Code, Input, Key};
use crate::text::{Limits, clean};

use super::app::{App, Request};
use super::cursor::Cursor;
use super::facts::Facts;
use super::keys::{self, Action};
use super::screen::{Popup, Purpose, Screen, Target};
use super::view;

/// Characters a typed line holds; more are not taken.
const LONGEST_LINE: usize = limits::SLOTS * 45;
/// What 1, 2 and 3 stand for where a confidence is stated.
pub const HOW_SURE: [u8; 3] = [25, 50, 75];

impl App {
    /// Takes one thing the player did.
    pub fn update(&mut self, input: &Input) -> Option<Request> {
        if view::too_small(self.size)
            && !matches!(input, Input::Key(k) if *k == Key::ctrl('c') || *k == Key::char('q'))
        {
            return None;
        }
        match input {
            Input::Key(key) => self.key(*key),
            // Reports already on their way when the mouse was turned off.
            Input::Click { .. } | Input::Scroll { .. } if !self.mouse => None,
            Input::Click { x, y } => self.click(*x, *y),
            Input::Scroll { x, y, lines } => {
                self.scroll(*x, *y, *lines);
                None
            }
            Input::Paste(words) => {
                for c in clean(words, Limits::NOTE).as_str().chars() {
                    self.typed(Key::char(c));
                }
                None
            }
        }
    }

    pub(super) fn key(&mut self, key: Key) -> Option<Request> {
        let found = keys::find(self.screen, self.popup.as_ref(), key);
        // Painting anew shows what was there.
        if let Some(Action::Redraw) = found.map(|row| row.action) {
            return self.act(Action::Redraw, 0);
        }
        if self.goes_astray(key) {
            return None;
        }
        self.said = None;
        if let (None, Some(Popup::Line(..) | Popup::Pick(..))) = (found, &self.popup) {
            self.typed(key);
            return None;
        }
        let row = found?;
        let n = row.keys.iter().position(|k| *k == key).unwrap_or(0);
        self.act(row.action, n)
    }

    /// After `/` where nothing can be searched letters run nothing; Enter, Esc and Backspace end
    /// that, other keys do what they do.
    fn goes_astray(&mut self, key: Key) -> bool {
        let Some(typed) = &mut self.astray else { return false };
        match key.code {
            Code::Char(c) if !key.ctrl && !key.alt => {
                if typed.chars().count() < LONGEST_LINE {
                    typed.push(c);
                }
                return true;
            }
            Code::Backspace if typed.pop().is_some() => return true,
            _ => self.astray = None,
        }
        matches!(key.code, Code::Enter | Code::Esc | Code::Backspace)
    }

    /// Carries out an action; `n` is which of its row's keys was pressed.
    pub fn act(&mut self, action: Action, n: usize) -> Option<Request> {
        match action {
            Action::Kill => return self.kill(),
            Action::Redraw => return Some(Request::Redraw),
            Action::Suspend => return Some(Request::Suspend),
            Action::Leave => return self.leave(),
            Action::Open => return self.open(),
            Action::Quit => return self.quit(),
            Action::Up
            | Action::Down
            | Action::Left
            | Action::Right
            | Action::PageUp
            | Action::PageDown
            | Action::HalfUp
            | Action::HalfDown
            | Action::First
            | Action::Last
            | Action::NextPane
            | Action::PrevPane => {
                self.turn_or_step(action);
            }
            Action::Number => return self.number(n),
            Action::Help => self.go(Screen::Help),
            Action::EndTurn => self.ask_to_end(),
            Action::Undo => self.undo(),
            Action::Propose => self.go(Screen::Choose),
            Action::Act => {
                // Always its first page: where it was left last is nothing one remembers.
                if let Some(p) = &mut self.play {
                    p.tab = 0;
                }
                self.forget_cursor(Screen::Act);
                self.go(Screen::Act);
            }
            Action::Intel => self.go(Screen::Intel),
            Action::Agencies => self.go(Screen::Agencies),
            Action::Calendar => self.go(Screen::Calendar),
            Action::Why => self.why(),
            Action::News => self.go(Screen::Front),
            Action::Codex => return self.reading(Screen::Codex),
            Action::Assumptions => return self.reading(Screen::Assumptions),
            Action::Briefing => {
                if self.screen != Screen::Briefing {
                    self.forget_cursor(Screen::Briefing);
                }
                self.go(Screen::Briefing);
            }
            Action::Guidance => self.go(Screen::Guidance),
            Action::Desk => self.go(Screen::Desk),
            Action::Debrief => self.go(Screen::Debrief),
            Action::Search if !view::searchable(self) => self.astray = Some(String::new()),
            Action::Search => {
                if self.screen == Screen::Desk {
                    self.go(Screen::Choose);
                }
                self.open_popup(Popup::Line(Purpose::Search, TypedLine::new(self.search.clone())));
            }
            Action::Pick => self.open_pick(),
            Action::Because => {
                let words = self.play.as_ref().map_or_else(String::new, |p| p.because.clone());
                self.open_popup(Popup::Line(Purpose::Because, TypedLine::new(words)));
            }
            Action::Bargain => self.open_popup(Popup::Bargain),
            Action::Submit => {
                if self.target() == Some(Target::Because) {
                    return self.act(Action::Because, 0);
                }
                self.submit();
            }
            Action::Sure => {
                self.go(Screen::Act);
                self.find_confidence();
            }
            Action::NextTurn | Action::PrevTurn => self.turn_page(action == Action::NextTurn),
            Action::Skip => {
                if self.play.as_ref().is_some_and(|p| p.host.game().rules().lesson.is_some()) {
                    return self.leave_if_saved();
                }
            }
        }
        None
    }

    fn reading(&mut self, screen: Screen) -> Option<Request> {
        if self.play.is_some() || self.reading.is_some() {
            self.go(screen);
            None
        } else {
            Some(Request::Read(screen))
        }
    }

    pub(super) fn leave(&mut self) -> Option<Request> {
        if self.searching() {
            self.search.clear();
            self.popup = None;
            self.refresh();
            return None;
        }
        if let Some(Popup::Pick(row, line)) = &self.popup {
            if !line.value().is_empty() {
                self.open_popup(Popup::Pick(*row, TypedLine::default()));
                return None;
            }
        }
        self.go_back()
    }

    fn quit(&mut self) -> Option<Request> {
        if self.play.is_none() {
            return Some(Request::Quit);
        }
        let asked = matches!(self.popup, Some(Popup::Leave));
        if self.is_over() || asked && self.unsaved().is_none() {
            return self.leave_if_saved();
        }
        // Who presses q wants to leave.
        self.open_popup(Popup::Leave);
        None
    }

    /// The values of the row under the cursor as a list, the chosen one under the cursor.
    fn open_pick(&mut self) {
        match self.target() {
            Some(Target::Slot(row)) => {
                self.open_popup(Popup::Pick(row, TypedLine::default()));
                let chosen = match &self.facts {
                    Facts::Propose(f) => {
                        f.slots.get(row).and_then(|s| s.values.iter().position(|v| v.chosen))
                    }
                    _ => None,
                };
                self.over.link[0] = chosen.unwrap_or(0);
                self.settle_popup();
            }
            Some(Target::Because) => {
                self.act(Action::Because, 0);
            }
            _ => self.astray = Some(String::new()),
        }
    }

    /// Enter.
    pub(super) fn open(&mut self) -> Option<Request> {
        if self.popup.is_none() && self.read_on() {
            return None;
        }
        match &self.popup {
            Some(Popup::Line(purpose, line)) => {
                let (purpose, words) = (*purpose, line.value().to_owned());
                self.popup = None;
                match purpose {
                    Purpose::Because => {
                        if let Some(p) = &mut self.play {
                            p.because = clean(&words, Limits::NOTE).into_string();
                        }
                        self.keep_left();
                    }
                    Purpose::Search => self.search = words,
                    Purpose::Place if words.trim().is_empty() => {}
                    Purpose::Place => self.save(Some(words.trim())),
                }
                self.refresh();
                None
            }
            Some(Popup::Pick(row, _)) => {
                let row = *row;
                if let Some(Target::Value(value)) = self.popup_target() {
                    self.pick(row, value);
                }
                None
            }
            Some(Popup::Sure(p, percent)) => {
                let (p, percent) = (*p, *percent);
                self.state(p, percent);
                None
            }
            Some(Popup::Told(..)) => {
                self.popup = None;
                None
            }
            Some(_) => {
                let target = self.popup_target();
                if target.is_none() {
                    self.popup = None;
                }
                self.open_target(target?)
            }
            None => match (self.screen, self.target()) {
                (Screen::Briefing, None) if !self.back.is_empty() => self.go_back(),
                (Screen::Briefing, None) => {
                    self.turn_to(Screen::Front);
                    self.refresh();
                    None
                }
                (_, Some(target)) => self.open_target(target),
                (_, None) => None,
            },
        }
    }

    fn open_target(&mut self, target: Target) -> Option<Request> {
        match target {
            Target::Continue => return Some(Request::Resume),
            Target::Scenario(n) => {
                let entry = self.entries.get(n)?;
                if entry.row.problem.is_empty() {
                    return Some(Request::Begin(entry.row.id.clone()));
                }
                let mut lines = entry.problems.clone();
                if lines.is_empty() {
                    lines.push(entry.row.problem.clone());
                }
                lines.push(super::library::CHECK.to_owned());
                self.failed(super::library::Trouble { title: entry.row.title.clone(), lines });
            }
            Target::Go(screen @ (Screen::Codex | Screen::Assumptions)) => {
                return self.reading(screen);
            }
            Target::Go(Screen::Past) => return Some(Request::Past),
            Target::Go(Screen::Title) if self.play.is_some() => return self.leave_if_saved(),
            Target::Go(screen) => self.go(screen),
            Target::Options => self.open_popup(Popup::Options),
            Target::NextPage => self.turn_page(true),
            Target::Past(n) => {
                let game = self.past.get(n)?;
                if game.trouble.is_empty() {
                    return Some(Request::Open(game.name.clone()));
                }
                let lines = vec![game.trouble.clone()];
                self.tell(&format!("{} cannot be opened", game.name), lines);
            }
            Target::Mouse => {
                self.mouse = !self.mouse;
                return Some(Request::Mouse(self.mouse));
            }
            Target::Value(_) => {}
            Target::Quit => return Some(Request::Quit),
            Target::Theme(name) => {
                self.theme = super::theme::Theme::choose(Some(name), &self.here);
                return Some(Request::Theme(name));
            }
            Target::To(door) => self.enter(door),
            Target::Answer(event, choice) => self.reply(event, choice),
            Target::File(n) => {
                let file = match &self.facts {
                    Facts::Desk(d) | Facts::Choose(d, _, _) => d.files.get(n).map(|f| f.file),
                    _ => None,
                };
                if let Some(f) = file {
                    self.take_up_file(f);
                }
            }
            Target::Instrument(ix) => self.take_up(ix, None),
            Target::Undo(n) => self.take_back(n),
            Target::Give(order) => match self.ordered(order) {
                Some(n) => self.take_back(n),
                None => {
                    self.give(order, "");
                }
            },
            Target::Promise(p, a) => self.promise(p, a),
            Target::Sure(p) => {
                let stated =
                    self.play.as_ref().map_or(0, |play| play.host.game().situation().confidence[p]);
                self.open_popup(Popup::Sure(p, if stated == 0 { 50 } else { stated }));
            }
            Target::Lens(_) => self.sign(),
            Target::Profile(n) => {
                if !self.take_profile(n) {
                    self.sign();
                }
            }
            Target::Memo(_)
            | Target::Order(_)
            | Target::Evidence(_)
            | Target::Agency(_)
            | Target::Work(_)
            | Target::Entry(_)
            | Target::Topic(_) => {
                self.open_popup(Popup::Detail(target));
            }
            Target::Slot(_) => self.submit(),
            Target::Because => return self.act(Action::Because, 0),
            Target::Yes => match self.popup {
                Some(Popup::Leave) => return self.leave_game(),
                _ => self.end_turn(),
            },
            Target::No => self.popup = None,
            Target::Save => self.save(None),
            Target::SaveElsewhere => {
                self.open_popup(Popup::Line(Purpose::Place, TypedLine::default()));
            }
            Target::Step(n) => self.take_step(n),
            Target::More => {
                self.fresh = false;
                self.forget_cursor(Screen::Title);
                self.refresh();
            }
        }
        None
    }

    /// A key that types into the line.
    fn typed(&mut self, key: Key) {
        let (purpose, line) = match &mut self.popup {
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
        match purpose {
            Some(Purpose::Search) => {
                self.search = line.value().to_owned();
                self.refresh();
                self.to_best();
                self.follow();
            }
            Some(Purpose::Because | Purpose::Place) => {}
            // The list is another one: its first row is the nearest.
            None => {
                self.over = Cursor::default();
                self.settle_popup();
            }
        }
    }
}
