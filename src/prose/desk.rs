//! The desk: how things stand, what is on it, what has been ordered, what is coming, and the room.

use crate::day::Day;
use crate::engine::NONE;
use crate::engine::odds::chance;
use crate::engine::options::options;
use crate::engine::position::{RoomWeights, Stance};
use crate::engine::{Cause, Draft, Note, Order, Proposal, Refusal, Slot, Verb};
use crate::game::Game;
use crate::num::ONE;
use crate::order::Arrange;
use crate::scenario::model::{
    AgencyIx, Choice, Effect, EventIx, EventKind, FileIx, LensIx, LiveFile, Move, ProfileIx, Rules,
    Sight,
};

use super::facts::{
    AgendaRow, ChoiceRow, Desk, Door, Due, FileRow, Guidance, GuidanceRow, InboxRow, ProfileRow,
    PromiseRow, Prompt, Refused, RoomRow, Stand, Trend,
};
use super::{actions, cause, figure, order, stand, summary, text, words, work};

/// Everything on the desk.
pub fn desk(game: &Game) -> Desk {
    desk_with(game, &[])
}

/// Everything on the desk, where these drafts were left unordered: a file is shown as its draft was
/// left.
pub fn desk_with(game: &Game, left: &[Proposal]) -> Desk {
    // Made once and asked for everything the desk says of where somebody stands.
    let weights = RoomWeights::new(game.rules(), game.situation());
    let (figures, files, prompts, room) =
        (figure::figures(game), files(game, &weights, left), prompts(game), room(game));
    Desk {
        header: stand::header(game),
        summary: summary::summary(game, &weights, &figures, &files, &prompts, left),
        figures,
        files,
        inbox: inbox(game, &prompts),
        agenda: agenda(game, &weights),
        work: work::work(game),
        coming: coming(game),
        room,
        promises: promises(game),
        prompts,
    }
}

/// The events that wait for an answer.
pub(super) fn prompts(game: &Game) -> Vec<Prompt> {
    let (rules, s) = (game.rules(), game.situation());
    // What nobody will answer any more asks nothing.
    if game.is_over() {
        return Vec::new();
    }
    let one = |p: &crate::engine::items::Prompt| {
        let e = &rules.events[p.event];
        let choices = e.choices.iter().enumerate().map(|(n, c)| {
            let choice = u8::try_from(n).unwrap_or(NONE);
            let chosen = p.choice == choice;
            // Once answered, what is open is read as if it were not.
            let shut = match s.validate(rules, &Order::Answer { event: p.event, choice }) {
                Err(Refusal::AlreadyAnswered { .. }) if chosen => None,
                r => actions::because(game, r),
            };
            ChoiceRow {
                choice,
                id: c.id.clone(),
                say: c.say.clone(),
                cost: words::cost(u32::from(c.staff), u32::from(c.capital)),
                warms: stirred(rules, c, true),
                cools: stirred(rules, c, false),
                raises: moves(rules, c, true),
                lowers: moves(rules, c, false),
                bet: bet(game, c),
                default: e.default == choice,
                chosen,
                shut,
            }
        });
        let item = text::event(game, p.event);
        Prompt {
            event: p.event,
            id: e.id.clone(),
            from: from(game, p.event),
            item,
            choices: choices.collect(),
            answered: p.choice != NONE,
        }
    };
    s.prompts.iter().map(one).collect()
}

/// Whose relationship the answer moves that way.
fn stirred(rules: &Rules, c: &Choice, up: bool) -> Vec<String> {
    let of = |e: &Effect| match e {
        Effect::Relation(a, n) if (*n > 0) == up => Some(rules.agencies[*a].short.clone()),
        _ => None,
    };
    c.also.iter().filter_map(of).collect()
}

/// So many values that an answer moves are named.
const MOVES: usize = 3;
/// A move of less than so many thousandths of a hundredth of the range is not.
const MOVE: i64 = 700;

