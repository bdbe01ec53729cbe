//! Facts as lines: sentences, each whole on its own. Nothing depends on where it stands on a page.

use std::fmt::Write as _;

use crate::engine::Order;
use crate::prose::facts::{
    ActionRow, AgencyPage, AgencyRow, AgendaRow, AnswerReply, AssumptionRow, Calendar, Card,
    CodexEntry, Desk, Door, Due, EvidenceRow, Figure, FileRow, FrontPage, Header, Intelligence,
    Item, Likelihood, MindRow, Moved, Part as Share, PromiseRow, Propose, Refused, RoomRow, Stand,
    VenueRow, Why, WhyLine, WorkRow,
};
use crate::prose::review::{Comparison, Debrief, LineRow, PairRow, Standing, TurnRow};
use crate::prose::words;

/// A part: what the menu calls it, and its lines. One without lines is not offered.
pub struct Part {
    pub title: String,
    pub lines: Vec<String>,
}

fn part_of(title: &str, lines: impl IntoIterator<Item = String>) -> Part {
    Part { title: title.to_owned(), lines: lines.into_iter().filter(|l| !l.is_empty()).collect() }
}

/// What is in the way and what would open it.
pub fn refused(r: &Refused) -> String {
    let mut out = format!("Not now. {}", words::stop(&r.what));
    if !r.unblock.is_empty() {
        // Some say it in a sentence, some only name the thing.
        let lead =
            if r.unblock.starts_with(char::is_lowercase) { "What would open it: " } else { "" };
        _ = write!(out, " {lead}{}", words::stop(&r.unblock));
    }
    out
}

/// A figure in a sentence.
pub fn figure(f: &Figure) -> String {
    let change = match (words::change_said(f, f.delta).as_str(), words::tone_word(f.tone)) {
        _ if !words::can_have_changed(f) => String::new(),
        _ if !f.marked && f.estimated => "; no change beyond its error".to_owned(),
        _ if !f.marked => "; unchanged".to_owned(),
        ("unchanged", _) => "; unchanged".to_owned(),
        (c, "") => format!("; {c} since the last front page"),
        (c, t) => format!("; {c} since the last front page, which is {t}"),
    };
    let range = f.range.map_or_else(String::new, |_| format!(", {}", words::range_in_full(f)));
    let new = if f.is_new { "; new on the desk" } else { "" };
    format!("{}: {}{range}, {}{change}{new}.", f.name, f.value, f.word)
}

/// The same for a newcomer: the value, its word, and a change worth a word.
pub fn figure_in_short(f: &Figure) -> String {
    let change = if !f.marked || f.delta.abs() < 1000 {
        String::new()
    } else {
        format!("; {} since the last front page", words::change_said(f, f.delta))
    };
    format!("{}: {}, {}{change}.", f.name, f.value, f.word)
}

/// Where a text is from and how it stands, as a sentence.
pub fn label(label: &str) -> String {
    if label.is_empty() { String::new() } else { words::stop(&words::upper_first(label)) }
}

fn and_label(text: &str, from: &str) -> String {
    if from.is_empty() {
        words::stop(text)
    } else {
        format!("{} {}", words::stop(text), label(from))
    }
}

pub fn item(i: &Item) -> Vec<String> {
    let kind = words::upper_first(i.kind);
    let mut out =
        vec![words::stop(&if i.title.is_empty() { kind } else { format!("{kind}: {}", i.title) })];
    if i.body.trim_end_matches('.') != i.title.trim_end_matches('.') {
        out.push(i.body.clone());
    }
    out.push(label(&i.label));
    out.retain(|l| !l.is_empty());
    out
}

/// A paper on the desk: from whom, and of which kind.
pub fn paper(from: &str, i: &Item) -> Vec<String> {
    let mut out = item(i);
    let kind = words::upper_first(i.kind);
    if from != kind {
        out[0] = words::stop(&format!("{kind} from {from}: {}", i.title));
    }
    out
}

/// Without its kind, where the section says it.
fn bare(i: &Item) -> Vec<String> {
    let mut out = vec![i.title.clone(), i.body.clone()];
    out.retain(|l| !l.is_empty());
    let mut out: Vec<String> = out.iter().map(|l| words::stop(l)).collect();
    out.push(label(&i.label));
    out.retain(|l| !l.is_empty());
    out
}

pub fn due(d: &Due) -> String {
    words::stop(&format!("{}: {}", d.date, d.what))
}

