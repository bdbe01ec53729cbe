//! The shelf the title page reads from: scenarios that ship, the player's own, and the games that
//! are kept.
//!
//! Owns what of them is told, and opening them. Refuses: where runs are kept, where the player's
//! own scenarios lie and what a seed is drawn from; all three are handed in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::day::Day;
use crate::engine::{Order, Start};
use crate::game::Game;
use crate::kept::{Ended, Keeper, Listed};
use crate::order::Gather;
use crate::play::Host;
use crate::prose;
use crate::prose::facts::TitleRow;
use crate::prose::review::Comparison;
use crate::record::Decoded;
use crate::saved_game::{self, SavedGame};
use crate::scenario::load::{self, Own, ScenarioRef};
use crate::scenario::model::{Difficulty, Rules};
use crate::scenario::problem::{self, Code, Problem};
use crate::text::for_terminal;
use crate::tui::theme::ThemeName;
use crate::tui::{CHECK, Entry, Library, PastGame, Trouble, Unfinished};

mod rules;
mod start;

pub use rules::{Sources, misfit, rules_for};
pub use start::{Asked, assumptions, guidance, world};

/// What is said of points that cannot be a guidance.
pub const NO_GUIDANCE: &str =
    "a guidance is twelve points over the lenses, 0 to 4 each, at least four lenses funded";

pub struct Shelf {
    kept: Box<dyn Keeper>,
    own: Box<dyn Own>,
    /// Draws the seed of a new game.
    seed: fn() -> u64,
}

impl Shelf {
    pub fn new(kept: Box<dyn Keeper>, own: Box<dyn Own>, seed: fn() -> u64) -> Shelf {
        Shelf { kept, own, seed }
    }

    fn load(&self, which: &ScenarioRef, assume: &[(String, i32)]) -> Result<Arc<Rules>, Trouble> {
        load::load(which, &*self.own, assume)
            .map(Arc::new)
            .map_err(|problems| not_played(&problems))
    }

    /// A new game as asked for; with `again`, the newest kept one that began so, if there is one.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn start(&mut self, asked: &Asked, again: bool) -> Result<Box<dyn Host>, Trouble> {
        let assume = assumptions(&asked.assume).map_err(cannot)?;
        let which = ScenarioRef::parse(&asked.scenario);
        let rules = self.load(&which, &assume)?;
        let start = Start {
            seed: asked.seed.unwrap_or_else(self.seed),
            world: world(&rules, asked.world.as_deref()).map_err(cannot)?,
            on_the_record: asked.on_the_record,
            ..Start::default()
        };
        let points = guidance(&rules, asked.guidance.as_deref()).map_err(cannot)?;
        let assume: BTreeMap<String, i32> = assume.into_iter().gather();
        if again {
            let as_now = saved_game::header(&rules, start, &assume);
            let began_so = |l: &Listed| {
                l.read.as_ref().is_ok_and(|d| {
                    d.damage.is_none() && d.header.as_ref().is_some_and(|h| *h == as_now)
                })
            };
            if let Some(run) = self.kept.runs(MOST_PAST).into_iter().find(began_so) {
                return self.open(&run.name);
            }
        }
        let mut game = SavedGame::begin(&*self.kept, rules, start, &assume);
        self.note_origin(&mut game, load::file_of(&which, &*self.own));
        if let Some(points) = points {
            game.give(Order::Guide(points), "").map_err(|_| cannot(NO_GUIDANCE.to_owned()))?;
        }
        Ok(Box::new(game))
    }

    /// The rules a kept run is played on, and the file they were read from.
    fn rules_of(
        &self,
        name: &str,
        decoded: &Decoded,
    ) -> Result<(Arc<Rules>, Option<PathBuf>), Trouble> {
        let sources = Sources { given: None, origin: self.kept.origin(name), own: &*self.own };
        rules_for(decoded, &sources).map_err(|problems| not_played(&problems))
    }

    /// Notes the file that a scenario was read from, so that the run finds it again.
    fn note_origin(&self, game: &mut SavedGame, scenario: Option<PathBuf>) {
        game.came_from(scenario.map(|path| self.own.absolute(&path)));
    }

    /// The game of a kept run, played again to be looked at.
    fn game_of(&self, name: &str) -> Result<Game, Trouble> {
        let decoded = self.kept.read(name).map_err(|t| cannot(t.to_string()))?;
        let (rules, _) = self.rules_of(name, &decoded)?;
        saved_game::replay(&rules, &decoded).map_err(|m| cannot(misfit(&m)))
    }

    /// Where a game stands, as the title page says it.
    fn left(&self, name: &str, decoded: &Decoded) -> Option<Unfinished> {
        let header = decoded.header.as_ref()?;
        let title = load::titles().iter().find(|t| t.id == header.scenario);
        let turns = title.map_or(0, |t| t.turns);
        let ended = self.kept.endings().into_iter().find(|e| e.run == name);
        let over = ended.is_some() || (turns > 0 && decoded.turns.len() >= turns);
        let line = ended.map_or_else(|| where_it_stands(decoded, turns), |e| e.ending);
        Some(Unfinished { title: decoded.shown_title().to_owned(), line, over })
    }

    /// The player's own files, by name; each with its problems.
    fn own(&self) -> Vec<Entry> {
        self.own.list().iter().map(|f| own_entry(&*self.own, f)).collect()
    }
}

