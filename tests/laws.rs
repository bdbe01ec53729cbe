//! The laws of the engine, on random games.

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

use interagency::engine::Player;
use interagency::engine::Start;
use interagency::engine::imagine;
use interagency::engine::items::Prediction;
use interagency::engine::ledger::{Cause, Ledger, NO_FACTORS};
use interagency::engine::options::{offered, options, verb_offered};
use interagency::engine::player::Dice;
use interagency::engine::{
    Draft, Known, NoLedger, Note, Order, Origin, Proposal, Refusal, Situation, Slot, Verb,
    building_span, pipeline_span,
};
use interagency::game::Game;
use interagency::luck::{Luck, Site};
use interagency::policy::{Greedy, Policy, random_draft};
use interagency::scenario::model::{
    AgencyIx, AskIx, CampaignIx, Condition, EventIx, EvidenceIx, InstrumentIx, PromiseIx,
    PropositionIx, ReformIx, ResponseIx, Rules, TargetIx, TaskIx, VenueIx, limits,
};

fn start(seed: u64) -> Start {
    Start { seed, ..Start::default() }
}

fn invariants(rules: &Rules, s: &Situation, seed: u64) {
    for (n, i) in rules.indicators.iter().enumerate() {
        assert!(
            (i.least..=i.most).contains(&s.hidden().value[n]),
            "seed {seed} turn {}: {} = {}",
            s.turn,
            i.id,
            s.hidden().value[n]
        );
        assert!(
            (i.least..=i.most).contains(&s.value[n]),
            "seed {seed} turn {}: {} seen {}",
            s.turn,
            i.id,
            s.value[n]
        );
    }
    for a in &s.activity[..rules.campaigns.len()] {
        assert!((0..=1000).contains(a), "seed {seed}: activity {a}");
    }
    for (n, a) in s.answers[..rules.questions.len()].iter().enumerate() {
        assert!((0..=1000).contains(a), "seed {seed}: answer {n} = {a}");
    }
    for m in &s.measures {
        assert!(m.force <= 1 << 16, "seed {seed}: force {}", m.force);
    }
    for r in &s.relation[..rules.agencies.len()] {
        assert!((-100_000..=100_000).contains(r));
    }
}

/// Every change of every indicator is the exact sum of the ledger's lines.
#[test]
fn the_ledger_sums_to_every_change() {
    let rules = common::cloud_hopper();
    for seed in 1..=300 {
        let mut ledger = Ledger::default();
        let mut s = Situation::setup(&rules, start(seed), &mut ledger);
        let mut value: Vec<i32> = rules.indicators.iter().map(|i| i.start).collect();
        for (n, i) in rules.indicators.iter().enumerate() {
            if let Some((a, b)) = i.product {
                value[n] =
                    interagency::num::ratio(i64::from(value[a]), i64::from(value[b]), 100_000)
                        .clamp(i.least, i.most);
            }
        }
        let mut at = 0;
        loop {
            for e in &ledger.entries[at..] {
                value[e.indicator.i()] += e.delta;
                if let Some(p) = e.parent {
                    assert!((p as usize) < ledger.entries.len());
                }
                if e.cause == Cause::Clamp {
                    assert!(e.parent.is_some());
                }
            }
            at = ledger.entries.len();
            for (n, v) in value.iter().enumerate() {
                assert_eq!(
                    *v,
                    s.hidden().value[n],
                    "seed {seed} turn {}: {}",
                    s.turn,
                    rules.indicators[n].id
                );
            }
            if s.is_over() {
                break;
            }
            Policy::Random.turn(&mut Player::new(&rules, &mut s, &mut ledger));
        }
        assert!(ledger.entries.len() > 100, "seed {seed}: a game leaves a ledger");
    }
}

/// A line is its base times its factors, up to the last digit of each.
#[test]
fn a_line_is_its_base_times_its_factors() {
    let rules = common::cloud_hopper();
    let mut met = BTreeMap::new();
    for policy in [Policy::Random, Policy::Greedy(Greedy::guided())] {
        for seed in 1..=100 {
            let mut ledger = Ledger::default();
            let mut s = Situation::setup(&rules, start(seed), &mut ledger);
            while !s.is_over() {
                policy.turn(&mut Player::new(&rules, &mut s, &mut ledger));
            }
            for e in &ledger.entries {
                let (mut whole, mut error) = (f64::from(e.base), 0.0);
                for (factor, share) in e.factors.iter().flatten() {
                    *met.entry(format!("{factor:?}")).or_insert(0) += 1;
                    whole *= f64::from(*share) / 1000.0;
                    error += 1.0 / f64::from(share.abs().max(1));
                }
                let off = (f64::from(e.delta) - whole).abs();
                let least = if e.factors == NO_FACTORS { 0.0 } else { 3.0 };
                assert!(off <= least + whole.abs() * error, "seed {seed}: {whole} for {e:?}");
            }
        }
    }
    for factor in ["Terms", "Share", "Window", "Days", "Fading", "Activity"] {
        assert!(met.get(factor).is_some_and(|n| *n > 50), "{factor}: {met:?}");
    }
}

