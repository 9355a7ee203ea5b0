use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use base::{Error, Id};
use chrono::TimeDelta;
use serde::Deserialize;
use system::{App, Officer};
use web::{Answer, Errors, Flash, Form, Visitor, filters, redirect_with};

use super::asked::account_of;
use crate::actions::{self, NewToken};
use crate::part::Identity;
use crate::queries::{self, OpenToken};

const PATH: &str = "/tai-khoan/khoa-truy-cap";

#[derive(Template)]
#[template(path = "identity/tokens.html")]
struct Page<'a> {
    csrf: &'a str,
    errors: Errors,
    tokens: Vec<OpenToken>,
    form_id: Id,
    /// What was typed, when it was wrong.
    called: &'a str,
    days: &'a str,
    longest: i64,
    /// The position in use: the one the token will act in.
    position: String,
    /// The secret just made; shown this once.
    secret: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct New {
    id: Option<Id>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    days: String,
}

#[derive(Deserialize)]
pub(super) struct Gone {
    token: Id,
}

async fn view<'a>(app: &App, visitor: &'a Visitor, officer: &Officer, errors: Errors) -> base::Result<Page<'a>> {
    let account = account_of(visitor)?;
    Ok(Page {
        csrf: visitor.csrf(),
        errors,
        tokens: queries::tokens_of(app.store.read(), account, visitor.now).await?,
        form_id: visitor.form_id(),
        called: "",
        days: "90",
        longest: Identity::of(app)?.policy.token.longest_days,
        position: format!("{} · {}", officer.title, officer.agency_name),
        secret: None,
    })
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let page = view(&app, &visitor, visitor.caller.officer()?, Errors::default()).await?;
    visitor.page(&visitor.text("identity-tokens"), &page)
}

/// The holding in which the officer acts now.
async fn holding(app: &App, visitor: &Visitor, officer: &Officer) -> base::Result<Option<Id>> {
    let held = directory::queries::holdings_of(app.store.read(), officer.person, visitor.now.today()).await?;
    let used =
        |held: &&directory::Holding| held.position.id == officer.position && held.acting_for == officer.acting_for;
    Ok(held.iter().find(used).map(|held| held.id))
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Form(sent): Form<New>) -> Answer {
    let officer = visitor.caller.officer()?;
    let policy = &Identity::of(&app)?.policy;
    let days: i64 = sent.days.trim().parse().unwrap_or(0).clamp(0, policy.token.longest_days + 1);
    let new = NewToken {
        id: sent.id.unwrap_or_else(|| visitor.form_id()),
        account: officer.account,
        holding: holding(&app, &visitor, officer).await?,
        scopes: BTreeSet::new(),
        name: sent.name.clone(),
        ends_at: visitor.now.utc() + TimeDelta::days(days),
    };
    let actor = visitor.caller.actor();
    let made = app
        .store
        .write(async |tx| actions::create_token(tx, visitor.now, &*app.random, policy, &actor, new).await)
        .await;
    match made {
        Ok(secret) => {
            let page = view(&app, &visitor, officer, Errors::default()).await?;
            let page = Page { secret: Some(secret.reveal().to_owned()), ..page };
            visitor.page(&visitor.text("identity-tokens"), &page)
        }
        Err(Error::Invalid(fields)) => {
            let page = view(&app, &visitor, officer, visitor.errors(&fields)).await?;
            let page = Page { called: &sent.name, days: &sent.days, ..page };
            visitor.rejected(&visitor.text("identity-tokens"), &page)
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn revoke(State(app): State<App>, visitor: Visitor, Form(sent): Form<Gone>) -> Answer {
    let (account, actor) = (account_of(&visitor)?, visitor.caller.actor());
    app.store.write(async |tx| actions::revoke_token(tx, visitor.now, &actor, account, sent.token).await).await?;
    Ok(redirect_with(PATH, Flash::success("identity-token-revoked")))
}
