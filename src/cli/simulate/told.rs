//! `--explain`: one game told turn by turn.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::game::Game;
use crate::text::wrap;
use crate::{plain, prose};

/// Columns of the text.
const WIDTH: usize = 100;

pub fn to_text(game: &Game, policy: &str) -> String {
    let (title, seed) = (&game.rules().title, game.start().seed);
    let mut out = format!("{title}: the game of seed {seed}, policy {policy}\n");
    for t in prose::turns(game) {
        let told = plain::turn(&t).into_iter().chain(prose::moved(game, t.turn));
        out.push('\n');
        for (n, line) in told.flat_map(|says| wrap(&says, WIDTH - 4).into_iter().enumerate()) {
            let _ = writeln!(out, "{}{line}", if n == 0 { "  " } else { "    " });
        }
    }
    let end = prose::ending(game).map_or("", |e| e.title.as_str());
    let digest = game.past().last().map_or(0, |p| p.digest);
    out + &format!("\nThe ending: {end}\ndigest {digest:032x}\n")
}

pub fn to_json(game: &Game, policy: &str) -> Value {
    let turn = |t: &prose::review::TurnRow| {
        let mut row = json!(t);
        row["moved"] = json!(prose::moved(game, t.turn));
        row
    };
    json!({
        "scenario": game.rules().id,
        "policy": policy,
        "seed": game.start().seed,
        "turns": prose::turns(game).iter().map(turn).collect::<Vec<_>>(),
        "ending": prose::ending(game).map(|e| e.id.as_str()),
    })
}
