//! From what the player did to what happens: input, through the table of keys, to one action.
//!
//! Owns the whole of that, but for moving about (`navigation`), the mouse (`pointer`), typing
//! (`typing`) and orders (`orders`). Pure: whatever needs the outside comes back as a `Request`. In
//! functions that return one, `?` on the game in play means: without a game nothing happens.

use tui_input::Input as TypedLine;

use crate::engine::seed_of;
use crate::input::{Input, Key};
use crate::prose;
use crate::prose::facts::Door;
use crate::text::{Limits, clean};
use crate::tui::facts::Facts;
use crate::tui::keys::{self, Action};
use crate::tui::library::{CHECK, Trouble};
use crate::tui::play::Play;
use crate::tui::screen::{Popup, Purpose, Screen, Target};
use crate::tui::screens;
use crate::tui::theme::Theme;

use super::{App, Request};

impl App {
    /// Takes one thing the player did.
    pub fn update(&mut self, input: &Input) -> Option<Request> {
        if self.is_too_small()
            && !matches!(input, Input::Key(k) if *k == Key::ctrl('c') || *k == Key::char('q'))
        {
            return None;
        }
        match input {
            Input::Key(key) => self.press(*key),
            // Reports already on their way when the mouse was turned off.
            Input::Click { .. } | Input::Scroll { .. } if !self.mouse => None,
            Input::Click { x, y } => self.click(*x, *y),
            Input::Scroll { x, y, lines } => {
                self.scroll(*x, *y, *lines);
                None
            }
            Input::Paste(words) => {
                for c in clean(words, Limits::NOTE).as_str().chars() {
                    self.type_key(Key::char(c));
                }
                None
            }
        }
    }

    pub(super) fn press(&mut self, key: Key) -> Option<Request> {
        let screen = self.screen();
        let in_game = screens::row(screen).is_in_game();
        let found = keys::find(&keys::levels(screen, in_game, self.overlay.popup()), key);
        // Painting anew shows what was there.
        if let Some(Action::Redraw) = found.map(|row| row.action) {
            return self.act(Action::Redraw, 0);
        }
        if self.take_stray(key) {
            return None;
        }
        self.overlay.hush();
        if let (None, Some(Popup::Line(..) | Popup::Pick(..))) = (found, self.overlay.popup()) {
            self.type_key(key);
            return None;
        }
        let row = found?;
        let n = row.keys.iter().position(|k| *k == key).unwrap_or(0);
        self.act(row.action, n)
    }

    /// Carries out an action; `n` is which of its row's keys was pressed.
    pub fn act(&mut self, action: Action, n: usize) -> Option<Request> {
        match action {
            Action::Kill => return self.quit_at_once(),
            Action::Redraw => return Some(Request::Redraw),
            Action::Suspend => return Some(Request::Suspend),
            Action::Leave => return self.leave_front(),
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
            | Action::PrevPane => return self.turn_or_step(action),
            Action::Number => return self.take_number(n),
            Action::Help => self.visit(Screen::Help),
            Action::EndTurn => return self.ask_to_end(),
            Action::Undo => return self.undo(),
            Action::Propose => self.visit(Screen::Choose),
            Action::Act => {
                // Always its first page: nobody remembers where it was left last.
                self.visit_act_page(0);
            }
            Action::Intel => {
                // Always the page over all campaigns first.
                if let Some(play) = &mut self.play {
                    play.selection.on_campaign = false;
                }
                self.history.forget(Screen::Intel);
                self.visit(Screen::Intel);
            }
            Action::Agencies => self.visit(Screen::Agencies),
            Action::Calendar => self.visit(Screen::Calendar),
            Action::Why => return self.explain_largest(),
            Action::News => self.visit(Screen::Front),
            Action::Codex => return self.read_rules(Screen::Codex),
            Action::Assumptions => return self.read_rules(Screen::Assumptions),
            Action::Briefing => {
                if self.screen() != Screen::Briefing {
                    self.history.forget(Screen::Briefing);
                }
                self.visit(Screen::Briefing);
            }
            Action::Guidance => self.visit(Screen::Guidance),
            Action::Desk => self.visit(Screen::Desk),
            Action::Debrief => self.visit(Screen::Debrief),
            Action::Search => self.search_list(),
            Action::Pick => return self.open_pick(),
            Action::Because => {
                let words = self.play.as_ref().map_or("", |p| p.drafting.because());
                let line = TypedLine::new(words.to_owned());
                self.open_popup(Popup::Line(Purpose::Because, line));
            }
            Action::Bargain => self.open_popup(Popup::Bargain),
            Action::Submit => {
                if self.target() == Some(Target::Because) {
                    return self.act(Action::Because, 0);
                }
                return self.submit();
            }
            Action::Sure => self.visit_confidence(),
            Action::Branch => self.ask_branch(),
            Action::Compare => return self.mark_or_compare(),
            Action::Planner => return self.ask_planner(),
            Action::NextTurn | Action::PrevTurn => {
                return self.turn_page(action == Action::NextTurn);
            }
            Action::Skip => {
                if self.play.as_ref().is_some_and(Play::is_lesson) {
                    return self.leave_if_saved();
                }
            }
        }
        None
    }

