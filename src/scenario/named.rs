//! Orders by name: how the run file, `history`, `tests` and `experiments` write what was decided.
//!
//! Owns the names of the closed, append-only set of orders. Refuses to own their meaning: the
//! engine resolves them to indices (`engine::order`), and only there are they legal or refused.

use serde::{Deserialize, Serialize};

use super::loc::{Count, Entries, Id, Percent, Prose};

/// One order as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Named {
    /// The trade-off guidance: points by lens. First order of turn 1, or the default profile
    /// stands.
    Guide(Entries<Count>),
    /// The guidance changed in public, once.
    Amend(Entries<Count>),
    Propose(Proposal),
    /// Takes a proposal of this turn off the agenda is `undo`; this ends a measure under way or in
    /// force.
    Withdraw {
        instrument: Id,
        target: Id,
    },
    Task {
        task: Id,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<Id>,
    },
    Ask(Id),
    Promise {
        promise: Id,
        to: Id,
    },
    Answer {
        event: Id,
        choice: Id,
    },
    Reform(Id),
    /// How sure the player is, of 100, that a proposition will prove true.
    Confidence {
        proposition: Id,
        percent: Percent,
    },
    Forecast(Proposal),
    End,
    /// Has the lead build the file for an instrument that needs one.
    Build {
        instrument: Id,
        target: Id,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    pub instrument: Id,
    pub target: Id,
    #[serde(default, skip_serializing_if = "Entries::is_empty")]
    pub terms: Entries<Id>,
    pub venue: Id,
    /// The player's reason, in a sentence. It has no effect; the debrief quotes it.
    #[serde(default, skip_serializing_if = "Prose::is_empty")]
    pub because: Prose,
}
