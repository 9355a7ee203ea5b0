use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use chrono::NaiveDate;
use form::Definition;
use province::FilingPlace;
use serde::Deserialize;
use system::App;
use web::{Answer, Path, Query, Visitor, filters};

use super::fees::{FeeTable, in_short, table};
use super::{Ready, agencies};
use crate::catalogue::{Catalogue, Shelf};
use crate::package::{Applicant, Channel, Component, Decides, FeeKind, Fees, Level, Procedure, Task};
use crate::procedure::{Dated, Standing};
use crate::rendered::{Key, Page};

#[derive(Deserialize)]
pub(super) struct Wanted {
    /// An older or a future version.
    #[serde(default, rename = "ban")]
    version: Option<Id>,
}

#[derive(Template)]
#[template(path = "procedures/procedure.html")]
struct ProcedurePage<'a> {
    procedure: &'a Procedure,
    fees: &'a Fees,
    shown: &'a Dated,
    file: File,
    /// Where it is filed, on this portal.
    file_at: String,
    /// Another version is in force.
    has_current: bool,
    /// The day from which another version will be followed, of one in force.
    next_from: Option<NaiveDate>,
    /// What the person filing must be told.
    filing: Option<&'a str>,
    cost: String,
    level: &'static str,
    agencies: Vec<Part>,
    channels: Vec<&'static str>,
    applicants: Vec<&'static str>,
    phi: Option<FeeTable>,
    le_phi: Option<FeeTable>,
    components: &'a [Component],
    form: Vec<Section>,
    versions: Vec<VersionLine<'a>>,
}

/// How one comes to file it.
#[derive(PartialEq, Eq)]
enum File {
    /// On this portal.
    Here,
    /// On the national portal.
    National,
    /// At a desk or by post only.
    Desk,
    /// Never by itself.
    PartOnly,
    /// Not in this version.
    NotInForce,
}

struct Part {
    name: String,
    tasks: Vec<&'static str>,
}

/// A page of the form, and what it asks.
struct Section {
    title: String,
    fields: Vec<String>,
}

struct VersionLine<'a> {
    dated: &'a Dated,
    current: bool,
}

/// Nothing on it depends on who reads it, so its content is kept for everybody.
pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let catalogue = Catalogue::of(&app)?;
    let (shelf, day) = (catalogue.shelf(visitor.now), visitor.now.today());
    let (shown, all) = versions(&shelf, &code, wanted.version, day)?;
    let version = shown.version.clone();
    let key = Key { page: Page::Procedure(version.id), publication: shelf.publication, lang: visitor.lang, day };
    let html = match catalogue.rendered().get(&key) {
        Some(html) => html,
        None => catalogue.rendered().put(key, &content(&app, &visitor, &catalogue, &shown, &all, None).await?),
    };
    visitor.page(version.name(), &Ready { html: &html })
}

/// The version to show, and all of them.
fn versions(shelf: &Shelf, code: &str, wanted: Option<Id>, day: NaiveDate) -> Result<(Dated, Vec<Dated>)> {
    let line = shelf.line(code).ok_or(Error::NotFound)?;
    let all = line.dated(day);
    let id = wanted.or_else(|| line.shown(day).map(|version| version.id));
    let shown = all.iter().find(|dated| Some(dated.version.id) == id).cloned().ok_or(Error::NotFound)?;
    Ok((shown, all))
}

/// The page as it will be, with the form to try in the place of filing.
pub(super) async fn preview(app: &App, visitor: &Visitor, shown: &Dated, form: Option<&str>) -> Result<String> {
    let catalogue = Catalogue::of(app)?;
    content(app, visitor, &catalogue, shown, std::slice::from_ref(shown), Some(form.unwrap_or("#form"))).await
}

