//! Who filed for whom.

use base::{Error, Id, PersonalNumber, Result};
use chrono::NaiveDate;
use store::{Connection, Slice, Sql};

use crate::behalf::{Agent, Behalf, Principal};
use crate::dossier::Dossier;
use crate::tables::{DOSSIER, dossier};

/// Who filed it, where it was filed for another.
pub async fn agent(c: &impl Connection, dossier: Id) -> Result<Option<Agent>> {
    Sql::new(
        "SELECT behalf, person_id, name, until, checked_at, withdrawn_at FROM dossiers_agents WHERE dossier_id = $1",
    )
    .bind(dossier.uuid())
    .one(c, |row| {
        let behalf = Behalf::parse(&row.get::<String>(0)?);
        Ok(Agent {
            behalf: behalf.ok_or_else(|| Error::inside("an agent on no behalf"))?,
            person: Id::from_uuid(row.get(1)?),
            name: row.get(2)?,
            until: row.get(3)?,
            checked_at: row.get(4)?,
            withdrawn_at: row.get(5)?,
        })
    })
    .await
}

/// The number of whoever authorised the one who filed it, as it was given.
pub(crate) async fn principal_number(c: &impl Connection, dossier: Id) -> Result<Option<PersonalNumber>> {
    let found = Sql::new("SELECT number FROM dossiers_agents WHERE dossier_id = $1")
        .bind(dossier.uuid())
        .one(c, |row| row.get::<Option<String>>(0))
        .await?;
    found.flatten().map(|number| number.parse()).transpose().map_err(Error::inside)
}

/// On whose behalf a draft is filled in, and who authorised it.
pub(crate) async fn behalf_of(c: &impl Connection, draft: Id) -> Result<(Option<Behalf>, Option<Principal>)> {
    let found = Sql::new("SELECT behalf, principal FROM dossiers_drafts WHERE id = $1")
        .bind(draft.uuid())
        .one(c, |row| Ok((row.get::<Option<String>>(0)?, row.get::<Option<String>>(1)?)))
        .await?;
    let (behalf, principal) = found.unwrap_or_default();
    let principal = principal.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok((behalf.as_deref().and_then(Behalf::parse), principal))
}

/// What a person filed for those who authorised them, as long as that holds, newest first.
pub(crate) async fn filed_as_authorised(
    c: &impl Connection,
    person: Id,
    on: NaiveDate,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Dossier>> {
    let older = if before.is_some() { "AND a.dossier_id < $3" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {DOSSIER} FROM dossiers_agents a JOIN dossiers d ON d.id = a.dossier_id WHERE a.person_id = $1 \
         AND a.behalf = 'authorised' AND a.withdrawn_at IS NULL AND (a.until IS NULL OR a.until >= $2) {older} \
         ORDER BY a.dossier_id DESC LIMIT {}",
        size + 1
    ))
    .bind(person.uuid())
    .bind(on);
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(c, |row| dossier(&row)).await?, size, |dossier| dossier.id.to_string()))
}

/// Who is told of a dossier: the person it is for and whoever they authorised, or those who represent the organisation.
pub(crate) async fn told_of(c: &impl Connection, dossier: &Dossier, on: NaiveDate) -> Result<Vec<Id>> {
    let mut people = directory::queries::people_of(c, dossier.applicant, on).await?;
    let agent = agent(c, dossier.id).await?.filter(|agent| agent.is_authorised(on));
    people.extend(agent.map(|agent| agent.person));
    Ok(people)
}
