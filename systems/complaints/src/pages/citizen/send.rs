//! The form of a complaint, a petition or a remark.

use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Id, Result};
use identity::LinkSecret;
use serde::Deserialize;
use system::App;
use web::{Answer, Choice, Flash, Query, Sent, Upload, Visitor, filters, redirect_with};

use crate::actions::{self, Attached, Content, NewLetter};
use crate::letter::{Kind, Sender, Source};
use crate::pages::{attached, commune, communes, day, fields};
use crate::queries;
use crate::rules::{self, rules};

#[derive(Template)]
#[template(path = "complaints/citizen/send.html")]
struct Form<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    secret: String,
    kinds: Vec<Choice>,
    fields: Vec<Choice>,
    communes: Vec<Choice>,
    /// Who can be written to: an agency of the province, or a commune.
    to: Vec<Choice>,
    most_files: usize,
    megabytes: usize,
}

#[derive(Deserialize)]
pub(super) struct Begun {
    #[serde(default)]
    loai: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(begun): Query<Begun>) -> Answer {
    let sent = Sent::new(vec![("kind".to_owned(), begun.loai), ("people".to_owned(), "1".to_owned())]);
    show(&app, &visitor, &sent, LinkSecret::new(&*app.random).reveal()).await
}

async fn show(app: &App, visitor: &Visitor, sent: &Sent, secret: &str) -> Answer {
    let own = rules::in_charge(app.store.read(), &rules()?.others_to, None, visitor.now).await?;
    let mut to = communes(app, visitor).await?;
    to.insert(1, Choice { value: own.code, text: own.name });
    let choice = |kind: Kind| Choice { value: kind.as_str().to_owned(), text: visitor.text(&kind.text()) };
    let page = Form {
        csrf: visitor.csrf(),
        sent,
        secret: secret.to_owned(),
        kinds: [Kind::Complaint, Kind::Other].map(choice).into(),
        fields: fields(visitor)?,
        communes: communes(app, visitor).await?,
        to,
        most_files: rules()?.limits.files,
        megabytes: rules()?.limits.megabytes,
    };
    visitor.form(&visitor.text("complaints-send-title"), &sent.errors, &page)
}

pub(super) async fn send(State(app): State<App>, visitor: Visitor, upload: Upload) -> Answer {
    let (sent, files) = attached::receive(&visitor, upload).await?;
    let secret = LinkSecret::read(sent.value("khoa")).ok_or_else(|| Error::invalid("form", "web-error-form"))?;
    if !sent.errors.is_empty() {
        return show(&app, &visitor, &sent, secret.reveal()).await;
    }
    let done = match checked(&app, &visitor, &sent, &secret, files).await {
        Ok(new) => actions::receive(&app, visitor.now, &visitor.caller, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(letter) => {
            let to = format!("/don-thu/da-gui/{}?khoa={}", letter.code, secret.reveal());
            Ok(redirect_with(&to, Flash::success("complaints-told-sent")))
        }
        Err(Error::Invalid(wrong)) => show(&app, &visitor, &sent.wrong(&visitor, &wrong), secret.reveal()).await,
        Err(error) => Err(error.into()),
    }
}

/// What was typed, if nothing is wrong with it; else everything that is.
async fn checked(
    app: &App,
    visitor: &Visitor,
    sent: &Sent,
    secret: &LinkSecret,
    files: Vec<Attached>,
) -> Result<NewLetter> {
    let mut wrong = FieldErrors::new();
    let kind = Kind::parse(sent.value("kind")).filter(|kind| matches!(kind, Kind::Complaint | Kind::Other));
    let mut missing = |field: &str, is_missing: bool, key: &str| {
        if is_missing {
            wrong.insert(field.to_owned(), key.to_owned());
        }
    };
    missing("kind", kind.is_none(), "complaints-kind-missing");
    missing("name", sent.value("name").trim().is_empty(), "complaints-name-missing");
    missing("words", sent.value("words").trim().is_empty(), "complaints-words-missing");
    missing("field", rules()?.field(sent.value("field")).is_none(), "complaints-field-missing");
    let receiving = receiving(app, visitor, sent.value("to")).await?;
    missing("to", receiving.is_none(), "complaints-to-missing");
    let commune = commune(app, visitor, sent.value("commune")).await?;
    missing("commune", commune.is_none(), "complaints-commune-missing");
    let (Some(kind), Some(receiving), true) = (kind, receiving, wrong.is_empty()) else {
        return Err(Error::Invalid(wrong));
    };
    let value = |name: &str| sent.value(name).trim().to_owned();
    Ok(NewLetter {
        secret: secret.clone(),
        kind,
        source: Source::Portal,
        receiving,
        commune,
        field: Some(value("field")),
        previous: previous(app, sent.value("previous")).await?,
        dated: day(sent.value("dated"), "dated")?,
        people: sent.value("people").parse().unwrap_or(1),
        content: Content::Open {
            sender: Sender {
                name: value("name"),
                number: value("number"),
                address: value("address"),
                phone: value("phone"),
            },
            against: value("against"),
            summary: value("words"),
            files,
        },
        address: visitor.subscriber(),
    })
}

/// The agency that was written to: a commune, or the one that the rules name.
async fn receiving(app: &App, visitor: &Visitor, code: &str) -> Result<Option<Id>> {
    let c = app.store.read();
    let own = rules::in_charge(c, &rules()?.others_to, None, visitor.now).await?;
    if own.code == code {
        return Ok(Some(own.id));
    }
    commune(app, visitor, code).await.or(Ok(None))
}

/// The letter whose decision a second complaint is about.
async fn previous(app: &App, code: &str) -> Result<Option<Id>> {
    let code = code.trim();
    if code.is_empty() {
        return Ok(None);
    }
    let found = queries::by_code(app.store.read(), code).await?;
    let decided = found.filter(|letter| letter.kind == Kind::Complaint && letter.decided_at.is_some());
    Ok(Some(decided.ok_or_else(|| Error::invalid("previous", "complaints-previous-missing"))?.id))
}
