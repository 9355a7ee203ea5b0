//! The post of one dossier: what is carried and where it is, and what may still be chosen.

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use contracts::crossing::ExchangedDossier;
use system::App;
use web::{Answer, Path, Sent, Visitor, filters};

use crate::actions::{self, owed};
use crate::order::{Leg, Order};
use crate::queries::{self, Heard};
use crate::{paper, rules};

#[derive(Template)]
#[template(path = "post/citizen/show.html")]
struct Show<'a> {
    csrf: &'a str,
    id: Id,
    address: String,
    dossier: &'a ExchangedDossier,
    orders: Vec<Shown>,
    kinds: Vec<Kind>,
    communes: Vec<Pick>,
    services: Vec<Pick>,
    /// What is still to be paid, in whole đồng.
    owed: i64,
    typed: Typed,
    sent: &'a Sent,
}

struct Shown {
    order: Order,
    service: &'static str,
    heard: Vec<Heard>,
}

/// A way that can be chosen.
struct Kind {
    value: &'static str,
    text: String,
    hint: String,
}

struct Pick {
    value: String,
    text: String,
}

/// What stands in the fields: what was sent, or what is held of the applicant.
struct Typed {
    kind: String,
    name: String,
    phone: String,
    address: String,
    commune: String,
    service: String,
    note: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let dossier = actions::own(&app, &visitor.caller, &code).await?;
    let sent = Sent::default();
    let page = content(&app, &visitor, &dossier, &sent).await?;
    visitor.page(&title(&visitor, &code), &page)
}

/// The page with what was sent and is wrong.
pub(super) async fn again(app: &App, visitor: &Visitor, code: &str, sent: Sent) -> Answer {
    let dossier = actions::own(app, &visitor.caller, code).await?;
    let page = content(app, visitor, &dossier, &sent).await?;
    visitor.rejected(&title(visitor, code), &page)
}

fn title(visitor: &Visitor, code: &str) -> String {
    visitor.text_with("post-show-title", &[("code", code.to_owned())])
}

async fn content<'a>(
    app: &App,
    visitor: &'a Visitor,
    dossier: &'a ExchangedDossier,
    sent: &'a Sent,
) -> Result<Show<'a>> {
    let c = app.store.read();
    let orders = queries::of_dossier(c, dossier.id).await?;
    let kinds = kinds(visitor, &queries::offered(app, dossier.state, &orders)?);
    let mut shown = Vec::with_capacity(orders.len());
    for order in orders {
        let heard = queries::heard_of(c, order.id).await?;
        shown.push(Shown { service: paper::service(&order.service)?, heard, order });
    }
    let mut communes = vec![Pick { value: String::new(), text: visitor.text("post-commune-elsewhere") }];
    if !kinds.is_empty() {
        let today = visitor.now.today();
        let known = directory::queries::agencies_of_kind(c, "commune-committee", today).await?;
        let place = |agency: directory::Agency| {
            let text = agency.place(&app.settings.province.name);
            Pick { value: agency.code, text }
        };
        communes.extend(known.into_iter().map(place));
    }
    let services = rules()?.services.iter();
    let services: Vec<Pick> =
        services.map(|service| Pick { value: service.code.clone(), text: service.name.clone() }).collect();
    Ok(Show {
        csrf: visitor.csrf(),
        id: visitor.form_id(),
        address: super::address(&dossier.code),
        typed: typed(app, dossier, sent, &kinds, &services).await?,
        dossier,
        orders: shown,
        kinds,
        communes,
        services,
        owed: owed(app, dossier.id).await?,
        sent,
    })
}

fn kinds(visitor: &Visitor, offered: &[Leg]) -> Vec<Kind> {
    let kind = |value, text: &str, hint: &str| Kind { value, text: visitor.text(text), hint: visitor.text(hint) };
    let mut kinds = Vec::new();
    if offered.contains(&Leg::Return) {
        kinds.push(kind("return", "post-leg-return", "post-kind-return-help"));
    }
    if offered.contains(&Leg::Collect) {
        kinds.push(kind("collect", "post-leg-collect", "post-kind-collect-help"));
    }
    if offered.len() == Leg::ALL.len() {
        kinds.push(kind("both", "post-kind-both", "post-kind-both-help"));
    }
    kinds
}

async fn typed(app: &App, dossier: &ExchangedDossier, sent: &Sent, kinds: &[Kind], services: &[Pick]) -> Result<Typed> {
    let person = directory::queries::person(app.store.read(), dossier.applicant).await?;
    let (name, phone, address) = person.map_or_else(Default::default, |person| {
        let phone = person.phone.map(|phone| phone.reveal().to_owned());
        (person.name, phone.unwrap_or_default(), person.address.unwrap_or_default())
    });
    let first = |value: Option<&str>| value.unwrap_or_default().to_owned();
    Ok(Typed {
        kind: sent.or("kind", &first(kinds.first().map(|kind| kind.value))),
        name: sent.or("name", &name),
        phone: sent.or("phone", &phone),
        address: sent.or("address", &address),
        commune: sent.value("commune").to_owned(),
        service: sent.or("service", &first(services.first().map(|service| service.value.as_str()))),
        note: sent.value("note").to_owned(),
    })
}
