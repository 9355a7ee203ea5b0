//! The inbox, and the parts that pages of systems show of their cases.

mod clock;
mod stations;
mod worked;

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use base::{Error, Id, Now, Result};
use chrono::{DateTime, Utc};
use directory::StandIn;
use serde::Deserialize;
use store::MomentCursor;
use system::{App, Officer};
use web::{Answer, Flash, Path, Query, Visitor, filters, redirect_with};
use worktime::ledger::{self, Calendars, Held};
use worktime::{Remaining, State as ClockState, left_phrase};

use crate::actions::Flow;
use crate::queries::{self, Pick, Piece, Totals};

pub use clock::Clock;
pub use stations::Station;
pub use worked::{AtStep, OnPage, Worked, with_step};

const SIZE: usize = 50;

#[derive(Template)]
#[template(path = "flow/inbox.html")]
struct Inbox<'a> {
    csrf: &'a str,
    totals: Totals,
    pick: Pick,
    today: String,
    left: Vec<Left>,
    rows: Vec<Line>,
    next: String,
}

/// What a colleague who is away left to the reader.
struct Left {
    from: StandIn,
    all: i64,
    late: i64,
}

struct Line {
    step: Id,
    href: String,
    title: String,
    reference: String,
    label: String,
    at: String,
    system_key: String,
    left: String,
    state: &'static str,
    used: i64,
    late: bool,
    claimed: bool,
    waiting_since: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    loc: String,
    #[serde(default)]
    sau: String,
}

pub(crate) async fn inbox(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let officer = visitor.caller.officer()?;
    let pick = match asked.loc.as_str() {
        "hom-nay" => Pick::Today,
        "chua-nhan" => Pick::Unclaimed,
        _ => Pick::All,
    };
    let after = MomentCursor::read(&asked.sau)?;
    let end = base::hours_of(visitor.now.today()).1;
    let totals = queries::totals(app.store.read(), officer, visitor.now.utc(), end).await?;
    let left = left(&app, &visitor, officer).await?;
    let slice = queries::inbox(app.store.read(), officer, pick, end, after, SIZE).await?;
    let ids: Vec<Id> = slice.rows.iter().map(|piece| piece.step.id).collect();
    let clocks = ledger::find_many(app.store.read(), "step", &ids).await?;
    let calendars = app.parts.get::<Calendars>()?;
    let rows: Result<Vec<Line>> =
        slice.rows.into_iter().map(|piece| line(piece, &clocks, calendars, &visitor)).collect();
    let page = Inbox {
        csrf: visitor.csrf(),
        totals,
        pick,
        today: format!("{} {}", web::weekday(visitor.lang, visitor.now.today()), web::date(visitor.now.today())),
        left,
        rows: rows?,
        next: slice.next.map(|cursor| format!("/viec?loc={}&sau={cursor}", asked.loc)).unwrap_or_default(),
    };
    visitor.page(&visitor.text("flow-inbox-title"), &page)
}

/// Only for who works in a position of their own: whoever has changed to another's has that one's work before them.
async fn left(app: &App, visitor: &Visitor, officer: &Officer) -> Result<Vec<Left>> {
    if officer.acting_for.is_some() {
        return Ok(Vec::new());
    }
    let stand_ins = directory::queries::stood_in_for(app.store.read(), officer.person, visitor.now.today()).await?;
    let counts = queries::left_to(app.store.read(), &stand_ins, visitor.now.utc()).await?;
    Ok(stand_ins.into_iter().zip(counts).map(|(from, (all, late))| Left { from, all, late }).collect())
}

fn line(piece: Piece, clocks: &HashMap<Id, Held>, calendars: &Calendars, visitor: &Visitor) -> Result<Line> {
    let Piece { step, case, .. } = piece;
    let (left, state, used) = match clocks.get(&step.id) {
        Some(held) => time_left(held, calendars, visitor.now)?,
        None => (visitor.text("flow-no-deadline"), "wait", 0),
    };
    Ok(Line {
        href: format!("{}?buoc={}", case.path, step.id),
        step: step.id,
        title: case.title,
        reference: case.reference,
        label: case.label,
        at: step.title,
        system_key: format!("{}-system", case.system),
        left,
        late: state == "late",
        state,
        used,
        claimed: step.claimed_by.is_some(),
        waiting_since: step.waiting_since,
    })
}

/// What is left in words, its state, and the share used of the budget in percent.
pub fn time_left(held: &Held, calendars: &Calendars, now: Now) -> Result<(String, &'static str, i64)> {
    let calendar = calendars.of(held.agency);
    let remaining = held.clock.remaining(&calendar, now.utc())?;
    let used = held.clock.used(&calendar, now.utc())?.num_minutes();
    let total = (used + i64::from(remaining.minutes)).max(1);
    let share = if remaining.state == ClockState::Late { 100 } else { (used * 100 / total).clamp(0, 100) };
    Ok((left_phrase(remaining), state_word(remaining), share))
}

/// Soon is half a working day.
const fn state_word(remaining: Remaining) -> &'static str {
    match remaining.state {
        ClockState::Late => "late",
        ClockState::Paused => "wait",
        ClockState::Running if remaining.minutes * 2 <= remaining.day_minutes => "warn",
        ClockState::Running => "ok",
    }
}

pub(crate) async fn claim(
    State(app): State<App>,
    visitor: Visitor,
    Path(step): Path<Id>,
    _: web::Form<Vec<(String, String)>>,
) -> Answer {
    take(&app, &visitor, step, true).await
}

/// Takes the piece of work that is due first, so that colleagues do not reach for the same one.
pub(crate) async fn claim_next(
    State(app): State<App>,
    visitor: Visitor,
    _: web::Form<Vec<(String, String)>>,
) -> Answer {
    let officer = visitor.caller.officer()?;
    let taken = app
        .store
        .write(async |tx| {
            let flow = Flow { tx, app: &app, now: visitor.now, actor: visitor.caller.actor() };
            flow.claim_next(officer).await
        })
        .await?;
    let Some(step) = taken else {
        return Ok(redirect_with("/viec", Flash::notice("flow-nothing-left")));
    };
    opened(&app, step.id).await
}

pub(crate) async fn release(
    State(app): State<App>,
    visitor: Visitor,
    Path(step): Path<Id>,
    _: web::Form<Vec<(String, String)>>,
) -> Answer {
    take(&app, &visitor, step, false).await
}

async fn take(app: &App, visitor: &Visitor, step: Id, take: bool) -> Answer<Response> {
    let officer = visitor.caller.officer()?;
    app.store
        .write(async |tx| {
            let flow = Flow { tx, app, now: visitor.now, actor: visitor.caller.actor() };
            if take { flow.claim(officer, step).await } else { flow.release(officer, step).await }
        })
        .await?;
    if take { opened(app, step).await } else { Ok(redirect_with("/viec", Flash::success("flow-released"))) }
}

/// The page on which a step that was taken is worked on.
async fn opened(app: &App, step: Id) -> Answer<Response> {
    let found = queries::step_by_id(app.store.read(), step).await?.ok_or(Error::NotFound)?;
    let case = queries::case_by_id(app.store.read(), found.case).await?.ok_or(Error::NotFound)?;
    Ok(redirect_with(&format!("{}?buoc={step}", case.path), Flash::success("flow-claimed")))
}
