//! A page as data: which pages there are, what a line brings about, lines and a numbered menu.
//!
//! Owns these closed lists. Refuses: what stands on a page.

use crate::engine::{Order, Slot};
use crate::game::Game;
use crate::prose::facts::Refused;
use crate::prose::words;
use crate::scenario::model::{
    AgencyIx, CampaignIx, CodexIx, EventIx, FileIx, IndicatorIx, InstrumentIx, PromiseIx,
    PropositionIx, TargetIx, limits,
};

use super::show;

/// Something with parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    Front,
    Debrief,
    Calendar,
    Agency(AgencyIx),
    Intel(Option<CampaignIx>),
}

/// Where the player is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Front,
    Desk,
    /// The whole desk, where a lesson has one of its own.
    Office,
    Figures,
    Rest,
    Files,
    File(FileIx),
    Inbox,
    Answer(EventIx),
    /// A paper that asks for nothing.
    Paper(EventIx),
    Instruments,
    Targets,
    Draft,
    Value(Slot),
    WhoSays,
    Effects,
    Bargain,
    Because,
    Guidance,
    Points(u8),
    Profiles,
    Other,
    Tasks,
    Asks,
    Reforms,
    Promises,
    /// A task, ask or reform, before it is ordered.
    Doing(Order),
    /// A promise, before it is given.
    Pledge(PromiseIx, AgencyIx),
    Withdraw,
    Confidence,
    Sure(PropositionIx),
    Look,
    Intel(Option<CampaignIx>),
    Agencies,
    Agency(AgencyIx),
    Calendar,
    Debrief,
    /// One part of something long.
    Part(Reading, usize),
    /// All of its parts, one after the other.
    Whole(Reading),
    Whys,
    Why(IndicatorIx, usize),
    Orders,
    Codex,
    /// Codex entries by the first letter of their titles.
    Letter(char),
    Entry(CodexIx),
    Help,
    Topic(usize),
    Assumptions,
    Assumption(usize),
}

/// What a line brings about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Again,
    Say(String),
    /// No number of the menu, no word, no command.
    Unknown(String),
    Shut(Refused),
    Go(Page),
    Back,
    Begin(InstrumentIx, Option<TargetIx>),
    Set(Slot, u8),
    Reason(String),
    Place,
    Points(u8, u8),
    Profile([u8; limits::LENSES]),
    Give(Order),
    GiveBecause(Order, String),
    Undo,
    End,
    /// A step of the lesson, by its position.
    Step(usize),
    /// A player who looks ahead plays the draw of the game that is over.
    Planner,
    /// Tries anew to save the game: in this place, or in its own if none is named.
    Save(String),
    Leave,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub key: u32,
    pub label: String,
    pub act: Act,
}

/// A page as printed.
#[derive(Debug, Default)]
pub struct View {
    pub lines: Vec<String>,
    pub menu: Vec<Entry>,
}

impl View {
    pub(super) fn say(&mut self, line: impl Into<String>) {
        self.lines.push(line.into());
    }
    pub(super) fn titled(title: impl Into<String>) -> View {
        View { lines: vec![title.into()], menu: Vec::new() }
    }
    pub(super) fn entry(&mut self, label: impl Into<String>, act: Act) {
        let key = u32::try_from(self.menu.len()).unwrap_or(u32::MAX).saturating_add(1);
        self.menu.push(Entry { key, label: label.into(), act });
    }
    pub(super) fn go(&mut self, label: impl Into<String>, page: Page) {
        self.entry(label, Act::Go(page));
    }
    /// An entry whose page says why it is shut.
    pub(super) fn perhaps(&mut self, label: &str, open: bool, page: Page) {
        self.go(
            if open { label.to_owned() } else { format!("{} Not now.", words::stop(label)) },
            page,
        );
    }
    /// An entry that may be shut: it stays in its place and says why.
    pub(super) fn maybe(&mut self, label: &str, shut: Option<&Refused>, act: Act) {
        match shut {
            None => self.entry(label, act),
            Some(r) => self.entry(
                format!("{} {}", words::stop(label), show::refused(r)),
                Act::Shut(r.clone()),
            ),
        }
    }
    pub(super) fn back(mut self) -> View {
        self.menu.push(Entry { key: 0, label: "Back".to_owned(), act: Act::Back });
        self
    }
}

/// The page to go home to.
pub fn home(game: &Game) -> Page {
    if game.is_over() { Page::Debrief } else { Page::Desk }
}