/// Where and when, and the headline.
pub fn opening(f: &FrontPage) -> Vec<String> {
    let mut out = vec![format!("Front page of {}, {}, {}.", f.scenario, f.turn, f.dates)];
    if f.headline != f.scenario {
        out.push(words::stop(&f.headline));
    }
    out.extend((!f.after.is_empty()).then(|| f.after.clone()));
    out
}

/// What an answer did at once: who says what to it, and what moved.
pub fn answered(list: &[Card], order: &Order) -> Vec<String> {
    let Order::Answer { event, .. } = order else { return Vec::new() };
    list.iter().filter(|a| a.item.door == Some(Door::Event(*event))).flat_map(at_once).collect()
}

fn at_once(a: &Card) -> Vec<String> {
    let mut out: Vec<String> = a.replies.iter().map(reaction).collect();
    for m in &a.moved {
        if m.figure.estimated {
            out.push(moved(m));
            continue;
        }
        let tone = words::tone_word(m.tone);
        let tone = if tone.is_empty() { String::new() } else { format!(", which is {tone}") };
        out.push(format!(
            "{}: {} to {}, {}{tone}, {}. Cause: your answer.",
            m.figure.name,
            words::amount(&m.figure, m.before),
            m.figure.value,
            words::change_said(&m.figure, m.delta),
            words::went(m)
        ));
    }
    out
}

fn reaction(r: &AnswerReply) -> String {
    let (_, word) = words::reaction(r.reaction);
    if r.says.is_empty() {
        return format!("{}, {word}.", r.who);
    }
    and_label(&format!("{}, {word}: {}", r.who, r.says), &r.label)
}

/// How much of a value's change a card made, and where it stands.
fn moved(m: &Moved) -> String {
    let tone = words::tone_word(m.tone);
    let tone = if tone.is_empty() { String::new() } else { format!(", which is {tone}") };
    format!(
        "{}: {}{tone}; now {}, {}.",
        m.figure.name,
        words::part(m.part),
        m.figure.value,
        m.figure.word
    )
}

/// What became of one act, who was helped and annoyed, what moved.
fn card(c: &Card) -> Vec<String> {
    let mut out = vec![if c.say.is_empty() {
        and_label(&c.item.body, &c.item.label)
    } else {
        words::stop(&words::headed(&c.item.title, &c.say))
    }];
    if !c.say.is_empty() && !c.item.body.is_empty() {
        out.push(and_label(&c.item.body, &c.item.label));
    }
    out.extend(c.replies.iter().map(reaction));
    out.extend(c.moved.iter().map(moved));
    out
}

/// The parts of a front page, in the order in which it is read.
pub fn front(f: &FrontPage) -> Vec<Part> {
    let dates = |i: &&Item| i.is_of_calendar();
    let briefing = f.briefing.iter().flat_map(|b| [b.body.clone(), label(&b.label)]);
    let answers = f.answered.iter().flat_map(|a| {
        std::iter::once(format!("{}: {}", a.item.title, words::stop(&a.say))).chain(at_once(a))
    });
    let files = f.opened_files.iter().map(|n| format!("New file: {}.", n.trim_end_matches('.')));
    let files = files
        .chain(f.closed_files.iter().map(|n| format!("File closed: {}.", n.trim_end_matches('.'))));
    let others = f.results.iter().filter(|i| !dates(i));
    let foretold = f.foretold.iter().flat_map(|i| {
        std::iter::once(words::stop(&i.title)).chain(i.body.split("\n\n").map(words::stop))
    });
    vec![
        part_of("The briefing", briefing),
        part_of("What your answer did at once", answers),
        part_of(
            &counted("What became of yours", f.cards.len() + others.clone().count()),
            f.cards.iter().flat_map(card).chain(others.map(|i| and_label(&i.body, &i.label))),
        ),
        part_of("What advisers foretold", foretold),
        part_of(&counted("What moved", f.changes.len()), f.changes.iter().map(figure)),
        part_of(&counted("What happened", f.items.len()), f.items.iter().flat_map(item)),
        part_of("What the other side did", f.counterpart.iter().flat_map(bare)),
        part_of(
            &counted("What intelligence came in", f.found.len()),
            f.found.iter().flat_map(item),
        ),
        part_of(
            &counted("What agencies say", f.replies.len()),
            f.replies.iter().map(|r| words::stop(&format!("{}: {}", r.who, r.says))),
        ),
        part_of("On their own minds", f.minds.iter().map(mind)),
        part_of("Files opened and closed", files),
        part_of(
            &counted("Dates", f.due.len()),
            f.results
                .iter()
                .filter(dates)
                .map(|i| words::stop(&i.body))
                .chain(f.due.iter().map(due)),
        ),
    ]
}

