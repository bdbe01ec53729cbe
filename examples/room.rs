//! The room in figures: how likely real sanctions are turn by turn, who stops what, how many voices
//! explain the odds, and whether meetings end as often as the screen says.
//!
//! `cargo run --release --example room -- [GAMES] [SCENARIO.ron]`

use std::collections::BTreeMap;

use interagency::engine::items::Measure;
use interagency::engine::odds::{Meeting, meeting};
use interagency::engine::position::{PairStanding, RoomWeights, expected};
use interagency::engine::{Entry, Known, NoLedger, Note, Order, Proposal, Sink, Situation, Start};
use interagency::policy::{Policy, orders_of};
use interagency::scenario::files;
use interagency::scenario::load;
use interagency::scenario::model::{
    AgencyIx, CampaignIx, InstrumentIx, PromiseIx, Rules, TargetIx, TaskIx, VenueIx, limits,
};

/// Sanctions are real from this share of the credibility and exclusion together that the lead's own
/// draft is expected to bring, of 100.
const REAL: i32 = 67;
/// Days that a term may add to a measure that is wanted before the summit.
const IN_TIME: u16 = 14;

fn main() {
    let games: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(300);
    let rules = match std::env::args().nth(2) {
        Some(path) => files::load(path.as_ref(), &[]),
        None => load::embedded("cloud-hopper", &[]),
    };
    let rules = rules.expect("the scenario loads");
    sanctions(&rules, games.min(100));
    bent_on_sanctions(&rules, games);
    for name in ["random", "greedy"] {
        meetings(&rules, name, games);
    }
}

/// The best odds of real sanctions, as means over games of doing nothing; law and price left out.
fn sanctions(rules: &Rules, games: u64) {
    println!("## Best odds of real sanctions, percent, mean of {games} games of doing nothing\n");
    println!("| turn | no promise | one promise | best draft without |\n|---|---|---|---|");
    for turn in 0..rules.played() {
        let (mut none, mut one, mut drafts) = (0.0, 0.0, BTreeMap::new());
        for seed in 1..=games {
            let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
            while usize::from(s.turn) < turn {
                s.apply(rules, &Order::End, &mut NoLedger).expect("a turn ends");
            }
            s.look(rules);
            let (best, draft, _) = best_odds(rules, s.known(), false);
            none += best;
            *drafts.entry(draft).or_insert(0) += 1;
            let mut with: f64 = best;
            for n in 0..rules.promises.len() {
                let promise = PromiseIx::at(n);
                for to in &rules.promises[promise].to {
                    let mut there = s.clone();
                    let order = Order::Promise { promise, to: *to };
                    if there.apply(rules, &order, &mut NoLedger).is_ok() {
                        with = with.max(best_odds(rules, there.known(), false).0);
                    }
                }
            }
            one += with;
        }
        let commonest = drafts.into_iter().max_by_key(|(_, n)| *n).map_or(String::new(), |d| d.0);
        let mean = |x: f64| x / games as f64;
        println!("| {} | {:.0} | {:.0} | {commonest} |", turn + 1, mean(none), mean(one));
    }
    println!();
}

/// In how many games of a player bent on them real sanctions are in force before the height of the
/// summit's window: it has the file built at once, works on the proof while the law is shut, and
/// brings the likeliest real draft whenever it is likelier than one in four.
fn bent_on_sanctions(rules: &Rules, games: u64) {
    let summit = rules.windows.iter().find(|w| w.id == "g20_dinner").expect("the summit").peak;
    let ix = InstrumentIx::at(rules.instruments.iter().position(|i| i.id == "SANC").expect("SANC"));
    let (mut built, mut cleared, mut in_force) = (0u64, 0u64, 0u64);
    for seed in 1..=games {
        let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
        while !s.is_over() && s.today(rules) < summit {
            s.look(rules);
            let mut give = |order: Order| s.apply(rules, &order, &mut NoLedger).is_ok();
            for target in (0..rules.targets.len()).map(TargetIx::at) {
                give(Order::Build { instrument: ix, target });
            }
            let (odds, _, draft) = best_odds(rules, s.known(), true);
            let brought = draft
                .filter(|_| odds > 25.0)
                .is_some_and(|p| s.apply(rules, &Order::Propose(p), &mut NoLedger).is_ok());
            if !brought {
                for (n, t) in rules.tasks.iter().enumerate().filter(|(_, t)| t.on_campaign) {
                    let task = TaskIx::at(n);
                    if t.id == "treasury_record" || t.id == "fbi_case" {
                        let order = Order::Task { task, campaign: Some(CampaignIx(0)) };
                        let _ = s.apply(rules, &order, &mut NoLedger);
                    }
                }
            }
            s.apply(rules, &Order::End, &mut NoLedger).expect("a turn ends");
        }
        let listed = |m: &&Measure| m.instrument == ix;
        built += u64::from(s.shelf.iter().any(|f| f.built(s.day)) || s.tally[ix].cleared > 0);
        cleared += u64::from(s.tally[ix].cleared > 0);
        in_force += u64::from(s.measures.iter().filter(listed).any(Measure::in_force));
    }
    let share = |n: u64| 100.0 * n as f64 / games as f64;
    println!(
        "bent on real sanctions, before the summit, {games} games: file built {:.0} %, cleared \
         {:.0} %, in force {:.0} %\n",
        share(built),
        share(cleared),
        share(in_force)
    );
}

