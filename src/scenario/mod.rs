//! Content: what is wrong with a file (`problem`), the file as text (`source`), where things stand
//! in it (`loc`), its records as written (`raw`), orders by name (`named`), reading all of it with
//! every mistake found at once (`tokens`, `recover`, `syntax`, `wording`), the rules it makes
//! (`resolve` into `model`, its positions in `index`), one file over another (`layers`), everything
//! that has an id (`catalogue`), the reference (`forms`), what leads to what (`graph`), how indices
//! are written for programs (`wire`), which text is meant (`load`), and the only content IO (`files`).

pub mod catalogue;
#[cfg(feature = "native")]
pub mod files;
pub mod forms;
pub mod graph;
pub mod index;
pub mod layers;
pub mod load;
pub mod loc;
pub mod model;
pub mod named;
pub mod plan;
pub mod problem;
pub mod raw;
pub mod recover;
pub mod resolve;
pub mod source;
pub mod syntax;
pub mod tokens;
pub mod wire;
pub mod wording;

#[cfg(test)]
mod syntax_tests;