fn mind(m: &MindRow) -> String {
    let way = if m.readier { "readier" } else { "less ready" };
    format!("{} is {way} until {}: {}.", m.short, m.until, m.says)
}

fn counted(title: &str, n: usize) -> String {
    format!("{title}: {n}")
}

/// The page, where and when, and what there is to spend.
pub fn header(page: &str, d: &Header) -> String {
    let record = if d.on_the_record { ", on the record" } else { "" };
    if d.over {
        return format!("{page}. {}{record}, {}, over.", d.scenario, d.date);
    }
    let more = match d.income_text.as_str() {
        "" => String::new(),
        income => format!(" ({income} as the turn ends)"),
    };
    format!(
        "{page}. {}{record}, {}, {}. To spend: {} of {} staff, {} capital{more}.",
        d.scenario, d.turn, d.date, d.staff, d.staff_most, d.capital_text
    )
}

pub fn file(f: &FileRow) -> String {
    let new = if f.is_new { "New: " } else { "" };
    let until = if f.until == "open" {
        "open, without a last day".to_owned()
    } else {
        format!("until {}{}", f.until, if f.expires { ", its last turn" } else { "" })
    };
    format!(
        "{new}{}, {}. From {}, {until}. {}",
        f.measure,
        f.name,
        f.sponsor,
        words::stop(&words::upper_first(&f.standing))
    )
}

pub fn work(w: &WorkRow) -> String {
    format!("{}: {}.", w.text, w.when)
}

pub fn ordered(row: &AgendaRow) -> String {
    let stances: Vec<String> = row.stances.iter().map(stand).collect();
    let detail =
        if stances.is_empty() { String::new() } else { format!(" {}.", stances.join(", ")) };
    let because = if row.because.is_empty() {
        String::new()
    } else {
        format!(" Because {}", words::stop(&row.because))
    };
    format!("{}{detail}{because}", words::stop(&row.text))
}

/// `Treasury objects`.
pub fn stand(s: &Stand) -> String {
    format!("{} {}", s.short, words::stance(s.stance))
}

/// What it is called, who does it, the price, the time.
pub fn action(a: &ActionRow) -> String {
    let by = if a.by.is_empty() { String::new() } else { format!(", by {}", a.by) };
    let so = if a.so.is_empty() { String::new() } else { format!(" ({})", a.so) };
    format!("{}{so}{by}: {}; {}", a.name, a.cost, a.takes)
}

pub fn promise(p: &PromiseRow) -> String {
    format!("{} {}: {}", if p.given { "Promised to" } else { "Promise" }, p.to, p.name)
}

/// `, cooler, busy until 3 Jan`.
pub fn aside(r: &RoomRow) -> String {
    [words::warmth(r.moved), &r.note]
        .iter()
        .filter(|part| !part.is_empty())
        .fold(String::new(), |said, part| said + ", " + part)
}

pub fn agency_row(a: &AgencyRow) -> String {
    let outside = if a.outside { ", outside the room" } else { "" };
    let name = if a.name == a.room.short { String::new() } else { format!(", {}", a.name) };
    let holder = if a.holder.is_empty() { String::new() } else { format!(". {}", a.holder) };
    format!(
        "{}{name}{outside}: {}{}{holder}",
        a.room.short,
        words::relation_word(a.room.relation),
        aside(&a.room)
    )
}

/// The parts of an agency's page.
pub fn agency(p: &AgencyPage) -> Vec<Part> {
    let said = |what: &str, text: &str| {
        if text.is_empty() { String::new() } else { format!("{what}: {}", words::stop(text)) }
    };
    vec![
        part_of(
            "What it wants, fears and says: simulated",
            [
                said("Wants", &p.wants),
                said("Fears", &p.fears),
                said("Says", &p.voice),
                said("Writes", &p.writes),
            ],
        ),
        part_of(
            "What it minds, leads and will not have",
            [said("Minds most", &p.cares.join(", ")), said("Leads", &p.leads.join(", "))]
                .into_iter()
                .chain(p.red_lines.iter().map(|r| words::stop(&format!("Red line: {r}")))),
        ),
        part_of(
            "Where it stands on what lies on your desk",
            p.stands.iter().map(|s| format!("{}: {}.", s.name, words::stance(s.stance))),
        ),
        part_of(
            "What it remembers of you",
            [words::stop(&format!("It stands at {}", p.relation))]
                .into_iter()
                .chain(causes(&p.memory)),
        ),
        part_of(
            "Its predictions",
            [words::stop(&words::upper_first(&p.hit_rate))]
                .into_iter()
                .chain(p.predictions.iter().map(|p| words::stop(p))),
        ),
    ]
}

