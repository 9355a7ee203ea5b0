use store::Migration;

pub(crate) const ALL: &[Migration] = &[
    Migration::new("performance_0001_facts", include_str!("../migrations/0001_facts.sql")),
    Migration::new("performance_0002_coarser", COARSER),
    Migration::new("performance_0003_behind", include_str!("../migrations/0003_behind.sql")),
    Migration::new("performance_0004_reports", include_str!("../migrations/0004_reports.sql")),
    Migration::new("performance_0005_identified_known_rated", LATER),
];

/// Sums that are told apart by less; filled from the cells.
pub(crate) const COARSER: &str = include_str!("../migrations/0002_coarser.sql");

/// Measures that came later than the coarser sums.
pub(crate) const LATER: &str = include_str!("../migrations/0005_identified_known_rated.sql");