    fn read_rules(&mut self, screen: Screen) -> Option<Request> {
        if self.play.is_none() && self.reading.is_none() {
            return Some(Request::Read(screen));
        }
        self.visit(screen);
        None
    }

    /// Esc: leaves what is in front.
    pub(super) fn leave_front(&mut self) -> Option<Request> {
        match self.overlay.popup() {
            Some(Popup::Line(Purpose::Search, _)) => {
                self.history.clear_search();
                self.overlay.close();
                self.refresh();
                None
            }
            Some(Popup::Pick(row, line)) if !line.value().is_empty() => {
                let row = *row;
                self.open_popup(Popup::Pick(row, TypedLine::default()));
                None
            }
            _ => self.go_back(),
        }
    }

    fn quit(&mut self) -> Option<Request> {
        if self.play.is_none() {
            return Some(Request::Quit);
        }
        let is_asked = matches!(self.overlay.popup(), Some(Popup::Leave));
        if self.is_over() || is_asked && self.scene().unsaved().is_none() {
            return self.leave_if_saved();
        }
        // The cursor is on leaving: whoever presses q wants that.
        self.open_popup(Popup::Leave);
        None
    }

    /// The orders of this turn are kept and the program ends. A game that is not saved is asked
    /// about once: pressed again the key quits.
    fn quit_at_once(&mut self) -> Option<Request> {
        self.keep_orders();
        let is_asked = matches!(self.overlay.popup(), Some(Popup::Leave));
        if self.scene().unsaved().is_some() && !is_asked {
            self.open_popup(Popup::Leave);
            return None;
        }
        Some(Request::Quit)
    }

    /// Tries again to save the game in hand, and says how that went.
    pub(super) fn save(&mut self, elsewhere: Option<&str>) -> Option<Request> {
        match self.play.as_mut()?.save(elsewhere) {
            Ok(path) => self.tell(
                "The game is saved",
                vec![
                    format!("All of it is in {path}."),
                    "It is kept there from now on.".to_owned(),
                ],
            ),
            Err(why) => self.tell("The game is still not saved", vec![why]),
        }
        None
    }

