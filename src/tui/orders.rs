//! Everything in the face that changes the game: orders given and taken back, the turn ended.
//!
//! Owns drafts of orders and what is told after each. Refuses: whether an order is legal; the
//! engine says.

use crate::engine::position::Stance;
use crate::engine::{Draft, Order, Refusal, Verb};
use crate::engine::{Slot, options};
use crate::game::Game;
use crate::prose;
use crate::prose::facts::{FileRow, Refused, StepDoes, StepRow};
use crate::scenario::model::{
    AgencyIx, EventIx, FileIx, InstrumentIx, PromiseIx, PropositionIx, TargetIx, limits,
};

use super::app::{App, Left, Play, Request};
use super::facts::Facts;
use super::screen::{Popup, Screen, Target};
use super::view;

/// A full draft: this instrument, this target or the likeliest one, as `prose::begin_draft` begins
/// it for every face.
pub fn draft_of(game: &Game, instrument: InstrumentIx, target: Option<TargetIx>) -> Draft {
    let mut d = Draft::of(Verb::Propose);
    d.set(Slot::Subject, instrument.0);
    let target = target.unwrap_or_else(|| TargetIx(likeliest(game, &d)));
    prose::begin_draft(game, instrument, target)
}

/// The first target on offer; else the one that lacks least.
fn likeliest(game: &Game, d: &Draft) -> u8 {
    let mut best: Option<(u8, i32)> = None;
    options::options(game.rules(), game.situation(), d, Slot::Object, |t, r| {
        let rank = match r {
            Ok(()) => 2000,
            Err(Refusal::Gate { needs, has, .. }) => 1000 + has - needs,
            Err(Refusal::WrongKind { .. }) => -2,
            Err(Refusal::NotYetKnown { .. }) => -1,
            Err(_) => 0,
        };
        if best.is_none_or(|(_, b)| rank > b) {
            best = Some((t, rank));
        }
    });
    best.map_or(0, |b| b.0)
}

/// The draft of a live file, with its terms.
pub fn draft_of_file(game: &Game, row: &FileRow) -> Draft {
    let mut d = draft_of(game, row.instrument, Some(row.target));
    if let Some(f) = game.rules().files.get(row.file.i()) {
        for (part, at) in d.parts.iter_mut().zip(f.terms) {
            if part.is_some() {
                *part = Some(at);
            }
        }
    }
    d
}

/// The same measure at the same target, if it was left.
pub fn left(play: &Play, draft: &Draft) -> Option<Left> {
    play.left.iter().find(|r| of_one(&r.draft, draft)).cloned()
}

fn of_one(a: &Draft, b: &Draft) -> bool {
    a.subject == b.subject && a.object == b.object
}

impl App {
    /// Starts a draft and goes to it.
    pub(super) fn take_up(&mut self, instrument: InstrumentIx, target: Option<TargetIx>) {
        if let Some(p) = &self.play {
            let draft = draft_of(p.host.game(), instrument, target);
            self.open_draft(draft);
        }
    }

    pub(super) fn take_up_file(&mut self, file: FileIx) {
        let row = match &self.facts {
            Facts::Desk(d) | Facts::Choose(d, _, _) => {
                d.files.iter().find(|r| r.file == file).cloned()
            }
            _ => self.play.as_ref().and_then(|p| {
                prose::desk(p.host.game()).files.into_iter().find(|r| r.file == file)
            }),
        };
        if let (Some(row), Some(p)) = (row, &self.play) {
            let draft = draft_of_file(p.host.game(), &row);
            self.open_draft(draft);
        }
    }

    /// Goes to a draft; one that was changed or refused is found as it was left, and says why it
    /// was refused where it still would be.
    fn open_draft(&mut self, draft: Draft) {
        let Some(p) = &mut self.play else { return };
        let left = left(p, &draft);
        p.stood.clear();
        p.draft = left.as_ref().map_or(draft, |r| r.draft);
        p.because = left.as_ref().map_or_else(String::new, |r| r.because.clone());
        self.forget_cursor(Screen::Propose);
        self.go(Screen::Propose);
        if let Some(r) = left {
            // What is in its way today, which need not be what was.
            let shut = match &self.facts {
                Facts::Propose(f) if r.refused => f.shut.as_ref(),
                _ => None,
            };
            self.said = Some(shut.map_or_else(
                || "As you left it.".to_owned(),
                |shut| format!("As you left it. Refused: {}", shut.what),
            ));
        }
    }

