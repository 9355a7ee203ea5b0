//! Who acts for enterprises and organisations: confirmed at the desk, handed on by those who were. Nobody claims it themselves.

use base::{Error, Id, PersonalNumber, Result, fold};
use chrono::NaiveDate;
use directory::{NewOrganisation, NewRepresentation, Representation};
use store::Connection;
use system::{App, Caller, Citizen, Officer};

use crate::access::CONFIRM;
use crate::account::{Account, AccountKind};
use crate::login::Login;
use crate::queries;

/// Identification level from which somebody may act for an organisation (Decree 69/2024/NĐ-CP).
pub(crate) const ASSURANCE: u8 = 2;

/// What an officer has seen the papers of.
#[derive(Clone, Debug)]
pub struct Confirmed {
    pub organisation: NewOrganisation,
    pub number: PersonalNumber,
    pub from: NaiveDate,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// Whom a legal representative names, by number and name so that numbers cannot be tried out.
#[derive(Clone, Debug)]
pub struct Named {
    pub organisation: Id,
    pub number: PersonalNumber,
    pub name: String,
    /// The last day.
    pub to: NaiveDate,
}

/// An officer has compared the papers of an organisation and of its legal representative.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::Invalid`] by the field `number` when nobody of level 2 has it;
/// [`Error::Conflict`] for the officer themselves, and when the person represents it already.
pub async fn confirm_representative(app: &App, officer: &Officer, confirmed: Confirmed) -> Result<Id> {
    if !officer.may(CONFIRM) {
        return Err(Error::Forbidden(CONFIRM));
    }
    let (now, actor) = (app.now(), Caller::Officer(officer.clone()).actor());
    app.store
        .write(async |tx| {
            let account = identified(tx, &confirmed.number).await?;
            let person = account.and_then(|account| account.person);
            let person = person.ok_or_else(|| Error::invalid("number", "identity-error-representative"))?;
            if person == officer.person {
                return Err(Error::Conflict("identity-error-represent-oneself"));
            }
            let organisation = directory::actions::keep_organisation(tx, now, &actor, &confirmed.organisation).await?;
            let (from, to) = (confirmed.from, confirmed.to);
            let new = NewRepresentation { organisation, person, named_by: None, from, to };
            directory::actions::represent(tx, now, &actor, new).await
        })
        .await
}

/// Ends what was confirmed or named, at the desk.
///
/// # Errors
/// [`Error::Forbidden`] without the permission; [`Error::NotFound`] when it has ended already.
pub async fn end_confirmed(app: &App, officer: &Officer, representation: Id) -> Result<()> {
    if !officer.may(CONFIRM) {
        return Err(Error::Forbidden(CONFIRM));
    }
    let (now, actor) = (app.now(), Caller::Officer(officer.clone()).actor());
    app.store.write(async |tx| directory::actions::end_representation(tx, now, &actor, representation).await).await
}

/// A legal representative lets a further person act, through a day.
///
/// # Errors
/// [`Error::NotFound`] for an organisation that is not theirs; [`Error::Conflict`] below identification level 2 and when the
/// person acts for it already; [`Error::Invalid`] by the fields `number` and `to`.
pub async fn name_representative(app: &App, citizen: &Citizen, named: Named) -> Result<Id> {
    let (now, actor) = (app.now(), Caller::Citizen(citizen.clone()).actor());
    if named.to < now.today() {
        return Err(Error::invalid("to", "identity-error-represent-until"));
    }
    app.store
        .write(async |tx| {
            legal(tx, citizen, named.organisation, now.today()).await?;
            let account = identified(tx, &named.number).await?;
            let person = account.filter(|account| fold(&account.name) == fold(&named.name));
            let person = person.and_then(|account| account.person);
            let person = person.ok_or_else(|| Error::invalid("number", "identity-error-representative-name"))?;
            let new = NewRepresentation {
                organisation: named.organisation,
                person,
                named_by: Some(citizen.person),
                from: now.today(),
                to: Some(named.to),
            };
            directory::actions::represent(tx, now, &actor, new).await
        })
        .await
}

/// A legal representative ends what one of them gave somebody.
///
/// # Errors
/// [`Error::NotFound`] for what is another organisation's, has ended or was confirmed at the desk.
pub async fn take_back(app: &App, citizen: &Citizen, representation: Id) -> Result<()> {
    let (now, actor) = (app.now(), Caller::Citizen(citizen.clone()).actor());
    app.store
        .write(async |tx| {
            let found = directory::queries::representation(tx, representation).await?.ok_or(Error::NotFound)?;
            legal(tx, citizen, found.organisation.id, now.today()).await?;
            if found.is_legal() {
                return Err(Error::NotFound);
            }
            directory::actions::end_representation(tx, now, &actor, representation).await
        })
        .await
}

/// By what the citizen is the legal representative of an organisation.
async fn legal(c: &impl Connection, citizen: &Citizen, organisation: Id, on: NaiveDate) -> Result<Representation> {
    let held = directory::queries::represents(c, organisation, citizen.person, on).await?;
    let held = held.filter(Representation::is_legal).ok_or(Error::NotFound)?;
    if citizen.assurance < ASSURANCE {
        return Err(Error::Conflict("identity-error-assurance"));
    }
    Ok(held)
}

/// The citizen's account with this number, if its owner's card was compared.
async fn identified(c: &impl Connection, number: &PersonalNumber) -> Result<Option<Account>> {
    let account = queries::account_by_login(c, &Login::Number(number.clone())).await?;
    Ok(account.filter(|account| account.kind == AccountKind::Citizen && account.assurance >= ASSURANCE))
}
