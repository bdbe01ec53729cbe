//! `compare`: two runs that are over, side by side.

use clap::Args;

use crate::game::Game;
use crate::library::{self, Sources};
use crate::plain;
use crate::prose;
use crate::saved_game;
use crate::text::wrap;

use super::{Answer, Cx, Failure, Format, print, runs};

/// Columns of the text.
const WIDTH: usize = 100;

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// A run's name in the data folder, or a path.
    run: String,
    /// The run to set beside it.
    other: String,
    /// The file of their scenario, where it is not found by itself.
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
}

pub fn run(cx: &Cx, args: &CompareArgs) -> Answer {
    let (a, b) = (game(cx, args, &args.run)?, game(cx, args, &args.other)?);
    let compared = prose::compare((&args.run, &a), (&args.other, &b)).map_err(Failure::Usage)?;
    match cx.format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&compared)
                .map_err(|e| Failure::Usage(e.to_string()))?;
            print(&format!("{text}\n"))
        }
        Format::Text | Format::Short => {
            let lines = plain::comparison(&compared);
            let rows: Vec<String> = lines
                .iter()
                .flat_map(|l| if l.is_empty() { vec![String::new()] } else { wrap(l, WIDTH) })
                .collect();
            print(&format!("{}\n", rows.join("\n")))
        }
    }
}

/// The game of a run, played again.
fn game(cx: &Cx, args: &CompareArgs, run: &str) -> Result<Game, Failure> {
    let (decoded, origin) = runs::read(cx, run)?;
    if let Some(damage) = &decoded.damage {
        return Err(Failure::Usage(format!("{run}: damaged: {damage}")));
    }
    let own = cx.own();
    let sources = Sources { given: args.scenario.as_deref(), origin, own: &own };
    let (rules, _) = library::rules_for(&decoded, &sources).map_err(Failure::Unusable)?;
    saved_game::replay(&rules, &decoded)
        .map_err(|m| Failure::Usage(format!("{run}: {}", library::misfit(&m))))
}
