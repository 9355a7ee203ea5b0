//! Reading dossiers and what belongs to them.

mod agents;
mod bundle;
mod consents;
mod desk;
mod exchanged;
mod facts;
mod held;
mod migrating;
pub(crate) mod offers;
pub(crate) mod online;
mod own;
pub(crate) mod register;
mod uploads;
mod words;
pub(crate) mod workload;

use std::collections::HashMap;

use base::{Error, Id, Result};
use contracts::questions::{Figures, Next};
use store::{Connection, Slice, Sql};
use system::Officer;

use crate::access::SHARED;
use crate::apology::Apology;
use crate::dossier::{Dossier, State};
use crate::paper::{Draft, Paper, Reused, Supplement};
use crate::slip::{Outcome, Slip};
use crate::tables::{
    DOSSIER, DRAFT, OUTCOME, PAPER, SLIP, SUPPLEMENT, dossier, draft, outcome, paper, slip, supplement,
};

pub use agents::agent;
pub(crate) use agents::{behalf_of, filed_as_authorised, principal_number, told_of};
pub(crate) use bundle::{bundle_of, bundled, sent_together};
pub(crate) use consents::{consent_by_id, consents, draft_by_id};
pub use desk::{Filter, Owed, for_desk};
pub(crate) use exchanged::told;
pub(crate) use facts::Facts;
pub(crate) use held::{files_held, held_by_id, held_by_name, results_held};
pub(crate) use migrating::{at_steps, on_others};
pub(crate) use own::last_sent;
pub use own::own;
pub use uploads::{upload, uploads_since};

pub async fn by_id(c: &impl Connection, id: Id) -> Result<Option<Dossier>> {
    Sql::composed(format!("SELECT {DOSSIER} FROM dossiers d WHERE d.id = $1"))
        .bind(id.uuid())
        .one(c, |row| dossier(&row))
        .await
}

/// By its code, whoever asks: the caller decides who may know it.
pub async fn by_code(c: &impl Connection, code: &str) -> Result<Option<Dossier>> {
    Sql::composed(format!("SELECT {DOSSIER} FROM dossiers d WHERE d.code = $1"))
        .bind(code)
        .one(c, |row| dossier(&row))
        .await
}

pub async fn by_form(c: &impl Connection, form: Id) -> Result<Option<Dossier>> {
    Sql::composed(format!("SELECT {DOSSIER} FROM dossiers d WHERE d.form_id = $1"))
        .bind(form.uuid())
        .one(c, |row| dossier(&row))
        .await
}

