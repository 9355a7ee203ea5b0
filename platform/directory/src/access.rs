use system::{Permission, PositionKind};

/// To see who holds which position. What an agency is made of is public; the list of its staff is for officers.
pub const STAFF: &str = "directory.staff";

/// To see plans of reorganisation, to decide on them and to carry them out; only for those at the province's committee.
pub const REORGANISE: &str = "directory.reorganise";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(
        STAFF,
        &[PositionKind::Leader, PositionKind::Head, PositionKind::Clerk, PositionKind::Administrator],
    ),
    Permission::new(REORGANISE, &[PositionKind::Administrator]),
];
