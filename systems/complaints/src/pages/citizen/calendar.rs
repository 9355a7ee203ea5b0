//! When leaders receive citizens.

use askama::Template;
use axum::extract::State;
use base::Id;
use directory::queries::Names;
use serde::Deserialize;
use system::App;
use web::{Answer, Choice, Query, Visitor, filters};

use crate::pages::communes;
use crate::queries::{self, Reception};
use crate::rules::rules;

#[derive(Template)]
#[template(path = "complaints/citizen/calendar.html")]
struct Calendar {
    communes: Vec<Choice>,
    chosen: String,
    rows: Vec<Row>,
    rules: &'static [province::ReceptionRule],
}

struct Row {
    reception: Reception,
    agency: String,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    xa: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let c = app.store.read();
    let agency = match wanted.xa.as_str() {
        "" => None,
        code => directory::queries::agency_by_code(c, code, visitor.now.today()).await?.map(|agency| agency.id),
    };
    let mut names = Names::default();
    let mut rows = Vec::new();
    for reception in queries::receptions(c, visitor.now.today(), agency.or_else(|| nobody(&wanted))).await? {
        rows.push(Row { agency: names.of(app.store.read(), reception.agency).await?, reception });
    }
    let page =
        Calendar { communes: communes(&app, &visitor).await?, chosen: wanted.xa, rows, rules: &rules()?.receptions };
    visitor.page(&visitor.text("complaints-calendar-title"), &page)
}

/// An agency that does not exist announces nothing.
fn nobody(wanted: &Wanted) -> Option<Id> {
    (!wanted.xa.is_empty()).then(|| Id::from_uuid(uuid::Uuid::nil()))
}
