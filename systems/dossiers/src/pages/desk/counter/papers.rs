//! What the person hands over, scanned at the counter.

use askama::Template;
use axum::extract::State;
use base::Id;
use system::App;
use web::{Answer, Errors, Path, Upload, Visitor, filters, redirect};

use super::DRAFTS;
use crate::filing::{Comes, Identified};
use crate::pages::filling::Filling;
use crate::pages::filling::uploads::{self, Wanted};

#[derive(Template)]
#[template(path = "dossiers/desk/counter/papers.html")]
struct PapersPage<'a> {
    csrf: &'a str,
    procedure: &'a str,
    wanted: Vec<Wanted<'a>>,
    errors: &'a Errors,
    action: String,
    back: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filling = super::filling(&app, &visitor, id).await?;
    show(&visitor, &filling, &Errors::default())
}

fn show(visitor: &Visitor, filling: &Filling, errors: &Errors) -> Answer {
    let page = PapersPage {
        csrf: visitor.csrf(),
        procedure: &filling.procedure.name,
        wanted: filling.wanted(Identified::Card, errors),
        errors,
        action: filling.at("giay-to"),
        back: filling.last_page().unwrap_or_else(|| DRAFTS.to_owned()),
    };
    visitor.form(&visitor.text("dossiers-counter-papers"), errors, &page)
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>, upload: Upload) -> Answer {
    let mut filling = super::filling(&app, &visitor, id).await?;
    let received = filling.receive(&app, &visitor, upload).await?;
    if uploads::take_out(&app, &visitor, &filling.draft, &received.posted).await? {
        return Ok(redirect(&filling.at("giay-to")));
    }
    if !received.errors.is_empty() {
        return show(&visitor, &filling, &received.errors);
    }
    Ok(redirect(&filling.at(if received.pressed("more") { "giay-to" } else { "kiem-tra" })))
}
