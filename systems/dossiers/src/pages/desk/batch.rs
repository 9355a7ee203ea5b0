//! Many results signed or numbered by one press: each is a piece of work of its own, done or left with its reason.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use flow::Work;
use flow::pages::time_left;
use flow::queries::{Pick, Piece};
use serde::Deserialize;
use store::MomentCursor;
use system::{App, Officer};
use web::{Answer, Flash, Form, Query, Visitor, filters, redirect_with};
use worktime::ledger::{self, Calendars, Held};

use crate::slip::{Outcome, Stage};
use crate::{actions, queries};

/// Results on one page.
const SIZE: usize = 50;
/// Of those that were left so many are told with their reason.
const TOLD: usize = 5;

/// What is done to all of them.
#[derive(Clone, Copy)]
struct Kind {
    work: Work,
    address: &'static str,
    title: &'static str,
    lead: &'static str,
    button: &'static str,
    done: &'static str,
    /// How far a result has come that is ready for it.
    ready: Stage,
}

const SIGNING: Kind = Kind {
    work: Work::Sign,
    address: "/mot-cua/ky",
    title: "dossiers-batch-sign-title",
    lead: "dossiers-batch-sign-lead",
    button: "dossiers-batch-sign",
    done: "dossiers-batch-signed",
    ready: Stage::Printed,
};

const NUMBERING: Kind = Kind {
    work: Work::Number,
    address: "/mot-cua/cap-so",
    title: "dossiers-batch-number-title",
    lead: "dossiers-batch-number-lead",
    button: "dossiers-batch-number",
    done: "dossiers-batch-numbered",
    ready: Stage::Signed,
};

#[derive(Template)]
#[template(path = "dossiers/desk/batch.html")]
struct Batch<'a> {
    csrf: &'a str,
    kind: Kind,
    all: bool,
    rows: Vec<Row>,
    next: String,
}

struct Row {
    step: Id,
    code: String,
    procedure: String,
    applicant: String,
    left: Option<(String, &'static str, i64)>,
    /// Absent while it is printed or sealed.
    paper: Option<Paper>,
}

struct Paper {
    name: String,
    href: String,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Wanted {
    chon: String,
    sau: String,
}

pub(super) async fn to_sign(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    page(&app, &visitor, SIGNING, &wanted).await
}

pub(super) async fn to_number(State(app): State<App>, visitor: Visitor, Query(wanted): Query<Wanted>) -> Answer {
    page(&app, &visitor, NUMBERING, &wanted).await
}

pub(super) async fn sign(app: State<App>, visitor: Visitor, sent: Form<Vec<(String, String)>>) -> Answer {
    carry_out(&app, &visitor, SIGNING, &sent.0).await
}

pub(super) async fn number(app: State<App>, visitor: Visitor, sent: Form<Vec<(String, String)>>) -> Answer {
    carry_out(&app, &visitor, NUMBERING, &sent.0).await
}

async fn page(app: &App, visitor: &Visitor, kind: Kind, wanted: &Wanted) -> Answer {
    let officer = visitor.caller.officer()?;
    let after = MomentCursor::read(&wanted.sau)?;
    let c = app.store.read();
    let pick = Pick::Doing { system: "dossiers", work: kind.work };
    let found = flow::queries::inbox(c, officer, pick, visitor.now.utc(), after, SIZE).await?;
    let (steps, cases): (Vec<Id>, Vec<Id>) = found.rows.iter().map(|piece| (piece.step.id, piece.case.id)).unzip();
    let clocks = ledger::find_many(c, "step", &steps).await?;
    let mut outcomes = queries::outcomes_of_cases(c, &cases).await?;
    let calendars = app.parts.get::<Calendars>()?;
    let mut rows = Vec::with_capacity(found.rows.len());
    for piece in found.rows {
        let outcome = outcomes.remove(&piece.case.id);
        rows.push(row(visitor, kind, calendars, &clocks, piece, outcome)?);
    }
    let content = Batch {
        csrf: visitor.csrf(),
        kind,
        all: wanted.chon == "tat-ca",
        rows,
        next: found.next.map(|cursor| format!("{}?sau={cursor}", kind.address)).unwrap_or_default(),
    };
    visitor.page(&visitor.text(kind.title), &content)
}

fn row(
    visitor: &Visitor,
    kind: Kind,
    calendars: &Calendars,
    clocks: &HashMap<Id, Held>,
    piece: Piece,
    outcome: Option<Outcome>,
) -> Result<Row> {
    let Piece { step, case, .. } = piece;
    let left = clocks.get(&step.id).map(|held| time_left(held, calendars, visitor.now)).transpose()?;
    let ready = outcome.filter(|outcome| outcome.stage == kind.ready && step.waiting_since.is_none());
    Ok(Row {
        step: step.id,
        paper: ready.map(|outcome| Paper {
            href: format!("/mot-cua/ho-so/{}/ket-qua/{}", case.reference, outcome.id),
            name: outcome.name,
        }),
        code: case.reference,
        procedure: case.title,
        applicant: case.label,
        left,
    })
}

/// Each that was chosen, one after another; what cannot be done is left where it is.
async fn carry_out(app: &App, visitor: &Visitor, kind: Kind, sent: &[(String, String)]) -> Answer {
    let officer = visitor.caller.officer()?;
    let chosen: Result<Vec<Id>> = sent
        .iter()
        .filter(|(name, _)| name == "buoc")
        .map(|(_, step)| step.parse().map_err(|_| Error::NotFound))
        .collect();
    let chosen = chosen?;
    if chosen.is_empty() {
        return Ok(redirect_with(kind.address, Flash::notice("dossiers-batch-nothing")));
    }
    let mut pieces = Vec::new();
    for step in chosen.into_iter().take(SIZE) {
        pieces.push(piece(app, officer, step).await?);
    }
    let (mut done, mut left) = (0, Vec::new());
    for (step, code, dossier) in pieces {
        let (now, caller) = (visitor.now, &visitor.caller);
        let tried = match kind.work {
            Work::Sign => actions::sign(app, now, caller, dossier, step).await,
            _ => actions::issue(app, now, caller, dossier, step).await,
        };
        match tried {
            Ok(_) => done += 1,
            Err(Error::Conflict(why)) => left.push(format!("{code}: {}", visitor.text(why))),
            Err(error) => return Err(error.into()),
        }
    }
    if left.is_empty() {
        return Ok(redirect_with(kind.address, Flash::success(kind.done).with("count", done)));
    }
    let why = left.iter().take(TOLD).map(String::as_str).collect::<Vec<_>>().join("; ");
    let told = Flash::notice("dossiers-batch-some").with("done", done).with("left", left.len()).with("why", why);
    Ok(redirect_with(kind.address, told))
}

/// A step of the officer's own agency, with the code and the id of its dossier.
async fn piece(app: &App, officer: &Officer, step: Id) -> Result<(Id, String, Id)> {
    let c = app.store.read();
    let found = flow::queries::step_by_id(c, step).await?.filter(|found| found.agency == officer.agency);
    let case = flow::queries::case_by_id(c, found.ok_or(Error::NotFound)?.case).await?.ok_or(Error::NotFound)?;
    let dossier = queries::by_id(c, case.subject).await?.ok_or(Error::NotFound)?;
    Ok((step, dossier.code, dossier.id))
}

#[cfg(test)]
mod tests;
