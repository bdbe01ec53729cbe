//! What is too long to be heard at once, part by part: the front page, the debrief, the calendar,
//! an agency, a campaign.
//!
//! Owns which parts there are and in which order. Refuses: the sentences (`show`), and to print
//! anything unasked.

use crate::game::Game;
use crate::prose;
use crate::prose::facts::FrontPage;

use super::show::{self, Part};
use super::view::{Page, Reading, View, home};

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
        onward(&mut v, game, &prose::front_page(game));
    }
    v.back()
}

/// What a front page leads to besides its own parts: what waits, the desk, why.
pub(super) fn onward(v: &mut View, game: &Game, f: &FrontPage) {
    for p in &f.asks {
        let state = if p.answered { "Answered" } else { "Waits for an answer" };
        v.go(format!("{state}: {}: {}", p.from, p.item.title), Page::Answer(p.event));
    }
    if f.wants_guidance {
        v.go("Write the guidance: what may give way to what", Page::Guidance);
    }
    v.go(if game.is_over() { "To the debrief" } else { "To the desk" }, home(game));
    if !f.changes.is_empty() {
        v.go("Why something changed", Page::Whys);
    }
}