/// The parts of the calendar.
pub fn calendar(c: &Calendar) -> Vec<Part> {
    let turns = c.turns.iter().enumerate().map(|(n, t)| {
        format!("Turn {} opens on {t}{}.", n + 1, if n == c.now { ", this turn" } else { "" })
    });
    let windows = c.windows.iter().map(|w| {
        let source = if w.source.is_empty() {
            String::new()
        } else {
            format!(" Source {}", words::stop(&w.source))
        };
        format!(
            "{}: {} to {}, at its height {}, {}{}.{source}",
            w.name,
            w.from,
            w.to,
            w.peak,
            if w.now { "now " } else { "" },
            w.word
        )
    });
    vec![
        part_of(&counted("Windows", c.windows.len()), windows),
        part_of(&counted("Under way and in force", c.work.len()), c.work.iter().map(work)),
        part_of(&counted("Dates to come", c.coming.len()), c.coming.iter().map(due)),
        part_of(
            &counted("Work on the office", c.reforms.len()),
            c.reforms.iter().map(|r| words::stop(&action(r))),
        ),
        part_of(&counted("Turns", c.turns.len()), turns),
    ]
}

pub fn evidence(e: &EvidenceRow) -> String {
    let mut parts = vec![words::stop(&format!(
        "{}{}: {}",
        if e.is_new { "New. " } else { "" },
        words::upper_first(&e.date),
        e.body
    ))];
    if e.silent {
        parts.push("Looked for, and not found.".to_owned());
    }
    if !e.speaks.is_empty() {
        parts.push(format!("It speaks {}.", e.speaks));
    }
    if !e.uses.is_empty() {
        parts.push(format!("Usable before: {}.", e.uses));
    }
    if e.burns {
        parts.push("Publishing it would end the access.".to_owned());
    }
    parts.push(label(&e.label));
    parts.retain(|p| !p.is_empty());
    parts.join(" ")
}

fn likelihoods(list: &[Likelihood]) -> String {
    list.iter()
        .map(|l| format!("{}, {}, {}%", l.says, l.word, l.percent))
        .collect::<Vec<_>>()
        .join("; ")
}

/// What is believed of a campaign, in short.
pub fn intelligence(i: &Intelligence) -> Vec<String> {
    let mut out = vec![format!("Intelligence on {}. {}", i.name, i.means), words::stop(&i.route)];
    out.push(i.drawn.clone());
    out.extend(i.variables.iter().map(|v| format!("{}: {}.", v.asks, likelihoods(&v.values))));
    out.retain(|l| !l.is_empty());
    out
}

/// What is most believed of every campaign, the law on every target, and the worlds.
fn over_all(i: &Intelligence) -> Vec<Part> {
    let believed = i.grid.iter().map(|r| {
        let cells: Vec<String> = i
            .campaigns
            .iter()
            .zip(&r.cells)
            .filter_map(|((_, name), cell)| {
                let l = cell.as_ref()?;
                Some(format!("{name}, {}, {}, {}%", l.says, l.word, l.percent))
            })
            .collect();
        format!("{}: {}.", r.asks, cells.join("; "))
    });
    let law = i.law.iter().map(|r| {
        let cells: Vec<String> = r
            .cells
            .iter()
            .map(|c| {
                let state = if c.open { " open" } else { "" };
                format!("{} {}/{}{state}", c.instrument, c.has, c.needs)
            })
            .collect();
        format!("{}: {}.", r.target, cells.join("; "))
    });
    let worlds = i.worlds.iter().map(|w| {
        let before = if w.before == w.now.percent {
            String::new()
        } else {
            format!(", {}% a turn ago", w.before)
        };
        format!("{}: {}%, {}{before}.", w.now.says, w.now.percent, w.now.word)
    });
    let moved = i.worlds_moved.iter().map(|m| format!("Moved by: {}", words::stop(m)));
    vec![
        part_of("What is most believed, campaign by campaign", believed),
        part_of("What the law has and needs, of 100", law),
        part_of("Which world this is, which nobody knows", worlds.chain(moved)),
    ]
}

