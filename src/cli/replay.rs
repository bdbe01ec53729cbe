//! `replay`: plays a run file again and holds every turn against its record.

use clap::Args;
use serde_json::json;

use crate::game::Divergence;
use crate::library::{self, Sources};
use crate::saved_game::{self, Misfit};

use super::{Answer, Cx, Failure, Format, print, runs};

#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// A run's name in the data folder, or a path.
    run: String,
    /// The file of the run's scenario, where it is not found by itself.
    #[arg(long, value_name = "FILE")]
    scenario: Option<String>,
}

pub fn run(cx: &Cx, args: &ReplayArgs) -> Answer {
    let (decoded, origin) = runs::read(cx, &args.run)?;
    let tell = |ok: bool, turns: usize, first: Option<usize>, text: &str| {
        let on_the_record = decoded.header.as_ref().is_some_and(|h| h.on_the_record);
        let mark = if on_the_record { " (on the record)" } else { "" };
        match cx.format {
            Format::Json => print(&format!(
                "{:#}\n",
                json!({
                    "ok": ok,
                    "turns": turns,
                    "first_difference": first,
                    "on_the_record": on_the_record,
                })
            ))?,
            Format::Text | Format::Short | Format::Csv => print(&format!("{text}{mark}\n"))?,
        }
        if ok { Ok(()) } else { Err(Failure::No) }
    };
    if let Some(damage) = &decoded.damage {
        return tell(false, decoded.turns.len(), Some(damage.turn), &format!("damaged: {damage}"));
    }
    let own = cx.own();
    let sources = Sources { given: args.scenario.as_deref(), origin, own: &own };
    // Without its scenario the run is neither honest nor forged: that is no answer.
    let (rules, _) = library::rules_for(&decoded, &sources).map_err(Failure::Unusable)?;
    match saved_game::replay(&rules, &decoded) {
        Ok(game) => {
            let torn =
                if decoded.torn { " (the last line was cut off and is left out)" } else { "" };
            let turns = game.past().len();
            tell(true, turns, None, &format!("{turns} turns replay exactly{torn}"))
        }
        Err(Misfit::Diverges(d)) => {
            let turn = match &d {
                Divergence::Name { turn, .. }
                | Divergence::Refused { turn, .. }
                | Divergence::Digest { turn }
                | Divergence::TooLong { turn } => *turn,
            };
            tell(false, decoded.turns.len(), Some(turn), &library::misfit(&Misfit::Diverges(d)))
        }
        Err(e) => Err(Failure::Usage(library::misfit(&e))),
    }
}
