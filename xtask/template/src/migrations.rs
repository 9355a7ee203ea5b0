use store::Migration;

/// The system's own tables.
pub const MIGRATIONS: &[Migration] =
    &[Migration::new("samples_0001_samples", include_str!("../migrations/0001_samples.sql"))];
