//! What a person has begun and what they have sent.

use askama::Template;
use axum::extract::State;
use base::{Id, Result};
use chrono::{DateTime, Utc};
use directory::queries::Names;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Query, Visitor, filters};

use crate::dossier::Dossier;
use crate::queries;

const SIZE: usize = 20;

#[derive(Template)]
#[template(path = "dossiers/citizen/mine.html")]
struct Mine {
    drafts: Vec<Begun>,
    rows: Vec<Line>,
    first: bool,
    next: String,
}

struct Begun {
    name: String,
    saved_at: DateTime<Utc>,
    href: String,
    remove: String,
    /// Where it is sent from, with what is filled in beside it.
    together: Option<String>,
}

struct Line {
    dossier: Dossier,
    agency: String,
    state: &'static str,
    tone: &'static str,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    truoc: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let person = visitor.caller.citizen()?.person;
    let before = Cursor::read(&asked.truoc)?;
    let drafts = if before.is_none() { queries::unsent_drafts(app.store.read(), person).await? } else { Vec::new() };
    let slice = queries::of_applicant(app.store.read(), person, before, SIZE).await?;
    let page = Mine {
        drafts: drafts
            .into_iter()
            .filter(|draft| !draft.is_for_another())
            .map(|draft| Begun {
                href: go_on(draft.id),
                remove: super::draft_at(draft.id, "xoa"),
                together: draft.bundle.map(super::bundle::at),
                name: draft.procedure_name,
                saved_at: draft.saved_at,
            })
            .collect(),
        rows: lines(&app, slice.rows).await?,
        first: before.is_none(),
        next: slice.next.map(|cursor| format!("/ho-so?truoc={cursor}")).unwrap_or_default(),
    };
    visitor.page(&visitor.text("dossiers-mine-title"), &page)
}

/// The page that says what is still missing is where one who comes back goes on.
fn go_on(draft: Id) -> String {
    super::draft_at(draft, "kiem-tra")
}

async fn lines(app: &App, dossiers: Vec<Dossier>) -> Result<Vec<Line>> {
    let mut names = Names::default();
    let mut lines = Vec::new();
    for dossier in dossiers {
        let agency = names.of(app.store.read(), dossier.receiving).await?;
        let (state, tone) = super::standing(app, &dossier).await?;
        lines.push(Line { dossier, agency, state, tone });
    }
    Ok(lines)
}
