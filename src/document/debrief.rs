//! The debrief of a game as a document: what a class reads after it.
//!
//! Owns the order of the parts and the words between the facts. While the game goes on there is
//! only what the player knows: `prose` gives nothing else.

use crate::game::Game;
use crate::prose::facts::{Item, Likelihood};
use crate::prose::review::{CauseRow, Debrief, LensRow, LineRow, Played, Standing, TurnRow};
use crate::prose::{self, words};

use super::{Bar, Block, Course};

/// The debrief of a game. Of one that goes on, with what the player knows and a notice that says
/// so.
pub fn debrief(game: &Game) -> Vec<Block> {
    let (d, p) = (prose::debrief(game), prose::played(game));
    let wanted = if d.guided { "what you wanted" } else { "the points that stood" };
    let mut out = cover(&d, &p);
    part(&mut out, "How it ended", ending(&d));
    part(&mut out, "The same luck, the other answer", items(&d.luck));
    let beside = if d.over { ", beside what happened" } else { "" };
    let title = format!("{}{beside}", words::upper_first(wanted));
    part(&mut out, &title, priorities(&d));
    let others = d.standing.as_ref().map(|s| standing(s, &d.title)).unwrap_or_default();
    part(&mut out, "Beside others on the same draw", others);
    part(&mut out, "What turned the game", turning(&d, wanted));
    part(&mut out, "To argue about", items(&d.questions));
    part(&mut out, "The world", world(&d));
    part(&mut out, "What was true, and what could be believed", truths(&d));
    part(&mut out, "The course of each value", courses(&d));
    part(&mut out, "What moved what, exactly", causes(&d));
    let turns = if d.over { "Turn by turn, both sides open" } else { "Turn by turn" };
    part(&mut out, turns, d.turns.iter().flat_map(turn).collect());
    part(&mut out, "How sure you were", sure(&d));
    let held =
        d.advisers.iter().map(|a| Block::Item(words::stop(&format!("{}: {}", a.name, a.text))));
    part(&mut out, "Whose predictions held", held.collect());
    part(&mut out, "What critics would say", d.critics.iter().map(told).collect());
    part(&mut out, "The record, in orders of this game", items(&d.history));
    part(&mut out, "What came after", d.aftermath.iter().map(told).collect());
    part(&mut out, "Cautions", small(&d.cautions));
    part(&mut out, "Sources", small(&prose::sources(game)));
    out
}

/// A part that has something in it.
fn part(out: &mut Vec<Block>, title: &str, blocks: Vec<Block>) {
    if !blocks.is_empty() {
        out.push(Block::Part(title.to_owned()));
        out.extend(blocks);
    }
}

fn items(all: &[String]) -> Vec<Block> {
    all.iter().map(|t| Block::Item(words::stop(t))).collect()
}

fn small(all: &[String]) -> Vec<Block> {
    all.iter().map(|t| Block::Small(t.clone())).collect()
}

/// Which game it is.
fn cover(d: &Debrief, p: &Played) -> Vec<Block> {
    let mut out = vec![Block::Title(format!("Debrief: {}. {}", d.scenario, d.title))];
    if !d.over {
        out.push(Block::Notice(format!(
            "The game is not over: {} of {} were ended, and it stands on {}. What is hidden stays \
             hidden.",
            p.turns,
            words::count(p.of, "turn"),
            p.until
        )));
    }
    let mut lines = vec![format!(
        "Scenario {}, seed {}; {} of {} played, {} to {}.",
        p.scenario,
        p.seed,
        p.turns,
        words::count(p.of, "turn"),
        p.from,
        p.until
    )];
    lines.extend(p.branches.iter().map(|(turn, seed)| {
        format!(
            "A branch: from the opening of turn {} on with luck of its own, seed {seed}.",
            turn + 1
        )
    }));
    lines.extend(
        p.assumptions
            .iter()
            .map(|a| format!("Set for this game: {} to {} ({}).", a.name, a.value, a.range)),
    );
    if p.on_the_record && !d.over {
        lines.push(words::ON_THE_RECORD.to_owned());
    }
    out.push(Block::Small(lines.join(" ")));
    out
}