/// By its code, for an officer: what lies outside the scope of the position does not exist.
pub async fn for_officer(c: &impl Connection, officer: &Officer, code: &str) -> Result<Dossier> {
    Sql::composed(format!("SELECT {DOSSIER} FROM dossiers d WHERE d.code = $1 AND {}", SHARED.seen_by(2)))
        .bind(code)
        .bind(officer.agency.uuid())
        .one(c, |row| dossier(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// A person's own dossiers, newest first.
pub async fn of_applicant(c: &impl Connection, person: Id, before: Option<Id>, size: usize) -> Result<Slice<Dossier>> {
    let older = if before.is_some() { "AND d.id < $2" } else { "" };
    let mut sql = Sql::composed(format!(
        "SELECT {DOSSIER} FROM dossiers d WHERE d.applicant_id = $1 {older} ORDER BY d.id DESC LIMIT {}",
        size + 1
    ))
    .bind(person.uuid());
    if let Some(before) = before {
        sql = sql.bind(before.uuid());
    }
    Ok(Slice::of(sql.all(c, |row| dossier(&row)).await?, size, |dossier| dossier.id))
}

pub async fn draft_of(c: &impl Connection, owner: Id, id: Id) -> Result<Draft> {
    Sql::composed(format!("SELECT {DRAFT} FROM dossiers_drafts WHERE id = $1 AND owner_id = $2"))
        .bind(id.uuid())
        .bind(owner.uuid())
        .one(c, |row| draft(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// What a draft takes from what is already held.
pub(crate) async fn reused_in(c: &impl Connection, draft: Id) -> Result<Vec<Reused>> {
    let reused = Sql::new("SELECT reused FROM dossiers_drafts WHERE id = $1")
        .bind(draft.uuid())
        .one(c, |row| Ok(serde_json::from_str(&row.get::<String>(0)?)?))
        .await?;
    Ok(reused.unwrap_or_default())
}

/// What a person has begun and not sent, newest first; at most fifty.
pub async fn drafts(c: &impl Connection, owner: Id) -> Result<Vec<Draft>> {
    Sql::composed(format!("SELECT {DRAFT} FROM dossiers_drafts WHERE owner_id = $1 ORDER BY id DESC LIMIT 50"))
        .bind(owner.uuid())
        .all(c, |row| draft(&row))
        .await
}

/// The papers handed in, the replaced ones among them, oldest first.
pub async fn papers(c: &impl Connection, dossier: Id) -> Result<Vec<Paper>> {
    Sql::composed(format!("SELECT {PAPER} FROM dossiers_papers WHERE dossier_id = $1 ORDER BY id"))
        .bind(dossier.uuid())
        .all(c, |row| paper(&row))
        .await
}

pub async fn supplements(c: &impl Connection, dossier: Id) -> Result<Vec<Supplement>> {
    Sql::composed(format!("SELECT {SUPPLEMENT} FROM dossiers_supplements WHERE dossier_id = $1 ORDER BY id"))
        .bind(dossier.uuid())
        .all(c, |row| supplement(&row))
        .await
}

/// The request that still waits for the applicant.
pub async fn open_supplement(c: &impl Connection, dossier: Id) -> Result<Option<Supplement>> {
    Ok(supplements(c, dossier).await?.into_iter().find(|found| found.answered_at.is_none()))
}

/// What the applicant said of how it was dealt with.
pub async fn satisfied(c: &impl Connection, dossier: Id) -> Result<Option<bool>> {
    let found = Sql::new("SELECT satisfied FROM dossiers WHERE id = $1").bind(dossier.uuid());
    Ok(found.one(c, |row| row.get(0)).await?.flatten())
}

/// What was said about a dossier that will be late.
pub async fn apology(c: &impl Connection, dossier: Id) -> Result<Option<Apology>> {
    Sql::new("SELECT made_at, reason, again_at FROM dossiers_apologies WHERE dossier_id = $1")
        .bind(dossier.uuid())
        .one(c, |row| Ok(Apology { made_at: row.get(0)?, reason: row.get(1)?, again_at: row.get(2)? }))
        .await
}

pub async fn slips(c: &impl Connection, dossier: Id) -> Result<Vec<Slip>> {
    Sql::composed(format!("SELECT {SLIP} FROM dossiers_slips WHERE dossier_id = $1 ORDER BY id"))
        .bind(dossier.uuid())
        .all(c, |row| slip(&row))
        .await
}

/// Slips whose paper is still to be made, oldest first.
pub(crate) async fn slips_to_print(
    c: &impl Connection,
    now: chrono::DateTime<chrono::Utc>,
    size: usize,
) -> Result<Vec<Slip>> {
    Sql::composed(format!("SELECT {SLIP} FROM dossiers_slips WHERE next_at <= $1 ORDER BY next_at LIMIT {size}"))
        .bind(now)
        .all(c, |row| slip(&row))
        .await
}

pub(crate) async fn slip_by_id(c: &impl Connection, id: Id) -> Result<Option<Slip>> {
    Sql::composed(format!("SELECT {SLIP} FROM dossiers_slips WHERE id = $1"))
        .bind(id.uuid())
        .one(c, |row| slip(&row))
        .await
}

/// The results of a dossier and of its sub-cases, those sent back among them.
pub async fn outcomes(c: &impl Connection, dossier: Id) -> Result<Vec<Outcome>> {
    Sql::composed(format!("SELECT {OUTCOME} FROM dossiers_results WHERE dossier_id = $1 ORDER BY id"))
        .bind(dossier.uuid())
        .all(c, |row| outcome(&row))
        .await
}

/// The newest result of each of these cases, of those that have one.
pub(crate) async fn outcomes_of_cases(c: &impl Connection, cases: &[Id]) -> Result<HashMap<Id, Outcome>> {
    if cases.is_empty() {
        return Ok(HashMap::new());
    }
    let text = format!(
        "SELECT {OUTCOME} FROM dossiers_results WHERE case_id IN ({}) AND voided_at IS NULL ORDER BY id",
        store::marks(1, cases.len())
    );
    let sql = cases.iter().fold(Sql::composed(text), |sql, case| sql.bind(case.uuid()));
    let found = sql.all(c, |row| outcome(&row)).await?;
    Ok(found.into_iter().map(|outcome| (outcome.case, outcome)).collect())
}

pub(crate) async fn outcome_by_id(c: &impl Connection, id: Id) -> Result<Option<Outcome>> {
    Sql::composed(format!("SELECT {OUTCOME} FROM dossiers_results WHERE id = $1"))
        .bind(id.uuid())
        .one(c, |row| outcome(&row))
        .await
}

/// The result of a case that is under way or issued.
pub async fn outcome_of_case(c: &impl Connection, case: Id) -> Result<Option<Outcome>> {
    Sql::composed(format!(
        "SELECT {OUTCOME} FROM dossiers_results WHERE case_id = $1 AND stage <> 'void' ORDER BY id DESC LIMIT 1"
    ))
    .bind(case.uuid())
    .one(c, |row| outcome(&row))
    .await
}

/// The dossiers that an agency has open: those it answers for, and those that came in there.
pub(crate) async fn open_of_agency(c: &impl Connection, agency: Id) -> Result<Vec<Dossier>> {
    Sql::composed(format!(
        "SELECT {DOSSIER} FROM dossiers d WHERE d.closed_at IS NULL AND (d.agency_id = $1 OR d.receiving_id = $1) \
         ORDER BY d.id"
    ))
    .bind(agency.uuid())
    .all(c, |row| dossier(&row))
    .await
}

/// The results that an agency has drawn up and nobody has signed.
pub(crate) async fn unsigned_of_agency(c: &impl Connection, agency: Id) -> Result<Vec<Outcome>> {
    Sql::composed(format!(
        "SELECT {OUTCOME} FROM dossiers_results WHERE agency_id = $1 AND signed_at IS NULL AND voided_at IS NULL ORDER BY id"
    ))
    .bind(agency.uuid())
    .all(c, |row| outcome(&row))
    .await
}

/// Results with a paper to be made next.
pub(crate) async fn outcomes_to_make(
    c: &impl Connection,
    now: chrono::DateTime<chrono::Utc>,
    size: usize,
) -> Result<Vec<Outcome>> {
    Sql::composed(format!("SELECT {OUTCOME} FROM dossiers_results WHERE next_at <= $1 ORDER BY next_at LIMIT {size}"))
        .bind(now)
        .all(c, |row| outcome(&row))
        .await
}

/// What an applicant was asked to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    pub id: Id,
    /// Whole đồng.
    pub amount: i64,
    /// What it is for, where it is more than the procedure's fees.
    pub reason: String,
}

pub async fn newest_duty(c: &impl Connection, dossier: Id) -> Result<Option<Duty>> {
    Sql::new("SELECT id, amount, reason FROM dossiers_duties WHERE dossier_id = $1 ORDER BY id DESC LIMIT 1")
        .bind(dossier.uuid())
        .one(c, |row| Ok(Duty { id: Id::from_uuid(row.get(0)?), amount: row.get(1)?, reason: row.get(2)? }))
        .await
}

/// What other systems ask of dossiers.
pub(crate) struct Asked(store::Store);

impl Asked {
    pub(crate) const fn new(store: store::Store) -> Self {
        Self(store)
    }
}

impl contracts::questions::Dossiers for Asked {
    fn figures(&self, now: base::Now) -> contracts::Answer<'_, Figures> {
        Box::pin(async move { figures(self.0.read(), now).await })
    }

    fn next_of(&self, person: Id) -> contracts::Answer<'_, Option<Next>> {
        Box::pin(async move {
            let open = Sql::composed(format!(
                "SELECT {DOSSIER} FROM dossiers d WHERE d.applicant_id = $1 AND d.closed_at IS NULL \
                 ORDER BY CASE WHEN d.state = 5 THEN 0 WHEN d.state = 9 THEN 1 ELSE 2 END, d.id DESC LIMIT 1"
            ))
            .bind(person.uuid())
            .one(self.0.read(), |row| dossier(&row))
            .await?;
            Ok(open.map(|dossier| Next {
                name: dossier.procedure_name,
                path: format!("/ho-so/{}", dossier.code),
                state: dossier.state.text().to_owned(),
                tone: dossier.state.tone().to_owned(),
                asked: dossier.state == State::SupplementAsked,
            }))
        })
    }
}

/// Figures of the month, from the rows that do the work.
pub async fn figures(c: &impl Connection, now: base::Now) -> Result<Figures> {
    let today = now.today();
    let first = chrono::Datelike::with_day(&today, 1).unwrap_or(today).and_time(chrono::NaiveTime::MIN);
    let first = first.and_local_timezone(base::ZONE).single().map_or(now.utc(), |at| at.to_utc());
    let found = Sql::new(
        "SELECT count(*), coalesce(sum(CASE WHEN channel = 'online' THEN 1 ELSE 0 END), 0), \
         coalesce(sum(CASE WHEN finished_at IS NOT NULL AND finished_at <= promised_at THEN 1 ELSE 0 END), 0), \
         coalesce(sum(CASE WHEN finished_at IS NOT NULL THEN 1 ELSE 0 END), 0), \
         coalesce(sum(CASE WHEN coalesce(finished_at, $2) > promised_at THEN 1 ELSE 0 END), 0) \
         FROM dossiers WHERE received_at >= $1",
    )
    .bind(first)
    .bind(now.utc())
    .one(c, |row| {
        Ok(Figures {
            received: row.get(0)?,
            online: row.get(1)?,
            in_time: row.get(2)?,
            finished: row.get(3)?,
            late: row.get(4)?,
        })
    })
    .await?;
    Ok(found.unwrap_or_default())
}

/// Dossiers in one state, oldest first; for what goes over all of them.
pub async fn in_state(c: &impl Connection, state: State, size: usize) -> Result<Vec<Dossier>> {
    Sql::composed(format!("SELECT {DOSSIER} FROM dossiers d WHERE d.state = $1 ORDER BY d.id LIMIT {size}"))
        .bind(i64::from(state.code()))
        .all(c, |row| dossier(&row))
        .await
}

/// A draft that is to become a dossier. The answer to a request is kept as a draft under the id of the request; that one
/// goes its own way and is none of these.
pub async fn unsent_draft(c: &impl Connection, owner: Id, id: Id) -> Result<Draft> {
    Sql::composed(format!("SELECT {DRAFT} FROM dossiers_drafts d WHERE id = $1 AND owner_id = $2 AND {UNSENT}"))
        .bind(id.uuid())
        .bind(owner.uuid())
        .one(c, |row| draft(&row))
        .await?
        .ok_or(Error::NotFound)
}

/// The drafts of a person that are to become dossiers, newest first; at most fifty.
pub async fn unsent_drafts(c: &impl Connection, owner: Id) -> Result<Vec<Draft>> {
    Sql::composed(format!(
        "SELECT {DRAFT} FROM dossiers_drafts d WHERE owner_id = $1 AND {UNSENT} ORDER BY id DESC LIMIT 50"
    ))
    .bind(owner.uuid())
    .all(c, |row| draft(&row))
    .await
}

const UNSENT: &str = "NOT EXISTS (SELECT 1 FROM dossiers_supplements s WHERE s.id = d.id)";

/// Who has a dossier in hand: an open step of its case or of a sub-case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub step: String,
    pub agency: String,
    /// Absent until somebody takes the step.
    pub person: Option<String>,
}

/// Who holds each of these dossiers, in one query whatever their number; a step that waits for a sub-case holds nothing.
pub async fn holders(c: &impl Connection, dossiers: &[Id]) -> Result<HashMap<Id, Vec<Holder>>> {
    if dossiers.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::composed(format!(
        "SELECT k.subject_id, s.title, a.name, n.name FROM flow_cases k JOIN flow_steps s ON s.case_id = k.id \
         JOIN directory_agencies a ON a.id = s.agency_id LEFT JOIN directory_persons n ON n.id = s.claimed_person \
         WHERE k.subject_id IN ({}) AND s.closed_at IS NULL AND s.role IS NOT NULL ORDER BY s.id",
        store::marks(1, dossiers.len())
    ));
    for dossier in dossiers {
        sql = sql.bind(dossier.uuid());
    }
    let held = sql
        .all(c, |row| {
            let holder = Holder { step: row.get(1)?, agency: row.get(2)?, person: row.get(3)? };
            Ok((Id::from_uuid(row.get(0)?), holder))
        })
        .await?;
    let mut by_dossier: HashMap<Id, Vec<Holder>> = HashMap::new();
    for (dossier, holder) in held {
        by_dossier.entry(dossier).or_default().push(holder);
    }
    Ok(by_dossier)
}
