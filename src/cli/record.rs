//! `record`: a run as text for its scenario's file, its orders as `history` or as one of `tests`.
//!
//! Owns the text. A test is played before it is printed (`analysis::tests`), and says nothing that
//! did not hold then.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use ron::ser::PrettyConfig;

use crate::analysis;
use crate::engine::Note;
use crate::game::Game;
use crate::prose::words;
use crate::record::Decoded;
use crate::scenario::layers::Places;
use crate::scenario::load::{self, ScenarioRef};
use crate::scenario::loc::ron_options;
use crate::scenario::model::{Condition, Rules, Step, Test};
use crate::scenario::source::Source;
use crate::text::for_terminal_lines;

use super::{Answer, Cx, Failure, print, runs};

#[derive(Debug, Args)]
pub struct RecordArgs {
    /// A run's name in the data folder, or a path.
    run: String,
    /// What is made of it.
    #[arg(long = "as", value_enum)]
    form: Form,
    /// The file of the run's scenario, where it is not found by itself.
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The field `history`.
    History,
    /// An entry of `tests`, pinned to the run's seed and world.
    Test,
}

/// What holds at the end of a turn, as it is written and as it is read.
struct Hold {
    turn: usize,
    when: Vec<(String, Condition)>,
}

pub fn run(cx: &Cx, args: &RecordArgs) -> Answer {
    let (game, decoded, file) = runs::game(cx, &args.run, args.scenario.as_deref())?;
    let rules = game.rules();
    let steps: Vec<Step> = (0..game.past().len())
        .flat_map(|turn| game.named_past(turn).into_iter().map(move |order| (turn, order)))
        .map(|(turn, order)| Step {
            on: rules.turns[turn].opens,
            turn: u8::try_from(turn).unwrap_or(u8::MAX),
            source: None,
            note: String::new(),
            order,
        })
        .collect();
    let mut out = heading(&args.run, &game, &decoded);
    match args.form {
        Form::History => {
            out.push_str("history: [\n");
            written(&mut out, "  ", &steps)?;
            out.push_str("],\n");
        }
        Form::Test => {
            let which = file.map_or_else(|| ScenarioRef::Id(rules.id.clone()), ScenarioRef::Path);
            let source =
                load::scenario_source(&which, &cx.own()).map_err(|p| Failure::Unusable(vec![p]))?;
            out.push_str(&test(&args.run, &game, &decoded, &source, steps)?);
        }
    }
    print(&for_terminal_lines(&out))
}

/// What the text is of, and what of the run it does not say.
fn heading(run: &str, game: &Game, decoded: &Decoded) -> String {
    let start = game.start();
    let mut out = format!(
        "// From the run {run} of {}: seed {}, {}.\n",
        game.rules().id,
        start.seed,
        words::count(game.past().len(), "turn")
    );
    let draft = decoded.draft.as_ref().map_or(0, Vec::len);
    if draft > 0 {
        _ = writeln!(
            out,
            "// Left out: {} of turn {}, which was not ended.",
            words::count(draft, "order"),
            game.past().len() + 1
        );
    }
    out
}

/// The steps, one a line.
fn written(out: &mut String, indent: &str, steps: &[Step]) -> Answer {
    let on_a_line = PrettyConfig::new().depth_limit(0);
    for step in steps {
        let order = ron_options()
            .to_string_pretty(&step.order, on_a_line.clone())
            .map_err(|e| Failure::Usage(e.to_string()))?;
        _ = writeln!(out, "{indent}(on: \"{}\", order: {order}),", step.on);
    }
    Ok(())
}

