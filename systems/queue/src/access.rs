//! Who may do what at a desk's queue. Whoever draws a ticket needs no permission and is nobody to it.

use system::{Permission, PositionKind};

use PositionKind::{Head, Leader, Reception};

/// To call tickets to the counters of one's own agency.
pub const SERVE: &str = "queue.serve";
/// To see how long people waited there.
pub const READ: &str = "queue.read";
/// To say which counters and kinds of business there are.
pub const MANAGE: &str = "queue.manage";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(SERVE, &[Reception, Head]),
    Permission::new(READ, &[Reception, Head, Leader]),
    Permission::new(MANAGE, &[Head]),
];
