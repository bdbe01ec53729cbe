//! The state of the face, and what a frame is painted from.
//!
//! Each part is written by its own methods: the way between screens (`history`), popups and what is
//! said (`overlay`), the game in play (`play`), what can be opened (`shelf`). The app keeps the
//! facts of the screen in front fresh and turns input into changes of the parts: `update` has the
//! actions, `navigation` the cursor, `pointer` the mouse, `typing` the lines, `orders` what
//! changes the game. Refuses:
//! IO (a `Request` asks for it), painting, rules, words of rules.

mod navigation;
mod orders;
mod pointer;
mod typing;
mod update;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::input::Capabilities;
use crate::play::{Change, Host};
use crate::prose;
use crate::prose::facts::{Coach, Header};
use crate::prose::review::Comparison;
use crate::scenario::model::Rules;

use super::cursor::Cursor;
use super::facts::Facts;
use super::frame;
use super::help::{self, Asked};
use super::history::History;
use super::layout::PageLayout;
use super::library::{Entry, PastGame, Trouble, Unfinished};
use super::overlay::{Overlay, settled};
use super::play::Play;
use super::scene::{Scene, too_small};
use super::screen::{Popup, Screen, Target};
use super::screens::{self, Source};
use super::shelf::Shelf;
use super::theme::{Theme, ThemeName};
use super::view::find;
use super::view::foot::Foot;

/// What the app wants done that is not its own to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// A scenario, and the seed of the word that was agreed on.
    Begin(String, Option<u64>),
    Resume,
    /// The runs that are kept, to choose from.
    Past,
    /// One of them.
    Open(String),
    /// A branch of one, from the opening of this turn, from 1.
    Branch(String, u32),
    /// Two of them side by side.
    Compare(String, String),
    /// What a player who looks ahead makes of the game in hand: said first, played then.
    Planner,
    /// Rules to read on this screen, without a game.
    Read(Screen),
    /// The list of scenarios may have changed.
    Relist,
    Theme(ThemeName),
    Mouse(bool),
    Redraw,
    Suspend,
    Quit,
}

pub struct App {
    pub theme: Theme,
    /// The theme chosen, while another is tried in the options.
    chosen_theme: ThemeName,
    here: Capabilities,
    size: (u16, u16),
    /// Whether the mouse is used.
    mouse: bool,
    history: History,
    overlay: Overlay,
    shelf: Shelf,
    play: Option<Play>,
    /// Rules read without a game.
    reading: Option<Arc<Rules>>,
    help: Asked,
    // Made anew by `refresh`.
    facts: Facts,
    header: Header,
    coach: Option<Coach>,
}

impl App {
    pub fn new(theme: Theme, here: Capabilities, shelf: Shelf, mouse: bool) -> App {
        let chosen_theme = theme.name();
        let mut app = App {
            theme,
            chosen_theme,
            here,
            size: (80, 24),
            mouse,
            history: History::default(),
            overlay: Overlay::default(),
            shelf,
            play: None,
            reading: None,
            help: Asked::default(),
            facts: Facts::None,
            header: Header::default(),
            coach: None,
        };
        app.refresh();
        app
    }

