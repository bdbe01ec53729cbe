//! `script`: a scenario as a dated document, to be read by colleagues who do not play.

use clap::Args;

use crate::document::{Block, Form};
use crate::prose::words;
use crate::scenario::layers::Places;
use crate::scenario::load::{self, Checked, ScenarioRef};
use crate::scenario::model::{Event, Move, Rules, Text};
use crate::scenario::source::Source;

use super::document::{OutArgs, hand_out};
use super::{Answer, Cx, Failure, Written};

#[derive(Debug, Args)]
pub struct ScriptArgs {
    /// A scenario's id, or a path.
    scenario: String,
    #[command(flatten)]
    out: OutArgs,
}

pub fn run(cx: &Cx, asked: Option<Written>, args: &ScriptArgs) -> Answer {
    let which = ScenarioRef::parse(&args.scenario);
    let source =
        load::scenario_source(&which, &cx.own()).map_err(|p| Failure::Unusable(vec![p]))?;
    let checked = Checked::of(&source, &[]);
    let rules = checked.rules.ok_or(Failure::Problems(checked.problems))?;
    hand_out(asked, &args.out, Form::Markdown, || document(&rules, &source))
}

fn document(rules: &Rules, source: &Source) -> Vec<Block> {
    let mut out = vec![Block::Title(rules.title.clone()), Block::Text(rules.summary.clone())];
    let places = Places::of(source);
    let last = rules.last_turn();
    out.push(Block::Small(format!(
        "{} turns, {} to {}; {} minutes of play",
        rules.played(),
        rules.turns[0].opens.long(),
        rules.turns[last].ends.long(),
        rules.minutes
    )));
    out.push(Block::Part("Briefing".to_owned()));
    said(&mut out, rules, &rules.briefing);
    out.push(Block::Part("What is hidden".to_owned()));
    for c in &rules.campaigns {
        out.push(Block::Head(c.name.clone()));
        out.push(Block::Text(c.means.clone()));
        for v in &c.variables {
            let values: Vec<String> = v.values.iter().map(|v| v.says.clone()).collect();
            out.push(Block::Item(format!("{}? {}", v.asks, values.join("; "))));
        }
    }
    out.push(Block::Part("By date".to_owned()));
    let mut dated: Vec<&Event> = rules.events.iter().filter(|e| e.on.is_some()).collect();
    dated.sort_by_key(|e| e.on);
    for e in dated {
        event(&mut out, rules, &places, e);
    }
    out.push(Block::Part("Without a date".to_owned()));
    for e in rules.events.iter().filter(|e| e.on.is_none()) {
        event(&mut out, rules, &places, e);
    }
    out.push(Block::Part("Files that are brought".to_owned()));
    for f in &rules.files {
        out.push(Block::Head(f.name.to_string()));
        out.push(Block::Text(f.says.clone()));
        out.push(Block::Small(format!(
            "{}, from {}",
            format_args!(
                "{} · {}",
                rules.instruments[f.instrument].short, rules.targets[f.target].short
            ),
            rules.agencies[f.sponsor].short
        )));
    }
    other_side(&mut out, rules, &places);
    out.push(Block::Part("How it ends".to_owned()));
    for e in &rules.endings {
        out.push(Block::Head(e.title.clone()));
        conditions(&mut out, &places, "endings", &e.id);
        out.push(Block::Text(e.says.clone()));
        out.extend(e.lines.iter().map(|(_, says)| Block::Item(says.clone())));
    }
    if !rules.teaching.questions.is_empty() || !rules.teaching.cautions.is_empty() {
        out.push(Block::Part("For a class".to_owned()));
        let teaching = &rules.teaching;
        out.extend(teaching.questions.iter().map(|q| Block::Item(q.clone())));
        out.extend(teaching.cautions.iter().map(|c| Block::Item(c.clone())));
    }
    out
}

