//! The rules one by one, on the small scenario: an order or a few, and the ledger line or note that
//! must follow. Every number is worked out from the content, most of it beside the test.

mod common;

use interagency::engine::ledger::{Ended, Factor, Ledger};
use interagency::engine::position::{RoomWeights, position};
use interagency::engine::{
    Cause, Note, Order, Origin, Proposal, Refusal, Situation, Start, belief, names, odds,
};
use interagency::find_id;
use interagency::num::Milli;
use interagency::scenario::load::Checked;
use interagency::scenario::model::{
    AgencyIx, AimIx, CampaignIx, Condition, EventIx, EvidenceIx, FlowIx, IndicatorIx, InstrumentIx,
    PromiseIx, ReformIx, Rules, TargetIx, WorldIx,
};
use interagency::scenario::named::Named;
use interagency::scenario::source::Source;

/// A change of `tiny.ron`: a text that stands there once, and what stands there instead.
type Change<'a> = (&'a str, &'a str);

/// Every proposal clears; none does.
/// Nobody's vote is low enough to stop anything at the deputies'.
const CLEARS: Change<'static> = (
    "lead: -2.5, veto: -2.5, consulted: -2.5, others: -2.5",
    "lead: -20, veto: -20, consulted: -20, others: -20",
);
/// Treasury stops a listing wherever it votes.
const REFUSES: Change<'static> = (r#"leans: { "SANC": 1 }"#, r#"leans: { "SANC": -20 }"#);
/// Votes are positions.
const NO_MOODS: Change<'static> =
    (r#""mood": 2, "mood_others": 0.6"#, r#""mood": 0, "mood_others": 0"#);
/// A listing needs hardly any proof, and takes effect in the turn in which it clears.
const NO_PROOF: Change<'static> = ("needs: 60", "needs: 1");
const AT_ONCE: Change<'static> = (r#"stages: [(name: "Package", takes: "1 to 3 weeks")],"#, "");
/// Enough of both for every order of a test.
const STAFF: Change<'static> = (r#""staff_a_turn": 3"#, r#""staff_a_turn": 12"#);
const CAPITAL: Change<'static> = ("most: 40, start: 8", "most: 40, start: 40");
/// A listing that is cleared and takes effect at once.
const LISTING: [Change<'static>; 3] = [CLEARS, NO_PROOF, AT_ONCE];

const LIST: &str = r#"Propose(instrument: "SANC", target: "firm_a", venue: "deputies")"#;
const LIST_LINKED: &str = r#"Propose(instrument: "SANC", target: "firm_a",
    terms: { "talks_link": "linked" }, venue: "deputies")"#;
const ALERT: &str = r#"Propose(instrument: "HARDEN", target: "providers", venue: "deputies")"#;

/// A game in play, with its whole ledger.
struct Play {
    rules: Rules,
    s: Situation,
    ledger: Ledger,
}

impl Play {
    /// A game of `tiny.ron` with these changes, in the world where hardening pays.
    fn of(changes: &[Change]) -> Play {
        Play::seeded(changes, 1)
    }

    fn seeded(changes: &[Change], seed: u64) -> Play {
        let mut text = include_str!("scenarios/tiny.ron").to_owned();
        for (old, new) in changes {
            assert_eq!(text.matches(old).count(), 1, "{old:?} stands once in tiny.ron");
            text = text.replace(old, new);
        }
        let checked = Checked::of(&Source::embedded("tiny.ron", &text), &[]);
        let problems = interagency::scenario::problem::short(&checked.problems);
        let rules = checked.rules.unwrap_or_else(|| panic!("{problems}"));
        let mut ledger = Ledger::default();
        let start = Start { seed, world: Some(WorldIx(0)), ..Start::default() };
        let mut s = Situation::setup(&rules, start, &mut ledger);
        s.look(&rules);
        Play { rules, s, ledger }
    }

    /// The same, where it is true that Firm A had the files, or that nobody did.
    fn where_firm_a(did: bool, changes: &[Change]) -> Play {
        let mut p = Play::of(changes);
        let mask = p.rules.targets[p.target("firm_a")].roles[0].1;
        let cell = if did { mask.trailing_zeros() } else { mask.trailing_ones() };
        p.s.hidden_mut().truth[0] = u8::try_from(cell).expect("cells are few");
        p
    }

    /// Gives an order by name, as a scenario's history writes it.
    fn order(&mut self, text: &str) -> Result<(), Refusal> {
        let options = ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::UNWRAP_VARIANT_NEWTYPES)
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let named: Named = options.from_str(text).expect("an order");
        let order = names::resolve(&self.rules, &named).expect("names of tiny.ron");
        self.s.apply(&self.rules, &order, &mut self.ledger)
    }

    fn give(&mut self, text: &str) {
        self.order(text).unwrap_or_else(|refusal| panic!("{text}: {refusal:?}"));
    }

    /// Gives orders and ends the turn.
    fn turn(&mut self, orders: &[&str]) {
        for order in orders {
            self.give(order);
        }
        self.give("End");
        self.s.look(&self.rules);
    }

    /// The ledger's lines of one cause: turn, indicator, change.
    fn lines(&self, cause: Cause) -> Vec<(u8, &str, Milli)> {
        let of = self.ledger.entries.iter().filter(|e| e.cause == cause);
        of.map(|e| (e.turn, &*self.rules.indicators[e.indicator].id, e.delta)).collect()
    }

    /// The factors of the first line of a cause.
    fn factors(&self, cause: Cause) -> Vec<(Factor, Milli)> {
        let line = self.ledger.entries.iter().find(|e| e.cause == cause);
        line.expect("a line of this cause").factors.iter().flatten().copied().collect()
    }

    fn noted(&self, note: Note) -> Vec<u8> {
        self.ledger.notes.iter().filter(|(_, n)| *n == note).map(|(turn, _)| *turn).collect()
    }

    fn value(&self, id: &str) -> Milli {
        self.s.hidden().value[self.indicator(id)]
    }

    fn indicator(&self, id: &str) -> IndicatorIx {
        find_id!(self.rules.indicators, id, IndicatorIx).expect("an indicator")
    }
    fn instrument(&self, id: &str) -> InstrumentIx {
        find_id!(self.rules.instruments, id, InstrumentIx).expect("an instrument")
    }
    fn target(&self, id: &str) -> TargetIx {
        find_id!(self.rules.targets, id, TargetIx).expect("a target")
    }
    fn agency(&self, id: &str) -> AgencyIx {
        find_id!(self.rules.agencies, id, AgencyIx).expect("an agency")
    }
    fn event(&self, id: &str) -> EventIx {
        find_id!(self.rules.events, id, EventIx).expect("an event")
    }
    fn evidence(&self, id: &str) -> EvidenceIx {
        let of = |e: &&str| e.ends_with(id);
        let at = self.rules.evidence.iter().position(|e| of(&&*e.id)).expect("an item");
        EvidenceIx::at(at)
    }
    /// The listing and its target; the alerts and theirs.
    fn listing(&self) -> (InstrumentIx, TargetIx) {
        (self.instrument("SANC"), self.target("firm_a"))
    }
    fn alerts(&self) -> (InstrumentIx, TargetIx) {
        (self.instrument("HARDEN"), self.target("providers"))
    }
    fn launch_of_listing(&self) -> Cause {
        Cause::Launch(self.listing().0, self.listing().1)
    }
    fn launch_of_alerts(&self) -> Cause {
        Cause::Launch(self.alerts().0, self.alerts().1)
    }
}

/// Changes put together.
fn all<'a>(parts: &[&[Change<'a>]]) -> Vec<Change<'a>> {
    parts.concat()
}

#[test]
fn a_proposal_costs_its_instrument_and_its_venue() {
    let mut p = Play::of(&[NO_PROOF]);
    p.give(LIST);
    let price = Cause::Price(interagency::engine::Verb::Propose);
    assert_eq!(p.lines(price), [(0, "staff", -1000), (0, "capital", -3000)]);
}

/// A listing whose file takes from one to three weeks of Treasury's staff.
const BUILT: Change<'static> = (
    r#"staff: 1, capital: 2, stages: [(name: "Package", takes: "1 to 3 weeks")],"#,
    r#"building: (staff: 1, stages: [(name: "Package", takes: "1 to 3 weeks")]), capital: 2,"#,
);
const BUILD: &str = r#"Build(instrument: "SANC", target: "firm_a")"#;

#[test]
fn what_needs_a_file_is_proposed_when_it_is_built_and_uses_it_up() {
    let mut p = Play::of(&[CLEARS, NO_PROOF, BUILT, ("ready: 50", "ready: 0")]);
    let (instrument, target) = p.listing();
    let missing = |begun| Err(Refusal::NotBuilt { instrument, target, begun });
    assert_eq!(p.order(LIST), missing(false));
    p.give(BUILD);
    let price = Cause::Price(interagency::engine::Verb::Build);
    assert_eq!(p.lines(price), [(0, "staff", -1000)]);
    assert_eq!(p.order(LIST), missing(true), "what is ordered is not yet there");
    assert_eq!(p.order(BUILD), Err(Refusal::FileStands { instrument, target }));
    p.turn(&[]);
    let mut turns = 0;
    while !p.s.shelf[0].built(p.s.day) {
        assert_eq!(p.order(LIST), missing(true));
        p.turn(&[]);
        turns += 1;
    }
    let built = p.noted(Note::Built { instrument, target });
    assert_eq!(built, [turns], "told once, as the turn ends in which it is done");
    let days = p.s.shelf[0].due - p.s.shelf[0].begun;
    assert!((7..=21).contains(&days), "{days} days");
    p.turn(&[LIST]);
    assert_eq!(p.s.tally[instrument].cleared, 1);
    assert!(p.s.shelf.is_empty(), "a launch uses its file up");
}