fn ending(d: &Debrief) -> Vec<Block> {
    let mut out: Vec<Block> = d.ending.iter().map(|t| Block::Text(t.clone())).collect();
    if d.over {
        out.push(Block::Small("The ending is simulated.".to_owned()));
    }
    out.extend(d.standing.iter().map(|s| Block::Text(s.yours.clone())));
    out.extend(items(&d.lesson));
    out.extend(Some(&d.next).filter(|n| !n.is_empty()).map(|n| Block::Text(n.clone())));
    out
}

/// Each lens with its points beside what came of it.
fn priorities(d: &Debrief) -> Vec<Block> {
    let bar = |l: &LensRow| Bar {
        label: format!("{}, {} of 12 points", l.name, l.points),
        drawn: if d.over { Bar::up_to(l.raw) } else { None },
        figure: if d.over { of_100(&l.raw_text) } else { l.raw_text.clone() },
        notes: vec![l.means.clone()],
    };
    vec![
        Block::Text(d.guidance.clone()),
        Block::Bars(d.lenses.iter().map(bar).collect()),
        Block::Small(d.premise.clone()),
    ]
}

fn of_100(figure: &str) -> String {
    format!("{figure} of 100")
}

/// The figure, never without its marks.
fn standing(s: &Standing, title: &str) -> Vec<Block> {
    let mut bars = vec![Bar {
        label: format!("This game, {}", s.by),
        drawn: Bar::up_to(s.outcome),
        figure: of_100(&s.outcome_text),
        notes: vec![title.to_owned()],
    }];
    bars.extend(s.marks.iter().map(|m| Bar {
        label: m.who.clone(),
        drawn: Bar::up_to(m.outcome),
        figure: of_100(&m.outcome_text),
        notes:
            [words::stop(&m.ending), m.did.clone()].into_iter().filter(|n| !n.is_empty()).collect(),
    }));
    bars.push(Bar {
        label: "A careful player on other draws".to_owned(),
        drawn: Some((s.place.low, s.place.high)),
        figure: format!("{} to {}", words::whole(s.place.low), words::whole(s.place.high)),
        notes: vec![s.place.text.clone()],
    });
    vec![Block::Text(s.text.clone()), Block::Bars(bars)]
}

fn turning(d: &Debrief, wanted: &str) -> Vec<Block> {
    let mut out: Vec<Block> = d
        .turning
        .iter()
        .map(|t| {
            Block::Item(format!(
                "{} {wanted}: {}, {}. Without it, {}.",
                if t.served { "For" } else { "Against" },
                t.when,
                t.what.inside(),
                t.without
            ))
        })
        .collect();
    out.extend(Some(&d.luck_says).filter(|l| !l.is_empty()).map(|l| Block::Text(l.clone())));
    out
}

/// Each value over the game. What was decided when stands with the turns.
fn courses(d: &Debrief) -> Vec<Block> {
    let one = |l: &LineRow| {
        let record = match (l.history.first(), l.history.last()) {
            (Some((_, a)), Some((_, b))) if l.history.len() > 1 => {
                format!(" The designer’s line: {} to {}.", words::whole(*a), words::whole(*b))
            }
            _ => String::new(),
        };
        Course {
            name: l.name.clone(),
            says: format!("{}: {}{record}", l.name, words::stop(&l.text)),
            values: l.values.clone(),
            record: l.history.clone(),
            marked: l.marks.iter().map(|(turn, _)| *turn).collect(),
            scale: l.scale(),
        }
    };
    if d.lines.is_empty() {
        return Vec::new();
    }
    let seen = if d.over { "" } else { " What is only estimated is drawn as it was estimated." };
    let has_dots = d.lines.iter().any(|l| !l.history.is_empty());
    let dots = if has_dots { "dots are the designer’s line; " } else { "" };
    let legend = format!(
        "The line is this game, from the first opening to the last end; {dots}a triangle is a turn \
         in which something of yours was cleared or took effect.{seen}"
    );
    vec![Block::Courses { legend, each: d.lines.iter().map(one).collect() }]
}

fn causes(d: &Debrief) -> Vec<Block> {
    let one = |c: &CauseRow| {
        let from = if c.origin.is_empty() {
            String::new()
        } else {
            format!(" From {}", words::stop(&c.origin))
        };
        Block::Item(format!("{}{from}", words::stop(&words::upper_first(&c.text))))
    };
    d.causes.iter().map(one).collect()
}