/// A condition about what happened holds from the moment the ledger notes it.
#[test]
fn conditions_say_what_the_ledger_notes() {
    let rules = common::cloud_hopper();
    let mut met = BTreeMap::new();
    for seed in 1..=120 {
        let mut ledger = Ledger::default();
        let mut s = Situation::setup(&rules, start(seed), &mut ledger);
        while !s.is_over() {
            let policy = if seed % 2 == 0 { Policy::Random } else { Policy::Explore };
            policy.turn(&mut Player::new(&rules, &mut s, &mut ledger));
            let noted = |of: &dyn Fn(&Note) -> bool| ledger.notes.iter().any(|(_, n)| of(n));
            let mut same = |c: Condition, noted: bool| {
                assert_eq!(s.all(&rules, std::slice::from_ref(&c)), noted, "seed {seed}: {c:?}");
                let kind = format!("{c:?}");
                let kind = kind.split('(').next().unwrap_or_default().to_owned();
                *met.entry(kind).or_insert(0) += u32::from(noted);
            };
            for r in (0..rules.responses.len()).map(ResponseIx::at) {
                let of = |n: &Note| matches!(n, Note::Responded { response, .. } if *response == r);
                same(Condition::Responded(r), noted(&of));
            }
            for e in (0..rules.events.len()).map(EventIx::at) {
                let of = |n: &Note| matches!(n, Note::Fired { event, .. } if *event == e);
                same(Condition::Fired(e), noted(&of));
            }
            for e in (0..rules.evidence.len()).map(EvidenceIx::at) {
                same(Condition::Found(e), noted(&|n| *n == Note::Found(e)));
            }
            for i in (0..rules.instruments.len()).map(InstrumentIx::at) {
                let launched =
                    |n: &Note| matches!(n, Note::Launched { instrument, .. } if *instrument == i);
                let cleared = |n: &Note| matches!(n, Note::Cleared { proposal, .. } if proposal.instrument == i);
                same(Condition::Launched(i), noted(&launched));
                same(Condition::Cleared(i), noted(&cleared));
                // Only what was cleared takes effect, unless an event launches what is not the
                // player's; and always on something it may be aimed at.
                let of = &rules.instruments[i];
                assert!(!of.yours || !noted(&launched) || noted(&cleared), "{}", of.id);
                for (_, n) in &ledger.notes {
                    if let Note::Launched { instrument, target, .. } = n
                        && *instrument == i
                    {
                        assert!(of.targets & (1 << target.0) != 0, "{} on {target:?}", of.id);
                    }
                }
            }
            for r in (0..rules.reforms.len()).map(ReformIx::at) {
                same(Condition::Reformed(r), noted(&|n| *n == Note::ReformDone(r)));
            }
            for a in (0..rules.asks.len()).map(AskIx::at) {
                same(Condition::Asked(a), noted(&|n| *n == Note::Asked(a)));
            }
            for p in (0..rules.promises.len()).map(PromiseIx::at) {
                let kept =
                    |n: &Note| matches!(n, Note::PromiseKept { promise, .. } if *promise == p);
                let broken =
                    |n: &Note| matches!(n, Note::PromiseBroken { promise, .. } if *promise == p);
                same(Condition::Kept(p), noted(&kept));
                same(Condition::Broke(p), noted(&broken));
            }
            // The heat that lies ahead is the hottest of what a window still brings.
            let turn = usize::from(s.turn).min(rules.turns.len() - 1);
            let now = rules.turns[turn].hottest;
            let hot = Condition::HeatAhead(now);
            assert!(s.all(&rules, &[hot]), "seed {seed}: heat {now} is here");
            let ahead = rules.turns[turn].ahead;
            assert!(!s.all(&rules, &[Condition::HeatAhead(ahead + 1)]), "seed {seed}");
        }
    }
    for kind in ["Responded", "Fired", "Found", "Launched", "Cleared", "Asked", "Kept", "Reformed"]
    {
        assert!(met.get(kind).is_some_and(|n| *n > 20), "{kind}: {met:?}");
    }
}

/// What is drawn lies within what is told beforehand, and both ends are drawn.
#[test]
fn how_long_a_thing_takes_lies_within_its_span() {
    let rules = common::cloud_hopper();
    let (mut files, mut measures, mut longer) = (0, 0, 0);
    for seed in 1..=150 {
        let mut ledger = Ledger::default();
        let mut s = Situation::setup(&rules, start(seed), &mut ledger);
        while !s.is_over() {
            let policy =
                if seed % 2 == 0 { Policy::Explore } else { Policy::Greedy(Greedy::guided()) };
            policy.turn(&mut Player::new(&rules, &mut s, &mut ledger));
            for f in s.shelf.iter().filter(|f| f.due != interagency::engine::items::NOT_DRAWN) {
                let span = building_span(&rules, f.instrument, f.ready).expect("it has a file");
                let days = (f.due - f.begun).unsigned_abs();
                assert!((span.least..=span.most).contains(&days), "{days} of {span:?}");
                files += 1;
            }
            // Of one that has been given new terms, how long it took goes by the old.
            let as_begun = |m: &&interagency::engine::Measure| {
                let revised = Note::Revised { instrument: m.instrument, target: m.target };
                let told = ledger.notes.iter().any(|(_, n)| *n == revised);
                rules.instruments[m.instrument].yours && (m.revises || !told)
            };
            for m in s.measures.iter().filter(as_begun) {
                let of = s.standing(&rules, m.instrument, m.target).filter(|_| m.revises);
                let span = pipeline_span(&rules, &m.proposal(), of.map(|m| &m.terms), m.ready);
                let days = (m.due - m.begun).unsigned_abs();
                assert!((span.least..=span.most).contains(&days), "{days} of {span:?}");
                if m.revises {
                    continue;
                }
                // What a term adds comes on top of the stages.
                let bare = Proposal { terms: [0; limits::SLOTS], ..m.proposal() };
                let adds: u16 = m.proposal().values(&rules).map(|(_, value)| value.adds.most).sum();
                let none: u16 = bare.values(&rules).map(|(_, value)| value.adds.most).sum();
                let plain = pipeline_span(&rules, &bare, None, m.ready);
                assert_eq!(span.most + none, plain.most + adds, "{m:?}");
                longer += u32::from(adds > none);
                measures += 1;
            }
        }
        for (_, n) in &ledger.notes {
            if let Note::Cleared { chance, .. } = n {
                assert!(*chance > 0, "what was cleared had a chance");
            }
        }
    }
    assert!(files > 100 && measures > 500 && longer > 50, "{files} {measures} {longer}");
}

