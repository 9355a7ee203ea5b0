use base::{Now, Result};
use directory::{Party, Person, Sex};
use form::{Known, Prefill};
use system::App;

use crate::behalf::Principal;
use crate::paper::Draft;
use crate::{declared, filing, queries};

/// What is already known of the person a form is filled in for: what the directory has, and what they said of themselves beside
/// it and when they sent something before, the newest first. The counter is shown only the former; what somebody told another agency is not its business.
pub(super) async fn known(app: &App, now: Now, draft: &Draft) -> Result<Known> {
    if let Some(principal) = &draft.principal {
        return Ok(told(principal));
    }
    let mut known = if draft.is_of_counter() { Known::new() } else { said(app, now, draft).await? };
    if let Some(party) = directory::queries::party(app.store.read(), draft.applicant).await? {
        for (name, value) in of(&party) {
            // An address in parts fills more of a form than one in a line.
            if name != Prefill::Address || !known.contains_key(&name) {
                known.insert(name, value);
            }
        }
    }
    Ok(known)
}

async fn said(app: &App, now: Now, draft: &Draft) -> Result<Known> {
    let mut known = Known::new();
    if let Some(bundle) = draft.bundle {
        for beside in queries::bundled(app.store.read(), draft.owner, bundle).await? {
            let Some(procedure) = filing::in_force(app, &beside.procedure_code, now).await? else { continue };
            for (name, value) in declared::definition(&procedure)?.known(&beside.answers) {
                known.entry(name).or_insert(value);
            }
        }
    }
    for sent in queries::last_sent(app.store.read(), draft.applicant).await? {
        let Some(procedure) = filing::catalogue(app)?.version(sent.version).await? else { continue };
        for (name, value) in declared::definition(&procedure)?.known(&sent.answers) {
            known.entry(name).or_insert(value);
        }
    }
    Ok(known)
}

/// Of somebody who authorised the one who files: what that one said, and nothing that the province knows.
fn told(principal: &Principal) -> Known {
    let facts = [
        (Prefill::Name, principal.name.clone()),
        (Prefill::BirthDate, principal.birth_date.format("%Y-%m-%d").to_string()),
        (Prefill::IdNumber, principal.number.reveal().to_owned()),
    ];
    facts.into_iter().map(|(name, value)| (name, value.into())).collect()
}

fn of(party: &Party) -> Known {
    match party {
        Party::Person(person) => of_person(person),
        Party::Organisation(organisation) => {
            let facts = [(Prefill::Name, &organisation.name), (Prefill::Address, &organisation.address)];
            facts.into_iter().map(|(name, value)| (name, value.clone().into())).collect()
        }
    }
}

fn of_person(person: &Person) -> Known {
    let birth_date = person.birth_date.map(|day| day.format("%Y-%m-%d").to_string());
    let sex = person.sex.map(|sex| match sex {
        Sex::Male => "male".to_owned(),
        Sex::Female => "female".to_owned(),
    });
    let facts = [
        (Prefill::Name, Some(person.name.clone())),
        (Prefill::BirthDate, birth_date),
        (Prefill::IdNumber, person.personal_number.as_ref().map(|number| number.reveal().to_owned())),
        (Prefill::Phone, person.phone.as_ref().map(|phone| phone.reveal().to_owned())),
        (Prefill::Email, person.email.clone()),
        (Prefill::Address, person.address.clone()),
        (Prefill::Sex, sex),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value?.into()))).collect()
}
