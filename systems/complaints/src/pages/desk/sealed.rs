//! What is sealed, for the one answer that shows it.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use base::Error;
use system::App;
use web::{Answer, Form, Path, Sent, Visitor, filters};
use zeroize::Zeroizing;

use super::decide::answered;
use super::{LIST, show};
use crate::actions::{self, Opened};
use crate::pages::commune;
use crate::queries;

#[derive(Template)]
#[template(path = "complaints/desk/opened.html")]
struct Page {
    address: String,
    opened: Opened,
}

/// Opens a denunciation. It is a POST so that neither passphrase nor reason ever stands in an address; the answer is kept by
/// no cache, and the next look needs the passphrase again.
pub(super) async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let letter = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let mut sent = Sent::new(pairs);
    let passphrase = Zeroizing::new(sent.take("passphrase"));
    let reason = sent.value("reason");
    match actions::open(&app, visitor.now, &visitor.caller, letter.id, &passphrase, reason).await {
        Ok(opened) => {
            let page = Page { address: format!("{LIST}/{code}"), opened };
            let mut answer = visitor.page(&visitor.text_with("complaints-opened-title", &[("code", code)]), &page)?;
            answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(answer)
        }
        Err(Error::Invalid(errors)) => show::again(&app, &visitor, &code, None, sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn summarise(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let letter = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let sent = Sent::new(pairs);
    let done = match commune(&app, &visitor, sent.value("commune")).await {
        Ok(commune) => {
            let summary = sent.value("summary");
            actions::summarise(&app, visitor.now, &visitor.caller, letter.id, summary, commune).await
        }
        Err(error) => Err(error),
    };
    answered(&app, &visitor, &code, None, sent, done, "complaints-told-summarised").await
}