#[test]
fn a_measure_withdrawn_before_it_takes_effect_leaves_its_file() {
    let stages = r#"building: (staff: 1, stages: [(name: "Package", takes: "2 weeks")]), stages: [(name: "Listing", takes: "6 weeks")], capital: 2,"#;
    let built = (BUILT.0, stages);
    let file = [CLEARS, NO_PROOF, built, ("ready: 50", "ready: 0")];
    let mut p = Play::of(&all(&[&file, &COOL]));
    let (instrument, target) = p.listing();
    p.turn(&[BUILD]);
    p.turn(&[LIST]);
    let m = p.s.measures[0];
    assert!(!m.in_force() && p.s.shelf.is_empty());
    assert!(p.s.keeps_file(&p.rules, &m));
    p.turn(&[r#"Withdraw(instrument: "SANC", target: "firm_a")"#]);
    assert_eq!(p.noted(Note::Withdrawn { instrument, target, keeps_file: true }), [2]);
    assert!(p.s.measures.is_empty() && p.s.shelf[0].built(p.s.day));
    assert_eq!(p.noted(Note::Built { instrument, target }).len(), 1, "it is not built anew");
}

#[test]
fn a_refusal_leaves_the_file_where_it_is() {
    let mut p = Play::of(&[REFUSES, NO_PROOF, BUILT]);
    p.turn(&[BUILD]);
    while !p.s.shelf[0].built(p.s.day) {
        p.turn(&[]);
    }
    p.turn(&[LIST]);
    assert_eq!(p.s.tally[p.instrument("SANC")].blocked, 1);
    assert_eq!(p.s.shelf.len(), 1);
    p.give(LIST);
}

#[test]
fn a_file_asks_for_what_the_law_asks_and_its_lead_may_refuse_to_build_it() {
    let (proof, line) = (
        Play::of(&[BUILT]),
        Play::of(&[NO_PROOF, BUILT, ("when: [HeatAtLeast(90)]", "when: [HeatAtLeast(0)]")]),
    );
    let instrument = proof.instrument("SANC");
    let mut p = proof;
    assert!(matches!(p.order(BUILD), Err(Refusal::Gate { .. })));
    let mut p = line;
    assert_eq!(p.order(BUILD), Err(Refusal::LeadRefuses { instrument }));
    let alerts = r#"Build(instrument: "HARDEN", target: "providers")"#;
    let harden = p.instrument("HARDEN");
    assert_eq!(p.order(alerts), Err(Refusal::NothingToBuild { instrument: harden }));
}

#[test]
fn a_live_file_shortens_the_building_and_a_whole_one_stands_for_it() {
    let with = |ready: u8| {
        let text = format!("ready: {ready}");
        Play::of(&[CLEARS, NO_PROOF, BUILT, ("ready: 50", &text)])
    };
    let mut p = with(100);
    let (instrument, target) = p.listing();
    assert_eq!(p.order(BUILD), Err(Refusal::FileStands { instrument, target }));
    p.give(LIST);
    let mut p = with(90);
    p.turn(&[BUILD]);
    let days = p.s.shelf[0].due - p.s.shelf[0].begun;
    assert!((0..=2).contains(&days), "a tenth of one to three weeks: {days} days");
}

#[test]
fn a_measure_whose_proof_has_gone_by_the_day_it_is_ready_does_not_take_effect() {
    let mut p = Play::where_firm_a(true, &[CLEARS, NO_PROOF]);
    let (instrument, target) = p.listing();
    p.give(LIST);
    while p.noted(Note::Waits { instrument, target }).is_empty() {
        // What is proved before the record is nothing any more.
        p.s.answers.fill(0);
        assert_eq!(p.s.tally[instrument].launched, 0);
        p.give("End");
        p.s.look(&p.rules);
    }
    assert_eq!(p.s.tally[instrument].launched, 0);
}

#[test]
fn a_clearance_gains_authority_and_a_refusal_costs_it_and_gives_part_of_the_capital_back() {
    let mut p = Play::of(&[CLEARS, NO_PROOF]);
    p.turn(&[LIST]);
    let sanc = p.instrument("SANC");
    assert_eq!(p.lines(Cause::ClearedWins(sanc)), [(0, "standing", 500)]);
    assert_eq!(p.lines(Cause::Refund(sanc)), []);
    let mut p = Play::of(&[REFUSES, NO_PROOF]);
    p.turn(&[LIST]);
    assert_eq!(p.lines(Cause::RefusalCosts(sanc)), [(0, "standing", -1000)]);
    // Two fifths of three.
    assert_eq!(p.lines(Cause::Refund(sanc)), [(0, "capital", 1200)]);
    assert!(p.s.measures.is_empty());
}

/// The listing has a term that belongs to its day.
const TONE: Change<'static> = (
    r#"terms: { "talks_link": ["apart", "linked"] }, gates"#,
    r#"terms: { "talks_link": ["apart", "linked"], "tone": ["soft", "loud"] }, gates"#,
);
const TONES: Change<'static> = (
    r#"    terms: {
      "talks_link""#,
    r#"    terms: {
      "tone": (name: "tone", once: true, values: {
        "soft": (name: "soft"),
        "loud": (name: "loud", moves: { "standing": "+medium" }),
      }),
      "talks_link""#,
);
/// No window makes anything dearer, or meets a red line.
const COOL: [Change<'static>; 2] =
    [("window: 100,", "window: 0,"), ("heat: 100, floor: 20", "heat: 10, floor: 0")];

/// What launches of the listing and its terms moved, summed by value.
fn moved_by_listing(p: &Play) -> Vec<(&str, Milli)> {
    let sanc = p.instrument("SANC");
    let of = |c: Cause| matches!(c, Cause::Term(i, ..) if i == sanc) || c == p.launch_of_listing();
    let mut sums: Vec<(&str, Milli)> = Vec::new();
    for e in p.ledger.entries.iter().filter(|e| of(e.cause)) {
        let id = &*p.rules.indicators[e.indicator].id;
        match sums.iter_mut().find(|(i, _)| *i == id) {
            Some((_, sum)) => *sum += e.delta,
            None => sums.push((id, e.delta)),
        }
    }
    sums.sort_unstable();
    sums
}

#[test]
fn new_terms_leave_what_a_launch_with_them_would_have_done() {
    let changes = all(&[&LISTING, &COOL]);
    let mut at_once = Play::where_firm_a(true, &changes);
    at_once.turn(&[LIST_LINKED]);
    let mut raised = Play::where_firm_a(true, &changes);
    raised.turn(&[LIST]);
    assert_ne!(moved_by_listing(&at_once), moved_by_listing(&raised));
    raised.turn(&[LIST_LINKED]);
    assert_eq!(moved_by_listing(&at_once), moved_by_listing(&raised));
    let (instrument, target) = raised.listing();
    assert_eq!(raised.noted(Note::Revised { instrument, target }), [1]);
    assert_eq!(raised.noted(Note::Launched { instrument, target, wrong: false }), [0]);
    assert_eq!(raised.s.measures.len(), 1, "it is one measure still");
    assert_eq!(raised.s.measures[0].since, 0, "and stands since its first day");
    // Milder words take back what the harder ones had brought.
    raised.turn(&[LIST]);
    let mut plain = Play::where_firm_a(true, &changes);
    plain.turn(&[LIST]);
    let told: Vec<_> = moved_by_listing(&raised).into_iter().filter(|(_, n)| *n != 0).collect();
    assert_eq!(told, moved_by_listing(&plain));
}

#[test]
fn new_terms_cost_the_venue_and_what_changes() {
    let priced = (
        r#""linked": (name: "linked to the talks","#,
        r#""linked": (name: "linked to the talks", staff: 1, capital: 2,"#,
    );
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &[priced, CAPITAL], &COOL]));
    p.turn(&[LIST]);
    let (instrument, target) = p.listing();
    assert_eq!(p.order(LIST), Err(Refusal::SameTerms { instrument, target }));
    let before = p.ledger.entries.len();
    p.give(LIST_LINKED);
    let paid: Vec<(&str, Milli)> = p.ledger.entries[before..]
        .iter()
        .map(|e| (&*p.rules.indicators[e.indicator].id, e.delta))
        .collect();
    assert_eq!(
        paid,
        [("staff", -1000), ("capital", -3000)],
        "one for the Deputies, two for the term"
    );
}

#[test]
fn new_terms_need_no_file_and_none_is_built_for_them() {
    let ready = ("ready: 50", "ready: 100");
    let mut p = Play::where_firm_a(true, &all(&[&[CLEARS, NO_PROOF, BUILT, ready], &COOL]));
    p.turn(&[LIST]);
    let (instrument, target) = p.listing();
    assert!(p.s.measures[0].in_force() && !p.s.has_file(&p.rules, instrument, target));
    assert_eq!(p.order(BUILD), Err(Refusal::AlreadyStanding { instrument, target }));
    p.turn(&[LIST_LINKED]);
    assert_eq!(p.noted(Note::Revised { instrument, target }), [1]);
}

#[test]
fn what_belongs_to_the_day_of_the_launch_stays_as_it_was() {
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &[TONE, TONES], &COOL]));
    p.turn(&[LIST]);
    let louder = r#"Propose(instrument: "SANC", target: "firm_a",
        terms: { "tone": "loud" }, venue: "deputies")"#;
    let tone = p.rules.terms.iter().position(|t| t.id == "tone").expect("a term");
    let term = interagency::scenario::model::TermIx::at(tone);
    assert_eq!(p.order(louder), Err(Refusal::TermSettled { term }));
    p.give(LIST_LINKED);
    // Where nothing else could change, nothing stands open.
    let only = (
        TONES.0,
        r#"    terms: { "tone": (name: "tone", once: true, values: { "soft": (name: "soft"), "loud": (name: "loud") }),
      "talks_link""#,
    );
    let tone_alone = (TONE.0, r#"terms: { "tone": ["soft", "loud"] }, gates"#);
    let file = (r#"terms: { "talks_link": "linked" }, until"#, "until");
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &[only, tone_alone, file]]));
    p.turn(&[LIST]);
    let (instrument, target) = p.listing();
    assert_eq!(p.order(louder), Err(Refusal::AlreadyStanding { instrument, target }));
}

#[test]
fn new_terms_under_way_are_withdrawn_before_the_measure_and_go_with_it() {
    let slow = (AT_ONCE.0, r#"stages: [(name: "Package", takes: "0 days")],"#);
    let mut p = Play::where_firm_a(true, &all(&[&[CLEARS, NO_PROOF, slow], &COOL]));
    let (instrument, target) = p.listing();
    p.turn(&[LIST]);
    // From here on the stage lasts: new terms are a turn on their way.
    let days = interagency::day::Span { least: 21, most: 21 };
    p.rules.instruments[instrument.i()].stages[0].takes = days;
    p.turn(&[LIST_LINKED]);
    assert_eq!(p.s.measures.len(), 2);
    assert_eq!(p.order(LIST_LINKED), Err(Refusal::AlreadyStanding { instrument, target }));
    let withdraw = r#"Withdraw(instrument: "SANC", target: "firm_a")"#;
    let dropped = Note::Ended { instrument, target, how: Ended::AsItStood };
    let mut other = Play {
        rules: Play::where_firm_a(true, &all(&[&[CLEARS, NO_PROOF, slow], &COOL])).rules,
        s: p.s.clone(),
        ledger: Ledger::default(),
    };
    p.turn(&[withdraw]);
    assert_eq!(p.noted(dropped), [2]);
    assert!(p.noted(Note::Withdrawn { instrument, target, keeps_file: false }).is_empty());
    assert_eq!(p.s.measures.len(), 1, "the measure stands");
    assert_eq!(p.lines(Cause::Withdraw(instrument, target)), []);
    // Both at once: nothing is left, and the withdrawal costs what it costs once.
    other.give(withdraw);
    other.turn(&[withdraw]);
    assert_eq!(other.noted(dropped), [2]);
    assert_eq!(other.noted(Note::Withdrawn { instrument, target, keeps_file: false }), [2]);
    assert!(other.s.measures.is_empty());
    assert_eq!(other.lines(Cause::Withdraw(instrument, target)), [(2, "standing", -1500)]);
}

#[test]
fn who_leans_against_a_measure_leans_against_more_of_it_and_not_against_less() {
    use interagency::engine::position::Reason;
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &COOL]));
    let proposal = |p: &Play, linked: bool| {
        let (instrument, target) = p.listing();
        let mut terms = Proposal::default().terms;
        terms[0] = u8::from(linked);
        Proposal { instrument, target, terms, ..Proposal::default() }
    };
    let reasons = |p: &Play, linked: bool| -> Vec<Reason> {
        let room = RoomWeights::new(&p.rules, &p.s);
        let at = position(&p.rules, &p.s, &room, &proposal(p, linked), p.agency("treasury"));
        at.reasons.into_iter().filter(|(_, n)| *n != 0).map(|(r, _)| r).collect()
    };
    let leans = |of: &[Reason]| {
        of.contains(&Reason::Leans) && of.iter().any(|r| matches!(r, Reason::Principal(_)))
    };
    assert!(leans(&reasons(&p, false)));
    p.turn(&[LIST]);
    assert!(leans(&reasons(&p, true)), "linked bites harder");
    p.turn(&[LIST_LINKED]);
    let milder = reasons(&p, false);
    assert!(!leans(&milder) && milder.contains(&Reason::Term(0, 0)), "{milder:?}");
}

#[test]
fn what_a_measure_does_once_it_does_when_it_takes_effect() {
    let mut p = Play::of(&[CLEARS]);
    p.turn(&[ALERT]);
    p.turn(&[]);
    assert_eq!(p.lines(p.launch_of_alerts()), [(0, "shield", 8000)]);
}

