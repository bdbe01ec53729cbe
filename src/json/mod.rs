//! The game for programs: one JSON object a line, the same facts and the same orders as the other
//! faces.
//!
//! Owns the messages and the loop; docs/json.md says them all. Refuses: making facts (`prose`),
//! deciding what is legal (`engine`), reading anything but lines. Each request is answered by one
//! line, notices before it; a request that fails is answered by an error and changes nothing. The
//! end of the input keeps the game.

#![expect(clippy::result_large_err, reason = "an error ends one request, and is made once")]

mod options;
mod show;

use std::io::{self, BufRead, Write};
use std::path::Path;

use serde::{Deserialize, Deserializer, Serialize};

use crate::engine::names::{self, UnknownName};
use crate::engine::{Order, Refusal};
use crate::plain::{Typed, read_line};
use crate::play::{Host, Saved};
use crate::prose;
use crate::prose::facts::{Header, Refused};
use crate::prose::review::Standing;
use crate::scenario::named::Named;
use crate::scenario::wire;
use crate::text::{self, Limits};

/// The format of the messages.
pub const FORMAT: u32 = 1;

/// Longest request in bytes.
const LONGEST: usize = 16 << 10;

/// `true`, and nothing else.
#[derive(Debug)]
struct Yes;

impl<'de> Deserialize<'de> for Yes {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if bool::deserialize(d)? {
            Ok(Yes)
        } else {
            Err(serde::de::Error::custom("true is expected; leave the request out instead"))
        }
    }
}

/// What a program may ask for: an object with one of these keys.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Request {
    Order(Named),
    Undo(Yes),
    End(Yes),
    Show(show::Screen),
    Options(options::Asked),
    /// What a player who looks ahead makes of the draw of the game that is over.
    Planner(Yes),
    /// Tries anew to save the game, in its own place or elsewhere.
    Save(Option<String>),
    Quit(Yes),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Message<'m> {
    Hello {
        format: u32,
        program: &'static str,
        version: &'static str,
        scenario: &'m str,
        title: &'m str,
        turns: usize,
        seed: u64,
        /// The name of the run file; none if there is none.
        run: Option<&'m str>,
        on_the_record: bool,
        saved: bool,
    },
    Notice(String),
    /// An order was given or taken back, or the game was saved.
    Done {
        request: &'static str,
        /// The file, after `save`.
        file: Option<String>,
        header: Header,
    },
    Options(options::Offer),
    Planner(Standing),
    Error(Fault),
    Bye {
        /// `"quit"` or `"end_of_input"`.
        why: &'static str,
        over: bool,
        saved: bool,
    },
}

/// Why a request was not carried out.
#[derive(Debug, Serialize)]
struct Fault {
    code: &'static str,
    message: String,
    hint: String,
    at: Place,
    /// Where `code` is "refused".
    refusal: Option<Refused>,
}

/// Where in the input, from 1.
#[derive(Debug, Clone, Copy, Serialize)]
struct Place {
    line: usize,
    /// None where the line as a whole is meant.
    column: Option<usize>,
}

impl Fault {
    fn new(code: &'static str, message: impl Into<String>, hint: impl Into<String>) -> Fault {
        // It may repeat what was sent.
        let message = text::clean(&message.into(), Limits::NOTE).into_string();
        let hint = hint.into();
        Fault { code, message, hint, at: Place { line: 0, column: None }, refusal: None }
    }

    fn name(e: &UnknownName) -> Fault {
        Fault::new(
            "unknown_name",
            format!("there is no {} `{}`", e.kind, e.name),
            "`options` lists the names that fit a slot",
        )
    }
}

/// Plays until the program leaves or the input ends. `run` is the name of the run file.
///
/// # Errors
/// What reading or writing fails with. The orders of the turn are kept first.
pub fn run(
    host: &mut dyn Host,
    run: Option<&str>,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<()> {
    let mut face = Face { host, out: output, line: 0 };
    let played = face.play(run, input);
    face.host.draft();
    let (why, over, saved) = (played?, face.host.game().is_over(), face.saved());
    face.send(&Message::Bye { why, over, saved })
}

struct Face<'a> {
    host: &'a mut dyn Host,
    out: &'a mut dyn Write,
    /// The line under way, from 1.
    line: usize,
}