/// A relationship is where it began and its lines; none is cut off by the range but in a line of its
/// own, and each goes back to a cause that is told.
#[test]
fn the_ledger_sums_to_every_relationship() {
    let rules = common::cloud_hopper();
    let (mut moved, mut settled) = (0, 0);
    for seed in 1..=200 {
        let mut ledger = Ledger::default();
        let mut s = Situation::setup(&rules, start(seed), &mut ledger);
        let mut stands: Vec<i32> = rules.agencies.iter().map(|a| a.relation).collect();
        let mut at = 0;
        while !s.is_over() {
            Policy::Random.turn(&mut Player::new(&rules, &mut s, &mut ledger));
            for (_, note) in &ledger.notes[at..] {
                if let Note::Related { agency, delta, cause, origin } = *note {
                    stands[agency.i()] += delta;
                    assert_ne!(delta, 0);
                    let by_itself = matches!(cause, Cause::Settle | Cause::Clamp);
                    assert!(by_itself || origin != Origin::Drift, "seed {seed}: {cause:?}");
                    *(if cause == Cause::Settle { &mut settled } else { &mut moved }) += 1;
                }
            }
            at = ledger.notes.len();
            for (n, stands) in stands.iter().enumerate() {
                let id = &rules.agencies[n].id;
                assert_eq!(*stands, s.relation[n], "seed {seed} turn {}: {id}", s.turn);
            }
        }
    }
    assert!(moved > 1000 && settled > 1000, "{moved} lines of decisions, {settled} of time");
}

/// A prediction counts from the day its measure takes effect, is held against exactly what the
/// ledger puts down to that measure from then on, and only when its days are over.
#[test]
fn predictions_are_held_against_the_ledger() {
    let rules = common::cloud_hopper();
    let days = i16::try_from(rules.tuning.prediction_days / 1000).expect("days");
    let (mut checked, mut late, mut wrong) = (0, 0, 0);
    for seed in 1..=200 {
        let mut ledger = Ledger::default();
        let mut s = Situation::setup(&rules, start(seed), &mut ledger);
        while !s.is_over() {
            let notes = ledger.notes.len();
            let (before, today) = (s.predictions.to_vec(), s.day);
            Policy::Random.turn(&mut Player::new(&rules, &mut s, &mut ledger));
            for (turn, note) in ledger.notes[notes..].iter().copied() {
                let Note::Checked { agency, indicator, instrument, target, low, high, moved, hit } =
                    note
                else {
                    continue;
                };
                let same = |p: &&Prediction| {
                    (p.agency, p.indicator, p.instrument, p.target, p.low, p.high)
                        == (agency, indicator, instrument, target, low, high)
                };
                let due = |p: &&Prediction| p.due != Prediction::WAITS;
                let Some(p) = before.iter().find(same).filter(due) else {
                    // Made or begun in the last turn, and held against what came in the weeks after.
                    assert!(s.is_over() && usize::from(turn) >= rules.played(), "seed {seed}");
                    continue;
                };
                let is_its_launch = |n: &Note| match n {
                    Note::Launched { instrument: i, target: g, .. } => {
                        (*i, *g) == (instrument, target)
                    }
                    _ => false,
                };
                let launched =
                    ledger.notes.iter().position(|(t, n)| *t >= p.made && is_its_launch(n));
                let from = ledger.notes[launched.expect("it took effect")].0;
                assert!(
                    p.due < s.day && p.due >= today,
                    "seed {seed}: checked in the turn of its day"
                );
                let opened = rules.turns[..usize::from(from)]
                    .iter()
                    .map(|t| i16::try_from(t.days).expect("days"))
                    .sum::<i16>();
                assert_eq!(p.due, opened + days, "seed {seed}");
                let of_it = ledger.entries.iter().filter(|e| {
                    e.origin == p.origin
                        && e.indicator == indicator
                        && (from..=turn).contains(&e.turn)
                });
                let sum: i32 = of_it
                    .filter(|e| !matches!(e.cause, Cause::OnClear(..) | Cause::ClearedWins(_)))
                    .map(|e| e.delta)
                    .sum();
                assert_eq!(
                    moved, sum,
                    "seed {seed} turn {turn}: {}",
                    rules.indicators[indicator].id
                );
                // Judged by the figures it was told in: a tenth, and whole from twenty on.
                let told = |n: i32| {
                    let step = if n.abs() >= 20_000 { 1000 } else { 100 };
                    interagency::num::round_div(n.into(), step.into()) * step
                };
                assert_eq!(hit, (told(low)..=told(high)).contains(&told(moved)));
                checked += 1;
                late += usize::from(from > p.made);
                wrong += usize::from(!hit);
            }
        }
    }
    assert!(
        checked > 200 && late > 20 && wrong > 50 && wrong < checked,
        "{checked} checked, {late} of slow measures, {wrong} wrong"
    );
}

