//! Direct commands: a whole order or look-up in one line, for scripts and for people who know where
//! they are going.

#[cfg(test)]
use crate::engine::Verb;
use crate::engine::{Draft, Order};
use crate::game::Game;
use crate::prose;
use crate::scenario::model::{
    AgencyIx, AskIx, CampaignIx, EventIx, IndicatorIx, InstrumentIx, PromiseIx, PropositionIx,
    ReformIx, TargetIx, TaskIx, limits,
};

use super::explain;
use super::view::{Act, Page, Reading};

/// The commands in a few lines, as help prints them.
pub const USAGE: &str = "A line is a number of the menu, a word, or a command.\nWords: front, all, \
                         desk, figures, files, inbox, tasks, asks, promises, reforms, guidance, \
                         confidence, intel, evidence, agencies, calendar, debrief, planner, why, \
                         orders, codex, assumptions, help, undo, back, save, end, quit.\nLook-ups: why \
                         NAME, agency NAME, intel CAMPAIGN, codex WORD, source NUMBER, help WORD \
                         for any word of a page.\nOrders: propose INSTRUMENT TARGET TERM=VALUE at \
                         VENUE because REASON; build INSTRUMENT TARGET; withdraw INSTRUMENT TARGET; task TASK CAMPAIGN; ask \
                         ASK; promise PROMISE AGENCY; answer EVENT CHOICE; reform REFORM; sure \
                         PROPOSITION PERCENT; guide LENS=POINTS or guide PROFILE; amend \
                         LENS=POINTS.\nNames may be given by id or by the start of one. Enter \
                         alone says the page again; 0 goes back.";

/// Reads a line that is no number of the menu.
pub fn read(game: &Game, line: &str) -> Act {
    let (word, rest) =
        line.split_once(char::is_whitespace).map_or((line, ""), |(w, r)| (w, r.trim()));
    let lower = word.to_lowercase();
    match order(game, &lower, rest).or_else(|| look(game, &lower, rest)) {
        Some(Ok(act)) => act,
        Some(Err(text)) => Act::Say(text),
        None => Act::Unknown(word.to_owned()),
    }
}

type Read = Result<Act, String>;

fn look(game: &Game, word: &str, rest: &str) -> Option<Read> {
    let go = |page| Some(Ok(Act::Go(page)));
    match word {
        "front" | "news" => go(Page::Front),
        "all" if game.is_over() => go(Page::Whole(Reading::Debrief)),
        "all" => go(Page::Whole(Reading::Front)),
        "debrief" => go(Page::Debrief),
        "planner" => Some(Ok(Act::Planner)),
        "desk" => go(Page::Desk),
        "figures" | "stand" => go(Page::Figures),
        "files" => go(Page::Files),
        "inbox" => go(Page::Inbox),
        "tasks" => go(Page::Tasks),
        "asks" => go(Page::Asks),
        "promises" => go(Page::Promises),
        "reforms" => go(Page::Reforms),
        "guidance" => go(Page::Guidance),
        "confidence" => go(Page::Confidence),
        "evidence" => go(Page::Whole(Reading::Intel(None))),
        "look" => go(Page::Look),
        "other" => go(Page::Other),
        "agencies" | "room" => go(Page::Agencies),
        "calendar" => go(Page::Calendar),
        "orders" | "history" => go(Page::Orders),
        "assumptions" => go(Page::Assumptions),
        "intel" | "intelligence" => Some(if rest.is_empty() {
            Ok(Act::Go(Page::Intel(None)))
        } else {
            campaign(game, rest).map(|c| Act::Go(Page::Intel(Some(c))))
        }),
        "agency" => Some(agency(game, rest).map(|a| Act::Go(Page::Agency(a)))),
        "why" | "w" => Some(why(game, rest)),
        "codex" => {
            Some(match prose::find_codex(game.rules(), rest, prose::codex_until(game)).first() {
                Some(e) => Ok(Act::Go(Page::Entry(*e))),
                None if rest.is_empty() => Ok(Act::Go(Page::Codex)),
                None => Err(format!(
                    "The codex has nothing on \"{rest}\". A word of one of its entries is \
                     expected; codex alone lists them by letter."
                )),
            })
        }
        "help" | "?" if rest.is_empty() => go(Page::Help),
        "help" | "?" => Some(explain::help(game, rest)),
        "source" => Some(explain::source(game, rest).map(Act::Say).ok_or_else(|| {
            format!(
                "There is no source called \"{rest}\". A number as it stands at the end of a text \
                 is expected, such as source S16."
            )
        })),
        "undo" | "u" => Some(Ok(Act::Undo)),
        "back" | "b" => Some(Ok(Act::Back)),
        "end" | "e" | "y" | "yes" => Some(Ok(Act::End)),
        "quit" | "q" | "exit" => Some(Ok(Act::Leave)),
        "save" => Some(Ok(Act::Save(rest.to_owned()))),
        "menu" => Some(Ok(Act::Again)),
        _ => None,
    }
}