/// What the other side may say and do, whichever layer it is from: it stands beside the dated texts
/// and must be true beside them.
fn other_side(out: &mut Vec<Block>, rules: &Rules, places: &Places) {
    if rules.responses.is_empty() && rules.aims.is_empty() && rules.tells.is_empty() {
        return;
    }
    out.push(Block::Part("What the other side may say and do".to_owned()));
    for r in &rules.responses {
        out.push(Block::Head(format!("{}: {}", rules.agencies[r.seat].short, r.name)));
        conditions(out, places, "responses", &r.id);
        r.texts.iter().for_each(|v| said(out, rules, &v.text));
        moves(out, rules, "It moves", &r.moves);
    }
    for a in &rules.aims {
        out.push(Block::Head(format!("{}, by itself: {}", rules.agencies[a.seat].short, a.name)));
        out.push(Block::Text(a.means.clone()));
        for s in &a.steps {
            out.push(Block::Item(format!(
                "{} ({} to {} days)",
                s.name, s.takes.least, s.takes.most
            )));
            std::iter::once(&s.sign).chain(&s.act).for_each(|t| said(out, rules, t));
        }
    }
    for t in &rules.tells {
        out.push(Block::Head("A sign that may be seen".to_owned()));
        said(out, rules, &t.text);
        out.extend(t.silence.iter().map(|says| Block::Item(format!("Or: {says}"))));
    }
}

/// A text and under it who says it.
fn said(out: &mut Vec<Block>, rules: &Rules, text: &Text) {
    out.extend(text.says().split("\n\n").map(|p| Block::Text(p.trim().to_owned())));
    out.push(Block::Small(label(rules, text)));
}

fn label(rules: &Rules, text: &Text) -> String {
    let told = |n: &crate::scenario::model::SourceIx| {
        let s = &rules.sources[*n];
        let parts = s.parts.iter().map(|p| p.says.as_str());
        let says: Vec<&str> =
            std::iter::once(s.says.as_str()).chain(parts).filter(|t| !t.is_empty()).collect();
        format!("{} ({})", s.id, says.join("; "))
    };
    match text {
        Text::Record { source, also, status, .. } => {
            let all: Vec<String> = std::iter::once(source).chain(also).map(told).collect();
            format!("Record, {}: {}", words::status(*status), all.join("; "))
        }
        Text::Simulated { by, follows, .. } => {
            let after =
                follows.as_ref().map_or_else(String::new, |s| format!(", after {}", told(s)));
            format!("Simulated: {}{after}", rules.agencies[*by].short)
        }
    }
}

fn event(out: &mut Vec<Block>, rules: &Rules, places: &Places, e: &Event) {
    let day = e.on.map_or_else(String::new, |d| format!("{}: ", d.long()));
    out.push(Block::Head(format!("{day}{}", e.title)));
    conditions(out, places, "events", &e.id);
    for version in &e.text.versions {
        said(out, rules, &version.text);
    }
    moves(out, rules, "It moves", &e.moves);
    for (n, c) in e.choices.iter().enumerate() {
        let price = match (c.staff, c.capital) {
            (0, 0) => String::new(),
            (s, 0) => format!(" ({s} staff)"),
            (0, c) => format!(" ({c} capital)"),
            (s, c) => format!(" ({s} staff, {c} capital)"),
        };
        let stands = if usize::from(e.default) == n { " Stands if nobody answers." } else { "" };
        let does = changes(rules, &c.moves);
        let does = if does.is_empty() { String::new() } else { format!(" It moves {does}.") };
        out.push(Block::Item(format!("{}{price}{does}{stands}", c.say)));
        if let Some(then) = &c.then {
            said(out, rules, then);
        }
    }
}

/// The conditions as the author wrote them.
fn conditions(out: &mut Vec<Block>, places: &Places, table: &str, id: &str) {
    let all = places.items(table, id, "when");
    if !all.is_empty() {
        out.push(Block::Small(format!("When {}", all.join(", "))));
    }
}

fn changes(rules: &Rules, moves: &[Move]) -> String {
    let each = moves.iter().map(|m| {
        format!("{} {:+.1}", rules.indicators[m.indicator].name, f64::from(m.amount) / 1000.0)
    });
    each.collect::<Vec<_>>().join(", ")
}

fn moves(out: &mut Vec<Block>, rules: &Rules, lead: &str, moves: &[Move]) {
    if !moves.is_empty() {
        out.push(Block::Small(format!("{lead} {}", changes(rules, moves))));
    }
}