fn test(
    run: &str,
    game: &Game,
    decoded: &Decoded,
    source: &Source,
    orders: Vec<Step>,
) -> Result<String, Failure> {
    let rules = game.rules();
    let header = decoded.header.as_ref();
    // A test has one seed and the scenario's own assumptions.
    let cannot = header.and_then(|h| match (&h.branch, h.assumptions.keys().next()) {
        (Some(b), _) => Some(format!("is a branch, with luck of its own from turn {}", b.turn)),
        (None, Some(id)) => Some(format!("sets the assumption {id}")),
        (None, None) => None,
    });
    if let Some(why) = cannot {
        return Err(Failure::Usage(format!(
            "{run} {why}: a test cannot say that, so it would be another game. `--as history` \
             takes its orders"
        )));
    }
    let mut holds = happened(game);
    let ending = usize::from(game.situation().ending);
    let ended = rules.endings.get(ending).map(|e| e.title.as_str());
    if ended.is_some() {
        holds.extend(ending_of(game, ending, source));
    }
    let says = match ended {
        Some(title) => format!("Played as in the run {run}, it ends with: {title}"),
        None => format!("Played as in the run {run}, what happened there happens."),
    };
    let asked = holds.iter().map(|h| {
        let when = h.when.iter().map(|(_, c)| c.clone()).collect();
        (u8::try_from(h.turn).unwrap_or(u8::MAX), when)
    });
    let made = Test {
        id: id_of(run),
        says,
        seed: game.start().seed,
        world: game.start().world,
        orders,
        holds: asked.collect(),
    };
    // An ending may rest on what is gone a moment later, when a test looks.
    let failed: Vec<usize> =
        analysis::tests::play(rules, &made).into_iter().map(|f| f.hold).collect();
    if failed.len() == holds.len() {
        return Err(Failure::Usage(format!("{run}: nothing has happened that a test could hold")));
    }
    let mut out =
        format!("\"{}\": (\n  says: {},\n  seed: {},", made.id, quoted(&made.says)?, made.seed);
    if let Some(world) = made.world {
        _ = write!(out, " world: \"{}\",", rules.worlds[world].id);
    }
    out.push_str("\n  orders: [\n");
    written(&mut out, "    ", &made.orders)?;
    out.push_str("  ],\n  holds: [\n");
    for (_, hold) in holds.iter().enumerate().filter(|(n, _)| !failed.contains(n)) {
        let when: Vec<&str> = hold.when.iter().map(|(text, _)| text.as_str()).collect();
        let day = rules.turns[hold.turn].opens;
        _ = writeln!(out, "    (on: \"{day}\", when: [{}]),", when.join(", "));
    }
    out.push_str("  ],\n),\n");
    Ok(out)
}

/// By turn: events that happened, those without a day not a turn before; and what took effect.
fn happened(game: &Game) -> Vec<Hold> {
    let rules = game.rules();
    let mut holds: Vec<Hold> =
        (0..game.past().len()).map(|turn| Hold { turn, when: Vec::new() }).collect();
    let mut seen: Vec<String> =
        game.notes_of_setup().filter_map(|note| Some(told(rules, note)?.0)).collect();
    for turn in 0..holds.len() {
        for (text, it) in game.notes_of(turn).filter_map(|note| told(rules, note)) {
            if seen.contains(&text) {
                continue;
            }
            let undated = matches!(it, Condition::Fired(e) if rules.events[e].on.is_none());
            if undated && turn > 0 {
                holds[turn - 1].when.push(not(&text, it.clone()));
            }
            seen.push(text.clone());
            holds[turn].when.push((text, it));
        }
    }
    holds.retain(|h| !h.when.is_empty());
    holds
}

/// What a test holds of a note, if it does: nothing of an event that comes on its day in any case.
fn told(rules: &Rules, note: Note) -> Option<(String, Condition)> {
    if let Note::Fired { event, .. } = note {
        let e = &rules.events[event];
        let id = &e.id;
        (e.on.is_none() || !e.when.is_empty())
            .then(|| (format!("Fired(\"{id}\")"), Condition::Fired(event)))
    } else if let Note::Launched { instrument, target, .. } = note {
        let (i, t) = (&rules.instruments[instrument].id, &rules.targets[target].id);
        let it = Condition::LaunchedOn(instrument, target);
        Some((format!("LaunchedOn(\"{i}\", \"{t}\")"), it))
    } else {
        None
    }
}

fn not(text: &str, it: Condition) -> (String, Condition) {
    (format!("Not({text})"), Condition::Not(Box::new(it)))
}

/// That it ends so: what this ending asks for, and that each before it lacks something.
fn ending_of(game: &Game, ending: usize, source: &Source) -> Vec<Hold> {
    let rules = game.rules();
    let places = Places::of(source);
    let turn = game.past().len() - 1;
    let last = turn == rules.last_turn();
    let asked = |n: usize| -> Vec<(String, Condition)> {
        let e = &rules.endings[n];
        let written = places.items("endings", &e.id, "when");
        written.into_iter().map(str::to_owned).zip(e.when.iter().cloned()).collect()
    };
    let lacked = (0..ending).filter(|n| last || rules.endings[*n].early).filter_map(|n| {
        let all = asked(n);
        let (texts, its): (Vec<String>, Vec<Condition>) = all.into_iter().unzip();
        match its.as_slice() {
            [] => None,
            [one] => Some(not(&texts[0], one.clone())),
            _ => Some(not(&format!("All([{}])", texts.join(", ")), Condition::All(its))),
        }
    });
    let each = asked(ending).into_iter().chain(lacked);
    each.map(|it| Hold { turn, when: vec![it] }).collect()
}

/// An id for the test, from the run's name.
fn id_of(run: &str) -> String {
    let stem = std::path::Path::new(run).file_stem().map(|s| s.to_string_lossy().into_owned());
    let fits = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = stem.as_deref().unwrap_or(run).chars().map(fits).take(36).collect();
    format!("run_{name}")
}

fn quoted(text: &str) -> Result<String, Failure> {
    ron_options().to_string(text).map_err(|e| Failure::Usage(e.to_string()))
}
