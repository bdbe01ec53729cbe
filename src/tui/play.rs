//! The game in play, and what the player has half done in it: the draft, what is looked at, how far
//! the lesson is.
//!
//! Owns orders given and taken back through the host, and their words. Refuses: whether an order is
//! legal (the engine says), which screen is in front.

use std::cell::OnceCell;
use std::path::Path;
use std::rc::Rc;

use crate::engine::{Order, Proposal, Refusal, Slot};
use crate::game::Game;
use crate::play::{Change, Host, Saved, place};
use crate::prose;
use crate::prose::facts::{Coach, Figure, Refused, StepDoes, StepRow};
use crate::prose::review::{Debrief, Standing};
use crate::scenario::model::{CampaignIx, IndicatorIx, PropositionIx, limits};

use super::drafting::Drafting;
use super::screen::Screen;

/// A value that is explained, over the turn that ended before this opening (from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Explained {
    pub indicator: IndicatorIx,
    pub turn: usize,
}

/// What the screens of a game show of it, as the player has chosen.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    pub campaign: Option<CampaignIx>,
    /// Of intelligence, one campaign's page; else the page over all of them.
    pub on_campaign: bool,
    pub explained: Explained,
    /// The guidance being written.
    pub points: [u8; limits::LENSES],
    /// The page of the debrief.
    pub debrief_page: usize,
    /// The page of tasks and asks.
    pub act_page: usize,
    /// Values looked at since the turn opened, as a mask.
    seen: u64,
}

impl Selection {
    /// Notes that a value has been looked at.
    pub fn mark_seen(&mut self, indicator: IndicatorIx) {
        self.seen |= 1 << indicator.i();
    }

    /// Whether a value moved by a whole point or more with the last turn and has not been looked
    /// at since.
    pub fn is_unseen(&self, f: &Figure) -> bool {
        f.marked && f.delta.abs() >= crate::num::ONE && self.seen & (1 << f.indicator.i()) == 0
    }
}

/// In a lesson: the steps taken this turn by looking, and what the coach says on the screen that
/// the last step led to.
#[derive(Debug, Clone, Default)]
pub struct LessonProgress {
    looked: Vec<usize>,
    says: Option<(Screen, String)>,
}

impl LessonProgress {
    /// What the coach says on this screen; empty where nothing.
    pub fn says_on(&self, screen: Screen) -> &str {
        self.says.as_ref().filter(|(on, _)| *on == screen).map_or("", |(_, words)| words)
    }

    /// Notes a step that led to this screen.
    pub fn take_step(&mut self, step: &StepRow, screen: Screen) {
        self.says = Some((screen, step.then.clone()));
        if matches!(step.does, StepDoes::Draft(_) | StepDoes::Why(_)) {
            self.looked.push(step.n);
        }
    }
}

/// An order taken back or put in the place of another, and those that rested on it, in words.
pub struct TakenBack {
    pub order: String,
    pub lost: Vec<String>,
}

/// A game in hand.
pub struct Play {
    host: Box<dyn Host>,
    pub drafting: Drafting,
    pub selection: Selection,
    pub lesson: LessonProgress,
    /// The debrief of a game that is over: the game is played again many times for it, once.
    review: OnceCell<Rc<Debrief>>,
}

impl Play {
    pub fn new(host: Box<dyn Host>) -> Play {
        let mut play = Play {
            host,
            drafting: Drafting::default(),
            selection: Selection::default(),
            lesson: LessonProgress::default(),
            review: OnceCell::new(),
        };
        play.begin();
        play
    }

    /// Looks at the scenario's file, where it is watched. If the game was played again, nothing is
    /// looked at or half done in it any more.
    pub fn look(&mut self) -> Option<Change> {
        let change = self.host.look()?;
        if matches!(change, Change::Again(_)) {
            self.begin();
        }
        Some(change)
    }

    fn begin(&mut self) {
        self.selection =
            Selection { points: self.game().situation().guidance, ..Selection::default() };
        self.selection.explained.turn = self.game().past().len();
        self.drafting = Drafting::default();
        self.lesson = LessonProgress::default();
        self.review = OnceCell::new();
    }

    pub fn game(&self) -> &Game {
        self.host.game()
    }

    /// The same game for another face.
    pub fn host(&mut self) -> &mut dyn Host {
        &mut *self.host
    }

    pub fn is_lesson(&self) -> bool {
        self.game().rules().lesson.is_some()
    }

    pub fn coach(&self) -> Option<Coach> {
        prose::coach(self.game(), &self.lesson.looked)
    }

    pub fn review(&self) -> Rc<Debrief> {
        if self.game().is_over() {
            Rc::clone(self.review.get_or_init(|| Rc::new(prose::debrief(self.game()))))
        } else {
            Rc::new(prose::debrief(self.game()))
        }
    }

    /// Adds to the debrief what a player who looks ahead makes of the draw, and says it: the figure
    /// with all its marks. It takes seconds.
    pub fn ask_planner(&mut self) -> Option<String> {
        let standing = prose::standing_with_planner(self.game()).ok()?;
        let told = standing.text.clone();
        let review = Debrief { standing: Some(standing), ..(*self.review()).clone() };
        self.review = OnceCell::from(Rc::new(review));
        Some(told)
    }

    /// Whether the debrief has that already.
    pub fn has_planner(&self) -> bool {
        let review = self.review.get();
        review.and_then(|d| d.standing.as_ref()).is_some_and(Standing::has_planner)
    }

    /// Gives an order; the order in words.
    ///
    /// # Errors
    /// What is in the way, and what would open it.
    pub fn give(&mut self, order: Order, because: &str) -> Result<String, Refused> {
        match self.host.give(order, because) {
            Ok(()) => Ok(prose::order(self.game().rules(), &order)),
            Err(refusal) => Err(self.refused(&refusal)),
        }
    }

