//! How the province serves, for everybody; the statistics of agencies, for officers.

mod choices;
mod desk;
mod procedures;
mod public;
mod sheets;
mod shown;
#[cfg(test)]
mod tests;

use ::system::Routes;

pub(crate) fn routes() -> Routes {
    public::routes().and(procedures::routes()).and(desk::routes())
}

/// The same sheets for programs.
pub(crate) fn api() -> Routes {
    public::api().and(desk::api())
}