impl Face<'_> {
    fn play(&mut self, run: Option<&str>, input: &mut dyn BufRead) -> io::Result<&'static str> {
        self.hello(run)?;
        self.notices()?;
        self.turn()?;
        let mut line = Vec::new();
        loop {
            self.out.flush()?;
            line.clear();
            self.line += 1;
            let request = match read_line(input, &mut line, LONGEST)? {
                Typed::End => return Ok("end_of_input"),
                Typed::TooLong => Err(Fault::new(
                    "too_long",
                    format!("the line is longer than {LONGEST} bytes"),
                    "nothing of it was done",
                )),
                Typed::Line if line.trim_ascii().is_empty() => continue,
                Typed::Line => read(&line),
            };
            if matches!(request, Ok(Request::Quit(Yes))) {
                return Ok("quit");
            }
            let answered = match request {
                Ok(request) => self.answer(request)?,
                Err(fault) => Err(fault),
            };
            if let Err(mut fault) = answered {
                fault.at.line = self.line;
                self.send(&Message::Error(fault))?;
            }
        }
    }

    fn hello(&mut self, run: Option<&str>) -> io::Result<()> {
        let game = self.host.game();
        let (rules, start, saved) = (game.shared_rules(), game.start(), self.saved());
        self.send(&Message::Hello {
            format: FORMAT,
            program: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
            scenario: &rules.id,
            title: &rules.title,
            turns: rules.played(),
            seed: start.seed,
            run,
            on_the_record: start.on_the_record,
            saved,
        })
    }

    fn saved(&self) -> bool {
        self.host.saved() == Saved::Yes
    }

    fn notices(&mut self) -> io::Result<()> {
        while let Some(notice) = self.host.notice() {
            self.send(&Message::Notice(notice))?;
        }
        Ok(())
    }

    /// The page a turn opens with, or the debrief.
    fn turn(&mut self) -> io::Result<()> {
        let over = self.host.game().is_over();
        let screen = if over { show::Screen::Debrief } else { show::Screen::Front };
        self.show(&screen).map(|_| ())
    }

    /// Carries a request out and answers it; or gives the reason why it was not.
    fn answer(&mut self, request: Request) -> io::Result<Result<(), Fault>> {
        match request {
            Request::Order(Named::End) | Request::End(Yes) => {
                if let Err(r) = self.host.end() {
                    return Ok(Err(self.refused(&r)));
                }
                self.notices()?;
                self.turn()?;
            }
            Request::Order(named) => {
                if let Err(fault) = self.give(&named) {
                    return Ok(Err(fault));
                }
                self.done("order", None)?;
            }
            Request::Undo(Yes) => {
                if !self.host.undo() {
                    return Ok(Err(Fault::new(
                        "nothing_to_undo",
                        "nothing has been ordered this turn",
                        "a turn that has ended stands",
                    )));
                }
                self.done("undo", None)?;
            }
            Request::Show(screen) => return self.show(&screen),
            Request::Options(asked) => match options::offer(self.host.game(), &asked) {
                Ok(offer) => self.send(&Message::Options(offer))?,
                Err(fault) => return Ok(Err(fault)),
            },
            Request::Planner(Yes) => match prose::standing_with_planner(self.host.game()) {
                Ok(standing) => self.send(&Message::Planner(standing))?,
                Err(why) => return Ok(Err(Fault::new("not_weighed", why, ""))),
            },
            Request::Save(place) => match self.host.save(place.as_deref().map(Path::new)) {
                Ok(file) => self.done("save", Some(file))?,
                Err(why) => {
                    let hint = "give the path of a new file or of a folder";
                    return Ok(Err(Fault::new("not_saved", why, hint)));
                }
            },
            // Taken before.
            Request::Quit(Yes) => {}
        }
        Ok(Ok(()))
    }

    fn give(&mut self, named: &Named) -> Result<(), Fault> {
        let order: Order =
            names::resolve(self.host.game().rules(), named).map_err(|e| Fault::name(&e))?;
        let because = match named {
            Named::Propose(p) => text::clean(&p.because.text, Limits::NOTE).into_string(),
            _ => String::new(),
        };
        self.host.give(order, &because).map_err(|r| self.refused(&r))
    }

    fn refused(&self, r: &Refusal) -> Fault {
        let game = self.host.game();
        let refused = prose::refusal(game.rules(), game.situation(), r);
        let mut fault = Fault::new("refused", refused.what.clone(), refused.unblock.clone());
        fault.refusal = Some(refused);
        fault
    }

    fn done(&mut self, request: &'static str, file: Option<String>) -> io::Result<()> {
        self.notices()?;
        let header = prose::header(self.host.game());
        self.send(&Message::Done { request, file, header })
    }

    fn show(&mut self, screen: &show::Screen) -> io::Result<Result<(), Fault>> {
        match wire::within(&self.host.game().shared_rules(), || show::of(self.host.game(), screen))
        {
            Ok(text) => self.write(&text).map(Ok),
            Err(show::Failed::Asked(fault)) => Ok(Err(fault)),
            Err(show::Failed::Written(e)) => Err(e.into()),
        }
    }

    fn send(&mut self, message: &Message) -> io::Result<()> {
        let rules = self.host.game().shared_rules();
        let text = wire::within(&rules, || serde_json::to_string(message))?;
        self.write(&text)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")?;
        self.out.flush()
    }
}

/// Reads a request.
fn read(line: &[u8]) -> Result<Request, Fault> {
    serde_json::from_slice(line).map_err(|e| {
        let code = if e.is_data() { "bad_request" } else { "bad_json" };
        let hint = "one object a line with one key: order, undo, end, show, options, planner, save \
                    or quit";
        let (said, place) = (e.to_string(), format!(" at line {} column {}", e.line(), e.column()));
        let mut fault = Fault::new(code, said.strip_suffix(&place).unwrap_or(&said), hint);
        fault.at.column = Some(e.column()).filter(|c| *c > 0);
        fault
    })
}
