//! Requests as a browser or a program sends them, answered in this process.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION};
use http::{HeaderName, StatusCode};
use identity::SessionSecret;
use serde_json::Value;
use system::Method;
use tower::ServiceExt as _;

use crate::province::Province;

/// Who sends a request.
#[derive(Clone)]
pub(crate) enum By {
    Nobody,
    Browser(SessionSecret),
    Token(String),
}

/// What is sent along.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    Nothing,
    Fields(Vec<(String, String)>),
    /// A form with files: fields, and files by field, name and bytes.
    Files(Vec<(String, String)>, Vec<(String, String, Vec<u8>)>),
    Json(Value),
    Bytes(Vec<u8>),
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) content_type: String,
    pub(crate) text: String,
}

const BOUNDARY: &str = "ranh-gioi-cua-cac-phan";

impl Province {
    pub(crate) async fn send(&self, method: Method, uri: &str, by: &By, payload: Payload) -> Answer {
        let mut request = Request::builder().method(method.as_str()).uri(uri);
        let mut csrf = String::new();
        match by {
            By::Nobody => {}
            By::Browser(secret) => {
                request = request.header(COOKIE, format!("{}={}", web::SESSION_COOKIE, secret.reveal()));
                csrf = secret.csrf();
            }
            By::Token(token) => request = request.header(AUTHORIZATION, format!("Bearer {token}")),
        }
        if method == Method::Post {
            request = request.header(
                HeaderName::from_static("idempotency-key"),
                base::Id::new(base::Clock::now(&base::SystemClock)).to_string(),
            );
        }
        let (kind, body) = encoded(payload, &csrf);
        let request = request.header(CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let header = |name| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (status, location, content_type) = (response.status(), header(LOCATION), header(CONTENT_TYPE));
        let bytes = to_bytes(response.into_body(), 1 << 26).await.unwrap();
        Answer { status, location, content_type, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

fn encoded(payload: Payload, csrf: &str) -> (String, Vec<u8>) {
    const FORM: &str = "application/x-www-form-urlencoded";
    let token = ("_csrf".to_owned(), csrf.to_owned());
    match payload {
        Payload::Nothing => (FORM.to_owned(), serde_html_form::to_string([token]).unwrap().into_bytes()),
        Payload::Fields(fields) => {
            let fields: Vec<_> = std::iter::once(token).chain(fields).collect();
            (FORM.to_owned(), serde_html_form::to_string(fields).unwrap().into_bytes())
        }
        Payload::Files(fields, files) => {
            let mut body = Vec::new();
            for (name, value) in std::iter::once(token).chain(fields) {
                part(&mut body, &format!("name=\"{name}\""), "", value.as_bytes());
            }
            for (name, file, bytes) in files {
                let kind = "Content-Type: application/octet-stream\r\n";
                part(&mut body, &format!("name=\"{name}\"; filename=\"{file}\""), kind, &bytes);
            }
            body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
            (format!("multipart/form-data; boundary={BOUNDARY}"), body)
        }
        Payload::Json(value) => ("application/json".to_owned(), value.to_string().into_bytes()),
        Payload::Bytes(bytes) => ("application/octet-stream".to_owned(), bytes),
    }
}

fn part(body: &mut Vec<u8>, named: &str, kind: &str, bytes: &[u8]) {
    body.extend_from_slice(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {named}\r\n{kind}\r\n").as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n");
}
