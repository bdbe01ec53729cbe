//! The state of the face: which screen, where the cursor is, the game in hand, the facts in front.
//!
//! Owns moving between screens and keeping facts fresh. `update` (in its own file) turns input into
//! actions; `orders` is everything that changes the game. Refuses: IO (an `Request` asks for it),
//! painting, rules, words of rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::position::Stance;
use crate::engine::{Draft, Verb};
use crate::play::Host;
use crate::prose;
use crate::prose::facts::{Coach, Door, Header};
use crate::scenario::model::{AgencyIx, CampaignIx, CodexIx, IndicatorIx, Rules, limits};
use crate::terminal::Capabilities;

use super::cursor::Cursor;
use super::facts::{self, Facts};
use super::library::{Entry, PastGame, Trouble, Unfinished};
use super::screen::{Popup, Purpose, Screen, Target};
use super::theme::{Theme, ThemeName};
use super::view;

/// What the app wants done that is not its own to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    Begin(String),
    Resume,
    /// The runs that are kept, to choose from.
    Past,
    /// One of them.
    Open(String),
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

/// A draft that was changed or refused and is not on the agenda: as it was left, with its reason in
/// a sentence.
#[derive(Debug, Clone)]
pub struct Left {
    pub draft: Draft,
    pub because: String,
    pub refused: bool,
}

/// A game in hand, and what is half done in it.
pub struct Play {
    pub host: Box<dyn Host>,
    /// The measure being put together.
    pub draft: Draft,
    pub because: String,
    /// Drafts that were refused, one for each measure and target, until they are on the agenda.
    pub left: Vec<Left>,
    /// Where everyone stood before the last change of the draft.
    pub stood: Vec<(AgencyIx, Stance)>,
    pub campaign: Option<CampaignIx>,
    /// The value being explained, and before which opening (from 0).
    pub why: (IndicatorIx, usize),
    /// The guidance being written.
    pub points: [u8; limits::LENSES],
    /// The page of the debrief, and of tasks and asks.
    pub debrief: usize,
    pub tab: usize,
    /// The debrief of a game that is over: it is played again many times for it, once.
    pub review: std::cell::OnceCell<std::rc::Rc<prose::review::Debrief>>,
    /// Values looked at since the turn opened, as a mask.
    pub looked: u64,
    /// In a lesson: steps taken this turn by looking, and what is said of the last one on the
    /// screen it led to.
    pub seen: Vec<usize>,
    pub coached: Option<(Screen, String)>,
}

impl Play {
    pub fn new(host: Box<dyn Host>) -> Play {
        let points = host.game().situation().guidance;
        let mut play = Play {
            host,
            draft: Draft::of(Verb::Propose),
            because: String::new(),
            left: Vec::new(),
            stood: Vec::new(),
            campaign: None,
            why: (IndicatorIx::default(), 0),
            points,
            debrief: 0,
            tab: 0,
            review: std::cell::OnceCell::new(),
            looked: 0,
            seen: Vec::new(),
            coached: None,
        };
        play.why.1 = play.host.game().past().len();
        play
    }
}

/// Everything a frame is painted from.
pub struct App {
    pub theme: Theme,
    pub here: Capabilities,
    pub size: (u16, u16),
    pub screen: Screen,
    pub back: Vec<Screen>,
    pub popup: Option<Popup>,
    /// The cursor of the popup.
    pub over: Cursor,
    cursors: BTreeMap<Screen, Cursor>,
    pub entries: Vec<Entry>,
    pub unfinished: Option<Unfinished>,
    pub play: Option<Play>,
    /// Rules read without a game.
    pub reading: Option<Arc<Rules>>,
    pub facts: Facts,
    pub header: Header,
    pub trouble: Trouble,
    /// Told in the line above the footer until the next key.
    pub said: Option<String>,
    /// The screen that help was asked from, and the words it used.
    pub asked_from: Screen,
    pub words: Vec<view::Word>,
    /// The runs that are kept, once they were asked for.
    pub past: Vec<PastGame>,
    /// Whether any run is kept.
    pub kept: bool,
    /// How many runs newer than the one that is offered could not be read.
    pub unread: usize,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// What lists are narrowed to.
    pub search: String,
    /// What is typed after `/` where there is nothing to search: shown, and run by nobody.
    pub astray: Option<String>,
    /// In a lesson: the coach's words and steps of the turn.
    pub coach: Option<Coach>,
    /// Nothing was ever played here: the title page offers the lesson and little else.
    pub fresh: bool,
    /// A lesson was left: the cursor of the title page goes to what comes next.
    pub onward: bool,
}

