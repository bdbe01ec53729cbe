//! What playing finds that reading cannot: what no player ever met, and where it died; orders of the
//! history that are refused; claims that do not hold; a way of playing that makes all others idle.
//!
//! Owns the search. Refuses to own the words of a report: a finding carries ids and counts.

use crate::engine::Refusal;
use crate::engine::{NoLedger, Player, Situation, Start, Verb, options};
use crate::num::Milli;
use crate::policy::Policy;
use crate::scenario::model::{
    Choice, Condition, Effect, EventIx, FileIx, IndicatorIx, InstrumentIx, QuestionIx, ResponseIx,
    Rules, TargetIx, WorldIx,
};

use super::experiment::{self, Sample, Verdict};
use super::funnel::{Funnel, Seen, Step};
use super::simulate::{self, Game, Plan, Spread};
use super::standing;

/// What was found of one thing.
#[derive(Debug)]
pub enum Found {
    EventNeverHappens {
        event: EventIx,
        unmet: Unmet,
    },
    EndingNeverComes {
        ending: usize,
        unmet: Unmet,
    },
    /// In so many of a hundred games, however they are played.
    EndingNearlyAlways {
        ending: usize,
        percent: usize,
    },
    ResponseNeverGiven {
        response: ResponseIx,
    },
    /// An answer to a question that was asked, and that is not what stands by itself.
    AnswerNeverGiven {
        event: EventIx,
        choice: usize,
    },
    /// It was true in no game, or in every one.
    PropositionOneWay {
        proposition: usize,
        always: bool,
    },
    InstrumentNeverLaunched {
        instrument: InstrumentIx,
        funnel: Box<Funnel>,
        /// Turns in which the law let it be aimed at something.
        lawful: u32,
    },
    /// An order of the history, refused in so many of the games.
    HistoryRefused {
        step: usize,
        why: Option<Refusal>,
        games: u32,
    },
    /// With a step of its script that is refused in every game, if there is one.
    ClaimFails {
        experiment: usize,
        worlds: Vec<WorldIx>,
        refused: Option<(usize, Option<Refusal>)>,
    },
    /// A file that nobody was brought.
    FileNeverBrought {
        file: FileIx,
    },
    /// Everybody who weighs what an answer does gives this one.
    OneAnswer {
        event: EventIx,
        choice: usize,
        times: u32,
    },
    /// Its answers to this one are told in the same words, so often a game of this player.
    SameWords {
        response: ResponseIx,
        times: f64,
        policy: String,
    },
    /// A value stands at its least or its most at the end of so many of a hundred games.
    AtItsLimit {
        indicator: IndicatorIx,
        most: bool,
        percent: usize,
    },
    /// Doing nothing comes out no lower than doing what looks best.
    IdleWins {
        idle: f64,
        greedy: f64,
    },
    /// One instrument alone comes out higher than all together.
    OneWins {
        instrument: InstrumentIx,
        alone: f64,
        greedy: f64,
    },
}

/// Which conditions of a list stood in the way; positions in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmet {
    /// It held at no end of a turn. Where it sets a bound, how near it came: thousandths of what is
    /// written.
    Never { condition: usize, nearest: Option<Milli> },
    /// Each held at some end of a turn, and at none both.
    Apart(usize, usize),
    /// No one and no two of them stood in the way.
    NotThese,
}

/// What was played, and what came of it.
#[derive(Debug)]
pub struct Deep {
    pub games: u32,
    pub policies: usize,
    pub found: Vec<Found>,
    /// Targets for which proof suffices before anything is found, each with the instruments.
    pub proven: Vec<(TargetIx, Vec<InstrumentIx>)>,
    /// Pairs for which proof sufficed at no opening of a turn, in so many of a hundred of the games
    /// of those who act, where that is half of them or more.
    pub shut: Vec<(InstrumentIx, TargetIx, u32)>,
    /// Turns (from 0) at whose opening nothing could be proposed or built, in so many of a hundred
    /// of the same games, where that is half of them or more.
    pub bare: Vec<(usize, u32)>,
    /// Questions that all who weigh answer alike, though another answer brings what they cannot
    /// weigh: evidence, a flag, a file.
    pub settled: Settled,
}

/// Questions with the one answer that was given.
type Settled = Vec<(EventIx, usize)>;

