/// The tables of messages.
pub const MIGRATIONS: &[store::Migration] =
    &[store::Migration::new("notify_0001_messages", include_str!("../migrations/0001_messages.sql"))];
