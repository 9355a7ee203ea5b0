//! The portal's face: home, the list, one procedure; and the list of versions for whoever keeps the catalogue.

mod admin;
mod drafts;
mod fees;
mod figures;
mod guide;
mod home;
mod list;
mod procedure;

use askama::Template;
use base::Result;
use chrono::NaiveDate;
use store::Connection;
use system::{Access, Routes};
use web::Visitor;

use crate::access::MANAGE;
use crate::answer::takes_part;
use crate::package::Decides;
use crate::procedure::Version;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/", Access::Public, home::page)
        .get("/huong-dan", Access::Public, guide::list)
        .get("/huong-dan/{code}", Access::Public, guide::page)
        .example("guide", &[])
        .get("/thu-tuc", Access::Public, list::page)
        .get("/thu-tuc/{code}", Access::Public, procedure::page)
        .example("procedure", &[])
        .get("/quan-tri/thu-tuc", Access::Needs(MANAGE), admin::page)
        .and(drafts::routes())
}

/// Content made before.
#[derive(Template)]
#[template(source = "{{ html|safe }}", ext = "html")]
struct Ready<'a> {
    html: &'a str,
}

fn kind_of(visitor: &Visitor, kind: &str) -> String {
    visitor.text(&format!("directory-kind-{kind}"))
}

/// The agencies of that day: by its own name where there is just one, else by kind.
async fn agencies<'a>(
    c: &impl Connection,
    visitor: &Visitor,
    version: &'a Version,
    day: NaiveDate,
) -> Result<Vec<(&'a Decides, String)>> {
    let mut named = Vec::new();
    for agency in version.package.procedure.agencies.iter().filter(|agency| takes_part(agency, day)) {
        let all = directory::queries::agencies_of_kind(c, &agency.kind, day).await?;
        let mut meant =
            all.into_iter().filter(|one| agency.notation.as_ref().is_none_or(|notation| *notation == one.notation));
        let name = match (meant.next(), meant.next()) {
            (Some(only), None) => only.name,
            _ => kind_of(visitor, &agency.kind),
        };
        named.push((agency, name));
    }
    Ok(named)
}
