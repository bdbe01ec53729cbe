//! The game as numbered prompts: one question a page, words instead of bars and signs, only new
//! lines.
//!
//! For screen readers, transcripts and scripts. Owns the loop, the pages and the direct commands;
//! every fact comes from `prose`, as on the terminal screens. Reads lines, writes lines, and knows
//! no terminal: not one escape byte. A line is a number of the last menu, a word, or a whole
//! command. The end of the input keeps the game.

mod command;
mod explain;
mod give;
mod look;
mod page;
mod read;
mod show;
mod spoken;
mod view;

use std::io::{self, BufRead, Read, Write};
use std::ops::DerefMut;
use std::path::Path;

use crate::engine::{Draft, Order, Proposal};
use crate::game::Game;
use crate::play::{Change, Host, Saved, place};
use crate::prose::facts::StepDoes;
use crate::prose::review::Comparison;
use crate::prose::{self, words};
use crate::text;

pub use show::turn;
pub use spoken::spoken;

use view::{Act, Entry, Page, Reading, View};

/// How a plain game is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Lines are broken at this many columns; 0 leaves that to the reader.
    pub width: usize,
    /// Repeat each line read: for transcripts, where the input is no terminal.
    pub echo: bool,
    /// Only ASCII, where the locale is not UTF-8.
    pub ascii: bool,
    /// The first time an abbreviation is used, what it stands for follows.
    pub spell: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { width: 78, echo: false, ascii: false, spell: true }
    }
}

/// How a plain game came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The last turn is over and the debrief printed.
    Over,
    /// The player left; the game is kept.
    Quit,
    /// The input ended; the game is kept.
    EndOfInput,
}

/// Longest line in bytes. Nobody types a longer one: nothing of it is taken.
const LONGEST: usize = 4096;

/// Two games side by side, a line each thing, in the words of this face.
pub fn comparison(c: &Comparison) -> Vec<String> {
    show::comparison(c).iter().map(|line| spoken(line)).collect()
}

/// Plays until the game is over, the player leaves or the input ends.
///
/// # Errors
/// What reading or writing fails with. The orders of the turn are kept first.
pub fn run(
    host: &mut dyn Host,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    options: Options,
) -> io::Result<Ended> {
    let mut face = Face::open(host, Box::new(output), options);
    let result = face.play(input);
    // However it ends, what was ordered this turn is not lost.
    face.host.draft();
    result
}

/// What came of reading a line.
pub(crate) enum Typed {
    Line,
    TooLong,
    /// The input has ended.
    End,
}

/// Reads a line with its newline; one of more than `longest` bytes is read to its end and dropped.
pub(crate) fn read_line(
    input: &mut dyn BufRead,
    line: &mut Vec<u8>,
    longest: usize,
) -> io::Result<Typed> {
    let most = longest as u64 + 1;
    if (&mut *input).take(most).read_until(b'\n', line)? == 0 {
        return Ok(Typed::End);
    }
    if line.ends_with(b"\n") || line.len() <= longest {
        return Ok(Typed::Line);
    }
    while !line.ends_with(b"\n") {
        line.clear();
        if (&mut *input).take(most).read_until(b'\n', line)? == 0 {
            break;
        }
    }
    Ok(Typed::TooLong)
}

/// The face, for whoever has the lines: opened, begun, told one line. The game is lent or given.
pub struct Face<'a, H> {
    host: H,
    out: Box<dyn Write + 'a>,
    options: Options,
    page: Page,
    back: Vec<Page>,
    menu: Vec<Entry>,
    /// The proposal or guidance being written.
    draft: Draft,
    because: String,
    /// In a lesson: steps taken this turn by looking, and what is said of the last one.
    seen: Vec<usize>,
    coached: String,
    /// Leaving was asked for, and it was said that this loses the game.
    leaving: bool,
    /// Lines of a lesson's desk that have been heard this turn: what stays the same is not said
    /// again.
    heard: Vec<String>,
    /// Abbreviations that have been spelt out, and those there are.
    spelt: Vec<usize>,
    abbreviations: Vec<(String, String)>,
}

