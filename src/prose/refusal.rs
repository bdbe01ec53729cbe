//! Refusals in words: what is in the way, and what would open it. One arm for each of the closed
//! list.

use super::facts::Refused;
use super::{order, words};
use crate::engine::validate::{LEAST_FUNDED, MOST_POINTS, POINTS};
use crate::engine::{Known, Refusal, Verb};
use crate::num::Milli;
use crate::scenario::model::{
    CampaignIx, IndicatorIx, InstrumentIx, Need, Role, Rules, TargetIx, TaskIx,
};

/// What is in the way, and what would open it.
type Said = (String, String);

fn say(what: impl Into<String>, unblock: impl Into<String>) -> Said {
    (what.into(), unblock.into())
}

/// What is in the way of an order, and what would open it.
pub fn refusal(rules: &Rules, s: &Known, r: &Refusal) -> Refused {
    let (what, unblock) = said(rules, s, r);
    Refused { refusal: *r, what, unblock }
}

fn said(rules: &Rules, s: &Known, r: &Refusal) -> Said {
    let ins = |i: InstrumentIx| rules.instruments[i].short.as_str();
    let does =
        |i: InstrumentIx, one, several| words::agrees(rules.instruments[i].plural, one, several);
    let target = |t: TargetIx| rules.targets[t].short.as_str();
    let is = |i: InstrumentIx, t: TargetIx, how: &str| {
        format!("{} {} {how}.", order::measure(rules, i, t), does(i, "is", "are"))
    };
    match *r {
        Refusal::Over => say("The game is over.", "Read the debrief, or begin another game."),
        Refusal::TooManyOrders { most } => say(
            format!("{most} orders were given this turn, and that is the most."),
            "End the turn, or take one back.",
        ),
        Refusal::Unknown(verb) => nothing_there(verb),
        Refusal::CannotAfford { resource, need, have } => {
            cannot_afford(rules, s, resource, need, have)
        }
        Refusal::AgendaFull { most } => say(
            format!("The agenda holds {most} proposals and is full."),
            "Take one back, or wait a turn.",
        ),
        Refusal::AlreadyOnAgenda { instrument, target: t } => {
            say(is(instrument, t, "on this turn's agenda already"), "Take that back to change it.")
        }
        Refusal::AlreadyStanding { instrument, target: t } => say(
            is(instrument, t, "under way or in force"),
            match s.standing(rules, instrument, t) {
                Some(m) if m.withdrawn => "It is to be withdrawn.",
                Some(_) if s.measures.iter().any(|m| m.revises && m.is_of(instrument, t)) => {
                    "New terms for it are under way; they can be withdrawn."
                }
                Some(_) => "There are no other terms to give it now.",
                None => "Withdraw it first; once in force it can be given new terms.",
            },
        ),
        Refusal::NotBuilt { instrument, target: t, begun } => {
            let what = order::measure(rules, instrument, t);
            if begun {
                say(format!("The file for {what} is not ready yet."), "It is being built.")
            } else {
                say(format!("There is no file for {what} yet."), "Have it built first.")
            }
        }
        Refusal::FileStands { instrument, target: t } => say(
            format!("A file for {} is there already.", order::measure(rules, instrument, t)),
            "Propose it when it is ready.",
        ),
        Refusal::NothingToBuild { instrument } => {
            say(format!("{} needs no file.", ins(instrument)), "Propose it at once.")
        }
        Refusal::ShelfFull { most } => say(
            format!("{most} files are built or being built, and that is the most."),
            "Propose one of them first.",
        ),
        Refusal::LeadRefuses { instrument } => say(
            format!(
                "{} will not build it: {} crosses a line of its own here.",
                rules.agencies[rules.instruments[instrument].lead].short,
                ins(instrument)
            ),
            "The agency's page says what the line is.",
        ),
        Refusal::NotYours { instrument } => not_yours(rules, instrument),
        Refusal::WrongKind { instrument, target: t } => {
            let reach: Vec<&str> =
                rules.instruments[instrument].kinds.iter().map(|k| words::kind(*k)).collect();
            say(
                format!(
                    "{} {} not reach {}, {}.",
                    ins(instrument),
                    does(instrument, "does", "do"),
                    target(t),
                    words::kind(rules.targets[t].kind)
                ),
                format!("Within reach: {}.", words::list(&reach)),
            )
        }
        Refusal::NotYetKnown { target: t } => {
            // Its name is not to be said before it is known.
            let _ = t;
            say("Nobody has brought that target to your desk yet.", "Intelligence or events may.")
        }
        Refusal::Needs { instrument, need } => {
            let mut said = needs(&rules.instruments[instrument].needs, need, ins(instrument));
            // What is in force is not shut; to change it is.
            if s.measures.iter().any(|m| m.instrument == instrument && m.in_force()) {
                said.0 = format!("{}: in force, and no new terms can be had now.", ins(instrument));
            }
            said
        }
        Refusal::Gate { instrument, target: t, role, needs, has } => say(
            format!(
                "The law: {} {} proof that {} {}: {} of 100, needs {}.",
                ins(instrument),
                does(instrument, "needs", "need"),
                target(t),
                words::role_asked(
                    role,
                    rules.targets[t].kind,
                    for_gain(rules, instrument, t, role)
                ),
                has / 10,
                needs / 10
            ),
            how_to_prove(rules, s, instrument, t),
        ),
        Refusal::TermNotOffered { instrument, slot } => {
            let name = rules.instruments[instrument]
                .slots
                .get(usize::from(slot))
                .map_or("that term", |t| rules.terms[t.term].name.inside());
            say(
                format!(
                    "{} {} not come with that value of {}.",
                    ins(instrument),
                    does(instrument, "does", "do"),
                    name
                ),
                "Choose one that is offered.",
            )
        }
        Refusal::TermSettled { term } => say(
            format!("{}: settled on the day it took effect.", rules.terms[term].name),
            "Change another term.",
        ),
        Refusal::SameTerms { instrument, target: t } => say(
            is(instrument, t, "in force with these terms"),
            "Change a term to propose new ones.",
        ),
        Refusal::TermShut { term, value } => {
            let t = &rules.terms[term];
            let v = t.values.get(usize::from(value));
            let needs = v.map_or(&[][..], |v| &v.needs);
            let unmet = needs.iter().find(|n| !s.all(rules, &n.when));
            say(
                format!(
                    "{}: \"{}\" is not on offer now.",
                    t.name,
                    v.map_or("that", |v| v.name.as_str())
                ),
                unmet.map_or("Another value may do.".to_owned(), |n| {
                    format!("It needs {}.", n.says)
                }),
            )
        }
        Refusal::VenueShut { venue, authority, need, have } => say(
            format!(
                "{}: {}, {} of {}.",
                words::upper_first(&words::venue(&rules.venues[venue].name)),
                words::inside(rules, authority),
                words::whole(have),
                words::whole(need)
            ),
            format!(
                "It goes by {}, which grows with what is cleared and with reforms, and falls \
                 with what is refused. A lower venue asks for less.",
                words::inside(rules, authority)
            ),
        ),
        Refusal::NothingToWithdraw { instrument, target: t } => say(
            is(instrument, t, "neither under way nor in force"),
            if s.agenda.iter().any(|a| a.proposal.aims(instrument, t)) {
                "It is on this turn's agenda: undo that order."
            } else {
                "There is nothing to take back."
            },
        ),
        Refusal::TaskNeeds { task, need } => {
            needs(&rules.tasks[task].needs, need, &rules.tasks[task].name)
        }
        Refusal::TaskRunning { task } => {
            say(format!("{} is running already.", rules.tasks[task].name), "Wait for its result.")
        }
        Refusal::TaskSpent { task } => say(
            format!("{}: nothing more is to be found that way.", rules.tasks[task].name),
            "Other sources may still have something.",
        ),
        Refusal::TaskTarget { task } => {
            let t = &rules.tasks[task];
            if t.on_campaign {
                say(format!("{} needs a campaign to look into.", t.name), "Name a campaign.")
            } else {
                say(format!("{} is not about one campaign.", t.name), "Give it without one.")
            }
        }
        Refusal::TooManyTasks { most } => {
            say(format!("{most} tasks are running, and that is the most."), "Wait for one to end.")
        }
        Refusal::AskNeeds { ask, need } => {
            needs(&rules.asks[ask].needs, need, &rules.asks[ask].name)
        }
        Refusal::AskSpent { ask } => say(
            format!("You have asked that already: {}.", rules.asks[ask].name),
            "It will not be asked again.",
        ),
        Refusal::PromiseNotTo { promise, agency } => {
            let p = &rules.promises[promise];
            let to: Vec<&str> = p.to.iter().map(|a| rules.agencies[*a].short.as_str()).collect();
            say(
                format!("{} is nothing {} wants.", p.name, rules.agencies[agency].short),
                format!("It may be given to {}.", words::list(&to)),
            )
        }
        Refusal::PromiseNeeds { promise, need } => {
            needs(&rules.promises[promise].needs, need, &rules.promises[promise].name)
        }
        Refusal::PromiseStands { promise } => say(
            format!("That promise stands: {}.", rules.promises[promise].name),
            "Keep it; it may be given again afterwards.",
        ),
        Refusal::TooManyPromises { most } => {
            say(format!("You owe {most} promises, and that is the most."), "Keep one first.")
        }
        Refusal::NotAsked { event } => {
            let _ = event;
            say(
                "Nobody waits for an answer to that.",
                "Only what is on the desk this turn can be answered.",
            )
        }
        Refusal::NoSuchChoice { .. } => {
            say("That is none of the answers.", "Choose one of those listed.")
        }
        Refusal::ChoiceNeeds { event, choice, need } => {
            let list = rules.events[event]
                .choices
                .get(usize::from(choice))
                .map_or(&[][..], |c| c.needs.as_slice());
            needs(list, need, "That answer")
        }
        Refusal::AlreadyAnswered { .. } => {
            say("Answered already.", "Take that answer back to give another.")
        }
        Refusal::ReformNeeds { reform, need } => {
            needs(&rules.reforms[reform].needs, need, &rules.reforms[reform].name)
        }
        Refusal::ReformDone { reform } => say(
            format!("Begun or done already: {}.", rules.reforms[reform].name),
            "It is done once.",
        ),
        Refusal::GuidanceDone => say(
            "The guidance is written.",
            "It may be amended once, in public, from the second turn.",
        ),
        Refusal::GuidanceLate => {
            say("The guidance was written in the first turn.", "It may be amended once, in public.")
        }
        Refusal::GuidanceSum { sum } => say(
            format!("The points come to {sum}; they must come to {POINTS}."),
            format!("Give {POINTS} points in all."),
        ),
        Refusal::GuidanceHigh { lens } => say(
            format!("{} has more than {MOST_POINTS} points.", rules.lenses[lens].name),
            format!("A priority takes {MOST_POINTS} at most."),
        ),
        Refusal::GuidanceThin { funded } => say(
            format!(
                "Only {funded} {} points.",
                if funded == 1 { "priority has" } else { "priorities have" }
            ),
            format!("At least {LEAST_FUNDED} must have some: no office lives by three."),
        ),
        Refusal::AmendEarly => say(
            "This is the first turn.",
            "Write the guidance itself; it may be amended from the second turn.",
        ),
        Refusal::AmendDone => say(
            "The guidance was amended once, and once is all.",
            "The debrief holds you to it as it stands.",
        ),
        Refusal::AmendLate => say(
            "The last third of the game has begun: the guidance stands.",
            "By now it is known what came of it.",
        ),
        Refusal::ConfidenceRange { percent } => {
            say(format!("{percent} is out of range."), "Say how sure you are from 1 to 99 of 100.")
        }
        Refusal::PropositionShut { proposition } => say(
            format!("Settled, or not for you to call: {}", rules.propositions[proposition].says),
            "State confidence in one that is open.",
        ),
        Refusal::ForecastOff => say(
            "Full forecasts are not part of these rules.",
            "The propose screen shows direction, size and objections.",
        ),
    }
}

