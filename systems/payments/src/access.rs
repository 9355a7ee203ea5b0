//! Who may do what with charges.

use base::{Error, Result};
use system::{Caller, Permission, PositionKind};

use crate::charge::Charge;

use PositionKind::{Clerk, Head, Leader, Reception, Specialist};

/// To see the charges of one's own agency and of those under it.
pub const READ: &str = "payments.read";
/// To take money at the desk, and to say that the bank has it.
pub const COLLECT: &str = "payments.collect";
/// To say that money was given back.
pub const REFUND: &str = "payments.refund";
/// To put the files of gateway and banks beside the program's own rows.
pub const RECONCILE: &str = "payments.reconcile";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(READ, &[Reception, Specialist, Head, Leader, Clerk]),
    Permission::new(COLLECT, &[Reception]),
    Permission::new(REFUND, &[Head, Clerk]),
    Permission::new(RECONCILE, &[Head, Clerk]),
];

/// The charge, if the caller has to pay it or filed what it is for; to others it does not exist.
pub fn own(caller: &Caller, charge: Charge) -> Result<Charge> {
    let citizen = caller.citizen()?;
    let filed = charge.filed_by == Some(citizen.account);
    if charge.payer == citizen.person || filed { Ok(charge) } else { Err(Error::NotFound) }
}
