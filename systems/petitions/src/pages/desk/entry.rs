//! One thing that voters said, entered by hand.

use askama::Template;
use axum::extract::State;
use base::{Error, FieldErrors, Result};
use system::App;
use web::{Answer, Choice, Flash, Form, Sent, Visitor, filters, redirect_with};

use super::LIST;
use crate::actions::{self, NewEntry};
use crate::collected::Sitting;
use crate::pages::choices::{self, none_or};

#[derive(Template)]
#[template(path = "petitions/desk/entry.html")]
struct Entry<'a> {
    csrf: &'a str,
    id: String,
    sent: &'a Sent,
    meetings: Vec<Choice>,
    sittings: Vec<Choice>,
    places: Vec<Choice>,
    fields: Vec<Choice>,
    agencies: Vec<Choice>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, sent: &Sent) -> Answer {
    let page = Entry {
        csrf: visitor.csrf(),
        id: sent.or("id", &visitor.form_id().to_string()),
        meetings: choices::meetings(app).await?,
        sittings: choices::sittings(visitor),
        places: none_or(visitor, "petitions-choose", choices::communes(app, visitor).await?),
        fields: none_or(visitor, "petitions-unknown-yet", choices::fields()?),
        agencies: none_or(visitor, "petitions-unknown-yet", choices::answerers(app, visitor, None).await?),
        sent,
    };
    visitor.form(&visitor.text("petitions-enter-title"), &sent.errors, &page)
}

pub(super) async fn send(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let sent = Sent::new(pairs);
    let done = match new(&app, &visitor, &sent).await {
        Ok(new) => actions::enter(&app, visitor.now, &visitor.caller, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(petition) => {
            let told = Flash::success("petitions-told-entered").with("code", &petition.code);
            Ok(redirect_with(&format!("{LIST}/{}", petition.code), told))
        }
        Err(Error::Invalid(errors)) => show(&app, &visitor, &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

async fn new(app: &App, visitor: &Visitor, sent: &Sent) -> Result<NewEntry> {
    let mut wrong = FieldErrors::new();
    let place = choices::agency(app, visitor, sent.value("place"), "place", "petitions-place-missing").await;
    let proposed = match sent.value("agency") {
        "" => None,
        code => Some(choices::agency(app, visitor, code, "agency", "petitions-agency-missing").await?),
    };
    let meeting = sent.value("meeting").parse();
    let mut add = |field: &str, key: &str| wrong.insert(field.to_owned(), key.to_owned());
    if meeting.is_err() {
        add("meeting", "petitions-meeting-missing");
    }
    if sent.value("words").trim().is_empty() {
        add("words", "petitions-words-missing");
    }
    match (place, meeting) {
        (Ok(place), Ok(meeting)) if wrong.is_empty() => Ok(NewEntry {
            id: sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))?,
            meeting,
            sitting: Sitting::parse(sent.value("sitting")).unwrap_or(Sitting::Before),
            place,
            voter: sent.value("voter").to_owned(),
            words: sent.value("words").to_owned(),
            field: sent.value("field").to_owned(),
            proposed,
            collected_on: sent.value("collected-on").parse().ok(),
        }),
        (Err(Error::Invalid(place)), _) => {
            wrong.extend(place);
            Err(Error::Invalid(wrong))
        }
        (Err(error), _) => Err(error),
        _ => Err(Error::Invalid(wrong)),
    }
}
