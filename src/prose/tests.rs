use std::sync::Arc;

use super::*;
use crate::engine::Start;
use crate::engine::items::{Measure, NONE, NOT_DRAWN};
use crate::engine::options::options;
use crate::engine::position::Stance;
use crate::engine::{Cause, Draft, Note, Order, Origin, Refusal, Slot, Verb};
use crate::game::Game;
use crate::luck::mix;
use crate::prose::facts::{Part, Why};
use crate::scenario::load;
use crate::scenario::model::{
    AgencyIx, CampaignIx, Condition, IndicatorIx, InstrumentIx, Rules, Sight, TargetIx, WorldIx,
};

fn shipped() -> Arc<Rules> {
    Arc::new(load::embedded("cloud-hopper", &[]).expect("the shipped scenario loads"))
}

/// Gives a few legal orders at random and ends the turn, so many times.
fn played(rules: &Arc<Rules>, seed: u64, turns: usize) -> Game {
    let mut g = Game::new(Arc::clone(rules), Start { seed, ..Start::default() });
    let mut n = seed;
    for _ in 0..turns {
        for _ in 0..6 {
            let mut draft = Draft::default();
            while let Some(slot) = draft.next(rules) {
                let mut open = Vec::new();
                options(rules, g.situation(), &draft, slot, |v, r| {
                    if r.is_ok() && !(slot == Slot::Verb && Verb::ALL[usize::from(v)] == Verb::End)
                    {
                        open.push(v);
                    }
                });
                n = mix(n.wrapping_add(1));
                let Some(v) = open.get(usize::try_from(n >> 9).unwrap_or(0) % open.len().max(1))
                else {
                    break;
                };
                draft.set(slot, *v);
            }
            if let Some(order) = draft.order(rules) {
                let _ = g.give(order, "");
            }
        }
        let _ = g.end();
    }
    g
}

/// What an agency remembers adds up to where the relationship stands, and says of a promise when it
/// was made and whether it was kept; what it quotes is one of its own lines.
#[test]
fn what_an_agency_remembers_adds_up_and_is_quoted() {
    let rules = shipped();
    let (mut kept, mut quoted, mut answered) = (0, 0, 0);
    for seed in 1..=12 {
        let mut g = played(&rules, seed, 0);
        for turn in 0..rules.turns.len() {
            for n in 0..rules.agencies.len() {
                let page = agency(&g, AgencyIx::at(n));
                let sum = |sum, l: &facts::WhyLine| match l.amount {
                    Part::Exact(n) => sum + n,
                    Part::None | Part::Way { .. } | Part::Unknown => sum,
                };
                let id = &rules.agencies[n].id;
                let began = rules.agencies[n].relation;
                let alone = if page.memory.is_empty() { began } else { 0 };
                assert_eq!(
                    page.memory.iter().fold(alone, sum),
                    g.situation().relation[n],
                    "seed {seed}, turn {turn}, {id}: {:?}",
                    page.memory
                );
                let of_promise = |l: &&facts::WhyLine| l.text.starts_with("you kept what");
                for l in page.memory.iter().filter(of_promise) {
                    let days: Vec<String> = rules.turns.iter().map(|t| t.opens.short()).collect();
                    assert!(days.iter().any(|d| l.text.contains(d.as_str())), "{}", l.text);
                    kept += 1;
                }
                if let Some(words) = page.quote.strip_suffix('.') {
                    let from = words.split(['“', ':']).next().unwrap_or("").to_lowercase();
                    let texts: Vec<String> =
                        page.memory.iter().map(|l| l.text.to_lowercase()).collect();
                    let stem = from.split(" to ").next().unwrap_or("").trim_end();
                    let known = stem.starts_with("you left") || {
                        texts.iter().any(|t| t.starts_with(stem))
                    };
                    assert!(known, "{}: {texts:?}", page.quote);
                    quoted += 1;
                    answered += usize::from(words.starts_with("What you answered on "));
                }
            }
            let promises: Vec<Order> = (0..rules.promises.len())
                .flat_map(|n| {
                    let promise = crate::scenario::model::PromiseIx::at(n);
                    rules.promises[n].to.iter().map(move |to| Order::Promise { promise, to: *to })
                })
                .collect();
            for (n, order) in promises.iter().enumerate() {
                if (n + turn).is_multiple_of(4) {
                    let _ = g.give(*order, "");
                }
            }
            let prompts = g.situation().prompts;
            for p in &prompts {
                let _ = g.give(Order::Answer { event: p.event, choice: (seed % 2) as u8 }, "");
            }
            let _ = g.end();
        }
    }
    assert!(kept > 20 && quoted > 100 && answered > 20, "{kept} kept, {quoted} quoted, {answered}");
}

