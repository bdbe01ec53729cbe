//! The facts of the screen in front, made once after each change so that painting asks nothing of
//! the rules.
//!
//! Owns which functions of `prose` feed which screen. Refuses: laying them out.

use std::rc::Rc;

use crate::day::Day;
use crate::engine::{Draft, Slot, Verb};
use crate::game::Game;
use crate::prose::{self, facts as f, review};
use crate::scenario::model::{AgencyIx, Rules};

use super::play::Play;

/// What a screen shows.
#[derive(Debug, Default)]
pub enum Facts {
    /// The screen shows nothing of a game or its rules.
    #[default]
    None,
    Front(Box<f::FrontPage>),
    Guidance(f::Guidance),
    Desk(Box<f::Desk>),
    Choose(Box<Choose>),
    Propose(Box<f::Propose>),
    Act(f::Actions),
    Intel(Box<f::Intelligence>),
    Agencies(Agencies),
    Calendar(f::Calendar),
    Why(Box<Why>),
    Debrief(Rc<review::Debrief>),
    Codex(Vec<f::CodexEntry>),
    Assumptions(Vec<f::AssumptionRow>),
}

/// What may be proposed.
#[derive(Debug)]
pub struct Choose {
    /// The desk, for its live files.
    pub desk: f::Desk,
    pub instruments: Vec<f::ValueRow>,
    /// The draft under the cursor.
    pub draft: f::Propose,
}

#[derive(Debug)]
pub struct Agencies {
    pub rows: Vec<f::AgencyRow>,
    pub pages: Vec<f::AgencyPage>,
}

impl Agencies {
    pub fn page(&self, agency: AgencyIx) -> Option<&f::AgencyPage> {
        self.pages.iter().find(|p| p.agency == agency)
    }
}

/// Why a value moved.
#[derive(Debug)]
pub struct Why {
    pub why: f::Why,
    /// All values, to go on to.
    pub figures: Vec<f::Figure>,
    /// The same value over the turns before, newest first.
    pub before: Vec<f::Why>,
}

pub fn front(play: &Play) -> Facts {
    Facts::Front(Box::new(prose::front_page(play.game())))
}

/// The page the game opened with, as it was then.
pub fn briefing(play: &Play) -> Facts {
    let rules = play.game().rules();
    let mut page = prose::front_page(play.game());
    if page.briefing.is_none() {
        page.briefing =
            Some(prose::text_item(play.game(), "briefing", &rules.title, &rules.briefing));
        page.dates = rules.turns.first().map(|t| prose::words::date(t.opens)).unwrap_or_default();
    }
    Facts::Front(Box::new(page))
}

pub fn guidance(play: &Play) -> Facts {
    Facts::Guidance(prose::guidance(play.game()))
}

pub fn desk(play: &Play) -> Facts {
    Facts::Desk(Box::new(prose::desk_with(play.game(), &play.drafting.left())))
}

pub fn choose(play: &Play) -> Facts {
    let game = play.game();
    let all = prose::propose(game, &Draft::of(Verb::Propose));
    let instruments =
        all.slots.into_iter().find(|s| s.slot == Slot::Subject).map_or_else(Vec::new, |s| s.values);
    let draft = play.drafting.draft();
    let draft = match draft.subject {
        Some(_) => prose::propose(game, &draft),
        None => f::Propose::default(),
    };
    let desk = prose::desk_with(game, &play.drafting.left());
    Facts::Choose(Box::new(Choose { desk, instruments, draft }))
}

pub fn propose(play: &Play) -> Facts {
    Facts::Propose(Box::new(prose::propose(play.game(), &play.drafting.draft())))
}

pub fn act(play: &Play) -> Facts {
    Facts::Act(prose::actions(play.game()))
}

pub fn intel(play: &Play) -> Facts {
    Facts::Intel(Box::new(prose::intelligence(play.game(), play.selection.campaign)))
}

pub fn agencies(play: &Play) -> Facts {
    let game = play.game();
    let rows = prose::agencies(game);
    let pages = rows.iter().map(|r| prose::agency(game, r.room.agency)).collect();
    Facts::Agencies(Agencies { rows, pages })
}

pub fn calendar(play: &Play) -> Facts {
    Facts::Calendar(prose::calendar(play.game()))
}

pub fn why(play: &Play) -> Facts {
    let game: &Game = play.game();
    let explain = if game.is_over() { prose::why_open } else { prose::why };
    let at = play.selection.explained;
    Facts::Why(Box::new(Why {
        why: explain(game, at.indicator, at.turn),
        figures: prose::figures(game),
        before: (1..at.turn).rev().map(|turn| explain(game, at.indicator, turn)).collect(),
    }))
}

pub fn debrief(play: &Play) -> Facts {
    Facts::Debrief(play.review())
}

pub fn codex(rules: &Rules, until: Option<Day>) -> Facts {
    Facts::Codex(prose::codex(rules, until))
}

pub fn assumptions(rules: &Rules, until: Option<Day>) -> Facts {
    Facts::Assumptions(prose::assumptions(rules, until))
}
