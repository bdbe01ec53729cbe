//! Data to words, once for every face: one function makes the facts of a screen, the terminal
//! screens and the numbered prompts lay them out.
//!
//! In play nothing here says what the player cannot know: exact causes for what is seen exactly, a
//! range for estimates, "not explained by what you know" for the rest; no draw, threshold, world
//! coefficient or trait of the other side. `debrief` and `why_open` open everything, and are for a
//! game that is over.

pub mod facts;
pub mod refusal;
pub mod review;
pub mod words;

mod actions;
mod agencies;
mod calendar;
mod card;
mod cause;
mod codex;
mod compare;
mod course;
mod debrief;
mod debts;
mod desk;
mod figure;
mod front;
mod glossary;
mod handout;
mod help;
mod intel;
mod lesson;
mod memory;
mod odds;
mod order;
mod propose;
mod reasons;
mod stand;
mod standing;
mod summary;
mod text;
mod why;
mod work;

pub use actions::actions;
pub use agencies::{agencies, agency};
pub use calendar::calendar;
pub use cause::{cause, note, origin};
pub use codex::{assumptions, codex, find as find_codex};
pub use compare::compare;
pub use course::moved;
pub use debrief::{debrief, ending, turns};
pub use desk::{desk, desk_with, guidance};
pub use figure::{figure, figures};
pub use front::front_page;
pub use glossary::{HEADS, Head, first_sentence, stands_in};
pub use handout::{played, sources};
pub use help::TOPICS;
pub use intel::intelligence;
pub use lesson::{answered, coach, teaches};
pub use order::order;
pub use propose::{begin as begin_draft, propose};
pub use refusal::refusal;
pub use stand::header;
pub use standing::{PREMISE, in_short as standing_in_short, not_weighed, standing_with_planner};
pub use text::{
    event as event_item, item as text_item, label, source, title_row, until as codex_until,
};
pub use why::{moved_now, why, why_open};
pub use work::last_turn;

#[cfg(test)]
mod tests;