/// Everything that can be read while the game is on.
fn everything(g: &Game) -> Vec<String> {
    let rules = g.rules();
    let mut out = vec![
        format!("{:?}", front_page(g)),
        format!("{:?}", desk(g)),
        format!("{:?}", guidance(g)),
        format!("{:?}", actions(g)),
        format!("{:?}", calendar(g)),
    ];
    out.push(format!("{:?} {:?}", agencies(g), debrief(g)));
    out.extend((0..rules.agencies.len()).map(|a| format!("{:?}", agency(g, AgencyIx::at(a)))));
    out.extend(
        (0..rules.campaigns.len())
            .map(|c| format!("{:?}", intelligence(g, Some(CampaignIx::at(c))))),
    );
    for i in 0..rules.indicators.len() {
        out.extend((0..=g.turn()).map(|t| format!("{:?}", why(g, IndicatorIx::at(i), t))));
    }
    for i in 0..rules.instruments.len() {
        for t in (0..rules.targets.len()).filter(|t| rules.instruments[i].targets & (1 << t) != 0) {
            let d = begin_draft(g, InstrumentIx::at(i), TargetIx::at(t));
            out.push(format!("{:?}", propose(g, &d)));
        }
    }
    out
}

/// Another truth under the same public facts.
fn disturb(g: &mut Game) {
    let rules = g.shared_rules();
    let turn = g.turn();
    let (s, ledger, line) = g.underneath();
    *s = s.clone().with_luck(77);
    let hidden = s.hidden_mut();
    hidden.world = (hidden.world + 1) % u8::try_from(rules.worlds.len()).expect("few");
    hidden.traits = u8::from(hidden.traits == 0);
    for (t, c) in hidden.truth.iter_mut().zip(&rules.campaigns) {
        *t = (*t + 1) % u8::try_from(c.cells).expect("few");
    }
    let unseen: Vec<usize> = (0..rules.indicators.len())
        .filter(|i| rules.indicators[*i].sight != Sight::Exactly)
        .collect();
    for i in &unseen {
        let shift = |v: &mut i32| *v = (*v + 9_000).min(rules.indicators[*i].most);
        shift(&mut s.hidden_mut().value[*i]);
        for snap in line.iter_mut() {
            shift(&mut snap.value[*i]);
        }
        if rules.indicators[*i].sight == Sight::Hidden {
            s.value[*i] += 500;
            s.opened[*i] += 500;
            s.before[*i] += 500;
            for snap in line.iter_mut() {
                snap.seen[*i] += 500;
            }
        }
    }
    // Days that are drawn: later ones, as long as nothing public is said of them.
    for m in s.measures.iter_mut().filter(|m| !m.in_force()) {
        m.due = m.due.saturating_add(3);
    }
    for r in s.active_tasks.iter_mut().filter(|r| r.due != NOT_DRAWN) {
        r.due = r.due.saturating_add(3);
    }
    for due in s.reform_due.iter_mut().filter(|d| **d != NOT_DRAWN && **d != i16::MAX) {
        *due = due.saturating_add(3);
    }
    let sum = &mut s.hidden_mut().sum;
    *sum = sum.map(|n| n + 5_000);
    for e in &mut ledger.entries {
        if rules.indicators[e.indicator].sight != Sight::Exactly {
            e.delta += 1_300;
        }
        if e.cause == Cause::Noise {
            e.delta = -e.delta;
        }
    }
    for (_, n) in &mut ledger.notes {
        if let Note::Launched { wrong, .. } = n {
            *wrong = !*wrong;
        }
    }
    assert!(turn == g.turn());
}

#[test]
fn nothing_said_in_play_depends_on_what_is_hidden() {
    let rules = shipped();
    for seed in [2, 11] {
        for turns in [0, 3, 8] {
            let g = played(&rules, seed, turns);
            if g.is_over() {
                continue;
            }
            let mut other = g.clone();
            disturb(&mut other);
            for (a, b) in everything(&g).iter().zip(&everything(&other)) {
                assert_eq!(a, b, "seed {seed}, turn {turns}");
            }
        }
    }
}

#[test]
fn hidden_indicators_are_named_nowhere_in_play() {
    let rules = shipped();
    let g = played(&rules, 4, 6);
    let hidden: Vec<&str> = rules
        .indicators
        .iter()
        .filter(|i| i.sight == Sight::Hidden)
        .map(|i| i.name.as_str())
        .collect();
    assert!(!hidden.is_empty());
    let facts = [
        format!("{:?}", desk(&g)),
        format!("{:?}", front_page(&g)),
        format!("{:?}", debrief(&g)),
        format!("{:?}", actions(&g)),
    ];
    for name in hidden {
        assert!(facts.iter().all(|f| !f.contains(name)), "{name}");
    }
}

