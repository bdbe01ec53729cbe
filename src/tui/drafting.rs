//! The measure being put together, and drafts that were left.
//!
//! Owns which draft is in hand, its reason, and how those not on the agenda were left. Refuses:
//! whether a draft is legal; the engine says.

use crate::engine::position::Stance;
use crate::engine::{Draft, Order, Proposal, Refusal, Slot, Verb, options};
use crate::game::Game;
use crate::prose;
use crate::prose::facts::{FileRow, PositionRow};
use crate::scenario::model::{AgencyIx, InstrumentIx, TargetIx};

/// A draft that was changed or refused and is not on the agenda: as it was left, with its reason in
/// a sentence.
#[derive(Debug, Clone)]
struct LeftDraft {
    draft: Draft,
    because: String,
    refused: bool,
}

/// How a draft was found when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    New,
    AsLeft,
    AsRefused,
}

#[derive(Debug)]
pub struct Drafting {
    draft: Draft,
    because: String,
    /// One for each measure and target.
    left: Vec<LeftDraft>,
    /// Where everyone stood before the last change of the draft.
    stood: Vec<(AgencyIx, Stance)>,
}

impl Default for Drafting {
    fn default() -> Drafting {
        Drafting {
            draft: Draft::of(Verb::Propose),
            because: String::new(),
            left: Vec::new(),
            stood: Vec::new(),
        }
    }
}

impl Drafting {
    pub fn draft(&self) -> Draft {
        self.draft
    }

    /// Every draft that was left, the latest last.
    pub fn left(&self) -> Vec<Proposal> {
        self.left.iter().filter_map(|l| l.draft.proposal()).collect()
    }

    /// The reason, in the player's own words.
    pub fn because(&self) -> &str {
        &self.because
    }

    /// Whether an agency came closer with the last change, went off, or stayed.
    pub fn moved(&self, p: &PositionRow) -> Option<bool> {
        let before = self.stood.iter().find(|(a, _)| *a == p.agency)?.1;
        (before != p.stance).then_some(p.stance < before)
    }

    /// Begins a turn with nothing in hand; drafts that were left stay.
    pub fn begin_turn(&mut self) {
        self.draft = Draft::of(Verb::Propose);
    }

    /// Takes a draft in hand. One that was left before is found as it was left.
    pub fn open(&mut self, draft: Draft) -> Found {
        self.stood.clear();
        let left = self.left.iter().find(|l| is_same(&l.draft, &draft));
        self.draft = left.map_or(draft, |l| l.draft);
        self.because = left.map_or_else(String::new, |l| l.because.clone());
        match left {
            None => Found::New,
            Some(l) if l.refused => Found::AsRefused,
            Some(_) => Found::AsLeft,
        }
    }

    /// The reason with which the draft in hand was ordered.
    pub fn take_because(&mut self, words: &str) {
        words.clone_into(&mut self.because);
    }

    /// Shows a draft, as it was left if it was; true if that is another one than is in hand.
    pub fn preview(&mut self, draft: Draft) -> bool {
        let left = self.left.iter().find(|l| is_same(&l.draft, &draft));
        let draft = left.map_or(draft, |l| l.draft);
        let changed = draft != self.draft;
        self.draft = draft;
        changed
    }

    /// Changes one slot. Another measure is begun anew, or as it was left.
    pub fn set(&mut self, game: &Game, slot: Slot, value: u8) {
        match slot {
            Slot::Subject => {
                let of = |l: &&LeftDraft| l.draft.subject == Some(value);
                let left = self.left.iter().rev().find(of).map(|l| l.draft);
                self.draft = left.unwrap_or_else(|| draft_of(game, InstrumentIx(value), None));
            }
            Slot::Object => {
                self.draft.set(slot, value);
                // Of a measure in force its own terms, to be changed.
                let target = TargetIx(value);
                let (rules, s) = (game.rules(), game.situation());
                let instrument = self.draft.subject.map(InstrumentIx);
                if let Some(of) = instrument.filter(|i| s.standing(rules, *i, target).is_some()) {
                    self.draft = draft_of(game, of, Some(target));
                }
                self.preview(self.draft);
            }
            _ => {
                self.draft.set(slot, value);
                self.keep();
            }
        }
    }