/// Whether the law asks for a purpose beside the role.
fn for_gain(rules: &Rules, instrument: InstrumentIx, target: TargetIx, role: Role) -> bool {
    rules.gate_tests[instrument][target].iter().any(|g| g.role == role && g.for_gain)
}

fn cannot_afford(
    rules: &Rules,
    s: &Known,
    resource: IndicatorIx,
    need: Milli,
    have: Milli,
) -> Said {
    let name = words::inside(rules, resource);
    let unblock = if resource == rules.roles.staff {
        format!(
            "Take an order back, or wait: the next turn brings {} staff again.",
            words::whole(s.staff_a_turn(rules))
        )
    } else if resource == rules.roles.capital {
        let comes = if usize::from(s.turn) >= rules.last_turn() {
            String::new()
        } else {
            format!(
                "{} comes with {}, as it stands {} as this turn ends. ",
                words::name(rules, resource),
                words::inside(rules, rules.roles.president),
                words::exact(s.income(rules))
            )
        };
        format!("{comes}A proposal costs less in a lower venue or on milder terms.")
    } else {
        "Wait for more.".to_owned()
    };
    let have = words::spendable(have);
    say(format!("That costs {} {name} and you have {have}.", words::number(need)), unblock)
}

fn needs(list: &[Need], n: u8, what: &str) -> Said {
    match list.get(usize::from(n)) {
        Some(need) => say(
            format!("{what}: not open yet."),
            words::stop(&format!("What it takes: {}", need.says)),
        ),
        None => say(format!("{what}: not open now."), ""),
    }
}

