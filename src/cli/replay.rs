//! `replay`: plays a run file again and holds every turn against its record.

use std::path::Path;

use clap::Args;
use serde_json::json;

use crate::game::Divergence;
use crate::record::Decoded;
use crate::saved_game::{self, Misfit};
use crate::store::{self, Store};

use super::{Answer, Cx, Failure, Format, print, runs};

#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// A run's name in the data folder, or a path.
    run: String,
}

pub fn run(cx: &Cx, args: &ReplayArgs) -> Answer {
    let decoded = read(cx, &args.run)?;
    if let Some(damage) = &decoded.damage {
        return tell(
            cx,
            false,
            decoded.turns.len(),
            Some(damage.turn),
            &format!("damaged: {damage}"),
        );
    }
    let rules = runs::rules_for(cx, &decoded)?;
    match saved_game::replay(&rules, &decoded) {
        Ok(game) => {
            let torn =
                if decoded.torn { " (the last line was cut off and is left out)" } else { "" };
            tell(
                cx,
                true,
                game.past().len(),
                None,
                &format!("{} turns replay exactly{torn}", game.past().len()),
            )
        }
        Err(Misfit::Diverges(d)) => {
            let turn = match &d {
                Divergence::Name { turn, .. }
                | Divergence::Refused { turn, .. }
                | Divergence::Digest { turn }
                | Divergence::TooLong { turn } => *turn,
            };
            tell(cx, false, decoded.turns.len(), Some(turn), &runs::misfit(&Misfit::Diverges(d)))
        }
        Err(e) => Err(Failure::Usage(runs::misfit(&e))),
    }
}

/// A run by path or by name.
pub fn read(cx: &Cx, run: &str) -> Result<Decoded, Failure> {
    let path = Path::new(run);
    let read = if path.exists() && (run.contains(['/', '\\']) || path.is_file()) {
        store::read_path(path)
    } else {
        Store::open(cx.data_dir.clone()).read(run)
    };
    read.map_err(|t| Failure::Usage(format!("{run}: {t}")))
}

fn tell(cx: &Cx, ok: bool, turns: usize, first: Option<usize>, text: &str) -> Answer {
    match cx.format {
        Format::Json => print(&format!(
            "{:#}\n",
            json!({ "ok": ok, "turns": turns, "first_difference": first })
        ))?,
        Format::Text | Format::Short => print(&format!("{text}\n"))?,
    }
    if ok { Ok(()) } else { Err(Failure::No) }
}
