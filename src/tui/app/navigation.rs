//! Moving about: from screen to screen, the cursor from row to row, the page from turn to turn.
//!
//! Owns which arrow, Tab and number leads where on each screen. Refuses: opening what the cursor is
//! on, which is `update`.

use crate::prose;
use crate::prose::facts::Door;
use crate::scenario::model::{CodexIx, IndicatorIx};
use crate::tui::cursor::{self, Cursor, PANES};
use crate::tui::facts::Facts;
use crate::tui::keys::Action;
use crate::tui::play::Play;
use crate::tui::screen::{HOW_SURE, Popup, Purpose, Screen, Target};
use crate::tui::screens;
use crate::tui::theme::Theme;
use crate::tui::view::{act, debrief, why};

use super::{App, Request};

impl App {
    /// Goes back, or home when there is nothing to go back to.
    pub(super) fn go_back(&mut self) -> Option<Request> {
        if self.close_popup() {
            return None;
        }
        if self.history.clear_search() || self.history.go_back() {
            self.refresh();
            return None;
        }
        match self.screen() {
            // The way out is q: a key pressed once too often on the way back must not end the
            // program.
            Screen::Title => self.overlay.say("Nothing to go back to; q leaves the program"),
            Screen::Debrief | Screen::Desk if self.is_over() => return self.leave_if_saved(),
            // Nor must it end the game: the cursor is on staying, the first row where leaving
            // loses the game.
            Screen::Desk | Screen::Briefing => self.open_popup_at(Popup::Leave, self.staying()),
            Screen::Front if self.coach.is_some() => {
                self.open_popup_at(Popup::Leave, self.staying());
            }
            _ if self.play.is_some() => self.visit(Screen::Desk),
            _ => self.visit(Screen::Title),
        }
        None
    }

    /// Closes what lies over the screen, and says what is lost with it; true if there was anything.
    pub fn close_popup(&mut self) -> bool {
        match self.overlay.close() {
            None => return false,
            // A theme that was tried and not taken.
            Some(Popup::Options) => self.theme = Theme::choose(Some(self.chosen_theme), &self.here),
            Some(Popup::Sure(p, _)) => {
                let stated = self.play.as_ref().map_or(0, |play| play.stated(p));
                self.overlay.say(if stated == 0 {
                    "Not stated".to_owned()
                } else {
                    format!("Not stated anew: {stated}% stands")
                });
            }
            Some(Popup::Line(Purpose::Because, line)) => {
                let kept = self.play.as_ref().map_or("", |p| p.drafting.because());
                if line.value().trim() != kept.trim() {
                    self.overlay.say(if kept.is_empty() {
                        "Not kept: no reason is given"
                    } else {
                        "Not kept: the reason is as it was"
                    });
                }
            }
            Some(_) => {}
        }
        true
    }

    /// In the options the theme under the cursor is tried on.
    fn try_theme(&mut self) {
        if let (Some(Popup::Options), Some(Target::Theme(name))) =
            (self.overlay.popup(), self.popup_target())
        {
            self.theme = Theme::choose(Some(name), &self.here);
        }
    }

    /// The row of staying among those of leaving.
    fn staying(&self) -> usize {
        usize::from(self.scene().unsaved().is_none())
    }

    /// Puts the game away, or asks first if that loses it.
    pub(super) fn leave_if_saved(&mut self) -> Option<Request> {
        if self.scene().unsaved().is_none() {
            return Some(self.leave_game());
        }
        self.open_popup(Popup::Leave);
        None
    }

    /// Puts the game away, with the orders of its turn.
    pub(super) fn leave_game(&mut self) -> Request {
        self.keep_orders();
        if self.play.take().is_some_and(|p| p.is_lesson()) {
            self.shelf.goes_on = true;
        }
        self.overlay.close();
        self.history.forget_way_back();
        self.turn_to(Screen::Title);
        Request::Relist
    }

    /// On a page that is read, Enter turns over what does not fit before it goes on. True if it
    /// did.
    pub(super) fn read_on(&mut self) -> bool {
        if !screens::has_more_to_read(&self.scene(), &self.layout()) {
            return false;
        }
        self.move_cursor(|cursor, layout| {
            for (n, pane) in layout.panes.iter().take(PANES).enumerate() {
                // Two rows stay, so that the eye finds its place.
                let page = i16::try_from(pane.area.height.saturating_sub(2).max(1)).unwrap_or(1);
                cursor::scroll(cursor, layout, n, page);
            }
        });
        true
    }

