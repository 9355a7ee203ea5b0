//! Who may file a procedure online, at which agency, and with which papers.

use std::sync::Arc;

use base::{Error, Now, Result};
use contracts::questions::{Competence, Paper, Procedure, Procedures};
use directory::Agency;
use system::{App, Citizen};

/// The version in force, if it may be filed online by somebody identified as this person is.
///
/// # Errors
/// [`Error::Invalid`] when no such procedure is in force; [`Error::Conflict`] with the reason when it is not for them.
pub(crate) async fn offered(app: &App, code: &str, citizen: &Citizen, now: Now) -> Result<Arc<Procedure>> {
    let procedures = app.ask::<dyn Procedures>().ok_or_else(|| Error::inside("nobody knows procedures"))?;
    let procedure = procedures.in_force(code, now).await?;
    let procedure = procedure.ok_or_else(|| Error::invalid("procedure", "dossiers-procedure-not-in-force"))?;
    if !procedure.channels.iter().any(|channel| channel == "online") {
        return Err(Error::Conflict("dossiers-guide-counter-only"));
    }
    if procedure.assurance > citizen.assurance {
        return Err(Error::Conflict("dossiers-guide-assurance"));
    }
    Ok(procedure)
}

/// The agency with this code, if it receives the procedure today.
pub(crate) async fn receiver(app: &App, procedure: &Procedure, code: &str, now: Now) -> Result<Option<Agency>> {
    let agency = directory::queries::agency_by_code(app.store.read(), code, now.today()).await?;
    let receives = |agency: &Agency, by: &Competence| {
        by.receives
            && by.kind == agency.kind
            && by.notation.as_ref().is_none_or(|notation| *notation == agency.notation)
    };
    Ok(agency.filter(|agency| procedure.agencies.iter().any(|by| receives(agency, by))))
}

/// Whether sending waits for this paper. One that is asked for only in some cases is judged at the desk; the identity card
/// of somebody identified by it is known (Decree 69/2024/NĐ-CP).
pub(crate) fn must_be_there(paper: &Paper, citizen: &Citizen) -> bool {
    let known = citizen.assurance >= 2 && paper.reuse.as_deref() == Some("can-cuoc");
    paper.required && paper.condition.is_none() && !known
}