/// What a file of the player's own is opened by: no id or name is certain to be its alone.
fn opened_by(own: &dyn Own, path: &Path) -> String {
    own.absolute(path).to_string_lossy().into_owned()
}

fn own_entry(own: &dyn Own, path: &Path) -> Entry {
    let id = opened_by(own, path);
    match load::load(&ScenarioRef::Path(path.to_owned()), own, &[]) {
        Ok(rules) => Entry {
            row: row(
                &id,
                &rules.title,
                &rules.summary,
                rules.minutes,
                rules.played(),
                rules.difficulty,
            ),
            own: true,
            taken: load::name_taken(own, path, &rules.id).unwrap_or_default(),
            ..Entry::default()
        },
        Err(problems) => {
            let lines: Vec<String> = problem::short(&problems).lines().map(str::to_owned).collect();
            let problem = lines.first().cloned().unwrap_or_default();
            let name = path.file_stem().map(|s| s.to_string_lossy().into_owned());
            let title = for_terminal(&name.unwrap_or_default());
            Entry {
                row: TitleRow { id, title, problem, ..TitleRow::default() },
                own: true,
                problems: lines,
                ..Entry::default()
            }
        }
    }
}

fn row(
    id: &str,
    title: &str,
    summary: &str,
    minutes: u32,
    turns: usize,
    difficulty: Difficulty,
) -> TitleRow {
    let level = difficulty.name();
    TitleRow {
        id: id.to_owned(),
        title: title.to_owned(),
        summary: summary.to_owned(),
        measure: format!("{minutes} minutes · {turns} turns · {level}"),
        problem: String::new(),
    }
}

fn not_played(problems: &[Problem]) -> Trouble {
    let mut lines: Vec<String> = problem::short(problems).lines().map(str::to_owned).collect();
    if !problems.iter().any(|p| p.code == Code::CannotRead) {
        lines.push(CHECK.to_owned());
    }
    Trouble { title: "This scenario cannot be played".to_owned(), lines }
}

/// Most runs in the list of past games.
const MOST_PAST: usize = 200;

fn cannot(line: String) -> Trouble {
    Trouble { title: "The game cannot be opened".to_owned(), lines: vec![line] }
}

/// "turn 5 of 14", "all 14 turns".
fn where_it_stands(decoded: &Decoded, turns: usize) -> String {
    match decoded.turns.len() {
        n if turns > 0 && n >= turns => format!("all {turns} turns"),
        n if turns > 0 => format!("turn {} of {turns}", n + 1),
        n => format!("turn {}", n + 1),
    }
}

