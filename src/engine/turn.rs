//! The end of a turn, as a table of contents. The order of the phases is documented here and
//! nowhere else; each phase reads what the ones before it wrote.

use crate::luck::Luck;
use crate::num::{Milli, ONE, clamp32, ratio, round_div};
use crate::scenario::model::{AgencyIx, FileIx, FlowIx, IndicatorIx, Rules, WindowIx};

use super::items::NONE;
use super::ledger::{Cause, Factor, NO_FACTORS, Note, Origin, Sink};
use super::state::Situation;
use super::{
    aim, clearance, commitment, counterpart, estimate, event, evidence, outcome, pipeline,
    prediction, spell,
};

pub(super) fn end<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let last = usize::from(s.turn) >= rules.last_turn();
    one(rules, s, last, sink);
    if last && rules.after > 0 {
        sink.note(s.turn, Note::After);
        for _ in 0..rules.after {
            one(rules, s, last, sink);
        }
    }
}

/// A turn, or the weeks after the last one: whatever asks or is random is left out of these, and
/// what is said of the day on which the player left stays said.
fn one<S: Sink>(rules: &Rules, s: &mut Situation, last: bool, sink: &mut S) {
    let tomorrow = s.tomorrow(rules);
    let is_played = usize::from(s.turn) < rules.played();

    // 1. The room: what was proposed, answered and asked. Meetings come first, so that they are held
    //    as the propose screen showed them.
    clearance::resolve(rules, s, sink);
    event::answers(rules, s, sink);
    pipeline::asks(rules, s, sink);
    // 2. Pipelines: files, measures, tasks, reforms.
    clearance::build(rules, s, sink);
    pipeline::measures(rules, s, sink);
    pipeline::tasks(rules, s, sink);
    // 3. The counterpart goes its own way; in a turn in which nobody sees it do so, it answers: in the
    //    weeks after the last turn once, as they end, so that nothing is said that they belie.
    s.just_responded = NONE;
    let answers = is_played || s.is_last(rules);
    if s.all(rules, &rules.silent_until) && !aim::advance(rules, s, sink) && answers {
        counterpart::respond(rules, s, sink);
    }
    // 4. Events: dated, set off by others, conditional. None after the last turn: nobody answers.
    if is_played {
        event::dated(rules, s, sink);
        event::chained(rules, s, tomorrow, sink);
        event::conditional(rules, s, sink);
    }
    // 5. Campaigns and what is learnt of them.
    evidence::campaigns(rules, s, sink);
    evidence::arrivals(rules, s, sink);
    // 6. Drift, flows, noise, income.
    drift(rules, s, sink);
    // 7. Promises and predictions that have come due.
    commitment::settle(rules, s, tomorrow, sink);
    prediction::check(s, tomorrow, sink);
    // 8. What has been proved right or wrong, and whether it is over.
    if is_played {
        add(&mut s.hidden.sum, &s.hidden.value);
        add(&mut s.known.sum, &s.known.value);
        outcome::judge(rules, s, last, sink);
        outcome::ending(rules, s, last, sink);
        if s.is_over() && !last {
            outcome::judge(rules, s, true, sink);
        }
    }
    // 9. The next turn opens.
    open_next(rules, s, tomorrow, sink);
}

fn add(sums: &mut [i64], values: &[Milli]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += i64::from(*value);
    }
}

