//! Everything in the face that changes the game: orders given and taken back, the turn ended.
//!
//! Owns what is told after each, and where the cursor goes. Refuses: whether an order is legal; the
//! engine says. `?` on the game in play means: without a game nothing happens.

use crate::engine::validate::MOST_POINTS;
use crate::engine::{Draft, Order, Slot, Verb};
use crate::prose;
use crate::prose::facts::{Desk, Prompt, Refused, StepDoes, StepRow};
use crate::scenario::model::{
    AgencyIx, EventIx, FileIx, InstrumentIx, PromiseIx, PropositionIx, TargetIx, limits,
};
use crate::tui::cursor::Cursor;
use crate::tui::drafting::{Found, draft_of, draft_of_file};
use crate::tui::facts::Facts;
use crate::tui::play::Play;
use crate::tui::scene::opens_beside;
use crate::tui::screen::{Popup, Screen, Target};

use super::{App, Request};

/// Said over orders that are gone with another.
const RESTED: &str = "These rested on it and are gone too";

impl App {
    /// Starts a draft and goes to it.
    pub(super) fn draft_measure(
        &mut self,
        instrument: InstrumentIx,
        target: Option<TargetIx>,
    ) -> Option<Request> {
        let draft = draft_of(self.play.as_ref()?.game(), instrument, target);
        self.open_draft(draft)
    }

    pub(super) fn draft_file(&mut self, file: FileIx) -> Option<Request> {
        let game = self.play.as_ref()?.game();
        let find = |d: &Desk| d.files.iter().find(|r| r.file == file).cloned();
        let row = match &self.facts {
            Facts::Desk(d) => find(d),
            Facts::Choose(c) => find(&c.desk),
            _ => find(&prose::desk(game)),
        };
        let draft = draft_of_file(game, &row?);
        self.open_draft(draft)
    }

    /// Goes to a draft; one that was refused says why, where it still would be.
    fn open_draft(&mut self, draft: Draft) -> Option<Request> {
        let play = self.play.as_mut()?;
        let found = play.drafting.open(draft);
        let pair = draft.subject.map(InstrumentIx).zip(draft.object.map(TargetIx));
        let ordered = pair.and_then(|(i, t)| play.game().ordered(i, t)).map(|(n, _)| n);
        if let (Found::New, Some(n)) = (found, ordered) {
            let because = play.game().orders()[n].because.clone();
            play.drafting.take_because(&because);
        }
        self.history.forget(Screen::Propose);
        self.visit(Screen::Propose);
        // What is in its way today, which need not be what was.
        let shut = match &self.facts {
            Facts::Propose(f) => f.shut.as_ref(),
            _ => None,
        };
        match (found, shut) {
            (Found::New, _) => {}
            (Found::AsRefused, Some(shut)) => {
                self.overlay.say(format!("As you left it. Refused: {}", shut.what));
            }
            (Found::AsRefused | Found::AsLeft, _) => self.overlay.say("As you left it."),
        }
        None
    }

    /// On the list of measures, the draft follows the cursor. True if it changed.
    pub(super) fn preview_draft(&mut self) -> bool {
        let target = self.target();
        let (Some(play), Facts::Choose(facts)) = (&mut self.play, &self.facts) else {
            return false;
        };
        let draft = match target {
            Some(Target::File(n)) => facts.desk.files.get(n).map(|f| draft_of_file(play.game(), f)),
            Some(Target::Instrument(ix)) => Some(draft_of(play.game(), ix, None)),
            _ => None,
        };
        let changed = draft.is_some_and(|d| play.drafting.preview(d));
        if changed {
            self.make_facts();
        }
        changed
    }

    /// Takes the next or the previous value for a row of the draft.
    pub(super) fn turn_slot(&mut self, row: usize, forward: bool) -> Option<Request> {
        let Facts::Propose(facts) = &self.facts else { return None };
        let slot = facts.slots.get(row)?;
        let n = slot.values.len();
        let next = match (slot.values.iter().position(|v| v.chosen), forward) {
            (Some(at), true) => (at + 1) % n,
            (Some(at), false) => (at + n - 1) % n,
            (None, _) => 0,
        };
        let (slot, value) = (slot.slot, slot.values.get(next)?.value);
        self.set_slot(slot, value)
    }

