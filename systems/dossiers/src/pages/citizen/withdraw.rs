//! Taking a dossier back, after asking once.

use askama::Template;
use axum::extract::State;
use base::Error;
use system::App;
use web::{Answer, Flash, Form, Path, Visitor, filters, redirect_with};

use crate::actions;
use crate::dossier::{Dossier, State as Standing};

#[derive(Template)]
#[template(path = "dossiers/citizen/withdraw.html")]
struct Withdraw<'a> {
    csrf: &'a str,
    dossier: &'a Dossier,
    /// Nobody has begun work on it: it ends with the click.
    at_once: bool,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    if !dossier.state.allows(Standing::WithdrawalAsked) {
        return Err(Error::Conflict("dossiers-state-forbids").into());
    }
    let at_once = dossier.received_at.is_none() || dossier.state == Standing::SupplementAsked;
    let page = Withdraw { csrf: visitor.csrf(), dossier: &dossier, at_once };
    visitor.page(&visitor.text("dossiers-withdraw-title"), &page)
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    let dossier = super::own(&app, &visitor, &code).await?;
    let dossier = actions::ask_to_withdraw(&app, visitor.now, &visitor.caller, dossier.id).await?;
    let told = if dossier.state == Standing::Stopped { "dossiers-withdrawn" } else { "dossiers-withdrawal-sent" };
    Ok(redirect_with(&format!("/ho-so/{}", dossier.code), Flash::success(told)))
}
