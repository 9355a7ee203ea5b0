use system::{Permission, PositionKind};

use crate::agency::PROVINCE_COMMITTEE;

/// To see who holds which position. What an agency is made of is public; the list of its staff is for officers.
pub const STAFF: &str = "directory.staff";

/// To see plans of reorganisation, to decide on them and to carry them out.
pub const REORGANISE: &str = "directory.reorganise";

/// To say who stands in for whom among the people of the own agency.
pub const STAND_INS: &str = "directory.stand-ins";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(
        STAFF,
        &[PositionKind::Leader, PositionKind::Head, PositionKind::Clerk, PositionKind::Administrator],
    ),
    Permission::new(STAND_INS, &[PositionKind::Leader, PositionKind::Head]),
    Permission::new(REORGANISE, &[PositionKind::Administrator]).only_in(PROVINCE_COMMITTEE),
];
