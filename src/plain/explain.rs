//! `help WORD`: what a word of a page means. Owns where a word is looked up and in which order;
//! refuses to have meanings of its own, but for the words of this face and the few the rules only
//! use.

use crate::engine::position::Stance;
use crate::game::Game;
use crate::prose::{self, words};
use crate::scenario::model::{Sight, SourceIx};

use super::view::{Act, Page};

/// The words of this face: what each does.
pub const WORDS: &[(&str, &str)] = &[
    ("front", "front: the page this turn opened with."),
    ("news", "news: the page this turn opened with."),
    (
        "all",
        "all: reads the whole page at hand; where that has no more, the front page, or the debrief when the game is over.",
    ),
    ("desk", "desk: what is on the desk, and everything that can be done."),
    ("figures", "figures: how things stand, each value with its word and its change."),
    ("files", "files: live files, work that others have begun and that you may take up."),
    ("inbox", "inbox: papers of this turn, those that wait for an answer first."),
    ("tasks", "tasks: collection and investigation that may be ordered."),
    ("asks", "asks: what may be asked of an agency."),
    ("reforms", "reforms: work on the office itself."),
    ("intel", "intel: what is known of a campaign, how surely, and what could be found."),
    ("evidence", "evidence: all there is on the campaign in front, and where the law stands."),
    ("agencies", "agencies: who is in the room and outside it, and how each stands towards you."),
    ("room", "room: the agencies that sit at the table; agencies lists them."),
    ("calendar", "calendar: turns, windows, dates to come, and what is under way."),
    ("debrief", "debrief: how it came out; what was hidden opens when the game is over."),
    (
        "planner",
        "planner: of a game that is over, what a player who looks ahead makes of the same draw; \
         this takes some seconds.",
    ),
    ("orders", "orders: what you have ordered, this turn and before."),
    (
        "codex",
        "codex: words, institutions and cases, with their sources. codex and a word finds an \
         entry.",
    ),
    (
        "assumptions",
        "assumptions: every contested number of the model, its range and where it is from.",
    ),
    ("undo", "undo: takes back the last order of this turn."),
    ("back", "back: to the page before; 0 does the same."),
    ("end", "end: ends the turn. Meetings are held and the world answers."),
    (
        "save",
        "save: where the game could not be saved, tries again; save PATH puts all of it into a new \
         file or a folder.",
    ),
    ("quit", "quit: leaves; the game is kept if it is saved."),
    ("look", "look: the menu of everything that can be looked up."),
    (
        "withdraw",
        "withdraw INSTRUMENT TARGET: ends a measure that is under way or in force; new terms under way go first.",
    ),
    ("task", "task TASK CAMPAIGN: orders collection or investigation; tasks lists what there is."),
    ("ask", "ask ASK: asks something of an agency; asks lists what there is."),
    (
        "promise",
        "promise PROMISE AGENCY: binds you and moves that agency; promises lists what there is.",
    ),
    ("answer", "answer MATTER CHOICE: answers what waits for an answer; inbox lists it."),
    ("reform", "reform REFORM: begins work on the office; reforms lists what there is."),
    (
        "sure",
        "sure STATEMENT PERCENT: says how sure you are, 1 to 99 of 100; confidence lists the \
         statements.",
    ),
    (
        "guide",
        "guide PROFILE, or guide LENS=POINTS for each lens: writes the guidance, in the first \
         turn.",
    ),
    ("amend", "amend LENS=POINTS for each lens: changes the guidance, once, in public."),
    ("file", "A live file is the draft of a measure that others have begun; files lists them."),
    ("sponsor", "The agency a live file comes from; it speaks for it."),
    ("agenda", "What goes to the meetings at the end of this turn; orders lists it."),
    (
        "venue",
        "The meeting a proposal goes to: a higher one costs more and overrides more. help \
         clearance says how.",
    ),
    ("faster", "Of a value that only adds up: it rose more this turn than in the turn before."),
    ("slower", "Of a value that only adds up: it rose less this turn than in the turn before."),
    ("as fast", "Of a value that only adds up: it rose about as much as in the turn before."),
    ("turn", "One round: read the front page, give orders, end the turn."),
    (
        "window",
        "A stretch of days, such as a summit, in which some measures cost more; calendar lists \
         them.",
    ),
    ("source", "source NUMBER, such as source S16: what a number at the end of a text stands for."),
    ("record", "A text of record has a source and the standing it had on its date."),
    (
        "simulated",
        "A simulated text is invented and signed by an institution. Where a source holds the \
         position it follows, the source is named.",
    ),
];

