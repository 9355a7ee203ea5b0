use system::{Permission, PositionKind};

/// To see the samples of one's own agency and of those under it.
pub const READ: &str = "samples.read";
/// To file a sample.
pub const FILE: &str = "samples.file";

pub const PERMISSIONS: &[Permission] = &[
    Permission::new(READ, &PositionKind::ALL),
    Permission::new(FILE, &[PositionKind::Head, PositionKind::Specialist]),
];
