//! The propose screen: a draft, what it costs, what the law asks, who says what, and what it may
//! do.
//!
//! Odds, positions, effects and lengths are the engine's own previews, which read nothing hidden.
//! Effects are said in words, as an amount would claim more than anybody knows.

use crate::engine::belief;
use crate::engine::effect::{Misses, espionage_moves, wrong_moves};
use crate::engine::items::Commitment;
use crate::engine::odds::{Meeting, Standing, chance, meeting};
use crate::engine::options::options;
use crate::engine::position::{RoomWeights, Stance, expected, position};
use crate::engine::{Draft, Known, Order, Proposal, Refusal, Slot, Verb, building_span};
use crate::game::Game;
use crate::num::Milli;
use crate::order::Arrange;
use crate::scenario::model::{
    AgencyIx, AskIx, Day, IndicatorIx, Instrument, InstrumentIx, Move, Name, PromiseIx, Rules,
    Sight, Span, TargetIx, TermValue, VenueIx, limits,
};

use super::facts::{
    ActionRow, EffectRow, PositionRow, PromiseRow, Propose, SlotRow, ValueRow, VenueRow,
};
use super::{actions, debts, figure, intel, odds, reasons, stand, words, work};

/// Of what the end of a measure brings, so many are named.
const END_MOVES: usize = 3;
/// A risk of so many thousandths is worth a word.
const WORTH_A_WORD: Milli = 100;
/// From this chance of a no, of a hundred, an agency's reasons are those against the draft.
const RISKY: u8 = 5;

/// A draft to start from: the live file's terms or the lead's, and the venue that is likeliest to
/// clear among those that can be had; the cheapest of several as likely.
pub fn begin(game: &Game, instrument: InstrumentIx, target: TargetIx) -> Draft {
    let (rules, s) = (game.rules(), game.situation());
    let mut d =
        Draft { subject: Some(instrument.0), object: Some(target.0), ..Draft::of(Verb::Propose) };
    // What is ordered already is found as it was ordered.
    if let Some((_, p)) = game.ordered(instrument, target) {
        for n in 0..rules.instruments[instrument].slots.len() {
            d.parts[n] = Some(p.terms[n]);
        }
        d.venue = Some(p.venue.0);
        return d;
    }
    // Of a measure in force its own terms, to be changed.
    let standing = s.standing(rules, instrument, target).map(|m| m.terms);
    let file = s.live_file(rules, instrument, target).map(|f| rules.files[f].terms);
    for n in 0..rules.instruments[instrument].slots.len() {
        if let Some(terms) = standing {
            d.parts[n] = Some(terms[n]);
            continue;
        }
        let wanted = file.map_or(0, |t| t[n]);
        let mut pick = None;
        options(rules, s, &d, Slot::Part(u8::try_from(n).unwrap_or(0)), |v, r| {
            if r.is_ok() && (pick.is_none() || v == wanted) {
                pick = Some(v);
            }
        });
        d.parts[n] = Some(pick.unwrap_or(wanted));
    }
    let mut venues = Vec::new();
    options(rules, s, &d, Slot::Venue, |v, r| venues.push((v, r.is_ok())));
    let room = RoomWeights::new(rules, s);
    let odds = |v: u8| {
        // A whole copy: an update of captured fields trips the compiler (1.95).
        let mut there = d;
        there.venue = Some(v);
        there.proposal().map_or((0, 0), |p| {
            let (staff, capital) = s.price(rules, &p);
            (stand::percent(chance(rules, s, &room, &p)), staff * 3 + capital)
        })
    };
    // Better than two in three is good enough, and the cheapest room is that is not much worse
    // than the best.
    let open = venues.iter().filter(|(_, open)| *open);
    let rooms: Vec<(u8, (u8, u32))> = open.map(|(v, _)| (*v, odds(*v))).collect();
    let best = rooms.iter().map(|(_, (p, _))| (*p).min(ENOUGH)).max().unwrap_or(0);
    let near = rooms.iter().filter(|(_, (p, _))| p.saturating_add(NOT_MUCH) > best);
    let chosen = near.min_by_key(|(_, (p, cost))| (*cost, std::cmp::Reverse(*p)));
    d.venue = Some(chosen.map_or(0, |(v, _)| *v));
    d
}