    /// Arrows: on a value they change it, elsewhere they move the cursor.
    pub(super) fn turn_or_step(&mut self, action: Action) -> Option<Request> {
        match self.overlay.popup_mut() {
            Some(Popup::Sure(_, percent)) => {
                *percent = match action {
                    Action::Left => percent.saturating_sub(5).max(1),
                    Action::Right => (*percent + 5).min(99),
                    Action::Down => percent.saturating_sub(1).max(1),
                    Action::Up => (*percent + 1).min(99),
                    _ => *percent,
                };
                return None;
            }
            Some(Popup::Line(Purpose::Because | Purpose::Place | Purpose::Word, _)) => return None,
            Some(Popup::Line(Purpose::Search, _)) | None => {}
            Some(_) => {
                let mut cursor = self.overlay.cursor();
                if let Some((_, layout)) = self.popup_layout() {
                    cursor::step(&mut cursor, &layout, action);
                }
                self.overlay.set_cursor(cursor);
                self.try_theme();
                return None;
            }
        }
        let forward = action == Action::Right;
        let sideways = forward || action == Action::Left;
        let target = self.target();
        match (self.screen(), target) {
            (Screen::Propose, Some(Target::Slot(n))) if sideways => {
                return self.turn_slot(n, forward);
            }
            (Screen::Guidance, Some(Target::Lens(n))) if sideways => {
                return self.change_points(n, forward);
            }
            (Screen::Why, _) if matches!(action, Action::NextPane | Action::PrevPane) => {
                return self.explain_next(action == Action::NextPane);
            }
            _ => {}
        }
        let before = self.cursor();
        let mut cursor = before;
        cursor::step(&mut cursor, &self.layout(), action);
        // A value the cursor has left has been looked at.
        if let (Some(Target::To(Door::Indicator(i))), Some(play)) = (target, &mut self.play) {
            play.selection.mark_seen(i);
        }
        self.take_cursor(before, cursor);
        None
    }

    /// The cursor moved: what is opened beside a list is another thing then, and is seen from its
    /// beginning.
    pub(super) fn take_cursor(&mut self, before: Cursor, mut cursor: Cursor) {
        if screens::row(self.screen()).opens_beside && before.link[0] != cursor.link[0] {
            cursor.top[1] = 0;
        }
        self.history.set_cursor(cursor);
        self.show_under_cursor();
    }

    /// What is shown beside the cursor follows it.
    pub(super) fn show_under_cursor(&mut self) {
        if self.screen() == Screen::Choose {
            self.preview_draft();
        }
        let Some(Target::To(Door::Indicator(i))) =
            self.target().filter(|_| self.is_in_value_list())
        else {
            return;
        };
        let other = |w: &crate::tui::facts::Why| w.why.figure.indicator != i;
        if matches!(&self.facts, Facts::Why(w) if other(w))
            && let Some(play) = &mut self.play
        {
            play.explain(i);
            self.show_explained(true);
        }
    }

    /// The next or the previous turn, campaign or page of the screen in front.
    pub(super) fn turn_page(&mut self, forward: bool) -> Option<Request> {
        let step = |at: usize, n: usize| match (n, forward) {
            (0, _) => 0,
            (n, true) => (at + 1) % n,
            (n, false) => (at + n - 1) % n,
        };
        let in_list = self.is_in_value_list();
        let screen = self.screen();
        let play = self.play.as_mut()?;
        match (screen, &self.facts) {
            (Screen::Why, _) => {
                play.explain_turn(forward);
                self.show_explained(in_list);
                return None;
            }
            (Screen::Intel, Facts::Intel(f)) => {
                // The page over all of them stands before the first.
                let here = f.campaigns.iter().position(|(c, _)| Some(*c) == f.campaign);
                let at = here.filter(|_| play.selection.on_campaign).map_or(0, |n| n + 1);
                let next = step(at, f.campaigns.len() + 1);
                play.selection.on_campaign = next > 0;
                if next > 0 {
                    play.selection.campaign = f.campaigns.get(next - 1).map(|(c, _)| *c);
                }
            }
            (Screen::Debrief, _) => {
                let page = &mut play.selection.debrief_page;
                *page = step(*page, debrief::PAGES.len());
            }
            (Screen::Act, _) => {
                let page = &mut play.selection.act_page;
                *page = step(*page, act::PAGES.len());
            }
            _ => return None,
        }
        self.history.forget(screen);
        self.refresh();
        None
    }