/// Looks the word up: a topic, a word of this face, a name, the codex.
pub fn help(game: &Game, word: &str) -> Result<Act, String> {
    let wanted = word.trim().trim_end_matches(['.', '?', ',', ':', ';']).to_lowercase();
    let is = |s: &str| s.eq_ignore_ascii_case(&wanted);
    if let Some(n) = prose::TOPICS.iter().position(|t| is(t.id) || is(t.title)) {
        return Ok(Act::Go(Page::Topic(n)));
    }
    if let Some((_, says)) =
        WORDS.iter().find(|(w, _)| is(w) || wanted.strip_suffix('s') == Some(w))
    {
        return Ok(Act::Say((*says).to_owned()));
    }
    if let Some(says) =
        name(game, &wanted).or_else(|| said_of(game, &wanted)).or_else(|| source(game, &wanted))
    {
        return Ok(Act::Say(says));
    }
    match prose::find_codex(game.rules(), word, prose::codex_until(game)).first() {
        Some(e) => Ok(Act::Go(Page::Entry(*e))),
        None => Err(format!(
            "Nothing is said of \"{word}\". A word of a page, a topic of help or a word of the \
             codex is expected."
        )),
    }
}

/// A thing of the rules by its name, its short name or its id.
fn name(game: &Game, wanted: &str) -> Option<String> {
    let rules = game.rules();
    let means = |name: &str, means: &str| format!("{name}: {}", words::stop(means));
    let hit =
        |names: [&str; 3]| names.iter().any(|n| n.trim_end_matches('.').to_lowercase() == wanted);
    let seen = rules.indicators.iter().filter(|i| i.sight != Sight::Hidden);
    let agencies = rules.agencies.iter().filter(|a| hit([&a.id, &a.name, &a.short]));
    let known = |n: usize| game.situation().targets_known() & (1 << n) != 0;
    let campaigns = prose::intelligence(game, None).campaigns;
    let mut all = seen
        .filter(|i| hit([&i.id, &i.name, &i.short]))
        .map(|i| means(&i.name, &i.means))
        .chain(agencies.map(|a| means(&a.name, &a.mandate)))
        .chain(
            rules
                .instruments
                .iter()
                .filter(|i| hit([&i.id, &i.name, &i.short]))
                .map(|i| means(&i.name, &i.means)),
        )
        .chain(
            rules
                .targets
                .iter()
                .enumerate()
                .filter(|(n, t)| known(*n) && hit([&t.id, &t.name, &t.short]))
                .map(|(_, t)| means(&t.name, &t.means)),
        )
        .chain(
            rules
                .venues
                .iter()
                .filter(|v| hit([&v.id, &v.name, &v.short]))
                .map(|v| means(&v.name, &v.means)),
        )
        .chain(
            rules
                .lenses
                .iter()
                .filter(|l| hit([&l.id, &l.name, &l.short]))
                .map(|l| means(&l.name, &l.means)),
        )
        .chain(
            campaigns
                .iter()
                .map(|(c, _)| &rules.campaigns[*c])
                .filter(|c| hit([&c.id, &c.name, &c.name]))
                .map(|c| means(&c.name, &c.means)),
        )
        .chain(
            rules
                .promises
                .iter()
                .filter(|p| hit([&p.id, &p.name, &p.name]))
                .map(|p| means(&p.name, &p.says)),
        )
        .chain(
            rules
                .reforms
                .iter()
                .filter(|r| hit([&r.id, &r.name, &r.name]))
                .map(|r| means(&r.name, &r.means)),
        )
        .chain(
            rules
                .tasks
                .iter()
                .filter(|t| hit([&t.id, &t.name, &t.name]))
                .map(|t| means(&t.name, &t.means)),
        )
        .chain(
            rules
                .asks
                .iter()
                .filter(|a| hit([&a.id, &a.name, &a.name]))
                .map(|a| means(&a.name, &a.means)),
        )
        .chain(rules.terms.iter().filter(|t| hit([&t.id, &t.name, &t.name])).map(|t| {
            let values: Vec<&str> = t.values.iter().map(|v| v.name.inside()).collect();
            format!("{}: a term of proposals. It may be {}.", t.name, words::list(&values))
        }));
    all.next()
}

