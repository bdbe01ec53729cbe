//! Moving about: the cursor from row to row, the page from turn to turn, numbers to pages and
//! answers.
//!
//! Owns which arrow, Tab and number leads where on each screen. Refuses: opening what the cursor is
//! on, which is `update`.

use crate::prose;

use super::app::{App, Request};
use super::cursor;
use super::cursor::Cursor;
use super::facts::Facts;
use super::keys::Action;
use super::screen::{Popup, Purpose, Screen, Target};
use super::update::HOW_SURE;
use super::view;

impl App {
    /// On a page that is read, Enter turns over what does not fit before it goes on.
    pub(super) fn read_on(&mut self) -> bool {
        let layout = view::layout(self);
        let mut cursor = self.cursor();
        if !view::more_to_read(self, &layout) {
            return false;
        }
        for (n, pane) in layout.panes.iter().take(8).enumerate() {
            // Two rows stay, so that the eye finds its place.
            let page = i16::try_from(pane.area.height.saturating_sub(2).max(1)).unwrap_or(1);
            cursor::wheel(&mut cursor, &layout, n, page);
        }
        drop(layout);
        self.set_cursor(cursor);
        true
    }

    /// Arrows: on a value they change it, elsewhere they move the cursor.
    pub(super) fn turn_or_step(&mut self, action: Action) {
        if let Some(Popup::Sure(_, percent)) = &mut self.popup {
            *percent = match action {
                Action::Left => percent.saturating_sub(5).max(1),
                Action::Right => (*percent + 5).min(99),
                Action::Down => percent.saturating_sub(1).max(1),
                Action::Up => (*percent + 1).min(99),
                _ => *percent,
            };
            return;
        }
        if matches!(self.popup, Some(Popup::Line(Purpose::Because, _))) {
            return;
        }
        if self.popup.is_some() && !self.searching() {
            let mut over = self.over;
            if let Some((_, layout)) = view::popup(self) {
                cursor::step(&mut over, &layout, action);
            }
            self.over = over;
            return;
        }
        let sideways = matches!(action, Action::Left | Action::Right);
        match self.screen {
            Screen::Propose if sideways => {
                if let Some(Target::Slot(n)) = self.target() {
                    return self.turn_slot(n, action == Action::Right);
                }
            }
            Screen::Guidance if sideways => {
                if let Some(Target::Lens(n)) = self.target() {
                    return self.more_points(n, action == Action::Right);
                }
            }
            Screen::Why if matches!(action, Action::NextPane | Action::PrevPane) => {
                return self.next_value(action == Action::NextPane);
            }
            _ => {}
        }
        let before = self.cursor();
        let mut cursor = before;
        let layout = view::layout(self);
        let left = before.target(&layout);
        cursor::step(&mut cursor, &layout, action);
        drop(layout);
        self.look(left);
        self.take_cursor(before, cursor);
    }

    /// The cursor moved: what is opened beside a list is another thing then, and is seen from its
    /// beginning.
    pub(super) fn take_cursor(&mut self, before: Cursor, mut cursor: Cursor) {
        let listed = matches!(
            self.screen,
            Screen::Choose
                | Screen::Act
                | Screen::Intel
                | Screen::Agencies
                | Screen::Codex
                | Screen::Assumptions
        );
        if listed && before.link[0] != cursor.link[0] {
            cursor.top[1] = 0;
        }
        self.set_cursor(cursor);
        self.follow();
    }

    /// What is shown beside the cursor follows it.
    pub(super) fn follow(&mut self) {
        if self.screen == Screen::Choose {
            self.preview();
        }
    }

