//! Who may look at figures.

use system::{Permission, PositionKind};

use PositionKind::{Clerk, Head, Leader, Reception, Specialist};

/// To see the figures of one's own agency and of those under it, and the dossiers behind them.
pub const READ: &str = "performance.read";

pub const PERMISSIONS: &[Permission] = &[Permission::new(READ, &[Reception, Specialist, Head, Leader, Clerk])];
