//! Who may do what with petitions.

use base::{Error, Result};
use directory::queries::Sharing;
use flow::Work;
use system::{Caller, Officer, Permission, PositionKind};

use crate::petition::Petition;

use PositionKind::{Clerk, Head, Leader, Reception, Specialist};

pub const READ: &str = "petitions.read";
pub const ENTER: &str = "petitions.enter";
pub const CLASSIFY: &str = "petitions.classify";
pub const ASSIGN: &str = "petitions.assign";
pub const HANDLE: &str = "petitions.handle";
pub const APPROVE: &str = "petitions.approve";
pub const FOLLOW: &str = "petitions.follow";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(READ, &[Clerk, Reception, Specialist, Head, Leader]),
    Permission::new(ENTER, &[Clerk, Reception]),
    Permission::new(CLASSIFY, &[Reception]),
    Permission::new(ASSIGN, &[Head]),
    Permission::new(HANDLE, &[Specialist]),
    Permission::new(APPROVE, &[Leader]),
    Permission::new(FOLLOW, &[Clerk, Head]),
];

/// The petitions an officer may see: those in which an agency of their scope takes part.
pub(crate) const SHARED: Sharing =
    Sharing { table: "petitions_agencies", thing: "petition_id", rows: "petitions_petitions", alias: "p", copied: &[] };

/// The permission that each kind of work asks for.
pub(crate) const fn permission(does: Work) -> &'static str {
    match does {
        Work::Receive => CLASSIFY,
        Work::Assign => ASSIGN,
        Work::Sign => APPROVE,
        _ => HANDLE,
    }
}

/// Whether the officer follows the petition up: of the office that entered it, or of the one that received it.
pub(crate) fn may_follow(officer: &Officer, petition: &Petition) -> bool {
    let is_theirs = [petition.entered, petition.receiving].contains(&officer.agency);
    officer.may(FOLLOW) && is_theirs && petition.state.is_answered()
}

/// Whether the officer may say how far an answered petition has come: of the agency that answered.
pub(crate) fn may_report(officer: &Officer, petition: &Petition) -> bool {
    officer.may(HANDLE) && officer.agency == petition.agency && petition.state.is_answered()
}

/// The officer, if the rule holds for the petition, which they can see.
pub(crate) fn check<'a>(
    caller: &'a Caller,
    permission: &'static str,
    petition: &Petition,
    rule: fn(&Officer, &Petition) -> bool,
) -> Result<&'a Officer> {
    let officer = caller.officer_who_may(permission)?;
    if rule(officer, petition) {
        return Ok(officer);
    }
    Err(if petition.state.is_answered() { Error::NotFound } else { Error::Conflict("petitions-state-forbids") })
}
