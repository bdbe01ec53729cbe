//! The full-screen face.

pub mod theme;
