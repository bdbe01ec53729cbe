//! `play`, and the title when no subcommand is given: which face, which game, kept where.

use std::collections::BTreeMap;
use std::io::{BufReader, IsTerminal};
use std::sync::Arc;

use clap::Args;

use crate::engine::Order;
use crate::engine::situation::Start;
use crate::plain;
use crate::play::Host;
use crate::saved_game::SavedGame;
use crate::store::Store;
use crate::terminal::{self, Capabilities, Session};
use crate::tui::theme::ThemeName;
use crate::tui::{self, Opening, Opts};

use super::library::Shelf;
use super::{Answer, Cx, Failure, assumptions, guidance, rules, runs, world};

#[derive(Debug, Default, Args)]
pub struct PlayArgs {
    /// A scenario's id, or a path. Without it the title page opens.
    scenario: Option<String>,
    /// The seed of the game; without it a new one is drawn.
    #[arg(long)]
    seed: Option<u64>,
    /// Numbered prompts instead of screens; by itself when standard output is no terminal.
    #[arg(long)]
    plain: bool,
    /// No branches and no undo across a front page.
    #[arg(long)]
    on_the_record: bool,
    /// default, high-contrast, colour-blind or mono.
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Sets an assumption: ID=VALUE.
    #[arg(long, value_name = "ID=VALUE")]
    assume: Vec<String>,
    /// Fixes the world instead of drawing it.
    #[arg(long)]
    world: Option<String>,
    /// A profile, or lens=N,…
    #[arg(long)]
    guidance: Option<String>,
    /// Goes on with the latest run.
    #[arg(long = "continue", conflicts_with_all = ["scenario", "resume"])]
    go_on: bool,
    /// Goes on with this run.
    #[arg(long, value_name = "RUN", conflicts_with = "scenario")]
    resume: Option<String>,
    /// With --resume: begins a marked branch at the opening of this turn.
    #[arg(long, value_name = "K", requires = "resume", conflicts_with = "on_the_record")]
    at_turn: Option<u32>,
    /// Keeps nothing.
    #[arg(long)]
    no_save: bool,
    /// Leaves the mouse to the terminal, for marking text; without this, Shift and the mouse mark.
    #[arg(long)]
    no_mouse: bool,
}

/// The title page, or plain help on how to begin where there is no terminal.
pub fn title(cx: &Cx) -> Answer {
    run(cx, &PlayArgs::default())
}

pub fn run(cx: &Cx, args: &PlayArgs) -> Answer {
    let here = terminal::capabilities();
    let plain = args.plain || !here.stdout_is_tty || !here.can_draw();
    let theme = args
        .theme
        .as_deref()
        .map(|t| t.parse::<ThemeName>().map_err(|_| no_theme(t)))
        .transpose()?;
    let store = if args.no_save {
        Store::nowhere("asked not to keep anything")
    } else {
        Store::open(cx.data_dir.clone())
    };
    let host = open(cx, args, &store)?;
    match (host, plain) {
        (Some(host), true) => in_plain(host, &here),
        (None, true) => {
            super::list::run(cx)?;
            super::print("\nBegin one with: interagency play ID --plain\n")
        }
        (host, false) => on_screen(cx, args, theme, store, host, here),
    }
}

fn no_theme(name: &str) -> Failure {
    Failure::Usage(format!(
        "no theme `{name}`; there are {}",
        ThemeName::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(", ")
    ))
}

