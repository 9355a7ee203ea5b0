//! Filing for another: who they are, that the desk looked at their authorisation, and that it was taken back.

use base::{Error, Id, Now, PersonalNumber, Result, fold};
use chrono::NaiveDate;
use directory::{NewPerson, Person};
use journal::{Entry, record};
use notify::{Message, To};
use serde_json::json;
use store::Sql;
use system::{App, Caller};

use super::{Change, current, message, thing, withdraw};
use crate::access::{self, RECEIVE};
use crate::behalf::{Behalf, Principal};
use crate::dossier::{Dossier, State};
use crate::paper::Draft;
use crate::queries;

/// Who files for whom, as it is found out when a dossier is sent.
pub(super) struct Filed {
    behalf: Behalf,
    agent: Id,
    agent_name: String,
    principal: Option<Principal>,
    /// The dossier is about this person or organisation.
    pub(super) applicant: Id,
    pub(super) applicant_name: String,
}

/// Keeps who authorised the owner of a draft.
pub async fn save_principal(app: &App, now: Now, draft: &Draft, principal: &Principal) -> Result<()> {
    app.store
        .write(async |tx| {
            let kept = Sql::new(
                "UPDATE dossiers_drafts SET principal = $2, saved_at = $3 WHERE id = $1 AND behalf = 'authorised'",
            )
            .bind(draft.id.uuid())
            .bind(serde_json::to_string(principal)?)
            .bind(now.utc())
            .run(tx)
            .await?;
            if kept == 1 { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
}

/// Whether and for whom else the caller files this draft; nothing where it is for themselves or for whoever is at the counter.
///
/// # Errors
/// [`Error::Conflict`] when they do not represent the organisation any more, or the authorisation does not hold.
pub(super) async fn filed_for(
    change: &Change<'_>,
    caller: &Caller,
    draft: Option<Id>,
    applicant: Id,
) -> Result<Option<Filed>> {
    let Some(draft) = draft else { return Ok(None) };
    let (Some(behalf), principal) = queries::behalf_of(change.tx, draft).await? else { return Ok(None) };
    let citizen = caller.citizen()?;
    let (agent, agent_name) = (citizen.person, citizen.name.clone());
    if behalf == Behalf::Organisation {
        access::acts_for(change.tx, citizen, applicant, change.now.today()).await?;
        let organisation = directory::queries::organisation(change.tx, applicant).await?.ok_or(Error::NotFound)?;
        let applicant_name = organisation.name;
        return Ok(Some(Filed { behalf, agent, agent_name, principal: None, applicant, applicant_name }));
    }
    let principal = principal.ok_or(Error::Conflict("dossiers-principal-missing"))?;
    if principal.until < change.now.today() {
        return Err(Error::Conflict("dossiers-authorisation-ended"));
    }
    let known = directory::queries::person_by_number(change.tx, &principal.number).await?;
    if known.as_ref().is_some_and(|known| known.id == agent) {
        return Err(Error::Conflict("dossiers-principal-oneself"));
    }
    let (applicant, applicant_name) = person(change, &principal, known).await?;
    Ok(Some(Filed { behalf, agent, agent_name, principal: Some(principal), applicant, applicant_name }))
}

/// The person of the directory whom all that was given fits; else somebody new whose number stands there only once the desk
/// has seen the paper: nobody finds out here whose a number is, and nobody takes the number of another.
async fn person(change: &Change<'_>, principal: &Principal, known: Option<Person>) -> Result<(Id, String)> {
    if let Some(known) = known.filter(|known| fits(known, &principal.name, Some(principal.birth_date))) {
        return Ok((known.id, known.name));
    }
    let new =
        NewPerson { name: principal.name.clone(), birth_date: Some(principal.birth_date), ..NewPerson::default() };
    let id = directory::actions::add_person(change.tx, change.now, &change.actor, new).await?;
    Ok((id, principal.name.clone()))
}

fn fits(known: &Person, name: &str, birth_date: Option<NaiveDate>) -> bool {
    let born_then = known.birth_date.is_none_or(|day| birth_date.is_none_or(|given| given == day));
    fold(&known.name) == fold(name) && born_then
}

/// Now that the desk has seen the paper, the dossier is that of the person who has the number.
///
/// # Errors
/// [`Error::Conflict`] when that is somebody of another name or day of birth.
async fn identify(change: &Change<'_>, dossier: &Dossier, number: PersonalNumber) -> Result<()> {
    let tx = change.tx;
    let given = directory::queries::person(tx, dossier.applicant).await?.ok_or(Error::NotFound)?;
    let Some(known) = directory::queries::person_by_number(tx, &number).await? else {
        let whole = Person { personal_number: Some(number), ..given };
        return directory::actions::change_person(tx, change.now, &change.actor, &whole).await;
    };
    if known.id == dossier.applicant {
        return Ok(());
    }
    if !fits(&known, &given.name, given.birth_date) {
        return Err(Error::Conflict("dossiers-principal-mismatch"));
    }
    for sql in [
        "UPDATE dossiers SET applicant_id = $2 WHERE id = $1",
        "UPDATE dossiers_papers SET applicant_id = $2 WHERE dossier_id = $1",
    ] {
        Sql::new(sql).bind(dossier.id.uuid()).bind(known.id.uuid()).run(tx).await?;
    }
    Ok(())
}

/// Writes down who filed it, and tells the person it is for.
pub(super) async fn keep(change: &Change<'_>, dossier: &Dossier, filed: &Filed) -> Result<()> {
    Sql::new("INSERT INTO dossiers_agents (dossier_id, behalf, person_id, name, until, number) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(dossier.id.uuid())
        .bind(filed.behalf.as_str())
        .bind(filed.agent.uuid())
        .bind(filed.agent_name.as_str())
        .bind(filed.principal.as_ref().map(|principal| principal.until))
        .bind(filed.principal.as_ref().map(|principal| principal.number.reveal()))
        .run(change.tx)
        .await?;
    if filed.behalf == Behalf::Organisation {
        return Ok(());
    }
    let parameters = [("code", dossier.code.clone()), ("agent", filed.agent_name.clone())];
    let link = format!("/ho-so/{}", dossier.code);
    let told = Message {
        text: "dossiers-message-filed-for-you",
        parameters: &parameters,
        link: &link,
        about: thing(dossier.id),
    };
    notify::tell(change.tx, change.app, change.now, &change.actor, To { person: filed.applicant }, told).await?;
    Ok(())
}

/// An officer of the receiving desk has looked at the written authorisation.
///
/// # Errors
/// [`Error::NotFound`] for another desk's dossier and for one that nobody filed for another; [`Error::Conflict`] when the
/// authorisation was taken back, its time is over, or the number is that of somebody else.
pub async fn check_authorisation(app: &App, now: Now, caller: &Caller, dossier: Id) -> Result<()> {
    let officer = access::may(caller, RECEIVE)?;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let dossier = current(tx, dossier).await?;
            let agent = queries::agent(tx, dossier.id).await?.filter(|agent| agent.behalf == Behalf::Authorised);
            let agent = agent.filter(|_| officer.agency == dossier.receiving).ok_or(Error::NotFound)?;
            if !agent.is_authorised(now.today()) {
                return Err(Error::Conflict("dossiers-authorisation-ended"));
            }
            let checked = Sql::new(
                "UPDATE dossiers_agents SET checked_at = $2, checked_by = $3 WHERE dossier_id = $1 AND checked_at IS NULL",
            )
            .bind(dossier.id.uuid())
            .bind(now.utc())
            .bind(officer.position.uuid())
            .run(tx)
            .await?;
            if checked == 1 {
                if let Some(number) = queries::principal_number(tx, dossier.id).await? {
                    identify(&change, &dossier, number).await?;
                }
                let entry = Entry::new("dossiers.authorisation-checked", thing(dossier.id), &json!({}))?;
                record(tx, now, &change.actor, entry).await?;
            }
            Ok(())
        })
        .await
}

/// The person a dossier is for takes back what they authorised: whoever filed it sees it no more, and it stops, at once where
/// nobody has accepted it yet, else once the desk has agreed.
///
/// # Errors
/// [`Error::NotFound`] for anybody else, and when there is no authorisation any more.
pub async fn withdraw_authorisation(app: &App, now: Now, caller: &Caller, dossier: Id) -> Result<Dossier> {
    let person = caller.citizen()?.person;
    app.store
        .write(async |tx| {
            let change = Change::new(app, tx, now, caller);
            let mut dossier = current(tx, dossier).await?;
            if dossier.applicant != person {
                return Err(Error::NotFound);
            }
            let agent = queries::agent(tx, dossier.id).await?.ok_or(Error::NotFound)?;
            let withdrawn = Sql::new(
                "UPDATE dossiers_agents SET withdrawn_at = $2 WHERE dossier_id = $1 AND behalf = 'authorised' \
                 AND withdrawn_at IS NULL",
            )
            .bind(dossier.id.uuid())
            .bind(now.utc())
            .run(tx)
            .await?;
            if withdrawn != 1 {
                return Err(Error::NotFound);
            }
            let entry = Entry::new("dossiers.authorisation-withdrawn", thing(dossier.id), &json!({}))?;
            record(tx, now, &change.actor, entry).await?;
            message::tell_agent(&change, &dossier, agent.person).await?;
            if dossier.state.allows(State::WithdrawalAsked) {
                withdraw::ask(&change, &mut dossier).await?;
            }
            Ok(dossier)
        })
        .await
}
