//! How a document leaves: in which form, and printed or put into a file.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::document::{Block, Form, written};
use crate::text::for_terminal_lines;

use super::{Answer, Failure, Written, print};

#[derive(Debug, Args)]
pub struct OutArgs {
    /// Where to write it; without --format as the name ends: `.html`, `.md` or `.txt`. Without this
    /// it is printed.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Prints or writes a document: in the form that is asked for, else in that of the file's ending,
/// else in the usual one.
///
/// # Errors
/// The form is none of a document's, or the file cannot be written.
pub fn hand_out(
    asked: Option<Written>,
    out: &OutArgs,
    usual: Form,
    make: impl FnOnce() -> Vec<Block>,
) -> Answer {
    let form = match asked {
        Some(Written::Text) => Form::Text,
        Some(Written::Md) => Form::Markdown,
        Some(Written::Html) => Form::Html,
        Some(Written::Short | Written::Json | Written::Csv) => {
            let why = "a document is written as text, md or html";
            return Err(Failure::Usage(why.to_owned()));
        }
        None => out.out.as_deref().and_then(of_name).unwrap_or(usual),
    };
    let text = written(form, &make());
    match &out.out {
        None => print(&for_terminal_lines(&text)),
        Some(path) => std::fs::write(path, text)
            .map_err(|e| Failure::Usage(format!("{} is not written: {e}", path.to_string_lossy()))),
    }
}

fn of_name(path: &Path) -> Option<Form> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    match ending.as_str() {
        "html" | "htm" => Some(Form::Html),
        "md" | "markdown" => Some(Form::Markdown),
        "txt" => Some(Form::Text),
        _ => None,
    }
}
