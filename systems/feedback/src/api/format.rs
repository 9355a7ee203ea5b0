//! The two formats of the standard, and its errors.

use axum::extract::FromRequestParts;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Error, Result};
use serde::Serialize;
use web::Visitor;

/// What an address ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Format {
    /// The name of a thing and the format it is wanted in; JSON where the address does not say.
    pub(super) fn split(file: &str) -> (&str, Self) {
        match file.rsplit_once('.') {
            Some((name, "xml")) => (name, Self::Xml),
            Some((name, "json")) => (name, Self::Json),
            _ => (file, Self::Json),
        }
    }

    /// The list in this format: JSON has the things alone, XML the list around them.
    pub(super) fn answer<L: List>(self, list: L) -> Response {
        self.answer_with(StatusCode::OK, list)
    }

    fn answer_with<L: List>(self, status: StatusCode, list: L) -> Response {
        let (kind, body) = match self {
            Self::Json => {
                ("application/json; charset=utf-8", serde_json::to_string(list.things()).map_err(Error::from))
            }
            Self::Xml => ("text/xml; charset=utf-8", xml(&list)),
        };
        match body {
            Ok(body) => {
                let headers = [
                    (CONTENT_TYPE, HeaderValue::from_static(kind)),
                    // Maps on other sites read it; it knows no cookies.
                    (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
                ];
                (status, headers, body).into_response()
            }
            Err(error) => web::Failure(error).into_response(),
        }
    }

    /// An error as the standard writes it. What is not for the sender to know goes the way of every failure.
    pub(super) fn refuse(self, visitor: &Visitor, error: Error) -> Response {
        let (status, told) = match error {
            Error::NotFound => (StatusCode::NOT_FOUND, vec![visitor.text("feedback-open311-not-found")]),
            Error::Invalid(fields) => {
                let told = fields.iter().map(|(field, key)| format!("{field}: {}", visitor.text(key)));
                (StatusCode::BAD_REQUEST, told.collect())
            }
            error => return web::Failure(error).into_response(),
        };
        let error = |description| Wrong { code: status.as_u16(), description };
        self.answer_with(status, Errors { error: told.into_iter().map(error).collect() })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Format {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::split(parts.uri.path()).1)
    }
}

fn xml<L: Serialize>(list: &L) -> Result<String> {
    let body = quick_xml::se::to_string(list).map_err(Error::inside)?;
    Ok(format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{body}"))
}

/// A document of the standard: its name is that of the root in XML.
pub(super) trait List: Serialize {
    type Things: Serialize + ?Sized;

    /// What JSON has in its place.
    fn things(&self) -> &Self::Things;
}

#[derive(Serialize)]
#[serde(rename = "errors")]
struct Errors {
    error: Vec<Wrong>,
}

#[derive(Serialize)]
struct Wrong {
    code: u16,
    description: String,
}

impl List for Errors {
    type Things = [Wrong];

    fn things(&self) -> &[Wrong] {
        &self.error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_an_address_is_its_format() {
        assert_eq!(Format::split("PA-26-000001.xml"), ("PA-26-000001", Format::Xml));
        assert_eq!(Format::split("rac.json"), ("rac", Format::Json));
        assert_eq!(Format::split("rac"), ("rac", Format::Json));
    }

    #[test]
    fn marks_in_words_are_no_xml() {
        let errors = Errors { error: vec![Wrong { code: 400, description: "<a> & \"b\"".to_owned() }] };
        let told = xml(&errors).unwrap();
        assert!(told.ends_with(
            "<errors><error><code>400</code><description>&lt;a&gt; &amp; &quot;b&quot;</description></error></errors>"
        ) || told.ends_with(
            "<errors><error><code>400</code><description>&lt;a&gt; &amp; \"b\"</description></error></errors>"
        ), "{told}");
    }
}