/// The sum of the exact amounts of its lines.
fn told(w: &Why) -> i32 {
    w.lines.iter().map(|l| if let Part::Exact(n) = l.amount { n } else { 0 }).sum()
}

#[test]
fn an_exact_value_is_explained_to_the_last_thousandth() {
    let rules = shipped();
    for seed in 0..4 {
        let g = played(&rules, seed, 9);
        for (n, i) in rules.indicators.iter().enumerate().filter(|(_, i)| i.sight == Sight::Exactly)
        {
            for turn in 1..g.line().len() {
                let w = why(&g, IndicatorIx::at(n), turn);
                let sum = told(&w);
                let change = g.line()[turn].value[n] - g.line()[turn - 1].value[n];
                // Causes of less than a tenth share one line, rounded.
                assert!(
                    (sum - change).abs() < 500,
                    "{} turn {turn}: {sum} {change} {:#?}",
                    i.id,
                    w.lines
                );
                assert_eq!(w.total, format!("{} exactly", words::exact(change)));
                let open = told(&why_open(&g, IndicatorIx::at(n), turn));
                assert_eq!(open, change, "{} turn {turn}", i.id);
            }
        }
    }
}

#[test]
fn every_refusal_says_what_is_in_the_way() {
    let rules = shipped();
    let mut told = std::collections::BTreeSet::new();
    for seed in 0..6 {
        let g = played(&rules, seed, usize::try_from(seed).expect("small") * 2);
        for verb in Verb::ALL {
            let mut draft = Draft::of(verb);
            while let Some(slot) = draft.next(&rules) {
                let mut pick = None;
                options(&rules, g.situation(), &draft, slot, |v, r| {
                    if let Err(r) = r {
                        let words = refusal(&rules, g.situation(), &r);
                        assert!(
                            words.what.ends_with(['.', '?', '!']) && !words.what.contains("  "),
                            "{words:?}"
                        );
                        told.insert(
                            format!("{r:?}").split([' ', '(']).next().unwrap_or("").to_owned(),
                        );
                    }
                    pick = pick.or(Some(v));
                });
                let Some(v) = pick else { break };
                draft.set(slot, v);
            }
        }
    }
    assert!(told.len() >= 8, "{told:?}");
    let gate = Refusal::Gate {
        instrument: InstrumentIx(0),
        target: TargetIx(0),
        role: crate::scenario::model::Role::Did,
        needs: 600,
        has: 413,
    };
    let g = played(&rules, 1, 0);
    assert!(refusal(&rules, g.situation(), &gate).what.contains("41 of 100, needs 60"));
}

#[test]
fn the_debrief_opens_what_play_keeps_shut() {
    let rules = shipped();
    for world in 0..rules.worlds.len() {
        let mut g = Game::new(
            Arc::clone(&rules),
            Start { seed: 5, world: Some(WorldIx::at(world)), ..Start::default() },
        );
        while !g.is_over() {
            g.end().expect("not over");
        }
        let d = debrief(&g);
        assert!(d.over && !d.ending.is_empty() && g.situation().ending != NONE);
        assert_eq!(d.world.name, rules.worlds[world].name);
        assert_eq!(d.turns.len(), g.past().len());
        assert!(d.turns.iter().all(|t| t.worlds.len() == rules.worlds.len()));
        // Played again turn by turn, belief ends where the game's does.
        assert_eq!(d.turns.last().map(|t| &t.worlds), Some(&d.world.belief));
        assert!(d.truths.iter().all(|t| t.truth.contains("drawn for this game")));
        // Question and answer are two sentences.
        assert!(
            d.truths.iter().all(|t| t.asks.ends_with('?')
                && t.truth.starts_with(char::is_uppercase)
                && t.truth.ends_with('.')),
            "{:?}",
            d.truths
        );
        assert!(!d.lines.is_empty() && !d.causes.is_empty());
    }
}

#[test]
fn the_same_game_makes_the_same_words() {
    let rules = shipped();
    let g = played(&rules, 8, 5);
    assert_eq!(everything(&g), everything(&g.clone()));
    assert!(!order(&rules, &Order::End).is_empty());
}

