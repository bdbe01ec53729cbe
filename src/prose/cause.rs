//! Ledger lines and notes in words: what changed a value, what it goes back to, what happened.

use std::fmt::Write as _;

use crate::engine::ledger::{Ended, Factor};
use crate::engine::odds::{AS_IT_STANDS, VENUE_SLOT};
use crate::engine::{Cause, Entry, Note, Order, Origin, Proposal, Verb};
use crate::game::Game;
use crate::num::round_div;
use crate::scenario::model::{AgencyIx, AimIx, InstrumentIx, Rules, TargetIx, VenueIx, limits};

use super::order::{self, measure};
use super::{stand, words, work};

/// What changed a value, in words.
pub fn cause(rules: &Rules, entry: &Entry) -> String {
    of(rules, entry.cause)
}

/// A cause in words.
pub(super) fn of(rules: &Rules, cause: Cause) -> String {
    let ins = |i: InstrumentIx| rules.instruments[i].short.as_str();
    let verb = |i: InstrumentIx, one, several| {
        format!("{} {}", ins(i), words::agrees(rules.instruments[i].plural, one, several))
    };
    match cause {
        Cause::Drift => "the ordinary course of things".to_owned(),
        Cause::Settle => "settling back to its usual level".to_owned(),
        Cause::Noise => "chance".to_owned(),
        Cause::Flow(f) => rules.flows[f].says.clone(),
        Cause::Product(i) => format!("{} moved, and this goes with it", words::inside(rules, i)),
        Cause::Clamp => "it can go no further".to_owned(),
        Cause::Price(verb) => price(verb).to_owned(),
        Cause::Refund(i) => format!("part of the price of {}, returned", ins(i)),
        Cause::Income => format!("what {} brings in", words::inside(rules, rules.roles.president)),
        Cause::StaffDay => "a new turn's staff".to_owned(),
        Cause::ClearedWins(i) => {
            format!("{} cleared: the office gains standing", verb(i, "was", "were"))
        }
        Cause::RefusalCosts(i) => {
            format!("{} refused: the office loses standing", verb(i, "was", "were"))
        }
        Cause::Overruling(a) => {
            format!("{} was overruled: the office spends standing", rules.agencies[a].short)
        }
        Cause::OnClear(i, t) => does(rules, i, t, "is cleared", "are cleared"),
        Cause::Launch(i, t) => does(rules, i, t, "takes effect", "take effect"),
        Cause::Term(i, slot, at) => match term(rules, i, slot, at) {
            Some((name, value)) => format!("a term of {}: {}, {}", ins(i), name, value),
            None => format!("a term of {}", ins(i)),
        },
        Cause::Active(i, t) => does(rules, i, t, "is in force", "are in force"),
        Cause::End(i, t) => does(rules, i, t, "runs out", "run out"),
        Cause::Withdraw(i, t) => does(rules, i, t, "is withdrawn", "are withdrawn"),
        Cause::WrongTarget(i, t) => format!("{} hit the wrong party", measure(rules, i, t)),
        Cause::Espionage(i, t) => {
            format!("{} punished what every government does", measure(rules, i, t))
        }
        Cause::Mixing => "trade and security acts fell within sixty days of each other".to_owned(),
        Cause::Task(t) => rules.tasks[t].name.clone(),
        Cause::Ask(a) => format!("your request: {}", rules.asks[a].name.inside()),
        Cause::Kept(p) => {
            format!("a promise kept: {}", rules.promises[p].name.inside())
        }
        Cause::Broken(p) => {
            format!("a promise broken: {}", rules.promises[p].name.inside())
        }
        Cause::Reform(r) => rules.reforms[r].name.clone(),
        Cause::Event(e) => rules.events[e].title.clone(),
        Cause::Choice(e, c) => {
            let event = &rules.events[e];
            let say = event.choices.get(usize::from(c)).map_or("", |c| c.say.as_str());
            words::headed(&event.title, say)
        }
        Cause::Response(r) => {
            let response = &rules.responses[r];
            format!("{}: {}", rules.agencies[response.seat].short, response.name.inside())
        }
        Cause::Act(aim, step) | Cause::Aim(aim, step) => step_of(rules, aim, step),
        Cause::Campaign(c) => {
            let campaign = &rules.campaigns[c];
            format!("{} {}", campaign.name, words::agrees(campaign.plural, "goes on", "go on"))
        }
        Cause::Evidence(e) => {
            let item = &rules.evidence[e];
            format!(
                "what became known of {}: {}",
                rules.campaigns[item.campaign].name,
                item.text.says()
            )
        }
        Cause::Tell(t) => {
            format!("what was seen of the other side: {}", rules.tells[t].text.says())
        }
        Cause::Amend => "the guidance was amended in public".to_owned(),
    }
}

