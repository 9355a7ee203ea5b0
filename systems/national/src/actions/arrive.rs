//! A dossier that was filed at the national portal arrives.

use base::{Id, Now, PersonalNumber, Result};
use contracts::questions::{Procedure, Procedures};
use exchange::NewDelivery;
use journal::{Actor, Entry, record};
use serde_json::json;
use store::{Sql, Tx};
use system::App;

use super::fetch::{CONNECTOR, Errand};
use super::tell::PORTAL;
use super::thing;
use crate::message::{Filed, HoSo};
use crate::queries::{self, Arrival, Fate};
use crate::{PortalAt, Portals};

/// The longest code, name and address, in bytes.
const LONGEST: usize = 1000;

/// Takes it in, or refuses it with a reason that stands on its page and in the answer. The same code again is the same.
///
/// # Errors
/// [`base::Error::NotFound`] where no portal is joined; [`base::Error::Invalid`] for a dossier without a code.
pub async fn arrive(app: &App, now: Now, filed: Filed) -> Result<Arrival> {
    let portal = app.parts.get::<Portals>()?.portal.as_ref().ok_or(base::Error::NotFound)?;
    let code = filed.dossier.code.clone();
    if code.is_empty() || code.len() > LONGEST || code.contains('\0') {
        return Err(base::Error::invalid("MaHoSo", "web-error-body"));
    }
    if let Some(known) = queries::arrival_by_code(app.store.read(), &code).await? {
        return Ok(known);
    }
    let agency = directory::queries::agency_by_code(app.store.read(), &filed.agency, now.today()).await?;
    let procedure = match app.ask::<dyn Procedures>() {
        Some(procedures) => procedures.in_force(&filed.dossier.procedure_code, now).await?,
        None => None,
    };
    let reason = match (&procedure, &agency) {
        (None, _) => Some("national-refused-procedure"),
        (_, None) => Some("national-refused-agency"),
        (Some(procedure), Some(agency)) if !procedure.is_received_by(&agency.kind, &agency.notation) => {
            Some("national-refused-agency")
        }
        (Some(procedure), _) => wrong(procedure, &filed.dossier, portal),
    };
    let made = app.store.write(async |tx| insert(tx, now, &filed, agency.as_ref().map(|one| one.id), reason).await);
    match made.await {
        // It came twice at once: the other one was quicker.
        Err(error) if store::is_duplicate(&error) => {
            queries::arrival_by_code(app.store.read(), &code).await?.ok_or(error)
        }
        made => made,
    }
}

/// Why it cannot become a dossier here.
fn wrong(procedure: &Procedure, dossier: &HoSo, portal: &PortalAt) -> Option<&'static str> {
    // Whoever is known by the number need not show the card (Decree 69/2024/NĐ-CP).
    let known = |reuse: Option<&str>| reuse == Some("can-cuoc");
    let mut required = procedure
        .papers
        .iter()
        .filter(|paper| paper.required && paper.condition.is_none() && !known(paper.reuse.as_deref()));
    let handed_in = |code: &str| dossier.papers.iter().any(|paper| paper.component == code && paper.is_deleted != "1");
    let ours = |address: &str| {
        address.strip_prefix(&portal.url).is_some_and(|rest| rest.starts_with('/')) && address.len() <= LONGEST
    };
    if dossier.applicant.is_empty() || dossier.number().is_none() {
        Some("national-refused-applicant")
    } else if required.any(|paper| !handed_in(&paper.code)) {
        Some("national-refused-papers")
    } else if !dossier.papers.iter().all(|paper| ours(&paper.address)) {
        Some("national-refused-address")
    } else {
        None
    }
}

impl HoSo {
    /// The citizen's number of the applicant.
    pub(super) fn number(&self) -> Option<PersonalNumber> {
        let named = self.identities.iter().find(|identity| identity.kind == "1").map(|identity| &identity.number);
        named.unwrap_or(&self.applicant_number).parse().ok()
    }
}

async fn insert(tx: &Tx, now: Now, filed: &Filed, agency: Option<Id>, reason: Option<&'static str>) -> Result<Arrival> {
    let fate = if reason.is_some() { Fate::Refused } else { Fate::Waiting };
    let arrival = Arrival {
        id: Id::new(now),
        code: filed.dossier.code.clone(),
        procedure: filed.dossier.procedure_code.clone(),
        agency,
        body: serde_json::to_string(&filed.dossier)?,
        fate,
        reason: reason.map(str::to_owned),
        dossier: None,
        arrived_at: now.utc(),
    };
    Sql::new(
        "INSERT INTO national_arrivals (id, code, procedure_code, agency_id, body, state, reason, arrived_at, ended_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(arrival.id.uuid())
    .bind(arrival.code.as_str())
    .bind(arrival.procedure.as_str())
    .bind(agency.map(Id::uuid))
    .bind(arrival.body.as_str())
    .bind(fate.as_str())
    .bind(reason)
    .bind(arrival.arrived_at)
    .bind(reason.map(|_| now.utc()))
    .run(tx)
    .await?;
    let verb = if reason.is_some() { "national.arrival-refused" } else { "national.arrived" };
    let data = json!({ "procedure": arrival.procedure, "agency": agency });
    record(tx, now, &Actor::PROGRAM, Entry::new(verb, thing(arrival.id), &data)?).await?;
    if reason.is_none() {
        fetch(tx, now, filed, &arrival).await?;
    }
    Ok(arrival)
}

/// Its files are fetched by the ledger; then it is filed.
async fn fetch(tx: &Tx, now: Now, filed: &Filed, arrival: &Arrival) -> Result<()> {
    for (paper, number) in filed.dossier.papers.iter().filter(|paper| paper.is_deleted != "1").zip(1_i64..) {
        Sql::new(
            "INSERT INTO national_files (arrival_id, number, component, name, address) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(arrival.id.uuid())
        .bind(number)
        .bind(paper.component.as_str())
        .bind(paper.name.as_str())
        .bind(paper.address.as_str())
        .run(tx)
        .await?;
    }
    let delivery = NewDelivery {
        connector: CONNECTOR,
        key: arrival.code.clone(),
        destination: PORTAL.to_owned(),
        payload: serde_json::to_string(&Errand { arrival: arrival.id })?,
        subject: thing(arrival.id),
        agency: arrival.agency,
    };
    exchange::enqueue(tx, now, &Actor::PROGRAM, delivery).await?;
    Ok(())
}
