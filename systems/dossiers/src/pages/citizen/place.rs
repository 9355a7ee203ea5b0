//! Where the dossier goes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::Id;
use serde::Deserialize;
use system::App;
use web::{Answer, Errors, Form, Path, Visitor, filters, redirect};

use super::steps::{self, Stage, Step};
use crate::actions;
use crate::filing::{self, Receivers};
use crate::pages::filling::Filling;

#[derive(Template)]
#[template(path = "dossiers/citizen/place.html")]
struct Place<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    procedure: &'a str,
    groups: &'a [Receivers],
    chosen: String,
    errors: Errors,
    action: String,
    back: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    let groups = filing::receivers(&app, &filling.procedure, visitor.now).await?;
    show(&visitor, &filling, &groups, Errors::default())
}

fn show(visitor: &Visitor, filling: &Filling, groups: &[Receivers], errors: Errors) -> Answer<Response> {
    let chosen = groups.iter().flat_map(|group| &group.agencies).find(|agency| Some(agency.id) == filling.draft.agency);
    let page = Place {
        csrf: visitor.csrf(),
        steps: steps::of(filling, Stage::Guide),
        procedure: &filling.procedure.name,
        groups,
        chosen: chosen.map(|agency| agency.code.clone()).unwrap_or_default(),
        errors,
        action: filling.at("noi-nhan"),
        back: format!("/nop-ho-so/{}", filling.procedure.code),
    };
    visitor.form(&visitor.text("dossiers-place-title"), &page.errors, &page)
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    /// Identifier code of the agency.
    #[serde(default)]
    agency: String,
}

pub(super) async fn choose(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Id>,
    Form(chosen): Form<Chosen>,
) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    let groups = filing::receivers(&app, &filling.procedure, visitor.now).await?;
    let agency = groups.iter().flat_map(|group| &group.agencies).find(|agency| agency.code == chosen.agency);
    let Some(agency) = agency else {
        let errors = Errors::one("agency", visitor.text("dossiers-place-missing"));
        return show(&visitor, &filling, &groups, errors);
    };
    actions::set_agency(&app, visitor.now, &filling.draft, agency.id).await?;
    Ok(redirect(&filling.first_page()))
}
