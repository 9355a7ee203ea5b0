//! For whom somebody files: themselves, a person who authorised them, or an organisation that they represent.

#[cfg(test)]
mod tests;

use base::{Id, Result};
use contracts::questions::Procedure;
use directory::Representation;
use system::{App, Citizen};
use web::Visitor;

use crate::access;
use crate::behalf::Subject;

const ONESELF: &str = "ban-than";
const AUTHORISER: &str = "uy-quyen";

/// One answer to the question.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) text: String,
    pub(super) hint: String,
    subject: Subject,
}

/// The answers that the procedure allows this person, themselves first.
pub(super) async fn choices(app: &App, visitor: &Visitor, procedure: &Procedure) -> Result<Vec<Choice>> {
    let (citizen, subjects) = (visitor.caller.citizen()?, &procedure.subjects);
    let mut choices = Vec::new();
    if subjects.persons {
        choices.push(Choice {
            value: ONESELF.to_owned(),
            text: visitor.text("dossiers-whom-oneself"),
            hint: String::new(),
            subject: Subject::Person(citizen.person),
        });
    }
    if subjects.persons && subjects.authorised {
        choices.push(Choice {
            value: AUTHORISER.to_owned(),
            text: visitor.text("dossiers-whom-authoriser"),
            hint: visitor.text("dossiers-whom-authoriser-hint"),
            subject: Subject::Authoriser,
        });
    }
    if subjects.organisations {
        choices.extend(represented(app, visitor, citizen).await?.into_iter().map(|held| Choice {
            value: held.organisation.id.to_string(),
            text: held.organisation.name,
            hint: held.organisation.tax_code.as_str().to_owned(),
            subject: Subject::Organisation(held.organisation.id),
        }));
    }
    Ok(choices)
}

/// The organisations for which somebody may act today.
pub(super) async fn represented(app: &App, visitor: &Visitor, citizen: &Citizen) -> Result<Vec<Representation>> {
    if citizen.assurance < access::ACTS_FROM {
        return Ok(Vec::new());
    }
    directory::queries::representations_of(app.store.read(), citizen.person, visitor.now.today()).await
}

/// What was chosen; the first where nothing was asked.
pub(super) fn chosen(choices: &[Choice], value: &str) -> Option<Subject> {
    let found = choices.iter().find(|choice| choice.value == value);
    found.or_else(|| choices.first().filter(|_| value.is_empty())).map(|choice| choice.subject)
}

/// Whose things a list shows, by the id of an organisation in its address: the person's own where there is none.
pub(super) fn whose(held: &[Representation], asked: &str) -> Option<Id> {
    held.iter().map(|one| one.organisation.id).find(|id| id.to_string() == asked)
}
