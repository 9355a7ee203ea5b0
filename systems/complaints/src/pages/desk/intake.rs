//! A letter is taken in at the desk: typed from paper, or as somebody says it.

use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Result};
use identity::LinkSecret;
use system::App;
use web::{Answer, Choice, Flash, Sent, Upload, Visitor, filters, redirect_with};

use super::LIST;
use crate::actions::{self, Attached, Content, NewLetter};
use crate::letter::{Kind, Sender, Source};
use crate::pages::{attached, commune, communes, day, fields};
use crate::queries;
use crate::rules::rules;

#[derive(Template)]
#[template(path = "complaints/desk/intake.html")]
struct Form<'a> {
    csrf: &'a str,
    sent: &'a Sent,
    secret: String,
    kinds: Vec<Choice>,
    sources: Vec<Choice>,
    fields: Vec<Choice>,
    communes: Vec<Choice>,
    /// Whether a denunciation can be typed in: somebody is appointed to read it.
    open: bool,
    crowd: i64,
    most_files: usize,
    megabytes: usize,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    let sent = Sent::new(vec![("people".to_owned(), "1".to_owned())]);
    show(&app, &visitor, &sent, LinkSecret::new(&*app.random).reveal()).await
}

async fn show(app: &App, visitor: &Visitor, sent: &Sent, secret: &str) -> Answer {
    let kind = |kind: &Kind| Choice { value: kind.as_str().to_owned(), text: visitor.text(&kind.text()) };
    let source = |source: &Source| Choice { value: source.as_str().to_owned(), text: visitor.text(&source.text()) };
    let page = Form {
        csrf: visitor.csrf(),
        sent,
        secret: secret.to_owned(),
        kinds: Kind::ALL.iter().map(kind).collect(),
        sources: Source::ALL.iter().filter(|source| **source != Source::Portal).map(source).collect(),
        fields: fields(visitor)?,
        communes: communes(app, visitor).await?,
        open: queries::is_open_for_denunciations(app.store.read()).await?,
        crowd: rules()?.crowd,
        most_files: rules()?.limits.files,
        megabytes: rules()?.limits.megabytes,
    };
    visitor.form(&visitor.text("complaints-intake-title"), &sent.errors, &page)
}

pub(super) async fn receive(State(app): State<App>, visitor: Visitor, upload: Upload) -> Answer {
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
            let told = if letter.is_sealed() { "complaints-told-received-sealed" } else { "complaints-told-received" };
            Ok(redirect_with(&format!("{LIST}/{}", letter.code), Flash::success(told)))
        }
        Err(Error::Invalid(wrong)) => show(&app, &visitor, &sent.wrong(&visitor, &wrong), secret.reveal()).await,
        Err(error) => Err(error.into()),
    }
}

async fn checked(
    app: &App,
    visitor: &Visitor,
    sent: &Sent,
    secret: &LinkSecret,
    files: Vec<Attached>,
) -> Result<NewLetter> {
    let mut wrong = FieldErrors::new();
    let value = |name: &str| sent.value(name).trim().to_owned();
    let kind = Kind::parse(sent.value("kind"));
    let source = Source::parse(sent.value("source")).filter(|source| *source != Source::Portal);
    for (field, is_missing, key) in
        [("kind", kind.is_none(), "complaints-kind-missing"), ("source", source.is_none(), "complaints-source-missing")]
    {
        if is_missing {
            wrong.insert(field.to_owned(), key.to_owned());
        }
    }
    let (Some(kind), Some(source)) = (kind, source) else { return Err(Error::Invalid(wrong)) };
    let content = content(kind, sent, files)?;
    let sealed = kind == Kind::Denunciation;
    Ok(NewLetter {
        secret: secret.clone(),
        kind,
        source,
        receiving: visitor.caller.officer()?.agency,
        commune: if sealed { None } else { commune(app, visitor, sent.value("commune")).await? },
        field: (!sealed && !value("field").is_empty()).then(|| value("field")),
        previous: if sealed { None } else { previous(app, visitor, &value("previous")).await? },
        dated: day(sent.value("dated"), "dated")?,
        people: if sealed { 1 } else { sent.value("people").parse().unwrap_or(1) },
        content,
        address: None,
    })
}

/// A denunciation of which only the paper is there says nothing here; one that is typed in is sealed.
fn content(kind: Kind, sent: &Sent, files: Vec<Attached>) -> Result<Content> {
    let value = |name: &str| sent.value(name).trim().to_owned();
    if kind == Kind::Denunciation {
        let typed =
            ["name", "number", "address", "phone", "against", "words"].iter().any(|name| !value(name).is_empty());
        return Ok(if typed || !files.is_empty() {
            Content::Sealed(attached::given(sent, files))
        } else {
            Content::Paper
        });
    }
    if value("name").is_empty() {
        return Err(Error::invalid("name", "complaints-name-missing"));
    }
    Ok(Content::Open {
        sender: Sender {
            name: value("name"),
            number: value("number"),
            address: value("address"),
            phone: value("phone"),
        },
        against: value("against"),
        summary: value("words"),
        files,
    })
}

/// The decided letter that a second complaint is about, if the officer may know it.
async fn previous(app: &App, visitor: &Visitor, code: &str) -> Result<Option<base::Id>> {
    if code.is_empty() {
        return Ok(None);
    }
    let missing = |_| Error::invalid("previous", "complaints-previous-missing");
    let letter = queries::for_officer(app.store.read(), visitor.caller.officer()?, code).await.map_err(missing)?;
    let decided = letter.kind == Kind::Complaint && letter.decided_at.is_some();
    if decided { Ok(Some(letter.id)) } else { Err(Error::invalid("previous", "complaints-previous-missing")) }
}
