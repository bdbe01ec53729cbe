//! What `resolve` finds wrong. Refuses to own how a finding is shown: `load` turns it into a
//! problem with line and column.

use super::super::loc::At;
pub use super::super::problem::{Code, Severity};

/// In place of a file's position: it stands on the command line.
pub const COMMAND_LINE: usize = usize::MAX;

/// One thing that is wrong, at the leaf that shows it.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Position of the file: the core's files in order, then the scenario; or `COMMAND_LINE`.
    pub file: usize,
    pub at: At,
    /// The record it belongs to: shown where finding the leaf itself would cost too much.
    pub row: At,
    pub code: Code,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do about it.
    pub hint: String,
    /// Another place that belongs to it, such as the definition a misspelt id was meant to name.
    pub near: Option<Place>,
}

/// A leaf of one of the files.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    pub file: usize,
    pub at: At,
}

impl Finding {
    /// A game cannot be built where there is an error; a warning is about something without effect.
    pub fn severity(&self) -> Severity {
        match self.code {
            Code::OutsideCalendar
            | Code::Cycle
            | Code::NeverHappens
            | Code::NotUsed
            | Code::NoGate
            | Code::CannotHold
            | Code::NamedPerson
            | Code::AlwaysHolds
            | Code::NoEffect
            | Code::SameChoice
            | Code::TooDear
            | Code::LargeAmount
            | Code::ShortLived
            | Code::Behind
            | Code::OtherVoice
            | Code::DayInWords
            | Code::Replaces
            | Code::Wordy => Severity::Warning,
            _ => Severity::Error,
        }
    }
    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}
