//! Content: what is wrong with a file (`problem`), the file as text (`source`), where things stand in
//! it (`loc`), its records as written (`raw`), orders by name (`named`), the rules they make (`resolve`
//! into `model`), and the only content IO (`load`).

pub mod loc;
pub mod model;
pub mod named;
pub mod problem;
pub mod raw;
pub mod resolve;
pub mod source;