fn past_game(kept: &dyn Keeper, listed: Listed, endings: &[Ended]) -> PastGame {
    let when = kept.day_of(&listed.name).map(Day::long).unwrap_or_default();
    let name = listed.name;
    let decoded = match listed.read {
        Ok(decoded) => decoded,
        Err(why) => {
            return PastGame {
                title: name.clone(),
                name,
                when,
                trouble: why.to_string(),
                ..PastGame::default()
            };
        }
    };
    let turns = decoded
        .header
        .as_ref()
        .and_then(|h| load::titles().iter().find(|t| t.id == h.scenario))
        .map_or(0, |t| t.turns);
    let branch =
        if decoded.header.as_ref().is_some_and(|h| h.branch.is_some()) { ", a branch" } else { "" };
    let ended = endings.iter().find(|e| e.run == name).map(|e| format!("ended: {}", e.ending));
    let over = ended.is_some() || (turns > 0 && decoded.turns.len() >= turns);
    let line = format!("{}{branch}", ended.unwrap_or_else(|| where_it_stands(&decoded, turns)));
    let trouble = decoded.damage.as_ref().map(ToString::to_string).unwrap_or_default();
    let played = u32::try_from(decoded.turns.len()).unwrap_or(u32::MAX);
    let branches = decoded.header.as_ref().is_some_and(|h| !h.on_the_record) && trouble.is_empty();
    PastGame {
        title: decoded.shown_title().to_owned(),
        name,
        when,
        line,
        turns: branches.then_some(played),
        over,
        standing: None,
        trouble,
    }
}

impl Library for Shelf {
    fn entries(&self) -> Vec<Entry> {
        let shipped = load::titles().iter().map(|t| Entry {
            row: row(t.id, t.title, t.summary, t.minutes, t.turns, t.difficulty),
            lesson: t.difficulty == Difficulty::Learning,
            ..Entry::default()
        });
        let mut all: Vec<Entry> = shipped.chain(self.own()).collect();
        // How each was ended last stands in one small file; no run is read for it.
        let origins = self.kept.origins();
        for ended in self.kept.endings() {
            let opened = origins
                .get(&ended.run)
                .map_or(ended.scenario.clone(), |p| opened_by(&*self.own, p));
            if let Some(entry) = all.iter_mut().find(|e| e.row.id == opened) {
                let day = self
                    .kept
                    .day_of(&ended.run)
                    .map(|d| format!(", {}", d.long()))
                    .unwrap_or_default();
                entry.last = format!("last: {}{day}", ended.ending);
            }
        }
        all
    }

    fn unfinished(&self) -> (Option<Unfinished>, usize) {
        // A file that cannot be read does not stand before an older game that can.
        let (newest, unread) = self.kept.newest();
        (newest.and_then(|(name, decoded)| self.left(&name, &decoded)), unread)
    }

    fn fresh(&self) -> bool {
        self.kept.is_empty()
    }

    fn begin(&mut self, id: &str, seed: Option<u64>) -> Result<Box<dyn Host>, Trouble> {
        let which = ScenarioRef::parse(id);
        let rules = self.load(&which, &[])?;
        let start = Start { seed: seed.unwrap_or_else(self.seed), ..Start::default() };
        let mut game = SavedGame::begin(&*self.kept, rules, start, &BTreeMap::new());
        self.note_origin(&mut game, load::file_of(&which, &load::Carried));
        Ok(Box::new(game))
    }

    fn resume(&mut self) -> Result<Box<dyn Host>, Trouble> {
        let (name, _) = self.kept.newest().0.ok_or_else(|| cannot("There is none.".to_owned()))?;
        self.open(&name)
    }

    fn past(&self) -> Vec<PastGame> {
        let endings = self.kept.endings();
        self.kept
            .runs(MOST_PAST)
            .into_iter()
            .map(|listed| past_game(&*self.kept, listed, &endings))
            .collect()
    }