#[test]
fn a_measure_on_the_wrong_party_is_told_at_the_end_and_not_before() {
    let rules = shipped();
    let mut met = 0;
    for seed in 0..120 {
        // Whatever punishes and may be proposed, each turn.
        let mut g = Game::new(Arc::clone(&rules), Start { seed, ..Start::default() });
        for _ in 0..10 {
            for (i, ins) in rules.instruments.iter().enumerate().filter(|(_, ins)| ins.punishes) {
                for t in (0..rules.targets.len()).filter(|t| ins.targets & (1 << t) != 0) {
                    if let Some(p) =
                        begin_draft(&g, InstrumentIx::at(i), TargetIx::at(t)).proposal()
                    {
                        let _ = g.give(Order::Propose(p), "");
                    }
                }
            }
            let _ = g.end();
        }
        let hit = |g: &Game| {
            (0..g.past().len())
                .any(|t| g.notes_of(t).any(|n| matches!(n, Note::Launched { wrong: true, .. })))
        };
        if hit(&g) {
            assert!(
                everything(&g).iter().all(|t| !t.contains("wrong party")),
                "seed {seed} tells it while the game goes on"
            );
        }
        while !g.is_over() {
            let _ = g.end();
        }
        let told = debrief(&g).ending.iter().any(|t| t.contains("hit the wrong party"));
        assert_eq!(told, hit(&g), "seed {seed}");
        met += usize::from(told);
    }
    assert!(met > 2, "{met} of 120 games hit a wrong party");
}

#[test]
fn the_change_that_is_advised_can_be_made_now() {
    let rules = shipped();
    let (mut met, mut spared) = (0, 0);
    for seed in 0..150u8 {
        let g = played(&rules, u64::from(seed), 1 + usize::from(seed) % 10);
        let room = crate::engine::position::RoomWeights::new(&rules, g.situation());
        for (f, _) in stand::open_files(&g) {
            let file = &rules.files[f];
            let draft = begin_draft(&g, file.instrument, file.target);
            for venue in 0..rules.venues.len() {
                let Some(p) = (Draft { venue: u8::try_from(venue).ok(), ..draft }).proposal()
                else {
                    continue;
                };
                if g.situation().validate(&rules, &Order::Propose(p)).is_err() {
                    continue;
                }
                let any =
                    crate::engine::odds::would_lift(&rules, g.situation(), &room, &p, |_| true);
                let Some((there, slot, value)) = odds::lifted(&g, &room, &p) else {
                    spared += usize::from(any.is_some());
                    continue;
                };
                met += 1;
                spared += usize::from(any != Some((slot, value)));
                assert_eq!(
                    g.situation().validate(&rules, &Order::Propose(there)),
                    Ok(()),
                    "seed {seed}: {}",
                    file.name
                );
            }
        }
    }
    assert!(
        met > 20 && spared > 0,
        "{met} drafts had a change to advise, {spared} another that could not be made"
    );
}

#[test]
fn what_its_lead_decides_alone_has_no_odds() {
    let rules = shipped();
    let g = Game::new(Arc::clone(&rules), Start::default());
    let mut met = 0;
    for (i, ins) in rules.instruments.iter().enumerate() {
        for t in (0..rules.targets.len()).filter(|t| ins.targets & (1 << t) != 0) {
            let page = propose(&g, &begin_draft(&g, InstrumentIx::at(i), TargetIx::at(t)));
            let Some(p) = page.proposal else { continue };
            let alone = matches!(
                g.situation().validate(&rules, &Order::Propose(p)),
                Err(Refusal::NotYours { .. })
            );
            assert_eq!(page.venues.is_empty(), alone, "{}", ins.name);
            assert!(!alone || page.odds.is_empty() && page.lift.is_empty(), "{}", ins.name);
            met += usize::from(alone);
        }
    }
    assert!(met > 0, "some measure is its lead's alone");
}

#[test]
fn nobody_objects_is_said_only_where_nobody_has_reserves() {
    let rules = shipped();
    let mut reserved = 0;
    for seed in 0..30 {
        let mut g = Game::new(Arc::clone(&rules), Start { seed, ..Start::default() });
        for _ in 0..seed % 4 {
            let _ = g.end();
        }
        for (f, _) in stand::open_files(&g) {
            let mut g = g.clone();
            let file = &rules.files[f];
            let Some(order) =
                begin_draft(&g, file.instrument, file.target).proposal().map(Order::Propose)
            else {
                continue;
            };
            if g.give(order, "").is_err() {
                continue;
            }
            let page = desk(&g);
            let stances = &page
                .files
                .iter()
                .find(|r| r.file == f)
                .expect("the file lies on the desk")
                .stances;
            let has = |s: Stance| stances.iter().any(|on| on.stance == s);
            let (against, reserves) =
                (has(Stance::Objects) || has(Stance::Blocks), has(Stance::Reserves));
            assert_eq!(
                page.summary.against.contains("obody objects"),
                !against && !reserves,
                "seed {seed}: {}: {}",
                file.name,
                page.summary.against
            );
            reserved += usize::from(reserves && !against);
        }
    }
    assert!(reserved > 0, "no draft met had reserves alone");
}

