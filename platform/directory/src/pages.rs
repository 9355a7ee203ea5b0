mod agency;
mod list;

use base::{Error, Result};
use chrono::NaiveDate;
use system::{Access, Routes};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/co-quan", Access::Public, list::page)
        .get("/co-quan/{code}", Access::Public, agency::page)
        .example("agency", &[])
}

/// The day picked in the address; none when it was left empty.
fn picked_day(typed: &str) -> Result<Option<NaiveDate>> {
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_| Error::invalid("ngay", "directory-error-day"))
}
