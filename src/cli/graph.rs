//! `graph`: what leads to what in a scenario, as an outline or for Graphviz.
//!
//! Owns both ways of writing it. What a record mentions is `scenario/graph`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use clap::{Args, ValueEnum};

use crate::scenario::graph::{self, Edge, Node};
use crate::scenario::layers::Places;
use crate::scenario::load::{self, Checked, ScenarioRef};
use crate::scenario::model::Rules;
use crate::text::for_terminal_lines;

use super::{Answer, Cx, Failure, print};

#[derive(Debug, Args)]
pub struct GraphArgs {
    /// A scenario's id, or a path.
    scenario: String,
    /// How it is written.
    #[arg(long = "as", value_enum, default_value_t = Form::Outline)]
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Indented text: by date, then what waits for something, endings last.
    Outline,
    /// A graph for Graphviz: `dot -Tsvg`.
    Dot,
}

/// Each kind of record, in the order in which they are told: its table, its heading, the word for
/// one and its shape for Graphviz.
const KINDS: [(&str, &str, &str, &str); 15] = [
    ("events", "Events", "event", "box"),
    ("answers", "Answers", "answer", "cds"),
    ("flags", "Flags", "flag", "octagon"),
    ("live_files", "Files that are brought", "file", "folder"),
    ("campaigns", "Campaigns", "campaign", "doubleoctagon"),
    ("evidence", "Evidence", "evidence", "note"),
    ("targets", "Targets", "target", "house"),
    ("instruments", "Instruments", "instrument", "component"),
    ("tasks", "Tasks", "task", "parallelogram"),
    ("asks", "Asks", "ask", "trapezium"),
    ("promises", "Promises", "promise", "hexagon"),
    ("reforms", "Reforms", "reform", "tab"),
    ("responses", "Answers of the other side", "response", "ellipse"),
    ("aims", "Aims of the other side", "aim", "diamond"),
    ("endings", "Endings", "ending", "doublecircle"),
];

struct Graph<'r> {
    rules: &'r Rules,
    places: Places<'r>,
    edges: Vec<Edge>,
}

pub fn run(cx: &Cx, args: &GraphArgs) -> Answer {
    let which = ScenarioRef::parse(&args.scenario);
    let source =
        load::scenario_source(&which, &cx.own()).map_err(|p| Failure::Unusable(vec![p]))?;
    let checked = Checked::of(&source, &[]);
    let rules = checked.rules.ok_or(Failure::Problems(checked.problems))?;
    let places = Places::of(&source);
    let edges = graph::edges(&rules, &|table, id| places.id(table, id).is_some());
    let graph = Graph { rules: &rules, places, edges };
    print(&for_terminal_lines(&match args.form {
        Form::Outline => graph.outline(),
        Form::Dot => graph.dot(),
    }))
}

fn word(table: &str) -> &'static str {
    KINDS.iter().find(|(t, ..)| *t == table).map_or("", |(_, _, word, _)| word)
}

/// A record inside a sentence: an event by its id alone.
fn named(node: &Node) -> String {
    if node.table == "events" {
        node.id.clone()
    } else {
        format!("{} {}", word(node.table), node.id)
    }
}

