use store::Migration;

pub(crate) const ALL: &[Migration] = &[
    Migration::new("performance_0001_facts", include_str!("../migrations/0001_facts.sql")),
    Migration::new("performance_0020_coarser", COARSER),
    Migration::new("performance_0021_behind", include_str!("../migrations/0021_behind.sql")),
];

/// Sums that are told apart by less; filled from the cells.
pub(crate) const COARSER: &str = include_str!("../migrations/0020_coarser.sql");