/// A chance above which the cheaper room is taken, of a hundred.
const ENOUGH: u8 = 67;
/// So many points of a hundred a dearer room has to better it by.
const NOT_MUCH: u8 = 5;

/// The draft of a file as it lies: as it was put on the agenda or left; else as it would be opened,
/// with its own terms, at the cheapest venue that is likely enough.
pub fn as_it_lies(
    game: &Game,
    left: &[Proposal],
    (instrument, target): (InstrumentIx, TargetIx),
    terms: [u8; limits::SLOTS],
) -> Proposal {
    let agenda = game.situation().agenda.iter().map(|a| &a.proposal);
    let same = |p: &&Proposal| (p.instrument, p.target) == (instrument, target);
    agenda.chain(left).find(same).copied().unwrap_or_else(|| {
        let venue = begin(game, instrument, target).venue.unwrap_or(0);
        Proposal { instrument, target, terms, venue: VenueIx(venue) }
    })
}

/// Everything the screen says about a draft. What is on the agenda already is looked at as if it
/// were not, so that it can be changed.
pub fn propose(game: &Game, draft: &Draft) -> Propose {
    let pair = draft.subject.map(InstrumentIx).zip(draft.object.map(TargetIx));
    let Some((n, ordered)) = pair.and_then(|(i, t)| game.ordered(i, t)) else {
        return afresh(game, draft);
    };
    let mut facts = afresh(&game.without(n), draft);
    facts.header = stand::header(game);
    if facts.proposal == Some(ordered) {
        "On this turn’s agenda as it stands.".clone_into(&mut facts.ordered);
    } else {
        "On this turn’s agenda in another form; this one would take its place."
            .clone_into(&mut facts.ordered);
    }
    facts
}

fn afresh(game: &Game, draft: &Draft) -> Propose {
    let (rules, s) = (game.rules(), game.situation());
    let room = RoomWeights::new(rules, s);
    let mut facts = Propose {
        header: stand::header(game),
        slots: slots(game, draft, &room),
        title: "Propose".to_owned(),
        ..Propose::default()
    };
    let Some(instrument) =
        draft.subject.map(InstrumentIx).filter(|i| i.i() < rules.instruments.len())
    else {
        return facts;
    };
    let ins = &rules.instruments[instrument];
    facts.title.clone_from(&ins.name);
    facts.means.clone_from(&ins.means);
    facts.led_by = format!("led by {}", rules.agencies[ins.lead].short);
    facts.hands_over =
        ins.hands_over.iter().map(|(to, what)| (receiver(rules, to), what.clone())).collect();
    facts.asks = asks(game, instrument);
    let Some(target) = draft.object.map(TargetIx).filter(|t| t.i() < rules.targets.len()) else {
        return facts;
    };
    facts.target_means =
        words::target(rules, &rules.targets[target], game.situation().turn_now(rules).opens);
    let venue = draft.venue.map_or(VenueIx(0), VenueIx);
    let Some(p) = (Draft { venue: Some(venue.0), ..*draft }).proposal() else { return facts };
    facts.proposal = Some(p);
    let order = next(game, &p);
    facts.order = Some(order);
    facts.shut = actions::shut(game, &order);
    facts.cost = cost(game, &order);
    facts.revises = revises(game, &p);
    if facts.revises.is_empty() {
        facts.file = file(game, instrument, target);
    }
    if matches!(order, Order::Build { .. }) && !facts.file.is_empty() {
        let then = cost(game, &Order::Propose(p));
        facts.file = format!("{}; to bring it then costs {then}", facts.file);
    }
    facts.takes = takes(game, &p);
    facts.gates = stand::gates(game, instrument, target);
    let there = meeting(rules, s, &room, &p);
    facts.positions = positions(game, &room, &p, &there);
    // What its lead decides alone is put to no room: nothing clears it.
    // Nor is what changes nothing.
    let put = !matches!(
        s.validate(rules, &Order::Propose(p)),
        Err(Refusal::NotYours { .. } | Refusal::SameTerms { .. })
    );
    if put {
        facts.venues = venues(game, &room, draft, &p);
        facts.odds = odds::rows(game, &room, &p, &there);
        facts.lift = odds::lift(game, &room, &p);
        let law_shut = !facts.gates.is_empty() && facts.gates.iter().all(|g| !g.open);
        let built = s.has_file(rules, instrument, target) || !facts.revises.is_empty();
        facts.says = odds::says(game, &there, law_shut, built);
    }
    let then = debts::in_effect(game, &p, work::first_effect(game, &p));
    if put {
        facts.breaks = breaks(game, then.as_ref());
    }
    facts.effects = effects(game, &room, &p);
    facts.least_known = least_known(game, instrument, target);
    facts.bargains = bargains(game, &facts.positions, &p, then.as_ref());
    facts
}