impl Graph<'_> {
    /// Every record there is something to say of: the scenario's own, and what those mention.
    fn nodes(&self) -> BTreeSet<Node> {
        let own = [
            ("events", self.rules.events.iter().map(|e| &e.id).collect::<Vec<_>>()),
            ("flags", self.rules.flags.iter().collect()),
            ("live_files", self.rules.files.iter().map(|f| &f.id).collect()),
            ("campaigns", self.rules.campaigns.iter().map(|c| &c.id).collect()),
            ("endings", self.rules.endings.iter().map(|e| &e.id).collect()),
        ];
        let own = own
            .into_iter()
            .flat_map(|(table, ids)| ids.into_iter().map(move |id| Node { table, id: id.clone() }));
        own.chain(self.edges.iter().flat_map(|e| [e.from.clone(), e.to.clone()])).collect()
    }

    fn dot(&self) -> String {
        let mut out = format!("digraph \"{}\" {{\n  rankdir=LR;\n", self.rules.id);
        for n in self.nodes() {
            let shape = KINDS.iter().find(|(t, ..)| *t == n.table).map_or("box", |(.., s)| s);
            let day = self.rules.events.iter().find(|e| n.table == "events" && e.id == n.id);
            let day = day.and_then(|e| e.on).map_or_else(String::new, |d| format!("\\n{d}"));
            let id = n.id.rsplit('/').next().unwrap_or_default();
            _ = writeln!(out, "  \"{}/{}\" [shape={shape}, label=\"{id}{day}\"];", n.table, n.id);
        }
        for e in &self.edges {
            let style = if e.asked { ", style=dashed" } else { "" };
            _ = writeln!(
                out,
                "  \"{}/{}\" -> \"{}/{}\" [label=\"{}\"{style}];",
                e.from.table, e.from.id, e.to.table, e.to.id, e.label
            );
        }
        out.push_str("}\n");
        out
    }

    fn outline(&self) -> String {
        let mut out = format!("{} ({})\n", self.rules.title, self.rules.id);
        let mut dated: Vec<_> = self.rules.events.iter().filter_map(|e| Some((e.on?, e))).collect();
        dated.sort_by_key(|(day, _)| *day);
        out.push_str("\nBy date\n");
        for (day, e) in dated {
            self.event(&mut out, &format!("{day} {}", e.id), &e.id);
        }
        out.push_str("\nWithout a date\n");
        for e in self.rules.events.iter().filter(|e| e.on.is_none()) {
            self.event(&mut out, &e.id, &e.id);
        }
        let nodes = self.nodes();
        for (table, heading, ..) in KINDS {
            // Told with their events and campaigns.
            if ["events", "answers", "evidence"].contains(&table) {
                continue;
            }
            let all: Vec<&Node> = nodes.iter().filter(|n| n.table == table).collect();
            if all.is_empty() {
                continue;
            }
            _ = write!(out, "\n{heading}\n");
            if table == "endings" {
                // They are tried in this order.
                for e in &self.rules.endings {
                    let early = if e.early { " (early)" } else { "" };
                    _ = writeln!(out, "  {}{early}: {}", e.id, e.title);
                    if e.when.is_empty() {
                        out.push_str("    needs: nothing\n");
                    }
                    self.about(&mut out, &Node { table: "endings", id: e.id.clone() }, "    ");
                }
                continue;
            }
            for n in all {
                _ = writeln!(out, "  {}", n.id);
                self.about(&mut out, n, "    ");
            }
        }
        out
    }

    fn event(&self, out: &mut String, head: &str, id: &str) {
        let Some(e) = self.rules.events.iter().find(|e| e.id == id) else { return };
        _ = writeln!(out, "  {head}: {}", e.title);
        self.about(out, &Node { table: "events", id: id.to_owned() }, "    ");
        for (n, c) in e.choices.iter().enumerate() {
            let stands = if usize::from(e.default) == n { " (if nobody answers)" } else { "" };
            _ = writeln!(out, "    answer {}{stands}", c.id);
            let answer = Node { table: "answers", id: format!("{id}/{}", c.id) };
            self.about(out, &answer, "      ");
        }
    }

    /// What a record waits for, what sets it off, what it does, and what asks for it.
    fn about(&self, out: &mut String, n: &Node, indent: &str) {
        let list = if ["campaigns", "targets"].contains(&n.table) { "appears" } else { "when" };
        let written = self.places.items(n.table, &n.id, list);
        let asks = |e: &&Edge| e.asked && e.to == *n;
        if written.is_empty() {
            let all = self.edges.iter().filter(asks);
            line(out, indent, "asks for", all.map(|e| format!("{} ({})", named(&e.from), e.label)));
        } else {
            let on_a_line = |text: &&str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let how = if n.table == "endings" { "needs" } else { "waits for" };
            line(out, indent, how, written.iter().map(on_a_line));
        }
        let before = self.edges.iter().filter(|e| !e.asked && e.to == *n && n.table != "answers");
        let before = before.map(|e| format!("{} ({})", named(&e.from), e.label));
        line(out, indent, "comes from", before);
        let mut does: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for e in self.edges.iter().filter(|e| !e.asked && e.from == *n && e.label != "answers") {
            does.entry(&e.label).or_default().push(named(&e.to));
        }
        for (label, all) in does {
            line(out, indent, label, all.into_iter());
        }
        let after = self.edges.iter().filter(|e| e.asked && e.from == *n);
        let after = after.map(|e| format!("{} ({})", named(&e.to), e.label));
        line(out, indent, "leads to", after);
    }
}

fn line(out: &mut String, indent: &str, lead: &str, all: impl Iterator<Item = String>) {
    let all: Vec<String> = all.collect();
    if !all.is_empty() {
        _ = writeln!(out, "{indent}{lead}: {}", all.join(", "));
    }
}
