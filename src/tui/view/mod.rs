//! The screens: each file lays one out, or a part that several share.
//!
//! Refuses: changing anything. A view is given a `Scene` and asks nobody else.

pub mod act;
pub mod agencies;
pub mod briefing;
pub mod calendar;
pub mod choose;
pub mod codex;
pub mod compare;
pub mod debrief;
pub mod desk;
pub mod detail;
pub mod draft;
pub mod find;
pub mod foot;
pub mod front;
pub mod guidance;
pub mod help;
pub mod intel;
pub mod lesson;
pub mod line;
pub mod list;
pub mod parts;
pub mod past;
pub mod popup;
pub mod problem;
pub mod propose;
pub mod room;
pub mod title;
pub mod why;
