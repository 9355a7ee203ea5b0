//! What the crate promises, seen from outside.

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod keyring;
#[cfg(test)]
mod page;
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
