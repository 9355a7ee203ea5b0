//! The page of reconciliation: what is stuck, why, and the buttons that move it.

mod crossings;

use askama::Template;
use axum::extract::State as With;
use base::{Error, Id};
use serde::Deserialize;
use store::{Cursor, Slice};
use system::{Access, App, Routes};
use web::{Answer, Flash, Form, Path, Query, Visitor, filters};

use crate::access::{RECONCILE, Sight, sight};
use crate::connector::Connectors;
use crate::delivery::{Attempt, Delivery, Ended, State};
use crate::{actions, queries};

const HOME: &str = "/quan-tri/chuyen-giao";
const SIZE: usize = 50;

pub(crate) fn routes() -> Routes {
    const MAY: Access = Access::Needs(RECONCILE);
    Routes::new()
        .get("/quan-tri/chuyen-giao", MAY, list)
        .get("/quan-tri/chuyen-giao/{id}", MAY, one)
        .example("delivery-given-up", &[])
        .post("/quan-tri/chuyen-giao/{id}/gui-lai", MAY, retry)
        .example("delivery-given-up", &[])
        .post("/quan-tri/chuyen-giao/{id}/huy", MAY, cancel)
        .example("delivery-given-up", &[])
        .post("/quan-tri/chuyen-giao/su-kien/gui-lai", MAY, retry_event)
        .example("event-parked", &[("listener", "{listener}"), ("position", "{position}")])
        .get("/quan-tri/doi-soat", MAY, crossings::day)
        .get("/quan-tri/doi-soat/{partner}", MAY, crossings::rows)
        .example("crossing", &[("?ngay", "{day}"), ("?ket-qua", "different")])
        .post("/quan-tri/doi-soat/{partner}/dong", MAY, crossings::close)
        .example(
            "crossing",
            &[("ngay", "{day}"), ("ket-qua", "different"), ("key", "{key}"), ("note", "Đã gọi bưu chính")],
        )
}

/// How a state is told by colour.
const fn colour(state: State) -> &'static str {
    match state {
        State::Delivered => "ok",
        State::GivenUp | State::Failed => "late",
        State::Queued | State::Sending | State::Cancelled => "wait",
    }
}

fn state_text(state: State) -> String {
    format!("exchange-state-{state}")
}

#[derive(Deserialize)]
struct Choice {
    #[serde(rename = "trang-thai")]
    state: Option<String>,
    #[serde(rename = "sau")]
    after: Option<String>,
}

/// One state to choose; those that pile up without end carry no count.
struct Tab {
    state: State,
    text: String,
    count: Option<i64>,
    current: bool,
}

#[derive(Template)]
#[template(path = "exchange/list.html")]
struct ListPage<'a> {
    tabs: Vec<Tab>,
    current: State,
    caption: String,
    deliveries: Slice<Delivery>,
    /// Names of connectors that are on the page but not in this program.
    missing: Vec<String>,
    parked: Vec<journal::Parked>,
    csrf: &'a str,
}

async fn list(With(app): With<App>, visitor: Visitor, Query(choice): Query<Choice>) -> Answer {
    let sight = sight(&app, visitor.caller.officer_who_may(RECONCILE)?).await?;
    let counts = queries::unfinished(app.store.read(), sight).await?;
    let current = match &choice.state {
        Some(state) => state.parse()?,
        None => State::ALL.into_iter().find(|state| counts.contains_key(state)).unwrap_or(State::GivenUp),
    };
    let before = Cursor::read(choice.after.as_deref().unwrap_or_default())?;
    let deliveries = queries::in_state(app.store.read(), current, sight, before, SIZE).await?;
    let parked = match sight {
        Sight::Whole => journal::parked(&app.store).await?,
        Sight::Of(_) => Vec::new(),
    };
    let countless = |state| matches!(state, State::Delivered | State::Cancelled);
    let tabs = State::ALL
        .into_iter()
        .map(|state| Tab {
            state,
            text: state_text(state),
            count: (!countless(state)).then(|| counts.get(&state).copied().unwrap_or(0)),
            current: state == current,
        })
        .collect();
    let missing = missing(app.parts.get::<Connectors>()?, current, &deliveries.rows);
    let page =
        ListPage { tabs, current, caption: state_text(current), deliveries, missing, parked, csrf: visitor.csrf() };
    visitor.page(&visitor.text("exchange-title"), &page)
}

