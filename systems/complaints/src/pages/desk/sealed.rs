//! What is sealed, for the one answer that shows it.

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use flow::pages::OnPage;
use web::{Answer, filters};
use zeroize::Zeroizing;

use super::LIST;
use crate::actions::{self, Opened};
use crate::letter::Letter;
use crate::pages::commune;

#[derive(Template)]
#[template(path = "complaints/desk/opened.html")]
struct Page {
    address: String,
    opened: Opened,
}

/// Opens a denunciation. It is a POST so that neither passphrase nor reason ever stands in an address; the answer is kept by
/// no cache, and the next look needs the passphrase again.
pub(super) async fn open(mut on: OnPage<Letter>) -> Answer {
    let passphrase = Zeroizing::new(on.sent.take("passphrase"));
    let reason = on.sent.value("reason");
    let opened = actions::open(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, &passphrase, reason).await;
    match opened {
        Ok(opened) => {
            let page = Page { address: format!("{LIST}/{}", on.code), opened };
            let title = on.visitor.text_with("complaints-opened-title", &[("code", on.code)]);
            let mut answer = on.visitor.page(&title, &page)?;
            answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(answer)
        }
        Err(error) => on.refused(error).await,
    }
}

pub(super) async fn summarise(on: OnPage<Letter>) -> Answer {
    let done = match commune(&on.app, &on.visitor, on.sent.value("commune")).await {
        Ok(commune) => {
            let summary = on.sent.value("summary");
            actions::summarise(&on.app, on.visitor.now, &on.visitor.caller, on.thing.id, summary, commune).await
        }
        Err(error) => Err(error),
    };
    on.answered(done, "complaints-told-summarised").await
}