/// What of a measure in force the draft changes, and since when it is; empty of a new one.
fn revises(game: &Game, p: &Proposal) -> String {
    let rules = game.rules();
    let Some(m) = game.situation().standing(rules, p.instrument, p.target) else {
        return String::new();
    };
    let since = words::day(rules, m.effect_day()).short();
    let name = |(at, value): (u8, &TermValue)| (at, value.name.inside().to_owned());
    let pairs = m.proposal().values(rules).map(name).zip(p.values(rules).map(name));
    let slots = &rules.instruments[p.instrument].slots;
    let changes: Vec<String> = pairs
        .zip(slots)
        .filter(|(((old, _), (new, _)), _)| old != new)
        .map(|(((_, old), (_, new)), slot)| {
            format!("{}: {new} instead of {old}", rules.terms[slot.term].name.inside())
        })
        .collect();
    let what = if changes.is_empty() { "change a term".to_owned() } else { changes.join("; ") };
    format!("in force since {since}; {what}")
}

/// What is ordered next of a draft: that its file be built, where there is none, or the draft.
pub(super) fn next(game: &Game, p: &Proposal) -> Order {
    let (rules, s) = (game.rules(), game.situation());
    let (instrument, target) = (p.instrument, p.target);
    let stands = s.standing(rules, instrument, target).is_some();
    if stands || s.has_file(rules, instrument, target) || s.shelved(instrument, target).is_some() {
        Order::Propose(*p)
    } else {
        Order::Build { instrument, target }
    }
}

/// What that order costs, in words.
pub(super) fn cost(game: &Game, order: &Order) -> String {
    let rules = game.rules();
    let (staff, capital) = match order {
        Order::Propose(p) => game.situation().price(rules, p),
        Order::Build { instrument, .. } => {
            let building = rules.instruments[*instrument].building.as_ref();
            building.map_or((0, 0), |b| (b.staff.into(), b.capital.into()))
        }
        _ => (0, 0),
    };
    words::cost(staff, capital)
}

/// That a file is still to be built for the pair, and none that is begun now would be ready by the
/// opening of the last turn.
pub(super) fn is_too_late_to_build(
    game: &Game,
    instrument: InstrumentIx,
    target: TargetIx,
) -> bool {
    let (rules, s) = (game.rules(), game.situation());
    let ready = s.ready_by_others(rules, instrument, target);
    let begun = ready == 100 || s.shelved(instrument, target).is_some();
    let last = rules.turns[rules.last_turn()].opens;
    let soonest = |span: Span| s.today(rules).plus(i32::from(span.least));
    !begun && building_span(rules, instrument, ready).is_some_and(|span| soonest(span) > last)
}

/// Where the file of a pair stands; empty where the instrument needs none.
pub(super) fn file(game: &Game, instrument: InstrumentIx, target: TargetIx) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let ready = s.ready_by_others(rules, instrument, target);
    let Some(span) = building_span(rules, instrument, ready) else { return String::new() };
    match s.shelved(instrument, target) {
        Some(f) if f.built(s.day) => "ready".to_owned(),
        Some(f) => format!("being built, {}", work::file_when(game, f)),
        None if ready == 100 => "ready".to_owned(),
        None => {
            let so_far = if ready > 0 { format!("{ready}% ready") } else { "none yet".to_owned() };
            let late = is_too_late_to_build(game, instrument, target);
            let late = if late { ", too late for your last turn" } else { "" };
            format!("{so_far}; {} to build{late}", words::span(span))
        }
    }
}

/// An agency's short name where the receiver is one.
fn receiver(rules: &Rules, id: &str) -> String {
    rules
        .agencies
        .iter()
        .find(|a| a.id == id)
        .map_or_else(|| words::upper_first(id), |a| a.short.clone())
}