/// Which of the values that an answer moves most go up, or down.
fn moves(rules: &Rules, c: &Choice, up: bool) -> Vec<String> {
    let size = |m: &Move| rules.indicators[m.indicator].share(m.amount);
    let seen = |m: &&Move| rules.indicators[m.indicator].sight != Sight::Hidden;
    let mut all: Vec<&Move> = c.moves.iter().filter(seen).filter(|m| size(m) >= MOVE).collect();
    all.arrange_by_key(|m| (std::cmp::Reverse(size(m)), m.indicator));
    let these = all.iter().take(MOVES).filter(|m| (m.amount > 0) == up);
    // In short, where nobody bears the same name.
    let named = |m: &&&Move| {
        let short = rules.indicators[m.indicator].short.to_string();
        let is_somebody = rules.agencies.iter().any(|a| a.short == short);
        if is_somebody { words::name(rules, m.indicator).to_owned() } else { short }
    };
    these.map(|m| named(&m)).collect()
}

/// That what follows an answer hangs on how the other side works, and on which page it is told.
fn bet(game: &Game, c: &Choice) -> String {
    let (rules, s) = (game.rules(), game.situation());
    let brought = |e: &Effect| match e {
        Effect::Tell(t) => Some(rules.tells[*t].takes.most),
        _ => None,
    };
    let Some(most) = c.also.iter().filter_map(brought).max() else { return String::new() };
    let due = s.today(rules).plus(i32::from(most));
    let told = rules.turns.iter().find(|t| due < t.ends).map(|t| t.ends);
    let end = rules.ends();
    match told.filter(|day| *day < end) {
        Some(day) => format!("a bet on how the other side works, told by {}", day.short()),
        None => "a bet on how the other side works, told in the debrief".to_owned(),
    }
}

fn from(game: &Game, e: EventIx) -> String {
    let event = &game.rules().events[e];
    event.from.map_or_else(
        || words::upper_first(text::event_kind(event.kind)),
        |a| game.rules().agencies[a].short.clone(),
    )
}

fn inbox(game: &Game, prompts: &[Prompt]) -> Vec<InboxRow> {
    let rules = game.rules();
    let asked = prompts.iter().enumerate().map(|(n, p)| InboxRow {
        event: p.event,
        from: p.from.clone(),
        title: p.item.title.clone(),
        prompt: Some(n),
        answered: p.answered,
        item: p.item.clone(),
    });
    let told = stand::fired(game)
        .into_iter()
        .filter(|e| rules.events[*e].choices.is_empty() || game.is_over());
    let told = told.filter(|e| {
        matches!(
            rules.events[*e].kind,
            EventKind::Memo | EventKind::Cable | EventKind::Hill | EventKind::Office
        )
    });
    let told = told.map(|e| {
        let event = &rules.events[e];
        let item = text::event(game, e);
        InboxRow {
            event: e,
            from: from(game, e),
            title: event.title.clone(),
            prompt: None,
            answered: true,
            item,
        }
    });
    asked.chain(told).collect()
}

fn files(game: &Game, room: &RoomWeights, left: &[Proposal]) -> Vec<FileRow> {
    let (rules, s) = (game.rules(), game.situation());
    let opened: Vec<FileIx> = stand::news(game)
        .into_iter()
        .filter_map(|n| if let Note::FileOpened(f) = n { Some(f) } else { None })
        .collect();
    let mut rows: Vec<FileRow> = Vec::new();
    for (ix, f) in stand::open_files(game) {
        let draft = super::propose::as_it_lies(game, left, (f.instrument, f.target), f.terms);
        let on_agenda = game.ordered(f.instrument, f.target).is_some();
        let yours = !on_agenda && left.contains(&draft);
        let percent = stand::percent(chance(rules, s, room, &draft));
        let mine = if yours { ", as you left it" } else { "" };
        let at = format!("{percent}% at {}{mine}", rules.venues[draft.venue].name);
        let order = super::propose::next(game, &draft);
        let built = matches!(order, Order::Propose(_));
        // At the cheapest venue: the dearer ones say what they lack on the draft's own page. One
        // that was left is asked as it was left.
        let shut = if built && !yours { open(game, f) } else { actions::shut(game, &order) };
        let standing = match &shut {
            None if !built => {
                format!("file {}", super::propose::file(game, f.instrument, f.target))
            }
            _ if on_agenda => {
                format!("on the agenda, {at}")
            }
            None => at,
            Some(r) => r.what.clone(),
        };
        rows.push(FileRow {
            file: ix,
            instrument: f.instrument,
            target: f.target,
            measure: order::measure(rules, f.instrument, f.target),
            name: f.name.to_string(),
            says: f.says.clone(),
            sponsor: rules.agencies[f.sponsor].short.clone(),
            until: f.until.map_or_else(|| "open".to_owned(), Day::short),
            expires: f.until.is_some_and(|d| d < s.turn_now(rules).ends),
            is_new: game.turn() > 0 && opened.contains(&ix),
            cost: super::propose::cost(game, &order),
            percent,
            standing,
            shut,
            on_agenda,
            stances: stand::stances(game, room, &draft),
        });
    }
    rows
}

