//! Facts as lines: sentences, each whole on its own. Nothing depends on where it stands on a page.

use crate::engine::Order;
use crate::game::Game;
use crate::prose::facts::{ActionRow, Answered, Desk, Door, Due, EvidenceRow, Figure, FrontPage, Intelligence, Item, Propose, Refused, Why, WorkRow};
use crate::prose::review::Debrief;
use crate::prose::words;

/// What is in the way and what would open it.
pub fn refused(r: &Refused) -> String {
    if r.unblock.is_empty() { format!("Not now. {}", r.what) } else { format!("Not now. {} {}", r.what, r.unblock) }
}

/// A figure in a sentence.
pub fn figure(f: &Figure) -> String {
    let trend = words::trend_word(f.trend);
    let tone = words::tone_word(f.tone);
    let change = match (words::change(f).as_str(), tone) {
        _ if f.history.len() < 2 => String::new(),
        ("0", _) => "unchanged".to_owned(),
        (c, "") => format!("{c} since the last front page, {trend}"),
        (c, t) => format!("{c} since the last front page, {trend}, which is {t}"),
    };
    let range = if f.range.is_empty() { String::new() } else { format!(", between {}", f.range.replace(" to ", " and ")) };
    let about = if f.estimated { "about " } else { "" };
    let new = if f.is_new { ", new on the desk" } else { "" };
    format!("{}: {about}{}{range}, {}{}{change}{new}.", f.name, f.value.trim_start_matches('~'), f.word, if change.is_empty() { "" } else { "; " })
}

/// The same for a newcomer: the value, its word, and a change worth a word.
pub fn figure_in_short(f: &Figure) -> String {
    let about = if f.estimated { "about " } else { "" };
    let change = if f.delta.abs() < 1000 { String::new() } else { format!("; {} since the last front page", words::change(f)) };
    format!("{}: {about}{}, {}{change}.", f.name, f.value.trim_start_matches('~'), f.word)
}

pub fn item(i: &Item) -> Vec<String> {
    let mut out = vec![if i.title.is_empty() { format!("{}.", words::upper_first(i.kind)) } else { format!("{}: {}", words::upper_first(i.kind), i.title) }];
    if !i.body.is_empty() && i.body.trim_end_matches('.') != i.title.trim_end_matches('.') {
        out.push(i.body.clone());
    }
    if !i.label.is_empty() {
        out.push(format!("({})", i.label));
    }
    out
}

/// Without its kind, where the section says it.
fn bare(i: &Item) -> Vec<String> {
    let mut out = vec![words::stop(&i.title), i.body.clone()];
    if !i.label.is_empty() {
        out.push(format!("({})", i.label));
    }
    out.retain(|l| !l.is_empty());
    out
}

fn heading(out: &mut Vec<String>, text: &str) {
    out.push(String::new());
    out.push(text.to_owned());
}

pub fn due(d: &Due) -> String {
    words::stop(&format!("{}: {}", d.date, d.what))
}

/// Where and when, the headline, and on the first page the situation.
pub fn opening(f: &FrontPage) -> Vec<String> {
    let mut out = vec![format!("{}, {}. {}.", f.scenario, f.turn, f.dates), f.headline.to_uppercase()];
    if let Some(b) = &f.briefing {
        out.push(String::new());
        out.push(b.body.clone());
        out.push(format!("({})", b.label));
    }
    out
}

/// What an answer did at once: who says what to it, and what moved.
pub fn answered(list: &[Answered], order: &Order, game: &Game) -> Vec<String> {
    let Order::Answer { event, .. } = order else { return Vec::new() };
    let mut out = Vec::new();
    for a in list.iter().filter(|a| a.door == Some(Door::Event(*event)) && game.rules().events[event.i()].at_once) {
        out.extend(a.replies.iter().map(|r| format!("{} ({}): {} ({})", r.who, r.word, r.says, r.label)));
        for m in &a.moved {
            let words =
                if m.word_before == m.figure.word { format!("still {}", m.figure.word) } else { format!("from {} to {}", m.word_before, m.figure.word) };
            out.push(format!("{}: {} to {}, {}, {words}. Cause: your answer.", m.figure.name, m.before, m.figure.value, m.change));
        }
    }
    out
}

pub fn front(f: &FrontPage) -> Vec<String> {
    let mut out = opening(f);
    for i in &f.items {
        out.push(String::new());
        out.extend(item(i));
    }
    let dates = |i: &&Item| i.kind == "calendar";
    section(&mut out, "What became of your orders:", f.results.iter().filter(|i| !dates(i)).map(|i| i.body.clone()));
    section(&mut out, "The other side:", f.counterpart.iter().flat_map(bare));
    section(&mut out, "What came in:", f.found.iter().flat_map(item));
    section(&mut out, "Agencies:", f.replies.iter().map(|r| format!("{}: {}", r.who, r.says)));
    section(&mut out, "What changed most:", f.changes.iter().map(figure));
    section(&mut out, "New files:", f.opened_files.iter().map(|n| format!("{n}.")));
    section(&mut out, "Files closed:", f.closed_files.iter().map(|n| format!("{n}.")));
    section(&mut out, "Calendar:", f.results.iter().filter(dates).map(|i| i.body.clone()).chain(f.due.iter().map(due)));
    out
}

