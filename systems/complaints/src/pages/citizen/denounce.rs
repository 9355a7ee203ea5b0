//! The form of a denunciation. What it brings is sealed in memory; it has no drafts, and files are chosen anew when something
//! is missing.

use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Result};
use identity::LinkSecret;
use system::{App, Caller};
use web::{Answer, Flash, Sent, Upload, Visitor, filters, redirect_with};

use crate::actions::{self, Content, NewLetter};
use crate::letter::{Kind, Source};
use crate::pages::attached;
use crate::queries;
use crate::rules::{self, rules};

#[derive(Template)]
#[template(path = "complaints/citizen/denounce.html")]
struct Form<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    secret: String,
    /// Nobody is appointed: the form is not shown.
    open: bool,
    signed_in: bool,
    most_files: usize,
    megabytes: usize,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, &Sent::default(), LinkSecret::new(&*app.random).reveal()).await
}

async fn show(app: &App, visitor: &Visitor, sent: &Sent, secret: &str) -> Answer {
    let page = Form {
        csrf: visitor.csrf(),
        sent,
        secret: secret.to_owned(),
        open: queries::is_open_for_denunciations(app.store.read()).await?,
        signed_in: visitor.caller != Caller::Anonymous,
        most_files: rules()?.limits.files,
        megabytes: rules()?.limits.megabytes,
    };
    visitor.form(&visitor.text("complaints-denounce-title"), &sent.errors, &page)
}

pub(super) async fn send(State(app): State<App>, visitor: Visitor, upload: Upload) -> Answer {
    let (sent, files) = attached::receive(&visitor, upload).await?;
    let secret = LinkSecret::read(sent.value("khoa")).ok_or_else(|| Error::invalid("form", "web-error-form"))?;
    if !sent.errors.is_empty() {
        return show(&app, &visitor, &sent, secret.reveal()).await;
    }
    let done = match checked(&sent) {
        Ok(()) => {
            let receiving = rules::in_charge(app.store.read(), &rules()?.denunciations_to, None, visitor.now).await?.id;
            let new = NewLetter {
                secret: secret.clone(),
                kind: Kind::Denunciation,
                source: Source::Portal,
                receiving,
                commune: None,
                field: None,
                previous: None,
                dated: None,
                people: 1,
                content: Content::Sealed(attached::given(&sent, files)),
                address: visitor.subscriber(),
            };
            actions::receive(&app, visitor.now, &visitor.caller, new).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(letter) => {
            let to = format!("/don-thu/da-gui/{}?khoa={}", letter.code, secret.reveal());
            Ok(redirect_with(&to, Flash::success("complaints-told-sealed")))
        }
        Err(Error::Invalid(wrong)) => show(&app, &visitor, &sent.wrong(&visitor, &wrong), secret.reveal()).await,
        Err(error) => Err(error.into()),
    }
}

/// A denunciation names who sends it (Law on Denunciation 2018, Article 23): they are told so, and that it is sealed.
fn checked(sent: &Sent) -> Result<()> {
    let mut wrong = FieldErrors::new();
    for (field, key) in [("name", "complaints-name-missing"), ("words", "complaints-words-missing")] {
        if sent.value(field).trim().is_empty() {
            wrong.insert(field.to_owned(), key.to_owned());
        }
    }
    if sent.value("words").chars().count() > rules()?.limits.words {
        wrong.insert("words".to_owned(), "complaints-words-too-long".to_owned());
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}