/// The game asked for, if one was.
fn open(cx: &Cx, args: &PlayArgs, store: &Store) -> Result<Option<SavedGame>, Failure> {
    if args.go_on || args.resume.is_some() {
        let name = match &args.resume {
            Some(name) => name.clone(),
            None => {
                store
                    .latest()
                    .ok_or_else(|| {
                        Failure::Usage(
                        "there is no run to go on with; begin one with `interagency play SCENARIO`"
                            .to_owned(),
                    )
                    })?
                    .name
            }
        };
        return resume(cx, args, store, &name).map(Some);
    }
    let Some(scenario) = &args.scenario else { return Ok(None) };
    let rules = Arc::new(rules(cx, scenario, &args.assume)?);
    let start = Start {
        seed: args.seed.unwrap_or_else(new_seed),
        world: world(&rules, args.world.as_deref())?,
        ..Start::default()
    };
    let assumed: BTreeMap<String, i32> = assumptions(&args.assume)?.into_iter().collect();
    let points = guidance(&rules, args.guidance.as_deref())?;
    let mut kept = SavedGame::begin(store, rules, start, &assumed);
    if let Some(points) = points {
        kept.give(Order::Guide(points), "")
            .map_err(|_| Failure::Usage("a guidance is twelve points over the lenses, 0 to 4 each, at least four lenses funded".to_owned()))?;
    }
    Ok(Some(kept))
}

fn resume(cx: &Cx, args: &PlayArgs, store: &Store, name: &str) -> Result<SavedGame, Failure> {
    let wrong = |e: &dyn std::fmt::Display| Failure::Usage(format!("{name}: {e}"));
    if let Some(turn) = args.at_turn {
        let decoded = store.read(name).map_err(|t| wrong(&t))?;
        let rules = runs::rules_for(cx, &decoded)?;
        // The parent goes by its own name, whether it was given by number or by path.
        let of = store
            .find(name)
            .ok()
            .and_then(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        return SavedGame::branch(
            store,
            of.as_deref().unwrap_or(name),
            &decoded,
            &rules,
            turn,
            new_seed(),
        )
        .map_err(|m| wrong(&runs::misfit(&m)));
    }
    let (run, decoded) = store.resume(name).map_err(|t| wrong(&t))?;
    let rules = runs::rules_for(cx, &decoded)?;
    SavedGame::resume(run, &decoded, &rules).map_err(|m| wrong(&runs::misfit(&m)))
}

/// The only use of chance that is not keyed: the seed of a new game.
pub fn new_seed() -> u64 {
    // Short enough to be read out in a classroom.
    rand::random::<u64>() % 1_000_000
}

fn in_plain(mut host: SavedGame, here: &Capabilities) -> Answer {
    let stdin = std::io::stdin();
    let echo = !stdin.is_terminal();
    let options = plain::Options {
        width: here.size.map_or(78, |(w, _)| usize::from(w.clamp(40, 100))),
        echo,
        ascii: !here.utf8 && here.stdout_is_tty,
        ..plain::Options::default()
    };
    let mut input = BufReader::new(stdin.lock());
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    match plain::run(&mut host, &mut input, &mut output, options) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(e.into()),
    }
}

fn on_screen(
    cx: &Cx,
    args: &PlayArgs,
    theme: Option<ThemeName>,
    store: Store,
    host: Option<SavedGame>,
    here: Capabilities,
) -> Answer {
    // What the command line says goes before what was chosen in the options.
    let settings = store.settings();
    let mouse = !args.no_mouse && settings.get("mouse").is_none_or(|m| m != "off");
    let kept =
        settings.get("theme").and_then(|t| t.parse::<ThemeName>().ok()).filter(|_| !here.no_color);
    let theme = theme.or(kept);
    let mut shelf = Shelf::new(store, cx.scenario_folder());
    let opening = match host {
        Some(host) => Opening::Game(Box::new(host)),
        None => Opening::Title,
    };
    let options = terminal::Options { ascii: !here.utf8, mouse, ..terminal::Options::default() };
    #[cfg(debug_assertions)]
    let options = super::fault::options(options);
    let mut session: Session = Session::enter(options)?;
    #[cfg(debug_assertions)]
    let ended = tui::run(
        &mut super::fault::Faulty::over(&mut session),
        Opts { theme, here, mouse, opening },
        &mut shelf,
    );
    #[cfg(not(debug_assertions))]
    let ended = tui::run(&mut session, Opts { theme, here, mouse, opening }, &mut shelf);
    session.finish();
    ended.map(|_| ()).map_err(Failure::from)
}
