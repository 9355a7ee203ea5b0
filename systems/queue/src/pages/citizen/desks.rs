use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Query, Visitor, filters};

use crate::queries;

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "queue/citizen/desks.html")]
struct Page {
    rows: Vec<Row>,
    next: String,
}

struct Row {
    code: String,
    name: String,
    waiting: i64,
}

#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    sau: String,
}

/// Where a ticket can be drawn.
pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(from): Query<From>) -> Answer {
    let c = app.store.read();
    let (today, found) = (visitor.now.today(), queries::desks(c, Cursor::read(&from.sau)?, SIZE).await?);
    let mut rows = Vec::with_capacity(found.rows.len());
    for id in found.rows {
        let agency = directory::queries::agency(c, id).await?.filter(|agency| agency.exists_on(today));
        let waiting = queries::waiting_by_kind(c, id, today).await?.iter().map(|(_, count)| count).sum();
        rows.extend(agency.map(|agency| Row { code: agency.code, name: agency.name, waiting }));
    }
    let next = found.next.map(|next| format!("/lay-so?sau={next}")).unwrap_or_default();
    visitor.page(&visitor.text("queue-desks-title"), &Page { rows, next })
}
