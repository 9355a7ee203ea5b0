use axum::body::Bytes;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::{IntoResponse, Response};
use base::{Error, Result, nfc};
use http::HeaderMap;
use serde::de::DeserializeOwned;
use system::Caller;

use crate::errors::Failure;
use crate::security::{equal, same_site};
use crate::visitor::Visitor;

const TOKEN: &str = "_csrf";

/// A posted form. It cannot be read before its token is found right.
pub struct Form<T>(pub T);

fn check(headers: &HeaderMap, visitor: &Visitor, token: Option<&str>) -> Result<()> {
    same_site(headers)?;
    match visitor.caller {
        Caller::Anonymous => Ok(()),
        _ if token.is_some_and(|token| equal(token, &visitor.csrf)) => Ok(()),
        // A page from before the last sign-in: nothing is lost, the form is shown again by the browser's "back".
        _ => Err(Error::Conflict("web-error-stale-page")),
    }
}

fn visitor_of(request: &Request) -> Result<Visitor> {
    request.extensions().get::<Visitor>().cloned().ok_or_else(|| Error::inside("a route outside the shell"))
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> std::result::Result<Self, Response> {
        read(request, state).await.map(Self).map_err(|error| Failure(error).into_response())
    }
}

async fn read<S: Send + Sync, T: DeserializeOwned>(request: Request, state: &S) -> Result<T> {
    let visitor = visitor_of(&request)?;
    let headers = request.headers().clone();
    let body = Bytes::from_request(request, state).await.map_err(|_| Error::TooLarge)?;
    let pairs: Vec<(String, String)> =
        serde_html_form::from_bytes(&body).map_err(|_| Error::invalid("form", "web-error-form"))?;
    let token = pairs.iter().find(|(name, _)| name == TOKEN).map(|(_, value)| value.as_str());
    check(&headers, &visitor, token)?;
    let pairs: Vec<(String, String)> =
        pairs.into_iter().filter(|(name, _)| name != TOKEN).map(|(name, value)| (name, nfc(&value))).collect();
    let again = serde_html_form::to_string(&pairs)?;
    serde_html_form::from_str(&again).map_err(|_| Error::invalid("form", "web-error-form"))
}

/// A form with files, read part by part in the order sent; its token stands first.
pub struct Upload(Multipart);

/// One part of it.
#[expect(clippy::large_enum_variant, reason = "one part lives at a time, and most are files")]
pub enum UploadPart<'a> {
    /// A value, normalised.
    Value(String, String),
    /// A file that was chosen: the field's name, the file's name, and its bytes as they come.
    File(String, String, Field<'a>),
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> std::result::Result<Self, Response> {
        open(request, state).await.map_err(|error| Failure(error).into_response())
    }
}

async fn open<S: Send + Sync>(request: Request, state: &S) -> Result<Upload> {
    let visitor = visitor_of(&request)?;
    let headers = request.headers().clone();
    let wrong = || Error::invalid("form", "web-error-form");
    let mut parts = Multipart::from_request(request, state).await.map_err(|_| wrong())?;
    let first = parts.next_field().await.map_err(|_| wrong())?;
    let token = match first {
        Some(field) if field.name() == Some(TOKEN) => Some(field.text().await.map_err(|_| wrong())?),
        _ => None,
    };
    check(&headers, &visitor, token.as_deref())?;
    Ok(Upload(parts))
}

impl Upload {
    /// The next part; `None` at the end. A file field left empty comes as an empty value: browsers send every one of them.
    pub async fn next(&mut self) -> Result<Option<UploadPart<'_>>> {
        let Some(field) = self.0.next_field().await.map_err(|_| Error::invalid("form", "web-error-form"))? else {
            return Ok(None);
        };
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(nfc) {
            Some(file) if file.is_empty() => return Ok(Some(UploadPart::Value(name, String::new()))),
            Some(file) => return Ok(Some(UploadPart::File(name, file, field))),
            None => {}
        }
        let value = field.text().await.map_err(|_| Error::invalid("form", "web-error-form"))?;
        Ok(Some(UploadPart::Value(name, nfc(&value))))
    }
}
