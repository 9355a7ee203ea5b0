//! Four eyes: one person puts a draft forward, another publishes it.

use axum::extract::State;
use base::{Error, Result};
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Visitor, date, redirect_with};

use super::{LIST, at_hand};
use crate::actions::drafts as actions;

pub(super) async fn check(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let (draft, _) = at_hand(&app, &code).await?;
    let done = actions::check(&app, visitor.now, &visitor.caller, &draft).await;
    answered(&code, done.map(|()| Flash::success("procedures-draft-put-forward")))
}

pub(super) async fn publish(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let (draft, _) = at_hand(&app, &code).await?;
    let Some(from) = base::iso_day(Sent::new(pairs).value("from")) else {
        return answered(&code, Err(Error::invalid("from", "procedures-edit-no-day")));
    };
    let done = actions::publish(&app, visitor.now, &visitor.caller, &draft, from).await;
    answered(&code, done.map(|_| Flash::success("procedures-draft-now-published").with("day", date(from))))
}

/// Back to the draft with what was done, or why not.
fn answered(code: &str, done: Result<Flash>) -> Answer {
    let flash = match done {
        Ok(flash) => flash,
        Err(Error::Conflict(key)) => Flash::error(key),
        Err(Error::Invalid(errors)) => Flash::error(&errors.into_values().next().unwrap_or_default()),
        Err(error) => return Err(error.into()),
    };
    Ok(redirect_with(&format!("{LIST}/{code}/soan"), flash))
}
