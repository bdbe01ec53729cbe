//! The one table of keys: dispatch, the footer and the help screen all read it.
//!
//! h j k l e u q ? mean the same everywhere. A row says where it holds, what it does, the word the
//! footer prints and the sentence help prints. Refuses: what an action does.

use crate::input::{Code, Key};

use super::screen::{Popup, Screen};

/// Where a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    Anywhere,
    /// Any screen of a game.
    Game,
    Screen(Screen),
    /// Any popup that is not typed into.
    Popup,
    /// A line being typed: only these rows hold then.
    Line,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    HalfUp,
    HalfDown,
    First,
    Last,
    NextPane,
    PrevPane,
    Open,
    Leave,
    Help,
    EndTurn,
    Undo,
    Quit,
    Propose,
    Act,
    Intel,
    Agencies,
    Calendar,
    Why,
    News,
    Codex,
    Assumptions,
    Guidance,
    Desk,
    Debrief,
    Search,
    /// The page the game opened with.
    Briefing,
    /// Opens the values of a row of the draft as a list.
    Pick,
    Because,
    Bargain,
    Submit,
    Sure,
    /// The answer or page of that number.
    Number,
    NextTurn,
    PrevTurn,
    /// Leaves a lesson for the title page.
    Skip,
    Redraw,
    Suspend,
    Kill,
    /// Asks from which turn of a kept run a branch begins.
    Branch,
    /// Marks a kept run, or sets another beside the one that is marked.
    Compare,
    /// Lets a player who looks ahead play the draw of the game that is over.
    Planner,
}

#[derive(Debug)]
pub struct Row {
    pub on: On,
    pub keys: &'static [Key],
    pub action: Action,
    /// What the footer calls it.
    pub label: &'static str,
    /// What help says of it.
    pub help: &'static str,
    /// Place in the footer, from 1; 0: not there.
    pub foot: u8,
}

const fn c(ch: char) -> Key {
    Key::char(ch)
}
const fn k(code: Code) -> Key {
    Key::plain(code)
}
const fn row(
    on: On,
    keys: &'static [Key],
    action: Action,
    label: &'static str,
    help: &'static str,
    foot: u8,
) -> Row {
    Row { on, keys, action, label, help, foot }
}

const ENTER: &[Key] = &[k(Code::Enter)];
const KILL: &str = "Quits at once; the game is kept. Asks first if it is not saved.";
const FIND: &[Key] = &[c('/')];
const ONLY: &str =
    "Shows only the rows that have the words you type; Enter keeps them so, Esc shows all again.";
const DIGITS: &[Key] = &[c('1'), c('2'), c('3'), c('4'), c('5'), c('6'), c('7'), c('8'), c('9')];

use Action as A;
use On::{Anywhere, Game, Line, Popup as Over};
use Screen as S;

