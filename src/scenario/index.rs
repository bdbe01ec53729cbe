//! Bounds of the tables, and a type for the positions in each.
//!
//! Owns which number may index which table. Refuses to own what stands there.

use crate::num::byte;

/// Upper bounds of every table. `check` refuses more; the engine's arrays have these sizes.
pub mod limits {
    pub const TURNS: usize = 30;
    /// Steps of the time after the last turn.
    pub const AFTER: usize = 12;
    pub const INDICATORS: usize = 40;
    pub const FLOWS: usize = 64;
    pub const WORLDS: usize = 4;
    pub const LENSES: usize = 8;
    pub const AGENCIES: usize = 28;
    /// Spells of one agency.
    pub const SPELLS: usize = 12;
    pub const TERMS: usize = 16;
    pub const TERM_VALUES: usize = 8;
    pub const SLOTS: usize = 6;
    pub const VENUES: usize = 4;
    pub const INSTRUMENTS: usize = 20;
    pub const TASKS: usize = 16;
    pub const ASKS: usize = 16;
    pub const PROMISES: usize = 16;
    pub const REFORMS: usize = 12;
    pub const RESPONSES: usize = 28;
    pub const CAMPAIGNS: usize = 6;
    /// Cells of one campaign: they must fit one mask.
    pub const CELLS: usize = 64;
    /// Cells of all campaigns together.
    pub const ALL_CELLS: usize = 128;
    /// Cells of world x traits.
    pub const WORLD_CELLS: usize = 64;
    pub const EVIDENCE: usize = 96;
    pub const TELLS: usize = 32;
    /// What the other side may work towards.
    pub const AIMS: usize = 8;
    pub const AIM_STEPS: usize = 8;
    /// One aim of all, or two.
    pub const AIM_CELLS: usize = AIMS + AIMS * (AIMS - 1) / 2;
    pub const TARGETS: usize = 16;
    pub const FILES: usize = 32;
    pub const EVENTS: usize = 160;
    pub const CHOICES: usize = 5;
    pub const FLAGS: usize = 64;
    pub const PROPOSITIONS: usize = 32;
    pub const WINDOWS: usize = 16;
    pub const QUESTIONS: usize = 48;
    pub const ENDINGS: usize = 24;
    pub const ENDING_LINES: usize = 32;
    /// Steps of a turn of a lesson.
    pub const STEPS: usize = 8;
    /// Indicators on the desk, where a scenario names them.
    pub const DESK: usize = 9;
    /// Versions of one text.
    pub const VERSIONS: usize = 8;
    /// Replies to one answer.
    pub const REPLIES: usize = 2;
    /// Depth of a condition tree.
    pub const DEPTH: usize = 8;
}

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub u8);
        impl $name {
            #[inline]
            pub const fn i(self) -> usize {
                self.0 as usize
            }
            /// From a position within its table. See `byte`.
            #[inline]
            pub const fn at(i: usize) -> Self {
                $name(byte(i))
            }
        }
        impl<T> std::ops::Index<$name> for Vec<T> {
            type Output = T;
            #[inline]
            fn index(&self, ix: $name) -> &T {
                &self[ix.i()]
            }
        }
        impl<T, const N: usize> std::ops::Index<$name> for [T; N] {
            type Output = T;
            #[inline]
            fn index(&self, ix: $name) -> &T {
                &self[ix.i()]
            }
        }
        impl<T, const N: usize> std::ops::IndexMut<$name> for [T; N] {
            #[inline]
            fn index_mut(&mut self, ix: $name) -> &mut T {
                &mut self[ix.i()]
            }
        }
    )*};
}
index!(
    IndicatorIx, FlowIx, WorldIx, LensIx, ProfileIx, AgencyIx, TermIx, VenueIx, InstrumentIx,
    TaskIx, AskIx, PromiseIx, ReformIx, TraitIx, ResponseIx, CampaignIx,
    /// Position in `Rules::evidence`, over all campaigns.
    EvidenceIx,
    /// Position in `Rules::tells`.
    TellIx,
    AimIx, TargetIx, FileIx, EventIx, FlagIx, PropositionIx, WindowIx, EndingIx, SourceIx, CodexIx,
    CriticIx, AssumptionIx,
    /// Position in `Rules::questions`.
    QuestionIx,
);
