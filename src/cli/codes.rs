//! `help TOPIC` and `help CODE`.

use clap::CommandFactory;

use crate::scenario::problem::Code;
use crate::text::for_terminal;

use super::{Answer, Args, Failure, print};

/// Pages of the documentation, carried in the program.
const PAGES: &[(&str, &str)] = &[
    ("authoring", include_str!("../../docs/AUTHORING.md")),
    ("format", include_str!("../../docs/FORMAT.md")),
];

pub fn run(topic: Option<&str>) -> Answer {
    let Some(topic) = topic else {
        return print(&format!(
            "{}\nTopics: `authoring`, a first case in 45 minutes; `format`, everything a scenario file \
             may hold; the codes that `check` prints, such as `unknown-id`; and every subcommand.\n",
            Args::command().render_long_help()
        ));
    };
    for (name, text) in PAGES {
        if *name == topic {
            return print(text);
        }
    }
    if let Some(code) = Code::named(topic) {
        return print(&format!("{}\n\n{}\n", code.name(), code.explanation()));
    }
    let mut command = Args::command();
    command.build();
    if let Some(sub) = command.find_subcommand_mut(topic) {
        print(&format!("{}\n", sub.render_long_help()))
    } else {
        let codes: Vec<&str> = Code::ALL.iter().map(|c| c.name()).collect();
        Err(Failure::Usage(format!(
            "no help on `{}`; topics are authoring, format, the subcommands and the codes {}",
            for_terminal(topic),
            codes.join(", ")
        )))
    }
}
