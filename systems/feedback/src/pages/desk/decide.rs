//! What an officer's forms do.

use axum::extract::State;
use base::{Error, Id, Result};
use system::App;
use web::{Answer, Flash, Form, Path, Sent, Upload, Visitor, redirect_with};

use super::{LIST, show, street};
use crate::actions::{self, NewAnswer, Triage};
use crate::pages::pictures::{self, FIELD, Received};
use crate::queries;
use crate::report::Report;

type Pairs = Vec<(String, String)>;

pub(super) async fn triage(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
) -> Answer {
    let report = with_step(&app, &visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = match decided(&app, &visitor, &sent).await {
        Ok(decided) => actions::triage(&app, visitor.now, &visitor.caller, report.id, step, decided).await,
        Err(error) => Err(error),
    };
    answered(&app, &visitor, &code, step, sent, done, "feedback-told-assigned").await
}

async fn decided(app: &App, visitor: &Visitor, sent: &Sent) -> Result<Triage> {
    let agency =
        directory::queries::agency_by_code(app.store.read(), sent.value("agency"), visitor.now.today()).await?;
    Ok(Triage {
        kind: sent.value("kind").to_owned(),
        agency: agency.ok_or_else(|| Error::invalid("agency", "feedback-agency-missing"))?.id,
        words: sent.value("public-words").to_owned(),
        place_words: sent.value("place-words").to_owned(),
        public: sent.value("public") == "yes",
        photos: sent.all("photo").filter_map(|id| id.parse().ok()).collect(),
    })
}

pub(super) async fn refuse(
    State(app): State<App>,
    visitor: Visitor,
    path: Path<(String, Id)>,
    form: Form<Pairs>,
) -> Answer {
    with_reason(&app, &visitor, path, form, "feedback-told-refused", async |report, step, reason| {
        actions::refuse(&app, visitor.now, &visitor.caller, report, step, reason).await
    })
    .await
}

pub(super) async fn take(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Form<Pairs>,
) -> Answer {
    let report = with_step(&app, &visitor, &code, step).await?;
    actions::take(&app, visitor.now, &visitor.caller, report.id, step).await?;
    Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success("feedback-told-taken")))
}

pub(super) async fn give_back(
    State(app): State<App>,
    visitor: Visitor,
    path: Path<(String, Id)>,
    form: Form<Pairs>,
) -> Answer {
    with_reason(&app, &visitor, path, form, "feedback-told-given-back", async |report, step, reason| {
        actions::return_to_triage(&app, visitor.now, &visitor.caller, report, step, reason).await
    })
    .await
}

/// Pictures of what was done are kept with the answer that the page has begun.
pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    upload: Upload,
) -> Answer {
    let report = with_step(&app, &visitor, &code, step).await?;
    let id = |received: &Received| received.value("id").parse::<Id>().ok();
    let received = pictures::receive(&app, &visitor, upload, id).await?;
    let id = id(&received).ok_or_else(|| Error::invalid("form", "web-error-form"))?;
    let words = received.value("answer").to_owned();
    let in_the_street = !received.value("tai-cho").is_empty();
    let mut sent = Sent::new(vec![("id".to_owned(), id.to_string()), ("answer".to_owned(), words.clone())]);
    let done = if received.errors.is_empty() {
        let new = NewAnswer { id, words };
        actions::propose(&app, visitor.now, &visitor.caller, report.id, step, new).await
    } else {
        sent.errors.add(FIELD, received.errors.at(FIELD).to_owned());
        Err(Error::Invalid(base::FieldErrors::new()))
    };
    if in_the_street {
        return match done {
            Ok(_) => Ok(redirect_with(&format!("{LIST}/{code}/tai-cho"), Flash::success("feedback-told-proposed"))),
            Err(Error::Invalid(errors)) => street::again(&app, &visitor, &code, sent.wrong(&visitor, &errors)).await,
            Err(error) => Err(error.into()),
        };
    }
    answered(&app, &visitor, &code, step, sent, done, "feedback-told-proposed").await
}

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, step)): Path<(String, Id)>,
    _: Form<Pairs>,
) -> Answer {
    let report = with_step(&app, &visitor, &code, step).await?;
    actions::approve(&app, visitor.now, &visitor.caller, report.id, step).await?;
    Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success("feedback-told-answered")))
}

pub(super) async fn send_back(
    State(app): State<App>,
    visitor: Visitor,
    path: Path<(String, Id)>,
    form: Form<Pairs>,
) -> Answer {
    with_reason(&app, &visitor, path, form, "feedback-told-sent-back", async |report, step, reason| {
        actions::send_back(&app, visitor.now, &visitor.caller, report, step, reason).await
    })
    .await
}

/// What an officer does who says why.
async fn with_reason(
    app: &App,
    visitor: &Visitor,
    Path((code, step)): Path<(String, Id)>,
    Form(pairs): Form<Pairs>,
    told: &'static str,
    act: impl AsyncFnOnce(Id, Id, &str) -> Result<Report>,
) -> Answer {
    let report = with_step(app, visitor, &code, step).await?;
    let sent = Sent::new(pairs);
    let done = act(report.id, step, sent.value("reason")).await;
    answered(app, visitor, &code, step, sent, done, told).await
}

/// The report once more, which says what was done, or what is wrong with what was sent.
async fn answered(
    app: &App,
    visitor: &Visitor,
    code: &str,
    step: Id,
    sent: Sent,
    done: Result<Report>,
    told: &'static str,
) -> Answer {
    match done {
        Ok(_) => Ok(redirect_with(&format!("{LIST}/{code}"), Flash::success(told))),
        Err(Error::Invalid(errors)) => show::again(app, visitor, code, step, sent.wrong(visitor, &errors)).await,
        Err(error) => Err(error.into()),
    }
}

/// The report, if the officer may see it and the step is one of its own.
async fn with_step(app: &App, visitor: &Visitor, code: &str, step: Id) -> Result<Report> {
    let report = queries::for_officer(app.store.read(), visitor.caller.officer()?, code).await?;
    let steps = flow::queries::steps_of(app.store.read(), report.id).await?;
    if steps.iter().any(|known| known.id == step) { Ok(report) } else { Err(Error::NotFound) }
}
