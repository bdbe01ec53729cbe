//! `show`: one record as it stands after the layers are laid over each other, to learn from or to
//! lay one's own over.

use std::fmt::Write as _;

use clap::Args;
use serde_json::json;

use crate::scenario::layers::{self, Entry};
use crate::scenario::load;
use crate::scenario::problem::did_you_mean;
use crate::text::for_terminal_lines;

use super::{Answer, Cx, Failure, Format, names_of, print};

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The record's id: `SANC`, `state`, `pressure`; all that go by it are shown.
    id: String,
    /// The other side whose words are meant.
    #[arg(long)]
    theatre: Option<String>,
    /// A scenario file, for what it lays over the rest; its own theatre is meant.
    #[arg(long, value_name = "FILE")]
    of: Option<String>,
}

pub fn run(cx: &Cx, args: &ShowArgs) -> Answer {
    let mut layered: Vec<(String, Vec<Entry>)> = Vec::new();
    let (theatre, own) = names_of(cx, args.theatre.as_deref(), args.of.as_deref())?;
    for (layer, source) in load::layers_of(&theatre) {
        layered.push((layer.to_owned(), layers::entries(&source)));
    }
    if let Some(own) = &own {
        let laid = load::laid_over(&theatre, own);
        layered.push((own.name.clone(), layers::entries(&laid)));
    }
    // The last layer that has a record has all of it.
    let mut found: Vec<(&str, &Entry)> = Vec::new();
    for (layer, entries) in &layered {
        for e in entries.iter().filter(|e| e.id == args.id) {
            match found.iter_mut().find(|(_, f)| f.table == e.table) {
                Some(old) => *old = (layer, e),
                None => found.push((layer, e)),
            }
        }
    }
    if found.is_empty() {
        let all = || layered.iter().flat_map(|(_, entries)| entries);
        let key = format!("\"{}\":", args.id);
        let within = all().find(|e| e.fields.iter().any(|f| f.written().contains(&key)));
        let near = did_you_mean(&args.id, all().map(|e| e.id.as_str()));
        let hint = match (within, near) {
            (Some(e), _) => format!("; it stands within `{}` of `{}`", e.id, e.table),
            (None, Some(n)) => format!("; did you mean `{n}`?"),
            (None, None) => "; `interagency ids WORD` finds names".to_owned(),
        };
        return Err(Failure::Usage(format!("no record `{}`{hint}", args.id)));
    }
    if cx.format == Format::Json {
        let records: Vec<_> = found
            .iter()
            .map(|(layer, e)| {
                let fields: serde_json::Map<String, serde_json::Value> =
                    e.fields.iter().map(|f| (f.key.clone(), f.written().into())).collect();
                json!({ "table": e.table, "id": e.id, "layer": layer, "fields": fields, "value": e.leaf })
            })
            .collect();
        return print(&format!("{:#}\n", json!({ "theatre": theatre, "records": records })));
    }
    let mut out = String::new();
    for (layer, e) in found {
        _ = writeln!(out, "// in `{}`, as the layer {layer} leaves it", e.table);
        if e.fields.is_empty() {
            _ = writeln!(out, "\"{}\": {}\n", e.id, e.leaf);
            continue;
        }
        _ = writeln!(out, "\"{}\": (", e.id);
        for f in &e.fields {
            _ = writeln!(out, "  {}: {},", f.key, f.written());
        }
        _ = writeln!(out, "),\n");
    }
    print(&for_terminal_lines(&out))
}