/// Every key there is.
pub static KEYS: &[Row] = &[
    row(Anywhere, &[k(Code::Up), c('k')], A::Up, "up", "Up a row, or scroll.", 0),
    row(Anywhere, &[k(Code::Down), c('j')], A::Down, "move", "Down a row, or scroll.", 2),
    row(
        Anywhere,
        &[k(Code::Left), c('h')],
        A::Left,
        "left",
        "To the column on the left; on a value, the one before.",
        0,
    ),
    row(
        Anywhere,
        &[k(Code::Right), c('l')],
        A::Right,
        "right",
        "To the column on the right; on a value, the next.",
        0,
    ),
    row(Anywhere, &[k(Code::PageUp)], A::PageUp, "page up", "A page up.", 0),
    row(Anywhere, &[k(Code::PageDown), c(' ')], A::PageDown, "page down", "A page down.", 0),
    row(Anywhere, &[Key::ctrl('u')], A::HalfUp, "half up", "Half a page up.", 0),
    row(Anywhere, &[Key::ctrl('d')], A::HalfDown, "half down", "Half a page down.", 0),
    row(Anywhere, &[k(Code::Home)], A::First, "first", "To the first row.", 0),
    row(Anywhere, &[k(Code::End), c('G')], A::Last, "last", "To the last row.", 0),
    row(Anywhere, &[k(Code::Tab)], A::NextPane, "next part", "To the next part of the screen.", 0),
    row(Anywhere, &[k(Code::BackTab)], A::PrevPane, "part before", "To the part before.", 0),
    row(
        Anywhere,
        ENTER,
        A::Open,
        "open",
        "Opens what the cursor is on; where nothing is, the obvious next thing.",
        1,
    ),
    row(Anywhere, &[k(Code::Esc)], A::Leave, "back", "Back to where you came from.", 90),
    row(
        Anywhere,
        &[c('?'), k(Code::F(1))],
        A::Help,
        "help",
        "What can be pressed here, and how things work.",
        99,
    ),
    row(
        Anywhere,
        &[c('q')],
        A::Quit,
        "quit",
        "Leaves the game, which is kept if it is saved; on the title page, the program.",
        0,
    ),
    row(
        Anywhere,
        &[c('x')],
        A::Codex,
        "codex",
        "Words, institutions and cases, with their sources.",
        0,
    ),
    row(
        Anywhere,
        &[c('m')],
        A::Assumptions,
        "assumptions",
        "Every contested number of the model, its range and where it is from.",
        0,
    ),
    row(
        Anywhere,
        FIND,
        A::Search,
        "search",
        "Searches the list in front; where there is none, says so and runs nothing that is typed.",
        0,
    ),
    row(Anywhere, &[Key::ctrl('l')], A::Redraw, "redraw", "Paints the screen anew.", 0),
    row(Anywhere, &[Key::ctrl('z')], A::Suspend, "suspend", "Back to the shell; `fg` returns.", 0),
    row(Anywhere, &[Key::ctrl('c')], A::Kill, "quit", KILL, 0),
    row(
        Game,
        &[c('e')],
        A::EndTurn,
        "end turn",
        "Ends the turn: meetings are held and the world answers.",
        6,
    ),
    row(Game, &[c('u')], A::Undo, "undo", "Takes this turn's last order back.", 0),
    row(Game, &[c('p')], A::Propose, "propose", "Puts a measure together for the agenda.", 0),
    row(
        Game,
        &[c('t')],
        A::Act,
        "tasks",
        "Tasks, asks, promises, reforms, and what you are sure of.",
        0,
    ),
    row(
        Game,
        &[c('i')],
        A::Intel,
        "intelligence",
        "What is known of each campaign, how surely, and what could be found.",
        0,
    ),
    row(
        Game,
        &[c('a')],
        A::Agencies,
        "agencies",
        "Who is in the room, what they want and what you owe them.",
        0,
    ),
    row(
        Game,
        &[c('c')],
        A::Calendar,
        "calendar",
        "Turns, windows, deadlines and what is under way.",
        0,
    ),
    row(
        Game,
        &[c('w')],
        A::Why,
        "why",
        "What moved a value, exactly or as far as you can know.",
        0,
    ),
    row(Game, &[c('n')], A::News, "front page", "The page this turn opened with.", 0),
    row(
        Game,
        &[c('b')],
        A::Briefing,
        "briefing",
        "The page the game opened with: the office, the case, the time there is.",
        0,
    ),
    row(
        Game,
        &[c('g')],
        A::Guidance,
        "guidance",
        "Your twelve points over the lenses; amendable once.",
        0,
    ),
    row(Game, &[c('d')], A::Desk, "desk", "Back to the desk.", 0),
    row(
        Game,
        &[c('r')],
        A::Debrief,
        "debrief",
        "How it came out; what was hidden opens when the game is over.",
        0,
    ),
    row(Game, DIGITS, A::Number, "desk", "In a lesson: 1 goes back to the desk.", 2),
    row(
        Game,
        &[c('s')],
        A::Skip,
        "skip the lesson",
        "In a lesson: leaves it for the title page; it is kept.",
        95,
    ),
    row(
        On::Screen(S::Title),
        ENTER,
        A::Open,
        "choose",
        "Plays the scenario, or opens the row, under the cursor.",
        1,
    ),
    row(On::Screen(S::Title), &[c('q')], A::Quit, "quit", "Leaves the program.", 5),
    row(
        On::Screen(S::Briefing),
        ENTER,
        A::Open,
        "go on",
        "On to the front page; opened again later, back.",
        1,
    ),
    row(
        On::Screen(S::Front),
        ENTER,
        A::Open,
        "open, or go on",
        "Opens the row under the cursor; at none, on to the guidance or the desk.",
        1,
    ),
    row(
        On::Screen(S::Front),
        DIGITS,
        A::Number,
        "answer",
        "Gives that answer to the question on the page.",
        2,
    ),
    row(
        On::Screen(S::Front),
        &[c('w')],
        A::Why,
        "why",
        "What moved the value under the cursor.",
        3,
    ),
    row(On::Screen(S::Front), &[c('d')], A::Desk, "desk", "On to the desk.", 4),
    row(
        On::Screen(S::Guidance),
        &[k(Code::Left), c('h')],
        A::Left,
        "",
        "One point less for this lens; on the profiles, the one before.",
        0,
    ),
    row(
        On::Screen(S::Guidance),
        &[k(Code::Right), c('l')],
        A::Right,
        "change",
        "One point more for this lens; on the profiles, the next.",
        2,
    ),
    row(On::Screen(S::Guidance), DIGITS, A::Number, "profile", "Takes that profile as a start.", 3),
    row(On::Screen(S::Guidance), ENTER, A::Open, "sign", "Signs the guidance as it stands.", 1),
    row(
        On::Screen(S::Desk),
        &[c('r')],
        A::Debrief,
        "debrief",
        "How it came out; what was hidden opens when the game is over.",
        2,
    ),
    row(
        On::Screen(S::Desk),
        &[c('p')],
        A::Propose,
        "propose",
        "Puts a measure together for the agenda.",
        2,
    ),
    row(
        On::Screen(S::Desk),
        &[c('t')],
        A::Act,
        "tasks",
        "Tasks, asks, promises, reforms, and what you are sure of.",
        3,
    ),
    row(
        On::Screen(S::Desk),
        &[c('i')],
        A::Intel,
        "intel",
        "What is known of each campaign, how surely, and what could be found.",
        4,
    ),
    row(
        On::Screen(S::Desk),
        &[k(Code::Tab)],
        A::NextPane,
        "next part",
        "To the next part: figures, live files, memos, what was ordered, the room.",
        0,
    ),
    row(
        On::Screen(S::Desk),
        &[c('a')],
        A::Agencies,
        "agencies",
        "Who is in the room, what they want and what you owe them.",
        7,
    ),
    row(
        On::Screen(S::Desk),
        &[c('c')],
        A::Calendar,
        "calendar",
        "Turns, windows, deadlines and what is under way.",
        7,
    ),
    row(
        On::Screen(S::Desk),
        &[c('w')],
        A::Why,
        "why",
        "What moved the value under the cursor, or the one that moved most.",
        8,
    ),
    row(
        On::Screen(S::Desk),
        &[c('b')],
        A::Briefing,
        "briefing",
        "The page the game opened with: the office, the case, the time there is.",
        10,
    ),
    row(
        On::Screen(S::Desk),
        FIND,
        A::Search,
        "find",
        "Finds a live file or a measure by its words.",
        0,
    ),
    row(
        On::Screen(S::Desk),
        DIGITS,
        A::Number,
        "answer",
        "Gives that answer to the memo under the cursor; where the memo is not open beside the desk, \
         opens it first. In a lesson, takes that step.",
        9,
    ),
    row(
        On::Screen(S::Choose),
        ENTER,
        A::Open,
        "draft",
        "Opens a draft of the measure under the cursor.",
        1,
    ),
    row(On::Screen(S::Choose), FIND, A::Search, "search", ONLY, 2),
    row(
        On::Screen(S::Propose),
        &[k(Code::Left), c('h')],
        A::Left,
        "",
        "The value before, for the row under the cursor.",
        0,
    ),
    row(
        On::Screen(S::Propose),
        &[k(Code::Right), c('l')],
        A::Right,
        "change",
        "The next value, for the row under the cursor.",
        2,
    ),
    row(
        On::Screen(S::Propose),
        FIND,
        A::Pick,
        "pick",
        "All values of the row under the cursor, with what stands in their way; type to narrow \
         them.",
        3,
    ),
    row(
        On::Screen(S::Propose),
        ENTER,
        A::Submit,
        "on the agenda",
        "Puts the draft on the agenda; on the reason, writes it.",
        1,
    ),
    row(
        On::Screen(S::Propose),
        &[c('b')],
        A::Bargain,
        "bargain",
        "Promises that would move someone on this draft.",
        4,
    ),
    row(
        On::Screen(S::Propose),
        &[c('y')],
        A::Because,
        "because",
        "Your reason in a sentence; the debrief quotes it.",
        5,
    ),
    row(
        On::Screen(S::Act),
        ENTER,
        A::Open,
        "order it",
        "Orders what is under the cursor; what is shut says why.",
        1,
    ),
    row(On::Screen(S::Act), &[k(Code::Left), c('h')], A::PrevTurn, "", "The page before.", 0),
    row(On::Screen(S::Act), &[k(Code::Right), c('l')], A::NextTurn, "pages", "The next page.", 2),
    row(On::Screen(S::Act), DIGITS, A::Number, "page", "To that page.", 0),
    row(On::Screen(S::Act), FIND, A::Search, "search", ONLY, 4),
    row(
        On::Screen(S::Act),
        &[c('s')],
        A::Sure,
        "how sure",
        "To the statements you can put a number on.",
        3,
    ),
    row(
        On::Screen(S::Intel),
        &[k(Code::Tab), c(']')],
        A::NextTurn,
        "next page",
        "The next page: all campaigns and the worlds, then each campaign.",
        2,
    ),
    row(On::Screen(S::Intel), &[k(Code::BackTab), c('[')], A::PrevTurn, "", "The page before.", 0),
    row(On::Screen(S::Intel), FIND, A::Search, "search", ONLY, 4),
    row(
        On::Screen(S::Intel),
        &[c('s')],
        A::Sure,
        "how sure",
        "States how sure you are of something.",
        3,
    ),
    row(On::Screen(S::Agencies), ENTER, A::Open, "open", "Opens the agency under the cursor.", 1),
    row(On::Screen(S::Agencies), FIND, A::Search, "search", ONLY, 2),
    row(On::Screen(S::Calendar), FIND, A::Search, "search", ONLY, 2),
    row(
        On::Screen(S::Why),
        &[k(Code::Left), c('h')],
        A::PrevTurn,
        "",
        "The same value, a turn earlier.",
        0,
    ),
    row(
        On::Screen(S::Why),
        &[k(Code::Right), c('l')],
        A::NextTurn,
        "turn",
        "The same value, a turn later.",
        2,
    ),
    row(
        On::Screen(S::Why),
        &[k(Code::Tab), c(']')],
        A::NextPane,
        "next value",
        "The next value.",
        3,
    ),
    row(On::Screen(S::Why), &[k(Code::BackTab), c('[')], A::PrevPane, "", "The value before.", 0),
    row(
        On::Screen(S::Why),
        FIND,
        A::Search,
        "search",
        "Shows only the causes and the values that have the words you type; Enter keeps them so, \
         Esc shows all again.",
        4,
    ),
    row(
        On::Screen(S::Debrief),
        ENTER,
        A::Open,
        "next page",
        "Reads on to the end of the page, then the next page; on a row the cursor was moved to, \
         opens it.",
        1,
    ),
    row(On::Screen(S::Debrief), &[k(Code::Left), c('h')], A::PrevTurn, "", "The page before.", 0),
    row(
        On::Screen(S::Debrief),
        &[k(Code::Right), c('l')],
        A::NextTurn,
        "pages",
        "The next page.",
        2,
    ),
    row(On::Screen(S::Debrief), DIGITS, A::Number, "page", "To that page.", 3),
    row(
        On::Screen(S::Debrief),
        &[c('f')],
        A::Planner,
        "look ahead",
        "What a player who looks ahead makes of the same draw; this takes some seconds.",
        4,
    ),
    row(On::Screen(S::Codex), FIND, A::Search, "search", ONLY, 2),
    row(On::Screen(S::Assumptions), FIND, A::Search, "search", ONLY, 2),
    row(
        On::Screen(S::Help),
        ENTER,
        A::Open,
        "open",
        "Opens the word or topic under the cursor.",
        1,
    ),
    row(On::Screen(S::Help), FIND, A::Search, "search", ONLY, 2),
    row(
        On::Screen(S::Past),
        ENTER,
        A::Open,
        "open",
        "Opens the game under the cursor: its debrief, or where it was left.",
        1,
    ),
    row(
        On::Screen(S::Past),
        &[c('b')],
        A::Branch,
        "branch",
        "Begins a marked branch of the game under the cursor, from a turn of your choice.",
        2,
    ),
    row(
        On::Screen(S::Past),
        &[c('c')],
        A::Compare,
        "mark",
        "Marks the game under the cursor; on another, sets the two side by side.",
        3,
    ),
    row(On::Screen(S::Past), FIND, A::Search, "search", ONLY, 4),
    row(On::Screen(S::Compare), ENTER, A::Leave, "back", "Back to the past games.", 1),
    row(On::Screen(S::Problem), ENTER, A::Leave, "back", "Back to the title page.", 1),
    row(
        Over,
        DIGITS,
        A::Number,
        "answer",
        "Gives that answer; of how sure you are, states 25, 50 or 75%.",
        2,
    ),
    row(Over, &[k(Code::Left), c('h')], A::Left, "", "Of how sure you are, five less.", 0),
    row(Over, &[k(Code::Right), c('l')], A::Right, "change", "Of how sure you are, five more.", 3),
    row(Line, ENTER, A::Open, "done", "Takes the line: a search is kept, a value is taken.", 1),
    row(
        Line,
        &[k(Code::Esc)],
        A::Leave,
        "leave it",
        "Leaves the line as it was; a search is cleared.",
        2,
    ),
    row(Line, &[k(Code::Up)], A::Up, "up", "Up a row of the list that is searched.", 0),
    row(Line, &[k(Code::Down)], A::Down, "down", "Down a row of the list that is searched.", 0),
    row(Line, &[k(Code::PageUp)], A::PageUp, "page up", "A page of that list up.", 0),
    row(Line, &[k(Code::PageDown)], A::PageDown, "page down", "A page of that list down.", 0),
    row(Line, &[Key::ctrl('c')], A::Kill, "quit", KILL, 0),
];

