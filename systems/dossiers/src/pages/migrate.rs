//! Dossiers under way when a procedure changed: where they stand, and those that somebody lets go on by the new version.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use contracts::questions::Procedure;
use flow::Process;
use serde::{Deserialize, Serialize};
use store::Cursor;
use system::{Access, App, Routes};
use web::{Answer, Flash, Form, Path, Query, Visitor, address, filters, redirect_with};

use crate::access::MIGRATE;
use crate::actions::{self, Left, left};
use crate::dossier::Dossier;
use crate::{filing, queries};

const SIZE: usize = 50;
/// Dossiers of one form at most.
const MOST: usize = 50;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/quan-tri/thu-tuc/{code}/chuyen", Access::Needs(MIGRATE), page)
        .example("procedure-under-way", &[])
        .post("/quan-tri/thu-tuc/{code}/chuyen", Access::Needs(MIGRATE), migrate)
        .example("procedure-under-way", &[])
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Wanted {
    #[serde(rename = "sau", skip_serializing_if = "String::is_empty")]
    after: String,
}

#[derive(Template)]
#[template(path = "dossiers/migrate.html")]
struct Page<'a> {
    csrf: &'a str,
    code: &'a str,
    to: &'a Procedure,
    steps: Vec<StepLine>,
    rows: Vec<Row>,
    next: String,
}

struct StepLine {
    version: Id,
    current: bool,
    title: String,
    count: i64,
    /// The new version has the step.
    there: bool,
}

struct Row {
    dossier: Dossier,
    steps: String,
    /// Why it stays; empty where it can go on.
    left: String,
}

async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let officer = visitor.caller.officer()?;
    let to = filing::in_force(&app, &code, visitor.now).await?.ok_or(Error::NotFound)?;
    let c = app.store.read();
    let process = flow::queries::process(c, to.process).await?;
    let steps = queries::at_steps(c, officer, &code).await?.into_iter().map(|at| StepLine {
        version: at.version,
        current: at.version == to.id,
        there: process.step(&at.step).is_some(),
        title: at.title,
        count: at.count,
    });
    let found = queries::on_others(c, officer, &code, to.id, Cursor::read(&wanted.after)?, SIZE).await?;
    let next = match found.next {
        Some(after) => address(&format!("/quan-tri/thu-tuc/{code}/chuyen"), &Wanted { after })?,
        None => String::new(),
    };
    let mut rows = Vec::new();
    for dossier in found.rows {
        rows.push(row(&app, &visitor, dossier, &to, &process).await?);
    }
    let page = Page { csrf: visitor.csrf(), code: &code, to: &to, steps: steps.collect(), rows, next };
    visitor.page(&visitor.text("dossiers-migrate-title"), &page)
}

async fn row(app: &App, visitor: &Visitor, dossier: Dossier, to: &Procedure, process: &Process) -> Result<Row> {
    let c = app.store.read();
    let open = flow::queries::steps_of(c, dossier.id).await?.into_iter().filter(|step| step.closed_at.is_none());
    let steps = open.map(|step| step.title).collect::<Vec<_>>().join(", ");
    let left = left(c, visitor.now, &dossier, to).await?;
    Ok(Row { left: left.map(|left| why(visitor, &left, process)).unwrap_or_default(), steps, dossier })
}

fn why(visitor: &Visitor, left: &Left, process: &Process) -> String {
    let step = match left {
        Left::Process(obstacle) => {
            let known = process.step(obstacle.step()).map(|step| step.title.clone());
            known.unwrap_or_else(|| obstacle.step().to_owned())
        }
        _ => String::new(),
    };
    visitor.text_with(left.key(), &[("step", step)])
}

async fn migrate(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let chosen = pairs.into_iter().filter(|(name, _)| name == "ho-so").map(|(_, dossier)| dossier).take(MOST);
    let (mut moved, mut stayed) = (0_u32, 0_u32);
    for dossier in chosen {
        match actions::migrate(&app, visitor.now, &visitor.caller, &dossier).await {
            Ok(None) => moved += 1,
            // Somebody was quicker, or it moved on: the page says how each stands now.
            Ok(Some(_)) | Err(Error::Conflict(_)) => stayed += 1,
            Err(error) => return Err(error.into()),
        }
    }
    let flash = Flash::success("dossiers-migrated").with("moved", moved).with("stayed", stayed);
    Ok(redirect_with(&format!("/quan-tri/thu-tuc/{code}/chuyen"), flash))
}
