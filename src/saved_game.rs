//! A game that is kept: every ended turn stands in its run file before anyone sees its result.
//!
//! Owns beginning, continuing and branching a run, and what to say when a record does not fit these
//! rules.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::start::{Branches, MAX_BRANCHES, Start};
use crate::engine::{Order, Refusal};
use crate::game::{Divergence, Game};
use crate::kept::{Keeper, Run, Trouble};
use crate::play::{Host, Saved};
use crate::record::{Branch, Decoded, Digest, Draft, FORMAT, Header, Line, Turn};
use crate::scenario::model::{Rules, WorldIx};
use crate::scenario::named::Named;

/// Version of the rules of the engine: raised when the same orders can give another game.
pub const RULES: &str = "11";

#[derive(Debug)]
pub struct SavedGame {
    game: Game,
    run: Run,
    notice: Option<String>,
    /// The file that the scenario was read from, if it does not ship.
    origin: Option<PathBuf>,
    /// Orders of the draft as last written, so that leaving twice writes once.
    drafted: Vec<Named>,
}

/// Why a run cannot be played on with these rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// No first line.
    Headless,
    /// Written by other rules of the engine.
    OtherRules {
        wrote: String,
    },
    /// The scenario was changed in something that counts.
    OtherScenario {
        id: String,
    },
    NoWorld {
        id: String,
    },
    Diverges(Divergence),
    /// A branch before the first turn or after the last one played.
    NoSuchTurn {
        asked: u32,
        played: u32,
    },
    /// A branch of a branch, too often.
    TooManyBranches {
        most: usize,
    },
    /// Branch points that do not follow one another, or too many.
    BranchPoints,
    /// A branch of a run that is on the record.
    OnTheRecord,
}

/// The first line of a run.
pub fn header(rules: &Rules, start: Start, assumptions: &BTreeMap<String, i32>) -> Header {
    Header {
        format: FORMAT,
        rules: RULES.to_owned(),
        scenario: rules.id.clone(),
        hash: format!("{:016x}", rules.hash),
        seed: start.seed,
        world: start.world.map(|w| rules.worlds[w].id.clone()),
        on_the_record: start.on_the_record,
        assumptions: assumptions.clone(),
        branch: None,
        branched: Vec::new(),
        title: rules.title.clone(),
    }
}

/// Plays a record again under these rules; its draft is not given.
///
/// # Errors
/// Why it does not fit.
pub fn replay(rules: &Arc<Rules>, decoded: &Decoded) -> Result<Game, Misfit> {
    let start = start_of(rules, decoded)?;
    let turns = decoded.turns.iter().map(|t| (t.orders.as_slice(), Some(t.digest.0)));
    Game::replay(Arc::clone(rules), start, turns).map_err(Misfit::Diverges)
}

fn start_of(rules: &Rules, decoded: &Decoded) -> Result<Start, Misfit> {
    let h = decoded.header.as_ref().ok_or(Misfit::Headless)?;
    if h.rules != RULES {
        return Err(Misfit::OtherRules { wrote: h.rules.clone() });
    }
    if h.scenario != rules.id || h.hash != format!("{:016x}", rules.hash) {
        return Err(Misfit::OtherScenario { id: h.scenario.clone() });
    }
    let world = match &h.world {
        None => None,
        Some(id) => Some(
            rules
                .worlds
                .iter()
                .position(|w| w.id == *id)
                .map(WorldIx::at)
                .ok_or_else(|| Misfit::NoWorld { id: id.clone() })?,
        ),
    };
    let mut branches = Branches::default();
    for (n, b) in h.branched.iter().chain(&h.branch).enumerate() {
        branches = branches
            .with(first_turn(b), b.seed)
            .filter(|all| all.list().len() == n + 1)
            .ok_or(Misfit::BranchPoints)?;
    }
    Ok(Start { seed: h.seed, world, branches, on_the_record: h.on_the_record })
}

/// The first turn of its own, from 0.
fn first_turn(b: &Branch) -> u8 {
    u8::try_from(b.turn.saturating_sub(1)).unwrap_or(u8::MAX)
}

impl SavedGame {
    /// A new run.
    pub fn begin(
        keeper: &dyn Keeper,
        rules: Arc<Rules>,
        start: Start,
        assumptions: &BTreeMap<String, i32>,
    ) -> SavedGame {
        let run = keeper.new_run(&header(&rules, start, assumptions));
        SavedGame::over(Game::new(rules, start), run)
    }

    /// A run played on, its draft given again as far as it is still legal.
    ///
    /// # Errors
    /// Why the record does not fit these rules.
    pub fn resume(run: Run, decoded: &Decoded, rules: &Arc<Rules>) -> Result<SavedGame, Misfit> {
        let mut game = replay(rules, decoded)?;
        let mut notice = decoded.torn.then(|| {
            "The last line of the run was cut off before it was finished; the turn it was for is \
             open again."
                .to_owned()
        });
        if let Some(orders) = &decoded.draft
            && game.give_named(orders).is_err()
        {
            notice = Some("Not every order of the turn you left could be given again.".to_owned());
        }
        let mut kept = SavedGame::over(game, run);
        kept.drafted = decoded.draft.clone().unwrap_or_default();
        kept.note_ending();
        if kept.notice.is_none() {
            kept.notice = notice;
        }
        Ok(kept)
    }