#[test]
fn what_waits_says_for_what_and_from_which_day() {
    let rules = shipped();
    let (mut dated, mut never, mut named) = (0, 0, 0);
    for seed in 0..160u8 {
        let g = played(&rules, u64::from(seed), 4 + usize::from(seed) % 10);
        let today = g.situation().today(&rules);
        for m in g.situation().measures.iter().filter(|m| !m.in_force()) {
            let p = m.proposal();
            let says = work::waits(&g, &p, today);
            assert_eq!(
                says.is_empty(),
                p.values(&rules).all(|(_, v)| v.waits_for.is_empty()),
                "{says}"
            );
            if let Some((_, day)) = says.split_once(", not before ") {
                let day = day.split_once(';').map_or(day, |(day, _)| day);
                let from = rules
                    .turns
                    .iter()
                    .skip(g.turn())
                    .find(|t| day == t.opens.short())
                    .expect("a turn still to come");
                // No window on the calendar today is as hot then, or at any time after.
                let known = |t: &crate::scenario::model::Turn, least| {
                    let heat = rules.windows.iter().zip(&t.heat);
                    heat.filter(|(w, _)| w.known.unwrap_or(w.from) <= today)
                        .all(|(_, h)| *h < least)
                };
                let after = || rules.turns.iter().filter(|t| t.opens >= from.opens);
                let cools = |c: &Condition| {
                    let Condition::Not(c) = c else { return false };
                    match **c {
                        Condition::HeatAtLeast(n) => known(from, n),
                        Condition::HeatAhead(n) => after().all(|t| known(t, n)),
                        _ => false,
                    }
                };
                assert!(p.values(&rules).any(|(_, v)| v.waits_for.iter().any(cools)), "{says}");
                dated += 1;
            }
            never += usize::from(says.contains("no turn is left"));
            named += usize::from(!says.is_empty());
        }
        for t in 0..g.turn() {
            for n in g.notes_of(t).filter(|n| matches!(n, Note::Waits { .. })) {
                let says = cause::note(&g, n).expect("a wait is told");
                assert!(says.contains(": ") || says.contains("waited for"), "{says}");
            }
        }
    }
    assert!(dated > 0 && named > dated, "{dated} with a day, {never} too late, {named} in all");
}

#[test]
fn work_whose_proof_falls_short_says_so() {
    let rules = shipped();
    let (mut fallen, mut firm, mut headed) = (0, 0, 0);
    let policy = crate::policy::Policy::parse(&rules, "only:ENTITY").expect("a policy");
    let games =
        (0..40).map(|seed| Game::new(Arc::clone(&rules), Start { seed, ..Start::default() }));
    for mut g in games {
        while !g.is_over() {
            for order in crate::policy::orders_of(&policy, &rules, g.whole()) {
                let _ = g.give(order, "");
            }
            let _ = g.end();
            let page = front::front_page(&g);
            let shuts = page.results.iter().filter(|i| i.kind == "the law");
            let news: Vec<&facts::Item> = shuts.collect();
            headed += usize::from(page.headline.starts_with("Proof falls short"));
            for row in work::work(&g) {
                let Some(facts::Door::Measure(i, t)) = row.door else { continue };
                let fell = g.before().is_some_and(|then| then.gate_open(&rules, i, t))
                    && !g.situation().gate_open(&rules, i, t)
                    && row.withdraw.is_some()
                    && !row.in_force;
                assert_eq!(fell, news.iter().any(|n| n.title == row.text), "{}", row.text);
                let tests = &rules.gate_tests[i][t];
                let shut = !tests.is_empty()
                    && tests.iter().all(|q| i32::from(g.situation().answers[q.question]) < q.needs);
                let says = row.when.contains("its proof stands at ");
                assert_eq!(says, shut && row.withdraw.is_some(), "{}: {}", row.text, row.when);
                fallen += usize::from(says);
                firm += usize::from(!tests.is_empty() && !shut);
            }
        }
    }
    assert!(fallen > 0 && firm > 0 && headed > 0, "{fallen}, {firm}, {headed}");
}

