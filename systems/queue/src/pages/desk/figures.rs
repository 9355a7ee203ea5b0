use askama::Template;
use axum::extract::State;
use base::Error;
use chrono::NaiveDate;
use serde::Deserialize;
use system::App;
use web::{Answer, Query, Visitor, filters};

use crate::access::READ;
use crate::queries::{self, CounterDay};

#[derive(Template)]
#[template(path = "queue/desk/figures.html")]
struct Page {
    day: NaiveDate,
    whole: CounterDay,
    rows: Vec<Row>,
}

struct Row {
    number: i64,
    name: String,
    day: CounterDay,
}

#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "ngay", default)]
    day: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    let officer = visitor.caller.officer_who_may(READ)?;
    let (c, day) = (app.store.read(), visitor.day(&wanted.day)?);
    let mut days = queries::by_counter(c, officer, day).await?;
    let whole = days.remove(&None).unwrap_or_default();
    let mut rows = Vec::with_capacity(days.len());
    for (counter, day) in days {
        let Some(counter) = counter else { continue };
        let counter = queries::counter_by_id(c, counter).await?.ok_or(Error::NotFound)?;
        rows.push(Row { number: counter.number, name: counter.name, day });
    }
    rows.sort_by_key(|row| row.number);
    visitor.page(&visitor.text("queue-figures-title"), &Page { day, whole, rows })
}
