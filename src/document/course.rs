//! One value over a game as a small picture, and as words.

use std::fmt::Write as _;

use crate::num::Milli;
use crate::prose::words;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub name: String,
    /// Where it began and ended, in a sentence that names it.
    pub says: String,
    /// At each opening, and after the last end.
    pub values: Vec<Milli>,
    /// (turn, value) of the line it is held against; empty where there is none.
    pub record: Vec<(usize, Milli)>,
    /// Turns (from 0) that are marked.
    pub marked: Vec<usize>,
    /// Least and most of the picture.
    pub scale: (Milli, Milli),
}

/// The picture without what stands round it: left, right, top and bottom of the lines.
const PLOT: (f64, f64, f64, f64) = (34.0, 194.0, 5.0, 38.0);

impl Course {
    /// "By turn: 48, 50, 51." What the picture draws.
    pub fn by_turn(&self) -> String {
        let all: Vec<String> = self.values.iter().map(|v| words::whole(*v)).collect();
        format!("By turn: {}.", all.join(", "))
    }

    /// Legible without colour: a line, dots, triangles.
    pub fn svg(&self, alternative: &str) -> String {
        let (left, right, top, bottom) = PLOT;
        let (low, high) = (f64::from(self.scale.0), f64::from(self.scale.1));
        let last = (self.values.len().max(2) - 1) as f64;
        let x = |turn: usize| left + (right - left) * (turn as f64 / last).min(1.0);
        let y = |v: Milli| bottom - (bottom - top) * (f64::from(v) - low) / (high - low).max(1.0);
        let line: Vec<String> = self
            .values
            .iter()
            .enumerate()
            .map(|(n, v)| format!("{:.1},{:.1}", x(n), y(*v)))
            .collect();
        let mut out = format!(
            "<svg viewBox=\"0 0 200 48\" role=\"img\" aria-label=\"{alternative}\">\
             <path d=\"M{left} {top}V{bottom}H{right}\" fill=\"none\" stroke=\"#777\"/>\
             <text x=\"31\" y=\"12\">{}</text><text x=\"31\" y=\"40\">{}</text>\
             <polyline points=\"{}\" fill=\"none\" stroke=\"#000\" stroke-width=\"1.8\"/>",
            words::whole(self.scale.1),
            words::whole(self.scale.0),
            line.join(" ")
        );
        for (turn, v) in self.record.iter().filter(|(turn, _)| *turn < self.values.len()) {
            let (x, y) = (x(*turn), y(*v));
            _ = write!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"1.7\" fill=\"#555\"/>");
        }
        for turn in &self.marked {
            _ = write!(out, "<path d=\"M{:.1} 41l3 6h-6z\"/>", x(*turn));
        }
        out.push_str("</svg>");
        out
    }
}
