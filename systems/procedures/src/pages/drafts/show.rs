//! One draft: where it stands, what is wrong with it, what it consists of, and every save.

use askama::Template;
use axum::extract::State;
use base::{Error, Id, Result};
use directory::queries::person;
use province::Tree;
use serde::{Deserialize, Serialize};
use system::App;
use web::{Answer, Flash, Form, Path, Query, Sent, Visitor, address, filters, redirect_with};

use super::LIST;
use super::findings::{Told, told};
use crate::access::{EDIT, PUBLISH};
use crate::actions::drafts as actions;
use crate::catalogue::Catalogue;
use crate::draft::{Draft, State as Standing, is_second_person};
use crate::edit::{self, Attempt, Section};
use crate::procedure::Dated;
use crate::queries::drafts;

const SIZE: usize = 20;

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    /// Saves before that number.
    #[serde(rename = "truoc", skip_serializing_if = "Option::is_none")]
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "procedures/draft.html")]
struct Page<'a> {
    csrf: &'a str,
    code: &'a str,
    name: String,
    may_edit: bool,
    may_publish: bool,
    /// The person may publish, but had a hand in it.
    is_own: bool,
    today: String,
    opened: Option<Opened>,
    saves: Vec<Save>,
    next: String,
    versions: Vec<Dated>,
}

struct Opened {
    draft: Draft,
    findings: Vec<Told>,
    sections: [Section; 10],
    cases: Vec<Attempt>,
    renew: bool,
}

struct Save {
    draft: Draft,
    by: String,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let officer = visitor.caller.officer()?;
    let catalogue = Catalogue::of(&app)?;
    let versions =
        catalogue.shelf(visitor.now).line(&code).map(|line| line.dated(visitor.now.today())).unwrap_or_default();
    let last = drafts::last(app.store.read(), &code).await?;
    let named = versions.first().map(|dated| dated.version.name().to_owned());
    let name = last.as_ref().map(|draft| draft.name.clone()).or(named).ok_or(Error::NotFound)?;
    let saves = drafts::saves(app.store.read(), &code, wanted.before.unwrap_or(i64::MAX), SIZE).await?;
    let next = match saves.next {
        Some(before) => address(&format!("{LIST}/{code}/soan"), &Wanted { before: before.parse().ok() })?,
        None => String::new(),
    };
    let mut is_own = false;
    let opened = match last.filter(|draft| draft.state != Standing::Published) {
        Some(draft) => {
            is_own = !is_second_person(officer.person, &drafts::hands(app.store.read(), &draft).await?);
            Some(opened(&app, &visitor, draft).await?)
        }
        None => None,
    };
    let page = Page {
        csrf: visitor.csrf(),
        code: &code,
        name,
        may_edit: officer.may(EDIT),
        may_publish: officer.may(PUBLISH),
        is_own,
        today: visitor.now.today().to_string(),
        opened,
        saves: named_saves(&app, saves.rows).await?,
        next,
        versions,
    };
    visitor.page(&visitor.text("procedures-draft"), &page)
}

async fn opened(app: &App, visitor: &Visitor, draft: Draft) -> Result<Opened> {
    let files = drafts::files(app.store.read(), draft.id).await?;
    let (_, findings) = actions::judged(app, visitor.now, &draft.code, &files)?;
    let cases = edit::attempts(&files)?;
    Ok(Opened {
        findings: told(visitor, &findings, &files),
        sections: Section::ALL,
        renew: cases.is_empty() || cases.iter().any(|case| case.given.is_some_and(|given| given != case.written)),
        cases,
        draft,
    })
}

async fn named_saves(app: &App, rows: Vec<Draft>) -> Result<Vec<Save>> {
    let mut saves = Vec::new();
    for draft in rows {
        let by = person(app.store.read(), draft.saved_by).await?.map(|person| person.name).unwrap_or_default();
        saves.push(Save { draft, by });
    }
    Ok(saves)
}

/// Begins a draft from a version of the catalogue, the one shown unless another is named.
pub(super) async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let sent = Sent::new(pairs);
    let shelf = Catalogue::of(&app)?.shelf(visitor.now);
    let line = shelf.line(&code).ok_or(Error::NotFound)?;
    let wanted = sent.value("ban").parse::<Id>().ok();
    let version = line.wanted(wanted, visitor.now.today()).ok_or(Error::NotFound)?;
    let files = actions::files_of_version(&app, version).await?;
    saved(&app, &visitor, &code, &files, "procedures-draft-begun").await
}

/// Goes back to an earlier save: it becomes the next one.
pub(super) async fn take_again(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer {
    let number = Sent::new(pairs).value("so").parse().map_err(|_| Error::NotFound)?;
    let draft = drafts::numbered(app.store.read(), &code, number).await?;
    let files = drafts::files(app.store.read(), draft.id).await?;
    saved(&app, &visitor, &code, &files, "procedures-draft-taken-again").await
}

/// Lets every case promise what the clock gives now.
pub(super) async fn renew_cases(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    _: Form<Vec<(String, String)>>,
) -> Answer {
    actions::renew_cases(&app, visitor.now, &visitor.caller, &code).await?;
    Ok(redirect_with(&format!("{LIST}/{code}/soan"), Flash::success("procedures-cases-renewed")))
}

async fn saved(app: &App, visitor: &Visitor, code: &str, files: &Tree, told: &str) -> Answer {
    let seen = drafts::last(app.store.read(), code).await?.map_or(0, |draft| draft.number);
    actions::save(app, visitor.now, &visitor.caller, code, seen, files).await?;
    Ok(redirect_with(&format!("{LIST}/{code}/soan"), Flash::success(told)))
}
