//! Meetings: the odds on the screen are the odds that are drawn.

mod common;

use interagency::engine::odds::{chance, meeting};
use interagency::engine::position::RoomWeights;
use interagency::engine::{Entry, NoLedger, Note, Order, Proposal, Sink, Situation, Start};
use interagency::policy::{Policy, orders_of};
use interagency::scenario::model::{AgencyIx, Rules, VenueIx, limits};

/// Turns looked at, over all policies.
const STATES: usize = 20_000;

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

/// A proposal with its chance, and whether it cleared.
type Heard = (Proposal, u32, bool);

/// The meetings that ended with the turn.
fn heard(notes: &[Note]) -> Vec<Heard> {
    let of = |n: &Note| match n {
        Note::Cleared { proposal, chance, .. } => Some((*proposal, *chance, true)),
        Note::Returned { proposal, chance, .. } | Note::Blocked { proposal, chance, .. } => {
            Some((*proposal, *chance, false))
        }
        _ => None,
    };
    notes.iter().filter_map(of).collect()
}

/// Plays turns of four policies, and gives each state just before its turn ends and the meetings
/// that followed.
fn turns(rules: &Rules, mut see: impl FnMut(&Situation, &[Heard], &[Note])) {
    let policies = ["random", "greedy", "history", "lens:security"]
        .map(|name| Policy::parse(rules, name).expect("a policy"));
    let mut states = 0;
    for seed in 1.. {
        let policy = &policies[seed as usize % policies.len()];
        let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut NoLedger);
        while !s.is_over() {
            let orders = orders_of(policy, rules, &s);
            let (end, before) = orders.split_last().expect("a turn is ended");
            assert_eq!(*end, Order::End);
            for order in before {
                s.apply(rules, order, &mut NoLedger).expect("a policy's order");
            }
            let shown = s.clone();
            let mut notes = Notes::default();
            s.apply(rules, end, &mut notes).expect("a turn ends");
            see(&shown, &heard(&notes.0), &notes.0);
            states += 1;
            if states == STATES {
                return;
            }
        }
    }
}

#[test]
fn the_odds_on_the_screen_just_before_a_turn_ends_are_the_odds_drawn() {
    let rules = common::cloud_hopper();
    // By decile of the odds: meetings, those that cleared, odds and variance.
    let mut deciles = [(0u32, 0u32, 0f64, 0f64); 10];
    let mut answered = 0;
    turns(&rules, |shown, heard, notes| {
        let room = RoomWeights::new(&rules, shown);
        assert_eq!(heard.len(), shown.agenda.len());
        for (n, (p, drawn, cleared)) in heard.iter().enumerate() {
            assert_eq!(*p, shown.agenda[n].proposal);
            assert_eq!(chance(&rules, shown, &room, p), *drawn, "turn {}", shown.turn);
            let odds = f64::from(*drawn) / 65_536.0;
            let d = &mut deciles[((*drawn as usize * 10) >> 16).min(9)];
            d.0 += 1;
            d.1 += u32::from(*cleared);
            d.2 += odds;
            d.3 += odds * (1.0 - odds);
        }
        answered += usize::from(
            !heard.is_empty()
                && notes.iter().any(|n| matches!(n, Note::Chose { by_player: true, .. })),
        );
    });
    assert!(answered > 500, "{answered} turns in which something was answered and heard");
    for (n, (all, cleared, odds, variance)) in deciles.iter().enumerate() {
        assert!(*all > 100, "decile {n}: {all} meetings");
        let off = (f64::from(*cleared) - odds) / variance.sqrt().max(1.0);
        assert!(off.abs() < 4.0, "decile {n}: {cleared} of {all} cleared, {odds:.0} expected");
    }
}

#[test]
fn a_higher_venue_never_lowers_the_chance_short_of_the_president() {
    let rules = common::cloud_hopper();
    let levels: Vec<VenueIx> = (0..rules.venues.len())
        .map(VenueIx::at)
        .filter(|v| rules.venues[*v].decides.is_none())
        .collect();
    assert_eq!(levels.len(), 3);
    let mut rises = 0;
    turns(&rules, |shown, _, _| {
        let room = RoomWeights::new(&rules, shown);
        for a in &shown.agenda {
            let at = |venue| chance(&rules, shown, &room, &Proposal { venue, ..a.proposal });
            for pair in levels.windows(2) {
                let (low, high) = (at(pair[0]), at(pair[1]));
                assert!(high >= low, "{:?}: {low} at the lower, {high} at the higher", a.proposal);
                rises += usize::from(high > low);
            }
        }
    });
    assert!(rises > 1_000, "{rises}");
}