impl App {
    pub fn new(
        theme: Theme,
        here: Capabilities,
        entries: Vec<Entry>,
        unfinished: Option<Unfinished>,
    ) -> App {
        let mut app = App {
            theme,
            here,
            size: (80, 24),
            screen: Screen::Title,
            back: Vec::new(),
            popup: None,
            over: Cursor::default(),
            cursors: BTreeMap::new(),
            entries,
            unfinished,
            play: None,
            reading: None,
            facts: Facts::None,
            header: Header::default(),
            trouble: Trouble::default(),
            said: None,
            asked_from: Screen::Title,
            words: Vec::new(),
            past: Vec::new(),
            kept: false,
            unread: 0,
            mouse: true,
            search: String::new(),
            astray: None,
            coach: None,
            fresh: false,
            onward: false,
        };
        app.refresh();
        app
    }

    /// The title page of somebody who has never played.
    pub fn newcomer(&mut self) {
        self.fresh = self.entries.iter().any(|e| e.lesson);
        self.refresh();
    }

    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.refresh();
    }

    /// The list of scenarios, read again.
    pub fn relist(&mut self, entries: Vec<Entry>, unfinished: Option<Unfinished>) {
        self.kept |= unfinished.is_some();
        self.entries = entries;
        self.unfinished = unfinished;
        // Rows have come or gone: the cursor is put where it belongs anew.
        self.forget_cursor(Screen::Title);
        self.refresh();
    }

    /// A game was opened.
    pub fn begun(&mut self, host: Box<dyn Host>) {
        let new = host.game().past().is_empty() && host.game().orders().is_empty();
        let over = host.game().is_over();
        self.play = Some(Play::new(host));
        self.cursors.clear();
        self.back.clear();
        self.popup = None;
        self.fresh = false;
        self.onward = false;
        let lesson = self.play.as_ref().is_some_and(|p| prose::teaches(p.host.game()));
        self.turn_to(if over {
            Screen::Debrief
        } else if new && lesson {
            // One page, and a question on it: the briefing stands above the question.
            Screen::Front
        } else if new {
            Screen::Briefing
        } else {
            Screen::Desk
        });
        self.refresh();
        self.listen();
        if self.screen == Screen::Briefing && !view::has_briefing(self) {
            self.turn_to(Screen::Front);
            self.refresh();
        }
    }

    /// Something could not be opened.
    pub fn failed(&mut self, trouble: Trouble) {
        self.trouble = trouble;
        self.go(Screen::Problem);
    }

    /// The runs that are kept came to be chosen from.
    pub fn remembered(&mut self, past: Vec<PastGame>) {
        self.past = past;
        self.forget_cursor(Screen::Past);
        self.go(Screen::Past);
    }

    /// Whether a list is being searched: the line is typed, and the list is still in hand.
    pub fn searching(&self) -> bool {
        matches!(self.popup, Some(Popup::Line(Purpose::Search, _)))
    }

    /// Puts the cursor on the row that fits a search best.
    pub(super) fn to_best(&mut self) {
        let mut cursor = self.cursor();
        let layout = view::layout(self);
        if let Some((pane, door)) = view::best(&layout) {
            cursor.enter(&layout, pane);
            cursor.link[pane] = door;
            cursor.show(&layout);
        }
        drop(layout);
        self.set_cursor(cursor);
    }

    /// Rules came to be read.
    pub fn read(&mut self, rules: Arc<Rules>, screen: Screen) {
        self.reading = Some(rules);
        self.go(screen);
    }

    /// Passes on what the host wants the player told.
    pub(super) fn listen(&mut self) {
        if let Some(notice) = self.play.as_mut().and_then(|p| p.host.notice()) {
            self.tell("Please note", vec![notice]);
        }
    }

    pub(super) fn tell(&mut self, title: &str, lines: Vec<String>) {
        self.open_popup(Popup::Told(
            title.to_owned(),
            lines.into_iter().filter(|l| !l.is_empty()).collect(),
        ));
    }

    pub(super) fn open_popup(&mut self, popup: Popup) {
        self.popup = Some(popup);
        self.over = Cursor::default();
        self.settle_popup();
    }

    pub(super) fn settle_popup(&mut self) {
        let mut over = self.over;
        if let Some((_, layout)) = view::popup(self) {
            over.settle(&layout);
            over.show(&layout);
        }
        self.over = over;
    }

    /// The cursor of the screen in front.
    pub fn cursor(&self) -> Cursor {
        self.cursors.get(&self.screen).copied().unwrap_or_default()
    }
    pub(super) fn set_cursor(&mut self, cursor: Cursor) {
        self.cursors.insert(self.screen, cursor);
    }
    /// Its page will be seen from its beginning, as one that is turned over, with nothing searched
    /// for.
    pub(super) fn forget_cursor(&mut self, screen: Screen) {
        self.cursors.remove(&screen);
        if screen == self.screen {
            self.search.clear();
        }
    }

    /// Whether there is a game and it is over.
    pub fn is_over(&self) -> bool {
        self.play.as_ref().is_some_and(|p| p.host.game().is_over())
    }

    /// Puts a screen in front. What was searched for was looked for on the page that is left.
    pub(super) fn turn_to(&mut self, screen: Screen) {
        if screen != self.screen {
            self.search.clear();
        }
        self.screen = screen;
    }

    /// What is under the cursor of the screen.
    pub fn target(&self) -> Option<Target> {
        self.cursor().target(&view::layout(self))
    }
    /// What is under the cursor of the popup.
    pub fn popup_target(&self) -> Option<Target> {
        view::popup(self).and_then(|(_, layout)| self.over.target(&layout))
    }

    pub(super) fn go(&mut self, screen: Screen) {
        if screen.in_game() && self.play.is_none() {
            return;
        }
        if screen == Screen::Desk {
            self.back.clear();
        } else if screen != self.screen {
            self.back.retain(|s| *s != screen);
            self.back.push(self.screen);
        }
        if screen == Screen::Help && self.screen != Screen::Help {
            self.words = view::words_here(self);
            self.asked_from = self.screen;
            self.forget_cursor(Screen::Help);
        }
        self.close();
        self.turn_to(screen);
        self.refresh();
    }

    /// Goes back, or home when there is nothing to go back to.
    pub(super) fn go_back(&mut self) -> Option<Request> {
        if self.close() {
            return None;
        }
        if !self.search.is_empty() {
            self.search.clear();
            self.refresh();
            return None;
        }
        if let Some(screen) = self.back.pop() {
            self.turn_to(screen);
            self.refresh();
            return None;
        }
        match self.screen {
            // The way out is q: a key pressed once too often on the way back must not end the
            // program.
            Screen::Title => {
                self.said = Some("Nothing to go back to; q leaves the program".to_owned());
            }
            Screen::Debrief | Screen::Desk if self.is_over() => return self.leave_if_saved(),
            Screen::Desk | Screen::Briefing => self.ask_to_leave(),
            Screen::Front if self.coach.is_some() => self.ask_to_leave(),
            _ => self.go(if self.play.is_some() { Screen::Desk } else { Screen::Title }),
        }
        None
    }

    /// A key pressed once too often on the way back must not end the game: the cursor is on
    /// staying.
    fn ask_to_leave(&mut self) {
        self.open_popup(Popup::Leave);
        // Where leaving loses the game, staying is the first row.
        self.over.link[0] = usize::from(self.unsaved().is_none());
        self.settle_popup();
    }

    /// What is to be said of the game in hand if leaving loses it.
    pub fn unsaved(&self) -> Option<String> {
        self.play.as_ref().and_then(|p| p.host.saved().warning())
    }

    /// Puts the game away, or asks first if that loses it.
    pub(super) fn leave_if_saved(&mut self) -> Option<Request> {
        if self.unsaved().is_none() {
            return self.leave_game();
        }
        self.open_popup(Popup::Leave);
        None
    }

    /// Tries again to save the game in hand, and says how that went.
    pub(super) fn save(&mut self, elsewhere: Option<&str>) {
        let place = elsewhere.map(std::path::Path::new);
        match self.play.as_mut().map(|play| play.host.save(place)) {
            Some(Ok(path)) => self.tell(
                "The game is saved",
                vec![
                    format!("All of it is in {path}."),
                    "It is kept there from now on.".to_owned(),
                ],
            ),
            Some(Err(why)) => self.tell("The game is still not saved", vec![why]),
            None => {}
        }
    }

    /// Closes what lies over the screen, and says what is lost with it; true if there was anything.
    pub(super) fn close(&mut self) -> bool {
        match self.popup.take() {
            None => return false,
            Some(Popup::Sure(p, _)) => {
                let stated =
                    self.play.as_ref().map_or(0, |play| play.host.game().situation().confidence[p]);
                self.said = Some(if stated == 0 {
                    "Not stated".to_owned()
                } else {
                    format!("Not stated anew: {stated}% stands")
                });
            }
            Some(Popup::Line(Purpose::Because, line)) => {
                let kept = self.play.as_ref().map_or("", |p| p.because.as_str());
                if line.value().trim() != kept.trim() {
                    let words = if kept.is_empty() {
                        "Not kept: no reason is given"
                    } else {
                        "Not kept: the reason is as it was"
                    };
                    self.said = Some(words.to_owned());
                }
            }
            Some(_) => {}
        }
        true
    }

    /// Puts the game away, with the orders of its turn.
    pub(super) fn leave_game(&mut self) -> Option<Request> {
        if let Some(play) = &mut self.play {
            play.host.draft();
            self.onward = play.host.game().rules().lesson.is_some();
        }
        self.play = None;
        self.back.clear();
        self.popup = None;
        self.turn_to(Screen::Title);
        self.refresh();
        Some(Request::Relist)
    }

    /// Makes the facts of the screen in front anew and puts the cursor somewhere that exists.
    pub(super) fn refresh(&mut self) {
        self.facts = match (&self.play, &self.reading) {
            (Some(play), _) => facts::of(self.screen, play),
            (None, Some(rules)) => {
                facts::of_rules(self.screen, rules, rules.turns.first().map(|t| t.opens))
            }
            (None, None) => Facts::None,
        };
        self.coach = self.play.as_ref().and_then(|p| prose::coach(p.host.game(), &p.seen));
        self.header =
            self.play.as_ref().map_or_else(Header::default, |p| prose::header(p.host.game()));
        self.settle();
        if self.screen == Screen::Choose && self.preview() {
            self.settle();
        }
        self.settle_popup();
    }

    fn settle(&mut self) {
        let fresh = !self.cursors.contains_key(&self.screen);
        let mut cursor = self.cursor();
        let layout = view::layout(self);
        if fresh {
            (cursor.pane, cursor.link) = view::first(self, &layout);
        }
        cursor.settle(&layout);
        // A page is first seen from its beginning, wherever its first door is.
        if !fresh || !matches!(self.screen, Screen::Front | Screen::Intel | Screen::Help) {
            cursor.show(&layout);
        }
        drop(layout);
        self.set_cursor(cursor);
    }

    /// On the list of measures, the draft follows the cursor. True if it changed.
    pub(super) fn preview(&mut self) -> bool {
        let target = self.target();
        let Some(play) = &mut self.play else { return false };
        let game = play.host.game();
        let draft = match (target, &self.facts) {
            (Some(Target::File(n)), Facts::Choose(desk, _, _)) => {
                desk.files.get(n).map(|f| super::orders::draft_of_file(game, f))
            }
            (Some(Target::Instrument(ix)), _) => Some(super::orders::draft_of(game, ix, None)),
            _ => None,
        };
        // One that was refused is shown as it was left.
        match draft.map(|d| super::orders::left(play, &d).map_or(d, |r| r.draft)) {
            Some(d) if d != play.draft => {
                play.draft = d;
                self.facts = facts::of(self.screen, play);
                true
            }
            _ => false,
        }
    }

    /// Whether a value moved by a whole point or more with the last turn and has not been looked at
    /// since.
    pub fn unseen(&self, f: &prose::facts::Figure) -> bool {
        f.marked
            && f.delta.abs() >= crate::num::ONE
            && self.play.as_ref().is_some_and(|p| p.looked & (1 << f.indicator.i()) == 0)
    }

    /// A value the cursor has left has been looked at.
    pub(super) fn look(&mut self, target: Option<Target>) {
        if let (Some(Target::To(Door::Indicator(i))), Some(play)) = (target, &mut self.play) {
            play.looked |= 1 << i.i();
        }
    }

    /// Why a value stands where it stands, as of now.
    pub(super) fn explain(&mut self, indicator: IndicatorIx) {
        self.look(Some(Target::To(Door::Indicator(indicator))));
        if let Some(play) = &mut self.play {
            let game = play.host.game();
            play.why =
                (indicator, game.past().len() + usize::from(prose::moved_now(game, indicator)));
        }
        // Once more on the value that is explained: on to its causes.
        let listed = self.among_values()
            && !matches!(&self.facts, Facts::Why(w, ..) if w.figure.indicator == indicator);
        self.go(Screen::Why);
        self.explained_anew(listed);
    }

    /// Whether the cursor is in the list of all values.
    pub(super) fn among_values(&self) -> bool {
        self.screen == Screen::Why && self.cursor().pane == view::WHY_LIST
    }

    /// Another value or turn is explained: the page is seen from its beginning, and a cursor in the
    /// list goes to the value.
    pub(super) fn explained_anew(&mut self, listed: bool) {
        self.forget_cursor(Screen::Why);
        self.refresh();
        if listed {
            let mut cursor = self.cursor();
            let layout = view::layout(self);
            cursor.enter(&layout, view::WHY_LIST);
            cursor.settle(&layout);
            cursor.show(&layout);
            drop(layout);
            self.set_cursor(cursor);
        }
    }

    /// Opens the codex at an entry.
    pub(super) fn look_up(&mut self, entry: CodexIx) {
        // It may be none of those that are searched for.
        self.search.clear();
        self.go(Screen::Codex);
        let at = match &self.facts {
            Facts::Codex(all) => all.iter().position(|e| e.codex == entry),
            _ => None,
        };
        if let Some(at) = at {
            self.point_at(Target::Entry(at));
        }
    }

    /// Puts the cursor on a target of the screen in front, if it is there.
    pub(super) fn point_at(&mut self, target: Target) {
        let mut cursor = self.cursor();
        let layout = view::layout(self);
        for (n, pane) in layout.panes.iter().take(8).enumerate() {
            if let Some(d) = pane.page.links.iter().position(|d| d.to == target) {
                cursor.enter(&layout, n);
                cursor.link[n] = d;
                cursor.show(&layout);
                break;
            }
        }
        drop(layout);
        self.set_cursor(cursor);
    }

    /// Scrolls targets in sight, the last one first to be seen, and leaves the cursor where it is.
    pub(super) fn bring_in_sight(&mut self, targets: &[Target]) {
        let mut cursor = self.cursor();
        let layout = view::layout(self);
        for (n, pane) in layout.panes.iter().take(8).enumerate() {
            for target in targets {
                if let Some(d) = pane.page.links.iter().position(|d| d.to == *target) {
                    let mut there = Cursor { pane: n, ..cursor };
                    there.link[n] = d;
                    there.show(&layout);
                    cursor.top = there.top;
                }
            }
        }
        drop(layout);
        self.set_cursor(cursor);
    }

    /// Whether a target can be seen now.
    pub(super) fn in_sight(&self, target: Target) -> bool {
        self.cursor().sees(&view::layout(self), target)
    }

    /// Where a door of the facts leads.
    pub(super) fn enter(&mut self, door: Door) {
        match door {
            Door::Indicator(i) => self.explain(i),
            Door::Agency(a) => {
                self.go(Screen::Agencies);
                self.point_at(Target::Agency(a));
            }
            Door::Campaign(c) => {
                if let Some(p) = &mut self.play {
                    p.campaign = Some(c);
                }
                self.go(Screen::Intel);
            }
            Door::File(f) => self.take_up_file(f),
            Door::Propose(i, t) => self.take_up(i, Some(t)),
            // On the calendar itself they open.
            Door::Measure(..) | Door::Window(_) if self.screen == Screen::Calendar => {
                self.open_popup(Popup::Detail(Target::To(door)));
            }
            Door::Measure(..) | Door::Window(_) => self.go(Screen::Calendar),
            Door::Codex(c) => self.look_up(c),
            Door::Event(_) => self.open_popup(Popup::Detail(Target::To(door))),
            Door::Order(n) => self.open_popup(Popup::Detail(Target::Order(n))),
            Door::Guidance => self.go(Screen::Guidance),
            Door::Confidence => {
                self.go(Screen::Act);
                self.find_confidence();
            }
        }
    }

    pub(super) fn find_confidence(&mut self) {
        if let Some(p) = &mut self.play {
            p.tab = view::ACT_PAGES.iter().position(|t| *t == "How sure").unwrap_or(0);
        }
        self.forget_cursor(Screen::Act);
        self.refresh();
        let first = match &self.facts {
            Facts::Act(a) => a.propositions.first().map(|p| p.proposition),
            _ => None,
        };
        if let Some(p) = first {
            self.point_at(Target::Sure(p));
        }
    }
}