fn asks(game: &Game, instrument: InstrumentIx) -> Vec<ActionRow> {
    let rules = game.rules();
    (0..rules.asks.len())
        .map(AskIx::at)
        .filter(|a| rules.asks[*a].about == Some(instrument))
        .map(|a| actions::ask(game, a))
        .collect()
}

fn takes(game: &Game, p: &Proposal) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let built = rules.instruments[p.instrument].building.is_some();
    let (ready, span) = work::once_cleared(game, p);
    let head = match () {
        () if ready > 0 => format!("{ready}% ready; "),
        () if built || s.standing(rules, p.instrument, p.target).is_some() => {
            "once cleared, ".to_owned()
        }
        () => String::new(),
    };
    let soon = s.today(rules).plus(i32::from(span.least));
    let waits = work::waits(game, p, soon);
    let end = rules.ends();
    let tail = match () {
        () if soon >= end => format!("; the game is over before, on {}", end.short()),
        () if s.today(rules).plus(i32::from(span.most)) >= end => {
            format!("; the game ends on {}", end.short())
        }
        () => String::new(),
    };
    let then = if waits.is_empty() { String::new() } else { format!("; then it waits: {waits}") };
    let when = match span.most {
        0 if waits.is_empty() => format!("{head}takes effect this turn"),
        0 => format!("{head}ready this turn{then}"),
        _ if waits.is_empty() => format!("{head}{} until it takes effect{tail}", words::span(span)),
        _ => format!("{head}{} until it is ready{then}{tail}", words::span(span)),
    };
    // New terms leave its last day where it is.
    if s.standing(rules, p.instrument, p.target).is_some() {
        return when;
    }
    let share = s.share_of_repeat(rules, p.instrument, p.target) / 10;
    let repeat = if share < 100 {
        format!("; used before, it has {share}% of its usual effect")
    } else {
        String::new()
    };
    format!("{when}{repeat}{}", runs_out(rules, p, s.today(rules)))
}

/// How long it lasts, what its end brings, and what makes it good before; nothing where it has no
/// end of its own.
fn runs_out(rules: &Rules, p: &Proposal, today: Day) -> String {
    let i = &rules.instruments[p.instrument];
    if i.lasts == 0 {
        return String::new();
    }
    let lasts = words::span(Span { least: i.lasts, most: i.lasts });
    let mut moves: Vec<_> = i.on_end.iter().collect();
    let share = |m: &&Move| rules.indicators[m.indicator].share(m.amount).abs();
    moves.arrange_by_key(|m| (std::cmp::Reverse(share(m)), m.indicator));
    let said =
        |m: &&Move| format!("{} {}", words::inside(rules, m.indicator), words::signed(m.amount));
    let moves: Vec<String> = moves.iter().take(END_MOVES).map(said).collect();
    if moves.is_empty() {
        return format!("; it lasts {lasts}");
    }
    let good = |g: &&Instrument| {
        g.yours && g.fulfils.contains(&p.instrument) && g.targets & (1 << p.target.0) != 0
    };
    let good: Vec<&str> = rules.instruments.iter().filter(good).map(|g| g.short.as_str()).collect();
    let good = match good.len() {
        0 => String::new(),
        n => {
            let one = if n > 1 { "one of " } else { "" };
            format!(", unless {one}{} takes effect on this target before", words::list(&good))
        }
    };
    // As long, or to the last day.
    let end = rules.ends();
    let lasts = if today.plus(i32::from(i.lasts)) > end {
        format!("to the last day, {}", end.short())
    } else {
        lasts
    };
    format!("; it lasts {lasts}, and as it runs out {}{good}", words::list(&moves))
}

fn slots(game: &Game, draft: &Draft, room: &RoomWeights) -> Vec<SlotRow> {
    let rules = game.rules();
    let mut out = vec![subject(game, draft)];
    let Some(instrument) = draft.subject.filter(|i| usize::from(*i) < rules.instruments.len())
    else {
        return out;
    };
    out.push(object(game, draft));
    for n in 0..rules.instruments[usize::from(instrument)].slots.len() {
        out.push(part(game, draft, u8::try_from(n).unwrap_or(0), room));
    }
    out.push(venue(game, draft));
    out
}

