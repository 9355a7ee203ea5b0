//! A package as applicants will see it, before they do.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use base::Result;
use province::Organisation;
use system::App;
use web::{Answer, Path, Query, Visitor, address, filters};

use super::findings::{Told, told};
use super::process::{StepLine, lines};
use super::{LIST, Meant, Origin, Subject};
use crate::access::EDIT;
use crate::package::{Level, Package};
use crate::pages::procedure;
use crate::picture::Picture;
use crate::procedure::{Dated, Standing, Version};

#[derive(Template)]
#[template(path = "procedures/preview.html")]
struct Page<'a> {
    code: &'a str,
    name: String,
    /// Number of the save; a published version has none.
    draft: Option<i64>,
    may_edit: bool,
    findings: Vec<Told>,
    content: Option<Content>,
}

struct Content {
    /// Escaped where it was made.
    procedure: String,
    levels: Vec<&'static str>,
    form: Option<String>,
    picture: Picture,
    steps: Vec<StepLine>,
}

pub(super) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(meant): Query<Meant>,
) -> Answer {
    let subject = Subject::find(&app, &visitor, &code, meant).await?;
    let content = match &subject.package {
        Some(package) => Some(content(&app, &visitor, &code, &subject, package).await?),
        None => None,
    };
    let (name, draft) = match &subject.from {
        Origin::Version(version) => (version.name().to_owned(), None),
        Origin::Draft(draft) => (draft.name.clone(), Some(draft.number)),
    };
    let page = Page {
        code: &code,
        name,
        draft,
        may_edit: visitor.caller.officer()?.may(EDIT),
        findings: told(&visitor, &subject.findings, &subject.files),
        content,
    };
    visitor.page(&visitor.text("procedures-preview"), &page)
}

async fn content(app: &App, visitor: &Visitor, code: &str, subject: &Subject, package: &Package) -> Result<Content> {
    let version = match &subject.from {
        Origin::Version(version) => version.clone(),
        Origin::Draft(draft) => {
            Arc::new(Version::new(draft.id, draft.number, draft.saved_at, draft.id, package.clone()))
        }
    };
    // As it will be shown once it is in force.
    let shown = Dated { last_day: package.procedure.to, standing: Standing::InForce, version };
    let form = package.form.is_some();
    let form = form.then(|| address(&format!("{LIST}/{code}/xem-truoc/bieu-mau"), &subject.meant())).transpose()?;
    let (picture, steps) = lines(visitor, package, &Organisation::load()?);
    Ok(Content {
        procedure: procedure::preview(app, visitor, &shown, form.as_deref()).await?,
        levels: levels(package),
        form,
        picture,
        steps,
    })
}

/// The level as it stands on the page, and as it stands on a tag in lists.
fn levels(package: &Package) -> Vec<&'static str> {
    match package.procedure.service.as_ref().map(|service| service.level) {
        Some(Level::Full) => vec!["procedures-level-full", "procedures-tag-full"],
        Some(Level::Partial) => vec!["procedures-level-partial", "procedures-tag-partial"],
        None => vec!["procedures-level-none", "procedures-tag-none"],
    }
}
