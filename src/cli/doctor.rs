//! `doctor`: what this terminal, this locale and this data folder can do, and what to do where they
//! cannot.
//!
//! It asks the environment and the disk, and the terminal nothing: some never answer. It changes
//! nothing but what `play` would: the data folder is made if it is not there, and a small file in
//! it is written, locked and taken away again.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};

use crate::input::{Capabilities, Colours};
use crate::kept::Keeper;
use crate::record::Why;
use crate::saved_game;
use crate::scenario::load;
use crate::scenario::load::Own;
use crate::store::{self, Store};
use crate::terminal;
use crate::text::{for_terminal, wrap};
use crate::tui::scene::LEAST;

use super::{Answer, Cx, Failure, Format, print};

/// Most run files looked into; the newest come first.
const MOST_RUNS: usize = 1000;
/// Below this the screens leave things out.
const ROOMY: (u16, u16) = (80, 24);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Fine,
    /// It works, with less.
    Note,
    /// Something the player wants will not work.
    Problem,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            State::Fine => "fine",
            State::Note => "note",
            State::Problem => "problem",
        }
    }
    const fn sign(self) -> &'static str {
        match self {
            State::Fine => "ok",
            State::Note => "-",
            State::Problem => "!",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug)]
struct Check {
    name: &'static str,
    state: State,
    says: String,
    /// What to do about it; empty if nothing.
    remedy: String,
}

fn check(
    name: &'static str,
    state: State,
    says: impl Into<String>,
    remedy: impl Into<String>,
) -> Check {
    Check { name, state, says: says.into(), remedy: remedy.into() }
}

fn fine(name: &'static str, says: impl Into<String>) -> Check {
    check(name, State::Fine, says, "")
}

pub fn run(cx: &Cx) -> Answer {
    let here = terminal::capabilities();
    let folder = store::data_folder(cx.data_dir.clone());
    let mut all = of_terminal(&here);
    all.push(of_locale(&here));
    all.extend(of_data(cx));
    all.push(fine(
        "program",
        format!(
            "version {}, rules of the engine version {}, {} scenarios carried in the program",
            env!("CARGO_PKG_VERSION"),
            saved_game::RULES,
            load::titles().len()
        ),
    ));
    let ok = all.iter().all(|c| c.state != State::Problem);
    match cx.format {
        Format::Json => print(&format!("{:#}\n", as_json(ok, &here, folder.as_deref(), &all)))?,
        Format::Short => {
            for c in all.iter().filter(|c| c.state != State::Fine) {
                print(&format!("{}: {}: {}\n", c.name, c.state.name(), c.says))?;
            }
        }
        Format::Text | Format::Csv => print(&in_words(ok, &all))?,
    }
    if ok { Ok(()) } else { Err(Failure::No) }
}

fn in_words(ok: bool, all: &[Check]) -> String {
    let mut out = String::new();
    for c in all {
        let mut lead = format!("{:<2} {:<10} ", c.state.sign(), c.name);
        for line in wrap(&c.says, 66).into_iter().chain(
            wrap(&c.remedy, 64).into_iter().filter(|l| !l.is_empty()).map(|l| format!("  {l}")),
        ) {
            _ = writeln!(out, "{lead}{line}");
            lead = " ".repeat(14);
        }
    }
    let notes = all.iter().filter(|c| c.state == State::Note).count();
    out.push_str(match (ok, notes) {
        (true, 0) => "\nEverything works here.\n",
        (true, _) => "\nIt can be played here; what has a - could be better.\n",
        (false, _) => "\nWhat has a ! does not work here.\n",
    });
    out
}