fn not_yours(rules: &Rules, instrument: InstrumentIx) -> Said {
    let ins = &rules.instruments[instrument];
    let asks: Vec<&str> = rules
        .asks
        .iter()
        .filter(|a| a.about == Some(instrument))
        .map(|a| a.name.inside())
        .collect();
    let lead = &rules.agencies[ins.lead].short;
    let unblock = if asks.is_empty() {
        format!("{lead} decides alone.")
    } else {
        format!("What you may do: {}.", asks.join("; "))
    };
    say(
        format!(
            "{} {} not yours to propose: {lead} decides by itself.",
            ins.short,
            words::agrees(ins.plural, "is", "are")
        ),
        unblock,
    )
}

fn nothing_there(verb: Verb) -> Said {
    let what = match verb {
        Verb::Guide | Verb::Amend => "There are no priorities to weigh here.",
        Verb::Propose => "There is no such measure here.",
        Verb::Build => "There is no file to build here.",
        Verb::Withdraw => "Nothing is under way or in force.",
        Verb::Task => "There is no such task here.",
        Verb::Ask => "There is nothing to ask for here.",
        Verb::Promise => "There is no such promise here.",
        Verb::Answer => "Nobody waits for an answer.",
        Verb::Reform => "There is no such reform here.",
        Verb::Confidence => "There is nothing to be sure about here.",
        Verb::Forecast => "There is no forecast here.",
        Verb::End => "The turn cannot be ended.",
    };
    say(what, "")
}

