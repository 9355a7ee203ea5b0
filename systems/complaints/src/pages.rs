//! The two faces: people who send letters and follow them, officers at the desk.

mod attached;
mod citizen;
mod desk;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
mod timeline;

use base::{Error, Result};
use chrono::NaiveDate;
use directory::{Agency, COMMUNE_COMMITTEE, commune_name};
use system::App;
use web::{Choice, Visitor};

use ::system::Routes;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes())
}

/// A day as a browser's calendar sends it; nothing for an empty field.
fn day(text: &str, field: &str) -> Result<Option<NaiveDate>> {
    if text.is_empty() {
        return Ok(None);
    }
    base::iso_day(text).map(Some).ok_or_else(|| Error::invalid(field, "complaints-day-wrong"))
}

/// The communes of the province, by name.
async fn communes(app: &App, visitor: &Visitor) -> Result<Vec<Choice>> {
    let known = directory::queries::communes(app.store.read(), visitor.now.today()).await?;
    let choice = |agency: Agency| Choice { text: commune_name(&agency.name).to_owned(), value: agency.code };
    let none = Choice { value: String::new(), text: visitor.text("complaints-choose") };
    Ok(std::iter::once(none).chain(known.into_iter().map(choice)).collect())
}

/// The committee of this code; nothing for an empty one.
async fn commune(app: &App, visitor: &Visitor, code: &str) -> Result<Option<base::Id>> {
    if code.is_empty() {
        return Ok(None);
    }
    let found = directory::queries::agency_by_code(app.store.read(), code, visitor.now.today()).await?;
    let found = found.filter(|agency| agency.kind == COMMUNE_COMMITTEE);
    Ok(Some(found.ok_or_else(|| Error::invalid("commune", "complaints-commune-missing"))?.id))
}

/// The fields of the rules, with one that is none.
fn fields(visitor: &Visitor) -> Result<Vec<Choice>> {
    let none = Choice { value: String::new(), text: visitor.text("complaints-choose") };
    let known = &crate::rules::rules()?.fields;
    let choice = |field: &province::LetterField| Choice { value: field.code.clone(), text: field.title.clone() };
    Ok(std::iter::once(none).chain(known.iter().map(choice)).collect())
}
