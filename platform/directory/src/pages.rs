mod agency;
mod list;
mod plans;
mod stand_ins;

use base::{Error, Result};
use chrono::NaiveDate;
use system::{Access, Routes};

use crate::access::REORGANISE;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/co-quan", Access::Public, list::page)
        .get("/co-quan/{code}", Access::Public, agency::page)
        .example("agency", &[])
        .get("/vang-mat", Access::Officer, stand_ins::page)
        .post("/vang-mat", Access::Officer, stand_ins::arrange)
        .example("colleague", &[("of", "{holding}"), ("deputy", "{deputy}"), ("from", "{from}"), ("to", "{to}")])
        .post("/vang-mat/{holding}/ket-thuc", Access::Officer, stand_ins::end)
        .example("stand-in", &[])
        .get("/quan-tri/to-chuc-lai", Access::Needs(REORGANISE), plans::list)
        .get("/quan-tri/to-chuc-lai/{plan}", Access::Needs(REORGANISE), plans::page)
        .example("plan", &[])
        .post("/quan-tri/to-chuc-lai/{plan}/quyet-dinh", Access::Needs(REORGANISE), plans::decide)
        .example("plan-to-decide", &[("agency", "{agency}"), ("heir", "{heir}")])
        .post("/quan-tri/to-chuc-lai/{plan}/thuc-hien", Access::Needs(REORGANISE), plans::begin)
        .example("plan-to-begin", &[])
}

/// The day picked in the address; none when it was left empty.
fn picked_day(typed: &str) -> Result<Option<NaiveDate>> {
    if typed.is_empty() {
        return Ok(None);
    }
    base::iso_day(typed).map(Some).ok_or_else(|| Error::invalid("ngay", "directory-error-day"))
}
