//! A document as one page of HTML: nothing beside it, no script, made to be printed.

use std::fmt::Write as _;

use super::{Bar, Block, Course};

/// On paper it has two columns, and needs no colour.
const STYLE: &str = "\
body{max-width:42em;margin:2em auto;padding:0 1em;color:#000;background:#fff;\
font:1em/1.45 Georgia,\"Liberation Serif\",\"DejaVu Serif\",serif}
h1,h2,h3{line-height:1.2}
h1{font-size:1.7em;margin:0 0 .3em}
h2{font-size:1.15em;margin:1.6em 0 .4em;border-bottom:1px solid #777}
h3{font-size:1em;margin:.8em 0 .1em}
p,ul,table{margin:.35em 0}
ul{padding-left:1.5em}
.small,small{color:#333;font-size:.87em}
.notice{border:2px solid #000;padding:.4em .7em;font-weight:bold}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.1em .6em .1em 0}
thead th{border-bottom:1px solid #777}
.bars th{width:56%}
.bars td:nth-child(3){white-space:nowrap;text-align:right;padding-right:0}
.bars svg{width:100%;height:.65em}
.bars .small td{padding-bottom:.4em}
figure{display:inline-block;vertical-align:top;width:49%;margin:.2em 0;padding-right:1%;\
box-sizing:border-box}
figure svg{display:block;width:100%}
figure text{font:13px sans-serif;text-anchor:end}
figcaption{font-size:.87em;line-height:1.2}
@page{margin:10mm 10mm 11mm;@bottom-right{font:7pt sans-serif;content:counter(page) \" / \" counter(pages)}}
@media print{
body{max-width:none;margin:0;padding:0;\
font:7.8pt/1.16 \"Times New Roman\",\"Liberation Serif\",serif}
header{margin-bottom:.6em}
figure{width:32.6%}
main{columns:2;column-gap:5mm}
h2{margin:.75em 0 .3em}
h3{margin-top:.35em}
p,ul,table{margin:.18em 0}
th,td{padding-top:.05em;padding-bottom:.05em}
.bars .small td{padding-bottom:.25em}
.small{margin:.1em 0}
main>h2:first-child{margin-top:0}
h2,h3{break-after:avoid}
tr,figure,.notice{break-inside:avoid}
p,li{orphans:2;widows:2}
}
";

pub fn html(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|b| if let Block::Title(t) = b { Some(t) } else { None });
    let title = title.map_or("", String::as_str);
    // What comes before the first part is the head of the page.
    let parts = blocks.iter().position(|b| matches!(b, Block::Part(_))).unwrap_or(blocks.len());
    let (head, rest) = blocks.split_at(parts);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n",
        safe(title)
    );
    pieces(&mut out, head);
    out.push_str("</header>\n<main>\n");
    pieces(&mut out, rest);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn pieces(out: &mut String, blocks: &[Block]) {
    let is_item = |b: Option<&Block>| matches!(b, Some(Block::Item(_)));
    for (n, b) in blocks.iter().enumerate() {
        _ = match b {
            Block::Title(t) => writeln!(out, "<h1>{}</h1>", safe(t)),
            Block::Notice(t) => writeln!(out, "<p class=\"notice\">{}</p>", safe(t)),
            Block::Part(t) => writeln!(out, "<h2>{}</h2>", safe(t)),
            Block::Head(t) => writeln!(out, "<h3>{}</h3>", safe(t)),
            Block::Text(t) => writeln!(out, "<p>{}</p>", safe(t)),
            Block::Small(t) => writeln!(out, "<p class=\"small\">{}</p>", safe(t)),
            Block::Item(t) => {
                let first = n == 0 || !is_item(blocks.get(n - 1));
                let last = !is_item(blocks.get(n + 1));
                let (open, close) =
                    (if first { "<ul>\n" } else { "" }, if last { "</ul>\n" } else { "" });
                write!(out, "{open}<li>{}</li>\n{close}", safe(t))
            }
            Block::Entry { name, text, from } => {
                let part = |tag: &str, text: &str| match text {
                    "" => String::new(),
                    text => format!("<{tag}>{}</{tag}> ", safe(text)),
                };
                let (name, from) = (part("strong", name), part("small", from));
                writeln!(out, "<p>{name}{} {}</p>", safe(text), from.trim_end())
            }
            Block::Table { head, rows } => {
                table(out, head, rows);
                Ok(())
            }
            Block::Bars(all) => {
                bars(out, all);
                Ok(())
            }
            Block::Courses { legend, each } => {
                _ = writeln!(out, "<p class=\"small\">{}</p>\n<div>", safe(legend));
                for c in each {
                    course(out, c);
                }
                writeln!(out, "</div>")
            }
        };
    }
}

fn table(out: &mut String, head: &[String], rows: &[Vec<String>]) {
    out.push_str("<table>\n<thead><tr>");
    for c in head {
        _ = write!(out, "<th scope=\"col\">{}</th>", safe(c));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for c in row {
            _ = write!(out, "<td>{}</td>", safe(c));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn bars(out: &mut String, all: &[Bar]) {
    out.push_str("<table class=\"bars\">\n<tbody>\n");
    for bar in all {
        _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
            safe(&bar.label),
            bar.svg(),
            safe(&bar.figure)
        );
        if !bar.notes.is_empty() {
            let notes = safe(&bar.notes.join(" "));
            _ = writeln!(out, "<tr class=\"small\"><td colspan=\"3\">{notes}</td></tr>");
        }
    }
    out.push_str("</tbody>\n</table>\n");
}

fn course(out: &mut String, c: &Course) {
    let alternative = safe(&format!("{}. {}", c.name, c.by_turn()));
    _ = writeln!(
        out,
        "<figure>{}<figcaption>{}</figcaption></figure>",
        c.svg(&alternative),
        safe(&c.says)
    );
}

/// A text inside an element or a quoted attribute.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}
