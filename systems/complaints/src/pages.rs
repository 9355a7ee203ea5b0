//! The two faces: people who send letters and follow them, officers at the desk.

mod attached;
mod citizen;
mod desk;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
mod timeline;

use std::net::IpAddr;

use base::{Error, Result};
use chrono::NaiveDate;
use system::App;
use web::Visitor;

use ::system::Routes;

pub(crate) fn routes() -> Routes {
    citizen::routes().and(desk::routes())
}

/// One of several that can be chosen.
struct Choice {
    value: String,
    text: String,
}

/// Whose sendings are counted together: an IPv6 subscriber has a whole /64 to choose from.
fn sender(visitor: &Visitor) -> Option<String> {
    visitor.address.map(|address| match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    })
}

/// A day as a browser's calendar sends it; nothing for an empty field.
fn day(text: &str, field: &str) -> Result<Option<NaiveDate>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Error::invalid(field, "complaints-day-wrong"))
}

/// The communes of the province, by name.
async fn communes(app: &App, visitor: &Visitor) -> Result<Vec<Choice>> {
    let known = directory::queries::agencies_of_kind(app.store.read(), COMMITTEE, visitor.now.today()).await?;
    let name = |name: &str| name.trim_start_matches("Ủy ban nhân dân ").to_owned();
    let mut communes: Vec<Choice> =
        known.into_iter().map(|agency| Choice { text: name(&agency.name), value: agency.code }).collect();
    communes.sort_by_cached_key(|commune| base::fold(&commune.text));
    communes.insert(0, Choice { value: String::new(), text: visitor.text("complaints-choose") });
    Ok(communes)
}

const COMMITTEE: &str = "commune-committee";

/// The committee of this code; nothing for an empty one.
async fn commune(app: &App, visitor: &Visitor, code: &str) -> Result<Option<base::Id>> {
    if code.is_empty() {
        return Ok(None);
    }
    let found = directory::queries::agency_by_code(app.store.read(), code, visitor.now.today()).await?;
    let found = found.filter(|agency| agency.kind == COMMITTEE);
    Ok(Some(found.ok_or_else(|| Error::invalid("commune", "complaints-commune-missing"))?.id))
}

/// The fields of the rules, with one that is none.
fn fields(visitor: &Visitor) -> Result<Vec<Choice>> {
    let none = Choice { value: String::new(), text: visitor.text("complaints-choose") };
    let known = &crate::rules::rules()?.fields;
    let choice = |field: &province::LetterField| Choice { value: field.code.clone(), text: field.title.clone() };
    Ok(std::iter::once(none).chain(known.iter().map(choice)).collect())
}
