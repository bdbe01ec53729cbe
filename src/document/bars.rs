//! A figure of 100 as a bar beside its words.

use std::fmt::Write as _;

use crate::num::Milli;

/// All of a bar, in thousandths.
const ALL: Milli = 100_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    /// Where it begins and ends, of 100 in thousandths; none where there is nothing to draw.
    pub drawn: Option<(Milli, Milli)>,
    /// "58 of 100".
    pub figure: String,
    pub notes: Vec<String>,
}

impl Bar {
    /// From nothing up to a figure.
    pub fn up_to(value: Milli) -> Option<(Milli, Milli)> {
        Some((0, value))
    }

    /// It stands beside its figure, so it has no words of its own.
    pub fn svg(&self) -> String {
        let Some((from, to)) = self.drawn else { return String::new() };
        let at = |v: Milli| f64::from(v.clamp(0, ALL)) / 1000.0;
        let mut out =
            "<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
                       <path d=\"M0 7.5H100\" stroke=\"#777\" fill=\"none\"/>"
                .to_owned();
        _ = write!(
            out,
            "<rect x=\"{:.1}\" y=\"1\" width=\"{:.1}\" height=\"6\" fill=\"#333\"/></svg>",
            at(from),
            (at(to) - at(from)).max(0.0)
        );
        out
    }
}