fn order(game: &Game, word: &str, rest: &str) -> Option<Read> {
    let bare = rest.is_empty();
    Some(match word {
        "propose" | "p" | "build" if bare => Ok(Act::Go(Page::Instruments)),
        "propose" | "p" => propose(game, rest),
        "build" => pair("build INSTRUMENT TARGET", rest).and_then(|(i, t)| {
            Ok(Act::Give(Order::Build {
                instrument: instrument(game, i)?,
                target: target(game, t)?,
            }))
        }),
        "withdraw" if bare => Ok(Act::Go(Page::Withdraw)),
        "withdraw" => pair("withdraw INSTRUMENT TARGET", rest).and_then(|(i, t)| {
            Ok(Act::Give(Order::Withdraw {
                instrument: instrument(game, i)?,
                target: target(game, t)?,
            }))
        }),
        "task" if bare => Ok(Act::Go(Page::Tasks)),
        "task" => task(game, rest),
        "ask" if bare => Ok(Act::Go(Page::Asks)),
        "ask" => pick("ask", rest, game.rules().asks.iter().map(|a| (&*a.id, &*a.name)))
            .map(|n| Act::Give(Order::Ask(AskIx::at(n)))),
        "promise" if bare => Ok(Act::Go(Page::Promises)),
        "promise" => promise(game, rest),
        "answer" if bare => Ok(Act::Go(Page::Inbox)),
        "answer" => answer(game, rest),
        "reform" if bare => Ok(Act::Go(Page::Reforms)),
        "reform" => pick("reform", rest, game.rules().reforms.iter().map(|r| (&*r.id, &*r.name)))
            .map(|n| Act::Give(Order::Reform(ReformIx::at(n)))),
        "sure" if bare => Ok(Act::Go(Page::Confidence)),
        "sure" => sure(game, rest),
        "guide" | "amend" if bare => Ok(Act::Go(Page::Guidance)),
        "guide" => points(game, rest).map(|p| Act::Give(Order::Guide(p))),
        "amend" => points(game, rest).map(|p| Act::Give(Order::Amend(p))),
        _ => return None,
    })
}

/// The record a word names: its id, its name, or the start of one and only one of them. A space and
/// an underscore are the same here: ids are written with the one and said with the other.
fn pick<'r>(
    kind: &str,
    word: &str,
    table: impl Iterator<Item = (&'r str, &'r str)>,
) -> Result<usize, String> {
    let plain = |s: &str| s.trim().to_lowercase().replace('_', " ");
    let wanted = plain(word);
    let rows: Vec<(String, String, &str)> =
        table.map(|(id, name)| (plain(id), plain(name), name)).collect();
    if let Some(n) = rows.iter().position(|(id, name, _)| *id == wanted || *name == wanted) {
        return Ok(n);
    }
    let near: Vec<usize> = (0..rows.len())
        .filter(|n| {
            !wanted.is_empty()
                && (rows[*n].0.starts_with(&wanted) || rows[*n].1.starts_with(&wanted))
        })
        .collect();
    match near.as_slice() {
        [one] => Ok(*one),
        [] => Err(format!(
            "There is no {kind} called \"{word}\". Expected is one of these: {}.",
            names(&rows, 0..rows.len())
        )),
        several => Err(format!(
            "Which {kind} is meant by \"{word}\"? Expected is one of these: {}.",
            names(&rows, several.iter().copied())
        )),
    }
}

/// Names to choose from; their ids where the names are sentences.
fn names(rows: &[(String, String, &str)], which: impl Iterator<Item = usize>) -> String {
    let long = rows.iter().any(|(_, name, _)| name.split(' ').count() > 6);
    which
        .map(|n| if long { rows[n].0.as_str() } else { rows[n].2.trim_end_matches('.') })
        .collect::<Vec<_>>()
        .join("; ")
}

/// The two names an order needs, or the form it is written in.
fn pair<'w>(form: &str, rest: &'w str) -> Result<(&'w str, &'w str), String> {
    rest.split_once(char::is_whitespace)
        .map(|(a, b)| (a, b.trim()))
        .ok_or_else(|| format!("Two names are expected: {form}."))
}

fn instrument(game: &Game, word: &str) -> Result<InstrumentIx, String> {
    pick("instrument", word, game.rules().instruments.iter().map(|i| (&*i.id, &*i.short)))
        .map(InstrumentIx::at)
}

