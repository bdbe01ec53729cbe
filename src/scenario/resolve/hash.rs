//! The hash of the rules: 64 bits over every number, id and shape a game is played by.
//!
//! Words are left out, so that mending a typo does not void a class's runs; so is what only
//! explains (codex, critics, sources, reasons, teaching) and what only looks on (history,
//! experiments, tests). Each record below is taken apart field by field: a new field does not
//! compile until it stands on one side or the other.

use crate::day::{Day, Span};
use crate::luck::{Site, mix};
use crate::scenario::model::{
    Agency, AgencyIx, Aim, AimIx, AimStep, Ask, AskIx, Assumption, AssumptionIx, Audience,
    Building, Campaign, CampaignIx, Choice, Condition, Decay, Decider, Effect, Ending, Event,
    EventIx, EventKind, Evidence, EvidenceIx, FileIx, FlagIx, Flow, From, Gate, GateTest, Good,
    Indicator, IndicatorIx, Instrument, InstrumentIx, Kind, Lane, Lens, LensIx, LiveFile, Minds,
    Move, Need, Overrules, Principal, Profile, ProfileIx, Promise, PromiseIx, Proposition,
    Question, QuestionIx, RedLine, Reform, ReformIx, Response, ResponseIx, Role, Roles, Rules,
    Sight, Slot, Spell, Stage, Status, Target, TargetIx, Task, TaskIx, TellIx, Telling, Term,
    TermIx, TermValue, Trait, Tuning, Turn, Value, Variable, Venue, VenueIx, Version, Window,
    WindowIx, World, WorldIx,
};

/// The hash of these rules; their own `hash` field does not count.
pub fn of(rules: &Rules) -> u64 {
    let mut fold = Fold(0x1e7e_a6e2_c0de_0001);
    rules.fold(&mut fold);
    fold.0
}

struct Fold(u64);

impl Fold {
    #[inline]
    fn add(&mut self, n: u64) {
        self.0 = mix(self.0.rotate_left(5) ^ n.wrapping_add(0x9e37_79b9_7f4a_7c15));
    }
    fn bytes(&mut self, bytes: &[u8]) {
        self.add(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            self.add(chunk.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)));
        }
    }
}

trait Folds {
    fn fold(&self, f: &mut Fold);
}

macro_rules! numbers {
    ($($ty:ty),*) => {$(
        impl Folds for $ty {
            fn fold(&self, f: &mut Fold) { f.add(u64::from(*self)); }
        }
    )*};
}
numbers!(u8, u16, u32, u64, bool);

impl Folds for usize {
    fn fold(&self, f: &mut Fold) {
        f.add(*self as u64);
    }
}
impl Folds for i64 {
    fn fold(&self, f: &mut Fold) {
        f.add(self.cast_unsigned());
    }
}
impl Folds for i32 {
    fn fold(&self, f: &mut Fold) {
        i64::from(*self).fold(f);
    }
}

macro_rules! wrapped {
    ($($ty:ty),*) => {$(
        impl Folds for $ty {
            fn fold(&self, f: &mut Fold) { self.0.fold(f); }
        }
    )*};
}
wrapped!(
    IndicatorIx,
    WorldIx,
    LensIx,
    ProfileIx,
    AgencyIx,
    TermIx,
    VenueIx,
    InstrumentIx,
    TaskIx,
    AskIx,
    PromiseIx,
    ReformIx,
    ResponseIx,
    AimIx,
    TellIx,
    CampaignIx,
    EvidenceIx,
    TargetIx,
    FileIx,
    EventIx,
    FlagIx,
    WindowIx,
    AssumptionIx,
    QuestionIx,
    Day,
    Site
);

macro_rules! words {
    ($($ty:ty),*) => {$(
        impl Folds for $ty {
            fn fold(&self, f: &mut Fold) { f.add(*self as u64); }
        }
    )*};
}
words!(Audience, Good, Kind, Lane, Role, EventKind, Status);

impl Folds for String {
    fn fold(&self, f: &mut Fold) {
        f.bytes(self.as_bytes());
    }
}
impl<T: Folds> Folds for [T] {
    fn fold(&self, f: &mut Fold) {
        f.add(self.len() as u64);
        for item in self {
            item.fold(f);
        }
    }
}
impl<T: Folds> Folds for Vec<T> {
    fn fold(&self, f: &mut Fold) {
        self.as_slice().fold(f);
    }
}
impl<T: Folds> Folds for Box<[T]> {
    fn fold(&self, f: &mut Fold) {
        self.as_ref().fold(f);
    }
}
impl<T: Folds, const N: usize> Folds for [T; N] {
    fn fold(&self, f: &mut Fold) {
        self.as_slice().fold(f);
    }
}
impl<T: Folds> Folds for Option<T> {
    fn fold(&self, f: &mut Fold) {
        match self {
            None => f.add(0),
            Some(value) => {
                f.add(1);
                value.fold(f);
            }
        }
    }
}
impl<A: Folds, B: Folds> Folds for (A, B) {
    fn fold(&self, f: &mut Fold) {
        self.0.fold(f);
        self.1.fold(f);
    }
}

