//! The one table of screens: what each is called, what it shows, how it is laid out and how the
//! cursor moves on it.
//!
//! A new screen is a name in `screen`, a row here, its facts in `facts`, its file in `view` and its
//! keys in `keys`. Refuses: drawing (`view`), what surrounds every screen (`frame`).

use ratatui::layout::Rect;

use crate::day::Day;
use crate::scenario::model::Rules;

use super::cursor::Cursor;
use super::facts::{self, Facts};
use super::keys::On;
use super::layout::PageLayout;
use super::play::Play;
use super::scene::{Scene, too_small};
use super::screen::Screen;
use super::view;

/// What a screen's facts are made of.
#[derive(Clone, Copy)]
pub enum Source {
    Nothing,
    /// A game: without one the screen cannot be seen.
    Game(fn(&Play) -> Facts),
    /// Rules, up to a day of theirs.
    Rules(fn(&Rules, Option<Day>) -> Facts),
}

/// On which screens Enter reads on before it does anything else.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ReadOn {
    Never,
    Always,
    /// From the last pane, the way on: on a question or a link Enter does what stands there.
    FromWayOn,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a column of the table")]
pub struct Row {
    pub screen: Screen,
    /// What the top line calls it.
    pub title: &'static str,
    pub facts: Source,
    layout: for<'a> fn(&Scene<'a>, Rect) -> PageLayout<'a>,
    /// Where the cursor stands when the screen is first seen.
    first: fn(&Scene<'_>, &PageLayout<'_>) -> Cursor,
    /// Whether there is a list to be searched.
    pub is_searchable: bool,
    read_on: ReadOn,
    /// Whether it is first seen from its top, wherever its first link is.
    pub opens_at_top: bool,
    /// Whether what the cursor is on stands opened in the second pane.
    pub opens_beside: bool,
    /// Whether a lesson's coach speaks under it, with a way back to the desk.
    pub is_coached: bool,
    /// Whether the footer shows the arrows.
    pub shows_arrows: bool,
}

/// What most screens are.
const ROW: Row = Row {
    screen: Screen::Title,
    title: "",
    facts: Source::Nothing,
    layout: view::title::layout,
    first: |_, _| Cursor::default(),
    is_searchable: true,
    read_on: ReadOn::Never,
    opens_at_top: false,
    opens_beside: false,
    is_coached: false,
    shows_arrows: false,
};

/// In the order of [`Screen`], one row each.
pub static SCREENS: [Row; Screen::COUNT] = [
    Row {
        screen: Screen::Title,
        title: "Title page",
        layout: view::title::layout,
        first: view::title::first,
        is_searchable: false,
        shows_arrows: true,
        ..ROW
    },
    Row {
        screen: Screen::Briefing,
        title: "Briefing",
        facts: Source::Game(facts::briefing),
        layout: view::briefing::layout,
        is_searchable: false,
        read_on: ReadOn::Always,
        ..ROW
    },
    Row {
        screen: Screen::Front,
        title: "Front page",
        facts: Source::Game(facts::front),
        layout: view::front::layout,
        first: view::front::first,
        is_searchable: false,
        read_on: ReadOn::FromWayOn,
        opens_at_top: true,
        ..ROW
    },
    Row {
        screen: Screen::Guidance,
        title: "Guidance",
        facts: Source::Game(facts::guidance),
        layout: view::guidance::layout,
        is_searchable: false,
        shows_arrows: true,
        ..ROW
    },
    Row {
        screen: Screen::Desk,
        title: "Desk",
        facts: Source::Game(facts::desk),
        layout: view::lesson::desk,
        first: view::lesson::first,
        shows_arrows: true,
        ..ROW
    },
    Row {
        screen: Screen::Choose,
        title: "Propose what",
        facts: Source::Game(facts::choose),
        layout: view::choose::layout,
        opens_beside: true,
        is_coached: true,
        shows_arrows: true,
        ..ROW
    },
    Row {
        screen: Screen::Propose,
        title: "Propose",
        facts: Source::Game(facts::propose),
        layout: view::propose::layout,
        is_coached: true,
        shows_arrows: true,
        ..ROW
    },
    Row {
        screen: Screen::Act,
        title: "Tasks and asks",
        facts: Source::Game(facts::act),
        layout: view::act::layout,
        opens_beside: true,
        ..ROW
    },
    Row {
        screen: Screen::Intel,
        title: "Intelligence",
        facts: Source::Game(facts::intel),
        layout: view::intel::layout,
        opens_at_top: true,
        opens_beside: true,
        is_coached: true,
        ..ROW
    },
    Row {
        screen: Screen::Agencies,
        title: "Agencies",
        facts: Source::Game(facts::agencies),
        layout: view::agencies::layout,
        opens_beside: true,
        is_coached: true,
        ..ROW
    },
    Row {
        screen: Screen::Calendar,
        title: "Calendar",
        facts: Source::Game(facts::calendar),
        layout: view::calendar::layout,
        is_coached: true,
        ..ROW
    },
    Row {
        screen: Screen::Why,
        title: "Why",
        facts: Source::Game(facts::why),
        layout: view::why::layout,
        first: view::why::first,
        is_coached: true,
        ..ROW
    },
    Row {
        screen: Screen::Debrief,
        title: "Debrief",
        facts: Source::Game(facts::debrief),
        layout: view::debrief::layout,
        first: |_, layout| Cursor::on_way_on(layout),
        is_searchable: false,
        read_on: ReadOn::FromWayOn,
        ..ROW
    },
    Row {
        screen: Screen::Codex,
        title: "Codex",
        facts: Source::Rules(facts::codex),
        layout: view::codex::layout,
        opens_beside: true,
        ..ROW
    },
    Row {
        screen: Screen::Assumptions,
        title: "Assumptions",
        facts: Source::Rules(facts::assumptions),
        layout: view::codex::assumptions,
        opens_beside: true,
        ..ROW
    },
    Row {
        screen: Screen::Help,
        title: "Help",
        layout: view::help::layout,
        opens_at_top: true,
        ..ROW
    },
    Row {
        screen: Screen::Problem,
        title: "Problem",
        layout: view::problem::layout,
        is_searchable: false,
        ..ROW
    },
    Row { screen: Screen::Past, title: "Past games", layout: view::past::layout, ..ROW },
    Row {
        screen: Screen::Compare,
        title: "Two games",
        layout: view::compare::layout,
        is_searchable: false,
        ..ROW
    },
];

