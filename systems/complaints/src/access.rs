//! Who may do what with letters.

use base::{Error, Result};
use directory::queries::Sharing;
use identity::LinkSecret;
use system::{Caller, Officer, Permission, PositionKind};

use crate::letter::Letter;

use PositionKind::{Head, Leader, Reception, Specialist};

pub const READ: &str = "complaints.read";
pub const RECEIVE: &str = "complaints.receive";
pub const HANDLE: &str = "complaints.handle";
pub const APPROVE: &str = "complaints.approve";
/// To name who holds the keys of sealed identities, while nothing is sealed yet.
pub const APPOINT: &str = "complaints.appoint";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(READ, &[Reception, Specialist, Head, Leader]),
    Permission::new(RECEIVE, &[Reception, Specialist]),
    Permission::new(HANDLE, &[Specialist]),
    Permission::new(APPROVE, &[Leader]),
    Permission::new(APPOINT, &[Leader]),
];

/// The letters an officer may see: those in which an agency of their scope takes part. Of a denunciation that is the open
/// part only; what is sealed opens to the appointed.
pub const SHARED: Sharing =
    Sharing { table: "complaints_agencies", thing: "letter_id", rows: "complaints_letters", alias: "l", copied: &[] };

/// The permission that each step asks for.
pub(crate) fn permission(step: &str) -> &'static str {
    match step {
        "approve" | "decide" => APPROVE,
        _ => HANDLE,
    }
}

/// The letter, if the caller has the link that was given at sending. To others it does not exist.
pub fn own(secret: Option<&LinkSecret>, letter: Letter) -> Result<Letter> {
    if secret.is_some_and(|secret| secret.digest() == letter.secret_digest) { Ok(letter) } else { Err(Error::NotFound) }
}

/// The officer, if the position may do the work of this permission at all.
pub fn may<'a>(caller: &'a Caller, permission: &'static str) -> Result<&'a Officer> {
    caller.officer_who_may(permission)
}
