//! What is under way.
