//! Where the player is: the screens, the one popup, and what a row leads to.
//!
//! Owns these closed lists. Refuses: what happens on them (`app`), how they look (`view`), what
//! each screen is (`screens`).

use crate::engine::Order;
use crate::prose::facts::Door;
use crate::scenario::model::{AgencyIx, EventIx, InstrumentIx, PromiseIx, PropositionIx, TaskIx};
use crate::tui::theme::ThemeName;
use tui_input::Input;

/// Declares the screens, and how many there are.
macro_rules! screens {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Every screen there is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Screen {
            $($(#[$doc])* $name,)*
        }

        impl Screen {
            pub const COUNT: usize = [$(Screen::$name),*].len();
        }
    };
}

screens! {
    Title,
    Briefing,
    Front,
    Guidance,
    Desk,
    Choose,
    Propose,
    Act,
    Intel,
    Agencies,
    Calendar,
    Why,
    Debrief,
    Codex,
    Assumptions,
    Help,
    Problem,
    /// The runs that were kept.
    Past,
    /// Two of them side by side.
    Compare,
}

/// What lies over the screen. One at most.
#[derive(Debug, Clone)]
pub enum Popup {
    /// What the row under the cursor opens, in full; answers and orders among its links.
    Detail(Target),
    /// Promises that would move someone on the draft.
    Bargain,
    /// One line of text being typed.
    Line(Purpose, Input),
    /// The values of a row of the draft, narrowed by what is typed.
    Pick(usize, Input),
    /// How sure, of 100.
    Sure(PropositionIx, u8),
    /// Ending the turn with something left undone.
    EndTurn,
    /// Leaving the game.
    Leave,
    /// Themes, and the mouse.
    Options,
    /// From which turn of a run a branch begins.
    Branch(usize),
    /// Something to be told once: a heading and its lines.
    Told(String, Vec<String>),
}

/// What a typed line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Because,
    Search,
    /// Where to save a game that could not be saved in its own place.
    Place,
    /// The word of a class.
    Word,
}

/// What a row leads to when it is opened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    Continue,
    /// A row of the list of scenarios.
    Scenario(usize),
    Go(Screen),
    Options,
    Quit,
    Theme(ThemeName),
    /// Where the facts say it leads.
    To(Door),
    /// A line of the inbox.
    Memo(usize),
    Answer(EventIx, u8),
    /// A live file, by its row.
    File(usize),
    Instrument(InstrumentIx),
    /// A row of the draft.
    Slot(usize),
    /// A value for the row that is being picked for.
    Value(u8),
    Because,
    /// An order of this turn, by its number.
    Order(usize),
    Undo(usize),
    Give(Order),
    /// A task that may be given on several campaigns.
    Task(TaskIx),
    Promise(PromiseIx, AgencyIx),
    Sure(PropositionIx),
    Lens(usize),
    Profile(usize),
    Evidence(usize),
    /// A title of the front page.
    Story(usize),
    /// What advisers foretold, on the front page.
    Foretold,
    /// What an agency says on the front page.
    Reply(usize),
    /// A question of the front page that is not in full on it.
    Question(usize),
    Agency(AgencyIx),
    /// Something under way, by its row.
    Work(usize),
    Entry(usize),
    Topic(usize),
    /// A run that was kept, by its row.
    Past(usize),
    /// A branch of that run from the opening of this turn, from 1.
    Branch(usize, u32),
    /// The next page of several.
    NextPage,
    /// Turns the mouse on or off.
    Mouse,
    /// Asks for the word of a class.
    Word,
    /// A step of the lesson, by its position.
    Step(usize),
    /// The whole title page, where it was kept short.
    More,
    Yes,
    No,
    /// Tries again to save the game in its own place.
    Save,
    /// Asks for another place.
    SaveElsewhere,
}

/// What 1, 2 and 3 stand for where a confidence is stated.
pub const HOW_SURE: [u8; 3] = [25, 50, 75];