    /// A number: a page, a profile, a confidence, a step or an answer.
    pub(super) fn take_number(&mut self, n: usize) -> Option<Request> {
        let is_lesson = self.coach.is_some();
        match (self.overlay.popup(), self.screen()) {
            (None, Screen::Debrief) => {
                self.play.as_mut()?.selection.debrief_page = n.min(debrief::PAGES.len() - 1);
                self.history.forget(Screen::Debrief);
                self.refresh();
            }
            (None, Screen::Act) => self.visit_act_page(n.min(act::PAGES.len() - 1)),
            (None, Screen::Guidance) => _ = self.take_profile(n),
            (Some(Popup::Sure(p, _)), _) => {
                let p = *p;
                return self.state_confidence(p, *HOW_SURE.get(n)?);
            }
            (Some(Popup::Told(..)), _) => _ = self.overlay.close(),
            // The way back that stands below the box.
            (Some(Popup::Detail(_) | Popup::Bargain), _)
                if n == 0 && screens::leads_back(&self.scene()) =>
            {
                self.visit(Screen::Desk);
            }
            (None, Screen::Desk) if is_lesson => return self.take_step_by_key(n),
            (None, screen) if is_lesson && (screen != Screen::Front || !self.scene().asks()) => {
                if n == 0 {
                    self.visit(Screen::Desk);
                }
            }
            _ => return self.answer_by_key(n),
        }
        None
    }

    /// Tasks, asks and what else can be ordered, at a page.
    pub(super) fn visit_act_page(&mut self, page: usize) {
        if let Some(play) = &mut self.play {
            play.selection.act_page = page;
            self.history.forget(Screen::Act);
            self.visit(Screen::Act);
        }
    }

    /// Where confidences are stated, the cursor on the first.
    pub(super) fn visit_confidence(&mut self) {
        self.visit_act_page(act::PAGES.iter().position(|t| *t == "How sure").unwrap_or(0));
        if let Facts::Act(a) = &self.facts
            && let Some(p) = a.propositions.first().map(|p| p.proposition)
        {
            self.move_to(Target::Sure(p));
        }
    }

    /// Opens the codex at an entry.
    pub(super) fn look_up(&mut self, entry: CodexIx) {
        // It may be none of those that are searched for.
        self.history.clear_search();
        self.visit(Screen::Codex);
        if let Facts::Codex(all) = &self.facts
            && let Some(at) = all.iter().position(|e| e.codex == entry)
        {
            self.move_to(Target::Entry(at));
        }
    }

    /// Why the value under the cursor moved, or the one that moved most.
    pub(super) fn explain_largest(&mut self) -> Option<Request> {
        if let Some(Target::To(Door::Indicator(i))) = self.target() {
            return self.explain(i);
        }
        // What moved an agency stands on its own page.
        match self.target() {
            Some(page @ Target::Agency(_)) => {
                self.open_popup(Popup::Detail(page));
                return None;
            }
            Some(Target::To(door @ Door::Agency(_))) => return self.follow(door),
            Some(_) | None => {}
        }
        let figures = prose::figures(self.play.as_ref()?.game());
        let largest = figures.iter().max_by_key(|f| {
            (f.marked, i64::from(f.delta.abs()) * 1000 / i64::from(f.most - f.least).max(1))
        })?;
        self.explain(largest.indicator)
    }

    /// Why a value stands where it stands, as of now.
    pub(super) fn explain(&mut self, indicator: IndicatorIx) -> Option<Request> {
        self.play.as_mut()?.explain(indicator);
        // Once more on the value that is explained: on to its causes.
        let in_list = self.is_in_value_list()
            && !matches!(&self.facts, Facts::Why(w) if w.why.figure.indicator == indicator);
        self.visit(Screen::Why);
        self.show_explained(in_list);
        None
    }

    /// Explains the next or the previous value.
    fn explain_next(&mut self, forward: bool) -> Option<Request> {
        let Facts::Why(facts) = &self.facts else { return None };
        if !facts.figures.is_empty() {
            self.play.as_mut().map(|p: &mut Play| p.explain_next(&facts.figures, forward))?;
            // Where the list stands beside, the cursor goes there, to the value.
            self.show_explained(true);
        }
        None
    }

    /// Whether the cursor is in the list of all values.
    fn is_in_value_list(&self) -> bool {
        self.screen() == Screen::Why && self.cursor().pane == why::LIST
    }

    /// Another value or turn is explained: the page is seen from its beginning, and a cursor in the
    /// list goes to the value.
    fn show_explained(&mut self, in_list: bool) {
        self.history.forget(Screen::Why);
        self.refresh();
        if in_list {
            self.move_cursor(|cursor, layout| {
                cursor.enter(layout, why::LIST);
                cursor.settle(layout);
                cursor.show(layout);
            });
        }
    }
}