    fn open(&mut self, name: &str) -> Result<Box<dyn Host>, Trouble> {
        let (run, decoded) = self.kept.resume(name).map_err(|t| cannot(t.to_string()))?;
        let (rules, from) = self.rules_of(name, &decoded)?;
        let mut game = SavedGame::resume(run, &decoded, &rules).map_err(|m| cannot(misfit(&m)))?;
        self.note_origin(&mut game, from);
        Ok(Box::new(game))
    }

    fn branch(&mut self, name: &str, turn: u32) -> Result<Box<dyn Host>, Trouble> {
        let decoded = self.kept.read(name).map_err(|t| cannot(t.to_string()))?;
        let (rules, from) = self.rules_of(name, &decoded)?;
        let mut game = SavedGame::branch(&*self.kept, name, &decoded, &rules, turn, (self.seed)())
            .map_err(|m| cannot(misfit(&m)))?;
        self.note_origin(&mut game, from);
        Ok(Box::new(game))
    }

    fn weigh(&self, name: &str) -> String {
        match self.game_of(name) {
            Ok(game) => prose::standing_in_short(&game),
            Err(trouble) => format!("It cannot be played again: {}", trouble.lines.join(" ")),
        }
    }

    fn compare(&self, name: &str, other: &str) -> Result<Comparison, Trouble> {
        let (a, b) = (self.game_of(name)?, self.game_of(other)?);
        prose::compare((name, &a), (other, &b)).map_err(|why| Trouble {
            title: "These two do not go side by side".to_owned(),
            lines: vec![why],
        })
    }

    fn keep_theme(&mut self, theme: ThemeName) {
        self.kept.set("theme", theme.as_str());
    }

    fn keep_mouse(&mut self, on: bool) {
        self.kept.set("mouse", if on { "on" } else { "off" });
    }

