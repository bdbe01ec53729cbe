//! How far each instrument came in many games, and in which turn each event did.
//!
//! Owns what is counted, one row an instrument or an event, however many games there are; `check
//! --deep` and `simulate` read the same. Counts add up in any order, so that threads do not show.
//! Refuses to own how games are played.

use crate::engine::ledger::{Entry, Note, Sink};
use crate::engine::{Known, Measure};
use crate::scenario::model::{AgencyIx, EventIx, InstrumentIx, Rules, limits};

/// The steps of a proposal, in their order. It is cleared, returned or blocked; of those cleared
/// some are ready before the game is over, and of those some take effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Proposed,
    Cleared,
    Returned,
    Blocked,
    /// It took effect, or was done and waited when the game was over.
    Ready,
    Launched,
}

impl Step {
    pub const ALL: [Step; 6] =
        [Step::Proposed, Step::Cleared, Step::Returned, Step::Blocked, Step::Ready, Step::Launched];

    pub fn name(self) -> &'static str {
        match self {
            Step::Proposed => "proposed",
            Step::Cleared => "cleared",
            Step::Returned => "returned",
            Step::Blocked => "blocked",
            Step::Ready => "ready",
            Step::Launched => "launched",
        }
    }
}

/// How often an instrument came to each step in one game, in the order of `Step::ALL`.
pub type Steps = [u16; Step::ALL.len()];

/// What a game that is over says of each instrument.
pub fn steps(rules: &Rules, s: &Known) -> [Steps; limits::INSTRUMENTS] {
    let mut out = [Steps::default(); limits::INSTRUMENTS];
    for (n, out) in out.iter_mut().enumerate().take(rules.instruments.len()) {
        *out = of_instrument(s, InstrumentIx::at(n));
    }
    out
}

fn of_instrument(s: &Known, instrument: InstrumentIx) -> Steps {
    let t = s.tally[instrument];
    let waits = |m: &&Measure| m.instrument == instrument && !m.in_force() && m.due < s.day;
    let waiting = s.measures.iter().filter(waits).count() as u16;
    let launched = u16::from(t.launched);
    Step::ALL.map(|step| match step {
        Step::Proposed => u16::from(t.proposed),
        Step::Cleared => u16::from(t.cleared),
        Step::Returned => u16::from(t.returned),
        Step::Blocked => u16::from(t.blocked),
        Step::Ready => launched + waiting,
        Step::Launched => launched,
    })
}

/// Who turned something down, and how often: several may have done so at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stops {
    agencies: [u64; limits::AGENCIES],
    pub president: u64,
}

impl Stops {
    fn count(&mut self, by: u32) {
        self.president += u64::from(by == 0);
        for (n, times) in self.agencies.iter_mut().enumerate() {
            *times += u64::from(by >> n & 1);
        }
    }

    fn add(&mut self, other: &Stops) {
        self.president += other.president;
        for (all, more) in self.agencies.iter_mut().zip(other.agencies) {
            *all += more;
        }
    }

    /// The agencies that did, each with how often.
    pub fn agencies(&self) -> impl Iterator<Item = (AgencyIx, u64)> + '_ {
        let all = self.agencies.iter().enumerate();
        all.filter(|(_, times)| **times > 0).map(|(n, times)| (AgencyIx::at(n), *times))
    }
}

/// How far an instrument came in all games together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Funnel {
    steps: [u64; Step::ALL.len()],
    pub returned_by: Stops,
    pub blocked_by: Stops,
}

impl Funnel {
    pub fn of(&self, step: Step) -> u64 {
        self.steps[step as usize]
    }

    /// How often the President alone turned it down.
    pub fn president(&self) -> u64 {
        self.returned_by.president + self.blocked_by.president
    }

    /// The agencies that turned it down.
    pub fn stoppers(&self) -> impl Iterator<Item = AgencyIx> + '_ {
        let did =
            |a: &AgencyIx| self.returned_by.agencies[*a] > 0 || self.blocked_by.agencies[*a] > 0;
        (0..limits::AGENCIES).map(AgencyIx::at).filter(did)
    }
}

/// What many games say of each instrument and of each event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub funnels: Vec<Funnel>,
    /// By event and turn: games in which it came at that turn's end. What had happened when the
    /// game opened counts for the first turn.
    pub came: Vec<[u32; limits::TURNS]>,
    /// By event: how often each of its answers stood, whoever gave it.
    pub answers: Vec<[u32; limits::CHOICES]>,
    /// By file: how often it was brought.
    pub brought: Vec<u32>,
    /// By answer of the other side: how often each of its texts was told.
    pub told: Vec<[u32; limits::VERSIONS]>,
}

impl Seen {
    pub fn none(rules: &Rules) -> Seen {
        Seen {
            funnels: vec![Funnel::default(); rules.instruments.len()],
            came: vec![[0; limits::TURNS]; rules.events.len()],
            answers: vec![[0; limits::CHOICES]; rules.events.len()],
            brought: vec![0; rules.files.len()],
            told: vec![[0; limits::VERSIONS]; rules.responses.len()],
        }
    }

    pub fn add(&mut self, other: &Seen) {
        for (all, more) in self.funnels.iter_mut().zip(&other.funnels) {
            for (all, more) in all.steps.iter_mut().zip(more.steps) {
                *all += more;
            }
            all.returned_by.add(&more.returned_by);
            all.blocked_by.add(&more.blocked_by);
        }
        for (all, more) in [
            (self.came.as_flattened_mut(), other.came.as_flattened()),
            (self.answers.as_flattened_mut(), other.answers.as_flattened()),
            (&mut self.brought, &other.brought),
            (self.told.as_flattened_mut(), other.told.as_flattened()),
        ] {
            all.iter_mut().zip(more).for_each(|(all, more)| *all += more);
        }
    }
}

