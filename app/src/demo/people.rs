//! People who file: all of them plainly fictitious, their identity numbers from the one list.

use anyhow::{Context, Result};
use base::Now;
use directory::{NewOrganisation, NewPerson, NewRepresentation};
use dossiers::demo::Applicant;
use identity::Identity;
use journal::Actor;
use store::Sql;
use system::{Caller, Citizen};

use crate::account::Listed;
use crate::assemble::Program;
use crate::place::told;

/// The password of every demo account; it opens nothing but a demo.
pub(super) const PASSWORD: &str = "minh-hoa-2026";
/// Children of the list file nothing.
const GROWN_UP: u32 = 18;

/// Gives every grown-up of the list an account.
pub(super) async fn register(program: &Program, now: Now) -> Result<Vec<Listed>> {
    let app = &program.app;
    let hash = Identity::of(app).map_err(told)?.hashing.hash(&*app.random, PASSWORD).await.map_err(told)?;
    let mut accounts = Vec::new();
    for (number, demo) in grown_ups(now)?.into_iter().enumerate() {
        // One in six has only confirmed a telephone; the others' cards were compared.
        let assurance = if number % 6 == 5 { 1 } else { 2 };
        let person = NewPerson {
            name: demo.name.clone(),
            birth_date: Some(demo.birth_date),
            sex: Some(match demo.sex {
                province::Sex::Male => directory::Sex::Male,
                province::Sex::Female => directory::Sex::Female,
            }),
            personal_number: Some(demo.id_number.clone()),
            phone: demo.phone.clone(),
            email: None,
            address: Some(format!("{} đường Ví Dụ, phường Nha Trang", number + 1)),
        };
        app.store
            .write(async |tx| {
                let person = directory::actions::add_person(tx, now, &Actor::PROGRAM, person).await?;
                let new = identity::actions::NewCitizen {
                    person,
                    number: demo.id_number.clone(),
                    contact: None,
                    password: hash.clone(),
                    assurance,
                };
                identity::actions::create_citizen(tx, now, &Actor::PROGRAM, new).await
            })
            .await
            .map_err(told)?;
        accounts.push(Listed {
            login: demo.id_number.reveal().to_owned(),
            person: demo.name,
            position: "Người dân".to_owned(),
            agency: format!("mức định danh {assurance}"),
            permissions: Vec::new(),
            password: Some(PASSWORD.to_owned()),
            second_factor: None,
            passphrase: None,
            group: "identity-demo-citizens".to_owned(),
        });
    }
    Ok(accounts)
}

/// Writes down who represents the enterprises of the list.
pub(super) async fn represent(program: &Program, now: Now) -> Result<()> {
    let organisations = province::demo_organisations().map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let app = &program.app;
    for demo in organisations {
        let person =
            directory::queries::person_by_number(app.store.read(), &demo.representative).await.map_err(told)?;
        let person = person.context("the people of the demo are registered first")?.id;
        let new = NewOrganisation { tax_code: demo.tax_code, name: demo.name, address: demo.address };
        app.store
            .write(async |tx| {
                let organisation = directory::actions::keep_organisation(tx, now, &Actor::PROGRAM, &new).await?;
                let from = now.today();
                let new = NewRepresentation { organisation, person, named_by: None, from, to: None };
                directory::actions::represent(tx, now, &Actor::PROGRAM, new).await
            })
            .await
            .map_err(told)?;
    }
    Ok(())
}

fn grown_ups(now: Now) -> Result<Vec<province::Person>> {
    let people = province::people().map_err(|problem| anyhow::anyhow!("{problem}"))?;
    let of_age =
        |person: &province::Person| now.today().years_since(person.birth_date).is_some_and(|age| age >= GROWN_UP);
    Ok(people.into_iter().filter(of_age).collect())
}

/// The same people as callers, for the simulation.
pub(crate) async fn citizens(program: &Program, now: Now) -> Result<Vec<Applicant>> {
    let app = &program.app;
    let mut applicants = Vec::new();
    for demo in grown_ups(now)? {
        let person = directory::queries::person_by_number(app.store.read(), &demo.id_number).await.map_err(told)?;
        let person = person.context("the people of the demo are registered first")?;
        let account: Option<uuid::Uuid> =
            Sql::new("SELECT id FROM identity_accounts WHERE person_id = $1 AND kind = 'citizen'")
                .bind(person.id.uuid())
                .one(app.store.read(), |row| row.get(0))
                .await
                .map_err(told)?;
        let account = base::Id::from_uuid(account.context("a person of the demo has an account")?);
        applicants.push(Applicant {
            caller: Caller::Citizen(Citizen { account, person: person.id, name: person.name.clone(), assurance: 2 }),
            person: person.id,
            name: person.name,
            birth_date: demo.birth_date,
            number: demo.id_number,
            phone: demo.phone.map(|phone| phone.reveal().to_owned()).unwrap_or_default(),
        });
    }
    Ok(applicants)
}