/// A word that is said of something: of a value, a likelihood, a stance, a relation.
fn said_of(game: &Game, wanted: &str) -> Option<String> {
    let word = words::upper_first(wanted);
    let figures = prose::figures(game);
    let of: Vec<&str> = figures
        .iter()
        .filter(|f| game.rules().indicators[f.indicator].words.iter().any(|(w, _)| w == wanted))
        .map(|f| &*f.name)
        .collect();
    if !of.is_empty() {
        return Some(format!(
            "{word}: a word for where a value stands, said of {}. why and the name says what moved \
             it.",
            words::list(&of)
        ));
    }
    if (0..=100).any(|p| words::likelihood(p) == wanted) {
        return Some(format!(
            "{word}: a word for a likelihood, always with its percentage. help intelligence says \
             which word means how much."
        ));
    }
    let stances = [
        Stance::Presses,
        Stance::Supports,
        Stance::Concurs,
        Stance::Reserves,
        Stance::Objects,
        Stance::Blocks,
    ];
    if let Some(at) = stances.iter().position(|s| {
        words::stance(*s) == wanted || words::stance(*s).split(' ').next() == Some(wanted)
    }) {
        let order: Vec<&str> = stances.iter().map(|s| words::stance(*s)).collect();
        let place = [
            "the most that can be said for it",
            "for it",
            "no objection",
            "a doubt",
            "against it",
            "a veto or a line that is not crossed",
        ][at];
        return Some(format!(
            "{word}: where an agency stands on a draft; {place}. From most to least for it: {}.",
            words::list(&order)
        ));
    }
    let relations: Vec<&str> = [-50, -20, 0, 20, 50]
        .iter()
        .map(|n| words::relation_word(words::relation(n * crate::num::ONE)))
        .collect();
    if relations.contains(&wanted) {
        return Some(format!(
            "{word}: how an agency stands towards you. From worst to best: {}.",
            words::list(&relations)
        ));
    }
    let (hot, sizes) = (
        ["mild", "warm", "hot", "ahead", "over"],
        ["slightly", "somewhat", "clearly", "strongly", "narrow", "wide"],
    );
    if hot.contains(&wanted) {
        return Some(format!(
            "{word}: how near a window is to its height. A window is ahead, mild, warm, hot or \
             over. help windows says what windows do."
        ));
    }
    sizes.contains(&wanted).then(|| {
        format!(
            "{word}: slightly, somewhat, clearly and strongly are sizes of a change, from the \
             smallest; narrow and wide say how far advisers differ on it."
        )
    })
}

/// What a number at the end of a text stands for.
pub fn source(game: &Game, wanted: &str) -> Option<String> {
    let rules = game.rules();
    let at = rules.sources.iter().position(|s| s.id.eq_ignore_ascii_case(wanted.trim()))?;
    let until = prose::codex_until(game);
    let said = prose::source(rules, SourceIx::at(at), until);
    Some(if said.is_empty() {
        format!("Source {} was not yet published.", rules.sources[at].id)
    } else {
        format!("Source {said}")
    })
}
