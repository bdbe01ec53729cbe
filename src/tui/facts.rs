//! The facts of the screen in front, made once after each change so that painting asks nothing of
//! the rules.
//!
//! Owns which functions of `prose` feed which screen. Refuses: laying them out.

use std::rc::Rc;

use crate::day::Day;
use crate::engine::Draft;
use crate::engine::Slot;
use crate::game::Game;
use crate::prose::{self, facts as f, review};
use crate::scenario::model::{AgencyIx, Rules};

use super::app::Play;
use super::screen::Screen;

/// What a screen shows.
#[derive(Debug, Default)]
pub enum Facts {
    #[default]
    None,
    Front(Box<f::FrontPage>),
    Guidance(f::Guidance),
    Desk(Box<f::Desk>),
    /// The desk (for its live files), the list of instruments, and the draft under the cursor.
    Choose(Box<f::Desk>, Vec<f::ValueRow>, Box<f::Propose>),
    Propose(Box<f::Propose>),
    Act(f::Actions),
    Intel(Box<f::Intelligence>),
    Agencies(Vec<f::AgencyRow>, Vec<f::AgencyPage>),
    Calendar(f::Calendar),
    /// Why, all values, and the turns before, newest first.
    Why(Box<f::Why>, Vec<f::Figure>, Vec<f::Why>),
    Debrief(Rc<review::Debrief>),
    Codex(Vec<f::CodexEntry>),
    Assumptions(Vec<f::AssumptionRow>),
}

/// The facts of a screen of a game.
pub fn of(screen: Screen, play: &Play) -> Facts {
    let game = play.host.game();
    match screen {
        Screen::Title | Screen::Help | Screen::Problem | Screen::Past => Facts::None,
        Screen::Front => Facts::Front(Box::new(prose::front_page(game))),
        Screen::Briefing => Facts::Front(Box::new(briefing(game))),
        Screen::Guidance => Facts::Guidance(prose::guidance(game)),
        Screen::Desk => Facts::Desk(Box::new(prose::desk(game))),
        Screen::Choose => choose(game, play),
        Screen::Propose => Facts::Propose(Box::new(prose::propose(game, &play.draft))),
        Screen::Act => Facts::Act(prose::actions(game)),
        Screen::Intel => Facts::Intel(Box::new(prose::intelligence(game, play.campaign))),
        Screen::Agencies => {
            let rows = prose::agencies(game);
            let pages = rows.iter().map(|r| prose::agency(game, r.room.agency)).collect();
            Facts::Agencies(rows, pages)
        }
        Screen::Calendar => Facts::Calendar(prose::calendar(game)),
        Screen::Why => {
            let why = if game.is_over() { prose::why_open } else { prose::why };
            let before = (1..play.why.1).rev().map(|turn| why(game, play.why.0, turn)).collect();
            Facts::Why(Box::new(why(game, play.why.0, play.why.1)), prose::figures(game), before)
        }
        Screen::Debrief if game.is_over() => {
            Facts::Debrief(Rc::clone(play.review.get_or_init(|| Rc::new(prose::debrief(game)))))
        }
        Screen::Debrief => Facts::Debrief(Rc::new(prose::debrief(game))),
        Screen::Codex | Screen::Assumptions => {
            of_rules(screen, game.rules(), prose::codex_until(game))
        }
    }
}

/// The facts of a screen that needs rules and no game.
pub fn of_rules(screen: Screen, rules: &Rules, until: Option<Day>) -> Facts {
    match screen {
        Screen::Codex => Facts::Codex(prose::codex(rules, until)),
        Screen::Assumptions => Facts::Assumptions(prose::assumptions(rules)),
        _ => Facts::None,
    }
}

/// The page the game opened with, as it was then.
fn briefing(game: &Game) -> f::FrontPage {
    let rules = game.rules();
    let mut page = prose::front_page(game);
    if page.briefing.is_none() {
        page.briefing = Some(prose::text_item(rules, "briefing", &rules.title, &rules.briefing));
        page.dates = rules.turns.first().map(|t| prose::words::date(t.opens)).unwrap_or_default();
    }
    page
}

fn choose(game: &Game, play: &Play) -> Facts {
    let all = prose::propose(game, &Draft::of(crate::engine::Verb::Propose));
    let values =
        all.slots.into_iter().find(|s| s.slot == Slot::Subject).map_or_else(Vec::new, |s| s.values);
    let draft = if play.draft.subject.is_some() {
        prose::propose(game, &play.draft)
    } else {
        f::Propose::default()
    };
    Facts::Choose(Box::new(prose::desk(game)), values, Box::new(draft))
}

/// The page of an agency among those loaded.
pub fn page_of(pages: &[f::AgencyPage], agency: AgencyIx) -> Option<&f::AgencyPage> {
    pages.iter().find(|p| p.agency == agency)
}