    /// Takes a value for a row of the draft, picked from the list.
    pub(super) fn pick(&mut self, row: usize, value: u8) -> Option<Request> {
        let Facts::Propose(facts) = &self.facts else { return None };
        let slot = facts.slots.get(row)?.slot;
        self.overlay.close();
        self.set_slot(slot, value)
    }

    fn set_slot(&mut self, slot: Slot, value: u8) -> Option<Request> {
        self.note_positions();
        self.play.as_mut()?.set_slot(slot, value);
        self.refresh();
        None
    }

    /// Notes where everyone stands on the draft, before something moves them.
    fn note_positions(&mut self) {
        if let (Facts::Propose(f), Some(play)) = (&self.facts, &mut self.play) {
            play.drafting.note_positions(&f.positions);
        }
    }

    /// The draft goes on the agenda.
    pub(super) fn submit(&mut self) -> Option<Request> {
        let Facts::Propose(facts) = &self.facts else { return None };
        let shut = facts.shut.clone();
        let order = facts.order;
        if let Some(shut) = shut {
            self.play.as_mut()?.drafting.keep_refused();
            self.refuse("Not as it stands", shut);
            return None;
        }
        let proposal = match order? {
            Order::Propose(p) => p,
            // The file comes first; its draft stays as it was left.
            build => {
                if self.give_order(build) {
                    self.visit(Screen::Desk);
                }
                return None;
            }
        };
        let because = self.play.as_ref()?.drafting.because().to_owned();
        match self.play.as_mut()?.place(proposal, &because) {
            Ok(placed) => {
                self.play.as_mut()?.drafting.drop_left();
                self.overlay.say(placed.order);
                self.visit(Screen::Desk);
                self.pass_on_notice();
                if !placed.lost.is_empty() {
                    self.tell(RESTED, placed.lost);
                }
            }
            Err(shut) => {
                self.play.as_mut()?.drafting.keep_refused();
                self.refuse("Not now", shut);
            }
        }
        None
    }

    /// Says what is in the way, and what would open it.
    fn refuse(&mut self, title: &str, shut: Refused) {
        self.tell(title, vec![shut.what, shut.unblock]);
    }

    /// Gives an order; says what was done, or why not.
    pub(super) fn give_order(&mut self, order: Order) -> bool {
        match self.try_give(order, "") {
            Ok(()) => true,
            Err(shut) => {
                self.refuse("Not now", shut);
                false
            }
        }
    }

    /// The same, with what is in the way handed back.
    fn try_give(&mut self, order: Order, because: &str) -> Result<(), Refused> {
        let Some(play) = &mut self.play else { return Err(Refused::default()) };
        let words = play.give(order, because)?;
        self.overlay.say(words);
        self.overlay.close();
        self.refresh();
        self.pass_on_notice();
        Ok(())
    }

    pub(super) fn promise(&mut self, promise: PromiseIx, to: AgencyIx) -> Option<Request> {
        self.note_positions();
        self.give_order(Order::Promise { promise, to });
        None
    }

    /// Asks how sure the player is of something.
    pub(super) fn ask_confidence(&mut self, proposition: PropositionIx) -> Option<Request> {
        let stated = self.play.as_ref()?.stated(proposition);
        let percent = if stated == 0 { 50 } else { stated };
        let order = Order::Confidence { proposition, percent };
        let is_shut =
            |play: &Play| play.game().situation().validate(play.game().rules(), &order).is_err();
        if self.play.as_ref().is_some_and(is_shut) {
            // What is settled is told so at once.
            self.give_order(order);
            return None;
        }
        self.open_popup(Popup::Sure(proposition, percent));
        None
    }

    pub(super) fn state_confidence(
        &mut self,
        proposition: PropositionIx,
        percent: u8,
    ) -> Option<Request> {
        let step = self.find_step(|s| s.does == StepDoes::Sure(proposition));
        if self.give_order(Order::Confidence { proposition, percent }) {
            self.finish_step(&step?, Screen::Desk)?;
        }
        None
    }

    fn find_step(&self, pick: impl Fn(&StepRow) -> bool) -> Option<StepRow> {
        self.coach.as_ref()?.steps.iter().find(|s| pick(s)).cloned()
    }