    /// Enter.
    pub(super) fn open(&mut self) -> Option<Request> {
        if !self.overlay.is_open() && self.read_on() {
            return None;
        }
        match self.overlay.popup() {
            None => match (self.screen(), self.target()) {
                (_, Some(target)) => self.open_target(target),
                (Screen::Briefing, None) if self.history.has_back() => self.go_back(),
                (Screen::Briefing, None) => {
                    self.turn_to(Screen::Front);
                    None
                }
                (_, None) => None,
            },
            Some(Popup::Line(purpose, line)) => {
                let (purpose, words) = (*purpose, line.value().to_owned());
                self.take_line(purpose, words)
            }
            Some(Popup::Pick(row, _)) => {
                let row = *row;
                match self.popup_target() {
                    Some(Target::Value(value)) => self.pick(row, value),
                    _ => None,
                }
            }
            Some(Popup::Sure(p, percent)) => {
                let (p, percent) = (*p, *percent);
                self.state_confidence(p, percent)
            }
            Some(Popup::Told(..)) => {
                self.overlay.close();
                None
            }
            Some(
                Popup::Detail(_)
                | Popup::Bargain
                | Popup::EndTurn
                | Popup::Leave
                | Popup::Options
                | Popup::Branch(_),
            ) => {
                let target = self.popup_target();
                if target.is_none() {
                    self.overlay.close();
                }
                self.open_target(target?)
            }
        }
    }

    fn open_target(&mut self, target: Target) -> Option<Request> {
        match target {
            Target::Continue => return Some(Request::Resume),
            Target::Scenario(n) => return self.begin_scenario(n),
            Target::Go(screen @ (Screen::Codex | Screen::Assumptions)) => {
                return self.read_rules(screen);
            }
            Target::Go(Screen::Past) => return Some(Request::Past),
            Target::Go(Screen::Title) if self.play.is_some() => return self.leave_if_saved(),
            Target::Go(screen) => self.visit(screen),
            Target::Options => self.open_popup(Popup::Options),
            Target::NextPage => return self.turn_page(true),
            Target::Past(n) => {
                let game = self.shelf.past.get(n)?;
                if game.trouble.is_empty() {
                    return Some(Request::Open(game.name.clone()));
                }
                let (title, lines) =
                    (format!("{} cannot be opened", game.name), vec![game.trouble.clone()]);
                self.tell(&title, lines);
            }
            Target::Branch(n, turn) => {
                return Some(Request::Branch(self.shelf.past.get(n)?.name.clone(), turn));
            }
            Target::Word => {
                let line = TypedLine::new(self.shelf.word.clone());
                self.open_popup(Popup::Line(Purpose::Word, line));
            }
            Target::Mouse => {
                self.mouse = !self.mouse;
                return Some(Request::Mouse(self.mouse));
            }
            Target::Value(_) => {}
            Target::Quit => return Some(Request::Quit),
            Target::Theme(name) => {
                self.theme = Theme::choose(Some(name), &self.here);
                self.chosen_theme = name;
                return Some(Request::Theme(name));
            }
            Target::To(door) => return self.follow(door),
            Target::Answer(event, choice) => return self.answer(event, choice),
            Target::File(n) => {
                let file = match &self.facts {
                    Facts::Desk(d) => d.files.get(n),
                    Facts::Choose(c) => c.desk.files.get(n),
                    _ => None,
                };
                return self.draft_file(file?.file);
            }
            Target::Instrument(ix) => return self.draft_measure(ix, None),
            Target::Undo(n) => return self.take_back(n),
            Target::Give(order) => {
                if let Some(n) = self.scene().given(order) {
                    return self.take_back(n);
                }
                self.give_order(order);
            }
            Target::Promise(p, a) => return self.promise(p, a),
            Target::Sure(p) => return self.ask_confidence(p),
            Target::Lens(_) => return self.sign_guidance(),
            Target::Profile(n) => {
                if !self.take_profile(n) {
                    return self.sign_guidance();
                }
            }
            Target::Memo(_)
            | Target::Order(_)
            | Target::Evidence(_)
            | Target::Story(_)
            | Target::Foretold
            | Target::Reply(_)
            | Target::Question(_)
            | Target::Task(_)
            | Target::Agency(_)
            | Target::Work(_)
            | Target::Entry(_)
            | Target::Topic(_) => self.open_popup(Popup::Detail(target)),
            Target::Slot(_) => return self.submit(),
            Target::Because => return self.act(Action::Because, 0),
            Target::Yes => {
                return match self.overlay.popup() {
                    Some(Popup::Leave) => Some(self.leave_game()),
                    _ => self.end_turn(),
                };
            }
            Target::No => _ = self.overlay.close(),
            Target::Save => return self.save(None),
            Target::SaveElsewhere => {
                self.open_popup(Popup::Line(Purpose::Place, TypedLine::default()));
            }
            Target::Step(n) => return self.take_step(n),
            Target::More => {
                self.shelf.is_new = false;
                self.history.forget(Screen::Title);
                self.refresh();
            }
        }
        None
    }