/// Names that are said letter by letter, with what they stand for.
fn abbreviations(game: &Game) -> Vec<(String, String)> {
    let letters = |s: &str| s.len() > 2 && s.chars().all(|c| c.is_ascii_uppercase());
    let agencies = game.rules().agencies.iter().map(|a| (a.short.clone(), a.name.clone()));
    let entries = prose::codex(game.rules(), prose::codex_until(game))
        .into_iter()
        .map(|e| (e.short, e.title));
    let mut out: Vec<(String, String)> = Vec::new();
    for (short, long) in agencies.chain(entries).filter(|(s, l)| letters(s) && s != l) {
        if !out.iter().any(|(s, _)| *s == short) {
            out.push((short, long));
        }
    }
    out
}

impl<'a, 'h, H: DerefMut<Target = dyn Host + 'h>> Face<'a, H> {
    pub fn open(host: H, output: Box<dyn Write + 'a>, options: Options) -> Face<'a, H> {
        let abbreviations = if options.spell { abbreviations(host.game()) } else { Vec::new() };
        Face {
            host,
            out: output,
            options,
            page: Page::Front,
            back: Vec::new(),
            heard: Vec::new(),
            spelt: Vec::new(),
            abbreviations,
            menu: Vec::new(),
            draft: Draft::default(),
            because: String::new(),
            seen: Vec::new(),
            coached: String::new(),
            leaving: false,
        }
    }

    /// Gives the game back, with the orders of its turn put down.
    pub fn close(mut self) -> H {
        self.host.draft();
        self.host
    }

    pub fn host(&mut self) -> &mut (dyn Host + 'h) {
        &mut *self.host
    }

    /// Says the first page.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn begin(&mut self) -> io::Result<()> {
        if self.host.game().is_over() {
            self.page = Page::Debrief;
        }
        self.show(true)
    }

