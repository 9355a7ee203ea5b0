use system::{Permission, PositionKind};

/// To see who holds which position. What an agency is made of is public; the list of its staff is for officers.
pub const STAFF: &str = "directory.staff";

pub const PERMISSIONS: &[Permission] = &[Permission::new(
    STAFF,
    &[PositionKind::Leader, PositionKind::Head, PositionKind::Clerk, PositionKind::Administrator],
)];