#[test]
fn what_a_measure_does_in_force_begins_in_the_next_turn_by_days() {
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &[(r#"fades: "6 months", "#, "")]]));
    p.turn(&[LIST]);
    p.turn(&[]);
    let (sanc, firm) = p.listing();
    // 0.5 in 30 days; 14 days.
    assert_eq!(p.lines(Cause::Active(sanc, firm)), [(1, "standing", 233)]);
    p.turn(&[]);
    assert_eq!(p.lines(Cause::Active(sanc, firm))[1..], [(2, "standing", 233)]);
}

#[test]
fn a_measure_fades_to_half_in_its_half_life() {
    let mut p = Play::where_firm_a(
        true,
        &all(&[
            &LISTING,
            &[(
                r#"while_active: { "standing": "+tiny" }, fades: "6 months""#,
                r#"while_active: { "standing": 30 }, fades: "2 weeks""#,
            )],
        ]),
    );
    p.turn(&[LIST]);
    p.turn(&[]);
    p.turn(&[]);
    let (sanc, firm) = p.listing();
    assert_eq!(
        p.lines(Cause::Active(sanc, firm)),
        [(1, "standing", 14_000), (2, "standing", 7_000)]
    );
    let last = p.ledger.entries.iter().rfind(|e| e.cause == Cause::Active(sanc, firm));
    let factors: Vec<_> = last.expect("a line").factors.iter().flatten().copied().collect();
    assert_eq!(factors, [(Factor::Days, 466), (Factor::Fading, 500)]);
}

/// Weeks after the last turn, in which what was left runs on.
const AFTER: Change<'static> = ("turns: 3),", "turns: 3, after: \"8 weeks\"),");

#[test]
fn what_is_left_runs_on_in_the_weeks_after_the_last_turn() {
    let slow = (AT_ONCE.0, r#"stages: [(name: "Package", takes: "5 weeks")],"#);
    let sure = ("chance: 50, rests: \"4 weeks\"", "chance: 100, rests: \"2 weeks\"");
    let play = |changes: &[Change]| {
        let mut p =
            Play::where_firm_a(true, &all(&[&[CLEARS, NO_PROOF, slow, sure], &COOL, changes]));
        p.turn(&[]);
        p.turn(&[]);
        p.turn(&[LIST]);
        assert!(p.s.is_over());
        p
    };
    let (with, without) = (play(&[AFTER]), play(&[]));
    let (instrument, target) = with.listing();
    let launched = Note::Launched { instrument, target, wrong: false };
    assert_eq!((with.noted(launched), without.noted(launched)), (vec![3], vec![]));
    assert_eq!((with.noted(Note::After), without.noted(Note::After)), (vec![3], vec![]));
    // It is told from which day on, and the game ends eight weeks later; three turns were played.
    assert_eq!(without.s.today(&without.rules), without.rules.closes());
    assert_eq!(with.rules.closes(), without.rules.closes());
    assert_eq!(with.s.today(&with.rules), with.rules.closes().plus(56));
    assert_eq!((with.s.turn, with.s.turns_ended(&with.rules)), (7, 3));
    assert_eq!((with.rules.played(), without.rules.played()), (3, 3));
    assert!(with.s.has_run_on(&with.rules) && !without.s.has_run_on(&without.rules));
    // Nothing asks, and nothing is random any more; drift and flows go on by the days.
    let event = with.event("provider_reports");
    let fired = |p: &Play| p.noted(Note::Fired { event, version: 0 });
    assert_eq!(fired(&with), fired(&without));
    let turns_of = |cause| with.lines(cause).iter().map(|l| l.0).max();
    assert_eq!((turns_of(Cause::Noise), turns_of(Cause::Drift)), (Some(2), Some(6)));
    let drift = with.lines(Cause::Drift).into_iter().filter(|l| l.1 == "theft" && l.0 >= 3);
    let steps: Vec<_> = drift.map(|(turn, _, change)| (turn, change)).collect();
    assert_eq!(steps, [(3, 467), (4, 467), (5, 467), (6, 467)], "in steps of a turn");
    // The mean of a lens is that of the turns that were played.
    assert_eq!(with.s.hidden().sum[..], without.s.hidden().sum[..]);
    let ended = |p: &Play| {
        let of = |(turn, n): &(u8, Note)| matches!(n, Note::Ending(_)).then_some(*turn);
        p.ledger.notes.iter().filter_map(of).collect::<Vec<_>>()
    };
    assert_eq!(
        (ended(&with), ended(&without)),
        (vec![2], vec![2]),
        "the ending is of the day on which the player leaves"
    );
}

#[test]
fn a_measure_ends_when_its_time_is_over() {
    let mut p = Play::of(&all(&[
        &LISTING,
        &[(r#"fades: "6 months""#, r#"lasts: "4 weeks", on_end: { "talks": 3 }"#)],
    ]));
    let (sanc, firm) = p.listing();
    p.turn(&[LIST]);
    assert!(p.s.measures.iter().any(interagency::engine::Measure::in_force));
    p.turn(&[]);
    assert!(p.s.measures.is_empty());
    assert_eq!(p.lines(Cause::End(sanc, firm)), [(1, "talks", 3000)]);
    assert_eq!(p.noted(Note::Ended { instrument: sanc, target: firm, how: Ended::RanOut }), [1]);
}

#[test]
fn a_repeat_does_half_of_it_and_on_the_same_target_half_of_that() {
    let never = (r#"recovers_in: "3 months","#, r#"lasts: "2 weeks", "#);
    let mut p = Play::of(&[CLEARS, never]);
    p.turn(&[ALERT]);
    p.turn(&[ALERT]);
    p.turn(&[ALERT]);
    let cause = p.launch_of_alerts();
    assert_eq!(p.lines(cause), [(0, "shield", 8000), (1, "shield", 2000), (2, "shield", 1000)]);
    assert_eq!(p.factors(cause), []);
    let second = p.ledger.entries.iter().filter(|e| e.cause == cause).nth(1).expect("it");
    assert_eq!(second.factors[1], Some((Factor::Share, 250)));
    let (alerts, providers) = p.alerts();
    let left = |target| p.s.share_of_repeat(&p.rules, alerts, target);
    assert_eq!((left(providers), left(p.target("firm_a"))), (62, 125));
}

#[test]
fn the_effect_of_repeats_comes_back_by_its_half_life() {
    let soon = (r#"recovers_in: "3 months","#, r#"recovers_in: "2 weeks", lasts: "2 weeks","#);
    let mut p = Play::of(&[CLEARS, soon]);
    p.turn(&[ALERT]);
    p.turn(&[ALERT]);
    p.turn(&[ALERT]);
    // Left: 1; half, and half of what is missing is back: 3/4; 3/8, and again: 11/16. Half of that,
    // as the target is the same.
    assert_eq!(
        p.lines(p.launch_of_alerts()),
        [(0, "shield", 8000), (1, "shield", 3000), (2, "shield", 2744)]
    );
}

#[test]
fn a_window_adds_its_heat_to_what_a_measure_costs_the_talks_alone() {
    // Half of four weeks is done in the live file: it takes effect on 19 November, and the turn's
    // hottest day is the dinner's peak.
    let mut p = Play::where_firm_a(
        true,
        &[CLEARS, NO_PROOF, (r#"takes: "1 to 3 weeks""#, r#"takes: "4 weeks""#)],
    );
    p.turn(&[LIST]);
    p.turn(&[]);
    let lines = p.lines(p.launch_of_listing());
    assert_eq!(lines, [(1, "theft", -4000), (1, "talks", -8000)]);
    let mut p = Play::where_firm_a(true, &LISTING);
    p.turn(&[LIST]);
    let lines = p.lines(p.launch_of_listing());
    assert_eq!(lines, [(0, "theft", -4000), (0, "talks", -4000)]);
}

#[test]
fn a_term_has_its_own_effect_and_a_strength_and_scales_what_the_measure_does() {
    let mut p = Play::where_firm_a(true, &LISTING);
    p.turn(&[LIST_LINKED]);
    let (sanc, _) = p.listing();
    // Strength 120 of 100; the talks by half more.
    assert_eq!(p.lines(p.launch_of_listing()), [(0, "theft", -4800), (0, "talks", -7200)]);
    assert_eq!(p.factors(p.launch_of_listing()), [(Factor::Terms, 1200)]);
    assert_eq!(p.lines(Cause::Term(sanc, 0, 1)), [(0, "bundling", 4000)]);
}

#[test]
fn a_measure_waits_for_what_its_terms_wait_for() {
    let mut p = Play::where_firm_a(
        true,
        &all(&[
            &LISTING,
            &[(
                r#"(name: "kept apart")"#,
                r#"(name: "kept apart", waits_for: [Fired("dinner_memo")])"#,
            )],
        ]),
    );
    let (sanc, firm) = p.listing();
    p.turn(&[LIST]);
    assert_eq!(p.noted(Note::Waits { instrument: sanc, target: firm }), [0]);
    assert_eq!(p.lines(p.launch_of_listing()), []);
    p.turn(&[]);
    assert_eq!(p.lines(p.launch_of_listing())[0], (1, "theft", -4000));
}

#[test]
fn a_listing_of_the_wrong_firm_costs_three_things_and_does_three_tenths() {
    let mut p = Play::where_firm_a(false, &LISTING);
    p.turn(&[LIST]);
    let (sanc, firm) = p.listing();
    assert_eq!(p.noted(Note::Launched { instrument: sanc, target: firm, wrong: true }), [0]);
    assert_eq!(p.lines(p.launch_of_listing()), [(0, "theft", -1200), (0, "talks", -1200)]);
    // Legitimacy, allies and law are one indicator here.
    let costs = [(0, "standing", -5000), (0, "standing", -3000), (0, "standing", -2000)];
    assert_eq!(p.lines(Cause::WrongTarget(sanc, firm)), costs);
    assert_eq!(p.s.activity[0], 1000, "nothing of the campaign is disrupted");
    let mut p = Play::where_firm_a(true, &LISTING);
    p.turn(&[LIST]);
    assert_eq!(p.noted(Note::Launched { instrument: sanc, target: firm, wrong: false }), [0]);
    assert_eq!(p.lines(Cause::WrongTarget(sanc, firm)), []);
}

#[test]
fn to_punish_accepted_espionage_costs_legitimacy_and_allies() {
    let accepted = (
        r#"does: { "theft": "+medium" }"#,
        r#"espionage: ["firm_a_did"], does: { "theft": "+medium" }"#,
    );
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &[accepted]]));
    p.turn(&[LIST]);
    let (sanc, firm) = p.listing();
    let costs = [(0, "standing", -6000), (0, "standing", -3000)];
    assert_eq!(p.lines(Cause::Espionage(sanc, firm)), costs);
    assert_eq!(p.lines(p.launch_of_listing())[0], (0, "theft", -4000), "it has its whole effect");
    let dear = (
        r#"does: { "theft": "+medium" }"#,
        r#"espionage: ["firm_a_did"], espionage_costs: 150, does: { "theft": "+medium" }"#,
    );
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &[dear]]));
    p.turn(&[LIST]);
    let costs = [(0, "standing", -9000), (0, "standing", -4500)];
    assert_eq!(p.lines(Cause::Espionage(sanc, firm)), costs, "half as much again");
    let mut p = Play::where_firm_a(true, &LISTING);
    p.turn(&[LIST]);
    assert_eq!(p.lines(Cause::Espionage(sanc, firm)), []);
}

#[test]
fn a_right_target_disrupts_the_campaign_which_recovers_by_half_in_its_half_life() {
    let soon = (r#"recovers: "3 months""#, r#"recovers: "2 weeks""#);
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &[soon]]));
    p.turn(&[LIST]);
    assert_eq!(p.s.activity[0], 850, "700, and half of what is missing");
    p.turn(&[]);
    // 4 in 30 days, 14 days, at 700 and at 850.
    let cause = Cause::Campaign(CampaignIx(0));
    assert_eq!(p.lines(cause), [(0, "theft", 1307), (1, "theft", 1587)]);
    assert_eq!(p.factors(cause), [(Factor::Days, 466), (Factor::Activity, 700)]);
}

#[test]
fn a_returned_proposal_names_the_cheapest_change_that_would_pass() {
    // Treasury is against the link with all its weight; either change passes.
    let against = [
        NO_PROOF,
        NO_MOODS,
        (r#"moves_agencies: { "treasury": -1 }"#, r#"moves_agencies: { "treasury": -10 }"#),
        ("lead: -4, veto: -4", "lead: -20, veto: -20"),
    ];
    let change = |p: &Play| {
        let returned = p.ledger.notes.iter().find_map(|(_, n)| match n {
            Note::Returned { slot, value, first, .. } => Some((*slot, *value, *first)),
            _ => None,
        });
        returned.expect("it is returned")
    };
    let mut p = Play::of(&against);
    p.turn(&[LIST_LINKED]);
    assert_eq!(change(&p), (0, 0, Some(p.agency("treasury"))), "the link goes: that is free");
    let dear = (r#"(name: "kept apart")"#, r#"(name: "kept apart", capital: 6)"#);
    let mut p = Play::of(&all(&[&against, &[dear]]));
    p.turn(&[LIST_LINKED]);
    let principals = (odds::VENUE_SLOT, 1, Some(p.agency("treasury")));
    assert_eq!(change(&p), principals, "principals cost three more, the other term six");
}

#[test]
fn a_proposal_that_no_change_would_pass_is_blocked() {
    let mut p = Play::of(&[REFUSES, NO_PROOF]);
    p.turn(&[LIST]);
    let blocked = |(_, n): &(u8, Note)| matches!(n, Note::Blocked { chance: 0, .. });
    assert!(p.ledger.notes.iter().any(blocked));
    assert_eq!(p.s.tally[p.instrument("SANC")].blocked, 1);
}

#[test]
fn a_red_line_stops_what_would_clear_everywhere_but_before_the_president() {
    let mut p = Play::of(&LISTING);
    p.turn(&[]);
    // The week of the dinner: heat 100.
    p.turn(&[LIST]);
    let blocked = |(_, n): &(u8, Note)| matches!(n, Note::Blocked { chance: 0, .. });
    assert!(p.ledger.notes.iter().any(blocked));
    let deaf = (
        "stops: (lead: -4, veto: -4, consulted: -2.5, others: -2.5), overrules: (most: 9, consulted: true, others: true, reach: 0.1, relation: -6, authority: -0.5),",
        "decides: (bar: -20, starts: 20, confidence: 0, cares: {}),",
    );
    let mut p = Play::of(&all(&[&LISTING, &[deaf]]));
    p.turn(&[]);
    p.turn(&[LIST]);
    let returned = |(_, n): &(u8, Note)| match n {
        Note::Returned { chance: 0, slot, value: 1, .. } => *slot == odds::VENUE_SLOT,
        _ => false,
    };
    assert!(p.ledger.notes.iter().any(returned), "the President does not heed it");
}

/// The office's standing counts for what it is above fifty, a tenth of a point each here.
#[test]
fn the_president_heeds_an_office_by_how_far_it_stands_above_fifty() {
    let decides = (
        "stops: (lead: -4, veto: -4, consulted: -2.5, others: -2.5), overrules: (most: 9, consulted: true, others: true, reach: 0.1, relation: -6, authority: -0.5),",
        "decides: (bar: -0.5, starts: 0, confidence: 0.1, cares: {}),",
    );
    let cleared = |start: &str| {
        let start = format!("its word are worth.\", start: {start}");
        let mut p = Play::of(&all(&[
            &[NO_MOODS, NO_PROOF, AT_ONCE, CAPITAL, decides],
            &[("its word are worth.\", start: 50", &start)],
        ]));
        p.turn(&[&LIST.replace("deputies", "principals")]);
        p.s.tally[p.instrument("SANC")].cleared
    };
    assert_eq!([cleared("46"), cleared("44")], [1, 0]);
}

#[test]
fn principals_overrule_at_a_price_and_deputies_do_not() {
    // Homeland is consulted on a listing, and this far below its bar.
    let cold = (r#"believes: { "hardening": 0.4 },"#, r#"leans: { "SANC": -12 },"#);
    let mut p = Play::of(&all(&[&[NO_MOODS, cold, NO_PROOF, AT_ONCE], &[CLEARS]]));
    p.turn(&[LIST]);
    assert_eq!(p.s.tally[p.instrument("SANC")].cleared, 1, "nobody stops it there");
    let mut p = Play::of(&[NO_MOODS, cold, NO_PROOF, AT_ONCE]);
    let homeland = p.agency("homeland");
    p.turn(&[LIST]);
    let stopped = |(_, n): &(u8, Note)| match n {
        Note::Blocked { chance: 0, first, stopped_by, .. } => {
            *first == Some(homeland) && *stopped_by == 1 << homeland.0
        }
        _ => false,
    };
    assert!(p.ledger.notes.iter().any(stopped), "deputies do not overrule those consulted");
    let mut p = Play::of(&[NO_MOODS, cold, NO_PROOF, AT_ONCE, ("reach: 0.1", "reach: 1")]);
    let before = p.s.relation[homeland];
    p.turn(&[&LIST.replace("deputies", "principals")]);
    assert_eq!(p.s.tally[p.instrument("SANC")].cleared, 1);
    assert_eq!(p.lines(Cause::Overruling(homeland)), [(0, "standing", -500)]);
    assert_eq!(p.s.relation[homeland] - before, -6_000);
}

#[test]
fn part_of_a_meetings_mood_is_left_at_the_next_one_about_the_same_pair() {
    let mut p = Play::of(&[REFUSES, NO_PROOF]);
    p.turn(&[LIST]);
    let heard = p.s.heard[0];
    let (sanc, firm) = (p.instrument("SANC"), heard.target);
    assert_eq!((heard.instrument, p.s.heard.len()), (sanc, 1));
    let treasury = p.agency("treasury");
    let score = |s: &Situation| {
        let room = RoomWeights::new(&p.rules, s);
        let draft = Proposal { instrument: sanc, target: firm, ..Proposal::default() };
        position(&p.rules, s, &room, &draft, treasury).score
    };
    let mut forgotten = p.s.clone();
    forgotten.heard.clear();
    let mood = i32::from(heard.moods[treasury.i()]);
    assert_ne!(mood, 0);
    let left = score(&p.s) - score(&forgotten);
    assert!((left - mood * 55 / 100).abs() <= 1, "{left} of {mood}");
}

#[test]
fn a_live_file_shortens_the_pipeline_and_is_closed_by_it() {
    let four_weeks = (r#"takes: "1 to 3 weeks""#, r#"takes: "4 weeks""#);
    let mut p = Play::of(&[CLEARS, NO_PROOF, four_weeks]);
    assert_eq!(p.s.files_open, 1);
    p.turn(&[LIST]);
    assert_eq!(p.s.measures[0].due, 14, "half of it is ready");
    assert_eq!(p.s.files_open, 0);
    let mut p = Play::of(&[CLEARS, NO_PROOF, four_weeks, ("ready: 50", "ready: 0")]);
    p.turn(&[LIST]);
    assert_eq!(p.s.measures[0].due, 28);
}

#[test]
fn to_take_a_measure_back_costs_what_it_says_and_ends_it() {
    let mut p = Play::of(&LISTING);
    p.turn(&[LIST]);
    p.turn(&[r#"Withdraw(instrument: "SANC", target: "firm_a")"#]);
    let (sanc, firm) = p.listing();
    assert_eq!(p.lines(Cause::Withdraw(sanc, firm)), [(1, "standing", -1500)]);
    assert_eq!(p.lines(Cause::Active(sanc, firm)), [], "not another day in force");
    let withdrawn = Note::Withdrawn { instrument: sanc, target: firm, keeps_file: false };
    assert_eq!(p.noted(withdrawn), [1]);
    assert!(p.s.measures.is_empty());
}

/// Another instrument against providers, in force at once, with something at its end.
const THREAT: Change<'static> = (
    "\n    instruments: {\n",
    r#"
    instruments: {
      "THREAT": (
        name: "A warning", short: "Warning", means: "Says what would come.", lead: "homeland", lane: Defence,
        targets: [Sector], on_launch: { "theft": -1 }, while_active: { "theft": -1 }, on_end: { "standing": -7 },
        hands_over: { "vendors": "A date." }, why: Judgement("for tests"),
      ),
"#,
);
const WARN: &str = r#"Propose(instrument: "THREAT", target: "providers", venue: "deputies")"#;

#[test]
fn a_measure_that_fulfils_another_ends_it_without_what_its_end_would_do() {
    let fulfils =
        (r#"recovers_in: "3 months","#, r#"recovers_in: "3 months", fulfils: ["THREAT"],"#);
    let mut p = Play::of(&[CLEARS, CAPITAL, THREAT, fulfils]);
    let (threat, providers) = (p.instrument("THREAT"), p.target("providers"));
    p.turn(&[WARN]);
    p.turn(&[ALERT]);
    assert_eq!(
        p.noted(Note::Ended {
            instrument: threat,
            target: providers,
            how: Ended::MadeGood(p.instrument("HARDEN"))
        }),
        [1]
    );
    assert_eq!(p.lines(Cause::End(threat, providers)), []);
    assert_eq!(p.s.measures.len(), 1);
}

#[test]
fn acts_of_trade_and_of_security_in_one_turn_are_taken_for_one_thing() {
    let trade = ("lead: \"homeland\", lane: Defence", "lead: \"homeland\", lane: Trade");
    let mut p = Play::of(&all(&[&LISTING, &[trade]]));
    p.turn(&[LIST, ALERT]);
    assert_eq!(p.lines(Cause::Mixing), [(0, "bundling", 2000), (0, "bundling", 2000)]);
    let mut p = Play::of(&all(&[&LISTING, &[trade]]));
    p.turn(&[ALERT]);
    assert_eq!(p.lines(Cause::Mixing), []);
    p.turn(&[]);
    p.turn(&[LIST]);
    assert_eq!(p.lines(Cause::Mixing), [(2, "bundling", 2000)], "28 days later it still is");
}

#[test]
fn a_promise_kept_gains_and_a_promise_broken_costs_relation_and_authority() {
    let word = r#"Promise(promise: "wait", to: "treasury")"#;
    let mut p = Play::of(&LISTING);
    let (wait, treasury) = (PromiseIx(0), p.agency("treasury"));
    p.turn(&[word]);
    p.turn(&[r#"Answer(event: "dinner_memo", choice: "refuse")"#]);
    assert_eq!(p.s.relation[treasury], 10_000);
    p.turn(&[]);
    // Four weeks from 5 November are over in the turn that begins on 3 December.
    assert_eq!(p.noted(Note::PromiseKept { promise: wait, to: treasury }), [2]);
    assert_eq!(p.lines(Cause::Kept(wait)), [(2, "standing", 500)]);
    assert_eq!(p.s.relation[treasury], 15_000);
    let origin = Origin::Decision { turn: 0, index: 0 };
    let line = |delta, cause| Note::Related { agency: treasury, delta, cause, origin };
    assert_eq!(p.noted(line(5000, Cause::Kept(wait))), [2]);

    let mut p = Play::of(&LISTING);
    p.turn(&[word, LIST]);
    assert_eq!(p.noted(Note::PromiseBroken { promise: wait, to: treasury }), [0]);
    // Authority on both sides, which is one indicator here.
    assert_eq!(p.lines(Cause::Broken(wait)), [(0, "standing", -4000), (0, "standing", -4000)]);
    assert_eq!(p.s.relation[treasury], -10_000);
    assert_eq!(p.noted(line(-20_000, Cause::Broken(wait))), [0]);
    assert!(p.s.commitments.is_empty());
}

#[test]
fn an_ask_has_its_effect_and_what_leaks_is_in_the_papers_the_same_turn() {
    let leaks = ("chance: 30, event", "chance: 100, event");
    let mut p = Play::of(&[leaks]);
    p.turn(&[r#"Ask("press_date")"#]);
    let ask = interagency::scenario::model::AskIx(0);
    let event = p.event("it_got_out");
    assert_eq!(p.lines(Cause::Ask(ask)), [(0, "standing", -500)]);
    assert_eq!(p.noted(Note::Leaked { ask, event }), [0]);
    assert_eq!(p.lines(Cause::Event(event)), [(0, "standing", -4000)]);
    let line = p.ledger.entries.iter().find(|e| e.cause == Cause::Event(event)).expect("it");
    assert_eq!(line.origin, Origin::Decision { turn: 0, index: 0 }, "it goes back to the ask");
}

#[test]
fn a_value_settles_half_the_way_in_its_half_life() {
    let mut p = Play::of(&[
        (
            r#"settles: (to: 50, half_life: "6 months")"#,
            r#"settles: (to: 50, half_life: "2 weeks")"#,
        ),
        (r#"starts: { "theft": 52 }"#, r#"starts: { "theft": 52, "talks": 70 }"#),
    ]);
    p.turn(&[]);
    assert_eq!(p.lines(Cause::Settle), [(0, "talks", -10_000)]);
}

/// Nothing but drift and flows moves theft.
const STILL: Change<'static> = (r#"does: { "theft": "+medium" }"#, "does: {}");

#[test]
fn a_drift_is_scaled_by_the_days_of_the_turn() {
    let mut p = Play::of(&[STILL]);
    p.turn(&[]);
    assert_eq!(p.lines(Cause::Drift), [(0, "theft", 467)]);
    assert_eq!(p.factors(Cause::Drift), [(Factor::Days, 466)]);
}

#[test]
fn a_flow_counts_what_is_above_its_threshold_at_the_rate_of_the_world() {
    let mut p = Play::of(&[CLEARS, STILL]);
    let shields = FlowIx::at(find_flow(&p.rules, "shield_stops_theft"));
    let costs = FlowIx::at(find_flow(&p.rules, "theft_costs_standing"));
    p.turn(&[ALERT]);
    // 8 above 30, by 0.3 in 30 days in this world; 12 above 40, by 0.05.
    assert_eq!(p.lines(Cause::Flow(shields)), [(0, "theft", -1120)]);
    assert_eq!(p.lines(Cause::Flow(costs)), [(0, "standing", -280)]);
    let mut p = Play::of(&[STILL]);
    p.turn(&[]);
    assert_eq!(p.lines(Cause::Flow(shields)), [], "at its threshold nothing flows");
}

#[test]
fn a_flow_counts_what_is_missing_below_its_threshold() {
    let mut p = Play::of(&[STILL, ("above: 40, rate: -0.05", "below: 60, rate: -0.05")]);
    let costs = FlowIx::at(find_flow(&p.rules, "theft_costs_standing"));
    p.turn(&[]);
    // 8 below 60.
    assert_eq!(p.lines(Cause::Flow(costs)), [(0, "standing", -187)]);
}

fn find_flow(rules: &Rules, id: &str) -> usize {
    rules.flows.iter().position(|f| f.id == id).expect("a flow")
}

#[test]
fn a_product_moves_with_its_factor_and_says_so_under_the_factors_line() {
    let product = (
        "\n    indicators: {\n",
        r#"
    indicators: {
      "cover": (
        name: "Cover", short: "Cover", means: "Shield and standing together.", good: Up, seen: Exactly,
        words: { "thin": 40, "sound": 100 }, product: ["shield", "standing"], start: 0, why: Judgement("for tests"),
      ),
"#,
    );
    let mut p = Play::of(&[CLEARS, product]);
    assert_eq!(p.value("cover"), 15_000, "30 of 100 by 50 of 100");
    p.turn(&[ALERT]);
    let shield = Cause::Product(p.indicator("shield"));
    // Clearing it has gained half a point of standing: 38 by 50.5 is 19.19, from 15.15.
    assert_eq!(p.lines(shield), [(0, "cover", 4040)]);
    let line = p.ledger.entries.iter().find(|e| e.cause == shield).expect("a line");
    let parent = p.ledger.entries[line.parent.expect("a parent") as usize];
    assert_eq!(parent.cause, p.launch_of_alerts());
}

#[test]
fn a_change_past_the_end_of_the_range_is_cut_by_a_line_of_its_own() {
    let high = (
        r#"name: "providers’ shield", short: "shield", means: "How hard providers are to rob.", start: 30"#,
        r#"name: "providers’ shield", short: "shield", means: "How hard providers are to rob.", start: 97"#,
    );
    let mut p = Play::of(&[CLEARS, high]);
    p.turn(&[ALERT]);
    assert_eq!(p.value("shield"), 100_000);
    assert_eq!(p.lines(p.launch_of_alerts()), [(0, "shield", 8000)]);
    assert_eq!(p.lines(Cause::Clamp), [(0, "shield", -5000)]);
    let line = p.ledger.entries.iter().find(|e| e.cause == Cause::Clamp).expect("a line");
    let parent = p.ledger.entries[line.parent.expect("a parent") as usize];
    assert_eq!(parent.cause, p.launch_of_alerts());
}

#[test]
fn income_follows_the_presidents_standing_and_the_days() {
    let mut p = Play::of(&[STILL]);
    p.turn(&[]);
    // Standing 50 less what theft costs it: 49.72 by 0.086 by 14/30.
    assert_eq!(p.value("standing"), 49_720);
    assert_eq!(p.lines(Cause::Income), [(0, "capital", 1995)]);
}

#[test]
fn staff_comes_anew_each_turn_and_a_reform_adds_to_it_for_good() {
    let adds = (
        r#"takes: "2 weeks", moves: { "standing": "+small" }"#,
        r#"takes: "1 week", moves: { "standing": "+small", "staff": 2 }"#,
    );
    let mut p = Play::of(&[adds]);
    let seat = ReformIx(0);
    p.turn(&[r#"Reform("seat")"#]);
    assert_eq!(p.noted(Note::ReformDone(seat)), [0]);
    assert_eq!(p.lines(Cause::Reform(seat)), [(0, "standing", 1500)]);
    // One of three is spent; the next turn opens with three and the reform's two.
    assert_eq!(p.lines(Cause::StaffDay), [(1, "staff", 3000)]);
    p.turn(&[r#"Task(task: "case_work", on: "intrusion")"#]);
    assert_eq!(p.value("staff"), 5000);
}

#[test]
fn a_reform_works_on_while_it_stands() {
    let works = (
        r#"takes: "2 weeks", moves: { "standing": "+small" }"#,
        r#"takes: "1 week", while_active: { "bundling": -3 }"#,
    );
    let mut p = Play::of(&[works]);
    p.turn(&[r#"Reform("seat")"#]);
    p.turn(&[]);
    assert_eq!(p.lines(Cause::Reform(ReformIx(0))), [(1, "bundling", -1400)]);
}

#[test]
fn an_event_rests_before_it_comes_again() {
    let sure = ("chance: 50, rests", "chance: 100, rests");
    let mut p = Play::of(&[sure]);
    let event = p.event("provider_reports");
    for _ in 0..3 {
        p.turn(&[]);
    }
    // On day 0, and again when four weeks are over.
    assert_eq!(p.noted(Note::Fired { event, version: 0 }), [0, 2]);
    let lines = [(0, "standing", -1500), (2, "standing", -1500)];
    assert_eq!(p.lines(Cause::Event(event)), lines);
    let mut p = Play::of(&[("chance: 50, rests: \"4 weeks\"", "chance: 100")]);
    for _ in 0..3 {
        p.turn(&[]);
    }
    assert_eq!(p.noted(Note::Fired { event, version: 0 }), [0], "without a rest it comes once");
}

/// Two versions of what the provider reports: after a listing, and otherwise.
const VERSIONS: Change<'static> = (
    r#"text: Simulated(by: "homeland", follows: "S1", says: "A provider says that many clients were robbed."),"#,
    r#"text: First([
        Simulated(by: "homeland", follows: "S1", assumes: [Launched("SANC")], says: "Robbed, in spite of the listing."),
        Record(source: "S1", status: Reported, assumes: [Not(Launched("SANC"))], says: "Nothing has been listed."),
    ]),"#,
);

#[test]
fn an_event_is_told_in_the_first_version_that_is_true() {
    let often = ("chance: 50, rests: \"4 weeks\"", "chance: 100, rests: \"1 day\"");
    let unburdened = (r#", Not(Fired("it_got_out"))"#, "");
    let changes = all(&[&LISTING, &[VERSIONS, often, unburdened]]);
    let mut p = Play::of(&changes);
    let event = p.event("provider_reports");
    p.turn(&[]);
    p.turn(&[]);
    p.turn(&[LIST]);
    assert_eq!(p.noted(Note::Fired { event, version: 1 }), [0, 1]);
    // The listing of the turn is in the words of its page.
    assert_eq!(p.noted(Note::Fired { event, version: 0 }), [2]);
}

#[test]
fn an_event_whose_words_would_not_be_true_does_not_happen() {
    let often = ("chance: 50, rests: \"4 weeks\"", "chance: 100, rests: \"1 day\"");
    let only_after =
        (r#"says: "A provider says"#, r#"assumes: [Launched("SANC")], says: "A provider says"#);
    let unburdened = (r#", Not(Fired("it_got_out"))"#, "");
    let changes = all(&[&LISTING, &[only_after, often, unburdened]]);
    let mut p = Play::of(&changes);
    let event = p.event("provider_reports");
    p.turn(&[]);
    p.turn(&[]);
    assert_eq!(p.s.events_fired[event], 0);
    assert!(p.lines(Cause::Event(event)).is_empty());
    p.turn(&[LIST]);
    assert_eq!(p.noted(Note::Fired { event, version: 0 }), [2]);
    assert_eq!(p.lines(Cause::Event(event)), [(2, "standing", -1500)]);

    // A day that passes while its words are false is gone.
    let dated = (
        r#"from: "treasury", on: "2018-11-19",
      text: Simulated(by: "treasury", follows: "S1", says"#,
        r#"from: "treasury", on: "2018-11-19",
      text: Simulated(by: "treasury", follows: "S1", assumes: [Launched("SANC")], says"#,
    );
    let mut p = Play::of(&all(&[&LISTING, &[dated]]));
    p.turn(&[]);
    p.turn(&[]);
    p.turn(&[LIST]);
    assert_eq!(p.s.events_fired[p.event("dinner_memo")], 0);
    assert!(p.s.prompts.is_empty());
}

#[test]
fn a_chained_event_reads_its_conditions_on_its_day() {
    let not_after = (
        r#"title: "It got out", chained: true,"#,
        r#"title: "It got out", chained: true, when: [Not(Launched("SANC"))],"#,
    );
    for (orders, comes) in [(&[] as &[&str], 1), (&[LIST], 0)] {
        let mut p = Play::of(&all(&[&LISTING, &[not_after]]));
        p.turn(&[]);
        p.turn(&[r#"Answer(event: "dinner_memo", choice: "refuse")"#]);
        p.turn(orders);
        assert_eq!(p.s.events_fired[p.event("it_got_out")], comes, "{orders:?}");
    }
}

/// Texts of the protest that were told, by turn.
fn protests(p: &Play) -> Vec<u8> {
    let told = |(_, n): &(u8, Note)| {
        if let Note::Responded { response, text } = n {
            (p.rules.responses[*response].id == "protest").then_some(*text)
        } else {
            None
        }
    };
    p.ledger.notes.iter().filter_map(told).collect()
}

#[test]
fn the_other_side_says_what_is_true_and_nothing_twice_before_everything_once() {
    const ONE: &str = r#"answers_an_act: true, texts: [Simulated(by: "beijing", follows: "S1", says: "The ministry protests.")]"#;
    let hears_nothing = (
        "visible: false, weight: 20,",
        r#"visible: false, weight: 1, when: [Fired("it_got_out")],"#,
    );
    let texts = r#"texts: [
        Simulated(by: "beijing", follows: "S1", says: "The ministry protests."),
        Simulated(by: "beijing", follows: "S1", assumes: [Launched("SANC")], says: "The listing is wrong."),
        Simulated(by: "beijing", follows: "S1", says: "The ministry protests again."),
    ]"#;
    for seed in 1..=8 {
        let mut p = Play::seeded(&[hears_nothing, (ONE, texts)], seed);
        for _ in 0..3 {
            p.turn(&[]);
        }
        let said = protests(&p);
        assert_eq!(said.len(), 3, "it is the only answer there is");
        assert!(!said.contains(&1), "nothing was listed: {said:?}");
        assert_ne!(said[0], said[1], "seed {seed}");
        assert_eq!(said[0], said[2], "both have been said: {said:?}");
    }
    let mut first = [0; 2];
    for seed in 1..=40 {
        let p = &mut Play::seeded(&[hears_nothing, (ONE, texts)], seed);
        p.turn(&[]);
        first[usize::from(protests(p)[0] / 2)] += 1;
    }
    assert!(first.iter().all(|n| *n > 8), "drawn evenly: {first:?}");

    // An answer that could not be put into words is not given.
    let only = r#"texts: [Simulated(by: "beijing", follows: "S1", assumes: [Launched("SANC")], says: "The listing is wrong.")]"#;
    let mut p = Play::of(&all(&[&LISTING, &[hears_nothing, (ONE, only)]]));
    p.turn(&[]);
    assert!(protests(&p).is_empty());
    p.turn(&[]);
    p.turn(&[LIST]);
    assert_eq!(protests(&p), [0]);
}

#[test]
fn an_answer_sets_off_its_event_after_its_time_and_the_event_goes_back_to_it() {
    let mut p = Play::of(&[]);
    p.turn(&[]);
    p.turn(&[r#"Answer(event: "dinner_memo", choice: "refuse")"#]);
    let (memo, out) = (p.event("dinner_memo"), p.event("it_got_out"));
    assert_eq!(p.noted(Note::Chose { event: memo, choice: 1, by_player: true }), [1]);
    assert_eq!(p.lines(Cause::Choice(memo, 1)), [(1, "talks", -1500)]);
    assert_eq!(p.s.flags, 1);
    assert_eq!(p.s.files_open, 1);
    p.turn(&[]);
    assert_eq!(p.noted(Note::Fired { event: out, version: 0 }), [2], "two weeks from 19 November");
    let line = p.ledger.entries.iter().find(|e| e.cause == Cause::Event(out)).expect("a line");
    assert_eq!((line.delta, line.origin), (-4000, Origin::Decision { turn: 1, index: 0 }));
    assert_eq!(p.s.files_open, 0);
}

#[test]
fn a_question_nobody_answers_takes_its_default() {
    let mut p = Play::of(&[]);
    p.turn(&[]);
    p.turn(&[]);
    let memo = p.event("dinner_memo");
    assert_eq!(p.noted(Note::Chose { event: memo, choice: 0, by_player: false }), [1]);
    assert_eq!(p.lines(Cause::Choice(memo, 0)), [(1, "talks", 1500), (1, "standing", -500)]);
    assert_eq!(p.s.relation[p.agency("treasury")], 15_000);
}

#[test]
fn an_answer_at_once_takes_effect_before_the_turn_ends() {
    let at_once = [
        (r#"default: "agree","#, r#"default: "agree", at_once: true,"#),
        (r#", Chain("it_got_out", "2 weeks")"#, ""),
    ];
    let mut p = Play::of(&at_once);
    p.turn(&[]);
    p.give(r#"Answer(event: "dinner_memo", choice: "refuse")"#);
    assert_eq!(p.lines(Cause::Choice(p.event("dinner_memo"), 1)), [(1, "talks", -1500)]);
    assert_eq!(p.s.flags, 1);
    assert!(p.s.prompts.is_empty());
}

/// The sponsor stays what it is, the search is over within the turn, and nothing else is found.
const SEARCH: [Change<'static>; 3] = [
    (r#"when: [AtLeast("theft", 45),"#, r#"when: [AtLeast("theft", 100),"#),
    (r#"shifts: { "service": { "criminals": 10 } },"#, ""),
    (r#"staff: 1, takes: "1 to 2 weeks""#, r#"staff: 1, takes: "1 week""#),
];

#[test]
fn evidence_that_is_seen_opens_the_gate_and_its_silence_does_not() {
    let (mut seen, mut silent) = (0, 0);
    for seed in 1..=20 {
        let mut p = Play::seeded(&SEARCH, seed);
        assert_eq!(p.s.answers[0], 380, "0.6 x 0.5 + 0.4 x 0.2");
        let shut = p.order(LIST).expect_err("the law does not let it pass");
        assert!(matches!(shut, Refusal::Gate { needs: 600, has: 380, .. }), "{shut:?}");
        p.turn(&[r#"Task(task: "case_work", on: "intrusion")"#]);
        let tasking = p.evidence("tasking");
        if p.noted(Note::Found(tasking)) == [0] {
            seen += 1;
            // 0.38 x 0.70 against 0.62 x 0.05.
            assert_eq!(p.s.answers[0], 896);
            assert_eq!(p.order(LIST), Ok(()));
        } else {
            silent += 1;
            assert_eq!(p.noted(Note::Silence(tasking)), [0]);
            // 0.38 x 0.30 against 0.62 x 0.95.
            assert_eq!(p.s.answers[0], 162);
            assert!(p.order(LIST).is_err());
        }
    }
    assert!(seen > 0 && silent > 0, "{seen} seen, {silent} silent");
}

#[test]
fn what_an_adviser_foretells_is_held_against_the_ledger_when_its_days_are_over() {
    let mut p = Play::of(&[CLEARS]);
    let (harden, providers) = p.alerts();
    let homeland = p.agency("homeland");
    for n in 0..3 {
        p.turn(if n == 0 { &[ALERT] } else { &[] });
    }
    let (agency, indicator) = (homeland, p.indicator("shield"));
    let (instrument, target) = (harden, providers);
    // 8, give or take two fifths.
    let (low, high) = (4800, 11_200);
    let foretold = Note::Predicted { agency, indicator, instrument, target, low, high };
    assert_eq!(p.noted(foretold), [0]);
    let checked =
        Note::Checked { agency, indicator, instrument, target, low, high, moved: 8000, hit: true };
    assert_eq!(p.noted(checked), [2], "28 days from 5 November");
    assert_eq!((p.s.hits[homeland], p.s.checks[homeland]), (1, 1));
}

#[test]
fn guidance_changed_in_public_costs_the_process() {
    let mut p = Play::of(&[]);
    p.turn(&[]);
    p.give(r#"Amend({ "security": 4, "economy": 2, "fairness": 2, "process": 4 })"#);
    assert_eq!(p.lines(Cause::Amend), [(1, "standing", -4000)]);
    assert_eq!(p.s.guidance[..4], [4, 2, 2, 4]);
}

#[test]
fn an_early_ending_ends_the_game_and_judges_what_is_open() {
    let low = (
        r#"short: "standing", means: "What the office and its word are worth.", start: 50"#,
        r#"short: "standing", means: "What the office and its word are worth.", start: 8"#,
    );
    let mut p = Play::of(&[low, AFTER]);
    p.turn(&[]);
    assert!(p.s.is_over());
    assert!(!p.s.has_run_on(&p.rules) && p.noted(Note::After).is_empty(), "nothing runs on");
    assert_eq!((p.s.ending, p.s.turn), (0, 1));
    assert_eq!(p.s.judged[..2], [1, 2], "the talks stand; nothing was listed");
    assert_eq!(p.order("End"), Err(Refusal::Over));
}

/// The alphabet of effects, each set off by an event of the day the game begins, or of a later one.
fn after_an_event(changes: &[Change], on: &str, effects: &str, orders: &[&str], turns: u8) -> Play {
    let event = format!(
        r#""jolt": (
      kind: News, title: "A jolt", on: "{on}", also: [{effects}],
      text: Record(source: "S1", status: Reported, says: "It happened."),
    ),
    "it_got_out": ("#
    );
    let mut p = Play::of(&all(&[changes, &[(r#""it_got_out": ("#, &event)]]));
    p.turn(orders);
    for _ in 1..turns {
        p.turn(&[]);
    }
    p
}

/// When the proposition of `tiny.ron` about a listing holds, and by when.
const LISTED: &str =
    r#"when: [LaunchedOn("SANC", "firm_a")], by: "2018-12-02", ever: true, checkpoint: true"#;

#[test]
fn nobody_states_how_sure_they_are_of_what_is_settled() {
    let sure = |p: &Play| {
        let proposition = find_id!(p.rules.propositions, "listed", PropositionIx).expect("there");
        p.s.validate(&p.rules, &Order::Confidence { proposition, percent: 60 })
    };
    let listed = (LISTED, r#"when: [LaunchedOn("SANC", "firm_a")]"#);
    let mut p = Play::of(&all(&[&LISTING, &[listed]]));
    assert_eq!(sure(&p), Ok(()));
    p.turn(&[LIST]);
    assert!(matches!(sure(&p), Err(Refusal::PropositionShut { .. })), "it is listed");
    // And of what can be no more.
    let quiet = (LISTED, r#"when: [Not(Fired("jolt"))]"#);
    let after =
        |turns| after_an_event(&[quiet], "2018-11-22", r#"SetFlag("asked_twice")"#, &[], turns);
    assert_eq!(sure(&after(1)), Ok(()), "it has not happened yet");
    assert!(matches!(sure(&after(2)), Err(Refusal::PropositionShut { .. })));
}

#[test]
fn effects_on_what_is_remembered_do_what_they_say() {
    let first = |effects: &str| after_an_event(&[], "2018-11-08", effects, &[], 1);
    assert_eq!(first(r#"SetFlag("asked_twice")"#).s.flags, 1);
    assert_eq!(first(r#"SetFlag("asked_twice"), ClearFlag("asked_twice")"#).s.flags, 0);
    let p = first(r#"Relation("treasury", -30)"#);
    assert_eq!(p.s.relation[p.agency("treasury")], -20_000, "it was 10");
    assert_eq!(
        first(r#"Relation("treasury", -95), Relation("treasury", -95)"#).s.relation[0],
        -100_000
    );
    let (agency, cause) = (p.agency("treasury"), Cause::Event(p.event("jolt")));
    let origin = Origin::Event { turn: 0, event: p.event("jolt") };
    assert_eq!(p.noted(Note::Related { agency, delta: -30_000, cause, origin }), [0]);
    let p = first(r#"Relation("treasury", -95), Relation("treasury", -95)"#);
    let cut = Note::Related { agency, delta: 80_000, cause: Cause::Clamp, origin };
    assert_eq!(p.noted(cut), [0], "10 less 190 is cut at minus 100");
    let half = (r#""relation_half_life": 0"#, r#""relation_half_life": 14"#);
    let p = after_an_event(&[half], "2018-11-08", r#"Relation("treasury", -30)"#, &[], 2);
    let (cause, origin) = (Cause::Settle, Origin::Drift);
    assert_eq!(p.noted(Note::Related { agency, delta: 15_000, cause, origin }), [0]);
    assert_eq!(p.noted(Note::Related { agency, delta: 5000, cause, origin }), [1]);
    assert_eq!(p.s.relation[agency], 5000, "30 less, 15 back, 5 for an answer, 5 back");
    let p = first(r#"Lean("treasury", "SANC", 4), Lean("treasury", "SANC", 4)"#);
    let leaning = p.s.leanings[0];
    assert_eq!((leaning.agency, leaning.instrument), (p.agency("treasury"), p.instrument("SANC")));
    assert_eq!((leaning.points, p.s.leanings.len()), (8000, 1));
    let p = first(r#"Busy("homeland", "3 weeks")"#);
    assert_eq!(p.s.busy_until[p.agency("homeland")], 21);
    assert_eq!(first(r#"Ready("firm_package", 20)"#).s.files_ready[0], 70);
    assert_eq!(first(r#"Ready("firm_package", 80)"#).s.files_ready[0], 100);
    assert_eq!(first(r#"CloseFile("firm_package")"#).s.files_open, 0);
    let p = first(r#"CloseFile("firm_package"), OpenFile("firm_package")"#);
    assert_eq!(p.s.files_open, 1);
    let file = interagency::scenario::model::FileIx(0);
    assert_eq!(p.noted(Note::FileClosed(file)), [0]);
    assert_eq!(p.noted(Note::FileOpened(file)), [0, 0], "as the game opens, and again");
    // A file that is not the first of the list is opened and closed as itself.
    let before_it = (
        "  live_files: {\n",
        r#"  live_files: {
    "alert": (name: "an alert", says: "Homeland has it.", propose: "HARDEN", target: "providers", sponsor: "homeland", ready: 10, from: "2018-12-03", pushes: 1),
"#,
    );
    let second =
        |effects: &str| after_an_event(&[before_it], "2018-11-08", effects, &[], 1).s.files_open;
    assert_eq!(second(r#"SetFlag("asked_twice")"#), 0b10);
    assert_eq!(second(r#"CloseFile("firm_package")"#), 0);
    assert_eq!(second(r#"CloseFile("firm_package"), OpenFile("firm_package")"#), 0b10);
    assert_eq!(second(r#"OpenFile("alert")"#), 0b11);
    let p = after_an_event(&[before_it], "2018-11-08", r#"OpenFile("firm_package")"#, &[], 1);
    let file = interagency::scenario::model::FileIx(1);
    assert_eq!(p.noted(Note::FileOpened(file)), [0], "it was open");
    let p = first(r#"Evidence("intrusion", "leaked_list")"#);
    let item = p.evidence("leaked_list");
    assert_eq!(p.noted(Note::Found(item)).len() + p.noted(Note::Silence(item)).len(), 1);
}

#[test]
fn effects_on_measures_and_campaigns_do_what_they_say() {
    let soon = (r#"recovers: "3 months""#, r#"recovers: "2 weeks""#);
    let half = r#"Disrupt("intrusion", 50)"#;
    let p = after_an_event(&[soon], "2018-11-08", half, &[], 1);
    assert_eq!(p.s.activity[0], 750, "half, and half of what is missing");
    assert_eq!(p.lines(Cause::Campaign(CampaignIx(0))), [(0, "theft", 933)]);

    let fades = (r#"fades: "6 months""#, r#"fades: "2 weeks", on_end: { "talks": 3 }"#);
    let listing = all(&[&LISTING, &[fades]]);
    let p = after_an_event(&listing, "2018-11-22", r#"Refresh("SANC", 25)"#, &[LIST], 2);
    // Half is left of 2^16, and a quarter of it comes back in whole hundredths.
    assert_eq!(p.s.measures[0].force, (1 << 15) + 25 * ((1 << 16) / 100));
    let p = after_an_event(&listing, "2018-11-22", r#"Refresh("SANC", 90)"#, &[LIST], 2);
    assert_eq!(p.s.measures[0].force, 1 << 16);
    let p = after_an_event(&listing, "2018-11-22", r#"End("SANC")"#, &[LIST], 2);
    let (instrument, target) = p.listing();
    assert!(p.s.measures.is_empty());
    assert_eq!(p.noted(Note::Ended { instrument, target, how: Ended::Over }), [1]);
    assert_eq!(p.lines(Cause::End(instrument, target)), [(1, "talks", 3000)]);

    // What is cleared and not in effect comes to nothing, and brings nothing of its end.
    let months = (r#"takes: "1 to 3 weeks""#, r#"takes: "5 to 6 months""#);
    let slow = [CLEARS, NO_PROOF, months, fades];
    let p = after_an_event(&slow, "2018-11-08", r#"SetFlag("asked_twice")"#, &[LIST], 1);
    assert!(p.s.measures.iter().any(|m| !m.in_force()));
    let p = after_an_event(&slow, "2018-11-08", r#"End("SANC")"#, &[LIST], 1);
    assert!(p.s.measures.is_empty());
    assert_eq!(p.noted(Note::Ended { instrument, target, how: Ended::Dropped }), [0]);
    assert_eq!(p.lines(Cause::End(instrument, target)), []);

    let launch = r#"Launch("SANC", "firm_a")"#;
    let p = after_an_event(&[], "2018-11-08", launch, &[], 1);
    assert_eq!(p.lines(p.launch_of_listing())[0].0, 0);
    let event = Origin::Event { turn: 0, event: p.event("jolt") };
    assert_eq!(p.s.measures[0].origin, event);
    assert!(p.s.launched_by_event == 1, "the counterpart has not seen it yet");
}

/// Whether each condition holds at the opening and after each of three turns.
fn held(changes: &[Change], orders: [&[&str]; 3], conditions: &[&str]) -> Vec<[bool; 4]> {
    let mut held = Vec::new();
    for some in conditions.chunks(20) {
        let entry = |(n, c)| format!("    \"c{n}\": (says: \"It holds.\", when: [{c}]),");
        let entries: Vec<String> = some.iter().enumerate().map(entry).collect();
        let with = format!("\n  propositions: {{\n{}", entries.join("\n"));
        let mut p = Play::where_firm_a(true, &all(&[changes, &[("\n  propositions: {", &with)]]));
        let mut rows = vec![[false; 4]; some.len()];
        for moment in 0..4 {
            for (n, row) in rows.iter_mut().enumerate() {
                row[moment] = p.s.all(&p.rules, &p.rules.propositions[n].when);
            }
            if let Some(orders) = orders.get(moment) {
                p.turn(orders);
            }
        }
        held.extend(rows);
    }
    held
}

#[test]
fn every_condition_reads_what_it_names() {
    const NEVER: [bool; 4] = [false; 4];
    const ALWAYS: [bool; 4] = [true; 4];
    /// From the end of the first turn on; from that of the second; between the two alone.
    const FIRST: [bool; 4] = [false, true, true, true];
    const SECOND: [bool; 4] = [false, false, true, true];
    const BETWEEN: [bool; 4] = [false, true, false, false];
    let table: &[(&str, [bool; 4])] = &[
        (r#"AtLeast("bundling", 24)"#, FIRST),
        (r#"Below("bundling", 24)"#, FIRST.map(|b| !b)),
        (r#"AtLeast("bundling", 24.001)"#, NEVER),
        (r#"Fired("dinner_memo")"#, FIRST),
        (r#"Chose("dinner_memo", "refuse")"#, SECOND),
        (r#"Chose("dinner_memo", "agree")"#, NEVER),
        (r#"Flag("asked_twice")"#, SECOND),
        (r#"Cleared("SANC")"#, FIRST),
        (r#"Cleared("HARDEN")"#, NEVER),
        (r#"Refused("SANC")"#, NEVER),
        (r#"Launched("SANC")"#, FIRST),
        (r#"LaunchedOn("SANC", "firm_a")"#, FIRST),
        (r#"JustLaunched("SANC")"#, BETWEEN),
        (r#"JustLaunchedWith("SANC", "talks_link", "linked")"#, BETWEEN),
        (r#"JustLaunchedWith("SANC", "talks_link", "apart")"#, NEVER),
        (r#"StoppedBy("SANC", "treasury")"#, NEVER),
        (r#"Active("SANC")"#, FIRST),
        (r#"ActiveWith("SANC", "firm_a", "talks_link", "linked")"#, FIRST),
        (r#"ActiveWith("SANC", "firm_a", "talks_link", "apart")"#, NEVER),
        (r#"ActiveWith("SANC", "providers", "talks_link", "linked")"#, NEVER),
        (r#"Pending("SANC")"#, NEVER),
        (r#"Stands("SANC", "firm_a")"#, FIRST),
        (r#"Stands("SANC", "providers")"#, NEVER),
        (r#"Built("SANC")"#, NEVER),
        (r#"InWindow("dinner")"#, BETWEEN),
        ("HeatAtLeast(90)", BETWEEN),
        (r#"From("2018-11-19")"#, FIRST),
        (r#"Before("2018-11-19")"#, FIRST.map(|b| !b)),
        (r#"True("intrusion", "firm_a_did")"#, ALWAYS),
        (r#"True("intrusion", "nobody")"#, NEVER),
        (r#"World("w_hard")"#, ALWAYS),
        (r#"World("w_bite")"#, NEVER),
        (r#"Relation("treasury", 10)"#, FIRST.map(|b| !b)),
        (r#"Promised("wait")"#, FIRST),
        (r#"Broke("wait")"#, FIRST),
        (r#"Kept("wait")"#, NEVER),
        (r#"Reformed("seat")"#, FIRST),
        (r#"Asked("press_date")"#, FIRST),
        (r#"TaskDone("case_work")"#, FIRST),
        (r#"Guided("security", 3)"#, ALWAYS),
        (r#"Guided("security", 4)"#, NEVER),
        ("ActsAtLeast(Security, 1)", FIRST),
        ("ActsAtLeast(Security, 2)", NEVER),
        (r#"All([Launched("SANC"), Flag("asked_twice")])"#, SECOND),
        (r#"Any([Flag("asked_twice"), Launched("SANC")])"#, FIRST),
        (r#"Not(Flag("asked_twice"))"#, SECOND.map(|b| !b)),
    ];
    let staff = ("most: 12, start: 3", "most: 12, start: 12");
    let changes = all(&[&LISTING, &SEARCH, &[CAPITAL, STAFF, staff]]);
    let orders: [&[&str]; 3] = [
        &[
            r#"Promise(promise: "wait", to: "treasury")"#,
            LIST_LINKED,
            r#"Ask("press_date")"#,
            r#"Task(task: "case_work", on: "intrusion")"#,
            r#"Reform("seat")"#,
        ],
        &[r#"Answer(event: "dinner_memo", choice: "refuse")"#],
        &[],
    ];
    let conditions: Vec<&str> = table.iter().map(|(c, _)| *c).collect();
    for ((condition, want), got) in table.iter().zip(held(&changes, orders, &conditions)) {
        assert_eq!(got, *want, "{condition}: at the opening and after each turn");
    }

    // A measure on its way for a turn, a proposal that is refused, a promise that is kept, and what
    // is believed before anything is seen.
    let slow = (r#"takes: "1 to 3 weeks""#, r#"takes: "4 weeks""#);
    let on_its_way = held(
        &[CLEARS, NO_PROOF, slow],
        [&[LIST], &[], &[]],
        &[
            r#"Pending("SANC")"#,
            r#"Active("SANC")"#,
            r#"Stands("SANC", "firm_a")"#,
            r#"ActiveWith("SANC", "firm_a", "talks_link", "apart")"#,
        ],
    );
    assert_eq!(on_its_way, [BETWEEN, SECOND, FIRST, SECOND]);
    let word = r#"Promise(promise: "wait", to: "treasury")"#;
    let believed = [
        r#"Refused("SANC")"#,
        r#"Kept("wait")"#,
        r#"Believed("intrusion", "firm_a_did", 38)"#,
        r#"Believed("intrusion", "firm_a_did", 39)"#,
        r#"StoppedBy("SANC", "treasury")"#,
        r#"StoppedBy("SANC", "homeland")"#,
    ];
    let refused = held(&[REFUSES, NO_PROOF], [&[LIST, word], &[], &[]], &believed);
    assert_eq!(refused[..2], [FIRST, [false, false, false, true]]);
    assert_eq!((refused[2][0], refused[3][0]), (true, false));
    assert_eq!(refused[4..], [FIRST, NEVER]);
}

/// Two things the other side may work towards, the first of them in two steps; signs and acts that
/// come if, and but for one time in a thousand only if, the aim is pursued.
const AIMS: Change<'static> = (
    "\n    tells: {",
    r#"
    aims: {
      "first": (
        name: "be first", means: "To sell early.", seat: "beijing", weight: 10, guard: "a listing",
        meant: "Who sells first is believed.", won: "It sold first.",
        steps: {
          "calls": (
            name: "calls dealers", takes: "2 weeks", seen: 100, otherwise: 0,
            sign: Simulated(by: "beijing", follows: "S1", says: "Dealers were called."),
            act: Simulated(by: "beijing", follows: "S1", says: "A price is named."),
            moves: { "talks": -2 }, also: [Relation("treasury", 3)],
            slowed_if: [Asked("press_date")], hastened_if: [JustLaunched("SANC")],
            stopped_if: [Promised("wait")],
          ),
          "sells": (
            name: "sells", takes: "1 week", seen: 100, otherwise: 0,
            sign: Simulated(by: "beijing", follows: "S1", says: "Ships are loaded."),
            moves: { "theft": 3 },
          ),
        },
      ),
      "last": (
        name: "be last", means: "To wait.", seat: "beijing", weight: 10, guard: "nothing",
        meant: "Who waits sees more.", won: "It waited.",
        steps: {
          "waits": (
            name: "waits", takes: "2 weeks", seen: 100, otherwise: 0,
            sign: Simulated(by: "beijing", follows: "S1", says: "Nobody moves."),
            act: Simulated(by: "beijing", follows: "S1", says: "We wait."),
            moves: { "bundling": 1 },
          ),
        },
      ),
    },
    tells: {"#,
);

const FIRST_AIM: AimIx = AimIx(0);
const LAST_AIM: AimIx = AimIx(1);

/// A game in which only the first aim is pursued.
fn with_aims(changes: &[Change]) -> Play {
    let mut p = Play::of(&all(&[&[AIMS], changes]));
    assert_eq!(p.rules.aim_cells, [1, 2, 3], "each alone, then both");
    p.s.hidden_mut().aims = 0;
    p
}

#[test]
fn an_aim_goes_on_by_itself_and_one_that_is_not_pursued_leaves_silence() {
    let mut p = with_aims(&[]);
    let share = |p: &Play, mask| belief::share(&p.s.aim_belief[..3], mask);
    // One alone, a quarter each; both, a half.
    assert_eq!((share(&p, 1), share(&p, 2), share(&p, 4)), (250, 250, 500));
    p.turn(&[]);
    assert_eq!(p.noted(Note::SignSeen(FIRST_AIM, 0)), [0], "half of two weeks on");
    assert_eq!(p.noted(Note::SignSilence(LAST_AIM, 0)), [0]);
    assert!(share(&p, 1) > 990, "the first alone is all but certain: {}", share(&p, 1));
    assert!(p.s.all(&p.rules, &[Condition::Noticed(FIRST_AIM, 1)]));
    assert!(!p.s.all(&p.rules, &[Condition::Noticed(FIRST_AIM, 2)]));
    let before = p.s.relation[p.agency("treasury")];
    p.turn(&[r#"Answer(event: "dinner_memo", choice: "refuse")"#]);
    assert_eq!(p.noted(Note::Acted(FIRST_AIM, 0)), [1], "two weeks are over in the second turn");
    assert_eq!(p.lines(Cause::Act(FIRST_AIM, 0)), [(1, "talks", -2000)]);
    assert_eq!(p.s.relation[p.agency("treasury")], before + 3000);
    assert_eq!(p.noted(Note::NotActed(LAST_AIM, 0)), [1]);
    assert_eq!(p.lines(Cause::Act(LAST_AIM, 0)), []);
    assert!(p.s.all(&p.rules, &[Condition::Noticed(FIRST_AIM, 2)]));
    assert!(!p.s.all(&p.rules, &[Condition::Won(FIRST_AIM)]));
    p.turn(&[]);
    // The second step is not seen, and is through within the third turn.
    assert!(p.noted(Note::Acted(FIRST_AIM, 1)).is_empty());
    assert_eq!(p.lines(Cause::Aim(FIRST_AIM, 1)), [(2, "theft", 3000)]);
    let through = |aim, step| Note::Step { aim, step, through: true };
    assert_eq!(p.noted(through(FIRST_AIM, 0)), [1]);
    assert_eq!(p.noted(through(FIRST_AIM, 1)), [2]);
    assert!(p.s.all(&p.rules, &[Condition::Won(FIRST_AIM)]));
    assert!(!p.s.all(&p.rules, &[Condition::Won(LAST_AIM)]), "its time ran, and nobody pursued it");
    assert!(!p.s.known().all(&p.rules, &[Condition::Won(FIRST_AIM)]), "nobody is told");
}

#[test]
fn a_step_is_stopped_slowed_hastened_and_an_aim_given_up() {
    let mut p = with_aims(&[]);
    p.turn(&[r#"Promise(promise: "wait", to: "treasury")"#]);
    p.turn(&[]);
    let stopped = Note::Step { aim: FIRST_AIM, step: 0, through: false };
    assert_eq!(p.noted(stopped), [1]);
    assert_eq!(p.lines(Cause::Act(FIRST_AIM, 0)), []);
    assert_eq!(p.s.aims[FIRST_AIM].missed, 0, "what was stopped was not due");
    p.turn(&[]);
    assert_eq!(p.lines(Cause::Aim(FIRST_AIM, 1)), [(2, "theft", 3000)], "the next step begins");

    let mut p = with_aims(&[CAPITAL]);
    p.turn(&[r#"Ask("press_date")"#]);
    p.turn(&[]);
    p.turn(&[]);
    assert!(p.noted(Note::SignSeen(FIRST_AIM, 0)).is_empty(), "it stands still");
    assert_eq!(p.noted(Note::Acted(LAST_AIM, 0)).len() + usize::from(p.s.aims[1].missed), 1);

    let mut p = with_aims(&LISTING);
    p.turn(&[LIST]);
    assert_eq!(p.noted(Note::Acted(FIRST_AIM, 0)), [0], "twice as fast");

    let event = r#""jolt": (
      kind: News, title: "A jolt", on: "2018-11-08", also: [Halt("first"), Halt("first")],
      text: Record(source: "S1", status: Reported, says: "It happened."),
    ),
    "it_got_out": ("#;
    let mut p = with_aims(&[(r#""it_got_out": ("#, event)]);
    p.turn(&[]);
    p.turn(&[]);
    assert_eq!(p.noted(Note::Halted(FIRST_AIM)), [0], "once");
    assert_eq!((p.s.halted, p.noted(Note::Acted(FIRST_AIM, 0)).len()), (1, 0));
}

#[test]
fn a_new_guidance_holds_from_its_day_and_may_be_amended_again() {
    let event = r#""term": (
      kind: News, title: "Another term", on: "2018-11-08", also: [Guidance("shield_first")],
      text: Record(source: "S1", status: Reported, says: "It began."),
    ),
    "it_got_out": ("#;
    let mut p = Play::of(&[(r#""it_got_out": ("#, event), CAPITAL]);
    let points = |p: &Play, id: &str| {
        p.rules.profiles.iter().find(|f| f.id == id).expect("a profile").points
    };
    assert_eq!(p.s.guidance, points(&p, "even"));
    p.turn(&[]);
    assert_eq!(p.s.guidance, points(&p, "shield_first"));
    let amend = r#"Amend({ "security": 3, "economy": 3, "fairness": 3, "process": 3 })"#;
    p.turn(&[amend]);
    assert_eq!(p.s.guidance, points(&p, "even"), "amended from what was brought");
}

#[test]
fn between_two_holders_an_office_is_vacant() {
    let until = (
        r#"from: "2017-02-13", leans: { "SANC": -1 }"#,
        r#"from: "2017-02-13", until: "2018-11-10", leans: { "SANC": -1 }"#,
    );
    let p = Play::of(&[until]);
    let at = p.rules.agencies.iter().position(|a| a.id == "treasury").expect("Treasury");
    let held: Vec<bool> = p.rules.principal_at.iter().map(|row| row[at].is_some()).collect();
    let there =
        |t: &interagency::scenario::model::Turn| t.opens.to_string().as_str() <= "2018-11-10";
    let expected: Vec<bool> = p.rules.turns.iter().map(there).collect();
    assert_eq!(held, expected);
    assert!(held[0] && !held[p.rules.turns.len() - 1], "{held:?}");
}

#[test]
fn what_is_on_record_of_a_target_changes_on_its_day() {
    let named = (
        r#"kind: Firm, campaign: "intrusion",
      roles: [(role: KnowinglyUsed, is: { "recipient": ["firm_a_did"] })],"#,
        r#"kind: Service, campaign: "intrusion",
      record: (status: Alleged, source: "S1", says: "Named by a firm.", then: [
        (on: "2018-11-20", status: Convicted, source: "S1", says: "Found guilty."),
      ]),"#,
    );
    let of = ("targets: [Firm], terms", "targets: [Service], terms");
    let p = Play::of(&[named, of]);
    let target = p.rules.targets.iter().find(|t| t.id == "firm_a").expect("it is there");
    let on = |day: &str| {
        let day = interagency::day::Day::parse(day).expect("a day");
        target.on_record(day).map(|r| r.says.clone())
    };
    assert_eq!(on("2018-11-19").as_deref(), Some("Named by a firm."));
    assert_eq!(on("2018-11-20").as_deref(), Some("Found guilty."));
}

#[test]
fn the_other_side_is_silent_until_it_is_suspected() {
    let spoke = |p: &Play| -> Vec<u8> {
        let notes = p.ledger.notes.iter();
        let speaks = |n: &Note| {
            matches!(
                n,
                Note::Responded { .. }
                    | Note::SignSeen(..)
                    | Note::SignSilence(..)
                    | Note::Acted(..)
            )
        };
        notes.filter(|(_, n)| speaks(n)).map(|(turn, _)| *turn).collect()
    };
    let play = |until: &str| {
        let silent = format!("  silent_until: [{until}],\n  campaigns: {{");
        let mut p = with_aims(&[("\n  campaigns: {", &format!("\n{silent}"))]);
        let before = p.s.aim_belief;
        let mut moved = Vec::new();
        for _ in 0..3 {
            p.turn(&[]);
            moved.push(p.s.aim_belief != before);
        }
        (spoke(&p), moved)
    };
    let (always, _) = play("");
    assert_eq!(always.first(), Some(&0), "{always:?}");
    let (never, moved) = play(r#"Launched("SANC")"#);
    assert_eq!((never, moved), (vec![], vec![false; 3]), "and what is not done says nothing");
    let (from, moved) = play(r#"From("2018-11-19")"#);
    assert_eq!((from.first(), moved[0]), (Some(&1), false), "{from:?}");
}

/// Homeland with two spells of two weeks, and nothing quiet.
const SPELLS: [Change<'static>; 2] = [
    (
        "cares: { \"shield\": 3, \"theft\": -3 }, believes: { \"hardening\": 0.4 },",
        "cares: { \"shield\": 3, \"theft\": -3 }, believes: { \"hardening\": 0.4 }, spells: [
            (says: \"a storm has taken its people\", points: -1.5, lasts: \"2 weeks\"),
            (says: \"an exercise went well\", points: 1.25, lasts: \"4 weeks\"),
        ],",
    ),
    (r#""spells_often": 0"#, r#""spells_often": 1"#),
];

#[test]
fn what_an_agency_has_on_its_mind_moves_its_vote_by_its_points_until_its_day() {
    let score = |p: &Play| {
        let (instrument, target) = (p.instrument("HARDEN"), p.target("providers"));
        let draft = Proposal { instrument, target, ..Proposal::default() };
        let room = RoomWeights::new(&p.rules, p.s.known());
        position(&p.rules, p.s.known(), &room, &draft, p.agency("homeland")).score
    };
    let mut met = [false; 2];
    for seed in 1..=12 {
        let (quiet, mut p) = (Play::seeded(&[], seed), Play::seeded(&SPELLS, seed));
        let agency = p.agency("homeland");
        let spell = p.s.spell[agency];
        let (points, lasts) = [(-1500, 14), (1250, 28)][usize::from(spell)];
        assert_eq!(score(&p), score(&quiet) + points, "seed {seed}");
        assert_eq!(p.s.spell_until[agency], lasts);
        assert_eq!(p.noted(Note::Minds { agency, spell }).first(), Some(&0));
        met[usize::from(spell)] = true;
        // It goes on to its day, whatever is ordered, and the next begins on that day.
        p.turn(&[ALERT]);
        let begun = p.s.spell_until[agency] > lasts;
        assert_eq!(begun, lasts == 14, "seed {seed}");
        let mut other = Play::seeded(&SPELLS, seed);
        other.turn(&[]);
        assert_eq!(other.s.spell, p.s.spell);
        assert_eq!(other.s.spell_until, p.s.spell_until);
    }
    assert_eq!(met, [true; 2]);
}

/// What keeps it busy is beside what it has on its own mind: the day told of that holds.
#[test]
fn an_agency_that_something_keeps_busy_keeps_its_spell_to_its_day() {
    let quiet = after_an_event(&SPELLS, "2018-11-08", "", &[], 1);
    let p = after_an_event(&SPELLS, "2018-11-08", r#"Busy("homeland", "3 weeks")"#, &[], 1);
    let homeland = p.agency("homeland");
    assert_eq!(p.s.busy_until[homeland], 21);
    let mind = |p: &Play| (p.s.spell[homeland], p.s.spell_until[homeland]);
    assert_eq!(mind(&p), mind(&quiet));
}

/// What a listing takes off theft is four times the share that the proof carries.
#[test]
fn proof_that_just_meets_the_law_carries_less_than_proof_that_is_complete() {
    let thin = (r#""proof_least": 1, "proof_full": 1"#, r#""proof_least": 0.5, "proof_full": 1.5"#);
    let needs = |n: &'static str| ("needs: 60", n);
    let launched = |law: Change<'static>| {
        let mut p = Play::where_firm_a(true, &all(&[&[CLEARS, AT_ONCE, thin], &[law]]));
        let (instrument, target) = (p.instrument("SANC"), p.target("firm_a"));
        let has = i32::from(p.s.answers[p.rules.gate_tests[instrument][target][0].question]);
        p.turn(&[LIST]);
        let cause = Cause::Launch(instrument, target);
        let share = p.factors(cause).iter().find(|f| f.0 == Factor::Share).map_or(1000, |f| f.1);
        (has, share)
    };
    let (has, share) = launched(needs("needs: 1"));
    assert!((10..990).contains(&has), "{has}");
    assert_eq!(share, 500 + (has - 10) * 1000 / 990);
    // The same proof where the law asks for a little more carries a little less.
    let (same, less) = launched(needs("needs: 20"));
    assert_eq!((same, less), (has, 500 + (has - 200) * 1000 / 800));
    assert!(less < share);
    // Where the law asks for no proof, all of it.
    let mut p = Play::of(&[CLEARS, thin]);
    p.turn(&[ALERT]);
    let cause = Cause::Launch(p.instrument("HARDEN"), p.target("providers"));
    assert!(p.factors(cause).iter().all(|f| f.0 != Factor::Share));
}

#[test]
fn a_promise_moves_positions_on_what_it_is_about_and_on_nothing_else() {
    let about = |list: &'static str| (r#"about: ["HARDEN"], gains: 2"#, list);
    for (list, harden, listing) in [
        (r#"about: ["HARDEN"], gains: 2"#, 2000, 0),
        (r#"about: ["SANC", "HARDEN"], gains: 2"#, 2000, 2000),
        ("gains: 2", 2000, 2000),
    ] {
        let mut p = Play::of(&[about(list)]);
        let score = |p: &Play, i: &str, t: &str| {
            let (instrument, target) = (p.instrument(i), p.target(t));
            let draft = Proposal { instrument, target, ..Proposal::default() };
            let room = RoomWeights::new(&p.rules, p.s.known());
            position(&p.rules, p.s.known(), &room, &draft, p.agency("treasury")).score
        };
        let both = |p: &Play| [score(p, "HARDEN", "providers"), score(p, "SANC", "firm_a")];
        let before = both(&p);
        p.give(r#"Promise(promise: "wait", to: "treasury")"#);
        let after = both(&p);
        assert_eq!([after[0] - before[0], after[1] - before[1]], [harden, listing], "{list}");
    }
}

/// The game ends before it has run out; what its end costs is due all the same.
#[test]
fn a_measure_whose_end_costs_something_is_over_with_the_game() {
    let lasting = (
        "staff: 1, on_launch: { \"shield\": \"+large\" },",
        "staff: 1, on_launch: { \"shield\": \"+large\" }, lasts: \"6 months\", on_end: { \"shield\": -3 },",
    );
    let mut p = Play::of(&[CLEARS, lasting]);
    p.turn(&[ALERT]);
    let (instrument, target) = (p.instrument("HARDEN"), p.target("providers"));
    let cause = Cause::End(instrument, target);
    p.turn(&[]);
    assert_eq!(p.lines(cause), []);
    p.turn(&[]);
    assert!(p.s.is_over());
    assert_eq!(p.lines(cause), [(2, "shield", -3000)]);
    assert_eq!(p.noted(Note::Ended { instrument, target, how: Ended::RanOut }), [2]);
    // One whose end costs nothing stands.
    let free = (
        "staff: 1, on_launch: { \"shield\": \"+large\" },",
        "staff: 1, on_launch: { \"shield\": \"+large\" }, lasts: \"6 months\",",
    );
    let mut p = Play::of(&[CLEARS, free]);
    for orders in [&[ALERT][..], &[], &[]] {
        p.turn(orders);
    }
    assert!(p.s.is_over() && p.s.measures.iter().any(interagency::engine::Measure::in_force));
}

/// A tell that an answer brings, and that moves something where it is seen.
const BET: [Change<'static>; 3] = [
    (
        "from: Passing(40), seen_if: { \"firm\": 60, \"yielding\": 20 },",
        "from: Brought, takes: \"2 weeks\", moves: { \"standing\": 3 }, seen_if: { \"firm\": 60, \"yielding\": 20 },",
    ),
    ("also: [Relation(\"treasury\", 5)]", "also: [Relation(\"treasury\", 5), Tell(\"cable\")]"),
    ("on: \"2018-11-19\"", "on: \"2018-11-06\""),
];

#[test]
fn a_bet_is_settled_after_its_time_and_pays_only_where_the_world_is_so() {
    let tell = interagency::scenario::model::TellIx(0);
    let mut seen = [0u32; 2];
    for seed in 1..=60 {
        let settled = |p: &Play| {
            let (found, silent) =
                (p.noted(Note::TellFound(tell)), p.noted(Note::TellSilence(tell)));
            assert!(found.len() + silent.len() <= 1, "told once");
            (found.first().copied(), silent.first().copied())
        };
        let mut p = Play::seeded(&BET, seed);
        p.turn(&[]);
        let mut without = Play {
            rules: Play::seeded(&BET, seed).rules,
            s: p.s.clone(),
            ledger: Ledger::default(),
        };
        p.turn(&[r#"Answer(event: "dinner_memo", choice: "agree")"#]);
        assert_eq!(settled(&p), (None, None), "two weeks are not over");
        p.turn(&[]);
        let (found, silent) = settled(&p);
        assert_eq!(found.or(silent), Some(2), "seed {seed}");
        let paid = p.lines(Cause::Tell(tell));
        assert_eq!(paid, if found.is_some() { vec![(2, "standing", 3000)] } else { vec![] });
        seen[usize::from(found.is_some())] += 1;
        // Who does not bet learns nothing.
        without.turn(&[r#"Answer(event: "dinner_memo", choice: "refuse")"#]);
        without.turn(&[]);
        assert_eq!(settled(&without), (None, None));
        // What is seen, or is not, is learnt from: the first trait's value has the first cell of two.
        let firm = |p: &Play| {
            let b = &p.s.world_belief;
            (b[0] + b[2]) as f64 / b[..4].iter().sum::<u64>() as f64
        };
        assert_eq!(firm(&p) > firm(&without), found.is_some(), "seed {seed}");
    }
    assert!(seen.iter().all(|n| *n > 10), "{seen:?}");
}

#[test]
fn a_record_that_nothing_left_could_carry_is_told_from_one_that_might() {
    use interagency::engine::items::SILENT;
    let mut p = Play::where_firm_a(false, &[]);
    let (instrument, target) = p.listing();
    assert!(!p.s.gate_open(&p.rules, instrument, target));
    assert!(p.s.could_prove(&p.rules, instrument, target), "both items may yet be found");
    // Nothing is left to find: it stands where it stands.
    let known = p.s.evidence;
    p.s.evidence = known.map(|_| SILENT);
    assert!(!p.s.could_prove(&p.rules, instrument, target));
    // A law that asks for more than both could show.
    p.s.evidence = known;
    p.rules.gate_tests[instrument.i()][target.i()][0].needs = 999;
    assert!(!p.s.could_prove(&p.rules, instrument, target));
}

#[test]
fn the_guidance_stands_in_the_last_third() {
    const POINTS: &str = r#"Amend({ "security": 4, "economy": 2, "fairness": 2, "process": 4 })"#;
    let mut p = Play::of(&[]);
    p.turn(&[]);
    p.give(POINTS);
    let mut late = Play::of(&[]);
    late.turn(&[]);
    late.turn(&[]);
    assert_eq!(late.order(POINTS), Err(Refusal::AmendLate));
}

#[test]
fn proof_that_what_is_looked_for_may_take_away_is_told_from_proof_that_stands() {
    let mut p = Play::where_firm_a(true, &[("needs: 60", "needs: 30")]);
    let (instrument, target) = p.listing();
    assert!(p.s.gate_open(&p.rules, instrument, target));
    assert!(!p.s.could_lose(&p.rules, instrument, target), "nobody is looking");
    p.give(r#"Task(task: "case_work", on: "intrusion")"#);
    assert!(p.s.could_lose(&p.rules, instrument, target), "the search may find no tasking");
    p.rules.gate_tests[instrument.i()][target.i()][0].needs = 10;
    assert!(!p.s.could_lose(&p.rules, instrument, target), "nor would that be enough");
}

#[test]
fn new_terms_for_a_measure_that_is_made_good_on_their_day_come_to_nothing() {
    let good = (
        "targets: [Sector], staff: 1,",
        r#"targets: [Sector, Firm], staff: 1, fulfils: ["SANC"],"#,
    );
    let mut p = Play::where_firm_a(true, &all(&[&LISTING, &[good, CAPITAL, STAFF], &COOL]));
    let (instrument, target) = p.listing();
    p.turn(&[LIST]);
    let alert = r#"Propose(instrument: "HARDEN", target: "firm_a", venue: "deputies")"#;
    p.turn(&[alert, LIST_LINKED]);
    let ended = |how| Note::Ended { instrument, target, how };
    assert_eq!(p.noted(ended(Ended::MadeGood(p.instrument("HARDEN")))), [1]);
    assert_eq!(p.noted(ended(Ended::AsItStood)), [1]);
    assert!(p.noted(Note::Revised { instrument, target }).is_empty());
    assert!(p.s.measures.iter().all(|m| m.instrument != instrument));
}
