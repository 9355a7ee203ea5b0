//! Who may do what with dossiers.

use base::{Error, Id, Result};
use chrono::NaiveDate;
use directory::queries::Sharing;
use store::Connection;
use system::{Caller, Citizen, Officer, Permission, PositionKind};

use crate::behalf::{Agent, Behalf};
use crate::dossier::Dossier;
use crate::queries;

use PositionKind::{Administrator, Clerk, Head, Leader, Reception, Specialist};

pub const READ: &str = "dossiers.read";
pub const RECEIVE: &str = "dossiers.receive";
pub const EXAMINE: &str = "dossiers.examine";
pub const ASSIGN: &str = "dossiers.assign";
pub const SIGN: &str = "dossiers.sign";
pub const ISSUE: &str = "dossiers.issue";
/// To let dossiers under way go on by a later version of their procedure.
pub const MIGRATE: &str = "dossiers.migrate";
/// Scope of other programs.
pub const CLIENT: &str = "dossiers";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(READ, &[Reception, Specialist, Head, Leader, Clerk]),
    Permission::new(RECEIVE, &[Reception]),
    Permission::new(EXAMINE, &[Specialist, Head]),
    Permission::new(ASSIGN, &[Head, Leader]),
    Permission::new(SIGN, &[Leader, Head]),
    Permission::new(ISSUE, &[Clerk, Reception]),
    Permission::new(MIGRATE, &[Administrator, Leader]),
];

/// The dossiers an officer may see: those in which an agency of their scope takes part.
pub const SHARED: Sharing = Sharing {
    table: "dossiers_agencies",
    thing: "dossier_id",
    rows: "dossiers",
    alias: "d",
    copied: &[
        ("state", "d.state"),
        ("procedure_code", "d.procedure_code"),
        ("entrance", ENTRANCE),
        ("owed_at", OWED_AT),
    ],
};

/// How it came in ([`crate::dossier::Entrance`]): what no account of this portal sent in online came from the national one.
const ENTRANCE: &str = "CASE WHEN d.channel = 'online' AND d.filed_by IS NULL THEN 'national' ELSE d.channel END";
/// The date promised, while the agency owes the result ([`crate::apology::is_owed`]).
const OWED_AT: &str = "CASE WHEN d.state IN (2, 4) AND d.finished_at IS NULL THEN d.promised_at END";

/// Identification level from which somebody acts for an organisation (Decree 69/2024/NĐ-CP).
pub const ACTS_FROM: u8 = 2;

/// The dossier, if it is the caller's: for them, for an organisation that they represent today, or filed by them for somebody
/// whose authorisation holds today; to others it does not exist.
pub async fn own(c: &impl Connection, caller: &Caller, dossier: Dossier, on: NaiveDate) -> Result<Dossier> {
    let citizen = caller.citizen()?;
    if dossier.applicant == citizen.person {
        return Ok(dossier);
    }
    let is_theirs = match queries::agent(c, dossier.id).await? {
        None => dossier.filed_by == Some(citizen.account),
        Some(Agent { behalf: Behalf::Organisation, .. }) => represents(c, citizen, dossier.applicant, on).await?,
        Some(agent) => agent.person == citizen.person && agent.is_authorised(on),
    };
    if is_theirs { Ok(dossier) } else { Err(Error::NotFound) }
}

/// # Errors
/// [`Error::Conflict`] when the person may not act for the organisation on that day.
pub(crate) async fn acts_for(c: &impl Connection, citizen: &Citizen, organisation: Id, on: NaiveDate) -> Result<()> {
    if represents(c, citizen, organisation, on).await? { Ok(()) } else { Err(Error::Conflict("dossiers-whom-ended")) }
}

async fn represents(c: &impl Connection, citizen: &Citizen, organisation: Id, on: NaiveDate) -> Result<bool> {
    let held = directory::queries::represents(c, organisation, citizen.person, on).await?;
    Ok(citizen.assurance >= ACTS_FROM && held.is_some())
}

/// The officer, if the position may do the work of this permission at all.
pub fn may<'a>(caller: &'a Caller, permission: &'static str) -> Result<&'a Officer> {
    caller.officer_who_may(permission)
}