/// A step of the other side's own and who takes it: `MOFCOM: asks for two years of orders`.
pub(super) fn step_of(rules: &Rules, aim: AimIx, step: u8) -> String {
    let a = &rules.aims[aim];
    let name = a.steps.get(usize::from(step)).map_or("", |s| s.name.inside());
    format!("{}: {name}", rules.agencies[a.seat].short)
}

/// A measure and what it does, in the number of its instrument's name.
pub(super) fn does(
    rules: &Rules,
    i: InstrumentIx,
    t: TargetIx,
    one: &str,
    several: &str,
) -> String {
    format!("{} {}", measure(rules, i, t), words::agrees(rules.instruments[i].plural, one, several))
}

fn price(verb: Verb) -> &'static str {
    match verb {
        Verb::Propose => "what proposals cost",
        Verb::Build => "what building files cost",
        Verb::Task => "what tasks cost",
        Verb::Ask => "what asking cost",
        Verb::Answer => "what answers cost",
        Verb::Reform => "what reforms cost",
        Verb::Guide
        | Verb::Amend
        | Verb::Withdraw
        | Verb::Promise
        | Verb::Confidence
        | Verb::Forecast
        | Verb::End => "what orders cost",
    }
}

/// Name of a term and of its value, as they stand inside a sentence.
fn term(rules: &Rules, i: InstrumentIx, slot: u8, at: u8) -> Option<(&str, &str)> {
    let s = rules.instruments[i].slots.get(usize::from(slot))?;
    let t = &rules.terms[s.term];
    let v = *s.values.get(usize::from(at))?;
    Some((t.name.inside(), t.values[usize::from(v)].name.inside()))
}

/// What scaled an amount, for the debrief: `+8.0 × terms 0.8 × window 1.6`.
pub fn factors(entry: &Entry) -> String {
    let mut out = String::new();
    for (factor, n) in entry.factors.iter().flatten() {
        let name = match factor {
            Factor::Terms => "terms",
            Factor::Share => "share of its usual effect",
            Factor::Window => "window",
            Factor::Days => "days of thirty",
            Factor::Fading => "force left",
            Factor::Activity => "activity",
        };
        let hundredths = round_div(i64::from(*n), 10);
        _ = write!(out, " × {name} {}.{:02}", hundredths / 100, hundredths % 100);
    }
    if out.is_empty() { out } else { format!("{}{out}", words::exact(entry.base)) }
}

/// The order a decision was.
pub(super) fn decision(game: &Game, turn: u8, index: u8) -> Option<&Order> {
    let (t, n) = (usize::from(turn), usize::from(index));
    let given = match game.past().get(t) {
        Some(past) => past.orders.get(n),
        None => game.orders().get(n),
    }?;
    Some(&given.order)
}

/// What a cause goes back to, in words; empty for the model's own course.
pub fn origin(game: &Game, origin: Origin) -> String {
    let rules = game.rules();
    match origin {
        Origin::Decision { turn, index } => {
            let n = u32::from(turn) + 1;
            decision(game, turn, index).map_or_else(
                || format!("your decision of turn {n}"),
                |o| format!("your decision of turn {n}: {}", order::named(rules, o).inside()),
            )
        }
        Origin::Event { turn, event } => {
            format!("the event of turn {}: {}", u32::from(turn) + 1, rules.events[event].title)
        }
        Origin::Response { turn, response } => {
            format!(
                "the answer of turn {}: {}",
                u32::from(turn) + 1,
                rules.responses[response].name.inside()
            )
        }
        Origin::Aim { turn, aim } => {
            format!("a step of turn {}: {}", u32::from(turn) + 1, rules.aims[aim].name.inside())
        }
        Origin::Campaign(c) => rules.campaigns[c].name.clone(),
        Origin::Draw => "chance".to_owned(),
        Origin::Drift => String::new(),
    }
}