    /// The draft in hand was refused: it is kept until it is on the agenda.
    fn refused(&mut self) {
        let Some(p) = &mut self.play else { return };
        let draft = p.draft;
        p.left.retain(|r| !of_one(&r.draft, &draft));
        p.left.push(Left { draft, because: p.because.clone(), refused: true });
    }

    /// A draft that is changed is kept as it is now.
    pub(super) fn keep_left(&mut self) {
        let Some(p) = &mut self.play else { return };
        if let Some(r) = p.left.iter_mut().find(|r| of_one(&r.draft, &p.draft)) {
            r.draft = p.draft;
            r.because.clone_from(&p.because);
        } else {
            p.left.push(Left { draft: p.draft, because: p.because.clone(), refused: false });
        }
    }

    /// Takes the next or the previous value for a row of the draft.
    pub(super) fn turn_slot(&mut self, row: usize, forward: bool) {
        let Facts::Propose(facts) = &self.facts else { return };
        let Some(slot) = facts.slots.get(row) else { return };
        if slot.values.is_empty() {
            return;
        }
        let at = slot.values.iter().position(|v| v.chosen);
        let n = slot.values.len();
        let next = match (at, forward) {
            (Some(at), true) => (at + 1) % n,
            (Some(at), false) => (at + n - 1) % n,
            (None, _) => 0,
        };
        let (slot, value) = (slot.slot, slot.values[next].value);
        self.set_slot(slot, value);
    }

    /// Takes a value for a row of the draft, picked from the list.
    pub(super) fn pick(&mut self, row: usize, value: u8) {
        let Facts::Propose(facts) = &self.facts else { return };
        if let Some(slot) = facts.slots.get(row).map(|s| s.slot) {
            self.popup = None;
            self.set_slot(slot, value);
        }
    }

    fn set_slot(&mut self, slot: Slot, value: u8) {
        let Facts::Propose(facts) = &self.facts else { return };
        let stood: Vec<(AgencyIx, Stance)> =
            facts.positions.iter().map(|p| (p.agency, p.stance)).collect();
        let Some(play) = &mut self.play else { return };
        play.stood = stood;
        if slot == Slot::Subject {
            play.draft = draft_of(play.host.game(), InstrumentIx(value), None);
        } else {
            play.draft.set(slot, value);
        }
        if !matches!(slot, Slot::Subject | Slot::Object) {
            self.keep_left();
        }
        self.refresh();
    }

    /// The draft goes on the agenda.
    pub(super) fn submit(&mut self) {
        let Facts::Propose(facts) = &self.facts else { return };
        if let Some(shut) = &facts.shut {
            let (what, unblock) = (shut.what.clone(), shut.unblock.clone());
            self.refused();
            self.tell("Not as it stands", vec![what, unblock]);
            return;
        }
        let (Some(proposal), Some(play)) = (facts.proposal, &self.play) else { return };
        let (because, draft) = (play.because.clone(), play.draft);
        match self.try_give(Order::Propose(proposal), &because) {
            Ok(()) => {
                if let Some(p) = &mut self.play {
                    p.left.retain(|r| !of_one(&r.draft, &draft));
                }
                self.go(Screen::Desk);
            }
            Err(shut) => {
                self.refused();
                self.tell("Not now", vec![shut.what, shut.unblock]);
            }
        }
    }

    /// Gives an order; says what was done, or why not.
    pub(super) fn give(&mut self, order: Order, because: &str) -> bool {
        match self.try_give(order, because) {
            Ok(()) => true,
            Err(shut) => {
                self.tell("Not now", vec![shut.what, shut.unblock]);
                false
            }
        }
    }

