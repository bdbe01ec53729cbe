//! The full-screen face.
//!
//! Owns the app (state and update), the table of keys, the table of screens, the theme. Refuses:
//! the tty (that is `terminal`), rules (`engine`), words about them (`prose`), files (`Library` and
//! `Host` are handed in).
//!
//! ```text
//!  Msg ─► run ─► face ─► app: keys ─► action ─► play (orders) ─► facts (prose)
//!                                                                   │
//!  tty ◄─ paint ◄─ frame ◄─ screens, view: layout ◄─ scene ◄────────┘
//! ```

pub mod app;
pub mod cursor;
pub mod drafting;
pub mod face;
pub mod facts;
mod frame;
pub mod help;
mod history;
pub mod keys;
pub mod layout;
pub mod library;
pub mod overlay;
pub mod page;
mod paint;
pub mod play;
pub mod run;
pub mod scene;
pub mod screen;
pub mod screens;
pub mod shelf;
pub mod theme;
pub mod view;

pub use app::{App, Request};
pub use face::{Ask, Face, Opening, Opts, Seen};
pub use library::{CHECK, Entry, Library, PastGame, Trouble, Unfinished};
pub use run::{Stage, run};