/// Targets on the board only: the others have no name yet.
fn target(game: &Game, word: &str) -> Result<TargetIx, String> {
    let rules = game.rules();
    let known: Vec<usize> = (0..rules.targets.len())
        .filter(|n| game.situation().targets_known() & (1 << n) != 0)
        .collect();
    pick("target", word, known.iter().map(|n| (&*rules.targets[*n].id, &*rules.targets[*n].short)))
        .map(|n| TargetIx::at(known[n]))
}

fn campaign(game: &Game, word: &str) -> Result<CampaignIx, String> {
    let rules = game.rules();
    let known: Vec<CampaignIx> =
        prose::intelligence(game, None).campaigns.into_iter().map(|(c, _)| c).collect();
    pick(
        "campaign",
        word,
        known.iter().map(|c| (&*rules.campaigns[*c].id, &*rules.campaigns[*c].name)),
    )
    .map(|n| known[n])
}

fn agency(game: &Game, word: &str) -> Result<AgencyIx, String> {
    if word.is_empty() {
        return Err("Which agency? Its name is expected; agencies lists them.".to_owned());
    }
    pick("agency", word, game.rules().agencies.iter().map(|a| (&*a.id, &*a.short)))
        .map(AgencyIx::at)
}

/// `why NAME`, or `why NAME TURN`.
fn why(game: &Game, rest: &str) -> Read {
    if rest.is_empty() {
        return Ok(Act::Go(Page::Whys));
    }
    let (name, turn) = match rest
        .rsplit_once(char::is_whitespace)
        .and_then(|(name, n)| n.parse::<usize>().ok().map(|n| (name, n)))
    {
        Some((name, n)) if (1..=game.turn()).contains(&n) => (name, n),
        Some((_, n)) => {
            return Err(if n == 0 || game.turn() == 0 {
                format!("There is no turn {n} to look back on. A turn that has ended is expected.")
            } else {
                format!("Turn {n} has not ended. A turn from 1 to {} is expected.", game.turn())
            });
        }
        None => (rest, game.turn()),
    };
    let figures = prose::figures(game);
    let rules = game.rules();
    let table = figures.iter().map(|f| &rules.indicators[f.indicator]);
    // Both the long and the short name are known to the reader.
    let n = pick("figure", name, table.clone().map(|i| (&*i.id, &*i.short)))
        .or_else(|_| pick("figure", name, table.map(|i| (&*i.id, &*i.name))));
    let n = match n {
        Ok(n) => n,
        // An agency's page says what moved it; what moves nothing may still be explained.
        Err(e) if agency(game, name).is_err() => return explain::help(game, name).map_err(|_| e),
        Err(_) => return agency(game, name).map(|a| Act::Go(Page::Agency(a))),
    };
    let i: IndicatorIx = figures[n].indicator;
    Ok(Act::Go(Page::Why(i, turn)))
}

/// `INSTRUMENT TARGET TERM=VALUE … at VENUE because REASON`; terms left out are the file's or the
/// lead's.
fn propose(game: &Game, rest: &str) -> Read {
    let (head, because) = match rest.find(" because ") {
        Some(at) => (&rest[..at], rest[at + " because ".len()..].trim()),
        None => (rest, ""),
    };
    let mut tokens = head.split_whitespace();
    let ix = instrument(game, tokens.next().unwrap_or(""))?;
    let Some(word) = tokens.next() else { return Ok(Act::Begin(ix, None)) };
    let t = target(game, word)?;
    let rules = game.rules();
    let mut draft: Draft = prose::begin_draft(game, ix, t);
    let slots = &rules.instruments[ix].slots;
    let mut complete = false;
    while let Some(token) = tokens.next() {
        if token == "at" {
            let venue = tokens
                .next()
                .ok_or_else(|| "At which venue? Its name is expected after at.".to_owned())?;
            let n = pick("venue", venue, rules.venues.iter().map(|v| (&*v.id, &*v.short)))?;
            draft.venue = Some(u8::try_from(n).unwrap_or(0));
            complete = true;
            continue;
        }
        let (term, value) = token.split_once('=').ok_or_else(|| {
            format!("\"{token}\" is not understood. TERM=VALUE or at VENUE is expected.")
        })?;
        let n = pick(
            "term",
            term,
            slots.iter().map(|s| (&*rules.terms[s.term].id, &*rules.terms[s.term].name)),
        )?;
        let values = &rules.terms[slots[n].term.i()].values;
        let at = pick(
            "value",
            value,
            slots[n]
                .values
                .iter()
                .map(|v| (&*values[usize::from(*v)].id, &*values[usize::from(*v)].name)),
        )?;
        draft.parts[n] = Some(u8::try_from(at).unwrap_or(0));
    }
    // Without a venue the line opens the draft; with one it is the order.
    match draft.order(rules).filter(|_| complete) {
        Some(order) => Ok(Act::GiveBecause(order, because.to_owned())),
        None if head.split_whitespace().count() > 2 => Err(
            "A whole proposal ends with at VENUE; without terms and venue the line opens a draft."
                .to_owned(),
        ),
        None => Ok(Act::Begin(ix, Some(t))),
    }
}

