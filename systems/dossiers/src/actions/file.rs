//! Sending a dossier in.

use base::{Error, Id, Now, Result};
use contracts::events::DossierSubmitted;
use contracts::questions::Procedure;
use flow::NewCase;
use form::Values;
use journal::{Entry, record};
use store::{Sql, Tx};
use system::{App, Caller};

use super::{Change, agent, consent, thing};
use crate::access::SHARED;
use crate::dossier::{Channel, Dossier, State, code};
use crate::filing::Identified;
use crate::paper::HandedIn;
use crate::{filing, found, queries};

/// A dossier ready to be sent in: its answers are accepted by the form, its papers kept.
#[derive(Clone, Debug)]
pub struct NewDossier {
    /// Made by the page; the same form sent again is the same dossier.
    pub form_id: Id,
    pub procedure: String,
    pub applicant: Id,
    pub applicant_name: String,
    pub agency: Id,
    pub receiving: Id,
    pub channel: Channel,
    pub answers: Values,
    pub papers: Vec<HandedIn>,
    /// The draft it grew from, which goes when it is sent.
    pub draft: Option<Id>,
}

/// Sends it in: it gets its code now, whether or not it will be accepted, and lies at the desk to be checked.
///
/// # Errors
/// [`Error::Conflict`] when the procedure is no longer in force. A second sending gives the first's dossier.
pub async fn file(app: &App, now: Now, caller: &Caller, new: NewDossier) -> Result<Dossier> {
    if let Some(sent) = queries::by_form(app.store.read(), new.form_id).await? {
        return Ok(sent);
    }
    let form = new.form_id;
    let identified = Identified::of(caller, new.channel).is_some_and(Identified::is_compared);
    let insert = async |tx: &Tx| insert(&Change::new(app, tx, now, caller), caller, new, identified).await;
    let filed = app.store.write(insert).await;
    match filed {
        // Sent twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => queries::by_form(app.store.read(), form).await?.ok_or(error),
        filed => filed,
    }
}

async fn insert(change: &Change<'_>, caller: &Caller, mut new: NewDossier, identified: bool) -> Result<Dossier> {
    let (tx, now) = (change.tx, change.now);
    let filed_for = agent::filed_for(change, caller, new.draft, new.applicant).await?;
    if let Some(filed) = &filed_for {
        (new.applicant, new.applicant_name) = (filed.applicant, filed.applicant_name.clone());
    }
    let procedure = filing::in_force(change.app, &new.procedure, now).await?;
    let procedure = procedure.ok_or(Error::Conflict("dossiers-procedure-not-in-force"))?;
    let consents = consent::held(change, caller, &procedure, new.channel, &new.answers, new.draft).await?;
    let agency = directory::queries::agency(tx, new.agency).await?.ok_or(Error::NotFound)?;
    let receiving = directory::queries::agency(tx, new.receiving).await?.ok_or(Error::NotFound)?;
    let day = now.today();
    let number =
        store::next_number(tx, &format!("dossier:{}", receiving.code), &day.format("%y%m%d").to_string()).await?;
    let code = code(&receiving.code, day, number);
    let id = Id::new(now);
    let case = change
        .flow()
        .open(NewCase {
            system: "dossiers".to_owned(),
            subject: id,
            process: procedure.process,
            agency: agency.id,
            receiving: receiving.id,
            title: procedure.name.clone(),
            reference: code.clone(),
            label: new.applicant_name.clone(),
            path: format!("/mot-cua/ho-so/{code}"),
        })
        .await?;
    let fee = filing::fee(&procedure, new.channel);
    let dossier = Dossier {
        id,
        form_id: new.form_id,
        code,
        procedure: procedure.id,
        procedure_code: procedure.code.clone(),
        procedure_name: procedure.name.clone(),
        applicant: new.applicant,
        applicant_name: new.applicant_name,
        filed_by: change.actor.account,
        agency: agency.id,
        receiving: receiving.id,
        case: case.id,
        channel: new.channel,
        state: State::Submitted,
        answers: new.answers,
        fee,
        supplements: 0,
        submitted_at: now.utc(),
        received_at: None,
        promised_at: None,
        finished_at: None,
        closed_at: None,
    };
    row(change, &dossier, identified).await?;
    if let Some(filed) = &filed_for {
        agent::keep(change, &dossier, filed).await?;
    }
    let reused = match new.draft {
        Some(draft) => queries::reused_in(tx, draft).await?,
        None => Vec::new(),
    };
    for paper in &new.papers {
        let from = reused.iter().find(|reused| reused.is(paper)).map(|reused| reused.from);
        add_paper(change, &dossier, &procedure, paper, from).await?;
    }
    SHARED.join(tx, agency.id, dossier.id).await?;
    SHARED.join(tx, receiving.id, dossier.id).await?;
    found::index(tx, change.app.store.kind(), dossier.id).await?;
    if let Some(draft) = new.draft {
        Sql::new(
            "INSERT INTO dossiers_bundles (dossier_id, bundle_id) SELECT $1, bundle_id FROM dossiers_drafts \
             WHERE id = $2 AND bundle_id IS NOT NULL",
        )
        .bind(dossier.id.uuid())
        .bind(draft.uuid())
        .run(tx)
        .await?;
        Sql::new("DELETE FROM dossiers_drafts WHERE id = $1").bind(draft.uuid()).run(tx).await?;
    }
    let event = DossierSubmitted { changed: change.event(&dossier).await?, identified: Some(identified) };
    record(tx, now, &change.actor, Entry::new("dossiers.submitted", thing(id), &event)?).await?;
    consent::tell_of(change, &dossier, &consents).await?;
    Ok(dossier)
}

