//! Who may do what with orders of the post.

use base::{Error, Id, Result};
use system::{Caller, Permission, PositionKind};

use PositionKind::{Clerk, Head, Leader, Reception, Specialist};

/// To see the orders of one's own agency and of those under it, and to print their labels.
pub const READ: &str = "post.read";

pub const PERMISSIONS: &[Permission] = &[Permission::new(READ, &[Reception, Specialist, Head, Leader, Clerk])];

/// Whether the caller is the applicant or filed for them; to others the thing does not exist.
pub fn own(caller: &Caller, person: Id, filed_by: Option<Id>) -> Result<()> {
    let citizen = caller.citizen()?;
    let own = person == citizen.person || filed_by == Some(citizen.account);
    if own { Ok(()) } else { Err(Error::NotFound) }
}
