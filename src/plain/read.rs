//! What is too long to be heard at once, part by part: the front page, the debrief, the calendar,
//! an agency, a campaign.
//!
//! Owns which parts there are and in which order. Refuses: the sentences (`show`), and to print
//! anything unasked.

use crate::game::Game;
use crate::prose;
use crate::scenario::model::{AgencyIx, CampaignIx};

use super::page::{self, Page, View};
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

/// A part: what the menu calls it, and its lines. One without lines is not offered.
pub struct Part {
    pub title: String,
    pub lines: Vec<String>,
}

pub(super) fn part_of(title: &str, lines: impl IntoIterator<Item = String>) -> Part {
    Part { title: title.to_owned(), lines: lines.into_iter().filter(|l| !l.is_empty()).collect() }
}

fn parts(game: &Game, what: Reading) -> Vec<Part> {
    let mut list = match what {
        Reading::Front => show::front(&prose::front_page(game)),
        Reading::Debrief => show::debrief(&prose::debrief(game)),
        Reading::Calendar => show::calendar(&prose::calendar(game)),
        Reading::Agency(a) => show::agency(&prose::agency(game, a)),
        Reading::Intel(c) => show::board(&prose::intelligence(game, c)),
    };
    list.retain(|p| !p.lines.is_empty());
    list
}

/// The parts as entries.
pub(super) fn menu(v: &mut View, game: &Game, what: Reading) {
    for (n, p) in parts(game, what).into_iter().enumerate() {
        v.go(p.title, Page::Part(what, n));
    }
}

/// One part; the first number goes on to the next.
pub(super) fn part(game: &Game, what: Reading, n: usize) -> View {
    let list = parts(game, what);
    let Some(p) = list.get(n) else { return View::titled("That is no longer here.").back() };
    let of = match what {
        Reading::Front => "Front page".to_owned(),
        Reading::Debrief => "Debrief".to_owned(),
        Reading::Calendar => "Calendar".to_owned(),
        Reading::Agency(a) => prose::agency(game, a).name,
        Reading::Intel(c) => prose::intelligence(game, c).name,
    };
    let mut v = View::titled(format!("{of}. {}.", p.title));
    v.lines.extend(p.lines.iter().cloned());
    if let Some(next) = list.get(n + 1) {
        v.go(format!("Next: {}", next.title), Page::Part(what, n + 1));
    }
    v.back()
}

/// Everything, each part under its title.
pub(super) fn whole(game: &Game, what: Reading) -> View {
    let mut v = View::default();
    match what {
        Reading::Front => v.lines = show::opening(&prose::front_page(game)),
        Reading::Debrief => {
            let d = prose::debrief(game);
            v.say(format!("The whole debrief of {}.", d.scenario));
        }
        Reading::Calendar => v.say("The whole calendar."),
        Reading::Agency(a) => v.say(format!("All about {}.", prose::agency(game, a).name)),
        Reading::Intel(c) => v.say(format!("All about {}.", prose::intelligence(game, c).name)),
    }
    for p in parts(game, what) {
        v.say("");
        v.say(format!("{}.", p.title));
        v.lines.extend(p.lines);
    }
    if what == Reading::Front {
        page::onward(&mut v, game, &prose::front_page(game));
    }
    v.back()
}