async fn row(change: &Change<'_>, dossier: &Dossier, identified: bool) -> Result<()> {
    Sql::new(
        "INSERT INTO dossiers (id, form_id, code, procedure_id, procedure_code, procedure_name, applicant_id, \
         applicant_name, filed_by, agency_id, receiving_id, case_id, channel, state, answers, fee, supplements, \
         submitted_at, identified) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
    )
    .bind(dossier.id.uuid())
    .bind(dossier.form_id.uuid())
    .bind(dossier.code.as_str())
    .bind(dossier.procedure.uuid())
    .bind(dossier.procedure_code.as_str())
    .bind(dossier.procedure_name.as_str())
    .bind(dossier.applicant.uuid())
    .bind(dossier.applicant_name.as_str())
    .bind(dossier.filed_by.map(Id::uuid))
    .bind(dossier.agency.uuid())
    .bind(dossier.receiving.uuid())
    .bind(dossier.case.uuid())
    .bind(dossier.channel.as_str())
    .bind(i64::from(dossier.state.code()))
    .bind(serde_json::to_string(&dossier.answers)?)
    .bind(dossier.fee)
    .bind(dossier.supplements)
    .bind(dossier.submitted_at)
    .bind(identified)
    .run(change.tx)
    .await?;
    Ok(())
}

/// `from` is what was already held and is this paper, where nobody handed it in again.
pub(super) async fn add_paper(
    change: &Change<'_>,
    dossier: &Dossier,
    procedure: &Procedure,
    paper: &HandedIn,
    from: Option<Id>,
) -> Result<()> {
    let component = procedure.papers.iter().find(|component| component.code == paper.component);
    Sql::new(
        "INSERT INTO dossiers_papers (id, dossier_id, component, file_hash, name, size, mime, added_at, applicant_id, \
         reuse, reused_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(Id::new(change.now).uuid())
    .bind(dossier.id.uuid())
    .bind(paper.component.as_str())
    .bind(paper.hash.as_str())
    .bind(paper.name.as_str())
    .bind(paper.size)
    .bind(paper.mime.as_str())
    .bind(change.now.utc())
    .bind(dossier.applicant.uuid())
    .bind(component.and_then(|component| component.reuse.as_deref()))
    .bind(from.map(Id::uuid))
    .run(change.tx)
    .await?;
    Ok(())
}