fn section(out: &mut Vec<String>, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        heading(out, title);
        out.extend(lines);
    }
}

/// Where and when, and what there is to spend: the line every page of the desk begins with.
pub fn header(d: &crate::prose::facts::Header) -> String {
    format!("{}. {}, {}. Staff {} of {}, capital {}.", d.scenario, d.date, d.turn, d.staff, d.staff_most, d.capital_text)
}

pub fn work(w: &WorkRow) -> String {
    format!("{}: {}.", w.text, w.when)
}

pub fn action(a: &ActionRow) -> String {
    let by = if a.by.is_empty() { String::new() } else { format!(" By {}.", a.by) };
    format!("{} ({}; {}).{by} {}", a.name, a.cost, a.takes, a.means)
}

pub fn evidence(e: &EvidenceRow) -> String {
    let mut parts = vec![format!("{}{}: {}", if e.is_new { "New. " } else { "" }, e.date, e.body)];
    if e.silent {
        parts.push("Nothing found.".to_owned());
    }
    if !e.speaks.is_empty() {
        parts.push(format!("{}.", words::upper_first(&e.speaks)));
    }
    if !e.uses.is_empty() {
        parts.push(format!("Usable before: {}.", e.uses));
    }
    if e.burns {
        parts.push("Publishing it would end the access.".to_owned());
    }
    if !e.label.is_empty() {
        parts.push(format!("({})", e.label));
    }
    parts.join(" ")
}

pub fn intelligence(i: &Intelligence) -> Vec<String> {
    let mut out = vec![format!("{}. {}", i.name, i.means), i.route.clone()];
    for v in &i.variables {
        let values: Vec<String> = v.values.iter().map(|l| format!("{}, {} ({}%)", l.says, l.word, l.percent)).collect();
        out.push(format!("{}: {}.", v.asks, values.join("; ")));
    }
    section(&mut out, "Under way:", i.running.iter().map(work));
    out
}

/// The short form of a draft: what it is, whether it would clear, who minds.
pub fn draft(p: &Propose, because: &str) -> Vec<String> {
    let mut out = vec![format!("Propose: {}, {}.", p.title, p.led_by)];
    for s in p.slots.iter().skip(1) {
        let detail = if s.detail.is_empty() { String::new() } else { format!(" ({})", s.detail) };
        out.push(format!("{}: {}{detail}.", s.name, if s.chosen.is_empty() { "not chosen" } else { &s.chosen }));
    }
    if p.proposal.is_none() {
        return out;
    }
    out.push(format!("Costs {}. {}.", p.cost, words::upper_first(&p.takes)));
    for g in &p.gates {
        let how = if g.open { "open".to_owned() } else { format!("shut. {}", g.unblock) };
        out.push(format!("The law: that it {}, before the {}: {} of 100, needs {}: {how}", g.role, g.record, g.has, g.needs));
    }
    let clears: Vec<String> = p.venues.iter().map(|v| format!("{} {} ({}%)", v.name, v.word, v.percent)).collect();
    out.push(format!("To clear: {}.", clears.join("; ")));
    out.push(format!("{}.", words::upper_first(&p.largest)));
    if !because.is_empty() {
        out.push(words::stop(&format!("Because {because}")));
    }
    // What the law lacks has been said above.
    if let Some(r) = p.shut.as_ref().filter(|_| p.gates.is_empty() || p.gates.iter().any(|g| g.open)) {
        out.push(refused(r));
    }
    out
}

pub fn positions(p: &Propose) -> Vec<String> {
    let mut out = vec!["Who says what:".to_owned()];
    for x in &p.positions {
        let standing = if x.standing.is_empty() { String::new() } else { format!(" ({})", x.standing) };
        out.push(format!("{}{standing} {}: {}.", x.short, x.word, if x.reasons.is_empty() { "no strong reason".to_owned() } else { x.reasons.join("; ") }));
        if !x.voice.is_empty() {
            out.push(format!("  {}", x.voice));
        }
    }
    out
}

pub fn effects(p: &Propose) -> Vec<String> {
    let mut out = vec![p.means.clone(), p.target_means.clone()];
    section(&mut out, "What it may do, within ninety days:", p.effects.iter().map(|e| format!("{}.", words::upper_first(&e.text))));
    section(&mut out, "What it hands over:", p.hands_over.iter().map(|(to, what)| format!("{to}: {what}")));
    section(&mut out, "What is known least:", p.least_known.iter().map(|l| format!("{}.", words::upper_first(l))));
    out
}

