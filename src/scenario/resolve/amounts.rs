//! Numbers: ranges, words of the scale, assumptions, half-lives. Refuses to own which record a
//! number belongs to.

use super::super::loc::{Amount, AmountValue, At, Count, Decimal, Entries, Id, Length, Percent};
use super::super::model::{Decay, IndicatorIx, Move, Moves};
use super::super::raw;
use super::finding::Code;
use super::merge::Table;
use super::names::Cx;
use crate::day::Span;
use crate::num::{self, Milli, byte};

/// Prices are small: this keeps them in a byte and on the screen.
pub const DEAREST: u32 = 60;

/// Thousandths as an author writes them.
pub fn show(milli: Milli) -> String {
    let (whole, rest) = ((milli / 1000).unsigned_abs(), (milli % 1000).unsigned_abs());
    let sign = if milli < 0 { "-" } else { "" };
    if rest == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:03}").trim_end_matches('0').to_owned()
    }
}

impl Cx<'_> {
    /// A number within bounds, given in whole units.
    pub fn within(&self, d: &Decimal, least: i32, most: i32, what: &str) -> Milli {
        let (low, high) = (least.saturating_mul(1000), most.saturating_mul(1000));
        if d.milli < low || d.milli > high {
            self.report(
                Code::OutOfRange,
                d.at,
                format!("{what} is {}; expected {least} to {most}", show(d.milli)),
                "",
            );
        }
        d.milli.clamp(low, high)
    }

    pub fn count(&self, c: &Count, least: u32, most: u32, what: &str) -> u32 {
        if c.n < least || c.n > most {
            self.report(
                Code::OutOfRange,
                c.at,
                format!("{what} is {}; expected {least} to {most}", c.n),
                "",
            );
        }
        c.n.clamp(least, most)
    }

    pub fn staff(&self, c: &Count) -> u8 {
        byte(self.count(c, 0, DEAREST, "the staff") as usize)
    }

    pub fn capital(&self, c: &Count) -> u8 {
        byte(self.count(c, 0, DEAREST, "the capital") as usize)
    }

    pub fn times(&self, c: &Count) -> u8 {
        byte(self.count(c, 1, 100, "the number of times") as usize)
    }

    /// A share or chance of a hundred.
    pub fn share(&self, p: &Percent, what: &str) -> u32 {
        if p.n > 100 {
            self.report(
                Code::OutOfRange,
                p.at,
                format!("{what} is {}; it is a share, so at most 100", p.n),
                "",
            );
        }
        p.n.min(100)
    }

    /// Shares that must sum to 100.
    pub fn sums_to_100<'e>(
        &self,
        shares: impl Iterator<Item = &'e Percent>,
        at: At,
        what: &str,
    ) -> bool {
        let sum: u32 = shares.map(|p| p.n).sum();
        if sum != 100 {
            self.report(
                Code::BadSum,
                at,
                format!("{what} sum to {sum}; expected 100"),
                "change one of them so that they do",
            );
        }
        sum == 100
    }

    /// A length of time that is one number of days, at least one.
    pub fn days(&self, l: &Length, what: &str) -> u16 {
        let Span { least, most } = l.span;
        if least != most {
            self.report(
                Code::OutOfRange,
                l.at,
                format!("{what} runs from {least} to {most} days; here it must be one length"),
                "write a single length such as \"6 weeks\"",
            );
        } else if least == 0 {
            self.report(
                Code::OutOfRange,
                l.at,
                format!("{what} is no time at all"),
                "write at least \"1 day\"",
            );
        }
        least.max(1)
    }

    /// A half-life with what is left after each turn. Without one nothing fades.
    pub fn decay(&self, half_life: Option<&Length>, what: &str) -> Decay {
        match half_life {
            None => Decay { half_life: 0, keep: self.turns.iter().map(|_| 1 << 16).collect() },
            Some(l) => {
                let days = self.days(l, what);
                Decay {
                    half_life: days,
                    keep: self.turns.iter().map(|t| num::keep(t.days, days)).collect(),
                }
            }
        }
    }

    pub fn indicator_row(&self, i: IndicatorIx) -> Option<&raw::Indicator> {
        self.m.indicators.get(i.i()).map(|row| row.raw)
    }

    /// An amount that is the same in every world.
    pub fn amount(&self, a: &Amount) -> Option<Milli> {
        match &a.value {
            AmountValue::Milli(milli) => Some(*milli),
            AmountValue::Word { negative, word } => {
                self.scale_word(*negative, word, a.at).map(|m| signed(*negative, m))
            }
            AmountValue::Assumed { negative, id } => {
                let at = a.at;
                let ix = self.assumption(&Id { text: id.clone().into(), at })?;
                let assumed = self.assumed.get(ix.i())?;
                if assumed.varies() {
                    let hint =
                        "let a flow carry it, or use a number that is the same in every world";
                    self.report(
                        Code::WorldVaried,
                        at,
                        format!(
                            "the assumption `{id}` differs from world to world, so it may act only \
                             through flows"
                        ),
                        hint,
                    );
                }
                Some(signed(*negative, assumed.value))
            }
        }
    }

    fn scale_word(&self, negative: bool, word: &str, at: At) -> Option<Milli> {
        if let Some(i) = self.m.ids.get(&Table::Word).and_then(|ids| ids.get(word)).map(|(i, _)| *i)
        {
            return self.m.scale.get(i).map(|row| row.raw.milli);
        }
        // With its sign, as it is to be written.
        let sign = if negative { '-' } else { '+' };
        let id = Id { text: format!("{sign}{word}").into(), at };
        let names: Vec<String> =
            self.m.scale.iter().map(|row| format!("{sign}{}", row.id.as_str())).collect();
        self.pick(names.iter().map(String::as_str), &id, "a word of the scale");
        None
    }

    /// Amounts by indicator. One that moves further than the indicator reaches is refused.
    pub fn moves(&self, raw: &Entries<Amount>) -> Moves {
        raw.iter()
            .filter_map(|(id, amount)| {
                let indicator = self.indicator_soft(id);
                let milli = self.amount(amount)?;
                let indicator = indicator?;
                self.reaches(indicator, milli, amount.at);
                Some(Move { indicator, amount: milli })
            })
            .collect()
    }

    /// Checks that an amount can be an amount of this indicator.
    pub fn reaches(&self, indicator: IndicatorIx, milli: Milli, at: At) {
        let Some(row) = self.indicator_row(indicator) else { return };
        let span = i64::from(row.most.milli).saturating_sub(i64::from(row.least.milli));
        if i64::from(milli).abs() > span {
            let message = format!(
                "{} is more than the indicator reaches from {} to {}",
                show(milli),
                show(row.least.milli),
                show(row.most.milli)
            );
            self.report(Code::OutOfRange, at, message, "");
        }
        if !row.product.is_empty() {
            let hint = format!(
                "move {} instead",
                row.product.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" or ")
            );
            self.report(
                Code::BadProduct,
                at,
                "this indicator is a product of others and cannot be moved itself",
                hint,
            );
        }
    }
}

pub fn signed(negative: bool, milli: Milli) -> Milli {
    if negative { milli.saturating_neg() } else { milli }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_shown_as_they_are_written() {
        assert_eq!(
            [1000, -1500, 86, -5, 0, 10_250].map(show),
            ["1", "-1.5", "0.086", "-0.005", "0", "10.25"]
        );
    }
}
