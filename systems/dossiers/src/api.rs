//! Dossiers for programs: a person's own software, an agency's, another ministry's.
//!
//! Who is asking comes from the bearer token alone. Every POST carries an `Idempotency-Key`; one that is repeated gives
//! what the first one made or did.

mod answers;
mod desk;
mod files;
mod inbox;
mod own;
mod read;
mod refusals;

use ::system::{Access, Routes};
use utoipa::OpenApi;

use crate::access::{ISSUE, READ, SIGN};

const PAGE: usize = 50;

pub(crate) fn routes() -> Routes {
    const FILING: &[(&str, &str)] =
        &[("procedure", "{procedure}"), ("agency", "{agency}"), ("answers", "{answers}"), ("papers", "{papers}")];
    const DECISION: &[(&str, &str)] = &[("outcome", "accept")];
    Routes::new()
        .get("/api/v1/dossiers", Access::SignedIn, read::list)
        .post("/api/v1/dossiers", Access::Citizen, own::send)
        .example("offered-procedure", FILING)
        .get("/api/v1/dossiers/{code}", Access::SignedIn, read::one)
        .example("own-dossier", &[])
        .post("/api/v1/dossiers/{code}/supplement", Access::Citizen, own::supplement)
        .example("own-waiting-dossier", &[("papers", "{papers}")])
        .post("/api/v1/dossiers/{code}/withdrawal", Access::Citizen, own::withdraw)
        .example("own-dossier", &[])
        .post("/api/v1/dossiers/{code}/steps/{step}/decision", Access::Needs(READ), desk::decide)
        .example("dossier-to-receive", DECISION)
        .post("/api/v1/dossiers/{code}/steps/{step}/signature", Access::Needs(SIGN), desk::sign)
        .example("dossier-to-sign", &[])
        .post("/api/v1/dossiers/{code}/steps/{step}/number", Access::Needs(ISSUE), desk::number)
        .example("dossier-to-number", &[])
        .post("/api/v1/files", Access::Citizen, files::receive)
        .example("own-file", &[("?name", "giay-to-mau.pdf"), ("", "@file")])
        .get("/api/v1/inbox", Access::Officer, inbox::list)
}

#[derive(OpenApi)]
#[openapi(
    paths(
        read::list,
        read::one,
        own::send,
        own::supplement,
        own::withdraw,
        desk::decide,
        desk::sign,
        desk::number,
        files::receive,
        inbox::list
    ),
    components(schemas(web::api::Problem, web::api::FieldProblem))
)]
struct Document;

/// What this system adds to the program's OpenAPI document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Document::openapi()
}