/// The instrument, target and promise of these ids.
fn named(rules: &Rules, i: &str, t: &str) -> (InstrumentIx, TargetIx) {
    let i = rules.instruments.iter().position(|x| x.id == i).map(InstrumentIx::at);
    let t = rules.targets.iter().position(|x| x.id == t).map(TargetIx::at);
    i.zip(t).expect("both are there")
}

#[test]
fn a_draft_says_which_promise_it_would_break_and_offers_none_that_it_would() {
    let rules = shipped();
    let mut g = played(&rules, 3, 0);
    let n = rules.promises.iter().position(|p| p.id == "promise_scope").expect("it is there");
    let promise = crate::scenario::model::PromiseIx::at(n);
    let to = rules.promises[promise].to[0];
    let (sanctions, company) = named(&rules, "SANC", "huaying_haitai");
    let ins = &rules.instruments[sanctions];
    let (slot, major) = ins
        .slots
        .iter()
        .enumerate()
        .find_map(|(slot, s)| {
            let is_major = |v: &u8| rules.terms[s.term].values[usize::from(*v)].id == "major_firm";
            Some((slot, s.values.iter().position(is_major)?))
        })
        .expect("the term is there");
    let narrow = begin_draft(&g, sanctions, company);
    let mut wide = narrow;
    wide.parts[slot] = u8::try_from(major).ok();
    let offered = |g: &Game, d: &Draft| {
        propose(g, d).bargains.iter().any(|b| b.promise == promise && b.agency == to)
    };
    assert!(offered(&g, &narrow) && !offered(&g, &wide));
    g.give(Order::Promise { promise, to }, "").expect("it can be made");
    let told = format!("{}: {}", rules.agencies[to].short, rules.promises[promise].name.inside());
    assert_eq!(propose(&g, &wide).breaks, [told]);
    assert!(propose(&g, &narrow).breaks.is_empty());
}

#[test]
fn a_row_is_open_where_its_file_can_be_built_whatever_else_is_being_built() {
    let rules = shipped();
    let (joint, campaign) = named(&rules, "ALLY", "apt10_campaign");
    let (_, company) = named(&rules, "ALLY", "huaying_haitai");
    // The first game in which the law is open on both.
    let both = 1 << campaign.0 | 1 << company.0;
    let open = |g: &Game| g.situation().targets_open(joint) & both == both;
    let games = (0..40).map(|n| played(&rules, n, 2));
    let mut g = games.into_iter().find(open).expect("the law is open on both");
    g.give(Order::Build { instrument: joint, target: campaign }, "").expect("it can be built");
    let shut = |g: &Game| {
        let facts = propose(g, &begin_draft(g, joint, company));
        let chosen = facts.slots.iter().flat_map(|s| s.values.iter().filter(|v| v.chosen));
        assert_eq!(facts.order, Some(Order::Build { instrument: joint, target: company }));
        chosen.filter_map(|v| v.shut.clone()).collect::<Vec<_>>()
    };
    assert_eq!(shut(&g), []);
    // Nor where a launch could not be paid for.
    let capital = rules.roles.capital;
    g.underneath().0.value[capital] = 0;
    assert_eq!(shut(&g), []);
}

#[test]
fn the_world_that_a_thing_speaks_for_is_the_one_that_gained_most() {
    let rules = shipped();
    let (mut alone, mut named) = (0, 0);
    for seed in 1..=30 {
        for turns in 1..6 {
            let facts = intelligence(&played(&rules, seed, turns), None);
            for line in &facts.worlds_moved {
                assert!(line.contains(" Speaks for"), "{line}");
            }
            let [line] = facts.worlds_moved.as_slice() else { continue };
            alone += 1;
            let Some((_, world)) = line.split_once("Speaks for: ") else { continue };
            let gain = |w: &crate::prose::facts::WorldRow| {
                f64::from(w.now.percent) / f64::from(w.before.max(1))
            };
            let most = facts.worlds.iter().map(gain).fold(0.0, f64::max);
            let it = facts.worlds.iter().find(|w| world == format!("{}.", w.now.says));
            // In whole percent, so by a little more or less.
            assert!(gain(it.expect("a world")) > most - 0.15, "{line}: {:?}", facts.worlds);
            named += 1;
        }
    }
    assert!(named > 20, "{named} of {alone}");
}