    /// What is said of a step stands on the screen it led to; the cursor goes to the next.
    fn finish_step(&mut self, step: &StepRow, screen: Screen) -> Option<Request> {
        self.play.as_mut()?.lesson.take_step(step, screen);
        self.history.forget(Screen::Desk);
        self.refresh();
        None
    }

    /// The step on a number key.
    pub(super) fn take_step_by_key(&mut self, key: usize) -> Option<Request> {
        let step = self.find_step(|s| s.key == Some(key))?;
        self.take_step(step.n)
    }

    /// Takes a step of the lesson: an order, a look, or the end of the turn.
    pub(super) fn take_step(&mut self, n: usize) -> Option<Request> {
        let step = self.find_step(|s| s.n == n)?;
        match step.does {
            StepDoes::Order(order) => {
                if self.give_order(order) {
                    return self.finish_step(&step, Screen::Desk);
                }
                None
            }
            StepDoes::Draft(file) => {
                self.draft_file(file);
                self.finish_step(&step, Screen::Propose)
            }
            StepDoes::Why(indicator) => {
                self.explain(indicator);
                self.finish_step(&step, Screen::Why)
            }
            StepDoes::Sure(p) => self.ask_confidence(p),
            // What staff is for is not this lesson; a question left open is.
            StepDoes::EndTurn if self.scene().open_questions() == 0 => self.end_turn(),
            StepDoes::EndTurn => {
                self.open_popup(Popup::EndTurn);
                None
            }
        }
    }

    pub(super) fn undo(&mut self) -> Option<Request> {
        let play = self.play.as_mut()?;
        let last = play.game().orders().len().checked_sub(1);
        if let Some(n) = last {
            play.keep_draft_of(n);
        }
        match play.undo() {
            Some(words) => self.overlay.say(format!("Taken back: {words}")),
            None => self.overlay.say("Nothing to take back this turn"),
        }
        self.refresh();
        None
    }

    /// Takes one order of this turn back and gives those after it again.
    pub(super) fn take_back(&mut self, n: usize) -> Option<Request> {
        let play = self.play.as_mut()?;
        play.keep_draft_of(n);
        let taken = play.take_back(n)?;
        self.overlay.close();
        self.overlay.say(format!("Taken back: {}", taken.order));
        self.refresh();
        if !taken.lost.is_empty() {
            self.tell(RESTED, taken.lost);
        }
        None
    }

    /// Signs the guidance, or changes it in public.
    pub(super) fn sign_guidance(&mut self) -> Option<Request> {
        let Facts::Guidance(g) = &self.facts else { return None };
        let play = self.play.as_ref()?;
        let points = play.selection.points;
        if g.verb == Some(Verb::Amend) && points == play.game().situation().guidance {
            self.overlay.say("Nothing is changed: the guidance stands as it is");
            return None;
        }
        let is_done = match g.verb {
            Some(Verb::Guide) => self.give_order(Order::Guide(points)),
            Some(Verb::Amend) => self.give_order(Order::Amend(points)),
            _ => true,
        };
        if is_done {
            self.visit(Screen::Desk);
        }
        None
    }

    pub(super) fn change_points(&mut self, lens: usize, more: bool) -> Option<Request> {
        let Facts::Guidance(g) = &self.facts else { return None };
        g.verb?;
        let p = self.play.as_mut()?.selection.points.get_mut(lens)?;
        *p = if more { (*p + 1).min(MOST_POINTS) } else { p.saturating_sub(1) };
        None
    }

    /// Takes a profile's points; true if they are others than before.
    pub(super) fn take_profile(&mut self, n: usize) -> bool {
        let (Facts::Guidance(g), Some(play)) = (&self.facts, &mut self.play) else { return false };
        let (Some(profile), true) = (g.profiles.get(n), g.verb.is_some()) else { return false };
        let mut points = [0; limits::LENSES];
        for (p, q) in points.iter_mut().zip(&profile.points) {
            *p = *q;
        }
        std::mem::replace(&mut play.selection.points, points) != points
    }

