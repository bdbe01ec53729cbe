//! What an agency has on its own mind: a spell of some weeks that moves its position on every draft.
//!
//! Owns when one begins and how long it lasts. Spells are drawn by the calendar alone: nothing that
//! the player or anybody else does hastens, ends or repeats one. They are seen from their first day,
//! with the day on which they are over.

use crate::luck::Luck;
use crate::num::byte;
use crate::scenario::model::{AgencyIx, Rules, Spell};

use super::items::NONE;
use super::ledger::{Note, Sink};
use super::state::{Known, Situation};

impl Known {
    /// What the agency has on its own mind this turn, and its position in the agency's list.
    #[inline]
    pub fn spell_of<'r>(&self, rules: &'r Rules, agency: AgencyIx) -> Option<(u8, &'r Spell)> {
        let n = self.spell[agency];
        let spell = rules.agencies[agency].spells.get(usize::from(n))?;
        (self.spell_until[agency] > self.day).then_some((n, spell))
    }
}

/// As a turn opens, an agency whose last spell is over begins another, or a quiet one.
pub(super) fn turn_over<S: Sink>(rules: &Rules, s: &mut Situation, luck: Luck, sink: &mut S) {
    let day = s.day;
    for (n, agency) in rules.agencies.iter().enumerate().filter(|(_, a)| !a.spells.is_empty()) {
        if s.spell_until[n] > day {
            continue;
        }
        let site = agency.spell_site;
        let last = u16::from(byte(agency.spells.len())) - 1;
        let drawn = luck.between(site, 0, 0, last);
        // Not the same twice running, where there is another.
        let which = if drawn == u16::from(s.spell[n]) && last > 0 {
            (drawn + 1) % (last + 1)
        } else {
            drawn
        };
        let lasts = agency.spells[usize::from(which)].lasts;
        let often = u64::from(rules.tuning.spells_often.unsigned_abs());
        let is_something = luck.yes(site, 1, (often << 32) / 1000);
        s.spell[n] = if is_something { byte(which.into()) } else { NONE };
        if is_something {
            sink.note(s.turn, Note::Minds { agency: AgencyIx::at(n), spell: s.spell[n] });
        }
        s.spell_until[n] = s.in_days(luck.between(site, 2, lasts.least, lasts.most).max(1));
    }
}
