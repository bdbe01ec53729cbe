//! What only the page can do, as `page/machine.js` does it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./machine.js")]
extern "C" {
    /// What is stored under a name; none if there is nothing, or nothing may be read.
    pub fn get(name: &str) -> Option<String>;
    /// Stores it. Why not: `full` or `refused`.
    pub fn put(name: &str, value: &str) -> Option<String>;
    /// All names under which something is stored.
    pub fn names() -> Vec<String>;
    /// Days since 1970 on the reader's calendar.
    pub fn today() -> i32;
    /// Hands a file to the reader.
    pub fn hand(name: &str, text: &str);
    /// A whole number below a million, by chance.
    fn chance() -> u32;
}

/// The seed of a new game.
pub fn seed() -> u64 {
    u64::from(chance())
}
