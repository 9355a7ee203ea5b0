//! Those who wait, the screen on the wall, and the counters.

mod citizen;
mod desk;
#[cfg(test)]
mod fixture;
mod screen;
#[cfg(test)]
mod tests;

use ::system::{Access, App, Routes};
use base::{Error, Id, Result};
use directory::Agency;
use web::Visitor;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes()).get("/man-hinh/{code}", Access::Public, screen::page).example("kiosk", &[])
}

/// The agency of a desk with a queue, by its code; others do not exist here.
async fn desk_of(app: &App, visitor: &Visitor, code: &str) -> Result<Agency> {
    let c = app.store.read();
    let agency = directory::queries::agency_by_code(c, code, visitor.now.today()).await?.ok_or(Error::NotFound)?;
    if crate::queries::kinds(c, agency.id).await?.is_empty() { Err(Error::NotFound) } else { Ok(agency) }
}

/// The id of what a page makes for whoever holds its link: nobody else can guess it.
fn by_chance(app: &App) -> Id {
    Id::from_uuid(uuid::Builder::from_random_bytes(app.random.bytes()).into_uuid())
}
