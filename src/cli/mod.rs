//! The command line: one file a subcommand, errors printed here and nowhere else.
//!
//! Names, exit codes and JSON keys are a contract. Exits: 0 yes, 1 no (problems found, a record
//! that diverges), 2 usage or input/output.

mod check;
mod codes;
mod compare;
mod debrief;
mod deep;
mod doctor;
mod document;
mod examples;
mod experiment;
#[cfg(debug_assertions)]
mod fault;
mod graph;
mod ids;
mod list;
mod new;
mod play;
mod reading;
mod record;
mod replay;
mod runs;
mod script;
mod show;
mod simulate;
mod watch;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::library;
use crate::num::Milli;
use crate::scenario::files::Folder;
use crate::scenario::load::{self, ScenarioRef};
use crate::scenario::model::{Rules, WorldIx, limits};
use crate::scenario::problem::{Code, Problem};
use crate::scenario::source::Source;
use crate::text::{for_terminal, for_terminal_lines};

/// A simulation of the White House cybersecurity coordinator's job.
#[derive(Debug, Parser)]
#[command(
    name = "interagency",
    version,
    about,
    disable_help_subcommand = true,
    max_term_width = 100
)]
struct Args {
    /// Where runs are kept, instead of the usual data folder (also INTERAGENCY_DATA).
    #[expect(clippy::doc_markdown, reason = "help prints it as it stands")]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// How output is written where there is output to format; without it as text, by `script` as
    /// Markdown.
    #[arg(long, global = true, value_enum)]
    format: Option<Written>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What `--format` may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Written {
    Text,
    Short,
    Json,
    // A table; `simulate` alone has one, and for all others `dispatch` refuses it. No doc comment:
    // help would give every value a line of its own.
    Csv,
    // Documents; the same holds for them.
    Md,
    Html,
}

/// How a command answers that writes no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Short,
    Json,
    Csv,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a scenario, or go on with a run.
    Play(play::PlayArgs),
    /// The scenarios there are.
    List,
    /// Write a small scenario to begin with, every line explained.
    New(new::NewArgs),
    /// Every name a scenario may use, with what it is and which layer has it.
    Ids(ids::IdsArgs),
    /// A record of the layers a scenario lies on, whole, as it would be written.
    Show(show::ShowArgs),
    /// Check scenario files; without a path, everything that ships.
    Check(check::CheckArgs),
    /// Play many games by one policy and print what came of them.
    Simulate(simulate::SimulateArgs),
    /// A scenario as a dated document, for colleagues who do not play.
    Script(script::ScriptArgs),
    /// What leads to what in a scenario: events, flags, answers, evidence, endings.
    Graph(graph::GraphArgs),
    /// Try out the claims of a scenario, world by world.
    Experiment(experiment::ExperimentArgs),
    /// Play a run file again and hold every turn against its record.
    Replay(replay::ReplayArgs),
    /// A run as part of its scenario: its orders as the history, or a test that holds it to how it
    /// went.
    Record(record::RecordArgs),
    /// The debrief of a run as a document, to be handed out or printed.
    Debrief(debrief::DebriefArgs),
    /// Two runs that are over, side by side.
    Compare(compare::CompareArgs),
    /// What this terminal, this locale and the data folder can do, and what to do where they
    /// cannot.
    Doctor,
    /// Help on a topic, or on a code that `check` prints; of the pages only the parts that have a
    /// word in their headings.
    Help { topic: Option<String>, part: Option<String> },
}

/// What stops a command.
#[derive(Debug)]
pub enum Failure {
    /// The answer is no; already said.
    No,
    /// The content has problems.
    Problems(Vec<Problem>),
    /// The content that is needed is not there, or the command line does not fit it.
    Unusable(Vec<Problem>),
    /// Wrong use, or something could not be read or written.
    Usage(String),
}

impl Cx {
    /// Where a player's own scenarios are looked for.
    pub fn own(&self) -> Folder {
        let data = crate::store::data_folder(self.data_dir.clone());
        Folder(data.map(|data| data.join("scenarios")))
    }
}

impl From<std::io::Error> for Failure {
    fn from(e: std::io::Error) -> Self {
        Failure::Usage(e.to_string())
    }
}

pub type Answer = Result<(), Failure>;

/// The whole program.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(e) => {
            if !e.use_stderr() {
                let _ = e.print();
                return ExitCode::SUCCESS;
            }
            // It repeats what was typed: so it is made again of what may be shown.
            let typed = std::env::args_os().map(|a| for_terminal(&a.to_string_lossy()));
            let e = Args::try_parse_from(typed).err().unwrap_or(e);
            let said = for_terminal_lines(&e.render().to_string());
            let _ = write!(std::io::stderr().lock(), "{said}");
            return ExitCode::from(2);
        }
    };
    let answer = dispatch(args);
    match answer {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::No) => ExitCode::from(1),
        Err(Failure::Problems(problems)) => {
            print_problems(&problems);
            ExitCode::from(1)
        }
        Err(Failure::Unusable(problems)) => {
            print_problems(&problems);
            ExitCode::from(2)
        }
        Err(Failure::Usage(message)) => {
            let _ = writeln!(std::io::stderr().lock(), "interagency: {}", for_terminal(&message));
            ExitCode::from(2)
        }
    }
}

