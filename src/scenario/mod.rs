//! Content: the files as written (`raw`), resolved rules (`model`), where things stand in them (`loc`), orders by name (`named`).

pub mod loc;
pub mod model;
pub mod named;
pub mod raw;
