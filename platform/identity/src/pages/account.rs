use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use directory::{Holding, Representation};
use serde::Deserialize;
use system::{App, Caller};
use web::{Answer, Flash, Form, Visitor, filters, redirect_with};

use super::asked::{Asked, account_of, session_of};
use crate::account::Account;
use crate::actions;
use crate::queries::{self, OpenSession};

#[derive(Template)]
#[template(path = "identity/account.html")]
struct Page<'a> {
    csrf: &'a str,
    account: &'a Account,
    /// `None` for officers.
    assurance: Option<u8>,
    positions: Vec<Line>,
    organisations: Vec<Representation>,
    sessions: Vec<OpenSession>,
    here: Id,
    officer: bool,
}

struct Line {
    holding: Holding,
    /// In whose place it is held.
    acting_for: Option<String>,
    /// The one in use.
    current: bool,
}

#[derive(Deserialize)]
pub(super) struct Switch {
    holding: Id,
}

#[derive(Deserialize)]
pub(super) struct Revoke {
    /// `others`, or the id of a session.
    session: String,
}

async fn positions(app: &App, visitor: &Visitor) -> base::Result<Vec<Line>> {
    let Caller::Officer(officer) = &visitor.caller else { return Ok(Vec::new()) };
    let held = directory::queries::holdings_of(app.store.read(), officer.person, visitor.now.today()).await?;
    let mut lines = Vec::with_capacity(held.len());
    for holding in held {
        let acting_for = match holding.acting_for {
            Some(person) => directory::queries::person(app.store.read(), person).await?.map(|person| person.name),
            None => None,
        };
        let current = holding.position.id == officer.position && holding.acting_for == officer.acting_for;
        lines.push(Line { holding, acting_for, current });
    }
    Ok(lines)
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let (id, here) = (account_of(&visitor)?, session_of(&visitor)?);
    let connection = app.store.read();
    let account = queries::account(connection, id).await?.ok_or(Error::SignedOut)?;
    let officer = matches!(visitor.caller, Caller::Officer(_));
    let organisations = match account.person {
        Some(person) if !officer => {
            directory::queries::representations_of(connection, person, visitor.now.today()).await?
        }
        _ => Vec::new(),
    };
    let page = Page {
        csrf: visitor.csrf(),
        assurance: (!officer).then_some(account.assurance),
        account: &account,
        positions: positions(&app, &visitor).await?,
        organisations,
        sessions: queries::sessions_of(connection, id, visitor.now).await?,
        here,
        officer,
    };
    visitor.page(&visitor.text("identity-account"), &page)
}

pub(super) async fn switch(State(app): State<App>, visitor: Visitor, asked: Asked, Form(sent): Form<Switch>) -> Answer {
    let officer = visitor.caller.officer()?;
    let opened = actions::switch_position(&app, officer, session_of(&visitor)?, sent.holding).await?;
    Ok(asked.with_secret(redirect_with("/", Flash::success("identity-switched")), &opened)?)
}

pub(super) async fn revoke(State(app): State<App>, visitor: Visitor, Form(sent): Form<Revoke>) -> Answer {
    let (account, here, actor) = (account_of(&visitor)?, session_of(&visitor)?, visitor.caller.actor());
    if sent.session == "others" {
        actions::revoke_others(&app.store, visitor.now, &actor, account, here).await?;
    } else {
        let session = sent.session.parse().map_err(|_| Error::NotFound)?;
        actions::revoke(&app.store, visitor.now, &actor, account, session).await?;
    }
    Ok(redirect_with("/tai-khoan", Flash::success("identity-session-revoked")))
}