fn as_json(ok: bool, here: &Capabilities, folder: Option<&Path>, all: &[Check]) -> Value {
    let checks: Vec<Value> = all
        .iter()
        .map(|c| json!({ "name": c.name, "state": c.state.name(), "says": c.says, "do": c.remedy }))
        .collect();
    json!({
        "ok": ok,
        "terminal": {
            "term": here.term,
            "input": here.stdin_is_tty,
            "output": here.stdout_is_tty,
            "screens": here.can_draw(),
            "columns": here.size.map(|s| s.0),
            "rows": here.size.map(|s| s.1),
            "colours": colours(here.colours),
            "no_color": here.no_color,
            "utf8": here.utf8,
        },
        "data": folder.map(|f| f.to_string_lossy().into_owned()),
        "checks": checks,
    })
}

const fn colours(colours: Colours) -> &'static str {
    match colours {
        Colours::None => "none",
        Colours::Sixteen => "16",
        Colours::TwoFiftySix => "256",
        Colours::True => "true",
    }
}

fn of_terminal(here: &Capabilities) -> Vec<Check> {
    let mut all = Vec::new();
    let term = here
        .term
        .as_deref()
        .map_or_else(|| "TERM is not set".to_owned(), |t| format!("TERM is {}", for_terminal(t)));
    all.push(if here.can_draw() {
        fine("terminal", format!("{term}: the screens can be drawn"))
    } else if here.dumb {
        let remedy = "Set TERM to what the terminal is, such as xterm-256color, for the screens.";
        check(
            "terminal",
            State::Note,
            format!("{term}: no screens here; `play` asks with numbered prompts instead"),
            remedy,
        )
    } else {
        let what = match (here.stdin_is_tty, here.stdout_is_tty) {
            (false, true) => "input is no terminal",
            (true, false) => "output is no terminal",
            _ => "input and output are no terminal",
        };
        check(
            "terminal",
            State::Note,
            format!("{term}; {what}: no screens here; `play` asks with numbered prompts instead"),
            "Run it in a terminal, without pipes, for the screens.",
        )
    });
    if let Some((width, height)) = here.size {
        let says = format!("{width} columns and {height} rows");
        all.push(if width < LEAST.0 || height < LEAST.1 {
            check(
                "size",
                State::Problem,
                format!("{says}: too small for the screens"),
                format!(
                    "Make the window at least {} by {}, or use `play --plain`.",
                    LEAST.0, LEAST.1
                ),
            )
        } else if width < ROOMY.0 || height < ROOMY.1 {
            check(
                "size",
                State::Note,
                format!("{says}: enough, with lists cut short"),
                format!("{} by {} shows a whole desk; more shows more.", ROOMY.0, ROOMY.1),
            )
        } else {
            fine("size", says)
        });
    }
    let depth = match here.colours {
        Colours::None => "no colours: weight, underline and reverse are used",
        Colours::Sixteen => "sixteen colours, the terminal's own",
        Colours::TwoFiftySix => "256 colours; the usual theme uses the terminal's own sixteen",
        Colours::True => "all colours; the usual theme uses the terminal's own sixteen",
    };
    all.push(if here.no_color {
        check(
            "colours",
            State::Note,
            "NO_COLOR is set: no colours unless a theme is asked for",
            "`play --theme default` overrides it for once.",
        )
    } else {
        fine("colours", depth)
    });
    if here.can_draw() {
        all.push(fine(
            "keyboard",
            "plain keys only, nothing the terminal must be asked for; Esc counts as the key when \
             nothing follows it for 40 ms. The mouse is used; hold Shift to mark text, turn it off \
             in the options, or play with --no-mouse",
        ));
    }
    all
}

fn of_locale(here: &Capabilities) -> Check {
    let set = here.locale.as_deref().map_or_else(|| "no locale is set".to_owned(), for_terminal);
    if here.utf8 {
        fine("locale", format!("{set}: lines, bars and accents are drawn as they are"))
    } else {
        check(
            "locale",
            State::Note,
            format!(
                "{set}, which is not UTF-8: lines and bars are drawn in plain characters, and \
                 letters lose their accents"
            ),
            "Set LANG to a locale that ends in .UTF-8, such as C.UTF-8.",
        )
    }
}