/// Games of each policy.
const EACH: u32 = 120;
/// Pairs of games a claim is tried in, in each world.
const PAIRS: u32 = 120;
/// Games in which the history is played.
pub const HISTORY: u32 = 40;
/// In how many games of players who answer by chance a question must have been asked before its
/// answers are counted.
const ASKED: u32 = 60;
/// From which share of all games an ending is worth a word, of a hundred.
const NEARLY_ALWAYS: usize = 80;
/// How often those who weigh must have been asked before their one answer is worth a word.
const WEIGHED: u32 = 200;
/// From how many times a game the same words are a word too many.
const SAME_WORDS: f64 = 3.0;
/// From which share of all games a value at its limit is worth a word, of a hundred.
const AT_ITS_LIMIT: usize = 50;
/// First seed; far from those of a person, a simulation or the reference lines.
pub const SEED: u64 = 0x0dee_9000;

/// Plays the scenario by every policy that costs little, and looks. `step` is told how far it is, of
/// a hundred.
pub fn look(rules: &Rules, threads: usize, mut step: impl FnMut(u32)) -> Deep {
    let names: Vec<String> = Policy::names(rules).into_iter().filter(|n| n != "planner").collect();
    let policies: Vec<(String, Policy)> = names
        .into_iter()
        .filter_map(|name| Some((Policy::parse(rules, &name).ok()?, name)))
        .map(|(policy, name)| (name, policy))
        .collect();
    let plan = Plan { games: EACH, seed: SEED, threads, world: None, guidance: None };
    let mut all: Vec<(&str, Vec<Game>)> = Vec::new();
    let [mut counted, mut by_chance, mut weighed] = [(); 3].map(|()| Seen::none(rules));
    let mut words: Vec<Option<(f64, &str)>> = vec![None; rules.responses.len()];
    for (n, (name, policy)) in policies.iter().enumerate() {
        let played = simulate::play_and_see(rules, policy, &plan);
        counted.add(&played.seen);
        if ["random", "explore"].contains(&name.as_str()) {
            by_chance.add(&played.seen);
        } else if name == "greedy" || name.starts_with("lens:") {
            weighed.add(&played.seen);
        }
        for (most, told) in words.iter_mut().zip(&played.seen.told) {
            let times = told.iter().max().map_or(0.0, |n| f64::from(*n) / f64::from(EACH));
            if most.is_none_or(|(most, _)| times > most) {
                *most = Some((times, name.as_str()));
            }
        }
        all.push((name, played.games));
        step((60 * (n + 1) / policies.len()) as u32);
    }
    let mut found = Vec::new();
    let games = || all.iter().flat_map(|(_, games)| games);
    let fired = |n: usize| games().any(|g| g.has_fired(n));
    let events: Vec<usize> = (0..rules.events.len()).filter(|n| !fired(*n)).collect();
    let ended = |n: usize| games().any(|g| usize::from(g.ending) == n);
    let endings: Vec<usize> = (0..rules.endings.len()).filter(|n| !ended(*n)).collect();
    let mut of_events: Vec<Watched> =
        events.iter().map(|n| Watched::of(&rules.events[*n].when)).collect();
    let mut of_endings: Vec<Watched> =
        endings.iter().map(|n| Watched::of(&rules.endings[*n].when)).collect();
    let Walked { lawful, shut, bare } =
        walk(rules, &policies, of_events.iter_mut().chain(&mut of_endings).collect());
    step(75);
    for (n, watched) in events.into_iter().zip(&of_events) {
        let event = EventIx::at(n);
        found.push(Found::EventNeverHappens { event, unmet: watched.unmet() });
    }
    for (ending, watched) in endings.into_iter().zip(&of_endings) {
        found.push(Found::EndingNeverComes { ending, unmet: watched.unmet() });
    }
    let total = games().count().max(1);
    for n in 0..rules.endings.len() {
        let percent = 100 * games().filter(|g| usize::from(g.ending) == n).count() / total;
        if percent >= NEARLY_ALWAYS && rules.endings.len() > 2 && rules.lesson.is_none() {
            found.push(Found::EndingNearlyAlways { ending: n, percent });
        }
    }
    let given = games().fold(0, |all, g| all | g.responded);
    let silent = (0..rules.responses.len()).filter(|n| given & 1 << n == 0);
    found.extend(silent.map(|n| Found::ResponseNeverGiven { response: ResponseIx::at(n) }));
    let (of_answers, settled) = answers(rules, &by_chance, &weighed);
    found.extend(of_answers);
    let unbrought = counted.brought.iter().enumerate().filter(|(_, times)| **times == 0);
    found.extend(unbrought.map(|(n, _)| Found::FileNeverBrought { file: FileIx::at(n) }));
    for (n, (times, policy)) in words.iter().enumerate().filter_map(|(n, w)| Some((n, (*w)?))) {
        if times >= SAME_WORDS {
            let (response, policy) = (ResponseIx::at(n), policy.to_owned());
            found.push(Found::SameWords { response, times, policy });
        }
    }
    for (n, i) in rules.indicators.iter().enumerate() {
        for (most, limit) in [(false, i.least), (true, i.most)] {
            let percent = 100 * games().filter(|g| g.value[n] == limit).count() / total;
            // What begins there and is never moved has nothing to tell.
            if percent >= AT_ITS_LIMIT && i.start != limit {
                found.push(Found::AtItsLimit { indicator: IndicatorIx::at(n), most, percent });
            }
        }
    }
    for (n, p) in rules.propositions.iter().enumerate() {
        let held = games().filter(|g| g.held & 1 << n != 0).count();
        if p.stated && (held == 0 || held == total) {
            found.push(Found::PropositionOneWay { proposition: n, always: held > 0 });
        }
    }
    for (n, funnel) in counted.funnels.into_iter().enumerate() {
        let instrument = InstrumentIx::at(n);
        if rules.instruments[n].yours && funnel.of(Step::Launched) == 0 {
            let (funnel, lawful) = (Box::new(funnel), lawful[n]);
            found.push(Found::InstrumentNeverLaunched { instrument, funnel, lawful });
        }
    }
    step(80);
    found.extend(history(rules));
    found.extend(claims(rules, threads));
    step(95);
    found.extend(winners(rules, &all));
    step(100);
    Deep {
        games: EACH * policies.len() as u32,
        policies: policies.len(),
        found,
        settled,
        proven: proven_at_first(rules),
        shut,
        bare,
    }
}

