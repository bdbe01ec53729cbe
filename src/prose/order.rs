//! Orders in words.
use crate::engine::Order;
use crate::scenario::model::Rules;
pub fn order(_rules: &Rules, _order: &Order) -> String { String::new() }
