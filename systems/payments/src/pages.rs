//! The two faces, payers and officers at the desk, and the gateway of a demo.

mod citizen;
mod desk;
#[cfg(test)]
mod fixture;
mod gateway;
mod paper;
#[cfg(test)]
mod tests;

use ::system::Routes;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes()).and(gateway::routes())
}
