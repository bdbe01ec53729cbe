//! `new`: a small whole scenario that checks and plays, each line explained, to be made one's own.

use std::io::{BufRead, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::day::Day;
use crate::scenario::load::{self, Checked, ScenarioRef};
use crate::scenario::loc::Id;
use crate::scenario::source::Source;
use crate::text::for_terminal;

use super::{Answer, Cx, Failure, print, print_problems};

#[derive(Debug, Args)]
pub struct NewArgs {
    /// The file to write, with or without `.ron`; its name becomes the scenario's id.
    name: PathBuf,
    /// Who the other side is; `none`: nobody answers.
    #[arg(long)]
    theatre: Option<String>,
    /// Copy a scenario that ships instead.
    #[arg(long, value_name = "ID", conflicts_with = "theatre", conflicts_with = "ask")]
    from: Option<String>,
    /// Ask for what is to stand in it, each question with an example.
    #[arg(long)]
    ask: bool,
}

const CASE: &str = include_str!("../../assets/new/case.ron");

/// What an answer has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    /// Words, at most so many characters.
    Words(usize),
    /// A whole number within these bounds.
    Number(u32, u32),
    Day,
    /// A day while the game is played.
    DayOfPlay,
    Theatre,
}

struct Question {
    /// The blank it fills.
    key: &'static str,
    asks: &'static str,
    example: &'static str,
    is: Is,
}

const fn q(key: &'static str, asks: &'static str, is: Is, example: &'static str) -> Question {
    Question { key, asks, example, is }
}

/// The blanks of the case, in the order in which they are asked for.
const QUESTIONS: &[Question] = &[
    q("title", "What is it called?", Is::Words(90), "The Survey Firm"),
    q(
        "summary",
        "What is it about, in a line for the list?",
        Is::Words(300),
        "A firm that measures land for half the country was entered. Four months to say what that was.",
    ),
    q("theatre", "Who is the other side?", Is::Theatre, "none"),
    q("opens", "On which day does it begin?", Is::Day, "2018-03-05"),
    q("turns", "How many turns of two weeks?", Is::Number(3, 30), "8"),
    q("minutes", "How many minutes of play?", Is::Number(1, 600), "30"),
    q(
        "briefing",
        "What is the situation on the first day, in two or three sentences?",
        Is::Words(1000),
        "A firm that surveys land has found somebody in its archive, and does not know since when. \
         It has customers in every state and would rather not name them. You have four months.",
    ),
    q("campaign", "What do analysts call the intrusions?", Is::Words(40), "Plumb Line"),
    q(
        "means",
        "What are they?",
        Is::Words(300),
        "Intrusions into firms that survey land, by way of the software they share.",
    ),
    q("route", "How do they come in?", Is::Words(120), "One update, many firms, since the winter."),
    q("one", "Who may it have been?", Is::Words(60), "a service of the state"),
    q("other", "Who else?", Is::Words(60), "thieves who sell to anyone"),
    q(
        "seen",
        "What would be found if it was the first?",
        Is::Words(300),
        "What we may pass on: the tools are those of two older cases, and were never for sale.",
    ),
    q("victims", "Who is entered?", Is::Words(40), "Survey firms"),
    q(
        "news_title",
        "What happened that the newspapers had?",
        Is::Words(44),
        "The firm says that it was entered",
    ),
    q("news_day", "On which day, while the game is played?", Is::DayOfPlay, "2018-03-20"),
    q(
        "news",
        "What was reported, in a sentence?",
        Is::Words(300),
        "A firm that surveys land says that its archive was entered and that customers are told.",
    ),
    q(
        "source",
        "Where was it reported? Who, and when.",
        Is::Words(300),
        "Invented for this case, March 2018.",
    ),
    q(
        "ask_title",
        "A question reaches the player. Its title?",
        Is::Words(44),
        "Who says it first?",
    ),
    q(
        "ask",
        "What does State ask, in two sentences?",
        Is::Words(600),
        "Two partners ask whether we will say who it was. If we do, they would like to read it before.",
    ),
    q("yes", "The one answer?", Is::Words(90), "Say what is known, now."),
    q("no", "The other answer?", Is::Words(90), "Say nothing until more is known."),
    q(
        "question",
        "What should a class argue about afterward?",
        Is::Words(300),
        "What would have made you surer who it was, and what would it have cost?",
    ),
];

pub fn run(cx: &Cx, args: &NewArgs) -> Answer {
    let path = if args.name.extension().is_some_and(|e| e == "ron") {
        args.name.clone()
    } else {
        let mut with = args.name.clone().into_os_string();
        with.push(".ron");
        PathBuf::from(with)
    };
    let id = id_of(&path)?;
    let text = match &args.from {
        Some(from) => copied(cx, from, &id)?,
        None => written(args, &id, &path)?,
    };
    let shown = for_terminal(&path.to_string_lossy());
    let mut file =
        std::fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(|e| {
            let why = match e.kind() {
                std::io::ErrorKind::AlreadyExists => "it is there already; name another".to_owned(),
                _ => e.to_string(),
            };
            Failure::Usage(format!("{shown} is not written: {why}"))
        })?;
    file.write_all(text.as_bytes())?;
    let checked = Checked::of(&Source::embedded(&path.to_string_lossy(), &text), &[]);
    print_problems(&checked.problems);
    print(&format!(
        "wrote {shown}\n\n  interagency check {shown}\n  interagency play {shown}\n  interagency help authoring\n"
    ))
}