/// The parts of the intelligence board.
pub fn board(i: &Intelligence) -> Vec<Part> {
    let mut out = over_all(i);
    out.extend(of_campaign(i));
    out
}

fn of_campaign(i: &Intelligence) -> Vec<Part> {
    vec![
        part_of(&counted("Under way", i.active_tasks.len()), i.active_tasks.iter().map(work)),
        part_of(
            &counted("The evidence, latest first", i.evidence.len()),
            i.evidence.iter().map(evidence),
        ),
        part_of(
            &counted("What was seen of the other side", i.tells.len()),
            i.tells.iter().map(evidence),
        ),
        part_of(
            &counted("What it may work towards by itself", i.aims.len()),
            i.aims.iter().map(|a| {
                format!(
                    "{} {} {}",
                    words::stop(&likelihoods(std::slice::from_ref(&a.likely))),
                    words::stop(&a.means),
                    words::stop(&words::upper_first(&a.guard))
                )
            }),
        ),
        part_of(
            &counted("Where the law stands", i.gates.len()),
            i.gates.iter().map(|g| words::stop(g)),
        ),
    ]
}

/// The short form of a draft: what it is, whether it would clear, who minds.
pub fn draft(p: &Propose, because: &str) -> Vec<String> {
    // Who leads it, and in which lane.
    let led = p.slots.first().map_or(p.led_by.as_str(), |s| {
        if s.detail.contains(&p.led_by) { &s.detail } else { &p.led_by }
    });
    let led = if led.is_empty() { String::new() } else { format!(", {led}") };
    let mut out = vec![format!("Propose: {}{led}.", p.title)];
    if p.proposal.is_none() {
        out.push(p.means.clone());
        out.extend(p.shut.iter().map(refused));
        out.retain(|l| !l.is_empty());
        return out;
    }
    out.push(p.ordered.clone());
    if let Some(Order::Build { .. }) = p.order {
        out.push(format!("The file comes first: {}. It costs {}.", p.file, p.cost));
        out.push(format!("{}.", words::upper_first(&p.takes)));
    } else {
        if !p.file.is_empty() {
            out.push(format!("The file is {}.", p.file));
        }
        if !p.revises.is_empty() {
            out.push(format!("New terms for what stands: {}.", p.revises));
        }
        out.push(format!("Costs {}. {}.", p.cost, words::upper_first(&p.takes)));
    }
    for g in &p.gates {
        let how = if g.open {
            let share = g.share();
            if share.is_empty() {
                "The gate is open.".to_owned()
            } else {
                format!("The gate is open; this proof {share}.")
            }
        } else {
            format!("The gate is shut. {}", words::stop(&g.unblock))
        };
        out.push(format!(
            "The law asks that it {} ({}): {} of 100, needs {}. {}",
            g.role,
            g.record,
            g.has,
            g.needs,
            how.trim_end()
        ));
    }
    let shut = |v: &VenueRow| if v.shut.is_some() { ", shut now" } else { "" };
    let clears: Vec<String> = p
        .venues
        .iter()
        .map(|v| format!("{}, {}, {}%{}", v.name, v.word, v.percent, shut(v)))
        .collect();
    out.push(format!("The chance to clear: {}.", clears.join("; ")));
    out.push(words::stop(&words::upper_first(&p.says)));
    for promise in &p.breaks {
        out.push(format!("As it is it would break a promise, to {promise}."));
    }
    if !p.odds.is_empty() {
        let rests: Vec<String> = p.odds.iter().map(|o| o.text.clone()).collect();
        out.push(words::stop(&format!(
            "Who may stop it, the likeliest first. {}",
            words::upper_first(&rests.join("; "))
        )));
    }
    if !p.lift.is_empty() {
        out.push(words::stop(&format!("What would lift it: {}", p.lift)));
    }
    if !because.is_empty() {
        out.push(words::stop(&format!("Because {because}")));
    }
    // What the law lacks has been said.
    if let Some(r) =
        p.shut.as_ref().filter(|_| p.gates.is_empty() || p.gates.iter().any(|g| g.open))
    {
        out.push(refused(r));
    }
    out.retain(|l| !l.is_empty());
    out
}