    /// Says what has come up by itself, before a line is asked for.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn news(&mut self) -> io::Result<()> {
        self.look()?;
        match self.host.notice() {
            Some(notice) => self.say(&format!("Note: {notice}")),
            None => Ok(()),
        }
    }

    fn play(&mut self, input: &mut dyn BufRead) -> io::Result<Ended> {
        self.begin()?;
        let mut line = Vec::new();
        loop {
            line.clear();
            self.news()?;
            write!(self.out, "> ")?;
            self.out.flush()?;
            match read_line(input, &mut line, LONGEST)? {
                Typed::Line => {}
                Typed::TooLong => {
                    self.say(&format!(
                        "That line is longer than {LONGEST} characters. Nothing of it was done."
                    ))?;
                    continue;
                }
                Typed::End => {
                    writeln!(self.out)?;
                    return self.input_ended();
                }
            }
            if let Some(ended) = self.take(&String::from_utf8_lossy(&line))? {
                return Ok(ended);
            }
        }
    }

    /// Deals with one line. Whether that was the end.
    ///
    /// # Errors
    /// What writing fails with.
    pub fn take(&mut self, line: &str) -> io::Result<Option<Ended>> {
        let text = text::clean(line, text::Limits::NOTE).into_string();
        let text = text.trim().to_owned();
        if self.options.echo {
            self.print_as_it_is(&text)?;
        }
        if self.look()? {
            self.say("Nothing was done of what you typed: it was about the page before.")?;
            return Ok(None);
        }
        let act = self.line(&text);
        let over = self.host.game().is_over();
        let leaves = act == Act::Leave || act == Act::End && over;
        if leaves && !self.leaving && self.host.saved() != Saved::Yes {
            self.leaving = true;
            let warning = self.host.saved().warning().unwrap_or_default();
            let how = self.how_to_keep();
            self.say(&format!("{warning} {how} Enter alone stays; quit again leaves it."))?;
            return Ok(None);
        }
        self.leaving = false;
        match act {
            Act::Leave => self.leave().map(Some),
            // There is no turn to end any more: whoever says end has done.
            Act::End if over => self.input_ended().map(Some),
            act => self.act(act).map(|()| None),
        }
    }

    /// Looks at the scenario's file, where it is watched, and says what came of it; whether
    /// anything did.
    fn look(&mut self) -> io::Result<bool> {
        let Some(change) = self.host.look() else { return Ok(false) };
        match change {
            Change::Broken(lines) => {
                self.say("The scenario as it is now cannot be played:")?;
                // As they are: a column marked under a line carries meaning.
                for line in lines {
                    let clean = text::for_terminal_lines(&line);
                    let plain = if self.options.ascii { show::ascii(&clean) } else { clean };
                    writeln!(self.out, "{plain}")?;
                }
                self.say("Until it is mended, the game is as it was.")?;
            }
            Change::Again(lost) => {
                self.say("The scenario was read anew, and the game played again to here.")?;
                for order in lost {
                    self.say(&format!("No longer holds and is left out: {order}."))?;
                }
                self.page = if self.host.game().is_over() { Page::Debrief } else { Page::Front };
                self.back.clear();
                self.heard.clear();
                if self.options.spell {
                    self.abbreviations = abbreviations(self.host.game());
                    self.spelt.clear();
                }
                self.draft = Draft::default();
                self.because.clear();
                self.seen.clear();
                self.coached.clear();
                self.show(true)?;
            }
        }
        Ok(true)
    }

    /// Nobody is there to choose what to read of the debrief: then all of it is read. A script's
    /// transcript has it whole.
    fn input_ended(&mut self) -> io::Result<Ended> {
        if !self.host.game().is_over() {
            let kept = self.kept();
            self.say(&format!("The input has ended. {kept}"))?;
            return Ok(Ended::EndOfInput);
        }
        // Whoever has read the last page and no further is told how it came out.
        let on_front = matches!(
            self.page,
            Page::Front | Page::Part(Reading::Front, _) | Page::Whole(Reading::Front)
        );
        if on_front {
            self.page = Page::Debrief;
            let view = self.view();
            writeln!(self.out)?;
            self.print(&view.lines)?;
        }
        if self.page == Page::Debrief {
            self.page = Page::Whole(Reading::Debrief);
            let view = self.view();
            writeln!(self.out)?;
            self.print(&view.lines)?;
        }
        Ok(Ended::Over)
    }

    /// What is said of the game when it is left, once the orders of its turn are put down.
    fn kept(&mut self) -> String {
        self.host.draft();
        if self.host.saved() == Saved::Yes {
            "What could be kept is kept.".to_owned()
        } else {
            "This game was not saved.".to_owned()
        }
    }

    /// What to say to keep a game that is not saved.
    fn how_to_keep(&self) -> String {
        let again = if self.host.saved() == Saved::ByWish { "" } else { "save tries again; " };
        format!("To keep it: {again}save PATH puts it into a new file or a folder.")
    }

    /// Tries anew to save the game, in its own place or in another.
    fn save(&mut self, place: &str) -> io::Result<()> {
        if self.host.saved() == Saved::Yes {
            return self.say("This game is saved, every turn of it.");
        }
        let place = Some(place).filter(|p| !p.is_empty()).map(Path::new);
        match self.host.save(place) {
            Ok(path) => self.say(&format!("The game is saved, every turn of it, in {path}.")),
            Err(why) => self.say(&format!("The game is still not saved: {why}.")),
        }
    }

    fn leave(&mut self) -> io::Result<Ended> {
        if self.host.game().is_over() {
            return Ok(Ended::Over);
        }
        let kept = self.kept();
        self.say(&kept)?;
        Ok(Ended::Quit)
    }

    /// What a line means: a number of the menu, text the page asked for, a word, or a command.
    fn line(&mut self, text: &str) -> Act {
        if text.is_empty() {
            return Act::Again;
        }
        if let Ok(n) = text.parse::<u32>() {
            if let Some(e) = self.menu.iter().find(|e| e.key == n) {
                return e.act.clone();
            }
            if let Page::Sure(p) = self.page {
                return Act::Give(Order::Confidence {
                    proposition: p,
                    percent: u8::try_from(n).unwrap_or(u8::MAX),
                });
            }
            return Act::Say(format!("There is no {n} in this menu. {}", self.expected()));
        }
        if self.page == Page::Because && !matches!(text, "back" | "b") {
            return Act::Reason(text.to_owned());
        }
        // The page at hand has a whole of its own.
        let whole = |e: &&Entry| matches!(e.act, Act::Go(Page::Whole(_)));
        if let Some(entry) = self.menu.iter().find(whole).filter(|_| text == "all") {
            return entry.act.clone();
        }
        match command::read(self.host.game(), text) {
            Act::Unknown(word) => {
                Act::Say(format!("\"{word}\" is not understood. {}", self.expected()))
            }
            act => act,
        }
    }

    /// What may be typed here.
    fn expected(&self) -> String {
        let keys = (self.menu.iter().map(|e| e.key).min(), self.menu.iter().map(|e| e.key).max());
        let numbers = match (self.page, keys) {
            (Page::Sure(_), _) => {
                "A number from 1 to 99, how sure you are of it, or 0 for back".to_owned()
            }
            (_, (Some(low), Some(high))) if low != high => {
                format!("A number of this menu, {low} to {high}")
            }
            (_, (Some(only), _)) => format!("The number {only}"),
            _ => "A number of a menu".to_owned(),
        };
        format!(
            "{numbers}, or a command, is expected. Enter alone says the page again; help says the \
             commands."
        )
    }

    fn act(&mut self, act: Act) -> io::Result<()> {
        match act {
            Act::Again => self.show(true),
            Act::Say(text) => self.say(&text),
            Act::Unknown(word) => self.say(&format!("\"{word}\" is not understood.")),
            Act::Shut(r) => self.say(&show::refused(&r)),
            Act::Go(page) => self.go(page),
            Act::Back => {
                self.page = self.back.pop().unwrap_or_else(|| view::home(self.host.game()));
                self.show(false)
            }
            Act::Begin(instrument, target) => {
                self.draft = match target {
                    Some(t) => prose::begin_draft(self.host.game(), instrument, t),
                    None => Draft {
                        subject: Some(instrument.0),
                        ..Draft::of(crate::engine::Verb::Propose)
                    },
                };
                self.because.clear();
                let game = self.host.game();
                if let Some((n, _)) = target.and_then(|t| game.ordered(instrument, t)) {
                    self.because.clone_from(&game.orders()[n].because);
                }
                self.go(if target.is_some() { Page::Draft } else { Page::Targets })
            }
            Act::Set(slot, value) => {
                self.draft.set(slot, value);
                self.page = Page::Draft;
                self.back.retain(|p| *p != Page::Draft);
                self.show(false)
            }
            Act::Reason(text) => {
                self.because = text;
                self.page = Page::Draft;
                self.show(false)
            }
            Act::Place => match self.draft.order(self.host.game().rules()) {
                Some(Order::Propose(p)) => self.place(p),
                _ => self.say("Something is missing: choose an instrument, a target and a venue."),
            },
            Act::Points(lens, n) => {
                self.draft.parts[usize::from(lens)] = Some(n);
                self.page = Page::Guidance;
                self.show(false)
            }
            Act::Profile(points) => {
                for (part, p) in self.draft.parts.iter_mut().zip(points) {
                    *part = Some(p);
                }
                self.page = Page::Guidance;
                self.show(false)
            }
            Act::Give(order) => self.give(order, ""),
            Act::GiveBecause(order, because) => self.give(order, &because),
            Act::Undo => {
                let taken = self
                    .host
                    .game()
                    .orders()
                    .last()
                    .map(|g| prose::order(self.host.game().rules(), &g.order));
                match taken.filter(|_| self.host.undo()) {
                    Some(text) => self.say(&format!("Taken back: {}", words::stop(&text)))?,
                    None => self.say("Nothing has been ordered this turn.")?,
                }
                self.go(Page::Desk)
            }
            Act::End => self.end(),
            Act::Step(n) => self.step(n),
            Act::Planner => self.planner(),
            Act::Save(place) => self.save(&place),
            Act::Leave => Ok(()),
        }
    }

    /// Lets a player who looks ahead play the draw of the game that is over.
    fn planner(&mut self) -> io::Result<()> {
        if let Some(why) = prose::not_weighed(self.host.game()) {
            return self.say(why);
        }
        self.say("A player who looks ahead plays the same draw. This takes some seconds.")?;
        self.out.flush()?;
        match prose::standing_with_planner(self.host.game()) {
            Ok(s) => self.print(&show::standing(&s)),
            Err(why) => self.say(why),
        }
    }

    /// Takes a step of the lesson.
    fn step(&mut self, n: usize) -> io::Result<()> {
        let Some(step) = prose::coach(self.host.game(), &self.seen)
            .and_then(|c| c.steps.into_iter().find(|s| s.n == n))
        else {
            return Ok(());
        };
        self.coached.clone_from(&step.then);
        match step.does {
            StepDoes::Order(order) => self.give(order, ""),
            StepDoes::Draft(file) => {
                self.seen.push(n);
                let f = &self.host.game().rules().files[file];
                let (instrument, target) = (f.instrument, f.target);
                self.draft = prose::begin_draft(self.host.game(), instrument, target);
                self.because.clear();
                self.go(Page::Draft)
            }
            StepDoes::Why(i) => {
                self.seen.push(n);
                let game = self.host.game();
                let turn = game.turn() + usize::from(prose::moved_now(game, i));
                self.go(Page::Why(i, turn))
            }
            StepDoes::Sure(p) => self.go(Page::Sure(p)),
            StepDoes::EndTurn => self.end(),
        }
    }

    fn go(&mut self, page: Page) -> io::Result<()> {
        if matches!(page, Page::Desk | Page::Front | Page::Debrief) {
            self.back.clear();
        } else if self.page != page && !matches!(self.page, Page::Whole(_)) {
            // What has been read out is not read out again on the way back.
            self.back.push(self.page);
            if self.back.len() > 32 {
                self.back.remove(0);
            }
        }
        if page == Page::Guidance {
            self.draft = page::guidance_draft(self.host.game());
        }
        self.page = page;
        self.show(false)
    }

    /// Puts the draft on the agenda, in the place of the one about the same pair if there is one.
    fn place(&mut self, p: Proposal) -> io::Result<()> {
        let because = std::mem::take(&mut self.because);
        match place(&mut *self.host, p, &because) {
            Ok(lost) => {
                self.told(&Order::Propose(p))?;
                for order in lost {
                    let words = prose::order(self.host.game().rules(), &order);
                    self.say(&format!("Gone with the draft before: {}", words::stop(&words)))?;
                }
                self.go(Page::Desk)
            }
            Err(r) => {
                self.because = because;
                let game = self.host.game();
                let refused = prose::refusal(game.rules(), game.situation(), &r);
                self.say(&show::refused(&refused))
            }
        }
    }

    /// Says what was ordered, and what is left.
    fn told(&mut self, order: &Order) -> io::Result<()> {
        let header = prose::header(self.host.game());
        let text = prose::order(self.host.game().rules(), order);
        self.say(&format!(
            "Ordered: {} You have {} staff and {} capital left.",
            words::stop(&text),
            header.staff,
            header.capital_text
        ))
    }

    fn give(&mut self, order: Order, because: &str) -> io::Result<()> {
        match self.host.give(order, because) {
            Ok(()) => {
                let told = show::answered(&prose::answered(self.host.game()), &order);
                self.told(&order)?;
                self.print(&told)?;
                self.go(Page::Desk)
            }
            Err(r) => {
                let game = self.host.game();
                let refused = prose::refusal(game.rules(), game.situation(), &r);
                self.say(&show::refused(&refused))
            }
        }
    }

    fn end(&mut self) -> io::Result<()> {
        let open = show::left_open(&prose::desk(self.host.game()));
        if !open.is_empty() {
            self.print(&open)?;
        }
        if let Err(r) = self.host.end() {
            let game = self.host.game();
            let refused = prose::refusal(game.rules(), game.situation(), &r);
            return self.say(&show::refused(&refused));
        }
        self.because.clear();
        self.seen.clear();
        self.coached.clear();
        self.heard.clear();
        self.go(Page::Front)
    }

    fn view(&self) -> View {
        let coach = prose::coach(self.host.game(), &self.seen);
        let page = if self.host.game().is_over() && matches!(self.page, Page::Desk | Page::Office) {
            Page::Debrief
        } else {
            self.page
        };
        let mut view =
            page::view(self.host.game(), &self.draft, &self.because, coach.as_ref(), page);
        if self.host.saved() != Saved::Yes {
            if matches!(page, Page::Desk | Page::Front | Page::Debrief) {
                view.lines.insert(0, format!("This game is not saved. {}", self.how_to_keep()));
            }
            for entry in view.menu.iter_mut().filter(|e| e.act == Act::Leave) {
                "Leave; the game is not saved".clone_into(&mut entry.label);
            }
        }
        view
    }

    /// Prints the page and its menu. `again`: all of it, heard before or not.
    fn show(&mut self, again: bool) -> io::Result<()> {
        let View { mut lines, menu } = self.view();
        self.menu = menu;
        if self.page == Page::Desk && !self.menu.is_empty() && prose::teaches(self.host.game()) {
            if !again {
                // But what page this is, always.
                let title = lines.first().cloned();
                lines.retain(|l| Some(l) == title.as_ref() || !self.heard.contains(l));
            }
            self.heard.extend(lines.iter().cloned());
        }
        writeln!(self.out)?;
        self.print(&lines)?;
        // What is said of a step stands under the page it led to, once.
        let coached = if matches!(self.page, Page::Sure(_)) {
            String::new()
        } else {
            std::mem::take(&mut self.coached)
        };
        if !coached.is_empty() {
            self.say(&coached)?;
        }
        let labels: Vec<String> =
            self.menu.iter().map(|e| format!("{}. {}", e.key, e.label)).collect();
        self.print(&labels)
    }

    fn print(&mut self, lines: &[String]) -> io::Result<()> {
        for line in lines {
            self.say(line)?;
        }
        Ok(())
    }

    /// One piece of text: signs said as words, cleaned, broken into lines, plain where it must be.
    fn say(&mut self, text: &str) -> io::Result<()> {
        let said = spoken(text);
        let said = self.spell_out(said);
        self.print_as_it_is(&said)
    }

    /// Says what an abbreviation stands for where it is first used.
    fn spell_out(&mut self, mut text: String) -> String {
        for (n, (short, long)) in self.abbreviations.iter().enumerate() {
            if self.spelt.contains(&n) {
                continue;
            }
            let whole = |at: usize| {
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                edge(text[..at].chars().next_back())
                    && edge(text[at + short.len()..].chars().next())
            };
            let Some(at) =
                text.match_indices(short.as_str()).map(|(at, _)| at).find(|at| whole(*at))
            else {
                continue;
            };
            self.spelt.push(n);
            if !text.contains(long.as_str()) {
                text.insert_str(at + short.len(), &format!(" ({long})"));
            }
        }
        text
    }

    fn print_as_it_is(&mut self, text: &str) -> io::Result<()> {
        let clean = text::for_terminal_lines(text);
        let plain = if self.options.ascii { show::ascii(&clean) } else { clean };
        if self.options.width == 0 {
            return writeln!(self.out, "{plain}");
        }
        for line in text::wrap(&plain, self.options.width) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
