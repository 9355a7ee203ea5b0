//! The two faces: everybody who looks up, officers at the desk.

mod choices;
mod citizen;
mod clock;
mod desk;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
mod timeline;

use ::system::Routes;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes())
}
