//! The full-screen face.
//!
//! Owns the app (state and update), the one table of keys, the screens, the theme. Refuses: the tty
//! (that is `terminal`), rules (`engine`), words about them (`prose`), files (`Library` and `Host`
//! are handed in).
//!
//! ```text
//!  Msg ──► run ──► App::update ──► keys ──► action ──► Host (orders) ──► facts (prose) ──► view::layout ──► paint
//! ```

pub mod app;
pub mod cursor;
pub mod facts;
pub mod keys;
pub mod layout;
pub mod library;
mod navigation;
mod orders;
pub mod page;
mod paint;
mod pointer;
pub mod run;
pub mod screen;
pub mod theme;
mod update;
pub mod view;

pub use app::{App, Request};
pub use library::{CHECK, Entry, Library, PastGame, Trouble, Unfinished};
pub use run::{Opening, Opts, Seen, Stage, run};