pub fn positions(p: &Propose) -> Vec<String> {
    let mut out = vec![format!("{}: who says what, and why.", p.title)];
    for x in &p.positions {
        let standing =
            if x.standing.is_empty() { String::new() } else { format!(", {},", x.standing) };
        let reasons =
            if x.reasons.is_empty() { "no strong reason".to_owned() } else { x.reasons.join("; ") };
        let vote = match (x.no, x.stops) {
            (None | Some(0), _) => String::new(),
            (Some(no), Some(0)) => format!(" ({no}% a no, which stops nothing by itself)"),
            (Some(no), _) => format!(" ({no}% a no)"),
        };
        out.push(words::stop(
            format!(
                "{}{standing} {}{vote}: {}. {}",
                x.short,
                words::stance(x.stance),
                reasons.trim_end_matches('.'),
                x.voice
            )
            .trim_end(),
        ));
    }
    out
}

pub fn effects(p: &Propose) -> Vec<String> {
    let mut out = vec![
        format!("{}: what it may do, what it hands over, what is known least.", p.title),
        p.means.clone(),
        p.target_means.clone(),
    ];
    let sentences = |out: &mut Vec<String>, title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push(title.to_owned());
            out.extend(lines);
        }
    };
    sentences(
        &mut out,
        "What it may do within ninety days. Narrow and wide say how far advisers differ.",
        p.effects
            .iter()
            .map(|e| {
                let tone = words::tone_word(e.tone);
                let tone =
                    if tone.is_empty() { String::new() } else { format!(", which is {tone}") };
                format!("{}{tone}.", words::upper_first(&e.text))
            })
            .collect(),
    );
    sentences(
        &mut out,
        "What it hands over, simulated.",
        p.hands_over.iter().map(|(to, what)| words::stop(&format!("{to}: {what}"))).collect(),
    );
    sentences(
        &mut out,
        "What is known least.",
        p.least_known.iter().map(|l| words::stop(&words::upper_first(l))).collect(),
    );
    out.retain(|l| !l.is_empty());
    out
}

pub fn why(w: &Why) -> Vec<String> {
    let mut out = vec![format!("Why: {}.", w.title), w.means.clone()];
    if w.figure.range.is_some() || w.figure.is_new {
        out.push(figure(&w.figure));
    }
    out.extend(causes(&w.lines));
    if !w.total.is_empty() {
        out.push(format!("In all {}.", w.total));
    }
    out.push(w.note.clone());
    out.retain(|l| !l.is_empty());
    out
}

/// Each cause with what it moved.
fn causes(lines: &[WhyLine]) -> Vec<String> {
    let said = |l: &WhyLine| {
        let tag =
            if l.tag.is_empty() { String::new() } else { format!(" This came of: {}.", l.tag) };
        let moved = match l.amount {
            Share::Exact(n) => format!("{} {}", words::way(n > 0), words::tenths(n.abs())),
            Share::Way { .. } => words::part(l.amount),
            Share::None | Share::Unknown => String::new(),
        };
        match l.depth {
            0 if moved.is_empty() => words::stop(&words::upper_first(&l.text)),
            0 => format!("{}: {}{tag}", words::upper_first(&moved), words::stop(&l.text)),
            _ => format!("This goes back to {}", words::stop(&l.text)),
        }
    };
    lines.iter().map(said).collect()
}

/// What ending the turn now leaves to its default.
pub fn left_open(d: &Desk) -> Vec<String> {
    let open = d.prompts.iter().filter(|p| !p.answered);
    open.filter_map(|p| {
        p.choices.iter().find(|c| c.default).map(|c| {
            format!("Not answered, so by default: {}", words::headed(&p.item.title, &c.say))
        })
    })
    .collect()
}

pub fn entry(e: &CodexEntry) -> Vec<String> {
    let short = if e.short.is_empty() || e.short == e.title {
        String::new()
    } else {
        format!(", in short {}", e.short)
    };
    let mut out = vec![format!("Codex: {}{short}.", e.title), e.says.clone()];
    out.extend(e.sources.iter().map(|s| words::stop(&format!("Source {s}"))));
    out
}

pub fn assumption_row(a: &AssumptionRow) -> String {
    format!(
        "{}: {}, {}{}",
        a.name,
        a.value,
        a.range,
        if a.overridden { ", set for this game" } else { "" }
    )
}