/// The values of a slot; `row` names one: id, name, detail.
fn values<'r>(
    game: &Game,
    draft: &Draft,
    slot: Slot,
    chosen: Option<u8>,
    mut row: impl FnMut(u8) -> (&'r str, &'r str, String),
) -> Vec<ValueRow> {
    let mut out = Vec::new();
    options(game.rules(), game.situation(), draft, slot, |value, r| {
        let (id, name, detail) = row(value);
        let (id, name) = (id.to_owned(), name.to_owned());
        let r = match r {
            Ok(()) => Ok(()),
            Err(why) if can_build(game, draft, slot, value, &why) => Ok(()),
            // What has no file yet says why none can be built.
            Err(Refusal::NotBuilt { begun: false, instrument, target }) => {
                game.situation().validate(game.rules(), &Order::Build { instrument, target })
            }
            Err(why) => Err(why),
        };
        out.push(ValueRow {
            value,
            id,
            name,
            detail,
            shut: actions::because(game, r),
            chosen: chosen == Some(value),
        });
    });
    out
}

/// Whether what stands in the way of a launch does not matter yet, as the file can be built first:
/// for that nothing is paid but the building.
fn can_build(game: &Game, draft: &Draft, slot: Slot, value: u8, why: &Refusal) -> bool {
    let (rules, s) = (game.rules(), game.situation());
    let build =
        |instrument, target| s.validate(rules, &Order::Build { instrument, target }).is_ok();
    let instrument = draft.subject.map(InstrumentIx);
    match slot {
        Slot::Subject => {
            (0..rules.targets.len()).any(|t| build(InstrumentIx(value), TargetIx::at(t)))
        }
        Slot::Object => instrument.is_some_and(|i| build(i, TargetIx(value))),
        Slot::Part(_) | Slot::Venue => {
            let pair = instrument.zip(draft.object.map(TargetIx));
            matches!(why, Refusal::CannotAfford { .. }) && pair.is_some_and(|(i, t)| build(i, t))
        }
        Slot::Verb | Slot::Number => false,
    }
}

fn slot_row(
    slot: Slot,
    id: &str,
    name: Name,
    brief: Option<&str>,
    values: Vec<ValueRow>,
) -> SlotRow {
    let picked = values.iter().find(|v| v.chosen);
    let chosen = picked.map_or_else(String::new, |v| v.name.clone());
    let detail = picked.map_or_else(String::new, |v| v.detail.clone());
    SlotRow {
        slot,
        name,
        id: id.to_owned(),
        chosen,
        brief: brief.unwrap_or_default().to_owned(),
        detail,
        values,
    }
}

fn subject(game: &Game, draft: &Draft) -> SlotRow {
    let rules = game.rules();
    let mut rows = values(game, draft, Slot::Subject, draft.subject, |v| {
        let ins = &rules.instruments[usize::from(v)];
        (
            &ins.id,
            &ins.name,
            format!("led by {}; {}", rules.agencies[ins.lead].short, words::lane(ins.lane)),
        )
    });
    // What shuts the instrument may be the law on another target than the one it is aimed at; of
    // the pair the target's row speaks.
    if draft.object.is_some() {
        rows.iter_mut().filter(|r| r.chosen).for_each(|r| r.shut = None);
    }
    slot_row(
        Slot::Subject,
        "instrument",
        Name::new("instrument"),
        draft.subject.and_then(|i| rules.instruments.get(usize::from(i))).map(|i| i.short.as_str()),
        rows,
    )
}

fn object(game: &Game, draft: &Draft) -> SlotRow {
    let (rules, s) = (game.rules(), game.situation());
    let mut rows = values(game, draft, Slot::Object, draft.object, |v| {
        let t = &rules.targets[usize::from(v)];
        let stands =
            draft.subject.map(InstrumentIx).and_then(|i| s.standing(rules, i, TargetIx(v)));
        let detail = stands.map_or_else(String::new, |m| {
            let since = words::day(rules, m.effect_day()).short();
            format!("In force since {since}; it can be given new terms. ")
        });
        (&t.id, &t.name, detail + &t.means)
    });
    // What is not on the board has no name yet, and what the tool cannot reach is no option.
    let reach = draft.subject.map_or(0, |i| rules.instruments[usize::from(i)].targets);
    rows.retain(|r| s.targets_known() & reach & (1 << r.value) != 0);
    slot_row(
        Slot::Object,
        "target",
        Name::new("target"),
        draft.object.and_then(|t| rules.targets.get(usize::from(t))).map(|t| t.short.as_str()),
        rows,
    )
}