fn task(game: &Game, rest: &str) -> Read {
    let rules = game.rules();
    let (name, on) =
        rest.split_once(char::is_whitespace).map_or((rest, None), |(a, b)| (a, Some(b.trim())));
    let ix = TaskIx::at(pick("task", name, rules.tasks.iter().map(|t| (&*t.id, &*t.name)))?);
    let campaign = match on {
        Some(word) => Some(campaign(game, word.trim_start_matches("on "))?),
        // One campaign on the board needs no name.
        None if rules.tasks[ix].on_campaign => prose::intelligence(game, None).campaign,
        None => None,
    };
    Ok(Act::Give(Order::Task { task: ix, campaign }))
}

fn promise(game: &Game, rest: &str) -> Read {
    let (name, to) = pair("promise PROMISE AGENCY", rest)?;
    let n = pick("promise", name, game.rules().promises.iter().map(|p| (&*p.id, &*p.name)))?;
    Ok(Act::Give(Order::Promise {
        promise: PromiseIx::at(n),
        to: agency(game, to.trim_start_matches("to "))?,
    }))
}

fn answer(game: &Game, rest: &str) -> Read {
    let (event, choice) = pair("answer MATTER CHOICE", rest)?;
    let rules = game.rules();
    let asked: Vec<EventIx> = game.situation().prompts.iter().map(|p| p.event).collect();
    if asked.is_empty() {
        return Err("Nothing waits for an answer.".to_owned());
    }
    let n = pick(
        "matter",
        event,
        asked.iter().map(|e| (&*rules.events[*e].id, &*rules.events[*e].title)),
    )?;
    let event = asked[n];
    let c = pick("answer", choice, rules.events[event].choices.iter().map(|c| (&*c.id, &*c.say)))?;
    Ok(Act::Give(Order::Answer { event, choice: u8::try_from(c).unwrap_or(0) }))
}

fn sure(game: &Game, rest: &str) -> Read {
    let (name, percent) = pair("sure STATEMENT PERCENT", rest)?;
    let n = pick(
        "proposition",
        name,
        game.rules().propositions.iter().filter(|p| p.stated).map(|p| (&*p.id, &*p.says)),
    )?;
    let stated: Vec<usize> = (0..game.rules().propositions.len())
        .filter(|n| game.rules().propositions[*n].stated)
        .collect();
    let percent: u8 = percent.trim_end_matches('%').parse().map_err(|_| {
        format!("\"{percent}\" is no percentage. A number from 1 to 99 is expected.")
    })?;
    Ok(Act::Give(Order::Confidence { proposition: PropositionIx::at(stated[n]), percent }))
}

/// `lens=points …`, or the name of a profile.
fn points(game: &Game, rest: &str) -> Result<[u8; limits::LENSES], String> {
    let rules = game.rules();
    if !rest.contains('=') {
        let n = pick("profile", rest, rules.profiles.iter().map(|p| (&*p.id, &*p.name)))?;
        return Ok(rules.profiles[n].points);
    }
    let mut out = [0; limits::LENSES];
    for token in rest.split([' ', ',']).filter(|t| !t.is_empty()) {
        let (lens, n) = token
            .split_once('=')
            .ok_or_else(|| format!("\"{token}\" is not understood. LENS=POINTS is expected."))?;
        let lens = pick("priority", lens, rules.lenses.iter().map(|l| (&*l.id, &*l.short)))?;
        out[lens] = n.parse().map_err(|_| {
            format!("\"{n}\" is no number of points. A number from 0 to 4 is expected.")
        })?;
    }
    Ok(out)
}

/// Every verb of the engine has a command: what a new order must be added to.
#[cfg(test)]
pub const COMMANDS: [(Verb, &str); 13] = [
    (Verb::Guide, "guide"),
    (Verb::Amend, "amend"),
    (Verb::Propose, "propose"),
    (Verb::Withdraw, "withdraw"),
    (Verb::Task, "task"),
    (Verb::Ask, "ask"),
    (Verb::Promise, "promise"),
    (Verb::Answer, "answer"),
    (Verb::Reform, "reform"),
    (Verb::Confidence, "sure"),
    // Not part of these rules; the draft's own page says what a forecast would.
    (Verb::Forecast, "propose"),
    (Verb::End, "end"),
    (Verb::Build, "build"),
];