/// Folds the fields named; those after `without` are words, or stand elsewhere.
macro_rules! record {
    ($($name:ident { $($field:ident),* $(,)? } without { $($left:ident),* $(,)? })*) => {$(
        impl Folds for $name {
            fn fold(&self, f: &mut Fold) {
                let $name { $($field,)* $($left: _,)* } = self;
                $($field.fold(f);)*
            }
        }
    )*};
}
record! {
    Rules {
        id, core, turns, after, roles, tuning, indicators, flows, assumptions, worlds, lenses, profiles,
        default_profile, agencies, terms, venues, instruments, tasks, asks, promises, reforms,
        traits, trait_cells, world_prior, responses, tells, aims, aim_cells, aim_prior, flags, windows, principals,
        principal_at, campaigns, evidence, targets, questions, gate_tests, files, events,
        propositions, endings, silent_until,
    } without {
        title, summary, minutes, difficulty, authors, licence, briefing, hash, scale, texts, codex,
        critics, sources, history, history_line, experiments, tests, teaching, accepted, desk, lesson,
        plan,
    }
    Turn { opens, ends, days, heat, hottest, foreseen, ahead } without { chance }
    Roles {
        staff, capital, president, authority_security, authority_economy, bundling, talks,
        legitimacy, allies, law, process,
    } without {}
    Move { indicator, amount } without {}
    Decay { half_life } without { keep }
    Indicator {
        id, least, most, start, good, sight, drift, settles, noise, product, factor_of, appears,
        rank, noise_site, sight_site,
    } without {
        name, short, means, unit, words, noise_by_turn, adds_up, why,
    }
    Flow {
        id, from, to, threshold, above, rate, rate_expected, rate_believed, assumption,
    } without { says, why }
    Assumption { id, value, least, most, by_world, overridden } without { name, means, why }
    World { id, share } without { name, means, tells, critics }
    Lens { id, weighs, total } without { name, short, means }
    Profile { id, points } without { name, says }
    Agency {
        id, cares, leans, red_lines, spells, minds_windows, believes, predicts, economic, outside,
        relation, site, spell_site,
    } without { name, short, mandate, wants, fears, writes, voice }
    RedLine { instrument, when } without { says }
    Spell { points, lasts } without { says }
    Term { id, once, values } without { name }
    TermValue {
        id, moves, strength, scales, moves_agencies, staff, capital, adds, waits_for, likely, needs,
    } without { name }
    Venue { id, staff, capital, needs_authority, stops, overrules, decides } without { name, short, means }
    Overrules { most, consulted, others, reach, relation, authority } without {}
    Decider { bar, starts, confidence, cares, minds_windows } without {}
    Slot { term, values } without {}
    Gate { role, needs, of, for_gain } without {}
    Need { when } without { says }
    Building { staff, capital, stages } without {}
    Stage { takes } without { name }
    Instrument {
        id, lead, consults, veto, lane, yours, kinds, targets, slots, gates, needs, staff, capital,
        building, stages, on_clear, on_launch, also_on_launch, while_active, lasts, fades, on_end,
        on_withdraw, disrupts, punishes, fulfils, repeats_at, recovers, unlimited, window,
        window_on, clear_site, stage_site, build_site,
    } without { name, short, plural, means, hands_over, why }
    Task {
        id, by, staff, capital, takes, on_campaign, moves, also, needs, times, items, site,
    } without { name, means }
    Ask {
        id, of, about, staff, capital, times, needs, moves, also, leaks, site,
    } without { name, means, hears, why }
    Promise {
        id, to, about, gains, lasts, broken_if, on_keep, on_break, keeps, breaks, needs,
    } without { name, says }
    Reform {
        id, staff, capital, takes, needs, moves, while_active, also, site,
    } without { name, means, why }
    Response {
        id, seat, visible, when, weight, more_if, table, moves, also, rests, answers_an_act, texts,
        site,
    } without { name, meant }
    Telling { versions } without {}
    Version { assumes } without { text }
    Aim { id, seat, weight, steps } without { name, means, guard, meant, won }
    AimStep {
        id, takes, seen, comes, moves, also, slowed_if, hastened_if, stopped_if, site,
    } without { name, sign, silence, act }
    Window { id, from, to, peak, heat, floor } without { name, known, source }
    Principal { id, agency, from, until, leans, cares } without { who, source }
    Campaign {
        id, variables, first, cells, prior, espionage, espionage_costs, does, recovers, appears, shift, shift_site,
    } without { name, plural, means, route, record }
    Variable { id, values, site } without { asks, about }
    Value { id, share, mask } without { says }
    Evidence {
        id, campaign, from, takes, reaches, seen, variable, by_value, burns, moves, site,
    } without { text, silence }
    Target { id, kind, campaign, roles, weight, appears, lands, minds } without { name, short, means, record }
    Minds { agency, points, when } without { says }
    Question { campaign, of, mask } without {}
    GateTest { role, needs, question, for_gain } without {}
    LiveFile {
        id, instrument, target, sponsor, ready, terms, from, until, when, closed, pushes,
    } without { name, says }
    Event {
        id, kind, from, on, turn, when, chance, weight, rests, chained, moves, also, choices,
        default, at_once, text, site,
    } without { title }
    Choice { id, staff, capital, needs, moves, also } without { say, then, replies }
    Proposition { id, when, turn, by, ever, stated, checkpoint } without { says }
    Ending { id, when, early } without { title, says, lines, by_world }
    Span { least, most } without {}
}

