//! Who sees what goes to the national portal and comes from there.

use system::{Permission, PositionKind};

use PositionKind::{Clerk, Head, Leader, Reception};

/// To see it for one's own agency and those under it.
pub const READ: &str = "national.read";

pub const PERMISSIONS: &[Permission] = &[Permission::new(READ, &[Reception, Head, Leader, Clerk])];
