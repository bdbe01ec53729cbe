//! What a debrief says where it is read away from the game: which game it is of, and the sources
//! that it names.

use crate::engine::Note;
use crate::game::Game;
use crate::order::Arrange;
use crate::scenario::model::{SourceIx, Text};

use super::review::Played;
use super::{codex, debrief, text, words};

/// Which game it is, by what a player knows of it at any time.
pub fn played(game: &Game) -> Played {
    let (rules, start) = (game.rules(), game.start());
    let turns = game.past().len();
    Played {
        scenario: rules.id.clone(),
        seed: start.seed,
        turns,
        of: rules.played(),
        from: words::date(rules.turns[0].opens),
        until: words::date(game.situation().today(rules)),
        branches: start.branches.list().iter().map(|(t, seed)| (usize::from(*t), *seed)).collect(),
        assumptions: codex::assumptions(rules, text::until(game))
            .into_iter()
            .filter(|a| a.overridden)
            .collect(),
        on_the_record: start.on_the_record,
    }
}

/// The sources that the debrief of a game that is over names.
pub fn sources(game: &Game) -> Vec<String> {
    if !game.is_over() {
        return Vec::new();
    }
    let rules = game.rules();
    let seen = (0..game.past().len())
        .flat_map(|t| game.notes_of(t))
        .filter_map(|n| if let Note::TellFound(k) = n { Some(&rules.tells[k].text) } else { None });
    let mut all: Vec<SourceIx> = seen.chain(&rules.teaching.aftermath).flat_map(of_text).collect();
    all.extend(debrief::called(game).flat_map(|c| c.sources.iter().copied()));
    // Cautions name theirs in brackets.
    let words =
        rules.teaching.cautions.iter().flat_map(|c| c.split(|c: char| !c.is_alphanumeric()));
    let named: Vec<&str> = words.collect();
    let ids = rules.sources.iter().enumerate().filter(|(_, s)| named.contains(&s.id.as_str()));
    all.extend(ids.map(|(n, _)| SourceIx::at(n)));
    all.extend(rules.history.iter().filter_map(|step| step.source));
    let known = rules.targets.iter().filter(|t| t.campaign.is_some());
    all.extend(known.flat_map(|t| t.record.iter().map(|r| r.source)));
    // S5 stands before S14.
    let by =
        |s: &SourceIx| rules.sources.get(s.i()).map_or((0, ""), |s| (s.id.len(), s.id.as_str()));
    all.arrange_by(|a, b| by(a).cmp(&by(b)));
    all.dedup();
    all.into_iter().map(|s| text::source(rules, s, None)).filter(|s| !s.is_empty()).collect()
}

fn of_text(text: &Text) -> Vec<SourceIx> {
    match text {
        Text::Record { source, also, .. } => std::iter::once(source).chain(also).copied().collect(),
        Text::Simulated { follows, .. } => follows.iter().copied().collect(),
    }
}