/// The id is the file's name.
fn id_of(path: &Path) -> Result<String, Failure> {
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    if !Id::is_one(&stem) {
        return Err(Failure::Usage(format!(
            "`{stem}` cannot be an id: 1 to 40 ASCII letters, digits, `_` or `-`, a letter first"
        )));
    }
    if load::titles().iter().any(|t| t.id == stem) {
        return Err(Failure::Usage(format!(
            "`{stem}` is a scenario that ships; give yours another name"
        )));
    }
    Ok(stem)
}

/// A scenario that ships, under another id.
fn copied(cx: &Cx, from: &str, id: &str) -> Result<String, Failure> {
    let which = ScenarioRef::Id(from.to_owned());
    let source =
        load::scenario_source(&which, &cx.own()).map_err(|p| Failure::Unusable(vec![p]))?;
    Ok(source.text.replacen(&format!("id: \"{from}\""), &format!("id: \"{id}\""), 1))
}

/// The case with its blanks filled.
fn written(args: &NewArgs, id: &str, path: &Path) -> Result<String, Failure> {
    let mut given: Vec<(&str, String)> = Vec::new();
    if let Some(theatre) = &args.theatre {
        fits(Is::Theatre, theatre, None).map_err(Failure::Usage)?;
        given.push(("theatre", theatre.clone()));
    }
    let mut lines = std::io::stdin().lock().lines();
    for question in QUESTIONS {
        if given.iter().any(|(key, _)| *key == question.key) {
            continue;
        }
        let answer = if args.ask {
            asked(question, played(&given), &mut lines)?
        } else {
            question.example.to_owned()
        };
        given.push((question.key, answer));
    }
    let (_, last) = played(&given).ok_or_else(|| Failure::Usage("no calendar".to_owned()))?;
    let (year, month, day) = last.civil();
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut text = CASE.to_owned();
    for (key, answer) in &given {
        text = text.replace(&format!("{{{{{key}}}}}"), &escaped(answer));
    }
    for (key, value) in [
        ("id", id.to_owned()),
        ("file", file),
        ("last_day", format!("{year:04}-{month:02}-{day:02}")),
    ] {
        text = text.replace(&format!("{{{{{key}}}}}"), &value);
    }
    Ok(text)
}

/// The first and the last day of play, once both are known.
fn played(given: &[(&str, String)]) -> Option<(Day, Day)> {
    let of = |key: &str| given.iter().find(|(k, _)| *k == key).map(|(_, v)| v.as_str());
    let opens = Day::parse(of("opens")?).ok()?;
    let turns: i32 = of("turns")?.parse().ok()?;
    Some((opens, opens.plus(turns * 14 - 1)))
}

/// One answer, asked for until it fits; an empty one takes the example.
fn asked(
    question: &Question,
    played: Option<(Day, Day)>,
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
) -> Result<String, Failure> {
    let example = match (question.is, played) {
        // The example's day may lie outside of what was answered before.
        (Is::DayOfPlay, Some((opens, _))) => {
            let (year, month, day) = opens.plus(15).civil();
            format!("{year:04}-{month:02}-{day:02}")
        }
        _ => question.example.to_owned(),
    };
    loop {
        print(&format!("\n{}\n  (Enter: {example})\n> ", question.asks))?;
        let line = match lines.next() {
            Some(line) => line?,
            None => String::new(),
        };
        let answer = line.trim();
        if answer.is_empty() {
            return Ok(example);
        }
        match fits(question.is, answer, played) {
            Ok(()) => return Ok(answer.to_owned()),
            Err(why) => print(&format!("  {}\n", for_terminal(&why)))?,
        }
    }
}

/// Whether an answer can stand in its place, or why not.
fn fits(is: Is, answer: &str, played: Option<(Day, Day)>) -> Result<(), String> {
    match is {
        Is::Words(most) => {
            if let Some(c) = answer.chars().find(|c| crate::text::fault(*c).is_some()) {
                return Err(format!("the character {c:?} cannot be shown; leave it out"));
            }
            let n = answer.chars().count();
            if n > most {
                Err(format!("that is {n} characters; at most {most} fit"))
            } else {
                Ok(())
            }
        }
        Is::Number(least, most) => match answer.parse::<u32>() {
            Ok(n) if (least..=most).contains(&n) => Ok(()),
            _ => Err(format!("a whole number from {least} to {most}")),
        },
        Is::Day => Day::parse(answer).map(|_| ()),
        Is::DayOfPlay => {
            let day = Day::parse(answer)?;
            match played {
                Some((opens, last)) if day <= opens || day > last.plus(-14) => Err(format!(
                    "a day after {} and not after {}, so that something can follow",
                    opens.long(),
                    last.plus(-14).long()
                )),
                _ => Ok(()),
            }
        }
        Is::Theatre => {
            if load::theatres().any(|known| known == answer) {
                Ok(())
            } else {
                Err(format!(
                    "there is no theatre `{answer}`; there are {}",
                    super::ids(load::theatres())
                ))
            }
        }
    }
}

/// As it stands between quotation marks.
fn escaped(words: &str) -> String {
    words.replace('\\', "\\\\").replace('"', "\\\"")
}