/// The levels that hold now, the nearest first.
pub fn levels(screen: Screen, in_game: bool, popup: Option<&Popup>) -> Vec<On> {
    match popup {
        Some(Popup::Line(..) | Popup::Pick(..)) => {
            vec![On::Line]
        }
        Some(_) => vec![On::Popup, On::Anywhere],
        None if in_game => vec![On::Screen(screen), On::Game, On::Anywhere],
        None => vec![On::Screen(screen), On::Anywhere],
    }
}

/// What a key does on these levels.
pub fn find(levels: &[On], key: Key) -> Option<&'static Row> {
    levels.iter().find_map(|on| KEYS.iter().find(|r| r.on == *on && r.keys.contains(&key)))
}

/// The rows that hold on these levels, one for each action, nearest level first.
pub fn here(levels: &[On]) -> Vec<&'static Row> {
    let mut out: Vec<&Row> = Vec::new();
    for on in levels {
        for r in KEYS.iter().filter(|r| r.on == *on) {
            if !out
                .iter()
                .any(|o| o.action == r.action || o.keys.iter().any(|k| r.keys.contains(k)))
            {
                out.push(r);
            }
        }
    }
    out
}

/// How the keys of a row are written.
pub fn written(row: &Row) -> String {
    match row.keys {
        [first, .., last] if row.keys.len() > 3 => format!("{first}-{last}"),
        keys => keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESERVED: [(char, &[Action]); 8] = [
        ('h', &[A::Left, A::PrevTurn]),
        ('j', &[A::Down]),
        ('k', &[A::Up]),
        ('l', &[A::Right, A::NextTurn]),
        ('e', &[A::EndTurn]),
        ('u', &[A::Undo]),
        ('q', &[A::Quit]),
        ('?', &[A::Help]),
    ];

    #[test]
    fn reserved_keys_mean_the_same_everywhere() {
        for row in KEYS {
            for (key, actions) in RESERVED {
                assert!(
                    !row.keys.contains(&Key::char(key)) || actions.contains(&row.action),
                    "{key} on {:?} is {:?}",
                    row.on,
                    row.action
                );
            }
        }
    }

    #[test]
    fn no_key_is_bound_twice_at_one_level() {
        for (n, row) in KEYS.iter().enumerate() {
            for other in &KEYS[n + 1..] {
                for key in row.keys {
                    assert!(
                        row.on != other.on || !other.keys.contains(key),
                        "{key} twice on {:?}",
                        row.on
                    );
                }
            }
        }
    }

    #[test]
    fn every_row_has_a_key_and_a_sentence_and_whatever_stands_in_a_footer_a_word() {
        for row in KEYS {
            assert!(!row.keys.is_empty(), "{:?}", row.action);
            assert!(row.help.ends_with('.'), "{:?} {:?}: {}", row.on, row.action, row.help);
            assert!(row.foot == 0 || !row.label.is_empty(), "{:?} {:?}", row.on, row.action);
        }
    }
}
