use store::Migration;

/// The ledger's own tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new("exchange_0001_deliveries", include_str!("../migrations/0001_deliveries.sql")),
    Migration::new("exchange_0002_closings", include_str!("../migrations/0002_closings.sql")),
];
