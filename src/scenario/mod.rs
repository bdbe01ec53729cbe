//! Content: the files as written (`raw`), where things stand in them (`loc`), orders by name (`named`).

pub mod loc;
pub mod named;
pub mod raw;