    /// Asks from which turn of the run under the cursor a branch begins, the last first.
    fn ask_branch(&mut self) {
        let Some(Target::Past(n)) = self.target() else { return };
        match self.shelf.past.get(n).and_then(|p| p.turns) {
            Some(_) => self.open_popup(Popup::Branch(n)),
            None => self.overlay.say("This game takes no branches"),
        }
    }

    /// Marks the run under the cursor, or sets it beside the one that is marked.
    fn mark_or_compare(&mut self) -> Option<Request> {
        let Some(Target::Past(n)) = self.target() else { return None };
        let game = self.shelf.past.get(n)?;
        if !game.over || !game.trouble.is_empty() {
            self.overlay.say("Only games that are over stand side by side");
            return None;
        }
        let name = game.name.clone();
        match self.shelf.marked.take() {
            Some(marked) if marked == name => self.overlay.say("No longer marked"),
            Some(marked) => {
                self.shelf.marked = Some(marked.clone());
                return Some(Request::Compare(marked, name));
            }
            None => {
                self.shelf.marked = Some(name);
                self.overlay.say("Marked: c on another game sets the two side by side");
            }
        }
        None
    }

    /// Asks for what a player who looks ahead makes of the draw, once.
    fn ask_planner(&mut self) -> Option<Request> {
        let play = self.play.as_ref()?;
        if let Some(why) = prose::not_weighed(play.game()) {
            self.overlay.say(why.trim_end_matches('.'));
        } else if play.has_planner() {
            self.overlay.say("It stands on the first page");
        } else {
            return Some(Request::Planner);
        }
        None
    }

    fn begin_scenario(&mut self, n: usize) -> Option<Request> {
        let entry = self.shelf.entries.get(n)?;
        if entry.row.problem.is_empty() {
            return Some(Request::Begin(entry.row.id.clone(), seed_of(&self.shelf.word)));
        }
        let mut lines = entry.problems.clone();
        if lines.is_empty() {
            lines.push(entry.row.problem.clone());
        }
        lines.push(CHECK.to_owned());
        let title = entry.row.title.clone();
        self.show_trouble(Trouble { title, lines });
        None
    }

    /// Goes where a door of the facts leads.
    pub(super) fn follow(&mut self, door: Door) -> Option<Request> {
        match door {
            Door::Indicator(i) => return self.explain(i),
            Door::Agency(a) => {
                self.visit(Screen::Agencies);
                self.move_to(Target::Agency(a));
            }
            Door::Campaign(c) => {
                let selection = &mut self.play.as_mut()?.selection;
                (selection.campaign, selection.on_campaign) = (Some(c), true);
                self.history.forget(Screen::Intel);
                self.visit(Screen::Intel);
            }
            Door::File(f) => return self.draft_file(f),
            Door::Propose(i, t) => return self.draft_measure(i, Some(t)),
            // Where they are listed they open.
            Door::Measure(..) | Door::Window(_)
                if matches!(self.screen(), Screen::Calendar | Screen::Act) =>
            {
                self.open_popup(Popup::Detail(Target::To(door)));
            }
            Door::Measure(..) | Door::Window(_) => self.visit(Screen::Calendar),
            Door::Codex(c) => self.look_up(c),
            Door::Event(_) => self.open_popup(Popup::Detail(Target::To(door))),
            Door::Order(n) => self.open_popup(Popup::Detail(Target::Order(n))),
            Door::Guidance => self.visit(Screen::Guidance),
            Door::Confidence => self.visit_confidence(),
        }
        None
    }
}