/// The best odds of real sanctions, the draft in words, and the draft.
/// `legal`: of those that may be proposed now.
fn best_odds(rules: &Rules, s: &Known, legal: bool) -> (f64, String, Option<Proposal>) {
    let ix = InstrumentIx::at(rules.instruments.iter().position(|i| i.id == "SANC").expect("SANC"));
    let room = RoomWeights::new(rules, s);
    let of = |id: &str| rules.indicators.iter().position(|i| i.id == id).expect("an indicator");
    let (credibility, exclusion) = (of("credibility"), of("exclusion"));
    let ins = &rules.instruments[ix];
    let mut best = (0.0, String::new(), None);
    let of_both = |p: &Proposal| -> i32 {
        let e = expected(rules, s, p, room.heat);
        let both = |i: usize| i == credibility || i == exclusion;
        e.parts().iter().filter(|(i, _)| both(i.i())).map(|(_, amount)| *amount).sum()
    };
    for target in (0..rules.targets.len()).map(TargetIx::at) {
        let least = of_both(&Proposal { instrument: ix, target, ..Proposal::default() });
        let least = least / 100 * REAL;
        if ins.targets & s.targets_known() & (1 << target.0) == 0 {
            continue;
        }
        let pair = PairStanding::new(rules, s, ix, target);
        let mut p = Proposal { instrument: ix, target, ..Proposal::default() };
        let count: usize = ins.slots.iter().map(|slot| slot.values.len()).product();
        for mut n in 0..count {
            let mut open = true;
            for (at, slot) in ins.slots.iter().enumerate() {
                p.terms[at] = (n % slot.values.len()) as u8;
                open &= s.term_open(slot.term, slot.values[usize::from(p.terms[at])]);
                n /= slot.values.len();
            }
            let e = expected(rules, s, &p, room.heat);
            // Whoever wants them before a day takes no terms that wait for others.
            let in_time = !legal || p.values(rules).all(|(_, v)| v.adds.most <= IN_TIME);
            if !open || !in_time || of_both(&p) < least {
                continue;
            }
            for venue in (0..rules.venues.len()).map(VenueIx::at) {
                if s.authority(rules, ix) < rules.venues[venue].needs_authority {
                    continue;
                }
                p.venue = venue;
                let odds = f64::from(Meeting::of(rules, s, &room, &pair, &e, &p).chance()) / 655.36;
                let may = !legal || s.validate(rules, &Order::Propose(p)).is_ok();
                if odds > best.0 && may {
                    let terms: Vec<&str> = p
                        .values(rules)
                        .zip(&ins.slots)
                        .filter(|((at, _), _)| *at > 0)
                        .map(|((_, v), _)| v.id.as_str())
                        .collect();
                    let words = format!("{} ({})", terms.join(", "), rules.venues[venue].id);
                    best = (odds, words, Some(p));
                }
            }
        }
    }
    best
}

#[derive(Default)]
struct Notes(Vec<Note>);

impl Sink for Notes {
    fn entry(&mut self, _: Entry) -> u32 {
        0
    }
    fn note(&mut self, _: u8, note: Note) {
        self.0.push(note);
    }
}

#[derive(Default)]
struct Tally {
    heard: u32,
    cleared: u32,
    first_tries: u32,
    first_stopped: u32,
    middle: u32,
    few_voices: u32,
    /// By decile of the odds: heard, cleared, sum of the odds.
    deciles: [(u32, u32, f64); 10],
    /// By agency (last the President): times it stopped a draft alone, times it had a part.
    pivotal: BTreeMap<String, (u32, u32)>,
    /// The same by instrument: how many were refused, and who had a part in it.
    refused: BTreeMap<String, (u32, BTreeMap<String, u32>)>,
    mends: u32,
    mends_cleared: u32,
    mends_odds: f64,
}