/// Clone, sink on or off, replay and a reload at each turn give the same states.
#[test]
fn the_same_orders_give_the_same_game() {
    let rules = common::cloud_hopper();
    for seed in 1..=150 {
        let mut quiet = Situation::setup(&rules, start(seed), &mut NoLedger);
        let mut ledger = Ledger::default();
        let mut loud = Situation::setup(&rules, start(seed), &mut ledger);
        assert_eq!(quiet.digest(), loud.digest());
        let mut game = Game::new(Arc::clone(&rules), start(seed));
        let mut kept: Vec<(Vec<_>, u128)> = Vec::new();
        while !quiet.is_over() {
            quiet.look(&rules);
            let mut dice = Dice::new(Luck::new(seed ^ 0xabc, quiet.turn));
            for _ in 0..4 {
                let Some(order) = random_draft(&rules, &quiet, &mut dice) else { break };
                if order == Order::End {
                    break;
                }
                quiet.apply(&rules, &order, &mut NoLedger).unwrap();
                loud.apply(&rules, &order, &mut ledger).unwrap();
                game.give(order, "").unwrap();
            }
            assert_eq!(quiet.digest(), game.whole().digest());
            let named = game.named_orders();
            quiet.apply(&rules, &Order::End, &mut NoLedger).unwrap();
            loud.apply(&rules, &Order::End, &mut ledger).unwrap();
            let digest = game.end().unwrap().digest;
            assert_eq!(quiet.digest(), loud.digest(), "seed {seed} turn {}", quiet.turn);
            assert_eq!(quiet.digest(), digest);
            kept.push((named, digest));
            let again = Game::replay(
                Arc::clone(&rules),
                start(seed),
                kept.iter().map(|(o, d)| (o.as_slice(), Some(*d))),
            )
            .unwrap();
            assert_eq!(again.ledger(), game.ledger(), "seed {seed}: the ledger replays too");
            if quiet.turn > 5 && seed % 10 != 0 {
                break;
            }
        }
    }
}

/// Undo takes back the last order and nothing else.
#[test]
fn undo_is_exact() {
    let rules = common::cloud_hopper();
    for seed in 1..=60 {
        let mut game = Game::new(Arc::clone(&rules), start(seed));
        for _ in 0..5 {
            let mut dice = Dice::new(Luck::new(seed, game.situation().turn));
            let mut states = vec![(game.whole().digest(), game.ledger().entries.len())];
            for _ in 0..5 {
                match random_draft(&rules, game.situation(), &mut dice) {
                    Some(order) if order != Order::End => game.give(order, "").unwrap(),
                    _ => break,
                }
                states.push((game.whole().digest(), game.ledger().entries.len()));
            }
            states.pop();
            while let Some((digest, lines)) = states.pop() {
                assert!(game.undo());
                assert_eq!(game.whole().digest(), digest);
                assert_eq!(game.ledger().entries.len(), lines);
            }
            assert!(!game.undo());
            if game.end().is_err() {
                break;
            }
        }
    }
}

/// Ten thousand random games keep every invariant; an affordable proposal is on offer in nine
/// states of ten.
#[test]
fn ten_thousand_random_games_stay_within_their_bounds() {
    let rules = common::cloud_hopper();
    let mut states = 0u32;
    let mut open = 0u32;
    for seed in 1..=10_000u64 {
        let mut s = Situation::setup(&rules, start(seed), &mut NoLedger);
        while !s.is_over() {
            states += 1;
            if interagency::engine::options::verb_open(&rules, s.look(&rules), Verb::Propose)
                .is_ok()
            {
                open += 1;
            }
            invariants(&rules, &s, seed);
            Policy::Random.turn(&mut Player::new(&rules, &mut s, &mut NoLedger));
        }
        invariants(&rules, &s, seed);
        assert!(usize::from(s.turn) <= rules.turns.len());
    }
    assert!(open * 10 >= states * 9, "a proposal is on offer in {open} of {states} states");
}

/// Names the refusals, all of them: a new one does not compile until it stands here, and then it
/// has to be met.
macro_rules! refusals {
    ($($name:ident),* $(,)?) => {
        const REFUSALS: &[&str] = &[$(stringify!($name)),*];
        fn name(r: &Refusal) -> &'static str {
            match r {
                $(Refusal::$name { .. } => stringify!($name),)*
            }
        }
    };
}

refusals!(
    Over,
    TooManyOrders,
    Unknown,
    CannotAfford,
    AgendaFull,
    AlreadyOnAgenda,
    AlreadyStanding,
    NotBuilt,
    FileStands,
    NothingToBuild,
    ShelfFull,
    LeadRefuses,
    NotYours,
    WrongKind,
    NotYetKnown,
    Needs,
    Gate,
    TermNotOffered,
    TermShut,
    TermSettled,
    SameTerms,
    VenueShut,
    NothingToWithdraw,
    TaskNeeds,
    TaskRunning,
    TaskSpent,
    TaskTarget,
    TooManyTasks,
    AskNeeds,
    AskSpent,
    PromiseNotTo,
    PromiseNeeds,
    PromiseStands,
    TooManyPromises,
    NotAsked,
    NoSuchChoice,
    ChoiceNeeds,
    AlreadyAnswered,
    ReformNeeds,
    ReformDone,
    GuidanceDone,
    GuidanceLate,
    GuidanceSum,
    GuidanceHigh,
    GuidanceThin,
    AmendEarly,
    AmendDone,
    AmendLate,
    ConfidenceRange,
    PropositionShut,
    ForecastOff,
);