#[test]
fn a_refusal_names_those_whose_no_could_stop_it_and_its_change_would_have_passed_that_meeting() {
    let rules = common::cloud_hopper();
    let (mut named, mut changed) = (0, 0);
    turns(&rules, |shown, _, notes| {
        let room = RoomWeights::new(&rules, shown);
        for n in notes {
            let (Note::Returned { proposal: p, first, stopped_by: by, .. }
            | Note::Blocked { proposal: p, first, stopped_by: by, .. }) = n
            else {
                continue;
            };
            let there = meeting(&rules, shown, &room, p);
            let Some(first) = first else {
                assert!(rules.venues[p.venue].decides.is_some(), "the President alone has no name");
                continue;
            };
            assert_ne!(by & (1 << first.0), 0, "who stopped it first is among those who did");
            for a in (0..rules.agencies.len()).map(AgencyIx::at).filter(|a| by & (1 << a.0) != 0) {
                let seat =
                    there.seats().iter().find(|s| s.agency == Some(a)).expect("it sat there");
                assert!(seat.no() > 0, "{} could not have said no", rules.agencies[a].short);
            }
            named += 1;
            // The same meeting with the change: the same game, the same luck, another draft.
            let Note::Returned { slot, value, .. } = n else { continue };
            let mut draft = *p;
            match *slot {
                interagency::engine::odds::AS_IT_STANDS => continue,
                interagency::engine::odds::VENUE_SLOT => draft.venue = VenueIx(*value),
                slot => draft.terms[usize::from(slot)] = *value,
            }
            let mut other = shown.clone();
            for a in &mut *other.agenda {
                if a.proposal == *p {
                    a.proposal = draft;
                }
            }
            let mut notes = Notes::default();
            other.apply(&rules, &Order::End, &mut notes).expect("a turn ends");
            let heard = heard(&notes.0);
            assert!(heard.iter().any(|(q, _, cleared)| *q == draft && *cleared), "{draft:?}");
            changed += 1;
        }
    });
    assert!(named > 1_000 && changed > 1_000, "{named} named, {changed} changed");
}

#[test]
fn a_clearance_names_those_whose_no_was_likelier_and_who_said_yes() {
    let rules = common::cloud_hopper();
    let mut venues = (0..rules.venues.len()).map(VenueIx::at);
    let alone = venues.find(|v| rules.venues[*v].decides.is_some()).expect("the President's");
    let (mut named, mut by_president) = (0, 0);
    turns(&rules, |shown, _, notes| {
        let room = RoomWeights::new(&rules, shown);
        let mut see = |notes: &[Note]| {
            for n in notes {
                let Note::Cleared { proposal: p, came_round, overruled, .. } = n else { continue };
                let was_overruled =
                    |agency| notes.contains(&Note::Overruled { proposal: *p, agency });
                for seat in meeting(&rules, shown, &room, p).seats() {
                    let bit = seat.agency.map_or(limits::AGENCIES, AgencyIx::i);
                    let came = came_round & (1 << bit) != 0;
                    let likely_no = seat.no() > 1 << 31;
                    let said_yes = !seat.agency.is_some_and(was_overruled);
                    assert_eq!(overruled & (1 << bit) == 0, said_yes, "{p:?} {:?}", seat.agency);
                    assert_eq!(came, likely_no && said_yes, "{p:?} {:?}", seat.agency);
                    named += usize::from(came);
                    by_president += usize::from(came && seat.agency.is_none());
                }
            }
        };
        see(notes);
        // The same drafts before the President.
        if !shown.agenda.is_empty() {
            let mut other = shown.clone();
            other.agenda.iter_mut().for_each(|a| a.proposal.venue = alone);
            let mut notes = Notes::default();
            other.apply(&rules, &Order::End, &mut notes).expect("a turn ends");
            see(&notes.0);
        }
    });
    assert!(named > 1_000 && by_president > 100, "{named} named, {by_president} the President");
}
