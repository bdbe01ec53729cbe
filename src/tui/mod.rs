//! The full-screen face.
//!
//! Owns (so far): the theme and the widgets every screen is made of. Refuses: the tty (that is `terminal`), rules, words.

pub mod theme;
pub mod widget;
