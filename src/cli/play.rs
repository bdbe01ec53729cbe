//! `play`, and the title when no subcommand is given: which face, which game, kept where.

use std::collections::BTreeMap;
use std::io::{BufReader, IsTerminal};
use std::sync::Arc;

use clap::Args;
use ratatui::Frame;

use crate::engine::{Order, Start, seed_of};
use crate::input::{Capabilities, Msg};
use crate::json;
use crate::kept::Keeper;
use crate::library::{self, Shelf, Sources};
use crate::plain;
use crate::play::{Host, Saved};
use crate::prose::words;
use crate::record::Decoded;
use crate::saved_game::{Misfit, SavedGame};
use crate::scenario::load::{self, Own, ScenarioRef};
use crate::scenario::model::limits;
use crate::store::Store;
use crate::terminal::{self, Lines, Session};
use crate::tui::theme::ThemeName;
use crate::tui::{self, Opening, Opts, Stage};

use super::watch::{self, Watched};
use super::{Answer, Cx, Failure, Format, assumptions, guidance, rules, world};

#[derive(Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct PlayArgs {
    /// A scenario's id, or a path. Without it the title page opens.
    scenario: Option<String>,
    /// The seed of the game, a number or a word: the same for all who give it. Without it a new one
    /// is drawn.
    #[arg(long, value_name = "NUMBER|WORD", value_parser = seed)]
    seed: Option<u64>,
    /// Numbered prompts instead of screens; by itself when standard output is no terminal.
    #[arg(long)]
    plain: bool,
    /// One JSON object a line, for programs: docs/json.md says them all.
    #[arg(long, conflicts_with_all = ["plain", "theme", "no_mouse"])]
    json: bool,
    /// For a new game: it takes no branches, and its run file says so.
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
    #[arg(long, value_name = "K", requires = "resume")]
    at_turn: Option<u32>,
    /// With --continue or --resume: the file of the run's scenario, where it is not found by
    /// itself.
    #[arg(long = "scenario", value_name = "FILE", conflicts_with = "scenario")]
    from: Option<String>,
    /// Keeps nothing; a run that is gone on with stays as it is.
    #[arg(long)]
    no_save: bool,
    /// For authors: when the scenario's file changes, the game is played again to this turn under
    /// the new rules. In plain, looked at before each prompt and when a line was typed. Not saved.
    #[arg(long, requires = "scenario", conflicts_with_all = ["json", "on_the_record"])]
    watch: bool,
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
    options_fit(args)?;
    let store = if args.no_save {
        Store::look(cx.data_dir.clone())
    } else {
        Store::open(cx.data_dir.clone())
    };
    if let (true, Some(scenario)) = (args.watch, &args.scenario) {
        let game = watched(cx, args, scenario)?;
        return if plain {
            in_plain(game, &here)
        } else {
            on_screen(cx, args, theme, store, Some(Box::new(game)), here)
        };
    }
    let host = open(cx, args, &store)?;
    if args.json {
        let host = host.ok_or_else(|| {
            Failure::Usage("--json needs a game: play SCENARIO, --continue or --resume".to_owned())
        })?;
        return in_json(host);
    }
    match (host, plain) {
        (Some(host), true) => in_plain(host, &here),
        (None, true) => {
            super::list::run(cx)?;
            if cx.format == Format::Json {
                return Ok(());
            }
            super::print("\nBegin one with: interagency play ID --plain\n")
        }
        (host, false) => {
            let host = host.map(|h| Box::new(h) as Box<dyn Host>);
            on_screen(cx, args, theme, store, host, here)
        }
    }
}

fn no_theme(name: &str) -> Failure {
    Failure::Usage(format!(
        "no theme `{name}`; there are {}",
        ThemeName::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(", ")
    ))
}

