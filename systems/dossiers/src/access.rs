//! Who may do what with dossiers.

use base::{Error, Result};
use directory::queries::Sharing;
use system::{Caller, Officer, Permission, PositionKind};

use crate::dossier::Dossier;

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

/// The dossier, if the caller filed it or it is theirs; to others it does not exist.
pub fn own(caller: &Caller, dossier: Dossier) -> Result<Dossier> {
    let citizen = caller.citizen()?;
    let filed = dossier.filed_by == Some(citizen.account);
    if dossier.applicant == citizen.person || filed { Ok(dossier) } else { Err(Error::NotFound) }
}

/// The officer, if the position may do the work of this permission at all.
pub fn may<'a>(caller: &'a Caller, permission: &'static str) -> Result<&'a Officer> {
    caller.officer_who_may(permission)
}