    /// The same, with what is in the way handed back.
    fn try_give(&mut self, order: Order, because: &str) -> Result<(), Refused> {
        let Some(play) = &mut self.play else { return Err(Refused::default()) };
        match play.host.give(order, because) {
            Ok(()) => {
                let words = prose::order(play.host.game().rules(), &order);
                self.said = Some(words);
                self.popup = None;
                self.refresh();
                self.listen();
                Ok(())
            }
            Err(refusal) => {
                let game = play.host.game();
                Err(prose::refusal(game.rules(), game.situation(), &refusal))
            }
        }
    }

    pub(super) fn promise(&mut self, promise: PromiseIx, to: AgencyIx) {
        if let Facts::Propose(f) = &self.facts {
            let stood = f.positions.iter().map(|p| (p.agency, p.stance)).collect();
            if let Some(p) = &mut self.play {
                p.stood = stood;
            }
        }
        self.give(Order::Promise { promise, to }, "");
    }

    pub(super) fn state(&mut self, proposition: PropositionIx, percent: u8) {
        let step = self.step_where(|s| s.does == StepDoes::Sure(proposition));
        if self.give(Order::Confidence { proposition, percent }, "") {
            if let Some(step) = step {
                self.coached(Screen::Desk, &step);
            }
        }
    }

    fn step_where(&self, pick: impl Fn(&StepRow) -> bool) -> Option<StepRow> {
        self.coach.as_ref()?.steps.iter().find(|s| pick(s)).cloned()
    }

    /// What is said of a step stands on the screen it led to; the cursor goes to the next.
    fn coached(&mut self, screen: Screen, step: &StepRow) {
        if let Some(p) = &mut self.play {
            p.coached = Some((screen, step.then.clone()));
            if matches!(step.does, StepDoes::Draft(_) | StepDoes::Why(_)) {
                p.seen.push(step.n);
            }
        }
        self.forget_cursor(Screen::Desk);
        self.refresh();
    }

    /// The step on a number key.
    pub(super) fn step_by_key(&mut self, key: usize) {
        if let Some(step) = self.step_where(|s| s.key == Some(key)) {
            self.take_step(step.n);
        }
    }

    /// Takes a step of the lesson: an order, a look, or the end of the turn.
    pub(super) fn take_step(&mut self, n: usize) {
        let Some(step) = self.step_where(|s| s.n == n) else { return };
        match step.does {
            StepDoes::Order(order) => {
                if self.give(order, "") {
                    self.coached(Screen::Desk, &step);
                }
            }
            StepDoes::Draft(file) => {
                self.take_up_file(file);
                self.coached(Screen::Propose, &step);
            }
            StepDoes::Why(indicator) => {
                self.explain(indicator);
                self.coached(Screen::Why, &step);
            }
            StepDoes::Sure(p) => {
                let stated =
                    self.play.as_ref().map_or(0, |play| play.host.game().situation().confidence[p]);
                self.open_popup(Popup::Sure(p, if stated == 0 { 50 } else { stated }));
            }
            // What staff is for is not this lesson; a question left open is.
            StepDoes::EndTurn if self.undone().0 == 0 => self.end_turn(),
            StepDoes::EndTurn => self.open_popup(Popup::EndTurn),
        }
    }

    /// Whether the page in front asks something.
    pub(super) fn asked(&self) -> bool {
        matches!(&self.facts, Facts::Front(f) if f.asks.iter().any(|a| !a.answered))
    }

    pub(super) fn undo(&mut self) {
        let Some(play) = &mut self.play else { return };
        let last = play
            .host
            .game()
            .orders()
            .last()
            .map(|g| prose::order(play.host.game().rules(), &g.order));
        self.said = match (play.host.undo(), last) {
            (true, Some(words)) => Some(format!("Taken back: {words}")),
            _ => Some("Nothing to take back this turn".to_owned()),
        };
        self.refresh();
    }

    /// Whether a row of tasks, asks and reforms is shut now.
    pub(super) fn shut(&self, order: Order) -> bool {
        matches!(&self.facts, Facts::Act(a) if a.tasks.iter().chain(&a.asks).chain(&a.reforms).any(|r| r.order == order && r.shut.is_some()))
    }

