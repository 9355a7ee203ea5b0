//! Reading: lists and one dossier.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Error, Result};
use journal::{Read, record_read};
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};
use store::Cursor;
use system::{App, Caller};
use web::api::Page;
use web::{Answer, Path, Query, Visitor};

use super::answers::{self, DossierDetail, DossierSummary};
use super::{PAGE, refusals};
use crate::access::{self, READ};
use crate::actions;
use crate::dossier::{self, Dossier};
use crate::queries::{self, Filter};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    #[serde(default, deserialize_with = "code")]
    state: Option<u8>,
    #[serde(default)]
    q: String,
    cursor: Option<String>,
}

/// What is given is a number: an empty text is none.
fn code<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<u8>, D::Error> {
    u8::deserialize(deserializer).map(Some)
}

impl Wanted {
    fn filter(&self) -> Result<Filter> {
        let unknown = || Error::invalid("state", "web-error-query");
        let known = |state: u8| dossier::State::from_code(state.into()).ok_or_else(unknown);
        Ok(Filter { words: self.q.clone(), state: self.state.map(known).transpose()?, ..Filter::default() })
    }
}

/// Dossiers, newest first: a person's own, or those in which the officer's agency takes part.
#[utoipa::path(
    get,
    path = "/api/v1/dossiers",
    operation_id = "list_dossiers",
    tag = "dossiers",
    security(("token" = [])),
    params(
        ("state" = Option<u8>, Query, minimum = 1, maximum = 10, description = "National code of a state"),
        ("q" = Option<String>, Query, description = "Words of code, applicant or procedure; with or without diacritics", pattern = "^[^\\u0000]*$"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before", pattern = "^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$"),
    ),
    responses((status = 200, description = "At most 50 dossiers", body = Page<DossierSummary>), refusals::Listing)
)]
pub(super) async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Answer<Json<Page<DossierSummary>>> {
    let after = wanted.cursor.as_deref().unwrap_or_default();
    let (filter, c, kind) = (wanted.filter()?, app.store.read(), app.store.kind());
    let slice = if matches!(visitor.caller, Caller::Officer(_)) {
        let officer = access::may(&visitor.caller, READ)?;
        queries::for_desk(c, kind, officer, &filter, after, PAGE).await?
    } else {
        let before = Cursor::read(after)?;
        queries::own(c, kind, visitor.caller.citizen()?.person, &filter, before, PAGE).await?
    };
    Ok(Json(Page { items: slice.rows.iter().map(answers::summary).collect(), next: slice.next }))
}

/// One dossier. That an officer read it is written down, and the applicant sees it.
#[utoipa::path(
    get,
    path = "/api/v1/dossiers/{code}",
    operation_id = "read_dossier",
    tag = "dossiers",
    security(("token" = [])),
    params(
        ("code" = String, Path, description = "Code of the dossier", example = "H32.15-261120-0042"),
        ("If-None-Match" = Option<String>, Header, description = "`ETag` of what is known already"),
    ),
    responses(
        (status = 200, description = "The dossier", body = DossierDetail, headers(("ETag" = String))),
        (status = 304, description = "It is as it was"),
        refusals::Reading
    )
)]
pub(super) async fn one(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let dossier = looked_at(&app, &visitor, &code).await?;
    let detail = answers::detail(&app, &visitor, dossier).await?;
    Ok(tagged(&headers, serde_json::to_vec(&detail).map_err(Error::from)?.into())?)
}

/// The dossier, if it is the person's own or lies in the officer's scope; that an officer looked is written down first.
pub(super) async fn looked_at(app: &App, visitor: &Visitor, code: &str) -> Result<Dossier> {
    let c = app.store.read();
    if matches!(visitor.caller, Caller::Officer(_)) {
        let dossier = queries::for_officer(c, access::may(&visitor.caller, READ)?, code).await?;
        let read = Read { whose: dossier.applicant, thing: actions::thing(dossier.id), reason: "processing" };
        app.store.write(async |tx| record_read(tx, visitor.now, &visitor.caller.actor(), read).await).await?;
        return Ok(dossier);
    }
    // Before the code is looked up: whoever may own no dossier learns nothing of codes.
    visitor.caller.citizen()?;
    let found = queries::by_code(c, code).await?.ok_or(Error::NotFound)?;
    access::own(c, &visitor.caller, found, visitor.now.today()).await
}

/// The body with its tag, or only the tag when the reader has it already (RFC 9110, section 13.1.2).
fn tagged(headers: &HeaderMap, body: Bytes) -> Result<Response> {
    let tag = format!("\"{}\"", hex::encode(Sha256::digest(&body)));
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let known = known.flat_map(|value| value.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    });
    let always = [(ETAG, HeaderValue::from_str(&tag)?), (CACHE_CONTROL, HeaderValue::from_static("private, no-cache"))];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, always).into_response());
    }
    Ok((always, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(known: &str) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, HeaderValue::from_str(known).unwrap());
        tagged(&headers, Bytes::from_static(b"{}")).unwrap()
    }

    #[test]
    fn what_is_known_already_is_not_sent_again() {
        let first = tagged(&HeaderMap::new(), Bytes::from_static(b"{}")).unwrap();
        assert_eq!(first.status(), StatusCode::OK);
        let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
        for known in [tag.clone(), format!("W/{tag}"), format!("\"old\", {tag}"), "*".to_owned()] {
            assert_eq!(asked(&known).status(), StatusCode::NOT_MODIFIED, "{known}");
        }
        assert_eq!(asked("\"old\"").status(), StatusCode::OK);
    }
}