    fn refused(&self, refusal: &Refusal) -> Refused {
        prose::refusal(self.game().rules(), self.game().situation(), refusal)
    }

    /// Changes one slot of the draft.
    pub fn set_slot(&mut self, slot: Slot, value: u8) {
        self.drafting.set(self.host.game(), slot, value);
    }

    /// Takes the last order of the turn back; its words, if there was one.
    pub fn undo(&mut self) -> Option<String> {
        let last = self.game().orders().last().map(|g| g.order)?;
        let words = prose::order(self.game().rules(), &last);
        self.host.undo().then_some(words)
    }

    /// Before a proposal is taken back: its draft is kept as it is.
    pub fn keep_draft_of(&mut self, n: usize) {
        let given = self.game().orders().get(n).map(|g| (g.order, g.because.clone()));
        if let Some((Order::Propose(p), because)) = given {
            let draft = prose::begin_draft(self.game(), p.instrument, p.target);
            self.drafting.take_off(draft, &because);
        }
    }

    /// Takes one order of the turn back and gives those after it again.
    pub fn take_back(&mut self, n: usize) -> Option<TakenBack> {
        let given = self.game().orders().to_vec();
        let taken = given.get(n)?;
        while self.game().orders().len() > n && self.host.undo() {}
        let mut lost = Vec::new();
        for g in &given[n + 1..] {
            if self.host.give(g.order, &g.because).is_err() {
                lost.push(prose::order(self.game().rules(), &g.order));
            }
        }
        Some(TakenBack { order: prose::order(self.game().rules(), &taken.order), lost })
    }

    /// Puts a proposal on the agenda, in the place of the one about the same pair if there is one.
    ///
    /// # Errors
    /// What is in the way, and what would open it.
    pub fn place(&mut self, p: Proposal, because: &str) -> Result<TakenBack, Refused> {
        let lost = place(&mut *self.host, p, because).map_err(|r| self.refused(&r))?;
        let rules = self.game().rules();
        let words = |o: &Order| prose::order(rules, o);
        Ok(TakenBack { order: words(&Order::Propose(p)), lost: lost.iter().map(words).collect() })
    }

    /// Which order of this turn it is, where it was given.
    pub fn position_of(&self, order: Order) -> Option<usize> {
        self.game().orders().iter().position(|g| g.order == order)
    }

    /// Ends the turn and begins the next with nothing looked at or half done.
    ///
    /// # Errors
    /// What is in the way.
    pub fn end_turn(&mut self) -> Result<(), Refused> {
        if let Err(refusal) = self.host.end() {
            return Err(self.refused(&refusal));
        }
        self.selection.points = self.game().situation().guidance;
        self.selection.debrief_page = 0;
        self.selection.seen = 0;
        self.drafting.begin_turn();
        self.lesson = LessonProgress::default();
        Ok(())
    }

    /// How many questions of this turn have no answer yet.
    pub fn open_questions(&self) -> usize {
        let prompts = &self.game().situation().prompts;
        prompts.iter().filter(|p| p.choice == crate::engine::NONE).count()
    }

    /// How sure the player has said to be of something, of 100; 0 for not stated.
    pub fn stated(&self, proposition: PropositionIx) -> u8 {
        self.game().situation().confidence[proposition]
    }

    /// Explains a value as of now.
    pub fn explain(&mut self, indicator: IndicatorIx) {
        self.selection.mark_seen(indicator);
        self.selection.explained = Explained { indicator, turn: self.last_explained(indicator) };
    }

    /// Explains the next or the previous value over the same turn, as far as it has one.
    pub fn explain_next(&mut self, figures: &[Figure], forward: bool) {
        let n = figures.len();
        if n == 0 {
            return;
        }
        let here = self.selection.explained;
        let at = figures.iter().position(|f| f.indicator == here.indicator).unwrap_or(0);
        let indicator = figures[if forward { at + 1 } else { at + n - 1 } % n].indicator;
        let turn = here.turn.min(self.last_explained(indicator));
        self.selection.explained = Explained { indicator, turn };
    }

    /// Explains the same value over the next or the previous turn.
    pub fn explain_turn(&mut self, forward: bool) {
        let last = self.last_explained(self.selection.explained.indicator);
        let turn = &mut self.selection.explained.turn;
        *turn =
            if forward { (*turn + 1).min(last) } else { turn.saturating_sub(1).max(last.min(1)) };
    }

    /// The last turn over which a value can be explained: this one, if it has moved it already.
    fn last_explained(&self, indicator: IndicatorIx) -> usize {
        self.game().past().len() + usize::from(prose::moved_now(self.game(), indicator))
    }

    /// The game without its screens.
    pub fn into_host(self) -> Box<dyn Host> {
        self.host
    }

    /// Keeps the orders of the turn that is not ended, on leaving.
    pub fn keep_orders(&mut self) {
        self.host.draft();
    }

    /// Whether what is played is saved.
    pub fn saved(&self) -> Saved {
        self.host.saved()
    }

    /// What is to be said if leaving loses the game.
    pub fn unsaved(&self) -> Option<String> {
        self.saved().warning()
    }

    /// Tries again to save the game, in its own place or elsewhere; the file it is in.
    ///
    /// # Errors
    /// Why it is still not saved.
    pub fn save(&mut self, elsewhere: Option<&str>) -> Result<String, String> {
        self.host.save(elsewhere.map(Path::new))
    }

    /// What the host wants the player told, once.
    pub fn notice(&mut self) -> Option<String> {
        self.host.notice()
    }
}
