//! A run that is being played, whole in memory and, as far as that goes, in its slot.
//!
//! Owns the bytes, the check that chains its lines, and whether it is kept. Refuses: where it lies.

use std::fmt;
use std::path::Path;

use crate::record::{self, Chain, Decoded, Header, Line, MOST_BYTES};

use super::preferences::{self, Ended};
use super::{Slot, Trouble};

pub struct Run {
    slot: Box<dyn Slot>,
    /// The whole run as it should be, so that it can be put elsewhere if its own place fails.
    bytes: Vec<u8>,
    chain: Chain,
    /// Why nothing is kept any more.
    trouble: Option<Trouble>,
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Run")
            .field("name", &self.name())
            .field("bytes", &self.bytes.len())
            .field("trouble", &self.trouble)
            .finish_non_exhaustive()
    }
}

impl Run {
    /// A new run with its first line. What goes wrong is remembered.
    pub fn begin(slot: Box<dyn Slot>, keeps: bool, header: &Header) -> Run {
        let mut run = Run { slot, bytes: Vec::new(), chain: Chain::default(), trouble: None };
        let begun = match run.take_in(&Line::Run(header.clone())) {
            Err(why) => Err(why),
            Ok(_) if !keeps => Err(Trouble::Unwanted),
            Ok(_) => run.slot.begin(header.seed, &run.bytes),
        };
        run.trouble = begun.err();
        run
    }

    /// A run that lies in this slot, with what stands there now.
    ///
    /// # Errors
    /// It is damaged, or cannot be put right.
    pub fn resume(
        slot: Box<dyn Slot>,
        keeps: bool,
        stood: &[u8],
    ) -> Result<(Run, Decoded), Trouble> {
        let text = record::tidy(stood);
        let decoded = record::decode(&text);
        if let Some(damage) = &decoded.damage {
            return Err(Trouble::Damaged(damage.clone()));
        }
        let mut bytes = text.get(..decoded.good).unwrap_or_default().to_vec();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        let mut run = Run { slot, bytes, chain: decoded.chain, trouble: None };
        if !keeps {
            run.trouble = Some(Trouble::Unwanted);
        } else if run.bytes != stood {
            run.slot.put_right(stood, &run.bytes)?;
        }
        Ok((run, decoded))
    }

    pub fn name(&self) -> &str {
        self.slot.name()
    }

    /// Where the run lies, if it lies anywhere.
    pub fn path(&self) -> Option<&Path> {
        self.slot.path()
    }

    /// Notes beside the runs how this one ended; nothing depends on it.
    pub fn ended(&self, scenario: &str, ending: &str) {
        if let (None, Some(beside)) = (&self.trouble, self.slot.beside()) {
            preferences::note(
                beside,
                Ended {
                    run: self.name().to_owned(),
                    scenario: scenario.to_owned(),
                    ending: ending.to_owned(),
                },
            );
        }
    }

    /// Notes beside the runs which file the scenario of this one was read from.
    pub fn came_from(&self, scenario: &Path) {
        if let (None, Some(beside)) = (&self.trouble, self.slot.beside()) {
            preferences::note_origin(beside, self.name(), scenario);
        }
    }

    /// Why nothing is kept any more, if so.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// The run as a file, kept or not.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds a line and waits until it is certain to last.
    ///
    /// # Errors
    /// The line is not kept. It is still part of `bytes` unless it may not be written at all. After
    /// that nothing more is tried in this place.
    pub fn append(&mut self, line: &Line) -> Result<(), Trouble> {
        let text = self.take_in(line)?;
        if let Some(why) = &self.trouble {
            return Err(why.clone());
        }
        self.slot.append(text.as_bytes()).inspect_err(|why| self.trouble = Some(why.clone()))
    }

    /// Makes the line part of `bytes`, and gives it as it is written.
    fn take_in(&mut self, line: &Line) -> Result<String, Trouble> {
        let mut chain = self.chain;
        let text = record::encode(&mut chain, line).map_err(Trouble::Unwritable)?;
        if self.bytes.len().saturating_add(text.len()) > MOST_BYTES {
            return Err(Trouble::TooLarge);
        }
        self.chain = chain;
        self.bytes.extend_from_slice(text.as_bytes());
        Ok(text)
    }

    /// Tries again to save the whole run in its own place.
    ///
    /// # Errors
    /// It is still not kept, and why.
    pub fn try_again(&mut self) -> Result<(), Trouble> {
        match self.trouble.clone() {
            None => return Ok(()),
            Some(Trouble::Unwanted) => return Err(Trouble::Unwanted),
            Some(_) => {}
        }
        self.trouble = self.slot.anew(&self.bytes).err();
        self.trouble.clone().map_or(Ok(()), Err)
    }

    /// Puts the whole run into a new file, for instance on another disk, and goes on there. A
    /// folder takes it under its own name.
    ///
    /// # Errors
    /// The new file exists already or cannot be written; the run stays as it was.
    pub fn move_to(&mut self, path: &Path) -> Result<(), Trouble> {
        self.slot.move_to(path, &self.bytes)?;
        self.trouble = None;
        Ok(())
    }
}