fn part(game: &Game, draft: &Draft, n: u8, room: &RoomWeights) -> SlotRow {
    let rules = game.rules();
    let ins = &rules.instruments[usize::from(draft.subject.unwrap_or(0))];
    let slot = &ins.slots[usize::from(n)];
    let term = &rules.terms[slot.term];
    let chosen = draft.parts[usize::from(n)].or(Some(0));
    // Against the lead's own value, or the one in force, so that what is said of one does not hang on
    // which is chosen.
    let pair = draft.subject.map(InstrumentIx).zip(draft.object.map(TargetIx));
    let standing = pair.and_then(|(i, t)| game.situation().standing(rules, i, t));
    let base = standing.map_or(0, |m| m.terms[usize::from(n)]);
    let here = Draft { venue: draft.venue.or(Some(0)), ..*draft }.proposal();
    let with = |at: u8| {
        here.map(|mut p| {
            p.terms[usize::from(n)] = at;
            meeting(rules, game.situation(), room, &p)
        })
    };
    let own = with(base);
    let is_later = here.is_some_and(|p| matches!(next(game, &p), Order::Build { .. }));
    let rows = values(game, draft, Slot::Part(n), chosen, |at| {
        let value = &term.values[usize::from(slot.values[usize::from(at)])];
        let turned = own.as_ref().zip(with(at)).map(|(own, there)| turns(rules, own, &there));
        let led = &term.values[usize::from(slot.values[usize::from(base)])];
        let said = moves_whom(&turned.unwrap_or_default(), value, led, is_later);
        let stands = standing.is_some() && at == base;
        (&value.id, &value.name, if stands { "as it stands".to_owned() } else { said })
    });
    slot_row(Slot::Part(n), &term.id, term.name.clone(), None, rows)
}

/// A vote that another value moves by so many points of a hundred is named.
const TURNS: i32 = 2;
/// Names said at most on each side.
const NAMES: usize = 3;

/// Whose vote the second meeting makes likelier to be a yes than the first, and whose less, each
/// with the most moved first.
fn turns(rules: &Rules, now: &Meeting, then: &Meeting) -> [Vec<String>; 2] {
    let no = |m: &Meeting, a: AgencyIx| odds::vote(m, a).map(|(no, _)| i32::from(no));
    let mut moved: Vec<(i32, &str)> = rules
        .agencies
        .iter()
        .enumerate()
        .filter_map(|(n, agency)| {
            let a = AgencyIx::at(n);
            Some((no(now, a)? - no(then, a)?, agency.short.as_str()))
        })
        .filter(|(by, _)| by.abs() >= TURNS)
        .collect();
    moved.arrange_by_key(|(by, _)| std::cmp::Reverse(by.abs()));
    [true, false].map(|more| {
        let of = moved.iter().filter(|(by, _)| (*by > 0) == more);
        let mut names: Vec<String> = of.map(|(_, name)| (*name).to_owned()).collect();
        let rest = names.len().saturating_sub(NAMES);
        names.truncate(NAMES);
        names.extend((rest > 0).then(|| format!("{rest} more")));
        names
    })
}

/// Whose vote a value wins or loses against the lead's own, and what it costs: `liked more by
/// USTR, less by Treasury than alerts; 1 capital more`.
fn moves_whom(turns: &[Vec<String>; 2], v: &TermValue, led: &TermValue, is_later: bool) -> String {
    let who: Vec<String> = ["more by", "less by"]
        .into_iter()
        .zip(turns)
        .filter(|(_, list)| !list.is_empty())
        .map(|(how, list)| format!("{how} {}", words::list(list)))
        .collect();
    let mut parts = Vec::new();
    if !who.is_empty() {
        parts.push(format!("liked {} than {}", who.join(", "), led.name.inside()));
    }
    if v.strength != led.strength {
        parts.push(if v.strength > led.strength {
            "bites harder".to_owned()
        } else {
            "bites less".to_owned()
        });
    }
    if v.staff + v.capital > 0 {
        let cost = words::cost(u32::from(v.staff), u32::from(v.capital));
        // The price beside it is that of the file, which comes first.
        let when = if is_later { " when it is proposed" } else { "" };
        parts.push(format!("{cost} more{when}"));
    }
    if v.adds.most > 0 {
        parts.push(format!("takes {} longer", words::span(v.adds)));
    }
    parts.join("; ")
}