    pub fn set_because(&mut self, words: String) {
        self.because = words;
        self.keep();
    }

    /// Notes where everyone stands, before the draft or a promise moves them.
    pub fn note_positions(&mut self, positions: &[PositionRow]) {
        self.stood = positions.iter().map(|p| (p.agency, p.stance)).collect();
    }

    /// Keeps the draft in hand as it is now.
    fn keep(&mut self) {
        let (draft, because) = (self.draft, self.because.clone());
        match self.left.iter_mut().find(|l| is_same(&l.draft, &draft)) {
            Some(l) => (l.draft, l.because) = (draft, because),
            None => self.left.push(LeftDraft { draft, because, refused: false }),
        }
    }

    /// The draft in hand was refused: it is kept until it is on the agenda.
    pub fn keep_refused(&mut self) {
        let (draft, because) = (self.draft, self.because.clone());
        self.left.retain(|l| !is_same(&l.draft, &draft));
        self.left.push(LeftDraft { draft, because, refused: true });
    }

    /// A proposal taken off the agenda is a draft again, as it was ordered.
    pub fn take_off(&mut self, draft: Draft, because: &str) {
        self.left.retain(|l| !is_same(&l.draft, &draft));
        self.left.push(LeftDraft { draft, because: because.to_owned(), refused: false });
    }

    /// The draft in hand is on the agenda.
    pub fn drop_left(&mut self) {
        let draft = self.draft;
        self.left.retain(|l| !is_same(&l.draft, &draft));
    }
}

/// Whether two drafts are of one measure at one target.
fn is_same(a: &Draft, b: &Draft) -> bool {
    a.subject == b.subject && a.object == b.object
}

/// A full draft: this instrument, this target or the likeliest one, as `prose::begin_draft` begins
/// it for every face.
pub fn draft_of(game: &Game, instrument: InstrumentIx, target: Option<TargetIx>) -> Draft {
    let mut d = Draft::of(Verb::Propose);
    d.set(Slot::Subject, instrument.0);
    let target = target.unwrap_or_else(|| TargetIx(likeliest(game, &d)));
    prose::begin_draft(game, instrument, target)
}

/// The first target on offer; else the one that lacks least.
fn likeliest(game: &Game, d: &Draft) -> u8 {
    let mut best: Option<(u8, i32)> = None;
    let instrument = InstrumentIx(d.subject.unwrap_or(0));
    options::options(game.rules(), game.situation(), d, Slot::Object, |t, r| {
        let rank = match r {
            // New terms for what stands are somebody's own choice.
            Ok(())
                if game.situation().standing(game.rules(), instrument, TargetIx(t)).is_some() =>
            {
                1
            }
            Ok(()) => 2000,
            Err(Refusal::Gate { needs, has, .. }) => 1000 + has - needs,
            Err(Refusal::WrongKind { .. }) => -2,
            Err(Refusal::NotYetKnown { .. }) => -1,
            // What has no file yet is open if one can be built.
            Err(Refusal::NotBuilt { begun: false, instrument, target }) => {
                let build = Order::Build { instrument, target };
                match game.situation().validate(game.rules(), &build) {
                    Err(Refusal::Gate { needs, has, .. }) => 1000 + has - needs,
                    Ok(()) | Err(_) => 2000,
                }
            }
            Err(_) => 0,
        };
        if best.is_none_or(|(_, b)| rank > b) {
            best = Some((t, rank));
        }
    });
    best.map_or(0, |b| b.0)
}

/// The draft of a live file, with its terms.
pub fn draft_of_file(game: &Game, row: &FileRow) -> Draft {
    let mut d = draft_of(game, row.instrument, Some(row.target));
    if game.ordered(row.instrument, row.target).is_some() {
        return d;
    }
    if let Some(f) = game.rules().files.get(row.file.i()) {
        for (part, at) in d.parts.iter_mut().zip(f.terms) {
            if part.is_some() {
                *part = Some(at);
            }
        }
    }
    d
}
