//! What can be chosen in forms and filters.

use base::{Error, Id, Result};
use directory::queries::AgencyFilter;
use directory::{Agency, Tier, commune_name};
use system::App;
use web::{Choice, Visitor};

use crate::collected::Sitting;
use crate::meeting::Meeting;
use crate::queries;
use crate::rules::rules;

/// Agencies of the province that can be given a petition, at most.
const AGENCIES: usize = 200;
/// The last meetings, which forms offer.
const MEETINGS: usize = 100;

/// Choices with one before them that chooses nothing.
pub(super) fn none_or(visitor: &Visitor, key: &str, choices: Vec<Choice>) -> Vec<Choice> {
    let none = Choice { value: String::new(), text: visitor.text(key) };
    std::iter::once(none).chain(choices).collect()
}

pub(super) fn fields() -> Result<Vec<Choice>> {
    let choice = |field: &province::Field| Choice { value: field.code.clone(), text: field.title.clone() };
    Ok(rules()?.fields.iter().map(choice).collect())
}

pub(super) fn results() -> Result<Vec<Choice>> {
    let choice = |result: &province::Outcome| Choice { value: result.code.clone(), text: result.title.clone() };
    Ok(rules()?.results.iter().map(choice).collect())
}

pub(super) fn bodies() -> Result<Vec<Choice>> {
    let choice = |body: &province::Body| Choice { value: body.code.clone(), text: body.title.clone() };
    Ok(rules()?.bodies.iter().map(choice).collect())
}

pub(super) fn sittings(visitor: &Visitor) -> Vec<Choice> {
    let choice = |sitting: Sitting| Choice { value: sitting.as_str().to_owned(), text: visitor.text(sitting.text()) };
    Sitting::ALL.map(choice).into()
}

pub(super) async fn meetings(app: &App) -> Result<Vec<Choice>> {
    let meetings = queries::meetings(app.store.read(), None, MEETINGS).await?.rows;
    let choice = |meeting: Meeting| Choice { value: meeting.id.to_string(), text: meeting.title };
    Ok(meetings.into_iter().map(choice).collect())
}

/// All communes, each by the code of its committee.
pub(super) async fn communes(app: &App, visitor: &Visitor) -> Result<Vec<Choice>> {
    let found = directory::queries::communes(app.store.read(), visitor.now.today()).await?;
    let place = |agency: Agency| Choice { text: commune_name(&agency.name).to_owned(), value: agency.code };
    Ok(found.into_iter().map(place).collect())
}

/// Who can be given a petition: who is named first, then every agency of the province, then the communes.
pub(super) async fn answerers(app: &App, visitor: &Visitor, first: Option<Agency>) -> Result<Vec<Choice>> {
    let (c, day) = (app.store.read(), visitor.now.today());
    let filter = AgencyFilter { tier: Some(Tier::Province), ..AgencyFilter::default() };
    let province = directory::queries::agencies(c, day, &filter, None, AGENCIES).await?.rows;
    let communes = directory::queries::agencies_of_kind(c, "commune-committee", day).await?;
    let mut choices: Vec<Choice> = Vec::new();
    for agency in first.into_iter().chain(province).chain(communes) {
        if choices.iter().all(|choice| choice.value != agency.code) {
            choices.push(choice(agency));
        }
    }
    Ok(choices)
}

fn choice(agency: Agency) -> Choice {
    Choice { value: agency.code, text: agency.name }
}

/// The agency of this code today.
///
/// # Errors
/// [`Error::Invalid`] at the field, with this text.
pub(super) async fn agency(app: &App, visitor: &Visitor, code: &str, field: &str, text: &str) -> Result<Id> {
    let found = directory::queries::agency_by_code(app.store.read(), code, visitor.now.today()).await?;
    found.map(|agency| agency.id).ok_or_else(|| Error::invalid(field, text))
}
