//! Reports: data to files a person reads. Owns the file formats. Refuses: computing what they say.

pub mod svg;