fn print_problems(problems: &[Problem]) {
    let said = crate::scenario::problem::text(problems, false, 100);
    let _ = write!(std::io::stderr().lock(), "{said}");
}

fn dispatch(args: Args) -> Answer {
    // A variable that is set and empty is as good as none.
    let given = || std::env::var_os("INTERAGENCY_DATA").filter(|v| !v.is_empty());
    let data_dir = args.data_dir.or_else(|| given().map(PathBuf::from));
    let documents = matches!(args.command, Some(Command::Script(_) | Command::Debrief(_)));
    let format = match args.format {
        None | Some(Written::Text) => Format::Text,
        Some(Written::Short) => Format::Short,
        Some(Written::Json) => Format::Json,
        Some(Written::Csv) => Format::Csv,
        // They look at what was asked for themselves.
        Some(Written::Md | Written::Html) if documents => Format::Text,
        Some(Written::Md | Written::Html) => {
            let why = "only script and debrief write md and html";
            return Err(Failure::Usage(why.to_owned()));
        }
    };
    let cx = Cx { data_dir, format };
    if cx.format == Format::Csv && !documents && !matches!(args.command, Some(Command::Simulate(_)))
    {
        let why = "only simulate writes csv; here --format takes text, short or json";
        return Err(Failure::Usage(why.to_owned()));
    }
    match args.command {
        None => play::title(&cx),
        Some(Command::Play(a)) => play::run(&cx, &a),
        Some(Command::List) => list::run(&cx),
        Some(Command::New(a)) => new::run(&cx, &a),
        Some(Command::Ids(a)) => ids::run(&cx, &a),
        Some(Command::Show(a)) => show::run(&cx, &a),
        Some(Command::Check(a)) => check::run(&cx, &a),
        Some(Command::Simulate(a)) => simulate::run(&cx, &a),
        Some(Command::Script(a)) => script::run(&cx, args.format, &a),
        Some(Command::Graph(a)) => graph::run(&cx, &a),
        Some(Command::Experiment(a)) => experiment::run(&cx, &a),
        Some(Command::Replay(a)) => replay::run(&cx, &a),
        Some(Command::Record(a)) => record::run(&cx, &a),
        Some(Command::Debrief(a)) => debrief::run(&cx, args.format, &a),
        Some(Command::Compare(a)) => compare::run(&cx, &a),
        Some(Command::Doctor) => doctor::run(&cx),
        Some(Command::Help { topic, part }) => codes::run(topic.as_deref(), part.as_deref()),
    }
}

/// What every command gets.
#[derive(Debug)]
pub struct Cx {
    pub data_dir: Option<PathBuf>,
    pub format: Format,
}

/// Loads a scenario by id or path.
fn rules(cx: &Cx, scenario: &str, assume: &[String]) -> Result<Rules, Failure> {
    let assume = assumptions(assume)?;
    load::load(&ScenarioRef::parse(scenario), &cx.own(), &assume).map_err(unloaded)
}

/// A scenario that did not load: broken, or not there, or not fit for the command line.
fn unloaded(problems: Vec<Problem>) -> Failure {
    let usage = |p: &Problem| p.code == Code::CannotRead || p.file == load::COMMAND_LINE;
    if problems.iter().any(usage) {
        Failure::Unusable(problems)
    } else {
        Failure::Problems(problems)
    }
}

/// The theatre whose names are meant where none is named.
const USUAL_THEATRE: &str = "china";

/// Whose names are meant: the theatre, and a scenario's file if one is given; then its own counts.
fn names_of(
    cx: &Cx,
    theatre: Option<&str>,
    of: Option<&str>,
) -> Result<(String, Option<Source>), Failure> {
    let Some(path) = of else {
        let theatre = theatre.unwrap_or(USUAL_THEATRE);
        if load::theatres().any(|known| known == theatre) {
            return Ok((theatre.to_owned(), None));
        }
        return Err(Failure::Usage(format!(
            "there is no theatre `{theatre}`; there are {}",
            ids(load::theatres())
        )));
    };
    let source = load::scenario_source(&ScenarioRef::parse(path), &cx.own())
        .map_err(|p| Failure::Unusable(vec![p]))?;
    Ok((load::theatre_of(&source), Some(source)))
}

/// Reads `ID=VALUE` settings.
fn assumptions(settings: &[String]) -> Result<Vec<(String, Milli)>, Failure> {
    library::assumptions(settings).map_err(Failure::Usage)
}

fn world(rules: &Rules, id: Option<&str>) -> Result<Option<WorldIx>, Failure> {
    library::world(rules, id).map_err(Failure::Usage)
}

fn guidance(rules: &Rules, text: Option<&str>) -> Result<Option<[u8; limits::LENSES]>, Failure> {
    library::guidance(rules, text).map_err(Failure::Usage)
}

fn ids<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.collect::<Vec<_>>().join(", ")
}

/// Prints to standard output; a closed pipe is not an error of ours.
fn print(text: &str) -> Answer {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(Failure::from),
    }
}