/// Which work could add to the record that this gate reads: tasks on the target's campaign that
/// have something left.
pub fn how_to_prove(
    rules: &Rules,
    s: &Known,
    instrument: InstrumentIx,
    target: TargetIx,
) -> String {
    let Some(c) = rules.targets[target].campaign else {
        return "No proof of yours can change that.".to_owned();
    };
    let runs = |t: TaskIx| s.active_tasks.iter().any(|a| a.task == t && a.campaign == Some(c));
    let way = |(t, _): (TaskIx, CampaignIx)| {
        let task = &rules.tasks[t];
        if runs(t) {
            format!("{} (under way)", task.name)
        } else {
            format!("{} ({})", task.name, words::span(task.takes))
        }
    };
    // What an item would say is not told; that the work reaches this record is. What can be begun
    // comes before what is under way.
    let (under_way, free): (Vec<_>, Vec<_>) =
        s.proving(rules, instrument, target).partition(|(t, _)| runs(*t));
    let ways: Vec<String> = free.into_iter().chain(under_way).map(way).collect();
    let campaign = &rules.campaigns[c].name;
    if !s.could_prove(rules, instrument, target) {
        return format!(
            "Nothing that is left to find about {campaign} would carry it, whatever it said."
        );
    }
    if ways.is_empty() {
        format!("No task is left that would add to this record on {campaign}; dated reports may.")
    } else {
        format!("To build the record on {campaign}: {}.", ways.join("; "))
    }
}
