//! Asking a second person to agree, their answer, and what is sent only with it.

use base::{Error, Id, Now, PersonalNumber, Result};
use chrono::Days;
use contracts::questions::Procedure;
use form::Values;
use journal::{Actor, Entry, Thing, record};
use notify::{Message, To};
use serde_json::json;
use store::{Connection, Sql, Tx};
use system::{App, Caller, Citizen};

use super::{Change, thing as dossier_thing};
use crate::consent::{Consent, Needed, Standing, needed, seal};
use crate::dossier::{Channel, Dossier};
use crate::paper::Draft;
use crate::{filing, queries};

const fn thing(id: Id) -> Thing {
    Thing { kind: "consent", id }
}

/// The number of whom a draft is for.
pub(crate) async fn own_number(c: &impl Connection, draft: &Draft) -> Result<Option<PersonalNumber>> {
    if let Some(principal) = &draft.principal {
        return Ok(Some(principal.number.clone()));
    }
    let person = directory::queries::person(c, draft.applicant).await?;
    Ok(person.and_then(|person| person.personal_number))
}

/// Asks whoever has to agree in a role; asked twice about the same, they are asked once.
///
/// # Errors
/// [`Error::NotFound`] when nobody has to; [`Error::Conflict`] when the answers name nobody else.
pub async fn ask_consent(app: &App, now: Now, caller: &Caller, draft: &Draft, role: &str) -> Result<Id> {
    let citizen = caller.citizen()?;
    let procedure = filing::in_force(app, &draft.procedure_code, now).await?;
    let procedure = procedure.ok_or(Error::Conflict("dossiers-procedure-not-in-force"))?;
    let wanted = procedure.consents.iter().find(|wanted| wanted.role == role).ok_or(Error::NotFound)?;
    app.store
        .write(async |tx| {
            let draft = queries::draft_of(tx, citizen.person, draft.id).await?;
            let number = match needed(wanted, &draft.answers, own_number(tx, &draft).await?.as_ref()) {
                Needed::Of(number) => number,
                Needed::Nobody => return Err(Error::NotFound),
                Needed::Unknown => return Err(Error::Conflict("dossiers-consent-unknown")),
            };
            let (seal, today) = (seal(&draft)?, now.today());
            let asked = queries::consents(tx, draft.id).await?.into_iter().find(|asked| asked.role == role);
            if let Some(asked) = asked.filter(|asked| asked.standing(&seal, today) == Standing::Waiting) {
                return Ok(asked.id);
            }
            let id = Id::new(now);
            let until = today.checked_add_days(Days::new(wanted.days.into())).unwrap_or(today);
            Sql::new(
                "INSERT INTO dossiers_consents (id, draft_id, role, number, seal, asked_at, until) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
            )
            .bind(id.uuid())
            .bind(draft.id.uuid())
            .bind(role)
            .bind(number.reveal())
            .bind(seal)
            .bind(now.utc())
            .bind(until)
            .run(tx)
            .await?;
            let data = json!({ "draft": draft.id, "role": role, "until": until });
            record(tx, now, &caller.actor(), Entry::new("dossiers.consent-asked", thing(id), &data)?).await?;
            if let Some(person) = directory::queries::person_by_number(tx, &number).await? {
                let parameters = [("name", citizen.name.clone()), ("procedure", draft.procedure_name.clone())];
                tell(app, tx, now, &caller.actor(), person.id, "dossiers-message-consent-asked", &parameters, id)
                    .await?;
            }
            Ok(id)
        })
        .await
}