#[test]
fn what_lines_came_to_adds_up_without_the_cuts_at_the_ends_of_scales() {
    let rules = shipped();
    let mut cuts = 0;
    for seed in 1..=20 {
        let mut g = played(&rules, seed, 2);
        let s = g.underneath().0;
        for (n, i) in rules.indicators.iter().enumerate() {
            s.hidden_mut().value[n] = i.most;
        }
        g.end().expect("a turn ends");
        let all = &g.ledger().entries;
        for n in 0..rules.indicators.len() {
            let its = |e: &crate::engine::Entry| e.indicator.i() == n;
            let whole: i32 = all.iter().filter(|e| its(e)).map(|e| e.delta).sum();
            let net = crate::engine::ledger::net(all).filter(|(e, _)| its(e));
            assert_eq!(net.map(|(_, came)| came).sum::<i32>(), whole, "{}", rules.indicators[n].id);
        }
        cuts += all.iter().filter(|e| e.cause == Cause::Clamp).count();
    }
    assert!(cuts > 0, "nothing was cut");
}

/// A warning that ran out cost fifteen points of credibility, and no page had said so.
#[test]
fn a_draft_that_runs_out_says_when_and_what_that_brings_and_the_desk_names_the_day() {
    let rules = shipped();
    let mut g = played(&rules, 3, 0);
    let (warning, firm) = named(&rules, "SIGNAL", "huaying_haitai");
    let facts = propose(&g, &begin_draft(&g, warning, firm));
    for words in ["it lasts 10 weeks", "as it runs out credibility −12", "Sanctions", "Joint text"]
    {
        assert!(facts.takes.contains(words), "{words}: {}", facts.takes);
    }
    let mut due = None;
    for _ in 0..8 {
        let mut all = g.situation().measures.iter();
        if let Some(m) = all.find(|m| m.in_force() && m.instrument == warning) {
            let over = words::day(&rules, m.since).plus(70);
            due = desk::coming(&g).into_iter().find(|d| d.on == over);
            break;
        }
        if let Some(order) = propose(&g, &begin_draft(&g, warning, firm)).order {
            let _ = g.give(order, "");
        }
        let _ = g.end();
    }
    assert!(due.expect("it stands, and its last day is named").what.ends_with("runs out"));
}

#[test]
fn the_debrief_names_what_stands_and_only_what_the_player_brought() {
    let rules = shipped();
    let (mut some, mut none) = (0, 0);
    let (outreach, sector) = named(&rules, "INDUSTRY", "providers_sector");
    for seed in 1..=8 {
        let mut g = played(&rules, seed, 0);
        while !g.is_over() {
            // Late enough to stand on the last day.
            if seed > 4 && g.turn() > 9 {
                let order = propose(&g, &begin_draft(&g, outreach, sector)).order;
                order.map(|o| g.give(o, ""));
            }
            let _ = g.end();
        }
        let said = debrief::debrief(&g).ending.join("\n");
        let own = |m: &&Measure| m.in_force() && matches!(m.origin, Origin::Decision { .. });
        let standing = g.situation().measures.iter().filter(own);
        let standing = standing.map(|m| order::measure(&rules, m.instrument, m.target));
        let standing: Vec<String> = standing.collect();
        assert_eq!(said.contains("Nothing of yours is in force"), standing.is_empty(), "{said}");
        for measure in &standing {
            assert!(said.contains(&format!("{measure} (since ")), "{measure}: {said}");
        }
        *(if standing.is_empty() { &mut none } else { &mut some }) += 1;
    }
    assert!(some > 0 && none > 0, "{some}, {none}");
}

/// The page said that a file was ready on the morning on which it was due, and the draft that it was
/// still being built.
#[test]
fn a_file_that_is_told_to_be_ready_is() {
    let rules = shipped();
    let mut told = 0;
    for seed in 1..=60 {
        let mut g = played(&rules, seed, 0);
        let files = [("SANC", "huaying_haitai"), ("ALLY", "huaying_haitai"), ("ENTITY", "firm_a")];
        for (i, t) in files.map(|(i, t)| named(&rules, i, t)) {
            let _ = g.give(Order::Build { instrument: i, target: t }, "");
        }
        for _ in 0..6 {
            let _ = g.end();
            for n in g.notes_of(g.turn() - 1) {
                let Note::Built { instrument, target } = n else { continue };
                let file = g.situation().shelved(instrument, target).expect("nobody used it");
                assert!(file.built(g.situation().day), "seed {seed}, turn {}", g.turn() + 1);
                told += 1;
            }
            for f in g.situation().shelf.iter().filter(|f| f.built(g.situation().day)) {
                let (instrument, target) = (f.instrument, f.target);
                let note = Note::Built { instrument, target };
                assert!((0..g.turn()).any(|t| g.notes_of(t).any(|n| n == note)), "it was told");
            }
        }
    }
    assert!(told > 60, "{told}");
}

