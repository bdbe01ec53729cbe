//! The reference of the format, which the program carries. Owns finding a row in it.

/// The reference, which the program carries.
pub const FORMAT: &str = include_str!("../../docs/FORMAT.md");

/// How a word with values is written, by the first row about it in the reference's tables:
/// `Believed("seeds", "seed_house", 60)`.
pub fn form(name: &str) -> Option<&'static str> {
    let row = format!("| `{name}(");
    let line = FORMAT.lines().find(|l| l.starts_with(&row))?;
    line.split('`').nth(1)
}
