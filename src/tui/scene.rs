//! What a view draws: the facts of the screen in front, and how they are looked at.
//!
//! Owns the questions that several views ask of these. Refuses: changing anything.

use crate::engine::Order;
use crate::game::Game;
use crate::prose::facts::{Coach, Header};
use crate::scenario::model::Rules;

use super::cursor::Cursor;
use super::facts::Facts;
use super::help::Asked;
use super::overlay::Overlay;
use super::play::Play;
use super::screen::{Popup, Purpose, Screen};
use super::shelf::Shelf;
use super::theme::Theme;

/// Columns from which there is room for a second thing beside the first.
pub const WIDE: u16 = 104;

/// Below this nothing can be laid out.
pub const LEAST: (u16, u16) = (60, 18);

/// Columns from which the desk opens what is under the cursor beside it.
const DESK_OPENS: u16 = 120;

pub fn too_small(size: (u16, u16)) -> bool {
    size.0 < LEAST.0 || size.1 < LEAST.1
}

/// Whether the desk shows a memo in full without a box.
pub fn opens_beside(size: (u16, u16)) -> bool {
    size.0 >= DESK_OPENS
}

#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub screen: Screen,
    pub facts: &'a Facts,
    pub header: &'a Header,
    pub theme: &'a Theme,
    pub size: (u16, u16),
    /// The cursor of the screen.
    pub cursor: Cursor,
    /// What lists are narrowed to.
    pub search: &'a str,
    /// What lies over the screen, and its cursor.
    pub overlay: &'a Overlay,
    /// The game in hand, for what is chosen on its screens and what a row opens.
    pub play: Option<&'a Play>,
    /// In a lesson: the coach's words and steps of the turn.
    pub coach: Option<&'a Coach>,
    /// What can be opened without a game.
    pub shelf: &'a Shelf,
    pub help: &'a Asked,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether there is a screen to go back to.
    pub has_back: bool,
}

impl<'a> Scene<'a> {
    pub fn game(&self) -> Option<&'a Game> {
        self.play.map(Play::game)
    }

    pub fn rules(&self) -> Option<&'a Rules> {
        self.game().map(Game::rules)
    }

    pub fn popup(&self) -> Option<&'a Popup> {
        self.overlay.popup()
    }

    /// Whether there is a game and it is over.
    pub fn is_over(&self) -> bool {
        self.game().is_some_and(Game::is_over)
    }

    /// Whether a list is being searched: the line is typed, and the list is still in hand.
    pub fn is_searching(&self) -> bool {
        matches!(self.popup(), Some(Popup::Line(Purpose::Search, _)))
    }

    /// Whether lists are narrowed to something.
    pub fn is_narrowed(&self) -> bool {
        !self.search.trim().is_empty()
    }

    /// What is to be said of the game in hand if leaving loses it.
    pub fn unsaved(&self) -> Option<String> {
        self.play.and_then(Play::unsaved)
    }

    /// What the coach says on this screen; empty where nothing.
    pub fn coach_says(&self) -> &'a str {
        self.play.map_or("", |p| p.lesson.says_on(self.screen))
    }

    /// Questions of this turn without an answer.
    pub fn open_questions(&self) -> usize {
        self.play.map_or(0, Play::open_questions)
    }

    /// Whether the first turn has no guidance yet.
    pub fn lacks_guidance(&self) -> bool {
        self.coach.is_none()
            && self.game().is_some_and(|g| g.situation().turn == 0 && !g.situation().guided)
    }

    /// Whether this turn is the last.
    pub fn is_last_turn(&self) -> bool {
        self.game().is_some_and(|g| usize::from(g.situation().turn) >= g.rules().last_turn())
    }

    /// Whether the page in front asks something.
    pub fn asks(&self) -> bool {
        matches!(self.facts, Facts::Front(f) if f.asks.iter().any(|a| !a.answered))
    }

    /// Whether a row of tasks, asks and reforms is shut now.
    pub fn is_shut(&self, order: Order) -> bool {
        let Facts::Act(a) = self.facts else { return false };
        let mut rows = a.tasks.iter().chain(&a.asks).chain(&a.reforms);
        rows.any(|r| r.order == order && r.shut.is_some())
    }

    /// Which order of this turn it is, where it was given and cannot be given again.
    pub fn given(&self, order: Order) -> Option<usize> {
        self.play.filter(|_| self.is_shut(order))?.position_of(order)
    }
}