fn of_data(cx: &Cx) -> Vec<Check> {
    let store = Store::open(cx.data_dir.clone());
    let place = match store.place() {
        Ok(place) => place,
        Err(why) => {
            return vec![check(
                "data",
                State::Problem,
                format!("{why}; games are not kept"),
                "Name a folder you may write to with --data-dir or INTERAGENCY_DATA.",
            )];
        }
    };
    let shown = for_terminal(&place.to_string_lossy());
    let mut all = vec![match try_out(place) {
        Ok(true) => fine("data", format!("{shown}: can be written to, synced and locked")),
        Ok(false) => check(
            "data",
            State::Note,
            format!("{shown}: can be written to, but files there cannot be locked"),
            "Do not open the same game in two windows, or name a folder on a local disk with \
             --data-dir.",
        ),
        Err(e) => check(
            "data",
            State::Problem,
            format!(
                "{shown}: cannot be written to ({}); games are not kept",
                for_terminal(&e.to_string())
            ),
            "Free some space, mend the folder's permissions, or name another with --data-dir.",
        ),
    }];
    all.extend(of_runs(&store));
    let folder = cx.own();
    if let Some(own) = &folder.0 {
        let files = folder.list().len();
        if files > 0 {
            all.push(fine(
                "scenarios",
                format!(
                    "{files} of your own in {}; `interagency check` reads them",
                    for_terminal(&own.to_string_lossy())
                ),
            ));
        }
    }
    all
}

/// Writes, syncs, locks and removes a file of no importance. False: all but the lock.
fn try_out(place: &Path) -> std::io::Result<bool> {
    let path = place.join(format!("doctor-{}", std::process::id()));
    let written = || -> std::io::Result<bool> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        file.write_all(b"interagency doctor\n")?;
        file.sync_all()?;
        Ok(file.try_lock().is_ok())
    };
    let answer = written();
    let _ = std::fs::remove_file(&path);
    answer
}

fn of_runs(store: &Store) -> Vec<Check> {
    let runs = store.runs(MOST_RUNS);
    if runs.is_empty() {
        return vec![fine("runs", "no games yet")];
    }
    let (mut damaged, mut unread, mut torn, mut open) = (Vec::new(), Vec::new(), 0, 0);
    for run in &runs {
        match &run.read {
            Ok(decoded) => {
                if let Some(damage) = &decoded.damage {
                    let other = matches!(damage.why, Why::OtherFormat { .. } | Why::Utf16);
                    let list = if other { &mut unread } else { &mut damaged };
                    list.push(format!("{}: {damage}", run.name));
                }
                torn += usize::from(decoded.torn);
            }
            Err(why) => unread.push(format!("{}: {why}", run.name)),
        }
        open += usize::from(store.in_use(&run.name));
    }
    let mut says =
        format!("{}{}", runs.len(), if runs.len() == MOST_RUNS { " or more" } else { "" });
    says.push_str(if runs.len() == 1 { " game" } else { " games" });
    if open > 0 {
        _ = write!(says, ", {open} open in another window");
    }
    if torn > 0 {
        _ = write!(says, ", {torn} with a last line that was cut off and is left out");
    }
    if damaged.is_empty() && unread.is_empty() {
        return vec![fine("runs", format!("{says}, none damaged"))];
    }
    for (list, what) in [(&damaged, "damaged"), (&unread, "that cannot be read")] {
        if list.is_empty() {
            continue;
        }
        let most = 5;
        let mut named: Vec<String> = list.iter().take(most).cloned().collect();
        if list.len() > most {
            named.push(format!("and {} more", list.len() - most));
        }
        _ = write!(says, ", {} {what}: {}", list.len(), named.join("; "));
    }
    let remedy = "The turns before the damage can be played on from: `interagency play --resume \
                  RUN --at-turn K`. Move a file away to be rid of it.";
    vec![check("runs", State::Problem, for_terminal(&says), remedy)]
}
