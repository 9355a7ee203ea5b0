//! Applicants choose the post for a dossier, follow what is carried, and call it off.

mod show;

use ::system::{Access, App, Routes};
use axum::extract::State;
use base::{Error, Id, Result};
use serde::Deserialize;
use web::{Answer, Flash, Form, Path, Sent, Visitor, redirect_with};

use crate::actions::{self, Choice};
use crate::order::{Leg, Party};
use crate::queries;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/buu-chinh/{code}", Access::Citizen, show::page)
        .example("own-dossier-posted", &[])
        .post("/buu-chinh/{code}", Access::Citizen, choose)
        .example(
            "own-dossier-unposted",
            &[
                ("id", "{id}"),
                ("kind", "return"),
                ("name", "Trần Thị Demo"),
                ("phone", "0950000001"),
                ("address", "1 đường Ví Dụ"),
                ("commune", ""),
                ("service", "standard"),
            ],
        )
        .post("/buu-chinh/{code}/huy", Access::Citizen, cancel)
        .example("own-dossier-posted", &[("order", "{order}")])
}

/// Where a dossier's post is seen.
fn address(code: &str) -> String {
    format!("/buu-chinh/{code}")
}

async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let chosen = actions::choose(&app, visitor.now, &visitor.caller, &code, choice(&sent)?).await;
    match chosen {
        Ok(_) => Ok(redirect_with(&address(&code), Flash::success("post-told-chosen"))),
        Err(Error::Invalid(errors)) => show::again(&app, &visitor, &code, sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

fn choice(sent: &Sent) -> Result<Choice> {
    let text = |name: &str| sent.value(name).to_owned();
    Ok(Choice {
        form: sent.value("id").parse::<Id>().map_err(|_| Error::invalid("id", "web-error-body"))?,
        legs: match sent.value("kind") {
            "both" => Leg::ALL.to_vec(),
            one => Leg::parse(one).into_iter().collect(),
        },
        party: Party { name: text("name"), phone: text("phone"), address: text("address"), commune: text("commune") },
        service: text("service"),
        cod: sent.value("cod") == "yes",
        note: text("note"),
    })
}

#[derive(Deserialize)]
struct Which {
    order: Id,
}

async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(which): Form<Which>,
) -> Answer {
    let order = queries::by_id(app.store.read(), which.order).await?.filter(|order| order.dossier_code == code);
    let order = order.ok_or(Error::NotFound)?;
    let order = actions::cancel(&app, visitor.now, &visitor.caller, order.id).await?;
    let told = if order.cancel_asked_at.is_some() { "post-told-cancel-asked" } else { "post-told-cancelled" };
    Ok(redirect_with(&address(&code), Flash::success(told)))
}