/// Options that belong to a new game are refused where none is begun, rather than dropped.
fn options_fit(args: &PlayArgs) -> Answer {
    let of_a_new_game = [
        ("--seed", args.seed.is_some()),
        ("--world", args.world.is_some()),
        ("--assume", !args.assume.is_empty()),
        ("--guidance", args.guidance.is_some()),
        ("--on-the-record", args.on_the_record),
    ];
    let goes_on = args.go_on || args.resume.is_some();
    if args.scenario.is_none() {
        if let Some((option, _)) = of_a_new_game.iter().find(|(_, given)| *given) {
            let why = if goes_on {
                "stands in the run already; it is for a new game"
            } else {
                "is for a new game"
            };
            return Err(Failure::Usage(format!(
                "{option} {why}: interagency play SCENARIO {option}"
            )));
        }
        if args.from.is_some() && !goes_on {
            return Err(Failure::Usage("--scenario goes with --continue or --resume".to_owned()));
        }
    }
    Ok(())
}

/// The game asked for, if one was.
fn open(cx: &Cx, args: &PlayArgs, store: &Store) -> Result<Option<SavedGame>, Failure> {
    if let Some(name) = &args.resume {
        return resume(cx, args, store, name).map(Some);
    }
    if args.go_on {
        let (name, unread) = latest(store)?;
        let mut game = resume(cx, args, store, &name)?;
        if unread > 0 {
            game.mention(format!(
                "Passed over, because they cannot be read: {}. `interagency doctor` says why.",
                words::count(unread, "newer run file")
            ));
        }
        return Ok(Some(game));
    }
    let Some(scenario) = &args.scenario else { return Ok(None) };
    let rules = Arc::new(rules(cx, scenario, &args.assume)?);
    let start = Start {
        seed: args.seed.unwrap_or_else(new_seed),
        world: world(&rules, args.world.as_deref())?,
        on_the_record: args.on_the_record,
        ..Start::default()
    };
    let assumed: BTreeMap<String, i32> = assumptions(&args.assume)?.into_iter().collect();
    let points = guidance(&rules, args.guidance.as_deref())?;
    let mut game = SavedGame::begin(store, rules, start, &assumed);
    let own = cx.own();
    let from = load::file_of(&ScenarioRef::parse(scenario), &own);
    game.came_from(from.map(|path| own.absolute(&path)));
    guide(&mut game, points)?;
    Ok(Some(game))
}

/// Gives the guidance of the command line, if there is one.
fn guide(game: &mut dyn Host, points: Option<[u8; limits::LENSES]>) -> Answer {
    let Some(points) = points else { return Ok(()) };
    game.give(Order::Guide(points), "").map_err(|_| Failure::Usage(library::NO_GUIDANCE.to_owned()))
}

/// A new game whose scenario's file is watched.
fn watched(cx: &Cx, args: &PlayArgs, scenario: &str) -> Result<Watched, Failure> {
    let assume = assumptions(&args.assume)?;
    let path = load::file_of(&ScenarioRef::parse(scenario), &cx.own()).ok_or_else(|| {
        Failure::Usage(format!(
            "--watch is for a file; `{scenario}` is carried in the program and does not change"
        ))
    })?;
    let seed = args.seed.unwrap_or_else(new_seed);
    let mut game = Watched::begin(path, assume, seed, args.world.clone())?;
    let points = guidance(game.game().rules(), args.guidance.as_deref())?;
    guide(&mut game, points)?;
    Ok(game)
}

/// The newest run that can be gone on with, and how many newer files cannot be read.
fn latest(store: &Store) -> Result<(String, usize), Failure> {
    let (newest, unread) = store.newest();
    let why = match (newest, unread, store.place()) {
        (Some((name, _)), _, _) => return Ok((name, unread)),
        (None, _, Err(why)) => why.to_string(),
        (None, 0, Ok(_)) => "begin one with `interagency play SCENARIO`".to_owned(),
        (None, _, Ok(_)) => "none can be read; `interagency doctor` says why".to_owned(),
    };
    Err(Failure::Usage(format!("there is no run to go on with: {why}")))
}