pub fn why(w: &Why) -> Vec<String> {
    let mut out = vec![format!("Why: {}.", w.title), w.means.clone()];
    for l in &w.lines {
        let tag = if l.tag.is_empty() { String::new() } else { format!(" ({})", l.tag) };
        out.push(match (l.depth, l.amount.as_str()) {
            (0, "" | "?") => format!("{}.", words::upper_first(&l.text)),
            (0, amount) => format!("{amount}: {}{tag}.", l.text),
            _ => format!("  From {}", words::stop(&l.text)),
        });
    }
    if !w.total.is_empty() {
        out.push(format!("In all {}.", w.total));
    }
    if !w.note.is_empty() {
        out.push(w.note.clone());
    }
    out
}

/// What ending the turn now leaves to its default.
pub fn left_open(d: &Desk) -> Vec<String> {
    let open = d.prompts.iter().filter(|p| !p.answered);
    open.filter_map(|p| p.choices.iter().find(|c| c.default).map(|c| format!("Not answered, so by default: {}", words::headed(&p.item.title, &c.say)))).collect()
}

pub fn debrief(d: &Debrief) -> Vec<String> {
    let mut out = vec![String::new(), format!("DEBRIEF: {}. {}", d.scenario, d.title)];
    out.extend(d.ending.iter().cloned());
    out.extend(d.lesson.iter().cloned());
    section(&mut out, "The same luck, the other answer:", d.luck.iter().cloned());
    if !d.lesson.is_empty() {
        out.push(String::new());
    }
    out.push(d.premise.clone());
    out.push(d.guidance.clone());
    section(
        &mut out,
        "Your priorities beside what happened (0 to 100, on each scale's own range):",
        d.lenses.iter().map(|l| format!("{}: {} of 12 points; {}.", l.name, l.points, l.raw_text)),
    );
    section(&mut out, "The line:", d.lines.iter().map(line));
    section(
        &mut out,
        "The largest causes, exactly:",
        d.causes.iter().map(|c| {
            let text = words::stop(&words::upper_first(&c.text));
            if c.origin.is_empty() { text } else { format!("{text} From {}", words::stop(&c.origin)) }
        }),
    );
    if !d.world.name.is_empty() {
        heading(&mut out, "The world drawn for this game; nobody knows which is true:");
        out.push(format!("{}. {}", d.world.name, d.world.means));
        out.extend(d.world.traits.iter().map(|(n, v)| format!("{n}: {v}.")));
        out.extend(d.world.tells.iter().map(|t| format!("A tell: {t}")));
        out.push(format!("What you could have believed at the end: {}.", likelihoods(&d.world.belief)));
        out.extend(d.world.evidence.iter().flat_map(item));
    }
    section(
        &mut out,
        "What was true, and what the record says:",
        d.truths.iter().map(|t| {
            format!("{}, {}: {}. At the end you gave it {}%: {}. {}", t.campaign, words::lower_first(&t.asks), t.truth, t.believed.percent, t.believed.word, t.record)
        }),
    );
    heading(&mut out, "Turn by turn:");
    for t in &d.turns {
        out.push(format!("Turn {}, {}.", t.turn + 1, t.date));
        out.extend(t.orders.iter().map(|o| words::stop(&format!("  You: {o}"))));
        out.extend(t.results.iter().map(|r| words::stop(&format!("  {r}"))));
        if !t.events.is_empty() {
            out.push(format!("  Events: {}.", t.events.join("; ")));
        }
        if !t.response.is_empty() {
            let seen = if t.seen { "" } else { " (unseen)" };
            out.push(format!("  The other side{seen}: {}. {}", t.response, t.meant));
        }
        if !t.worlds.is_empty() {
            out.push(format!("  Evidence so far: {}.", likelihoods(&t.worlds)));
        }
    }
    section(&mut out, "How sure you were:", d.calibration.rows.iter().cloned().chain([format!("{}.", d.calibration.score.trim_end_matches('.'))]));
    section(&mut out, "Advisers:", d.advisers.iter().map(|a| format!("{}: {}.", a.name, a.text)));
    section(&mut out, "What critics would say:", d.critics.iter().map(|c| format!("{}: {} ({})", c.title, c.body, c.label)));
    section(&mut out, "The record's own course:", d.history.iter().cloned());
    section(&mut out, "Afterwards:", d.aftermath.iter().map(|a| format!("{} ({})", a.body, a.label)));
    section(&mut out, "Next:", std::iter::once(d.next.clone()).filter(|n| !n.is_empty()));
    section(&mut out, "Questions:", d.questions.iter().cloned());
    section(&mut out, "Cautions:", d.cautions.iter().cloned());
    out
}

fn line(l: &crate::prose::review::LineRow) -> String {
    let history = match (l.history.first(), l.history.last()) {
        (Some((_, a)), Some((_, b))) if l.history.len() > 1 => format!(" The record's line: {} to {}.", words::whole(*a), words::whole(*b)),
        _ => String::new(),
    };
    format!("{}: {}.{history}", l.name, l.text)
}

fn likelihoods(list: &[crate::prose::facts::Likelihood]) -> String {
    list.iter().map(|l| format!("{}, {} ({}%)", l.says, l.word, l.percent)).collect::<Vec<_>>().join("; ")
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
