//! `check`: everything that is wrong with scenario files, at once, with its place.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::sync::Arc;

use clap::Args;

use crate::scenario::layers::Places;
use crate::scenario::load::{self, Checked, ScenarioRef};
use crate::scenario::problem::{self, Problem};
use crate::text::for_terminal;

use super::{Answer, Cx, Failure, Format, deep, print};

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Scenario files or ids; without any, every scenario that ships.
    paths: Vec<String>,
    /// Play each scenario as well, some hundred games by every policy, and say what nobody ever
    /// met.
    #[arg(long)]
    deep: bool,
}

pub fn run(cx: &Cx, args: &CheckArgs) -> Answer {
    let wanted: Vec<String> = if args.paths.is_empty() {
        load::titles().iter().map(|t| t.id.to_owned()).collect()
    } else {
        args.paths.clone()
    };
    let own = cx.own();
    let mut files = Vec::new();
    let mut problems = Vec::new();
    let mut left_out = 0;
    let mut tested = 0;
    let mut played = Vec::new();
    let mut broken = false;
    for path in &wanted {
        files.push(path.clone());
        let which = ScenarioRef::parse(path);
        match load::scenario_source(&which, &own) {
            Ok(source) => {
                let mut checked = Checked::of(&source, &[]);
                let taken = checked
                    .rules
                    .as_ref()
                    .zip(load::file_of(&which, &own))
                    .and_then(|(rules, path)| load::name_taken(&own, &path, &rules.id));
                checked.problems.extend(taken.map(|words| {
                    Problem::of_file(&source.name, problem::Code::NameTaken, words).warning()
                }));
                left_out += checked.left_out;
                if let Some(rules) = checked.rules.take().map(Arc::new) {
                    if args.deep {
                        let (found, said) = deep::problems(&rules, &source);
                        checked.problems.extend(found);
                        played.push(format!("{said}\n"));
                    }
                    let mut failed = crate::analysis::tests::run(&rules);
                    // What can never happen is the mistake; that a test sees it is no second one.
                    let cause = checked.problems.iter_mut().find(|p| p.code.breaks_tests());
                    if let Some(p) = cause.filter(|_| !failed.is_empty()) {
                        broken = true;
                        let mut names: Vec<_> = failed.drain(..).map(|f| f.test).collect();
                        names.dedup();
                        let all = names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>();
                        let fails = if all.len() == 1 { "test fails" } else { "tests fail" };
                        p.hint = format!(
                            "{}; as it stands the {fails}: {}",
                            p.hint,
                            crate::prose::words::list(&all)
                        );
                    }
                    tested += rules.tests.len();
                    let places = Places::of(&source);
                    for f in failed {
                        let hold = places.item("tests", &f.test, "holds", f.hold);
                        let part = |at| places.within(hold.clone()?, "when", at);
                        let place = f.condition.and_then(part).or(hold.clone());
                        let code = problem::Code::TestFails;
                        checked.problems.push(match place {
                            Some(at) => source.problem(at, code, f.says),
                            None => Problem::of_file(&source.name, code, f.says),
                        });
                    }
                }
                problems.extend(checked.problems);
            }
            Err(problem) => problems.push(problem),
        }
    }
    left_out += problem::settle(&mut problems);
    let failed = broken || problems.iter().any(Problem::is_error);
    match cx.format {
        Format::Json => print(&format!("{:#}\n", problem::as_json(&files, &problems)))?,
        Format::Short => print(&problem::short(&problems))?,
        Format::Text | Format::Csv => {
            let colour = std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
            let mut text = problem::text(&problems, colour, 100);
            _ = write!(
                text,
                "read {}; {tested} of their tests run\n{}{}\n",
                for_terminal(&files.join(", ")),
                played.concat(),
                problem::summary(&problems, left_out)
            );
            print(&text)?;
        }
    }
    if failed { Err(Failure::No) } else { Ok(()) }
}