#[expect(clippy::too_many_arguments, reason = "a message has as many parts")]
async fn tell(
    app: &App,
    tx: &Tx,
    now: Now,
    actor: &Actor,
    person: Id,
    text: &'static str,
    parameters: &[(&'static str, String)],
    consent: Id,
) -> Result<()> {
    let link = format!("/dong-y/{consent}");
    let message = Message { text, parameters, link: &link, about: thing(consent) };
    notify::tell(tx, app, now, actor, To { person }, message).await?;
    Ok(())
}

/// What somebody is asked to agree to, with the draft as long as it is there; to others it does not exist.
///
/// # Errors
/// [`Error::NotFound`] for anybody but the one with that number.
pub(crate) async fn asked_of(c: &impl Connection, citizen: &Citizen, id: Id) -> Result<(Consent, Option<Draft>)> {
    let consent = queries::consent_by_id(c, id).await?.ok_or(Error::NotFound)?;
    let person = directory::queries::person(c, citizen.person).await?;
    if person.and_then(|person| person.personal_number).as_ref() != Some(&consent.number) {
        return Err(Error::NotFound);
    }
    match queries::draft_by_id(c, consent.draft).await {
        Ok(draft) if draft.owner == citizen.person => Err(Error::NotFound),
        Ok(draft) => Ok((consent, Some(draft))),
        Err(Error::NotFound) => Ok((consent, None)),
        Err(error) => Err(error),
    }
}

/// The second person agrees or declines.
///
/// # Errors
/// [`Error::NotFound`] for anybody else; [`Error::Conflict`] below the level that the procedure asks for, and when it was
/// answered, has lapsed, or is about something that has changed.
pub async fn answer_consent(app: &App, now: Now, caller: &Caller, id: Id, agreed: bool) -> Result<()> {
    let citizen = caller.citizen()?;
    app.store
        .write(async |tx| {
            let (consent, draft) = asked_of(tx, citizen, id).await?;
            let draft = draft.ok_or(Error::Conflict("dossiers-consent-over"))?;
            let procedure = filing::in_force(app, &draft.procedure_code, now).await?;
            let wanted = procedure.as_ref().and_then(|one| one.consents.iter().find(|one| one.role == consent.role));
            if wanted.is_none_or(|wanted| citizen.assurance < wanted.level) {
                return Err(Error::Conflict("dossiers-consent-level"));
            }
            if consent.standing(&seal(&draft)?, now.today()) != Standing::Waiting {
                return Err(Error::Conflict("dossiers-consent-over"));
            }
            let answered = Sql::new(
                "UPDATE dossiers_consents SET person_id = $2, name = $3, agreed = $4, answered_at = $5 \
                 WHERE id = $1 AND answered_at IS NULL",
            )
            .bind(id.uuid())
            .bind(citizen.person.uuid())
            .bind(citizen.name.as_str())
            .bind(agreed)
            .bind(now.utc())
            .run(tx)
            .await?;
            if answered != 1 {
                return Err(Error::Conflict("dossiers-consent-over"));
            }
            let verb = if agreed { "dossiers.consent-given" } else { "dossiers.consent-declined" };
            let data = json!({ "draft": draft.id, "role": consent.role });
            record(tx, now, &caller.actor(), Entry::new(verb, thing(id), &data)?).await?;
            let text = if agreed { "dossiers-message-consent-given" } else { "dossiers-message-consent-declined" };
            let parameters = [("name", citizen.name.clone()), ("procedure", draft.procedure_name.clone())];
            let link = format!("/nop-ho-so/ban-nhap/{}/kiem-tra", draft.id);
            let message = Message { text, parameters: &parameters, link: &link, about: thing(id) };
            notify::tell(tx, app, now, &caller.actor(), To { person: draft.owner }, message).await?;
            Ok(())
        })
        .await
}

/// The consents with which a dossier is sent online, each by its id and role. At the counter both people are there, and what
/// comes from the national portal was agreed to there.
///
/// # Errors
/// [`Error::Conflict`] when one is missing.
pub(super) async fn held(
    change: &Change<'_>,
    caller: &Caller,
    procedure: &Procedure,
    channel: Channel,
    answers: &Values,
    draft: Option<Id>,
) -> Result<Vec<Consent>> {
    if channel != Channel::Online || procedure.consents.is_empty() || !matches!(caller, Caller::Citizen(_)) {
        return Ok(Vec::new());
    }
    let draft = draft.ok_or(Error::Conflict("dossiers-consent-missing"))?;
    let draft = queries::draft_by_id(change.tx, draft).await?;
    let (seal, own) = (seal(&draft)?, own_number(change.tx, &draft).await?);
    let given = queries::consents(change.tx, draft.id).await?;
    let mut held = Vec::new();
    for wanted in &procedure.consents {
        let number = match needed(wanted, answers, own.as_ref()) {
            Needed::Nobody => continue,
            Needed::Of(number) => number,
            Needed::Unknown => return Err(Error::Conflict("dossiers-consent-unknown")),
        };
        let agreed = given.iter().find(|one| {
            one.role == wanted.role
                && one.number == number
                && one.standing(&seal, change.now.today()) == Standing::Agreed
        });
        held.push(agreed.cloned().ok_or(Error::Conflict("dossiers-consent-missing"))?);
    }
    Ok(held)
}

/// The history of the dossier tells of the consents that it was sent with.
pub(super) async fn tell_of(change: &Change<'_>, dossier: &Dossier, held: &[Consent]) -> Result<()> {
    for consent in held {
        let data = json!({ "consent": consent.id, "role": consent.role });
        let entry = Entry::new("dossiers.sent-with-consent", dossier_thing(dossier.id), &data)?;
        record(change.tx, change.now, &change.actor, entry).await?;
    }
    Ok(())
}