// A row in another's place does not compile.
const _: () = {
    let mut n = 0;
    while n < SCREENS.len() {
        assert!(SCREENS[n].screen as usize == n, "SCREENS has the order of Screen");
        n += 1;
    }
};

/// The row of a screen.
pub fn row(screen: Screen) -> &'static Row {
    &SCREENS[screen as usize]
}

impl Row {
    /// Whether it can only be seen with a game in hand.
    pub fn is_in_game(&self) -> bool {
        matches!(self.facts, Source::Game(_))
    }
}

/// The screen in front, laid out between the two lines above and the two below.
pub fn layout<'a>(scene: &Scene<'a>) -> PageLayout<'a> {
    if too_small(scene.size) {
        return PageLayout::default();
    }
    let area = Rect { x: 0, y: 2, width: scene.size.0, height: scene.size.1.saturating_sub(4) };
    let row = row(scene.screen);
    if leads_back(scene) {
        return view::lesson::above_strip(scene, area, row.layout);
    }
    (row.layout)(scene, area)
}

/// Whether 1 is the way back to the desk, and says so under the screen.
pub fn leads_back(scene: &Scene<'_>) -> bool {
    scene.coach.is_some() && row(scene.screen).is_coached
}

/// Where the cursor stands when a screen is first seen.
pub fn first(scene: &Scene<'_>, layout: &PageLayout<'_>) -> Cursor {
    (row(scene.screen).first)(scene, layout)
}

/// Whether Enter would leave a page that has not been read to its end.
pub fn has_more_to_read(scene: &Scene<'_>, layout: &PageLayout<'_>) -> bool {
    let reads = match row(scene.screen).read_on {
        ReadOn::Never => false,
        ReadOn::Always => true,
        ReadOn::FromWayOn => scene.cursor.pane + 1 == layout.panes.len(),
    };
    reads && scene.cursor.has_unread(&layout.panes)
}

/// Groups of the table of keys with their titles, as help shows them on a screen: the nearest
/// first, every group there is.
pub fn key_groups(from: Screen) -> Vec<(On, String)> {
    let here = row(from);
    let mut groups =
        vec![(On::Screen(from), format!("ON THIS SCREEN: {}", here.title.to_uppercase()))];
    let game = (On::Game, "IN A GAME".to_owned());
    let (near, far) = if here.is_in_game() { (Some(game), None) } else { (None, Some(game)) };
    groups.extend(near);
    groups.push((On::Anywhere, "EVERYWHERE".to_owned()));
    groups.push((On::Popup, "IN A BOX OVER THE SCREEN".to_owned()));
    groups.push((On::Line, "WHILE TYPING".to_owned()));
    groups.extend(far);
    let others = SCREENS.iter().filter(|r| r.screen != from);
    groups.extend(others.map(|r| (On::Screen(r.screen), r.title.to_uppercase())));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::{self, Action};

    #[test]
    fn every_screen_has_a_title() {
        for r in &SCREENS {
            assert!(!r.title.is_empty(), "{:?}", r.screen);
        }
    }

    #[test]
    fn every_screen_can_be_left_and_asked_about() {
        for r in &SCREENS {
            let levels = keys::levels(r.screen, r.is_in_game(), None);
            let actions: Vec<Action> = keys::here(&levels).iter().map(|k| k.action).collect();
            for wanted in [Action::Leave, Action::Help, Action::Quit, Action::Kill] {
                assert!(
                    actions.contains(&wanted)
                        || (r.screen == Screen::Problem && wanted == Action::Leave),
                    "{wanted:?} is missing on {:?}",
                    r.screen
                );
            }
        }
    }
}