impl Folds for Tuning {
    fn fold(&self, f: &mut Fold) {
        self.values().fold(f);
    }
}
impl Folds for Trait {
    fn fold(&self, f: &mut Fold) {
        let Trait { id, name: _, means: _, values, site } = self;
        id.fold(f);
        site.fold(f);
        f.add(values.len() as u64);
        for (value, share, _) in values {
            value.fold(f);
            share.fold(f);
        }
    }
}
impl Folds for Sight {
    fn fold(&self, f: &mut Fold) {
        match self {
            Sight::Exactly => f.add(0),
            Sight::Estimated(deviation) => (1u8, *deviation).fold(f),
            Sight::Hidden => f.add(2),
        }
    }
}
impl Folds for From {
    fn fold(&self, f: &mut Fold) {
        match self {
            From::Task(t) => (0u8, *t).fold(f),
            From::On(d) => (1u8, *d).fold(f),
            From::Passing(p) => (2u8, *p).fold(f),
            From::Brought => f.add(3),
        }
    }
}

/// Variants by number in the order of the model, then their parts.
macro_rules! tree {
    ($name:ident { $($n:literal $variant:ident($($part:ident),*)),* $(,)? }) => {
        impl Folds for $name {
            fn fold(&self, f: &mut Fold) {
                match self {
                    $($name::$variant($($part),*) => { f.add($n); $($part.fold(f);)* })*
                }
            }
        }
    };
}
tree!(Condition {
    0 All(a), 1 Any(a), 2 Not(a), 3 AtLeast(a, b), 4 Below(a, b), 5 Fired(a), 6 Chose(a, b),
    7 Flag(a), 8 Cleared(a), 9 Refused(a), 10 Launched(a), 11 LaunchedOn(a, b), 12 JustLaunched(a),
    13 JustLaunchedWith(a, b, c), 14 Active(a), 15 Pending(a), 16 InWindow(a), 17 HeatAtLeast(a),
    18 From(a), 19 Before(a), 20 Responded(a), 21 JustResponded(a), 22 Found(a),
    23 Believed(a, b, c), 24 True(a, b), 25 World(a), 26 Relation(a, b), 27 Promised(a),
    28 Broke(a), 29 Kept(a), 30 Reformed(a), 31 Asked(a), 32 TaskDone(a), 33 Guided(a, b),
    34 ActsAtLeast(a, b), 35 HeatAhead(a), 36 StoppedBy(a, b), 37 ActiveWith(a, b, c, d), 38 Stands(a, b),
    39 Noticed(a, b), 40 Won(a),
    41 Built(a),
});
tree!(Effect {
    0 SetFlag(a), 1 ClearFlag(a), 2 Relation(a, b), 3 Lean(a, b, c), 4 Chain(a, b), 5 Evidence(a),
    6 OpenFile(a), 7 CloseFile(a), 8 Ready(a, b), 9 Busy(a, b), 10 Refresh(a, b), 11 Disrupt(a, b),
    12 End(a), 13 Launch(a, b), 14 Halt(a), 15 Guidance(a), 16 Tell(a),
});
