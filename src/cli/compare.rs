//! `compare`: two runs that are over, side by side.

use clap::Args;

use crate::plain;
use crate::prose;
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
    let game = |run: &str| runs::game(cx, run, args.scenario.as_deref()).map(|(game, ..)| game);
    let (a, b) = (game(&args.run)?, game(&args.other)?);
    let compared = prose::compare((&args.run, &a), (&args.other, &b)).map_err(Failure::Usage)?;
    match cx.format {
        Format::Json => {
            let text = serde_json::to_string_pretty(&compared)
                .map_err(|e| Failure::Usage(e.to_string()))?;
            print(&format!("{text}\n"))
        }
        Format::Text | Format::Short | Format::Csv => {
            let lines = plain::comparison(&compared);
            let rows: Vec<String> = lines
                .iter()
                .flat_map(|l| if l.is_empty() { vec![String::new()] } else { wrap(l, WIDTH) })
                .collect();
            print(&format!("{}\n", rows.join("\n")))
        }
    }
}
