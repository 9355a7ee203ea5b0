//! The desk confirms who represents an organisation, from the papers it has seen.

use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Id, Result, TaxCode};
use chrono::NaiveDate;
use directory::{NewOrganisation, Organisation, Representation};
use journal::{Read, Thing, record_read};
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Flash, Form, Query, Sent, Visitor, filters, redirect_with};

use crate::access::CONFIRM;
use crate::actions;

#[derive(Template)]
#[template(path = "identity/representatives.html")]
struct Page<'a> {
    csrf: &'a str,
    /// The number that was looked for, as it was typed.
    wanted: String,
    found: Option<Found>,
    sent: &'a Sent,
    /// What the directory says of it, to begin the form with.
    known_name: String,
    known_address: String,
    today: String,
    previous: String,
    next: String,
}

struct Found {
    organisation: Organisation,
    representatives: Vec<Representation>,
}

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    ma: String,
    #[serde(default)]
    sau: String,
}

const HERE: &str = "/quan-tri/dai-dien";
const SIZE: usize = 20;
const LONGEST: usize = 300;

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    show(&app, &visitor, &asked, Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, asked: &Asked, mut sent: Sent) -> Answer {
    let wanted = asked.ma.trim();
    let code = code(wanted);
    if code.is_none() && !wanted.is_empty() {
        sent.errors.add("ma", visitor.text("identity-error-tax-code"));
    }
    let after = Cursor::read(&asked.sau)?;
    let (found, next) = match &code {
        Some(code) => found(app, visitor, code, after).await?,
        None => (None, None),
    };
    let next = next.map(|next| format!("{HERE}?ma={wanted}&sau={next}")).unwrap_or_default();
    let previous = if after.is_some() { format!("{HERE}?ma={wanted}") } else { String::new() };
    let known = found.as_ref().map(|found: &Found| found.organisation.clone());
    let (known_name, known_address) = known.map(|known| (known.name, known.address)).unwrap_or_default();
    let page = Page {
        csrf: visitor.csrf(),
        wanted: wanted.to_owned(),
        found,
        sent: &sent,
        known_name,
        known_address,
        today: visitor.now.today().to_string(),
        previous,
        next,
    };
    visitor.form(&visitor.text("identity-representatives-title"), &sent.errors, &page)
}

fn code(text: &str) -> Option<TaxCode> {
    text.parse().ok().filter(TaxCode::is_of_organisation)
}

/// The organisation with those who act for it; that their names were read is written down.
async fn found(
    app: &App,
    visitor: &Visitor,
    code: &TaxCode,
    after: Option<Id>,
) -> Result<(Option<Found>, Option<String>)> {
    let c = app.store.read();
    let Some(organisation) = directory::queries::organisation_by_code(c, code).await? else { return Ok((None, None)) };
    let slice = directory::queries::representatives(c, organisation.id, visitor.now.today(), after, SIZE).await?;
    let actor = visitor.caller.actor();
    app.store
        .write(async |tx| {
            for one in &slice.rows {
                let thing = Thing { kind: "representation", id: one.id };
                let read = Read { whose: one.person, thing, reason: "processing" };
                record_read(tx, visitor.now, &actor, read).await?;
            }
            Ok(())
        })
        .await?;
    Ok((Some(Found { organisation, representatives: slice.rows }), slice.next))
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let asked = Asked { ma: sent.value("tax-code").to_owned(), ..Asked::default() };
    let confirmed = match confirmed(&sent) {
        Ok(confirmed) => {
            actions::confirm_representative(&app, visitor.caller.officer_who_may(CONFIRM)?, confirmed).await
        }
        Err(errors) => Err(Error::Invalid(errors)),
    };
    match confirmed {
        Ok(_) => Ok(redirect_with(&format!("{HERE}?ma={}", asked.ma), Flash::success("identity-confirmed-done"))),
        Err(Error::Invalid(errors)) => {
            let sent = sent.wrong(&visitor, &errors);
            let asked = Asked { ma: code(&asked.ma).map_or_else(String::new, |_| asked.ma), ..Asked::default() };
            show(&app, &visitor, &asked, sent).await
        }
        Err(error) => Err(error.into()),
    }
}

fn confirmed(sent: &Sent) -> Result<actions::ConfirmedRepresentative, FieldErrors> {
    let text = |field| {
        let text = sent.value(field).trim();
        (!text.is_empty() && text.chars().count() <= LONGEST).then(|| text.to_owned())
    };
    let day = |field: &str| sent.value(field).parse::<NaiveDate>().ok();
    let to = match sent.value("to") {
        "" => Some(None),
        _ => day("to").map(Some),
    };
    let (tax_code, number) = (code(sent.value("tax-code")), sent.value("number").parse().ok());
    let (name, address, from, seen) = (text("name"), text("address"), day("from"), sent.value("seen") == "yes");
    match (tax_code, name, address, number, from, to) {
        (Some(tax_code), Some(name), Some(address), Some(number), Some(from), Some(to)) if seen => {
            let organisation = NewOrganisation { tax_code, name, address };
            Ok(actions::ConfirmedRepresentative { organisation, number, from, to })
        }
        (tax_code, name, address, number, from, to) => Err(super::wrong(&[
            ("tax-code", tax_code.is_none(), "identity-error-tax-code"),
            ("name", name.is_none(), "identity-error-organisation-name"),
            ("address", address.is_none(), "identity-error-organisation-address"),
            ("number", number.is_none(), "identity-error-number"),
            ("from", from.is_none(), "identity-error-represent-day"),
            ("to", to.is_none(), "identity-error-represent-day"),
            ("seen", !seen, "identity-error-seen"),
        ])),
    }
}

#[derive(Deserialize)]
pub(super) struct Ended {
    representation: Id,
}

pub(super) async fn end(State(app): State<App>, visitor: Visitor, Form(sent): Form<Ended>) -> Answer {
    let officer = visitor.caller.officer_who_may(CONFIRM)?;
    actions::end_confirmed(&app, officer, sent.representation).await?;
    Ok(redirect_with(HERE, Flash::success("identity-representation-ended")))
}