/// How a draft that was likelier to fail passed: who came round, or that nobody alone was in its
/// way. Nothing of one that was likelier than not to pass, and of whom the venue overruled there is
/// a note of its own.
fn against_the_odds(rules: &Rules, chance: u32, came_round: u32, overruled: u32) -> String {
    if chance >= 1 << 15 || (came_round == 0 && overruled != 0) {
        return String::new();
    }
    let mut who: Vec<&str> = named(rules, came_round);
    if came_round & (1 << limits::AGENCIES) != 0 {
        who.push("the President");
    }
    if who.is_empty() {
        return " Nobody alone was likelier than not to say no; that somebody would was."
            .to_owned();
    }
    let were = if who.len() > 1 { "were" } else { "was" };
    let who = words::upper_first(&words::list(&who));
    format!(" {who} {were} likelier than not to say no, and said yes.")
}

/// Short names of the agencies of a mask.
fn named(rules: &Rules, mask: u32) -> Vec<&str> {
    let agencies = rules.agencies.iter().enumerate();
    agencies.filter(|(n, _)| mask & (1 << n) != 0).map(|(_, a)| a.short.as_str()).collect()
}

/// Who stopped it: `Treasury and NEC stopped it, Treasury above all.`
fn stopped(rules: &Rules, first: Option<AgencyIx>, by: u32) -> String {
    let Some(first) = first else { return "The President said no.".to_owned() };
    let all = named(rules, by);
    let first = &rules.agencies[first].short;
    if all.len() < 2 {
        format!("{first} stopped it.")
    } else {
        format!("{} stopped it, {first} above all.", words::list(&all))
    }
}

/// The one change that would have cleared a returned proposal.
pub fn mend(rules: &Rules, p: &Proposal, slot: u8, value: u8) -> String {
    if slot == VENUE_SLOT {
        return format!(
            "taking it to {}",
            rules
                .venues
                .get(VenueIx(value).i())
                .map_or_else(|| "another venue".to_owned(), |v| words::venue(&v.name))
        );
    }
    if slot == AS_IT_STANDS {
        return "bringing it again as it stands".to_owned();
    }
    match (
        term(rules, p.instrument, slot, value),
        p.terms.get(usize::from(slot)).and_then(|at| term(rules, p.instrument, slot, *at)),
    ) {
        (Some((name, to)), Some((_, from))) => format!("{name}: {to} instead of {from}"),
        (Some((name, to)), None) => {
            format!("{name}: {to}")
        }
        _ => "another term".to_owned(),
    }
}