/// What is in the way of any proposal of a file's pair.
fn open(game: &Game, f: &LiveFile) -> Option<Refused> {
    let draft = Draft { subject: Some(f.instrument.0), ..Draft::of(Verb::Propose) };
    let mut result = Ok(());
    options(game.rules(), game.situation(), &draft, Slot::Object, |t, r| {
        if t == f.target.0 {
            result = r;
        }
    });
    actions::because(game, result)
}

/// This turn's orders, each with who is for and against where it is a proposal.
fn agenda(game: &Game, room: &RoomWeights) -> Vec<AgendaRow> {
    let rules = game.rules();
    let stances =
        |o: &Order| if let Order::Propose(p) = o { heads(game, room, p) } else { Vec::new() };
    let row = |(n, g): (usize, &crate::game::Given)| AgendaRow {
        order: n,
        text: order::order(rules, &g.order),
        stances: stances(&g.order),
        because: g.because.clone(),
    };
    game.orders().iter().enumerate().map(row).collect()
}

/// Those whose word counts, the rest only where they are against it; its friends first.
fn heads(game: &Game, room: &RoomWeights, p: &Proposal) -> Vec<Stand> {
    let ins = &game.rules().instruments[p.instrument];
    let mut list = stand::stances(game, room, p);
    list.retain(|s| {
        s.agency == ins.lead
            || ins.consults.contains(&s.agency)
            || ins.veto.contains(&s.agency)
            || s.stance >= Stance::Objects
    });
    list.arrange_by_key(|s| s.stance);
    list
}

/// Dates ahead that are public: windows, files that run out, promises, judgements. Nearest first.
pub(super) fn coming(game: &Game) -> Vec<Due> {
    let (rules, s) = (game.rules(), game.situation());
    let today = s.today(rules);
    let mut out: Vec<Due> = Vec::new();
    let mut add = |on: Day, what: String, door: Option<Door>| {
        if on >= today {
            out.push(Due { on, date: on.short(), what, door });
        }
    };
    for (n, w) in rules.windows.iter().enumerate().filter(|(_, w)| stand::in_view(game, w)) {
        let door = Some(Door::Window(crate::scenario::model::WindowIx::at(n)));
        let name = w.name.inside();
        if w.from == w.to {
            add(w.from, w.name.to_string(), door);
            continue;
        }
        add(w.from, format!("first day of {name}"), door);
        if w.peak > w.from && w.peak < w.to {
            add(w.peak, format!("height of {name}"), door);
        }
        add(w.to, format!("last day of {name}"), door);
    }
    for (ix, f) in stand::open_files(game) {
        if let Some(until) = f.until {
            add(until, format!("last day of the file: {}", f.name), Some(Door::File(ix)));
        }
    }
    let end = rules.ends();
    if rules.after > 0 {
        let what = format!("your last day; what you leave runs on to {}", end.plus(-1).short());
        add(rules.closes().plus(-1), what, None);
    }
    for m in s.measures.iter().filter(|m| m.is_ordered() && m.in_force() && !m.withdrawn) {
        if let Some(over) = work::last_day(rules, m).filter(|day| *day <= end) {
            let (instrument, target) = (m.instrument, m.target);
            let what = cause::does(rules, instrument, target, "runs out", "run out");
            add(over, what, Some(Door::Measure(instrument, target)));
        }
    }
    for m in s.measures.iter().filter(|m| m.is_ordered() && !m.withdrawn) {
        if let Some(day) = work::held_until(game, m).filter(|day| *day <= end) {
            let (instrument, target) = (m.instrument, m.target);
            let what = order::measure(rules, instrument, target);
            add(
                day,
                format!("at the earliest: {what} in force"),
                Some(Door::Measure(instrument, target)),
            );
        }
    }
    for d in &s.commitments {
        let p = &rules.promises[d.promise];
        add(
            words::day(rules, d.until),
            format!(
                "last day of your promise to {}: {}",
                rules.agencies[d.to].short,
                p.name.inside()
            ),
            Some(Door::Agency(d.to)),
        );
    }
    for (n, p) in rules.propositions.iter().enumerate() {
        if let Some(by) = p.by.filter(|_| p.stated && s.confidence[n] > 0 && s.judged[n] == 0) {
            add(by, format!("judged: {}", p.says), Some(Door::Confidence));
        }
    }
    out.arrange_by_key(|d| (d.on, d.what.clone()));
    out
}

