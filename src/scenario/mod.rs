//! Content: what is wrong with a file (`problem`), the file as text (`source`), where things stand in
//! it (`loc`), its records as written (`raw`), orders by name (`named`), and reading all of it with
//! every mistake found at once (`lexis`, `shape`, `syntax`, `wording`).

pub mod lexis;
pub mod loc;
pub mod named;
pub mod problem;
pub mod raw;
pub mod shape;
pub mod source;
pub mod syntax;
pub mod wording;

#[cfg(test)]
mod syntax_tests;