/// Gives an order that may be refused to a copy; refused, it has changed nothing and is counted.
fn refused(rules: &Rules, s: &Situation, order: &Order, met: &mut BTreeMap<&'static str, u32>) {
    let before = s.digest();
    let mut copy = s.clone();
    if let Err(refusal) = copy.apply(rules, order, &mut NoLedger) {
        assert_eq!(
            copy.digest(),
            before,
            "order {} of turn {}: {order:?} was refused ({refusal:?}) and changed something",
            s.orders,
            s.turn
        );
        assert_eq!(s.validate(rules, order), Err(refusal));
        *met.entry(name(&refusal)).or_default() += 1;
    }
}

/// An order with this verb, its slots filled at random among what is on offer.
fn drafted(rules: &Rules, s: &Known, verb: Verb, dice: &mut Dice) -> Option<Order> {
    let mut d = Draft::of(verb);
    interagency::engine::options::verb_open(rules, s, verb).ok()?;
    while let Some(slot) = d.next(rules) {
        let mut open = Vec::new();
        offered(rules, s, &d, slot, |v| open.push(v));
        d.set(slot, open[dice.roll(open.len().checked_sub(1)?)]);
    }
    d.order(rules)
}

/// Every refusal of the closed list is met at least fifty times, on states that play has led to,
/// and leaves the state as it was. In two scenarios: the shipped one, and a small one in which all
/// lists can be filled. In each turn one kind of order is given as often as it is legal, so that
/// lists, purses and the turn itself run full.
#[test]
fn refused_orders_change_nothing() {
    let mut met: BTreeMap<&'static str, u32> = BTreeMap::new();
    let site = Site::of("test", "corrupt");
    for (rules, games) in [(common::cloud_hopper(), 1000), (common::crowded(), 2000)] {
        for seed in 1..=games {
            let mut s = Situation::setup(&rules, start(seed), &mut NoLedger);
            while !s.is_over() {
                let luck = Luck::new(seed ^ 0x77, s.turn);
                let mut dice = Dice::new(luck);
                let fill =
                    Verb::ALL[usize::from(luck.between(site, 0, 0, Verb::ALL.len() as u16 - 1))];
                for round in 0..3 {
                    let many = if round == 2 && fill != Verb::End { 64 } else { 2 };
                    for _ in 0..many {
                        let order = if round == 2 {
                            drafted(&rules, s.look(&rules), fill, &mut dice)
                        } else {
                            random_draft(&rules, s.look(&rules), &mut dice)
                        };
                        match order {
                            Some(Order::End) | None => break,
                            Some(order) => s.apply(&rules, &order, &mut NoLedger).unwrap(),
                        }
                    }
                    for n in 0..6 {
                        // Half of them of the kind there is most of.
                        let verb = if n % 2 == 0 {
                            fill
                        } else {
                            Verb::ALL[usize::from(luck.between(
                                site,
                                8000 + 10 * round + n,
                                0,
                                Verb::ALL.len() as u16 - 1,
                            ))]
                        };
                        refused(
                            &rules,
                            &s,
                            &corrupted(&rules, &s, verb, luck, site, 100 * (6 * round + n) + 1),
                            &mut met,
                        );
                    }
                    refused(&rules, &s, &bent(&rules, &s, luck, site, 9000 + 10 * round), &mut met);
                }
                Policy::Idle.turn(&mut Player::new(&rules, &mut s, &mut NoLedger));
            }
            refused(&rules, &s, &Order::End, &mut met);
            refused(
                &rules,
                &s,
                &corrupted(&rules, &s, Verb::Propose, Luck::new(seed, 0), site, 1),
                &mut met,
            );
        }
    }
    println!("{met:#?}");
    let rare: Vec<(&str, u32)> = REFUSALS
        .iter()
        .map(|r| (*r, met.get(r).copied().unwrap_or(0)))
        .filter(|(_, n)| *n < 50)
        .collect();
    assert!(rare.is_empty(), "met fewer than fifty times: {rare:?}");
}

