//! What the crate promises, seen from outside.

mod road;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tamper;
#[cfg(test)]
mod token;
mod trust;
#[cfg(test)]
mod validators;
