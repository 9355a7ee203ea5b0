//! Taking back an authorisation, after asking once.

use askama::Template;
use axum::extract::State;
use base::Error;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect_with};

use crate::dossier::{Dossier, State as Standing};
use crate::{actions, queries};

#[derive(Template)]
#[template(path = "dossiers/citizen/take_back.html")]
struct TakeBack<'a> {
    csrf: &'a str,
    dossier: &'a Dossier,
    agent: &'a str,
    /// It stops too, at once or once the desk has agreed.
    stops: bool,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let agent = queries::agent(app.store.read(), dossier.id).await?;
    let agent = agent.filter(|agent| agent.is_authorised(visitor.now.today())).ok_or(Error::NotFound)?;
    if dossier.applicant != visitor.caller.citizen()?.person {
        return Err(Error::NotFound.into());
    }
    let stops = dossier.state.allows(Standing::WithdrawalAsked);
    let page = TakeBack { csrf: visitor.csrf(), dossier: &dossier, agent: &agent.name, stops };
    visitor.page(&visitor.text("dossiers-take-back-title"), &page)
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    actions::withdraw_authorisation(&app, visitor.now, &visitor.caller, dossier.id).await?;
    Ok(redirect_with(&format!("/ho-so/{}", dossier.code), Flash::success("dossiers-taken-back")))
}
