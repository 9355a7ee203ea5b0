//! Where the dossier goes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::Id;
use serde::Deserialize;
use system::App;
use web::{Answer, Form, Path, Visitor, filters, redirect};

use super::filing::{self, Filing, Receivers, Stage, Step};
use crate::actions;

#[derive(Template)]
#[template(path = "dossiers/citizen/place.html")]
struct Place<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    procedure: &'a str,
    groups: &'a [Receivers],
    chosen: String,
    error: String,
    errors: Vec<Wrong>,
    action: String,
    back: String,
}

struct Wrong {
    field: &'static str,
    text: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filing = Filing::open(&app, &visitor, id).await?;
    let groups = filing::receivers(&app, &filing.procedure, visitor.now).await?;
    show(&visitor, &filing, &groups, "")
}

fn show(visitor: &Visitor, filing: &Filing, groups: &[Receivers], error: &str) -> Answer<Response> {
    let chosen = groups.iter().flat_map(|group| &group.agencies).find(|agency| Some(agency.id) == filing.draft.agency);
    let error = if error.is_empty() { String::new() } else { visitor.text(error) };
    let wrong = !error.is_empty();
    let page = Place {
        csrf: visitor.csrf(),
        steps: filing.steps(Stage::Place),
        procedure: &filing.procedure.name,
        groups,
        chosen: chosen.map(|agency| agency.code.clone()).unwrap_or_default(),
        errors: if wrong { vec![Wrong { field: "agency", text: error.clone() }] } else { Vec::new() },
        error,
        action: filing.at("noi-nhan"),
        back: format!("/nop-ho-so/{}", filing.procedure.code),
    };
    let title = visitor.text("dossiers-place-title");
    if wrong { visitor.rejected(&title, &page) } else { visitor.page(&title, &page) }
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
    let filing = Filing::open(&app, &visitor, id).await?;
    let groups = filing::receivers(&app, &filing.procedure, visitor.now).await?;
    let agency = groups.iter().flat_map(|group| &group.agencies).find(|agency| agency.code == chosen.agency);
    let Some(agency) = agency else { return show(&visitor, &filing, &groups, "dossiers-place-missing") };
    actions::set_agency(&app, visitor.now, &filing.draft, agency.id).await?;
    Ok(redirect(&filing.first_page()))
}