/// Corruptions that chance alone would seldom make, each aimed at one thing a person or a program
/// gets wrong.
fn bent(rules: &Rules, s: &Situation, luck: Luck, site: Site, at: u32) -> Order {
    let d = |n: u32, most: usize| {
        usize::from(luck.between(site, at + n, 0, u16::try_from(most - 1).expect("a few")))
    };
    let guide: fn([u8; 8]) -> Order = if s.turn == 0 { Order::Guide } else { Order::Amend };
    match d(0, 10) {
        // All points on three lenses.
        0 => guide([4, 4, 4, 0, 0, 0, 0, 0]),
        // Too many on one; one too few in all.
        1 => guide([5, 4, 2, 1, 0, 0, 0, 0]),
        2 => guide([3, 3, 3, 2, 0, 0, 0, 0]),
        // The full forecast is not in these rules.
        3 => Order::Forecast(Proposal::default()),
        // What was ordered last, once more.
        4 => s.agenda.last().map_or(Order::End, |a| Order::Propose(a.proposal)),
        5 => s
            .active_tasks
            .last()
            .map_or(Order::End, |r| Order::Task { task: r.task, campaign: r.campaign }),
        6 => s
            .commitments
            .last()
            .map_or(Order::End, |p| Order::Promise { promise: p.promise, to: p.to }),
        // What is in force, as it stands; with other words for the day on which it took effect.
        7 | 8 => s.measures.iter().rfind(|m| m.in_force()).map_or(Order::End, |m| {
            let mut p = m.proposal();
            let slots = &rules.instruments[m.instrument].slots;
            let once = slots.iter().position(|slot| rules.terms[slot.term].once);
            if let Some(n) = once.filter(|_| d(0, 10) == 8) {
                p.terms[n] = (p.terms[n] + 1) % slots[n].values.len() as u8;
            }
            Order::Propose(p)
        }),
        // A choice of an open question, whatever it needs.
        _ => s.prompts.iter().find(|p| p.choice == u8::MAX).map_or(
            Order::Reform(ReformIx(rules.reforms.len() as u8)),
            |p| Order::Answer {
                event: p.event,
                choice: d(1, rules.events[p.event].choices.len()) as u8,
            },
        ),
    }
}

/// An order of this kind with every slot at random, in range or one beyond it.
fn corrupted(rules: &Rules, s: &Situation, verb: Verb, luck: Luck, site: Site, at: u32) -> Order {
    let d = |n: u32, most: usize| {
        luck.between(site, at + n, 0, u16::try_from(most.saturating_sub(1)).unwrap_or(0)) as u8
    };
    let proposal = || {
        let instrument = InstrumentIx(d(1, rules.instruments.len()));
        let mut terms = [0; 6];
        for (n, slot) in rules.instruments[instrument].slots.iter().enumerate() {
            terms[n] = d(2 + n as u32, slot.values.len() + usize::from(d(9, 4) == 0));
        }
        Proposal {
            instrument,
            target: TargetIx(d(10, rules.targets.len())),
            terms,
            venue: VenueIx(d(11, rules.venues.len())),
        }
    };
    let points = || {
        let mut p = [0; 8];
        for (n, cell) in p.iter_mut().enumerate().take(rules.lenses.len()) {
            *cell = d(12 + n as u32, 6);
        }
        p
    };
    match verb {
        Verb::Guide => Order::Guide(points()),
        Verb::Amend => Order::Amend(points()),
        Verb::Propose => Order::Propose(proposal()),
        Verb::Build => Order::Build {
            instrument: InstrumentIx(d(1, rules.instruments.len() + 1)),
            target: TargetIx(d(10, rules.targets.len() + 1)),
        },
        Verb::Withdraw => Order::Withdraw {
            instrument: InstrumentIx(d(1, rules.instruments.len())),
            target: TargetIx(d(10, rules.targets.len())),
        },
        Verb::Task => {
            let task = TaskIx(d(1, rules.tasks.len() + 1));
            // With a campaign where one belongs, mostly.
            let about = rules.tasks.get(task.i()).is_some_and(|t| t.on_campaign) != (d(2, 4) == 0);
            Order::Task { task, campaign: about.then(|| CampaignIx(d(3, rules.campaigns.len()))) }
        }
        Verb::Ask => Order::Ask(AskIx(d(1, rules.asks.len()))),
        Verb::Promise => Order::Promise {
            promise: PromiseIx(d(1, rules.promises.len())),
            to: AgencyIx(d(2, rules.agencies.len())),
        },
        Verb::Answer => match s.prompts.first() {
            Some(p) if d(1, 3) > 0 => Order::Answer { event: p.event, choice: d(2, 7) },
            _ => Order::Answer { event: EventIx(d(1, rules.events.len())), choice: d(2, 4) },
        },
        Verb::Reform => Order::Reform(ReformIx(d(1, rules.reforms.len() + 1))),
        Verb::Confidence => Order::Confidence {
            proposition: PropositionIx(d(1, rules.propositions.len())),
            percent: d(2, 120),
        },
        Verb::Forecast => Order::Forecast(proposal()),
        Verb::End => Order::End,
    }
}

/// Filling drafts slot by slot reaches exactly what `validate` accepts: exhaustive on the tiny
/// scenario.
#[test]
fn drafts_reach_exactly_what_is_legal() {
    let rules = common::tiny();
    for seed in 1..=40 {
        let mut s = Situation::setup(&rules, start(seed), &mut NoLedger);
        while !s.is_over() {
            for extra in 0..3u32 {
                let mut reached = Vec::new();
                expand(&rules, &s, Draft::default(), &mut reached);
                for order in &reached {
                    assert_eq!(
                        s.validate(&rules, order),
                        Ok(()),
                        "seed {seed}: a draft led to {order:?}"
                    );
                }
                let legal: Vec<Order> = every_order(&rules)
                    .into_iter()
                    .filter(|o| s.validate(&rules, o).is_ok())
                    .collect();
                for order in &legal {
                    assert!(
                        reached.contains(order),
                        "seed {seed} turn {}: {order:?} is legal and no draft reaches it",
                        s.turn
                    );
                }
                let mut dice = Dice::new(Luck::new(seed + 1000 * u64::from(extra), s.turn + 1));
                match random_draft(&rules, s.look(&rules), &mut dice) {
                    Some(o) if o != Order::End => s.apply(&rules, &o, &mut NoLedger).unwrap(),
                    _ => break,
                }
            }
            Policy::Random.turn(&mut Player::new(&rules, &mut s, &mut NoLedger));
        }
    }
}