    /// Which order of this turn it is, where it was given and cannot be given again.
    pub(super) fn ordered(&self, order: Order) -> Option<usize> {
        let play = self.play.as_ref().filter(|_| self.shut(order))?;
        play.host.game().orders().iter().position(|g| g.order == order)
    }

    /// Takes one order of this turn back and gives those after it again.
    pub(super) fn take_back(&mut self, n: usize) {
        let Some(play) = &mut self.play else { return };
        let given = play.host.game().orders().to_vec();
        if n >= given.len() {
            return;
        }
        while play.host.game().orders().len() > n && play.host.undo() {}
        let mut lost = Vec::new();
        for g in &given[n + 1..] {
            if play.host.give(g.order, &g.because).is_err() {
                lost.push(prose::order(play.host.game().rules(), &g.order));
            }
        }
        let words = prose::order(play.host.game().rules(), &given[n].order);
        self.popup = None;
        self.said = Some(format!("Taken back: {words}"));
        self.refresh();
        if !lost.is_empty() {
            self.tell("These rested on it and are gone too", lost);
        }
    }

    /// Signs the guidance, or changes it in public.
    pub(super) fn sign(&mut self) {
        let (Facts::Guidance(g), Some(play)) = (&self.facts, &self.play) else { return };
        let points = play.points;
        match g.verb {
            Some(Verb::Guide) => {
                if self.give(Order::Guide(points), "") {
                    self.go(Screen::Desk);
                }
            }
            Some(Verb::Amend) => {
                if self.give(Order::Amend(points), "") {
                    self.go(Screen::Desk);
                }
            }
            _ => self.go(Screen::Desk),
        }
    }

    pub(super) fn more_points(&mut self, lens: usize, more: bool) {
        let (Facts::Guidance(g), Some(play)) = (&self.facts, &mut self.play) else { return };
        if g.verb.is_none() || lens >= limits::LENSES {
            return;
        }
        let p = &mut play.points[lens];
        *p = if more {
            (*p + 1).min(crate::engine::validate::MOST_POINTS)
        } else {
            p.saturating_sub(1)
        };
    }

    pub(super) fn take_profile(&mut self, n: usize) -> bool {
        let (Facts::Guidance(g), Some(play)) = (&self.facts, &mut self.play) else { return false };
        let (Some(profile), true) = (g.profiles.get(n), g.verb.is_some()) else { return false };
        let mut points = [0; limits::LENSES];
        for (p, q) in points.iter_mut().zip(&profile.points) {
            *p = *q;
        }
        let changed = play.points != points;
        play.points = points;
        changed
    }

    /// Answers that are still missing, and staff not used.
    pub fn undone(&self) -> (usize, i32) {
        let Some(play) = &self.play else { return (0, 0) };
        let open = play
            .host
            .game()
            .situation()
            .prompts
            .iter()
            .filter(|p| p.choice == crate::engine::NONE)
            .count();
        (open, self.header.staff)
    }

    /// Whether the first turn has no guidance yet, and whether this turn is the last.
    pub fn at_the_turn(&self) -> (bool, bool) {
        let Some(play) = &self.play else { return (false, false) };
        let (rules, s) = (play.host.game().rules(), play.host.game().situation());
        (s.turn == 0 && !s.guided && self.coach.is_none(), usize::from(s.turn) >= rules.last_turn())
    }

    pub(super) fn ask_to_end(&mut self) {
        if self.play.as_ref().is_none_or(|p| p.host.game().is_over()) {
            self.go(Screen::Debrief);
        } else if self.coach.is_none() || self.undone() != (0, 0) {
            // Always asked, so that the same keys always do the same; a lesson says itself when a
            // week is done.
            self.open_popup(Popup::EndTurn);
            // With a question open the obvious answer is no.
            if self.undone().0 > 0 {
                self.over.link[0] = 1;
            }
        } else {
            self.end_turn();
        }
    }