fn drift<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    let turn = usize::from(s.turn);
    let days = i64::from(s.turn_now(rules).days);
    let luck = s.luck();
    let mut by_days = NO_FACTORS;
    by_days[0] = Some((Factor::Days, clamp32(days * 1000 / 30)));
    // Flows read where things stood when the phase began, so that their order does not matter.
    let before = s.hidden.value;
    for (n, i) in rules.indicators.iter().enumerate() {
        let ix = IndicatorIx::at(n);
        if i.drift != 0 {
            s.shift_scaled(
                rules,
                ix,
                round_div(i64::from(i.drift) * days, 30),
                i.drift,
                by_days,
                Cause::Drift,
                Origin::Drift,
                sink,
            );
        }
        if let Some((to, decay)) = &i.settles {
            let gone = i64::from(1 << 16) - i64::from(decay.keep[turn]);
            let step = ratio(i64::from(*to) - i64::from(before[n]), gone, 1 << 16);
            s.shift(rules, ix, step, Cause::Settle, Origin::Drift, sink);
        }
        if i.noise > 0 {
            let step = luck.noise(i.noise_site, 0, i.noise_by_turn[turn]);
            s.shift(rules, ix, step, Cause::Noise, Origin::Draw, sink);
        }
    }
    for (n, f) in rules.flows.iter().enumerate() {
        let over = i64::from(before[f.from]) - i64::from(f.threshold);
        let counts = if f.above { over } else { -over };
        if counts > 0 {
            let rate = i64::from(f.rate[usize::from(s.hidden.world)]);
            let step = round_div(counts * rate * days, 30 * i64::from(ONE));
            s.shift_scaled(
                rules,
                f.to,
                step,
                clamp32(counts * rate / i64::from(ONE)),
                by_days,
                Cause::Flow(FlowIx::at(n)),
                Origin::Drift,
                sink,
            );
        }
    }
    let gone = i64::from(1 << 16) - i64::from(rules.plan.relations[turn]);
    for (n, agency) in rules.agencies.iter().enumerate().filter(|_| gone != 0) {
        let step = ratio(i64::from(agency.relation - s.relation[n]), gone, 1 << 16);
        s.relate(AgencyIx::at(n), step, Cause::Settle, Origin::Drift, sink);
    }
    let president = s.hidden.value[rules.roles.president];
    let income = super::state::income(rules, president, s.turn_now(rules).days);
    s.shift(rules, rules.roles.capital, income, Cause::Income, Origin::Drift, sink);
}

/// The first turn: everything dated up to its opening has happened.
pub(super) fn open_first<S: Sink>(rules: &Rules, s: &mut Situation, sink: &mut S) {
    evidence::known_at_start(rules, s, sink);
    event::dated_before(rules, s, rules.turns[0].opens, sink);
    let luck = Luck::new(s.books.seed, 0);
    open(rules, s, luck, true, sink);
}

fn open_next<S: Sink>(rules: &Rules, s: &mut Situation, tomorrow: i16, sink: &mut S) {
    // What is seen as the turn opens goes by the luck of the turn that ended. So what was seen when
    // a branch was opened stays seen.
    let luck = Luck::new(s.books.luck, s.turn + 1);
    s.known.before = s.known.opened;
    s.day = tomorrow;
    s.orders = 0;
    s.turn += 1;
    s.known.menu = None;
    if s.is_over() {
        look(rules, s, luck, false);
        return;
    }
    let staff = s.staff_a_turn(rules) - s.hidden.value[rules.roles.staff];
    s.shift(rules, rules.roles.staff, staff, Cause::StaffDay, Origin::Drift, sink);
    open(rules, s, luck, false, sink);
}

fn open<S: Sink>(rules: &Rules, s: &mut Situation, luck: Luck, first: bool, sink: &mut S) {
    let today = s.today(rules);
    for (n, f) in rules.files.iter().enumerate() {
        let ix = FileIx::at(n);
        let is_open = s.files_open & (1 << n) != 0;
        if is_open && f.until.is_some_and(|d| today > d) {
            s.files_open &= !(1 << n);
            sink.note(s.turn, Note::FileClosed(ix));
        } else if !is_open && s.files_done & (1 << n) == 0 && !f.closed {
            let due = f.from.is_none_or(|d| today >= d) && f.until.is_none_or(|d| today <= d);
            if due && s.all(rules, &f.when) {
                s.files_open |= 1 << n;
                s.files_done |= 1 << n;
                sink.note(s.turn, Note::FileOpened(ix));
            }
        }
    }
    let turn = usize::from(s.turn);
    for n in 0..rules.windows.len() {
        let now = rules.turns[turn].heat[n] > 0;
        let was = turn > 0 && rules.turns[turn - 1].heat[n] > 0;
        match (was, now) {
            (false, true) => sink.note(s.turn, Note::WindowOpened(WindowIx::at(n))),
            (true, false) => sink.note(s.turn, Note::WindowClosed(WindowIx::at(n))),
            _ => {}
        }
    }
    spell::turn_over(rules, s, luck, sink);
    look(rules, s, luck, first);
}

/// What the player sees as the turn opens.
fn look(rules: &Rules, s: &mut Situation, luck: Luck, first: bool) {
    estimate::look(rules, s, luck, first);
    s.known.opened = s.known.value;
    s.known.books.luck = s.books.branches.seed_from(s.books.luck, s.turn);
}

/// Half-width of the band shown with an estimate: it covers the value four times in five.
pub fn band(deviation: Milli) -> Milli {
    ratio(i64::from(deviation), 1282, 1000)
}
