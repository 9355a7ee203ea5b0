use system::{Permission, PositionKind};

use crate::agency::PROVINCE_COMMITTEE;

/// To see who holds which position. What an agency is made of is public; the list of its staff is for officers.
pub const STAFF: &str = "directory.staff";

/// To see plans of reorganisation, to decide on them and to carry them out.
pub const REORGANISE: &str = "directory.reorganise";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(
        STAFF,
        &[PositionKind::Leader, PositionKind::Head, PositionKind::Clerk, PositionKind::Administrator],
    ),
    Permission::new(REORGANISE, &[PositionKind::Administrator]).only_in(PROVINCE_COMMITTEE),
];
