//! Reports for other programs: Open311 GeoReport v2, as JSON and as XML (<https://wiki.open311.org/GeoReport_v2/>).
//!
//! What people may see of a report there is what they may see of it on the pages; one that the desk has not read yet is
//! known by its code, kind and time alone.

mod format;
mod kinds;
mod requests;
mod send;

use ::system::{Access, Routes};

pub(crate) fn routes() -> Routes {
    // Some clients send a report in the address; so does the example, for a body would be JSON.
    const REPORT: &[(&str, &str)] =
        &[("?service_code", "rac"), ("?lat", "12.2458"), ("?long", "109.1953"), ("?description", "Rác đầu ngõ")];
    Routes::new()
        .get("/api/open311/v2/discovery.json", Access::Public, kinds::discovery)
        .get("/api/open311/v2/discovery.xml", Access::Public, kinds::discovery)
        .get("/api/open311/v2/services.json", Access::Public, kinds::list)
        .get("/api/open311/v2/services.xml", Access::Public, kinds::list)
        .get("/api/open311/v2/services/{file}", Access::Public, kinds::definition)
        .example("service-definition", &[])
        .get("/api/open311/v2/requests.json", Access::Public, requests::list)
        .get("/api/open311/v2/requests.xml", Access::Public, requests::list)
        .post("/api/open311/v2/requests.json", Access::Public, send::send)
        .example("service-request", REPORT)
        .post("/api/open311/v2/requests.xml", Access::Public, send::send)
        .example("service-request", REPORT)
        .get("/api/open311/v2/requests/{file}", Access::Public, requests::one)
        .example("service-request", &[])
}