/// The conditions of something that never came, and what was seen of them at the ends of turns.
struct Watched<'r> {
    list: Vec<(usize, &'r Condition)>,
    /// By condition: those that held when it did, by place in the list above.
    with: Vec<Vec<bool>>,
    /// By condition that sets a bound: how near it came.
    nearest: Vec<Option<Milli>>,
}

impl<'r> Watched<'r> {
    fn of(conditions: &'r [Condition]) -> Self {
        let list: Vec<_> = conditions.iter().enumerate().filter(|(_, c)| !passes(c)).collect();
        let none = vec![vec![false; list.len()]; list.len()];
        Watched { with: none, nearest: vec![None; list.len()], list }
    }

    fn note(&mut self, rules: &Rules, s: &Situation) {
        let holds = |(_, c): &(usize, &Condition)| s.all(rules, std::slice::from_ref(*c));
        let held: Vec<bool> = self.list.iter().map(holds).collect();
        for (n, (_, c)) in self.list.iter().enumerate() {
            if held[n] {
                self.with[n].iter_mut().zip(&held).for_each(|(with, held)| *with |= held);
            }
            let now = s.amount(rules, c);
            let nearest = self.nearest[n];
            self.nearest[n] = match c {
                Condition::Below(..) => nearest.map_or(now, |n| now.map(|now| now.min(n))),
                _ => nearest.max(now),
            };
        }
    }

    fn unmet(&self) -> Unmet {
        let at = |n: usize| self.list[n].0;
        if let Some(n) = (0..self.list.len()).find(|n| !self.with[*n][*n]) {
            return Unmet::Never { condition: at(n), nearest: self.nearest[n] };
        }
        let all = 0..self.list.len();
        let pairs = all.clone().flat_map(|a| all.clone().map(move |b| (a, b)));
        let mut apart = pairs.filter(|(a, b)| !self.with[*a][*b]);
        apart.next().map_or(Unmet::NotThese, |(a, b)| Unmet::Apart(at(a), at(b)))
    }
}

/// Whether it may hold for a moment within a turn's end and at no end of one.
fn passes(c: &Condition) -> bool {
    match c {
        Condition::All(list) | Condition::Any(list) => list.iter().any(passes),
        Condition::Not(c) => passes(c),
        Condition::JustLaunched(_)
        | Condition::JustLaunchedWith(..)
        | Condition::JustResponded(_)
        | Condition::InWindow(_)
        | Condition::HeatAtLeast(_) => true,
        _ => false,
    }
}

