//! Documents: pages that are read away from the program, handed out or printed.
//!
//! Owns the pieces a document is made of and its three forms (text, Markdown, a page of HTML), and
//! the debrief as a document. Every fact comes from `prose`; a piece with a picture has words that
//! say the same. Refuses: files and the screen, which are whose the document is.

mod bars;
mod course;
mod debrief;
mod html;
mod markdown;
mod text;

pub use bars::Bar;
pub use course::Course;
pub use debrief::debrief;
pub use html::html;
pub use markdown::markdown;
pub use text::text;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Of the whole, once.
    Title(String),
    /// What must be known before anything else is read.
    Notice(String),
    Part(String),
    Head(String),
    Text(String),
    /// Who says it, when it comes, what it does.
    Small(String),
    Item(String),
    /// A text that has a name, and who says it; either may be empty.
    Entry {
        name: String,
        text: String,
        from: String,
    },
    /// What the columns are, and the rows, each with as many cells.
    Table {
        head: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    Bars(Vec<Bar>),
    /// How the pictures are read, and one for each value.
    Courses {
        legend: String,
        each: Vec<Course>,
    },
}

/// How a document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Text,
    Markdown,
    Html,
}

/// The document in a form.
pub fn written(form: Form, blocks: &[Block]) -> String {
    match form {
        Form::Text => text(blocks),
        Form::Markdown => markdown(blocks),
        Form::Html => html(blocks),
    }
}
