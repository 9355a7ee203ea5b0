//! The papers of a draft.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::Id;
use contracts::questions::Paper;
use system::App;
use web::{Answer, Flash, Path, Upload, Visitor, filters, redirect, redirect_with};

use super::filing::{Filing, Stage, Step};
use super::uploads::{self, Wanted, Wrong};

#[derive(Template)]
#[template(path = "dossiers/citizen/documents.html")]
struct Documents<'a> {
    csrf: &'a str,
    steps: Vec<Step>,
    procedure: &'a str,
    wanted: Vec<Wanted>,
    errors: &'a [Wrong],
    action: String,
    back: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let filing = Filing::open(&app, &visitor, id).await?;
    show(&visitor, &filing, &[])
}

fn show(visitor: &Visitor, filing: &Filing, errors: &[Wrong]) -> Answer<Response> {
    let citizen = visitor.caller.citizen()?;
    let papers = filing.procedure.papers.iter();
    let pages = form::draft::pages(&filing.form, &filing.draft.answers);
    let page = Documents {
        csrf: visitor.csrf(),
        steps: filing.steps(Stage::Documents),
        procedure: &filing.procedure.name,
        wanted: papers.map(|paper| Wanted::new(paper, &filing.draft, citizen, errors)).collect(),
        errors,
        action: filing.at("giay-to"),
        back: pages.last().map_or_else(|| filing.at("noi-nhan"), |page| filing.page_at(page)),
    };
    let title = visitor.text("dossiers-documents-title");
    if errors.is_empty() { visitor.page(&title, &page) } else { visitor.rejected(&title, &page) }
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Path(id): Path<Id>, upload: Upload) -> Answer {
    let mut filing = Filing::open(&app, &visitor, id).await?;
    let components: Vec<&Paper> = filing.procedure.papers.iter().collect();
    let received = uploads::receive(&app, &visitor, &mut filing.draft, &components, upload).await?;
    let here = filing.at("giay-to");
    if uploads::take_out(&app, &visitor, &filing.draft, &received.posted).await? {
        return Ok(redirect_with(&here, Flash::success("dossiers-file-removed")));
    }
    if !received.errors.is_empty() {
        return show(&visitor, &filing, &received.errors);
    }
    if received.pressed("next") {
        return Ok(redirect(&filing.at("kiem-tra")));
    }
    if received.pressed("later") {
        return Ok(redirect_with("/ho-so", Flash::success("dossiers-draft-saved")));
    }
    Ok(redirect(&here))
}