    pub(super) fn ask_to_end(&mut self) -> Option<Request> {
        let open = self.scene().open_questions();
        if self.play.is_none() || self.is_over() {
            self.visit(Screen::Debrief);
        } else if self.coach.is_none() || open > 0 || self.header.staff != 0 {
            // Always asked, so that the same keys always do the same; a lesson says itself when a
            // week is done. With a question open the obvious answer is no.
            self.open_popup_at(Popup::EndTurn, usize::from(open > 0));
        } else {
            return self.end_turn();
        }
        None
    }

    pub(super) fn end_turn(&mut self) -> Option<Request> {
        if let Err(shut) = self.play.as_mut()?.end_turn() {
            self.refuse("Not now", shut);
            return None;
        }
        self.history.clear();
        // The cursor of the desk stands where the turn begins, whatever the front page changes.
        self.visit(Screen::Desk);
        // What is dated in the last turn, and what finished in it, is read before the debrief.
        self.turn_to(Screen::Front);
        self.pass_on_notice();
        None
    }

    /// The answer with that number, from 0, to what is asked in front.
    pub(super) fn answer_by_key(&mut self, n: usize) -> Option<Request> {
        if let (None, Facts::Desk(_), Some(Target::Memo(m))) =
            (self.overlay.popup(), &self.facts, self.target())
            && !opens_beside(self.size)
        {
            // With the cursor on the answer whose number it was.
            self.open_popup_at(Popup::Detail(Target::Memo(m)), n);
            return None;
        }
        let asked = self.asked()?;
        // A number pressed for a question that is out of sight first brings it in sight.
        if !self.overlay.is_open() && self.screen() == Screen::Front {
            let target = |choice: u8| Target::Answer(asked.event, choice);
            let first = target(asked.choices.first()?.choice);
            let last = target(asked.choices.last()?.choice);
            let pressed = target(asked.choices.get(n)?.choice);
            if !self.is_in_sight(pressed) {
                // The cursor stays on the way on: Enter goes on reading, and answers nothing.
                self.bring_in_sight(&[last, first, pressed]);
                self.overlay.say(format!(
                    "The question is in sight now: press {} again to give this answer",
                    n + 1
                ));
                return None;
            }
        }
        let choice = asked.choices.get(n)?.choice;
        self.answer(asked.event, choice)
    }

    /// What is asked in front.
    fn asked(&self) -> Option<Prompt> {
        let of_memo = |d: &Desk, m: usize| d.prompts.get(d.inbox.get(m)?.prompt?).cloned();
        match (self.overlay.popup(), &self.facts) {
            (Some(Popup::Detail(Target::Memo(m))), Facts::Desk(d)) => of_memo(d, *m),
            (Some(Popup::Detail(Target::Question(n))), Facts::Front(f)) => f.asks.get(*n).cloned(),
            (None, Facts::Desk(d)) => match self.target() {
                Some(Target::Memo(m)) => of_memo(d, m),
                _ => None,
            },
            (None, Facts::Front(f)) => f.asks.iter().find(|p| !p.answered).cloned(),
            _ => None,
        }
    }

    /// Gives an answer; one that takes effect at once is told from the top of the page.
    pub(super) fn answer(&mut self, event: EventIx, choice: u8) -> Option<Request> {
        if self.give_order(Order::Answer { event, choice })
            && matches!(&self.facts, Facts::Front(f) if !f.answered.is_empty())
        {
            self.overlay.hush();
            self.history.forget(Screen::Front);
            self.refresh();
            return None;
        }
        match (self.screen(), self.overlay.popup(), &self.facts) {
            // Back on the way on: a second Enter must not answer the next question.
            (Screen::Front, None, _) => {
                self.move_cursor(|cursor, layout| cursor.pane = Cursor::on_way_on(layout).pane);
            }
            // On to the next that asks: the first below it, else the first of all.
            (Screen::Desk, None, Facts::Desk(d)) => {
                let asks = |n: &usize| d.inbox[*n].prompt.is_some() && !d.inbox[*n].answered;
                let here = match self.target() {
                    Some(Target::Memo(m)) => m.min(d.inbox.len()),
                    _ => 0,
                };
                let next = (here..d.inbox.len()).chain(0..here).find(asks)?;
                self.move_to(Target::Memo(next));
            }
            _ => {}
        }
        None
    }
}