/// What a second walk through the same games sees, turn by turn.
struct Walked {
    /// By instrument: the turns in which the law lets it be aimed at something.
    lawful: Vec<u32>,
    shut: Vec<(InstrumentIx, TargetIx, u32)>,
    bare: Vec<(usize, u32)>,
}

/// Players in whose games it is counted what could be done.
const ACTING: [&str; 3] = ["greedy", "random", "explore"];
/// From which share of their games on what could not be done is told, of a hundred.
const OFTEN: u32 = 50;

fn walk(rules: &Rules, policies: &[(String, Policy)], mut watched: Vec<&mut Watched>) -> Walked {
    let mut lawful = vec![0; rules.instruments.len()];
    let gated: Vec<(InstrumentIx, TargetIx)> = (0..rules.instruments.len())
        .map(InstrumentIx::at)
        .filter(|i| rules.instruments[*i].yours)
        .flat_map(|i| (0..rules.targets.len()).map(move |t| (i, TargetIx::at(t))))
        .filter(|(i, t)| !rules.gate_tests[*i][*t].is_empty())
        .collect();
    let mut opened = vec![0u32; gated.len()];
    // By turn: how often it opened, and with nothing to bring.
    let mut turns = vec![(0u32, 0u32); rules.played()];
    let mut games = 0;
    for (name, policy) in policies {
        let acting = ACTING.contains(&name.as_str());
        for n in 0..u64::from(EACH) {
            let start = Start { seed: SEED.wrapping_add(n), ..Start::default() };
            let mut s = Situation::setup(rules, start, &mut NoLedger);
            let mut open = vec![false; gated.len()];
            games += u32::from(acting);
            while !s.is_over() {
                let mut sink = NoLedger;
                let mut player = Player::new(rules, &mut s, &mut sink);
                let known = player.look();
                for (n, turns) in lawful.iter_mut().enumerate() {
                    *turns += u32::from(known.targets_open(InstrumentIx::at(n)) != 0);
                }
                if acting {
                    for ((i, t), open) in gated.iter().zip(&mut open) {
                        *open |= known.gate_open(rules, *i, *t);
                    }
                    let (all, bare) = &mut turns[usize::from(known.turn)];
                    *all += 1;
                    let can = |verb| options::verb_offered(rules, known, verb);
                    *bare += u32::from(!can(Verb::Propose) && !can(Verb::Build));
                }
                policy.turn(&mut player);
                for w in &mut watched {
                    w.note(rules, &s);
                }
            }
            opened.iter_mut().zip(open).for_each(|(sum, open)| *sum += u32::from(open));
        }
    }
    let percent = |n: u32, of: u32| 100 * n / of.max(1);
    let shut = gated.into_iter().zip(opened).map(|((i, t), n)| (i, t, percent(games - n, games)));
    let bare = turns.into_iter().map(|(all, bare)| percent(bare, all)).enumerate();
    Walked {
        lawful,
        shut: shut.filter(|(_, _, percent)| *percent >= OFTEN).collect(),
        bare: bare.filter(|(_, percent)| *percent >= OFTEN).collect(),
    }
}

/// Answers that nobody gives who answers by chance, and questions with one answer for all who weigh.
fn answers(rules: &Rules, by_chance: &Seen, weighed: &Seen) -> (Vec<Found>, Settled) {
    let (mut found, mut settled) = (Vec::new(), Settled::new());
    for (n, e) in rules.events.iter().enumerate() {
        let event = EventIx::at(n);
        let [drawn, weighed] = [by_chance, weighed].map(|s| &s.answers[n][..e.choices.len()]);
        // A question of a few games says nothing of its answers, and players who weigh give one
        // answer.
        if drawn.iter().sum::<u32>() >= ASKED {
            let never = (0..drawn.len()).filter(|c| *c != usize::from(e.default) && drawn[*c] == 0);
            found.extend(never.map(|choice| Found::AnswerNeverGiven { event, choice }));
        }
        let times = weighed.iter().sum();
        let choice = weighed.iter().position(|n| *n == times);
        // What an answer brings besides, nobody who weighs can count.
        let counted = |c: &Choice| c.also.iter().all(|e| matches!(e, Effect::Relation(..)));
        let others =
            |choice: usize| e.choices.iter().enumerate().filter(move |(n, _)| *n != choice);
        let plain = |choice: &usize| others(*choice).all(|(_, c)| counted(c));
        let enough = times >= WEIGHED && e.choices.len() > 1;
        match choice.filter(|_| enough) {
            Some(choice) if plain(&choice) => {
                found.push(Found::OneAnswer { event, choice, times });
            }
            Some(choice) => settled.push((event, choice)),
            None => {}
        }
    }
    (found, settled)
}

