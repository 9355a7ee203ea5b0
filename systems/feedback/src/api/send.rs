use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use base::{Error, FieldErrors, Result, nfc};
use geo::Place;
use identity::LinkSecret;
use serde::Serialize;
use system::App;
use web::Visitor;

use super::format::{Format, List};
use crate::actions::{self, NewReport};
use crate::queries;
use crate::report::{Contact, Report};

/// A report as the standard sends it. `jurisdiction_id`, `api_key`, `device_id` and `account_id` are not asked for:
/// whoever reports needs no account.
#[derive(Default)]
struct Sent {
    service_code: String,
    lat: String,
    long: String,
    address_string: String,
    description: String,
    first_name: String,
    last_name: String,
    phone: String,
    email: String,
    /// A picture elsewhere, for the desk to look at; the program fetches nothing.
    media_url: String,
}

impl Sent {
    /// What was said first holds; what the standard does not know is passed over.
    fn set(&mut self, name: &str, value: String) {
        let field = match name {
            "service_code" => &mut self.service_code,
            "lat" => &mut self.lat,
            "long" => &mut self.long,
            "address_string" => &mut self.address_string,
            "description" => &mut self.description,
            "first_name" => &mut self.first_name,
            "last_name" => &mut self.last_name,
            "phone" => &mut self.phone,
            "email" => &mut self.email,
            "media_url" => &mut self.media_url,
            _ => return,
        };
        if field.is_empty() {
            *field = value;
        }
    }
}

#[derive(Serialize)]
#[serde(rename = "service_requests")]
struct Receipts {
    request: [Receipt; 1],
}

#[derive(Serialize)]
struct Receipt {
    service_request_id: String,
    /// Who has it now, and the link by which it can be followed.
    service_notice: String,
}

impl List for Receipts {
    type Things = [Receipt; 1];

    fn things(&self) -> &[Receipt; 1] {
        &self.request
    }
}

pub(super) async fn send(
    State(app): State<App>,
    format: Format,
    visitor: Visitor,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    match take_in(&app, &visitor, query.as_deref().unwrap_or_default(), &body).await {
        Ok(receipt) => format.answer(Receipts { request: [receipt] }),
        Err(error) => format.refuse(&visitor, error),
    }
}

async fn take_in(app: &App, visitor: &Visitor, query: &str, body: &[u8]) -> Result<Receipt> {
    let sent = read(query, body)?;
    let secret = LinkSecret::new(&*app.random);
    let new = checked(app, visitor, &secret, sent).await?;
    let report = actions::file(app, visitor.now, &visitor.caller, new).await?;
    let agency = directory::queries::Names::default().of(app.store.read(), report.receiving).await?;
    let link = link(app, &report, &secret);
    let service_notice = visitor.text_with("feedback-open311-notice", &[("agency", agency), ("link", link)]);
    Ok(Receipt { service_request_id: report.code, service_notice })
}

/// The parameters, from the body or, as some clients send them, from the address.
fn read(query: &str, body: &[u8]) -> Result<Sent> {
    let wrong = || Error::invalid("form", "web-error-form");
    let pairs = |bytes: &[u8]| serde_html_form::from_bytes::<Vec<(String, String)>>(bytes).map_err(|_| wrong());
    let mut all = pairs(body)?;
    all.extend(pairs(query.as_bytes())?);
    let mut sent = Sent::default();
    for (name, value) in all {
        // No database takes it, and nobody can type it.
        if value.contains('\0') {
            return Err(wrong());
        }
        sent.set(&name, nfc(&value));
    }
    Ok(sent)
}

fn link(app: &App, report: &Report, secret: &LinkSecret) -> String {
    format!("{}/phan-anh/da-gui/{}?khoa={}", app.settings.public_url, report.code, secret.reveal())
}

/// # Errors
/// [`Error::Invalid`] with the parameters that are wrong, by their names in the standard.
async fn checked(app: &App, visitor: &Visitor, secret: &LinkSecret, sent: Sent) -> Result<NewReport> {
    let mut wrong = FieldErrors::new();
    let mut note = |field: &str, key: &str| {
        wrong.insert(field.to_owned(), key.to_owned());
    };
    if crate::rules::kind(&sent.service_code).is_err() {
        note("service_code", "feedback-kind-missing");
    }
    if sent.description.trim().is_empty() {
        note("description", "feedback-words-missing");
    }
    let phone = match sent.phone.trim() {
        "" => None,
        phone => phone.parse().map_err(|_| note("phone", "feedback-phone-wrong")).ok(),
    };
    let place = place(&sent.lat, &sent.long);
    let commune = match place {
        Some(place) => queries::committee_at(app, visitor.now, place).await?,
        None => None,
    };
    if place.is_none() {
        note("lat", "feedback-open311-place");
    } else if commune.is_none() {
        note("lat", "feedback-place-outside");
    }
    let Some(commune) = commune.filter(|_| wrong.is_empty()) else { return Err(Error::Invalid(wrong)) };
    let name = [sent.last_name.trim(), sent.first_name.trim()].join(" ").trim().to_owned();
    let mut words = sent.description.trim().to_owned();
    if !sent.media_url.trim().is_empty() {
        words.push('\n');
        words.push_str(sent.media_url.trim());
    }
    Ok(NewReport {
        secret: secret.clone(),
        kind: sent.service_code,
        place,
        place_words: sent.address_string,
        commune: commune.id,
        words,
        contact: Contact { name, phone, mail: sent.email.trim().to_owned() },
        unnamed: false,
        sender: visitor.subscriber(),
    })
}

fn place(lat: &str, long: &str) -> Option<Place> {
    Place::new(lat.trim().parse().ok()?, long.trim().parse().ok()?).ok()
}