pub fn assumption(a: &AssumptionRow) -> Vec<String> {
    vec![
        format!("Assumption: {}.", assumption_row(a)),
        a.means.clone(),
        format!("It rests on: {}", words::stop(&a.why)),
    ]
}

/// The parts of the debrief after the ending itself.
pub fn debrief(d: &Debrief) -> Vec<Part> {
    let lenses = d.lenses.iter().map(|l| {
        let happened = if d.over {
            format!("{} of 100 in what happened", l.raw_text)
        } else {
            l.raw_text.clone()
        };
        format!(
            "{}: {} of 12 points{}, {happened}. {}",
            l.name,
            l.points,
            if d.guided { " from you" } else { "" },
            l.means
        )
    });
    let causes = d.causes.iter().map(|c| {
        let from = if c.origin.is_empty() {
            String::new()
        } else {
            format!(" From {}", words::stop(&c.origin))
        };
        format!("{}{from}", words::stop(&words::upper_first(&c.text)))
    });
    let world = || {
        let w = &d.world;
        let name =
            if w.name.is_empty() { String::new() } else { format!("{}. {}", w.name, w.means) };
        let fixed = if w.name.is_empty() {
            ""
        } else if w.fixed {
            "It was fixed for this game."
        } else {
            "It was drawn for this game; nobody knows which is true."
        };
        let traits = w.traits.iter().map(|(n, v)| words::stop(&format!("{n}: {v}")));
        let belief = if w.belief.is_empty() {
            String::new()
        } else {
            format!("What you could have believed at the end: {}.", likelihoods(&w.belief))
        };
        [name, fixed.to_owned()]
            .into_iter()
            .chain(traits)
            .chain(
                w.tells.iter().map(|t| format!("Such a world shows itself so: {}", words::stop(t))),
            )
            .chain([belief])
            .chain(w.evidence.iter().flat_map(item))
            .collect::<Vec<_>>()
    };
    let truths = d.truths.iter().map(|t| {
        format!(
            "{}, {} {} You held it {}, {}%. {}",
            t.campaign,
            t.asks.inside(),
            t.truth,
            t.believed.word,
            t.believed.percent,
            t.record
        )
        .trim_end()
        .to_owned()
    });
    let marks = d.lines.first().map_or(&[][..], |l| &l.marks[..]);
    let marks = marks
        .iter()
        .map(|(turn, what)| format!("Turn {}: {}.", turn + 1, what.trim_end_matches('.')));
    let turning = d.turning.iter().map(|t| {
        let how = match (t.served, d.guided) {
            (true, true) => "For what you wanted",
            (false, true) => "Against what you wanted",
            (true, false) => "For the points that stood",
            (false, false) => "Against the points that stood",
        };
        format!("{how}: {}, {}. Without it, {}.", t.when, t.what.inside(), t.without)
    });
    vec![
        part_of("The same luck, the other answer", d.luck.iter().cloned()),
        part_of(
            if d.guided {
                "Your priorities beside what happened"
            } else {
                "The points that stood, beside what happened"
            },
            [d.premise.clone(), d.guidance.clone()].into_iter().chain(lenses),
        ),
        part_of(
            if d.guided {
                "The game by your priorities, beside others on the same draw"
            } else {
                "The game by the points that stood, beside others on the same draw"
            },
            d.standing.iter().flat_map(|s| {
                let planner =
                    "The word planner lets a player who looks ahead play the same draw: some seconds.";
                [vec![d.premise.clone()], standing(s), vec![planner.to_owned()]].concat()
            }),
        ),
        part_of(
            "Turning points",
            turning.chain(std::iter::once(d.luck_says.clone()).filter(|l| !l.is_empty())),
        ),
        part_of(
            &counted("The line of each value", d.lines.len()),
            d.lines.iter().map(line).chain(marks),
        ),
        part_of(&counted("The largest causes, exactly", d.causes.len()), causes),
        part_of("The world", world()),
        part_of("What was true, and what the record says", truths),
        part_of("Turn by turn, both sides", d.turns.iter().flat_map(turn)),
        part_of(
            "How sure you were",
            d.calibration
                .rows
                .iter()
                .map(|r| words::stop(r))
                .chain([words::stop(&d.calibration.score)]),
        ),
        part_of(
            "Whose predictions held",
            d.advisers.iter().map(|a| words::stop(&format!("{}: {}", a.name, a.text))),
        ),
        part_of(
            "What critics would say",
            d.critics.iter().map(|c| and_label(&format!("{}: {}", c.title, c.body), &c.label)),
        ),
        part_of("The record, in orders of this game", d.history.iter().map(|h| words::stop(h))),
        part_of("What came after", d.aftermath.iter().map(|a| and_label(&a.body, &a.label))),
        part_of("Questions to argue about", d.questions.iter().cloned()),
        part_of("Cautions", d.cautions.iter().cloned()),
    ]
}