fn venue(game: &Game, draft: &Draft) -> SlotRow {
    let rules = game.rules();
    let rows = values(game, draft, Slot::Venue, draft.venue, |v| {
        let venue = &rules.venues[usize::from(v)];
        let price = words::cost(u32::from(venue.staff), u32::from(venue.capital));
        let detail = match venue.staff + venue.capital {
            0 => venue.means.clone(),
            _ => format!("The meeting costs {price}. {}", venue.means),
        };
        (&venue.id, &venue.name, detail)
    });
    slot_row(
        Slot::Venue,
        "venue",
        Name::new("venue"),
        draft.venue.and_then(|v| rules.venues.get(usize::from(v))).map(|v| v.short.as_str()),
        rows,
    )
}

fn positions(game: &Game, room: &RoomWeights, p: &Proposal, there: &Meeting) -> Vec<PositionRow> {
    let (rules, s) = (game.rules(), game.situation());
    let mut rows = Vec::new();
    for (n, a) in rules.agencies.iter().enumerate().filter(|(_, a)| !a.outside) {
        let agency = AgencyIx::at(n);
        let pos = position(rules, s, room, p, agency);
        let rank = Standing::of(rules, p.instrument, agency);
        let standing = match rank {
            Standing::Lead => "lead",
            Standing::Veto => "can veto",
            Standing::Consulted => "consulted",
            Standing::Other => "",
        };
        let vote = odds::vote(there, agency);
        // Of one that may well vote no, what it minds is told, though it is content.
        let minds = vote.is_some_and(|(no, _)| no >= RISKY)
            && !reasons::in_short(game, p, &pos, true).is_empty();
        let against = minds || pos.is_against();
        rows.push((
            (std::cmp::Reverse(vote.map_or(0, |(_, stops)| stops)), rank),
            PositionRow {
                agency,
                short: a.short.clone(),
                stance: pos.stance,
                standing,
                no: vote.map(|(no, _)| no),
                stops: vote.map(|(_, stops)| stops),
                reasons: reasons::in_full(game, p, &pos, against),
                briefs: reasons::in_short(game, p, &pos, against),
                voice: stand::voice_on(game, agency, p.instrument, pos.stance),
            },
        ));
    }
    // Whoever is likeliest to stop it comes first.
    rows.arrange_by_key(|(rank, r)| (*rank, std::cmp::Reverse(r.stance)));
    rows.into_iter().map(|(_, r)| r).collect()
}

fn venues(game: &Game, room: &RoomWeights, draft: &Draft, p: &Proposal) -> Vec<VenueRow> {
    let (rules, s) = (game.rules(), game.situation());
    let mut out = Vec::new();
    options(rules, s, draft, Slot::Venue, |v, r| {
        let there = Proposal { venue: VenueIx(v), ..*p };
        let venue = &rules.venues[usize::from(v)];
        let percent = stand::percent(chance(rules, s, room, &there));
        let (staff, capital) = s.price(rules, &there);
        out.push(VenueRow {
            venue: VenueIx(v),
            name: venue.name.to_string(),
            short: venue.short.clone(),
            percent,
            word: words::likelihood(percent),
            cost: words::cost(staff, capital),
            chosen: draft.venue == Some(v),
            shut: actions::because(game, r),
        });
    });
    out
}

/// What the draft is expected to do over ninety days, by indicator, in words: what the positions
/// rest on.
fn effects(game: &Game, room: &RoomWeights, p: &Proposal) -> Vec<EffectRow> {
    let (rules, s) = (game.rules(), game.situation());
    let mut sum = [0i64; limits::INDICATORS];
    for (i, amount) in expected(rules, s, p, room.heat).parts() {
        sum[*i] += i64::from(*amount);
    }
    let mut rows: Vec<(i64, EffectRow)> = Vec::new();
    for (n, indicator) in rules.indicators.iter().enumerate() {
        let amount = crate::num::clamp32(sum[n]);
        // A desk of a scenario's own choosing holds all that its player is asked to weigh.
        let is_chosen = figure::is_chosen(rules, IndicatorIx::at(n));
        if amount == 0 || indicator.sight == Sight::Hidden || !is_chosen {
            continue;
        }
        let (size, up) = (words::size(indicator, amount), amount > 0);
        let spread = if indicator.sight == Sight::Exactly { "narrow" } else { "wide" };
        let name = indicator.name.inside();
        let text = format!("{name} {} {size}, {spread}", if up { "up" } else { "down" });
        let tone = words::tone(indicator, amount);
        let rank =
            i64::from(amount.abs()) * 1000 / i64::from(indicator.most - indicator.least).max(1);
        let short = indicator.short.to_string();
        rows.push((
            rank,
            EffectRow {
                indicator: IndicatorIx::at(n),
                name: indicator.name.to_string(),
                short,
                up,
                size,
                spread,
                tone,
                text,
            },
        ));
    }
    rows.arrange_by_key(|(rank, r)| (std::cmp::Reverse(*rank), r.indicator));
    rows.into_iter().map(|(_, r)| r).collect()
}

