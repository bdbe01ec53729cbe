//! A document as Markdown. Every sign of a text that would be read as layout is escaped.

use std::fmt::Write as _;

use super::Block;

pub fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    for b in blocks {
        _ = match b {
            Block::Title(t) => writeln!(out, "# {}\n", safe(t)),
            Block::Notice(t) => writeln!(out, "> {}\n", bold(t)),
            Block::Part(t) => writeln!(out, "## {}\n", safe(t)),
            Block::Head(t) => writeln!(out, "### {}\n", safe(t)),
            Block::Text(t) => writeln!(out, "{}\n", safe(t)),
            Block::Small(t) => writeln!(out, "{}\n", slanted(t)),
            Block::Item(t) => writeln!(out, "- {}\n", safe(t)),
            Block::Entry { name, text, from } => {
                let parts = [bold(name), safe(text), slanted(from)];
                let parts: Vec<String> = parts.into_iter().filter(|t| !t.is_empty()).collect();
                writeln!(out, "{}\n", parts.join(" "))
            }
            Block::Table { head, rows } => {
                row(&mut out, head);
                row(&mut out, &vec!["---"; head.len()]);
                for r in rows {
                    row(&mut out, r);
                }
                writeln!(out)
            }
            Block::Bars(all) => {
                for bar in all {
                    _ = write!(out, "- {}", bold(&format!("{}: {}", bar.label, bar.figure)));
                    for n in &bar.notes {
                        _ = write!(out, " {}", safe(n));
                    }
                    out.push('\n');
                }
                writeln!(out)
            }
            Block::Courses { each, .. } => {
                for c in each {
                    _ = writeln!(out, "- {} {}", safe(&c.says), safe(&c.by_turn()));
                }
                writeln!(out)
            }
        };
    }
    out
}

fn bold(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("**{}**", safe(text)) }
}

fn slanted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("*{}*", safe(text)) }
}

fn row<S: AsRef<str>>(out: &mut String, cells: &[S]) {
    let rule = |c: &str| if c == "---" { c.to_owned() } else { safe(c) };
    let all: Vec<String> = cells.iter().map(|c| rule(c.as_ref())).collect();
    _ = writeln!(out, "| {} |", all.join(" | "));
}

fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    for (n, c) in letters.iter().copied().enumerate() {
        let beside = |at: Option<usize>| {
            at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphanumeric())
        };
        let inside = beside(n.checked_sub(1)) && beside(Some(n + 1));
        let first = letters[..n].iter().all(|c| c.is_whitespace() || c.is_ascii_digit());
        let layout = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '|' => true,
            '_' => !inside,
            '#' | '+' | '-' | '=' | '~' => letters[..n].iter().all(|c| c.is_whitespace()),
            // "2018. A year" is no entry of a list.
            '.' | ')' => first && n > 0,
            _ => false,
        };
        if layout {
            out.push('\\');
        }
        // A line of the text is a space of the paragraph.
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
