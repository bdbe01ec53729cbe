//! Dates: turns, windows that have come into view, what is under way, what is coming.

use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{ReformIx, SourceIx, WindowIx};

use super::facts::{Calendar, FileEnd, WindowRow};
use super::{actions, desk, order, stand, text, words, work};

/// The calendar as it may be seen now.
pub fn calendar(game: &Game) -> Calendar {
    let (rules, s) = (game.rules(), game.situation());
    let today = s.today(rules);
    let played = &rules.turns[..rules.played()];
    let windows =
        rules.windows.iter().enumerate().filter(|(_, w)| stand::in_view(game, w)).map(|(n, w)| {
            let heat: Vec<i32> =
                played.iter().map(|t| t.heat.get(n).copied().unwrap_or(0)).collect();
            let here = s.turn_now(rules).heat.get(n).copied().unwrap_or(0);
            let now = here > 0;
            let word = match (now, today > w.to) {
                (true, _) => words::heat(here),
                (false, true) => "over",
                (false, false) => "ahead",
            };
            WindowRow {
                window: WindowIx::at(n),
                name: w.name.to_string(),
                from: words::date(w.from),
                to: words::date(w.to),
                peak: words::date(w.peak),
                ends: w.to.short(),
                heat,
                now,
                word,
                source: w.source.map_or_else(String::new, |n: SourceIx| {
                    text::source(rules, n, text::until(game))
                }),
            }
        });
    Calendar {
        header: stand::header(game),
        turns: played.iter().map(|t| t.opens.short()).collect(),
        opens: played.iter().map(|t| t.opens).collect(),
        now: game.turn().min(rules.last_turn()),
        files: files(game),
        windows: windows.collect(),
        work: work::work(game),
        coming: desk::coming(game),
        reforms: (0..rules.reforms.len()).map(|n| actions::reform(game, ReformIx::at(n))).collect(),
    }
}

fn files(game: &Game) -> Vec<FileEnd> {
    let (rules, s) = (game.rules(), game.situation());
    let mut out: Vec<FileEnd> = stand::open_files(game)
        .filter_map(|(file, f)| {
            let until = f.until?;
            Some(FileEnd {
                file,
                name: f.name.to_string(),
                brief: order::measure(rules, f.instrument, f.target),
                until,
                date: until.short(),
                expires: until < s.turn_now(rules).ends,
            })
        })
        .collect();
    out.arrange_by_key(|f| f.until);
    out
}
