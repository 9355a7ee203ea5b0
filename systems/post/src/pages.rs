//! The two faces, applicants and officers at the desk, and the carrier of a demo.

mod carrier;
mod citizen;
mod desk;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use ::system::Routes;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes()).and(carrier::routes())
}
