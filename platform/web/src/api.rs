//! The shape of the API: bearer tokens, problems (RFC 9457), cursors, and keys that make a POST safe to repeat.

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base::{Error, FieldErrors, Id, nfc};
use http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use system::{App, Caller};
use utoipa::ToSchema;

use crate::errors::{Failed, Failure, page_texts, status};
use crate::layout::Site;
use crate::texts::Lang;
use crate::visitor::Visitor;

/// What every error of the API looks like (RFC 9457, `application/problem+json`).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Stable word for the kind of problem: `not-found`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// What the caller can do now.
    pub detail: String,
    /// Which fields are wrong, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// To find the failure in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct FieldProblem {
    pub field: String,
    pub message: String,
}

/// One piece of a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Ask again with this `cursor`; absent at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A JSON body; one that does not read is told field by field as far as possible.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let wrong = || Failure(Error::invalid("body", "web-error-body")).into_response();
        match Json::<Value>::from_request(request, state).await {
            Ok(Json(body)) => {
                let body = normalised(body).ok_or_else(wrong)?;
                serde_json::from_value(body).map(Self).map_err(|_| wrong())
            }
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Failure(Error::TooLarge).into_response())
            }
            Err(_) => Err(wrong()),
        }
    }
}

/// All text in the one form in which it is stored; `None` when it holds a NUL, which PostgreSQL does not take.
fn normalised(value: Value) -> Option<Value> {
    Some(match value {
        Value::String(text) if text.contains('\0') => return None,
        Value::String(text) => Value::String(nfc(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(normalised).collect::<Option<_>>()?),
        Value::Object(fields) => {
            let field = |(name, value): (String, Value)| {
                (!name.contains('\0')).then(|| Some((nfc(&name), normalised(value)?)))?
            };
            Value::Object(fields.into_iter().map(field).collect::<Option<_>>()?)
        }
        other => other,
    })
}

/// The `Idempotency-Key` (8 to 200 visible ASCII characters) of a POST as the id of what it makes: the same key by the same account is the same thing.
pub struct Once(pub Id);

impl<S: Send + Sync> FromRequestParts<S> for Once {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visitor = Visitor::from_request_parts(parts, state).await?;
        let key = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok());
        let is_key = |key: &&str| (8..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        let Some(key) = key.filter(is_key) else {
            return Err(Failure(Error::invalid("Idempotency-Key", "web-error-idempotency-key")).into_response());
        };
        let account = visitor.caller.actor().account.map(|id| id.to_string()).unwrap_or_default();
        let digest = Sha256::digest(format!("{account}\n{}\n{key}", parts.uri.path()));
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Ok(Self(Id::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())))
    }
}

/// Finds out who is asking by the bearer token, and turns errors into problems. Cookies are never read here.
pub(crate) async fn shell(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Ok(site) = app.parts.get::<Site>() else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let token = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::to_owned);
    let found = match (token, app.authenticator()) {
        (Some(token), Some(authenticator)) => authenticator.token(&app, &token).await,
        _ => Ok(None),
    };
    let mut visitor = Visitor {
        caller: Caller::Anonymous,
        now: app.now(),
        lang: Lang::Vi,
        session: None,
        address: crate::shell::address(&request),
        device: String::new(),
        csrf: String::new(),
        texts: site.texts.clone(),
    };
    match found {
        Ok(caller) => visitor.caller = caller.unwrap_or(Caller::Anonymous),
        Err(error) => {
            tracing::error!(%error, "A token could not be looked up");
            return problem(&visitor, &Error::Busy);
        }
    }
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Failed>() {
        Some(failed) => problem(&visitor, &failed.0),
        None => response,
    }
}

/// The problem of a call of which these fields are wrong, where their messages say more than a text alone.
pub fn invalid(visitor: &Visitor, errors: Vec<FieldProblem>) -> Response {
    told(visitor, &Error::Invalid(FieldErrors::new()), errors)
}

fn problem(visitor: &Visitor, error: &Error) -> Response {
    let errors = match error {
        Error::Invalid(fields) => fields
            .iter()
            .map(|(field, key)| FieldProblem { field: field.clone(), message: visitor.text(key) })
            .collect(),
        _ => Vec::new(),
    };
    told(visitor, error, errors)
}

fn told(visitor: &Visitor, error: &Error, errors: Vec<FieldProblem>) -> Response {
    let status = status(error);
    let (title, detail) = page_texts(error);
    let instance = matches!(error, Error::Inside(_)).then(|| Id::new(visitor.now).to_string());
    if let Some(id) = &instance {
        tracing::error!(%id, ?error, "A call of the API failed inside");
    }
    let body = Problem {
        kind: title.trim_start_matches("web-error-").to_owned(),
        title: visitor.text(title),
        status: status.as_u16(),
        detail: visitor.text(detail),
        errors,
        instance,
    };
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
