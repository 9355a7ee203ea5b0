//! Who may do what with the catalogue. To read it one need not be anybody: Decree 63/2010/NĐ-CP makes it public.

use system::{Permission, PositionKind};

/// To see every version with its standing, those not yet or no longer in force among them.
pub const MANAGE: &str = "procedures.manage";

pub const PERMISSIONS: &[Permission] = &[Permission::new(MANAGE, &[PositionKind::Administrator])];
