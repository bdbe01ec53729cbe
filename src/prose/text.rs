//! Texts with their standing.
use super::facts::{Item, TitleRow};
use crate::scenario::model::{Rules, Text};
/// "record · reported · S6" or "simulated · Treasury, after S5".
pub fn label(_rules: &Rules, _text: &Text) -> String { String::new() }
pub fn item(_rules: &Rules, _kind: &'static str, _title: &str, _text: &Text) -> Item { Item::default() }
pub fn title_row(_rules: &Rules) -> TitleRow { TitleRow::default() }
