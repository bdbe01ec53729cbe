//! `debrief`: the debrief of a run as a document, to be handed out or printed.

use clap::Args;

use crate::document::{self, Form};

use super::document::{OutArgs, hand_out};
use super::{Answer, Cx, Written, runs};

#[derive(Debug, Args)]
pub struct DebriefArgs {
    /// A run's name in the data folder, or a path. Of a game that is not over it says what the
    /// player knows.
    run: String,
    #[command(flatten)]
    out: OutArgs,
    /// The file of the run's scenario, where it is not found by itself.
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
}

pub fn run(cx: &Cx, asked: Option<Written>, args: &DebriefArgs) -> Answer {
    let (game, ..) = runs::game(cx, &args.run, args.scenario.as_deref())?;
    hand_out(asked, &args.out, Form::Text, || document::debrief(&game))
}