fn resume(cx: &Cx, args: &PlayArgs, store: &Store, name: &str) -> Result<SavedGame, Failure> {
    let wrong = |e: &dyn std::fmt::Display| Failure::Usage(format!("{name}: {e}"));
    // A parent goes by its own name, whether it was given by number or by path.
    let own = store.name_of(name).unwrap_or_else(|| name.to_owned());
    let folder = cx.own();
    let sources = Sources { given: args.from.as_deref(), origin: store.origin(name), own: &folder };
    let rules_for = |decoded: &Decoded| {
        if decoded.header.is_none() {
            return Err(wrong(&library::misfit(&Misfit::Headless)));
        }
        library::rules_for(decoded, &sources).map_err(Failure::Unusable)
    };
    let (made, from) = if let Some(turn) = args.at_turn {
        let decoded = store.read(name).map_err(|t| wrong(&t))?;
        let (rules, from) = rules_for(&decoded)?;
        (SavedGame::branch(store, &own, &decoded, &rules, turn, new_seed()), from)
    } else {
        let (run, decoded) = store.resume(name).map_err(|t| wrong(&t))?;
        let (rules, from) = rules_for(&decoded)?;
        (SavedGame::resume(run, &decoded, &rules), from)
    };
    let mut game = made.map_err(|m| wrong(&library::misfit(&m)))?;
    game.came_from(from.map(|path| folder.absolute(&path)));
    Ok(game)
}

fn seed(word: &str) -> Result<u64, String> {
    seed_of(word).ok_or_else(|| "a number or a word is expected".to_owned())
}

/// The only use of chance that is not keyed: the seed of a new game.
fn new_seed() -> u64 {
    // Short enough to be read out in a classroom.
    rand::random::<u64>() % 1_000_000
}

fn in_json(mut host: SavedGame) -> Answer {
    let mut input = BufReader::new(Lines::open());
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let name = host.name().to_owned();
    let run = Some(name.as_str()).filter(|_| host.saved() == Saved::Yes);
    let ended = json::run(&mut host, run, &mut input, &mut output);
    left(input.get_ref(), ended)
}

/// How a game of lines came to its end: by a signal, by a reader that went away, or by itself.
fn left<T>(input: &Lines, ended: std::io::Result<T>) -> Answer {
    if let Some(signal) = input.ending() {
        // The orders of the turn are put down; now it ends as the signal asked.
        terminal::die_by(signal);
    }
    match ended {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(e) => Err(e.into()),
    }
}

fn in_plain(mut host: impl Host, here: &Capabilities) -> Answer {
    let echo = !std::io::stdin().is_terminal();
    let mut input = BufReader::new(Lines::open());
    let options = plain::Options {
        width: here.size.map_or(78, |(w, _)| usize::from(w.clamp(40, 100))),
        echo,
        ascii: !here.utf8 && here.stdout_is_tty,
        ..plain::Options::default()
    };
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    let ended = plain::run(&mut host, &mut input, &mut output, options);
    left(input.get_ref(), ended)
}

/// The loop of the screens runs on the terminal.
impl Stage for Session {
    fn size(&self) -> (u16, u16) {
        Session::size(self)
    }
    fn wait(&mut self) -> Vec<Msg> {
        Session::wait(self)
    }
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Frame<'_>)) -> std::io::Result<()> {
        Session::draw(self, |frame| paint(frame))
    }
    fn repaint(&mut self) {
        Session::repaint(self);
    }
    fn suspend(&mut self) -> Msg {
        Session::suspend(self)
    }
    fn mouse(&mut self, on: bool) {
        Session::mouse(self, on);
    }
}

fn on_screen(
    cx: &Cx,
    args: &PlayArgs,
    theme: Option<ThemeName>,
    store: Store,
    host: Option<Box<dyn Host>>,
    here: Capabilities,
) -> Answer {
    // What the command line says goes before what was chosen in the options.
    let settings = store.settings();
    let mouse = !args.no_mouse && settings.get("mouse").is_none_or(|m| m != "off");
    let kept =
        settings.get("theme").and_then(|t| t.parse::<ThemeName>().ok()).filter(|_| !here.no_color);
    let theme = theme.or(kept);
    let mut shelf = Shelf::new(Box::new(store), Box::new(cx.own()), new_seed);
    let opening = match host {
        Some(host) => Opening::Game(host),
        None => Opening::Title,
    };
    let idle = args.watch.then_some(watch::EVERY);
    let options =
        terminal::Options { ascii: !here.utf8, mouse, idle, ..terminal::Options::default() };
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