fn expand(rules: &Rules, s: &Situation, d: Draft, out: &mut Vec<Order>) {
    match d.next(rules) {
        None => {
            let order = d.order(rules).expect("a draft without open slots is an order");
            out.push(order);
        }
        Some(slot) => {
            let mut any = false;
            let mut open = Vec::new();
            options(rules, s, &d, slot, |v, r| {
                if r.is_ok() {
                    open.push(v);
                }
            });
            for v in open {
                any = true;
                let mut next = d;
                next.set(slot, v);
                expand(rules, s, next, out);
            }
            assert!(any, "a dead end at {slot:?} of {d:?}");
        }
    }
}

/// Every order these rules can spell, legal or not.
fn every_order(rules: &Rules) -> Vec<Order> {
    let mut all = vec![Order::End, Order::Forecast(Proposal::default())];
    let lenses = rules.lenses.len();
    let mut points = vec![[0u8; 8]];
    for n in 0..lenses {
        points = points
            .iter()
            .flat_map(|p| {
                (0..=5).map(move |v| {
                    let mut q = *p;
                    q[n] = v;
                    q
                })
            })
            .collect();
    }
    for p in points {
        all.push(Order::Guide(p));
        all.push(Order::Amend(p));
    }
    for (i, ins) in rules.instruments.iter().enumerate() {
        let mut terms = vec![[0u8; 6]];
        for (n, slot) in ins.slots.iter().enumerate() {
            terms = terms
                .iter()
                .flat_map(|t| {
                    (0..=slot.values.len() as u8).map(move |v| {
                        let mut q = *t;
                        q[n] = v;
                        q
                    })
                })
                .collect();
        }
        for t in 0..rules.targets.len() {
            for v in 0..rules.venues.len() {
                for terms in &terms {
                    all.push(Order::Propose(Proposal {
                        instrument: InstrumentIx::at(i),
                        target: TargetIx::at(t),
                        terms: *terms,
                        venue: VenueIx::at(v),
                    }));
                }
            }
            let (instrument, target) = (InstrumentIx::at(i), TargetIx::at(t));
            all.push(Order::Withdraw { instrument, target });
            all.push(Order::Build { instrument, target });
        }
    }
    for t in 0..rules.tasks.len() {
        all.push(Order::Task { task: TaskIx::at(t), campaign: None });
        for c in 0..rules.campaigns.len() {
            all.push(Order::Task { task: TaskIx::at(t), campaign: Some(CampaignIx::at(c)) });
        }
    }
    all.extend((0..rules.asks.len()).map(|n| Order::Ask(AskIx::at(n))));
    for p in 0..rules.promises.len() {
        all.extend(
            (0..rules.agencies.len())
                .map(|a| Order::Promise { promise: PromiseIx::at(p), to: AgencyIx::at(a) }),
        );
    }
    for e in 0..rules.events.len() {
        all.extend((0..6).map(|c| Order::Answer { event: EventIx::at(e), choice: c }));
    }
    all.extend((0..rules.reforms.len()).map(|n| Order::Reform(ReformIx::at(n))));
    for p in 0..rules.propositions.len() {
        all.extend(
            [0u8, 1, 50, 99, 100]
                .iter()
                .map(|c| Order::Confidence { proposition: PropositionIx::at(p), percent: *c }),
        );
    }
    all
}

/// Looking changes nothing: every option of every slot, every preview.
#[test]
fn looking_changes_nothing() {
    let rules = common::cloud_hopper();
    for seed in 1..=30 {
        let mut looked = Situation::setup(&rules, start(seed), &mut NoLedger);
        let mut blind = looked.clone();
        while !blind.is_over() {
            // Looking makes the menu, asks for every odds and imagines the game to its end.
            let s = looked.look(&rules);
            let room = interagency::engine::position::RoomWeights::new(&rules, s);
            for verb in Verb::ALL {
                options(&rules, s, &Draft::of(verb), Slot::Subject, |_, _| {});
            }
            for i in (0..rules.instruments.len()).map(InstrumentIx::at) {
                for target in (0..rules.targets.len()).map(TargetIx::at) {
                    let p = Proposal { instrument: i, target, ..Proposal::default() };
                    let _ = interagency::engine::odds::chance(&rules, s, &room, &p);
                }
            }
            let mut dream = imagine::imagine(&rules, s, seed);
            imagine::roll(&rules, &mut dream, u8::MAX, |_| {});
            assert!(dream.is_over());
            // The same orders to both: one has been looked at, the other never.
            let orders = interagency::policy::orders_of(&Policy::Random, &rules, &looked);
            for order in orders {
                looked.apply(&rules, &order, &mut NoLedger).expect("a policy's orders are legal");
                blind.apply(&rules, &order, &mut NoLedger).expect("the same game");
            }
            assert_eq!(looked.digest(), blind.digest(), "seed {seed}, turn {}", blind.turn);
        }
    }
}

