//! The two faces: people on the portal, officers at the desk.

mod citizen;
mod desk;
mod filling;
#[cfg(test)]
mod fixture;
mod late;
mod migrate;
mod post;
mod stream;

use ::system::Routes;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes()).and(migrate::routes())
}