    fn rules(&self) -> Result<Arc<Rules>, Trouble> {
        // A lesson leaves most of the rulebook out.
        let id = load::titles()
            .iter()
            .find(|t| t.difficulty != Difficulty::Learning)
            .map_or("", |t| t.id);
        self.load(&ScenarioRef::Id(id.to_owned()), &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::files::Folder;
    use crate::store::Store;

    fn shelf() -> (tempfile::TempDir, Shelf) {
        let dir = tempfile::tempdir().expect("a folder");
        let own = dir.path().join("scenarios");
        std::fs::create_dir(&own).expect("a folder");
        let store = Store::open(Some(dir.path().to_owned()));
        (dir, Shelf::new(Box::new(store), Box::new(Folder(Some(own))), || 7))
    }

    #[test]
    fn a_game_that_was_ended_is_offered_by_its_debrief_and_listed_with_its_ending() {
        let (_dir, mut shelf) = shelf();
        assert!(shelf.unfinished().0.is_none() && shelf.past().is_empty());
        let mut game = shelf.begin("first-day", None).expect("it begins");
        let left = shelf.unfinished().0.expect("a game that was left");
        assert!(!left.over && left.line == "turn 1 of 3", "{left:?}");
        while game.end().is_ok() {}
        let ending =
            game.game().rules().endings[usize::from(game.game().situation().ending)].title.clone();
        drop(game);
        let last = shelf.unfinished().0.expect("the last game");
        assert!(last.over && last.line == ending, "{last:?}");
        let past = shelf.past();
        assert_eq!(past.len(), 1);
        assert_eq!(past[0].line, format!("ended: {ending}"));
        assert_eq!(past[0].turns, Some(3));
        assert!(!past[0].when.is_empty() && past[0].trouble.is_empty());
        let entry =
            shelf.entries().into_iter().find(|e| e.row.id == "first-day").expect("it ships");
        assert!(entry.last.starts_with(&format!("last: {ending}, ")), "{}", entry.last);
        let again = shelf.open(&past[0].name).unwrap_or_else(|t| panic!("it opens again: {t:?}"));
        assert!(again.game().is_over());
        drop(again);
        assert!(
            shelf.resume().unwrap_or_else(|t| panic!("by its debrief too: {t:?}")).game().is_over()
        );
        assert!(past[0].over);
        assert_eq!(shelf.weigh(&past[0].name), "A lesson is not held against games of others.");
        let branch = shelf.branch(&past[0].name, 2).unwrap_or_else(|t| panic!("a branch: {t:?}"));
        assert_eq!((branch.game().turn(), branch.game().is_over()), (1, false));
        drop(branch);
        let listed = shelf.past();
        assert!(listed.iter().any(|p| p.line.ends_with(", a branch")), "{listed:?}");
    }

    #[test]
    fn a_game_that_is_over_is_weighed_and_set_beside_another() {
        let (dir, mut shelf) = shelf();
        for _ in 0..2 {
            let mut game = shelf.begin("cloud-hopper", None).expect("it begins");
            while game.end().is_ok() {}
        }
        let past = shelf.past();
        let said = shelf.weigh(&past[0].name);
        assert!(said.contains(" of 100 by the points that stood; on the same draw "), "{said}");
        assert!(said.ends_with(prose::PREMISE), "{said}");
        let both = shelf.compare(&past[0].name, &past[1].name);
        let both = both.unwrap_or_else(|t| panic!("both are over: {t:?}"));
        assert_eq!([&both.sides[0].run, &both.sides[1].run], [&past[0].name, &past[1].name]);
        let open = shelf.begin("cloud-hopper", None).expect("it begins");
        drop(open);
        let name = shelf.past()[0].name.clone();
        assert!(shelf.compare(&name, &past[0].name).is_err(), "one of them goes on");
        // A run of older rules says so.
        let file = walk(dir.path())
            .into_iter()
            .find(|p| p.to_string_lossy().contains(&past[0].name))
            .expect("a run file");
        let text = std::fs::read_to_string(&file).expect("read");
        let rules = format!("\"{}\"", crate::saved_game::RULES);
        assert!(text.contains(&rules), "{text}");
        std::fs::write(&file, text.replacen(&rules, "\"0\"", 1)).expect("written");
        let said = shelf.weigh(&past[0].name);
        assert!(said.starts_with("It cannot be played again: "), "{said}");
    }

    #[test]
    fn a_file_that_cannot_be_read_does_not_hide_the_game_before_it() {
        let (dir, mut shelf) = shelf();
        let mut game = shelf.begin("first-day", None).expect("it begins");
        game.end().expect("a turn");
        drop(game);
        let good = shelf.past()[0].name.clone();
        let file = walk(dir.path())
            .into_iter()
            .find(|p| p.to_string_lossy().contains(&good))
            .expect("a run file");
        let ending = file
            .file_name()
            .and_then(|f| f.to_str())
            .and_then(|f| f.strip_prefix(&good))
            .expect("its ending")
            .to_owned();
        for (name, bytes) in [("000098-3fa9", ""), ("000099-3fa9", "not a run\n")] {
            std::fs::write(file.with_file_name(format!("{name}{ending}")), bytes).expect("written");
        }
        let (left, unread) = shelf.unfinished();
        assert_eq!(
            (left.expect("the game that was left").line.as_str(), unread),
            ("turn 2 of 3", 2)
        );
        assert_eq!(shelf.resume().unwrap_or_else(|t| panic!("it goes on: {t:?}")).game().turn(), 1);
    }

    fn walk(dir: &Path) -> Vec<PathBuf> {
        let all: Vec<PathBuf> =
            std::fs::read_dir(dir).expect("a folder").flatten().map(|e| e.path()).collect();
        all.into_iter().flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] }).collect()
    }

    #[test]
    fn a_scenario_of_ones_own_that_is_broken_is_listed_with_its_first_problem() {
        let (dir, shelf) = shelf();
        std::fs::write(
            dir.path().join("scenarios/spring.ron"),
            "Scenario(\n  id: \"spring\",\n  titel: \"Spring\",\n)",
        )
        .expect("written");
        let own: Vec<Entry> = shelf.entries().into_iter().filter(|e| e.own).collect();
        assert_eq!(own.len(), 1);
        assert!(
            own[0].row.problem.contains("spring.ron:") && !own[0].problems.is_empty(),
            "{:?}",
            own[0]
        );
    }
}