/// Targets for which proof suffices before anything is found. What is law already asks for none.
fn proven_at_first(rules: &Rules) -> Vec<(TargetIx, Vec<InstrumentIx>)> {
    let mut s = Situation::setup(rules, Start { seed: SEED, ..Start::default() }, &mut NoLedger);
    let mut sink = NoLedger;
    let mut player = Player::new(rules, &mut s, &mut sink);
    let known = player.look();
    let there = known.targets_known();
    let mut found = Vec::new();
    for n in (0..rules.targets.len()).filter(|n| there & 1 << n != 0) {
        let target = TargetIx::at(n);
        let asks = |i: &InstrumentIx| {
            let tests = &rules.gate_tests[*i][target];
            let fact = |q: QuestionIx| {
                let q = &rules.questions[q];
                q.mask.count_ones() as usize == rules.campaigns[q.campaign].cells
            };
            !tests.is_empty()
                && !tests.iter().any(|t| fact(t.question))
                && known.gate_open(rules, *i, target)
        };
        let instruments: Vec<InstrumentIx> = (0..rules.instruments.len())
            .map(InstrumentIx::at)
            .filter(|i| rules.instruments[*i].yours && rules.instruments[*i].punishes && asks(i))
            .collect();
        if !instruments.is_empty() {
            found.push((target, instruments));
        }
    }
    found
}

/// Orders of the history that are refused in more than half of the games.
fn history(rules: &Rules) -> Vec<Found> {
    let sample = Sample { games: HISTORY, seed: SEED, threads: 1 };
    let refused = experiment::refusals(rules, &rules.history, sample);
    let often = refused.into_iter().enumerate().filter(|(_, (games, _))| *games * 2 > HISTORY);
    often.map(|(step, (games, why))| Found::HistoryRefused { step, why, games }).collect()
}

/// Claims that fail in some world.
fn claims(rules: &Rules, threads: usize) -> Vec<Found> {
    let sample = Sample { games: PAIRS, seed: SEED, threads };
    let few = Sample { games: 20, ..sample };
    let fails = |e: &crate::scenario::model::Experiment| -> Vec<WorldIx> {
        let tried = experiment::try_out(rules, e, sample);
        tried.iter().filter(|w| w.verdict == Verdict::Fails).map(|w| w.world).collect()
    };
    let tried = rules.experiments.iter().enumerate().map(|(n, e)| (n, e, fails(e)));
    tried
        .filter(|(_, _, worlds)| !worlds.is_empty())
        .map(|(experiment, e, worlds)| {
            let refused = experiment::refused(rules, &e.policy, few);
            let refused = refused.first().map(|r| (r.step, r.why));
            Found::ClaimFails { experiment, worlds, refused }
        })
        .collect()
}

/// Whether doing nothing, or one thing, is as good as anything.
fn winners(rules: &Rules, all: &[(&str, Vec<Game>)]) -> Vec<Found> {
    if rules.lesson.is_some() {
        return Vec::new();
    }
    let outcome = |name: &str| -> Option<Vec<f64>> {
        let (_, games) = all.iter().find(|(n, _)| *n == name)?;
        let whole = |g: &Game| standing::outcome(rules, g.guidance, |n| g.lenses[n]);
        Some(games.iter().map(|g| f64::from(whole(g)) / 1000.0).collect())
    };
    let (Some(greedy), Some(idle)) = (outcome("greedy"), outcome("idle")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    // On the same draws, and beyond twice its error.
    let above = |other: &[f64]| {
        let gains: Vec<f64> = other.iter().zip(&greedy).map(|(a, b)| a - b).collect();
        Spread::of(gains)
    };
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len().max(1) as f64;
    if above(&idle).mean >= 0.0 {
        found.push(Found::IdleWins { idle: mean(&idle), greedy: mean(&greedy) });
    }
    for (n, i) in rules.instruments.iter().enumerate() {
        let Some(alone) = outcome(&format!("only:{}", i.id)) else { continue };
        let gain = above(&alone);
        if gain.mean > 2.0 * gain.error && gain.mean > 0.5 {
            let instrument = InstrumentIx::at(n);
            let (alone, greedy) = (mean(&alone), mean(&greedy));
            found.push(Found::OneWins { instrument, alone, greedy });
        }
    }
    found
}