    pub(super) fn next_value(&mut self, forward: bool) {
        let Facts::Why(_, figures, _) = &self.facts else { return };
        let Some(play) = &mut self.play else { return };
        let n = figures.len();
        if n > 0 {
            let at = figures.iter().position(|f| f.indicator == play.why.0).unwrap_or(0);
            play.why.0 = figures[if forward { at + 1 } else { at + n - 1 } % n].indicator;
            let game = play.host.game();
            play.why.1 =
                play.why.1.min(game.past().len() + usize::from(prose::moved_now(game, play.why.0)));
            // Where the list stands beside, the cursor goes there, to the value.
            self.explained_anew(true);
        }
    }

    /// The next or the previous turn, campaign or page of the screen in front.
    pub(super) fn turn_page(&mut self, forward: bool) {
        let step = |at: usize, n: usize| {
            if n == 0 {
                0
            } else if forward {
                (at + 1) % n
            } else {
                (at + n - 1) % n
            }
        };
        let listed = self.among_values();
        let Some(play) = &mut self.play else { return };
        match (self.screen, &self.facts) {
            (Screen::Why, _) => {
                let game = play.host.game();
                let last = game.past().len() + usize::from(prose::moved_now(game, play.why.0));
                play.why.1 = if forward {
                    (play.why.1 + 1).min(last)
                } else {
                    play.why.1.saturating_sub(1).max(last.min(1))
                };
            }
            (Screen::Intel, Facts::Intel(f)) => {
                let at = f.campaigns.iter().position(|(c, _)| Some(*c) == f.campaign).unwrap_or(0);
                play.campaign = f.campaigns.get(step(at, f.campaigns.len())).map(|(c, _)| *c);
            }
            (Screen::Debrief, _) => play.debrief = step(play.debrief, view::DEBRIEF_PAGES.len()),
            (Screen::Act, _) => play.tab = step(play.tab, view::ACT_PAGES.len()),
            _ => return,
        }
        if self.screen == Screen::Why {
            return self.explained_anew(listed);
        }
        self.forget_cursor(self.screen);
        self.refresh();
    }

    pub(super) fn number(&mut self, n: usize) -> Option<Request> {
        match (&self.popup, self.screen) {
            (None, Screen::Debrief) => {
                if let Some(p) = &mut self.play {
                    p.debrief = n.min(view::DEBRIEF_PAGES.len() - 1);
                }
                self.forget_cursor(Screen::Debrief);
                self.refresh();
            }
            (None, Screen::Act) => {
                if let Some(p) = &mut self.play {
                    p.tab = n.min(view::ACT_PAGES.len() - 1);
                }
                self.forget_cursor(Screen::Act);
                self.refresh();
            }
            (None, Screen::Guidance) => {
                self.take_profile(n);
            }
            (Some(Popup::Sure(p, _)), _) => {
                let p = *p;
                if let Some(percent) = HOW_SURE.get(n) {
                    self.state(p, *percent);
                }
            }
            (Some(Popup::Told(..)), _) => self.popup = None,
            // The way back that stands below the box.
            (Some(Popup::Detail(_) | Popup::Bargain), _) if n == 0 && view::leads_back(self) => {
                self.go(Screen::Desk);
            }
            (None, Screen::Desk) if self.coach.is_some() => self.step_by_key(n),
            (None, screen)
                if self.coach.is_some() && (screen != Screen::Front || !self.asked()) =>
            {
                if n == 0 {
                    self.go(Screen::Desk);
                }
            }
            _ => self.answer(n),
        }
        None
    }

    /// Why the value under the cursor moved, or the one that moved most.
    pub(super) fn why(&mut self) {
        let under = match self.target() {
            Some(Target::To(crate::prose::facts::Door::Indicator(i))) => Some(i),
            _ => None,
        };
        let Some(play) = &self.play else { return };
        let chosen = under.or_else(|| {
            let figures = prose::figures(play.host.game());
            figures
                .iter()
                .max_by_key(|f| {
                    (f.marked, i64::from(f.delta.abs()) * 1000 / i64::from(f.most - f.least).max(1))
                })
                .map(|f| f.indicator)
        });
        if let Some(i) = chosen {
            self.explain(i);
        }
    }
}
