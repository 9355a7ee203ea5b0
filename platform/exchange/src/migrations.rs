/// The ledger's own tables.
pub const MIGRATIONS: &[store::Migration] =
    &[store::Migration::new("exchange_0001_deliveries", include_str!("../migrations/0001_deliveries.sql"))];
