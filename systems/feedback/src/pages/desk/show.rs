use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use base::{Error, Id, Result};
use chrono::TimeDelta;
use directory::queries::Names;
use flow::pages::{Clock, Station, Worked};
use serde::Deserialize;
use system::{App, Officer};
use web::{Answer, Path, Query, Sent, Visitor, filters};

use super::LIST;
use super::hide;
use super::join;
use super::panel::panel;
use crate::pages::clock::clock;
use crate::pages::pictures;
use crate::pages::timeline::stations;
use crate::pages::view::View;
use crate::queries::{self, Near, Photo, Remark};
use crate::report::Report;
use crate::rules::{self, rules};

#[derive(Template)]
#[template(path = "feedback/desk/show.html")]
struct Show<'a> {
    address: String,
    report: &'a Report,
    title: String,
    commune: String,
    receiving: String,
    agency: String,
    clock: Option<Clock>,
    /// Empty for officers who have nothing to do with it now.
    panel: String,
    photos: Vec<Photo>,
    answers: Vec<Answered>,
    remarks: Vec<Remark>,
    may_hide: bool,
    /// For those in charge.
    video: Option<queries::Video>,
    near: Vec<Near>,
    /// The report that is answered for this one, where that is another.
    lead: Option<Report>,
    /// How many others can be joined into it, for those who may.
    alike: Option<i64>,
    stations: Vec<Station>,
    view: Option<View>,
}

struct Answered {
    answer: queries::Answer,
    agency: String,
    photos: Vec<Photo>,
}

#[derive(Deserialize)]
pub(super) struct At {
    /// The step to work on.
    #[serde(default)]
    buoc: Option<Id>,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(at): Query<At>,
) -> Answer {
    let report = queries::for_officer(app.store.read(), visitor.caller.officer()?, &code).await?;
    let content = content(&app, &visitor, &report, at.buoc, &Sent::default()).await?;
    visitor.page(&report.code, &content)
}

impl Worked for Report {
    const LIST: &'static str = LIST;

    fn id(&self) -> Id {
        self.id
    }

    async fn for_officer(app: &App, officer: &Officer, code: &str) -> Result<Self> {
        queries::for_officer(app.store.read(), officer, code).await
    }

    async fn again(app: &App, visitor: &Visitor, code: &str, step: Option<Id>, sent: Sent) -> Answer {
        let report = Self::for_officer(app, visitor.caller.officer()?, code).await?;
        let content = content(app, visitor, &report, step, &sent).await?;
        visitor.rejected(&report.code, &content)
    }
}

async fn content<'a>(
    app: &App,
    visitor: &Visitor,
    report: &'a Report,
    wanted: Option<Id>,
    sent: &Sent,
) -> Result<Show<'a>> {
    let c = app.store.read();
    let steps = flow::queries::steps_of(c, report.id).await?;
    let panel = match flow::queries::at_hand(visitor.caller.officer()?, &steps, wanted) {
        Some(step) => {
            visitor.fragment(&panel(app, visitor, report, step, flow::queries::last_note(&steps), sent).await?)?
        }
        None => String::new(),
    };
    let matter = queries::matter(c, report).await?;
    let joins = report.state.takes_in() && join::may_join(visitor, report);
    let mut names = Names::default();
    let mut answers = Vec::new();
    for answer in queries::answers(c, matter.id).await? {
        let photos = queries::photos(c, answer.id).await?;
        answers.push(Answered { agency: names.of(app.store.read(), answer.agency).await?, photos, answer });
    }
    Ok(Show {
        address: format!("{LIST}/{}", report.code),
        title: rules::kind_title(&report.kind),
        commune: names.of(app.store.read(), report.commune).await?,
        receiving: names.of(app.store.read(), report.receiving).await?,
        agency: names.of(app.store.read(), report.agency).await?,
        clock: clock(app, visitor, &matter).await?,
        panel,
        photos: queries::photos(c, report.form_id).await?,
        answers,
        remarks: queries::remarks(c, report.id).await?,
        may_hide: hide::may_hide(visitor, report),
        video: queries::video(c, report.form_id).await?.filter(|_| hide::may_hide(visitor, report)),
        near: near(app, report).await?,
        alike: if joins { Some(join::count(app, report).await?) } else { None },
        lead: (matter.id != report.id).then_some(matter),
        stations: stations(app, report).await?,
        view: report.place.map(View::at),
        report,
    })
}

/// Other open reports of the same kind close by, those that are not public among them.
async fn near(app: &App, report: &Report) -> Result<Vec<Near>> {
    let Some(place) = report.place else { return Ok(Vec::new()) };
    let within = rules()?.near;
    let since = report.filed_at - TimeDelta::days(within.days);
    let found = queries::near(app.store.read(), &report.kind, place, within.metres.into(), since, true).await?;
    Ok(found.into_iter().filter(|near| near.report.id != report.id).collect())
}

/// The pictures of a report and of its answers.
pub(super) async fn photos(app: &App, report: &Report) -> Result<Vec<Photo>> {
    let c = app.store.read();
    let mut photos = queries::photos(c, report.form_id).await?;
    for answer in queries::answers(c, report.id).await? {
        photos.extend(queries::photos(c, answer.id).await?);
    }
    Ok(photos)
}

/// The video, to those in charge; each look is written down, as people may be seen on it.
pub(super) async fn video(State(app): State<App>, visitor: Visitor, Path((code, id)): Path<(String, Id)>) -> Answer {
    let c = app.store.read();
    let report = queries::for_officer(c, visitor.caller.officer()?, &code).await?;
    let video = queries::video(c, report.form_id).await?;
    let video = video.filter(|video| video.id == id && hide::may_hide(&visitor, &report)).ok_or(Error::NotFound)?;
    crate::actions::look_at_reporter(&app, visitor.now, &visitor.caller, &report).await?;
    let pieces = app.files.stream(&video.hash).await.map_err(Error::from)?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_str(&video.mime).map_err(Error::from)?),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

pub(super) async fn picture(
    State(app): State<App>,
    visitor: Visitor,
    Path((code, photo)): Path<(String, Id)>,
) -> Answer {
    let c = app.store.read();
    let report = queries::for_officer(c, visitor.caller.officer()?, &code).await?;
    let photo = photos(&app, &report).await?.into_iter().find(|one| one.id == photo).ok_or(Error::NotFound)?;
    pictures::picture(&app, &photo.clean).await
}