/// Listens to games, one after the other. It keeps no line of the ledger and few of the notes.
#[derive(Debug)]
pub struct Listener {
    seen: Seen,
    /// Of the game in hand: the turns in which each event came, as a mask.
    turns: [u32; limits::EVENTS],
}

impl Listener {
    pub fn new(rules: &Rules) -> Listener {
        Listener { seen: Seen::none(rules), turns: [0; limits::EVENTS] }
    }

    /// Takes in the game that is over, with its steps; the next may begin.
    pub fn close(&mut self, steps: &[Steps; limits::INSTRUMENTS]) {
        for (games, turns) in self.seen.came.iter_mut().zip(&mut self.turns) {
            let mut left = std::mem::take(turns);
            while left != 0 {
                games[left.trailing_zeros() as usize] += 1;
                left &= left - 1;
            }
        }
        for (all, steps) in self.seen.funnels.iter_mut().zip(steps) {
            for (all, here) in all.steps.iter_mut().zip(steps) {
                *all += u64::from(*here);
            }
        }
    }

    pub fn seen(self) -> Seen {
        self.seen
    }

    fn came(&mut self, turn: u8, event: EventIx) {
        self.turns[event] |= 1 << turn;
    }
}

impl Sink for Listener {
    #[expect(clippy::inline_always, reason = "lines that nobody keeps are not made")]
    #[inline(always)]
    fn entry(&mut self, _: Entry) -> u32 {
        0
    }
    #[inline]
    fn note(&mut self, turn: u8, note: Note) {
        if let Note::Fired { event, .. } = note {
            self.came(turn, event);
        } else if let Note::Chose { event, choice, .. } = note {
            let answers = &mut self.seen.answers[event.i()];
            answers.get_mut(usize::from(choice)).into_iter().for_each(|times| *times += 1);
        } else if let Note::FileOpened(file) = note {
            self.seen.brought[file.i()] += 1;
        } else if let Note::Responded { response, text } = note {
            let told = &mut self.seen.told[response.i()];
            told.get_mut(usize::from(text)).into_iter().for_each(|times| *times += 1);
        } else if let Note::Returned { proposal, stopped_by, .. } = note {
            self.seen.funnels[proposal.instrument.i()].returned_by.count(stopped_by);
        } else if let Note::Blocked { proposal, stopped_by, .. } = note {
            self.seen.funnels[proposal.instrument.i()].blocked_by.count(stopped_by);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::simulate::{Plan, Played, play_and_see};
    use crate::policy::Policy;

    fn played(rules: &Rules, policy: &Policy, threads: usize) -> Played {
        let plan = Plan { games: 40, seed: 3, threads, world: None, guidance: None };
        play_and_see(rules, policy, &plan)
    }

    #[test]
    fn every_proposal_is_cleared_returned_or_blocked_and_few_of_those_cleared_take_effect() {
        let rules = crate::scenario::load::embedded("cloud-hopper", &[]).expect("it loads");
        let mut all = Seen::none(&rules);
        for policy in
            [Policy::Random, Policy::Explore, Policy::Greedy(crate::policy::Greedy::guided())]
        {
            let played = played(&rules, &policy, 1);
            let mut sums = vec![[0u64; Step::ALL.len()]; rules.instruments.len()];
            for game in &played.games {
                for (sum, steps) in sums.iter_mut().zip(&game.steps) {
                    sum.iter_mut().zip(steps).for_each(|(sum, n)| *sum += u64::from(*n));
                }
            }
            for (sum, funnel) in sums.iter().zip(&played.seen.funnels) {
                assert_eq!(sum, &funnel.steps, "the funnel is the sum of the games");
            }
            all.add(&played.seen);
        }
        for (i, f) in rules.instruments.iter().zip(&all.funnels) {
            let [proposed, cleared, returned, blocked, ready, launched] = f.steps;
            assert_eq!(proposed, cleared + returned + blocked, "{}", i.id);
            assert!(launched <= ready, "{}: {launched} of {ready}", i.id);
            // What is not the player's takes effect by events alone.
            assert!(if i.yours { ready <= cleared } else { proposed == 0 }, "{}", i.id);
            for (times, by) in [(returned, &f.returned_by), (blocked, &f.blocked_by)] {
                let named = by.president + by.agencies.iter().sum::<u64>();
                assert!(times <= named && by.agencies.iter().all(|n| *n <= times), "{}", i.id);
            }
            assert_eq!(f.stoppers().count() > 0, returned + blocked > f.president(), "{}", i.id);
        }
        assert!(all.funnels.iter().filter(|f| f.of(Step::Launched) > 0).count() > 5);
    }

    #[test]
    fn an_event_came_in_the_turns_of_the_games_in_which_it_fired_and_threads_do_not_show() {
        let rules = crate::scenario::load::embedded("cloud-hopper", &[]).expect("it loads");
        let one = played(&rules, &Policy::Random, 1);
        for (n, (e, came)) in rules.events.iter().zip(&one.seen.came).enumerate() {
            let games = one.games.iter().filter(|g| g.has_fired(n)).count() as u32;
            let turns: u32 = came.iter().sum();
            let once = e.rests == 0;
            assert!(if once { turns == games } else { turns >= games }, "{}", e.id);
            assert!(came[rules.played()..].iter().all(|n| *n == 0), "{}", e.id);
        }
        assert_eq!(one.seen, played(&rules, &Policy::Random, 3).seen);
    }
}