/// Luck is keyed: a proposal draws luck of its own, and every other draw stays as it was. A
/// generator that gives one number after another fails here, because the proposal moves all numbers
/// after its own.
#[test]
fn changing_one_decision_leaves_other_luck_alone() {
    let rules = common::cloud_hopper();
    let mut proposed = 0;
    let mut last = Vec::new();
    for seed in 1..=60 {
        let mut idle = Ledger::default();
        let mut a = Situation::setup(&rules, start(seed), &mut idle);
        let mut b = a.clone();
        let mut busy = idle.clone();
        let mut dice = Dice::new(Luck::new(seed, 3));
        if let Some(order) = drafted(&rules, b.look(&rules), Verb::Propose, &mut dice) {
            b.apply(&rules, &order, &mut busy).expect("a draft is legal");
            proposed += 1;
        }
        while !a.is_over() && !b.is_over() {
            Policy::Idle.turn(&mut Player::new(&rules, &mut a, &mut idle));
            Policy::Idle.turn(&mut Player::new(&rules, &mut b, &mut busy));
        }
        let noise = |of: &Ledger, until: u8| -> Vec<_> {
            let noise = of.entries.iter().filter(|e| e.cause == Cause::Noise && e.turn < until);
            noise.map(|e| (e.turn, e.indicator, e.delta)).collect()
        };
        let until = a.turn.min(b.turn);
        assert_eq!(noise(&idle, until), noise(&busy, until), "seed {seed}");
        assert_ne!(noise(&idle, until), last, "seed {seed}: two seeds have the same noise");
        last = noise(&idle, until);
        assert!(!last.is_empty());
        assert_eq!(a.hidden().truth, b.hidden().truth, "seed {seed}");
    }
    assert!(proposed > 50, "{proposed} proposals were made");
}

/// Bands around estimates hold the truth four times in five, whoever plays. Not each as often: what
/// nobody sees at all makes the loss an underestimate.
#[test]
fn bands_hold_the_truth_as_often_as_they_say() {
    let rules = common::cloud_hopper();
    let policies = ["idle", "random", "greedy", "history", "lens:security"]
        .map(|name| Policy::parse(&rules, name).expect("a policy"));
    let mut seen = vec![(0u32, 0u32); rules.indicators.len()];
    for seed in 1..=1_000 {
        let policy = &policies[seed as usize % policies.len()];
        let mut s = Situation::setup(&rules, start(seed), &mut NoLedger);
        while !s.is_over() {
            policy.turn(&mut Player::new(&rules, &mut s, &mut NoLedger));
            for (n, row) in seen.iter_mut().enumerate().filter(|(n, _)| s.doubt[*n] > 0) {
                let half = interagency::engine::band(s.doubt[n]);
                row.0 += u32::from((s.hidden().value[n] - s.value[n]).abs() <= half);
                row.1 += 1;
            }
        }
    }
    let share = |(held, all): (u32, u32)| f64::from(held) / f64::from(all);
    let sum = seen.iter().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    assert!((0.78..=0.82).contains(&share(sum)), "{} of {}", share(sum), sum.1);
    for (i, row) in rules.indicators.iter().zip(&seen).filter(|(_, row)| row.1 > 0) {
        assert!((0.6..=0.93).contains(&share(*row)), "{}: {}", i.id, share(*row));
    }
}

/// Those who do not ask why not are told the same: `offered` gives exactly what `options` calls
/// open.
#[test]
fn what_is_offered_is_what_the_options_call_open() {
    let rules = common::cloud_hopper();
    let mut drafts = 0;
    for seed in 1..=120 {
        let mut s = Situation::setup(&rules, Start { seed, ..Start::default() }, &mut NoLedger);
        let mut draws = 0;
        while !s.is_over() {
            let luck = Luck::new(seed, s.turn + 40);
            let mut d = Draft::default();
            while let Some(slot) = d.next(&rules) {
                let (mut open, mut given) = (Vec::new(), Vec::new());
                options(&rules, &s, &d, slot, |v, r| {
                    if r.is_ok() {
                        open.push(v);
                    }
                });
                offered(&rules, &s, &d, slot, |v| given.push(v));
                assert_eq!(open, given, "{slot:?} of {d:?}, seed {seed}, turn {}", s.turn);
                for (n, verb) in Verb::ALL.iter().enumerate().filter(|_| slot == Slot::Verb) {
                    assert_eq!(
                        verb_offered(&rules, &s, *verb),
                        open.contains(&u8::try_from(n).expect("few verbs")),
                        "{verb:?}"
                    );
                }
                draws += 1;
                d.set(
                    slot,
                    open[usize::from(luck.between(
                        Site::of("test", "draft"),
                        draws,
                        0,
                        u16::try_from(open.len() - 1).expect("few values"),
                    ))],
                );
            }
            drafts += 1;
            let order = d.order(&rules).expect("a full draft");
            s.apply(&rules, &order, &mut NoLedger).expect("a full draft is legal");
        }
    }
    assert!(drafts > 5_000, "{drafts}");
}

#[test]
fn nobody_is_asked_at_the_end_of_the_last_turn() {
    let rules = common::cloud_hopper();
    let last = rules.last_turn();
    let mut asked_before = 0;
    for seed in 0..200 {
        let mut ledger = Ledger::default();
        let mut s = Situation::setup(&rules, start(seed), &mut ledger);
        Policy::Random.game(&rules, &mut s, None, &mut ledger);
        for (turn, note) in &ledger.notes {
            let Note::Fired { event, .. } = note else { continue };
            let asks = !rules.events[*event].choices.is_empty();
            assert!(!asks || usize::from(*turn) < last, "seed {seed}: {}", rules.events[*event].id);
            asked_before += usize::from(asks && usize::from(*turn) + 1 == last);
        }
    }
    assert!(asked_before > 200, "{asked_before} questions for the last turn");
}
