use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base::{Error, Result};
use province::Kind;
use serde::Serialize;
use system::App;
use web::{Path, Visitor};

use super::format::{Format, List};
use crate::rules::{self, rules};

/// What can be reported.
#[derive(Serialize)]
#[serde(rename = "services")]
struct Services {
    service: Vec<Service>,
}

#[expect(clippy::struct_field_names, reason = "the names of the standard")]
#[derive(Serialize)]
struct Service {
    service_code: &'static str,
    service_name: &'static str,
    description: String,
    /// No kind asks for more than every report has.
    metadata: bool,
    r#type: &'static str,
    keywords: String,
    group: &'static str,
}

impl List for Services {
    type Things = [Service];

    fn things(&self) -> &[Service] {
        &self.service
    }
}

pub(super) async fn list(format: Format, visitor: Visitor) -> Response {
    match services(&visitor) {
        Ok(service) => format.answer(Services { service }),
        Err(error) => format.refuse(&visitor, error),
    }
}

fn services(visitor: &Visitor) -> Result<Vec<Service>> {
    let rules = rules()?;
    let service = |kind: &'static Kind| {
        let sort = rules.sort(&kind.sort).ok_or_else(|| Error::inside("a kind without a sort"))?;
        Ok(Service {
            service_code: &kind.code,
            service_name: &kind.title,
            description: visitor.text_with(
                "feedback-open311-service",
                &[("sort", sort.title.clone()), ("time", rules::written(&kind.code))],
            ),
            metadata: false,
            r#type: "realtime",
            keywords: kind.words.join(", "),
            group: &sort.title,
        })
    };
    rules.kinds.iter().map(service).collect()
}

/// What a kind asks for beyond what every report has: nothing.
#[derive(Serialize)]
#[serde(rename = "service_definition")]
struct Definition {
    service_code: &'static str,
    attributes: Attributes,
}

/// An empty list in JSON, an empty element in XML.
#[derive(Serialize)]
struct Attributes([&'static str; 0]);

impl List for Definition {
    type Things = Self;

    fn things(&self) -> &Self {
        self
    }
}

pub(super) async fn definition(visitor: Visitor, Path(file): Path<String>) -> Response {
    let (code, format) = Format::split(&file);
    let found = rules().map(|rules| rules.kind(code));
    match found {
        Ok(Some(kind)) => format.answer(Definition { service_code: &kind.code, attributes: Attributes([]) }),
        Ok(None) => format.refuse(&visitor, Error::NotFound),
        Err(error) => format.refuse(&visitor, error),
    }
}

/// Where the service is, for programs that look for one.
#[derive(Serialize)]
#[serde(rename = "discovery")]
struct Discovery {
    changeset: &'static str,
    contact: String,
    key_service: String,
    endpoints: Endpoints,
}

#[derive(Serialize)]
struct Endpoints {
    endpoint: Vec<Endpoint>,
}

#[derive(Clone, Serialize)]
struct Endpoint {
    specification: &'static str,
    url: String,
    changeset: &'static str,
    r#type: &'static str,
    formats: Formats,
}

#[derive(Clone, Serialize)]
struct Formats {
    format: [&'static str; 2],
}

impl List for Discovery {
    type Things = Self;

    fn things(&self) -> &Self {
        self
    }
}

/// When what is served last changed.
const CHANGED: &str = "2026-11-22T00:00:00Z";

pub(super) async fn discovery(State(app): State<App>, format: Format, visitor: Visitor) -> Response {
    let province = &app.settings.province;
    let endpoint = Endpoint {
        specification: "http://wiki.open311.org/GeoReport_v2",
        url: format!("{}/api/open311/v2", app.settings.public_url),
        changeset: CHANGED,
        r#type: if app.settings.demo { "test" } else { "production" },
        formats: Formats { format: ["text/xml", "application/json"] },
    };
    let contact = visitor.text_with(
        "feedback-open311-contact",
        &[("province", province.name.clone()), ("phone", province.hotline.clone())],
    );
    let found = Discovery {
        changeset: CHANGED,
        contact,
        key_service: visitor.text("feedback-open311-key"),
        endpoints: Endpoints { endpoint: vec![endpoint] },
    };
    match format {
        Format::Xml => format.answer(found),
        Format::Json => axum::Json(serde_json::json!({
            "changeset": found.changeset,
            "contact": found.contact,
            "key_service": found.key_service,
            "endpoints": found.endpoints.endpoint.iter().map(|endpoint| serde_json::json!({
                "specification": endpoint.specification,
                "url": endpoint.url,
                "changeset": endpoint.changeset,
                "type": endpoint.r#type,
                "formats": endpoint.formats.format,
            })).collect::<Vec<_>>(),
        }))
        .into_response(),
    }
}