/// The row of the instrument told what the law lacks for another firm than the one it was aimed at.
#[test]
fn the_row_of_the_instrument_speaks_of_no_other_target() {
    let rules = shipped();
    let g = played(&rules, 3, 0);
    let (sanctions, firm) = named(&rules, "SANC", "firm_b");
    let facts = propose(&g, &begin_draft(&g, sanctions, firm));
    let chosen: Vec<_> = facts.slots[0].values.iter().filter(|v| v.chosen).collect();
    assert!(chosen.len() == 1 && chosen[0].shut.is_none(), "{chosen:?}");
    assert!(facts.shut.is_some(), "the pair is shut, and says so");
}

/// A file is no more than paper where the law has shut.
#[test]
fn the_desk_offers_a_built_file_only_where_the_law_is_open() {
    let rules = shipped();
    let (mut offered, mut held) = (0, 0);
    for seed in 1..=40 {
        let mut g = played(&rules, seed, 0);
        let (i, t) = named(&rules, "SANC", "huaying_haitai");
        let _ = g.give(Order::Build { instrument: i, target: t }, "");
        for _ in 0..8 {
            let _ = g.end();
            let s = g.situation();
            let built = s.shelved(i, t).is_some_and(|f| f.built(s.day));
            let says = desk::desk(&g).summary.can.contains("our file is ready: Sanctions");
            assert_eq!(says, built && s.gate_open(&rules, i, t), "seed {seed}, turn {}", g.turn());
            offered += usize::from(says);
            held += usize::from(built && !says);
        }
    }
    assert!(offered > 0 && held > 0, "{offered}, {held}");
}

/// A loss rises whatever is done, so it was told each turn as the worst news there is.
#[test]
fn of_what_only_adds_up_the_pace_is_told() {
    let rules = shipped();
    let loss = rules.indicators.iter().position(|i| i.adds_up).map(IndicatorIx::at).expect("loss");
    let mut told = std::collections::BTreeSet::new();
    for seed in 1..=20 {
        let g = played(&rules, seed, 12);
        assert!(
            rules.indicators[loss].words.iter().any(|(w, _)| *w == figure::at(&g, loss, 1).word)
        );
        for turn in 2..g.turn() {
            let f = figure::at(&g, loss, turn);
            let seen = |back: usize| figure::sight_at(&g, loss, turn - back);
            let (pace, before) = (seen(0) - seen(1), seen(1) - seen(2));
            let fifth = before.abs();
            let word = match (pace - before) * 5 {
                n if n > fifth => "faster",
                n if n < -fifth => "slower",
                _ => "as fast",
            };
            assert_eq!(f.word, word, "seed {seed}, turn {}: {before}, {pace}", turn + 1);
            assert!(!f.marked || f.tone != facts::Tone::Plain, "news is good or bad");
            told.insert(f.word);
        }
    }
    assert_eq!(told.len(), 3, "{told:?}");
}

/// Where one item alone came in, belief without it is belief as the turn before left it.
#[test]
fn an_item_says_how_likely_what_it_speaks_for_is_with_it_and_without() {
    let rules = shipped();
    let (mut told, mut alone) = (0, 0);
    let percent = |g: &Game, c: CampaignIx, says: &str| {
        let all = intel::variables(g, c);
        let sum: u32 = all
            .iter()
            .flat_map(|v| &v.values)
            .filter(|l| says.split(" or ").any(|s| s == l.says))
            .map(|l| u32::from(l.percent))
            .sum();
        sum
    };
    for seed in 1..=12 {
        let mut g = played(&rules, seed, 0);
        while !g.is_over() {
            let before = g.clone();
            let _ = g.end();
            if g.is_over() {
                break;
            }
            for c in (0..rules.campaigns.len()).map(CampaignIx::at) {
                let rows = intelligence(&g, Some(c)).evidence;
                let new: Vec<_> = rows.iter().filter(|r| r.is_new).collect();
                told += new.iter().filter(|r| r.speaks.contains("% without it, ")).count();
                let [row] = new.as_slice() else { continue };
                let Some((spoken, sums)) = row.speaks.split_once("; ") else { continue };
                let says = spoken.split_once(": ").expect("what it speaks for").1;
                let of = |n: usize| sums.split('%').nth(n).and_then(|s| s.split(' ').next_back());
                let read = |n: usize| of(n).and_then(|s| s.parse::<u32>().ok()).expect(sums);
                assert!(read(0).abs_diff(percent(&before, c, says)) <= 1, "{}", row.speaks);
                assert!(read(1).abs_diff(percent(&g, c, says)) <= 1, "{}", row.speaks);
                alone += 1;
            }
        }
    }
    assert!(told > 50 && alone > 10, "{told} told, {alone} alone");
}