/// The game by its guidance, each mark with it.
pub fn standing(s: &Standing) -> Vec<String> {
    let marks = s.marks.iter().map(|m| {
        let ends = if m.ending.is_empty() {
            String::new()
        } else {
            format!(", and it ends: {}", m.ending)
        };
        let told = words::stop(&format!("{}: {} of 100{ends}", m.who, m.outcome_text));
        if m.did.is_empty() { told } else { format!("{told} {}", m.did) }
    });
    let mut out = vec![s.text.clone()];
    out.extend(marks);
    out.push(s.place.text.clone());
    out.push(s.yours.clone());
    out
}

/// Two games, what belongs together in one line after the other: A first.
pub fn comparison(c: &Comparison) -> Vec<String> {
    let names = ["A", "B"];
    let mut out = vec![format!("Two games of {}.", words::stop(&c.scenario)), c.draw.clone()];
    for (name, side) in names.iter().zip(&c.sides) {
        out.push(String::new());
        out.push(format!("{name}: run {}.", side.run));
        out.push(words::stop(&format!("It ended: {}", side.ending)));
        out.push(side.guidance.clone());
        out.extend(side.standing.iter().flat_map(standing));
    }
    let pairs = |title: &str, rows: &[PairRow]| -> Vec<String> {
        let each = rows.iter().map(|r| format!("{}: A {}, B {}.", r.name, r.left, r.right));
        [String::new(), title.to_owned()].into_iter().chain(each).collect()
    };
    out.extend(pairs("Priorities, of 100 in what happened.", &c.lenses));
    out.extend(pairs("Values at the end.", &c.values));
    out.extend([String::new(), "Orders, where they differ.".to_owned(), c.alike.clone()]);
    for t in &c.turns {
        out.push(format!("Turn {}, {}.", t.turn + 1, t.date));
        for (name, orders) in names.iter().zip([&t.left, &t.right]) {
            out.extend(orders.iter().map(|o| words::stop(&format!("{name}: {o}"))));
        }
    }
    out.extend([String::new(), c.premise.clone()]);
    out
}

/// A turn of a game that was played, in sentences.
pub fn turn(t: &TurnRow) -> Vec<String> {
    let mut out = vec![format!("Turn {}, {}.", t.turn + 1, t.date)];
    out.extend(t.orders.iter().map(|o| words::stop(&format!("You: {o}"))));
    out.extend(t.results.iter().map(|r| words::stop(r)));
    if !t.events.is_empty() {
        out.push(words::stop(&format!("Events: {}", t.events.join("; "))));
    }
    if !t.response.is_empty() {
        let seen = if t.seen { "" } else { ", which you did not see" };
        out.push(
            format!("The other side{seen}: {} {}", words::stop(&t.response), t.meant)
                .trim_end()
                .to_owned(),
        );
    }
    if !t.worlds.is_empty() {
        out.push(format!("Evidence so far: {}.", likelihoods(&t.worlds)));
    }
    out
}

fn line(l: &LineRow) -> String {
    let history = match (l.history.first(), l.history.last()) {
        (Some((_, a)), Some((_, b))) if l.history.len() > 1 => {
            format!(" The designer's line: {} to {}.", words::whole(*a), words::whole(*b))
        }
        _ => String::new(),
    };
    format!("{}: {}.{history}", l.name, l.text)
}

/// Letters and signs outside ASCII, written with what there is.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '−' | '–' => out.push('-'),
            '—' => out.push_str("--"),
            '’' | '‘' => out.push('\''),
            '“' | '”' => out.push('"'),
            '·' => out.push(','),
            '→' => out.push_str("to"),
            '×' => out.push('x'),
            '…' => out.push_str("..."),
            'é' | 'è' | 'ê' => out.push('e'),
            'ö' => out.push('o'),
            'ü' => out.push('u'),
            'ä' | 'á' => out.push('a'),
            c if c.is_ascii() => out.push(c),
            _ => out.push('?'),
        }
    }
    out
}
