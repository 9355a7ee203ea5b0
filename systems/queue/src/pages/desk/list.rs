use askama::Template;
use axum::extract::State;
use system::App;
use web::{Answer, Visitor, filters};

use super::SETTINGS;
use crate::access::{MANAGE, SERVE};
use crate::desk::Counter;
use crate::queries;
use crate::ticket::Ticket;

#[derive(Template)]
#[template(path = "queue/desk/list.html")]
struct Page {
    code: String,
    rows: Vec<Row>,
    waiting: i64,
    /// Where counters are made, for who may.
    settings: &'static str,
}

struct Row {
    counter: Counter,
    serves: String,
    at: Option<Ticket>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let officer = visitor.caller.officer_who_may(SERVE)?;
    let (c, today) = (app.store.read(), visitor.now.today());
    let agency = directory::queries::agency(c, officer.agency).await?.ok_or(base::Error::NotFound)?;
    let kinds = queries::kinds(c, agency.id).await?;
    let mut rows = Vec::new();
    for counter in queries::counters(c, agency.id).await? {
        let served = kinds.iter().filter(|kind| counter.serves.contains(&kind.id));
        let serves: Vec<String> = served.map(|kind| format!("{} {}", kind.letter, kind.name)).collect();
        let at = queries::at_counter(c, counter.id, today).await?;
        rows.push(Row { counter, serves: serves.join("; "), at });
    }
    let page = Page {
        code: agency.code,
        rows,
        waiting: queries::waiting_by_kind(c, agency.id, today).await?.iter().map(|(_, count)| count).sum(),
        settings: if officer.may(MANAGE) { SETTINGS } else { "" },
    };
    visitor.page(&visitor.text("queue-counters-title"), &page)
}
