//! Who may do what with reports.

use base::{Error, Result};
use directory::queries::Sharing;
use flow::Work;
use identity::LinkSecret;
use system::{Caller, Officer, Permission, PositionKind};

use crate::report::Report;

use PositionKind::{Head, Leader, Reception, Specialist};

pub const READ: &str = "feedback.read";
pub const TRIAGE: &str = "feedback.triage";
pub const HANDLE: &str = "feedback.handle";
pub const APPROVE: &str = "feedback.approve";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(READ, &[Reception, Specialist, Head, Leader]),
    Permission::new(TRIAGE, &[Reception]),
    Permission::new(HANDLE, &[Specialist]),
    Permission::new(APPROVE, &[Leader]),
];

/// The reports an officer may see: those in which an agency of their scope takes part.
pub const SHARED: Sharing = Sharing {
    table: "feedback_agencies",
    thing: "report_id",
    rows: "feedback_reports",
    alias: "r",
    copied: &[("state", "r.state")],
};

/// The permission that each kind of work asks for.
pub(crate) const fn permission(does: Work) -> &'static str {
    match does {
        Work::Receive => TRIAGE,
        Work::Sign => APPROVE,
        _ => HANDLE,
    }
}

/// The report, if the caller sent it: known by the account, or by the link that was given at sending. To others it does
/// not exist.
pub fn own(caller: &Caller, secret: Option<&LinkSecret>, report: Report) -> Result<Report> {
    let by_account = matches!(caller, Caller::Citizen(citizen) if report.reporter == Some(citizen.person));
    let by_link = secret.is_some_and(|secret| secret.digest() == report.secret_digest);
    if by_account || by_link { Ok(report) } else { Err(Error::NotFound) }
}

/// The officer, if the position may do the work of this permission at all.
pub fn may<'a>(caller: &'a Caller, permission: &'static str) -> Result<&'a Officer> {
    caller.officer_who_may(permission)
}
