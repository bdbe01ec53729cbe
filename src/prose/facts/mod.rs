//! What each screen says, as plain data: finished words beside the numbers that a picture needs,
//! and typed indices to go on from. Owns shapes only. A face lays these out and adds no fact of its
//! own.

mod desk;
mod office;

pub use desk::*;
pub use office::*;