    /// A new, marked branch of a run at the opening of turn `turn` (from 1), with fresh luck from
    /// there on.
    ///
    /// # Errors
    /// Why the record does not fit, or has no such turn.
    pub fn branch(
        keeper: &dyn Keeper,
        of: &str,
        decoded: &Decoded,
        rules: &Arc<Rules>,
        turn: u32,
        seed: u64,
    ) -> Result<SavedGame, Misfit> {
        let played = u32::try_from(decoded.turns.len()).unwrap_or(u32::MAX);
        if turn == 0 || turn > played + 1 {
            return Err(Misfit::NoSuchTurn { asked: turn, played });
        }
        let mut start = start_of(rules, decoded)?;
        if start.on_the_record {
            return Err(Misfit::OnTheRecord);
        }
        // The turns before must be the record's own.
        replay(rules, decoded)?;
        let mut header = decoded.header.clone().ok_or(Misfit::Headless)?;
        // Earlier branch points keep their luck, up to here.
        header.branched.extend(header.branch.take());
        header.branched.retain(|b| b.turn < turn);
        let own = Branch { of: of.to_owned(), turn, seed };
        start.branches = start
            .branches
            .with(first_turn(&own), seed)
            .ok_or(Misfit::TooManyBranches { most: MAX_BRANCHES })?;
        header.branch = Some(own);
        let mut run = keeper.new_run(&header);
        let before = &decoded.turns[..(turn - 1) as usize];
        let game = Game::replay(
            Arc::clone(rules),
            start,
            before.iter().map(|t| (t.orders.as_slice(), None)),
        )
        .map_err(Misfit::Diverges)?;
        for (n, past) in game.past().iter().enumerate() {
            let line = Line::Turn(Turn {
                n: u32::try_from(n + 1).unwrap_or(u32::MAX),
                orders: game.named_past(n),
                digest: Digest(past.digest),
            });
            if run.append(&line).is_err() {
                break;
            }
        }
        Ok(SavedGame::over(game, run))
    }

    fn over(game: Game, run: Run) -> SavedGame {
        let notice = run
            .trouble()
            .map(|t| format!("This game is not being saved: {t}. It goes on all the same."));
        SavedGame { game, run, notice, origin: None, drafted: Vec::new() }
    }

    /// Notes the file that the scenario was read from, by its whole path, so that the run finds it
    /// again.
    pub fn came_from(&mut self, scenario: Option<PathBuf>) {
        self.origin = scenario;
        self.note_origin();
    }

    fn note_origin(&self) {
        if let Some(path) = &self.origin {
            self.run.came_from(path);
        }
    }

    /// Something else the player should be told once, if nothing graver is to be said.
    pub fn mention(&mut self, words: String) {
        self.notice.get_or_insert(words);
    }

    /// How it ended, for the list of past games.
    fn note_ending(&self) {
        let (rules, s) = (self.game.rules(), self.game.situation());
        if self.game.is_over() {
            self.run.ended(
                &rules.id,
                rules.endings.get(usize::from(s.ending)).map_or("", |e| e.title.as_str()),
            );
        }
    }

    /// Appends a line. That a run is not kept any more is said once, when it is found.
    fn keep(&mut self, line: &Line, what: &str) {
        let known = self.run.trouble().is_some();
        if let Err(trouble) = self.run.append(line)
            && !known
        {
            self.notice = Some(format!(
                "{what}: {trouble}. The game goes on in memory; leaving it offers another try \
                     and another place."
            ));
        }
    }

    /// The run's name in the data folder.
    pub fn name(&self) -> &str {
        self.run.name()
    }
}

impl Host for SavedGame {
    fn game(&self) -> &Game {
        &self.game
    }
    fn give(&mut self, order: Order, because: &str) -> Result<(), Refusal> {
        if order == Order::End {
            return self.end();
        }
        self.game.give(order, because)
    }
    fn undo(&mut self) -> bool {
        self.game.undo()
    }
    fn end(&mut self) -> Result<(), Refusal> {
        self.game.end()?;
        let n = self.game.past().len();
        let digest = Digest(self.game.past()[n - 1].digest);
        let line = Line::Turn(Turn {
            n: u32::try_from(n).unwrap_or(u32::MAX),
            orders: self.game.named_past(n - 1),
            digest,
        });
        self.keep(&line, "The turn could not be saved");
        self.drafted.clear();
        self.note_ending();
        Ok(())
    }
    fn draft(&mut self) {
        let orders = self.game.named_orders();
        if orders == self.drafted || self.game.is_over() {
            return;
        }
        self.drafted.clone_from(&orders);
        self.keep(&Line::Draft(Draft { orders }), "The turn under way could not be saved");
    }
    fn notice(&mut self) -> Option<String> {
        self.notice.take()
    }
    fn saved(&self) -> Saved {
        match self.run.trouble() {
            None => Saved::Yes,
            Some(Trouble::Unwanted) => Saved::ByWish,
            Some(why) => Saved::No(why.to_string()),
        }
    }
    fn save(&mut self, elsewhere: Option<&Path>) -> Result<String, String> {
        self.draft();
        match elsewhere {
            Some(path) => self.run.move_to(path),
            None => self.run.try_again(),
        }
        .map_err(|why| why.to_string())?;
        self.notice = None;
        self.note_origin();
        self.note_ending();
        Ok(self.run.path().map_or_else(String::new, |p| p.to_string_lossy().into_owned()))
    }
}

/// However a game is put down, by a panic too, the orders of its turn are not lost.
impl Drop for SavedGame {
    fn drop(&mut self) {
        self.draft();
    }
}
