//! Whether what is told is true: whole games in which every text is read again on the page it
//! stands on.
//!
//! The engine chooses a text as something happens; a page is read when the turn is over. Owns the
//! comparison of the two, and the count of what was told. Refuses to own the rules for choosing.

use crate::engine::{Entry, Note, Player, Sink, Situation, Start};
use crate::policy::Policy;
use crate::scenario::model::{FileIx, Rules, limits};

/// A text on a page on which something that it takes for granted did not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Untrue {
    pub seed: u64,
    /// From 1: the turn whose front page it stood on.
    pub turn: u8,
    /// `event ID`, `response ID` or `file ID`.
    pub what: String,
    /// From 1.
    pub version: usize,
}

/// What was told in all games looked at.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub games: u64,
    /// Texts told.
    pub texts: u64,
    pub untrue: Vec<Untrue>,
    /// How often, by event and version.
    pub events: Vec<Vec<u64>>,
    /// How often, by response and text.
    pub responses: Vec<Vec<u64>>,
    /// How often, by ending; and by its lines.
    pub endings: Vec<(u64, Vec<u64>)>,
}

impl Told {
    pub fn nothing(rules: &Rules) -> Told {
        let zeros = |n: usize| vec![0; n];
        Told {
            events: rules.events.iter().map(|e| zeros(e.text.versions.len())).collect(),
            responses: rules.responses.iter().map(|r| zeros(r.texts.len())).collect(),
            endings: rules.endings.iter().map(|e| (0, zeros(e.lines.len()))).collect(),
            ..Told::default()
        }
    }

    /// Adds what was told in other games of the same rules.
    pub fn add(&mut self, other: Told) {
        let sum = |to: &mut [u64], from: &[u64]| {
            to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
        };
        self.games += other.games;
        self.texts += other.texts;
        self.untrue.extend(other.untrue);
        self.events.iter_mut().zip(&other.events).for_each(|(a, b)| sum(a, b));
        self.responses.iter_mut().zip(&other.responses).for_each(|(a, b)| sum(a, b));
        for (a, b) in self.endings.iter_mut().zip(&other.endings) {
            a.0 += b.0;
            sum(&mut a.1, &b.1);
        }
    }

    /// Plays a game and reads every page of it.
    pub fn game(
        &mut self,
        rules: &Rules,
        policy: &Policy,
        seed: u64,
        guidance: Option<[u8; limits::LENSES]>,
    ) {
        let mut notes = Notes::default();
        let mut s = Situation::setup(rules, Start { seed, ..Start::default() }, &mut notes);
        self.page(rules, &s, &mut notes, seed);
        let mut first = guidance;
        while !s.is_over() {
            let mut player = Player::new(rules, &mut s, &mut notes);
            if let Some(points) = first.take() {
                player.give(crate::engine::Order::Guide(points));
            }
            policy.turn(&mut player);
            self.page(rules, &s, &mut notes, seed);
        }
        self.games += 1;
        if let (Some(e), Some(told)) =
            (rules.endings.get(usize::from(s.ending)), self.endings.get_mut(usize::from(s.ending)))
        {
            told.0 += 1;
            for (line, n) in told.1.iter_mut().enumerate().take(e.lines.len()) {
                *n += u64::from(s.ending_lines & (1 << line) != 0);
            }
        }
    }

    /// Reads the page that the notes since the last one make.
    fn page(&mut self, rules: &Rules, s: &Situation, notes: &mut Notes, seed: u64) {
        // What was told before the weeks after the last turn was read before them.
        let mut before = notes.list.contains(&Note::After);
        for note in notes.list.drain(..) {
            before &= note != Note::After;
            let (what, version, holds) = if let Note::Fired { event, version } = note {
                let e = &rules.events[event];
                self.events[event.i()][usize::from(version)] += 1;
                let holds = s.known().all(rules, &e.text.version(version).assumes);
                (format!("event {}", e.id), version, holds)
            } else if let Note::Responded { response, text } = note {
                let r = &rules.responses[response];
                self.responses[response.i()][usize::from(text)] += 1;
                let holds = s.known().all(rules, &r.texts[usize::from(text)].assumes);
                (format!("response {}", r.id), text, holds)
            } else if let Note::FileOpened(f) = note {
                (format!("file {}", rules.files[f].id), 0, !stands(rules, s, f))
            } else {
                continue;
            };
            self.texts += 1;
            if !holds && !before {
                let version = usize::from(version) + 1;
                self.untrue.push(Untrue { seed, turn: s.turn + 1, what, version });
            }
        }
    }
}

/// Whether what a live file drafts is under way or in force already.
fn stands(rules: &Rules, s: &Situation, f: FileIx) -> bool {
    let f = &rules.files[f];
    s.measures.iter().any(|m| m.instrument == f.instrument && m.target == f.target)
}

/// Keeps what is worth telling.
#[derive(Debug, Default)]
struct Notes {
    list: Vec<Note>,
}

impl Sink for Notes {
    fn entry(&mut self, _: Entry) -> u32 {
        0
    }
    fn note(&mut self, _: u8, note: Note) {
        self.list.push(note);
    }
}
