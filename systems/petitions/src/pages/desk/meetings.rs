//! Meetings, and the report that each of them is given.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use files::FileKind;
use print::{Letter, Paper, Printer};
use serde::Deserialize;
use store::Cursor;
use system::App;
use web::{Answer, Choice, Flash, Form, Path, Query, Sent, Visitor, filters, redirect_with};

use super::{MEETINGS, download};
use crate::access::ENTER;
use crate::actions;
use crate::meeting::{Meeting, NewMeeting};
use crate::pages::choices::{self, none_or};
use crate::queries::{self, Counts};
use crate::report::Report;
use crate::rules::rules;

const SIZE: usize = 30;

#[derive(Template)]
#[template(path = "petitions/desk/meetings.html")]
struct Page {
    may_enter: bool,
    rows: Vec<Row>,
    next: String,
}

struct Row {
    meeting: Meeting,
    body: String,
    counts: Counts,
}

#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    sau: String,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(from): Query<From>) -> Answer {
    let before = Cursor::read(&from.sau)?;
    let found = queries::meetings(app.store.read(), before, SIZE).await?;
    let mut rows = Vec::new();
    for meeting in found.rows {
        rows.push(Row {
            body: rules()?.body(&meeting.body).map(|body| body.title.clone()).unwrap_or_default(),
            counts: queries::totals(app.store.read(), Some(meeting.id), visitor.now.utc()).await?,
            meeting,
        });
    }
    let page = Page {
        may_enter: visitor.caller.officer()?.may(ENTER),
        rows,
        next: found.next.map(|next| format!("{MEETINGS}?sau={next}")).unwrap_or_default(),
    };
    visitor.page(&visitor.text("petitions-meetings-title"), &page)
}

#[derive(Template)]
#[template(path = "petitions/desk/meeting_form.html")]
struct Entry<'a> {
    csrf: &'a str,
    id: String,
    sent: &'a Sent,
    bodies: Vec<Choice>,
    places: Vec<Choice>,
}

pub(super) async fn form(State(app): State<App>, visitor: Visitor) -> Answer {
    show(&app, &visitor, &Sent::default()).await
}

async fn show(app: &App, visitor: &Visitor, sent: &Sent) -> Answer {
    let page = Entry {
        csrf: visitor.csrf(),
        id: sent.or("id", &visitor.form_id().to_string()),
        bodies: choices::bodies()?,
        places: none_or(visitor, "petitions-no-place", choices::communes(app, visitor).await?),
        sent,
    };
    visitor.form(&visitor.text("petitions-meeting-add"), &sent.errors, &page)
}

pub(super) async fn add(State(app): State<App>, visitor: Visitor, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let sent = Sent::new(pairs);
    let done = match new(&app, &visitor, &sent).await {
        Ok(new) => actions::add_meeting(&app, visitor.now, &visitor.caller, new).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => Ok(redirect_with(MEETINGS, Flash::success("petitions-told-meeting-added"))),
        Err(Error::Invalid(errors)) => show(&app, &visitor, &sent.wrong(&visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

async fn new(app: &App, visitor: &Visitor, sent: &Sent) -> Result<NewMeeting> {
    let place = match sent.value("place") {
        "" => None,
        code => Some(choices::agency(app, visitor, code, "place", "petitions-place-missing").await?),
    };
    Ok(NewMeeting {
        id: sent.value("id").parse().map_err(|_| Error::invalid("form", "web-error-form"))?,
        body: sent.value("body").to_owned(),
        place,
        term: sent.value("term").to_owned(),
        number: sent.value("number").trim().parse().unwrap_or_default(),
        title: sent.value("title").to_owned(),
        opens_on: sent.value("opens-on").parse().ok(),
        closes_on: sent.value("closes-on").parse().ok(),
    })
}

pub(super) async fn pdf(State(app): State<App>, visitor: Visitor, Path(meeting): Path<Id>) -> Answer {
    let (report, letter) = letter(&app, &visitor, meeting).await?;
    let printer = app.parts.get::<Printer>()?;
    let printed = printer.print(Paper::Letter(letter), report.made_at).await.map_err(Error::from)?;
    Ok(download::file(printed.pdf, FileKind::Pdf, &name(&report.meeting))?)
}

pub(super) async fn docx(State(app): State<App>, visitor: Visitor, Path(meeting): Path<Id>) -> Answer {
    let (report, letter) = letter(&app, &visitor, meeting).await?;
    let written = app.parts.get::<Printer>()?.docx(letter).await.map_err(Error::from)?;
    Ok(download::file(written, FileKind::Docx, &name(&report.meeting))?)
}

async fn letter(app: &App, visitor: &Visitor, meeting: Id) -> Result<(Report, Letter)> {
    let report = Report::read(app, visitor.now, meeting).await?;
    let letter = report.letter(app, visitor.caller.officer()?).await?;
    Ok((report, letter))
}

fn name(meeting: &Meeting) -> String {
    format!("bao-cao-{}", base::slug(&meeting.title))
}
