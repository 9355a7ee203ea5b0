//! Who looked at the dossier (Law on Personal Data Protection 91/2025/QH15: people may know).

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use base::Result;
use chrono::{DateTime, Utc};
use directory::queries::Names;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Path, Query, Visitor, filters};

use crate::dossier::Dossier;

const SIZE: usize = 50;

/// How often it was looked at, and by how many.
pub(super) struct Looks {
    pub(super) people: usize,
    pub(super) times: usize,
    /// There were more than could be counted here.
    pub(super) more: bool,
}

pub(super) async fn looks(app: &App, dossier: &Dossier) -> Result<Looks> {
    let slice = journal::reads_of_thing(&app.store, dossier.id, None, SIZE).await?;
    let people: BTreeSet<_> = slice.rows.iter().map(|line| line.actor.account).collect();
    Ok(Looks { people: people.len(), times: slice.rows.len(), more: slice.next.is_some() })
}

#[derive(Template)]
#[template(path = "dossiers/citizen/readers.html")]
struct Readers<'a> {
    dossier: &'a Dossier,
    rows: Vec<Look>,
    next: String,
}

struct Look {
    at: DateTime<Utc>,
    agency: String,
    position: String,
    reason: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    truoc: String,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let before = Cursor::read(&asked.truoc)?;
    let slice = journal::reads_of_thing(&app.store, dossier.id, before, SIZE).await?;
    let mut names = Names::default();
    let mut rows = Vec::new();
    for line in slice.rows {
        let agency = match line.actor.agency {
            Some(agency) => names.of(app.store.read(), agency).await?,
            None => String::new(),
        };
        let position = match line.actor.position {
            Some(position) => directory::queries::position(app.store.read(), position).await?,
            None => None,
        };
        rows.push(Look {
            at: line.at,
            agency,
            position: position.map(|position| position.title).unwrap_or_default(),
            reason: visitor.text(&format!("read-reason-{}", line.verb)),
        });
    }
    let next = slice.next.map(|cursor| format!("/ho-so/{}/nguoi-xem?truoc={cursor}", dossier.code));
    let page = Readers { dossier: &dossier, rows, next: next.unwrap_or_default() };
    visitor.page(&visitor.text("dossiers-readers-title"), &page)
}