/// What a policy's meetings come to.
fn meetings(rules: &Rules, name: &str, games: u64) {
    let policy = Policy::parse(rules, name).expect("a policy");
    let mut t = Tally::default();
    for seed in 1..=games {
        let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
        let mut tried = [0u32; limits::INSTRUMENTS];
        while !s.is_over() {
            let orders = orders_of(&policy, rules, &s);
            let mut notes = Notes::default();
            for order in &orders {
                if *order == Order::End {
                    let room = RoomWeights::new(rules, s.known());
                    for a in &s.agenda.clone() {
                        of_meeting(&meeting(rules, s.known(), &room, &a.proposal), &mut t);
                    }
                }
                s.apply(rules, order, &mut notes).expect("a policy's orders are legal");
            }
            for note in notes.0 {
                settled(rules, &mut s, note, &mut tried, &mut t);
            }
        }
    }
    let share = |a: u32, b: u32| 100.0 * f64::from(a) / f64::from(b.max(1));
    println!("## Meetings of `{name}`, {games} games\n");
    println!("heard {}, cleared {:.0} %", t.heard, share(t.cleared, t.heard));
    println!("first tries stopped {:.0} %", share(t.first_stopped, t.first_tries));
    println!("odds between 20 and 80: {:.0} %", share(t.middle, t.heard));
    println!("two voices or fewer with a risk of 5 %: {:.0} %", share(t.few_voices, t.heard));
    println!(
        "named change tried at the next meeting: {} times, cleared {:.0} %, its odds on average {:.0} %",
        t.mends,
        share(t.mends_cleared, t.mends),
        t.mends_odds / f64::from(t.mends.max(1))
    );
    let refused = t.heard - t.cleared;
    for (who, (alone, part)) in &t.pivotal {
        println!(
            "  {who}: stopped {:.0} % of refusals alone, had a part in {:.0} %",
            share(*alone, refused),
            share(*part, refused)
        );
    }
    for (instrument, (refused, who)) in &t.refused {
        let mut who: Vec<_> = who.iter().collect();
        who.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        let who: Vec<String> = who.iter().take(4).map(|(a, n)| format!("{a} {n}")).collect();
        println!("  {instrument} refused {refused} times: {}", who.join(", "));
    }
    println!("| odds | heard | cleared | mean odds |\n|---|---|---|---|");
    for (n, (heard, cleared, sum)) in t.deciles.iter().enumerate().filter(|(_, d)| d.0 > 0) {
        println!(
            "| {}-{} | {heard} | {:.1} | {:.1} |",
            n * 10,
            n * 10 + 10,
            share(*cleared, *heard),
            sum / f64::from(*heard)
        );
    }
    println!();
}

fn of_meeting(there: &Meeting, t: &mut Tally) {
    t.heard += 1;
    let odds = f64::from(there.chance()) / 655.36;
    t.middle += u32::from((20.0..=80.0).contains(&odds));
    let risky = there.seats().iter().filter(|s| s.stops() * 20 >= 1 << 32).count();
    t.few_voices += u32::from(risky <= 2);
}

fn settled(
    rules: &Rules,
    s: &mut Situation,
    note: Note,
    tried: &mut [u32; limits::INSTRUMENTS],
    t: &mut Tally,
) {
    let (p, chance, stopped) = match note {
        Note::Cleared { proposal, chance, .. } => (proposal, chance, None),
        Note::Returned { proposal, chance, first, stopped_by, .. }
        | Note::Blocked { proposal, chance, first, stopped_by } => {
            (proposal, chance, Some((first, stopped_by)))
        }
        _ => return,
    };
    let odds = f64::from(chance) / 655.36;
    let decile = &mut t.deciles[((chance as usize * 10) >> 16).min(9)];
    decile.0 += 1;
    decile.1 += u32::from(stopped.is_none());
    decile.2 += odds;
    t.cleared += u32::from(stopped.is_none());
    let bit = 1 << p.target.0;
    if tried[p.instrument] & bit == 0 {
        tried[p.instrument] |= bit;
        t.first_tries += 1;
        t.first_stopped += u32::from(stopped.is_some());
    }
    if let Some((first, by)) = stopped {
        let name = |a: AgencyIx| rules.agencies[a].short.clone();
        let of = t.refused.entry(rules.instruments[p.instrument].id.clone()).or_default();
        of.0 += 1;
        for a in (0..rules.agencies.len()).map(AgencyIx::at).filter(|a| by & (1 << a.0) != 0) {
            let row = t.pivotal.entry(name(a)).or_default();
            row.0 += u32::from(by == 1 << a.0);
            row.1 += 1;
            *of.1.entry(name(a)).or_default() += 1;
        }
        if first.is_none() {
            t.pivotal.entry("the President".to_owned()).or_default().0 += 1;
        }
    }
    if let Note::Returned { proposal, slot, value, .. } = note {
        mended(rules, s, &proposal, slot, value, t);
    }
}

/// Brings a returned draft again with the named change, in a copy of the game.
fn mended(rules: &Rules, s: &Situation, p: &Proposal, slot: u8, value: u8, t: &mut Tally) {
    let mut draft = *p;
    match slot {
        interagency::engine::odds::AS_IT_STANDS => {}
        interagency::engine::odds::VENUE_SLOT => draft.venue = VenueIx(value),
        _ => draft.terms[usize::from(slot)] = value,
    }
    let mut there = s.clone();
    let mut notes = Notes::default();
    if there.is_over() || there.apply(rules, &Order::Propose(draft), &mut notes).is_err() {
        return;
    }
    let room = RoomWeights::new(rules, there.known());
    t.mends += 1;
    t.mends_odds += f64::from(meeting(rules, there.known(), &room, &draft).chance()) / 655.36;
    there.apply(rules, &Order::End, &mut notes).expect("a turn ends");
    let cleared = notes.0.iter().any(|n| matches!(n, Note::Cleared { .. }));
    t.mends_cleared += u32::from(cleared);
}