async fn content(
    app: &App,
    visitor: &Visitor,
    catalogue: &Catalogue,
    shown: &Dated,
    all: &[Dated],
    file_at: Option<&str>,
) -> Result<String> {
    let (version, today) = (&shown.version, visitor.now.today());
    let procedure = &version.package.procedure;
    let filing = catalogue.filing(today);
    let service = procedure.service.as_ref();
    visitor.fragment(&ProcedurePage {
        procedure,
        fees: &version.package.fees,
        shown,
        file: file(shown, filing.map(|filing| filing.place)),
        file_at: file_at.map_or_else(|| format!("/nop-ho-so/{}", procedure.code), str::to_owned),
        has_current: all.iter().any(|dated| dated.standing == Standing::InForce),
        next_from: coming(shown, all),
        filing: filing.and_then(|filing| filing.note.as_deref()),
        cost: in_short(visitor, version),
        level: match version.online() {
            Some(Level::Full) => "procedures-level-full",
            Some(Level::Partial) => "procedures-level-partial",
            None => "procedures-level-none",
        },
        agencies: parts(app, visitor, shown, today).await?,
        channels: procedure.channels().iter().map(|channel| channel_key(*channel)).collect(),
        applicants: service.iter().flat_map(|service| &service.applicants).map(|who| applicant_key(*who)).collect(),
        phi: table(visitor, version, FeeKind::Phi),
        le_phi: table(visitor, version, FeeKind::LePhi),
        components: &version.package.components,
        form: sections(shown)?,
        versions: all.iter().map(|dated| VersionLine { dated, current: dated.version.id == version.id }).collect(),
    })
}

/// The nearest version to come after the one in force.
fn coming(shown: &Dated, all: &[Dated]) -> Option<NaiveDate> {
    let upcoming = all.iter().filter(|dated| dated.standing == Standing::Upcoming).map(|dated| dated.version.from());
    upcoming.min().filter(|_| shown.standing == Standing::InForce)
}

fn file(shown: &Dated, place: Option<FilingPlace>) -> File {
    if shown.standing != Standing::InForce {
        File::NotInForce
    } else if !shown.version.is_offered() {
        File::PartOnly
    } else if shown.version.online().is_none() {
        File::Desk
    } else if place == Some(FilingPlace::National) {
        File::National
    } else {
        File::Here
    }
}

/// The agencies of today, or of the nearest day on which the version holds.
async fn parts(app: &App, visitor: &Visitor, shown: &Dated, today: NaiveDate) -> Result<Vec<Part>> {
    let day = shown.last_day.map_or(today, |last| today.min(last)).max(shown.version.from());
    let named = agencies(app.store.read(), visitor, &shown.version, day).await?;
    let part = |(agency, name): (&Decides, String)| {
        let does = |task: Task, key| agency.does.contains(&task).then_some(key);
        let tasks = [does(Task::Receive, "procedures-receives"), does(Task::Decide, "procedures-decides")];
        Part { name, tasks: tasks.into_iter().flatten().collect() }
    };
    Ok(named.into_iter().map(part).collect())
}

/// What the form asks, page by page; nothing where there is no form.
fn sections(shown: &Dated) -> Result<Vec<Section>> {
    let Some(form) = &shown.version.package.form else { return Ok(Vec::new()) };
    let definition = Definition::parse(&form.schema, &form.ui)
        .map_err(|problems| Error::inside(format!("the form of {}: {problems:?}", shown.version.code())))?;
    let section =
        |page: &form::Page| Section { title: page.title.clone(), fields: page.fields.iter().map(asked).collect() };
    Ok(definition.pages().iter().map(section).collect())
}

/// The title of what is asked; of a group also what is in it.
fn asked(field: &form::Field) -> String {
    if field.inner().is_empty() {
        return field.title.clone();
    }
    let inner: Vec<&str> = field.inner().iter().map(|inner| inner.title.as_str()).collect();
    format!("{}: {}", field.title, inner.join(", "))
}

const fn channel_key(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "procedures-way-counter",
        Channel::Online => "procedures-way-online",
        Channel::Post => "procedures-way-post",
    }
}

const fn applicant_key(applicant: Applicant) -> &'static str {
    match applicant {
        Applicant::Citizen => "procedures-applicant-citizen",
        Applicant::Authorised => "procedures-applicant-authorised",
        Applicant::Business => "procedures-applicant-business",
        Applicant::HouseholdBusiness => "procedures-applicant-household-business",
        Applicant::Organisation => "procedures-applicant-organisation",
    }
}
