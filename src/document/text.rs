//! A document as plain text.

use crate::prose::words;
use crate::text::{width, wrap};

use super::Block;

const COLUMNS: usize = 78;

pub fn text(blocks: &[Block]) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut in_list = false;
    for b in blocks {
        // Entries of a list stand close.
        let entry = matches!(b, Block::Item(_));
        let close = entry && in_list;
        if !close && !lines.is_empty() {
            lines.push(String::new());
        }
        in_list = entry;
        match b {
            Block::Title(t) => under(&mut lines, t, "="),
            Block::Part(t) => under(&mut lines, t, "-"),
            Block::Notice(t) => lines.extend(wrap(&format!("! {t}"), COLUMNS)),
            Block::Head(t) | Block::Text(t) | Block::Small(t) => lines.extend(wrap(t, COLUMNS)),
            Block::Item(t) => item(&mut lines, t),
            Block::Entry { name, text, from } => {
                let said = [name, text, from].into_iter().filter(|t| !t.is_empty()).cloned();
                lines.extend(wrap(&sentences(said), COLUMNS));
            }
            Block::Table { head, rows } => {
                for row in rows {
                    item(&mut lines, &in_words(head, row));
                }
            }
            Block::Bars(all) => {
                for bar in all {
                    let said = std::iter::once(format!("{}: {}", bar.label, bar.figure))
                        .chain(bar.notes.iter().cloned());
                    item(&mut lines, &sentences(said));
                }
            }
            Block::Courses { each, .. } => {
                for c in each {
                    item(&mut lines, &sentences([c.says.clone(), c.by_turn()]));
                }
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn under(lines: &mut Vec<String>, title: &str, sign: &str) {
    let rows = wrap(title, COLUMNS);
    let long = rows.iter().map(|r| width(r)).max().unwrap_or(0);
    lines.extend(rows);
    lines.push(sign.repeat(long));
}

fn item(lines: &mut Vec<String>, text: &str) {
    for (n, row) in wrap(text, COLUMNS - 2).into_iter().enumerate() {
        lines.push(format!("{}{row}", if n == 0 { "- " } else { "  " }));
    }
}

/// A row of a table: its first cell, then each other under the name of its column.
fn in_words(head: &[String], row: &[String]) -> String {
    let cells = row.iter().zip(head).enumerate();
    sentences(cells.map(|(n, (cell, head))| match n {
        0 => cell.clone(),
        _ => words::headed(head, cell),
    }))
}

fn sentences(all: impl IntoIterator<Item = String>) -> String {
    let all: Vec<String> = all.into_iter().map(|t| words::stop(&t)).collect();
    all.join(" ")
}
