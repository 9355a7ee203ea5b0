//! What a printed paper promises.

mod fields;
mod papers;
mod samples;
mod tools;
