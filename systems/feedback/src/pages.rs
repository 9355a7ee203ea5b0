//! The two faces: people who report and read, officers at the desk.

mod citizen;
mod clock;
mod desk;
#[cfg(test)]
mod fixture;
mod pictures;
#[cfg(test)]
mod tests;
mod timeline;
mod view;

use ::system::Routes;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes())
}