    pub(super) fn end_turn(&mut self) {
        let Some(play) = &mut self.play else { return };
        if let Err(refusal) = play.host.end() {
            let game = play.host.game();
            let refused = prose::refusal(game.rules(), game.situation(), &refusal);
            self.tell("Not now", vec![refused.what, refused.unblock]);
            return;
        }
        play.points = play.host.game().situation().guidance;
        play.draft = Draft::of(Verb::Propose);
        play.debrief = 0;
        play.looked = 0;
        play.seen.clear();
        play.coached = None;
        for screen in Screen::ALL {
            self.forget_cursor(screen);
        }
        let over = self.is_over();
        self.go(Screen::Desk);
        self.back.clear();
        self.turn_to(if over { Screen::Debrief } else { Screen::Front });
        self.refresh();
        self.listen();
    }

    /// The answer with that number, from 0, to what is asked in front.
    pub(super) fn answer(&mut self, n: usize) {
        let prompt = |d: &crate::prose::facts::Desk, m: usize| {
            d.inbox.get(m).and_then(|r| r.prompt).and_then(|p| d.prompts.get(p)).cloned()
        };
        if let (None, Facts::Desk(_), Some(Target::Memo(m))) =
            (&self.popup, &self.facts, self.target())
        {
            if !view::opens_beside(self.size) {
                self.open_popup(Popup::Detail(Target::Memo(m)));
                return;
            }
        }
        let asked = match (&self.popup, &self.facts) {
            (Some(Popup::Detail(Target::Memo(m))), Facts::Desk(d)) => prompt(d, *m),
            (None, Facts::Desk(d)) => match self.target() {
                Some(Target::Memo(m)) => prompt(d, m),
                _ => None,
            },
            (None, Facts::Front(f)) => f.asks.iter().find(|p| !p.answered).cloned(),
            _ => None,
        };
        // A number pressed for a question that is out of sight first brings it in sight.
        if let (None, Some(p), Screen::Front) = (&self.popup, &asked, self.screen) {
            let firsts = p.choices.first().map(|c| Target::Answer(p.event, c.choice));
            let lasts = p.choices.last().map(|c| Target::Answer(p.event, c.choice));
            if let (Some(a), Some(b)) = (firsts, lasts) {
                if !self.in_sight(a) || !self.in_sight(b) {
                    // The cursor stays on the way on: Enter goes on reading, and answers nothing.
                    self.bring_in_sight(&[b, a]);
                    self.said = Some(format!(
                        "The question is in sight now: press {} again to give this answer",
                        n + 1
                    ));
                    return;
                }
            }
        }
        if let Some((event, choice)) =
            asked.and_then(|p| p.choices.get(n).map(|c| (p.event, c.choice)))
        {
            self.reply(event, choice);
        }
    }

    /// Gives an answer; one that takes effect at once is told from the top of the page.
    pub(super) fn reply(&mut self, event: EventIx, choice: u8) {
        if self.give(Order::Answer { event, choice }, "")
            && matches!(&self.facts, Facts::Front(f) if !f.answered.is_empty())
        {
            self.said = None;
            self.forget_cursor(Screen::Front);
            self.refresh();
        } else if let (Screen::Front, None) = (self.screen, &self.popup) {
            // Back on the way on: a second Enter must not answer the next question.
            let mut cursor = self.cursor();
            cursor.pane = view::layout(self).panes.len().saturating_sub(1);
            self.set_cursor(cursor);
        } else if let (Screen::Desk, None, Facts::Desk(d)) = (self.screen, &self.popup, &self.facts)
        {
            // On to the next that asks.
            if let Some(n) = d.inbox.iter().position(|r| r.prompt.is_some() && !r.answered) {
                self.point_at(Target::Memo(n));
            }
        }
    }

    /// The draft of this turn is kept and the program ends.
    pub(super) fn kill(&mut self) -> Option<Request> {
        if let Some(play) = &mut self.play {
            play.host.draft();
        }
        // Asked once: pressed again it quits.
        if self.unsaved().is_some() && !matches!(self.popup, Some(Popup::Leave)) {
            self.open_popup(Popup::Leave);
            return None;
        }
        Some(Request::Quit)
    }
}
