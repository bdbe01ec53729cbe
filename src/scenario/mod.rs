//! Content: the files as written (`raw`), resolved rules (`model`), where things stand in them (`loc`), orders by name (`named`),
//! sources of text and problems in them.

pub mod loc;
pub mod model;
pub mod named;
pub mod problem;
pub mod raw;
pub mod source;