/// Agencies in the room and how each stands towards the player.
pub(super) fn room(game: &Game) -> Vec<RoomRow> {
    let rules = game.rules();
    (0..rules.agencies.len())
        .map(AgencyIx::at)
        .filter(|a| !rules.agencies[*a].outside)
        .map(|a| room_row(game, a))
        .collect()
}

pub(super) fn room_row(game: &Game, a: AgencyIx) -> RoomRow {
    let (rules, s) = (game.rules(), game.situation());
    let until = |day: i16| words::day(rules, day).short();
    let busy = (s.busy_until[a] > s.day).then(|| format!("busy until {}", until(s.busy_until[a])));
    let mind = s.spell_of(rules, a);
    let mind = mind.map(|(_, m)| format!("{} (until {})", m.says, until(s.spell_until[a])));
    let note = busy.into_iter().chain(mind).collect::<Vec<_>>().join("; ");
    RoomRow {
        agency: a,
        short: rules.agencies[a].short.clone(),
        relation: words::relation(s.relation[a]),
        moved: warmth(game, a),
        note,
    }
}

/// Which way an agency went this turn and the last; what time alone does is not counted.
fn warmth(game: &Game, a: AgencyIx) -> Trend {
    let since = game.turn().saturating_sub(1);
    let moved: i32 = game
        .ledger()
        .notes
        .iter()
        .filter(|(turn, _)| usize::from(*turn) >= since)
        .map(|(_, note)| match note {
            Note::Related { agency, delta, cause, .. }
                if *agency == a && *cause != Cause::Settle =>
            {
                *delta
            }
            _ => 0,
        })
        .sum();
    match moved {
        ONE.. => Trend::Rising,
        n if n <= -ONE => Trend::Falling,
        _ => Trend::Level,
    }
}

pub(super) fn promises(game: &Game) -> Vec<PromiseRow> {
    game.situation().commitments.iter().map(|d| actions::promise(game, d.promise, d.to)).collect()
}

/// The guidance as it stands, the profiles to start from, and whether it may be written or amended.
pub fn guidance(game: &Game) -> Guidance {
    let (rules, s) = (game.rules(), game.situation());
    let rows = rules.lenses.iter().enumerate().map(|(n, l)| GuidanceRow {
        lens: LensIx::at(n),
        id: l.id.clone(),
        name: l.name.to_string(),
        short: l.short.clone(),
        means: l.means.clone(),
        points: s.guidance[n],
    });
    let profiles = rules.profiles.iter().enumerate().map(|(n, p)| ProfileRow {
        profile: ProfileIx::at(n),
        id: p.id.clone(),
        name: p.name.clone(),
        says: p.says.clone(),
        points: p.points[..rules.lenses.len()].to_vec(),
    });
    let verb = match (game.is_over(), s.turn, s.guided, s.amended) {
        (true, ..) => None,
        (_, 0, false, _) => Some(Verb::Guide),
        (_, 1.., _, false) if !s.is_late_to_amend(rules) => Some(Verb::Amend),
        _ => None,
    };
    let note = match verb {
        Some(Verb::Guide) => "Twelve points, 0 to 4 each, at least four with some. Agencies will \
                              quote it; the debrief will hold you to it."
            .to_owned(),
        Some(_) => format!(
            "It may be amended once, in public, before the last third; that costs {} of {}.",
            words::number(-rules.tuning.amend_process),
            words::inside(rules, rules.roles.process)
        ),
        None if s.amended => "Amended once; it stands.".to_owned(),
        None if game.is_over() => "As it stood at the end.".to_owned(),
        None if s.turn > 0 => "It stands: the last third of the game has begun.".to_owned(),
        None => "Written; it may be amended once, in public, from the second turn.".to_owned(),
    };
    Guidance {
        rows: rows.collect(),
        profiles: profiles.collect(),
        total: s.guidance.iter().sum(),
        written: s.guided,
        amended: s.amended,
        verb,
        note,
    }
}