fn missing(connectors: &Connectors, state: State, deliveries: &[Delivery]) -> Vec<String> {
    if state != State::Queued {
        return Vec::new();
    }
    let mut names: Vec<String> = deliveries.iter().map(|delivery| delivery.connector.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| !connectors.has(name));
    names
}

/// One try and the key of the words that say how it went.
struct Try {
    attempt: Attempt,
    outcome: &'static str,
}

#[derive(Template)]
#[template(path = "exchange/delivery.html")]
struct DeliveryPage<'a> {
    state: String,
    colour: &'static str,
    delivery: Delivery,
    tries: Vec<Try>,
    csrf: &'a str,
}

/// A try without an end is under way only if it is the last and the delivery is: otherwise its worker was lost.
const fn outcome(attempt: &Attempt, running: bool) -> &'static str {
    match attempt.ended {
        Some(Ended::Delivered) => "exchange-attempt-delivered",
        Some(Ended::Retry) => "exchange-attempt-retry",
        Some(Ended::Rejected) => "exchange-attempt-rejected",
        None if running => "exchange-attempt-running",
        None => "exchange-attempt-lost",
    }
}

async fn one(With(app): With<App>, visitor: Visitor, Path(id): Path<Id>) -> Answer {
    let sight = sight(&app, visitor.caller.officer_who_may(RECONCILE)?).await?;
    let delivery = queries::one(app.store.read(), id, sight).await?.ok_or(Error::NotFound)?;
    let attempts = queries::attempts(app.store.read(), id).await?;
    let running = attempts.last().map(|attempt| attempt.id).filter(|_| delivery.state == State::Sending);
    let tries = attempts
        .into_iter()
        .map(|attempt| Try { outcome: outcome(&attempt, Some(attempt.id) == running), attempt })
        .collect();
    let page = DeliveryPage {
        state: state_text(delivery.state),
        colour: colour(delivery.state),
        delivery,
        tries,
        csrf: visitor.csrf(),
    };
    visitor.page(&visitor.text("exchange-one-title"), &page)
}

#[derive(Deserialize)]
struct Nothing {}

async fn retry(With(app): With<App>, visitor: Visitor, Path(id): Path<Id>, Form(Nothing {}): Form<Nothing>) -> Answer {
    actions::retry(&app, visitor.now, visitor.caller.officer_who_may(RECONCILE)?, id).await?;
    Ok(web::redirect_with(&format!("{HOME}/{id}"), Flash::success("exchange-requeued")))
}

async fn cancel(With(app): With<App>, visitor: Visitor, Path(id): Path<Id>, Form(Nothing {}): Form<Nothing>) -> Answer {
    actions::cancel(&app, visitor.now, visitor.caller.officer_who_may(RECONCILE)?, id).await?;
    Ok(web::redirect_with(&format!("{HOME}/{id}"), Flash::success("exchange-cancelled")))
}

#[derive(Deserialize)]
struct ParkedEvent {
    listener: String,
    position: i64,
}

/// Events belong to no agency: only who runs the whole program sees them.
async fn retry_event(With(app): With<App>, visitor: Visitor, Form(event): Form<ParkedEvent>) -> Answer {
    let officer = visitor.caller.officer_who_may(RECONCILE)?;
    if sight(&app, officer).await? != Sight::Whole {
        return Err(Error::NotFound.into());
    }
    journal::retry(&app.store, &event.listener, event.position, visitor.now).await?;
    Ok(web::redirect_with(HOME, Flash::success("exchange-event-requeued")))
}
