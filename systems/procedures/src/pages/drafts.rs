//! Procedures as a province's own staff keep them: preview, editor, exchange.

mod asked;
mod diff;
mod edit;
mod exchange;
mod findings;
mod list;
mod preview;
mod process;
mod publish;
mod show;

use std::sync::Arc;

use base::{Error, Id, Result};
use province::Tree;
use serde::{Deserialize, Serialize};
use system::{Access, App, Routes};
use web::Visitor;

use crate::access::{EDIT, MANAGE, PUBLISH};
use crate::actions::drafts::judged;
use crate::catalogue::Catalogue;
use crate::draft::{Draft, State};
use crate::package::{Finding, Package};
use crate::procedure::Version;
use crate::queries::drafts;

const LIST: &str = "/quan-tri/thu-tuc";

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/quan-tri/thu-tuc/{code}/xem-truoc", Access::Needs(MANAGE), preview::page)
        .example("procedure-kept", &[])
        .get("/quan-tri/thu-tuc/{code}/xem-truoc/bieu-mau", Access::Needs(MANAGE), asked::page)
        .example("procedure-kept", &[])
        .post("/quan-tri/thu-tuc/{code}/xem-truoc/bieu-mau", Access::Needs(MANAGE), asked::answer)
        .example("procedure-kept", &[("_page", "cong-trinh"), ("_row", "add:designers")])
        .get("/quan-tri/thu-tuc-soan", Access::Needs(MANAGE), list::page)
        .get("/quan-tri/thu-tuc/{code}/goi", Access::Needs(MANAGE), exchange::download)
        .example("procedure-kept", &[])
        .get("/quan-tri/thu-tuc-soan/nhap", Access::Needs(EDIT), exchange::page)
        .post("/quan-tri/thu-tuc-soan/nhap", Access::Needs(EDIT), exchange::compare)
        .example("procedure-parcel", &[("parcel", "@file")])
        .post("/quan-tri/thu-tuc-soan/nhap/nhan", Access::Needs(EDIT), exchange::bring_in)
        .example("procedure-parcel", &[("parcel", "{parcel}")])
        .get("/quan-tri/thu-tuc-soan/moi", Access::Needs(EDIT), list::begin_page)
        .post("/quan-tri/thu-tuc-soan/moi", Access::Needs(EDIT), list::begin)
        .example("procedure-kept", &[("code", "{fresh}"), ("name", "Thủ tục mẫu"), ("process", "standard")])
        .get("/quan-tri/thu-tuc/{code}/soan", Access::Needs(MANAGE), show::page)
        .example("procedure-draft", &[])
        .post("/quan-tri/thu-tuc/{code}/soan", Access::Needs(EDIT), show::begin)
        .example("procedure-kept", &[])
        .post("/quan-tri/thu-tuc/{code}/soan/lay-lai", Access::Needs(EDIT), show::take_again)
        .example("procedure-draft", &[("so", "1")])
        .get("/quan-tri/thu-tuc/{code}/soan/so-sanh", Access::Needs(MANAGE), diff::page)
        .example("procedure-draft", &[])
        .post("/quan-tri/thu-tuc/{code}/soan/ho-so-thu", Access::Needs(EDIT), show::renew_cases)
        .example("procedure-draft", &[])
        .post("/quan-tri/thu-tuc/{code}/soan/kiem-tra", Access::Needs(EDIT), publish::check)
        .example("procedure-draft", &[])
        .post("/quan-tri/thu-tuc/{code}/soan/cong-bo", Access::Needs(PUBLISH), publish::publish)
        .example("procedure-draft", &[("from", "2027-01-01")])
        .get("/quan-tri/thu-tuc/{code}/soan/{section}", Access::Needs(EDIT), edit::page)
        .example("procedure-draft", &[])
        .post("/quan-tri/thu-tuc/{code}/soan/{section}", Access::Needs(EDIT), edit::save)
        .example("procedure-draft", &[("do", "luu")])
}

/// Which state of a procedure is meant: a published version, a save of the draft, or whatever is next to be published.
#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[serde(default)]
struct Meant {
    #[serde(rename = "ban", skip_serializing_if = "Option::is_none")]
    version: Option<Id>,
    #[serde(rename = "nhap", skip_serializing_if = "Option::is_none")]
    draft: Option<i64>,
}

/// A state of a procedure, judged.
struct Subject {
    from: Origin,
    package: Option<Package>,
    findings: Vec<Finding>,
    files: Tree,
}

enum Origin {
    Version(Arc<Version>),
    Draft(Draft),
}

impl Subject {
    /// # Errors
    /// [`Error::NotFound`] where there is no such version or save of the code.
    async fn find(app: &App, visitor: &Visitor, code: &str, meant: Meant) -> Result<Self> {
        let c = app.store.read();
        let draft = match (meant.draft, meant.version) {
            (Some(number), _) => Some(drafts::numbered(c, code, number).await?),
            (None, Some(_)) => None,
            (None, None) => drafts::last(c, code).await?.filter(|draft| draft.state != State::Published),
        };
        if let Some(draft) = draft {
            let files = drafts::files(c, draft.id).await?;
            let (package, findings) = judged(app, visitor.now, code, &files)?;
            return Ok(Self { from: Origin::Draft(draft), package, findings, files });
        }
        let shelf = Catalogue::of(app)?.shelf(visitor.now);
        let line = shelf.line(code).ok_or(Error::NotFound)?;
        let version = line.wanted(meant.version, visitor.now.today()).ok_or(Error::NotFound)?.clone();
        let package = Some(version.package.clone());
        Ok(Self { from: Origin::Version(version), package, findings: Vec::new(), files: Tree::default() })
    }

    fn meant(&self) -> Meant {
        match &self.from {
            Origin::Version(version) => Meant { version: Some(version.id), draft: None },
            Origin::Draft(draft) => Meant { version: None, draft: Some(draft.number) },
        }
    }
}

/// The last save of a code with its files.
///
/// # Errors
/// [`Error::NotFound`] where nobody wrote one.
async fn at_hand(app: &App, code: &str) -> Result<(Draft, Tree)> {
    let draft = drafts::last(app.store.read(), code).await?.ok_or(Error::NotFound)?;
    let files = drafts::files(app.store.read(), draft.id).await?;
    Ok((draft, files))
}