/// What a note says in play, in a sentence; none where it says something hidden or is told
/// elsewhere.
pub fn note(game: &Game, note: Note) -> Option<String> {
    let rules = game.rules();
    let agency = |a: crate::scenario::model::AgencyIx| rules.agencies[a].short.as_str();
    Some(match note {
        Note::Cleared { proposal, chance, revises, came_round, overruled } => {
            let what = if revises { "new terms for " } else { "" };
            format!(
                "Cleared: {what}{}. {}.{}",
                order::proposal(rules, &proposal),
                odds(chance),
                against_the_odds(rules, chance, came_round, overruled)
            )
        }
        Note::Returned { proposal, chance, slot, value, first, stopped_by } => {
            let mend = mend(rules, &proposal, slot, value);
            format!(
                "Returned: {}. {}. {} {}",
                order::proposal(rules, &proposal),
                odds(chance),
                stopped(rules, first, stopped_by),
                if slot == AS_IT_STANDS {
                    "No single change would have cleared it. If nothing else changes, the next meeting is \
                     likelier than not to clear it as it stands."
                        .to_owned()
                } else {
                    format!("This meeting would have cleared it with one change: {mend}.")
                }
            )
        }
        Note::Blocked { proposal, chance, first, stopped_by } => format!(
            "Blocked: {}. {}. {} No single change would have cleared it.",
            order::proposal(rules, &proposal),
            odds(chance),
            stopped(rules, first, stopped_by)
        ),
        Note::Overruled { proposal, agency: a } => format!(
            "{} was overruled on {}. It will remember.",
            agency(a),
            order::measure(rules, proposal.instrument, proposal.target)
        ),
        Note::Built { instrument, target } => {
            format!("The file is ready: {}.", order::measure(rules, instrument, target))
        }
        Note::Launched { instrument, target, wrong: _ } => {
            format!("{}.", does(rules, instrument, target, "takes effect", "take effect"))
        }
        Note::Revised { instrument, target } => {
            format!(
                "{}.",
                does(rules, instrument, target, "has its new terms", "have their new terms")
            )
        }
        Note::Waits { instrument, target } => {
            let mut still = game.situation().measures.iter().filter(|m| !m.in_force());
            match still.find(|m| m.instrument == instrument && m.target == target) {
                Some(m) => {
                    let what = work::waits_now(game, m, game.situation().today(rules));
                    format!(
                        "{}: {what}.",
                        does(rules, instrument, target, "is ready and waits", "are ready and wait")
                    )
                }
                None => format!(
                    "{}.",
                    does(
                        rules,
                        instrument,
                        target,
                        "was ready and waited for its date or trigger",
                        "were ready and waited for their date or trigger"
                    )
                ),
            }
        }
        Note::Ended { instrument, target, how: Ended::AsItStood } => {
            format!("The new terms come to nothing: {}.", order::measure(rules, instrument, target))
        }
        Note::Ended { instrument, target, how: Ended::MadeGood(by) } => format!(
            "{} by {}.",
            does(rules, instrument, target, "is made good", "are made good"),
            rules.instruments[by].short
        ),
        Note::Ended { instrument, target, how } => {
            let (one, many) = match how {
                Ended::RanOut => ("has run out", "have run out"),
                Ended::MadeGood(_) => ("is made good", "are made good"),
                Ended::Over => ("is over", "are over"),
                Ended::Dropped | Ended::AsItStood => ("comes to nothing", "come to nothing"),
            };
            format!("{}.", does(rules, instrument, target, one, many))
        }
        Note::Withdrawn { instrument, target, keeps_file } => {
            let file = if keeps_file { " The file stays built." } else { "" };
            format!("{}.{file}", does(rules, instrument, target, "is withdrawn", "are withdrawn"))
        }
        Note::Fired { event: e, .. } => rules.events[e].title.clone(),
        Note::Chose { event, choice, by_player } => {
            let e = &rules.events[event];
            let say = e.choices.get(usize::from(choice)).map_or("", |c| c.say.as_str());
            words::headed(
                &e.title,
                &if by_player { say.to_owned() } else { format!("Nobody answered, so: {say}") },
            )
        }
        Note::Responded { response, .. } => {
            let r = &rules.responses[response];
            if !r.visible {
                return None;
            }
            format!("{}: {}.", agency(r.seat), r.name.inside())
        }
        Note::Found(e) => rules.evidence[e].text.says().to_owned(),
        Note::Silence(e) => rules.evidence[e].silence.clone()?,
        Note::TellFound(t) => rules.tells[t].text.says().to_owned(),
        Note::TellSilence(t) => rules.tells[t].silence.clone()?,
        Note::SignSeen(a, n) => rules.aims[a].steps.get(usize::from(n))?.sign.says().to_owned(),
        Note::SignSilence(a, n) => rules.aims[a].steps.get(usize::from(n))?.silence.clone()?,
        Note::Acted(a, n) => format!("{}.", step_of(rules, a, n)),
        Note::Step { aim, step, through } if game.is_over() => format!(
            "Unseen until now: {} ({}): {}.",
            step_of(rules, aim, step),
            rules.aims[aim].name.inside(),
            if through { "carried through" } else { "came to nothing" }
        ),
        // That an act was due is no news; what that does to belief stands with the aims. What moves
        // a relationship is told on the agency's own page.
        Note::NotActed(..) | Note::Step { .. } | Note::Related { .. } => return None,
        Note::Guided(p) => format!(
            "Other guidance holds from here: {}. It may be amended once, in public.",
            rules.profiles[p.i()].name
        ),
        Note::Minds { agency: a, spell } => {
            let spell = rules.agencies[a].spells.get(usize::from(spell))?;
            format!("{}: {}.", agency(a), spell.says)
        }
        Note::Halted(a) => format!("Given up, if it was pursued: {}.", rules.aims[a].name.inside()),
        Note::TaskDone { task, campaign } => match campaign {
            Some(c) => format!("Done: {}, on {}.", rules.tasks[task].name, rules.campaigns[c].name),
            None => format!("Done: {}.", rules.tasks[task].name),
        },
        Note::Asked(a) => format!("Carried out: {}.", rules.asks[a].name.inside()),
        Note::Leaked { ask, .. } => {
            format!("It got out: {}.", rules.asks[ask].name.inside())
        }
        Note::PromiseKept { promise, to } => {
            format!(
                "Kept, to {}: {}. It binds you no more, and wins no vote any more.",
                agency(to),
                rules.promises[promise].name.inside()
            )
        }
        Note::PromiseBroken { promise, to } => {
            format!("Broken, to {}: {}.", agency(to), rules.promises[promise].name.inside())
        }
        Note::ReformDone(r) => format!("In place: {}.", rules.reforms[r].name),
        Note::FileOpened(f) => format!("New file: {}.", rules.files[f].name),
        Note::FileClosed(f) => format!("File closed: {}.", rules.files[f].name),
        Note::WindowOpened(w) => {
            let window = &rules.windows[w];
            format!(
                "On the calendar: {}, {}.",
                window.name.inside(),
                words::dates(window.from, window.to)
            )
        }
        Note::WindowClosed(w) => format!("Over: {}.", rules.windows[w].name),
        Note::Predicted { agency: a, indicator, instrument, target, low, high } => {
            let days = rules.tuning.prediction_days / 1000;
            let (of, what) =
                (super::order::measure(rules, instrument, target), words::inside(rules, indicator));
            format!(
                "{} expects from {of}: {what} {}, in {days} days from its effect.",
                agency(a),
                moves(low, high)
            )
        }
        Note::Checked { agency: a, indicator, instrument, target, low, high, moved, hit } => {
            let (of, what) =
                (super::order::measure(rules, instrument, target), words::inside(rules, indicator));
            let verdict = if hit { "Right" } else { "Wrong" };
            let by = words::signed(moved);
            let party = if game.is_over()
                && wrong_parties(game).any(|(_, i, t)| (i, t) == (instrument, target))
            {
                " It hit the wrong party."
            } else {
                ""
            };
            format!(
                "{verdict}: {} expected from {of} {what} {}; it moved it by {by}.{party}",
                agency(a),
                moves(low, high)
            )
        }
        Note::Judged { proposition, held } => {
            let p = &rules.propositions[proposition];
            let stated = game.situation().confidence[proposition];
            if stated == 0 {
                return None;
            }
            if !game.is_over() && !p.when.iter().all(|c| c.is_public(rules)) {
                return Some(format!(
                    "Judged, and told in the debrief: {} You were {stated}% sure.",
                    p.says
                ));
            }
            format!(
                "{}: {} You were {stated}% sure.",
                if held { "It held" } else { "It did not hold" },
                p.says
            )
        }
        Note::After => {
            format!("Your time ended; what you left ran on to {}.", words::runs_to(rules))
        }
        Note::Ending(e) => format!("The ending: {}.", rules.endings[e].title),
    })
}

fn odds(chance: u32) -> String {
    words::upper_first(&words::it_was(stand::percent(chance)))
}

/// Measures that took effect on someone who, as drawn for this game, had no part in it, with their
/// turn. Hidden while the game goes on.
pub(super) fn wrong_parties(game: &Game) -> impl Iterator<Item = (usize, InstrumentIx, TargetIx)> {
    let hit = |(turn, n)| {
        if let Note::Launched { instrument, target, wrong: true } = n {
            Some((turn, instrument, target))
        } else {
            None
        }
    };
    (0..game.past().len()).flat_map(move |t| game.dated_notes_of(t).filter_map(hit))
}

/// `down 6 to 10`, `up 1 to 3`, `between −1 and +2`.
pub fn moves(low: i32, high: i32) -> String {
    let n = |v: i32| words::number(v.abs());
    if low >= 0 && high > 0 {
        format!("up {} to {}", n(low), n(high))
    } else if high <= 0 && low < 0 {
        format!("down {} to {}", n(high), n(low))
    } else {
        format!("between {} and {}", words::signed(low), words::signed(high))
    }
}