/// What is least known about it: unsettled questions of the campaign, and always which world this
/// is.
fn least_known(game: &Game, instrument: InstrumentIx, target: TargetIx) -> Vec<String> {
    let rules = game.rules();
    let mut out = Vec::new();
    if let Some(c) = rules.targets[target].campaign {
        out.extend(misses(game, instrument, target));
        for v in intel::variables(game, c) {
            if let Some(top) = v.values.first().filter(|t| t.percent < 80) {
                out.push(format!(
                    "{}: {} {}%, {}",
                    v.asks.inside(),
                    top.says,
                    top.percent,
                    top.word
                ));
            }
        }
    }
    out.push(rules.text("least_known").unwrap_or("which world this is").to_owned());
    out
}

/// What a measure that punishes costs where it misses, and how likely that is by what is known: it
/// hits a party that nothing bears out, or what every government does.
fn misses(game: &Game, instrument: InstrumentIx, target: TargetIx) -> Vec<String> {
    let rules = game.rules();
    let Some(m) = Misses::of(rules, instrument, target) else { return Vec::new() };
    let cells = game.situation().cells(rules, 0, m.campaign);
    let say = |what: &str, mask: u64, moves: &[(IndicatorIx, Milli)]| {
        let share = belief::share(cells, mask);
        let cost = |(i, by): &(IndicatorIx, Milli)| {
            format!("{} {}", words::inside(rules, *i), words::signed(*by))
        };
        let costs: Vec<String> = moves.iter().map(cost).collect();
        let says = format!("{what}: {}%; then {}", (share + 5) / 10, words::list(&costs));
        (share >= WORTH_A_WORD).then_some(says)
    };
    let wrong = say("that it hits a party that nothing bears out", m.wrong, &wrong_moves(rules));
    // A wrong party is wrong whatever it was about.
    let spying = m.espionage & !m.wrong;
    let moves = espionage_moves(rules, m.campaign);
    let spying = say("that it punishes what every government does", spying, &moves);
    wrong.into_iter().chain(spying).collect()
}

/// Promises that may be made now and would move somebody who is not yet for it.
fn bargains(
    game: &Game,
    positions: &[PositionRow],
    p: &Proposal,
    then: Option<&Known>,
) -> Vec<PromiseRow> {
    let rules = game.rules();
    let mut out = Vec::new();
    // In an order that no change of the draft shuffles: a cursor stays where it was.
    let mut all: Vec<&PositionRow> =
        positions.iter().filter(|p| p.stance >= Stance::Concurs).collect();
    all.arrange_by_key(|p| p.agency);
    for pos in all {
        for (n, promise) in rules.promises.iter().enumerate() {
            if promise.carries(p.instrument) && promise.to.contains(&pos.agency) {
                out.push(actions::promise(game, PromiseIx::at(n), pos.agency));
            }
        }
    }
    out.retain(|row| {
        let broken = debts::is_broken(rules, then, row.promise);
        row.shut.is_none() && !broken && debts::broken_by(game, row.promise).is_none()
    });
    out
}

/// Promises that stand and that the draft would break as it is.
fn breaks(game: &Game, then: Option<&Known>) -> Vec<String> {
    let rules = game.rules();
    let broken = |c: &&Commitment| debts::is_broken(rules, then, c.promise);
    let told = |c: &Commitment| {
        format!("{}: {}", rules.agencies[c.to].short, rules.promises[c.promise].name.inside())
    };
    game.situation().commitments.iter().filter(broken).map(told).collect()
}