    pub fn size(&self) -> (u16, u16) {
        self.size
    }
    pub fn screen(&self) -> Screen {
        self.history.screen()
    }
    pub fn play(&self) -> Option<&Play> {
        self.play.as_ref()
    }
    pub fn play_mut(&mut self) -> Option<&mut Play> {
        self.play.as_mut()
    }
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
    pub fn coach(&self) -> Option<&Coach> {
        self.coach.as_ref()
    }
    pub fn help(&self) -> &Asked {
        &self.help
    }
    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }
    pub fn search(&self) -> &str {
        self.history.search()
    }
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }
    /// The cursor of the screen in front.
    pub fn cursor(&self) -> Cursor {
        self.history.cursor()
    }

    /// What a frame is painted from.
    pub fn scene(&self) -> Scene<'_> {
        Scene {
            screen: self.screen(),
            facts: &self.facts,
            header: &self.header,
            theme: &self.theme,
            size: self.size,
            cursor: self.history.cursor(),
            search: self.history.search(),
            overlay: &self.overlay,
            play: self.play.as_ref(),
            coach: self.coach.as_ref(),
            shelf: &self.shelf,
            help: &self.help,
            mouse: self.mouse,
            has_back: self.history.has_back(),
        }
    }
    pub fn render(&self, frame: &mut Frame<'_>) {
        frame::render(frame, &self.scene());
    }
    /// The screen in front, laid out.
    pub fn layout(&self) -> PageLayout<'_> {
        screens::layout(&self.scene())
    }
    /// The popup in front, where it lies and its layout.
    pub fn popup_layout(&self) -> Option<(Rect, PageLayout<'_>)> {
        frame::popup_layout(&self.scene())
    }
    pub fn footer(&self) -> Vec<Foot> {
        frame::footer(&self.scene())
    }
    /// What is under the cursor of the screen.
    pub fn target(&self) -> Option<Target> {
        self.cursor().target(&self.layout())
    }
    /// What is under the cursor of the popup.
    pub fn popup_target(&self) -> Option<Target> {
        self.popup_layout().and_then(|(_, layout)| self.overlay.cursor().target(&layout))
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.refresh();
    }

    /// The list of scenarios, read again.
    pub fn relist(&mut self, entries: Vec<Entry>, unfinished: Option<Unfinished>, unread: usize) {
        self.shelf.relist(entries, unfinished, unread);
        // Rows have come or gone: the cursor is put where it belongs anew.
        self.history.forget(Screen::Title);
        self.refresh();
    }

    /// A game was opened.
    pub fn open_game(&mut self, host: Box<dyn Host>) {
        let play = Play::new(host);
        let game = play.game();
        let is_new = game.past().is_empty() && game.orders().is_empty();
        let screen = if game.is_over() {
            Screen::Debrief
        } else if is_new && prose::teaches(game) {
            // One page, and a question on it: the briefing stands above the question.
            Screen::Front
        } else if is_new {
            Screen::Briefing
        } else {
            Screen::Desk
        };
        self.play = Some(play);
        self.history.clear();
        self.overlay.close();
        self.shelf.is_new = false;
        self.shelf.goes_on = false;
        self.history.turn_to(screen);
        self.refresh();
        self.pass_on_notice();
        if self.screen() == Screen::Briefing && !self.has_briefing() {
            self.turn_to(Screen::Front);
        }
    }

    /// Whether the game opens with a page of its own.
    fn has_briefing(&self) -> bool {
        let Facts::Front(f) = &self.facts else { return false };
        f.briefing.as_ref().is_some_and(|b| !b.body.is_empty())
    }

    /// Looks at the scenario's file, where it is watched, and shows what came of it.
    pub fn look(&mut self) {
        let over = self.is_over();
        match self.play.as_mut().and_then(Play::look) {
            None => {}
            Some(Change::Broken(lines)) => {
                self.show_trouble(Trouble { title: "The scenario as it is now".to_owned(), lines });
            }
            Some(Change::Again(lost)) => self.show_again(over, lost),
        }
    }

    /// The game was played again under other rules: the same screen with the new texts, where it
    /// rests on nothing that is void now.
    fn show_again(&mut self, was_over: bool, lost: Vec<String>) {
        self.close_popup();
        if self.screen() == Screen::Problem && !self.history.go_back() {
            self.history.turn_to(Screen::Desk);
        }
        let over = self.play.as_ref().is_some_and(|p| p.game().is_over());
        let void = matches!(self.screen(), Screen::Choose | Screen::Propose | Screen::Why);
        if over && !was_over {
            self.history.clear();
            self.history.turn_to(Screen::Debrief);
        } else if !over && (void || self.screen() == Screen::Debrief) {
            self.history.clear();
            self.history.turn_to(Screen::Desk);
        }
        self.refresh();
        if lost.is_empty() {
            self.overlay.say("The scenario was read anew, and the game played again to here");
        } else {
            let mut lines = vec!["Orders that no longer hold are left out:".to_owned()];
            lines.extend(lost);
            self.tell("The scenario was read anew", lines);
        }
    }

    /// The game in hand, for what no screen shows.
    pub fn host(&mut self) -> Option<&mut dyn Host> {
        self.play.as_mut().map(Play::host)
    }

    /// Hands the game in hand over to another face, with the orders of its turn put down. The title
    /// page is left, as it was before.
    pub fn hand_over(&mut self) -> Option<Box<dyn Host>> {
        self.keep_orders();
        let play = self.play.take()?;
        self.overlay.close();
        self.history.clear();
        self.history.turn_to(Screen::Title);
        self.refresh();
        Some(play.into_host())
    }

    /// Something could not be opened.
    pub fn show_trouble(&mut self, trouble: Trouble) {
        self.shelf.trouble = trouble;
        self.visit(Screen::Problem);
    }

    /// The runs that are kept came to be chosen from.
    pub fn show_past(&mut self, past: Vec<PastGame>) {
        self.shelf.past = past;
        self.shelf.marked = None;
        self.history.forget(Screen::Past);
        self.visit(Screen::Past);
    }

    /// The kept game that is looked at and was not weighed yet, by its name: only what is in sight
    /// is played again.
    pub fn unweighed(&self) -> Option<String> {
        if self.screen() != Screen::Past {
            return None;
        }
        let Some(Target::Past(n)) = self.target() else { return None };
        let game = self.shelf.past.get(n)?;
        let wanted = game.over && game.trouble.is_empty() && game.standing.is_none();
        wanted.then(|| game.name.clone())
    }

    /// How a kept game stands came to be told.
    pub fn weighed(&mut self, name: &str, standing: String) {
        if let Some(game) = self.shelf.past.iter_mut().find(|p| p.name == name) {
            game.standing = Some(standing);
        }
    }

    /// Two kept games came to be read side by side.
    pub fn show_compared(&mut self, compared: Comparison) {
        self.shelf.compared = compared;
        self.history.forget(Screen::Compare);
        self.visit(Screen::Compare);
    }

    /// Says that a player who looks ahead is at work.
    pub fn say_planning(&mut self) {
        self.overlay.say("A player who looks ahead plays the same draw: some seconds");
    }

    /// Lets that player play, and tells what came of it.
    pub fn plan(&mut self) {
        self.overlay.hush();
        let told = self.play.as_mut().and_then(Play::ask_planner);
        self.refresh();
        if let Some(told) = told {
            self.tell("Beside a player who looks ahead", vec![told, prose::PREMISE.to_owned()]);
        }
    }

    /// Rules came to be read.
    pub fn show_rules(&mut self, rules: Arc<Rules>, screen: Screen) {
        self.reading = Some(rules);
        self.visit(screen);
    }

    /// Another thread failed, and the player is told.
    pub fn tell(&mut self, title: &str, lines: Vec<String>) {
        self.overlay.tell(title, lines);
        self.settle_popup();
    }

    /// The orders of the turn that is not ended are kept.
    pub fn keep_orders(&mut self) {
        if let Some(play) = &mut self.play {
            play.keep_orders();
        }
    }

    /// Passes on what the host wants the player told.
    fn pass_on_notice(&mut self) {
        if let Some(notice) = self.play.as_mut().and_then(Play::notice) {
            self.tell("Please note", vec![notice]);
        }
    }

    pub fn open_popup(&mut self, popup: Popup) {
        self.overlay.open(popup);
        self.settle_popup();
    }

    fn open_popup_at(&mut self, popup: Popup, row: usize) {
        self.overlay.open_at(popup, row);
        self.settle_popup();
    }

    fn settle_popup(&mut self) {
        let cursor = self.overlay.cursor();
        // What is opened is read from its beginning, wherever its first link stands.
        let is_page = matches!(self.overlay.popup(), Some(Popup::Detail(_)));
        let settled = self.popup_layout().map(|(_, layout)| settled(cursor, &layout, is_page));
        self.overlay.set_cursor(settled.unwrap_or(cursor));
    }

    /// Whether there is a game and it is over.
    pub fn is_over(&self) -> bool {
        self.scene().is_over()
    }

    fn turn_to(&mut self, screen: Screen) {
        self.history.turn_to(screen);
        self.refresh();
    }

    /// Goes to a screen, if it can be seen now.
    fn visit(&mut self, screen: Screen) {
        if screens::row(screen).is_in_game() && self.play.is_none() {
            return;
        }
        if screen == Screen::Help && self.screen() != Screen::Help {
            self.help = self.ask_help();
            self.history.forget(Screen::Help);
        }
        self.close_popup();
        self.history.visit(screen);
        self.refresh();
    }

    /// What help is asked about on the screen in front.
    fn ask_help(&self) -> Asked {
        let from = self.screen();
        let game = self.play.as_ref().map(Play::game);
        let rules = game.map(super::super::game::Game::rules).or(self.reading.as_deref());
        let until = match game {
            Some(game) => prose::codex_until(game),
            None => rules.and_then(|r| r.turns.first().map(|t| t.opens)),
        };
        // The codex itself says every word there is.
        let terms = from != Screen::Codex;
        let said = frame::all_words(&self.scene());
        Asked { groups: screens::key_groups(from), words: help::words(&said, rules, until, terms) }
    }

    /// Makes the facts of the screen in front anew and puts the cursor somewhere that exists.
    fn refresh(&mut self) {
        self.make_facts();
        self.coach = self.play.as_ref().and_then(Play::coach);
        self.header = self.play.as_ref().map_or_else(Header::default, |p| prose::header(p.game()));
        self.settle_cursor();
        if self.screen() == Screen::Choose && self.preview_draft() {
            self.settle_cursor();
        }
        self.settle_popup();
    }

    fn make_facts(&mut self) {
        self.facts = match (screens::row(self.screen()).facts, &self.play, &self.reading) {
            (Source::Game(make), Some(play), _) => make(play),
            (Source::Rules(make), Some(play), _) => {
                make(play.game().rules(), prose::codex_until(play.game()))
            }
            (Source::Rules(make), None, Some(rules)) => {
                make(rules, rules.turns.first().map(|t| t.opens))
            }
            (Source::Nothing, ..) | (_, None, _) => Facts::None,
        };
    }

    fn settle_cursor(&mut self) {
        let is_first_sight = self.history.is_first_sight();
        let scene = self.scene();
        let layout = screens::layout(&scene);
        let mut cursor =
            if is_first_sight { screens::first(&scene, &layout) } else { scene.cursor };
        cursor.settle(&layout);
        if !is_first_sight || !screens::row(scene.screen).opens_at_top {
            cursor.show(&layout);
        }
        drop(layout);
        self.history.set_cursor(cursor);
    }

    /// Changes the cursor of the screen by its layout.
    fn move_cursor(&mut self, change: impl FnOnce(&mut Cursor, &PageLayout<'_>)) {
        let mut cursor = self.cursor();
        let layout = self.layout();
        change(&mut cursor, &layout);
        drop(layout);
        self.history.set_cursor(cursor);
    }

    /// Puts the cursor on the row that fits a search best.
    fn move_to_best_match(&mut self) {
        self.move_cursor(|cursor, layout| {
            if let Some((pane, link)) = find::best(layout) {
                cursor.enter(layout, pane);
                cursor.link[pane] = link;
                cursor.show(layout);
            }
        });
    }

    /// Puts the cursor on a target of the screen in front, if it is there.
    fn move_to(&mut self, target: Target) {
        self.move_cursor(|cursor, layout| {
            if let Some(there) = Cursor::on(layout, target) {
                cursor.enter(layout, there.pane);
                cursor.link[there.pane] = there.link[there.pane];
                cursor.show(layout);
            }
        });
    }

    /// Scrolls targets in sight, the last one first to be seen, and leaves the cursor where it is.
    fn bring_in_sight(&mut self, targets: &[Target]) {
        self.move_cursor(|cursor, layout| {
            for there in targets.iter().filter_map(|t| Cursor::on(layout, *t)) {
                let mut shown = Cursor { pane: there.pane, ..*cursor };
                shown.link[there.pane] = there.link[there.pane];
                shown.show(layout);
                cursor.top = shown.top;
            }
        });
    }

    /// Whether a target can be seen now.
    fn is_in_sight(&self, target: Target) -> bool {
        self.cursor().sees(&self.layout(), target)
    }

    /// Whether the terminal is too small to lay anything out.
    fn is_too_small(&self) -> bool {
        too_small(self.size)
    }
}