fn world(d: &Debrief) -> Vec<Block> {
    let w = &d.world;
    let mut out = Vec::new();
    if !w.name.is_empty() {
        let drawn = if w.fixed {
            "It was fixed for this game."
        } else {
            "It was drawn for this game; nobody knows which is true."
        };
        out.push(Block::Text(format!("{} {} {drawn}", words::stop(&w.name), w.means)));
    }
    out.extend(w.traits.iter().map(|(n, v)| Block::Item(words::stop(&format!("{n}: {v}")))));
    let mut under = |title: &str, list: Vec<Block>| {
        if !list.is_empty() {
            out.push(Block::Head(title.to_owned()));
            out.extend(list);
        }
    };
    under("How such a world shows itself", items(&w.tells));
    let evidence = w.evidence.iter().map(|i| Block::Entry {
        name: format!("{}, {}:", i.title, i.kind),
        text: i.body.clone(),
        from: words::stop(&words::upper_first(&i.label)),
    });
    under("What there was to see", evidence.collect());
    under("What could be believed of it, turn by turn", beliefs(d));
    out
}

/// How likely each world was by what could be known, after each turn.
fn beliefs(d: &Debrief) -> Vec<Block> {
    let told = || d.turns.iter().filter(|t| !t.worlds.is_empty());
    let Some(first) = told().next() else { return Vec::new() };
    let worlds = first.worlds.iter().map(|w| w.says.clone());
    let head = std::iter::once("Turn".to_owned()).chain(worlds).collect();
    let row = |t: &TurnRow| {
        let each = t.worlds.iter().map(sureness);
        std::iter::once((t.turn + 1).to_string()).chain(each).collect()
    };
    vec![Block::Table { head, rows: told().map(row).collect() }]
}

fn sureness(l: &Likelihood) -> String {
    format!("{}% {}", l.percent, l.word)
}

fn truths(d: &Debrief) -> Vec<Block> {
    if d.truths.is_empty() {
        return Vec::new();
    }
    let head = ["Question", "What was true", "You held it"].map(str::to_owned).to_vec();
    let rows = d.truths.iter().map(|t| {
        vec![format!("{}: {}", t.campaign, t.asks.inside()), t.truth.clone(), sureness(&t.believed)]
    });
    let mut out = vec![Block::Table { head, rows: rows.collect() }];
    let record = d.truths.iter().filter(|t| !t.record.is_empty());
    out.extend(record.map(|t| Block::Small(format!("{}. {}", t.campaign, t.record))));
    out
}

/// What was ordered, what came of it, what happened besides; the worlds have a table.
fn turn(t: &TurnRow) -> Vec<Block> {
    let mut out = vec![Block::Head(format!("Turn {}, {}", t.turn + 1, t.date))];
    let mut line = |text: String| {
        if !text.is_empty() {
            out.push(Block::Item(text));
        }
    };
    line(run_in("You", &t.orders));
    let results: Vec<String> = t.results.iter().map(|r| words::stop(r)).collect();
    line(results.join(" "));
    line(run_in("Events", &t.events));
    if !t.response.is_empty() {
        let seen = if t.seen { "" } else { ", which you did not see" };
        let meant = if t.meant.is_empty() { String::new() } else { format!(" {}", t.meant) };
        line(format!("The other side{seen}: {}{meant}", words::stop(&t.response)));
    }
    out
}

/// Several in one line, under what they are.
fn run_in(what: &str, all: &[String]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let each: Vec<&str> = all.iter().map(|t| t.trim_end_matches('.')).collect();
    words::stop(&format!("{what}: {}", each.join("; ")))
}

fn sure(d: &Debrief) -> Vec<Block> {
    let mut out = items(&d.calibration.rows);
    out.push(Block::Text(words::stop(&d.calibration.score)));
    out
}

/// A text with its title, and who says it.
fn told(i: &Item) -> Block {
    Block::Entry {
        name: words::stop(&i.title),
        text: i.body.clone(),
        from: words::stop(&words::upper_first(&i.label)),
    }
}
